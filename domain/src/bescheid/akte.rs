//! Acts of a Bescheid: release by a second person, discarding a draft; notification and waiver live beside.

use super::{Bescheid, BescheidStatus, pruefe_siegel};
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::budget::Budgetstelle;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::geld::Euro;
use crate::konto::{Buchung, Kontoart};
use crate::regel::{RECHENBEREICH, STATUS_UNZULAESSIG};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: release.
pub const FREIGABE: &str = "freigabe";
/// Act: discard the draft.
pub const VERWERFUNG: &str = "verwerfung";
/// Act: notify.
pub const BEKANNTGABE: &str = "bekanntgabe";
/// Act: correct a recorded notification.
pub const BEKANNTGABEBERICHTIGUNG: &str = "bekanntgabeberichtigung";
/// Act: waive the right of appeal.
pub const RECHTSBEHELFSVERZICHT: &str = "rechtsbehelfsverzicht";

/// State table.
pub const UEBERGAENGE: &[Uebergang<BescheidStatus>] = &[
    Uebergang {
        akt: FREIGABE,
        recht: Recht::BescheidFreigeben,
        von: &[BescheidStatus::Entwurf],
        nach: Some(BescheidStatus::Erlassen),
    },
    Uebergang {
        akt: VERWERFUNG,
        recht: Recht::BescheidBearbeiten,
        von: &[BescheidStatus::Entwurf],
        nach: Some(BescheidStatus::Verworfen),
    },
    Uebergang {
        akt: BEKANNTGABE,
        recht: Recht::BescheidBearbeiten,
        von: &[BescheidStatus::Erlassen],
        nach: Some(BescheidStatus::Bekanntgegeben),
    },
    Uebergang {
        akt: BEKANNTGABEBERICHTIGUNG,
        recht: Recht::BescheidBearbeiten,
        von: &[BescheidStatus::Bekanntgegeben],
        nach: None,
    },
    Uebergang {
        akt: RECHTSBEHELFSVERZICHT,
        recht: Recht::RechtsbehelfVerzichten,
        von: &[BescheidStatus::Bekanntgegeben],
        nach: None,
    },
];

/// Input of the act `verwerfung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "Betrag der Maßnahme M03 falsch übernommen" }))))]
#[serde(deny_unknown_fields)]
pub struct BescheidVerwerfung {
    /// Why the draft is discarded.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Betrag der Maßnahme M03 falsch übernommen")
        )
    )]
    pub grund: String,
}

impl Bescheid {
    /// All acts with what they would find on the legal day `heute`, before budget and ceilings are asked.
    pub fn aktionen(&self, akteur: &Akteur, heute: NaiveDate) -> Vec<Aktion> {
        let erster = |akt: &str| match akt {
            FREIGABE => Some(self.erstellt_von.clone()),
            BEKANNTGABEBERICHTIGUNG => self.bekanntgabe_von.clone(),
            _ => None,
        };
        let zusatz = |akt: &str| match akt {
            FREIGABE => pruefe_siegel(&self.inhalt, &self.inhalt_hash).into_iter().collect(),
            RECHTSBEHELFSVERZICHT => {
                let recht = Recht::RechtsbehelfVerzichten;
                let fremd = pruefe_zugehoerigkeit(&self.inhalt.kreisschluessel, akteur, recht);
                fremd.into_iter().chain(self.verzicht_gesperrt(heute)).collect()
            }
            _ => Vec::new(),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// What the Bescheid binds: measure, place of the budget, amount; empty for a refusal.
    fn bindungen(&self) -> impl Iterator<Item = (Uuid, Budgetstelle, Euro)> + '_ {
        self.inhalt.positionen.iter().filter(|p| !p.bewilligt.ist_null()).map(|p| {
            let stelle = Budgetstelle {
                kreisschluessel: self.inhalt.kreisschluessel.clone(),
                teilbudget: p.teilbudget.clone(),
                haushaltsjahr: p.haushaltsjahr,
            };
            (p.massnahme_id, stelle, p.bewilligt)
        })
    }

    /// Releases the draft: it is issued on `heute` and binds the budget VERFUEGBAR → GEBUNDEN. A refusal binds nothing.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for the person who drafted it, `INTEGRITAET_VERLETZT`.
    /// Whether the accounts cover the amounts is decided when the posting is committed.
    pub fn freigeben(&self, heute: NaiveDate, akteur: &Akteur) -> Urteil<Bescheid> {
        frei(self.aktionen(akteur, heute), FREIGABE)?;
        self.inhalt.bewilligt().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?;
        let neu = Bescheid {
            status: BescheidStatus::Erlassen,
            freigegeben_von: Some(akteur.person.clone()),
            erlassen_am: Some(heute),
            ..self.clone()
        };
        let mut entscheidung = Entscheidung::neu(neu).ereignis(
            "bescheid.erlassen",
            serde_json::json!({
                "bescheid_id": self.id, "antrag_id": self.inhalt.antrag_id, "art": self.inhalt.art.code()
            }),
        );
        let jahrgang = self.inhalt.jahrgang;
        let text = format!("Bescheid {} an {}", self.id, self.inhalt.kreisschluessel);
        let buchung =
            self.bindungen().fold(Buchung::umbuchung("BEWILLIGUNG", text), |b, (massnahme, stelle, betrag)| {
                b.fuer_massnahme(
                    massnahme,
                    stelle.konto(jahrgang, Kontoart::Verfuegbar),
                    stelle.konto(jahrgang, Kontoart::Gebunden),
                    betrag,
                )
            });
        if !buchung.zeilen().is_empty() {
            entscheidung = entscheidung.buchung(buchung);
        }
        Ok(entscheidung)
    }

    /// Discards a draft; nothing was bound.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn verwerfen(&self, eingabe: &BescheidVerwerfung, heute: NaiveDate, akteur: &Akteur) -> Urteil<Bescheid> {
        frei(self.aktionen(akteur, heute), VERWERFUNG)?;
        let daten = serde_json::json!({ "bescheid_id": self.id, "antrag_id": self.inhalt.antrag_id });
        Ok(Entscheidung::neu(self.verworfen(&eingabe.grund, akteur)).ereignis("bescheid.verworfen", daten))
    }

    /// The draft after the applicant withdrew the Antrag. The event of the withdrawal says all that the applicant may
    /// know, so there is none of the draft.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when it is no draft.
    pub fn mit_dem_antrag_verworfen(&self, akteur: &Akteur) -> Urteil<Bescheid> {
        if self.status != BescheidStatus::Entwurf {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", VERWERFUNG, Einheit::Code)
                    .erlaubt("zulaessig", BescheidStatus::Entwurf, Einheit::Code),
            ]);
        }
        Ok(Entscheidung::neu(self.verworfen("Der Antrag wurde zurückgezogen.", akteur)))
    }

    fn verworfen(&self, grund: &str, akteur: &Akteur) -> Bescheid {
        Bescheid {
            status: BescheidStatus::Verworfen,
            verworfen_von: Some(akteur.person.clone()),
            verwerfungsgrund: Some(grund.to_owned()),
            ..self.clone()
        }
    }
}
