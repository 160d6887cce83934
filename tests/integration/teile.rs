//! PATCH takes parts (RFC 7396): what is sent is merged, what is absent stays, `null` removes, lists are replaced.

use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(teile_eines_antrags, teile_einer_massnahme, unvollstaendige_teile_aendern_nichts);

const GK: &str = "demo-gk-06440-1";
const ENTWURF: &str = "/antraege/019a0000-0000-7000-8000-0000000000d2";

fn teile_eines_antrags(b: Backend) {
    let d = Dienst::starten(b);
    let gk = d.als(GK);
    let vorher = gk.get(ENTWURF).senden().ist(200);
    let (version, inhalt) = (vorher.version(), vorher.json()["inhalt"].clone());
    let teil = json!({ "inhalt": {
        "antragsteller": { "ansprechperson": { "telefon": "+49 6031 83-1" } },
        "bankverbindung": { "bic": "INGDDEFF" },
        "erklaerungen": ["datenschutz"],
    } });
    let r = gk.patch(ENTWURF, &teil).if_match(version).senden().ist(200);
    let mut erwartet = inhalt.clone();
    erwartet["antragsteller"]["ansprechperson"]["telefon"] = json!("+49 6031 83-1");
    erwartet["bankverbindung"]["bic"] = json!("INGDDEFF");
    erwartet["erklaerungen"] = json!(["datenschutz"]);
    assert_eq!(r.json()["inhalt"], erwartet);
    let weg =
        json!({ "inhalt": { "bankverbindung": { "bic": null }, "erklaerungen": null, "zielvereinbarung_id": null } });
    let r = gk.patch(ENTWURF, &weg).if_match(r.version()).senden().ist(200);
    assert_eq!(r.json()["inhalt"].get("erklaerungen"), None);
    assert_eq!(r.json()["inhalt"].get("zielvereinbarung_id"), None);
    assert_eq!(r.json()["inhalt"]["bankverbindung"].get("bic"), None);
    assert_eq!(r.json()["inhalt"]["bankverbindung"]["iban"], inhalt["bankverbindung"]["iban"]);
}

/// A new kind of measure replaces the details as a whole; within a kind they are merged.
fn teile_einer_massnahme(b: Backend) {
    let d = Dienst::starten(b);
    let gk = d.als(GK);
    let liste = gk.get(&format!("{ENTWURF}/massnahmen")).senden().ist(200);
    let m: Value = liste.json()["massnahmen"][0].clone();
    let pfad = format!("{ENTWURF}/massnahmen/{}", m["id"].as_str().expect("id"));
    let art = &m["inhalt"]["details"]["massnahmeart"];
    assert_ne!(art, "WEITERBILDUNG_UND_WISSENSCHAFT");
    let teil = json!({ "inhalt": { "titel": "Neuer Titel", "details": { "massnahmeart": art, "plaetze": 7 } } });
    let version = gk.get(ENTWURF).senden().ist(200).version();
    let r = gk.patch(&pfad, &teil).if_match(version).senden().ist(200);
    let mut erwartet = m["inhalt"].clone();
    erwartet["titel"] = json!("Neuer Titel");
    erwartet["details"]["plaetze"] = json!(7);
    assert_eq!(r.json()["inhalt"], erwartet);
    let vier =
        json!({ "massnahmeart": "WEITERBILDUNG_UND_WISSENSCHAFT", "unterart": "WISSENSCHAFT", "thema": "Strategie" });
    let r = gk.patch(&pfad, &json!({ "inhalt": { "details": vier } })).if_match(r.version()).senden().ist(200);
    assert_eq!(r.json()["inhalt"]["details"], vier);
    let nur_art = json!({ "inhalt": { "details": { "massnahmeart": "QUALIFIZIERUNGSPROJEKT" } } });
    let r = gk.patch(&pfad, &nur_art).if_match(r.version()).senden().ist(422);
    assert!(r.befunde().iter().all(|k| k == "ANGABE_FEHLT"), "{}", r.text());
}

fn unvollstaendige_teile_aendern_nichts(b: Backend) {
    let d = Dienst::starten(b);
    let gk = d.als(GK);
    let neu = gk.post("/antraege", &json!({ "jahrgang": 2026, "kreisschluessel": "06440" })).senden().ist(201);
    let pfad = format!("/antraege/{}", neu.json()["id"].as_str().expect("id"));
    let teil = json!({ "inhalt": { "bankverbindung": { "bic": "INGDDEFF" }, "vorsteuerabzug": "NEIN" } });
    let r = gk.patch(&pfad, &teil).if_match(1).senden().ist_problem(422, "ANGABE_FEHLT");
    let orte: Vec<Value> = r.json()["befunde"].as_array().expect("befunde").iter().map(|b| b["ort"].clone()).collect();
    assert_eq!(
        orte,
        ["/inhalt/bankverbindung/iban", "/inhalt/bankverbindung/kassenzeichen", "/inhalt/bankverbindung/kontoinhaber"]
    );
    let nachher = gk.get(&pfad).senden().ist(200);
    assert_eq!((nachher.version(), nachher.json()), (1, neu.json()));
    for (teil, ort) in [
        (json!({ "bankverbindung": null }), "/inhalt/bankverbindung"),
        (json!({ "vorsteuerabzug": null }), "/inhalt/vorsteuerabzug"),
        (json!({ "unbekannt": 1 }), "/inhalt/unbekannt"),
        (json!({ "bankverbindung": { "iban": null } }), "/inhalt/bankverbindung/iban"),
    ] {
        let r = gk.patch(&pfad, &json!({ "inhalt": teil })).if_match(1).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        assert_eq!(r.json()["befunde"][0]["ort"], ort, "{}", r.text());
    }
}
