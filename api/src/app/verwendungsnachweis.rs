//! Proofs of use: begun, edited, deleted.

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::{eindeutig, pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Aktion;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::verwendungsnachweis::{Nachweisgegenstand, Nachweisinhalt, Nachweisquellen, Verwendungsnachweis};
use aqb_persistence::verwendungsnachweis as db;
use aqb_persistence::vollzug::{Versioniert, entferne, vollziehe};
use aqb_persistence::{DbConn, Tx, bescheid, konto, weiterleitung};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// The records from which the server fills in a proof.
///
/// # Errors
/// 404 without the application.
pub fn quellen(c: &mut DbConn, sicht: &Sicht, antrag_id: Uuid, heute: NaiveDate) -> Ergebnis<Nachweisquellen> {
    let antrag = antrag_lesen(c, sicht, antrag_id)?.wert;
    let massnahmen: Vec<Uuid> = antrag.massnahmen.iter().map(|m| m.massnahme.id).collect();
    Ok(Nachweisquellen {
        bescheide: bescheid::des_falls(c, antrag_id)?.into_iter().map(|b| b.wert).collect(),
        zahlungen: konto::zahlungen(c, &massnahmen)?,
        weiterleitungen: weiterleitung::des_antrags(c, antrag_id)?,
        nachweise: db::des_antrags(c, antrag_id)?,
        antrag,
        heute,
    })
}

/// The Regelwerk of the Bescheid that counts.
fn regelwerk(c: &mut DbConn, q: &Nachweisquellen) -> Ergebnis<Regelwerk> {
    let b = q.bescheid()?;
    Ok(grundlage(c, b.inhalt.jahrgang, Some(&b.inhalt.regelwerk))?.1)
}

/// Begins one for an application the caller sees.
///
/// # Errors
/// 404 without the application, findings, `SCHON_VORHANDEN` when there is one about the same thing.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    antrag_id: Uuid,
    (gegenstand, inhalt): (Nachweisgegenstand, Nachweisinhalt),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let q = quellen(tx.c, sicht, antrag_id, tx.heute())?;
    let r = regelwerk(tx.c, &q)?;
    let e = Verwendungsnachweis::anlegen(id, gegenstand, inhalt, (&q, &r), &tx.akteur)?;
    vollziehe(tx, "anlage", None, e).map_err(|e| {
        eindeutig(e, "verwendungsnachweis_einer_je_gegenstand", "Verwendungsnachweis", gegenstand.schluessel())
    })
}

fn zum_handeln(
    c: &mut DbConn,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// Changes the form of a draft.
///
/// # Errors
/// 404, 412, 409 once it is filed, findings, those of `aendern`.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    aendern: impl FnOnce(&Nachweisinhalt) -> Ergebnis<Nachweisinhalt>,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.aenderbar_durch(&tx.akteur)?;
    let inhalt = aendern(&alt.wert.inhalt)?;
    let q = quellen(tx.c, &Sicht::Alles, alt.wert.antrag_id, tx.heute())?;
    let e = alt.wert.aendern(inhalt, &q, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), e)?)
}

/// Deletes a draft that was never filed.
///
/// # Errors
/// 404, 412, 409 once it is filed.
pub fn loeschen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.loeschbar_durch(&tx.akteur)?;
    if alt.wert.id == alt.wert.kette_id {
        crate::app::beleg::mit_dem_nachweis_loeschen(tx, alt.wert.kette_id)?;
    }
    entferne(tx, &alt)?;
    Ok(alt)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur))
}
