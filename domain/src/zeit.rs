//! Legal dates and periods. A legal date is a day in Europe/Berlin; a moment is an instant in UTC.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Berlin;
use serde::{Deserialize, Serialize};

/// First Jahrgang of the programme model.
pub const ERSTER_JAHRGANG: i32 = 2011;
/// Last Jahrgang the contract admits.
pub const LETZTER_JAHRGANG: i32 = 2099;

/// The legal day in which a moment falls: the calendar day in Europe/Berlin.
pub fn rechtstag(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&Berlin).date_naive()
}

/// The moment in which a legal day begins (00:00 in Europe/Berlin; clocks change later in the night).
pub fn tagesbeginn(tag: NaiveDate) -> DateTime<Utc> {
    let mitternacht = tag.and_time(chrono::NaiveTime::MIN);
    mitternacht.and_local_timezone(Berlin).earliest().map_or(mitternacht.and_utc(), |t| t.with_timezone(&Utc))
}

/// The first moment after a legal day.
pub fn tagesende(tag: NaiveDate) -> DateTime<Utc> {
    tag.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, tagesbeginn)
}

/// A day that is known to exist; an impossible one becomes the end of time and fails every comparison "not later than".
///
/// Used for the fixed days of rules (1 January, 31 December), never for input.
pub fn tag(jahr: i32, monat: u32, tag: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(jahr, monat, tag).unwrap_or(NaiveDate::MAX)
}

/// A period of whole days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zeitraum {
    /// First day.
    pub von: NaiveDate,
    /// Last day.
    pub bis: NaiveDate,
}

impl Zeitraum {
    /// The last day is not before the first.
    pub fn ist_geordnet(&self) -> bool {
        self.von <= self.bis
    }

    /// The day lies in the period.
    pub fn enthaelt(&self, tag: NaiveDate) -> bool {
        self.von <= tag && tag <= self.bis
    }

    /// The whole other period lies in this one.
    pub fn umfasst(&self, anderer: &Zeitraum) -> bool {
        self.von <= anderer.von && anderer.bis <= self.bis
    }

    /// Started calendar months from the first to the last day: 2026-03-15 to 2026-04-01 are two.
    pub fn angefangene_monate(&self) -> i64 {
        if !self.ist_geordnet() {
            return 0;
        }
        let zaehle = |d: NaiveDate| i64::from(d.year()) * 12 + i64::from(d.month0());
        zaehle(self.bis) - zaehle(self.von) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    /// Dossier section 8, "Time": the deadline of 31 March ends at 24:00 in Berlin, daylight saving already on.
    #[test]
    fn rechtstag_folgt_berlin() {
        let faelle = [
            ((2026, 3, 31, 21, 59, 59), (2026, 3, 31)),
            ((2026, 3, 31, 22, 0, 0), (2026, 4, 1)),
            ((2025, 12, 31, 22, 59, 59), (2025, 12, 31)),
            ((2025, 12, 31, 23, 0, 0), (2026, 1, 1)),
        ];
        for ((j, m, t, h, mi, s), (ej, em, et)) in faelle {
            let moment = Utc.with_ymd_and_hms(j, m, t, h, mi, s).unwrap();
            assert_eq!(rechtstag(moment), tag(ej, em, et));
        }
    }

    /// The calendar of Europe/Berlin: winter time ends on 2026-03-29, summer time on 2026-10-25.
    #[test]
    fn tage_beginnen_in_berlin() {
        let utc = |j, m, t, h| Utc.with_ymd_and_hms(j, m, t, h, 0, 0).unwrap();
        assert_eq!(tagesbeginn(tag(2026, 3, 29)), utc(2026, 3, 28, 23));
        assert_eq!(tagesende(tag(2026, 3, 29)), utc(2026, 3, 29, 22));
        assert_eq!(tagesende(tag(2026, 10, 25)), utc(2026, 10, 25, 23));
    }

    #[test]
    fn angefangene_monate() {
        for (von, bis, n) in
            [((2026, 3, 15), (2026, 4, 1), 2), ((2026, 1, 1), (2026, 12, 31), 12), ((2026, 5, 5), (2026, 5, 5), 1)]
        {
            let z = Zeitraum { von: tag(von.0, von.1, von.2), bis: tag(bis.0, bis.1, bis.2) };
            assert_eq!(z.angefangene_monate(), n);
        }
    }
}
