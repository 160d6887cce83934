//! Migrations: one tree per backend, same names, same order.

use crate::fehler::{DbFehler, DbResult};
use crate::verbindung::DbConn;
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// diesel takes no lock of its own: instances that start together would run a migration twice.
const PG_SCHLOSS: i64 = 0x6171_625f_6d69_6772;

type Beliebig = Box<dyn std::error::Error + Send + Sync>;

fn fehler(e: &Beliebig) -> DbFehler {
    DbFehler::Konfiguration(format!("Migration: {e}"))
}

/// Applies all pending migrations; returns their number.
///
/// # Errors
/// [`DbFehler::Konfiguration`] when a migration fails.
pub fn anwenden(c: &mut DbConn) -> DbResult<usize> {
    match c {
        DbConn::Sqlite(s) => {
            s.batch_execute("PRAGMA foreign_keys=OFF")?;
            let n = s.run_pending_migrations(SQLITE).map(|v| v.len()).map_err(|e| fehler(&e));
            s.batch_execute("PRAGMA foreign_keys=ON")?;
            n
        }
        DbConn::Postgres(p) => {
            p.batch_execute(&format!("SET lock_timeout=0; SELECT pg_advisory_lock({PG_SCHLOSS})"))?;
            let n = p.run_pending_migrations(POSTGRES).map(|v| v.len()).map_err(|e| fehler(&e));
            p.batch_execute(&format!("SELECT pg_advisory_unlock({PG_SCHLOSS})"))?;
            n
        }
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

/// The database stands at the version this program expects.
///
/// # Errors
/// [`DbFehler::Konfiguration`] when the state cannot be read.
pub fn ist_aktuell(c: &mut DbConn) -> DbResult<bool> {
    match c {
        DbConn::Sqlite(s) => s.has_pending_migration(SQLITE),
        DbConn::Postgres(p) => p.has_pending_migration(POSTGRES),
    }
    .map(|offen| !offen)
    .map_err(|e| fehler(&e))
}
