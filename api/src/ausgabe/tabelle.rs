//! A table: titled columns, typed cells.

use crate::fehler::Ergebnis;
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::regel::Sprache;
use chrono::NaiveDate;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zelle {
    /// Nothing.
    Leer,
    /// Words, codes and keys.
    Text(String),
    /// A whole number that is no amount.
    Zahl(i32),
    /// An amount.
    Betrag(Euro),
    /// A percentage.
    Prozent(Prozent),
    /// A month, by its first day.
    Monat(NaiveDate),
    /// A day.
    Tag(NaiveDate),
}

impl Zelle {
    /// Words; nothing where there are none.
    pub fn text(s: impl Into<String>) -> Self {
        Zelle::Text(s.into())
    }

    /// A percentage, where there is one.
    pub fn prozent(p: Option<Prozent>) -> Self {
        p.map_or(Zelle::Leer, Zelle::Prozent)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spalte {
    /// Title.
    pub titel: String,
    /// Width in characters.
    pub breite: u16,
}

/// A table with one header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tabelle {
    /// Title: name of the sheet and of the document.
    pub titel: String,
    /// Columns.
    pub spalten: Vec<Spalte>,
    /// Rows; each as long as the columns.
    pub zeilen: Vec<Vec<Zelle>>,
    /// Sums for people; a CSV leaves them out, whose rows are counted by programs.
    pub summe: Vec<Zelle>,
}

impl Tabelle {
    /// A table without rows, its columns as German, English, width.
    pub fn neu(titel: String, spalten: &[(&str, &str, u16)], s: Sprache) -> Self {
        let spalte = |(de, en, breite): &(&str, &str, u16)| Spalte {
            titel: match s {
                Sprache::De => (*de).to_owned(),
                Sprache::En => (*en).to_owned(),
            },
            breite: *breite,
        };
        Tabelle { titel, spalten: spalten.iter().map(spalte).collect(), zeilen: Vec::new(), summe: Vec::new() }
    }

    /// As CSV for German office programs.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn csv(&self) -> Ergebnis<Vec<u8>> {
        super::csv::schreibe(self)
    }

    /// As XLSX.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn xlsx(&self, stand: NaiveDate) -> Ergebnis<Vec<u8>> {
        super::xlsx::schreibe(self, stand)
    }
}
