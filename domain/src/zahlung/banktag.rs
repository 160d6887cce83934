//! Days on which euro payments are settled.

use crate::frist::ostersonntag;
use crate::zeit::tag;
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

/// A business day of TARGET: no Saturday, no Sunday, none of the six closing days (long-term calendar of the European
/// Central Bank since 2002). Hessian holidays such as Fronleichnam are business days.
pub fn ist_banktag(t: NaiveDate) -> bool {
    let jahr = t.year();
    let ostern = ostersonntag(jahr);
    let nach_ostern = |tage: i64| ostern.checked_add_signed(TimeDelta::days(tage)).unwrap_or(NaiveDate::MAX);
    let geschlossen =
        [tag(jahr, 1, 1), nach_ostern(-2), nach_ostern(1), tag(jahr, 5, 1), tag(jahr, 12, 25), tag(jahr, 12, 26)];
    !matches!(t.weekday(), Weekday::Sat | Weekday::Sun) && !geschlossen.contains(&t)
}

/// The day itself if it is a business day, otherwise the next one.
pub fn naechster_banktag(tag: NaiveDate) -> NaiveDate {
    let mut tag = tag;
    while !ist_banktag(tag) {
        let Some(folgt) = tag.succ_opt() else { break };
        tag = folgt;
    }
    tag
}
