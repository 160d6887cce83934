//! When money flows: what was called, paid and passed on per month, and what the plans still need.

use crate::detailplanung::Detailplanung;
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Kontoart, Stand};
use crate::zeit::tag;
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeMap;
use std::fmt;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kalendermonat(NaiveDate);

impl Kalendermonat {
    /// The month of a day.
    pub fn von(d: NaiveDate) -> Self {
        Kalendermonat(tag(d.year(), d.month(), 1))
    }

    /// Its first day.
    pub fn erster(self) -> NaiveDate {
        self.0
    }

    /// The month after.
    #[must_use]
    pub fn naechster(self) -> Self {
        Kalendermonat(self.0.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX))
    }
}

/// `2026-03`.
impl fmt::Display for Kalendermonat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// Amounts of a month, or up to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Monatsfluss {
    /// Called; less what was refused or cancelled.
    pub abgerufen: Euro,
    /// Paid out; less what came back.
    pub ausgezahlt: Euro,
    /// Passed on to Traeger.
    pub weitergeleitet: Euro,
    /// Granted money the plans need.
    pub geplant: Euro,
}

impl Monatsfluss {
    fn plus(self, a: Monatsfluss) -> Result<Monatsfluss, GeldFehler> {
        Ok(Monatsfluss {
            abgerufen: self.abgerufen.plus(a.abgerufen)?,
            ausgezahlt: self.ausgezahlt.plus(a.ausgezahlt)?,
            weitergeleitet: self.weitergeleitet.plus(a.weitergeleitet)?,
            geplant: self.geplant.plus(a.geplant)?,
        })
    }
}

/// A month of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abflusszeile {
    /// Which.
    pub monat: Kalendermonat,
    /// In this month.
    pub im_monat: Monatsfluss,
    /// From the first month to the end of this one.
    pub kumuliert: Monatsfluss,
}

/// Flow of money by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mittelabfluss {
    /// Every month from the first to the last with any movement or need.
    pub zeilen: Vec<Abflusszeile>,
    /// All months.
    pub gesamt: Monatsfluss,
    /// Granted money that no plan places in a month.
    pub ohne_monat: Euro,
}

/// Need by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planbedarf {
    /// Per month.
    pub je_monat: BTreeMap<Kalendermonat, Euro>,
    /// What no plan places in a month.
    pub ohne_monat: Euro,
}

impl Planbedarf {
    /// Adds what was granted for a measure in a Haushaltsjahr, spread as its plan says: by the payments due in that year
    /// where the plan names any, otherwise by the state money of its periods, a period of several months by days. Sums
    /// to the granted amount, also where less was granted than planned.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn verteile(
        &mut self,
        bewilligt: Euro,
        haushaltsjahr: i32,
        plan: Option<&Detailplanung>,
    ) -> Result<(), GeldFehler> {
        let gewichte = plan.map_or_else(|| Ok(BTreeMap::new()), |p| gewichte(p, haushaltsjahr))?;
        let werte: Vec<u64> = gewichte.values().map(|e| u64::try_from(e.cent()).unwrap_or(0)).collect();
        if werte.iter().all(|w| *w == 0) {
            self.ohne_monat = self.ohne_monat.plus(bewilligt)?;
            return Ok(());
        }
        for (monat, teil) in gewichte.into_keys().zip(bewilligt.aufteilen(&werte)?) {
            mehre(&mut self.je_monat, monat, teil)?;
        }
        Ok(())
    }
}

fn mehre(je: &mut BTreeMap<Kalendermonat, Euro>, monat: Kalendermonat, betrag: Euro) -> Result<(), GeldFehler> {
    let e = je.entry(monat).or_default();
    *e = e.plus(betrag)?;
    Ok(())
}

fn gewichte(plan: &Detailplanung, haushaltsjahr: i32) -> Result<BTreeMap<Kalendermonat, Euro>, GeldFehler> {
    let mut je = BTreeMap::new();
    for z in plan.zahlungsplan.iter().filter(|z| z.faellig_am.year() == haushaltsjahr) {
        mehre(&mut je, Kalendermonat::von(z.faellig_am), z.betrag)?;
    }
    if !je.is_empty() {
        return Ok(je);
    }
    for p in plan.perioden.iter().filter(|p| p.von.year() == haushaltsjahr && p.von <= p.bis) {
        let mut tage = BTreeMap::<Kalendermonat, u64>::new();
        // a period is a quarter at most
        for d in p.von.iter_days().take_while(|d| *d <= p.bis).take(100) {
            *tage.entry(Kalendermonat::von(d)).or_default() += 1;
        }
        let teile = p.land_aqb.aufteilen(&tage.values().copied().collect::<Vec<_>>())?;
        for (monat, teil) in tage.into_keys().zip(teile) {
            mehre(&mut je, monat, teil)?;
        }
    }
    Ok(je)
}

/// Arranges movements on accounts by the month of their legal day, and the need beside them.
///
/// # Errors
/// [`GeldFehler::Bereich`] when a sum cannot be represented.
pub fn mittelabfluss(
    bewegungen: impl IntoIterator<Item = (NaiveDate, Kontoart, Euro)>,
    bedarf: Planbedarf,
) -> Result<Mittelabfluss, GeldFehler> {
    let mut salden = BTreeMap::<Kalendermonat, Vec<(Kontoart, Euro)>>::new();
    for (am, art, betrag) in bewegungen {
        salden.entry(Kalendermonat::von(am)).or_default().push((art, betrag));
    }
    let mut je = BTreeMap::<Kalendermonat, Monatsfluss>::new();
    for (monat, s) in salden {
        // what changed on the disjoint accounts changed the cumulative figures by as much
        let s = Stand::aus_salden(s)?;
        let fluss = Monatsfluss {
            abgerufen: s.abgerufen,
            ausgezahlt: s.ausgezahlt,
            weitergeleitet: s.weitergeleitet,
            geplant: Euro::NULL,
        };
        if fluss != Monatsfluss::default() {
            je.insert(monat, fluss);
        }
    }
    for (monat, betrag) in bedarf.je_monat {
        let f = je.entry(monat).or_default();
        f.geplant = f.geplant.plus(betrag)?;
    }
    let mut aus = Mittelabfluss { ohne_monat: bedarf.ohne_monat, ..Mittelabfluss::default() };
    let (Some((erster, _)), Some((letzter, _))) = (je.first_key_value(), je.last_key_value()) else { return Ok(aus) };
    let (mut monat, letzter) = (*erster, *letzter);
    while monat <= letzter {
        let im_monat = je.get(&monat).copied().unwrap_or_default();
        aus.gesamt = aus.gesamt.plus(im_monat)?;
        aus.zeilen.push(Abflusszeile { monat, im_monat, kumuliert: aus.gesamt });
        monat = monat.naechster();
    }
    Ok(aus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detailplanung::{Periode, Raster, Zahlung};
    use Kontoart::{Abgerufen, Ausgezahlt, Gebunden, Verfuegbar, Weitergeleitet};

    fn euro(s: &str) -> Euro {
        s.parse().unwrap()
    }

    fn periode(von: NaiveDate, bis: NaiveDate, land: &str) -> Periode {
        Periode {
            von,
            bis,
            raster: Raster::Quartal,
            ausgaben: euro(land),
            land_aqb: euro(land),
            kofinanzierung: Euro::NULL,
            plaetze: 0,
            eintritte: 0,
            austritte: 0,
        }
    }

    fn je_monat(b: &Planbedarf) -> String {
        b.je_monat.iter().map(|(m, e)| format!("{m} {e}")).collect::<Vec<_>>().join(", ")
    }

    /// computed: a quarter of 90 days (31 + 28 + 31) over 90.00, then the payments of the year instead, then less
    /// granted than planned, then nothing planned.
    #[test]
    fn bedarf_folgt_dem_plan() {
        let mut plan = Detailplanung {
            perioden: vec![
                periode(tag(2026, 1, 1), tag(2026, 3, 31), "90.00"),
                periode(tag(2027, 1, 1), tag(2027, 1, 31), "7.00"),
            ],
            ..Detailplanung::default()
        };
        let verteilt = |plan: Option<&Detailplanung>, betrag: &str, hj: i32| {
            let mut b = Planbedarf::default();
            b.verteile(euro(betrag), hj, plan).unwrap();
            (je_monat(&b), b.ohne_monat.to_string())
        };
        assert_eq!(
            verteilt(Some(&plan), "90.00", 2026),
            ("2026-01 31.00, 2026-02 28.00, 2026-03 31.00".into(), "0.00".into())
        );
        assert_eq!(verteilt(Some(&plan), "45.00", 2026).0, "2026-01 15.50, 2026-02 14.00, 2026-03 15.50");
        assert_eq!(verteilt(Some(&plan), "5.00", 2027).0, "2027-01 5.00");
        assert_eq!(verteilt(Some(&plan), "5.00", 2028), (String::new(), "5.00".into()));
        assert_eq!(verteilt(None, "5.00", 2026), (String::new(), "5.00".into()));
        for (monat, betrag) in [(2, "20.00"), (6, "40.00")] {
            plan.zahlungsplan.push(Zahlung {
                faellig_am: tag(2026, monat, 15),
                betrag: euro(betrag),
                empfaenger: "x".into(),
            });
        }
        assert_eq!(verteilt(Some(&plan), "90.00", 2026).0, "2026-02 30.00, 2026-06 60.00");
        assert_eq!(verteilt(Some(&plan), "5.00", 2027).0, "2027-01 5.00", "no payment of that year");
    }

    /// computed: 30.00 called in January, 10.00 of it refused and 20.00 paid in March, 5.00 passed on, need of 8.00 in
    /// April.
    #[test]
    fn fluesse_kumulieren_ohne_luecke() {
        let b = |m, t, von, nach, betrag: &str| {
            [(tag(2026, m, t), von, euro(betrag).negativ()), (tag(2026, m, t), nach, euro(betrag))]
        };
        let bewegungen = [
            b(1, 2, Verfuegbar, Gebunden, "50.00"),
            b(1, 31, Gebunden, Abgerufen, "30.00"),
            b(3, 1, Abgerufen, Gebunden, "10.00"),
            b(3, 2, Abgerufen, Ausgezahlt, "20.00"),
            b(3, 31, Ausgezahlt, Weitergeleitet, "5.00"),
        ];
        let mut bedarf = Planbedarf { ohne_monat: euro("1.00"), ..Planbedarf::default() };
        bedarf.je_monat.insert(Kalendermonat::von(tag(2026, 4, 9)), euro("8.00"));
        let m = mittelabfluss(bewegungen.into_iter().flatten(), bedarf).unwrap();
        let zahlen = |f: &Monatsfluss| format!("{} {} {} {}", f.abgerufen, f.ausgezahlt, f.weitergeleitet, f.geplant);
        let zeilen: Vec<String> = m
            .zeilen
            .iter()
            .map(|z| format!("{}: {} | {}", z.monat, zahlen(&z.im_monat), zahlen(&z.kumuliert)))
            .collect();
        assert_eq!(
            zeilen,
            [
                "2026-01: 30.00 0.00 0.00 0.00 | 30.00 0.00 0.00 0.00",
                "2026-02: 0.00 0.00 0.00 0.00 | 30.00 0.00 0.00 0.00",
                "2026-03: -10.00 20.00 5.00 0.00 | 20.00 20.00 5.00 0.00",
                "2026-04: 0.00 0.00 0.00 8.00 | 20.00 20.00 5.00 8.00",
            ]
        );
        assert_eq!((zahlen(&m.gesamt).as_str(), m.ohne_monat), ("20.00 20.00 5.00 8.00", euro("1.00")));
        assert_eq!(mittelabfluss([], Planbedarf::default()).unwrap(), Mittelabfluss::default());
    }
}
