//! `GET …/aktionen` tells the truth: for every state, every role and every act it foretells the answer of the route.
//!
//! A resource joins with one entry in [`RESSOURCEN`]: its path and a builder per state.

use aqb_tests::client::kurznamen;
use aqb_tests::konten;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Client, Dienst, auf_beiden, operationen};
use serde_json::Value;
use std::collections::BTreeSet;

auf_beiden!(beispiele_der_demodaten, jeder_zustand_fuer_jede_rolle);

/// Brings a record into a state and returns its path below `/v1`.
type Erbauer = fn(&Dienst) -> String;

/// A resource with acts: template of its path, and how to reach each of its states.
struct Ressource {
    pfad: &'static str,
    zustaende: &'static [(&'static str, Erbauer)],
}

const RESSOURCEN: &[Ressource] = &[Ressource {
    pfad: "/traeger/{traeger_id}",
    zustaende: &[("AKTIV", crate::traeger::aktiv), ("STILLGELEGT", crate::traeger::stillgelegt)],
}];

/// Resources whose states nobody builds yet; only their examples are checked.
const OHNE_ZUSTAENDE: &[&str] = &[];

/// Templates of all resources that list their acts.
fn mit_aktionen() -> BTreeSet<&'static str> {
    operationen().iter().filter_map(|o| o.pfad.strip_suffix("/aktionen")).collect()
}

#[test]
fn jede_ressource_mit_akten_ist_dabei() {
    let dabei: BTreeSet<_> = RESSOURCEN.iter().map(|r| r.pfad).chain(OHNE_ZUSTAENDE.iter().copied()).collect();
    assert_eq!(mit_aktionen(), dabei, "add the resource to RESSOURCEN, with one builder per state");
}

/// Every act of the document stands below a resource that lists it.
#[test]
fn jeder_akt_wird_aufgelistet() {
    let mit = mit_aktionen();
    for o in operationen().iter().filter(|o| o.ist_akt() && o.wert["x-neu"] != true) {
        let oben = o.pfad.rsplit_once('/').map_or("", |(oben, _)| oben);
        assert!(mit.contains(oben), "{}: {oben}/aktionen is missing", o.id);
    }
}

/// Asks for the acts of one record as one caller, and tries each of them.
fn pruefe(d: &Dienst, wer: &str, muster: &str, pfad: &str) {
    let c: Client<'_> = d.als(wer);
    let akte: Vec<_> = operationen()
        .iter()
        .filter(|o| o.ist_akt() && o.pfad.rsplit_once('/').is_some_and(|(oben, _)| oben == muster))
        .collect();
    let r = c.get(&format!("{pfad}/aktionen")).senden();
    if r.status != 200 {
        // who cannot read the record cannot act on it either
        assert!([403, 404].contains(&r.status), "{wer} {pfad}: {}", r.text());
        for o in akte {
            let a = c
                .post(&format!("{pfad}/{}", letztes(&o.pfad)), &o.koerper().unwrap_or_default())
                .if_match(1)
                .simulation()
                .senden();
            assert!([403, 404].contains(&a.status), "{wer} cannot read {pfad}, yet {} answers {}", o.id, a.status);
        }
        return;
    }
    let liste = r.json()["aktionen"].as_array().expect("aktionen").clone();
    let genannt: BTreeSet<String> = liste.iter().map(|a| als_text(&a["akt"])).collect();
    let vorhanden: BTreeSet<String> = akte.iter().map(|o| letztes(&o.pfad).to_owned()).collect();
    assert_eq!(genannt, vorhanden, "{muster}: the list and the document name different acts");
    for a in liste {
        let name = als_text(&a["akt"]);
        let o = akte.iter().find(|o| letztes(&o.pfad) == name).expect("act of the document");
        assert_eq!((&a["methode"], als_text(&a["pfad"])), (&Value::from("POST"), format!("{pfad}/{name}")));
        let version = ["demo-pruefung", wer]
            .iter()
            .find_map(|l| d.als(l).get(pfad).senden().kopfzeile("etag").map(str::to_owned));
        let antwort = c
            .post(&als_text(&a["pfad"]), &o.koerper().unwrap_or_else(|| serde_json::json!({})))
            .kopf("if-match", &version.unwrap_or_else(|| "\"1\"".to_owned()))
            .simulation()
            .senden();
        let wo = format!("{wer} {pfad} {name}: foretold {a}, answered {} {}", antwort.status, antwort.text());
        let erlaubt = a["erlaubt"] == true;
        assert_eq!(erlaubt, a["befunde"].as_array().is_some_and(Vec::is_empty), "{wo}");
        if erlaubt {
            // the input may still break a rule (422); right and state cannot be the reason any more
            assert!(antwort.status < 300 || antwort.status == 422, "{wo}");
        } else {
            assert!([403, 409, 422].contains(&antwort.status), "{wo}");
            assert_eq!(kurznamen(&a["befunde"]), antwort.befunde(), "{wo}");
        }
    }
}

fn letztes(pfad: &str) -> &str {
    pfad.rsplit('/').next().unwrap_or("")
}

fn beispiele_der_demodaten(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen().iter().filter(|o| o.pfad.ends_with("/aktionen")) {
        let muster = o.pfad.trim_end_matches("/aktionen");
        for wer in konten::alle() {
            pruefe(&d, wer, muster, o.beispielpfad().trim_end_matches("/aktionen"));
        }
    }
}

fn jeder_zustand_fuer_jede_rolle(b: Backend) {
    for r in RESSOURCEN {
        let d = Dienst::starten(b);
        for (zustand, baue) in r.zustaende {
            let pfad = baue(&d);
            let leser = d.als("demo-pruefung").get(&pfad).senden().ist(200).json();
            assert_eq!(leser["status"], *zustand, "{pfad}");
            for wer in konten::alle() {
                pruefe(&d, wer, r.pfad, &pfad);
            }
        }
    }
}

/// The builders reach every state the contract knows.
#[test]
fn alle_zustaende_werden_erreicht() {
    use aqb_tests::vertrag::{aufloesen, operation};
    for r in RESSOURCEN {
        let lesen = operationen().iter().find(|o| o.methode == "GET" && o.pfad == r.pfad).expect("read operation");
        let sicht = aufloesen(&operation(&lesen.id).wert["responses"]["200"]["content"]["application/json"]["schema"]);
        let status = aufloesen(&sicht["properties"]["status"]);
        let soll: BTreeSet<String> =
            status["enum"].as_array().expect("closed list of states").iter().map(als_text).collect();
        let ist: BTreeSet<String> = r.zustaende.iter().map(|(z, _)| (*z).to_owned()).collect();
        assert_eq!(ist, soll, "{}", r.pfad);
    }
}
