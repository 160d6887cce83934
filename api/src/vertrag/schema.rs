//! Schemas of the document in the form a validator needs.

use serde_json::{Map, Value, json};

/// Words for readers; a validator needs none of them.
const BEIWERK: &[&str] = &["description", "title", "example", "examples", "default", "discriminator", "oneOf"];

/// A schema as a validator needs it: no words for readers, and a union decides by its discriminator, so a finding
/// names the field and not the union.
pub fn schlank(dokument: &Value, schema: &Value) -> Value {
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
    if let Some(hoechstens) = neu.get("maxItems").cloned()
        && let Some(eintraege) = neu.shift_remove("items")
    {
        // a list that is too long is one finding, not one for each of its items
        neu.insert("if".to_owned(), json!({ "maxItems": hoechstens }));
        neu.insert("then".to_owned(), json!({ "items": eintraege }));
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
pub fn eingesetzt(dokument: &Value, schema: &Value, tiefe: u8) -> Value {
    let ziel = if tiefe == 0 { schema } else { aufloesen(dokument, schema) };
    match ziel {
        Value::Object(o) => Value::Object(
            o.iter().map(|(k, w)| (k.clone(), eingesetzt(dokument, w, tiefe.saturating_sub(1)))).collect(),
        ),
        w => w.clone(),
    }
}

/// Follows a reference into the document.
pub fn aufloesen<'d>(dokument: &'d Value, wert: &'d Value) -> &'d Value {
    wert.get("$ref").and_then(Value::as_str).and_then(|r| dokument.pointer(r.trim_start_matches('#'))).unwrap_or(wert)
}
