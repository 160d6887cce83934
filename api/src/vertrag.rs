//! The contract as a validator: bodies and parameters are checked against the generated document itself, so document
//! and server cannot drift apart. All violations come back at once, each with its JSON pointer.

use crate::fehler::Verstoss;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The document, split up for checking.
pub struct Vertrag {
    dokument: Value,
    /// `METHOD /path/{template}` → its parameters.
    operationen: HashMap<String, Arc<Operation>>,
    pruefer: Mutex<HashMap<String, Arc<Validator>>>,
    /// Discriminator property → value → schema name.
    varianten: HashMap<String, HashMap<String, String>>,
}

/// What the contract says of one operation.
#[derive(Default)]
pub struct Operation {
    parameter: Vec<Parameter>,
    /// Right (scope) the operation demands.
    pub recht: Option<String>,
}

struct Parameter {
    name: String,
    ort: Ort,
    pflicht: bool,
    art: String,
    pruefer: OnceLock<Option<Validator>>,
    schema: Value,
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Ort {
    Pfad,
    Query,
    Kopf,
}

/// Longest excerpt of a wrong value that a finding repeats.
const AUSZUG: usize = 120;

impl Vertrag {
    /// Reads the document.
    pub fn neu(dokument: Value) -> Self {
        let mut operationen = HashMap::new();
        for (pfad, eintrag) in dokument.get("paths").and_then(Value::as_object).into_iter().flatten() {
            for (methode, op) in eintrag.as_object().into_iter().flatten() {
                operationen.insert(format!("{} {pfad}", methode.to_uppercase()), Arc::new(operation(&dokument, op)));
            }
        }
        let mut varianten = HashMap::<String, HashMap<String, String>>::new();
        sammle_varianten(&dokument, &mut varianten);
        Vertrag { dokument, operationen, pruefer: Mutex::new(HashMap::new()), varianten }
    }

    /// The document.
    pub fn dokument(&self) -> &Value {
        &self.dokument
    }

    /// Methods of a path template.
    pub fn methoden(&self, pfad: &str) -> Vec<String> {
        let eintrag = self.dokument.get("paths").and_then(|p| p.get(pfad)).and_then(Value::as_object);
        let mut m: Vec<String> = eintrag.into_iter().flatten().map(|(k, _)| k.to_uppercase()).collect();
        if m.iter().any(|m| m == "GET") {
            m.push("HEAD".to_owned());
        }
        m
    }

    /// An operation by method and path template.
    pub fn operation(&self, methode: &str, pfad: &str) -> Option<Arc<Operation>> {
        let methode = if methode == "HEAD" { "GET" } else { methode };
        self.operationen.get(&format!("{methode} {pfad}")).cloned()
    }

    /// Checks a body against a schema of the document.
    pub fn pruefe_inhalt(&self, schema: &str, wert: &Value) -> Vec<Verstoss> {
        let mut verstoesse = Vec::new();
        self.pruefe_schema(schema, wert, "", &mut verstoesse);
        verstoesse.sort_by(|a, b| (&a.ort, &a.erwartet).cmp(&(&b.ort, &b.erwartet)));
        verstoesse.dedup();
        verstoesse
    }

    fn pruefe_schema(&self, schema: &str, wert: &Value, ort: &str, aus: &mut Vec<Verstoss>) {
        let Some(p) = self.pruefer(schema) else {
            aus.push(Verstoss {
                ort: ort.to_owned(), erwartet: format!("Schema {schema}"), gefunden: "–".to_owned()
            });
            return;
        };
        for e in p.iter_errors(wert) {
            let stelle = format!("{ort}{}", e.instance_path().as_str());
            if matches!(
                e.kind(),
                ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::OneOfMultipleValid { .. }
            ) && let Some((_, variante)) = self.variante(e.instance())
            {
                self.pruefe_schema(&variante, e.instance(), &stelle, aus);
                continue;
            }
            aus.push(Verstoss {
                ort: stelle,
                erwartet: auszug(&e.to_string()),
                gefunden: auszug(&e.instance().to_string()),
            });
        }
    }

    fn variante(&self, wert: &Value) -> Option<(String, String)> {
        let o = wert.as_object()?;
        self.varianten.iter().find_map(|(feld, werte)| {
            let tag = o.get(feld)?.as_str()?;
            Some((tag.to_owned(), werte.get(tag)?.clone()))
        })
    }

    fn pruefer(&self, schema: &str) -> Option<Arc<Validator>> {
        let mut alle = self.pruefer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(p) = alle.get(schema) {
            return Some(p.clone());
        }
        self.dokument.pointer(&format!("/components/schemas/{schema}"))?;
        let wurzel =
            json!({ "$ref": format!("#/components/schemas/{schema}"), "components": self.dokument.get("components") });
        let p = Arc::new(baue(&wurzel)?);
        alle.insert(schema.to_owned(), p.clone());
        Some(p)
    }

    /// Checks path, query and header parameters of an operation.
    pub fn pruefe_parameter(
        &self,
        op: &Operation,
        pfad: &[(String, String)],
        query: &[(String, String)],
        kopf: impl Fn(&str) -> Option<String>,
    ) -> Vec<Verstoss> {
        let mut aus = Vec::new();
        for p in &op.parameter {
            let (quelle, werte): (&str, Vec<String>) = match p.ort {
                Ort::Pfad => ("pfad", finde(pfad, &p.name)),
                Ort::Query => ("query", finde(query, &p.name)),
                Ort::Kopf => ("kopf", kopf(&p.name).into_iter().collect()),
            };
            let ort = format!("{quelle}/{}", p.name);
            match werte.as_slice() {
                // a missing If-Match is a problem of its own (428), found after the body is known to be right
                [] if p.pflicht && p.ort != Ort::Kopf => {
                    aus.push(Verstoss { ort, erwartet: "Pflichtangabe".to_owned(), gefunden: "–".to_owned() });
                }
                [] => {}
                [wert] => self.pruefe_wert(p, &ort, wert, &mut aus),
                _ => {
                    aus.push(Verstoss { ort, erwartet: "einmal".to_owned(), gefunden: format!("{}-mal", werte.len()) })
                }
            }
        }
        for (name, wert) in query {
            if !op.parameter.iter().any(|p| p.ort == Ort::Query && p.name == *name) {
                let erlaubt: Vec<_> =
                    op.parameter.iter().filter(|p| p.ort == Ort::Query).map(|p| p.name.as_str()).collect();
                aus.push(Verstoss {
                    ort: format!("query/{}", auszug(name)),
                    erwartet: format!("bekannter Parameter ({})", erlaubt.join(", ")),
                    gefunden: auszug(wert),
                });
            }
        }
        aus
    }

    fn pruefe_wert(&self, p: &Parameter, ort: &str, text: &str, aus: &mut Vec<Verstoss>) {
        let wert = match p.art.as_str() {
            "integer" => text.parse::<i64>().map(Value::from).unwrap_or_else(|_| Value::from(text)),
            "boolean" => text.parse::<bool>().map(Value::from).unwrap_or_else(|_| Value::from(text)),
            _ => Value::from(text),
        };
        let pruefer = p.pruefer.get_or_init(|| {
            let mut wurzel = p.schema.clone();
            if let (Some(o), Some(c)) = (wurzel.as_object_mut(), self.dokument.get("components")) {
                o.insert("components".to_owned(), c.clone());
            }
            baue(&wurzel)
        });
        let Some(pruefer) = pruefer else { return };
        for e in pruefer.iter_errors(&wert) {
            aus.push(Verstoss { ort: ort.to_owned(), erwartet: auszug(&e.to_string()), gefunden: auszug(text) });
        }
    }
}

fn baue(wurzel: &Value) -> Option<Validator> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(wurzel)
        .inspect_err(|e| tracing::error!(fehler = %e, "schema of the contract cannot be compiled"))
        .ok()
}

fn finde(paare: &[(String, String)], name: &str) -> Vec<String> {
    paare.iter().filter(|(n, _)| n == name).map(|(_, w)| w.clone()).collect()
}

fn operation(dokument: &Value, op: &Value) -> Operation {
    let parameter = op.get("parameters").and_then(Value::as_array).into_iter().flatten().filter_map(|p| {
        let p = aufloesen(dokument, p);
        let ort = match p.get("in")?.as_str()? {
            "path" => Ort::Pfad,
            "query" => Ort::Query,
            "header" => Ort::Kopf,
            _ => return None,
        };
        let schema = p.get("schema").cloned().unwrap_or_else(|| Value::Object(Map::new()));
        let art = aufloesen(dokument, &schema).get("type").and_then(Value::as_str).unwrap_or("string").to_owned();
        Some(Parameter {
            name: p.get("name")?.as_str()?.to_owned(),
            ort,
            pflicht: p.get("required").and_then(Value::as_bool).unwrap_or(false),
            art,
            pruefer: OnceLock::new(),
            schema,
        })
    });
    Operation { parameter: parameter.collect(), recht: op.get("x-recht").and_then(Value::as_str).map(str::to_owned) }
}

fn aufloesen<'d>(dokument: &'d Value, wert: &'d Value) -> &'d Value {
    wert.get("$ref").and_then(Value::as_str).and_then(|r| dokument.pointer(r.trim_start_matches('#'))).unwrap_or(wert)
}

fn sammle_varianten(wert: &Value, aus: &mut HashMap<String, HashMap<String, String>>) {
    match wert {
        Value::Object(o) => {
            if let Some(d) = o.get("discriminator")
                && let Some(feld) = d.get("propertyName").and_then(Value::as_str)
            {
                let ziel = aus.entry(feld.to_owned()).or_default();
                for (tag, schema) in d.get("mapping").and_then(Value::as_object).into_iter().flatten() {
                    let name = schema.as_str().and_then(|s| s.rsplit('/').next()).unwrap_or_default();
                    ziel.insert(tag.clone(), name.to_owned());
                }
            }
            o.values().for_each(|v| sammle_varianten(v, aus));
        }
        Value::Array(a) => a.iter().for_each(|v| sammle_varianten(v, aus)),
        _ => {}
    }
}

fn auszug(s: &str) -> String {
    if s.chars().count() <= AUSZUG {
        return s.to_owned();
    }
    s.chars().take(AUSZUG).chain("…".chars()).collect()
}
