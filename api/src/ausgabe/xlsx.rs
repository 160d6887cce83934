//! XLSX: real numbers with German formats, a header that stays, nothing that is a formula.

use super::tabelle::{Tabelle, Zelle};
use crate::fehler::{Ergebnis, Fehler};
use aqb_persistence::DbFehler;
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

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
    arbeitsmappe(t, stand).map_err(|e| fehler(&e))
}

/// A workbook that cannot be written.
pub(super) fn fehler(e: &XlsxError) -> Fehler {
    Fehler::Db(DbFehler::Inhalt(e.to_string()))
}

fn arbeitsmappe(t: &Tabelle, stand: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut mappe = Workbook::new();
    mappe.set_properties(&DocProperties::new().set_title(&t.titel).set_creation_datetime(&stand));
    let blatt = mappe.add_worksheet();
    let name: String = t.titel.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(BLATTNAME).collect();
    blatt.set_name(name.trim_end())?;
    let kopf =
        Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    let letzte = u16::try_from(t.spalten.len()).unwrap_or(u16::MAX).saturating_sub(1);
    for (spalte, s) in (0u16..).zip(&t.spalten) {
        blatt.write_string_with_format(0, spalte, &s.titel, &kopf)?;
        blatt.set_column_width(spalte, s.breite)?;
    }
    let (einfach, summe) =
        (Formate::aus(&Format::new()), Formate::aus(&Format::new().set_bold().set_border_top(FormatBorder::Thin)));
    let mut zeile = 1u32;
    for z in &t.zeilen {
        schreibe_zeile(blatt, zeile, z, &einfach)?;
        zeile = zeile.saturating_add(1);
    }
    if !t.zeilen.is_empty() {
        blatt.autofilter(0, 0, zeile.saturating_sub(1), letzte)?;
        schreibe_zeile(blatt, zeile, &t.summe, &summe)?;
    }
    blatt.set_freeze_panes(1, 0)?;
    blatt.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    blatt.set_footer("&L&A&RSeite &P / &N");
    mappe.save_to_buffer()
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
    use crate::ausgabe::{Spalte, Tabelle, Zelle};

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
}
