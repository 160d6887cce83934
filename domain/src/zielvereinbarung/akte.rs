//! Acts of a Zielvereinbarung: fixing the text, signing, Nachtrag; and its end with the Jahrgang.

use super::{
    Abstimmungsfakten, Unterschrift, Unterschriften, Vertragspartei, Zielvereinbarung, ZielvereinbarungStatus,
    schon_vorhanden,
};
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil};
use crate::antrag::bestaetige;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::{pruefe_siegel, sha256_kanonisch};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::jahrgang::{Jahrgang, JahrgangStatus};
use crate::regel::{INTEGRITAET_VERLETZT, SCHON_UNTERZEICHNET, STATUS_UNZULAESSIG, VERWEIS_UNBEKANNT};
use ZielvereinbarungStatus::{
    Abgestimmt, Ausgelaufen, Entwurf, Ersetzt, Geschlossen, UnterzeichnetGk, UnterzeichnetMinisterium,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: fix the text.
pub const ABSTIMMUNG: &str = "abstimmung";
/// Act: sign for the caller's side.
pub const UNTERZEICHNUNG: &str = "unterzeichnung";
/// Act: draft a new version.
pub const NACHTRAG: &str = "nachtrag";

const RECHT: Recht = Recht::ZielvereinbarungSchreiben;

/// State table of the acts. Where signing leads depends on who has signed; [`SCHRITTE`] lists every single step.
pub const UEBERGAENGE: &[Uebergang<ZielvereinbarungStatus>] = &[
    Uebergang { akt: ABSTIMMUNG, recht: RECHT, von: &[Entwurf], nach: Some(Abgestimmt) },
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
    Uebergang { akt: UNTERZEICHNUNG, recht: RECHT, von: &[Abgestimmt], nach: Some(UnterzeichnetGk) },
    Uebergang { akt: UNTERZEICHNUNG, recht: RECHT, von: &[Abgestimmt], nach: Some(UnterzeichnetMinisterium) },
    Uebergang {
        akt: UNTERZEICHNUNG,
        recht: RECHT,
        von: &[UnterzeichnetGk, UnterzeichnetMinisterium],
        nach: Some(Geschlossen),
    },
    Uebergang { akt: "ersetzung", recht: RECHT, von: &[Geschlossen], nach: Some(Ersetzt) },
    Uebergang { akt: "ablauf", recht: Recht::JahrgangPflegen, von: &[Geschlossen], nach: Some(Ausgelaufen) },
];

/// Input of the act `abstimmung`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Abstimmung {
    /// Codes of the warnings the caller has read and confirms.
    #[serde(default)]
    #[cfg_attr(
        feature = "schema",
        schema(value_type = Vec<crate::befund::Befundcode>, max_items = 100, examples(json!(["AQB-FR-001"])))
    )]
    pub bestaetigte_warnungen: Vec<String>,
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
    /// All acts with the reasons that block them.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let zusatz = |akt: &str| {
            let mut befunde: Vec<Befund> =
                pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, RECHT).into_iter().collect();
            if akt == UNTERZEICHNUNG && befunde.is_empty() {
                befunde.extend(self.schon_unterzeichnet(akteur));
            }
            befunde
        };
        let andere = |akt: &str| {
            (akt == UNTERZEICHNUNG).then(|| self.unterschrift_der_anderen(akteur)).flatten().map(|u| u.person.clone())
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, andere, zusatz)
    }

    /// What blocks an act before its input is known.
    pub fn sperren(&self, akt: &str, akteur: &Akteur) -> Vec<Befund> {
        self.aktionen(akteur).into_iter().filter(|a| a.akt == akt).flat_map(|a| a.befunde).collect()
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
        fakten: &Abstimmungsfakten<'_>,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Zielvereinbarung> {
        let sperren = self.sperren(ABSTIMMUNG, akteur);
        if !sperren.is_empty() {
            return Err(sperren);
        }
        let befunde = bestaetige(self.pruefe(fakten), &eingabe.bestaetigte_warnungen)?;
        let hash = sha256_kanonisch(&self.urkunde()).map_err(|b| vec![b])?;
        let neu = Zielvereinbarung {
            status: Abgestimmt,
            abgestimmt_am: Some(heute),
            dokument_sha256: Some(hash),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).befunde(befunde).ereignis("zielvereinbarung.abgestimmt", self.ereignisdaten()))
    }

    /// Signs for the caller's side. With both signatures the agreement is concluded; a concluded Nachtrag replaces
    /// `vorgaenger`, the stored record of `vorgaenger_id`.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for the person who signed for the other side,
    /// `FREMDER_VORGANG`, `SCHON_UNTERZEICHNET`, `INTEGRITAET_VERLETZT` when the text is not the one that was fixed and
    /// read, `VERWEIS_UNBEKANNT` when `vorgaenger` is another record.
    pub fn unterzeichnen(
        &self,
        eingabe: &Unterzeichnung,
        vorgaenger: Option<&Zielvereinbarung>,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Unterzeichnungsergebnis> {
        let mut befunde = self.sperren(UNTERZEICHNUNG, akteur);
        let festgeschrieben = self.dokument_sha256.clone().unwrap_or_default();
        if befunde.is_empty() {
            befunde.extend(pruefe_siegel(&self.urkunde(), &festgeschrieben));
            if eingabe.dokument_sha256 != festgeschrieben {
                befunde.push(
                    Befund::neu(&INTEGRITAET_VERLETZT)
                        .ort("/dokument_sha256")
                        .gemessen("gefunden", &eingabe.dokument_sha256, Einheit::Text)
                        .erlaubt("festgeschrieben", &festgeschrieben, Einheit::Text),
                );
            }
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
        let ersetzt = if status == Geschlossen { self.ersetze(vorgaenger)? } else { None };
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
    /// the Nachtrag is concluded. `offener` is a Nachtrag to this version that is not concluded yet.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG` or `SCHON_VORHANDEN`.
    pub fn nachtrag(&self, id: Uuid, offener: Option<Uuid>, akteur: &Akteur) -> Urteil<Zielvereinbarung> {
        let mut befunde = self.sperren(NACHTRAG, akteur);
        if befunde.is_empty() {
            befunde.extend(offener.map(schon_vorhanden));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
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

    /// Ends a concluded agreement with its closed Jahrgang.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when the agreement is not concluded or the Jahrgang is not closed.
    pub fn auslaufen(&self, jahrgang: &Jahrgang) -> Urteil<Zielvereinbarung> {
        if self.status != Geschlossen {
            return Err(vec![status_unzulaessig(self.status, "ablauf")]);
        }
        if jahrgang.jahrgang != self.jahrgang || jahrgang.status != JahrgangStatus::Abgeschlossen {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", jahrgang.status, Einheit::Code)
                    .gemessen("akt", "ablauf", Einheit::Code)
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
