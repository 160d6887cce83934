use super::muster::{self, KREIS, eur, fakten, inhalt, massnahme, mit_plan};
use super::*;
use crate::befund::{Befund, Schwere};
use crate::katalog::Massnahmeart;
use crate::regel::Sprache;
use crate::regelwerk::Parameterart;
use crate::zeit::{Zeitraum, tag};
use proptest::prelude::*;

mod akte;

pub(super) fn setze(f: &mut Antragsfakten, schluessel: &str, wert: &str) {
    for p in f.regelwerk.parameter.iter_mut().filter(|p| p.schluessel == schluessel) {
        p.wert = Some(wert.to_owned());
        if p.art == Parameterart::Keine {
            p.art = Parameterart::Betrag;
        }
    }
}

fn kurz(befunde: &[Befund]) -> Vec<(&'static str, Schwere)> {
    befunde.iter().map(|b| (b.regel.kurzname, b.schwere)).collect()
}

#[test]
fn muster_hat_keinen_befund() {
    for anlass in [Anlass::Einreichung, Anlass::Entscheidung] {
        assert_eq!(kurz(&pruefbericht(&muster::antrag(), &fakten(), anlass)), []);
    }
}

type Aenderung = fn(&mut Antrag, &mut Antragsfakten);
type Fall = (&'static str, Aenderung, &'static [(&'static str, Schwere)]);

/// A valid application is changed in one place and exactly the expected findings appear, their texts complete.
fn pruefe_faelle(faelle: &[Fall]) {
    for (name, aendern, erwartet) in faelle {
        let (mut a, mut f) = (muster::antrag(), fakten());
        aendern(&mut a, &mut f);
        let befunde = pruefbericht(&a, &f, Anlass::Einreichung);
        assert_eq!(kurz(&befunde), *erwartet, "{name}");
        for b in &befunde {
            for text in [b.text(Sprache::De), b.text(Sprache::En), b.abhilfe(Sprache::De)] {
                assert!(!text.contains('{'), "{name}: {text}");
            }
        }
    }
}

#[test]
fn dossier_3_5_programm_und_formular() {
    use Schwere::{Fehler, Hinweis};
    pruefe_faelle(&[
        ("Jahrgang closed", |_, f| f.jahrgang_offen = false, &[("JAHRGANG_NICHT_OFFEN", Fehler)]),
        (
            "Regelwerk is a draft",
            |_, f| f.regelwerk.status = crate::regelwerk::RegelwerkStatus::Entwurf,
            &[("REGELWERK_NICHT_VEROEFFENTLICHT", Fehler)],
        ),
        ("another Regelwerk is pinned", |a, _| a.regelwerk = Some("HE-NEU".into()), &[("VERWEIS_UNBEKANNT", Fehler)]),
        ("not entitled", |_, f| f.gk_berechtigt = false, &[("NICHT_ANTRAGSBERECHTIGT", Fehler)]),
        (
            "empty form",
            |a, _| a.inhalt = Antragsinhalt { erklaerungen: a.inhalt.erklaerungen.clone(), ..Default::default() },
            &[("ANGABE_FEHLT", Fehler); 7],
        ),
        ("no declarations", |a, _| a.inhalt.erklaerungen = None, &[("ERKLAERUNG_FEHLT", Fehler); 5]),
        (
            "a declaration nobody knows",
            |a, _| a.inhalt.erklaerungen.as_mut().unwrap().push(Erklaerungscode("unsinn".into())),
            &[("KATALOGWERT_UNBEKANNT", Fehler)],
        ),
        (
            "one declaration missing",
            |a, _| a.inhalt.erklaerungen.as_mut().unwrap().retain(|e| e.0 != "datenschutz"),
            &[("ERKLAERUNG_FEHLT", Fehler)],
        ),
        (
            "signatory",
            |a, _| a.inhalt.unterzeichner.as_mut().unwrap().vertretungsbefugt = false,
            &[("UNTERZEICHNER_OHNE_VERTRETUNG", Fehler)],
        ),
        (
            "IBAN",
            |a, _| a.inhalt.bankverbindung.as_mut().unwrap().iban = "DE02500105170137075031".into(),
            &[("IBAN_UNGUELTIG", Fehler)],
        ),
        (
            "IBAN of no country",
            |a, _| a.inhalt.bankverbindung.as_mut().unwrap().iban = "XX56500105170137075030".into(),
            &[("IBAN_UNGUELTIG", Fehler)],
        ),
        (
            "office of the applicant as holder",
            |a, _| a.inhalt.bankverbindung.as_mut().unwrap().kontoinhaber = "Kreisausschuss des WETTERAUKREISES".into(),
            &[],
        ),
        (
            "another holder",
            |a, _| a.inhalt.bankverbindung.as_mut().unwrap().kontoinhaber = "Kreiskasse Muster".into(),
            &[("KONTOINHABER_FREMD", Schwere::Warnung)],
        ),
        (
            "other public money of nothing",
            |a, _| {
                a.inhalt.andere_oeffentliche_mittel = Some(vec![AndereMittel {
                    geber: "Jobcenter".into(),
                    programm: "SGB II".into(),
                    betrag: eur(-500),
                    status: Mittelstatus::Beantragt,
                }]);
            },
            &[("BETRAG_ZU_KLEIN", Fehler), ("DOPPELFOERDERUNG_MOEGLICH", Hinweis)],
        ),
        (
            "other public money",
            |a, _| {
                a.inhalt.andere_oeffentliche_mittel = Some(vec![AndereMittel {
                    geber: "Jobcenter".into(),
                    programm: "SGB II".into(),
                    betrag: eur(5_000),
                    status: Mittelstatus::Beantragt,
                }]);
            },
            &[("DOPPELFOERDERUNG_MOEGLICH", Hinweis)],
        ),
        (
            "early start without day and reasons",
            |a, _| {
                a.inhalt.vorzeitiger_massnahmebeginn =
                    Some(VorzeitigerMassnahmebeginn { beantragt: true, ab: None, begruendung: None });
            },
            &[("ANGABE_FEHLT", Fehler); 2],
        ),
        (
            "no early start requested",
            |a, _| {
                a.inhalt.vorzeitiger_massnahmebeginn =
                    Some(VorzeitigerMassnahmebeginn { beantragt: false, ab: None, begruendung: None });
            },
            &[],
        ),
        (
            "early start in the year before",
            |a, _| a.inhalt.vorzeitiger_massnahmebeginn.as_mut().unwrap().ab = Some(tag(2025, 12, 31)),
            &[("VORZEITIG_AB_ZU_FRUEH", Fehler)],
        ),
    ]);
}

#[test]
fn dossier_3_5_massnahmen_und_mittel() {
    use Schwere::{Fehler, Hinweis, Warnung};
    pruefe_faelle(&[
        ("no measure", |a, _| a.massnahmen.clear(), &[("MASSNAHME_FEHLT", Fehler)]),
        (
            "number twice",
            |a, _| a.massnahmen[1].massnahme.massnahme_nr = "M01".into(),
            &[("MASSNAHME_NR_DOPPELT", Fehler)],
        ),
        ("no Detailplanung", |a, _| a.massnahmen[0].detailplanung = None, &[("DETAILPLANUNG_FEHLT", Fehler)]),
        (
            "S6: one person above one post",
            |a, _| {
                let mut m = massnahme("M03", Massnahmeart::Qualifizierungsprojekt);
                m.inhalt.teilbudget = "ALLGEMEIN".into();
                let mut neu = mit_plan(m);
                neu.detailplanung.as_mut().unwrap().personaleinsatz[0].person_kuerzel = "MA-M01".into();
                a.massnahmen.push(neu);
            },
            &[("PERSONAL_UEBER_1_0", Fehler)],
        ),
        (
            "places twice",
            |a, _| {
                let mut m = massnahme("M03", Massnahmeart::Ausbildungsvorbereitung);
                m.inhalt.titel = "Maßnahme M01".into();
                a.massnahmen.push(mit_plan(m));
            },
            &[("PLAETZE_DOPPELT", Warnung)],
        ),
        (
            "ceiling with what is bound",
            |_, f| {
                setze(f, "obergrenze_absolut.ausbildungsvorbereitung", "100000.00");
                f.gebunden_je_art.insert(Massnahmeart::Ausbildungsvorbereitung, eur(1));
            },
            &[("OBERGRENZE_UEBERSCHRITTEN", Fehler)],
        ),
        (
            "no Zuteilung",
            |_, f| {
                f.verfuegbar.remove(&("ALLGEMEIN".into(), 2026));
            },
            &[("ZUTEILUNG_FEHLT", Fehler)],
        ),
        ("no strategy", |_, f| f.strategie_vorhanden = false, &[("STRATEGIE_FEHLT", Fehler)]),
        (
            "no agreement: a hint when filing",
            |_, f| f.zielvereinbarung_geschlossen = false,
            &[("ZIELVEREINBARUNG_FEHLT", Hinweis)],
        ),
        (
            "one missing parameter is one finding",
            |_, f| f.regelwerk.parameter.retain(|p| p.schluessel != "vorzeitiger_beginn_ab"),
            &[("PARAMETER_FEHLT", Fehler)],
        ),
    ]);
}

/// Dossier S5: Hanau (06415) exists since 2026-01-01 and is refused for the Jahrgang 2025.
#[test]
fn s5_hanau_2025_nicht_berechtigt() {
    let (mut a, mut f) = (muster::antrag(), fakten());
    a.kreisschluessel = "06415".into();
    let hanau =
        crate::gebietskoerperschaft::anfangsbestand().into_iter().find(|g| g.kreisschluessel == "06415").unwrap();
    for (jahrgang, erwartet) in [(2025, true), (2026, false)] {
        a.jahrgang = jahrgang;
        f.gk_berechtigt = hanau.antragsberechtigt(jahrgang);
        let befunde = pruefbericht(&a, &f, Anlass::Einreichung);
        let befund = befunde.iter().find(|b| b.regel.kurzname == "NICHT_ANTRAGSBERECHTIGT");
        assert_eq!(befund.is_some(), erwartet, "{jahrgang}");
        if let Some(b) = befund {
            assert!(b.text(Sprache::De).contains("06415 ist am 01.01.2025"), "{}", b.text(Sprache::De));
        }
    }
}

/// Dossier S11: the day of receipt in Berlin decides; a warning as Ordnungsfrist, a refusal as Ausschlussfrist.
#[test]
fn s11_frist() {
    use Schwere::{Fehler, Warnung};
    let (a, mut f) = (muster::antrag(), fakten());
    for (ende, heute, modus, erwartet) in [
        (tag(2026, 3, 31), tag(2026, 3, 31), "ORDNUNGSFRIST", vec![]),
        (tag(2026, 3, 31), tag(2026, 4, 1), "ORDNUNGSFRIST", vec![("FRIST_UEBERSCHRITTEN", Warnung)]),
        (tag(2026, 3, 31), tag(2026, 4, 1), "AUSSCHLUSSFRIST", vec![("FRIST_UEBERSCHRITTEN", Fehler)]),
        (tag(2024, 4, 2), tag(2024, 4, 2), "AUSSCHLUSSFRIST", vec![]),
    ] {
        (f.antragsfrist, f.heute) = (ende, heute);
        setze(&mut f, "antragsfrist_modus", modus);
        assert_eq!(kurz(&pruefbericht(&a, &f, Anlass::Einreichung)), erwartet, "{heute} {modus}");
    }
    let eingereicht = Antrag { eingangsdatum: Some(tag(2026, 3, 31)), ..a };
    (f.antragsfrist, f.heute) = (tag(2026, 3, 31), tag(2026, 5, 1));
    assert_eq!(kurz(&pruefbericht(&eingereicht, &f, Anlass::Entscheidung)), [], "the day of receipt counts, not today");
}

/// Dossier S2: 880,299.97 of 880,300.00 are bound; 0.03 fits, 0.04 is short by one cent.
#[test]
fn s2_budget_auf_den_cent() {
    let (mut a, mut f) = (muster::antrag(), fakten());
    a.massnahmen.truncate(1);
    f.verfuegbar.insert(("ALLGEMEIN".into(), 2026), eur(3));
    for (cent, erwartet) in [(3, vec![]), (4, vec![("BUDGET_UEBERSCHRITTEN", Schwere::Fehler)])] {
        let mut m = massnahme("M01", Massnahmeart::Ausbildungsvorbereitung);
        m.inhalt.finanzierungsplan = muster::plan(&[("HONORARE", 2026, cent)], &[("LAND_AQB", 2026, cent)]);
        a.massnahmen[0] = mit_plan(m);
        let befunde = pruefbericht(&a, &f, Anlass::Einreichung);
        assert_eq!(kurz(&befunde), erwartet);
        if let Some(b) = befunde.first() {
            let text = b.text(Sprache::De);
            assert_eq!(text, "ALLGEMEIN 2026: benötigt 0,04 EUR, verfügbar 0,03 EUR; es fehlen 0,01 EUR.");
        }
    }
}

/// The budget is compared per Teilbudget and Haushaltsjahr: both measures together exceed it.
#[test]
fn budget_gilt_der_summe_der_massnahmen() {
    let (a, mut f) = (muster::antrag(), fakten());
    assert_eq!(a.beantragt(), Ok(eur(11_800_000)));
    for (cent, n) in [(11_800_000, 0), (11_799_999, 1)] {
        f.verfuegbar.insert(("ALLGEMEIN".into(), 2026), eur(cent));
        assert_eq!(pruefbericht(&a, &f, Anlass::Einreichung).len(), n);
    }
}

#[test]
fn zeitraum_im_fenster() {
    let von_bis = |von, bis| Some(Zeitraum { von, bis });
    for (z, erwartet) in [
        (von_bis(tag(2026, 1, 1), tag(2030, 12, 31)), None),
        (von_bis(tag(2025, 12, 31), tag(2030, 12, 31)), Some("ZEITRAUM_AUSSERHALB")),
        (von_bis(tag(2026, 1, 1), tag(2031, 1, 1)), Some("ZEITRAUM_AUSSERHALB")),
        (von_bis(tag(2027, 1, 1), tag(2026, 12, 31)), Some("DATUM_REIHENFOLGE")),
    ] {
        let mut a = muster::antrag();
        a.inhalt.bewilligungszeitraum = z;
        let befunde = pruefbericht(&a, &fakten(), Anlass::Einreichung);
        assert_eq!(befunde.first().map(|b| b.regel.kurzname), erwartet, "{z:?}");
        assert_eq!(befunde.len(), usize::from(erwartet.is_some()), "{z:?}");
    }
}

/// Dossier 3.4: an Antrag may be filed without a closed agreement, but not granted; the parameter can lift that.
#[test]
fn zielvereinbarung_je_anlass() {
    let (a, mut f) = (muster::antrag(), fakten());
    f.zielvereinbarung_geschlossen = false;
    f.zielvereinbarung_status = None;
    for (nur_mit, anlass, schwere) in [
        ("JA", Anlass::Einreichung, Schwere::Hinweis),
        ("JA", Anlass::Entscheidung, Schwere::Fehler),
        ("NEIN", Anlass::Entscheidung, Schwere::Hinweis),
    ] {
        setze(&mut f, "bewilligung_nur_mit_zielvereinbarung", nur_mit);
        assert_eq!(kurz(&pruefbericht(&a, &f, anlass)), [("ZIELVEREINBARUNG_FEHLT", schwere)], "{nur_mit} {anlass:?}");
    }
}

/// ISO 13616: published example numbers pass, every single changed digit fails.
#[test]
fn iban_pruefziffer() {
    for gut in ["DE02500105170137075030", "DE89370400440532013000", "GB29NWBK60161331926819", "NO9386011117947"] {
        assert!(iban_gueltig(gut), "{gut}");
        for (i, z) in gut.char_indices().skip(2).filter(|(_, z)| z.is_ascii_digit()) {
            let andere = if z == '9' { '0' } else { char::from(u8::try_from(z).unwrap() + 1) };
            let falsch: String = gut.char_indices().map(|(j, c)| if i == j { andere } else { c }).collect();
            assert!(!iban_gueltig(&falsch), "{falsch}");
        }
    }
    // the fourth has right check digits and a digit too many for a German number
    for schlecht in [
        "",
        "DE",
        "DE0250010517013707503",
        "DE575001051701370750301",
        "de02500105170137075030",
        "DE06ABCDEFGHIJKLMNOPQR",
        "XX56500105170137075030",
        "DE02 5001 0517 0137 0750 30",
        "ÄÖ02",
    ] {
        assert!(!iban_gueltig(schlecht), "{schlecht}");
    }
}

#[test]
fn iban_bleibt_verborgen() {
    let mut a = muster::antrag();
    let iban = "DE03500105170137075030";
    a.inhalt.bankverbindung.as_mut().unwrap().iban = iban.into();
    let befunde = pruefbericht(&a, &fakten(), Anlass::Einreichung);
    assert!(befunde[0].text(Sprache::De).contains("DE03…5030"));
    assert!(!format!("{befunde:?}").contains(iban));
    assert_eq!(iban_verkuerzt("DE03500"), "…");
}

#[test]
fn summen_des_antrags() {
    let mut a = muster::antrag();
    let mut m = massnahme("M03", Massnahmeart::AusbildungUndCoaching);
    m.inhalt.teilbudget = "TEILZEITAUSBILDUNG".into();
    m.inhalt.finanzierungsplan =
        muster::plan(&[("HONORARE", 2027, 700)], &[("LAND_AQB", 2027, 500), ("PRIVAT", 2027, 200)]);
    a.massnahmen.push(mit_plan(m));
    let je = a.beantragt_je().unwrap();
    assert_eq!(je.get(&("ALLGEMEIN".into(), 2026)), Some(&eur(11_800_000)));
    assert_eq!(je.get(&("TEILZEITAUSBILDUNG".into(), 2027)), Some(&eur(500)));
    assert_eq!(je.len(), 2);
    assert_eq!(a.beantragt_je_massnahme().unwrap().get(&("M02".into(), 2026)), Some(&eur(1_800_000)));
    assert_eq!(a.beantragt(), Ok(eur(11_800_500)));
    assert_eq!(a.gesamtplan().and_then(|p| p.land()), Ok(eur(11_800_500)));
    let positionen = a.beantragte_positionen().unwrap();
    assert_eq!(Euro::summe(positionen.iter().map(|p| p.beantragt)), a.beantragt());
}

#[test]
fn entwurf_liest_sich_wieder() {
    let leer: Antragsinhalt = serde_json::from_str("{}").unwrap();
    assert_eq!(leer, Antragsinhalt::default());
    assert_eq!(serde_json::to_string(&leer).unwrap(), "{}");
    let voll = serde_json::to_string(&inhalt()).unwrap();
    assert_eq!(serde_json::from_str::<Antragsinhalt>(&voll).unwrap(), inhalt());
    for schlecht in [r#"{"unbekannt":1}"#, r#"{"bankverbindung":null}"#, r#"{"vorsteuerabzug":"VIELLEICHT"}"#] {
        assert!(serde_json::from_str::<Antragsinhalt>(schlecht).is_err(), "{schlecht}");
    }
    // the version is no part of the document
    let a = Antrag { version: 0, ..muster::antrag() };
    assert_eq!(serde_json::from_str::<Antrag>(&serde_json::to_string(&a).unwrap()).unwrap(), a);
    assert_eq!(a.kreisschluessel, KREIS);
}

/// Reverses the order of the keys of every object.
fn umgekehrt(w: &serde_json::Value) -> serde_json::Value {
    match w {
        serde_json::Value::Object(o) => {
            serde_json::Value::Object(o.iter().rev().map(|(k, v)| (k.clone(), umgekehrt(v))).collect())
        }
        serde_json::Value::Array(a) => serde_json::Value::Array(a.iter().map(umgekehrt).collect()),
        w => w.clone(),
    }
}

#[test]
fn schnappschuss_ist_unabhaengig_von_der_reihenfolge() {
    let a = muster::antrag();
    let s = schnappschuss(&a).unwrap();
    let anders = umgekehrt(&s.inhalt);
    assert_ne!(anders.to_string(), s.inhalt.to_string());
    assert_eq!(crate::bescheid::sha256_kanonisch(&anders), Ok(s.sha256.clone()));
    assert_eq!(s.sha256.len(), 64);
    let verwaltet =
        Antrag { version: 7, aktenzeichen: Some("x".into()), status: AntragStatus::InPruefung, ..a.clone() };
    assert_eq!(schnappschuss(&verwaltet).unwrap().sha256, s.sha256, "what the system adds does not count");
    let mut geaendert = a;
    geaendert.massnahmen[0].massnahme.inhalt.finanzierungsplan.einzelansaetze[0].betrag = eur(9_000_001);
    assert_ne!(schnappschuss(&geaendert).unwrap().sha256, s.sha256, "a cent does");
}

fn cent() -> impl Strategy<Value = i64> {
    prop_oneof![-10i64..1_000_000, Just(99_999_999_999_999), Just(-99_999_999_999_999)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a draft contains, the report answers, always with the same findings in the same order.
    #[test]
    fn pruefbericht_haelt_alles_aus(
        betraege in proptest::collection::vec((cent(), cent(), 2020i32..2035), 1..6),
        tage in proptest::collection::vec(-4_000i64..4_000, 4),
        plaetze in any::<i32>(),
        teilnehmende in any::<i32>(),
        obergrenze in 0i64..1_000_000,
        arten in proptest::collection::vec(proptest::sample::select(Massnahmeart::ALLE), 1..4),
        vertrag in any::<bool>(),
    ) {
        let mut a = muster::antrag();
        let mut f = fakten();
        setze(&mut f, "obergrenze_je_platz.ausbildungsvorbereitung", &eur(obergrenze).to_string());
        let am = |i: usize| tag(2026, 6, 1) + chrono::Duration::days(tage[i]);
        a.inhalt.bewilligungszeitraum = Some(Zeitraum { von: am(0), bis: am(1) });
        a.massnahmen = arten.iter().enumerate().map(|(i, art)| {
            let mut m = massnahme(&format!("M{i}"), *art);
            (m.inhalt.beginn, m.inhalt.ende) = (am(2), am(3));
            m.inhalt.erster_vertragsabschluss_am = vertrag.then(|| am(0));
            let kosten: Vec<_> = betraege.iter().map(|(k, _, j)| ("PERSONAL", *j, *k)).collect();
            let mittel: Vec<_> = betraege.iter().map(|(_, l, j)| ("LAND_AQB", *j, *l)).collect();
            m.inhalt.finanzierungsplan = muster::plan(&kosten, &mittel);
            if let crate::massnahme::Massnahmedetails::Ausbildungsvorbereitung(d) = &mut m.inhalt.details {
                (d.plaetze, d.teilnehmende_geplant) = (plaetze, teilnehmende);
            }
            let detailplanung = muster::antrag().massnahmen[0].detailplanung.clone();
            MassnahmeMitPlan { massnahme: m, detailplanung }
        }).collect();
        for anlass in [Anlass::Einreichung, Anlass::Entscheidung] {
            let befunde = pruefbericht(&a, &f, anlass);
            prop_assert_eq!(&befunde, &pruefbericht(&a, &f, anlass));
            for b in &befunde {
                prop_assert!(!b.text(Sprache::De).contains('{'), "{}", b.text(Sprache::De));
            }
        }
    }
}

/// Dossier 3.8: Σ VZÄ of a person over **all** AQB measures of one Traeger; places of one county are counted once.
#[test]
fn dossier_3_8_andere_antraege_zaehlen_mit() {
    let (mut a, _) = (muster::antrag(), fakten());
    a.massnahmen.truncate(1);
    let m = a.massnahmen[0].clone();
    let einsatz = m.detailplanung.clone().unwrap().personaleinsatz;
    let andere = |bezeichnung: Option<&str>, aendern: fn(&mut AndereMassnahme)| {
        let mut andere = AndereMassnahme {
            bezeichnung: bezeichnung.map(str::to_owned),
            massnahme: m.massnahme.clone(),
            personaleinsatz: einsatz.clone(),
        };
        aendern(&mut andere);
        andere
    };
    type Andere = fn(&mut AndereMassnahme);
    type Doppelfall<'a> = (&'a str, Option<&'a str>, Andere, &'a [(&'static str, Schwere)]);
    let fremd: Andere = |a| a.massnahme.inhalt.titel = "Anderes".into();
    let faelle: &[Doppelfall<'_>] = &[
        (
            "same county, same measure",
            Some("RPKS-1/M01"),
            |_| {},
            &[("PLAETZE_DOPPELT", Schwere::Warnung), ("PERSONAL_UEBER_1_0", Schwere::Fehler)],
        ),
        ("another county, same Traeger", None, fremd, &[("PERSONAL_UEBER_1_0", Schwere::Fehler)]),
        ("another Traeger", Some("X"), |a| a.massnahme.inhalt.traeger_id = Some(Uuid::from_u128(5)), &[]),
        ("earlier", Some("X"), |a| (a.personaleinsatz.clear(), a.massnahme.inhalt.ende = tag(2025, 12, 31)).1, &[]),
        ("own staff of another county", None, |a| a.massnahme.inhalt.traeger_id = None, &[]),
    ];
    for (name, bezeichnung, aendern, erwartet) in faelle {
        let f = Antragsfakten { andere_massnahmen: vec![andere(*bezeichnung, *aendern)], ..fakten() };
        let befunde = pruefbericht(&a, &f, Anlass::Einreichung);
        let gefunden: Vec<_> =
            kurz(&befunde).into_iter().filter(|(k, _)| k.contains("DOPPELT") || k.contains("1_0")).collect();
        assert_eq!(gefunden, *erwartet, "{name}");
        assert!(befunde.iter().all(|b| b.ort.as_deref().is_none_or(|o| !o.contains("RPKS"))), "{name}");
        let text = befunde.iter().map(|b| b.abhilfe(Sprache::De)).collect::<String>();
        assert!(bezeichnung.is_some() || !text.contains("06440"), "nothing of the other county is told: {text}");
    }
}
