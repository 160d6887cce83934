//! Interest under § 49a Abs. 3 and 4 HVwVfG: exact fractions, one named rounding, every piece shown.
//!
//! The law names neither a day count nor a rounding rule; both are parameters of the Regelwerk (assumption). Interest is
//! simple: there is no interest on interest.

use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, Prozent};
use crate::regel::{BASISZINS_UNBEKANNT, DATUM_REIHENFOLGE, RECHENBEREICH, RECHENEINGABE};
use chrono::{Datelike, Months, NaiveDate};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use serde::{Deserialize, Serialize};

mod basiszins;
mod basiszinssatz;
#[cfg(test)]
pub(crate) mod faelle;
#[cfg(test)]
mod tests;
mod zaehlung;
mod zwischenzins;

use basiszins::naechstes_halbjahr;
pub use basiszins::{BASISZINS_FUNDSTELLE, BASISZINSSAETZE, Basiszinsreihe};
pub use basiszinssatz::*;
pub use zaehlung::Zinszaehlung;
pub use zwischenzins::*;

/// Longest interest period in years; claims are time-barred long before.
const LAENGSTENS_JAHRE: u32 = 100;

crate::status! {
    /// How days of interest are counted. § 49a HVwVfG names no method (assumption: parameter `zinsmethode`).
    Zinsmethode {
        /// Calendar days over the days of the calendar year, 365 or 366.
        ActAct = "ACT_ACT",
        /// Calendar days over 365.
        Act365 = "ACT_365",
        /// Months of 30 days, a day 31 counts as 30, over 360.
        E30_360 = "E30_360",
    }
}

crate::status! {
    /// When interest is rounded to the cent, always HALF_UP (assumption: parameter `zins_rundung`).
    Zinsrundung {
        /// Once, the exact sum.
        AmEnde = "AM_ENDE",
        /// Every piece; the sum may differ by cents.
        JeAbschnitt = "JE_ABSCHNITT",
    }
}

/// The rate of interest per year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zinssatz {
    /// Percentage *points* above the base rate: 5 points above 1.14 % are 6.14 % (§ 49a Abs. 3 S. 1 HVwVfG).
    AufschlagProzentpunkte(Prozent),
    /// A fixed percentage.
    FestzinsProzent(Prozent),
}

/// What interest is asked for. The interval is half-open, `[von, bis)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zinsfrage {
    /// Interest-bearing amount, not negative.
    pub kapital: Euro,
    /// First day that bears interest.
    pub von: NaiveDate,
    /// First day that no longer bears interest, such as the value date of the repayment.
    pub bis: NaiveDate,
    /// Day count.
    pub methode: Zinsmethode,
    /// Rounding.
    pub rundung: Zinsrundung,
    /// Rate.
    pub satz: Zinssatz,
}

/// A piece of the period with one rate and one denominator; periods are cut at every 1 January and 1 July.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zinsabschnitt {
    /// First day of the piece.
    pub von: NaiveDate,
    /// First day after the piece (half-open like the whole period).
    pub bis: NaiveDate,
    /// Days of interest as the method counts them.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 400))]
    pub tage: i64,
    /// Days of a year: 360, 365 or 366.
    #[cfg_attr(feature = "schema", schema(minimum = 360, maximum = 366))]
    pub nenner: i64,
    /// Base rate of the half-year; absent for fixed interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub basiszinssatz: Option<Prozent>,
    /// Rate applied.
    pub zinssatz: Prozent,
    /// Interest of the piece, rounded HALF_UP; only with `JE_ABSCHNITT` do these amounts add up to the result.
    pub zinsen: Euro,
    /// Interest of the piece in euro as a reduced fraction, `numerator/denominator`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]+/[0-9]+$", max_length = 80, examples("25172/365")))]
    pub zinsen_exakt: String,
}

/// Interest of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zinsergebnis {
    /// Capital that bears interest.
    pub kapital: Euro,
    /// Interest to the cent.
    pub zinsen: Euro,
    /// Days of interest as the method counts them.
    pub tage: i64,
    /// The pieces in order; none for an empty period.
    pub abschnitte: Vec<Zinsabschnitt>,
    /// Sum before any rounding, in euro, as a reduced fraction `numerator/denominator`.
    pub zinsen_exakt: String,
}

/// Computes interest for `[von, bis)`.
///
/// Each piece bears `kapital × zinssatz × tage / (100 × nenner)`; fixed interest does not need the series and is cut at
/// the same days. An empty period bears 0.00.
///
/// # Errors
/// `RECHENEINGABE` for negative capital, a negative rate or a period of more than 100 years, `DATUM_REIHENFOLGE` for
/// `bis` before `von`, `BASISZINS_UNBEKANNT` when a day lies outside the series, `RECHENBEREICH` beyond
/// 999,999,999,999.99 EUR.
pub fn berechne(frage: &Zinsfrage, reihe: &Basiszinsreihe) -> Result<Zinsergebnis, Vec<Befund>> {
    berechne_exakt(frage, reihe).map(|(ergebnis, _)| ergebnis)
}

/// As [`berechne`], with the exact sum in cents, for whoever adds several periods before rounding.
pub(crate) fn berechne_exakt(
    frage: &Zinsfrage,
    reihe: &Basiszinsreihe,
) -> Result<(Zinsergebnis, BigRational), Vec<Befund>> {
    let befunde = pruefe(frage);
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let mut ergebnis = Zinsergebnis {
        kapital: frage.kapital,
        zinsen: Euro::NULL,
        tage: 0,
        abschnitte: Vec::new(),
        zinsen_exakt: String::new(),
    };
    let mut exakt = BigRational::zero();
    let mut von = frage.von;
    while von < frage.bis {
        let bis = naechstes_halbjahr(von).min(frage.bis);
        let (abschnitt, cent) = abschnitt(frage, reihe, von, bis).map_err(|b| vec![b])?;
        ergebnis.tage = ergebnis.tage.saturating_add(abschnitt.tage);
        ergebnis.zinsen = ergebnis.zinsen.plus(abschnitt.zinsen).map_err(|_| vec![ausserhalb()])?;
        ergebnis.abschnitte.push(abschnitt);
        exakt += cent;
        von = bis;
    }
    if frage.rundung == Zinsrundung::AmEnde {
        ergebnis.zinsen = runde_half_up(&exakt).map_err(|b| vec![b])?;
    }
    ergebnis.zinsen_exakt = als_bruch(&exakt);
    Ok((ergebnis, exakt))
}

fn pruefe(frage: &Zinsfrage) -> Vec<Befund> {
    let mut befunde = Vec::new();
    if frage.kapital.ist_negativ() {
        befunde.push(eingabe("/kapital", frage.kapital, Einheit::Eur, "≥ 0.00 EUR"));
    }
    let (ort, satz) = match frage.satz {
        Zinssatz::AufschlagProzentpunkte(p) => ("/aufschlag_prozentpunkte", p),
        Zinssatz::FestzinsProzent(p) => ("/festzins_prozent", p),
    };
    if satz.hundertstel() < 0 {
        befunde.push(eingabe(ort, satz, Einheit::Prozent, "≥ 0.00 %"));
    }
    if frage.bis < frage.von {
        befunde.push(Befund::neu(&DATUM_REIHENFOLGE).ort("/bis").gemessen("von", frage.von, Einheit::Datum).gemessen(
            "bis",
            frage.bis,
            Einheit::Datum,
        ));
    }
    let spaetestens = frage.von.checked_add_months(Months::new(LAENGSTENS_JAHRE * 12)).unwrap_or(NaiveDate::MAX);
    if spaetestens < frage.bis {
        befunde.push(eingabe("/bis", frage.bis, Einheit::Datum, &format!("≤ {spaetestens}")));
    }
    befunde
}

pub(crate) fn eingabe(ort: &str, gefunden: impl ToString, einheit: Einheit, verlangt: &str) -> Befund {
    Befund::neu(&RECHENEINGABE)
        .ort(ort)
        .gemessen("feld", ort, Einheit::Text)
        .gemessen("gefunden", gefunden, einheit)
        .erlaubt("verlangt", verlangt, Einheit::Text)
}

/// One piece and its exact interest in cents.
fn abschnitt(
    frage: &Zinsfrage,
    reihe: &Basiszinsreihe,
    von: NaiveDate,
    bis: NaiveDate,
) -> Result<(Zinsabschnitt, BigRational), Befund> {
    let (basiszinssatz, zinssatz) = match frage.satz {
        Zinssatz::FestzinsProzent(fest) => (None, fest),
        Zinssatz::AufschlagProzentpunkte(aufschlag) => {
            let basis = reihe.am(von).ok_or_else(|| unbekannt(frage, reihe))?;
            let satz = basis.hundertstel().checked_add(aufschlag.hundertstel()).ok_or_else(ausserhalb)?;
            (Some(basis), Prozent::aus_hundertsteln(satz))
        }
    };
    if zinssatz.hundertstel() < 0 {
        return Err(eingabe("/aufschlag_prozentpunkte", zinssatz, Einheit::Prozent, "≥ 0.00 %"));
    }
    let (tage, nenner) = match frage.methode {
        Zinsmethode::ActAct => ((bis - von).num_days(), if von.leap_year() { 366 } else { 365 }),
        Zinsmethode::Act365 => ((bis - von).num_days(), 365),
        Zinsmethode::E30_360 => (tag_30_360(bis) - tag_30_360(von), 360),
    };
    let zaehler = BigInt::from(frage.kapital.cent()) * zinssatz.hundertstel() * tage;
    let cent = BigRational::new(zaehler, BigInt::from(10_000 * nenner));
    let zinsen = runde_half_up(&cent)?;
    let zinsen_exakt = als_bruch(&cent);
    Ok((Zinsabschnitt { von, bis, tage, nenner, basiszinssatz, zinssatz, zinsen, zinsen_exakt }, cent))
}

/// Number of a day in a calendar of 12 months with 30 days. Differences are the days of 30E/360 and therefore add up
/// over the pieces of a period.
fn tag_30_360(d: NaiveDate) -> i64 {
    i64::from(d.year()) * 360 + i64::from(d.month0()) * 30 + i64::from(d.day().min(30))
}

/// `von` and `bis` name the first and the last day that bears interest, like the two days of the series.
fn unbekannt(frage: &Zinsfrage, reihe: &Basiszinsreihe) -> Befund {
    let letzter = frage.bis.pred_opt().unwrap_or(frage.bis);
    let ort = if frage.von < reihe.bekannt_von() { "/von" } else { "/bis" };
    Befund::neu(&BASISZINS_UNBEKANNT)
        .ort(ort)
        .gemessen("von", frage.von, Einheit::Datum)
        .gemessen("bis", letzter, Einheit::Datum)
        .erlaubt("bekannt_von", reihe.bekannt_von(), Einheit::Datum)
        .erlaubt("bekannt_bis", reihe.bekannt_bis(), Einheit::Datum)
}

fn ausserhalb() -> Befund {
    Befund::neu(&RECHENBEREICH)
}

/// Exact cents to the cent, halves up. Used for amounts that are not negative.
///
/// # Errors
/// `RECHENBEREICH` beyond 999,999,999,999.99 EUR.
pub(crate) fn runde_half_up(cent: &BigRational) -> Result<Euro, Befund> {
    let halb = BigRational::new(BigInt::from(1), BigInt::from(2));
    let ganz = (cent + halb).floor().to_integer().to_i64().ok_or_else(ausserhalb)?;
    Euro::aus_cent(ganz).map_err(|_| ausserhalb())
}

/// Exact cents as a reduced fraction of euro.
pub(crate) fn als_bruch(cent: &BigRational) -> String {
    let euro = cent / BigInt::from(100);
    format!("{}/{}", euro.numer(), euro.denom())
}

/// Exact cents of a fraction of euro as [`als_bruch`] writes it.
pub(crate) fn aus_bruch(euro: &str) -> Option<BigRational> {
    euro.parse::<BigRational>().ok().map(|e| e * BigInt::from(100))
}
