//! Results of the bank: what one line says, and what it does to a payment.

use super::{Abgleichgrund, Wertstellung, Zahlung, ZahlungStatus, Zahlungsrueckgabe};
use crate::akt::Entscheidung;
use crate::antrag::iban_verkuerzt;
use crate::befund::{Befund, Befundablage, Einheit};
use crate::bestaetigung::Warnungsbestaetigung;
use crate::geld::{Euro, GeldFehler};
use crate::regel::{ERGEBNIS_GRUND_FEHLT, ERGEBNIS_WIEDERHOLT, RECHENBEREICH, Regel, STATUS_UNZULAESSIG};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most results of one file or body.
pub const MELDUNGEN_HOECHSTENS: usize = 2_000;

/// Most partial results of one payment; the last one is the rest.
pub const TEILE_HOECHSTENS: usize = 20;

crate::status! {
    /// Result of a payment as a person enters it.
    Zahlungsergebnisart {
        /// The whole open amount has its value date.
        Ausgefuehrt = "AUSGEFUEHRT",
        /// A part of it has its value date.
        Teilweise = "TEILWEISE",
        /// The money came back.
        Zurueckgegeben = "ZURUECKGEGEBEN",
        /// The bank did not carry it out.
        Abgelehnt = "ABGELEHNT",
    }
}

crate::status! {
    /// What became of a line of a file.
    Meldungsausgang {
        /// Booked.
        Gebucht = "GEBUCHT",
        /// It names a payment, but does not fit it: not booked.
        Zweifelhaft = "ZWEIFELHAFT",
        /// It names no payment: not booked.
        Unbekannt = "UNBEKANNT",
        /// It decides nothing and was noted.
        Vermerkt = "VERMERKT",
    }
}

crate::status! {
    /// Format of a file with results.
    Rueckmeldeformat {
        /// Status report of the bank, ISO 20022 `pain.002`.
        Pain002 = "PAIN002",
        /// Statement of the account, ISO 20022 `camt.053`.
        Camt053 = "CAMT053",
        /// Table of the treasury: `;`, decimal comma, UTF-8 or Windows-1252.
        Csv = "CSV",
    }
}

/// The result of one payment, entered by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zahlungsergebnis {
    /// Name of the payment.
    #[cfg_attr(
        feature = "schema",
        schema(pattern = "^AQB[0-9]{2}-06[0-9]{3}-A[0-9]{4,9}$", examples("AQB26-06440-A0001"))
    )]
    pub end_to_end_id: String,
    /// Result.
    pub ergebnis: Zahlungsergebnisart,
    /// Amount: the whole open one, a part of it, what came back, or what was refused.
    pub betrag: Euro,
    /// Value date, or day of the return or refusal.
    #[cfg_attr(feature = "schema", schema(examples("2026-09-15")))]
    pub am: NaiveDate,
    /// What the bank says; needed for a return and a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 2,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("AC04 Konto geschlossen")
        )
    )]
    pub grund: Option<String>,
}

/// What a line of a file is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "art", content = "wert", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Bezug {
    /// One payment, by its EndToEndId.
    Zahlung(String),
    /// All payments of a run, by its `MsgId`.
    Lauf(String),
    /// It names neither.
    Keiner,
}

/// One line of a file with results, whatever its format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bankmeldung {
    /// What it is about.
    pub bezug: Bezug,
    /// Result; none for an interim state.
    pub ergebnis: Option<Zahlungsergebnisart>,
    /// Amount, where the line names one.
    pub betrag: Option<Euro>,
    /// Its currency.
    pub waehrung: String,
    /// Value date, or day of the return or refusal.
    pub am: Option<NaiveDate>,
    /// What the bank says.
    pub grund: Option<String>,
    /// IBAN of the account the statement is about.
    pub konto: Option<String>,
    /// Why the line cannot be booked, where it says so by itself.
    pub zweifel: Option<Abgleichgrund>,
}

/// Input of the act `rueckmeldung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({
    "ergebnisse": [{ "end_to_end_id": "AQB26-06440-A0001", "ergebnis": "AUSGEFUEHRT", "betrag": "30000.00", "am": "2026-09-15" }]
}))))]
#[serde(deny_unknown_fields)]
pub struct Zahlungslaufrueckmeldung {
    /// Results, in the order in which they happened.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 1000))]
    pub ergebnisse: Vec<Zahlungsergebnis>,
    /// The warnings the caller has read, each with the reason to book all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

impl Zahlungsergebnis {
    /// A return or refusal says why.
    pub fn pruefe(&self) -> Option<Befund> {
        let braucht = matches!(self.ergebnis, Zahlungsergebnisart::Zurueckgegeben | Zahlungsergebnisart::Abgelehnt);
        (braucht && self.grund.is_none())
            .then(|| Befund::neu(&ERGEBNIS_GRUND_FEHLT).gemessen("zahlung", &self.end_to_end_id, Einheit::Code))
    }
}

impl From<&Zahlungsergebnis> for Bankmeldung {
    fn from(e: &Zahlungsergebnis) -> Self {
        Bankmeldung {
            bezug: Bezug::Zahlung(e.end_to_end_id.clone()),
            ergebnis: Some(e.ergebnis),
            betrag: Some(e.betrag),
            waehrung: "EUR".to_owned(),
            am: Some(e.am),
            grund: e.grund.clone(),
            konto: None,
            zweifel: None,
        }
    }
}

/// What a booked result means for the Mittelabruf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wirkung {
    /// An amount has its value date: it counts as paid from that day.
    Auszahlung(Wertstellungsbetrag),
    /// An amount came back on that day.
    Rueckgabe(Wertstellungsbetrag),
    /// Nothing was paid, nothing comes back.
    Keine,
}

/// Amount and legal day of a [`Wirkung`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wertstellungsbetrag {
    /// Amount.
    pub betrag: Euro,
    /// Legal day.
    pub am: NaiveDate,
}

/// How a result comes in.
#[derive(Debug, Clone, Copy)]
pub struct Meldelage<'m> {
    /// IBAN of the account that pays.
    pub konto: Option<&'m str>,
    /// Legal day of the release of the run.
    pub freigegeben_am: Option<NaiveDate>,
    /// Legal day.
    pub heute: NaiveDate,
    /// Who reports it.
    pub person: &'m str,
    /// File it comes in; none by hand.
    pub rueckmeldung_id: Option<Uuid>,
}

/// Why a result cannot be booked: the reason for the reconciliation and the finding for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Einwand {
    /// Reason.
    pub grund: Abgleichgrund,
    /// Finding with the numbers of the case.
    pub befund: Befund,
}

impl Einwand {
    /// `grund` with the finding of its rule, made complete by `f`; an interim state is refused as such.
    pub fn neu(grund: Abgleichgrund, f: impl FnOnce(Befund) -> Befund) -> Self {
        let regel: &'static Regel = grund.regel().unwrap_or(&STATUS_UNZULAESSIG);
        Einwand { grund, befund: f(Befund::neu(regel)) }
    }
}

impl From<GeldFehler> for Einwand {
    fn from(_: GeldFehler) -> Self {
        Einwand { grund: Abgleichgrund::BetragAbweichend, befund: Befund::neu(&RECHENBEREICH) }
    }
}

impl Zahlung {
    /// What a result does to this payment.
    ///
    /// A return is always about everything that was paid. A day counts from the release of the run to today. A value
    /// date may lie in the next year where the payment was handed over in its Haushaltsjahr: the bank was late, the money
    /// is that of the order. A return and a refusal may lie in any year; they undo what the order did in its own.
    ///
    /// # Errors
    /// The reason why the result does not fit.
    pub fn melde(&self, m: &Bankmeldung, l: Meldelage<'_>) -> Result<(Zahlung, Wirkung), Einwand> {
        let mit_namen = |b: Befund| b.gemessen("zahlung", &self.end_to_end_id, Einheit::Code);
        let einwand = |grund| Einwand::neu(grund, mit_namen);
        let Some(ergebnis) = m.ergebnis else { return Err(einwand(Abgleichgrund::Zwischenstand)) };
        let Some(uebergeben_am) = self.uebergeben_am else { return Err(einwand(Abgleichgrund::NichtUebergeben)) };
        if m.waehrung != "EUR" {
            let mit = |b| mit_namen(b).gemessen("waehrung", &m.waehrung, Einheit::Code);
            return Err(Einwand::neu(Abgleichgrund::WaehrungFremd, mit));
        }
        let fremd = m.zweifel == Some(Abgleichgrund::KontoFremd) || m.konto.is_some() && m.konto.as_deref() != l.konto;
        if fremd {
            let kurz = |iban: Option<&str>| iban.map_or_else(|| "–".to_owned(), iban_verkuerzt);
            let mit = |b| {
                let b = mit_namen(b).gemessen("konto", kurz(m.konto.as_deref()), Einheit::Text);
                b.erlaubt("zahlkonto", kurz(l.konto), Einheit::Text)
            };
            return Err(Einwand::neu(Abgleichgrund::KontoFremd, mit));
        }
        if let Some(grund) = m.zweifel {
            return Err(einwand(grund));
        }
        self.erwartet(ergebnis, m)?;
        if ergebnis == Zahlungsergebnisart::Teilweise && self.wertstellungen.len() >= TEILE_HOECHSTENS {
            let mit = |b| {
                let b = mit_namen(b).gemessen("teile", self.wertstellungen.len(), Einheit::Anzahl);
                b.erlaubt("hoechstens", TEILE_HOECHSTENS, Einheit::Anzahl)
            };
            return Err(Einwand::neu(Abgleichgrund::ZuVieleTeile, mit));
        }
        let ab = l.freigegeben_am.map_or(uebergeben_am, |f| f.min(uebergeben_am));
        let fruehestens = self.wertstellungen.last().map_or(ab, |w| w.am.max(ab));
        // a refusal may come at once and without a day of its own
        let am = match (ergebnis, m.am) {
            (Zahlungsergebnisart::Abgelehnt, None) => l.heute,
            (_, Some(am)) if am <= l.heute && am >= fruehestens => am,
            (_, am) => {
                let tag = am.map_or_else(|| "–".to_owned(), |t| t.to_string());
                let mit = |b| {
                    mit_namen(b)
                        .gemessen("am", tag, Einheit::Datum)
                        .erlaubt("von", fruehestens, Einheit::Datum)
                        .erlaubt("bis", l.heute, Einheit::Datum)
                };
                return Err(Einwand::neu(Abgleichgrund::TagUnmoeglich, mit));
            }
        };
        let zahlt = matches!(ergebnis, Zahlungsergebnisart::Ausgefuehrt | Zahlungsergebnisart::Teilweise);
        if zahlt && uebergeben_am.year() != self.auftrag.haushaltsjahr && am.year() != self.auftrag.haushaltsjahr {
            let mit = |b| {
                let b: Befund = b;
                b.gemessen("was", &self.end_to_end_id, Einheit::Text)
                    .gemessen("jahr", am.year(), Einheit::Anzahl)
                    .erlaubt("haushaltsjahr", self.auftrag.haushaltsjahr, Einheit::Anzahl)
            };
            return Err(Einwand::neu(Abgleichgrund::HaushaltsjahrFremd, mit));
        }
        self.buche(ergebnis, m, am, l)
    }

    /// The payment still waits for a result of this kind.
    fn erwartet(&self, ergebnis: Zahlungsergebnisart, m: &Bankmeldung) -> Result<(), Einwand> {
        let offen = matches!(self.status, ZahlungStatus::Ausstehend | ZahlungStatus::Teilweise);
        let zahlt = matches!(ergebnis, Zahlungsergebnisart::Ausgefuehrt | Zahlungsergebnisart::Teilweise);
        let passt = match ergebnis {
            // also a part can come back whose rest was refused
            Zahlungsergebnisart::Zurueckgegeben => self.status.erwartet() || self.ausgezahlt()?.ist_positiv(),
            Zahlungsergebnisart::Ausgefuehrt | Zahlungsergebnisart::Teilweise | Zahlungsergebnisart::Abgelehnt => offen,
        };
        if passt {
            return Ok(());
        }
        let widerspruch = match self.status {
            ZahlungStatus::Ausgefuehrt => ergebnis == Zahlungsergebnisart::Abgelehnt,
            ZahlungStatus::Abgelehnt => zahlt && !self.gebucht(m),
            ZahlungStatus::Zurueckgegeben => ergebnis == Zahlungsergebnisart::Abgelehnt || zahlt && !self.gebucht(m),
            ZahlungStatus::Ausstehend | ZahlungStatus::Teilweise | ZahlungStatus::Entfallen => false,
        };
        let grund = match widerspruch {
            true => Abgleichgrund::ErgebnisWiderspruechlich,
            false => Abgleichgrund::ErgebnisDoppelt,
        };
        Err(Einwand::neu(grund, |b| {
            b.gemessen("zahlung", &self.end_to_end_id, Einheit::Code)
                .gemessen("status", self.status, Einheit::Code)
                .gemessen("ergebnis", ergebnis, Einheit::Code)
        }))
    }

    /// What the line says was paid is booked already: the same amount with the same value date.
    fn gebucht(&self, m: &Bankmeldung) -> bool {
        let betrag = m.betrag.unwrap_or(self.auftrag.betrag);
        self.wertstellungen.iter().any(|w| Some(w.am) == m.am && w.betrag == betrag)
    }

    /// The warning that an awaited payment has an execution of the same amount on the same day already. Of a file such a
    /// line is not booked; a person confirms that it is a second one.
    pub fn wiederholt(&self, m: &Bankmeldung) -> Option<Einwand> {
        let zahlt = matches!(m.ergebnis, Some(Zahlungsergebnisart::Ausgefuehrt | Zahlungsergebnisart::Teilweise));
        (zahlt && self.status == ZahlungStatus::Teilweise && self.gebucht(m)).then(|| {
            let tag = m.am.map_or_else(|| "–".to_owned(), |t| t.to_string());
            let befund = Befund::neu(&ERGEBNIS_WIEDERHOLT)
                .gemessen("zahlung", &self.end_to_end_id, Einheit::Code)
                .gemessen("am", tag, Einheit::Datum)
                .gemessen("betrag", m.betrag.unwrap_or_default(), Einheit::Eur);
            Einwand { grund: Abgleichgrund::ErgebnisDoppelt, befund }
        })
    }

    fn buche(
        &self,
        ergebnis: Zahlungsergebnisart,
        m: &Bankmeldung,
        am: NaiveDate,
        l: Meldelage<'_>,
    ) -> Result<(Zahlung, Wirkung), Einwand> {
        let (offen, ausgezahlt) = (self.offen()?, self.ausgezahlt()?);
        let zurueck = ergebnis == Zahlungsergebnisart::Zurueckgegeben && !ausgezahlt.ist_null();
        let soll = if zurueck { ausgezahlt } else { offen };
        let betrag = m.betrag.unwrap_or(soll);
        let passt = match ergebnis {
            Zahlungsergebnisart::Teilweise => betrag.ist_positiv() && betrag < soll,
            _ => betrag == soll,
        };
        if !passt {
            let mit = |b: Befund| {
                b.gemessen("zahlung", &self.end_to_end_id, Einheit::Code).betrag("gemeldet", betrag, "erwartet", soll)
            };
            return Err(Einwand::neu(Abgleichgrund::BetragAbweichend, mit));
        }
        let mut neu = self.clone();
        match ergebnis {
            Zahlungsergebnisart::Ausgefuehrt | Zahlungsergebnisart::Teilweise => {
                neu.wertstellungen.push(Wertstellung { am, betrag });
                neu.status = if betrag == soll { ZahlungStatus::Ausgefuehrt } else { ZahlungStatus::Teilweise };
                Ok((neu, Wirkung::Auszahlung(Wertstellungsbetrag { betrag, am })))
            }
            Zahlungsergebnisart::Zurueckgegeben | Zahlungsergebnisart::Abgelehnt => {
                let grund = m.grund.clone().unwrap_or_else(|| "ohne Angabe der Bank".to_owned());
                // a return of what was never recorded as paid moves no money of the books
                let gekommen = if zurueck { ausgezahlt } else { Euro::NULL };
                neu.rueckgabe = Some(Zahlungsrueckgabe {
                    am,
                    grund,
                    betrag: gekommen,
                    gemeldet_von: Some(l.person.to_owned()),
                    rueckmeldung_id: l.rueckmeldung_id,
                });
                let (status, wirkung) = match ergebnis {
                    Zahlungsergebnisart::Abgelehnt => (ZahlungStatus::Abgelehnt, Wirkung::Keine),
                    _ if !zurueck => (ZahlungStatus::Zurueckgegeben, Wirkung::Keine),
                    _ => {
                        let w = Wertstellungsbetrag { betrag: gekommen, am };
                        (ZahlungStatus::Zurueckgegeben, Wirkung::Rueckgabe(w))
                    }
                };
                neu.status = status;
                Ok((neu, wirkung))
            }
        }
    }
}

/// What became of one line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meldungsergebnis {
    /// Its place among the results of the file, from 1.
    pub nr: i32,
    /// EndToEndId (or `MsgId`) it names, as the bank wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bezug: Option<String>,
    /// Result it names; absent for an interim state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ergebnis: Option<Zahlungsergebnisart>,
    /// Amount it names, in its own currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub betrag: Option<Euro>,
    /// Currency.
    pub waehrung: String,
    /// Value date, or day of the return or refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub am: Option<NaiveDate>,
    /// What the bank says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bankgrund: Option<String>,
    /// What became of it.
    pub ausgang: Meldungsausgang,
    /// Why it was not booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grund: Option<Abgleichgrund>,
    /// The finding that explains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub befund: Option<Befundablage>,
    /// Payment it was matched with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zahlung_id: Option<Uuid>,
}

impl Meldungsergebnis {
    /// The line as it came, for the outcome to be added.
    pub fn aus(nr: i32, m: &Bankmeldung, zahlung_id: Option<Uuid>, einwand: Option<&Einwand>) -> Self {
        let grund = einwand.map(|e| e.grund);
        let ausgang = match (grund, zahlung_id) {
            (None, _) => Meldungsausgang::Gebucht,
            (Some(Abgleichgrund::Zwischenstand), _) => Meldungsausgang::Vermerkt,
            (_, Some(_)) => Meldungsausgang::Zweifelhaft,
            (_, None) => Meldungsausgang::Unbekannt,
        };
        let bezug = match &m.bezug {
            Bezug::Zahlung(s) | Bezug::Lauf(s) => Some(s.clone()),
            Bezug::Keiner => None,
        };
        Meldungsergebnis {
            nr,
            bezug,
            ergebnis: m.ergebnis,
            betrag: m.betrag,
            waehrung: m.waehrung.clone(),
            am: m.am,
            bankgrund: m.grund.clone(),
            ausgang,
            grund,
            befund: einwand.map(|e| Befundablage::from(&e.befund)),
            zahlung_id,
        }
    }
}

/// A file with results that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zahlungsrueckmeldung {
    /// Id.
    pub id: Uuid,
    /// Format.
    pub format: Rueckmeldeformat,
    /// SHA-256 of its bytes: the same file is read once.
    pub sha256: String,
    /// Its size in bytes.
    pub groesse: i64,
    /// Who read it in.
    pub eingelesen_von: String,
    /// Legal day.
    pub eingelesen_am: NaiveDate,
    /// What became of its lines, in their order.
    pub meldungen: Vec<Meldungsergebnis>,
}

impl Zahlungsrueckmeldung {
    /// The decision that keeps the file and what became of its lines.
    pub fn einlesen(self) -> Entscheidung<Zahlungsrueckmeldung> {
        let daten = serde_json::json!({ "rueckmeldung_id": self.id, "format": self.format });
        Entscheidung::neu(self).ereignis("zahlungsrueckmeldung.eingelesen", daten)
    }

    /// Number of lines with this outcome.
    pub fn anzahl(&self, ausgang: Meldungsausgang) -> usize {
        self.meldungen.iter().filter(|m| m.ausgang == ausgang).count()
    }
}
