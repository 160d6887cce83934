//! What a change does to the money.

use super::*;
use crate::bescheid::Bewilligungsstelle;
use crate::konto::Kontoschluessel;
use crate::zins::{Basiszinsreihe, Zinsfrage, Zinsmethode, Zinsrundung, Zinssatz, berechne};
use proptest::prelude::*;

fn stelle(a: &Aenderungsantrag) -> Bewilligungsstelle {
    (a.stand.massnahmen[0].massnahme.id, "ALLGEMEIN".into(), 2026)
}

/// S3: granted 120,000.00, paid 40,000.00 on 2026-05-04 and 30,000.00 on 2026-08-17; wanted is `cent`.
fn s3(cent: i64, mit_erstattung: bool) -> (Aenderungsantrag, Aenderungsfakten) {
    let mut a = antrag();
    let m = &mut a.massnahmen[0].massnahme;
    landesmittel(m, 12_000_000);
    let plan = muster::detailplanung(m);
    a.massnahmen[0].detailplanung = Some(plan);
    let b = bescheid(&a);
    let e = beginnen(Uuid::from_u128(7), b.id, inhalt(&[]), &a, Some(&b), &muster::gk(), heute()).unwrap();
    let (mut neu, mut f) = (e.zustand, fakten_zu(&a, &b));
    aendere_m01(&mut neu, |m| landesmittel(m, cent));
    neu.inhalt = inhalt(&[Aenderungsart::Mittelreduzierung]);
    neu.inhalt.mit_erstattung = mit_erstattung;
    let s = stelle(&neu);
    f.geld.salden = BTreeMap::from([
        ((s.clone(), Kontoart::Gebunden), eur(5_000_000)),
        ((s.clone(), Kontoart::Ausgezahlt), eur(7_000_000)),
    ]);
    let zahlung = |vorgang: &str, am, cent| Zahlungsbewegung {
        stelle: s.clone(),
        vorgang: vorgang.into(),
        am,
        betrag: eur(cent),
    };
    f.geld.zahlungen = vec![zahlung("A", tag(2026, 5, 4), 4_000_000), zahlung("B", tag(2026, 8, 17), 3_000_000)];
    (neu, f)
}

fn m01(f: &Folgen) -> &Folgeposten {
    f.posten.iter().find(|p| p.massnahme_nr == "M01").unwrap()
}

/// An open call over 1.00.
fn abruf(abruf_nr: i64, stelle: Bewilligungsstelle) -> OffenerAbruf {
    OffenerAbruf { mittelabruf_id: Uuid::nil(), abruf_nr, stelle, betrag: Euro::aus_cent(100).unwrap() }
}

/// Dossier S3 and R1, R3 of 3.9.
#[test]
fn s3_unter_ausgezahltem() {
    for (cent, folge, codes, abrufbar) in [
        (7_500_000, Folge::Minderung, &[][..], 500_000),
        (7_000_000, Folge::Minderung, &[], 0),
        (6_999_999, Folge::UnterAusgezahlt, &["UNTER_AUSGEZAHLT"], 0),
        (5_500_000, Folge::UnterAusgezahlt, &["UNTER_AUSGEZAHLT"], 0),
        (12_000_000, Folge::Unveraendert, &[], 5_000_000),
    ] {
        let (a, f) = s3(cent, false);
        let folgen = verfuegungsfolgen(&a, &f);
        let p = m01(&folgen);
        assert_eq!((p.folge, kurz(&folgen.befunde)), (folge, codes.to_vec()), "{cent}");
        assert_eq!((p.abrufbar, p.ausgezahlt, p.erstattung), (eur(abrufbar), eur(7_000_000), Euro::NULL), "{cent}");
    }
    let (a, f) = s3(5_500_000, false);
    let b = einreichen(&a, &f).unwrap_err();
    assert_eq!(kurz(&b), ["UNTER_AUSGEZAHLT"]);
    assert_eq!(b[0].differenz.as_ref().unwrap().wert, "15000.00");

    let (a, f) = s3(5_500_000, true);
    let folgen = verfuegungsfolgen(&a, &f);
    let e = folgen.erstattung.as_ref().unwrap();
    assert_eq!((e.betrag, e.zuordnung, folgen.befunde.len()), (eur(1_500_000), Ueberzahlungszuordnung::Lifo, 0));
    assert_eq!(e.faellig_am, tag(2026, 10, 15));
    let z = &e.posten[0].zahlungen[0];
    assert_eq!((z.ausgezahlt_am, z.betrag, z.zinsbeginn), (tag(2026, 8, 17), eur(1_500_000), tag(2026, 8, 17)));
    assert!(einreichen(&a, &f).is_ok());
    for (methode, zinsen) in [(Zinsmethode::ActAct, 19_828), (Zinsmethode::E30_360, 19_832)] {
        let frage = Zinsfrage {
            kapital: z.betrag,
            von: z.zinsbeginn,
            bis: tag(2026, 10, 30),
            methode,
            rundung: Zinsrundung::AmEnde,
            satz: Zinssatz::AufschlagProzentpunkte(crate::geld::Prozent::aus_hundertsteln(500)),
        };
        let ergebnis = berechne(&frage, &Basiszinsreihe::anfang()).unwrap();
        assert_eq!(ergebnis.zinsen, eur(zinsen), "{methode}");
    }
}

/// Dossier R2: below what is called, open calls are withdrawn first; the finding names amount and calls.
#[test]
fn r2_unter_abgerufenem() {
    let mit_abruf = |cent: i64, mit_erstattung: bool| {
        let (a, mut f) = s3(cent, mit_erstattung);
        let s = stelle(&a);
        f.geld.salden.insert((s.clone(), Kontoart::Abgerufen), eur(2_000_000));
        f.geld.abrufe = [3, 4].map(|nr| abruf(nr, s.clone())).to_vec();
        (verfuegungsfolgen(&a, &f), f)
    };
    let wert = |b: &Befund, name: &str| b.gemessen.iter().find(|m| m.name == name).unwrap().wert.clone();
    assert_eq!(kurz(&mit_abruf(9_000_000, false).0.befunde), Vec::<&str>::new(), "70 000 paid and 20 000 called fit");
    let (folgen, _) = mit_abruf(8_999_999, false);
    assert_eq!((m01(&folgen).folge, kurz(&folgen.befunde)), (Folge::UnterAbgerufen, vec!["UNTER_ABGERUFEN"]));
    assert_eq!(
        (wert(&folgen.befunde[0], "zurueckzunehmen"), wert(&folgen.befunde[0], "abrufe")),
        ("0.01".into(), "3, 4".into())
    );
    let p = m01(&folgen);
    assert_eq!((p.zurueckzunehmen, p.abrufe.iter().map(|a| a.abruf_nr).collect()), (eur(1), vec![3, 4]));
    let (folgen, _) = mit_abruf(5_500_000, false);
    assert_eq!(kurz(&folgen.befunde), ["UNTER_AUSGEZAHLT", "UNTER_ABGERUFEN"]);
    // also with a claim for repayment: what is called must not be paid any more
    let (folgen, _) = mit_abruf(5_500_000, true);
    assert_eq!(kurz(&folgen.befunde), ["UNTER_ABGERUFEN"]);
    assert_eq!(wert(&folgen.befunde[0], "zurueckzunehmen"), "20000.00");
}

/// What was passed on comes back before it can be claimed from the county's account.
#[test]
fn weitergeleitetes_zuerst_zurueck() {
    let (a, mut f) = s3(5_500_000, true);
    let s = stelle(&a);
    f.geld.salden.insert((s.clone(), Kontoart::Ausgezahlt), eur(1_000_000));
    f.geld.salden.insert((s, Kontoart::Weitergeleitet), eur(6_000_000));
    let folgen = verfuegungsfolgen(&a, &f);
    assert_eq!(kurz(&folgen.befunde), ["ERSTATTUNG_WEITERGELEITETES"]);
    assert_eq!(folgen.befunde[0].differenz.as_ref().unwrap().wert, "5000.00");
}

/// Attribution to payouts (6.2, `ueberzahlung_zuordnung`): last or first, returns taken off, earlier claims first.
/// Computed by hand.
#[test]
fn zuordnung_zu_auszahlungen() {
    type Teil = (NaiveDate, i64);
    let (mai, august) = (tag(2026, 5, 4), tag(2026, 8, 17));
    let rueck = |vorgang: &'static str, cent: i64| (vorgang, tag(2026, 9, 1), -cent);
    type Fall = (&'static str, &'static str, i64, Vec<(&'static str, NaiveDate, i64)>, i64, Vec<Teil>);
    let faelle: Vec<Fall> = vec![
        ("last", "LIFO", 0, vec![], 1_500_000, vec![(august, 1_500_000)]),
        ("first", "FIFO", 0, vec![], 1_500_000, vec![(mai, 1_500_000)]),
        ("over both", "LIFO", 0, vec![], 3_500_000, vec![(august, 3_000_000), (mai, 500_000)]),
        ("claimed before", "LIFO", 2_000_000, vec![], 1_500_000, vec![(august, 1_000_000), (mai, 500_000)]),
        (
            "a return of the last",
            "LIFO",
            0,
            vec![rueck("B", 2_000_000)],
            1_500_000,
            vec![(august, 1_000_000), (mai, 500_000)],
        ),
        ("a return of the first", "FIFO", 0, vec![rueck("A", 4_000_000)], 500_000, vec![(august, 500_000)]),
        (
            "a return of its own",
            "LIFO",
            0,
            vec![rueck("C", 2_900_000)],
            200_000,
            vec![(august, 100_000), (mai, 100_000)],
        ),
    ];
    for (fall, zuordnung, frueher, weitere, erstattung, erwartet) in faelle {
        let (a, mut f) = s3(0, true);
        let s = stelle(&a);
        f.geld.salden.insert((s.clone(), Kontoart::Rueckgefordert), eur(frueher));
        f.geld.salden.insert((s.clone(), Kontoart::Ausgezahlt), eur(erstattung));
        for (vorgang, am, cent) in weitere {
            f.geld.zahlungen.push(Zahlungsbewegung {
                stelle: s.clone(),
                vorgang: vorgang.into(),
                am,
                betrag: eur(cent),
            });
        }
        for p in f.regeln.regelwerk.parameter.iter_mut().filter(|p| p.schluessel == "ueberzahlung_zuordnung") {
            p.wert = Some(zuordnung.into());
        }
        let e = verfuegungsfolgen(&a, &f).erstattung.unwrap();
        let ist: Vec<Teil> = e.posten[0].zahlungen.iter().map(|z| (z.ausgezahlt_am, z.betrag.cent())).collect();
        assert_eq!(ist, erwartet, "{fall}");
    }
}

/// `zinsbeginn_erstattung`: from the payout, or from the day on which the change counts.
#[test]
fn zinsbeginn_ist_parameter() {
    for (wert, beginn) in [("AUSZAHLUNG", tag(2026, 8, 17)), ("WIRKSAMKEIT", heute())] {
        let (a, mut f) = s3(5_500_000, true);
        for p in f.regeln.regelwerk.parameter.iter_mut().filter(|p| p.schluessel == "zinsbeginn_erstattung") {
            p.wert = Some(wert.into());
        }
        let e = verfuegungsfolgen(&a, &f).erstattung.unwrap();
        assert_eq!(e.posten[0].zahlungen[0].zinsbeginn, beginn, "{wert}");
    }
    for schluessel in ["ueberzahlung_zuordnung", "zinsbeginn_erstattung", "erstattungsfrist"] {
        let (a, mut f) = s3(5_500_000, true);
        f.regeln.regelwerk.parameter.retain(|p| p.schluessel != schluessel);
        let folgen = verfuegungsfolgen(&a, &f);
        assert_eq!((kurz(&folgen.befunde), folgen.erstattung), (vec!["PARAMETER_FEHLT"], None), "{schluessel}");
    }
}

/// R4: what a change adds must be free, to the cent (S2).
#[test]
fn r4_erhoehung_nur_aus_freiem() {
    for (frei, codes) in [(2_000_000, &[][..]), (1_999_999, &["BUDGET_UEBERSCHRITTEN"])] {
        let (mut a, mut f) = entwurf();
        aendere_m01(&mut a, |m| landesmittel(m, 12_000_000));
        a.inhalt = inhalt(&[Aenderungsart::Mittelerhoehung]);
        f.regeln.verfuegbar.insert(("ALLGEMEIN".into(), 2026), eur(frei));
        assert_eq!(fehler(&pruefbericht(&a, &f)), codes, "{frei}");
    }
    let (mut a, mut f) = entwurf();
    aendere_m01(&mut a, |m| m.inhalt.teilbudget = "TEILZEITAUSBILDUNG".into());
    a.inhalt = inhalt(&[Aenderungsart::UmschichtungTeilbudget]);
    assert_eq!(fehler(&pruefbericht(&a, &f)), ["ZUTEILUNG_FEHLT"], "nothing allocated there");
    f.regeln.verfuegbar.insert(("TEILZEITAUSBILDUNG".into(), 2026), eur(10_000_000));
    assert_eq!(fehler(&pruefbericht(&a, &f)), Vec::<&str>::new());
    // money that was called stays with the Teilbudget that paid it
    f.geld.salden.insert((stelle(&a), Kontoart::Ausgezahlt), eur(1));
    assert_eq!(fehler(&pruefbericht(&a, &f)), ["UNTER_AUSGEZAHLT"]);
}

/// S15: of 520,000.00 for 2026, 512,345.67 are called by the closing of the accounts: 7,654.33 reach 2027 only by a
/// shift, and only if money for 2027 is there.
#[test]
fn s15_jaehrlichkeit() {
    let fall = |am: NaiveDate, frei_2027: i64, neu_2026: i64, neu_2027: i64| {
        let mut a = antrag();
        let m = &mut a.massnahmen[0].massnahme;
        m.inhalt.ende = tag(2027, 3, 31);
        ansatz(m, "PERSONAL", 2026, 51_000_000);
        ansatz(m, "PERSONAL", 2027, 1_000_000);
        mittel(m, "LAND_AQB", 2026, 52_000_000);
        mittel(m, "LAND_AQB", 2027, 1_000_000);
        let b = bescheid(&a);
        let e = beginnen(Uuid::from_u128(7), b.id, inhalt(&[]), &a, Some(&b), &muster::gk(), am).unwrap();
        let (mut neu, mut f) = (e.zustand, fakten_zu(&a, &b));
        aendere_m01(&mut neu, |m| {
            ansatz(m, "PERSONAL", 2026, neu_2026 - 1_000_000);
            ansatz(m, "PERSONAL", 2027, neu_2027);
            mittel(m, "LAND_AQB", 2026, neu_2026);
            mittel(m, "LAND_AQB", 2027, neu_2027);
        });
        neu.inhalt.aenderungsarten = vergleiche(&neu.stand, &neu.neuer_stand).unwrap().arten.into_iter().collect();
        neu.inhalt.wirksam_ab = Some(am);
        f.regeln.heute = am;
        f.geld.salden.insert((stelle(&neu), Kontoart::Ausgezahlt), eur(51_234_567));
        f.regeln.verfuegbar.insert(("ALLGEMEIN".into(), 2026), eur(100));
        f.regeln.verfuegbar.insert(("ALLGEMEIN".into(), 2027), eur(frei_2027));
        (
            kurz(&pruefbericht(&neu, &f).into_iter().filter(|b| b.blockiert()).collect::<Vec<_>>()),
            pruefbericht(&neu, &f),
        )
    };
    let (silvester, schluss) = (tag(2026, 12, 1), tag(2026, 11, 30));
    let (codes, befunde) = fall(silvester, 0, 51_234_567, 1_765_433);
    assert_eq!(codes, ["JAEHRLICHKEIT"]);
    let b = befunde.iter().find(|b| b.regel.kurzname == "JAEHRLICHKEIT").unwrap();
    let zahlen: Vec<_> = b.gemessen.iter().chain(&b.erlaubt).map(|m| (m.name.as_str(), m.wert.as_str())).collect();
    assert_eq!(
        zahlen,
        [
            ("teilbudget", "ALLGEMEIN"),
            ("haushaltsjahr", "2027"),
            ("verfallend", "7654.33"),
            ("benoetigt", "7654.33"),
            ("verfuegbar", "0.00"),
        ]
    );
    assert_eq!(fall(silvester, 765_432, 51_234_567, 1_765_433).0, ["JAEHRLICHKEIT"], "one cent short");
    let (codes, befunde) = fall(silvester, 765_433, 51_234_567, 1_765_433);
    assert_eq!(codes, Vec::<&str>::new(), "the ministry provided it");
    // on what it rests is said by both sides: § 45 or § 38 LHO
    let b = befunde.iter().find(|b| b.regel.kurzname == "JAEHRLICHKEIT_UEBERTRAGUNG").unwrap();
    assert_eq!(b.schwere, crate::befund::Schwere::Warnung);
    let werte: Vec<_> = b.gemessen.iter().map(|m| m.wert.as_str()).collect();
    assert_eq!(werte, ["ALLGEMEIN", "2027", "7654.33", "2026", "7654.33"]);
    let frueher = fall(schluss, 765_433, 51_234_567, 1_765_433).1;
    assert!(!kurz(&frueher).contains(&"JAEHRLICHKEIT_UEBERTRAGUNG"), "2026 is still open");
    // on the last day the year is open: it is a question of the budget alone
    assert_eq!(fall(schluss, 0, 51_234_567, 1_765_433).0, ["BUDGET_UEBERSCHRITTEN"]);
    assert_eq!(fall(schluss, 0, 52_000_100, 999_900).0, Vec::<&str>::new());
    assert_eq!(fall(silvester, 0, 52_000_100, 999_900).0, ["HAUSHALTSJAHR_GESCHLOSSEN"]);
    // one cent below what was paid is never a shift
    assert_eq!(fall(silvester, 765_434, 51_234_566, 1_765_434).0, ["UNTER_AUSGEZAHLT"]);
}

/// The Bescheid states results and differences, and its release posts the differences only.
#[test]
fn bescheid_bucht_nur_den_unterschied() {
    for (cent, erstattung, soll) in [
        (7_500_000, false, vec![(Kontoart::Gebunden, -4_500_000), (Kontoart::Verfuegbar, 4_500_000)]),
        (13_000_000, false, vec![(Kontoart::Verfuegbar, -1_000_000), (Kontoart::Gebunden, 1_000_000)]),
        (
            5_500_000,
            true,
            vec![
                (Kontoart::Gebunden, -5_000_000),
                (Kontoart::Verfuegbar, 5_000_000),
                (Kontoart::Ausgezahlt, -1_500_000),
                (Kontoart::Rueckgefordert, 1_500_000),
            ],
        ),
    ] {
        let (a, f) = s3(cent, erstattung);
        let b = aenderungsbescheid(&a, &f);
        let p = b.inhalt.positionen.iter().find(|p| p.massnahme_nr == "M01").unwrap();
        assert_eq!((p.bisher, p.bewilligt), (Some(eur(12_000_000)), eur(cent)));
        assert_eq!(p.differenz, Some(eur(cent - 12_000_000)));
        let e = b.freigeben(heute(), &rp(2)).unwrap();
        let ist: Vec<_> = e.buchungen[0].zeilen().iter().map(|z| (z.konto.art, z.betrag.cent())).collect();
        assert_eq!((e.buchungen[0].grund, ist), ("AENDERUNG", soll), "{cent}");
    }
}

/// Drafts the Bescheid that grants a change.
fn aenderungsbescheid(a: &Aenderungsantrag, f: &Aenderungsfakten) -> Bescheid {
    let ef = Entscheidungsfakten {
        antrag_id: a.antrag_id,
        jahrgang: a.jahrgang,
        kreisschluessel: a.kreisschluessel.clone(),
        positionen: positionen(&a.stand, &a.neuer_stand).unwrap(),
        bewilligungszeitraum: a.neuer_stand.bewilligungszeitraum,
        finanzierungsart: Finanzierungsart::Fehlbedarf,
        regelwerk: &f.regeln.regelwerk,
        antrag_schnappschuss_sha256: "b".repeat(64),
        vorgaenger: Some(f.geltend.kettenglied()),
        aenderung: Some(a.regelung(f).unwrap()),
        fortgeltend: f.geltend.inhalt.auflagen.clone(),
        befunde: Vec::new(),
        heute: heute(),
    };
    let e = Aenderungsbewilligung::default().into();
    let id = Uuid::from_u128(100 + u128::from(f.geltend.inhalt.kettenglied.unsigned_abs()));
    entwerfen(id, &Entscheidungseingabe::Bewilligung(e), &ef, &rp(1)).unwrap().zustand
}

/// A ledger in memory: balance per measure and account.
#[derive(Default)]
struct Buch(BTreeMap<(Option<Uuid>, Kontoschluessel), i64>);

impl Buch {
    fn buche(&mut self, b: &crate::konto::Buchung) {
        for z in b.zeilen() {
            *self.0.entry((z.massnahme_id, z.konto.clone())).or_default() += z.betrag.cent();
        }
    }

    fn saldo(&self, s: &Bewilligungsstelle, art: Kontoart) -> i64 {
        let passt = |k: &Kontoschluessel| (k.art, k.haushaltsjahr) == (art, s.2) && k.teilbudget == s.1;
        self.0.iter().filter(|((m, k), _)| *m == Some(s.0) && passt(k)).map(|(_, b)| b).sum()
    }

    fn geldstand(&self, zahlungen: &[Zahlungsbewegung]) -> Geldstand {
        let salden =
            self.0.iter().filter_map(|((m, k), b)| Some((((*m)?, k.teilbudget.clone(), k.haushaltsjahr), k.art, *b)));
        Geldstand {
            salden: salden.map(|(s, art, b)| ((s, art), eur(b))).collect(),
            zahlungen: zahlungen.to_vec(),
            abrufe: Vec::new(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever changes, calls and payments follow each other: what is bound, called and paid of a measure is what is
    /// granted now, nothing is below zero, and what was claimed back is what the Bescheide said.
    #[test]
    fn ketten_von_aenderungen_gehen_auf(schritte in proptest::collection::vec((0u8..3, 1i64..20_000_000, any::<bool>()), 1..12)) {
        let mut fall = antrag();
        let mut geltend = bescheid(&fall);
        let mut buch = Buch::default();
        let zuteilung = 1_000_000_000;
        for b in geltend.clone().freigegeben_wieder() {
            buch.buche(&b);
        }
        let (mut zahlungen, mut gefordert) = (Vec::new(), 0i64);
        let s: Bewilligungsstelle = (fall.massnahmen[0].massnahme.id, "ALLGEMEIN".into(), 2026);
        for (nr, (was, cent, mit_erstattung)) in schritte.into_iter().enumerate() {
            let konto = |art| Kontoschluessel { jahrgang: 2026, kreisschluessel: "06440".into(), teilbudget: s.1.clone(), haushaltsjahr: s.2, art };
            let bewege = |von, nach, cent| crate::konto::Buchung::umbuchung("X", "x").fuer_massnahme(s.0, konto(von), konto(nach), eur(cent));
            match was {
                0 => {
                    let frei = cent.min(buch.saldo(&s, Kontoart::Gebunden));
                    buch.buche(&bewege(Kontoart::Gebunden, Kontoart::Abgerufen, frei));
                }
                1 => {
                    let offen = cent.min(buch.saldo(&s, Kontoart::Abgerufen));
                    buch.buche(&bewege(Kontoart::Abgerufen, Kontoart::Ausgezahlt, offen));
                    if offen > 0 {
                        let am = tag(2026, 6, 1) + chrono::Days::new(u64::try_from(nr).unwrap());
                        zahlungen.push(Zahlungsbewegung { stelle: s.clone(), vorgang: nr.to_string(), am, betrag: eur(offen) });
                    }
                }
                _ => {
                    let mut f = fakten_zu(&fall, &geltend);
                    f.geld = buch.geldstand(&zahlungen);
                    let frei = zuteilung + buch.0.iter().filter(|((m, k), _)| m.is_none() && k.art == Kontoart::Verfuegbar).map(|(_, b)| b).sum::<i64>();
                    f.regeln.verfuegbar.insert(("ALLGEMEIN".into(), 2026), eur(frei));
                    let e = beginnen(Uuid::from_u128(7), geltend.id, inhalt(&[]), &fall, Some(&geltend), &muster::gk(), heute()).unwrap();
                    let mut a = e.zustand;
                    aendere_m01(&mut a, |m| landesmittel(m, cent.max(1_000_001)));
                    a.inhalt.mit_erstattung = mit_erstattung;
                    a.inhalt.aenderungsarten = vergleiche(&a.stand, &a.neuer_stand).unwrap().arten.into_iter().collect();
                    let Ok(eingereicht) = einreichen(&a, &f) else { continue };
                    let b = aenderungsbescheid(&eingereicht.zustand, &f);
                    let e = b.freigeben(heute(), &rp(2)).unwrap();
                    for b in &e.buchungen {
                        buch.buche(b);
                    }
                    gefordert += b.inhalt.aenderung.as_ref().and_then(|a| a.erstattung.as_ref()).map_or(0, |e| e.betrag.cent());
                    geltend = wirksam(e.zustand);
                    fall = a.antrag_danach(&fall);
                }
            }
            for (stelle, bewilligt) in geltend.bewilligt_je().unwrap() {
                let lebend = [Kontoart::Gebunden, Kontoart::Abgerufen, Kontoart::Ausgezahlt];
                let summe: i64 = lebend.iter().map(|a| buch.saldo(&stelle, *a)).sum();
                prop_assert_eq!(summe, bewilligt.cent(), "step {}", nr);
            }
            prop_assert_eq!(buch.saldo(&s, Kontoart::Rueckgefordert), gefordert);
            prop_assert!(buch.0.iter().all(|((_, k), b)| *b >= 0 || k.art == Kontoart::Verfuegbar), "step {}", nr);
        }
    }
}

/// The postings with which a Bescheid was released.
trait Wieder {
    fn freigegeben_wieder(self) -> Vec<crate::konto::Buchung>;
}
impl Wieder for Bescheid {
    fn freigegeben_wieder(self) -> Vec<crate::konto::Buchung> {
        let entwurf = Bescheid { status: BescheidStatus::Entwurf, freigegeben_von: None, ..self };
        entwurf.freigeben(tag(2026, 5, 18), &rp(2)).unwrap().buchungen
    }
}
