//! Where what remains of a grant lies: per measure, Teilbudget and Haushaltsjahr, and what moves in the ledger.

use crate::aenderungsantrag::Ueberzahlungszuordnung;
use crate::bescheid::Bewilligungsstelle;
use crate::geld::{Euro, GeldFehler};
use crate::konto::Kontoart;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Money of one place as the ledger has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stellenstand {
    /// Bound and not called.
    pub gebunden: Euro,
    /// Called and not paid.
    pub abgerufen: Euro,
    /// With the county.
    pub ausgezahlt: Euro,
    /// With a Traeger.
    pub weitergeleitet: Euro,
    /// Recognised by a final decision before.
    pub anerkannt: Euro,
    /// Paid back before anything was claimed.
    pub zurueckgezahlt: Euro,
}

impl Stellenstand {
    /// Of the balances of a place.
    pub fn aus(salden: &BTreeMap<(Bewilligungsstelle, Kontoart), Euro>, stelle: &Bewilligungsstelle) -> Self {
        let saldo = |art| salden.get(&(stelle.clone(), art)).copied().unwrap_or_default();
        Stellenstand {
            gebunden: saldo(Kontoart::Gebunden),
            abgerufen: saldo(Kontoart::Abgerufen),
            ausgezahlt: saldo(Kontoart::Ausgezahlt),
            weitergeleitet: saldo(Kontoart::Weitergeleitet),
            anerkannt: saldo(Kontoart::Anerkannt),
            zurueckgezahlt: saldo(Kontoart::Zurueckgezahlt),
        }
    }

    /// Paid out and not claimed, what was paid back without a claim included.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn gezahlt(&self) -> Result<Euro, GeldFehler> {
        self.behalten()?.plus(self.zurueckgezahlt)
    }

    /// Paid out and neither claimed nor paid back.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn behalten(&self) -> Result<Euro, GeldFehler> {
        Euro::summe([self.ausgezahlt, self.weitergeleitet, self.anerkannt])
    }
}

/// What a final decision or a revocation moves at one place. All amounts are at least 0.00.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Regelungsposten {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub massnahme_nr: String,
    /// Teilbudget.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Granted after the decision.
    pub bewilligt: Euro,
    /// Bound money that becomes free: GEBUNDEN → VERFUEGBAR.
    pub frei: Euro,
    /// Recognised of what lies with the county: AUSGEZAHLT → ANERKANNT.
    pub anerkannt_ausgezahlt: Euro,
    /// Recognised of what lies with a Traeger: WEITERGELEITET → ANERKANNT.
    pub anerkannt_weitergeleitet: Euro,
    /// Claimed and paid back before: ZURUECKGEZAHLT → ERSTATTET.
    pub erstattung_zurueckgezahlt: Euro,
    /// Claimed back of what lies with the county: AUSGEZAHLT → RUECKGEFORDERT.
    pub erstattung_ausgezahlt: Euro,
    /// Claimed back of what lies with a Traeger; the county owes it all the same: WEITERGELEITET → RUECKGEFORDERT.
    pub erstattung_weitergeleitet: Euro,
    /// Claimed back of what was recognised before: ANERKANNT → RUECKGEFORDERT.
    pub erstattung_anerkannt: Euro,
}

impl Regelungsposten {
    /// Claimed back at this place.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn erstattung(&self) -> Result<Euro, GeldFehler> {
        Euro::summe([
            self.erstattung_zurueckgezahlt,
            self.erstattung_ausgezahlt,
            self.erstattung_weitergeleitet,
            self.erstattung_anerkannt,
        ])
    }

    /// What moves, as pairs of accounts with their amounts.
    pub fn bewegungen(&self) -> [(Kontoart, Kontoart, Euro); 7] {
        use Kontoart as K;
        [
            (K::Gebunden, K::Verfuegbar, self.frei),
            (K::Ausgezahlt, K::Anerkannt, self.anerkannt_ausgezahlt),
            (K::Weitergeleitet, K::Anerkannt, self.anerkannt_weitergeleitet),
            (K::Zurueckgezahlt, K::Erstattet, self.erstattung_zurueckgezahlt),
            (K::Ausgezahlt, K::Rueckgefordert, self.erstattung_ausgezahlt),
            (K::Weitergeleitet, K::Rueckgefordert, self.erstattung_weitergeleitet),
            (K::Anerkannt, K::Rueckgefordert, self.erstattung_anerkannt),
        ]
    }
}

/// A place with its money, as the decision finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abschlussstelle {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    pub massnahme_nr: String,
    /// Teilbudget.
    pub teilbudget: String,
    /// Haushaltsjahr.
    pub haushaltsjahr: i32,
    /// Money.
    pub stand: Stellenstand,
}

/// Takes `betrag` from the amounts in their order.
fn entnimm<const N: usize>(betrag: Euro, von: [Euro; N]) -> Result<[Euro; N], GeldFehler> {
    let mut rest = betrag;
    let mut teile = [Euro::NULL; N];
    for (teil, vorhanden) in teile.iter_mut().zip(von) {
        *teil = rest.min(vorhanden);
        rest = rest.minus(*teil)?;
    }
    if rest.ist_null() { Ok(teile) } else { Err(GeldFehler::Bereich) }
}

/// One place after a decision that leaves `bewilligt` of what was paid there. With `endgueltig` everything bound
/// becomes free and what remains is recognised; otherwise `frei` says what becomes free.
///
/// What is claimed back was paid back before, or is taken from the county's account, then from what lies with a Traeger,
/// then from what was recognised before.
///
/// # Errors
/// [`GeldFehler::Bereich`] when amounts do not fit together.
pub fn posten(
    stelle: &Abschlussstelle,
    bewilligt: Euro,
    frei: Euro,
    endgueltig: bool,
) -> Result<Regelungsposten, GeldFehler> {
    let s = &stelle.stand;
    let erstattung = s.gezahlt()?.minus(bewilligt)?.max(Euro::NULL);
    let [zurueck, beim_kreis, beim_traeger, anerkannt] =
        entnimm(erstattung, [s.zurueckgezahlt, s.ausgezahlt, s.weitergeleitet, s.anerkannt])?;
    let rest = |vorhanden: Euro, weg: Euro| if endgueltig { vorhanden.minus(weg) } else { Ok(Euro::NULL) };
    Ok(Regelungsposten {
        massnahme_id: stelle.massnahme_id,
        massnahme_nr: stelle.massnahme_nr.clone(),
        teilbudget: stelle.teilbudget.clone(),
        haushaltsjahr: stelle.haushaltsjahr,
        bewilligt,
        frei,
        anerkannt_ausgezahlt: rest(s.ausgezahlt, beim_kreis)?,
        anerkannt_weitergeleitet: rest(s.weitergeleitet, beim_traeger)?,
        erstattung_zurueckgezahlt: zurueck,
        erstattung_ausgezahlt: beim_kreis,
        erstattung_weitergeleitet: beim_traeger,
        erstattung_anerkannt: anerkannt,
    })
}

/// Divides what remains of a measure's grant over its places, never more than was paid there and kept, and says what moves.
/// With LIFO the last Haushaltsjahre lose first, with FIFO the first ones (parameter `ueberzahlung_zuordnung`).
///
/// Returns the places in their order, and what would remain beyond what was paid: no call was filed for it.
///
/// # Errors
/// [`GeldFehler::Bereich`] when amounts do not fit together.
pub fn verteile(
    endgueltig: Euro,
    stellen: &[Abschlussstelle],
    zuordnung: Ueberzahlungszuordnung,
) -> Result<(Vec<Regelungsposten>, Euro), GeldFehler> {
    let mut folge: Vec<usize> = (0..stellen.len()).collect();
    folge.sort_by_key(|i| stellen.get(*i).map(|s| s.haushaltsjahr));
    if zuordnung == Ueberzahlungszuordnung::Fifo {
        folge.reverse();
    }
    let mut rest = endgueltig;
    let mut bewilligt = vec![Euro::NULL; stellen.len()];
    for i in folge {
        let (Some(s), Some(b)) = (stellen.get(i), bewilligt.get_mut(i)) else { continue };
        *b = rest.min(s.stand.behalten()?);
        rest = rest.minus(*b)?;
    }
    let posten = stellen.iter().zip(bewilligt).map(|(s, b)| posten(s, b, s.stand.gebunden, true));
    Ok((posten.collect::<Result<_, _>>()?, rest))
}
