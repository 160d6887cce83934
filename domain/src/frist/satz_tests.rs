use super::*;
use crate::akt::Fristsetzung;
use crate::berechtigung::{Akteur, Rolle};
use crate::zeit::tag;
use crate::zins::faelle::{alle, gleich};
use uuid::Uuid;

fn rp() -> Akteur {
    Akteur { person: "rp".into(), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None }
}

fn setzung(art: Fristart, faellig_am: NaiveDate) -> Fristsetzung {
    Fristsetzung { art, bezug: None, faellig_am, antrag_id: Uuid::nil(), jahrgang: 2026, regelwerk: "HE-ALT".into() }
}

fn frist(art: Fristart, faellig_am: NaiveDate) -> Frist {
    let fall = Fristfall { art: "BESCHEID".into(), id: "1".into(), kreisschluessel: "06440".into() };
    Frist::neu(Uuid::nil(), &fall, &setzung(art, faellig_am), None)
}

fn verlaengerung(bis: NaiveDate) -> Fristverlaengerung {
    Fristverlaengerung { bis, grund: "Jahresabschluss fehlt".into() }
}

fn codes(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

/// Overdue from the day after; an appeal period that ran out was not missed. `mittelabruf` reads the last column.
#[test]
fn jede_versaeumte_frist() {
    alle(include_str!("../../../tests/faelle/ueberfaellig.csv"), |f| {
        let tag = |spalte: &str| f[spalte].parse::<NaiveDate>().unwrap();
        let art: Fristart = f["art"].parse().unwrap();
        let faellig = tag("faellig_am");
        gleich("faellig_am ist ein Werktag", f["faellig_am"], crate::frist::naechster_werktag(faellig))?;
        gleich("zustand", f["zustand"], frist(art, faellig).zustand(tag("heute")))
    });
}

/// computed: 14 and 3 days before, and the day after; never two stages on one day.
#[test]
fn stufen_der_erinnerung() {
    let f = frist(Fristart::Auflage, tag(2027, 3, 31));
    for (heute, stufe) in [
        (tag(2027, 3, 16), None),
        (tag(2027, 3, 17), Some(Erinnerungsstufe::Frueh)),
        (tag(2027, 3, 27), Some(Erinnerungsstufe::Frueh)),
        (tag(2027, 3, 28), Some(Erinnerungsstufe::Spaet)),
        (tag(2027, 3, 31), Some(Erinnerungsstufe::Spaet)),
        (tag(2027, 4, 1), Some(Erinnerungsstufe::Ueberfaellig)),
    ] {
        assert_eq!(f.erinnerung(heute, Some(14), Some(3)), stufe, "{heute}");
    }
    assert_eq!(f.erinnerung(tag(2027, 3, 31), None, None), None);
    assert_eq!(frist(Fristart::Rechtsbehelf, tag(2027, 3, 31)).erinnerung(tag(2027, 4, 1), Some(14), Some(3)), None);
}

/// features.md, lesson 24: a deadline that is over can still be extended; not into the past, and not by nothing.
#[test]
fn verlaengerung_auch_nach_ablauf() {
    let f = frist(Fristart::Verwendungsnachweis, tag(2026, 9, 1));
    let heute = tag(2026, 9, 15);
    let e = f.verlaengern(&verlaengerung(tag(2026, 9, 30)), heute, &rp()).unwrap();
    assert_eq!((e.zustand.faellig_am, e.zustand.urspruenglich_faellig_am), (tag(2026, 9, 30), tag(2026, 9, 1)));
    assert_eq!(
        e.zustand.verlaengerungen.first().map(|v| (v.bisher, v.neu, v.am)),
        Some((tag(2026, 9, 1), tag(2026, 9, 30), heute))
    );
    assert!(e.befunde.is_empty());
    // 2026-10-03 is a holiday and a Saturday
    let e = f.verlaengern(&verlaengerung(tag(2026, 10, 3)), heute, &rp()).unwrap();
    assert_eq!(codes(&e.befunde), ["FRIST_KEIN_WERKTAG"]);
    for (bis, code) in [
        (tag(2026, 9, 1), "FRIST_NICHT_SPAETER"),
        (tag(2026, 8, 1), "FRIST_NICHT_SPAETER"),
        (tag(2026, 9, 14), "FRIST_VERGANGEN"),
    ] {
        assert_eq!(codes(&f.verlaengern(&verlaengerung(bis), heute, &rp()).unwrap_err()), [code], "{bis}");
    }
    assert!(f.verlaengern(&verlaengerung(heute), heute, &rp()).is_ok(), "the day itself is not over");
}

#[test]
fn was_nicht_verlaengert_wird() {
    for (art, code) in [
        (Fristart::Rechtsbehelf, "FRIST_GESETZLICH"),
        (Fristart::Verjaehrung, "FRIST_GESETZLICH"),
        (Fristart::Erstattung, "FRIST_DER_FORDERUNG"),
    ] {
        let f = frist(art, tag(2026, 10, 1));
        let b = f.verlaengern(&verlaengerung(tag(2026, 12, 1)), tag(2026, 9, 15), &rp()).unwrap_err();
        assert_eq!(codes(&b), [code]);
    }
}

/// Whether an act of the case is the only way to end each kind.
#[test]
fn erledigung_je_art() {
    let heute = tag(2026, 9, 15);
    for art in Fristart::ALLE {
        let f = frist(*art, tag(2026, 10, 1));
        let e = f.erledigen(&Fristerledigung { am: heute, grund: "liegt vor".into() }, heute, &rp());
        match e {
            Ok(e) => {
                assert!(!art.endet_nur_im_fall(), "{art}");
                assert_eq!(e.zustand.status, FristStatus::Erledigt);
                let noch = e.zustand.verlaengern(&verlaengerung(tag(2026, 12, 1)), heute, &rp()).unwrap_err();
                assert_eq!(codes(&noch), ["STATUS_UNZULAESSIG"]);
            }
            Err(b) => assert!(art.endet_nur_im_fall() && codes(&b) == ["FRIST_ENDET_IM_FALL"], "{art}"),
        }
    }
    let f = frist(Fristart::Auflage, tag(2026, 10, 1));
    let morgen = Fristerledigung { am: tag(2026, 9, 16), grund: "liegt vor".into() };
    assert_eq!(codes(&f.erledigen(&morgen, heute, &rp()).unwrap_err()), ["DATUM_IN_ZUKUNFT"]);
}

/// A later Bescheid with the same day keeps the time that was given; with another day it counts anew.
#[test]
fn nachfolger_behaelt_die_verlaengerung() {
    let alt = frist(Fristart::Verwendungsnachweis, tag(2027, 12, 31));
    let alt = alt.verlaengern(&verlaengerung(tag(2028, 3, 31)), tag(2027, 12, 1), &rp()).unwrap().zustand;
    let fall = Fristfall { art: "BESCHEID".into(), id: "2".into(), kreisschluessel: "06440".into() };
    for (bis, faellig, n) in [(tag(2027, 12, 31), tag(2028, 3, 31), 1), (tag(2028, 6, 30), tag(2028, 6, 30), 0)] {
        let neu = Frist::neu(Uuid::nil(), &fall, &setzung(Fristart::Verwendungsnachweis, bis), Some(&alt));
        assert_eq!((neu.faellig_am, neu.urspruenglich_faellig_am, neu.verlaengerungen.len()), (faellig, bis, n));
    }
}

#[test]
fn tabelle_ist_wohlgeformt() {
    use FristStatus::*;
    // ABGELOEST is no act of the deadline itself
    crate::akt::pruefe_tabelle(UEBERGAENGE, &[Offen, Erledigt], &[Erledigt, Abgeloest], Offen);
}

/// Each kind of a deadline names acts that its case, or the case that fulfils it, really has.
#[test]
fn jede_frist_nennt_was_sie_erfuellt() {
    use crate::{anhoerung, antrag, bescheid, forderung, verwendungsnachweis, weiterleitung};
    let bekannt = |f: &Fristakt| match f.fall_art {
        "ANTRAG" => antrag::UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        "BESCHEID" => bescheid::UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        "VERWENDUNGSNACHWEIS" => verwendungsnachweis::UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        "WEITERLEITUNG" => weiterleitung::UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        "FORDERUNG" => forderung::UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        "ANHOERUNG" => anhoerung::UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        "FRIST" => UEBERGAENGE.iter().any(|u| u.akt == f.akt),
        _ => false,
    };
    for art in Fristart::ALLE {
        let fall = Fristfall { art: "VERWENDUNGSNACHWEIS".into(), id: "f".into(), kreisschluessel: "06440".into() };
        let frist = Frist::neu(Uuid::nil(), &fall, &setzung(*art, tag(2026, 9, 30)), None);
        let akte = frist.erfuellt_durch();
        assert!(!akte.is_empty() && akte.iter().all(bekannt), "{art}: {akte:?}");
        // what only its case ends, no act on the deadline itself ends
        assert!(!art.endet_nur_im_fall() || akte.iter().all(|a| a.fall_art != "FRIST"), "{art}");
    }
    let antrag = Fristfall { art: "ANTRAG".into(), id: "a".into(), kreisschluessel: "06440".into() };
    let frist = Frist::neu(Uuid::nil(), &antrag, &setzung(Fristart::Nachforderung, tag(2026, 9, 30)), None);
    assert_eq!(frist.erfuellt_durch()[0].fall_art, "ANTRAG");
}

/// A reversed payment revives what a payment ended, a withdrawn filing what a filing ended; nothing else.
#[test]
fn was_wieder_auflebt() {
    let fall = Fristfall { art: "BESCHEID".into(), id: "b".into(), kreisschluessel: "06440".into() };
    for (art, akt, lebt_auf) in [
        (Fristart::Erstattung, "zahlungseingaenge", true),
        (Fristart::Erstattung, "erledigung", false),
        (Fristart::Erstattung, "einreichung", false),
        (Fristart::Verwendungsnachweis, "einreichung", true),
        (Fristart::Verwendungsnachweis, "zahlungseingaenge", false),
    ] {
        let f = Frist::neu(Uuid::nil(), &fall, &setzung(art, tag(2026, 9, 30)), None);
        let abschluss =
            |akt: &str| Fristabschluss { am: tag(2026, 9, 1), akt: akt.into(), person: "p".into(), grund: None };
        assert!(!f.lebt_auf(), "{art}: it runs");
        let ende = f.beendet(FristStatus::Erledigt, abschluss(akt), None);
        assert_eq!(ende.lebt_auf(), lebt_auf, "{art} {akt}");
        assert!(!f.beendet(FristStatus::Abgeloest, abschluss(akt), None).lebt_auf(), "{art}: replaced");
        assert_eq!(ende.wieder_offen(), f);
    }
}
