//! Strategies: drafted and submitted by a Gebietskoerperschaft, recognised by the ministry.

use crate::app::{pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::strategie::{ANERKENNUNG, EINREICHUNG, Strategie, Strategieinhalt};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, gebietskoerperschaft, strategie};
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Strategie>> {
    vorhanden(strategie::gesehen(c, sicht, id)?)
}

/// Drafts one.
///
/// # Errors
/// Findings: a foreign or unknown Gebietskoerperschaft, dates in the wrong order.
pub fn anlegen(
    tx: &mut Tx<'_>,
    id: Uuid,
    kreisschluessel: &str,
    inhalt: Strategieinhalt,
) -> Ergebnis<Versioniert<Strategie>> {
    let neu = Strategie::anlegen(id, kreisschluessel, inhalt, &tx.akteur)?;
    if gebietskoerperschaft::laden(tx.c, kreisschluessel.to_owned())?.is_none() {
        return Err(verweis("Gebietskörperschaft", kreisschluessel, "/kreisschluessel").into());
    }
    Ok(vollziehe(tx, "anlage", None, Entscheidung::neu(neu))?)
}

/// Replaces the content of a draft.
///
/// # Errors
/// 404, 412, 409 once it is submitted, findings.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    aendern: impl FnOnce(&Strategieinhalt) -> Ergebnis<Strategieinhalt>,
) -> Ergebnis<Versioniert<Strategie>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let neu = alt.wert.aendern(aendern(&alt.wert.inhalt)?, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), Entscheidung::neu(neu))?)
}

/// Submits it to the ministry.
///
/// # Errors
/// 404, 412, 409, findings.
pub fn einreichen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Strategie>> {
    let kreis = lesen(tx.c, sicht, id)?.wert.kreisschluessel;
    let alle = strategie::gesperrt(tx, &kreis)?;
    let alt = vorhanden(alle.iter().find(|s| s.wert.id == id).cloned())?;
    pruefe_version(&alt, version)?;
    let andere: Vec<Strategie> = alle.into_iter().map(|s| s.wert).collect();
    let e = alt.wert.einreichen(&andere, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, EINREICHUNG, Some(&alt), e)?)
}

/// Recognises it.
///
/// # Errors
/// 404, 412, 409.
pub fn anerkennen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Strategie>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.anerkennen(tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, ANERKENNUNG, Some(&alt), e)?)
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur))
}
