//! Mittelabruf: a call for granted money. Filing reserves it, the authority finds what is payable, a second person
//! orders the payment, the value date makes it paid.

use crate::antrag::{Antrag, Bankverbindung};
use crate::ausnahme::Ausnahme;
use crate::bescheid::Bescheid;
use crate::frist::Fristart;
use crate::geld::{Euro, GeldFehler};
use crate::konto::Kontoart;
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

mod akte;
mod bedarf;
mod betraege;
mod regeln;
mod zahlung;

pub use akte::*;
pub use bedarf::*;
pub use betraege::*;
pub use regeln::{Pruefschritt, kassenschluss_am, zahlsperren};

crate::status! {
    /// State of a Mittelabruf.
    MittelabrufStatus {
        /// Being written.
        Entwurf = "ENTWURF",
        /// Filed; the money is reserved.
        Eingereicht = "EINGEREICHT",
        /// Found right in substance and figures, in full.
        Geprueft = "GEPRUEFT",
        /// Found right for less than was asked; the rest is free again.
        Gekuerzt = "GEKUERZT",
        /// The payment is ordered.
        Angeordnet = "ANGEORDNET",
        /// Paid: value dates are reported for all of it, or what was left was given up.
        Ausgezahlt = "AUSGEZAHLT",
        /// Refused by the authority.
        Zurueckgewiesen = "ZURUECKGEWIESEN",
        /// Withdrawn by the Gebietskoerperschaft.
        Storniert = "STORNIERT",
    }
}

/// What is called for one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Abrufposition {
    /// Measure of the Bescheid; its Teilbudget pays.
    pub massnahme_id: Uuid,
    /// Amount in euro, above 0.00.
    pub betrag: Euro,
}

/// A payment that will fall due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bedarf {
    /// Due day.
    #[cfg_attr(feature = "schema", schema(examples("2026-10-15")))]
    pub faellig_am: NaiveDate,
    /// The whole payment in euro, own share included; above 0.00.
    pub betrag: Euro,
    /// What for.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Honorare Oktober"))
    )]
    pub zweck: String,
}

/// What the Gebietskoerperschaft fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({
    "haushaltsjahr": 2026, "auszahlung_am": "2026-10-01",
    "positionen": [{ "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "betrag": "10000.00" }],
    "bedarf": [{ "faellig_am": "2026-10-15", "betrag": "10000.00", "zweck": "Honorare Oktober" }],
    "bisher_verausgabt": "0.00", "eigenmittel_eingesetzt": "20000.00", "iban": "DE02500105170137075030"
}))))]
#[serde(deny_unknown_fields)]
pub struct Mittelabrufinhalt {
    /// Year in which the money flows: the year of the expected payment.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Day on which the payment is wanted.
    #[cfg_attr(feature = "schema", schema(examples("2026-10-01")))]
    pub auszahlung_am: NaiveDate,
    /// What is called, each measure once.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub positionen: Vec<Abrufposition>,
    /// Payments that will fall due; only those in the window after the payment justify the call.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub bedarf: Vec<Bedarf>,
    /// State funds of this case that were spent so far, in euro.
    pub bisher_verausgabt: Euro,
    /// Own and other money of the plan that was spent in the Haushaltsjahr so far, in euro.
    pub eigenmittel_eingesetzt: Euro,
    /// Account on which the money is expected; it must be the one of the case.
    #[cfg_attr(
        feature = "schema",
        schema(pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", examples("DE02500105170137075030"))
    )]
    pub iban: String,
}

impl Mittelabrufinhalt {
    /// Sum of all positions.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn angefordert(&self) -> Result<Angefordert, GeldFehler> {
        Euro::summe(self.positionen.iter().map(|p| p.betrag)).map(Angefordert)
    }
}

/// A position of a filed call on its way to the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abrufstelle {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the application.
    pub massnahme_nr: String,
    /// Teilbudget that pays.
    pub teilbudget: String,
    /// Asked for.
    pub angefordert: Angefordert,
    /// Found payable; none before the check.
    pub festgestellt: Option<Festgestellt>,
    /// Paid so far.
    pub ausgezahlt: Ausgezahlt,
}

/// What the authority certified (§ 70 LHO).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feststellung {
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    pub von: String,
    /// The need check on that day.
    pub bedarfsrechnung: Bedarfsrechnung,
    /// Why less was found payable than asked, or more than the need check covers.
    pub begruendung: Option<String>,
}

/// The order of the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anordnung {
    /// Legal day.
    pub am: NaiveDate,
    /// Who; not the person who checked.
    pub von: String,
    /// Account that is paid.
    pub bankverbindung: Bankverbindung,
    /// Legal day from which this account may be paid, where it took the place of another.
    pub bankverbindung_seit: Option<NaiveDate>,
}

/// A reported movement of money: a payment, or negative the return of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Geldbewegung {
    /// Payment it belongs to.
    pub zahlung_id: Uuid,
    /// Value date.
    pub wertstellung_am: NaiveDate,
    /// Amount in euro; negative for a return.
    pub betrag: Euro,
}

/// How a call, or what was left of it, ended without a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Abrufende {
    /// The act: `zurueckweisung` by the authority, `stornierung` by the Gebietskoerperschaft.
    #[cfg_attr(feature = "schema", schema(max_length = 40, pattern = "^[a-z]+$", examples("zurueckweisung")))]
    pub akt: String,
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub grund: String,
}

/// What a position of a call stands for in the ledger, told without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abrufstand {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Teilbudget that pays.
    pub teilbudget: String,
    /// Reserved by the call.
    pub abgerufen: Euro,
    /// Paid, returns taken off.
    pub ausgezahlt: Euro,
}

/// A call for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mittelabruf {
    /// Id.
    pub id: Uuid,
    /// Bescheid that grants the money.
    pub bescheid_id: Uuid,
    /// Application it decided.
    pub antrag_id: Uuid,
    /// File reference of the case.
    pub aktenzeichen: String,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Who calls.
    pub kreisschluessel: String,
    /// Consecutive number in the case, from 1; assigned by the filing.
    pub abruf_nr: Option<i64>,
    /// State.
    pub status: MittelabrufStatus,
    /// What was filled in.
    pub inhalt: Mittelabrufinhalt,
    /// Positions since the filing.
    pub stellen: Vec<Abrufstelle>,
    /// Who began the draft.
    pub erstellt_von: String,
    /// Legal day of the filing.
    pub eingereicht_am: Option<NaiveDate>,
    /// Who filed it.
    pub eingereicht_von: Option<String>,
    /// The check.
    pub feststellung: Option<Feststellung>,
    /// The order.
    pub anordnung: Option<Anordnung>,
    /// Movements of money in the order of their reports.
    pub geldbewegungen: Vec<Geldbewegung>,
    /// How it, or what was left of it, ended without a payment.
    pub ende: Option<Abrufende>,
}

/// The account of a case as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zahlkonto {
    /// The account.
    pub bankverbindung: Bankverbindung,
    /// First legal day on which it may be paid, where it took the place of another.
    pub seit: Option<NaiveDate>,
    /// Legal day on which a change was asked for that no second person has confirmed yet.
    pub aenderung_beantragt: Option<NaiveDate>,
}

/// A change of the grant that was released and can still be appealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vorlaeufiges {
    /// Its Bescheid.
    pub bescheid: Uuid,
    /// First day of its finality; none before its notification.
    pub bestandskraft_am: Option<NaiveDate>,
}

/// A proof of use that should be there and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ueberfaelliges {
    /// Kind of the deadline.
    pub art: Fristart,
    /// Its last day.
    pub faellig_am: NaiveDate,
}

/// Another call of the case, for the rule against being paid twice for the same need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AndererAbruf {
    /// How people know it.
    pub bezeichnung: String,
    /// The payments it is or was made for.
    pub bedarf: Vec<Bedarf>,
}

/// What the rules of a Mittelabruf need from outside, read in the transaction of the act.
#[derive(Debug, Clone)]
pub struct Abruffakten {
    /// Bescheid the call is judged by: of a draft the one in force, of a filed call the one it was filed under.
    pub bescheid: Bescheid,
    /// That Bescheid or one before it in its chain is final.
    pub endgueltig: bool,
    /// The change of the grant that is not final yet and limits what can be called.
    pub vorlaeufig: Option<Vorlaeufiges>,
    /// Application with its plans, as granted.
    pub antrag: Antrag,
    /// Regelwerk of the Bescheid.
    pub regelwerk: Regelwerk,
    /// Per measure and Haushaltsjahr of the Bescheid, this call included once it is filed.
    pub stand: BTreeMap<(Uuid, i32), Massnahmenstand>,
    /// Account of the case.
    pub konto: Zahlkonto,
    /// Overdue proofs of the case.
    pub ueberfaellig: Vec<Ueberfaelliges>,
    /// What other calls of the case are or were made for, refused and cancelled ones left out.
    pub andere_abrufe: Vec<AndererAbruf>,
    /// What other calls of the case have reserved and not been paid.
    pub unterwegs: Euro,
    /// Exceptions of the case.
    pub ausnahmen: Vec<Ausnahme>,
    /// Legal day.
    pub heute: NaiveDate,
}

impl Mittelabruf {
    /// Sum of what was found payable; none before the check.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn festgestellt(&self) -> Result<Option<Festgestellt>, GeldFehler> {
        if self.feststellung.is_none() {
            return Ok(None);
        }
        let summe = Euro::summe(self.stellen.iter().filter_map(|s| s.festgestellt).map(|f| f.0))?;
        Ok(Some(Festgestellt(summe)))
    }

    /// What it has reserved and not been paid: what was asked for, after the check what was found; nothing while it is a
    /// draft or once it has ended.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn reserviert(&self) -> Result<Euro, GeldFehler> {
        use MittelabrufStatus as S;
        if !matches!(self.status, S::Eingereicht | S::Geprueft | S::Gekuerzt | S::Angeordnet) {
            return Ok(Euro::NULL);
        }
        let summe = Euro::summe(self.stellen.iter().map(|s| s.festgestellt.map_or(s.angefordert.0, |f| f.0)))?;
        summe.minus(self.ausgezahlt()?.0)
    }

    /// Sum of what was paid, returns taken off.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn ausgezahlt(&self) -> Result<Ausgezahlt, GeldFehler> {
        Euro::summe(self.stellen.iter().map(|s| s.ausgezahlt.0)).map(Ausgezahlt)
    }

    /// What every position called and was paid by the end of a day (all days, without one), told from the events of the
    /// call alone: what was asked until the check, what was found then, what is paid once it ended; paid by value date.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn stand_am(&self, stichtag: Option<NaiveDate>) -> Result<Vec<Abrufstand>, GeldFehler> {
        let schon = |tag: Option<NaiveDate>| tag.is_some_and(|t| stichtag.is_none_or(|s| t <= s));
        let geprueft = schon(self.feststellung.as_ref().map(|f| f.am));
        let offen = schon(self.eingereicht_am) && !schon(self.ende.as_ref().map(|e| e.am));
        let bewegungen: Vec<_> = self.geldbewegungen.iter().map(|g| (g.wertstellung_am, g.betrag)).collect();
        let bisher = self.verteilt_am(&bewegungen, stichtag)?;
        let stand = |(s, ausgezahlt): (&Abrufstelle, Euro)| Abrufstand {
            massnahme_id: s.massnahme_id,
            teilbudget: s.teilbudget.clone(),
            abgerufen: match s.festgestellt {
                _ if !offen => ausgezahlt,
                Some(f) if geprueft => f.0,
                _ => s.angefordert.0,
            },
            ausgezahlt,
        };
        Ok(self.stellen.iter().zip(bisher).map(stand).collect())
    }

    /// Movements of money for this call (payments, negative returns), in the order of their reports, as its positions
    /// bear them: what has its value date by the end of a day. What is paid beyond everything found payable stands on
    /// the first position.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn verteilt_am(
        &self,
        bewegungen: &[(NaiveDate, Euro)],
        stichtag: Option<NaiveDate>,
    ) -> Result<Vec<Euro>, GeldFehler> {
        let mut gesamt = vec![Euro::NULL; self.stellen.len()];
        let mut bisher = gesamt.clone();
        for (am, betrag) in bewegungen {
            let zurueck = betrag.ist_negativ();
            let grenze = |(s, b): (&Abrufstelle, &Euro)| match s.festgestellt {
                _ if zurueck => Ok((*b).max(Euro::NULL)),
                f => Ok(f.unwrap_or_default().0.minus(*b)?.max(Euro::NULL)),
            };
            let grenzen = self.stellen.iter().zip(&gesamt).map(grenze).collect::<Result<Vec<_>, GeldFehler>>()?;
            let hoehe = if zurueck { betrag.negativ() } else { *betrag };
            let passt = hoehe.min(Euro::summe(grenzen.iter().copied())?);
            let mut teile =
                if passt.ist_null() { vec![passt; grenzen.len()] } else { bedarf::verteile(passt, &grenzen)? };
            if let Some(erster) = teile.first_mut() {
                *erster = erster.plus(hoehe.minus(passt)?)?;
            }
            let zaehlt = stichtag.is_none_or(|s| *am <= s);
            for ((g, b), teil) in gesamt.iter_mut().zip(&mut bisher).zip(teile) {
                let teil = if zurueck { teil.negativ() } else { teil };
                *g = g.plus(teil)?;
                if zaehlt {
                    *b = b.plus(teil)?;
                }
            }
        }
        Ok(bisher)
    }

    /// Account of a position in the ledger.
    fn konto(&self, stelle: &Abrufstelle, art: Kontoart) -> crate::konto::Kontoschluessel {
        crate::konto::Kontoschluessel {
            jahrgang: self.jahrgang,
            kreisschluessel: self.kreisschluessel.clone(),
            teilbudget: stelle.teilbudget.clone(),
            haushaltsjahr: self.inhalt.haushaltsjahr,
            art,
        }
    }
}

#[cfg(test)]
mod tests;
