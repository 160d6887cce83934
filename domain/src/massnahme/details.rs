//! What a measure states depending on its kind: four variants, told apart by `massnahmeart`.

use crate::katalog::Massnahmeart;
use serde::{Deserialize, Deserializer, Serialize};

/// Declares the four one-value enums that name the kind inside each variant. The code is a `tt`: a `literal` reaches
/// the schema derive wrapped in a group, and the schema would show the name of the variant.
macro_rules! artmarken {
    ($($(#[$doc:meta])* $name:ident = $code:tt;)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name {
            /// The only value.
            #[default]
            #[serde(rename = $code)]
            Wert,
        }
    )+ };
}

artmarken! {
    /// Kind of the measure: kind 1.
    ArtAusbildungsvorbereitung = "AUSBILDUNGSVORBEREITUNG";
    /// Kind of the measure: kind 2.
    ArtAusbildungUndCoaching = "AUSBILDUNG_UND_COACHING";
    /// Kind of the measure: kind 3.
    ArtQualifizierungsprojekt = "QUALIFIZIERUNGSPROJEKT";
    /// Kind of the measure: kind 4.
    ArtWeiterbildungUndWissenschaft = "WEITERBILDUNG_UND_WISSENSCHAFT";
}

/// Code of a target group, an entry of the catalogue `zielgruppen`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(value_type = String, pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("NICHT_AUSBILDUNGSREIF"))
)]
#[serde(transparent)]
pub struct Zielgruppencode(pub String);

/// Kind 1: preparation for training and qualification, measures that promote health included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DetailsAusbildungsvorbereitung {
    #[cfg_attr(feature = "schema", schema(inline))]
    #[cfg_attr(not(feature = "schema"), doc = "Kind of measure.")]
    pub massnahmeart: ArtAusbildungsvorbereitung,
    /// Target groups, codes of the catalogue `zielgruppen`.
    #[cfg_attr(feature = "schema", schema(max_items = 20, examples(json!(["NICHT_AUSBILDUNGSREIF"]))))]
    pub zielgruppen: Vec<Zielgruppencode>,
    /// Places on offer at the same time.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(12)))]
    pub plaetze: i32,
    /// People expected over the whole measure.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(30)))]
    pub teilnehmende_geplant: i32,
    /// Women among them.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(14)))]
    pub davon_weiblich_geplant: i32,
    /// Hours per week and participant.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 60, examples(25)))]
    pub stundenumfang_woche: i32,
    /// Months one participant stays.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 60, examples(10)))]
    pub dauer_monate: i32,
    /// The measure promotes health.
    pub gesundheitsfoerderung: bool,
}

/// A recognised training occupation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Ausbildungsberuf {
    /// Occupation in the Klassifikation der Berufe 2010, five digits.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{5}$", examples("71402")))]
    pub kldb2010: String,
    /// Name of the occupation.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Kauffrau für Büromanagement")
        )
    )]
    pub bezeichnung: String,
}

/// Kind 2: training and coaching in recognised occupations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DetailsAusbildungUndCoaching {
    #[cfg_attr(feature = "schema", schema(inline))]
    #[cfg_attr(not(feature = "schema"), doc = "Kind of measure.")]
    pub massnahmeart: ArtAusbildungUndCoaching,
    /// Target groups, codes of the catalogue `zielgruppen`.
    #[cfg_attr(feature = "schema", schema(max_items = 20, examples(json!(["AUSZUBILDENDE_MIT_COACHINGBEDARF"]))))]
    pub zielgruppen: Vec<Zielgruppencode>,
    /// Places on offer at the same time.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(12)))]
    pub plaetze: i32,
    /// People expected over the whole measure.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(12)))]
    pub teilnehmende_geplant: i32,
    /// Women among them.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(7)))]
    pub davon_weiblich_geplant: i32,
    /// Hours per week and participant.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 60, examples(38)))]
    pub stundenumfang_woche: i32,
    /// Months one participant stays.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 60, examples(36)))]
    pub dauer_monate: i32,
    /// The occupation; the first one where several are trained.
    pub ausbildungsberuf: Ausbildungsberuf,
    /// Training in part time.
    pub teilzeit: bool,
    /// Participants are coached.
    pub coaching: bool,
}

/// Kind 3: qualification projects for labour-market integration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DetailsQualifizierungsprojekt {
    #[cfg_attr(feature = "schema", schema(inline))]
    #[cfg_attr(not(feature = "schema"), doc = "Kind of measure.")]
    pub massnahmeart: ArtQualifizierungsprojekt,
    /// Target groups, codes of the catalogue `zielgruppen`.
    #[cfg_attr(feature = "schema", schema(max_items = 20, examples(json!(["LANGZEITARBEITSLOS"]))))]
    pub zielgruppen: Vec<Zielgruppencode>,
    /// Places on offer at the same time.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(20)))]
    pub plaetze: i32,
    /// People expected over the whole measure.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(45)))]
    pub teilnehmende_geplant: i32,
    /// Women among them.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(20)))]
    pub davon_weiblich_geplant: i32,
    /// Hours per week and participant.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 60, examples(30)))]
    pub stundenumfang_woche: i32,
    /// Months one participant stays.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 60, examples(6)))]
    pub dauer_monate: i32,
    /// Certificate or skill the participants leave with.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 400,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Teilqualifikation Lagerlogistik")
        )
    )]
    pub abschlussziel: Option<String>,
}

crate::status! {
    /// What a measure of kind 4 supports.
    UnterartWeiterbildung {
        /// Training of the authority's professional staff.
        Weiterbildung = "WEITERBILDUNG",
        /// Scientific support of the regional strategy.
        Wissenschaft = "WISSENSCHAFT",
    }
}

/// Kind 4: training of the authorities' staff and scientific support of the strategy. It has no participants of the
/// target groups and no places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DetailsWeiterbildungUndWissenschaft {
    #[cfg_attr(feature = "schema", schema(inline))]
    #[cfg_attr(not(feature = "schema"), doc = "Kind of measure.")]
    pub massnahmeart: ArtWeiterbildungUndWissenschaft,
    /// Training or scientific support.
    pub unterart: UnterartWeiterbildung,
    /// Subject.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 400,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Fortschreibung der Ausbildungs- und Arbeitsmarktstrategie")
        )
    )]
    pub thema: String,
    /// Professional staff expected to take part.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, minimum = 0, maximum = 100_000, examples(15)))]
    pub fachkraefte_geplant: Option<i32>,
}

/// Details of a measure; `massnahmeart` says which of the four variants it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
#[cfg_attr(
    feature = "schema",
    schema(discriminator(
        property_name = "massnahmeart",
        mapping(
            ("AUSBILDUNGSVORBEREITUNG" = "#/components/schemas/DetailsAusbildungsvorbereitung"),
            ("AUSBILDUNG_UND_COACHING" = "#/components/schemas/DetailsAusbildungUndCoaching"),
            ("QUALIFIZIERUNGSPROJEKT" = "#/components/schemas/DetailsQualifizierungsprojekt"),
            ("WEITERBILDUNG_UND_WISSENSCHAFT" = "#/components/schemas/DetailsWeiterbildungUndWissenschaft")
        )
    ))
)]
pub enum Massnahmedetails {
    /// Kind 1.
    Ausbildungsvorbereitung(DetailsAusbildungsvorbereitung),
    /// Kind 2.
    AusbildungUndCoaching(DetailsAusbildungUndCoaching),
    /// Kind 3.
    Qualifizierungsprojekt(DetailsQualifizierungsprojekt),
    /// Kind 4.
    WeiterbildungUndWissenschaft(DetailsWeiterbildungUndWissenschaft),
}

impl<'de> Deserialize<'de> for Massnahmedetails {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let wert = serde_json::Value::deserialize(d)?;
        let marke = wert.get("massnahmeart").ok_or_else(|| D::Error::missing_field("massnahmeart"))?;
        let art = Massnahmeart::deserialize(marke).map_err(D::Error::custom)?;
        match art {
            Massnahmeart::Ausbildungsvorbereitung => {
                serde_json::from_value(wert).map(Massnahmedetails::Ausbildungsvorbereitung)
            }
            Massnahmeart::AusbildungUndCoaching => {
                serde_json::from_value(wert).map(Massnahmedetails::AusbildungUndCoaching)
            }
            Massnahmeart::Qualifizierungsprojekt => {
                serde_json::from_value(wert).map(Massnahmedetails::Qualifizierungsprojekt)
            }
            Massnahmeart::WeiterbildungUndWissenschaft => {
                serde_json::from_value(wert).map(Massnahmedetails::WeiterbildungUndWissenschaft)
            }
        }
        .map_err(D::Error::custom)
    }
}

/// What the three kinds with participants have in common; rules read this instead of the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Teilnahmeplan<'a> {
    /// Target groups.
    pub zielgruppen: &'a [Zielgruppencode],
    /// Places on offer at the same time.
    pub plaetze: i32,
    /// People expected over the whole measure.
    pub teilnehmende: i32,
    /// Women among them.
    pub davon_weiblich: i32,
    /// Months one participant stays.
    pub dauer_monate: i32,
}

impl Massnahmedetails {
    /// Kind of the measure.
    pub const fn massnahmeart(&self) -> Massnahmeart {
        match self {
            Massnahmedetails::Ausbildungsvorbereitung(_) => Massnahmeart::Ausbildungsvorbereitung,
            Massnahmedetails::AusbildungUndCoaching(_) => Massnahmeart::AusbildungUndCoaching,
            Massnahmedetails::Qualifizierungsprojekt(_) => Massnahmeart::Qualifizierungsprojekt,
            Massnahmedetails::WeiterbildungUndWissenschaft(_) => Massnahmeart::WeiterbildungUndWissenschaft,
        }
    }

    /// Places and participants; none for kind 4, which has none.
    pub fn teilnahmeplan(&self) -> Option<Teilnahmeplan<'_>> {
        macro_rules! plan {
            ($d:expr) => {
                Some(Teilnahmeplan {
                    zielgruppen: &$d.zielgruppen,
                    plaetze: $d.plaetze,
                    teilnehmende: $d.teilnehmende_geplant,
                    davon_weiblich: $d.davon_weiblich_geplant,
                    dauer_monate: $d.dauer_monate,
                })
            };
        }
        match self {
            Massnahmedetails::Ausbildungsvorbereitung(d) => plan!(d),
            Massnahmedetails::AusbildungUndCoaching(d) => plan!(d),
            Massnahmedetails::Qualifizierungsprojekt(d) => plan!(d),
            Massnahmedetails::WeiterbildungUndWissenschaft(_) => None,
        }
    }
}
