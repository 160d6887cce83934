use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn einheit(schluessel: &str, cent: i64, risiko: u32) -> Stichprobeneinheit {
    Stichprobeneinheit { schluessel: schluessel.to_owned(), betrag: Euro::aus_cent(cent).unwrap(), risiko }
}

fn frage(startwert: &str, umfang: u32) -> Stichprobenfrage {
    Stichprobenfrage { startwert: startwert.to_owned(), umfang }
}

/// Dossier S20: 10 of 214 vouchers, drawn by number. A second program (Python, `hashlib`) found the same ten.
#[test]
fn s20_zehn_von_214() {
    let g = laufende_nummern(214);
    let treffer = ziehe(&g, &frage("RPKS-2027-000417", 10)).unwrap();
    let nummern: Vec<&str> = treffer.iter().map(|t| t.schluessel.as_str()).collect();
    assert_eq!(nummern, ["2", "8", "18", "26", "63", "89", "105", "126", "146", "166"]);
    assert!(treffer.iter().all(|t| !t.sicher));
    assert_eq!(ziehe(&g, &frage("RPKS-2027-000417", 10)).unwrap(), treffer);
    assert_ne!(ziehe(&g, &frage("RPKS-2027-000418", 10)).unwrap(), treffer);
}

/// Dossier S20: the ten that were drawn must be there before the end; a draw from a list is covered by its decisions.
#[test]
fn s20_was_gezogen_ist_wird_vorgelegt() {
    let treffer = ziehe(&laufende_nummern(214), &frage("RPKS-2027-000417", 10)).unwrap();
    let mut s = Stichprobe {
        id: Uuid::nil(),
        kette_id: Uuid::nil(),
        antrag_id: Uuid::nil(),
        jahrgang: 2027,
        kreisschluessel: "06440".to_owned(),
        grundgesamtheit: Grundgesamtheit::LaufendeNummern,
        anzahl: 214,
        grundgesamtheit_sha256: grundgesamtheit_sha256(&laufende_nummern(214)),
        algorithmus: ALGORITHMUS.to_owned(),
        frage: frage("RPKS-2027-000417", 10),
        treffer,
        begruendung: String::new(),
        gezogen_von: "rp".to_owned(),
        gezogen_am: NaiveDate::from_ymd_opt(2027, 7, 1).unwrap(),
    };
    for (entschieden, soll) in [(0, true), (9, true), (10, false), (11, false)] {
        let b = s.pruefe_vorlage(entschieden).map(|b| b.regel.kurzname);
        assert_eq!(b, soll.then_some("STICHPROBE_NICHT_VORGELEGT"), "{entschieden}");
    }
    s.grundgesamtheit = Grundgesamtheit::Belege;
    assert_eq!(s.pruefe_vorlage(0), None);
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

#[test]
fn unmoegliches() {
    let kurz = |g: &[Stichprobeneinheit], n| ziehe(g, &frage("startwert", n)).unwrap_err()[0].regel.kurzname;
    assert_eq!(kurz(&[], 1), "STICHPROBE_LEER");
    assert_eq!(kurz(&laufende_nummern(3), 4), "STICHPROBE_UMFANG");
    assert_eq!(kurz(&laufende_nummern(3), 0), "STICHPROBE_UMFANG");
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
