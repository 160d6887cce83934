//! What differs between two versions of the Regelwerk.

use super::{Parameter, Regelwerk};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Parameterunterschied {
    /// Key.
    pub schluessel: String,
    /// First day of the compared rows.
    pub gueltig_ab: NaiveDate,
    /// Row in this version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub hier: Option<Parameter>,
    /// Row in the other version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub dort: Option<Parameter>,
}

/// Values that differ between two versions, ordered by key and day.
///
/// What counts is the value that applies: compared are the rows in force on every day on which one of the versions
/// changes a value, from the first day on which both state one.
pub fn vergleiche(hier: &Regelwerk, dort: &Regelwerk) -> Vec<Parameterunterschied> {
    let zeilen = || hier.parameter.iter().chain(&dort.parameter);
    let schluessel: BTreeSet<&str> = zeilen().map(|p| p.schluessel.as_str()).collect();
    let erster = |r: &Regelwerk, s: &str| r.parameter.iter().filter(|p| p.schluessel == s).map(|p| p.gueltig_ab).min();
    let mut unterschiede = Vec::new();
    for s in schluessel {
        let beginn = erster(hier, s).max(erster(dort, s)).unwrap_or_default();
        let tage: BTreeSet<NaiveDate> =
            zeilen().filter(|p| p.schluessel == s).map(|p| p.gueltig_ab.max(beginn)).collect();
        for t in tage {
            let (h, d) = (hier.zeile(s, t), dort.zeile(s, t));
            if h.map(|p| (p.art, &p.wert)) != d.map(|p| (p.art, &p.wert)) {
                unterschiede.push(Parameterunterschied {
                    schluessel: s.to_owned(),
                    gueltig_ab: t,
                    hier: h.cloned(),
                    dort: d.cloned(),
                });
            }
        }
    }
    unterschiede
}
