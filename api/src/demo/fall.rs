//! Cases of the demonstration data: one granted and final, and one in every state in which an act can be tried.

use super::{akteur, als, demo_id};
use crate::app::{antrag as app, bescheid};
use crate::fehler::Ergebnis;
use aqb_domain::antrag::{Anlass, Antrag, Antragseinreichung, BEWILLIGUNG, muster};
use aqb_domain::befund::Schwere;
use aqb_domain::berechtigung::{Rolle, Sicht};
use aqb_domain::bescheid::{
    Auflage, Bekanntgabe, Bekanntgabeweg, BewilligungEingabe, Entscheidungseingabe, Rechtsbehelfsverzicht,
};
use aqb_domain::bestaetigung::Warnungsbestaetigung;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::massnahme::Massnahme;
use aqb_persistence::Tx;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) const KREIS: &str = "06440";

/// Confirms what warns on the day on which the demo data are made, and nothing else.
fn bestaetigt(tx: &mut Tx<'_>, id: Uuid, anlass: Anlass) -> Ergebnis<Vec<Warnungsbestaetigung>> {
    let heute = tx.heute();
    let (befunde, _) = app::bericht(tx.c, &Sicht::Alles, id, anlass, heute)?;
    let codes: BTreeSet<&str> =
        befunde.iter().filter(|b| b.schwere == Schwere::Warnung).map(|b| b.regel.code).collect();
    let grund = "DEMO: Der Kreisausschuss hat erst nach der Frist beschlossen.";
    Ok(codes.into_iter().map(|c| Warnungsbestaetigung::neu(c, grund)).collect())
}

pub(super) fn gk(nr: u8) -> aqb_domain::berechtigung::Akteur {
    akteur(&format!("demo-gk-06440-{nr}"), Rolle::Gebietskoerperschaft, Some(KREIS))
}

pub(super) fn rp(nr: u8) -> aqb_domain::berechtigung::Akteur {
    akteur(&format!("demo-bewilligung-{nr}"), Rolle::Bewilligungsbehoerde, None)
}

/// The dated condition of the granted case.
fn auflage(heute: NaiveDate) -> Auflage {
    Auflage {
        code: super::frist::AUFLAGE.to_owned(),
        text: "DEMO: Bis Ende März des nächsten Jahres ist ein Sachbericht vorzulegen.".to_owned(),
        faellig_am: Some(super::frist::faellig_am(heute)),
    }
}

/// How far a case is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bis {
    Entwurf,
    Eingereicht,
    InPruefung,
    Vorbereitet,
    Bestandskraeftig,
}

/// Loads the cases.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    fall(tx, 1, Bis::Bestandskraeftig)?;
    fall(tx, 2, Bis::Entwurf)?;
    fall(tx, 3, Bis::Eingereicht)?;
    fall(tx, 4, Bis::InPruefung)?;
    fall(tx, 5, Bis::Vorbereitet)
}

fn massnahme(id: Uuid, nr: &str, vorlage: Massnahme) -> Massnahme {
    let mut m = Massnahme { id, massnahme_nr: nr.to_owned(), ..vorlage };
    m.inhalt.traeger_id = Some(demo_id(0xa1));
    m
}

/// The sample application of the domain, with the demo's ids.
fn ausgefuellt(leer: &Antrag, nr: u16) -> Antrag {
    let titel = ["Startklar", "Sprungbrett", "Anschluss", "Neustart", "Brücke"];
    let mut m1 = muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung);
    m1.inhalt.titel = format!("{} {nr}", titel.get(usize::from(nr - 1)).copied().unwrap_or("Maßnahme"));
    let mut m2 = muster::strategieauftrag("M02");
    m2.inhalt.titel = format!("Fortschreibung der Strategie, Teil {nr}");
    let mut inhalt = muster::inhalt();
    inhalt.zielvereinbarung_id = Some(demo_id(0xc2));
    let mut massnahmen = vec![
        muster::mit_plan(massnahme(demo_id(0xe0 + nr * 2 - 1), "M01", m1)),
        muster::mit_plan(massnahme(demo_id(0xe0 + nr * 2), "M02", m2)),
    ];
    // the same pseudonym at the same Traeger would be the same person, in two full posts
    for e in massnahmen.iter_mut().filter_map(|m| m.detailplanung.as_mut()).flat_map(|d| &mut d.personaleinsatz) {
        e.person_kuerzel = format!("{}-{nr:02}", e.person_kuerzel);
    }
    Antrag { inhalt, massnahmen, ..leer.clone() }
}

fn fall(tx: &mut Tx<'_>, nr: u16, bis: Bis) -> Ergebnis<()> {
    let id = demo_id(0xd0 + nr);
    als(tx, gk(1), |tx| {
        let leer = app::anlegen(tx, id, muster::JAHRGANG, KREIS, muster::inhalt())?;
        let voll = ausgefuellt(&leer.wert, nr);
        app::speichern(tx, &leer, "aenderung", voll, &[])?;
        if bis >= Bis::Eingereicht {
            let e = Antragseinreichung { bestaetigte_warnungen: bestaetigt(tx, id, Anlass::Einreichung)? };
            app::einreichen(tx, &Sicht::Alles, id, None, &e)?;
        }
        Ergebnis::Ok(())
    })?;
    if bis >= Bis::InPruefung {
        als(tx, rp(1), |tx| app::in_pruefung_nehmen(tx, &Sicht::Alles, (id, None)))?;
    }
    if bis >= Bis::Vorbereitet {
        let e = Entscheidungseingabe::Bewilligung(BewilligungEingabe {
            auflagen: if nr == 1 { vec![auflage(tx.heute())] } else { Vec::new() },
            begruendung: None,
            bestaetigte_warnungen: bestaetigt(tx, id, Anlass::Entscheidung)?,
        });
        als(tx, rp(1), |tx| bescheid::vorbereiten(tx, &Sicht::Alles, (id, None), BEWILLIGUNG, demo_id(0xf0 + nr), &e))?;
    }
    if bis >= Bis::Bestandskraeftig {
        let b = demo_id(0xf0 + nr);
        als(tx, rp(2), |tx| bescheid::freigeben(tx, &Sicht::Alles, (b, None)))?;
        let heute = tx.heute();
        let bekannt = Bekanntgabe { weg: Bekanntgabeweg::Persoenlich, aufgabe_am: None, zugang_am: Some(heute) };
        als(tx, rp(1), |tx| {
            super::frist::auflage(tx, id, b)?;
            bescheid::bekanntgeben(tx, &Sicht::Alles, (b, None), &bekannt)
        })?;
        let verzicht = Rechtsbehelfsverzicht { am: heute };
        als(tx, gk(1), |tx| bescheid::verzichten(tx, &Sicht::Alles, (b, None), &verzicht))?;
    }
    Ok(())
}
