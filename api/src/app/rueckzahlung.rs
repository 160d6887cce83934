//! Money that comes back before it is claimed.

use crate::app::antrag::lesen as antrag_lesen;
use crate::app::forderung::doppelter_eingang;
use crate::app::{pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Handlungsgrund};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bestaetigung::{Warnungsbestaetigung, bestaetige};
use aqb_domain::forderung::{Rueckzahlung, Rueckzahlungsangaben, Rueckzahlungsfall, STORNO};
use aqb_domain::geld::Euro;
use aqb_domain::konto::Kontoart;
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, rueckzahlung as db};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Rueckzahlung>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur))
}

/// What lies with the county at a place, now or at the end of a day.
fn bestand(c: &mut DbConn, e: &Rueckzahlungsangaben, am: Option<NaiveDate>) -> Ergebnis<Euro> {
    let salden = konto::salden_der_stellen(c, &[e.massnahme_id], am)?;
    let stelle = (e.massnahme_id, e.teilbudget.clone(), e.haushaltsjahr);
    Ok(salden.get(&(stelle, Kontoart::Ausgezahlt)).copied().unwrap_or_default())
}

/// Records one for an application the caller sees.
///
/// # Errors
/// 404 without the application, 422 for a measure that is none of it, findings.
pub fn erfassen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    antrag_id: Uuid,
    (e, bestaetigt): (&Rueckzahlungsangaben, &[Warnungsbestaetigung]),
) -> Ergebnis<Versioniert<Rueckzahlung>> {
    let a = antrag_lesen(tx.c, sicht, antrag_id)?.wert;
    if !a.massnahmen.iter().any(|m| m.massnahme.id == e.massnahme_id) {
        return Err(verweis("Maßnahme", e.massnahme_id, "/inhalt/massnahme_id").into());
    }
    konto::sperre(tx, &Auswahl { jahrgang: a.jahrgang, kreisschluessel: a.kreisschluessel.clone() })?;
    let vorhanden = bestand(tx.c, e, None)?.min(bestand(tx.c, e, Some(e.wertstellung_am))?);
    let fall = Rueckzahlungsfall { antrag_id, jahrgang: a.jahrgang, kreisschluessel: a.kreisschluessel };
    let urteil = Rueckzahlung::erfassen(id, fall, e, vorhanden, tx.heute(), &tx.akteur)?;
    let doppelt = doppelter_eingang(tx.c, antrag_id, (e.betrag, e.wertstellung_am, e.referenz.as_str()))?;
    let befunde = bestaetige(doppelt.into_iter().collect(), bestaetigt)?;
    Ok(vollziehe(tx, "anlage", None, urteil.befunde(befunde))?)
}

/// Reverses one that was recorded wrongly.
///
/// # Errors
/// 404, 412, state, one that settles a claim already.
pub fn stornieren(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Rueckzahlung>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let urteil = alt.wert.stornieren(e, &tx.akteur)?;
    Ok(vollziehe(tx, STORNO, Some(&alt), urteil)?)
}
