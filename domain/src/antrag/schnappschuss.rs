//! The filed document as it was, with the hash over its canonical JSON.

use super::Antrag;
use crate::befund::Befund;
use crate::bescheid::sha256_kanonisch;
use serde_json::{Value, json};

/// A filed document, fixed for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schnappschuss {
    /// The document.
    pub inhalt: Value,
    /// SHA-256 of its canonical JSON (keys sorted, no white space), 64 hexadecimal digits.
    pub sha256: String,
}

/// What the applicant filed: Jahrgang, applicant, content, measures with their detailed plans, and the Regelwerk.
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
        "inhalt": antrag.inhalt,
        "massnahmen": antrag.massnahmen,
    });
    let sha256 = sha256_kanonisch(&inhalt)?;
    Ok(Schnappschuss { inhalt, sha256 })
}
