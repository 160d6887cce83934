//! Demo: Wetterau passes money of its grant on to the Bildungswerk; one draft, one concluded.

use super::{akteur, als, demo_id};
use crate::app::weiterleitung as app;
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::{Akteur, Rolle, Sicht};
use aqb_domain::bescheid::Nebenbestimmungen;
use aqb_domain::geld::Euro;
use aqb_domain::weiterleitung::{Weiterleitungsabschluss, Weiterleitungsform, Weiterleitungsinhalt};
use aqb_domain::zeit::{Zeitraum, tag};
use aqb_persistence::{DbFehler, Tx};

fn gk(nr: u8) -> Akteur {
    akteur(&format!("demo-gk-06440-{nr}"), Rolle::Gebietskoerperschaft, Some("06440"))
}

/// Loads both, for the measure M01 of the granted case.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    for (nr, betrag) in [(0x40, "1000.00"), (0x41, "2000.00")] {
        let inhalt = Weiterleitungsinhalt {
            massnahme_id: demo_id(0xe1),
            traeger_id: demo_id(0xa1),
            form: Weiterleitungsform::Vertrag,
            betrag: betrag.parse::<Euro>().map_err(|e| DbFehler::Inhalt(e.to_string()))?,
            bewilligungszeitraum: Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 12, 31) },
            nebenbestimmungen: Nebenbestimmungen::AnbestP,
            vn_frist: tag(2028, 6, 30),
        };
        als(tx, gk(1), |tx| app::anlegen(tx, &Sicht::Alles, demo_id(nr), demo_id(0xd1), inhalt))?;
    }
    let am = Weiterleitungsabschluss { am: tx.heute() };
    als(tx, gk(2), |tx| app::abschliessen(tx, &Sicht::Alles, (demo_id(0x41), None), &am)).map(drop)
}
