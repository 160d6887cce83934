use super::*;
use crate::antrag::muster;
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Rolle};
use crate::bescheid::*;
use crate::frist::Fristart;
use crate::jahrgang::Finanzierungsart;
use crate::katalog::Massnahmeart;
use crate::konto::Kontoart;
use crate::massnahme::{Durchfuehrungsform, Massnahme};
use crate::regelwerk::{Regelwerk, he_alt};
use crate::traeger::{Anschrift, Rechtsform, Traeger, Traegerangaben};
use crate::zeit::tag;

fn gk(nr: u8) -> Akteur {
    Akteur {
        person: format!("gk-{nr}"),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some("06440".into()),
        traeger_id: None,
    }
}

fn euro(s: &str) -> Euro {
    s.parse().unwrap()
}

fn codes(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

/// Everything one case knows: 40 000.00 are granted for one measure in 2026, for 2026 and 2027.
struct Fall {
    massnahme: Massnahme,
    traeger: Traeger,
    bescheid: Bescheid,
    regelwerk: Regelwerk,
    vergeben: Euro,
    bestand: Euro,
    nachweis_bis: Option<NaiveDate>,
    heute: NaiveDate,
}

fn fall() -> Fall {
    let massnahme = muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung);
    let traeger_id = massnahme.inhalt.traeger_id.unwrap();
    let rp = |nr: u8| Akteur {
        person: format!("rp-{nr}"),
        rolle: Rolle::Bewilligungsbehoerde,
        kreisschluessel: None,
        traeger_id: None,
    };
    let regelwerk = he_alt();
    let fakten = Entscheidungsfakten {
        aenderung: None,
        fortgeltend: Vec::new(),
        antrag_id: Uuid::from_u128(1),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        positionen: vec![BeantragtePosition {
            bisher: None,
            massnahme_id: massnahme.id,
            massnahme_nr: "M01".into(),
            massnahmeart: Massnahmeart::Ausbildungsvorbereitung,
            teilbudget: "ALLGEMEIN".into(),
            haushaltsjahr: 2026,
            beantragt: euro("40000.00"),
        }],
        bewilligungszeitraum: Zeitraum { von: tag(2026, 1, 1), bis: tag(2027, 12, 31) },
        finanzierungsart: Finanzierungsart::Fehlbedarf,
        regelwerk: &regelwerk,
        antrag_schnappschuss_sha256: "a".repeat(64),
        vorgaenger: None,
        befunde: Vec::new(),
        heute: tag(2026, 4, 1),
    };
    let eingabe = Entscheidungseingabe::Bewilligung(BewilligungEingabe {
        auflagen: Vec::new(),
        begruendung: None,
        bestaetigte_warnungen: Vec::new(),
    });
    let bescheid = entwerfen(Uuid::from_u128(7), &eingabe, &fakten, &rp(1)).unwrap().zustand;
    let angaben = Traegerangaben {
        name: "Bildungswerk".into(),
        rechtsform: Rechtsform::Ggmbh,
        anschrift: Anschrift { strasse: "Weg 1".into(), plz: "61169".into(), ort: "Friedberg".into() },
        register: None,
    };
    Fall {
        traeger: Traeger::neu(traeger_id, angaben, &rp(1)),
        massnahme,
        bescheid,
        regelwerk,
        vergeben: Euro::NULL,
        bestand: Euro::NULL,
        nachweis_bis: Some(tag(2028, 12, 31)),
        heute: tag(2026, 9, 15),
    }
}

impl Fall {
    fn fakten(&self) -> Weiterleitungsfakten<'_> {
        Weiterleitungsfakten {
            massnahme: Some(&self.massnahme),
            traeger: Some(&self.traeger),
            bescheid: Some(&self.bescheid),
            nachweis_bis: self.nachweis_bis,
            vergeben: self.vergeben,
            bestand: self.empfangen(),
            regelwerk: &self.regelwerk,
            jahrgang: 2026,
            heute: self.heute,
        }
    }

    fn empfangen(&self) -> Empfangen {
        Empfangen::from([((2026, "ALLGEMEIN".to_owned()), self.bestand)])
    }

    fn inhalt(&self) -> Weiterleitungsinhalt {
        Weiterleitungsinhalt {
            massnahme_id: self.massnahme.id,
            traeger_id: self.traeger.id,
            form: Weiterleitungsform::Vertrag,
            betrag: euro("30000.00"),
            bewilligungszeitraum: Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 12, 31) },
            nebenbestimmungen: Nebenbestimmungen::AnbestP,
            vn_frist: tag(2028, 6, 30),
        }
    }

    fn abgeschlossen(&self) -> Weiterleitung {
        let f = Weiterleitungsfall {
            antrag_id: Uuid::from_u128(1),
            jahrgang: 2026,
            kreisschluessel: "06440".into(),
            regelwerk: "HE-ALT".into(),
        };
        let entwurf =
            Weiterleitung::entwerfen(Uuid::from_u128(9), f, self.inhalt(), &self.fakten(), &gk(1)).unwrap().zustand;
        let am = Weiterleitungsabschluss { am: tag(2026, 4, 20) };
        let vier = entwurf.abschliessen(&am, &self.fakten(), &gk(1)).unwrap_err();
        assert_eq!(codes(&vier), ["VIER_AUGEN"]);
        let e = entwurf.abschliessen(&am, &self.fakten(), &gk(2)).unwrap();
        let fristen: Vec<_> = e.fristen.iter().map(|f| (f.art, f.faellig_am)).collect();
        assert_eq!(fristen, [(Fristart::VerwendungsnachweisTraeger, tag(2028, 6, 30))]);
        e.zustand
    }
}

type Aenderung = fn(&mut Fall, &mut Weiterleitungsinhalt);

/// Dossier 5.4 and 5.10: each condition on and next to its limit.
#[test]
fn bedingungen_der_weiterleitung() {
    let faelle: &[(&str, Aenderung, &[&str])] = &[
        ("as agreed", |_, _| (), &[]),
        ("all that is granted", |_, i| i.betrag = euro("40000.00"), &[]),
        ("a cent more", |_, i| i.betrag = euro("40000.01"), &["WEITERLEITUNG_UEBER_BEWILLIGT"]),
        ("what others left", |f, _| f.vergeben = euro("10000.00"), &[]),
        ("a cent more than others left", |f, _| f.vergeben = euro("10000.01"), &["WEITERLEITUNG_UEBER_BEWILLIGT"]),
        ("nothing", |_, i| i.betrag = Euro::NULL, &["BETRAG_ZU_KLEIN"]),
        (
            "own work",
            |f, _| f.massnahme.inhalt.durchfuehrungsform = Durchfuehrungsform::Eigen,
            &["WEITERLEITUNG_NICHT_VORGESEHEN"],
        ),
        ("the whole grant period", |_, i| i.bewilligungszeitraum.bis = tag(2027, 12, 31), &[]),
        ("a day longer", |_, i| i.bewilligungszeitraum.bis = tag(2028, 1, 1), &["WEITERLEITUNG_ZEITRAUM"]),
        ("a day earlier", |_, i| i.bewilligungszeitraum.von = tag(2025, 12, 31), &["WEITERLEITUNG_ZEITRAUM"]),
        ("turned around", |_, i| i.bewilligungszeitraum.bis = tag(2026, 1, 31), &["WEITERLEITUNG_ZEITRAUM"]),
        ("private under GK", |_, i| i.nebenbestimmungen = Nebenbestimmungen::AnbestGk, &["NEBENBESTIMMUNGEN_PRIVAT"]),
        (
            "public under GK",
            |f, i| {
                f.traeger.angaben.rechtsform = Rechtsform::Eigenbetrieb;
                i.nebenbestimmungen = Nebenbestimmungen::AnbestGk;
            },
            &[],
        ),
        ("proof on the last day", |_, i| i.vn_frist = i.bewilligungszeitraum.bis, &[]),
        (
            "proof a day before the end",
            |_, i| i.vn_frist = i.bewilligungszeitraum.bis.pred_opt().unwrap(),
            &["NACHWEIS_VOR_ENDE"],
        ),
        ("a month before the own proof", |_, i| i.vn_frist = tag(2028, 11, 30), &[]),
        ("a day too late", |_, i| i.vn_frist = tag(2028, 12, 1), &["NACHWEISFRIST_ZU_SPAET"]),
        (
            "the own proof was extended",
            |f, i| {
                f.nachweis_bis = Some(tag(2029, 3, 31));
                i.vn_frist = tag(2029, 2, 28);
            },
            &[],
        ),
        (
            // 12 months after 2027-12-31 is a Sunday, so 2029-01-02
            "no running deadline: the day the grant would set",
            |f, i| {
                f.nachweis_bis = None;
                i.vn_frist = tag(2028, 12, 3);
            },
            &["NACHWEISFRIST_ZU_SPAET"],
        ),
    ];
    for (name, aendere, soll) in faelle {
        let mut f = fall();
        let mut i = f.inhalt();
        aendere(&mut f, &mut i);
        assert_eq!(codes(&i.pruefe(&f.fakten())), *soll, "{name}");
    }
    let f = fall();
    let ohne = Weiterleitungsfakten { massnahme: None, traeger: None, bescheid: None, ..f.fakten() };
    assert_eq!(
        codes(&f.inhalt().pruefe(&ohne)),
        ["WEITERLEITUNG_NICHT_VORGESEHEN", "TRAEGER_NICHT_IM_FALL", "WEITERLEITUNG_OHNE_BESCHEID"]
    );
}

fn zahlung(betrag: &str, am: NaiveDate) -> Weiterleitungsauszahlung {
    Weiterleitungsauszahlung {
        betrag: euro(betrag),
        wertstellung_am: am,
        verwendungszweck: "Rate".into(),
        haushaltsjahr: 2026,
    }
}

/// Dossier S16: 30 000.00 received on 2026-05-04, passed on on 05-06, used on 08-31.
#[test]
fn s16_kette_der_weiterleitung() {
    let mut f = fall();
    f.bestand = euro("30000.00");
    let w = f.abgeschlossen();
    let e = w
        .auszahlen(Uuid::from_u128(3), &zahlung("30000.00", tag(2026, 5, 6)), &f.empfangen(), &f.fakten(), &gk(1))
        .unwrap();
    let b = e.buchungen.first().unwrap();
    assert_eq!((b.grund, b.wirksam_am), ("WEITERLEITUNG", Some(tag(2026, 5, 6))));
    let zeilen: Vec<_> = b.zeilen().iter().map(|z| (z.konto.art, z.massnahme_id, z.betrag.to_string())).collect();
    let m = Some(f.massnahme.id);
    assert_eq!(
        zeilen,
        [(Kontoart::Ausgezahlt, m, "-30000.00".to_owned()), (Kontoart::Weitergeleitet, m, "30000.00".to_owned())]
    );
    let w = e.zustand;
    let melde = |w: &Weiterleitung, betrag: &str, am| {
        w.verwendung_melden(&Verwendungsmeldung { am, betrag: euro(betrag) }, &f.fakten(), &gk(1))
    };
    assert_eq!(codes(&melde(&w, "30000.01", tag(2026, 8, 31)).unwrap_err()), ["VERWENDUNG_UEBER_AUSZAHLUNG"]);
    assert_eq!(codes(&melde(&w, "1.00", tag(2026, 9, 16)).unwrap_err()), ["DATUM_IN_ZUKUNFT"]);
    let w = melde(&w, "30000.00", tag(2026, 8, 31)).unwrap().zustand;
    let s = w.stand().unwrap();
    assert_eq!((s.offen, s.verwendet, s.bestand), (Euro::NULL, euro("30000.00"), Euro::NULL));
    // what is used cannot be reversed
    let storno = Auszahlungsstorno { auszahlung_id: Uuid::from_u128(3), grund: "falsch".into() };
    assert_eq!(codes(&w.stornieren(&storno, &f.fakten(), &gk(1)).unwrap_err()), ["STORNO_UEBER_BESTAND"]);
}

/// computed: never more than agreed, never more than received, neither now nor on the value date.
#[test]
fn auszahlung_bis_auf_den_cent() {
    let mut f = fall();
    f.bestand = euro("20000.00");
    let w = f.abgeschlossen();
    let zahle = |w: &Weiterleitung, betrag: &str, am_tag: &str| {
        let z = zahlung(betrag, tag(2026, 9, 1));
        let am_tag = Empfangen::from([((2026, "ALLGEMEIN".to_owned()), euro(am_tag))]);
        w.auszahlen(Uuid::from_u128(3), &z, &am_tag, &f.fakten(), &gk(1))
    };
    for (betrag, am_tag, soll) in [
        ("20000.00", "20000.00", &[][..]),
        ("20000.01", "20000.01", &["AUSZAHLUNG_UEBER_EMPFANGENES"]),
        ("20000.00", "19999.99", &["AUSZAHLUNG_UEBER_EMPFANGENES"]),
        ("30000.01", "20000.00", &["AUSZAHLUNG_UEBER_VERTRAG", "AUSZAHLUNG_UEBER_EMPFANGENES"]),
        ("0.00", "20000.00", &["BETRAG_ZU_KLEIN"]),
    ] {
        let ist = zahle(&w, betrag, am_tag).err().unwrap_or_default();
        assert_eq!(codes(&ist), soll, "{betrag}");
    }
    let morgen = zahlung("1.00", tag(2026, 9, 16));
    let e = w.auszahlen(Uuid::from_u128(3), &morgen, &f.empfangen(), &f.fakten(), &gk(1)).unwrap_err();
    assert_eq!(codes(&e), ["DATUM_IN_ZUKUNFT"]);
    let w = zahle(&w, "20000.00", "20000.00").unwrap().zustand;
    assert_eq!(w.stand().unwrap().offen, euro("10000.00"));
    // the reversal gives everything back, once
    let storno = Auszahlungsstorno { auszahlung_id: Uuid::from_u128(3), grund: "falsch".into() };
    let e = w.stornieren(&storno, &f.fakten(), &gk(2)).unwrap();
    let b = e.buchungen.first().unwrap();
    assert_eq!((b.grund, b.wirksam_am, b.zeilen()[1].betrag), ("STORNO", Some(tag(2026, 9, 1)), euro("-20000.00")));
    assert_eq!(e.zustand.stand().unwrap().offen, euro("30000.00"));
    assert_eq!(codes(&e.zustand.stornieren(&storno, &f.fakten(), &gk(2)).unwrap_err()), ["AUSZAHLUNG_UNBEKANNT"]);
}

/// What an ended one takes of the grant is what it cost.
#[test]
fn ende_gibt_frei() {
    let mut f = fall();
    f.bestand = euro("20000.00");
    let w = f.abgeschlossen();
    let grund = crate::akt::Handlungsgrund { grund: "Träger hat abgesagt".into() };
    assert_eq!(w.belegt(), Ok(euro("30000.00")));
    let leer = w.aufheben(&grund, &f.fakten(), &gk(1)).unwrap();
    assert_eq!((leer.zustand.belegt(), leer.fristenden.len()), (Ok(Euro::NULL), 1));
    let z = zahlung("500.00", tag(2026, 9, 1));
    let w = w.auszahlen(Uuid::from_u128(3), &z, &f.empfangen(), &f.fakten(), &gk(1)).unwrap().zustand;
    let e = w.aufheben(&grund, &f.fakten(), &gk(1)).unwrap();
    assert_eq!((e.zustand.belegt(), e.fristenden.len()), (Ok(euro("500.00")), 0), "paid money is still to be proved");
    assert_eq!(codes(&e.befunde), ["BESTAND_ZURUECKZUFORDERN"]);
    assert_eq!(codes(&w.beenden(&grund, &f.fakten(), &gk(1)).unwrap_err()), ["BESTAND_UNGEKLAERT"]);
    let gibt = |w: &Weiterleitung, betrag: &str, haushaltsjahr| {
        let r = Weiterleitungsrueckgabe { betrag: euro(betrag), wertstellung_am: tag(2026, 9, 10), haushaltsjahr };
        w.zurueckzahlen(Uuid::from_u128(4), &r, &f.fakten(), &gk(1))
    };
    for (betrag, jahr, soll) in [("500.01", 2026, "500.00"), ("0.01", 2027, "0.00")] {
        let b = gibt(&w, betrag, jahr).unwrap_err();
        assert_eq!((codes(&b), &b[0].erlaubt[0].wert), (vec!["RUECKGABE_UEBER_BESTAND"], &soll.to_owned()));
    }
    let e = gibt(&w, "500.00", 2026).unwrap();
    let zeilen: Vec<_> = e.buchungen[0].zeilen().iter().map(|z| (z.konto.art, z.betrag)).collect();
    assert_eq!(zeilen, [(Kontoart::Weitergeleitet, euro("-500.00")), (Kontoart::Ausgezahlt, euro("500.00"))]);
    let s = e.zustand.stand().unwrap();
    assert_eq!((s.bestand, s.zurueckgezahlt, s.offen), (Euro::NULL, euro("500.00"), euro("30000.00")));
    let e = e.zustand.beenden(&grund, &f.fakten(), &gk(1)).unwrap();
    assert_eq!((e.zustand.status, e.fristenden.len()), (WeiterleitungStatus::Beendet, 1));
    assert_eq!(e.zustand.belegt(), Ok(Euro::NULL));
}

/// The measure's money lies in two Teilbudgets: what pays is the place where it lies, not the first of the Bescheid.
#[test]
fn geld_kommt_aus_seinem_teilbudget() {
    let f = fall();
    let w = f.abgeschlossen();
    let stelle = |t: &str| (2026, t.to_owned());
    let liegt =
        Empfangen::from([(stelle("ALLGEMEIN"), Euro::NULL), (stelle("MIGRATION_ARBEITSMARKT"), euro("100.00"))]);
    let fakten = Weiterleitungsfakten { bestand: liegt.clone(), ..f.fakten() };
    let zahle = |am_tag: &Empfangen, betrag: &str, am| {
        w.auszahlen(Uuid::from_u128(3), &zahlung(betrag, am), am_tag, &fakten, &gk(1))
    };
    let e = zahle(&liegt, "100.00", tag(2026, 9, 1)).unwrap();
    assert_eq!(e.zustand.auszahlungen[0].teilbudget, "MIGRATION_ARBEITSMARKT");
    assert_eq!(e.buchungen[0].zeilen()[0].konto.teilbudget, "MIGRATION_ARBEITSMARKT");
    // two places do not add up, nor does what lay in the other one on that day
    assert_eq!(codes(&zahle(&liegt, "100.01", tag(2026, 9, 1)).unwrap_err()), ["AUSZAHLUNG_UEBER_EMPFANGENES"]);
    let damals = Empfangen::from([(stelle("ALLGEMEIN"), euro("100.00"))]);
    assert_eq!(codes(&zahle(&damals, "0.01", tag(2026, 9, 1)).unwrap_err()), ["AUSZAHLUNG_UEBER_EMPFANGENES"]);
    assert_eq!(codes(&zahle(&liegt, "1.00", tag(2026, 4, 19)).unwrap_err()), ["AUSZAHLUNG_VOR_VERTRAG"]);
}

/// Use counts from the beginning of the period; after its end it is a question of its cause.
#[test]
fn verwendung_im_zeitraum() {
    let mut f = fall();
    f.bestand = euro("100.00");
    f.heute = tag(2027, 3, 1);
    let w = f.abgeschlossen();
    let z = zahlung("100.00", tag(2026, 5, 6));
    let w = w.auszahlen(Uuid::from_u128(3), &z, &f.empfangen(), &f.fakten(), &gk(1)).unwrap().zustand;
    for (am, soll) in [
        (tag(2026, 1, 31), Err("VERWENDUNG_VOR_ZEITRAUM")),
        (tag(2026, 2, 1), Ok(&[][..])),
        (tag(2026, 12, 31), Ok(&[])),
        (tag(2027, 1, 1), Ok(&["VERWENDUNG_NACH_ZEITRAUM"])),
    ] {
        let ist = w.verwendung_melden(&Verwendungsmeldung { am, betrag: euro("1.00") }, &f.fakten(), &gk(1));
        match soll {
            Ok(hinweise) => assert_eq!(codes(&ist.unwrap().befunde), hinweise, "{am}"),
            Err(code) => assert_eq!(codes(&ist.unwrap_err()), [code], "{am}"),
        }
    }
}

#[test]
fn tabelle_ist_wohlgeformt() {
    use WeiterleitungStatus as S;
    crate::akt::pruefe_tabelle(super::UEBERGAENGE, S::ALLE, &[], S::Entwurf);
}
