//! Traeger: registered once, changed while active, retired with a reason.

use crate::app::{pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::traeger::{STILLLEGUNG, Stilllegung, Traeger, Traegerangaben};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, traeger, typen::Kennung};
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Traeger>> {
    // what a Traeger may see is known before anything is read: a foreign one costs as much as one that is not there
    vorhanden(if traeger::sichtbar(sicht, id) { traeger::laden(c, Kennung(id))? } else { None })
}

/// Registers one.
///
/// # Errors
/// The database's.
pub fn anlegen(tx: &mut Tx<'_>, angaben: Traegerangaben) -> Ergebnis<Versioniert<Traeger>> {
    let neu = Traeger::neu(tx.neue_id(), angaben, &tx.akteur);
    Ok(vollziehe(tx, "anlage", None, Entscheidung::neu(neu))?)
}

/// Changes its particulars.
///
/// # Errors
/// 404, 412, 409 once it is retired.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    aendern: impl FnOnce(&Traegerangaben) -> Ergebnis<Traegerangaben>,
) -> Ergebnis<Versioniert<Traeger>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let neu = alt.wert.aendern(aendern(&alt.wert.angaben)?)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), Entscheidung::neu(neu))?)
}

/// Retires it: new measures cannot name it any more.
///
/// # Errors
/// 404, 412, 409.
pub fn stilllegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    eingabe: &Stilllegung,
) -> Ergebnis<Versioniert<Traeger>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.stilllegen(eingabe, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, STILLLEGUNG, Some(&alt), e)?)
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur))
}
