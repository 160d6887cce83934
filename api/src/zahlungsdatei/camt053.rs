//! `camt.053`: the statement of the account. A debit with our name is a payment. A credit with it is its return where it
//! says so, by `RtrInf` or by the code of the transaction; otherwise it may be a repayment, and is doubtful.

use super::baum::Element;
use super::{Sammlung, dezimal, grund, kennung, tag, unlesbar};
use aqb_domain::befund::Befund;
use aqb_domain::zahlung::{Abgleichgrund, Bankmeldung, Bezug, Zahlungsergebnisart};

/// What the standard writes where an order had no name.
const OHNE_NAMEN: &str = "NOTPROVIDED";
/// Sub-family of a bank transaction code (ISO 20022, external code list): a credit transfer that came back.
const RUECKGABE: &str = "RRTN";

/// Reads all entries of all statements, each transaction of a collective entry by itself.
pub fn lies(wurzel: &Element) -> Result<Vec<Bankmeldung>, Befund> {
    let nachricht = wurzel.nachricht("camt.053", "BkToCstmrStmt")?;
    let mut aus = Sammlung::default();
    for auszug in nachricht.alle("Stmt") {
        let konto = auszug.text(&["Acct", "Id", "IBAN"]).map(str::to_owned);
        for umsatz in auszug.alle("Ntry") {
            let mut einzelne = umsatz.alle("NtryDtls").flat_map(|d| d.alle("TxDtls")).peekable();
            if einzelne.peek().is_none() {
                aus.nimm(meldung(umsatz, None, konto.clone())?)?;
            }
            for t in einzelne {
                aus.nimm(meldung(umsatz, Some(t), konto.clone())?)?;
            }
        }
    }
    Ok(aus.0)
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
    let code = |e: &Element| e.text(&["BkTxCd", "Domn", "Fmly", "SubFmlyCd"]) == Some(RUECKGABE);
    let zurueck = rueckgabe.is_some() || einzeln.is_some_and(code) || code(umsatz);
    let unbelegt = ergebnis == Zahlungsergebnisart::Zurueckgegeben && !zurueck;
    let zweifel = match &konto {
        None => Some(Abgleichgrund::KontoFremd),
        Some(_) => unbelegt.then_some(Abgleichgrund::RueckgabeUnbelegt),
    };
    Ok(Bankmeldung {
        bezug,
        ergebnis: gebucht.then_some(ergebnis),
        betrag: betrag.and_then(|b| b.text(&[])).map(|t| dezimal("Amt", t)).transpose()?,
        waehrung: betrag.and_then(|b| b.attribut("Ccy")).unwrap_or("EUR").chars().take(3).collect(),
        am: wertstellung.map(|t| tag("ValDt", t)).transpose()?,
        grund: grund(gruende),
        konto,
        zweifel,
    })
}
