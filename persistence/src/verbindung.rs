//! One connection type for both backends, and the pools that hold it.

use crate::fehler::{DbFehler, DbResult};
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::r2d2::{self, ManageConnection, R2D2Connection};
use diesel::sqlite::SqliteConnection;
use std::path::Path;
use std::time::Duration;

/// A connection to either backend.
#[derive(diesel::MultiConnection)]
pub enum DbConn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Which backend a URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Art {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

impl Art {
    /// `postgres://…`, `postgresql://…` or `sqlite://path`.
    ///
    /// # Errors
    /// [`DbFehler::Konfiguration`] for anything else. (diesel's own `establish` would try every backend in turn and
    /// turn a refused PostgreSQL into a SQLite file of that name.)
    pub fn aus_url(url: &str) -> DbResult<Art> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Art::Postgres);
        }
        if url.strip_prefix("sqlite://").is_some_and(|p| !p.is_empty()) {
            return Ok(Art::Sqlite);
        }
        Err(DbFehler::Konfiguration("DATABASE_URL muss mit sqlite:// oder postgres:// beginnen".to_owned()))
    }
}

/// What a pool holds. `is_broken` of the driver looks only at the transaction state, so a connection that died outside
/// a transaction would come back: the flag remembers it.
pub struct Leitung {
    conn: DbConn,
    pub(crate) kaputt: bool,
}
impl std::ops::Deref for Leitung {
    type Target = DbConn;
    fn deref(&self) -> &DbConn {
        &self.conn
    }
}
impl std::ops::DerefMut for Leitung {
    fn deref_mut(&mut self) -> &mut DbConn {
        &mut self.conn
    }
}

/// Makes connections for a pool.
pub struct Verwalter {
    url: String,
    art: Art,
    anfang: &'static str,
}

impl Verwalter {
    /// Connections to `url`, each prepared with the statements `anfang`.
    ///
    /// # Errors
    /// [`DbFehler::Konfiguration`] for a URL that names no backend.
    pub fn neu(url: &str, anfang: &'static str) -> DbResult<Self> {
        Ok(Verwalter { url: url.to_owned(), art: Art::aus_url(url)?, anfang })
    }
}

impl ManageConnection for Verwalter {
    type Connection = Leitung;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Leitung, r2d2::Error> {
        let mut conn = match self.art {
            Art::Postgres => DbConn::Postgres(PgConnection::establish(&self.url)?),
            Art::Sqlite => {
                DbConn::Sqlite(SqliteConnection::establish(self.url.strip_prefix("sqlite://").unwrap_or(&self.url))?)
            }
        };
        let eigene = match self.art {
            Art::Postgres => PG_ANFANG,
            Art::Sqlite => self.anfang,
        };
        conn.batch_execute(eigene).map_err(r2d2::Error::QueryError)?;
        if self.art == Art::Postgres && conn.batch_execute("SET lc_messages='C'").is_err() {
            // only a superuser may set it; kinds of errors are read from English texts, so the server must use them
            tracing::debug!("lc_messages is the server's own");
        }
        Ok(Leitung { conn, kaputt: false })
    }
    fn is_valid(&self, c: &mut Leitung) -> Result<(), r2d2::Error> {
        c.conn.ping().map_err(r2d2::Error::QueryError)
    }
    fn has_broken(&self, c: &mut Leitung) -> bool {
        std::thread::panicking() || c.kaputt || c.conn.is_broken()
    }
}

/// Pool of connections.
pub type Pool = diesel::r2d2::Pool<Verwalter>;

/// Longest wait for a lock of SQLite, as the statements below set it.
pub(crate) const SQLITE_WARTEN: Duration = Duration::from_millis(2_500);
/// Statements for the one connection that writes SQLite. `secure_delete` overwrites what is deleted. `synchronous=FULL`: an acknowledged write survives a crash.
pub const SQLITE_SCHREIBEN: &str = "PRAGMA busy_timeout=2500; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
     PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;";
/// Statements for connections that only read SQLite.
pub const SQLITE_LESEN: &str = "PRAGMA busy_timeout=2500; PRAGMA foreign_keys=ON; PRAGMA query_only=ON; \
     PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA trusted_schema=OFF;";
/// Every lock and statement ends in time.
const PG_ANFANG: &str = "SET statement_timeout='15s'; SET lock_timeout='2500ms'; \
     SET idle_in_transaction_session_timeout='30s'; SET application_name='aqb'; SET timezone='UTC';";

/// Opens a pool of `groesse` connections.
///
/// # Errors
/// [`DbFehler::Konfiguration`] or [`DbFehler::Verbindung`].
pub fn pool(url: &str, groesse: u32, anfang: &'static str) -> DbResult<Pool> {
    diesel::r2d2::Pool::builder()
        .max_size(groesse)
        .min_idle(Some(1))
        .connection_timeout(Duration::from_millis(2_500))
        .max_lifetime(Some(Duration::from_secs(3_600)))
        .test_on_check_out(false)
        .build(Verwalter::neu(url, anfang)?)
        .map_err(|e| DbFehler::Verbindung(e.to_string()))
}

/// The file holds the signing key and the cases: only its owner may read it. SQLite gives its side files the same mode.
/// One that exists is not opened: closing it would take SQLite's locks from the other connections of this process.
pub(crate) fn nur_fuer_den_besitzer(pfad: &Path) -> DbResult<()> {
    let fehler = |e: std::io::Error| DbFehler::Konfiguration(format!("{}: {e}", pfad.display()));
    match std::fs::OpenOptions::new().write(true).create_new(true).open(pfad) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => return Err(fehler(e)),
        _ => {}
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(pfad, std::fs::Permissions::from_mode(0o600)).map_err(fehler)?;
    }
    Ok(())
}

/// Makes the folder a file is to lie in.
pub(crate) fn ordner_anlegen(pfad: &Path) -> DbResult<()> {
    match pfad.parent().filter(|o| !o.as_os_str().is_empty()) {
        None => Ok(()),
        Some(o) => std::fs::create_dir_all(o).map_err(|e| DbFehler::Konfiguration(format!("{}: {e}", o.display()))),
    }
}

/// Opens one connection outside any pool (migrations, checks).
///
/// # Errors
/// [`DbFehler::Konfiguration`] or [`DbFehler::Verbindung`].
pub fn einzeln(url: &str) -> DbResult<Leitung> {
    if let Some(pfad) = url.strip_prefix("sqlite://").map(Path::new) {
        ordner_anlegen(pfad)?;
        nur_fuer_den_besitzer(pfad)?;
    }
    Verwalter::neu(url, SQLITE_SCHREIBEN)?.connect().map_err(|e| DbFehler::Verbindung(e.to_string()))
}

/// Lifts the time limits of one connection, for work outside the server that may take as long as it takes.
///
/// # Errors
/// [`DbFehler`].
pub fn ohne_zeitgrenze(c: &mut DbConn) -> DbResult<()> {
    if let DbConn::Postgres(p) = c {
        p.batch_execute("SET statement_timeout=0; SET idle_in_transaction_session_timeout=0")?;
    }
    Ok(())
}
