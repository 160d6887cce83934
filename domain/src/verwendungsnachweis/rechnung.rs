//! What follows from the figures: recognised expenditure by the 20 % rule, the grant that would remain. Information for
//! both sides; a grant is only ever reduced by a Bescheid.

use super::grundlage::summe;
use super::{Massnahmenabrechnung, Nachweisart, Verwendungsnachweis};
use crate::befund::Befund;
use crate::finanzierungsplan::LAND_AQB;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::jahrgang::Finanzierungsart;
use crate::regelwerk::Regelwerk;
use crate::zuwendung::{
    Ansatzergebnis, Einzelansatz, Zuwendungsergebnis, Zuwendungsfrage, Zuwendungsist, Zuwendungsplan,
    ansatz_20_prozent, berechne,
};
use serde::Serialize;
use uuid::Uuid;

/// Beginning of the codes of own funds in the catalogue `finanzierungsquellen`.
const EIGENMITTEL: &str = "EIGENMITTEL";

/// A cost position with the rule that applies to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanIstZeile {
    /// Cost position.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Planned.
    pub plan: Euro,
    /// Spent, earlier proofs included.
    pub ist: Euro,
    /// Eligible, earlier proofs included.
    pub zuwendungsfaehig: Euro,
    /// Spent beyond the plan; negative where less was spent.
    pub abweichung: Euro,
    /// Permitted with the excess of the rule; absent where the rule does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub zulaessig: Option<Euro>,
    /// Eligible up to what is permitted.
    pub anerkannt: Euro,
    /// Eligible beyond that.
    pub nicht_anerkannt: Euro,
    /// Explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub erlaeuterung: Option<String>,
}

/// Plan and actual expenditure of a measure, line by line, with the 20 % rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanIstVergleich {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(examples("M01")))]
    pub massnahme_nr: String,
    /// Lines in the order of the codes.
    pub zeilen: Vec<PlanIstZeile>,
    /// Planned in total.
    pub plan: Euro,
    /// Recognised in total: at most the plan.
    pub anerkannt: Euro,
    /// Recognised by line beyond the plan's total.
    pub gekappt: Euro,
    /// Spent in total.
    pub ausgaben: Euro,
    /// Received in total.
    pub finanzierung: Euro,
    /// Expenditure nobody financed.
    pub unterdeckung: Euro,
    /// Income that was not spent.
    pub ueberzahlung: Euro,
}

/// The grant of a measure as it would remain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Massnahmenberechnung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    pub massnahme_nr: String,
    /// Granted.
    pub bewilligt: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// Result with every step.
    pub ergebnis: Zuwendungsergebnis,
}

impl Verwendungsnachweis {
    /// The 20 % rule binds this proof: no rule for a Festbetrag, and none for a mere confirmation.
    pub(crate) fn kennt_ansatzregel(&self) -> bool {
        self.art != Nachweisart::Verwendungsbestaetigung
            && self.grundlage.finanzierungsart != Some(Finanzierungsart::Festbetrag)
    }

    /// Recognised expenditure of a measure; none where the rule does not apply.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENEINGABE`, `RECHENBEREICH`.
    pub fn ansaetze(
        &self,
        m: &Massnahmenabrechnung,
        regelwerk: &Regelwerk,
    ) -> Result<Option<Ansatzergebnis>, Vec<Befund>> {
        if !self.kennt_ansatzregel() {
            return Ok(None);
        }
        let eines = |b| vec![b];
        let prozent = regelwerk.prozent("ansatz_ueberschreitung_prozent", stichtag(self.jahrgang)).map_err(eines)?;
        let zeile = |a: &super::Abrechnungsausgabe| {
            Ok(Einzelansatz { position: a.position.clone(), plan: a.plan, ist: a.gesamt_zuwendungsfaehig()? })
        };
        let zeilen: Vec<Einzelansatz> = m.ausgaben.iter().map(zeile).collect::<Result<_, Befund>>().map_err(eines)?;
        ansatz_20_prozent(&zeilen, prozent).map(Some)
    }

    /// Plan and actual expenditure, measure by measure.
    ///
    /// # Errors
    /// As [`Verwendungsnachweis::ansaetze`].
    pub fn plan_ist(&self, regelwerk: &Regelwerk) -> Result<Vec<PlanIstVergleich>, Vec<Befund>> {
        self.abrechnung().iter().map(|m| self.plan_ist_der(m, regelwerk)).collect()
    }

    fn plan_ist_der(&self, m: &Massnahmenabrechnung, regelwerk: &Regelwerk) -> Result<PlanIstVergleich, Vec<Befund>> {
        let regel = self.ansaetze(m, regelwerk)?;
        let eines = |b| vec![b];
        let minus = |a: Euro, b: Euro| a.minus(b).map_err(|_| vec![Befund::neu(&crate::regel::RECHENBEREICH)]);
        let mut zeilen = Vec::with_capacity(m.ausgaben.len());
        for a in &m.ausgaben {
            let ansatz = regel.as_ref().and_then(|r| r.zeilen.iter().find(|z| z.position == a.position));
            let (ist, zuwendungsfaehig) = (a.gesamt().map_err(eines)?, a.gesamt_zuwendungsfaehig().map_err(eines)?);
            zeilen.push(PlanIstZeile {
                position: a.position.clone(),
                plan: a.plan,
                ist,
                zuwendungsfaehig,
                abweichung: minus(ist, a.plan)?,
                zulaessig: ansatz.map(|z| z.zulaessig),
                anerkannt: ansatz.map_or(zuwendungsfaehig, |z| z.anerkannt),
                nicht_anerkannt: ansatz.map(|z| z.nicht_anerkannt).unwrap_or_default(),
                erlaeuterung: a.erlaeuterung.clone(),
            });
        }
        let plan = m.plan().map_err(eines)?;
        let je_zeile = summe(zeilen.iter().map(|z| z.anerkannt)).map_err(eines)?;
        let anerkannt = je_zeile.min(plan);
        let (ausgaben, finanzierung) = (m.ausgaben_gesamt().map_err(eines)?, m.finanzierung_gesamt().map_err(eines)?);
        Ok(PlanIstVergleich {
            massnahme_id: m.massnahme_id,
            massnahme_nr: m.massnahme_nr.clone(),
            zeilen,
            plan,
            anerkannt,
            gekappt: minus(je_zeile, anerkannt)?,
            ausgaben,
            finanzierung,
            unterdeckung: minus(ausgaben, finanzierung)?.max(Euro::NULL),
            ueberzahlung: minus(finanzierung, ausgaben)?.max(Euro::NULL),
        })
    }

    /// The grant that would remain per measure if the authority recognised the figures as they stand (Nr. 2 ANBest).
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, and those of [`berechne`].
    pub fn berechnung(&self, regelwerk: &Regelwerk) -> Result<Vec<Massnahmenberechnung>, Vec<Befund>> {
        let eines = |b| vec![b];
        let art = self.grundlage.finanzierungsart.ok_or_else(|| {
            vec![Befund::neu(&crate::regel::NACHWEIS_OHNE_BESCHEID).gemessen(
                "heute",
                "–",
                crate::befund::Einheit::Text,
            )]
        })?;
        let grenze = regelwerk.betrag("bagatellgrenze", stichtag(self.jahrgang)).map_err(eines)?;
        let mut alle = Vec::new();
        for (m, g) in self.abrechnung().iter().zip(&self.grundlage.massnahmen) {
            let vergleich = self.plan_ist_der(m, regelwerk)?;
            let mittel = |f: fn(&super::Abrechnungsmittel) -> Result<Euro, Befund>, eigen: bool| {
                let gemeint = m
                    .finanzierung
                    .iter()
                    .filter(|z| z.quelle != LAND_AQB && z.quelle.starts_with(EIGENMITTEL) == eigen);
                gemeint.map(f).collect::<Result<Vec<_>, _>>().and_then(summe).map_err(eines)
            };
            let plan = |z: &super::Abrechnungsmittel| Ok(z.plan);
            let ist = |z: &super::Abrechnungsmittel| super::grundlage::plus(z.bisher, z.ist);
            let frage = Zuwendungsfrage {
                finanzierungsart: art,
                plan: Zuwendungsplan {
                    ausgaben: vergleich.plan,
                    zuwendung: g.bewilligt,
                    eigenmittel: mittel(plan, true)?,
                    deckungsmittel: mittel(plan, false)?,
                },
                ist: Zuwendungsist {
                    ausgaben: vergleich.anerkannt,
                    eigenmittel: mittel(ist, true)?,
                    deckungsmittel: mittel(ist, false)?,
                },
                bagatellgrenze: Some(grenze),
                ausgezahlt: Some(g.ausgezahlt),
            };
            alle.push(Massnahmenberechnung {
                massnahme_id: m.massnahme_id,
                massnahme_nr: m.massnahme_nr.clone(),
                bewilligt: g.bewilligt,
                ausgezahlt: g.ausgezahlt,
                ergebnis: berechne(&frage)?,
            });
        }
        Ok(alle)
    }
}
