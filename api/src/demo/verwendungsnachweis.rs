//! Demo: Wetterau has begun the proof of the first year.

use super::fall::gk;
use super::{als, demo_id};
use crate::app::verwendungsnachweis as app;
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::verwendungsnachweis::{Nachweisart, Nachweisgegenstand, Nachweisinhalt};
use aqb_persistence::Tx;

/// Loads the draft, for the granted case.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let gegenstand = Nachweisgegenstand { art: Nachweisart::Zwischennachweis, haushaltsjahr: Some(2026) };
    let inhalt = Nachweisinhalt {
        zuwendungszweck: Some("DEMO: Vorbereitung junger Menschen auf eine Ausbildung".to_owned()),
        ..Nachweisinhalt::default()
    };
    als(tx, gk(1), |tx| app::anlegen(tx, &Sicht::Alles, demo_id(0x50), demo_id(0xd1), (gegenstand, inhalt))).map(drop)
}
