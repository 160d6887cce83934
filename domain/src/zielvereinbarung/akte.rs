//! Acts of a Zielvereinbarung: fixing the text, signing, Nachtrag; and its end with the Jahrgang.

use super::{
    Unterschrift, Unterschriften, Vereinbarungsfakten, Vertragspartei, Zielvereinbarung, ZielvereinbarungStatus,
    schon_vorhanden,
};
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Rueckgabe, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::{pruefe_siegel, sha256_kanonisch};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::jahrgang::{Jahrgang, JahrgangStatus};
use crate::regel::{DOKUMENT_NICHT_GELESEN, SCHON_UNTERZEICHNET, STATUS_UNZULAESSIG, VERWEIS_UNBEKANNT};
use ZielvereinbarungStatus::{
    Abgestimmt, Ausgelaufen, Entwurf, Ersetzt, Geschlossen, UnterzeichnetGk, UnterzeichnetMinisterium,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: fix the text.
pub const ABSTIMMUNG: &str = "abstimmung";
/// Act: open the text again before anybody has signed it.
pub const RUECKNAHME: &str = "ruecknahme";
/// Act: sign for the caller's side.
pub const UNTERZEICHNUNG: &str = "unterzeichnung";
/// Act: draft a new version.
pub const NACHTRAG: &str = "nachtrag";

/// What the closing of the Jahrgang does to every agreement that is not replaced: also one that was never concluded can
/// have no effect any more.
pub const ABLAUF: &str = "ablauf";

const RECHT: Recht = Recht::ZielvereinbarungSchreiben;
const LAUFEND: &[ZielvereinbarungStatus] =
    &[Entwurf, Abgestimmt, UnterzeichnetGk, UnterzeichnetMinisterium, Geschlossen];

/// State table of the acts. Where signing leads depends on who has signed; [`SCHRITTE`] lists every single step.
pub const UEBERGAENGE: &[Uebergang<ZielvereinbarungStatus>] = &[
    Uebergang { akt: ABSTIMMUNG, recht: RECHT, von: &[Entwurf], nach: Some(Abgestimmt) },
    Uebergang { akt: RUECKNAHME, recht: RECHT, von: &[Abgestimmt], nach: Some(Entwurf) },
    Uebergang {
        akt: UNTERZEICHNUNG,
        recht: RECHT,
        von: &[Abgestimmt, UnterzeichnetGk, UnterzeichnetMinisterium],
        nach: None,
    },
    Uebergang { akt: NACHTRAG, recht: RECHT, von: &[Geschlossen], nach: None },
];

/// Every single step between states, also those that follow from another case (`ersetzung`, `ablauf`).
pub const SCHRITTE: &[Uebergang<ZielvereinbarungStatus>] = &[
    Uebergang { akt: ABSTIMMUNG, recht: RECHT, von: &[Entwurf], nach: Some(Abgestimmt) },
    Uebergang { akt: RUECKNAHME, recht: RECHT, von: &[Abgestimmt], nach: Some(Entwurf) },
    Uebergang { akt: UNTERZEICHNUNG, recht: RECHT, von: &[Abgestimmt], nach: Some(UnterzeichnetGk) },
    Uebergang { akt: UNTERZEICHNUNG, recht: RECHT, von: &[Abgestimmt], nach: Some(UnterzeichnetMinisterium) },
    Uebergang {
        akt: UNTERZEICHNUNG,
        recht: RECHT,
        von: &[UnterzeichnetGk, UnterzeichnetMinisterium],
        nach: Some(Geschlossen),
    },
    Uebergang { akt: "ersetzung", recht: RECHT, von: &[Geschlossen], nach: Some(Ersetzt) },
    Uebergang { akt: ABLAUF, recht: Recht::JahrgangPflegen, von: LAUFEND, nach: Some(Ausgelaufen) },
];

/// Input of the act `abstimmung`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Abstimmung {
    /// The warnings the caller has read, each with the reason to agree all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Input of the act `unterzeichnung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(examples(json!({
        "durch": "Erika Beispiel, Erste Kreisbeigeordnete",
        "dokument_sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    })))
)]
#[serde(deny_unknown_fields)]
pub struct Unterzeichnung {
    /// Who signs, name and function.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Erika Beispiel, Erste Kreisbeigeordnete")
        )
    )]
    pub durch: String,
    /// SHA-256 of the text the caller has read (`dokument_sha256`); another one is refused.
    #[cfg_attr(
        feature = "schema",
        schema(
            pattern = "^[0-9a-f]{64}$",
            examples("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        )
    )]
    pub dokument_sha256: String,
}

/// What a signature changes: the agreement and, when it concludes a Nachtrag, the version that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unterzeichnungsergebnis {
    /// The signed agreement.
    pub vereinbarung: Zielvereinbarung,
    /// The replaced version in its new state.
    pub ersetzt: Option<Zielvereinbarung>,
}

impl Zielvereinbarung {
    /// All acts with what they would find.
    pub fn aktionen(&self, akteur: &Akteur, fakten: &Vereinbarungsfakten<'_>) -> Vec<Aktion> {
        let zusatz = |akt: &str| {
            if let Some(fremd) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, RECHT) {
                return vec![fremd];
            }
            match akt {
                ABSTIMMUNG => self.pruefe(&fakten.abstimmung),
                UNTERZEICHNUNG => self.pruefe_unterzeichnung(akteur, fakten.vorgaenger),
                NACHTRAG => fakten.nachtrag.map(schon_vorhanden).into_iter().collect(),
                _ => Vec::new(),
            }
        };
        let andere = |akt: &str| {
            (akt == UNTERZEICHNUNG).then(|| self.unterschrift_der_anderen(akteur)).flatten().map(|u| u.person.clone())
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, andere, zusatz)
    }

    /// What forbids signing whatever the signer says: a signature of his side, a text that is not the fixed one, and
    /// for the second signature under a Nachtrag the state of the version it replaces.
    fn pruefe_unterzeichnung(&self, akteur: &Akteur, vorgaenger: Option<&Zielvereinbarung>) -> Vec<Befund> {
        if let Some(b) = self.schon_unterzeichnet(akteur) {
            return vec![b];
        }
        let mut befunde: Vec<Befund> =
            pruefe_siegel(&self.urkunde(), self.dokument_sha256.as_deref().unwrap_or_default()).into_iter().collect();
        if matches!(self.status, UnterzeichnetGk | UnterzeichnetMinisterium) {
            befunde.extend(self.ersetze(vorgaenger).err().into_iter().flatten());
        }
        befunde
    }

    /// The signature of the other side: whoever gave it cannot sign for this one too.
    fn unterschrift_der_anderen(&self, akteur: &Akteur) -> Option<&Unterschrift> {
        self.unterschriften.von(Vertragspartei::aus_rolle(akteur.rolle)?.andere())
    }

    fn schon_unterzeichnet(&self, akteur: &Akteur) -> Option<Befund> {
        let partei = Vertragspartei::aus_rolle(akteur.rolle)?;
        let u = self.unterschriften.von(partei)?;
        Some(Befund::neu(&SCHON_UNTERZEICHNET).gemessen("partei", partei, Einheit::Code).gemessen(
            "am",
            u.am,
            Einheit::Datum,
        ))
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({
            "zielvereinbarung_id": self.id, "jahrgang": self.jahrgang, "kreisschluessel": self.kreisschluessel
        })
    }

    /// Fixes the text: from now on both sides can sign it and nobody can change it.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`, or what [`Zielvereinbarung::pruefe`] finds.
    pub fn abstimmen(
        &self,
        eingabe: &Abstimmung,
        fakten: &Vereinbarungsfakten<'_>,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Zielvereinbarung> {
        let befunde = bestaetige(frei(self.aktionen(akteur, fakten), ABSTIMMUNG)?, &eingabe.bestaetigte_warnungen)?;
        let hash = sha256_kanonisch(&self.urkunde()).map_err(|b| vec![b])?;
        let neu = Zielvereinbarung {
            status: Abgestimmt,
            abgestimmt_am: Some(heute),
            dokument_sha256: Some(hash),
            rueckgabe: None,
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).befunde(befunde).ereignis("zielvereinbarung.abgestimmt", self.ereignisdaten()))
    }

    /// Opens the text again: nobody has signed it yet, and either side may find a mistake in it.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`.
    pub fn zuruecknehmen(
        &self,
        eingabe: &Handlungsgrund,
        fakten: &Vereinbarungsfakten<'_>,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Zielvereinbarung> {
        frei(self.aktionen(akteur, fakten), RUECKNAHME)?;
        let neu = Zielvereinbarung {
            status: Entwurf,
            abgestimmt_am: None,
            dokument_sha256: None,
            rueckgabe: Some(Rueckgabe::neu(RUECKNAHME, eingabe, heute, akteur)),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("zielvereinbarung.zurueckgenommen", self.ereignisdaten()))
    }

    /// Signs for the caller's side. With both signatures the agreement is concluded; a concluded Nachtrag replaces the
    /// version before.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for the person who signed for the other side, `FREMDER_VORGANG`, `SCHON_UNTERZEICHNET`, `INTEGRITAET_VERLETZT` when the
    /// stored text is not the one that was fixed, `DOKUMENT_NICHT_GELESEN` when the caller read another one,
    /// `VERWEIS_UNBEKANNT` when the version before is another record.
    pub fn unterzeichnen(
        &self,
        eingabe: &Unterzeichnung,
        fakten: &Vereinbarungsfakten<'_>,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Unterzeichnungsergebnis> {
        let mut befunde = frei(self.aktionen(akteur, fakten), UNTERZEICHNUNG)?;
        let festgeschrieben = self.dokument_sha256.clone().unwrap_or_default();
        if eingabe.dokument_sha256 != festgeschrieben {
            befunde.push(
                Befund::neu(&DOKUMENT_NICHT_GELESEN)
                    .ort("/dokument_sha256")
                    .gemessen("gefunden", &eingabe.dokument_sha256, Einheit::Text)
                    .erlaubt("festgeschrieben", &festgeschrieben, Einheit::Text),
            );
        }
        let partei = Vertragspartei::aus_rolle(akteur.rolle);
        let (Some(partei), true) = (partei, befunde.is_empty()) else { return Err(befunde) };
        let unterschrift = Some(Unterschrift {
            am: heute,
            durch: eingabe.durch.clone(),
            person: akteur.person.clone(),
            dokument_sha256: festgeschrieben,
        });
        let alt = self.unterschriften.clone();
        let unterschriften = match partei {
            Vertragspartei::Gk => Unterschriften { gk: unterschrift, ..alt },
            Vertragspartei::Ministerium => Unterschriften { ministerium: unterschrift, ..alt },
        };
        let status = match (&unterschriften.gk, &unterschriften.ministerium) {
            (Some(_), Some(_)) => Geschlossen,
            (Some(_), None) => UnterzeichnetGk,
            _ => UnterzeichnetMinisterium,
        };
        let ersetzt = if status == Geschlossen { self.ersetze(fakten.vorgaenger)? } else { None };
        let typ = if status == Geschlossen { "zielvereinbarung.geschlossen" } else { "zielvereinbarung.unterzeichnet" };
        let vereinbarung = Zielvereinbarung { status, unterschriften, ..self.clone() };
        Ok(Entscheidung::neu(Unterzeichnungsergebnis { vereinbarung, ersetzt }).ereignis(typ, self.ereignisdaten()))
    }

    /// The replaced version of a concluded Nachtrag; none for the agreement itself.
    fn ersetze(&self, vorgaenger: Option<&Zielvereinbarung>) -> Result<Option<Zielvereinbarung>, Vec<Befund>> {
        let Some(id) = self.vorgaenger_id else { return Ok(None) };
        match vorgaenger.filter(|v| v.id == id) {
            None => {
                Err(vec![Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Zielvereinbarung", Einheit::Text).gemessen(
                    "schluessel",
                    id,
                    Einheit::Code,
                )])
            }
            Some(v) if v.status != Geschlossen => Err(vec![status_unzulaessig(v.status, "ersetzung")]),
            Some(v) => Ok(Some(Zielvereinbarung { status: Ersetzt, ..v.clone() })),
        }
    }

    /// Drafts a Nachtrag: a new version with the same content that refers to this one. This one stays in force until
    /// the Nachtrag is concluded.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG` or `SCHON_VORHANDEN`.
    pub fn nachtrag(&self, id: Uuid, fakten: &Vereinbarungsfakten<'_>, akteur: &Akteur) -> Urteil<Zielvereinbarung> {
        frei(self.aktionen(akteur, fakten), NACHTRAG)?;
        let neu = Zielvereinbarung {
            id,
            fassung: self.fassung.saturating_add(1),
            vorgaenger_id: Some(self.id),
            status: Entwurf,
            erstellt_von: akteur.person.clone(),
            abgestimmt_am: None,
            dokument_sha256: None,
            unterschriften: Unterschriften::default(),
            ..self.clone()
        };
        let daten = neu.ereignisdaten();
        Ok(Entscheidung::neu(neu).ereignis("zielvereinbarung.nachtrag", daten))
    }

    /// It ends with its Jahrgang: neither replaced nor expired.
    pub fn laeuft(&self) -> bool {
        LAUFEND.contains(&self.status)
    }

    /// Ends the agreement with its closed Jahrgang.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when it was replaced or has expired, or the Jahrgang is not closed.
    pub fn auslaufen(&self, jahrgang: &Jahrgang) -> Urteil<Zielvereinbarung> {
        if !self.laeuft() {
            return Err(vec![status_unzulaessig(self.status, ABLAUF)]);
        }
        if jahrgang.jahrgang != self.jahrgang || jahrgang.status != JahrgangStatus::Abgeschlossen {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", jahrgang.status, Einheit::Code)
                    .gemessen("akt", ABLAUF, Einheit::Code)
                    .erlaubt("zulaessig", JahrgangStatus::Abgeschlossen, Einheit::Code),
            ]);
        }
        let neu = Zielvereinbarung { status: Ausgelaufen, ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("zielvereinbarung.ausgelaufen", self.ereignisdaten()))
    }
}

fn status_unzulaessig(status: ZielvereinbarungStatus, akt: &str) -> Befund {
    Befund::neu(&STATUS_UNZULAESSIG)
        .gemessen("status", status, Einheit::Code)
        .gemessen("akt", akt, Einheit::Code)
        .erlaubt("zulaessig", Geschlossen, Einheit::Code)
}
