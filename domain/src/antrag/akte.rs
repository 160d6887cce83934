//! Acts of an Antrag: pure functions from state, facts and input to a decision or to findings.

use super::{Anlass, Antrag, AntragStatus, Antragsfakten, Eingereichtes, Nachforderung, pruefbericht};
use crate::aenderungsantrag::Bewilligungsstand;
use crate::akt::{self, Aktion, Entscheidung, Uebergang, Urteil, pruefe_uebergang};
use crate::befund::{Befund, Einheit, Schwere};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::{Entscheidungsart, begruendung_mindestens};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::frist::Fristart;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{
    ANGABE_FEHLT, BUDGET_UEBERSCHRITTEN, OBERGRENZE, STATUS_UNZULAESSIG, UNVERAENDERLICH, VERWEIS_UNBEKANNT,
    ZUTEILUNG_FEHLT,
};
use crate::zeit::rechtstag;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Act: file, or answer a Nachforderung.
pub const EINREICHUNG: &str = "einreichung";
/// Act: withdraw.
pub const RUECKNAHME: &str = "ruecknahme";
/// Act: take into examination.
pub const PRUEFUNG: &str = "pruefung";
/// Act: request completion.
pub const NACHFORDERUNG: &str = "nachforderung";
/// Act: add to a running request for completion.
pub const NACHFORDERUNGSERGAENZUNG: &str = "nachforderungsergaenzung";
/// Act: take a running request for completion back.
pub const NACHFORDERUNGSRUECKNAHME: &str = "nachforderungsruecknahme";
/// Act: grant in full (drafts a Bescheid).
pub const BEWILLIGUNG: &str = "bewilligung";
/// Act: grant in part (drafts a Bescheid).
pub const TEILBEWILLIGUNG: &str = "teilbewilligung";
/// Act: refuse (drafts a Bescheid).
pub const ABLEHNUNG: &str = "ablehnung";
/// Consequence: a Bescheid about a change was released; the granted state is another one.
pub const AENDERUNGSBESCHEID: &str = "aenderungsbescheid";
/// Consequence: the authority took note of a change; the granted state is another one.
pub const AENDERUNGSANZEIGE: &str = "aenderungsanzeige";

const fn zeile(
    akt: &'static str,
    recht: Recht,
    von: &'static [AntragStatus],
    nach: AntragStatus,
) -> Uebergang<AntragStatus> {
    Uebergang { akt, recht, von, nach: Some(nach) }
}

/// State table.
///
/// The applicant withdraws as long as nothing is decided (dossier 3.3); a drafted Bescheid is discarded with it. The
/// examination can be resumed from an unanswered Nachforderung when its due date is over.
pub const UEBERGAENGE: &[Uebergang<AntragStatus>] = {
    use AntragStatus as S;
    &[
        zeile(EINREICHUNG, Recht::AntragSchreiben, &[S::Entwurf, S::Nachforderung], S::Eingereicht),
        zeile(
            RUECKNAHME,
            Recht::AntragSchreiben,
            &[S::Eingereicht, S::InPruefung, S::Nachforderung, S::EntscheidungVorbereitet],
            S::Zurueckgezogen,
        ),
        zeile(PRUEFUNG, Recht::AntragEntscheiden, &[S::Eingereicht, S::Nachforderung], S::InPruefung),
        zeile(NACHFORDERUNG, Recht::AntragEntscheiden, &[S::InPruefung], S::Nachforderung),
        zeile(NACHFORDERUNGSERGAENZUNG, Recht::AntragEntscheiden, &[S::Nachforderung], S::Nachforderung),
        zeile(NACHFORDERUNGSRUECKNAHME, Recht::AntragEntscheiden, &[S::Nachforderung], S::InPruefung),
        zeile(BEWILLIGUNG, Recht::AntragEntscheiden, &[S::InPruefung], S::EntscheidungVorbereitet),
        zeile(TEILBEWILLIGUNG, Recht::AntragEntscheiden, &[S::InPruefung], S::EntscheidungVorbereitet),
        zeile(ABLEHNUNG, Recht::AntragEntscheiden, &[S::InPruefung], S::EntscheidungVorbereitet),
    ]
};

/// What becomes of the Antrag when its drafted Bescheid is released or discarded. These are acts of the Bescheid;
/// they are listed here so that the state table of the Antrag is complete.
pub const FOLGEN_DES_BESCHEIDS: &[Uebergang<AntragStatus>] = {
    use AntragStatus as S;
    const VON: &[AntragStatus] = &[S::EntscheidungVorbereitet];
    &[
        zeile(BEWILLIGUNG, Recht::BescheidFreigeben, VON, S::Bewilligt),
        zeile(TEILBEWILLIGUNG, Recht::BescheidFreigeben, VON, S::Teilbewilligt),
        zeile(ABLEHNUNG, Recht::BescheidFreigeben, VON, S::Abgelehnt),
        zeile("verwerfung", Recht::BescheidBearbeiten, VON, S::InPruefung),
    ]
};

/// Body of the filing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [{ "code": "AQB-FR-001", "begruendung": "Der Kreisausschuss hat erst nach der Frist beschlossen." }] }))))]
#[serde(deny_unknown_fields)]
pub struct Antragseinreichung {
    /// The warnings that the applicant has read, each with the reason to file all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Body of the withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "Der Träger hat abgesagt." }))))]
#[serde(deny_unknown_fields)]
pub struct Antragsruecknahme {
    /// Reason; may have several lines.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Träger hat abgesagt.")
        )
    )]
    pub grund: String,
}

pub(super) fn frei(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
    if befunde.is_empty() { Ok(()) } else { Err(befunde) }
}

impl Antrag {
    /// What blocks an act before its input is known: right, applicant, state, a running Nachforderung.
    pub fn sperren(&self, akt: &str, akteur: &Akteur, heute: NaiveDate) -> Vec<Befund> {
        let Some(u) = akt::uebergang(UEBERGAENGE, akt) else {
            return vec![Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Handlung", Einheit::Text).gemessen(
                "schluessel",
                akt,
                Einheit::Code,
            )];
        };
        let befunde = pruefe_uebergang(u, self.status, akteur, None);
        if !befunde.is_empty() {
            return befunde;
        }
        let fremd = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, u.recht);
        let laeuft = (akt == PRUEFUNG).then(|| self.laufende_nachforderung(heute)).flatten();
        fremd.into_iter().chain(laeuft).collect()
    }

    /// Passes where nothing blocks the act before its input is known.
    ///
    /// # Errors
    /// What [`Antrag::sperren`] finds.
    pub fn frei_fuer(&self, akt: &str, akteur: &Akteur, heute: NaiveDate) -> Result<(), Vec<Befund>> {
        frei(self.sperren(akt, akteur, heute))
    }

    /// All acts with the findings the acts themselves would answer before their input is known.
    pub fn aktionen(&self, akteur: &Akteur, fakten: &Antragsfakten) -> Vec<Aktion> {
        akt::aktionen(
            UEBERGAENGE,
            self.status,
            akteur,
            |_| None,
            |akt| {
                let mut befunde = self.sperren(akt, akteur, fakten.heute);
                if befunde.is_empty() {
                    befunde = match akt {
                        EINREICHUNG => pruefbericht(self, fakten, Anlass::Einreichung),
                        BEWILLIGUNG | TEILBEWILLIGUNG | ABLEHNUNG => self.entscheidungsregeln(fakten, akt),
                        _ => befunde,
                    };
                }
                befunde
            },
        )
    }

    /// Files the Antrag, or answers a Nachforderung. The first filing fixes Regelwerk and day of receipt for good.
    ///
    /// # Errors
    /// What blocks the act, every finding of [`pruefbericht`] when one refuses, `WARNUNG_NICHT_BESTAETIGT`.
    pub fn einreichen(
        &self,
        fakten: &Antragsfakten,
        eingabe: &Antragseinreichung,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Antrag> {
        frei(self.sperren(EINREICHUNG, akteur, rechtstag(jetzt)))?;
        let antwort = self.status == AntragStatus::Nachforderung;
        let nachforderung = self
            .nachforderung
            .clone()
            .map(|n| if antwort { Nachforderung { beantwortet_am: Some(jetzt), ..n } } else { n });
        let neu = Antrag {
            status: AntragStatus::Eingereicht,
            regelwerk: Some(self.regelwerk.clone().unwrap_or_else(|| fakten.regelwerk.version.clone())),
            eingereicht_am: Some(self.eingereicht_am.unwrap_or(jetzt)),
            eingangsdatum: Some(self.eingangsdatum.unwrap_or_else(|| rechtstag(jetzt))),
            antragsfrist: Some(self.antragsfrist.unwrap_or(fakten.antragsfrist)),
            nachforderung,
            ..self.clone()
        };
        let befunde = bestaetige(pruefbericht(&neu, fakten, Anlass::Einreichung), &eingabe.bestaetigte_warnungen)?;
        let typ = if antwort { "antrag.nachgereicht" } else { "antrag.eingereicht" };
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(neu).erledigt(Fristart::Nachforderung).ereignis(typ, daten).befunde(befunde))
    }

    /// Withdraws the Antrag.
    ///
    /// # Errors
    /// What blocks the act; `ANGABE_FEHLT` without a reason.
    pub fn zuruecknehmen(&self, eingabe: &Antragsruecknahme, akteur: &Akteur, jetzt: DateTime<Utc>) -> Urteil<Antrag> {
        frei(self.sperren(RUECKNAHME, akteur, rechtstag(jetzt)))?;
        if eingabe.grund.trim().is_empty() {
            return Err(vec![Befund::neu(&ANGABE_FEHLT).ort("/grund").gemessen("feld", "grund", Einheit::Text)]);
        }
        let neu = Antrag {
            status: AntragStatus::Zurueckgezogen,
            ruecknahmegrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu)
            .entfaellt(Fristart::Nachforderung)
            .ereignis("antrag.zurueckgezogen", self.ereignisdaten()))
    }

    /// Takes the Antrag into examination as it was filed last (`eingereicht`); the acting person becomes the examiner.
    /// What was changed during an unanswered Nachforderung and not filed does not count.
    ///
    /// # Errors
    /// What blocks the act.
    pub fn in_pruefung_nehmen(
        &self,
        eingereicht: &Eingereichtes,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Antrag> {
        frei(self.sperren(PRUEFUNG, akteur, rechtstag(jetzt)))?;
        let neu = Antrag {
            status: AntragStatus::InPruefung,
            in_pruefung_durch: Some(akteur.person.clone()),
            ..self.wie_eingereicht(eingereicht)
        };
        // an unanswered request for completion is over when the examination goes on without the answer
        Ok(Entscheidung::neu(neu)
            .entfaellt(Fristart::Nachforderung)
            .ereignis("antrag.in_pruefung", self.ereignisdaten()))
    }

    /// Everything that speaks about a deciding act: state, right, and for a grant all rules. Empty or without a
    /// refusal, the Bescheid can be drafted; warnings go through [`bestaetige`].
    ///
    /// A refusal (`ablehnung`) needs no sound Antrag. A partial grant is judged by what it grants, so budget and
    /// ceilings of what was applied for are hints here and are checked again on the granted amounts.
    pub fn pruefe_entscheidung(&self, fakten: &Antragsfakten, akteur: &Akteur, akt: &str) -> Vec<Befund> {
        let befunde = self.sperren(akt, akteur, fakten.heute);
        if !befunde.is_empty() {
            return befunde;
        }
        self.entscheidungsregeln(fakten, akt)
    }

    fn entscheidungsregeln(&self, fakten: &Antragsfakten, akt: &str) -> Vec<Befund> {
        // grounds are demanded: without the parameter no text is long enough
        let begruendung =
            (akt != BEWILLIGUNG).then(|| begruendung_mindestens(&fakten.regelwerk, self.jahrgang).err()).flatten();
        if akt == ABLEHNUNG {
            return begruendung.into_iter().collect();
        }
        // where nothing at all is free no partial grant fits either
        let etwas_frei = |k: &(String, i32)| fakten.verfuegbar.get(k).is_some_and(|v| v.ist_positiv());
        let teilbar = akt == TEILBEWILLIGUNG && self.beantragt_je().is_ok_and(|je| je.keys().any(etwas_frei));
        let nach_bewilligtem = [BUDGET_UEBERSCHRITTEN.code, ZUTEILUNG_FEHLT.code, OBERGRENZE.code];
        pruefbericht(self, fakten, Anlass::Entscheidung)
            .into_iter()
            .map(|b| {
                let lockern = teilbar && nach_bewilligtem.contains(&b.regel.code);
                if lockern { b.mit_schwere(Schwere::Hinweis) } else { b }
            })
            .chain(begruendung)
            .collect()
    }

    /// What forbids deleting the Antrag: it is no draft of the caller's own that was never filed.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn loeschbar(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        let fremd = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::AntragSchreiben);
        let nie_eingereicht = self.status == AntragStatus::Entwurf && self.eingereicht_am.is_none();
        let fest =
            (!nie_eingereicht).then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        frei(fremd.or(fest).into_iter().collect())
    }

    /// The Antrag while its Bescheid is drafted.
    pub fn entscheidung_vorbereitet(&self) -> Entscheidung<Antrag> {
        let neu = Antrag { status: AntragStatus::EntscheidungVorbereitet, ..self.clone() };
        Entscheidung::neu(neu).ereignis("antrag.entscheidung_vorbereitet", self.ereignisdaten())
    }

    /// The Antrag after its Bescheid was issued.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when no Bescheid was being drafted.
    pub fn entschieden(&self, art: Entscheidungsart) -> Urteil<Antrag> {
        let akt = match art {
            Entscheidungsart::Bewilligung => BEWILLIGUNG,
            Entscheidungsart::Teilbewilligung => TEILBEWILLIGUNG,
            Entscheidungsart::Ablehnung => ABLEHNUNG,
            // fixing a sum decides nothing about the application
            Entscheidungsart::Festsetzung => return Ok(Entscheidung::neu(self.clone())),
        };
        self.folge(akt, "antrag.entschieden")
    }

    /// The Antrag after the draft of its Bescheid was discarded: back in examination.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when no Bescheid was being drafted.
    pub fn entwurf_verworfen(&self) -> Urteil<Antrag> {
        self.folge("verwerfung", "antrag.entwurf_verworfen")
    }

    /// The Antrag after a change of its grant came into effect: period and measures are those of the new state.
    pub fn geaendert(&self, stand: &Bewilligungsstand) -> Entscheidung<Antrag> {
        Entscheidung::neu(stand.im_antrag(self)).ereignis("antrag.geaendert", self.ereignisdaten())
    }

    fn folge(&self, akt: &str, ereignis: &'static str) -> Urteil<Antrag> {
        let zeile = akt::uebergang(FOLGEN_DES_BESCHEIDS, akt).filter(|u| u.von.contains(&self.status));
        let Some(status) = zeile.and_then(|u| u.nach) else {
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", akt, Einheit::Code)
                    .erlaubt("zulaessig", AntragStatus::EntscheidungVorbereitet, Einheit::Code),
            ]);
        };
        Ok(Entscheidung::neu(Antrag { status, ..self.clone() }).ereignis(ereignis, self.ereignisdaten()))
    }

    pub(super) fn ereignisdaten(&self) -> Value {
        json!({ "antrag_id": self.id, "jahrgang": self.jahrgang, "kreisschluessel": self.kreisschluessel })
    }
}
