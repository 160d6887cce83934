//! Acts of an Antrag: pure functions from state, facts and input to a decision or to findings.

use super::felder::{deckt, ist_feld};
use super::{Anlass, Antrag, AntragStatus, Antragsfakten, Nachforderung, Nachforderungsposten, pruefbericht};
use crate::akt::{self, Aktion, Entscheidung, Frist, Uebergang, Urteil, pruefe_uebergang};
use crate::befund::{Befund, Einheit, Schwere, entscheide};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::Entscheidungsart;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{
    ANGABE_FEHLT, BUDGET_UEBERSCHRITTEN, FRIST_VERGANGEN, NACHFORDERUNG_FELD, NACHFORDERUNG_LAEUFT,
    NUR_NACHGEFORDERTES, OBERGRENZE, STATUS_UNZULAESSIG, UNVERAENDERLICH, VERWEIS_UNBEKANNT, WARNUNG_NICHT_BESTAETIGT,
    ZUTEILUNG_FEHLT,
};
use crate::zeit::rechtstag;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Act: file, or answer a Nachforderung.
pub const EINREICHUNG: &str = "einreichung";
/// Act: withdraw.
pub const RUECKNAHME: &str = "ruecknahme";
/// Act: take into examination.
pub const PRUEFUNG: &str = "pruefung";
/// Act: request completion.
pub const NACHFORDERUNG: &str = "nachforderung";
/// Act: grant in full (drafts a Bescheid).
pub const BEWILLIGUNG: &str = "bewilligung";
/// Act: grant in part (drafts a Bescheid).
pub const TEILBEWILLIGUNG: &str = "teilbewilligung";
/// Act: refuse (drafts a Bescheid).
pub const ABLEHNUNG: &str = "ablehnung";

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
/// A prepared decision is not withdrawn from under the second person: the draft must be discarded first. The
/// examination can be resumed from an unanswered Nachforderung when its due date is over.
pub const UEBERGAENGE: &[Uebergang<AntragStatus>] = {
    use AntragStatus as S;
    &[
        zeile(EINREICHUNG, Recht::AntragSchreiben, &[S::Entwurf, S::Nachforderung], S::Eingereicht),
        zeile(
            RUECKNAHME,
            Recht::AntragSchreiben,
            &[S::Eingereicht, S::InPruefung, S::Nachforderung],
            S::Zurueckgezogen,
        ),
        zeile(PRUEFUNG, Recht::AntragEntscheiden, &[S::Eingereicht, S::Nachforderung], S::InPruefung),
        zeile(NACHFORDERUNG, Recht::AntragEntscheiden, &[S::InPruefung], S::Nachforderung),
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
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": ["AQB-FR-001", "AQB-FR-002"] }))))]
#[serde(deny_unknown_fields)]
pub struct Antragseinreichung {
    /// Codes of the warnings that the applicant has read and confirms.
    #[serde(default)]
    #[cfg_attr(
        feature = "schema",
        schema(value_type = Vec<crate::befund::Befundcode>, max_items = 100, examples(json!(["AQB-FR-001"])))
    )]
    pub bestaetigte_warnungen: Vec<String>,
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

/// Body of the request for completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "posten": [{ "feld": "/bankverbindung", "grund": "UNKLAR", "text": "Bitte bestätigen Sie die Bankverbindung." }], "frist": "2027-01-31" }))))]
#[serde(deny_unknown_fields)]
pub struct Nachforderungseingabe {
    /// What is requested.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 100))]
    pub posten: Vec<Nachforderungsposten>,
    /// Last day for the answer, after today.
    pub frist: NaiveDate,
}

/// Splits findings as [`entscheide`] does; a refusal over unconfirmed warnings names their codes in one finding more.
///
/// # Errors
/// All findings, and `WARNUNG_NICHT_BESTAETIGT` where a warning is not confirmed.
pub fn bestaetige(befunde: Vec<Befund>, bestaetigt: &[String]) -> Result<Vec<Befund>, Vec<Befund>> {
    entscheide(befunde, bestaetigt).map_err(|mut alle| {
        let offen: BTreeSet<&str> = alle
            .iter()
            .filter(|b| b.schwere == Schwere::Warnung && !bestaetigt.iter().any(|c| c == b.regel.code))
            .map(|b| b.regel.code)
            .collect();
        if !offen.is_empty() {
            let codes = offen.into_iter().collect::<Vec<_>>().join(", ");
            alle.push(Befund::neu(&WARNUNG_NICHT_BESTAETIGT).ort("/bestaetigte_warnungen").gemessen(
                "codes",
                codes,
                Einheit::Code,
            ));
        }
        alle
    })
}

fn frei(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
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

    fn laufende_nachforderung(&self, heute: NaiveDate) -> Option<Befund> {
        let n = self.nachforderung.as_ref().filter(|_| self.status == AntragStatus::Nachforderung)?;
        (heute <= n.frist).then(|| {
            Befund::neu(&NACHFORDERUNG_LAEUFT).gemessen("heute", heute, Einheit::Datum).erlaubt(
                "frist",
                n.frist,
                Einheit::Datum,
            )
        })
    }

    /// All acts with the reasons that block them: the same findings the acts themselves answer.
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
            nachforderung,
            ..self.clone()
        };
        let befunde = bestaetige(pruefbericht(&neu, fakten, Anlass::Einreichung), &eingabe.bestaetigte_warnungen)?;
        let typ = if antwort { "antrag.nachgereicht" } else { "antrag.eingereicht" };
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(neu).ereignis(typ, daten).befunde(befunde))
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
        Ok(Entscheidung::neu(neu).ereignis("antrag.zurueckgezogen", self.ereignisdaten()))
    }

    /// Takes the Antrag into examination; the acting person becomes the examiner.
    ///
    /// # Errors
    /// What blocks the act.
    pub fn in_pruefung_nehmen(&self, akteur: &Akteur, jetzt: DateTime<Utc>) -> Urteil<Antrag> {
        frei(self.sperren(PRUEFUNG, akteur, rechtstag(jetzt)))?;
        let neu =
            Antrag { status: AntragStatus::InPruefung, in_pruefung_durch: Some(akteur.person.clone()), ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("antrag.in_pruefung", self.ereignisdaten()))
    }

    /// Requests completion of named fields until a day; a Frist begins to run.
    ///
    /// # Errors
    /// What blocks the act; `ANGABE_FEHLT` without items, `NACHFORDERUNG_FELD`, `FRIST_VERGANGEN`.
    pub fn nachfordern(
        &self,
        eingabe: &Nachforderungseingabe,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Antrag> {
        let heute = rechtstag(jetzt);
        frei(self.sperren(NACHFORDERUNG, akteur, heute))?;
        let mut befunde = Vec::new();
        if eingabe.posten.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/posten").gemessen("feld", "posten", Einheit::Text));
        }
        for (i, p) in eingabe.posten.iter().enumerate().filter(|(_, p)| !ist_feld(self, &p.feld)) {
            befunde.push(Befund::neu(&NACHFORDERUNG_FELD).ort(format!("/posten/{i}/feld")).gemessen(
                "feld",
                &p.feld,
                Einheit::Text,
            ));
        }
        if eingabe.frist <= heute {
            let morgen = heute.succ_opt().unwrap_or(NaiveDate::MAX);
            befunde.push(
                Befund::neu(&FRIST_VERGANGEN).ort("/frist").gemessen("frist", eingabe.frist, Einheit::Datum).erlaubt(
                    "fruehestens",
                    morgen,
                    Einheit::Datum,
                ),
            );
        }
        frei(befunde)?;
        let neu = Antrag {
            status: AntragStatus::Nachforderung,
            nachforderung: Some(Nachforderung {
                posten: eingabe.posten.clone(),
                frist: eingabe.frist,
                gestellt_von: akteur.person.clone(),
                gestellt_am: jetzt,
                beantwortet_am: None,
            }),
            ..self.clone()
        };
        let frist = Frist {
            art: "NACHFORDERUNG",
            faellig_am: eingabe.frist,
            rechtsgrundlage: "HVwVfG § 26 Abs. 2, § 31",
            folge: "Die Bewilligungsbehörde kann nach Aktenlage entscheiden.",
        };
        Ok(Entscheidung::neu(neu).frist(frist).ereignis("antrag.nachgefordert", self.ereignisdaten()))
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
        if akt == ABLEHNUNG {
            return Vec::new();
        }
        let nach_bewilligtem = [BUDGET_UEBERSCHRITTEN.code, ZUTEILUNG_FEHLT.code, OBERGRENZE.code];
        pruefbericht(self, fakten, Anlass::Entscheidung)
            .into_iter()
            .map(|b| {
                let lockern = akt == TEILBEWILLIGUNG && nach_bewilligtem.contains(&b.regel.code);
                if lockern { b.mit_schwere(Schwere::Hinweis) } else { b }
            })
            .collect()
    }

    /// What forbids changing `felder` (pointers as [`super::geaenderte_felder`] gives them); empty when permitted.
    ///
    /// A draft can be changed entirely, during a Nachforderung only what it names, otherwise nothing.
    pub fn darf_aendern(&self, akteur: &Akteur, felder: &[String]) -> Vec<Befund> {
        if let Some(befund) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::AntragSchreiben) {
            return vec![befund];
        }
        match (self.status, &self.nachforderung) {
            (AntragStatus::Entwurf, _) => Vec::new(),
            (AntragStatus::Nachforderung, Some(n)) => {
                let erlaubt: Vec<&str> = n.posten.iter().map(|p| p.feld.as_str()).collect();
                let liste = erlaubt.join(", ");
                felder
                    .iter()
                    .filter(|f| !erlaubt.iter().any(|e| deckt(e, f)))
                    .map(|f| {
                        Befund::neu(&NUR_NACHGEFORDERTES).ort(f.as_str()).gemessen("feld", f, Einheit::Text).erlaubt(
                            "felder",
                            &liste,
                            Einheit::Text,
                        )
                    })
                    .collect()
            }
            _ => vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)],
        }
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

    fn ereignisdaten(&self) -> Value {
        json!({ "antrag_id": self.id, "jahrgang": self.jahrgang, "kreisschluessel": self.kreisschluessel })
    }
}
