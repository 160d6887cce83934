//! Budgetkorrekturen: an allocation is cut, or the Ansatz of an open Jahrgang raised or lowered, by two persons.

use super::{Fakten, pruefe_gedeckt, ungedeckt};
use crate::app::{jahrgang, pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::budget::{
    Budgetkorrektur, FREIGABE, Korrekturergebnis, Korrekturinhalt, VERWERFUNG, korrektur_beantragen,
};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, budget as db, gebietskoerperschaft};
use uuid::Uuid;

/// A Budgetkorrektur the caller sees.
///
/// # Errors
/// 404.
pub fn korrektur_lesen(c: &mut DbConn, sicht: &Sicht, jahr: i32, id: Uuid) -> Ergebnis<Versioniert<Budgetkorrektur>> {
    vorhanden(db::korrektur::gesehen(c, sicht, jahr, id)?)
}

/// Drafts a Budgetkorrektur.
///
/// # Errors
/// 404 without the Jahrgang, 422, 409 when the Jahrgang is not open.
pub fn korrektur_anlegen(
    tx: &mut Tx<'_>,
    jahr: i32,
    id: Uuid,
    inhalt: Korrekturinhalt,
) -> Ergebnis<Versioniert<Budgetkorrektur>> {
    let fakten = Fakten::laden(tx.c, jahr)?;
    let gk = match inhalt.kreisschluessel.clone() {
        Some(k) => gebietskoerperschaft::laden(tx.c, k)?.map(|g| g.wert),
        None => None,
    };
    let e = korrektur_beantragen(id, inhalt, gk.as_ref(), &fakten.fuer_regeln(), &tx.akteur)?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

/// Approves a Budgetkorrektur and posts it; about the state budget it also changes the Ansaetze of the Jahrgang.
///
/// # Errors
/// 404, 412, 403 for the person who drafted it, 409 when an account does not cover it or the Jahrgang is not open.
pub fn korrektur_freigeben(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    jahr: i32,
    id: Uuid,
    version: Option<i64>,
) -> Ergebnis<Versioniert<Budgetkorrektur>> {
    let alt = korrektur_lesen(tx.c, sicht, jahr, id)?;
    pruefe_version(&alt, version)?;
    let j = vorhanden(aqb_persistence::jahrgang::gesperrt(tx, jahr)?)?;
    let e = alt.wert.freigeben(&j.wert, &tx.akteur)?;
    pruefe_gedeckt(tx.c, &e)?;
    let (e, jahrgang) = e.teile(|Korrekturergebnis { korrektur, jahrgang }| (korrektur, jahrgang));
    if let Some(neu) = jahrgang {
        vollziehe(tx, "budgetkorrektur", Some(&j), Entscheidung::neu(neu))?;
    }
    Ok(vollziehe(tx, FREIGABE, Some(&alt), e)?)
}

/// Discards a drafted Budgetkorrektur.
///
/// # Errors
/// 404, 412, 409.
pub fn korrektur_verwerfen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    jahr: i32,
    (id, version): (Uuid, Option<i64>),
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Budgetkorrektur>> {
    let alt = korrektur_lesen(tx.c, sicht, jahr, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.verwerfen(eingabe, &tx.akteur)?;
    Ok(vollziehe(tx, VERWERFUNG, Some(&alt), e)?)
}

/// Acts of a Budgetkorrektur, each with everything that blocks it now.
///
/// # Errors
/// 404.
pub fn korrektur_aktionen(
    c: &mut DbConn,
    sicht: &Sicht,
    akteur: &Akteur,
    jahr: i32,
    id: Uuid,
) -> Ergebnis<Vec<Aktion>> {
    let k = korrektur_lesen(c, sicht, jahr, id)?.wert;
    let j = jahrgang::lesen(c, jahr)?.wert;
    let mut aktionen = k.aktionen(akteur);
    for a in aktionen.iter_mut().filter(|a| a.akt == FREIGABE && a.erlaubt()) {
        a.befunde = match k.freigeben(&j, akteur) {
            Ok(e) => ungedeckt(c, &e.buchungen)?,
            Err(befunde) => befunde,
        };
    }
    Ok(aktionen)
}
