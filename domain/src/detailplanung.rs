//! Detailed plan of a measure: money, places and staff by month or quarter, so that calls for money can be checked.

use crate::geld::Euro;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

mod regeln;
#[cfg(test)]
mod tests;
pub(crate) use regeln::stellenanteil;
pub use regeln::{Planbezug, Traegereinsatz, pruefe_personal};

/// Full-time equivalents with two decimals (`"0.50"`), never negative, at most 99.99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(value_type = String, pattern = r"^(0|[1-9][0-9]?)\.[0-9]{2}$", examples("0.50"))
)]
pub struct Vzae(u16);

impl Vzae {
    /// From hundredths of a full post: `50` is half a post. None above 99.99.
    pub const fn aus_hundertsteln(hundertstel: u16) -> Option<Self> {
        if hundertstel > 9_999 { None } else { Some(Vzae(hundertstel)) }
    }

    /// Hundredths of a full post.
    pub fn hundertstel(self) -> i64 {
        i64::from(self.0)
    }
}

impl fmt::Display for Vzae {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Why a number of full-time equivalents is refused: not of the form `(0|[1-9][0-9]?)\.[0-9]{2}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("keine Stellenanteile mit genau zwei Nachkommastellen")]
pub struct VzaeFehler;

impl FromStr for Vzae {
    type Err = VzaeFehler;
    fn from_str(s: &str) -> Result<Self, VzaeFehler> {
        let (ganz, bruch) = s.split_once('.').ok_or(VzaeFehler)?;
        let ziffern = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let laenge = matches!((ganz.len(), bruch.len()), (1 | 2, 2));
        if !laenge || !ziffern(ganz) || !ziffern(bruch) || (ganz.len() == 2 && ganz.starts_with('0')) {
            return Err(VzaeFehler);
        }
        format!("{ganz}{bruch}").parse().map(Vzae).map_err(|_| VzaeFehler)
    }
}

impl Serialize for Vzae {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Vzae {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Leser;
        impl serde::de::Visitor<'_> for Leser {
            type Value = Vzae;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("full-time equivalents as a string with exactly two decimals, \"0.50\"")
            }
            fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<Vzae, E> {
                s.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(s), &self))
            }
        }
        d.deserialize_str(Leser)
    }
}

crate::status! {
    /// Length of the periods of a Detailplanung.
    Raster {
        /// Each period lies in one calendar month.
        Monat = "MONAT",
        /// Each period lies in one calendar quarter.
        Quartal = "QUARTAL",
    }
}

/// One period: planned money and places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Periode {
    /// First day.
    pub von: NaiveDate,
    /// Last day; in the same month or quarter as the first, by `raster`.
    pub bis: NaiveDate,
    /// Length of the period.
    pub raster: Raster,
    /// Costs in euro, at least 0.00.
    pub ausgaben: Euro,
    /// State money (`LAND_AQB`) in euro, at least 0.00.
    pub land_aqb: Euro,
    /// All other sources in euro, at least 0.00.
    pub kofinanzierung: Euro,
    /// Places on offer.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(12)))]
    pub plaetze: i32,
    /// People who start in the period.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(3)))]
    pub eintritte: i32,
    /// People who leave in the period.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 100_000, examples(1)))]
    pub austritte: i32,
}

/// A person's planned part of a post in a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Personaleinsatz {
    /// Pseudonym of the person, unique per Traeger; the same person bears the same one in every measure.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("MA-017"))
    )]
    pub person_kuerzel: String,
    /// What the person does.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Coach"))
    )]
    pub funktion: String,
    /// Part of a full post.
    pub vzae: Vzae,
    /// First day.
    pub von: NaiveDate,
    /// Last day.
    pub bis: NaiveDate,
}

/// A payment that is planned to fall due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zahlung {
    /// Due day.
    pub faellig_am: NaiveDate,
    /// Amount in euro, above 0.00.
    pub betrag: Euro,
    /// Who is paid.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Bildungswerk Wetterau")
        )
    )]
    pub empfaenger: String,
}

/// Detailed plan of a measure. Its periods cover the measure without gap or overlap, and their sums per Haushaltsjahr
/// equal the financing plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "perioden": [{ "von": "2026-03-01", "bis": "2026-03-31", "raster": "MONAT", "ausgaben": "12000.00", "land_aqb": "10000.00", "kofinanzierung": "2000.00", "plaetze": 12, "eintritte": 12, "austritte": 0 }], "personaleinsatz": [], "zahlungsplan": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Detailplanung {
    /// Periods in any order.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub perioden: Vec<Periode>,
    /// Staff; needed when the plan contains staff costs.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub personaleinsatz: Vec<Personaleinsatz>,
    /// Planned payments; may be empty.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub zahlungsplan: Vec<Zahlung>,
}
