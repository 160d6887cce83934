//! Application functions: they order the steps (load what the caller sees, let the domain decide, commit) and know
//! neither HTTP nor SQL.

pub mod abschluss;
pub mod aenderungsantrag;
pub mod anhoerung;
pub mod antrag;
pub mod aufgabe;
pub mod aufhebung;
pub mod ausnahme;
pub mod bankverbindung;
pub mod basiszinssatz;
pub mod beleg;
pub mod belegimport;
pub mod berechnung;
pub mod bericht;
pub mod bescheid;
pub mod budget;
pub mod feststellung;
pub mod forderung;
pub mod frist;
pub mod gebietskoerperschaft;
pub mod jahrgang;
pub mod katalog;
pub mod massnahme;
pub mod mittelabruf;
pub mod protokoll;
pub mod regelwerk;
pub mod rueckzahlung;
pub mod sachbericht;
pub mod schluss;
pub mod stichprobe;
pub mod strategie;
pub mod teilnahme;
pub mod traeger;
pub mod verwendungsnachweis;
pub mod weiterleitung;
pub mod zahlung;
pub mod zielvereinbarung;

use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::regel::{SCHON_VORHANDEN, VERWEIS_UNBEKANNT};
use aqb_persistence::vollzug::Versioniert;

/// Compares the version the caller read with the one in the database.
///
/// # Errors
/// 412 with the present version.
pub fn pruefe_version<T>(alt: &Versioniert<T>, erwartet: Option<i64>) -> Ergebnis<()> {
    match erwartet {
        Some(v) if v != alt.version => Err(Fehler::VersionVeraltet(alt.version)),
        _ => Ok(()),
    }
}

/// A record the caller sees, or 404.
///
/// # Errors
/// 404.
pub fn vorhanden<T>(wert: Option<T>) -> Ergebnis<T> {
    wert.ok_or_else(Fehler::nicht_gefunden)
}

/// A reference in a body that leads nowhere.
pub fn verweis(was: &str, schluessel: impl ToString, ort: &str) -> Befund {
    Befund::neu(&VERWEIS_UNBEKANNT).ort(ort).gemessen("was", was, Einheit::Text).gemessen(
        "schluessel",
        schluessel,
        Einheit::Code,
    )
}

/// Turns the violation of a unique rule into the finding that says so.
pub fn eindeutig(e: aqb_persistence::DbFehler, regel: &str, was: &str, schluessel: impl ToString) -> Fehler {
    if e.verletzt(regel) {
        return Befund::neu(&SCHON_VORHANDEN)
            .gemessen("was", was, Einheit::Text)
            .gemessen("schluessel", schluessel, Einheit::Code)
            .into();
    }
    e.into()
}
