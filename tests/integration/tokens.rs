//! Tokens: pinned algorithm and key, issuer, audience, times, and claims that say who somebody is.

use aqb_tests::dienst::signiere;
use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden, rohr};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

auf_beiden!(
    zeiten,
    fremde_angaben,
    fremde_schluessel,
    rollen,
    schreibweisen,
    merkzettel_vergisst_den_ablauf,
    personen,
    kritische_erweiterungen
);

fn ruf(d: &Dienst, token: &str) -> (u16, String) {
    let r = d.mit_token(token).get("/gebietskoerperschaften").senden();
    (r.status, r.code())
}

fn gut() -> (u16, String) {
    (200, String::new())
}

fn abgelehnt(code: &str) -> (u16, String) {
    (401, code.to_owned())
}

fn jetzt() -> i64 {
    aqb_persistence::uhr::jetzt().timestamp()
}

/// At most five seconds of leeway, in both directions.
fn zeiten(b: Backend) {
    let d = Dienst::starten(b);
    let mit = |feld: &str, abstand: i64| {
        let mut a = d.ansprueche("PRUEFUNG");
        a[feld] = json!(jetzt() + abstand);
        ruf(&d, &d.signiert(&a))
    };
    assert_eq!(mit("exp", 60), gut());
    assert_eq!(mit("exp", -2), gut(), "within the leeway");
    assert_eq!(mit("exp", -7), abgelehnt("TOKEN_ABGELAUFEN"));
    assert_eq!(mit("exp", -86_400), abgelehnt("TOKEN_ABGELAUFEN"));
    assert_eq!(mit("nbf", 3), gut(), "within the leeway");
    assert_eq!(mit("nbf", 8), abgelehnt("NICHT_ANGEMELDET"));
    assert_eq!(mit("nbf", 86_400), abgelehnt("NICHT_ANGEMELDET"));
    for feld in ["exp", "nbf"] {
        for wert in [json!(null), json!("bald"), json!(1e99), json!(-1)] {
            let mut a = d.ansprueche("PRUEFUNG");
            a[feld] = wert.clone();
            let (status, _) = ruf(&d, &d.signiert(&a));
            // a `nbf` before 1970 is merely long past
            assert_eq!(status, if feld == "nbf" && wert == json!(-1) { status } else { 401 }, "{feld} = {wert}");
        }
        let mut a = d.ansprueche("PRUEFUNG");
        a.as_object_mut().expect("claims").remove(feld);
        assert_eq!(ruf(&d, &d.signiert(&a)), abgelehnt("NICHT_ANGEMELDET"), "without {feld}");
    }
}

fn fremde_angaben(b: Backend) {
    let d = Dienst::starten(b);
    for (feld, wert) in [
        ("iss", json!("boese")),
        ("iss", json!("")),
        ("iss", json!(null)),
        ("aud", json!("andere")),
        ("aud", json!("")),
        ("aud", json!(null)),
        ("aud", json!(["andere"])),
        ("sub", json!(null)),
        ("sub", json!(17)),
        ("rolle", json!("CHEF")),
        ("rolle", json!("pruefung")),
        ("rolle", json!(null)),
        ("rolle", json!(["PRUEFUNG"])),
        ("traeger_id", json!("keine-uuid")),
    ] {
        let mut a = d.ansprueche("PRUEFUNG");
        a[feld] = wert.clone();
        assert_eq!(ruf(&d, &d.signiert(&a)), abgelehnt("NICHT_ANGEMELDET"), "{feld} = {wert}");
    }
    for feld in ["iss", "aud", "sub", "rolle"] {
        let mut a = d.ansprueche("PRUEFUNG");
        a.as_object_mut().expect("claims").remove(feld);
        assert_eq!(ruf(&d, &d.signiert(&a)), abgelehnt("NICHT_ANGEMELDET"), "without {feld}");
    }
    // a claim nobody asked for is no reason to refuse
    let mut a = d.ansprueche("PRUEFUNG");
    a["name"] = json!("Erika Beispiel");
    assert_eq!(ruf(&d, &d.signiert(&a)), gut());
}

fn fremde_schluessel(b: Backend) {
    let d = Dienst::starten(b);
    let ansprueche = d.ansprueche("ADMIN");
    let (kid, pkcs8) = d.signierschluessel();
    // the same program on another database has another key
    let anderer = Dienst::mit(Datenbank::neu(Backend::Sqlite), &[]);
    let (anderer_kid, anderer_pkcs8) = anderer.signierschluessel();
    assert_ne!(pkcs8, anderer_pkcs8, "every database has a key of its own");
    for k in [Some(kid.as_str()), Some(anderer_kid.as_str()), None] {
        assert_eq!(ruf(&d, &signiere(&ansprueche, k, &anderer_pkcs8)), abgelehnt("NICHT_ANGEMELDET"), "{k:?}");
    }
    assert_eq!(ruf(&d, &signiere(&ansprueche, Some("gibt-es-nicht"), &pkcs8)), abgelehnt("NICHT_ANGEMELDET"));
    assert_eq!(ruf(&d, &signiere(&ansprueche, Some(&kid), &pkcs8)), gut());

    let b64 = |v: &Value| URL_SAFE_NO_PAD.encode(v.to_string());
    let koerper = b64(&ansprueche);
    let echte_signatur = signiere(&ansprueche, Some(&kid), &pkcs8).rsplit('.').next().expect("signature").to_owned();
    for alg in ["none", "None", "NONE", "HS256", "HS512", "RS256", "ES384", "EdDSA", "ES256K", ""] {
        for signatur in ["", "AAAA", &echte_signatur] {
            let kopf = b64(&json!({ "alg": alg, "typ": "JWT", "kid": kid }));
            assert_eq!(ruf(&d, &format!("{kopf}.{koerper}.{signatur}")), abgelehnt("NICHT_ANGEMELDET"), "alg {alg}");
        }
    }
    // the public key as an HMAC secret
    let jwks = d.anonym().roh("GET", "/.well-known/jwks.json").senden().ist(200);
    for geheimnis in
        [jwks.text(), jwks.json()["keys"][0].to_string(), jwks.json()["keys"][0]["x"].as_str().unwrap_or("").to_owned()]
    {
        let mut kopf = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
        kopf.kid = Some(kid.clone());
        let t = jsonwebtoken::encode(&kopf, &ansprueche, &jsonwebtoken::EncodingKey::from_secret(geheimnis.as_bytes()))
            .expect("HMAC");
        assert_eq!(ruf(&d, &t), abgelehnt("NICHT_ANGEMELDET"));
    }
    // a changed claim under the old signature
    let echt = d.signiert(&d.ansprueche("TRAEGER"));
    let teile: Vec<&str> = echt.split('.').collect();
    assert_eq!(ruf(&d, &format!("{}.{koerper}.{}", teile[0], teile[2])), abgelehnt("NICHT_ANGEMELDET"));
    // the published key is the public half only
    assert!(
        jwks.json()["keys"].as_array().is_some_and(|k| k.iter().all(|k| k.get("d").is_none() && k["alg"] == "ES256"))
    );
}

/// The role decides, the owner belongs to it.
fn rollen(b: Backend) {
    let d = Dienst::starten(b);
    let status = |a: &Value, pfad: &str| d.mit_token(d.signiert(a)).get(pfad).senden().status;
    let mut gk = d.ansprueche("GEBIETSKOERPERSCHAFT");
    assert_eq!(status(&gk, "/gebietskoerperschaften"), 200, "what everybody sees needs no owner");
    gk["kreisschluessel"] = json!("06440");
    assert_eq!(status(&gk, "/traeger"), 200);
    let mut tr = d.ansprueche("TRAEGER");
    assert_eq!(status(&tr, "/traeger"), 403, "a Traeger without a Traeger");
    // an owner that does not belong to the role opens nothing
    tr["kreisschluessel"] = json!("06440");
    assert_eq!(status(&tr, "/traeger"), 403);
    tr["traeger_id"] = json!("019a0000-0000-7000-8000-0000000000a1");
    assert_eq!(status(&tr, "/traeger"), 200);
    let r = d.mit_token(d.signiert(&tr)).get("/traeger").senden().json();
    assert_eq!(r["daten"].as_array().map(Vec::len), Some(1));
    assert_eq!(status(&tr, "/traeger/019a0000-0000-7000-8000-0000000000a2"), 404);
    tr["traeger_id"] = json!("019a0000-0000-7000-8000-00000000ffff");
    assert_eq!(
        d.mit_token(d.signiert(&tr)).get("/traeger").senden().json()["daten"],
        json!([]),
        "a Traeger nobody knows sees nothing"
    );
    assert_eq!(status(&d.ansprueche("ADMIN"), "/traeger"), 403);
    // the scope claim grants nothing
    let mut a = d.ansprueche("ADMIN");
    a["scope"] = json!("traeger:lesen traeger:pflegen");
    assert_eq!(status(&a, "/traeger"), 403);
}

fn schreibweisen(b: Backend) {
    let d = Dienst::starten(b);
    let t = d.signiert(&d.ansprueche("PRUEFUNG"));
    let mit = |wert: &str| d.anonym().get("/traeger").kopf("authorization", wert).senden().status;
    assert_eq!(mit(&format!("Bearer {t}")), 200);
    assert_eq!(mit(&format!("bearer {t}")), 200);
    for falsch in [
        t.clone(),
        format!("Token {t}"),
        format!("Basic {t}"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Bearer {t}."),
        format!("Bearer {t},{t}"),
        format!("Bearer x{t}"),
        "Bearer ..".to_owned(),
        format!("Bearer {}", "a".repeat(6_000)),
    ] {
        assert_eq!(mit(&falsch), 401, "{}", falsch.chars().take(40).collect::<String>());
    }
    // no client library sends this
    let roh = rohr::sende(
        d.adresse,
        b"GET /v1/traeger HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(rohr::zerlege(&roh).map(|(status, ..)| status), Some(401));
    // never from the address
    d.anonym().get("/traeger").query("access_token", &t).senden().ist(401);
}

/// A checked token is remembered, its end is not forgotten.
fn merkzettel_vergisst_den_ablauf(b: Backend) {
    let d = Dienst::starten(b);
    let mut a = d.ansprueche("PRUEFUNG");
    a["exp"] = json!(jetzt() - 3);
    let t = d.signiert(&a);
    assert_eq!(ruf(&d, &t), gut());
    std::thread::sleep(std::time::Duration::from_millis(4_100));
    assert_eq!(ruf(&d, &t), abgelehnt("TOKEN_ABGELAUFEN"));
    assert_eq!(ruf(&d, &t), abgelehnt("TOKEN_ABGELAUFEN"));
}

/// A name that is none, or that only looks like another one, is nobody's.
fn personen(b: Backend) {
    let d = Dienst::starten(b);
    let mit = |sub: &str| {
        let mut a = d.ansprueche("PRUEFUNG");
        a["sub"] = json!(sub);
        ruf(&d, &d.signiert(&a))
    };
    for gut_ in ["x", "demo-gk-06440-1", "Erika Beispiel", "erika@kreis.example", &"x".repeat(200)] {
        assert_eq!(mit(gut_), gut(), "{gut_:?}");
    }
    let zu_lang = "x".repeat(201);
    for falsch in [
        "",
        " ",
        "\u{a0}",
        "demo-x ",
        " demo-x",
        "\tx",
        "x\n",
        "a\u{0}b",
        "x\u{7f}",
        "x\u{200b}",
        "x\u{202e}y",
        "\u{445}",
        "https://anmeldung.example|x",
        &zu_lang,
    ] {
        assert_eq!(mit(falsch), abgelehnt("NICHT_ANGEMELDET"), "{falsch:?}");
    }
}

/// RFC 7515, 4.1.11.
fn kritische_erweiterungen(b: Backend) {
    let d = Dienst::starten(b);
    let (kid, pkcs8) = d.signierschluessel();
    let mit = |crit: Option<&[&str]>| {
        let mut kopf = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::ES256);
        kopf.kid = Some(kid.clone());
        kopf.crit = crit.map(|c| c.iter().map(|n| (*n).to_owned()).collect());
        let schluessel = jsonwebtoken::EncodingKey::from_ec_der(&pkcs8);
        ruf(&d, &jsonwebtoken::encode(&kopf, &d.ansprueche("PRUEFUNG"), &schluessel).expect("sign"))
    };
    assert_eq!(mit(None), gut());
    for crit in [&["b64"][..], &["exp"], &["unbekannt", "alg"], &[]] {
        assert_eq!(mit(Some(crit)), abgelehnt("NICHT_ANGEMELDET"), "{crit:?}");
    }
}
