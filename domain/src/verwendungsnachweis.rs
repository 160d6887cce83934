//! Verwendungsnachweis: the Gebietskoerperschaft proves what became of a grant (ANBest-GK Nr. 5), for a year or in the
//! end; the plan, the period and the payments are the server's, the actual figures its own.

use crate::antrag::Nachforderung;
use crate::befund::Befund;
use crate::bescheid::sha256_kanonisch;
use crate::frist::Fristart;
use crate::zeit::Zeitraum;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

mod abrechnung;
mod abschluss;
mod akte;
mod behoerde;
mod belegliste;
mod entwurf;
mod grundlage;
mod inhalt;
mod rechnung;
mod regeln;
#[cfg(test)]
mod tests;
mod vermerke;
mod zulieferung;
pub use abrechnung::*;
pub use abschluss::*;
pub use akte::*;
pub use behoerde::*;
pub use belegliste::*;
pub use entwurf::*;
pub use grundlage::*;
pub use inhalt::*;
pub use rechnung::*;
pub use regeln::*;
pub use zulieferung::*;

crate::status! {
    /// Kind of a Verwendungsnachweis; the Regelwerk of the Bescheid says which are permitted.
    Nachweisart {
        /// Of a Haushaltsjahr that ends before the measure does.
        Zwischennachweis = "ZWISCHENNACHWEIS",
        /// The full one in the end.
        Schlussnachweis = "SCHLUSSNACHWEIS",
        /// The final one without a Belegliste.
        EinfacherNachweis = "EINFACHER_NACHWEIS",
        /// Confirmation of use, without Sachbericht and Belegliste (overhauled law of Hessen).
        Verwendungsbestaetigung = "VERWENDUNGSBESTAETIGUNG",
    }
}

crate::status! {
    /// State of a Verwendungsnachweis.
    NachweisStatus {
        /// Being written.
        Entwurf = "ENTWURF",
        /// Signed and filed; immutable.
        Eingereicht = "EINGEREICHT",
        /// Being examined by the authority.
        InPruefung = "IN_PRUEFUNG",
        /// Sent back for completion; can be edited until it is filed again.
        Nachforderung = "NACHFORDERUNG",
        /// Examined.
        Geprueft = "GEPRUEFT",
        /// The final decision is made.
        Abgeschlossen = "ABGESCHLOSSEN",
        /// Withdrawn by the Gebietskoerperschaft before the examination.
        Zurueckgezogen = "ZURUECKGEZOGEN",
        /// A correction took its place.
        Ersetzt = "ERSETZT",
    }
}

impl NachweisStatus {
    /// Its content can be changed.
    pub const fn aenderbar(self) -> bool {
        matches!(self, NachweisStatus::Entwurf | NachweisStatus::Nachforderung)
    }
}

/// What a person signs: everything but state, version and what the authority adds. Its SHA-256 is the checksum of the
/// signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisurkunde {
    /// Proof.
    pub verwendungsnachweis_id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Kind.
    pub art: Nachweisart,
    /// Haushaltsjahr of a Zwischennachweis.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: Option<i32>,
    /// Period.
    pub berichtszeitraum: Zeitraum,
    /// The form.
    pub inhalt: Nachweisinhalt,
    /// What the server filled in.
    pub grundlage: Nachweisgrundlage,
    /// Proofs of the Traeger.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub traegernachweise: Vec<Traegernachweis>,
    /// The Sachberichte, each by version and checksum.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub sachberichte: Vec<Sachberichtverweis>,
}

/// A Sachbericht as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sachberichtverweis {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Version of the Sachbericht.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 9_007_199_254_740_991_i64))]
    pub fassung: i64,
    /// SHA-256 of its content.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
}

/// One filing: what was signed, by whom, and its checksum. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweiseinreichung {
    /// Number of the filing; 2 and more answer a request for completion.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 10_000))]
    pub nr: i32,
    /// Server time of receipt.
    pub eingegangen_am: DateTime<Utc>,
    /// Legal day of receipt.
    pub eingangsdatum: NaiveDate,
    /// Subject of the token that signed.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub unterzeichnet_von: String,
    /// Who had edited it last.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub bearbeitet_von: String,
    /// Who signed, as stated.
    pub unterzeichner: Nachweisunterzeichner,
    /// SHA-256 of the canonical JSON of `inhalt`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub inhalt_sha256: String,
    /// What was signed.
    pub inhalt: Nachweisurkunde,
    /// The Belegliste that was signed with it; absent where the kind has none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub belegliste: Option<Beleglistenverweis>,
}

/// How a correction took the place of this version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisersetzung {
    /// The correction.
    pub nachfolger_id: Uuid,
    /// Legal day.
    pub am: NaiveDate,
    /// Who corrects.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub grund: String,
    /// State before; it comes back when the draft of the correction is deleted.
    pub status_vorher: NachweisStatus,
}

/// A Verwendungsnachweis: one version of a chain of corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verwendungsnachweis {
    /// Id.
    pub id: Uuid,
    /// Id of the first version of its chain; its own if it is the first.
    pub kette_id: Uuid,
    /// Place in the chain, from 1.
    pub fassung: i32,
    /// Version it corrects.
    pub vorgaenger_id: Option<Uuid>,
    /// It is the version of its chain that counts; exactly one does.
    pub aktuell: bool,
    /// Application whose grant it proves.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Regelwerk of the Bescheid.
    pub regelwerk: String,
    /// Kind.
    pub art: Nachweisart,
    /// Haushaltsjahr of a Zwischennachweis.
    pub haushaltsjahr: Option<i32>,
    /// Period, fixed by the server.
    pub berichtszeitraum: Zeitraum,
    /// State.
    pub status: NachweisStatus,
    /// The form.
    pub inhalt: Nachweisinhalt,
    /// What the server fills in, as of the last change.
    pub grundlage: Nachweisgrundlage,
    /// Proofs of the Traeger, each Weiterleitung once.
    pub traegernachweise: Vec<Traegernachweis>,
    /// The Sachberichte of the measures, each by its newest version.
    pub sachberichte: Vec<Sachberichtverweis>,
    /// A Belegliste belongs to it (kind, parameter `belege_vorlage`).
    pub mit_belegliste: bool,
    /// A Sachbericht per measure belongs to it (parameter `sachbericht_pflicht`).
    pub mit_sachbericht: bool,
    /// Who began it.
    pub erstellt_von: String,
    /// Who edited it last; another person signs it.
    pub bearbeitet_von: String,
    /// Who of the Gebietskoerperschaft wrote in it since it was signed last; none of them signs it.
    #[serde(default)]
    pub bearbeiter: BTreeSet<String>,
    /// Two persons are needed (parameter `vn_vier_augen`).
    pub vier_augen: bool,
    /// Who signed the content as it stands; none since the last change.
    pub unterzeichnet_von: Option<String>,
    /// The filings in their order.
    pub einreichungen: Vec<Nachweiseinreichung>,
    /// Who examines it.
    pub in_pruefung_durch: Option<String>,
    /// The latest request for completion.
    pub nachforderung: Option<Nachforderung>,
    /// Why it was withdrawn.
    pub ruecknahmegrund: Option<String>,
    /// Why this version corrects the one before.
    pub korrekturgrund: Option<String>,
    /// What took its place.
    pub ersetzt: Option<Nachweisersetzung>,
    /// The final decision that is drafted or was issued about it.
    #[serde(default)]
    pub bescheid_id: Option<Uuid>,
}

impl Verwendungsnachweis {
    /// What it is about.
    pub fn gegenstand(&self) -> Nachweisgegenstand {
        Nachweisgegenstand { art: self.art, haushaltsjahr: self.haushaltsjahr }
    }

    /// Its content can be changed now: it is the current version of its chain, and a draft or sent back.
    pub fn aenderbar(&self) -> bool {
        self.aktuell && self.status.aenderbar()
    }

    /// What is signed.
    pub fn urkunde(&self) -> Nachweisurkunde {
        Nachweisurkunde {
            verwendungsnachweis_id: self.id,
            antrag_id: self.antrag_id,
            art: self.art,
            haushaltsjahr: self.haushaltsjahr,
            berichtszeitraum: self.berichtszeitraum,
            inhalt: self.inhalt.clone(),
            grundlage: self.grundlage.clone(),
            traegernachweise: self.traegernachweise.clone(),
            sachberichte: self.sachberichte.clone(),
        }
    }

    /// SHA-256 of what is signed.
    ///
    /// # Errors
    /// As [`sha256_kanonisch`].
    pub fn inhalt_sha256(&self) -> Result<String, Befund> {
        sha256_kanonisch(&self.urkunde())
    }

    /// The measures that are a Traeger's own: money was passed on to it for them.
    pub fn massnahmen_von(&self, traeger_id: Uuid) -> BTreeSet<Uuid> {
        let eigene = self.grundlage.weiterleitungen.iter().filter(|w| w.traeger_id == traeger_id);
        eigene.map(|w| w.massnahme_id).collect()
    }

    /// This Zwischennachweis as the closing proof refers to it.
    pub(crate) fn als_verweis(&self) -> Option<Zwischenverweis> {
        Some(Zwischenverweis {
            verwendungsnachweis_id: self.id,
            haushaltsjahr: self.haushaltsjahr?,
            inhalt_sha256: self.einreichungen.last()?.inhalt_sha256.clone(),
        })
    }

    /// The deadline of the Bescheid that its filing meets: kind and reference.
    pub fn nachweisfrist(&self) -> (Fristart, Option<String>) {
        match self.haushaltsjahr {
            Some(jahr) => (Fristart::Zwischennachweis, Some(jahr.to_string())),
            None => (Fristart::Verwendungsnachweis, None),
        }
    }

    /// What events say about it.
    pub fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({
            "verwendungsnachweis_id": self.id, "kette_id": self.kette_id, "antrag_id": self.antrag_id,
            "art": self.art.code()
        })
    }
}
