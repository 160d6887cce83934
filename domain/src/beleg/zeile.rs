//! From the cells of a line to what a Beleg says: forms of amounts and days, and findings by cell.

use super::{Belegart, Beleginhalt, Belegspalte, SPALTEN, Spaltenart, Spaltenrolle};
use crate::befund::{Befund, Befundablage, Einheit};
use crate::geld::Euro;
use crate::regel::{
    IMPORT_BETRAG_FORM, IMPORT_BETRAG_MEHRDEUTIG, IMPORT_DATUM_FORM, IMPORT_FORMEL, IMPORT_FORMEL_OHNE_WERT,
    IMPORT_PFLICHT_LEER, IMPORT_STEUERZEICHEN, IMPORT_WERT_UNBEKANNT, IMPORT_ZU_LANG, Regel,
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest piece of a cell that a finding shows.
const ZITAT: usize = 60;

/// A cell as its file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Rohzelle {
    /// Nothing.
    #[default]
    Leer,
    /// Text.
    Text(String),
    /// A number of a workbook, as the decimal text that stands in it.
    Zahl(String),
    /// A number of a workbook that is formatted as a day.
    Tageszahl(String),
    /// The stored result of a formula.
    Formel(Box<Rohzelle>),
    /// A formula without a result, or an error such as `#REF!`.
    Unbrauchbar(String),
}

impl Rohzelle {
    /// The cell as text, without blanks around it.
    pub fn text(&self) -> &str {
        match self {
            Rohzelle::Leer => "",
            Rohzelle::Text(t) | Rohzelle::Zahl(t) | Rohzelle::Tageszahl(t) | Rohzelle::Unbrauchbar(t) => t.trim(),
            Rohzelle::Formel(z) => z.text(),
        }
    }

    /// Nothing stands in it.
    pub fn ist_leer(&self) -> bool {
        !matches!(self, Rohzelle::Unbrauchbar(_)) && self.text().is_empty()
    }
}

/// A cell of a known column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feldzelle {
    /// Index in [`SPALTEN`].
    pub spalte: usize,
    /// Its address in the file: `C17`.
    pub adresse: String,
    /// What it holds.
    pub zelle: Rohzelle,
}

/// A finding about a cell, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zellbefund {
    /// Address: `C17`, or the line where no single cell is meant.
    pub adresse: String,
    /// Field of the Beleg.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feld: Option<String>,
    /// The finding.
    pub befund: Befundablage,
}

/// Forms that were met in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Formen {
    /// Amounts with groups of three: `1.234,56`.
    pub gegliedert: i64,
    /// Amounts without groups: `1234,56`.
    pub ungegliedert: i64,
    /// Days such as `31.03.2026`.
    pub tag_deutsch: i64,
    /// Days such as `2026-03-31`.
    pub tag_iso: i64,
    /// Days that a workbook keeps as numbers.
    pub tag_zahl: i64,
    /// Cells with formulas.
    pub formeln: i64,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zeilenlesung {
    /// What it says; none where a cell hinders that.
    pub inhalt: Option<Beleginhalt>,
    /// Findings by cell.
    pub befunde: Vec<Zellbefund>,
    /// Number in the file, where it has one.
    pub lfd_nr: Option<i64>,
    /// Haushaltsjahr in the file, where it names one.
    pub haushaltsjahr: Option<i64>,
    /// File number in the file, where it names one.
    pub aktenzeichen: Option<String>,
}

/// A short, printable piece of a cell.
pub fn zitat(text: &str) -> String {
    let sauber: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(ZITAT + 1).collect();
    if sauber.chars().count() > ZITAT { sauber.chars().take(ZITAT - 1).chain(['…']).collect() } else { sauber }
}

/// A finding about a cell.
pub fn zellbefund(
    regel: &'static Regel,
    adresse: &str,
    feld: Option<&str>,
    gefunden: impl ToString,
    erwartet: &str,
) -> Zellbefund {
    let mut b =
        Befund::neu(regel).gemessen("stelle", adresse, Einheit::Text).gemessen("gefunden", gefunden, Einheit::Text);
    if !erwartet.is_empty() {
        b = b.erlaubt("erwartet", erwartet, Einheit::Text);
    }
    Zellbefund { adresse: adresse.to_owned(), feld: feld.map(str::to_owned), befund: Befundablage::from(&b) }
}

/// Reads lines of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zeilenleser {
    /// Days of the workbook count from 1904.
    pub epoche_1904: bool,
    /// Forms met so far.
    pub formen: Formen,
}

/// Where a line stands.
pub struct Zeilenort<'z> {
    /// Its name, where a finding has no cell.
    pub zeile: &'z str,
    /// Address of the cell in a column of [`SPALTEN`], where the file has that column.
    pub adresse: &'z dyn Fn(usize) -> Option<String>,
}

/// Cells of a line while it is read.
struct Lesung<'z> {
    zellen: BTreeMap<usize, &'z Feldzelle>,
    ort: &'z Zeilenort<'z>,
    befunde: Vec<Zellbefund>,
}

impl Zeilenleser {
    /// Reads the cells of a line.
    pub fn lies(&mut self, zellen: &[Feldzelle], ort: &Zeilenort<'_>) -> Zeilenlesung {
        let zellen = zellen.iter().filter(|z| !z.zelle.ist_leer()).map(|z| (z.spalte, z)).collect();
        let mut l = Lesung { zellen, ort, befunde: Vec::new() };
        self.zeichen(&mut l);
        let belegnummer = self.text(&mut l, "belegnummer");
        let split_gruppe = self.text(&mut l, "split_gruppe");
        let massnahme_nr = self.code(&mut l, "massnahme_nr");
        let position = self.code(&mut l, "position");
        let teilbudget = self.code(&mut l, "teilbudget");
        let art = self.art(&mut l);
        let [auftragsdatum, rechnungsdatum, leistung_von, leistung_bis, zahlungsdatum] =
            ["auftragsdatum", "rechnungsdatum", "leistung_von", "leistung_bis", "zahlungsdatum"]
                .map(|f| self.datum(&mut l, f));
        let rechnungsaussteller = self.text(&mut l, "rechnungsaussteller");
        let gegenstand = self.text(&mut l, "gegenstand");
        let [brutto, skonto, gezahlt, ust, sonst, beantragt] = [
            "rechnungsbetrag_brutto",
            "skonto_rabatt",
            "gezahlter_betrag",
            "nicht_foerderfaehig_ust",
            "nicht_foerderfaehig_sonst",
            "beantragt",
        ]
        .map(|f| self.betrag(&mut l, f));
        let storno_von = self.text(&mut l, "storno_von");
        let original_sha256 = self.pruefsumme(&mut l);
        let lfd_nr = self.zahl(&mut l, "lfd_nr");
        let haushaltsjahr = self.zahl(&mut l, "haushaltsjahr");
        let aktenzeichen = self.text(&mut l, "aktenzeichen");
        let inhalt = || {
            Some(Beleginhalt {
                belegnummer: belegnummer?,
                split_gruppe,
                massnahme_nr: massnahme_nr?,
                position: position?,
                teilbudget: teilbudget?,
                art: art?,
                auftragsdatum,
                rechnungsdatum: rechnungsdatum?,
                leistung_von,
                leistung_bis,
                zahlungsdatum: zahlungsdatum?,
                rechnungsaussteller: rechnungsaussteller?,
                gegenstand: gegenstand?,
                rechnungsbetrag_brutto: brutto?,
                skonto_rabatt: skonto.unwrap_or(Euro::NULL),
                gezahlter_betrag: gezahlt?,
                nicht_foerderfaehig_ust: ust.unwrap_or(Euro::NULL),
                nicht_foerderfaehig_sonst: sonst.unwrap_or(Euro::NULL),
                beantragt: beantragt?,
                storno_von,
                original_sha256,
            })
        };
        let fehler = l.befunde.iter().any(|b| b.befund.schwere == crate::befund::Schwere::Fehler);
        let inhalt = if fehler { None } else { inhalt() };
        Zeilenlesung { inhalt, befunde: l.befunde, lfd_nr, haushaltsjahr, aktenzeichen }
    }

    /// Formulas, error values and control characters, wherever they stand; bad cells are not read further.
    fn zeichen(&mut self, l: &mut Lesung<'_>) {
        let mut schlecht = Vec::new();
        for (spalte, z) in &l.zellen {
            let Some(s) = SPALTEN.get(*spalte) else { continue };
            if let Rohzelle::Formel(wert) = &z.zelle {
                self.formen.formeln = self.formen.formeln.saturating_add(1);
                l.befunde.push(zellbefund(&IMPORT_FORMEL, &z.adresse, Some(s.feld), zitat(wert.text()), ""));
            }
            let kern = if let Rohzelle::Formel(w) = &z.zelle { w } else { &z.zelle };
            if let Rohzelle::Unbrauchbar(t) = kern {
                l.befunde.push(zellbefund(&IMPORT_FORMEL_OHNE_WERT, &z.adresse, Some(s.feld), zitat(t), &s.erwartet()));
                schlecht.push(*spalte);
            } else if let Some(c) = kern.text().chars().find(|c| c.is_control()) {
                let zeichen = steuerzeichen(c);
                l.befunde.push(zellbefund(&IMPORT_STEUERZEICHEN, &z.adresse, Some(s.feld), zeichen, &s.erwartet()));
                schlecht.push(*spalte);
            }
        }
        // what was said about a cell once is not said again as an empty one
        for s in schlecht {
            l.zellen.entry(s).and_modify(|z| *z = &SCHLECHT);
        }
    }

    fn hole<'z>(&self, l: &mut Lesung<'z>, feld: &str) -> Option<(&'z Feldzelle, &'static Belegspalte)> {
        let index = Belegspalte::feld(feld)?;
        let spalte = SPALTEN.get(index)?;
        match l.zellen.get(&index) {
            Some(z) if z.adresse.is_empty() => None,
            Some(z) => Some((z, spalte)),
            None => {
                if spalte.rolle == Spaltenrolle::Pflicht {
                    let adresse = (l.ort.adresse)(index).unwrap_or_else(|| l.ort.zeile.to_owned());
                    let stelle = format!("{adresse} ({})", spalte.kopf);
                    let mut b = zellbefund(&IMPORT_PFLICHT_LEER, &stelle, Some(feld), "", &spalte.erwartet());
                    b.adresse = adresse;
                    l.befunde.push(b);
                }
                None
            }
        }
    }

    fn text(&self, l: &mut Lesung<'_>, feld: &str) -> Option<String> {
        let (z, s) = self.hole(l, feld)?;
        let roh = z.zelle.text();
        // an export puts an apostrophe before what an office program would take for a formula
        let text = roh.strip_prefix('\'').filter(|r| r.starts_with(['=', '+', '-', '@'])).unwrap_or(roh);
        let Spaltenart::Text(hoechstens) = s.art else { return Some(text.to_owned()) };
        let zeichen = text.chars().count();
        if zeichen > hoechstens {
            l.befunde.push(zellbefund(&IMPORT_ZU_LANG, &z.adresse, Some(feld), zeichen, &hoechstens.to_string()));
            return None;
        }
        Some(text.to_owned())
    }

    fn code(&self, l: &mut Lesung<'_>, feld: &str) -> Option<String> {
        let (z, s) = self.hole(l, feld)?;
        let code = z.zelle.text().to_uppercase();
        let gut = code.len() <= 80 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !gut {
            l.befunde.push(unbekannt(z, s));
        }
        gut.then_some(code)
    }

    fn art(&self, l: &mut Lesung<'_>) -> Option<Belegart> {
        let (z, s) = self.hole(l, "art")?;
        let art = z.zelle.text().to_uppercase().parse().ok();
        if art.is_none() {
            l.befunde.push(unbekannt(z, s));
        }
        art
    }

    fn pruefsumme(&self, l: &mut Lesung<'_>) -> Option<String> {
        let (z, s) = self.hole(l, "original_sha256")?;
        let klein = z.zelle.text().to_lowercase();
        let gut = klein.len() == 64 && klein.bytes().all(|b| b.is_ascii_hexdigit());
        if !gut {
            l.befunde.push(unbekannt(z, s));
        }
        gut.then_some(klein)
    }

    fn zahl(&self, l: &mut Lesung<'_>, feld: &str) -> Option<i64> {
        let (z, s) = self.hole(l, feld)?;
        let text = z.zelle.text();
        let ganz = text.strip_suffix(".0").unwrap_or(text);
        let zahl = Some(ganz).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse().ok());
        if zahl.is_none() {
            l.befunde.push(unbekannt(z, s));
        }
        zahl
    }

    fn betrag(&mut self, l: &mut Lesung<'_>, feld: &str) -> Option<Euro> {
        let (z, s) = self.hole(l, feld)?;
        let kern = if let Rohzelle::Formel(w) = &z.zelle { w } else { &z.zelle };
        let gelesen = match kern {
            Rohzelle::Zahl(t) | Rohzelle::Tageszahl(t) => dezimaltext(t).ok_or(&IMPORT_BETRAG_FORM),
            _ => self.betragstext(kern.text()),
        };
        match gelesen {
            Ok(e) => Some(e),
            Err(regel) => {
                l.befunde.push(zellbefund(regel, &z.adresse, Some(feld), zitat(z.zelle.text()), &s.erwartet()));
                None
            }
        }
    }

    fn betragstext(&mut self, text: &str) -> Result<Euro, &'static Regel> {
        let e = betrag_deutsch(text)?;
        let form = if text.contains('.') { &mut self.formen.gegliedert } else { &mut self.formen.ungegliedert };
        *form = form.saturating_add(1);
        Ok(e)
    }

    fn datum(&mut self, l: &mut Lesung<'_>, feld: &str) -> Option<NaiveDate> {
        let (z, s) = self.hole(l, feld)?;
        let kern = if let Rohzelle::Formel(w) = &z.zelle { w } else { &z.zelle };
        let (tag, form) = match kern {
            Rohzelle::Zahl(t) | Rohzelle::Tageszahl(t) => {
                (tag_aus_zahl(t, self.epoche_1904), &mut self.formen.tag_zahl)
            }
            _ if kern.text().contains('-') => (tag_iso(kern.text()), &mut self.formen.tag_iso),
            _ => (tag_deutsch(kern.text()), &mut self.formen.tag_deutsch),
        };
        if tag.is_some() {
            *form = form.saturating_add(1);
        } else {
            let gefunden = zitat(z.zelle.text());
            l.befunde.push(zellbefund(&IMPORT_DATUM_FORM, &z.adresse, Some(feld), gefunden, &s.erwartet()));
        }
        tag
    }
}

/// A control character by its name, where people know one, and its number.
fn steuerzeichen(c: char) -> String {
    let nummer = format!("U+{:04X}", u32::from(c));
    let name = match c {
        '\0' => "Nullzeichen",
        '\t' => "Tabulator",
        '\n' => "Zeilenumbruch",
        '\u{b}' => "Zeilenumbruch innerhalb der Zelle",
        '\u{c}' => "Seitenumbruch",
        '\r' => "Wagenrücklauf",
        '\u{1b}' => "Escape",
        '\u{7f}' => "Löschzeichen",
        _ => return nummer,
    };
    format!("{name} ({nummer})")
}

/// Stands for a cell about which everything is said.
static SCHLECHT: Feldzelle = Feldzelle { spalte: 0, adresse: String::new(), zelle: Rohzelle::Leer };

fn unbekannt(z: &Feldzelle, s: &Belegspalte) -> Zellbefund {
    zellbefund(&IMPORT_WERT_UNBEKANNT, &z.adresse, Some(s.feld), zitat(z.zelle.text()), &s.erwartet())
}

fn ziffern(t: &str) -> bool {
    !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit())
}

/// `1.234,56`, `1234,56`, `1234,5`, `1234`, with a sign before it and `€` or `EUR` after it.
///
/// # Errors
/// The rule it violates: a point or a comma where the other belongs is ambiguous, anything else is no amount.
pub fn betrag_deutsch(text: &str) -> Result<Euro, &'static Regel> {
    let text = text.trim().trim_end_matches('€').trim_end_matches("EUR").trim_end();
    let (minus, zahl) = text.strip_prefix('-').map_or((false, text), |z| (true, z));
    let zahl = zahl.strip_prefix('+').filter(|_| !minus).unwrap_or(zahl);
    if zahl.is_empty() || !zahl.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return Err(&IMPORT_BETRAG_FORM);
    }
    let kommas = zahl.matches(',').count();
    let (ganz, bruch) = zahl.split_once(',').unwrap_or((zahl, ""));
    let mehrdeutig = kommas > 1 || bruch.contains('.');
    let gruppen: Vec<&str> = ganz.split('.').collect();
    let gegliedert = match gruppen.as_slice() {
        [eine] => ziffern(eine),
        [erste, rest @ ..] => {
            (1..=3).contains(&erste.len()) && ziffern(erste) && rest.iter().all(|g| g.len() == 3 && ziffern(g))
        }
        [] => false,
    };
    if mehrdeutig || (!gegliedert && ganz.contains('.')) {
        return Err(&IMPORT_BETRAG_MEHRDEUTIG);
    }
    if !gegliedert || bruch.len() > 2 || (kommas == 1 && !ziffern(bruch)) {
        return Err(&IMPORT_BETRAG_FORM);
    }
    let cent = format!("{}{bruch:0<2}", gruppen.concat()).parse::<i64>().map_err(|_| &IMPORT_BETRAG_FORM)?;
    Euro::aus_cent(if minus { -cent } else { cent }).map_err(|_| &IMPORT_BETRAG_FORM)
}

/// Digits and position of the decimal point of a number as workbooks write it: `1234.5`, `1.2345E3`, `-0.5`.
fn zerlege(text: &str) -> Option<(bool, Vec<u8>, i64)> {
    let (minus, zahl) = text.strip_prefix('-').map_or((false, text), |z| (true, z));
    let (mantisse, exponent) = match zahl.split_once(['e', 'E']) {
        Some((m, e)) => (m, e.parse::<i64>().ok().filter(|e| e.abs() <= 400)?),
        None => (zahl, 0),
    };
    let (ganz, bruch) = mantisse.split_once('.').unwrap_or((mantisse, ""));
    let alle = format!("{ganz}{bruch}");
    if !ziffern(&alle) || alle.len() > 400 {
        return None;
    }
    let punkt = i64::try_from(ganz.len()).ok()?.checked_add(exponent)?;
    let vorn = alle.bytes().take_while(|b| *b == b'0').count();
    let kern: Vec<u8> = alle.bytes().skip(vorn).map(|b| b - b'0').collect();
    let punkt = punkt.checked_sub(i64::try_from(vorn).ok()?)?;
    Some((minus, kern, punkt))
}

/// A number of a workbook in whole cents, without going through binary fractions. Workbooks keep 15 significant digits;
/// what stands behind them is the noise of their own arithmetic.
pub fn dezimaltext(text: &str) -> Option<Euro> {
    const STELLEN: usize = 15;
    let (minus, mut kern, mut punkt) = zerlege(text.trim())?;
    if kern.len() > STELLEN {
        let auf = kern.get(STELLEN).is_some_and(|z| *z >= 5);
        kern.truncate(STELLEN);
        if auf {
            let mut uebertrag = true;
            for z in kern.iter_mut().rev() {
                if *z == 9 {
                    *z = 0;
                } else {
                    *z += 1;
                    uebertrag = false;
                    break;
                }
            }
            if uebertrag {
                kern.insert(0, 1);
                punkt = punkt.checked_add(1)?;
            }
        }
    }
    while kern.last() == Some(&0) {
        kern.pop();
    }
    // digits behind the cents
    let laenge = i64::try_from(kern.len()).ok()?;
    if laenge.checked_sub(punkt)? > 2 {
        return None;
    }
    let stellen = punkt.checked_add(2)?;
    if stellen > 15 {
        return None;
    }
    let mut cent = 0i64;
    for i in 0..usize::try_from(stellen.max(0)).ok()? {
        let z = kern.get(i).copied().unwrap_or(0);
        cent = cent.checked_mul(10)?.checked_add(i64::from(z))?;
    }
    Euro::aus_cent(if minus { -cent } else { cent }).ok()
}

/// `31.03.2026`, `1.3.2026`.
pub fn tag_deutsch(text: &str) -> Option<NaiveDate> {
    let teile: Vec<&str> = text.trim().split('.').collect();
    let [t, m, j] = teile.as_slice() else { return None };
    let form = (1..=2).contains(&t.len()) && (1..=2).contains(&m.len()) && j.len() == 4;
    if !form || ![t, m, j].iter().all(|x| ziffern(x)) {
        return None;
    }
    plausibel(NaiveDate::from_ymd_opt(j.parse().ok()?, m.parse().ok()?, t.parse().ok()?)?)
}

/// `2026-03-31`, with a time of day of a workbook after it or not.
pub fn tag_iso(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let text = text.strip_suffix("T00:00:00").or_else(|| text.strip_suffix(" 00:00:00")).unwrap_or(text);
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    plausibel(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| form)?)
}

/// Serial number of a workbook: days since 1899-12-30 (from March 1900 on), or since 1904-01-01. A part of a day is no day.
pub fn tag_aus_zahl(text: &str, epoche_1904: bool) -> Option<NaiveDate> {
    let text = text.trim();
    let (ganz, bruch) = text.split_once('.').unwrap_or((text, "0"));
    if !ziffern(ganz) || !bruch.bytes().all(|b| b == b'0') {
        return None;
    }
    let zahl: u64 = ganz.parse().ok().filter(|z| *z < 100_000)?;
    let (beginn, kleinste) = if epoche_1904 { ((1904, 1, 1), 1) } else { ((1899, 12, 30), 61) };
    let beginn = NaiveDate::from_ymd_opt(beginn.0, beginn.1, beginn.2)?;
    plausibel(beginn.checked_add_days(Days::new(zahl)).filter(|_| zahl >= kleinste)?)
}

/// Days of the programme: what lies far off is a slip of the pen.
fn plausibel(tag: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    (2000..=2120).contains(&tag.year()).then_some(tag)
}
