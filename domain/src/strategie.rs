//! Regional training and labour-market strategy; its submission is a precondition of funding.

use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::gebietskoerperschaft::{pruefe_zugehoerigkeit, stichtag};
use crate::regel::{DATUM_IN_ZUKUNFT, DATUM_REIHENFOLGE, STRATEGIE_FEHLT, STRATEGIE_UEBERSCHNEIDUNG, UNVERAENDERLICH};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// State of a strategy.
    StrategieStatus {
        /// Can be edited.
        Entwurf = "ENTWURF",
        /// Submitted to the ministry; immutable.
        Eingereicht = "EINGEREICHT",
        /// Recognised by the ministry.
        Anerkannt = "ANERKANNT",
    }
}

/// What a Gebietskoerperschaft says about its strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Strategieinhalt {
    /// Title.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Ausbildungs- und Arbeitsmarktstrategie 2026–2030")
        )
    )]
    pub titel: String,
    /// Day on which the body decided on it; not in the future when it is submitted.
    #[cfg_attr(feature = "schema", schema(examples("2025-11-12")))]
    pub beschlussdatum: NaiveDate,
    /// First day of validity.
    #[cfg_attr(feature = "schema", schema(examples("2026-01-01")))]
    pub gueltig_von: NaiveDate,
    /// Last day of validity.
    #[cfg_attr(feature = "schema", schema(examples("2030-12-31")))]
    pub gueltig_bis: NaiveDate,
    /// Summary, line breaks permitted.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Schwerpunkte: Übergang Schule–Beruf, Teilzeitausbildung.")
        )
    )]
    pub zusammenfassung: String,
}

impl Strategieinhalt {
    /// The finding `DATUM_REIHENFOLGE` for a period that ends before it begins; not even a draft may have one.
    fn pruefe_zeitraum(&self) -> Option<Befund> {
        (self.gueltig_bis < self.gueltig_von).then(|| {
            Befund::neu(&DATUM_REIHENFOLGE)
                .ort("/inhalt/gueltig_bis")
                .gemessen("von", self.gueltig_von, Einheit::Datum)
                .gemessen("bis", self.gueltig_bis, Einheit::Datum)
        })
    }
}

/// A strategy of one Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Strategie {
    /// Id.
    pub id: Uuid,
    /// Owner.
    pub kreisschluessel: String,
    /// Content.
    pub inhalt: Strategieinhalt,
    /// State.
    pub status: StrategieStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Legal day of the submission.
    pub eingereicht_am: Option<NaiveDate>,
    /// Who submitted it.
    pub eingereicht_von: Option<String>,
    /// Legal day of the recognition.
    pub anerkannt_am: Option<NaiveDate>,
    /// Who recognised it.
    pub anerkannt_von: Option<String>,
}

/// Act: submit.
pub const EINREICHUNG: &str = "einreichung";
/// Act: recognise.
pub const ANERKENNUNG: &str = "anerkennung";

/// State table.
pub const UEBERGAENGE: &[Uebergang<StrategieStatus>] = &[
    Uebergang {
        akt: EINREICHUNG,
        recht: Recht::StrategieSchreiben,
        von: &[StrategieStatus::Entwurf],
        nach: Some(StrategieStatus::Eingereicht),
    },
    Uebergang {
        akt: ANERKENNUNG,
        recht: Recht::StrategieAnerkennen,
        von: &[StrategieStatus::Eingereicht],
        nach: Some(StrategieStatus::Anerkannt),
    },
];

impl Strategie {
    /// A new draft of `kreisschluessel`.
    ///
    /// # Errors
    /// `FREMDER_VORGANG` for another Gebietskoerperschaft's caller, `DATUM_REIHENFOLGE`.
    pub fn anlegen(
        id: Uuid,
        kreisschluessel: &str,
        inhalt: Strategieinhalt,
        akteur: &Akteur,
    ) -> Result<Strategie, Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(kreisschluessel, akteur, Recht::StrategieSchreiben) {
            return Err(vec![b]);
        }
        if let Some(b) = inhalt.pruefe_zeitraum() {
            return Err(vec![b]);
        }
        Ok(Strategie {
            id,
            kreisschluessel: kreisschluessel.to_owned(),
            inhalt,
            status: StrategieStatus::Entwurf,
            erstellt_von: akteur.person.clone(),
            eingereicht_am: None,
            eingereicht_von: None,
            anerkannt_am: None,
            anerkannt_von: None,
        })
    }

    /// Replaces the content of a draft.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH` once it is submitted, or `DATUM_REIHENFOLGE`.
    pub fn aendern(&self, inhalt: Strategieinhalt, akteur: &Akteur) -> Result<Strategie, Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::StrategieSchreiben) {
            return Err(vec![b]);
        }
        if self.status != StrategieStatus::Entwurf {
            return Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)]);
        }
        if let Some(b) = inhalt.pruefe_zeitraum() {
            return Err(vec![b]);
        }
        Ok(Strategie { inhalt, ..self.clone() })
    }

    /// The day lies in the period of validity.
    pub fn umfasst(&self, tag: NaiveDate) -> bool {
        self.inhalt.gueltig_von <= tag && tag <= self.inhalt.gueltig_bis
    }

    /// It was submitted (and perhaps recognised).
    pub fn ist_eingereicht(&self) -> bool {
        self.status != StrategieStatus::Entwurf
    }

    /// It meets the precondition of funding for this Gebietskoerperschaft and Jahrgang: submitted and valid on
    /// 1 January of the Jahrgang.
    pub fn traegt(&self, kreisschluessel: &str, jahrgang: i32) -> bool {
        self.kreisschluessel == kreisschluessel && self.ist_eingereicht() && self.umfasst(stichtag(jahrgang))
    }

    /// All acts with the reasons that block them.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let fremd = |akt: &str| {
            (akt == EINREICHUNG)
                .then(|| pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::StrategieSchreiben))
                .flatten()
                .into_iter()
                .collect()
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, fremd)
    }

    /// What blocks an act before its input is known.
    pub fn sperren(&self, akt: &str, akteur: &Akteur) -> Vec<Befund> {
        self.aktionen(akteur).into_iter().filter(|a| a.akt == akt).flat_map(|a| a.befunde).collect()
    }

    /// What prevents the submission apart from state and right. `andere` are strategies of the same
    /// Gebietskoerperschaft; drafts and this one among them do not count.
    pub fn pruefe(&self, andere: &[Strategie], heute: NaiveDate) -> Vec<Befund> {
        let i = &self.inhalt;
        let mut befunde: Vec<Befund> = i.pruefe_zeitraum().into_iter().collect();
        if i.beschlussdatum > heute {
            befunde.push(
                Befund::neu(&DATUM_IN_ZUKUNFT)
                    .ort("/inhalt/beschlussdatum")
                    .gemessen("angegeben", i.beschlussdatum, Einheit::Datum)
                    .erlaubt("heute", heute, Einheit::Datum),
            );
        }
        let zaehlt =
            |a: &&Strategie| a.id != self.id && a.kreisschluessel == self.kreisschluessel && a.ist_eingereicht();
        for a in andere.iter().filter(zaehlt) {
            if i.gueltig_von <= a.inhalt.gueltig_bis && a.inhalt.gueltig_von <= i.gueltig_bis {
                befunde.push(
                    Befund::neu(&STRATEGIE_UEBERSCHNEIDUNG)
                        .ort("/inhalt/gueltig_von")
                        .gemessen("von", i.gueltig_von, Einheit::Datum)
                        .gemessen("bis", i.gueltig_bis, Einheit::Datum)
                        .gemessen("andere", &a.inhalt.titel, Einheit::Text),
                );
            }
        }
        befunde
    }

    /// Submits the strategy.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`, or what [`Strategie::pruefe`] finds.
    pub fn einreichen(&self, andere: &[Strategie], heute: NaiveDate, akteur: &Akteur) -> Urteil<Strategie> {
        let mut befunde = self.sperren(EINREICHUNG, akteur);
        if befunde.is_empty() {
            befunde = self.pruefe(andere, heute);
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Strategie {
            status: StrategieStatus::Eingereicht,
            eingereicht_am: Some(heute),
            eingereicht_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("strategie.eingereicht", serde_json::json!({ "strategie_id": self.id })))
    }

    /// Recognises the strategy.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn anerkennen(&self, heute: NaiveDate, akteur: &Akteur) -> Urteil<Strategie> {
        let befunde = self.sperren(ANERKENNUNG, akteur);
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Strategie {
            status: StrategieStatus::Anerkannt,
            anerkannt_am: Some(heute),
            anerkannt_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("strategie.anerkannt", serde_json::json!({ "strategie_id": self.id })))
    }
}

/// The finding `STRATEGIE_FEHLT`, unless one of the strategies meets the precondition for the Jahrgang.
pub fn pruefe_voraussetzung(strategien: &[Strategie], kreisschluessel: &str, jahrgang: i32) -> Option<Befund> {
    let da = strategien.iter().any(|s| s.traegt(kreisschluessel, jahrgang));
    (!da).then(|| {
        Befund::neu(&STRATEGIE_FEHLT).gemessen("kreisschluessel", kreisschluessel, Einheit::Code).erlaubt(
            "stichtag",
            stichtag(jahrgang),
            Einheit::Datum,
        )
    })
}

#[cfg(test)]
mod tests;
