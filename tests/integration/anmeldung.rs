//! Failed logins are limited, per account and altogether; who logs in rightly does not notice.

use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden};
use serde_json::json;

auf_beiden!(je_konto_begrenzt, insgesamt_begrenzt, zugleich_nicht_mehr);

fn je_konto_begrenzt(b: Backend) {
    let d = Dienst::mit(Datenbank::neu(b), &["--fehlanmeldungen-je-konto", "3"]);
    for _ in 0..10 {
        d.anonym().token("demo-pruefung", "demo").ist(200);
    }
    // an account that exists and one that does not answer alike, before and after the limit
    let mut antworten = Vec::new();
    for konto in ["demo-pruefung", "gibt-es-nicht"] {
        for _ in 0..3 {
            d.anonym().token(konto, "falsch").ist_problem(401, "ZUGANG_UNBEKANNT");
        }
        let r = d.anonym().token(konto, "falsch").ist_problem(429, "ZU_VIELE_FEHLANMELDUNGEN");
        let warten: u32 = r.kopfzeile("retry-after").and_then(|w| w.parse().ok()).expect("seconds");
        assert!((1..=20).contains(&warten), "{warten}");
        let mut k = r.json();
        assert_eq!(k["error"], "temporarily_unavailable");
        k.as_object_mut().expect("problem").remove("request_id");
        antworten.push(k);
    }
    assert_eq!(antworten[0], antworten[1]);
    // the right secret is not tried either: otherwise the limit would tell it
    let r = d.anonym().token("demo-pruefung", "demo").ist_problem(429, "ZU_VIELE_FEHLANMELDUNGEN");
    assert_ne!(r.json()["error"], json!("invalid_client"));
    // nobody else is concerned, and no token that was issued
    d.anonym().token("demo-admin", "demo").ist(200);
}

fn insgesamt_begrenzt(b: Backend) {
    let d = Dienst::mit(Datenbank::neu(b), &["--fehlanmeldungen-gesamt", "5"]);
    let pruefung = d.als("demo-pruefung");
    for i in 0..5 {
        d.anonym().token(&format!("name-{i}"), "falsch").ist_problem(401, "ZUGANG_UNBEKANNT");
    }
    d.anonym().token("name-6", "falsch").ist_problem(429, "ZU_VIELE_FEHLANMELDUNGEN");
    pruefung.get("/traeger").senden().ist(200);
    // what is no attempt costs nothing
    let form = d.anonym().roh("POST", "/oauth/token").kopf("content-type", "application/x-www-form-urlencoded");
    form.bytes(b"grant_type=password".to_vec()).senden().ist_problem(400, "GRANT_TYPE_UNBEKANNT");
}

/// Many at once try no more secrets than one after the other.
fn zugleich_nicht_mehr(b: Backend) {
    let d = Dienst::mit(Datenbank::neu(b), &["--fehlanmeldungen-je-konto", "4"]);
    let status: Vec<u16> = std::thread::scope(|s| {
        let faeden: Vec<_> = (0..16).map(|_| s.spawn(|| d.anonym().token("demo-pruefung", "falsch").status)).collect();
        faeden.into_iter().map(|f| f.join().expect("thread")).collect()
    });
    // one more may become free while they run
    assert!((4..=5).contains(&status.iter().filter(|s| **s == 401).count()), "{status:?}");
    assert!(status.iter().all(|s| [401, 429].contains(s)), "{status:?}");
}
