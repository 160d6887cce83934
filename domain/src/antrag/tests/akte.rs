//! Acts, states, Nachforderung.

use super::super::felder::{deckt, oeffnet};
use super::*;
use crate::akt::Handlungsgrund;
use crate::antrag::muster::{gk, rp};
use crate::berechtigung::{Akteur, Rolle};
use crate::bestaetigung::Warnungsbestaetigung;
use chrono::TimeZone;
use serde_json::json;

fn am(j: i32, m: u32, t: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(j, m, t, 10, 0, 0).unwrap()
}

fn bestaetigt(codes: &[&str]) -> Antragseinreichung {
    let mit_grund = |c: &&str| Warnungsbestaetigung::neu(c, "So vom Kreisausschuss beschlossen.");
    Antragseinreichung { bestaetigte_warnungen: codes.iter().map(mit_grund).collect() }
}

fn eingereicht() -> Antrag {
    muster::antrag().einreichen(&fakten(), &bestaetigt(&[]), &gk(), am(2026, 3, 12)).unwrap().zustand
}

/// What is filed when `a` is filed as it is.
fn stand(a: &Antrag) -> Eingereichtes {
    serde_json::from_value(schnappschuss(a).unwrap().inhalt).unwrap()
}

fn in_pruefung() -> Antrag {
    eingereicht().in_pruefung_nehmen(&stand(&eingereicht()), &rp(), am(2026, 3, 16)).unwrap().zustand
}

fn posten(feld: &str) -> Nachforderungsposten {
    Nachforderungsposten { feld: feld.into(), grund: "UNVOLLSTAENDIG".into(), text: "Bitte ergänzen.".into() }
}

fn nachgefordert(felder: &[&str]) -> Antrag {
    let eingabe = Nachforderungseingabe { posten: felder.iter().map(|f| posten(f)).collect(), frist: tag(2026, 4, 15) };
    in_pruefung().nachfordern(&eingabe, &rp(), am(2026, 3, 20)).unwrap().zustand
}

fn kurznamen(befunde: &[Befund]) -> Vec<&'static str> {
    befunde.iter().map(|b| b.regel.kurzname).collect()
}

#[test]
fn zustandstabelle() {
    use AntragStatus as S;
    let ganze: Vec<_> = UEBERGAENGE.iter().chain(FOLGEN_DES_BESCHEIDS).copied().collect();
    let ende = [S::Bewilligt, S::Teilbewilligt, S::Abgelehnt, S::Zurueckgezogen];
    crate::akt::pruefe_tabelle(&ganze, S::ALLE, &ende, S::Entwurf);
}

/// Every act in every state: possible exactly where the table says, otherwise `STATUS_UNZULAESSIG`.
#[test]
fn jeder_akt_in_jedem_stand() {
    for u in UEBERGAENGE {
        let akteur = if u.recht == crate::berechtigung::Recht::AntragSchreiben { gk() } else { rp() };
        for status in AntragStatus::ALLE {
            let a = Antrag { status: *status, ..muster::antrag() };
            let befunde = a.sperren(u.akt, &akteur, tag(2026, 3, 12));
            let erwartet: &[&str] = if u.von.contains(status) { &[] } else { &["STATUS_UNZULAESSIG"] };
            assert_eq!(kurznamen(&befunde), erwartet, "{} in {status}", u.akt);
        }
    }
    assert_eq!(kurznamen(&eingereicht().sperren("sprengung", &rp(), tag(2026, 3, 12))), ["VERWEIS_UNBEKANNT"]);
}

#[test]
fn nur_die_passende_rolle_und_nur_die_eigene_koerperschaft() {
    let a = muster::antrag();
    let heute = tag(2026, 3, 12);
    assert_eq!(kurznamen(&a.sperren(EINREICHUNG, &rp(), heute)), ["RECHT_FEHLT"]);
    assert_eq!(kurznamen(&eingereicht().sperren(PRUEFUNG, &gk(), heute)), ["RECHT_FEHLT"]);
    let fremd = Akteur { kreisschluessel: Some("06434".into()), ..gk() };
    assert_eq!(kurznamen(&a.sperren(EINREICHUNG, &fremd, heute)), ["FREMDER_VORGANG"]);
    assert_eq!(kurznamen(&a.darf_aendern(&fremd, &[])), ["FREMDER_VORGANG"]);
    for rolle in [Rolle::Ministerium, Rolle::Traeger, Rolle::Pruefung, Rolle::Admin] {
        let akteur = Akteur { person: "x".into(), rolle, kreisschluessel: None, traeger_id: None };
        for u in UEBERGAENGE {
            assert_eq!(kurznamen(&a.sperren(u.akt, &akteur, heute)), ["RECHT_FEHLT"], "{rolle} {}", u.akt);
        }
    }
}

#[test]
fn einreichen_legt_eingang_und_regelwerk_fest() {
    let e = muster::antrag().einreichen(&fakten(), &bestaetigt(&[]), &gk(), am(2026, 3, 12)).unwrap();
    assert_eq!(e.zustand.status, AntragStatus::Eingereicht);
    assert_eq!(e.zustand.regelwerk.as_deref(), Some("HE-ALT"));
    assert_eq!(e.zustand.eingangsdatum, Some(tag(2026, 3, 12)));
    assert_eq!(e.zustand.eingereicht_am, Some(am(2026, 3, 12)));
    assert_eq!(e.ereignisse.iter().map(|e| e.typ).collect::<Vec<_>>(), ["antrag.eingereicht"]);
    assert!(e.buchungen.is_empty() && e.fristen.is_empty(), "filing binds no money");
    assert_eq!(e.zustand.inhalt, muster::antrag().inhalt);
}

/// Dossier S11: one second after midnight in Berlin is late; as Ordnungsfrist it must be confirmed by its code.
#[test]
fn s11_eine_sekunde_zu_spaet() {
    let (a, f) = (muster::antrag(), fakten());
    let rechtzeitig = Utc.with_ymd_and_hms(2026, 3, 31, 21, 59, 59).unwrap();
    let zu_spaet = Utc.with_ymd_and_hms(2026, 3, 31, 22, 0, 0).unwrap();
    assert!(a.einreichen(&f, &bestaetigt(&[]), &gk(), rechtzeitig).is_ok());
    let befunde = a.einreichen(&f, &bestaetigt(&[]), &gk(), zu_spaet).unwrap_err();
    assert_eq!(kurznamen(&befunde), ["FRIST_UEBERSCHRITTEN", "WARNUNG_NICHT_BESTAETIGT"]);
    assert_eq!(befunde[1].gemessen[0].wert, "AQB-FR-001");
    let e = a.einreichen(&f, &bestaetigt(&["AQB-FR-001"]), &gk(), zu_spaet).unwrap();
    assert_eq!(kurznamen(&e.befunde), ["FRIST_UEBERSCHRITTEN"], "the confirmed warning stays visible");
    assert_eq!((e.zustand.eingangsdatum, e.zustand.antragsfrist), (Some(tag(2026, 4, 1)), Some(tag(2026, 3, 31))));
    assert_eq!((e.zustand.tage_versaeumt(), eingereicht().tage_versaeumt()), (Some(1), None));
    let mut streng = fakten();
    setze(&mut streng, "antragsfrist_modus", "AUSSCHLUSSFRIST");
    let befunde = a.einreichen(&streng, &bestaetigt(&["AQB-FR-001"]), &gk(), zu_spaet).unwrap_err();
    assert_eq!(
        kurznamen(&befunde),
        ["FRIST_UEBERSCHRITTEN", "WARNUNG_UNBEKANNT"],
        "a refusal cannot be confirmed away"
    );
    // Easter 2024: the deadline had moved to 2 April
    let mut ostern = fakten();
    ostern.antragsfrist = tag(2024, 4, 2);
    let abends = Utc.with_ymd_and_hms(2024, 4, 2, 21, 59, 59).unwrap();
    assert!(a.einreichen(&ostern, &bestaetigt(&[]), &gk(), abends).is_ok());
}

#[test]
fn unvollstaendiger_antrag_wird_nicht_angenommen() {
    let leer = Antrag { inhalt: Antragsinhalt::default(), massnahmen: Vec::new(), ..muster::antrag() };
    let befunde = leer.einreichen(&fakten(), &bestaetigt(&[]), &gk(), am(2026, 3, 12)).unwrap_err();
    assert_eq!(befunde, pruefbericht(&leer, &fakten(), Anlass::Einreichung), "the act says what the report says");
    assert_eq!(befunde.len(), 7 + 5 + 1);
}

#[test]
fn nachforderung_mit_frist_und_bekannten_feldern() {
    let a = in_pruefung();
    let eingabe = |feld: &str, frist| Nachforderungseingabe { posten: vec![posten(feld)], frist };
    let faelle = [
        ("/bankverbindung", tag(2026, 4, 15), vec![]),
        ("/bankverbindung/iban", tag(2026, 3, 21), vec![]),
        ("/massnahmen", tag(2026, 4, 15), vec![]),
        ("/massnahmen/M01", tag(2026, 4, 15), vec![]),
        ("/massnahmen/M01/finanzierungsplan/einzelansaetze/1/betrag", tag(2026, 4, 15), vec![]),
        ("/massnahmen/M01/detailplanung/perioden/0", tag(2026, 4, 15), vec![]),
        ("/massnahmen/M02/vergabe", tag(2026, 4, 15), vec![]),
        ("/massnahmen/M09", tag(2026, 4, 15), vec!["NACHFORDERUNG_FELD"]),
        ("/massnahmen/M01/farbe", tag(2026, 4, 15), vec!["NACHFORDERUNG_FELD"]),
        ("/massnahmen/M01/detailplanung/perioden/99", tag(2026, 4, 15), vec!["NACHFORDERUNG_FELD"]),
        ("/status", tag(2026, 4, 15), vec!["NACHFORDERUNG_FELD"]),
        ("bankverbindung", tag(2026, 4, 15), vec!["NACHFORDERUNG_FELD"]),
        ("/bankverbindung", tag(2026, 3, 20), vec!["FRIST_VERGANGEN"]),
    ];
    for (feld, frist, erwartet) in faelle {
        match a.nachfordern(&eingabe(feld, frist), &rp(), am(2026, 3, 20)) {
            Ok(e) => {
                assert!(erwartet.is_empty(), "{feld}");
                assert_eq!(e.zustand.status, AntragStatus::Nachforderung);
                assert_eq!(
                    e.fristen.iter().map(|f| (f.art.code(), f.faellig_am)).collect::<Vec<_>>(),
                    [("NACHFORDERUNG", frist)]
                );
            }
            Err(befunde) => assert_eq!(kurznamen(&befunde), erwartet, "{feld} {frist}"),
        }
    }
    let leer = Nachforderungseingabe { posten: Vec::new(), frist: tag(2026, 4, 15) };
    assert_eq!(kurznamen(&a.nachfordern(&leer, &rp(), am(2026, 3, 20)).unwrap_err()), ["ANGABE_FEHLT"]);
}

#[test]
fn aenderbar_ist_nur_was_der_stand_erlaubt() {
    let f = |felder: &[&str]| felder.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>();
    assert!(muster::antrag().darf_aendern(&gk(), &f(&["/bankverbindung", "/massnahmen/M01"])).is_empty());
    let n = nachgefordert(&["/bankverbindung", "/massnahmen/M01/finanzierungsplan/einzelansaetze/1/betrag"]);
    let plan = "/massnahmen/M01/finanzierungsplan/einzelansaetze";
    assert!(n.darf_aendern(&gk(), &f(&["/bankverbindung/iban", "/bankverbindung", plan])).is_empty());
    let befunde = n.darf_aendern(&gk(), &f(&["/bankverbindung", "/unterzeichner", "/massnahmen/M02"]));
    assert_eq!(kurznamen(&befunde), ["NUR_NACHGEFORDERTES", "NUR_NACHGEFORDERTES"]);
    assert_eq!(befunde[0].ort.as_deref(), Some("/unterzeichner"));
    for a in [eingereicht(), in_pruefung(), Antrag { status: AntragStatus::Bewilligt, ..eingereicht() }] {
        assert_eq!(kurznamen(&a.darf_aendern(&gk(), &f(&["/bankverbindung"]))), ["UNVERAENDERLICH"], "{}", a.status);
    }
    assert!(!deckt("/bank", "/bankverbindung"), "a name is not a prefix of another name");
    assert!(deckt("/massnahmen/01", "/massnahmen/01/titel"), "a measure number may consist of digits");
    assert!(!deckt("/massnahmen/01", "/massnahmen/02/titel"));
}

#[test]
fn geaenderte_felder_bis_zum_blatt() {
    let alt = json!({"bankverbindung": {"iban": "A", "kontoinhaber": "X"}, "liste": [1], "weg": 1});
    let neu = json!({"bankverbindung": {"iban": "B", "kontoinhaber": "X"}, "liste": [1, 2], "dazu": {"a": 1}});
    assert_eq!(geaenderte_felder(&alt, &neu, ""), ["/bankverbindung/iban", "/dazu", "/liste", "/weg"]);
    assert!(geaenderte_felder(&alt, &alt, "/massnahmen/M01").is_empty());
}

#[test]
fn antwort_auf_die_nachforderung() {
    let n = nachgefordert(&["/bankverbindung"]);
    let e = n.einreichen(&fakten(), &bestaetigt(&[]), &gk(), am(2026, 4, 2)).unwrap();
    assert_eq!(e.zustand.status, AntragStatus::Eingereicht);
    assert_eq!(e.zustand.eingangsdatum, Some(tag(2026, 3, 12)), "the first receipt decides the deadline");
    assert_eq!(e.zustand.nachforderung.as_ref().and_then(|n| n.beantwortet_am), Some(am(2026, 4, 2)));
    assert_eq!(e.ereignisse[0].typ, "antrag.nachgereicht");
    let wieder = e.zustand.in_pruefung_nehmen(&stand(&e.zustand), &rp(), am(2026, 4, 3)).unwrap().zustand;
    assert_eq!(wieder.status, AntragStatus::InPruefung);
}

/// A plan and the days of a measure decide its Detailplanung to the cent and to the day: naming one opens the other.
#[test]
fn nachgeforderter_plan_oeffnet_die_detailplanung() {
    let dp = "/massnahmen/M01/detailplanung".to_owned();
    for (feld, auch) in [
        ("/massnahmen/M01/finanzierungsplan", true),
        ("/massnahmen/M01/finanzierungsplan/einzelansaetze/1/betrag", true),
        ("/massnahmen/M01/ende", true),
        ("/massnahmen/M01/titel", false),
        ("/massnahmen/M02/finanzierungsplan", false),
    ] {
        let befunde = nachgefordert(&[feld]).darf_aendern(&gk(), std::slice::from_ref(&dp));
        assert_eq!(befunde.is_empty(), auch, "{feld}");
    }
    assert_eq!(oeffnet("/massnahmen/M01/beginn"), ["/massnahmen/M01/beginn", dp.as_str()]);
    assert_eq!(oeffnet("/bewilligungszeitraum/ende"), ["/bewilligungszeitraum/ende"]);
}

/// What was asked for can grow and get more time, never less.
#[test]
fn nachforderung_ergaenzen() {
    let n = nachgefordert(&["/bankverbindung"]);
    let mehr =
        |felder: &[&str], frist| Nachforderungsergaenzung { posten: felder.iter().map(|f| posten(f)).collect(), frist };
    let e =
        n.nachforderung_ergaenzen(&mehr(&["/unterzeichner"], Some(tag(2026, 5, 1))), &rp(), am(2026, 4, 1)).unwrap();
    let neu = e.zustand.nachforderung.as_ref().unwrap();
    assert_eq!(neu.posten.iter().map(|p| p.feld.as_str()).collect::<Vec<_>>(), ["/bankverbindung", "/unterzeichner"]);
    assert_eq!((neu.frist, e.fristen[0].faellig_am), (tag(2026, 5, 1), tag(2026, 5, 1)));
    assert!(e.zustand.darf_aendern(&gk(), &["/unterzeichner".to_owned()]).is_empty());
    for (eingabe, jetzt, erwartet) in [
        (mehr(&[], None), am(2026, 4, 1), vec!["ANGABE_FEHLT"]),
        (mehr(&["/farbe"], None), am(2026, 4, 1), vec!["NACHFORDERUNG_FELD"]),
        (mehr(&[], Some(tag(2026, 4, 14))), am(2026, 4, 1), vec!["FRIST_VERGANGEN"]),
        (mehr(&["/unterzeichner"], None), am(2026, 4, 15), vec!["FRIST_VERGANGEN"]),
        (mehr(&[], Some(tag(2026, 4, 16))), am(2026, 4, 15), vec![]),
    ] {
        let r = n.nachforderung_ergaenzen(&eingabe, &rp(), jetzt);
        assert_eq!(r.map_or_else(|b| kurznamen(&b), |_| Vec::new()), erwartet, "{eingabe:?}");
    }
    let b = in_pruefung().nachforderung_ergaenzen(&mehr(&["/unterzeichner"], None), &rp(), am(2026, 4, 1)).unwrap_err();
    assert_eq!(kurznamen(&b), ["STATUS_UNZULAESSIG"]);
}

#[test]
fn nachforderung_zuruecknehmen() {
    let mut n = nachgefordert(&["/bankverbindung"]);
    let eingereicht = stand(&n);
    n.inhalt.bankverbindung = None;
    let grund = Handlungsgrund { grund: "Feld verwechselt".into() };
    let e = n.nachforderung_zuruecknehmen(&grund, &eingereicht, &rp(), am(2026, 4, 1)).unwrap().zustand;
    assert_eq!((e.status, stand(&e)), (AntragStatus::InPruefung, eingereicht.clone()));
    let weg = e.nachforderung.as_ref().unwrap();
    assert_eq!(weg.ruecknahmegrund.as_deref(), Some("Feld verwechselt"));
    let b = n.nachforderung_zuruecknehmen(&grund, &eingereicht, &gk(), am(2026, 4, 1)).unwrap_err();
    assert_eq!(kurznamen(&b), ["RECHT_FEHLT"]);
}

#[test]
fn geloescht_wird_nur_was_nie_eingereicht_war() {
    assert!(muster::antrag().loeschbar(&gk()).is_ok());
    let fremd = Akteur { kreisschluessel: Some("06434".into()), ..gk() };
    assert_eq!(kurznamen(&muster::antrag().loeschbar(&fremd).unwrap_err()), ["FREMDER_VORGANG"]);
    assert_eq!(kurznamen(&eingereicht().loeschbar(&gk()).unwrap_err()), ["UNVERAENDERLICH"]);
}

/// Without an answer the authority resumes the examination the day after the due date, not before.
#[test]
fn unbeantwortete_nachforderung() {
    let mut n = nachgefordert(&["/bankverbindung"]);
    let eingereicht = stand(&n);
    let befunde = n.in_pruefung_nehmen(&eingereicht, &rp(), am(2026, 4, 15)).unwrap_err();
    assert_eq!(kurznamen(&befunde), ["NACHFORDERUNG_LAEUFT"]);
    n.inhalt.bankverbindung = None;
    let wieder = n.in_pruefung_nehmen(&eingereicht, &rp(), am(2026, 4, 16)).unwrap().zustand;
    assert_eq!(wieder.status, AntragStatus::InPruefung);
    assert_eq!(stand(&wieder), eingereicht, "what was not filed is not examined");
}

#[test]
fn zurueckziehen_mit_grund() {
    let grund = |g: &str| Antragsruecknahme { grund: g.into() };
    let e = in_pruefung().zuruecknehmen(&grund("Träger hat abgesagt"), &gk(), am(2026, 4, 1)).unwrap();
    assert_eq!(e.zustand.status, AntragStatus::Zurueckgezogen);
    assert_eq!(e.zustand.ruecknahmegrund.as_deref(), Some("Träger hat abgesagt"));
    assert_eq!(
        kurznamen(&in_pruefung().zuruecknehmen(&grund(" "), &gk(), am(2026, 4, 1)).unwrap_err()),
        ["ANGABE_FEHLT"]
    );
    // dossier 3.3: before the decision, so also while one is prepared
    let vorbereitet = Antrag { status: AntragStatus::EntscheidungVorbereitet, ..in_pruefung() };
    assert!(vorbereitet.zuruecknehmen(&grund("x"), &gk(), am(2026, 4, 1)).is_ok());
    let bewilligt = Antrag { status: AntragStatus::Bewilligt, ..in_pruefung() };
    let befunde = bewilligt.zuruecknehmen(&grund("x"), &gk(), am(2026, 4, 1)).unwrap_err();
    assert_eq!(kurznamen(&befunde), ["STATUS_UNZULAESSIG"]);
}

/// A full grant needs everything, a partial one is judged by what it grants, a refusal needs nothing.
#[test]
fn entscheidung_je_akt() {
    let (a, mut f) = (in_pruefung(), fakten());
    for akt in [BEWILLIGUNG, TEILBEWILLIGUNG, ABLEHNUNG] {
        assert!(a.pruefe_entscheidung(&f, &rp(), akt).is_empty(), "{akt}");
        assert_eq!(kurznamen(&a.pruefe_entscheidung(&f, &gk(), akt)), ["RECHT_FEHLT"]);
        assert_eq!(kurznamen(&eingereicht().pruefe_entscheidung(&f, &rp(), akt)), ["STATUS_UNZULAESSIG"]);
    }
    f.verfuegbar.insert(("ALLGEMEIN".into(), 2026), eur(1));
    f.zielvereinbarung_geschlossen = false;
    for (akt, erwartet) in [
        (BEWILLIGUNG, vec![("BUDGET_UEBERSCHRITTEN", Schwere::Fehler), ("ZIELVEREINBARUNG_FEHLT", Schwere::Fehler)]),
        (
            TEILBEWILLIGUNG,
            vec![("BUDGET_UEBERSCHRITTEN", Schwere::Hinweis), ("ZIELVEREINBARUNG_FEHLT", Schwere::Fehler)],
        ),
        (ABLEHNUNG, vec![]),
    ] {
        assert_eq!(kurz(&a.pruefe_entscheidung(&f, &rp(), akt)), erwartet, "{akt}");
    }
}

/// A partial grant grants something: without any free money it is refused before an amount is named.
#[test]
fn teilbewilligung_braucht_etwas_freies() {
    let (a, mut f) = (in_pruefung(), fakten());
    f.verfuegbar.values_mut().for_each(|v| *v = eur(0));
    assert!(a.pruefe_entscheidung(&f, &rp(), TEILBEWILLIGUNG).iter().any(Befund::blockiert));
    assert!(a.pruefe_entscheidung(&f, &rp(), ABLEHNUNG).is_empty());
}

/// `GET …/aktionen` lists the findings that the acts themselves answer.
#[test]
fn aktionen_stimmen_mit_den_akten_ueberein() {
    let mut f = fakten();
    f.strategie_vorhanden = false;
    for (a, akteur, frei) in [
        (muster::antrag(), gk(), vec![]),
        (eingereicht(), gk(), vec![RUECKNAHME]),
        (eingereicht(), rp(), vec![PRUEFUNG]),
        (in_pruefung(), rp(), vec![NACHFORDERUNG, ABLEHNUNG]),
    ] {
        let liste = a.aktionen(&akteur, &f);
        assert_eq!(liste.len(), UEBERGAENGE.len());
        let gefunden: Vec<_> = liste.iter().filter(|x| x.befunde.is_empty()).map(|x| x.akt).collect();
        assert_eq!(gefunden, frei, "{} {}", a.status, akteur.rolle);
    }
    let liste = muster::antrag().aktionen(&gk(), &f);
    let akt = muster::antrag().einreichen(&f, &bestaetigt(&[]), &gk(), am(2026, 3, 12)).unwrap_err();
    assert_eq!(liste[0].befunde, akt);
    assert_eq!(kurznamen(&akt), ["STRATEGIE_FEHLT"]);
}
