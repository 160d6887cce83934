//! The matrix of rights: readable as a text, and true for every operation and every role.

use aqb_domain::berechtigung::{Akteur, Recht, Rolle, Umfang};
use aqb_tests::konten::{self, ROLLEN};
use aqb_tests::vertrag::Operation;
use aqb_tests::{Antwort, Backend, Client, Dienst, auf_beiden, datei, operationen};

auf_beiden!(jede_operation_fuer_jede_rolle, ohne_token_401, fremdes_gibt_es_nicht, ohne_zugehoerigkeit_nichts);

fn wort(u: Umfang) -> &'static str {
    match u {
        Umfang::Alle => "alle",
        Umfang::Eigene => "eigene",
        Umfang::Nein => "-",
    }
}

/// What the matrix says, for people. `eigene`: only objects of the caller's own Gebietskoerperschaft or Traeger.
#[test]
fn matrix_ist_eingecheckt() {
    use std::fmt::Write;
    let mut t = String::new();
    let kopf = |t: &mut String, name: &str| {
        let rollen: Vec<String> = ROLLEN.iter().map(|(_, n)| format!("{n:6}")).collect();
        writeln!(t, "{name:76} {}", rollen.join(" ").trim_end()).expect("text");
    };
    kopf(&mut t, "Right");
    let zeile = |r: Recht| {
        ROLLEN.iter().map(|(rolle, _)| format!("{:6}", wort(r.umfang(*rolle)))).collect::<Vec<_>>().join(" ")
    };
    for r in Recht::ALLE {
        writeln!(t, "{:76} {}", r.code(), zeile(*r).trim_end()).expect("text");
    }
    t.push('\n');
    kopf(&mut t, "Operation");
    let mut alle: Vec<&Operation> = operationen().iter().collect();
    alle.sort_by_key(|o| (&o.pfad, &o.methode));
    for o in alle {
        writeln!(t, "{:76} {}", format!("{:6} {}", o.methode, o.pfad), zeile(o.recht).trim_end()).expect("text");
    }
    datei::vergleiche("tests/integration/rechtematrix.txt", &t);
}

/// Calls an operation along its example.
fn rufe(c: &Client<'_>, o: &Operation) -> Antwort {
    let mut a = c.anfrage(&o.methode, &o.beispielpfad());
    if let Some(k) = o.koerper() {
        a = a.koerper_von(o, &k);
    }
    if o.hat("If-Match") {
        a = a.if_match(1);
    }
    if o.hat("Idempotency-Key") {
        a = a.neuer_schluessel();
    }
    if o.ist_simulierbar() {
        a = a.simulation();
    }
    a.senden()
}

fn jede_operation_fuer_jede_rolle(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        for (rolle, _) in ROLLEN {
            let r = rufe(&d.als(konten::eigenes(*rolle)), o);
            let wo = format!("{} as {rolle}: {}", o.id, r.text());
            if o.recht.umfang(*rolle) == Umfang::Nein {
                assert_eq!((r.status, r.code().as_str()), (403, "RECHT_FEHLT"), "{wo}");
                // the right the handler demands is the one the document names
                assert_eq!(r.json()["befunde"][0]["erlaubt"][0]["wert"], o.recht.code(), "{wo}");
            } else {
                assert!(r.status != 401 && r.code() != "RECHT_FEHLT" && r.status < 500, "{wo}");
                // the example of the document is an answer, not a guess
                assert_ne!(r.status, 400, "{wo}");
            }
        }
    }
}

fn ohne_token_401(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        // refused before anything of the request is read
        let r = d.anonym().anfrage(&o.methode, &o.beispielpfad()).kopf("if-match", "x").query("unbekannt", "1");
        r.bytes(b"{".to_vec()).senden().ist_problem(401, "NICHT_ANGEMELDET");
    }
}

/// What the demo data have none of: they end before a final decision.
const OHNE_BEISPIEL: [&str; 1] = ["bescheid_schlussrechnung"];

/// What belongs to somebody else is not there, whatever the method, version or body.
fn fremdes_gibt_es_nicht(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        for (rolle, _) in ROLLEN.iter().filter(|(r, _)| o.recht.umfang(*r) == Umfang::Eigene) {
            let Some(fremd) = konten::fremdes(*rolle) else { continue };
            let r = rufe(&d.als(fremd), o);
            if o.nennt_ein_objekt() {
                r.ist_problem(404, "NICHT_GEFUNDEN");
                if o.methode == "GET"
                    && o.recht.umfang(Rolle::Pruefung) == Umfang::Alle
                    && !OHNE_BEISPIEL.contains(&&*o.id)
                {
                    let da = rufe(&d.als(konten::eigenes(Rolle::Pruefung)), o);
                    assert_eq!(
                        da.status,
                        200,
                        "{}: the example of the document must be part of the demo data: {}",
                        o.id,
                        da.text()
                    );
                }
            } else if o.ist_liste() {
                let fremde =
                    r.json()["daten"].as_array().into_iter().flatten().find(|z| gehoert_dem_beispiel(z)).cloned();
                assert_eq!(fremde, None, "{} shows {fremd} what is not his", o.id);
            }
        }
    }
}

fn gehoert_dem_beispiel(zeile: &serde_json::Value) -> bool {
    [&zeile["kreisschluessel"], &zeile["inhalt"]["kreisschluessel"]].iter().any(|k| *k == konten::KREIS)
}

/// A token of a role with own objects that names no owner sees nothing at all.
fn ohne_zugehoerigkeit_nichts(b: Backend) {
    let d = Dienst::starten(b);
    for rolle in [Rolle::Gebietskoerperschaft, Rolle::Traeger] {
        let a = Akteur { person: "niemand".to_owned(), rolle, kreisschluessel: None, traeger_id: None };
        let c = d.mit_token(d.token_fuer(&a));
        for o in operationen().iter().filter(|o| o.recht.umfang(rolle) == Umfang::Eigene) {
            rufe(&c, o).ist_problem(403, "RECHT_FEHLT");
        }
    }
}
