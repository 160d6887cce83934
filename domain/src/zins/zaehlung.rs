//! How the two ends of an interest period and odd amounts count. The law is silent; the Regelwerk decides.

use super::{Zinsfrage, eingabe};
use crate::befund::{Befund, Einheit};
use crate::geld::Euro;
use chrono::NaiveDate;

/// Parameters `zins_starttag_inklusiv`, `zins_endtag_inklusiv` and `kapital_abrunden_auf` of the Regelwerk
/// (assumptions: § 49a HVwVfG names no convention).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zinszaehlung {
    /// The first day of the period bears interest.
    pub starttag_inklusiv: bool,
    /// The last day of the period bears interest.
    pub endtag_inklusiv: bool,
    /// Capital is rounded down to a multiple of this amount, at least 0.01 EUR.
    pub kapital_abrunden_auf: Euro,
}

impl Zinszaehlung {
    /// The question with the capital and the half-open interval that follow from the convention.
    ///
    /// # Errors
    /// `RECHENEINGABE` when capital would be rounded to a multiple of nothing or a day lies beyond the calendar.
    pub fn anwenden(&self, frage: Zinsfrage) -> Result<Zinsfrage, Befund> {
        let stufe = self.kapital_abrunden_auf;
        if !stufe.ist_positiv() {
            return Err(eingabe("/kapital_abrunden_auf", stufe, Einheit::Eur, "≥ 0.01 EUR"));
        }
        let rest = Euro::aus_cent(frage.kapital.cent().rem_euclid(stufe.cent())).unwrap_or_default();
        let naechster = |ort: &str, tag: NaiveDate, weiter: bool| match tag.succ_opt() {
            Some(t) if weiter => Ok(t),
            None if weiter => Err(eingabe(ort, tag, Einheit::Datum, "≤ 262142-12-30")),
            _ => Ok(tag),
        };
        let von = naechster("/von", frage.von, !self.starttag_inklusiv)?;
        let bis = naechster("/bis", frage.bis, self.endtag_inklusiv)?;
        let kapital = frage.kapital.minus(rest).unwrap_or(frage.kapital);
        // one day whose start and end both do not count is an empty period
        Ok(Zinsfrage { kapital, von, bis: if frage.von <= frage.bis { bis.max(von) } else { frage.bis }, ..frage })
    }
}
