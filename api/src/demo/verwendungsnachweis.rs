//! Demo: Wetterau has begun the proof of the first year.

use super::fall::gk;
use super::{als, demo_id};
use crate::app::{sachbericht, verwendungsnachweis as app};
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::sachbericht::Sachberichtinhalt;
use aqb_domain::verwendungsnachweis::{Nachweisart, Nachweisgegenstand, Nachweisinhalt};
use aqb_persistence::Tx;
use aqb_persistence::tresor::Tresor;

/// Loads the draft, for the granted case.
pub(super) fn laden(tx: &mut Tx<'_>, tresor: &Tresor) -> Ergebnis<()> {
    let gegenstand = Nachweisgegenstand { art: Nachweisart::Zwischennachweis, haushaltsjahr: Some(2026) };
    let inhalt = Nachweisinhalt {
        zuwendungszweck: Some("DEMO: Vorbereitung junger Menschen auf eine Ausbildung".to_owned()),
        ..Nachweisinhalt::default()
    };
    let bericht = Sachberichtinhalt {
        verlauf: "DEMO: Die Maßnahme begann im Februar mit zwölf Plätzen und war ab April voll belegt.".to_owned(),
        abweichungen: None,
        kennzahlen: Vec::new(),
        zielerreichung: Vec::new(),
        personal_ist: Vec::new(),
        ausblick: None,
    };
    als(tx, gk(1), |tx| {
        app::anlegen(tx, &Sicht::Alles, demo_id(0x50), demo_id(0xd1), (gegenstand, inhalt))?;
        sachbericht::speichern(tx, (&Sicht::Alles, tresor), (demo_id(0x50), demo_id(0xe1), None), &bericht).map(drop)
    })
}
