//! Deadlines as iCalendar (RFC 5545): whole days with alarms, for programs that subscribe.

use super::text;
use crate::app::frist::Vorlauf;
use aqb_domain::codelisten::Bezeichnet;
use aqb_domain::frist::{Frist, FristStatus, Fristzustand};
use aqb_domain::regel::Sprache;
use aqb_persistence::vollzug::Versioniert;
use chrono::{Duration, NaiveDate};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property};

/// The calendar.
pub fn kalender(fristen: &[(Versioniert<Frist>, Vorlauf)], heute: NaiveDate, sprache: Sprache) -> String {
    let (name, abruf) = match sprache {
        Sprache::De => ("AQB-Fristen", "PT6H"),
        Sprache::En => ("AQB deadlines", "PT6H"),
    };
    let mut k = Calendar::empty();
    k.append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//AQB Hessen//Fristen//DE"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("REFRESH-INTERVAL", abruf).add_parameter("VALUE", "DURATION").done())
        .name(name);
    for (f, vorlauf) in fristen {
        k.push(eintrag(f, *vorlauf, heute, sprache));
    }
    k.to_string()
}

fn eintrag(v: &Versioniert<Frist>, (frueh, spaet): Vorlauf, heute: NaiveDate, sprache: Sprache) -> Event {
    let f = &v.wert;
    let titel = titel(f, heute, sprache);
    let mut e = Event::new();
    e.uid(&format!("{}@frist.aqb", f.id))
        .timestamp(v.geaendert_am)
        .created(v.erstellt_am)
        .last_modified(v.geaendert_am)
        .sequence(fassung(v, heute))
        .starts(f.faellig_am)
        .ends(f.faellig_am.succ_opt().unwrap_or(NaiveDate::MAX))
        .summary(&titel)
        .description(&beschreibung(f, sprache))
        // whoever is free that day is free that day
        .add_property("TRANSP", "TRANSPARENT")
        .status(if f.status == FristStatus::Offen { EventStatus::Confirmed } else { EventStatus::Cancelled });
    if f.zustand(heute) == Fristzustand::Offen {
        for tage in [frueh, spaet].into_iter().flatten() {
            e.alarm(alarm(v, &titel, tage));
        }
    }
    e.done()
}

/// Rises with every change of the record, and once more when the day is over and the title says so.
fn fassung(v: &Versioniert<Frist>, heute: NaiveDate) -> u32 {
    let vorbei = u32::from(v.wert.zustand(heute) == Fristzustand::Ueberfaellig);
    let aenderungen = u32::try_from(v.version.saturating_sub(1)).unwrap_or(u32::MAX);
    aenderungen.saturating_mul(2).saturating_add(vorbei)
}

/// An alarm some days before the day begins. The same at every reading, so that nothing looks changed that is not.
fn alarm(v: &Versioniert<Frist>, titel: &str, tage: i64) -> Alarm {
    let mut a = Alarm::display(titel, Duration::days(-tage));
    a.uid(&format!("{}-{tage}@frist.aqb", v.wert.id))
        .timestamp(v.geaendert_am)
        // whole days, not their seconds: clocks may change in between
        .add_property("TRIGGER", if tage == 0 { "PT0S".to_owned() } else { format!("-P{tage}D") });
    a
}

fn titel(f: &Frist, heute: NaiveDate, sprache: Sprache) -> String {
    let zustand = f.zustand(heute);
    let vorsatz = match zustand {
        Fristzustand::Offen => String::new(),
        _ => format!("{}: ", zustand.bezeichnung().in_sprache(sprache)),
    };
    let bezug = f.bezug.as_ref().map(|b| format!(" {b}")).unwrap_or_default();
    let art = f.art.bezeichnung().in_sprache(sprache);
    format!("{vorsatz}{art}{bezug} · {} · {}", f.kreisschluessel, f.jahrgang)
}

fn beschreibung(f: &Frist, sprache: Sprache) -> String {
    let (grundlage, folge, antrag) = match sprache {
        Sprache::De => ("Rechtsgrundlage", "Folge", "Antrag"),
        Sprache::En => ("Legal basis", "If missed", "Application"),
    };
    format!(
        "{grundlage}: {}\n{folge}: {}\n{antrag}: {}",
        text(&f.rechtsgrundlage, sprache),
        text(&f.folge, sprache),
        f.antrag_id
    )
}
