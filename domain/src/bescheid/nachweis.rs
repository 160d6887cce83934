//! What a grant obliges to by a day: proofs of use and dated conditions.

use super::{Bescheid, Bescheidart};
use crate::akt::{Entscheidung, Fristsetzung, Urteil};
use crate::befund::Befund;
use crate::frist::{Frist, FristStatus, Fristart, Fristfall, dauerfrist, naechster_werktag};
use crate::gebietskoerperschaft::stichtag;
use crate::regelwerk::Regelwerk;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// A deadline that the notification of a Bescheid sets, moves or takes away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fristfolge {
    /// Kind.
    pub art: Fristart,
    /// Which one of several of its kind: code of an Auflage, Haushaltsjahr of a Zwischennachweis.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026")))]
    pub bezug: Option<String>,
    /// Last day now; absent where the deadline is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bisher: Option<NaiveDate>,
    /// Last day then; absent where the deadline is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub neu: Option<NaiveDate>,
}

impl Bescheid {
    /// Adds the deadlines of a grant or its change to the decision that makes it effective: the final proof, a proof for
    /// every Haushaltsjahr that ends before the Bewilligungszeitraum, the conditions with a day, the repayment it claims.
    /// Those of the Bescheide before it about the same application give way, claims for repayment apart. Other Bescheide oblige to no proof.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENEINGABE`.
    pub fn mit_nachweisfristen(&self, e: Entscheidung<Bescheid>, regelwerk: &Regelwerk) -> Urteil<Bescheid> {
        // what is claimed falls due by the notification, not by the draft
        let erstattung = e.zustand.erstattung_faellig(regelwerk).map_err(|b| vec![b])?;
        if self.inhalt.zins.is_some() {
            return Ok(erstattung.into_iter().fold(e, Entscheidung::frist));
        }
        if !self.inhalt.art.bewilligt() {
            return Ok(e);
        }
        if !matches!(self.inhalt.art, Bescheidart::Zuwendung | Bescheidart::Aenderung) {
            return Ok(erstattung.into_iter().fold(self.mit_ende_der_nachweise(e), Entscheidung::frist));
        }
        let abgeloest = Fristart::AUS_BEWILLIGUNG.iter().fold(e, |e, art| e.loest_ab(self.inhalt.antrag_id, *art));
        let fristen = abgeloest.zustand.nachweisfristen(regelwerk).map_err(|b| vec![b])?;
        Ok(fristen.into_iter().fold(abgeloest, Entscheidung::frist))
    }

    /// The deadline of what it claims: the period `erstattungsfrist` after the notification; before it, the day that
    /// the draft names. None where it claims nothing.
    fn erstattung_faellig(&self, regelwerk: &Regelwerk) -> Result<Option<Fristsetzung>, Befund> {
        let zins = self.inhalt.zins.as_ref().filter(|z| z.festgesetzt.ist_positiv()).map(|z| z.faellig_am);
        let Some(genannt) = self.inhalt.erstattung().map(|e| e.faellig_am).or(zins) else { return Ok(None) };
        let tag = match self.bekannt_am {
            Some(am) => crate::forderung::faelligkeit(am, regelwerk, self.inhalt.jahrgang)?,
            None => genannt,
        };
        Ok(Some(self.fristsetzung(Fristart::Erstattung, None, tag)))
    }

    /// A final decision ends proofs and conditions.
    fn mit_ende_der_nachweise(&self, e: Entscheidung<Bescheid>) -> Entscheidung<Bescheid> {
        let geschlossen = self.inhalt.art == Bescheidart::Schluss;
        let arten = Fristart::AUS_BEWILLIGUNG.iter().filter(|_| geschlossen);
        arten.fold(e, |e, art| e.loest_ab(self.inhalt.antrag_id, *art))
    }

    /// What the notification of this Bescheid does to the deadlines `fristen` that those before it set: days that are
    /// new, that move, and that are gone. What stays is left out.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENEINGABE`.
    pub fn fristfolgen(&self, fristen: &[Frist], regelwerk: &Regelwerk) -> Result<Vec<Fristfolge>, Befund> {
        let (mut offen, erledigt): (Vec<&Frist>, Vec<&Frist>) =
            fristen.iter().partition(|f| f.status == FristStatus::Offen);
        let fall =
            Fristfall { art: String::new(), id: String::new(), kreisschluessel: self.inhalt.kreisschluessel.clone() };
        let mut folgen = Vec::new();
        for s in self.nachweisfristen(regelwerk)? {
            if erledigt.iter().any(|f| f.entspricht(&s)) {
                continue;
            }
            let vorher = offen.iter().position(|f| f.ist(&s)).map(|i| offen.swap_remove(i));
            let neu = Frist::neu(uuid::Uuid::nil(), &fall, &s, vorher).faellig_am;
            let bisher = vorher.map(|f| f.faellig_am);
            if bisher != Some(neu) {
                folgen.push(Fristfolge { art: s.art, bezug: s.bezug, bisher, neu: Some(neu) });
            }
        }
        folgen.extend(offen.into_iter().map(|f| Fristfolge {
            art: f.art,
            bezug: f.bezug.clone(),
            bisher: Some(f.faellig_am),
            neu: None,
        }));
        Ok(folgen)
    }

    fn nachweisfristen(&self, regelwerk: &Regelwerk) -> Result<Vec<Fristsetzung>, Befund> {
        let mut fristen: Vec<Fristsetzung> = self
            .inhalt
            .auflagen
            .iter()
            .filter_map(|a| Some(self.fristsetzung(Fristart::Auflage, Some(a.code.clone()), a.faellig_am?)))
            .collect();
        fristen.extend(self.erstattung_faellig(regelwerk)?);
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
