//! `/verwendungsnachweise`: proofs of use from the draft to the examination.

use crate::aktionen::{GK, RP, neu};
use aqb_tests::vertrag::operation;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(entwurf,);

const DEMO: &str = "/verwendungsnachweise/019a0000-0000-7000-8000-000000000050";

fn schluss() -> Value {
    let mut k = operation("verwendungsnachweis_anlegen").koerper().expect("example");
    k["art"] = json!("SCHLUSSNACHWEIS");
    k.as_object_mut().expect("object").remove("haushaltsjahr");
    k
}

fn entwurf(b: Backend) {
    let d = Dienst::starten(b);
    let lege_an = |wer: &str, k: &Value| d.als(wer).post("/verwendungsnachweise", k).senden();
    lege_an(RP, &schluss()).ist_problem(403, "RECHT_FEHLT");
    lege_an("demo-gk-06411-1", &schluss()).ist_problem(404, "NICHT_GEFUNDEN");
    let zweiter = operation("verwendungsnachweis_anlegen").koerper().expect("example");
    lege_an(GK, &zweiter).ist_problem(409, "SCHON_VORHANDEN");
    for (feld, wert, code) in [
        ("art", json!("VERWENDUNGSBESTAETIGUNG"), "NACHWEISART_UNZULAESSIG"),
        ("art", json!("EINFACHER_NACHWEIS"), "NACHWEISART_UNZULAESSIG"),
        ("haushaltsjahr", json!(2026), "NACHWEISJAHR"),
    ] {
        let mut k = schluss();
        k[feld] = wert;
        lege_an(GK, &k).ist_problem(422, code);
    }
    let n = neu(&d, GK, "/verwendungsnachweise", &schluss());
    let kopf = d.als(GK).get(&n).senden().ist(200).json();
    assert_eq!(kopf["berichtszeitraum"], json!({ "von": "2026-01-01", "bis": "2027-12-31" }));
    assert_eq!((&kopf["kette_id"], &kopf["aktuell"]), (&kopf["id"], &json!(true)));
    assert_eq!(kopf["grundlage"]["bescheide"].as_array().map(Vec::len), Some(1));
    let aendere = |wer: &str, v: i64| {
        d.als(wer).patch(&n, &json!({ "inhalt": { "begonnen_am": "2026-02-01" } })).if_match(v).senden()
    };
    aendere(RP, 1).ist_problem(403, "RECHT_FEHLT");
    aendere("demo-gk-06411-1", 1).ist_problem(404, "NICHT_GEFUNDEN");
    aendere(GK, 7).ist_problem(412, "VERSION_VERALTET");
    assert_eq!(aendere(GK, 1).ist(200).json()["inhalt"]["begonnen_am"], json!("2026-02-01"));
    d.als(GK).delete(&n).if_match(2).senden().ist(204);
    d.als(GK).get(&n).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let traeger = d.als("demo-traeger-1").get(DEMO).senden().ist(200).json();
    assert_eq!((traeger.get("inhalt"), traeger["massnahmen"].as_array().map(Vec::len)), (None, Some(1)));
    d.als("demo-traeger-2").get(DEMO).senden().ist_problem(404, "NICHT_GEFUNDEN");
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}
