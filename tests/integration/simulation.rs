//! A simulated act is the act: same answer, nothing written; then the real one does what was foretold.

use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Dienst, Operation, auf_beiden, konten, operationen};
use serde_json::{Value, json};

auf_beiden!(simulation_ist_der_akt, simulation_verbraucht_keinen_schluessel);

/// Replaces what every run makes anew: ids, moments, hashes.
pub fn ohne_zufall(v: &Value) -> Value {
    match v {
        Value::Object(o) => Value::Object(o.iter().map(|(k, v)| (k.clone(), ohne_zufall(v))).collect()),
        Value::Array(a) => Value::Array(a.iter().map(ohne_zufall).collect()),
        Value::String(s) if uuid::Uuid::parse_str(s).is_ok() => json!("(id)"),
        Value::String(s) if s.len() == 64 && s.bytes().all(|b| b.is_ascii_hexdigit()) => json!("(hash)"),
        Value::String(s) if chrono::DateTime::parse_from_rfc3339(s).is_ok() => json!("(moment)"),
        andere => andere.clone(),
    }
}

/// A body without what only one of simulation and execution has.
fn vergleichbar(koerper: &Value) -> Value {
    let mut v = ohne_zufall(koerper);
    if let Some(o) = v.as_object_mut() {
        for feld in ["simulation", "version", "request_id"] {
            o.remove(feld);
        }
    }
    v
}

fn simulation_ist_der_akt(b: Backend) {
    let d = Dienst::starten(b);
    let akt = |wer: &str, o: &Operation| d.auf(wer, o, &o.beispielpfad(), &o.elternpfad());
    let mut gelungen = Vec::new();
    for o in operationen().iter().filter(|o| o.ist_akt()) {
        for wer in konten::berechtigte(o.recht) {
            // an act that succeeded changes the case for those that follow, so each is simulated right before it is done
            let vorher = d.datenbank.abbild();
            let s = akt(wer, o).simulation().senden();
            let nachher = d.datenbank.abbild();
            for (tabelle, zeilen) in &vorher {
                assert_eq!(Some(zeilen), nachher.get(tabelle), "the simulation of {} wrote into {tabelle}", o.id);
            }
            let e = akt(wer, o).neuer_schluessel().senden();
            let (sk, ek) = (s.json(), e.json());
            if s.status < 300 {
                assert_eq!(s.status, 200, "{}", o.id);
                assert!(
                    [200, 201].contains(&e.status),
                    "{}: simulated {}, done {} {}",
                    o.id,
                    s.status,
                    e.status,
                    e.text()
                );
                let bericht = &sk["simulation"];
                assert!(bericht.is_object(), "{}: no report", o.id);
                assert!(ek.get("simulation").is_none(), "{}: a report of what really happened", o.id);
                assert!(
                    bericht["befunde"].as_array().is_some_and(|b| b.iter().all(|b| b["schwere"] != "FEHLER")),
                    "{}: a blocking finding",
                    o.id
                );
                assert_eq!(
                    (s.kopfzeile("etag"), s.kopfzeile("location")),
                    (None, None),
                    "{}: nothing arose that could be addressed",
                    o.id
                );
                gelungen.push(o.id.clone());
            } else {
                assert_eq!((s.status, s.code()), (e.status, e.code()), "{}", o.id);
            }
            assert_eq!(vergleichbar(&sk), vergleichbar(&ek), "{} as {wer}", o.id);
        }
    }
    assert!(!gelungen.is_empty(), "no act of the document succeeds on the demonstration data");
}

fn simulation_verbraucht_keinen_schluessel(b: Backend) {
    let d = Dienst::starten(b);
    let rp = d.als("demo-bewilligung-1");
    let pfad = "/traeger/019a0000-0000-7000-8000-0000000000a1/stilllegung";
    let ruf = || rp.post(pfad, &json!({ "grund": "eingestellt" })).if_match(1).schluessel("schluessel-1");
    for _ in 0..2 {
        let s = ruf().simulation().senden().ist(200);
        assert_eq!(s.kopfzeile("idempotent-replayed"), None);
        assert_eq!(s.json()["simulation"]["ereignisse"], json!(["traeger.stillgelegt"]));
    }
    let e = ruf().senden().ist(200);
    assert_eq!((e.kopfzeile("idempotent-replayed"), als_text(&e.json()["status"])), (None, "STILLGELEGT".to_owned()));
    assert_eq!(ruf().senden().ist(200).kopfzeile("idempotent-replayed"), Some("true"));
}
