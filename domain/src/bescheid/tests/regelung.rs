//! Final decision, revocation, withdrawal: what they move, and what stands in their way.

use super::*;
use crate::aenderungsantrag::{Geldstand, Zahlungsbewegung};
use crate::frist::Frist;
use crate::schlussrechnung::{Massnahmenergebnis, Schlussergebnis};

const ANHOERUNG: &str = crate::regel::ANHOERUNG_FEHLT.code;
const AUFLAGE: &str = crate::regel::AUFLAGE_UEBERFAELLIG.code;
const REST: &str = crate::regel::RESTANSPRUCH.code;
const GRUENDE: &str = "Die Ausgaben blieben hinter dem Finanzierungsplan zurück.";

/// A grant of 2,000.00 for one measure, 1,200.00 of it in 2026 and 800.00 in 2027.
fn geltend() -> Bescheid {
    let f = fakten_mit(vec![beantragt(2, 2026, 120_000), beantragt(2, 2027, 80_000)]);
    let b = entwerfen(Uuid::from_u128(7), &bewilligung(), &f, &rp(1)).unwrap().zustand;
    let b = b.freigeben(heute(), &rp(2)).unwrap().zustand;
    Bescheid { status: BescheidStatus::Bekanntgegeben, bekannt_am: Some(heute()), ..b }
}

fn fakten_mit(positionen: Vec<BeantragtePosition>) -> Entscheidungsfakten<'static> {
    fakten(Box::leak(Box::new(he_alt())), positionen)
}

/// Balances of both years; what was paid came on 1 June of its year.
fn geld(je: [&[(Kontoart, i64)]; 2]) -> Geldstand {
    let mut g = Geldstand::default();
    for (jahr, konten) in (2026..).zip(je) {
        let stelle = (Uuid::from_u128(2), "ALLGEMEIN".to_owned(), jahr);
        for (art, cent) in konten {
            g.salden.insert((stelle.clone(), *art), euro(*cent));
        }
        let gezahlt: i64 =
            konten.iter().filter(|(a, _)| !matches!(a, Kontoart::Gebunden | Kontoart::Abgerufen)).map(|k| k.1).sum();
        if gezahlt > 0 {
            let vorgang = format!("ZAHLUNG/{jahr}");
            g.zahlungen.push(Zahlungsbewegung { stelle, vorgang, am: tag(jahr, 6, 1), betrag: euro(gezahlt) });
        }
    }
    g
}

fn ergebnis(endgueltig: i64) -> Schlussergebnis {
    Schlussergebnis {
        zuwendung: euro(200_000),
        endgueltig: euro(endgueltig),
        minderung: euro(200_000 - endgueltig),
        massnahmen: vec![Massnahmenergebnis {
            massnahme_id: Uuid::from_u128(2),
            massnahme_nr: "M02".into(),
            zuwendung: euro(200_000),
            nachgewiesen: euro(endgueltig),
            anerkannt: euro(endgueltig),
            endgueltig: euro(endgueltig),
        }],
        zeilen: Vec::new(),
    }
}

fn schlussfakten<'a>(
    g: &'a Bescheid,
    geld: &'a Geldstand,
    e: &'a Schlussergebnis,
    r: &'a Regelwerk,
) -> Schlussfakten<'a> {
    Schlussfakten {
        geltend: g,
        nachweis_id: Uuid::from_u128(50),
        nachweis_sha256: "b".repeat(64),
        berechnung_id: Uuid::from_u128(51),
        berechnung_sha256: "c".repeat(64),
        ergebnis: e,
        geld,
        regelwerk: r,
        vorgaenger: Some(g.kettenglied()),
        angehoert: true,
        befunde: Vec::new(),
        auflagen: &[],
        heute: tag(2028, 3, 1),
    }
}

fn schlusseingabe(warnungen: &[&str]) -> Schlusseingabe {
    Schlusseingabe {
        begruendung: GRUENDE.into(),
        bestaetigte_warnungen: warnungen
            .iter()
            .map(|c| Warnungsbestaetigung::neu(c, "Geprüft und abgewogen."))
            .collect(),
    }
}

/// Bewegungen of a Bescheid's posting on the accounts of the measure, by Haushaltsjahr and kind.
fn bewegt(b: &Bescheid) -> Vec<(i32, Kontoart, i64)> {
    let e = b.freigeben(tag(2028, 3, 2), &rp(2)).unwrap();
    let zeilen = e.buchungen.iter().flat_map(|b| b.zeilen());
    let mut alle: Vec<_> = zeilen.map(|z| (z.konto.haushaltsjahr, z.konto.art, z.betrag.cent())).collect();
    alle.sort();
    alle
}

/// computed, dossier S7 in small: 1,200.00 and 600.00 paid, 1,500.00 remain; the last year loses 300.00, its rest of
/// 200.00 becomes free, and nothing is left bound, called or with the county.
#[test]
fn schlussbescheid_erklaert_jeden_cent() {
    let (g, r) = (geltend(), he_alt());
    let geld = geld([
        &[(Kontoart::Ausgezahlt, 100_000), (Kontoart::Weitergeleitet, 20_000)],
        &[(Kontoart::Gebunden, 20_000), (Kontoart::Ausgezahlt, 60_000)],
    ]);
    let e = ergebnis(150_000);
    let f = schlussfakten(&g, &geld, &e, &r);
    let b = schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(&[]), &f, &rp(1)).unwrap().zustand;
    assert_eq!((b.inhalt.art, b.inhalt.entscheidung), (Bescheidart::Schluss, Entscheidungsart::Teilbewilligung));
    assert_eq!(b.inhalt.bewilligt(), Ok(euro(150_000)));
    assert_eq!(
        bewegt(&b),
        [
            (2026, Kontoart::Ausgezahlt, -100_000),
            (2026, Kontoart::Weitergeleitet, -20_000),
            (2026, Kontoart::Anerkannt, 120_000),
            (2027, Kontoart::Verfuegbar, 20_000),
            (2027, Kontoart::Gebunden, -20_000),
            (2027, Kontoart::Ausgezahlt, -60_000),
            (2027, Kontoart::Anerkannt, 30_000),
            (2027, Kontoart::Rueckgefordert, 30_000),
        ]
    );
    let erstattung = b.inhalt.erstattung().unwrap();
    assert_eq!(erstattung.betrag, euro(30_000));
    // the payout of 2027 and its day bear the claim
    assert_eq!(erstattung.posten[0].zahlungen[0].ausgezahlt_am, tag(2027, 6, 1));
    assert!(b.pruefe_schluss(&f).is_empty());
    assert_eq!(kurz(&b.fall_abgeschlossen().into_iter().collect::<Vec<_>>()), ["FALL_ABGESCHLOSSEN"]);
}

/// More came back before any claim than is to be repaid: nothing is decided until the repayment is put right. Amounts:
/// with the county, paid back, what remains; findings, and what is claimed where nothing blocks.
#[test]
fn zuviel_zurueckgezahltes_verfaellt_nicht() {
    let (g, r) = (geltend(), he_alt());
    let faelle: [(i64, i64, i64, &[&str], i64); 6] = [
        // 1,200.00 paid, 1,000.01 came back, 600.00 remain: 400.01 are the county's
        (19_999, 100_001, 60_000, &["RUECKZAHLUNG_ZU_HOCH"], 0),
        (59_999, 60_001, 60_000, &["RUECKZAHLUNG_ZU_HOCH"], 0),
        (60_000, 60_000, 60_000, &[], 60_000),
        (60_001, 59_999, 60_000, &[], 60_000),
        // all of it came back, and more remains than was ever paid
        (0, 120_000, 150_000, &["RUECKZAHLUNG_ZU_HOCH", "RESTANSPRUCH", "WARNUNG_NICHT_BESTAETIGT"], 0),
        (120_000, 0, 150_000, &["RESTANSPRUCH", "WARNUNG_NICHT_BESTAETIGT"], 0),
    ];
    for (ausgezahlt, zurueck, endgueltig, erwartet, gefordert) in faelle {
        let geld = geld([&[(Kontoart::Ausgezahlt, ausgezahlt), (Kontoart::Zurueckgezahlt, zurueck)], &[]]);
        let e = ergebnis(endgueltig);
        let f = schlussfakten(&g, &geld, &e, &r);
        let fall = format!("{ausgezahlt} {zurueck} {endgueltig}");
        match schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(&[]), &f, &rp(1)) {
            Err(befunde) => assert_eq!(kurz(&befunde), erwartet, "{fall}"),
            Ok(e) => {
                let i = e.zustand.inhalt;
                assert!(erwartet.is_empty(), "{fall}");
                assert_eq!((i.bewilligt(), i.erstattung().unwrap().betrag), (Ok(euro(endgueltig)), euro(gefordert)));
                assert_eq!(i.erstattung().unwrap().posten[0].bereits_zurueckgezahlt, Some(euro(zurueck)), "{fall}");
            }
        }
    }
}

/// What stands in the way of a final decision, one case each.
#[test]
fn schluss_wird_abgelehnt() {
    let (g, r) = (geltend(), he_alt());
    let bezahlt: [&[(Kontoart, i64)]; 2] = [&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Ausgezahlt, 80_000)]];
    let offen: [&[(Kontoart, i64)]; 2] = [&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Abgerufen, 80_000)]];
    let kaum: [&[(Kontoart, i64)]; 2] = [&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Gebunden, 80_000)]];
    type Fall<'a> = ([&'a [(Kontoart, i64)]; 2], i64, bool, &'a [&'a str], &'a [&'a str]);
    let faelle: [Fall<'_>; 7] = [
        (bezahlt, 200_000, true, &[], &[]),
        (bezahlt, 150_000, true, &[], &[]),
        (bezahlt, 150_000, false, &[], &["ANHOERUNG_FEHLT", "WARNUNG_NICHT_BESTAETIGT"]),
        (bezahlt, 150_000, false, &[ANHOERUNG], &[]),
        (offen, 120_000, true, &[], &["ABRUF_VOR_SCHLUSS"]),
        (kaum, 150_000, true, &[], &["RESTANSPRUCH", "WARNUNG_NICHT_BESTAETIGT"]),
        (kaum, 150_000, true, &[REST], &[]),
    ];
    for (konten, endgueltig, angehoert, warnungen, erwartet) in faelle {
        let (geld, e) = (geld(konten), ergebnis(endgueltig));
        let f = Schlussfakten { angehoert, ..schlussfakten(&g, &geld, &e, &r) };
        let u = schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(warnungen), &f, &rp(1));
        assert_eq!(kurz(&u.err().unwrap_or_default()), erwartet, "{endgueltig} {angehoert} {warnungen:?}");
    }
    let (geld, e) = (geld(bezahlt), ergebnis(200_000));
    let f = schlussfakten(&g, &geld, &e, &r);
    let ohne = Schlusseingabe { begruendung: "kurz".into(), bestaetigte_warnungen: Vec::new() };
    assert_eq!(kurz(&schluss_entwerfen(Uuid::from_u128(60), &ohne, &f, &rp(1)).unwrap_err()), ["BEGRUENDUNG_FEHLT"]);
    let u = schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(&[]), &f, &gk("06440"));
    assert_eq!(kurz(&u.unwrap_err()), ["RECHT_FEHLT"]);
}

/// Name of the case, deadlines, confirmed warnings, findings.
type Auflagenfall = (&'static str, Vec<Frist>, &'static [&'static str], &'static [&'static str]);

/// § 36 HVwVfG: the final decision ends a condition's deadline, so one that is overdue must be seen by whoever decides.
#[test]
fn ueberfaellige_auflage_wird_bestaetigt() {
    use crate::akt::Fristsetzung;
    use crate::frist::{FristStatus, Fristart, Fristfall};
    let (g, r) = (geltend(), he_alt());
    let geld = geld([&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Ausgezahlt, 80_000)]]);
    let e = ergebnis(200_000);
    let fall = Fristfall { art: "BESCHEID".into(), id: g.id.to_string(), kreisschluessel: "06440".into() };
    let frist = |art, bis: NaiveDate, status| {
        let s = Fristsetzung {
            art,
            bezug: Some("SACHBERICHT".into()),
            faellig_am: bis,
            antrag_id: Uuid::from_u128(1),
            jahrgang: 2026,
            regelwerk: "HE-ALT".into(),
        };
        Frist { status, ..Frist::neu(Uuid::from_u128(70), &fall, &s, None) }
    };
    let offen = &["AUFLAGE_UEBERFAELLIG", "WARNUNG_NICHT_BESTAETIGT"][..];
    // decided on 1 March 2028
    let gestern = frist(Fristart::Auflage, tag(2028, 2, 29), FristStatus::Offen);
    let verlaengert = Frist {
        urspruenglich_faellig_am: tag(2027, 3, 31),
        ..frist(Fristart::Auflage, tag(2028, 3, 1), FristStatus::Offen)
    };
    let faelle: [Auflagenfall; 7] = [
        ("overdue", vec![gestern.clone()], &[], offen),
        ("overdue, confirmed", vec![gestern.clone()], &[AUFLAGE], &[]),
        ("last day", vec![verlaengert], &[], &[]),
        ("met", vec![frist(Fristart::Auflage, tag(2027, 3, 31), FristStatus::Erledigt)], &[], &[]),
        ("replaced", vec![frist(Fristart::Auflage, tag(2027, 3, 31), FristStatus::Abgeloest)], &[], &[]),
        ("no condition", vec![frist(Fristart::Erstattung, tag(2027, 3, 31), FristStatus::Offen)], &[], &[]),
        ("nothing to confirm", vec![], &[AUFLAGE], &["WARNUNG_UNBEKANNT"]),
    ];
    for (name, auflagen, warnungen, erwartet) in faelle {
        let f = Schlussfakten { auflagen: &auflagen, ..schlussfakten(&g, &geld, &e, &r) };
        let u = schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(warnungen), &f, &rp(1));
        assert_eq!(kurz(&u.err().unwrap_or_default()), erwartet, "{name}");
    }
    let zwei = [gestern.clone(), Frist { bezug: Some("JAHRESBERICHT".into()), ..gestern }];
    let f = Schlussfakten { auflagen: &zwei, ..schlussfakten(&g, &geld, &e, &r) };
    let b = schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(&[AUFLAGE]), &f, &rp(1)).unwrap();
    assert_eq!(kurz(&b.befunde), ["AUFLAGE_UEBERFAELLIG", "AUFLAGE_UEBERFAELLIG"], "one for each, with its reason");
    assert!(b.befunde.iter().all(|x| x.begruendung.is_some()));
}

/// Whatever moves after the draft makes it out of date; what waits keeps it from being released.
#[test]
fn entwurf_wird_vom_leben_ueberholt() {
    let (g, r) = (geltend(), he_alt());
    let vorher = geld([&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Ausgezahlt, 80_000)]]);
    let e = ergebnis(150_000);
    let f = schlussfakten(&g, &vorher, &e, &r);
    let b = schluss_entwerfen(Uuid::from_u128(60), &schlusseingabe(&[]), &f, &rp(1)).unwrap().zustand;
    assert!(
        b.pruefe_schluss(&Schlussfakten { heute: tag(2028, 4, 1), ..f.clone() }).is_empty(),
        "only the due day moves"
    );
    let danach = geld([
        &[(Kontoart::Ausgezahlt, 120_000)],
        &[(Kontoart::Ausgezahlt, 70_000), (Kontoart::Zurueckgezahlt, 10_000)],
    ]);
    let anders = ergebnis(160_000);
    let offen = Befund::neu(&crate::regel::FESTSTELLUNG_OFFEN);
    for (fakten, erwartet) in [
        (Schlussfakten { geld: &danach, ..f.clone() }, "ENTSCHEIDUNG_VERALTET"),
        (Schlussfakten { ergebnis: &anders, ..f.clone() }, "ENTSCHEIDUNG_VERALTET"),
        (Schlussfakten { berechnung_sha256: "d".repeat(64), ..f.clone() }, "ENTSCHEIDUNG_VERALTET"),
        (Schlussfakten { vorgaenger: None, ..f.clone() }, "ENTSCHEIDUNG_VERALTET"),
        (Schlussfakten { befunde: vec![offen], ..f.clone() }, "FESTSTELLUNG_OFFEN"),
    ] {
        assert_eq!(kurz(&b.pruefe_schluss(&fakten)), [erwartet]);
    }
}

fn aufhebung(grund: Aufhebungsgrund, wirkung: Aufhebungswirkung, rest: &[(i32, i64)]) -> Aufhebungseingabe {
    let rest = rest.iter().map(|(haushaltsjahr, cent)| Restbewilligung {
        massnahme_id: Uuid::from_u128(2),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: *haushaltsjahr,
        bewilligt: euro(*cent),
    });
    Aufhebungseingabe {
        grund,
        wirkung,
        kenntnis_am: tag(2027, 6, 1),
        rest: rest.collect(),
        anhoerung_id: None,
        begruendung: GRUENDE.into(),
        bestaetigte_warnungen: Vec::new(),
    }
}

fn aufhebungsfakten<'a>(g: &'a Bescheid, geld: &'a Geldstand, r: &'a Regelwerk) -> Aufhebungsfakten<'a> {
    Aufhebungsfakten {
        geltend: g,
        geld,
        regelwerk: r,
        vorgaenger: Some(g.kettenglied()),
        angehoert: true,
        befunde: Vec::new(),
        heute: tag(2028, 3, 1),
    }
}

/// computed, § 49 Abs. 3 HVwVfG: for the past everything paid beyond what stays comes back, for the future it stays.
#[test]
fn widerruf_fuer_vergangenheit_und_zukunft() {
    use Aufhebungsgrund::AuflageNichtErfuellt;
    use Aufhebungswirkung::{Vergangenheit, Zukunft};
    let (g, r) = (geltend(), he_alt());
    let geld =
        geld([&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Gebunden, 50_000), (Kontoart::Ausgezahlt, 30_000)]]);
    let f = aufhebungsfakten(&g, &geld, &r);
    for (wirkung, rest, bewilligt, erstattung, frei) in [
        (Vergangenheit, &[][..], 0, 150_000, 50_000),
        (Vergangenheit, &[(2026, 100_000)][..], 100_000, 50_000, 50_000),
        (Vergangenheit, &[(2026, 120_000), (2027, 60_000)][..], 180_000, 0, 20_000),
        (Zukunft, &[][..], 150_000, 0, 50_000),
    ] {
        let e = aufhebung(AuflageNichtErfuellt, wirkung, rest);
        let b = g.aufheben(Uuid::from_u128(61), WIDERRUF, &e, &f, &rp(1)).unwrap().zustand;
        let claimed = b.inhalt.erstattung().map_or(0, |e| e.betrag.cent());
        let freed: i64 = b.inhalt.regelungsposten().unwrap().iter().map(|p| p.frei.cent()).sum();
        assert_eq!(
            (b.inhalt.bewilligt().unwrap().cent(), claimed, freed),
            (bewilligt, erstattung, frei),
            "{wirkung} {rest:?}"
        );
        assert_eq!(b.inhalt.art, Bescheidart::Widerruf);
        assert!(b.pruefe_aufhebung(&f).is_empty());
        let anders = Geldstand::default();
        assert_eq!(
            kurz(&b.pruefe_aufhebung(&Aufhebungsfakten { geld: &anders, ..f.clone() })),
            ["ENTSCHEIDUNG_VERALTET"]
        );
    }
}

/// §§ 28, 48, 49 HVwVfG: ground and act, the year from knowledge, the hearing, what stays.
#[test]
fn aufhebung_wird_abgelehnt() {
    use Aufhebungsgrund as G;
    use Aufhebungswirkung::Vergangenheit;
    let (g, r) = (geltend(), he_alt());
    let voll = geld([&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Ausgezahlt, 80_000)]]);
    let offen = geld([&[(Kontoart::Ausgezahlt, 120_000)], &[(Kontoart::Abgerufen, 80_000)]]);
    let f = aufhebungsfakten(&g, &voll, &r);
    let spaet = Aufhebungsfakten { heute: tag(2028, 6, 2), ..f.clone() };
    let e = |grund, rest: &[(i32, i64)]| aufhebung(grund, Vergangenheit, rest);
    let laeuft = Befund::neu(&crate::regel::ANHOERUNG_LAEUFT);
    let faelle = [
        (WIDERRUF, e(G::Zweckverfehlung, &[]), f.clone(), &[][..]),
        (RUECKNAHME, e(G::Rechtswidrig, &[]), f.clone(), &[]),
        (WIDERRUF, e(G::Rechtswidrig, &[]), f.clone(), &["AUFHEBUNG_GRUND"]),
        (RUECKNAHME, e(G::AuflageNichtErfuellt, &[]), f.clone(), &["AUFHEBUNG_GRUND"]),
        // known on 2027-06-01: until 2028-06-01
        (WIDERRUF, e(G::Zweckverfehlung, &[]), Aufhebungsfakten { heute: tag(2028, 6, 1), ..f.clone() }, &[]),
        (WIDERRUF, e(G::Zweckverfehlung, &[]), spaet.clone(), &["AUFHEBUNG_FRIST"]),
        (RUECKNAHME, e(G::FalscheAngaben, &[]), spaet, &["AUFHEBUNG_FRIST", "WARNUNG_NICHT_BESTAETIGT"]),
        (
            WIDERRUF,
            e(G::Zweckverfehlung, &[]),
            Aufhebungsfakten { angehoert: false, ..f.clone() },
            &["ANHOERUNG_FEHLT", "WARNUNG_NICHT_BESTAETIGT"],
        ),
        (
            WIDERRUF,
            e(G::Zweckverfehlung, &[]),
            Aufhebungsfakten { befunde: vec![laeuft], ..f.clone() },
            &["ANHOERUNG_LAEUFT"],
        ),
        (WIDERRUF, e(G::Zweckverfehlung, &[]), Aufhebungsfakten { geld: &offen, ..f.clone() }, &["ABRUF_VOR_SCHLUSS"]),
        (WIDERRUF, e(G::Zweckverfehlung, &[(2026, 120_000), (2027, 80_000)]), f.clone(), &["AUFHEBUNG_OHNE_WIRKUNG"]),
        (WIDERRUF, e(G::Zweckverfehlung, &[(2026, 120_001)]), f.clone(), &["UEBER_BEWILLIGT"]),
        (WIDERRUF, e(G::Zweckverfehlung, &[(2031, 1)]), f.clone(), &["VERWEIS_UNBEKANNT"]),
        (WIDERRUF, e(G::Zweckverfehlung, &[(2026, 1), (2026, 1)]), f.clone(), &["POSITION_DOPPELT"]),
        (WIDERRUF, e(G::Zweckverfehlung, &[(2026, -1)]), f.clone(), &["BETRAG_ZU_KLEIN"]),
    ];
    for (nr, (akt, eingabe, fakten, erwartet)) in faelle.into_iter().enumerate() {
        let u = g.aufheben(Uuid::from_u128(61), akt, &eingabe, &fakten, &rp(1));
        let gefunden = u.map(|_| Vec::new()).unwrap_or_else(|b| kurz(&b));
        assert!(erwartet.iter().all(|k| gefunden.contains(k)), "case {nr}: {gefunden:?}");
        assert_eq!(gefunden.is_empty(), erwartet.is_empty(), "case {nr}: {gefunden:?}");
    }
    let anderer = Bescheid { id: Uuid::from_u128(8), ..g.clone() };
    let u = anderer.aufheben(Uuid::from_u128(61), WIDERRUF, &e(G::Zweckverfehlung, &[]), &f, &rp(1));
    assert_eq!(kurz(&u.unwrap_err()), ["BEZUG_NICHT_GELTEND"]);
}
