//! Tasks: what waits for a caller, read off states and rights and asked of the acts themselves.

use crate::app::{
    aenderungsantrag, antrag, bankverbindung, basiszinssatz, bescheid, budget, mittelabruf, regelwerk, strategie,
    verwendungsnachweis, weiterleitung, zahlung, zielvereinbarung,
};
use crate::fehler::{Ergebnis, Fehler, NICHT_GEFUNDEN};
use aqb_domain::akt::Aktion;
use aqb_domain::aufgabe::{Erwartung, erwartungen};
use aqb_domain::berechtigung::Akteur;
use aqb_domain::zahlung::Auftraggeberkonto;
use aqb_persistence::aufgabe::{self as db, Filter, Position, Wartend};
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::{DbConn, DbFehler};
use chrono::NaiveDate;
use uuid::Uuid;

/// Most cases asked for their acts in one call: where many are blocked, a page is short.
const HOECHSTENS_GEFRAGT: i64 = 200;

/// A case that waits for the caller.
#[derive(Debug, Clone)]
pub struct Aufgabe {
    /// The case.
    pub fall: Wartend,
    /// Its path below the server's base.
    pub pfad: String,
    /// File reference of its application.
    pub aktenzeichen: Option<String>,
    /// Last day of its open deadline that ends first.
    pub faellig_am: Option<NaiveDate>,
    /// The acts it waits for, each with what it would find now.
    pub akte: Vec<Aktion>,
}

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Frage<'a> {
    /// Caller.
    pub akteur: &'a Akteur,
    /// Account of the authority.
    pub konto: Option<&'a Auftraggeberkonto>,
    /// Legal day.
    pub heute: NaiveDate,
    /// With cases whose acts are all blocked.
    pub gesperrte: bool,
}

/// A page of tasks, the longest waiting first, and the position after it when more cases wait.
///
/// # Errors
/// The database.
pub fn liste(
    c: &mut DbConn,
    frage: Frage<'_>,
    filter: &Filter,
    fall_art: Option<&str>,
    nach: Option<&Position>,
    limit: i64,
) -> Ergebnis<(Vec<Aufgabe>, Option<Position>)> {
    let mut erwartet = erwartungen(frage.akteur);
    erwartet.retain(|e| fall_art.is_none_or(|art| e.fall_art == art));
    let gelesen = db::wartende(c, &erwartet, filter, nach, zu_lesen(HOECHSTENS_GEFRAGT))?;
    let kandidaten = Seite::aus(gelesen, HOECHSTENS_GEFRAGT);
    let (mut aufgaben, mut rest, mut letzte) = (Vec::new(), kandidaten.daten.into_iter(), None);
    for fall in rest.by_ref() {
        letzte = Some(fall.position());
        aufgaben.extend(aufgabe(c, frage, &erwartet, fall)?);
        if i64::try_from(aufgaben.len()).is_ok_and(|n| n >= limit) {
            break;
        }
    }
    let mehr = kandidaten.mehr || rest.len() > 0;
    ergaenze(c, &mut aufgaben)?;
    Ok((aufgaben, letzte.filter(|_| mehr)))
}

/// The case with the acts it waits for; none where the caller can do none of them and did not ask for that.
fn aufgabe(c: &mut DbConn, frage: Frage<'_>, erwartet: &[Erwartung], fall: Wartend) -> Ergebnis<Option<Aufgabe>> {
    let Some(e) = erwartet.iter().find(|e| e.fall_art == fall.fall_art) else { return Ok(None) };
    let (pfad, alle) = match akte(c, frage, e, &fall) {
        // discarded since the list was read
        Err(Fehler::Problem(p, _)) if *p == NICHT_GEFUNDEN => return Ok(None),
        ergebnis => ergebnis?,
    };
    let gemeint = e.akte(&fall.status);
    let akte: Vec<Aktion> = alle.into_iter().filter(|a| gemeint.contains(&a.akt)).collect();
    let offen = frage.gesperrte || akte.iter().any(Aktion::erlaubt);
    Ok(offen.then_some(Aufgabe { fall, pfad, aktenzeichen: None, faellig_am: None, akte }))
}

/// Path of a case and all its acts.
fn akte(c: &mut DbConn, frage: Frage<'_>, e: &Erwartung, fall: &Wartend) -> Ergebnis<(String, Vec<Aktion>)> {
    let Frage { akteur, heute, .. } = frage;
    let (sicht, schluessel) = (&e.sicht, fall.fall_id.as_str());
    if fall.fall_art == "REGELWERK" {
        return Ok((format!("/regelwerke/{schluessel}"), regelwerk::aktionen(c, akteur, schluessel)?));
    }
    let unlesbar = |was: &str| Fehler::Db(DbFehler::Inhalt(format!("{} {schluessel}: {was}", fall.fall_art)));
    let id: Uuid = schluessel.parse().map_err(|_| unlesbar("id"))?;
    let jahr = fall.jahrgang.ok_or_else(|| unlesbar("jahrgang"));
    Ok(match fall.fall_art {
        "BASISZINSSATZ" => (format!("/basiszinssaetze/{id}"), basiszinssatz::aktionen(c, akteur, id, heute)?),
        "UMVERTEILUNG" => {
            let jahr = jahr?;
            let pfad = format!("/jahrgaenge/{jahr}/umverteilungen/{id}");
            (pfad, budget::umverteilung_aktionen(c, sicht, akteur, jahr, id)?)
        }
        "BUDGETKORREKTUR" => {
            let jahr = jahr?;
            let pfad = format!("/jahrgaenge/{jahr}/korrekturen/{id}");
            (pfad, budget::korrektur_aktionen(c, sicht, akteur, jahr, id)?)
        }
        "STRATEGIE" => (format!("/strategien/{id}"), strategie::aktionen(c, sicht, akteur, id, heute)?),
        "ZIELVEREINBARUNG" => {
            (format!("/zielvereinbarungen/{id}"), zielvereinbarung::aktionen(c, sicht, akteur, id, heute)?)
        }
        "ANTRAG" => (format!("/antraege/{id}"), antrag::aktionen(c, sicht, akteur, id, heute)?),
        "BESCHEID" => (format!("/bescheide/{id}"), bescheid::aktionen(c, sicht, akteur, id, heute)?),
        "KONTOAENDERUNG" => (format!("/bankverbindungen/{id}"), bankverbindung::aktionen(c, sicht, akteur, id, heute)?),
        "AENDERUNGSANTRAG" => {
            (format!("/aenderungsantraege/{id}"), aenderungsantrag::aktionen(c, sicht, akteur, id, heute)?)
        }
        "MITTELABRUF" => (format!("/mittelabrufe/{id}"), mittelabruf::aktionen(c, sicht, akteur, id, heute)?),
        "ZAHLUNGSLAUF" => (format!("/zahlungslaeufe/{id}"), zahlung::lauf_aktionen(c, akteur, id, frage.konto, heute)?),
        "ZAHLUNG" => (format!("/zahlungen/{id}"), zahlung::zahlung_lesen(c, id)?.wert.aktionen(akteur)),
        "WEITERLEITUNG" => (format!("/weiterleitungen/{id}"), weiterleitung::aktionen(c, sicht, akteur, id, heute)?),
        "VERWENDUNGSNACHWEIS" => {
            (format!("/verwendungsnachweise/{id}"), verwendungsnachweis::aktionen(c, sicht, akteur, id, heute)?)
        }
        _ => return Err(unlesbar("Fallart")),
    })
}

/// Adds file references and deadlines, for all of them at once.
fn ergaenze(c: &mut DbConn, aufgaben: &mut [Aufgabe]) -> Ergebnis<()> {
    let antraege: Vec<Uuid> = aufgaben.iter().filter_map(|a| a.fall.antrag_id).collect();
    let faelle: Vec<&Wartend> = aufgaben.iter().map(|a| &a.fall).collect();
    let (aktenzeichen, fristen) = (db::aktenzeichen(c, &antraege)?, db::naechste_fristen(c, &faelle)?);
    for a in aufgaben {
        a.aktenzeichen = a.fall.antrag_id.and_then(|id| aktenzeichen.get(&id).cloned());
        a.faellig_am = fristen.get(&(a.fall.fall_art.to_owned(), a.fall.fall_id.clone())).copied();
    }
    Ok(())
}
