//! Demo allocation of the Jahrgang 2026: invented for demonstrations, NOT the real allocation of any authority.
//!
//! Only the total (27.7 million, the published volume of 2023) and the figures of Wetterau (its published figure of
//! 2024) and Kassel are modelled on published numbers; all others are population shares rounded to the cent.

use super::{Budgetposition, Zuteilungsinhalt};
use crate::geld::{Euro, GeldFehler};
use std::collections::BTreeMap;

/// Gebietskoerperschaft and cents.
const ZUTEILUNGEN: &[(&str, i64)] = &[
    ("06411", 70_334_675),
    ("06412", 328_228_484),
    ("06413", 57_309_735),
    ("06414", 123_736_929),
    ("06415", 42_982_302),
    ("06431", 118_092_788),
    ("06432", 130_249_398),
    ("06433", 121_566_105),
    ("06434", 103_331_189),
    ("06435", 144_576_832),
    ("06436", 104_199_519),
    ("06437", 42_113_972),
    ("06438", 156_299_278),
    ("06439", 81_188_792),
    ("06440", 114_030_000),
    ("06531", 119_395_282),
    ("06532", 110_711_989),
    ("06533", 75_110_486),
    ("06534", 106_370_342),
    ("06535", 45_587_289),
    ("06611", 130_000_000),
    ("06631", 98_121_214),
    ("06632", 52_533_924),
    ("06633", 103_765_354),
    ("06634", 78_583_804),
    ("06635", 68_163_852),
    ("06636", 43_416_466),
];

/// Teilbudgets with Wetterau's sums in hundreds of euro.
const TEILBUDGETS: &[(&str, u64)] =
    &[("ALLGEMEIN", 8_803), ("MIGRATION_ARBEITSMARKT", 1_800), ("DIGITALISIERUNG", 400), ("TEILZEITAUSBILDUNG", 400)];

/// Haushaltsjahre with Wetterau's sums in hundreds of euro.
const HAUSHALTSJAHRE: &[(i32, u64)] = &[(2026, 5_200), (2027, 3_103), (2028, 1_800), (2029, 900), (2030, 400)];

/// Fills a matrix whose rows and columns sum to the given margins: proportional cells cut to whole cents, what is
/// left goes to the first row and column that still lack cents. Both margins must have the same sum.
fn matrix(zeilen: &[Euro], spalten: &[Euro]) -> Result<Vec<Vec<i64>>, GeldFehler> {
    let summe = i128::from(Euro::summe(spalten.iter().copied())?.cent());
    let anteil = |z: i64, s: i64| i64::try_from((i128::from(z) * i128::from(s)).checked_div(summe).unwrap_or(0));
    let mut zellen = Vec::new();
    for z in zeilen {
        let zeile: Result<Vec<i64>, _> = spalten.iter().map(|s| anteil(z.cent(), s.cent())).collect();
        zellen.push(zeile.map_err(|_| GeldFehler::Bereich)?);
    }
    let mut offen: Vec<i64> = spalten.iter().map(|s| s.cent()).collect();
    for zeile in &zellen {
        offen.iter_mut().zip(zeile).for_each(|(o, c)| *o -= c);
    }
    for (z, zeile) in zeilen.iter().zip(&mut zellen) {
        let mut fehlt = z.cent() - zeile.iter().sum::<i64>();
        for (zelle, o) in zeile.iter_mut().zip(&mut offen) {
            let mehr = fehlt.min(*o);
            *zelle += mehr;
            *o -= mehr;
            fehlt -= mehr;
        }
    }
    Ok(zellen)
}

/// Splits one total over Teilbudget × Haushaltsjahr in the proportions of Wetterau.
fn aufteilung(gesamt: Euro) -> Result<Vec<Budgetposition>, GeldFehler> {
    let zeilen = gesamt.aufteilen(&TEILBUDGETS.iter().map(|t| t.1).collect::<Vec<_>>())?;
    let spalten = gesamt.aufteilen(&HAUSHALTSJAHRE.iter().map(|h| h.1).collect::<Vec<_>>())?;
    let zellen = matrix(&zeilen, &spalten)?;
    let mut positionen = Vec::new();
    for ((teilbudget, _), zeile) in TEILBUDGETS.iter().zip(zellen) {
        for ((haushaltsjahr, _), cent) in HAUSHALTSJAHRE.iter().zip(zeile) {
            positionen.push(Budgetposition {
                teilbudget: (*teilbudget).to_owned(),
                haushaltsjahr: *haushaltsjahr,
                betrag: Euro::aus_cent(cent)?,
            });
        }
    }
    Ok(positionen)
}

/// DEMO ONLY, not real: 27 allocations of the Jahrgang 2026 with 27,700,000.00 EUR in total.
pub fn demo_zuteilung_2026() -> Vec<Zuteilungsinhalt> {
    ZUTEILUNGEN
        .iter()
        .map(|(kreisschluessel, cent)| Zuteilungsinhalt {
            kreisschluessel: (*kreisschluessel).to_owned(),
            positionen: Euro::aus_cent(*cent).and_then(aufteilung).unwrap_or_default(),
            grundlage: "DEMO: erfundene Verteilung zur Vorführung, keine echte Zuteilung".to_owned(),
        })
        .collect()
}

/// DEMO ONLY, not real: the state budget that covers [`demo_zuteilung_2026`] to the cent.
pub fn demo_haushaltsansatz_2026() -> Vec<Budgetposition> {
    let mut summen = BTreeMap::<(i32, String), Euro>::new();
    for p in demo_zuteilung_2026().into_iter().flat_map(|z| z.positionen) {
        let s = summen.entry((p.haushaltsjahr, p.teilbudget)).or_default();
        *s = s.plus(p.betrag).unwrap_or(*s);
    }
    summen
        .into_iter()
        .map(|((haushaltsjahr, teilbudget), betrag)| Budgetposition { teilbudget, haushaltsjahr, betrag })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{pruefe_positionen, summe};
    use crate::gebietskoerperschaft::anfangsbestand;
    use crate::jahrgang::Haushaltsfenster;
    use crate::katalog::Katalogstand;
    use proptest::prelude::*;

    fn euro(s: &str) -> Euro {
        s.parse().unwrap()
    }

    fn summe_wo(p: &[Budgetposition], wo: impl Fn(&Budgetposition) -> bool) -> Euro {
        Euro::summe(p.iter().filter(|p| wo(p)).map(|p| p.betrag)).unwrap()
    }

    /// Dossier 4.6: 27 rows, one per Gebietskoerperschaft of 2026, 27,700,000.00 in total.
    #[test]
    fn abschnitt46_summe_und_zeilen() {
        let alle = demo_zuteilung_2026();
        assert_eq!(alle.len(), 27);
        let keys: Vec<_> = anfangsbestand().into_iter().map(|g| g.kreisschluessel).collect();
        assert_eq!(alle.iter().map(|z| z.kreisschluessel.clone()).collect::<Vec<_>>(), keys);
        let gesamt = Euro::summe(alle.iter().map(|z| summe(&z.positionen).unwrap()));
        assert_eq!(gesamt, Ok(euro("27700000.00")));
        for (z, (_, cent)) in alle.iter().zip(ZUTEILUNGEN) {
            assert_eq!(summe(&z.positionen).unwrap().cent(), *cent, "{}", z.kreisschluessel);
            let f = Haushaltsfenster { erstes: 2026, letztes: 2030 };
            assert!(pruefe_positionen(&z.positionen, f, &Katalogstand::anfang(), "").is_empty());
            assert!(z.grundlage.starts_with("DEMO"));
        }
        assert_eq!(summe(&demo_haushaltsansatz_2026()), Ok(euro("27700000.00")));
        assert_eq!(demo_haushaltsansatz_2026().len(), 20);
    }

    /// Dossier section 10: Wetterau by Teilbudget and by Haushaltsjahr.
    #[test]
    fn abschnitt10_wetterau_trifft_beide_raender() {
        let alle = demo_zuteilung_2026();
        let p = &alle.iter().find(|z| z.kreisschluessel == "06440").unwrap().positionen;
        for (t, s) in [
            ("ALLGEMEIN", "880300.00"),
            ("MIGRATION_ARBEITSMARKT", "180000.00"),
            ("DIGITALISIERUNG", "40000.00"),
            ("TEILZEITAUSBILDUNG", "40000.00"),
        ] {
            assert_eq!(summe_wo(p, |p| p.teilbudget == t), euro(s), "{t}");
        }
        for (j, s) in
            [(2026, "520000.00"), (2027, "310300.00"), (2028, "180000.00"), (2029, "90000.00"), (2030, "40000.00")]
        {
            assert_eq!(summe_wo(p, |p| p.haushaltsjahr == j), euro(s), "{j}");
        }
        assert_eq!(p.len(), 20);
    }

    proptest! {
        #[test]
        fn matrix_trifft_beide_raender(cent in 0i64..1_000_000_000_000, z in proptest::collection::vec(1u64..10_000, 1..9), s in proptest::collection::vec(1u64..10_000, 1..9)) {
            let gesamt = Euro::aus_cent(cent).unwrap();
            let (zeilen, spalten) = (gesamt.aufteilen(&z).unwrap(), gesamt.aufteilen(&s).unwrap());
            let m = matrix(&zeilen, &spalten).unwrap();
            for (soll, ist) in zeilen.iter().zip(&m) {
                prop_assert_eq!(soll.cent(), ist.iter().sum::<i64>());
                prop_assert!(ist.iter().all(|c| *c >= 0));
            }
            for (i, soll) in spalten.iter().enumerate() {
                prop_assert_eq!(soll.cent(), m.iter().map(|r| r[i]).sum::<i64>());
            }
        }
    }
}
