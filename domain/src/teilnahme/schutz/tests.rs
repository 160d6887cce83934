//! Somebody who collects every figure of every report and filter, and computes.

use super::*;
use proptest::prelude::*;

const P: i64 = 1_000_000_007;

fn potenz(mut a: i64, mut e: i64) -> i64 {
    let mut r = 1;
    while e > 0 {
        if e % 2 == 1 {
            r = r * a % P;
        }
        a = a * a % P;
        e /= 2;
    }
    r
}

/// An equation of published figures: coefficients of the unknowns, and the sum.
type Gleichung = (Vec<i64>, i64);

/// Unknowns that a system of linear equations determines alone.
fn bestimmt(gleichungen: &[Gleichung], n: usize) -> Vec<usize> {
    let mut m: Vec<Vec<i64>> = gleichungen.iter().map(|(k, _)| k.iter().map(|x| x.rem_euclid(P)).collect()).collect();
    let (mut zeile, mut pivots) = (0, Vec::new());
    for spalte in 0..n {
        let Some(p) = (zeile..m.len()).find(|z| m[*z][spalte] != 0) else { continue };
        m.swap(zeile, p);
        let inv = potenz(m[zeile][spalte], P - 2);
        m[zeile].iter_mut().for_each(|x| *x = *x * inv % P);
        for z in 0..m.len() {
            let f = m[z][spalte];
            if z != zeile && f != 0 {
                let pivot = m[zeile].clone();
                for (x, p) in m[z].iter_mut().zip(&pivot) {
                    *x = (*x - f * p % P).rem_euclid(P);
                }
            }
        }
        pivots.push((zeile, spalte));
        zeile += 1;
    }
    pivots.into_iter().filter(|(z, _)| m[*z].iter().filter(|x| **x != 0).count() == 1).map(|(_, s)| s).collect()
}

/// Unknowns that follow from bounds: nobody is counted below zero.
fn eingegrenzt(gleichungen: &[Gleichung], n: usize, oben: i64) -> Vec<usize> {
    let mut grenzen = vec![(0i64, oben); n];
    loop {
        let vorher = grenzen.clone();
        for (k, summe) in gleichungen {
            for i in (0..n).filter(|i| k[*i] != 0) {
                let andere = |f: &dyn Fn(i64, (i64, i64)) -> i64| -> i64 {
                    (0..n).filter(|j| *j != i && k[*j] != 0).map(|j| f(k[j], grenzen[j])).sum()
                };
                let (klein, gross) = (andere(&|k, g| (k * g.0).min(k * g.1)), andere(&|k, g| (k * g.0).max(k * g.1)));
                let (a, b) = ((summe - gross) * k[i], (summe - klein) * k[i]);
                grenzen[i] = (grenzen[i].0.max(a.min(b)), grenzen[i].1.min(a.max(b)));
            }
        }
        if grenzen == vorher {
            return (0..n).filter(|i| grenzen[*i].0 == grenzen[*i].1).collect();
        }
    }
}

const SPALTEN: usize = 4 + 2;

/// Counts as (female, male, diverse, none) and how many of them are below 25.
fn massnahme(nr: usize, kreis: u8, art: u8, sex: [i64; 4], unter_25: i64) -> Zaehlmassnahme {
    let gesamt: i64 = sex.iter().sum();
    let unter_25 = unter_25.min(gesamt);
    let zeile = Kennzahlzeile {
        gesamt,
        weiblich: sex[0],
        maennlich: sex[1],
        divers: sex[2],
        geschlecht_ohne_angabe: sex[3],
        unter_25,
        ab_25: gesamt - unter_25,
        migrationshintergrund_ohne_angabe: gesamt,
        ..Kennzahlzeile::leer(Kennzahl::Eintritte)
    };
    let mut zaehlung = Zaehlung::default();
    zaehlung.kennzahlen[0] = zeile;
    Zaehlmassnahme {
        massnahme_id: Uuid::from_u128(u128::try_from(nr).unwrap() + 1),
        kreisschluessel: format!("064{kreis:02}"),
        massnahmeart: Massnahmeart::ALLE[usize::from(art)],
        zaehlung,
    }
}

/// All figures of all reports as equations over the counts of each measure: sex, age, total.
fn veroeffentlicht(s: &Kleinzahlschutz) -> Vec<Gleichung> {
    let n = s.massnahmen().len();
    let breite = n * (SPALTEN + 1);
    let x = |m: usize, spalte: usize| m * (SPALTEN + 1) + spalte;
    let mut aus = Vec::new();
    for m in 0..n {
        // known without any figure: sex and age both add up to the total
        for teil in [0..4, 4..6] {
            let mut k = vec![0; breite];
            teil.for_each(|t| k[x(m, t)] = 1);
            k[x(m, SPALTEN)] = -1;
            aus.push((k, 0));
        }
    }
    type Wahl = Box<dyn Fn(&Zaehlmassnahme) -> bool>;
    let mut wahlen: Vec<Wahl> = vec![Box::new(|_| true)];
    for m in s.massnahmen() {
        let (id, kreis, art) = (m.massnahme_id, m.kreisschluessel.clone(), m.massnahmeart);
        let kreis2 = kreis.clone();
        wahlen.push(Box::new(move |m| m.massnahme_id == id));
        wahlen.push(Box::new(move |m| m.kreisschluessel == kreis));
        wahlen.push(Box::new(move |m| m.massnahmeart == art));
        wahlen.push(Box::new(move |m| m.massnahmeart == art && m.kreisschluessel == kreis2));
    }
    for wahl in wahlen {
        let z = s.zeilen(&*wahl)[0];
        let mut gleichung = |spalte: usize, summe: i64| {
            let mut k = vec![0; breite];
            for (m, _) in s.massnahmen().iter().enumerate().filter(|(_, m)| wahl(m)) {
                k[x(m, spalte)] = 1;
            }
            aus.push((k, summe));
        };
        z.geschlecht.into_iter().flatten().enumerate().for_each(|(i, w)| gleichung(i, w));
        z.alter.into_iter().flatten().enumerate().for_each(|(i, w)| gleichung(4 + i, w));
        z.gesamt.into_iter().for_each(|w| gleichung(SPALTEN, w));
    }
    aus
}

fn wahrheit(s: &Kleinzahlschutz) -> Vec<i64> {
    let zeile = |m: &Zaehlmassnahme| {
        let z = m.zaehlung.zeile(Kennzahl::Eintritte);
        [z.nach_geschlecht().as_slice(), z.nach_alter().as_slice(), &[z.gesamt]].concat()
    };
    s.massnahmen().iter().flat_map(zeile).collect()
}

/// Small counts that can be computed from everything published.
fn verraten(s: &Kleinzahlschutz, schwelle: i64) -> Vec<usize> {
    let (gleichungen, wahr) = (veroeffentlicht(s), wahrheit(s));
    for (k, summe) in &gleichungen {
        assert_eq!(k.iter().zip(&wahr).map(|(k, x)| k * x).sum::<i64>(), *summe, "a published figure is true");
    }
    let mut raus = bestimmt(&gleichungen, wahr.len());
    raus.extend(eingegrenzt(&gleichungen, wahr.len(), wahr.iter().sum::<i64>() + schwelle));
    raus.retain(|i| (1..schwelle).contains(&wahr[*i]));
    raus
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// From all levels and filters together no count below the threshold can be computed.
    #[test]
    fn kleine_zahlen_lassen_sich_nicht_zurueckrechnen(
        zeilen in proptest::collection::vec((0u8..3, 0u8..3, proptest::array::uniform4(0i64..7), 0i64..20), 1..8),
        schwelle in 2i64..6,
    ) {
        let m = zeilen.iter().enumerate().map(|(i, (k, a, s, u))| massnahme(i, *k, *a, *s, *u)).collect();
        let s = Kleinzahlschutz::neu(m, schwelle);
        prop_assert_eq!(verraten(&s, schwelle), Vec::<usize>::new());
    }

    /// Nothing is shown that is below the threshold itself, at any level.
    #[test]
    fn keine_kleine_zahl_wird_gezeigt(
        zeilen in proptest::collection::vec((0u8..3, 0u8..3, proptest::array::uniform4(0i64..7), 0i64..20), 1..8),
    ) {
        let m = zeilen.iter().enumerate().map(|(i, (k, a, s, u))| massnahme(i, *k, *a, *s, *u)).collect();
        for (_, summe) in veroeffentlicht(&Kleinzahlschutz::neu(m, 3)) {
            prop_assert!(summe == 0 || summe >= 3, "{summe}");
        }
    }
}

/// The attack finds what plain suppression of small cells gives away: the test above can fail.
#[test]
fn ohne_zweite_unterdrueckung_faellt_der_angriff_auf() {
    // total 10 = 8 women + 2 men: whoever hides the 2 alone hides nothing
    let gleichungen = vec![(vec![1, 1], 10), (vec![1, 0], 8)];
    assert_eq!(bestimmt(&gleichungen, 2), [0, 1]);
    // total 8 = 8 + 0: nobody is below zero
    assert_eq!(eingegrenzt(&[(vec![1, 1, 1], 8), (vec![1, 0, 0], 8)], 3, 20), [0, 1, 2]);
}

/// Computed: dossier 3.12 withholds 1 and 2. The county's total stays, its two measures lose their split by sex.
#[test]
fn abschnitt_3_12_teilt_nicht_auf_was_klein_ist() {
    let m = vec![
        massnahme(0, 40, 0, [8, 2, 0, 0], 5),
        massnahme(1, 40, 0, [6, 5, 0, 0], 6),
        massnahme(2, 31, 0, [4, 4, 0, 0], 4),
    ];
    let s = Kleinzahlschutz::neu(m, 3);
    let zeile = |w: &dyn Fn(&Zaehlmassnahme) -> bool| s.zeilen(w)[0];
    let erste = zeile(&|m| m.massnahme_id == Uuid::from_u128(1));
    assert_eq!((erste.gesamt, erste.geschlecht, erste.alter), (Some(10), None, Some([5, 5])));
    let zweite = zeile(&|m| m.massnahme_id == Uuid::from_u128(2));
    assert_eq!((zweite.gesamt, zweite.geschlecht), (Some(11), None), "its split would give the first one's away");
    assert_eq!(zeile(&|m| m.kreisschluessel == "06440").geschlecht, Some([14, 7, 0, 0]));
    assert_eq!(zeile(&|m| m.kreisschluessel == "06431").geschlecht, Some([4, 4, 0, 0]));
    assert_eq!(zeile(&|_| true).geschlecht, Some([18, 11, 0, 0]));
}

/// One small measure in the whole state: nothing else could hide it.
#[test]
fn was_nichts_verbirgt_wird_gar_nicht_gezeigt() {
    let s = Kleinzahlschutz::neu(vec![massnahme(0, 40, 0, [1, 1, 0, 0], 1)], 3);
    assert_eq!(s.zeilen(&|_| true)[0].gesamt, None);
    assert_eq!(s.zielgruppe("NICHT_AUSBILDUNGSREIF", &|_| true), Some(0), "nobody is counted in it");
    let eigene = Kleinzahlschutz::ohne(s.massnahmen().to_vec());
    assert_eq!(eigene.zeilen(&|_| true)[0].geschlecht, Some([1, 1, 0, 0]));
}

/// A reported value is open where it is zero or not small and nothing beside it is withheld.
#[test]
fn meldung_neben_zurueckgehaltenem() {
    for (gemeldet, daneben, offen) in
        [(41, Some(0), true), (3, Some(0), true), (2, Some(0), false), (0, Some(0), true), (41, None, false)]
    {
        assert_eq!(meldung_offen(gemeldet, &[Some(6), daneben], 3), offen, "{gemeldet} {daneben:?}");
    }
}
