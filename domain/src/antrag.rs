//! Applications (Antrag AQB): the aggregate, its states, its acts and everything its rules need from outside.

use crate::bescheid::BeantragtePosition;
use crate::detailplanung::Detailplanung;
use crate::finanzierungsplan::{Finanzierungsplan, addiere};
use crate::geld::{Euro, GeldFehler};
use crate::katalog::{Katalogstand, Massnahmeart};
use crate::massnahme::{Massnahme, Traegerstand};
use crate::regelwerk::Regelwerk;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

mod akte;
mod felder;
mod inhalt;
#[cfg(any(test, feature = "muster"))]
pub mod muster;
mod nachforderung;
mod regeln;
mod schnappschuss;
#[cfg(test)]
mod tests;
pub use akte::*;
pub use felder::{geaenderte_felder, ist_feld};
pub use inhalt::*;
pub use nachforderung::*;
pub use regeln::{Anlass, iban_gueltig, iban_verkuerzt, pruefbericht};
pub use schnappschuss::{Eingereichtes, Schnappschuss, schnappschuss};

crate::status! {
    /// State of an Antrag.
    AntragStatus {
        /// Being written; the applicant can change everything.
        Entwurf = "ENTWURF",
        /// Filed; immutable.
        Eingereicht = "EINGEREICHT",
        /// Being examined by the authority.
        InPruefung = "IN_PRUEFUNG",
        /// Sent back for completion of named fields.
        Nachforderung = "NACHFORDERUNG",
        /// A Bescheid is drafted and waits for the second person.
        EntscheidungVorbereitet = "ENTSCHEIDUNG_VORBEREITET",
        /// Granted in full.
        Bewilligt = "BEWILLIGT",
        /// Granted in part.
        Teilbewilligt = "TEILBEWILLIGT",
        /// Refused.
        Abgelehnt = "ABGELEHNT",
        /// Withdrawn by the applicant.
        Zurueckgezogen = "ZURUECKGEZOGEN",
    }
}

/// A measure together with its detailed plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MassnahmeMitPlan {
    /// Measure.
    pub massnahme: Massnahme,
    /// Detailed plan, if there is one yet.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    pub detailplanung: Option<Detailplanung>,
}

/// An application of a Gebietskoerperschaft for one Jahrgang.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Antrag {
    /// Id.
    pub id: Uuid,
    /// File reference, assigned by the database.
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Applicant.
    pub kreisschluessel: String,
    /// State.
    pub status: AntragStatus,
    /// What the applicant filled in.
    pub inhalt: Antragsinhalt,
    /// Measures in the order of their numbers.
    pub massnahmen: Vec<MassnahmeMitPlan>,
    /// Version of the Regelwerk, pinned by the first filing.
    pub regelwerk: Option<String>,
    /// Moment of the first filing.
    pub eingereicht_am: Option<DateTime<Utc>>,
    /// Legal day of the first filing (Europe/Berlin); decides deadlines.
    pub eingangsdatum: Option<NaiveDate>,
    /// Last day of the application period as it stood at the first filing.
    pub antragsfrist: Option<NaiveDate>,
    /// Who began the draft.
    pub erstellt_von: String,
    /// Who examines it.
    pub in_pruefung_durch: Option<String>,
    /// The latest request for completion.
    pub nachforderung: Option<Nachforderung>,
    /// Reason the applicant gave for withdrawing.
    pub ruecknahmegrund: Option<String>,
    /// Version of the record, raised by the database with every change.
    pub version: i64,
}

/// Everything the rules of an Antrag need from outside, read in the transaction of the act.
#[derive(Debug, Clone)]
pub struct Antragsfakten {
    /// The pinned Regelwerk, or the one the Jahrgang would pin.
    pub regelwerk: Regelwerk,
    /// State of the Jahrgang, as a code.
    pub jahrgang_status: String,
    /// The Jahrgang is open for applications and decisions.
    pub jahrgang_offen: bool,
    /// The Gebietskoerperschaft is entitled on 1 January of the Jahrgang.
    pub gk_berechtigt: bool,
    /// Name of the Gebietskoerperschaft.
    pub gk_name: String,
    /// Last day of the application period, weekends and holidays considered.
    pub antragsfrist: NaiveDate,
    /// Legal day of the present.
    pub heute: NaiveDate,
    /// Valid codes.
    pub katalog: Katalogstand,
    /// Every Traeger that a measure names and that exists.
    pub traeger: BTreeMap<Uuid, Traegerstand>,
    /// Free budget of the applicant in this Jahrgang per Teilbudget and Haushaltsjahr; no entry means no Zuteilung.
    pub verfuegbar: BTreeMap<(String, i32), Euro>,
    /// Everything allocated to the applicant in this Jahrgang; base of the share ceilings.
    pub zuteilung_gesamt: Euro,
    /// Already bound per kind of measure by other Bescheide of this applicant and Jahrgang.
    pub gebunden_je_art: BTreeMap<Massnahmeart, Euro>,
    /// A submitted or recognised strategy covers the Jahrgang.
    pub strategie_vorhanden: bool,
    /// State of the Zielvereinbarung, as a code; none where there is no Zielvereinbarung.
    pub zielvereinbarung_status: Option<String>,
    /// Both parties have signed the Zielvereinbarung.
    pub zielvereinbarung_geschlossen: bool,
    /// The agreement the form names exists for this county and Jahrgang (or it names none).
    pub zielvereinbarung_bekannt: bool,
}

impl Antrag {
    /// Days by which the first filing missed the application period; none for a draft and when it came in time.
    pub fn tage_versaeumt(&self) -> Option<i64> {
        let tage = self.eingangsdatum?.signed_duration_since(self.antragsfrist?).num_days();
        (tage > 0).then_some(tage)
    }

    /// What is applied for (`LAND_AQB`) per Teilbudget and Haushaltsjahr.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented; a filed Antrag never has such sums.
    pub fn beantragt_je(&self) -> Result<BTreeMap<(String, i32), Euro>, GeldFehler> {
        let mut summen = BTreeMap::new();
        for m in &self.massnahmen {
            for (jahr, betrag) in m.massnahme.inhalt.finanzierungsplan.land_je_jahr()? {
                addiere(&mut summen, (m.massnahme.inhalt.teilbudget.clone(), jahr), betrag)?;
            }
        }
        Ok(summen)
    }

    /// What is applied for (`LAND_AQB`) per measure number and Haushaltsjahr.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn beantragt_je_massnahme(&self) -> Result<BTreeMap<(String, i32), Euro>, GeldFehler> {
        let mut summen = BTreeMap::new();
        for m in &self.massnahmen {
            for (jahr, betrag) in m.massnahme.inhalt.finanzierungsplan.land_je_jahr()? {
                addiere(&mut summen, (m.massnahme.massnahme_nr.clone(), jahr), betrag)?;
            }
        }
        Ok(summen)
    }

    /// What is applied for as the Bescheid needs it: each pair of measure and Haushaltsjahr once, amounts above 0.00.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn beantragte_positionen(&self) -> Result<Vec<BeantragtePosition>, GeldFehler> {
        let mut positionen = Vec::new();
        for m in self.massnahmen.iter().map(|m| &m.massnahme) {
            let je_jahr = m.inhalt.finanzierungsplan.land_je_jahr()?;
            positionen.extend(je_jahr.into_iter().filter(|(_, b)| b.ist_positiv()).map(
                |(haushaltsjahr, beantragt)| BeantragtePosition {
                    massnahme_id: m.id,
                    massnahme_nr: m.massnahme_nr.clone(),
                    massnahmeart: m.massnahmeart(),
                    teilbudget: m.inhalt.teilbudget.clone(),
                    haushaltsjahr,
                    beantragt,
                },
            ));
        }
        Ok(positionen)
    }

    /// Everything that is applied for.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn beantragt(&self) -> Result<Euro, GeldFehler> {
        self.massnahmen.iter().try_fold(Euro::NULL, |s, m| s.plus(m.massnahme.inhalt.finanzierungsplan.land()?))
    }

    /// The plans of all measures added up.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn gesamtplan(&self) -> Result<Finanzierungsplan, GeldFehler> {
        Finanzierungsplan::gesamt(self.massnahmen.iter().map(|m| &m.massnahme.inhalt.finanzierungsplan))
    }
}
