//! Whether Bescheide, calls for money, payments and ledger agree, measure by measure. Each column comes from its own source; a difference is never
//! explained away, it is shown with the postings behind it. Belege and proofs of use are compared by
//! [`super::nachweisabgleich()`].

use crate::bescheid::{Bescheid, geltend};
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Kontoart, Stand};
use crate::mittelabruf::Mittelabruf;
use crate::zahlung::Zahlung;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

#[cfg(test)]
pub(super) mod tests;

/// What is compared: money of one measure in one Teilbudget and Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Abgleichstelle {
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Measure; none for money on an account of measures that names none.
    pub massnahme_id: Option<Uuid>,
    /// Teilbudget.
    pub teilbudget: String,
    /// Year in which the money flows.
    pub haushaltsjahr: i32,
}

/// What the Bescheid in force grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bewilligtes {
    /// The Bescheid.
    pub bescheid_id: Uuid,
    /// Application it decides.
    pub antrag_id: Uuid,
    /// Number of the measure in it.
    pub massnahme_nr: String,
    /// Granted.
    pub betrag: Euro,
}

/// What the calls for money say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Abrufseite {
    /// Reserved by calls that were filed and did not end without a payment.
    pub abgerufen: Euro,
    /// Paid by the value dates reported to the calls.
    pub ausgezahlt: Euro,
    /// The calls, in order of their filing.
    pub abrufe: Vec<Uuid>,
}

/// What the payments say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zahlseite {
    /// Value dates less returns, borne by the position as the call was found payable.
    pub ausgezahlt: Euro,
    /// The payments, in order of their making.
    pub zahlungen: Vec<Uuid>,
}

/// Distances between the sources; 0.00 everywhere where they agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abgleichdifferenz {
    /// Granted by the Bescheid less bound in the ledger; what is claimed back or was paid back is bound there and granted
    /// no more, so it is left out.
    pub bewilligt: Euro,
    /// Called by the calls less called in the ledger.
    pub abgerufen: Euro,
    /// Paid by the calls less paid out in the ledger.
    pub ausgezahlt: Euro,
    /// Paid by the payments less paid out in the ledger.
    pub zahlungen: Euro,
    /// Passed on beyond what the county received for the measure; never below 0.00.
    pub weitergeleitet: Euro,
}

impl Abgleichdifferenz {
    fn aus(betrag: Euro, abrufe: &Abrufseite, zahlungen: &Zahlseite, buch: &Stand) -> Result<Self, GeldFehler> {
        let nicht_mehr_bewilligt = buch.rueckgefordert.plus(buch.erstattet)?;
        let nicht_mehr_da = Euro::summe([buch.weitergeleitet, buch.anerkannt, buch.erstattet])?;
        Ok(Abgleichdifferenz {
            bewilligt: betrag.minus(buch.gebunden.minus(nicht_mehr_bewilligt)?)?,
            abgerufen: abrufe.abgerufen.minus(buch.abgerufen)?,
            ausgezahlt: abrufe.ausgezahlt.minus(buch.ausgezahlt)?,
            zahlungen: zahlungen.ausgezahlt.minus(buch.ausgezahlt)?,
            // an account never falls below zero, one measure of it may
            weitergeleitet: nicht_mehr_da.minus(buch.ausgezahlt)?.max(Euro::NULL),
        })
    }
}

/// One line of the reconciliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abgleichzeile {
    /// What is compared.
    pub stelle: Abgleichstelle,
    /// What the Bescheid in force says; none where no Bescheid knows it.
    pub bewilligt: Option<Bewilligtes>,
    /// What the calls say.
    pub abrufe: Abrufseite,
    /// What the payments say.
    pub zahlungen: Zahlseite,
    /// What the ledger says.
    pub buch: Stand,
    /// Distances.
    pub differenz: Abgleichdifferenz,
}

impl Abgleichzeile {
    /// The sources disagree, more was passed on than received, or money on an account of measures names none.
    pub fn weicht_ab(&self) -> bool {
        self.differenz != Abgleichdifferenz::default() || self.stelle.massnahme_id.is_none()
    }

    /// Granted in euro; nothing where no Bescheid knows it.
    pub fn betrag(&self) -> Euro {
        self.bewilligt.as_ref().map_or(Euro::NULL, |b| b.betrag)
    }
}

/// The Bescheide in force at the end of a day (now, without one), one for each application that has one.
pub fn geltende(bescheide: impl IntoIterator<Item = Bescheid>, stichtag: Option<NaiveDate>) -> Vec<Bescheid> {
    let mut je = BTreeMap::<Uuid, Vec<Bescheid>>::new();
    for b in bescheide {
        if stichtag.is_none_or(|tag| b.erlassen_am.is_some_and(|e| e <= tag)) {
            je.entry(b.inhalt.antrag_id).or_default().push(b);
        }
    }
    je.into_values().filter_map(|kette| geltend(&kette).cloned()).collect()
}

/// Balances of accounts by what they are meant for.
pub type Buchsalden = Vec<(Abgleichstelle, Kontoart, Euro)>;

/// What the sources say about one place.
#[derive(Default)]
struct Quellen {
    bewilligt: Option<Bewilligtes>,
    abrufe: Abrufseite,
    zahlungen: Zahlseite,
    buch: Vec<(Kontoart, Euro)>,
}

/// Puts the sources side by side; a line that only one of them knows is there too. Lines without any money are not.
///
/// # Errors
/// [`GeldFehler::Bereich`] when a sum cannot be represented.
pub fn abgleich(
    geltende: &[Bescheid],
    abrufe: &[Mittelabruf],
    zahlungen: &[Zahlung],
    buch: Buchsalden,
    stichtag: Option<NaiveDate>,
) -> Result<Vec<Abgleichzeile>, GeldFehler> {
    let mut je = BTreeMap::<Abgleichstelle, Quellen>::new();
    for b in geltende {
        for ((massnahme, teilbudget, haushaltsjahr), betrag) in b.bewilligt_je()? {
            let nr = b.inhalt.positionen.iter().find(|p| p.massnahme_id == massnahme).map(|p| p.massnahme_nr.clone());
            let stelle = Abgleichstelle {
                kreisschluessel: b.inhalt.kreisschluessel.clone(),
                massnahme_id: Some(massnahme),
                teilbudget,
                haushaltsjahr,
            };
            je.entry(stelle).or_default().bewilligt = Some(Bewilligtes {
                bescheid_id: b.id,
                antrag_id: b.inhalt.antrag_id,
                massnahme_nr: nr.unwrap_or_default(),
                betrag,
            });
        }
    }
    let mut je_abruf = BTreeMap::<Uuid, Vec<&Zahlung>>::new();
    for z in zahlungen {
        je_abruf.entry(z.auftrag.mittelabruf_id).or_default().push(z);
    }
    for a in abrufe {
        let gezahlt = je_abruf.remove(&a.id).unwrap_or_default();
        let mut bewegungen: Vec<_> = gezahlt.iter().flat_map(|z| z.bewegungen()).collect();
        // an earlier payment may come back after a later one was carried out
        bewegungen.sort_by_key(|(am, _)| *am);
        for (s, ausgezahlt) in a.stand_am(stichtag)?.into_iter().zip(a.verteilt_am(&bewegungen, stichtag)?) {
            let stelle = Abgleichstelle {
                kreisschluessel: a.kreisschluessel.clone(),
                massnahme_id: Some(s.massnahme_id),
                teilbudget: s.teilbudget,
                haushaltsjahr: a.inhalt.haushaltsjahr,
            };
            let Quellen { abrufe, zahlungen, .. } = je.entry(stelle).or_default();
            abrufe.abgerufen = abrufe.abgerufen.plus(s.abgerufen)?;
            abrufe.ausgezahlt = abrufe.ausgezahlt.plus(s.ausgezahlt)?;
            abrufe.abrufe.push(a.id);
            zahlungen.ausgezahlt = zahlungen.ausgezahlt.plus(ausgezahlt)?;
            zahlungen.zahlungen.extend(gezahlt.iter().map(|z| z.id));
        }
    }
    for (stelle, art, saldo) in buch {
        je.entry(stelle).or_default().buch.push((art, saldo));
    }
    let mut zeilen = Vec::with_capacity(je.len());
    for (stelle, q) in je {
        let buch = Stand::aus_salden(q.buch.iter().copied())?;
        let betrag = q.bewilligt.as_ref().map_or(Euro::NULL, |b| b.betrag);
        let differenz = Abgleichdifferenz::aus(betrag, &q.abrufe, &q.zahlungen, &buch)?;
        let leer = betrag.ist_null() && buch == Stand::default() && differenz == Abgleichdifferenz::default();
        if !leer {
            let Quellen { bewilligt, abrufe, zahlungen, .. } = q;
            zeilen.push(Abgleichzeile { stelle, bewilligt, abrufe, zahlungen, buch, differenz });
        }
    }
    Ok(zeilen)
}

/// Sums of all lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abgleichsumme {
    /// Granted.
    pub bewilligt: Euro,
    /// Called, by the calls.
    pub abgerufen: Euro,
    /// Paid, by the calls.
    pub ausgezahlt: Euro,
    /// Paid, by the payments.
    pub gezahlt: Euro,
    /// What the ledger says.
    pub buch: Stand,
    /// Distances.
    pub differenz: Abgleichdifferenz,
    /// Lines whose sources disagree; their differences may cancel each other out in the sum.
    pub abweichungen: u32,
}

impl Abgleichsumme {
    /// Sums lines.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn aus<'z>(zeilen: impl IntoIterator<Item = &'z Abgleichzeile>) -> Result<Self, GeldFehler> {
        zeilen.into_iter().try_fold(Abgleichsumme::default(), |s, z| {
            Ok(Abgleichsumme {
                bewilligt: s.bewilligt.plus(z.betrag())?,
                abgerufen: s.abgerufen.plus(z.abrufe.abgerufen)?,
                ausgezahlt: s.ausgezahlt.plus(z.abrufe.ausgezahlt)?,
                gezahlt: s.gezahlt.plus(z.zahlungen.ausgezahlt)?,
                buch: s.buch.plus(z.buch)?,
                differenz: Abgleichdifferenz {
                    bewilligt: s.differenz.bewilligt.plus(z.differenz.bewilligt)?,
                    abgerufen: s.differenz.abgerufen.plus(z.differenz.abgerufen)?,
                    ausgezahlt: s.differenz.ausgezahlt.plus(z.differenz.ausgezahlt)?,
                    zahlungen: s.differenz.zahlungen.plus(z.differenz.zahlungen)?,
                    weitergeleitet: s.differenz.weitergeleitet.plus(z.differenz.weitergeleitet)?,
                },
                abweichungen: s.abweichungen.saturating_add(u32::from(z.weicht_ab())),
            })
        })
    }
}
