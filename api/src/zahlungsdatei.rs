//! Files of payments: the SEPA file that is handed over, and the formats in which results come back. Translates between
//! bytes and the types of the domain; knows neither HTTP nor the database.

mod baum;
mod camt053;
mod pain001;
mod pain002;
mod tabelle;

pub use pain001::pain001;

use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{DATEI_ANDERER_ART, DATEI_UMFANG, DATEI_UNLESBAR};
use aqb_domain::zahlung::{Bankmeldung, IDENTIFIKATION, MELDUNGEN_HOECHSTENS, Rueckmeldeformat};
use chrono::{NaiveDate, NaiveTime};

/// Longest reason of the bank that is kept.
const GRUND: usize = 200;

/// Reads the results of a file.
///
/// # Errors
/// The finding that says where the file is not what its format demands; nothing of it is used then.
pub fn lies(format: Rueckmeldeformat, roh: &[u8]) -> Result<Vec<Bankmeldung>, Befund> {
    let meldungen = match format {
        Rueckmeldeformat::Pain002 => pain002::lies(&baum::lies(roh)?)?,
        Rueckmeldeformat::Camt053 => camt053::lies(&baum::lies(roh)?)?,
        Rueckmeldeformat::Csv => tabelle::lies(roh)?,
    };
    pruefe_umfang(meldungen.len())?;
    Ok(meldungen)
}

/// Results as they are read: never more than one file may have.
#[derive(Default)]
struct Sammlung(Vec<Bankmeldung>);

impl Sammlung {
    /// Adds one.
    ///
    /// # Errors
    /// `DATEI_UMFANG` with the first one beyond the limit, so that nothing more is read.
    fn nimm(&mut self, m: Bankmeldung) -> Result<(), Befund> {
        pruefe_umfang(self.0.len().saturating_add(1))?;
        self.0.push(m);
        Ok(())
    }
}

/// At least one result, and no more than one file may have.
///
/// # Errors
/// `DATEI_UMFANG`.
pub fn pruefe_umfang(anzahl: usize) -> Result<(), Befund> {
    if (1..=MELDUNGEN_HOECHSTENS).contains(&anzahl) {
        return Ok(());
    }
    let befund = Befund::neu(&DATEI_UMFANG).gemessen("anzahl", anzahl, Einheit::Anzahl);
    Err(befund.erlaubt("hoechstens", MELDUNGEN_HOECHSTENS, Einheit::Anzahl))
}

/// Something at `stelle` is not what it should be. Findings show a short piece of it.
fn unlesbar(stelle: impl ToString, wert: &str) -> Befund {
    Befund::neu(&DATEI_UNLESBAR).gemessen("stelle", stelle, Einheit::Text).gemessen("wert", kurz(wert), Einheit::Text)
}

fn andere_art(erwartet: &str, gefunden: &str) -> Befund {
    let befund = Befund::neu(&DATEI_ANDERER_ART).gemessen("wert", kurz(gefunden), Einheit::Text);
    befund.erlaubt("erwartet", erwartet, Einheit::Text)
}

fn kurz(text: &str) -> String {
    let sauber: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(61).collect();
    if sauber.chars().count() > 60 { sauber.chars().take(59).chain(['…']).collect() } else { sauber }
}

/// An identification of ISO 20022.
fn kennung(stelle: &str, text: &str) -> Result<String, Befund> {
    if (1..=IDENTIFIKATION).contains(&text.chars().count()) { Ok(text.to_owned()) } else { Err(unlesbar(stelle, text)) }
}

/// Code and words of the bank as one reason.
fn grund<'t>(teile: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let text = teile.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(GRUND).collect();
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// A decimal number with at most two places that are not zero: `30000`, `30000.5`, `30000.00`.
fn dezimal(stelle: &str, text: &str) -> Result<Euro, Befund> {
    let (ganz, bruch) = text.split_once('.').unwrap_or((text, ""));
    let bruch = bruch.trim_end_matches('0');
    let ziffern = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if ganz.is_empty() || !ziffern(ganz) || !ziffern(bruch) || bruch.len() > 2 {
        return Err(unlesbar(stelle, text));
    }
    let cent = format!("{ganz}{bruch:0<2}").parse::<i64>().map_err(|_| unlesbar(stelle, text))?;
    Euro::aus_cent(cent).map_err(|_| unlesbar(stelle, text))
}

/// A day of ISO 20022: a date, or the date of a moment; either may carry the offset of its zone.
fn tag(stelle: &str, text: &str) -> Result<NaiveDate, Befund> {
    let fehler = || unlesbar(stelle, text);
    let (datum, rest) = text.split_at_checked(10).ok_or_else(fehler)?;
    let form = |(i, b): (usize, u8)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
    let zone = match rest.strip_prefix('T') {
        None => rest,
        Some(zeit) => {
            let (zeit, zone) = zeit.split_at(zeit.find(['Z', '+', '-']).unwrap_or(zeit.len()));
            NaiveTime::parse_from_str(zeit, "%H:%M:%S%.f").map_err(|_| fehler())?;
            zone
        }
    };
    if !datum.bytes().enumerate().all(form) || !ist_zone(zone) {
        return Err(fehler());
    }
    NaiveDate::parse_from_str(datum, "%Y-%m-%d").map_err(|_| fehler())
}

/// Nothing, `Z`, or an offset as `+02:00`.
fn ist_zone(text: &str) -> bool {
    let versatz = |t: &str| t.len() == 5 && NaiveTime::parse_from_str(t, "%H:%M").is_ok();
    text.is_empty() || text == "Z" || text.strip_prefix(['+', '-']).is_some_and(versatz)
}

#[cfg(test)]
mod tests;
