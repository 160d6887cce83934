//! Participants: by pseudonym, encrypted at rest, counted where nobody can be recognised.

mod gross;

use crate::aktionen::{GK, GK2, MIN, RP, teilnahme};
use aqb_domain::berechtigung::{Akteur, Rolle, Sicht};
use aqb_domain::zeit::{Zeitraum, tag};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::{Db, Optionen, tresor};
use aqb_tests::client::kurznamen;
use aqb_tests::datenbank::{befehl, texte};
use aqb_tests::dienst::{DATENSCHLUESSEL, OHNE_DATENSCHLUESSEL};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Antwort, Backend, Datenbank, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    erfassen_bis_austritt,
    jede_ablehnung_mit_ihrem_code,
    spaete_nachweise_sind_zu_unterscheiden,
    nur_wer_beteiligt_ist,
    nichts_liegt_im_klartext,
    s13_ueberschneidung,
    upload_mit_urteil_je_zeile,
    lesen_wird_vermerkt,
    schluesselwechsel,
    loeschung_mit_nachweis,
    ohne_schluessel_kein_start,
    wiederholung_nach_loeschung,
    wiederholter_upload_nach_loeschung,
    keine_spuren_in_den_dateien,
    auskunft_nebenbei_wird_vermerkt,
);

const TR: &str = "demo-traeger-1";
const TR2: &str = "demo-traeger-2";
pub const LISTE: &str =
    "/antraege/019a0000-0000-7000-8000-0000000000d1/massnahmen/019a0000-0000-7000-8000-0000000000e1/teilnahmen";
/// Measure of kind 4 in the same application.
const ART4: &str =
    "/antraege/019a0000-0000-7000-8000-0000000000d1/massnahmen/019a0000-0000-7000-8000-0000000000e2/teilnahmen";
/// Measure of an application that is a draft.
const ENTWURF: &str =
    "/antraege/019a0000-0000-7000-8000-0000000000d2/massnahmen/019a0000-0000-7000-8000-0000000000e3/teilnahmen";

fn beispiel() -> Value {
    operation("teilnahme_anlegen").koerper().expect("example")
}

fn mit(feld: &str, wert: Value) -> Value {
    let mut k = beispiel();
    k["inhalt"][feld] = wert;
    k
}

/// A pseudonym: what an HMAC looks like, the same for the same number.
pub fn pseudonym(nr: u64) -> String {
    aqb_persistence::protokoll::hash(&[b"teilnahmen", &nr.to_be_bytes()])
}

fn lege_an(d: &Dienst, wer: &str, k: &Value) -> Antwort {
    d.als(wer).post(LISTE, k).senden()
}

fn ort(r: &Antwort) -> String {
    r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned()
}

/// Entered one by one or uploaded: two late proofs are two hints with different words.
fn spaete_nachweise_sind_zu_unterscheiden(b: Backend) {
    let d = Dienst::starten(b);
    let mut k = beispiel();
    let eintritt: chrono::NaiveDate = als_text(&k["inhalt"]["eintritt"]).parse().expect("day");
    let danach = json!(eintritt.succ_opt().expect("day"));
    k["inhalt"]["rechtskreise"][0]["gesehen_am"] = danach.clone();
    k["inhalt"]["erstwohnsitz_geprueft_am"] = danach;
    let unterscheidbar = |befunde: &Value| {
        assert_eq!(kurznamen(befunde), ["NACHWEIS_NACH_EINTRITT"; 2], "{befunde}");
        assert_ne!(befunde[0]["text"], befunde[1]["text"]);
    };
    unterscheidbar(&lege_an(&d, GK, &k).ist(201).json()["befunde"]);
    k["inhalt"]["pseudonym"] = json!(pseudonym(77));
    let r = d.als(GK).post(&format!("{LISTE}/import"), &json!({ "zeilen": [k["inhalt"]] })).neuer_schluessel();
    unterscheidbar(&r.senden().ist(200).json()["zeilen"][0]["befunde"]);
}

fn erfassen_bis_austritt(b: Backend) {
    let d = Dienst::starten(b);
    let r = lege_an(&d, GK, &beispiel()).ist(201);
    let pfad = ort(&r);
    assert_eq!((r.json()["status"].as_str(), kurznamen(&r.json()["befunde"])), (Some("LAUFEND"), vec![]));
    let austritt = operation("teilnahme_austreten").koerper().expect("example");
    d.als(GK).post(&format!("{pfad}/austritt"), &austritt).if_match(9).senden().ist_problem(412, "VERSION_VERALTET");
    let sim = d.als(GK).post(&format!("{pfad}/austritt"), &austritt).if_match(1).simulation().senden().ist(200).json();
    assert_eq!(sim["simulation"]["ereignisse"], json!(["teilnahme.beendet"]));
    let a = d.als(GK2).post(&format!("{pfad}/austritt"), &austritt).if_match(1).senden().ist(200);
    assert_eq!((a.json()["status"].as_str(), a.version()), (Some("BEENDET"), 2));
    d.als(GK).post(&format!("{pfad}/austritt"), &austritt).if_match(2).senden().ist_problem(409, "STATUS_UNZULAESSIG");
    // a correction names its fields and its reason; taking the exit back lets the person take part again
    let k =
        json!({ "grund": "NEUER_KENNTNISSTAND", "inhalt": { "geschlecht": "DIVERS" }, "austritt_zuruecknehmen": true });
    let r = d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(2).senden().ist(200).json();
    assert_eq!(r["korrekturen"][0]["felder"], json!(["geschlecht", "austritt"]));
    assert_eq!((&r["status"], r["inhalt"].get("austritt")), (&json!("LAUFEND"), None));
    d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(3).senden().ist_problem(422, "KORREKTUR_OHNE_AENDERUNG");
    let k = json!({ "grund": "EINGABEFEHLER", "inhalt": { "eintritt": null } });
    d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(3).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
    // free words have no place anywhere
    let k = json!({ "grund": "Frau Mustermann ist umgezogen", "inhalt": { "geschlecht": "WEIBLICH" } });
    d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(3).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
    // the same person on the same day is there already, until the record is cancelled
    lege_an(&d, GK, &beispiel()).ist_problem(409, "TEILNAHME_DOPPELT");
    let s = json!({ "grund": "NICHT_ANGETRETEN" });
    let r = d.als(GK).post(&format!("{pfad}/stornierung"), &s).if_match(3).senden().ist(200);
    assert_eq!(r.json()["stornogrund"], "NICHT_ANGETRETEN");
    lege_an(&d, GK, &beispiel()).ist(201);
}

fn jede_ablehnung_mit_ihrem_code(b: Backend) {
    let d = Dienst::starten(b);
    for (k, status, code) in [
        (mit("pseudonym", json!("Erika Mustermann")), 422, "PSEUDONYM_UNGUELTIG"),
        (mit("pseudonym", json!("erika@example.org")), 422, "PSEUDONYM_UNGUELTIG"),
        (mit("pseudonym", json!("a".repeat(64))), 422, "PSEUDONYM_UNGUELTIG"),
        (mit("eintritt", json!("2026-01-31")), 422, "TEILNAHME_ZEITRAUM"),
        (mit("erstwohnsitz_hessen", json!(false)), 422, "ERSTWOHNSITZ_FEHLT"),
        (mit("wohnsitz_kreisschluessel", json!("07111")), 422, "WOHNSITZ_UNBEKANNT"),
        (mit("rechtskreise", json!([])), 422, "RECHTSKREIS_FEHLT"),
        (mit("zielgruppe", json!("FACHPERSONAL_GK")), 422, "ZIELGRUPPE_UNZULAESSIG"),
        (mit("ausbildungskostenzuschuss", json!(false)), 422, "AKZ_ANGABE"),
        (mit("bemerkung", json!("Frau Mustermann")), 400, "ANFRAGE_UNGUELTIG"),
        (mit("altersgruppe", json!("1999-12-31")), 400, "ANFRAGE_UNGUELTIG"),
    ] {
        let r = lege_an(&d, GK, &k).ist_problem(status, code);
        // a name that was sent by mistake is not sent back in a finding about the pseudonym
        assert!(code != "PSEUDONYM_UNGUELTIG" || !r.text().contains("rika"), "{}", r.text());
    }
    d.als(GK).post(ART4, &beispiel()).senden().ist_problem(422, "MASSNAHME_OHNE_TEILNEHMENDE");
    d.als(GK).post(ENTWURF, &beispiel()).senden().ist_problem(409, "MASSNAHME_OHNE_BEWILLIGUNG");
    let r = lege_an(&d, GK, &mit("wohnsitz_kreisschluessel", json!("06531"))).ist(201).json();
    assert_eq!(kurznamen(&r["befunde"]), ["WOHNSITZ_ANDERSWO"]);
}

/// Contract section 2: own county and own Traeger; the authority, the ministry and the auditors read counts only.
fn nur_wer_beteiligt_ist(b: Backend) {
    let d = Dienst::starten(b);
    let eins = teilnahme("71");
    for wer in [RP, MIN, "demo-pruefung", "demo-admin"] {
        d.als(wer).get(LISTE).senden().ist_problem(403, "RECHT_FEHLT");
        d.als(wer).get(&eins).senden().ist_problem(403, "RECHT_FEHLT");
        d.als(wer).get(&format!("{eins}/historie")).senden().ist_problem(403, "RECHT_FEHLT");
        lege_an(&d, wer, &beispiel()).ist_problem(403, "RECHT_FEHLT");
    }
    for wer in ["demo-gk-06531-1", TR2] {
        for r in [d.als(wer).get(LISTE).senden(), d.als(wer).get(&eins).senden(), lege_an(&d, wer, &beispiel())] {
            r.ist_problem(404, "NICHT_GEFUNDEN");
        }
        let frage = operation("teilnahme_auskunft").koerper().expect("example");
        let r = d.als(wer).post("/teilnahmen/auskunft", &frage).senden().ist(200).json();
        assert_eq!(r["teilnahmen"], json!([]), "{wer}");
    }
    for wer in [GK, GK2, TR] {
        assert_eq!(d.als(wer).get(LISTE).senden().ist(200).json()["daten"].as_array().map(Vec::len), Some(5), "{wer}");
    }
    let pfad = ort(&lege_an(&d, TR, &beispiel()).ist(201));
    d.als(GK).get(&pfad).senden().ist(200);
    let r = d.als(GK).get(&pfad).senden();
    assert_eq!(r.kopfzeile("cache-control"), Some("no-store"));
    // the record belongs below its own measure only
    d.als(GK).get(&pfad.replace("0000000000e1", "0000000000e2")).senden().ist_problem(404, "NICHT_GEFUNDEN");
}

/// Rows, audit trail, outbox and stored answers: no pseudonym and no code about the person anywhere.
fn nichts_liegt_im_klartext(b: Backend) {
    let d = Dienst::starten(b);
    let p = pseudonym(1);
    let mut k = mit("pseudonym", json!(p));
    k["inhalt"]["zielgruppe"] = json!("ALLEINERZIEHENDE_FAMILIENSORGE");
    k["inhalt"]["altersgruppe"] = json!("VON_35_BIS_49");
    let senden = || d.als(GK).post(LISTE, &k).schluessel("klartext-01").senden().ist(201);
    let erste = senden();
    let pfad = ort(&erste);
    let austritt = json!({ "austritt": "2026-09-11", "austrittsgrund": "PERSOENLICHE_UMSTAENDE", "verbleib": "ARBEITSLOS", "abschluss_erreicht": false });
    d.als(GK).post(&format!("{pfad}/austritt"), &austritt).if_match(1).schluessel("klartext-02").senden().ist(200);
    let k2 = json!({ "grund": "EINGABEFEHLER", "inhalt": { "altersgruppe": "AB_50" } });
    d.als(GK).post(&format!("{pfad}/korrektur"), &k2).if_match(2).schluessel("klartext-03").senden().ist(200);
    let text: String = d.datenbank.abbild().into_values().flatten().collect::<Vec<_>>().join("\n");
    let id = als_text(&erste.json()["id"]);
    assert!(text.contains(&id), "the dump holds the record");
    for wort in [p.as_str(), "VON_35_BIS_49", "2026-09-11", "PERSOENLICHE_UMSTAENDE"] {
        // bodies are bytes, which both databases show as hex
        let hex: String = wort.bytes().map(|b| format!("{b:02x}")).collect();
        for form in [wort.to_owned(), hex.clone(), hex.to_uppercase()] {
            assert!(!text.contains(&form), "{wort} lies in the database in plain text");
        }
    }
    // a repeated key has no second effect and answers with the record as it is now: nothing else is kept
    let zweite = senden();
    assert_eq!((zweite.kopfzeile("idempotent-replayed"), zweite.version(), ort(&zweite)), (Some("true"), 3, pfad));
    assert_eq!((&zweite.json()["id"], &zweite.json()["inhalt"]["altersgruppe"]), (&json!(id), &json!("AB_50")));
    d.als(GK)
        .post(LISTE, &mit("pseudonym", json!(pseudonym(2))))
        .schluessel("klartext-01")
        .senden()
        .ist_problem(422, "IDEMPOTENZ_ANDERER_INHALT");
    // and the trail tells every record again
    pruefe(d);
}

/// The operator's check after the server has ended.
fn pruefe(d: Dienst) {
    let datenbank = d.beenden();
    aqb_api::pruefe::pruefe(&datenbank.url, None, |_, _| ()).expect("everything fits its trail");
}

/// Dossier S13: X in M1 until 07-31 and again from 06-01: 61 days. From 08-01 on is fine. Another person is no overlap.
fn s13_ueberschneidung(b: Backend) {
    let d = Dienst::starten(b);
    let x = |eintritt: &str, austritt: Option<&str>, nr| {
        let mut k = mit("pseudonym", json!(pseudonym(nr)));
        k["inhalt"]["eintritt"] = json!(eintritt);
        if let Some(a) = austritt {
            k["inhalt"]["austritt"] = json!({ "austritt": a, "austrittsgrund": "PLANMAESSIGES_ENDE", "verbleib": "UNBEKANNT", "abschluss_erreicht": true });
        }
        lege_an(&d, GK, &k).ist(201)
    };
    let tage = |r: &Antwort| {
        let b = r.json()["befunde"]
            .as_array()
            .expect("befunde")
            .iter()
            .find(|b| b["kurzname"] == "UEBERSCHNEIDUNG")
            .cloned();
        b.map(|b| {
            let wert = |n: &str| {
                b["gemessen"]
                    .as_array()
                    .expect("gemessen")
                    .iter()
                    .find(|m| m["name"] == n)
                    .map(|m| als_text(&m["wert"]))
            };
            (wert("tage").expect("tage"), wert("andere").expect("andere"))
        })
    };
    x("2026-02-01", Some("2026-07-31"), 13);
    let zweite = x("2026-06-01", None, 13);
    assert_eq!(tage(&zweite), Some(("61".to_owned(), "M01".to_owned())));
    assert_eq!(tage(&x("2026-06-01", None, 14)), None);
    // the finding stays with the record while it holds
    let pfad = ort(&zweite);
    assert_eq!(tage(&d.als(GK).get(&pfad).senden().ist(200)).map(|(t, _)| t), Some("61".to_owned()));
    let k = json!({ "grund": "EINGABEFEHLER", "inhalt": { "eintritt": "2026-08-01" } });
    let r = d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(1).senden().ist(200);
    assert_eq!(tage(&r), None, "one after the other is fine");
}

pub fn zeile(nr: u64) -> Value {
    mit("pseudonym", json!(pseudonym(nr)))["inhalt"].clone()
}

fn upload_mit_urteil_je_zeile(b: Backend) {
    let d = Dienst::starten(b);
    let mut zeilen: Vec<Value> = (100..220).map(zeile).collect();
    let falsch = [
        (3, "pseudonym", json!("Erika Mustermann"), "PSEUDONYM_UNGUELTIG"),
        (7, "eintritt", json!("2025-12-31"), "TEILNAHME_ZEITRAUM"),
        (11, "geschlecht", json!("W"), "VERTRAG_VERLETZT"),
        (105, "name", json!("Erika"), "VERTRAG_VERLETZT"),
    ];
    for (nr, feld, wert, _) in &falsch {
        zeilen[*nr][*feld] = wert.clone();
    }
    zeilen[119] = zeilen[0].clone();
    let ziel = format!("{LISTE}/import");
    let sende = |wer: &str, k: &Value| d.als(wer).post(&ziel, k);
    let k = json!({ "zeilen": zeilen });
    let zahlen = |r: &Antwort| {
        ["angelegt", "aktualisiert", "unveraendert", "fehler"].map(|f| r.json()[f].as_u64().expect("count"))
    };
    let vorher = d.datenbank.abbild();
    assert_eq!(zahlen(&sende(GK, &k).simulation().senden().ist(200)), [115, 0, 0, 5]);
    assert_eq!(d.datenbank.abbild(), vorher, "a simulation keeps nothing");
    let r = sende(GK, &k).schluessel("upload-0001").senden().ist(200);
    assert_eq!(zahlen(&r), [115, 0, 0, 5]);
    let j = r.json();
    for (nr, feld, _, code) in &falsch {
        let z = &j["zeilen"][*nr];
        assert_eq!((z["zeile"].as_u64(), &z["urteil"]), (Some(*nr as u64 + 1), &json!("FEHLER")));
        let b = z["befunde"]
            .as_array()
            .expect("befunde")
            .iter()
            .find(|b| b["kurzname"] == *code)
            .unwrap_or_else(|| panic!("{nr}: {z}"));
        let ort = als_text(&b["ort"]);
        assert!(ort.starts_with(&format!("/zeilen/{nr}")), "{feld}: {ort}");
    }
    assert_eq!(kurznamen(&j["zeilen"][119]["befunde"]), ["ZEILE_DOPPELT"]);
    assert_eq!(kurznamen(&j["befunde"]), ["PLAETZE_UEBERSCHRITTEN"]);
    // once more: under the same key, under another, and by the Traeger
    assert_eq!(sende(GK, &k).schluessel("upload-0001").senden().ist(200).json(), j);
    assert_eq!(zahlen(&sende(GK, &k).senden().ist(200)), [0, 0, 115, 5]);
    assert_eq!(zahlen(&sende(TR, &k).senden().ist(200)), [0, 0, 115, 5]);
    // an exit is added, anything else needs a correction
    let mut zwei = vec![zeilen[0].clone(), zeilen[1].clone()];
    zwei[0]["austritt"] = json!({ "austritt": "2026-08-31", "austrittsgrund": "ABBRUCH", "verbleib": "UNBEKANNT", "abschluss_erreicht": false });
    zwei[1]["geschlecht"] = json!("DIVERS");
    let r = sende(GK, &json!({ "zeilen": zwei })).senden().ist(200);
    assert_eq!(zahlen(&r), [0, 1, 0, 1]);
    assert_eq!(kurznamen(&r.json()["zeilen"][1]["befunde"]), ["ZEILE_ABWEICHEND"]);
    for (k, code) in [
        (json!({}), "ANFRAGE_UNGUELTIG"),
        (json!({ "zeilen": [] }), "ANFRAGE_UNGUELTIG"),
        (json!({ "zeilen": {} }), "ANFRAGE_UNGUELTIG"),
        (json!({ "zeilen": [1], "mehr": 1 }), "ANFRAGE_UNGUELTIG"),
        (json!({ "zeilen": vec![json!({}); 10_001] }), "ANFRAGE_UNGUELTIG"),
    ] {
        sende(GK, &k).senden().ist_problem(400, code);
    }
    let kein_objekt = sende(GK, &json!({ "zeilen": [1] })).senden().ist(200);
    assert_eq!(zahlen(&kein_objekt), [0, 0, 0, 1]);
    let r =
        d.als(GK).anfrage("POST", &ziel).kopf("content-type", "application/json").bytes(vec![b' '; 9 << 20]).senden();
    r.ist_problem(413, "ZU_GROSS");
    sende("demo-gk-06531-1", &k).senden().ist_problem(404, "NICHT_GEFUNDEN");
    sende(RP, &k).senden().ist_problem(403, "RECHT_FEHLT");
    pruefe(d);
}

fn lesen_wird_vermerkt(b: Backend) {
    let d = Dienst::starten(b);
    let eins = teilnahme("71");
    d.als(GK).get(&eins).query("zweck", "NACHWEIS").senden().ist(200);
    d.als(TR).get(LISTE).query("limit", "2").senden().ist(200);
    let frage = operation("teilnahme_auskunft").koerper().expect("example");
    let r = d.als(GK2).post("/teilnahmen/auskunft", &frage).senden().ist(200).json();
    assert_eq!(r["teilnahmen"].as_array().map(Vec::len), Some(1));
    let unbekannt = json!({ "pseudonym": pseudonym(99), "zweck": "AUSKUNFT" });
    d.als(GK).post("/teilnahmen/auskunft", &unbekannt).senden().ist(200);
    let name = json!({ "pseudonym": "Erika Mustermann", "zweck": "AUSKUNFT" });
    d.als(GK).post("/teilnahmen/auskunft", &name).senden().ist_problem(422, "PSEUDONYM_UNGUELTIG");
    for wer in ["demo-pruefung", "demo-admin"] {
        let r = d.als(wer).get("/datenzugriffe").senden().ist(200);
        let j = r.json();
        let zeile = |z: &Value| {
            let n = z["teilnahmen"].as_array().map_or(0, Vec::len);
            (als_text(&z["person"]), als_text(&z["vorgang"]), n, z["zweck"].as_str().unwrap_or("-").to_owned())
        };
        let alle: Vec<_> = j["daten"].as_array().expect("daten").iter().map(zeile).collect();
        let soll = [
            (GK, "teilnahme_lesen", 1, "NACHWEIS"),
            (TR, "teilnahmen_auflisten", 2, "-"),
            (GK2, "teilnahme_auskunft", 1, "AUSKUNFT"),
            (GK, "teilnahme_auskunft", 0, "AUSKUNFT"),
        ];
        let soll: Vec<_> = soll.map(|(a, b, n, z)| (a.to_owned(), b.to_owned(), n, z.to_owned())).into();
        assert_eq!(alle, soll);
        assert!(!r.text().contains("SGB_II"), "no content");
    }
    let nur = d.als("demo-pruefung").get("/datenzugriffe").query("person", TR).senden().ist(200).json();
    assert_eq!(nur["daten"].as_array().map(Vec::len), Some(1));
    for wer in [GK, TR, RP, MIN] {
        d.als(wer).get("/datenzugriffe").senden().ist_problem(403, "RECHT_FEHLT");
    }
}

/// A new version of a county's key: everything stays readable, old and new.
fn schluesselwechsel(b: Backend) {
    let d = Dienst::starten(b);
    let lesen = |d: &Dienst| d.als(GK).get(LISTE).senden().ist(200).json()["daten"].clone();
    let vorher = lesen(&d);
    let url = d.datenbank.url.clone();
    assert_eq!(
        aqb_api::schluessel::wechsle(&url, None, Some("06440")).as_deref(),
        Ok("06440: Version 2, 4 Datensätze")
    );
    assert_eq!(lesen(&d), vorher, "the running server reads on");
    lege_an(&d, GK, &beispiel()).ist(201);
    assert_eq!(
        aqb_api::schluessel::wechsle(&url, None, Some("06440")).as_deref(),
        Ok("06440: Version 3, 5 Datensätze")
    );
    lege_an(&d, GK, &beispiel()).ist_problem(409, "TEILNAHME_DOPPELT");
    assert!(aqb_api::schluessel::wechsle(&url, None, Some("06999")).is_err());
    assert_eq!(lesen(&d).as_array().map(Vec::len), Some(6));
    pruefe(d);
}

/// Erases as the county would on this day.
fn loesche(d: &Dienst, tag: &str) -> Result<aqb_domain::teilnahme::Loeschnachweis, String> {
    let akteur = Akteur {
        person: GK.to_owned(),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some("06440".to_owned()),
        traeger_id: None,
    };
    let tresor = tresor::fuer(&mut d.datenbank.verbinde(), None, true).expect("vault");
    let jetzt = format!("{tag}T10:00:00Z").parse().expect("moment");
    let db = Db::oeffnen(&Optionen::neu(&d.datenbank.url)).expect("database");
    let wer = Auftraggeber { akteur, anfrage: "loeschung".into(), simulation: false };
    let ids = ["d1", "e1"].map(|k| format!("019a0000-0000-7000-8000-0000000000{k}").parse().expect("id"));
    let arbeit = db.schreiben(wer, move |tx| {
        tx.jetzt = jetzt;
        let sicht = Sicht::Gebietskoerperschaft("06440".to_owned());
        let id = tx.neue_id();
        aqb_api::app::teilnahme::loesche(tx, &tresor, &sicht, (ids[0], ids[1]), id).map(|n| n.wert)
    });
    actix_web::rt::System::new().block_on(arbeit).map_err(|e| format!("{e:?}"))
}

fn loeschung_mit_nachweis(b: Backend) {
    let d = Dienst::starten(b);
    let ziel = format!("{LISTE}/loeschung");
    // what was cancelled need not wait
    let r = d.als(GK).post(&ziel, &json!({})).senden().ist(201);
    assert_eq!(
        (r.json()["grund"].as_str(), r.json()["posten"].as_array().map(Vec::len)),
        (Some("FEHLERHAFT_ERFASST"), Some(1))
    );
    d.als(GK).post(&ziel, &json!({})).senden().ist_problem(409, "AUFBEWAHRUNG_LAEUFT");
    for wer in [TR, RP, "demo-pruefung", "demo-admin"] {
        d.als(wer).post(&ziel, &json!({})).senden().ist_problem(403, "RECHT_FEHLT");
    }
    let f = d.als(GK).get("/loeschfaelligkeiten").senden().ist(200).json();
    let m = &f["massnahmen"][0];
    assert_eq!(
        (&m["aufbewahren_bis"], &m["faellig"], &m["teilnahmen"]),
        (&json!("2032-12-31"), &json!(false), &json!(3))
    );
    let f = d.als("demo-gk-06531-1").get("/loeschfaelligkeiten").senden().ist(200).json();
    assert_eq!(f["massnahmen"], json!([]));

    let kennzahlen = |d: &Dienst| {
        let tresor = tresor::fuer(&mut d.datenbank.verbinde(), None, true).expect("vault");
        let z = Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) };
        let id = "019a0000-0000-7000-8000-0000000000e1".parse().expect("id");
        aqb_persistence::teilnahme::kennzahlen(&mut d.datenbank.verbinde(), &tresor, id, &z).expect("counts")
    };
    let vorher = kennzahlen(&d).expect("a measure");
    assert_eq!(vorher.zeile(aqb_domain::teilnahme::Kennzahl::Eintritte).gesamt, 3);
    assert!(loesche(&d, "2032-12-31").expect_err("too early").contains("AUFBEWAHRUNG_LAEUFT"));
    let n = loesche(&d, "2033-01-01").expect("erased");
    assert_eq!(n.posten.len(), 3);
    assert_eq!(kennzahlen(&d), Some(vorher), "the counts stay");
    let eins = d.als(GK).get(&teilnahme("71")).senden().ist(200).json();
    assert_eq!((&eins["status"], eins.get("inhalt")), (&json!("GELOESCHT"), None));
    assert_eq!(eins["loeschung"]["loeschnachweis_id"], json!(n.id));
    for wer in [GK, "demo-pruefung", "demo-admin"] {
        let r = d.als(wer).get(&format!("/loeschnachweise/{}", n.id)).senden().ist(200).json();
        assert_eq!(r["posten"], serde_json::to_value(&n.posten).expect("JSON"));
    }
    d.als("demo-gk-06531-1").get(&format!("/loeschnachweise/{}", n.id)).senden().ist_problem(404, "NICHT_GEFUNDEN");
    // no key of an erased record is left, so the history's ciphertext is unreadable; nothing finds the person any more
    let mut c = d.datenbank.verbinde();
    assert_eq!(texte(&mut c, "SELECT verpackt AS z FROM teilnahme_schluessel"), Vec::<String>::new());
    let frage = operation("teilnahme_auskunft").koerper().expect("example");
    let r = d.als(GK).post("/teilnahmen/auskunft", &frage).senden().ist(200).json();
    assert_eq!(r["teilnahmen"], json!([]));
    assert!(loesche(&d, "2033-01-01").expect_err("twice").contains("NICHTS_ZU_LOESCHEN"));
    drop(c);
    pruefe(d);
}

/// Production wants a master key, and the one with which its data were closed. Somebody who exchanges ciphertexts is found.
fn ohne_schluessel_kein_start(b: Backend) {
    let start = |d: &Datenbank, weitere: &[&str]| {
        let serve = aqb_tests::dienst::konfiguration(&d.url, weitere);
        aqb_api::server::oeffne(&serve).map(drop).map_err(|e| e.to_string())
    };
    let leer = Datenbank::leer(b);
    let fehlt = start(&leer, &["--umgebung", "produktion", OHNE_DATENSCHLUESSEL]).expect_err("no key");
    assert!(fehlt.contains("AQB_DATENSCHLUESSEL"), "{fehlt}");
    start(&leer, &["--umgebung", "produktion"]).expect("with a key");
    let anderer = DATENSCHLUESSEL.replace('3', "4");
    let falsch = start(&leer, &["--umgebung", "produktion", "--datenschluessel", &anderer]).expect_err("another key");
    assert!(falsch.contains("nicht der") && !falsch.contains(&anderer), "{falsch}");
    let kurz = start(&leer, &["--umgebung", "produktion", "--datenschluessel", "1234"]).expect_err("no key at all");
    assert!(kurz.contains("64"), "{kurz}");

    let d = Dienst::starten(b);
    let mut c = d.datenbank.verbinde();
    let (eins, zwei) = (crate::integritaet::id(b, "71"), crate::integritaet::id(b, "72"));
    let inhalt = |nr: &str| format!("(SELECT inhalt FROM teilnahme WHERE id = {nr})");
    let chiffrat = match b {
        Backend::Sqlite => format!("json_set(inhalt, '$.chiffrat', json_extract({}, '$.chiffrat'))", inhalt(&zwei)),
        Backend::Postgres => format!("jsonb_set(inhalt, '{{chiffrat}}', {} -> 'chiffrat')", inhalt(&zwei)),
    };
    befehl(&mut c, &format!("UPDATE teilnahme SET inhalt = {chiffrat} WHERE id = {eins}"));
    d.als(GK).get(&teilnahme("71")).senden().ist_problem(409, "PERSONENDATEN_UNLESBAR");
    drop(c);
    let datenbank = d.beenden();
    let e = aqb_api::pruefe::pruefe(&datenbank.url, None, |_, _| ()).expect_err("forged");
    assert!(e.contains("TEILNAHME/019a0000-0000-7000-8000-000000000071"), "{e}");
}

/// Accesses noted since the first `ab`: who, operation, records, purpose.
fn zugriffe(d: &Dienst, ab: usize) -> Vec<(String, String, Value, Value)> {
    let j = d.als("demo-pruefung").get("/datenzugriffe").query("limit", "200").senden().ist(200).json();
    let alle = j["daten"].as_array().expect("daten").iter().skip(ab);
    alle.map(|z| (als_text(&z["person"]), als_text(&z["vorgang"]), z["teilnahmen"].clone(), z["zweck"].clone()))
        .collect()
}

fn vermerk(wer: &str, vorgang: &str, ids: &[&str]) -> (String, String, Value, Value) {
    (wer.to_owned(), vorgang.to_owned(), json!(ids), json!("SACHBEARBEITUNG"))
}

/// Security review, finding A: a repeated key is no way round the erasure, and no way round the notes.
fn wiederholung_nach_loeschung(b: Backend) {
    let d = Dienst::starten(b);
    let p = pseudonym(500);
    let k = mit("pseudonym", json!(p));
    let senden = || d.als(GK).post(LISTE, &k).schluessel("geloescht-01").senden();
    let erste = senden().ist(201);
    let (pfad, id) = (ort(&erste), als_text(&erste.json()["id"]));
    let s = json!({ "grund": "EINGABEFEHLER" });
    let storno = || d.als(GK).post(&format!("{pfad}/stornierung"), &s).if_match(1).schluessel("geloescht-02").senden();
    storno().ist(200);
    let ab = zugriffe(&d, 0).len();
    for (r, status) in [(senden(), 201), (storno(), 200)] {
        let r = r.ist(status);
        assert_eq!((r.kopfzeile("idempotent-replayed"), &r.json()["status"]), (Some("true"), &json!("STORNIERT")));
        assert!(r.text().contains(&p), "before the erasure the record is shown as it is");
    }
    let soll = [vermerk(GK, "teilnahme_anlegen", &[&id]), vermerk(GK, "teilnahme_stornieren", &[&id])];
    assert_eq!(zugriffe(&d, ab), soll, "a repetition reads, so it is noted");
    d.als(GK).post(&format!("{LISTE}/loeschung"), &json!({})).senden().ist(201);
    for r in [senden(), storno()] {
        let r = r.ist_problem(404, "NICHT_GEFUNDEN");
        assert!(!r.text().contains(&p), "{}", r.text());
    }
    assert_eq!(zugriffe(&d, ab).len(), 2, "nothing was handed out, nothing was entered again");
    assert_eq!(d.als(GK).get(&pfad).senden().ist(200).json()["status"], "GELOESCHT");
    // what is kept under a key tells verdict and id, whoever reads the table
    let mut c = d.datenbank.verbinde();
    let sql = match b {
        Backend::Sqlite => {
            "SELECT CAST(koerper AS TEXT) AS z FROM idempotenz WHERE route LIKE '%/teilnahmen%' AND schluessel LIKE 'geloescht%'"
        }
        Backend::Postgres => {
            "SELECT convert_from(koerper, 'UTF8') AS z FROM idempotenz WHERE route LIKE '%/teilnahmen%' AND schluessel LIKE 'geloescht%'"
        }
    };
    let verweis = json!({ "teilnahme_id": id }).to_string();
    assert_eq!(texte(&mut c, sql), [verweis.clone(), verweis]);
}

fn wiederholter_upload_nach_loeschung(b: Backend) {
    let d = Dienst::starten(b);
    let k = json!({ "zeilen": [zeile(600), zeile(601)] });
    let senden = || d.als(GK).post(&format!("{LISTE}/import"), &k).schluessel("upload-weg-1").senden().ist(200).json();
    let erste = senden();
    let ids: Vec<String> = (0..2).map(|i| als_text(&erste["zeilen"][i]["teilnahme_id"])).collect();
    let pfad = format!("{LISTE}/{}", ids[0]);
    d.als(GK).post(&format!("{pfad}/stornierung"), &json!({ "grund": "EINGABEFEHLER" })).if_match(1).senden().ist(200);
    d.als(GK).post(&format!("{LISTE}/loeschung"), &json!({})).senden().ist(201);
    let ab = zugriffe(&d, 0).len();
    let zweite = senden();
    assert_eq!(zweite["zeilen"], erste["zeilen"], "verdicts and ids of then; an erased person is not entered again");
    assert_eq!(zugriffe(&d, ab), [vermerk(GK, "teilnahmen_einlesen", &[&ids[1]])], "the erased one is not told about");
    assert_eq!(d.als(GK).get(&pfad).senden().ist(200).json()["status"], "GELOESCHT");
}

/// What erasure destroys stands in no file of a SQLite database afterwards, its write-ahead log included.
fn keine_spuren_in_den_dateien(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = ort(&lege_an(&d, GK, &mit("pseudonym", json!(pseudonym(700)))).ist(201));
    let id = pfad.rsplit('/').next().expect("id").to_owned();
    let mut c = d.datenbank.verbinde();
    let wo = match b {
        Backend::Sqlite => format!("hex(teilnahme_id) = upper(replace('{id}', '-', ''))"),
        Backend::Postgres => format!("teilnahme_id = '{id}'"),
    };
    let mut geheim = Vec::new();
    for spalte in ["verpackt", "person_index", "zeilen_index"] {
        geheim.extend(texte(&mut c, &format!("SELECT {spalte} AS z FROM teilnahme_schluessel WHERE {wo}")));
    }
    assert_eq!(geheim.len(), 3);
    if b == Backend::Sqlite {
        assert_eq!(texte(&mut c, "SELECT CAST(secure_delete AS TEXT) AS z FROM pragma_secure_delete"), ["1"]);
    }
    drop(c);
    let funde = || {
        let datei = d.datenbank.datei();
        let mut funde = 0;
        for endung in ["", "-wal"] {
            let roh = std::fs::read(format!("{}{endung}", datei.display())).unwrap_or_default();
            let enthaelt = |g: &String| roh.windows(g.len()).any(|w| w == g.as_bytes());
            funde += geheim.iter().filter(|g| enthaelt(g)).count();
        }
        funde
    };
    if b == Backend::Sqlite {
        assert!(funde() >= 3, "the search finds what is there");
    }
    d.als(GK).post(&format!("{pfad}/stornierung"), &json!({ "grund": "EINGABEFEHLER" })).if_match(1).senden().ist(200);
    d.als(GK).post(&format!("{LISTE}/loeschung"), &json!({})).senden().ist(201);
    if b == Backend::Sqlite {
        assert_eq!(funde(), 0, "a key or index is left in the file or its log");
    }
}

/// Security review, finding B: whoever learns of another participation of a person by the way is noted: in a simulation,
/// an upload, a refusal. What tells of nobody else notes nothing.
fn auskunft_nebenbei_wird_vermerkt(b: Backend) {
    let d = Dienst::starten(b);
    let r = lege_an(&d, GK, &mit("pseudonym", json!(pseudonym(800)))).ist(201);
    let (pfad, id) = (ort(&r), als_text(&r.json()["id"]));
    let spaeter = |nr: u64| {
        let mut k = mit("pseudonym", json!(pseudonym(nr)));
        k["inhalt"]["eintritt"] = json!("2026-06-01");
        k
    };
    let ab = zugriffe(&d, 0).len();
    assert_eq!(ab, 0, "entering somebody who is nowhere else tells nothing");
    let vorher = d.datenbank.abbild();
    let ziel = format!("{LISTE}/import");
    let rumpf = json!({ "zeilen": [spaeter(800)["inhalt"], spaeter(801)["inhalt"], spaeter(802)["inhalt"]] });
    let probe = d.als(GK2).post(&ziel, &rumpf).simulation().senden().ist(200).json();
    assert_eq!(kurznamen(&probe["zeilen"][0]["befunde"]), ["UEBERSCHNEIDUNG"]);
    assert_eq!(kurznamen(&probe["zeilen"][1]["befunde"]), Vec::<String>::new());
    // refusals: for another reason, with the overlap beside it; it is there already;
    for (nr, mehr) in [(800, true), (801, false)] {
        let mut k = spaeter(nr);
        k["inhalt"]["zielgruppe"] = json!("FACHPERSONAL_GK");
        let r = d.als(GK2).post(LISTE, &k).senden().ist_problem(422, "ZIELGRUPPE_UNZULAESSIG");
        assert_eq!(r.befunde().contains(&"UEBERSCHNEIDUNG".to_owned()), mehr);
    }
    // a row that differs from what is stored, and one that does not
    d.als(GK2).post(LISTE, &mit("pseudonym", json!(pseudonym(800)))).senden().ist_problem(409, "TEILNAHME_DOPPELT");
    let mut anders = zeile(800);
    anders["geschlecht"] = json!("DIVERS");
    for (z, urteil) in [(anders, "FEHLER"), (zeile(800), "UNVERAENDERT")] {
        let j = d.als(GK2).post(&ziel, &json!({ "zeilen": [z] })).simulation().senden().ist(200).json();
        assert_eq!(j["zeilen"][0]["urteil"], json!(urteil));
    }
    let je_zeile = vermerk(GK2, "teilnahmen_einlesen", &[&id]);
    let einzeln = vermerk(GK2, "teilnahme_anlegen", &[&id]);
    let soll = [je_zeile.clone(), einzeln.clone(), einzeln.clone(), je_zeile.clone(), je_zeile.clone()];
    assert_eq!(zugriffe(&d, 0), soll);
    assert_eq!(d.datenbank.abbild(), vorher, "and nothing else is stored");
    // what is kept keeps its note, and so does a correction that only tries out another person
    let neu = als_text(&lege_an(&d, GK2, &spaeter(800)).ist(201).json()["id"]);
    let k = json!({ "grund": "EINGABEFEHLER", "inhalt": { "pseudonym": pseudonym(1) } });
    d.als(GK2).post(&format!("{pfad}/korrektur"), &k).if_match(1).simulation().senden().ist(200);
    let k = json!({ "grund": "EINGABEFEHLER", "inhalt": { "geschlecht": "DIVERS" } });
    d.als(GK2).post(&format!("{pfad}/korrektur"), &k).if_match(1).simulation().senden().ist(200);
    assert_eq!(zugriffe(&d, 5), [einzeln, vermerk(GK2, "teilnahme_korrigieren", &[&neu])]);
    // reading a record whose findings tell about another names both
    d.als(GK).get(&pfad).senden().ist(200);
    assert_eq!(zugriffe(&d, 7)[0].2, json!([id, neu]));
    // an answer that cannot be noted is not handed out
    let mut c = d.datenbank.verbinde();
    befehl(&mut c, "ALTER TABLE datenzugriff RENAME TO datenzugriff_fort");
    let r = d.als(GK2).post(&ziel, &rumpf).simulation().senden().ist_problem(500, "INTERN");
    assert!(!r.text().contains("UEBERSCHNEIDUNG"));
    befehl(&mut c, "ALTER TABLE datenzugriff_fort RENAME TO datenzugriff");
}
