//! `…/korrekturen`: a wrong allocation and a wrong state budget are corrected by postings of their own, by two persons.

use crate::aktionen::{GK, MIN, MIN2, neu, tue, weg};
use aqb_domain::geld::Euro;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(kuerzung_bis_auf_den_cent, ansatz_eines_offenen_jahrgangs, kreis_sieht_nur_was_ihn_trifft);

fn position(jahr: i32, betrag: &str) -> Value {
    json!([{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": jahr, "betrag": betrag }])
}

fn kuerzung(kreis: &str, jahr: i32, betrag: &str) -> Value {
    json!({ "art": "ZUTEILUNG_KUERZUNG", "kreisschluessel": kreis, "positionen": position(jahr, betrag), "grund": "zu hoch erfasst" })
}

fn stand(d: &Dienst, jahrgang: i32, feld: &str) -> Vec<String> {
    let b = d.als(MIN).get(&format!("/budgets/{jahrgang}/06440")).senden().ist(200).json();
    let zeilen = b["positionen"].as_array().expect("positionen").clone();
    zeilen.iter().map(|p| p[feld].as_str().expect("amount").to_owned()).collect()
}

/// computed: 100.00 are allocated; 60.01 are cut, then 40.00 are one cent too much.
fn kuerzung_bis_auf_den_cent(b: Backend) {
    let d = Dienst::starten(b);
    let jahrgang = weg(&d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung")]);
    let zuteilung =
        json!({ "kreisschluessel": "06440", "positionen": position(2029, "100.00"), "grundlage": "Vertippt" });
    neu(&d, MIN, "/jahrgaenge/2029/zuteilungen", &zuteilung);
    let ziel = format!("{jahrgang}/korrekturen");
    let k = neu(&d, MIN, &ziel, &kuerzung("06440", 2029, "60.01"));
    assert_eq!(stand(&d, 2029, "zugeteilt"), ["100.00"], "a draft moves nothing");
    tue(&d, MIN, &k, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    let version = d.als(MIN).get(&k).senden().version();
    let s =
        d.als(MIN2).post(&format!("{k}/freigabe"), &json!({})).if_match(version).simulation().senden().ist(200).json();
    let konten: Vec<_> = s["simulation"]["buchungen"]
        .as_array()
        .expect("postings")
        .iter()
        .map(|b| (&b["konto"], &b["betrag"]))
        .collect();
    assert_eq!(konten, [(&json!("VERFUEGBAR"), &json!("-60.01")), (&json!("PROGRAMM"), &json!("60.01"))]);
    let r = tue(&d, MIN2, &k, "freigabe", &json!({})).ist(200).json();
    assert_eq!((&r["status"], &r["freigegeben_von"]), (&json!("FREIGEGEBEN"), &json!(MIN2)));
    assert_eq!(stand(&d, 2029, "zugeteilt"), ["39.99"]);
    let zuviel = neu(&d, MIN, &ziel, &kuerzung("06440", 2029, "40.00"));
    let r = tue(&d, MIN2, &zuviel, "freigabe", &json!({})).ist_problem(409, "BUDGET_UEBERSCHRITTEN").json();
    assert_eq!(r["befunde"][0]["differenz"]["wert"], json!("0.01"));
    let weg_damit = tue(&d, MIN, &zuviel, "verwerfung", &json!({ "grund": "zu viel" })).ist(200).json();
    assert_eq!(weg_damit["status"], json!("VERWORFEN"));
    // the postings before are still there: a correction adds, it changes nothing
    let buchungen = d.als(MIN).get("/budgets/2029/06440/buchungen").senden().ist(200).json();
    let gruende: Vec<_> = buchungen["daten"].as_array().expect("daten").iter().map(|b| &b["grund"]).collect();
    assert_eq!(gruende, [&json!("ZUTEILUNG"), &json!("ZUTEILUNG_KUERZUNG")]);
}

/// The remedy of AQB-BU-004: raise the Ansatz, then allocate; what is allocated cannot be lowered away.
fn ansatz_eines_offenen_jahrgangs(b: Backend) {
    let d = Dienst::starten(b);
    let zuteilung =
        json!({ "kreisschluessel": "06440", "positionen": position(2027, "5000000.01"), "grundlage": "Test" });
    let teile_zu = || d.als(MIN).post("/jahrgaenge/2027/zuteilungen", &zuteilung).neuer_schluessel().senden();
    let r = teile_zu().ist_problem(409, "PROGRAMM_ERSCHOEPFT");
    assert!(r.text().contains("/jahrgaenge/2027/korrekturen"), "the remedy names the way: {}", r.text());
    let aendere = |art: &str, betrag: &str| {
        let k = json!({ "art": art, "positionen": position(2027, betrag), "grund": "Nachtragshaushalt" });
        let pfad = neu(&d, MIN, "/jahrgaenge/2027/korrekturen", &k);
        tue(&d, MIN2, &pfad, "freigabe", &json!({}))
    };
    aendere("ANSATZ_ERHOEHUNG", "0.02").ist(200);
    let ansatz = || {
        let j = d.als(MIN).get("/jahrgaenge/2027").senden().ist(200).json();
        j["ansaetze"][0]["betrag"].as_str().expect("amount").parse::<Euro>().expect("amount")
    };
    assert_eq!(ansatz(), "5000000.02".parse::<Euro>().expect("amount"));
    teile_zu().ist(201);
    let r = aendere("ANSATZ_SENKUNG", "0.02").ist_problem(409, "PROGRAMM_ERSCHOEPFT").json();
    assert_eq!(r["befunde"][0]["differenz"]["wert"], json!("0.01"));
    aendere("ANSATZ_SENKUNG", "0.01").ist(200);
    assert_eq!(ansatz(), "5000000.01".parse::<Euro>().expect("amount"));
    let h = d.als(MIN).get("/jahrgaenge/2027/historie").senden().ist(200).json();
    let akte: Vec<_> = h["daten"]
        .as_array()
        .expect("daten")
        .iter()
        .map(|e| e["akt"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(akte.iter().filter(|a| *a == "budgetkorrektur").count(), 2, "{akte:?}");
    d.als(MIN)
        .post(
            "/jahrgaenge/2028/korrekturen",
            &json!({ "art": "ANSATZ_ERHOEHUNG", "positionen": position(2028, "1.00"), "grund": "noch nicht offen" }),
        )
        .senden()
        .ist_problem(409, "JAHRGANG_NICHT_OFFEN");
}

fn kreis_sieht_nur_was_ihn_trifft(b: Backend) {
    let d = Dienst::starten(b);
    let eigene = neu(&d, MIN, "/jahrgaenge/2026/korrekturen", &kuerzung("06440", 2026, "1.00"));
    let fremde = neu(&d, MIN, "/jahrgaenge/2026/korrekturen", &kuerzung("06531", 2026, "1.00"));
    d.als(GK).get(&eigene).senden().ist_problem(404, "NICHT_GEFUNDEN");
    for k in [&eigene, &fremde] {
        tue(&d, MIN2, k, "freigabe", &json!({})).ist(200);
    }
    d.als(GK).get(&eigene).senden().ist(200);
    d.als(GK).get(&fremde).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let liste = d.als(GK).get("/jahrgaenge/2026/korrekturen").senden().ist(200).json();
    assert_eq!(liste["daten"].as_array().map(Vec::len), Some(1));
}
