//! Applications for a change of a grant (Aenderungsantrag): a snapshot of what is granted, a copy the county edits, the
//! comparison of both and what follows from it.

use crate::akt::Rueckgabe;
use crate::antrag::Antrag;
use crate::bescheid::{Bescheid, Entscheidungsart};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod akte;
mod baum;
mod fakten;
mod folgen;
mod grundlage;
mod inhalt;
mod regeln;
mod stand;
#[cfg(test)]
mod tests;
mod vergleich;
mod weg;
pub use akte::*;
pub use baum::Feldunterschied;
pub use fakten::*;
pub use folgen::*;
pub use grundlage::*;
pub use inhalt::*;
pub use regeln::{alle_folgen, pruefbericht, verfuegungsfolgen};
pub use stand::*;
pub use vergleich::*;
pub use weg::{Ansaetze, Weg, ansaetze, weg};

crate::status! {
    /// What a change is about.
    Aenderungsart {
        /// More state funds in all.
        Mittelerhoehung = "MITTELERHOEHUNG",
        /// Less state funds in all.
        Mittelreduzierung = "MITTELREDUZIERUNG",
        /// Costs move between lines of a plan, or between plans.
        UmschichtungAnsatz = "UMSCHICHTUNG_ANSATZ",
        /// State funds move between Haushaltsjahre.
        UmschichtungHaushaltsjahr = "UMSCHICHTUNG_HAUSHALTSJAHR",
        /// State funds move between Teilbudgets.
        UmschichtungTeilbudget = "UMSCHICHTUNG_TEILBUDGET",
        /// A measure is added.
        MassnahmeNeu = "MASSNAHME_NEU",
        /// A measure is dropped.
        MassnahmeEntfaellt = "MASSNAHME_ENTFAELLT",
        /// The Bewilligungszeitraum or the time of a measure changes.
        Zeitraum = "ZEITRAUM",
        /// Another Traeger carries a measure out.
        Traegerwechsel = "TRAEGERWECHSEL",
        /// Anything else that a measure says.
        Inhalt = "INHALT",
        /// The account of the county; it has an act of its own and is refused here.
        Bankverbindung = "BANKVERBINDUNG",
    }
}

crate::status! {
    /// State of an Aenderungsantrag.
    AenderungsantragStatus {
        /// Being written.
        Entwurf = "ENTWURF",
        /// Filed; the authority decides.
        Eingereicht = "EINGEREICHT",
        /// Filed as a notice; the authority takes note or demands a decision.
        Angezeigt = "ANGEZEIGT",
        /// Being examined by the authority.
        InPruefung = "IN_PRUEFUNG",
        /// A Bescheid is drafted and waits for the second person.
        EntscheidungVorbereitet = "ENTSCHEIDUNG_VORBEREITET",
        /// Granted by a Bescheid.
        Bewilligt = "BEWILLIGT",
        /// Refused by a Bescheid.
        Abgelehnt = "ABGELEHNT",
        /// The authority took note; no Bescheid was needed.
        ZurKenntnisGenommen = "ZUR_KENNTNIS_GENOMMEN",
        /// Withdrawn by the county.
        Zurueckgezogen = "ZURUECKGEZOGEN",
        /// Another change came into effect first; it can be brought up to date.
        Ueberholt = "UEBERHOLT",
    }
}

impl AenderungsantragStatus {
    /// Nothing becomes of it any more.
    pub const fn endgueltig(self) -> bool {
        use AenderungsantragStatus::{Abgelehnt, Bewilligt, ZurKenntnisGenommen, Zurueckgezogen};
        matches!(self, Bewilligt | Abgelehnt | ZurKenntnisGenommen | Zurueckgezogen)
    }
}

/// On what a change builds: the link of the chain and the version of the application it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Grundlage {
    /// Bescheid that granted the present state.
    pub bescheid_id: Uuid,
    /// Its place in the chain.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 10000, examples(1)))]
    pub kettenglied: i32,
    /// Its `inhalt_hash`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub inhalt_hash: String,
    /// Version of the application.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, examples(5)))]
    pub antrag_version: i64,
}

impl Grundlage {
    /// What a change of this case builds on now.
    pub fn aus(antrag: &Antrag, bescheid: &Bescheid) -> Self {
        Grundlage {
            bescheid_id: bescheid.id,
            kettenglied: bescheid.inhalt.kettenglied,
            inhalt_hash: bescheid.inhalt_hash.clone(),
            antrag_version: antrag.version,
        }
    }
}

/// An application for a change of a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aenderungsantrag {
    /// Id.
    pub id: Uuid,
    /// Application whose grant changes.
    pub antrag_id: Uuid,
    /// File reference of that application.
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Applicant.
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    pub regelwerk: String,
    /// State.
    pub status: AenderungsantragStatus,
    /// The form.
    pub inhalt: Aenderungsinhalt,
    /// What it builds on.
    pub grundlage: Grundlage,
    /// The granted state when the draft was begun or brought up to date.
    pub stand: Bewilligungsstand,
    /// The state that is applied for.
    pub neuer_stand: Bewilligungsstand,
    /// Fields that both this draft and another change touched and about which the county has not decided yet.
    pub konflikte: Vec<Feldkonflikt>,
    /// Notice or decision; set when it is filed.
    pub weg: Option<Weg>,
    /// Moment of the last filing.
    pub eingereicht_am: Option<DateTime<Utc>>,
    /// Legal day of the last filing (Europe/Berlin).
    pub eingangsdatum: Option<NaiveDate>,
    /// SHA-256 of what was filed: form, base and new state.
    pub sha256: Option<String>,
    /// Who began the draft.
    pub erstellt_von: String,
    /// Who examines it.
    pub in_pruefung_durch: Option<String>,
    /// Why it is a draft again, until it is filed anew.
    pub rueckgabe: Option<Rueckgabe>,
    /// Reason the county gave for withdrawing.
    pub ruecknahmegrund: Option<String>,
    /// The change that came into effect first.
    pub ueberholt_durch: Option<Uuid>,
    /// Bescheid that decides or decided it.
    pub bescheid_id: Option<Uuid>,
}

impl Aenderungsantrag {
    /// The application as it would be with the state that is applied for.
    pub fn antrag_danach(&self, antrag: &Antrag) -> Antrag {
        self.neuer_stand.im_antrag(antrag)
    }

    /// State after its Bescheid was released.
    pub(crate) const fn nach_bescheid(art: Entscheidungsart) -> AenderungsantragStatus {
        match art {
            Entscheidungsart::Bewilligung | Entscheidungsart::Teilbewilligung => AenderungsantragStatus::Bewilligt,
            // a sum that is fixed grants no change
            Entscheidungsart::Ablehnung | Entscheidungsart::Festsetzung => AenderungsantragStatus::Abgelehnt,
        }
    }
}
