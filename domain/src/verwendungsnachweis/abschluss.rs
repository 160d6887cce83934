//! The end of an examination: the final decision is drafted, issued or discarded; a Zwischennachweis is taken note of.

use super::{NachweisStatus, Nachweisart, Verwendungsnachweis};
use crate::akt::{Entscheidung, Urteil, uebergang};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::frist::Fristart;
use crate::regel::STATUS_UNZULAESSIG;
use chrono::NaiveDate;
use uuid::Uuid;

/// Act: draft the final decision.
pub const ABSCHLUSS: &str = "abschluss";
/// Act: take note of a Zwischennachweis; it needs no Bescheid.
pub const KENNTNISNAHME: &str = "kenntnisnahme";

impl Verwendungsnachweis {
    fn in_stand(&self, von: NachweisStatus, akt: &str) -> Result<(), Vec<Befund>> {
        if self.status == von && self.aktuell {
            return Ok(());
        }
        Err(vec![
            Befund::neu(&STATUS_UNZULAESSIG)
                .gemessen("status", self.status, Einheit::Code)
                .gemessen("akt", akt, Einheit::Code)
                .erlaubt("zulaessig", von, Einheit::Code),
        ])
    }

    /// The final decision is drafted: the proof waits for it. The county does not learn which one.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`.
    pub fn entscheidung_vorbereitet(
        &self,
        bescheid_id: Uuid,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Verwendungsnachweis> {
        super::akte::ohne(self.sperren(ABSCHLUSS, akteur, heute))?;
        let neu =
            Verwendungsnachweis { status: NachweisStatus::Geprueft, bescheid_id: Some(bescheid_id), ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("verwendungsnachweis.geprueft", self.ereignisdaten()))
    }

    /// The final decision was issued.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG`.
    pub fn entschieden(&self) -> Urteil<Verwendungsnachweis> {
        self.in_stand(NachweisStatus::Geprueft, ABSCHLUSS)?;
        let neu = Verwendungsnachweis { status: NachweisStatus::Abgeschlossen, ..self.clone() };
        Ok(Entscheidung::neu(neu)
            .erledigt(Fristart::VnPrueffrist)
            .ereignis("verwendungsnachweis.abgeschlossen", self.ereignisdaten()))
    }

    /// The draft of the final decision was discarded: back in examination.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG`.
    pub fn entwurf_verworfen(&self) -> Urteil<Verwendungsnachweis> {
        self.in_stand(NachweisStatus::Geprueft, ABSCHLUSS)?;
        let neu = Verwendungsnachweis { status: NachweisStatus::InPruefung, bescheid_id: None, ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("verwendungsnachweis.in_pruefung", self.ereignisdaten()))
    }

    /// The authority takes note of a Zwischennachweis.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`.
    pub fn zur_kenntnis_nehmen(&self, akteur: &Akteur, heute: NaiveDate) -> Urteil<Verwendungsnachweis> {
        super::akte::ohne(self.sperren(KENNTNISNAHME, akteur, heute))?;
        let nach = uebergang(super::UEBERGAENGE, KENNTNISNAHME).and_then(|u| u.nach);
        let neu = Verwendungsnachweis { status: nach.unwrap_or(NachweisStatus::Abgeschlossen), ..self.clone() };
        Ok(Entscheidung::neu(neu)
            .erledigt(Fristart::VnPrueffrist)
            .ereignis("verwendungsnachweis.abgeschlossen", self.ereignisdaten()))
    }

    /// Which of both acts ends an examination: a Zwischennachweis is taken note of, a final proof decided.
    pub(super) fn falsches_ende(&self, akt: &str) -> Option<Befund> {
        let zwischen = self.art == Nachweisart::Zwischennachweis;
        (zwischen != (akt == KENNTNISNAHME)).then(|| {
            Befund::neu(&crate::regel::NACHWEISENDE)
                .gemessen("art", self.art, Einheit::Code)
                .gemessen("akt", akt, Einheit::Code)
                .erlaubt("vorgesehen", if zwischen { KENNTNISNAHME } else { ABSCHLUSS }, Einheit::Code)
        })
    }
}
