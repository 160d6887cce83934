//! Files of Beleglisten: CSV, XLSX and DATEV booking batches, read line by line with bounds. Translates between bytes and
//! the types of the domain; knows neither HTTP nor the database.

mod csv;
mod datev;
mod tabelle;
#[cfg(test)]
mod tests;
mod wache;
mod xlsx;
mod xml;

use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::{Zeilenlesung, zitat};
use aqb_domain::belegimport::{Belegdialekt, Belegformat};
use aqb_domain::regel::{IMPORT_DATEI_ART, IMPORT_FEHLGEFORMT, IMPORT_UMFANG, IMPORT_ZEICHENSATZ};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Lines below the header that one file may have.
pub const ZEILEN_HOECHSTENS: i64 = 200_000;
/// Longest line of a text file, longest element of a workbook.
const STUECK: u64 = 1024 * 1024;

/// What must be known to read a file.
#[derive(Debug, Clone, Default)]
pub struct Optionen {
    /// Cost position by account, for booking batches.
    pub konten: BTreeMap<String, String>,
    /// Number of the measure by cost centre, for booking batches.
    pub kostenstellen: BTreeMap<String, String>,
    /// Sub-budget by number of the measure.
    pub teilbudgets: BTreeMap<String, String>,
    /// File number of the application.
    pub aktenzeichen: Option<String>,
    /// Haushaltsjahre that the list may be about, first and last.
    pub jahre: (i32, i32),
}

/// A line as it was read.
#[derive(Debug, Clone)]
pub struct GeleseneZeile {
    /// Line in the file.
    pub nr: i64,
    /// What became of it; none where nothing stands in it.
    pub lesung: Option<Zeilenlesung>,
    /// What its cells hold: field and text.
    pub zellen: Vec<(String, String)>,
    /// Addresses of its cells by field.
    pub adressen: BTreeMap<&'static str, String>,
    /// Findings that belong to no known column.
    pub nebenbei: Vec<aqb_domain::beleg::Zellbefund>,
}

/// Why reading ended early.
#[derive(Debug)]
pub enum Abbruch {
    /// The file as a whole is refused.
    Datei(Box<Befund>),
    /// Nobody takes the lines any more.
    Niemand,
}

impl From<Befund> for Abbruch {
    fn from(b: Befund) -> Self {
        Abbruch::Datei(Box::new(b))
    }
}

/// Takes the lines: the line, how the file is read so far, and the bytes that are read.
pub type Abnehmer<'a> = dyn FnMut(GeleseneZeile, &Belegdialekt, u64) -> Result<(), Abbruch> + 'a;

/// Reads a file from its beginning. Gives back how it was read, in any case.
///
/// # Errors
/// [`Abbruch`]; lines that were taken before it stay taken.
pub fn lies(datei: &mut File, o: &Optionen, nimm: &mut Abnehmer<'_>) -> (Belegdialekt, Result<(), Abbruch>) {
    let mut dialekt = Belegdialekt::default();
    let ergebnis = lies_in(datei, o, &mut dialekt, nimm);
    (dialekt, ergebnis)
}

fn lies_in(datei: &mut File, o: &Optionen, dialekt: &mut Belegdialekt, nimm: &mut Abnehmer<'_>) -> Result<(), Abbruch> {
    let mut anfang = vec![0u8; 64 * 1024];
    let laenge = fuelle(datei, &mut anfang)?;
    anfang.truncate(laenge);
    von_vorn(datei)?;
    let art = |gefunden: &str| {
        let b = Befund::neu(&IMPORT_DATEI_ART).gemessen("gefunden", gefunden, Einheit::Text);
        Abbruch::from(b.erlaubt("erwartet", "CSV, XLSX, DATEV EXTF", Einheit::Text))
    };
    match anfang.as_slice() {
        [] => Err(art("leer")),
        [b'P', b'K', 3, 4, ..] => {
            dialekt.format = Belegformat::Xlsx;
            xlsx::lies(datei, o, dialekt, nimm)
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(art("eine alte oder verschlüsselte Excel-Datei (XLS)")),
        [b'%', b'P', b'D', b'F', ..] => Err(art("PDF")),
        _ => csv::lies(datei, &anfang, o, dialekt, nimm),
    }
}

fn fuelle(datei: &mut File, puffer: &mut [u8]) -> Result<usize, Abbruch> {
    let mut da = 0usize;
    while let Some(frei) = puffer.get_mut(da..).filter(|f| !f.is_empty()) {
        match datei.read(frei) {
            Ok(0) => break,
            Ok(n) => da = da.saturating_add(n),
            Err(e) => return Err(fehlgeformt("Datei", &e.to_string()).into()),
        }
    }
    Ok(da)
}

fn von_vorn(datei: &mut File) -> Result<(), Abbruch> {
    datei.seek(SeekFrom::Start(0)).map_err(|e| fehlgeformt("Datei", &e.to_string()))?;
    Ok(())
}

fn fehlgeformt(stelle: &str, gefunden: &str) -> Befund {
    Befund::neu(&IMPORT_FEHLGEFORMT).gemessen("stelle", stelle, Einheit::Text).gemessen(
        "gefunden",
        zitat(gefunden),
        Einheit::Text,
    )
}

fn umfang(was: &str, gefunden: impl ToString, hoechstens: impl ToString) -> Befund {
    Befund::neu(&IMPORT_UMFANG)
        .gemessen("was", was, Einheit::Text)
        .gemessen("gefunden", gefunden, Einheit::Text)
        .erlaubt("erwartet", hoechstens, Einheit::Text)
}

fn zeichensatz(stelle: &str, gefunden: &str) -> Befund {
    Befund::neu(&IMPORT_ZEICHENSATZ)
        .gemessen("stelle", stelle, Einheit::Text)
        .gemessen("gefunden", gefunden, Einheit::Text)
        .erlaubt("erwartet", "UTF-8, Windows-1252", Einheit::Text)
}

/// Letters of a column: 0 is `A`, 26 is `AA`.
fn spaltenname(spalte: u32) -> String {
    let mut rest = spalte.saturating_add(1);
    let mut aus = Vec::new();
    while rest > 0 {
        let ziffer = (rest - 1) % 26;
        aus.push(char::from(b'A'.saturating_add(u8::try_from(ziffer).unwrap_or(0))));
        rest = (rest - 1) / 26;
    }
    aus.iter().rev().collect()
}

/// `C17`.
fn adresse(spalte: u32, zeile: i64) -> String {
    format!("{}{zeile}", spaltenname(spalte))
}
