//! `/basiszinssaetze`: nobody guesses a rate, nobody puts one into force alone, and a correction keeps what was.

use crate::aktionen::{MIN, MIN2, neu, tue};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(kuenftiges_weiss_niemand, korrektur_gilt_erst_nach_der_freigabe, entwurf_wird_verworfen);

fn angaben(ab: &str, prozent: &str, grund: Option<&str>) -> Value {
    let mut k = json!({ "gueltig_ab": ab, "prozent": prozent, "fundstelle": "Bundesanzeiger" });
    if let Some(g) = grund {
        k["grund"] = json!(g);
    }
    k
}

/// § 247 BGB: the series knows half-years, without gaps, and none that is not announced.
fn kuenftiges_weiss_niemand(b: Backend) {
    let d = Dienst::starten(b);
    for (k, status, code) in [
        (angaben("2099-01-01", "99.77", None), 422, "BASISZINS_NICHT_BEKANNT_GEGEBEN"),
        (angaben("2026-08-01", "1.50", None), 422, "RECHENEINGABE"),
        (angaben("2026-01-01", "1.50", None), 409, "SCHON_VORHANDEN"),
        (angaben("2026-07-01", "1.50", Some("Tippfehler")), 409, "SCHON_VORHANDEN"),
    ] {
        let r = d.als(MIN).post("/basiszinssaetze", &k).senden();
        assert!(r.status == status && r.befunde().iter().any(|b| b == code), "{k}: {}", r.text());
    }
    d.als("demo-bewilligung-1").post("/basiszinssaetze", &angaben("2026-01-01", "1.50", Some("x"))).senden().ist(403);
}

fn zinsen(d: &Dienst) -> String {
    let k = json!({ "kapital": "10000.00", "von": "2026-02-01", "bis": "2026-06-01", "methode": "ACT_365", "rundung": "AM_ENDE", "aufschlag_prozentpunkte": "0.00" });
    let r = d.als(MIN).post("/berechnungen/zinsen", &k).senden().ist(200).json();
    r["zinsen"].as_str().expect("zinsen").to_owned()
}

fn am(d: &Dienst, tag: &str) -> Value {
    let r = d.als(MIN).get("/basiszinssaetze").query("stichtag", tag).senden().ist(200).json();
    assert_eq!(r["daten"].as_array().map(Vec::len), Some(1), "{r}");
    r["daten"][0].clone()
}

/// computed: 10,000 EUR for 120 days at 1.27 % and at 2.54 %, divided by 365.
fn korrektur_gilt_erst_nach_der_freigabe(b: Backend) {
    let d = Dienst::starten(b);
    let k = angaben("2026-01-01", "2.54", Some("Zahlendreher"));
    let s = d.als(MIN).post("/basiszinssaetze", &k).simulation().senden().ist(200).json();
    assert_eq!(s["simulation"]["ereignisse"], json!(["basiszinssatz.erfasst"]));
    let pfad = neu(&d, MIN, "/basiszinssaetze", &k);
    assert_eq!(
        (zinsen(&d).as_str(), &am(&d, "2026-03-31")["prozent"]),
        ("41.75", &json!("1.27")),
        "a draft is not used"
    );
    tue(&d, MIN, &pfad, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    let r = tue(&d, MIN2, &pfad, "freigabe", &json!({})).ist(200).json();
    assert_eq!((&r["status"], &r["freigegeben_von"]), (&json!("FREIGEGEBEN"), &json!(MIN2)));
    assert_eq!((zinsen(&d).as_str(), &am(&d, "2026-03-31")["grund"]), ("83.51", &json!("Zahlendreher")));
    let alt = d.als(MIN).get("/basiszinssaetze").query("status", "ERSETZT").senden().ist(200).json();
    assert_eq!((&alt["daten"][0]["prozent"], &alt["daten"][0]["ersetzt_durch"]), (&json!("1.27"), &r["id"]));
    let alle = d.als(MIN).get("/basiszinssaetze").query("limit", "200").senden().ist(200).json();
    assert_eq!(alle["daten"].as_array().map(Vec::len), Some(50), "one in force per half-year");
    let ort = format!("/basiszinssaetze/{}/historie", alt["daten"][0]["id"].as_str().expect("id"));
    let h = d.als(MIN).get(&ort).senden().ist(200).json();
    assert_eq!(h["daten"][0]["akt"], json!("ersetzung"));
}

fn entwurf_wird_verworfen(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = neu(&d, MIN, "/basiszinssaetze", &angaben("2026-01-01", "2.54", Some("Zahlendreher")));
    let r = tue(&d, MIN, &pfad, "verwerfung", &json!({ "grund": "war richtig" })).ist(200).json();
    assert_eq!((&r["status"], &r["verwerfungsgrund"]), (&json!("VERWORFEN"), &json!("war richtig")));
    tue(&d, MIN2, &pfad, "freigabe", &json!({})).ist_problem(409, "STATUS_UNZULAESSIG");
    neu(&d, MIN, "/basiszinssaetze", &angaben("2026-01-01", "2.54", Some("doch falsch")));
}
