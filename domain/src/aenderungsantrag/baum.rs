//! A state as a tree of fields: measures by their numbers, lines of a plan by code and Haushaltsjahr. Comparing and
//! merging work on trees, so that a line keeps its name wherever it stands in its list.

use super::{Bewilligungsstand, Feldkonflikt};
use crate::antrag::MassnahmeMitPlan;
use crate::befund::Befund;
use crate::detailplanung::Detailplanung;
use crate::finanzierungsplan::{Einzelansatz, Finanzierungsbeitrag, Finanzierungsplan, addiere};
use crate::geld::Euro;
use crate::massnahme::{Massnahme, Massnahmeninhalt};
use crate::regel::RECHENBEREICH;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Name of the list of measures in the tree.
const MASSNAHMEN: &str = "massnahmen";
/// The field that tells variants apart: details of different kinds have nothing in common.
const MARKE: &str = "massnahmeart";

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AenderungFeld))]
pub struct Feldunterschied {
    /// JSON pointer: `/bewilligungszeitraum/bis`, `/massnahmen/M01/titel`.
    #[cfg_attr(feature = "schema", schema(max_length = 300, examples("/massnahmen/M01/titel")))]
    pub feld: String,
    /// What it says before, in short; absent where the field is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub alt: Option<String>,
    /// What it says after, in short; absent where the field is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub neu: Option<String>,
    /// Name of the Traeger before, where the field names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub alt_name: Option<String>,
    /// Name of the Traeger after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub neu_name: Option<String>,
}

fn unlesbar(_: impl std::fmt::Debug) -> Befund {
    Befund::neu(&RECHENBEREICH).ort("/massnahmen")
}

/// Longest text of a value that has parts.
const KURZ: usize = 160;

/// What a value says, for people and for comparing. One with parts names them up to a length; a mark of the rest tells
/// two long ones apart.
pub(super) fn text(wert: &Value) -> String {
    let voll = worte(wert);
    if matches!(wert, Value::String(_)) || voll.chars().count() <= KURZ {
        return voll;
    }
    let anfang: String = voll.chars().take(KURZ).collect();
    let marke = crate::bescheid::sha256_kanonisch(wert).unwrap_or_default();
    format!("{anfang} … ({})", marke.chars().take(8).collect::<String>())
}

fn worte(wert: &Value) -> String {
    match wert {
        Value::String(s) => s.clone(),
        Value::Array(a) => a.iter().map(worte).collect::<Vec<_>>().join("; "),
        Value::Object(o) => o.iter().map(|(n, w)| format!("{n} {}", worte(w))).collect::<Vec<_>>().join(", "),
        w => w.to_string(),
    }
}

/// Name of a part in a JSON pointer (RFC 6901).
fn maskiert(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What people call the field of a JSON pointer: `Maßnahme M01, Einzelansatz PERSONAL 2026`.
pub(super) fn feldname(pfad: &str) -> String {
    let mut teile = pfad.split('/').skip(1).peekable();
    let mut name = String::new();
    if teile.peek() == Some(&MASSNAHMEN) {
        teile.next();
        name = format!("Maßnahme {}", teile.next().unwrap_or_default());
    }
    let rest: Vec<String> = teile
        .filter(|t| *t != "finanzierungsplan")
        .map(|t| match t {
            "bewilligungszeitraum" => "Bewilligungszeitraum".to_owned(),
            "einzelansaetze" => "Einzelansatz".to_owned(),
            "finanzierung" => "Finanzierung".to_owned(),
            "traeger_id" => "Träger".to_owned(),
            "detailplanung" => "Detailplanung".to_owned(),
            "perioden" => "Periode".to_owned(),
            "zahlungsplan" => "Zahlung".to_owned(),
            t => t.replace("~1", "/").replace("~0", "~").replace('_', " "),
        })
        .collect();
    match (name.is_empty(), rest.is_empty()) {
        (false, false) => format!("{name}, {}", rest.join(" ")),
        (false, true) => name,
        _ => rest.join(" "),
    }
}

/// Entries of a list by name; a second one of the same name is numbered.
fn benannt<T: Serialize>(liste: &[T], name: impl Fn(&T) -> String) -> Result<Value, Befund> {
    let mut baum = Map::new();
    for eintrag in liste {
        let name = name(eintrag);
        let frei = (2..).map(|n| format!("{name} ({n})"));
        let frei = std::iter::once(name.clone()).chain(frei).find(|n| !baum.contains_key(n));
        baum.insert(frei.unwrap_or(name), serde_json::to_value(eintrag).map_err(unlesbar)?);
    }
    Ok(Value::Object(baum))
}

/// A Detailplanung by its periods, persons and days of payment.
fn planung(d: &Detailplanung) -> Result<Value, Befund> {
    Ok(json!({
        "perioden": benannt(&d.perioden, |p| p.von.to_string())?,
        "personaleinsatz": benannt(&d.personaleinsatz, |p| p.person_kuerzel.clone())?,
        "zahlungsplan": benannt(&d.zahlungsplan, |z| z.faellig_am.to_string())?,
    }))
}

/// The Detailplanung a tree describes.
fn detailplanung(baum: Value) -> Result<Detailplanung, Befund> {
    let Value::Object(listen) = baum else { return Err(unlesbar("detailplanung")) };
    let eintraege = |w: Value| match w {
        Value::Object(o) => Value::Array(o.into_iter().map(|(_, w)| w).collect()),
        w => w,
    };
    let listen: Map<String, Value> = listen.into_iter().map(|(name, w)| (name, eintraege(w))).collect();
    serde_json::from_value(Value::Object(listen)).map_err(unlesbar)
}

fn zeilen<'z>(zeilen: impl Iterator<Item = (&'z str, i32, Euro)>) -> Result<Value, Befund> {
    let mut summen = BTreeMap::new();
    for (code, jahr, betrag) in zeilen {
        addiere(&mut summen, (code.to_owned(), jahr), betrag).map_err(unlesbar)?;
    }
    let mut baum = Map::new();
    for ((code, jahr), betrag) in summen {
        if let Some(je) = baum.entry(code).or_insert_with(|| json!({})).as_object_mut() {
            je.insert(jahr.to_string(), json!(betrag.to_string()));
        }
    }
    Ok(Value::Object(baum))
}

/// The state as a tree.
///
/// # Errors
/// `RECHENBEREICH` when a sum of equal lines cannot be represented.
pub(super) fn baum(stand: &Bewilligungsstand) -> Result<Value, Befund> {
    let mut massnahmen = Map::new();
    for m in &stand.massnahmen {
        let mut felder = match serde_json::to_value(&m.massnahme.inhalt).map_err(unlesbar)? {
            Value::Object(o) => o,
            _ => Map::new(),
        };
        let plan = &m.massnahme.inhalt.finanzierungsplan;
        let kosten = plan.einzelansaetze.iter().map(|z| (z.position.as_str(), z.haushaltsjahr, z.betrag));
        let mittel = plan.finanzierung.iter().map(|z| (z.quelle.as_str(), z.haushaltsjahr, z.betrag));
        felder.insert(
            "finanzierungsplan".to_owned(),
            json!({ "einzelansaetze": zeilen(kosten)?, "finanzierung": zeilen(mittel)? }),
        );
        felder.insert("id".to_owned(), json!(m.massnahme.id));
        if let Some(d) = &m.detailplanung {
            felder.insert("detailplanung".to_owned(), planung(d)?);
        }
        massnahmen.insert(m.massnahme.massnahme_nr.clone(), Value::Object(felder));
    }
    Ok(json!({ "bewilligungszeitraum": stand.bewilligungszeitraum, MASSNAHMEN: massnahmen }))
}

#[derive(Deserialize)]
struct Planbaum {
    einzelansaetze: BTreeMap<String, BTreeMap<i32, Euro>>,
    finanzierung: BTreeMap<String, BTreeMap<i32, Euro>>,
}

fn plan(baum: Planbaum) -> Finanzierungsplan {
    let einzeln = |b: BTreeMap<String, BTreeMap<i32, Euro>>| {
        b.into_iter().flat_map(|(code, je)| je.into_iter().map(move |(jahr, betrag)| (code.clone(), jahr, betrag)))
    };
    Finanzierungsplan {
        einzelansaetze: einzeln(baum.einzelansaetze)
            .map(|(position, haushaltsjahr, betrag)| Einzelansatz { position, haushaltsjahr, betrag })
            .collect(),
        finanzierung: einzeln(baum.finanzierung)
            .map(|(quelle, haushaltsjahr, betrag)| Finanzierungsbeitrag { quelle, haushaltsjahr, betrag })
            .collect(),
    }
}

/// The state a tree describes.
///
/// # Errors
/// `RECHENBEREICH` when the tree is none of a state.
pub(super) fn stand(baum: &Value) -> Result<Bewilligungsstand, Befund> {
    let zeitraum = baum.get("bewilligungszeitraum").cloned().unwrap_or_default();
    let mut massnahmen = Vec::new();
    for (nr, felder) in baum.get(MASSNAHMEN).and_then(Value::as_object).into_iter().flatten() {
        let mut felder = felder.as_object().cloned().unwrap_or_default();
        let id = serde_json::from_value(felder.remove("id").unwrap_or_default()).map_err(unlesbar)?;
        let detailplanung = felder.remove("detailplanung").map(detailplanung).transpose()?;
        let zweig = felder.get("finanzierungsplan").cloned().unwrap_or_default();
        let p = plan(serde_json::from_value(zweig).map_err(unlesbar)?);
        felder.insert("finanzierungsplan".to_owned(), serde_json::to_value(p).map_err(unlesbar)?);
        let inhalt: Massnahmeninhalt = serde_json::from_value(Value::Object(felder)).map_err(unlesbar)?;
        let massnahme = Massnahme { id, massnahme_nr: nr.clone(), inhalt };
        massnahmen.push(MassnahmeMitPlan { massnahme, detailplanung });
    }
    massnahmen.sort_by(|a, b| a.massnahme.massnahme_nr.cmp(&b.massnahme.massnahme_nr));
    Ok(Bewilligungsstand { bewilligungszeitraum: serde_json::from_value(zeitraum).map_err(unlesbar)?, massnahmen })
}

/// Fields that differ between two trees. A measure that only one of them has is one field.
pub(super) fn unterschiede(alt: Option<&Value>, neu: Option<&Value>, ort: &str) -> Vec<Feldunterschied> {
    if alt == neu {
        return Vec::new();
    }
    match (alt.and_then(Value::as_object), neu.and_then(Value::as_object)) {
        (Some(a), Some(n)) => {
            let mut namen: Vec<&String> = a.keys().chain(n.keys()).collect();
            namen.sort_unstable();
            namen.dedup();
            namen
                .into_iter()
                .flat_map(|s| unterschiede(a.get(s), n.get(s), &format!("{ort}/{}", maskiert(s))))
                .collect()
        }
        _ => vec![Feldunterschied {
            feld: ort.to_owned(),
            alt: alt.map(text),
            neu: neu.map(text),
            alt_name: None,
            neu_name: None,
        }],
    }
}

/// Merges what two sides made of a common base. Where both changed a field differently, the own value stays and the
/// field is a conflict.
pub(super) fn verschmelze(
    basis: Option<&Value>,
    eigen: Option<&Value>,
    jetzt: Option<&Value>,
    ort: &str,
    konflikte: &mut Vec<Feldkonflikt>,
) -> Option<Value> {
    if eigen == basis {
        return jetzt.cloned();
    }
    if jetzt == basis || eigen == jetzt {
        return eigen.cloned();
    }
    let objekte =
        (basis.and_then(Value::as_object), eigen.and_then(Value::as_object), jetzt.and_then(Value::as_object));
    if let (Some(b), Some(e), Some(j)) = objekte
        && b.get(MARKE) == e.get(MARKE)
        && b.get(MARKE) == j.get(MARKE)
    {
        let mut namen: Vec<&String> = b.keys().chain(e.keys()).chain(j.keys()).collect();
        namen.sort_unstable();
        namen.dedup();
        let mut neu = Map::new();
        for s in namen {
            let ort = format!("{ort}/{}", maskiert(s));
            if let Some(w) = verschmelze(b.get(s), e.get(s), j.get(s), &ort, konflikte) {
                neu.insert(s.clone(), w);
            }
        }
        return Some(Value::Object(neu));
    }
    konflikte.push(Feldkonflikt {
        feld: ort.to_owned(),
        basis: basis.map(text),
        eigener: eigen.map(text),
        jetziger: jetzt.map(text),
    });
    eigen.cloned()
}

/// Puts `wert` at a place of the tree; none removes what is there.
pub(super) fn setze(baum: &mut Value, feld: &str, wert: Option<Value>) {
    let Some((oben, name)) = feld.rsplit_once('/') else { return };
    let ziel = if oben.is_empty() { Some(baum) } else { baum.pointer_mut(oben) };
    let Some(o) = ziel.and_then(Value::as_object_mut) else { return };
    match wert {
        Some(w) => drop(o.insert(name.replace("~1", "/").replace("~0", "~"), w)),
        None => drop(o.remove(&name.replace("~1", "/").replace("~0", "~"))),
    }
}
