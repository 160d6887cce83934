//! Stateless calculators. What a call leaves open comes from the Regelwerk; the base rates come from the database.

use crate::app::verweis;
use crate::fehler::Ergebnis;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::frist::{self, Fristergebnis};
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::rechtsnachfolge::{self, Nachfolgeergebnis, Nachfolgefrage, Nachfolgemodus, Nachfolgeplaetze};
use aqb_domain::regel::PARAMETER_FEHLT;
use aqb_domain::regelwerk::{Parameter, Regelwerk, RegelwerkStatus, he_alt};
use aqb_domain::zins::{
    self, Mittelbewegung, Zinsbeginn, Zinsergebnis, Zinsfrage, Zinssatz, Zinszaehlung, Zwischenzinsergebnis,
    Zwischenzinsfrage, Zwischenzinsregeln,
};
use aqb_persistence::{DbConn, basiszinssatz, gebietskoerperschaft, jahrgang, regelwerk};
use chrono::NaiveDate;
use std::str::FromStr;

/// The Regelwerk that fills in what a call leaves open where no Jahrgang says which one.
pub const VORGABE: &str = "HE-ALT";

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

/// A question about interest on money that was not used in time; what is none follows the Regelwerk.
#[derive(Debug, Clone)]
pub struct Zwischenzinseingabe {
    /// Payouts.
    pub auszahlungen: Vec<Mittelbewegung>,
    /// Uses.
    pub verwendungen: Vec<Mittelbewegung>,
    /// Day on which the account is closed.
    pub bis: Option<NaiveDate>,
    /// From when late money bears interest.
    pub beginn: Option<Zinsbeginn>,
    /// Day count.
    pub methode: Option<zins::Zinsmethode>,
    /// Rounding.
    pub rundung: Option<zins::Zinsrundung>,
    /// Rate.
    pub satz: Option<Zinssatz>,
}

/// Interest on money that was not used in time, from when it runs, and the version of the Regelwerk that decided.
///
/// # Errors
/// Findings of the calculator.
pub fn zwischenzinsen(
    c: &mut DbConn,
    e: &Zwischenzinseingabe,
    version: &str,
) -> Ergebnis<(Zwischenzinsergebnis, Zinsbeginn, String)> {
    let r = veroeffentlicht(c, version)?;
    let tag = e.auszahlungen.iter().map(|a| a.am).min().unwrap_or(r.gueltig_ab).max(r.gueltig_ab);
    let beginn = e.beginn.map_or_else(|| code(&r, "zinsbeginn_zwischenzins", tag), Ok)?;
    let regeln = Zwischenzinsregeln {
        frist: r.dauer("mittelabruf_frist", tag)?,
        verschiebung: r.wahrheit("mittelabruf_frist_verschiebung", tag)?,
        beginn,
        methode: e.methode.map_or_else(|| code(&r, "zinsmethode", tag), Ok)?,
        rundung: e.rundung.map_or_else(|| code(&r, "zins_rundung", tag), Ok)?,
        satz: e.satz.map_or_else(|| aufschlag(&r, tag).map(Zinssatz::AufschlagProzentpunkte), Ok)?,
        zaehlung: Zinszaehlung {
            starttag_inklusiv: r.wahrheit("zins_starttag_inklusiv", tag)?,
            endtag_inklusiv: r.wahrheit("zins_endtag_inklusiv", tag)?,
            kapital_abrunden_auf: r.betrag("kapital_abrunden_auf", tag)?,
        },
    };
    let frage = Zwischenzinsfrage { auszahlungen: &e.auszahlungen, verwendungen: &e.verwendungen, bis: e.bis, regeln };
    Ok((zins::zwischenzins(&frage, &basiszinssatz::reihe(c)?)?, beginn, r.version))
}

/// A question about the split of a grant; without `modus` the Regelwerk of the Jahrgang decides.
#[derive(Debug, Clone)]
pub struct Nachfolgeeingabe {
    /// Jahrgang of the grant.
    pub jahrgang: i32,
    /// Key of the recipient so far.
    pub vorgaenger: String,
    /// Key of the Gebietskoerperschaft formed from its territory.
    pub nachfolger: String,
    /// First day of the time the amount is meant for.
    pub ab: NaiveDate,
    /// State funds.
    pub betrag: Euro,
    /// Places.
    pub plaetze: Nachfolgeplaetze,
    /// How the grant is treated.
    pub modus: Option<Nachfolgemodus>,
}

/// A split and what decided it.
#[derive(Debug, Clone)]
pub struct Nachfolge {
    /// The shares.
    pub ergebnis: Nachfolgeergebnis,
    /// How the grant is treated.
    pub modus: Nachfolgemodus,
    /// The row of the Regelwerk that says so; none where the question did.
    pub parameter: Option<Parameter>,
    /// Version of the Regelwerk.
    pub regelwerk: String,
}

/// Splits a grant between predecessor and successor.
///
/// # Errors
/// 422 for an unknown key, findings of the calculator.
pub fn rechtsnachfolge(c: &mut DbConn, e: &Nachfolgeeingabe) -> Ergebnis<Nachfolge> {
    let mut gk = |schluessel: &str, ort: &str| -> Ergebnis<_> {
        let g = gebietskoerperschaft::laden(c, schluessel.to_owned())?.map(|g| g.wert);
        Ok(g.ok_or_else(|| verweis("Gebietskörperschaft", schluessel, ort))?)
    };
    let (vorgaenger, nachfolger) = (gk(&e.vorgaenger, "/vorgaenger")?, gk(&e.nachfolger, "/nachfolger")?);
    let r = des_jahrgangs(c, e.jahrgang)?;
    let tag = e.ab.max(r.gueltig_ab);
    let modus = e.modus.map_or_else(|| code(&r, "rechtsnachfolge_modus", tag), Ok)?;
    let frage = Nachfolgefrage {
        jahrgang: e.jahrgang,
        vorgaenger: &vorgaenger,
        nachfolger: &nachfolger,
        ab: e.ab,
        betrag: e.betrag,
        plaetze: e.plaetze,
        modus,
    };
    let parameter = r.zeile("rechtsnachfolge_modus", tag).filter(|_| e.modus.is_none()).cloned();
    Ok(Nachfolge { ergebnis: rechtsnachfolge::teile(&frage)?, modus, parameter, regelwerk: r.version })
}

/// The Regelwerk of a Jahrgang, also of one that does not exist yet.
fn des_jahrgangs(c: &mut DbConn, jahr: i32) -> Ergebnis<Regelwerk> {
    let version = jahrgang::laden(c, i64::from(jahr))?.map_or_else(|| VORGABE.to_owned(), |j| j.wert.regelwerk);
    veroeffentlicht(c, &version)
}

/// Last day for the application of a Jahrgang, under the Regelwerk of the Jahrgang.
///
/// # Errors
/// Findings of the calculator.
pub fn antragsfrist(c: &mut DbConn, jahr: i32) -> Ergebnis<Fristergebnis> {
    Ok(frist::antragsfrist(jahr, &des_jahrgangs(c, jahr)?)?)
}
