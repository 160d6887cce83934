//! Staff and places are counted over all applications: one's own by name, another county's without telling whose.

use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(dieselbe_person_und_dieselben_plaetze);

/// Filed by 06440, with a full post of one person at one Traeger.
const EINGEREICHT: &str = "/antraege/019a0000-0000-7000-8000-0000000000d3";

fn dieselbe_person_und_dieselben_plaetze(b: Backend) {
    let d = Dienst::starten(b);
    let gk = d.als("demo-gk-06440-1");
    let aktenzeichen = gk.get(EINGEREICHT).senden().ist(200).json()["aktenzeichen"].clone();
    let m = gk.get(&format!("{EINGEREICHT}/massnahmen")).senden().ist(200).json()["massnahmen"][0].clone();
    let plan = format!("{EINGEREICHT}/massnahmen/{}/detailplanung", m["id"].as_str().expect("id"));
    let plan = gk.get(&plan).senden().ist(200).json()["inhalt"].clone();
    let andere = format!("{}/M01", aktenzeichen.as_str().expect("file reference"));

    for (konto, kreis, eigene) in [("demo-gk-06440-1", "06440", true), ("demo-gk-06531-1", "06531", false)] {
        let c = d.als(konto);
        let neu = c.post("/antraege", &json!({ "jahrgang": 2026, "kreisschluessel": kreis })).senden().ist(201);
        let pfad = format!("/antraege/{}", neu.json()["id"].as_str().expect("id"));
        let eingabe = json!({ "massnahme_nr": "M07", "inhalt": m["inhalt"] });
        let r = c.post(&format!("{pfad}/massnahmen"), &eingabe).senden().ist(201);
        let ziel = format!("{pfad}/massnahmen/{}/detailplanung", r.json()["id"].as_str().expect("id"));
        let version = c.get(&pfad).senden().ist(200).version();
        c.put(&ziel, &plan).if_match(version).senden().ist(200);

        let bericht = c.get(&format!("{pfad}/pruefbericht")).senden().ist(200);
        let befunde: Vec<Value> = bericht.json()["befunde"].as_array().expect("befunde").clone();
        let finde = |kurz: &str| befunde.iter().find(|b| b["kurzname"] == kurz);
        let person = finde("PERSONAL_UEBER_1_0").unwrap_or_else(|| panic!("{}", bericht.text()));
        assert_eq!(person["ort"], "/massnahmen/M07/detailplanung/personaleinsatz");
        assert!(person["text"].as_str().expect("text").contains("2,00 VZÄ"), "{person}");
        let plaetze = finde("PLAETZE_DOPPELT");
        if eigene {
            assert!(person["abhilfe"].as_str().expect("text").contains(&andere), "{person}");
            assert!(plaetze.expect("finding")["text"].as_str().expect("text").contains(&andere));
        } else {
            assert_eq!(plaetze, None, "places of another county are its own");
            assert!(!bericht.text().contains("RPKS-"), "{person}");
        }
    }
}
