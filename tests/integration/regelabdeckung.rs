//! Which rules of the catalogue a test or a table of cases exercises: each by its short name, code or constant.

use aqb_domain::regel::alle_regeln;
use aqb_tests::datei;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Texts of tests and tables, by where they stand: what a program says itself proves nothing about it.
pub(crate) fn pruefungen() -> Vec<(String, String)> {
    let mut aus: Vec<(String, String)> = datei::quellen("domain/src")
        .into_iter()
        .chain(datei::quellen("api/src"))
        .filter_map(|(pfad, text)| {
            let ganz = pfad.contains("/tests/") || pfad.ends_with("tests.rs");
            let teil = text.split_once("#[cfg(test)]\nmod tests {").map(|(_, t)| t.to_owned());
            if ganz { Some((pfad, text)) } else { teil.map(|t| (pfad, t)) }
        })
        .collect();
    let eigene = |p: &(String, String)| !p.0.ends_with("regelabdeckung.rs");
    aus.extend(datei::quellen("tests/integration").into_iter().filter(eigene));
    for e in std::fs::read_dir(aqb_tests::wurzel().join("tests/faelle")).expect("tables") {
        let pfad = e.expect("entry").path();
        aus.push((pfad.display().to_string(), std::fs::read_to_string(&pfad).expect("table")));
    }
    aus
}

/// The word stands by itself, not as a part of a longer one.
fn nennt(text: &str, wort: &str) -> bool {
    let grenze = |c: Option<char>| c.is_none_or(|c| !(c.is_ascii_alphanumeric() || c == '_'));
    text.match_indices(wort).any(|(i, _)| {
        let (vor, nach) = (text.get(..i).unwrap_or(""), text.get(i + wort.len()..).unwrap_or(""));
        grenze(vor.chars().next_back()) && grenze(nach.chars().next())
    })
}

/// `tests/regelabdeckung.txt`: per rule how many tests and tables name it.
#[test]
fn abdeckung_ist_eingecheckt() {
    let texte = pruefungen();
    let mut je = BTreeMap::new();
    for r in alle_regeln() {
        let namen = [r.kurzname, r.code];
        let n = texte.iter().filter(|(_, t)| namen.iter().any(|w| nennt(t, w))).count();
        je.insert(r.code, (r, n));
    }
    let ohne: Vec<&str> = je.values().filter(|(_, n)| *n == 0).map(|(r, _)| r.code).collect();
    let mut t = String::new();
    writeln!(t, "Rules: {}, each with a case", je.len()).expect("text");
    writeln!(t, "Files with a case per rule; tests of the domain, of the interface, and tables in tests/faelle.\n")
        .expect("text");
    for (code, (r, n)) in &je {
        writeln!(t, "{code:12} {:32} {n}", r.kurzname).expect("text");
    }
    assert!(ohne.is_empty(), "rules without a case: {ohne:?}");
    datei::vergleiche("tests/regelabdeckung.txt", &t);
}

#[test]
fn nur_ganze_worte_zaehlen() {
    for (text, erwartet) in [
        ("[\"UEBERZAHLUNG\"]", true),
        ("NICHT_UEBERZAHLUNG", false),
        ("UEBERZAHLUNGEN", false),
        (";UEBERZAHLUNG;", true),
    ] {
        assert_eq!(nennt(text, "UEBERZAHLUNG"), erwartet, "{text}");
    }
}
