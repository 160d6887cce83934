//! Bulk upload: each row is decided by itself, and sending the same rows again changes nothing.

use super::{Andere, Fall, Ort, db, gefunden, merke_andere};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Entscheidung;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::teilnahme::{
    AUSTRITT, Teilnahme, Teilnahmeinhalt, Zeilenfolge, Zeilenurteil, ueberbelegung, vergleiche_zeile,
};
use aqb_domain::zeit::Zeitraum;
use aqb_persistence::tresor::Tresor;
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{DbConn, DbFehler, Tx};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Act that enters one.
const ANLAGE: &str = "anlage";

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

/// Findings of a single record point into `/inhalt`; here the row is the content.
fn versetzt(befunde: Vec<Befund>, ort: &str) -> Vec<Befund> {
    let versetzt = |mut b: Befund| {
        let innen = b.ort.take().unwrap_or_default();
        b.ort = Some(format!("{ort}{}", innen.strip_prefix("/inhalt").unwrap_or(&innen)));
        b
    };
    befunde.into_iter().map(versetzt).collect()
}

fn abgelehnt(befunde: Vec<Befund>, ort: &str) -> Zeilenantwort {
    Zeilenantwort { urteil: Zeilenurteil::Fehler, teilnahme_id: None, befunde: versetzt(befunde, ort) }
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
    let mut bekannt = Bekannte::laden(tx.c, tresor, &f, zeilen)?;
    let (mut geschrieben, mut neue) = (HashSet::new(), Vec::new());
    let mut antworten = Vec::with_capacity(zeilen.len());
    for z in zeilen {
        let vorhanden = bekannt.zeilen.remove(&(z.inhalt.eintritt, z.inhalt.pseudonym.clone()));
        let person = bekannt.personen.entry(z.inhalt.pseudonym.clone()).or_default();
        let a = match entscheide(tx, sicht, &f, z, (vorhanden.as_ref(), person))? {
            Err(a) => a,
            Ok((akt, e)) => {
                let befunde = versetzt(e.befunde.clone(), &z.ort);
                let id = e.zustand.kopf.id;
                geschrieben.insert(id);
                // further rows of the person are compared with this one
                person.retain(|t| t.kopf.id != id);
                person.push(e.zustand.clone());
                let urteil = if vorhanden.is_some() {
                    db::vollziehe(tx, tresor, akt, vorhanden.as_ref(), e)?;
                    Zeilenurteil::Aktualisiert
                } else {
                    neue.push(e);
                    Zeilenurteil::Angelegt
                };
                Zeilenantwort { urteil, teilnahme_id: Some(id), befunde }
            }
        };
        antworten.push(a);
    }
    db::vollziehe_neue(tx, tresor, ANLAGE, neue).map_err(gleichzeitig)?;
    // what these rows say themselves is no data of others
    tx.personen.teilnahmen.retain(|id| !geschrieben.contains(id));
    Ok(antworten)
}

/// Somebody entered one of the rows in this moment: trying again finds it.
fn gleichzeitig(e: DbFehler) -> DbFehler {
    if e.verletzt("teilnahme_zeile_eindeutig") { DbFehler::Konflikt(e.to_string()) } else { e }
}

/// What is stored of the people of some rows, read at once.
struct Bekannte {
    /// Records by entry and pseudonym.
    zeilen: HashMap<(NaiveDate, String), Versioniert<Teilnahme>>,
    /// All records of a person, by pseudonym.
    personen: HashMap<String, Vec<Teilnahme>>,
}

impl Bekannte {
    fn laden(c: &mut DbConn, tresor: &Tresor, f: &Fall, zeilen: &[Zeile<'_>]) -> Ergebnis<Self> {
        let kreis = &f.antrag.kreisschluessel;
        let inhalte: Vec<&Teilnahmeinhalt> = zeilen.iter().map(|z| z.inhalt).collect();
        let pseudonyme: Vec<&str> = inhalte.iter().map(|i| i.pseudonym.as_str()).collect();
        let schluessel = |t: &Teilnahme| t.inhalt.as_ref().map(|i| (i.eintritt, i.pseudonym.clone()));
        let da = db::der_zeilen(c, tresor, (kreis, f.massnahme.id), &inhalte)?;
        let zeilen = da.into_iter().filter_map(|v| Some((schluessel(&v.wert)?, v))).collect();
        let mut personen: HashMap<String, Vec<Teilnahme>> = HashMap::new();
        for t in db::der_personen(c, tresor, kreis, &pseudonyme)?.into_iter().map(|v| v.wert) {
            if let Some((_, pseudonym)) = schluessel(&t) {
                personen.entry(pseudonym).or_default().push(t);
            }
        }
        Ok(Bekannte { zeilen, personen })
    }
}

/// The act of a row, and its decision.
type Schritt = (&'static str, Entscheidung<Teilnahme>);

/// What is to be done for a row, or its verdict where nothing is, beside its record and all of its person.
fn entscheide(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    f: &Fall,
    z: &Zeile<'_>,
    (vorhanden, person): (Option<&Versioniert<Teilnahme>>, &[Teilnahme]),
) -> Ergebnis<Result<Schritt, Zeilenantwort>> {
    let kreis = &f.antrag.kreisschluessel;
    let ohne = vorhanden.map(|v| v.wert.kopf.id);
    let a = Andere { person: Andere::aus(tx.c, sicht, person, ohne)?, belegung: Vec::new() };
    let (akt, urteil) = match vorhanden {
        None => (ANLAGE, Teilnahme::erfassen(tx.neue_id(), f.fuer(), z.inhalt.clone(), &f.fakten(&a), &tx.akteur)),
        Some(v) if v.wert.kopf.traeger_id.is_some_and(|t| matches!(sicht, Sicht::Traeger(s) if *s != t)) => {
            tx.personen.auch(kreis, ohne);
            return Ok(Err(abgelehnt(vec![super::doppelt(z.inhalt)], &z.ort)));
        }
        Some(v) => match vergleiche_zeile(&v.wert, z.inhalt) {
            Ok(Zeilenfolge::Nichts) => {
                tx.personen.auch(kreis, ohne);
                let (urteil, befunde) = (Zeilenurteil::Unveraendert, Vec::new());
                return Ok(Err(Zeilenantwort { urteil, teilnahme_id: ohne, befunde }));
            }
            Ok(Zeilenfolge::Austritt(e)) => (AUSTRITT, v.wert.austreten(&e, &f.fakten(&a), &tx.akteur)),
            Err(b) => {
                tx.personen.auch(kreis, ohne);
                return Ok(Err(abgelehnt(vec![b], &z.ort)));
            }
        },
    };
    merke_andere(tx, (f, &a), z.inhalt, gefunden(&urteil));
    Ok(match urteil {
        Ok(e) => Ok((akt, e)),
        Err(befunde) => Err(abgelehnt(befunde, &z.ort)),
    })
}

/// Answers rows that were decided before under the same key: the verdicts of then, with what is found now. Nothing is
/// written but the note that it was read.
///
/// # Errors
/// As [`zeilen`].
pub fn zeilen_wiederholt(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ort: Ort,
    zeilen: &[(Zeile<'_>, (Zeilenurteil, Option<Uuid>))],
) -> Ergebnis<Vec<Zeilenantwort>> {
    let f = Fall::laden(tx.c, sicht, ort, tx.heute())?;
    let mut antworten = Vec::with_capacity(zeilen.len());
    for (z, (urteil, id)) in zeilen {
        let befunde = match id {
            Some(id) => befunde_jetzt(tx, tresor, sicht, &f, (z, *urteil, *id))?,
            None => {
                let einer = Bekannte::laden(tx.c, tresor, &f, std::slice::from_ref(z))?;
                let person: Vec<Teilnahme> = einer.personen.into_values().flatten().collect();
                let a = entscheide(tx, sicht, &f, z, (einer.zeilen.values().next(), &person))?;
                a.err().map(|a| a.befunde).unwrap_or_default()
            }
        };
        antworten.push(Zeilenantwort { urteil: *urteil, teilnahme_id: *id, befunde });
    }
    Ok(antworten)
}

/// Hints about the record of a row, if it is there and counts.
fn befunde_jetzt(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    f: &Fall,
    (z, urteil, id): (&Zeile<'_>, Zeilenurteil, Uuid),
) -> Ergebnis<Vec<Befund>> {
    let t = db::gesehen(tx.c, tresor, sicht, f.massnahme.id, id)?.filter(|t| super::zaehlt(&t.wert));
    let Some(i) = t.and_then(|t| t.wert.inhalt) else { return Ok(Vec::new()) };
    let kreis = &f.antrag.kreisschluessel;
    tx.personen.auch(kreis, [id]);
    if urteil == Zeilenurteil::Unveraendert {
        return Ok(Vec::new());
    }
    let person = Andere::der_person(tx.c, tresor, (sicht, kreis), &i.pseudonym, Some(id))?;
    let a = Andere { person, belegung: Vec::new() };
    let befunde = i.pruefe(&f.fakten(&a), "");
    merke_andere(tx, (f, &a), &i, &befunde);
    Ok(versetzt(befunde, &z.ort))
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
