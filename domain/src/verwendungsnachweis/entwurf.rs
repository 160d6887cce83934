//! Drafts of a Verwendungsnachweis: which kinds there are, how one begins, changes and goes.

use super::akte::ohne;
use super::{NachweisStatus, Nachweisart, Nachweisgegenstand, Nachweisinhalt, Nachweisquellen, Verwendungsnachweis};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::Bescheid;
use crate::gebietskoerperschaft::{pruefe_zugehoerigkeit, stichtag};
use crate::regel::{NACHWEISART_UNZULAESSIG, UNVERAENDERLICH};
use crate::regelwerk::Regelwerk;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The kinds that the Regelwerk of a Bescheid permits, for the whole life of the case (dossier S20).
///
/// # Errors
/// `PARAMETER_FEHLT` for a parameter the kind asked for depends on; `NACHWEISART_UNZULAESSIG`.
pub fn pruefe_art(art: Nachweisart, bescheid: &Bescheid, regelwerk: &Regelwerk) -> Result<(), Befund> {
    let tag = stichtag(bescheid.inhalt.jahrgang);
    let abschluss = regelwerk.code("abschlussdokument_gk", tag)?;
    let voll = abschluss == "SCHLUSSNACHWEIS_MIT_BELEGLISTE";
    let zulaessig = match art {
        Nachweisart::Zwischennachweis => regelwerk.wahrheit("zwischennachweis_pflicht", tag)?,
        Nachweisart::Schlussnachweis => voll,
        Nachweisart::Verwendungsbestaetigung => !voll,
        Nachweisart::EinfacherNachweis => regelwerk.wahrheit("einfacher_nachweis_zulaessig", tag)?,
    };
    if zulaessig {
        return Ok(());
    }
    let schluss = if voll { Nachweisart::Schlussnachweis } else { Nachweisart::Verwendungsbestaetigung };
    Err(Befund::neu(&NACHWEISART_UNZULAESSIG)
        .ort("/art")
        .regelwerk(&regelwerk.version)
        .gemessen("art", art, Einheit::Code)
        .gemessen("bescheid", bescheid.id, Einheit::Code)
        .erlaubt("abschluss", schluss, Einheit::Code))
}

impl Verwendungsnachweis {
    /// Begins one: kind and period are checked against the Bescheid, what the server knows is filled in.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `NACHWEIS_OHNE_BESCHEID`, `NACHWEISART_UNZULAESSIG`, `NACHWEISJAHR`, `PARAMETER_FEHLT`.
    pub fn anlegen(
        id: Uuid,
        g: Nachweisgegenstand,
        inhalt: Nachweisinhalt,
        (quellen, regelwerk): (&Nachweisquellen, &Regelwerk),
        akteur: &Akteur,
    ) -> Urteil<Verwendungsnachweis> {
        let a = &quellen.antrag;
        let fremd = pruefe_zugehoerigkeit(&a.kreisschluessel, akteur, Recht::VerwendungsnachweisSchreiben);
        ohne(fremd.into_iter().collect())?;
        let eines = |b| vec![b];
        let bescheid = quellen.bescheid().map_err(eines)?;
        pruefe_art(g.art, bescheid, regelwerk).map_err(eines)?;
        let vier_augen = regelwerk.wahrheit("vn_vier_augen", stichtag(a.jahrgang)).map_err(eines)?;
        let sachberichte = regelwerk.codes("sachbericht_pflicht", stichtag(a.jahrgang)).map_err(eines)?;
        let mit_sachbericht = sachberichte.iter().any(|c| c == g.art.code());
        let listenart = matches!(g.art, Nachweisart::Zwischennachweis | Nachweisart::Schlussnachweis);
        let mit_belegliste =
            listenart && regelwerk.code("belege_vorlage", stichtag(a.jahrgang)).map_err(eines)? == "MIT_LISTE";
        let neu = Verwendungsnachweis {
            id,
            kette_id: id,
            fassung: 1,
            vorgaenger_id: None,
            aktuell: true,
            antrag_id: a.id,
            jahrgang: a.jahrgang,
            kreisschluessel: a.kreisschluessel.clone(),
            regelwerk: regelwerk.version.clone(),
            art: g.art,
            haushaltsjahr: g.haushaltsjahr,
            berichtszeitraum: quellen.zeitraum(g).map_err(eines)?,
            status: NachweisStatus::Entwurf,
            inhalt,
            grundlage: quellen.grundlage(g).map_err(eines)?,
            traegernachweise: Vec::new(),
            sachberichte: Vec::new(),
            mit_belegliste,
            mit_sachbericht,
            erstellt_von: akteur.person.clone(),
            bearbeitet_von: akteur.person.clone(),
            bearbeiter: BTreeSet::from([akteur.person.clone()]),
            vier_augen,
            unterzeichnet_von: None,
            einreichungen: Vec::new(),
            in_pruefung_durch: None,
            nachforderung: None,
            ruecknahmegrund: None,
            korrekturgrund: None,
            ersetzt: None,
            bescheid_id: None,
        };
        Ok(Entscheidung::neu(neu))
    }

    /// What forbids changing it: it is not the caller's, or no draft.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn aenderbar_durch(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        let fremd = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::VerwendungsnachweisSchreiben);
        let fest =
            (!self.aenderbar()).then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        ohne(fremd.or(fest).into_iter().collect())
    }

    /// What forbids deleting it: only a draft that was never filed can go.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `UNVERAENDERLICH`.
    pub fn loeschbar_durch(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        self.aenderbar_durch(akteur)?;
        let gefeilt = self.status != NachweisStatus::Entwurf;
        let fest = gefeilt.then(|| Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code));
        ohne(fest.into_iter().collect())
    }

    /// Changes the form; what the server fills in is renewed, and a signature no longer covers the content.
    ///
    /// # Errors
    /// As [`Verwendungsnachweis::aenderbar_durch`], and those of [`Nachweisquellen::grundlage`].
    pub fn aendern(
        &self,
        inhalt: Nachweisinhalt,
        quellen: &Nachweisquellen,
        akteur: &Akteur,
    ) -> Urteil<Verwendungsnachweis> {
        self.aenderbar_durch(akteur)?;
        let eines = |b| vec![b];
        let (berichtszeitraum, grundlage) =
            (quellen.zeitraum(self.gegenstand()).map_err(eines)?, quellen.grundlage(self.gegenstand()).map_err(eines)?);
        // who changes nothing has not written in it
        let gleich =
            (&self.inhalt, &self.berichtszeitraum, &self.grundlage) == (&inhalt, &berichtszeitraum, &grundlage);
        let vorher = if gleich { self.clone() } else { self.bearbeitet(akteur) };
        Ok(Entscheidung::neu(Verwendungsnachweis { inhalt, berichtszeitraum, grundlage, ..vorher }))
    }
}
