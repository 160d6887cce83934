//! `aqb pruefe`: is everything that is stored what the acts made of it?

use aqb_persistence::integritaet::{Bericht, pruefe as integritaet};
use aqb_persistence::protokoll::Siegelkopf;
use aqb_persistence::{DbFehler, db, verbindung};
use std::fmt::Write;

/// Findings that are printed; the rest is counted.
const HOECHSTENS: usize = 200;

/// Checks books, audit trail, seals, decisions, filings, and every case against its own trail, on one state of the
/// database. `aussen` is the head of a seal noted outside the system; `fortschritt` learns what is done.
///
/// # Errors
/// A list of what is wrong, or why the check could not be made.
pub fn pruefe(
    url: &str,
    aussen: Option<&Siegelkopf>,
    mut fortschritt: impl FnMut(&str, u64),
) -> Result<String, String> {
    let text = |e: DbFehler| e.to_string();
    let mut c = verbindung::einzeln(url).map_err(text)?;
    verbindung::ohne_zeitgrenze(&mut c).map_err(text)?;
    let bericht = db::schnappschuss(&mut c, |c| integritaet(c, aussen, &mut fortschritt)).map_err(text)?;
    if bericht.abweichungen.is_empty() { Ok(in_ordnung(&bericht, aussen)) } else { Err(liste(&bericht)) }
}

fn in_ordnung(b: &Bericht, aussen: Option<&Siegelkopf>) -> String {
    let faelle: u64 = b.faelle.values().sum();
    let mut t = format!(
        "In Ordnung: {faelle} Datensätze stimmen mit ihrem Protokoll überein, {} Einträge in {} Ketten und alle Siegel stimmen, {} Buchungen ergeben null und alle Salden ihre Summe.",
        b.eintraege, b.ketten, b.buchungen
    );
    if let Some(a) = aussen {
        // writing to a String cannot fail
        let _ = write!(t, "\nSiegel {} ist das außerhalb notierte.", a.nr);
    }
    t
}

fn liste(b: &Bericht) -> String {
    let n = b.abweichungen.len();
    let mut t = format!("{n} Abweichung{}:", if n == 1 { "" } else { "en" });
    for a in b.abweichungen.iter().take(HOECHSTENS) {
        let _ = write!(t, "\n  {a}");
    }
    if n > HOECHSTENS {
        let _ = write!(t, "\n  … und {} weitere", n.saturating_sub(HOECHSTENS));
    }
    t
}
