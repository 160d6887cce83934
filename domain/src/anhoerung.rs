//! Anhoerung: before a decision that burdens, the county can state its view (§ 28 HVwVfG).

use crate::akt::{Aktion, Entscheidung, Fristsetzung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::budget::pruefe_recht;
use crate::frist::{Fristart, VERLAENGERUNG};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{ANHOERUNG_LAEUFT, ANHOERUNG_ZU_KURZ, FRIST_VERGANGEN, STATUS_UNZULAESSIG};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: state one's view.
pub const STELLUNGNAHME: &str = "stellungnahme";
/// Act: end it; what was stated, or the silence, is known.
pub const ABSCHLUSS: &str = "abschluss";
/// Act: give it up, because the decision is not wanted any more.
pub const RUECKNAHME: &str = "ruecknahme";

crate::status! {
    /// State of a hearing.
    AnhoerungStatus {
        /// The county can answer.
        Offen = "OFFEN",
        /// It answered.
        Beantwortet = "BEANTWORTET",
        /// The authority took note of the answer or of the silence.
        Abgeschlossen = "ABGESCHLOSSEN",
        /// Given up.
        Zurueckgenommen = "ZURUECKGENOMMEN",
    }
}

crate::status! {
    /// Decision a hearing precedes.
    Anhoerungsgegenstand {
        /// Final decision that lowers the grant.
        Schlussbescheid = "SCHLUSSBESCHEID",
        /// Revocation.
        Widerruf = "WIDERRUF",
        /// Withdrawal.
        Ruecknahme = "RUECKNAHME",
        /// Interest.
        Zinsen = "ZINSEN",
    }
}

/// State table.
pub const UEBERGAENGE: &[Uebergang<AnhoerungStatus>] = {
    use AnhoerungStatus as S;
    &[
        Uebergang {
            akt: STELLUNGNAHME,
            recht: Recht::AnhoerungStellungnahme,
            von: &[S::Offen, S::Beantwortet],
            nach: Some(S::Beantwortet),
        },
        Uebergang {
            akt: ABSCHLUSS,
            recht: Recht::AnhoerungFuehren,
            von: &[S::Offen, S::Beantwortet],
            nach: Some(S::Abgeschlossen),
        },
        Uebergang {
            akt: RUECKNAHME,
            recht: Recht::AnhoerungFuehren,
            von: &[S::Offen, S::Beantwortet],
            nach: Some(S::Zurueckgenommen),
        },
    ]
};

/// What is put to the county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "gegenstand": "WIDERRUF", "text": "Der Verwendungsnachweis ist seit dem 01.01.2028 überfällig. Es ist beabsichtigt, den Bescheid zu widerrufen.", "frist_bis": "2026-10-15" }))))]
#[serde(deny_unknown_fields)]
pub struct Anhoerunginhalt {
    /// Decision that is intended.
    pub gegenstand: Anhoerungsgegenstand,
    /// Facts and the intended decision.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 20,
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Verwendungsnachweis ist seit dem 01.01.2028 überfällig.")
        )
    )]
    pub text: String,
    /// Last day for the statement; at least the days of the parameter `anhoerung_mindestens_tage` from now.
    #[cfg_attr(feature = "schema", schema(examples("2026-10-15")))]
    pub frist_bis: NaiveDate,
}

/// The county's view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "text": "Der Nachweis wird bis zum 31.10. nachgereicht; die Verzögerung beruht auf einem Personalausfall." }))))]
#[serde(deny_unknown_fields)]
pub struct Stellungnahmeeingabe {
    /// What the county states.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Nachweis wird nachgereicht.")
        )
    )]
    pub text: String,
}

/// A statement as it was received. A later one stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stellungnahme {
    /// Legal day of receipt.
    pub am: NaiveDate,
    /// Who.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// What.
    #[cfg_attr(feature = "schema", schema(max_length = 20000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$"))]
    pub text: String,
}

/// A hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anhoerung {
    /// Id.
    pub id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft that is heard.
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    pub regelwerk: String,
    /// State.
    pub status: AnhoerungStatus,
    /// What is put to the county.
    pub inhalt: Anhoerunginhalt,
    /// Who opened it.
    pub eroeffnet_von: String,
    /// Legal day on which it was opened.
    pub eroeffnet_am: NaiveDate,
    /// Statements in their order.
    pub stellungnahmen: Vec<Stellungnahme>,
    /// Why it was ended or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endegrund: Option<String>,
}

/// The case a hearing belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anhoerungsfall {
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Regelwerk.
    pub regelwerk: String,
    /// Days a county has at least (parameter `anhoerung_mindestens_tage`).
    pub mindestens_tage: i64,
}

impl Anhoerung {
    /// Opens a hearing; its deadline becomes a record.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `FRIST_VERGANGEN`, `ANHOERUNG_ZU_KURZ`.
    pub fn eroeffnen(
        id: Uuid,
        fall: Anhoerungsfall,
        inhalt: Anhoerunginhalt,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Anhoerung> {
        if let Some(b) = pruefe_recht(akteur, Recht::AnhoerungFuehren) {
            return Err(vec![b]);
        }
        let tage = inhalt.frist_bis.signed_duration_since(heute).num_days();
        if tage < 0 {
            return Err(vec![
                Befund::neu(&FRIST_VERGANGEN)
                    .ort("/frist_bis")
                    .gemessen("frist", inhalt.frist_bis, Einheit::Datum)
                    .erlaubt("fruehestens", heute, Einheit::Datum),
            ]);
        }
        if tage < fall.mindestens_tage {
            return Err(vec![
                Befund::neu(&ANHOERUNG_ZU_KURZ)
                    .ort("/frist_bis")
                    .gemessen("tage", tage, Einheit::Anzahl)
                    .erlaubt("mindestens", fall.mindestens_tage, Einheit::Anzahl)
                    .regelwerk(&fall.regelwerk),
            ]);
        }
        let frist = Fristsetzung {
            art: Fristart::Anhoerung,
            bezug: None,
            faellig_am: inhalt.frist_bis,
            antrag_id: fall.antrag_id,
            jahrgang: fall.jahrgang,
            regelwerk: fall.regelwerk.clone(),
        };
        let a = Anhoerung {
            id,
            antrag_id: fall.antrag_id,
            jahrgang: fall.jahrgang,
            kreisschluessel: fall.kreisschluessel,
            regelwerk: fall.regelwerk,
            status: AnhoerungStatus::Offen,
            inhalt,
            eroeffnet_von: akteur.person.clone(),
            eroeffnet_am: heute,
            stellungnahmen: Vec::new(),
            endegrund: None,
        };
        let daten = a.ereignisdaten();
        Ok(Entscheidung::neu(a).frist(frist).ereignis("anhoerung.eroeffnet", daten))
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "anhoerung_id": self.id, "antrag_id": self.antrag_id, "gegenstand": self.inhalt.gegenstand })
    }

    /// Its acts with what they would find on the legal day `heute`.
    pub fn aktionen(&self, akteur: &Akteur, heute: NaiveDate) -> Vec<Aktion> {
        let zusatz = |akt: &str| match akt {
            STELLUNGNAHME => pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::AnhoerungStellungnahme)
                .into_iter()
                .collect(),
            ABSCHLUSS => self.laufend(heute).into_iter().collect(),
            _ => Vec::new(),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, zusatz)
    }

    /// The case waits for this act. The county can answer late too, but nothing waits for it any more.
    pub fn wartet_auf(&self, akt: &str, heute: NaiveDate) -> bool {
        akt != STELLUNGNAHME || self.laeuft(heute)
    }

    /// The finding that the county can still answer and has not.
    fn laufend(&self, heute: NaiveDate) -> Option<Befund> {
        self.laeuft(heute).then(|| {
            Befund::neu(&ANHOERUNG_LAEUFT)
                .gemessen("anhoerung", self.id, Einheit::Code)
                .gemessen("frist", self.inhalt.frist_bis, Einheit::Datum)
                .regelwerk(&self.regelwerk)
        })
    }

    /// A decision may follow: the county answered, the authority ended it, or its time is over.
    pub fn angehoert(&self, heute: NaiveDate) -> bool {
        match self.status {
            AnhoerungStatus::Offen => self.inhalt.frist_bis < heute,
            AnhoerungStatus::Beantwortet | AnhoerungStatus::Abgeschlossen => true,
            AnhoerungStatus::Zurueckgenommen => false,
        }
    }

    /// Nobody may decide yet: the county can still answer and has not.
    pub fn laeuft(&self, heute: NaiveDate) -> bool {
        self.status == AnhoerungStatus::Offen && self.inhalt.frist_bis >= heute
    }

    /// Adds the county's view. It counts also after the day, as long as nothing was decided.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`.
    pub fn stellung_nehmen(&self, e: &Stellungnahmeeingabe, heute: NaiveDate, akteur: &Akteur) -> Urteil<Anhoerung> {
        frei(self.aktionen(akteur, heute), STELLUNGNAHME)?;
        let mut neu = Anhoerung { status: AnhoerungStatus::Beantwortet, ..self.clone() };
        neu.stellungnahmen.push(Stellungnahme { am: heute, person: akteur.person.clone(), text: e.text.clone() });
        Ok(Entscheidung::neu(neu).erledigt(Fristart::Anhoerung).ereignis("anhoerung.beantwortet", self.ereignisdaten()))
    }

    /// Its deadline got a later day.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` once it is answered or ended.
    pub fn verlaengert(&self, bis: NaiveDate) -> Urteil<Anhoerung> {
        if self.status != AnhoerungStatus::Offen {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", VERLAENGERUNG, Einheit::Code)
                    .erlaubt("zulaessig", AnhoerungStatus::Offen, Einheit::Code),
            ]);
        }
        let inhalt = Anhoerunginhalt { frist_bis: bis, ..self.inhalt.clone() };
        Ok(Entscheidung::neu(Anhoerung { inhalt, ..self.clone() }))
    }

    /// Ends it.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`; `ANHOERUNG_LAEUFT` while the county can still answer and has not.
    pub fn abschliessen(&self, e: &Handlungsgrund, heute: NaiveDate, akteur: &Akteur) -> Urteil<Anhoerung> {
        frei(self.aktionen(akteur, heute), ABSCHLUSS)?;
        Ok(self.ende(AnhoerungStatus::Abgeschlossen, e, "anhoerung.abgeschlossen"))
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`.
    pub fn zuruecknehmen(&self, e: &Handlungsgrund, heute: NaiveDate, akteur: &Akteur) -> Urteil<Anhoerung> {
        frei(self.aktionen(akteur, heute), RUECKNAHME)?;
        Ok(self.ende(AnhoerungStatus::Zurueckgenommen, e, "anhoerung.zurueckgenommen"))
    }

    fn ende(&self, status: AnhoerungStatus, e: &Handlungsgrund, ereignis: &'static str) -> Entscheidung<Anhoerung> {
        let neu = Anhoerung { status, endegrund: Some(e.grund.clone()), ..self.clone() };
        Entscheidung::neu(neu).entfaellt(Fristart::Anhoerung).ereignis(ereignis, self.ereignisdaten())
    }
}

#[cfg(test)]
mod tests;
