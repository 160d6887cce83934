//! The 20 % rule: how far a single Ansatz of the Finanzierungsplan may be exceeded.

use super::ausserhalb;
use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, Prozent};
use crate::regel::RECHENEINGABE;

/// 100.00 %.
const GANZ: i64 = 10_000;

/// One Ansatz of the plan with its actual expenditure. No amount is negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Einzelansatz {
    /// Name or code of the Ansatz.
    pub position: String,
    /// Planned.
    pub plan: Euro,
    /// Actual, already limited to eligible expenditure.
    pub ist: Euro,
}

/// What of an Ansatz is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ansatzzeile {
    /// Name or code of the Ansatz.
    pub position: String,
    /// Planned.
    pub plan: Euro,
    /// Actual.
    pub ist: Euro,
    /// Permitted: the plan and the permitted excess, cut down to the cent.
    pub zulaessig: Euro,
    /// Recognised: the lower of actual and permitted.
    pub anerkannt: Euro,
    /// Actual beyond permitted.
    pub nicht_anerkannt: Euro,
}

/// Recognised expenditure of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ansatzergebnis {
    /// The rows in the order of the question.
    pub zeilen: Vec<Ansatzzeile>,
    /// Planned in total: the cap, because the plan binds in its total.
    pub plan: Euro,
    /// Sum of what the rows recognise.
    pub summe: Euro,
    /// Recognised in total: the lower of both.
    pub anerkannt: Euro,
    /// Sum of the rows beyond the total of the plan.
    pub gekappt: Euro,
}

/// Applies the rule that a single Ansatz may be exceeded by up to `ueberschreitung` (parameter
/// `ansatz_ueberschreitung_prozent`, 20.00 %) as far as savings elsewhere make up for it, while the plan binds in its
/// total (Nr. 1.2 ANBest-P of a Land, sourced; Hessen common knowledge; cutting down to the cent is an assumption).
///
/// Exactly the permitted percentage is allowed. An Ansatz planned with 0.00 recognises nothing: it needs a changed
/// plan. Festbetragsfinanzierung usually knows no such rule; the caller decides.
///
/// # Errors
/// `RECHENEINGABE` for a negative amount or percentage, `RECHENBEREICH` when a sum cannot be represented.
pub fn ansatz_20_prozent(ansaetze: &[Einzelansatz], ueberschreitung: Prozent) -> Result<Ansatzergebnis, Vec<Befund>> {
    let befunde = pruefe(ansaetze, ueberschreitung);
    if !befunde.is_empty() {
        return Err(befunde);
    }
    rechne(ansaetze, ueberschreitung).ok_or_else(|| vec![ausserhalb()])
}

fn rechne(ansaetze: &[Einzelansatz], ueberschreitung: Prozent) -> Option<Ansatzergebnis> {
    let hoechstens = Prozent::aus_hundertsteln(ueberschreitung.hundertstel().checked_add(GANZ)?);
    let mut zeilen = Vec::with_capacity(ansaetze.len());
    for a in ansaetze {
        let zulaessig = a.plan.anteil_abgerundet(hoechstens).ok()?;
        let anerkannt = a.ist.min(zulaessig);
        zeilen.push(Ansatzzeile {
            position: a.position.clone(),
            plan: a.plan,
            ist: a.ist,
            zulaessig,
            anerkannt,
            nicht_anerkannt: a.ist.minus(anerkannt).ok()?,
        });
    }
    let plan = Euro::summe(zeilen.iter().map(|z| z.plan)).ok()?;
    let summe = Euro::summe(zeilen.iter().map(|z| z.anerkannt)).ok()?;
    let anerkannt = summe.min(plan);
    Some(Ansatzergebnis { zeilen, plan, summe, anerkannt, gekappt: summe.minus(anerkannt).ok()? })
}

fn pruefe(ansaetze: &[Einzelansatz], ueberschreitung: Prozent) -> Vec<Befund> {
    let eingabe = |ort: String, gefunden: String, einheit| {
        Befund::neu(&RECHENEINGABE)
            .gemessen("feld", &ort, Einheit::Text)
            .gemessen("gefunden", gefunden, einheit)
            .erlaubt("verlangt", "≥ 0.00", Einheit::Text)
            .ort(ort)
    };
    let mut befunde = Vec::new();
    for (i, a) in ansaetze.iter().enumerate() {
        for (feld, betrag) in [("plan", a.plan), ("ist", a.ist)] {
            if betrag.ist_negativ() {
                befunde.push(eingabe(format!("/ansaetze/{i}/{feld}"), betrag.to_string(), Einheit::Eur));
            }
        }
    }
    if ueberschreitung.hundertstel() < 0 {
        befunde.push(eingabe("/ueberschreitung_prozent".to_owned(), ueberschreitung.to_string(), Einheit::Prozent));
    }
    befunde
}
