//! Who read what about persons, and what for.

use crate::berechtigung::Rolle;
use chrono::{DateTime, Utc};
use uuid::Uuid;

crate::status! {
    /// What personal data were read for, as the reader says.
    Zugriffszweck {
        /// Work on the case.
        Sachbearbeitung = "SACHBEARBEITUNG",
        /// Proof of use and report.
        Nachweis = "NACHWEIS",
        /// Check by the Gebietskoerperschaft.
        Pruefung = "PRUEFUNG",
        /// The person asks what is known (Art. 15 DSGVO).
        Auskunft = "AUSKUNFT",
        /// Another system takes the data over.
        Schnittstelle = "SCHNITTSTELLE",
    }
}

/// One reading of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datenzugriff {
    /// Id, in order of time.
    pub id: Uuid,
    /// Moment.
    pub zeit: DateTime<Utc>,
    /// Who.
    pub person: String,
    /// In which role.
    pub rolle: Rolle,
    /// Whose data.
    pub kreisschluessel: Option<String>,
    /// Operation of the contract.
    pub vorgang: String,
    /// Records that were handed out.
    pub teilnahmen: Vec<Uuid>,
    /// What for, where the reader said so.
    pub zweck: Option<Zugriffszweck>,
    /// Id of the request.
    pub anfrage: String,
}
