//! Bescheid: the decision on an application; its content never changes, every Bescheid is linked to the one before.

use crate::aenderungsantrag::{Aenderungsart, Erstattung};
use crate::forderung::Zinsregelung;
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::Finanzierungsart;
use crate::katalog::Massnahmeart;
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod akte;
mod aufhebung;
mod bekanntgabe;
mod entwurf;
mod geltung;
mod nachweis;
mod regelung;
mod schluss;
mod siegel;
mod zinsruecknahme;
pub use akte::*;
pub use aufhebung::*;
pub use bekanntgabe::*;
pub use entwurf::*;
pub use geltung::*;
pub use nachweis::Fristfolge;
pub use regelung::*;
pub use schluss::*;
pub use siegel::*;
pub use zinsruecknahme::*;

crate::status! {
    /// Kind of a Bescheid.
    Bescheidart {
        /// Grant, in full or in part.
        Zuwendung = "ZUWENDUNG",
        /// Refusal.
        Ablehnung = "ABLEHNUNG",
        /// Change of a grant.
        Aenderung = "AENDERUNG",
        /// Final decision after the proof of use.
        Schluss = "SCHLUSS",
        /// Revocation of a lawful grant (§ 49 HVwVfG).
        Widerruf = "WIDERRUF",
        /// Withdrawal of an unlawful grant (§ 48 HVwVfG).
        Ruecknahme = "RUECKNAHME",
        /// Claim for repayment.
        Rueckforderung = "RUECKFORDERUNG",
        /// Claim for interest.
        Zins = "ZINS",
        /// Withdrawal of a Bescheid about interest (§ 48 HVwVfG); the grant stays as it is.
        Zinsruecknahme = "ZINSRUECKNAHME",
    }
}

crate::status! {
    /// State of a Bescheid. Finality is no state: it is a day, see [`Bescheid::bestandskraeftig`].
    BescheidStatus {
        /// Drafted by one person, waits for another.
        Entwurf = "ENTWURF",
        /// Released; binds the budget.
        Erlassen = "ERLASSEN",
        /// Notified to the applicant; the period for appeal runs.
        Bekanntgegeben = "BEKANNTGEGEBEN",
        /// Draft that was discarded.
        Verworfen = "VERWORFEN",
    }
}

crate::status! {
    /// What is decided about the application.
    Entscheidungsart {
        /// Everything that was requested.
        Bewilligung = "BEWILLIGUNG",
        /// A part of it.
        Teilbewilligung = "TEILBEWILLIGUNG",
        /// Nothing.
        Ablehnung = "ABLEHNUNG",
        /// A sum of money is fixed, or no longer is; the application stays as it was decided.
        Festsetzung = "FESTSETZUNG",
    }
}

crate::status! {
    /// General collateral clauses that are part of a grant.
    Nebenbestimmungen {
        /// Clauses for municipal recipients.
        AnbestGk = "ANBEST_GK",
        /// Clauses for private recipients.
        AnbestP = "ANBEST_P",
    }
}

/// A condition of the single case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Auflage {
    /// Short code by which later documents name the condition.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("SACHBERICHT_JAEHRLICH")))]
    pub code: String,
    /// Words of the condition.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Zum 31. März jedes Jahres ist ein Sachbericht vorzulegen.")
        )
    )]
    pub text: String,
    /// Day by which it must be met, where there is one; not in the past.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2027-03-31")))]
    pub faellig_am: Option<NaiveDate>,
}

/// What was requested and granted for one measure in one Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bescheidposition {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the application.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub massnahme_nr: String,
    /// Its kind.
    pub massnahmeart: Massnahmeart,
    /// Teilbudget from which it is paid; code of the catalogue `teilbudgets`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Requested state funds in euro.
    pub beantragt: Euro,
    /// Granted state funds in euro; 0.00 in a refusal.
    pub bewilligt: Euro,
    /// Granted before; only in a Bescheid about a change.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bisher: Option<Euro>,
    /// `bewilligt` minus `bisher`; only in a Bescheid about a change.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub differenz: Option<Euro>,
}

/// What a Bescheid about a change regulates beside its positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Aenderungsregelung {
    /// Application for the change.
    pub aenderungsantrag_id: Uuid,
    /// What the change is about.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub aenderungsarten: Vec<Aenderungsart>,
    /// Day from which it counts.
    pub wirksam_ab: NaiveDate,
    /// What is to be paid back because more was paid out than is granted now.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub erstattung: Option<Erstattung>,
}

/// Content of a Bescheid. It never changes; its hash includes the hash of the Bescheid before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bescheidinhalt {
    /// Kind of Bescheid.
    pub art: Bescheidart,
    /// Application that is decided.
    pub antrag_id: Uuid,
    /// Jahrgang.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2099, examples(2026)))]
    pub jahrgang: i32,
    /// Applicant.
    #[cfg_attr(feature = "schema", schema(pattern = "^06[0-9]{3}$", examples("06440")))]
    pub kreisschluessel: String,
    /// What is decided.
    pub entscheidung: Entscheidungsart,
    /// Per measure and Haushaltsjahr, in the order of the application.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub positionen: Vec<Bescheidposition>,
    /// Period in which costs count; absent in a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bewilligungszeitraum: Option<Zeitraum>,
    /// How the grant covers costs; absent in a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub finanzierungsart: Option<Finanzierungsart>,
    /// Conditions of the single case.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub auflagen: Vec<Auflage>,
    /// General clauses; absent in a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub nebenbestimmungen: Option<Nebenbestimmungen>,
    /// Grounds (§ 39 HVwVfG); may be absent only where everything is granted.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Maßnahme M03 ist nach den Fördergrundsätzen nicht zuwendungsfähig.")
        )
    )]
    pub begruendung: Option<String>,
    /// Version of the Regelwerk that applies to this case for life.
    #[cfg_attr(feature = "schema", schema(max_length = 40, pattern = "^[A-Z0-9][A-Z0-9._-]*$", examples("HE-ALT")))]
    pub regelwerk: String,
    /// SHA-256 of the application as it was decided.
    #[cfg_attr(
        feature = "schema",
        schema(
            pattern = "^[0-9a-f]{64}$",
            examples("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        )
    )]
    pub antrag_schnappschuss_sha256: String,
    /// Place in the chain of this application's Bescheide, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 10000, examples(1)))]
    pub kettenglied: i32,
    /// Bescheid before this one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub vorgaenger_id: Option<Uuid>,
    /// `inhalt_hash` of the Bescheid before this one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, pattern = "^[0-9a-f]{64}$"))]
    pub vorgaenger_hash: Option<String>,
    /// The change it decides about; absent in a decision on the application itself.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub aenderung: Option<Aenderungsregelung>,
    /// The final decision; absent in other Bescheide.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub schluss: Option<Schlussregelung>,
    /// The revocation or withdrawal; absent in other Bescheide.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub aufhebung: Option<Aufhebungsregelung>,
    /// The interest it fixes or waives; only in a Bescheid about interest.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub zins: Option<Zinsregelung>,
    /// The withdrawal of a Bescheid about interest; absent in other Bescheide.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub zinsruecknahme: Option<Zinsruecknahme>,
}

impl Bescheidinhalt {
    /// Sum of all requested amounts.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn beantragt(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.positionen.iter().map(|p| p.beantragt))
    }

    /// Sum of all granted amounts.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn bewilligt(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.positionen.iter().map(|p| p.bewilligt))
    }
}

/// A Bescheid.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Bescheid {
    /// Id.
    pub id: Uuid,
    /// Content; never changes after the draft was made.
    pub inhalt: Bescheidinhalt,
    /// SHA-256 of the canonical JSON of `inhalt`.
    pub inhalt_hash: String,
    /// State.
    pub status: BescheidStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Who released it; a different person.
    pub freigegeben_von: Option<String>,
    /// Legal day of issue.
    pub erlassen_am: Option<NaiveDate>,
    /// Who discarded the draft.
    pub verworfen_von: Option<String>,
    /// Why the draft was discarded.
    pub verwerfungsgrund: Option<String>,
    /// How it was notified.
    pub bekanntgabe: Option<Bekanntgabe>,
    /// Who recorded the notification, or corrected it last.
    pub bekanntgabe_von: Option<String>,
    /// Why the notification was corrected, where it was; the earlier entry stands in the history.
    pub berichtigungsgrund: Option<String>,
    /// Day on which it counts as notified (§ 41 HVwVfG).
    pub bekannt_am: Option<NaiveDate>,
    /// Last day on which it can be appealed.
    pub rechtsbehelf_bis: Option<NaiveDate>,
    /// Day of the applicant's waiver.
    pub rechtsbehelfsverzicht_am: Option<NaiveDate>,
    /// Who declared the waiver.
    pub verzichtet_von: Option<String>,
    /// First day of finality: the day of the waiver or the day after [`Bescheid::rechtsbehelf_bis`].
    pub bestandskraft_am: Option<NaiveDate>,
    /// The released Bescheid that took this one about interest back as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aufgehoben_durch: Option<Uuid>,
}

impl Bescheid {
    /// It can no longer be appealed on that day.
    pub fn bestandskraeftig(&self, tag: NaiveDate) -> bool {
        self.bestandskraft_am.is_some_and(|b| b <= tag)
    }

    /// It is effective towards the applicant on that day (§ 43 HVwVfG): notified. A waiver with proven receipt makes
    /// it so before the day on which notification is presumed.
    pub fn wirksam(&self, tag: NaiveDate) -> bool {
        self.bekannt_am.is_some_and(|b| b <= tag) || self.bestandskraeftig(tag)
    }

    /// This Bescheid as the link on which the next one builds.
    pub fn kettenglied(&self) -> Kettenglied {
        Kettenglied { id: self.id, nr: self.inhalt.kettenglied, inhalt_hash: self.inhalt_hash.clone() }
    }
}

/// The last link of an application's chain of Bescheide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kettenglied {
    /// Id.
    pub id: Uuid,
    /// Place in the chain.
    pub nr: i32,
    /// Its `inhalt_hash`.
    pub inhalt_hash: String,
}

#[cfg(test)]
mod tests;
