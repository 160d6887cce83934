//! Rules of a line and of a list.

use super::*;

/// Rules of dossier 3.13, each just broken.
#[test]
fn abschnitt_3_13_regeln_je_zeile() {
    type Fall = (&'static str, fn(&mut Beleginhalt), &'static [&'static str]);
    let faelle: &[Fall] = &[
        ("gut", |_| {}, &[]),
        ("Maßnahme unbekannt", |b| b.massnahme_nr = "M09".into(), &["BELEG_MASSNAHME_UNBEKANNT"]),
        ("Position nicht im Plan", |b| b.position = "SACHKOSTEN".into(), &["BELEG_POSITION_NICHT_IM_PLAN"]),
        ("fremdes Teilbudget", |b| b.teilbudget = "FLUCHT".into(), &["BELEG_TEILBUDGET_FREMD"]),
        ("Auftrag am ersten Tag", |b| b.auftragsdatum = Some(tag(2026, 1, 1)), &[]),
        ("Auftrag zu früh", |b| b.auftragsdatum = Some(tag(2025, 12, 31)), &["AUFTRAG_VOR_BEGINN"]),
        ("Leistung ab erstem Tag", |b| b.leistung_von = Some(tag(2026, 2, 1)), &[]),
        ("Leistung zu früh", |b| b.leistung_von = Some(tag(2026, 1, 31)), &["LEISTUNG_AUSSERHALB_ZEITRAUM"]),
        (
            "nur das Ende genannt, zu spät",
            |b| {
                b.leistung_von = None;
                b.leistung_bis = Some(tag(2028, 1, 1));
            },
            &["LEISTUNG_AUSSERHALB_ZEITRAUM"],
        ),
        ("Leistung verdreht", |b| b.leistung_von = Some(tag(2026, 4, 1)), &["LEISTUNG_UNGEORDNET"]),
        ("letzter Tag des Nachlaufs", |b| b.zahlungsdatum = tag(2028, 2, 29), &[]),
        ("ein Tag nach dem Nachlauf", |b| b.zahlungsdatum = tag(2028, 3, 1), &["ZAHLUNG_AUSSERHALB_ZEITRAUM"]),
        ("vor dem Zeitraum gezahlt", |b| b.zahlungsdatum = tag(2026, 1, 31), &["ZAHLUNG_AUSSERHALB_ZEITRAUM"]),
        (
            "Zahlung in der Zukunft",
            |b| b.zahlungsdatum = tag(2028, 6, 2),
            &["DATUM_IN_ZUKUNFT", "ZAHLUNG_AUSSERHALB_ZEITRAUM"],
        ),
        (
            "ein Cent zu viel gezahlt",
            |b| {
                b.gezahlter_betrag = euro("5000.00");
                b.beantragt = euro("5000.00");
            },
            &["GEZAHLT_UEBER_RECHNUNG"],
        ),
        ("Skonto angeboten, nicht genutzt", |b| b.skonto_rabatt = euro("0.01"), &["GEZAHLT_UEBER_RECHNUNG"]),
        (
            "Skonto genutzt",
            |b| {
                b.skonto_rabatt = euro("99.99");
                b.gezahlter_betrag = euro("4900.00");
                b.beantragt = euro("4900.00");
            },
            &[],
        ),
        (
            "beantragt ohne USt",
            |b| {
                b.nicht_foerderfaehig_ust = euro("798.32");
                b.beantragt = euro("4201.67");
            },
            &[],
        ),
        (
            "beantragt ein Cent daneben",
            |b| {
                b.nicht_foerderfaehig_ust = euro("798.32");
                b.beantragt = euro("4201.68");
            },
            &["BEANTRAGT_FALSCH"],
        ),
        (
            "mehr nicht förderfähig als gezahlt",
            |b| {
                b.nicht_foerderfaehig_sonst = euro("5000.00");
                b.beantragt = Euro::NULL;
            },
            &["BEANTRAGT_FALSCH"],
        ),
        (
            "negative Ausgabe",
            |b| {
                b.gezahlter_betrag = euro("-1.00");
            },
            &["BELEG_VORZEICHEN"],
        ),
        ("negatives Skonto", |b| b.skonto_rabatt = euro("-0.01"), &["BELEG_VORZEICHEN"]),
        (
            "Rechnung über nichts",
            |b| {
                b.rechnungsbetrag_brutto = Euro::NULL;
                b.gezahlter_betrag = Euro::NULL;
                b.beantragt = Euro::NULL;
            },
            &["BELEG_BETRAG_NULL"],
        ),
        (
            "Gutschrift ohne storno_von",
            |b| gutschrift(b, None),
            &["BELEG_VORZEICHEN", "BELEG_VORZEICHEN", "BELEG_VORZEICHEN"],
        ),
        ("Gutschrift", |b| gutschrift(b, Some("2026-0400")), &[]),
        (
            "Gutschrift mit USt",
            |b| {
                gutschrift(b, Some("2026-0400"));
                b.nicht_foerderfaehig_ust = euro("19.00");
                b.beantragt = euro("-81.00");
            },
            &[],
        ),
        (
            "Gutschrift mit positivem Teil",
            |b| {
                gutschrift(b, Some("2026-0400"));
                b.beantragt = euro("100.00");
            },
            &["BELEG_VORZEICHEN"],
        ),
        ("Einnahme", |b| b.art = Belegart::Einnahme, &[]),
        ("Name einer Person", |b| b.rechnungsaussteller = "Frau Beispiel".into(), &["BELEG_NATUERLICHE_PERSON"]),
        ("Firma, die so ähnlich heißt", |b| b.rechnungsaussteller = "Frauenhaus e. V.".into(), &[]),
    ];
    for (fall, aendere, soll) in faelle {
        let mut i = miete();
        aendere(&mut i);
        assert_eq!(namen(&i.pruefe(&fakten("06440", None))), *soll, "{fall}");
    }
}

fn gutschrift(b: &mut Beleginhalt, storno: Option<&str>) {
    b.art = Belegart::Gutschrift;
    b.storno_von = storno.map(str::to_owned);
    for feld in [&mut b.rechnungsbetrag_brutto, &mut b.gezahlter_betrag, &mut b.beantragt] {
        *feld = euro("-100.00");
    }
}

#[test]
fn traeger_schreiben_nur_ueber_eigene_massnahmen() {
    let (t1, t2) = (Uuid::from_u128(0xa1), Uuid::from_u128(0xa2));
    let f = fakten("06440", Some(t1));
    let versuch = |a: &Akteur| Beleg::entwerfen(Uuid::nil(), 1, miete(), &f, a);
    assert!(versuch(&wer(Rolle::Traeger, None, Some(t1))).is_ok());
    let fremd = versuch(&wer(Rolle::Traeger, None, Some(t2))).unwrap_err();
    assert_eq!(namen(&fremd), ["BELEG_MASSNAHME_FREMD"]);
    let anderer_kreis = wer(Rolle::Gebietskoerperschaft, Some("06411"), None);
    assert_eq!(namen(&beschreibbar(&f.kette, &anderer_kreis).unwrap_err()), ["FREMDER_VORGANG"]);
}

#[test]
fn nummern_ohne_luecke() {
    for (anzahl, von, bis, gut) in
        [(0, None, None, true), (3, Some(1), Some(3), true), (3, Some(1), Some(4), false), (3, Some(2), Some(4), false)]
    {
        assert_eq!(pruefe_nummern(anzahl, von, bis).is_none(), gut, "{anzahl} {von:?} {bis:?}");
    }
}

/// The server numbers the list; only a deletion leaves a gap.
#[test]
fn abschnitt_3_13_laufende_nummern() {
    for (name, nummern, soll) in [
        ("empty", (0, None, None), None),
        ("one", (1, Some(1), Some(1)), None),
        ("three", (3, Some(1), Some(3)), None),
        ("one of four is gone", (3, Some(1), Some(4)), Some("LFD_NR_LUECKE")),
        ("the first is gone", (2, Some(2), Some(3)), Some("LFD_NR_LUECKE")),
    ] {
        let b = pruefe_nummern(nummern.0, nummern.1, nummern.2);
        assert_eq!(b.map(|b| b.regel.kurzname), soll, "{name}");
    }
}

/// Without a grant there is no period to judge a Beleg by.
#[test]
fn ohne_bescheid_kein_beleg() {
    let (antrag, kette) = (crate::antrag::muster::antrag(), fakten("06440", None).kette);
    let r = Belegfakten::neu(kette, &antrag, None, &crate::regelwerk::he_alt(), (None, tag(2028, 6, 1)));
    assert_eq!(r.unwrap_err().regel.kurzname, "BELEG_OHNE_BESCHEID");
}

/// Sums over several lists of a case stay within the range of amounts: one list takes a hundredth of it. Computed.
#[test]
fn listensumme_bleibt_im_rechenbereich() {
    for (bisher, gezahlt, soll) in [
        ("0.00", "4999.99", vec![]),
        ("9999995000.00", "4999.99", vec![]),
        ("9999995000.01", "4999.99", vec!["BELEGLISTE_SUMME"]),
        ("9999995000.00", "-5000.00", vec!["BELEGLISTE_SUMME"]),
        ("999999999999.99", "4999.99", vec!["BELEGLISTE_SUMME"]),
    ] {
        let i = Beleginhalt { gezahlter_betrag: euro(gezahlt), ..miete() };
        let u = Belegumfeld { liste: euro(bisher), storno_bekannt: true, ..Belegumfeld::default() };
        assert_eq!(namen(&i.pruefe_umfeld(&u)), soll, "{bisher} {gezahlt}");
    }
}

/// Dossier 3.13: one invoice, one number, one measure and position, paid in two parts. What is the same in all of that is
/// the same line.
#[test]
fn abschnitt_3_13_teile_einer_gruppe() {
    let f = fakten("06440", None);
    let teil = |betrag: &str, tag_der_zahlung: u32| {
        let i = Beleginhalt {
            split_gruppe: Some("MIETE-03".into()),
            gezahlter_betrag: euro(betrag),
            beantragt: euro(betrag),
            zahlungsdatum: tag(2026, 3, tag_der_zahlung),
            ..miete()
        };
        beleg(1, i, &f)
    };
    let erster = teil("2999.99", 10);
    for (fall, anderer, gleich) in [
        ("the same", teil("2999.99", 10), true),
        ("another amount", teil("2000.00", 10), false),
        ("another day", teil("2999.99", 11), false),
    ] {
        assert_eq!(erster.zeilenschluessel() == anderer.zeilenschluessel(), gleich, "{fall}");
        assert!(erster.ist_weiterer_teil(&anderer.zeilenschluessel()) != gleich, "{fall}");
    }
    let allein = beleg(2, miete(), &f);
    assert!(
        !allein.ist_weiterer_teil(&allein.zeilenschluessel()) && !erster.ist_weiterer_teil(&allein.zeilenschluessel())
    );
}

/// A Zwischennachweis holds its year of the grant; a payment may follow shortly.
#[test]
fn zwischennachweis_misst_an_seinem_jahr() {
    let f = Belegfakten {
        berichtszeitraum: Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 12, 31) },
        zahlbar_bis: tag(2027, 2, 28),
        ..fakten("06440", None)
    };
    assert_eq!((f.jahre(), fakten("06440", None).jahre()), ((2026, 2027), (2026, 2027)));
    for (name, leistung, zahlung, soll) in [
        ("within", tag(2026, 12, 31), tag(2027, 2, 28), vec![]),
        ("paid too late", tag(2026, 12, 31), tag(2027, 3, 1), vec!["ZAHLUNG_AUSSERHALB_ZEITRAUM"]),
        (
            "the next year",
            tag(2027, 3, 1),
            tag(2027, 3, 10),
            vec!["LEISTUNG_AUSSERHALB_ZEITRAUM", "ZAHLUNG_AUSSERHALB_ZEITRAUM"],
        ),
    ] {
        let i = Beleginhalt {
            leistung_von: Some(leistung),
            leistung_bis: Some(leistung),
            rechnungsdatum: leistung,
            zahlungsdatum: zahlung,
            ..miete()
        };
        assert_eq!(namen(&i.pruefe(&f)), soll, "{name}");
    }
}

/// A payment counts in its own year; sums of a year in which the period had not begun are explained.
#[test]
fn haushaltsjahr_vor_dem_berichtszeitraum() {
    let f = fakten("06440", None);
    let alt = Beleginhalt { zahlungsdatum: tag(2019, 3, 10), ..miete() };
    let summen = summiere([beleg(1, alt, &f), beleg(2, miete(), &f)].iter().map(Belegposten::from)).unwrap();
    let b = pruefe_haushaltsjahre(&summen, tag(2026, 2, 1));
    assert_eq!(namen(&b), ["HAUSHALTSJAHR_VOR_ZEITRAUM"]);
    assert_eq!(b.first().unwrap().gemessen.first().unwrap().wert, "2019");
    assert_eq!(pruefe_haushaltsjahre(&summen, tag(2019, 12, 31)), []);
}

/// Credit notes together take back no more of a Beleg than was paid of it. Paid, taken back by others, this one.
#[test]
fn gutschriften_uebersteigen_den_beleg_nicht() {
    for (gezahlt, andere, diese, soll) in [
        ("4999.99", "0.00", "-4999.99", vec![]),
        ("4999.99", "0.00", "-5000.00", vec!["GUTSCHRIFT_UEBER_BELEG"]),
        ("4999.99", "-100.00", "-4899.99", vec![]),
        ("4999.99", "-100.00", "-5000.00", vec!["GUTSCHRIFT_UEBER_BELEG"]),
        ("4999.99", "-5000.00", "100.00", vec![]),
    ] {
        let mut i = miete();
        gutschrift(&mut i, Some("DU-1"));
        i.gezahlter_betrag = euro(diese);
        let stand = Gutschriftstand { gezahlt: euro(gezahlt), andere: euro(andere) };
        let u = Belegumfeld { gutschrift: Some(stand), storno_bekannt: true, ..Belegumfeld::default() };
        assert_eq!(namen(&i.pruefe_umfeld(&u)), soll, "{gezahlt} {andere} {diese}");
        // an unknown Beleg is one finding, not two
        let u = Belegumfeld { gutschrift: Some(Gutschriftstand::default()), ..u };
        let unbekannt = Belegumfeld { storno_bekannt: false, ..u };
        assert_eq!(namen(&i.pruefe_umfeld(&unbekannt)), ["STORNO_UNBEKANNT"]);
    }
}
