//! Whether money, Belege, proofs of use and final decision agree, measure by measure. Belege and proofs know no Teilbudget
//! with certainty, so this is a report beside [`super::abgleich()`]. Each figure comes from its own source; a pair is
//! compared only where both sides are there, and a difference is never explained away.

use crate::geld::{Euro, GeldFehler};
use crate::konto::{Kontoart, Stand};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

mod fall;
mod quellen;
#[cfg(test)]
mod tests;

pub use quellen::*;

crate::status! {
    /// How far the proof of use of a case is, which says what can be compared.
    Nachweislage {
        /// None was begun, or all were withdrawn.
        Keiner = "KEINER",
        /// Only drafts: nothing is stated yet.
        Entwurf = "ENTWURF",
        /// Zwischennachweise are filed, a final proof is not.
        Zwischennachweis = "ZWISCHENNACHWEIS",
        /// The final proof is filed.
        Eingereicht = "EINGEREICHT",
        /// The final proof was sent back: its last filing counts, its Belegliste is open.
        Nachforderung = "NACHFORDERUNG",
        /// The final proof is being examined.
        InPruefung = "IN_PRUEFUNG",
        /// The examination of the final proof is over.
        Geprueft = "GEPRUEFT",
        /// The final decision was issued.
        Abgeschlossen = "ABGESCHLOSSEN",
    }
}

crate::status! {
    /// Two sources that must say the same.
    Nachweisvergleich {
        /// Claimed by the Belege; eligible expenditure stated in the proof.
        BelegeNachweis = "BELEGE_NACHWEIS",
        /// Eligible expenditure the final proof took over; that of the Zwischennachweise in force.
        Uebernahme = "UEBERNAHME",
        /// State funds stated as received; paid out in the ledger.
        Landesmittel = "LANDESMITTEL",
        /// Eligible expenditure stated in the proof; what the Schlussrechnung began with.
        NachweisSchlussrechnung = "NACHWEIS_SCHLUSSRECHNUNG",
        /// Recognised of the Belege; what the Schlussrechnung left after its deductions for Belege.
        BelegeSchlussrechnung = "BELEGE_SCHLUSSRECHNUNG",
        /// Grant that remains by the Schlussrechnung; granted by the Schlussbescheid in force.
        SchlussrechnungBescheid = "SCHLUSSRECHNUNG_BESCHEID",
        /// Paid out in the ledger without what came back or is claimed back; granted in the end.
        Verbleib = "VERBLEIB",
        /// Recognised in the ledger; granted in the end.
        Anerkennung = "ANERKENNUNG",
        /// With Traegern by the Weiterleitungen; by the ledger, until a decision moves it there.
        Weiterleitung = "WEITERLEITUNG",
        /// Claimed back by the Forderungen; claimed back in the ledger, paid back or not.
        Forderung = "FORDERUNG",
        /// Paid on the Forderungen; paid back in the ledger.
        Erstattung = "ERSTATTUNG",
    }
}

/// Both sides of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vergleichspaar {
    /// What the first source says.
    pub erste: Euro,
    /// What the second source says.
    pub zweite: Euro,
}

impl Vergleichspaar {
    /// The first less the second; 0.00 where they agree.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when it cannot be represented.
    pub fn differenz(self) -> Result<Euro, GeldFehler> {
        self.erste.minus(self.zweite)
    }
}

/// A measure of a county.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Nachweisstelle {
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Measure.
    pub massnahme_id: Uuid,
}

/// What the ledger says of a measure; `abgerufen` ≥ `ausgezahlt`, and the others are parts of what was paid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nachweisbuch {
    /// Called.
    pub abgerufen: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// With Traegern, neither recognised nor claimed back.
    pub weitergeleitet: Euro,
    /// Recognised by the final decision.
    pub anerkannt: Euro,
    /// Claimed back and not yet paid back.
    pub rueckgefordert: Euro,
    /// Paid back on a claim.
    pub erstattet: Euro,
    /// Paid back before anything was claimed.
    pub zurueckgezahlt: Euro,
}

impl Nachweisbuch {
    /// Of the balances of a measure.
    fn aus(salden: &[(Kontoart, Euro)]) -> Result<Self, GeldFehler> {
        let s = Stand::aus_salden(salden.iter().copied())?;
        let zurueck = salden.iter().filter(|(art, _)| *art == Kontoart::Zurueckgezahlt);
        let zurueckgezahlt = Euro::summe(zurueck.map(|(_, saldo)| *saldo))?;
        Ok(Nachweisbuch {
            abgerufen: s.abgerufen,
            ausgezahlt: s.ausgezahlt,
            weitergeleitet: s.weitergeleitet,
            anerkannt: s.anerkannt,
            rueckgefordert: s.rueckgefordert,
            erstattet: s.erstattet.minus(zurueckgezahlt)?,
            zurueckgezahlt,
        })
    }

    /// Paid out, neither come back nor claimed back.
    fn verbleib(&self) -> Result<Euro, GeldFehler> {
        self.ausgezahlt.minus(Euro::summe([self.rueckgefordert, self.erstattet, self.zurueckgezahlt])?)
    }

    fn plus(self, b: Self) -> Result<Self, GeldFehler> {
        Ok(Nachweisbuch {
            abgerufen: self.abgerufen.plus(b.abgerufen)?,
            ausgezahlt: self.ausgezahlt.plus(b.ausgezahlt)?,
            weitergeleitet: self.weitergeleitet.plus(b.weitergeleitet)?,
            anerkannt: self.anerkannt.plus(b.anerkannt)?,
            rueckgefordert: self.rueckgefordert.plus(b.rueckgefordert)?,
            erstattet: self.erstattet.plus(b.erstattet)?,
            zurueckgezahlt: self.zurueckgezahlt.plus(b.zurueckgezahlt)?,
        })
    }
}

/// What the authority decided about Belege: `beantragt = anerkannt + abgelehnt + offen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Belegentscheide {
    /// Recognised.
    pub anerkannt: Euro,
    /// Not recognised.
    pub abgelehnt: Euro,
    /// Claimed and not yet decided.
    pub offen: Euro,
    /// Number of Belege that are not recognised in full.
    pub gekuerzt: i64,
    /// Number of Belege that are not decided.
    pub unentschieden: i64,
}

/// Belege of a measure, credit notes taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Belegzahlen {
    /// Number of Belege.
    pub anzahl: i64,
    /// Paid by them; money received is no part of it.
    pub gezahlt: Euro,
    /// Claimed.
    pub beantragt: Euro,
    /// What the authority decided.
    pub entschieden: Belegentscheide,
}

impl Belegzahlen {
    /// Both together.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn plus(self, b: Self) -> Result<Self, GeldFehler> {
        let (e, f) = (self.entschieden, b.entschieden);
        Ok(Belegzahlen {
            anzahl: self.anzahl.saturating_add(b.anzahl),
            gezahlt: self.gezahlt.plus(b.gezahlt)?,
            beantragt: self.beantragt.plus(b.beantragt)?,
            entschieden: Belegentscheide {
                anerkannt: e.anerkannt.plus(f.anerkannt)?,
                abgelehnt: e.abgelehnt.plus(f.abgelehnt)?,
                offen: e.offen.plus(f.offen)?,
                gekuerzt: e.gekuerzt.saturating_add(f.gekuerzt),
                unentschieden: e.unentschieden.saturating_add(f.unentschieden),
            },
        })
    }
}

/// What the proof in force states of a measure: the last filing of the final proof with what it took over, before there is
/// one those of the Zwischennachweise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nachweisangaben {
    /// Spent.
    pub ausgaben: Euro,
    /// Eligible of it.
    pub zuwendungsfaehig: Euro,
    /// State funds received.
    pub landesmittel: Euro,
}

impl Nachweisangaben {
    fn plus(self, b: Self) -> Result<Self, GeldFehler> {
        Ok(Nachweisangaben {
            ausgaben: self.ausgaben.plus(b.ausgaben)?,
            zuwendungsfaehig: self.zuwendungsfaehig.plus(b.zuwendungsfaehig)?,
            landesmittel: self.landesmittel.plus(b.landesmittel)?,
        })
    }
}

/// What the Schlussrechnung of the last issued Schlussbescheid says of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Schlusszahlen {
    /// Eligible expenditure it began with.
    pub nachgewiesen: Euro,
    /// Taken off for Belege.
    pub belegabzug: Euro,
    /// Taken off for findings.
    pub feststellungsabzug: Euro,
    /// Recognised in the end.
    pub anerkannt: Euro,
    /// Grant that remains.
    pub endgueltig: Euro,
    /// Claimed back by the Schlussbescheid.
    pub erstattung: Euro,
}

impl Schlusszahlen {
    fn plus(self, b: Self) -> Result<Self, GeldFehler> {
        Ok(Schlusszahlen {
            nachgewiesen: self.nachgewiesen.plus(b.nachgewiesen)?,
            belegabzug: self.belegabzug.plus(b.belegabzug)?,
            feststellungsabzug: self.feststellungsabzug.plus(b.feststellungsabzug)?,
            anerkannt: self.anerkannt.plus(b.anerkannt)?,
            endgueltig: self.endgueltig.plus(b.endgueltig)?,
            erstattung: self.erstattung.plus(b.erstattung)?,
        })
    }
}

/// Claims for repayment and what was paid on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forderungszahlen {
    /// Claimed back.
    pub gefordert: Euro,
    /// Paid on it.
    pub gezahlt: Euro,
}

/// The figures of one measure, or the sums of many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Nachweiszahlen {
    /// Granted by the Bescheid in force.
    pub bewilligt: Euro,
    /// What the ledger says.
    pub buch: Nachweisbuch,
    /// With Traegern by the Weiterleitungen: paid to them and not given back, proved or not.
    pub weitergeleitet: Euro,
    /// Belege of the current chains, those of drafts included.
    pub belege: Belegzahlen,
    /// What the authority decided about Belege is not shown: a proof is being examined.
    pub verdeckt: bool,
    /// What the proof states; none while nothing is filed.
    pub angaben: Option<Nachweisangaben>,
    /// What the Schlussrechnung says; none before there is a Schlussbescheid.
    pub schluss: Option<Schlusszahlen>,
    /// Claims.
    pub forderungen: Forderungszahlen,
    /// The pairs of which both sides are there.
    pub vergleiche: BTreeMap<Nachweisvergleich, Vergleichspaar>,
}

/// Both together; what only one of them has stays.
fn beide<T>(a: Option<T>, b: Option<T>, plus: fn(T, T) -> Result<T, GeldFehler>) -> Result<Option<T>, GeldFehler> {
    match (a, b) {
        (Some(a), Some(b)) => plus(a, b).map(Some),
        (a, b) => Ok(a.or(b)),
    }
}

impl Nachweiszahlen {
    /// What the authority decided about the Belege, if it may be shown.
    pub fn entschieden(&self) -> Option<&Belegentscheide> {
        (!self.verdeckt).then_some(&self.belege.entschieden)
    }

    /// The pairs that differ.
    pub fn abweichungen(&self) -> impl Iterator<Item = Nachweisvergleich> {
        self.vergleiche.iter().filter(|(_, p)| p.erste != p.zweite).map(|(v, _)| *v)
    }

    /// None of the sources knows any money.
    fn ohne_geld(&self) -> bool {
        let ohne = Nachweiszahlen {
            verdeckt: self.verdeckt,
            angaben: self.angaben.map(|_| Nachweisangaben::default()),
            schluss: self.schluss.map(|_| Schlusszahlen::default()),
            vergleiche: self.vergleiche.clone(),
            ..Nachweiszahlen::default()
        };
        *self == ohne
    }

    fn plus(mut self, b: &Self) -> Result<Self, GeldFehler> {
        for (v, p) in &b.vergleiche {
            let summe = self.vergleiche.entry(*v).or_default();
            *summe = Vergleichspaar { erste: summe.erste.plus(p.erste)?, zweite: summe.zweite.plus(p.zweite)? };
        }
        Ok(Nachweiszahlen {
            bewilligt: self.bewilligt.plus(b.bewilligt)?,
            buch: self.buch.plus(b.buch)?,
            weitergeleitet: self.weitergeleitet.plus(b.weitergeleitet)?,
            belege: self.belege.plus(b.belege)?,
            verdeckt: self.verdeckt || b.verdeckt,
            angaben: beide(self.angaben, b.angaben, Nachweisangaben::plus)?,
            schluss: beide(self.schluss, b.schluss, Schlusszahlen::plus)?,
            forderungen: Forderungszahlen {
                gefordert: self.forderungen.gefordert.plus(b.forderungen.gefordert)?,
                gezahlt: self.forderungen.gezahlt.plus(b.forderungen.gezahlt)?,
            },
            vergleiche: self.vergleiche,
        })
    }
}

/// One line of the reconciliation with the proofs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nachweisabgleichzeile {
    /// The measure.
    pub stelle: Nachweisstelle,
    /// Its application; none where only the ledger knows the measure.
    pub antrag_id: Option<Uuid>,
    /// Its number in the Bescheid in force.
    pub massnahme_nr: Option<String>,
    /// The Bescheid in force.
    pub bescheid_id: Option<Uuid>,
    /// How far the proof is.
    pub lage: Nachweislage,
    /// The current proofs of the case that were not withdrawn, drafts included, in order of time.
    pub nachweise: Vec<Uuid>,
    /// The figures.
    pub zahlen: Nachweiszahlen,
}

impl Nachweisabgleichzeile {
    /// At least one pair differs.
    pub fn weicht_ab(&self) -> bool {
        self.zahlen.abweichungen().next().is_some()
    }
}

/// Sums of all lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Nachweisabgleichsumme {
    /// The figures; pairs only of the lines that compare them.
    pub zahlen: Nachweiszahlen,
    /// Lines with a pair that differs; differences may cancel each other out in the sum.
    pub abweichungen: u32,
}

impl Nachweisabgleichsumme {
    /// Sums lines.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn aus<'z>(zeilen: impl IntoIterator<Item = &'z Nachweisabgleichzeile>) -> Result<Self, GeldFehler> {
        zeilen.into_iter().try_fold(Self::default(), |s, z| {
            Ok(Nachweisabgleichsumme {
                zahlen: s.zahlen.plus(&z.zahlen)?,
                abweichungen: s.abweichungen.saturating_add(u32::from(z.weicht_ab())),
            })
        })
    }
}
