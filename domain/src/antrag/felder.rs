//! Fields of an Antrag as JSON pointers: what a Nachforderung can name and what a change touched.

use super::Antrag;
use serde_json::Value;

/// Parts of an Antrag and their own fields.
const TEILE: &[(&str, &[&str])] = &[
    ("antragsteller", &["organisationseinheit", "anschrift", "ansprechperson"]),
    ("bankverbindung", &["iban", "bic", "kontoinhaber", "kassenzeichen"]),
    ("zielvereinbarung_id", &[]),
    ("bewilligungszeitraum", &["von", "bis"]),
    ("vorzeitiger_massnahmebeginn", &["beantragt", "ab", "begruendung"]),
    ("vorsteuerabzug", &[]),
    ("andere_oeffentliche_mittel", &[]),
    ("erklaerungen", &[]),
    ("unterzeichner", &["name", "funktion", "vertretungsbefugt"]),
];

/// Parts of a measure.
const MASSNAHMETEILE: &[&str] = &[
    "titel",
    "kurzbeschreibung",
    "teilbudget",
    "traeger_id",
    "durchfuehrungsform",
    "beginn",
    "ende",
    "erster_vertragsabschluss_am",
    "durchfuehrungsorte",
    "personal",
    "finanzierungsplan",
    "vergabe",
    "details",
    "detailplanung",
];

fn teile(zeiger: &str) -> Option<Vec<&str>> {
    let rest = zeiger.strip_prefix('/')?;
    Some(rest.split('/').collect())
}

/// The pointer names a field of this Antrag: `/bankverbindung`, `/bankverbindung/iban`, `/massnahmen`,
/// `/massnahmen/M01`, `/massnahmen/M01/finanzierungsplan`, or a place that exists below one of these.
pub fn ist_feld(antrag: &Antrag, zeiger: &str) -> bool {
    let Some(teile) = teile(zeiger) else { return false };
    match teile.as_slice() {
        ["massnahmen"] => true,
        ["massnahmen", nr, rest @ ..] => {
            let Some(m) = antrag.massnahmen.iter().find(|m| m.massnahme.massnahme_nr == *nr) else { return false };
            match rest {
                [] => true,
                [feld] => MASSNAHMETEILE.contains(feld),
                ["detailplanung", tiefer @ ..] => m.detailplanung.as_ref().is_some_and(|d| zeigt_auf(d, tiefer)),
                _ => zeigt_auf(&m.massnahme.inhalt, rest),
            }
        }
        [teil, rest @ ..] => TEILE.iter().find(|(name, _)| name == teil).is_some_and(|(_, felder)| match rest {
            [] => true,
            [feld] if felder.contains(feld) => true,
            _ => zeigt_auf(&antrag.inhalt, &teile),
        }),
        [] => false,
    }
}

fn zeigt_auf(wert: &impl serde::Serialize, teile: &[&str]) -> bool {
    serde_json::to_value(wert).is_ok_and(|w| w.pointer(&format!("/{}", teile.join("/"))).is_some())
}

/// What naming a field opens: the field itself, and what must agree with it to the day or to the cent. The periods and
/// sums of a Detailplanung follow `beginn`, `ende` and `finanzierungsplan` of its measure.
pub(super) fn oeffnet(benannt: &str) -> Vec<String> {
    let mut offen = vec![benannt.to_owned()];
    if let Some(["massnahmen", nr, "finanzierungsplan" | "beginn" | "ende", ..]) = teile(benannt).as_deref() {
        offen.push(format!("/massnahmen/{nr}/detailplanung"));
    }
    offen
}

/// The named field covers the changed one: it is the same or lies above it.
///
/// A list changes as a whole, so a name inside a list stands for the list.
pub(super) fn deckt(benannt: &str, geaendert: &str) -> bool {
    let Some(teile) = teile(benannt) else { return false };
    let fest = if teile.first() == Some(&"massnahmen") { 2 } else { 1 };
    let ziffern = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let laenge = teile.iter().skip(fest).position(|t| ziffern(t)).map_or(teile.len(), |p| p + fest);
    let benannt: String = teile.iter().take(laenge).flat_map(|t| ["/", t]).collect();
    geaendert.strip_prefix(benannt.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Pointers to everything that differs between two JSON documents; objects are compared field by field, everything
/// else as a whole. `basis` is put before every pointer: `/massnahmen/M01`.
pub fn geaenderte_felder(alt: &Value, neu: &Value, basis: &str) -> Vec<String> {
    let (Value::Object(a), Value::Object(n)) = (alt, neu) else {
        return if alt == neu { Vec::new() } else { vec![basis.to_owned()] };
    };
    let mut schluessel: Vec<&String> = a.keys().chain(n.keys()).collect();
    schluessel.sort_unstable();
    schluessel.dedup();
    schluessel
        .into_iter()
        .flat_map(|s| {
            let ort = format!("{basis}/{s}");
            match (a.get(s), n.get(s)) {
                (Some(a), Some(n)) => geaenderte_felder(a, n, &ort),
                _ => vec![ort],
            }
        })
        .collect()
}
