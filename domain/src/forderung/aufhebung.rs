//! What becomes of a claim for interest whose Bescheid is taken back, and of the repayment on which it ran.

use super::Forderung;
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::frist::Fristart;
use crate::regel::ZINSFORDERUNG_BEZAHLT;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a claim is not owed any more although it was not paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Forderungsaufhebung {
    /// The Bescheid that took back the one that claimed it.
    pub bescheid_id: Uuid,
    /// Legal day of its release.
    pub am: NaiveDate,
}

impl Forderung {
    /// The finding that payments stand on the claim: they are taken off first, so that no money is left without one.
    pub fn bezahlte_zinsen(&self) -> Option<Befund> {
        let anzahl = self.gezahlt().count();
        let bezahlt = self.getilgt().unwrap_or(self.betrag);
        (anzahl > 0).then(|| {
            Befund::neu(&ZINSFORDERUNG_BEZAHLT)
                .gemessen("forderung", &self.aktenzeichen, Einheit::Text)
                .gemessen("anzahl", anzahl, Einheit::Anzahl)
                .gemessen("bezahlt", bezahlt, Einheit::Eur)
        })
    }

    /// The claim is not owed any more: the released Bescheid `durch` took back the one that made it. A deferral, a
    /// write-off or a proposal for one ends with it.
    ///
    /// # Errors
    /// `ZINSFORDERUNG_BEZAHLT`.
    pub fn aufheben(&self, durch: Uuid, heute: NaiveDate) -> Urteil<Forderung> {
        if let Some(b) = self.bezahlte_zinsen() {
            return Err(vec![b]);
        }
        let mut neu =
            Forderung { aufgehoben: Some(Forderungsaufhebung { bescheid_id: durch, am: heute }), ..self.clone() };
        for e in neu.entscheidungen.iter_mut().filter(|e| e.beendet_am.is_none()) {
            e.beendet_am = Some(heute);
            e.beendet_grund = Some("Der Bescheid über die Forderung ist zurückgenommen.".to_owned());
        }
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(neu).entfaellt(Fristart::Verjaehrung).ereignis("forderung.aufgehoben", daten))
    }

    /// Interest that the Bescheid `bescheid_id` fixed or waived on this repayment counts as not fixed any more. A record
    /// from before amounts were kept holds no entry to take out, so its day stays.
    pub fn zinsfestsetzung_aufgehoben(&self, bescheid_id: Uuid) -> Entscheidung<Forderung> {
        let mut neu = self.clone();
        neu.zinsfestsetzungen.retain(|z| z.bescheid_id != bescheid_id);
        if neu.zinsfestsetzungen.len() != self.zinsfestsetzungen.len() {
            neu.zinsen_festgesetzt_bis = neu.zinsfestsetzungen.iter().map(|z| z.bis).max();
        }
        Entscheidung::neu(neu)
    }
}
