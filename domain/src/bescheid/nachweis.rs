//! What a grant obliges to by a day: proofs of use and dated conditions.

use super::{Bescheid, Bescheidart};
use crate::akt::{Entscheidung, Fristsetzung, Urteil};
use crate::befund::Befund;
use crate::frist::{Fristart, dauerfrist, naechster_werktag};
use crate::gebietskoerperschaft::stichtag;
use crate::regelwerk::Regelwerk;
use chrono::{Datelike, NaiveDate};

impl Bescheid {
    /// Adds the deadlines of a grant or its change to the decision that makes it effective: the final proof, a proof for
    /// every Haushaltsjahr that ends before the Bewilligungszeitraum, the conditions with a day. Those of the Bescheide
    /// before it about the same application give way. Other Bescheide oblige to no proof.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENEINGABE`.
    pub fn mit_nachweisfristen(&self, e: Entscheidung<Bescheid>, regelwerk: &Regelwerk) -> Urteil<Bescheid> {
        if !matches!(self.inhalt.art, Bescheidart::Zuwendung | Bescheidart::Aenderung) {
            return Ok(e);
        }
        let abgeloest = Fristart::AUS_BEWILLIGUNG.iter().fold(e, |e, art| e.loest_ab(self.inhalt.antrag_id, *art));
        let fristen = self.nachweisfristen(regelwerk).map_err(|b| vec![b])?;
        Ok(fristen.into_iter().fold(abgeloest, Entscheidung::frist))
    }

    fn nachweisfristen(&self, regelwerk: &Regelwerk) -> Result<Vec<Fristsetzung>, Befund> {
        let mut fristen: Vec<Fristsetzung> = self
            .inhalt
            .auflagen
            .iter()
            .filter_map(|a| Some(self.fristsetzung(Fristart::Auflage, Some(a.code.clone()), a.faellig_am?)))
            .collect();
        let Some(zeitraum) = self.inhalt.bewilligungszeitraum else { return Ok(fristen) };
        let stichtag = stichtag(self.inhalt.jahrgang);
        let verschiebung = regelwerk.wahrheit("frist_werktag_verschiebung", stichtag)?;
        let schluss = self.schlussnachweis_bis(regelwerk)?;
        fristen.extend(schluss.map(|tag| self.fristsetzung(Fristart::Verwendungsnachweis, None, tag)));
        if regelwerk.wahrheit("zwischennachweis_pflicht", stichtag)? {
            for jahr in zeitraum.von.year()..zeitraum.bis.year() {
                let tag = regelwerk.tag_im_jahr("zwischennachweis_bis", jahr.saturating_add(1), stichtag)?;
                let tag = if verschiebung { naechster_werktag(tag) } else { tag };
                fristen.push(self.fristsetzung(Fristart::Zwischennachweis, Some(jahr.to_string()), tag));
            }
        }
        Ok(fristen)
    }

    /// Last day of the Gebietskoerperschaft's final proof; none for a Bescheid without a Bewilligungszeitraum.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENEINGABE`.
    pub fn schlussnachweis_bis(&self, regelwerk: &Regelwerk) -> Result<Option<NaiveDate>, Befund> {
        let Some(zeitraum) = self.inhalt.bewilligungszeitraum else { return Ok(None) };
        let stichtag = stichtag(self.inhalt.jahrgang);
        let verschiebung = regelwerk.wahrheit("frist_werktag_verschiebung", stichtag)?;
        dauerfrist(zeitraum.bis, regelwerk.dauer("vn_frist_gk", stichtag)?, verschiebung).map(|f| Some(f.ende))
    }

    /// A deadline of this Bescheid.
    pub(super) fn fristsetzung(&self, art: Fristart, bezug: Option<String>, faellig_am: NaiveDate) -> Fristsetzung {
        Fristsetzung {
            art,
            bezug,
            faellig_am,
            antrag_id: self.inhalt.antrag_id,
            jahrgang: self.inhalt.jahrgang,
            regelwerk: self.inhalt.regelwerk.clone(),
        }
    }
}
