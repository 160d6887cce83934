//! Sums of a list, and the hash that freezes it.

use super::{Beleg, Belegart, Pruefgrund, hexadezimal};
use crate::befund::Befund;
use crate::berechtigung::Sicht;
use crate::bescheid::sha256_kanonisch;
use crate::geld::{Euro, GeldFehler};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What Belege are summed by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Belegstelle {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Cost position.
    pub position: String,
    /// Haushaltsjahr.
    pub haushaltsjahr: i32,
    /// Sub-budget.
    pub teilbudget: String,
}

/// Sums of one place: `beantragt = anerkannt + abgelehnt + offen`, credit notes taken off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Belegsumme {
    /// Number of Belege.
    pub anzahl: i64,
    /// Claimed.
    pub beantragt: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Not recognised, by reason.
    pub abgelehnt: BTreeMap<Pruefgrund, Euro>,
    /// Number of Belege that are not recognised in full.
    pub gekuerzt: i64,
    /// Number of Belege that are not decided.
    pub unentschieden: i64,
    /// Claimed and not yet decided.
    pub offen: Euro,
    /// Money received; not part of what is claimed.
    pub einnahmen: Euro,
}

/// One line as sums need it, or several of one place, kind and reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belegposten {
    /// Where it counts.
    pub stelle: Belegstelle,
    /// What it proves.
    pub art: Belegart,
    /// How many Belege it stands for.
    pub anzahl: i64,
    /// How many of them are not recognised in full.
    pub gekuerzt: i64,
    /// Claimed.
    pub beantragt: Euro,
    /// Recognised, and why; none while undecided.
    pub entschieden: Option<(Euro, Pruefgrund)>,
}

impl From<&Beleg> for Belegposten {
    fn from(b: &Beleg) -> Self {
        Belegposten {
            stelle: Belegstelle {
                massnahme_id: b.massnahme_id,
                position: b.inhalt.position.clone(),
                haushaltsjahr: b.haushaltsjahr,
                teilbudget: b.inhalt.teilbudget.clone(),
            },
            art: b.inhalt.art,
            anzahl: 1,
            gekuerzt: i64::from(b.entscheidung.as_ref().is_some_and(|e| e.anerkannt != b.inhalt.beantragt)),
            beantragt: b.inhalt.beantragt,
            entschieden: b.entscheidung.as_ref().map(|e| (e.anerkannt, e.pruefgrund)),
        }
    }
}

/// Sums of many lines.
///
/// # Errors
/// [`GeldFehler::Bereich`].
pub fn summiere(
    posten: impl IntoIterator<Item = Belegposten>,
) -> Result<BTreeMap<Belegstelle, Belegsumme>, GeldFehler> {
    let mut aus = BTreeMap::<Belegstelle, Belegsumme>::new();
    for p in posten {
        let s = aus.entry(p.stelle).or_default();
        s.anzahl = s.anzahl.saturating_add(p.anzahl);
        if p.art == Belegart::Einnahme {
            s.einnahmen = s.einnahmen.plus(p.beantragt)?;
            continue;
        }
        s.beantragt = s.beantragt.plus(p.beantragt)?;
        match p.entschieden {
            None => {
                s.offen = s.offen.plus(p.beantragt)?;
                s.unentschieden = s.unentschieden.saturating_add(p.anzahl);
            }
            Some((anerkannt, grund)) => {
                s.anerkannt = s.anerkannt.plus(anerkannt)?;
                if p.gekuerzt > 0 {
                    let rest = p.beantragt.minus(anerkannt)?;
                    s.gekuerzt = s.gekuerzt.saturating_add(p.gekuerzt);
                    let bisher = s.abgelehnt.get(&grund).copied().unwrap_or(Euro::NULL);
                    s.abgelehnt.insert(grund, bisher.plus(rest)?);
                }
            }
        }
    }
    Ok(aus)
}

/// What the authority decided about Belege is hidden from a caller: until the proof is closed, its decisions are drafts
/// that nobody else reads, in whatever state the proof waits.
pub fn verdeckt(entschieden: bool, sicht: &Sicht) -> bool {
    !entschieden && *sicht != Sicht::Alles
}

/// What the hash of a list covers of one line: who it is and what the applicant says, never the decision.
#[derive(Debug, Serialize)]
struct Listenzeile<'b> {
    id: Uuid,
    lfd_nr: i32,
    haushaltsjahr: i32,
    inhalt: &'b super::Beleginhalt,
}

/// SHA-256 over a list in the order of its numbers: what filing freezes and what a sample is drawn from. Two lists have
/// the same hash exactly when they hold the same lines.
#[derive(Debug, Default)]
pub struct Listenhash(Sha256);

impl Beleg {
    /// Hash of what the hash of a list covers of this line; kept beside it, so that a list need not be read to be hashed.
    ///
    /// # Errors
    /// `RECHENEINGABE` for a line that JSON cannot express.
    pub fn zeile_sha256(&self) -> Result<String, Befund> {
        sha256_kanonisch(&Listenzeile {
            id: self.id,
            lfd_nr: self.lfd_nr,
            haushaltsjahr: self.haushaltsjahr,
            inhalt: &self.inhalt,
        })
    }
}

impl Listenhash {
    /// Adds the next line by its [`Beleg::zeile_sha256`].
    pub fn nimm(&mut self, zeile_sha256: &str) {
        self.0.update(zeile_sha256.as_bytes());
        self.0.update(b"\n");
    }

    /// 64 lower-case hexadecimal digits.
    pub fn fertig(self) -> String {
        hexadezimal(&self.0.finalize())
    }
}

/// [`Listenhash`] of lines in any order.
///
/// # Errors
/// `RECHENEINGABE` for a line that JSON cannot express.
pub fn liste_hash<'b>(belege: impl IntoIterator<Item = &'b Beleg>) -> Result<String, Befund> {
    let mut alle: Vec<&Beleg> = belege.into_iter().collect();
    alle.sort_by_key(|b| (b.lfd_nr, b.id));
    let mut h = Listenhash::default();
    for b in alle {
        h.nimm(&b.zeile_sha256()?);
    }
    Ok(h.fertig())
}
