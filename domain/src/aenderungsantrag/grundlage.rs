//! The base moved: what changed meanwhile, which fields both sides changed, and bringing a draft up to date.

use super::{Aenderungsantrag, Aenderungsfakten, Bewilligungsstand, Grundlage, baum};
use crate::befund::{Befund, Einheit};
use crate::regel::{AENDERUNG_KONFLIKT, FELD_OHNE_KONFLIKT, GRUNDLAGE_VERALTET};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A field that the draft and another change made different things of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AenderungKonflikt))]
#[serde(deny_unknown_fields)]
pub struct Feldkonflikt {
    /// JSON pointer: `/massnahmen/M01/titel`, `/massnahmen/M01/finanzierungsplan/einzelansaetze/PERSONAL/2026`.
    #[cfg_attr(feature = "schema", schema(max_length = 300, examples("/massnahmen/M01/titel")))]
    pub feld: String,
    /// What both started from; absent where there was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub basis: Option<String>,
    /// What the draft says; absent where it removes the field.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub eigener: Option<String>,
    /// What is granted now; absent where the field is gone.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub jetziger: Option<String>,
}

impl Feldkonflikt {
    fn befund(&self) -> Befund {
        let wort = |w: &Option<String>| w.clone().unwrap_or_else(|| "–".to_owned());
        Befund::neu(&AENDERUNG_KONFLIKT)
            .ort(self.feld.as_str())
            .gemessen("pfad", &self.feld, Einheit::Text)
            .gemessen("feld", baum::feldname(&self.feld), Einheit::Text)
            .gemessen("basis", wort(&self.basis), Einheit::Text)
            .gemessen("eigener", wort(&self.eigener), Einheit::Text)
            .erlaubt("jetziger", wort(&self.jetziger), Einheit::Text)
    }
}

/// Body of the act that brings a draft up to date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "behalten": [], "uebernehmen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Aktualisierung {
    /// Fields in conflict in which the value of the draft stays.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 1000, examples(json!([]))))]
    pub behalten: Vec<Feldzeiger>,
    /// Fields in conflict in which the value that is granted now is taken over.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 1000, examples(json!([]))))]
    pub uebernehmen: Vec<Feldzeiger>,
}

/// JSON pointer to a field of a state, or to what contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(value_type = String, max_length = 300, pattern = r"^(/[^/\u0000-\u001F\u007F]+)+$", examples("/massnahmen/M01/titel"))
)]
#[serde(transparent)]
pub struct Feldzeiger(pub String);

impl Feldzeiger {
    /// It names the field in conflict, or what contains it.
    fn nennt(&self, k: &Feldkonflikt) -> bool {
        k.feld.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl Aenderungsantrag {
    /// The Bescheid or the granted state is no longer the one this draft builds on. Changes of the application that
    /// are no part of the state, such as the bank account, do not count.
    pub fn grundlage_bewegt(&self, f: &Aenderungsfakten) -> bool {
        self.bewegt(f.geltend.id, &f.stand)
    }

    fn bewegt(&self, geltend: Uuid, jetzt: &Bewilligungsstand) -> bool {
        self.grundlage.bescheid_id != geltend || self.stand != *jetzt
    }

    /// The state that is applied for over what is granted now: as written, or as bringing it up to date would make it.
    pub(super) fn neuer_stand_jetzt(&self, f: &Aenderungsfakten) -> Result<Bewilligungsstand, Befund> {
        if !self.grundlage_bewegt(f) {
            return Ok(self.neuer_stand.clone());
        }
        baum::stand(&self.verschmolzen(&f.stand)?.0)
    }

    /// What this draft and the state of now make of its base.
    fn verschmolzen(&self, jetzt: &Bewilligungsstand) -> Result<(Value, Vec<Feldkonflikt>), Befund> {
        let (basis, eigen, jetzt) = (baum::baum(&self.stand)?, baum::baum(&self.neuer_stand)?, baum::baum(jetzt)?);
        let mut konflikte = Vec::new();
        let neu = baum::verschmelze(Some(&basis), Some(&eigen), Some(&jetzt), "", &mut konflikte);
        Ok((neu.unwrap_or_default(), konflikte))
    }

    /// Conflicts the county has not decided: those of now, and those noted when the draft was brought up to date and
    /// whose own value was not touched since. `geltend` is the Bescheid that counts, `jetzt` what is granted now.
    ///
    /// # Errors
    /// `RECHENBEREICH` when a state cannot be compared.
    pub fn offene_konflikte(&self, geltend: Uuid, jetzt: &Bewilligungsstand) -> Result<Vec<Feldkonflikt>, Befund> {
        let eigen = baum::baum(&self.neuer_stand)?;
        let unberuehrt = |k: &&Feldkonflikt| eigen.pointer(&k.feld).map(baum::text) == k.eigener;
        let mut offen: Vec<Feldkonflikt> = self.konflikte.iter().filter(unberuehrt).cloned().collect();
        if self.bewegt(geltend, jetzt) {
            for k in self.verschmolzen(jetzt)?.1 {
                offen.retain(|o| o.feld != k.feld);
                offen.push(k);
            }
        }
        Ok(offen)
    }

    /// Why the draft cannot be filed or decided on the base of now.
    pub(super) fn pruefe_grundlage(&self, f: &Aenderungsfakten) -> Vec<Befund> {
        let offen = match self.offene_konflikte(f.geltend.id, &f.stand) {
            Ok(offen) => offen,
            Err(b) => return vec![b],
        };
        let bewegt = self.grundlage_bewegt(f).then(|| {
            Befund::neu(&GRUNDLAGE_VERALTET)
                .ort("/grundlage")
                .gemessen("bescheid", self.grundlage.bescheid_id, Einheit::Code)
                .erlaubt("geltend", f.geltend.id, Einheit::Code)
        });
        bewegt.into_iter().chain(offen.iter().map(Feldkonflikt::befund)).collect()
    }

    /// The draft on the base of now: what does not conflict is taken over, conflicts keep the own value and stay
    /// listed until they are decided.
    ///
    /// # Errors
    /// `FELD_OHNE_KONFLIKT` for a named field that is in no conflict, `RECHENBEREICH`.
    pub(super) fn auf_stand_gebracht(
        &self,
        f: &Aenderungsfakten,
        eingabe: &Aktualisierung,
    ) -> Result<Aenderungsantrag, Vec<Befund>> {
        let eins = |b: Befund| vec![b];
        let offen = self.offene_konflikte(f.geltend.id, &f.stand).map_err(eins)?;
        let genannt = [("behalten", &eingabe.behalten), ("uebernehmen", &eingabe.uebernehmen)];
        let unbekannt: Vec<Befund> = genannt
            .iter()
            .flat_map(|(liste, felder)| felder.iter().enumerate().map(move |(i, z)| (liste, i, z)))
            .filter(|(_, _, z)| !offen.iter().any(|k| z.nennt(k)))
            .map(|(liste, i, z)| {
                Befund::neu(&FELD_OHNE_KONFLIKT).ort(format!("/{liste}/{i}")).gemessen("pfad", &z.0, Einheit::Text)
            })
            .collect();
        if !unbekannt.is_empty() {
            return Err(unbekannt);
        }
        let (mut neu, _) = self.verschmolzen(&f.stand).map_err(eins)?;
        let jetzt = baum::baum(&f.stand).map_err(eins)?;
        for k in offen.iter().filter(|k| eingabe.uebernehmen.iter().any(|z| z.nennt(k))) {
            baum::setze(&mut neu, &k.feld, jetzt.pointer(&k.feld).cloned());
        }
        let entschieden = |k: &Feldkonflikt| genannt.iter().any(|(_, felder)| felder.iter().any(|z| z.nennt(k)));
        Ok(Aenderungsantrag {
            grundlage: Grundlage::aus(&f.antrag, &f.geltend),
            stand: f.stand.clone(),
            neuer_stand: baum::stand(&neu).map_err(eins)?,
            konflikte: offen.into_iter().filter(|k| !entschieden(k)).collect(),
            ..self.clone()
        })
    }
}
