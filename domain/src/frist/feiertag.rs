//! Public holidays and working days in Hessen.

use crate::regel::Text;
use crate::zeit::tag;
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

/// A public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feiertag {
    /// Day.
    pub tag: NaiveDate,
    /// Name.
    pub name: Text,
}

const fn t(de: &'static str, en: &'static str) -> Text {
    Text { de, en }
}

/// Easter Sunday of a year in the Gregorian calendar (Meeus/Jones/Butcher).
pub fn ostersonntag(jahr: i32) -> NaiveDate {
    let a = jahr.rem_euclid(19);
    let (b, c) = (jahr.div_euclid(100), jahr.rem_euclid(100));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - b.div_euclid(4) - g + 15).rem_euclid(30);
    let l = (32 + 2 * b.rem_euclid(4) + 2 * c.div_euclid(4) - h - c.rem_euclid(4)).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    let zahl = |z: i32| u32::try_from(z).unwrap_or_default();
    tag(jahr, zahl(n.div_euclid(31)), zahl(n.rem_euclid(31) + 1))
}

/// Public holidays of a year in Hessen, in order of days (§ 1 HFeiertagsG, common knowledge).
///
/// Ostersonntag and Pfingstsonntag are listed by name: in Hessen every Sunday is a public holiday, so that both change
/// no deadline but say why a day is skipped. 31 October 2017 was a holiday once (500 years of the Reformation).
/// 24 and 31 December are none. The list applies since 1995; earlier years follow it only by calculation.
pub fn feiertage(jahr: i32) -> Vec<Feiertag> {
    let ostern = ostersonntag(jahr);
    let nach_ostern = |tage: i64| ostern.checked_add_signed(TimeDelta::days(tage)).unwrap_or(NaiveDate::MAX);
    let mut liste: Vec<Feiertag> = [
        (tag(jahr, 1, 1), t("Neujahr", "New Year's Day")),
        (nach_ostern(-2), t("Karfreitag", "Good Friday")),
        (ostern, t("Ostersonntag", "Easter Sunday")),
        (nach_ostern(1), t("Ostermontag", "Easter Monday")),
        (tag(jahr, 5, 1), t("Tag der Arbeit", "Labour Day")),
        (nach_ostern(39), t("Christi Himmelfahrt", "Ascension Day")),
        (nach_ostern(49), t("Pfingstsonntag", "Whit Sunday")),
        (nach_ostern(50), t("Pfingstmontag", "Whit Monday")),
        (nach_ostern(60), t("Fronleichnam", "Corpus Christi")),
        (tag(jahr, 10, 3), t("Tag der Deutschen Einheit", "Day of German Unity")),
        (tag(jahr, 12, 25), t("1. Weihnachtstag", "Christmas Day")),
        (tag(jahr, 12, 26), t("2. Weihnachtstag", "Boxing Day")),
    ]
    .map(|(tag, name)| Feiertag { tag, name })
    .to_vec();
    if jahr == 2017 {
        liste.push(Feiertag { tag: tag(2017, 10, 31), name: t("Reformationstag", "Reformation Day") });
    }
    liste.sort_by_key(|f| f.tag);
    liste
}

/// The named holiday that falls on a day; none for an ordinary Sunday. On 1 May 2008 two fall on one day, the first is
/// given.
pub fn feiertag(tag: NaiveDate) -> Option<Feiertag> {
    feiertage(tag.year()).into_iter().find(|f| f.tag == tag)
}

/// A day on which a shifted deadline may end: not a Sunday, not a public holiday, not a Saturday
/// (§ 31 Abs. 3 HVwVfG, § 193 BGB).
pub fn ist_werktag(tag: NaiveDate) -> bool {
    !matches!(tag.weekday(), Weekday::Sat | Weekday::Sun) && feiertag(tag).is_none()
}

/// The day itself if it is a working day, otherwise the next one (§ 31 Abs. 3 HVwVfG, § 193 BGB).
pub fn naechster_werktag(tag: NaiveDate) -> NaiveDate {
    let mut tag = tag;
    while !ist_werktag(tag) {
        let Some(folgt) = tag.succ_opt() else { break };
        tag = folgt;
    }
    tag
}

/// Name of the day of the week.
pub(super) const fn wochentag(tag: Weekday) -> Text {
    match tag {
        Weekday::Mon => t("Montag", "Monday"),
        Weekday::Tue => t("Dienstag", "Tuesday"),
        Weekday::Wed => t("Mittwoch", "Wednesday"),
        Weekday::Thu => t("Donnerstag", "Thursday"),
        Weekday::Fri => t("Freitag", "Friday"),
        Weekday::Sat => t("Sonnabend", "Saturday"),
        Weekday::Sun => t("Sonntag", "Sunday"),
    }
}
