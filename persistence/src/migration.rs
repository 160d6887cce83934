//! Migrations: one tree per backend, same names, same order.

use crate::fehler::{DbFehler, DbResult};
use crate::schloss::Allein;
use crate::verbindung::DbConn;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::collections::BTreeSet;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

type Beliebig = Box<dyn std::error::Error + Send + Sync>;

fn fehler(e: &Beliebig) -> DbFehler {
    DbFehler::Konfiguration(format!("Migration: {e}"))
}

/// Applies all pending migrations; returns their number. diesel takes no lock of its own: instances that start together
/// would run a migration twice, so whoever calls must be alone.
///
/// # Errors
/// [`DbFehler::Konfiguration`] when a migration fails.
pub fn anwenden(c: &mut Allein) -> DbResult<usize> {
    let n = baum_anwenden(c)?;
    // what SQL cannot compute
    crate::beleg::nachtragen(c)?;
    Ok(n)
}

fn baum_anwenden(c: &mut Allein) -> DbResult<usize> {
    match &mut **c {
        DbConn::Sqlite(s) => {
            s.batch_execute("PRAGMA foreign_keys=OFF")?;
            let n = s.run_pending_migrations(SQLITE).map(|v| v.len()).map_err(|e| fehler(&e));
            s.batch_execute("PRAGMA foreign_keys=ON")?;
            n
        }
        DbConn::Postgres(p) => p.run_pending_migrations(POSTGRES).map(|v| v.len()).map_err(|e| fehler(&e)),
    }
}

/// Reverts all migrations (tests only: it drops every table).
///
/// # Errors
/// [`DbFehler::Konfiguration`] when a migration cannot be reverted.
pub fn zuruecknehmen(c: &mut DbConn) -> DbResult<usize> {
    match c {
        DbConn::Sqlite(s) => {
            s.batch_execute("PRAGMA foreign_keys=OFF")?;
            let n = s.revert_all_migrations(SQLITE).map(|v| v.len()).map_err(|e| fehler(&e));
            s.batch_execute("PRAGMA foreign_keys=ON")?;
            n
        }
        DbConn::Postgres(p) => p.revert_all_migrations(POSTGRES).map(|v| v.len()).map_err(|e| fehler(&e)),
    }
}

/// The database stands at the version this program expects. Only reads: diesel's own question would create its table.
///
/// # Errors
/// [`DbFehler`] when the state cannot be read.
pub fn ist_aktuell(c: &mut DbConn) -> DbResult<bool> {
    let (soll, ist) = match c {
        DbConn::Sqlite(s) => (versionen::<diesel::sqlite::Sqlite>(&SQLITE)?, sql_query(ANGEWENDET).load(s)),
        DbConn::Postgres(p) => (versionen::<diesel::pg::Pg>(&POSTGRES)?, sql_query(ANGEWENDET).load(p)),
    };
    let ist: Vec<Angewendet> = match ist {
        // an empty database: no migration has ever run
        Err(diesel::result::Error::DatabaseError(_, e)) if e.message().contains(TABELLE) => return Ok(false),
        andere => andere?,
    };
    Ok(soll == ist.into_iter().map(|a| a.version).collect())
}

const TABELLE: &str = "__diesel_schema_migrations";
const ANGEWENDET: &str = "SELECT version FROM __diesel_schema_migrations";

#[derive(QueryableByName)]
struct Angewendet {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

fn versionen<B: diesel::backend::Backend>(baum: &EmbeddedMigrations) -> DbResult<BTreeSet<String>> {
    let alle = MigrationSource::<B>::migrations(baum).map_err(|e| fehler(&e))?;
    Ok(alle.iter().map(|m| m.name().version().to_string()).collect())
}
