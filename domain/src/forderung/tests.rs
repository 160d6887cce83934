use super::*;
use crate::aenderungsantrag::Erstattungszahlung;
use crate::akt::Handlungsgrund;
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Rolle};
use crate::konto::Kontoart;
use crate::regelwerk::{Regelwerk, he_alt};
use crate::zins::faelle::{Fall, alle, gleich};
use crate::zins::{Basiszinsreihe, Zinsmethode, Zinsrundung};
use proptest::prelude::*;

mod ruecknahme;
mod zwischenzins;

const ZINSEN: &str = include_str!("../../../tests/faelle/forderungszinsen.csv");
const VERJAEHRUNG: &str = include_str!("../../../tests/faelle/verjaehrung.csv");
const TILGUNG: &str = include_str!("../../../tests/faelle/tilgung.csv");

fn e(s: &str) -> Euro {
    s.parse().unwrap()
}

fn d(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

fn wer(person: &str, rolle: Rolle) -> Akteur {
    Akteur { person: person.into(), rolle, kreisschluessel: Some("06440".into()), traeger_id: None }
}

fn rp() -> Akteur {
    wer("rp-1", Rolle::Bewilligungsbehoerde)
}

/// HE-ALT with other values.
fn mit(werte: &[(&str, &str)]) -> Regelwerk {
    let mut r = he_alt();
    for (schluessel, wert) in werte {
        let p = r.parameter.iter_mut().find(|p| p.schluessel == *schluessel).expect("parameter");
        p.wert = Some((*wert).to_owned());
    }
    r
}

fn kurz(befunde: &[Befund]) -> Vec<&'static str> {
    befunde.iter().map(|b| b.regel.kurzname).collect()
}

fn posten(massnahme: u128, teile: &[(NaiveDate, Euro)]) -> Erstattungsposten {
    Erstattungsposten {
        massnahme_id: Uuid::from_u128(massnahme),
        massnahme_nr: format!("M{massnahme:02}"),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        betrag: Euro::summe(teile.iter().map(|(_, b)| *b)).unwrap(),
        bereits_zurueckgezahlt: None,
        zahlungen: teile
            .iter()
            .map(|(am, betrag)| Erstattungszahlung { ausgezahlt_am: *am, betrag: *betrag, zinsbeginn: *am })
            .collect(),
    }
}

fn forderung(entstanden_am: NaiveDate, posten: Vec<Erstattungsposten>) -> Forderung {
    let mut f = Forderung {
        id: Uuid::from_u128(1),
        aktenzeichen: "RPKS-57-AQB-2026-F-0001".into(),
        art: Forderungsart::Erstattung,
        antrag_id: Uuid::from_u128(2),
        bescheid_id: Uuid::from_u128(3),
        hauptforderung_id: None,
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        regelwerk: "HE-ALT".into(),
        betrag: Euro::summe(posten.iter().map(|p| p.betrag)).unwrap(),
        posten,
        entstanden_am,
        faellig_am: entstanden_am.checked_add_days(Days::new(30)).unwrap(),
        tilgungen: Vec::new(),
        entscheidungen: Vec::new(),
        zinsen_festgesetzt_bis: None,
        zinsfestsetzungen: Vec::new(),
        aufgehoben: None,
        verjaehrung_am: entstanden_am,
    };
    f.verjaehrung_am = f.verjaehrung(&he_alt()).unwrap();
    f
}

fn eingang(betrag: Euro, am: NaiveDate) -> Zahlungseingang {
    Zahlungseingang { betrag, wertstellung_am: am, referenz: "Auszug 1".into(), bestaetigte_warnungen: Vec::new() }
}

/// After a payment on this claim alone.
fn bezahlt(f: &Forderung, nr: u128, betrag: Euro, am: NaiveDate) -> Forderung {
    let id = Uuid::from_u128(100 + nr);
    f.tilgen((id, id), betrag, &eingang(betrag, am), &rp()).unwrap().zustand
}

fn bewegungen(s: &str) -> Vec<(NaiveDate, Euro)> {
    let teile = s.split(',').map(str::trim).filter(|t| !t.is_empty());
    teile.map(|t| t.split_once(' ').unwrap()).map(|(am, betrag)| (d(am), e(betrag))).collect()
}

#[test]
fn jede_zinsforderung_auf_den_cent() {
    alle(ZINSEN, |f: &Fall| {
        let mut ford = forderung(d(f["entstanden"]), vec![posten(1, &bewegungen(f["teile"]))]);
        for (nr, (am, betrag)) in (1u128..).zip(bewegungen(f["eingaenge"])) {
            ford = bezahlt(&ford, nr, betrag, am);
        }
        ford.zinsen_festgesetzt_bis = (!f["festgesetzt"].is_empty()).then(|| d(f["festgesetzt"]));
        let r = mit(&[("zinsmethode", f["methode"]), ("zins_rundung", f["rundung"])]);
        let (bis, vorlaeufig) = f["bis"].strip_suffix(" vorläufig").map_or((f["bis"], false), |b| (b, true));
        let frage =
            Forderungszinsfrage { bis: d(bis), vorlaeufig, heute: d(f["heute"]), umfeld: Zinsumfeld::default() };
        let z = match ford.zinsen(&frage, &r, &Basiszinsreihe::anfang()) {
            Ok(z) => z,
            Err(b) => return gleich("zinsen", f["zinsen"], b[0].regel.kurzname),
        };
        if !f["zinsen"].is_empty() {
            gleich("zinsen", f["zinsen"], z.zinsen)?;
        }
        gleich("verjaehrt", f["verjaehrt"], z.verjaehrt)?;
        gleich("vorlaeufig", &vorlaeufig.to_string(), z.vorlaeufig)?;
        if !f["staffel"].is_empty() {
            let ist: Vec<String> =
                z.staffel.abschnitte.iter().map(|a| format!("{} {}", a.kapital, a.abschnitt.zinsen)).collect();
            gleich("staffel", f["staffel"], ist.join(", "))?;
        }
        if !f["ende"].is_empty() {
            gleich("ende", f["ende"], z.bis)?;
        }
        gleich("je Posten", &z.zinsen.to_string(), Euro::summe(z.je_posten).unwrap())
    });
}

#[test]
fn jede_verjaehrung_am_richtigen_tag() {
    alle(VERJAEHRUNG, |f: &Fall| {
        let mut ford = forderung(d(f["entstanden"]), vec![posten(1, &[(d(f["entstanden"]), e("100.00"))])]);
        for s in f["stundungen"].split_whitespace() {
            let (zeitraum, beendet) = s.split_once(',').map_or((s, None), |(z, b)| (z, Some(d(b))));
            let (von, bis) = zeitraum.split_once("..").unwrap();
            ford.entscheidungen.push(Forderungsentscheidung {
                art: Forderungsentscheidungsart::Stundung,
                raten: Vec::new(),
                bis: Some(d(bis)),
                grund: String::new(),
                vorgeschlagen_von: "a".into(),
                vorgeschlagen_am: d(von),
                freigegeben_von: Some("b".into()),
                freigegeben_am: Some(d(von)),
                beendet_am: beendet,
                beendet_grund: None,
            });
        }
        let r = mit(&[("verjaehrung_hemmung_stundung", f["hemmung"])]);
        gleich("verjaehrung", f["verjaehrung"], ford.verjaehrung(&r).unwrap())?;
        let ab = ford.unverjaehrt_ab(&r, d(f["heute"])).unwrap();
        gleich("unverjaehrt", f["unverjaehrt"], ab.map_or("–".to_owned(), |t| t.to_string()))
    });
}

#[test]
fn jede_tilgung_in_ihrer_reihenfolge() {
    alle(TILGUNG, |f: &Fall| {
        let tag = d("2026-08-17");
        let haupt = forderung(tag, vec![posten(1, &[(tag, e(f["haupt"]))])]);
        let zins = |(nr, betrag): (u128, &str)| Forderung {
            id: Uuid::from_u128(10 + nr),
            aktenzeichen: format!("RPKS-57-AQB-2026-F-{nr:04}"),
            art: Forderungsart::Erstattungszins,
            ..forderung(tag, vec![posten(1, &[(tag, e(betrag))])])
        };
        let zinsen: Vec<Forderung> = (2u128..).zip(f["zinsen"].split_whitespace()).map(zins).collect();
        // the order does not depend on the order in which they are read
        let gruppe: Vec<Forderung> = zinsen.iter().rev().cloned().chain([haupt.clone()]).collect();
        let teile = match teile_eingang(e(f["eingang"]), &gruppe, f["reihenfolge"].parse().unwrap()) {
            Ok(t) => t,
            Err(b) => return gleich("auf_haupt", f["auf_haupt"], b[0].regel.kurzname),
        };
        let auf = |id: Uuid| teile.iter().find(|(f, _)| *f == id).map(|(_, b)| *b).unwrap_or_default();
        gleich("auf_haupt", f["auf_haupt"], auf(haupt.id))?;
        let ist: Vec<String> = zinsen.iter().map(|z| auf(z.id).to_string()).collect();
        gleich("auf_zinsen", f["auf_zinsen"], ist.join(" "))
    });
}

fn s3() -> Forderung {
    let m = [posten(1, &[(d("2026-08-17"), e("10000.00"))]), posten(2, &[(d("2026-08-17"), e("5000.00"))])];
    forderung(d("2026-09-15"), m.to_vec())
}

#[test]
fn eine_zahlung_wird_je_stelle_gebucht_und_der_storno_hebt_sie_auf() {
    let f = s3();
    let id = Uuid::from_u128(9);
    let z = eingang(e("12000.00"), d("2026-09-10"));
    let ent = f.tilgen((id, id), z.betrag, &z, &rp()).unwrap();
    let b = &ent.buchungen[0];
    // the value date lies before the claim was posted: the books cannot settle what they do not hold
    assert_eq!((b.grund, b.wirksam_am), ("TILGUNG", Some(d("2026-09-15"))));
    let zeilen: Vec<(Kontoart, u128, String)> =
        b.zeilen().iter().map(|z| (z.konto.art, z.massnahme_id.unwrap().as_u128(), z.betrag.to_string())).collect();
    assert_eq!(
        zeilen,
        [
            (Kontoart::Rueckgefordert, 1, "-10000.00".into()),
            (Kontoart::Erstattet, 1, "10000.00".into()),
            (Kontoart::Rueckgefordert, 2, "-2000.00".into()),
            (Kontoart::Erstattet, 2, "2000.00".into()),
        ]
    );
    let neu = ent.zustand;
    assert_eq!((neu.offen().unwrap(), neu.status()), (e("3000.00"), ForderungStatus::Offen));
    let rest = bezahlt(&neu, 1, e("3000.00"), d("2026-10-30"));
    assert_eq!(rest.status(), ForderungStatus::Beglichen);
    assert_eq!(kurz(&rest.pruefe_eingang(&z, d("2026-11-01"), &rp()).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    let storno = Zahlungsstorno { eingang_id: id, grund: "falsches Kassenzeichen".into() };
    let zurueck = rest.stornieren(&storno, d("2026-11-02"), &rp()).unwrap();
    assert_eq!(zurueck.buchungen[0].summe(), Ok(Euro::NULL));
    assert_eq!(zurueck.zustand.offen().unwrap(), e("12000.00"));
    assert_eq!(zurueck.zustand.tilgungen.len(), 2, "the record stays");
    assert_eq!(kurz(&zurueck.zustand.eingang(&storno, &rp()).unwrap_err()), ["EINGANG_UNBEKANNT"]);
}

/// What the payment that settled the claim ended begins again with its reversal; a part that left it open ended nothing.
#[test]
fn storno_laesst_die_zahlungsfrist_wieder_laufen() {
    use crate::frist::{FristStatus, Fristart};
    let f = s3();
    let teil = bezahlt(&f, 1, e("12000.00"), d("2026-09-20"));
    let ganz = bezahlt(&teil, 2, e("3000.00"), d("2026-09-21"));
    let einer_fehlt = {
        let s = Zahlungsstorno { eingang_id: ganz.tilgungen[0].eingang_id, grund: "Storno".into() };
        ganz.stornieren(&s, d("2026-09-22"), &rp()).unwrap().zustand
    };
    let erwartet = vec![(FristStatus::Offen, Fristart::Erstattung, Some(("BESCHEID", f.bescheid_id)))];
    for (fall, x, eingang, enden) in [
        ("settled", &ganz, 1, &erwartet[..]),
        ("settled, the first of two", &ganz, 0, &erwartet),
        ("in part", &teil, 0, &[]),
        ("already open again", &einer_fehlt, 1, &[]),
    ] {
        let eingang_id = ganz.tilgungen[eingang].eingang_id;
        let s = Zahlungsstorno { eingang_id, grund: "Storno".into() };
        let u = x.stornieren(&s, d("2026-09-23"), &rp()).unwrap();
        let ist: Vec<_> = u.fristenden.iter().map(|x| (x.status, x.art, x.fall)).collect();
        assert_eq!(ist, enden, "{fall}");
    }
}

#[test]
fn schlechte_eingaenge() {
    let f = s3();
    let heute = d("2026-09-20");
    for (betrag, am, erwartet) in [
        ("0.00", "2026-09-15", "BETRAG_ZU_KLEIN"),
        ("-1.00", "2026-09-15", "BETRAG_ZU_KLEIN"),
        ("1.00", "2026-09-21", "DATUM_IN_ZUKUNFT"),
        ("1.00", "2026-08-16", "EINGANG_VOR_AUSZAHLUNG"),
    ] {
        assert_eq!(kurz(&f.pruefe_eingang(&eingang(e(betrag), d(am)), heute, &rp()).unwrap_err()), [erwartet]);
    }
    let gk = wer("gk", Rolle::Gebietskoerperschaft);
    let r = f.pruefe_eingang(&eingang(e("1.00"), heute), heute, &gk);
    assert_eq!(kurz(&r.unwrap_err()), ["RECHT_FEHLT"]);
}

/// computed: the same payment over two claims, a different day, amount or reference, a reversed one, a repayment.
#[test]
fn derselbe_eingang_warnt() {
    let am = d("2026-09-15");
    let eingang_id = Uuid::from_u128(9);
    let teil = |f: Forderung, nr: u128, betrag: &str| {
        f.tilgen((Uuid::from_u128(nr), eingang_id), e(betrag), &eingang(e(betrag), am), &rp()).unwrap().zustand
    };
    let zins = Forderung { id: Uuid::from_u128(7), art: Forderungsart::Erstattungszins, ..s3() };
    let gruppe = [teil(s3(), 20, "100.00"), teil(zins, 21, "20.00")];
    let rueck = Rueckzahlung {
        id: Uuid::from_u128(5),
        antrag_id: Uuid::from_u128(2),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        massnahme_id: Uuid::from_u128(1),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        betrag: e("50.00"),
        angerechnet: Euro::NULL,
        wertstellung_am: am,
        referenz: "Auszug 7".into(),
        erfasst_von: "rp-1".into(),
        stornogrund: None,
        teilstorno: None,
    };
    for (betrag, tag, referenz, erwartet) in [
        ("120.00", "2026-09-15", "Auszug 1", true),
        ("120.00", "2026-09-15", " auszug 1 ", true),
        ("100.00", "2026-09-15", "Auszug 1", false),
        ("120.01", "2026-09-15", "Auszug 1", false),
        ("120.00", "2026-09-14", "Auszug 1", false),
        ("120.00", "2026-09-15", "Auszug 2", false),
        ("50.00", "2026-09-15", "Auszug 7", true),
    ] {
        let b = eingang_doppelt((e(betrag), d(tag), referenz), &gruppe, std::slice::from_ref(&rueck)).unwrap();
        assert_eq!(b.map(|b| b.regel.kurzname), erwartet.then_some("EINGANG_DOPPELT"), "{betrag} {tag} {referenz}");
    }
    let s = Zahlungsstorno { eingang_id, grund: "doppelt".into() };
    let storniert = gruppe.map(|f| f.stornieren(&s, am, &rp()).unwrap().zustand);
    let weg = Rueckzahlung { stornogrund: Some("falsch".into()), ..rueck };
    for (betrag, referenz) in [("120.00", "Auszug 1"), ("50.00", "Auszug 7")] {
        assert_eq!(eingang_doppelt((e(betrag), am, referenz), &storniert, std::slice::from_ref(&weg)).unwrap(), None);
    }
}

#[test]
fn wer_gefordert_hat_bucht_keinen_eingang() {
    let f = s3();
    let lage = Forderungslage { gefordert_von: Some("rp-1".into()), ..Forderungslage::default() };
    let b = f.zugelassen(ZAHLUNGSEINGAENGE, &rp(), &lage).unwrap_err();
    assert_eq!(kurz(&b), ["VIER_AUGEN"]);
    assert_eq!(f.zugelassen(ZAHLUNGSEINGAENGE, &wer("rp-2", Rolle::Bewilligungsbehoerde), &lage), Ok(()));
    assert_eq!(f.zugelassen(STUNDUNG, &rp(), &lage), Ok(()));
}

#[test]
fn stundung_nur_mit_zweiter_person_und_genau_dem_offenen() {
    let (f, r, heute) = (s3(), he_alt(), d("2026-09-20"));
    let rate = |am: &str, b: &str| Rate { faellig_am: d(am), betrag: e(b) };
    let s = |raten| Stundung { raten, grund: "Härte".into() };
    for (raten, erwartet) in [
        (vec![rate("2026-12-31", "14999.99")], "RATEN_SUMME"),
        (vec![rate("2026-12-31", "15000.01")], "RATEN_SUMME"),
        (vec![rate("2026-12-31", "15000.00"), rate("2027-01-31", "0.00")], "RATEN_SUMME"),
        (vec![rate("2026-12-31", "7500.00"), rate("2026-12-31", "7500.00")], "RATEN_REIHENFOLGE"),
        (vec![rate("2026-09-19", "15000.00")], "FRIST_VERGANGEN"),
    ] {
        assert_eq!(kurz(&f.stunden(&s(raten), heute, &rp()).unwrap_err()), [erwartet]);
    }
    let raten = vec![rate("2026-12-31", "7500.00"), rate("2027-03-31", "7500.00")];
    let vor = f.stunden(&s(raten.clone()), heute, &rp()).unwrap().zustand;
    assert_eq!(vor.status(), ForderungStatus::Offen, "a proposal has no effect");
    assert_eq!(kurz(&vor.stunden(&s(raten), heute, &rp()).unwrap_err()), ["ENTSCHEIDUNG_OFFEN"]);
    assert_eq!(kurz(&vor.freigeben(&r, heute, &rp()).unwrap_err()), ["VIER_AUGEN"]);
    let zweite = wer("rp-2", Rolle::Bewilligungsbehoerde);
    // something was paid since: the instalments are no longer what is open
    let gezahlt = bezahlt(&vor, 1, e("1.00"), heute);
    assert_eq!(kurz(&gezahlt.freigeben(&r, heute, &zweite).unwrap_err()), ["RATEN_SUMME"]);
    let frei = vor.freigeben(&r, heute, &zweite).unwrap();
    assert_eq!(frei.zustand.status(), ForderungStatus::Gestundet);
    // the next instalment that what was paid does not cover
    for (gezahlt, naechste) in [
        (None, "2026-12-31"),
        (Some("7499.99"), "2026-12-31"),
        (Some("7500.00"), "2027-03-31"),
        (Some("15000.00"), "2027-03-31"),
    ] {
        let f = gezahlt.map_or(frei.zustand.clone(), |b| bezahlt(&frei.zustand, 5, e(b), heute));
        assert_eq!(f.wirksame().is_some().then(|| f.naechste_faelligkeit().unwrap()), Some(d(naechste)), "{gezahlt:?}");
    }
    assert_eq!(f.naechste_faelligkeit(), None);
    // from 20 September 2026 to 31 March 2027 are 192 days
    assert_eq!((frei.zustand.verjaehrung_am, frei.fristen[0].faellig_am), (d("2030-07-11"), d("2030-07-11")));
    assert_eq!(kurz(&frei.zustand.freigeben(&r, heute, &zweite).unwrap_err()), ["KEINE_ENTSCHEIDUNG_OFFEN"]);
    let grund = Handlungsgrund { grund: "Rate versäumt".into() };
    let wieder = frei.zustand.wieder_aufnehmen(&grund, &r, d("2026-09-30"), &rp()).unwrap().zustand;
    assert_eq!((wieder.status(), wieder.verjaehrung_am), (ForderungStatus::Offen, d("2030-01-10")));
}

#[test]
fn niederschlagung_beendet_die_forderung_nicht() {
    let (f, r, heute) = (s3(), he_alt(), d("2026-09-20"));
    let n = Niederschlagung { bis: None, grund: "Kosten außer Verhältnis".into() };
    let vor = f.niederschlagen(&n, heute, &rp()).unwrap().zustand;
    let grund = Handlungsgrund { grund: "anders entschieden".into() };
    let verworfen = vor.verwerfen(&grund, heute, &rp()).unwrap().zustand;
    assert_eq!((verworfen.vorschlag(), verworfen.status()), (None, ForderungStatus::Offen));
    assert_eq!(kurz(&verworfen.verwerfen(&grund, heute, &rp()).unwrap_err()), ["KEINE_ENTSCHEIDUNG_OFFEN"]);
    let frei = vor.freigeben(&r, heute, &wer("rp-2", Rolle::Bewilligungsbehoerde)).unwrap().zustand;
    assert_eq!((frei.status(), frei.offen().unwrap()), (ForderungStatus::Niedergeschlagen, e("15000.00")));
    assert_eq!(bezahlt(&frei, 1, e("15000.00"), heute).status(), ForderungStatus::Beglichen);
    let s = Stundung { raten: vec![Rate { faellig_am: heute, betrag: e("15000.00") }], grund: "x".into() };
    assert_eq!(kurz(&frei.stunden(&s, heute, &rp()).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// Computed: 15,000.00 in three instalments, due by the day after it was not paid; a payment covers the first ones.
#[test]
fn was_faellig_ist_und_wen_es_angeht() {
    use crate::aufgabe::Aufgabenanlass as A;
    use crate::berechtigung::Sicht;
    let (f, r, heute) = (s3(), he_alt(), d("2026-09-20"));
    let zweite = wer("rp-2", Rolle::Bewilligungsbehoerde);
    let rate = |am: &str, betrag: &str| Rate { faellig_am: d(am), betrag: e(betrag) };
    let raten = vec![rate("2026-12-31", "5000.00"), rate("2027-03-31", "5000.00"), rate("2027-06-30", "5000.00")];
    let vorschlag = f.stunden(&Stundung { raten, grund: "Härte".into() }, heute, &rp()).unwrap().zustand;
    let gestundet = vorschlag.freigeben(&r, heute, &zweite).unwrap().zustand;
    let eine = bezahlt(&gestundet, 1, e("5000.00"), heute);
    let angezahlt = bezahlt(&gestundet, 1, e("9999.99"), heute);
    let n = Niederschlagung { bis: Some(d("2027-12-31")), grund: "Kosten außer Verhältnis".into() };
    let nieder = f.niederschlagen(&n, heute, &rp()).unwrap().zustand.freigeben(&r, heute, &zweite).unwrap().zustand;
    let alles = bezahlt(&f, 1, e("15000.00"), heute);
    let kreis = Sicht::Gebietskoerperschaft("06440".into());
    let (faellig, verzug) = (Some(A::ZahlungFaellig), Some(A::Zahlungsverzug));
    let abgelaufen = Some(A::NiederschlagungAbgelaufen);
    let seit = |s: &str| Some(d(s));
    let f_seit = Some(f.faellig_am);
    for (fall, x, am, von, beim_kreis, bei_der_behoerde) in [
        ("not due", &f, f.faellig_am.pred_opt().unwrap(), f_seit, None, None),
        ("due", &f, f.faellig_am, f_seit, faellig, None),
        ("overdue", &f, f.faellig_am.succ_opt().unwrap(), f_seit, faellig, verzug),
        ("paid", &alles, d("2030-01-01"), None, None, None),
        ("deferred", &gestundet, d("2026-12-30"), seit("2026-12-31"), None, None),
        ("instalment missed", &gestundet, d("2027-01-01"), seit("2026-12-31"), faellig, verzug),
        ("first instalment paid", &eine, d("2027-01-01"), seit("2027-03-31"), None, None),
        ("a cent short of the second", &angezahlt, d("2027-04-01"), seit("2027-03-31"), faellig, verzug),
        ("written off", &nieder, d("2027-12-31"), f_seit, faellig, None),
        ("written off until a day", &nieder, d("2028-01-01"), f_seit, faellig, abgelaufen),
    ] {
        assert_eq!(x.faellig_seit(), von, "{fall}");
        assert_eq!(x.anlass(&kreis, am), beim_kreis, "{fall}");
        assert_eq!(x.anlass(&Sicht::Alles, am), bei_der_behoerde, "{fall}");
    }
    for (fall, x, am, wartet) in [
        ("proposed", &vorschlag, heute, vec![FREIGABE]),
        ("released", &gestundet, heute, vec![]),
        ("missed", &gestundet, d("2027-01-01"), vec![ZAHLUNGSEINGAENGE, WIEDERAUFNAHME]),
        ("written off", &nieder, d("2027-12-31"), vec![]),
        ("its day is over", &nieder, d("2028-01-01"), vec![WIEDERAUFNAHME]),
    ] {
        let alle = UEBERGAENGE.iter().map(|u| u.akt).filter(|akt| x.wartet_auf(akt, am)).collect::<Vec<_>>();
        let mut soll = wartet;
        soll.sort_unstable();
        let mut ist = alle;
        ist.sort_unstable();
        assert_eq!(ist, soll, "{fall}");
    }
    assert_eq!(nieder.status_fuer(&kreis), ForderungStatus::Offen, "the debtor does not learn it");
    assert_eq!(nieder.status_fuer(&Sicht::Alles), ForderungStatus::Niedergeschlagen);
}

#[test]
fn unbekannter_parameter_ist_eine_ablehnung() {
    let mut r = he_alt();
    r.parameter.retain(|p| p.schluessel != "zinsmethode" && p.schluessel != "tilgungsreihenfolge");
    let frage = Forderungszinsfrage {
        bis: d("2026-10-30"),
        vorlaeufig: false,
        heute: d("2026-10-30"),
        umfeld: Zinsumfeld::default(),
    };
    let b = s3().zinsen(&frage, &r, &Basiszinsreihe::anfang()).unwrap_err();
    assert_eq!(kurz(&b), ["PARAMETER_FEHLT"]);
    assert_eq!(tilgungsreihenfolge(&r, 2026).unwrap_err().regel.kurzname, "PARAMETER_FEHLT");
}

/// Dossier 6.2: a claim is rounded down as a whole, not each of its parts.
#[test]
fn kapital_wird_als_ganzes_abgerundet() {
    let m = vec![posten(1, &[(d("2026-08-17"), e("30.00"))]), posten(2, &[(d("2026-08-17"), e("30.00"))])];
    let frage = Forderungszinsfrage {
        bis: d("2026-10-30"),
        vorlaeufig: false,
        heute: d("2026-10-30"),
        umfeld: Zinsumfeld::default(),
    };
    let r = mit(&[("kapital_abrunden_auf", "50.00"), ("zins_bagatelle", "1.00")]);
    let z = forderung(d("2026-09-15"), m).zinsen(&frage, &r, &Basiszinsreihe::anfang()).unwrap();
    assert_eq!((z.staffel.abschnitte[0].kapital, z.staffel.zinsen), (e("50.00"), e("0.66")));
    assert!(z.unter_bagatelle);
    assert_eq!(Euro::summe(z.je_posten).unwrap(), e("0.66"));
}

#[test]
fn freiwillige_rueckzahlung_tilgt_die_aelteste_zuerst() {
    let fall = || Rueckzahlungsfall { antrag_id: Uuid::from_u128(2), jahrgang: 2026, kreisschluessel: "06440".into() };
    let angaben = |betrag: &str, am: &str| Rueckzahlungsangaben {
        massnahme_id: Uuid::from_u128(1),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        betrag: e(betrag),
        wertstellung_am: d(am),
        referenz: "Auszug 7".into(),
    };
    let heute = d("2026-12-20");
    for (betrag, am, erwartet) in [
        ("14880.01", "2026-12-15", "RUECKZAHLUNG_UEBER_BESTAND"),
        ("0.00", "2026-12-15", "BETRAG_ZU_KLEIN"),
        ("1.00", "2026-12-21", "DATUM_IN_ZUKUNFT"),
    ] {
        let a = angaben(betrag, am);
        let u = Rueckzahlung::erfassen(Uuid::from_u128(5), fall(), &a, e("14880.00"), heute, &rp());
        assert_eq!(kurz(&u.unwrap_err()), [erwartet]);
    }
    let neu = |nr: u128, betrag: &str, am: &str| {
        let a = angaben(betrag, am);
        Rueckzahlung::erfassen(Uuid::from_u128(nr), fall(), &a, e("14880.00"), heute, &rp()).unwrap().zustand
    };
    let alle = [neu(5, "4880.00", "2026-12-18"), neu(6, "10000.00", "2026-12-15")];
    let stelle = (Uuid::from_u128(1), "ALLGEMEIN", 2026);
    let teile = rechne_an(&alle, stelle, e("12000.00")).unwrap();
    assert_eq!(teile, [(1, e("10000.00")), (0, e("2000.00"))]);
    assert!(rechne_an(&alle, stelle, e("14880.01")).is_err());
    let benutzt = alle[1].anrechnen(e("10000.00")).unwrap().zustand;
    let grund = Handlungsgrund { grund: "falsch erfasst".into() };
    assert_eq!(kurz(&benutzt.stornieren(&grund, &rp()).unwrap_err()), ["RUECKZAHLUNG_ANGERECHNET"]);
    // what no claim used is reversed, what it used goes on counting
    let teils = alle[1].anrechnen(e("9999.99")).unwrap().zustand.stornieren(&grund, &rp()).unwrap();
    let zeilen: Vec<_> = teils.buchungen[0].zeilen().iter().map(|z| (z.konto.art, z.betrag)).collect();
    assert_eq!(zeilen, [(Kontoart::Ausgezahlt, e("0.01")), (Kontoart::Zurueckgezahlt, e("-0.01"))]);
    let teils = teils.zustand;
    assert_eq!(
        (teils.status(), teils.frei(), teils.angerechnet),
        (RueckzahlungStatus::Gebucht, Ok(Euro::NULL), e("9999.99"))
    );
    assert_eq!(kurz(&teils.stornieren(&grund, &rp()).unwrap_err()), ["RUECKZAHLUNG_ANGERECHNET"]);
    let storniert = alle[0].stornieren(&grund, &rp()).unwrap().zustand;
    assert_eq!((storniert.status(), storniert.frei().unwrap()), (RueckzahlungStatus::Storniert, Euro::NULL));
    assert_eq!(kurz(&storniert.stornieren(&grund, &rp()).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// A grant as the link a Bescheid about interest builds on.
fn bewilligung() -> crate::bescheid::Bescheid {
    use crate::bescheid::{Bescheid, BescheidStatus, Bescheidart, Bescheidinhalt, Entscheidungsart};
    Bescheid {
        id: Uuid::from_u128(3),
        inhalt: Bescheidinhalt {
            art: Bescheidart::Aenderung,
            antrag_id: Uuid::from_u128(2),
            jahrgang: 2026,
            kreisschluessel: "06440".into(),
            entscheidung: Entscheidungsart::Bewilligung,
            positionen: Vec::new(),
            bewilligungszeitraum: None,
            finanzierungsart: None,
            auflagen: Vec::new(),
            nebenbestimmungen: None,
            begruendung: None,
            regelwerk: "HE-ALT".into(),
            antrag_schnappschuss_sha256: "00".repeat(32),
            kettenglied: 2,
            vorgaenger_id: None,
            vorgaenger_hash: None,
            schluss: None,
            aufhebung: None,
            aenderung: None,
            zins: None,
            zinsruecknahme: None,
        },
        inhalt_hash: "11".repeat(32),
        status: BescheidStatus::Bekanntgegeben,
        erstellt_von: "rp-1".into(),
        freigegeben_von: Some("rp-2".into()),
        erlassen_am: None,
        verworfen_von: None,
        verwerfungsgrund: None,
        bekanntgabe: None,
        bekanntgabe_von: None,
        berichtigungsgrund: None,
        aufgehoben_durch: None,
        bekannt_am: None,
        rechtsbehelf_bis: None,
        rechtsbehelfsverzicht_am: None,
        verzichtet_von: None,
        bestandskraft_am: None,
    }
}

fn entwirf(f: &Forderung, r: &Regelwerk, bis: &str, heute: &str) -> crate::akt::Urteil<crate::bescheid::Bescheid> {
    let geltend = bewilligung();
    let fakten = Zinsbescheidfakten {
        geltend: &geltend,
        vorgaenger: Some(geltend.kettenglied()),
        regelwerk: r,
        entwurf: None,
        reihe: &Basiszinsreihe::anfang(),
        angehoert: true,
        anhoerungen: Vec::new(),
        heute: d(heute),
        umfeld: Zinsumfeld::default(),
    };
    let eingabe = Zinsbescheideingabe {
        bis: d(bis),
        ermessen_begruendung: "Die Mittel waren nicht für den Zweck verwendet.".into(),
        verzoegerung_behoerde_tage: 0,
        verzoegerung_begruendung: None,
        verzicht: None,
        bestaetigte_warnungen: Vec::new(),
    };
    f.zinsbescheid(Uuid::from_u128(77), &eingabe, &fakten, &rp())
}

/// B1, BVerwG 8 C 2.12: the Bescheid of 3 February 2009 fixes 21,919.07 and leaves out what was barred, with a hint.
#[test]
fn b1_zinsbescheid_laesst_verjaehrtes_weg() {
    let f = forderung(d("2004-03-01"), vec![posten(1, &[(d("2005-01-01"), e("95867.00"))])]);
    let f = bezahlt(&f, 1, e("95867.00"), d("2009-01-01"));
    let urteil = entwirf(&f, &he_alt(), "2009-02-03", "2009-02-03").unwrap();
    assert_eq!(kurz(&urteil.befunde), ["ZINSEN_VERJAEHRT"]);
    let z = urteil.zustand.inhalt.zins.clone().unwrap();
    assert_eq!((z.zinsen, z.festgesetzt, z.verjaehrt), (e("21919.07"), e("21919.07"), e("5934.01")));
    assert_eq!((z.ab, z.bis), (Some(d("2006-01-01")), d("2009-01-01")));
    // its release claims the interest in accounts of its own, and the claim arises from it
    let zweite = wer("rp-2", Rolle::Bewilligungsbehoerde);
    let frei = urteil.zustand.freigeben(d("2009-02-03"), &zweite).unwrap();
    let konten: Vec<Kontoart> = frei.buchungen[0].zeilen().iter().map(|z| z.konto.art).collect();
    assert_eq!(konten, [Kontoart::ZinsFestgesetzt, Kontoart::ZinsGefordert]);
    let neu = Forderung::aus_bescheid(Uuid::from_u128(5), "F".into(), &frei.zustand, &he_alt(), d("2009-02-03"));
    let neu = neu.unwrap().unwrap();
    assert_eq!(
        (neu.art, neu.betrag, neu.hauptforderung_id),
        (Forderungsart::Erstattungszins, e("21919.07"), Some(f.id))
    );
    assert_eq!(kurz(&entwirf(&neu, &he_alt(), "2009-02-03", "2009-02-03").unwrap_err()), ["ZINS_AUF_ZINS"]);
    let danach = f.zinsen_festgesetzt(frei.zustand.id, &z).zustand;
    assert_eq!(kurz(&entwirf(&danach, &he_alt(), "2009-02-03", "2009-02-03").unwrap_err()), ["ZINSEN_KEINE"]);
}

/// What a second person released.
fn festgesetzt(f: &Forderung, bis: &str, heute: &str) -> Forderung {
    let b = entwirf(f, &he_alt(), bis, heute).unwrap().zustand;
    f.zinsen_festgesetzt(b.id, b.inhalt.zins.as_ref().unwrap()).zustand
}

/// computed: 15,000.00 at 6.52 % for 74 days are 198.28, with 5,000.00 paid after 15 days 145.58.
#[test]
fn zinsen_sind_das_ganze_weniger_das_festgesetzte() {
    let f = forderung(d("2026-09-15"), vec![posten(1, &[(d("2026-08-17"), e("15000.00"))])]);
    let frage = |bis: &str, heute: &str| Forderungszinsfrage {
        bis: d(bis),
        vorlaeufig: false,
        heute: d(heute),
        umfeld: Zinsumfeld::default(),
    };
    let zinsen = |f: &Forderung, bis: &str, heute: &str| {
        let z = f.zinsen(&frage(bis, heute), &he_alt(), &Basiszinsreihe::anfang()).unwrap();
        assert_eq!(Euro::summe(z.je_posten.clone()).unwrap(), z.zinsen);
        [z.staffel.zinsen, z.bereits_festgesetzt, z.zinsen, z.zuviel_festgesetzt].map(|b| b.to_string()).join(" ")
    };
    let gezahlt = bezahlt(&f, 1, e("5000.00"), d("2026-09-01"));
    let fest = festgesetzt(&gezahlt, "2026-10-30", "2026-10-30");
    assert_eq!(zinsen(&fest, "2026-10-30", "2026-10-30"), "145.58 145.58 0.00 0.00");
    // an earlier day asks for the same days: nothing is owed twice, nothing is lost
    assert_eq!(zinsen(&fest, "2026-09-01", "2026-10-30"), "145.58 145.58 0.00 0.00");
    let storno = Zahlungsstorno { eingang_id: Uuid::from_u128(101), grund: "falsch".into() };
    let urteil = fest.stornieren(&storno, d("2026-11-02"), &rp()).unwrap();
    assert_eq!(kurz(&urteil.befunde), ["ZINSEN_AUF_EINGANG"]);
    let storniert = urteil.zustand;
    assert_eq!(zinsen(&storniert, "2026-10-30", "2026-11-02"), "198.28 145.58 52.70 0.00");
    // a second Zinsbescheid claims the difference, a third finds nothing
    let zweiter = festgesetzt(&storniert, "2026-10-30", "2026-11-02");
    assert_eq!(zinsen(&zweiter, "2026-10-30", "2026-11-02"), "198.28 198.28 0.00 0.00");
    assert_eq!(kurz(&entwirf(&zweiter, &he_alt(), "2026-10-30", "2026-11-02").unwrap_err()), ["ZINSEN_KEINE"]);
    // a payment that is recorded late: more is fixed than owed, and that is said
    let spaet = bezahlt(&zweiter, 2, e("5000.00"), d("2026-09-01"));
    assert_eq!(zinsen(&spaet, "2026-10-30", "2026-11-02"), "145.58 198.28 0.00 52.70");
    let z = spaet.zinsen(&frage("2026-10-30", "2026-11-02"), &he_alt(), &Basiszinsreihe::anfang()).unwrap();
    assert_eq!(Forderung::zuviel_festgesetzt(&z).unwrap().regel.kurzname, "ZINSEN_UEBERFESTGESETZT");
    // without a payment before that day there is nothing to warn of
    let offen = festgesetzt(&f, "2026-10-30", "2026-10-30");
    let danach = bezahlt(&offen, 3, e("5000.00"), d("2026-11-01"));
    let storno = Zahlungsstorno { eingang_id: Uuid::from_u128(103), grund: "falsch".into() };
    assert_eq!(kurz(&danach.stornieren(&storno, d("2026-11-02"), &rp()).unwrap().befunde), Vec::<&str>::new());
}

/// computed: what was fixed for barred years does not lower the interest of later ones.
#[test]
fn festgesetztes_zaehlt_nur_fuer_seine_tage() {
    let f = forderung(d("2020-03-01"), vec![posten(1, &[(d("2020-01-01"), e("10000.00"))])]);
    let fest = festgesetzt(&f, "2021-01-01", "2021-02-01");
    let frage = Forderungszinsfrage {
        bis: d("2025-01-01"),
        vorlaeufig: false,
        heute: d("2026-01-02"),
        umfeld: Zinsumfeld::default(),
    };
    let ohne = f.zinsen(&frage, &he_alt(), &Basiszinsreihe::anfang()).unwrap();
    let mit = fest.zinsen(&frage, &he_alt(), &Basiszinsreihe::anfang()).unwrap();
    assert_eq!((mit.bereits_festgesetzt, mit.zinsen), (Euro::NULL, ohne.zinsen));
    assert!(mit.zinsen.ist_positiv() && mit.verjaehrt < ohne.verjaehrt, "{mit:?}");
}

#[test]
fn zinsen_unter_der_bagatelle_werden_nicht_gefordert() {
    let f = forderung(d("2026-09-15"), vec![posten(1, &[(d("2026-08-17"), e("100.00"))])]);
    let r = mit(&[("zins_bagatelle", "5.00")]);
    assert_eq!(kurz(&entwirf(&f, &r, "2026-10-30", "2026-10-30").unwrap_err()), ["ZINS_UNTER_BAGATELLE"]);
    assert!(entwirf(&f, &he_alt(), "2026-10-30", "2026-10-30").is_ok());
    assert_eq!(kurz(&entwirf(&f, &he_alt(), "2026-10-31", "2026-10-30").unwrap_err()), ["DATUM_IN_ZUKUNFT"]);
}

/// What was recorded after the draft, or by the releasing person, settles nothing.
#[test]
fn anrechnung_wie_im_entwurf() {
    let r = Rueckzahlung {
        id: Uuid::from_u128(1),
        antrag_id: Uuid::nil(),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        massnahme_id: Uuid::nil(),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: 2026,
        betrag: e("1.00"),
        angerechnet: Euro::NULL,
        wertstellung_am: d("2026-09-01"),
        referenz: "R".into(),
        erfasst_von: "kasse".into(),
        stornogrund: None,
        teilstorno: None,
    };
    let um = |s: &str| s.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let (vorher, entwurf, nachher) =
        (um("2026-09-15T07:00:00Z"), um("2026-09-15T08:00:00Z"), um("2026-09-15T08:00:01Z"));
    for (person, erfasst, erwartet) in [
        ("rp-2", vorher, None),
        ("rp-2", entwurf, None),
        ("rp-2", nachher, Some("ENTSCHEIDUNG_VERALTET")),
        ("KASSE", vorher, Some("VIER_AUGEN")),
    ] {
        let u = r.pruefe_anrechnung((erfasst, entwurf), &wer(person, Rolle::Bewilligungsbehoerde));
        assert_eq!(u.err().map(|b| b[0].regel.kurzname), erwartet, "{person} {erfasst}");
    }
}

prop_compose! {
    fn tage()(n in 0u64..1_800) -> NaiveDate { d("2022-01-01").checked_add_days(Days::new(n)).unwrap() }
}

fn regeln(methode: Zinsmethode) -> Forderungszinsregeln {
    Forderungszinsregeln {
        methode,
        rundung: Zinsrundung::AmEnde,
        ..Forderungszinsregeln::aus(&he_alt(), 2026).unwrap()
    }
}

proptest! {
    /// Interest is additive over a split of the period, up to one cent.
    #[test]
    fn zinsen_sind_ueber_eine_teilung_des_zeitraums_additiv(
        teile in proptest::collection::vec((1i64..5_000_000, tage(), proptest::option::of(tage())), 1..6),
        mut grenzen in proptest::array::uniform2(tage()),
        methode in 0usize..3,
    ) {
        grenzen.sort_unstable();
        let regeln = regeln(Zinsmethode::ALLE[methode]);
        let teile: Vec<Zinsteil> =
            teile.into_iter().map(|(c, von, bis)| Zinsteil { zahlung: None, betrag: Euro::aus_cent(c).unwrap(), von, bis }).collect();
        let reihe = Basiszinsreihe::anfang();
        let s = |ab, bis| zinsstaffel((&teile, &Zinsdeckung::default()), ab, bis, &regeln, &reihe).unwrap().zinsen.cent();
        let (ganz, vorn, hinten) = (s(None, grenzen[1]), s(None, grenzen[0]), s(Some(grenzen[0]), grenzen[1]));
        prop_assert!((ganz - vorn - hinten).abs() <= 1, "{ganz} {vorn} {hinten}");
    }

    /// Whatever is paid in whatever order: what was paid and what is open is the claim, and the state says so.
    #[test]
    fn bezahlt_und_offen_sind_immer_die_forderung(betraege in proptest::collection::vec(1i64..900_000, 1..12), weg in 0usize..12) {
        let mut f = s3();
        let am = d("2026-09-20");
        for (nr, cent) in (1u128..).zip(&betraege) {
            let betrag = Euro::aus_cent(*cent).unwrap().min(f.offen().unwrap());
            if betrag.ist_positiv() {
                f = bezahlt(&f, nr, betrag, am);
            }
        }
        if let Some(t) = f.tilgungen.get(weg).map(|t| t.eingang_id) {
            let s = Zahlungsstorno { eingang_id: t, grund: "Storno".into() };
            f = f.stornieren(&s, am, &rp()).unwrap().zustand;
        }
        prop_assert_eq!(f.getilgt().unwrap().plus(f.offen().unwrap()).unwrap(), f.betrag);
        let je = Euro::summe(f.offen_je_posten().unwrap().into_iter().map(|(_, o)| o)).unwrap();
        prop_assert_eq!(je, f.offen().unwrap());
        prop_assert_eq!(f.status() == ForderungStatus::Beglichen, f.offen().unwrap().ist_null());
    }

    /// Interest never falls when a payment comes later.
    #[test]
    fn wer_spaeter_zahlt_zahlt_nie_weniger_zinsen(c in 1i64..5_000_000, mut t in proptest::array::uniform3(tage())) {
        t.sort_unstable();
        let (regeln, reihe) = (regeln(Zinsmethode::ActAct), Basiszinsreihe::anfang());
        let z = |bis| {
            let teil = Zinsteil { zahlung: None, betrag: Euro::aus_cent(c).unwrap(), von: t[0], bis: Some(bis) };
            zinsstaffel((&[teil], &Zinsdeckung::default()), None, d("2026-12-31"), &regeln, &reihe).unwrap().zinsen
        };
        prop_assert!(z(t[1]) <= z(t[2]));
    }
}
