//! What is granted now: of all Bescheide of a case, the last issued one that grants says it alone.

use super::{Bescheid, BescheidStatus, Bescheidart};
use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, GeldFehler};
use crate::regel::FALL_ABGESCHLOSSEN;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Measure, Teilbudget, Haushaltsjahr: the place for which money is granted.
pub type Bewilligungsstelle = (Uuid, String, i32);

impl Bescheidart {
    /// Such a Bescheid says what is granted, in place of the one before; the others leave the grant as it is.
    pub const fn bewilligt(self) -> bool {
        matches!(
            self,
            Bescheidart::Zuwendung
                | Bescheidart::Aenderung
                | Bescheidart::Schluss
                | Bescheidart::Widerruf
                | Bescheidart::Ruecknahme
        )
    }
}

impl Bescheid {
    /// It was issued and neither a draft nor discarded.
    pub fn erlassen(&self) -> bool {
        matches!(self.status, BescheidStatus::Erlassen | BescheidStatus::Bekanntgegeben)
    }

    /// The finding that a final decision has closed the case, where this is one.
    pub fn fall_abgeschlossen(&self) -> Option<Befund> {
        self.inhalt
            .schluss
            .as_ref()
            .map(|_| Befund::neu(&FALL_ABGESCHLOSSEN).gemessen("bescheid", self.id, Einheit::Code))
    }

    /// What it grants per measure, Teilbudget and Haushaltsjahr; places without money are left out.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn bewilligt_je(&self) -> Result<BTreeMap<Bewilligungsstelle, Euro>, GeldFehler> {
        let mut je = BTreeMap::new();
        for p in self.inhalt.positionen.iter().filter(|p| p.bewilligt.ist_positiv()) {
            let stelle = (p.massnahme_id, p.teilbudget.clone(), p.haushaltsjahr);
            crate::finanzierungsplan::addiere(&mut je, stelle, p.bewilligt)?;
        }
        Ok(je)
    }
}

/// The Bescheid that says what is granted now; none while nothing is granted.
pub fn geltend<'b>(bescheide: impl IntoIterator<Item = &'b Bescheid>) -> Option<&'b Bescheid> {
    let gilt = |b: &&Bescheid| b.erlassen() && b.inhalt.art.bewilligt();
    bescheide.into_iter().filter(gilt).max_by_key(|b| b.inhalt.kettenglied)
}

/// On what a case can call money on a day.
///
/// A change binds the budget when it is released, but it takes the place of the grant before when it is notified
/// (§ 43 HVwVfG), and it is settled when it can no longer be appealed. Until then a place can call no more than the
/// lowest amount of the last final grant and of every one released since: whatever becomes of the appeal, nothing was
/// paid that is not granted.
#[derive(Debug, Clone, Default)]
pub struct Abrufgrundlage<'b> {
    /// The Bescheid in force: the last one that grants and is effective; none before the first notification.
    pub wirksam: Option<&'b Bescheid>,
    /// The last one that was released and is not final although an earlier one is: it limits what can be called.
    pub vorlaeufig: Option<&'b Bescheid>,
    /// What the last final grant and every one released since give per place.
    grenzen: Vec<BTreeMap<Bewilligungsstelle, Euro>>,
    /// Place in the chain of the first Bescheid that is final.
    final_ab: Option<i32>,
}

impl<'b> Abrufgrundlage<'b> {
    /// Of the Bescheide of one case on the legal day `tag`.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn aus(bescheide: impl IntoIterator<Item = &'b Bescheid>, tag: NaiveDate) -> Result<Self, GeldFehler> {
        let mut kette: Vec<&Bescheid> =
            bescheide.into_iter().filter(|b| b.erlassen() && b.inhalt.art.bewilligt()).collect();
        kette.sort_by_key(|b| b.inhalt.kettenglied);
        let endgueltig = |b: &&Bescheid| b.bestandskraeftig(tag);
        let ab = kette.iter().rposition(endgueltig);
        let seither: Vec<&Bescheid> = kette.iter().skip(ab.unwrap_or_default()).copied().collect();
        Ok(Abrufgrundlage {
            wirksam: kette.iter().rev().find(|b| b.wirksam(tag)).copied(),
            vorlaeufig: ab.and_then(|_| seither.iter().skip(1).next_back().copied()),
            grenzen: seither.iter().map(|b| b.bewilligt_je()).collect::<Result<_, _>>()?,
            final_ab: kette.iter().find(|b| endgueltig(b)).map(|b| b.inhalt.kettenglied),
        })
    }

    /// Most that can be called for a place in all.
    pub fn hoechstens(&self, stelle: &Bewilligungsstelle) -> Euro {
        self.grenzen.iter().map(|g| g.get(stelle).copied().unwrap_or_default()).min().unwrap_or_default()
    }

    /// Calls under this Bescheid rest on a grant that is final: it is, or one before it.
    pub fn endgueltig(&self, bescheid: &Bescheid) -> bool {
        self.final_ab.is_some_and(|ab| ab <= bescheid.inhalt.kettenglied)
    }
}
