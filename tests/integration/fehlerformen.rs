//! Every refusal has one form, also those the framework would make. The client checks the form; here are the occasions.

use aqb_tests::konten;
use aqb_tests::vertrag::{Operation, als_text, aufloesen, parameterbeispiel, verstoesse};
use aqb_tests::{Anfrage, Backend, Client, Dienst, auf_beiden, operationen, rohr};
use serde_json::{Value, json};

auf_beiden!(
    unbekannte_adressen,
    falsche_methoden,
    unlesbare_inhalte,
    inhalte_gegen_das_schema,
    parameter_gegen_das_schema,
    koepfe_gegen_das_schema,
    zu_gross,
    kopfanfragen,
    sprachen,
    anmeldung,
    seltsame_bytes,
    anfragekennung,
);

/// A client with the right of an operation.
fn berechtigt<'d>(d: &'d Dienst, o: &Operation) -> Client<'d> {
    d.als(konten::berechtigte(o.recht).first().unwrap_or_else(|| panic!("nobody has {}", o.recht.code())))
}

/// A call whose path and headers are right, so that only the body can be wrong.
fn vorbereitet<'d>(d: &'d Dienst, o: &Operation) -> Anfrage<'d> {
    let mut a = berechtigt(d, o).anfrage(&o.methode, &o.beispielpfad());
    if o.hat("If-Match") {
        a = a.if_match(1);
    }
    if o.hat("Idempotency-Key") {
        a = a.neuer_schluessel();
    }
    a
}

fn mit_koerper() -> impl Iterator<Item = &'static Operation> {
    operationen().iter().filter(|o| o.nimmt_json())
}

fn mit_datei() -> impl Iterator<Item = &'static Operation> {
    operationen().iter().filter(|o| o.schema().is_some() && !o.nimmt_json())
}

fn unbekannte_adressen(b: Backend) {
    let d = Dienst::starten(b);
    let lang = format!("/v1/{}", "a".repeat(4_000));
    for pfad in [
        "/v1",
        "/v1/",
        "/v1/gibtesnicht",
        "/nichts",
        "/v1/traeger/",
        "/V1/traeger",
        "/v1//traeger",
        "/v2/traeger",
        "/docs/fehlt.js",
        &lang,
        "/v1/%2e%2e/traeger",
        "/v1/%00",
        "/v1/%ff%fe",
        "/v1/..%2f..%2fetc",
    ] {
        for c in [d.anonym(), d.als("demo-admin")] {
            for methode in ["GET", "POST", "DELETE"] {
                let r = c.roh(methode, pfad).sprache("en").senden();
                assert_eq!((r.status, r.code().as_str()), (404, "NICHT_GEFUNDEN"), "{methode} {pfad}");
            }
        }
    }
}

fn falsche_methoden(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        let pfad = o.beispielpfad();
        for methode in ["PUT", "TRACE", "PROPFIND", "OPTIONS", "QUATSCH"] {
            if operationen().iter().any(|p| p.pfad == o.pfad && p.methode == methode) {
                continue;
            }
            let r = d.als("demo-admin").anfrage(methode, &pfad).senden().ist_problem(405, "METHODE_UNZULAESSIG");
            let erlaubt: Vec<_> = r.kopfzeile("allow").expect("Allow").split(", ").map(str::to_owned).collect();
            for p in operationen().iter().filter(|p| p.pfad == o.pfad) {
                assert!(erlaubt.contains(&p.methode), "{}: Allow {erlaubt:?}", o.pfad);
                assert_eq!(erlaubt.contains(&"HEAD".to_owned()), erlaubt.contains(&"GET".to_owned()), "{}", o.pfad);
            }
        }
    }
    // outside the contract
    for (methode, pfad) in [("POST", "/openapi.json"), ("DELETE", "/health/live"), ("GET", "/oauth/token")] {
        let r = d.anonym().roh(methode, pfad).senden();
        assert!([404, 405].contains(&r.status), "{methode} {pfad}: {}", r.status);
    }
}

fn unlesbare_inhalte(b: Backend) {
    let d = Dienst::starten(b);
    let tief = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let sehr_tief = "[".repeat(200_000);
    let faelle: Vec<(&str, Vec<u8>)> = vec![
        ("no JSON", b"das ist kein JSON".to_vec()),
        ("cut off", b"{\"a\": [1, 2".to_vec()),
        ("trailing text", b"{} {}".to_vec()),
        ("bad UTF-8", b"{\"name\": \"\xff\xfe\"}".to_vec()),
        ("lone surrogate", b"{\"name\": \"\\ud800\"}".to_vec()),
        ("raw NUL", b"{\"name\": \"a\0b\"}".to_vec()),
        ("nested too deep", tief.into_bytes()),
        ("nested absurdly deep", sehr_tief.into_bytes()),
        ("single quotes", b"{'a': 1}".to_vec()),
        ("NaN", b"{\"a\": NaN}".to_vec()),
        ("number out of range", b"{\"a\": 1e999}".to_vec()),
        ("UTF-16", "{\"a\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ];
    for o in mit_koerper() {
        for (name, bytes) in &faelle {
            let r = vorbereitet(&d, o).kopf("content-type", "application/json").bytes(bytes.clone()).senden();
            assert_eq!((r.status, r.code().as_str()), (400, "JSON_UNLESBAR"), "{}: {name}", o.id);
        }
        for typ in [
            "text/plain",
            "application/xml",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/jsonx",
            "x",
        ] {
            let r = vorbereitet(&d, o).kopf("content-type", typ).bytes(b"{}".to_vec()).senden();
            assert_eq!((r.status, r.code().as_str()), (415, "MEDIENTYP"), "{}: {typ}", o.id);
        }
        let r = vorbereitet(&d, o).bytes(b"{}".to_vec()).senden();
        assert_eq!(r.status, 415, "{}: no media type", o.id);
    }
}

/// What a finding says: the place of the field, our words, nothing of anybody's data.
#[test]
fn befunde_in_eigenen_worten() {
    let d = Dienst::starten(Backend::Sqlite);
    let befunde = |koerper: &str, sprache: &str| -> Vec<(String, String)> {
        let a = d.als("demo-pruefung").anfrage("POST", "/berechnungen/frist").kopf("content-type", "application/json");
        let r = a.sprache(sprache).bytes(koerper.as_bytes().to_vec()).senden().ist(400).json();
        let paar = |b: &Value| (als_text(&b["ort"]), als_text(&b["text"]));
        r["befunde"].as_array().expect("findings").iter().map(paar).collect()
    };
    let paar = |ort: &str, text: &str| (ort.to_owned(), text.to_owned());
    assert_eq!(befunde("{}", "de"), [paar("/art", "/art: Pflichtangabe fehlt.")]);
    assert_eq!(
        befunde(r#"{"art":"X","y":{"name":"Erika"}}"#, "en"),
        [
            paar("/art", "/art: required is one of the values ANTRAGSFRIST, MONATSFRIST, found was \"X\"."),
            paar("/y", "/y: unknown field."),
        ]
    );
    let mehrere = r#"{"art":"MONATSFRIST","beginn":"2026-01-01","monate":1,"monate":2,"a/b":{"name":"Erika"},"c":1}"#;
    assert_eq!(
        befunde(mehrere, "de"),
        [
            paar("/monate", "/monate: die Angabe steht mehrfach da."),
            paar("/a~1b", "/a~1b: unbekanntes Feld."),
            paar("/c", "/c: unbekanntes Feld."),
            paar("/werktag_verschiebung", "/werktag_verschiebung: Pflichtangabe fehlt."),
        ]
    );
    assert_eq!(befunde("{\n \"a\" 1}", "en"), [paar("", "From line 2, column 6 the body is not valid JSON in UTF-8.")]);
}

/// Wrong in content: all violations at once, each with its place.
fn inhalte_gegen_das_schema(b: Backend) {
    let d = Dienst::starten(b);
    // rows are refused one by one, with a verdict each
    for o in mit_koerper().filter(|o| o.wert["x-zeilen"] != true) {
        for falsch in [json!([]), json!("x"), json!(17), json!(true)] {
            vorbereitet(&d, o).json(&falsch).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        }
        let gut = o.koerper().expect("example");
        let Some(felder) = gut.as_object() else { continue };
        let mut fremd = gut.clone();
        fremd["gibt_es_nicht"] = json!(1);
        vorbereitet(&d, o).json(&fremd).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        // several violations come back together
        let mut alle = fremd.clone();
        for k in felder.keys() {
            alle[k] = Value::Null;
        }
        let r = vorbereitet(&d, o).json(&alle).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        let orte: Vec<String> =
            r.json()["befunde"].as_array().expect("findings").iter().map(|b| als_text(&b["ort"])).collect();
        for k in felder.keys() {
            // with a broken tag nobody knows which variant was meant
            let vereinigung = aufloesen(o.schema().expect("schema")).get("oneOf").is_some();
            assert!(orte.contains(&format!("/{k}")) || vereinigung, "{}: null in {k} is not named: {orte:?}", o.id);
            let mut eines = gut.clone();
            // no field is a number out of every range, and none takes a control character
            for unsinn in [
                json!(1e300),
                json!(-9_223_372_036_854_775_808_i64),
                json!("a\u{0}b"),
                json!("\u{7}"),
                json!({ "x": 1 }),
                json!([[[]]]),
            ] {
                eines[k] = unsinn;
                vorbereitet(&d, o).json(&eines).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
            }
        }
    }
}

fn parameter_gegen_das_schema(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        let c = berechtigt(&d, o);
        for p in o.parameter_in("path") {
            let name = p["name"].as_str().expect("name");
            for falsch in ["%00", "%FF", "%F0%9F%92%A9", "-1", "x%2Fy", &"9".repeat(40), "'%20OR%201=1--", "%7B%7D"] {
                let pfad =
                    o.pfad_mit(|q| if q["name"] == name { falsch.to_owned() } else { als_text(&parameterbeispiel(q)) });
                let mut a = c.anfrage(&o.methode, &pfad);
                if let Some(k) = o.koerper() {
                    a = a.koerper_von(o, &k);
                }
                let r = a.if_match(1).senden();
                assert!([400, 404].contains(&r.status), "{} {pfad}: {}", o.id, r.text());
            }
        }
        let pfad = o.beispielpfad();
        let r = c.anfrage(&o.methode, &pfad).query("gibt_es_nicht", "1").senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
        assert!(r.text().contains("query/gibt_es_nicht"), "{}", r.text());
        for p in o.parameter_in("query") {
            let name = p["name"].as_str().expect("name");
            let beispiel = als_text(&parameterbeispiel(p));
            c.anfrage(&o.methode, &pfad)
                .query(name, &beispiel)
                .query(name, &beispiel)
                .senden()
                .ist_problem(400, "ANFRAGE_UNGUELTIG");
            for (gesendet, gemeint) in [
                ("%00", "\0"),
                ("%FF%FE", "\u{fffd}\u{fffd}"),
                ("99999999999999999999999", "99999999999999999999999"),
                ("1e5", "1e5"),
                ("", ""),
                ("%20", " "),
                ("null", "null"),
                ("[]", "[]"),
                ("%0d%0aX:1", "\r\nX:1"),
            ] {
                let r = c.anfrage(&o.methode, &pfad).query(name, gesendet).senden();
                let wert = gemeint.parse::<i64>().map_or(json!(gemeint), |z| json!(z));
                let passt = verstoesse(&p["schema"], &wert, false).is_empty();
                // what the contract permits may find nothing, but breaks nothing; no text of ours takes a control character
                assert!(!passt || !gemeint.contains(char::is_control), "{}: {name} takes control characters", o.id);
                assert!(
                    if passt { r.status < 500 } else { r.status == 400 },
                    "{} ?{name}={gesendet}: {} {}",
                    o.id,
                    r.status,
                    r.text()
                );
            }
        }
    }
}

fn koepfe_gegen_das_schema(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        let koerper = o.koerper();
        let anfrage = || {
            let a = berechtigt(&d, o).anfrage(&o.methode, &o.beispielpfad());
            koerper.as_ref().map_or(a.clone(), |k| a.koerper_von(o, k))
        };
        if o.hat("If-Match") {
            for falsch in ["1", "*", "\"x\"", "\"\"", "\"-1\"", "\"99999999999999999999\"", "\"1\", \"2\"", "W/1"] {
                anfrage().kopf("if-match", falsch).neuer_schluessel().senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
            }
            anfrage()
                .kopf_bytes("if-match", b"\"\xff\"")
                .neuer_schluessel()
                .senden()
                .ist_problem(400, "ANFRAGE_UNGUELTIG");
        }
        if o.hat("Idempotency-Key") {
            for falsch in ["kurz", &"x".repeat(65), "mit leerzeichen", "sonder!zeichen", "schluessel;drop"] {
                anfrage().if_match(1).schluessel(falsch).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
            }
            anfrage()
                .if_match(1)
                .kopf_bytes("idempotency-key", b"schl\xfcssel-1")
                .senden()
                .ist_problem(400, "ANFRAGE_UNGUELTIG");
        }
    }
}

fn zu_gross(b: Backend) {
    let d = Dienst::starten(b);
    // an upload of rows has a limit of its own
    for o in mit_koerper().filter(|o| o.wert["x-zeilen"] != true) {
        let gross = format!("{{\"x\": \"{}\"}}", "a".repeat(1 << 20));
        let a = vorbereitet(&d, o).kopf("content-type", "application/json");
        a.bytes(gross.into_bytes()).senden().ist_problem(413, "ZU_GROSS");
    }
    for o in mit_datei() {
        let a = vorbereitet(&d, o).kopf("content-type", "application/octet-stream");
        let typ = vorbereitet(&d, o).json(&json!({})).senden();
        assert_eq!((typ.status, typ.code().as_str()), (415, "MEDIENTYP"), "{}", o.id);
        a.bytes(vec![b'x'; (25 << 20) + 1]).senden().ist_problem(413, "ZU_GROSS");
    }
    // just below the limit it is read, and refused for what it says
    let o = mit_koerper().next().expect("an operation with a body");
    let fast = format!("{{\"x\": \"{}\"}}", "a".repeat((1 << 20) - 32));
    let a = vorbereitet(&d, o).kopf("content-type", "application/json");
    a.bytes(fast.into_bytes()).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
    // the login form has its own reader
    let r = d.anonym().roh("POST", "/oauth/token").kopf("content-type", "application/x-www-form-urlencoded");
    let r = r.bytes(format!("grant_type={}", "a".repeat(1 << 20)).into_bytes()).senden();
    assert!((400..500).contains(&r.status), "{}", r.status);
}

/// HEAD answers like GET, without the body.
fn kopfanfragen(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen().iter().filter(|o| o.methode == "GET") {
        let c = berechtigt(&d, o);
        let (g, h) = (c.get(&o.beispielpfad()).senden(), c.anfrage("HEAD", &o.beispielpfad()).senden());
        assert_eq!(
            (g.status, g.kopfzeile("etag"), g.kopfzeile("content-type")),
            (h.status, h.kopfzeile("etag"), h.kopfzeile("content-type")),
            "{}",
            o.id
        );
        assert!(h.koerper.is_empty(), "{}", o.id);
        d.anonym().anfrage("HEAD", &o.beispielpfad()).senden().ist(401);
    }
    assert_eq!(d.anonym().roh("HEAD", "/v1/nichts").senden().status, 404);
    assert_eq!(d.anonym().roh("HEAD", "/health/live").senden().status, 200);
}

/// Words follow `Accept-Language`, codes never change.
fn sprachen(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        let ruf = |sprache: Option<&str>| {
            let a = d.anonym().anfrage(&o.methode, &o.beispielpfad());
            sprache.map_or(a.clone(), |s| a.sprache(s)).senden().json()
        };
        let (de, en) = (ruf(None), ruf(Some("en-GB,en;q=0.9")));
        assert_eq!((&de["code"], &de["status"]), (&en["code"], &en["status"]));
        assert_ne!(de["title"], en["title"], "{}", o.id);
        assert_ne!(de["detail"], en["detail"], "{}", o.id);
    }
    // findings too
    for o in mit_koerper() {
        let ruf = |s: &str| vorbereitet(&d, o).json(&json!([])).sprache(s).senden().json();
        let (de, en) = (ruf("de"), ruf("en"));
        for feld in ["titel", "text", "abhilfe"] {
            assert_ne!(de["befunde"][0][feld], en["befunde"][0][feld], "{}: {feld}", o.id);
        }
    }
    for seltsam in ["", "*", "xx", "en;q=0", "de-DE;q=0.1, fr", "\u{e4}"] {
        d.anonym().get("/traeger").kopf_bytes("accept-language", seltsam.as_bytes()).senden().ist(401);
    }
}

fn anmeldung(b: Backend) {
    let d = Dienst::starten(b);
    d.anonym().token("demo-pruefung", "falsch").ist_problem(401, "ZUGANG_UNBEKANNT");
    d.anonym().token("gibt-es-nicht", "demo").ist_problem(401, "ZUGANG_UNBEKANNT");
    d.anonym().token("%00", "%FF").ist_problem(401, "ZUGANG_UNBEKANNT");
    let form = |text: &str| {
        let a = d.anonym().roh("POST", "/oauth/token").kopf("content-type", "application/x-www-form-urlencoded");
        a.bytes(text.as_bytes().to_vec()).senden()
    };
    for falsch in
        ["", "grant_type=password&username=a&password=b", "client_id=demo-pruefung&client_secret=demo", "{}", "\u{0}"]
    {
        assert_eq!(form(falsch).status, 400, "{falsch:?}");
    }
    // RFC 6749, 5.2, beside our own members
    for (text, code, fehler) in [
        ("", "TOKENANFRAGE_UNGUELTIG", "invalid_request"),
        ("grant_type=client_credentials&client_id=demo-pruefung", "TOKENANFRAGE_UNGUELTIG", "invalid_request"),
        ("grant_type=password", "GRANT_TYPE_UNBEKANNT", "unsupported_grant_type"),
        ("grant_type=client_credentials&client_id=a%00&client_secret=b", "ZUGANG_UNBEKANNT", "invalid_client"),
    ] {
        let r = form(text);
        assert_eq!((r.code().as_str(), &r.json()["error"]), (code, &json!(fehler)), "{text:?}");
        assert!(r.json()["error_description"].as_str().is_some_and(|t| t.is_ascii()), "{text:?}");
    }
    let r = d.anonym().roh("POST", "/oauth/token").json(&json!({ "grant_type": "client_credentials" })).senden();
    assert!([400, 415].contains(&r.status), "{}", r.status);
    // client_secret_basic
    let r = d.anonym().roh("POST", "/oauth/token").kopf("authorization", "Basic ZGVtby1wcnVlZnVuZzpkZW1v");
    let r = r
        .kopf("content-type", "application/x-www-form-urlencoded")
        .bytes(b"grant_type=client_credentials".to_vec())
        .senden()
        .ist(200);
    assert_eq!(r.kopfzeile("cache-control"), Some("no-store"));
    d.mit_token(als_text(&r.json()["access_token"])).get("/traeger").senden().ist(200);
}

/// What no client library sends. The server answers with a problem, or closes; it never answers 5xx and never dies.
fn seltsame_bytes(b: Backend) {
    let d = Dienst::starten(b);
    let lang = format!("GET /v1/traeger?x={} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "a".repeat(20_000));
    let viele: String = (0..200).map(|i| format!("X-K{i}: 1\r\n")).collect();
    let viele = format!("GET /v1/traeger HTTP/1.1\r\nHost: a\r\n{viele}\r\n");
    let faelle: Vec<(&str, Vec<u8>)> = vec![
        ("no HTTP", b"quatsch\r\n\r\n".to_vec()),
        ("bad version", b"GET / HTTP/9.9\r\n\r\n".to_vec()),
        ("header without colon", b"GET /v1/traeger HTTP/1.1\r\nHost: a\r\nkaputt\r\n\r\n".to_vec()),
        ("NUL in the path", b"GET /v1/tr\0aeger HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".to_vec()),
        ("raw UTF-8 in the path", "GET /v1/träger HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".as_bytes().to_vec()),
        ("long target", lang.into_bytes()),
        ("many headers", viele.into_bytes()),
        ("two lengths", b"POST /v1/traeger HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}".to_vec()),
        ("length and chunks", b"POST /v1/traeger HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_vec()),
        ("bad chunk", b"POST /v1/traeger HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec()),
        ("negative length", b"POST /v1/traeger HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n".to_vec()),
        ("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("no host", b"GET /v1/traeger HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec()),
        ("absolute target", b"GET http://a/v1/traeger HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".to_vec()),
        ("upgrade to h2c", b"GET /v1/traeger HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n".to_vec()),
    ];
    for (name, bytes) in faelle {
        let antwort = rohr::sende(d.adresse, &bytes);
        let Some((status, kopf, koerper)) = rohr::zerlege(&antwort) else { continue };
        assert!((400..500).contains(&status), "{name}: {status}");
        // a request that could not be parsed has no path and no language: the connection ends without a body
        if koerper.is_empty() {
            assert!(kopf.contains("content-length: 0") && [400, 413, 431].contains(&status), "{name}: {kopf}");
        } else {
            assert!(kopf.contains("application/problem+json"), "{name}: {kopf}");
        }
    }
    d.als("demo-pruefung").get("/traeger").senden().ist(200);
}

/// A harmless id of the caller is kept, anything else is replaced.
fn anfragekennung(b: Backend) {
    let d = Dienst::starten(b);
    let ruf = |id: &str| {
        let r = d.anonym().get("/traeger").kopf_bytes("x-request-id", id.as_bytes()).senden();
        r.kopfzeile("x-request-id").expect("id").to_owned()
    };
    assert_eq!(ruf("meine-anfrage_42"), "meine-anfrage_42");
    for falsch in
        ["kurz", "mit leerzeichen", "<script>alert(1)</script>", &"x".repeat(65), "mit;strichpunkt", "umlaut-\u{e4}"]
    {
        assert_ne!(ruf(falsch), falsch);
    }
}
