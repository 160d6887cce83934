//! CSV as German office programs open it: UTF-8 with BOM, `;`, decimal comma, CRLF, `TT.MM.JJJJ`.

use super::tabelle::{Tabelle, Zelle};
use crate::fehler::{Ergebnis, Fehler};
use aqb_persistence::DbFehler;
use csv::{Terminator, WriterBuilder};

/// Without it Excel takes UTF-8 for Windows-1252.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// The file, sums left out.
pub(super) fn schreibe(t: &Tabelle) -> Ergebnis<Vec<u8>> {
    let mut w =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).flexible(false).from_writer(BOM.to_vec());
    let fehler = |e: csv::Error| Fehler::Db(DbFehler::Inhalt(e.to_string()));
    w.write_record(t.spalten.iter().map(|s| entschaerft(&s.titel))).map_err(fehler)?;
    for z in &t.zeilen {
        w.write_record(z.iter().map(feld)).map_err(fehler)?;
    }
    w.into_inner().map_err(|e| Fehler::Db(DbFehler::Inhalt(e.to_string())))
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

/// A text that an office program would take for a formula begins with an apostrophe; a number stays one. Programs drop
/// blanks before a formula, and take what comes after a tab or line break for a cell of its own.
pub(crate) fn entschaerft(t: &str) -> String {
    let innen = t.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
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
    use crate::ausgabe::Spalte;

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
