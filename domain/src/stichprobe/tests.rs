use super::*;
use crate::zins::faelle::{alle, gleich};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn einheit(schluessel: &str, cent: i64, risiko: u32) -> Stichprobeneinheit {
    Stichprobeneinheit { schluessel: schluessel.to_owned(), betrag: Euro::aus_cent(cent).unwrap(), risiko }
}

fn frage(startwert: &str, umfang: u32) -> Stichprobenfrage {
    Stichprobenfrage { startwert: startwert.to_owned(), umfang }
}

fn gezogen(frage: Stichprobenfrage, anzahl: u32, treffer: Vec<Stichprobentreffer>) -> Stichprobe {
    Stichprobe {
        id: Uuid::nil(),
        kette_id: Uuid::nil(),
        antrag_id: Uuid::nil(),
        jahrgang: 2027,
        kreisschluessel: "06440".to_owned(),
        grundgesamtheit: Grundgesamtheit::LaufendeNummern,
        anzahl: i64::from(anzahl),
        grundgesamtheit_sha256: grundgesamtheit_sha256(&laufende_nummern(anzahl)),
        algorithmus: ALGORITHMUS.to_owned(),
        frage,
        treffer,
        begruendung: String::new(),
        gezogen_von: "rp".to_owned(),
        gezogen_am: NaiveDate::from_ymd_opt(2027, 7, 1).unwrap(),
    }
}

/// What is drawn by number, and that it must be there before the end.
#[test]
fn jede_stichprobe() {
    alle(include_str!("../../../tests/faelle/stichprobe.csv"), |f| {
        let (anzahl, umfang) = (f["belege"].parse().unwrap(), f["umfang"].parse().unwrap());
        let wie = frage(f["startwert"], umfang);
        let treffer = match ziehe(&laufende_nummern(anzahl), &wie) {
            Ok(t) => t,
            Err(b) => return gleich("befund", f["befund"], b[0].regel.kurzname),
        };
        let nummern: Vec<&str> = treffer.iter().map(|t| t.schluessel.as_str()).collect();
        gleich("treffer", f["treffer"], nummern.join(" "))?;
        // of equal numbers none is certain before all are drawn
        let sicher = treffer.iter().filter(|t| t.sicher).count();
        gleich("sicher", if umfang == anzahl { f["umfang"] } else { "0" }, sicher)?;
        let Ok(entschieden) = f["entschieden"].parse() else { return gleich("befund", f["befund"], "") };
        let befund = gezogen(wie.clone(), anzahl, treffer.clone()).pruefe_vorlage(entschieden);
        gleich("befund", f["befund"], befund.map_or("", |b| b.regel.kurzname))?;
        let liste = Stichprobe { grundgesamtheit: Grundgesamtheit::Belege, ..gezogen(wie, anzahl, treffer) };
        gleich("eine Ziehung aus der Liste", "", liste.pruefe_vorlage(entschieden).map_or("", |b| b.regel.kurzname))
    });
}

/// computed: a receipt that weighs an interval is certain; the next one becomes so when it is gone.
#[test]
fn grosse_sind_sicher() {
    let mut g: Vec<_> = (1..=98).map(|n| einheit(&n.to_string(), 1_000, 1)).collect();
    g.push(einheit("99", 10_000_000, 1));
    g.push(einheit("100", 30_000, 1));
    let treffer = ziehe(&g, &frage("startwert", 5)).unwrap();
    let sicher: Vec<&str> = treffer.iter().filter(|t| t.sicher).map(|t| t.schluessel.as_str()).collect();
    // 98 × 10.00 + 300.00 = 1,280.00; through four draws 320.00: the second one stays below its interval
    assert_eq!((sicher, treffer.len()), (vec!["99"], 5));
    let gefaehrdet = ziehe(&[g.clone(), vec![einheit("101", 10_000, 10)]].concat(), &frage("startwert", 5)).unwrap();
    assert!(gefaehrdet.iter().any(|t| t.schluessel == "101" && t.sicher), "the risk counts as often as it says");
}

proptest! {
    /// As many as wanted, none twice, whatever the order of the input.
    #[test]
    fn umfang_stimmt(w in prop::collection::vec((0i64..100_000_000, 1u32..=10), 1..200), n in 1usize..200, seed in "[a-z]{8,20}") {
        let g: Vec<_> = w.iter().enumerate().map(|(i, (c, r))| einheit(&i.to_string(), *c, *r)).collect();
        let n = u32::try_from(n.min(g.len())).unwrap();
        let treffer = ziehe(&g, &frage(&seed, n)).unwrap();
        prop_assert_eq!(treffer.len(), usize::try_from(n).unwrap());
        let menge: BTreeSet<_> = treffer.iter().map(|t| &t.schluessel).collect();
        prop_assert_eq!(menge.len(), treffer.len());
        let mut umgekehrt = g.clone();
        umgekehrt.reverse();
        prop_assert_eq!(ziehe(&umgekehrt, &frage(&seed, n)).unwrap(), treffer);
        prop_assert_eq!(grundgesamtheit_sha256(&umgekehrt), grundgesamtheit_sha256(&g));
    }
}
