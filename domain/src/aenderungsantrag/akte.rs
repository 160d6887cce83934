//! Acts of an Aenderungsantrag: pure functions from state, facts and input to a decision or to findings.

use super::{
    Aenderungsantrag, AenderungsantragStatus, Aenderungsfakten, Aenderungsinhalt, Aktualisierung, Bewilligungsstand,
    Grundlage, Weg, inhalt, pruefbericht, regeln, verfuegungsfolgen, weg,
};
use crate::akt::{self, Aktion, Entscheidung, Handlungsgrund, Rueckgabe, Uebergang, Urteil, pruefe_uebergang};
use crate::antrag::{Antrag, AntragStatus, Antragsruecknahme};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::{
    Aenderungsregelung, Auflage, Bescheid, BewilligungEingabe, Entscheidungsart, Nebenbestimmungen,
    begruendung_mindestens, sha256_kanonisch,
};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{
    ANGABE_FEHLT, BEZUG_NICHT_GELTEND, ENTSCHEIDUNG_LAEUFT, GRUNDLAGE_VERALTET, STATUS_UNZULAESSIG, UNVERAENDERLICH,
    VERWEIS_UNBEKANNT,
};
use crate::zeit::rechtstag;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::antrag::{ABLEHNUNG, BEWILLIGUNG, EINREICHUNG, PRUEFUNG, RUECKNAHME};
pub use crate::strategie::ZURUECKWEISUNG;
/// Act: take note of a notice.
pub const KENNTNISNAHME: &str = "kenntnisnahme";
/// Act: bring the draft up to date.
pub const AKTUALISIERUNG: &str = "aktualisierung";
/// Consequence: another change came into effect first.
pub const UEBERHOLUNG: &str = "ueberholung";

use AenderungsantragStatus as S;

const fn zeile(
    akt: &'static str,
    recht: Recht,
    von: &'static [S],
    nach: Option<S>,
) -> Uebergang<AenderungsantragStatus> {
    Uebergang { akt, recht, von, nach }
}

/// State table. Filing leads to `EINGEREICHT` or, as a notice, to `ANGEZEIGT`. A draft that was overtaken can be filed
/// as little as one whose base moved; both answers name the fields.
pub const UEBERGAENGE: &[Uebergang<AenderungsantragStatus>] = {
    use Recht::{AenderungsantragEntscheiden as Entscheiden, AenderungsantragSchreiben as Schreiben};
    &[
        zeile(EINREICHUNG, Schreiben, &[S::Entwurf, S::Ueberholt], None),
        zeile(
            RUECKNAHME,
            Schreiben,
            &[S::Eingereicht, S::Angezeigt, S::InPruefung, S::EntscheidungVorbereitet, S::Ueberholt],
            Some(S::Zurueckgezogen),
        ),
        zeile(AKTUALISIERUNG, Schreiben, &[S::Entwurf, S::Ueberholt], Some(S::Entwurf)),
        zeile(PRUEFUNG, Entscheiden, &[S::Eingereicht, S::Angezeigt], Some(S::InPruefung)),
        zeile(KENNTNISNAHME, Entscheiden, &[S::Angezeigt], Some(S::ZurKenntnisGenommen)),
        zeile(ZURUECKWEISUNG, Entscheiden, &[S::Eingereicht, S::Angezeigt, S::InPruefung], Some(S::Entwurf)),
        zeile(BEWILLIGUNG, Entscheiden, &[S::InPruefung], Some(S::EntscheidungVorbereitet)),
        zeile(ABLEHNUNG, Entscheiden, &[S::InPruefung], Some(S::EntscheidungVorbereitet)),
    ]
};

/// What becomes of an Aenderungsantrag through acts of others: its drafted Bescheid is released or discarded, another
/// change comes into effect.
pub const FOLGEN_ANDERER: &[Uebergang<AenderungsantragStatus>] = {
    const VON: &[S] = &[S::EntscheidungVorbereitet];
    &[
        zeile(BEWILLIGUNG, Recht::BescheidFreigeben, VON, Some(S::Bewilligt)),
        zeile(ABLEHNUNG, Recht::BescheidFreigeben, VON, Some(S::Abgelehnt)),
        zeile(crate::bescheid::VERWERFUNG, Recht::BescheidBearbeiten, VON, Some(S::InPruefung)),
        zeile(
            UEBERHOLUNG,
            Recht::BescheidFreigeben,
            &[S::Entwurf, S::Eingereicht, S::Angezeigt, S::InPruefung],
            Some(S::Ueberholt),
        ),
    ]
};

/// Body of the filing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Aenderungseinreichung {
    /// The warnings that the county has read, each with the reason to file all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Body of the act `bewilligung`: the change is granted as applied for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "auflagen": [], "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Aenderungsbewilligung {
    /// Conditions of the single case. Those of the Bescheid in force go on; one with the same code takes its place.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub auflagen: Vec<Auflage>,
    /// Grounds; may be absent, since the application is met (§ 39 Abs. 2 Nr. 1 HVwVfG).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 20000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")
    )]
    pub begruendung: Option<String>,
    /// The warnings the caller has read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

impl From<Aenderungsbewilligung> for BewilligungEingabe {
    fn from(e: Aenderungsbewilligung) -> Self {
        let Aenderungsbewilligung { auflagen, begruendung, bestaetigte_warnungen } = e;
        BewilligungEingabe { auflagen, begruendung, bestaetigte_warnungen }
    }
}

fn frei(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
    if befunde.is_empty() { Ok(()) } else { Err(befunde) }
}

/// Starts a draft over what is granted now.
///
/// `antrag_id` and `bescheid_id` name the case; `f.geltend` is the Bescheid that counts there.
///
/// # Errors
/// `FREMDER_VORGANG`, `BEZUG_NICHT_GELTEND` unless `bescheid_id` is the notified Bescheid that counts,
/// `BEWILLIGUNGSZEITRAUM_ABGELAUFEN`, `BANKVERBINDUNG_EIGENE_HANDLUNG`.
pub fn beginnen(
    id: Uuid,
    bescheid_id: Uuid,
    inhalt: Aenderungsinhalt,
    antrag: &Antrag,
    geltend: Option<&Bescheid>,
    akteur: &Akteur,
    heute: NaiveDate,
) -> Urteil<Aenderungsantrag> {
    frei(
        pruefe_zugehoerigkeit(&antrag.kreisschluessel, akteur, Recht::AenderungsantragSchreiben).into_iter().collect(),
    )?;
    let bewilligt = matches!(antrag.status, AntragStatus::Bewilligt | AntragStatus::Teilbewilligt);
    let Some(bescheid) = geltend.filter(|b| bewilligt && b.id == bescheid_id && b.wirksam(heute)) else {
        let gilt = geltend.map_or_else(|| "–".to_owned(), |b| b.id.to_string());
        return Err(vec![
            Befund::neu(&BEZUG_NICHT_GELTEND)
                .ort("/bescheid_id")
                .gemessen("bescheid", bescheid_id, Einheit::Code)
                .erlaubt("geltend", gilt, Einheit::Code),
        ]);
    };
    frei(bescheid.fall_abgeschlossen().into_iter().collect())?;
    let stand = Bewilligungsstand::aus(antrag, bescheid).map_err(|b| vec![b])?;
    let sperren = regeln::zeitraum_laeuft(&stand.bewilligungszeitraum, heute);
    frei(sperren.into_iter().chain(inhalt::unzulaessige_arten(&inhalt)).collect())?;
    let neu = Aenderungsantrag {
        id,
        antrag_id: antrag.id,
        aktenzeichen: antrag.aktenzeichen.clone(),
        jahrgang: antrag.jahrgang,
        kreisschluessel: antrag.kreisschluessel.clone(),
        regelwerk: bescheid.inhalt.regelwerk.clone(),
        status: S::Entwurf,
        inhalt,
        grundlage: Grundlage::aus(antrag, bescheid),
        neuer_stand: stand.clone(),
        stand,
        konflikte: Vec::new(),
        weg: None,
        eingereicht_am: None,
        eingangsdatum: None,
        sha256: None,
        erstellt_von: akteur.person.clone(),
        in_pruefung_durch: None,
        rueckgabe: None,
        ruecknahmegrund: None,
        ueberholt_durch: None,
        bescheid_id: None,
    };
    Ok(Entscheidung::neu(neu))
}

impl Aenderungsantrag {
    /// What blocks an act before its input is known: right, applicant, state.
    pub fn sperren(&self, akt: &str, akteur: &Akteur) -> Vec<Befund> {
        let Some(u) = akt::uebergang(UEBERGAENGE, akt) else {
            return vec![Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Handlung", Einheit::Text).gemessen(
                "schluessel",
                akt,
                Einheit::Code,
            )];
        };
        let befunde = pruefe_uebergang(u, self.status, akteur, None);
        if befunde.is_empty() {
            return pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, u.recht).into_iter().collect();
        }
        befunde
    }

    /// All acts with the findings the acts themselves would answer before their input is known.
    pub fn aktionen(&self, akteur: &Akteur, f: &Aenderungsfakten) -> Vec<Aktion> {
        akt::aktionen(
            UEBERGAENGE,
            self.status,
            akteur,
            |_| None,
            |akt| {
                let fremd = self.sperren(akt, akteur);
                if !fremd.is_empty() {
                    return fremd;
                }
                match akt {
                    EINREICHUNG => pruefbericht(self, f),
                    BEWILLIGUNG | ABLEHNUNG => self.entscheidungsregeln(f, akt),
                    KENNTNISNAHME => self.pruefe_anzeige(f),
                    _ => Vec::new(),
                }
            },
        )
    }

    /// What forbids editing: it belongs to somebody else, or it is no draft.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn aenderbar(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        let fremd = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::AenderungsantragSchreiben);
        let fest = (self.status != S::Entwurf)
            .then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        frei(fremd.or(fest).into_iter().collect())
    }

    /// The draft with another form.
    ///
    /// # Errors
    /// As [`Aenderungsantrag::aenderbar`]; `BANKVERBINDUNG_EIGENE_HANDLUNG`.
    pub fn mit_inhalt(&self, neu: Aenderungsinhalt, akteur: &Akteur) -> Urteil<Aenderungsantrag> {
        self.aenderbar(akteur)?;
        frei(inhalt::unzulaessige_arten(&neu).into_iter().collect())?;
        Ok(Entscheidung::neu(Aenderungsantrag { inhalt: neu, ..self.clone() }))
    }

    /// The draft with another state applied for.
    ///
    /// # Errors
    /// As [`Aenderungsantrag::aenderbar`]; `RECHENBEREICH` when its sums cannot be represented.
    pub fn mit_stand(&self, neuer_stand: Bewilligungsstand, akteur: &Akteur) -> Urteil<Aenderungsantrag> {
        self.aenderbar(akteur)?;
        super::vergleiche(&self.stand, &neuer_stand).map_err(|b| vec![b])?;
        Ok(Entscheidung::neu(Aenderungsantrag { neuer_stand, ..self.clone() }))
    }

    /// What forbids deleting it: it is no draft of the caller's own that was never filed.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn loeschbar(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        self.aenderbar(akteur)?;
        let fest = self.eingereicht_am.is_some();
        frei(
            fest.then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code))
                .into_iter()
                .collect(),
        )
    }

    /// Files the draft: as a notice where the change is small, otherwise for a decision.
    ///
    /// # Errors
    /// What blocks the act, every finding of [`pruefbericht`] when one refuses, `WARNUNG_NICHT_BESTAETIGT`.
    pub fn einreichen(
        &self,
        f: &Aenderungsfakten,
        eingabe: &Aenderungseinreichung,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Aenderungsantrag> {
        frei(self.sperren(EINREICHUNG, akteur))?;
        let entwurf = Aenderungsantrag { eingangsdatum: Some(rechtstag(jetzt)), ..self.clone() };
        let mut befunde = bestaetige(pruefbericht(&entwurf, f), &eingabe.bestaetigte_warnungen)?;
        let (weg, gruende) = self.weg_jetzt(f).map_err(|b| vec![b])?;
        befunde.extend(gruende);
        let (status, typ) = match weg {
            Weg::Anzeige => (S::Angezeigt, "aenderungsantrag.angezeigt"),
            Weg::Entscheidung => (S::Eingereicht, "aenderungsantrag.eingereicht"),
        };
        let dokument = json!({
            "id": self.id, "antrag_id": self.antrag_id, "grundlage": self.grundlage, "inhalt": self.inhalt,
            "stand": self.stand, "neuer_stand": self.neuer_stand,
        });
        let neu = Aenderungsantrag {
            status,
            weg: Some(weg),
            eingereicht_am: Some(jetzt),
            sha256: Some(sha256_kanonisch(&dokument).map_err(|b| vec![b])?),
            konflikte: Vec::new(),
            rueckgabe: None,
            ..entwurf
        };
        Ok(Entscheidung::neu(neu).ereignis(typ, self.ereignisdaten()).befunde(befunde))
    }

    /// Notice or decision as things stand, and why.
    ///
    /// # Errors
    /// As [`weg()`].
    pub fn weg_jetzt(&self, f: &Aenderungsfakten) -> Result<(Weg, Vec<Befund>), Befund> {
        let (weg, gruende) = weg(&self.stand, &self.neuer_stand, &f.beschieden, &f.regeln.regelwerk, self.jahrgang)?;
        let nach = match f.geltend.inhalt.nebenbestimmungen {
            Some(Nebenbestimmungen::AnbestGk) => "ANBest-GK",
            Some(Nebenbestimmungen::AnbestP) => "ANBest-P",
            None => "–",
        };
        Ok((weg, gruende.into_iter().map(|b| b.gemessen("nebenbestimmungen", nach, Einheit::Text)).collect()))
    }

    /// Withdraws it.
    ///
    /// # Errors
    /// What blocks the act; `ANGABE_FEHLT` without a reason.
    pub fn zuruecknehmen(&self, eingabe: &Antragsruecknahme, akteur: &Akteur) -> Urteil<Aenderungsantrag> {
        frei(self.sperren(RUECKNAHME, akteur))?;
        if eingabe.grund.trim().is_empty() {
            return Err(vec![Befund::neu(&ANGABE_FEHLT).ort("/grund").gemessen("feld", "grund", Einheit::Text)]);
        }
        let neu = Aenderungsantrag {
            status: S::Zurueckgezogen,
            ruecknahmegrund: Some(eingabe.grund.clone()),
            bescheid_id: None,
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("aenderungsantrag.zurueckgezogen", self.ereignisdaten()))
    }

    /// Brings the draft up to date: what does not conflict is taken over.
    ///
    /// # Errors
    /// What blocks the act; `FELD_OHNE_KONFLIKT` for a named field that is in no conflict.
    pub fn aktualisieren(
        &self,
        f: &Aenderungsfakten,
        eingabe: &Aktualisierung,
        akteur: &Akteur,
    ) -> Urteil<Aenderungsantrag> {
        frei(self.sperren(AKTUALISIERUNG, akteur))?;
        let neu = Aenderungsantrag {
            status: S::Entwurf,
            weg: None,
            ueberholt_durch: None,
            in_pruefung_durch: None,
            ..self.auf_stand_gebracht(f, eingabe)?
        };
        Ok(Entscheidung::neu(neu).ereignis("aenderungsantrag.aktualisiert", self.ereignisdaten()))
    }

    /// Takes it into examination; of a notice this demands a decision.
    ///
    /// # Errors
    /// What blocks the act.
    pub fn in_pruefung_nehmen(&self, akteur: &Akteur) -> Urteil<Aenderungsantrag> {
        frei(self.sperren(PRUEFUNG, akteur))?;
        let neu = Aenderungsantrag {
            status: S::InPruefung,
            weg: Some(Weg::Entscheidung),
            in_pruefung_durch: Some(akteur.person.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("aenderungsantrag.in_pruefung", self.ereignisdaten()))
    }

    /// Returns it to the county as a draft.
    ///
    /// # Errors
    /// What blocks the act.
    pub fn zurueckweisen(
        &self,
        eingabe: &Handlungsgrund,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Aenderungsantrag> {
        frei(self.sperren(ZURUECKWEISUNG, akteur))?;
        let neu = Aenderungsantrag {
            status: S::Entwurf,
            weg: None,
            in_pruefung_durch: None,
            rueckgabe: Some(Rueckgabe::neu(ZURUECKWEISUNG, eingabe, heute, akteur)),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("aenderungsantrag.zurueckgewiesen", self.ereignisdaten()))
    }

    /// What keeps the authority from taking note: the base moved, the change is no notice any more, or a Bescheid of the
    /// case is drafted.
    fn pruefe_anzeige(&self, f: &Aenderungsfakten) -> Vec<Befund> {
        let befunde: Vec<Befund> = self.pruefe_grundlage(f).into_iter().chain(anderer_entwurf(f)).collect();
        if !befunde.is_empty() {
            return befunde;
        }
        match self.weg_jetzt(f) {
            Ok((Weg::Anzeige, _)) => Vec::new(),
            Ok((Weg::Entscheidung, _)) => vec![veraltet(self.grundlage.bescheid_id, f.geltend.id, "/weg")],
            Err(b) => vec![b],
        }
    }

    /// Takes note of the notice: the new state counts, no Bescheid is needed.
    ///
    /// # Errors
    /// What blocks the act, `GRUNDLAGE_VERALTET`, `ENTSCHEIDUNG_LAEUFT`.
    pub fn zur_kenntnis_nehmen(&self, f: &Aenderungsfakten, akteur: &Akteur) -> Urteil<Aenderungsantrag> {
        frei(self.sperren(KENNTNISNAHME, akteur))?;
        frei(self.pruefe_anzeige(f))?;
        let neu = Aenderungsantrag { status: S::ZurKenntnisGenommen, ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("aenderungsantrag.zur_kenntnis_genommen", self.ereignisdaten()))
    }

    fn entscheidungsregeln(&self, f: &Aenderungsfakten, akt: &str) -> Vec<Befund> {
        let mut befunde: Vec<Befund> = anderer_entwurf(f).into_iter().collect();
        if akt == ABLEHNUNG {
            // grounds are demanded: without the parameter no text is long enough
            befunde.extend(begruendung_mindestens(&f.regeln.regelwerk, self.jahrgang).err());
        } else if befunde.is_empty() {
            befunde = pruefbericht(self, f);
        }
        befunde
    }

    /// Everything that speaks about a deciding act before its input is known.
    pub fn pruefe_entscheidung(&self, f: &Aenderungsfakten, akteur: &Akteur, akt: &str) -> Vec<Befund> {
        let befunde = self.sperren(akt, akteur);
        if befunde.is_empty() { self.entscheidungsregeln(f, akt) } else { befunde }
    }

    /// What the Bescheid about this change regulates beside its positions.
    ///
    /// # Errors
    /// `ANGABE_FEHLT` without the day from which it counts; what stands in the way of the claim for repayment.
    pub fn regelung(&self, f: &Aenderungsfakten) -> Result<Aenderungsregelung, Vec<Befund>> {
        let Some(wirksam_ab) = self.inhalt.wirksam_ab else {
            let feld = Befund::neu(&ANGABE_FEHLT).ort("/inhalt/wirksam_ab");
            return Err(vec![feld.gemessen("feld", "wirksam_ab", Einheit::Code)]);
        };
        Ok(Aenderungsregelung {
            aenderungsantrag_id: self.id,
            aenderungsarten: self.inhalt.aenderungsarten.clone(),
            wirksam_ab,
            erstattung: verfuegungsfolgen(self, f).erstattung,
        })
    }

    /// What keeps the drafted Bescheid from being released: a rule refuses by now, or what it says about repayment is
    /// no longer what the ledger says.
    pub fn pruefe_freigabe(&self, bescheid: &Bescheid, f: &Aenderungsfakten) -> Vec<Befund> {
        if !bescheid.inhalt.art.bewilligt() {
            return Vec::new();
        }
        let befunde: Vec<Befund> = pruefbericht(self, f).into_iter().filter(Befund::blockiert).collect();
        if !befunde.is_empty() {
            return befunde;
        }
        let posten = |e: Option<crate::aenderungsantrag::Erstattung>| e.map(|e| e.posten);
        let gesagt = posten(bescheid.inhalt.aenderung.as_ref().and_then(|a| a.erstattung.clone()));
        let ort = if gesagt != posten(verfuegungsfolgen(self, f).erstattung) {
            "/inhalt/aenderung/erstattung"
        } else if f.geltend.id != self.grundlage.bescheid_id {
            "/inhalt/vorgaenger_id"
        } else {
            return Vec::new();
        };
        vec![veraltet(self.grundlage.bescheid_id, f.geltend.id, ort)]
    }

    /// It while its Bescheid is drafted.
    pub fn entscheidung_vorbereitet(&self, bescheid_id: Uuid) -> Entscheidung<Aenderungsantrag> {
        let neu =
            Aenderungsantrag { status: S::EntscheidungVorbereitet, bescheid_id: Some(bescheid_id), ..self.clone() };
        Entscheidung::neu(neu).ereignis("aenderungsantrag.entscheidung_vorbereitet", self.ereignisdaten())
    }

    /// It after its Bescheid was issued.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when no Bescheid was being drafted.
    pub fn entschieden(&self, art: Entscheidungsart) -> Urteil<Aenderungsantrag> {
        let akt = if Aenderungsantrag::nach_bescheid(art) == S::Abgelehnt { ABLEHNUNG } else { BEWILLIGUNG };
        self.folge(akt, "aenderungsantrag.entschieden")
    }

    /// It after the draft of its Bescheid was discarded: back in examination.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` when no Bescheid was being drafted.
    pub fn entwurf_verworfen(&self) -> Urteil<Aenderungsantrag> {
        let mut e = self.folge(crate::bescheid::VERWERFUNG, "aenderungsantrag.entwurf_verworfen")?;
        e.zustand.bescheid_id = None;
        Ok(e)
    }

    /// It after the change `durch` of the same case came into effect; none where that does not touch it.
    pub fn ueberholt(&self, durch: Uuid) -> Option<Entscheidung<Aenderungsantrag>> {
        let mut e = self.folge(UEBERHOLUNG, "aenderungsantrag.ueberholt").ok()?;
        e.zustand.ueberholt_durch = Some(durch);
        e.zustand.weg = None;
        Some(e)
    }

    fn folge(&self, akt: &str, ereignis: &'static str) -> Urteil<Aenderungsantrag> {
        let zeile = akt::uebergang(FOLGEN_ANDERER, akt);
        let Some(status) = zeile.filter(|u| u.von.contains(&self.status)).and_then(|u| u.nach) else {
            let von: Vec<&str> = zeile.map(|u| u.von.iter().map(|s| s.code()).collect()).unwrap_or_default();
            return Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", akt, Einheit::Code)
                    .erlaubt("zulaessig", von.join(", "), Einheit::Code),
            ]);
        };
        Ok(Entscheidung::neu(Aenderungsantrag { status, ..self.clone() }).ereignis(ereignis, self.ereignisdaten()))
    }

    fn ereignisdaten(&self) -> Value {
        json!({ "aenderungsantrag_id": self.id, "antrag_id": self.antrag_id, "jahrgang": self.jahrgang,
            "kreisschluessel": self.kreisschluessel })
    }
}

fn veraltet(bescheid: Uuid, geltend: Uuid, ort: &str) -> Befund {
    Befund::neu(&GRUNDLAGE_VERALTET).ort(ort).gemessen("bescheid", bescheid, Einheit::Code).erlaubt(
        "geltend",
        geltend,
        Einheit::Code,
    )
}

/// One Bescheid of a case is drafted at a time.
fn anderer_entwurf(f: &Aenderungsfakten) -> Option<Befund> {
    f.entwurf.map(|id| Befund::neu(&ENTSCHEIDUNG_LAEUFT).gemessen("bescheid", id, Einheit::Code))
}
