use super::*;
use crate::akt::{Handlungsgrund, pruefe_tabelle};
use crate::antrag::Bankverbindung;
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Rolle};
use crate::mittelabruf::{
    Abrufstelle, Angefordert, Anordnung, Ausgezahlt, Bedarfsrechnung, Festgestellt, Feststellung, Geldbewegung,
    Mittelabruf, MittelabrufStatus, Mittelabrufinhalt, Zahlkonto,
};
use crate::zeit::tag;
use proptest::prelude::*;

fn euro(cent: i64) -> Euro {
    Euro::aus_cent(cent).unwrap()
}

fn id(nr: u128) -> Uuid {
    Uuid::from_u128(nr)
}

fn rp(nr: u8) -> Akteur {
    Akteur { person: format!("rp-{nr}"), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None }
}

fn konto() -> Bankverbindung {
    Bankverbindung {
        iban: "DE02500105170137075030".to_owned(),
        bic: Some("INGDDEFF".to_owned()),
        kontoinhaber: "Kreisausschuß des Wetteraukreises".to_owned(),
        kassenzeichen: "5.0440.000123.4".to_owned(),
    }
}

/// Ordered on 2026-05-04: 30 000.00 over two measures.
fn abruf() -> Mittelabruf {
    let stelle = |nr: u128, cent| Abrufstelle {
        massnahme_id: id(nr),
        massnahme_nr: format!("M{nr:02}"),
        teilbudget: "ALLGEMEIN".to_owned(),
        angefordert: Angefordert(euro(cent)),
        festgestellt: Some(Festgestellt(euro(cent))),
        ausgezahlt: Ausgezahlt::default(),
    };
    let am = tag(2026, 5, 4);
    Mittelabruf {
        id: id(100),
        bescheid_id: id(200),
        antrag_id: id(300),
        aktenzeichen: "RPKS-57-AQB-2026-06440-001".to_owned(),
        jahrgang: 2026,
        kreisschluessel: "06440".to_owned(),
        abruf_nr: Some(3),
        status: MittelabrufStatus::Angeordnet,
        inhalt: Mittelabrufinhalt {
            haushaltsjahr: 2026,
            auszahlung_am: am,
            positionen: Vec::new(),
            bedarf: Vec::new(),
            bisher_verausgabt: Euro::NULL,
            eigenmittel_eingesetzt: Euro::NULL,
            iban: konto().iban,
        },
        stellen: vec![stelle(1, 2_000_001), stelle(2, 999_999)],
        erstellt_von: "gk-1".to_owned(),
        eingereicht_am: Some(am),
        eingereicht_von: Some("gk-1".to_owned()),
        feststellung: Some(Feststellung {
            am,
            von: "rp-1".to_owned(),
            bedarfsrechnung: Bedarfsrechnung {
                fenster_von: am,
                fenster_bis: tag(2026, 7, 4),
                bedarf_gesamt: euro(3_000_000),
                abzuege: Vec::new(),
                gedeckt: euro(3_000_000),
                angefordert: euro(3_000_000),
                zahlbar: euro(3_000_000),
            },
            begruendung: None,
        }),
        anordnung: Some(Anordnung { am, von: "rp-2".to_owned(), bankverbindung: konto(), bankverbindung_seit: None }),
        geldbewegungen: Vec::new(),
        ende: None,
    }
}

fn lage(abruf: Mittelabruf) -> Abruflage {
    let konto = Zahlkonto { bankverbindung: konto(), seit: None, aenderung_beantragt: None };
    Abruflage { abruf, zahlung: None, konto, sperren: Vec::new(), gescheitert: Vec::new() }
}

fn anlegen(lage: Abruflage, am: NaiveDate, heute: NaiveDate) -> Result<Laufergebnis, Vec<Befund>> {
    let platz = Zahlungsplatz { id: id(1), end_to_end_id: end_to_end_id(2026, "06440", 3), lage };
    let kennung = (id(9), laufkennung(2026, 7));
    zahlungslauf_anlegen(kennung, am, (&[platz], Vec::new()), &rp(1), heute).map(|e| e.zustand)
}

fn treasury() -> Auftraggeberkonto {
    Auftraggeberkonto { name: "Land Hessen".into(), iban: "DE02120300000000202051".into(), bic: None }
}

fn ohne() -> Zahlungslauffreigabe {
    Zahlungslauffreigabe::default()
}

fn uebergib(
    lauf: &Zahlungslauf,
    mit: &[(Zahlung, Abruflage)],
    uebergeben_am: Option<NaiveDate>,
    heute: NaiveDate,
) -> Result<Laufergebnis, Vec<Befund>> {
    let eingabe = Zahlungslaufuebergabe { uebergeben_am };
    lauf.uebergeben(mit, "0".repeat(64), &eingabe, &rp(1), heute).map(|e| e.zustand)
}

/// By hand, on the legal day `heute`, of a run that was released on 2026-05-04.
fn von_hand(heute: NaiveDate) -> Meldelage<'static> {
    let freigegeben_am = Some(tag(2026, 5, 4));
    Meldelage { konto: None, freigegeben_am, heute, person: "rp-1", rueckmeldung_id: None }
}

/// A payment of 30 000.00, handed over on 2026-05-04.
fn uebergeben() -> (Zahlungslauf, Zahlung) {
    let heute = tag(2026, 5, 4);
    let r = anlegen(lage(abruf()), heute, heute).unwrap();
    let mit = [(r.zahlungen[0].clone(), lage(abruf()))];
    let konto = treasury();
    let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: Some(&konto) };
    let lauf = r.lauf.freigeben(fakten, &ohne(), &rp(2), crate::zeit::tagesbeginn(heute)).unwrap().zustand;
    let e = uebergib(&lauf, &mit, None, heute).unwrap();
    (e.lauf, e.zahlungen.into_iter().next().unwrap())
}

fn codes(befunde: &[Befund]) -> Vec<&'static str> {
    befunde.iter().map(|b| b.regel.kurzname).collect()
}

/// EPC 217-08 (SEPA character set) and the German way to write umlauts.
#[test]
fn zeichensatz_sepa() {
    for (text, soll) in [
        ("Kreisausschuß Bad Schwalbach", "Kreisausschuss Bad Schwalbach"),
        ("Ärzte, Öl & Übermut", "Aerzte, Oel + Uebermut"),
        ("a\u{308}o\u{308}u\u{308}", "aeoeue"),
        ("Łódź Ångström Çelebi Señor", "Lodz Angstroem Celebi Senor"),
        ("Ærø Œuvre Þór Ðuro ıspanak", "Aero Oeuvre Thor Duro ispanak"),
        ("ﬁnal ½ №5", "final 1.2 No5"),
        ("a\r\n\tb   c ", "a b c"),
        ("50 € – „gut“", "50 EUR - 'gut'"),
        ("Київ 漢字 😀", ".... .. ."),
        ("a@b#c_d*e{f}", "a.b.c.d.e.f."),
        ("/-?:().,'+", "/-?:().,'+"),
        ("", ""),
    ] {
        assert_eq!(sepa(text, 140), soll, "{text}");
    }
    assert_eq!(sepa("Straße", 6), "Strass");
    assert_eq!(sepa("ab cd", 3), "ab", "no blank at the end");
}

#[test]
fn namen_und_zweck_passen_in_die_datei() {
    assert_eq!(end_to_end_id(2026, "06440", 3), "AQB26-06440-A0003", "dossier 7.2");
    assert_eq!(end_to_end_id(2099, "06999", 123_456_789), "AQB99-06999-A123456789");
    assert!(end_to_end_id(2099, "06999", i64::MAX).len() <= IDENTIFIKATION);
    assert_eq!(laufkennung(2026, 7), "AQB2026-L0007");
    let mut a = Zahlungsauftrag::aus(&abruf()).unwrap().unwrap();
    let zweck = "5.0440.000123.4, AQB 2026, Mittelabruf 3, Az. RPKS-57-AQB-2026-06440-001";
    assert_eq!(verwendungszweck(&a), zweck);
    a.bankverbindung.kassenzeichen = "ß".repeat(80);
    assert_eq!(verwendungszweck(&a).len(), VERWENDUNGSZWECK);
}

/// Closing days of TARGET: long-term calendar of the ECB. Easter 2026 is 5 April; Fronleichnam is no closing day.
#[test]
fn geschaeftstage_target() {
    for (m, t, offen) in [
        (1, 1, false),
        (4, 2, true),
        (4, 3, false),
        (4, 6, false),
        (5, 1, false),
        (5, 14, true),
        (6, 4, true),
        (9, 12, false),
        (9, 13, false),
        (9, 14, true),
        (12, 24, true),
        (12, 25, false),
        (12, 26, false),
    ] {
        assert_eq!(ist_banktag(tag(2026, m, t)), offen, "2026-{m}-{t}");
    }
}

#[test]
fn zustaende() {
    use ZahlungslaufStatus as L;
    // the last result closes a run, so no act of the table leads there
    let durch_akt = [L::Entwurf, L::Freigegeben, L::Uebergeben, L::Verworfen];
    pruefe_tabelle(LAUF_UEBERGAENGE, &durch_akt, &[L::Verworfen], L::Entwurf);
    use ZahlungStatus as S;
    let erledigt: Vec<_> = S::ALLE.iter().copied().filter(|s| s.erledigt()).collect();
    assert_eq!(erledigt, [S::Ausgefuehrt, S::Zurueckgegeben, S::Abgelehnt, S::Entfallen]);
}

/// Dossier S23 (waiting account), 7.2 (execution day), S15 (Haushaltsjahr), features row 53 (one payment).
#[test]
fn was_gegen_eine_zahlung_spricht() {
    let heute = tag(2026, 5, 4);
    type Aendere = fn(&mut Abruflage);
    let faelle: [(&str, Aendere, NaiveDate, &[&str]); 9] = [
        ("all right", |_| (), tag(2026, 5, 5), &[]),
        ("Saturday", |_| (), tag(2026, 5, 9), &["AUSFUEHRUNGSTAG_UNZULAESSIG"]),
        ("yesterday", |_| (), tag(2026, 5, 3), &["AUSFUEHRUNGSTAG_UNZULAESSIG"]),
        ("next year", |_| (), tag(2027, 1, 4), &["ZAHLUNG_HAUSHALTSJAHR"]),
        ("not ordered", |l| l.abruf.status = MittelabrufStatus::Geprueft, heute, &["ABRUF_NICHT_ANGEORDNET"]),
        ("paid", |l| l.abruf.status = MittelabrufStatus::Ausgezahlt, heute, &["ABRUF_NICHT_ANGEORDNET"]),
        ("in payment", |l| l.zahlung = Some("AQB26-06440-A0001".into()), heute, &["ABRUF_SCHON_IN_ZAHLUNG"]),
        ("another account", |l| l.konto.bankverbindung.iban = "DE1".into(), heute, &["ANORDNUNG_GEAENDERT"]),
        ("waiting account", |l| l.konto.seit = Some(tag(2026, 5, 5)), heute, &["BANKVERBINDUNG_WARTEZEIT"]),
    ];
    for (name, aendere, am, soll) in faelle {
        let mut l = lage(abruf());
        aendere(&mut l);
        let ist = anlegen(l, am, heute).map_or_else(|b| codes(&b), |_| Vec::new());
        assert_eq!(ist, soll, "{name}");
    }
    let leer = zahlungslauf_anlegen((id(9), laufkennung(2026, 1)), heute, (&[], Vec::new()), &rp(1), heute);
    assert_eq!(leer.map_or_else(|b| codes(&b), |_| Vec::new()), ["LAUF_LEER"]);
    let (genommen, hinweise) = waehle(
        vec![lage(abruf()), Abruflage { zahlung: Some("AQB26-06440-A0001".into()), ..lage(abruf()) }],
        heute,
        heute,
    );
    assert_eq!((genommen.len(), codes(&hinweise)), (1, vec!["ABRUF_SCHON_IN_ZAHLUNG"]));
    assert!(!hinweise.iter().any(Befund::blockiert));
}

/// VV to § 44 LHO, no. 7.1 and dossier S22: what keeps a case from being paid keeps its call out of the run, stops the
/// release and the handing over, and says which call it is.
#[test]
fn ruhende_faelle_werden_nicht_gezahlt() {
    let heute = tag(2026, 5, 4);
    let ruht = |regel: &'static crate::regel::Regel| Abruflage {
        sperren: vec![Befund::neu(regel).ort("/bescheid_id")],
        ..lage(abruf())
    };
    let gut = anlegen(lage(abruf()), heute, heute).unwrap();
    let k = treasury();
    let mit = [(gut.zahlungen[0].clone(), lage(abruf()))];
    let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: Some(&k) };
    let freigegeben = gut.lauf.freigeben(fakten, &ohne(), &rp(2), crate::zeit::tagesbeginn(heute)).unwrap().zustand;
    for regel in [&crate::regel::NACHWEIS_UEBERFAELLIG, &crate::regel::BESCHEID_NICHT_BESTANDSKRAEFTIG] {
        let soll = [regel.kurzname];
        let b = anlegen(ruht(regel), heute, heute).unwrap_err();
        assert_eq!((codes(&b).as_slice(), b[0].ort.as_deref()), (soll.as_slice(), None));
        let name = "Mittelabruf RPKS-57-AQB-2026-06440-001 / 3: ";
        assert!(b[0].text(crate::regel::Sprache::De).starts_with(name), "{}", b[0].text(crate::regel::Sprache::De));
        let (genommen, hinweise) = waehle(vec![ruht(regel)], heute, heute);
        assert_eq!((genommen.len(), codes(&hinweise).as_slice()), (0, soll.as_slice()));
        let kennung = (id(9), laufkennung(2026, 1));
        let leer = zahlungslauf_anlegen(kennung, heute, (&[], hinweise), &rp(1), heute).unwrap_err();
        assert_eq!(codes(&leer), ["LAUF_LEER", regel.kurzname], "the refusal says what waits");
        assert_eq!(leer.iter().filter(|b| b.blockiert()).count(), 1);
        let mit = [(gut.zahlungen[0].clone(), ruht(regel))];
        let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: Some(&k) };
        let frei = gut.lauf.freigeben(fakten, &ohne(), &rp(2), crate::zeit::tagesbeginn(heute));
        assert_eq!(frei.map_or_else(|b| codes(&b), |_| vec![]), soll);
        assert_eq!(uebergib(&freigegeben, &mit, None, heute).map_or_else(|b| codes(&b), |_| vec![]), soll);
        assert_eq!(freigegeben.pruefe_datei(&mit, heute).map_or_else(|b| codes(&b), |_| vec![]), soll);
        let akte = freigegeben.aktionen(fakten, &rp(1), heute);
        let erlaubt: Vec<_> = akte.iter().filter(|a| a.erlaubt()).map(|a| a.akt).collect();
        assert_eq!(erlaubt, [VERWERFUNG], "only stopping it is left");
    }
}

/// Dossier S23 and § 45 LHO: what was released is asked once more when it leaves the house, and can be stopped.
#[test]
fn was_gegen_die_uebergabe_spricht() {
    let heute = tag(2026, 5, 4);
    let r = anlegen(lage(abruf()), tag(2026, 5, 6), heute).unwrap();
    let k = treasury();
    let mit = |l: Abruflage| [(r.zahlungen[0].clone(), l)];
    let gut = mit(lage(abruf()));
    let fakten = Freigabefakten { zahlungen: &gut, auftraggeber: Some(&k) };
    let lauf = r.lauf.freigeben(fakten, &ohne(), &rp(2), crate::zeit::tagesbeginn(heute)).unwrap().zustand;
    let fehler = |l: Abruflage, am, heute| uebergib(&lauf, &mit(l), am, heute).map_or_else(|b| codes(&b), |_| vec![]);
    let mut offen = lage(abruf());
    offen.konto.aenderung_beantragt = Some(heute);
    let mut anders = lage(abruf());
    anders.konto.bankverbindung.iban = "DE1".into();
    let mut zurueck = lage(abruf());
    zurueck.abruf.status = MittelabrufStatus::Geprueft;
    let gut = || lage(abruf());
    for (name, l, am, heute, soll) in [
        ("as released", gut(), None, tag(2026, 5, 6), vec![]),
        ("a day late", gut(), None, tag(2026, 5, 7), vec!["AUSFUEHRUNGSTAG_VERSTRICHEN"]),
        ("the year after", gut(), None, tag(2027, 1, 11), vec!["AUSFUEHRUNGSTAG_VERSTRICHEN"]),
        ("recorded late", gut(), Some(tag(2026, 5, 6)), tag(2026, 5, 7), vec![]),
        ("before the release", gut(), Some(tag(2026, 5, 3)), heute, vec!["UEBERGABETAG_UNZULAESSIG"]),
        ("tomorrow", gut(), Some(tag(2026, 5, 5)), heute, vec!["UEBERGABETAG_UNZULAESSIG"]),
        ("account asked for", offen, None, heute, vec!["BANKVERBINDUNG_OFFEN"]),
        ("another account", anders, None, heute, vec!["ANORDNUNG_GEAENDERT"]),
        ("order taken back", zurueck, None, heute, vec!["ANORDNUNG_GEAENDERT"]),
    ] {
        assert_eq!(fehler(l, am, heute), soll, "{name}");
    }
    let grund = Handlungsgrund { grund: "Konto geändert".into() };
    let weg = lauf.verwerfen(&r.zahlungen, &grund, &rp(2)).unwrap().zustand;
    assert_eq!((weg.lauf.status, weg.zahlungen[0].status), (ZahlungslaufStatus::Verworfen, ZahlungStatus::Entfallen));
    assert_eq!(weg.lauf.pruefe_datei(&[], heute).map_or_else(|b| codes(&b), |_| vec![]), ["STATUS_UNZULAESSIG"]);
    let (draussen, _) = uebergeben();
    assert!(draussen.verwerfen(&r.zahlungen, &grund, &rp(1)).is_err(), "what left the house cannot be stopped here");
    assert!(draussen.pruefe_datei(&mit(lage(abruf())), tag(2027, 1, 11)).is_ok(), "what left can be read for ever");
}

/// § 70 LHO, one order and one payment: who releases learns that the call was paid before, and who said it failed.
#[test]
fn zweite_zahlung_wird_bestaetigt() {
    let heute = tag(2026, 5, 8);
    let (_, z) = uebergeben();
    let lage_mit = |art, cent, l: Meldelage<'_>| {
        let (gescheitert, _) = z.melde(&meldung(art, cent, tag(2026, 5, 5)), l).unwrap();
        Abruflage { gescheitert: vec![gescheitert], ..lage(abruf()) }
    };
    let datei = Meldelage { rueckmeldung_id: Some(id(7)), ..von_hand(heute) };
    let (hand, quelle) = ("HAND".to_owned(), format!("/zahlungsrueckmeldungen/{}", id(7)));
    for (l, status, herkunft) in [
        (lage_mit(Zahlungsergebnisart::Abgelehnt, 3_000_000, von_hand(heute)), "ABGELEHNT", hand),
        (lage_mit(Zahlungsergebnisart::Zurueckgegeben, 3_000_000, datei), "ZURUECKGEGEBEN", quelle),
    ] {
        let kennung = (id(9), laufkennung(2026, 8));
        let platz = Zahlungsplatz { id: id(2), end_to_end_id: end_to_end_id(2026, "06440", 4), lage: l.clone() };
        let e = zahlungslauf_anlegen(kennung, heute, (&[platz], Vec::new()), &rp(1), heute).unwrap();
        assert_eq!(codes(&e.befunde), ["RUECKGABE_SELBES_KONTO"]);
        let r = e.zustand;
        let k = treasury();
        let mit = [(r.zahlungen[0].clone(), l)];
        let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: Some(&k) };
        let ruf = |e: &Zahlungslauffreigabe| r.lauf.freigeben(fakten, e, &rp(2), crate::zeit::tagesbeginn(heute));
        let b = ruf(&ohne()).unwrap_err();
        let alle = ["ZAHLUNG_ZUVOR_GESCHEITERT", "RUECKGABE_SELBES_KONTO", "WARNUNG_NICHT_BESTAETIGT"];
        assert_eq!(codes(&b), alle);
        let wert = |name: &str| b[0].gemessen.iter().find(|m| m.name == name).map(|m| m.wert.clone());
        let ist = ["frueher", "status", "am", "gemeldet_von", "herkunft"].map(|n| wert(n).unwrap());
        assert_eq!(ist, ["AQB26-06440-A0003", status, "2026-05-05", "rp-1", &herkunft].map(str::to_owned));
        let code = crate::regel::ZAHLUNG_ZUVOR_GESCHEITERT.code;
        let bestaetigt = crate::bestaetigung::Warnungsbestaetigung::neu(code, "Auszug vom 8. Mai gelesen.");
        let e = ruf(&Zahlungslauffreigabe { bestaetigte_warnungen: vec![bestaetigt] }).unwrap();
        assert_eq!(e.zustand.status, ZahlungslaufStatus::Freigegeben);
    }
}

#[test]
fn was_gegen_die_freigabe_spricht() {
    let heute = tag(2026, 5, 4);
    let lauf = anlegen(lage(abruf()), heute, heute).unwrap();
    let ruf = |l: Abruflage, konto: Option<&Auftraggeberkonto>, wer: u8, am: NaiveDate| {
        let mit = [(lauf.zahlungen[0].clone(), l)];
        let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: konto };
        let e = lauf.lauf.freigeben(fakten, &ohne(), &rp(wer), crate::zeit::tagesbeginn(am));
        e.map_or_else(|b| codes(&b), |e| codes(&e.befunde))
    };
    let k = treasury();
    assert_eq!(ruf(lage(abruf()), Some(&k), 2, heute), Vec::<&str>::new());
    assert_eq!(ruf(lage(abruf()), Some(&k), 1, heute), ["VIER_AUGEN"]);
    assert_eq!(ruf(lage(abruf()), None, 2, heute), ["AUFTRAGGEBERKONTO_FEHLT"]);
    assert_eq!(ruf(lage(abruf()), Some(&k), 2, tag(2026, 5, 5)), ["AUSFUEHRUNGSTAG_UNZULAESSIG"]);
    let mut anders = lage(abruf());
    anders.abruf.stellen[0].festgestellt = Some(Festgestellt(euro(1)));
    assert_eq!(ruf(anders, Some(&k), 2, heute), ["ANORDNUNG_GEAENDERT"]);
    let mut wartet = lage(abruf());
    wartet.konto.aenderung_beantragt = Some(heute);
    assert_eq!(ruf(wartet, Some(&k), 2, heute), ["BANKVERBINDUNG_OFFEN"]);
}

/// Every later payment says that the account took another's place; nothing blocks it after the waiting time.
#[test]
fn geaendertes_konto_ist_sichtbar() {
    let heute = tag(2026, 5, 4);
    let mut l = lage(abruf());
    let seit = Some(tag(2026, 4, 30));
    l.konto.seit = seit;
    l.abruf.anordnung.as_mut().unwrap().bankverbindung_seit = seit;
    let r = anlegen(l.clone(), heute, heute).unwrap();
    assert_eq!(r.zahlungen[0].auftrag.bankverbindung_seit, seit);
    let mit = [(r.zahlungen[0].clone(), l)];
    let k = treasury();
    let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: Some(&k) };
    let e = r.lauf.freigeben(fakten, &ohne(), &rp(2), crate::zeit::tagesbeginn(heute)).unwrap();
    assert_eq!(codes(&e.befunde), ["ZAHLUNGSKONTO_GEAENDERT"]);
}

fn meldung(ergebnis: Zahlungsergebnisart, cent: i64, am: NaiveDate) -> Bankmeldung {
    Bankmeldung {
        bezug: Bezug::Zahlung("AQB26-06440-A0003".to_owned()),
        ergebnis: Some(ergebnis),
        betrag: Some(euro(cent)),
        waehrung: "EUR".to_owned(),
        am: Some(am),
        grund: Some("AC04".to_owned()),
        konto: None,
        zweifel: None,
    }
}

/// Dossier 7.2: the value date counts; features row 52: what does not fit is doubtful, never dropped.
#[test]
fn was_ein_ergebnis_bewirkt() {
    use Zahlungsergebnisart::{Abgelehnt, Ausgefuehrt, Teilweise, Zurueckgegeben};
    let heute = tag(2026, 5, 8);
    let (_, z) = uebergeben();
    let voll = 3_000_000;
    let m = |e, cent, t| meldung(e, cent, tag(2026, 5, t));
    let mit = |f: fn(&mut Bankmeldung)| {
        let mut m = m(Ausgefuehrt, voll, 5);
        f(&mut m);
        m
    };
    let kasse = treasury().iban;
    let einwand = |z: &Zahlung, m: &Bankmeldung| {
        z.melde(m, Meldelage { konto: Some(&kasse), ..von_hand(heute) }).map_err(|e| e.grund)
    };
    let befund = |z: &Zahlung, m: &Bankmeldung| {
        z.melde(m, Meldelage { konto: Some(&kasse), ..von_hand(heute) }).map_err(|e| e.befund.regel.kurzname)
    };
    for (name, m, soll) in [
        ("one cent less", m(Ausgefuehrt, voll - 1, 5), "ERGEBNIS_BETRAG"),
        ("one cent more", m(Ausgefuehrt, voll + 1, 5), "ERGEBNIS_BETRAG"),
        ("the whole as a part", m(Teilweise, voll, 5), "ERGEBNIS_BETRAG"),
        ("a part of nothing", m(Teilweise, 0, 5), "ERGEBNIS_BETRAG"),
        ("before the release", m(Ausgefuehrt, voll, 3), "ERGEBNIS_TAG"),
        ("tomorrow", m(Ausgefuehrt, voll, 9), "ERGEBNIS_TAG"),
        ("no day", mit(|m| m.am = None), "ERGEBNIS_TAG"),
        ("dollars", mit(|m| m.waehrung = "USD".into()), "ERGEBNIS_WAEHRUNG"),
        ("another account", mit(|m| m.konto = Some("DE1".into())), "ERGEBNIS_KONTO"),
        ("no account", mit(|m| m.zweifel = Some(Abgleichgrund::KontoFremd)), "ERGEBNIS_KONTO"),
        ("no return", mit(|m| m.zweifel = Some(Abgleichgrund::RueckgabeUnbelegt)), "ERGEBNIS_OHNE_RUECKGABEANGABE"),
        ("interim", mit(|m| m.ergebnis = None), "ERGEBNIS_ZWISCHENSTAND"),
    ] {
        assert_eq!(befund(&z, &m), Err(soll), "{name}");
    }
    let vorher = Zahlung { uebergeben_am: None, ..z.clone() };
    assert_eq!(befund(&vorher, &m(Ausgefuehrt, voll, 5)), Err("ZAHLUNG_NICHT_UEBERGEBEN"));

    let (ganz, w) = einwand(&z, &mit(|m| m.konto = Some(treasury().iban))).unwrap();
    let gebucht = Wertstellungsbetrag { betrag: euro(voll), am: tag(2026, 5, 5) };
    assert_eq!((ganz.status, w), (ZahlungStatus::Ausgefuehrt, Wirkung::Auszahlung(gebucht)));
    assert_eq!(einwand(&ganz, &m(Ausgefuehrt, voll, 5)), Err(Abgleichgrund::ErgebnisDoppelt));
    assert_eq!(einwand(&ganz, &m(Zurueckgegeben, voll, 4)), Err(Abgleichgrund::TagUnmoeglich), "before it was paid");
    let (zurueck, w) = einwand(&ganz, &m(Zurueckgegeben, voll, 7)).unwrap();
    let gebucht = Wertstellungsbetrag { betrag: euro(voll), am: tag(2026, 5, 7) };
    assert_eq!((zurueck.status, w), (ZahlungStatus::Zurueckgegeben, Wirkung::Rueckgabe(gebucht)));
    assert_eq!(zurueck.ausgezahlt(), Ok(Euro::NULL));
    assert_eq!(einwand(&zurueck, &m(Zurueckgegeben, voll, 7)), Err(Abgleichgrund::ErgebnisDoppelt));

    // a rejection of what was carried out contradicts; once more the same is only double
    assert_eq!(einwand(&ganz, &m(Abgelehnt, voll, 5)), Err(Abgleichgrund::ErgebnisWiderspruechlich));
    assert_eq!(einwand(&zurueck, &m(Ausgefuehrt, voll, 5)), Err(Abgleichgrund::ErgebnisDoppelt));
    assert_eq!(einwand(&zurueck, &m(Ausgefuehrt, voll, 8)), Err(Abgleichgrund::ErgebnisWiderspruechlich));

    let (teil, _) = einwand(&z, &m(Teilweise, 1_000_000, 5)).unwrap();
    for (name, m, soll) in [
        ("the same part", m(Teilweise, 1_000_000, 5), true),
        ("the same money as an execution", m(Ausgefuehrt, 1_000_000, 5), true),
        ("on another day", m(Teilweise, 1_000_000, 6), false),
        ("another amount", m(Teilweise, 1_000_001, 5), false),
        ("its refusal", m(Abgelehnt, 1_000_000, 5), false),
    ] {
        assert_eq!(teil.wiederholt(&m).map(|e| e.grund), soll.then_some(Abgleichgrund::ErgebnisDoppelt), "{name}");
    }
    assert_eq!(z.wiederholt(&m(Teilweise, 1_000_000, 5)), None, "the first one");
    assert_eq!((teil.status, teil.offen()), (ZahlungStatus::Teilweise, Ok(euro(2_000_000))));
    let (rest, _) = einwand(&teil, &m(Ausgefuehrt, 2_000_000, 6)).unwrap();
    assert_eq!((rest.status, rest.ausgezahlt()), (ZahlungStatus::Ausgefuehrt, Ok(euro(voll))));
    let (verweigert, w) = einwand(&teil, &m(Abgelehnt, 2_000_000, 6)).unwrap();
    assert_eq!(
        (verweigert.status, w, verweigert.ausgezahlt()),
        (ZahlungStatus::Abgelehnt, Wirkung::Keine, Ok(euro(1_000_000)))
    );
    let (doch, w) = einwand(&verweigert, &m(Zurueckgegeben, 1_000_000, 7)).unwrap();
    assert!(matches!(w, Wirkung::Rueckgabe(_)) && doch.status == ZahlungStatus::Zurueckgegeben);

    let (abgelehnt, w) =
        z.melde(&Bankmeldung { am: None, betrag: None, ..m(Abgelehnt, 0, 5) }, von_hand(heute)).unwrap();
    assert_eq!((abgelehnt.status, w), (ZahlungStatus::Abgelehnt, Wirkung::Keine));
    assert_eq!(einwand(&abgelehnt, &m(Ausgefuehrt, voll, 5)), Err(Abgleichgrund::ErgebnisWiderspruechlich));
    assert_eq!(abgelehnt.rueckgabe.map(|r| r.am), Some(heute));
}

/// § 45 LHO: the money belongs to the Haushaltsjahr of the order, whatever the day on which the bank moves it. A return
/// and a refusal undo the order in any year; an execution counts where the order left the house in its year. A late
/// entry of the handing over makes no true value date impossible.
#[test]
fn ergebnisse_ueber_den_jahreswechsel() {
    use Zahlungsergebnisart::{Abgelehnt, Ausgefuehrt, Zurueckgegeben};
    let heute = tag(2027, 1, 11);
    let (_, z) = uebergeben();
    let ganz = z.melde(&meldung(Ausgefuehrt, 3_000_000, tag(2026, 12, 30)), von_hand(heute)).unwrap().0;
    let zu_spaet = Zahlung { uebergeben_am: Some(tag(2027, 1, 4)), ..z.clone() };
    let nachgetragen = Zahlung { uebergeben_am: Some(tag(2026, 5, 6)), ..z.clone() };
    for (name, z, art, am, soll) in [
        ("refused in January", &z, Abgelehnt, tag(2027, 1, 4), Ok(ZahlungStatus::Abgelehnt)),
        ("the bank was late", &z, Ausgefuehrt, tag(2027, 1, 4), Ok(ZahlungStatus::Ausgefuehrt)),
        ("came back in January", &ganz, Zurueckgegeben, tag(2027, 1, 5), Ok(ZahlungStatus::Zurueckgegeben)),
        ("handed over in January", &zu_spaet, Ausgefuehrt, tag(2027, 1, 5), Err(Abgleichgrund::HaushaltsjahrFremd)),
        ("then refused", &zu_spaet, Abgelehnt, tag(2027, 1, 5), Ok(ZahlungStatus::Abgelehnt)),
        ("recorded two days late", &nachgetragen, Ausgefuehrt, tag(2026, 5, 5), Ok(ZahlungStatus::Ausgefuehrt)),
        ("before the release", &nachgetragen, Ausgefuehrt, tag(2026, 5, 3), Err(Abgleichgrund::TagUnmoeglich)),
    ] {
        let ist = z.melde(&meldung(art, 3_000_000, am), von_hand(heute)).map(|(z, _)| z.status).map_err(|e| e.grund);
        assert_eq!(ist, soll, "{name}");
    }
    let bezahlt = abruf().gutgeschrieben(&Geldbewegung {
        zahlung_id: z.id,
        wertstellung_am: tag(2026, 12, 30),
        betrag: euro(3_000_000),
    });
    let rueck = Geldbewegung { zahlung_id: z.id, wertstellung_am: tag(2027, 1, 5), betrag: euro(-3_000_000) };
    let e = bezahlt.unwrap().zustand.zurueckgekommen(&rueck).unwrap();
    let jahre: Vec<_> = e.buchungen[0].zeilen().iter().map(|z| z.konto.haushaltsjahr).collect();
    assert_eq!((e.buchungen[0].wirksam_am, jahre), (Some(tag(2027, 1, 5)), vec![2026; 4]));
}

#[test]
fn abgleich_in_drei_zustaenden() {
    let (_, z) = uebergeben();
    assert_eq!(
        (z.abgleich(), z.abgleichgruende()),
        (Some(Abgleichzustand::Fehlend), vec![Abgleichgrund::KeinErgebnis])
    );
    assert_eq!(Zahlung { uebergeben_am: None, ..z.clone() }.abgleich(), None, "nothing is missing yet");
    let (ganz, _) = z
        .melde(&meldung(Zahlungsergebnisart::Ausgefuehrt, 3_000_000, tag(2026, 5, 5)), von_hand(tag(2026, 5, 8)))
        .unwrap();
    assert_eq!((ganz.abgleich(), ganz.abgleichgruende()), (Some(Abgleichzustand::Abgeglichen), vec![]));
    let zweifel = Zweifel { rueckmeldung_id: id(5), nr: 1, grund: Abgleichgrund::ErgebnisDoppelt };
    let doppelt = Zahlung { zweifel: vec![zweifel.clone(), zweifel], ..ganz };
    assert_eq!(doppelt.abgleich(), Some(Abgleichzustand::Zweifelhaft));
    assert_eq!(doppelt.abgleichgruende(), [Abgleichgrund::ErgebnisDoppelt], "each reason once");
    let mut viele = doppelt.clone();
    (0..100).for_each(|nr| viele.bezweifle(Zweifel { nr, ..doppelt.zweifel[0].clone() }));
    assert_eq!((viele.zweifel.len(), viele.weitere_zweifel), (ZWEIFEL_HOECHSTENS, 82), "a record stays small");
    let grund = Handlungsgrund { grund: "Bank hat den Auszug doppelt gesendet".into() };
    let klar = viele.klaeren(&grund, &rp(1)).unwrap().zustand;
    assert_eq!((klar.zweifel.len(), klar.weitere_zweifel), (0, 0));
    let klar = doppelt.klaeren(&grund, &rp(1)).unwrap().zustand;
    assert_eq!(klar.abgleich(), Some(Abgleichzustand::Abgeglichen));
    assert_eq!(klar.klaeren(&grund, &rp(1)).map_or_else(|b| codes(&b), |_| vec![]), ["ZAHLUNG_OHNE_ZWEIFEL"]);
}

/// Every reason for which a line is not booked has a finding that survives being kept.
#[test]
fn befunde_lassen_sich_ablegen() {
    use crate::befund::Befundablage;
    for grund in Abgleichgrund::ALLE.iter().filter(|g| g.regel().is_some()) {
        let e = Einwand::neu(*grund, |b| b.gemessen("zahlung", "AQB26-06440-A0003", crate::befund::Einheit::Code));
        let text = serde_json::to_string(&Befundablage::from(&e.befund)).unwrap();
        let zurueck: Befundablage = serde_json::from_str(&text).unwrap();
        assert_eq!(zurueck.befund(), Some(e.befund), "{grund}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    /// Whatever the bank reports in whatever order: payment and Mittelabruf agree to the cent, nothing is ever paid
    /// twice, and at most one payment stands for the Mittelabruf.
    #[test]
    fn beliebige_ergebnisse_bleiben_stimmig(folge in proptest::collection::vec((0u8..5, 0i64..4_000_000, 1u32..9, 0usize..3), 0..40)) {
        let heute = tag(2026, 5, 8);
        let mut abruf = abruf();
        let (_, vorlage) = uebergeben();
        let mut zahlungen = vec![vorlage.clone()];
        let (mut gebucht, mut nr) = (Euro::NULL, 3);
        for (was, cent, t, zurueck) in folge {
            // mostly the last one; what was settled before may still come back
            let i = zahlungen.len() - 1 - zurueck.min(zahlungen.len() - 1);
            let laufend = zahlungen[i].clone();
            if was == 4 {
                // a new run, where the order still has something open and no payment stands for it
                let wartet = zahlungen.iter().any(|z| z.status.erwartet());
                if let (false, Some(auftrag)) = (wartet, Zahlungsauftrag::aus(&abruf).unwrap()) {
                    nr += 1;
                    let name = end_to_end_id(2026, "06440", nr);
                    zahlungen.push(Zahlung { id: id(u128::from(nr.unsigned_abs())), end_to_end_id: name, auftrag, ..vorlage.clone() });
                }
                continue;
            }
            let art = Zahlungsergebnisart::ALLE[usize::from(was)];
            // every other time the amount that would be right
            let soll = if art == Zahlungsergebnisart::Zurueckgegeben { laufend.ausgezahlt() } else { laufend.offen() };
            let cent = if cent % 2 == 0 { soll.unwrap().cent() } else { cent };
            let Ok((neu, wirkung)) = laufend.melde(&meldung(art, cent, tag(2026, 5, t)), von_hand(heute)) else { continue };
            let bewegung = |w: Wertstellungsbetrag, b| Geldbewegung { zahlung_id: neu.id, wertstellung_am: w.am, betrag: b };
            let e = match wirkung {
                Wirkung::Auszahlung(w) => Some(abruf.gutgeschrieben(&bewegung(w, w.betrag)).map_err(|b| TestCaseError::fail(format!("{b:?}")))?),
                Wirkung::Rueckgabe(w) => Some(abruf.zurueckgekommen(&bewegung(w, w.betrag.negativ())).map_err(|b| TestCaseError::fail(format!("{b:?}")))?),
                Wirkung::Keine => None,
            };
            if let Some(e) = e {
                prop_assert!(e.buchungen.iter().all(|b| b.summe() == Ok(Euro::NULL) && b.wirksam_am.is_some()));
                abruf = e.zustand;
            }
            zahlungen[i] = neu;
            gebucht = Euro::summe(zahlungen.iter().map(|z| z.ausgezahlt().unwrap())).unwrap();
            prop_assert_eq!(abruf.ausgezahlt().unwrap().0, gebucht);
            prop_assert!(gebucht <= euro(3_000_000));
            prop_assert_eq!(abruf.status == MittelabrufStatus::Ausgezahlt, gebucht == euro(3_000_000));
        }
        prop_assert!(zahlungen.iter().filter(|z| z.status.erwartet()).count() <= 1);
        // nothing is stuck: what is open is awaited or can be paid anew
        let offen = abruf.offen().unwrap();
        prop_assert_eq!(offen.ist_positiv(), Zahlungsauftrag::aus(&abruf).unwrap().is_some());
        let bewegt = Euro::summe(abruf.geldbewegungen.iter().map(|g| g.betrag)).unwrap();
        prop_assert_eq!(bewegt, gebucht);
    }
}
