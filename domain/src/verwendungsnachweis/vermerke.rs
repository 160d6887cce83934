//! What stands beside the figures of a proof: confirmations, notes, Sachberichte, the Traeger's proofs.

use super::regeln::spaeter;
use super::{Letztempfaengernachweis, Nachweisfakten, Nachweispruefergebnis, Rpapruefung, Verwendungsnachweis};
use crate::befund::{Befund, Einheit};
use crate::gebietskoerperschaft::stichtag;
use crate::regel::{
    NACHWEISBESTAETIGUNG_FEHLT, RPA_VERMERK_FEHLT, SACHBERICHT_FEHLT, TRAEGERNACHWEIS_AUF_PAPIER,
    TRAEGERNACHWEIS_FEHLT, TRAEGERNACHWEIS_UNBEKANNT, TRAEGERNACHWEIS_UNGEPRUEFT,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl Verwendungsnachweis {
    /// Confirmations, the note of the Rechnungspruefungsamt, Sachberichte.
    pub(super) fn pruefe_vermerke(&self, f: &Nachweisfakten<'_>) -> Vec<Befund> {
        let tag = stichtag(self.jahrgang);
        let mut befunde = Vec::new();
        match f.regelwerk.codes("vn_bestaetigungen", tag) {
            Err(b) => befunde.push(b),
            Ok(pflicht) => {
                let fehlt = |c: &&String| !self.inhalt.bestaetigungen.iter().any(|b| b.code() == c.as_str());
                befunde.extend(pflicht.iter().filter(fehlt).map(|c| {
                    Befund::neu(&NACHWEISBESTAETIGUNG_FEHLT).ort("/inhalt/bestaetigungen").gemessen(
                        "bestaetigung",
                        c,
                        Einheit::Code,
                    )
                }));
            }
        }
        match f.regelwerk.wahrheit("rpa_vermerk_pflicht", tag) {
            Err(b) => befunde.push(b),
            Ok(pflicht) => befunde.extend(self.pruefe_rpa(pflicht, f.quellen.heute)),
        }
        if self.mit_sachbericht {
            let ohne = |id| !self.sachberichte.iter().any(|s| s.massnahme_id == id);
            befunde.extend(self.grundlage.massnahmen.iter().filter(|m| ohne(m.massnahme_id)).map(|m| {
                Befund::neu(&SACHBERICHT_FEHLT).ort("/sachberichte").gemessen(
                    "massnahme",
                    &m.massnahme_nr,
                    Einheit::Code,
                )
            }));
        }
        befunde
    }

    fn pruefe_rpa(&self, pflicht: bool, heute: NaiveDate) -> Vec<Befund> {
        let v = self.inhalt.rpa_vermerk.as_ref();
        let genuegt = match v {
            None => !pflicht,
            Some(v) => match v.geprueft {
                Rpapruefung::Ja => v.am.is_some() && v.name.is_some(),
                Rpapruefung::Nein => !pflicht,
                Rpapruefung::KeinRpa => true,
            },
        };
        let zukunft = v.and_then(|v| v.am).and_then(|am| spaeter("/inhalt/rpa_vermerk/am", am, heute));
        let fehlt = (!genuegt).then(|| {
            let angabe = v.map_or("–", |v| v.geprueft.code());
            Befund::neu(&RPA_VERMERK_FEHLT).ort("/inhalt/rpa_vermerk").gemessen("vermerk", angabe, Einheit::Text)
        });
        zukunft.into_iter().chain(fehlt).collect()
    }

    /// Every concluded Weiterleitung has a proof that came and was checked before the own filing.
    pub(super) fn pruefe_letztempfaenger(&self, heute: NaiveDate) -> Vec<Befund> {
        let mut befunde = Vec::new();
        let mut gesehen = BTreeSet::new();
        for (i, l) in self.inhalt.letztempfaenger.iter().enumerate() {
            let ort = format!("/inhalt/letztempfaenger/{i}");
            let bekannt = self.grundlage.weiterleitungen.iter().any(|w| w.weiterleitung_id == l.weiterleitung_id);
            if !bekannt || !gesehen.insert(l.weiterleitung_id) {
                befunde.push(Befund::neu(&TRAEGERNACHWEIS_UNBEKANNT).ort(&ort).gemessen(
                    "weiterleitung",
                    l.weiterleitung_id,
                    Einheit::Code,
                ));
            }
            befunde.extend(spaeter(&format!("{ort}/eingegangen_am"), l.eingegangen_am, heute));
            befunde.extend(l.geprueft_am.and_then(|am| spaeter(&format!("{ort}/geprueft_am"), am, heute)));
            befunde.extend(self.pruefe_letztempfaenger_einer(l, &ort));
            let hier = self.traegernachweise.iter().any(|t| t.weiterleitung_id == l.weiterleitung_id);
            if l.geprueft_von.is_some() && !hier {
                befunde.push(Befund::neu(&TRAEGERNACHWEIS_AUF_PAPIER).ort(&ort).gemessen(
                    "weiterleitung",
                    l.weiterleitung_id,
                    Einheit::Code,
                ));
            }
        }
        if self.schliesst_ab() {
            let fehlt = self.grundlage.weiterleitungen.iter().filter(|w| !gesehen.contains(&w.weiterleitung_id));
            befunde.extend(fehlt.map(|w| {
                Befund::neu(&TRAEGERNACHWEIS_FEHLT).ort("/inhalt/letztempfaenger").gemessen(
                    "weiterleitung",
                    w.weiterleitung_id,
                    Einheit::Code,
                )
            }));
        }
        befunde
    }

    fn pruefe_letztempfaenger_einer(&self, l: &Letztempfaengernachweis, ort: &str) -> Option<Befund> {
        let teil = self.traegernachweise.iter().find(|t| t.weiterleitung_id == l.weiterleitung_id);
        let eingegangen = teil.map_or(l.eingegangen_am, |t| t.eingegangen_am.max(l.eingegangen_am));
        let genuegt = match (&l.geprueft_von, l.geprueft_am, l.ergebnis) {
            (Some(_), Some(am), Some(e)) => {
                am >= eingegangen && (e == Nachweispruefergebnis::OhneBeanstandung || l.bemerkung.is_some())
            }
            _ => false,
        };
        (!genuegt).then(|| {
            let geprueft = l.geprueft_am.map_or_else(|| "–".to_owned(), |t| t.to_string());
            Befund::neu(&TRAEGERNACHWEIS_UNGEPRUEFT)
                .ort(ort)
                .gemessen("weiterleitung", l.weiterleitung_id, Einheit::Code)
                .gemessen("eingegangen", eingegangen, Einheit::Datum)
                .gemessen("geprueft", geprueft, Einheit::Text)
        })
    }
}
