//! What others add to a proof: the Traeger's own proof of what was passed on to it, and Sachberichte.

use super::akte::ohne;
use super::regeln::pruefe_zeilen;
use super::{
    NachweisStatus, Nachweisausgabe, Nachweismittel, Sachberichtverweis, TRAEGERNACHWEISE, Verwendungsnachweis,
};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, Rolle, Sicht};
use crate::frist::Fristart;
use crate::katalog::Massnahmeart;
use crate::regel::{FREMDER_VORGANG, MASSNAHME_NICHT_BEWILLIGT, TRAEGERNACHWEIS_UNBEKANNT, UNVERAENDERLICH};
use crate::sachbericht::Sachberichtinhalt;
use crate::zielvereinbarung::Ziel;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The proof of a Traeger about one Weiterleitung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Traegernachweis {
    /// Weiterleitung.
    pub weiterleitung_id: Uuid,
    /// Traeger.
    pub traeger_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its expenditure.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub ausgaben: Vec<Nachweisausgabe>,
    /// Its financing.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub finanzierung: Vec<Nachweismittel>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 4000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")
    )]
    pub bemerkung: Option<String>,
    /// Legal day on which it came.
    pub eingegangen_am: NaiveDate,
    /// Who handed it in.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub eingereicht_von: String,
}

/// Input of the act `traegernachweise`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({
    "weiterleitung_id": "019a0000-0000-7000-8000-000000000041",
    "ausgaben": [{ "position": "PERSONAL", "ist": "1500.00", "zuwendungsfaehig": "1500.00" }],
    "finanzierung": [{ "quelle": "LAND_AQB", "ist": "1500.00" }]
}))))]
#[serde(deny_unknown_fields)]
pub struct Traegernachweiseingabe {
    /// Concluded Weiterleitung of the case; for a Traeger its own.
    pub weiterleitung_id: Uuid,
    /// Expenditure of the Traeger.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub ausgaben: Vec<Nachweisausgabe>,
    /// Financing of the Traeger.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub finanzierung: Vec<Nachweismittel>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Belege liegen beim Träger bereit.")
        )
    )]
    pub bemerkung: Option<String>,
}

/// The filed Sachbericht that counts for each measure, as chain and version: that of the proof that reaches furthest, and
/// of its filings the last.
pub fn geltende_sachberichte<'a>(
    nachweise: impl IntoIterator<Item = &'a Verwendungsnachweis>,
) -> BTreeMap<Uuid, (Uuid, i64)> {
    type Fassung = ((NaiveDate, DateTime<Utc>), (Uuid, i64));
    let mut je: BTreeMap<Uuid, Fassung> = BTreeMap::new();
    for n in nachweise.into_iter().filter(|n| n.status != NachweisStatus::Zurueckgezogen) {
        let Some(e) = n.einreichungen.last() else { continue };
        let stand = (n.berichtszeitraum.bis, e.eingegangen_am);
        for s in &e.inhalt.sachberichte {
            let neu = (stand, (n.kette_id, s.fassung));
            let gilt = je.entry(s.massnahme_id).or_insert(neu);
            if gilt.0 < stand {
                *gilt = neu;
            }
        }
    }
    je.into_iter().map(|(massnahme, (_, fassung))| (massnahme, fassung)).collect()
}

const TRAEGERFRIST: Fristart = Fristart::VerwendungsnachweisTraeger;

impl Verwendungsnachweis {
    /// Ends the deadlines of the Traeger whose proofs this filing says the Gebietskoerperschaft has, on paper or here.
    pub(super) fn traegerfristen_erfuellt<Z>(&self, e: Entscheidung<Z>) -> Entscheidung<Z> {
        self.letztempfaenger_bei_abschluss().fold(e, |e, w| e.erledigt_bei(("WEITERLEITUNG", w), TRAEGERFRIST))
    }

    /// They run again where this filing alone had met them.
    pub(super) fn traegerfristen_leben_auf<Z>(&self, e: Entscheidung<Z>) -> Entscheidung<Z> {
        self.letztempfaenger_bei_abschluss().fold(e, |e, w| e.lebt_auf_bei(("WEITERLEITUNG", w), TRAEGERFRIST))
    }

    fn letztempfaenger_bei_abschluss(&self) -> impl Iterator<Item = Uuid> {
        self.inhalt.letztempfaenger.iter().filter(|_| self.schliesst_ab()).map(|l| l.weiterleitung_id)
    }

    /// Edited: the signature no longer covers it. Whoever of the Gebietskoerperschaft wrote in it does not sign it; a
    /// Traeger never does.
    pub(super) fn bearbeitet(&self, akteur: &Akteur) -> Verwendungsnachweis {
        let mut n = Verwendungsnachweis { unterzeichnet_von: None, ..self.clone() };
        if akteur.rolle == Rolle::Gebietskoerperschaft {
            n.bearbeitet_von.clone_from(&akteur.person);
            n.bearbeiter.insert(akteur.person.clone());
        }
        n
    }

    /// Takes in a Traeger's proof; a later one about the same Weiterleitung takes its place, and is to be checked anew.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `TRAEGERNACHWEIS_UNBEKANNT`, `NACHWEISZEILE_DOPPELT`,
    /// `NACHWEISBETRAG_NEGATIV`, `ZUWENDUNGSFAEHIG_UEBER_IST`.
    pub fn traegernachweis(
        &self,
        e: &Traegernachweiseingabe,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Verwendungsnachweis> {
        ohne(self.sperren(TRAEGERNACHWEISE, akteur, heute))?;
        let sicht = akteur.sicht(Recht::VerwendungsnachweisZuliefern);
        let eigene = |traeger: Uuid| !matches!(&sicht, Some(Sicht::Traeger(t)) if *t != traeger);
        let verweis = self.grundlage.weiterleitungen.iter().find(|w| w.weiterleitung_id == e.weiterleitung_id);
        let Some(w) = verweis.filter(|w| eigene(w.traeger_id)) else {
            return Err(vec![Befund::neu(&TRAEGERNACHWEIS_UNBEKANNT).ort("/weiterleitung_id").gemessen(
                "weiterleitung",
                e.weiterleitung_id,
                Einheit::Code,
            )]);
        };
        let massnahme = self.grundlage.massnahmen.iter().find(|m| m.massnahme_id == w.massnahme_id);
        let nr = massnahme.map(|m| m.massnahme_nr.as_str()).unwrap_or_default();
        ohne(pruefe_zeilen(nr, "", &e.ausgaben, &e.finanzierung))?;
        let neu = Traegernachweis {
            weiterleitung_id: w.weiterleitung_id,
            traeger_id: w.traeger_id,
            massnahme_id: w.massnahme_id,
            ausgaben: e.ausgaben.clone(),
            finanzierung: e.finanzierung.clone(),
            bemerkung: e.bemerkung.clone(),
            eingegangen_am: heute,
            eingereicht_von: akteur.person.clone(),
        };
        let mut n = self.bearbeitet(akteur);
        n.traegernachweise.retain(|t| t.weiterleitung_id != neu.weiterleitung_id);
        n.traegernachweise.push(neu);
        n.traegernachweise.sort_by_key(|t| t.weiterleitung_id);
        let e = Entscheidung::neu(n).ereignis("verwendungsnachweis.traegernachweis", self.ereignisdaten());
        // a Traeger owes one proof, of the whole; that of a year does not meet it
        Ok(if self.schliesst_ab() { e.erledigt_bei(("WEITERLEITUNG", w.weiterleitung_id), TRAEGERFRIST) } else { e })
    }

    /// What forbids saving a Sachbericht: it is not the caller's measure, or the proof is no draft.
    ///
    /// # Errors
    /// `MASSNAHME_NICHT_BEWILLIGT`, `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn sachbericht_schreibbar(&self, massnahme_id: Uuid, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        if !self.grundlage.massnahmen.iter().any(|m| m.massnahme_id == massnahme_id) {
            return Err(vec![Befund::neu(&MASSNAHME_NICHT_BEWILLIGT).gemessen(
                "massnahme_id",
                massnahme_id,
                Einheit::Code,
            )]);
        }
        let darf = match akteur.sicht(Recht::SachberichtSchreiben) {
            Some(Sicht::Traeger(t)) => self.massnahmen_von(t).contains(&massnahme_id),
            Some(s) => s.sieht_gk(&self.kreisschluessel),
            None => false,
        };
        let fremd = (!darf)
            .then(|| Befund::neu(&FREMDER_VORGANG).gemessen("kreisschluessel", &self.kreisschluessel, Einheit::Code));
        let fest =
            (!self.aenderbar()).then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        ohne(fremd.or(fest).into_iter().collect())
    }

    /// Saves a Sachbericht as version `fassung` of its measure: the proof names it by its checksum from now on.
    ///
    /// # Errors
    /// As [`Verwendungsnachweis::sachbericht_schreibbar`], and what [`Sachberichtinhalt::pruefe`] finds.
    pub fn sachbericht(
        &self,
        (massnahme_id, art): (Uuid, Massnahmeart),
        inhalt: &Sachberichtinhalt,
        fassung: i64,
        ziele: &[Ziel],
        akteur: &Akteur,
    ) -> Urteil<Verwendungsnachweis> {
        self.sachbericht_schreibbar(massnahme_id, akteur)?;
        ohne(inhalt.pruefe(ziele, art))?;
        let neu = Sachberichtverweis { massnahme_id, fassung, sha256: inhalt.sha256().map_err(|b| vec![b])? };
        let mut n = self.bearbeitet(akteur);
        n.sachberichte.retain(|s| s.massnahme_id != massnahme_id);
        n.sachberichte.push(neu);
        n.sachberichte.sort_by_key(|s| s.massnahme_id);
        let daten = serde_json::json!({ "massnahme_id": massnahme_id, "fassung": fassung });
        let mut alle = self.ereignisdaten();
        if let (Some(ziel), Some(mehr)) = (alle.as_object_mut(), daten.as_object()) {
            ziel.extend(mehr.clone());
        }
        Ok(Entscheidung::neu(n).ereignis("verwendungsnachweis.sachbericht", alle))
    }
}
