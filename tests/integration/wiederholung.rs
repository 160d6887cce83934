//! `Idempotency-Key`: a repeated request has one effect and one answer.

use aqb_tests::konten;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Anfrage, Backend, Dienst, auf_beiden, operationen};
use serde_json::{Value, json};
use std::sync::Barrier;

auf_beiden!(
    gleicher_inhalt_gleiche_antwort,
    anderer_inhalt_wird_abgelehnt,
    schluessel_gehoert_der_person,
    abgelehntes_wird_nicht_gemerkt,
    auch_nach_spaeterer_aenderung,
    auch_nach_neustart,
    gleichzeitig_nur_einmal,
    jede_schreibende_operation,
    geld_nur_mit_schluessel,
);

fn traeger(name: &str) -> Value {
    json!({ "inhalt": { "name": name, "rechtsform": "GGMBH", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } })
}

fn anlegen<'d>(d: &'d Dienst, wer: &str, schluessel: &str, name: &str) -> Anfrage<'d> {
    d.als(wer).post("/traeger", &traeger(name)).schluessel(schluessel)
}

fn anzahl(d: &Dienst, name: &str) -> usize {
    let r = d.als("demo-pruefung").get("/traeger").query("limit", "200").senden().ist(200).json();
    r["daten"].as_array().expect("daten").iter().filter(|t| t["inhalt"]["name"] == name).count()
}

const RP: &str = "demo-bewilligung-1";

fn gleicher_inhalt_gleiche_antwort(b: Backend) {
    let d = Dienst::starten(b);
    let erste = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201);
    assert_eq!(erste.kopfzeile("idempotent-replayed"), None);
    for _ in 0..3 {
        let r = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201);
        assert_eq!(r.kopfzeile("idempotent-replayed"), Some("true"));
        assert_eq!(
            (r.json(), r.kopfzeile("etag"), r.kopfzeile("location")),
            (erste.json(), erste.kopfzeile("etag"), erste.kopfzeile("location"))
        );
    }
    assert_eq!(anzahl(&d, "A"), 1);
}

fn anderer_inhalt_wird_abgelehnt(b: Backend) {
    let d = Dienst::starten(b);
    let erste = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201).json();
    anlegen(&d, RP, "schluessel-1", "B").senden().ist_problem(422, "IDEMPOTENZ_ANDERER_INHALT");
    // the same body for another operation is another request too
    let pfad = format!("/traeger/{}", als_text(&erste["id"]));
    d.als(RP)
        .patch(&pfad, &traeger("A"))
        .if_match(1)
        .schluessel("schluessel-1")
        .senden()
        .ist_problem(422, "IDEMPOTENZ_ANDERER_INHALT");
    assert_eq!((anzahl(&d, "A"), anzahl(&d, "B")), (1, 0));
}

fn schluessel_gehoert_der_person(b: Backend) {
    let d = Dienst::starten(b);
    let a = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201);
    let b = anlegen(&d, "demo-bewilligung-2", "schluessel-1", "A").senden().ist(201);
    assert_eq!(b.kopfzeile("idempotent-replayed"), None);
    assert_ne!(a.json()["id"], b.json()["id"]);
}

/// A refusal leaves no trace: the corrected or later request may use the key again.
fn abgelehntes_wird_nicht_gemerkt(b: Backend) {
    let d = Dienst::starten(b);
    d.als(RP).post("/traeger", &json!({})).schluessel("schluessel-1").senden().ist(400);
    anlegen(&d, RP, "schluessel-1", "A").senden().ist(201);
    let id = als_text(&anlegen(&d, RP, "schluessel-2", "B").senden().ist(201).json()["id"]);
    let aendern = |v: i64| {
        d.als(RP).patch(&format!("/traeger/{id}"), &traeger("C")).if_match(v).schluessel("schluessel-3").senden()
    };
    aendern(7).ist(412);
    aendern(1).ist(200);
    assert_eq!(
        aendern(1).ist(200).kopfzeile("idempotent-replayed"),
        Some("true"),
        "the stored answer precedes the version check"
    );
}

fn auch_nach_spaeterer_aenderung(b: Backend) {
    let d = Dienst::starten(b);
    let erste = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201).json();
    let pfad = format!("/traeger/{}", als_text(&erste["id"]));
    d.als(RP).patch(&pfad, &traeger("B")).if_match(1).senden().ist(200);
    d.als(RP).post(&format!("{pfad}/stilllegung"), &json!({ "grund": "eingestellt" })).if_match(2).senden().ist(200);
    let wieder = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201);
    assert_eq!((wieder.json(), wieder.version()), (erste, 1), "the answer of then, not the state of now");
}

/// The record is in the database, not in the process.
fn auch_nach_neustart(b: Backend) {
    let mut d = Dienst::starten(b);
    let erste = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201).json();
    d = d.neu_gestartet();
    let wieder = anlegen(&d, RP, "schluessel-1", "A").senden().ist(201);
    assert_eq!((wieder.json(), wieder.kopfzeile("idempotent-replayed")), (erste, Some("true")));
}

/// Sixteen at once, through two servers on one database: one effect, every other answer is a replay or "still running".
fn gleichzeitig_nur_einmal(b: Backend) {
    let d = Dienst::starten(b);
    let zweiter = d.zweiter();
    for runde in 0..5 {
        let (name, schluessel) = (format!("Runde {runde}"), format!("schluessel-{runde}"));
        let tor = Barrier::new(16);
        let antworten: Vec<_> = std::thread::scope(|s| {
            let faeden: Vec<_> = (0..16)
                .map(|i| {
                    let (d, tor, name, schluessel) = (if i % 2 == 0 { &d } else { &zweiter }, &tor, &name, &schluessel);
                    s.spawn(move || {
                        let a = anlegen(d, RP, schluessel, name);
                        tor.wait();
                        a.senden()
                    })
                })
                .collect();
            faeden.into_iter().map(|f| f.join().expect("thread")).collect()
        });
        let erste =
            antworten.iter().filter(|a| a.status == 201 && a.kopfzeile("idempotent-replayed").is_none()).count();
        let id = antworten.iter().find(|a| a.status == 201).expect("one succeeds").json()["id"].clone();
        for a in &antworten {
            match a.status {
                201 => assert_eq!(a.json()["id"], id),
                _ => assert_eq!((a.status, a.code().as_str()), (409, "IDEMPOTENZ_LAEUFT"), "{}", a.text()),
            }
        }
        assert_eq!((erste, anzahl(&d, &name)), (1, 1), "{:?}", antworten.iter().map(|a| a.status).collect::<Vec<_>>());
    }
}

/// Whatever an operation answers the first time, success is replayed and another body refused.
fn jede_schreibende_operation(b: Backend) {
    let d = Dienst::starten(b);
    // the entries of a batch keep to keys of their own
    for o in operationen().iter().filter(|o| o.hat("Idempotency-Key") && o.wert["x-stapel"] != true) {
        let pfad = o.beispielpfad();
        for wer in konten::berechtigte(o.recht) {
            let schluessel = format!("{}-{wer}", o.id)
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
                .take(64)
                .collect::<String>();
            let version = d
                .als(wer)
                .get(&o.elternpfad())
                .senden()
                .kopfzeile("etag")
                .and_then(|e| e.trim_matches('"').parse().ok());
            let ruf = |koerper: &Value| {
                let a = d.als(wer).anfrage(&o.methode, &pfad).koerper_von(o, koerper).schluessel(&schluessel);
                (if o.hat("If-Match") { a.if_match(version.unwrap_or(1)) } else { a }).senden()
            };
            let koerper = o.koerper().unwrap_or(json!({}));
            let erste = ruf(&koerper);
            if erste.status >= 300 {
                continue;
            }
            let zweite = ruf(&koerper);
            assert_eq!(
                (zweite.status, zweite.kopfzeile("idempotent-replayed")),
                (erste.status, Some("true")),
                "{}",
                o.id
            );
            if o.wert["x-einmal"] == true {
                // a secret is shown once; everything else is the same
                let mut ohne = erste.json();
                let felder = ohne.as_object_mut().expect("object");
                assert!(felder.remove("geheimnis").is_some() && felder.remove("adresse").is_some(), "{}", o.id);
                assert_eq!(zweite.json(), ohne, "{}", o.id);
            } else {
                assert_eq!(zweite.koerper, erste.koerper, "{}", o.id);
            }
            let r = d
                .als(wer)
                .anfrage(&o.methode, &pfad)
                .query("simulation", "false")
                .koerper_von(o, &koerper)
                .schluessel(&schluessel);
            if o.ist_akt() {
                let r = if o.hat("If-Match") { r.if_match(version.unwrap_or(1)) } else { r };
                r.senden().ist(422);
            }
            break;
        }
    }
}

fn geld_nur_mit_schluessel(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen().iter().filter(|o| o.wert["x-geld"] == true) {
        for wer in konten::berechtigte(o.recht) {
            let a = d.als(wer).anfrage(&o.methode, &o.beispielpfad()).koerper_von(o, &o.koerper().unwrap_or(json!({})));
            a.if_match(1).senden().ist_problem(400, "IDEMPOTENZ_FEHLT");
        }
    }
}
