//! Units of work: the only place with threads, pools and transactions.
//!
//! Reading and writing have queues of their own, bounded in length and time, so an overloaded server answers "try
//! later" at once instead of piling up. PostgreSQL: few threads read, more write, each unit in a transaction of its own.
//! SQLite: one thread writes and commits whole groups; each unit has its savepoint, so one failure takes no other along.

use crate::datenzugriff::Personenzugriff;
use crate::fehler::{DbFehler, DbResult};
use crate::uhr;
use crate::verbindung::{Art, DbConn, Leitung, Pool, SQLITE_LESEN, SQLITE_SCHREIBEN, SQLITE_WARTEN, pool};
use aqb_domain::akt::Ereignis;
use aqb_domain::berechtigung::Akteur;
use aqb_domain::frist::Frist;
use aqb_domain::konto::Buchung;
use chrono::{DateTime, Utc};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::sql_types::Integer;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

type Manager = <DbConn as Connection>::TransactionManager;

/// How the database is to be used.
#[derive(Debug, Clone)]
pub struct Optionen {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// Connections that only read.
    pub leser: u32,
    /// Connections that write (PostgreSQL; SQLite always has one).
    pub schreiber: u32,
    /// Longest wait for a free thread.
    pub warten: Duration,
    /// Units of work that may wait; one more is refused at once.
    pub schlange: usize,
}

impl Optionen {
    /// Defaults for a machine with few cores.
    pub fn neu(url: &str) -> Self {
        Optionen { url: url.to_owned(), leser: 4, schreiber: 8, warten: Duration::from_millis(2_000), schlange: 1_024 }
    }
}

/// The database.
#[derive(Clone)]
pub struct Db {
    lesen: Sender<Box<dyn Auftrag>>,
    schreiben: Sender<Box<dyn Auftrag>>,
    warten: Duration,
    art: Art,
}

/// An error of a unit of work that may carry a database error inside.
pub trait Ursache: From<DbFehler> + Send + 'static {
    /// The database error, if that is what went wrong.
    fn db(&self) -> Option<&DbFehler>;
}
impl Ursache for DbFehler {
    fn db(&self) -> Option<&DbFehler> {
        Some(self)
    }
}

/// Who acts, for a unit of work that writes.
#[derive(Debug, Clone)]
pub struct Auftraggeber {
    /// The caller.
    pub akteur: Akteur,
    /// Id of the request.
    pub anfrage: String,
    /// Roll back at the end.
    pub simulation: bool,
}

/// A unit of work that writes: connection, moment, caller, and what the acts in it brought about.
pub struct Tx<'c> {
    /// The connection, inside a transaction.
    pub c: &'c mut DbConn,
    /// The present moment of this unit.
    pub jetzt: DateTime<Utc>,
    /// The caller.
    pub akteur: Akteur,
    /// Id of the request.
    pub anfrage: String,
    /// Everything will be rolled back.
    pub simulation: bool,
    /// Postings made so far.
    pub buchungen: Vec<Buchung>,
    /// Deadlines that were written anew so far.
    pub fristen: Vec<Frist>,
    /// Events raised so far.
    pub ereignisse: Vec<Ereignis>,
    /// Confirmed warnings and hints.
    pub befunde: Vec<aqb_domain::befund::Befund>,
    /// What follows from a change once its Bescheid is released and notified; only for a simulation.
    pub folgen: Option<aqb_domain::aenderungsantrag::Folgen>,
    /// Records of people the answer tells about, beside the one that is written: to be noted before it goes out.
    pub personen: Personenzugriff,
    /// A key was destroyed: no file of the database may go on holding it.
    pub vernichtet: bool,
}

impl<'c> Tx<'c> {
    /// A unit that begins: nothing was brought about so far.
    pub(crate) fn neu(c: &'c mut DbConn, jetzt: DateTime<Utc>, wer: Auftraggeber) -> Self {
        Tx {
            c,
            jetzt,
            akteur: wer.akteur,
            anfrage: wer.anfrage,
            simulation: wer.simulation,
            buchungen: Vec::new(),
            fristen: Vec::new(),
            ereignisse: Vec::new(),
            befunde: Vec::new(),
            folgen: None,
            personen: Personenzugriff::default(),
            vernichtet: false,
        }
    }
}

impl Tx<'_> {
    /// A new id.
    pub fn neue_id(&self) -> uuid::Uuid {
        uuid::Uuid::now_v7()
    }

    /// The legal day.
    pub fn heute(&self) -> chrono::NaiveDate {
        aqb_domain::zeit::rechtstag(self.jetzt)
    }
}

/// A unit in a queue. It runs at most once to completion and answers exactly once.
trait Auftrag: Send {
    /// Claims the unit; false when the caller has given up waiting.
    fn uebernehmen(&self) -> bool;
    /// Runs it. True: keep what was written.
    fn ausfuehren(&mut self, c: &mut DbConn) -> bool;
    /// The last run ended in an error that a new try may cure.
    fn wiederholbar(&self) -> bool;
    /// The connection must not be used again.
    fn verbindung_verloren(&self) -> bool;
    /// What was written destroys a key.
    fn hat_vernichtet(&self) -> bool;
    /// Answers the caller; a failed commit replaces the result.
    fn abschliessen(self: Box<Self>, commit: Result<(), DbFehler>);
}

const WARTET: u8 = 0;
const LAEUFT: u8 = 1;
const AUFGEGEBEN: u8 = 2;

struct Einheit<F, T, E> {
    arbeit: F,
    ergebnis: Option<Result<T, E>>,
    antwort: Option<oneshot::Sender<Result<T, E>>>,
    zustand: Arc<AtomicU8>,
    behalten: bool,
    vernichtet: Arc<AtomicBool>,
}

impl<F, T, E> Auftrag for Einheit<F, T, E>
where
    F: FnMut(&mut DbConn) -> Result<T, E> + Send,
    T: Send,
    E: Ursache,
{
    fn uebernehmen(&self) -> bool {
        self.zustand.compare_exchange(WARTET, LAEUFT, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    fn ausfuehren(&mut self, c: &mut DbConn) -> bool {
        let r = catch_unwind(AssertUnwindSafe(|| (self.arbeit)(c))).unwrap_or_else(|_| Err(DbFehler::Abbruch.into()));
        let gut = r.is_ok();
        self.ergebnis = Some(r);
        gut && self.behalten
    }

    fn wiederholbar(&self) -> bool {
        self.db_fehler().is_some_and(DbFehler::wiederholbar)
    }

    fn verbindung_verloren(&self) -> bool {
        self.db_fehler().is_some_and(DbFehler::verbindung_verloren)
    }

    fn hat_vernichtet(&self) -> bool {
        self.behalten && matches!(self.ergebnis, Some(Ok(_))) && self.vernichtet.load(Ordering::Acquire)
    }

    fn abschliessen(mut self: Box<Self>, commit: Result<(), DbFehler>) {
        let ergebnis = match (self.ergebnis.take(), commit) {
            (Some(Ok(_)) | None, Err(e)) => Err(e.into()),
            (Some(r), _) => r,
            (None, Ok(())) => Err(DbFehler::Abbruch.into()),
        };
        if let Some(a) = self.antwort.take() {
            // a caller that went away is no error: what was committed stays, the idempotency key finds it again
            drop(a.send(ergebnis));
        }
    }
}

impl<F, T, E: Ursache> Einheit<F, T, E> {
    fn db_fehler(&self) -> Option<&DbFehler> {
        self.ergebnis.as_ref()?.as_ref().err()?.db()
    }
}

impl Db {
    /// Opens the database and starts its threads.
    ///
    /// # Errors
    /// [`DbFehler::Konfiguration`] or [`DbFehler::Verbindung`].
    pub fn oeffnen(o: &Optionen) -> DbResult<Db> {
        let art = Art::aus_url(&o.url)?;
        let (lesen, lese_auftraege) = bounded(o.schlange);
        let (schreiben, schreib_auftraege) = bounded(o.schlange);
        let (schreiber, gruppe) = if art == Art::Sqlite { (1, 128) } else { (o.schreiber.max(1), 1) };
        // the writer first: it creates the file and switches it to WAL
        let schreib_pool = pool(&o.url, schreiber, SQLITE_SCHREIBEN)?;
        drop(schreib_pool.get().map_err(|e| DbFehler::Verbindung(e.to_string()))?);
        for nr in 0..schreiber {
            let (p, rx) = (schreib_pool.clone(), schreib_auftraege.clone());
            faden(&format!("aqb-schreibt-{nr}"), move || schreiben_schleife(&p, &rx, gruppe))?;
        }
        let lese_pool = pool(&o.url, o.leser.max(1), SQLITE_LESEN)?;
        for nr in 0..o.leser.max(1) {
            let (p, rx) = (lese_pool.clone(), lese_auftraege.clone());
            faden(&format!("aqb-liest-{nr}"), move || lesen_schleife(&p, &rx))?;
        }
        Ok(Db { lesen, schreiben, warten: o.warten, art })
    }

    /// Which backend this is.
    pub fn art(&self) -> Art {
        self.art
    }

    /// Runs a unit of work that reads.
    ///
    /// # Errors
    /// What the unit returns, or [`DbFehler::Ausgelastet`] when no thread was free in time.
    pub async fn lesen<T, E>(&self, arbeit: impl FnMut(&mut DbConn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: Ursache,
    {
        self.einreihen(&self.lesen, arbeit, true, Arc::default()).await
    }

    /// Runs a unit of work that writes, in one transaction. It may run more than once, so it must have no effects
    /// outside the database. A simulation, an error and a panic all roll back.
    ///
    /// # Errors
    /// What the unit returns; [`DbFehler::Ausgelastet`] when no thread was free in time (nothing was written);
    /// [`DbFehler::Verbindung`] when it is not known whether the commit happened.
    pub async fn schreiben<T, E>(
        &self,
        wer: Auftraggeber,
        mut arbeit: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Ursache,
    {
        let behalten = !wer.simulation;
        let vernichtet = Arc::new(AtomicBool::new(false));
        let gemeldet = vernichtet.clone();
        let einheit = move |c: &mut DbConn| {
            let mut tx = Tx::neu(c, uhr::jetzt(), wer.clone());
            let ergebnis = arbeit(&mut tx);
            gemeldet.store(tx.vernichtet, Ordering::Release);
            ergebnis
        };
        self.einreihen(&self.schreiben, einheit, behalten, vernichtet).await
    }

    async fn einreihen<T, E>(
        &self,
        schlange: &Sender<Box<dyn Auftrag>>,
        arbeit: impl FnMut(&mut DbConn) -> Result<T, E> + Send + 'static,
        behalten: bool,
        vernichtet: Arc<AtomicBool>,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Ursache,
    {
        let (tx, mut rx) = oneshot::channel();
        let zustand = Arc::new(AtomicU8::new(WARTET));
        let zustand_hier = zustand.clone();
        let einheit =
            Einheit { arbeit, ergebnis: None, antwort: Some(tx), zustand: zustand_hier, behalten, vernichtet };
        match schlange.try_send(Box::new(einheit)) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(DbFehler::Ausgelastet("Warteschlange voll".to_owned()).into()),
            Err(TrySendError::Disconnected(_)) => return Err(DbFehler::Abbruch.into()),
        }
        let verloren = |_| Err(DbFehler::Abbruch.into());
        if let Ok(r) = tokio::time::timeout(self.warten, &mut rx).await {
            return r.unwrap_or_else(verloren);
        }
        if zustand.compare_exchange(WARTET, AUFGEGEBEN, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            return Err(DbFehler::Ausgelastet("kein freier Faden in der Wartezeit".to_owned()).into());
        }
        // it runs already: lock and statement timeouts bound it, and its outcome must be known
        rx.await.unwrap_or_else(verloren)
    }
}

fn faden(name: &str, f: impl FnOnce() + Send + 'static) -> DbResult<()> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(f)
        .map(drop)
        .map_err(|e| DbFehler::Konfiguration(e.to_string()))
}

fn verbindung(p: &Pool) -> Result<diesel::r2d2::PooledConnection<crate::verbindung::Verwalter>, DbFehler> {
    p.get().map_err(|e| DbFehler::Ausgelastet(format!("keine Verbindung: {e}")))
}

fn lesen_schleife(p: &Pool, rx: &Receiver<Box<dyn Auftrag>>) {
    while let Ok(mut a) = rx.recv() {
        if !a.uebernehmen() {
            continue;
        }
        // a read that lost its connection is tried once more on a fresh one
        let mut ende = Ok(());
        for _ in 0..2 {
            match verbindung(p) {
                Ok(mut c) => {
                    ende = im_schnappschuss(&mut c, &mut a);
                    c.kaputt |= a.verbindung_verloren() || ende.as_ref().is_err_and(DbFehler::verbindung_verloren);
                }
                Err(e) => ende = Err(e),
            }
            if !a.verbindung_verloren() {
                break;
            }
        }
        a.abschliessen(ende);
    }
}

/// All statements of one unit see the same state: an ETag never belongs to another moment than its body.
fn im_schnappschuss(c: &mut Leitung, a: &mut Box<dyn Auftrag>) -> DbResult<()> {
    schnappschuss(c, |c| {
        a.ausfuehren(c);
        Ok(())
    })
}

/// Runs statements that read on one connection: all of them see the same state.
///
/// # Errors
/// Those of `f`, and of the transaction.
pub fn schnappschuss<T>(c: &mut Leitung, f: impl FnOnce(&mut DbConn) -> DbResult<T>) -> DbResult<T> {
    match &mut **c {
        DbConn::Postgres(p) => {
            AnsiTransactionManager::begin_transaction_sql(p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        }
        DbConn::Sqlite(s) => AnsiTransactionManager::begin_transaction_sql(s, "BEGIN")?,
    }
    let r = f(c);
    let ende = Manager::rollback_transaction(&mut **c);
    if ende.is_err() {
        aufraeumen(c);
    }
    r
}

fn schreiben_schleife(p: &Pool, rx: &Receiver<Box<dyn Auftrag>>, gruppe: usize) {
    let mut spuren = false;
    while let Ok(erster) = rx.recv() {
        let mut auftraege = vec![erster];
        while auftraege.len() < gruppe {
            match rx.try_recv() {
                Ok(a) => auftraege.push(a),
                Err(_) => break,
            }
        }
        auftraege.retain(|a| a.uebernehmen());
        if auftraege.is_empty() {
            continue;
        }
        match verbindung(p) {
            Err(e) => {
                let text = e.to_string();
                for a in auftraege {
                    a.abschliessen(Err(DbFehler::Ausgelastet(text.clone())));
                }
            }
            Ok(mut c) if gruppe > 1 => spuren = gemeinsam(&mut c, auftraege, spuren),
            Ok(mut c) => {
                for a in auftraege {
                    einzeln(&mut c, a);
                }
            }
        }
    }
}

/// What SQLite says about a checkpoint.
#[derive(QueryableByName)]
struct Kontrollpunkt {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// Moves the write-ahead log into the database file and truncates it: pages from before a key was destroyed are in
/// neither any more (`secure_delete` overwrites them in the file). False where a reader was in the way for `warten`.
fn tilge_spuren(c: &mut Leitung, warten: Duration) -> bool {
    let DbConn::Sqlite(s) = &mut **c else { return true };
    let ergebnis = s
        .batch_execute(&format!("PRAGMA busy_timeout={}", warten.as_millis()))
        .and_then(|()| sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result::<Kontrollpunkt>(s));
    let zurueck = s.batch_execute(&format!("PRAGMA busy_timeout={}", SQLITE_WARTEN.as_millis()));
    match (ergebnis, zurueck) {
        (Ok(k), Ok(())) if k.busy == 0 => true,
        (Ok(_), Ok(())) => {
            tracing::error!(
                "the write-ahead log still holds what was erased: a reader is in the way; tried again soon"
            );
            false
        }
        (Err(e), _) | (_, Err(e)) => {
            tracing::error!("the write-ahead log still holds what was erased, tried again soon: {e}");
            false
        }
    }
}

/// How long a further try to empty the write-ahead log holds up those that write.
const NOCH_EINMAL: Duration = Duration::from_millis(100);

/// One durable commit for the whole group; each unit in its own savepoint. `spuren`: the log still holds what a group
/// before erased; true when it does afterwards.
fn gemeinsam(c: &mut Leitung, mut auftraege: Vec<Box<dyn Auftrag>>, mut spuren: bool) -> bool {
    let lauf = |c: &mut Leitung, auftraege: &mut [Box<dyn Auftrag>]| -> DbResult<()> {
        if let DbConn::Sqlite(s) = &mut **c {
            AnsiTransactionManager::begin_transaction_sql(s, "BEGIN IMMEDIATE")?;
        }
        for a in auftraege.iter_mut() {
            Manager::begin_transaction(&mut **c)?;
            if a.ausfuehren(c) {
                Manager::commit_transaction(&mut **c)?;
            } else {
                Manager::rollback_transaction(&mut **c)?;
            }
        }
        Manager::commit_transaction(&mut **c)?;
        Ok(())
    };
    let ergebnis = lauf(c, &mut auftraege);
    if ergebnis.is_err() {
        aufraeumen(c);
    }
    let text = ergebnis.as_ref().err().map(|e| (matches!(e, DbFehler::Ausgelastet(_)), e.to_string()));
    let vernichtet = ergebnis.is_ok() && auftraege.iter().any(|a| a.hat_vernichtet());
    if vernichtet {
        // before the answer: who reads that something is erased can rely on it
        spuren = !tilge_spuren(c, SQLITE_WARTEN);
    }
    for a in auftraege {
        a.abschliessen(match &text {
            None => Ok(()),
            Some((true, t)) => Err(DbFehler::Ausgelastet(t.clone())),
            Some((false, t)) => Err(DbFehler::Verbindung(t.clone())),
        });
    }
    spuren && (vernichtet || ergebnis.is_err() || !tilge_spuren(c, NOCH_EINMAL))
}

/// One transaction for one unit; tried again on a conflict, with growing pauses.
fn einzeln(c: &mut Leitung, mut a: Box<dyn Auftrag>) {
    let beginn = Instant::now();
    let mut versuch = 0u32;
    let ende = loop {
        let lauf = |c: &mut Leitung, a: &mut Box<dyn Auftrag>| -> DbResult<()> {
            match &mut **c {
                DbConn::Postgres(p) => {
                    AnsiTransactionManager::begin_transaction_sql(
                        p,
                        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                    )?;
                }
                DbConn::Sqlite(s) => AnsiTransactionManager::begin_transaction_sql(s, "BEGIN IMMEDIATE")?,
            }
            if a.ausfuehren(c) {
                Manager::commit_transaction(&mut **c)?;
            } else {
                Manager::rollback_transaction(&mut **c)?;
            }
            Ok(())
        };
        let ergebnis = lauf(c, &mut a);
        if ergebnis.is_err() {
            aufraeumen(c);
        }
        let konflikt = a.wiederholbar() || ergebnis.as_ref().is_err_and(DbFehler::wiederholbar);
        if konflikt && versuch < 8 && beginn.elapsed() < Duration::from_millis(1_500) {
            versuch += 1;
            std::thread::sleep(Duration::from_millis(u64::from(versuch * versuch)));
            continue;
        }
        break ergebnis;
    };
    c.kaputt |= a.verbindung_verloren() || ende.as_ref().is_err_and(DbFehler::verbindung_verloren);
    a.abschliessen(ende);
}

/// After an error of the transaction itself: the connection goes back clean or not at all.
fn aufraeumen(c: &mut Leitung) {
    for _ in 0..3 {
        match Manager::rollback_transaction(&mut **c) {
            Ok(()) => {}
            Err(diesel::result::Error::NotInTransaction) => return,
            Err(_) => break,
        }
    }
    c.kaputt = true;
}
