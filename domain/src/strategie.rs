//! Regional training and labour-market strategy; its submission is a precondition of funding.

use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Rueckgabe, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::gebietskoerperschaft::{pruefe_zugehoerigkeit, stichtag};
use crate::regel::{
    DATUM_IN_ZUKUNFT, DATUM_REIHENFOLGE, STRATEGIE_FEHLT, STRATEGIE_UEBERSCHNEIDUNG, STRATEGIE_WIRD_GEBRAUCHT,
    UNVERAENDERLICH,
};
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
    /// Why it is a draft again, until it is submitted anew.
    #[serde(default)]
    pub rueckgabe: Option<Rueckgabe>,
}

/// What the acts of a strategy need to know beside it.
#[derive(Debug, Clone, Copy)]
pub struct Strategiefakten<'a> {
    /// Strategies of the same Gebietskoerperschaft; drafts and the strategy itself among them do not count.
    pub andere: &'a [Strategie],
    /// Agreements with a fixed text, not replaced and not expired, that name the strategy.
    pub vereinbarungen: u64,
    /// Legal day.
    pub heute: NaiveDate,
}

/// Act: submit.
pub const EINREICHUNG: &str = "einreichung";
/// Act: recognise.
pub const ANERKENNUNG: &str = "anerkennung";

/// Act: take the submission back.
pub const RUECKNAHME: &str = "ruecknahme";
/// Act: return it to its author.
pub const ZURUECKWEISUNG: &str = "zurueckweisung";

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
    Uebergang {
        akt: ZURUECKWEISUNG,
        recht: Recht::StrategieAnerkennen,
        von: &[StrategieStatus::Eingereicht],
        nach: Some(StrategieStatus::Entwurf),
    },
    Uebergang {
        akt: RUECKNAHME,
        recht: Recht::StrategieSchreiben,
        von: &[StrategieStatus::Eingereicht],
        nach: Some(StrategieStatus::Entwurf),
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
            rueckgabe: None,
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

    /// What forbids deleting it: it is no draft of the caller's own that was never submitted.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn loeschbar(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::StrategieSchreiben) {
            return Err(vec![b]);
        }
        if self.status == StrategieStatus::Entwurf && self.rueckgabe.is_none() {
            return Ok(());
        }
        Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)])
    }

    /// All acts with what they would find.
    pub fn aktionen(&self, akteur: &Akteur, fakten: &Strategiefakten<'_>) -> Vec<Aktion> {
        let zusatz = |akt: &str| {
            let eigen = matches!(akt, EINREICHUNG | RUECKNAHME);
            let fremd = eigen
                .then(|| pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::StrategieSchreiben))
                .flatten();
            match (fremd, akt) {
                (Some(b), _) => vec![b],
                (None, EINREICHUNG) => self.pruefe(fakten.andere, fakten.heute),
                (None, RUECKNAHME | ZURUECKWEISUNG) => gebraucht(fakten.vereinbarungen).into_iter().collect(),
                (None, _) => Vec::new(),
            }
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, zusatz)
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
    pub fn einreichen(&self, fakten: &Strategiefakten<'_>, akteur: &Akteur) -> Urteil<Strategie> {
        frei(self.aktionen(akteur, fakten), EINREICHUNG)?;
        let neu = Strategie {
            status: StrategieStatus::Eingereicht,
            eingereicht_am: Some(fakten.heute),
            eingereicht_von: Some(akteur.person.clone()),
            rueckgabe: None,
            ..self.clone()
        };
        Ok(self.entschieden(neu, "strategie.eingereicht"))
    }

    /// Recognises the strategy.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn anerkennen(&self, fakten: &Strategiefakten<'_>, akteur: &Akteur) -> Urteil<Strategie> {
        frei(self.aktionen(akteur, fakten), ANERKENNUNG)?;
        let neu = Strategie {
            status: StrategieStatus::Anerkannt,
            anerkannt_am: Some(fakten.heute),
            anerkannt_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        Ok(self.entschieden(neu, "strategie.anerkannt"))
    }

    /// Makes a submitted strategy a draft again: `akt` is [`ZURUECKWEISUNG`] by the ministry or [`RUECKNAHME`] by its
    /// Gebietskoerperschaft.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`, `STRATEGIE_WIRD_GEBRAUCHT`.
    pub fn zurueckgeben(
        &self,
        akt: &'static str,
        eingabe: &Handlungsgrund,
        fakten: &Strategiefakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Strategie> {
        frei(self.aktionen(akteur, fakten), akt)?;
        let neu = Strategie {
            status: StrategieStatus::Entwurf,
            eingereicht_am: None,
            eingereicht_von: None,
            rueckgabe: Some(Rueckgabe::neu(akt, eingabe, fakten.heute, akteur)),
            ..self.clone()
        };
        let typ = if akt == RUECKNAHME { "strategie.zurueckgenommen" } else { "strategie.zurueckgewiesen" };
        Ok(self.entschieden(neu, typ))
    }

    fn entschieden(&self, neu: Strategie, ereignis: &'static str) -> Entscheidung<Strategie> {
        Entscheidung::neu(neu).ereignis(ereignis, serde_json::json!({ "strategie_id": self.id }))
    }
}

fn gebraucht(vereinbarungen: u64) -> Option<Befund> {
    (vereinbarungen > 0)
        .then(|| Befund::neu(&STRATEGIE_WIRD_GEBRAUCHT).gemessen("anzahl", vereinbarungen, Einheit::Anzahl))
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
