//! Drafting a Regelwerk: from nothing or from an existing version, and changing it until it is published.

use super::{Parameter, Regelwerk, RegelwerkStatus, UEBERGAENGE};
use crate::akt::Aktion;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, gleiche_person};
use crate::regel::{PARAMETER_DOPPELT, UNVERAENDERLICH};
use chrono::NaiveDate;
use std::collections::BTreeSet;

fn geordnet(mut parameter: Vec<Parameter>) -> Vec<Parameter> {
    parameter.sort_by(|a, b| (&a.schluessel, a.gueltig_ab).cmp(&(&b.schluessel, b.gueltig_ab)));
    parameter
}

/// Rows whose key and day another row has too: it would not be clear which value applies.
pub(super) fn doppelte(parameter: &[Parameter]) -> Vec<Befund> {
    let mut gesehen = BTreeSet::new();
    let mut befunde = Vec::new();
    for (i, p) in parameter.iter().enumerate() {
        if !gesehen.insert((p.schluessel.as_str(), p.gueltig_ab)) {
            befunde.push(
                Befund::neu(&PARAMETER_DOPPELT)
                    .ort(format!("/parameter/{i}"))
                    .gemessen("parameter", &p.schluessel, Einheit::Code)
                    .gemessen("gueltig_ab", p.gueltig_ab, Einheit::Datum),
            );
        }
    }
    befunde
}

impl Regelwerk {
    /// A draft. It takes all rows of `vorlage`; a row of `parameter` replaces the one with the same key and day.
    ///
    /// A draft may be incomplete or wrong: [`Regelwerk::pruefe`] says what still prevents its publication.
    pub fn entwerfen(
        version: String,
        bezeichnung: String,
        gueltig_ab: NaiveDate,
        parameter: Vec<Parameter>,
        vorlage: Option<&Regelwerk>,
        akteur: &Akteur,
    ) -> Regelwerk {
        let ersetzt =
            |p: &Parameter| parameter.iter().any(|n| (&n.schluessel, n.gueltig_ab) == (&p.schluessel, p.gueltig_ab));
        let uebernommen = vorlage.into_iter().flat_map(|v| &v.parameter).filter(|p| !ersetzt(p)).cloned().collect();
        Regelwerk {
            version,
            bezeichnung,
            gueltig_ab,
            status: RegelwerkStatus::Entwurf,
            erstellt_von: akteur.person.clone(),
            bearbeitet_von: Vec::new(),
            veroeffentlicht_von: None,
            parameter: geordnet([uebernommen, parameter].concat()),
        }
    }

    /// Replaces what is given; `parameter` is the complete list. Whoever changes a draft cannot publish it.
    ///
    /// # Errors
    /// `UNVERAENDERLICH` once it is published.
    pub fn aendern(
        &self,
        bezeichnung: Option<String>,
        gueltig_ab: Option<NaiveDate>,
        parameter: Option<Vec<Parameter>>,
        akteur: &Akteur,
    ) -> Result<Regelwerk, Befund> {
        if self.status != RegelwerkStatus::Entwurf {
            return Err(Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        }
        let mut bearbeitet_von = self.bearbeitet_von.clone();
        if !self.hat_mitgewirkt(&akteur.person) {
            bearbeitet_von.push(akteur.person.clone());
        }
        Ok(Regelwerk {
            bezeichnung: bezeichnung.unwrap_or_else(|| self.bezeichnung.clone()),
            gueltig_ab: gueltig_ab.unwrap_or(self.gueltig_ab),
            parameter: parameter.map_or_else(|| self.parameter.clone(), geordnet),
            bearbeitet_von,
            ..self.clone()
        })
    }

    /// The person drafted it or changed the draft.
    pub(super) fn hat_mitgewirkt(&self, person: &str) -> bool {
        gleiche_person(&self.erstellt_von, person) || self.bearbeitet_von.iter().any(|p| gleiche_person(p, person))
    }

    /// The rows that apply on `stichtag`: per key the latest that is valid by then.
    pub fn geltende(&self, stichtag: NaiveDate) -> Vec<Parameter> {
        let schluessel: BTreeSet<&str> = self.parameter.iter().map(|p| p.schluessel.as_str()).collect();
        schluessel.into_iter().filter_map(|s| self.zeile(s, stichtag).cloned()).collect()
    }

    /// All acts with the reasons that block them.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let person = if self.hat_mitgewirkt(&akteur.person) { &akteur.person } else { &self.erstellt_von };
        let vorbereitet = |_: &str| Some(person.clone());
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, vorbereitet, |_| self.pruefe())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::berechtigung::Rolle;
    use crate::regelwerk::{Parameterart, VEROEFFENTLICHUNG, he_alt, he_neu};
    use crate::zeit::tag;

    fn min(nr: u8) -> Akteur {
        Akteur { person: format!("min-{nr}"), rolle: Rolle::Ministerium, kreisschluessel: None, traeger_id: None }
    }

    fn bagatelle(wert: &str) -> Parameter {
        let p = he_alt().zeile("bagatellgrenze", tag(2026, 1, 1)).cloned().unwrap();
        Parameter { wert: Some(wert.to_owned()), ..p }
    }

    fn entwurf(parameter: Vec<Parameter>, vorlage: Option<&Regelwerk>) -> Regelwerk {
        Regelwerk::entwerfen("HE-T".into(), "Probe".into(), tag(2027, 1, 1), parameter, vorlage, &min(1))
    }

    #[test]
    fn vorlage_wird_je_schluessel_und_tag_ersetzt() {
        let alt = he_alt();
        let neu = entwurf(vec![bagatelle("1000.00")], Some(&alt));
        assert_eq!(neu.parameter.len(), alt.parameter.len());
        let u = crate::regelwerk::vergleiche(&alt, &neu);
        assert_eq!(u.iter().map(|u| u.schluessel.as_str()).collect::<Vec<_>>(), ["bagatellgrenze"]);
        let spaeter = Parameter { gueltig_ab: tag(2027, 1, 1), ..bagatelle("1000.00") };
        assert_eq!(entwurf(vec![spaeter], Some(&alt)).parameter.len(), alt.parameter.len() + 1);
        assert!(!entwurf(vec![], None).pruefe().is_empty(), "a draft may be incomplete");
    }

    #[test]
    fn doppelte_zeile_verhindert_die_veroeffentlichung() {
        let r = entwurf(vec![bagatelle("1.00"), bagatelle("2.00")], Some(&he_alt()));
        let e = r.veroeffentlichen(&min(2)).unwrap_err();
        assert_eq!(e.iter().map(|b| b.regel.kurzname).collect::<Vec<_>>(), ["PARAMETER_DOPPELT"]);
    }

    /// The second person must not have written anything of what is published.
    #[test]
    fn wer_aendert_veroeffentlicht_nicht() {
        let r = entwurf(vec![], Some(&he_alt()));
        assert!(r.veroeffentlichen(&min(2)).is_ok());
        let r = r.aendern(None, None, Some(vec![bagatelle("1.00")]), &min(2)).unwrap();
        assert_eq!(r.parameter.len(), 1);
        let r = r.aendern(Some("Neu".into()), None, Some(he_alt().parameter), &min(2)).unwrap();
        for (nr, soll) in [(1, "VIER_AUGEN"), (2, "VIER_AUGEN")] {
            assert_eq!(r.veroeffentlichen(&min(nr)).unwrap_err()[0].regel.kurzname, soll);
        }
        let fest = r.veroeffentlichen(&min(3)).unwrap().zustand;
        assert_eq!(fest.aendern(None, None, None, &min(1)).unwrap_err().regel.kurzname, "UNVERAENDERLICH");
    }

    #[test]
    fn geltende_zeilen_am_tag() {
        let wert = |t| {
            let g = he_neu().geltende(t);
            g.iter().find(|p| p.schluessel == "direktauftrag_grenze").and_then(|p| p.wert.clone())
        };
        assert_eq!(wert(tag(2026, 6, 30)).as_deref(), Some("10000.00"));
        assert_eq!(wert(tag(2026, 7, 1)).as_deref(), Some("100000.00"));
        assert!(he_neu().geltende(tag(2024, 12, 31)).is_empty());
    }

    #[test]
    fn aktionen_nennen_was_die_handlung_verweigert() {
        let mut r = entwurf(vec![], Some(&he_alt()));
        r.parameter.retain(|p| p.schluessel != "bagatellgrenze");
        let p = Parameter { art: Parameterart::Betrag, wert: Some("x".into()), ..bagatelle("0.00") };
        let r = r.aendern(None, None, Some([r.parameter.clone(), vec![p]].concat()), &min(1)).unwrap();
        for person in [1, 2] {
            let a = r.aktionen(&min(person));
            assert_eq!(a[0].akt, VEROEFFENTLICHUNG);
            assert_eq!(a[0].befunde, r.veroeffentlichen(&min(person)).unwrap_err());
        }
    }
}
