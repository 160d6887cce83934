//! The granted state of a case as a typed snapshot, and how a county edits its copy.

use crate::antrag::{Antrag, MASSNAHMEN_HOECHSTENS, MassnahmeMitPlan};
use crate::befund::{Befund, Einheit};
use crate::bescheid::{BeantragtePosition, Bescheid, Bewilligungsstelle};
use crate::detailplanung::Detailplanung;
use crate::finanzierungsplan::{LAND_AQB, addiere};
use crate::geld::{Euro, GeldFehler};
use crate::katalog::Massnahmeart;
use crate::massnahme::Massnahme;
use crate::regel::{MASSNAHME_NR_DOPPELT, MASSNAHMEN_ZU_VIELE, RECHENBEREICH};
use crate::zeit::Zeitraum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Everything that is granted in a case: the period, and the measures with their contents and plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bewilligungsstand {
    /// Period in which costs count.
    pub bewilligungszeitraum: Zeitraum,
    /// Measures in the order of their numbers; state funds as granted.
    pub massnahmen: Vec<MassnahmeMitPlan>,
}

/// A place of the grant as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stellenname {
    /// Number of the measure.
    pub massnahme_nr: String,
    /// Its kind.
    pub massnahmeart: Massnahmeart,
}

impl Bewilligungsstand {
    /// What `bescheid` grants of `antrag`: measures without a grant are left out, state funds are the granted amounts.
    ///
    /// # Errors
    /// `RECHENBEREICH` when a sum cannot be represented.
    pub fn aus(antrag: &Antrag, bescheid: &Bescheid) -> Result<Bewilligungsstand, Befund> {
        let bewilligt = bescheid.bewilligt_je().map_err(|_| Befund::neu(&RECHENBEREICH))?;
        let massnahmen = antrag
            .massnahmen
            .iter()
            .filter(|m| bewilligt.keys().any(|(id, ..)| *id == m.massnahme.id))
            .map(|m| {
                let mut m = m.clone();
                let inhalt = &mut m.massnahme.inhalt;
                for z in inhalt.finanzierungsplan.finanzierung.iter_mut().filter(|z| z.quelle == LAND_AQB) {
                    let stelle = (m.massnahme.id, inhalt.teilbudget.clone(), z.haushaltsjahr);
                    z.betrag = bewilligt.get(&stelle).copied().unwrap_or_default();
                }
                inhalt.finanzierungsplan.finanzierung.retain(|z| z.quelle != LAND_AQB || z.betrag.ist_positiv());
                m
            })
            .collect();
        let beantragt = antrag.inhalt.bewilligungszeitraum;
        let zeitraum = bescheid.inhalt.bewilligungszeitraum.or(beantragt);
        let leer = Zeitraum { von: chrono::NaiveDate::MAX, bis: chrono::NaiveDate::MIN };
        Ok(Bewilligungsstand { bewilligungszeitraum: zeitraum.unwrap_or(leer), massnahmen })
    }

    /// The application with this state in place of its own.
    pub fn im_antrag(&self, antrag: &Antrag) -> Antrag {
        let mut neu = antrag.clone();
        neu.inhalt.bewilligungszeitraum = Some(self.bewilligungszeitraum);
        neu.massnahmen.clone_from(&self.massnahmen);
        neu
    }

    /// State funds per measure, Teilbudget and Haushaltsjahr, amounts above 0.00.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn landesmittel(&self) -> Result<BTreeMap<Bewilligungsstelle, Euro>, GeldFehler> {
        let mut je = BTreeMap::new();
        for m in self.massnahmen.iter().map(|m| &m.massnahme) {
            for (jahr, betrag) in m.inhalt.finanzierungsplan.land_je_jahr()? {
                if betrag.ist_positiv() {
                    addiere(&mut je, (m.id, m.inhalt.teilbudget.clone(), jahr), betrag)?;
                }
            }
        }
        Ok(je)
    }

    /// The measure of this id.
    pub fn massnahme(&self, id: Uuid) -> Option<&MassnahmeMitPlan> {
        self.massnahmen.iter().find(|m| m.massnahme.id == id)
    }

    /// What people call the measure of this id.
    pub(super) fn name(&self, id: Uuid) -> Option<Stellenname> {
        self.massnahme(id).map(|m| Stellenname {
            massnahme_nr: m.massnahme.massnahme_nr.clone(),
            massnahmeart: m.massnahme.massnahmeart(),
        })
    }

    /// The state with one measure more; `vergeben` are numbers of measures that were dropped before.
    ///
    /// # Errors
    /// `MASSNAHME_NR_DOPPELT`, `MASSNAHMEN_ZU_VIELE`.
    pub fn mit_massnahme(&self, massnahme: Massnahme, vergeben: &[String]) -> Result<Bewilligungsstand, Vec<Befund>> {
        let nr = &massnahme.massnahme_nr;
        let mut befunde: Vec<Befund> = Vec::new();
        if vergeben.contains(nr) || self.massnahmen.iter().any(|m| m.massnahme.massnahme_nr == *nr) {
            befunde.push(Befund::neu(&MASSNAHME_NR_DOPPELT).ort("/massnahme_nr").gemessen(
                "massnahme",
                nr,
                Einheit::Code,
            ));
        }
        let anzahl = self.massnahmen.len().saturating_add(1);
        if anzahl > MASSNAHMEN_HOECHSTENS {
            befunde.push(
                Befund::neu(&MASSNAHMEN_ZU_VIELE)
                    .ort("/massnahmen")
                    .gemessen("anzahl", anzahl, Einheit::Anzahl)
                    .erlaubt("hoechstens", MASSNAHMEN_HOECHSTENS, Einheit::Anzahl),
            );
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let mut neu = self.clone();
        neu.massnahmen.push(MassnahmeMitPlan { massnahme, detailplanung: None });
        neu.massnahmen.sort_by(|a, b| a.massnahme.massnahme_nr.cmp(&b.massnahme.massnahme_nr));
        Ok(neu)
    }

    /// The state with another content of one measure.
    #[must_use]
    pub fn mit_inhalt(&self, massnahme: &Massnahme) -> Bewilligungsstand {
        let mut neu = self.clone();
        for m in neu.massnahmen.iter_mut().filter(|m| m.massnahme.id == massnahme.id) {
            m.massnahme = massnahme.clone();
        }
        neu
    }

    /// The state with another Detailplanung of one measure.
    #[must_use]
    pub fn mit_plan(&self, id: Uuid, plan: &Detailplanung) -> Bewilligungsstand {
        let mut neu = self.clone();
        for m in neu.massnahmen.iter_mut().filter(|m| m.massnahme.id == id) {
            m.detailplanung = Some(plan.clone());
        }
        neu
    }

    /// The state without one measure.
    #[must_use]
    pub fn ohne_massnahme(&self, id: Uuid) -> Bewilligungsstand {
        let mut neu = self.clone();
        neu.massnahmen.retain(|m| m.massnahme.id != id);
        neu
    }
}

/// What a Bescheid about this change says per place: every place with money before or after.
///
/// # Errors
/// [`GeldFehler::Bereich`] when a sum cannot be represented.
pub fn positionen(alt: &Bewilligungsstand, neu: &Bewilligungsstand) -> Result<Vec<BeantragtePosition>, GeldFehler> {
    let (vorher, nachher) = (alt.landesmittel()?, neu.landesmittel()?);
    let mut stellen: Vec<&Bewilligungsstelle> = vorher.keys().chain(nachher.keys()).collect();
    let name = |id: Uuid| neu.name(id).or_else(|| alt.name(id));
    stellen.sort_by_key(|s| (name(s.0).map(|n| n.massnahme_nr), s.2, s.1.clone()));
    stellen.dedup();
    Ok(stellen
        .into_iter()
        .filter_map(|s| {
            let Stellenname { massnahme_nr, massnahmeart } = name(s.0)?;
            Some(BeantragtePosition {
                massnahme_id: s.0,
                massnahme_nr,
                massnahmeart,
                teilbudget: s.1.clone(),
                haushaltsjahr: s.2,
                beantragt: nachher.get(s).copied().unwrap_or_default(),
                bisher: Some(vorher.get(s).copied().unwrap_or_default()),
            })
        })
        .collect())
}
