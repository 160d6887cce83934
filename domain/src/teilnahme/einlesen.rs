//! Bulk upload: what becomes of a row.

use super::{Austritt, Teilnahme, Teilnahmeinhalt, geaenderte_angaben};
use crate::befund::{Befund, Einheit};
use crate::regel::{ZEILE_ABWEICHEND, ZEILE_DOPPELT};
use chrono::NaiveDate;
use std::collections::HashMap;

crate::status! {
    /// What became of a row of a bulk upload.
    Zeilenurteil {
        /// Entered.
        Angelegt = "ANGELEGT",
        /// The exit was added to what was entered before.
        Aktualisiert = "AKTUALISIERT",
        /// Stored already, the same.
        Unveraendert = "UNVERAENDERT",
        /// Refused; nothing of it was done.
        Fehler = "FEHLER",
    }
}

/// Rows of one upload at most.
pub const ZEILEN_HOECHSTENS: usize = 10_000;

/// What is to be done with a row about somebody who is entered already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zeilenfolge {
    /// Nothing: it is the same.
    Nichts,
    /// The exit is added.
    Austritt(Austritt),
}

/// Compares a row with what is stored under the same person, measure and entry.
///
/// # Errors
/// `ZEILE_ABWEICHEND`: an upload adds, it never overwrites.
pub fn vergleiche_zeile(vorhanden: &Teilnahme, zeile: &Teilnahmeinhalt) -> Result<Zeilenfolge, Befund> {
    let felder = vorhanden.inhalt.as_ref().map(|i| (i, geaenderte_angaben(i, zeile)));
    match (&felder, &zeile.austritt) {
        (Some((_, f)), _) if f.is_empty() => Ok(Zeilenfolge::Nichts),
        (Some((i, f)), Some(a)) if i.austritt.is_none() && f.len() == 1 && f.iter().any(|f| f == "austritt") => {
            Ok(Zeilenfolge::Austritt(a.clone()))
        }
        _ => Err(Befund::neu(&ZEILE_ABWEICHEND).gemessen("status", vorhanden.kopf.status, Einheit::Code).gemessen(
            "felder",
            felder.map_or_else(String::new, |(_, f)| f.join(", ")),
            Einheit::Text,
        )),
    }
}

/// Rows that repeat an earlier one of the same upload: position → finding.
pub fn doppelte_zeilen<'z>(zeilen: impl IntoIterator<Item = (usize, &'z Teilnahmeinhalt)>) -> HashMap<usize, Befund> {
    let mut erste: HashMap<(&str, NaiveDate), usize> = HashMap::new();
    let mut doppelte = HashMap::new();
    for (nr, z) in zeilen {
        match erste.get(&(z.pseudonym.as_str(), z.eintritt)) {
            Some(erste) => {
                let b = Befund::neu(&ZEILE_DOPPELT).gemessen("zeile", erste.saturating_add(1), Einheit::Anzahl);
                doppelte.insert(nr, b.ort(format!("/zeilen/{nr}")));
            }
            None => {
                erste.insert((z.pseudonym.as_str(), z.eintritt), nr);
            }
        }
    }
    doppelte
}
