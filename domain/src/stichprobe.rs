//! Stichprobe: which receipts of a proof are examined in depth. The draw depends on nothing but seed, algorithm and
//! population, so anyone can repeat it.
//!
//! Algorithm `MUS-1`, monetary unit sampling in whole numbers: every receipt weighs its amount in cents times its risk
//! (1 to 10). Receipts that weigh at least one interval (total weight through what is left to draw) are certain and
//! taken first; the others stand in the order of SHA-256(seed ‖ key), and of their weights, laid end to end, every
//! interval from a start that the seed gives is hit. Where only running numbers are known each weighs the same.

use crate::befund::{Befund, Einheit};
use crate::geld::Euro;
use crate::regel::{STICHPROBE_LEER, STICHPROBE_NICHT_VORGELEGT, STICHPROBE_UMFANG};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Name of the algorithm; another way of drawing gets another name.
pub const ALGORITHMUS: &str = "MUS-1";
/// Highest risk of a receipt.
pub const RISIKO_HOECHSTENS: u32 = 10;

crate::status! {
    /// What is drawn from.
    Grundgesamtheit {
        /// The receipts of the list.
        Belege = "BELEGE",
        /// Running numbers of the county's books, where no list was submitted.
        LaufendeNummern = "LAUFENDE_NUMMERN",
    }
}

/// One receipt that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stichprobeneinheit {
    /// Id of the Beleg, or its running number.
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 60, pattern = "^[0-9a-f-]+$", examples("17")))]
    pub schluessel: String,
    /// Claimed amount without its sign; 0.00 where it is not known.
    pub betrag: Euro,
    /// Risk from 1 to 10: how often its amount counts.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 10, examples(1)))]
    pub risiko: u32,
}

/// How is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stichprobenfrage {
    /// Any text; written down before the draw, it cannot be chosen for its result.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 8, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("RPKS-2027-000417"))
    )]
    pub startwert: String,
    /// Number of receipts to draw; at most as many as there are.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 100_000, examples(10)))]
    pub umfang: u32,
}

/// A receipt that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stichprobentreffer {
    /// Id of the Beleg, or its running number.
    #[cfg_attr(feature = "schema", schema(max_length = 60, pattern = "^[0-9a-f-]+$", examples("17")))]
    pub schluessel: String,
    /// It was certain: it weighs an interval by itself.
    pub sicher: bool,
}

/// A draw as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stichprobe {
    /// Id.
    pub id: Uuid,
    /// Chain of the proof.
    pub kette_id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// What was drawn from.
    pub grundgesamtheit: Grundgesamtheit,
    /// How many there were.
    pub anzahl: i64,
    /// SHA-256 of what was drawn from ([`grundgesamtheit_sha256`]).
    pub grundgesamtheit_sha256: String,
    /// Name of the algorithm.
    pub algorithmus: String,
    /// How was drawn.
    pub frage: Stichprobenfrage,
    /// What was drawn, in the order of their keys.
    pub treffer: Vec<Stichprobentreffer>,
    /// Why these risks and this size.
    pub begruendung: String,
    /// Who drew.
    pub gezogen_von: String,
    /// Legal day.
    pub gezogen_am: NaiveDate,
}

impl Stichprobe {
    /// `STICHPROBE_NICHT_VORGELEGT`: of running numbers nobody knows more than how many were drawn; so many Belege must
    /// be decided. A draw from a list needs no such rule, because the whole list is decided.
    pub fn pruefe_vorlage(&self, entschieden: i64) -> Option<Befund> {
        let gezogen = i64::try_from(self.treffer.len()).unwrap_or(i64::MAX);
        (self.grundgesamtheit == Grundgesamtheit::LaufendeNummern && entschieden < gezogen).then(|| {
            Befund::neu(&STICHPROBE_NICHT_VORGELEGT).gemessen("entschieden", entschieden, Einheit::Anzahl).erlaubt(
                "gezogen",
                gezogen,
                Einheit::Anzahl,
            )
        })
    }
}

/// SHA-256 over the population in the order of its keys.
pub fn grundgesamtheit_sha256(einheiten: &[Stichprobeneinheit]) -> String {
    let mut geordnet: Vec<&Stichprobeneinheit> = einheiten.iter().collect();
    geordnet.sort_by(|a, b| a.schluessel.cmp(&b.schluessel));
    let mut h = Sha256::new();
    for e in geordnet {
        h.update(format!("{}\u{1f}{}\u{1f}{}\u{1e}", e.schluessel, e.betrag, e.risiko).as_bytes());
    }
    hex(&h.finalize())
}

/// The running numbers 1 to `anzahl` as a population.
pub fn laufende_nummern(anzahl: u32) -> Vec<Stichprobeneinheit> {
    (1..=anzahl).map(|n| Stichprobeneinheit { schluessel: n.to_string(), betrag: Euro::NULL, risiko: 1 }).collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut s, b| {
        // writing to a String cannot fail
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// SHA-256 of seed and word, its first 16 bytes as a number.
fn zufall(startwert: &str, wort: &str) -> u128 {
    let h = Sha256::digest(format!("{startwert}\u{1f}{wort}").as_bytes());
    h.iter().take(16).fold(0u128, |n, b| (n << 8) | u128::from(*b))
}

/// At least one, so that a receipt without an amount can be drawn, too.
fn gewicht(e: &Stichprobeneinheit) -> u128 {
    let cent = u128::from(e.betrag.cent().unsigned_abs());
    cent.max(1).saturating_mul(u128::from(e.risiko.clamp(1, RISIKO_HOECHSTENS)))
}

/// Draws.
///
/// # Errors
/// `STICHPROBE_LEER` when there is nothing to draw from, `STICHPROBE_UMFANG` when more is wanted than there is or
/// nothing is.
pub fn ziehe(
    einheiten: &[Stichprobeneinheit],
    frage: &Stichprobenfrage,
) -> Result<Vec<Stichprobentreffer>, Vec<Befund>> {
    if einheiten.is_empty() {
        return Err(vec![Befund::neu(&STICHPROBE_LEER)]);
    }
    let umfang = usize::try_from(frage.umfang).unwrap_or(usize::MAX);
    if umfang == 0 || umfang > einheiten.len() {
        return Err(vec![
            Befund::neu(&STICHPROBE_UMFANG).ort("/umfang").gemessen("umfang", frage.umfang, Einheit::Anzahl).erlaubt(
                "hoechstens",
                einheiten.len(),
                Einheit::Anzahl,
            ),
        ]);
    }
    let mut rest: Vec<(u128, u128, &Stichprobeneinheit)> =
        einheiten.iter().map(|e| (gewicht(e), zufall(&frage.startwert, &e.schluessel), e)).collect();
    // the key decides between equal hashes, so the order never depends on the order of the input
    rest.sort_by(|a, b| (a.1, &a.2.schluessel).cmp(&(b.1, &b.2.schluessel)));
    let mut treffer: Vec<Stichprobentreffer> = Vec::with_capacity(umfang);
    loop {
        let offen = u128::try_from(umfang - treffer.len()).unwrap_or(0);
        if offen == 0 {
            break;
        }
        let summe: u128 = rest.iter().map(|r| r.0).sum();
        // weighs an interval by itself: weight × open ≥ sum
        let (sicher, uebrig): (Vec<_>, Vec<_>) = rest.iter().copied().partition(|r| r.0.saturating_mul(offen) >= summe);
        if sicher.is_empty() || u128::try_from(sicher.len()).unwrap_or(0) > offen {
            treffer.extend(systematisch(&rest, offen, summe, &frage.startwert));
            break;
        }
        treffer.extend(sicher.iter().map(|r| treffer_von(r.2, true)));
        rest = uebrig;
    }
    treffer.sort_by(|a, b| (a.schluessel.len(), &a.schluessel).cmp(&(b.schluessel.len(), &b.schluessel)));
    Ok(treffer)
}

fn treffer_von(e: &Stichprobeneinheit, sicher: bool) -> Stichprobentreffer {
    Stichprobentreffer { schluessel: e.schluessel.clone(), sicher }
}

/// Of the weights laid end to end the receipts at start, start + interval, …: with exact fractions, start and points are
/// multiplied by the number of draws instead of dividing the sum by it.
fn systematisch(
    rest: &[(u128, u128, &Stichprobeneinheit)],
    offen: u128,
    summe: u128,
    startwert: &str,
) -> Vec<Stichprobentreffer> {
    let start = zufall(startwert, ALGORITHMUS) % summe.max(1);
    let mut punkt = start;
    let mut bis = 0u128;
    let mut treffer = Vec::new();
    for (gewicht, _, e) in rest {
        bis = bis.saturating_add(gewicht.saturating_mul(offen));
        if punkt < bis && u128::try_from(treffer.len()).unwrap_or(u128::MAX) < offen {
            treffer.push(treffer_von(e, false));
            while punkt < bis {
                punkt = punkt.saturating_add(summe);
            }
        }
    }
    treffer
}

#[cfg(test)]
mod tests;
