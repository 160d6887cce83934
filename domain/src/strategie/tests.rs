use super::*;
use crate::berechtigung::Rolle;
use crate::zeit::tag;
use proptest::prelude::*;

fn akteur(rolle: Rolle, kreis: &str) -> Akteur {
    Akteur { person: "p1".into(), rolle, kreisschluessel: Some(kreis.into()), traeger_id: None }
}

fn wetterau() -> Akteur {
    akteur(Rolle::Gebietskoerperschaft, "06440")
}

fn inhalt(von: NaiveDate, bis: NaiveDate) -> Strategieinhalt {
    Strategieinhalt {
        titel: "Strategie".into(),
        beschlussdatum: tag(2025, 11, 12),
        gueltig_von: von,
        gueltig_bis: bis,
        zusammenfassung: "x".into(),
    }
}

fn entwurf(id: u128, von: NaiveDate, bis: NaiveDate) -> Strategie {
    Strategie::anlegen(Uuid::from_u128(id), "06440", inhalt(von, bis), &wetterau()).unwrap()
}

fn fakten(andere: &[Strategie], heute: NaiveDate) -> Strategiefakten<'_> {
    Strategiefakten { andere, vereinbarungen: 0, heute }
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

#[test]
fn zustandstabelle() {
    use StrategieStatus::*;
    crate::akt::pruefe_tabelle(UEBERGAENGE, StrategieStatus::ALLE, &[Anerkannt], Entwurf);
}

/// Dossier 3.1 row 2: the submission is the precondition, recognition follows.
#[test]
fn zeile2_einreichung_dann_anerkennung() {
    let s = entwurf(1, tag(2026, 1, 1), tag(2030, 12, 31));
    assert!(!s.traegt("06440", 2026), "a draft is no precondition");
    let s = s.einreichen(&fakten(&[], tag(2026, 1, 15)), &wetterau()).unwrap().zustand;
    assert!(s.traegt("06440", 2026) && !s.traegt("06440", 2031) && !s.traegt("06435", 2026));
    assert!(pruefe_voraussetzung(std::slice::from_ref(&s), "06440", 2026).is_none());
    assert_eq!(pruefe_voraussetzung(&[], "06440", 2026).map(|b| b.regel.kurzname), Some("STRATEGIE_FEHLT"));
    assert_eq!(kurz(&s.aendern(s.inhalt.clone(), &wetterau()).unwrap_err()), ["UNVERAENDERLICH"]);
    assert_eq!(kurz(&s.anerkennen(&fakten(&[], tag(2026, 2, 1)), &wetterau()).unwrap_err()), ["RECHT_FEHLT"]);
    let s = s.anerkennen(&fakten(&[], tag(2026, 2, 1)), &akteur(Rolle::Ministerium, "")).unwrap().zustand;
    assert_eq!((s.status, s.anerkannt_am), (StrategieStatus::Anerkannt, Some(tag(2026, 2, 1))));
}

#[test]
fn einreichung_wird_abgelehnt() {
    let heute = tag(2026, 1, 15);
    let s = entwurf(1, tag(2026, 1, 1), tag(2030, 12, 31));
    let verdreht = inhalt(tag(2026, 1, 1), tag(2025, 12, 31));
    let neu = Strategie::anlegen(Uuid::nil(), "06440", verdreht.clone(), &wetterau());
    assert_eq!(kurz(&neu.unwrap_err()), ["DATUM_REIHENFOLGE"]);
    assert_eq!(kurz(&s.aendern(verdreht.clone(), &wetterau()).unwrap_err()), ["DATUM_REIHENFOLGE"]);
    let alt = Strategie { inhalt: verdreht, ..s.clone() };
    assert_eq!(kurz(&alt.einreichen(&fakten(&[], heute), &wetterau()).unwrap_err()), ["DATUM_REIHENFOLGE"]);
    assert_eq!(kurz(&s.einreichen(&fakten(&[], tag(2025, 11, 11)), &wetterau()).unwrap_err()), ["DATUM_IN_ZUKUNFT"]);
    let fremd = akteur(Rolle::Gebietskoerperschaft, "06435");
    assert_eq!(kurz(&s.einreichen(&fakten(&[], heute), &fremd).unwrap_err()), ["FREMDER_VORGANG"]);
    assert_eq!(kurz(&s.aendern(s.inhalt.clone(), &fremd).unwrap_err()), ["FREMDER_VORGANG"]);
    assert!(Strategie::anlegen(Uuid::nil(), "06435", s.inhalt.clone(), &wetterau()).is_err());
}

#[test]
fn ueberschneidung_nur_mit_eingereichten_derselben_gk() {
    let heute = tag(2026, 1, 15);
    let s = entwurf(1, tag(2026, 1, 1), tag(2030, 12, 31));
    let mut andere = entwurf(2, tag(2030, 12, 31), tag(2034, 12, 31));
    assert!(s.einreichen(&fakten(std::slice::from_ref(&andere), heute), &wetterau()).is_ok(), "drafts do not count");
    andere.status = StrategieStatus::Eingereicht;
    let b = s.einreichen(&fakten(std::slice::from_ref(&andere), heute), &wetterau()).unwrap_err();
    assert_eq!(kurz(&b), ["STRATEGIE_UEBERSCHNEIDUNG"]);
    andere.inhalt.gueltig_von = tag(2031, 1, 1);
    assert!(s.einreichen(&fakten(std::slice::from_ref(&andere), heute), &wetterau()).is_ok(), "the next day is free");
    andere.inhalt.gueltig_von = tag(2028, 1, 1);
    andere.kreisschluessel = "06435".into();
    assert!(
        s.einreichen(&fakten(&[andere], heute), &wetterau()).is_ok(),
        "another authority's strategy does not count"
    );
}

/// Either side ends a submission: the ministry returns it, its author takes it back; not while an agreement rests on it.
#[test]
fn einreichung_wird_rueckgaengig() {
    let heute = tag(2026, 1, 20);
    let s = entwurf(1, tag(2026, 1, 1), tag(2030, 12, 31));
    assert!(s.loeschbar(&wetterau()).is_ok());
    let s = s.einreichen(&fakten(&[], heute), &wetterau()).unwrap().zustand;
    let ministerium = akteur(Rolle::Ministerium, "");
    let grund = Handlungsgrund { grund: "Zeitraum falsch".into() };
    for (akt, wer, andere) in [(ZURUECKWEISUNG, &ministerium, &wetterau()), (RUECKNAHME, &wetterau(), &ministerium)] {
        let e = s.zurueckgeben(akt, &grund, &fakten(&[], heute), wer).unwrap().zustand;
        assert_eq!((e.status, e.eingereicht_am), (StrategieStatus::Entwurf, None));
        assert_eq!(e.rueckgabe.as_ref().map(|r| (r.akt.as_str(), r.grund.as_str())), Some((akt, "Zeitraum falsch")));
        assert_eq!(kurz(&e.loeschbar(&wetterau()).unwrap_err()), ["UNVERAENDERLICH"], "it was submitted once");
        assert!(e.einreichen(&fakten(&[], heute), &wetterau()).unwrap().zustand.rueckgabe.is_none());
        assert_eq!(kurz(&s.zurueckgeben(akt, &grund, &fakten(&[], heute), andere).unwrap_err()), ["RECHT_FEHLT"]);
        let gebraucht = Strategiefakten { vereinbarungen: 1, ..fakten(&[], heute) };
        assert_eq!(kurz(&s.zurueckgeben(akt, &grund, &gebraucht, wer).unwrap_err()), ["STRATEGIE_WIRD_GEBRAUCHT"]);
    }
    let fremd = akteur(Rolle::Gebietskoerperschaft, "06435");
    assert_eq!(
        kurz(&s.zurueckgeben(RUECKNAHME, &grund, &fakten(&[], heute), &fremd).unwrap_err()),
        ["FREMDER_VORGANG"]
    );
    assert_eq!(kurz(&s.loeschbar(&fremd).unwrap_err()), ["FREMDER_VORGANG"]);
}

proptest! {
    #[test]
    fn ueberschneidung_ist_genau_ein_gemeinsamer_tag(a in 0i64..60, la in 0i64..30, b in 0i64..60, lb in 0i64..30) {
        let t = |n: i64| tag(2026, 1, 1) + chrono::TimeDelta::days(n);
        let s = entwurf(1, t(a), t(a + la));
        let andere = Strategie { status: StrategieStatus::Eingereicht, ..entwurf(2, t(b), t(b + lb)) };
        let gemeinsam = (0..120).any(|n| s.umfasst(t(n)) && andere.umfasst(t(n)));
        prop_assert_eq!(s.pruefe(&[andere], t(0)).len(), usize::from(gemeinsam));
    }
}
