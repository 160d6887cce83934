//! One process at a time prepares a database: migrations, first data, the issuer's key.

use crate::fehler::{DbFehler, DbResult};
use crate::verbindung::{self, Art, DbConn, Leitung};
use diesel::connection::SimpleConnection;
use std::fs::{File, TryLockError};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest wait for another process.
const WARTEN: Duration = Duration::from_secs(30);
/// Number of the advisory lock on PostgreSQL.
const PG_SCHLOSS: i64 = 0x6171_625f_6d69_6772;

/// A connection whose holder is alone in preparing the database. Others wait until it is dropped.
pub struct Allein {
    // the order matters: the connection ends before the lock
    leitung: Leitung,
    _datei: Option<File>,
}

impl Deref for Allein {
    type Target = DbConn;
    fn deref(&self) -> &DbConn {
        &self.leitung
    }
}
impl DerefMut for Allein {
    fn deref_mut(&mut self) -> &mut DbConn {
        &mut self.leitung
    }
}

/// Opens a connection and waits until nobody else prepares the same database.
///
/// # Errors
/// [`DbFehler::Ausgelastet`] when another process takes too long, and what [`verbindung::einzeln`] says.
pub fn allein(url: &str) -> DbResult<Allein> {
    match Art::aus_url(url)? {
        Art::Sqlite => {
            // SQLite's own locks begin with a statement, and already the first one may collide
            let datei = sperre(&neben(url.strip_prefix("sqlite://").unwrap_or(url)))?;
            Ok(Allein { leitung: verbindung::einzeln(url)?, _datei: Some(datei) })
        }
        Art::Postgres => {
            let mut leitung = verbindung::einzeln(url)?;
            // the lock belongs to the session and ends with it; a migration may take its time
            leitung.batch_execute(&format!(
                "SET statement_timeout=0; SET lock_timeout={}; SELECT pg_advisory_lock({PG_SCHLOSS}); SET lock_timeout=0",
                WARTEN.as_millis()
            ))?;
            Ok(Allein { leitung, _datei: None })
        }
    }
}

/// The lock lies beside the database: SQLite loses its own locks on a file that somebody else opens and closes.
fn neben(datenbank: &str) -> PathBuf {
    PathBuf::from(format!("{datenbank}-lock"))
}

fn sperre(pfad: &Path) -> DbResult<File> {
    let fehler = |e: std::io::Error| DbFehler::Konfiguration(format!("{}: {e}", pfad.display()));
    verbindung::ordner_anlegen(pfad)?;
    verbindung::nur_fuer_den_besitzer(pfad)?;
    let datei = File::open(pfad).map_err(fehler)?;
    let beginn = Instant::now();
    loop {
        match datei.try_lock() {
            Ok(()) => return Ok(datei),
            Err(TryLockError::Error(e)) => return Err(fehler(e)),
            Err(TryLockError::WouldBlock) if beginn.elapsed() >= WARTEN => {
                return Err(DbFehler::Ausgelastet("ein anderer Prozess bereitet die Datenbank vor".to_owned()));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}
