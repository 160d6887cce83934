//! `pain.002`: what the bank says about an order before and after it is carried out.

use super::baum::Element;
use super::{Sammlung, dezimal, grund, kennung, tag, unlesbar};
use aqb_domain::befund::Befund;
use aqb_domain::zahlung::{Bankmeldung, Bezug, Zahlungsergebnisart};
use chrono::NaiveDate;

/// Reads the report: one result per transaction, or one for the whole order where the bank names no transactions.
pub fn lies(wurzel: &Element) -> Result<Vec<Bankmeldung>, Befund> {
    let bericht = wurzel.nachricht("pain.002", "CstmrPmtStsRpt")?;
    let erstellt = bericht.text(&["GrpHdr", "CreDtTm"]).map(|t| tag("CreDtTm", t)).transpose()?;
    // the schema wants exactly one; more would multiply with the payments below
    let gruppen = bericht.alle("OrgnlGrpInfAndSts").take(2).count();
    let Some(gruppe) = bericht.bei(&["OrgnlGrpInfAndSts"]).filter(|_| gruppen == 1) else {
        return Err(unlesbar("OrgnlGrpInfAndSts", if gruppen == 0 { "0" } else { "> 1" }));
    };
    let auftrag = gruppe.text(&["OrgnlMsgId"]).map(|t| kennung("OrgnlMsgId", t)).transpose()?;
    let stand = gruppe.text(&["GrpSts"]);
    let mut aus = Sammlung::default();
    let mut zahlungen = bericht.alle("OrgnlPmtInfAndSts").peekable();
    if zahlungen.peek().is_none() {
        aus.nimm(meldung(gruppe, lauf(auftrag.as_ref()), stand, erstellt)?)?;
    }
    for z in zahlungen {
        let stand = z.text(&["PmtInfSts"]).or(stand);
        let mut einzelne = z.alle("TxInfAndSts").peekable();
        if einzelne.peek().is_none() {
            aus.nimm(meldung(z, lauf(auftrag.as_ref()), stand, erstellt)?)?;
        }
        for t in einzelne {
            let name = t.text(&["OrgnlEndToEndId"]).map(|t| kennung("OrgnlEndToEndId", t)).transpose()?;
            let bezug = name.map_or(Bezug::Keiner, Bezug::Zahlung);
            aus.nimm(meldung(t, bezug, t.text(&["TxSts"]).or(stand), erstellt)?)?;
        }
    }
    Ok(aus.0)
}

fn lauf(auftrag: Option<&String>) -> Bezug {
    auftrag.map_or(Bezug::Keiner, |a| Bezug::Lauf(a.clone()))
}

fn meldung(e: &Element, bezug: Bezug, stand: Option<&str>, erstellt: Option<NaiveDate>) -> Result<Bankmeldung, Befund> {
    let wertgestellt = e
        .text(&["FctvIntrBkSttlmDt", "Dt"])
        .or_else(|| e.text(&["FctvIntrBkSttlmDt", "DtTm"]))
        .map(|t| tag("FctvIntrBkSttlmDt", t))
        .transpose()?;
    // "accepted" in whatever degree decides nothing; only a settlement with its day does
    let (ergebnis, am) = match (stand, wertgestellt) {
        (Some("RJCT"), _) => (Some(Zahlungsergebnisart::Abgelehnt), erstellt),
        (Some("ACSC" | "ACCC"), Some(am)) => (Some(Zahlungsergebnisart::Ausgefuehrt), Some(am)),
        _ => (None, erstellt),
    };
    let betrag = e.bei(&["OrgnlTxRef", "Amt", "InstdAmt"]);
    let gruende = e.alle("StsRsnInf").flat_map(|g| {
        let code = g.text(&["Rsn", "Cd"]).or_else(|| g.text(&["Rsn", "Prtry"]));
        code.into_iter().chain(g.alle("AddtlInf").filter_map(|a| a.text(&[])))
    });
    Ok(Bankmeldung {
        bezug,
        ergebnis,
        betrag: betrag.and_then(|b| b.text(&[])).map(|t| dezimal("InstdAmt", t)).transpose()?,
        waehrung: betrag.and_then(|b| b.attribut("Ccy")).unwrap_or("EUR").chars().take(3).collect(),
        am,
        grund: grund(stand.into_iter().filter(|_| ergebnis.is_none()).chain(gruende)),
        konto: None,
        zweifel: None,
    })
}
