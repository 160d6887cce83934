//! Ways back: what was handed over too early, named wrongly or recorded wrongly can be put right, and the file shows it.

use crate::aktionen::{GK, MIN, RP, RP2, antrag, bescheid, handle, neu, tue, weg};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    nachgeforderter_plan_ist_beantwortbar,
    nachforderung_waechst_und_geht,
    ruecknahme_waehrend_der_entscheidung,
    strategie_kommt_zurueck,
    vereinbarung_wird_wieder_geoeffnet,
    bekanntgabe_wird_berichtigt,
    entwuerfe_werden_geloescht,
);

fn grund(text: &str) -> Value {
    json!({ "grund": text })
}

fn lies(d: &Dienst, wer: &str, pfad: &str) -> Value {
    d.als(wer).get(pfad).senden().ist(200).json()
}

fn fordere(d: &Dienst, felder: &[&str]) {
    let posten: Vec<Value> =
        felder.iter().map(|f| json!({ "feld": f, "grund": "UNKLAR", "text": "Bitte prüfen." })).collect();
    let frist = "2099-01-31";
    tue(d, RP, &antrag("d4"), "nachforderung", &json!({ "posten": posten, "frist": frist })).ist(200);
}

/// The plan is asked for; its Detailplanung must follow it to the cent, so it is open too.
fn nachgeforderter_plan_ist_beantwortbar(b: Backend) {
    let d = Dienst::starten(b);
    let massnahmen = lies(&d, GK, &format!("{}/massnahmen", antrag("d4")));
    let m02 = massnahmen["massnahmen"]
        .as_array()
        .expect("massnahmen")
        .iter()
        .find(|m| m["massnahme_nr"] == "M02")
        .expect("M02");
    let ort = format!("{}/massnahmen/{}", antrag("d4"), als_text(&m02["id"]));
    let plan = lies(&d, GK, &format!("{ort}/detailplanung"));
    fordere(&d, &["/massnahmen/M02/titel"]);
    let setze = |ort: &str, plan: &Value| {
        let version = d.als(GK).get(&antrag("d4")).senden().version();
        d.als(GK).put(&format!("{ort}/detailplanung"), plan).if_match(version).senden()
    };
    setze(&ort, &plan["inhalt"]).ist_problem(409, "NUR_NACHGEFORDERTES");
    tue(&d, RP, &antrag("d4"), "nachforderungsruecknahme", &grund("falsches Feld")).ist(200);
    fordere(&d, &["/massnahmen/M02/finanzierungsplan"]);
    setze(&ort, &plan["inhalt"]).ist(200);
    let anderer = massnahmen["massnahmen"]
        .as_array()
        .expect("massnahmen")
        .iter()
        .find(|m| m["massnahme_nr"] == "M01")
        .expect("M01");
    let fremd = format!("{}/massnahmen/{}", antrag("d4"), als_text(&anderer["id"]));
    let plan = lies(&d, GK, &format!("{fremd}/detailplanung"));
    setze(&fremd, &plan["inhalt"]).ist_problem(409, "NUR_NACHGEFORDERTES");
}

fn bank(d: &Dienst, kassenzeichen: &str) -> aqb_tests::Antwort {
    let k = json!({ "inhalt": { "bankverbindung": { "kassenzeichen": kassenzeichen } } });
    let mut voll = lies(d, GK, &antrag("d4"))["inhalt"]["bankverbindung"].clone();
    voll["kassenzeichen"] = k["inhalt"]["bankverbindung"]["kassenzeichen"].clone();
    let version = d.als(GK).get(&antrag("d4")).senden().version();
    let k = json!({ "inhalt": { "bankverbindung": voll } });
    d.als(GK).patch(&antrag("d4"), &k).if_match(version).senden()
}

fn nachforderung_waechst_und_geht(b: Backend) {
    let d = Dienst::starten(b);
    fordere(&d, &["/unterzeichner"]);
    bank(&d, "NEU-1").ist_problem(409, "NUR_NACHGEFORDERTES");
    let posten = json!([{ "feld": "/bankverbindung", "grund": "UNKLAR", "text": "Bitte auch das Kassenzeichen." }]);
    let ergaenze = |k: Value| tue(&d, RP, &antrag("d4"), "nachforderungsergaenzung", &k);
    ergaenze(json!({})).ist_problem(422, "ANGABE_FEHLT");
    ergaenze(json!({ "frist": "2099-01-30" })).ist_problem(422, "FRIST_VERGANGEN");
    let r = ergaenze(json!({ "posten": posten, "frist": "2099-02-28" })).ist(200).json();
    assert_eq!(r["nachforderung"]["posten"].as_array().map(Vec::len), Some(2));
    assert_eq!(r["nachforderung"]["frist"], json!("2099-02-28"));
    tue(&d, GK, &antrag("d4"), "nachforderungsergaenzung", &json!({ "frist": "2099-03-31" }))
        .ist_problem(403, "RECHT_FEHLT");
    let vorher = lies(&d, GK, &antrag("d4"))["inhalt"].clone();
    bank(&d, "NEU-1").ist(200);
    let r = tue(&d, RP, &antrag("d4"), "nachforderungsruecknahme", &grund("erledigt")).ist(200).json();
    assert_eq!((&r["status"], &r["nachforderung"]["ruecknahmegrund"]), (&json!("IN_PRUEFUNG"), &json!("erledigt")));
    assert_eq!(r["inhalt"], vorher, "what was not filed does not count");
    let h = d.als(GK).get(&format!("{}/historie", antrag("d4"))).query("limit", "200").senden().ist(200).text();
    assert!(h.contains("NEU-1") && h.contains("2099-01-31"), "the history keeps the earlier words");
    tue(&d, RP, &antrag("d4"), "nachforderungsruecknahme", &grund("noch einmal"))
        .ist_problem(409, "STATUS_UNZULAESSIG");
}

/// Dossier 3.3: before the decision. The draft goes with it, and the county learns nothing of it.
fn ruecknahme_waehrend_der_entscheidung(b: Backend) {
    let d = Dienst::starten(b);
    let version = d.als(GK).get(&antrag("d5")).senden().version();
    let ziel = format!("{}/ruecknahme", antrag("d5"));
    let s = d.als(GK).post(&ziel, &grund("Träger abgesagt")).if_match(version).simulation().senden().ist(200);
    assert_eq!(s.json()["simulation"]["ereignisse"], json!(["antrag.zurueckgezogen"]));
    assert_eq!(lies(&d, RP, &bescheid("f5"))["status"], json!("ENTWURF"));
    let r = tue(&d, GK, &antrag("d5"), "ruecknahme", &grund("Träger abgesagt")).ist(200);
    assert_eq!(r.json()["status"], json!("ZURUECKGEZOGEN"));
    assert!(!r.text().contains("bescheid") && !r.text().contains("BEWILLIGUNG"), "{}", r.text());
    let entwurf = lies(&d, RP, &bescheid("f5"));
    assert_eq!((&entwurf["status"], &entwurf["verworfen_von"]), (&json!("VERWORFEN"), &json!(GK)));
    d.als(GK).get(&bescheid("f5")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    tue(&d, RP2, &bescheid("f5"), "freigabe", &json!({})).ist_problem(409, "STATUS_UNZULAESSIG");
    tue(&d, GK, &antrag("d1"), "ruecknahme", &grund("zu spät")).ist_problem(409, "STATUS_UNZULAESSIG");
}

fn strategie_kommt_zurueck(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = weg(&d, (GK, "strategie_anlegen"), &[(GK, "einreichung")]);
    for (wer, akt) in [(MIN, "zurueckweisung"), (GK, "ruecknahme")] {
        let r = tue(&d, wer, &pfad, akt, &grund("Der Zeitraum stimmt nicht.")).ist(200).json();
        assert_eq!((&r["status"], r.get("eingereicht_am")), (&json!("ENTWURF"), None));
        let rueckgabe = &lies(&d, GK, &pfad)["rueckgabe"];
        let ist = (&rueckgabe["akt"], &rueckgabe["person"], &rueckgabe["grund"]);
        assert_eq!(ist, (&json!(akt), &json!(wer), &json!("Der Zeitraum stimmt nicht.")));
        let version = d.als(GK).get(&pfad).senden().version();
        d.als(GK).delete(&pfad).if_match(version).senden().ist_problem(409, "UNVERAENDERLICH");
        assert_eq!(handle(&d, GK, &pfad, "einreichung").json().get("rueckgabe"), None);
    }
    handle(&d, MIN, &pfad, "anerkennung");
    tue(&d, GK, &pfad, "ruecknahme", &grund("zu spät")).ist_problem(409, "STATUS_UNZULAESSIG");
}

fn vereinbarung_wird_wieder_geoeffnet(b: Backend) {
    let d = Dienst::starten(b);
    let alt = "/zielvereinbarungen/019a0000-0000-7000-8000-0000000000c2";
    let r = tue(&d, GK, alt, "nachtrag", &json!({})).ist(201);
    let pfad = format!("/zielvereinbarungen/{}", als_text(&r.json()["id"]));
    handle(&d, GK, &pfad, "abstimmung");
    let r = tue(&d, MIN, &pfad, "ruecknahme", &grund("Ein Betrag ist falsch.")).ist(200).json();
    assert_eq!((&r["status"], r.get("dokument_sha256")), (&json!("ENTWURF"), None));
    assert_eq!(r["rueckgabe"]["grund"], json!("Ein Betrag ist falsch."));
    handle(&d, GK, &pfad, "abstimmung");
    let falsch = json!({ "durch": "Erika Beispiel", "dokument_sha256": "0".repeat(64) });
    let r = tue(&d, GK, &pfad, "unterzeichnung", &falsch).ist_problem(409, "DOKUMENT_NICHT_GELESEN").json();
    assert!(als_text(&r["befunde"][0]["abhilfe"]).contains("Lesen Sie die Zielvereinbarung neu"));
    handle(&d, GK, &pfad, "unterzeichnung");
    tue(&d, MIN, &pfad, "ruecknahme", &grund("zu spät")).ist_problem(409, "STATUS_UNZULAESSIG");
}

fn bekanntgabe_wird_berichtigt(b: Backend) {
    let d = Dienst::starten(b);
    handle(&d, RP2, &bescheid("f5"), "freigabe");
    let b = handle(&d, RP, &bescheid("f5"), "bekanntgabe").json();
    let heute = als_text(&b["erlassen_am"]);
    let k = json!({ "weg": "ZUSTELLUNG", "zugang_am": heute, "grund": "laut Zustellungsurkunde" });
    tue(&d, RP, &bescheid("f5"), "bekanntgabeberichtigung", &k).ist_problem(403, "VIER_AUGEN");
    let spaeter = json!({ "weg": "ZUSTELLUNG", "zugang_am": "2099-01-01", "grund": "laut Urkunde" });
    tue(&d, RP2, &bescheid("f5"), "bekanntgabeberichtigung", &spaeter).ist_problem(422, "DATUM_IN_ZUKUNFT");
    let n = tue(&d, RP2, &bescheid("f5"), "bekanntgabeberichtigung", &k).ist(200).json();
    assert_eq!((&n["bekannt_am"], &n["bekanntgabe_von"]), (&json!(heute), &json!(RP2)));
    assert!(als_text(&n["bestandskraft_am"]) < als_text(&b["bestandskraft_am"]), "no presumed receipt any more");
    let h = d.als(RP).get(&format!("{}/historie", bescheid("f5"))).query("limit", "200").senden().ist(200).text();
    assert!(h.contains("POST") && h.contains("laut Zustellungsurkunde"), "both entries: {h}");
}

/// A draft never handed over goes for good; its trail stays.
fn entwuerfe_werden_geloescht(b: Backend) {
    let d = Dienst::starten(b);
    let version = d.als(GK).get(&antrag("d2")).senden().version();
    let loesche = || d.als(GK).delete(&antrag("d2")).if_match(version);
    d.als("demo-gk-06411-1").delete(&antrag("d2")).if_match(version).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let s = loesche().simulation().senden().ist(200).json();
    let teile: Vec<_> = s["geloescht"].as_array().expect("list").iter().map(|t| als_text(&t["art"])).collect();
    assert_eq!(teile, ["ANTRAG", "MASSNAHME", "DETAILPLANUNG", "MASSNAHME", "DETAILPLANUNG"]);
    d.als(GK).get(&antrag("d2")).senden().ist(200);
    d.als(GK).delete(&antrag("d2")).if_match(99).senden().ist_problem(412, "VERSION_VERALTET");
    assert!(loesche().senden().ist(204).text().is_empty());
    d.als(GK).get(&antrag("d2")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let id = antrag("d2").rsplit('/').next().expect("id").to_owned();
    let p = d
        .als("demo-pruefung")
        .get("/protokoll")
        .query("fall_id", &id)
        .query("fall_art", "ANTRAG")
        .query("limit", "200")
        .senden()
        .ist(200)
        .json();
    let letzter =
        p["daten"].as_array().and_then(|e| e.iter().find(|e| e["akt"] == "loeschung")).expect("audit row").clone();
    assert_eq!(
        (als_text(&letzter["person"]), letzter["aenderungen"].as_array().map(Vec::len)),
        (GK.to_owned(), Some(1))
    );
    // what another case refers to stays
    let mut k = operation("antrag_anlegen").koerper().expect("example");
    k["jahrgang"] = json!(2026);
    let neuer = neu(&d, GK, "/antraege", &k);
    let mut ausnahme = operation("ausnahme_beantragen").koerper().expect("example");
    ausnahme["antrag_id"] = json!(neuer.rsplit('/').next());
    d.als(RP).post("/ausnahmen", &ausnahme).senden().ist(201);
    let r = d.als(GK).delete(&neuer).if_match(1).senden().ist_problem(409, "NOCH_VERWENDET");
    assert_eq!(r.json()["befunde"][0]["gemessen"][0]["wert"], json!("ANTRAG"));
    d.als(GK).get(&neuer).senden().ist(200);
    let version = d.als(GK).get(&antrag("d3")).senden().version();
    d.als(GK).delete(&antrag("d3")).if_match(version).senden().ist_problem(409, "UNVERAENDERLICH");
    for (anlage, ziel) in [("strategie_anlegen", "/strategien"), ("zielvereinbarung_anlegen", "/zielvereinbarungen")] {
        let mut k = operation(anlage).koerper().expect("example");
        k["kreisschluessel"] = json!("06440");
        if k.get("jahrgang").is_some() {
            k["jahrgang"] = json!(2027);
        }
        let pfad = neu(&d, GK, ziel, &k);
        assert_eq!(
            d.als(GK).delete(&pfad).if_match(1).simulation().senden().ist(200).json()["geloescht"]
                .as_array()
                .map(Vec::len),
            Some(1)
        );
        d.als(GK).delete(&pfad).if_match(1).senden().ist(204);
        d.als(GK).get(&pfad).senden().ist_problem(404, "NICHT_GEFUNDEN");
        neu(&d, GK, ziel, &k);
    }
}
