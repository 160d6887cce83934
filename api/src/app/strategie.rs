//! Strategies: drafted and submitted by a Gebietskoerperschaft, recognised or returned by the ministry.

use crate::app::{pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund, Urteil};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::strategie::{ANERKENNUNG, EINREICHUNG, Strategie, Strategiefakten, Strategieinhalt};
use aqb_persistence::vollzug::{Versioniert, entferne, vollziehe};
use aqb_persistence::{DbConn, DbResult, Tx, gebietskoerperschaft, strategie, zielvereinbarung};
use chrono::NaiveDate;
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

/// Deletes a draft that was never submitted.
///
/// # Errors
/// 404, 412, 409 once it was submitted.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Strategie>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    alt.wert.loeschbar(&tx.akteur)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

/// Agreements with a fixed text that rest on the strategy.
fn vereinbarungen(c: &mut DbConn, s: &Strategie) -> DbResult<u64> {
    let sicht = Sicht::Gebietskoerperschaft(s.kreisschluessel.clone());
    let alle = zielvereinbarung::liste(c, &sicht, &zielvereinbarung::Filter::default(), None, i64::MAX)?;
    let anzahl = alle.iter().filter(|z| z.wert.traegt_strategie(s.id)).count();
    Ok(u64::try_from(anzahl).unwrap_or(u64::MAX))
}

/// An act, with the facts it needs. The strategies of the Gebietskoerperschaft are locked, so that two submissions
/// queue and the second sees the first.
fn handle(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    akt: &str,
    f: impl FnOnce(&Strategie, &Strategiefakten<'_>, &Akteur) -> Urteil<Strategie>,
) -> Ergebnis<Versioniert<Strategie>> {
    let kreis = lesen(tx.c, sicht, id)?.wert.kreisschluessel;
    let alle = strategie::gesperrt(tx, &kreis)?;
    let alt = vorhanden(alle.iter().find(|s| s.wert.id == id).cloned())?;
    pruefe_version(&alt, version)?;
    let andere: Vec<Strategie> = alle.into_iter().map(|s| s.wert).collect();
    let vereinbarungen = vereinbarungen(tx.c, &alt.wert)?;
    let e = f(&alt.wert, &Strategiefakten { andere: &andere, vereinbarungen, heute: tx.heute() }, &tx.akteur)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// Submits it to the ministry.
///
/// # Errors
/// 404, 412, 409, findings.
pub fn einreichen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Strategie>> {
    handle(tx, sicht, (id, version), EINREICHUNG, |s, fakten, akteur| s.einreichen(fakten, akteur))
}

/// Recognises it.
///
/// # Errors
/// 404, 412, 409.
pub fn anerkennen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Strategie>> {
    handle(tx, sicht, (id, version), ANERKENNUNG, |s, fakten, akteur| s.anerkennen(fakten, akteur))
}

/// Makes it a draft again: returned by the ministry, or taken back by its author (`akt` says which).
///
/// # Errors
/// 404, 412, 409, also while an agreement rests on it.
pub fn zurueckgeben(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    akt: &'static str,
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Strategie>> {
    handle(tx, sicht, ziel, akt, |s, fakten, akteur| s.zurueckgeben(akt, eingabe, fakten, akteur))
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let s = lesen(c, sicht, id)?.wert;
    let filter = strategie::Filter { kreisschluessel: Some(s.kreisschluessel.clone()), ..strategie::Filter::default() };
    let alle = strategie::liste(c, &Sicht::Alles, &filter, None, i64::MAX)?;
    let andere: Vec<Strategie> = alle.into_iter().map(|s| s.wert).collect();
    let vereinbarungen = vereinbarungen(c, &s)?;
    Ok(s.aktionen(akteur, &Strategiefakten { andere: &andere, vereinbarungen, heute }))
}
