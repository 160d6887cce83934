//! Forderung: what a Gebietskoerperschaft has to pay back, and the interest on it. It arises with the release of the
//! Bescheid that claims it; what is paid and what is open follows from its own records alone.

use crate::aenderungsantrag::Erstattungsposten;
use crate::befund::Befund;
use crate::berechtigung::Sicht;
use crate::bescheid::Bescheid;
use crate::frist::Fristart;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler};
use crate::regelwerk::Regelwerk;
use crate::zeit::tag;
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod akte;
mod aufhebung;
mod deckung;
mod eingang;
mod entscheidung;
mod rueckzahlung;
#[cfg(test)]
mod tests;
mod zinsbescheid;
mod zinsen;
mod zwischenzins;

pub use akte::*;
pub use aufhebung::*;
pub use deckung::*;
pub use eingang::*;
pub use entscheidung::*;
pub use rueckzahlung::*;
pub use zinsbescheid::*;
pub use zinsen::*;
pub use zwischenzins::*;

crate::status! {
    /// Kind of a claim.
    Forderungsart {
        /// Repayment (§ 49a Abs. 1 HVwVfG).
        Erstattung = "ERSTATTUNG",
        /// Interest on a repayment (§ 49a Abs. 3 HVwVfG).
        Erstattungszins = "ERSTATTUNGSZINS",
        /// Interest on money that was used late (§ 49a Abs. 4 HVwVfG).
        Zwischenzins = "ZWISCHENZINS",
    }
}

crate::status! {
    /// State of a claim; it follows from what was paid and decided.
    ForderungStatus {
        /// Something is open.
        Offen = "OFFEN",
        /// What is open is deferred.
        Gestundet = "GESTUNDET",
        /// Nothing is open.
        Beglichen = "BEGLICHEN",
        /// What is open is not pursued (§ 59 Abs. 1 Nr. 2 LHO); the claim itself goes on.
        Niedergeschlagen = "NIEDERGESCHLAGEN",
        /// The Bescheid that claimed it was taken back: it is not owed any more.
        Aufgehoben = "AUFGEHOBEN",
    }
}

impl ForderungStatus {
    /// Something of it is still owed.
    pub const fn unerledigt(self) -> bool {
        !matches!(self, ForderungStatus::Beglichen | ForderungStatus::Aufgehoben)
    }
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forderung {
    /// Id.
    pub id: Uuid,
    /// Number, gapless per Jahrgang.
    pub aktenzeichen: String,
    /// Kind.
    pub art: Forderungsart,
    /// Application.
    pub antrag_id: Uuid,
    /// Bescheid whose release made it.
    pub bescheid_id: Uuid,
    /// The repayment on which this interest runs; none for other kinds.
    pub hauptforderung_id: Option<Uuid>,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Debtor.
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    pub regelwerk: String,
    /// Amount.
    pub betrag: Euro,
    /// Per measure, Teilbudget and Haushaltsjahr; together the amount.
    pub posten: Vec<Erstattungsposten>,
    /// Legal day on which the Bescheid was released.
    pub entstanden_am: NaiveDate,
    /// Due day.
    pub faellig_am: NaiveDate,
    /// What was paid on it, in the order of the entries, reversed ones too.
    pub tilgungen: Vec<Tilgung>,
    /// Deferrals and write-offs in their order.
    pub entscheidungen: Vec<Forderungsentscheidung>,
    /// First day for which interest is not fixed yet; none before the first Zinsbescheid.
    pub zinsen_festgesetzt_bis: Option<NaiveDate>,
    /// What Zinsbescheide fixed or waived, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zinsfestsetzungen: Vec<Zinsfestsetzung>,
    /// The Bescheid that took back the one that claimed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aufgehoben: Option<Forderungsaufhebung>,
    /// Last day before the claim is time-barred.
    pub verjaehrung_am: NaiveDate,
}

impl Forderung {
    /// The claim that the released `bescheid` makes; none where it claims nothing.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`.
    pub fn aus_bescheid(
        id: Uuid,
        aktenzeichen: String,
        bescheid: &Bescheid,
        regelwerk: &Regelwerk,
        heute: NaiveDate,
    ) -> Result<Option<Forderung>, Befund> {
        let i = &bescheid.inhalt;
        let (art, haupt, betrag, posten, faellig_am) = match (i.erstattung(), &i.zins) {
            (Some(e), _) => (Forderungsart::Erstattung, None, e.betrag, e.posten.clone(), e.faellig_am),
            (None, Some(z)) if z.festgesetzt.ist_positiv() => {
                (z.art, z.forderung_id, z.festgesetzt, z.posten.clone(), z.faellig_am)
            }
            _ => return Ok(None),
        };
        let mut neu = Forderung {
            id,
            aktenzeichen,
            art,
            antrag_id: i.antrag_id,
            bescheid_id: bescheid.id,
            hauptforderung_id: haupt,
            jahrgang: i.jahrgang,
            kreisschluessel: i.kreisschluessel.clone(),
            regelwerk: i.regelwerk.clone(),
            betrag,
            posten,
            entstanden_am: heute,
            faellig_am,
            tilgungen: Vec::new(),
            entscheidungen: Vec::new(),
            zinsen_festgesetzt_bis: None,
            zinsfestsetzungen: Vec::new(),
            aufgehoben: None,
            verjaehrung_am: heute,
        };
        neu.verjaehrung_am = neu.verjaehrung(regelwerk)?;
        Ok(Some(neu))
    }

    /// Payments that count.
    pub fn gezahlt(&self) -> impl Iterator<Item = &Tilgung> {
        self.tilgungen.iter().filter(|t| t.storno.is_none())
    }

    /// What was paid.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn getilgt(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.gezahlt().map(|t| t.betrag))
    }

    /// What is open.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn offen(&self) -> Result<Euro, GeldFehler> {
        if self.aufgehoben.is_some() {
            return Ok(Euro::NULL);
        }
        self.betrag.minus(self.getilgt()?)
    }

    /// What is open at each place, in the order of the claim.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn offen_je_posten(&self) -> Result<Vec<(&Erstattungsposten, Euro)>, GeldFehler> {
        if self.aufgehoben.is_some() {
            return Ok(self.posten.iter().map(|p| (p, Euro::NULL)).collect());
        }
        let teile = |p: &Erstattungsposten| {
            Euro::summe(self.gezahlt().flat_map(|t| &t.teile).filter(|t| t.gehoert_zu(p)).map(|t| t.betrag))
        };
        self.posten.iter().map(|p| Ok((p, p.betrag.minus(teile(p)?)?))).collect()
    }

    /// State: what is open decides first, then the decision that has effect.
    pub fn status(&self) -> ForderungStatus {
        if self.aufgehoben.is_some() {
            return ForderungStatus::Aufgehoben;
        }
        if self.offen().is_ok_and(|o| !o.ist_positiv()) {
            return ForderungStatus::Beglichen;
        }
        match self.wirksame().map(|e| e.art) {
            Some(Forderungsentscheidungsart::Stundung) => ForderungStatus::Gestundet,
            Some(Forderungsentscheidungsart::Niederschlagung) => ForderungStatus::Niedergeschlagen,
            None => ForderungStatus::Offen,
        }
    }

    /// State as `sicht` may read it: that a claim is not pursued is internal to the authority (§ 59 LHO).
    pub fn status_fuer(&self, sicht: &Sicht) -> ForderungStatus {
        match self.status() {
            ForderungStatus::Niedergeschlagen if *sicht != Sicht::Alles => ForderungStatus::Offen,
            s => s,
        }
    }

    /// Last day before the claim is time-barred: the end of the year, so many years (`verjaehrung_jahre`) after the one in
    /// which it arose (§§ 195, 199 BGB by analogy), later by the days of its deferrals where these suspend the period
    /// (`verjaehrung_hemmung_stundung`; § 205 BGB by analogy, assumption).
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`.
    pub fn verjaehrung(&self, regelwerk: &Regelwerk) -> Result<NaiveDate, Befund> {
        let am = stichtag(self.jahrgang);
        let jahre = i32::try_from(regelwerk.ganzzahl("verjaehrung_jahre", am)?).unwrap_or(i32::MAX);
        let ende = tag(self.entstanden_am.year().saturating_add(jahre), 12, 31);
        Ok(ende.checked_add_days(Days::new(self.gehemmte_tage(regelwerk)?)).unwrap_or(ende))
    }

    /// Days of deferrals by which the limitation comes later.
    fn gehemmte_tage(&self, regelwerk: &Regelwerk) -> Result<u64, Befund> {
        if !regelwerk.wahrheit("verjaehrung_hemmung_stundung", stichtag(self.jahrgang))? {
            return Ok(0);
        }
        let stundungen = self.entscheidungen.iter().filter(|e| e.art == Forderungsentscheidungsart::Stundung);
        let tage = stundungen.filter_map(|e| {
            let von = e.freigegeben_am?;
            let bis = e.beendet_am.map_or(e.bis, |b| Some(e.bis.map_or(b, |bis| bis.min(b))))?;
            u64::try_from((bis - von).num_days()).ok()
        });
        Ok(tage.sum())
    }

    /// What events say about it.
    pub(super) fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "forderung_id": self.id, "antrag_id": self.antrag_id, "art": self.art.code() })
    }

    /// The deadline on its day of limitation.
    pub(super) fn verjaehrungsfrist(&self) -> crate::akt::Fristsetzung {
        crate::akt::Fristsetzung {
            art: Fristart::Verjaehrung,
            bezug: None,
            faellig_am: self.verjaehrung_am,
            antrag_id: self.antrag_id,
            jahrgang: self.jahrgang,
            regelwerk: self.regelwerk.clone(),
        }
    }
}
