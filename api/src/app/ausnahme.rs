//! Exceptions from rules: asked for, granted by a second person, refused, ended.

use crate::app::antrag::lesen as antrag_lesen;
use crate::app::{pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Handlungsgrund};
use aqb_domain::ausnahme::{Ausnahme, Ausnahmefall, Ausnahmeinhalt};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_persistence::ausnahme as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Ausnahme>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// Asks for one in a case the caller sees.
///
/// # Errors
/// 404 without the application, findings.
pub fn beantragen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    antrag_id: Uuid,
    inhalt: Ausnahmeinhalt,
) -> Ergebnis<Versioniert<Ausnahme>> {
    let a = antrag_lesen(tx.c, sicht, antrag_id)?.wert;
    let fall = Ausnahmefall { antrag_id, jahrgang: a.jahrgang, kreisschluessel: a.kreisschluessel };
    let e = Ausnahme::beantragen(id, fall, inhalt, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur, heute))
}

/// Grants, refuses or ends it.
///
/// # Errors
/// `VIER_AUGEN` for whoever asked, state, version.
pub fn entscheiden(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    akt: &str,
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Ausnahme>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.entscheiden(akt, e, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// The exceptions of a case; whether one counts is asked with the day ([`aqb_domain::ausnahme::anwenden`]).
///
/// # Errors
/// The database's.
pub fn des_falls(c: &mut DbConn, antrag_id: Uuid) -> Ergebnis<Vec<Ausnahme>> {
    Ok(db::des_falls(c, antrag_id)?.into_iter().map(|a| a.wert).collect())
}
