//! A Bescheid about interest is taken back: what it fixed counts as not fixed, its claim ends, the grant stays.

use super::*;
use crate::bescheid::{
    Aufhebungseingabe, Aufhebungsgrund, Aufhebungswirkung, Bescheid, BescheidStatus, Bescheidart, RUECKNAHME,
    Restbewilligung, WIDERRUF, Zinsruecknahmefakten, geltend,
};
use crate::bestaetigung::Warnungsbestaetigung;
use crate::frist::{FristStatus, Fristart};
use crate::regel::{ANHOERUNG_FEHLT, ANHOERUNG_LAEUFT};

const HEUTE: &str = "2026-10-30";

fn zweite() -> Akteur {
    wer("rp-2", Rolle::Bewilligungsbehoerde)
}

/// A notified Zinsbescheid over 198.28, its claim, and the repayment that knows it.
fn fall() -> (Bescheid, Forderung, Forderung) {
    let haupt = s3();
    let b = entwirf(&haupt, &he_alt(), HEUTE, HEUTE).unwrap().zustand.freigeben(d(HEUTE), &zweite()).unwrap().zustand;
    let b = Bescheid { status: BescheidStatus::Bekanntgegeben, bekannt_am: Some(d(HEUTE)), ..b };
    let zins = Forderung::aus_bescheid(Uuid::from_u128(5), "F-2".into(), &b, &he_alt(), d(HEUTE)).unwrap().unwrap();
    let haupt = haupt.zinsen_festgesetzt(b.id, b.inhalt.zins.as_ref().unwrap()).zustand;
    (b, zins, haupt)
}

fn eingabe() -> Aufhebungseingabe {
    Aufhebungseingabe {
        grund: Aufhebungsgrund::Rechtswidrig,
        wirkung: Aufhebungswirkung::Vergangenheit,
        kenntnis_am: d("2026-10-29"),
        rest: Vec::new(),
        anhoerung_id: None,
        begruendung: "Der Zinssatz war falsch eingetragen.".into(),
        bestaetigte_warnungen: Vec::new(),
    }
}

fn fakten<'a>(zins: Option<&'a Forderung>, r: &'a Regelwerk) -> Zinsruecknahmefakten<'a> {
    Zinsruecknahmefakten {
        forderung: zins,
        regelwerk: r,
        vorgaenger: None,
        angehoert: false,
        anhoerungen: Vec::new(),
        heute: d(HEUTE),
    }
}

#[test]
fn ruecknahme_hebt_bescheid_forderung_und_festsetzung_auf() {
    let (b, zins, haupt) = fall();
    assert_eq!((zins.betrag, haupt.zinsen_festgesetzt_bis), (e("198.28"), Some(d(HEUTE))));
    let r = he_alt();
    let f = Zinsruecknahmefakten { vorgaenger: Some(b.kettenglied()), ..fakten(Some(&zins), &r) };
    let neu = b.zinsen_zuruecknehmen(Uuid::from_u128(90), &eingabe(), &f, &rp()).unwrap().zustand;
    let z = neu.inhalt.zinsruecknahme.clone().unwrap();
    assert_eq!((neu.inhalt.art, neu.inhalt.kettenglied), (Bescheidart::Zinsruecknahme, b.inhalt.kettenglied + 1));
    assert_eq!((z.bescheid_id, z.betrag, z.forderung_id), (b.id, e("198.28"), Some(haupt.id)));
    assert!(neu.inhalt.zins.is_none() && neu.inhalt.positionen.is_empty());
    assert!(neu.pruefe_zinsruecknahme(&b, &f).is_empty());
    // the posting of the Zinsbescheid is turned around, and the grant is the one before
    let frei = neu.freigeben(d(HEUTE), &zweite()).unwrap();
    let zeilen = frei.buchungen.iter().flat_map(|b| b.zeilen()).map(|z| (z.konto.art, z.betrag));
    let zeilen: Vec<_> = zeilen.collect();
    assert_eq!(zeilen, [(Kontoart::ZinsGefordert, e("-198.28")), (Kontoart::ZinsFestgesetzt, e("198.28"))]);
    let bewilligung = bewilligung();
    assert_eq!(geltend([&bewilligung, &b, &frei.zustand]).map(|g| g.id), Some(bewilligung.id));
    // the Bescheid, its claim, the repayment
    let weg = b.wird_aufgehoben(neu.id);
    let enden: Vec<_> = weg.fristenden.iter().map(|f| (f.art, f.status)).collect();
    assert_eq!(
        enden,
        [(Fristart::Erstattung, FristStatus::Abgeloest), (Fristart::Rechtsbehelf, FristStatus::Abgeloest)]
    );
    let aus = zins.aufheben(neu.id, d(HEUTE)).unwrap();
    assert_eq!((aus.zustand.status(), aus.zustand.offen()), (ForderungStatus::Aufgehoben, Ok(Euro::NULL)));
    assert_eq!(aus.zustand.betrag, e("198.28"), "what was claimed stays on record");
    assert!(aus.zustand.offen_je_posten().unwrap().iter().all(|(_, o)| o.ist_null()));
    assert!(aus.zustand.faellig_seit().is_none() && aus.fristenden.iter().any(|f| f.art == Fristart::Verjaehrung));
    for akt in aus.zustand.aktionen(&rp(), &Forderungslage::default()) {
        assert!(!akt.erlaubt(), "{}", akt.akt);
    }
    let wieder = haupt.zinsfestsetzung_aufgehoben(b.id).zustand;
    assert_eq!((wieder.zinsfestsetzungen.len(), wieder.zinsen_festgesetzt_bis), (0, None));
    let z = entwirf(&wieder, &he_alt(), HEUTE, HEUTE).unwrap().zustand.inhalt.zins.unwrap();
    assert_eq!((z.festgesetzt, z.bereits_festgesetzt), (e("198.28"), None));
    // another Bescheid's entry stays, and a day without an entry too
    assert_eq!(haupt.zinsfestsetzung_aufgehoben(Uuid::from_u128(1)).zustand, haupt);
    // once taken back nothing more can be done with it
    for akt in [WIDERRUF, RUECKNAHME, crate::bescheid::BEKANNTGABEBERICHTIGUNG] {
        let a = weg.zustand.aktionen(&rp(), d(HEUTE)).into_iter().find(|a| a.akt == akt).unwrap();
        assert_eq!(kurz(&a.befunde), ["BESCHEID_AUFGEHOBEN"], "{akt}");
    }
    assert_eq!(kurz(&neu.pruefe_zinsruecknahme(&weg.zustand, &f)), ["BESCHEID_AUFGEHOBEN"]);
}

/// A deferral ends with the claim, and a proposal for one.
#[test]
fn stundung_endet_mit_der_forderung() {
    let (_, zins, _) = fall();
    let raten = vec![Rate { faellig_am: d("2026-12-31"), betrag: zins.betrag }];
    let vorschlag = zins.stunden(&Stundung { raten, grund: "Härte".into() }, d(HEUTE), &rp()).unwrap().zustand;
    let gestundet = vorschlag.freigeben(&he_alt(), d(HEUTE), &zweite()).unwrap().zustand;
    for f in [vorschlag, gestundet] {
        let aus = f.aufheben(Uuid::from_u128(90), d(HEUTE)).unwrap().zustand;
        assert_eq!((aus.vorschlag(), aus.wirksame(), aus.naechste_faelligkeit()), (None, None, None));
        assert!(!aus.wartet_auf(FREIGABE, d("2027-06-01")) && !aus.in_verzug(d("2027-06-01")));
    }
}

/// What stands in the way, one case each.
#[test]
fn ruecknahme_wird_abgelehnt() {
    let (b, zins, _) = fall();
    let teil = bezahlt(&zins, 1, e("0.01"), d(HEUTE));
    let r = he_alt();
    let rest = vec![Restbewilligung {
        massnahme_id: Uuid::from_u128(1),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        bewilligt: Euro::NULL,
    }];
    let mit = |f: fn(&mut Aufhebungseingabe)| {
        let mut e = eingabe();
        f(&mut e);
        e
    };
    let faelle = [
        (eingabe(), Some(&zins), &[][..]),
        (mit(|e| e.grund = Aufhebungsgrund::FalscheAngaben), Some(&zins), &[]),
        // relief knows neither the year nor a hearing
        (mit(|e| e.kenntnis_am = d("2024-01-01")), Some(&zins), &[]),
        (mit(|e| e.grund = Aufhebungsgrund::Zweckverfehlung), Some(&zins), &["AUFHEBUNG_GRUND"]),
        (mit(|e| e.wirkung = Aufhebungswirkung::Zukunft), Some(&zins), &["ZINSBESCHEID_NUR_GANZ"]),
        (Aufhebungseingabe { rest, ..eingabe() }, Some(&zins), &["ZINSBESCHEID_NUR_GANZ"]),
        (mit(|e| e.kenntnis_am = d("2026-10-31")), Some(&zins), &["DATUM_IN_ZUKUNFT"]),
        (mit(|e| e.begruendung = "kurz".into()), Some(&zins), &["BEGRUENDUNG_FEHLT"]),
        (eingabe(), Some(&teil), &["ZINSFORDERUNG_BEZAHLT"]),
    ];
    for (nr, (e, forderung, erwartet)) in faelle.into_iter().enumerate() {
        let u = b.zinsen_zuruecknehmen(Uuid::from_u128(90), &e, &fakten(forderung, &r), &rp());
        assert_eq!(kurz(&u.err().unwrap_or_default()), erwartet, "case {nr}");
    }
    let kreis = wer("gk-1", Rolle::Gebietskoerperschaft);
    let u = b.zinsen_zuruecknehmen(Uuid::from_u128(90), &eingabe(), &fakten(Some(&zins), &r), &kreis);
    assert_eq!(kurz(&u.unwrap_err()), ["RECHT_FEHLT"]);
    let neu = b.zinsen_zuruecknehmen(Uuid::from_u128(90), &eingabe(), &fakten(Some(&zins), &r), &rp()).unwrap().zustand;
    assert_eq!(kurz(&neu.freigeben(d(HEUTE), &rp()).unwrap_err()), ["VIER_AUGEN"]);
    assert_eq!(kurz(&neu.pruefe_zinsruecknahme(&b, &fakten(Some(&teil), &r))), ["ZINSFORDERUNG_BEZAHLT"]);
    let anders = Zinsruecknahmefakten { vorgaenger: Some(b.kettenglied()), ..fakten(Some(&zins), &r) };
    assert_eq!(kurz(&neu.pruefe_zinsruecknahme(&b, &anders)), ["ENTSCHEIDUNG_VERALTET"]);
    assert_eq!(kurz(&teil.aufheben(neu.id, d(HEUTE)).unwrap_err()), ["ZINSFORDERUNG_BEZAHLT"]);
    let a = b.aktionen(&rp(), d(HEUTE)).into_iter().find(|a| a.akt == WIDERRUF).unwrap();
    assert_eq!(kurz(&a.befunde), ["ZINS_WIDERRUF"]);
}

/// To take a waiver back burdens: the year from knowledge counts, and the county is heard.
#[test]
fn erlassene_zinsen_werden_nach_anhoerung_gefordert() {
    let (mut b, ..) = fall();
    if let Some(z) = b.inhalt.zins.as_mut() {
        (z.festgesetzt, z.posten) = (Euro::NULL, Vec::new());
    }
    let r = he_alt();
    let nimm = |e: &Aufhebungseingabe, f: &Zinsruecknahmefakten<'_>| {
        let u = b.zinsen_zuruecknehmen(Uuid::from_u128(90), e, f, &rp());
        u.map_or_else(|b| kurz(&b), |e| kurz(&e.befunde))
    };
    let ohne = fakten(None, &r);
    assert_eq!(nimm(&eingabe(), &ohne), ["ANHOERUNG_FEHLT", "WARNUNG_NICHT_BESTAETIGT"]);
    let bestaetigt = Aufhebungseingabe {
        bestaetigte_warnungen: vec![Warnungsbestaetigung::neu(ANHOERUNG_FEHLT.code, "Gefahr im Verzug.")],
        ..eingabe()
    };
    assert_eq!(nimm(&bestaetigt, &ohne), ["ANHOERUNG_FEHLT"]);
    let gehoert = Zinsruecknahmefakten { angehoert: true, ..ohne.clone() };
    assert_eq!(nimm(&eingabe(), &gehoert), Vec::<&str>::new());
    let alt = Aufhebungseingabe { kenntnis_am: d("2025-10-29"), ..eingabe() };
    assert_eq!(nimm(&alt, &gehoert), ["AUFHEBUNG_FRIST"]);
    let laeuft = Zinsruecknahmefakten { anhoerungen: vec![Befund::neu(&ANHOERUNG_LAEUFT)], angehoert: true, ..ohne };
    assert_eq!(nimm(&eingabe(), &laeuft), ["ANHOERUNG_LAEUFT"]);
}
