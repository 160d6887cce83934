//! What reports read beside the balances: movements by day, money by measure, and the postings behind it.

use crate::ausdruck::summe;
use crate::schema::{buchung, buchungszeile, konto};
use crate::typen::{Kennung, code, euro, jahr};
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::bericht::{Abgleichstelle, Buchsalden};
use aqb_domain::geld::Euro;
use aqb_domain::konto::Kontoart;
use chrono::NaiveDate;
use diesel::prelude::*;

/// What narrows a report.
#[derive(Debug, Clone, Default)]
pub struct Auswahl {
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaften the caller sees and asked for.
    pub kreise: Vec<String>,
    /// Teilbudget.
    pub teilbudget: Option<String>,
    /// Year in which the money flows.
    pub haushaltsjahr: Option<i32>,
    /// Only postings up to the end of this legal day.
    pub stichtag: Option<NaiveDate>,
}

/// Narrows a boxed query over posting lines, their heads and accounts.
macro_rules! ausgewaehlte {
    ($q:expr, $a:expr) => {{
        let mut q = $q
            .filter(konto::jahrgang.eq(i64::from($a.jahrgang)))
            .filter(konto::kreisschluessel.eq_any($a.kreise.clone()));
        if let Some(t) = &$a.teilbudget {
            q = q.filter(konto::teilbudget.eq(t.clone()));
        }
        if let Some(h) = $a.haushaltsjahr {
            q = q.filter(konto::haushaltsjahr.eq(i64::from(h)));
        }
        if let Some(tag) = $a.stichtag {
            q = q.filter(buchung::wirksam_am.le(tag));
        }
        q
    }};
}

/// Codes of the accounts on which money is meant for a measure.
fn je_massnahme() -> Vec<&'static str> {
    Kontoart::ALLE.iter().filter(|a| a.je_massnahme()).map(|a| a.code()).collect()
}

/// Movements of money that is bound, by legal day and kind of account.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn bewegungen(c: &mut DbConn, a: &Auswahl) -> DbResult<Vec<(NaiveDate, Kontoart, Euro)>> {
    let q = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(konto::art.eq_any(je_massnahme()))
        .group_by((buchung::wirksam_am, konto::art))
        .select((buchung::wirksam_am, konto::art, summe(buchungszeile::betrag)))
        .into_boxed::<MultiBackend>();
    let zeilen: Vec<(NaiveDate, String, Option<i64>)> = ausgewaehlte!(q, a).load(c)?;
    zeilen.into_iter().map(|(am, art, betrag)| Ok((am, code(&art)?, euro(betrag.unwrap_or(0))?))).collect()
}

/// Owner, measure, Teilbudget, Haushaltsjahr, kind of account.
type Stelle = (String, Option<Kennung>, String, i64, String);

/// Balances by measure, Teilbudget and Haushaltsjahr, summed from the postings.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn buchsalden(c: &mut DbConn, a: &Auswahl) -> DbResult<Buchsalden> {
    let spalten =
        (konto::kreisschluessel, buchungszeile::massnahme_id, konto::teilbudget, konto::haushaltsjahr, konto::art);
    let q = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(konto::art.eq_any(je_massnahme()))
        .group_by(spalten)
        .select((spalten, summe(buchungszeile::betrag)))
        .into_boxed::<MultiBackend>();
    let zeilen: Vec<(Stelle, Option<i64>)> = ausgewaehlte!(q, a).load(c)?;
    zeilen
        .into_iter()
        .map(|((kreisschluessel, massnahme, teilbudget, hj, art), betrag)| {
            let stelle = Abgleichstelle {
                kreisschluessel,
                massnahme_id: massnahme.map(|m| m.0),
                teilbudget,
                haushaltsjahr: jahr(hj)?,
            };
            Ok((stelle, code(&art)?, euro(betrag.unwrap_or(0))?))
        })
        .collect()
}

/// A posting line behind a line of the reconciliation.
#[derive(Debug, Clone)]
pub struct Beleg {
    /// What the money is meant for.
    pub stelle: Abgleichstelle,
    /// Id of the posting.
    pub buchung_id: uuid::Uuid,
    /// Legal day.
    pub wirksam_am: NaiveDate,
    /// Kind of account.
    pub konto: Kontoart,
    /// Amount; positive into the account.
    pub betrag: Euro,
    /// Kind of business transaction.
    pub grund: String,
    /// Kind of the case that caused it.
    pub vorgang_art: String,
    /// Id of that case.
    pub vorgang_id: String,
}

type BelegRoh = (Stelle, (Kennung, i64), (NaiveDate, String, String, String));

/// Posting lines of these measures (none: of money that names no measure) on accounts of measures, in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn belege(c: &mut DbConn, a: &Auswahl, massnahmen: &[Option<uuid::Uuid>]) -> DbResult<Vec<Beleg>> {
    let ids: Vec<Kennung> = massnahmen.iter().flatten().copied().map(Kennung).collect();
    let ohne = massnahmen.iter().any(Option::is_none);
    let q = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(konto::art.eq_any(je_massnahme()))
        .filter(buchungszeile::massnahme_id.eq_any(ids).or(buchungszeile::massnahme_id.is_null()))
        .select((
            (konto::kreisschluessel, buchungszeile::massnahme_id, konto::teilbudget, konto::haushaltsjahr, konto::art),
            (buchungszeile::buchung_id, buchungszeile::betrag),
            (buchung::wirksam_am, buchung::grund, buchung::vorgang_art, buchung::vorgang_id),
        ))
        .into_boxed::<MultiBackend>();
    let mut q = ausgewaehlte!(q, a);
    if !ohne {
        q = q.filter(buchungszeile::massnahme_id.is_not_null());
    }
    let roh: Vec<BelegRoh> = q.order((buchungszeile::buchung_id.asc(), buchungszeile::nr.asc())).load(c)?;
    roh.into_iter()
        .map(|((kreisschluessel, massnahme, teilbudget, hj, art), (id, betrag), (wirksam_am, grund, vart, vid))| {
            Ok(Beleg {
                stelle: Abgleichstelle {
                    kreisschluessel,
                    massnahme_id: massnahme.map(|m| m.0),
                    teilbudget,
                    haushaltsjahr: jahr(hj)?,
                },
                buchung_id: id.0,
                wirksam_am,
                konto: code(&art)?,
                betrag: euro(betrag)?,
                grund,
                vorgang_art: vart,
                vorgang_id: vid,
            })
        })
        .collect()
}
