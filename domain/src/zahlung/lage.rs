//! What a Mittelabruf looks like to the payment: may it be paid now, to which account, and what became of earlier ones.

use super::{Zahlung, Zahlungsauftrag};
use crate::antrag::iban_verkuerzt;
use crate::befund::{Befund, Einheit};
use crate::mittelabruf::{Mittelabruf, Zahlkonto};
use crate::regel::{
    ABRUF_NICHT_ANGEORDNET, ABRUF_SCHON_IN_ZAHLUNG, ANORDNUNG_GEAENDERT, RUECKGABE_SELBES_KONTO, ZAHLUNG_HAUSHALTSJAHR,
    ZAHLUNG_ZUVOR_GESCHEITERT,
};
use chrono::{Datelike, NaiveDate};

/// A Mittelabruf as the payment sees it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abruflage {
    /// The Mittelabruf.
    pub abruf: Mittelabruf,
    /// EndToEndId of the payment that stands for it.
    pub zahlung: Option<String>,
    /// The account of the case.
    pub konto: Zahlkonto,
    /// What keeps its case from being paid, the account aside ([`crate::mittelabruf::zahlsperren`]).
    pub sperren: Vec<Befund>,
    /// Its payments that were refused or came back, in order of their making.
    pub gescheitert: Vec<Zahlung>,
}

impl Abruflage {
    /// What is to be paid, or all that speaks against paying it on `am`.
    ///
    /// # Errors
    /// `ABRUF_NICHT_ANGEORDNET`, `ABRUF_SCHON_IN_ZAHLUNG`, `ZAHLUNG_HAUSHALTSJAHR`, and what [`Self::hindernisse`] finds.
    pub fn auftrag(&self, am: NaiveDate, heute: NaiveDate) -> Result<Zahlungsauftrag, Vec<Befund>> {
        let benannt = |b: Befund| self.benannt(b);
        let mut befunde = Vec::new();
        if let Some(z) = &self.zahlung {
            befunde.push(benannt(Befund::neu(&ABRUF_SCHON_IN_ZAHLUNG)).gemessen("zahlung", z, Einheit::Code));
        }
        if am.year() != self.abruf.inhalt.haushaltsjahr {
            befunde.push(
                Befund::neu(&ZAHLUNG_HAUSHALTSJAHR)
                    .gemessen("was", self.abruf.bezeichnung(), Einheit::Text)
                    .gemessen("jahr", am.year(), Einheit::Anzahl)
                    .erlaubt("haushaltsjahr", self.abruf.inhalt.haushaltsjahr, Einheit::Anzahl),
            );
        }
        match Zahlungsauftrag::aus(&self.abruf) {
            Err(b) => befunde.push(b),
            Ok(None) => {
                let b = benannt(Befund::neu(&ABRUF_NICHT_ANGEORDNET));
                befunde.push(b.gemessen("status", self.abruf.status, Einheit::Code));
            }
            Ok(Some(auftrag)) => {
                befunde.extend(self.hindernisse(&auftrag, heute));
                if befunde.is_empty() {
                    return Ok(auftrag);
                }
            }
        }
        Err(befunde)
    }

    /// The finding with the name of the call, and without a place: the run has no such field.
    fn benannt(&self, b: Befund) -> Befund {
        Befund { ort: None, ..b }.gemessen("abruf", self.abruf.bezeichnung(), Einheit::Text)
    }

    /// What speaks against paying `auftrag` on the legal day `heute`: the case rests, its account may not be paid, or
    /// is another one than ordered.
    fn hindernisse(&self, auftrag: &Zahlungsauftrag, heute: NaiveDate) -> Vec<Befund> {
        let anderes = self.konto.bankverbindung != auftrag.bankverbindung;
        let geaendert = anderes.then(|| Befund::neu(&ANORDNUNG_GEAENDERT));
        let alle = self.sperren.iter().cloned().chain(self.konto.gesperrt(heute)).chain(geaendert);
        alle.map(|b| self.benannt(b)).collect()
    }

    /// What speaks against the payment `z` of this call now: the order is no longer the one it was made from, or
    /// [`Self::hindernisse`].
    pub(super) fn widersprueche(&self, z: &Zahlung, heute: NaiveDate) -> Vec<Befund> {
        match Zahlungsauftrag::aus(&self.abruf) {
            Err(b) => vec![b],
            Ok(Some(a)) if a == z.auftrag => self.hindernisse(&a, heute),
            Ok(_) => vec![self.benannt(Befund::neu(&ANORDNUNG_GEAENDERT))],
        }
    }

    /// One warning per earlier payment that was refused or came back: who said so, when, and in which way.
    pub(super) fn fruehere(&self) -> impl Iterator<Item = Befund> {
        self.gescheitert.iter().filter_map(|z| z.rueckgabe.as_ref().map(|r| (z, r))).map(|(z, r)| {
            let datei = r.rueckmeldung_id.map(|id| format!("/zahlungsrueckmeldungen/{id}"));
            self.benannt(Befund::neu(&ZAHLUNG_ZUVOR_GESCHEITERT))
                .gemessen("frueher", &z.end_to_end_id, Einheit::Code)
                .gemessen("status", z.status, Einheit::Code)
                .gemessen("am", r.am, Einheit::Datum)
                .gemessen("grund", &r.grund, Einheit::Text)
                .gemessen("gemeldet_von", r.gemeldet_von.as_deref().unwrap_or("–"), Einheit::Text)
                .gemessen("herkunft", datei.as_deref().unwrap_or("HAND"), Einheit::Code)
        })
    }

    /// A hint per earlier payment that came back from the account that is to be paid again.
    pub(super) fn selbes_konto(&self, auftrag: &Zahlungsauftrag) -> impl Iterator<Item = Befund> {
        let iban = &auftrag.bankverbindung.iban;
        let selbe = self.gescheitert.iter().filter(move |z| z.auftrag.bankverbindung.iban == *iban);
        selbe.filter_map(|z| z.rueckgabe.as_ref().map(|r| (z, r))).map(|(z, r)| {
            self.benannt(Befund::neu(&RUECKGABE_SELBES_KONTO))
                .gemessen("konto", iban_verkuerzt(&z.auftrag.bankverbindung.iban), Einheit::Text)
                .gemessen("frueher", &z.end_to_end_id, Einheit::Code)
                .gemessen("am", r.am, Einheit::Datum)
                .gemessen("grund", &r.grund, Einheit::Text)
        })
    }
}
