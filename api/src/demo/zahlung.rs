//! A payment run that was handed over and waits for its result, and a file of the bank that names a payment of somebody
//! else.

use super::{als, demo_id, fall};
use crate::app::zahlung::{self as app, Einlesung};
use crate::fehler::Ergebnis;
use crate::zahlungsdatei;
use aqb_domain::zahlung::{
    Auftraggeberkonto, Rueckmeldeformat, Zahlungslaufeingabe, Zahlungslauffreigabe, Zahlungslaufuebergabe,
    naechster_banktag,
};
use aqb_persistence::Tx;
use aqb_persistence::typen::Kennung;

/// Account of a treasury that does not exist.
fn konto() -> Auftraggeberkonto {
    Auftraggeberkonto {
        name: "DEMO Landeskasse".to_owned(),
        iban: "DE02120300000000202051".to_owned(),
        bic: Some("BYLADEM1001".to_owned()),
    }
}

/// Loads them, where the demo has an ordered call.
pub(super) fn laden(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let abruf = demo_id(0x14);
    if aqb_persistence::mittelabruf::laden(tx.c, Kennung(abruf))?.is_none() {
        return Ok(());
    }
    let lauf = demo_id(0x20);
    let eingabe =
        Zahlungslaufeingabe { ausfuehrung_am: naechster_banktag(tx.heute()), mittelabrufe: Some(vec![abruf]) };
    als(tx, fall::rp(1), |tx| app::anlegen(tx, lauf, &eingabe, |_| demo_id(0x21)))?;
    als(tx, fall::rp(2), |tx| app::freigeben(tx, (lauf, None), &Zahlungslauffreigabe::default(), Some(&konto())))?;
    als(tx, fall::rp(1), |tx| app::uebergeben(tx, (lauf, None), &Zahlungslaufuebergabe::default()))?;
    let datei = b"EndToEndId;Ergebnis;Betrag;Datum;Grund\r\nANDERE-ZAHLUNG-1;AUSGEFUEHRT;12,50;15.09.2026;\r\n";
    let meldungen = zahlungsdatei::lies(Rueckmeldeformat::Csv, datei)?;
    let e = Einlesung::neu(Rueckmeldeformat::Csv, datei, meldungen);
    als(tx, fall::rp(1), |tx| app::einlesen(tx, demo_id(0x23), &e))?;
    Ok(())
}
