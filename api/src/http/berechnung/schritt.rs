//! Steps of a calculation, as the newer calculators show them.

use super::in_sprache;
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use aqb_domain::zuwendung::Rechenschritt;
use serde::Serialize;
use utoipa::ToSchema;

/// One step of a calculation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Berechnungsschritt {
    /// Stable code: `FRIST`, `VERWENDUNG`, `ZINSEN`, `SUMME`, `NACHFOLGER`, `VORGAENGER`.
    #[schema(examples("ZINSEN"))]
    pub schritt: String,
    /// Norm the step applies.
    #[schema(examples("§ 49a Abs. 4 HVwVfG"))]
    pub norm: String,
    /// What is done and why, in the wanted language.
    pub text: String,
    /// The formula with the figures of this case, in EUR; empty where there is nothing to compute.
    #[schema(examples("12000.00 × 6.27 % × 4 / 365"))]
    pub formel: String,
    /// Result, or the amount the step speaks of.
    #[schema(examples("8.25"))]
    pub ergebnis: Euro,
}

impl Berechnungsschritt {
    /// All steps in the wanted language.
    pub fn alle(schritte: Vec<Rechenschritt>, s: Sprache) -> Vec<Self> {
        let schritt = |r: Rechenschritt| Berechnungsschritt {
            schritt: r.schritt,
            norm: r.norm,
            text: in_sprache(r.text_de, r.text_en, s),
            formel: r.formel,
            ergebnis: r.ergebnis,
        };
        schritte.into_iter().map(schritt).collect()
    }
}
