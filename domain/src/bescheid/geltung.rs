//! What is granted now: of all Bescheide of a case, the last issued one that grants says it alone.

use super::{Bescheid, BescheidStatus, Bescheidart};
use crate::geld::{Euro, GeldFehler};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Measure, Teilbudget, Haushaltsjahr: the place for which money is granted.
pub type Bewilligungsstelle = (Uuid, String, i32);

impl Bescheidart {
    /// Such a Bescheid says what is granted, in place of the one before; the others leave the grant as it is.
    pub const fn bewilligt(self) -> bool {
        matches!(self, Bescheidart::Zuwendung | Bescheidart::Aenderung)
    }
}

impl Bescheid {
    /// It was issued and neither a draft nor discarded.
    pub fn erlassen(&self) -> bool {
        matches!(self.status, BescheidStatus::Erlassen | BescheidStatus::Bekanntgegeben)
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
