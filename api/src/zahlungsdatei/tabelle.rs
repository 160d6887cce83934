//! The treasury's table: `;`, decimal comma, German days, UTF-8 (with or without its mark) or Windows-1252.
//!
//! Columns, in any order: `EndToEndId`, `Ergebnis`, `Betrag`, `Datum`; where needed `Waehrung` and `Grund`.

use super::{Sammlung, andere_art, grund, kennung, kurz, unlesbar};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{DATEI_WERT_UNBEKANNT, DATEI_ZEICHENSATZ};
use aqb_domain::zahlung::{Bankmeldung, Bezug, Zahlungsergebnisart};
use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};

const PFLICHT: [&str; 4] = ["endtoendid", "ergebnis", "betrag", "datum"];
const MOEGLICH: [&str; 2] = ["waehrung", "grund"];

/// Text of the bytes: UTF-8 where it is, otherwise Windows-1252.
fn text(roh: &[u8]) -> Result<String, Befund> {
    let fremd = |wert: &str| {
        let befund = Befund::neu(&DATEI_ZEICHENSATZ).gemessen("wert", kurz(wert), Einheit::Text);
        befund.erlaubt("erwartet", "UTF-8 oder Windows-1252", Einheit::Text)
    };
    if roh.starts_with(b"\xff\xfe") || roh.starts_with(b"\xfe\xff") {
        return Err(fremd("UTF-16"));
    }
    let text = match std::str::from_utf8(roh) {
        Ok(t) => t.strip_prefix('\u{feff}').unwrap_or(t).to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(roh).0.into_owned(),
    };
    match text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        Some(c) => Err(fremd(&format!("U+{:04X}", u32::from(c)))),
        None => Ok(text),
    }
}

/// `1.234,56`, `1234,56`, `1234,5`, `1234`; never with a point where a comma belongs.
fn betrag(stelle: &str, wert: &str) -> Result<Euro, Befund> {
    let (ganz, bruch) = wert.split_once(',').unwrap_or((wert, ""));
    let gruppen: Vec<&str> = ganz.split('.').collect();
    let gegliedert = match gruppen.as_slice() {
        [eine] => !eine.is_empty(),
        [erste, rest @ ..] => (1..=3).contains(&erste.len()) && rest.iter().all(|g| g.len() == 3),
        [] => false,
    };
    let kommawert = wert.contains(',') != bruch.is_empty();
    if !gegliedert || !kommawert || bruch.contains('.') {
        return Err(unlesbar(stelle, wert));
    }
    let zahl = if bruch.is_empty() { gruppen.concat() } else { format!("{}.{bruch}", gruppen.concat()) };
    if bruch.len() > 2 {
        Err(unlesbar(stelle, wert))
    } else {
        super::dezimal(stelle, &zahl).map_err(|_| unlesbar(stelle, wert))
    }
}

/// `15.09.2026`, or as ISO 8601 writes it.
fn tag(stelle: &str, wert: &str) -> Result<NaiveDate, Befund> {
    ["%d.%m.%Y", "%Y-%m-%d"]
        .iter()
        .find_map(|f| NaiveDate::parse_from_str(wert, f).ok())
        .ok_or_else(|| unlesbar(stelle, wert))
}

/// Reads all lines below the header.
pub fn lies(roh: &[u8]) -> Result<Vec<Bankmeldung>, Befund> {
    let text = text(roh)?;
    let mut leser = ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut zeilen = leser.records();
    let fehler = |nr: usize| unlesbar(format!("Zeile {nr}"), "CSV");
    let kopf = match zeilen.next() {
        None => return Err(andere_art("CSV mit Kopfzeile", "leere Datei")),
        Some(k) => k.map_err(|_| fehler(1))?,
    };
    let spalten: Vec<String> =
        kopf.iter().map(|s| s.trim().to_lowercase().replace('ä', "ae").replace(['-', '_', ' '], "")).collect();
    let bekannt = |s: &String| PFLICHT.contains(&s.as_str()) || MOEGLICH.contains(&s.as_str());
    let doppelt = spalten.iter().enumerate().any(|(i, s)| spalten.iter().take(i).any(|t| t == s));
    if doppelt || !PFLICHT.iter().all(|p| spalten.iter().any(|s| s == p)) || !spalten.iter().all(bekannt) {
        let soll = "CSV mit den Spalten EndToEndId;Ergebnis;Betrag;Datum[;Waehrung][;Grund]";
        return Err(andere_art(soll, &kopf.iter().collect::<Vec<_>>().join(";")));
    }
    let mut aus = Sammlung::default();
    for (zeile, nr) in zeilen.zip(2usize..) {
        let zeile = zeile.map_err(|_| fehler(nr))?;
        if zeile.len() != spalten.len() {
            return Err(unlesbar(format!("Zeile {nr}"), &format!("{} statt {} Spalten", zeile.len(), spalten.len())));
        }
        aus.nimm(meldung(&spalten, &zeile, nr)?)?;
    }
    Ok(aus.0)
}

fn meldung(spalten: &[String], zeile: &StringRecord, nr: usize) -> Result<Bankmeldung, Befund> {
    let zelle = |name: &str| {
        spalten.iter().position(|s| s == name).and_then(|i| zeile.get(i)).map(str::trim).filter(|t| !t.is_empty())
    };
    let stelle = |name: &str| format!("Zeile {nr}, {name}");
    let bezug = match zelle("endtoendid") {
        Some(n) => Bezug::Zahlung(kennung(&stelle("EndToEndId"), n)?),
        None => Bezug::Keiner,
    };
    let ergebnis = zelle("ergebnis").unwrap_or("");
    let ergebnis: Zahlungsergebnisart = ergebnis.to_uppercase().parse().map_err(|_| {
        let werte = Zahlungsergebnisart::ALLE.iter().map(|e| e.code()).collect::<Vec<_>>().join(", ");
        Befund::neu(&DATEI_WERT_UNBEKANNT)
            .gemessen("stelle", stelle("Ergebnis"), Einheit::Text)
            .gemessen("wert", kurz(ergebnis), Einheit::Text)
            .erlaubt("werte", werte, Einheit::Code)
    })?;
    let waehrung = zelle("waehrung").unwrap_or("EUR").to_uppercase();
    if waehrung.len() != 3 || !waehrung.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(unlesbar(stelle("Waehrung"), &waehrung));
    }
    Ok(Bankmeldung {
        bezug,
        ergebnis: Some(ergebnis),
        betrag: Some(betrag(&stelle("Betrag"), zelle("betrag").unwrap_or(""))?),
        waehrung,
        am: zelle("datum").map(|t| tag(&stelle("Datum"), t)).transpose()?,
        grund: grund(zelle("grund")),
        konto: None,
        zweifel: None,
    })
}
