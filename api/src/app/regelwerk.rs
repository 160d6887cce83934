//! Regelwerke: drafted, changed while a draft, published by a second person.

use crate::app::{eindeutig, pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung};
use aqb_domain::berechtigung::Akteur;
use aqb_domain::regelwerk::{Parameter, Parameterunterschied, Regelwerk, VEROEFFENTLICHUNG, vergleiche};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, regelwerk};
use chrono::NaiveDate;

/// What a new draft consists of.
#[derive(Debug, Clone)]
pub struct Entwurf {
    /// Name of the version.
    pub version: String,
    /// Words for people.
    pub bezeichnung: String,
    /// First day on which cases may pin it.
    pub gueltig_ab: NaiveDate,
    /// Own rows.
    pub parameter: Vec<Parameter>,
    /// Version whose other rows it takes.
    pub vorlage: Option<String>,
}

/// What a change of a draft replaces.
#[derive(Debug, Clone)]
pub struct Aenderung {
    /// Words for people.
    pub bezeichnung: Option<String>,
    /// First day on which cases may pin it.
    pub gueltig_ab: Option<NaiveDate>,
    /// All rows.
    pub parameter: Option<Vec<Parameter>>,
}

/// One by its name.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, version: &str) -> Ergebnis<Versioniert<Regelwerk>> {
    vorhanden(regelwerk::laden(c, version.to_owned())?)
}

/// One that a body names at `ort`.
///
/// # Errors
/// `VERWEIS_UNBEKANNT`.
pub fn genannt(c: &mut DbConn, version: &str, ort: &str) -> Ergebnis<Regelwerk> {
    let r = regelwerk::laden(c, version.to_owned())?;
    Ok(r.ok_or_else(|| verweis("Regelwerk", version, ort))?.wert)
}

/// Drafts one.
///
/// # Errors
/// 422 without the named `vorlage`, 409 when the version exists.
pub fn entwerfen(tx: &mut Tx<'_>, e: Entwurf) -> Ergebnis<Versioniert<Regelwerk>> {
    let vorlage = e.vorlage.map(|v| genannt(tx.c, &v, "/vorlage")).transpose()?;
    let version = e.version.clone();
    let neu = Regelwerk::entwerfen(e.version, e.bezeichnung, e.gueltig_ab, e.parameter, vorlage.as_ref(), &tx.akteur);
    vollziehe(tx, "anlage", None, Entscheidung::neu(neu))
        .map_err(|f| eindeutig(f, "regelwerk_pkey", "Regelwerk", version))
}

/// Changes a draft.
///
/// # Errors
/// 404, 412, 409 once it is published.
pub fn aendern(tx: &mut Tx<'_>, version: &str, fassung: Option<i64>, a: Aenderung) -> Ergebnis<Versioniert<Regelwerk>> {
    let alt = lesen(tx.c, version)?;
    pruefe_version(&alt, fassung)?;
    let neu = alt.wert.aendern(a.bezeichnung, a.gueltig_ab, a.parameter, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), Entscheidung::neu(neu))?)
}

/// Publishes a draft; from then on it is immutable.
///
/// # Errors
/// 404, 412, 403 for a person who wrote it, 409, 422 while it is incomplete.
pub fn veroeffentlichen(tx: &mut Tx<'_>, version: &str, fassung: Option<i64>) -> Ergebnis<Versioniert<Regelwerk>> {
    let alt = lesen(tx.c, version)?;
    pruefe_version(&alt, fassung)?;
    let e = alt.wert.veroeffentlichen(&tx.akteur)?;
    Ok(vollziehe(tx, VEROEFFENTLICHUNG, Some(&alt), e)?)
}

/// Values that differ between two.
///
/// # Errors
/// 404.
pub fn vergleichen(c: &mut DbConn, version: &str, andere: &str) -> Ergebnis<Vec<Parameterunterschied>> {
    let (hier, dort) = (lesen(c, version)?, lesen(c, andere)?);
    Ok(vergleiche(&hier.wert, &dort.wert))
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, akteur: &Akteur, version: &str) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, version)?.wert.aktionen(akteur))
}
