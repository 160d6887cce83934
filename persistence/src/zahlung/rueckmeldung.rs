//! Files with results: insert-only, each once.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::ausdruck::summe;
use crate::schema::zahlungsrueckmeldung;
use crate::typen::{Dokument, Kennung, euro};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::geld::Euro;
use aqb_domain::zahlung::{Meldungsausgang, Rueckmeldeformat, Zahlungsrueckmeldung};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = zahlungsrueckmeldung)]
struct Zeile {
    id: Kennung,
    format: String,
    sha256: String,
    unbekannt: i64,
    unbekannt_summe: i64,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(r: &Zahlungsrueckmeldung) -> DbResult<Self> {
        let unbekannte = || r.meldungen.iter().filter(|m| m.ausgang == Meldungsausgang::Unbekannt);
        let in_euro = unbekannte().filter(|m| m.waehrung == "EUR").filter_map(|m| m.betrag);
        Ok(Zeile {
            id: Kennung(r.id),
            format: r.format.code().to_owned(),
            sha256: r.sha256.clone(),
            unbekannt: i64::try_from(unbekannte().count()).unwrap_or(i64::MAX),
            unbekannt_summe: in_euro.fold(0i64, |s, b| s.saturating_add(b.cent())),
            inhalt: Dokument::aus(r)?,
        })
    }
}

aggregat!(
    Zahlungsrueckmeldung, "ZAHLUNGSRUECKMELDUNG", zahlungsrueckmeldung, version, id: Kennung = |r| Kennung(r.id),
    schluessel |r| r.id.to_string(), gk |_| None
);

/// The same bytes, where they were read in already.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_sha256(c: &mut DbConn, sha256: &str) -> DbResult<Option<Versioniert<Zahlungsrueckmeldung>>> {
    use zahlungsrueckmeldung as t;
    let roh: Vec<Roh> = t::table
        .filter(t::sha256.eq(sha256))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    Ok(alle_lesen(roh)?.pop())
}

/// Files in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    format: Option<Rueckmeldeformat>,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Zahlungsrueckmeldung>>> {
    use zahlungsrueckmeldung as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    if let Some(f) = format {
        q = q.filter(t::format.eq(f.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Files with results that name no payment, from `ab` on, in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_unbekannten(
    c: &mut DbConn,
    ab: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Zahlungsrueckmeldung>>> {
    use zahlungsrueckmeldung as t;
    let mut q = t::table
        .filter(t::unbekannt.gt(0i64))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    if let Some(a) = ab {
        q = q.filter(t::id.ge(Kennung(a)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Number of results that name no payment, and the sum of those in euro.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn unbekannte(c: &mut DbConn) -> DbResult<(i64, Euro)> {
    use zahlungsrueckmeldung as t;
    let (n, cent): (Option<i64>, Option<i64>) =
        t::table.select((summe(t::unbekannt), summe(t::unbekannt_summe))).first(c)?;
    Ok((n.unwrap_or(0), euro(cent.unwrap_or(0))?))
}
