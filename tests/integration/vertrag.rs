//! The document: complete, committed, the same as the server's routes, true to itself.

use aqb_domain::berechtigung::Recht;
use aqb_tests::vertrag::{aufloesen, beispiel, dokument, parameterbeispiel, verstoesse};
use aqb_tests::{Backend, Dienst, auf_beiden, datei, operationen};
use serde_json::{Value, json};
use std::collections::BTreeSet;

auf_beiden!(dokument_wird_bedient, routen_und_dokument_sind_eins, systemadressen);

#[test]
fn dokument_ist_eingecheckt() {
    let text = serde_json::to_string_pretty(dokument()).expect("JSON") + "\n";
    datei::vergleiche("openapi/openapi.json", &text);
    datei::vergleiche("openapi/operations.txt", &aqb_api::http::openapi::operationen(dokument()));
    datei::vergleiche("openapi/problem-types.txt", &aqb_api::fehler::verzeichnis());
}

#[test]
fn dokument_ist_wiederholbar() {
    let neu = || serde_json::to_string(&aqb_api::http::openapi::dokument()).expect("JSON");
    assert_eq!(neu(), neu());
}

fn dokument_wird_bedient(b: Backend) {
    let d = Dienst::starten(b);
    let r = d.anonym().roh("GET", "/openapi.json").senden().ist(200);
    assert_eq!(&r.json(), dokument());
    // and in parts, each complete in itself: together they have every operation once
    let mut operationen_der_teile = 0;
    for tag in dokument()["tags"].as_array().expect("tags") {
        let name = tag["name"].as_str().expect("name");
        let teil = d.anonym().roh("GET", &format!("/openapi/{name}.json")).senden().ist(200).json();
        for (pfad, verben) in teil["paths"].as_object().expect("paths") {
            for (verb, op) in verben.as_object().expect("verbs") {
                assert_eq!(op, &dokument()["paths"][pfad][verb], "{name}: {verb} {pfad}");
                operationen_der_teile += 1;
            }
        }
        let text = teil.to_string();
        for verweis in text.split("\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(teil.pointer(verweis).is_some(), "{name}: {verweis} leads nowhere");
        }
    }
    assert_eq!(operationen_der_teile, operationen().len());
    d.anonym().roh("GET", "/openapi/Fehlt.json").senden().ist_problem(404, "NICHT_GEFUNDEN");
}

/// An anonymous call of an operation meets its handler (401), never the fallback (404, 405).
fn routen_und_dokument_sind_eins(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen() {
        d.anonym().anfrage(&o.methode, &o.beispielpfad()).senden().ist_problem(401, "NICHT_ANGEMELDET");
    }
    // and what the document does not name is not there
    for o in operationen() {
        for methode in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            if !operationen().iter().any(|p| p.pfad == o.pfad && p.methode == methode) {
                let r = d.anonym().anfrage(methode, &o.beispielpfad()).senden();
                assert!([401, 405].contains(&r.status), "{methode} {}: {}", o.pfad, r.status);
                // another template may fit the same address (`/x/{id}` beside `/x/neu`)
                if aqb_tests::vertrag::treffer(methode, &format!("/v1{}", o.beispielpfad())).is_none() {
                    assert_eq!(r.status, 405, "{methode} {}", o.pfad);
                }
            }
        }
    }
}

fn systemadressen(b: Backend) {
    let d = Dienst::starten(b);
    for pfad in
        ["/health/live", "/health/ready", "/.well-known/jwks.json", "/.well-known/openid-configuration", "/docs/"]
    {
        d.anonym().roh("GET", pfad).senden().ist(200);
    }
    for pfad in ["/", "/docs"] {
        d.anonym().roh("GET", pfad).senden().ist(303);
    }
}

#[test]
fn jede_operation_ist_vollstaendig() {
    let tags: BTreeSet<_> =
        dokument()["tags"].as_array().expect("tags").iter().map(|t| t["name"].as_str().expect("tag")).collect();
    let mut ids = BTreeSet::new();
    for o in operationen() {
        let id = &o.id;
        assert!(ids.insert(id.clone()), "{id} twice");
        let form =
            id.split('_').count() >= 2 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        assert!(form, "{id} is not <aggregat>_<verb>");
        let text = |n: &str| o.wert[n].as_str().unwrap_or_default();
        assert!((1..=100).contains(&text("summary").len()), "{id}: summary");
        assert!(!text("description").is_empty(), "{id}: description");
        let eigene: Vec<_> = o.wert["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert!(eigene.len() == 1 && tags.contains(eigene[0]), "{id}: exactly one declared tag, not {eigene:?}");
        assert!(hat_beispiel(&o.wert, &mut BTreeSet::new()), "{id}: no example");
        let antworten = o.wert["responses"].as_object().expect("responses");
        assert!(antworten.keys().any(|s| s.starts_with('2')), "{id}: no success");
        let mut pflicht = vec![400, 401, 403, 404, 429, 500, 503];
        if o.schema().is_some() {
            pflicht.extend([413, 415, 422]);
        }
        if o.hat("If-Match") {
            pflicht.extend([409, 412, 428]);
        }
        for s in pflicht {
            let a = aufloesen(antworten.get(&s.to_string()).unwrap_or_else(|| panic!("{id} does not declare {s}")));
            let schema = &a["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{id}: {s}");
        }
    }
}

/// An example anywhere in what the operation takes or gives.
fn hat_beispiel(v: &Value, gesehen: &mut BTreeSet<String>) -> bool {
    match v {
        Value::Object(o) => {
            if o.contains_key("example") || o.contains_key("examples") {
                return true;
            }
            if let Some(r) = o.get("$ref").and_then(Value::as_str) {
                // an example of the problem form explains no operation
                let fremd = r.contains("/responses/Problem") || r.contains("/parameters/IfMatch");
                return !fremd && gesehen.insert(r.to_owned()) && hat_beispiel(aufloesen(v), gesehen);
            }
            o.values().any(|v| hat_beispiel(v, gesehen))
        }
        Value::Array(a) => a.iter().any(|v| hat_beispiel(v, gesehen)),
        _ => false,
    }
}

#[test]
fn rechte_stehen_in_der_sicherheit() {
    let bereiche = dokument()["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]["scopes"]
        .as_object()
        .expect("scopes");
    assert_eq!(
        bereiche.keys().map(String::as_str).collect::<Vec<_>>(),
        Recht::ALLE.iter().map(|r| r.code()).collect::<Vec<_>>()
    );
    for o in operationen() {
        let mut wege = vec![json!({ "oauth2": [o.recht.code()] }), json!({ "bearer": [] })];
        if o.wert["x-kalendertoken"] == true {
            wege.push(json!({ "kalendertoken": [] }));
        }
        assert_eq!(o.wert["security"], json!(wege), "{}", o.id);
    }
}

#[test]
fn koepfe_folgen_aus_der_art_der_operation() {
    for o in operationen() {
        let rechnet = o.recht == Recht::Rechnen || !o.wert["x-lesend"].is_null();
        let schreibt = o.methode != "GET" && !rechnet;
        if o.methode == "POST" || o.methode == "PATCH" {
            assert_eq!(o.hat("Idempotency-Key"), schreibt, "{}", o.id);
        }
        if ["PUT", "PATCH", "DELETE"].contains(&o.methode.as_str()) || o.ist_akt() && o.wert["x-neu"] != true {
            assert!(o.hat("If-Match"), "{} changes something without If-Match", o.id);
        }
        assert_eq!(o.hat("simulation"), o.ist_simulierbar(), "{}", o.id);
        assert!(!o.ist_akt() || o.methode == "POST", "{}: an act is a POST", o.id);
        if o.wert["x-geld"] == true {
            let p = o.parameter().into_iter().find(|p| p["name"] == "Idempotency-Key").expect("key");
            assert_eq!(p["required"], true, "{}: money moves only under a key", o.id);
        }
        if o.methode == "GET" {
            assert!(o.schema().is_none(), "{}: GET with a body", o.id);
        }
    }
}

#[test]
fn jede_liste_blaettert() {
    for o in operationen() {
        let Some(schema) = o.wert["responses"]["200"]["content"]["application/json"].get("schema") else { continue };
        let ist_seite = aufloesen(schema)["properties"].get("daten").is_some();
        assert_eq!(
            ist_seite,
            o.hat("cursor") && o.hat("limit"),
            "{}: a list has daten, cursor and limit, or none of them",
            o.id
        );
        if ist_seite {
            let grenze = o.parameter().into_iter().find(|p| p["name"] == "limit").expect("limit")["schema"].clone();
            assert_eq!(
                (grenze["minimum"].as_i64(), grenze["maximum"].as_i64(), grenze["default"].as_i64()),
                (Some(1), Some(200), Some(50)),
                "{}",
                o.id
            );
        }
    }
}

/// Every example keeps the schema it illustrates.
#[test]
fn beispiele_halten_den_vertrag() {
    for (name, s) in dokument()["components"]["schemas"].as_object().expect("schemas") {
        for b in s["examples"].as_array().into_iter().flatten() {
            let v = verstoesse(&json!({ "$ref": format!("#/components/schemas/{name}") }), b, true);
            assert!(v.is_empty(), "example of {name}: {}", v.join("; "));
        }
        for (feld, e) in s["properties"].as_object().into_iter().flatten() {
            for b in e["examples"].as_array().into_iter().flatten() {
                let v = verstoesse(e, b, true);
                assert!(v.is_empty(), "example of {name}.{feld}: {}", v.join("; "));
            }
        }
    }
    for o in operationen() {
        for p in o.parameter() {
            let b = parameterbeispiel(p);
            // a cursor is opaque, a key and a version are the caller's: they have a form, no fixed example
            if p["in"] == "header" || p["name"] == "cursor" {
                continue;
            }
            let v = verstoesse(&p["schema"], &b, true);
            assert!(v.is_empty(), "{}: example {b} of {}: {}", o.id, p["name"], v.join("; "));
        }
        if let Some(s) = o.schema() {
            let v = verstoesse(s, &beispiel(s), true);
            assert!(v.is_empty(), "{}: example of the body: {}", o.id, v.join("; "));
        }
    }
}

/// Visits every schema of the document with its place.
fn je_schema(v: &Value, ort: &str, f: &mut impl FnMut(&str, &Value)) {
    match v {
        Value::Object(o) => {
            if o.contains_key("type") || o.contains_key("oneOf") || o.contains_key("allOf") {
                f(ort, v);
            }
            for (k, w) in o {
                match k.as_str() {
                    "example" | "examples" | "enum" | "default" => {}
                    // names of fields, which may be called `type`
                    "properties" => {
                        for (feld, w) in w.as_object().into_iter().flatten() {
                            je_schema(w, &format!("{ort}/{feld}"), f);
                        }
                    }
                    _ => je_schema(w, &format!("{ort}/{k}"), f),
                }
            }
        }
        Value::Array(a) => a.iter().enumerate().for_each(|(i, w)| je_schema(w, &format!("{ort}/{i}"), f)),
        _ => {}
    }
}

#[test]
fn schemas_sind_eindeutig_lesbar() {
    je_schema(&dokument()["components"]["schemas"], "", &mut |ort, s| {
        // only the parts that PATCH takes know null: there it removes (RFC 7396)
        let teil = ort.split('/').nth(1).is_some_and(|name| name.ends_with("Teil"));
        let eindeutig = s["type"].as_str().is_some() || s.get("type").is_none();
        assert!(teil || eindeutig, "{ort}: a type that may also be null");
        assert_ne!(s["type"], "number", "{ort}: money and shares are strings, counts are integers");
        if s["type"] == "integer" {
            let (min, max) = (s["minimum"].as_i64(), s["maximum"].as_i64());
            assert!(min.is_some() && max.is_some_and(|m| m < (1 << 53)), "{ort}: integer without bounds below 2^53");
        }
        let nullbar = s["oneOf"].as_array().into_iter().flatten().any(|v| v["type"] == "null");
        assert!(!nullbar, "{ort}: absent is absent, never null");
    });
}

/// Schemas a caller fills in: closed objects, bounded texts and lists.
#[test]
fn eingaben_sind_geschlossen_und_begrenzt() {
    let mut namen = BTreeSet::new();
    let mut offen: Vec<Value> = operationen().iter().filter_map(|o| o.schema().cloned()).collect();
    while let Some(v) = offen.pop() {
        let mut verweise = Vec::new();
        sammle_verweise(&v, &mut verweise);
        for r in verweise {
            let name = r.rsplit('/').next().unwrap_or("").to_owned();
            if namen.insert(name.clone()) {
                offen.push(dokument()["components"]["schemas"][&name].clone());
            }
        }
    }
    for name in namen {
        je_schema(&dokument()["components"]["schemas"][&name], &name, &mut |ort, s| {
            if s["type"] == "object" && s.get("properties").is_some() {
                assert_eq!(s["additionalProperties"], false, "{ort}: unknown fields must be refused");
            }
            if s["type"] == "array" {
                assert!(s.get("maxItems").is_some(), "{ort}: list without maxItems");
            }
            if s["type"] == "string" {
                let begrenzt = ["maxLength", "pattern", "enum", "const", "format"].iter().any(|k| s.get(*k).is_some());
                assert!(begrenzt, "{ort}: text without a bound");
            }
        });
    }
}

fn sammle_verweise(v: &Value, aus: &mut Vec<String>) {
    match v {
        Value::Object(o) => {
            aus.extend(o.get("$ref").and_then(Value::as_str).map(str::to_owned));
            o.values().for_each(|v| sammle_verweise(v, aus));
        }
        Value::Array(a) => a.iter().for_each(|v| sammle_verweise(v, aus)),
        _ => {}
    }
}

#[test]
fn verweise_fuehren_irgendwohin() {
    let mut verweise = Vec::new();
    sammle_verweise(dokument(), &mut verweise);
    for r in verweise {
        assert!(dokument().pointer(r.trim_start_matches('#')).is_some(), "dangling {r}");
    }
    for o in operationen() {
        for a in o.wert["responses"].as_object().into_iter().flatten().map(|(_, a)| a) {
            for (name, l) in a["links"].as_object().into_iter().flatten() {
                let ziel = l["operationId"].as_str().unwrap_or_default();
                assert!(operationen().iter().any(|o| o.id == ziel), "{}: link {name} to {ziel}", o.id);
            }
        }
    }
}

#[test]
fn pfade_tragen_nur_worte_und_platzhalter() {
    for o in operationen() {
        for t in o.pfad.split('/').skip(1) {
            // a calendar program goes by the ending
            let stamm = t.strip_suffix(".ics").unwrap_or(t);
            let klein = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            let wort = !stamm.is_empty() && stamm.bytes().all(klein);
            let platz = t
                .strip_prefix('{')
                .and_then(|t| t.strip_suffix('}'))
                .is_some_and(|t| t.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            assert!(wort || platz, "{}: {t}", o.pfad);
        }
    }
    assert_eq!(dokument()["openapi"], "3.1.0");
    assert_eq!(dokument()["servers"][0]["url"], "/v1");
}

/// The check every test relies on finds what it should find.
#[test]
fn die_pruefung_findet_abweichungen() {
    use aqb_tests::{Antwort, vertrag::pruefe_antwort};
    use ureq::http::{HeaderMap, HeaderName, HeaderValue};
    let antwort = |status: u16, kopf: &[(&str, &str)], koerper: &Value| {
        let fest = [("x-request-id", "anfrage-1"), ("x-content-type-options", "nosniff")];
        let paar = |(n, w): &(&str, &str)| {
            (HeaderName::from_bytes(n.as_bytes()).expect("name"), HeaderValue::from_str(w).expect("value"))
        };
        let kopf: HeaderMap = fest.iter().chain(kopf).map(paar).collect();
        Antwort { status, kopf, koerper: serde_json::to_vec(koerper).expect("JSON") }
    };
    let json = [("content-type", "application/json")];
    let seite = json!({ "daten": [] });
    let pruefe = |a: &Antwort| pruefe_antwort("GET", "/v1/traeger", None, a);
    assert_eq!(pruefe(&antwort(200, &json, &seite)), Ok(()));
    for (was, a) in [
        ("an undeclared status", antwort(201, &json, &seite)),
        ("another media type", antwort(200, &[("content-type", "text/html")], &seite)),
        ("a missing field", antwort(200, &json, &json!({}))),
        ("an unknown field", antwort(200, &json, &json!({ "daten": [], "neu": 1 }))),
        ("null instead of absence", antwort(200, &json, &json!({ "daten": [], "weiter": null }))),
        ("a broken row", antwort(200, &json, &json!({ "daten": [{ "id": "x" }] }))),
    ] {
        assert!(pruefe(&a).is_err(), "{was} passes");
    }
    let kopf = [("content-type", "application/problem+json"), ("content-language", "de"), ("vary", "Accept-Language")];
    let problem = json!({ "type": "urn:aqb:problem:nicht-gefunden", "title": "t", "status": 404, "detail": "d", "instance": "/v1/traeger",
        "code": "NICHT_GEFUNDEN", "request_id": "anfrage-1", "befunde": [] });
    assert_eq!(pruefe(&antwort(404, &kopf, &problem)), Ok(()));
    assert!(
        pruefe_antwort("GET", "/v1/traeger", Some("en"), &antwort(404, &kopf, &problem)).is_err(),
        "the wrong language passes"
    );
    for (feld, wert) in [
        ("status", json!(400)),
        ("code", json!("ERFUNDEN")),
        ("type", json!("about:blank")),
        ("title", json!("")),
        ("instance", json!("/v1/x")),
        ("request_id", json!("andere")),
        ("befunde", Value::Null),
        ("neu", json!(1)),
        ("detail", json!("noch {offen}")),
    ] {
        let mut falsch = problem.clone();
        falsch[feld] = wert;
        assert!(pruefe(&antwort(404, &kopf, &falsch)).is_err(), "a wrong {feld} passes");
    }
    assert!(pruefe(&antwort(503, &kopf, &problem)).is_err(), "503 without Retry-After passes");
    assert!(pruefe(&antwort(404, &json, &problem)).is_err(), "a problem under another media type passes");
    assert!(
        pruefe_antwort("GET", "/v1/geheim", None, &antwort(200, &json, &seite)).is_err(),
        "an undocumented success passes"
    );
}
