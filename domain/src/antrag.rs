//! Applications (Antrag AQB): the aggregate, its states, its acts and everything its rules need from outside.

use crate::ausnahme::Ausnahme;
use crate::befund::{Befund, Einheit};
use crate::bescheid::BeantragtePosition;
use crate::detailplanung::{Detailplanung, Personaleinsatz};
use crate::finanzierungsplan::{Finanzierungsplan, addiere};
use crate::geld::{Euro, GeldFehler};
use crate::katalog::{Katalogstand, Massnahmeart};
use crate::massnahme::{Massnahme, Traegerstand};
use crate::regel::{MASSNAHME_NR_DOPPELT, MASSNAHMEN_ZU_VIELE};
use crate::regelwerk::Regelwerk;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

mod akte;
mod bankkonto;
mod felder;
mod inhalt;
mod kopie;
#[cfg(any(test, feature = "muster"))]
pub mod muster;
mod nachforderung;
mod regeln;
mod schnappschuss;
#[cfg(test)]
mod tests;
pub use akte::*;
pub use bankkonto::{iban_gueltig, iban_verkuerzt};
pub use felder::{geaenderte_felder, ist_feld};
pub use inhalt::*;
pub use kopie::*;
pub use nachforderung::*;
pub(crate) use regeln::aenderungsbericht;
pub use regeln::{Anlass, pruefbericht};
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
    /// Version of the record, raised by the database with every change; no part of the document.
    #[serde(skip)]
    pub version: i64,
}

/// A measure of another application, for the rules against counting twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AndereMassnahme {
    /// File reference and number; none where it belongs to another Gebietskoerperschaft, which is nobody's business.
    pub bezeichnung: Option<String>,
    /// The measure.
    pub massnahme: Massnahme,
    /// Staff of its newest Detailplanung.
    pub personaleinsatz: Vec<Personaleinsatz>,
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
    /// Measures of other applications that are filed and neither refused nor withdrawn, as far as they share the
    /// applicant or a Traeger and overlap in time.
    pub andere_massnahmen: Vec<AndereMassnahme>,
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
    /// Exceptions of the case.
    pub ausnahmen: Vec<Ausnahme>,
}

/// Measures of one application at most: beyond that a form is no longer read by anyone, and it must not grow without
/// end. A limit of this system, not of the programme.
pub const MASSNAHMEN_HOECHSTENS: usize = 200;

impl Antrag {
    /// The application with one measure more, in the order of numbers.
    ///
    /// # Errors
    /// `MASSNAHME_NR_DOPPELT` for a number that is taken, `MASSNAHMEN_ZU_VIELE` beyond [`MASSNAHMEN_HOECHSTENS`].
    pub fn mit_massnahme(&self, massnahme: Massnahme) -> Result<Antrag, Vec<Befund>> {
        let mut befunde: Vec<Befund> = self.nummer_belegt(&massnahme).into_iter().collect();
        let anzahl = self.massnahmen.len().saturating_add(1);
        if anzahl > MASSNAHMEN_HOECHSTENS {
            befunde.push(
                Befund::neu(&MASSNAHMEN_ZU_VIELE)
                    .ort("/massnahmen")
                    .gemessen("anzahl", anzahl, Einheit::Anzahl)
                    .erlaubt("hoechstens", MASSNAHMEN_HOECHSTENS, Einheit::Anzahl),
            );
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let mut neu = self.clone();
        neu.massnahmen.push(MassnahmeMitPlan { massnahme, detailplanung: None });
        neu.massnahmen.sort_by(|a, b| a.massnahme.massnahme_nr.cmp(&b.massnahme.massnahme_nr));
        Ok(neu)
    }

    /// The finding for a measure whose number another measure of the application has.
    pub fn nummer_belegt(&self, massnahme: &Massnahme) -> Option<Befund> {
        let nr = &massnahme.massnahme_nr;
        let belegt = self.massnahmen.iter().any(|m| m.massnahme.massnahme_nr == *nr && m.massnahme.id != massnahme.id);
        belegt.then(|| Befund::neu(&MASSNAHME_NR_DOPPELT).ort("/massnahme_nr").gemessen("massnahme", nr, Einheit::Code))
    }

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
                    bisher: None,
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
