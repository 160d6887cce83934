//! Weiterleitung: a Gebietskoerperschaft passes money of a grant on to a Traeger (VV Nr. 12 zu § 44 LHO), by contract or
//! Bescheid, with the clauses that bind the Traeger, its own days, payments and reported use.

use crate::bescheid::Nebenbestimmungen;
use crate::geld::{Euro, GeldFehler};
use crate::zeit::Zeitraum;
use crate::zins::Mittelbewegung;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod akte;
mod geldfluss;
mod pruefung;
#[cfg(test)]
mod tests;

pub use akte::*;
pub use geldfluss::*;
pub use pruefung::*;

crate::status! {
    /// State of a Weiterleitung.
    WeiterleitungStatus {
        /// Drafted by one person of the Gebietskoerperschaft.
        Entwurf = "ENTWURF",
        /// Concluded by another: binding, money can flow.
        Abgeschlossen = "ABGESCHLOSSEN",
        /// Ended as agreed.
        Beendet = "BEENDET",
        /// Cancelled before its end.
        Aufgehoben = "AUFGEHOBEN",
    }
}

crate::status! {
    /// How money is passed on.
    Weiterleitungsform {
        /// Contract of private law.
        Vertrag = "VERTRAG",
        /// Bescheid of the Gebietskoerperschaft.
        Bescheid = "BESCHEID",
    }
}

/// What is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsinhalt {
    /// Measure of the application; carried out by passing money on.
    pub massnahme_id: Uuid,
    /// Who receives the money: the Traeger of the measure, or another one of the application.
    pub traeger_id: Uuid,
    /// By contract or by Bescheid.
    pub form: Weiterleitungsform,
    /// State funds that are passed on, above 0.00, at most what is granted for the measure and not passed on elsewhere.
    pub betrag: Euro,
    /// Period in which the Traeger's costs count; within that of the grant.
    pub bewilligungszeitraum: Zeitraum,
    /// General clauses that bind the Traeger: `ANBEST_P` for private ones.
    pub nebenbestimmungen: Nebenbestimmungen,
    /// Last day of the Traeger's proof of use; early enough for the Gebietskoerperschaft's own.
    #[cfg_attr(feature = "schema", schema(examples("2028-06-30")))]
    pub vn_frist: NaiveDate,
}

/// A payment to the Traeger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungszahlung {
    /// Id.
    pub id: Uuid,
    /// Amount.
    pub betrag: Euro,
    /// Value date.
    pub wertstellung_am: NaiveDate,
    /// Haushaltsjahr of the state funds.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Teilbudget of the state funds.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Remittance text.
    #[cfg_attr(feature = "schema", schema(max_length = 140, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub verwendungszweck: String,
    /// Why it was reversed; absent while it counts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$")
    )]
    pub stornogrund: Option<String>,
}

/// Money the Traeger gave back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsrueckzahlung {
    /// Id.
    pub id: Uuid,
    /// Amount.
    pub betrag: Euro,
    /// Value date.
    pub wertstellung_am: NaiveDate,
    /// Haushaltsjahr of the state funds.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Teilbudget of the state funds.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
}

/// What the Traeger used when, as it or the Gebietskoerperschaft reported it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "am": "2026-08-31", "betrag": "1000.00" }))))]
#[serde(deny_unknown_fields)]
pub struct Verwendungsmeldung {
    /// Day of use.
    pub am: NaiveDate,
    /// Amount that was used on that day.
    pub betrag: Euro,
}

/// How a concluded Weiterleitung ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsende {
    /// Legal day.
    pub am: NaiveDate,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub grund: String,
}

/// A Weiterleitung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weiterleitung {
    /// Id.
    pub id: Uuid,
    /// Application whose grant is passed on.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft that passes on.
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    pub regelwerk: String,
    /// What is agreed.
    pub inhalt: Weiterleitungsinhalt,
    /// State.
    pub status: WeiterleitungStatus,
    /// Who wrote the draft last; another person concludes it.
    pub entworfen_von: String,
    /// Day of the contract or Bescheid.
    pub abgeschlossen_am: Option<NaiveDate>,
    /// Who concluded it.
    pub abgeschlossen_von: Option<String>,
    /// How it ended.
    pub ende: Option<Weiterleitungsende>,
    /// Payments in their order, reversed ones too.
    pub auszahlungen: Vec<Weiterleitungszahlung>,
    /// Reported use in the order of the reports.
    pub verwendungen: Vec<Verwendungsmeldung>,
    /// Money given back in its order.
    #[serde(default)]
    pub rueckzahlungen: Vec<Weiterleitungsrueckzahlung>,
}

/// The Traeger's account: `offen = vereinbart − ausgezahlt + zurueckgezahlt`,
/// `bestand = ausgezahlt − zurueckgezahlt − verwendet`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Weiterleitungsstand {
    /// Agreed amount.
    pub vereinbart: Euro,
    /// Paid to the Traeger; what was reversed does not count.
    pub ausgezahlt: Euro,
    /// Given back by the Traeger.
    pub zurueckgezahlt: Euro,
    /// Agreed and not yet paid, or given back.
    pub offen: Euro,
    /// Reported as used.
    pub verwendet: Euro,
    /// Paid, not given back and not yet reported as used.
    pub bestand: Euro,
}

impl Weiterleitung {
    /// The Traeger's account.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn stand(&self) -> Result<Weiterleitungsstand, GeldFehler> {
        let vereinbart = self.inhalt.betrag;
        let gezahlt = self.auszahlungen.iter().filter(|z| z.stornogrund.is_none());
        let ausgezahlt = Euro::summe(gezahlt.map(|z| z.betrag))?;
        let zurueckgezahlt = Euro::summe(self.rueckzahlungen.iter().map(|r| r.betrag))?;
        let verwendet = Euro::summe(self.verwendungen.iter().map(|v| v.betrag))?;
        let behalten = ausgezahlt.minus(zurueckgezahlt)?;
        Ok(Weiterleitungsstand {
            vereinbart,
            ausgezahlt,
            zurueckgezahlt,
            offen: vereinbart.minus(behalten)?,
            verwendet,
            bestand: behalten.minus(verwendet)?,
        })
    }

    /// Payments that count, and what was used or given back, in the form in which interest on late money is asked for.
    pub fn bewegungen(&self) -> (Vec<Mittelbewegung>, Vec<Mittelbewegung>) {
        let gezahlt = self.auszahlungen.iter().filter(|z| z.stornogrund.is_none());
        let verwendet = self.verwendungen.iter().map(|v| (v.am, v.betrag));
        let zurueck = self.rueckzahlungen.iter().map(|r| (r.wertstellung_am, r.betrag));
        let bewegung = |(am, betrag)| Mittelbewegung { am, betrag };
        (
            gezahlt.map(|z| bewegung((z.wertstellung_am, z.betrag))).collect(),
            verwendet.chain(zurueck).map(bewegung).collect(),
        )
    }

    /// What of the measure's grant it takes: all that is agreed while it runs, what was paid and not given back once it
    /// has ended, nothing while it is a draft.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn belegt(&self) -> Result<Euro, GeldFehler> {
        match self.status {
            WeiterleitungStatus::Entwurf => Ok(Euro::NULL),
            WeiterleitungStatus::Abgeschlossen => Ok(self.inhalt.betrag),
            WeiterleitungStatus::Beendet | WeiterleitungStatus::Aufgehoben => {
                let s = self.stand()?;
                s.ausgezahlt.minus(s.zurueckgezahlt)
            }
        }
    }

    /// What events say about it.
    pub(super) fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({
            "weiterleitung_id": self.id, "antrag_id": self.antrag_id, "massnahme_id": self.inhalt.massnahme_id
        })
    }
}
