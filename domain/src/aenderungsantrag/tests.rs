use super::*;
use crate::akt::Urteil;
use crate::antrag::{Antrag, AntragStatus, muster};
use crate::befund::{Befund, Schwere};
use crate::berechtigung::Akteur;
use crate::bescheid::{
    Bekanntgabe, Bekanntgabeweg, Bescheid, BescheidStatus, BewilligungEingabe, Entscheidungseingabe,
    Entscheidungsfakten, entwerfen,
};
use crate::finanzierungsplan::{Einzelansatz, Finanzierungsbeitrag};
use crate::geld::Euro;
use crate::jahrgang::Finanzierungsart;
use crate::konto::Kontoart;
use crate::massnahme::Massnahme;
use crate::regel::Regelart;
use crate::zeit::tag;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use muster::eur;
use std::collections::BTreeMap;
use uuid::Uuid;

mod geld;
mod konflikt;

const GRUND: &str = "Der Träger besetzt eine halbe Stelle erst im Herbst.";

fn heute() -> NaiveDate {
    tag(2026, 9, 15)
}

fn jetzt() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 9, 15, 8, 0, 0).unwrap()
}

fn rp(nr: u8) -> Akteur {
    Akteur { person: format!("rp-{nr}"), ..muster::rp() }
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

fn fehler(b: &[Befund]) -> Vec<&'static str> {
    kurz(&b.iter().filter(|b| b.blockiert()).cloned().collect::<Vec<_>>())
}

/// Issues and notifies the Bescheid that grants what the application asks for.
fn bescheid(antrag: &Antrag) -> Bescheid {
    let regelwerk = muster::regelwerk();
    let f = Entscheidungsfakten {
        antrag_id: antrag.id,
        jahrgang: antrag.jahrgang,
        kreisschluessel: antrag.kreisschluessel.clone(),
        positionen: antrag.beantragte_positionen().unwrap(),
        bewilligungszeitraum: antrag.inhalt.bewilligungszeitraum.unwrap(),
        finanzierungsart: Finanzierungsart::Fehlbedarf,
        regelwerk: &regelwerk,
        antrag_schnappschuss_sha256: "a".repeat(64),
        vorgaenger: None,
        aenderung: None,
        fortgeltend: Vec::new(),
        befunde: Vec::new(),
        heute: tag(2026, 5, 18),
    };
    let e = BewilligungEingabe { auflagen: Vec::new(), begruendung: None, bestaetigte_warnungen: Vec::new() };
    let b = entwerfen(Uuid::from_u128(1), &Entscheidungseingabe::Bewilligung(e), &f, &rp(1)).unwrap().zustand;
    wirksam(b.freigeben(tag(2026, 5, 18), &rp(2)).unwrap().zustand)
}

/// The Bescheid, notified.
fn wirksam(b: Bescheid) -> Bescheid {
    let weg = Bekanntgabe { weg: Bekanntgabeweg::Persoenlich, aufgabe_am: None, zugang_am: b.erlassen_am };
    Bescheid { status: BescheidStatus::Bekanntgegeben, bekannt_am: b.erlassen_am, bekanntgabe: Some(weg), ..b }
}

/// The sample application, granted in full.
fn antrag() -> Antrag {
    Antrag {
        status: AntragStatus::Bewilligt,
        aktenzeichen: Some("RPKS-57-AQB-2026-06440-001".into()),
        regelwerk: Some("HE-ALT".into()),
        eingereicht_am: Some(jetzt()),
        eingangsdatum: Some(tag(2026, 3, 12)),
        ..muster::antrag()
    }
}

fn fakten_zu(antrag: &Antrag, geltend: &Bescheid) -> Aenderungsfakten {
    let stand = Bewilligungsstand::aus(antrag, geltend).unwrap();
    Aenderungsfakten {
        fristen: vec![],
        antrag: antrag.clone(),
        geltend: geltend.clone(),
        beschieden: ansaetze(&stand).unwrap(),
        stand,
        regeln: crate::antrag::Antragsfakten { heute: heute(), ..muster::fakten() },
        geld: Geldstand::default(),
        vergebene_nummern: Vec::new(),
        entwurf: None,
    }
}

fn inhalt(arten: &[Aenderungsart]) -> Aenderungsinhalt {
    Aenderungsinhalt {
        aenderungsarten: arten.to_vec(),
        begruendung: Some(GRUND.into()),
        wirksam_ab: Some(heute()),
        mit_erstattung: false,
    }
}

/// A draft over the granted sample, with what it needs from outside.
fn entwurf() -> (Aenderungsantrag, Aenderungsfakten) {
    let a = antrag();
    let b = bescheid(&a);
    let e = beginnen(Uuid::from_u128(7), b.id, inhalt(&[]), &a, Some(&b), &muster::gk(), heute());
    (e.unwrap().zustand, fakten_zu(&a, &b))
}

/// Changes M01 of the new state; its Detailplanung follows.
fn aendere_m01(a: &mut Aenderungsantrag, f: impl FnOnce(&mut Massnahme)) {
    let m = a.neuer_stand.massnahmen.iter_mut().find(|m| m.massnahme.massnahme_nr == "M01").unwrap();
    f(&mut m.massnahme);
    m.detailplanung = Some(muster::detailplanung(&m.massnahme));
}

fn ansatz(m: &mut Massnahme, position: &str, jahr: i32, cent: i64) {
    let plan = &mut m.inhalt.finanzierungsplan.einzelansaetze;
    plan.retain(|z| (z.position.as_str(), z.haushaltsjahr) != (position, jahr));
    if cent != 0 {
        plan.push(Einzelansatz { position: position.into(), haushaltsjahr: jahr, betrag: eur(cent) });
    }
}

fn mittel(m: &mut Massnahme, quelle: &str, jahr: i32, cent: i64) {
    let plan = &mut m.inhalt.finanzierungsplan.finanzierung;
    plan.retain(|z| (z.quelle.as_str(), z.haushaltsjahr) != (quelle, jahr));
    if cent != 0 {
        plan.push(Finanzierungsbeitrag { quelle: quelle.into(), haushaltsjahr: jahr, betrag: eur(cent) });
    }
}

/// M01 costs and gets less or more of the state's money.
fn landesmittel(m: &mut Massnahme, cent: i64) {
    ansatz(m, "PERSONAL", 2026, cent - 1_000_000);
    mittel(m, "LAND_AQB", 2026, cent);
}

fn einreichen(a: &Aenderungsantrag, f: &Aenderungsfakten) -> Urteil<Aenderungsantrag> {
    a.einreichen(f, &Aenderungseinreichung::default(), &muster::gk(), jetzt())
}

/// Every act leaves from known states, no act leaves a final state, every state is reached.
#[test]
fn zustandstabelle() {
    use AenderungsantragStatus as S;
    let alle: Vec<_> = UEBERGAENGE.iter().chain(FOLGEN_ANDERER).collect();
    for u in &alle {
        for s in u.von {
            let ende = [S::Bewilligt, S::Abgelehnt, S::ZurKenntnisGenommen, S::Zurueckgezogen].contains(s);
            assert!(!ende, "{} leaves {s}", u.akt);
        }
    }
    let mut erreicht = vec![S::Entwurf];
    while let Some(neu) = alle
        .iter()
        .filter(|u| u.von.iter().any(|s| erreicht.contains(s)))
        .flat_map(|u| u.nach.map_or(vec![S::Eingereicht, S::Angezeigt], |s| vec![s]))
        .find(|s| !erreicht.contains(s))
    {
        erreicht.push(neu);
    }
    assert_eq!(erreicht.len(), S::ALLE.len());
}

/// Dossier 3.9: the reference is the latest valid Bescheid; R5: no change after the end of the period; S23: the bank
/// account is no part of a change.
#[test]
fn beginn_nur_auf_geltendem_bescheid() {
    let a = antrag();
    let b = bescheid(&a);
    let nicht_bekannt = Bescheid { bekannt_am: None, ..b.clone() };
    let bank = inhalt(&[Aenderungsart::Inhalt, Aenderungsart::Bankverbindung]);
    type Fall<'a> = (&'static str, Uuid, Option<&'a Bescheid>, Aenderungsinhalt, NaiveDate, &'static [&'static str]);
    let faelle: [Fall<'_>; 6] = [
        ("the one that counts", b.id, Some(&b), inhalt(&[]), heute(), &[]),
        ("another one", Uuid::from_u128(2), Some(&b), inhalt(&[]), heute(), &["BEZUG_NICHT_GELTEND"]),
        ("nothing granted", b.id, None, inhalt(&[]), heute(), &["BEZUG_NICHT_GELTEND"]),
        ("not notified", b.id, Some(&nicht_bekannt), inhalt(&[]), heute(), &["BEZUG_NICHT_GELTEND"]),
        ("after the period", b.id, Some(&b), inhalt(&[]), tag(2028, 1, 1), &["BEWILLIGUNGSZEITRAUM_ABGELAUFEN"]),
        ("bank account", b.id, Some(&b), bank, heute(), &["BANKVERBINDUNG_EIGENE_HANDLUNG"]),
    ];
    for (fall, id, geltend, form, am, erwartet) in faelle {
        let e = beginnen(Uuid::from_u128(7), id, form, &a, geltend, &muster::gk(), am);
        assert_eq!(e.as_ref().map_or_else(|b| kurz(b), |_| Vec::new()), erwartet, "{fall}");
    }
    let fremd = Akteur { kreisschluessel: Some("06411".into()), ..muster::gk() };
    let e = beginnen(Uuid::from_u128(7), b.id, inhalt(&[]), &a, Some(&b), &fremd, heute());
    assert_eq!(kurz(&e.unwrap_err()), ["FREMDER_VORGANG"]);
}

type Bearbeitung = fn(&mut Aenderungsantrag);

/// Dossier 3.9, the kinds of change: what the comparison of both states finds.
#[test]
fn arten_nach_abschnitt_3_9() {
    use Aenderungsart as A;
    let faelle: &[(&str, Bearbeitung, &[A])] = &[
        ("nothing", |_| (), &[]),
        ("more money", |a| aendere_m01(a, |m| landesmittel(m, 12_000_000)), &[A::Mittelerhoehung]),
        ("less money", |a| aendere_m01(a, |m| landesmittel(m, 5_500_000)), &[A::Mittelreduzierung]),
        (
            "between lines",
            |a| {
                aendere_m01(a, |m| {
                    ansatz(m, "PERSONAL", 2026, 8_000_000);
                    ansatz(m, "SACH_MIETE", 2026, 4_000_000);
                });
            },
            &[A::UmschichtungAnsatz],
        ),
        (
            "the county pays more",
            |a| {
                aendere_m01(a, |m| {
                    ansatz(m, "PERSONAL", 2026, 9_500_000);
                    mittel(m, "EIGENMITTEL_GK", 2026, 2_500_000);
                })
            },
            &[A::UmschichtungAnsatz],
        ),
        (
            "between years",
            |a| {
                aendere_m01(a, |m| {
                    m.inhalt.ende = tag(2027, 3, 31);
                    ansatz(m, "PERSONAL", 2026, 8_000_000);
                    ansatz(m, "PERSONAL", 2027, 1_000_000);
                    mittel(m, "LAND_AQB", 2026, 9_000_000);
                    mittel(m, "LAND_AQB", 2027, 1_000_000);
                })
            },
            &[A::UmschichtungHaushaltsjahr, A::Zeitraum],
        ),
        (
            "another Teilbudget",
            |a| aendere_m01(a, |m| m.inhalt.teilbudget = "DIGITALISIERUNG".into()),
            &[A::UmschichtungTeilbudget],
        ),
        (
            "dropped",
            |a| {
                a.neuer_stand.massnahmen.remove(1);
            },
            &[A::Mittelreduzierung, A::MassnahmeEntfaellt],
        ),
        (
            "added",
            |a| a.neuer_stand.massnahmen.push(muster::mit_plan(muster::strategieauftrag("M03"))),
            &[A::Mittelerhoehung, A::MassnahmeNeu],
        ),
        ("period", |a| a.neuer_stand.bewilligungszeitraum.bis = tag(2027, 6, 30), &[A::Zeitraum]),
        ("Traeger", |a| aendere_m01(a, |m| m.inhalt.traeger_id = Some(Uuid::from_u128(5))), &[A::Traegerwechsel]),
        ("title", |a| aendere_m01(a, |m| m.inhalt.titel = "Anders".into()), &[A::Inhalt]),
        ("the Detailplanung alone", |a| a.neuer_stand.massnahmen[0].detailplanung = None, &[A::Inhalt]),
        (
            "between measures",
            |a| {
                aendere_m01(a, |m| landesmittel(m, 9_500_000));
                let m02 = &mut a.neuer_stand.massnahmen[1].massnahme;
                ansatz(m02, "WISSENSCHAFTLICHE_BEGLEITUNG", 2026, 2_300_000);
                mittel(m02, "LAND_AQB", 2026, 2_300_000);
            },
            &[A::UmschichtungAnsatz],
        ),
        (
            "between measures of two Teilbudgets",
            |a| {
                for stand in [&mut a.stand, &mut a.neuer_stand] {
                    stand.massnahmen[1].massnahme.inhalt.teilbudget = "DIGITALISIERUNG".into();
                }
                aendere_m01(a, |m| landesmittel(m, 9_500_000));
                let m02 = &mut a.neuer_stand.massnahmen[1].massnahme;
                ansatz(m02, "WISSENSCHAFTLICHE_BEGLEITUNG", 2026, 2_300_000);
                mittel(m02, "LAND_AQB", 2026, 2_300_000);
            },
            &[A::UmschichtungTeilbudget],
        ),
    ];
    for (fall, bearbeite, arten) in faelle {
        let (mut a, _) = entwurf();
        bearbeite(&mut a);
        let v = vergleiche(&a.stand, &a.neuer_stand).unwrap();
        assert_eq!(v.arten.into_iter().collect::<Vec<_>>(), *arten, "{fall}");
    }
}

/// Dossier S14 and 5.3: a line may rise by exactly 20 %; beyond that, and for anything else, the authority decides.
#[test]
fn s14_zwanzig_prozent() {
    let plan = |m: &mut Massnahme, [personal, sach, teilnehmende]: [i64; 3]| {
        ansatz(m, "PERSONAL", 2026, personal);
        ansatz(m, "SACH_MIETE", 2026, sach);
        ansatz(m, "TEILNEHMENDE_FAHRT", 2026, teilnehmende);
    };
    let grundlage = || {
        let mut a = antrag();
        let m = &mut a.massnahmen[0].massnahme;
        plan(m, [15_000_000, 6_000_000, 4_000_000]);
        mittel(m, "LAND_AQB", 2026, 23_000_000);
        let b = bescheid(&a);
        let e = beginnen(Uuid::from_u128(7), b.id, inhalt(&[]), &a, Some(&b), &muster::gk(), heute()).unwrap();
        (e.zustand, fakten_zu(&a, &b))
    };
    for (neu, weg, woran) in [
        ([17_850_000, 4_850_000, 2_300_000], Weg::Anzeige, &["AENDERUNG_ANZEIGE"][..]),
        ([18_000_000, 4_700_000, 2_300_000], Weg::Anzeige, &["AENDERUNG_ANZEIGE"]),
        ([18_000_001, 4_699_999, 2_300_000], Weg::Entscheidung, &["ANSATZ_UEBER_GRENZE"]),
        ([18_100_000, 4_600_000, 2_300_000], Weg::Entscheidung, &["ANSATZ_UEBER_GRENZE"]),
        ([15_000_000, 7_200_000, 2_800_000], Weg::Anzeige, &["AENDERUNG_ANZEIGE"]),
        ([15_000_001, 6_000_000, 4_000_000], Weg::Entscheidung, &["AENDERUNG_WESENTLICH"]),
    ] {
        let (mut a, f) = grundlage();
        aendere_m01(&mut a, |m| plan(m, neu));
        let (ist, gruende) = a.weg_jetzt(&f).unwrap();
        assert_eq!((ist, kurz(&gruende)), (weg, woran.to_vec()), "{neu:?}");
    }
    let (mut a, f) = grundlage();
    aendere_m01(&mut a, |m| plan(m, [18_100_000, 4_600_000, 2_300_000]));
    let (_, gruende) = a.weg_jetzt(&f).unwrap();
    let d = gruende[0].differenz.as_ref().unwrap();
    assert_eq!(d.wert, "1000.00", "181 000.00 is 1 000.00 above 180 000.00");
    // the words name the clauses the Bescheid carries, and the field as people call it
    for (klausel, wort) in [
        (crate::bescheid::Nebenbestimmungen::AnbestGk, "ANBest-GK"),
        (crate::bescheid::Nebenbestimmungen::AnbestP, "ANBest-P"),
    ] {
        let (mut a, mut f) = grundlage();
        f.geltend.inhalt.nebenbestimmungen = Some(klausel);
        a.neuer_stand.bewilligungszeitraum.bis = tag(2027, 6, 30);
        let text = a.weg_jetzt(&f).unwrap().1[0].text(crate::regel::Sprache::De);
        assert_eq!(
            text,
            format!(
                "Bewilligungszeitraum bis: Das ist mehr als die Verschiebung zwischen Einzelansätzen, die {wort} ohne Entscheidung zulassen."
            )
        );
    }
    assert_eq!(gruende[0].ort.as_deref(), Some("/massnahmen/M01/finanzierungsplan/einzelansaetze/PERSONAL/2026"));
    // a line that was not decided is not opened by a notice
    let (mut a, f) = grundlage();
    aendere_m01(&mut a, |m| {
        plan(m, [14_999_999, 6_000_000, 4_000_000]);
        ansatz(m, "SACH_SONSTIGE", 2026, 1);
    });
    assert_eq!(kurz(&a.weg_jetzt(&f).unwrap().1), ["ANSATZ_UEBER_GRENZE"]);
    // the measure is what the Bescheid decided, not what an earlier notice made of it
    let (mut a, mut f) = grundlage();
    let mut schon = f.antrag.clone();
    plan(&mut schon.massnahmen[0].massnahme, [17_850_000, 4_850_000, 2_300_000]);
    f = Aenderungsfakten { beschieden: f.beschieden.clone(), ..fakten_zu(&schon, &f.geltend) };
    (a.stand, a.neuer_stand) = (f.stand.clone(), f.stand.clone());
    aendere_m01(&mut a, |m| plan(m, [18_000_001, 4_699_999, 2_300_000]));
    assert_eq!(a.weg_jetzt(&f).unwrap().0, Weg::Entscheidung);
    aendere_m01(&mut a, |m| plan(m, [18_000_000, 4_700_000, 2_300_000]));
    assert_eq!(a.weg_jetzt(&f).unwrap().0, Weg::Anzeige);
    // without the parameter there is no limit to stay below
    let regelwerk = &mut f.regeln.regelwerk;
    regelwerk.parameter.retain(|p| p.schluessel != "ansatz_ueberschreitung_prozent");
    assert_eq!(a.weg_jetzt(&f).unwrap_err().regel.kurzname, "PARAMETER_FEHLT");
}

/// Fields that differ, sums and percentages; computed by hand from the sample.
#[test]
fn vergleich_nennt_felder_zeilen_und_summen() {
    let (mut a, _) = entwurf();
    aendere_m01(&mut a, |m| {
        landesmittel(m, 9_000_000);
        m.inhalt.titel = "Anders".into();
    });
    a.neuer_stand.bewilligungszeitraum.bis = tag(2027, 6, 30);
    let v = vergleiche(&a.stand, &a.neuer_stand).unwrap();
    let felder: Vec<_> = v.felder.iter().map(|u| (u.feld.as_str(), u.alt.as_deref(), u.neu.as_deref())).collect();
    assert_eq!(felder[0], ("/bewilligungszeitraum/bis", Some("2027-12-31"), Some("2027-06-30")));
    assert_eq!(felder[1].0, "/massnahmen/M01/detailplanung/perioden/2026-02-01/ausgaben");
    assert!(felder.iter().all(|f| [f.1, f.2].iter().all(|w| w.is_none_or(|w| !w.contains('{')))), "{felder:?}");
    assert_eq!(felder[9], ("/massnahmen/M01/titel", Some("Maßnahme M01"), Some("Anders")));
    let zeile = |posten: &str| v.zeilen.iter().find(|z| z.posten == posten && z.massnahme_nr == "M01").unwrap();
    let z = zeile("PERSONAL");
    assert_eq!((z.alt, z.neu, z.delta), (eur(9_000_000), eur(8_000_000), eur(-1_000_000)));
    assert_eq!(z.delta_prozent.unwrap().to_string(), "-11.11");
    assert_eq!(zeile("SACH_MIETE").delta, Euro::NULL);
    let alles = v.summen.iter().find(|s| s.haushaltsjahr.is_none()).unwrap();
    assert_eq!((alles.land_alt, alles.land_neu, alles.land_delta), (eur(11_800_000), eur(10_800_000), eur(-1_000_000)));
    assert_eq!((alles.ausgaben_alt, alles.ausgaben_neu), (eur(13_800_000), eur(12_800_000)));
    a.neuer_stand.massnahmen.remove(1);
    let v = vergleiche(&a.stand, &a.neuer_stand).unwrap();
    let weg = v.felder.iter().find(|u| u.feld == "/massnahmen/M02").unwrap();
    assert_eq!((weg.alt.as_deref(), weg.neu.as_deref()), (Some("Fortschreibung der Strategie"), None));
}

#[test]
fn prozente_runden_kaufmaennisch() {
    for (alt, delta, prozent) in [
        (10_000, 1_000, Some("10.00")),
        (30_000, 10_000, Some("33.33")),
        (30_000, -20_000, Some("-66.67")),
        (80_000, 1, Some("0.00")),
        (20_000, 1, Some("0.01")),
        (20_000, -1, Some("-0.01")),
        (0, 1, None),
        (1, 9_999, None),
    ] {
        let ist = prozentual(eur(alt), eur(delta)).map(|p| p.to_string());
        assert_eq!(ist.as_deref(), prozent, "{delta} of {alt}");
    }
}

/// What a filing must say, one fault per line; the rest of the form is sound.
#[test]
fn einreichung_faelle() {
    use Schwere::{Fehler, Warnung};
    type Fall = (&'static str, fn(&mut Aenderungsantrag, &mut Aenderungsfakten), &'static [(&'static str, Schwere)]);
    let faelle: &[Fall] = &[
        ("sound", |_, _| (), &[]),
        ("no kinds", |a, _| a.inhalt.aenderungsarten.clear(), &[("ANGABE_FEHLT", Fehler)]),
        (
            "another kind",
            |a, _| a.inhalt.aenderungsarten = vec![Aenderungsart::Mittelerhoehung],
            &[("AENDERUNGSART_ABWEICHEND", Fehler)],
        ),
        (
            "one kind too many",
            |a, _| a.inhalt.aenderungsarten.push(Aenderungsart::Inhalt),
            &[("AENDERUNGSART_ABWEICHEND", Fehler)],
        ),
        (
            "bank account",
            |a, _| a.inhalt.aenderungsarten.push(Aenderungsart::Bankverbindung),
            &[("BANKVERBINDUNG_EIGENE_HANDLUNG", Fehler)],
        ),
        (
            "19 characters",
            |a, _| a.inhalt.begruendung = Some("1234567890123456789".into()),
            &[("BEGRUENDUNG_FEHLT", Fehler)],
        ),
        ("20 characters", |a, _| a.inhalt.begruendung = Some("12345678901234567890".into()), &[]),
        ("no day", |a, _| a.inhalt.wirksam_ab = None, &[("ANGABE_FEHLT", Fehler)]),
        (
            "the day before",
            |a, _| a.inhalt.wirksam_ab = Some(tag(2026, 9, 14)),
            &[("WIRKSAM_VOR_EINREICHUNG", Warnung)],
        ),
        ("after the period", |a, _| a.inhalt.wirksam_ab = Some(tag(2028, 1, 1)), &[("WIRKSAM_AUSSERHALB", Fehler)]),
        ("nothing changed", |a, _| a.neuer_stand = a.stand.clone(), &[("AENDERUNG_OHNE_INHALT", Fehler)]),
        (
            "the plan does not balance",
            |a, _| aendere_m01(a, |m| mittel(m, "LAND_AQB", 2026, 8_999_999)),
            &[("PLAN_UNAUSGEGLICHEN", Fehler)],
        ),
        (
            "the Detailplanung was forgotten",
            |a, _| a.neuer_stand.massnahmen[0].detailplanung = a.stand.massnahmen[0].detailplanung.clone(),
            &[("DETAILPLANUNG_SUMME", Fehler), ("DETAILPLANUNG_SUMME", Fehler)],
        ),
        (
            "another kind of measure",
            |a, _| {
                aendere_m01(a, |m| {
                    m.inhalt.details = muster::details(crate::katalog::Massnahmeart::Qualifizierungsprojekt);
                });
                a.inhalt.aenderungsarten.push(Aenderungsart::Inhalt);
            },
            &[("MASSNAHMEART_FEST", Fehler)],
        ),
        (
            "the number of a dropped measure",
            |a, f| {
                a.neuer_stand.massnahmen.push(muster::mit_plan(muster::strategieauftrag("M03")));
                a.inhalt.aenderungsarten = vec![
                    Aenderungsart::Mittelerhoehung,
                    Aenderungsart::MassnahmeNeu,
                    Aenderungsart::UmschichtungAnsatz,
                ];
                f.vergebene_nummern = vec!["M03".into()];
            },
            &[("MASSNAHME_NR_DOPPELT", Fehler)],
        ),
        ("the Jahrgang is closed", |_, f| f.regeln.jahrgang_offen = false, &[("JAHRGANG_NICHT_OFFEN", Fehler)]),
        (
            "a Traeger that is retired now and stays",
            |_, f| f.regeln.traeger.values_mut().for_each(|t| t.aktiv = false),
            &[("TRAEGER_UNBEKANNT", Schwere::Hinweis), ("TRAEGER_UNBEKANNT", Schwere::Hinweis)],
        ),
        (
            "a retired Traeger is named anew",
            |a, f| {
                let neu = Uuid::from_u128(5);
                f.regeln.traeger.insert(neu, crate::massnahme::Traegerstand { aktiv: false, name: "Alt".into() });
                aendere_m01(a, |m| m.inhalt.traeger_id = Some(neu));
                a.inhalt.aenderungsarten.push(Aenderungsart::Traegerwechsel);
            },
            &[("TRAEGER_UNBEKANNT", Fehler)],
        ),
    ];
    for (fall, verdirb, erwartet) in faelle {
        let (mut a, mut f) = entwurf();
        aendere_m01(&mut a, |m| landesmittel(m, 9_000_000));
        a.inhalt = inhalt(&[Aenderungsart::Mittelreduzierung]);
        verdirb(&mut a, &mut f);
        let befunde = pruefbericht(&a, &f);
        let ist: Vec<_> = befunde.iter().map(|b| (b.regel.kurzname, b.schwere)).collect();
        assert_eq!(ist, *erwartet, "{fall}");
        let gut = erwartet.iter().all(|(_, s)| *s == Schwere::Hinweis);
        assert_eq!(einreichen(&a, &f).is_ok(), gut, "{fall}");
    }
}

/// A small shift is filed as a notice and taken note of; the authority may demand a decision instead.
#[test]
fn anzeige_oder_entscheidung() {
    let (mut a, f) = entwurf();
    aendere_m01(&mut a, |m| {
        ansatz(m, "PERSONAL", 2026, 8_800_000);
        ansatz(m, "SACH_MIETE", 2026, 3_200_000);
    });
    a.inhalt = inhalt(&[Aenderungsart::UmschichtungAnsatz]);
    let angezeigt = einreichen(&a, &f).unwrap();
    assert_eq!(
        (angezeigt.zustand.status, angezeigt.zustand.weg),
        (AenderungsantragStatus::Angezeigt, Some(Weg::Anzeige))
    );
    assert_eq!(angezeigt.ereignisse[0].typ, "aenderungsantrag.angezeigt");
    let angezeigt = angezeigt.zustand;
    let gesehen = angezeigt.zur_kenntnis_nehmen(&f, &rp(1)).unwrap().zustand;
    assert_eq!(gesehen.status, AenderungsantragStatus::ZurKenntnisGenommen);
    let verlangt = angezeigt.in_pruefung_nehmen(&rp(1)).unwrap().zustand;
    assert_eq!((verlangt.status, verlangt.weg), (AenderungsantragStatus::InPruefung, Some(Weg::Entscheidung)));
    let laeuft = Aenderungsfakten { entwurf: Some(Uuid::from_u128(9)), ..f.clone() };
    assert_eq!(kurz(&angezeigt.zur_kenntnis_nehmen(&laeuft, &rp(1)).unwrap_err()), ["ENTSCHEIDUNG_LAEUFT"]);
    let recht = angezeigt.zur_kenntnis_nehmen(&f, &muster::gk()).unwrap_err();
    assert_eq!((kurz(&recht), recht[0].regel.art), (vec!["RECHT_FEHLT"], Regelart::Recht));
    let zurueck = angezeigt.zurueckweisen(&crate::akt::Handlungsgrund { grund: "unklar".into() }, &rp(1), heute());
    let zurueck = zurueck.unwrap().zustand;
    assert_eq!(
        (zurueck.status, zurueck.rueckgabe.as_ref().unwrap().grund.as_str()),
        (AenderungsantragStatus::Entwurf, "unklar")
    );
    assert!(einreichen(&zurueck, &f).unwrap().zustand.rueckgabe.is_none());
    assert_eq!(kurz(&zurueck.loeschbar(&muster::gk()).unwrap_err()), ["UNVERAENDERLICH"], "it was filed once");
    assert_eq!(kurz(&angezeigt.aenderbar(&muster::gk()).unwrap_err()), ["UNVERAENDERLICH"]);
}
