//! Acts of a Weiterleitung: drafting, conclusion by a second person, end.

use super::{Weiterleitung, WeiterleitungStatus, Weiterleitungsende, Weiterleitungsfakten, Weiterleitungsinhalt};
use crate::akt::{Aktion, Entscheidung, Fristsetzung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::frist::Fristart;
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::regel::{
    BESTAND_UNGEKLAERT, BESTAND_ZURUECKZUFORDERN, DATUM_IN_ZUKUNFT, RECHENBEREICH, Regel, UNVERAENDERLICH,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: conclude.
pub const ABSCHLUSS: &str = "abschluss";
/// Act: end as agreed.
pub const BEENDIGUNG: &str = "beendigung";
/// Act: cancel.
pub const AUFHEBUNG: &str = "aufhebung";
/// Act: record a payment to the Traeger.
pub const AUSZAHLUNGEN: &str = "auszahlungen";
/// Act: reverse a payment.
pub const AUSZAHLUNGSSTORNO: &str = "auszahlungsstorno";
/// Act: record money the Traeger gave back.
pub const RUECKZAHLUNGEN: &str = "rueckzahlungen";
/// Act: report use.
pub const VERWENDUNGEN: &str = "verwendungen";

const fn zeile(
    akt: &'static str,
    recht: Recht,
    von: &'static [WeiterleitungStatus],
    nach: Option<WeiterleitungStatus>,
) -> Uebergang<WeiterleitungStatus> {
    Uebergang { akt, recht, von, nach }
}

/// State table. Payments are reversed, money comes back and use is reported also after the end.
pub const UEBERGAENGE: &[Uebergang<WeiterleitungStatus>] = {
    use WeiterleitungStatus as S;
    const GEZAHLT: &[WeiterleitungStatus] = &[S::Abgeschlossen, S::Beendet, S::Aufgehoben];
    &[
        zeile(ABSCHLUSS, Recht::WeiterleitungSchreiben, &[S::Entwurf], Some(S::Abgeschlossen)),
        zeile(BEENDIGUNG, Recht::WeiterleitungSchreiben, &[S::Abgeschlossen], Some(S::Beendet)),
        zeile(AUFHEBUNG, Recht::WeiterleitungSchreiben, &[S::Abgeschlossen], Some(S::Aufgehoben)),
        zeile(AUSZAHLUNGEN, Recht::WeiterleitungSchreiben, &[S::Abgeschlossen], None),
        zeile(AUSZAHLUNGSSTORNO, Recht::WeiterleitungSchreiben, GEZAHLT, None),
        zeile(RUECKZAHLUNGEN, Recht::WeiterleitungSchreiben, GEZAHLT, None),
        zeile(VERWENDUNGEN, Recht::VerwendungMelden, GEZAHLT, None),
    ]
};

/// Input of the act `abschluss`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "am": "2026-09-15" }))))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsabschluss {
    /// Day of the contract or Bescheid; not in the future.
    pub am: NaiveDate,
}

/// What a draft is made of beside what is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weiterleitungsfall {
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    pub regelwerk: String,
}

pub(super) fn in_zukunft(ort: &str, angegeben: NaiveDate, heute: NaiveDate) -> Option<Befund> {
    (angegeben > heute).then(|| {
        Befund::neu(&DATUM_IN_ZUKUNFT).ort(ort).gemessen("angegeben", angegeben, Einheit::Datum).erlaubt(
            "heute",
            heute,
            Einheit::Datum,
        )
    })
}

pub(super) fn ohne(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
    if befunde.is_empty() { Ok(()) } else { Err(befunde) }
}

impl Weiterleitung {
    /// Drafts one.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, and what [`Weiterleitungsinhalt::pruefe`] finds.
    pub fn entwerfen(
        id: Uuid,
        fall: Weiterleitungsfall,
        inhalt: Weiterleitungsinhalt,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        let fremd = pruefe_zugehoerigkeit(&fall.kreisschluessel, akteur, Recht::WeiterleitungSchreiben);
        ohne(fremd.into_iter().collect())?;
        ohne(inhalt.pruefe(fakten))?;
        let Weiterleitungsfall { antrag_id, jahrgang, kreisschluessel, regelwerk } = fall;
        Ok(Entscheidung::neu(Weiterleitung {
            id,
            antrag_id,
            jahrgang,
            kreisschluessel,
            regelwerk,
            inhalt,
            status: WeiterleitungStatus::Entwurf,
            entworfen_von: akteur.person.clone(),
            abgeschlossen_am: None,
            abgeschlossen_von: None,
            ende: None,
            auszahlungen: Vec::new(),
            verwendungen: Vec::new(),
            rueckzahlungen: Vec::new(),
        }))
    }

    /// What forbids changing or deleting it: it is no draft of the caller's Gebietskoerperschaft.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn aenderbar(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        let fremd = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::WeiterleitungSchreiben);
        let fest = (self.status != WeiterleitungStatus::Entwurf)
            .then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        ohne(fremd.or(fest).into_iter().collect())
    }

    /// Changes the draft.
    ///
    /// # Errors
    /// As [`Weiterleitung::aenderbar`], and what [`Weiterleitungsinhalt::pruefe`] finds.
    pub fn aendern(
        &self,
        inhalt: Weiterleitungsinhalt,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.aenderbar(akteur)?;
        ohne(inhalt.pruefe(fakten))?;
        Ok(Entscheidung::neu(Weiterleitung { inhalt, entworfen_von: akteur.person.clone(), ..self.clone() }))
    }

    /// All acts with what they would find before their input is known.
    pub fn aktionen(&self, akteur: &Akteur, fakten: &Weiterleitungsfakten<'_>) -> Vec<Aktion> {
        let erster = |akt: &str| (akt == ABSCHLUSS).then(|| self.entworfen_von.clone());
        let zusatz = |akt: &str| match akt {
            ABSCHLUSS => self.inhalt.pruefe(fakten),
            BEENDIGUNG => self.ungeklaert(&BESTAND_UNGEKLAERT),
            AUFHEBUNG => self.ungeklaert(&BESTAND_ZURUECKZUFORDERN),
            _ => Vec::new(),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// The finding `regel` where money lies with the Traeger whose use nobody reported.
    fn ungeklaert(&self, regel: &'static Regel) -> Vec<Befund> {
        match self.stand() {
            Ok(s) if s.bestand.ist_positiv() => vec![Befund::neu(regel).gemessen("bestand", s.bestand, Einheit::Eur)],
            Ok(_) => Vec::new(),
            Err(_) => vec![Befund::neu(&RECHENBEREICH)],
        }
    }

    /// Passes where state, right, person and facts permit the act.
    pub(super) fn frei_fuer(
        &self,
        akt: &str,
        akteur: &Akteur,
        fakten: &Weiterleitungsfakten<'_>,
    ) -> Result<(), Vec<Befund>> {
        frei(self.aktionen(akteur, fakten), akt).map(drop)
    }

    /// Concludes it: binding from now on, and the Traeger's proof is due.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for who wrote the draft, everything
    /// [`Weiterleitungsinhalt::pruefe`] finds now, `DATUM_IN_ZUKUNFT`.
    pub fn abschliessen(
        &self,
        eingabe: &Weiterleitungsabschluss,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(ABSCHLUSS, akteur, fakten)?;
        ohne(in_zukunft("/am", eingabe.am, fakten.heute).into_iter().collect())?;
        let neu = Weiterleitung {
            status: WeiterleitungStatus::Abgeschlossen,
            abgeschlossen_am: Some(eingabe.am),
            abgeschlossen_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        let frist = Fristsetzung {
            art: Fristart::VerwendungsnachweisTraeger,
            bezug: None,
            faellig_am: self.inhalt.vn_frist,
            antrag_id: self.antrag_id,
            jahrgang: self.jahrgang,
            regelwerk: self.regelwerk.clone(),
        };
        Ok(Entscheidung::neu(neu).frist(frist).ereignis("weiterleitung.abgeschlossen", self.ereignisdaten()))
    }

    /// Ends it as agreed; the Traeger's proof counts as given.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BESTAND_UNGEKLAERT` while money lies with the Traeger.
    pub fn beenden(
        &self,
        eingabe: &Handlungsgrund,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(BEENDIGUNG, akteur, fakten)?;
        let neu = self.geendet(WeiterleitungStatus::Beendet, eingabe, fakten.heute);
        Ok(Entscheidung::neu(neu)
            .erledigt(Fristart::VerwendungsnachweisTraeger)
            .ereignis("weiterleitung.beendet", self.ereignisdaten()))
    }

    /// Cancels it. What was paid stays passed on until it is reversed or paid back; what was not is free again. A hint
    /// tells what is to be claimed back.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`.
    pub fn aufheben(
        &self,
        eingabe: &Handlungsgrund,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        let hinweise = frei(self.aktionen(akteur, fakten), AUFHEBUNG)?;
        let neu = self.geendet(WeiterleitungStatus::Aufgehoben, eingabe, fakten.heute);
        let e = Entscheidung::neu(neu).befunde(hinweise).ereignis("weiterleitung.aufgehoben", self.ereignisdaten());
        // money that was paid is still to be accounted for
        let gezahlt = self.auszahlungen.iter().any(|z| z.stornogrund.is_none());
        Ok(if gezahlt { e } else { e.entfaellt(Fristart::VerwendungsnachweisTraeger) })
    }

    fn geendet(&self, status: WeiterleitungStatus, eingabe: &Handlungsgrund, heute: NaiveDate) -> Weiterleitung {
        let ende = Some(Weiterleitungsende { am: heute, grund: eingabe.grund.clone() });
        Weiterleitung { status, ende, ..self.clone() }
    }
}
