//! Payments; their runs and the files with results beside them.

pub mod lauf;
pub mod rueckmeldung;

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::ausdruck::summe;
use crate::schema::{mittelabruf, zahlung};
use crate::typen::{Dokument, Kennung, code, euro};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::geld::Euro;
use aqb_domain::mittelabruf::{Mittelabruf, MittelabrufStatus};
use aqb_domain::zahlung::{Abgleichzustand, Zahlung, ZahlungStatus};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Name of the rule that at most one payment is awaited for a Mittelabruf.
pub const ERWARTET_EINDEUTIG: &str = "zahlung_erwartet_eindeutig";

/// Names asked for at once.
const STAPEL: usize = 500;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = zahlung, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    zahlungslauf_id: Kennung,
    mittelabruf_id: Kennung,
    end_to_end_id: String,
    kreisschluessel: String,
    ausfuehrung_am: NaiveDate,
    betrag: i64,
    status: String,
    abgleich: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(z: &Zahlung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(z.id),
            zahlungslauf_id: Kennung(z.zahlungslauf_id),
            mittelabruf_id: Kennung(z.auftrag.mittelabruf_id),
            end_to_end_id: z.end_to_end_id.clone(),
            kreisschluessel: z.auftrag.kreisschluessel.clone(),
            ausfuehrung_am: z.ausfuehrung_am,
            betrag: z.auftrag.betrag.cent(),
            status: z.status.code().to_owned(),
            abgleich: z.abgleich().map(|a| a.code().to_owned()),
            inhalt: Dokument::aus(z)?,
        })
    }
}

aggregat!(
    Zahlung, "ZAHLUNG", zahlung, version, id: Kennung = |z| Kennung(z.id),
    schluessel |z| z.id.to_string(), gk |z| Some(&z.auftrag.kreisschluessel)
);

/// What narrows a list of payments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// State.
    pub status: Option<ZahlungStatus>,
    /// Place in the reconciliation.
    pub abgleich: Option<Abgleichzustand>,
    /// Only payments that were handed over.
    pub uebergeben: bool,
    /// Recipient.
    pub kreisschluessel: Option<String>,
    /// Run.
    pub zahlungslauf_id: Option<Uuid>,
    /// Mittelabruf.
    pub mittelabruf_id: Option<Uuid>,
    /// First day of execution.
    pub von: Option<NaiveDate>,
    /// Last day of execution.
    pub bis: Option<NaiveDate>,
}

/// Narrows a boxed query over payments.
macro_rules! eingeengt {
    ($q:expr, $f:expr) => {{
        use zahlung as t;
        let (mut q, f) = ($q, $f);
        if let Some(s) = f.status {
            q = q.filter(t::status.eq(s.code()));
        }
        if let Some(a) = f.abgleich {
            q = q.filter(t::abgleich.eq(a.code()));
        }
        if f.uebergeben {
            q = q.filter(t::abgleich.is_not_null());
        }
        if let Some(k) = &f.kreisschluessel {
            q = q.filter(t::kreisschluessel.eq(k.clone()));
        }
        if let Some(l) = f.zahlungslauf_id {
            q = q.filter(t::zahlungslauf_id.eq(Kennung(l)));
        }
        if let Some(m) = f.mittelabruf_id {
            q = q.filter(t::mittelabruf_id.eq(Kennung(m)));
        }
        if let Some(v) = f.von {
            q = q.filter(t::ausfuehrung_am.ge(v));
        }
        if let Some(b) = f.bis {
            q = q.filter(t::ausfuehrung_am.le(b));
        }
        q
    }};
}

/// Payments in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(c: &mut DbConn, f: &Filter, nach: Option<Uuid>, anzahl: i64) -> DbResult<Vec<Versioniert<Zahlung>>> {
    use zahlung as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = eingeengt!(q, f);
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Number and sum of the payments in each state of the reconciliation.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn abgleichsummen(c: &mut DbConn, f: &Filter) -> DbResult<BTreeMap<Abgleichzustand, (i64, Euro)>> {
    use zahlung as t;
    let mut aus = BTreeMap::new();
    for a in Abgleichzustand::ALLE {
        let q = t::table.select((diesel::dsl::count_star(), summe(t::betrag))).into_boxed::<MultiBackend>();
        let q = eingeengt!(q, &Filter { abgleich: Some(*a), ..f.clone() });
        let (n, cent): (i64, Option<i64>) = q.first(c)?;
        aus.insert(*a, (n, euro(cent.unwrap_or(0))?));
    }
    Ok(aus)
}

/// The payments of these calls, in order of their making.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn der_abrufe(c: &mut DbConn, mittelabrufe: &[Uuid]) -> DbResult<Vec<Zahlung>> {
    use zahlung as t;
    let mut aus = Vec::new();
    for stapel in mittelabrufe.chunks(STAPEL) {
        let ids: Vec<Kennung> = stapel.iter().copied().map(Kennung).collect();
        let roh: Vec<Roh> = t::table
            .filter(t::mittelabruf_id.eq_any(ids))
            .order(t::id.asc())
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .load(c)?;
        aus.extend(alle_lesen::<Zahlung>(roh)?.into_iter().map(|z| z.wert));
    }
    Ok(aus)
}

/// The payments with these names.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_namen(c: &mut DbConn, namen: &[String]) -> DbResult<Vec<Versioniert<Zahlung>>> {
    use zahlung as t;
    let mut aus = Vec::new();
    for stapel in namen.chunks(STAPEL) {
        let roh: Vec<Roh> = t::table
            .filter(t::end_to_end_id.eq_any(stapel.to_vec()))
            .order(t::id.asc())
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .load(c)?;
        aus.extend(alle_lesen(roh)?);
    }
    Ok(aus)
}

/// Name of the payment that is awaited for each of these Mittelabrufe, where there is one.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn erwartete(c: &mut DbConn, mittelabrufe: &[Uuid]) -> DbResult<BTreeMap<Uuid, String>> {
    use zahlung as t;
    let mut aus = BTreeMap::new();
    for stapel in mittelabrufe.chunks(STAPEL) {
        let zeilen: Vec<(Kennung, String)> = t::table
            .filter(t::mittelabruf_id.eq_any(stapel.iter().map(|m| Kennung(*m)).collect::<Vec<_>>()))
            .filter(t::status.eq_any(erwartet()))
            .select((t::mittelabruf_id, t::end_to_end_id))
            .load(c)?;
        aus.extend(zeilen.into_iter().map(|(m, z)| (m.0, z)));
    }
    Ok(aus)
}

fn erwartet() -> Vec<String> {
    ZahlungStatus::ERWARTET.iter().map(|s| s.code().to_owned()).collect()
}

/// Ordered Mittelabrufe of a Haushaltsjahr or an earlier one for which no payment is awaited, in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn wartende(c: &mut DbConn, haushaltsjahr: i32) -> DbResult<Vec<Versioniert<Mittelabruf>>> {
    use mittelabruf as t;
    let in_zahlung = zahlung::table.filter(zahlung::status.eq_any(erwartet())).select(zahlung::mittelabruf_id);
    let roh: Vec<Roh> = t::table
        .filter(t::status.eq(MittelabrufStatus::Angeordnet.code()))
        .filter(t::haushaltsjahr.le(i64::from(haushaltsjahr)))
        .filter(diesel::dsl::not(t::id.eq_any(in_zahlung)))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    alle_lesen(roh)
}

/// A payment of this run still waits for its result.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn offene_im_lauf(c: &mut DbConn, zahlungslauf_id: Uuid) -> DbResult<bool> {
    use zahlung as t;
    let zustaende: Vec<String> =
        t::table.filter(t::zahlungslauf_id.eq(Kennung(zahlungslauf_id))).select(t::status).distinct().load(c)?;
    let zustaende = zustaende.iter().map(|s| code::<ZahlungStatus>(s)).collect::<DbResult<Vec<_>>>()?;
    Ok(zustaende.into_iter().any(|s| !s.erledigt()))
}
