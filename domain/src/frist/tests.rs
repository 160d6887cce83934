use super::*;
use crate::regel::Sprache;
use crate::regelwerk::{he_alt, he_neu};
use crate::zins::faelle::{alle, gleich};
use proptest::prelude::*;

const FAELLE: &str = include_str!("../../../tests/faelle/fristen.csv");

fn dauer(s: &str) -> Dauer {
    let (n, einheit) = s.split_once(' ').unwrap();
    let n = n.parse().unwrap();
    match einheit {
        "MONATE" => Dauer::Monate(n),
        "WOCHEN" => Dauer::Wochen(n),
        "TAGE" => Dauer::Tage(n),
        _ => panic!("{s}"),
    }
}

#[test]
fn jeder_fristfall_auf_den_tag() {
    alle(FAELLE, |f| {
        let tag = || f["beginn"].parse::<NaiveDate>().unwrap();
        let verschiebung = f["verschiebung"] == "JA";
        let ergebnis = match f["art"] {
            "ANTRAGSFRIST" => {
                let regelwerk = if f["dauer"] == "HE-ALT" { he_alt() } else { he_neu() };
                antragsfrist(f["beginn"].parse().unwrap(), &regelwerk)
            }
            "FRIST" => {
                if let Dauer::Monate(n) = dauer(f["dauer"]) {
                    assert_eq!(monatsfrist(tag(), n, verschiebung), dauerfrist(tag(), dauer(f["dauer"]), verschiebung));
                }
                dauerfrist(tag(), dauer(f["dauer"]), verschiebung)
            }
            "BEKANNTGABE" => bekanntgabefiktion(tag(), f["dauer"].parse().unwrap(), verschiebung),
            "WERKTAG" => Ok(Fristergebnis { ende: naechster_werktag(tag()), schritte: Vec::new() }),
            art => return Err(format!("Art {art} ist unbekannt")),
        };
        let e = match ergebnis {
            Ok(e) => e,
            Err(befund) => return gleich("ende", f["ende"], befund.regel.kurzname),
        };
        gleich("ende", f["ende"], e.ende)?;
        if !f["verspaetet"].is_empty() {
            gleich("verspaetet", f["verspaetet"], e.erster_verspaeteter_tag())?;
        }
        Ok(())
    });
}

/// Known dates of Easter, among them the earliest, the latest and the two exceptions of Gauss's rule.
#[test]
fn ostern() {
    for (j, m, t) in [
        (1818, 3, 22),
        (1943, 4, 25),
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2018, 4, 1),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2029, 4, 1),
        (2038, 4, 25),
        (2099, 4, 12),
    ] {
        assert_eq!(ostersonntag(j), tag(j, m, t));
    }
}

#[test]
fn feiertage_eines_jahres() {
    let namen: Vec<_> = feiertage(2026).iter().map(|f| format!("{} {}", f.tag, f.name.de)).collect();
    assert_eq!(
        namen,
        [
            "2026-01-01 Neujahr",
            "2026-04-03 Karfreitag",
            "2026-04-05 Ostersonntag",
            "2026-04-06 Ostermontag",
            "2026-05-01 Tag der Arbeit",
            "2026-05-14 Christi Himmelfahrt",
            "2026-05-24 Pfingstsonntag",
            "2026-05-25 Pfingstmontag",
            "2026-06-04 Fronleichnam",
            "2026-10-03 Tag der Deutschen Einheit",
            "2026-12-25 1. Weihnachtstag",
            "2026-12-26 2. Weihnachtstag",
        ]
    );
}

#[test]
fn schritte_erklaeren_jeden_tag() {
    let e = antragsfrist(2024, &he_alt()).unwrap();
    let schritte: Vec<_> = e.schritte.iter().map(|s| format!("{} {}", s.datum, s.text_de)).collect();
    assert_eq!(
        schritte,
        [
            "2024-03-31 Antragsfrist des Jahrgangs 2024 nach dem Regelwerk HE-ALT.",
            "2024-03-31 Sonntag (Ostersonntag): kein Werktag (§ 31 Abs. 3 HVwVfG, § 193 BGB).",
            "2024-04-01 Montag (Ostermontag): kein Werktag (§ 31 Abs. 3 HVwVfG, § 193 BGB).",
            "2024-04-02 Dienstag: Werktag, Ende der Frist.",
        ]
    );
    let e = monatsfrist(tag(2025, 12, 31), 2, false).unwrap();
    let schritte: Vec<_> = e.schritte.iter().map(|s| format!("{} {}", s.datum, s.text_en)).collect();
    assert_eq!(
        schritte,
        [
            "2025-12-31 Event; this day does not count (§ 187 Abs. 1 BGB).",
            "2026-02-28 2 months later there is no day 31: last day of the month (§ 188 Abs. 3 BGB).",
            "2026-02-28 No shift to a working day.",
        ]
    );
}

#[test]
fn befund_nennt_die_eingabe() {
    let befund = monatsfrist(tag(2026, 1, 1), 0, false).unwrap_err();
    assert_eq!(befund.text(Sprache::De), "/monate: gefunden 0, verlangt 1–1200.");
}

/// Without the shift when the Regelwerk switches it off.
#[test]
fn regelwerk_entscheidet_ueber_die_verschiebung() {
    let mut r = he_alt();
    for p in r.parameter.iter_mut().filter(|p| p.schluessel == "frist_werktag_verschiebung") {
        p.wert = Some("NEIN".to_owned());
    }
    assert_eq!(antragsfrist(2024, &r).map(|e| e.ende), Ok(tag(2024, 3, 31)));
}

fn ein_tag() -> impl Strategy<Value = NaiveDate> {
    (0u64..200_000).prop_map(|n| tag(1900, 1, 1) + Days::new(n))
}

fn eine_dauer() -> impl Strategy<Value = Dauer> {
    (0u8..3, 1u32..=1200).prop_map(|(e, n)| match e {
        0 => Dauer::Monate(n),
        1 => Dauer::Wochen(n),
        _ => Dauer::Tage(n),
    })
}

proptest! {
    #[test]
    fn frist_endet_nie_vor_ihrem_beginn_und_verschoben_nur_am_werktag(beginn in ein_tag(), d in eine_dauer()) {
        let fest = dauerfrist(beginn, d, false).unwrap();
        let verschoben = dauerfrist(beginn, d, true).unwrap();
        prop_assert!(beginn < fest.ende);
        prop_assert!(fest.ende <= verschoben.ende);
        prop_assert!(ist_werktag(verschoben.ende));
        prop_assert!((verschoben.ende - fest.ende).num_days() <= 5, "never more than a long Easter or Christmas");
        for e in [&fest, &verschoben] {
            prop_assert_eq!(e.schritte.last().map(|s| s.datum), Some(e.ende));
            prop_assert!(e.schritte.windows(2).all(|w| w[0].datum <= w[1].datum));
        }
    }

    #[test]
    fn laengere_frist_endet_nie_frueher(beginn in ein_tag(), n in 1u32..1200, v in any::<bool>()) {
        for (kurz, lang) in [
            (Dauer::Monate(n), Dauer::Monate(n + 1)), (Dauer::Wochen(n), Dauer::Wochen(n + 1)),
            (Dauer::Tage(n), Dauer::Tage(n + 1)),
        ] {
            prop_assert!(dauerfrist(beginn, kurz, v).unwrap().ende <= dauerfrist(beginn, lang, v).unwrap().ende);
        }
    }

    #[test]
    fn antragsfrist_endet_am_werktag(jahrgang in ERSTER_JAHRGANG..=LETZTER_JAHRGANG) {
        let e = antragsfrist(jahrgang, &he_alt()).unwrap();
        prop_assert!(ist_werktag(e.ende) && e.ende >= tag(jahrgang, 3, 31));
    }

    #[test]
    fn ostern_ist_ein_sonntag_zwischen_22_maerz_und_25_april(jahr in 1583i32..=9999) {
        let o = ostersonntag(jahr);
        prop_assert_eq!(o.weekday(), chrono::Weekday::Sun);
        prop_assert!(tag(jahr, 3, 22) <= o && o <= tag(jahr, 4, 25));
    }

    #[test]
    fn kein_tag_bringt_die_rechnung_zu_fall(n in -95_000_000i32..=95_000_000, anzahl in any::<u32>(), v in any::<bool>()) {
        let beginn = NaiveDate::from_num_days_from_ce_opt(n).unwrap_or(NaiveDate::MIN);
        naechster_werktag(beginn);
        naechster_werktag(NaiveDate::MAX);
        for d in [Dauer::Monate(anzahl), Dauer::Wochen(anzahl), Dauer::Tage(anzahl)] {
            let _ = dauerfrist(beginn, d, v);
        }
    }
}
