use super::*;
use crate::aenderungsantrag::Erstattungsposten;
use crate::berechtigung::Sicht;
use crate::bericht::abgleich::tests::bescheid;
use crate::bericht::{Abgleichstelle, Buchsalden};
use crate::bescheid::{Bescheid, BescheidStatus, Bescheidart, Nebenbestimmungen, Schlussregelung};
use crate::forderung::{Forderung, Forderungsart, Tilgung, Tilgungsart, Tilgungsteil};
use crate::schlussrechnung::{
    Berechnung, Berechnungsanlass, Deckung, Massnahmenergebnis, Massnahmenrechnung, Minderungsbezug, Rechnungsabzug,
    Rechnungsabzugsgrund, Rechnungsansatz, Rechnungsgrundlage, Schlussergebnis,
};
use crate::verwendungsnachweis::{
    Massnahmengrundlage, NachweisStatus, Nachweisart, Nachweisausgabe, Nachweiseinreichung, Nachweisgrundlage,
    Nachweisinhalt, Nachweismassnahme, Nachweismittel, Nachweisunterzeichner, Planausgabe, Verwendungsnachweis,
    Zwischenverweis,
};
use crate::weiterleitung::{
    Weiterleitung, WeiterleitungStatus, Weiterleitungsform, Weiterleitungsinhalt, Weiterleitungszahlung,
};
use crate::zeit::{Zeitraum, tag};
use Kontoart::{Anerkannt, Ausgezahlt, Erstattet, Rueckgefordert, Weitergeleitet};
use Nachweisvergleich as V;

fn euro(s: &str) -> Euro {
    s.parse().unwrap()
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// Everything the report reads; each test changes one thing.
#[derive(Clone)]
struct Szene {
    bescheide: Vec<Bescheid>,
    buch: Buchsalden,
    weiterleitungen: Vec<Weiterleitung>,
    nachweise: Vec<Verwendungsnachweis>,
    belege: Vec<Kettenbelege>,
    berechnungen: Vec<Berechnung>,
    forderungen: Vec<Forderung>,
}

impl Szene {
    fn zeilen(&self, sicht: &Sicht) -> Vec<Nachweisabgleichzeile> {
        nachweisabgleich(&Nachweisabgleichquellen {
            bescheide: &self.bescheide,
            buch: &self.buch,
            weiterleitungen: &self.weiterleitungen,
            nachweise: &self.nachweise,
            belege: &self.belege,
            berechnungen: &self.berechnungen,
            forderungen: &self.forderungen,
            sicht,
        })
        .unwrap()
    }

    fn abweichungen(&self) -> Vec<(u128, Vec<Nachweisvergleich>)> {
        let zeilen = self.zeilen(&Sicht::Alles);
        let abweichend = zeilen.iter().filter(|z| z.weicht_ab());
        abweichend.map(|z| (z.stelle.massnahme_id.as_u128(), z.zahlen.abweichungen().collect())).collect()
    }
}

fn saldo(m: u128, haushaltsjahr: i32, art: Kontoart, betrag: &str) -> (Abgleichstelle, Kontoart, Euro) {
    let stelle = Abgleichstelle {
        kreisschluessel: "06440".into(),
        massnahme_id: Some(id(m)),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr,
    };
    (stelle, art, euro(betrag))
}

/// Measure, eligible and state funds as stated, eligible as taken over.
type Angabe<'a> = (u128, &'a str, &'a str, &'a str);

/// A proof of the case in a state: final without a year, and filed unless it is a draft.
fn nachweis(nr: u128, jahr: Option<i32>, status: NachweisStatus, angaben: &[Angabe<'_>]) -> Verwendungsnachweis {
    let massnahmen = angaben.iter().map(|(m, zuwendungsfaehig, land, _)| Nachweismassnahme {
        massnahme_id: id(*m),
        ausgaben: vec![Nachweisausgabe {
            position: "HONORARE".into(),
            ist: euro(zuwendungsfaehig),
            zuwendungsfaehig: euro(zuwendungsfaehig),
            erlaeuterung: None,
        }],
        finanzierung: vec![Nachweismittel { quelle: "LAND_AQB".into(), ist: euro(land) }],
        erlaeuterung: None,
    });
    let grundlagen = angaben.iter().map(|(m, _, _, bisher)| Massnahmengrundlage {
        massnahme_id: id(*m),
        massnahme_nr: format!("M0{m}"),
        bewilligt: Euro::NULL,
        ausgezahlt: Euro::NULL,
        ausgaben: vec![Planausgabe {
            position: "HONORARE".into(),
            plan: euro("70000.00"),
            bisher: euro(bisher),
            bisher_zuwendungsfaehig: euro(bisher),
        }],
        finanzierung: Vec::new(),
    });
    let uebernommen = angaben.iter().any(|(.., bisher)| *bisher != "0.00");
    let verweis = Zwischenverweis { verwendungsnachweis_id: id(51), haushaltsjahr: 2026, inhalt_sha256: String::new() };
    let mut n = Verwendungsnachweis {
        id: id(nr),
        kette_id: id(nr),
        fassung: 1,
        vorgaenger_id: None,
        aktuell: true,
        antrag_id: id(500),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        regelwerk: "HE-ALT".into(),
        art: if jahr.is_some() { Nachweisart::Zwischennachweis } else { Nachweisart::Schlussnachweis },
        haushaltsjahr: jahr,
        berichtszeitraum: Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) },
        status,
        inhalt: Nachweisinhalt { massnahmen: massnahmen.collect(), ..Nachweisinhalt::default() },
        grundlage: Nachweisgrundlage {
            aktenzeichen: None,
            bescheide: Vec::new(),
            finanzierungsart: None,
            nebenbestimmungen: None,
            bewilligt: Euro::NULL,
            ausgezahlt: Euro::NULL,
            massnahmen: grundlagen.collect(),
            zwischennachweise: uebernommen.then_some(verweis).into_iter().collect(),
            weiterleitungen: Vec::new(),
        },
        traegernachweise: Vec::new(),
        sachberichte: Vec::new(),
        mit_belegliste: true,
        mit_sachbericht: false,
        erstellt_von: "gk-1".into(),
        bearbeitet_von: "gk-1".into(),
        bearbeiter: std::collections::BTreeSet::new(),
        vier_augen: true,
        unterzeichnet_von: None,
        einreichungen: Vec::new(),
        in_pruefung_durch: None,
        nachforderung: None,
        ruecknahmegrund: None,
        korrekturgrund: None,
        ersetzt: None,
        bescheid_id: None,
    };
    if status != NachweisStatus::Entwurf {
        n.einreichungen = vec![Nachweiseinreichung {
            nr: 1,
            eingegangen_am: "2027-03-01T09:00:00Z".parse().unwrap(),
            eingangsdatum: tag(2027, 3, 1),
            unterzeichnet_von: "gk-2".into(),
            bearbeitet_von: "gk-1".into(),
            unterzeichner: Nachweisunterzeichner { name: None, funktion: "Landrat".into(), vertretungsbefugnis: true },
            inhalt_sha256: String::new(),
            inhalt: n.urkunde(),
            belegliste: None,
        }];
    }
    n
}

/// Number, claimed, recognised; what is not recognised was refused.
fn belege(kette: u128, m: u128, anzahl: i64, beantragt: &str, anerkannt: &str) -> Kettenbelege {
    let abgelehnt = euro(beantragt).minus(euro(anerkannt)).unwrap();
    let entschieden = Belegentscheide {
        anerkannt: euro(anerkannt),
        abgelehnt,
        offen: Euro::NULL,
        gekuerzt: i64::from(abgelehnt.ist_positiv()),
        unentschieden: 0,
    };
    let zahlen = Belegzahlen { anzahl, gezahlt: euro(beantragt), beantragt: euro(beantragt), entschieden };
    Kettenbelege { kette_id: id(kette), massnahme_id: id(m), zahlen }
}

fn weiterleitung(betrag: &str) -> Weiterleitung {
    Weiterleitung {
        id: id(41),
        antrag_id: id(500),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        regelwerk: "HE-ALT".into(),
        inhalt: Weiterleitungsinhalt {
            massnahme_id: id(1),
            traeger_id: id(77),
            form: Weiterleitungsform::Vertrag,
            betrag: euro("24000.00"),
            bewilligungszeitraum: Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) },
            nebenbestimmungen: Nebenbestimmungen::AnbestP,
            vn_frist: tag(2027, 6, 30),
        },
        status: WeiterleitungStatus::Abgeschlossen,
        entworfen_von: "gk-1".into(),
        abgeschlossen_am: None,
        abgeschlossen_von: None,
        ende: None,
        auszahlungen: vec![Weiterleitungszahlung {
            id: id(42),
            betrag: euro(betrag),
            wertstellung_am: tag(2026, 5, 1),
            haushaltsjahr: 2026,
            teilbudget: "ALLGEMEIN".into(),
            verwendungszweck: String::new(),
            stornogrund: None,
        }],
        verwendungen: Vec::new(),
        rueckzahlungen: Vec::new(),
    }
}

/// Measure, expenditure claimed, taken off for Belege and for findings, grant that remains.
type Rechnung<'a> = (u128, &'a str, &'a str, &'a str, &'a str);

fn berechnung(massnahmen: &[Rechnung<'_>]) -> Berechnung {
    let abzug = |grund, betrag: &str| Rechnungsabzug { grund, anzahl: 1, betrag: euro(betrag) };
    let rechnung = |(m, nachgewiesen, beleg, feststellung, _): &Rechnung<'_>| Massnahmenrechnung {
        massnahme_id: id(*m),
        massnahme_nr: format!("M0{m}"),
        zuwendung: euro("60000.00"),
        plan: Deckung::default(),
        ist: Deckung::default(),
        nicht_zuwendungsfaehig: Euro::NULL,
        ansaetze: vec![Rechnungsansatz {
            position: "HONORARE".into(),
            plan: euro("70000.00"),
            nachgewiesen: euro(nachgewiesen),
            abzuege: vec![
                abzug(Rechnungsabzugsgrund::Beleg, beleg),
                abzug(Rechnungsabzugsgrund::Feststellung, feststellung),
            ],
        }],
    };
    let ergebnis = |(m, nachgewiesen, beleg, feststellung, endgueltig): &Rechnung<'_>| Massnahmenergebnis {
        massnahme_id: id(*m),
        massnahme_nr: format!("M0{m}"),
        zuwendung: euro("60000.00"),
        nachgewiesen: euro(nachgewiesen),
        anerkannt: euro(nachgewiesen).minus(euro(beleg)).unwrap().minus(euro(feststellung)).unwrap(),
        endgueltig: euro(endgueltig),
    };
    Berechnung {
        id: id(70),
        nachweis_id: id(50),
        kette_id: id(50),
        antrag_id: id(500),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        anlass: Berechnungsanlass::Schlussbescheid,
        grundlage: Rechnungsgrundlage {
            regelwerk: "HE-ALT".into(),
            finanzierungsart: crate::zuwendung::Finanzierungsart::Fehlbedarf,
            bezug: Minderungsbezug::Massnahme,
            bagatellgrenze: Euro::NULL,
            ueberschreitung: Some("20.00".parse().unwrap()),
            massnahmen: massnahmen.iter().map(rechnung).collect(),
        },
        grundlage_sha256: String::new(),
        ergebnis: Schlussergebnis {
            zuwendung: euro("120000.00"),
            endgueltig: Euro::NULL,
            minderung: Euro::NULL,
            massnahmen: massnahmen.iter().map(ergebnis).collect(),
            zeilen: Vec::new(),
        },
        berechnet_von: "rp-1".into(),
        berechnet_am: tag(2027, 6, 1),
    }
}

/// Measure, claimed, paid on it.
fn forderung(posten: &[(u128, &str, &str)]) -> Forderung {
    let betrag = Euro::summe(posten.iter().map(|(_, b, _)| euro(b))).unwrap();
    let teil = |(m, _, gezahlt): &(u128, &str, &str)| Tilgungsteil {
        massnahme_id: id(*m),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        betrag: euro(gezahlt),
    };
    Forderung {
        id: id(80),
        aktenzeichen: "RPKS-57-AQB-2026-F-0001".into(),
        art: Forderungsart::Erstattung,
        antrag_id: id(500),
        bescheid_id: id(1002),
        hauptforderung_id: None,
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        regelwerk: "HE-ALT".into(),
        betrag,
        posten: posten
            .iter()
            .map(|(m, b, _)| Erstattungsposten {
                massnahme_id: id(*m),
                massnahme_nr: format!("M0{m}"),
                teilbudget: "ALLGEMEIN".into(),
                haushaltsjahr: 2026,
                betrag: euro(b),
                bereits_zurueckgezahlt: None,
                zahlungen: Vec::new(),
            })
            .collect(),
        entstanden_am: tag(2027, 6, 1),
        faellig_am: tag(2027, 7, 1),
        zinsfestsetzungen: Vec::new(),
        aufgehoben: None,
        tilgungen: vec![Tilgung {
            id: id(81),
            eingang_id: id(81),
            art: Tilgungsart::Zahlung,
            betrag: Euro::summe(posten.iter().map(|(.., g)| euro(g))).unwrap(),
            wertstellung_am: tag(2027, 6, 15),
            referenz: String::new(),
            teile: posten.iter().map(teil).collect(),
            erfasst_von: "rp-1".into(),
            storno: None,
        }],
        entscheidungen: Vec::new(),
        zinsen_festgesetzt_bis: None,
        verjaehrung_am: tag(2030, 12, 31),
    }
}

fn schlussbescheid(positionen: &[(u128, &str)]) -> Bescheid {
    let mut b = bescheid(2, BescheidStatus::Bekanntgegeben, Some(tag(2027, 6, 1)), positionen);
    b.inhalt.art = Bescheidart::Schluss;
    b.inhalt.schluss = Some(Schlussregelung {
        nachweis_id: id(50),
        nachweis_sha256: String::new(),
        berechnung_id: id(70),
        berechnung_sha256: String::new(),
        posten: Vec::new(),
        erstattung: None,
    });
    b
}

const TOUR: [Rechnung<'_>; 2] =
    [(1, "30000.00", "2000.00", "800.00", "17200.00"), (2, "20000.00", "0.00", "0.00", "10000.00")];

/// The case of `tests/tour` at its end: 24,000.00 and 20,000.00 paid, 17,200.00 and 10,000.00 granted in the end. A change
/// that is being drafted does not count.
fn abgeschlossen() -> Szene {
    let angaben = [(1, "30000.00", "24000.00", "0.00"), (2, "20000.00", "20000.00", "0.00")];
    Szene {
        bescheide: vec![
            bescheid(1, BescheidStatus::Bekanntgegeben, Some(tag(2026, 3, 1)), &[(1, "60000.00"), (2, "60000.00")]),
            schlussbescheid(&[(1, "17200.00"), (2, "10000.00")]),
            bescheid(3, BescheidStatus::Entwurf, None, &[(1, "1.00"), (3, "99999.00")]),
        ],
        buch: vec![
            saldo(1, 2026, Anerkannt, "17200.00"),
            saldo(1, 2026, Erstattet, "6800.00"),
            saldo(2, 2026, Anerkannt, "10000.00"),
            saldo(2, 2026, Erstattet, "10000.00"),
            saldo(9, 2026, Ausgezahlt, "0.00"),
        ],
        weiterleitungen: vec![weiterleitung("15000.00")],
        nachweise: vec![nachweis(50, None, NachweisStatus::Abgeschlossen, &angaben)],
        belege: vec![belege(50, 1, 4, "30000.00", "28000.00"), belege(50, 2, 2, "20000.00", "20000.00")],
        berechnungen: vec![berechnung(&TOUR)],
        forderungen: vec![forderung(&[(1, "6800.00", "6800.00"), (2, "10000.00", "10000.00")])],
    }
}

/// The same case while the proof is in the given state: nothing decided, 15,000.00 with a Traeger.
fn vor_dem_ende(nachweise: Vec<Verwendungsnachweis>) -> Szene {
    let mut s = abgeschlossen();
    s.bescheide.remove(1);
    s.buch = vec![
        saldo(1, 2026, Ausgezahlt, "4000.00"),
        saldo(1, 2026, Weitergeleitet, "15000.00"),
        saldo(1, 2027, Ausgezahlt, "5000.00"),
    ];
    s.belege.truncate(1);
    s.berechnungen = Vec::new();
    s.forderungen = Vec::new();
    Szene { nachweise, ..s }
}

#[test]
fn tour_abgeschlossen_stimmt_ueberein() {
    let s = abgeschlossen();
    let zeilen = s.zeilen(&Sicht::Alles);
    let kurz: Vec<String> = zeilen
        .iter()
        .map(|z| {
            let (n, schluss) = (&z.zahlen, z.zahlen.schluss.unwrap());
            format!(
                "{} {} | {} {} {} | {} {} | {} {} | {}",
                z.massnahme_nr.clone().unwrap(),
                z.lage,
                n.bewilligt,
                n.buch.ausgezahlt,
                n.buch.erstattet,
                n.belege.beantragt,
                n.belege.entschieden.anerkannt,
                schluss.anerkannt,
                n.angaben.unwrap().zuwendungsfaehig,
                n.vergleiche.len(),
            )
        })
        .collect();
    assert_eq!(
        kurz,
        [
            "M01 ABGESCHLOSSEN | 17200.00 24000.00 6800.00 | 30000.00 28000.00 | 27200.00 30000.00 | 9",
            "M02 ABGESCHLOSSEN | 10000.00 20000.00 10000.00 | 20000.00 20000.00 | 20000.00 20000.00 | 9",
        ]
    );
    assert_eq!(s.abweichungen(), []);
    // nothing is examined any more: the county reads the same
    assert_eq!(zeilen, s.zeilen(&Sicht::Gebietskoerperschaft("06440".into())));
    let summe = Nachweisabgleichsumme::aus(&zeilen).unwrap();
    assert_eq!((summe.abweichungen, summe.zahlen.bewilligt), (0, euro("27200.00")));
    assert_eq!(
        summe.zahlen.vergleiche[&V::Verbleib],
        Vergleichspaar { erste: euro("27200.00"), zweite: euro("27200.00") }
    );
    assert_eq!(summe.zahlen.belege.entschieden.gekuerzt, 1);
}

/// The closed proof with other figures of M01.
fn fertig(zuwendungsfaehig: &str, land: &str, bisher: &str) -> Vec<Verwendungsnachweis> {
    let angaben = [(1, zuwendungsfaehig, land, bisher), (2, "20000.00", "20000.00", "0.00")];
    vec![nachweis(50, None, NachweisStatus::Abgeschlossen, &angaben)]
}

/// computed: one source of M01 says one cent, or one euro, more or less; only the pairs that read it differ, once each.
#[test]
fn jede_abweichung_genau_einmal() {
    let mit_jahr = |jahr: &str| {
        let mut s = abgeschlossen();
        s.nachweise = fertig("20000.00", "24000.00", "10000.00");
        s.nachweise.push(nachweis(51, Some(2026), NachweisStatus::Abgeschlossen, &[(1, jahr, "0.00", "0.00")]));
        s
    };
    type Aenderung = Box<dyn Fn(&mut Szene)>;
    let faelle: Vec<(V, Aenderung)> = vec![
        (V::BelegeNachweis, Box::new(|s| s.belege[0] = belege(50, 1, 4, "29999.99", "28000.00"))),
        (V::Uebernahme, Box::new(move |s| *s = mit_jahr("9999.99"))),
        (V::Landesmittel, Box::new(|s| s.nachweise = fertig("30000.00", "24000.01", "0.00"))),
        (
            V::NachweisSchlussrechnung,
            Box::new(|s| {
                s.berechnungen = vec![berechnung(&[(1, "30001.00", "2001.00", "800.00", "17200.00"), TOUR[1]])];
            }),
        ),
        (V::BelegeSchlussrechnung, Box::new(|s| s.belege[0] = belege(50, 1, 4, "30000.00", "27999.99"))),
        (
            V::SchlussrechnungBescheid,
            Box::new(|s| {
                s.berechnungen = vec![berechnung(&[(1, "30000.00", "2000.00", "800.00", "17200.01"), TOUR[1]])];
            }),
        ),
        (
            V::Verbleib,
            Box::new(|s| {
                s.buch.push(saldo(1, 2026, Ausgezahlt, "0.01"));
                s.nachweise = fertig("30000.00", "24000.01", "0.00");
            }),
        ),
        (
            V::Anerkennung,
            Box::new(|s| {
                s.buch[0].2 = euro("17199.99");
                s.buch.push(saldo(1, 2026, Ausgezahlt, "0.01"));
            }),
        ),
        (
            V::Weiterleitung,
            Box::new(|s| {
                *s = vor_dem_ende(Vec::new());
                s.weiterleitungen = vec![weiterleitung("14999.99")];
            }),
        ),
        (
            V::Forderung,
            Box::new(|s| s.forderungen = vec![forderung(&[(1, "6800.01", "6800.00"), (2, "10000.00", "10000.00")])]),
        ),
        (
            V::Erstattung,
            Box::new(|s| s.forderungen = vec![forderung(&[(1, "6800.00", "6799.99"), (2, "10000.00", "10000.00")])]),
        ),
    ];
    assert_eq!(faelle.iter().map(|(v, _)| *v).collect::<Vec<_>>(), V::ALLE);
    let mut uebernommen = abgeschlossen();
    faelle[1].1(&mut uebernommen);
    let jahr = [(1, "10000.00", "0.00", "0.00")];
    uebernommen.nachweise[1] = nachweis(51, Some(2026), NachweisStatus::Abgeschlossen, &jahr);
    assert_eq!(uebernommen.abweichungen(), [], "taken over once, not counted twice");
    for (v, aendere) in faelle {
        let mut s = abgeschlossen();
        aendere(&mut s);
        assert_eq!(s.abweichungen(), [(1, vec![v])], "{v}");
        let summe = Nachweisabgleichsumme::aus(&s.zeilen(&Sicht::Alles)).unwrap();
        assert_eq!(summe.abweichungen, 1, "{v}");
        assert!(!summe.zahlen.vergleiche[&v].differenz().unwrap().ist_null(), "{v}");
    }
}

/// What is open of a claim lies with the recipient, but it is claimed: nothing is explained away, it has a column.
#[test]
fn offene_forderung_ist_keine_abweichung() {
    let mut s = abgeschlossen();
    s.buch[1].1 = Rueckgefordert;
    s.forderungen = vec![forderung(&[(1, "6800.00", "0.00"), (2, "10000.00", "10000.00")])];
    assert_eq!(s.abweichungen(), []);
    assert_eq!(s.zeilen(&Sicht::Alles)[0].zahlen.buch.rueckgefordert, euro("6800.00"));
}

/// After a revocation the Schlussbescheid is not in force: its calculation is compared with it no more, the ledger with what
/// is granted now.
#[test]
fn nach_dem_widerruf_gilt_der_widerruf() {
    let mut s = abgeschlossen();
    let mut b = bescheid(4, BescheidStatus::Erlassen, Some(tag(2028, 1, 1)), &[(1, "17000.00"), (2, "10000.00")]);
    b.inhalt.art = Bescheidart::Widerruf;
    s.bescheide.push(b);
    assert_eq!(s.abweichungen(), [(1, vec![V::Verbleib, V::Anerkennung])]);
    s.buch[0].2 = euro("17000.00");
    s.buch.push(saldo(1, 2026, Rueckgefordert, "200.00"));
    s.forderungen.push(Forderung { id: id(82), ..forderung(&[(1, "200.00", "0.00")]) });
    assert_eq!(s.abweichungen(), []);
    assert!(!s.zeilen(&Sicht::Alles)[0].zahlen.vergleiche.contains_key(&V::SchlussrechnungBescheid));
}

/// What is compared of M01 in each state; 19,000.00 were paid in 2026 and 5,000.00 in 2027.
#[test]
fn jede_lage_vergleicht_was_da_ist() {
    use NachweisStatus as S;
    let ganz = |status| nachweis(50, None, status, &[(1, "30000.00", "24000.00", "0.00")]);
    let jahr = |status| nachweis(50, Some(2026), status, &[(1, "30000.00", "19000.00", "0.00")]);
    let ohne_liste = Verwendungsnachweis { mit_belegliste: false, ..ganz(S::Eingereicht) };
    let nicht_aktuell = Verwendungsnachweis { aktuell: false, ..ganz(S::Ersetzt) };
    // the correction of a filed one: the filing before it is replaced
    let korrektur = Verwendungsnachweis { id: id(52), fassung: 2, ..ganz(S::Entwurf) };
    let neues_jahr = nachweis(53, None, S::Entwurf, &[(1, "1.00", "1.00", "30000.00")]);
    let weiter: &[V] = &[V::Weiterleitung];
    let beide: &[V] = &[V::BelegeNachweis, V::Landesmittel, V::Weiterleitung];
    let ohne_belege: &[V] = &[V::Landesmittel, V::Weiterleitung];
    type Lagefall<'a> = (&'a str, Vec<Verwendungsnachweis>, Nachweislage, i64, &'a [V]);
    let faelle: Vec<Lagefall<'_>> = vec![
        ("no proof", vec![], Nachweislage::Keiner, 0, weiter),
        ("withdrawn", vec![ganz(S::Zurueckgezogen)], Nachweislage::Keiner, 0, weiter),
        ("drafted: Belege are shown, nothing is stated", vec![ganz(S::Entwurf)], Nachweislage::Entwurf, 4, weiter),
        ("corrected", vec![nicht_aktuell, korrektur], Nachweislage::Entwurf, 4, weiter),
        ("of a year: payments of that year", vec![jahr(S::InPruefung)], Nachweislage::Zwischennachweis, 4, beide),
        (
            "of a year, the final one drafted",
            vec![jahr(S::Abgeschlossen), neues_jahr],
            Nachweislage::Zwischennachweis,
            4,
            beide,
        ),
        ("of a year, sent back", vec![jahr(S::Nachforderung)], Nachweislage::Zwischennachweis, 4, ohne_belege),
        ("filed", vec![ganz(S::Eingereicht)], Nachweislage::Eingereicht, 4, beide),
        ("without Belege", vec![ohne_liste], Nachweislage::Eingereicht, 4, ohne_belege),
        ("sent back: the list is open", vec![ganz(S::Nachforderung)], Nachweislage::Nachforderung, 4, ohne_belege),
        ("being examined", vec![ganz(S::InPruefung)], Nachweislage::InPruefung, 4, beide),
        ("examined", vec![ganz(S::Geprueft)], Nachweislage::Geprueft, 4, beide),
    ];
    for (fall, nachweise, lage, anzahl, verglichen) in faelle {
        let s = vor_dem_ende(nachweise);
        let z = s.zeilen(&Sicht::Alles).into_iter().next().unwrap();
        assert_eq!((z.lage, z.zahlen.belege.anzahl), (lage, anzahl), "{fall}");
        assert_eq!(z.zahlen.vergleiche.keys().copied().collect::<Vec<_>>(), verglichen, "{fall}");
        assert_eq!(s.abweichungen(), [], "{fall}");
        assert_eq!(z.zahlen.angaben.is_some(), verglichen.contains(&V::Landesmittel), "{fall}");
    }
}

/// Until every proof of the case is closed, the county does not see what the authority decided, in no figure and no pair.
#[test]
fn in_pruefung_ist_verdeckt() {
    use NachweisStatus as S;
    let kreis = Sicht::Gebietskoerperschaft("06440".into());
    let eigene = |status, sicht: &Sicht| {
        let n = nachweis(50, None, status, &[(1, "30000.00", "24000.00", "0.00")]);
        vor_dem_ende(vec![n]).zeilen(sicht).into_iter().next().unwrap().zahlen
    };
    for status in [S::Eingereicht, S::InPruefung, S::Nachforderung, S::Geprueft, S::Abgeschlossen] {
        let verdeckt = status != S::Abgeschlossen;
        assert_eq!(eigene(status, &kreis).entschieden().is_none(), verdeckt, "{status}");
        assert_eq!(eigene(status, &Sicht::Alles).entschieden().map(|e| e.anerkannt), Some(euro("28000.00")));
        assert_eq!(eigene(status, &kreis).belege.beantragt, euro("30000.00"));
    }
    // a proof of a year is examined after the end: what is compared with its Belege is hidden, too
    let mut s = abgeschlossen();
    s.nachweise.push(nachweis(51, Some(2026), S::InPruefung, &[]));
    let verglichen = |sicht: &Sicht| {
        let zeilen = s.zeilen(sicht);
        let summe = Nachweisabgleichsumme::aus(&zeilen).unwrap().zahlen;
        let hat = |z: &Nachweiszahlen| z.vergleiche.contains_key(&V::BelegeSchlussrechnung);
        [hat(&zeilen[0].zahlen), hat(&summe), summe.entschieden().is_some()]
    };
    assert_eq!((verglichen(&kreis), verglichen(&Sicht::Alles)), ([false; 3], [true; 3]));
}

/// A measure that only one source knows has a line; one without money, and money that names no measure, do not.
#[test]
fn zeilen_nur_mit_geld() {
    let mut s = vor_dem_ende(Vec::new());
    s.bescheide = Vec::new();
    s.weiterleitungen = Vec::new();
    s.belege = Vec::new();
    s.buch = vec![saldo(4, 2026, Ausgezahlt, "1.00"), saldo(5, 2026, Ausgezahlt, "0.00")];
    s.buch.push((Abgleichstelle { massnahme_id: None, ..s.buch[0].0.clone() }, Ausgezahlt, euro("7.00")));
    let zeilen = s.zeilen(&Sicht::Alles);
    assert_eq!(zeilen.len(), 1);
    assert_eq!(
        (zeilen[0].stelle.massnahme_id, zeilen[0].antrag_id, zeilen[0].lage),
        (id(4), None, Nachweislage::Keiner)
    );
    // a claim the ledger does not know
    s.forderungen = vec![forderung(&[(6, "1.00", "0.00")])];
    assert_eq!(s.abweichungen(), [(6, vec![V::Forderung])]);
}
