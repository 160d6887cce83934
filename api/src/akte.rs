//! The case file: an archive that says itself what it contains, and its check without the server it came from.
//!
//! A ZIP of JSON arrays, one element a line; `manifest.json` names each with size, SHA-256 and number of elements, and
//! `SHA256SUMS` covers all of them, the manifest included, in the format of `sha256sum -c`.

mod manifest;
mod paket;
mod pruefung;
#[cfg(test)]
mod tests;
mod zaehlung;

pub use manifest::{Aktendatei, Akteneintrag, Aktenersteller, Aktensiegel, Auslassung, Kettenluecke, Manifest};
pub use paket::Paket;
pub use pruefung::{Aktenpruefung, pruefe};

use std::fmt::Write;
use std::fs::File;
use std::path::Path;

/// Name and version of the format.
pub const FORMAT: &str = "aqb-akte/1";
/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";
/// Name of the list of checksums.
pub const PRUEFSUMMEN: &str = "SHA256SUMS";
/// Name of the file with the audit trail.
pub const PROTOKOLL: &str = "protokoll.json";

/// Findings that are printed; the rest is counted.
const HOECHSTENS: usize = 200;

/// `aqb akte`: checks a case file and says in one line what it is.
///
/// # Errors
/// A list of what is wrong, or why the file cannot be read.
pub fn pruefe_datei(pfad: &Path) -> Result<String, String> {
    let datei = File::open(pfad).map_err(|e| format!("{}: {e}", pfad.display()))?;
    match pruefe(datei) {
        Ok(p) => Ok(in_ordnung(&p)),
        Err(maengel) => Err(liste(&maengel)),
    }
}

fn in_ordnung(p: &Aktenpruefung) -> String {
    let m = &p.manifest;
    let name = m.aktenzeichen.clone().unwrap_or_else(|| m.antrag_id.to_string());
    let mut t = format!(
        "In Ordnung: Akte {name} ({}, {}), erstellt am {} von {} ({}): {} Dateien mit {} Einträgen, {} Protokolleinträge in {} Ketten nachgerechnet",
        m.kreisschluessel,
        m.jahrgang,
        m.erstellt_am,
        m.erstellt_von.person,
        m.erstellt_von.rolle,
        m.dateien.len(),
        p.eintraege,
        p.protokolleintraege,
        p.ketten
    );
    // writing to a String cannot fail
    if let Some(s) = &m.siegel {
        let _ = write!(t, ", Siegel {}:{}", s.nr, s.hash);
    }
    let n = m.auslassungen.len();
    let _ = write!(t, "; {n} Auslassung{} im Manifest benannt.", if n == 1 { "" } else { "en" });
    t
}

fn liste(maengel: &[String]) -> String {
    let n = maengel.len();
    let mut t = format!("{n} {}:", if n == 1 { "Mangel" } else { "Mängel" });
    for m in maengel.iter().take(HOECHSTENS) {
        let _ = write!(t, "\n  {m}");
    }
    if n > HOECHSTENS {
        let _ = write!(t, "\n  … und {} weitere", n.saturating_sub(HOECHSTENS));
    }
    t
}
