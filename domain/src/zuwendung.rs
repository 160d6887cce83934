//! Reduction of a grant under Nr. 2 ANBest-P / ANBest-GK and the repayment that follows, explained step by step.
//!
//! The shape of the formulas is common knowledge of public funding law. Assumptions of this system are: that higher
//! cover is netted with higher expenditure, that rounding happens once at the end (HALF_UP), and the value of the
//! Bagatellgrenze. The result informs a decision; a grant is only ever reduced by a Bescheid.

use crate::befund::{Befund, Einheit};
use crate::geld::Euro;
use crate::regel::{RECHENBEREICH, RECHENEINGABE};
use crate::zins::runde_half_up;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

mod ansatz;
#[cfg(test)]
mod tests;
mod worte;

pub use ansatz::{Ansatzergebnis, Ansatzzeile, Einzelansatz, ansatz_20_prozent};
use worte::{
    BAGATELLE_JA, BAGATELLE_NEIN, BAGATELLE_VOLL, DECKUNGSMITTEL_MEHR, DECKUNGSMITTEL_SALDIERT, DECKUNGSSEITE,
    EIGENMITTEL, ERSTATTUNG, FEHLBEDARF, FESTBETRAG, HOECHSTBETRAG, KOSTENSEITE, MINDERUNG, RESTBEDARF, Worte,
    ZUWENDUNG,
};

crate::status! {
    /// How the Land shares in the expenditure (VV Nr. 2 zu § 44 LHO, common knowledge).
    Finanzierungsart {
        /// Anteilfinanzierung: a fixed share of the eligible expenditure, capped.
        Anteil = "ANTEIL",
        /// Fehlbedarfsfinanzierung: what own funds and other cover leave open, capped.
        Fehlbedarf = "FEHLBEDARF",
        /// Festbetragsfinanzierung: a fixed sum, at most the expenditure.
        Festbetrag = "FESTBETRAG",
        /// Vollfinanzierung: everything that other cover leaves open, capped.
        Voll = "VOLL",
    }
}

/// The Finanzierungsplan as it was granted. No amount is negative. Finance that does not add up to the eligible
/// expenditure is not refused: own funds may also cover what is not eligible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zuwendungsplan {
    /// `G0`: eligible expenditure planned.
    pub ausgaben: Euro,
    /// `Z0`: grant, at most the expenditure.
    pub zuwendung: Euro,
    /// `E0`: own funds planned.
    pub eigenmittel: Euro,
    /// `D0`: other cover planned: third-party grants and income.
    pub deckungsmittel: Euro,
}

/// What the Verwendungsnachweis shows and the authority recognises. No amount is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zuwendungsist {
    /// `G1`: eligible expenditure recognised.
    pub ausgaben: Euro,
    /// `E1`: own funds used for recognised expenditure; money spent on what was not recognised does not belong here.
    pub eigenmittel: Euro,
    /// `D1`: other cover received.
    pub deckungsmittel: Euro,
}

/// What reduction is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zuwendungsfrage {
    /// Kind of financing.
    pub finanzierungsart: Finanzierungsart,
    /// Plan.
    pub plan: Zuwendungsplan,
    /// Actual figures.
    pub ist: Zuwendungsist,
    /// `B`: changes up to this amount reduce nothing (parameter `bagatellgrenze`); none for repeated funding.
    pub bagatellgrenze: Option<Euro>,
    /// Paid out so far.
    pub ausgezahlt: Option<Euro>,
}

/// One step of the calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rechenschritt {
    /// Stable code: `KOSTENSEITE`, `DECKUNGSMITTEL_MEHR`, `DECKUNGSMITTEL_SALDIERT`, `DECKUNGSSEITE`, `EIGENMITTEL`,
    /// `FEHLBEDARF`, `HOECHSTBETRAG`, `BAGATELLE`, `ZUWENDUNG`, `MINDERUNG`, `ERSTATTUNG`.
    pub schritt: String,
    /// Norm the step applies.
    pub norm: String,
    /// What is done and why, German.
    pub text_de: String,
    /// The same in English.
    pub text_en: String,
    /// The formula with the figures of this case, in EUR.
    pub formel: String,
    /// Result in EUR. Intermediate results are shown rounded and carried on exactly.
    pub ergebnis: Euro,
}

/// The grant that remains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zuwendungsergebnis {
    /// `Z1`: grant after reduction, never above the plan.
    pub zuwendung: Euro,
    /// Paid out beyond `Z1`, at least 0.00; none when what was paid out is not known (§ 49a Abs. 1 HVwVfG).
    pub erstattung: Option<Euro>,
    /// The steps in order.
    pub schritte: Vec<Rechenschritt>,
}

/// Computes the grant after the reduction of Nr. 2 ANBest-P / ANBest-GK and the repayment.
///
/// ```text
/// ANTEIL      Z0 × min(G1; G0) / G0 − dD × Z0 / (Z0 + E0 + D0), at least 0
/// FEHLBEDARF  min(Z0; max(0; G1 − D1 − max(E0; E1)))
/// FESTBETRAG  min(Z0; G1)
/// VOLL        min(Z0; max(0; G1 − D1))
/// with        dD = max(0; max(0; D1 − D0) − max(0; G1 − G0))
/// ```
///
/// Except for VOLL nothing is reduced while `|G0 − G1| ≤ B` and `dD ≤ B`; beyond `B` the whole formula applies, not
/// only the excess. The bound works in both directions as written: where other cover rose by more than `B` and only
/// higher expenditure brings `dD` below it, expenditure of more than `G0 + B` leaves the Bagatelle again.
///
/// # Errors
/// `RECHENEINGABE` for negative amounts, a grant above the planned expenditure, or ANTEIL without planned expenditure or
/// without a grant; `RECHENBEREICH` when a sum cannot be represented.
pub fn berechne(frage: &Zuwendungsfrage) -> Result<Zuwendungsergebnis, Vec<Befund>> {
    let befunde = pruefe(frage);
    if !befunde.is_empty() {
        return Err(befunde);
    }
    Rechnung { frage, schritte: Vec::new() }.ergebnis().map_err(|b| vec![b])
}

fn pruefe(f: &Zuwendungsfrage) -> Vec<Befund> {
    let betraege = [
        ("/plan/ausgaben", Some(f.plan.ausgaben)),
        ("/plan/zuwendung", Some(f.plan.zuwendung)),
        ("/plan/eigenmittel", Some(f.plan.eigenmittel)),
        ("/plan/deckungsmittel", Some(f.plan.deckungsmittel)),
        ("/ist/ausgaben", Some(f.ist.ausgaben)),
        ("/ist/eigenmittel", Some(f.ist.eigenmittel)),
        ("/ist/deckungsmittel", Some(f.ist.deckungsmittel)),
        ("/bagatellgrenze", f.bagatellgrenze),
        ("/ausgezahlt", f.ausgezahlt),
    ];
    let mut befunde: Vec<Befund> = betraege
        .into_iter()
        .filter_map(|(ort, b)| b.filter(|b| b.ist_negativ()).map(|b| eingabe(ort, b, "≥ 0.00 EUR")))
        .collect();
    if f.finanzierungsart == Finanzierungsart::Anteil {
        for (ort, betrag) in [("/plan/ausgaben", f.plan.ausgaben), ("/plan/zuwendung", f.plan.zuwendung)] {
            if betrag.ist_null() {
                befunde.push(eingabe(ort, betrag, "> 0.00 EUR"));
            }
        }
    }
    if f.plan.zuwendung > f.plan.ausgaben {
        befunde.push(eingabe("/plan/zuwendung", f.plan.zuwendung, &format!("≤ {} EUR", f.plan.ausgaben)));
    }
    befunde
}

fn eingabe(ort: &str, gefunden: Euro, verlangt: &str) -> Befund {
    Befund::neu(&RECHENEINGABE)
        .ort(ort)
        .gemessen("feld", ort, Einheit::Text)
        .gemessen("gefunden", gefunden, Einheit::Eur)
        .erlaubt("verlangt", verlangt, Einheit::Text)
}

struct Rechnung<'f> {
    frage: &'f Zuwendungsfrage,
    schritte: Vec<Rechenschritt>,
}

impl Rechnung<'_> {
    fn ergebnis(mut self) -> Result<Zuwendungsergebnis, Befund> {
        let plan = self.frage.plan;
        let mut exakt = match self.frage.finanzierungsart {
            Finanzierungsart::Anteil => self.anteil()?,
            Finanzierungsart::Fehlbedarf => self.fehlbedarf()?,
            Finanzierungsart::Festbetrag => self.festbetrag()?,
            Finanzierungsart::Voll => self.voll()?,
        };
        if let Some(grenze) = self.frage.bagatellgrenze {
            exakt = self.bagatelle(grenze, exakt)?;
        }
        let zuwendung = runde_half_up(&exakt)?;
        self.schritt(ZUWENDUNG, zuwendung.to_string(), &exakt)?;
        let minderung = plan.zuwendung.minus(zuwendung).map_err(|_| ausserhalb())?;
        self.schritt(MINDERUNG, format!("{} − {zuwendung}", plan.zuwendung), &cent(minderung))?;
        let erstattung = match self.frage.ausgezahlt {
            None => None,
            Some(ausgezahlt) => {
                let e = ausgezahlt.minus(zuwendung).map_err(|_| ausserhalb())?.max(Euro::NULL);
                self.schritt(ERSTATTUNG, format!("max(0; {ausgezahlt} − {zuwendung})"), &cent(e))?;
                Some(e)
            }
        };
        Ok(Zuwendungsergebnis { zuwendung, erstattung, schritte: self.schritte })
    }

    fn schritt(&mut self, (schritt, norm, de, en): Worte, formel: String, wert: &BigRational) -> Result<(), Befund> {
        self.schritte.push(Rechenschritt {
            schritt: schritt.to_owned(),
            norm: norm.to_owned(),
            text_de: de.to_owned(),
            text_en: en.to_owned(),
            formel,
            ergebnis: runde_half_up(wert)?,
        });
        Ok(())
    }

    fn anteil(&mut self) -> Result<BigRational, Befund> {
        let (plan, ist) = (self.frage.plan, self.frage.ist);
        let kosten = cent(plan.zuwendung) * cent(ist.ausgaben.min(plan.ausgaben)) / cent(plan.ausgaben);
        let formel = format!("{} × min({}; {}) / {}", plan.zuwendung, ist.ausgaben, plan.ausgaben, plan.ausgaben);
        self.schritt(KOSTENSEITE, formel, &kosten)?;
        let mehr = self.deckungsmittel_mehr()?;
        if mehr.ist_null() {
            return Ok(kosten);
        }
        let finanzierung = cent(plan.zuwendung) + cent(plan.eigenmittel) + cent(plan.deckungsmittel);
        let abzug = cent(mehr) * cent(plan.zuwendung) / finanzierung;
        let rest = null_mindestens(&kosten - abzug);
        let formel = format!(
            "max(0; {} − {mehr} × {} / ({} + {} + {}))",
            runde_half_up(&kosten)?,
            plan.zuwendung,
            plan.zuwendung,
            plan.eigenmittel,
            plan.deckungsmittel
        );
        self.schritt(DECKUNGSSEITE, formel, &rest)?;
        Ok(rest)
    }

    /// `dD`, as two steps.
    fn deckungsmittel_mehr(&mut self) -> Result<Euro, Befund> {
        let (plan, ist) = (self.frage.plan, self.frage.ist);
        let mehr = ueberschuss(ist.deckungsmittel, plan.deckungsmittel)?;
        let formel = format!("max(0; {} − {})", ist.deckungsmittel, plan.deckungsmittel);
        self.schritt(DECKUNGSMITTEL_MEHR, formel, &cent(mehr))?;
        if mehr.ist_null() {
            return Ok(mehr);
        }
        let saldo = ueberschuss(mehr, ueberschuss(ist.ausgaben, plan.ausgaben)?)?;
        let formel = format!("max(0; {mehr} − max(0; {} − {}))", ist.ausgaben, plan.ausgaben);
        self.schritt(DECKUNGSMITTEL_SALDIERT, formel, &cent(saldo))?;
        Ok(saldo)
    }

    fn fehlbedarf(&mut self) -> Result<BigRational, Befund> {
        let (plan, ist) = (self.frage.plan, self.frage.ist);
        let eigen = plan.eigenmittel.max(ist.eigenmittel);
        self.schritt(EIGENMITTEL, format!("max({}; {})", plan.eigenmittel, ist.eigenmittel), &cent(eigen))?;
        let offen = null_mindestens(cent(ist.ausgaben) - cent(ist.deckungsmittel) - cent(eigen));
        self.schritt(FEHLBEDARF, format!("max(0; {} − {} − {eigen})", ist.ausgaben, ist.deckungsmittel), &offen)?;
        self.hoechstens(offen)
    }

    fn voll(&mut self) -> Result<BigRational, Befund> {
        let ist = self.frage.ist;
        let offen = null_mindestens(cent(ist.ausgaben) - cent(ist.deckungsmittel));
        self.schritt(RESTBEDARF, format!("max(0; {} − {})", ist.ausgaben, ist.deckungsmittel), &offen)?;
        self.hoechstens(offen)
    }

    fn hoechstens(&mut self, offen: BigRational) -> Result<BigRational, Befund> {
        let bewilligt = self.frage.plan.zuwendung;
        let formel = format!("min({bewilligt}; {})", runde_half_up(&offen)?);
        let wert = offen.min(cent(bewilligt));
        self.schritt(HOECHSTBETRAG, formel, &wert)?;
        Ok(wert)
    }

    fn festbetrag(&mut self) -> Result<BigRational, Befund> {
        let (bewilligt, ausgaben) = (self.frage.plan.zuwendung, self.frage.ist.ausgaben);
        let wert = cent(bewilligt.min(ausgaben));
        self.schritt(FESTBETRAG, format!("min({bewilligt}; {ausgaben})"), &wert)?;
        Ok(wert)
    }

    fn bagatelle(&mut self, grenze: Euro, exakt: BigRational) -> Result<BigRational, Befund> {
        let (art, plan, ist) = (self.frage.finanzierungsart, self.frage.plan, self.frage.ist);
        if art == Finanzierungsart::Voll {
            self.schritt(BAGATELLE_VOLL, String::new(), &exakt)?;
            return Ok(exakt);
        }
        let mehr = match art {
            Finanzierungsart::Anteil => ueberschuss(
                ueberschuss(ist.deckungsmittel, plan.deckungsmittel)?,
                ueberschuss(ist.ausgaben, plan.ausgaben)?,
            )?,
            _ => self.deckungsmittel_mehr()?,
        };
        let abweichung = ueberschuss(plan.ausgaben, ist.ausgaben)?.max(ueberschuss(ist.ausgaben, plan.ausgaben)?);
        let gering = abweichung <= grenze && mehr <= grenze;
        let (worte, wert) = if gering { (BAGATELLE_JA, cent(plan.zuwendung)) } else { (BAGATELLE_NEIN, exakt) };
        let zeichen = |b: Euro| if b <= grenze { "≤" } else { ">" };
        let formel = format!(
            "|{} − {}| = {abweichung} {} {grenze}; {mehr} {} {grenze}",
            plan.ausgaben,
            ist.ausgaben,
            zeichen(abweichung),
            zeichen(mehr)
        );
        self.schritt(worte, formel, &wert)?;
        Ok(wert)
    }
}

/// `max(0; a − b)`.
fn ueberschuss(a: Euro, b: Euro) -> Result<Euro, Befund> {
    a.minus(b).map(|d| d.max(Euro::NULL)).map_err(|_| ausserhalb())
}

/// Whole cents as an exact number.
fn cent(betrag: Euro) -> BigRational {
    BigRational::from_integer(BigInt::from(betrag.cent()))
}

fn null_mindestens(wert: BigRational) -> BigRational {
    if wert.is_negative() { BigRational::zero() } else { wert }
}

fn ausserhalb() -> Befund {
    Befund::neu(&RECHENBEREICH)
}
