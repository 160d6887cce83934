//! `/stapel/…`: many records in one call, each a unit of work of its own.

use crate::aktionen::{GK, RP, RP2, abruf, handle};
use aqb_tests::vertrag::als_text;
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    jeder_eintrag_fuer_sich,
    noch_einmal_geschickt,
    schluessel_je_eintrag,
    vier_augen_je_eintrag,
    pruefung_im_stapel,
    fristen_im_stapel,
    simulation_laesst_alles,
    grenzen,
    nur_wer_darf,
);

const ANORDNUNG: &str = "/stapel/mittelabrufanordnung";
const PRUEFUNG: &str = "/stapel/mittelabrufpruefung";
const VERLAENGERUNG: &str = "/stapel/fristverlaengerung";

fn id(nr: &str) -> String {
    format!("019a0000-0000-7000-8000-0000000000{nr}")
}

/// In the demo data 11 is filed, 12 a draft, 13 certified, 14 ordered.
fn eintraege(zeilen: &[(&str, i64)]) -> Value {
    zeilen.iter().map(|(nr, version)| json!({ "id": id(nr), "version": version })).collect()
}

/// Status and code of every entry.
fn kurz(r: &Value) -> Vec<(i64, String)> {
    let zeilen = r["eintraege"].as_array().expect("entries").iter();
    zeilen
        .map(|z| {
            let wort = if z["erfolg"].is_object() { &z["erfolg"]["status"] } else { &z["problem"]["code"] };
            assert_ne!(z["erfolg"].is_object(), z["problem"].is_object(), "{z}");
            (z["http_status"].as_i64().expect("status"), als_text(wort))
        })
        .collect()
}

fn soll(zeilen: &[(i64, &str)]) -> Vec<(i64, String)> {
    zeilen.iter().map(|(s, w)| (*s, (*w).to_owned())).collect()
}

fn zustand(d: &Dienst, nr: &str) -> (String, i64) {
    let r = d.als(RP).get(&abruf(nr)).senden().ist(200);
    (als_text(&r.json()["status"]), r.version())
}

fn sende(d: &Dienst, wer: &str, pfad: &str, koerper: &Value) -> Antwort {
    d.als(wer).post(pfad, koerper).neuer_schluessel().senden()
}

/// Features row 86: done, wrong state, stale, unknown: the first stays done, the others leave nothing.
fn jeder_eintrag_fuer_sich(b: Backend) {
    let d = Dienst::starten(b);
    let (filed, entwurf) = (zustand(&d, "11"), zustand(&d, "12"));
    let k = json!({ "eintraege": eintraege(&[("13", 3), ("11", filed.1), ("12", entwurf.1 + 6), ("ff", 1)]) });
    let r = sende(&d, RP2, ANORDNUNG, &k).ist(200).json();
    assert_eq!(
        kurz(&r),
        soll(&[(200, "ANGEORDNET"), (409, "STATUS_UNZULAESSIG"), (412, "VERSION_VERALTET"), (404, "NICHT_GEFUNDEN")])
    );
    assert_eq!((&r["gelungen"], &r["abgelehnt"]), (&json!(1), &json!(3)));
    assert_eq!(r["eintraege"][0]["erfolg"]["version"], json!(4));
    assert_eq!(r["eintraege"][1]["problem"]["befunde"][0]["code"], "AQB-ZU-001");
    let danach = [zustand(&d, "13"), zustand(&d, "11"), zustand(&d, "12")];
    assert_eq!(danach, [("ANGEORDNET".to_owned(), 4), filed, entwurf]);
    let h = d.als(RP).get(&format!("{}/historie", abruf("13"))).senden().ist(200).json();
    let letzter = h["daten"].as_array().and_then(|z| z.last()).expect("entries").clone();
    assert_eq!((&letzter["akt"], &letzter["person"]), (&json!("anordnung"), &json!(RP2)));
}

/// The whole batch again under its key: what was done is answered, what was refused is tried again.
fn noch_einmal_geschickt(b: Backend) {
    let d = Dienst::starten(b);
    let k = json!({ "eintraege": eintraege(&[("13", 3), ("11", 3)]) });
    let einmal = |k: &Value| d.als(RP2).post(ANORDNUNG, k).schluessel("stapel-vom-montag").senden().ist(200).json();
    let r = einmal(&k);
    assert_eq!(kurz(&r), soll(&[(200, "ANGEORDNET"), (412, "VERSION_VERALTET")]));
    assert_eq!(r["eintraege"][0]["wiederholt"], json!(false));
    handle(&d, RP, &abruf("11"), "pruefung");
    let r = einmal(&k);
    assert_eq!(kurz(&r), soll(&[(200, "ANGEORDNET"), (200, "ANGEORDNET")]));
    assert_eq!((&r["eintraege"][0]["wiederholt"], &r["eintraege"][1]["wiederholt"]), (&json!(true), &json!(false)));
    assert_eq!(zustand(&d, "13"), ("ANGEORDNET".to_owned(), 4), "ordered once");
    let r = einmal(&json!({ "eintraege": eintraege(&[("13", 4)]) }));
    assert_eq!(kurz(&r), soll(&[(422, "IDEMPOTENZ_ANDERER_INHALT")]), "another version is another request");
}

fn schluessel_je_eintrag(b: Backend) {
    let d = Dienst::starten(b);
    let mut k = json!({ "eintraege": eintraege(&[("13", 3)]) });
    d.als(RP2).post(ANORDNUNG, &k).senden().ist_problem(400, "IDEMPOTENZ_FEHLT");
    k["eintraege"][0]["schluessel"] = json!("eintrag-0001");
    d.als(RP2).post(ANORDNUNG, &k).senden().ist_problem(400, "IDEMPOTENZ_FEHLT");
    let r = sende(&d, RP2, ANORDNUNG, &k).ist(200).json();
    assert_eq!(kurz(&r), soll(&[(200, "ANGEORDNET")]));
    // the key holds in another batch too, whatever that one's own key is
    let r = sende(&d, RP2, ANORDNUNG, &k).ist(200).json();
    assert_eq!(r["eintraege"][0]["wiederholt"], json!(true));
    // and it belongs to this act
    let k =
        json!({ "eintraege": k["eintraege"], "eingabe": { "sachlich_richtig": true, "rechnerisch_richtig": true } });
    let r = sende(&d, RP2, PRUEFUNG, &k).ist(200).json();
    assert_eq!(kurz(&r), soll(&[(422, "IDEMPOTENZ_ANDERER_INHALT")]));
}

fn vier_augen_je_eintrag(b: Backend) {
    let d = Dienst::starten(b);
    handle(&d, RP2, &abruf("11"), "pruefung");
    let k = json!({ "eintraege": eintraege(&[("13", 3), ("11", 3)]) });
    let r = sende(&d, RP, ANORDNUNG, &k).ist(200).json();
    assert_eq!(kurz(&r), soll(&[(403, "VIER_AUGEN"), (200, "ANGEORDNET")]), "13 was certified by this person");
}

fn pruefung_im_stapel(b: Backend) {
    let d = Dienst::starten(b);
    let eingabe = json!({ "sachlich_richtig": true, "rechnerisch_richtig": true });
    let k = json!({ "eintraege": eintraege(&[("11", 2), ("13", 3)]), "eingabe": eingabe });
    let r = sende(&d, RP, PRUEFUNG, &k).ist(200).json();
    assert_eq!(kurz(&r), soll(&[(200, "GEPRUEFT"), (409, "STATUS_UNZULAESSIG")]));
    let m = d.als(RP).get(&abruf("11")).senden().ist(200).json();
    assert_eq!(m["feststellung"]["von"], json!(RP));
}

fn fristen_im_stapel(b: Backend) {
    let d = Dienst::starten(b);
    let einzige = |art: &str| {
        let pfad = crate::fristen::einzige(&d, &format!("art={art}"));
        let r = d.als(RP).get(&pfad).senden().ist(200);
        json!({ "id": r.json()["id"], "version": r.version() })
    };
    let k = json!({ "eintraege": [einzige("ZWISCHENNACHWEIS"), einzige("RECHTSBEHELF")],
        "eingabe": { "bis": "2027-06-30", "grund": "Das Formular steht erst im Mai bereit." } });
    let r = sende(&d, RP, VERLAENGERUNG, &k).ist(200).json();
    let ergebnis = kurz(&r);
    assert_eq!(ergebnis[0], (200, "OFFEN".to_owned()));
    assert_eq!(ergebnis[1].0, 409, "an appeal period is nobody's to extend: {r}");
    let f = d.als(RP).get(&crate::fristen::einzige(&d, "art=ZWISCHENNACHWEIS")).senden().ist(200).json();
    assert_eq!(f["faellig_am"], json!("2027-06-30"));
}

fn simulation_laesst_alles(b: Backend) {
    let d = Dienst::starten(b);
    let k = json!({ "eintraege": eintraege(&[("13", 3), ("14", 4)]) });
    let r = d.als(RP2).post(ANORDNUNG, &k).schluessel("nur-gedacht-1").simulation().senden().ist(200).json();
    assert_eq!(kurz(&r), soll(&[(200, "ANGEORDNET"), (409, "STATUS_UNZULAESSIG")]));
    let ereignisse = &r["eintraege"][0]["erfolg"]["simulation"]["ereignisse"];
    assert_eq!(ereignisse, &json!(["mittelabruf.angeordnet"]));
    assert_eq!(zustand(&d, "13"), ("GEPRUEFT".to_owned(), 3));
    let r = d.als(RP2).post(ANORDNUNG, &k).schluessel("nur-gedacht-1").senden().ist(200).json();
    assert_eq!(r["eintraege"][0]["wiederholt"], json!(false), "the simulation used no key up");
}

fn grenzen(b: Backend) {
    let d = Dienst::starten(b);
    let viele = |n: usize| json!({ "eintraege": vec![json!({ "id": id("ff"), "version": 1 }); n] });
    for n in [0, 101] {
        sende(&d, RP2, ANORDNUNG, &viele(n)).ist_problem(400, "ANFRAGE_UNGUELTIG");
    }
    let r = sende(&d, RP2, ANORDNUNG, &viele(100)).ist(200).json();
    assert_eq!((&r["gelungen"], &r["abgelehnt"]), (&json!(0), &json!(100)));
    let ohne_version = json!({ "eintraege": [{ "id": id("13") }] });
    sende(&d, RP2, ANORDNUNG, &ohne_version).ist_problem(400, "ANFRAGE_UNGUELTIG");
}

fn nur_wer_darf(b: Backend) {
    let d = Dienst::starten(b);
    let k = json!({ "eintraege": eintraege(&[("13", 3)]) });
    for wer in [GK, "demo-ministerium-1", "demo-pruefung", "demo-traeger-1", "demo-admin"] {
        sende(&d, wer, ANORDNUNG, &k).ist_problem(403, "RECHT_FEHLT");
    }
    assert_eq!(zustand(&d, "13"), ("GEPRUEFT".to_owned(), 3));
}
