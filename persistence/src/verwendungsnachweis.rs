//! Proofs of use: versions of chains of corrections.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen, loeschbar};
use crate::schema::verwendungsnachweis;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend, weiterleitung};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::verwendungsnachweis::{NachweisStatus, Nachweisart, Verwendungsnachweis};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = verwendungsnachweis, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    kette_id: Kennung,
    vorgaenger_id: Option<Kennung>,
    antrag_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    art: String,
    gegenstand: String,
    status: String,
    aktuell: bool,
    vier_augen: bool,
    bearbeitet_von: String,
    unterzeichnet_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(n: &Verwendungsnachweis) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(n.id),
            kette_id: Kennung(n.kette_id),
            vorgaenger_id: n.vorgaenger_id.map(Kennung),
            antrag_id: Kennung(n.antrag_id),
            kreisschluessel: n.kreisschluessel.clone(),
            jahrgang: i64::from(n.jahrgang),
            art: n.art.code().to_owned(),
            gegenstand: n.gegenstand().schluessel(),
            status: n.status.code().to_owned(),
            aktuell: n.aktuell,
            vier_augen: n.vier_augen,
            bearbeitet_von: n.bearbeitet_von.clone(),
            unterzeichnet_von: n.unterzeichnet_von.clone(),
            inhalt: Dokument::aus(n)?,
        })
    }
}

aggregat!(
    Verwendungsnachweis, "VERWENDUNGSNACHWEIS", verwendungsnachweis, version, id: Kennung = |n| Kennung(n.id),
    schluessel |n| n.id.to_string(), gk |n| Some(&n.kreisschluessel)
);
loeschbar!(Verwendungsnachweis, verwendungsnachweis);

/// A county sees its own; a Traeger those of applications in which a Weiterleitung was concluded with it.
macro_rules! sichtbare {
    ($c:expr, $q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q.filter(verwendungsnachweis::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(t) => $q.filter(verwendungsnachweis::antrag_id.eq_any(weiterleitung::antraege_mit($c, *t)?)),
        }
    };
}

/// Loads one the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Verwendungsnachweis>>> {
    use verwendungsnachweis as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    sichtbare!(c, q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// The current version of the chain to which the version `id` belongs, if the caller sees it. What belongs to a chain
/// can be changed while [`Verwendungsnachweis::aenderbar`] says so of this version.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn aktuelle_fassung(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Verwendungsnachweis>>> {
    let Some(n) = gesehen(c, sicht, id)? else { return Ok(None) };
    if n.wert.aktuell {
        return Ok(Some(n));
    }
    der_kette(c, n.wert.kette_id)
}

/// The current version of a chain.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn der_kette(c: &mut DbConn, kette_id: Uuid) -> DbResult<Option<Versioniert<Verwendungsnachweis>>> {
    use verwendungsnachweis as t;
    t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .filter(t::aktuell.eq(true))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .first::<Roh>(c)
        .optional()?
        .map(lesen)
        .transpose()
}

/// All versions of a chain in their order.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn kette(c: &mut DbConn, kette_id: Uuid) -> DbResult<Vec<Versioniert<Verwendungsnachweis>>> {
    use verwendungsnachweis as t;
    let roh = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    let mut alle: Vec<Versioniert<Verwendungsnachweis>> = alle_lesen(roh)?;
    alle.sort_by_key(|n| n.wert.fassung);
    Ok(alle)
}

/// The current proofs of an application.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_antrags(c: &mut DbConn, antrag_id: Uuid) -> DbResult<Vec<Verwendungsnachweis>> {
    use verwendungsnachweis as t;
    let roh = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .filter(t::aktuell.eq(true))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}

/// What narrows a list of proofs.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application.
    pub antrag_id: Option<Uuid>,
    /// Chain of corrections.
    pub kette_id: Option<Uuid>,
    /// Kind.
    pub art: Option<Nachweisart>,
    /// State.
    pub status: Option<NachweisStatus>,
    /// Only versions that count, or only those that do not.
    pub aktuell: Option<bool>,
}

/// Proofs the caller sees in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Verwendungsnachweis>>> {
    use verwendungsnachweis as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = sichtbare!(c, q, sicht);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some(k) = f.kette_id {
        q = q.filter(t::kette_id.eq(Kennung(k)));
    }
    if let Some(a) = f.art {
        q = q.filter(t::art.eq(a.code()));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(a) = f.aktuell {
        q = q.filter(t::aktuell.eq(a));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}
