//! Versions: no change without knowing what is changed.

use aqb_tests::konten;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Dienst, auf_beiden, operationen};
use serde_json::json;
use std::sync::Barrier;

auf_beiden!(ohne_version_428, veraltete_version_412, einer_gewinnt, unveraendert_304, etag_ueberall_gleich);

/// 428 before anything is looked up, and only when the body is right.
fn ohne_version_428(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen().iter().filter(|o| o.hat("If-Match")) {
        for wer in konten::berechtigte(o.recht) {
            let a = d.als(wer).anfrage(&o.methode, &o.beispielpfad()).neuer_schluessel();
            let a = if let Some(k) = o.koerper() { a.koerper_von(o, &k) } else { a };
            a.senden().ist_problem(428, "VERSION_FEHLT");
        }
    }
}

/// 412 with the version of now, so that a client knows what it missed.
fn veraltete_version_412(b: Backend) {
    let d = Dienst::starten(b);
    let mut gesehen = 0;
    for o in operationen().iter().filter(|o| o.hat("If-Match")) {
        for wer in konten::berechtigte(o.recht) {
            let a = d.als(wer).anfrage(&o.methode, &o.beispielpfad()).neuer_schluessel().if_match(99_999);
            let a = if let Some(k) = o.koerper() { a.koerper_von(o, &k) } else { a };
            let r = a.senden();
            // the example of the document may be none of the demo data, or not this role's
            if r.status == 404 {
                continue;
            }
            gesehen += 1;
            let r = r.ist_problem(412, "VERSION_VERALTET");
            assert_eq!(r.json()["aktuelle_version"], json!(r.version()), "{}", o.id);
        }
    }
    assert!(gesehen > 3, "too few operations met their example");
}

fn angaben(name: &str) -> serde_json::Value {
    json!({ "inhalt": { "name": name, "rechtsform": "GGMBH", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } })
}

/// Sixteen change the same version: one wins, fifteen learn the new one.
fn einer_gewinnt(b: Backend) {
    let d = Dienst::starten(b);
    let rp = d.als("demo-bewilligung-1");
    let id = als_text(&rp.post("/traeger", &angaben("A")).senden().ist(201).json()["id"]);
    let tor = Barrier::new(16);
    let antworten: Vec<_> = std::thread::scope(|s| {
        let faden = |i: i32| {
            let (rp, tor, id) = (&rp, &tor, &id);
            s.spawn(move || {
                let a = rp.patch(&format!("/traeger/{id}"), &angaben(&format!("B{i}"))).if_match(1);
                tor.wait();
                a.senden()
            })
        };
        let faeden: Vec<_> = (0..16).map(faden).collect();
        faeden.into_iter().map(|f| f.join().expect("thread")).collect()
    });
    let gut: Vec<_> = antworten.iter().filter(|a| a.status == 200).collect();
    assert_eq!(gut.len(), 1);
    for a in antworten.iter().filter(|a| a.status != 200) {
        assert_eq!((a.status, &a.json()["aktuelle_version"]), (412, &json!(2)), "{}", a.text());
    }
    let jetzt = rp.get(&format!("/traeger/{id}")).senden().ist(200);
    assert_eq!((jetzt.version(), &jetzt.json()["inhalt"]), (2, &gut[0].json()["inhalt"]));
}

fn unveraendert_304(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen().iter().filter(|o| o.wert["responses"].get("304").is_some()) {
        let c = d.als(konten::berechtigte(o.recht)[0]);
        let r = c.get(&o.beispielpfad()).senden();
        let Some(etag) = r.kopfzeile("etag") else { continue };
        let n = c.get(&o.beispielpfad()).kopf("if-none-match", etag).senden().ist(304);
        assert_eq!((n.kopfzeile("etag"), n.koerper.len()), (Some(etag), 0), "{}", o.id);
        c.get(&o.beispielpfad()).kopf("if-none-match", &format!("W/{etag}")).senden().ist(304);
        c.get(&o.beispielpfad()).kopf("if-none-match", "\"99999\"").senden().ist(200);
    }
}

/// The ETag of an answer that changes is the one the next read gives.
fn etag_ueberall_gleich(b: Backend) {
    let d = Dienst::starten(b);
    let rp = d.als("demo-bewilligung-1");
    let r = rp.post("/traeger", &angaben("A")).senden().ist(201);
    let ort = r.kopfzeile("location").expect("Location").to_owned();
    let lies = || rp.roh("GET", &ort).senden().ist(200);
    assert_eq!((r.version(), r.json()), (lies().version(), lies().json()));
    let r = rp.roh("PATCH", &ort).json(&angaben("B")).if_match(1).senden().ist(200);
    assert_eq!((r.version(), r.json()), (2, lies().json()));
    // a proxy that compresses weakens the tag
    rp.roh("PATCH", &ort).json(&angaben("C")).kopf("if-match", "W/\"2\"").senden().ist(200);
    let merge = serde_json::to_vec(&angaben("D")).expect("JSON");
    rp.roh("PATCH", &ort)
        .kopf("content-type", "application/merge-patch+json")
        .bytes(merge)
        .if_match(3)
        .senden()
        .ist(200);
}
