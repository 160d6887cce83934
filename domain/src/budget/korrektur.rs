//! Budgetkorrektur: an allocation is cut, or the state budget of an open Jahrgang is raised or lowered. Postings are
//! never changed: a correction is a posting of its own, with a reason and by two persons of the ministry.

use super::{Budgetfakten, Budgetposition, pruefe_positionen, pruefe_recht};
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::gebietskoerperschaft::{Gebietskoerperschaft, pruefe_berechtigung};
use crate::jahrgang::Jahrgang;
use crate::konto::{Buchung, Kontoart};
use crate::regel::{ANGABE_FEHLT, RECHENEINGABE};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// What a Budgetkorrektur corrects.
    Korrekturart {
        /// An allocation is cut: free money of a Gebietskoerperschaft returns to the programme.
        ZuteilungKuerzung = "ZUTEILUNG_KUERZUNG",
        /// The state budget of the Jahrgang is raised.
        AnsatzErhoehung = "ANSATZ_ERHOEHUNG",
        /// The state budget of the Jahrgang is lowered, at most by what is not allocated.
        AnsatzSenkung = "ANSATZ_SENKUNG",
    }
}

crate::status! {
    /// State of a Budgetkorrektur.
    KorrekturStatus {
        /// Drafted by one person, waits for another.
        Beantragt = "BEANTRAGT",
        /// Approved and posted.
        Freigegeben = "FREIGEGEBEN",
        /// Discarded without posting.
        Verworfen = "VERWORFEN",
    }
}

/// What is corrected by how much and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(examples(json!({
        "art": "ZUTEILUNG_KUERZUNG",
        "kreisschluessel": "06440",
        "positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "betrag": "1000.00" }],
        "grund": "Zuteilung zu hoch erfasst"
    })))
)]
#[serde(deny_unknown_fields)]
pub struct Korrekturinhalt {
    /// What is corrected.
    pub art: Korrekturart,
    /// Gebietskoerperschaft whose allocation is cut; given with `ZUTEILUNG_KUERZUNG` and only then.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, pattern = "^06[0-9]{3}$", examples("06440")))]
    pub kreisschluessel: Option<String>,
    /// Amounts of the change per Teilbudget and Haushaltsjahr, above 0.00, each pair once.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
    pub positionen: Vec<Budgetposition>,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Zuteilung zu hoch erfasst")
        )
    )]
    pub grund: String,
}

/// A correction of the budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budgetkorrektur {
    /// Id.
    pub id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Content.
    pub inhalt: Korrekturinhalt,
    /// State.
    pub status: KorrekturStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Who approved it; a different person.
    pub freigegeben_von: Option<String>,
    /// Who discarded it.
    pub verworfen_von: Option<String>,
    /// Why it was discarded.
    pub verwerfungsgrund: Option<String>,
}

/// What an approval changes: the correction and, when it is about the state budget, the Jahrgang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Korrekturergebnis {
    /// The approved correction.
    pub korrektur: Budgetkorrektur,
    /// The Jahrgang with its new Ansaetze.
    pub jahrgang: Option<Jahrgang>,
}

/// State table; the acts are those of a Umverteilung.
pub const KORREKTUR_UEBERGAENGE: &[Uebergang<KorrekturStatus>] = &[
    Uebergang {
        akt: super::FREIGABE,
        recht: Recht::KorrekturFreigeben,
        von: &[KorrekturStatus::Beantragt],
        nach: Some(KorrekturStatus::Freigegeben),
    },
    Uebergang {
        akt: super::VERWERFUNG,
        recht: Recht::BudgetZuteilen,
        von: &[KorrekturStatus::Beantragt],
        nach: Some(KorrekturStatus::Verworfen),
    },
];

/// Drafts a correction. Nothing is posted yet.
///
/// `gk` is the stored record of `inhalt.kreisschluessel`, if there is one.
///
/// # Errors
/// `RECHT_FEHLT`, `JAHRGANG_NICHT_OFFEN`, `PARAMETER_FEHLT`, `ANGABE_FEHLT`, `RECHENEINGABE`,
/// `NICHT_ANTRAGSBERECHTIGT`, or the findings of [`pruefe_positionen`].
pub fn korrektur_beantragen(
    id: Uuid,
    inhalt: Korrekturinhalt,
    gk: Option<&Gebietskoerperschaft>,
    fakten: &Budgetfakten<'_>,
    akteur: &Akteur,
) -> Urteil<Budgetkorrektur> {
    if let Some(b) = pruefe_recht(akteur, Recht::BudgetZuteilen) {
        return Err(vec![b]);
    }
    let fenster = fakten.fenster()?;
    let jahrgang = fakten.jahrgang.jahrgang;
    let mut befunde: Vec<Befund> = match (inhalt.art, &inhalt.kreisschluessel) {
        (Korrekturart::ZuteilungKuerzung, Some(k)) => pruefe_berechtigung(k, gk, jahrgang).into_iter().collect(),
        (Korrekturart::ZuteilungKuerzung, None) => {
            vec![Befund::neu(&ANGABE_FEHLT).ort("/kreisschluessel").gemessen("feld", "kreisschluessel", Einheit::Code)]
        }
        (art, Some(k)) => vec![
            Befund::neu(&RECHENEINGABE)
                .ort("/kreisschluessel")
                .gemessen("feld", "/kreisschluessel", Einheit::Text)
                .gemessen("gefunden", format!("{k} ({art})"), Einheit::Text)
                .erlaubt("verlangt", Korrekturart::ZuteilungKuerzung, Einheit::Code),
        ],
        (_, None) => Vec::new(),
    };
    befunde.extend(pruefe_positionen(&inhalt.positionen, fenster, fakten.katalog, "/positionen"));
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let neu = Budgetkorrektur {
        id,
        jahrgang,
        inhalt,
        status: KorrekturStatus::Beantragt,
        erstellt_von: akteur.person.clone(),
        freigegeben_von: None,
        verworfen_von: None,
        verwerfungsgrund: None,
    };
    let daten = neu.ereignisdaten();
    Ok(Entscheidung::neu(neu).ereignis("budgetkorrektur.beantragt", daten))
}

impl Budgetkorrektur {
    /// All acts with the reasons that block them, before the accounts and the Jahrgang are asked.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let erster = |akt: &str| (akt == super::FREIGABE).then(|| self.erstellt_von.clone());
        crate::akt::aktionen(KORREKTUR_UEBERGAENGE, self.status, akteur, erster, |_| Vec::new())
    }

    /// Approves and posts it: a cut VERFUEGBAR → PROGRAMM, a raise LANDESHAUSHALT → PROGRAMM, a lowering back.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for the person who drafted it, `JAHRGANG_NICHT_OFFEN`,
    /// `PROGRAMM_ERSCHOEPFT` for a lowering below zero. Whether the accounts cover the amounts is decided when the
    /// posting is committed: nothing is cut that is bound or has moved on, nothing lowered that is allocated.
    pub fn freigeben(&self, jahrgang: &Jahrgang, akteur: &Akteur) -> Urteil<Korrekturergebnis> {
        frei(self.aktionen(akteur), super::FREIGABE)?;
        if let Some(b) = jahrgang.pruefe_offen() {
            return Err(vec![b]);
        }
        let neuer_jahrgang = match self.inhalt.art {
            Korrekturart::ZuteilungKuerzung => None,
            Korrekturart::AnsatzErhoehung => Some(jahrgang.mit_ansatz(&self.inhalt.positionen, true)?),
            Korrekturart::AnsatzSenkung => Some(jahrgang.mit_ansatz(&self.inhalt.positionen, false)?),
        };
        let korrektur = Budgetkorrektur {
            status: KorrekturStatus::Freigegeben,
            freigegeben_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(Korrekturergebnis { korrektur, jahrgang: neuer_jahrgang })
            .buchung(self.buchung())
            .ereignis("budgetkorrektur.freigegeben", self.ereignisdaten()))
    }

    fn buchung(&self) -> Buchung {
        let j = self.jahrgang;
        let konten = |p: &Budgetposition| {
            let (land, programm) = (p.landeskonto(j, Kontoart::Landeshaushalt), p.landeskonto(j, Kontoart::Programm));
            match (self.inhalt.art, &self.inhalt.kreisschluessel) {
                (Korrekturart::ZuteilungKuerzung, kreis) => {
                    (p.konto(j, kreis.as_deref().unwrap_or_default(), Kontoart::Verfuegbar), programm)
                }
                (Korrekturart::AnsatzErhoehung, _) => (land, programm),
                (Korrekturart::AnsatzSenkung, _) => (programm, land),
            }
        };
        let leer = Buchung::umbuchung(self.inhalt.art.code(), self.inhalt.grund.clone());
        self.inhalt.positionen.iter().fold(leer, |b, p| {
            let (von, nach) = konten(p);
            b.bewegung(von, nach, p.betrag)
        })
    }

    /// Discards the draft; the drafting person may do so too.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn verwerfen(&self, eingabe: &Handlungsgrund, akteur: &Akteur) -> Urteil<Budgetkorrektur> {
        frei(self.aktionen(akteur), super::VERWERFUNG)?;
        let neu = Budgetkorrektur {
            status: KorrekturStatus::Verworfen,
            verworfen_von: Some(akteur.person.clone()),
            verwerfungsgrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("budgetkorrektur.verworfen", self.ereignisdaten()))
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "korrektur_id": self.id, "jahrgang": self.jahrgang })
    }
}
