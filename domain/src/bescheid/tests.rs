use super::*;
use crate::akt::Urteil;
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Rolle};
use crate::bestaetigung::Warnungsbestaetigung;
use crate::konto::Kontoart;
use crate::regel::ANTRAGSFRIST;
use crate::regelwerk::{Regelwerk, he_alt};
use crate::zeit::tag;
use proptest::prelude::*;

mod nachweis;
mod regelung;

const GRUND: &str = "Die Maßnahme ist nur teilweise zuwendungsfähig.";

fn rp(nr: u8) -> Akteur {
    Akteur { person: format!("rp-{nr}"), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None }
}

fn gk(kreis: &str) -> Akteur {
    Akteur {
        person: "gk-1".into(),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some(kreis.into()),
        traeger_id: None,
    }
}

fn euro(cent: i64) -> Euro {
    Euro::aus_cent(cent).unwrap()
}

fn heute() -> NaiveDate {
    tag(2026, 5, 18)
}

fn beantragt(nr: u128, haushaltsjahr: i32, cent: i64) -> BeantragtePosition {
    BeantragtePosition {
        massnahme_id: Uuid::from_u128(nr),
        massnahme_nr: format!("M{nr:02}"),
        massnahmeart: Massnahmeart::Ausbildungsvorbereitung,
        teilbudget: if nr.is_multiple_of(2) { "ALLGEMEIN".into() } else { "DIGITALISIERUNG".into() },
        haushaltsjahr,
        beantragt: euro(cent),
        bisher: None,
    }
}

fn fakten(regelwerk: &Regelwerk, positionen: Vec<BeantragtePosition>) -> Entscheidungsfakten<'_> {
    Entscheidungsfakten {
        antrag_id: Uuid::from_u128(100),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        positionen,
        bewilligungszeitraum: Zeitraum { von: tag(2026, 1, 1), bis: tag(2030, 12, 31) },
        finanzierungsart: Finanzierungsart::Fehlbedarf,
        regelwerk,
        antrag_schnappschuss_sha256: "a".repeat(64),
        vorgaenger: None,
        aenderung: None,
        fortgeltend: Vec::new(),
        befunde: Vec::new(),
        heute: heute(),
    }
}

fn drei() -> Vec<BeantragtePosition> {
    vec![beantragt(1, 2026, 1_000), beantragt(2, 2026, 500), beantragt(4, 2026, 250)]
}

fn bewilligung() -> Entscheidungseingabe {
    Entscheidungseingabe::Bewilligung(BewilligungEingabe {
        auflagen: Vec::new(),
        begruendung: None,
        bestaetigte_warnungen: Vec::new(),
    })
}

fn teil(positionen: &[(u128, i32, i64)], begruendung: &str) -> Entscheidungseingabe {
    let positionen = positionen.iter().map(|(nr, haushaltsjahr, cent)| Teilbetrag {
        massnahme_id: Uuid::from_u128(*nr),
        haushaltsjahr: *haushaltsjahr,
        bewilligt: euro(*cent),
    });
    Entscheidungseingabe::Teilbewilligung(TeilbewilligungEingabe {
        positionen: positionen.collect(),
        auflagen: Vec::new(),
        begruendung: begruendung.into(),
        bestaetigte_warnungen: Vec::new(),
    })
}

fn ablehnung(begruendung: &str) -> Entscheidungseingabe {
    Entscheidungseingabe::Ablehnung(AblehnungEingabe {
        begruendung: begruendung.into(),
        bestaetigte_warnungen: Vec::new(),
    })
}

fn entwurf(eingabe: &Entscheidungseingabe) -> Urteil<Bescheid> {
    entwerfen(Uuid::from_u128(7), eingabe, &fakten(&he_alt(), drei()), &rp(1))
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

fn erlassen() -> Bescheid {
    entwurf(&bewilligung()).unwrap().zustand.freigeben(heute(), &rp(2)).unwrap().zustand
}

fn weg(weg: Bekanntgabeweg, aufgabe: Option<NaiveDate>, zugang: Option<NaiveDate>) -> Bekanntgabe {
    Bekanntgabe { weg, aufgabe_am: aufgabe, zugang_am: zugang }
}

/// Three days of presumed receipt, without weekends, as HE-ALT has them.
fn fiktion(d: NaiveDate) -> Result<NaiveDate, Befund> {
    crate::frist::bekanntgabefiktion(d, 3, false).map(|f| f.ende)
}

/// One month for appeal, as HE-ALT has it.
fn rechtsbehelf(d: NaiveDate) -> Result<NaiveDate, Befund> {
    let dauer = he_alt().dauer("rechtsbehelfsfrist", tag(2026, 1, 1))?;
    crate::frist::dauerfrist(d, dauer, false).map(|f| f.ende)
}

fn bekannt(b: &Bescheid, eingabe: &Bekanntgabe, am: NaiveDate) -> Urteil<Bescheid> {
    b.bekanntgeben(eingabe, am, &rp(1), fiktion, rechtsbehelf)
}

#[test]
fn zustandstabelle() {
    use BescheidStatus::*;
    crate::akt::pruefe_tabelle(UEBERGAENGE, BescheidStatus::ALLE, &[Verworfen], Entwurf);
}

#[test]
fn bewilligung_uebernimmt_alles() {
    let b = entwurf(&bewilligung()).unwrap().zustand;
    assert_eq!((b.status, b.inhalt.art), (BescheidStatus::Entwurf, Bescheidart::Zuwendung));
    assert_eq!(b.inhalt.bewilligt(), b.inhalt.beantragt());
    assert_eq!((b.inhalt.kettenglied, b.inhalt.vorgaenger_id), (1, None));
    assert_eq!(b.inhalt.nebenbestimmungen, Some(Nebenbestimmungen::AnbestGk));
    assert!(b.inhalt.begruendung.is_none(), "§ 39 Abs. 2 Nr. 1 HVwVfG");
    assert!(pruefe_siegel(&b.inhalt, &b.inhalt_hash).is_none());
    let json = serde_json::to_string(&b.inhalt).unwrap();
    assert_eq!(serde_json::from_str::<Bescheidinhalt>(&json).unwrap(), b.inhalt);
}

/// Contract section 2: `teilbewilligung` grants per measure and Haushaltsjahr at most what was requested.
#[test]
fn teilbewilligung_faelle() {
    type Fall = (&'static str, &'static [(u128, i32, i64)], &'static str, &'static [&'static str]);
    let faelle: [Fall; 9] = [
        ("a part", &[(1, 2026, 600), (2, 2026, 500)], GRUND, &[]),
        ("one cent less", &[(1, 2026, 1_000), (2, 2026, 500), (4, 2026, 249)], GRUND, &[]),
        ("everything", &[(1, 2026, 1_000), (2, 2026, 500), (4, 2026, 250)], GRUND, &["TEILBEWILLIGUNG_OHNE_TEIL"]),
        ("nothing", &[(1, 2026, 0)], GRUND, &["TEILBEWILLIGUNG_OHNE_TEIL"]),
        ("one cent more", &[(1, 2026, 1_001)], GRUND, &["UEBER_BEANTRAGT"]),
        ("negative", &[(1, 2026, -1)], GRUND, &["BETRAG_ZU_KLEIN"]),
        ("year not requested", &[(1, 2027, 1)], GRUND, &["VERWEIS_UNBEKANNT"]),
        ("twice", &[(1, 2026, 1), (1, 2026, 1)], GRUND, &["POSITION_DOPPELT"]),
        ("19 characters", &[(1, 2026, 1)], "  1234567890123456789  ", &["BEGRUENDUNG_FEHLT"]),
    ];
    for (fall, positionen, grund, erwartet) in faelle {
        let e = entwurf(&teil(positionen, grund));
        assert_eq!(e.as_ref().map_or_else(|b| kurz(b), |_| Vec::new()), erwartet, "{fall}");
    }
    let b = entwurf(&teil(&[(1, 2026, 600)], GRUND)).unwrap().zustand;
    let bewilligt: Vec<_> = b.inhalt.positionen.iter().map(|p| p.bewilligt.cent()).collect();
    assert_eq!(bewilligt, [600, 0, 0], "what is not listed is not granted");
}

/// § 39 HVwVfG: a refusal needs grounds; the length is a parameter.
#[test]
fn paragraph39_ablehnung_mit_begruendung() {
    for (grund, gut) in [("", false), ("   ", false), ("1234567890123456789", false), ("12345678901234567890", true)] {
        assert_eq!(entwurf(&ablehnung(grund)).is_ok(), gut, "{grund:?}");
    }
    let b = entwurf(&ablehnung(GRUND)).unwrap().zustand;
    assert_eq!((b.inhalt.art, b.inhalt.bewilligt()), (Bescheidart::Ablehnung, Ok(Euro::NULL)));
    assert_eq!(b.inhalt.beantragt(), Ok(euro(1_750)));
    assert_eq!(
        (b.inhalt.bewilligungszeitraum, b.inhalt.finanzierungsart, b.inhalt.nebenbestimmungen),
        (None, None, None)
    );
    let e = b.freigeben(heute(), &rp(2)).unwrap();
    assert!(e.buchungen.is_empty(), "a refusal binds nothing");
    assert_eq!(e.ereignisse[0].typ, "bescheid.erlassen");
}

#[test]
fn entwurf_wird_abgelehnt() {
    let r = he_alt();
    let mut f = fakten(&r, vec![]);
    assert_eq!(kurz(&entwerfen(Uuid::nil(), &ablehnung(GRUND), &f, &rp(1)).unwrap_err()), ["MASSNAHME_FEHLT"]);
    f.positionen = drei();
    assert_eq!(kurz(&entwerfen(Uuid::nil(), &bewilligung(), &f, &gk("06440")).unwrap_err()), ["RECHT_FEHLT"]);
    f.befunde = vec![Befund::neu(&ANTRAGSFRIST)];
    let offen = entwerfen(Uuid::nil(), &bewilligung(), &f, &rp(1)).unwrap_err();
    assert_eq!(kurz(&offen), ["FRIST_UEBERSCHRITTEN", "WARNUNG_NICHT_BESTAETIGT"]);
    let auflage = Auflage { code: "A".into(), text: "abc".into(), faellig_am: Some(tag(2026, 5, 17)) };
    let mut eingabe = BewilligungEingabe {
        auflagen: vec![auflage],
        begruendung: None,
        bestaetigte_warnungen: vec![Warnungsbestaetigung::neu(ANTRAGSFRIST.code, "Versehen des Trägers.")],
    };
    let e = entwerfen(Uuid::nil(), &Entscheidungseingabe::Bewilligung(eingabe.clone()), &f, &rp(1));
    assert!(kurz(&e.unwrap_err()).contains(&"FRIST_VERGANGEN"));
    eingabe.auflagen[0].faellig_am = Some(heute());
    let doppelt = BewilligungEingabe {
        auflagen: [eingabe.auflagen.clone(), eingabe.auflagen.clone()].concat(),
        ..eingabe.clone()
    };
    let b = entwerfen(Uuid::nil(), &Entscheidungseingabe::Bewilligung(doppelt), &f, &rp(1)).unwrap_err();
    assert!(kurz(&b).contains(&"AUFLAGE_DOPPELT"), "{:?}", kurz(&b));
    let e = entwerfen(Uuid::nil(), &Entscheidungseingabe::Bewilligung(eingabe), &f, &rp(1)).unwrap();
    assert_eq!(kurz(&e.befunde), ["FRIST_UEBERSCHRITTEN"], "the confirmed warning accompanies the act");
    let mut ohne = he_alt();
    ohne.parameter.retain(|p| p.schluessel != "begruendung_mindestens_zeichen");
    let e = entwerfen(Uuid::nil(), &ablehnung(GRUND), &fakten(&ohne, drei()), &rp(1));
    assert_eq!(kurz(&e.unwrap_err()), ["PARAMETER_FEHLT"]);
}

/// Dossier section 1, separation of duties: the second person releases; the budget is bound per Teilbudget and year.
#[test]
fn abschnitt1_freigabe_mit_vier_augen() {
    let b = entwurf(&bewilligung()).unwrap().zustand;
    assert_eq!(kurz(&b.freigeben(heute(), &rp(1)).unwrap_err()), ["VIER_AUGEN"]);
    let e = b.freigeben(heute(), &rp(2)).unwrap();
    assert_eq!((e.zustand.erlassen_am, e.zustand.freigegeben_von.as_deref()), (Some(heute()), Some("rp-2")));
    let buchung = &e.buchungen[0];
    assert_eq!((buchung.grund, buchung.summe()), ("BEWILLIGUNG", Ok(Euro::NULL)));
    let gebunden: Vec<_> = buchung
        .zeilen()
        .iter()
        .filter(|z| z.konto.art == Kontoart::Gebunden)
        .map(|z| (z.massnahme_id.map(|m| m.as_u128()), z.konto.teilbudget.as_str(), z.betrag.cent()))
        .collect();
    let soll: Vec<_> = b
        .inhalt
        .positionen
        .iter()
        .map(|p| (Some(p.massnahme_id.as_u128()), p.teilbudget.as_str(), p.bewilligt.cent()))
        .collect();
    assert_eq!(gebunden, soll, "each measure's money is bound for that measure");
    assert_eq!(
        Euro::summe(buchung.zeilen().iter().filter(|z| z.massnahme_id.is_some()).map(|z| z.betrag)),
        Ok(euro(1_750))
    );
    let mut veraendert = b.clone();
    veraendert.inhalt.positionen[0].bewilligt = euro(1);
    assert_eq!(kurz(&veraendert.freigeben(heute(), &rp(2)).unwrap_err()), ["INTEGRITAET_VERLETZT"]);
    assert_eq!(kurz(&e.zustand.freigeben(heute(), &rp(3)).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

#[test]
fn verwerfen_nur_im_entwurf() {
    let grund = BescheidVerwerfung { grund: "falscher Betrag".into() };
    let e = entwurf(&bewilligung()).unwrap().zustand.verwerfen(&grund, heute(), &rp(1)).unwrap();
    assert_eq!((e.zustand.status, e.buchungen.len()), (BescheidStatus::Verworfen, 0));
    assert_eq!(kurz(&erlassen().verwerfen(&grund, heute(), &rp(1)).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// § 41 Abs. 2 HVwVfG: presumed receipt holds unless a later one is proven; other ways need the proven day.
#[test]
fn paragraph41_bekanntgabe() {
    use Bekanntgabeweg::*;
    let d = |t| Some(tag(2026, 5, t));
    let faelle = [
        (weg(Post, d(18), None), Ok(tag(2026, 5, 21))),
        (weg(Elektronisch, d(18), None), Ok(tag(2026, 5, 21))),
        (weg(Post, d(18), d(19)), Ok(tag(2026, 5, 21))),
        (weg(Post, d(18), d(26)), Ok(tag(2026, 5, 26))),
        (weg(Zustellung, d(18), d(19)), Ok(tag(2026, 5, 19))),
        (weg(Persoenlich, None, d(18)), Ok(tag(2026, 5, 18))),
        (weg(Post, None, d(19)), Err("ANGABE_FEHLT")),
        (weg(Zustellung, d(18), None), Err("ANGABE_FEHLT")),
        (weg(Post, d(17), None), Err("BEKANNTGABE_VOR_ERLASS")),
        (weg(Persoenlich, None, d(17)), Err("BEKANNTGABE_VOR_ERLASS")),
        (weg(Post, d(28), None), Err("DATUM_IN_ZUKUNFT")),
        (weg(Persoenlich, None, d(28)), Err("DATUM_IN_ZUKUNFT")),
        (weg(Post, d(20), d(19)), Err("BEKANNTGABE_VOR_ERLASS")),
    ];
    for (eingabe, erwartet) in faelle {
        let e = bekannt(&erlassen(), &eingabe, tag(2026, 5, 27));
        let ist = e.map(|e| e.zustand.bekannt_am.unwrap()).map_err(|b| kurz(&b)[0]);
        assert_eq!(ist, erwartet, "{eingabe:?}");
    }
}

/// § 74 VwGO: final only when the last day for appeal is over.
#[test]
fn paragraph74_bestandskraft_nach_dem_letzten_tag() {
    let e = bekannt(&erlassen(), &weg(Bekanntgabeweg::Post, Some(heute()), None), heute()).unwrap();
    assert_eq!(
        e.fristen.iter().map(|f| (f.art.code(), f.faellig_am)).collect::<Vec<_>>(),
        [("RECHTSBEHELF", tag(2026, 6, 21))]
    );
    let b = e.zustand;
    for (t, final_) in [(20, false), (21, false), (22, true)] {
        assert_eq!(b.bestandskraeftig(tag(2026, 6, t)), final_, "{t}");
    }
    assert!(!b.wirksam(tag(2026, 5, 20)) && b.wirksam(tag(2026, 5, 21)));
    assert!(!erlassen().bestandskraeftig(tag(2099, 1, 1)), "without notification nothing becomes final");
    assert_eq!(
        kurz(&bekannt(&b, &weg(Bekanntgabeweg::Post, Some(heute()), None), heute()).unwrap_err()),
        ["STATUS_UNZULAESSIG"]
    );
}

/// A wrong entry about the notification is replaced by a second person; finality follows the corrected day.
#[test]
fn bekanntgabe_berichtigen() {
    let am = |t| Some(tag(2026, 5, t));
    let b = bekannt(&erlassen(), &weg(Bekanntgabeweg::Post, am(18), None), tag(2026, 5, 27)).unwrap().zustand;
    assert_eq!(b.bestandskraft_am, Some(tag(2026, 6, 22)));
    let eingabe = |zugang| Bekanntgabeberichtigung {
        weg: Bekanntgabeweg::Zustellung,
        aufgabe_am: None,
        zugang_am: zugang,
        grund: "Zustellungsurkunde".into(),
    };
    let berichtige = |b: &Bescheid, zugang, wer| {
        b.bekanntgabe_berichtigen(&eingabe(zugang), tag(2026, 5, 27), &rp(wer), fiktion, rechtsbehelf)
    };
    assert_eq!(kurz(&berichtige(&b, am(26), 1).unwrap_err()), ["VIER_AUGEN"]);
    assert_eq!(kurz(&berichtige(&erlassen(), am(26), 2).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    assert_eq!(kurz(&berichtige(&b, am(28), 2).unwrap_err()), ["DATUM_IN_ZUKUNFT"]);
    let e = berichtige(&b, am(26), 2).unwrap();
    assert_eq!((e.zustand.bekannt_am, e.zustand.bestandskraft_am), (am(26), Some(tag(2026, 6, 27))));
    assert_eq!(
        e.fristen.iter().map(|f| (f.art.code(), f.faellig_am)).collect::<Vec<_>>(),
        [("RECHTSBEHELF", tag(2026, 6, 26))]
    );
    assert_eq!(kurz(&berichtige(&e.zustand, am(25), 2).unwrap_err()), ["VIER_AUGEN"], "who made the last entry");
    let verzicht = Rechtsbehelfsverzicht { am: tag(2026, 5, 22) };
    let v = b.verzichten(&verzicht, tag(2026, 5, 22), &gk("06440")).unwrap().zustand;
    assert_eq!(kurz(&berichtige(&v, am(26), 2).unwrap_err()), ["VERZICHT_VOR_BEKANNTGABE"]);
    assert_eq!(berichtige(&v, am(20), 2).unwrap().zustand.bestandskraft_am, am(22), "the waiver stays");
}

/// Dossier 3.3: the applicant may withdraw before the decision; the draft goes with it, and says nothing.
#[test]
fn entwurf_geht_mit_dem_antrag() {
    let e = entwurf(&bewilligung()).unwrap().zustand.mit_dem_antrag_verworfen(&gk("06440")).unwrap();
    assert_eq!((e.zustand.status, e.ereignisse.len()), (BescheidStatus::Verworfen, 0));
    assert_eq!(kurz(&erlassen().mit_dem_antrag_verworfen(&gk("06440")).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// Dossier S1: Bescheid 2026-05-18, waiver 2026-05-20; by post only with proof that it had arrived.
#[test]
fn s1_rechtsbehelfsverzicht() {
    use Bekanntgabeweg::{Persoenlich, Post};
    let am = |t| Rechtsbehelfsverzicht { am: tag(2026, 5, t) };
    let b = |w| bekannt(&erlassen(), &w, tag(2026, 5, 20)).unwrap().zustand;
    let (post, nachweis) = (Some(heute()), Some(tag(2026, 5, 19)));
    let wetterau = gk("06440");
    let heute = tag(2026, 5, 20);

    let e = b(weg(Persoenlich, None, post)).verzichten(&am(20), heute, &wetterau).unwrap().zustand;
    assert_eq!((e.bestandskraft_am, e.rechtsbehelfsverzicht_am), (Some(heute), Some(heute)));
    assert!(e.bestandskraeftig(heute) && !e.bestandskraeftig(tag(2026, 5, 19)));
    assert_eq!(kurz(&e.verzichten(&am(20), heute, &wetterau).unwrap_err()), ["BESTANDSKRAFT_EINGETRETEN"]);

    assert!(b(weg(Post, post, nachweis)).verzichten(&am(20), heute, &wetterau).is_ok());
    let unbewiesen = b(weg(Post, post, None));
    assert_eq!(kurz(&unbewiesen.verzichten(&am(20), heute, &wetterau).unwrap_err()), ["VERZICHT_VOR_BEKANNTGABE"]);
    // § 41 Abs. 2 HVwVfG: posted on 18 May it counts as notified on the 21st; the day before nothing can be waived
    let befund = unbewiesen.verzichten(&am(21), heute, &wetterau).unwrap_err();
    assert_eq!(kurz(&befund), ["VERZICHT_VOR_BEKANNTGABE"]);
    assert!(befund[0].erlaubt.iter().any(|w| w.name == "bekannt" && w.wert == "2026-05-21"), "names the day");
    assert_eq!(kurz(&unbewiesen.verzichten(&am(22), tag(2026, 5, 21), &wetterau).unwrap_err()), ["DATUM_IN_ZUKUNFT"]);
    let elektronisch = b(weg(Bekanntgabeweg::Elektronisch, post, None));
    for (fall, x, heute, frei) in [
        ("posted, the day before", &unbewiesen, tag(2026, 5, 20), false),
        ("posted, the presumed day", &unbewiesen, tag(2026, 5, 21), true),
        ("electronic, the day before", &elektronisch, tag(2026, 5, 20), false),
        ("posted, receipt proven", &b(weg(Post, post, nachweis)), tag(2026, 5, 20), true),
        ("handed over", &b(weg(Persoenlich, None, post)), tag(2026, 5, 20), true),
    ] {
        let akte = x.aktionen(&wetterau, heute);
        let verzicht = akte.iter().find(|a| a.akt == RECHTSBEHELFSVERZICHT).unwrap();
        assert_eq!(verzicht.erlaubt(), frei, "{fall}: foretold as it is decided");
    }
    assert!(unbewiesen.verzichten(&am(21), tag(2026, 6, 21), &wetterau).is_ok(), "the last day for appeal");
    let spaet = unbewiesen.verzichten(&am(21), tag(2026, 6, 22), &wetterau).unwrap_err();
    assert_eq!(kurz(&spaet), ["BESTANDSKRAFT_EINGETRETEN"]);

    assert_eq!(kurz(&erlassen().verzichten(&am(20), heute, &wetterau).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    assert_eq!(kurz(&unbewiesen.verzichten(&am(21), tag(2026, 5, 21), &gk("06435")).unwrap_err()), ["FREMDER_VORGANG"]);
    assert_eq!(kurz(&unbewiesen.verzichten(&am(21), heute, &rp(1)).unwrap_err()), ["RECHT_FEHLT"]);
}

#[test]
fn aktionen_je_stand() {
    let frei = |b: &Bescheid, a: &Akteur, t| {
        b.aktionen(a, t).into_iter().filter(|x| x.befunde.is_empty()).map(|x| x.akt).collect::<Vec<_>>()
    };
    let e = entwurf(&bewilligung()).unwrap().zustand;
    assert_eq!(frei(&e, &rp(1), heute()), [VERWERFUNG]);
    assert_eq!(frei(&e, &rp(2), heute()), [FREIGABE, VERWERFUNG]);
    assert_eq!(frei(&erlassen(), &rp(1), heute()), [BEKANNTGABE]);
    let b = bekannt(&erlassen(), &weg(Bekanntgabeweg::Persoenlich, None, Some(heute())), heute()).unwrap().zustand;
    assert_eq!(frei(&b, &gk("06440"), heute()), [RECHTSBEHELFSVERZICHT]);
    assert!(frei(&b, &gk("06440"), tag(2026, 6, 19)).is_empty(), "final");
    assert!(frei(&b, &gk("06435"), heute()).is_empty());
}

/// Every field of the content is covered by the hash, the link to the Bescheid before included.
#[test]
fn jedes_feld_aendert_den_hash() {
    let r = he_alt();
    let vor = entwurf(&ablehnung(GRUND)).unwrap().zustand.kettenglied();
    let f = Entscheidungsfakten { vorgaenger: Some(vor.clone()), ..fakten(&r, drei()) };
    let eingabe = BewilligungEingabe {
        auflagen: vec![Auflage { code: "A".into(), text: "abc".into(), faellig_am: Some(heute()) }],
        begruendung: Some(GRUND.into()),
        bestaetigte_warnungen: vec![],
    };
    let b = entwerfen(Uuid::nil(), &Entscheidungseingabe::Bewilligung(eingabe), &f, &rp(1)).unwrap().zustand;
    assert_eq!((b.inhalt.kettenglied, b.inhalt.vorgaenger_id), (2, Some(vor.id)));
    assert_eq!(b.inhalt.vorgaenger_hash.as_ref(), Some(&vor.inhalt_hash));
    let wert = serde_json::to_value(&b.inhalt).unwrap();
    let mut blaetter = Vec::new();
    sammle(&wert, String::new(), &mut blaetter);
    assert!(blaetter.len() > 30, "{}", blaetter.len());
    for zeiger in blaetter {
        let mut anders = wert.clone();
        let blatt = anders.pointer_mut(&zeiger).unwrap();
        *blatt = serde_json::json!(format!("{blatt}-anders"));
        assert_ne!(sha256_kanonisch(&anders).unwrap(), b.inhalt_hash, "{zeiger}");
    }
}

fn sammle(wert: &serde_json::Value, zeiger: String, blaetter: &mut Vec<String>) {
    match wert {
        serde_json::Value::Object(o) => o.iter().for_each(|(k, v)| sammle(v, format!("{zeiger}/{k}"), blaetter)),
        serde_json::Value::Array(a) => {
            a.iter().enumerate().for_each(|(i, v)| sammle(v, format!("{zeiger}/{i}"), blaetter));
        }
        _ => blaetter.push(zeiger),
    }
}

proptest! {
    /// A grant moves exactly what it grants, nothing is created or lost, and the sum never exceeds the application.
    #[test]
    fn buchung_ist_die_bewilligte_summe(p in proptest::collection::vec((1i64..1_000_000_000, 0i64..=100), 1..20)) {
        let r = he_alt();
        let positionen: Vec<_> =
            p.iter().enumerate().map(|(i, (c, _))| beantragt(1 + u128::try_from(i).unwrap() % 4, 2026 + i32::try_from(i).unwrap() / 4, *c)).collect();
        let teile: Vec<_> = positionen
            .iter()
            .zip(&p)
            .map(|(b, (c, anteil))| (b.massnahme_id.as_u128(), b.haushaltsjahr, c * anteil / 100))
            .collect();
        let e = entwerfen(Uuid::nil(), &teil(&teile, GRUND), &fakten(&r, positionen), &rp(1));
        let soll: i64 = teile.iter().map(|t| t.2).sum();
        let alles: i64 = p.iter().map(|t| t.0).sum();
        prop_assert_eq!(e.is_ok(), soll > 0 && soll < alles);
        if let Ok(e) = e {
            prop_assert_eq!(e.zustand.inhalt.bewilligt(), Ok(euro(soll)));
            let f = e.zustand.freigeben(heute(), &rp(2)).unwrap();
            prop_assert_eq!(f.buchungen[0].summe(), Ok(Euro::NULL));
            for (art, vorzeichen) in [(Kontoart::Verfuegbar, -1), (Kontoart::Gebunden, 1)] {
                let zeilen = f.buchungen[0].zeilen().iter().filter(|z| z.konto.art == art);
                prop_assert_eq!(Euro::summe(zeilen.map(|z| z.betrag)), Ok(euro(soll * vorzeichen)));
            }
        }
    }
}

/// Of a chain of Bescheide the last issued one that grants counts; refusals of changes, drafts and discarded ones do not.
#[test]
fn geltend_ist_der_letzte_bewilligende() {
    let mit = |nr: u128, glied: i32, art: Bescheidart, status: BescheidStatus| {
        let mut b = Bescheid { id: Uuid::from_u128(nr), status, ..erlassen() };
        (b.inhalt.kettenglied, b.inhalt.art) = (glied, art);
        b
    };
    use {BescheidStatus::*, Bescheidart::*};
    let kette = [
        mit(1, 1, Zuwendung, Bekanntgegeben),
        mit(2, 2, Aenderung, Erlassen),
        mit(3, 3, Ablehnung, Bekanntgegeben),
        mit(4, 4, Aenderung, Verworfen),
        mit(5, 4, Aenderung, Entwurf),
    ];
    for (bis, erwartet) in [(0, None), (1, Some(1)), (2, Some(2)), (3, Some(2)), (5, Some(2))] {
        assert_eq!(geltend(&kette[..bis]).map(|b| b.id.as_u128()), erwartet, "{bis}");
    }
    let je = kette[1].bewilligt_je().unwrap();
    assert_eq!(je.len(), 3);
    assert_eq!(je[&(Uuid::from_u128(1), "DIGITALISIERUNG".to_owned(), 2026)], euro(1_000));
}

/// § 43 HVwVfG: the grant before stays in force until the change is notified; until a change is final a place can call
/// the lowest of what the last final grant and those since give. Amounts computed by hand.
#[test]
fn abrufgrundlage_je_glied() {
    let glied = |nr: i32, cent: i64, bekannt: Option<NaiveDate>, fest: Option<NaiveDate>| {
        let mut b = Bescheid { id: Uuid::from_u128(nr.unsigned_abs().into()), ..erlassen() };
        b.inhalt.kettenglied = nr;
        b.inhalt.art = if nr == 1 { Bescheidart::Zuwendung } else { Bescheidart::Aenderung };
        b.inhalt.positionen.truncate(1);
        b.inhalt.positionen[0].bewilligt = euro(cent);
        b.status = if bekannt.is_some() { BescheidStatus::Bekanntgegeben } else { BescheidStatus::Erlassen };
        (b.bekannt_am, b.bestandskraft_am) = (bekannt, fest);
        b
    };
    let (frueh, spaet) = (Some(tag(2026, 1, 1)), Some(tag(2027, 1, 1)));
    let heute = tag(2026, 6, 1);
    let eins = glied(1, 100, frueh, frueh);
    let nicht_bekannt = |cent| glied(2, cent, None, None);
    let anfechtbar = |nr, cent| glied(nr, cent, frueh, spaet);
    // chain, effective, limits, most that can be called, final under the effective one
    type Fall = (Vec<Bescheid>, Option<u128>, Option<u128>, i64, bool);
    let faelle: [Fall; 9] = [
        (vec![], None, None, 0, false),
        (vec![glied(1, 100, None, None)], None, None, 100, false),
        (vec![anfechtbar(1, 100)], Some(1), None, 100, false),
        (vec![eins.clone()], Some(1), None, 100, true),
        (vec![eins.clone(), nicht_bekannt(90)], Some(1), Some(2), 90, true),
        (vec![eins.clone(), nicht_bekannt(110)], Some(1), Some(2), 100, true),
        (vec![eins.clone(), anfechtbar(2, 110)], Some(2), Some(2), 100, true),
        (vec![eins.clone(), anfechtbar(2, 80), anfechtbar(3, 110)], Some(3), Some(3), 80, true),
        (vec![eins, anfechtbar(2, 80), glied(3, 110, frueh, frueh)], Some(3), None, 110, true),
    ];
    for (i, (kette, wirksam, vorlaeufig, hoechstens, endgueltig)) in faelle.iter().enumerate() {
        let g = Abrufgrundlage::aus(kette, heute).unwrap();
        let p = &erlassen().inhalt.positionen[0];
        let stelle = (p.massnahme_id, p.teilbudget.clone(), p.haushaltsjahr);
        let id = |b: Option<&Bescheid>| b.map(|b| b.id.as_u128());
        assert_eq!((id(g.wirksam), id(g.vorlaeufig)), (*wirksam, *vorlaeufig), "{i}");
        assert_eq!(g.hoechstens(&stelle), euro(*hoechstens), "{i}");
        assert_eq!(g.wirksam.is_some_and(|b| g.endgueltig(b)), *endgueltig, "{i}");
        assert_eq!(g.hoechstens(&(Uuid::nil(), "X".into(), 2026)), Euro::NULL, "{i}");
    }
}

/// A change leaves the conditions of the Bescheid before it in force; one with the same code takes its place.
#[test]
fn auflagen_gelten_fort() {
    let r = he_alt();
    let auflage = |code: &str, t| Auflage { code: code.into(), text: "abc".into(), faellig_am: Some(tag(2027, 3, t)) };
    let f = Entscheidungsfakten { fortgeltend: vec![auflage("A", 1), auflage("B", 2)], ..fakten(&r, drei()) };
    let eingabe =
        BewilligungEingabe { auflagen: vec![auflage("B", 9)], begruendung: None, bestaetigte_warnungen: vec![] };
    let b = entwerfen(Uuid::nil(), &Entscheidungseingabe::Bewilligung(eingabe), &f, &rp(1)).unwrap().zustand;
    assert_eq!(b.inhalt.auflagen, [auflage("A", 1), auflage("B", 9)]);
    assert!(entwerfen(Uuid::nil(), &ablehnung(GRUND), &f, &rp(1)).unwrap().zustand.inhalt.auflagen.is_empty());
}
