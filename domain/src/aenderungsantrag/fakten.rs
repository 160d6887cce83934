//! What the rules of a change need from outside, read in the transaction of the act.

use super::{Ansaetze, Bewilligungsstand, Folgeabruf};
use crate::antrag::{Antrag, Antragsfakten};
use crate::bescheid::{Bescheid, Bewilligungsstelle};
use crate::frist::Frist;
use crate::geld::Euro;
use crate::konto::Kontoart;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Money that moved onto or off a place's account of paid out money: a payment, or one that came back (negative).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zahlungsbewegung {
    /// Place.
    pub stelle: Bewilligungsstelle,
    /// What caused it: a payment and its return have the same cause.
    pub vorgang: String,
    /// Legal day; the value date of a payment.
    pub am: NaiveDate,
    /// Amount.
    pub betrag: Euro,
}

/// A call for money that is filed and not yet paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffenerAbruf {
    /// Number of the call in its case.
    pub abruf_nr: i64,
    /// Place.
    pub stelle: Bewilligungsstelle,
    /// What it still reserves there.
    pub betrag: Euro,
    /// Its id.
    pub mittelabruf_id: Uuid,
}

/// What lies in the ledger for the measures of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Geldstand {
    /// Balance per place and kind of account.
    pub salden: BTreeMap<(Bewilligungsstelle, Kontoart), Euro>,
    /// Payments and returns in order of their days.
    pub zahlungen: Vec<Zahlungsbewegung>,
    /// Calls whose money is reserved and not yet paid.
    pub abrufe: Vec<OffenerAbruf>,
}

impl Geldstand {
    /// Balance of one kind of account at a place.
    pub fn saldo(&self, stelle: &Bewilligungsstelle, art: Kontoart) -> Euro {
        self.salden.get(&(stelle.clone(), art)).copied().unwrap_or_default()
    }

    /// The open calls at a place by their numbers.
    pub(super) fn abrufe_an(&self, stelle: &Bewilligungsstelle) -> Vec<Folgeabruf> {
        let hier = self.abrufe.iter().filter(|a| a.stelle == *stelle && a.betrag.ist_positiv());
        let mut abrufe: Vec<Folgeabruf> = hier
            .map(|a| Folgeabruf { mittelabruf_id: a.mittelabruf_id, abruf_nr: a.abruf_nr, betrag: a.betrag })
            .collect();
        abrufe.sort_by_key(|a| a.abruf_nr);
        abrufe
    }

    /// Numbers of the open calls at a place, for people.
    pub(super) fn abrufnummern(&self, stelle: &Bewilligungsstelle) -> String {
        let nummern: Vec<String> = self.abrufe_an(stelle).iter().map(|a| a.abruf_nr.to_string()).collect();
        if nummern.is_empty() { "–".to_owned() } else { nummern.join(", ") }
    }
}

/// Everything the rules of a change need.
#[derive(Debug, Clone)]
pub struct Aenderungsfakten {
    /// The application now.
    pub antrag: Antrag,
    /// The Bescheid that says what is granted now.
    pub geltend: Bescheid,
    /// The granted state now.
    pub stand: Bewilligungsstand,
    /// Lines of the plans as the Bescheid that counts decided them; shifts are measured against these.
    pub beschieden: Ansaetze,
    /// What the rules of an application need; free budget without what this case binds, and what is bound per kind
    /// without this case.
    pub regeln: Antragsfakten,
    /// The ledger.
    pub geld: Geldstand,
    /// Numbers of measures that were dropped before.
    pub vergebene_nummern: Vec<String>,
    /// Id of a Bescheid of this case that is drafted and neither released nor discarded.
    pub entwurf: Option<Uuid>,
    /// Deadlines that Bescheide of this case set and that are open or met.
    pub fristen: Vec<Frist>,
}
