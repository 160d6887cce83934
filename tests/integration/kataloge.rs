//! Catalogues: every code a front end may meet has its words in both languages.

use aqb_domain::codelisten;
use aqb_tests::datenbank::texte;
use aqb_tests::vertrag::{als_text, dokument};
use aqb_tests::{Backend, Dienst, auf_beiden, datei, operationen};
use serde_json::Value;
use std::collections::BTreeSet;

auf_beiden!(
    jeder_katalog_ist_zweisprachig,
    unbekanntes_gibt_es_nicht,
    worte_der_demodaten,
    codes_und_regeln_in_beiden_sprachen
);

/// Lists whose values are no codes of the field.
const OHNE_WORTE: &[(&[&str], &str)] = &[
    (&["erstellt_am", "-erstellt_am", "geaendert_am", "-geaendert_am"], "names of fields that order a list"),
    (&["ANTRAGSFRIST"], "tag of a request variant the caller picks by its form"),
    (&["MONATSFRIST"], "tag of a request variant the caller picks by its form"),
];

fn je_enum(v: &Value, ort: &str, f: &mut impl FnMut(&str, Vec<String>)) {
    match v {
        Value::Object(o) => {
            for (k, w) in o {
                match (k.as_str(), w) {
                    ("enum", Value::Array(a)) => f(ort, a.iter().map(als_text).collect()),
                    ("example" | "examples", _) => {}
                    _ => je_enum(w, &format!("{ort}/{k}"), f),
                }
            }
        }
        Value::Array(a) => a.iter().enumerate().for_each(|(i, w)| je_enum(w, &format!("{ort}/{i}"), f)),
        _ => {}
    }
}

/// Codes of all catalogues: the program's closed lists and those the authority may extend.
fn listen() -> Vec<BTreeSet<String>> {
    let geschlossen = codelisten::alle().map(|l| (l.eintraege)().into_iter().map(|e| e.0).collect());
    let offen = aqb_domain::katalog::anfangsbestand();
    geschlossen.chain(offen.iter().map(|k| k.eintraege.iter().map(|e| e.code.to_owned()).collect())).collect()
}

#[test]
fn jede_aufzaehlung_des_dokuments_hat_worte() {
    let listen = listen();
    let mut gesehen = 0;
    je_enum(dokument(), "", &mut |ort, werte| {
        gesehen += 1;
        if OHNE_WORTE.iter().any(|(w, _)| *w == werte.iter().map(String::as_str).collect::<Vec<_>>()) {
            return;
        }
        let codes: BTreeSet<String> = werte.iter().cloned().collect();
        // a tag has one value of its list; every other enumeration is a whole list
        let da = listen.iter().any(|l| *l == codes || (codes.len() == 1 && l.is_superset(&codes)));
        assert!(da, "{ort}: no catalogue has the codes {werte:?}");
    });
    assert!(gesehen > 40, "{gesehen}");
}

/// Events and postings have names that stand in the source only.
#[test]
fn jedes_ereignis_hat_worte() {
    let bekannt = |name: &str| -> BTreeSet<String> {
        (codelisten::liste(name).expect("list").eintraege)().into_iter().map(|e| e.0).collect()
    };
    let (ereignisse, gruende) = (bekannt("ereignisse"), bekannt("buchungsgruende"));
    let mut gefunden = BTreeSet::new();
    for (pfad, text) in datei::quellen("domain/src").into_iter().chain(datei::quellen("api/src/app")) {
        if pfad.contains("/codelisten") || pfad.ends_with("/tests.rs") || pfad.contains("/tests/") {
            continue;
        }
        let text = datei::ohne_beiwerk(&text);
        for wort in text.split('"').skip(1).step_by(2) {
            let ist_ereignis = wort.split_once('.').is_some_and(|(a, b)| {
                [
                    "aenderungsantrag",
                    "antrag",
                    "bankverbindung",
                    "basiszinssatz",
                    "beleg",
                    "belegimport",
                    "bescheid",
                    "anhoerung",
                    "ausnahme",
                    "budgetkorrektur",
                    "feststellung",
                    "stichprobe",
                    "forderung",
                    "frist",
                    "jahrgang",
                    "mittelabruf",
                    "regelwerk",
                    "rueckzahlung",
                    "strategie",
                    "teilnahme",
                    "traeger",
                    "umverteilung",
                    "verwendungsnachweis",
                    "weiterleitung",
                    "zahlung",
                    "zahlungslauf",
                    "zahlungsrueckmeldung",
                    "zielvereinbarung",
                    "zuteilung",
                ]
                .contains(&a)
                    && !b.is_empty()
                    && b.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')
            });
            if ist_ereignis {
                assert!(ereignisse.contains(wort), "{pfad}: {wort}");
                gefunden.insert(wort.to_owned());
            }
        }
        for teil in text.split("umbuchung(\"").skip(1) {
            let grund = teil.split('"').next().unwrap_or("");
            assert!(gruende.contains(grund), "{pfad}: {grund}");
        }
    }
    assert_eq!(gefunden, ereignisse, "words for events nobody raises");
}

/// Every act of the document has words.
#[test]
fn jeder_akt_hat_worte() {
    let akte: BTreeSet<String> =
        (codelisten::liste("akte").expect("list").eintraege)().into_iter().map(|e| e.0).collect();
    for o in operationen().iter().filter(|o| o.ist_akt() && o.wert["x-neu"] != true) {
        let akt = o.pfad.rsplit('/').next().unwrap_or("");
        assert!(akte.contains(akt), "{akt}");
    }
}

fn jeder_katalog_ist_zweisprachig(b: Backend) {
    let d = Dienst::starten(b);
    let c = d.als("demo-traeger-1");
    let namen = c.get("/kataloge").query("limit", "200").senden().ist(200).json();
    let namen: Vec<String> = namen["daten"].as_array().expect("daten").iter().map(|k| als_text(&k["name"])).collect();
    assert!(namen.is_sorted() && namen.len() > 40, "{namen:?}");
    for name in [
        "erklaerungen",
        "nachforderungsgruende",
        "akte",
        "ereignisse",
        "antragsstatus",
        "rechtsformen",
        "verfahrensarten",
        "parameter",
    ] {
        assert!(namen.iter().any(|n| n == name), "{name}");
    }
    for name in namen.iter().filter(|n| !["fehlercodes", "regeln"].contains(&n.as_str())) {
        let de = c.get(&format!("/kataloge/{name}")).senden().ist(200).json();
        let en = c.get(&format!("/kataloge/{name}")).sprache("en").senden().ist(200).json();
        assert!(de["titel"] != name.as_str() && de["titel"].is_string(), "{name} has no title");
        let (de, en) = (
            de["eintraege"].as_array().expect("entries").clone(),
            en["eintraege"].as_array().expect("entries").clone(),
        );
        assert!(!de.is_empty() && de.len() == en.len(), "{name}");
        for (d, e) in de.iter().zip(&en) {
            assert_eq!((&d["bezeichnung"], &e["bezeichnung"]), (&d["de"], &d["en"]), "{name}");
            assert_eq!(d["code"], e["code"]);
        }
    }
    let damals = c.get("/kataloge/antragsstatus").query("stichtag", "2010-12-31").senden().ist(200).json();
    assert_eq!(damals["eintraege"], serde_json::json!([]));
    // the mandatory declarations of the Regelwerk are all explained
    let erklaerungen = c.get("/kataloge/erklaerungen").senden().ist(200).json()["eintraege"].to_string();
    let regelwerk = c.get("/regelwerke/HE-ALT").senden().ist(200).json();
    let pflicht = regelwerk["parameter"]
        .as_array()
        .expect("parameters")
        .iter()
        .find(|p| p["schluessel"] == "pflichterklaerungen");
    for code in als_text(&pflicht.expect("parameter")["wert"]).split(' ') {
        assert!(erklaerungen.contains(&format!("\"{code}\"")), "{code}");
    }
}

fn unbekanntes_gibt_es_nicht(b: Backend) {
    let d = Dienst::starten(b);
    let c = d.als("demo-gk-06440-1");
    for name in ["foo", "basiszinssaetze", "zielgruppen-neu"] {
        c.get(&format!("/kataloge/{name}")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    }
    c.get("/kataloge/Foo").senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
}

/// Whatever the demonstration did has words: acts, kinds of cases, events, postings, deadlines.
fn worte_der_demodaten(b: Backend) {
    let d = Dienst::starten(b);
    let mut c = d.datenbank.verbinde();
    for (liste, sql) in [
        ("akte", "SELECT DISTINCT akt AS z FROM protokoll"),
        ("fallarten", "SELECT DISTINCT fall_art AS z FROM protokoll"),
        ("ereignisse", "SELECT DISTINCT typ AS z FROM ausgang"),
        ("buchungsgruende", "SELECT DISTINCT grund AS z FROM buchung"),
        ("fristarten", "SELECT DISTINCT art AS z FROM frist"),
    ] {
        let bekannt: BTreeSet<String> =
            (codelisten::liste(liste).expect("list").eintraege)().into_iter().map(|e| e.0).collect();
        let ist = texte(&mut c, sql);
        assert!(!ist.is_empty());
        for code in ist {
            assert!(bekannt.contains(&code), "{liste}: {code}");
        }
    }
}

fn codes_und_regeln_in_beiden_sprachen(b: Backend) {
    let d = Dienst::starten(b);
    let c = d.als("demo-gk-06440-1");
    for (pfad, schluessel) in [("/kataloge/fehlercodes", "code"), ("/kataloge/regeln", "code")] {
        let de = c.get(pfad).senden().ist(200).json()["eintraege"].as_array().expect("entries").clone();
        let en = c.get(pfad).sprache("en").senden().ist(200).json()["eintraege"].as_array().expect("entries").clone();
        for (d, e) in de.iter().zip(&en) {
            assert_eq!((&d[schluessel], &d["de"], &d["en"]), (&e[schluessel], &e["de"], &e["en"]));
            let titel = |v: &Value| v.get("titel").cloned().unwrap_or_else(|| v.clone());
            assert_eq!((&d["titel"], &e["titel"]), (&titel(&d["de"]), &titel(&e["en"])));
        }
    }
    let r = c.get("/kataloge/regeln").senden().ist(200).json();
    let vt = r["eintraege"]
        .as_array()
        .expect("entries")
        .iter()
        .find(|e| e["code"] == "AQB-VT-001")
        .cloned()
        .expect("AQB-VT-001");
    assert_eq!((&vt["kurzname"], &vt["status"]), (&Value::from("VERTRAG_VERLETZT"), &Value::from(400)));
    let f = c.get("/kataloge/fehlercodes").senden().ist(200).json()["eintraege"].to_string();
    assert!(f.contains("VERTRAG_VERLETZT"));
    // and the finding says the same
    let befund =
        c.get("/antraege").query("limit", "0").senden().ist_problem(400, "ANFRAGE_UNGUELTIG").json()["befunde"][0]
            .clone();
    for feld in ["code", "kurzname", "titel", "abhilfe"] {
        assert_eq!(befund[feld], vt[feld], "{feld}");
    }
}
