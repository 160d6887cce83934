//! Parts of the document: the operations of one tag with everything they refer to. A page that shows the whole needs a
//! second for each operation; a part opens at once.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

const KOMPONENTEN: &str = "#/components/";

/// Names of the parts: the tags of the document, in their order.
pub fn themen(dokument: &Value) -> impl Iterator<Item = &str> {
    dokument.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(|t| t.get("name")?.as_str())
}

/// The part of this name, complete in itself; `None` where the document has no such tag.
pub fn ausschnitt(dokument: &Value, thema: &str) -> Option<Value> {
    let tag =
        dokument.get("tags")?.as_array()?.iter().find(|t| t.get("name").and_then(Value::as_str) == Some(thema))?;
    let mut paths = Map::new();
    for (pfad, verben) in dokument.get("paths")?.as_object()? {
        let eigene: Map<String, Value> = verben
            .as_object()?
            .iter()
            .filter(|(_, op)| op.pointer("/tags/0").and_then(Value::as_str) == Some(thema))
            .map(|(verb, op)| (verb.clone(), op.clone()))
            .collect();
        if !eigene.is_empty() {
            paths.insert(pfad.clone(), Value::Object(eigene));
        }
    }
    let paths = Value::Object(paths);
    let benutzt = erreichbar(dokument, &paths);
    let mut components = Map::new();
    for (art, eintraege) in dokument.get("components")?.as_object()? {
        let bleibt =
            |name: &String| art == "securitySchemes" || benutzt.contains(&format!("{KOMPONENTEN}{art}/{name}"));
        let eintraege: Map<String, Value> =
            eintraege.as_object()?.iter().filter(|(n, _)| bleibt(n)).map(|(n, w)| (n.clone(), w.clone())).collect();
        if !eintraege.is_empty() {
            components.insert(art.clone(), Value::Object(eintraege));
        }
    }
    let mut teil = Map::new();
    for (feld, wert) in dokument.as_object()? {
        let wert = match feld.as_str() {
            "paths" => paths.clone(),
            "components" => Value::Object(std::mem::take(&mut components)),
            "tags" => Value::Array(vec![tag.clone()]),
            // they belong to no tag
            "webhooks" => continue,
            _ => wert.clone(),
        };
        teil.insert(feld.clone(), wert);
    }
    Some(Value::Object(teil))
}

/// References to components that can be reached from here.
fn erreichbar(dokument: &Value, von: &Value) -> BTreeSet<String> {
    let (mut gesehen, mut offen) = (BTreeSet::new(), vec![von]);
    while let Some(wert) = offen.pop() {
        match wert {
            Value::Object(o) => offen.extend(o.values()),
            Value::Array(a) => offen.extend(a),
            // references stand in `$ref` and in the mapping of a discriminator
            Value::String(s) if s.starts_with(KOMPONENTEN) => {
                if let Some(ziel) = dokument.pointer(s.trim_start_matches('#'))
                    && gesehen.insert(s.clone())
                {
                    offen.push(ziel);
                }
            }
            _ => {}
        }
    }
    gesehen
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn dokument() -> Value {
        json!({
            "openapi": "3.1.0",
            "tags": [{ "name": "Eins" }, { "name": "Zwei" }],
            "paths": {
                "/a": { "get": { "tags": ["Eins"], "x": { "$ref": "#/components/schemas/A" } },
                        "post": { "tags": ["Zwei"] } },
                "/b": { "get": { "tags": ["Zwei"] } }
            },
            "components": {
                "schemas": {
                    "A": { "discriminator": { "mapping": { "b": "#/components/schemas/B" } } },
                    "B": { "items": { "$ref": "#/components/schemas/A" } },
                    "C": {}
                },
                "securitySchemes": { "s": {} }
            }
        })
    }

    #[test]
    fn ein_teil_hat_seine_operationen_und_alles_worauf_sie_verweisen() {
        let d = dokument();
        assert_eq!(themen(&d).collect::<Vec<_>>(), ["Eins", "Zwei"]);
        let teil = ausschnitt(&d, "Eins").expect("Eins");
        assert_eq!(teil["openapi"], "3.1.0");
        assert_eq!(teil["tags"], json!([{ "name": "Eins" }]));
        assert_eq!(teil["paths"], json!({ "/a": { "get": d["paths"]["/a"]["get"] } }));
        let namen = |t: &Value| t["components"]["schemas"].as_object().map(|o| o.keys().cloned().collect::<Vec<_>>());
        assert_eq!(namen(&teil), Some(vec!["A".to_owned(), "B".to_owned()]));
        assert_eq!(teil["components"]["securitySchemes"], json!({ "s": {} }));
        let zwei = ausschnitt(&d, "Zwei").expect("Zwei");
        assert_eq!((namen(&zwei), zwei["paths"].as_object().map(Map::len)), (None, Some(2)));
        assert_eq!(ausschnitt(&d, "Drei"), None);
    }
}
