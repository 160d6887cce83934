//! Parts of a record, as PATCH takes them (RFC 7396): what is absent stays, `null` removes an optional value or list,
//! objects are merged field by field, lists are replaced as a whole.

use crate::fehler::{Ergebnis, Fehler};
use crate::verstoss::{Forderung, Verstoss};
use crate::vertrag::Vertrag;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::regel::{ANGABE_FEHLT, FELD_UNPASSEND};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Extension by which the document knows a part until its schema is completed.
const TEIL_VON: &str = "x-teil-von";
/// The field that tells variants apart: where it changes, the object is replaced as a whole.
const MARKE: &str = "massnahmeart";

/// Declares the parts of a type: `teil!(AntragsinhaltTeil, Antragsinhalt)`.
#[macro_export]
macro_rules! teil {
    ($(#[$doc:meta])* $name:ident, $ganz:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(serde_json::Value);
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::http::teil::platzhalter::<$ganz>()
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn schemas(alle: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                <$ganz as utoipa::ToSchema>::schemas(alle);
                alle.push((<$ganz as utoipa::ToSchema>::name().into(), <$ganz as utoipa::PartialSchema>::schema()));
            }
        }
        impl $name {
            /// The record after the change.
            ///
            /// # Errors
            /// A record that would lack something or contain what does not belong there.
            pub fn anwenden(&self, vertrag: &$crate::vertrag::Vertrag, alt: &$ganz) -> $crate::fehler::Ergebnis<$ganz> {
                $crate::http::teil::anwenden(vertrag, alt, &self.0)
            }
        }
    };
}

/// The schema of a part until [`ergaenze`] completes it.
pub fn platzhalter<T: ToSchema>() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    let von = utoipa::openapi::extensions::ExtensionsBuilder::new().add(TEIL_VON, json!(T::name())).build();
    utoipa::openapi::ObjectBuilder::new().extensions(Some(von)).into()
}

/// Merges a part into a record and checks the result against the contract.
///
/// # Errors
/// Findings of what the record would lack or contain too much.
pub fn anwenden<T: Serialize + DeserializeOwned + ToSchema>(vertrag: &Vertrag, alt: &T, teil: &Value) -> Ergebnis<T> {
    let inhalt = |e: serde_json::Error| Fehler::Db(aqb_persistence::DbFehler::Inhalt(e.to_string()));
    let mut neu = serde_json::to_value(alt).map_err(inhalt)?;
    verschmelze(&mut neu, teil);
    let verstoesse = vertrag.pruefe_inhalt(&T::name(), &neu).map_err(Fehler::Luecke)?;
    if !verstoesse.is_empty() {
        return Err(Fehler::Befunde(verstoesse.iter().map(befund).collect()));
    }
    serde_json::from_value(neu).map_err(inhalt)
}

fn befund(v: &Verstoss) -> Befund {
    let regel = if v.verlangt == Forderung::Pflicht { &ANGABE_FEHLT } else { &FELD_UNPASSEND };
    let feld = v.ort.rsplit('/').next().unwrap_or_default();
    Befund::neu(regel).ort(format!("/inhalt{}", v.ort)).gemessen("feld", feld, Einheit::Text)
}

fn verschmelze(ziel: &mut Value, teil: &Value) {
    let Value::Object(t) = teil else {
        *ziel = teil.clone();
        return;
    };
    let andere_art = |z: &Map<String, Value>| matches!((z.get(MARKE), t.get(MARKE)), (Some(a), Some(b)) if a != b);
    if ziel.as_object().is_none_or(andere_art) {
        *ziel = json!({});
    }
    let Some(z) = ziel.as_object_mut() else { return };
    for (feld, wert) in t {
        if wert.is_null() {
            z.shift_remove(feld);
        } else {
            verschmelze(z.entry(feld).or_insert(Value::Null), wert);
        }
    }
}

/// Completes the schemas of parts: nothing is required, optional values may be `null`, objects within are parts too.
///
/// Objects and code lists are only replaced: generators stumble over a reference that may be `null`.
pub fn ergaenze(dok: &mut Value) {
    let Some(schemas) = dok.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let mut offen: Vec<Auftrag> = schemas
        .iter()
        .filter_map(|(name, s)| Some((name.clone(), s.get(TEIL_VON)?.as_str()?.to_owned(), false)))
        .collect();
    while let Some((name, von, variante)) = offen.pop() {
        let Some(ganz) = schemas.get(&von).cloned() else { continue };
        let teil = teilschema(&ganz, variante, schemas, &mut offen);
        schemas.insert(name, teil);
        offen.retain(|(n, ..)| schemas.get(n).is_none_or(|s| s.get(TEIL_VON).is_some()));
    }
    schemas.sort_keys();
}

/// Name of the part, name of the whole, and whether it is a variant of a choice, which names its tag.
type Auftrag = (String, String, bool);

/// An object, or a choice of objects.
fn hat_teile(schema: &Value) -> bool {
    schema.get("properties").is_some() || schema.get("oneOf").is_some()
}

fn teilschema(ganz: &Value, variante: bool, schemas: &Map<String, Value>, offen: &mut Vec<Auftrag>) -> Value {
    let mut verweis = |s: &Value, variante: bool| -> Value {
        let mut s = s.clone();
        let name = s.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()).map(str::to_owned);
        if let (Some(name), Some(o)) = (name, s.as_object_mut())
            && schemas.get(&name).is_some_and(hat_teile)
        {
            o.insert("$ref".to_owned(), json!(format!("#/components/schemas/{name}Teil")));
            offen.push((format!("{name}Teil"), name, variante));
        }
        s
    };
    let Some(felder) = ganz.get("properties").and_then(Value::as_object) else {
        let wahl = ganz.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let wahl: Vec<Value> = wahl.map(|s| verweis(s, true)).collect();
        let mut teil = ganz.clone();
        for ziel in teil.pointer_mut("/discriminator/mapping").and_then(Value::as_object_mut).into_iter().flatten() {
            *ziel.1 = json!(format!("{}Teil", ziel.1.as_str().unwrap_or_default()));
        }
        if let Some(t) = teil.as_object_mut() {
            t.insert("oneOf".to_owned(), Value::Array(wahl));
        }
        return teil;
    };
    let liste = ganz.get("required").and_then(Value::as_array);
    let pflicht: Vec<&str> = liste.into_iter().flatten().filter_map(Value::as_str).collect();
    let felder: Map<String, Value> = felder
        .iter()
        .map(|(feld, s)| {
            let s = verweis(s, false);
            (feld.clone(), if pflicht.contains(&feld.as_str()) { s } else { mit_null(s) })
        })
        .collect();
    let text = ganz.get("description").and_then(Value::as_str).unwrap_or_default();
    let mut teil = json!({ "type": "object", "description": format!("Parts of: {text}") });
    let Some(t) = teil.as_object_mut() else { return teil };
    if variante {
        t.insert("required".to_owned(), json!([MARKE]));
    }
    t.insert("properties".to_owned(), Value::Object(felder));
    t.insert("additionalProperties".to_owned(), json!(false));
    teil
}

/// A value without a schema of its own may be `null` too.
fn mit_null(mut s: Value) -> Value {
    if s.get("enum").is_none()
        && let Some(typ) = s.get_mut("type")
        && typ.is_string()
    {
        *typ = json!([typ, "null"]);
    }
    s
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7396, appendix A, as far as objects go; and the change of the variant.
    #[test]
    fn verschmelzen() {
        for (alt, teil, neu) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
            (
                json!({"details": {"massnahmeart": "A", "x": 1}}),
                json!({"details": {"massnahmeart": "B", "y": 2}}),
                json!({"details": {"massnahmeart": "B", "y": 2}}),
            ),
        ] {
            let mut ist = alt.clone();
            verschmelze(&mut ist, &teil);
            assert_eq!(ist, neu, "{alt} + {teil}");
        }
    }

    /// A record from before a field was narrowed: a part does not save what would not be accepted today, wherever it is.
    #[test]
    fn was_nicht_mehr_passt_wird_genannt() {
        use aqb_domain::antrag::Antragsinhalt;
        let vertrag = Vertrag::neu(crate::http::openapi::dokument());
        let konto = |iban: &str| json!({ "iban": iban, "kontoinhaber": "Wetteraukreis", "kassenzeichen": "AQB-26" });
        let alt = |iban: &str| -> Antragsinhalt {
            serde_json::from_value(json!({ "bankverbindung": konto(iban) })).expect("record")
        };
        let teil = json!({ "vorsteuerabzug": "NEIN" });
        assert!(anwenden(&vertrag, &alt("DE02500105170137075030"), &teil).is_ok());
        let Err(Fehler::Befunde(befunde)) = anwenden(&vertrag, &alt("de02 5001"), &teil) else { panic!("accepted") };
        let orte: Vec<_> = befunde.iter().map(|b| (b.regel.kurzname, b.ort.as_deref())).collect();
        assert_eq!(orte, [("FELD_UNPASSEND", Some("/inhalt/bankverbindung/iban"))]);
        // and the part that puts it right is taken
        assert!(
            anwenden(&vertrag, &alt("de02 5001"), &json!({ "bankverbindung": konto("DE02500105170137075030") }))
                .is_ok()
        );
    }
}
