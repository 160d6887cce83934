//! The filed document as it was, with the hash over its canonical JSON.

use super::{Antrag, Antragsinhalt, MassnahmeMitPlan};
use crate::befund::Befund;
use crate::bescheid::sha256_kanonisch;
use serde::Deserialize;
use serde_json::{Value, json};

/// A filed document, fixed for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schnappschuss {
    /// The document.
    pub inhalt: Value,
    /// SHA-256 of its canonical JSON (keys sorted, no white space), 64 hexadecimal digits.
    pub sha256: String,
}

/// What the applicant can change of a filed document, read back from it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Eingereichtes {
    /// The form.
    pub inhalt: Antragsinhalt,
    /// The measures with their detailed plans.
    pub massnahmen: Vec<MassnahmeMitPlan>,
}

impl Antrag {
    /// The Antrag with the content that was filed, whatever was changed since.
    pub(super) fn wie_eingereicht(&self, eingereicht: &Eingereichtes) -> Antrag {
        let Eingereichtes { inhalt, massnahmen } = eingereicht.clone();
        Antrag { inhalt, massnahmen, ..self.clone() }
    }
}

/// What the applicant filed: Jahrgang, applicant, content, measures with their detailed plans, the Regelwerk, and the
/// day of receipt beside the last day of the application period.
///
/// The hash does not cover what the system adds (state, version, file reference, requests for completion), and it does
/// not depend on the order of fields in the stored document.
///
/// # Errors
/// As [`sha256_kanonisch`]; an Antrag has no value that could cause it.
pub fn schnappschuss(antrag: &Antrag) -> Result<Schnappschuss, Befund> {
    let inhalt = json!({
        "id": antrag.id,
        "jahrgang": antrag.jahrgang,
        "kreisschluessel": antrag.kreisschluessel,
        "regelwerk": antrag.regelwerk,
        "eingangsdatum": antrag.eingangsdatum,
        "antragsfrist": antrag.antragsfrist,
        "inhalt": antrag.inhalt,
        "massnahmen": antrag.massnahmen,
    });
    let sha256 = sha256_kanonisch(&inhalt)?;
    Ok(Schnappschuss { inhalt, sha256 })
}
