//! Measures of an application and the versions of their Detailplanung. They change with their application: its
//! version is the one that counts.

use crate::app::antrag::{inhalt_fehler, lesen as antrag_lesen, speichern, zum_aendern};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::antrag::{Antrag, MassnahmeMitPlan, geaenderte_felder};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::massnahme::{Massnahme, Massnahmeninhalt};
use aqb_persistence::antrag::{self as db, Planfassung};
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{DbConn, Tx};
use uuid::Uuid;

/// Pointer to the list of measures itself: a Nachforderung names measures or parts of them, never the list, so
/// measures are added, removed and renumbered in a draft only.
const LISTE: &str = "/massnahmen";

/// A measure together with the version of its application.
pub type MitVersion = (MassnahmeMitPlan, i64);

fn sieht(sicht: &Sicht, m: &MassnahmeMitPlan) -> bool {
    !matches!(sicht, Sicht::Traeger(t) if m.massnahme.inhalt.traeger_id != Some(*t))
}

/// The measures the caller sees; a Traeger sees only its own.
///
/// # Errors
/// 404.
pub fn alle(c: &mut DbConn, sicht: &Sicht, antrag_id: Uuid) -> Ergebnis<(Vec<MassnahmeMitPlan>, i64)> {
    let a = antrag_lesen(c, sicht, antrag_id)?;
    let mut alle: Vec<MassnahmeMitPlan> = a.wert.massnahmen.into_iter().filter(|m| sieht(sicht, m)).collect();
    if let Sicht::Traeger(t) = sicht {
        let ids: Vec<Uuid> = alle.iter().map(|m| m.massnahme.id).collect();
        let fremde = db::neueste_plaene_anderer(c, &ids, *t)?;
        // a plan made for the Traeger before is not this one's to read
        for m in alle.iter_mut().filter(|m| fremde.contains(&m.massnahme.id)) {
            m.detailplanung = None;
        }
    }
    Ok((alle, a.version))
}

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, antrag_id: Uuid, id: Uuid) -> Ergebnis<MitVersion> {
    let (alle, version) = alle(c, sicht, antrag_id)?;
    finde(&alle, id).map(|m| (m.clone(), version))
}

fn finde(alle: &[MassnahmeMitPlan], id: Uuid) -> Ergebnis<&MassnahmeMitPlan> {
    alle.iter().find(|m| m.massnahme.id == id).ok_or_else(Fehler::nicht_gefunden)
}

/// The Traeger a measure names exists.
///
/// # Errors
/// `VERWEIS_UNBEKANNT`.
pub(super) fn traeger_gibt_es(tx: &mut Tx<'_>, i: &Massnahmeninhalt) -> Ergebnis<()> {
    let Some(id) = i.traeger_id else { return Ok(()) };
    if aqb_persistence::traeger::mit_ids(tx.c, &[id])?.is_empty() {
        return Err(crate::app::verweis("Träger", id, "/inhalt/traeger_id").into());
    }
    Ok(())
}

fn ergebnis(a: Versioniert<Antrag>, id: Uuid) -> Ergebnis<MitVersion> {
    let version = a.version;
    finde(&a.wert.massnahmen, id).map(|m| (m.clone(), version))
}

/// Adds a measure to a draft.
///
/// # Errors
/// A number that is taken, a Traeger that does not exist, a state that forbids it.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    antrag_id: Uuid,
    nr: &str,
    inhalt: Massnahmeninhalt,
) -> Ergebnis<MitVersion> {
    let alt = antrag_lesen(tx.c, sicht, antrag_id)?;
    traeger_gibt_es(tx, &inhalt)?;
    let massnahme = Massnahme { id: tx.neue_id(), massnahme_nr: nr.to_owned(), inhalt };
    let id = massnahme.id;
    let neu = alt.wert.mit_massnahme(massnahme)?;
    ergebnis(speichern(tx, &alt, "massnahme_anlage", neu, &[LISTE.to_owned()])?, id)
}

/// Changes number or content of a measure.
///
/// # Errors
/// As [`anlegen`], 412.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (antrag_id, id, version): (Uuid, Uuid, Option<i64>),
    nr: Option<&str>,
    aendern: impl FnOnce(&Massnahmeninhalt) -> Ergebnis<Massnahmeninhalt>,
) -> Ergebnis<MitVersion> {
    let alt = zum_aendern(tx.c, sicht, antrag_id, version)?;
    let bisher = finde(&alt.wert.massnahmen, id)?.massnahme.clone();
    let massnahme =
        Massnahme { id, massnahme_nr: nr.unwrap_or(&bisher.massnahme_nr).to_owned(), inhalt: aendern(&bisher.inhalt)? };
    if let Some(b) = alt.wert.nummer_belegt(&massnahme) {
        return Err(b.into());
    }
    traeger_gibt_es(tx, &massnahme.inhalt)?;
    let json = |m: &Massnahme| serde_json::to_value(&m.inhalt).map_err(inhalt_fehler);
    let mut felder = geaenderte_felder(&json(&bisher)?, &json(&massnahme)?, &bisher.ort());
    if massnahme.massnahme_nr != bisher.massnahme_nr {
        felder.push(LISTE.to_owned());
    }
    let mut neu = alt.wert.clone();
    for m in neu.massnahmen.iter_mut().filter(|m| m.massnahme.id == id) {
        m.massnahme = massnahme.clone();
    }
    neu.massnahmen.sort_by(|a, b| a.massnahme.massnahme_nr.cmp(&b.massnahme.massnahme_nr));
    ergebnis(speichern(tx, &alt, "massnahme_aenderung", neu, &felder)?, id)
}

/// Removes a measure from a draft.
///
/// # Errors
/// 404, 412, a state that forbids it.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, (antrag_id, id, version): (Uuid, Uuid, Option<i64>)) -> Ergebnis<()> {
    let alt = zum_aendern(tx.c, sicht, antrag_id, version)?;
    finde(&alt.wert.massnahmen, id)?;
    let mut neu = alt.wert.clone();
    neu.massnahmen.retain(|m| m.massnahme.id != id);
    speichern(tx, &alt, "massnahme_entfernung", neu, &[LISTE.to_owned()]).map(drop)
}

/// Sets a new version of the Detailplanung.
///
/// # Errors
/// 404, 412, a state that forbids it.
pub fn plan_setzen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (antrag_id, id, version): (Uuid, Uuid, Option<i64>),
    plan: &Detailplanung,
) -> Ergebnis<MitVersion> {
    let alt = zum_aendern(tx.c, sicht, antrag_id, version)?;
    let feld = format!("{}/detailplanung", finde(&alt.wert.massnahmen, id)?.massnahme.ort());
    let mut neu = alt.wert.clone();
    for m in neu.massnahmen.iter_mut().filter(|m| m.massnahme.id == id) {
        m.detailplanung = Some(plan.clone());
    }
    let neu = ergebnis(speichern(tx, &alt, "detailplanung", neu, &[feld])?, id)?;
    db::plan_fuer_traeger(tx, &neu.0.massnahme)?;
    Ok(neu)
}

/// All versions of the Detailplanung the caller sees, newest first. A Traeger sees those made while the measure named
/// it, and none at all once the present plan is another's.
///
/// # Errors
/// 404.
pub fn plaene(c: &mut DbConn, sicht: &Sicht, antrag_id: Uuid, id: Uuid) -> Ergebnis<Vec<Planfassung>> {
    let (m, _) = lesen(c, sicht, antrag_id, id)?;
    let mut alle = db::planfassungen(c, id)?;
    if let Sicht::Traeger(t) = sicht {
        alle.retain(|f| m.detailplanung.is_some() && f.traeger_id == Some(*t));
    }
    Ok(alle)
}
