use super::*;
use crate::antrag::muster::{self, eur, regelwerk};
use crate::befund::Befund;
use crate::finanzierungsplan::Planfakten;
use crate::katalog::{Katalogstand, Massnahmeart};
use crate::massnahme::Massnahme;
use crate::zeit::{Zeitraum, tag};
use uuid::Uuid;

fn pruefe(m: &Massnahme, d: &Detailplanung) -> Vec<Befund> {
    let (katalog, regelwerk) = (Katalogstand::anfang(), regelwerk());
    let fakten = Planfakten { katalog: &katalog, regelwerk: &regelwerk, jahrgang: 2026 };
    let laufzeit = Zeitraum { von: m.inhalt.beginn, bis: m.inhalt.ende };
    d.pruefe("/dp", &Planbezug { laufzeit, plan: &m.inhalt.finanzierungsplan, fakten })
}

fn zahle(d: &mut Detailplanung, faellig_am: chrono::NaiveDate, cent: i64) {
    d.zahlungsplan.push(Zahlung { faellig_am, betrag: eur(cent), empfaenger: "X".into() });
}

/// Dossier 3.8: gapless, no overlap, exactly the measure, one Haushaltsjahr per period, sums as in the plan.
#[test]
fn dossier_3_8_perioden() {
    type Aenderung = fn(&mut Detailplanung);
    let faelle: &[(&str, Aenderung, &[&str])] = &[
        ("valid", |_| {}, &[]),
        ("any order", |d| d.perioden.reverse(), &[]),
        ("gap of a day", |d| d.perioden[1].von = tag(2026, 4, 2), &["DETAILPLANUNG_LUECKE"]),
        ("begins late", |d| d.perioden[0].von = tag(2026, 2, 2), &["DETAILPLANUNG_LUECKE"]),
        ("begins early", |d| d.perioden[0].von = tag(2026, 1, 31), &["DETAILPLANUNG_LUECKE"]),
        (
            "overlap of a day",
            |d| d.perioden[1].von = tag(2026, 3, 31),
            &["DETAILPLANUNG_RASTER", "DETAILPLANUNG_LUECKE"],
        ),
        ("ends early", |d| d.perioden[3].bis = tag(2026, 12, 30), &["DETAILPLANUNG_ENDE"]),
        ("crosses the year", |d| d.perioden[3].bis = tag(2027, 1, 1), &["DETAILPLANUNG_RASTER", "DETAILPLANUNG_ENDE"]),
        ("quarter as month", |d| d.perioden[1].raster = Raster::Monat, &["DETAILPLANUNG_RASTER"]),
        ("reversed", |d| d.perioden[0].bis = tag(2026, 1, 1), &["DATUM_REIHENFOLGE"]),
        (
            "no periods",
            |d| d.perioden.clear(),
            &["ANGABE_FEHLT", "DETAILPLANUNG_SUMME", "DETAILPLANUNG_SUMME", "DETAILPLANUNG_SUMME"],
        ),
        ("a cent too much", |d| d.perioden[0].ausgaben = eur(3_000_001), &["DETAILPLANUNG_SUMME"]),
        ("negative", |d| d.perioden[0].land_aqb = eur(-1), &["BETRAG_ZU_KLEIN", "DETAILPLANUNG_SUMME"]),
        ("no staff", |d| d.personaleinsatz.clear(), &["PERSONALEINSATZ_FEHLT"]),
        ("staff reversed", |d| d.personaleinsatz[0].bis = tag(2025, 1, 1), &["DATUM_REIHENFOLGE"]),
        ("staff before the measure", |d| d.personaleinsatz[0].von = tag(2026, 1, 31), &["EINSATZ_AUSSERHALB"]),
        ("staff after the measure", |d| d.personaleinsatz[0].bis = tag(2027, 1, 1), &["EINSATZ_AUSSERHALB"]),
        ("no part of a post", |d| d.personaleinsatz[0].vzae = Vzae::default(), &["STELLENANTEIL"]),
        ("more than a post", |d| d.personaleinsatz[0].vzae = Vzae(101), &["STELLENANTEIL"]),
        ("all leave", |d| d.perioden[3].austritte = d.perioden.iter().map(|p| p.eintritte - p.austritte).sum(), &[]),
        (
            "one leaves too many",
            |d| d.perioden[0].austritte = d.perioden[0].eintritte + 1,
            &["AUSTRITTE_UEBER_EINTRITTE"],
        ),
        ("payments of all costs", |d| zahle(d, tag(2026, 2, 1), 12_000_000), &[]),
        ("payments above the costs", |d| zahle(d, tag(2030, 12, 31), 12_000_001), &["ZAHLUNGSPLAN_SUMME"]),
        ("payment before the measure", |d| zahle(d, tag(2026, 1, 31), 1), &["ZAHLUNG_AUSSERHALB"]),
        ("payment after the window", |d| zahle(d, tag(2031, 1, 1), 1), &["ZAHLUNG_AUSSERHALB"]),
        (
            "payment of nothing",
            |d| {
                d.zahlungsplan.push(Zahlung { faellig_am: tag(2026, 5, 1), betrag: eur(0), empfaenger: "X".into() });
            },
            &["BETRAG_ZU_KLEIN"],
        ),
    ];
    let m = muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung);
    for (name, aendern, erwartet) in faelle {
        let mut d = muster::detailplanung(&m);
        assert_eq!(d.perioden.len(), 4);
        aendern(&mut d);
        let gefunden: Vec<_> = pruefe(&m, &d).iter().map(|b| b.regel.kurzname).collect();
        assert_eq!(gefunden, *erwartet, "{name}");
    }
}

/// A month's money in the wrong year is found for both years, each with its difference.
#[test]
fn summe_je_haushaltsjahr() {
    let mut m = muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung);
    m.inhalt.ende = tag(2027, 3, 31);
    let d = muster::detailplanung(&m);
    m.inhalt.finanzierungsplan.finanzierung[0].haushaltsjahr = 2027;
    let befunde = pruefe(&m, &d);
    let werte: Vec<_> = befunde
        .iter()
        .map(|b| {
            (b.gemessen[0].wert.as_str(), b.gemessen[1].wert.as_str(), b.differenz.as_ref().unwrap().wert.as_str())
        })
        .collect();
    assert_eq!(werte, [("land_aqb", "2026", "100000.00"), ("land_aqb", "2027", "-100000.00")]);
}

fn einsatz(kuerzel: &str, hundertstel: u16, von: (i32, u32, u32), bis: (i32, u32, u32)) -> Personaleinsatz {
    Personaleinsatz {
        person_kuerzel: kuerzel.into(),
        funktion: "Coach".into(),
        vzae: Vzae::aus_hundertsteln(hundertstel).unwrap(),
        von: tag(von.0, von.1, von.2),
        bis: tag(bis.0, bis.1, bis.2),
    }
}

/// Dossier S6: 0.6 and 0.5 of a post of one person at one Traeger are 1.1, from the first common day.
#[test]
fn s6_personal_ueber_einer_stelle() {
    let (katalog, regelwerk) = (Katalogstand::anfang(), regelwerk());
    let fakten = Planfakten { katalog: &katalog, regelwerk: &regelwerk, jahrgang: 2026 };
    let (t, anderer) = (Some(Uuid::from_u128(1)), Some(Uuid::from_u128(2)));
    let a = [einsatz("MA-1", 60, (2026, 1, 1), (2026, 6, 30))];
    let b = [einsatz("MA-1", 50, (2026, 6, 30), (2026, 12, 31))];
    let spaeter = [einsatz("MA-1", 50, (2026, 7, 1), (2026, 12, 31))];
    let anders_geschrieben = [einsatz(" ma-1", 50, (2026, 6, 30), (2026, 12, 31))];
    let voll = [einsatz("MA-1", 40, (2026, 1, 1), (2026, 12, 31))];
    let fremd = [einsatz("MA-2", 50, (2026, 1, 1), (2026, 12, 31))];
    let pruefe = |zwei: &[Personaleinsatz], traeger: Option<Uuid>| {
        let e = [
            Traegereinsatz { traeger: t, massnahme: "M01", eigen: true, einsatz: &a },
            Traegereinsatz { traeger, massnahme: "M02", eigen: true, einsatz: zwei },
        ];
        pruefe_personal(&e, &fakten)
    };
    let befunde = pruefe(&b, t);
    assert_eq!(befunde.len(), 1);
    let text = befunde[0].text(crate::regel::Sprache::De);
    assert_eq!(text, "MA-1 ist ab 30.06.2026 mit 1,10 VZÄ eingeplant; zulässig sind 1,00.");
    assert_eq!(befunde[0].regel.kurzname, "PERSONAL_UEBER_1_0");
    assert_eq!(befunde[0].gemessen[3].wert, "M01, M02");
    assert_eq!(pruefe(&anders_geschrieben, t).len(), 1, "case and blanks make no other person");
    assert!(pruefe(&spaeter, t).is_empty(), "one after the other");
    assert!(pruefe(&voll, t).is_empty(), "exactly one post");
    assert!(pruefe(&fremd, t).is_empty(), "another person");
    assert!(pruefe(&b, anderer).is_empty(), "another Traeger's pseudonym is another person");
}

#[test]
fn vzae_form() {
    for gut in ["0.00", "0.05", "1.00", "99.99"] {
        assert_eq!(gut.parse::<Vzae>().map(|v| v.to_string()), Ok(gut.to_owned()));
        assert_eq!(serde_json::to_string(&gut.parse::<Vzae>().unwrap()).unwrap(), format!("\"{gut}\""));
    }
    for schlecht in ["", "1", "1.0", "1,00", "01.00", "-0.50", "+0.50", "100.00", ".50", "0.5a", "1.000", "٠.00"] {
        assert!(schlecht.parse::<Vzae>().is_err(), "{schlecht}");
    }
    assert!(serde_json::from_str::<Vzae>("0.5").is_err(), "a JSON number is refused");
}
