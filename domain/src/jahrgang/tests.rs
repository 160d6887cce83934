use super::*;
use crate::berechtigung::Rolle;
use crate::geld::Euro;
use crate::konto::LAND;
use crate::regelwerk::{Parameter, Parameterart, he_alt, he_neu};
use crate::zeit::tag;

fn ministerium() -> Akteur {
    Akteur { person: "min-1".into(), rolle: Rolle::Ministerium, kreisschluessel: None, traeger_id: None }
}

fn veroeffentlicht(r: Regelwerk) -> Regelwerk {
    Regelwerk { status: RegelwerkStatus::Veroeffentlicht, ..r }
}

fn ansatz(teilbudget: &str, haushaltsjahr: i32, cent: i64) -> Haushaltsansatz {
    Haushaltsansatz { teilbudget: teilbudget.into(), haushaltsjahr, betrag: Euro::aus_cent(cent).unwrap() }
}

fn anlegen(jahrgang: i32, r: &Regelwerk, a: Vec<Haushaltsansatz>) -> Result<Jahrgang, Vec<Befund>> {
    Jahrgang::anlegen(jahrgang, r, a, &Katalogstand::anfang(), &ministerium())
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

fn offen() -> Jahrgang {
    let r = veroeffentlicht(he_alt());
    let j = anlegen(2026, &r, vec![ansatz("ALLGEMEIN", 2026, 100), ansatz("ALLGEMEIN", 2030, 50)]).unwrap();
    j.oeffnen(&r, &Katalogstand::anfang(), tag(2026, 1, 2), &ministerium()).unwrap().zustand
}

#[test]
fn zustandstabelle() {
    crate::akt::pruefe_tabelle(
        UEBERGAENGE,
        JahrgangStatus::ALLE,
        &[JahrgangStatus::Abgeschlossen],
        JahrgangStatus::Angelegt,
    );
}

/// Dossier 3.5 and section 11: five Haushaltsjahre from the Jahrgang on (Kassel 2020–2024, Wetterau 2016–2020).
#[test]
fn abschnitt11_ausgabefenster() {
    for (j, letztes) in [(2020, 2024), (2016, 2020), (2026, 2030), (2099, 2103)] {
        assert_eq!(Haushaltsfenster::neu(j, &he_alt()), Ok(Haushaltsfenster { erstes: j, letztes }));
    }
    let f = Haushaltsfenster { erstes: 2026, letztes: 2030 };
    for (j, drin) in [(2025, false), (2026, true), (2030, true), (2031, false)] {
        assert_eq!(f.pruefe(j, "/x").is_none(), drin, "{j}");
    }
}

#[test]
fn fenster_ohne_jahr_ist_eine_ablehnung() {
    for wert in ["0", "101", "x"] {
        let mut r = he_alt();
        for p in r.parameter.iter_mut().filter(|p| p.schluessel == "ausgabefenster_jahre") {
            *p = Parameter { wert: Some(wert.into()), art: Parameterart::Ganzzahl, ..p.clone() };
        }
        assert_eq!(Haushaltsfenster::neu(2026, &r).unwrap_err().regel.kurzname, "PARAMETER_FEHLT", "{wert}");
    }
}

#[test]
fn ansaetze_werden_beim_anlegen_geprueft() {
    let a = vec![ansatz("ALLGEMEIN", 2026, 1), ansatz("ALLGEMEIN", 2026, 2), ansatz("ALLGEMEIN", 2031, 1)];
    assert_eq!(kurz(&anlegen(2026, &he_alt(), a).unwrap_err()), ["POSITION_DOPPELT", "HAUSHALTSJAHR_AUSSERHALB"]);
}

/// LHO § 38: opening moves every Ansatz from the state budget to the programme, to the cent.
#[test]
fn oeffnung_bucht_den_haushaltsansatz() {
    let r = veroeffentlicht(he_alt());
    let j = anlegen(2026, &r, vec![ansatz("ALLGEMEIN", 2026, 100), ansatz("SPRACHFOERDERUNG", 2027, 50)]).unwrap();
    let e = j.oeffnen(&r, &Katalogstand::anfang(), tag(2026, 1, 2), &ministerium()).unwrap();
    assert_eq!(e.zustand.status, JahrgangStatus::Offen);
    assert_eq!(e.zustand.finanzierungsart, Some(Finanzierungsart::Fehlbedarf));
    assert_eq!(e.buchungen.len(), 1);
    assert_eq!(e.buchungen[0].grund, "HAUSHALTSANSATZ");
    assert_eq!(e.buchungen[0].summe(), Ok(Euro::NULL));
    assert_eq!(e.buchungen[0].zeilen().len(), 4);
    assert!(e.buchungen[0].zeilen().iter().all(|z| z.konto.kreisschluessel == LAND && z.konto.jahrgang == 2026));
    assert_eq!(e.ereignisse[0].typ, "jahrgang.geoeffnet");
}

#[test]
fn oeffnung_wird_abgelehnt() {
    let k = Katalogstand::anfang();
    let heute = tag(2026, 1, 2);
    let alt = veroeffentlicht(he_alt());
    let a = vec![ansatz("ALLGEMEIN", 2026, 100)];
    let j = anlegen(2026, &alt, a.clone()).unwrap();
    let faelle: [(&str, Jahrgang, Regelwerk, &str); 4] = [
        ("draft", j.clone(), he_alt(), "REGELWERK_NICHT_VEROEFFENTLICHT"),
        ("another Regelwerk", j.clone(), veroeffentlicht(he_neu()), "VERWEIS_UNBEKANNT"),
        (
            "HE-NEU states no Finanzierungsart",
            anlegen(2026, &he_neu(), a).unwrap(),
            veroeffentlicht(he_neu()),
            "PARAMETER_FEHLT",
        ),
        ("no budget", anlegen(2026, &alt, vec![]).unwrap(), alt.clone(), "ANGABE_FEHLT"),
    ];
    for (fall, j, r, erwartet) in faelle {
        let b = j.oeffnen(&r, &k, heute, &ministerium()).unwrap_err();
        assert!(kurz(&b).contains(&erwartet), "{fall}: {:?}", kurz(&b));
    }
    let gk = Akteur { rolle: Rolle::Gebietskoerperschaft, kreisschluessel: Some("06440".into()), ..ministerium() };
    assert_eq!(kurz(&j.oeffnen(&alt, &k, heute, &gk).unwrap_err()), ["RECHT_FEHLT"]);
    assert_eq!(kurz(&offen().oeffnen(&alt, &k, heute, &ministerium()).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// A Regelwerk counts for a Jahrgang when it is in force on 1 January of it.
#[test]
fn regelwerk_muss_am_stichtag_gelten() {
    let ab = |t| Regelwerk { gueltig_ab: t, ..veroeffentlicht(he_alt()) };
    let a = vec![ansatz("ALLGEMEIN", 2026, 100)];
    assert_eq!(kurz(&anlegen(2026, &ab(tag(2026, 1, 2)), a.clone()).unwrap_err()), ["REGELWERK_NOCH_NICHT_GUELTIG"]);
    let j = anlegen(2026, &ab(tag(2026, 1, 1)), a).unwrap();
    let k = Katalogstand::anfang();
    let b = j.oeffnen(&ab(tag(2026, 1, 2)), &k, tag(2026, 1, 2), &ministerium()).unwrap_err();
    assert_eq!(kurz(&b), ["REGELWERK_NOCH_NICHT_GUELTIG"]);
    assert!(j.oeffnen(&ab(tag(2026, 1, 1)), &k, tag(2026, 1, 2), &ministerium()).is_ok());
}

/// The window is needed once there is an Ansatz to lie in it.
#[test]
fn leerer_entwurf_braucht_kein_fenster() {
    let mut r = he_alt();
    r.parameter.retain(|p| p.schluessel != "ausgabefenster_jahre");
    assert!(anlegen(2026, &r, vec![]).is_ok());
    assert_eq!(kurz(&anlegen(2026, &r, vec![ansatz("ALLGEMEIN", 2026, 1)]).unwrap_err()), ["PARAMETER_FEHLT"]);
}

/// computed: 100 raised by 20, lowered by 120, lowered below zero.
#[test]
fn ansatz_eines_offenen_jahrgangs() {
    let j = offen();
    let mehr = j.mit_ansatz(&[ansatz("ALLGEMEIN", 2026, 20), ansatz("DIGITALISIERUNG", 2027, 7)], true).unwrap();
    assert_eq!(mehr.ansaetze[0].betrag, Euro::aus_cent(120).unwrap());
    assert_eq!(mehr.ansaetze.len(), 3);
    let weniger = mehr.mit_ansatz(&[ansatz("ALLGEMEIN", 2026, 120)], false).unwrap();
    assert_eq!(weniger.ansaetze.iter().map(|a| a.haushaltsjahr).collect::<Vec<_>>(), [2030, 2027]);
    let b = mehr.mit_ansatz(&[ansatz("ALLGEMEIN", 2026, 121)], false).unwrap_err();
    assert_eq!((kurz(&b), b[0].erlaubt[0].wert.as_str()), (vec!["PROGRAMM_ERSCHOEPFT"], "1.20"));
    assert_eq!(kurz(&j.mit_ansatz(&[ansatz("KUNST", 2026, 1)], false).unwrap_err()), ["PROGRAMM_ERSCHOEPFT"]);
}

#[test]
fn ansaetze_nur_vor_der_oeffnung_aenderbar() {
    let (r, k) = (he_alt(), Katalogstand::anfang());
    let j = anlegen(2026, &r, vec![]).unwrap();
    let neu = j.aendern(&r, vec![ansatz("ALLGEMEIN", 2027, 7)], &k, &ministerium()).unwrap();
    assert_eq!(neu.ansaetze.len(), 1);
    assert_eq!(kurz(&offen().aendern(&r, vec![], &k, &ministerium()).unwrap_err()), ["UNVERAENDERLICH"]);
}

#[test]
fn abschluss_nur_ohne_offene_faelle() {
    let (j, heute) = (offen(), tag(2031, 6, 1));
    let drei = OffeneFaelle { antraege: 2, entwuerfe: 1, aenderungen: 0, umverteilungen: 1, korrekturen: 0 };
    let b = j.abschliessen(drei, &[], heute, &ministerium()).unwrap_err();
    assert_eq!(kurz(&b), ["JAHRGANG_OFFENE_FAELLE"]);
    assert!(
        b[0].text(crate::regel::Sprache::De)
            .contains("noch 3 Vorgänge offen: Anträge 2 (davon Entwürfe 1), Änderungsanträge 0, Umverteilungen 1")
    );
    let zu = j.abschliessen(OffeneFaelle::default(), &[], heute, &ministerium()).unwrap().zustand;
    assert_eq!(zu.status, JahrgangStatus::Abgeschlossen);
    assert_eq!(zu.pruefe_offen().map(|b| b.regel.kurzname), Some("JAHRGANG_NICHT_OFFEN"));
    assert_eq!(
        kurz(&zu.abschliessen(OffeneFaelle::default(), &[], heute, &ministerium()).unwrap_err()),
        ["STATUS_UNZULAESSIG"]
    );
}

#[test]
fn aktionen_sagen_dasselbe_wie_die_akte() {
    let j = offen();
    let a = j.aktionen(&ministerium());
    assert_eq!(
        a.iter().map(|a| (a.akt, a.befunde.is_empty())).collect::<Vec<_>>(),
        [(OEFFNUNG, false), (ABSCHLUSS, true)]
    );
}

/// Every free cent goes back, account by account; other accounts stay as they are.
#[test]
fn abschluss_laesst_freies_zurueckfallen() {
    let konto = |kreis: &str, hj: i32, art| Kontoschluessel {
        jahrgang: 2026,
        kreisschluessel: kreis.into(),
        teilbudget: "ALLGEMEIN".into(),
        haushaltsjahr: hj,
        art,
    };
    let e = |c| Euro::aus_cent(c).unwrap();
    let frei = [
        (konto("06440", 2026, Kontoart::Verfuegbar), e(765_433)),
        (konto("06440", 2027, Kontoart::Verfuegbar), e(1)),
        (konto("06411", 2026, Kontoart::Verfuegbar), e(99)),
        (konto("06411", 2026, Kontoart::Gebunden), e(5)),
    ];
    let b = offen().rueckfall(&frei).unwrap();
    assert_eq!((b.grund, b.summe()), ("RUECKFALL", Ok(Euro::NULL)));
    let auf = |k: Kontoschluessel| b.zeilen().iter().find(|z| z.konto == k).map(|z| z.betrag);
    assert_eq!(auf(konto(LAND, 2026, Kontoart::Programm)), Some(e(765_532)), "one line per account of the state");
    assert_eq!(auf(konto("06440", 2027, Kontoart::Verfuegbar)), Some(e(-1)));
    assert_eq!(auf(konto("06411", 2026, Kontoart::Gebunden)), None);
    assert_eq!(offen().rueckfall(&[]), None);
}
