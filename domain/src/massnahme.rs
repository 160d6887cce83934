//! Measures: what is to be done, by whom, for whom, where, when and at what cost.

use crate::detailplanung::Vzae;
use crate::finanzierungsplan::Finanzierungsplan;
use crate::geld::Euro;
use crate::katalog::Massnahmeart;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod details;
mod obergrenzen;
mod regeln;
#[cfg(test)]
mod tests;
pub use details::*;
pub use obergrenzen::{Artbedarf, pruefe_obergrenzen};
pub use regeln::{Massnahmefakten, Traegerstand, nicht_anerkannt_bei_kappen, plaetze_doppelt};
pub(crate) use regeln::{fruehestens, vergleichsform};

crate::status! {
    /// Who carries the measure out.
    Durchfuehrungsform {
        /// The Gebietskoerperschaft itself.
        Eigen = "EIGEN",
        /// A Traeger receives the money as a grant (VV zu § 44 LHO Nr. 12).
        Weiterleitung = "WEITERLEITUNG",
        /// A Traeger is paid for a service; procurement law applies.
        Auftrag = "AUFTRAG",
    }
}

crate::status! {
    /// Procurement procedure (HVTG, UVgO).
    Verfahrensart {
        /// Direct order, permitted up to the threshold of its day.
        Direktauftrag = "DIREKTAUFTRAG",
        /// Negotiated award.
        Verhandlungsvergabe = "VERHANDLUNGSVERGABE",
        /// Restricted tender.
        BeschraenkteAusschreibung = "BESCHRAENKTE_AUSSCHREIBUNG",
        /// Open tender.
        OeffentlicheAusschreibung = "OEFFENTLICHE_AUSSCHREIBUNG",
        /// Procedure above the threshold of the European Union.
        EuWeitesVerfahren = "EU_WEITES_VERFAHREN",
        /// Order to an own company.
        Inhouse = "INHOUSE",
    }
}

/// A place where the measure is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Durchfuehrungsort {
    /// Postal code.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{5}$", examples("61169")))]
    pub plz: String,
    /// Town.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Friedberg"))
    )]
    pub ort: String,
    /// Landkreis or kreisfreie Stadt of the place, five digits of the Amtlicher Gemeindeschluessel.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{5}$", examples("06440")))]
    pub kreisschluessel: String,
}

/// A post that the plan pays for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stelle {
    /// What the post does.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Sozialpädagogik"))
    )]
    pub funktion: String,
    /// Part of a full post, in full-time equivalents.
    pub stellenanteil_vzae: Vzae,
    /// Pay grade.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 40, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("TVöD SuE S 11b"))
    )]
    pub entgeltgruppe: String,
    /// Employer's costs of this part of the post in a year, in euro.
    pub jahreskosten: Euro,
}

/// How an order is awarded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Vergabe {
    /// Procedure.
    pub verfahrensart: Verfahrensart,
    /// Value of the order in euro without value added tax.
    pub auftragswert_netto: Euro,
    /// The award is documented.
    pub dokumentiert: bool,
}

/// What a measure says, without its identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Massnahmeninhalt {
    /// Title.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Startklar: Vorbereitung auf die Ausbildung")
        )
    )]
    pub titel: String,
    /// Description; may have several lines.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Zwölf Plätze für junge Menschen, die noch nicht ausbildungsreif sind.")
        )
    )]
    pub kurzbeschreibung: String,
    /// Sub-budget that pays, a code of the catalogue `teilbudgets`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Traeger; absent only where the Gebietskoerperschaft carries the measure out itself (`EIGEN`).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("01985f3a-6d1e-7c44-9b21-0e3f5a7c9d10")))]
    pub traeger_id: Option<Uuid>,
    /// Who carries the measure out.
    pub durchfuehrungsform: Durchfuehrungsform,
    /// First day.
    pub beginn: NaiveDate,
    /// Last day.
    pub ende: NaiveDate,
    /// Day of the first contract for carrying out the measure; legally the measure begins with it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-02-10")))]
    pub erster_vertragsabschluss_am: Option<NaiveDate>,
    /// Places where the measure is carried out.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub durchfuehrungsorte: Vec<Durchfuehrungsort>,
    /// Posts; needed when the plan contains staff costs.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub personal: Vec<Stelle>,
    /// Costs and financing of this measure.
    pub finanzierungsplan: Finanzierungsplan,
    /// Procurement; needed for `AUFTRAG`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub vergabe: Option<Vergabe>,
    /// What depends on the kind of measure.
    pub details: Massnahmedetails,
}

/// A measure of an Antrag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Massnahme {
    /// Id.
    pub id: Uuid,
    /// Number within the Antrag, the name of the measure in every pointer (`/massnahmen/M01`).
    pub massnahme_nr: String,
    /// Content.
    pub inhalt: Massnahmeninhalt,
}

impl Massnahme {
    /// Kind of the measure.
    pub const fn massnahmeart(&self) -> Massnahmeart {
        self.inhalt.details.massnahmeart()
    }

    /// Pointer to this measure in its Antrag: `/massnahmen/M01`.
    pub fn ort(&self) -> String {
        format!("/massnahmen/{}", self.massnahme_nr)
    }

    /// Day on which the measure legally begins: the first contract, if that came before the first day.
    pub fn massgeblicher_beginn(&self) -> NaiveDate {
        let beginn = self.inhalt.beginn;
        self.inhalt.erster_vertragsabschluss_am.map_or(beginn, |v| v.min(beginn))
    }
}
