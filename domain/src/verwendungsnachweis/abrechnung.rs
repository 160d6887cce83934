//! Plan and actual figures side by side, measure by measure.

use super::grundlage::{plus, summe};
use super::{Nachweisgrundlage, Nachweisinhalt, Nachweisurkunde, Verwendungsnachweis};
use crate::befund::Befund;
use crate::geld::Euro;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A cost position: planned, shown before, shown now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Abrechnungsausgabe {
    /// Cost position.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Granted plan, in euro; 0.00 where it was not planned.
    pub plan: Euro,
    /// Shown by earlier Zwischennachweise.
    pub bisher: Euro,
    /// What of that is eligible.
    pub bisher_zuwendungsfaehig: Euro,
    /// Spent beside that.
    pub ist: Euro,
    /// What of that is eligible.
    pub zuwendungsfaehig: Euro,
    /// Explanation.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub erlaeuterung: Option<String>,
}

/// A source: planned, shown before, shown now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Abrechnungsmittel {
    /// Source.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("LAND_AQB")))]
    pub quelle: String,
    /// Granted plan, in euro; 0.00 where it was not planned.
    pub plan: Euro,
    /// Shown by earlier Zwischennachweise.
    pub bisher: Euro,
    /// Received or used beside that.
    pub ist: Euro,
}

/// Plan and actual figures of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Massnahmenabrechnung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub massnahme_nr: String,
    /// Costs in the order of the codes.
    pub ausgaben: Vec<Abrechnungsausgabe>,
    /// Financing in the order of the codes.
    pub finanzierung: Vec<Abrechnungsmittel>,
    /// Explanation of the difference in total.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub erlaeuterung: Option<String>,
}

impl Abrechnungsausgabe {
    /// Spent in all.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn gesamt(&self) -> Result<Euro, Befund> {
        plus(self.bisher, self.ist)
    }

    /// Eligible in all.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn gesamt_zuwendungsfaehig(&self) -> Result<Euro, Befund> {
        plus(self.bisher_zuwendungsfaehig, self.zuwendungsfaehig)
    }
}

impl Massnahmenabrechnung {
    /// Spent in all, earlier proofs included.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn ausgaben_gesamt(&self) -> Result<Euro, Befund> {
        summe(self.ausgaben.iter().flat_map(|a| [a.bisher, a.ist]))
    }

    /// Received in all, earlier proofs included.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn finanzierung_gesamt(&self) -> Result<Euro, Befund> {
        summe(self.finanzierung.iter().flat_map(|f| [f.bisher, f.ist]))
    }

    /// Planned costs.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn plan(&self) -> Result<Euro, Befund> {
        summe(self.ausgaben.iter().map(|a| a.plan))
    }
}

impl Nachweisurkunde {
    /// As [`Verwendungsnachweis::abrechnung`], of what was signed.
    pub fn abrechnung(&self) -> Vec<Massnahmenabrechnung> {
        nebeneinander(&self.grundlage, &self.inhalt)
    }
}

impl Verwendungsnachweis {
    /// Plan and actual figures of every measure of the grant, in the order of their numbers. A line the plan does not
    /// know has the plan 0.00; a planned one nobody filled in has the actual figure 0.00.
    pub fn abrechnung(&self) -> Vec<Massnahmenabrechnung> {
        nebeneinander(&self.grundlage, &self.inhalt)
    }
}

fn nebeneinander(grundlage: &Nachweisgrundlage, inhalt: &Nachweisinhalt) -> Vec<Massnahmenabrechnung> {
    let alle = grundlage.massnahmen.iter().map(|g| {
        let eigene = inhalt.massnahmen.iter().find(|m| m.massnahme_id == g.massnahme_id);
        let ist = eigene.map(|m| m.ausgaben.as_slice()).unwrap_or_default();
        let mittel = eigene.map(|m| m.finanzierung.as_slice()).unwrap_or_default();
        let positionen: BTreeSet<&str> =
            g.ausgaben.iter().map(|a| a.position.as_str()).chain(ist.iter().map(|a| a.position.as_str())).collect();
        let quellen: BTreeSet<&str> =
            g.finanzierung.iter().map(|f| f.quelle.as_str()).chain(mittel.iter().map(|f| f.quelle.as_str())).collect();
        let ausgabe = |position: &str| {
            let p = g.ausgaben.iter().find(|a| a.position == position);
            let i = ist.iter().find(|a| a.position == position);
            Abrechnungsausgabe {
                position: position.to_owned(),
                plan: p.map(|p| p.plan).unwrap_or_default(),
                bisher: p.map(|p| p.bisher).unwrap_or_default(),
                bisher_zuwendungsfaehig: p.map(|p| p.bisher_zuwendungsfaehig).unwrap_or_default(),
                ist: i.map(|i| i.ist).unwrap_or_default(),
                zuwendungsfaehig: i.map(|i| i.zuwendungsfaehig).unwrap_or_default(),
                erlaeuterung: i.and_then(|i| i.erlaeuterung.clone()),
            }
        };
        let quelle = |quelle: &str| {
            let p = g.finanzierung.iter().find(|f| f.quelle == quelle);
            Abrechnungsmittel {
                quelle: quelle.to_owned(),
                plan: p.map(|p| p.plan).unwrap_or_default(),
                bisher: p.map(|p| p.bisher).unwrap_or_default(),
                ist: mittel.iter().find(|f| f.quelle == quelle).map(|f| f.ist).unwrap_or_default(),
            }
        };
        Massnahmenabrechnung {
            massnahme_id: g.massnahme_id,
            massnahme_nr: g.massnahme_nr.clone(),
            ausgaben: positionen.into_iter().map(ausgabe).collect(),
            finanzierung: quellen.into_iter().map(quelle).collect(),
            erlaeuterung: eigene.and_then(|m| m.erlaeuterung.clone()),
        }
    });
    alle.collect()
}
