//! A claim and a repayment of the granted demo case that are older than its ledger: taken over as they ended, so they move
//! no account.

use super::{als, demo_id, fall};
use crate::fehler::Ergebnis;
use aqb_domain::aenderungsantrag::{Erstattungsposten, Erstattungszahlung};
use aqb_domain::akt::Entscheidung;
use aqb_domain::antrag::muster;
use aqb_domain::forderung::{Forderung, Forderungsart, Rueckzahlung, Tilgung, Tilgungsart, Tilgungsteil};
use aqb_domain::geld::Euro;
use aqb_domain::zeit::tag;
use aqb_persistence::Tx;
use aqb_persistence::vollzug::vollziehe;

/// Act under which older records come in.
const UEBERNAHME: &str = "uebernahme";

fn teil(betrag: Euro) -> Tilgungsteil {
    Tilgungsteil {
        massnahme_id: demo_id(0xe1),
        teilbudget: "ALLGEMEIN".to_owned(),
        haushaltsjahr: muster::JAHRGANG,
        betrag,
    }
}

fn forderung(betrag: Euro) -> Forderung {
    let (gezahlt, zurueck) = (tag(2026, 3, 2), tag(2026, 6, 1));
    let t = teil(betrag);
    Forderung {
        id: demo_id(0x70),
        aktenzeichen: "DEMO-ALT-2026-0001".to_owned(),
        art: Forderungsart::Erstattung,
        antrag_id: demo_id(0xd1),
        bescheid_id: demo_id(0xf1),
        hauptforderung_id: None,
        jahrgang: muster::JAHRGANG,
        kreisschluessel: fall::KREIS.to_owned(),
        regelwerk: "HE-ALT".to_owned(),
        betrag,
        posten: vec![Erstattungsposten {
            massnahme_id: t.massnahme_id,
            massnahme_nr: "M01".to_owned(),
            teilbudget: t.teilbudget.clone(),
            haushaltsjahr: t.haushaltsjahr,
            betrag,
            bereits_zurueckgezahlt: None,
            zahlungen: vec![Erstattungszahlung { ausgezahlt_am: gezahlt, betrag, zinsbeginn: gezahlt }],
        }],
        entstanden_am: tag(2026, 5, 4),
        faellig_am: tag(2026, 6, 5),
        tilgungen: vec![Tilgung {
            id: demo_id(0x71),
            eingang_id: demo_id(0x71),
            art: Tilgungsart::Rueckzahlung,
            betrag,
            wertstellung_am: zurueck,
            referenz: "DEMO: Kontoauszug 12".to_owned(),
            teile: vec![t],
            erfasst_von: "demo-bewilligung-1".to_owned(),
            storno: None,
        }],
        entscheidungen: Vec::new(),
        zinsen_festgesetzt_bis: None,
        zinsfestsetzungen: Vec::new(),
        aufgehoben: None,
        verjaehrung_am: tag(2029, 12, 31),
    }
}

fn rueckzahlung(betrag: Euro) -> Rueckzahlung {
    let t = teil(betrag);
    Rueckzahlung {
        id: demo_id(0x72),
        antrag_id: demo_id(0xd1),
        jahrgang: muster::JAHRGANG,
        kreisschluessel: fall::KREIS.to_owned(),
        massnahme_id: t.massnahme_id,
        teilbudget: t.teilbudget,
        haushaltsjahr: t.haushaltsjahr,
        betrag,
        angerechnet: Euro::NULL,
        wertstellung_am: tag(2026, 6, 1),
        referenz: "DEMO: Kontoauszug 12".to_owned(),
        erfasst_von: "demo-bewilligung-1".to_owned(),
        stornogrund: Some("DEMO: gehört zu einem anderen Kassenzeichen".to_owned()),
        teilstorno: None,
    }
}

/// Loads both.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let betrag = Euro::aus_cent(120_000)?;
    als(tx, fall::rp(1), |tx| {
        vollziehe(tx, UEBERNAHME, None, Entscheidung::neu(forderung(betrag)))?;
        vollziehe(tx, UEBERNAHME, None, Entscheidung::neu(rueckzahlung(betrag)))?;
        Ok(())
    })
}
