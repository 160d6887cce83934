//! Retention: what is due, and erasing it with proof.

use super::{Ort, sichtbar};
use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::vorhanden;
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::Entscheidung;
use aqb_domain::antrag::Antrag;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::regel::NICHTS_ZU_LOESCHEN;
use aqb_domain::teilnahme::{
    Jahreszaehlung, Loeschgrund, Loeschnachweis, PERSONENLOESCHUNG, Teilnahme, aufbewahren_bis, verbleibende_zaehlung,
    zu_loeschen,
};
use aqb_persistence::teilnahme::{self as db, loeschnachweis};
use aqb_persistence::tresor::Tresor;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, antrag as antraege, bescheid};
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;
use uuid::Uuid;

/// Last day on which a measure's data about people are kept. Every grant of the case counts, and so does the measure's
/// own end where none says more.
fn frist(c: &mut DbConn, a: &Antrag, ende: NaiveDate) -> Ergebnis<NaiveDate> {
    let f = bescheid::Filter { antrag_id: Some(a.id), ..bescheid::Filter::default() };
    let alle = bescheid::liste(c, &Sicht::Alles, &f, None, i64::MAX)?.into_iter().map(|b| b.wert);
    let enden = alle.filter(|b| b.erlassen()).filter_map(|b| b.inhalt.bewilligungszeitraum.map(|z| z.bis));
    let (_, r) = grundlage(c, a.jahrgang, a.regelwerk.as_deref())?;
    Ok(aufbewahren_bis(enden.max().unwrap_or(ende).max(ende), a.jahrgang, &r)?)
}

/// A measure with data about people, and how long they are kept.
#[derive(Debug, Clone)]
pub struct Loeschfaelligkeit {
    /// Application.
    pub antrag_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    pub massnahme_nr: String,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Last day on which they are kept.
    pub aufbewahren_bis: NaiveDate,
    /// Records that are not erased.
    pub teilnahmen: i64,
}

/// Measures with data about people that the caller sees, those due first.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn faelligkeiten(c: &mut DbConn, sicht: &Sicht) -> Ergebnis<Vec<Loeschfaelligkeit>> {
    let bestand = db::bestand(c, sicht)?;
    let ids: Vec<Uuid> = bestand.iter().map(|(m, ..)| *m).collect();
    let koepfe = antraege::massnahmenkoepfe(c, &ids)?;
    let mut antraege_je: HashMap<Uuid, Antrag> = HashMap::new();
    let mut aus = Vec::with_capacity(bestand.len());
    for (massnahme_id, antrag_id, teilnahmen) in bestand {
        let Some(m) = koepfe.get(&massnahme_id) else { continue };
        if let std::collections::hash_map::Entry::Vacant(v) = antraege_je.entry(antrag_id) {
            v.insert(antrag_lesen(c, &Sicht::Alles, antrag_id)?.wert);
        }
        let Some(a) = antraege_je.get(&antrag_id) else { continue };
        aus.push(Loeschfaelligkeit {
            antrag_id,
            massnahme_id,
            massnahme_nr: m.massnahme_nr.clone(),
            kreisschluessel: a.kreisschluessel.clone(),
            jahrgang: a.jahrgang,
            aufbewahren_bis: frist(c, a, m.ende)?,
            teilnahmen,
        });
    }
    aus.sort_by_key(|f| (f.aufbewahren_bis, f.massnahme_id));
    Ok(aus)
}

/// Measures whose data are due for erasure on the legal day `heute`, with their application. What is not known is kept
/// and waits for nobody.
///
/// # Errors
/// Those of reading.
pub fn faellige(
    c: &mut DbConn,
    sicht: &Sicht,
    heute: NaiveDate,
) -> Ergebnis<Vec<(Uuid, Versioniert<Antrag>, NaiveDate)>> {
    let bestand = db::bestand(c, sicht)?;
    let ids: Vec<Uuid> = bestand.iter().map(|(m, ..)| *m).collect();
    let koepfe = antraege::massnahmenkoepfe(c, &ids)?;
    let mut aus = Vec::new();
    for (massnahme_id, antrag_id, _) in bestand {
        // nothing is due in the year in which the measure ended
        let Some(m) = koepfe.get(&massnahme_id).filter(|m| m.ende.year() < heute.year()) else { continue };
        let a = antrag_lesen(c, sicht, antrag_id)?;
        match frist(c, &a.wert, m.ende) {
            Ok(bis) if heute > bis => aus.push((massnahme_id, a, bis)),
            Ok(_) | Err(Fehler::Befunde(_)) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(aus)
}

/// Erases what is told about people of a measure: all of it when the period is over, before that what was cancelled. The
/// key of each record is destroyed; counts and the proof stay.
///
/// # Errors
/// 404, `AUFBEWAHRUNG_LAEUFT`, `NICHTS_ZU_LOESCHEN`, `PARAMETER_FEHLT`.
pub fn loesche(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ort: Ort,
    id: Uuid,
) -> Ergebnis<Versioniert<Loeschnachweis>> {
    sichtbar(tx.c, sicht, ort)?;
    let a = antrag_lesen(tx.c, sicht, ort.0)?.wert;
    let m = vorhanden(antraege::massnahmenkoepfe(tx.c, &[ort.1])?.remove(&ort.1))?;
    let bis = frist(tx.c, &a, m.ende)?;
    let alle = db::der_massnahme(tx.c, tresor, ort.1)?;
    let werte: Vec<Teilnahme> = alle.iter().map(|v| v.wert.clone()).collect();
    let am = tx.heute();
    let (grund, faellige) = zu_loeschen(&werte, &m.massnahme_nr, bis, am)?;
    if faellige.is_empty() {
        return Err(Befund::neu(&NICHTS_ZU_LOESCHEN).gemessen("massnahme", &m.massnahme_nr, Einheit::Code).into());
    }
    let weg: Vec<&Versioniert<Teilnahme>> =
        alle.iter().filter(|v| faellige.iter().any(|t| t.kopf.id == v.wert.kopf.id)).collect();
    let posten = weg.iter().map(|v| db::loeschposten(tx.c, v)).collect::<Result<_, _>>()?;
    // what was cancelled never counted
    let gezaehlt: Vec<&Teilnahme> = faellige.iter().copied().filter(|t| super::zaehlt(t)).collect();
    let zaehlung = match grund {
        Loeschgrund::FristAbgelaufen => verbleibende_zaehlung(&gezaehlt),
        Loeschgrund::FehlerhaftErfasst => Jahreszaehlung::new(),
    };
    let n = Loeschnachweis {
        id,
        antrag_id: ort.0,
        massnahme_id: ort.1,
        kreisschluessel: a.kreisschluessel.clone(),
        jahrgang: a.jahrgang,
        grund,
        am,
        person: tx.akteur.person.clone(),
        aufbewahrt_bis: bis,
        posten,
        zaehlung: loeschnachweis::verschliesse(tresor, &a.kreisschluessel, id, &zaehlung)?,
    };
    let fertig = vollziehe(tx, PERSONENLOESCHUNG, None, Entscheidung::neu(n))?;
    for v in weg {
        db::vollziehe(tx, tresor, PERSONENLOESCHUNG, Some(v), v.wert.geloescht(am, id))?;
    }
    Ok(fertig)
}

/// A proof the caller sees.
///
/// # Errors
/// 404.
pub fn nachweis(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Loeschnachweis>> {
    vorhanden(loeschnachweis::gesehen(c, sicht, id)?)
}

/// Proofs the caller sees, after `nach`.
///
/// # Errors
/// Those of reading.
pub fn nachweise(
    c: &mut DbConn,
    sicht: &Sicht,
    massnahme_id: Option<Uuid>,
    nach: Option<Uuid>,
    anzahl: i64,
) -> Ergebnis<Vec<Versioniert<Loeschnachweis>>> {
    Ok(loeschnachweis::liste(c, sicht, massnahme_id, nach, anzahl)?)
}
