//! The contract in the hands of the tests: its operations, examples for them, and the check of every answer.

use crate::client::Antwort;
use aqb_api::fehler::PROBLEME;
use aqb_domain::berechtigung::Recht;
use aqb_domain::regel::alle_regeln;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// The document as the program generates it.
pub fn dokument() -> &'static Value {
    static DOKUMENT: OnceLock<Value> = OnceLock::new();
    DOKUMENT.get_or_init(aqb_api::http::openapi::dokument)
}

/// The document with every object schema closed: an answer with a field the contract does not know is a violation.
fn geschlossen() -> &'static Value {
    static GESCHLOSSEN: OnceLock<Value> = OnceLock::new();
    GESCHLOSSEN.get_or_init(|| {
        let mut d = dokument().clone();
        let mut teile = BTreeSet::new();
        sammle_teile(&d, &mut teile);
        for (name, s) in d["components"]["schemas"].as_object_mut().into_iter().flatten() {
            if !teile.contains(name) {
                schliesse(s);
            }
        }
        d
    })
}

/// Schemas that are parts of an `allOf`: closing them would forbid the other parts.
fn sammle_teile(v: &Value, aus: &mut BTreeSet<String>) {
    match v {
        Value::Object(o) => {
            for teil in o.get("allOf").and_then(Value::as_array).into_iter().flatten() {
                aus.extend(teil["$ref"].as_str().and_then(|r| r.rsplit('/').next()).map(str::to_owned));
            }
            o.values().for_each(|v| sammle_teile(v, aus));
        }
        Value::Array(a) => a.iter().for_each(|v| sammle_teile(v, aus)),
        _ => {}
    }
}

fn schliesse(v: &mut Value) {
    match v {
        Value::Object(o) => {
            if o.contains_key("allOf") {
                o.entry("unevaluatedProperties").or_insert(json!(false));
                return;
            }
            if o.get("type").is_some_and(|t| t == "object") && o.contains_key("properties") {
                o.entry("additionalProperties").or_insert(json!(false));
            }
            for (k, v) in o.iter_mut() {
                if !matches!(k.as_str(), "example" | "examples" | "enum" | "const" | "default") {
                    schliesse(v);
                }
            }
        }
        Value::Array(a) => a.iter_mut().for_each(schliesse),
        _ => {}
    }
}

/// Follows a `$ref` into the document.
pub fn aufloesen(v: &Value) -> &Value {
    let ziel = v.get("$ref").and_then(Value::as_str).and_then(|r| dokument().pointer(r.trim_start_matches('#')));
    ziel.unwrap_or(v)
}

/// A validator for a schema of the document, with or without closed objects.
fn pruefer(schema: &Value, streng: bool) -> Arc<Validator> {
    static ALLE: OnceLock<Mutex<HashMap<String, Arc<Validator>>>> = OnceLock::new();
    let schluessel = format!("{streng}{schema}");
    let alle = ALLE.get_or_init(Mutex::default);
    if let Some(p) = alle.lock().expect("validators").get(&schluessel) {
        return p.clone();
    }
    let quelle = if streng { geschlossen() } else { dokument() };
    let mut wurzel = schema.as_object().cloned().unwrap_or_default();
    wurzel.insert("components".to_owned(), json!({ "schemas": quelle["components"]["schemas"] }));
    let p = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&Value::Object(wurzel))
        .unwrap_or_else(|e| panic!("the schema {schema} cannot be compiled: {e}"));
    let p = Arc::new(p);
    alle.lock().expect("validators").insert(schluessel, p.clone());
    p
}

/// Violations of a schema of the document, with their places.
pub fn verstoesse(schema: &Value, wert: &Value, streng: bool) -> Vec<String> {
    pruefer(schema, streng).iter_errors(wert).map(|e| format!("{}: {e}", e.instance_path().as_str())).collect()
}

/// An operation of the contract.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `GET`, `POST`, …
    pub methode: String,
    /// Template below `/v1`.
    pub pfad: String,
    /// operationId.
    pub id: String,
    /// The right it names.
    pub recht: Recht,
    /// The operation object.
    pub wert: Value,
}

/// All operations of the document.
pub fn operationen() -> &'static [Operation] {
    static ALLE: OnceLock<Vec<Operation>> = OnceLock::new();
    ALLE.get_or_init(|| {
        let mut aus = Vec::new();
        for (pfad, eintrag) in dokument()["paths"].as_object().expect("paths") {
            for (methode, wert) in eintrag.as_object().expect("path item") {
                let wo = format!("{methode} {pfad}");
                let id = wert["operationId"].as_str().unwrap_or_else(|| panic!("{wo} has no operationId")).to_owned();
                let code = wert["x-recht"].as_str().unwrap_or_else(|| panic!("{wo} names no right"));
                let recht = Recht::ALLE.iter().find(|r| r.code() == code);
                let recht = *recht.unwrap_or_else(|| panic!("{wo} names the unknown right {code}"));
                aus.push(Operation {
                    methode: methode.to_uppercase(),
                    pfad: pfad.clone(),
                    id,
                    recht,
                    wert: wert.clone(),
                });
            }
        }
        assert!(!aus.is_empty(), "the document has no operations");
        aus
    })
}

/// The operation with this id.
#[track_caller]
pub fn operation(id: &str) -> &'static Operation {
    operationen().iter().find(|o| o.id == id).unwrap_or_else(|| panic!("no operation {id}"))
}

impl Operation {
    /// Its parameters, resolved.
    pub fn parameter(&self) -> Vec<&Value> {
        self.wert["parameters"].as_array().into_iter().flatten().map(aufloesen).collect()
    }

    /// Has a parameter of this name.
    pub fn hat(&self, name: &str) -> bool {
        self.parameter().iter().any(|p| p["name"] == name)
    }

    /// Parameters of one place (`path`, `query`, `header`).
    pub fn parameter_in(&self, ort: &str) -> Vec<&Value> {
        self.parameter().into_iter().filter(|p| p["in"] == ort).collect()
    }

    /// A change of legal state that can be simulated.
    pub fn ist_akt(&self) -> bool {
        self.wert["x-akt"] == true
    }

    /// It can be simulated: every act, and deleting a draft.
    pub fn ist_simulierbar(&self) -> bool {
        self.ist_akt() || self.wert["x-simulierbar"] == true
    }

    /// A list with pages.
    pub fn ist_liste(&self) -> bool {
        self.methode == "GET" && self.hat("cursor")
    }

    /// Its body is JSON; otherwise it takes a file, or nothing.
    pub fn nimmt_json(&self) -> bool {
        self.wert["requestBody"]["content"].get("application/json").is_some()
    }

    /// Schema of the body.
    pub fn schema(&self) -> Option<&Value> {
        let inhalt = self.wert["requestBody"]["content"].as_object()?;
        inhalt.get("application/json").or_else(|| inhalt.values().next())?.get("schema")
    }

    /// A body as the document shows it.
    pub fn koerper(&self) -> Option<Value> {
        self.schema().map(beispiel)
    }

    /// A body for an act on a record: the example of the document, with what the record itself knows in its place
    /// (the checksum of the text that is signed, for instance).
    pub fn eingabe(&self, datensatz: &Value) -> Value {
        let mut k = self.koerper().unwrap_or(json!({}));
        for (feld, wert) in k.as_object_mut().into_iter().flatten() {
            if let Some(w) = datensatz.get(feld) {
                *wert = w.clone();
            }
        }
        k
    }

    /// The path with the examples of its parameters, those of the query that must be there included.
    pub fn beispielpfad(&self) -> String {
        let beispiel = |p: &Value| als_text(&parameterbeispiel(p));
        let pflicht = self.parameter_in("query").into_iter().filter(|p| p["required"] == true);
        let frage: Vec<String> = pflicht.map(|p| format!("{}={}", als_text(&p["name"]), beispiel(p))).collect();
        let pfad = self.pfad_mit(beispiel);
        if frage.is_empty() { pfad } else { format!("{pfad}?{}", frage.join("&")) }
    }

    /// The path with values for its parameters.
    pub fn pfad_mit(&self, wert: impl Fn(&Value) -> String) -> String {
        let parameter = self.parameter_in("path");
        let teil = |t: &str| match t.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
            None => t.to_owned(),
            Some(name) => {
                let p = parameter.iter().find(|p| p["name"] == name);
                wert(p.unwrap_or_else(|| panic!("{}: {{{name}}} is not declared", self.id)))
            }
        };
        self.pfad.split('/').map(teil).collect::<Vec<_>>().join("/")
    }

    /// Example path of the resource an act belongs to, or of the operation itself.
    pub fn elternpfad(&self) -> String {
        let pfad = self.beispielpfad();
        let oben = self.pfad.rsplit_once('/').map_or("", |(o, _)| o);
        let hat_eltern = operationen().iter().any(|o| o.methode == "GET" && o.pfad == oben && oben.ends_with('}'));
        if hat_eltern { pfad.rsplit_once('/').map_or(String::new(), |(o, _)| o.to_owned()) } else { pfad }
    }

    /// The path names one object of one owner, so a foreign caller must get 404.
    pub fn nennt_ein_objekt(&self) -> bool {
        let namen: Vec<_> = self.parameter_in("path").iter().filter_map(|p| p["name"].as_str()).collect();
        namen.iter().any(|n| n.ends_with("_id") || *n == "kreisschluessel")
    }
}

/// A value as it stands in a path or query.
pub fn als_text(v: &Value) -> String {
    v.as_str().map_or_else(|| v.to_string(), str::to_owned)
}

fn erstes_beispiel(v: &Value) -> Option<&Value> {
    v.get("example").or_else(|| match v.get("examples")? {
        Value::Array(a) => a.first(),
        Value::Object(o) => o.values().next()?.get("value"),
        _ => None,
    })
}

/// An example of a parameter.
pub fn parameterbeispiel(p: &Value) -> Value {
    erstes_beispiel(p).cloned().unwrap_or_else(|| beispiel(&p["schema"]))
}

/// An example of a schema: the one it gives, or one built from its parts.
pub fn beispiel(schema: &Value) -> Value {
    if let Some(b) = erstes_beispiel(schema) {
        return b.clone();
    }
    if schema.get("$ref").is_some() {
        return beispiel(aufloesen(schema));
    }
    if let Some(c) = schema.get("const").or_else(|| schema["enum"].get(0)).or_else(|| schema.get("default")) {
        return c.clone();
    }
    if let Some(v) = schema["oneOf"].get(0).or_else(|| schema["anyOf"].get(0)) {
        return beispiel(v);
    }
    if let Some(teile) = schema["allOf"].as_array() {
        let objekte = teile.iter().filter_map(|t| beispiel(t).as_object().cloned());
        return Value::Object(objekte.flatten().collect());
    }
    let zahl = |name: &str| schema[name].as_i64();
    match schema["type"].as_str().unwrap_or("object") {
        "object" => {
            let namen = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            Value::Object(namen.map(|n| (n.to_owned(), beispiel(&schema["properties"][n]))).collect::<Map<_, _>>())
        }
        "array" => {
            let n = zahl("minItems").unwrap_or(1).max(1);
            Value::Array((0..n).map(|_| beispiel(&schema["items"])).collect())
        }
        "integer" => json!(zahl("minimum").unwrap_or(1)),
        "boolean" => json!(true),
        _ => match schema["format"].as_str() {
            Some("uuid") => json!("019a0000-0000-7000-8000-000000000001"),
            Some("date") => json!("2026-03-12"),
            Some("date-time") => json!("2026-03-12T09:30:00.000Z"),
            _ => json!(
                "Beispiel"
                    .chars()
                    .cycle()
                    .take(zahl("minLength").unwrap_or(8).clamp(8, 64).unsigned_abs().try_into().unwrap_or(8))
                    .collect::<String>()
            ),
        },
    }
}

/// The operation a request meets; a literal segment wins over a parameter.
pub fn treffer(methode: &str, pfad: &str) -> Option<&'static Operation> {
    let pfad = pfad.split('?').next()?.strip_prefix("/v1")?;
    let methode = if methode == "HEAD" { "GET" } else { methode };
    let passt = |o: &&Operation| {
        let (a, b): (Vec<_>, Vec<_>) = (o.pfad.split('/').collect(), pfad.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(m, p)| m == p || (m.starts_with('{') && !p.is_empty()))
    };
    let vorlage = &operationen().iter().filter(passt).min_by_key(|o| o.pfad.matches('{').count())?.pfad;
    operationen().iter().find(|o| o.pfad == *vorlage && o.methode == methode)
}

/// Codes a problem can carry.
fn codes() -> &'static BTreeSet<&'static str> {
    static CODES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    CODES.get_or_init(|| PROBLEME.iter().map(|p| p.code).chain(alle_regeln().map(|r| r.kurzname)).collect())
}

macro_rules! verlange {
    ($bedingung:expr, $($text:tt)+) => { if !($bedingung) { return Err(format!($($text)+)); } };
}

/// Checks an answer against the contract: status declared, media type, body, problem, headers, language.
///
/// # Errors
/// The first violation.
pub fn pruefe_antwort(methode: &str, pfad: &str, sprache: Option<&str>, a: &Antwort) -> Result<(), String> {
    let id = a.kopfzeile("x-request-id").unwrap_or_default();
    verlange!((8..=64).contains(&id.len()), "X-Request-Id is missing or odd: {id:?}");
    verlange!(a.kopfzeile("x-content-type-options") == Some("nosniff"), "X-Content-Type-Options is missing");
    if a.status >= 400 {
        pruefe_problem(methode, pfad, sprache, a)?;
    }
    let Some(op) = treffer(methode, pfad) else {
        verlange!(a.status >= 400 || !pfad.starts_with("/v1"), "a success that no operation declares");
        return Ok(());
    };
    let antwort = op.wert["responses"].get(a.status.to_string());
    let antwort = aufloesen(antwort.ok_or_else(|| format!("{} does not declare {}", op.id, a.status))?);
    let inhalt = antwort["content"].as_object().cloned().unwrap_or_default();
    if inhalt.is_empty() {
        verlange!(a.koerper.is_empty(), "{} declares {} without a body", op.id, a.status);
        return Ok(());
    }
    let typ = a.kopfzeile("content-type").unwrap_or("").split(';').next().unwrap_or("").to_owned();
    let schema = inhalt.get(&typ).ok_or_else(|| format!("{} does not declare {typ:?} for {}", op.id, a.status))?;
    if methode == "HEAD" {
        verlange!(a.koerper.is_empty(), "HEAD with a body");
    } else if typ.ends_with("json") {
        let wert: Value = serde_json::from_slice(&a.koerper).map_err(|e| e.to_string())?;
        let v = verstoesse(&schema["schema"], &wert, true);
        verlange!(v.is_empty(), "{}", v.join("\n"));
        pruefe_version(&wert, a)?;
    }
    for name in antwort["headers"].as_object().into_iter().flatten().map(|(n, _)| n.to_ascii_lowercase()) {
        // an ETag belongs to what has a version
        verlange!(
            name == "etag" || name == "link" || a.kopf.contains_key(&name),
            "the declared header {name} is missing"
        );
    }
    Ok(())
}

fn pruefe_version(wert: &Value, a: &Antwort) -> Result<(), String> {
    if let (true, Some(v), Some(e)) = (a.status < 300, wert.get("version").and_then(Value::as_i64), a.kopfzeile("etag"))
    {
        verlange!(e == format!("\"{v}\""), "ETag {e} and version {v} differ");
    }
    Ok(())
}

/// RFC 9457: the same form for every refusal, the framework's own included.
fn pruefe_problem(methode: &str, pfad: &str, sprache: Option<&str>, a: &Antwort) -> Result<(), String> {
    verlange!(a.kopfzeile("content-type") == Some("application/problem+json"), "not application/problem+json");
    // tests ask for English first or not at all
    let wunsch = if sprache.is_some_and(|s| s.starts_with("en") && !s.starts_with("en;q=0")) { "en" } else { "de" };
    let ist = a.kopfzeile("content-language");
    verlange!(ist == Some(wunsch), "Content-Language {ist:?}, wanted {wunsch}");
    verlange!(
        a.kopfzeile("vary").is_some_and(|v| v.to_ascii_lowercase().contains("accept-language")),
        "Vary lacks Accept-Language"
    );
    let braucht = match a.status {
        401 => Some("www-authenticate"),
        405 => Some("allow"),
        429 | 503 => Some("retry-after"),
        _ => None,
    };
    verlange!(braucht.is_none_or(|k| a.kopf.contains_key(k)), "{} without {braucht:?}", a.status);
    if methode == "HEAD" {
        verlange!(a.koerper.is_empty(), "HEAD with a body");
        return Ok(());
    }
    let mut p: Value = serde_json::from_slice(&a.koerper).map_err(|e| format!("problem is no JSON: {e}"))?;
    // the token endpoint, outside the document, answers with the members of RFC 6749 too
    if p["instance"] == "/oauth/token"
        && let Some(o) = p.as_object_mut()
    {
        o.remove("error");
        o.remove("error_description");
    }
    let v = verstoesse(&json!({ "$ref": "#/components/schemas/Problem" }), &p, true);
    verlange!(v.is_empty(), "problem: {}", v.join("\n"));
    let text = |n: &str| p[n].as_str().unwrap_or_default();
    verlange!(p["status"].as_i64() == Some(i64::from(a.status)), "status {} in the body", p["status"]);
    verlange!(codes().contains(text("code")), "unknown code {}", text("code"));
    let urn = format!("urn:aqb:problem:{}", text("code").to_ascii_lowercase().replace('_', "-"));
    verlange!(text("type") == urn, "type {} does not fit the code", text("type"));
    verlange!(!text("title").is_empty() && !text("detail").is_empty(), "title or detail is empty");
    verlange!(Some(text("request_id")) == a.kopfzeile("x-request-id"), "request_id differs from X-Request-Id");
    verlange!(text("instance") == pfad, "instance {:?}, path {pfad:?}", text("instance"));
    verlange!(!text("detail").contains('{') && !text("title").contains('{'), "unfilled template: {}", text("detail"));
    for b in p["befunde"].as_array().into_iter().flatten() {
        let leer = ["titel", "text", "abhilfe"].into_iter().find(|n| b[n].as_str().is_none_or(str::is_empty));
        verlange!(leer.is_none(), "finding {} has an empty {leer:?}", b["code"]);
    }
    // a business refusal explains itself; 412 names the present version
    let fachlich = alle_regeln().any(|r| r.kurzname == text("code"));
    verlange!(!fachlich || p["befunde"].as_array().is_some_and(|b| !b.is_empty()), "refusal without a finding");
    verlange!(a.status != 412 || p["aktuelle_version"].is_i64(), "412 without aktuelle_version");
    Ok(())
}
