//! What a final decision, a revocation (§ 49 HVwVfG) or a withdrawal (§ 48 HVwVfG) regulates beside its positions.

use super::{Bescheid, Bescheidinhalt};
use crate::aenderungsantrag::Erstattung;
use crate::budget::Budgetstelle;
use crate::geld::GeldFehler;
use crate::konto::Buchung;
use crate::schlussrechnung::Regelungsposten;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// On what a Bescheid is taken back.
    Aufhebungsgrund {
        /// The grant is not, not soon or no longer used for its purpose (§ 49 Abs. 3 S. 1 Nr. 1 HVwVfG).
        Zweckverfehlung = "ZWECKVERFEHLUNG",
        /// A condition was not met or not in time (§ 49 Abs. 3 S. 1 Nr. 2 HVwVfG).
        AuflageNichtErfuellt = "AUFLAGE_NICHT_ERFUELLT",
        /// The Bescheid was unlawful from the beginning (§ 48 HVwVfG).
        Rechtswidrig = "RECHTSWIDRIG",
        /// It was brought about by wrong or incomplete statements or deceit (§ 48 Abs. 2 S. 3 Nr. 1 and 2 HVwVfG).
        FalscheAngaben = "FALSCHE_ANGABEN",
    }
}

crate::status! {
    /// From when a Bescheid that is taken back has no effect.
    Aufhebungswirkung {
        /// From the beginning: what was paid is to be repaid.
        Vergangenheit = "VERGANGENHEIT",
        /// From now on: what was paid stays, nothing more is called.
        Zukunft = "ZUKUNFT",
    }
}

/// What a final decision rests on and moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Schlussregelung {
    /// The proof of use that was examined.
    pub nachweis_id: Uuid,
    /// SHA-256 of its filed content.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub nachweis_sha256: String,
    /// The calculation that is kept with its rows.
    pub berechnung_id: Uuid,
    /// SHA-256 of what the calculation depends on.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub berechnung_sha256: String,
    /// What moves per place.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub posten: Vec<Regelungsposten>,
    /// What is claimed back.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub erstattung: Option<Erstattung>,
}

/// What a revocation or withdrawal rests on and moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Aufhebungsregelung {
    /// The Bescheid that is taken back, in whole or in part.
    pub bescheid_id: Uuid,
    /// On what ground.
    pub grund: Aufhebungsgrund,
    /// From when.
    pub wirkung: Aufhebungswirkung,
    /// Day from which it has no effect.
    pub wirksam_ab: NaiveDate,
    /// Day on which the authority knew the facts; the year of § 48 Abs. 4 HVwVfG runs from it.
    pub kenntnis_am: NaiveDate,
    /// The hearing before it (§ 28 HVwVfG); absent where the authority refrained from one with its reasons.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub anhoerung_id: Option<Uuid>,
    /// What moves per place.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub posten: Vec<Regelungsposten>,
    /// What is claimed back.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub erstattung: Option<Erstattung>,
}

impl Bescheidinhalt {
    /// What the Bescheid claims back.
    pub fn erstattung(&self) -> Option<&Erstattung> {
        let aus_aenderung = self.aenderung.as_ref().and_then(|a| a.erstattung.as_ref());
        let aus_schluss = self.schluss.as_ref().and_then(|s| s.erstattung.as_ref());
        aus_aenderung.or(aus_schluss).or_else(|| self.aufhebung.as_ref().and_then(|a| a.erstattung.as_ref()))
    }

    /// It decides about interest or takes a Bescheid back: the application is not on its way because of it.
    pub fn neben_dem_antrag(&self) -> bool {
        self.zins.is_some() || self.zinsruecknahme.is_some() || self.aufhebung.is_some()
    }

    /// What a final decision, a revocation or a withdrawal moves per place; none in other Bescheide.
    pub fn regelungsposten(&self) -> Option<&[Regelungsposten]> {
        let schluss = self.schluss.as_ref().map(|s| s.posten.as_slice());
        schluss.or_else(|| self.aufhebung.as_ref().map(|a| a.posten.as_slice()))
    }
}

impl Bescheid {
    /// The posting of a final decision, a revocation or a withdrawal.
    pub(super) fn regelungsbuchung(&self, posten: &[Regelungsposten]) -> Result<Buchung, GeldFehler> {
        let i = &self.inhalt;
        let grund = if i.schluss.is_some() { "SCHLUSSBESCHEID" } else { "AUFHEBUNG" };
        let mut buchung = Buchung::umbuchung(grund, format!("Bescheid {} an {}", self.id, i.kreisschluessel));
        for p in posten {
            let stelle = Budgetstelle {
                kreisschluessel: i.kreisschluessel.clone(),
                teilbudget: p.teilbudget.clone(),
                haushaltsjahr: p.haushaltsjahr,
            };
            for (von, nach, betrag) in p.bewegungen() {
                let (von, nach) = (stelle.konto(i.jahrgang, von), stelle.konto(i.jahrgang, nach));
                buchung = buchung.fuer_massnahme(p.massnahme_id, von, nach, betrag);
            }
        }
        Ok(buchung)
    }
}
