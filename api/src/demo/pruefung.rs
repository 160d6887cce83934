//! Demo: what belongs to an examination, about the proof that Wetterau has begun: a finding that was taken back, a sample,
//! a calculation; a hearing and an exception that are open.

use super::fall::{KREIS, gk, rp};
use super::{als, demo_id};
use crate::app::{anhoerung, ausnahme};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Entscheidung, Handlungsgrund};
use aqb_domain::anhoerung::{Anhoerunginhalt, Anhoerungsgegenstand};
use aqb_domain::antrag::muster;
use aqb_domain::ausnahme::Ausnahmeinhalt;
use aqb_domain::befund::Befundcode;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::feststellung::{AUFHEBUNG, Feststellung, Feststellungsfall, Feststellungsgrund, Feststellungsinhalt};
use aqb_domain::geld::Euro;
use aqb_domain::regel::KASSENSCHLUSS;
use aqb_domain::schlussrechnung::{
    Berechnung, Berechnungsanlass, Berechnungsfall, Deckung, Massnahmenrechnung, Minderungsbezug, Rechnungsansatz,
    Rechnungsgrundlage,
};
use aqb_domain::stichprobe::{
    ALGORITHMUS, Grundgesamtheit, Stichprobe, Stichprobenfrage, grundgesamtheit_sha256, laufende_nummern, ziehe,
};
use aqb_domain::zuwendung::Finanzierungsart;
use aqb_persistence::Tx;
use aqb_persistence::vollzug::vollziehe;
use chrono::Days;

const KETTE: u16 = 0x50;

/// Loads them, for the granted case.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    als(tx, rp(1), |tx| {
        feststellung(tx)?;
        stichprobe(tx)?;
        berechnung(tx)?;
        let inhalt = Anhoerunginhalt {
            gegenstand: Anhoerungsgegenstand::Ruecknahme,
            text: "DEMO: Eine Angabe im Antrag war unrichtig. Es ist beabsichtigt, den Bescheid zurückzunehmen."
                .to_owned(),
            frist_bis: tx.heute().checked_add_days(Days::new(365)).unwrap_or(tx.heute()),
        };
        anhoerung::eroeffnen(tx, &Sicht::Alles, demo_id(0x170), demo_id(0xd1), inhalt).map(drop)
    })?;
    let inhalt = Ausnahmeinhalt {
        regel: Befundcode(KASSENSCHLUSS.code.to_owned()),
        begruendung: "DEMO: Das Land hat den Kassenschluss verschoben.".to_owned(),
        gueltig_bis: tx.heute().checked_add_days(Days::new(365)).unwrap_or(tx.heute()),
    };
    als(tx, gk(1), |tx| ausnahme::beantragen(tx, &Sicht::Alles, demo_id(0x172), demo_id(0xd1), inhalt).map(drop))
}

fn feststellung(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let fall = Feststellungsfall {
        kette_id: demo_id(KETTE),
        antrag_id: demo_id(0xd1),
        jahrgang: muster::JAHRGANG,
        kreisschluessel: KREIS.to_owned(),
        massnahme_nr: "M01".to_owned(),
        privater_traeger: true,
        nachgewiesen: Euro::aus_cent(345_192)?,
        beanstandet: Euro::NULL,
    };
    let inhalt = Feststellungsinhalt {
        massnahme_id: demo_id(0xe1),
        position: "PERSONAL".to_owned(),
        grund: Feststellungsgrund::Besserstellung,
        text: "DEMO: 12 × 287,66 EUR über TV-H.".to_owned(),
        beanstandet: Euro::aus_cent(345_192)?,
        entgeltvergleich: None,
    };
    let e = Feststellung::treffen(demo_id(0x174), fall, inhalt, tx.heute(), &tx.akteur)?;
    let f = vollziehe(tx, "feststellung", None, e)?;
    let grund = Handlungsgrund { grund: "DEMO: Die Eingruppierung stimmt.".to_owned() };
    let e = f.wert.aufheben(&grund, &tx.akteur)?;
    vollziehe(tx, AUFHEBUNG, Some(&f), e)?;
    Ok(())
}

fn stichprobe(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let g = laufende_nummern(214);
    let frage = Stichprobenfrage { startwert: "DEMO-2027-000417".to_owned(), umfang: 10 };
    let s = Stichprobe {
        id: demo_id(0x176),
        kette_id: demo_id(KETTE),
        antrag_id: demo_id(0xd1),
        jahrgang: muster::JAHRGANG,
        kreisschluessel: KREIS.to_owned(),
        grundgesamtheit: Grundgesamtheit::LaufendeNummern,
        anzahl: 214,
        grundgesamtheit_sha256: grundgesamtheit_sha256(&g),
        algorithmus: ALGORITHMUS.to_owned(),
        treffer: ziehe(&g, &frage)?,
        frage,
        begruendung: "DEMO: etwa fünf vom Hundert der Belege".to_owned(),
        gezogen_von: tx.akteur.person.clone(),
        gezogen_am: tx.heute(),
    };
    vollziehe(tx, "stichprobe", None, Entscheidung::neu(s))?;
    Ok(())
}

fn berechnung(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let fall = Berechnungsfall {
        nachweis_id: demo_id(KETTE),
        kette_id: demo_id(KETTE),
        antrag_id: demo_id(0xd1),
        jahrgang: muster::JAHRGANG,
        kreisschluessel: KREIS.to_owned(),
    };
    let deckung = Deckung { eigenmittel: Euro::aus_cent(3_000_000)?, deckungsmittel: Euro::aus_cent(2_000_000)? };
    let grundlage = Rechnungsgrundlage {
        regelwerk: "HE-ALT".to_owned(),
        finanzierungsart: Finanzierungsart::Fehlbedarf,
        bezug: Minderungsbezug::Massnahme,
        bagatellgrenze: Euro::aus_cent(50_000)?,
        ueberschreitung: Some(aqb_domain::geld::Prozent::aus_hundertsteln(2_000)),
        massnahmen: vec![Massnahmenrechnung {
            massnahme_id: demo_id(0xe1),
            massnahme_nr: "M01".to_owned(),
            zuwendung: Euro::aus_cent(20_000_000)?,
            plan: deckung,
            ist: deckung,
            nicht_zuwendungsfaehig: Euro::NULL,
            ansaetze: vec![Rechnungsansatz {
                position: "PERSONAL".to_owned(),
                plan: Euro::aus_cent(25_000_000)?,
                nachgewiesen: Euro::aus_cent(23_140_000)?,
                abzuege: Vec::new(),
            }],
        }],
    };
    let heute = tx.heute();
    let e = Berechnung::neu(demo_id(0x178), fall, Berechnungsanlass::Pruefung, grundlage, (&tx.akteur.person, heute))?;
    vollziehe(tx, "berechnung", None, e)?;
    Ok(())
}
