//! SHA-256 over canonical JSON: the same content always has the same hash.

use crate::befund::{Befund, Einheit};
use crate::regel::{INTEGRITAET_VERLETZT, RECHENEINGABE};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Canonical JSON: no white space, object members sorted by name, as RFC 8785 for values without fractions.
///
/// # Errors
/// `RECHENEINGABE` for a value that JSON cannot express or a number that is not whole.
pub fn kanonisch<T: Serialize>(wert: &T) -> Result<String, Befund> {
    let wert = serde_json::to_value(wert).map_err(|e| unmoeglich(&e.to_string()))?;
    let mut aus = String::new();
    schreibe(&wert, &mut aus)?;
    Ok(aus)
}

/// SHA-256 of the canonical JSON, 64 lower-case hexadecimal digits.
///
/// # Errors
/// As [`kanonisch`].
pub fn sha256_kanonisch<T: Serialize>(wert: &T) -> Result<String, Befund> {
    kanonisch(wert).map(|k| hex(&Sha256::digest(k.as_bytes())))
}

/// The finding `INTEGRITAET_VERLETZT`, unless `wert` still has the hash `festgeschrieben`.
pub fn pruefe_siegel<T: Serialize>(wert: &T, festgeschrieben: &str) -> Option<Befund> {
    match sha256_kanonisch(wert) {
        Ok(gefunden) => vergleiche(&gefunden, festgeschrieben),
        Err(b) => Some(b),
    }
}

/// As [`pruefe_siegel`], for a text that already is canonical JSON.
pub fn pruefe_text(text: &str, festgeschrieben: &str) -> Option<Befund> {
    vergleiche(&hex(&Sha256::digest(text.as_bytes())), festgeschrieben)
}

fn vergleiche(gefunden: &str, festgeschrieben: &str) -> Option<Befund> {
    (gefunden != festgeschrieben).then(|| {
        Befund::neu(&INTEGRITAET_VERLETZT).gemessen("gefunden", gefunden, Einheit::Text).erlaubt(
            "festgeschrieben",
            festgeschrieben,
            Einheit::Text,
        )
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut s, b| {
        // writing to a String cannot fail
        let _ = write!(s, "{b:02x}");
        s
    })
}

fn unmoeglich(gefunden: &str) -> Befund {
    Befund::neu(&RECHENEINGABE)
        .gemessen("feld", "inhalt", Einheit::Code)
        .gemessen("gefunden", gefunden, Einheit::Text)
        .erlaubt("verlangt", "JSON ohne Bruchzahlen", Einheit::Text)
}

fn schreibe(wert: &Value, aus: &mut String) -> Result<(), Befund> {
    match wert {
        Value::Object(felder) => {
            let mut paare: Vec<(&String, &Value)> = felder.iter().collect();
            paare.sort_by_key(|p| p.0);
            aus.push('{');
            for (i, (name, w)) in paare.into_iter().enumerate() {
                if i > 0 {
                    aus.push(',');
                }
                aus.push_str(&Value::String(name.clone()).to_string());
                aus.push(':');
                schreibe(w, aus)?;
            }
            aus.push('}');
        }
        Value::Array(werte) => {
            aus.push('[');
            for (i, w) in werte.iter().enumerate() {
                if i > 0 {
                    aus.push(',');
                }
                schreibe(w, aus)?;
            }
            aus.push(']');
        }
        Value::Number(n) if !n.is_i64() && !n.is_u64() => return Err(unmoeglich(&n.to_string())),
        blatt => aus.push_str(&blatt.to_string()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn namen_sind_sortiert_auch_in_der_tiefe() {
        let w = json!({ "b": [ { "z": 1, "a": "ä\n\"" } ], "a": null });
        assert_eq!(kanonisch(&w), Ok(r#"{"a":null,"b":[{"a":"ä\n\"","z":1}]}"#.to_owned()));
        assert!(kanonisch(&json!({ "a": 0.5 })).is_err(), "a fraction has no canonical form here");
    }

    /// FIPS 180-4: SHA-256 of the two bytes `{}`.
    #[test]
    fn fips180_bekannter_wert() {
        let h = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        assert_eq!(sha256_kanonisch(&json!({})), Ok(h.to_owned()));
        assert!(pruefe_siegel(&json!({}), h).is_none() && pruefe_text("{}", h).is_none());
        assert_eq!(pruefe_text("{ }", h).map(|b| b.regel.kurzname), Some("INTEGRITAET_VERLETZT"));
        assert_eq!(pruefe_siegel(&json!([]), h).map(|b| b.regel.kurzname), Some("INTEGRITAET_VERLETZT"));
    }

    proptest! {
        #[test]
        fn reihenfolge_der_felder_ist_gleichgueltig(felder in proptest::collection::btree_map("[a-z]{1,6}", any::<i64>(), 0..8)) {
            let vor: serde_json::Map<_, _> = felder.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
            let zurueck: serde_json::Map<_, _> = felder.iter().rev().map(|(k, v)| (k.clone(), json!(v))).collect();
            prop_assert_eq!(sha256_kanonisch(&vor), sha256_kanonisch(&zurueck));
        }
    }
}
