use super::faelle::{alle, gleich, lies};
use super::*;
use crate::regel::Sprache;
use crate::zeit::tag;
use proptest::prelude::*;

const FAELLE: &str = include_str!("../../../tests/faelle/zinsen.csv");
const TABELLE: &str = include_str!("../../../tests/faelle/basiszinssaetze.csv");

fn satz(s: &str) -> Zinssatz {
    match s.strip_prefix("BASIS+") {
        Some(p) => Zinssatz::AufschlagProzentpunkte(p.parse().unwrap()),
        None => Zinssatz::FestzinsProzent(s.strip_prefix("FEST ").unwrap().parse().unwrap()),
    }
}

fn liste(abschnitte: &[Zinsabschnitt], f: impl Fn(&Zinsabschnitt) -> String) -> String {
    abschnitte.iter().map(f).collect::<Vec<_>>().join(" ")
}

#[test]
fn jeder_zinsfall_auf_den_cent() {
    alle(FAELLE, |f| {
        let frage = Zinsfrage {
            kapital: f["kapital"].parse().unwrap(),
            von: f["von"].parse().unwrap(),
            bis: f["bis"].parse().unwrap(),
            methode: f["methode"].parse()?,
            rundung: f["rundung"].parse()?,
            satz: satz(f["satz"]),
        };
        let e = match berechne(&frage, &Basiszinsreihe::anfang()) {
            Ok(e) => e,
            Err(befunde) => return gleich("zinsen", f["zinsen"], befunde[0].regel.kurzname),
        };
        gleich("zinsen", f["zinsen"], e.zinsen)?;
        match f["tage"] {
            "" => {}
            t if t.contains(' ') => gleich("tage", t, liste(&e.abschnitte, |a| a.tage.to_string()))?,
            t => gleich("tage", t, e.tage)?,
        }
        if !f["abschnitte"].is_empty() {
            gleich("abschnitte", f["abschnitte"], liste(&e.abschnitte, |a| a.zinsen.to_string()))?;
        }
        if !f["saetze"].is_empty() {
            gleich("saetze", f["saetze"], liste(&e.abschnitte, |a| a.zinssatz.to_string()))?;
        }
        Ok(())
    });
}

/// Dossier 6.2: practice differs in which ends count and whether capital is rounded down; every convention is computed.
#[test]
fn zaehlweisen() {
    let e = |s: &str| s.parse::<Euro>().unwrap();
    let frage = Zinsfrage {
        kapital: e("10049.99"),
        von: tag(2024, 1, 1),
        bis: tag(2024, 1, 31),
        methode: Zinsmethode::Act365,
        rundung: Zinsrundung::AmEnde,
        satz: Zinssatz::FestzinsProzent("3.65".parse().unwrap()),
    };
    for (start, ende, stufe, tage, zinsen) in [
        (true, false, "0.01", 30, "30.15"),
        (true, true, "0.01", 31, "31.15"),
        (false, true, "0.01", 30, "30.15"),
        (false, false, "0.01", 29, "29.14"),
        (true, false, "1.00", 30, "30.15"),
        (true, false, "50.00", 30, "30.00"),
    ] {
        let z = Zinszaehlung { starttag_inklusiv: start, endtag_inklusiv: ende, kapital_abrunden_auf: e(stufe) };
        let ergebnis = berechne(&z.anwenden(frage).unwrap(), &Basiszinsreihe::anfang()).unwrap();
        assert_eq!((ergebnis.tage, ergebnis.zinsen), (tage, e(zinsen)), "{start} {ende} {stufe}");
        let ein_tag = z.anwenden(Zinsfrage { bis: frage.von, ..frage }).unwrap();
        assert!(berechne(&ein_tag, &Basiszinsreihe::anfang()).unwrap().tage <= 1);
        let verdreht = z.anwenden(Zinsfrage { bis: tag(2023, 1, 1), ..frage }).unwrap();
        assert_eq!(berechne(&verdreht, &Basiszinsreihe::anfang()).unwrap_err()[0].regel.kurzname, "DATUM_REIHENFOLGE");
    }
    let nichts = Zinszaehlung { starttag_inklusiv: true, endtag_inklusiv: false, kapital_abrunden_auf: Euro::NULL };
    assert_eq!(nichts.anwenden(frage).unwrap_err().regel.kurzname, "RECHENEINGABE");
}

/// The sums that scenario S4 states over two parts, and the amounts in Deutsche Mark of B1 and B5.
#[test]
fn summen_und_umrechnungen_der_quellen() {
    let e = |s: &str| s.parse::<Euro>().unwrap();
    assert_eq!(e("8.25").plus(e("71.24")), Ok(e("79.49")));
    assert_eq!(e("136.05").plus(e("199.04")), Ok(e("335.09")));
    for (quelle, mark, euro) in [("B1", "187500.00", "95867.23"), ("B5", "1185000.00", "605880.88")] {
        let cent = BigRational::new(BigInt::from(e(mark).cent()) * 100_000, BigInt::from(195_583));
        assert_eq!(runde_half_up(&cent), Ok(e(euro)), "{quelle}");
    }
}

#[test]
fn abschnitte_sind_exakt_und_lueckenlos() {
    let frage = Zinsfrage {
        kapital: "10000.00".parse().unwrap(),
        von: tag(2023, 12, 1),
        bis: tag(2024, 8, 1),
        methode: Zinsmethode::ActAct,
        rundung: Zinsrundung::AmEnde,
        satz: satz("BASIS+5.00"),
    };
    let e = berechne(&frage, &Basiszinsreihe::anfang()).unwrap();
    let grenzen: Vec<_> = e.abschnitte.iter().map(|a| (a.von, a.bis, a.nenner)).collect();
    assert_eq!(
        grenzen,
        [
            (tag(2023, 12, 1), tag(2024, 1, 1), 365),
            (tag(2024, 1, 1), tag(2024, 7, 1), 366),
            (tag(2024, 7, 1), tag(2024, 8, 1), 366)
        ]
    );
    let brueche: Vec<_> = e.abschnitte.iter().map(|a| a.zinsen_exakt.as_str()).collect();
    assert_eq!(brueche, ["25172/365", "78442/183", "8649/122"]);
    assert_eq!(e.zinsen_exakt, "75946267/133590");
}

#[test]
fn tabelle_ist_vollstaendig() {
    let reihe = Basiszinsreihe::anfang();
    let tabelle = lies(TABELLE);
    let zeilen = tabelle.iter().map(|z| (z["gueltig_ab"].parse().unwrap(), z["prozent"].parse().unwrap()));
    assert_eq!(reihe.zeilen().collect::<Vec<_>>(), zeilen.collect::<Vec<_>>());
    assert_eq!(BASISZINSSAETZE.len(), 50);
    assert_eq!(Basiszinsreihe::neu(reihe.zeilen().collect()), Ok(reihe.clone()));
    assert_eq!((reihe.bekannt_von(), reihe.bekannt_bis()), (tag(2002, 1, 1), tag(2026, 12, 31)));
    assert_eq!(reihe.am(tag(2026, 12, 31)), Some(Prozent::aus_hundertsteln(152)));
    assert_eq!(reihe.am(tag(2027, 1, 1)), None);
    assert_eq!(reihe.am(tag(2001, 12, 31)), None);
}

#[test]
fn lueckenhafte_reihe_wird_abgelehnt() {
    let p = Prozent::aus_hundertsteln(127);
    let (a, b, c) = (tag(2025, 1, 1), tag(2025, 7, 1), tag(2026, 1, 1));
    assert!(Basiszinsreihe::neu(vec![(c, p), (a, p), (b, p)]).is_ok(), "order does not matter");
    for schlecht in [vec![], vec![(a, p), (c, p)], vec![(a, p), (a, p)], vec![(tag(2025, 2, 1), p)]] {
        let befunde = Basiszinsreihe::neu(schlecht).unwrap_err();
        assert_eq!(befunde[0].regel.kurzname, "RECHENEINGABE");
    }
}

/// Cases C11 and S7: the refusal names the asked and the known days.
#[test]
fn c11_befund_nennt_die_bekannten_tage() {
    let frage = Zinsfrage {
        kapital: "14880.00".parse().unwrap(),
        von: tag(2026, 11, 2),
        bis: tag(2027, 2, 1),
        methode: Zinsmethode::ActAct,
        rundung: Zinsrundung::AmEnde,
        satz: satz("BASIS+5.00"),
    };
    let befunde = berechne(&frage, &Basiszinsreihe::anfang()).unwrap_err();
    assert_eq!(
        befunde[0].text(Sprache::De),
        "Für 02.11.2026 bis 31.01.2027 ist der Basiszinssatz nur von 01.01.2002 bis 31.12.2026 bekannt."
    );
    let leer = Zinsfrage { von: frage.bis, ..frage };
    assert_eq!(berechne(&leer, &Basiszinsreihe::anfang()).map(|e| e.zinsen), Ok(Euro::NULL), "no day, no rate needed");
}

fn methode() -> impl Strategy<Value = Zinsmethode> {
    proptest::sample::select(Zinsmethode::ALLE)
}

/// Days from the start of the table; its last known day is number 9131.
fn am(n: u64) -> NaiveDate {
    tag(2002, 1, 1) + chrono::Days::new(n)
}

fn zinsen(cent: i64, von: NaiveDate, bis: NaiveDate, methode: Zinsmethode) -> i64 {
    let frage = Zinsfrage {
        kapital: Euro::aus_cent(cent).unwrap(),
        von,
        bis,
        methode,
        rundung: Zinsrundung::AmEnde,
        satz: Zinssatz::AufschlagProzentpunkte(Prozent::aus_hundertsteln(500)),
    };
    berechne(&frage, &Basiszinsreihe::anfang()).unwrap().zinsen.cent()
}

proptest! {
    #[test]
    fn zinsen_sind_bis_auf_einen_cent_teilbar(
        cent in 0i64..10_000_000_000, mut tage in proptest::array::uniform3(0u64..=9131), m in methode(),
    ) {
        tage.sort_unstable();
        let [a, b, c] = tage.map(am);
        let unterschied = zinsen(cent, a, c, m) - zinsen(cent, a, b, m) - zinsen(cent, b, c, m);
        prop_assert!(unterschied.abs() <= 1, "{unterschied}");
    }

    #[test]
    fn mehr_kapital_bringt_nie_weniger_zinsen(
        a in 0i64..10_000_000_000, b in 0i64..10_000_000_000, mut tage in proptest::array::uniform2(0u64..=9131),
        m in methode(),
    ) {
        tage.sort_unstable();
        let [von, bis] = tage.map(am);
        prop_assert!(zinsen(a.min(b), von, bis, m) <= zinsen(a.max(b), von, bis, m));
    }

    #[test]
    fn ein_laengerer_zeitraum_bringt_nie_weniger(
        cent in 0i64..10_000_000_000, mut tage in proptest::array::uniform3(0u64..=9131), m in methode(),
    ) {
        tage.sort_unstable();
        let [von, kurz, lang] = tage.map(am);
        prop_assert!(zinsen(cent, von, kurz, m) <= zinsen(cent, von, lang, m));
    }

    #[test]
    fn rundung_je_abschnitt_weicht_hoechstens_einen_halben_cent_je_abschnitt_ab(
        cent in 0i64..10_000_000_000, mut tage in proptest::array::uniform2(0u64..=9131), m in methode(),
    ) {
        tage.sort_unstable();
        let [von, bis] = tage.map(am);
        let frage = Zinsfrage {
            kapital: Euro::aus_cent(cent).unwrap(), von, bis, methode: m, rundung: Zinsrundung::JeAbschnitt,
            satz: Zinssatz::AufschlagProzentpunkte(Prozent::aus_hundertsteln(500)),
        };
        let e = berechne(&frage, &Basiszinsreihe::anfang()).unwrap();
        let summe = Euro::summe(e.abschnitte.iter().map(|a| a.zinsen));
        prop_assert_eq!(summe, Ok(e.zinsen));
        let stuecke = i64::try_from(e.abschnitte.len()).unwrap();
        let unterschied = (e.zinsen.cent() - zinsen(cent, von, bis, m)).abs();
        prop_assert!(2 * unterschied <= stuecke + 1, "{}", unterschied);
    }

    #[test]
    fn keine_eingabe_bringt_die_rechnung_zu_fall(
        cent in any::<i64>(), satz in any::<i64>(), fest in any::<bool>(), a in any::<i32>(), b in any::<i32>(),
        m in methode(),
    ) {
        let tag_nr = |n: i32| NaiveDate::from_num_days_from_ce_opt(n % 95_000_000).unwrap_or(NaiveDate::MIN);
        let p = Prozent::aus_hundertsteln(satz);
        let frage = Zinsfrage {
            kapital: Euro::aus_cent(cent).unwrap_or(Euro::NULL), von: tag_nr(a), bis: tag_nr(b), methode: m,
            rundung: Zinsrundung::AmEnde,
            satz: if fest { Zinssatz::FestzinsProzent(p) } else { Zinssatz::AufschlagProzentpunkte(p) },
        };
        if let Err(befunde) = berechne(&frage, &Basiszinsreihe::anfang()) {
            prop_assert!(!befunde.is_empty());
        }
    }
}
