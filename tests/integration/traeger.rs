//! `/traeger`: registered, changed, retired.

use crate::aktionen::weg;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(lebenslauf, historie_nennt_jede_aenderung, filter);

const RP: &str = "demo-bewilligung-1";

fn inhalt(name: &str) -> Value {
    json!({ "inhalt": { "name": name, "rechtsform": "GGMBH", "anschrift": { "strasse": "Europaplatz 1", "plz": "61169", "ort": "Friedberg" } } })
}

fn lebenslauf(b: Backend) {
    let d = Dienst::starten(b);
    let gk = d.als("demo-gk-06440-1");
    let r = gk.post("/traeger", &inhalt("A")).senden().ist(201);
    assert_eq!((r.version(), &r.json()["status"]), (1, &json!("AKTIV")));
    let pfad = format!("/traeger/{}", als_text(&r.json()["id"]));
    assert_eq!(r.kopfzeile("location"), Some(format!("/v1{pfad}").as_str()));
    // the county may enter a provider, but only the authority changes what all counties share
    gk.patch(&pfad, &inhalt("B")).if_match(1).senden().ist_problem(403, "RECHT_FEHLT");
    let rp = d.als(RP);
    let r = rp.patch(&pfad, &inhalt("B")).if_match(1).senden().ist(200);
    assert_eq!((r.version(), &r.json()["inhalt"]["name"]), (2, &json!("B")));
    let r = rp.post(&format!("{pfad}/stilllegung"), &json!({ "grund": "eingestellt" })).if_match(2).senden().ist(200);
    assert_eq!((&r.json()["status"], &r.json()["stilllegungsgrund"]), (&json!("STILLGELEGT"), &json!("eingestellt")));
    rp.patch(&pfad, &inhalt("C")).if_match(3).senden().ist_problem(409, "UNVERAENDERLICH");
    rp.post(&format!("{pfad}/stilllegung"), &json!({ "grund": "noch einmal" }))
        .if_match(3)
        .senden()
        .ist_problem(409, "STATUS_UNZULAESSIG");
}

fn historie_nennt_jede_aenderung(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = weg(&d, (RP, "traeger_anlegen"), &[(RP, "stilllegung")]);
    let h = d.als("demo-pruefung").get(&format!("{pfad}/historie")).senden().ist(200).json();
    let akte: Vec<_> = h["daten"].as_array().expect("daten").iter().map(|e| als_text(&e["akt"])).collect();
    assert_eq!(akte, ["anlage", "stilllegung"]);
    let felder: Vec<_> =
        h["daten"][1]["aenderungen"].as_array().expect("changes").iter().map(|a| als_text(&a["feld"])).collect();
    assert_eq!(felder, ["/status", "/stilllegungsgrund", "/stillgelegt_am"], "{h}");
    assert_eq!(h["daten"][1]["person"], "demo-bewilligung-1");
    assert_eq!(h["daten"][1]["vorgaenger_hash"], h["daten"][0]["hash"]);
}

fn filter(b: Backend) {
    let d = Dienst::starten(b);
    weg(&d, (RP, "traeger_anlegen"), &[(RP, "stilllegung")]);
    let zaehle = |status: &str| {
        let r = d.als("demo-pruefung").get("/traeger").query("status", status).senden().ist(200).json();
        r["daten"].as_array().map(Vec::len)
    };
    assert_eq!((zaehle("AKTIV"), zaehle("STILLGELEGT")), (Some(2), Some(1)));
    d.als("demo-pruefung").get("/traeger").query("status", "Aktiv").senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
}
