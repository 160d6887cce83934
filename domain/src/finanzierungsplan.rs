//! Financing plan: what a measure costs, who pays for it, and in which Haushaltsjahr.

use crate::befund::{Befund, Einheit, Schwere};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::Haushaltsfenster;
use crate::katalog::{Katalogstand, name};
use crate::regel::{BETRAG_ZU_KLEIN, PLAN_DOPPELT, PLAN_OHNE_LANDESMITTEL, PLAN_UNAUSGEGLICHEN, RECHENBEREICH};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
mod tests;

/// Source of finance: state money of this programme, the amount an Antrag asks for.
pub const LAND_AQB: &str = "LAND_AQB";
/// Cost position: staff.
pub const PERSONAL: &str = "PERSONAL";
/// Smallest amount of a line: one cent.
const EIN_CENT: Euro = match Euro::aus_cent(1) {
    Ok(e) => e,
    Err(_) => Euro::NULL,
};

/// One line of the costs: a position in a Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Einzelansatz {
    /// Cost position, a code of the catalogue `kostenpositionen`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Year in which the money is spent.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Amount in euro, above 0.00.
    pub betrag: Euro,
}

/// One line of the financing: a source in a Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Finanzierungsbeitrag {
    /// Source, a code of the catalogue `finanzierungsquellen`; `LAND_AQB` is the amount applied for.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("LAND_AQB")))]
    pub quelle: String,
    /// Year in which the money flows.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Amount in euro, above 0.00.
    pub betrag: Euro,
}

/// Financing plan (VV zu § 44 LHO Nr. 3): costs and financing must agree in every Haushaltsjahr to the cent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Finanzierungsplan {
    /// Costs; each position at most once per Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub einzelansaetze: Vec<Einzelansatz>,
    /// Financing; each source at most once per Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub finanzierung: Vec<Finanzierungsbeitrag>,
}

/// What the rules of a plan need from outside.
#[derive(Debug, Clone, Copy)]
pub struct Planfakten<'a> {
    /// Valid codes.
    pub katalog: &'a Katalogstand,
    /// Parameters.
    pub regelwerk: &'a Regelwerk,
    /// Jahrgang of the Antrag.
    pub jahrgang: i32,
}

impl Planfakten<'_> {
    /// Day on which parameters are read: 1 January of the Jahrgang, so that a draft and its filing see the same.
    pub fn stichtag(&self) -> NaiveDate {
        stichtag(self.jahrgang)
    }
}

/// Adds `betrag` to the sum kept under `schluessel`.
pub(crate) fn addiere<K: Ord>(summen: &mut BTreeMap<K, Euro>, schluessel: K, betrag: Euro) -> Result<(), GeldFehler> {
    let stand = summen.entry(schluessel).or_default();
    *stand = stand.plus(betrag)?;
    Ok(())
}

fn gruppiere<K: Ord>(zeilen: impl IntoIterator<Item = (K, Euro)>) -> Result<BTreeMap<K, Euro>, GeldFehler> {
    zeilen.into_iter().try_fold(BTreeMap::new(), |mut summen, (k, betrag)| {
        addiere(&mut summen, k, betrag)?;
        Ok(summen)
    })
}

impl Finanzierungsplan {
    /// Every Haushaltsjahr that occurs in the plan.
    pub fn haushaltsjahre(&self) -> BTreeSet<i32> {
        let kosten = self.einzelansaetze.iter().map(|a| a.haushaltsjahr);
        kosten.chain(self.finanzierung.iter().map(|f| f.haushaltsjahr)).collect()
    }

    /// Costs per Haushaltsjahr.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn ausgaben_je_jahr(&self) -> Result<BTreeMap<i32, Euro>, GeldFehler> {
        gruppiere(self.einzelansaetze.iter().map(|a| (a.haushaltsjahr, a.betrag)))
    }

    /// Financing per Haushaltsjahr, all sources.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn finanzierung_je_jahr(&self) -> Result<BTreeMap<i32, Euro>, GeldFehler> {
        gruppiere(self.finanzierung.iter().map(|f| (f.haushaltsjahr, f.betrag)))
    }

    /// `LAND_AQB` per Haushaltsjahr: what is applied for.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn land_je_jahr(&self) -> Result<BTreeMap<i32, Euro>, GeldFehler> {
        gruppiere(self.finanzierung.iter().filter(|f| f.quelle == LAND_AQB).map(|f| (f.haushaltsjahr, f.betrag)))
    }

    /// Every other source per Haushaltsjahr.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn kofinanzierung_je_jahr(&self) -> Result<BTreeMap<i32, Euro>, GeldFehler> {
        gruppiere(self.finanzierung.iter().filter(|f| f.quelle != LAND_AQB).map(|f| (f.haushaltsjahr, f.betrag)))
    }

    /// Financing per source, all years.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn je_quelle(&self) -> Result<BTreeMap<String, Euro>, GeldFehler> {
        gruppiere(self.finanzierung.iter().map(|f| (f.quelle.clone(), f.betrag)))
    }

    /// Costs per position, all years.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn je_position(&self) -> Result<BTreeMap<String, Euro>, GeldFehler> {
        gruppiere(self.einzelansaetze.iter().map(|a| (a.position.clone(), a.betrag)))
    }

    /// All costs.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn ausgaben(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.einzelansaetze.iter().map(|a| a.betrag))
    }

    /// All financing.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn finanzierung_gesamt(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.finanzierung.iter().map(|f| f.betrag))
    }

    /// All of `LAND_AQB`: what is applied for.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn land(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.finanzierung.iter().filter(|f| f.quelle == LAND_AQB).map(|f| f.betrag))
    }

    /// All staff costs.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn personal(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.einzelansaetze.iter().filter(|a| a.position == PERSONAL).map(|a| a.betrag))
    }

    /// Adds plans line by line; the result lists each position and source once per Haushaltsjahr, in order.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn gesamt<'a>(plaene: impl IntoIterator<Item = &'a Finanzierungsplan>) -> Result<Self, GeldFehler> {
        let (mut kosten, mut mittel) = (BTreeMap::new(), BTreeMap::new());
        for plan in plaene {
            for a in &plan.einzelansaetze {
                addiere(&mut kosten, (a.haushaltsjahr, a.position.clone()), a.betrag)?;
            }
            for f in &plan.finanzierung {
                addiere(&mut mittel, (f.haushaltsjahr, f.quelle.clone()), f.betrag)?;
            }
        }
        Ok(Finanzierungsplan {
            einzelansaetze: kosten
                .into_iter()
                .map(|((haushaltsjahr, position), betrag)| Einzelansatz { position, haushaltsjahr, betrag })
                .collect(),
            finanzierung: mittel
                .into_iter()
                .map(|((haushaltsjahr, quelle), betrag)| Finanzierungsbeitrag { quelle, haushaltsjahr, betrag })
                .collect(),
        })
    }

    /// All rules of the plan; `ort` is the pointer to it.
    pub fn pruefe(&self, ort: &str, fakten: &Planfakten<'_>) -> Vec<Befund> {
        let mut befunde = self.pruefe_zeilen(ort, fakten);
        match self.pruefe_ausgleich(ort, fakten) {
            Ok(weitere) => befunde.extend(weitere),
            Err(b) => befunde.push(b),
        }
        match self.land() {
            Ok(land) if !land.ist_positiv() => {
                befunde.push(Befund::neu(&PLAN_OHNE_LANDESMITTEL).ort(format!("{ort}/finanzierung")).gemessen(
                    "beantragt",
                    land,
                    Einheit::Eur,
                ))
            }
            Ok(_) => {}
            Err(_) => befunde.push(Befund::neu(&RECHENBEREICH).ort(ort)),
        }
        befunde
    }

    /// Codes, duplicates, signs and years, line by line.
    fn pruefe_zeilen(&self, ort: &str, fakten: &Planfakten<'_>) -> Vec<Befund> {
        let kosten = self.einzelansaetze.iter().enumerate().map(|(i, a)| Zeile {
            ort: format!("{ort}/einzelansaetze/{i}"),
            feld: "position",
            katalog: name::KOSTENPOSITIONEN,
            code: &a.position,
            haushaltsjahr: a.haushaltsjahr,
            betrag: a.betrag,
        });
        let mittel = self.finanzierung.iter().enumerate().map(|(i, f)| Zeile {
            ort: format!("{ort}/finanzierung/{i}"),
            feld: "quelle",
            katalog: name::FINANZIERUNGSQUELLEN,
            code: &f.quelle,
            haushaltsjahr: f.haushaltsjahr,
            betrag: f.betrag,
        });
        let (fenster, mut befunde) = match Haushaltsfenster::neu(fakten.jahrgang, fakten.regelwerk) {
            Ok(fenster) => (Some(fenster), Vec::new()),
            Err(b) => (None, vec![b]),
        };
        let mut gesehen = BTreeSet::new();
        for zeile in kosten.chain(mittel) {
            let doppelt = !gesehen.insert((zeile.katalog, zeile.code, zeile.haushaltsjahr));
            befunde.extend(zeile.pruefe(doppelt, fenster, fakten));
        }
        befunde
    }

    /// Costs and financing agree in every Haushaltsjahr; a tolerated difference remains visible as a hint (S2).
    fn pruefe_ausgleich(&self, ort: &str, fakten: &Planfakten<'_>) -> Result<Vec<Befund>, Befund> {
        let bereich = |_| Befund::neu(&RECHENBEREICH).ort(ort);
        let toleranz = fakten.regelwerk.betrag("summen_toleranz", fakten.stichtag())?;
        let (ausgaben, finanzierung) =
            (self.ausgaben_je_jahr().map_err(bereich)?, self.finanzierung_je_jahr().map_err(bereich)?);
        let mut befunde = Vec::new();
        for jahr in self.haushaltsjahre() {
            let a = ausgaben.get(&jahr).copied().unwrap_or_default();
            let f = finanzierung.get(&jahr).copied().unwrap_or_default();
            if a == f {
                continue;
            }
            let befund = Befund::neu(&PLAN_UNAUSGEGLICHEN)
                .ort(ort)
                .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
                .betrag("ausgaben", a, "finanzierung", f)
                .regelwerk(&fakten.regelwerk.version);
            let geduldet = innerhalb(a, f, toleranz).map_err(bereich)?;
            befunde.push(if geduldet { befund.mit_schwere(Schwere::Hinweis) } else { befund });
        }
        Ok(befunde)
    }
}

/// Two amounts differ by at most `toleranz`.
pub(crate) fn innerhalb(a: Euro, b: Euro, toleranz: Euro) -> Result<bool, GeldFehler> {
    let differenz = a.minus(b)?;
    Ok(differenz <= toleranz && differenz.negativ() <= toleranz)
}

/// The finding for an amount below the smallest permitted one.
pub(crate) fn betrag_zu_klein(ort: String, betrag: Euro, auch_null: bool) -> Option<Befund> {
    let mindestens = if auch_null { Euro::NULL } else { EIN_CENT };
    (betrag < mindestens)
        .then(|| Befund::neu(&BETRAG_ZU_KLEIN).ort(ort).betrag("betrag", betrag, "mindestens", mindestens))
}

/// A line of either side, as the common rules see it.
struct Zeile<'a> {
    ort: String,
    feld: &'static str,
    katalog: &'static str,
    code: &'a str,
    haushaltsjahr: i32,
    betrag: Euro,
}

impl Zeile<'_> {
    fn pruefe(&self, doppelt: bool, fenster: Option<Haushaltsfenster>, fakten: &Planfakten<'_>) -> Vec<Befund> {
        let ort_des_codes = format!("{}/{}", self.ort, self.feld);
        let mut befunde: Vec<Befund> =
            fakten.katalog.pruefe(self.katalog, self.code, &ort_des_codes).into_iter().collect();
        if doppelt {
            befunde.push(
                Befund::neu(&PLAN_DOPPELT).ort(&self.ort).gemessen("posten", self.code, Einheit::Code).gemessen(
                    "haushaltsjahr",
                    self.haushaltsjahr,
                    Einheit::Anzahl,
                ),
            );
        }
        befunde.extend(betrag_zu_klein(format!("{}/betrag", self.ort), self.betrag, false));
        let ort = format!("{}/haushaltsjahr", self.ort);
        let jahr = fenster.and_then(|f| f.pruefe(self.haushaltsjahr, &ort));
        befunde.extend(jahr.map(|b| b.regelwerk(&fakten.regelwerk.version)));
        befunde
    }
}
