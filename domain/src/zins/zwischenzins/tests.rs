use super::*;
use crate::zeit::tag;
use crate::zins::faelle::{alle, gleich};
use proptest::prelude::*;

const FAELLE: &str = include_str!("../../../../tests/faelle/zwischenzinsen.csv");

fn euro(s: &str) -> Euro {
    s.parse().unwrap()
}

/// `2026-04-10 48000.00, 2026-05-10 1.00`.
fn bewegungen(s: &str) -> Vec<Mittelbewegung> {
    let eine = |s: &str| {
        let (am, betrag) = s.trim().split_once(' ').unwrap();
        Mittelbewegung { am: am.parse().unwrap(), betrag: euro(betrag) }
    };
    s.split(',').filter(|s| !s.trim().is_empty()).map(eine).collect()
}

fn regeln(beginn: Zinsbeginn, methode: Zinsmethode, rundung: Zinsrundung) -> Zwischenzinsregeln {
    Zwischenzinsregeln {
        frist: Dauer::Monate(2),
        verschiebung: false,
        beginn,
        methode,
        rundung,
        satz: Zinssatz::AufschlagProzentpunkte("5.00".parse().unwrap()),
        zaehlung: Zinszaehlung { starttag_inklusiv: true, endtag_inklusiv: false, kapital_abrunden_auf: euro("0.01") },
    }
}

#[test]
fn jeder_fall_auf_den_cent() {
    alle(FAELLE, |f| {
        let (auszahlungen, verwendungen) = (bewegungen(f["auszahlungen"]), bewegungen(f["verwendungen"]));
        let frage = Zwischenzinsfrage {
            auszahlungen: &auszahlungen,
            verwendungen: &verwendungen,
            bis: f["bis"].parse().ok(),
            regeln: regeln(f["beginn"].parse()?, f["methode"].parse()?, f["rundung"].parse()?),
        };
        let e = match zwischenzins(&frage, &Basiszinsreihe::anfang()) {
            Ok(e) => e,
            Err(b) => {
                let ort = b[0].ort.clone().unwrap_or_default();
                return gleich("zinsen", f["zinsen"], format!("{} {ort}", b[0].regel.kurzname));
            }
        };
        gleich("zinsen", f["zinsen"], e.zinsen)?;
        gleich("nicht_verwendet", f["nicht_verwendet"], e.nicht_verwendet)?;
        gleich("vorleistung", f["vorleistung"], e.vorleistung)?;
        let laeufe = e.posten.iter().map(|p| match &p.zinslauf {
            None => format!("{} –", p.betrag),
            Some(z) => format!("{} {}..{} {}", p.betrag, z.von, z.bis, z.ergebnis.zinsen),
        });
        gleich("posten", f["posten"], laeufe.collect::<Vec<_>>().join(", "))
    });
}

/// Dossier S4: the account of the case as people read it.
#[test]
fn s4_in_worten() {
    let auszahlungen = bewegungen("2026-04-10 48000.00");
    let verwendungen = bewegungen("2026-04-15 12000.00, 2026-05-15 12000.00, 2026-06-15 12000.00, 2026-07-15 12000.00");
    let regeln = regeln(Zinsbeginn::Fristablauf, Zinsmethode::ActAct, Zinsrundung::AmEnde);
    let frage = Zwischenzinsfrage { auszahlungen: &auszahlungen, verwendungen: &verwendungen, bis: None, regeln };
    let e = zwischenzins(&frage, &Basiszinsreihe::anfang()).unwrap();
    let codes: Vec<&str> = e.schritte.iter().map(|s| s.schritt.as_str()).collect();
    assert_eq!(
        codes.join(" "),
        "FRIST VERWENDUNG FRIST VERWENDUNG FRIST VERWENDUNG ZINSEN FRIST VERWENDUNG ZINSEN SUMME"
    );
    let letzte = &e.schritte[9];
    assert_eq!(letzte.text_de, "Zinsen ab dem Ablauf der Frist, vom 11.06.2026 bis vor dem 15.07.2026.");
    assert_eq!(letzte.formel, "12000.00 × 6.27 % × 20 / 365 + 12000.00 × 6.52 % × 14 / 365");
    assert_eq!((e.schritte[10].formel.as_str(), e.schritte[10].ergebnis), ("8.25 + 71.24", euro("79.49")));
}

proptest! {
    /// Every cent of every payout is in exactly one part, and what is used beyond is named.
    #[test]
    fn kein_cent_geht_verloren(a in proptest::collection::vec((0i64..400, 1i64..10_000_000), 1..12), v in proptest::collection::vec((0i64..400, 1i64..10_000_000), 0..12)) {
        let liste = |l: &[(i64, i64)]| l.iter().map(|(t, c)| Mittelbewegung {
            am: tag(2025, 1, 1) + chrono::Days::new(t.unsigned_abs()),
            betrag: Euro::aus_cent(*c).unwrap(),
        }).collect::<Vec<_>>();
        let (auszahlungen, verwendungen) = (liste(&a), liste(&v));
        let regeln = regeln(Zinsbeginn::Auszahlung, Zinsmethode::ActAct, Zinsrundung::AmEnde);
        let frage = Zwischenzinsfrage { auszahlungen: &auszahlungen, verwendungen: &verwendungen, bis: None, regeln };
        let e = zwischenzins(&frage, &Basiszinsreihe::anfang()).unwrap();
        let summe = |l: &[Mittelbewegung]| Euro::summe(l.iter().map(|b| b.betrag)).unwrap();
        let teile = Euro::summe(e.posten.iter().map(|p| p.betrag)).unwrap();
        prop_assert_eq!(teile, summe(&auszahlungen));
        let verwendet = teile.minus(e.nicht_verwendet).unwrap();
        prop_assert_eq!(verwendet.plus(e.vorleistung).unwrap(), summe(&verwendungen));
        for p in &e.posten {
            let spaet = p.verwendet_am.is_some_and(|t| p.frist_ende < t);
            prop_assert_eq!(p.zinslauf.is_some(), spaet);
        }
    }
}
