//! `/aufgaben`: what waits for whom agrees with what the acts say of themselves.

use crate::aktionen::{GK, MIN, MIN2, RP, RP2, abruf, handle, weg};
use aqb_domain::aufgabe::schritte;
use aqb_domain::berechtigung::{Recht, Rolle, Umfang};
use aqb_tests::konten;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};
use std::collections::BTreeSet;

auf_beiden!(
    genau_was_die_akte_erlauben,
    der_weg_eines_abrufs,
    gesperrtes_nur_auf_wunsch,
    gefiltert,
    seite_fuer_seite,
    zweifel_an_einer_zahlung,
    wer_nur_liest_hat_nichts_zu_tun,
);

fn aufgaben(d: &Dienst, wer: &str, frage: &str) -> Vec<Value> {
    let r = d.als(wer).get(&format!("/aufgaben?limit=200{frage}")).senden().ist(200).json();
    assert_eq!(r.get("weiter"), None);
    r["daten"].as_array().expect("daten").clone()
}

/// Kind and id of the rows, each with the acts that are open.
fn kurz(zeilen: &[Value]) -> BTreeSet<(String, String)> {
    zeilen
        .iter()
        .flat_map(|z| {
            let akte = z["akte"].as_array().expect("akte").iter().filter(|a| a["erlaubt"] == true);
            akte.map(|a| (als_text(&z["pfad"]), als_text(&a["akt"]))).collect::<Vec<_>>()
        })
        .collect()
}

/// Every list whose rows are cases with acts, and the kind of these cases.
const LISTEN: &[(&str, &str)] = &[
    ("/regelwerke", "REGELWERK"),
    ("/basiszinssaetze", "BASISZINSSATZ"),
    ("/basiszinssaetze?status=ENTWURF", "BASISZINSSATZ"),
    ("/jahrgaenge/2026/umverteilungen", "UMVERTEILUNG"),
    ("/jahrgaenge/2026/korrekturen", "BUDGETKORREKTUR"),
    ("/strategien", "STRATEGIE"),
    ("/zielvereinbarungen", "ZIELVEREINBARUNG"),
    ("/antraege", "ANTRAG"),
    ("/bescheide", "BESCHEID"),
    ("/bankverbindungen", "KONTOAENDERUNG"),
    ("/aenderungsantraege", "AENDERUNGSANTRAG"),
    ("/mittelabrufe", "MITTELABRUF"),
    ("/zahlungslaeufe", "ZAHLUNGSLAUF"),
    ("/weiterleitungen", "WEITERLEITUNG"),
    ("/verwendungsnachweise", "VERWENDUNGSNACHWEIS"),
];

/// Features row 85: state and right decide, nothing else. Whatever a caller may do next in any case of any list stands
/// among the tasks, and nothing that he may not.
fn genau_was_die_akte_erlauben(b: Backend) {
    let d = Dienst::starten(b);
    weg(&d, (MIN, "umverteilung_anlegen"), &[]);
    weg(&d, (GK, "strategie_anlegen"), &[(GK, "einreichung")]);
    let (mut gefunden, schritte) = (BTreeSet::new(), schritte());
    for wer in konten::berechtigte(Recht::AufgabeLesen) {
        let mut erwartet = BTreeSet::new();
        for (liste, art) in LISTEN {
            let frage = if liste.contains('?') { "&" } else { "?" };
            let r = d.als(wer).get(&format!("{liste}{frage}limit=200")).senden();
            if r.status == 403 {
                continue;
            }
            let pfad = liste.split('?').next().unwrap_or(liste);
            for z in r.ist(200).json()["daten"].as_array().expect("daten") {
                let id = als_text(if *art == "REGELWERK" { &z["version"] } else { &z["id"] });
                let fall = format!("{pfad}/{id}");
                let akte = d.als(wer).get(&format!("{fall}/aktionen")).senden().ist(200).json();
                let status = als_text(&z["status"]);
                for a in akte["aktionen"].as_array().expect("aktionen").iter().filter(|a| a["erlaubt"] == true) {
                    let akt = als_text(&a["akt"]);
                    let gemeint = |s: &&aqb_domain::aufgabe::Schritt| {
                        s.fall_art == *art && s.akt == akt && s.status.contains(&status.as_str())
                    };
                    if schritte.iter().any(|s| gemeint(&s)) {
                        erwartet.insert((fall.clone(), akt));
                    }
                }
            }
        }
        let zeilen = aufgaben(&d, wer, "");
        assert_eq!(kurz(&zeilen), erwartet, "{wer}");
        gefunden.extend(zeilen.iter().map(|z| als_text(&z["fall_art"])));
    }
    for art in ["ANTRAG", "BESCHEID", "MITTELABRUF", "AENDERUNGSANTRAG", "ZAHLUNGSLAUF", "UMVERTEILUNG", "STRATEGIE"] {
        assert!(gefunden.contains(art), "{art} waits for nobody: {gefunden:?}");
    }
}

/// From desk to desk: filed, certified, ordered by another person, done.
fn der_weg_eines_abrufs(b: Backend) {
    let d = Dienst::starten(b);
    let (m, anderer) = (abruf("12"), "demo-gk-06415-1");
    let liegt_bei = |pfad: &str| {
        let hat = |wer: &&&str| kurz(&aufgaben(&d, wer, "")).iter().any(|(p, _)| p == pfad);
        [GK, anderer, RP, RP2, MIN].iter().filter(hat).copied().collect::<Vec<_>>()
    };
    assert_eq!(liegt_bei(&m), [GK]);
    handle(&d, GK, &m, "einreichung");
    assert_eq!(liegt_bei(&m), [RP, RP2]);
    handle(&d, RP, &m, "pruefung");
    assert_eq!(liegt_bei(&m), [RP2], "who certified does not order");
    let zeile = aufgaben(&d, RP2, "&fall_art=MITTELABRUF").into_iter().find(|z| z["pfad"] == m.as_str()).expect("row");
    assert_eq!(
        json!([zeile["fall_art"], zeile["status"], zeile["kreisschluessel"], zeile["jahrgang"], zeile["aktenzeichen"]]),
        json!(["MITTELABRUF", "GEPRUEFT", "06440", 2026, "RPKS-57-AQB-2026-06440-001"])
    );
    assert_eq!(zeile["version"], d.als(RP).get(&m).senden().version());
    handle(&d, RP2, &m, "anordnung");
    assert_eq!(liegt_bei(&m), Vec::<&str>::new());
}

fn gesperrtes_nur_auf_wunsch(b: Backend) {
    let d = Dienst::starten(b);
    let m = abruf("13");
    let hier = |wer: &str, frage: &str| aufgaben(&d, wer, frage).into_iter().find(|z| z["pfad"] == m.as_str());
    assert_eq!(hier(RP, ""), None, "certified by this person");
    let z = hier(RP, "&gesperrte=true").expect("row");
    assert_eq!((&z["akte"][0]["erlaubt"], &z["akte"][0]["befunde"][0]["code"]), (&json!(false), &json!("AQB-RE-002")));
    let z = hier(RP2, "").expect("row");
    assert_eq!(z["akte"].as_array().map(Vec::len), Some(1), "only what leads on: {z}");
}

fn gefiltert(b: Backend) {
    let d = Dienst::starten(b);
    let alle = aufgaben(&d, RP2, "");
    assert!(alle.len() > 4, "{alle:?}");
    let seit: Vec<String> = alle.iter().map(|z| als_text(&z["seit"])).collect();
    assert!(seit.is_sorted(), "the longest waiting first: {seit:?}");
    for (frage, passt) in [
        ("&fall_art=MITTELABRUF", (|z| z["fall_art"] == "MITTELABRUF") as fn(&Value) -> bool),
        ("&jahrgang=2026", |z| z["jahrgang"] == 2026),
        ("&jahrgang=2025", |z| z["jahrgang"] == 2025),
        ("&kreisschluessel=06440", |z| z["kreisschluessel"] == "06440"),
        ("&kreisschluessel=06411", |z| z["kreisschluessel"] == "06411"),
        ("&kreisschluessel=06440&fall_art=ZAHLUNGSLAUF", |_| false),
    ] {
        let soll: Vec<Value> = alle.iter().filter(|z| passt(z)).cloned().collect();
        assert_eq!(aufgaben(&d, RP2, frage), soll, "{frage}");
    }
    assert_eq!(aufgaben(&d, RP2, "&fall_art=TRAEGER"), Vec::<Value>::new());
    assert_eq!(aufgaben(&d, GK, "&kreisschluessel=06411"), Vec::<Value>::new(), "a filter widens no view");
}

fn seite_fuer_seite(b: Backend) {
    let d = Dienst::starten(b);
    for _ in 0..3 {
        weg(&d, (MIN, "umverteilung_anlegen"), &[]);
    }
    weg(&d, (MIN, "regelwerk_anlegen"), &[]);
    for (wer, mindestens) in [(RP2, 4), (MIN2, 4), (GK, 3)] {
        let alle = aufgaben(&d, wer, "");
        assert!(alle.len() >= mindestens, "{wer}: {alle:?}");
        let (mut gelesen, mut ziel) = (Vec::new(), "/aufgaben?limit=1".to_owned());
        loop {
            let r = d.als(wer).get(&ziel).senden().ist(200).json();
            gelesen.extend(r["daten"].as_array().expect("daten").clone());
            let Some(w) = r["weiter"].as_str() else { break };
            ziel = format!("/aufgaben?limit=1&cursor={w}");
        }
        assert_eq!(gelesen, alle, "{wer}");
    }
    let weiter = als_text(&d.als(RP2).get("/aufgaben?limit=1").senden().ist(200).json()["weiter"]);
    for fremd in ["/aufgaben?gesperrte=true&cursor=", "/fristen?cursor="] {
        d.als(RP2).get(&format!("{fremd}{weiter}")).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
    }
}

/// Of all payments only the doubtful ones wait.
fn zweifel_an_einer_zahlung(b: Backend) {
    let d = Dienst::starten(b);
    let zahlungen = || aufgaben(&d, RP, "&fall_art=ZAHLUNG");
    assert_eq!(zahlungen(), Vec::<Value>::new());
    crate::zahlung::zweifelhaft(&d);
    let z = zahlungen();
    assert_eq!((z.len(), &z[0]["akte"][0]["akt"]), (1, &json!("klaerung")), "{z:?}");
    handle(&d, RP, &als_text(&z[0]["pfad"]), "klaerung");
    assert_eq!(zahlungen(), Vec::<Value>::new());
}

fn wer_nur_liest_hat_nichts_zu_tun(b: Backend) {
    let d = Dienst::starten(b);
    for wer in ["demo-pruefung", "demo-traeger-1", "demo-admin"] {
        d.als(wer).get("/aufgaben").senden().ist_problem(403, "RECHT_FEHLT");
    }
    for rolle in Rolle::ALLE {
        let handelt = schritte().iter().any(|s| s.recht.umfang(*rolle) != Umfang::Nein);
        assert_eq!(Recht::AufgabeLesen.umfang(*rolle) != Umfang::Nein, handelt, "{rolle}");
    }
}
