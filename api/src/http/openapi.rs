//! The document: collected from the handlers, completed in one place with what every operation shares.

use crate::http::problem::{BefundView, Problem};
use crate::http::sicht::{Aktionen, ProtokollSeite, Simulation};
use aqb_domain::berechtigung::{Recht, Rolle, Umfang};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

/// Errors every operation can answer with; the rest depends on what it is.
const IMMER: &[u16] = &[400, 401, 403, 404, 429, 500, 503];
/// Errors of operations that write.
const BEIM_SCHREIBEN: &[u16] = &[408, 409, 413, 415, 422];
/// Errors of operations that change something that exists.
const BEI_VERSION: &[u16] = &[412, 428];

/// Extension that marks an act: a change of legal state that can be simulated.
const AKT: &str = "x-akt";
/// Extension that marks an operation that is no act and can be simulated all the same: deleting a draft.
const SIMULIERBAR: &str = "x-simulierbar";
/// Extension that marks a batch: each entry carries version and key, and is simulated, of its own.
const STAPEL: &str = "x-stapel";
/// Extension that marks an operation whose key is obligatory because money moves.
const GELD: &str = "x-geld";
/// Extension that marks the reading of fixed content: refused (409) when the content no longer has its hash.
const SIEGEL: &str = "x-siegel";
/// Extension that marks what a calendar program may read with a secret in the address.
const KALENDERTOKEN: &str = "x-kalendertoken";
/// Extension that marks the reading of what is computed from entries: refused (409, 422) where they allow no result.
const BEFUNDE: &str = "x-befunde";
/// Extension that marks the reading of what only some states have: refused (409) in the others.
const ZUSTAND: &str = "x-zustand";
/// Extension that marks a POST that only reads: what is asked for must not stand in an address.
const LESEND: &str = "x-lesend";
/// Extension that names the right.
const RECHT: &str = "x-recht";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "AQB API",
        description = "Open interface of Hessen's *Ausbildungs- und Qualifizierungsbudget*: from the state's budget to a county's Bescheid.\n\nEvery refusal is a `Problem` (RFC 9457) that names rule, norm, numbers and remedy. Texts are German, or English with `Accept-Language: en`; codes and field names never change. Amounts are strings with exactly two decimals in EUR. A change needs `If-Match` with the ETag of what was read; a POST accepts an `Idempotency-Key`. Every act can be simulated with `?simulation=true`.",
        contact(name = "AQB", url = "https://aqb.example/"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/v1", description = "This server")),
    tags(
        (name = "Stammdaten", description = "Gebietskoerperschaften, Traeger, catalogues, base rates."),
        (name = "Programm", description = "Regelwerke and Jahrgaenge."),
        (name = "Budget", description = "Zuteilungen, Umverteilungen, Budgetkorrekturen, balances and postings."),
        (name = "Vereinbarungen", description = "Strategies and Zielvereinbarungen."),
        (name = "Antraege", description = "Applications with their measures and plans."),
        (name = "Bescheide", description = "Decisions: drafted, released by a second person, notified, final."),
        (name = "Aenderungsantraege", description = "Changes of a grant: snapshot, comparison, consequences, decision."),
        (name = "Bankverbindungen", description = "The account a case is paid to; its change takes two persons and a waiting time."),
        (name = "Mittelabrufe", description = "Calls for granted money: need, check, order."),
        (name = "Zahlungen", description = "Payment runs, SEPA files, results of the bank, reconciliation."),
        (name = "Weiterleitungen", description = "Money passed on to Traeger."),
        (name = "Belege", description = "Beleglisten of proofs of use: lines, imports, templates, decisions."),
        (name = "Verwendungsnachweise", description = "Proofs of use: figures, signature, corrections, Sachberichte."),
        (name = "Pruefung", description = "Examination of proofs: findings, samples, calculations; hearings and exceptions."),
        (name = "Teilnahmen", description = "Participants by pseudonym: entry, exit, correction, bulk upload, erasure with proof."),
        (name = "Forderungen", description = "Claims for repayment and interest, and what is paid on them."),
        (name = "Aufgaben", description = "What waits for the caller."),
        (name = "Fristen", description = "Deadlines with their legal basis, extensions, calendar."),
        (name = "Berichte", description = "Reports as JSON, CSV, XLSX and SVG."),
        (name = "Berechnungen", description = "Stateless calculators: interest, reduction, deadlines."),
        (name = "Protokoll", description = "Audit trail and its proof.")
    ),
    components(schemas(Problem, BefundView, Simulation, Aktionen, ProtokollSeite))
)]
struct Grund;

/// The complete document.
pub fn dokument() -> Value {
    let (_, api) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Grund::openapi())
        .configure(super::router::konfiguriere)
        .split_for_parts();
    let mut dok = serde_json::to_value(&api).unwrap_or_default();
    if let Some(o) = dok.as_object_mut() {
        o.insert("openapi".to_owned(), json!("3.1.0"));
    }
    super::teil::ergaenze(&mut dok);
    ergaenze_bausteine(&mut dok);
    ergaenze_operationen(&mut dok);
    ergaenze_simulation(&mut dok);
    ergaenze_links(&mut dok);
    je_operation(&mut dok, |_, _, op| ordne_erweiterungen(op));
    dok
}

/// utoipa keeps extensions in a hash map: without an order of our own the document would differ from run to run.
fn ordne_erweiterungen(op: &mut Map<String, Value>) {
    let mut namen: Vec<String> = op.keys().filter(|k| k.starts_with("x-")).cloned().collect();
    namen.sort();
    for name in namen {
        if let Some(wert) = op.shift_remove(&name) {
            op.insert(name, wert);
        }
    }
}

fn objekt<'v>(v: &'v mut Value, schluessel: &str) -> Option<&'v mut Map<String, Value>> {
    v.as_object_mut()?.entry(schluessel).or_insert_with(|| json!({})).as_object_mut()
}

fn ergaenze_bausteine(dok: &mut Value) {
    let Some(c) = objekt(dok, "components") else { return };
    let bereiche: Map<String, Value> =
        Recht::ALLE.iter().map(|r| (r.code().to_owned(), json!(format!("Right {}", r.code())))).collect();
    c.insert(
        "securitySchemes".to_owned(),
        json!({
            "oauth2": { "type": "oauth2", "description": "Built-in issuer of a demo or test system: client credentials.",
                "flows": { "clientCredentials": { "tokenUrl": "/oauth/token", "scopes": bereiche } } },
            "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "Token of the trusted issuer with the claims iss, aud, exp, iat, nbf, sub, rolle, kreisschluessel, traeger_id." },
            "kalendertoken": { "type": "apiKey", "in": "query", "name": "token",
                "description": "Secret of an access made with `POST /kalenderzugaenge`." }
        }),
    );
    c.insert(
        "parameters".to_owned(),
        json!({
            "IfMatch": { "name": "If-Match", "in": "header", "required": true, "description": "ETag of the record that was read. Missing: 428, stale: 412.",
                "schema": { "type": "string", "pattern": "^(W/)?\"[0-9]{1,18}\"$" }, "example": "\"1\"" },
            "IdempotencyKey": { "name": "Idempotency-Key", "in": "header", "required": false, "description": "Same key and body: the stored answer. Same key, other body: 422. Kept at least 24 hours.",
                "schema": { "type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$" } },
            "IdempotencyKeyPflicht": { "name": "Idempotency-Key", "in": "header", "required": true, "description": "Obligatory because money moves. Same key and body: the stored answer. Same key, other body: 422.",
                "schema": { "type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$" } },
            "Simulation": { "name": "simulation", "in": "query", "required": false, "description": "true: run the act completely, answer with what it would bring about, write nothing.",
                "schema": { "type": "boolean", "default": false } }
        }),
    );
    c.insert(
        "headers".to_owned(),
        json!({
            "ETag": { "description": "Version of the record; the value for If-Match.", "schema": { "type": "string" } },
            "Location": { "description": "Address of the new record.", "schema": { "type": "string" } },
            "RequestId": { "description": "Id of the request, as in the log.", "schema": { "type": "string" } },
            "RetryAfter": { "description": "Seconds to wait.", "schema": { "type": "integer", "minimum": 0, "maximum": 3600 } },
            "WwwAuthenticate": { "description": "How to authenticate.", "schema": { "type": "string" } }
        }),
    );
    let texte: &[(u16, &str)] = &[
        (400, "The request violates the contract; every violation is a finding."),
        (401, "No token, or one that is not valid."),
        (403, "The role lacks the right, or a second person is required."),
        (404, "Unknown, or not visible to the caller."),
        (408, "The body did not arrive in time; the connection is closed."),
        (409, "The state of the case or of the budget does not allow it."),
        (412, "The record was changed meanwhile."),
        (413, "The body is larger than 1 MiB (a file: 25 MiB), or has more than 50,000 values."),
        (415, "Not the media type of this operation."),
        (422, "A rule of the programme refuses; the findings explain it."),
        (428, "If-Match is missing."),
        (429, "Too many requests."),
        (500, "Internal error."),
        (503, "The server is busy; nothing was changed."),
    ];
    let antworten: Map<String, Value> = texte
        .iter()
        .map(|(status, text)| {
            let mut kopf = json!({ "X-Request-Id": { "$ref": "#/components/headers/RequestId" } });
            let zusatz = match status {
                401 => Some(("WWW-Authenticate", "WwwAuthenticate")),
                429 | 503 => Some(("Retry-After", "RetryAfter")),
                _ => None,
            };
            if let (Some((name, baustein)), Some(o)) = (zusatz, kopf.as_object_mut()) {
                o.insert(name.to_owned(), json!({ "$ref": format!("#/components/headers/{baustein}") }));
            }
            let a = json!({ "description": text, "headers": kopf,
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
            (format!("Problem{status}"), a)
        })
        .collect();
    c.insert("responses".to_owned(), Value::Object(antworten));
}

/// Runs `f` over (path, method, operation).
fn je_operation(dok: &mut Value, mut f: impl FnMut(&str, &str, &mut Map<String, Value>)) {
    let pfade = dok.get_mut("paths").and_then(Value::as_object_mut);
    for (pfad, eintrag) in pfade.into_iter().flatten() {
        for (methode, op) in eintrag.as_object_mut().into_iter().flatten() {
            if let Some(op) = op.as_object_mut() {
                f(pfad, methode, op);
            }
        }
    }
}

fn ergaenze_operationen(dok: &mut Value) {
    let schemas = dok.pointer("/components/schemas").cloned().unwrap_or_default();
    je_operation(dok, |pfad, methode, op| {
        let ja = |op: &Map<String, Value>, name: &str| op.get(name).and_then(Value::as_bool).unwrap_or(false);
        let (akt, geld) = (ja(op, AKT), ja(op, GELD));
        let rechnet = op.get(RECHT).and_then(Value::as_str) == Some(Recht::Rechnen.code()) || op.contains_key(LESEND);
        let schreibt = methode != "get" && !rechnet;
        let mit_version = schreibt && (akt || methode != "post") && !ja(op, "x-neu");
        let mut parameter: Vec<Value> = op.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
        if mit_version {
            parameter.push(json!({ "$ref": "#/components/parameters/IfMatch" }));
        }
        if schreibt && (methode == "post" || methode == "patch") {
            let name = if geld { "IdempotencyKeyPflicht" } else { "IdempotencyKey" };
            parameter.push(json!({ "$ref": format!("#/components/parameters/{name}") }));
        }
        if akt || ja(op, SIMULIERBAR) {
            parameter.push(json!({ "$ref": "#/components/parameters/Simulation" }));
        }
        if !parameter.is_empty() {
            op.insert("parameters".to_owned(), Value::Array(parameter));
        }
        if let Some(recht) = op.get(RECHT).cloned() {
            let mut wege = vec![json!({ "oauth2": [recht] }), json!({ "bearer": [] })];
            if ja(op, KALENDERTOKEN) {
                wege.push(json!({ "kalendertoken": [] }));
            }
            op.insert("security".to_owned(), Value::Array(wege));
            ergaenze_rollen(op, &recht);
        }
        lockere_leeren_inhalt(op, &schemas);
        let mut fehler: Vec<u16> = IMMER.to_vec();
        if schreibt {
            fehler.extend(BEIM_SCHREIBEN);
        }
        if ja(op, SIEGEL) || ja(op, ZUSTAND) {
            fehler.push(409);
        }
        if ja(op, BEFUNDE) {
            fehler.extend([409, 422]);
        }
        if rechnet {
            fehler.extend([408, 413, 415, 422]);
        }
        if mit_version {
            fehler.extend(BEI_VERSION);
        }
        // a file has no version an ETag could name
        let einzeln = methode == "get" && pfad.ends_with('}') && antwortet_json(op);
        if let Some(antworten) = op.get_mut("responses").and_then(Value::as_object_mut) {
            for (status, a) in antworten.iter_mut() {
                ergaenze_kopf(status, a, einzeln || schreibt);
            }
            if einzeln {
                antworten
                    .insert("304".to_owned(), json!({ "description": "Unchanged since the ETag in If-None-Match." }));
            }
            fehler.sort_unstable();
            for f in fehler {
                antworten.insert(f.to_string(), json!({ "$ref": format!("#/components/responses/Problem{f}") }));
            }
        }
    });
}

fn antwortet_json(op: &Map<String, Value>) -> bool {
    let inhalt = op.get("responses").and_then(|r| r.get("200")?.get("content"));
    inhalt.is_some_and(|i| i.get("application/json").is_some())
}

/// Names the roles that have the right, for people in the description and for programs in `x-rollen`.
fn ergaenze_rollen(op: &mut Map<String, Value>, recht: &Value) {
    let Some(r) = Recht::ALLE.iter().find(|r| Some(r.code()) == recht.as_str()) else { return };
    let kurz = |rolle: Rolle| match rolle {
        Rolle::Gebietskoerperschaft => "GK",
        Rolle::Bewilligungsbehoerde => "RP",
        Rolle::Ministerium => "MIN",
        Rolle::Traeger => "TR",
        Rolle::Pruefung => "PR",
        Rolle::Admin => "ADM",
    };
    let mit = |rolle: &&Rolle| r.umfang(**rolle) != Umfang::Nein;
    let rollen: Vec<&str> = Rolle::ALLE.iter().filter(mit).map(|rolle| kurz(*rolle)).collect();
    let worte: Vec<String> = Rolle::ALLE
        .iter()
        .filter(mit)
        .map(|rolle| format!("{}{}", kurz(*rolle), if r.umfang(*rolle) == Umfang::Eigene { " (own)" } else { "" }))
        .collect();
    let text = op.get("description").and_then(Value::as_str).unwrap_or_default();
    op.insert("description".to_owned(), json!(format!("{text}\n\nRight `{}`: {}.", r.code(), worte.join(", "))));
    op.insert("x-rollen".to_owned(), json!(rollen));
}

/// A body without obligatory fields may be left out.
fn lockere_leeren_inhalt(op: &mut Map<String, Value>, schemas: &Value) {
    let Some(rumpf) = op.get_mut("requestBody").and_then(Value::as_object_mut) else { return };
    let schema = rumpf
        .get("content")
        .and_then(|c| c.as_object()?.values().next()?.get("schema")?.get("$ref")?.as_str().map(str::to_owned))
        .and_then(|r| schemas.get(r.rsplit('/').next()?).cloned());
    // a union has no list of its own, its tag is obligatory; a file is no object
    let leer = schema.is_some_and(|s| {
        let objekt = s.get("type").and_then(Value::as_str) == Some("object");
        objekt && s.get("oneOf").is_none() && s.get("required").and_then(Value::as_array).is_none_or(Vec::is_empty)
    });
    rumpf.insert("required".to_owned(), json!(!leer));
}

fn ergaenze_kopf(status: &str, antwort: &mut Value, mit_etag: bool) {
    let Some(kopf) = objekt(antwort, "headers") else { return };
    kopf.insert("X-Request-Id".to_owned(), json!({ "$ref": "#/components/headers/RequestId" }));
    if mit_etag && status != "204" {
        kopf.insert("ETag".to_owned(), json!({ "$ref": "#/components/headers/ETag" }));
    }
    if status == "201" {
        kopf.insert("Location".to_owned(), json!({ "$ref": "#/components/headers/Location" }));
    }
}

fn schema_der_antwort<'v>(op: &'v Map<String, Value>, status: &str) -> Option<&'v str> {
    let inhalt = op.get("responses")?.get(status)?.get("content")?.get("application/json")?;
    inhalt.get("schema")?.get("$ref")?.as_str()?.rsplit('/').next()
}

/// The answer of an act carries the simulation report when it was simulated; a simulated creation answers 200.
fn ergaenze_simulation(dok: &mut Value) {
    let mut sichten = Vec::new();
    je_operation(dok, |_, _, op| {
        let ja = |x: &str| op.get(x).and_then(Value::as_bool) == Some(true);
        if !(ja(AKT) || ja(SIMULIERBAR)) || ja(STAPEL) {
            return;
        }
        sichten.extend(["200", "201"].iter().filter_map(|s| schema_der_antwort(op, s).map(str::to_owned)));
        if let Some(antworten) = op.get_mut("responses").and_then(Value::as_object_mut)
            && let Some(mut neu) = antworten.get("201").cloned()
            && !antworten.contains_key("200")
        {
            if let Some(o) = neu.as_object_mut() {
                o.insert("description".to_owned(), json!("Simulated: what the act would bring about."));
            }
            if let Some(kopf) = neu.get_mut("headers").and_then(Value::as_object_mut) {
                kopf.remove("Location");
            }
            antworten.insert("200".to_owned(), neu);
        }
    });
    for name in sichten {
        let eigenschaften = dok.pointer_mut(&format!("/components/schemas/{name}/properties"));
        if let Some(e) = eigenschaften.and_then(Value::as_object_mut) {
            e.insert("simulation".to_owned(), json!({ "$ref": "#/components/schemas/Simulation" }));
        }
    }
}

/// A created record links to reading it, and a read record to its acts' list.
fn ergaenze_links(dok: &mut Value) {
    let mut lesen = Map::new();
    je_operation(dok, |pfad, methode, op| {
        if methode == "get"
            && let Some(id) = op.get("operationId")
        {
            lesen.insert(pfad.to_owned(), id.clone());
        }
    });
    je_operation(dok, |pfad, methode, op| {
        if methode != "post" {
            return;
        }
        let ziel = lesen.iter().find(|(p, _)| {
            p.strip_prefix(pfad)
                .and_then(|r| r.strip_prefix("/{"))
                .and_then(|r| r.strip_suffix('}'))
                .is_some_and(|r| !r.contains('/'))
        });
        let Some((p, id)) = ziel else { return };
        let name = p.rsplit('{').next().unwrap_or("").trim_end_matches('}');
        let mut parameter: Map<String, Value> = pfad
            .split('/')
            .filter_map(|t| t.strip_prefix('{')?.strip_suffix('}'))
            .map(|n| (n.to_owned(), json!(format!("$request.path.{n}"))))
            .collect();
        parameter.insert(
            name.to_owned(),
            json!(format!("$response.body#/{}", if name.ends_with("_id") { "id" } else { name })),
        );
        if let Some(a) = op.get_mut("responses").and_then(|r| r.get_mut("201")).and_then(Value::as_object_mut) {
            a.insert("links".to_owned(), json!({ "lesen": { "operationId": id, "parameters": parameter } }));
        }
    });
}

/// One line per operation: method, path, operationId, right.
pub fn operationen(dok: &Value) -> String {
    let mut zeilen = Vec::new();
    for (pfad, eintrag) in dok.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (methode, op) in eintrag.as_object().into_iter().flatten() {
            let text = |n: &str| op.get(n).and_then(Value::as_str).unwrap_or("-").to_owned();
            zeilen.push(format!("{:6} {pfad} {} {}", methode.to_uppercase(), text("operationId"), text(RECHT)));
        }
    }
    zeilen.sort();
    zeilen.join("\n") + "\n"
}
