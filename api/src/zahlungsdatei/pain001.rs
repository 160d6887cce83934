//! `pain.001.001.09`: the order to the bank. The same run gives the same bytes: nothing of the present moment is in it.

use aqb_domain::geld::{Euro, GeldFehler};
use aqb_domain::zahlung::{Auftraggeberkonto, IDENTIFIKATION, NAME, VERWENDUNGSZWECK, Zahlung, Zahlungslauf, sepa};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

const NAMENSRAUM: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

struct Datei(Writer<Vec<u8>>);

impl Datei {
    fn blatt(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.um(name, |d| d.0.write_event(Event::Text(BytesText::new(text))))
    }

    fn um(&mut self, name: &str, innen: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        self.mit(BytesStart::new(name), innen)
    }

    fn mit(&mut self, start: BytesStart<'_>, innen: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        let ende = BytesEnd::new(start.name().as_ref().to_owned());
        self.0.write_event(Event::Start(start))?;
        innen(self)?;
        self.0.write_event(Event::End(ende))
    }

    fn konto(&mut self, name: &str, iban: &str) -> io::Result<()> {
        self.um(name, |d| d.um("Id", |d| d.blatt("IBAN", iban)))
    }

    fn bank(&mut self, name: &str, bic: Option<&str>) -> io::Result<()> {
        self.um(name, |d| {
            d.um("FinInstnId", |d| match bic {
                Some(b) => d.blatt("BICFI", b),
                None => d.um("Othr", |d| d.blatt("Id", "NOTPROVIDED")),
            })
        })
    }

    fn partei(&mut self, name: &str, wer: &str) -> io::Result<()> {
        self.um(name, |d| d.blatt("Nm", &sepa(wer, NAME)))
    }
}

/// The file of a released run: one order, one transaction per payment, in the order of `zahlungen`.
///
/// # Errors
/// A sum that cannot be represented.
pub fn pain001(lauf: &Zahlungslauf, konto: &Auftraggeberkonto, zahlungen: &[Zahlung]) -> Result<Vec<u8>, GeldFehler> {
    let summe = Euro::summe(zahlungen.iter().map(|z| z.auftrag.betrag))?.to_string();
    let mut d = Datei(Writer::new_with_indent(Vec::new(), b' ', 1));
    // a vector takes every byte
    schreibe(&mut d, lauf, konto, zahlungen, &summe).map_err(|_| GeldFehler::Bereich)?;
    let mut bytes = d.0.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn schreibe(
    d: &mut Datei,
    lauf: &Zahlungslauf,
    konto: &Auftraggeberkonto,
    zahlungen: &[Zahlung],
    summe: &str,
) -> io::Result<()> {
    let anzahl = zahlungen.len().to_string();
    let erstellt = lauf.freigegeben_am.map(|t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default();
    let kennung = sepa(&lauf.kennung, IDENTIFIKATION);
    d.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let wurzel = BytesStart::new("Document").with_attributes([("xmlns", NAMENSRAUM)]);
    d.mit(wurzel, |d| {
        d.um("CstmrCdtTrfInitn", |d| {
            d.um("GrpHdr", |d| {
                d.blatt("MsgId", &kennung)?;
                d.blatt("CreDtTm", &erstellt)?;
                d.blatt("NbOfTxs", &anzahl)?;
                d.blatt("CtrlSum", summe)?;
                d.partei("InitgPty", &konto.name)
            })?;
            d.um("PmtInf", |d| {
                d.blatt("PmtInfId", &kennung)?;
                d.blatt("PmtMtd", "TRF")?;
                // each payment as an entry of its own, so that its result can be found by its name
                d.blatt("BtchBookg", "false")?;
                d.blatt("NbOfTxs", &anzahl)?;
                d.blatt("CtrlSum", summe)?;
                d.um("PmtTpInf", |d| d.um("SvcLvl", |d| d.blatt("Cd", "SEPA")))?;
                d.um("ReqdExctnDt", |d| d.blatt("Dt", &lauf.ausfuehrung_am.to_string()))?;
                d.partei("Dbtr", &konto.name)?;
                d.konto("DbtrAcct", &konto.iban)?;
                d.bank("DbtrAgt", konto.bic.as_deref())?;
                d.blatt("ChrgBr", "SLEV")?;
                zahlungen.iter().try_for_each(|z| ueberweisung(d, z))
            })
        })
    })
}

fn ueberweisung(d: &mut Datei, z: &Zahlung) -> io::Result<()> {
    let an = &z.auftrag.bankverbindung;
    d.um("CdtTrfTxInf", |d| {
        d.um("PmtId", |d| d.blatt("EndToEndId", &z.end_to_end_id))?;
        let betrag = BytesStart::new("InstdAmt").with_attributes([("Ccy", "EUR")]);
        let cent = z.auftrag.betrag.to_string();
        d.um("Amt", |d| d.mit(betrag, |d| d.0.write_event(Event::Text(BytesText::new(&cent)))))?;
        if let Some(bic) = &an.bic {
            d.bank("CdtrAgt", Some(bic))?;
        }
        d.partei("Cdtr", &an.kontoinhaber)?;
        d.konto("CdtrAcct", &an.iban)?;
        d.um("RmtInf", |d| d.blatt("Ustrd", &sepa(&z.verwendungszweck, VERWENDUNGSZWECK)))
    })
}
