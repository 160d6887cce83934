//! Calls for money of the granted demo case, one in every state in which an act can be tried, and a change of its
//! account that was withdrawn.

use super::{als, demo_id, fall};
use crate::app::{bankverbindung, mittelabruf as app};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::antrag::{Bankverbindung, muster};
use aqb_domain::bankverbindung::{KontoaenderungAnlage, RUECKNAHME};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::geld::Euro;
use aqb_domain::mittelabruf::{
    Abrufposition, Bedarf, MittelabrufEinreichung, MittelabrufStatus, Mittelabrufinhalt, Mittelabrufpruefung,
};
use aqb_persistence::Tx;
use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

/// Loads them. The demo's grant is for one Haushaltsjahr; on a day on which nothing of it can be called any more there
/// are none.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    kontoaenderung(tx)?;
    let auszahlung_am = tx.heute().checked_add_days(Days::new(16)).unwrap_or(NaiveDate::MAX);
    if auszahlung_am.year() != muster::JAHRGANG || tx.heute() > aqb_domain::zeit::tag(muster::JAHRGANG, 11, 30) {
        return Ok(());
    }
    abruf(tx, 0x14, MittelabrufStatus::Angeordnet, auszahlung_am, 3_000_000)?;
    abruf(tx, 0x13, MittelabrufStatus::Geprueft, auszahlung_am, 500_000)?;
    abruf(tx, 0x11, MittelabrufStatus::Eingereicht, auszahlung_am, 1_000_000)?;
    abruf(tx, 0x12, MittelabrufStatus::Entwurf, auszahlung_am, 250_000)
}

fn inhalt(auszahlung_am: NaiveDate, cent: i64) -> Ergebnis<Mittelabrufinhalt> {
    let betrag = Euro::aus_cent(cent)?;
    Ok(Mittelabrufinhalt {
        haushaltsjahr: muster::JAHRGANG,
        auszahlung_am,
        positionen: vec![Abrufposition { massnahme_id: demo_id(0xe1), betrag }],
        bedarf: vec![Bedarf {
            faellig_am: auszahlung_am.checked_add_days(Days::new(14)).unwrap_or(auszahlung_am),
            betrag,
            zweck: "Honorare und Raummiete".to_owned(),
        }],
        bisher_verausgabt: Euro::NULL,
        // the plan's own money is spent already, so that everything that is due is the state's share
        eigenmittel_eingesetzt: Euro::aus_cent(2_000_000)?,
        iban: muster::inhalt().bankverbindung.map(|b| b.iban).unwrap_or_default(),
    })
}

fn abruf(tx: &mut Tx<'_>, nr: u16, bis: MittelabrufStatus, am: NaiveDate, cent: i64) -> Ergebnis<()> {
    let (id, alles) = (demo_id(nr), Sicht::Alles);
    let gk = Sicht::Gebietskoerperschaft(fall::KREIS.to_owned());
    als(tx, fall::gk(1), |tx| app::anlegen(tx, &alles, id, demo_id(0xf1), inhalt(am, cent)?))?;
    if bis == MittelabrufStatus::Entwurf {
        return Ok(());
    }
    als(tx, fall::gk(1), |tx| app::einreichen(tx, &gk, (id, None), &MittelabrufEinreichung::default()))?;
    if bis == MittelabrufStatus::Eingereicht {
        return Ok(());
    }
    let e = Mittelabrufpruefung {
        sachlich_richtig: true,
        rechnerisch_richtig: true,
        positionen: None,
        begruendung: None,
        bestaetigte_warnungen: Vec::new(),
    };
    als(tx, fall::rp(1), |tx| app::feststellen(tx, &alles, (id, None), &e))?;
    if bis == MittelabrufStatus::Angeordnet {
        als(tx, fall::rp(2), |tx| app::anordnen(tx, &alles, (id, None)))?;
    }
    Ok(())
}

fn kontoaenderung(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let id: Uuid = demo_id(0x61);
    let bankverbindung = Bankverbindung {
        iban: "DE89370400440532013000".to_owned(),
        bic: None,
        kontoinhaber: "Wetteraukreis".to_owned(),
        kassenzeichen: "5.0440.000123.4".to_owned(),
    };
    let grund = "DEMO: Die Kreiskasse wollte die Bank wechseln.".to_owned();
    let anlage = KontoaenderungAnlage { antrag_id: demo_id(0xd1), bankverbindung, grund };
    als(tx, fall::gk(1), |tx| bankverbindung::beantragen(tx, &Sicht::Alles, id, anlage))?;
    let ende = Handlungsgrund { grund: "DEMO: Es bleibt bei der bisherigen Bank.".to_owned() };
    als(tx, fall::gk(1), |tx| bankverbindung::beenden(tx, &Sicht::Alles, (id, None), RUECKNAHME, &ende))?;
    Ok(())
}
