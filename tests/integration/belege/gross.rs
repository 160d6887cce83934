//! Long lists: nothing is overlooked, nothing invented, and neither memory nor time runs away.

use super::{KOPF, anzahl, lade, liste, pruefe, uebernimm, warte, zahlen, zeile};
use crate::aktionen::{GK, RP};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::{Duration, Instant};

auf_beiden!(zehntausend_zeilen_fuenfhundert_fehler, hunderttausend_zeilen);

/// The k-th way to spoil a line, and what must be found in it.
fn verderbe(zeile: &str, k: usize) -> (String, &'static str) {
    let z = zeile.trim_end();
    let (neu, code) = match k % 8 {
        0 => (z.replacen("03.03.2026", "31.02.2026", 1), "IMPORT_DATUM_FORM"),
        1 => (z.replacen(";AUSGABE;", ";KREDIT;", 1), "IMPORT_WERT_UNBEKANNT"),
        2 => (z.replacen("M01", "M77", 1), "BELEG_MASSNAHME_UNBEKANNT"),
        3 => (z.replacen("PERSONAL", "LUFTSCHLOSS", 1), "BELEG_POSITION_NICHT_IM_PLAN"),
        4 => (format!("{z}1"), "IMPORT_BETRAG_FORM"),
        5 => (z.replacen("10.03.2026", "", 1), "IMPORT_PFLICHT_LEER"),
        6 => (z.replacen("Leistung", "Leis\u{0}tung", 1), "IMPORT_STEUERZEICHEN"),
        _ => (z.rsplit_once(';').map_or(String::new(), |(vorn, _)| format!("{vorn};1,00")), "BEANTRAGT_FALSCH"),
    };
    (format!("{neu}\r\n"), code)
}

/// 10,000 lines with 500 planted errors: all are found at their lines, none is invented.
fn zehntausend_zeilen_fuenfhundert_fehler(b: Backend) {
    let d = Dienst::starten(b);
    let mut soll = std::collections::BTreeMap::new();
    let zeilen: Vec<String> = (1..=10_000usize)
        .map(|nr| {
            let gut = zeile(nr);
            if nr % 20 != 7 {
                return gut;
            }
            let (schlecht, code) = verderbe(&gut, nr / 20);
            soll.insert(nr as i64 + 1, code.to_owned());
            schlecht
        })
        .collect();
    assert_eq!(soll.len(), 500);
    let i = pruefe(&d, liste(zeilen), "");
    assert_eq!(zahlen(&i), [9_500, 0, 0, 500, 0]);
    let mut ist = std::collections::BTreeMap::new();
    let mut weiter = String::new();
    loop {
        let ort = format!("/belegimporte/{}/zeilen?urteil=FEHLERHAFT&limit=200{weiter}", i["id"].as_str().expect("id"));
        let seite = d.als(GK).get(&ort).senden().ist(200).json();
        for z in seite["daten"].as_array().expect("lines") {
            let befunde = z["befunde"].as_array().expect("findings");
            assert_eq!(befunde.len(), 1, "{z}");
            ist.insert(z["nr"].as_i64().expect("line"), befunde[0]["kurzname"].as_str().expect("name").to_owned());
        }
        match seite["weiter"].as_str() {
            Some(w) => weiter = format!("&cursor={w}"),
            None => break,
        }
    }
    assert_eq!(ist, soll);
    let verlauf =
        d.als(RP).get(&format!("/belegimporte/{}/historie?limit=200", i["id"].as_str().expect("id"))).senden();
    let akte = verlauf.ist(200).json()["daten"].as_array().map_or(0, Vec::len);
    assert!(akte >= 20, "progress is told as it goes: {akte} entries");
    // the good ones are taken over; doing it again makes no doubles
    let (mut i, beginn) = (i, Instant::now());
    for _ in 0..2 {
        uebernimm(&d, &i, false).ist(200);
        i = warte(&d, i["id"].as_str().expect("id"), &["UEBERNOMMEN"]);
        assert_eq!((anzahl(&d), &i["fortschritt"]["uebernommen"]), (9_501, &json!(9_500)));
    }
    assert!(beginn.elapsed() < Duration::from_secs(60), "{:?}", beginn.elapsed());
}

/// Resident memory of this process in MiB.
fn speicher() -> i64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let zeile = text.lines().find_map(|z| z.strip_prefix("VmRSS:")).unwrap_or("0");
    zeile.split_whitespace().next().and_then(|z| z.parse::<i64>().ok()).unwrap_or(0) / 1024
}

/// Goes on until the import is judged: the import, the largest memory meanwhile, and how often its count of lines changed.
fn verfolge(d: &Dienst, id: &str) -> (Value, i64, usize) {
    let (beginn, mut hoechstens, mut stufen) = (Instant::now(), 0, BTreeSet::new());
    loop {
        hoechstens = hoechstens.max(speicher());
        let i = d.als(RP).get(&format!("/belegimporte/{id}")).senden().ist(200).json();
        stufen.insert(i["fortschritt"]["zeilen"].as_i64().expect("lines"));
        if i["status"] == json!("GEPRUEFT") {
            return (i, hoechstens, stufen.len());
        }
        assert!(beginn.elapsed() < Duration::from_secs(300), "the import does not end: {i}");
        std::thread::sleep(Duration::from_millis(250));
    }
}

/// 100,000 lines are read and judged in bounded memory: tables of hashes and one bite, whatever the lines hold.
fn hunderttausend_zeilen(b: Backend) {
    const ZEILEN: i64 = 100_000;
    const ALLEIN: &str = "AQB_TEST_ALLEIN";
    // what a process takes can only be measured where nothing else runs in it
    if std::env::var_os(ALLEIN).is_none() {
        let backend = if b == Backend::Sqlite { "sqlite" } else { "postgres" };
        let name = format!("belege::gross::{backend}::hunderttausend_zeilen");
        let exe = std::env::current_exe().expect("this binary");
        let r = std::process::Command::new(exe).args([&name, "--exact"]).env(ALLEIN, "1").output().expect("a process");
        let text = String::from_utf8_lossy(&r.stdout);
        assert!(r.status.success() && text.contains("1 passed"), "{text}");
        return;
    }
    let d = Dienst::starten(b);
    let mut text = format!("{KOPF}\r\n");
    for nr in 1..=100_000 {
        let _ = write!(text, "{}", zeile(nr));
    }
    let roh = text.into_bytes();
    let id = lade(&d, GK, roh, "").ist(201).json()["id"].as_str().expect("id").to_owned();
    // this process is the client, too, and its copies of the file do not count
    let vorher = speicher();
    let (i, hoechstens, stufen) = verfolge(&d, &id);
    assert_eq!(zahlen(&i), [ZEILEN, 0, 0, 0, 0]);
    assert!(stufen >= 2, "progress is seen from outside: {stufen}");
    assert!(hoechstens - vorher < 120, "{vorher} MiB before, {hoechstens} MiB at most");
}
