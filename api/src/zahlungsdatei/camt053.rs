//! `camt.053`: the statement of the account. A debit with our name is a payment, a credit with it is its return.

use super::baum::Element;
use super::{dezimal, grund, kennung, tag, unlesbar};
use aqb_domain::befund::Befund;
use aqb_domain::zahlung::{Bankmeldung, Bezug, Zahlungsergebnisart};

/// What the standard writes where an order had no name.
const OHNE_NAMEN: &str = "NOTPROVIDED";

/// Reads all entries of all statements, each transaction of a collective entry by itself.
pub fn lies(wurzel: &Element) -> Result<Vec<Bankmeldung>, Befund> {
    let nachricht = wurzel.nachricht("camt.053", "BkToCstmrStmt")?;
    let mut aus = Vec::new();
    for auszug in nachricht.alle("Stmt") {
        let konto = auszug.text(&["Acct", "Id", "IBAN"]).map(str::to_owned);
        for umsatz in auszug.alle("Ntry") {
            let einzelne: Vec<&Element> = umsatz.alle("NtryDtls").flat_map(|d| d.alle("TxDtls")).collect();
            if einzelne.is_empty() {
                aus.push(meldung(umsatz, None, konto.clone())?);
            }
            for t in einzelne {
                aus.push(meldung(umsatz, Some(t), konto.clone())?);
            }
        }
    }
    Ok(aus)
}

fn meldung(umsatz: &Element, einzeln: Option<&Element>, konto: Option<String>) -> Result<Bankmeldung, Befund> {
    let name = einzeln.and_then(|t| t.text(&["Refs", "EndToEndId"])).filter(|t| *t != OHNE_NAMEN);
    let bezug = match name {
        Some(n) => Bezug::Zahlung(kennung("EndToEndId", n)?),
        None => Bezug::Keiner,
    };
    let richtung = einzeln.and_then(|t| t.text(&["CdtDbtInd"])).or_else(|| umsatz.text(&["CdtDbtInd"]));
    let ergebnis = match richtung {
        Some("DBIT") => Zahlungsergebnisart::Ausgefuehrt,
        Some("CRDT") => Zahlungsergebnisart::Zurueckgegeben,
        andere => return Err(unlesbar("CdtDbtInd", andere.unwrap_or("–"))),
    };
    // since version 7 the state of an entry is a choice with a code
    let gebucht = umsatz.text(&["Sts", "Cd"]).or_else(|| umsatz.text(&["Sts"])) == Some("BOOK");
    let eigener = einzeln.and_then(|t| t.bei(&["Amt"]).or_else(|| t.bei(&["AmtDtls", "TxAmt", "Amt"])));
    let betrag = eigener.or_else(|| umsatz.bei(&["Amt"]));
    let wertstellung = umsatz.text(&["ValDt", "Dt"]).or_else(|| umsatz.text(&["ValDt", "DtTm"]));
    let rueckgabe = einzeln.and_then(|t| t.bei(&["RtrInf"]));
    let gruende = rueckgabe.into_iter().flat_map(|r| {
        let code = r.text(&["Rsn", "Cd"]).or_else(|| r.text(&["Rsn", "Prtry"]));
        code.into_iter().chain(r.alle("AddtlInf").filter_map(|a| a.text(&[])))
    });
    Ok(Bankmeldung {
        bezug,
        ergebnis: gebucht.then_some(ergebnis),
        betrag: betrag.and_then(|b| b.text(&[])).map(|t| dezimal("Amt", t)).transpose()?,
        waehrung: betrag.and_then(|b| b.attribut("Ccy")).unwrap_or("EUR").chars().take(3).collect(),
        am: wertstellung.map(|t| tag("ValDt", t)).transpose()?,
        grund: grund(gruende),
        konto,
    })
}
