//! Lists: bounded, stable while rows arrive, cursors that belong to their list.

use aqb_tests::konten;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Client, Dienst, Operation, auf_beiden, operationen};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

auf_beiden!(
    grenzen,
    fremde_zeiger,
    seitenweise_wie_am_stueck,
    jede_rolle_sieht_dieselbe_ordnung,
    bestaendig_beim_einfuegen
);

fn listen() -> impl Iterator<Item = &'static Operation> {
    operationen().iter().filter(|o| o.ist_liste())
}

fn berechtigt<'d>(d: &'d Dienst, o: &Operation) -> Client<'d> {
    // an auditor sees every record; a county not those still under way
    let alle = konten::berechtigte(o.recht);
    d.als(alle.iter().find(|k| **k == "demo-pruefung").unwrap_or(&alle[0]))
}

fn grenzen(b: Backend) {
    let d = Dienst::starten(b);
    for o in listen() {
        let c = berechtigt(&d, o);
        for limit in ["1", "2", "200"] {
            let r = c.get(&o.beispielpfad()).query("limit", limit).senden().ist(200).json();
            assert!(r["daten"].as_array().expect("daten").len() <= limit.parse::<usize>().expect("number"), "{}", o.id);
        }
        for limit in ["0", "-1", "201", "1000000", "9223372036854775808", "abc", "1.5", ""] {
            c.get(&o.beispielpfad()).query("limit", limit).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        }
    }
}

/// Rows of a list, page by page.
fn blaettere(c: &Client<'_>, pfad: &str, limit: usize, je_seite: &mut impl FnMut()) -> Vec<Value> {
    let (mut aus, mut zeiger) = (Vec::new(), None::<String>);
    loop {
        let mut a = c.get(pfad).query("limit", &limit.to_string());
        if let Some(z) = &zeiger {
            a = a.query("cursor", z);
        }
        let s = a.senden().ist(200).json();
        let daten = s["daten"].as_array().expect("daten").clone();
        assert!(daten.len() <= limit);
        aus.extend(daten.iter().cloned());
        je_seite();
        match s.get("weiter") {
            // a page with a successor is full, so a short page is the last one
            Some(w) => assert!(daten.len() == limit && w.is_string()),
            None => return aus,
        }
        let neu = als_text(&s["weiter"]);
        assert_ne!(Some(&neu), zeiger.as_ref(), "the cursor does not move");
        zeiger = Some(neu);
        assert!(aus.len() < 100_000, "no end");
    }
}

fn seitenweise_wie_am_stueck(b: Backend) {
    let d = Dienst::starten(b);
    for o in listen() {
        let c = berechtigt(&d, o);
        let am_stueck = blaettere(&c, &o.beispielpfad(), 200, &mut || ());
        for limit in [1, 7] {
            // one row per page is slow on long lists and shows nothing new after the first few
            if am_stueck.len() > 60 && limit == 1 {
                continue;
            }
            assert_eq!(blaettere(&c, &o.beispielpfad(), limit, &mut || ()), am_stueck, "{} in pages of {limit}", o.id);
        }
        let einmal: BTreeSet<String> = am_stueck.iter().map(Value::to_string).collect();
        assert_eq!(einmal.len(), am_stueck.len(), "{} repeats a row", o.id);
    }
}

/// What a role sees is a part of what audit sees, in the same order.
fn jede_rolle_sieht_dieselbe_ordnung(b: Backend) {
    let d = Dienst::starten(b);
    let pruefung = aqb_domain::berechtigung::Rolle::Pruefung;
    for o in listen().filter(|o| konten::darf(pruefung, o.recht)) {
        let alles = blaettere(&d.als(konten::eigenes(pruefung)), &o.beispielpfad(), 200, &mut || ());
        let schluessel = |z: &Value| {
            ["id", "kreisschluessel", "jahrgang", "version", "buchung_id", "nr"].map(|k| z[k].to_string()).join("/")
        };
        let ordnung: Vec<_> = alles.iter().map(schluessel).collect();
        for wer in konten::berechtigte(o.recht) {
            let r = d.als(wer).get(&o.beispielpfad()).query("limit", "200").senden();
            if r.status == 404 {
                continue;
            }
            let sicht = r.ist(200).json();
            let orte: Vec<_> = sicht["daten"]
                .as_array()
                .expect("daten")
                .iter()
                .map(|z| ordnung.iter().position(|s| *s == schluessel(z)))
                .collect();
            assert!(orte.iter().all(Option::is_some), "{}: {wer} sees what audit does not", o.id);
            assert!(orte.is_sorted(), "{}: {wer} sees another order", o.id);
        }
    }
}

fn fremde_zeiger(b: Backend) {
    let d = Dienst::starten(b);
    let mut zeiger: Vec<(String, String)> = Vec::new();
    for o in listen() {
        let s = berechtigt(&d, o).get(&o.beispielpfad()).query("limit", "1").senden().ist(200).json();
        if let Some(w) = s["weiter"].as_str() {
            zeiger.push((o.id.clone(), w.to_owned()));
        }
    }
    assert!(!zeiger.is_empty(), "no list has a second page");
    for o in listen() {
        let c = berechtigt(&d, o);
        for falsch in
            ["abc", "_", "bnVsbA", "W10", "WyJ4IiwxXQ", &"A".repeat(400), &"A".repeat(401), "a%20b", "%00", "==", ""]
        {
            c.get(&o.beispielpfad()).query("cursor", falsch).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        }
        for (von, z) in zeiger.iter().filter(|(von, _)| *von != o.id) {
            let r = c.get(&o.beispielpfad()).query("cursor", z).senden();
            assert_eq!((r.status, r.code().as_str()), (400, "ANFRAGE_UNGUELTIG"), "{} takes the cursor of {von}", o.id);
        }
    }
    // the same list under another filter is another list
    let (_, z) = zeiger.iter().find(|(id, _)| id == "gebietskoerperschaften_auflisten").expect("27 rows");
    let c = d.als("demo-admin");
    c.get("/gebietskoerperschaften").query("cursor", z).senden().ist(200);
    c.get("/gebietskoerperschaften")
        .query("cursor", z)
        .query("stichtag", "2026-01-01")
        .senden()
        .ist_problem(400, "ANFRAGE_UNGUELTIG");
    // a forged position finds nothing it should not, and breaks nothing
    use base64::Engine;
    let forme = |v: Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(v.to_string());
    for position in ["'; DROP TABLE traeger; --", "\u{0}", "\u{10ffff}", "", "zzzz"] {
        let r = c.get("/gebietskoerperschaften").query("cursor", &forme(json!(["gk:None", position]))).senden();
        assert!([200, 400].contains(&r.status), "{position:?}: {}", r.text());
    }
    for v in
        [json!(["gk:None", 5]), json!(["gk:None", null]), json!(["gk:None", { "a": 1 }]), json!(["gk:None", "x", "y"])]
    {
        c.get("/gebietskoerperschaften").query("cursor", &forme(v)).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
    }
}

/// While others write, a reader meets every row that was there when he began exactly once, and in order.
fn bestaendig_beim_einfuegen(b: Backend) {
    let d = Dienst::starten(b);
    let traeger = |n: &str| json!({ "inhalt": { "name": n, "rechtsform": "EV", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } });
    for i in 0..25 {
        d.als("demo-bewilligung-1").post("/traeger", &traeger(&format!("Alt {i}"))).senden().ist(201);
    }
    let id = |z: &Value| als_text(&z["id"]);
    let vorher: Vec<String> = blaettere(&d.als("demo-pruefung"), "/traeger", 200, &mut || ()).iter().map(id).collect();
    assert_eq!(vorher.len(), 27);
    let fertig = AtomicBool::new(false);
    std::thread::scope(|s| {
        for (nr, wer) in ["demo-bewilligung-1", "demo-bewilligung-2"].into_iter().enumerate() {
            let (c, fertig) = (d.als(wer), &fertig);
            s.spawn(move || {
                let mut i = 0;
                while !fertig.load(Ordering::Relaxed) {
                    c.post("/traeger", &traeger(&format!("Neu {nr}/{i}"))).senden().ist(201);
                    i += 1;
                }
            });
        }
        let lesen = || {
            for limit in [3, 5, 10] {
                let c = d.als("demo-pruefung");
                // the list grows while it is read, so only its first part is walked
                let (mut gesehen, mut zeiger) = (Vec::new(), None::<String>);
                while gesehen.len() < vorher.len() {
                    let a = c.get("/traeger").query("limit", &limit.to_string());
                    let r = (if let Some(z) = &zeiger { a.query("cursor", z) } else { a }).senden().ist(200).json();
                    gesehen.extend(r["daten"].as_array().expect("daten").iter().map(id));
                    zeiger = Some(als_text(&r["weiter"]));
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                assert!(gesehen.iter().is_sorted());
                assert_eq!(gesehen[..vorher.len()], vorher, "pages of {limit}");
            }
        };
        let ergebnis = std::panic::catch_unwind(std::panic::AssertUnwindSafe(lesen));
        fertig.store(true, Ordering::Relaxed);
        if let Err(e) = ergebnis {
            std::panic::resume_unwind(e);
        }
    });
}
