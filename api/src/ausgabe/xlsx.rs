//! XLSX: real numbers with German formats, a header that stays, nothing that is a formula.

use super::tabelle::{Spalte, Tabelle, Zelle};
use crate::fehler::{Ergebnis, Fehler};
use aqb_persistence::DbFehler;
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::fs::File;

/// Longest name of a sheet.
const BLATTNAME: usize = 31;

/// How cells look, plain or in the line of sums.
struct Formate {
    text: Format,
    zahl: Format,
    betrag: Format,
    prozent: Format,
    monat: Format,
    tag: Format,
}

impl Formate {
    fn aus(grund: &Format) -> Self {
        let mit = |f: &str| grund.clone().set_num_format(f);
        Formate {
            text: grund.clone(),
            zahl: mit("0"),
            betrag: mit("#,##0.00\\ \"€\";[Red]-#,##0.00\\ \"€\""),
            prozent: mit("0.00\\ \"%\""),
            monat: mit("mm.yyyy"),
            tag: mit("dd.mm.yyyy"),
        }
    }
}

/// The file; `stand` is the day it says it was made.
pub(super) fn schreibe(t: &Tabelle, stand: NaiveDate) -> Ergebnis<Vec<u8>> {
    let mut mappe = mappe(&t.titel, stand);
    let blatt = mappe.add_worksheet();
    let gefuellt = kopf(blatt, &t.titel, &t.spalten).and_then(|()| {
        let einfach = Formate::aus(&Format::new());
        let mut zeile = 1u32;
        for z in &t.zeilen {
            schreibe_zeile(blatt, zeile, z, &einfach)?;
            zeile = zeile.saturating_add(1);
        }
        if !t.zeilen.is_empty() {
            let summe = Formate::aus(&Format::new().set_bold().set_border_top(FormatBorder::Thin));
            schreibe_zeile(blatt, zeile, &t.summe, &summe)?;
        }
        fuss(blatt, t.spalten.len(), zeile.saturating_sub(1))
    });
    gefuellt.and_then(|()| mappe.save_to_buffer()).map_err(|e| fehler(&e))
}

/// A workbook that cannot be written.
pub(super) fn fehler(e: &XlsxError) -> Fehler {
    Fehler::Db(DbFehler::Inhalt(e.to_string()))
}

fn mappe(titel: &str, stand: NaiveDate) -> Workbook {
    let mut mappe = Workbook::new();
    mappe.set_properties(&DocProperties::new().set_title(titel).set_creation_datetime(&stand));
    mappe
}

fn kopf(blatt: &mut Worksheet, titel: &str, spalten: &[Spalte]) -> Result<(), XlsxError> {
    let name: String = titel.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(BLATTNAME).collect();
    blatt.set_name(name.trim_end())?;
    let kopf =
        Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    for (spalte, s) in (0u16..).zip(spalten) {
        blatt.write_string_with_format(0, spalte, &s.titel, &kopf)?;
        blatt.set_column_width(spalte, s.breite)?;
    }
    Ok(())
}

/// What is set once the last line with data is known.
fn fuss(blatt: &mut Worksheet, spalten: usize, letzte: u32) -> Result<(), XlsxError> {
    if letzte > 0 {
        blatt.autofilter(0, 0, letzte, u16::try_from(spalten).unwrap_or(u16::MAX).saturating_sub(1))?;
    }
    blatt.set_freeze_panes(1, 0)?;
    blatt.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    blatt.set_footer("&L&A&RSeite &P / &N");
    Ok(())
}

/// An XLSX that is written line by line: what was written lies on the disk.
pub struct XlsxZeilen {
    mappe: Workbook,
    blatt: Worksheet,
    formate: Formate,
    spalten: usize,
    zeilen: u32,
}

impl XlsxZeilen {
    /// Begins with the header line; `stand` is the day the file says it was made.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn neu(titel: &str, spalten: &[Spalte], stand: NaiveDate) -> Ergebnis<Self> {
        let mut mappe = mappe(titel, stand);
        let mut blatt = mappe.new_worksheet_with_constant_memory().map_err(|e| fehler(&e))?;
        kopf(&mut blatt, titel, spalten).map_err(|e| fehler(&e))?;
        Ok(XlsxZeilen { mappe, blatt, formate: Formate::aus(&Format::new()), spalten: spalten.len(), zeilen: 0 })
    }

    /// Adds a line.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn zeile(&mut self, zellen: &[Zelle]) -> Ergebnis<()> {
        self.zeilen = self.zeilen.saturating_add(1);
        schreibe_zeile(&mut self.blatt, self.zeilen, zellen, &self.formate).map_err(|e| fehler(&e))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn in_datei(mut self, datei: &mut File) -> Ergebnis<()> {
        let mut blatt = self.blatt;
        fuss(&mut blatt, self.spalten, self.zeilen).map_err(|e| fehler(&e))?;
        self.mappe.push_worksheet(blatt);
        self.mappe.save_to_writer(datei).map_err(|e| fehler(&e))
    }
}

fn schreibe_zeile(blatt: &mut Worksheet, zeile: u32, zellen: &[Zelle], f: &Formate) -> Result<(), XlsxError> {
    for (spalte, z) in (0u16..).zip(zellen) {
        match z {
            Zelle::Leer => blatt.write_blank(zeile, spalte, &f.text)?,
            // never `write`: what looks like a formula stays a text
            Zelle::Text(t) => blatt.write_string_with_format(zeile, spalte, t, &f.text)?,
            Zelle::Zahl(n) => blatt.write_with_format(zeile, spalte, *n, &f.zahl)?,
            Zelle::Betrag(e) => blatt.write_with_format(zeile, spalte, e.dezimal(), &f.betrag)?,
            Zelle::Prozent(p) => blatt.write_with_format(zeile, spalte, p.dezimal(), &f.prozent)?,
            Zelle::Monat(d) => blatt.write_date_with_format(zeile, spalte, d, &f.monat)?,
            Zelle::Tag(d) => blatt.write_date_with_format(zeile, spalte, d, &f.tag)?,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::ausgabe::{Spalte, Tabelle, XlsxZeilen, Zelle};
    use std::io::{Read, Seek};

    /// Same table and day, same bytes; what it holds is read back by another program (tests/formate/tabellen.py).
    #[test]
    fn gleiche_tabelle_gleiche_datei() {
        let tag = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let t = Tabelle {
            titel: "Ein: Titel/mit [Zeichen], die kein Blatt trägt".into(),
            spalten: vec![Spalte { titel: "=1+1".into(), breite: 20 }],
            zeilen: vec![
                vec![Zelle::text("=1+1")],
                vec![Zelle::Betrag("-1.00".parse().unwrap())],
                vec![Zelle::Monat(tag)],
            ],
            summe: vec![Zelle::Leer],
        };
        let datei = t.xlsx(tag).unwrap();
        assert!(datei.starts_with(b"PK"));
        assert_eq!(datei, t.xlsx(tag).unwrap());
    }

    /// Line by line: numbers are numbers, texts no formulas, the filter covers every line.
    #[test]
    fn zeilenweise_wie_auf_einmal() {
        let tag = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let spalten = vec![Spalte { titel: "Betrag".into(), breite: 20 }];
        let zeilen = vec![vec![Zelle::Betrag("-1.00".parse().unwrap())], vec![Zelle::text("=1+1")]];
        let mut x = XlsxZeilen::neu("Liste", &spalten, tag).unwrap();
        for z in &zeilen {
            x.zeile(z).unwrap();
        }
        let mut datei = tempfile::tempfile().unwrap();
        x.in_datei(&mut datei).unwrap();
        datei.rewind().unwrap();
        let mut blatt = String::new();
        let mut zip = zip::ZipArchive::new(datei).unwrap();
        zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut blatt).unwrap();
        assert!(blatt.contains("<v>-1</v>") && blatt.contains("=1+1</t>") && !blatt.contains("<f>"), "{blatt}");
        assert!(blatt.contains("<autoFilter ref=\"A1:A3\"/>"), "{blatt}");
    }
}
