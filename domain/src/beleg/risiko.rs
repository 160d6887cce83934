//! How closely a Beleg is looked at when a sample is drawn.

use super::{Beleg, Belegart};
use chrono::{Days, NaiveDate};

/// Days before the end of the period in which spending is looked at more closely: what must go before the year ends.
const VOR_DEM_ENDE: u64 = 31;

impl Beleg {
    /// Its risk for a sample, from 1 to 10: split invoices, credit notes, no order, no scan, paid at the very end or after
    /// it, and round amounts each add to it. Which signs count is a choice of this system.
    pub fn risiko(&self, ende: NaiveDate) -> u32 {
        let i = &self.inhalt;
        let spaet = ende.checked_sub_days(Days::new(VOR_DEM_ENDE)).is_some_and(|ab| i.zahlungsdatum > ab);
        let rund = !i.beantragt.ist_null() && i.beantragt.cent() % 100_000 == 0;
        let zeichen = [
            (i.split_gruppe.is_some(), 2),
            (i.art == Belegart::Gutschrift, 2),
            (spaet, 2),
            (i.auftragsdatum.is_none(), 1),
            (i.original_sha256.is_none(), 1),
            (rund, 1),
        ];
        zeichen.iter().filter(|(gilt, _)| *gilt).map(|(_, n)| n).sum::<u32>() + 1
    }
}
