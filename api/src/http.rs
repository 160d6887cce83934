//! HTTP: handlers translate, nothing else. One folder or file per aggregate.

pub mod ablauf;
pub mod abschluss;
pub mod aenderungsantrag;
pub mod akte;
pub mod anhoerung;
pub mod antrag;
pub mod aufgabe;
pub mod ausnahme;
pub mod bankverbindung;
pub mod basiszinssatz;
pub mod beleg;
pub mod belegimport;
pub mod berechnung;
pub mod bericht;
pub mod bescheid;
pub mod budget;
pub mod drossel;
pub mod extract;
pub mod feststellung;
pub mod forderung;
pub mod frist;
pub mod gebietskoerperschaft;
pub mod jahrgang;
pub mod katalog;
pub mod liste;
pub mod massnahme;
pub mod middleware;
pub mod mittelabruf;
pub mod openapi;
pub mod plaetze;
pub mod problem;
pub mod protokoll;
pub mod regelwerk;
pub mod router;
pub mod rueckzahlung;
pub mod schlussrechnung;
pub mod sicht;
pub mod stapel;
pub mod stichprobe;
pub mod strategie;
mod strom;
pub mod system;
pub mod teil;
pub mod teilnahme;
pub mod traeger;
mod ungelesen;
pub mod verlauf;
pub mod verwendungsnachweis;
pub mod weiterleitung;
pub mod zahlung;
pub mod zielvereinbarung;

use crate::auth::{Aussteller, Pruefer};
use crate::vertrag::Vertrag;
use aqb_persistence::Db;
use std::sync::Arc;

/// What every handler can reach.
pub struct Zustand {
    /// The database.
    pub db: Db,
    /// The contract.
    pub vertrag: Arc<Vertrag>,
    /// Checks tokens.
    pub pruefer: Arc<Pruefer>,
    /// Issues tokens for machine accounts.
    pub aussteller: Arc<Aussteller>,
    /// Keys whose first request is still running.
    pub laufende: ablauf::Laufende,
    /// Production: demo accounts get no token.
    pub produktion: bool,
    /// Limits requests per caller.
    pub drossel: drossel::Drossel,
    /// Limits failed logins.
    pub fehlanmeldungen: drossel::Fehlanmeldungen,
    /// Days for which an access of a calendar program is good.
    pub kalenderzugang_tage: i64,
    /// Time within which a whole body must arrive.
    pub inhaltsfrist: std::time::Duration,
    /// Account of the state treasury from which is paid, where one is configured.
    pub zahlungskonto: Option<aqb_domain::zahlung::Auftraggeberkonto>,
    /// Keys for what is told about people.
    pub tresor: Arc<aqb_persistence::tresor::Tresor>,
    /// Bytes that the file of a Belegliste may have.
    pub import_hoechstens: u64,
    /// Places for case files and lists that are put together at the same time.
    pub dateiplaetze: plaetze::Plaetze,
    /// Places for Beleglisten that are read at the same time.
    pub importplaetze: plaetze::Plaetze,
    /// Places for files that are taken in at the same time.
    pub ablageplaetze: plaetze::Plaetze,
    /// Places for the check of large bodies.
    pub pruefplaetze: Arc<tokio::sync::Semaphore>,
}
