//! Duplicates, decisions, sums and the hash of a list.

use super::*;

pub(super) fn in_pruefung() -> Belegkette {
    Belegkette { bearbeitbar: false, in_pruefung: true, status: "IN_PRUEFUNG", ..fakten("06440", None).kette }
}

pub(super) fn entscheidung(anerkannt: &str, grund: Pruefgrund) -> Belegpruefung {
    Belegpruefung { anerkannt: euro(anerkannt), pruefgrund: grund, bemerkung: None, bestaetigte_warnungen: vec![] }
}

/// Dossier 3.13: 0 ≤ anerkannt ≤ beantragt, a reason unless all is recognised, by the authority in the examination only.
#[test]
fn abschnitt_3_13_entscheidung_je_beleg() {
    let rp = wer(Rolle::Bewilligungsbehoerde, None, None);
    let b = beleg(1, miete(), &fakten("06440", None));
    let mit = |e: &Belegpruefung, k: &Belegkette, a: &Akteur| match b.entscheiden(e, k, &[], a, tag(2028, 7, 1)) {
        Ok(e) => {
            assert_eq!(e.zustand.inhalt, b.inhalt, "the applicant's values stay");
            vec![]
        }
        Err(befunde) => namen(&befunde),
    };
    let k = in_pruefung();
    use Pruefgrund as P;
    let mut sonstiges = entscheidung("1.00", P::Sonstiges);
    assert_eq!(mit(&sonstiges, &k, &rp), ["PRUEFBEMERKUNG_FEHLT"]);
    sonstiges.bemerkung = Some("Anteil fehlt.".into());
    assert_eq!(mit(&sonstiges, &k, &rp), [""; 0]);
    for (betrag, grund, soll) in [
        ("4999.99", P::Anerkannt, vec![]),
        ("4999.98", P::Anerkannt, vec!["PRUEFGRUND_UNPASSEND"]),
        ("4999.99", P::NichtImPlan, vec!["PRUEFGRUND_UNPASSEND"]),
        ("0.00", P::AusserhalbZeitraum, vec![]),
        ("5000.00", P::Anerkannt, vec!["ANERKANNT_AUSSERHALB"]),
        ("-0.01", P::Doppelfoerderung, vec!["ANERKANNT_AUSSERHALB"]),
    ] {
        assert_eq!(mit(&entscheidung(betrag, grund), &k, &rp), soll, "{betrag} {grund}");
    }
    let gut = entscheidung("4999.99", P::Anerkannt);
    assert_eq!(mit(&gut, &k, &gk()), ["RECHT_FEHLT"]);
    assert_eq!(mit(&gut, &fakten("06440", None).kette, &rp), ["BELEG_NICHT_IN_PRUEFUNG"]);
}

/// Dossier S9: a possible duplicate blocks recognition until confirmed with a reason; refusing it needs none.
#[test]
fn s9_duplikat_sperrt_die_anerkennung() {
    let rp = wer(Rolle::Bewilligungsbehoerde, None, None);
    let f = fakten("06440", None);
    let b = beleg(1, miete(), &f);
    let d = vec![beleg(2, miete(), &fakten("06411", None)).als_duplikat(Duplikatmerkmal::Nummer)];
    let k = in_pruefung();
    let tag = tag(2028, 7, 1);
    let mut e = entscheidung("4999.99", Pruefgrund::Anerkannt);
    let err = b.entscheiden(&e, &k, &d, &rp, tag).unwrap_err();
    assert!(namen(&err).contains(&"MOEGLICHES_DUPLIKAT"), "{:?}", namen(&err));
    e.bestaetigte_warnungen = vec![Warnungsbestaetigung::neu(MOEGLICHES_DUPLIKAT.code, "Zwei Räume, zwei Rechnungen.")];
    let ok = b.entscheiden(&e, &k, &d, &rp, tag).unwrap();
    let gespeichert = ok.zustand.entscheidung.unwrap();
    assert_eq!(gespeichert.duplikat_begruendung.as_deref(), Some("Zwei Räume, zwei Rechnungen."));
    let nein = entscheidung("0.00", Pruefgrund::Doppelfoerderung);
    assert!(b.entscheiden(&nein, &k, &d, &rp, tag).is_ok());
    assert_eq!(b.aktionen(&k, &d, &rp).first().unwrap().befunde.first().unwrap().schwere, Schwere::Warnung);
}

/// What was decided about other values does not count any more; a decided Beleg is not deleted.
#[test]
fn aenderung_nimmt_die_entscheidung_weg() {
    let rp = wer(Rolle::Bewilligungsbehoerde, None, None);
    let f = fakten("06440", None);
    let alt = beleg(1, miete(), &f);
    let e = entscheidung("4999.99", Pruefgrund::Anerkannt);
    let entschieden = alt.entscheiden(&e, &in_pruefung(), &[], &rp, tag(2028, 7, 1)).unwrap().zustand;
    let u = Belegumfeld::default();
    let gleich = entschieden.aendern(beleg(9, miete(), &f), &u, &f, &gk()).unwrap().zustand;
    assert_eq!((gleich.id, gleich.entscheidung.is_some()), (alt.id, true));
    let anders = Beleginhalt { gegenstand: "Raummiete und Strom".into(), ..miete() };
    let neu = entschieden.aendern(beleg(9, anders, &f), &u, &f, &gk()).unwrap().zustand;
    assert_eq!(neu.entscheidung, None);
    assert_eq!(namen(&entschieden.loeschbar(&f.kette, &gk()).unwrap_err()), ["BELEG_ENTSCHIEDEN"]);
    assert!(alt.loeschbar(&f.kette, &gk()).is_ok());
    assert_eq!(namen(&alt.loeschbar(&in_pruefung(), &gk()).unwrap_err()), ["BELEG_NICHT_BEARBEITBAR"]);
}

/// Dossier S8: claimed 231 400.00, rejected 1 240.50 + 380.00 + 2 000.00, recognised 227 779.50.
#[test]
fn s8_summen_nach_gruenden() {
    let f = fakten("06440", None);
    let mut belege = Vec::new();
    for (i, (betrag, anerkannt, grund)) in [
        ("210159.50", "210159.50", Pruefgrund::Anerkannt),
        ("1240.50", "0.00", Pruefgrund::NichtZuwendungsfaehig),
        ("18000.00", "17620.00", Pruefgrund::SkontoNichtGenutzt),
        ("2000.00", "0.00", Pruefgrund::AusserhalbZeitraum),
    ]
    .into_iter()
    .enumerate()
    {
        let inhalt = Beleginhalt {
            rechnungsbetrag_brutto: euro(betrag),
            gezahlter_betrag: euro(betrag),
            beantragt: euro(betrag),
            ..miete()
        };
        let mut b = beleg(u128::try_from(i).unwrap(), inhalt, &f);
        b.entscheidung = Some(Belegentscheidung {
            anerkannt: euro(anerkannt),
            pruefgrund: grund,
            bemerkung: None,
            entschieden_von: "rp".into(),
            entschieden_am: tag(2028, 7, 1),
            duplikat_begruendung: None,
        });
        belege.push(b);
    }
    let mut einnahme = beleg(9, miete(), &f);
    einnahme.inhalt.art = Belegart::Einnahme;
    belege.push(einnahme);
    let summen = summiere(belege.iter().map(Belegposten::from)).unwrap();
    let s = summen.values().next().unwrap();
    assert_eq!((s.beantragt, s.anerkannt, s.offen), (euro("231400.00"), euro("227779.50"), Euro::NULL));
    assert_eq!(s.einnahmen, euro("4999.99"));
    let gruende: Vec<_> = s.abgelehnt.iter().map(|(g, b)| (*g, b.to_string())).collect();
    assert_eq!(
        gruende,
        [
            (Pruefgrund::AusserhalbZeitraum, "2000.00".to_owned()),
            (Pruefgrund::NichtZuwendungsfaehig, "1240.50".to_owned()),
            (Pruefgrund::SkontoNichtGenutzt, "380.00".to_owned())
        ]
    );
}

#[test]
fn liste_hash_folgt_dem_inhalt_nicht_der_reihenfolge() {
    let f = fakten("06440", None);
    let (mut a, b) = (beleg(1, miete(), &f), Beleg { lfd_nr: 2, ..beleg(2, miete(), &f) });
    let h = liste_hash([&a, &b]).unwrap();
    assert_eq!(h, liste_hash([&b, &a]).unwrap());
    assert_eq!(h.len(), 64);
    a.inhalt.beantragt = euro("4999.98");
    assert_ne!(h, liste_hash([&a, &b]).unwrap());
    assert_ne!(h, liste_hash([&b]).unwrap());
}

proptest! {
    /// Claimed is what is recognised, refused and open, whatever is decided.
    #[test]
    fn summen_gehen_auf(posten in proptest::collection::vec((0i64..1_000_000, 0i64..=100), 0..40)) {
        let alle = posten.iter().map(|(cent, prozent)| Belegposten {
            stelle: Belegstelle { massnahme_id: Uuid::nil(), position: "X".into(), haushaltsjahr: 2026, teilbudget: "A".into() },
            art: Belegart::Ausgabe,
            anzahl: 1,
            gekuerzt: i64::from(*prozent < 100 && cent * prozent / 100 != *cent),
            beantragt: Euro::aus_cent(*cent).unwrap(),
            entschieden: (*prozent < 100).then(|| (Euro::aus_cent(cent * prozent / 100).unwrap(), Pruefgrund::Sonstiges)),
        });
        for s in summiere(alle).unwrap().values() {
            let abgelehnt = Euro::summe(s.abgelehnt.values().copied()).unwrap();
            prop_assert_eq!(s.beantragt, Euro::summe([s.anerkannt, abgelehnt, s.offen]).unwrap());
        }
    }
}
