//! The proofs of one case: which filing counts, whose Belege are compared, what may be shown.

use super::{Nachweisangaben, Nachweislage};
use crate::beleg::verdeckt;
use crate::berechtigung::Sicht;
use crate::finanzierungsplan::LAND_AQB;
use crate::geld::{Euro, GeldFehler};
use crate::verwendungsnachweis::{
    Massnahmenabrechnung, NachweisStatus, Nachweiseinreichung, Nachweisurkunde, Verwendungsnachweis,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The current proofs of an application that were not withdrawn.
#[derive(Default)]
pub(super) struct Nachweisfall<'a> {
    alle: Vec<&'a Verwendungsnachweis>,
}

/// The filing that counts. A request for completion leaves it in force, a correction that is being written does not.
fn einreichung(n: &Verwendungsnachweis) -> Option<&Nachweiseinreichung> {
    n.einreichungen.last().filter(|_| n.status != NachweisStatus::Entwurf)
}

fn abrechnung(u: &Nachweisurkunde, massnahme_id: Uuid) -> Option<Massnahmenabrechnung> {
    u.abrechnung().into_iter().find(|m| m.massnahme_id == massnahme_id)
}

impl<'a> Nachweisfall<'a> {
    /// Takes a version, if it counts.
    pub(super) fn nimm(&mut self, n: &'a Verwendungsnachweis) {
        if n.aktuell && !matches!(n.status, NachweisStatus::Zurueckgezogen | NachweisStatus::Ersetzt) {
            self.alle.push(n);
        }
    }

    fn jahre(&self) -> impl Iterator<Item = &'a Verwendungsnachweis> {
        self.alle.iter().copied().filter(|n| n.haushaltsjahr.is_some())
    }

    fn eingereichte_jahre(&self) -> impl Iterator<Item = (&'a Verwendungsnachweis, &'a Nachweiseinreichung)> {
        self.jahre().filter_map(|n| Some((n, einreichung(n)?)))
    }

    /// The final proof that is filed.
    fn schluss(&self) -> Option<(&'a Verwendungsnachweis, &'a Nachweiseinreichung)> {
        self.alle.iter().copied().filter(|n| n.haushaltsjahr.is_none()).find_map(|n| Some((n, einreichung(n)?)))
    }

    pub(super) fn ids(&self) -> Vec<Uuid> {
        self.alle.iter().map(|n| n.id).collect()
    }

    pub(super) fn lage(&self) -> Nachweislage {
        match self.schluss().map(|(n, _)| n.status) {
            Some(NachweisStatus::Nachforderung) => Nachweislage::Nachforderung,
            Some(NachweisStatus::InPruefung) => Nachweislage::InPruefung,
            Some(NachweisStatus::Geprueft) => Nachweislage::Geprueft,
            Some(NachweisStatus::Abgeschlossen) => Nachweislage::Abgeschlossen,
            Some(_) => Nachweislage::Eingereicht,
            None if self.eingereichte_jahre().next().is_some() => Nachweislage::Zwischennachweis,
            None if self.alle.is_empty() => Nachweislage::Keiner,
            None => Nachweislage::Entwurf,
        }
    }

    /// What the authority decided about a Beleg of the case is still its own.
    pub(super) fn verdeckt(&self, sicht: &Sicht) -> bool {
        self.alle.iter().any(|n| verdeckt(n.status == NachweisStatus::Abgeschlossen, sicht))
    }

    /// Chains whose Belege stand in the case.
    pub(super) fn ketten(&self) -> BTreeSet<Uuid> {
        self.alle.iter().map(|n| n.kette_id).collect()
    }

    /// Chains whose Belege must agree with what is stated; none while nothing is filed, a list is open, or a proof that
    /// counts has none.
    pub(super) fn verglichene_ketten(&self) -> Option<BTreeSet<Uuid>> {
        let zaehlend: Vec<&Verwendungsnachweis> = match self.schluss() {
            Some((schluss, _)) => self.jahre().chain([schluss]).collect(),
            None => self.eingereichte_jahre().map(|(n, _)| n).collect(),
        };
        let fest = |n: &&Verwendungsnachweis| n.mit_belegliste && !n.aenderbar();
        (!zaehlend.is_empty() && zaehlend.iter().all(fest)).then(|| zaehlend.iter().map(|n| n.kette_id).collect())
    }

    /// What is stated of a measure; none while nothing is filed.
    pub(super) fn angaben(&self, massnahme_id: Uuid) -> Result<Option<Nachweisangaben>, GeldFehler> {
        let urkunden: Vec<&Nachweisurkunde> = match self.schluss() {
            Some((_, e)) => vec![&e.inhalt],
            None => self.eingereichte_jahre().map(|(_, e)| &e.inhalt).collect(),
        };
        let mut summe = (!urkunden.is_empty()).then(Nachweisangaben::default);
        for m in urkunden.into_iter().filter_map(|u| abrechnung(u, massnahme_id)) {
            let land = m.finanzierung.iter().filter(|f| f.quelle == LAND_AQB);
            let dazu = Nachweisangaben {
                ausgaben: Euro::summe(m.ausgaben.iter().flat_map(|a| [a.bisher, a.ist]))?,
                zuwendungsfaehig: Euro::summe(
                    m.ausgaben.iter().flat_map(|a| [a.bisher_zuwendungsfaehig, a.zuwendungsfaehig]),
                )?,
                landesmittel: Euro::summe(land.flat_map(|f| [f.bisher, f.ist]))?,
            };
            summe = summe.map(|s| s.plus(dazu)).transpose()?;
        }
        Ok(summe)
    }

    /// Eligible expenditure of a measure the final proof took over, and that of the Zwischennachweise in force; none
    /// without a final proof, or where there never was a Zwischennachweis.
    pub(super) fn uebernahme(&self, massnahme_id: Uuid) -> Result<Option<(Euro, Euro)>, GeldFehler> {
        let Some((_, e)) = self.schluss() else { return Ok(None) };
        if e.inhalt.grundlage.zwischennachweise.is_empty() && self.eingereichte_jahre().next().is_none() {
            return Ok(None);
        }
        let hier = abrechnung(&e.inhalt, massnahme_id);
        let uebernommen = Euro::summe(hier.iter().flat_map(|m| &m.ausgaben).map(|a| a.bisher_zuwendungsfaehig))?;
        let jahre = self.eingereichte_jahre().filter_map(|(_, e)| abrechnung(&e.inhalt, massnahme_id));
        let ausgaben: Vec<Euro> = jahre.flat_map(|m| m.ausgaben).map(|a| a.zuwendungsfaehig).collect();
        Ok(Some((uebernommen, Euro::summe(ausgaben)?)))
    }

    /// The Haushaltsjahre whose payments the state funds stated cover: those of the Zwischennachweise; all of them once
    /// there is a final proof.
    pub(super) fn umfasst(&self, haushaltsjahr: i32) -> bool {
        self.schluss().is_some() || self.eingereichte_jahre().any(|(n, _)| n.haushaltsjahr == Some(haushaltsjahr))
    }
}
