//! A calculation as it is kept: what it depends on, its hash, its rows. A new one is a new record.

use super::{Rechnungsgrundlage, Schlussergebnis, schlussrechnung};
use crate::akt::{Entscheidung, Urteil};
use crate::bescheid::sha256_kanonisch;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// Why was computed.
    Berechnungsanlass {
        /// Asked for by the examiner.
        Pruefung = "PRUEFUNG",
        /// The final decision was drafted on it.
        Schlussbescheid = "SCHLUSSBESCHEID",
    }
}

/// A kept calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Berechnung {
    /// Id.
    pub id: Uuid,
    /// The proof it is about.
    pub nachweis_id: Uuid,
    /// Chain of the proof.
    pub kette_id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Why was computed.
    pub anlass: Berechnungsanlass,
    /// What it depends on.
    pub grundlage: Rechnungsgrundlage,
    /// SHA-256 of the canonical JSON of `grundlage`.
    pub grundlage_sha256: String,
    /// Result and rows.
    pub ergebnis: Schlussergebnis,
    /// Who.
    pub berechnet_von: String,
    /// Legal day.
    pub berechnet_am: NaiveDate,
}

/// The proof a calculation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Berechnungsfall {
    /// The proof.
    pub nachweis_id: Uuid,
    /// Its chain.
    pub kette_id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
}

impl Berechnung {
    /// Computes and keeps. The right is that of the act that asks for it.
    ///
    /// # Errors
    /// As [`schlussrechnung`].
    pub fn neu(
        id: Uuid,
        fall: Berechnungsfall,
        anlass: Berechnungsanlass,
        grundlage: Rechnungsgrundlage,
        (person, heute): (&str, NaiveDate),
    ) -> Urteil<Berechnung> {
        let ergebnis = schlussrechnung(&grundlage)?;
        let grundlage_sha256 = sha256_kanonisch(&grundlage).map_err(|b| vec![b])?;
        let Berechnungsfall { nachweis_id, kette_id, antrag_id, jahrgang, kreisschluessel } = fall;
        Ok(Entscheidung::neu(Berechnung {
            id,
            nachweis_id,
            kette_id,
            antrag_id,
            jahrgang,
            kreisschluessel,
            anlass,
            grundlage,
            grundlage_sha256,
            ergebnis,
            berechnet_von: person.to_owned(),
            berechnet_am: heute,
        }))
    }
}
