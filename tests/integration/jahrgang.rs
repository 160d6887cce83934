//! `/jahrgaenge`: which Regelwerk one can have, and what must be over before one is closed.

use crate::aktionen::{GK, MIN, handle, neu, tue, weg};
use aqb_tests::vertrag::operation;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(regelwerk_muss_gelten, abschluss_nennt_was_offen_ist, abschluss_laesst_vereinbarungen_auslaufen);

fn regelwerk_muss_gelten(b: Backend) {
    let d = Dienst::starten(b);
    let anlage =
        |jahr: i32, ansaetze: Value| json!({ "jahrgang": jahr, "regelwerk": "HE-ENTWURF", "ansaetze": ansaetze });
    // in force from 2027-01-01
    let zu_frueh = d.als(MIN).post("/jahrgaenge", &anlage(2025, json!([]))).senden();
    zu_frueh.ist_problem(422, "REGELWERK_NOCH_NICHT_GUELTIG");
    let version = d.als(MIN).get("/jahrgaenge/2028").senden().ist(200).version();
    let spaet = json!({ "version": "HE-SPAET", "bezeichnung": "spät", "gueltig_ab": "2028-01-02", "vorlage": "HE-ALT", "parameter": [] });
    neu(&d, MIN, "/regelwerke", &spaet);
    let r = d.als(MIN).patch("/jahrgaenge/2028", &json!({ "regelwerk": "HE-SPAET" })).if_match(version).senden();
    r.ist_problem(422, "REGELWERK_NOCH_NICHT_GUELTIG");
    // a Regelwerk in preparation without any parameter serves until there is an Ansatz to check
    let leer = json!({ "version": "HE-LEER", "bezeichnung": "leer", "gueltig_ab": "2027-01-01", "parameter": [] });
    neu(&d, MIN, "/regelwerke", &leer);
    let mut k = json!({ "jahrgang": 2031, "regelwerk": "HE-LEER", "ansaetze": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2031, "betrag": "1.00" }] });
    d.als(MIN).post("/jahrgaenge", &k).senden().ist_problem(409, "PARAMETER_FEHLT");
    k["ansaetze"] = json!([]);
    neu(&d, MIN, "/jahrgaenge", &k);
}

/// A draft that nobody filed keeps the Jahrgang open until it is filed or deleted.
fn abschluss_nennt_was_offen_ist(b: Backend) {
    let d = Dienst::starten(b);
    let r = tue(&d, MIN, "/jahrgaenge/2026", "abschluss", &json!({})).ist_problem(409, "JAHRGANG_OFFENE_FAELLE").json();
    let text = r["befunde"][0]["text"].as_str().expect("text").to_owned();
    assert!(
        text.contains(
            "8 Vorgänge offen: Anträge 4 (davon Entwürfe 1), Änderungsanträge 2, Umverteilungen 1, Budgetkorrekturen 1"
        ),
        "{text}"
    );
    let pfad = weg(&d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung")]);
    let antrag = neu(&d, GK, "/antraege", &json!({ "jahrgang": 2029, "kreisschluessel": "06440", "inhalt": {} }));
    tue(&d, MIN, &pfad, "abschluss", &json!({})).ist_problem(409, "JAHRGANG_OFFENE_FAELLE");
    d.als(GK).delete(&antrag).if_match(1).senden().ist(204);
    handle(&d, MIN, &pfad, "abschluss");
    for (ziel, k) in [
        ("/antraege", json!({ "jahrgang": 2029, "kreisschluessel": "06440", "inhalt": {} })),
        ("/zielvereinbarungen", vereinbarung()),
    ] {
        d.als(GK).post(ziel, &k).senden().ist_problem(409, "JAHRGANG_NICHT_OFFEN");
    }
}

fn vereinbarung() -> Value {
    let mut k = operation("zielvereinbarung_anlegen").koerper().expect("example");
    (k["jahrgang"], k["kreisschluessel"]) = (json!(2029), json!("06440"));
    k
}

fn abschluss_laesst_vereinbarungen_auslaufen(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = weg(&d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung")]);
    let z = neu(&d, GK, "/zielvereinbarungen", &vereinbarung());
    let version = d.als(MIN).get(&pfad).senden().ist(200).version();
    let s = d.als(MIN).post(&format!("{pfad}/abschluss"), &json!({})).if_match(version).simulation().senden().ist(200);
    assert_eq!(s.json()["simulation"]["ereignisse"], json!(["jahrgang.abgeschlossen", "zielvereinbarung.ausgelaufen"]));
    handle(&d, MIN, &pfad, "abschluss");
    assert_eq!(d.als(GK).get(&z).senden().ist(200).json()["status"], json!("AUSGELAUFEN"));
    let h = d.als(GK).get(&format!("{z}/historie")).senden().ist(200).json();
    assert_eq!(h["daten"].as_array().and_then(|e| e.last()).map(|e| &e["akt"]), Some(&json!("ablauf")));
}
