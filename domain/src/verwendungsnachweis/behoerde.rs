//! What the authority does with a filed proof before it decides: takes it, asks for completion.

use super::akte::ohne;
use super::{NACHFORDERUNG, NachweisStatus, PRUEFUNG, Verwendungsnachweis};
use crate::akt::{Entscheidung, Urteil};
use crate::antrag::{Nachforderung, Nachforderungsposten};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::frist::{Fristart, VERLAENGERUNG};
use crate::regel::{ANGABE_FEHLT, FRIST_VERGANGEN, NACHWEISFELD_UNBEKANNT, STATUS_UNZULAESSIG};
use crate::regelwerk::Regelwerk;
use crate::zeit::rechtstag;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Fields of the form a request for completion can name.
const FELDER: &[&str] = &[
    "/zuwendungszweck",
    "/begonnen_am",
    "/beendet_am",
    "/beginnzustimmung",
    "/gesamt_ausgezahlt",
    "/massnahmen",
    "/letztempfaenger",
    "/traegernachweise",
    "/rpa_vermerk",
    "/bestaetigungen",
    "/sachberichte",
    "/belegliste",
];
/// Fields below which a measure's number may stand.
const JE_MASSNAHME: &[&str] = &["/massnahmen/", "/sachberichte/", "/belegliste/"];

/// Body of the request for completion of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "posten": [{ "feld": "/massnahmen/M01", "grund": "UNKLAR", "text": "Bitte erläutern Sie die Personalkosten." }], "frist": "2099-12-31" }))))]
#[serde(deny_unknown_fields)]
pub struct Nachweisnachforderung {
    /// What is requested.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
    pub posten: Vec<Nachforderungsposten>,
    /// Last day for the answer, after today.
    pub frist: NaiveDate,
}

impl Verwendungsnachweis {
    /// Takes it into examination. From an unanswered request the examination goes on with what was filed last.
    ///
    /// # Errors
    /// What blocks the act, `NACHFORDERUNG_LAEUFT` while the applicant has time, `PARAMETER_FEHLT`.
    pub fn in_pruefung_nehmen(
        &self,
        regelwerk: &Regelwerk,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Verwendungsnachweis> {
        ohne(self.sperren(PRUEFUNG, akteur, heute))?;
        let unbeantwortet = self.status == NachweisStatus::Nachforderung;
        let neu = Verwendungsnachweis {
            status: NachweisStatus::InPruefung,
            in_pruefung_durch: Some(akteur.person.clone()),
            ..if unbeantwortet { self.wie_eingereicht() } else { self.clone() }
        };
        let e = Entscheidung::neu(neu).ereignis("verwendungsnachweis.in_pruefung", self.ereignisdaten());
        if !unbeantwortet {
            return Ok(e);
        }
        let frist = self.prueffrist(regelwerk, heute).map_err(|b| vec![b])?;
        Ok(e.entfaellt(Fristart::Nachforderung).frist(frist))
    }

    /// The proof with the content that was filed last, whatever was changed since.
    fn wie_eingereicht(&self) -> Verwendungsnachweis {
        let Some(e) = self.einreichungen.last() else { return self.clone() };
        Verwendungsnachweis {
            berichtszeitraum: e.inhalt.berichtszeitraum,
            inhalt: e.inhalt.inhalt.clone(),
            grundlage: e.inhalt.grundlage.clone(),
            traegernachweise: e.inhalt.traegernachweise.clone(),
            sachberichte: e.inhalt.sachberichte.clone(),
            bearbeitet_von: e.bearbeitet_von.clone(),
            bearbeiter: BTreeSet::new(),
            unterzeichnet_von: Some(e.unterzeichnet_von.clone()),
            ..self.clone()
        }
    }

    fn ist_feld(&self, feld: &str) -> bool {
        let je = JE_MASSNAHME.iter().find_map(|f| feld.strip_prefix(f));
        FELDER.contains(&feld) || je.is_some_and(|nr| self.grundlage.massnahmen.iter().any(|m| m.massnahme_nr == nr))
    }

    /// Requests completion until a day. The whole form opens, because its figures depend on each other; the authority's
    /// own deadline rests until the answer.
    ///
    /// # Errors
    /// What blocks the act; `ANGABE_FEHLT` without items, `NACHWEISFELD_UNBEKANNT`, `FRIST_VERGANGEN`.
    pub fn nachfordern(
        &self,
        eingabe: &Nachweisnachforderung,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Verwendungsnachweis> {
        let heute = rechtstag(jetzt);
        ohne(self.sperren(NACHFORDERUNG, akteur, heute))?;
        let unbekannt = eingabe.posten.iter().enumerate().filter(|(_, p)| !self.ist_feld(&p.feld));
        let mut befunde: Vec<Befund> = unbekannt
            .map(|(i, p)| {
                let ort = format!("/posten/{i}/feld");
                Befund::neu(&NACHWEISFELD_UNBEKANNT).ort(ort).gemessen("feld", &p.feld, Einheit::Text)
            })
            .collect();
        if eingabe.posten.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/posten").gemessen("feld", "posten", Einheit::Text));
        }
        if eingabe.frist <= heute {
            befunde.push(
                Befund::neu(&FRIST_VERGANGEN).ort("/frist").gemessen("frist", eingabe.frist, Einheit::Datum).erlaubt(
                    "fruehestens",
                    heute.succ_opt().unwrap_or(NaiveDate::MAX),
                    Einheit::Datum,
                ),
            );
        }
        ohne(befunde)?;
        let neu = Verwendungsnachweis {
            status: NachweisStatus::Nachforderung,
            nachforderung: Some(Nachforderung {
                posten: eingabe.posten.clone(),
                frist: eingabe.frist,
                gestellt_von: akteur.person.clone(),
                gestellt_am: jetzt,
                beantwortet_am: None,
                zurueckgenommen_am: None,
                ruecknahmegrund: None,
            }),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu)
            .frist(self.fristsetzung(Fristart::Nachforderung, eingabe.frist))
            .entfaellt(Fristart::VnPrueffrist)
            .ereignis("verwendungsnachweis.nachgefordert", self.ereignisdaten()))
    }

    /// The proof whose running request is due on another day, because its deadline was extended.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when no request runs.
    pub fn nachforderung_verlaengert(&self, bis: NaiveDate) -> Urteil<Verwendungsnachweis> {
        let laufend = self.nachforderung.as_ref().filter(|_| self.status == NachweisStatus::Nachforderung);
        let Some(n) = laufend else {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", VERLAENGERUNG, Einheit::Code)
                    .erlaubt("zulaessig", NachweisStatus::Nachforderung, Einheit::Code),
            ]);
        };
        let nachforderung = Some(Nachforderung { frist: bis, ..n.clone() });
        Ok(Entscheidung::neu(Verwendungsnachweis { nachforderung, ..self.clone() }))
    }
}
