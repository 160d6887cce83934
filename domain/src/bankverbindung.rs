//! Change of the account a case is paid to: asked for by one person of the county, confirmed by another, effective
//! after a waiting time in which the granting authority can stop it (S23).

use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::antrag::{Antrag, AntragStatus, Bankverbindung, iban_verkuerzt};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::frist::dauerfrist;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::mittelabruf::Zahlkonto;
use crate::regel::{ANGABE_FEHLT, BANKVERBINDUNG_GLEICH, BANKVERBINDUNG_IM_ANTRAG, BANKVERBINDUNG_WIRKSAM};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

crate::status! {
    /// State of a change of the account.
    KontoaenderungStatus {
        /// Asked for by one person, waits for another.
        Beantragt = "BEANTRAGT",
        /// Confirmed; in effect from the end of the waiting time on.
        Bestaetigt = "BESTAETIGT",
        /// Stopped by the granting authority.
        Gesperrt = "GESPERRT",
        /// Withdrawn before the confirmation.
        Zurueckgezogen = "ZURUECKGEZOGEN",
    }
}

/// A change of the account of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kontoaenderung {
    /// Id.
    pub id: Uuid,
    /// Case.
    pub antrag_id: Uuid,
    /// Jahrgang of the case.
    pub jahrgang: i32,
    /// Owner of the case.
    pub kreisschluessel: String,
    /// State.
    pub status: KontoaenderungStatus,
    /// The new account.
    pub bankverbindung: Bankverbindung,
    /// The account it is to replace.
    pub bisher: Bankverbindung,
    /// Why.
    pub grund: String,
    /// Who asked for it.
    pub erstellt_von: String,
    /// Legal day on which it was asked for.
    pub beantragt_am: NaiveDate,
    /// Who confirmed it; another person.
    pub bestaetigt_von: Option<String>,
    /// Legal day of the confirmation.
    pub bestaetigt_am: Option<NaiveDate>,
    /// First legal day on which the new account may be paid.
    pub wirksam_ab: Option<NaiveDate>,
    /// Who stopped or withdrew it.
    pub beendet_von: Option<String>,
    /// Why it was stopped or withdrawn.
    pub endegrund: Option<String>,
}

/// Act: confirm.
pub const BESTAETIGUNG: &str = "bestaetigung";
/// Act: withdraw.
pub const RUECKNAHME: &str = "ruecknahme";
/// Act: stop.
pub const SPERRUNG: &str = "sperrung";

/// State table.
pub const UEBERGAENGE: &[Uebergang<KontoaenderungStatus>] = &[
    Uebergang {
        akt: BESTAETIGUNG,
        recht: Recht::BankverbindungAendern,
        von: &[KontoaenderungStatus::Beantragt],
        nach: Some(KontoaenderungStatus::Bestaetigt),
    },
    Uebergang {
        akt: RUECKNAHME,
        recht: Recht::BankverbindungAendern,
        von: &[KontoaenderungStatus::Beantragt],
        nach: Some(KontoaenderungStatus::Zurueckgezogen),
    },
    Uebergang {
        akt: SPERRUNG,
        recht: Recht::BankverbindungSperren,
        von: &[KontoaenderungStatus::Beantragt, KontoaenderungStatus::Bestaetigt],
        nach: Some(KontoaenderungStatus::Gesperrt),
    },
];

/// Input: another account for a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({
    "antrag_id": "019a0000-0000-7000-8000-0000000000d1",
    "bankverbindung": { "iban": "DE89370400440532013000", "kontoinhaber": "Wetteraukreis", "kassenzeichen": "5.0440.000123.4" },
    "grund": "Die Kreiskasse hat die Bank gewechselt."
}))))]
#[serde(deny_unknown_fields)]
pub struct KontoaenderungAnlage {
    /// Case; its application is granted.
    pub antrag_id: Uuid,
    /// The new account.
    pub bankverbindung: Bankverbindung,
    /// Why; the person who confirms reads it.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Die Kreiskasse hat die Bank gewechselt.")
        )
    )]
    pub grund: String,
}

/// Input of the act `bestaetigung`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Kontobestaetigung {
    /// The warnings the caller has read, each with the reason to confirm all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// The account of a case as it stands: the last confirmed change, or the one of the application.
///
/// # Errors
/// `ANGABE_FEHLT` where the application names none.
pub fn zahlkonto(antrag: &Antrag, aenderungen: &[Kontoaenderung]) -> Result<Zahlkonto, Befund> {
    let aenderung_beantragt =
        aenderungen.iter().find(|a| a.status == KontoaenderungStatus::Beantragt).map(|a| a.beantragt_am);
    let bestaetigt = aenderungen.iter().filter(|a| a.status == KontoaenderungStatus::Bestaetigt);
    if let Some(a) = bestaetigt.max_by_key(|a| (a.wirksam_ab, a.id)) {
        return Ok(Zahlkonto { bankverbindung: a.bankverbindung.clone(), seit: a.wirksam_ab, aenderung_beantragt });
    }
    let bankverbindung = antrag.inhalt.bankverbindung.clone().ok_or_else(|| {
        Befund::neu(&ANGABE_FEHLT).ort("/bankverbindung").gemessen("feld", "bankverbindung", Einheit::Text)
    })?;
    Ok(Zahlkonto { bankverbindung, seit: None, aenderung_beantragt })
}

impl Kontoaenderung {
    /// Asks for another account. From now on calls and payments of the case rest until it is decided.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `BANKVERBINDUNG_IM_ANTRAG` before a grant, `BANKVERBINDUNG_GLEICH`, what
    /// [`Bankverbindung::pruefe`] finds.
    pub fn beantragen(
        id: Uuid,
        eingabe: KontoaenderungAnlage,
        antrag: &Antrag,
        bisher: &Zahlkonto,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Kontoaenderung> {
        if let Some(b) = pruefe_zugehoerigkeit(&antrag.kreisschluessel, akteur, Recht::BankverbindungAendern) {
            return Err(vec![b]);
        }
        let mut befunde = Vec::new();
        if !matches!(antrag.status, AntragStatus::Bewilligt | AntragStatus::Teilbewilligt) {
            let befund = Befund::neu(&BANKVERBINDUNG_IM_ANTRAG).ort("/antrag_id");
            befunde.push(befund.gemessen("status", antrag.status, Einheit::Code));
        }
        befunde.extend(eingabe.bankverbindung.pruefe("/bankverbindung"));
        if eingabe.bankverbindung == bisher.bankverbindung {
            let befund = Befund::neu(&BANKVERBINDUNG_GLEICH).ort("/bankverbindung");
            let iban = iban_verkuerzt(&eingabe.bankverbindung.iban);
            befunde.push(befund.gemessen("iban", iban, Einheit::Text));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Kontoaenderung {
            id,
            antrag_id: antrag.id,
            jahrgang: antrag.jahrgang,
            kreisschluessel: antrag.kreisschluessel.clone(),
            status: KontoaenderungStatus::Beantragt,
            bankverbindung: eingabe.bankverbindung,
            bisher: bisher.bankverbindung.clone(),
            grund: eingabe.grund,
            erstellt_von: akteur.person.clone(),
            beantragt_am: heute,
            bestaetigt_von: None,
            bestaetigt_am: None,
            wirksam_ab: None,
            beendet_von: None,
            endegrund: None,
        };
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).ereignis("bankverbindung.beantragt", daten))
    }

    fn ereignis(&self) -> serde_json::Value {
        json!({ "kontoaenderung_id": self.id, "antrag_id": self.antrag_id })
    }

    /// All acts with what they would find on the legal day `heute`; `gk_name` is the county's.
    pub fn aktionen(&self, heute: NaiveDate, gk_name: &str, akteur: &Akteur) -> Vec<Aktion> {
        let erster = |akt: &str| (akt == BESTAETIGUNG).then(|| self.erstellt_von.clone());
        let zusatz = |akt: &str| match (akt, self.wirksam_ab) {
            (SPERRUNG, Some(ab)) if ab <= heute => {
                vec![Befund::neu(&BANKVERBINDUNG_WIRKSAM).gemessen("ab", ab, Einheit::Datum)]
            }
            (SPERRUNG, _) => Vec::new(),
            _ => {
                let fremd = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::BankverbindungAendern);
                let inhaber = || self.bankverbindung.inhaber_fremd(gk_name, "/bankverbindung");
                fremd.into_iter().chain((akt == BESTAETIGUNG).then(inhaber).flatten()).collect()
            }
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// Confirms the change by another person; the waiting time begins (parameter `bankverbindung_wartezeit`).
    ///
    /// # Errors
    /// `VIER_AUGEN`, state, an unconfirmed `KONTOINHABER_FREMD`, `PARAMETER_FEHLT`.
    pub fn bestaetigen(
        &self,
        eingabe: &Kontobestaetigung,
        (r, gk_name): (&Regelwerk, &str),
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Kontoaenderung> {
        let befunde = frei(self.aktionen(heute, gk_name, akteur), BESTAETIGUNG)?;
        let befunde = bestaetige(befunde, &eingabe.bestaetigte_warnungen)?;
        let eins = |b| vec![b];
        let ende = dauerfrist(heute, r.dauer("bankverbindung_wartezeit", heute).map_err(eins)?, false).map_err(eins)?;
        let neu = Kontoaenderung {
            status: KontoaenderungStatus::Bestaetigt,
            bestaetigt_von: Some(akteur.person.clone()),
            bestaetigt_am: Some(heute),
            wirksam_ab: Some(ende.erster_verspaeteter_tag()),
            ..self.clone()
        };
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).befunde(befunde).ereignis("bankverbindung.bestaetigt", daten))
    }

    /// Ends the change: withdrawn by the county before the confirmation, or stopped by the granting authority before
    /// it takes effect. The former account stays.
    ///
    /// # Errors
    /// Right, state, `BANKVERBINDUNG_WIRKSAM`.
    pub fn beenden(
        &self,
        akt: &'static str,
        eingabe: &Handlungsgrund,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Kontoaenderung> {
        // whose account it is matters for the confirmation alone
        frei(self.aktionen(heute, "", akteur), akt)?;
        let (status, typ) = if akt == SPERRUNG {
            (KontoaenderungStatus::Gesperrt, "bankverbindung.gesperrt")
        } else {
            (KontoaenderungStatus::Zurueckgezogen, "bankverbindung.zurueckgezogen")
        };
        let neu = Kontoaenderung {
            status,
            wirksam_ab: None,
            beendet_von: Some(akteur.person.clone()),
            endegrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).ereignis(typ, daten))
    }
}

#[cfg(test)]
mod tests;
