//! Acts of a Teilnahme: entering, exit, correction, cancellation, erasure.

use super::{
    Austritt, Korrekturgrund, Korrekturvermerk, Loeschvermerk, Teilnahme, TeilnahmeStatus, Teilnahmefakten,
    Teilnahmeinhalt, Teilnahmekopf,
};
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, aktionen, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, Sicht};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{FREMDER_VORGANG, KORREKTUR_OHNE_AENDERUNG};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: record the exit.
pub const AUSTRITT: &str = "austritt";
/// Act: correct fields.
pub const KORREKTUR: &str = "korrektur";
/// Act: cancel a record that is wrong.
pub const STORNIERUNG: &str = "stornierung";
/// Act of the history: what was told about the person was erased.
pub const PERSONENLOESCHUNG: &str = "personenloeschung";
/// Act on the data of a measure: erase what is due. The trail knows it as [`PERSONENLOESCHUNG`].
pub const LOESCHUNG: &str = "loeschung";

const fn zeile(
    akt: &'static str,
    von: &'static [TeilnahmeStatus],
    nach: Option<TeilnahmeStatus>,
) -> Uebergang<TeilnahmeStatus> {
    Uebergang { akt, recht: Recht::TeilnahmeSchreiben, von, nach }
}

/// State table. Erasure is no act of one record: it is done for a measure, when its period is over.
pub const UEBERGAENGE: &[Uebergang<TeilnahmeStatus>] = {
    use TeilnahmeStatus as S;
    const ZAEHLT: &[TeilnahmeStatus] = &[S::Laufend, S::Beendet];
    &[
        zeile(AUSTRITT, &[S::Laufend], Some(S::Beendet)),
        zeile(KORREKTUR, ZAEHLT, None),
        zeile(STORNIERUNG, ZAEHLT, Some(S::Storniert)),
    ]
};

/// Body of the act `stornierung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "DOPPELT_ERFASST" }))))]
#[serde(deny_unknown_fields)]
pub struct Teilnahmestorno {
    /// Why.
    pub grund: Korrekturgrund,
}

/// What a Teilnahme is entered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teilnahmefall {
    /// Application.
    pub antrag_id: Uuid,
    /// Regelwerk of the case.
    pub regelwerk: String,
}

/// Splits findings: what blocks is an error, the rest goes along.
fn geprueft(befunde: Vec<Befund>) -> Result<Vec<Befund>, Vec<Befund>> {
    if befunde.iter().any(Befund::blockiert) { Err(befunde) } else { Ok(befunde) }
}

/// A county acts in its own cases, a Traeger in what was entered for it.
fn zugehoerig(kreis: &str, traeger_id: Option<Uuid>, akteur: &Akteur) -> Option<Befund> {
    match akteur.sicht(Recht::TeilnahmeSchreiben) {
        Some(Sicht::Traeger(t)) if traeger_id == Some(t) => None,
        Some(Sicht::Traeger(_)) => {
            Some(Befund::neu(&FREMDER_VORGANG).gemessen("kreisschluessel", kreis, Einheit::Code))
        }
        _ => pruefe_zugehoerigkeit(kreis, akteur, Recht::TeilnahmeSchreiben),
    }
}

/// Names of the fields that differ.
pub fn geaenderte_angaben(alt: &Teilnahmeinhalt, neu: &Teilnahmeinhalt) -> Vec<String> {
    let felder = [
        ("pseudonym", alt.pseudonym != neu.pseudonym),
        ("rechtskreise", alt.rechtskreise != neu.rechtskreise),
        ("ueber_bedarfsgemeinschaft", alt.ueber_bedarfsgemeinschaft != neu.ueber_bedarfsgemeinschaft),
        ("erstwohnsitz_hessen", alt.erstwohnsitz_hessen != neu.erstwohnsitz_hessen),
        ("erstwohnsitz_nachweis", alt.erstwohnsitz_nachweis != neu.erstwohnsitz_nachweis),
        ("erstwohnsitz_geprueft_am", alt.erstwohnsitz_geprueft_am != neu.erstwohnsitz_geprueft_am),
        ("wohnsitz_kreisschluessel", alt.wohnsitz_kreisschluessel != neu.wohnsitz_kreisschluessel),
        ("zielgruppe", alt.zielgruppe != neu.zielgruppe),
        ("altersgruppe", alt.altersgruppe != neu.altersgruppe),
        ("geschlecht", alt.geschlecht != neu.geschlecht),
        ("migrationshintergrund", alt.migrationshintergrund != neu.migrationshintergrund),
        ("ausbildungskostenzuschuss", alt.ausbildungskostenzuschuss != neu.ausbildungskostenzuschuss),
        ("eintritt", alt.eintritt != neu.eintritt),
        ("anspruch_entfallen_am", alt.anspruch_entfallen_am != neu.anspruch_entfallen_am),
        ("austritt", alt.austritt != neu.austritt),
    ];
    felder.into_iter().filter(|(_, anders)| *anders).map(|(f, _)| f.to_owned()).collect()
}

const fn stand(i: &Teilnahmeinhalt) -> TeilnahmeStatus {
    if i.austritt.is_some() { TeilnahmeStatus::Beendet } else { TeilnahmeStatus::Laufend }
}

impl Teilnahme {
    /// Enters one.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, what forbids participants for the measure, and what [`Teilnahmeinhalt::pruefe`] finds.
    pub fn erfassen(
        id: Uuid,
        fall: Teilnahmefall,
        inhalt: Teilnahmeinhalt,
        f: &Teilnahmefakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Teilnahme> {
        let traeger_id = f.massnahme.inhalt.traeger_id;
        let fremd = zugehoerig(f.kreisschluessel, traeger_id, akteur);
        geprueft(fremd.into_iter().collect())?;
        geprueft(f.sperren())?;
        let hinweise = geprueft(inhalt.pruefe(f, "/inhalt"))?;
        let kopf = Teilnahmekopf {
            id,
            antrag_id: fall.antrag_id,
            massnahme_id: f.massnahme.id,
            massnahmeart: f.massnahme.massnahmeart(),
            traeger_id,
            jahrgang: f.jahrgang,
            kreisschluessel: f.kreisschluessel.to_owned(),
            regelwerk: fall.regelwerk,
            status: stand(&inhalt),
            erfasst_von: akteur.person.clone(),
            korrekturen: Vec::new(),
            stornogrund: None,
            loeschung: None,
        };
        let neu = Teilnahme { kopf, inhalt: Some(inhalt) };
        let daten = neu.ereignisdaten();
        Ok(Entscheidung::neu(neu).ereignis("teilnahme.erfasst", daten).befunde(hinweise))
    }

    /// Every act with what it would find before its input is known.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let k = &self.kopf;
        aktionen(
            UEBERGAENGE,
            k.status,
            akteur,
            |_| None,
            |_| zugehoerig(&k.kreisschluessel, k.traeger_id, akteur).into_iter().collect(),
        )
    }

    /// The content, where `akt` is possible now.
    fn offen(&self, akt: &str, akteur: &Akteur) -> Result<&Teilnahmeinhalt, Vec<Befund>> {
        frei(self.aktionen(akteur), akt)?;
        self.inhalt.as_ref().ok_or_else(Vec::new)
    }

    fn mit(&self, inhalt: Teilnahmeinhalt, kopf: Teilnahmekopf) -> Teilnahme {
        Teilnahme { kopf: Teilnahmekopf { status: stand(&inhalt), ..kopf }, inhalt: Some(inhalt) }
    }

    /// Records the exit.
    ///
    /// # Errors
    /// State, right, and what [`Teilnahmeinhalt::pruefe`] finds.
    pub fn austreten(&self, e: &Austritt, f: &Teilnahmefakten<'_>, akteur: &Akteur) -> Urteil<Teilnahme> {
        let alt = self.offen(AUSTRITT, akteur)?;
        let inhalt = Teilnahmeinhalt { austritt: Some(e.clone()), ..alt.clone() };
        let hinweise = geprueft(inhalt.pruefe(f, ""))?;
        let daten = self.ereignisdaten();
        let neu = self.mit(inhalt, self.kopf.clone());
        Ok(Entscheidung::neu(neu).ereignis("teilnahme.beendet", daten).befunde(hinweise))
    }

    /// Corrects fields; which ones and why stays visible, the values before and after lie encrypted in the history.
    ///
    /// # Errors
    /// State, right, `KORREKTUR_OHNE_AENDERUNG`, and what [`Teilnahmeinhalt::pruefe`] finds.
    pub fn korrigieren(
        &self,
        inhalt: Teilnahmeinhalt,
        grund: Korrekturgrund,
        f: &Teilnahmefakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Teilnahme> {
        let alt = self.offen(KORREKTUR, akteur)?;
        let felder = geaenderte_angaben(alt, &inhalt);
        if felder.is_empty() {
            return Err(vec![Befund::neu(&KORREKTUR_OHNE_AENDERUNG).ort("/inhalt")]);
        }
        let hinweise = geprueft(inhalt.pruefe(f, "/inhalt"))?;
        let mut kopf = self.kopf.clone();
        kopf.korrekturen.push(Korrekturvermerk { am: f.heute, person: akteur.person.clone(), grund, felder });
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(self.mit(inhalt, kopf)).ereignis("teilnahme.korrigiert", daten).befunde(hinweise))
    }

    /// Cancels a record that should not be there.
    ///
    /// # Errors
    /// State, right.
    pub fn stornieren(&self, e: &Teilnahmestorno, akteur: &Akteur) -> Urteil<Teilnahme> {
        self.offen(STORNIERUNG, akteur)?;
        let kopf =
            Teilnahmekopf { status: TeilnahmeStatus::Storniert, stornogrund: Some(e.grund), ..self.kopf.clone() };
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(Teilnahme { kopf, inhalt: self.inhalt.clone() }).ereignis("teilnahme.storniert", daten))
    }

    /// The record without anything about the person; its key is destroyed with it.
    pub fn geloescht(&self, am: NaiveDate, loeschnachweis_id: Uuid) -> Entscheidung<Teilnahme> {
        let kopf = Teilnahmekopf {
            status: TeilnahmeStatus::Geloescht,
            loeschung: Some(Loeschvermerk { am, loeschnachweis_id }),
            ..self.kopf.clone()
        };
        let daten = self.ereignisdaten();
        Entscheidung::neu(Teilnahme { kopf, inhalt: None }).ereignis("teilnahme.geloescht", daten)
    }
}
