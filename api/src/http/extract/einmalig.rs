//! JSON in which every key of an object stands once: a second one would silently replace the first.

use crate::verstoss::zeiger;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Most repeated keys that are named.
const HOECHSTENS: usize = 20;

/// The value, and the pointers of keys that stand more than once.
///
/// # Errors
/// Text that is no JSON.
pub fn lesen(roh: &[u8]) -> serde_json::Result<(Value, Vec<String>)> {
    let mut doppelte = Vec::new();
    let mut d = serde_json::Deserializer::from_slice(roh);
    let wert = Stelle { ort: String::new(), doppelte: &mut doppelte }.deserialize(&mut d)?;
    d.end()?;
    Ok((wert, doppelte))
}

struct Stelle<'a> {
    ort: String,
    doppelte: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Stelle<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Stelle<'_> {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E: Error>(self, w: bool) -> Result<Value, E> {
        Ok(Value::Bool(w))
    }
    fn visit_i64<E: Error>(self, w: i64) -> Result<Value, E> {
        Ok(Value::from(w))
    }
    fn visit_u64<E: Error>(self, w: u64) -> Result<Value, E> {
        Ok(Value::from(w))
    }
    fn visit_f64<E: Error>(self, w: f64) -> Result<Value, E> {
        Number::from_f64(w).map(Value::Number).ok_or_else(|| E::custom("number"))
    }
    fn visit_str<E: Error>(self, w: &str) -> Result<Value, E> {
        Ok(Value::from(w))
    }
    fn visit_string<E: Error>(self, w: String) -> Result<Value, E> {
        Ok(Value::String(w))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut a: A) -> Result<Value, A::Error> {
        let mut aus = Vec::new();
        while let Some(w) =
            a.next_element_seed(Stelle { ort: format!("{}/{}", self.ort, aus.len()), doppelte: &mut *self.doppelte })?
        {
            aus.push(w);
        }
        Ok(Value::Array(aus))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut a: A) -> Result<Value, A::Error> {
        let mut aus = Map::new();
        while let Some(k) = a.next_key::<String>()? {
            let ort = zeiger(&self.ort, &k);
            let w = a.next_value_seed(Stelle { ort: ort.clone(), doppelte: &mut *self.doppelte })?;
            if aus.contains_key(&k) {
                if self.doppelte.len() < HOECHSTENS && !self.doppelte.contains(&ort) {
                    self.doppelte.push(ort);
                }
            } else {
                aus.insert(k, w);
            }
        }
        Ok(Value::Object(aus))
    }
}

#[cfg(test)]
mod tests {
    use super::lesen;
    use serde_json::json;

    #[test]
    fn wiederholte_schluessel_werden_genannt() {
        let (w, d) = lesen(br#"{"a":1,"b":[{"c":1,"\u0063":2.5}],"a":null}"#).unwrap_or_default();
        assert_eq!(w, json!({ "a": 1, "b": [{ "c": 1 }] }));
        assert_eq!(d, ["/b/0/c", "/a"]);
        assert!(lesen(b"{} {}").is_err() && lesen(b"1e999").is_err());
    }
}
