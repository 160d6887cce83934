//! What must hold before the text of a Zielvereinbarung is fixed.

use super::{Ziel, Zielvereinbarung};
use crate::befund::{Befund, Einheit};
use crate::budget::{Budgetposition, pruefe_positionen};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::jahrgang::Jahrgang;
use crate::katalog::{Katalogstand, name};
use crate::regel::{
    ANGABE_FEHLT, STRATEGIE_FEHLT, VERWEIS_UNBEKANNT, ZIELGESPRAECH_SPAET, ZIELGRUPPE_UNZULAESSIG,
    ZIELVEREINBARUNG_BUDGET,
};
use crate::regelwerk::Regelwerk;
use crate::strategie::Strategie;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the checks need to know.
#[derive(Debug, Clone, Copy)]
pub struct Abstimmungsfakten<'a> {
    /// The Jahrgang.
    pub jahrgang: &'a Jahrgang,
    /// Its Regelwerk.
    pub regelwerk: &'a Regelwerk,
    /// Catalogue state.
    pub katalog: &'a Katalogstand,
    /// The strategy the agreement names, if it exists.
    pub strategie: Option<&'a Strategie>,
    /// What is allocated to the Gebietskoerperschaft now, per Teilbudget and Haushaltsjahr (the ledger's `zugeteilt`).
    pub zugeteilt: &'a [Budgetposition],
}

/// What the acts of a Zielvereinbarung need to know beside it.
#[derive(Debug, Clone, Copy)]
pub struct Vereinbarungsfakten<'a> {
    /// What decides whether its text can be fixed.
    pub abstimmung: Abstimmungsfakten<'a>,
    /// The stored record of `vorgaenger_id`.
    pub vorgaenger: Option<&'a Zielvereinbarung>,
    /// A Nachtrag to this version that exists already.
    pub nachtrag: Option<Uuid>,
}

impl Zielvereinbarung {
    /// All findings about the content, blocking ones and hints.
    pub fn pruefe(&self, fakten: &Abstimmungsfakten<'_>) -> Vec<Befund> {
        let mut befunde = Vec::new();
        if fakten.jahrgang.jahrgang != self.jahrgang {
            befunde.push(Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Jahrgang", Einheit::Text).gemessen(
                "schluessel",
                fakten.jahrgang.jahrgang,
                Einheit::Anzahl,
            ));
        }
        befunde.extend(fakten.jahrgang.pruefe_offen());
        befunde.extend(self.pruefe_strategie(fakten.strategie));
        match fakten.jahrgang.fenster(fakten.regelwerk) {
            Ok(f) => {
                befunde.extend(pruefe_positionen(
                    &self.inhalt.budget_positionen,
                    f,
                    fakten.katalog,
                    "/inhalt/budget_positionen",
                ));
            }
            Err(b) => befunde.push(b),
        }
        befunde.extend(self.pruefe_budget(fakten));
        if self.inhalt.ziele.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/inhalt/ziele").gemessen("feld", "ziele", Einheit::Code));
        }
        for (i, z) in self.inhalt.ziele.iter().enumerate() {
            befunde.extend(pruefe_zielgruppe(z, i, self.jahrgang, fakten));
        }
        befunde.extend(self.pruefe_gespraech(fakten.regelwerk));
        befunde
    }

    fn pruefe_strategie(&self, strategie: Option<&Strategie>) -> Option<Befund> {
        let gut = strategie
            .is_some_and(|s| s.id == self.inhalt.strategie_id && s.traegt(&self.kreisschluessel, self.jahrgang));
        (!gut).then(|| {
            Befund::neu(&STRATEGIE_FEHLT)
                .ort("/inhalt/strategie_id")
                .gemessen("kreisschluessel", &self.kreisschluessel, Einheit::Code)
                .erlaubt("stichtag", stichtag(self.jahrgang), Einheit::Datum)
        })
    }

    /// Agreed amounts against allocated ones, place by place: equal (`GLEICH`) or at most (`HOECHSTENS`).
    fn pruefe_budget(&self, fakten: &Abstimmungsfakten<'_>) -> Vec<Befund> {
        let gleich = match fakten.regelwerk.code("zielvereinbarung_summe_modus", stichtag(self.jahrgang)) {
            Ok(modus) => modus != "HOECHSTENS",
            Err(b) => return vec![b],
        };
        let mut stellen = BTreeMap::<(&str, i32), (Euro, Euro)>::new();
        for p in &self.inhalt.budget_positionen {
            let s = stellen.entry((&p.teilbudget, p.haushaltsjahr)).or_default();
            s.0 = s.0.plus(p.betrag).unwrap_or(s.0);
        }
        for p in fakten.zugeteilt {
            let s = stellen.entry((&p.teilbudget, p.haushaltsjahr)).or_default();
            s.1 = s.1.plus(p.betrag).unwrap_or(s.1);
        }
        let abweichend = |v: Euro, z: Euro| v > z || (gleich && v != z);
        stellen
            .into_iter()
            .filter(|(_, (v, z))| abweichend(*v, *z))
            .map(|((teilbudget, haushaltsjahr), (vereinbart, zugeteilt))| {
                Befund::neu(&ZIELVEREINBARUNG_BUDGET)
                    .ort("/inhalt/budget_positionen")
                    .gemessen("teilbudget", teilbudget, Einheit::Code)
                    .gemessen("haushaltsjahr", haushaltsjahr, Einheit::Anzahl)
                    .betrag("vereinbart", vereinbart, "zugeteilt", zugeteilt)
                    .regelwerk(&fakten.regelwerk.version)
            })
            .collect()
    }

    fn pruefe_gespraech(&self, regelwerk: &Regelwerk) -> Option<Befund> {
        let gespraech = self.inhalt.gespraech_am?;
        match regelwerk.tag_im_jahr("zielvereinbarung_bis", self.jahrgang, stichtag(self.jahrgang)) {
            Ok(bis) => (gespraech > bis).then(|| {
                Befund::neu(&ZIELGESPRAECH_SPAET)
                    .ort("/inhalt/gespraech_am")
                    .gemessen("gespraech", gespraech, Einheit::Datum)
                    .erlaubt("bis", bis, Einheit::Datum)
                    .regelwerk(&regelwerk.version)
            }),
            Err(b) => Some(b),
        }
    }
}

/// The Zielgruppe is a known code and admissible for the kind of measure.
fn pruefe_zielgruppe(ziel: &Ziel, i: usize, jahrgang: i32, fakten: &Abstimmungsfakten<'_>) -> Option<Befund> {
    let ort = format!("/inhalt/ziele/{i}/zielgruppe");
    if let Some(b) = fakten.katalog.pruefe(name::ZIELGRUPPEN, &ziel.zielgruppe, &ort) {
        return Some(b);
    }
    let zulaessig = match fakten.regelwerk.codes(ziel.massnahmeart.zielgruppen_parameter(), stichtag(jahrgang)) {
        Ok(codes) => codes,
        Err(b) => return Some(b),
    };
    (!zulaessig.contains(&ziel.zielgruppe)).then(|| {
        Befund::neu(&ZIELGRUPPE_UNZULAESSIG)
            .ort(ort)
            .gemessen("zielgruppe", &ziel.zielgruppe, Einheit::Code)
            .gemessen("massnahmeart", ziel.massnahmeart, Einheit::Code)
            .erlaubt("zulaessig", zulaessig.join(", "), Einheit::Code)
            .regelwerk(&fakten.regelwerk.version)
    })
}
