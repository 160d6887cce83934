//! Warnings are confirmed one by one, with a reason that stays; a missed application period shows.

use crate::aktionen::{GK, RP, antrag, tue};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(warnung_verlangt_einen_grund, frist_versaeumt_ist_zu_sehen, auflage_heisst_nur_einmal_so);

const GRUND: &str = "Der Kreisausschuss hat erst im Mai beschlossen.";

fn bestaetigt(codes: &[(&str, &str)]) -> Value {
    let liste: Vec<Value> = codes.iter().map(|(c, b)| json!({ "code": c, "begruendung": b })).collect();
    json!({ "bestaetigte_warnungen": liste })
}

fn warnung_verlangt_einen_grund(b: Backend) {
    let d = Dienst::starten(b);
    let reiche = |k: &Value| tue(&d, GK, &antrag("d2"), "einreichung", k);
    let offen = reiche(&json!({})).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    assert_eq!(offen.befunde(), ["FRIST_UEBERSCHRITTEN", "WARNUNG_NICHT_BESTAETIGT"]);
    for form in [json!({ "bestaetigte_warnungen": ["AQB-FR-001"] }), bestaetigt(&[("AQB-FR-001", "kurz")])] {
        reiche(&form).ist_problem(400, "ANFRAGE_UNGUELTIG");
    }
    let leer = reiche(&bestaetigt(&[("AQB-FR-001", "            ")])).ist(422);
    assert!(leer.befunde().contains(&"BEGRUENDUNG_FEHLT".to_owned()), "{}", leer.text());
    for zuviel in [[("AQB-FR-001", GRUND), ("AQB-MA-010", GRUND)], [("AQB-FR-001", GRUND), ("AQB-FR-001", GRUND)]] {
        let r = reiche(&bestaetigt(&zuviel)).ist(422);
        assert!(r.befunde().contains(&"WARNUNG_UNBEKANNT".to_owned()), "{}", r.text());
    }
    reiche(&bestaetigt(&[("AQB-FR-001", GRUND)])).ist(200);
    let historie = d.als(GK).get(&format!("{}/historie", antrag("d2"))).query("limit", "200").senden().ist(200);
    assert!(historie.text().contains(GRUND), "the reason stays in the trail");
    // an act without a warning has nothing to confirm, the deciding acts included
    let k = json!({ "begruendung": "Die Voraussetzungen liegen nicht vor, weil die Strategie fehlt.", "bestaetigte_warnungen": [{ "code": "AQB-FR-001", "begruendung": GRUND }] });
    tue(&d, RP, &antrag("d4"), "ablehnung", &k).ist_problem(422, "WARNUNG_UNBEKANNT");
    let r = tue(&d, RP, &antrag("d4"), "bewilligung", &json!({ "auflagen": [] })).ist(422);
    assert!(r.befunde().contains(&"WARNUNG_NICHT_BESTAETIGT".to_owned()), "{}", r.text());
    tue(&d, RP, &antrag("d4"), "bewilligung", &bestaetigt(&[("AQB-FR-001", GRUND)])).ist(201);
}

/// Dossier S11: accepted and flagged.
fn frist_versaeumt_ist_zu_sehen(b: Backend) {
    let d = Dienst::starten(b);
    let lies = |kurz: &str| d.als(RP).get(&antrag(kurz)).senden().ist(200).json();
    let (entwurf, eingereicht) = (lies("d2"), lies("d3"));
    assert_eq!((&entwurf["frist_versaeumt"], entwurf.get("tage_versaeumt")), (&json!(false), None));
    assert_eq!((&eingereicht["frist_versaeumt"], &eingereicht["antragsfrist"]), (&json!(true), &json!("2026-03-31")));
    let tag = |v: &Value| v.as_str().expect("day").parse::<chrono::NaiveDate>().expect("day");
    let tage = (tag(&eingereicht["eingangsdatum"]) - tag(&eingereicht["antragsfrist"])).num_days();
    assert_eq!(eingereicht["tage_versaeumt"], json!(tage));
    let quittung = d.als(GK).get(&format!("{}/eingangsbestaetigung", antrag("d3"))).senden().ist(200).json();
    let dokument: Value = serde_json::from_str(quittung["dokument"].as_str().expect("document")).expect("JSON");
    assert_eq!(dokument["antragsfrist"], json!("2026-03-31"), "frozen with what was filed");
    for (versaeumt, anzahl) in [(true, 4), (false, 1)] {
        let r = d.als(RP).get("/antraege").query("frist_versaeumt", &versaeumt.to_string()).senden().ist(200).json();
        let daten = r["daten"].as_array().expect("daten");
        assert_eq!(daten.len(), anzahl);
        assert!(daten.iter().all(|a| a["frist_versaeumt"] == versaeumt));
    }
}

fn auflage_heisst_nur_einmal_so(b: Backend) {
    let d = Dienst::starten(b);
    let auflage = json!({ "code": "ZWISCHENBERICHT", "text": "Zwischenbericht zur Hälfte der Laufzeit." });
    let mut k = bestaetigt(&[("AQB-FR-001", GRUND)]);
    k["auflagen"] = json!([auflage, auflage]);
    tue(&d, RP, &antrag("d4"), "bewilligung", &k).ist_problem(422, "AUFLAGE_DOPPELT");
}
