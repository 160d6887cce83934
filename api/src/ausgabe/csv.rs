//! CSV as German office programs open it: UTF-8 with BOM, `;`, decimal comma, CRLF, `TT.MM.JJJJ`.

use super::tabelle::{Spalte, Tabelle, Zelle};
use crate::fehler::{Ergebnis, Fehler};
use aqb_persistence::DbFehler;
use csv::{Terminator, Writer, WriterBuilder};
use std::fmt::Display;
use std::io::Write;

/// Without it Excel takes UTF-8 for Windows-1252.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// The file, sums left out.
pub(super) fn schreibe(t: &Tabelle) -> Ergebnis<Vec<u8>> {
    let mut w = CsvZeilen::neu(&t.spalten, Vec::new())?;
    for z in &t.zeilen {
        w.zeile(z)?;
    }
    w.fertig()
}

/// A CSV that is written line by line.
pub struct CsvZeilen<W: Write>(Writer<W>);

fn fehler(e: impl Display) -> Fehler {
    Fehler::Db(DbFehler::Inhalt(e.to_string()))
}

impl<W: Write> CsvZeilen<W> {
    /// Begins with the header line.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn neu(spalten: &[Spalte], mut ziel: W) -> Ergebnis<Self> {
        ziel.write_all(BOM).map_err(fehler)?;
        let mut w = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).flexible(false).from_writer(ziel);
        w.write_record(spalten.iter().map(|s| entschaerft(&s.titel))).map_err(fehler)?;
        Ok(CsvZeilen(w))
    }

    /// Adds a line, as long as the header.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn zeile(&mut self, zellen: &[Zelle]) -> Ergebnis<()> {
        self.0.write_record(zellen.iter().map(feld)).map_err(fehler)
    }

    /// What was written.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub fn fertig(self) -> Ergebnis<W> {
        self.0.into_inner().map_err(|e| fehler(e.error()))
    }
}

fn feld(z: &Zelle) -> String {
    match z {
        Zelle::Leer => String::new(),
        Zelle::Text(t) => entschaerft(t),
        Zelle::Zahl(n) => n.to_string(),
        Zelle::Betrag(e) => e.to_string().replace('.', ","),
        Zelle::Prozent(p) => p.to_string().replace('.', ","),
        Zelle::Monat(d) => d.format("%m.%Y").to_string(),
        Zelle::Tag(d) => d.format("%d.%m.%Y").to_string(),
    }
}

/// What begins a formula: the signs, and their full-width forms, which some office programs take for the same.
const FORMEL: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Signs without width, which may stand unseen before a formula.
const UNSICHTBAR: [char; 14] = [
    '\u{ad}', '\u{61c}', '\u{180e}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}',
    '\u{202d}', '\u{202e}', '\u{2060}', '\u{2066}', '\u{feff}',
];

/// A text that an office program would take for a formula begins with an apostrophe; a number stays one. Programs drop
/// blanks before a formula, and take what comes after a tab or line break for a cell of its own.
pub(crate) fn entschaerft(t: &str) -> String {
    let innen = t.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || UNSICHTBAR.contains(&c));
    let formel = innen.starts_with(FORMEL) && !ist_zahl(innen);
    if formel || t.starts_with(['\t', '\r', '\n']) { format!("'{t}") } else { t.to_owned() }
}

/// A sign, digits, and groups of digits after `.` or `,`.
fn ist_zahl(t: &str) -> bool {
    let ziffern = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    t.strip_prefix(['+', '-']).unwrap_or(t).split(['.', ',']).all(ziffern)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dossier 7.4: cells beginning with = + - @ TAB CR, pure numbers excepted.
    #[test]
    fn abschnitt_7_4_formeln_werden_text() {
        let faelle = [
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+49 6031 83", "'+49 6031 83"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\ttext", "'\ttext"),
            ("\ntext", "'\ntext"),
            (" =1+1", "' =1+1"),
            (" \t@SUM(A1)", "' \t@SUM(A1)"),
            ("\u{a0}+cmd", "'\u{a0}+cmd"),
            ("\u{ff1d}1+1", "'\u{ff1d}1+1"),
            ("\u{200b}=1+1", "'\u{200b}=1+1"),
            ("\u{feff} \u{202e}+1-1", "'\u{feff} \u{202e}+1-1"),
            ("\u{200b}Text", "\u{200b}Text"),
            ("\u{ff0b}1", "'\u{ff0b}1"),
            ("\u{ff0d}1", "'\u{ff0d}1"),
            ("\u{ff20}SUM(A1)", "'\u{ff20}SUM(A1)"),
            (" \u{ff1d}1", "' \u{ff1d}1"),
            (" Text", " Text"),
            (" -12,50", " -12,50"),
            ("-", "'-"),
            ("+", "'+"),
            ("-1-1", "'-1-1"),
            ("-1,", "'-1,"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("-12,50", "-12,50"),
            ("+7", "+7"),
            ("-1.234,56", "-1.234,56"),
            ("06440", "06440"),
            ("Straße = Weg", "Straße = Weg"),
            ("'schon", "'schon"),
            ("", ""),
        ];
        for (roh, soll) in faelle {
            assert_eq!(entschaerft(roh), soll, "{roh:?}");
        }
    }

    /// Dossier 7.4: BOM, `;`, decimal comma, doubled quotes, CRLF, TT.MM.JJJJ.
    #[test]
    fn abschnitt_7_4_deutsche_bueroform() {
        let tag = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let t = Tabelle {
            titel: "x".into(),
            spalten: vec![
                Spalte { titel: "Träger".into(), breite: 9 },
                Spalte { titel: "Betrag; EUR".into(), breite: 9 },
            ],
            zeilen: vec![
                vec![Zelle::text("Haus \"A\""), Zelle::Betrag("-1234567.80".parse().unwrap())],
                vec![Zelle::Tag(tag), Zelle::Prozent("66.66".parse().unwrap())],
                vec![Zelle::text("a\r\nb"), Zelle::Leer],
                vec![Zelle::Monat(tag), Zelle::Zahl(2026)],
            ],
            summe: vec![Zelle::text("Summe"), Zelle::Leer],
        };
        let soll = "\u{feff}Träger;\"Betrag; EUR\"\r\n\"Haus \"\"A\"\"\";-1234567,80\r\n01.03.2026;66,66\r\n\"a\r\nb\";\r\n03.2026;2026\r\n";
        assert_eq!(String::from_utf8(t.csv().unwrap()).unwrap(), soll);
    }
}
