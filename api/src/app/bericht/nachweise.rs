//! The reconciliation with the proofs of use.

use super::Berichtswunsch;
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::bericht::{Nachweisabgleichquellen, Nachweisabgleichzeile, nachweisabgleich as abgleich};
use aqb_domain::bescheid::Bescheid;
use aqb_domain::forderung::Forderung;
use aqb_domain::schlussrechnung::Berechnung;
use aqb_domain::verwendungsnachweis::Verwendungsnachweis;
use aqb_domain::weiterleitung::Weiterleitung;
use aqb_persistence::antrag::{Massnahmenfilter, massnahmenliste};
use aqb_persistence::bericht as db;
use aqb_persistence::{DbConn, beleg, berechnung, bescheid, forderung, verwendungsnachweis, weiterleitung};
use std::collections::HashMap;
use uuid::Uuid;

/// A line of the reconciliation with the words of its measure.
#[derive(Debug, Clone)]
pub struct Nachweismitwort {
    /// The figures.
    pub zeile: Nachweisabgleichzeile,
    /// Title of the measure, where there still is one.
    pub titel: Option<String>,
    /// File reference of its application.
    pub aktenzeichen: Option<String>,
}

/// All lines in order of county and measure. Belege and proofs are not split by Teilbudget, Haushaltsjahr or day, so only
/// Jahrgang and county narrow it.
///
/// # Errors
/// 404 without the Jahrgang, 409 when a Bescheid no longer has its hash.
pub fn nachweisabgleich(c: &mut DbConn, sicht: &Sicht, w: &Berichtswunsch) -> Ergebnis<Vec<Nachweismitwort>> {
    let a = w.auswahl(c, sicht)?;
    let meint = |kreis: &String| a.kreise.contains(kreis);
    let f = bescheid::Filter { jahrgang: Some(a.jahrgang), ..bescheid::Filter::default() };
    let bescheide: Vec<Bescheid> = bescheid::liste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|b| b.wert)
        .filter(|b| meint(&b.inhalt.kreisschluessel))
        .collect();
    let f = weiterleitung::Filter { jahrgang: Some(a.jahrgang), ..weiterleitung::Filter::default() };
    let weiterleitungen: Vec<Weiterleitung> = weiterleitung::liste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|w| w.wert)
        .filter(|w| meint(&w.kreisschluessel))
        .collect();
    let f = verwendungsnachweis::Filter {
        jahrgang: Some(a.jahrgang),
        aktuell: Some(true),
        ..verwendungsnachweis::Filter::default()
    };
    let nachweise: Vec<Verwendungsnachweis> = verwendungsnachweis::liste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|n| n.wert)
        .filter(|n| meint(&n.kreisschluessel))
        .collect();
    let f = forderung::Filter { jahrgang: Some(a.jahrgang), ..forderung::Filter::default() };
    let forderungen: Vec<Forderung> = forderung::liste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|f| f.wert)
        .filter(|f| meint(&f.kreisschluessel))
        .collect();
    let ketten: Vec<Uuid> = nachweise.iter().map(|n| n.kette_id).collect();
    let zeilen = abgleich(&Nachweisabgleichquellen {
        buch: &db::buchsalden(c, &a)?,
        belege: &beleg::je_kette(c, sicht, &ketten)?,
        berechnungen: &berechnungen(c, sicht, &bescheide)?,
        bescheide: &bescheide,
        weiterleitungen: &weiterleitungen,
        nachweise: &nachweise,
        forderungen: &forderungen,
        sicht,
    })?;
    let f = Massnahmenfilter { jahrgang: Some(a.jahrgang), ..Massnahmenfilter::default() };
    let mut worte: HashMap<Uuid, (String, Option<String>)> = massnahmenliste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|m| (m.massnahme.id, (m.massnahme.inhalt.titel, m.aktenzeichen)))
        .collect();
    Ok(zeilen
        .into_iter()
        .map(|zeile| {
            let (titel, aktenzeichen) = worte.remove(&zeile.stelle.massnahme_id).unzip();
            Nachweismitwort { zeile, titel, aktenzeichen: aktenzeichen.flatten() }
        })
        .collect())
}

/// The calculations on which issued Schlussbescheide rest; those of drafts are the authority's own.
fn berechnungen(c: &mut DbConn, sicht: &Sicht, bescheide: &[Bescheid]) -> Ergebnis<Vec<Berechnung>> {
    let schluss = bescheide.iter().filter(|b| b.erlassen()).filter_map(|b| b.inhalt.schluss.as_ref());
    let mut alle = Vec::new();
    for s in schluss {
        alle.extend(berechnung::gesehen(c, sicht, s.berechnung_id)?.map(|b| b.wert));
    }
    Ok(alle)
}
