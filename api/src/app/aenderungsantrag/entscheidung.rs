//! Deciding about a change: the drafted Bescheid, its release, its end.

use super::{Stand, Ziel, fakten, in_kraft_setzen, regelwerk, zum_handeln};
use crate::app::vorhanden;
use crate::fehler::Ergebnis;
use aqb_domain::aenderungsantrag::{Aenderungsantrag, alle_folgen, positionen};
use aqb_domain::akt::Urteil;
use aqb_domain::antrag::{AENDERUNGSBESCHEID, schnappschuss};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{Bescheid, Entscheidungseingabe, Entscheidungsfakten, FREIGABE, VERWERFUNG, entwerfen};
use aqb_domain::bestaetigung::bestaetige;
use aqb_domain::jahrgang::finanzierungsart;
use aqb_domain::regel::GRUNDLAGE_VERALTET;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, aenderungsantrag as db, bescheid};
use chrono::NaiveDate;
use uuid::Uuid;

/// Drafts the Bescheid that grants or refuses a change.
///
/// # Errors
/// State, right, all findings of the rules, unconfirmed warnings.
pub fn vorbereiten(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    akt: &str,
    id: Uuid,
    eingabe: &Entscheidungseingabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let a = &alt.wert;
    let sperren = a.sperren(akt, &tx.akteur);
    if !sperren.is_empty() {
        return Err(sperren.into());
    }
    let f = fakten(tx.c, a, tx.heute())?;
    // unconfirmed warnings are named here, with the code that asks for confirmation
    let befunde = bestaetige(a.pruefe_entscheidung(&f, &tx.akteur, akt), eingabe.bestaetigte_warnungen())?;
    let regelwerk = regelwerk(tx.c, a)?;
    let ef = Entscheidungsfakten {
        antrag_id: a.antrag_id,
        jahrgang: a.jahrgang,
        kreisschluessel: a.kreisschluessel.clone(),
        positionen: positionen(&a.stand, &a.neuer_stand)?,
        bewilligungszeitraum: a.neuer_stand.bewilligungszeitraum,
        finanzierungsart: finanzierungsart(a.jahrgang, &regelwerk)?,
        regelwerk: &regelwerk,
        antrag_schnappschuss_sha256: schnappschuss(&a.antrag_danach(&f.antrag))?.sha256,
        vorgaenger: bescheid::letztes_glied(tx.c, a.antrag_id)?,
        aenderung: Some(a.regelung(&f)?),
        fortgeltend: f.geltend.inhalt.auflagen.clone(),
        befunde,
        heute: tx.heute(),
    };
    let e = entwerfen(id, eingabe, &ef, &tx.akteur)?;
    if e.zustand.inhalt.art.bewilligt() {
        tx.folgen = Some(alle_folgen(a, &f, Some(&e.zustand)));
    }
    // the county reads this trail: which decision is drafted shows only once it is released
    vollziehe(tx, "entscheidung_vorbereitung", Some(&alt), a.entscheidung_vorbereitet(id))?;
    Ok(vollziehe(tx, akt, None, e)?)
}

/// The change a Bescheid decides about.
fn zum_bescheid(c: &mut DbConn, id: Uuid) -> Ergebnis<Stand> {
    vorhanden(db::gesehen(c, &Sicht::Alles, id)?)
}

/// The release as it would be decided now: the draft itself, every rule of the change, and that application and ledger
/// still are what the draft speaks about.
///
/// # Errors
/// The database's.
pub fn freigabe(
    c: &mut DbConn,
    b: &Bescheid,
    aenderungsantrag_id: Uuid,
    heute: NaiveDate,
    akteur: &Akteur,
) -> Ergebnis<Urteil<Bescheid>> {
    let e = match b.freigeben(heute, akteur) {
        Ok(e) => e,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let a = zum_bescheid(c, aenderungsantrag_id)?.wert;
    let f = fakten(c, &a, heute)?;
    let mut befunde = a.pruefe_freigabe(b, &f);
    if befunde.is_empty() && b.inhalt.art.bewilligt() {
        befunde.extend(anderer_antrag(b, &a, &schnappschuss(&a.antrag_danach(&f.antrag))?.sha256));
    }
    Ok(if befunde.is_empty() { Ok(e) } else { Err(befunde) })
}

/// The application was changed since the draft in a part that the change leaves alone.
fn anderer_antrag(b: &Bescheid, a: &Aenderungsantrag, sha256: &str) -> Option<Befund> {
    (b.inhalt.antrag_schnappschuss_sha256 != sha256).then(|| {
        Befund::neu(&GRUNDLAGE_VERALTET)
            .ort("/inhalt/antrag_schnappschuss_sha256")
            .gemessen("bescheid", a.grundlage.bescheid_id, Einheit::Code)
            .erlaubt("geltend", a.grundlage.bescheid_id, Einheit::Code)
    })
}

/// Releases the Bescheid about a change: the ledger, the application and the other changes of the case follow. The
/// caller holds the lock of the budget.
///
/// # Errors
/// `VIER_AUGEN`, state, a rule that refuses by now, an account that does not cover it.
pub fn freigeben(tx: &mut Tx<'_>, alt: &Versioniert<Bescheid>, id: Uuid) -> Ergebnis<Versioniert<Bescheid>> {
    let heute = tx.heute();
    let e = freigabe(tx.c, &alt.wert, id, heute, &tx.akteur)??;
    let a = zum_bescheid(tx.c, id)?;
    if alt.wert.inhalt.art.bewilligt() {
        in_kraft_setzen(tx, &a.wert, AENDERUNGSBESCHEID)?;
    }
    vollziehe(tx, FREIGABE, Some(&a), a.wert.entschieden(alt.wert.inhalt.entscheidung)?)?;
    Ok(vollziehe(tx, FREIGABE, Some(alt), e)?)
}

/// The change after the draft of its Bescheid was discarded: back in examination.
///
/// # Errors
/// State.
pub fn bescheid_verworfen(tx: &mut Tx<'_>, id: Uuid) -> Ergebnis<()> {
    let a = zum_bescheid(tx.c, id)?;
    vollziehe(tx, VERWERFUNG, Some(&a), a.wert.entwurf_verworfen()?)?;
    Ok(())
}
