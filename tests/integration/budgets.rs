//! The programme's money and the budgets of all counties.

use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::Value;

auf_beiden!(
    programm_ist_die_summe_der_budgets,
    liste_der_budgets,
    am_stichtag,
    das_land_ist_kein_kreis,
    zuteilung_in_der_historie
);

const MIN: &str = "demo-ministerium-1";

/// Cents of an amount on the wire.
fn cent(v: &Value) -> i64 {
    v.as_str().and_then(|t| t.replace('.', "").parse().ok()).unwrap_or_else(|| panic!("no amount: {v}"))
}

fn budgets(d: &Dienst, wer: &str, jahr: i32) -> Vec<Value> {
    let r = d.als(wer).get(&format!("/budgets/{jahr}")).senden().ist(200).json();
    assert!(r.get("weiter").is_none(), "27 rows fit on one page");
    r["daten"].as_array().expect("daten").clone()
}

fn programm_ist_die_summe_der_budgets(b: Backend) {
    let d = Dienst::starten(b);
    for wer in [MIN, "demo-bewilligung-1", "demo-pruefung"] {
        let p = d.als(wer).get("/jahrgaenge/2026/budget").senden().ist(200).json();
        let g = &p["gesamt"];
        assert_eq!(cent(&g["ansatz"]), cent(&g["zugeteilt"]) + cent(&g["frei"]));
        let je =
            |feld: &str| p["positionen"].as_array().expect("positions").iter().map(|z| cent(&z[feld])).sum::<i64>();
        for feld in ["ansatz", "zugeteilt", "frei"] {
            assert_eq!(je(feld), cent(&g[feld]), "{feld}");
        }
        let zugeteilt: i64 = budgets(&d, wer, 2026).iter().map(|z| cent(&z["gesamt"]["zugeteilt"])).sum();
        assert_eq!(zugeteilt, cent(&g["zugeteilt"]), "what the programme gave is what the counties have");
        let jahrgang = d.als(wer).get("/jahrgaenge/2026").senden().ist(200).json();
        assert_eq!(g["ansatz"], jahrgang["summe"]);
    }
    // prepared, not opened: nothing is posted yet
    let p = d.als(MIN).get("/jahrgaenge/2028/budget").senden().ist(200).json();
    assert_eq!((&p["positionen"], &p["gesamt"]["ansatz"]), (&serde_json::json!([]), &serde_json::json!("0.00")));
    d.als(MIN).get("/jahrgaenge/2050/budget").senden().ist_problem(404, "NICHT_GEFUNDEN");
    for wer in ["demo-gk-06440-1", "demo-traeger-1", "demo-admin"] {
        d.als(wer).get("/jahrgaenge/2026/budget").senden().ist_problem(403, "RECHT_FEHLT");
    }
}

fn liste_der_budgets(b: Backend) {
    let d = Dienst::starten(b);
    let alle = budgets(&d, MIN, 2026);
    // dossier: 27 authorities since 2026-01-01
    assert_eq!(alle.len(), 27);
    for z in &alle {
        let einzeln =
            d.als(MIN).get(&format!("/budgets/2026/{}", z["kreisschluessel"].as_str().expect("key"))).senden();
        assert_eq!(einzeln.ist(200).json(), *z, "a row is the budget itself");
    }
    let eigene = budgets(&d, "demo-gk-06440-1", 2026);
    assert_eq!(eigene.len(), 1);
    assert!(alle.contains(&eigene[0]) && eigene[0]["kreisschluessel"] == "06440");
    // who has no money yet is there all the same
    assert!(budgets(&d, MIN, 2027).iter().all(|z| z["gesamt"]["zugeteilt"] == "0.00"));
    assert_eq!(budgets(&d, MIN, 2027).len(), 27);
    d.als(MIN).get("/budgets/2050").senden().ist_problem(404, "NICHT_GEFUNDEN");
    d.als("demo-traeger-1").get("/budgets/2026").senden().ist_problem(403, "RECHT_FEHLT");
}

fn am_stichtag(b: Backend) {
    let d = Dienst::starten(b);
    let am = |pfad: &str, tag: &str| d.als(MIN).get(pfad).query("stichtag", tag).senden().ist(200).json();
    assert_eq!(am("/jahrgaenge/2026/budget", "2000-01-01")["gesamt"]["ansatz"], "0.00");
    let (damals, heute) = (am("/budgets/2026", "2000-01-01"), am("/budgets/2026", "2999-01-01"));
    let summe =
        |v: &Value| v["daten"].as_array().expect("daten").iter().map(|z| cent(&z["gesamt"]["zugeteilt"])).sum::<i64>();
    assert_eq!(summe(&damals), 0);
    assert_eq!(summe(&heute), budgets(&d, MIN, 2026).iter().map(|z| cent(&z["gesamt"]["zugeteilt"])).sum::<i64>());
    assert_eq!(
        am("/jahrgaenge/2026/budget", "2999-01-01")["gesamt"],
        am("/jahrgaenge/2026/budget", "2998-01-01")["gesamt"]
    );
}

/// The state's accounts have no county: neither in a simulated posting nor in a finding.
fn das_land_ist_kein_kreis(b: Backend) {
    let d = Dienst::starten(b);
    let z = |betrag: &str| {
        serde_json::json!({ "kreisschluessel": "06440", "grundlage": "Probe",
            "positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2027, "betrag": betrag }] })
    };
    let pfad = "/jahrgaenge/2027/zuteilungen";
    let r = d.als(MIN).post(pfad, &z("10.00")).simulation().senden().ist(200);
    let zeilen = r.json()["simulation"]["buchungen"].as_array().expect("postings").clone();
    let kreis =
        |konto: &str| zeilen.iter().find(|z| z["konto"] == konto).expect("line").get("kreisschluessel").cloned();
    assert_eq!((kreis("PROGRAMM"), kreis("VERFUEGBAR")), (None, Some(Value::from("06440"))));
    let r =
        d.als(MIN).post(pfad, &z("99000000.00")).neuer_schluessel().senden().ist_problem(409, "PROGRAMM_ERSCHOEPFT");
    assert!(!r.text().contains("06000"), "{}", r.text());
}

/// The county sees who allocated what when; the Jahrgang foretells the act.
fn zuteilung_in_der_historie(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = "/jahrgaenge/2026/zuteilungen/06440/historie";
    let h = d.als("demo-gk-06440-1").get(pfad).senden().ist(200).json();
    let eintraege = h["daten"].as_array().expect("daten").clone();
    assert!(!eintraege.is_empty());
    for e in &eintraege {
        assert_eq!((&e["fall_art"], &e["akt"]), (&Value::from("ZUTEILUNG"), &Value::from("zuteilung")));
        assert_eq!(e["person"], MIN);
        assert!(e["aenderungen"].to_string().contains("06440"));
    }
    d.als("demo-gk-06411-1").get(pfad).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let akte = |wer: &str, jahr: i32| {
        let r = d.als(wer).get(&format!("/jahrgaenge/{jahr}/aktionen")).senden().ist(200).json();
        r["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == "zuteilung").cloned().expect("zuteilung")
    };
    assert_eq!(akte(MIN, 2026)["erlaubt"], true);
    assert_eq!(akte(MIN, 2026)["pfad"], "/jahrgaenge/2026/zuteilungen");
    assert_eq!(akte(MIN, 2028)["befunde"][0]["kurzname"], "JAHRGANG_NICHT_OFFEN");
    assert_eq!(akte("demo-gk-06440-1", 2026)["befunde"][0]["kurzname"], "RECHT_FEHLT");
}
