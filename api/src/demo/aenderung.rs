//! Changes of the granted demo case: a draft that takes money back, and a notice of a small shift.

use super::{als, demo_id, fall};
use crate::app::aenderungsantrag as app;
use crate::fehler::Ergebnis;
use aqb_domain::aenderungsantrag::{Aenderungsart, Aenderungseinreichung, Aenderungsinhalt};
use aqb_domain::antrag::{MassnahmeMitPlan, muster};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::geld::Euro;
use aqb_persistence::Tx;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// Loads them, as long as the demo's grant can be changed.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let ende = muster::inhalt().bewilligungszeitraum.map_or(NaiveDate::MIN, |z| z.bis);
    if tx.heute() > ende {
        return Ok(());
    }
    let wirksam_ab = tx.heute().checked_add_days(Days::new(30)).unwrap_or(ende).min(ende);
    let inhalt = |art, text: &str| Aenderungsinhalt {
        aenderungsarten: vec![art],
        begruendung: Some(format!("DEMO: {text}")),
        wirksam_ab: Some(wirksam_ab),
        mit_erstattung: false,
    };
    let weniger = inhalt(Aenderungsart::Mittelreduzierung, "Der Träger besetzt eine halbe Stelle erst im Herbst.");
    entwurf(tx, demo_id(0x30), weniger, &[("PERSONAL", -500_000)], -500_000)?;
    let anders = inhalt(Aenderungsart::UmschichtungAnsatz, "Die Raummiete ist etwas höher als geplant.");
    entwurf(tx, demo_id(0x31), anders, &[("PERSONAL", -200_000), ("SACH_MIETE", 200_000)], 0)?;
    let gk = Sicht::Gebietskoerperschaft(fall::KREIS.to_owned());
    als(tx, fall::gk(1), |tx| app::einreichen(tx, &gk, (demo_id(0x31), None), &Aenderungseinreichung::default()))?;
    Ok(())
}

/// A draft about M01: lines of costs move by so many cents, state funds by `land`.
fn entwurf(tx: &mut Tx<'_>, id: Uuid, inhalt: Aenderungsinhalt, kosten: &[(&str, i64)], land: i64) -> Ergebnis<()> {
    let gk = Sicht::Gebietskoerperschaft(fall::KREIS.to_owned());
    let m01 = demo_id(0xe1);
    als(tx, fall::gk(1), |tx| {
        app::anlegen(tx, &gk, id, demo_id(0xf1), inhalt)?;
        let mit = |betrag: Euro, cent: i64| Euro::aus_cent(betrag.cent().saturating_add(cent));
        let neu = app::massnahme_aendern(tx, &gk, (id, None), m01, |alt| {
            let mut neu = alt.clone();
            for z in &mut neu.finanzierungsplan.einzelansaetze {
                let cent = kosten.iter().find(|(p, _)| *p == z.position).map_or(0, |(_, c)| *c);
                z.betrag = mit(z.betrag, cent)?;
            }
            for z in neu.finanzierungsplan.finanzierung.iter_mut().filter(|z| z.quelle == "LAND_AQB") {
                z.betrag = mit(z.betrag, land)?;
            }
            Ok(neu)
        })?;
        if let Some(MassnahmeMitPlan { massnahme, detailplanung: Some(alt) }) = neu.wert.neuer_stand.massnahme(m01) {
            let mut plan = muster::detailplanung(massnahme);
            plan.personaleinsatz.clone_from(&alt.personaleinsatz);
            app::plan_setzen(tx, &gk, (id, None), m01, &plan)?;
        }
        Ergebnis::Ok(())
    })
}
