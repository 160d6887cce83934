//! Demo: a deadline with an id the document can name, and an access of a calendar program whose secret is `demo`.

use super::{akteur, als, demo_id};
use crate::app::frist as app;
use crate::auth::Geheimnis;
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Entscheidung, Fristsetzung};
use aqb_domain::antrag::muster;
use aqb_domain::berechtigung::Rolle;
use aqb_domain::frist::{Frist, Fristart, Fristfall, Kalenderzugangsangaben};
use aqb_domain::zeit::tag;
use aqb_persistence::Tx;
use aqb_persistence::vollzug::vollziehe;
use chrono::{Datelike, NaiveDate, TimeDelta};
use uuid::Uuid;

/// Code of the condition.
pub(super) const AUFLAGE: &str = "SACHBERICHT";
/// Its day: the end of March of the year after the one in which the demo is made.
pub(super) fn faellig_am(heute: NaiveDate) -> NaiveDate {
    tag(heute.year().saturating_add(1), 3, 31)
}

/// The deadline of the condition, before the notification would set it: what is there for the same day stays.
pub(super) fn auflage(tx: &mut Tx<'_>, antrag_id: Uuid, bescheid_id: Uuid) -> Ergebnis<()> {
    let fall =
        Fristfall { art: "BESCHEID".to_owned(), id: bescheid_id.to_string(), kreisschluessel: "06440".to_owned() };
    let s = Fristsetzung {
        art: Fristart::Auflage,
        bezug: Some(AUFLAGE.to_owned()),
        faellig_am: faellig_am(tx.heute()),
        antrag_id,
        jahrgang: muster::JAHRGANG,
        regelwerk: "HE-ALT".to_owned(),
    };
    vollziehe(tx, "bekanntgabe", None, Entscheidung::neu(Frist::neu(demo_id(0x50), &fall, &s, None)))?;
    Ok(())
}

/// The access of the audit's calendar.
pub(super) fn kalenderzugang(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let angaben = Kalenderzugangsangaben { bezeichnung: "DEMO: Kalender der Prüfung".to_owned() };
    let bis = tx.jetzt.checked_add_signed(TimeDelta::days(365)).unwrap_or(tx.jetzt);
    als(tx, akteur("demo-pruefung", Rolle::Pruefung, None), |tx| {
        app::zugang_anlegen(tx, demo_id(0x51), angaben, Geheimnis::sha256("demo"), bis).map(drop)
    })
}
