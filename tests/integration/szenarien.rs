//! Which scenarios of the programme have their numbers in the tables of `tests/faelle`, and that tests read the tables.

use crate::regelabdeckung::pruefungen;
use aqb_tests::datei;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Scenarios that are numbers: each needs rows a specialist can read and extend.
const ZAHLENFAELLE: &[u32] = &[6, 7, 8, 9, 10, 13, 14, 16, 17, 18, 20, 21, 22];

/// Names and texts of the tables.
fn tabellen() -> BTreeMap<String, String> {
    let ordner = aqb_tests::wurzel().join("tests/faelle");
    let dateien = std::fs::read_dir(ordner).expect("tables").map(|e| e.expect("entry").path());
    dateien
        .map(|p| {
            let name = p.file_name().and_then(|n| n.to_str()).expect("name").to_owned();
            (name, std::fs::read_to_string(&p).expect("table"))
        })
        .collect()
}

/// The cells of a table, its header first.
fn zeilen(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|z| !z.trim().is_empty() && !z.starts_with('#')).map(|z| z.split(';').collect())
}

/// The scenario a source names with its first word: `S20 einer fehlt`.
fn szenario(quelle: &str) -> Option<u32> {
    let wort = quelle.split([' ', ':', ',']).next()?;
    wort.strip_prefix('S')?.parse().ok()
}

/// `tests/szenarien.txt`: per scenario the tables with its rows.
#[test]
fn szenarien_sind_eingecheckt() {
    let tabellen = tabellen();
    let mut je: BTreeMap<u32, BTreeMap<&str, usize>> = BTreeMap::new();
    for (name, text) in &tabellen {
        for z in zeilen(text).skip(1) {
            if let Some(s) = z.first().and_then(|q| szenario(q)) {
                *je.entry(s).or_default().entry(name).or_default() += 1;
            }
        }
    }
    let ohne: Vec<&u32> = ZAHLENFAELLE.iter().filter(|s| !je.contains_key(s)).collect();
    assert!(ohne.is_empty(), "scenarios without a row: {ohne:?}");
    let mut t = String::from("Rows per scenario in the tables of tests/faelle.\n\n");
    for (s, zahlen) in &je {
        let orte: Vec<String> = zahlen.iter().map(|(name, n)| format!("{name} {n}")).collect();
        writeln!(t, "{:4} {:4}  {}", format!("S{s}"), zahlen.values().sum::<usize>(), orte.join(", ")).expect("text");
    }
    writeln!(t, "\nRows per table, whatever their source.\n").expect("text");
    for (name, text) in &tabellen {
        writeln!(t, "{name:28} {:4}", zeilen(text).skip(1).count()).expect("text");
    }
    datei::vergleiche("tests/szenarien.txt", &t);
}

/// A table nobody reads proves nothing: each is included by a test.
#[test]
fn jede_tabelle_wird_gelesen() {
    let tests: Vec<String> = pruefungen().into_iter().filter(|(p, _)| p.ends_with(".rs")).map(|(_, t)| t).collect();
    for name in tabellen().keys() {
        let ende = format!("tests/faelle/{name}\")");
        assert!(tests.iter().any(|t| t.contains("include_str!(\"") && t.contains(&ende)), "{name} is not read");
    }
}

/// What a specialist must find: a head that explains every column, `quelle` first, as many cells as columns, no row twice.
#[test]
fn jede_tabelle_ist_lesbar() {
    for (name, text) in tabellen() {
        let mut alle = zeilen(&text);
        let spalten = alle.next().expect("header");
        assert_eq!(spalten.first(), Some(&"quelle"), "{name}");
        let kopf: String = text.lines().take_while(|z| z.starts_with('#')).collect();
        assert!(kopf.chars().count() > 80, "{name} is not explained");
        let mut gesehen = BTreeSet::new();
        for z in alle {
            assert_eq!(z.len(), spalten.len(), "{name}: {z:?}");
            assert!(z.first().is_some_and(|q| !q.trim().is_empty()), "{name}: {z:?} has no source");
            assert!(gesehen.insert(z.clone()), "{name}: {z:?} twice");
        }
        assert!(!gesehen.is_empty(), "{name} has no row");
    }
}

#[test]
fn quellen_nennen_ihr_szenario() {
    for (quelle, soll) in [
        ("S20", Some(20)),
        ("S20 einer fehlt", Some(20)),
        ("S9 anderer Kreis, gleicher Scan", Some(9)),
        ("R5", None),
        ("B1 BVerwG 8 C 2.12", None),
        ("Sonnabend", None),
    ] {
        assert_eq!(szenario(quelle), soll, "{quelle}");
    }
}
