//! Base rates: entered by one person, released by another, corrected by a further entry.

use crate::app::{eindeutig, pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund};
use aqb_domain::berechtigung::Akteur;
use aqb_domain::zins::{
    Basiszinsangaben, Basiszinsfakten, Basiszinsfreigabe, Basiszinsreihe, Basiszinssatz, BasiszinssatzStatus, FREIGABE,
    VERWERFUNG,
};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, basiszinssatz, typen::Kennung};
use chrono::NaiveDate;
use uuid::Uuid;

/// What narrows the list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only the rate in force on this day; none where it is not known.
    pub stichtag: Option<NaiveDate>,
    /// Only those in this state; without it those in force.
    pub status: Option<BasiszinssatzStatus>,
}

/// Base rates in order of time after the position `nach`.
///
/// # Errors
/// The database's.
pub fn liste(c: &mut DbConn, f: &Filter, nach: Option<(NaiveDate, Uuid)>) -> Ergebnis<Vec<Versioniert<Basiszinssatz>>> {
    let alle = basiszinssatz::alle(c)?;
    let geltende: Vec<Basiszinssatz> = werte(&alle);
    let bekannt_bis = Basiszinsreihe::geltend(&geltende)?.bekannt_bis();
    let am = |tag: NaiveDate| {
        let gilt = geltende.iter().rev().filter(|z| z.gilt() && tag <= bekannt_bis);
        gilt.map(|z| z.angaben.gueltig_ab).find(|ab| *ab <= tag)
    };
    let status = f.status.unwrap_or(BasiszinssatzStatus::Freigegeben);
    let gesucht = f.stichtag.map(am);
    Ok(alle
        .into_iter()
        .filter(|z| z.wert.status == status)
        .filter(|z| nach.is_none_or(|n| (z.wert.angaben.gueltig_ab, z.wert.id) > n))
        .filter(|z| gesucht.is_none_or(|g| g == Some(z.wert.angaben.gueltig_ab)))
        .collect())
}

/// One by its id.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, id: Uuid) -> Ergebnis<Versioniert<Basiszinssatz>> {
    vorhanden(basiszinssatz::laden(c, Kennung(id))?)
}

fn werte(alle: &[Versioniert<Basiszinssatz>]) -> Vec<Basiszinssatz> {
    alle.iter().map(|z| z.wert.clone()).collect()
}

/// Enters a rate; it waits for the second person.
///
/// # Errors
/// 422 for a day that is not the next one or cannot be known yet, 409 where there is a rate or a draft already.
pub fn erfassen(tx: &mut Tx<'_>, id: Uuid, angaben: Basiszinsangaben) -> Ergebnis<Versioniert<Basiszinssatz>> {
    let alle = werte(&basiszinssatz::alle(tx.c)?);
    let ab = angaben.gueltig_ab;
    let fakten = Basiszinsfakten { alle: &alle, heute: tx.heute() };
    let e = Basiszinssatz::erfassen(id, angaben, &fakten, &tx.akteur)?;
    vollziehe(tx, "anlage", None, e).map_err(|e| eindeutig(e, "basiszinssatz_einer_gilt", "Basiszinssatz", ab))
}

/// Releases a rate; a correction supersedes the one in force in the same transaction.
///
/// # Errors
/// 404, 412, 403 for the person who entered it, 409, 422.
pub fn freigeben(tx: &mut Tx<'_>, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Basiszinssatz>> {
    let alle = basiszinssatz::alle(tx.c)?;
    let alt = vorhanden(alle.iter().find(|z| z.wert.id == id).cloned())?;
    pruefe_version(&alt, version)?;
    let fakten = Basiszinsfakten { alle: &werte(&alle), heute: tx.heute() };
    let e = alt.wert.freigeben(&fakten, &tx.akteur)?;
    let (e, ersetzt) = e.teile(|Basiszinsfreigabe { satz, ersetzt }| (satz, ersetzt));
    if let Some(neu) = ersetzt {
        let vorgaenger = alle.iter().find(|z| z.wert.id == neu.id);
        vollziehe(tx, "ersetzung", vorgaenger, Entscheidung::neu(neu))?;
    }
    let ab = alt.wert.angaben.gueltig_ab;
    vollziehe(tx, FREIGABE, Some(&alt), e).map_err(|e| eindeutig(e, "basiszinssatz_einer_gilt", "Basiszinssatz", ab))
}

/// Discards a draft.
///
/// # Errors
/// 404, 412, 409.
pub fn verwerfen(
    tx: &mut Tx<'_>,
    id: Uuid,
    version: Option<i64>,
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Basiszinssatz>> {
    let alt = lesen(tx.c, id)?;
    pruefe_version(&alt, version)?;
    let alle = werte(&basiszinssatz::alle(tx.c)?);
    let fakten = Basiszinsfakten { alle: &alle, heute: tx.heute() };
    let e = alt.wert.verwerfen(eingabe, &fakten, &tx.akteur)?;
    Ok(vollziehe(tx, VERWERFUNG, Some(&alt), e)?)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let z = lesen(c, id)?.wert;
    let alle = werte(&basiszinssatz::alle(c)?);
    Ok(z.aktionen(akteur, &Basiszinsfakten { alle: &alle, heute }))
}
