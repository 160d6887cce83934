use super::*;
use crate::akt::pruefe_tabelle;
use crate::berechtigung::Rolle;
use crate::zeit::tag;
use crate::zins::faelle::{alle, gleich};
use proptest::prelude::*;

fn e(text: &str) -> Euro {
    text.parse().unwrap()
}

fn wer(person: &str, rolle: Rolle) -> Akteur {
    let kreisschluessel = (rolle == Rolle::Gebietskoerperschaft).then(|| "06440".to_owned());
    Akteur { person: person.into(), rolle, kreisschluessel, traeger_id: None }
}

fn rp(person: &str) -> Akteur {
    wer(person, Rolle::Bewilligungsbehoerde)
}

fn fall() -> Feststellungsfall {
    Feststellungsfall {
        kette_id: Uuid::from_u128(1),
        antrag_id: Uuid::from_u128(2),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        massnahme_nr: "M01".into(),
        privater_traeger: true,
        nachgewiesen: e("231400.00"),
        beanstandet: e("1620.50"),
    }
}

/// Dossier S17: 12 × 287.66 for a coach paid above TV-H.
fn s17() -> Feststellung {
    let inhalt = Feststellungsinhalt {
        massnahme_id: Uuid::from_u128(3),
        position: "PERSONAL".into(),
        grund: Feststellungsgrund::Besserstellung,
        text: "12 × 287,66 EUR über TV-H".into(),
        beanstandet: e("3451.92"),
        entgeltvergleich: None,
    };
    Feststellung::treffen(Uuid::from_u128(4), fall(), inhalt, tag(2028, 2, 1), &rp("a")).unwrap().zustand
}

fn teile(a: &str, b: &str, z: &str, v: &str) -> Feststellungsverteilung {
    Feststellungsverteilung {
        anerkannt: e(a),
        berichtigt: e(b),
        zurueckgefordert: e(z),
        verzichtet: e(v),
        begruendung: "Vergleich mit TV-H".into(),
    }
}

fn kurz<T>(u: Urteil<T>) -> Vec<&'static str> {
    u.err().unwrap_or_default().iter().map(|b| b.regel.kurzname).collect()
}

/// The county is asked once; the authority as long as money is open.
#[test]
fn wartet_auf_die_erste_antwort() {
    let f = s17();
    let antwort = Feststellungsantwort { text: "Haustarif des Trägers".into() };
    let beantwortet = f.beantworten(&antwort, &wer("k", Rolle::Gebietskoerperschaft)).unwrap().zustand;
    for (x, akt, wartet) in [
        (&f, STELLUNGNAHME, true),
        (&f, VERTEILUNG, true),
        (&beantwortet, STELLUNGNAHME, false),
        (&beantwortet, VERTEILUNG, true),
    ] {
        assert_eq!(x.wartet_auf(akt), wartet, "{akt} {}", x.antworten.len());
    }
}

#[test]
fn zustandstabelle() {
    let erreichbar = [FeststellungStatus::Offen, FeststellungStatus::Aufgehoben];
    pruefe_tabelle(UEBERGAENGE, &erreichbar, &[FeststellungStatus::Aufgehoben], FeststellungStatus::Offen);
}

/// Pay above comparable staff of the state: figures, reason and who carries the measure out.
#[test]
fn jede_besserstellung() {
    alle(include_str!("../../../tests/faelle/besserstellung.csv"), |f| {
        let vergleich = Entgeltvergleich {
            monate: f["monate"].parse().unwrap(),
            entgelt: e(f["entgelt"]),
            vergleichsentgelt: e(f["vergleich"]),
        };
        gleich("ueber", f["ueber"], vergleich.besserstellung().unwrap())?;
        let fall = Feststellungsfall {
            privater_traeger: f["privat"] == "JA",
            nachgewiesen: e(f["nachgewiesen"]),
            beanstandet: Euro::NULL,
            ..fall()
        };
        let inhalt = Feststellungsinhalt {
            grund: f["grund"].parse().unwrap(),
            beanstandet: e(f["beanstandet"]),
            entgeltvergleich: Some(vergleich),
            ..s17().inhalt
        };
        let u = Feststellung::treffen(Uuid::from_u128(4), fall, inhalt, tag(2028, 2, 1), &rp("a"));
        gleich("befund", f["befund"], kurz(u).join(" "))
    });
}

/// Every way of dividing 3,451.92.
#[test]
fn jede_verteilung() {
    alle(include_str!("../../../tests/faelle/feststellungsverteilung.csv"), |f| {
        let v = teile(f["anerkannt"], f["berichtigt"], f["zurueckgefordert"], f["verzichtet"]);
        match s17().verteilen(&v, &rp("a")) {
            Ok(d) => {
                gleich("befund", f["befund"], "")?;
                gleich("status", f["status"], d.zustand.status)?;
                gleich("offen", f["offen"], d.zustand.offen().unwrap())?;
                gleich("abzug", f["abzug"], d.zustand.abzug())
            }
            Err(b) => gleich("befund", f["befund"], b[0].regel.kurzname),
        }
    });
    let ohne_grund = Feststellungsverteilung { begruendung: "  ".into(), ..teile("0.00", "0.00", "1.00", "0.00") };
    assert_eq!(kurz(s17().verteilen(&ohne_grund, &rp("a"))), ["BEGRUENDUNG_FEHLT"]);
}

#[test]
fn verzicht_braucht_zwei_personen() {
    let f = s17().verteilen(&teile("0.00", "0.00", "3000.00", "451.92"), &rp("a")).unwrap().zustand;
    assert!(!f.ist_geklaert());
    assert_eq!(kurz(f.verzicht_freigeben(&rp("A"))), ["VIER_AUGEN"], "case makes no second person");
    let f = f.verzicht_freigeben(&rp("b")).unwrap().zustand;
    assert_eq!((f.status, f.abzug()), (FeststellungStatus::Erledigt, e("3000.00")));
    assert_eq!(kurz(f.verzicht_freigeben(&rp("b"))), ["STATUS_UNZULAESSIG"]);
    // dividing anew asks for a new release
    let f = f.verteilen(&teile("0.00", "0.00", "0.00", "3451.92"), &rp("b")).unwrap().zustand;
    assert_eq!((f.status, f.verzicht_freigegeben_von), (FeststellungStatus::VerzichtVorgeschlagen, None));
}

#[test]
fn antwort_und_aufhebung() {
    let antwort = Feststellungsantwort { text: "Haustarif".into() };
    let f = s17().beantworten(&antwort, &wer("k", Rolle::Gebietskoerperschaft)).unwrap().zustand;
    assert_eq!(f.antworten, ["Haustarif"]);
    assert_eq!(kurz(f.beantworten(&antwort, &rp("a"))), ["RECHT_FEHLT"]);
    let grund = Handlungsgrund { grund: "Doppelt erfasst".into() };
    assert_eq!(kurz(f.aufheben(&grund, &wer("k", Rolle::Gebietskoerperschaft))), ["RECHT_FEHLT"]);
    let f = f.verteilen(&teile("0.00", "0.00", "3451.92", "0.00"), &rp("a")).unwrap().zustand;
    let f = f.aufheben(&grund, &rp("a")).unwrap().zustand;
    assert_eq!((f.abzug(), f.offen().unwrap(), f.ist_geklaert()), (Euro::NULL, Euro::NULL, true));
}

proptest! {
    #[test]
    fn teile_ergeben_immer_das_ganze(t in prop::array::uniform4(0i64..200_000)) {
        let c = |i: usize| Euro::aus_cent(t[i]).unwrap();
        let v = Feststellungsverteilung { anerkannt: c(0), berichtigt: c(1), zurueckgefordert: c(2), verzichtet: c(3), begruendung: "Vergleich mit TV-H".into() };
        match s17().verteilen(&v, &rp("a")) {
            Ok(d) => prop_assert_eq!(Euro::summe([c(0), c(1), c(2), c(3), d.zustand.offen().unwrap()]).unwrap(), e("3451.92")),
            Err(b) => {
                prop_assert!(t.iter().sum::<i64>() > 345_192);
                prop_assert_eq!(b[0].regel.kurzname, "FESTSTELLUNG_UEBERVERTEILT");
            }
        }
    }
}
