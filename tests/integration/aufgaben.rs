//! `/aufgaben`: what waits for whom agrees with what the acts say of themselves.

use crate::aktionen::{GK, MIN, MIN2, RP, RP2, abruf, handle, tue, weg};
use aqb_api::app::aufgabe::Frage;
use aqb_domain::akt::Aktion;
use aqb_domain::aufgabe::schritte;
use aqb_domain::berechtigung::{Akteur, Recht, Rolle, Umfang};
use aqb_persistence::aufgabe::Filter;
use aqb_tests::datenbank::befehl;
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
    anhoerung_und_feststellung,
    ausnahme_wartet_auf_die_zweite_person,
    forderung_von_der_faelligkeit_bis_zur_niederschlagung,
    faellige_forderung_in_der_antwort,
    faellige_loeschungen,
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
    ("/anhoerungen", "ANHOERUNG"),
    ("/ausnahmen", "AUSNAHME"),
    ("/feststellungen", "FESTSTELLUNG"),
    ("/forderungen", "FORDERUNG"),
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
                let r = d.als(wer).get(&format!("{fall}/aktionen")).senden();
                if r.status == 403 {
                    continue;
                }
                let akte = r.ist(200).json();
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
    let weitere = ["ANHOERUNG", "AUSNAHME"];
    let arten = ["ANTRAG", "BESCHEID", "MITTELABRUF", "AENDERUNGSANTRAG", "ZAHLUNGSLAUF", "UMVERTEILUNG", "STRATEGIE"];
    for art in arten.iter().chain(&weitere) {
        assert!(gefunden.contains(*art), "{art} waits for nobody: {gefunden:?}");
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

/// The open acts of a kind that wait for somebody.
fn offene(d: &Dienst, wer: &str, art: &str) -> Vec<String> {
    let zeilen = aufgaben(d, wer, &format!("&fall_art={art}"));
    kurz(&zeilen).into_iter().map(|(_, akt)| akt).collect()
}

const NIEMAND: [&str; 0] = [];
const FREMD: &str = "demo-gk-06411-1";

/// The county answers in time, then the authority goes on; a finding asks the county once.
fn anhoerung_und_feststellung(b: Backend) {
    let d = Dienst::starten(b);
    let anhoerung = "/anhoerungen/019a0000-0000-7000-8000-000000000170";
    assert_eq!(offene(&d, GK, "ANHOERUNG"), ["stellungnahme"]);
    assert_eq!((offene(&d, RP, "ANHOERUNG").len(), offene(&d, FREMD, "ANHOERUNG").len()), (0, 0));
    let gesperrt = aufgaben(&d, RP, "&fall_art=ANHOERUNG&gesperrte=true");
    assert_eq!(gesperrt[0]["akte"][0]["befunde"][0]["kurzname"], json!("ANHOERUNG_LAEUFT"), "the county can answer");
    handle(&d, GK, anhoerung, "stellungnahme");
    assert_eq!(offene(&d, GK, "ANHOERUNG"), NIEMAND);
    assert_eq!(offene(&d, RP, "ANHOERUNG"), ["abschluss"]);
    handle(&d, RP, anhoerung, "abschluss");
    assert_eq!(offene(&d, RP, "ANHOERUNG"), NIEMAND);

    let f = crate::pruefung::feststellung(&d);
    assert_eq!(offene(&d, GK, "FESTSTELLUNG"), ["stellungnahme"]);
    assert_eq!(offene(&d, FREMD, "FESTSTELLUNG"), NIEMAND);
    assert_eq!(offene(&d, RP, "FESTSTELLUNG"), ["verteilung"]);
    handle(&d, GK, &f, "stellungnahme");
    assert_eq!((offene(&d, GK, "FESTSTELLUNG").len(), offene(&d, RP, "FESTSTELLUNG").len()), (0, 1));
    let k = json!({ "anerkannt": "0.00", "berichtigt": "0.00", "zurueckgefordert": "3000.00", "verzichtet": "451.92",
        "begruendung": "Vergleich mit TV-H" });
    tue(&d, RP, &f, "verteilung", &k).ist(200);
    assert_eq!(offene(&d, RP, "FESTSTELLUNG"), NIEMAND, "who proposed the waiver does not release it");
    assert_eq!(offene(&d, RP2, "FESTSTELLUNG"), ["verzichtsfreigabe"]);
    tue(&d, RP2, &f, "verzichtsfreigabe", &json!({})).ist(200);
    assert_eq!(offene(&d, RP2, "FESTSTELLUNG"), NIEMAND);
}

/// What the county asked for waits for everybody of the authority, what one of them asked for not for himself.
fn ausnahme_wartet_auf_die_zweite_person(b: Backend) {
    let d = Dienst::starten(b);
    let beide = ["ablehnung", "genehmigung"];
    for (wer, akte) in [(RP, &beide[..]), (RP2, &beide), (GK, &[]), (MIN, &[])] {
        assert_eq!(offene(&d, wer, "AUSNAHME"), akte, "{wer}");
    }
    weg(&d, (RP, "ausnahme_beantragen"), &[]);
    let anzahl = |wer: &str| aufgaben(&d, wer, "&fall_art=AUSNAHME").len();
    assert_eq!((anzahl(RP), anzahl(RP2)), (1, 2));
    let eigene = aufgaben(&d, RP, "&fall_art=AUSNAHME&gesperrte=true");
    let gesperrt = eigene.iter().find(|z| z["akte"][0]["erlaubt"] == false).expect("row");
    assert_eq!(gesperrt["akte"].as_array().map(Vec::len), Some(1));
    assert_eq!(gesperrt["akte"][0]["befunde"][0]["kurzname"], json!("VIER_AUGEN"));
}

/// Path, state, occasion and open acts.
type Zeile = (String, String, Option<&'static str>, Vec<&'static str>);

/// What waits on this day; the clock of the server stands still.
fn am_tag(d: &Dienst, wer: &str, art: &str, heute: &str) -> Vec<Zeile> {
    let rolle = if wer.starts_with("demo-gk") { Rolle::Gebietskoerperschaft } else { Rolle::Bewilligungsbehoerde };
    let kreisschluessel = wer.strip_prefix("demo-gk-").map(|k| k.chars().take(5).collect());
    let akteur = Akteur { person: wer.to_owned(), rolle, kreisschluessel, traeger_id: None };
    let heute = heute.parse().expect("day");
    let frage = Frage { akteur: &akteur, konto: None, heute, gesperrte: false };
    let mut c = d.datenbank.verbinde();
    let (alle, _) =
        aqb_api::app::aufgabe::liste(&mut c, frage, &Filter::default(), Some(art), None, 200).expect("tasks");
    let frei = |a: Vec<Aktion>| a.into_iter().filter(Aktion::erlaubt).map(|a| a.akt).collect();
    alle.into_iter().map(|a| (a.pfad, a.fall.status, a.anlass.map(|x| x.code()), frei(a.akte))).collect()
}

/// The debtor is told on the due day, whoever records payments after it; a write-off stays inside the authority.
fn forderung_von_der_faelligkeit_bis_zur_niederschlagung(b: Backend) {
    let d = Dienst::starten(b);
    let f = crate::aenderungsantrag::s3_forderung(&d);
    let zeile =
        |status: &str, anlass, akte: &[&'static str]| vec![(f.clone(), status.to_owned(), anlass, akte.to_vec())];
    let (faellig, verzug) = (Some("ZAHLUNG_FAELLIG"), Some("ZAHLUNGSVERZUG"));
    // due on 15 October 2026
    for wer in [GK, RP, RP2, FREMD] {
        assert_eq!(am_tag(&d, wer, "FORDERUNG", "2026-10-14"), vec![], "{wer}");
    }
    assert_eq!(am_tag(&d, GK, "FORDERUNG", "2026-10-15"), zeile("OFFEN", faellig, &[]));
    assert_eq!(am_tag(&d, RP, "FORDERUNG", "2026-10-15"), vec![]);
    assert_eq!(am_tag(&d, RP, "FORDERUNG", "2026-10-16"), zeile("OFFEN", verzug, &["zahlungseingaenge"]));
    assert_eq!(am_tag(&d, FREMD, "FORDERUNG", "2026-10-16"), vec![]);

    handle(&d, RP, &f, "niederschlagung");
    assert_eq!(offene(&d, RP, "FORDERUNG"), NIEMAND, "the proposal waits for another person");
    assert_eq!(offene(&d, RP2, "FORDERUNG"), ["freigabe"]);
    assert_eq!(aufgaben(&d, GK, "&fall_art=FORDERUNG&gesperrte=true"), Vec::<Value>::new());
    handle(&d, RP2, &f, "freigabe");
    assert_eq!(offene(&d, RP2, "FORDERUNG"), NIEMAND);
    assert_eq!(am_tag(&d, RP, "FORDERUNG", "2026-10-16"), vec![], "not pursued");
    assert_eq!(am_tag(&d, GK, "FORDERUNG", "2026-10-16"), zeile("OFFEN", faellig, &[]), "owed as before");
    let danach = zeile("NIEDERGESCHLAGEN", Some("NIEDERSCHLAGUNG_ABGELAUFEN"), &["wiederaufnahme"]);
    assert_eq!(am_tag(&d, RP, "FORDERUNG", "2028-01-01"), danach, "not pursued until 31 December 2027");
}

/// The answer says why a claim waits and since when; the county sees no act of its own.
fn faellige_forderung_in_der_antwort(b: Backend) {
    let d = Dienst::starten(b);
    let f = crate::aenderungsantrag::s3_forderung(&d);
    // the clock stands still in this test, so the day moves instead
    let feld = match b {
        Backend::Sqlite => "json_set(inhalt, '$.faellig_am', '2026-09-14')",
        Backend::Postgres => "jsonb_set(inhalt, '{faellig_am}', '\"2026-09-14\"')",
    };
    let sql = format!("UPDATE forderung SET inhalt = {feld} WHERE status = 'OFFEN'");
    befehl(&mut d.datenbank.verbinde(), &sql);
    for (wer, anlass, akte) in [(GK, "ZAHLUNG_FAELLIG", 0), (RP, "ZAHLUNGSVERZUG", 1)] {
        let z = aufgaben(&d, wer, "&fall_art=FORDERUNG");
        assert_eq!(
            json!([z[0]["pfad"], z[0]["anlass"], z[0]["faellig_am"], z[0]["akte"].as_array().map(Vec::len)]),
            json!([f, anlass, "2026-09-14", akte]),
            "{wer}"
        );
    }
    assert_eq!(aufgaben(&d, FREMD, "&fall_art=FORDERUNG"), Vec::<Value>::new());
}

/// The county erases what is told about people when the period of retention is over; nobody else is told.
fn faellige_loeschungen(b: Backend) {
    let d = Dienst::starten(b);
    assert_eq!(am_tag(&d, GK, "TEILNAHME", "2032-12-31"), vec![]);
    let (antrag, massnahme) = ("019a0000-0000-7000-8000-0000000000d1", "019a0000-0000-7000-8000-0000000000e1");
    let pfad = format!("/antraege/{antrag}/massnahmen/{massnahme}/teilnahmen");
    let soll = vec![(pfad, "BEWILLIGT".to_owned(), Some("LOESCHUNG_FAELLIG"), vec!["loeschung"])];
    assert_eq!(am_tag(&d, GK, "TEILNAHME", "2033-01-01"), soll);
    for wer in [RP, FREMD] {
        assert_eq!(am_tag(&d, wer, "TEILNAHME", "2033-01-01"), vec![], "{wer}");
    }
}

fn wer_nur_liest_hat_nichts_zu_tun(b: Backend) {
    let d = Dienst::starten(b);
    for wer in ["demo-pruefung", "demo-traeger-1", "demo-admin"] {
        d.als(wer).get("/aufgaben").senden().ist_problem(403, "RECHT_FEHLT");
    }
    for rolle in Rolle::ALLE {
        let handelt = schritte().iter().any(|s| !s.ausserhalb && s.recht.umfang(*rolle) != Umfang::Nein);
        assert_eq!(Recht::AufgabeLesen.umfang(*rolle) != Umfang::Nein, handelt, "{rolle}");
    }
}
