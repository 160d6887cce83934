//! The contract as a validator: bodies and parameters are checked against the generated document itself, so document
//! and server cannot drift apart. All violations come back at once, each with its JSON pointer.

use crate::verstoss::{Forderung, Gefunden, Verstoss, zeiger};
use aqb_domain::regel::Sprache;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{PatternCache, Registry, ValidationError, Validator};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The document, split up for checking.
pub struct Vertrag {
    dokument: Value,
    /// `METHOD /path/{template}` → its parameters.
    operationen: HashMap<String, Arc<Operation>>,
    pruefer: Mutex<HashMap<String, Arc<Validator>>>,
    /// The components, held once for all validators.
    register: Option<Registry<'static>>,
    /// Compiled patterns, shared by all validators.
    muster: PatternCache,
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

/// Most findings of one answer.
const HOECHSTENS: usize = 200;
/// Name of the components in the registry.
const QUELLE: &str = "urn:aqb:vertrag";

impl Vertrag {
    /// Reads the document.
    pub fn neu(dokument: Value) -> Self {
        let mut operationen = HashMap::new();
        for (pfad, eintrag) in dokument.get("paths").and_then(Value::as_object).into_iter().flatten() {
            for (methode, op) in eintrag.as_object().into_iter().flatten() {
                operationen.insert(format!("{} {pfad}", methode.to_uppercase()), Arc::new(operation(&dokument, op)));
            }
        }
        let mut schemata = Map::new();
        for (name, schema) in dokument.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten() {
            schemata.insert(name.clone(), schlank(&dokument, schema));
        }
        let register = Registry::new()
            .add(QUELLE, json!({ "components": { "schemas": schemata } }))
            .and_then(jsonschema::RegistryBuilder::prepare)
            .inspect_err(|e| tracing::error!(fehler = %e, "components of the contract"))
            .ok();
        Vertrag { dokument, operationen, pruefer: Mutex::new(HashMap::new()), register, muster: PatternCache::new() }
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
        let mut aus = Vec::new();
        match self.pruefer(schema) {
            Some(p) => p.iter_errors(wert).for_each(|e| verstoesse(&e, "", &mut aus)),
            None => aus.push(Verstoss::neu("", Forderung::Format(schema.to_owned()), Gefunden::Nichts)),
        }
        suche_nul(wert, "", &mut aus);
        geordnet(aus)
    }

    fn pruefer(&self, schema: &str) -> Option<Arc<Validator>> {
        let mut alle = self.pruefer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(p) = alle.get(schema) {
            return Some(p.clone());
        }
        self.dokument.pointer(&format!("/components/schemas/{schema}"))?;
        let p = Arc::new(self.baue(&json!({ "$ref": format!("{QUELLE}#/components/schemas/{schema}") }))?);
        alle.insert(schema.to_owned(), p.clone());
        Some(p)
    }

    fn baue(&self, wurzel: &Value) -> Option<Validator> {
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .with_pattern_cache(self.muster.clone())
            .with_registry(self.register.as_ref()?)
            .build(wurzel)
            .inspect_err(|e| tracing::error!(fehler = %e, "schema of the contract cannot be compiled"))
            .ok()
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
                    aus.push(Verstoss::neu(ort, Forderung::Pflicht, Gefunden::Nichts));
                }
                [] => {}
                [wert] => self.pruefe_wert(p, &ort, wert, &mut aus),
                _ => aus.push(Verstoss::neu(ort, Forderung::Einmal, Gefunden::Anzahl(werte.len()))),
            }
        }
        for (name, wert) in query {
            if !op.parameter.iter().any(|p| p.ort == Ort::Query && p.name == *name) {
                let erlaubt: Vec<_> =
                    op.parameter.iter().filter(|p| p.ort == Ort::Query).map(|p| p.name.as_str()).collect();
                let ort = zeiger("query", name);
                aus.push(Verstoss::neu(ort, Forderung::UnbekannterParameter(erlaubt.join(", ")), Gefunden::wert(wert)));
            }
        }
        geordnet(aus)
    }

    fn pruefe_wert(&self, p: &Parameter, ort: &str, text: &str, aus: &mut Vec<Verstoss>) {
        let wert = match p.art.as_str() {
            "integer" => text.parse::<i64>().map(Value::from).unwrap_or_else(|_| Value::from(text)),
            "boolean" => text.parse::<bool>().map(Value::from).unwrap_or_else(|_| Value::from(text)),
            _ => Value::from(text),
        };
        let pruefer = p.pruefer.get_or_init(|| self.baue(&p.schema));
        let Some(pruefer) = pruefer else { return };
        let vorher = aus.len();
        for e in pruefer.iter_errors(&wert) {
            verstoesse(&e, ort, aus);
        }
        // U+FFFD stands for bytes that were no UTF-8
        if vorher == aus.len() && text.contains(['\0', '\u{fffd}']) {
            aus.push(Verstoss::neu(ort, Forderung::OhneNul, Gefunden::Wert(format!("{text:?}"))));
        }
    }
}

/// Violations one error of the library stands for.
fn verstoesse(e: &ValidationError<'_>, davor: &str, aus: &mut Vec<Verstoss>) {
    let ort = format!("{davor}{}", e.instance_path().as_str());
    let grenze = |wort, wert: &dyn ToString| Forderung::Grenze(wort, wert.to_string());
    let verlangt = match e.kind() {
        ValidationErrorKind::Required { property } => {
            let feld = property.as_str().unwrap_or_default();
            aus.push(Verstoss::neu(zeiger(&ort, feld), Forderung::Pflicht, Gefunden::Nichts));
            return;
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let wert = |feld: &String| e.instance().get(feld).map_or(Gefunden::Nichts, Gefunden::aus);
            aus.extend(unexpected.iter().map(|f| Verstoss::neu(zeiger(&ort, f), Forderung::UnbekanntesFeld, wert(f))));
            return;
        }
        ValidationErrorKind::Type { kind: TypeKind::Single(t) } => Forderung::Typ(vec![t.as_str()]),
        ValidationErrorKind::Type { kind: TypeKind::Multiple(t) } => {
            Forderung::Typ(t.into_iter().map(jsonschema::JsonType::as_str).collect())
        }
        ValidationErrorKind::Pattern { pattern } => Forderung::Muster(pattern.clone()),
        ValidationErrorKind::Format { format } => Forderung::Format(format.clone()),
        ValidationErrorKind::Enum { options } => {
            let text = |w: &Value| w.as_str().map_or_else(|| w.to_string(), str::to_owned);
            Forderung::Werte(options.as_array().into_iter().flatten().map(text).collect())
        }
        ValidationErrorKind::Constant { expected_value } => Forderung::Werte(vec![expected_value.to_string()]),
        ValidationErrorKind::Minimum { limit } => grenze("minimum", limit),
        ValidationErrorKind::Maximum { limit } => grenze("maximum", limit),
        ValidationErrorKind::MinLength { limit } => grenze("minLength", limit),
        ValidationErrorKind::MaxLength { limit } => grenze("maxLength", limit),
        ValidationErrorKind::MinItems { limit } => grenze("minItems", limit),
        ValidationErrorKind::MaxItems { limit } => grenze("maxItems", limit),
        andere => Forderung::Format(andere.keyword().to_owned()),
    };
    aus.push(Verstoss::neu(ort, verlangt, Gefunden::aus(e.instance())));
}

/// No text of a body holds a NUL: PostgreSQL takes none.
fn suche_nul(wert: &Value, ort: &str, aus: &mut Vec<Verstoss>) {
    match wert {
        Value::String(s) if s.contains('\0') && !aus.iter().any(|v| v.ort == ort) => {
            aus.push(Verstoss::neu(ort, Forderung::OhneNul, Gefunden::aus(wert)));
        }
        Value::Array(a) => a.iter().enumerate().for_each(|(i, w)| suche_nul(w, &format!("{ort}/{i}"), aus)),
        Value::Object(o) => {
            for (k, w) in o {
                suche_nul(w, &zeiger(ort, k), aus);
            }
        }
        _ => {}
    }
}

/// By place, each once; where the list of values or the type says it all, other keywords keep silent.
fn geordnet(mut aus: Vec<Verstoss>) -> Vec<Verstoss> {
    let rang = |v: &Verstoss| match v.verlangt {
        Forderung::Werte(_) => 0,
        Forderung::Typ(_) => 1,
        _ => 2,
    };
    aus.sort_by_cached_key(|v| (v.ort.clone(), rang(v), v.verlangt.text(Sprache::De)));
    aus.dedup_by(|b, a| a == b || (a.ort == b.ort && rang(a) < 2));
    let alle = aus.len();
    if alle > HOECHSTENS {
        aus.truncate(HOECHSTENS);
        aus.push(Verstoss::neu("", Forderung::Weitere, Gefunden::Anzahl(alle)));
    }
    aus
}

/// Words for readers; a validator needs none of them.
const BEIWERK: &[&str] = &["description", "title", "example", "examples", "default", "discriminator", "oneOf"];

/// A schema as a validator needs it: no words for readers, and a union decides by its discriminator, so a finding
/// names the field and not the union.
fn schlank(dokument: &Value, schema: &Value) -> Value {
    let Value::Object(o) = schema else { return schema.clone() };
    let feld = o.get("discriminator").and_then(|d| d.get("propertyName")).and_then(Value::as_str);
    let mut neu = Map::new();
    for (k, w) in o {
        let wert = match (k.as_str(), w) {
            ("oneOf", Value::Array(a)) if feld.is_none() => {
                Value::Array(a.iter().map(|w| schlank(dokument, w)).collect())
            }
            (k, _) if BEIWERK.contains(&k) || k.starts_with("x-") => continue,
            ("properties" | "$defs", Value::Object(p)) => {
                Value::Object(p.iter().map(|(n, s)| (n.clone(), schlank(dokument, s))).collect())
            }
            ("allOf" | "anyOf" | "prefixItems", Value::Array(a)) => {
                Value::Array(a.iter().map(|w| schlank(dokument, w)).collect())
            }
            ("enum" | "const" | "required", w) => w.clone(),
            (_, w) => schlank(dokument, w),
        };
        neu.insert(k.clone(), wert);
    }
    if let Some(feld) = feld {
        let zuordnung = o.get("discriminator").and_then(|d| d.get("mapping")).and_then(Value::as_object);
        let tags: Vec<&String> = zuordnung.into_iter().flatten().map(|(t, _)| t).collect();
        let faelle: Vec<Value> = zuordnung
            .into_iter()
            .flatten()
            .map(|(tag, ziel)| {
                json!({ "if": { "required": [feld], "properties": { feld: { "const": tag } } }, "then": { "$ref": ziel } })
            })
            .collect();
        neu.insert("type".to_owned(), json!("object"));
        neu.insert("required".to_owned(), json!([feld]));
        let mut felder = gemeinsame_felder(dokument, zuordnung);
        felder.insert(feld.to_owned(), json!({ "enum": tags }));
        neu.insert("properties".to_owned(), Value::Object(felder));
        neu.insert("additionalProperties".to_owned(), Value::Bool(false));
        neu.insert("allOf".to_owned(), Value::Array(faelle));
    }
    Value::Object(neu)
}

/// Fields of the variants of a union: they are checked even where nobody knows which variant is meant. A field the
/// variants do not agree on is left to them.
fn gemeinsame_felder(dokument: &Value, zuordnung: Option<&Map<String, Value>>) -> Map<String, Value> {
    let mut felder = Map::new();
    for ziel in zuordnung.into_iter().flatten().filter_map(|(_, z)| z.as_str()) {
        let variante = dokument.pointer(&format!("{}/properties", ziel.trim_start_matches('#')));
        for (name, schema) in variante.and_then(Value::as_object).into_iter().flatten() {
            let schema = schlank(dokument, schema);
            felder
                .entry(name.clone())
                .and_modify(|s| {
                    if *s != schema {
                        *s = Value::Bool(true);
                    }
                })
                .or_insert(schema);
        }
    }
    felder
}

/// A schema without references: small, and complete in itself.
fn eingesetzt(dokument: &Value, schema: &Value, tiefe: u8) -> Value {
    let ziel = if tiefe == 0 { schema } else { aufloesen(dokument, schema) };
    match ziel {
        Value::Object(o) => Value::Object(
            o.iter().map(|(k, w)| (k.clone(), eingesetzt(dokument, w, tiefe.saturating_sub(1)))).collect(),
        ),
        w => w.clone(),
    }
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
            schema: schlank(dokument, &eingesetzt(dokument, &schema, 8)),
        })
    });
    Operation { parameter: parameter.collect(), recht: op.get("x-recht").and_then(Value::as_str).map(str::to_owned) }
}

fn aufloesen<'d>(dokument: &'d Value, wert: &'d Value) -> &'d Value {
    wert.get("$ref").and_then(Value::as_str).and_then(|r| dokument.pointer(r.trim_start_matches('#'))).unwrap_or(wert)
}
