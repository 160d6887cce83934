//! Tasks: what waits for a caller, read off states and rights and asked of the acts themselves.

use crate::app::{
    aenderungsantrag, anhoerung, antrag, ausnahme, bankverbindung, basiszinssatz, bescheid, budget, feststellung,
    forderung, mittelabruf, regelwerk, strategie, teilnahme, verwendungsnachweis, weiterleitung, zahlung,
    zielvereinbarung,
};
use crate::fehler::{Ergebnis, Fehler, NICHT_GEFUNDEN};
use aqb_domain::akt::Aktion;
use aqb_domain::antrag::Antrag;
use aqb_domain::aufgabe::{Aufgabenanlass, Erwartung, TEILNAHMEN, erwartungen};
use aqb_domain::ausnahme::GENEHMIGUNG;
use aqb_domain::berechtigung::Akteur;
use aqb_domain::teilnahme::LOESCHUNG;
use aqb_domain::zahlung::Auftraggeberkonto;
use aqb_domain::zeit::{rechtstag, tagesende};
use aqb_persistence::aufgabe::{self as db, Filter, Position, Wartend};
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
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
    /// Last day of its open deadline that ends first, or the day since which what is due has waited.
    pub faellig_am: Option<NaiveDate>,
    /// Why it waits, where its state does not say it.
    pub anlass: Option<Aufgabenanlass>,
    /// The acts it waits for, each with what it would find now; none where the interface does not do it.
    pub akte: Vec<Aktion>,
}

/// A case as it is asked for what it waits for.
struct Stand {
    pfad: String,
    akte: Vec<Aktion>,
    anlass: Option<Aufgabenanlass>,
    faellig_am: Option<NaiveDate>,
    /// State as the caller may read it, where that is not the stored one.
    status: Option<String>,
}

impl From<(String, Vec<Aktion>)> for Stand {
    fn from((pfad, akte): (String, Vec<Aktion>)) -> Self {
        Stand { pfad, akte, anlass: None, faellig_am: None, status: None }
    }
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
    let anzahl = zu_lesen(HOECHSTENS_GEFRAGT);
    let mut gelesen = db::wartende(c, &erwartet, filter, nach, anzahl)?;
    gelesen.extend(loeschungen(c, frage, &erwartet, filter, nach)?);
    let gelesen = db::die_aeltesten(gelesen, anzahl);
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

/// Data about people whose period of retention is over, by measure: the county erases them.
fn loeschungen(
    c: &mut DbConn,
    frage: Frage<'_>,
    erwartet: &[Erwartung],
    filter: &Filter,
    nach: Option<&Position>,
) -> Ergebnis<Vec<Wartend>> {
    let Some(e) = erwartet.iter().find(|e| e.fall_art == TEILNAHMEN) else { return Ok(Vec::new()) };
    let wartend = |(massnahme_id, a, bis): (Uuid, Versioniert<Antrag>, NaiveDate)| Wartend {
        fall_art: TEILNAHMEN,
        fall_id: massnahme_id.to_string(),
        status: a.wert.status.code().to_owned(),
        seit: tagesende(bis),
        version: a.version,
        kreisschluessel: Some(a.wert.kreisschluessel),
        jahrgang: Some(a.wert.jahrgang),
        antrag_id: Some(a.wert.id),
    };
    let gesucht = |w: &Wartend| {
        filter.kreisschluessel.as_ref().is_none_or(|k| w.kreisschluessel.as_ref() == Some(k))
            && filter.jahrgang.is_none_or(|j| w.jahrgang == Some(j))
            && nach.is_none_or(|n| w.position() > *n)
    };
    let alle = teilnahme::faellige(c, &e.sicht, frage.heute)?;
    Ok(alle.into_iter().map(wartend).filter(gesucht).collect())
}

/// The case with the acts it waits for; none where the caller can do none of them and did not ask for that.
fn aufgabe(c: &mut DbConn, frage: Frage<'_>, erwartet: &[Erwartung], mut fall: Wartend) -> Ergebnis<Option<Aufgabe>> {
    let Some(e) = erwartet.iter().find(|e| e.fall_art == fall.fall_art) else { return Ok(None) };
    let Stand { pfad, akte, anlass, faellig_am, status } = match stand(c, frage, e, &fall) {
        // discarded since the list was read
        Err(Fehler::Problem(p, _)) if *p == NICHT_GEFUNDEN => return Ok(None),
        ergebnis => ergebnis?,
    };
    let offen = akte.iter().any(Aktion::erlaubt) || (frage.gesperrte && !akte.is_empty());
    fall.status = status.unwrap_or(fall.status);
    let wartet = offen || (e.ausserhalb() && anlass.is_some());
    Ok(wartet.then_some(Aufgabe { fall, pfad, aktenzeichen: None, faellig_am, anlass, akte }))
}

/// The case with those of its acts that it waits for: the state says it of most, of some the day or the person.
fn stand(c: &mut DbConn, frage: Frage<'_>, e: &Erwartung, fall: &Wartend) -> Ergebnis<Stand> {
    let Frage { akteur, heute, .. } = frage;
    let mut s: Stand = match fall.fall_art {
        TEILNAHMEN => return Ok(loeschung(fall)),
        _ => akte(c, frage, e, fall)?.into(),
    };
    let gemeint = e.akte(&fall.status);
    s.akte.retain(|a| gemeint.contains(&a.akt));
    let id = || fall.fall_id.parse::<Uuid>().map_err(|_| unlesbar(fall, "id"));
    match fall.fall_art {
        "ANHOERUNG" => {
            let a = anhoerung::lesen(c, &e.sicht, id()?)?.wert;
            s.akte.retain(|x| a.wartet_auf(x.akt, heute));
        }
        "AUSNAHME" => {
            let a = ausnahme::lesen(c, &e.sicht, id()?)?.wert;
            // whoever asked is told with the blocked ones that another person must decide
            s.akte.retain(|x| x.akt == GENEHMIGUNG || a.wartet_auf(akteur));
        }
        "FESTSTELLUNG" => {
            let f = feststellung::lesen(c, &e.sicht, id()?)?.wert;
            s.akte.retain(|x| f.wartet_auf(x.akt));
        }
        "FORDERUNG" => {
            let f = forderung::lesen(c, &e.sicht, id()?)?.wert;
            s.akte.retain(|x| f.wartet_auf(x.akt, heute));
            s.anlass = f.anlass(&e.sicht, heute);
            s.faellig_am = f.faellig_seit();
            s.status = Some(f.status_fuer(&e.sicht).code().to_owned());
        }
        _ => {}
    }
    Ok(s)
}

/// The erasure of a measure's data. It is due, so nothing blocks it.
fn loeschung(fall: &Wartend) -> Stand {
    let antrag_id = fall.antrag_id.unwrap_or_default();
    Stand {
        anlass: Some(Aufgabenanlass::LoeschungFaellig),
        faellig_am: Some(rechtstag(fall.seit)),
        ..Stand::from((
            format!("/antraege/{antrag_id}/massnahmen/{}/teilnahmen", fall.fall_id),
            vec![Aktion { akt: LOESCHUNG, befunde: Vec::new() }],
        ))
    }
}

fn unlesbar(fall: &Wartend, was: &str) -> Fehler {
    Fehler::Db(DbFehler::Inhalt(format!("{} {}: {was}", fall.fall_art, fall.fall_id)))
}

/// Path of a case and all its acts.
fn akte(c: &mut DbConn, frage: Frage<'_>, e: &Erwartung, fall: &Wartend) -> Ergebnis<(String, Vec<Aktion>)> {
    let Frage { akteur, heute, .. } = frage;
    let (sicht, schluessel) = (&e.sicht, fall.fall_id.as_str());
    if fall.fall_art == "REGELWERK" {
        return Ok((format!("/regelwerke/{schluessel}"), regelwerk::aktionen(c, akteur, schluessel)?));
    }
    let id: Uuid = schluessel.parse().map_err(|_| unlesbar(fall, "id"))?;
    let jahr = fall.jahrgang.ok_or_else(|| unlesbar(fall, "jahrgang"));
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
        "FESTSTELLUNG" => (format!("/feststellungen/{id}"), feststellung::aktionen(c, sicht, akteur, id)?),
        "ANHOERUNG" => (format!("/anhoerungen/{id}"), anhoerung::aktionen(c, sicht, akteur, id, heute)?),
        "AUSNAHME" => (format!("/ausnahmen/{id}"), ausnahme::aktionen(c, sicht, akteur, id, heute)?),
        "FORDERUNG" => (format!("/forderungen/{id}"), forderung::aktionen(c, sicht, akteur, id, heute)?),
        _ => return Err(unlesbar(fall, "Fallart")),
    })
}

/// Adds file references and deadlines, for all of them at once.
fn ergaenze(c: &mut DbConn, aufgaben: &mut [Aufgabe]) -> Ergebnis<()> {
    let antraege: Vec<Uuid> = aufgaben.iter().filter_map(|a| a.fall.antrag_id).collect();
    let faelle: Vec<&Wartend> = aufgaben.iter().map(|a| &a.fall).collect();
    let (aktenzeichen, fristen) = (db::aktenzeichen(c, &antraege)?, db::naechste_fristen(c, &faelle)?);
    for a in aufgaben {
        a.aktenzeichen = a.fall.antrag_id.and_then(|id| aktenzeichen.get(&id).cloned());
        let frist = fristen.get(&(a.fall.fall_art.to_owned(), a.fall.fall_id.clone())).copied();
        a.faellig_am = a.faellig_am.or(frist);
    }
    Ok(())
}
