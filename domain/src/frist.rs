//! Deadlines: the records of cases, periods of §§ 187, 188 BGB, the shift to a working day of § 31 Abs. 3 HVwVfG, holidays in Hessen.
//!
//! A period that begins with an event does not count the day of the event (§ 187 Abs. 1 BGB); § 31 Abs. 1 HVwVfG makes
//! these rules apply to administrative procedure (common knowledge). Every result lists the steps that lead to it.

use crate::befund::{Befund, Einheit};
use crate::regel::RECHENEINGABE;
use crate::regelwerk::{Dauer, Regelwerk};
use crate::zeit::{ERSTER_JAHRGANG, LETZTER_JAHRGANG, tag};
use chrono::{Datelike, Days, Months, NaiveDate};

mod art;
mod feiertag;
mod kalenderzugang;
mod satz;
#[cfg(test)]
mod satz_tests;
#[cfg(test)]
mod tests;

pub use art::*;
pub use kalenderzugang::*;
pub use satz::*;

use feiertag::wochentag;
pub use feiertag::{Feiertag, feiertag, feiertage, ist_werktag, naechster_werktag, ostersonntag};

/// Longest period of any unit, as in the parameters of a Regelwerk.
const LAENGSTENS: u32 = 1200;
/// Last year in which a deadline may end.
const LETZTES_JAHR: i32 = 9999;

/// One step of the calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fristschritt {
    /// What was done and why, German.
    pub text_de: String,
    /// The same in English.
    pub text_en: String,
    /// The day the step speaks of or arrives at.
    pub datum: NaiveDate,
}

/// A deadline with its derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fristergebnis {
    /// Last day in time; it ends at 24:00 in Europe/Berlin.
    pub ende: NaiveDate,
    /// The steps in order.
    pub schritte: Vec<Fristschritt>,
}

impl Fristergebnis {
    fn schritt(&mut self, datum: NaiveDate, text_de: String, text_en: String) {
        self.schritte.push(Fristschritt { text_de, text_en, datum });
    }

    /// First day that is too late. For money that had to be used in time it is the first day that may bear interest.
    pub fn erster_verspaeteter_tag(&self) -> NaiveDate {
        self.ende.succ_opt().unwrap_or(NaiveDate::MAX)
    }
}

/// Last day for the application of a Jahrgang: parameter `antragsfrist`, shifted to a working day when
/// `frist_werktag_verschiebung` says so (§ 31 Abs. 3 HVwVfG). Both parameters are read as of 1 January of the Jahrgang.
///
/// # Errors
/// `RECHENEINGABE` for a Jahrgang outside 2011 to 2099, `PARAMETER_FEHLT` where the Regelwerk does not know a value.
pub fn antragsfrist(jahrgang: i32, regelwerk: &Regelwerk) -> Result<Fristergebnis, Befund> {
    if !(ERSTER_JAHRGANG..=LETZTER_JAHRGANG).contains(&jahrgang) {
        return Err(eingabe("/jahrgang", jahrgang, Einheit::Anzahl, format!("{ERSTER_JAHRGANG}–{LETZTER_JAHRGANG}")));
    }
    let stichtag = tag(jahrgang, 1, 1);
    let ende = regelwerk.tag_im_jahr("antragsfrist", jahrgang, stichtag)?;
    let verschiebung = regelwerk.wahrheit("frist_werktag_verschiebung", stichtag)?;
    let mut ergebnis = Fristergebnis { ende, schritte: Vec::new() };
    ergebnis.schritt(
        ende,
        format!("Antragsfrist des Jahrgangs {jahrgang} nach dem Regelwerk {}.", regelwerk.version),
        format!("Application deadline of the Jahrgang {jahrgang} under the Regelwerk {}.", regelwerk.version),
    );
    verschiebe(&mut ergebnis, verschiebung);
    Ok(ergebnis)
}

/// A period of calendar months after an event on `beginn` (§ 187 Abs. 1, § 188 Abs. 2 and 3 BGB): it ends on the day
/// with the same number, or on the last day of the month where that day is missing. With `verschiebung` an end on a
/// Saturday, Sunday or public holiday moves to the next working day (§ 193 BGB, § 31 Abs. 3 HVwVfG).
///
/// # Errors
/// `RECHENEINGABE` for 0 or more than 1200 months, or an end after the year 9999.
pub fn monatsfrist(beginn: NaiveDate, monate: u32, verschiebung: bool) -> Result<Fristergebnis, Befund> {
    dauerfrist(beginn, Dauer::Monate(monate), verschiebung)
}

/// A period after an event on `beginn`. Months as in [`monatsfrist`]; weeks end on the same day of the week
/// (§ 188 Abs. 2 BGB); days end with the last of them (§ 188 Abs. 1 BGB). The day of the event never counts
/// (§ 187 Abs. 1 BGB).
///
/// # Errors
/// `RECHENEINGABE` for a period of 0 or more than 1200 units, or an end after the year 9999.
pub fn dauerfrist(beginn: NaiveDate, dauer: Dauer, verschiebung: bool) -> Result<Fristergebnis, Befund> {
    let mut ergebnis = ohne_verschiebung(beginn, dauer)?;
    verschiebe(&mut ergebnis, verschiebung);
    Ok(ergebnis)
}

/// The day on which a Bescheid sent by post counts as notified: `tage` days after posting (§ 41 Abs. 2 HVwVfG, parameter
/// `bekanntgabefiktion_tage`). Whether a Saturday, Sunday or holiday moves that day is open in the law and left to
/// `verschiebung`; the fiction yields to the day of actual receipt if that is later.
///
/// # Errors
/// `RECHENEINGABE` for 0 or more than 1200 days, or an end after the year 9999.
pub fn bekanntgabefiktion(aufgabe_zur_post: NaiveDate, tage: u32, verschiebung: bool) -> Result<Fristergebnis, Befund> {
    let mut ergebnis = ohne_verschiebung(aufgabe_zur_post, Dauer::Tage(tage))?;
    ergebnis.schritte.clear();
    ergebnis.schritt(
        aufgabe_zur_post,
        "Aufgabe zur Post; dieser Tag zählt nicht mit (§ 187 Abs. 1 BGB).".to_owned(),
        "Posting; this day does not count (§ 187 Abs. 1 BGB).".to_owned(),
    );
    ergebnis.schritt(
        ergebnis.ende,
        format!("Gilt am {tage}. Tag nach der Aufgabe zur Post als bekannt gegeben (§ 41 Abs. 2 HVwVfG)."),
        format!("Counts as notified on day {tage} after posting (§ 41 Abs. 2 HVwVfG)."),
    );
    verschiebe(&mut ergebnis, verschiebung);
    Ok(ergebnis)
}

fn ohne_verschiebung(beginn: NaiveDate, dauer: Dauer) -> Result<Fristergebnis, Befund> {
    let (ort, anzahl) = match dauer {
        Dauer::Monate(n) => ("/monate", n),
        Dauer::Wochen(n) => ("/wochen", n),
        Dauer::Tage(n) => ("/tage", n),
    };
    if !(1..=LAENGSTENS).contains(&anzahl) {
        return Err(eingabe(ort, anzahl, Einheit::Anzahl, format!("1–{LAENGSTENS}")));
    }
    let ende = match dauer {
        Dauer::Monate(n) => beginn.checked_add_months(Months::new(n)),
        Dauer::Wochen(n) => beginn.checked_add_days(Days::new(u64::from(n) * 7)),
        Dauer::Tage(n) => beginn.checked_add_days(Days::new(u64::from(n))),
    };
    let Some(ende) = ende.filter(|e| e.year() <= LETZTES_JAHR) else {
        return Err(eingabe("/beginn", beginn, Einheit::Datum, format!("≤ {LETZTES_JAHR}-12-31")));
    };
    let mut ergebnis = Fristergebnis { ende, schritte: Vec::new() };
    ergebnis.schritt(
        beginn,
        "Ereignis; dieser Tag zählt nicht mit (§ 187 Abs. 1 BGB).".to_owned(),
        "Event; this day does not count (§ 187 Abs. 1 BGB).".to_owned(),
    );
    let (de, en) = match dauer {
        Dauer::Monate(n) if ende.day() != beginn.day() => (
            format!(
                "{} später fehlt der {}.: letzter Tag des Monats (§ 188 Abs. 3 BGB).",
                zahl(n, "Monat", "Monate"),
                beginn.day()
            ),
            format!(
                "{} later there is no day {}: last day of the month (§ 188 Abs. 3 BGB).",
                zahl(n, "month", "months"),
                beginn.day()
            ),
        ),
        Dauer::Monate(n) => (
            format!("{} später, Tag mit derselben Zahl (§ 188 Abs. 2 BGB).", zahl(n, "Monat", "Monate")),
            format!("{} later, day with the same number (§ 188 Abs. 2 BGB).", zahl(n, "month", "months")),
        ),
        Dauer::Wochen(n) => (
            format!("{} später, derselbe Wochentag (§ 188 Abs. 2 BGB).", zahl(n, "Woche", "Wochen")),
            format!("{} later, same day of the week (§ 188 Abs. 2 BGB).", zahl(n, "week", "weeks")),
        ),
        Dauer::Tage(n) => (
            format!("Ablauf des letzten Tages nach {} (§ 188 Abs. 1 BGB).", zahl(n, "Tag", "Tagen")),
            format!("End of the last day after {} (§ 188 Abs. 1 BGB).", zahl(n, "day", "days")),
        ),
    };
    ergebnis.schritt(ende, de, en);
    Ok(ergebnis)
}

fn zahl(n: u32, einer: &str, viele: &str) -> String {
    format!("{n} {}", if n == 1 { einer } else { viele })
}

/// Moves the end to a working day if wanted and says for every day why it is skipped.
fn verschiebe(ergebnis: &mut Fristergebnis, verschiebung: bool) {
    if !verschiebung {
        ergebnis.schritt(
            ergebnis.ende,
            "Keine Verschiebung auf einen Werktag.".to_owned(),
            "No shift to a working day.".to_owned(),
        );
        return;
    }
    let ziel = naechster_werktag(ergebnis.ende);
    for tag in ergebnis.ende.iter_days().take_while(|t| *t < ziel) {
        let (de, en) = name(tag);
        ergebnis.schritt(
            tag,
            format!("{de}: kein Werktag (§ 31 Abs. 3 HVwVfG, § 193 BGB)."),
            format!("{en}: not a working day (§ 31 Abs. 3 HVwVfG, § 193 BGB)."),
        );
    }
    let (de, en) = name(ziel);
    ergebnis.schritt(ziel, format!("{de}: Werktag, Ende der Frist."), format!("{en}: working day, end of the period."));
    ergebnis.ende = ziel;
}

/// `Sonntag (Ostersonntag)` in both languages.
fn name(tag: NaiveDate) -> (String, String) {
    let w = wochentag(tag.weekday());
    feiertag(tag).map_or_else(
        || (w.de.to_owned(), w.en.to_owned()),
        |f| (format!("{} ({})", w.de, f.name.de), format!("{} ({})", w.en, f.name.en)),
    )
}

fn eingabe(ort: &str, gefunden: impl ToString, einheit: Einheit, verlangt: String) -> Befund {
    Befund::neu(&RECHENEINGABE)
        .ort(ort)
        .gemessen("feld", ort, Einheit::Text)
        .gemessen("gefunden", gefunden, einheit)
        .erlaubt("verlangt", verlangt, Einheit::Text)
}
