use super::*;
use crate::aenderungsantrag::Ueberzahlungszuordnung;
use crate::zins::faelle::{Fall, alle, gleich};
use proptest::prelude::*;

fn e(text: &str) -> Euro {
    text.parse().unwrap()
}

fn ansatz(
    position: &str,
    plan: &str,
    nachgewiesen: &str,
    abzuege: &[(Rechnungsabzugsgrund, i64, &str)],
) -> Rechnungsansatz {
    Rechnungsansatz {
        position: position.to_owned(),
        plan: e(plan),
        nachgewiesen: e(nachgewiesen),
        abzuege: abzuege
            .iter()
            .map(|(grund, anzahl, b)| Rechnungsabzug { grund: *grund, anzahl: *anzahl, betrag: e(b) })
            .collect(),
    }
}

/// Plan of dossier 5.2: 250,000.00 eligible, grant 200,000.00, own funds 30,000.00, other cover 20,000.00.
fn massnahme(nr: u128, ansaetze: Vec<Rechnungsansatz>) -> Massnahmenrechnung {
    let deckung = Deckung { eigenmittel: e("30000.00"), deckungsmittel: e("20000.00") };
    Massnahmenrechnung {
        massnahme_id: Uuid::from_u128(nr),
        massnahme_nr: format!("M{nr:02}"),
        zuwendung: e("200000.00"),
        plan: deckung,
        ist: deckung,
        nicht_zuwendungsfaehig: Euro::NULL,
        ansaetze,
    }
}

fn grundlage(art: Finanzierungsart, massnahmen: Vec<Massnahmenrechnung>) -> Rechnungsgrundlage {
    Rechnungsgrundlage {
        regelwerk: "HE-ALT".to_owned(),
        finanzierungsart: art,
        bezug: Minderungsbezug::Massnahme,
        bagatellgrenze: e("500.00"),
        ueberschreitung: Some("20.00".parse().unwrap()),
        massnahmen,
    }
}

/// `PERSONAL 250000.00 231400.00`, with the deductions of its position.
fn ansaetze(f: &Fall) -> Vec<Rechnungsansatz> {
    let worte = |spalte: &str| -> Vec<Vec<String>> {
        f[spalte].split(", ").map(|z| z.split_whitespace().map(str::to_owned).collect()).collect()
    };
    let abzuege = worte("abzuege");
    worte("ansaetze")
        .iter()
        .map(|a| {
            let hier = abzuege.iter().filter(|d| d.first() == a.first());
            let d: Vec<_> = hier.map(|d| (d[1].parse().unwrap(), d[2].parse().unwrap(), d[3].as_str())).collect();
            ansatz(&a[0], &a[1], &a[2], &d)
        })
        .collect()
}

/// What is claimed, deducted, recognised, and what remains of the grant.
#[test]
fn jede_schlussrechnung() {
    alle(include_str!("../../../tests/faelle/schlussrechnung.csv"), |f| {
        let ergebnis = match schlussrechnung(&grundlage(f["art"].parse().unwrap(), vec![massnahme(1, ansaetze(f))])) {
            Ok(e) => e,
            Err(b) => return gleich("anerkannt", f["anerkannt"], b[0].regel.kurzname),
        };
        gleich("anerkannt", f["anerkannt"], ergebnis.massnahmen[0].anerkannt)?;
        gleich("endgueltig", f["endgueltig"], ergebnis.endgueltig)?;
        let nummern: Vec<_> = ergebnis.zeilen.iter().map(|z| z.nr).collect();
        assert!(nummern.iter().zip(1..).all(|(a, b)| *a == b), "{nummern:?}");
        gleich("letzte Zeile", f["endgueltig"], ergebnis.zeilen.last().unwrap().ergebnis)
    });
}

/// Decision 108: where no rule about single lines binds, an excess is no deduction; the grant stays capped by its formula.
#[test]
fn ohne_ansatzregel_zaehlt_was_zuwendungsfaehig_ist() {
    let zeilen = || {
        vec![ansatz("PERSONAL", "150000.00", "181000.00", &[]), ansatz("SACH_SONSTIGE", "100000.00", "68000.00", &[])]
    };
    let mit = grundlage(Finanzierungsart::Anteil, vec![massnahme(1, zeilen())]);
    let ohne = Rechnungsgrundlage { ueberschreitung: None, ..mit.clone() };
    let anerkannt = |g: &Rechnungsgrundlage| schlussrechnung(g).unwrap().massnahmen[0].anerkannt;
    assert_eq!((anerkannt(&mit), anerkannt(&ohne)), (e("248000.00"), e("249000.00")));
    let viel = Rechnungsgrundlage {
        massnahmen: vec![massnahme(1, vec![ansatz("PERSONAL", "250000.00", "300000.00", &[])])],
        ..ohne
    };
    assert_eq!(schlussrechnung(&viel).unwrap().endgueltig, e("200000.00"));
}

/// computed: together a saving of one measure makes up for the other's excess; apart it does not.
#[test]
fn bezug_antrag_rechnet_zusammen() {
    let m = vec![
        massnahme(1, vec![ansatz("PERSONAL", "250000.00", "240000.00", &[])]),
        massnahme(2, vec![ansatz("PERSONAL", "250000.00", "250000.00", &[])]),
    ];
    let apart = grundlage(Finanzierungsart::Anteil, m.clone());
    let zusammen = Rechnungsgrundlage { bezug: Minderungsbezug::Antrag, ..apart.clone() };
    let (apart, zusammen) = (schlussrechnung(&apart).unwrap(), schlussrechnung(&zusammen).unwrap());
    assert_eq!(apart.massnahmen.iter().map(|m| m.endgueltig).collect::<Vec<_>>(), [e("192000.00"), e("200000.00")]);
    assert_eq!(zusammen.endgueltig, e("392000.00"));
    assert_eq!(zusammen.massnahmen.iter().map(|m| m.endgueltig).collect::<Vec<_>>(), [e("196000.00"), e("196000.00")]);
}

/// dossier 5.2, `E1`: own funds spent on what is not recognised cover nothing; with FEHLBEDARF they would cut the grant.
#[test]
fn eigenmittel_fuer_nicht_anerkanntes_zaehlen_nicht() {
    let mut m = massnahme(
        1,
        vec![ansatz("PERSONAL", "250000.00", "250000.00", &[(Rechnungsabzugsgrund::Beleg, 1, "10000.00")])],
    );
    m.ist.eigenmittel = e("40000.00");
    let ergebnis = schlussrechnung(&grundlage(Finanzierungsart::Fehlbedarf, vec![m])).unwrap();
    // 240,000.00 - 20,000.00 - 30,000.00
    assert_eq!(ergebnis.endgueltig, e("190000.00"));
}

fn stelle(jahr: i32, gebunden: &str, ausgezahlt: &str, weitergeleitet: &str) -> Abschlussstelle {
    Abschlussstelle {
        massnahme_id: Uuid::from_u128(1),
        massnahme_nr: "M01".to_owned(),
        teilbudget: "ALLGEMEIN".to_owned(),
        haushaltsjahr: jahr,
        stand: Stellenstand {
            gebunden: e(gebunden),
            ausgezahlt: e(ausgezahlt),
            weitergeleitet: e(weitergeleitet),
            ..Stellenstand::default()
        },
    }
}

/// computed: the last year loses first, what lies with the county goes back before what lies with a Traeger.
#[test]
fn verteilung_ueber_die_jahre() {
    let stellen = [stelle(2026, "0.00", "60000.00", "40000.00"), stelle(2027, "500.00", "30000.00", "70000.00")];
    let (p, rest) = verteile(e("185120.00"), &stellen, Ueberzahlungszuordnung::Lifo).unwrap();
    assert!(rest.ist_null());
    assert_eq!((p[0].bewilligt, p[1].bewilligt), (e("100000.00"), e("85120.00")));
    assert_eq!(
        (p[1].frei, p[1].erstattung_ausgezahlt, p[1].erstattung_weitergeleitet),
        (e("500.00"), e("14880.00"), Euro::NULL)
    );
    assert_eq!((p[1].anerkannt_ausgezahlt, p[1].anerkannt_weitergeleitet), (e("15120.00"), e("70000.00")));
    let (p, _) = verteile(e("185120.00"), &stellen, Ueberzahlungszuordnung::Fifo).unwrap();
    assert_eq!((p[0].bewilligt, p[1].bewilligt), (e("85120.00"), e("100000.00")));
    let (p, rest) = verteile(e("200000.01"), &stellen, Ueberzahlungszuordnung::Lifo).unwrap();
    assert_eq!((p[0].erstattung().unwrap(), p[1].erstattung().unwrap(), rest), (Euro::NULL, Euro::NULL, e("0.01")));
    let (p, _) = verteile(Euro::NULL, &stellen, Ueberzahlungszuordnung::Lifo).unwrap();
    assert_eq!((p[0].erstattung().unwrap(), p[1].erstattung().unwrap()), (e("100000.00"), e("100000.00")));
}

fn arten() -> impl Strategy<Value = Finanzierungsart> {
    prop::sample::select(Finanzierungsart::ALLE)
}

proptest! {
    /// Never above the grant, and what remains never grows when more is deducted.
    #[test]
    fn mehr_abzug_nie_mehr_zuwendung(art in arten(), ist in 0i64..40_000_000, a in 0i64..10_000_000, b in 0i64..10_000_000) {
        let (wenig, viel) = (a.min(b).min(ist), a.max(b).min(ist));
        let mit = |abzug: i64| {
            let a = Rechnungsansatz {
                position: "PERSONAL".to_owned(),
                plan: e("250000.00"),
                nachgewiesen: Euro::aus_cent(ist).unwrap(),
                abzuege: vec![Rechnungsabzug { grund: Rechnungsabzugsgrund::Beleg, anzahl: 1, betrag: Euro::aus_cent(abzug).unwrap() }],
            };
            schlussrechnung(&grundlage(art, vec![massnahme(1, vec![a])])).unwrap()
        };
        let (w, v) = (mit(wenig), mit(viel));
        prop_assert!(w.endgueltig <= w.zuwendung && !w.endgueltig.ist_negativ());
        prop_assert!(v.massnahmen[0].anerkannt <= w.massnahmen[0].anerkannt);
        prop_assert!(v.endgueltig <= w.endgueltig);
    }

    /// Every cent that was paid is recognised or claimed back, every bound one becomes free.
    #[test]
    fn verteilung_erklaert_jeden_cent(z in 0i64..50_000_000, s in prop::collection::vec((0i64..9_000_000, 0i64..9_000_000, 0i64..9_000_000, 0i64..900_000), 1..6), fifo: bool) {
        let c = |n| Euro::aus_cent(n).unwrap();
        let stellen: Vec<_> = s.iter().zip(2026..).map(|((g, a, w, zurueck), jahr)| Abschlussstelle {
            stand: Stellenstand {
                gebunden: c(*g),
                ausgezahlt: c(*a),
                weitergeleitet: c(*w),
                zurueckgezahlt: c(*zurueck),
                ..Stellenstand::default()
            },
            ..stelle(jahr, "0.00", "0.00", "0.00")
        }).collect();
        let zuordnung = if fifo { Ueberzahlungszuordnung::Fifo } else { Ueberzahlungszuordnung::Lifo };
        let (posten, rest) = verteile(c(z), &stellen, zuordnung).unwrap();
        let mut bleibt = rest;
        for (p, s) in posten.iter().zip(&stellen) {
            bleibt = bleibt.plus(p.bewilligt).unwrap();
            prop_assert_eq!(p.frei, s.stand.gebunden);
            prop_assert_eq!(p.erstattung_zurueckgezahlt, s.stand.zurueckgezahlt);
            prop_assert_eq!(p.anerkannt_ausgezahlt.plus(p.erstattung_ausgezahlt), Ok(s.stand.ausgezahlt));
            prop_assert_eq!(p.anerkannt_weitergeleitet.plus(p.erstattung_weitergeleitet), Ok(s.stand.weitergeleitet));
            prop_assert_eq!(p.bewilligt.plus(p.erstattung().unwrap()), s.stand.gezahlt());
        }
        prop_assert_eq!(bleibt, c(z));
    }
}
