//! `/berichte/teilnehmende` and `/berichte/zielerreichung`: what is counted, what is reported, what is withheld.

use crate::aktionen::{GK, GK2, MIN, RP, tue};
use crate::teilnahmen::{LISTE, zeile};
use crate::verwendungsnachweise::{DEMO, M01, ausgefuellt, bericht, speichere, unterschrift};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(berichte_ohne_kleine_zahlen, zielwert_und_istwert);

const TR: &str = "demo-traeger-1";

/// The county reads its own people; all others what nobody is recognised in. Demo: two women, one man, one of them left.
fn berichte_ohne_kleine_zahlen(b: Backend) {
    let d = Dienst::starten(b);
    let bericht = |wer: &str, frage: &str| {
        let r = d.als(wer).get(&format!("/berichte/teilnehmende?jahrgang=2026{frage}")).senden().ist(200).json();
        r["gesamt"][0].clone()
    };
    let zahlen = |z: &Value| ["gesamt", "weiblich", "maennlich", "unter_25"].map(|f| z[f].as_i64());
    assert_eq!(zahlen(&bericht(GK, "")), [Some(3), Some(2), Some(1), Some(3)]);
    for wer in [RP, MIN, "demo-pruefung"] {
        for frage in ["", "&kreisschluessel=06440", "&massnahmeart=AUSBILDUNGSVORBEREITUNG"] {
            let z = bericht(wer, frage);
            assert_eq!(
                (zahlen(&z), &z["unterdrueckt"]),
                ([Some(3), None, None, Some(3)], &json!(true)),
                "{wer} {frage}"
            );
        }
    }
    assert_eq!(zahlen(&bericht(RP, "&kreisschluessel=06531")), [Some(0); 4]);
    assert_eq!(zahlen(&bericht("demo-gk-06531-1", "&kreisschluessel=06440")), [Some(0); 4]);
    // two more men: every count is three or none now
    let mut k = json!({ "zeilen": [zeile(1), zeile(2), zeile(3)] });
    for (i, g) in ["MAENNLICH", "MAENNLICH", "WEIBLICH"].into_iter().enumerate() {
        k["zeilen"][i]["geschlecht"] = json!(g);
    }
    d.als(GK).post(&format!("{LISTE}/import"), &k).senden().ist(200);
    assert_eq!(zahlen(&bericht(MIN, "")), [Some(6), Some(3), Some(3), Some(6)]);
    let csv = d.als(RP).get("/berichte/teilnehmende/csv?jahrgang=2026").senden().ist(200).text();
    assert!(csv.contains(";6;3;3;0;0;6;0;") && csv.contains("unterdrückt"), "{csv}");
    d.als(RP).get("/berichte/teilnehmende/xlsx?jahrgang=2026").senden().ist(200);
    d.als(TR).get("/berichte/teilnehmende?jahrgang=2026").senden().ist_problem(403, "RECHT_FEHLT");

    let ziele = |wer: &str| d.als(wer).get("/berichte/zielerreichung?jahrgang=2026").senden().ist(200).json();
    let (eigene, fremde) = (ziele(GK), ziele(MIN));
    let z = &eigene["ziele"][0];
    assert_eq!((&z["kreisschluessel"], z["eintritte"].as_i64()), (&json!("06440"), Some(6)), "{eigene}");
    assert_eq!(z["uebergang_ausbildung"].as_i64(), Some(1));
    assert_eq!(fremde["ziele"][0].get("uebergang_ausbildung"), None, "one person is nobody's to know");
    assert_eq!(fremde["ziele"][0]["eintritte"].as_i64(), Some(6));
    d.als(MIN).get("/berichte/zielerreichung/csv?jahrgang=2026").senden().ist(200);
    d.als(MIN).get("/berichte/zielerreichung/xlsx?jahrgang=2026").senden().ist(200);
}

/// What a filed Sachbericht says of a target stands beside it: a draft says nothing yet, and who does not read
/// Sachberichte learns no value beside a count that is withheld.
fn zielwert_und_istwert(b: Backend) {
    let d = Dienst::starten(b);
    let ziel = |wer: &str| {
        let r = d.als(wer).get("/berichte/zielerreichung?jahrgang=2026&kreisschluessel=06440").senden().ist(200).json();
        let z = r["ziele"][0].clone();
        json!([z["zielwert"], z.get("istwert"), z.get("differenz"), z["sachberichte"]])
    };
    let n = ausgefuellt(&d, DEMO);
    let mut s = bericht();
    s["zielerreichung"] = json!([{ "ziel_nr": 1, "istwert": 41 }]);
    speichere(&d, GK, DEMO, M01, &s).ist(200);
    assert_eq!(ziel(GK), json!([45, null, null, 0]), "a draft states nothing");
    let n = d.als(GK).get(&format!("/verwendungsnachweise/{}", n["id"].as_str().expect("id"))).senden().ist(200).json();
    tue(&d, GK2, DEMO, "einreichung", &unterschrift(&d, &n)).ist(200);
    for wer in [GK, RP, "demo-pruefung"] {
        assert_eq!(ziel(wer), json!([45, 41, -4, 1]), "{wer}");
    }
    assert_eq!(ziel(MIN), json!([45, null, null, 1]), "one transition is withheld, so its sum is");
    let csv = |wer: &str| d.als(wer).get("/berichte/zielerreichung/csv?jahrgang=2026").senden().ist(200).text();
    assert!(csv(RP).contains(";45;41;-4;1;Personen;"), "{}", csv(RP));
    assert!(csv(MIN).contains(";45;unterdrückt;unterdrückt;1;Personen;"), "{}", csv(MIN));
    tue(&d, GK, DEMO, "ruecknahme", &json!({ "grund": "Ein Betrag war falsch." })).ist(200);
    assert_eq!(ziel(RP), json!([45, null, null, 0]), "what was withdrawn states nothing");
}
