//! What the applicant fills in. In a draft every part may be absent; the rules say what is missing.

use crate::geld::Euro;
use crate::traeger::Anschrift;
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whom the authority can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Ansprechperson {
    /// Name.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Alex Beispiel"))
    )]
    pub name: String,
    /// E-mail address.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 254, pattern = r"^[^\s@]+@[^\s@]+\.[^\s@]+$", examples("alex.beispiel@example.org"))
    )]
    pub email: String,
    /// Telephone number.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 40, pattern = "^[+0-9][0-9 ()/-]{2,38}$", examples("+49 6031 83-0"))
    )]
    pub telefon: String,
}

/// The applicant: the office within the Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Antragsteller {
    /// Office that applies.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Fachdienst Arbeit und Ausbildung")
        )
    )]
    pub organisationseinheit: String,
    /// Postal address.
    pub anschrift: Anschrift,
    /// Whom to ask.
    pub ansprechperson: Ansprechperson,
}

/// Account to which the grant is paid; it belongs to the Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bankverbindung {
    /// International bank account number without blanks (ISO 13616).
    #[cfg_attr(
        feature = "schema",
        schema(pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", examples("DE02500105170137075030"))
    )]
    pub iban: String,
    /// Bank identifier code.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, pattern = "^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$", examples("INGDDEFF"))
    )]
    pub bic: Option<String>,
    /// Holder of the account.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 140, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Wetteraukreis"))
    )]
    pub kontoinhaber: String,
    /// Reference under which the applicant's treasury books the money.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 80, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("5.0440.000123.4"))
    )]
    pub kassenzeichen: String,
}

/// Consent to begin before the Bescheid (VV zu § 44 LHO Nr. 1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VorzeitigerMassnahmebeginn {
    /// Consent is requested.
    pub beantragt: bool,
    /// First day; needed when requested.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-02-01")))]
    pub ab: Option<NaiveDate>,
    /// Reasons; needed when requested.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Plätze müssen zum Schulhalbjahr bereitstehen.")
        )
    )]
    pub begruendung: Option<String>,
}

crate::status! {
    /// The applicant may deduct input tax: then only net amounts are eligible.
    Vorsteuerabzug {
        /// Entirely.
        Ja = "JA",
        /// Not at all.
        Nein = "NEIN",
        /// In part.
        Teilweise = "TEILWEISE",
    }
}

crate::status! {
    /// State of other public money.
    Mittelstatus {
        /// Applied for.
        Beantragt = "BEANTRAGT",
        /// Granted.
        Bewilligt = "BEWILLIGT",
        /// Refused.
        Abgelehnt = "ABGELEHNT",
    }
}

/// Other public money for the same purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AndereMittel {
    /// Who gives it.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Jobcenter Wetterau")
        )
    )]
    pub geber: String,
    /// Under which programme.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Eingliederungsmittel SGB II")
        )
    )]
    pub programm: String,
    /// Amount in euro.
    pub betrag: Euro,
    /// State.
    pub status: Mittelstatus,
}

/// Who signs for the Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unterzeichner {
    /// Name.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Kim Muster"))
    )]
    pub name: String,
    /// Office.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Erste Kreisbeigeordnete")
        )
    )]
    pub funktion: String,
    /// Entitled to represent the Gebietskoerperschaft.
    pub vertretungsbefugt: bool,
}

/// Content of an Antrag without its measures. Parts may be absent in a draft; `GET …/pruefbericht` names them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Antragsinhalt {
    /// Applicant.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub antragsteller: Option<Antragsteller>,
    /// Account.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bankverbindung: Option<Bankverbindung>,
    /// Zielvereinbarung of the same Gebietskoerperschaft and Jahrgang.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("01985f3a-6d1e-7c44-9b21-0e3f5a7c9d11")))]
    pub zielvereinbarung_id: Option<Uuid>,
    /// Period for which the grant is requested.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bewilligungszeitraum: Option<Zeitraum>,
    /// Early start.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub vorzeitiger_massnahmebeginn: Option<VorzeitigerMassnahmebeginn>,
    /// Input tax.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub vorsteuerabzug: Option<Vorsteuerabzug>,
    /// Other public money; an empty list states that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, max_items = 50))]
    pub andere_oeffentliche_mittel: Option<Vec<AndereMittel>>,
    /// Codes of the declarations that are made; the Regelwerk's `pflichterklaerungen` are mandatory.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_items = 50, examples(json!(["angaben_richtig", "datenschutz"])))
    )]
    pub erklaerungen: Option<Vec<Erklaerungscode>>,
    /// Signatory.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub unterzeichner: Option<Unterzeichner>,
}

/// Code of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(value_type = String, pattern = "^[a-z][a-z0-9_]{0,79}$", examples("angaben_richtig"))
)]
#[serde(transparent)]
pub struct Erklaerungscode(pub String);
