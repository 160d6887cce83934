//! Budget of a Jahrgang: positions, allocation to Gebietskoerperschaften and reallocation between them.
//!
//! The rules here decide what may be posted; whether an account covers it is decided in the transaction that posts.

use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::Haushaltsfenster;
use crate::katalog::{Katalogstand, name};
use crate::konto::{Kontoart, Kontoschluessel, LAND};
use crate::regel::{BETRAG_ZU_KLEIN, POSITION_DOPPELT, RECHENBEREICH};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

mod demo;
mod korrektur;
mod umverteilung;
mod zuteilung;
pub use demo::{demo_haushaltsansatz_2026, demo_zuteilung_2026};
pub use korrektur::*;
pub use umverteilung::*;
pub use zuteilung::*;

/// The smallest amount of a position: one cent.
pub(crate) fn ein_cent() -> Euro {
    Euro::aus_cent(1).unwrap_or_default()
}

/// An amount of one Teilbudget in one Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Budgetposition {
    /// Code of the catalogue `teilbudgets`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Year in which the money flows; lies in the window of the Jahrgang.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Amount in euro, above 0.00.
    pub betrag: Euro,
}

/// One place of a budget: whose money, which Teilbudget, which year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Budgetstelle {
    /// Gebietskoerperschaft.
    #[cfg_attr(feature = "schema", schema(pattern = "^06[0-9]{3}$", examples("06440")))]
    pub kreisschluessel: String,
    /// Code of the catalogue `teilbudgets`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
}

impl Budgetstelle {
    /// The account of this place in the ledger.
    pub fn konto(&self, jahrgang: i32, art: Kontoart) -> Kontoschluessel {
        Kontoschluessel {
            jahrgang,
            kreisschluessel: self.kreisschluessel.clone(),
            teilbudget: self.teilbudget.clone(),
            haushaltsjahr: self.haushaltsjahr,
            art,
        }
    }
}

impl Budgetposition {
    /// The account of this position in the ledger of one Gebietskoerperschaft.
    pub fn konto(&self, jahrgang: i32, kreisschluessel: &str, art: Kontoart) -> Kontoschluessel {
        Kontoschluessel {
            jahrgang,
            kreisschluessel: kreisschluessel.to_owned(),
            teilbudget: self.teilbudget.clone(),
            haushaltsjahr: self.haushaltsjahr,
            art,
        }
    }

    /// The account of this position in the ledger of the state.
    pub fn landeskonto(&self, jahrgang: i32, art: Kontoart) -> Kontoschluessel {
        self.konto(jahrgang, LAND, art)
    }
}

/// Sum of positions.
///
/// # Errors
/// [`GeldFehler::Bereich`] when the sum cannot be represented.
pub fn summe(positionen: &[Budgetposition]) -> Result<Euro, GeldFehler> {
    Euro::summe(positionen.iter().map(|p| p.betrag))
}

/// Checks positions: known Teilbudget, Haushaltsjahr in the window, amount above 0.00, no position twice, sum
/// representable. `ort` is the JSON pointer of the list.
pub fn pruefe_positionen(
    positionen: &[Budgetposition],
    fenster: Haushaltsfenster,
    katalog: &Katalogstand,
    ort: &str,
) -> Vec<Befund> {
    let mut befunde = Vec::new();
    let mut gesehen = BTreeSet::new();
    for (i, p) in positionen.iter().enumerate() {
        befunde.extend(katalog.pruefe(name::TEILBUDGETS, &p.teilbudget, &format!("{ort}/{i}/teilbudget")));
        befunde.extend(fenster.pruefe(p.haushaltsjahr, &format!("{ort}/{i}/haushaltsjahr")));
        befunde.extend(pruefe_betrag(p.betrag, &format!("{ort}/{i}/betrag")));
        if !gesehen.insert((p.teilbudget.as_str(), p.haushaltsjahr)) {
            befunde.push(
                Befund::neu(&POSITION_DOPPELT)
                    .ort(format!("{ort}/{i}"))
                    .gemessen("posten", &p.teilbudget, Einheit::Code)
                    .gemessen("haushaltsjahr", p.haushaltsjahr, Einheit::Anzahl),
            );
        }
    }
    if summe(positionen).is_err() {
        befunde.push(Befund::neu(&RECHENBEREICH).ort(ort));
    }
    befunde
}

/// The finding `BETRAG_ZU_KLEIN` for an amount below one cent.
pub fn pruefe_betrag(betrag: Euro, ort: &str) -> Option<Befund> {
    (!betrag.ist_positiv())
        .then(|| Befund::neu(&BETRAG_ZU_KLEIN).ort(ort).betrag("betrag", betrag, "mindestens", ein_cent()))
}

/// The finding `BUDGET_UEBERSCHRITTEN` or `PROGRAMM_ERSCHOEPFT`, when `konto` with the balance `saldo` does not cover
/// `benoetigt`. Accounts that may fall below zero cover everything.
pub fn pruefe_deckung(konto: &Kontoschluessel, benoetigt: Euro, saldo: Euro) -> Option<Befund> {
    (konto.art.nie_negativ() && benoetigt > saldo).then(|| konto.nicht_gedeckt(benoetigt, saldo))
}

#[cfg(test)]
mod tests;
