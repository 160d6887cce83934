//! Participants: by pseudonym, encrypted at rest, counted where nobody can be recognised.

use crate::aktionen::{GK, GK2, MIN, RP, teilnahme};
use aqb_tests::client::kurznamen;
use aqb_tests::dienst::{DATENSCHLUESSEL, OHNE_DATENSCHLUESSEL};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    erfassen_bis_austritt,
    jede_ablehnung_mit_ihrem_code,
    nur_wer_beteiligt_ist,
    nichts_liegt_im_klartext,
    s13_ueberschneidung,
    upload_mit_urteil_je_zeile,
    lesen_wird_vermerkt,
    schluesselwechsel,
    loeschung_mit_nachweis,
    ohne_schluessel_kein_start,
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
    let k = json!({ "grund": "NEUER_KENNTNISSTAND", "inhalt": { "geschlecht": "DIVERS", "austritt": null } });
    let r = d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(2).senden().ist(200).json();
    assert_eq!(r["korrekturen"][0]["felder"], json!(["geschlecht", "austritt"]));
    assert_eq!((&r["status"], r["inhalt"].get("austritt")), (&json!("LAUFEND"), None));
    d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(3).senden().ist_problem(422, "KORREKTUR_OHNE_AENDERUNG");
    let k = json!({ "grund": "EINGABEFEHLER", "inhalt": { "eintritt": null } });
    d.als(GK).post(&format!("{pfad}/korrektur"), &k).if_match(3).senden().ist_problem(422, "ANGABE_FEHLT");
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

/// Everything a table holds, as text.
fn alles(d: &Dienst) -> String {
    let mut c = d.datenbank.verbinde();
    crate::datenbank::alle_zeilen(&mut c)
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
    let austritt = json!({ "austritt": "2026-09-17", "austrittsgrund": "PERSOENLICHE_UMSTAENDE", "verbleib": "ARBEITSLOS", "abschluss_erreicht": false });
    d.als(GK).post(&format!("{pfad}/austritt"), &austritt).if_match(1).schluessel("klartext-02").senden().ist(200);
    let k2 = json!({ "grund": "EINGABEFEHLER", "inhalt": { "altersgruppe": "AB_50" } });
    d.als(GK).post(&format!("{pfad}/korrektur"), &k2).if_match(2).schluessel("klartext-03").senden().ist(200);
    let text = alles(&d);
    let id = als_text(&erste.json()["id"]);
    assert!(text.contains(&id), "the dump holds the record");
    for wort in [p.as_str(), "VON_35_BIS_49", "2026-09-17", "PERSOENLICHE_UMSTAENDE"] {
        assert!(!text.contains(wort), "{wort} lies in the database in plain text");
    }
    // a repeated key still answers with what was answered first
    let zweite = senden();
    assert_eq!((zweite.kopfzeile("idempotent-replayed"), &zweite.koerper), (Some("true"), &erste.koerper));
    d.als(GK)
        .post(LISTE, &mit("pseudonym", json!(pseudonym(2))))
        .schluessel("klartext-01")
        .senden()
        .ist_problem(422, "IDEMPOTENZ_ANDERER_INHALT");
    // and the trail tells every record again
    let url = d.beenden().behalten();
    aqb_api::pruefe::pruefe(&url.url, None, |_, _| ()).expect("everything fits its trail");
}
