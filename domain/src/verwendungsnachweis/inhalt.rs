//! What the Gebietskoerperschaft fills in. In a draft every part may be absent; the rules say what is missing.

use crate::geld::Euro;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// What the Gebietskoerperschaft confirms with its proof; the Regelwerk's `vn_bestaetigungen` are mandatory.
    Nachweisbestaetigung {
        /// The general collateral clauses were observed.
        AnbestBeachtet = "ANBEST_BEACHTET",
        /// The expenditure was necessary, economical and sparing.
        NotwendigWirtschaftlichSparsam = "NOTWENDIG_WIRTSCHAFTLICH_SPARSAM",
        /// The figures agree with the books and vouchers.
        UebereinstimmungMitBuechern = "UEBEREINSTIMMUNG_MIT_BUECHERN",
        /// The purpose of the grant was reached.
        ZweckErreicht = "ZWECK_ERREICHT",
        /// Nothing was funded twice.
        KeineDoppelfoerderung = "KEINE_DOPPELFOERDERUNG",
    }
}

crate::status! {
    /// Whether the Rechnungspruefungsamt of the Gebietskoerperschaft examined the proof.
    Rpapruefung {
        /// It did.
        Ja = "JA",
        /// It did not.
        Nein = "NEIN",
        /// The Gebietskoerperschaft has none.
        KeinRpa = "KEIN_RPA",
    }
}

crate::status! {
    /// How the Gebietskoerperschaft's check of a Traeger's proof ended.
    Nachweispruefergebnis {
        /// Nothing to object to.
        OhneBeanstandung = "OHNE_BEANSTANDUNG",
        /// Something is objected to; the remark says what.
        MitBeanstandung = "MIT_BEANSTANDUNG",
    }
}

/// Actual expenditure on one Einzelansatz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisausgabe {
    /// Cost position, a code of the catalogue `kostenpositionen`; each once per measure.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Spent in euro, without what an earlier Zwischennachweis shows already.
    pub ist: Euro,
    /// What of it is eligible.
    pub zuwendungsfaehig: Euro,
    /// Why it differs from the plan; mandatory beyond the permitted excess.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Tarifabschluss lag über der Planung.")
        )
    )]
    pub erlaeuterung: Option<String>,
}

/// Money received from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweismittel {
    /// Source, a code of the catalogue `finanzierungsquellen`; each once per measure.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("LAND_AQB")))]
    pub quelle: String,
    /// Received or used in euro, without what an earlier Zwischennachweis shows already.
    pub ist: Euro,
}

/// Actual figures of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweismassnahme {
    /// Measure of the grant.
    pub massnahme_id: Uuid,
    /// Expenditure per Einzelansatz.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub ausgaben: Vec<Nachweisausgabe>,
    /// Financing per source.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub finanzierung: Vec<Nachweismittel>,
    /// Why the eligible expenditure differs from the plan in total.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Zwei Plätze blieben bis April unbesetzt.")
        )
    )]
    pub erlaeuterung: Option<String>,
}

/// Consent of the authority to begin before the day the programme permits (VV Nr. 1.3 zu § 44 LHO).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Beginnzustimmung {
    /// Day of the consent.
    pub am: NaiveDate,
    /// Who gave it.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Regierungspräsidium Kassel")
        )
    )]
    pub durch: String,
    /// File reference of the consent.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 80, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("RPKS-57-1234/2025"))
    )]
    pub aktenzeichen: String,
}

/// The check of a Traeger's proof by the Gebietskoerperschaft (ANBest-GK Nr. 5.6): it comes before the own filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Letztempfaengernachweis {
    /// Weiterleitung of the case; each once.
    pub weiterleitung_id: Uuid,
    /// Day on which the Traeger's proof came.
    pub eingegangen_am: NaiveDate,
    /// Who checked it; absent until it is checked.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Kim Muster")
        )
    )]
    pub geprueft_von: Option<String>,
    /// Day of the check, not before it came.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-09-14")))]
    pub geprueft_am: Option<NaiveDate>,
    /// Outcome of the check.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub ergebnis: Option<Nachweispruefergebnis>,
    /// What is objected to, or else to be said.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Zwei Belege fehlten und wurden nachgereicht.")
        )
    )]
    pub bemerkung: Option<String>,
}

/// Note of the Rechnungspruefungsamt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RpaVermerk {
    /// Whether it examined the proof.
    pub geprueft: Rpapruefung,
    /// Day of the note.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-09-10")))]
    pub am: Option<NaiveDate>,
    /// Who signed the note.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Robin Probe")
        )
    )]
    pub name: Option<String>,
}

/// The form of a Verwendungsnachweis. Parts may be absent in a draft; `GET …/pruefbericht` names them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisinhalt {
    /// Purpose of the grant in own words.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Vorbereitung junger Menschen auf eine Ausbildung")
        )
    )]
    pub zuwendungszweck: Option<String>,
    /// Day on which the first measure began.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-02-01")))]
    pub begonnen_am: Option<NaiveDate>,
    /// Day on which the last measure ended; a Zwischennachweis needs none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-08-31")))]
    pub beendet_am: Option<NaiveDate>,
    /// Consent to an early start, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub beginnzustimmung: Option<Beginnzustimmung>,
    /// What was paid out, as confirmed by the Gebietskoerperschaft; must equal `grundlage.ausgezahlt`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub gesamt_ausgezahlt: Option<Euro>,
    /// Actual figures per measure.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub massnahmen: Vec<Nachweismassnahme>,
    /// Checks of the Traeger's proofs.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub letztempfaenger: Vec<Letztempfaengernachweis>,
    /// Note of the Rechnungspruefungsamt.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub rpa_vermerk: Option<RpaVermerk>,
    /// What is confirmed.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub bestaetigungen: Vec<Nachweisbestaetigung>,
}
