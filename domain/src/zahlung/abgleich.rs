//! Reconciliation: a payment and what the bank says about it.

use super::{Zahlung, ZahlungStatus};
use crate::regel::{
    ERGEBNIS_BETRAG, ERGEBNIS_DOPPELT, ERGEBNIS_KONTO, ERGEBNIS_NICHT_GEDECKT, ERGEBNIS_OHNE_RUECKGABEANGABE,
    ERGEBNIS_TAG, ERGEBNIS_WAEHRUNG, ERGEBNIS_WIDERSPRUECHLICH, ERGEBNIS_ZU_VIELE_TEILE, ERGEBNIS_ZWISCHENSTAND, Regel,
    ZAHLUNG_HAUSHALTSJAHR, ZAHLUNG_NICHT_UEBERGEBEN, ZAHLUNG_UNBEKANNT,
};

crate::status! {
    /// How payment and result fit together.
    Abgleichzustand {
        /// The result is booked and settles the payment.
        Abgeglichen = "ABGEGLICHEN",
        /// There is a result that does not fit, or one for a part only.
        Zweifelhaft = "ZWEIFELHAFT",
        /// Payment without result, or result without payment.
        Fehlend = "FEHLEND",
    }
}

crate::status! {
    /// Why payment and result do not fit, or why a result was not booked.
    Abgleichgrund {
        /// No result yet.
        KeinErgebnis = "KEIN_ERGEBNIS",
        /// Only a part of the amount has its value date.
        Teilbetrag = "TEILBETRAG",
        /// No payment has this name.
        ZahlungUnbekannt = "ZAHLUNG_UNBEKANNT",
        /// Another amount than expected.
        BetragAbweichend = "BETRAG_ABWEICHEND",
        /// The payment has this result already.
        ErgebnisDoppelt = "ERGEBNIS_DOPPELT",
        /// The payment has a result that contradicts this one.
        ErgebnisWiderspruechlich = "ERGEBNIS_WIDERSPRUECHLICH",
        /// The payment came in more parts than one payment can have.
        ZuVieleTeile = "ZU_VIELE_TEILE",
        /// Another currency than euro.
        WaehrungFremd = "WAEHRUNG_FREMD",
        /// The day lies in another Haushaltsjahr than the Mittelabruf.
        HaushaltsjahrFremd = "HAUSHALTSJAHR_FREMD",
        /// The day is missing, in the future, or before the release.
        TagUnmoeglich = "TAG_UNMOEGLICH",
        /// The statement is about another account than the one that pays, or does not say about which.
        KontoFremd = "KONTO_FREMD",
        /// A credit with the name of a payment that does not say it is a return.
        RueckgabeUnbelegt = "RUECKGABE_UNBELEGT",
        /// The payment was not handed over.
        NichtUebergeben = "NICHT_UEBERGEBEN",
        /// The money that came back has already moved on in the books.
        NichtGedeckt = "NICHT_GEDECKT",
        /// An interim state that decides nothing.
        Zwischenstand = "ZWISCHENSTAND",
    }
}

impl Abgleichgrund {
    /// The rule that says why such a result is not booked; none for reasons of a payment.
    pub const fn regel(self) -> Option<&'static Regel> {
        Some(match self {
            Abgleichgrund::ZahlungUnbekannt => &ZAHLUNG_UNBEKANNT,
            Abgleichgrund::BetragAbweichend => &ERGEBNIS_BETRAG,
            Abgleichgrund::ErgebnisDoppelt => &ERGEBNIS_DOPPELT,
            Abgleichgrund::ErgebnisWiderspruechlich => &ERGEBNIS_WIDERSPRUECHLICH,
            Abgleichgrund::ZuVieleTeile => &ERGEBNIS_ZU_VIELE_TEILE,
            Abgleichgrund::RueckgabeUnbelegt => &ERGEBNIS_OHNE_RUECKGABEANGABE,
            Abgleichgrund::Zwischenstand => &ERGEBNIS_ZWISCHENSTAND,
            Abgleichgrund::WaehrungFremd => &ERGEBNIS_WAEHRUNG,
            Abgleichgrund::HaushaltsjahrFremd => &ZAHLUNG_HAUSHALTSJAHR,
            Abgleichgrund::TagUnmoeglich => &ERGEBNIS_TAG,
            Abgleichgrund::KontoFremd => &ERGEBNIS_KONTO,
            Abgleichgrund::NichtUebergeben => &ZAHLUNG_NICHT_UEBERGEBEN,
            Abgleichgrund::NichtGedeckt => &ERGEBNIS_NICHT_GEDECKT,
            Abgleichgrund::KeinErgebnis | Abgleichgrund::Teilbetrag => return None,
        })
    }
}

impl Zahlung {
    /// Its place in the reconciliation; none before it was handed over.
    pub fn abgleich(&self) -> Option<Abgleichzustand> {
        self.uebergeben_am?;
        Some(match self.status {
            _ if !self.zweifel.is_empty() => Abgleichzustand::Zweifelhaft,
            ZahlungStatus::Teilweise => Abgleichzustand::Zweifelhaft,
            ZahlungStatus::Ausstehend => Abgleichzustand::Fehlend,
            _ => Abgleichzustand::Abgeglichen,
        })
    }

    /// Why it is not reconciled, each reason once.
    pub fn abgleichgruende(&self) -> Vec<Abgleichgrund> {
        let mut gruende: Vec<Abgleichgrund> = self.zweifel.iter().map(|z| z.grund).collect();
        match self.status {
            ZahlungStatus::Teilweise => gruende.push(Abgleichgrund::Teilbetrag),
            ZahlungStatus::Ausstehend if self.uebergeben_am.is_some() => gruende.push(Abgleichgrund::KeinErgebnis),
            _ => {}
        }
        gruende.sort_unstable();
        gruende.dedup();
        gruende
    }
}
