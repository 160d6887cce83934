//! The base moves while a draft is written.

use super::*;

/// The case after another change came into effect: M01 was changed by `f`.
fn danach(a: &Aenderungsantrag, f: impl FnOnce(&mut Massnahme)) -> Aenderungsfakten {
    let mut anderer = a.clone();
    aendere_m01(&mut anderer, f);
    let antrag = Antrag { version: 9, ..anderer.neuer_stand.im_antrag(&antrag()) };
    let mut b = bescheid(&antrag);
    (b.id, b.inhalt.kettenglied) = (Uuid::from_u128(2), 2);
    fakten_zu(&antrag, &b)
}

/// Lesson 7: three-way, on the typed document. Both changed the title and a line; only the other changed the rent.
#[test]
fn beide_seiten_geaendert() {
    let (mut a, _) = entwurf();
    aendere_m01(&mut a, |m| {
        m.inhalt.titel = "Meiner".into();
        m.inhalt.kurzbeschreibung = "Nur ich.".into();
        landesmittel(m, 9_000_000);
    });
    a.inhalt = inhalt(&[Aenderungsart::Mittelreduzierung, Aenderungsart::Inhalt]);
    let f = danach(&a.clone(), |m| {
        m.inhalt.titel = "Deiner".into();
        m.inhalt.kurzbeschreibung = "Musterhafte Maßnahme.\nSie hat keine Auffälligkeiten.".into();
        landesmittel(m, 9_500_000);
        ansatz(m, "SACH_MIETE", 2026, 2_500_000);
        ansatz(m, "SACH_LEHRMITTEL", 2026, 500_000);
    });
    let befunde = einreichen(&a, &f).unwrap_err();
    assert!(befunde.iter().all(|b| b.regel.art == Regelart::Zustand), "409: nothing else is said");
    let mut felder: Vec<_> =
        befunde.iter().filter(|b| b.regel.kurzname == "AENDERUNG_KONFLIKT").filter_map(|b| b.ort.as_deref()).collect();
    felder.sort_unstable();
    // the Detailplanung field by field: money of four periods, named in short
    let (plan, felder): (Vec<&str>, Vec<&str>) = felder.into_iter().partition(|f| f.contains("/detailplanung/"));
    assert_eq!((plan.len(), plan[0]), (8, "/massnahmen/M01/detailplanung/perioden/2026-02-01/ausgaben"));
    let eine = befunde.iter().find(|b| b.ort.as_deref() == Some(plan[0])).unwrap().text(crate::regel::Sprache::De);
    assert!(eine.starts_with("Maßnahme M01, Detailplanung Periode 2026-02-01 ausgaben: ursprünglich "), "{eine}");
    assert!(!eine.contains('{') && eine.len() < 160, "{eine}");
    assert_eq!(
        felder,
        [
            "/massnahmen/M01/finanzierungsplan/einzelansaetze/PERSONAL/2026",
            "/massnahmen/M01/finanzierungsplan/finanzierung/LAND_AQB/2026",
            "/massnahmen/M01/titel",
        ]
    );
    assert_eq!(befunde[0].regel.kurzname, "GRUNDLAGE_VERALTET");
    let titel = befunde.iter().find(|b| b.ort.as_deref() == Some("/massnahmen/M01/titel")).unwrap();
    let werte: Vec<_> = titel.gemessen.iter().chain(&titel.erlaubt).map(|m| m.wert.as_str()).collect();
    assert_eq!(werte, ["/massnahmen/M01/titel", "Maßnahme M01, titel", "Maßnahme M01", "Meiner", "Deiner"]);

    // what does not conflict is taken over, the own values of the rest stay and are listed
    let gk = muster::gk();
    let neu = a.aktualisieren(&f, &Aktualisierung::default(), &gk).unwrap().zustand;
    let m01 = &neu.neuer_stand.massnahmen[0].massnahme.inhalt;
    assert_eq!((m01.titel.as_str(), m01.kurzbeschreibung.as_str()), ("Meiner", "Nur ich."));
    let je = m01.finanzierungsplan.je_position().unwrap();
    assert_eq!(
        (je["SACH_MIETE"], je["SACH_LEHRMITTEL"], je["PERSONAL"]),
        (eur(2_500_000), eur(500_000), eur(8_000_000))
    );
    assert_eq!((neu.grundlage.bescheid_id, neu.grundlage.antrag_version, neu.konflikte.len()), (f.geltend.id, 9, 11));
    assert!(!neu.grundlage_bewegt(&f));
    let offen = einreichen(&neu, &f).unwrap_err();
    assert!(kurz(&offen).iter().all(|k| *k == "AENDERUNG_KONFLIKT") && offen.len() == 11, "{:?}", kurz(&offen));

    // decided one by one: kept, taken over, edited
    let zeiger = |felder: &[&str]| felder.iter().map(|f| Feldzeiger((*f).to_owned())).collect();
    let e = Aktualisierung {
        behalten: zeiger(&["/massnahmen/M01/titel", "/massnahmen/M01/detailplanung"]),
        uebernehmen: zeiger(&["/massnahmen/M01/finanzierungsplan/finanzierung/LAND_AQB/2026"]),
    };
    let mut neu = neu.aktualisieren(&f, &e, &gk).unwrap().zustand;
    assert_eq!(neu.neuer_stand.massnahmen[0].massnahme.inhalt.finanzierungsplan.land().unwrap(), eur(9_500_000));
    assert_eq!(neu.konflikte.len(), 1);
    aendere_m01(&mut neu, |m| ansatz(m, "PERSONAL", 2026, 8_500_000));
    neu.inhalt = inhalt(&[Aenderungsart::Inhalt]);
    assert_eq!(kurz(&pruefbericht(&neu, &f)), Vec::<&str>::new());
    let unbekannt = Aktualisierung { behalten: zeiger(&["/massnahmen/M01/ende"]), uebernehmen: Vec::new() };
    let b = neu.aktualisieren(&f, &unbekannt, &gk).unwrap_err();
    assert_eq!((kurz(&b), b[0].ort.as_deref()), (vec!["FELD_OHNE_KONFLIKT"], Some("/behalten/0")));
}

/// A draft that was overtaken is not lost: filing says why not, bringing it up to date makes it a draft again.
#[test]
fn ueberholt_und_wieder_entwurf() {
    let (mut a, _) = entwurf();
    aendere_m01(&mut a, |m| m.inhalt.titel = "Meiner".into());
    a.inhalt = inhalt(&[Aenderungsart::Inhalt]);
    let f = danach(&a.clone(), |m| m.inhalt.titel = "Maßnahme M01".into());
    let b = Aenderungsfakten { geltend: Bescheid { id: Uuid::from_u128(3), ..f.geltend.clone() }, ..f.clone() };
    let ueberholt = a.ueberholt(Uuid::from_u128(8)).unwrap().zustand;
    assert_eq!(
        (ueberholt.status, ueberholt.ueberholt_durch),
        (AenderungsantragStatus::Ueberholt, Some(Uuid::from_u128(8)))
    );
    assert_eq!(kurz(&einreichen(&ueberholt, &b).unwrap_err()), ["GRUNDLAGE_VERALTET"]);
    let neu = ueberholt.aktualisieren(&b, &Aktualisierung::default(), &muster::gk()).unwrap().zustand;
    assert_eq!((neu.status, neu.ueberholt_durch), (AenderungsantragStatus::Entwurf, None));
    assert!(einreichen(&neu, &b).is_ok());
    assert!(ueberholt.ueberholt(Uuid::from_u128(8)).is_none(), "once is enough");
}

/// One side drops what the other changes; both add a measure of the same number.
#[test]
fn massnahmen_im_konflikt() {
    let (mut a, _) = entwurf();
    a.neuer_stand.massnahmen.remove(0);
    a.neuer_stand.massnahmen.push(muster::mit_plan(muster::strategieauftrag("M03")));
    let mut f = danach(&entwurf().0, |m| m.inhalt.titel = "Deiner".into());
    let mut anders = muster::strategieauftrag("M03");
    (anders.id, anders.inhalt.titel) = (Uuid::from_u128(77), "Anderes".into());
    f.stand.massnahmen.push(muster::mit_plan(anders));
    let felder: Vec<_> = a.offene_konflikte(f.geltend.id, &f.stand).unwrap().into_iter().map(|k| k.feld).collect();
    assert_eq!(felder, ["/massnahmen/M01", "/massnahmen/M03"]);
    let e = Aktualisierung {
        behalten: vec![Feldzeiger("/massnahmen/M01".into())],
        uebernehmen: vec![Feldzeiger("/massnahmen/M03".into())],
    };
    let neu = a.aktualisieren(&f, &e, &muster::gk()).unwrap().zustand;
    let titel: Vec<_> = neu.neuer_stand.massnahmen.iter().map(|m| m.massnahme.inhalt.titel.as_str()).collect();
    assert_eq!((titel, neu.konflikte), (vec!["Fortschreibung der Strategie", "Anderes"], Vec::new()));
}

/// The tree of a state says everything: what is read back from it is the state.
#[test]
fn baum_ist_umkehrbar() {
    let (a, _) = entwurf();
    let zurueck = baum::stand(&baum::baum(&a.stand).unwrap()).unwrap();
    assert_eq!(baum::baum(&zurueck).unwrap(), baum::baum(&a.stand).unwrap());
    assert_eq!(zurueck.massnahmen.len(), 2);
    for (z, s) in zurueck.massnahmen.iter().zip(&a.stand.massnahmen) {
        let plan = |m: &crate::antrag::MassnahmeMitPlan| {
            let p = &m.massnahme.inhalt.finanzierungsplan;
            (p.je_position().unwrap(), p.je_quelle().unwrap())
        };
        assert_eq!(plan(z), plan(s));
        assert_eq!((z.massnahme.id, &z.detailplanung), (s.massnahme.id, &s.detailplanung));
    }
}
