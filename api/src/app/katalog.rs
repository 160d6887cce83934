//! Catalogues.

use crate::app::vorhanden;
use crate::fehler::Ergebnis;
use aqb_domain::katalog::anfangsbestand;
use aqb_domain::regel::Sprache;
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
        _ => match anfangsbestand().into_iter().find(|k| k.name == name) {
            Some(k) => (k.de, k.en),
            None => (name, name),
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
    namen.extend([FEHLERCODES.to_owned(), REGELN.to_owned()]);
    Ok(namen)
}

/// Entries of a catalogue of the database, with `stichtag` only those valid on that day.
///
/// # Errors
/// 404 for a name nobody knows.
pub fn eintraege(c: &mut DbConn, name: &str, stichtag: Option<NaiveDate>) -> Ergebnis<Vec<Eintrag>> {
    let alle = katalog::eintraege(c, name, None)?;
    vorhanden((!alle.is_empty()).then_some(()))?;
    match stichtag {
        None => Ok(alle),
        tag => Ok(katalog::eintraege(c, name, tag)?),
    }
}
