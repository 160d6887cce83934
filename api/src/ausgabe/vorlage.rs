//! The template of a Belegliste as a workbook, made of the table of its columns.

use super::xlsx::fehler;
use crate::fehler::Ergebnis;
use aqb_domain::beleg::{Belegart, Belegspalte, SPALTEN, Spaltenart, Spaltenrolle};
use aqb_domain::regel::Sprache;
use chrono::NaiveDate;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, Workbook,
    Worksheet, XlsxError,
};

/// Lines that the checks of cells cover.
const ZEILEN: u32 = 10_000;

/// The file; `stand` is the day it says it was made.
///
/// # Errors
/// 500 when it cannot be written.
pub fn belegvorlage(sprache: Sprache, stand: NaiveDate) -> Ergebnis<Vec<u8>> {
    mappe(sprache, stand).map_err(|e| fehler(&e))
}

fn mappe(sprache: Sprache, stand: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut mappe = Workbook::new();
    mappe.set_properties(&DocProperties::new().set_title("Belegliste").set_creation_datetime(&stand));
    let blatt = mappe.add_worksheet();
    blatt.set_name("Belegliste")?;
    let fett = Format::new().set_bold().set_text_wrap();
    for (i, (_, s)) in (0u16..).zip(Belegspalte::vorlage()) {
        blatt.write_string_with_format(0, i, s.kopf, &fett)?;
        blatt.set_column_width(i, s.breite)?;
        spalte(blatt, i, s)?;
    }
    blatt.set_freeze_panes(1, 0)?;
    hilfe(mappe.add_worksheet(), sprache, &fett)?;
    mappe.save_to_buffer()
}

/// Format and check of a column: a program that knows them warns while people type.
fn spalte(blatt: &mut Worksheet, i: u16, s: &Belegspalte) -> Result<(), XlsxError> {
    let format = match s.art {
        Spaltenart::Betrag => Format::new().set_num_format("#,##0.00"),
        Spaltenart::Datum => Format::new().set_num_format("dd.mm.yyyy"),
        Spaltenart::Zahl => Format::new().set_num_format("0"),
        _ => Format::new().set_num_format("@"),
    };
    blatt.set_column_format(i, &format)?;
    let regel = match s.art {
        Spaltenart::Art => {
            let arten: Vec<&str> = Belegart::ALLE.iter().map(|a| a.code()).collect();
            DataValidation::new().allow_list_strings(&arten)?
        }
        Spaltenart::Datum => DataValidation::new()
            .allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?)),
        Spaltenart::Text(n) => DataValidation::new()
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(u32::try_from(n).unwrap_or(u32::MAX))),
        _ => return Ok(()),
    };
    let titel: String = s.kopf.chars().take(32).collect();
    let regel = regel
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(titel)?
        .set_error_message(s.erwartet())?;
    blatt.add_data_validation(1, i, ZEILEN, i, &regel)?;
    Ok(())
}

fn hilfe(blatt: &mut Worksheet, sprache: Sprache, fett: &Format) -> Result<(), XlsxError> {
    let (titel, kopf, ja, nein) = match sprache {
        Sprache::De => ("Hilfe", ["Spalte", "Pflicht", "Regel", "Form", "Beispiel", "Auch erkannt als"], "ja", "nein"),
        Sprache::En => ("Help", ["Column", "Obligatory", "Rule", "Form", "Example", "Also known as"], "yes", "no"),
    };
    blatt.set_name(titel)?;
    for ((i, k), breite) in (0u16..).zip(kopf).zip([34, 10, 60, 34, 26, 60]) {
        blatt.write_string_with_format(0, i, k, fett)?;
        blatt.set_column_width(i, breite)?;
    }
    for (zeile, s) in (1u32..).zip(SPALTEN.iter().filter(|s| s.rolle != Spaltenrolle::Behoerde)) {
        let pflicht = if s.rolle == Spaltenrolle::Pflicht { ja } else { nein };
        let synonyme = s.synonyme.join("; ");
        let erwartet = s.erwartet();
        let werte = [s.kopf, pflicht, s.regel.in_sprache(sprache), &erwartet, s.beispiel, &synonyme];
        for (i, w) in (0u16..).zip(werte) {
            blatt.write_string(zeile, i, w)?;
        }
    }
    Ok(())
}
