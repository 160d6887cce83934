use super::*;
use crate::akt::{Entscheidung, Handlungsgrund, pruefe_tabelle};
use crate::antrag::muster;
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Rolle};
use crate::bescheid::{
    Bekanntgabe, Bekanntgabeweg, Bescheid, BescheidStatus, BewilligungEingabe, Entscheidungseingabe,
    Entscheidungsfakten, entwerfen,
};
use crate::bestaetigung::Warnungsbestaetigung;
use crate::jahrgang::Finanzierungsart;
use crate::regel::BEDARF_NICHT_GEDECKT;
use crate::zeit::tag;
use crate::zins::faelle::{alle, gleich};
use chrono::Months;
use proptest::prelude::*;

fn eur(cent: i64) -> Euro {
    Euro::aus_cent(cent).unwrap()
}

fn gk(nr: u8) -> Akteur {
    let kreisschluessel = Some("06440".to_owned());
    Akteur { person: format!("gk-{nr}"), rolle: Rolle::Gebietskoerperschaft, kreisschluessel, traeger_id: None }
}

fn rp(nr: u8) -> Akteur {
    Akteur { person: format!("rp-{nr}"), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None }
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

/// A grant of 100,000.00 (M01) and 18,000.00 (M02) in 2026, final since `final_ab`.
fn bescheid(final_ab: NaiveDate) -> Bescheid {
    let antrag = muster::antrag();
    let r = muster::regelwerk();
    let f = Entscheidungsfakten {
        antrag_id: antrag.id,
        jahrgang: antrag.jahrgang,
        kreisschluessel: antrag.kreisschluessel.clone(),
        positionen: antrag.beantragte_positionen().unwrap(),
        bewilligungszeitraum: antrag.inhalt.bewilligungszeitraum.unwrap(),
        finanzierungsart: Finanzierungsart::Fehlbedarf,
        regelwerk: &r,
        antrag_schnappschuss_sha256: "0".repeat(64),
        vorgaenger: None,
        aenderung: None,
        fortgeltend: Vec::new(),
        befunde: vec![],
        heute: tag(2026, 3, 1),
    };
    let eingabe = BewilligungEingabe { auflagen: vec![], begruendung: None, bestaetigte_warnungen: vec![] };
    let b = entwerfen(Uuid::from_u128(7), &Entscheidungseingabe::Bewilligung(eingabe), &f, &rp(1)).unwrap().zustand;
    let b = b.freigeben(tag(2026, 3, 1), &rp(2)).unwrap().zustand;
    let weg = Bekanntgabe { weg: Bekanntgabeweg::Persoenlich, aufgabe_am: None, zugang_am: Some(tag(2026, 3, 1)) };
    let b = b.bekanntgeben(&weg, tag(2026, 3, 1), &rp(1), Ok, |_| Ok(final_ab.pred_opt().unwrap())).unwrap().zustand;
    Bescheid { bestandskraft_am: Some(final_ab), ..b }
}

struct Welt {
    f: Abruffakten,
    m: Uuid,
}

impl Welt {
    fn am(heute: NaiveDate) -> Self {
        let bescheid = bescheid(tag(2026, 4, 1));
        let antrag = muster::antrag();
        let m = bescheid.inhalt.positionen[0].massnahme_id;
        let stand = bescheid
            .inhalt
            .positionen
            .iter()
            .map(|p| {
                let s = Massnahmenstand { bewilligt: Bewilligt(p.bewilligt), ..Massnahmenstand::default() };
                ((p.massnahme_id, p.haushaltsjahr), s)
            })
            .collect();
        let konto = Zahlkonto {
            bankverbindung: antrag.inhalt.bankverbindung.clone().unwrap(),
            seit: None,
            aenderung_beantragt: None,
        };
        let f = Abruffakten {
            endgueltig: true,
            vorlaeufig: None,
            bescheid,
            antrag,
            regelwerk: muster::regelwerk(),
            stand,
            konto,
            ueberfaellig: vec![],
            andere_abrufe: vec![],
            unterwegs: Euro::NULL,
            ausnahmen: vec![],
            heute,
        };
        Welt { f, m }
    }

    fn setze(&mut self, schluessel: &str, wert: &str) {
        let zeile = self.f.regelwerk.parameter.iter_mut().find(|p| p.schluessel == schluessel).unwrap();
        zeile.wert = Some(wert.to_owned());
    }

    fn inhalt(&self, am: NaiveDate, cent: i64, bedarf: &[(NaiveDate, i64)]) -> Mittelabrufinhalt {
        Mittelabrufinhalt {
            haushaltsjahr: 2026,
            auszahlung_am: am,
            positionen: vec![Abrufposition { massnahme_id: self.m, betrag: eur(cent) }],
            bedarf: bedarf.iter().map(|(t, c)| Bedarf { faellig_am: *t, betrag: eur(*c), zweck: "x".into() }).collect(),
            bisher_verausgabt: Euro::NULL,
            eigenmittel_eingesetzt: eur(2_000_000),
            iban: self.f.konto.bankverbindung.iban.clone(),
        }
    }

    fn entwurf(&self, inhalt: Mittelabrufinhalt) -> Mittelabruf {
        Mittelabruf::anlegen(Uuid::from_u128(9), inhalt, &self.f, &gk(1)).unwrap().zustand
    }

    fn einreichen(&self, inhalt: Mittelabrufinhalt) -> crate::akt::Urteil<Mittelabruf> {
        self.entwurf(inhalt).einreichen(&MittelabrufEinreichung::default(), 1, &self.f, &gk(1))
    }
}

fn pruefung() -> Mittelabrufpruefung {
    Mittelabrufpruefung {
        sachlich_richtig: true,
        rechnerisch_richtig: true,
        positionen: None,
        begruendung: None,
        bestaetigte_warnungen: vec![],
    }
}

fn s4(w: &Welt) -> Mittelabrufinhalt {
    let bedarf = [(4, 15), (5, 15), (6, 15), (7, 15)].map(|(m, t)| (tag(2026, m, t), 1_200_000));
    w.inhalt(tag(2026, 4, 10), 4_800_000, &bedarf)
}

#[test]
fn tabelle_erreicht_jeden_stand() {
    use MittelabrufStatus::*;
    let mut mit_zahlung = UEBERGAENGE.to_vec();
    // what a check decides and what the bank reports
    for (von, nach) in [(Eingereicht, Geprueft), (Eingereicht, Gekuerzt), (Angeordnet, Ausgezahlt)] {
        mit_zahlung.push(crate::akt::Uebergang {
            akt: "rueckmeldung",
            recht: crate::berechtigung::Recht::ZahlungAusfuehren,
            von: match von {
                Eingereicht => &[Eingereicht],
                _ => &[Angeordnet],
            },
            nach: Some(nach),
        });
    }
    pruefe_tabelle(&mit_zahlung, MittelabrufStatus::ALLE, &[Zurueckgewiesen, Storniert, Ausgezahlt], Entwurf);
}

/// Dossier S4: filed 2026-04-01, paid 2026-04-10, window to 2026-06-10; 48,000.00 asked, 24,000.00 coverable.
#[test]
fn s4_mehr_als_zwei_monate() {
    let mut w = Welt::am(tag(2026, 4, 1));
    let inhalt = s4(&w);
    let r = w.f.bedarfsrechnung(&inhalt).unwrap();
    assert_eq!((r.fenster_von, r.fenster_bis), (tag(2026, 4, 10), tag(2026, 6, 10)));
    assert_eq!((r.gedeckt, r.zahlbar, r.angefordert), (eur(2_400_000), eur(2_400_000), eur(4_800_000)));
    assert_eq!(r.abzuege, [Abzug { grund: Abzugsgrund::AusserhalbDesFensters, betrag: eur(2_400_000) }]);
    let e = w.einreichen(inhalt.clone()).unwrap_err();
    assert_eq!(kurz(&e), ["BEDARF_NICHT_GEDECKT", "WARNUNG_NICHT_BESTAETIGT"]);
    assert_eq!(e[0].differenz.as_ref().unwrap().wert, "24000.00");
    let eingabe = MittelabrufEinreichung {
        bestaetigte_warnungen: vec![Warnungsbestaetigung::neu(
            BEDARF_NICHT_GEDECKT.code,
            "Die Verträge laufen weiter.",
        )],
    };
    let m = w.entwurf(inhalt.clone()).einreichen(&eingabe, 1, &w.f, &gk(1)).unwrap();
    assert_eq!(m.buchungen[0].zeilen()[1].betrag, eur(4_800_000), "filing reserves what is asked");
    let e = m.zustand.feststellen(&pruefung(), &w.f, &rp(1)).unwrap();
    assert_eq!(
        (e.zustand.status, e.zustand.festgestellt()),
        (MittelabrufStatus::Gekuerzt, Ok(Some(Festgestellt(eur(2_400_000)))))
    );
    let zurueck: Vec<_> = e.buchungen[0].zeilen().iter().map(|z| (z.konto.art, z.betrag)).collect();
    assert_eq!(zurueck, [(Kontoart::Abgerufen, eur(-2_400_000)), (Kontoart::Gebunden, eur(2_400_000))]);
    w.setze("mittelabruf_modus", "ABLEHNEN");
    let e = w.einreichen(inhalt).unwrap_err();
    assert!(e[0].blockiert(), "strict mode");
}

/// Dossier S4, 5.5: the window ends on the day with the same number, or on the last of the month.
#[test]
fn abschnitt5_5_fenster() {
    let w = Welt::am(tag(2026, 4, 1));
    for (am, bis) in [
        (tag(2025, 12, 31), tag(2026, 2, 28)),
        (tag(2026, 4, 15), tag(2026, 6, 15)),
        (tag(2027, 12, 31), tag(2028, 2, 29)),
        (tag(2026, 5, 4), tag(2026, 7, 4)),
    ] {
        assert_eq!(w.inhalt(am, 1, &[]).fensterende(&w.f.regelwerk, tag(2025, 1, 1)), Ok(bis), "{am}");
    }
    let erster = w.inhalt(tag(2026, 4, 10), 100, &[(tag(2026, 4, 9), 100), (tag(2026, 6, 11), 100)]);
    assert_eq!(w.f.bedarfsrechnung(&erster).unwrap().gedeckt, Euro::NULL, "a day early, a day late");
    let rand = w.inhalt(tag(2026, 4, 10), 100, &[(tag(2026, 4, 10), 40), (tag(2026, 6, 10), 60)]);
    assert_eq!(w.f.bedarfsrechnung(&rand).unwrap().gedeckt, eur(100), "both ends belong to it");
}

/// Dossier S1: 130,000.00 for payments due until 2026-08-03, value date 2026-06-03, are needed in time.
#[test]
fn s1_bedarf_bis_zum_ende_des_fensters() {
    let w = Welt::am(tag(2026, 5, 20));
    let i = w.inhalt(tag(2026, 6, 3), 13_000_000, &[(tag(2026, 8, 3), 13_000_000)]);
    assert_eq!(w.f.bedarfsrechnung(&i).unwrap().zahlbar, eur(13_000_000));
}

/// Nr. 1.4.1, 1.4.2 ANBest-P: own money pro rata, first, or not at all; plan of M01: 120,000.00 costs, 100,000.00 state,
/// 20,000.00 own.
#[test]
fn eigene_mittel_vor_landesmitteln() {
    use Finanzierungsart::*;
    let am = tag(2026, 6, 3);
    for (art, modus, eingesetzt, gedeckt) in [
        (Fehlbedarf, "NACH_FINANZIERUNGSART", 0, 1_000_000),
        (Fehlbedarf, "NACH_FINANZIERUNGSART", 500_000, 1_500_000),
        (Fehlbedarf, "NACH_FINANZIERUNGSART", 9_900_000, 3_000_000),
        (Anteil, "NACH_FINANZIERUNGSART", 0, 2_500_000),
        (Festbetrag, "NACH_FINANZIERUNGSART", 0, 2_500_000),
        (Voll, "NACH_FINANZIERUNGSART", 0, 3_000_000),
        (Fehlbedarf, "OHNE", 0, 3_000_000),
        (Voll, "VORRANGIG", 0, 1_000_000),
        (Fehlbedarf, "ANTEILIG", 0, 2_500_000),
    ] {
        let mut w = Welt::am(tag(2026, 5, 20));
        w.f.bescheid.inhalt.finanzierungsart = Some(art);
        w.setze("eigenmittel_einsatz", modus);
        let i = Mittelabrufinhalt {
            eigenmittel_eingesetzt: eur(eingesetzt),
            ..w.inhalt(am, 3_000_000, &[(am, 3_000_000)])
        };
        assert_eq!(w.f.bedarfsrechnung(&i).unwrap().gedeckt, eur(gedeckt), "{art} {modus} {eingesetzt}");
    }
}

/// Dossier 3.10: cash in hand is paid out minus spent; what was spent in advance raises the need.
#[test]
fn abschnitt3_10_bestand() {
    let am = tag(2026, 6, 3);
    for (ausgezahlt, verausgabt, gedeckt, grund) in [
        (0, 0, 3_000_000, None),
        (1_000_000, 400_000, 2_400_000, Some(Abzugsgrund::Bestand)),
        (5_000_000, 0, 0, Some(Abzugsgrund::Bestand)),
        (1_000_000, 1_200_000, 3_200_000, Some(Abzugsgrund::Vorleistung)),
    ] {
        let mut w = Welt::am(tag(2026, 5, 20));
        w.f.stand.get_mut(&(w.m, 2026)).unwrap().ausgezahlt = Ausgezahlt(eur(ausgezahlt));
        let i = Mittelabrufinhalt { bisher_verausgabt: eur(verausgabt), ..w.inhalt(am, 9_000_000, &[(am, 3_000_000)]) };
        let r = w.f.bedarfsrechnung(&i).unwrap();
        assert_eq!((r.gedeckt, r.abzuege.first().map(|a| a.grund)), (eur(gedeckt), grund), "{ausgezahlt} {verausgabt}");
    }
}

/// Spent in advance is paid back once: what other calls have under way covers it first, and is no cash in hand.
#[test]
fn vorleistung_nur_einmal() {
    let am = tag(2026, 6, 3);
    for (ausgezahlt, verausgabt, unterwegs, gedeckt) in [
        (0, 3_000_000, 0, 3_000_001),
        (0, 3_000_000, 1_000_000, 2_000_001),
        (0, 3_000_000, 3_000_000, 1),
        (0, 3_000_000, 9_000_000, 1),
        (1_000_000, 3_000_000, 1_500_000, 500_001),
        (1_000_000, 1_000_000, 5_000_000, 1),
    ] {
        let mut w = Welt::am(tag(2026, 5, 20));
        w.f.stand.get_mut(&(w.m, 2026)).unwrap().ausgezahlt = Ausgezahlt(eur(ausgezahlt));
        w.f.unterwegs = eur(unterwegs);
        let i = Mittelabrufinhalt { bisher_verausgabt: eur(verausgabt), ..w.inhalt(am, 9_000_000, &[(am, 1)]) };
        assert_eq!(w.f.bedarfsrechnung(&i).unwrap().gedeckt, eur(gedeckt), "{ausgezahlt} {verausgabt} {unterwegs}");
    }
    let mut w = Welt::am(tag(2026, 5, 20));
    let bewilligt = Euro::summe(w.f.stand.values().map(|s| s.bewilligt.0)).unwrap();
    let i = Mittelabrufinhalt { bisher_verausgabt: bewilligt, ..w.inhalt(am, 100, &[(am, 100)]) };
    let m = w.entwurf(i.clone());
    let codes = |f: &Abruffakten, m: &Mittelabruf, s| kurz(&m.pruefe(f, s));
    assert_eq!(codes(&w.f, &m, Pruefschritt::Pruefung), ["VORLEISTUNG"], "the examiner is told");
    w.f.heute = tag(2026, 6, 4);
    assert_eq!(codes(&w.f, &m, Pruefschritt::Anordnung), ["ZAHLTAG_VORBEI"]);
    w.f.heute = tag(2026, 5, 20);
    let mehr = bewilligt.plus(eur(1)).unwrap();
    let m = w.entwurf(Mittelabrufinhalt { bisher_verausgabt: mehr, ..i });
    assert!(codes(&w.f, &m, Pruefschritt::Einreichung).contains(&"VERAUSGABT_UEBER_BEWILLIGT"));
}

/// A payment that comes later than it was wanted may be used later: the window ends two months after today.
#[test]
fn fenster_folgt_der_zahlung() {
    let am = tag(2026, 4, 10);
    let mut w = Welt::am(tag(2026, 4, 1));
    let i = w.inhalt(am, 200, &[(tag(2026, 4, 12), 100), (tag(2026, 7, 1), 100)]);
    let r = w.f.bedarfsrechnung(&i).unwrap();
    assert_eq!((r.fenster_bis, r.gedeckt), (tag(2026, 6, 10), eur(100)));
    w.f.heute = tag(2026, 5, 5);
    let r = w.f.bedarfsrechnung(&i).unwrap();
    assert_eq!((r.fenster_von, r.fenster_bis, r.gedeckt), (am, tag(2026, 7, 5), eur(200)));
}

/// Every fact that keeps a call from being filed, alone.
#[test]
fn was_die_einreichung_sperrt() {
    type Stoerung = fn(&mut Welt, &mut Mittelabrufinhalt);
    let faelle: [(&str, Stoerung); 18] = [
        ("", |_, _| ()),
        ("BESCHEID_NICHT_WIRKSAM", |w, _| w.f.bescheid.status = BescheidStatus::Erlassen),
        ("BESCHEID_NICHT_BESTANDSKRAEFTIG", |w, _| {
            (w.f.endgueltig, w.f.bescheid.bestandskraft_am) = (false, Some(tag(2026, 5, 21)));
        }),
        ("NACHWEIS_UEBERFAELLIG", |w, _| {
            w.f.ueberfaellig
                .push(Ueberfaelliges { art: crate::frist::Fristart::Zwischennachweis, faellig_am: tag(2026, 4, 30) });
        }),
        ("BANKVERBINDUNG_OFFEN", |w, _| w.f.konto.aenderung_beantragt = Some(tag(2026, 5, 1))),
        ("BANKVERBINDUNG_WARTEZEIT", |w, _| w.f.konto.seit = Some(tag(2026, 5, 21))),
        ("BANKVERBINDUNG_ABWEICHEND", |_, i| i.iban = "DE89370400440532013000".into()),
        ("HAUSHALTSJAHR_FALSCH", |_, i| i.auszahlung_am = tag(2027, 1, 5)),
        ("DATUM_VERGANGEN", |_, i| i.auszahlung_am = tag(2026, 5, 19)),
        ("KASSENSCHLUSS", |w, i| {
            w.f.heute = tag(2026, 12, 1);
            i.auszahlung_am = tag(2026, 12, 10);
        }),
        ("POSITION_NICHT_BEWILLIGT", |_, i| i.positionen[0].massnahme_id = Uuid::nil()),
        ("POSITION_DOPPELT", |_, i| i.positionen.push(i.positionen[0].clone())),
        ("BETRAG_ZU_KLEIN", |_, i| i.positionen[0].betrag = Euro::NULL),
        ("ABRUFBAR_UEBERSCHRITTEN", |_, i| i.positionen[0].betrag = eur(10_000_001)),
        ("ANGABE_FEHLT", |_, i| i.bedarf.clear()),
        ("BEDARF_DOPPELT", |w, i| {
            let bedarf = vec![i.bedarf[0].clone()];
            w.f.andere_abrufe.push(AndererAbruf { bezeichnung: "x / 1".into(), bedarf });
        }),
        ("BETRAG_ZU_KLEIN", |_, i| i.bisher_verausgabt = eur(-1)),
        ("PARAMETER_FEHLT", |w, _| w.f.regelwerk.parameter.retain(|p| p.schluessel != "mittelabruf_frist")),
    ];
    for (erwartet, stoere) in faelle {
        let mut w = Welt::am(tag(2026, 5, 20));
        let am = tag(2026, 6, 3);
        let mut i = w.inhalt(am, 100, &[(am, 20_000_000), (tag(2026, 12, 15), 20_000_000)]);
        stoere(&mut w, &mut i);
        match w.einreichen(i) {
            Ok(_) => assert_eq!(erwartet, ""),
            Err(b) => assert!(kurz(&b).contains(&erwartet), "{erwartet}: {:?}", kurz(&b)),
        }
    }
}

/// Issue: one cent over the rest is refused with the numbers; the rest itself can be called.
#[test]
fn ein_cent_zu_viel() {
    let mut w = Welt::am(tag(2026, 5, 20));
    w.f.stand.get_mut(&(w.m, 2026)).unwrap().abgerufen = Abgerufen(eur(9_999_990));
    let am = tag(2026, 6, 3);
    let b = w.einreichen(w.inhalt(am, 11, &[(am, 100)])).unwrap_err();
    assert_eq!((kurz(&b), b[0].differenz.as_ref().unwrap().wert.as_str()), (vec!["ABRUFBAR_UEBERSCHRITTEN"], "0.01"));
    assert!(w.einreichen(w.inhalt(am, 10, &[(am, 100)])).is_ok());
}

/// A change that can still be appealed lowers what can be called and is named; the draft follows to the Bescheid in
/// force.
#[test]
fn vorlaeufig_zaehlt_der_niedrigere_betrag() {
    let mut w = Welt::am(tag(2026, 5, 20));
    let (am, neu) = (tag(2026, 6, 3), Uuid::from_u128(2));
    let stelle = w.f.stand.get_mut(&(w.m, 2026)).unwrap();
    *stelle = stelle.hoechstens(Bewilligt(eur(9_000_000)));
    w.f.vorlaeufig = Some(Vorlaeufiges { bescheid: neu, bestandskraft_am: None });
    let inhalt = |cent| w.inhalt(am, cent, &[(am, 20_000_000)]);
    let b = w.einreichen(inhalt(9_000_001)).unwrap_err();
    assert_eq!(kurz(&b), ["ABRUF_VORLAEUFIG_BEGRENZT", "ABRUFBAR_UEBERSCHRITTEN"]);
    let m = Mittelabruf::anlegen(Uuid::from_u128(9), inhalt(9_000_000), &w.f, &gk(1)).unwrap().zustand;
    let m = Mittelabruf { bescheid_id: neu, ..m };
    let e = m.einreichen(&MittelabrufEinreichung::default(), 1, &w.f, &gk(1)).unwrap();
    assert_eq!(kurz(&e.befunde), ["BESCHEID_NICHT_GELTEND", "ABRUF_VORLAEUFIG_BEGRENZT"]);
    assert_eq!(e.zustand.bescheid_id, w.f.bescheid.id);
}

/// Dossier S15: filed 2026-12-28 for a payment on 2027-01-05 counts for 2027, where nothing is granted.
#[test]
fn s15_zahlung_im_neuen_jahr() {
    let w = Welt::am(tag(2026, 12, 28));
    let i = w.inhalt(tag(2027, 1, 5), 100, &[(tag(2027, 1, 10), 100)]);
    assert_eq!(kurz(&w.einreichen(i.clone()).unwrap_err()), ["HAUSHALTSJAHR_FALSCH", "KASSENSCHLUSS"]);
    let b = w.einreichen(Mittelabrufinhalt { haushaltsjahr: 2027, ..i }).unwrap_err();
    assert_eq!(kurz(&b), ["POSITION_NICHT_BEWILLIGT"]);
}

fn eingereicht(w: &Welt) -> Mittelabruf {
    let am = tag(2026, 6, 3);
    w.einreichen(w.inhalt(am, 3_000_000, &[(am, 3_000_000)])).unwrap().zustand
}

fn angeordnet(w: &Welt) -> Mittelabruf {
    let m = eingereicht(w).feststellen(&pruefung(), &w.f, &rp(1)).unwrap().zustand;
    m.anordnen(&w.f, &rp(2)).unwrap().zustand
}

/// VV to § 44 LHO, no. 7.1 and dossier S22: what a new call would be refused for keeps an ordered one from being paid.
#[test]
fn was_die_auszahlung_anhaelt() {
    let heute = tag(2026, 5, 20);
    let eigener = Welt::am(heute).f.bescheid;
    let mit = |f: fn(&mut Bescheid)| {
        let mut b = eigener.clone();
        f(&mut b);
        b
    };
    let nachweis = [Ueberfaelliges { art: Fristart::Verwendungsnachweis, faellig_am: tag(2026, 5, 19) }];
    for (name, b, endgueltig, faellig, soll) in [
        ("all right", mit(|_| ()), true, &[][..], vec![]),
        ("not final", mit(|_| ()), false, &[][..], vec!["BESCHEID_NICHT_BESTANDSKRAEFTIG"]),
        ("not effective", mit(|b| b.status = BescheidStatus::Erlassen), true, &[][..], vec!["BESCHEID_NICHT_WIRKSAM"]),
        ("proof overdue", mit(|_| ()), true, &nachweis[..], vec!["NACHWEIS_UEBERFAELLIG"]),
    ] {
        assert_eq!(kurz(&zahlsperren(&b, endgueltig, faellig, heute)), soll, "{name}");
    }
}

/// Dossier S22: which missed deadline keeps a call of the same Bescheid from being paid.
#[test]
fn jede_versaeumte_frist_und_der_abruf() {
    let bescheid = Welt::am(tag(2026, 5, 20)).f.bescheid;
    alle(include_str!("../../../tests/faelle/ueberfaellig.csv"), |f| {
        let art: Fristart = f["art"].parse().unwrap();
        let faellig_am = f["faellig_am"].parse().unwrap();
        let heute: NaiveDate = f["heute"].parse().unwrap();
        let offen = f["zustand"] == "UEBERFAELLIG" && art.sperrt_zahlungen();
        let faellig = offen.then_some(Ueberfaelliges { art, faellig_am });
        let befunde = zahlsperren(&bescheid, true, &faellig.into_iter().collect::<Vec<_>>(), heute);
        gleich("abruf", f["abruf"], kurz(&befunde).join(" "))
    });
}

/// § 70 LHO: certified by one person, ordered by another; the account is frozen into the order.
#[test]
fn paragraph70_zwei_personen() {
    let mut w = Welt::am(tag(2026, 5, 20));
    let m = eingereicht(&w);
    assert_eq!(m.abruf_nr, Some(1));
    let falsch = Mittelabrufpruefung { rechnerisch_richtig: false, ..pruefung() };
    assert_eq!(kurz(&m.feststellen(&falsch, &w.f, &rp(1)).unwrap_err()), ["NICHT_RICHTIG"]);
    assert_eq!(kurz(&m.anordnen(&w.f, &rp(2)).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    let beides = Akteur { person: m.eingereicht_von.clone().unwrap(), ..rp(1) };
    assert_eq!(kurz(&m.feststellen(&pruefung(), &w.f, &beides).unwrap_err()), ["VIER_AUGEN"], "one person, two roles");
    let g = m.feststellen(&pruefung(), &w.f, &rp(1)).unwrap();
    assert!(g.buchungen.is_empty() && g.zustand.status == MittelabrufStatus::Geprueft);
    assert_eq!(kurz(&g.zustand.anordnen(&w.f, &rp(1)).unwrap_err()), ["VIER_AUGEN"]);
    w.f.konto.seit = Some(tag(2026, 5, 1));
    let a = g.zustand.anordnen(&w.f, &rp(2)).unwrap().zustand;
    let anordnung = a.anordnung.clone().unwrap();
    assert_eq!((anordnung.von.as_str(), anordnung.bankverbindung_seit), ("rp-2", Some(tag(2026, 5, 1))));
    assert_eq!(kurz(&a.anordnung_zuruecknehmen(&w.f, true, &rp(1)).unwrap_err()), ["ZAHLUNG_LAEUFT"]);
    let z = a.anordnung_zuruecknehmen(&w.f, false, &rp(1)).unwrap().zustand;
    assert_eq!((z.status, z.anordnung), (MittelabrufStatus::Geprueft, None));
}

/// The authority may certify other amounts: never more than asked, more than the need check only with a reason.
#[test]
fn feststellung_mit_eigenen_betraegen() {
    let w = Welt::am(tag(2026, 5, 20));
    let am = tag(2026, 6, 3);
    let m = w.einreichen(w.inhalt(am, 3_000_000, &[(am, 3_000_000)])).unwrap().zustand;
    let mit = |cent: i64, id: Uuid| Mittelabrufpruefung {
        positionen: Some(vec![Abrufposition { massnahme_id: id, betrag: eur(cent) }]),
        ..pruefung()
    };
    let fehler = |e: &Mittelabrufpruefung| kurz(&m.feststellen(e, &w.f, &rp(1)).unwrap_err());
    assert_eq!(
        fehler(&mit(3_000_001, w.m)),
        ["UEBER_ANGEFORDERT", "FESTSTELLUNG_UEBER_BEDARF", "WARNUNG_NICHT_BESTAETIGT"]
    );
    assert_eq!(fehler(&mit(-1, w.m)), ["BETRAG_ZU_KLEIN", "NICHTS_ZAHLBAR"]);
    assert_eq!(fehler(&mit(0, w.m)), ["NICHTS_ZAHLBAR"]);
    assert_eq!(fehler(&mit(1, Uuid::nil())), ["VERWEIS_UNBEKANNT", "NICHTS_ZAHLBAR"]);
    let e = m.feststellen(&mit(1_999_999, w.m), &w.f, &rp(1)).unwrap().zustand;
    assert_eq!((e.status, e.festgestellt()), (MittelabrufStatus::Gekuerzt, Ok(Some(Festgestellt(eur(1_999_999))))));
}

/// Refused or cancelled: exactly what was reserved is free again.
#[test]
fn ende_gibt_die_mittel_frei() {
    let w = Welt::am(tag(2026, 5, 20));
    let grund = Handlungsgrund { grund: "doppelt".into() };
    let m = eingereicht(&w);
    for (akt, wer, stand) in [
        (ZURUECKWEISUNG, rp(1), MittelabrufStatus::Zurueckgewiesen),
        (STORNIERUNG, gk(2), MittelabrufStatus::Storniert),
    ] {
        let e = m.beenden(akt, &grund, &w.f, &wer).unwrap();
        assert_eq!((e.zustand.status, e.buchungen[0].zeilen()[1].betrag), (stand, eur(3_000_000)));
        assert_eq!(kurz(&e.zustand.beenden(akt, &grund, &w.f, &wer).unwrap_err()), ["STATUS_UNZULAESSIG"]);
        assert_eq!(kurz(&angeordnet(&w).beenden(akt, &grund, &w.f, &wer).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    }
    let fremd = Akteur { kreisschluessel: Some("06435".into()), ..gk(1) };
    assert_eq!(kurz(&m.beenden(STORNIERUNG, &grund, &w.f, &fremd).unwrap_err()), ["FREMDER_VORGANG"]);
    assert_eq!(kurz(&m.aendern(m.inhalt.clone(), &gk(1)).unwrap_err()), ["UNVERAENDERLICH"]);
}

fn bewegung(cent: i64) -> Geldbewegung {
    Geldbewegung { zahlung_id: Uuid::nil(), wertstellung_am: tag(2026, 6, 4), betrag: eur(cent) }
}

/// § 70 LHO: what was ordered and is not paid does not stay reserved for good. The rest can be ordered anew or given
/// up; what was paid stays paid, and what comes back later is free.
#[test]
fn rest_einer_teilzahlung_wird_frei() {
    let w = Welt::am(tag(2026, 5, 20));
    let grund = Handlungsgrund { grund: "neues Konto".into() };
    let teil = angeordnet(&w).gutgeschrieben(&bewegung(1_000_000)).unwrap().zustand;
    let offen = teil.anordnung_zuruecknehmen(&w.f, false, &rp(1)).unwrap().zustand;
    assert_eq!((offen.status, offen.offen().unwrap()), (MittelabrufStatus::Geprueft, eur(2_000_000)));
    let neu = offen.anordnen(&w.f, &rp(2)).unwrap().zustand;
    assert_eq!(neu.gutgeschrieben(&bewegung(2_000_000)).unwrap().zustand.status, MittelabrufStatus::Ausgezahlt);
    // what comes back while nothing is ordered is reserved as before
    let e = offen.zurueckgekommen(&bewegung(-1_000_000)).unwrap();
    let arten = |e: &Entscheidung<Mittelabruf>| e.buchungen[0].zeilen().iter().map(|z| z.konto.art).collect::<Vec<_>>();
    assert_eq!(arten(&e), [Kontoart::Ausgezahlt, Kontoart::Abgerufen]);
    assert_eq!((e.zustand.status, e.zustand.offen().unwrap()), (MittelabrufStatus::Geprueft, eur(3_000_000)));
    for (akt, wer, stand) in [
        (ZURUECKWEISUNG, rp(1), MittelabrufStatus::Zurueckgewiesen),
        (STORNIERUNG, gk(2), MittelabrufStatus::Storniert),
    ] {
        let e = offen.beenden(akt, &grund, &w.f, &wer).unwrap();
        assert_eq!(
            (e.zustand.status, e.buchungen[0].zeilen()[1].betrag),
            (MittelabrufStatus::Ausgezahlt, eur(2_000_000))
        );
        assert_eq!(arten(&e), [Kontoart::Abgerufen, Kontoart::Gebunden]);
        assert_eq!((e.ereignisse[0].typ, e.zustand.offen().unwrap()), ("mittelabruf.rest_freigegeben", Euro::NULL));
        let am =
            |t| e.zustand.stand_am(Some(t)).unwrap().iter().map(|s| (s.abgerufen, s.ausgezahlt)).collect::<Vec<_>>();
        assert_eq!(am(tag(2026, 5, 19)), [(Euro::NULL, Euro::NULL)]);
        assert_eq!(am(tag(2026, 6, 4)), [(eur(1_000_000), eur(1_000_000))]);
        let halb = e.zustand.zurueckgekommen(&bewegung(-400_000)).unwrap();
        assert_eq!(
            (halb.zustand.status, arten(&halb)),
            (MittelabrufStatus::Ausgezahlt, vec![Kontoart::Ausgezahlt, Kontoart::Gebunden])
        );
        let alles = halb.zustand.zurueckgekommen(&bewegung(-600_000)).unwrap().zustand;
        assert_eq!(alles.status, stand);
        assert_eq!(kurz(&alles.zurueckgekommen(&bewegung(-1)).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    }
}

/// Dossier 7.2: the value date makes it paid, in parts or whole; a return makes it payable again.
#[test]
fn abschnitt7_2_wertstellung_und_ruecklaeufer() {
    let w = Welt::am(tag(2026, 5, 20));
    let m = angeordnet(&w);
    assert_eq!(kurz(&m.gutgeschrieben(&bewegung(3_000_001)).unwrap_err()), ["UEBER_OFFEN"]);
    assert_eq!(kurz(&m.gutgeschrieben(&bewegung(0)).unwrap_err()), ["BETRAG_ZU_KLEIN"]);
    assert_eq!(kurz(&eingereicht(&w).gutgeschrieben(&bewegung(1)).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    let teil = m.gutgeschrieben(&bewegung(1_000_000)).unwrap();
    assert_eq!(teil.buchungen[0].wirksam_am, Some(tag(2026, 6, 4)), "the value date is the legal day");
    assert_eq!((teil.zustand.status, teil.zustand.offen().unwrap()), (MittelabrufStatus::Angeordnet, eur(2_000_000)));
    let voll = teil.zustand.gutgeschrieben(&bewegung(2_000_000)).unwrap().zustand;
    assert_eq!(voll.status, MittelabrufStatus::Ausgezahlt);
    assert_eq!(kurz(&voll.zurueckgekommen(&bewegung(-3_000_001)).unwrap_err()), ["UEBER_OFFEN"]);
    let z = voll.zurueckgekommen(&bewegung(-3_000_000)).unwrap();
    assert_eq!((z.zustand.status, z.zustand.ausgezahlt()), (MittelabrufStatus::Angeordnet, Ok(Ausgezahlt::default())));
    let konten: Vec<_> = z.buchungen[0].zeilen().iter().map(|z| (z.konto.art, z.betrag)).collect();
    assert_eq!(konten, [(Kontoart::Ausgezahlt, eur(-3_000_000)), (Kontoart::Abgerufen, eur(3_000_000))]);
    assert_eq!(z.zustand.geldbewegungen.len(), 3);
}

proptest! {
    /// A smaller sum spread over positions loses no cent and no position grows.
    #[test]
    fn verteilung_verliert_nichts(b in proptest::collection::vec(0i64..1_000_000_000, 1..20), prozent in 0i64..=100) {
        let betraege: Vec<Euro> = b.iter().map(|c| eur(*c)).collect();
        let summe = eur(b.iter().sum::<i64>() * prozent / 100);
        let teile = bedarf::verteile(summe, &betraege).unwrap();
        prop_assert_eq!(Euro::summe(teile.iter().copied()), Ok(summe));
        for (t, h) in teile.iter().zip(&betraege) {
            prop_assert!(!t.ist_negativ() && t <= h);
        }
    }

    /// What is payable never exceeds what was asked, and the steps of the waterfall add up to it.
    #[test]
    fn wasserfall_geht_auf(
        bedarf in proptest::collection::vec((0u32..8, 1i64..5_000_000), 1..12),
        angefordert in 1i64..9_000_000, verausgabt in 0i64..3_000_000, ausgezahlt in 0i64..3_000_000,
        modus in proptest::sample::select(vec!["ANTEILIG", "VORRANGIG", "OHNE"]),
    ) {
        let mut w = Welt::am(tag(2026, 3, 1));
        w.setze("eigenmittel_einsatz", modus);
        w.f.stand.get_mut(&(w.m, 2026)).unwrap().ausgezahlt = Ausgezahlt(eur(ausgezahlt));
        let am = tag(2026, 4, 10);
        let zeilen: Vec<_> = bedarf.iter().map(|(m, c)| (am.checked_add_months(Months::new(*m)).unwrap(), *c)).collect();
        let i = Mittelabrufinhalt { bisher_verausgabt: eur(verausgabt), eigenmittel_eingesetzt: Euro::NULL, ..w.inhalt(am, angefordert, &zeilen) };
        let r = w.f.bedarfsrechnung(&i).unwrap();
        let abzuege = Euro::summe(r.abzuege.iter().map(|a| a.betrag)).unwrap();
        prop_assert_eq!(r.gedeckt, r.bedarf_gesamt.minus(abzuege).unwrap().max(Euro::NULL));
        prop_assert!(r.zahlbar <= r.angefordert && r.zahlbar <= r.gedeckt && !r.zahlbar.ist_negativ());
    }
}
