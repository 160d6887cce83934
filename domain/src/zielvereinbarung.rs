//! Zielvereinbarung: the yearly agreement between the ministry and a Gebietskoerperschaft; each side signs once.

use crate::akt::Rueckgabe;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, Rolle};
use crate::budget::Budgetposition;
use crate::gebietskoerperschaft::{Gebietskoerperschaft, pruefe_berechtigung, pruefe_zugehoerigkeit};
use crate::katalog::Massnahmeart;
use crate::regel::{SCHON_VORHANDEN, UNVERAENDERLICH};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod akte;
mod pruefung;
pub use akte::*;
pub use pruefung::{Abstimmungsfakten, Vereinbarungsfakten};

crate::status! {
    /// State of a Zielvereinbarung.
    ZielvereinbarungStatus {
        /// Can be edited by both sides.
        Entwurf = "ENTWURF",
        /// Agreed; the text is fixed and can be signed.
        Abgestimmt = "ABGESTIMMT",
        /// Signed by the Gebietskoerperschaft only.
        UnterzeichnetGk = "UNTERZEICHNET_GK",
        /// Signed by the ministry only.
        UnterzeichnetMinisterium = "UNTERZEICHNET_MINISTERIUM",
        /// Signed by both sides.
        Geschlossen = "GESCHLOSSEN",
        /// Replaced by a concluded Nachtrag.
        Ersetzt = "ERSETZT",
        /// Its Jahrgang is closed.
        Ausgelaufen = "AUSGELAUFEN",
    }
}

crate::status! {
    /// Side of a Zielvereinbarung.
    Vertragspartei {
        /// The Gebietskoerperschaft.
        Gk = "GK",
        /// The ministry.
        Ministerium = "MINISTERIUM",
    }
}

impl Vertragspartei {
    /// The side for which a caller of this role signs.
    pub const fn aus_rolle(rolle: Rolle) -> Option<Self> {
        match rolle {
            Rolle::Gebietskoerperschaft => Some(Vertragspartei::Gk),
            Rolle::Ministerium => Some(Vertragspartei::Ministerium),
            _ => None,
        }
    }

    /// The side that signs beside this one.
    pub const fn andere(self) -> Self {
        match self {
            Vertragspartei::Gk => Vertragspartei::Ministerium,
            Vertragspartei::Ministerium => Vertragspartei::Gk,
        }
    }
}

/// One agreed goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Ziel {
    /// Kind of measure.
    pub massnahmeart: Massnahmeart,
    /// Code of the catalogue `zielgruppen`; must be admissible for the kind.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("NICHT_AUSBILDUNGSREIF")))]
    pub zielgruppe: String,
    /// Planned places.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(105)))]
    pub plaetze_geplant: i32,
    /// Planned participants.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(140)))]
    pub teilnehmende_geplant: i32,
    /// What is measured.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Übergänge in Ausbildung")
        )
    )]
    pub indikator: String,
    /// Value to be reached, in `einheit`.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000_000, examples(45)))]
    pub zielwert: i64,
    /// Unit of `zielwert`.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Personen"))
    )]
    pub einheit: String,
}

/// Goals that apply to every measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Querschnittsziele {
    /// Gender equality.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Hälfte der Plätze geht an Frauen.")
        )
    )]
    pub gleichstellung: String,
    /// Inclusion (UN-BRK).
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Alle Maßnahmen sind barrierefrei zugänglich.")
        )
    )]
    pub inklusion: String,
}

/// What both sides agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zielvereinbarungsinhalt {
    /// Submitted strategy of the same Gebietskoerperschaft that covers 1 January of the Jahrgang.
    pub strategie_id: Uuid,
    /// Agreed amounts per Teilbudget and Haushaltsjahr, each pair once.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub budget_positionen: Vec<Budgetposition>,
    /// Goals; at least one when it is agreed.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub ziele: Vec<Ziel>,
    /// Goals that apply to every measure.
    pub querschnittsziele: Querschnittsziele,
    /// Day of the target talk, where it took place.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-03-12")))]
    pub gespraech_am: Option<NaiveDate>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unterschrift {
    /// Legal day.
    pub am: NaiveDate,
    /// Who signs, name and function as stated.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Erika Beispiel, Erste Kreisbeigeordnete")
        )
    )]
    pub durch: String,
    /// Subject of the token that signed.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// SHA-256 of the text that was signed.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub dokument_sha256: String,
}

/// The signatures of both sides.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unterschriften {
    /// Gebietskoerperschaft.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub gk: Option<Unterschrift>,
    /// Ministry.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub ministerium: Option<Unterschrift>,
}

impl Unterschriften {
    /// The signature of one side.
    pub fn von(&self, partei: Vertragspartei) -> Option<&Unterschrift> {
        match partei {
            Vertragspartei::Gk => self.gk.as_ref(),
            Vertragspartei::Ministerium => self.ministerium.as_ref(),
        }
    }
}

/// A Zielvereinbarung, or one of its later versions.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Zielvereinbarung {
    /// Id.
    pub id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// The Gebietskoerperschaft's side.
    pub kreisschluessel: String,
    /// 1 for the agreement itself, then one more per Nachtrag.
    pub fassung: i32,
    /// The version that this Nachtrag replaces once it is concluded.
    pub vorgaenger_id: Option<Uuid>,
    /// Content.
    pub inhalt: Zielvereinbarungsinhalt,
    /// State.
    pub status: ZielvereinbarungStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Legal day on which the text was fixed.
    pub abgestimmt_am: Option<NaiveDate>,
    /// SHA-256 of the fixed text.
    pub dokument_sha256: Option<String>,
    /// Signatures.
    pub unterschriften: Unterschriften,
    /// Why the text was opened again, until it is fixed anew.
    #[serde(default)]
    pub rueckgabe: Option<Rueckgabe>,
}

/// The text that is signed.
#[derive(Serialize)]
struct Urkunde<'a> {
    id: Uuid,
    jahrgang: i32,
    kreisschluessel: &'a str,
    fassung: i32,
    vorgaenger_id: Option<Uuid>,
    inhalt: &'a Zielvereinbarungsinhalt,
}

impl Zielvereinbarung {
    /// A new draft, by either side. `gk` is the stored record of `kreisschluessel`; `vorhandene` is the agreement
    /// that already exists for this Gebietskoerperschaft and Jahrgang, if there is one.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `NICHT_ANTRAGSBERECHTIGT` or `SCHON_VORHANDEN`.
    pub fn anlegen(
        id: Uuid,
        jahrgang: i32,
        gk: Option<&Gebietskoerperschaft>,
        kreisschluessel: &str,
        inhalt: Zielvereinbarungsinhalt,
        vorhandene: Option<Uuid>,
        akteur: &Akteur,
    ) -> Result<Zielvereinbarung, Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(kreisschluessel, akteur, Recht::ZielvereinbarungSchreiben) {
            return Err(vec![b]);
        }
        let mut befunde: Vec<Befund> = pruefe_berechtigung(kreisschluessel, gk, jahrgang).into_iter().collect();
        befunde.extend(vorhandene.map(schon_vorhanden));
        if !befunde.is_empty() {
            return Err(befunde);
        }
        Ok(Zielvereinbarung {
            id,
            jahrgang,
            kreisschluessel: kreisschluessel.to_owned(),
            fassung: 1,
            vorgaenger_id: None,
            inhalt,
            status: ZielvereinbarungStatus::Entwurf,
            erstellt_von: akteur.person.clone(),
            abgestimmt_am: None,
            dokument_sha256: None,
            unterschriften: Unterschriften::default(),
            rueckgabe: None,
        })
    }

    /// Replaces the content of a draft; both sides may.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, or `UNVERAENDERLICH` once the text is fixed.
    pub fn aendern(&self, inhalt: Zielvereinbarungsinhalt, akteur: &Akteur) -> Result<Zielvereinbarung, Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::ZielvereinbarungSchreiben) {
            return Err(vec![b]);
        }
        if self.status != ZielvereinbarungStatus::Entwurf {
            return Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)]);
        }
        Ok(Zielvereinbarung { inhalt, ..self.clone() })
    }

    /// What forbids deleting it: it is no draft of the caller's side whose text was never fixed.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn loeschbar(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::ZielvereinbarungSchreiben) {
            return Err(vec![b]);
        }
        if self.status == ZielvereinbarungStatus::Entwurf && self.rueckgabe.is_none() {
            return Ok(());
        }
        Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)])
    }

    /// Its text is fixed and counts: agreed, signed or concluded, neither replaced nor expired.
    pub fn traegt_strategie(&self, strategie_id: Uuid) -> bool {
        use ZielvereinbarungStatus::{Abgestimmt, Geschlossen, UnterzeichnetGk, UnterzeichnetMinisterium};
        let fest = matches!(self.status, Abgestimmt | UnterzeichnetGk | UnterzeichnetMinisterium | Geschlossen);
        fest && self.inhalt.strategie_id == strategie_id
    }

    /// Concluded and in force: the precondition of a grant.
    pub fn ist_geschlossen(&self) -> bool {
        self.status == ZielvereinbarungStatus::Geschlossen
    }

    fn urkunde(&self) -> Urkunde<'_> {
        Urkunde {
            id: self.id,
            jahrgang: self.jahrgang,
            kreisschluessel: &self.kreisschluessel,
            fassung: self.fassung,
            vorgaenger_id: self.vorgaenger_id,
            inhalt: &self.inhalt,
        }
    }
}

fn schon_vorhanden(id: Uuid) -> Befund {
    Befund::neu(&SCHON_VORHANDEN).gemessen("was", "Zielvereinbarung", Einheit::Text).gemessen(
        "schluessel",
        id,
        Einheit::Code,
    )
}

#[cfg(test)]
mod tests;
