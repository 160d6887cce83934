//! The trail of one case, and the document it tells.

use crate::DbResult;
use crate::protokoll::{self, Eintrag};
use crate::verbindung::DbConn;
use crate::vollzug::{BESTAETIGTE_WARNUNGEN, BUCHUNGEN};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

/// All entries of one case in their order.
#[derive(Debug, Clone)]
pub struct Kette {
    /// The entries.
    pub eintraege: Vec<Eintrag>,
}

#[derive(Deserialize)]
struct Aenderung {
    feld: String,
    vorher: Option<String>,
    nachher: Option<String>,
}

impl Kette {
    /// The chains of these cases of one kind, by id.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub(crate) fn laden(c: &mut DbConn, fall_art: &str, ids: &[String]) -> DbResult<HashMap<String, Kette>> {
        let mut aus = HashMap::<String, Kette>::new();
        for e in protokoll::ketten(c, fall_art, ids)? {
            aus.entry(e.fall_id.clone()).or_insert_with(|| Kette { eintraege: Vec::new() }).eintraege.push(e);
        }
        Ok(aus)
    }

    /// Tells the document, which was `anfang` before, from its first entry to its last and hands out each state in between.
    ///
    /// # Errors
    /// A sentence about the entry that does not fit what was told before it.
    pub fn erzaehle(&self, anfang: Value, mut je: impl FnMut(&Eintrag, &Value)) -> Result<Value, String> {
        let mut dokument = anfang;
        for e in &self.eintraege {
            wende_an(&mut dokument, e)?;
            je(e, &dokument);
            ohne_beigaben(&mut dokument);
        }
        Ok(dokument)
    }
}

/// What an entry says about the act alone is no part of the document.
pub(crate) fn ohne_beigaben(dokument: &mut Value) {
    if let Some(o) = dokument.as_object_mut() {
        for name in [BESTAETIGTE_WARNUNGEN, BUCHUNGEN] {
            o.remove(name);
        }
    }
}

fn wende_an(dokument: &mut Value, e: &Eintrag) -> Result<(), String> {
    let wo = |was: &str| format!("Eintrag {}: {was}", e.nr);
    let lies = |t: &Option<String>| t.as_deref().map(serde_json::from_str::<Value>).transpose();
    let aenderungen: Vec<Aenderung> =
        serde_json::from_str(&e.aenderungen).map_err(|_| wo("die Änderungen sind nicht lesbar"))?;
    for a in &aenderungen {
        let vorher = lies(&a.vorher).map_err(|_| wo(&format!("{} ist nicht lesbar", a.feld)))?;
        if dokument.pointer(&a.feld) != vorher.as_ref() {
            return Err(wo(&format!("{} war vorher ein anderer Wert", a.feld)));
        }
    }
    for a in aenderungen {
        let nachher = lies(&a.nachher).map_err(|_| wo(&format!("{} ist nicht lesbar", a.feld)))?;
        setze(dokument, &a.feld, nachher).ok_or_else(|| wo(&format!("{} gibt es nicht", a.feld)))?;
    }
    Ok(())
}

/// Sets or removes what a pointer names; an element of a list goes together with all that follow it, because a list
/// only ever shrinks at its end.
fn setze(dokument: &mut Value, feld: &str, wert: Option<Value>) -> Option<()> {
    let Some((eltern, name)) = feld.rsplit_once('/') else {
        *dokument = wert.unwrap_or_default();
        return Some(());
    };
    match dokument.pointer_mut(eltern)? {
        Value::Object(o) => {
            let name = name.replace("~1", "/").replace("~0", "~");
            match wert {
                Some(w) => drop(o.insert(name, w)),
                None => drop(o.remove(&name)),
            }
        }
        Value::Array(a) => {
            let nr: usize = name.parse().ok()?;
            match wert {
                None => a.truncate(nr),
                Some(w) if nr == a.len() => a.push(w),
                Some(w) => *a.get_mut(nr)? = w,
            }
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protokoll::unterschied;
    use crate::typen::{Kennung, Zeitpunkt};
    use proptest::prelude::*;
    use serde_json::json;

    fn eintrag(nr: i64, vorher: &Value, nachher: &Value) -> Eintrag {
        let felder: Vec<Value> = unterschied(vorher, nachher)
            .into_iter()
            .map(|(feld, v, n)| {
                let mut o = json!({ "feld": feld });
                for (name, w) in [("vorher", v), ("nachher", n)] {
                    if let (Some(o), Some(w)) = (o.as_object_mut(), w) {
                        o.insert(name.to_owned(), Value::String(w));
                    }
                }
                o
            })
            .collect();
        Eintrag {
            fall_art: "X".into(),
            fall_id: "1".into(),
            nr,
            id: Kennung(uuid::Uuid::nil()),
            kreisschluessel: None,
            zeit: Zeitpunkt(chrono::DateTime::UNIX_EPOCH),
            person: String::new(),
            rolle: String::new(),
            akt: String::new(),
            anfrage: String::new(),
            aenderungen: Value::Array(felder).to_string(),
            vorgaenger_hash: String::new(),
            hash: String::new(),
        }
    }

    fn wert() -> impl Strategy<Value = Value> {
        let blatt =
            prop_oneof![Just(Value::Null), any::<i8>().prop_map(Value::from), "[a-z/~]{0,3}".prop_map(Value::from)];
        blatt.prop_recursive(4, 24, 4, |innen| {
            prop_oneof![
                proptest::collection::vec(innen.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("[a-c/~]{1,2}", innen, 0..4)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// Whatever a document goes through, its trail tells its last state.
        #[test]
        fn die_kette_erzaehlt_das_dokument(staende in proptest::collection::vec(wert(), 1..6)) {
            let mut vorher = Value::Null;
            let mut kette = Kette { eintraege: Vec::new() };
            for (s, nr) in staende.iter().zip(1i64..) {
                kette.eintraege.push(eintrag(nr, &vorher, s));
                vorher = s.clone();
            }
            prop_assert_eq!(kette.erzaehle(Value::Null, |_, _| ()), Ok(vorher));
        }
    }

    #[test]
    fn ein_fremder_vorwert_faellt_auf() {
        let kette = Kette {
            eintraege: vec![
                eintrag(1, &Value::Null, &json!({ "status": "A" })),
                eintrag(2, &json!({ "status": "B" }), &json!({ "status": "C" })),
            ],
        };
        assert_eq!(
            kette.erzaehle(Value::Null, |_, _| ()),
            Err("Eintrag 2: /status war vorher ein anderer Wert".to_owned())
        );
    }
}
