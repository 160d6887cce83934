//! Belegliste: every invoice and receipt of a proof of use, with what the applicant claims and, beside it and never over
//! it, what the authority recognises.
//!
//! A Beleg belongs to the correction chain of a proof (`kette_id`), not to one version of it.

use crate::geld::Euro;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use uuid::Uuid;

mod akte;
mod duplikat;
mod fakten;
mod regeln;
mod risiko;
mod spalten;
mod summe;
#[cfg(test)]
mod tests;
mod zeile;

pub use akte::*;
pub use duplikat::*;
pub use fakten::*;
pub use regeln::*;
pub use spalten::*;
pub use summe::*;
pub use zeile::*;

crate::status! {
    /// What a Beleg proves.
    Belegart {
        /// Money spent.
        Ausgabe = "AUSGABE",
        /// Money received.
        Einnahme = "EINNAHME",
        /// Money given back for an earlier Beleg; the only kind with negative amounts.
        Gutschrift = "GUTSCHRIFT",
    }
}

crate::status! {
    /// Why the authority recognised what it recognised.
    Pruefgrund {
        /// Recognised as claimed.
        Anerkannt = "ANERKANNT",
        /// Order, service or payment outside the period.
        AusserhalbZeitraum = "AUSSERHALB_ZEITRAUM",
        /// Not eligible by its kind.
        NichtZuwendungsfaehig = "NICHT_ZUWENDUNGSFAEHIG",
        /// Skonto was offered and not taken.
        SkontoNichtGenutzt = "SKONTO_NICHT_GENUTZT",
        /// Better paid than comparable employees of the Land.
        Besserstellung = "BESSERSTELLUNG",
        /// Paid by another grant, too.
        Doppelfoerderung = "DOPPELFOERDERUNG",
        /// Procurement law was not kept.
        Vergabeverstoss = "VERGABEVERSTOSS",
        /// The payment is not proved.
        ZahlungsnachweisFehlt = "ZAHLUNGSNACHWEIS_FEHLT",
        /// The plan does not provide for it.
        NichtImPlan = "NICHT_IM_PLAN",
        /// Beyond the Einzelansatz.
        AnsatzUeberschritten = "ANSATZ_UEBERSCHRITTEN",
        /// Another reason, in words.
        Sonstiges = "SONSTIGES",
    }
}

/// What the applicant says in one line of a Belegliste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Beleginhalt {
    /// Number of the Beleg; once per payer, Haushaltsjahr and application.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 36,
            pattern = r"^[^\u0000-\u001F\u007F]*\S[^\u0000-\u001F\u007F]*$",
            examples("2026-0417")
        )
    )]
    pub belegnummer: String,
    /// Name of the group of Belege that share one invoice.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 36,
            pattern = r"^[^\u0000-\u001F\u007F]*\S[^\u0000-\u001F\u007F]*$",
            examples("MIETE-2026-03")
        )
    )]
    pub split_gruppe: Option<String>,
    /// Measure of the application.
    #[cfg_attr(feature = "schema", schema(pattern = "^M[0-9]{2,3}$", examples("M01")))]
    pub massnahme_nr: String,
    /// Cost position, a code of the catalogue `kostenpositionen`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("MIETE")))]
    pub position: String,
    /// Sub-budget of the measure.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// What it proves.
    pub art: Belegart,
    /// Day of the order or contract.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub auftragsdatum: Option<NaiveDate>,
    /// Day of the invoice.
    pub rechnungsdatum: NaiveDate,
    /// First day of the service.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub leistung_von: Option<NaiveDate>,
    /// Last day of the service.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub leistung_bis: Option<NaiveDate>,
    /// Value date of the payment.
    pub zahlungsdatum: NaiveDate,
    /// Issuer of the invoice or receiver of the payment; of natural persons the function or a pseudonym only.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*\S[^\u0000-\u001F\u007F]*$",
            examples("Hausverwaltung Taunus GmbH")
        )
    )]
    pub rechnungsaussteller: String,
    /// What was bought or received.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*\S[^\u0000-\u001F\u007F]*$",
            examples("Raummiete März 2026")
        )
    )]
    pub gegenstand: String,
    /// Amount of the invoice with value added tax.
    pub rechnungsbetrag_brutto: Euro,
    /// Skonto, discounts and rebates that were offered, not below 0.00.
    #[serde(default)]
    pub skonto_rabatt: Euro,
    /// What was really paid of it for this line.
    pub gezahlter_betrag: Euro,
    /// Of that, value added tax that is not eligible, not below 0.00.
    #[serde(default)]
    pub nicht_foerderfaehig_ust: Euro,
    /// Of that, what else is not eligible, not below 0.00.
    #[serde(default)]
    pub nicht_foerderfaehig_sonst: Euro,
    /// What is claimed: paid without the two parts that are not eligible.
    pub beantragt: Euro,
    /// Number of the Beleg that a credit note reverses.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 36,
            pattern = r"^[^\u0000-\u001F\u007F]*\S[^\u0000-\u001F\u007F]*$"
        )
    )]
    pub storno_von: Option<String>,
    /// SHA-256 of the scan, 64 lower-case hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, pattern = "^[0-9a-f]{64}$"))]
    pub original_sha256: Option<String>,
}

/// What the authority decided about a Beleg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Belegentscheidung {
    /// Recognised, between 0.00 and what is claimed.
    pub anerkannt: Euro,
    /// Why.
    pub pruefgrund: Pruefgrund,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bemerkung: Option<String>,
    /// Who decided.
    pub entschieden_von: String,
    /// Legal day.
    pub entschieden_am: NaiveDate,
    /// Why it is no duplicate, where one was possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub duplikat_begruendung: Option<String>,
}

/// One line of a Belegliste.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beleg {
    /// Id.
    pub id: Uuid,
    /// Correction chain of the proof.
    pub kette_id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Traeger that paid, where money was passed on; otherwise the Gebietskoerperschaft paid.
    pub traeger_id: Option<Uuid>,
    /// Haushaltsjahr of the payment.
    pub haushaltsjahr: i32,
    /// Number within the list, from 1.
    pub lfd_nr: i32,
    /// What the applicant says.
    pub inhalt: Beleginhalt,
    /// Who wrote it last.
    pub erfasst_von: String,
    /// What the authority decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entscheidung: Option<Belegentscheidung>,
}

impl Beleg {
    /// Who paid: the Traeger that received money, or the Gebietskoerperschaft.
    pub fn zahler(&self) -> String {
        zahler(self.traeger_id, &self.kreisschluessel)
    }

    /// Within it a number stands for one Beleg: application, payer, Haushaltsjahr.
    pub fn nummernkreis(&self) -> String {
        self.im_jahr(self.haushaltsjahr)
    }

    fn im_jahr(&self, haushaltsjahr: i32) -> String {
        format!("{}/{}/{haushaltsjahr}", self.antrag_id, self.zahler())
    }

    /// Its number within its range.
    pub fn nummernschluessel(&self) -> String {
        format!("{}/{}", self.nummernkreis(), nummer(&self.inhalt.belegnummer))
    }

    /// Name of its group over all lists of the payer, in whatever county.
    pub fn splitschluessel(&self) -> Option<String> {
        let gruppe = self.inhalt.split_gruppe.as_deref()?;
        Some(format!("{}/{}", self.zahler(), nummer(gruppe)))
    }

    /// What an import knows it by: number, payer and Haushaltsjahr; in a group also measure, position, day and amount of
    /// the payment, since an invoice may be paid in parts under one number.
    pub fn zeilenschluessel(&self) -> String {
        match self.teilschluessel() {
            Some(t) => format!("{t}{}/{}", self.inhalt.zahlungsdatum, self.inhalt.gezahlter_betrag),
            None => format!("{}//", self.nummernschluessel()),
        }
    }

    /// What parts of one invoice have in common that differ by their payment only.
    fn teilschluessel(&self) -> Option<String> {
        let gruppe = nummer(self.inhalt.split_gruppe.as_deref()?);
        let (massnahme, position) = (&self.inhalt.massnahme_nr, &self.inhalt.position);
        Some(format!("{}/{gruppe}/{massnahme}/{position}/", self.nummernschluessel()))
    }

    /// Keys of the numbers under which what it reverses may stand: the payment may be of an earlier Haushaltsjahr.
    pub fn storniert(&self) -> Vec<String> {
        let Some(n) = &self.inhalt.storno_von else { return Vec::new() };
        let jahre = (self.jahrgang..=self.haushaltsjahr.max(self.jahrgang)).take(20);
        jahre.map(|hj| format!("{}/{}", self.im_jahr(hj), nummer(n))).collect()
    }

    /// The line with this key is another part of the same group, number, measure and position.
    pub fn ist_weiterer_teil(&self, zeilenschluessel: &str) -> bool {
        self.teilschluessel().is_some_and(|t| zeilenschluessel.starts_with(&t))
            && zeilenschluessel != self.zeilenschluessel()
    }
}

/// Who paid, as part of keys.
pub(crate) fn zahler(traeger_id: Option<Uuid>, kreisschluessel: &str) -> String {
    traeger_id.map_or_else(|| kreisschluessel.to_owned(), |t| t.to_string())
}

/// A number as it is compared: without blanks around it, in capitals.
pub fn nummer(text: &str) -> String {
    text.trim().to_uppercase()
}

/// Haushaltsjahr of a payment: its year, but never one after the last of the period, since payments may follow shortly.
pub(crate) fn haushaltsjahr(zahlungsdatum: NaiveDate, ende: NaiveDate) -> i32 {
    zahlungsdatum.year().min(ende.year())
}

/// Lower-case hexadecimal digits.
pub(crate) fn hexadezimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut s, b| {
        // writing to a String cannot fail
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// SHA-256 of a text.
pub(crate) fn sha256(text: &str) -> String {
    hexadezimal(&Sha256::digest(text.as_bytes()))
}
