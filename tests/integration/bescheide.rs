//! `/bescheide`: notification and what may follow it on which day.

use crate::aktionen::{GK, RP, RP2, bescheid, handle, tue};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::json;

auf_beiden!(verzicht_erst_ab_der_bekanntgabe, verzicht_am_tag_der_uebergabe);

const FREMD: &str = "demo-gk-06411-1";

/// A Bescheid that was posted today: it counts as notified in some days.
pub fn zur_post_gegeben(d: &Dienst) -> String {
    let pfad = bescheid("f5");
    handle(d, RP2, &pfad, "freigabe");
    tue(d, RP, &pfad, "bekanntgabe", &json!({ "weg": "POST", "aufgabe_am": "2026-09-15" })).ist(200);
    pfad
}

/// § 41 Abs. 2 HVwVfG: posted on Tuesday, 15 September 2026, notified on Friday, the 18th; a proven receipt counts at once.
fn verzicht_erst_ab_der_bekanntgabe(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = zur_post_gegeben(&d);
    let heute = json!({ "am": "2026-09-15" });
    let wer = konto(&d, &pfad);
    let r = tue(&d, &wer, &pfad, "rechtsbehelfsverzicht", &heute).ist_problem(422, "VERZICHT_VOR_BEKANNTGABE");
    let befund = &r.json()["befunde"][0];
    assert_eq!(
        (&befund["erlaubt"][0]["name"], &befund["erlaubt"][0]["wert"]),
        (&json!("bekannt"), &json!("2026-09-18"))
    );
    assert!(befund["abhilfe"].as_str().is_some_and(|t| t.contains("18.09.2026")), "names the day: {befund}");
    let akte = d.als(&wer).get(&format!("{pfad}/aktionen")).senden().ist(200).json();
    let akt = akte["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == "rechtsbehelfsverzicht").cloned();
    let akt = akt.expect("act");
    assert_eq!((&akt["erlaubt"], &akt["befunde"][0]["kurzname"]), (&json!(false), &json!("VERZICHT_VOR_BEKANNTGABE")));
    tue(&d, RP, &pfad, "rechtsbehelfsverzicht", &heute).ist_problem(403, "RECHT_FEHLT");
    tue(&d, FREMD, &pfad, "rechtsbehelfsverzicht", &heute).ist_problem(404, "NICHT_GEFUNDEN");
    // the acknowledgement of receipt is in: recorded by another person it counts from that day
    let k =
        json!({ "weg": "POST", "aufgabe_am": "2026-09-15", "zugang_am": "2026-09-15", "grund": "Empfangsbekenntnis" });
    tue(&d, RP2, &pfad, "bekanntgabeberichtigung", &k).ist(200);
    let neu = tue(&d, &wer, &pfad, "rechtsbehelfsverzicht", &heute).ist(200).json();
    assert_eq!((&neu["bekannt_am"], &neu["bestandskraft_am"]), (&json!("2026-09-18"), &json!("2026-09-15")));
}

fn verzicht_am_tag_der_uebergabe(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = bescheid("f5");
    handle(&d, RP2, &pfad, "freigabe");
    tue(&d, RP, &pfad, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": "2026-09-15" })).ist(200);
    let wer = konto(&d, &pfad);
    tue(&d, &wer, &pfad, "rechtsbehelfsverzicht", &json!({ "am": "2026-09-14" }))
        .ist_problem(422, "VERZICHT_VOR_BEKANNTGABE");
    tue(&d, &wer, &pfad, "rechtsbehelfsverzicht", &json!({ "am": "2026-09-15" })).ist(200);
}

/// The first account of the county to which the Bescheid is addressed.
fn konto(d: &Dienst, pfad: &str) -> String {
    let b = d.als(RP).get(pfad).senden().ist(200).json();
    let kreis = b["inhalt"]["kreisschluessel"].as_str().expect("county").to_owned();
    assert!(GK.contains(&kreis), "{kreis}");
    GK.to_owned()
}
