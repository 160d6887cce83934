//! Acts of a Verwendungsnachweis.

use super::{NachweisStatus, Nachweisart, Nachweisgegenstand, Nachweisinhalt, Nachweisquellen, Verwendungsnachweis};
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::Bescheid;
use crate::gebietskoerperschaft::{pruefe_zugehoerigkeit, stichtag};
use crate::regel::{NACHWEISART_UNZULAESSIG, UNVERAENDERLICH};
use crate::regelwerk::Regelwerk;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// State table.
pub const UEBERGAENGE: &[Uebergang<NachweisStatus>] = &[];

/// Who signs for the Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisunterzeichner {
    /// Name, where it is stated; the person of the token is kept in any case.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Kim Muster")
        )
    )]
    pub name: Option<String>,
    /// Office.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Erste Kreisbeigeordnete")
        )
    )]
    pub funktion: String,
    /// Entitled to represent the Gebietskoerperschaft; nobody else can sign.
    pub vertretungsbefugnis: bool,
}

pub(super) fn ohne(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
    if befunde.is_empty() { Ok(()) } else { Err(befunde) }
}

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
            erstellt_von: akteur.person.clone(),
            bearbeitet_von: akteur.person.clone(),
            vier_augen,
            unterzeichnet_von: None,
            einreichungen: Vec::new(),
            in_pruefung_durch: None,
            nachforderung: None,
            ruecknahmegrund: None,
            korrekturgrund: None,
            ersetzt: None,
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
        Ok(Entscheidung::neu(Verwendungsnachweis {
            inhalt,
            berichtszeitraum: quellen.zeitraum(self.gegenstand()).map_err(eines)?,
            grundlage: quellen.grundlage(self.gegenstand()).map_err(eines)?,
            bearbeitet_von: akteur.person.clone(),
            unterzeichnet_von: None,
            ..self.clone()
        }))
    }

    /// All acts with what they would find before their input is known.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, |_| Vec::new())
    }
}
