//! JSON of which every value is counted, and in which every key of an object stands once: a second one would silently
//! replace the first.

use crate::verstoss::Pfad;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Most JSON values of one body: what checking costs grows with their number, not with the bytes.
pub const WERTE: usize = 50_000;
/// Most repeated keys that are named.
const HOECHSTENS: usize = 20;

/// Why a text is not taken.
#[derive(Debug)]
pub enum Unlesbar {
    /// No JSON, from this line and column on.
    Stelle(usize, usize),
    /// More than [`WERTE`] values.
    ZuVieleWerte,
}

/// The value, and the pointers of keys that stand more than once.
///
/// # Errors
/// [`Unlesbar`].
pub fn lesen(roh: &[u8]) -> Result<(Value, Vec<String>), Unlesbar> {
    lesen_bis(roh, WERTE)
}

/// As [`lesen`], with another limit.
///
/// # Errors
/// [`Unlesbar`].
pub fn lesen_bis(roh: &[u8], werte: usize) -> Result<(Value, Vec<String>), Unlesbar> {
    let mut lauf = Lauf { uebrig: werte, doppelte: Vec::new(), zu_viele: false };
    let mut d = serde_json::Deserializer::from_slice(roh);
    let wert = Stelle { ort: Pfad::Wurzel, lauf: &mut lauf }.deserialize(&mut d).and_then(|w| d.end().map(|()| w));
    match wert {
        Ok(w) => Ok((w, lauf.doppelte)),
        Err(_) if lauf.zu_viele => Err(Unlesbar::ZuVieleWerte),
        Err(e) => Err(Unlesbar::Stelle(e.line(), e.column())),
    }
}

/// What is kept over the whole text.
struct Lauf {
    uebrig: usize,
    doppelte: Vec<String>,
    zu_viele: bool,
}

struct Stelle<'a, 'p> {
    ort: Pfad<'p>,
    lauf: &'a mut Lauf,
}

impl<'de> DeserializeSeed<'de> for Stelle<'_, '_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        let Some(uebrig) = self.lauf.uebrig.checked_sub(1) else {
            self.lauf.zu_viele = true;
            return Err(D::Error::custom("values"));
        };
        self.lauf.uebrig = uebrig;
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Stelle<'_, '_> {
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
            a.next_element_seed(Stelle { ort: Pfad::Nr(&self.ort, aus.len()), lauf: &mut *self.lauf })?
        {
            aus.push(w);
        }
        Ok(Value::Array(aus))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut a: A) -> Result<Value, A::Error> {
        let mut aus = Map::new();
        while let Some(k) = a.next_key::<String>()? {
            let ort = Pfad::Feld(&self.ort, &k);
            let w = a.next_value_seed(Stelle { ort, lauf: &mut *self.lauf })?;
            if !aus.contains_key(&k) {
                aus.insert(k, w);
            } else if self.lauf.doppelte.len() < HOECHSTENS {
                let ort = ort.zeiger();
                if !self.lauf.doppelte.contains(&ort) {
                    self.lauf.doppelte.push(ort);
                }
            }
        }
        Ok(Value::Object(aus))
    }
}

#[cfg(test)]
mod tests {
    use super::{Unlesbar, WERTE, lesen};
    use serde_json::json;

    #[test]
    fn wiederholte_schluessel_werden_genannt() {
        let (w, d) = lesen(br#"{"a":1,"b":[{"c":1,"\u0063":2.5}],"a":null}"#).expect("JSON");
        assert_eq!(w, json!({ "a": 1, "b": [{ "c": 1 }] }));
        assert_eq!(d, ["/b/0/c", "/a"]);
        assert!(matches!(lesen(b"{} {}"), Err(Unlesbar::Stelle(1, 4))));
        assert!(matches!(lesen(b"1e999"), Err(Unlesbar::Stelle(..))));
    }

    #[test]
    fn werte_sind_gezaehlt() {
        // the array itself is one of them, wherever the rest stands
        let liste = |n: usize| format!("[{}]", vec!["{}"; n - 1].join(","));
        assert!(lesen(liste(WERTE).as_bytes()).is_ok());
        for zu_viele in [liste(WERTE + 1), format!("{{\"a\":{}}}", liste(WERTE))] {
            assert!(matches!(lesen(zu_viele.as_bytes()), Err(Unlesbar::ZuVieleWerte)));
        }
        let felder: Vec<String> = (0..WERTE).map(|i| format!("\"{i}\":0")).collect();
        assert!(matches!(lesen(format!("{{{}}}", felder.join(",")).as_bytes()), Err(Unlesbar::ZuVieleWerte)));
        // a repeated key costs what it says
        let doppelt = vec!["\"a\":0"; WERTE].join(",");
        assert!(matches!(lesen(format!("{{{doppelt}}}").as_bytes()), Err(Unlesbar::ZuVieleWerte)));
    }
}
