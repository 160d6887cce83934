//! SQL of the AQB server: diesel on SQLite (embedded) and PostgreSQL, one code base, one suite.
//!
//! Nothing outside this crate sees a connection pool or begins a transaction. A caller hands a closure to [`Db`];
//! whatever changes legal state goes through [`vollzug`].

mod ablage;
pub mod aenderungsantrag;
pub mod antrag;
pub mod aufgabe;
pub mod ausdruck;
mod ausgang;
pub mod bankverbindung;
pub mod basiszinssatz;
pub mod beleg;
pub mod belegimport;
pub mod bericht;
pub mod bescheid;
pub mod budget;
pub mod db;
pub mod fehler;
pub mod frist;
pub mod gebietskoerperschaft;
pub mod idempotenz;
pub mod integritaet;
pub mod jahrgang;
pub mod kalenderzugang;
pub mod katalog;
pub mod kennzeichen;
pub mod konto;
pub mod migration;
pub mod mittelabruf;
pub mod protokoll;
pub mod regelwerk;
pub mod schema;
pub mod schloss;
pub mod seite;
pub mod strategie;
pub mod traeger;
pub mod typen;
pub mod uhr;
pub mod verbindung;
pub mod verwendungsnachweis;
pub mod vollzug;
pub mod weiterleitung;
pub mod zahlung;
pub mod zielvereinbarung;

pub use db::{Db, Optionen, Tx, Ursache};
pub use fehler::{DbFehler, DbResult};
pub use verbindung::{DbConn, MultiBackend};
