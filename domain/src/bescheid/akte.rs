//! Acts of a Bescheid: release by a second person, discarding a draft; notification and waiver live beside.

use super::{Bescheid, BescheidStatus, Bescheidinhalt, Bescheidposition, pruefe_siegel};
use crate::aenderungsantrag::Erstattungsposten;
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::budget::Budgetstelle;
use crate::forderung::Zinsregelung;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Buchung, Kontoart};
use crate::regel::{RECHENBEREICH, STATUS_UNZULAESSIG, ZINS_WIDERRUF};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
/// Act: draft the revocation of a lawful grant.
pub const WIDERRUF: &str = "widerruf";
/// Act: draft the withdrawal of an unlawful grant.
pub const RUECKNAHME: &str = "ruecknahme";

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
    Uebergang { akt: WIDERRUF, recht: Recht::BescheidAufheben, von: &[BescheidStatus::Bekanntgegeben], nach: None },
    Uebergang { akt: RUECKNAHME, recht: Recht::BescheidAufheben, von: &[BescheidStatus::Bekanntgegeben], nach: None },
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

impl Bescheidinhalt {
    /// What is claimed back at the place of a position, and what of that was paid back before.
    fn erstattung_von(&self, p: &Bescheidposition) -> (Euro, Euro) {
        let passt = |e: &&Erstattungsposten| {
            e.massnahme_id == p.massnahme_id && e.teilbudget == p.teilbudget && e.haushaltsjahr == p.haushaltsjahr
        };
        let posten = self.erstattung().and_then(|e| e.posten.iter().find(passt));
        posten.map(|e| (e.betrag, e.bereits_zurueckgezahlt.unwrap_or_default())).unwrap_or_default()
    }
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
            WIDERRUF if self.inhalt.zins.is_some() => {
                vec![Befund::neu(&ZINS_WIDERRUF).gemessen("bescheid", self.id, Einheit::Code)]
            }
            _ => Vec::new(),
        };
        let zusatz = |akt: &str| match self.aufgehoben() {
            Some(b) => vec![b],
            None => zusatz(akt),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// What the Bescheid moves: a grant binds its amounts VERFUEGBAR → GEBUNDEN; a change only the difference to the
    /// grant before, and claims back AUSGEZAHLT → RUECKGEFORDERT what was paid beyond it; what of that came back before
    /// counts as paid back: ZURUECKGEZAHLT → ERSTATTET. A final decision, a revocation and a withdrawal say themselves
    /// what they move. A Bescheid about interest moves what is claimed as interest. A refusal moves nothing.
    fn buchung(&self) -> Result<Buchung, GeldFehler> {
        let jahrgang = self.inhalt.jahrgang;
        let aenderung = self.inhalt.aenderung.as_ref();
        let grund = if aenderung.is_some() { "AENDERUNG" } else { "BEWILLIGUNG" };
        let mut buchung = Buchung::umbuchung(grund, format!("Bescheid {} an {}", self.id, self.inhalt.kreisschluessel));
        if let Some(z) = &self.inhalt.zins {
            return Ok(self.zinsbuchung(z));
        }
        if let Some(z) = &self.inhalt.zinsruecknahme {
            return Ok(self.zinsruecknahmebuchung(z));
        }
        if !self.inhalt.art.bewilligt() {
            return Ok(buchung);
        }
        if let Some(posten) = self.inhalt.regelungsposten() {
            return self.regelungsbuchung(posten);
        }
        for p in &self.inhalt.positionen {
            let stelle = Budgetstelle {
                kreisschluessel: self.inhalt.kreisschluessel.clone(),
                teilbudget: p.teilbudget.clone(),
                haushaltsjahr: p.haushaltsjahr,
            };
            let konto = |art| stelle.konto(jahrgang, art);
            let (erstattung, bereits) = self.inhalt.erstattung_von(p);
            // what is claimed back was paid and is not bound any more
            let mehr = p.bewilligt.minus(p.bisher.unwrap_or_default())?.plus(erstattung)?;
            let (von, nach) = if mehr.ist_negativ() {
                (konto(Kontoart::Gebunden), konto(Kontoart::Verfuegbar))
            } else {
                (konto(Kontoart::Verfuegbar), konto(Kontoart::Gebunden))
            };
            let betrag = if mehr.ist_negativ() { mehr.negativ() } else { mehr };
            let (bei_gk, gefordert) = (konto(Kontoart::Ausgezahlt), konto(Kontoart::Rueckgefordert));
            let (zurueck, erstattet) = (konto(Kontoart::Zurueckgezahlt), konto(Kontoart::Erstattet));
            buchung = buchung
                .fuer_massnahme(p.massnahme_id, von, nach, betrag)
                .fuer_massnahme(p.massnahme_id, bei_gk, gefordert, erstattung.minus(bereits)?)
                .fuer_massnahme(p.massnahme_id, zurueck, erstattet, bereits);
        }
        Ok(buchung)
    }

    /// Interest is claimed: ZINS_FESTGESETZT → ZINS_GEFORDERT, per place.
    fn zinsbuchung(&self, z: &Zinsregelung) -> Buchung {
        let text = format!("Zinsbescheid {} an {}", self.id, self.inhalt.kreisschluessel);
        z.posten.iter().fold(Buchung::umbuchung("ZINSFESTSETZUNG", text), |b, p| {
            let stelle = Budgetstelle {
                kreisschluessel: self.inhalt.kreisschluessel.clone(),
                teilbudget: p.teilbudget.clone(),
                haushaltsjahr: p.haushaltsjahr,
            };
            let konto = |art| stelle.konto(self.inhalt.jahrgang, art);
            b.bewegung(konto(Kontoart::ZinsFestgesetzt), konto(Kontoart::ZinsGefordert), p.betrag)
        })
    }

    /// Releases the draft: it is issued on `heute` and binds the budget. A refusal binds nothing.
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
        let buchung = self.buchung().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?;
        if !buchung.zeilen().is_empty() {
            entscheidung = entscheidung.buchung(buchung);
        }
        Ok(entscheidung)
    }

    /// The application for a change that this Bescheid decides; none where it decides on the application itself.
    pub fn aenderungsantrag_id(&self) -> Option<uuid::Uuid> {
        self.inhalt.aenderung.as_ref().map(|a| a.aenderungsantrag_id)
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
        let was = if self.inhalt.aenderung.is_some() { "Änderungsantrag" } else { "Antrag" };
        Ok(Entscheidung::neu(self.verworfen(&format!("Der {was} wurde zurückgezogen."), akteur)))
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
