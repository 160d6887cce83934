//! Catalogues and base rates.

use crate::app::{eindeutig, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::codelisten;
use aqb_domain::gebietskoerperschaft::stichtag as stichtag_des;
use aqb_domain::katalog::anfangsbestand;
use aqb_domain::regel::{RECHENEINGABE, SCHON_VORHANDEN, Sprache, Text};
use aqb_domain::zeit::ERSTER_JAHRGANG;
use aqb_domain::zins::Basiszinsreihe;
use aqb_persistence::katalog::{self, Basiszinssatz, Eintrag};
use aqb_persistence::protokoll::{Fall, anhaengen};
use aqb_persistence::{DbConn, Tx};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeSet;

/// Catalogue of all problem codes; made by the program, not kept in the database.
pub const FEHLERCODES: &str = "fehlercodes";
/// Catalogue of all rules; likewise.
pub const REGELN: &str = "regeln";

/// Title of a catalogue; a name without one is its own title.
pub fn titel(name: &str, s: Sprache) -> String {
    let (de, en) = match name {
        FEHLERCODES => ("Fehlercodes", "Problem codes"),
        REGELN => ("Regeln", "Rules"),
        _ => match (codelisten::liste(name), anfangsbestand().into_iter().find(|k| k.name == name)) {
            (Some(l), _) => (l.titel.de, l.titel.en),
            (None, Some(k)) => (k.de, k.en),
            (None, None) => (name, name),
        },
    };
    match s {
        Sprache::De => de.to_owned(),
        Sprache::En => en.to_owned(),
    }
}

/// Names of all catalogues in alphabetical order.
///
/// # Errors
/// The database's.
pub fn namen(c: &mut DbConn) -> Ergebnis<BTreeSet<String>> {
    let mut namen: BTreeSet<String> = katalog::alle(c)?.into_iter().map(|e| e.katalog).collect();
    namen.extend([FEHLERCODES, REGELN].into_iter().chain(codelisten::alle().map(|l| l.name)).map(str::to_owned));
    Ok(namen)
}

/// Entries of a catalogue, with `stichtag` only those valid on that day. The closed lists of the program are valid since
/// the programme began.
///
/// # Errors
/// 404 for a name nobody knows.
pub fn eintraege(c: &mut DbConn, name: &str, stichtag: Option<NaiveDate>) -> Ergebnis<Vec<Eintrag>> {
    if let Some(l) = codelisten::liste(name) {
        let gueltig_ab = stichtag_des(ERSTER_JAHRGANG);
        let eintrag = |((code, worte), nr): ((String, Text), i64)| Eintrag {
            katalog: name.to_owned(),
            code,
            nr,
            de: worte.de.to_owned(),
            en: worte.en.to_owned(),
            gueltig_ab,
            gueltig_bis: None,
        };
        let alle = (l.eintraege)().into_iter().zip(1i64..).map(eintrag);
        return Ok(alle.filter(|e| stichtag.is_none_or(|t| e.gueltig_ab <= t)).collect());
    }
    let alle = katalog::eintraege(c, name, None)?;
    vorhanden((!alle.is_empty()).then_some(()))?;
    match stichtag {
        None => Ok(alle),
        tag => Ok(katalog::eintraege(c, name, tag)?),
    }
}

/// Base rates in order of time after the day `nach`; with `stichtag` only the one that applies on that day.
///
/// # Errors
/// The database's.
pub fn basiszinssaetze(
    c: &mut DbConn,
    stichtag: Option<NaiveDate>,
    nach: Option<NaiveDate>,
) -> Ergebnis<Vec<Basiszinssatz>> {
    let alle = katalog::basiszinssaetze(c)?;
    let bekannt_bis = reihe(&alle)?.bekannt_bis();
    let gilt =
        stichtag.map(|t| alle.iter().rev().find(|z| z.gueltig_ab <= t && t <= bekannt_bis).map(|z| z.gueltig_ab));
    Ok(alle
        .into_iter()
        .filter(|z| nach.is_none_or(|n| z.gueltig_ab > n))
        .filter(|z| gilt.is_none_or(|g| g == Some(z.gueltig_ab)))
        .collect())
}

/// The base rate that begins on a day.
///
/// # Errors
/// 404.
pub fn basiszinssatz(c: &mut DbConn, gueltig_ab: NaiveDate) -> Ergebnis<Basiszinssatz> {
    vorhanden(katalog::basiszinssaetze(c)?.into_iter().find(|z| z.gueltig_ab == gueltig_ab))
}

fn reihe(zeilen: &[Basiszinssatz]) -> Ergebnis<Basiszinsreihe> {
    Ok(Basiszinsreihe::neu(zeilen.iter().map(|z| (z.gueltig_ab, z.prozent)).collect())?)
}

/// Adds the base rate of the half-year after the last known one; the series never has gaps and no row ever changes.
///
/// # Errors
/// 409 when that half-year has a rate already, 422 for a day that is not the next one.
pub fn basiszinssatz_anlegen(tx: &mut Tx<'_>, neu: Basiszinssatz) -> Ergebnis<Basiszinssatz> {
    let alle = katalog::basiszinssaetze(tx.c)?;
    let schluessel = neu.gueltig_ab.to_string();
    if alle.iter().any(|z| z.gueltig_ab == neu.gueltig_ab) {
        return Err(Befund::neu(&SCHON_VORHANDEN)
            .ort("/gueltig_ab")
            .gemessen("was", "Basiszinssatz", Einheit::Text)
            .gemessen("schluessel", &schluessel, Einheit::Code)
            .into());
    }
    let naechster = reihe(&alle)?.bekannt_bis().succ_opt().unwrap_or(NaiveDate::MAX);
    if neu.gueltig_ab != naechster {
        return Err(Befund::neu(&RECHENEINGABE)
            .ort("/gueltig_ab")
            .gemessen("feld", "/gueltig_ab", Einheit::Text)
            .gemessen("gefunden", neu.gueltig_ab, Einheit::Datum)
            .erlaubt("verlangt", naechster, Einheit::Datum)
            .into());
    }
    katalog::basiszinssatz_anlegen(tx.c, &neu, tx.jetzt)
        .map_err(|e| eindeutig(e, "basiszinssatz_pkey", "Basiszinssatz", &schluessel))?;
    let fall = Fall { art: "BASISZINSSATZ", id: &schluessel, kreisschluessel: None };
    anhaengen(tx, &fall, "anlage", &Value::Null, &katalog::dokument(&neu))?;
    Ok(neu)
}
