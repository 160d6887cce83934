//! Ausnahme: the granting authority lets a rule pass in one case, with a reason, by two persons, until a day.
//!
//! Only rules that say so can be excepted. What an exception lets pass stays visible as a hint with its number.

use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Befundcode, Einheit, Schwere};
use crate::berechtigung::{Akteur, Recht, Rolle, gleiche_person};
use crate::bestaetigung::BEGRUENDUNG_MINDESTENS;
use crate::budget::pruefe_recht;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{AUSNAHME_UNMOEGLICH, BEGRUENDUNG_FEHLT, FRIST_VERGANGEN, alle_regeln};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: grant it; by another person than the one who asked.
pub const GENEHMIGUNG: &str = "genehmigung";
/// Act: refuse it.
pub const ABLEHNUNG: &str = "ablehnung";
/// Act: end it before its day.
pub const WIDERRUF: &str = "widerruf";

crate::status! {
    /// State of an exception. Whether a granted one has expired is no state: it follows from the day.
    AusnahmeStatus {
        /// Asked for by one person.
        Beantragt = "BEANTRAGT",
        /// Granted by another.
        Genehmigt = "GENEHMIGT",
        /// Refused.
        Abgelehnt = "ABGELEHNT",
        /// Ended before its day.
        Widerrufen = "WIDERRUFEN",
    }
}

/// State table.
pub const UEBERGAENGE: &[Uebergang<AusnahmeStatus>] = {
    use AusnahmeStatus as S;
    &[
        Uebergang {
            akt: GENEHMIGUNG,
            recht: Recht::AusnahmeEntscheiden,
            von: &[S::Beantragt],
            nach: Some(S::Genehmigt),
        },
        Uebergang { akt: ABLEHNUNG, recht: Recht::AusnahmeEntscheiden, von: &[S::Beantragt], nach: Some(S::Abgelehnt) },
        Uebergang { akt: WIDERRUF, recht: Recht::AusnahmeEntscheiden, von: &[S::Genehmigt], nach: Some(S::Widerrufen) },
    ]
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "regel": "AQB-FR-001", "begruendung": "Der Kreisausschuss konnte wegen des Hochwassers nicht tagen.", "gueltig_bis": "2026-12-31" }))))]
#[serde(deny_unknown_fields)]
pub struct Ausnahmeinhalt {
    /// Code of the rule; one that permits exceptions.
    pub regel: Befundcode,
    /// Why the single case calls for it.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 10,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Kreisausschuss konnte wegen des Hochwassers nicht tagen.")
        )
    )]
    pub begruendung: String,
    /// Last day on which it counts.
    #[cfg_attr(feature = "schema", schema(examples("2026-12-31")))]
    pub gueltig_bis: NaiveDate,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ausnahme {
    /// Id.
    pub id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// State.
    pub status: AusnahmeStatus,
    /// What is asked for.
    pub inhalt: Ausnahmeinhalt,
    /// Who asked.
    pub beantragt_von: String,
    /// In which role.
    pub beantragt_als: Rolle,
    /// Who granted it; another person than the one who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genehmigt_von: Option<String>,
    /// Who decided last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entschieden_von: Option<String>,
    /// Legal day of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entschieden_am: Option<NaiveDate>,
    /// Why it was granted, refused or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entscheidungsgrund: Option<String>,
}

/// The case an exception belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ausnahmefall {
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
}

impl Ausnahme {
    /// Asks for one.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `FREMDER_VORGANG`, `AUSNAHME_UNMOEGLICH` for an unknown rule or one without exceptions,
    /// `FRIST_VERGANGEN`, `BEGRUENDUNG_FEHLT`.
    pub fn beantragen(
        id: Uuid,
        fall: Ausnahmefall,
        inhalt: Ausnahmeinhalt,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Ausnahme> {
        let mut befunde: Vec<Befund> = pruefe_recht(akteur, Recht::AusnahmeBeantragen).into_iter().collect();
        if akteur.rolle == Rolle::Gebietskoerperschaft {
            befunde.extend(pruefe_zugehoerigkeit(&fall.kreisschluessel, akteur, Recht::AusnahmeBeantragen));
        }
        if !alle_regeln().any(|r| r.code == inhalt.regel.0 && r.ausnahme_moeglich) {
            befunde.push(Befund::neu(&AUSNAHME_UNMOEGLICH).ort("/regel").gemessen(
                "regel",
                &inhalt.regel.0,
                Einheit::Code,
            ));
        }
        if inhalt.gueltig_bis < heute {
            befunde.push(
                Befund::neu(&FRIST_VERGANGEN)
                    .ort("/gueltig_bis")
                    .gemessen("frist", inhalt.gueltig_bis, Einheit::Datum)
                    .erlaubt("fruehestens", heute, Einheit::Datum),
            );
        }
        let zeichen = inhalt.begruendung.trim().chars().count();
        if zeichen < BEGRUENDUNG_MINDESTENS {
            befunde.push(
                Befund::neu(&BEGRUENDUNG_FEHLT)
                    .ort("/begruendung")
                    .gemessen("zeichen", zeichen, Einheit::Anzahl)
                    .erlaubt("mindestens", BEGRUENDUNG_MINDESTENS, Einheit::Anzahl),
            );
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let a = Ausnahme {
            id,
            antrag_id: fall.antrag_id,
            jahrgang: fall.jahrgang,
            kreisschluessel: fall.kreisschluessel,
            status: AusnahmeStatus::Beantragt,
            inhalt,
            beantragt_von: akteur.person.clone(),
            beantragt_als: akteur.rolle,
            genehmigt_von: None,
            entschieden_von: None,
            entschieden_am: None,
            entscheidungsgrund: None,
        };
        let daten = a.ereignisdaten();
        Ok(Entscheidung::neu(a).ereignis("ausnahme.beantragt", daten))
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "ausnahme_id": self.id, "antrag_id": self.antrag_id, "regel": self.inhalt.regel })
    }

    /// Its acts with what they would find on the legal day `heute`.
    pub fn aktionen(&self, akteur: &Akteur, heute: NaiveDate) -> Vec<Aktion> {
        let erster = |akt: &str| (akt == GENEHMIGUNG).then(|| self.beantragt_von.clone());
        let vergangen = |akt: &str| {
            let bis = self.inhalt.gueltig_bis;
            (akt == GENEHMIGUNG && bis < heute).then(|| {
                Befund::neu(&FRIST_VERGANGEN).gemessen("frist", bis, Einheit::Datum).erlaubt(
                    "fruehestens",
                    heute,
                    Einheit::Datum,
                )
            })
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, |akt| vergangen(akt).into_iter().collect())
    }

    /// The case waits for this person: whoever asked waits for another one, though he may refuse it himself.
    pub fn wartet_auf(&self, akteur: &Akteur) -> bool {
        !gleiche_person(&self.beantragt_von, &akteur.person)
    }

    /// Decides or ends it by one of the acts of [`UEBERGAENGE`].
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for whoever asked, `FRIST_VERGANGEN` when its day is over.
    pub fn entscheiden(&self, akt: &str, e: &Handlungsgrund, heute: NaiveDate, akteur: &Akteur) -> Urteil<Ausnahme> {
        frei(self.aktionen(akteur, heute), akt)?;
        let (status, ereignis) = match akt {
            GENEHMIGUNG => (AusnahmeStatus::Genehmigt, "ausnahme.genehmigt"),
            ABLEHNUNG => (AusnahmeStatus::Abgelehnt, "ausnahme.abgelehnt"),
            _ => (AusnahmeStatus::Widerrufen, "ausnahme.widerrufen"),
        };
        let genehmigt = (akt == GENEHMIGUNG).then(|| akteur.person.clone());
        let neu = Ausnahme {
            status,
            genehmigt_von: genehmigt.or_else(|| self.genehmigt_von.clone()),
            entschieden_von: Some(akteur.person.clone()),
            entschieden_am: Some(heute),
            entscheidungsgrund: Some(e.grund.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis(ereignis, self.ereignisdaten()))
    }

    /// It counts on that day.
    pub fn gilt(&self, heute: NaiveDate) -> bool {
        self.status == AusnahmeStatus::Genehmigt && heute <= self.inhalt.gueltig_bis
    }
}

/// Lets what is excepted pass: a finding of an excepted rule becomes a hint that names the exception.
pub fn anwenden(befunde: Vec<Befund>, ausnahmen: &[Ausnahme], heute: NaiveDate) -> Vec<Befund> {
    let gemildert = |b: Befund| {
        let ausnahme = ausnahmen.iter().find(|a| a.gilt(heute) && a.inhalt.regel.0 == b.regel.code);
        match ausnahme {
            Some(a) if b.regel.ausnahme_moeglich && b.schwere != Schwere::Hinweis => {
                b.mit_schwere(Schwere::Hinweis).gemessen("ausnahme", a.id, Einheit::Code)
            }
            _ => b,
        }
    };
    befunde.into_iter().map(gemildert).collect()
}

#[cfg(test)]
mod tests;
