//! Hearings: opened and ended by the authority, answered by the county.

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::{pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Handlungsgrund};
use aqb_domain::anhoerung::{
    ABSCHLUSS, Anhoerung, Anhoerunginhalt, Anhoerungsfall, Anhoerungsgegenstand, RUECKNAHME, STELLUNGNAHME,
    Stellungnahmeeingabe,
};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::gebietskoerperschaft::stichtag;
use aqb_domain::regel::ANHOERUNG_LAEUFT;
use aqb_persistence::anhoerung as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Anhoerung>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// Opens one about a case the caller sees.
///
/// # Errors
/// 404 without the application; too little time.
pub fn eroeffnen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    antrag_id: Uuid,
    inhalt: Anhoerunginhalt,
) -> Ergebnis<Versioniert<Anhoerung>> {
    let a = antrag_lesen(tx.c, sicht, antrag_id)?.wert;
    let (_, r) = grundlage(tx.c, a.jahrgang, a.regelwerk.as_deref())?;
    let fall = Anhoerungsfall {
        antrag_id,
        jahrgang: a.jahrgang,
        kreisschluessel: a.kreisschluessel,
        mindestens_tage: r.ganzzahl("anhoerung_mindestens_tage", stichtag(a.jahrgang))?,
        regelwerk: r.version,
    };
    let e = Anhoerung::eroeffnen(id, fall, inhalt, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, "eroeffnung", None, e)?)
}

fn zum_handeln(c: &mut DbConn, sicht: &Sicht, (id, version): (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Anhoerung>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur, heute))
}

/// The county states its view.
///
/// # Errors
/// State, version.
pub fn stellung_nehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Stellungnahmeeingabe,
) -> Ergebnis<Versioniert<Anhoerung>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let e = alt.wert.stellung_nehmen(e, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, STELLUNGNAHME, Some(&alt), e)?)
}

/// The authority ends it.
///
/// # Errors
/// State, version; the county can still answer.
pub fn abschliessen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Anhoerung>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let e = alt.wert.abschliessen(e, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, ABSCHLUSS, Some(&alt), e)?)
}

/// The authority gives it up.
///
/// # Errors
/// State, version.
pub fn zuruecknehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Anhoerung>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let e = alt.wert.zuruecknehmen(e, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, RUECKNAHME, Some(&alt), e)?)
}

/// Whether the county was heard about such a decision since `seit`, and what forbids deciding now: a hearing in which
/// it can still answer.
///
/// # Errors
/// The database's.
pub fn stand(
    c: &mut DbConn,
    antrag_id: Uuid,
    gegenstand: Anhoerungsgegenstand,
    (seit, heute): (Option<NaiveDate>, NaiveDate),
) -> Ergebnis<(bool, Vec<Befund>)> {
    let alle: Vec<Anhoerung> = db::des_falls(c, antrag_id)?.into_iter().map(|a| a.wert).collect();
    let einschlaegig =
        || alle.iter().filter(|a| a.inhalt.gegenstand == gegenstand && seit.is_none_or(|s| a.eroeffnet_am >= s));
    let laufend = einschlaegig().filter(|a| a.laeuft(heute)).map(|a| {
        Befund::neu(&ANHOERUNG_LAEUFT).gemessen("anhoerung", a.id, Einheit::Code).gemessen(
            "frist",
            a.inhalt.frist_bis,
            Einheit::Datum,
        )
    });
    Ok((einschlaegig().any(|a| a.angehoert(heute)), laufend.collect()))
}
