//! The need check: how much of a call is needed in time, as a waterfall of reasons.
//!
//! Money is called only as far and not earlier than it is needed for payments that fall due within a period after
//! payment (Nr. 1.4 ANBest; the period is the parameter `mittelabruf_frist`). Own money comes pro rata or first
//! (Nr. 1.4.1, 1.4.2 ANBest-P, common knowledge; § 49a Abs. 4 Satz 2 HVwVfG).

use super::{Angefordert, Mittelabrufinhalt};
use crate::befund::Befund;
use crate::frist::dauerfrist;
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::Finanzierungsart;
use crate::regel::RECHENBEREICH;
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::status! {
    /// Why a part of a call is not needed now.
    Abzugsgrund {
        /// Needed only after the window, or due before the payment.
        AusserhalbDesFensters = "AUSSERHALB_DES_FENSTERS",
        /// To be paid from own and other money first, or its share of each payment.
        Eigenmittel = "EIGENMITTEL",
        /// Money paid out earlier that is not spent yet.
        Bestand = "BESTAND",
        /// Spent beyond what was paid out so far; raises the need.
        Vorleistung = "VORLEISTUNG",
    }
}

crate::status! {
    /// How own and other money goes before state funds.
    Eigenmitteleinsatz {
        /// As the way of financing demands.
        NachFinanzierungsart = "NACH_FINANZIERUNGSART",
        /// Each payment in the proportion of the plan.
        Anteilig = "ANTEILIG",
        /// All of the year's own money first.
        Vorrangig = "VORRANGIG",
        /// Not compared.
        Ohne = "OHNE",
    }
}

impl Eigenmitteleinsatz {
    /// What applies to a grant: pro rata with Anteil and Festbetrag, first with Fehlbedarf (Nr. 1.4.1, 1.4.2 ANBest-P).
    fn fuer(self, art: Finanzierungsart) -> Self {
        match (self, art) {
            (Self::NachFinanzierungsart, Finanzierungsart::Anteil | Finanzierungsart::Festbetrag) => Self::Anteilig,
            (Self::NachFinanzierungsart, Finanzierungsart::Fehlbedarf) => Self::Vorrangig,
            (Self::NachFinanzierungsart, Finanzierungsart::Voll) => Self::Ohne,
            (anders, _) => anders,
        }
    }
}

/// One step of the waterfall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Abzug {
    /// Why.
    pub grund: Abzugsgrund,
    /// Amount in euro; negative where it raises the need.
    pub betrag: Euro,
}

/// What of a call is needed in time: `bedarf_gesamt` minus all `abzuege` is `gedeckt`; of that at most what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bedarfsrechnung {
    /// First day of the window: the expected payment.
    pub fenster_von: NaiveDate,
    /// Last day of the window.
    pub fenster_bis: NaiveDate,
    /// Sum of all stated payments.
    pub bedarf_gesamt: Euro,
    /// The steps in order.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub abzuege: Vec<Abzug>,
    /// State funds needed in the window, at least 0.00.
    pub gedeckt: Euro,
    /// What was asked for.
    pub angefordert: Euro,
    /// The smaller of both: what can be paid.
    pub zahlbar: Euro,
}

/// What the need check knows of plan and ledger, for the called measures in the Haushaltsjahr.
#[derive(Debug, Clone, Copy)]
pub struct Bedarfsfakten<'a> {
    /// Regelwerk of the Bescheid.
    pub regelwerk: &'a Regelwerk,
    /// How the grant covers costs.
    pub finanzierungsart: Finanzierungsart,
    /// All costs of the plan.
    pub plan_ausgaben: Euro,
    /// State funds of the plan.
    pub plan_land: Euro,
    /// Own and other money of the plan.
    pub plan_andere: Euro,
    /// Paid out so far in the case.
    pub ausgezahlt: Euro,
    /// What other calls of the case have reserved and not been paid.
    pub unterwegs: Euro,
    /// Legal day: a payment that was wanted earlier is made from now on.
    pub heute: NaiveDate,
}

impl Mittelabrufinhalt {
    /// Last day on which money is used in time that is paid as wanted, or on `heute` when that day is over.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`.
    pub fn fensterende(&self, r: &Regelwerk, heute: NaiveDate) -> Result<NaiveDate, Befund> {
        let am = self.auszahlung_am.max(heute);
        let verschiebung = r.wahrheit("mittelabruf_frist_verschiebung", am)?;
        Ok(dauerfrist(am, r.dauer("mittelabruf_frist", am)?, verschiebung)?.ende)
    }

    /// Checks the need by day.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENBEREICH`.
    pub fn bedarfsrechnung(&self, f: &Bedarfsfakten<'_>) -> Result<Bedarfsrechnung, Befund> {
        let fenster_bis = self.fensterende(f.regelwerk, f.heute)?;
        let einsatz: Eigenmitteleinsatz = f
            .regelwerk
            .code("eigenmittel_einsatz", self.auszahlung_am)?
            .parse()
            .map_err(|_| Befund::neu(&RECHENBEREICH).ort("/bedarf"))?;
        self.rechne(fenster_bis, einsatz.fuer(f.finanzierungsart), f)
            .map_err(|_| Befund::neu(&RECHENBEREICH).ort("/bedarf"))
    }

    fn rechne(
        &self,
        fenster_bis: NaiveDate,
        einsatz: Eigenmitteleinsatz,
        f: &Bedarfsfakten<'_>,
    ) -> Result<Bedarfsrechnung, GeldFehler> {
        let im_fenster = |tag: NaiveDate| self.auszahlung_am <= tag && tag <= fenster_bis;
        let bedarf_gesamt = Euro::summe(self.bedarf.iter().map(|b| b.betrag))?;
        let rechtzeitig = Euro::summe(self.bedarf.iter().filter(|b| im_fenster(b.faellig_am)).map(|b| b.betrag))?;
        let andere = match einsatz {
            Eigenmitteleinsatz::Vorrangig => {
                rechtzeitig.min(f.plan_andere.minus(self.eigenmittel_eingesetzt)?.max(Euro::NULL))
            }
            Eigenmitteleinsatz::Anteilig => rechtzeitig.minus(anteil(rechtzeitig, f.plan_land, f.plan_ausgaben)?)?,
            Eigenmitteleinsatz::Ohne | Eigenmitteleinsatz::NachFinanzierungsart => Euro::NULL,
        };
        let bar = f.ausgezahlt.minus(self.bisher_verausgabt)?;
        // what was spent in advance is paid back once: money of other calls on its way covers it first
        let (grund, bestand) = if bar.ist_negativ() {
            (Abzugsgrund::Vorleistung, bar.plus(f.unterwegs)?.min(Euro::NULL))
        } else {
            (Abzugsgrund::Bestand, bar)
        };
        let abzuege: Vec<Abzug> = [
            (Abzugsgrund::AusserhalbDesFensters, bedarf_gesamt.minus(rechtzeitig)?),
            (Abzugsgrund::Eigenmittel, andere),
            (grund, bestand),
        ]
        .into_iter()
        .filter(|(_, b)| !b.ist_null())
        .map(|(grund, betrag)| Abzug { grund, betrag })
        .collect();
        let gedeckt = rechtzeitig.minus(andere)?.minus(bestand)?.max(Euro::NULL);
        let Angefordert(angefordert) = self.angefordert()?;
        Ok(Bedarfsrechnung {
            fenster_von: self.auszahlung_am,
            fenster_bis,
            bedarf_gesamt,
            abzuege,
            gedeckt,
            angefordert,
            zahlbar: gedeckt.min(angefordert),
        })
    }
}

/// `betrag × teil / ganzes`, cut down to whole cents: state money never runs ahead of own money by rounding. Everything
/// where the plan has no costs.
fn anteil(betrag: Euro, teil: Euro, ganzes: Euro) -> Result<Euro, GeldFehler> {
    if !ganzes.ist_positiv() {
        return Ok(betrag);
    }
    let voll = i128::from(betrag.cent()).checked_mul(i128::from(teil.cent())).ok_or(GeldFehler::Bereich)?;
    let cent = voll.div_euclid(i128::from(ganzes.cent()));
    i64::try_from(cent).map_err(|_| GeldFehler::Bereich).and_then(Euro::aus_cent)
}

/// Spreads a smaller sum over the positions of a call in their proportion, without losing a cent and without any
/// position growing: what rounding leaves goes to the positions in their order.
///
/// # Errors
/// [`GeldFehler::Bereich`] when a product cannot be represented.
pub(super) fn verteile(summe: Euro, betraege: &[Euro]) -> Result<Vec<Euro>, GeldFehler> {
    let gesamt = Euro::summe(betraege.iter().copied())?;
    let mut teile = betraege.iter().map(|b| anteil(*b, summe, gesamt)).collect::<Result<Vec<_>, _>>()?;
    let mut rest = summe.minus(Euro::summe(teile.iter().copied())?)?;
    for (teil, hoechstens) in teile.iter_mut().zip(betraege) {
        let mehr = rest.min(hoechstens.minus(*teil)?);
        *teil = teil.plus(mehr)?;
        rest = rest.minus(mehr)?;
    }
    Ok(teile)
}
