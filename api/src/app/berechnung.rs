//! Stateless calculators. What a call leaves open comes from the Regelwerk; the base rates come from the database.

use crate::fehler::Ergebnis;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::frist::{self, Fristergebnis};
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::regel::PARAMETER_FEHLT;
use aqb_domain::regelwerk::{Regelwerk, RegelwerkStatus, he_alt};
use aqb_domain::zins::{self, Zinsergebnis, Zinsfrage, Zinssatz, Zinszaehlung};
use aqb_persistence::{DbConn, basiszinssatz, jahrgang, regelwerk};
use chrono::NaiveDate;
use std::str::FromStr;

/// The Regelwerk that fills in what a call leaves open where no Jahrgang says which one.
const VORGABE: &str = "HE-ALT";

/// The published Regelwerk of this name; the one the program was delivered with where there is none.
fn veroeffentlicht(c: &mut DbConn, version: &str) -> Ergebnis<Regelwerk> {
    let r = regelwerk::laden(c, version.to_owned())?.map(|r| r.wert);
    Ok(r.filter(|r| r.status == RegelwerkStatus::Veroeffentlicht).unwrap_or_else(he_alt))
}

/// A question about interest; what is none follows the Regelwerk.
#[derive(Debug, Clone)]
pub struct Zinseingabe {
    /// Interest-bearing amount.
    pub kapital: Euro,
    /// Day on which interest begins to run, such as the payout.
    pub von: NaiveDate,
    /// Day on which it ends, such as the value date of the repayment.
    pub bis: NaiveDate,
    /// The first day counts.
    pub starttag_inklusiv: Option<bool>,
    /// The last day counts.
    pub endtag_inklusiv: Option<bool>,
    /// Capital is rounded down to a multiple of this.
    pub kapital_abrunden_auf: Option<Euro>,
    /// Day count.
    pub methode: Option<zins::Zinsmethode>,
    /// Rounding.
    pub rundung: Option<zins::Zinsrundung>,
    /// Rate.
    pub satz: Option<Zinssatz>,
}

/// Interest and the version of the Regelwerk that filled in what was left open.
///
/// # Errors
/// Findings of the calculator.
pub fn zinsen(c: &mut DbConn, e: &Zinseingabe) -> Ergebnis<(Zinsergebnis, String)> {
    let r = veroeffentlicht(c, VORGABE)?;
    // a period that begins before the Regelwerk is judged by its first values
    let tag = e.von.max(r.gueltig_ab);
    let frage = Zinsfrage {
        kapital: e.kapital,
        von: e.von,
        bis: e.bis,
        methode: e.methode.map_or_else(|| code(&r, "zinsmethode", tag), Ok)?,
        rundung: e.rundung.map_or_else(|| code(&r, "zins_rundung", tag), Ok)?,
        satz: e.satz.map_or_else(|| aufschlag(&r, tag).map(Zinssatz::AufschlagProzentpunkte), Ok)?,
    };
    let zaehlung = Zinszaehlung {
        starttag_inklusiv: e.starttag_inklusiv.map_or_else(|| r.wahrheit("zins_starttag_inklusiv", tag), Ok)?,
        endtag_inklusiv: e.endtag_inklusiv.map_or_else(|| r.wahrheit("zins_endtag_inklusiv", tag), Ok)?,
        kapital_abrunden_auf: e.kapital_abrunden_auf.map_or_else(|| r.betrag("kapital_abrunden_auf", tag), Ok)?,
    };
    let frage = zaehlung.anwenden(frage)?;
    Ok((zins::berechne(&frage, &basiszinssatz::reihe(c)?)?, r.version))
}

fn aufschlag(r: &Regelwerk, tag: NaiveDate) -> Result<Prozent, Befund> {
    r.prozent("zinsaufschlag_prozentpunkte", tag)
}

fn code<T: FromStr>(r: &Regelwerk, schluessel: &str, tag: NaiveDate) -> Result<T, Befund> {
    r.code(schluessel, tag)?.parse().map_err(|_| {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", schluessel, Einheit::Code)
            .gemessen("stichtag", tag, Einheit::Datum)
            .regelwerk(&r.version)
    })
}

/// Last day for the application of a Jahrgang, under the Regelwerk of the Jahrgang.
///
/// # Errors
/// Findings of the calculator.
pub fn antragsfrist(c: &mut DbConn, jahr: i32) -> Ergebnis<Fristergebnis> {
    let version = jahrgang::laden(c, i64::from(jahr))?.map_or_else(|| VORGABE.to_owned(), |j| j.wert.regelwerk);
    Ok(frist::antragsfrist(jahr, &veroeffentlicht(c, &version)?)?)
}
