//! Facts about the database itself, machine accounts and the built-in issuer's key.

use crate::fehler::DbResult;
use crate::schema::{ausstellerschluessel, dienstkonto, kennzeichen};
use crate::typen::{Kennung, Zeitpunkt};
use crate::verbindung::DbConn;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Name of the mark a demo database carries.
pub const DEMO: &str = "demo";

/// A mark of the database.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn lesen(c: &mut DbConn, name: &str) -> DbResult<Option<String>> {
    Ok(kennzeichen::table.find(name).select(kennzeichen::wert).first(c).optional()?)
}

/// Sets a mark once.
///
/// # Errors
/// [`crate::DbFehler::Eindeutigkeit`] when it is set already.
pub fn setzen(c: &mut DbConn, name: &str, wert: &str) -> DbResult<()> {
    diesel::insert_into(kennzeichen::table)
        .values((kennzeichen::name.eq(name), kennzeichen::wert.eq(wert)))
        .execute(c)?;
    Ok(())
}

/// A machine account of the built-in issuer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dienstkonto)]
pub struct Dienstkonto {
    /// `client_id`.
    pub client_id: String,
    /// SHA-256 of salt and secret, as `salt:hash`.
    pub geheimnis_hash: String,
    /// Role code.
    pub rolle: String,
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Traeger.
    pub traeger_id: Option<Kennung>,
    /// Made by `aqb demo`.
    pub demo: bool,
    /// Created.
    pub erstellt_am: Zeitpunkt,
}

/// Finds a machine account.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn dienstkonto(c: &mut DbConn, client_id: &str) -> DbResult<Option<Dienstkonto>> {
    Ok(dienstkonto::table.find(client_id).select(Dienstkonto::as_select()).first(c).optional()?)
}

/// Adds a machine account.
///
/// # Errors
/// [`crate::DbFehler::Eindeutigkeit`] when the `client_id` is taken.
pub fn dienstkonto_anlegen(c: &mut DbConn, k: &Dienstkonto) -> DbResult<()> {
    diesel::insert_into(dienstkonto::table).values(k).execute(c)?;
    Ok(())
}

/// Keys of the built-in issuer, newest first: (kid, PKCS#8).
///
/// # Errors
/// [`crate::DbFehler`].
pub fn ausstellerschluessel(c: &mut DbConn) -> DbResult<Vec<(String, Vec<u8>)>> {
    Ok(ausstellerschluessel::table
        .order(ausstellerschluessel::erstellt_am.desc())
        .select((ausstellerschluessel::kid, ausstellerschluessel::pkcs8))
        .load(c)?)
}

/// Stores a key of the built-in issuer.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn ausstellerschluessel_anlegen(c: &mut DbConn, kid: &str, pkcs8: &[u8], jetzt: DateTime<Utc>) -> DbResult<()> {
    diesel::insert_into(ausstellerschluessel::table)
        .values((
            ausstellerschluessel::kid.eq(kid),
            ausstellerschluessel::pkcs8.eq(pkcs8),
            ausstellerschluessel::erstellt_am.eq(Zeitpunkt(jetzt)),
        ))
        .execute(c)?;
    Ok(())
}
