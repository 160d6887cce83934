//! Bulk upload: each row is decided by itself, and sending the same rows again changes nothing.

use super::{Andere, Fall, Ort, db, eindeutig};
use crate::fehler::Ergebnis;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::teilnahme::{
    AUSTRITT, Teilnahme, Teilnahmeinhalt, Zeilenfolge, Zeilenurteil, ueberbelegung, vergleiche_zeile,
};
use aqb_domain::zeit::Zeitraum;
use aqb_persistence::tresor::Tresor;
use aqb_persistence::{DbConn, Tx};
use chrono::NaiveDate;
use uuid::Uuid;

/// One row of an upload.
pub struct Zeile<'z> {
    /// Pointer to it.
    pub ort: String,
    /// What it says.
    pub inhalt: &'z Teilnahmeinhalt,
}

/// What became of a row.
pub struct Zeilenantwort {
    /// The verdict.
    pub urteil: Zeilenurteil,
    /// The record, where there is one.
    pub teilnahme_id: Option<Uuid>,
    /// Why it was refused, or hints.
    pub befunde: Vec<Befund>,
}

fn abgelehnt(befunde: Vec<Befund>, ort: &str) -> Zeilenantwort {
    // findings of a single record point into `/inhalt`; here the row is the content
    let versetzt = |mut b: Befund| {
        let innen = b.ort.take().unwrap_or_default();
        b.ort = Some(format!("{ort}{}", innen.strip_prefix("/inhalt").unwrap_or(&innen)));
        b
    };
    Zeilenantwort {
        urteil: Zeilenurteil::Fehler,
        teilnahme_id: None,
        befunde: befunde.into_iter().map(versetzt).collect(),
    }
}

/// Takes rows in. Places are not counted per row but once for the upload ([`nach_dem_einlesen`]).
///
/// # Errors
/// What concerns the whole upload: 404, the database. What concerns a row is its verdict.
pub fn zeilen(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ort: Ort,
    zeilen: &[Zeile<'_>],
) -> Ergebnis<Vec<Zeilenantwort>> {
    let f = Fall::laden(tx.c, sicht, ort, tx.heute())?;
    zeilen.iter().map(|z| zeile(tx, tresor, sicht, &f, z)).collect()
}

fn zeile(tx: &mut Tx<'_>, tresor: &Tresor, sicht: &Sicht, f: &Fall, z: &Zeile<'_>) -> Ergebnis<Zeilenantwort> {
    let kreis = &f.antrag.kreisschluessel;
    let vorhanden = db::der_zeile(tx.c, tresor, (kreis, f.massnahme.id), z.inhalt)?;
    let ohne = vorhanden.as_ref().map(|v| v.wert.kopf.id);
    let person = Andere::der_person(tx.c, tresor, (sicht, kreis), &z.inhalt.pseudonym, ohne)?;
    let a = Andere { person, belegung: Vec::new() };
    let (akt, entscheidung) = match &vorhanden {
        None => ("anlage", Teilnahme::erfassen(tx.neue_id(), f.fuer(), z.inhalt.clone(), &f.fakten(&a), &tx.akteur)),
        Some(v) if v.wert.kopf.traeger_id.is_some_and(|t| matches!(sicht, Sicht::Traeger(s) if *s != t)) => {
            return Ok(abgelehnt(vec![super::doppelt(z.inhalt)], &z.ort));
        }
        Some(v) => match vergleiche_zeile(&v.wert, z.inhalt) {
            Ok(Zeilenfolge::Nichts) => {
                let (urteil, befunde) = (Zeilenurteil::Unveraendert, Vec::new());
                return Ok(Zeilenantwort { urteil, teilnahme_id: ohne, befunde });
            }
            Ok(Zeilenfolge::Austritt(e)) => (AUSTRITT, v.wert.austreten(&e, &f.fakten(&a), &tx.akteur)),
            Err(b) => return Ok(abgelehnt(vec![b], &z.ort)),
        },
    };
    let e = match entscheidung {
        Ok(e) => e,
        Err(befunde) => return Ok(abgelehnt(befunde, &z.ort)),
    };
    let befunde = abgelehnt(e.befunde.clone(), &z.ort).befunde;
    let neu = db::vollziehe(tx, tresor, akt, vorhanden.as_ref(), e).map_err(|e| eindeutig(e, z.inhalt))?;
    let urteil = if vorhanden.is_some() { Zeilenurteil::Aktualisiert } else { Zeilenurteil::Angelegt };
    Ok(Zeilenantwort { urteil, teilnahme_id: Some(neu.wert.kopf.id), befunde })
}

/// Whether the measure has more people than places now, over all of its days.
///
/// # Errors
/// 404.
pub fn nach_dem_einlesen(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    ort: Ort,
    heute: NaiveDate,
) -> Ergebnis<Option<Befund>> {
    let f = Fall::laden(c, sicht, ort, heute)?;
    let Some(plan) = f.massnahme.inhalt.details.teilnahmeplan() else { return Ok(None) };
    let belegung = Andere::belegung(c, tresor, &f, None)?;
    let m = Zeitraum { von: f.massnahme.inhalt.beginn, bis: f.massnahme.inhalt.ende };
    Ok(ueberbelegung(plan.plaetze, m, &belegung, 0))
}
