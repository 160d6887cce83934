//! Bodies that want to cost more than they may: many values, many violations, no end.

use aqb_tests::rohr::{self, Ende};
use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

auf_beiden!(schwere_inhalte_halten_niemanden_auf, langsame_inhalte_enden);

/// `n` times the same item.
fn liste(eintrag: &str, n: usize) -> String {
    format!("[{}]", vec![eintrag; n].join(","))
}

/// A refusal in time, and meanwhile everybody else is served. The bounds leave an unoptimised program on a busy machine
/// ample room.
fn schwere_inhalte_halten_niemanden_auf(b: Backend) {
    let d = Dienst::starten(b);
    let antrag = |mittel: &str| {
        format!(r#"{{"jahrgang":2026,"kreisschluessel":"06440","inhalt":{{"andere_oeffentliche_mittel":{mittel}}}}}"#)
    };
    let regelwerk = format!(r#"{{"parameter":{}}}"#, liste("{\"a\":1,\"b\":2}", 2_000));
    let felder: Vec<String> = (0..45_000).map(|i| format!("\"{i}\":{{}}")).collect();
    let faelle = [
        ("demo-gk-06440-1", "/antraege", antrag(&liste("{}", 340_000)), 413, "ZU_VIELE_WERTE"),
        ("demo-gk-06440-1", "/antraege", antrag(&liste("{}", 49_000)), 400, "ANFRAGE_UNGUELTIG"),
        ("demo-gk-06440-1", "/antraege", antrag(&format!("{{{}}}", felder.join(","))), 400, "ANFRAGE_UNGUELTIG"),
        ("demo-ministerium-1", "/regelwerke", regelwerk, 400, "ANFRAGE_UNGUELTIG"),
    ];
    let schwer = |wer: &str, pfad: &str, koerper: &str| {
        let a = d.als(wer).anfrage("POST", pfad).kopf("content-type", "application/json").kopf("accept-language", "en");
        let beginn = Instant::now();
        (a.bytes(koerper.as_bytes().to_vec()).senden(), beginn.elapsed())
    };
    for (wer, pfad, koerper, status, code) in &faelle {
        let (r, dauer) = schwer(wer, pfad, koerper);
        let r = r.ist_problem(*status, code);
        assert!(dauer < Duration::from_secs(5), "{pfad} {code}: {dauer:?}");
        let befunde = r.json()["befunde"].as_array().map_or(0, Vec::len);
        assert!((1..=201).contains(&befunde), "{pfad}: {befunde} findings");
    }
    // too long is one finding, not one for each item
    let (r, _) = schwer("demo-gk-06440-1", "/antraege", &faelle[1].2);
    let r = r.json();
    assert_eq!(r["befunde"].as_array().map(Vec::len), Some(1), "{r}");
    assert_eq!(r["befunde"][0]["ort"], "/inhalt/andere_oeffentliche_mittel");

    let fertig = AtomicBool::new(false);
    std::thread::scope(|s| {
        let lasten: Vec<_> = (0..4)
            .map(|i| {
                let (wer, pfad, koerper, ..) = &faelle[i % faelle.len()];
                s.spawn(move || (0..3).for_each(|_| drop(schwer(wer, pfad, koerper))))
            })
            .collect();
        let wacht = s.spawn(|| {
            let mut laengste = Duration::ZERO;
            while !fertig.load(Ordering::Relaxed) {
                let beginn = Instant::now();
                d.anonym().roh("GET", "/health/live").senden().ist(200);
                laengste = laengste.max(beginn.elapsed());
                std::thread::sleep(Duration::from_millis(5));
            }
            laengste
        });
        lasten.into_iter().for_each(|l| l.join().expect("load"));
        fertig.store(true, Ordering::Relaxed);
        let laengste = wacht.join().expect("watch");
        assert!(laengste < Duration::from_secs(3), "/health/live took {laengste:?}");
    });
}

/// One deadline for a whole body, whoever sends it and however.
fn langsame_inhalte_enden(b: Backend) {
    let d = Dienst::mit(Datenbank::neu(b), &["--inhaltsfrist", "1"]);
    let token = d.anonym().token("demo-bewilligung-1", "demo").ist(200).json();
    let bearer = format!(
        "Authorization: Bearer {}\r\nContent-Type: application/json\r\n",
        token["access_token"].as_str().expect("token")
    );
    let formular = "Content-Type: application/x-www-form-urlencoded\r\n";
    for (pfad, kopf) in [("/oauth/token", formular), ("/v1/traeger", bearer.as_str())] {
        for (laenge, stueck) in [
            ("Content-Length: 1000", ""),
            ("Content-Length: 1000", "a"),
            ("Transfer-Encoding: chunked", ""),
            ("Transfer-Encoding: chunked", "1\r\na\r\n"),
        ] {
            let anfang = format!("POST {pfad} HTTP/1.1\r\nHost: a\r\n{kopf}{laenge}\r\n\r\n");
            let was = format!("{pfad} {laenge} {stueck:?}");
            let (antwort, ende, dauer) = rohr::troepfle(d.adresse, anfang.as_bytes(), stueck.as_bytes());
            let (status, kopf, koerper) = rohr::zerlege(&antwort).unwrap_or_else(|| panic!("{was}: no answer"));
            assert_eq!(status, 408, "{was}: {kopf}");
            assert!(kopf.contains("application/problem+json") && kopf.contains("connection: close"), "{was}: {kopf}");
            let problem: serde_json::Value = serde_json::from_slice(&koerper).expect("problem");
            assert_eq!(problem["code"], json!("INHALT_ZU_LANGSAM"));
            assert_eq!(problem["error"].is_string(), pfad == "/oauth/token");
            assert_eq!(ende, Ende::Geschlossen, "{was}");
            assert!(dauer < Duration::from_secs(10), "{was}: {dauer:?}");
        }
    }
    // refused before its body is read: the rest of it keeps nothing open either
    for laenge in ["Content-Length: 1000", "Transfer-Encoding: chunked"] {
        let anfang =
            format!("POST /v1/traeger HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{laenge}\r\n\r\n");
        for stueck in ["", "1\r\na\r\n"] {
            let (antwort, ende, dauer) = rohr::troepfle(d.adresse, anfang.as_bytes(), stueck.as_bytes());
            assert_eq!(rohr::zerlege(&antwort).map(|(status, ..)| status), Some(401), "{laenge} {stueck:?}");
            assert!(
                ende == Ende::Geschlossen && dauer < Duration::from_secs(10),
                "{laenge} {stueck:?}: {ende:?} {dauer:?}"
            );
        }
    }
    d.als("demo-pruefung").get("/traeger").senden().ist(200);
}
