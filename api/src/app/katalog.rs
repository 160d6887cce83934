//! Catalogues.

use crate::app::vorhanden;
use crate::fehler::Ergebnis;
use aqb_domain::codelisten;
use aqb_domain::gebietskoerperschaft::stichtag as stichtag_des;
use aqb_domain::katalog::anfangsbestand;
use aqb_domain::regel::{Sprache, Text};
use aqb_domain::zeit::ERSTER_JAHRGANG;
use aqb_persistence::DbConn;
use aqb_persistence::katalog::{self, Eintrag};
use chrono::NaiveDate;
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
