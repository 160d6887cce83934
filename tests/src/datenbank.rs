//! Databases for tests: one template per run and backend, one copy per test.

use aqb_persistence::schloss::{self, Allein};
use aqb_persistence::verbindung::{Leitung, einzeln};
use aqb_persistence::{DbConn, uhr};
use diesel::connection::SimpleConnection;
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Embedded.
    Sqlite,
    /// Server.
    Postgres,
}

/// Whether the PostgreSQL half runs. A missing server fails the suite: a skipped half proves nothing.
pub fn postgres_gewollt() -> bool {
    if std::env::var("AQB_TEST_NUR_SQLITE").is_ok_and(|v| v == "1") {
        return false;
    }
    assert!(
        std::env::var("AQB_TEST_PG_URL").is_ok(),
        "AQB_TEST_PG_URL is not set, so the PostgreSQL half of the suite cannot run. Start a private server with \
         `tests/vertrag/postgres.sh starten ORDNER` and set the variable to the URL it prints, or set \
         AQB_TEST_NUR_SQLITE=1 to run the SQLite half alone."
    );
    true
}

/// One column of text.
#[derive(QueryableByName)]
struct Zeile {
    #[diesel(sql_type = Text)]
    z: String,
}

/// Rows of a query whose single column is called `z`.
#[track_caller]
pub fn texte(c: &mut DbConn, sql: &str) -> Vec<String> {
    let r = sql_query(sql).load::<Zeile>(c);
    r.unwrap_or_else(|e| panic!("{sql}: {e}")).into_iter().map(|z| z.z).collect()
}

/// Runs statements.
#[track_caller]
pub fn befehl(c: &mut DbConn, sql: &str) {
    c.batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
}

/// The server's URL with another database name.
fn pg_url(name: &str) -> String {
    let basis = std::env::var("AQB_TEST_PG_URL").expect("AQB_TEST_PG_URL");
    let (vorn, query) = basis.split_once('?').map_or((basis.as_str(), None), |(v, q)| (v, Some(q)));
    let (server, _) = vorn.rsplit_once('/').expect("AQB_TEST_PG_URL names a database: postgres://…/postgres");
    query.map_or(format!("{server}/{name}"), |q| format!("{server}/{name}?{q}"))
}

fn verwaltung() -> Leitung {
    let url = std::env::var("AQB_TEST_PG_URL").expect("AQB_TEST_PG_URL");
    let mut c = einzeln(&url).unwrap_or_else(|e| panic!("AQB_TEST_PG_URL: {e}"));
    befehl(&mut c, "SET lock_timeout=0; SET statement_timeout=0");
    c
}

/// Moment at which every run begins: a Tuesday, in the middle of a Haushaltsjahr. What depends on the day must not
/// depend on the day on which the suite runs.
pub const BEGINN: &str = "2026-09-15T08:00:00Z";

/// Name of this run; everything it makes on the server begins with it.
fn lauf() -> &'static str {
    static LAUF: OnceLock<String> = OnceLock::new();
    LAUF.get_or_init(|| {
        let name = format!("aqbtest_{}_{}", std::process::id(), uhr::jetzt().timestamp_millis());
        assert!(uhr::stellen(BEGINN.parse().expect("moment")), "the clock is set once, before any database");
        name
    })
}

fn nummer() -> u32 {
    static NR: AtomicU32 = AtomicU32::new(0);
    NR.fetch_add(1, Ordering::Relaxed)
}

/// Folder of this run.
fn ordner() -> &'static PathBuf {
    static ORDNER: OnceLock<PathBuf> = OnceLock::new();
    ORDNER.get_or_init(|| {
        let basis = std::env::temp_dir();
        // what runs before left behind when they were killed
        for e in std::fs::read_dir(&basis).into_iter().flatten().flatten() {
            let name = e.file_name().to_string_lossy().into_owned();
            let pid = name.strip_prefix("aqbtest_").and_then(|r| r.split('_').next()).map(str::to_owned);
            if pid.is_some_and(|p| cfg!(target_os = "linux") && !std::path::Path::new("/proc").join(p).exists()) {
                drop(std::fs::remove_dir_all(e.path()));
            }
        }
        let o = basis.join(lauf());
        std::fs::create_dir_all(&o).expect("temporary folder");
        o
    })
}

fn sqlite_vorlage() -> &'static PathBuf {
    static VORLAGE: OnceLock<PathBuf> = OnceLock::new();
    VORLAGE.get_or_init(|| {
        let (roh, fertig) = (ordner().join("demo.db"), ordner().join("vorlage.db"));
        let url = format!("sqlite://{}", roh.display());
        aqb_api::demo::lade(&url).expect("demo data");
        // the program's own connections may still be closing: a vacuumed copy is complete whatever they do
        let mut c = einzeln(&url).expect("template");
        befehl(&mut c, &format!("VACUUM INTO '{}'", fertig.display()));
        fertig
    })
}

/// The template stays as long as its run lives: a session called like it marks the run, and the next run drops what
/// has no such session any more.
fn pg_vorlage() -> &'static str {
    static VORLAGE: OnceLock<(String, std::sync::Mutex<Leitung>)> = OnceLock::new();
    let (name, _) = VORLAGE.get_or_init(|| {
        let mut c = verwaltung();
        befehl(&mut c, &format!("SET application_name='{}'", lauf()));
        let alte = "SELECT datname::text AS z FROM pg_database WHERE datname LIKE 'aqbtest\\_%' AND NOT EXISTS \
                    (SELECT 1 FROM pg_stat_activity WHERE datname <> '' AND position(application_name in pg_database.datname) = 1 AND application_name LIKE 'aqbtest\\_%')";
        for alt in texte(&mut c, alte) {
            // two runs that begin together may both try
            drop(c.batch_execute(&format!("DROP DATABASE IF EXISTS \"{alt}\" WITH (FORCE)")));
        }
        let name = format!("{}_vorlage", lauf());
        befehl(&mut c, &format!("CREATE DATABASE \"{name}\" TEMPLATE template0"));
        aqb_api::demo::lade(&pg_url(&name)).expect("demo data");
        befehl(&mut c, &format!("ALTER DATABASE \"{name}\" WITH ALLOW_CONNECTIONS false"));
        let ende = format!("SELECT pg_terminate_backend(pid)::text AS z FROM pg_stat_activity WHERE datname = '{name}'");
        while !texte(&mut c, &ende).is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        (name, std::sync::Mutex::new(c))
    });
    name
}

/// A database of one test; it is gone when the value is.
pub struct Datenbank {
    /// Which backend.
    pub backend: Backend,
    /// `DATABASE_URL` of it.
    pub url: String,
    name: String,
    /// Dropped with this value.
    eigen: std::sync::atomic::AtomicBool,
}

impl Datenbank {
    /// The same database once more; who drops it is the new value (`mit_pflicht`) or still this one.
    pub(crate) fn ausleihen(&self, mit_pflicht: bool) -> Datenbank {
        let eigen = mit_pflicht && self.eigen.swap(false, Ordering::Relaxed);
        Datenbank { backend: self.backend, url: self.url.clone(), name: self.name.clone(), eigen: eigen.into() }
    }

    /// Migrated and filled with the demonstration data.
    pub fn neu(backend: Backend) -> Self {
        let db = Self::benannt(backend);
        match backend {
            Backend::Sqlite => {
                let ziel = ordner().join(format!("{}.db", db.name));
                std::fs::copy(sqlite_vorlage(), ziel).expect("copy of the template");
            }
            Backend::Postgres => {
                let vorlage = pg_vorlage();
                befehl(&mut verwaltung(), &format!("CREATE DATABASE \"{}\" TEMPLATE \"{vorlage}\"", db.name));
            }
        }
        db
    }

    /// Without any table.
    pub fn leer(backend: Backend) -> Self {
        let db = Self::benannt(backend);
        if backend == Backend::Postgres {
            // the run must be marked before anything of it exists on the server
            pg_vorlage();
            befehl(&mut verwaltung(), &format!("CREATE DATABASE \"{}\" TEMPLATE template0", db.name));
        }
        db
    }

    fn benannt(backend: Backend) -> Self {
        let name = format!("{}_{}", lauf(), nummer());
        let url = match backend {
            Backend::Sqlite => format!("sqlite://{}", ordner().join(format!("{name}.db")).display()),
            Backend::Postgres => pg_url(&name),
        };
        Datenbank { backend, url, name, eigen: true.into() }
    }

    /// A connection of its own, beside those of a server.
    #[track_caller]
    pub fn verbinde(&self) -> Leitung {
        einzeln(&self.url).unwrap_or_else(|e| panic!("{}: {e}", self.url))
    }

    /// A connection that is alone in preparing the database.
    #[track_caller]
    pub fn allein(&self) -> Allein {
        schloss::allein(&self.url).unwrap_or_else(|e| panic!("{}: {e}", self.url))
    }

    /// The file of a SQLite database.
    pub fn datei(&self) -> PathBuf {
        ordner().join(format!("{}.db", self.name))
    }

    /// Names of the program's own tables.
    pub fn tabellen(&self, c: &mut DbConn) -> Vec<String> {
        let sql = match self.backend {
            Backend::Sqlite => {
                "SELECT name AS z FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1"
            }
            Backend::Postgres => {
                "SELECT tablename::text COLLATE \"C\" AS z FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_\\_%' ORDER BY 1"
            }
        };
        texte(c, sql)
    }

    /// Every row of every table as text, by table. `siegel` is left out: the server seals on its own once a second;
    /// `datenzugriff` too: there a reading leaves its trace.
    pub fn abbild(&self) -> std::collections::BTreeMap<String, Vec<String>> {
        let mut c = self.verbinde();
        let tabellen = self.tabellen(&mut c);
        let zeilen = |c: &mut DbConn, t: &str| match self.backend {
            Backend::Postgres => texte(c, &format!("SELECT (t.*)::text AS z FROM \"{t}\" t ORDER BY 1")),
            Backend::Sqlite => {
                let spalten = texte(c, &format!("SELECT 'quote(' || name || ')' AS z FROM pragma_table_info('{t}')"));
                texte(c, &format!("SELECT {} AS z FROM {t} ORDER BY 1", spalten.join(" || ',' || ")))
            }
        };
        tabellen
            .into_iter()
            .filter(|t| t != "siegel" && t != "datenzugriff")
            .map(|t| (t.clone(), zeilen(&mut c, &t)))
            .collect()
    }
}

impl Drop for Datenbank {
    fn drop(&mut self) {
        if !self.eigen.load(Ordering::Relaxed) {
            return;
        }
        match self.backend {
            Backend::Sqlite => {
                let datei = self.datei().display().to_string();
                for endung in ["", "-wal", "-shm", "-lock"] {
                    drop(std::fs::remove_file(format!("{datei}{endung}")));
                }
            }
            Backend::Postgres => {
                // a failing drop must not hide the failure of a test; the next run drops what is left
                if let Ok(mut c) = einzeln(&std::env::var("AQB_TEST_PG_URL").unwrap_or_default()) {
                    drop(c.batch_execute(&format!("DROP DATABASE IF EXISTS \"{}\" WITH (FORCE)", self.name)));
                }
            }
        }
    }
}
