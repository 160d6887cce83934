//! The base rate of § 247 BGB as a series of half-years.

use crate::befund::{Befund, Einheit};
use crate::geld::Prozent;
use crate::regel::RECHENEINGABE;
use crate::zeit::tag;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Where [`BASISZINSSAETZE`] was read.
pub const BASISZINS_FUNDSTELLE: &str =
    "§ 247 BGB; Bekanntmachungen der Deutschen Bundesbank, nach mehreren übereinstimmenden öffentlichen Tabellen";

/// Base rates (§ 247 BGB) from 1 January 2002 to 1 July 2026: year, month in which the rate begins on the first day,
/// rate in percent per year.
///
/// Sourced: all rows agree in public code bases that quote the Deutsche Bundesbank ([`BASISZINS_FUNDSTELLE`]); the rows
/// of 2010 to 2019 rest on one of them and common knowledge. The 3.62 % in the text of the statute never applied.
pub const BASISZINSSAETZE: &[(i32, u32, Prozent)] = &[
    (2002, 1, p(257)),
    (2002, 7, p(247)),
    (2003, 1, p(197)),
    (2003, 7, p(122)),
    (2004, 1, p(114)),
    (2004, 7, p(113)),
    (2005, 1, p(121)),
    (2005, 7, p(117)),
    (2006, 1, p(137)),
    (2006, 7, p(195)),
    (2007, 1, p(270)),
    (2007, 7, p(319)),
    (2008, 1, p(332)),
    (2008, 7, p(319)),
    (2009, 1, p(162)),
    (2009, 7, p(12)),
    (2010, 1, p(12)),
    (2010, 7, p(12)),
    (2011, 1, p(12)),
    (2011, 7, p(37)),
    (2012, 1, p(12)),
    (2012, 7, p(12)),
    (2013, 1, p(-13)),
    (2013, 7, p(-38)),
    (2014, 1, p(-63)),
    (2014, 7, p(-73)),
    (2015, 1, p(-83)),
    (2015, 7, p(-83)),
    (2016, 1, p(-83)),
    (2016, 7, p(-88)),
    (2017, 1, p(-88)),
    (2017, 7, p(-88)),
    (2018, 1, p(-88)),
    (2018, 7, p(-88)),
    (2019, 1, p(-88)),
    (2019, 7, p(-88)),
    (2020, 1, p(-88)),
    (2020, 7, p(-88)),
    (2021, 1, p(-88)),
    (2021, 7, p(-88)),
    (2022, 1, p(-88)),
    (2022, 7, p(-88)),
    (2023, 1, p(162)),
    (2023, 7, p(312)),
    (2024, 1, p(362)),
    (2024, 7, p(337)),
    (2025, 1, p(227)),
    (2025, 7, p(127)),
    (2026, 1, p(127)),
    (2026, 7, p(152)),
];

const fn p(hundertstel: i64) -> Prozent {
    Prozent::aus_hundertsteln(hundertstel)
}

/// First day of the half-year after the one in which `tag` lies: the next day on which the base rate may change.
pub(super) fn naechstes_halbjahr(d: NaiveDate) -> NaiveDate {
    if d.month() < 7 { tag(d.year(), 7, 1) } else { tag(d.year().saturating_add(1), 1, 1) }
}

/// First day of the half-year in which `tag` lies.
pub(super) fn halbjahr(d: NaiveDate) -> NaiveDate {
    tag(d.year(), if d.month() < 7 { 1 } else { 7 }, 1)
}

/// A gapless series of base rates, one for every half-year.
///
/// It knows the rate from its first row to the day before the half-year that follows its last row; what lies beyond is
/// unknown and never guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basiszinsreihe(BTreeMap<NaiveDate, Prozent>);

impl Basiszinsreihe {
    /// A series from its rows (first day of validity, rate), in any order.
    ///
    /// # Errors
    /// `RECHENEINGABE` when there is no row, a row does not begin on 1 January or 1 July, a day appears twice, or a
    /// half-year between the first and the last row is missing.
    pub fn neu(zeilen: Vec<(NaiveDate, Prozent)>) -> Result<Self, Vec<Befund>> {
        let mut reihe = BTreeMap::new();
        let mut befunde = Vec::new();
        for (ab, satz) in zeilen {
            if halbjahr(ab) != ab {
                befunde.push(zeilenfehler(ab, "JJJJ-01-01 | JJJJ-07-01"));
            } else if reihe.insert(ab, satz).is_some() {
                befunde.push(zeilenfehler(ab, "1 ×"));
            }
        }
        for (ab, folgt) in reihe.keys().zip(reihe.keys().skip(1)) {
            let erwartet = naechstes_halbjahr(*ab);
            if erwartet != *folgt {
                befunde.push(zeilenfehler(*folgt, &erwartet.to_string()));
            }
        }
        if reihe.is_empty() {
            befunde.push(
                Befund::neu(&RECHENEINGABE)
                    .gemessen("feld", "basiszinssaetze", Einheit::Text)
                    .gemessen("gefunden", 0, Einheit::Anzahl)
                    .erlaubt("verlangt", "≥ 1", Einheit::Text),
            );
        }
        if befunde.is_empty() { Ok(Basiszinsreihe(reihe)) } else { Err(befunde) }
    }

    /// The series as delivered: [`BASISZINSSAETZE`].
    pub fn anfang() -> Self {
        Basiszinsreihe(BASISZINSSAETZE.iter().map(|(jahr, monat, satz)| (tag(*jahr, *monat, 1), *satz)).collect())
    }

    /// All rows in order: first day of validity, rate.
    pub fn zeilen(&self) -> impl Iterator<Item = (NaiveDate, Prozent)> + '_ {
        self.0.iter().map(|(ab, satz)| (*ab, *satz))
    }

    /// The rate that applies on a day; none where it is unknown.
    pub fn am(&self, tag: NaiveDate) -> Option<Prozent> {
        self.0.get(&halbjahr(tag)).copied()
    }

    /// First day with a known rate.
    pub fn bekannt_von(&self) -> NaiveDate {
        self.0.first_key_value().map_or(NaiveDate::MAX, |(ab, _)| *ab)
    }

    /// Last day with a known rate. Interest can be computed up to an (exclusive) end on the day after it.
    pub fn bekannt_bis(&self) -> NaiveDate {
        self.0.last_key_value().and_then(|(ab, _)| naechstes_halbjahr(*ab).pred_opt()).unwrap_or(NaiveDate::MIN)
    }
}

fn zeilenfehler(ab: NaiveDate, verlangt: &str) -> Befund {
    Befund::neu(&RECHENEINGABE)
        .gemessen("feld", "basiszinssaetze", Einheit::Text)
        .gemessen("gefunden", ab, Einheit::Datum)
        .erlaubt("verlangt", verlangt, Einheit::Text)
}
