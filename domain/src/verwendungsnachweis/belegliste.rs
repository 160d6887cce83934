//! The proof and its Belegliste: the figures of both must agree, and who signs the one signs the other.

use super::{Nachweisfakten, Nachweisunterzeichnung, Verwendungsnachweis};
use crate::befund::{Befund, Einheit};
use crate::beleg::{Belegstelle, Belegsumme, pruefe_nummern};
use crate::berechtigung::{Akteur, gleiche_person};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler};
use crate::regel::{
    ANGABE_FEHLT, BELEGLISTE_GEAENDERT, BELEGLISTE_NICHT_UNTERZEICHNET, BELEGLISTE_UNGEDECKT, BELEGSUMME_WEICHT_AB,
    RECHENBEREICH, Regel, VIER_AUGEN,
};
use crate::regelwerk::Regelwerk;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The Belegliste of a chain as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beleglistenstand {
    /// SHA-256 over the list.
    pub sha256: String,
    /// Its sums per place.
    pub summen: BTreeMap<Belegstelle, Belegsumme>,
    /// How many Belege it has, and their smallest and largest number.
    pub nummern: (i64, Option<i64>, Option<i64>),
    /// Who wrote in it since it was signed last.
    pub schreiber: BTreeSet<String>,
}

/// A Belegliste as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Beleglistenverweis {
    /// Number of Belege.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub anzahl: i64,
    /// SHA-256 over the list.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
}

impl Beleglistenstand {
    /// The list as a signature refers to it.
    pub fn verweis(&self) -> Beleglistenverweis {
        let anzahl = self.summen.values().fold(0i64, |n, s| n.saturating_add(s.anzahl));
        Beleglistenverweis { anzahl, sha256: self.sha256.clone() }
    }

    /// Claimed per measure and cost position.
    fn beantragt(&self) -> Result<BTreeMap<(Uuid, &str), Euro>, GeldFehler> {
        let mut je = BTreeMap::new();
        for (stelle, s) in &self.summen {
            crate::finanzierungsplan::addiere(&mut je, (stelle.massnahme_id, stelle.position.as_str()), s.beantragt)?;
        }
        Ok(je)
    }
}

impl Verwendungsnachweis {
    /// The list is numbered without a gap, and every line of the proof is what its Belege add up to (parameter
    /// `summen_toleranz`); only kinds with a Belegliste know this.
    pub fn pruefe_belegliste(&self, liste: Option<&Beleglistenstand>, regelwerk: &Regelwerk) -> Vec<Befund> {
        let Some(liste) = liste.filter(|_| self.mit_belegliste) else { return Vec::new() };
        let toleranz = match regelwerk.betrag("summen_toleranz", stichtag(self.jahrgang)) {
            Ok(t) => t,
            Err(b) => return vec![b],
        };
        let Ok(belege) = liste.beantragt() else { return vec![Befund::neu(&RECHENBEREICH)] };
        let (anzahl, kleinste, groesste) = liste.nummern;
        let mut befunde: Vec<Befund> = pruefe_nummern(anzahl, kleinste, groesste).into_iter().collect();
        for m in self.abrechnung() {
            let alle = belege.keys().filter(|k| k.0 == m.massnahme_id).map(|k| k.1.to_owned());
            let mut positionen: Vec<String> = m.ausgaben.iter().map(|a| a.position.clone()).chain(alle).collect();
            positionen.sort();
            positionen.dedup();
            for position in positionen {
                let zeile = m.ausgaben.iter().find(|a| a.position == position);
                let nachgewiesen = zeile.map(|a| a.zuwendungsfaehig).unwrap_or_default();
                let aus_belegen = belege.get(&(m.massnahme_id, position.as_str())).copied().unwrap_or_default();
                befunde.extend(weicht_ab(&m.massnahme_nr, &position, (nachgewiesen, aus_belegen), toleranz));
            }
        }
        befunde
    }

    /// The list is another one than was signed at the last filing; only kinds with a Belegliste know this.
    fn andere_liste(&self, regel: &'static Regel, sha256: &str) -> Option<Befund> {
        let unterzeichnet = self.einreichungen.last()?.belegliste.as_ref()?;
        (unterzeichnet.sha256 != sha256).then(|| {
            Befund::neu(regel).gemessen("gefunden", sha256, Einheit::Text).erlaubt(
                "unterzeichnet",
                &unterzeichnet.sha256,
                Einheit::Text,
            )
        })
    }

    /// `BELEGLISTE_NICHT_UNTERZEICHNET`: what was signed may count again only with the list that was signed.
    pub(super) fn pruefe_wiederkehr(&self, sha256: &str) -> Option<Befund> {
        self.andere_liste(&BELEGLISTE_NICHT_UNTERZEICHNET, sha256)
    }

    /// `BELEGLISTE_UNGEDECKT`: what is examined is not what was signed.
    pub fn pruefe_deckung(&self, sha256: &str) -> Option<Befund> {
        self.andere_liste(&BELEGLISTE_UNGEDECKT, sha256)
    }

    /// `VIER_AUGEN`: nobody who wrote in the list signs it.
    pub(super) fn pruefe_listenschreiber(&self, f: &Nachweisfakten<'_>, akteur: &Akteur) -> Option<Befund> {
        let liste = f.belegliste.filter(|_| self.mit_belegliste && self.vier_augen)?;
        let schrieb = liste.schreiber.iter().any(|p| gleiche_person(p, &akteur.person));
        schrieb.then(|| Befund::neu(&VIER_AUGEN).gemessen("person", &akteur.person, Einheit::Text))
    }

    /// The signature covers the list: its checksum is named, and is the one of now.
    pub(super) fn pruefe_listenunterschrift(
        &self,
        e: &Nachweisunterzeichnung,
        f: &Nachweisfakten<'_>,
    ) -> Option<Befund> {
        const ORT: &str = "/belegliste_sha256";
        let liste = f.belegliste.filter(|_| self.mit_belegliste)?;
        match &e.belegliste_sha256 {
            None => Some(Befund::neu(&ANGABE_FEHLT).ort(ORT).gemessen("feld", "belegliste_sha256", Einheit::Code)),
            Some(genannt) => (*genannt != liste.sha256).then(|| {
                Befund::neu(&BELEGLISTE_GEAENDERT).ort(ORT).gemessen("gefunden", genannt, Einheit::Text).erlaubt(
                    "festgeschrieben",
                    &liste.sha256,
                    Einheit::Text,
                )
            }),
        }
    }
}

fn weicht_ab(nr: &str, position: &str, (nachgewiesen, belege): (Euro, Euro), toleranz: Euro) -> Option<Befund> {
    let Ok(abstand) = nachgewiesen.minus(belege) else { return Some(Befund::neu(&RECHENBEREICH)) };
    let betrag = abstand.max(abstand.negativ());
    (betrag > toleranz).then(|| {
        Befund::neu(&BELEGSUMME_WEICHT_AB)
            .ort(format!("/inhalt/massnahmen/{nr}/ausgaben/{position}"))
            .gemessen("massnahme", nr, Einheit::Code)
            .gemessen("position", position, Einheit::Code)
            .betrag("nachgewiesen", nachgewiesen, "belege", belege)
    })
}
