use super::*;
use crate::aenderungsantrag::Zahlungsbewegung;
use crate::akt::Urteil;
use crate::antrag::muster;
use crate::bescheid::Bescheid;
use crate::bestaetigung::Warnungsbestaetigung;
use crate::regel::ZWISCHENZINS_TEILWEISE_FESTGESETZT;
use crate::weiterleitung::Verwendungsmeldung;

const FAELLE: &str = include_str!("../../../../tests/faelle/zwischenzinsbescheid.csv");

fn meldungen(s: &str) -> Vec<Verwendungsmeldung> {
    bewegungen(s).into_iter().map(|(am, betrag)| Verwendungsmeldung { am, betrag }).collect()
}

fn eingabe(ausgezahlt_am: &str, verwendungen: &str) -> Zwischenzinsbescheideingabe {
    Zwischenzinsbescheideingabe {
        massnahme_id: muster::antrag().massnahmen[0].massnahme.id,
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        ausgezahlt_am: d(ausgezahlt_am),
        verwendungen: meldungen(verwendungen),
        weiterleitung_id: None,
        bis: None,
        kenntnis_am: d("2026-09-01"),
        ermessen_begruendung: "Die Mittel lagen ungenutzt; Gründe, davon abzusehen, fehlen.".into(),
        verzoegerung_behoerde_tage: 0,
        verzoegerung_begruendung: None,
        bestaetigte_warnungen: Vec::new(),
    }
}

fn zahlungen(s: &str) -> Vec<Zahlungsbewegung> {
    let stelle = (muster::antrag().massnahmen[0].massnahme.id, "ALLGEMEIN".to_owned(), 2026);
    let bewegung = |(am, betrag): (NaiveDate, Euro)| {
        let vorgang = "Z1".to_owned();
        Zahlungsbewegung { stelle: stelle.clone(), vorgang, am, betrag }
    };
    bewegungen(s).into_iter().map(bewegung).collect()
}

/// Payments, and behind `|` what was repaid before a claim.
fn geteilt(s: &str) -> (Vec<Zahlungsbewegung>, Vec<Rueckzahlung>) {
    let (gezahlt, zurueck) = s.split_once('|').unwrap_or((s, ""));
    let rueckzahlung = |(nr, (wertstellung_am, betrag)): (u128, (NaiveDate, Euro))| Rueckzahlung {
        id: Uuid::from_u128(nr),
        antrag_id: muster::antrag().id,
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        massnahme_id: muster::antrag().massnahmen[0].massnahme.id,
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        betrag,
        angerechnet: Euro::NULL,
        wertstellung_am,
        referenz: "R".into(),
        erfasst_von: "kasse".into(),
        stornogrund: None,
        teilstorno: None,
    };
    (zahlungen(gezahlt), (1u128..).zip(bewegungen(zurueck)).map(rueckzahlung).collect())
}

/// What is drafted on `heute`, after the Bescheide `vorher`.
fn entwirf(
    z: &Zwischenzinsbescheideingabe,
    gezahlt: &str,
    gemeldet: Option<&[Verwendungsmeldung]>,
    (vorher, r, heute): (&[Bescheid], &Regelwerk, &str),
) -> Urteil<Bescheid> {
    mit_fakten(gezahlt, gemeldet, (vorher, r, heute), |f| z.entwerfen(Uuid::from_u128(77), f, &rp()))
}

fn mit_fakten<T>(
    gezahlt: &str,
    gemeldet: Option<&[Verwendungsmeldung]>,
    (vorher, r, heute): (&[Bescheid], &Regelwerk, &str),
    f: impl FnOnce(&Zwischenzinsfakten<'_>) -> T,
) -> T {
    let (geltend, antrag, reihe) = (bewilligung(), muster::antrag(), Basiszinsreihe::anfang());
    let (zahlungen, rueckzahlungen) = geteilt(gezahlt);
    let kette = Zinsbescheidfakten {
        angehoert: true,
        anhoerungen: Vec::new(),
        geltend: &geltend,
        vorgaenger: Some(geltend.kettenglied()),
        regelwerk: r,
        entwurf: None,
        reihe: &reihe,
        heute: d(heute),
        umfeld: Zinsumfeld::default(),
    };
    f(&Zwischenzinsfakten {
        antrag: &antrag,
        kette,
        bescheide: vorher,
        zahlungen: &zahlungen,
        rueckzahlungen: &rueckzahlungen,
        gemeldet,
    })
}

#[test]
fn jeder_bescheid_auf_den_cent() {
    alle(FAELLE, |f: &Fall| {
        let mut z = eingabe(f["ausgezahlt"], f["verwendungen"].strip_prefix("WL ").map_or(f["verwendungen"], |_| ""));
        let gemeldet = f["verwendungen"].strip_prefix("WL ").map(meldungen);
        z.weiterleitung_id = gemeldet.as_ref().map(|_| Uuid::from_u128(41));
        z.bis = f["bis"].parse().ok();
        z.kenntnis_am = d(f["kenntnis"]);
        let r = mit(&[("zinsbeginn_zwischenzins", f["beginn"])]);
        let b = match entwirf(&z, f["zahlungen"], gemeldet.as_deref(), (&[], &r, f["heute"])) {
            Ok(e) => e.zustand,
            Err(b) => return gleich("erwartet", f["erwartet"], b[0].regel.kurzname),
        };
        let zins = b.inhalt.zins.unwrap();
        gleich("erwartet", f["erwartet"], zins.festgesetzt)?;
        gleich("verjaehrt", f["verjaehrt"], zins.verjaehrt)?;
        let teile = zins.zwischenzins.unwrap().teile;
        let teile: Vec<String> =
            teile.iter().map(|t| format!("{} {}..{} {}", t.betrag, t.von, t.bis, t.zinsen)).collect();
        gleich("teile", f["teile"], teile.join(", "))
    });
}

/// S16 to its end: four eyes, postings to the interest accounts, a claim without a main claim.
#[test]
fn s16_wird_eine_forderung() {
    let r = he_alt();
    let lage = (&[][..], &r, "2026-09-15");
    let z = eingabe("2026-05-04", "2026-08-31 30000.00");
    let entwurf = entwirf(&z, "2026-05-04 30000.00", None, lage).unwrap().zustand;
    assert_eq!(kurz(&entwurf.freigeben(d("2026-09-15"), &rp()).unwrap_err()), ["VIER_AUGEN"]);
    let frei = entwurf.freigeben(d("2026-09-15"), &wer("rp-2", Rolle::Bewilligungsbehoerde)).unwrap();
    let konten: Vec<Kontoart> = frei.buchungen[0].zeilen().iter().map(|z| z.konto.art).collect();
    assert_eq!(konten, [Kontoart::ZinsFestgesetzt, Kontoart::ZinsGefordert]);
    let b = frei.zustand;
    let f = Forderung::aus_bescheid(Uuid::from_u128(5), "F".into(), &b, &r, d("2026-09-15")).unwrap().unwrap();
    assert_eq!((f.art, f.betrag, f.hauptforderung_id), (Forderungsart::Zwischenzins, e("625.79"), None));
    assert_eq!(bezahlt(&f, 1, e("625.79"), d("2026-09-15")).status(), ForderungStatus::Beglichen);
}

#[test]
fn begruendung_bagatelle_entwurf_recht() {
    let r = he_alt();
    let z = eingabe("2026-05-04", "2026-08-31 30000.00");
    let gezahlt = "2026-05-04 30000.00";
    let kurze = Zwischenzinsbescheideingabe { ermessen_begruendung: "kurz".into(), ..z.clone() };
    let b = entwirf(&kurze, gezahlt, None, (&[], &r, "2026-09-15")).unwrap_err();
    assert_eq!(kurz(&b), ["BEGRUENDUNG_FEHLT"]);
    for (grenze, erwartet) in [("625.80", Some("ZINS_UNTER_BAGATELLE")), ("625.79", None)] {
        let r = mit(&[("zins_bagatelle", grenze)]);
        let u = entwirf(&z, gezahlt, None, (&[], &r, "2026-09-15"));
        assert_eq!(u.err().map(|b| b[0].regel.kurzname), erwartet, "{grenze}");
    }
    let mut ohne = he_alt();
    ohne.parameter.retain(|p| p.schluessel != "mittelabruf_frist");
    assert_eq!(kurz(&entwirf(&z, gezahlt, None, (&[], &ohne, "2026-09-15")).unwrap_err()), ["PARAMETER_FEHLT"]);
    let u = mit_fakten(gezahlt, None, (&[], &r, "2026-09-15"), |f| {
        let gk = wer("gk", Rolle::Gebietskoerperschaft);
        let mut laeuft = f.clone();
        laeuft.kette.entwurf = Some(Uuid::from_u128(8));
        [z.entwerfen(Uuid::nil(), f, &gk), z.entwerfen(Uuid::nil(), &laeuft, &rp())]
    });
    assert_eq!(u.map(|u| u.unwrap_err()[0].regel.kurzname), ["RECHT_FEHLT", "ENTSCHEIDUNG_LAEUFT"]);
}

/// computed: the same part, more capital than was paid, other parts, and money that is claimed back.
#[test]
fn kein_betrag_wird_zweimal_verzinst() {
    let r = he_alt();
    let gezahlt = "2026-05-04 30000.00";
    let zweite = wer("rp-2", Rolle::Bewilligungsbehoerde);
    let erster = entwirf(&eingabe("2026-05-04", "2026-08-31 20000.00"), gezahlt, None, (&[], &r, "2026-09-15"));
    let erster = erster.unwrap().zustand.freigeben(d("2026-09-15"), &zweite).unwrap().zustand;
    let mut erstattung = bewilligung();
    erstattung.inhalt.aenderung = Some(crate::bescheid::Aenderungsregelung {
        aenderungsantrag_id: Uuid::nil(),
        aenderungsarten: Vec::new(),
        wirksam_ab: d("2026-05-04"),
        erstattung: Some(crate::aenderungsantrag::Erstattung {
            betrag: e("25000.00"),
            zuordnung: crate::aenderungsantrag::Ueberzahlungszuordnung::Lifo,
            faellig_am: d("2026-10-15"),
            posten: vec![Erstattungsposten {
                massnahme_id: muster::antrag().massnahmen[0].massnahme.id,
                ..posten(1, &[(d("2026-05-04"), e("25000.00"))])
            }],
        }),
    });
    let warnung = ZWISCHENZINS_TEILWEISE_FESTGESETZT.kurzname;
    for (fall, vorher, verwendet, erwartet) in [
        ("same part", &erster, "2026-08-31 20000.00", "ZWISCHENZINS_UEBERSCHNEIDUNG"),
        ("another part of the same day", &erster, "2026-08-31 10000.00", warnung),
        ("more than was paid", &erster, "2026-08-15 10000.01", "ZWISCHENZINS_UEBERSCHNEIDUNG"),
        ("another part", &erster, "2026-08-15 10000.00", warnung),
        ("claimed back", &erstattung, "2026-08-15 5000.01", "ZWISCHENZINS_UEBERSCHNEIDUNG"),
        ("beside what is claimed back", &erstattung, "2026-08-15 5000.00", warnung),
    ] {
        let mut z = eingabe("2026-05-04", verwendet);
        let lage = (std::slice::from_ref(vorher), &r, "2026-09-15");
        let b = entwirf(&z, gezahlt, None, lage).unwrap_err();
        assert_eq!(b[0].regel.kurzname, erwartet, "{fall}");
        let grund = "Das ist ein anderer Teil der Auszahlung.";
        z.bestaetigte_warnungen = vec![Warnungsbestaetigung::neu(ZWISCHENZINS_TEILWEISE_FESTGESETZT.code, grund)];
        assert_eq!(entwirf(&z, gezahlt, None, lage).is_ok(), erwartet == warnung, "{fall}");
    }
}

/// computed: a return, a report or another Bescheid between draft and release.
#[test]
fn was_sich_seit_dem_entwurf_geaendert_hat() {
    let r = he_alt();
    let gemeldet = meldungen("2026-08-31 30000.00");
    let mut z = eingabe("2026-05-04", "");
    z.weiterleitung_id = Some(Uuid::from_u128(41));
    let gezahlt = "2026-05-04 30000.00";
    let b = entwirf(&z, gezahlt, Some(&gemeldet), (&[], &r, "2026-09-15")).unwrap().zustand;
    let zins = b.inhalt.zins.clone().unwrap();
    let pruefe = |gezahlt: &str, gemeldet: &[Verwendungsmeldung], vorher: &[Bescheid]| {
        let zwischen = zins.zwischenzins.as_ref().unwrap();
        mit_fakten(gezahlt, Some(gemeldet), (vorher, &r, "2026-09-15"), |f| pruefe_zwischenzins(&zins, zwischen, f))
            .map(|b| kurz(&b))
    };
    assert_eq!(pruefe(gezahlt, &gemeldet, &[]).unwrap(), Vec::<&str>::new());
    let zurueck = "2026-05-04 30000.00, 2026-09-10 -100.00";
    assert_eq!(pruefe(zurueck, &gemeldet, &[]).unwrap(), ["ZINSBESCHEID_VERALTET"]);
    let erstattet = "2026-05-04 30000.00 | 2026-09-10 100.00";
    assert_eq!(kurz(&pruefe(erstattet, &gemeldet, &[]).unwrap_err()), ["ZWISCHENZINS_UEBER_AUSZAHLUNG"]);
    assert_eq!(pruefe(erstattet, &meldungen("2026-08-31 29900.00"), &[]).unwrap(), ["ZINSBESCHEID_VERALTET"]);
    assert_eq!(pruefe(gezahlt, &meldungen("2026-08-30 30000.00"), &[]).unwrap(), ["ZINSBESCHEID_VERALTET"]);
    let frei = b.freigeben(d("2026-09-15"), &wer("rp-2", Rolle::Bewilligungsbehoerde)).unwrap().zustand;
    assert_eq!(pruefe(gezahlt, &gemeldet, &[frei]).unwrap(), ["ZWISCHENZINS_UEBERSCHNEIDUNG"]);
}

/// computed: 30,000.00 at 6.52 % for the 10 days before 31 August are 53.59.
#[test]
fn verzoegerung_wird_begruendet_und_beziffert() {
    let r = he_alt();
    let mut z = eingabe("2026-05-04", "2026-08-31 30000.00");
    z.verzoegerung_behoerde_tage = 10;
    let lage = (&[][..], &r, "2026-09-15");
    let b = entwirf(&z, "2026-05-04 30000.00", None, lage).unwrap_err();
    assert_eq!((kurz(&b), b[0].ort.as_deref()), (vec!["BEGRUENDUNG_FEHLT"], Some("/verzoegerung_begruendung")));
    z.verzoegerung_begruendung = Some("Die Prüfung ruhte zehn Tage; das Geld stand zur Verfügung.".into());
    let zins = entwirf(&z, "2026-05-04 30000.00", None, lage).unwrap().zustand.inhalt.zins.unwrap();
    assert_eq!(zins.verzoegerung_zinsen, Some(e("53.59")));
}

/// computed: 20 000.00 lay unused until 1 November and bear Zwischenzinsen; 10 000.00 of them are claimed back. Interest on
/// the claim is due for what the Zwischenzinsen do not cover, per day and payment, once for all claims together.
#[test]
fn zwischenzinsen_decken_die_erstattung() {
    let r = he_alt();
    let stelle = muster::antrag().massnahmen[0].massnahme.id;
    let mut ungenutzt = eingabe("2026-05-04", "");
    ungenutzt.bis = Some(d("2026-09-15"));
    let regelung = |z: &Zwischenzinsbescheideingabe| {
        let b = entwirf(z, "2026-05-04 20000.00", None, (&[], &r, "2026-09-15")).unwrap().zustand;
        b.inhalt.zins.unwrap().zwischenzins.unwrap()
    };
    let alles = regelung(&ungenutzt);
    let spaet = regelung(&eingabe("2026-05-04", "2026-08-31 12000.00"));
    let mut teils = eingabe("2026-05-04", "2026-05-10 8000.00");
    teils.bis = Some(d("2026-09-15"));
    let teils = regelung(&teils);
    let claim = |nr: u128, betrag: &str, am: &str| {
        let p = Erstattungsposten { massnahme_id: stelle, ..posten(1, &[(d("2026-05-04"), e(betrag))]) };
        let mut f = s3();
        (f.id, f.betrag, f.posten, f.entstanden_am) = (Uuid::from_u128(nr), e(betrag), vec![p], d(am));
        f
    };
    let (aeltere, f) = (claim(1, "8000.00", "2026-09-01"), claim(2, "10000.00", "2026-09-02"));
    let zinsen = |f: &Forderung, bis: &str, zwischenzinsen: &[Zwischenzinsregelung], forderungen: &[Forderung]| {
        let umfeld = Zinsumfeld { zwischenzinsen, forderungen };
        let frage = Forderungszinsfrage { bis: d(bis), vorlaeufig: false, heute: d("2026-12-31"), umfeld };
        let z = f.zinsen(&frage, &r, &Basiszinsreihe::anfang()).unwrap();
        assert_eq!(Euro::summe(z.je_posten.clone()).unwrap(), z.zinsen);
        [z.zinsen, z.durch_zwischenzinsen].map(|b| b.to_string())
    };
    let bis = "2026-10-15";
    let ganz = zinsen(&f, bis, &[], &[])[0].clone();
    assert_eq!(ganz, "288.98", "58 days at 6.27 %, 106 at 6.52 % on 10 000.00");
    for (fall, zwischen, andere, rest, gedeckt) in [
        ("all of it lay unused until 15 September", vec![alles.clone()], vec![], "53.59", "235.39"),
        ("12 000.00 lay unused, 8 000.00 were used in time", vec![teils], vec![], "53.59", "235.39"),
        ("12 000.00 were used late: 2 000.00 are too much until 31 August", vec![spaet], vec![], "247.26", "41.72"),
        ("an older claim of 8 000.00 is covered too", vec![alles], vec![aeltere], "53.59", "235.39"),
    ] {
        assert_eq!(zinsen(&f, bis, &zwischen, &andere), [rest, gedeckt], "{fall}");
    }
}

proptest! {
    /// Whatever was used or claimed: on no day does more of a payment bear interest than was paid.
    #[test]
    fn nie_mehr_verzinst_als_ausgezahlt(verwendet in 0i64..2_000_000, ungenutzt in any::<bool>(), claims in proptest::collection::vec(1i64..1_000_000, 1..3)) {
        let r = he_alt();
        let stelle = muster::antrag().massnahmen[0].massnahme.id;
        let mut z = eingabe("2026-05-04", "");
        if verwendet > 0 {
            z.verwendungen = vec![Verwendungsmeldung { am: d("2026-09-01"), betrag: Euro::aus_cent(verwendet).unwrap() }];
        }
        z.bis = ungenutzt.then(|| d("2026-09-15"));
        let Ok(b) = entwirf(&z, "2026-05-04 20000.00", None, (&[], &r, "2026-09-15")) else { return Ok(()) };
        let zwischen = b.zustand.inhalt.zins.unwrap().zwischenzins.unwrap();
        let alle: Vec<Forderung> = (1u128..).zip(&claims).map(|(nr, c)| {
            let betrag = Euro::aus_cent(*c).unwrap();
            let p = Erstattungsposten { massnahme_id: stelle, ..posten(1, &[(d("2026-05-04"), betrag)]) };
            let mut f = s3();
            (f.id, f.betrag, f.posten) = (Uuid::from_u128(nr), betrag, vec![p]);
            f
        }).collect();
        let umfeld = Zinsumfeld { zwischenzinsen: std::slice::from_ref(&zwischen), forderungen: &alle };
        let frage = Forderungszinsfrage { bis: d("2026-09-15"), vorlaeufig: false, heute: d("2026-12-31"), umfeld };
        for am in [d("2026-05-04"), d("2026-07-05"), d("2026-08-31"), d("2026-09-01"), d("2026-09-14")] {
            let zw: i64 = zwischen.teile.iter().filter(|t| t.von <= am && am < t.bis).map(|t| t.betrag.cent()).sum();
            let erst: i64 = alle.iter().map(|f| {
                let z = f.zinsen(&frage, &r, &Basiszinsreihe::anfang()).unwrap();
                let hier = z.staffel.abschnitte.iter().find(|a| a.abschnitt.von <= am && am < a.abschnitt.bis);
                hier.map_or(0, |a| a.kapital.cent())
            }).sum();
            prop_assert!(zw + erst <= 2_000_000, "{am} {zw} {erst}");
        }
    }
}
