//! The contract as a validator: bodies and parameters are checked against the generated document itself, so document
//! and server cannot drift apart. All violations come back at once, each with its JSON pointer.

mod ausschnitt;
mod schema;

pub use ausschnitt::themen;

use crate::verstoss::{Forderung, Gefunden, Pfad, Verstoss, zeiger};
use aqb_domain::regel::Sprache;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{PatternCache, Registry, ValidationError, Validator};
use schema::{aufloesen, eingesetzt, schlank};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The document, split up for checking.
pub struct Vertrag {
    dokument: Value,
    /// `METHOD /path/{template}` → its parameters.
    operationen: HashMap<String, Vec<Parameter>>,
    pruefer: Mutex<HashMap<String, Arc<Validator>>>,
    /// The components, held once for all validators.
    register: Option<Registry<'static>>,
    /// Compiled patterns, shared by all validators.
    muster: PatternCache,
}

/// The contract does not say what would have to be checked: nothing may pass unchecked, so the request fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Luecke {
    /// No operation of this method and path.
    #[error("the contract has no operation {0}")]
    Operation(String),
    /// No schema of this name, or one that cannot be compiled.
    #[error("the contract has no usable schema for {0}")]
    Schema(String),
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

/// Most findings of one answer; what lies behind them is not even looked for.
const HOECHSTENS: usize = 200;
/// Name of the components in the registry.
const QUELLE: &str = "urn:aqb:vertrag";

impl Vertrag {
    /// Reads the document.
    pub fn neu(dokument: Value) -> Self {
        let mut operationen = HashMap::new();
        for (pfad, eintrag) in dokument.get("paths").and_then(Value::as_object).into_iter().flatten() {
            for (methode, op) in eintrag.as_object().into_iter().flatten() {
                operationen.insert(format!("{} {pfad}", methode.to_uppercase()), parameter(&dokument, op));
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

    /// The operations of one tag with everything they refer to; `None` where there is no such tag.
    pub fn ausschnitt(&self, thema: &str) -> Option<Value> {
        ausschnitt::ausschnitt(&self.dokument, thema)
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

    /// Checks a body against a schema of the document.
    ///
    /// # Errors
    /// [`Luecke::Schema`].
    pub fn pruefe_inhalt(&self, schema: &str, wert: &Value) -> Result<Vec<Verstoss>, Luecke> {
        let p = self.pruefer(schema).ok_or_else(|| Luecke::Schema(schema.to_owned()))?;
        let mut aus = Vec::new();
        for e in p.iter_errors(wert) {
            if aus.len() > HOECHSTENS {
                break;
            }
            verstoesse(&e, "", &mut aus);
        }
        suche_nul(wert, Pfad::Wurzel, &mut aus);
        Ok(geordnet(aus))
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

    /// Checks path, query and header parameters of the operation with this method and path template.
    ///
    /// # Errors
    /// [`Luecke`].
    pub fn pruefe_parameter(
        &self,
        methode: &str,
        muster: &str,
        pfad: &[(String, String)],
        query: &[(String, String)],
        kopf: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<Verstoss>, Luecke> {
        let operation = format!("{} {muster}", if methode == "HEAD" { "GET" } else { methode });
        let parameter = self.operationen.get(&operation).ok_or(Luecke::Operation(operation))?;
        let mut aus = Vec::new();
        for p in parameter {
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
                [wert] => self.pruefe_wert(p, &ort, wert, &mut aus)?,
                _ => aus.push(Verstoss::neu(ort, Forderung::Einmal, Gefunden::Anzahl(werte.len()))),
            }
        }
        for (name, wert) in query {
            if aus.len() > HOECHSTENS {
                break;
            }
            if !parameter.iter().any(|p| p.ort == Ort::Query && p.name == *name) {
                let erlaubt: Vec<_> =
                    parameter.iter().filter(|p| p.ort == Ort::Query).map(|p| p.name.as_str()).collect();
                let ort = zeiger("query", name);
                aus.push(Verstoss::neu(ort, Forderung::UnbekannterParameter(erlaubt.join(", ")), Gefunden::wert(wert)));
            }
        }
        Ok(geordnet(aus))
    }

    fn pruefe_wert(&self, p: &Parameter, ort: &str, text: &str, aus: &mut Vec<Verstoss>) -> Result<(), Luecke> {
        let wert = match p.art.as_str() {
            "integer" => text.parse::<i64>().map(Value::from).unwrap_or_else(|_| Value::from(text)),
            "boolean" => text.parse::<bool>().map(Value::from).unwrap_or_else(|_| Value::from(text)),
            _ => Value::from(text),
        };
        let pruefer = p.pruefer.get_or_init(|| self.baue(&p.schema));
        let pruefer = pruefer.as_ref().ok_or_else(|| Luecke::Schema(ort.to_owned()))?;
        let vorher = aus.len();
        for e in pruefer.iter_errors(&wert) {
            verstoesse(&e, ort, aus);
        }
        // U+FFFD stands for bytes that were no UTF-8
        if vorher == aus.len() && text.contains(['\0', '\u{fffd}']) {
            aus.push(Verstoss::neu(ort, Forderung::OhneNul, Gefunden::Wert(format!("{text:?}"))));
        }
        Ok(())
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
            let noch = (HOECHSTENS + 1).saturating_sub(aus.len());
            let felder = unexpected.iter().take(noch);
            aus.extend(felder.map(|f| Verstoss::neu(zeiger(&ort, f), Forderung::UnbekanntesFeld, wert(f))));
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
fn suche_nul(wert: &Value, ort: Pfad<'_>, aus: &mut Vec<Verstoss>) {
    match wert {
        _ if aus.len() > HOECHSTENS => {}
        Value::String(s) if s.contains('\0') => {
            let ort = ort.zeiger();
            if !aus.iter().any(|v| v.ort == ort) {
                aus.push(Verstoss::neu(ort, Forderung::OhneNul, Gefunden::aus(wert)));
            }
        }
        Value::Array(a) => a.iter().enumerate().for_each(|(i, w)| suche_nul(w, Pfad::Nr(&ort, i), aus)),
        Value::Object(o) => o.iter().for_each(|(k, w)| suche_nul(w, Pfad::Feld(&ort, k), aus)),
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
    let mehr = aus.len() > HOECHSTENS;
    aus.sort_by_cached_key(|v| (v.ort.clone(), rang(v), v.verlangt.text(Sprache::De)));
    aus.dedup_by(|b, a| a == b || (a.ort == b.ort && rang(a) < 2));
    if mehr {
        aus.truncate(HOECHSTENS);
        aus.push(Verstoss::neu("", Forderung::Weitere, Gefunden::Nichts));
    }
    aus
}

fn finde(paare: &[(String, String)], name: &str) -> Vec<String> {
    paare.iter().filter(|(n, _)| n == name).map(|(_, w)| w.clone()).collect()
}

fn parameter(dokument: &Value, op: &Value) -> Vec<Parameter> {
    let alle = op.get("parameters").and_then(Value::as_array).into_iter().flatten().filter_map(|p| {
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
    alle.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// A document whose parts are good, missing or broken.
    fn vertrag() -> Vertrag {
        Vertrag::neu(json!({
            "paths": { "/a": { "get": { "parameters": [
                { "name": "gut", "in": "query", "schema": { "type": "integer", "maximum": 5 } },
                { "name": "kaputt", "in": "query", "schema": { "type": "string", "pattern": "(" } }
            ] } } },
            "components": { "schemas": {
                "Liste": { "type": "array", "maxItems": 3, "items": { "type": "object", "required": ["x"] } },
                "Viele": { "type": "array", "items": { "type": "object", "required": ["x", "y", "z"] } },
                "Leer": { "type": "object", "additionalProperties": false }
            } }
        }))
    }

    fn query(name: &str, wert: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), wert.to_owned())]
    }

    /// What cannot be checked does not pass.
    #[test]
    fn luecken_lassen_nichts_durch() {
        let v = vertrag();
        let parameter = |pfad: &str, q: &[(String, String)]| v.pruefe_parameter("GET", pfad, &[], q, |_| None);
        assert_eq!(parameter("/a", &query("gut", "5")), Ok(vec![]));
        assert_eq!(parameter("/a", &query("gut", "6")).map(|v| v.len()), Ok(1));
        assert_eq!(parameter("/a", &query("kaputt", "x")), Err(Luecke::Schema("query/kaputt".to_owned())));
        assert_eq!(parameter("/b", &[]), Err(Luecke::Operation("GET /b".to_owned())));
        assert_eq!(v.pruefe_inhalt("Fehlt", &json!({})), Err(Luecke::Schema("Fehlt".to_owned())));
    }

    #[test]
    fn zu_lange_liste_ist_ein_befund() {
        let v = vertrag();
        let befunde = |n: usize| {
            let wert = Value::Array(vec![json!({}); n]);
            let orte = |v: Vec<Verstoss>| v.into_iter().map(|v| v.ort).collect::<Vec<_>>();
            orte(v.pruefe_inhalt("Liste", &wert).expect("schema"))
        };
        assert_eq!(befunde(2), ["/0/x", "/1/x"]);
        assert_eq!(befunde(4), [""]);
    }

    /// Whatever a body of the permitted size brings: a bounded answer in bounded time.
    #[test]
    fn befunde_enden() {
        let v = vertrag();
        let felder: Map<String, Value> = (0..49_999).map(|i| (i.to_string(), Value::from("\0"))).collect();
        for (schema, wert) in [
            ("Viele", Value::Array(vec![json!({}); 49_999])),
            ("Leer", Value::Object(felder)),
            ("Leer", Value::Array(vec![json!("\0"); 49_999])),
        ] {
            let beginn = Instant::now();
            let befunde = v.pruefe_inhalt(schema, &wert).expect("schema");
            assert_eq!(befunde.len(), HOECHSTENS + 1, "{schema}");
            assert_eq!(befunde.last().map(|v| &v.verlangt), Some(&Forderung::Weitere));
            assert!(beginn.elapsed() < Duration::from_secs(5), "{schema}: {:?}", beginn.elapsed());
        }
    }
}
