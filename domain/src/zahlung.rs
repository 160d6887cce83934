//! Zahlungslauf and Zahlung: ordered Mittelabrufe are collected, released by a second person, handed over to the
//! treasury, and settled by what the bank reports.
//!
//! One Zahlung pays one Mittelabruf. It is a record of its own, because results come one by one and late; its
//! EndToEndId is never used again, also when the money came back and the Mittelabruf is paid anew.

mod abgleich;
mod akte;
mod banktag;
mod lage;
mod meldung;
mod zeichen;
pub use abgleich::*;
pub use akte::*;
pub use banktag::{ist_banktag, naechster_banktag};
pub use lage::Abruflage;
pub use meldung::*;
pub use zeichen::{IDENTIFIKATION, NAME, VERWENDUNGSZWECK, end_to_end_id, laufkennung, sepa, verwendungszweck};

use crate::antrag::Bankverbindung;
use crate::befund::Befund;
use crate::geld::{Euro, GeldFehler};
use crate::mittelabruf::{Mittelabruf, MittelabrufStatus};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// State of a Zahlungslauf.
    ZahlungslaufStatus {
        /// Collected by one person, waits for another.
        Entwurf = "ENTWURF",
        /// Released; the SEPA file can be fetched.
        Freigegeben = "FREIGEGEBEN",
        /// Handed over to the treasury or its bank; results are awaited.
        Uebergeben = "UEBERGEBEN",
        /// Every payment has its result. A return may still come.
        Abgeschlossen = "ABGESCHLOSSEN",
        /// Discarded or withdrawn before it was handed over.
        Verworfen = "VERWORFEN",
    }
}

crate::status! {
    /// State of a Zahlung.
    ZahlungStatus {
        /// No result yet.
        Ausstehend = "AUSSTEHEND",
        /// The whole amount has its value date.
        Ausgefuehrt = "AUSGEFUEHRT",
        /// A part of the amount has its value date; the rest is awaited.
        Teilweise = "TEILWEISE",
        /// The money came back.
        Zurueckgegeben = "ZURUECKGEGEBEN",
        /// The bank did not carry it out.
        Abgelehnt = "ABGELEHNT",
        /// Its Zahlungslauf was discarded.
        Entfallen = "ENTFALLEN",
    }
}

impl ZahlungStatus {
    /// States in which a payment stands for its Mittelabruf, because a result is awaited: at most one such payment per
    /// Mittelabruf. The unique index `zahlung_erwartet_eindeutig` names the same states. What was carried out lies in
    /// the books; where something of the call is open again, another payment may pay it.
    pub const ERWARTET: &'static [ZahlungStatus] = &[ZahlungStatus::Ausstehend, ZahlungStatus::Teilweise];

    /// A result is awaited: it stands for its Mittelabruf.
    pub fn erwartet(self) -> bool {
        Self::ERWARTET.contains(&self)
    }

    /// No result is awaited any more.
    pub fn erledigt(self) -> bool {
        !self.erwartet()
    }
}

/// What an ordered Mittelabruf says about its payment; frozen in the Zahlung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zahlungsauftrag {
    /// Mittelabruf that is paid.
    pub mittelabruf_id: Uuid,
    /// Its number within the Bescheid.
    pub abruf_nr: i64,
    /// File number of the application.
    pub aktenzeichen: String,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Recipient.
    pub kreisschluessel: String,
    /// Year in which the money flows.
    pub haushaltsjahr: i32,
    /// Ordered amount.
    pub betrag: Euro,
    /// Account that is paid, as ordered.
    pub bankverbindung: Bankverbindung,
    /// First legal day of that account, where it took the place of another one in this case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bankverbindung_seit: Option<NaiveDate>,
}

impl Zahlungsauftrag {
    /// What an ordered Mittelabruf wants paid: all that is open. None while no order stands.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn aus(abruf: &Mittelabruf) -> Result<Option<Zahlungsauftrag>, Befund> {
        let (Some(a), MittelabrufStatus::Angeordnet) = (&abruf.anordnung, abruf.status) else { return Ok(None) };
        Ok(Some(Zahlungsauftrag {
            mittelabruf_id: abruf.id,
            abruf_nr: abruf.abruf_nr.unwrap_or_default(),
            aktenzeichen: abruf.aktenzeichen.clone(),
            jahrgang: abruf.jahrgang,
            kreisschluessel: abruf.kreisschluessel.clone(),
            haushaltsjahr: abruf.inhalt.haushaltsjahr,
            betrag: abruf.offen()?,
            bankverbindung: a.bankverbindung.clone(),
            bankverbindung_seit: a.bankverbindung_seit,
        }))
    }
}

/// Account of the state treasury from which is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Auftraggeberkonto {
    /// Holder.
    #[cfg_attr(feature = "schema", schema(max_length = 70, examples("Land Hessen")))]
    pub name: String,
    /// IBAN without blanks.
    #[cfg_attr(
        feature = "schema",
        schema(pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", examples("DE02120300000000202051"))
    )]
    pub iban: String,
    /// Bank identifier code, where the bank wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, pattern = "^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$", examples("BYLADEM1001"))
    )]
    pub bic: Option<String>,
}

/// A run of payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zahlungslauf {
    /// Id.
    pub id: Uuid,
    /// Name under which the bank knows it (`MsgId`), unique for ever.
    pub kennung: String,
    /// Year in which the money flows.
    pub haushaltsjahr: i32,
    /// Day on which the bank shall carry it out.
    pub ausfuehrung_am: NaiveDate,
    /// Number of payments.
    pub anzahl: i32,
    /// Sum of the payments.
    pub summe: Euro,
    /// State.
    pub status: ZahlungslaufStatus,
    /// Who collected it.
    pub erstellt_von: String,
    /// Who released it; a different person.
    pub freigegeben_von: Option<String>,
    /// Moment of the release; the creation time of the SEPA file.
    pub freigegeben_am: Option<DateTime<Utc>>,
    /// Account from which is paid, as configured when it was released.
    pub auftraggeber: Option<Auftraggeberkonto>,
    /// Who handed it over.
    pub uebergeben_von: Option<String>,
    /// Legal day of the handing over.
    pub uebergeben_am: Option<NaiveDate>,
    /// SHA-256 of the SEPA file that was handed over.
    pub datei_sha256: Option<String>,
    /// Who discarded it.
    pub verworfen_von: Option<String>,
    /// Why it was discarded.
    pub verwerfungsgrund: Option<String>,
}

/// An amount with its value date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Wertstellung {
    /// Value date: the day from which the use of the money is judged.
    #[cfg_attr(feature = "schema", schema(examples("2026-09-15")))]
    pub am: NaiveDate,
    /// Amount in euro.
    pub betrag: Euro,
}

/// Why a payment ended without its money staying with the recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Zahlungsrueckgabe {
    /// Day on which the money came back, or on which the bank refused.
    pub am: NaiveDate,
    /// What the bank says: a code such as `AC04`, or words.
    #[cfg_attr(feature = "schema", schema(max_length = 200, examples("AC04 Konto geschlossen")))]
    pub grund: String,
    /// Amount that came back; 0.00 for a payment that was never carried out.
    pub betrag: Euro,
    /// Who reported it: by hand, or by reading a file in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, max_length = 200))]
    pub gemeldet_von: Option<String>,
    /// File it came in; absent when it was reported by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub rueckmeldung_id: Option<Uuid>,
}

/// A result of the bank that fits a payment by its name only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Zweifel {
    /// File it came in.
    pub rueckmeldung_id: Uuid,
    /// Its place in the file, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 2_000))]
    pub nr: i32,
    /// Why it was not booked.
    pub grund: Abgleichgrund,
}

/// One payment of one Mittelabruf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zahlung {
    /// Id.
    pub id: Uuid,
    /// Run it belongs to.
    pub zahlungslauf_id: Uuid,
    /// Name under which it comes back in every result, unique for ever.
    pub end_to_end_id: String,
    /// What is paid to whom.
    pub auftrag: Zahlungsauftrag,
    /// What the recipient reads, in the SEPA character set.
    pub verwendungszweck: String,
    /// Day on which the bank shall carry it out.
    pub ausfuehrung_am: NaiveDate,
    /// State.
    pub status: ZahlungStatus,
    /// Legal day on which it was handed over; none before.
    pub uebergeben_am: Option<NaiveDate>,
    /// What was paid when.
    pub wertstellungen: Vec<Wertstellung>,
    /// Its return or refusal.
    pub rueckgabe: Option<Zahlungsrueckgabe>,
    /// Results that could not be booked and that nobody has settled yet, the first [`ZWEIFEL_HOECHSTENS`].
    pub zweifel: Vec<Zweifel>,
    /// Number of further ones; each stands in its file.
    #[serde(default)]
    pub weitere_zweifel: u32,
    /// Why the last doubts were settled without booking anything.
    pub klaerung: Option<String>,
}

/// Most doubts a payment keeps by itself.
pub const ZWEIFEL_HOECHSTENS: usize = 20;

impl Zahlung {
    /// Adds a doubt; beyond [`ZWEIFEL_HOECHSTENS`] only its number grows.
    pub fn bezweifle(&mut self, z: Zweifel) {
        if self.zweifel.len() < ZWEIFEL_HOECHSTENS {
            self.zweifel.push(z);
        } else {
            self.weitere_zweifel = self.weitere_zweifel.saturating_add(1);
        }
    }

    /// Leaves no doubt.
    pub fn ohne_zweifel(&mut self) {
        self.zweifel.clear();
        self.weitere_zweifel = 0;
    }

    /// What lies with the recipient: value dates less the return.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn ausgezahlt(&self) -> Result<Euro, GeldFehler> {
        let zurueck = self.rueckgabe.as_ref().map_or(Euro::NULL, |r| r.betrag);
        Euro::summe(self.wertstellungen.iter().map(|w| w.betrag))?.minus(zurueck)
    }

    /// Value dates with what came, and negative what went back, in order.
    pub fn bewegungen(&self) -> impl Iterator<Item = (NaiveDate, Euro)> + '_ {
        let zurueck = self.rueckgabe.iter().filter(|r| !r.betrag.ist_null()).map(|r| (r.am, r.betrag.negativ()));
        self.wertstellungen.iter().map(|w| (w.am, w.betrag)).chain(zurueck)
    }

    /// What the bank still owes a result for; 0.00 once the payment is settled.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the difference cannot be represented.
    pub fn offen(&self) -> Result<Euro, GeldFehler> {
        if self.status.erledigt() { Ok(Euro::NULL) } else { self.auftrag.betrag.minus(self.ausgezahlt()?) }
    }
}

#[cfg(test)]
mod tests;
