//! Schlussrechnung: what remains of a grant after the proof of use. Deductions per Beleg and finding, the 20 % rule, the
//! reduction of Nr. 2 ANBest by Finanzierungsart, each as a row that is kept and can be read again (VV Nr. 11 zu § 44 LHO).
//!
//! The calculation informs a decision: a grant ends only with a Bescheid.

use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, GeldFehler, Prozent};
use crate::regel::{RECHENBEREICH, RECHENEINGABE};
use crate::zuwendung::{
    Einzelansatz, Finanzierungsart, Rechenschritt, Zuwendungsfrage, Zuwendungsist, Zuwendungsplan, ansatz_20_prozent,
    berechne,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod berechnung;
mod grundlage;
mod verteilung;
mod zeilen;
pub use berechnung::*;
pub use grundlage::*;
pub use verteilung::*;

#[cfg(test)]
mod tests;

crate::status! {
    /// What is compared with its plan: every measure by itself, or the grant as a whole (assumption: parameter
    /// `minderung_bezug`).
    Minderungsbezug {
        /// Every measure by itself.
        Massnahme = "MASSNAHME",
        /// All measures of the grant together.
        Antrag = "ANTRAG",
    }
}

crate::status! {
    /// Why claimed expenditure is not recognised; the list of the dossier's form for Beleglisten.
    Rechnungsabzugsgrund {
        /// Receipts the examiner did not recognise.
        Beleg = "BELEG",
        /// Findings whose money is claimed back.
        Feststellung = "FESTSTELLUNG",
    }
}

/// What is taken off the claimed expenditure of an Ansatz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rechnungsabzug {
    /// Where it comes from.
    pub grund: Rechnungsabzugsgrund,
    /// Number of Belege or findings.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub anzahl: i64,
    /// Amount, at least 0.00.
    pub betrag: Euro,
}

/// One Ansatz: planned, claimed, deducted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rechnungsansatz {
    /// Cost position, a code of the catalogue `kostenpositionen`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Planned.
    pub plan: Euro,
    /// Claimed as eligible in the proof.
    pub nachgewiesen: Euro,
    /// What is taken off.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub abzuege: Vec<Rechnungsabzug>,
}

/// Cover of a measure beside the grant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Deckung {
    /// Own funds of county and Traeger.
    pub eigenmittel: Euro,
    /// Money of others and income.
    pub deckungsmittel: Euro,
}

/// What the calculation takes of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Massnahmenrechnung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub massnahme_nr: String,
    /// Granted.
    pub zuwendung: Euro,
    /// Cover as planned.
    pub plan: Deckung,
    /// Cover as it came.
    pub ist: Deckung,
    /// Expenditure claimed and not eligible; own funds that paid for it do not count as cover.
    pub nicht_zuwendungsfaehig: Euro,
    /// Every Ansatz.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub ansaetze: Vec<Rechnungsansatz>,
}

/// Everything the calculation depends on. Its SHA-256 is kept with the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rechnungsgrundlage {
    /// Regelwerk whose parameters are used.
    #[cfg_attr(feature = "schema", schema(max_length = 40, pattern = "^[A-Z0-9][A-Z0-9._-]*$", examples("HE-ALT")))]
    pub regelwerk: String,
    /// Kind of financing.
    pub finanzierungsart: Finanzierungsart,
    /// What is compared with its plan.
    pub bezug: Minderungsbezug,
    /// Changes up to this amount reduce nothing.
    pub bagatellgrenze: Euro,
    /// By how much an Ansatz may be exceeded; absent where no such rule binds: for a Festbetrag and for a mere
    /// Verwendungsbestaetigung.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub ueberschreitung: Option<Prozent>,
    /// The measures in order of their numbers.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub massnahmen: Vec<Massnahmenrechnung>,
}

/// One row of the calculation, in the order in which it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Berechnungszeile {
    /// Place, from 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 100_000))]
    pub nr: i32,
    /// Number of the measure, or `GESAMT`.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub bezug: String,
    /// Stable code of the step: those of the calculator, and `NACHGEWIESEN`, `ABZUG`, `ANSATZ`, `PLANSUMME`,
    /// `EIGENMITTEL_ANRECHENBAR`, `ANTEIL_MASSNAHME`, `SUMME`.
    #[cfg_attr(feature = "schema", schema(max_length = 40, pattern = "^[A-Z][A-Z0-9_]*$", examples("KOSTENSEITE")))]
    pub schritt: String,
    /// Norm the step applies.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub norm: String,
    /// What is done and why, German.
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    pub text_de: String,
    /// The same in English.
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    pub text_en: String,
    /// The formula with the figures of this case.
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    pub formel: String,
    /// Result in euro.
    pub ergebnis: Euro,
}

/// What remains of the grant of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Massnahmenergebnis {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub massnahme_nr: String,
    /// Granted.
    pub zuwendung: Euro,
    /// Claimed as eligible.
    pub nachgewiesen: Euro,
    /// Recognised after deductions, 20 % rule and cap.
    pub anerkannt: Euro,
    /// Grant that remains, never above what was granted.
    pub endgueltig: Euro,
}

/// The result with its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Schlussergebnis {
    /// Granted.
    pub zuwendung: Euro,
    /// Grant that remains.
    pub endgueltig: Euro,
    /// By how much it is reduced.
    pub minderung: Euro,
    /// Per measure.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub massnahmen: Vec<Massnahmenergebnis>,
    /// The rows.
    #[cfg_attr(feature = "schema", schema(max_items = 100_000))]
    pub zeilen: Vec<Berechnungszeile>,
}

/// Computes what remains of a grant.
///
/// Per measure: claimed minus deductions is what an Ansatz shows; the 20 % rule limits each Ansatz and the plan the
/// sum; then the reduction of Nr. 2 ANBest. With [`Minderungsbezug::Antrag`] the measures are added up before the
/// reduction, and its result is divided by the grants of the measures.
///
/// # Errors
/// `RECHENEINGABE` for amounts that cannot be (negative ones, deductions beyond what is claimed, a grant above its
/// plan), `RECHENBEREICH` when a sum cannot be represented.
pub fn schlussrechnung(g: &Rechnungsgrundlage) -> Result<Schlussergebnis, Vec<Befund>> {
    let mut zeilen = zeilen::Zeilen::default();
    let mut posten = Vec::with_capacity(g.massnahmen.len());
    for (i, m) in g.massnahmen.iter().enumerate() {
        posten.push(massnahme(g, m, &format!("/massnahmen/{i}"), &mut zeilen)?);
    }
    let endgueltig = match g.bezug {
        Minderungsbezug::Massnahme => {
            let mut je = Vec::with_capacity(posten.len());
            for p in &posten {
                je.push(minderung(g, &p.frage, &p.massnahme.massnahme_nr, &mut zeilen)?);
            }
            je
        }
        Minderungsbezug::Antrag => gemeinsam(g, &posten, &mut zeilen)?,
    };
    let massnahmen: Vec<Massnahmenergebnis> = posten
        .iter()
        .zip(endgueltig)
        .map(|(p, endgueltig)| Massnahmenergebnis {
            massnahme_id: p.massnahme.massnahme_id,
            massnahme_nr: p.massnahme.massnahme_nr.clone(),
            zuwendung: p.massnahme.zuwendung,
            nachgewiesen: p.nachgewiesen,
            anerkannt: p.frage.ist.ausgaben,
            endgueltig,
        })
        .collect();
    let zuwendung = summe(massnahmen.iter().map(|m| m.zuwendung))?;
    let endgueltig = summe(massnahmen.iter().map(|m| m.endgueltig))?;
    let minderung = zuwendung.minus(endgueltig).map_err(bereich)?;
    zeilen.summe(zuwendung, endgueltig, massnahmen.iter().map(|m| m.endgueltig));
    Ok(Schlussergebnis { zuwendung, endgueltig, minderung, massnahmen, zeilen: zeilen.fertig() })
}

/// A measure on the way to its reduction.
struct Zwischenstand<'g> {
    massnahme: &'g Massnahmenrechnung,
    nachgewiesen: Euro,
    frage: Zuwendungsfrage,
}

fn bereich(_: GeldFehler) -> Vec<Befund> {
    vec![Befund::neu(&RECHENBEREICH)]
}

fn summe(werte: impl IntoIterator<Item = Euro>) -> Result<Euro, Vec<Befund>> {
    Euro::summe(werte).map_err(bereich)
}

fn eingabe(ort: String, gefunden: Euro, verlangt: String) -> Vec<Befund> {
    vec![
        Befund::neu(&RECHENEINGABE)
            .ort(ort.clone())
            .gemessen("feld", ort, Einheit::Text)
            .gemessen("gefunden", gefunden, Einheit::Eur)
            .erlaubt("verlangt", verlangt, Einheit::Text),
    ]
}

/// What of the measure's expenditure is recognised, and the question about its grant.
fn massnahme<'g>(
    g: &Rechnungsgrundlage,
    m: &'g Massnahmenrechnung,
    ort: &str,
    zeilen: &mut zeilen::Zeilen,
) -> Result<Zwischenstand<'g>, Vec<Befund>> {
    let nr = &m.massnahme_nr;
    let mut ansaetze = Vec::with_capacity(m.ansaetze.len());
    for (i, a) in m.ansaetze.iter().enumerate() {
        let abzug = summe(a.abzuege.iter().map(|x| x.betrag))?;
        let rest = a.nachgewiesen.minus(abzug).map_err(bereich)?;
        if let Some(x) = a.abzuege.iter().find(|x| x.betrag.ist_negativ()) {
            return Err(eingabe(format!("{ort}/ansaetze/{i}/abzuege"), x.betrag, "≥ 0.00 EUR".to_owned()));
        }
        if rest.ist_negativ() {
            return Err(eingabe(format!("{ort}/ansaetze/{i}/abzuege"), abzug, format!("≤ {} EUR", a.nachgewiesen)));
        }
        zeilen.ansatz(nr, a, rest)?;
        ansaetze.push(Einzelansatz { position: a.position.clone(), plan: a.plan, ist: rest });
    }
    let nachgewiesen = summe(m.ansaetze.iter().map(|a| a.nachgewiesen))?;
    let plan = summe(ansaetze.iter().map(|a| a.plan))?;
    // a fixed sum does not depend on how its plan divides the costs, whatever was noted as permitted
    let bindet = g.ueberschreitung.filter(|_| g.finanzierungsart != Finanzierungsart::Festbetrag);
    let anerkannt = match bindet {
        None => summe(ansaetze.iter().map(|a| a.ist))?,
        Some(ueberschreitung) => {
            let e = ansatz_20_prozent(&ansaetze, ueberschreitung)?;
            zeilen.plan(nr, &e, ueberschreitung);
            e.anerkannt
        }
    };
    // own funds that paid for what is not recognised cover nothing that counts
    let aussen = nachgewiesen.minus(anerkannt).and_then(|d| d.plus(m.nicht_zuwendungsfaehig)).map_err(bereich)?;
    let eigenmittel = m.ist.eigenmittel.minus(aussen).map_err(bereich)?.max(Euro::NULL);
    zeilen.eigenmittel(nr, m.ist.eigenmittel, aussen, eigenmittel);
    Ok(Zwischenstand {
        massnahme: m,
        nachgewiesen,
        frage: Zuwendungsfrage {
            finanzierungsart: g.finanzierungsart,
            plan: Zuwendungsplan {
                ausgaben: plan,
                zuwendung: m.zuwendung,
                eigenmittel: m.plan.eigenmittel,
                deckungsmittel: m.plan.deckungsmittel,
            },
            ist: Zuwendungsist { ausgaben: anerkannt, eigenmittel, deckungsmittel: m.ist.deckungsmittel },
            bagatellgrenze: Some(g.bagatellgrenze),
            ausgezahlt: None,
        },
    })
}

/// The reduction of one measure or of all together; a measure without a grant keeps nothing.
fn minderung(
    g: &Rechnungsgrundlage,
    frage: &Zuwendungsfrage,
    bezug: &str,
    zeilen: &mut zeilen::Zeilen,
) -> Result<Euro, Vec<Befund>> {
    if frage.plan.zuwendung.ist_null() {
        return Ok(Euro::NULL);
    }
    let e = berechne(&Zuwendungsfrage { finanzierungsart: g.finanzierungsart, ..*frage })?;
    for s in &e.schritte {
        zeilen.schritt(bezug, s);
    }
    // the formulas never give more; the cap stays here because a grant is never raised by its own proof
    Ok(e.zuwendung.min(frage.plan.zuwendung))
}

/// All measures together, the result divided by their grants: whole cents, the odd ones to the largest remainders.
fn gemeinsam(
    g: &Rechnungsgrundlage,
    posten: &[Zwischenstand<'_>],
    zeilen: &mut zeilen::Zeilen,
) -> Result<Vec<Euro>, Vec<Befund>> {
    let je = |f: fn(&Zuwendungsfrage) -> Euro| summe(posten.iter().map(|p| f(&p.frage)));
    let frage = Zuwendungsfrage {
        finanzierungsart: g.finanzierungsart,
        plan: Zuwendungsplan {
            ausgaben: je(|f| f.plan.ausgaben)?,
            zuwendung: je(|f| f.plan.zuwendung)?,
            eigenmittel: je(|f| f.plan.eigenmittel)?,
            deckungsmittel: je(|f| f.plan.deckungsmittel)?,
        },
        ist: Zuwendungsist {
            ausgaben: je(|f| f.ist.ausgaben)?,
            eigenmittel: je(|f| f.ist.eigenmittel)?,
            deckungsmittel: je(|f| f.ist.deckungsmittel)?,
        },
        bagatellgrenze: Some(g.bagatellgrenze),
        ausgezahlt: None,
    };
    let gesamt = minderung(g, &frage, zeilen::GESAMT, zeilen)?;
    let gewichte: Vec<u64> = posten.iter().map(|p| u64::try_from(p.massnahme.zuwendung.cent()).unwrap_or(0)).collect();
    let anteile = gesamt.aufteilen(&gewichte).map_err(bereich)?;
    for (p, anteil) in posten.iter().zip(&anteile) {
        zeilen.anteil(&p.massnahme.massnahme_nr, gesamt, p.massnahme.zuwendung, frage.plan.zuwendung, *anteil);
    }
    Ok(anteile)
}

/// A step of the calculator as a row.
fn als_zeile(bezug: &str, s: &Rechenschritt) -> Berechnungszeile {
    Berechnungszeile {
        nr: 0,
        bezug: bezug.to_owned(),
        schritt: s.schritt.clone(),
        norm: s.norm.clone(),
        text_de: s.text_de.clone(),
        text_en: s.text_en.clone(),
        formel: s.formel.clone(),
        ergebnis: s.ergebnis,
    }
}
