//! Idempotency records: key, caller, body hash and the stored answer, written in the transaction of the act.

use crate::db::Tx;
use crate::fehler::DbResult;
use crate::schema::idempotenz;
use crate::typen::Zeitpunkt;
use chrono::TimeDelta;
use diesel::prelude::*;

/// Keys are kept at least this long.
pub const AUFBEWAHRUNG: TimeDelta = TimeDelta::hours(48);

/// A stored answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = idempotenz)]
pub struct Antwort {
    /// Method and path of the first request.
    pub route: String,
    /// SHA-256 of its body.
    pub koerper_hash: String,
    /// Status of the answer.
    pub status: i64,
    /// Headers of the answer as JSON.
    pub kopf: String,
    /// Body of the answer.
    pub koerper: Vec<u8>,
}

/// The answer stored under a caller's key.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn finde(tx: &mut Tx<'_>, schluessel: &str) -> DbResult<Option<Antwort>> {
    Ok(idempotenz::table.find((&tx.akteur.person, schluessel)).select(Antwort::as_select()).first(tx.c).optional()?)
}

/// Stores an answer under a caller's key.
///
/// # Errors
/// [`crate::DbFehler::Eindeutigkeit`] when another instance stored the same key meanwhile.
pub fn merke(tx: &mut Tx<'_>, schluessel: &str, a: &Antwort) -> DbResult<()> {
    diesel::insert_into(idempotenz::table)
        .values((
            idempotenz::person.eq(&tx.akteur.person),
            idempotenz::schluessel.eq(schluessel),
            idempotenz::route.eq(&a.route),
            idempotenz::koerper_hash.eq(&a.koerper_hash),
            idempotenz::status.eq(a.status),
            idempotenz::kopf.eq(&a.kopf),
            idempotenz::koerper.eq(&a.koerper),
            idempotenz::erstellt_am.eq(Zeitpunkt(tx.jetzt)),
        ))
        .execute(tx.c)?;
    Ok(())
}

/// Forgets keys older than [`AUFBEWAHRUNG`]; returns their number.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn raeume_auf(tx: &mut Tx<'_>) -> DbResult<usize> {
    let grenze = Zeitpunkt(tx.jetzt - AUFBEWAHRUNG);
    Ok(diesel::delete(idempotenz::table.filter(idempotenz::erstellt_am.lt(grenze))).execute(tx.c)?)
}
