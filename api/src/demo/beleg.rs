//! Demo: Wetterau has entered the first Beleg of its proof, and checked a file with a second one.

use super::fall::gk;
use super::{als, demo_id};
use crate::app::{beleg, belegimport};
use crate::fehler::Ergebnis;
use aqb_domain::beleg::{Belegart, Beleginhalt};
use aqb_domain::belegimport::Belegdialekt;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::geld::Euro;
use aqb_domain::zeit::tag;
use aqb_persistence::Tx;

/// Loads Beleg and import, for the demo proof.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let betrag = Euro::aus_cent(421_733).unwrap_or(Euro::NULL);
    let inhalt = Beleginhalt {
        belegnummer: "2026-0103".to_owned(),
        split_gruppe: None,
        massnahme_nr: "M01".to_owned(),
        position: "PERSONAL".to_owned(),
        teilbudget: "ALLGEMEIN".to_owned(),
        art: Belegart::Ausgabe,
        auftragsdatum: None,
        rechnungsdatum: tag(2026, 3, 31),
        leistung_von: Some(tag(2026, 3, 1)),
        leistung_bis: Some(tag(2026, 3, 31)),
        zahlungsdatum: tag(2026, 3, 31),
        rechnungsaussteller: "DEMO Sozialpädagogik, Stelle 1".to_owned(),
        gegenstand: "DEMO Personalkosten März 2026".to_owned(),
        rechnungsbetrag_brutto: betrag,
        skonto_rabatt: Euro::NULL,
        gezahlter_betrag: betrag,
        nicht_foerderfaehig_ust: Euro::NULL,
        nicht_foerderfaehig_sonst: Euro::NULL,
        beantragt: betrag,
        storno_von: None,
        original_sha256: None,
    };
    let (nachweis, id) = (demo_id(0x50), demo_id(0x160));
    als(tx, gk(1), |tx| beleg::anlegen(tx, &Sicht::Alles, nachweis, id, inhalt)).map(drop)?;
    let h = belegimport::Hochladung {
        sha256: "5a41b0e6b8c1f4a0d7c29f6f7c2a3d0f9e8b7a6c5d4e3f201918273645546372".to_owned(),
        optionen: String::new(),
        dateiname: Some("belegliste-2026.csv".to_owned()),
        groesse: 0,
        neu_pruefen: false,
    };
    als(tx, gk(1), |tx| {
        let (i, _) = belegimport::beginnen(tx, &Sicht::Alles, demo_id(0x161), nachweis, &h)?;
        let (f, _) = belegimport::optionen(tx.c, &Sicht::Alles, nachweis, tx.heute())?;
        let mut p = belegimport::Pruefer::neu(f, tx.akteur.clone(), Sicht::Alles);
        let stand = belegimport::Lesestand {
            dialekt: Belegdialekt { kopfzeile: 1, ..Belegdialekt::default() },
            gelesen: 0,
            fertig: true,
        };
        let u = p.urteile(tx.c, &[], &stand)?;
        belegimport::ablegen(tx, i.wert.id, &u)
    })
}
