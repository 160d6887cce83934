//! Files for people: tables as CSV and XLSX, charts as SVG. They know amounts, days and words, no reports.

mod bild;
mod csv;
mod diagramm;
mod tabelle;
mod vorlage;
mod xlsx;

pub use csv::CsvZeilen;
pub(crate) use csv::entschaerft;
pub use diagramm::{Balken, Balkendiagramm, Linie, Liniendiagramm, Reihe};
pub use tabelle::{Spalte, Tabelle, Zelle};
pub use vorlage::belegvorlage;
pub use xlsx::XlsxZeilen;

/// Media type of CSV (RFC 4180, with a header line).
pub const CSV: &str = "text/csv; charset=utf-8; header=present";
/// Media type of XLSX.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Media type of SVG.
pub const SVG: &str = "image/svg+xml";
