//! Nachforderung: the authority asks for completion of named fields, adds to what it asked for, or takes it back.

use super::akte::frei;
use super::felder::{ist_feld, oeffnet};
use super::{Antrag, AntragStatus, Eingereichtes, NACHFORDERUNG, NACHFORDERUNGSERGAENZUNG, NACHFORDERUNGSRUECKNAHME};
use crate::akt::{Entscheidung, Fristsetzung, Handlungsgrund, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::frist::{Fristart, VERLAENGERUNG};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{
    ANGABE_FEHLT, FRIST_VERGANGEN, NACHFORDERUNG_FELD, NACHFORDERUNG_LAEUFT, NUR_NACHGEFORDERTES, STATUS_UNZULAESSIG,
    UNVERAENDERLICH,
};
use crate::zeit::rechtstag;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One item of a Nachforderung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachforderungsposten {
    /// Field as JSON pointer: `/bankverbindung`, `/massnahmen/M01`, `/massnahmen/M01/finanzierungsplan`. What must
    /// agree with it opens too: the Finanzierungsplan, `beginn` and `ende` of a measure open its `detailplanung`.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 200, pattern = "^(/[A-Za-z0-9_-]+)+$", examples("/bankverbindung"))
    )]
    pub feld: String,
    /// Why it is requested, in the words of a code list of the authority.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("UNVOLLSTAENDIG")))]
    pub grund: String,
    /// What is to be done.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Bitte bestätigen Sie die Bankverbindung.")
        )
    )]
    pub text: String,
}

/// A request for completion: only the named fields can be changed until it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachforderung {
    /// What is requested.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
    pub posten: Vec<Nachforderungsposten>,
    /// Last day for the answer.
    pub frist: NaiveDate,
    /// Who requested it.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("demo-bewilligung-1"))
    )]
    pub gestellt_von: String,
    /// Moment of the request.
    pub gestellt_am: DateTime<Utc>,
    /// Moment of the answer; absent while the request is open.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub beantwortet_am: Option<DateTime<Utc>>,
    /// Moment in which the authority withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub zurueckgenommen_am: Option<DateTime<Utc>>,
    /// Why the authority withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$")
    )]
    pub ruecknahmegrund: Option<String>,
}

/// Body of the request for completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "posten": [{ "feld": "/bankverbindung", "grund": "UNKLAR", "text": "Bitte bestätigen Sie die Bankverbindung." }], "frist": "2027-01-31" }))))]
#[serde(deny_unknown_fields)]
pub struct Nachforderungseingabe {
    /// What is requested.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
    pub posten: Vec<Nachforderungsposten>,
    /// Last day for the answer, after today.
    pub frist: NaiveDate,
}

/// Body of an addition to a running request; at least one of both is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "posten": [{ "feld": "/vorsteuerabzug", "grund": "UNKLAR", "text": "Bitte prüfen Sie auch die Angabe zum Vorsteuerabzug." }], "frist": "2099-12-31" }))))]
#[serde(deny_unknown_fields)]
pub struct Nachforderungsergaenzung {
    /// What is requested beside what was requested before.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub posten: Vec<Nachforderungsposten>,
    /// New last day for the answer: after today, and not before the present one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub frist: Option<NaiveDate>,
}

impl Antrag {
    /// The authority still waits for an answer on that day.
    pub(super) fn laufende_nachforderung(&self, heute: NaiveDate) -> Option<Befund> {
        let n = self.nachforderung.as_ref().filter(|_| self.status == AntragStatus::Nachforderung)?;
        (heute <= n.frist).then(|| {
            Befund::neu(&NACHFORDERUNG_LAEUFT).gemessen("heute", heute, Einheit::Datum).erlaubt(
                "frist",
                n.frist,
                Einheit::Datum,
            )
        })
    }

    fn pruefe_posten(&self, posten: &[Nachforderungsposten]) -> Vec<Befund> {
        let unbekannt = posten.iter().enumerate().filter(|(_, p)| !ist_feld(self, &p.feld));
        unbekannt
            .map(|(i, p)| {
                let ort = format!("/posten/{i}/feld");
                Befund::neu(&NACHFORDERUNG_FELD).ort(ort).gemessen("feld", &p.feld, Einheit::Text)
            })
            .collect()
    }

    /// Requests completion of named fields until a day; a Frist begins to run.
    ///
    /// # Errors
    /// What blocks the act; `ANGABE_FEHLT` without items, `NACHFORDERUNG_FELD`, `FRIST_VERGANGEN`.
    pub fn nachfordern(
        &self,
        eingabe: &Nachforderungseingabe,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Antrag> {
        let heute = rechtstag(jetzt);
        frei(self.sperren(NACHFORDERUNG, akteur, heute))?;
        let mut befunde = self.pruefe_posten(&eingabe.posten);
        if eingabe.posten.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/posten").gemessen("feld", "posten", Einheit::Text));
        }
        befunde.extend(zu_frueh(eingabe.frist, morgen(heute)));
        frei(befunde)?;
        let neu = Nachforderung {
            posten: eingabe.posten.clone(),
            frist: eingabe.frist,
            gestellt_von: akteur.person.clone(),
            gestellt_am: jetzt,
            beantwortet_am: None,
            zurueckgenommen_am: None,
            ruecknahmegrund: None,
        };
        Ok(self.mit_nachforderung(neu, "antrag.nachgefordert"))
    }

    /// Adds items to the running request or gives more time. What was asked for stays; its earlier words are in the
    /// history.
    ///
    /// # Errors
    /// What blocks the act; `ANGABE_FEHLT` when nothing is added, `NACHFORDERUNG_FELD`, `FRIST_VERGANGEN`.
    pub fn nachforderung_ergaenzen(
        &self,
        eingabe: &Nachforderungsergaenzung,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Antrag> {
        let heute = rechtstag(jetzt);
        frei(self.sperren(NACHFORDERUNGSERGAENZUNG, akteur, heute))?;
        let alt = self.offene_nachforderung()?;
        let mut befunde = self.pruefe_posten(&eingabe.posten);
        if eingabe.posten.is_empty() && eingabe.frist.is_none() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/posten").gemessen("feld", "posten", Einheit::Text));
        }
        // whoever was given time until a day keeps it
        let frist = eingabe.frist.unwrap_or(alt.frist);
        befunde.extend(zu_frueh(frist, morgen(heute).max(alt.frist)));
        frei(befunde)?;
        let posten = alt.posten.iter().chain(&eingabe.posten).cloned().collect();
        let neu = Nachforderung { posten, frist, gestellt_von: akteur.person.clone(), ..alt.clone() };
        Ok(self.mit_nachforderung(neu, "antrag.nachforderung_ergaenzt"))
    }

    /// Takes the running request back. What the applicant changed meanwhile and did not file does not count: the
    /// examination goes on with `eingereicht`, the last filing.
    ///
    /// # Errors
    /// What blocks the act.
    pub fn nachforderung_zuruecknehmen(
        &self,
        eingabe: &Handlungsgrund,
        eingereicht: &Eingereichtes,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Antrag> {
        frei(self.sperren(NACHFORDERUNGSRUECKNAHME, akteur, rechtstag(jetzt)))?;
        let nachforderung = Nachforderung {
            zurueckgenommen_am: Some(jetzt),
            ruecknahmegrund: Some(eingabe.grund.clone()),
            ..self.offene_nachforderung()?.clone()
        };
        let neu = Antrag {
            status: AntragStatus::InPruefung,
            nachforderung: Some(nachforderung),
            ..self.wie_eingereicht(eingereicht)
        };
        Ok(Entscheidung::neu(neu)
            .entfaellt(Fristart::Nachforderung)
            .ereignis("antrag.nachforderung_zurueckgenommen", self.ereignisdaten()))
    }

    /// The Antrag whose running request is due on another day, because its deadline was extended.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when no request runs, `ANGABE_FEHLT` when there is none.
    pub fn nachforderung_verlaengert(&self, bis: NaiveDate) -> Urteil<Antrag> {
        if self.status != AntragStatus::Nachforderung {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", VERLAENGERUNG, Einheit::Code)
                    .erlaubt("zulaessig", AntragStatus::Nachforderung, Einheit::Code),
            ]);
        }
        let nachforderung = Nachforderung { frist: bis, ..self.offene_nachforderung()?.clone() };
        Ok(Entscheidung::neu(Antrag { nachforderung: Some(nachforderung), ..self.clone() }))
    }

    fn offene_nachforderung(&self) -> Result<&Nachforderung, Vec<Befund>> {
        self.nachforderung.as_ref().ok_or_else(|| {
            vec![Befund::neu(&ANGABE_FEHLT).ort("/nachforderung").gemessen("feld", "nachforderung", Einheit::Code)]
        })
    }

    fn mit_nachforderung(&self, neu: Nachforderung, ereignis: &'static str) -> Entscheidung<Antrag> {
        let frist = Fristsetzung {
            art: Fristart::Nachforderung,
            bezug: None,
            faellig_am: neu.frist,
            antrag_id: self.id,
            jahrgang: self.jahrgang,
            regelwerk: self.regelwerk.clone().unwrap_or_default(),
        };
        let antrag = Antrag { status: AntragStatus::Nachforderung, nachforderung: Some(neu), ..self.clone() };
        Entscheidung::neu(antrag).frist(frist).ereignis(ereignis, self.ereignisdaten())
    }

    /// What forbids changing `felder` (pointers as [`super::geaenderte_felder`] gives them); empty when permitted.
    ///
    /// A draft can be changed entirely, during a Nachforderung only what it opens ([`oeffnet`]), otherwise nothing.
    pub fn darf_aendern(&self, akteur: &Akteur, felder: &[String]) -> Vec<Befund> {
        if let Some(befund) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::AntragSchreiben) {
            return vec![befund];
        }
        match (self.status, &self.nachforderung) {
            (AntragStatus::Entwurf, _) => Vec::new(),
            (AntragStatus::Nachforderung, Some(n)) => {
                let offen: Vec<String> = n.posten.iter().flat_map(|p| oeffnet(&p.feld)).collect();
                let liste = offen.join(", ");
                felder
                    .iter()
                    .filter(|f| !offen.iter().any(|o| super::felder::deckt(o, f)))
                    .map(|f| {
                        Befund::neu(&NUR_NACHGEFORDERTES).ort(f.as_str()).gemessen("feld", f, Einheit::Text).erlaubt(
                            "felder",
                            &liste,
                            Einheit::Text,
                        )
                    })
                    .collect()
            }
            _ => vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)],
        }
    }
}

fn morgen(heute: NaiveDate) -> NaiveDate {
    heute.succ_opt().unwrap_or(NaiveDate::MAX)
}

fn zu_frueh(frist: NaiveDate, fruehestens: NaiveDate) -> Option<Befund> {
    (frist < fruehestens).then(|| {
        Befund::neu(&FRIST_VERGANGEN).ort("/frist").gemessen("frist", frist, Einheit::Datum).erlaubt(
            "fruehestens",
            fruehestens,
            Einheit::Datum,
        )
    })
}
