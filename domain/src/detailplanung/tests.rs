use super::*;
use crate::antrag::muster::{self, eur, regelwerk};
use crate::befund::Befund;
use crate::finanzierungsplan::Planfakten;
use crate::katalog::{Katalogstand, Massnahmeart};
use crate::massnahme::Massnahme;
use crate::zeit::{Zeitraum, tag};
use crate::zins::faelle::{alle, gleich};
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

/// `MA-1 0.60 2026-01-01..2026-06-30`
fn einsatz(kuerzel: &str, vzae: &str, tage: &str) -> Personaleinsatz {
    let (von, bis) = tage.split_once("..").unwrap();
    Personaleinsatz {
        person_kuerzel: kuerzel.into(),
        funktion: "Coach".into(),
        vzae: vzae.parse().unwrap(),
        von: von.parse().unwrap(),
        bis: bis.parse().unwrap(),
    }
}

/// Parts of posts of one person at one Traeger, from the first day that is too much.
#[test]
fn jeder_personaleinsatz() {
    let (katalog, regelwerk) = (Katalogstand::anfang(), regelwerk());
    let fakten = Planfakten { katalog: &katalog, regelwerk: &regelwerk, jahrgang: 2026 };
    alle(include_str!("../../../tests/faelle/personal.csv"), |f| {
        let zeilen: Vec<_> = f["einsaetze"]
            .split(", ")
            .map(|z| {
                let [massnahme, traeger, kuerzel, vzae, tage] = z.split(' ').collect::<Vec<_>>()[..] else {
                    panic!("{z}");
                };
                let traeger = Some(Uuid::from_u128(traeger.trim_start_matches('T').parse().unwrap()));
                (massnahme, traeger, [einsatz(kuerzel, vzae, tage)])
            })
            .collect();
        let einsaetze: Vec<_> = zeilen
            .iter()
            .map(|(massnahme, traeger, einsatz)| Traegereinsatz { traeger: *traeger, massnahme, eigen: true, einsatz })
            .collect();
        let befunde = pruefe_personal(&einsaetze, &fakten);
        let namen: Vec<_> = befunde.iter().map(|b| b.regel.kurzname).collect();
        gleich("befund", f["befund"], namen.join(" "))?;
        let wert = |name: &str| {
            let gemessen = befunde.iter().flat_map(|b| &b.gemessen).find(|g| g.name == name);
            gemessen.map_or(String::new(), |g| g.wert.replace(", ", " "))
        };
        gleich("ab", f["ab"], wert("ab"))?;
        gleich("vzae", f["vzae"], wert("vzae"))?;
        gleich("massnahmen", f["massnahmen"], wert("massnahmen"))
    });
}

/// Dossier S6, as a clerk reads it; blanks make no other person.
#[test]
fn s6_personal_in_worten() {
    let (katalog, regelwerk) = (Katalogstand::anfang(), regelwerk());
    let fakten = Planfakten { katalog: &katalog, regelwerk: &regelwerk, jahrgang: 2026 };
    let (a, b) =
        ([einsatz("MA-1", "0.60", "2026-01-01..2026-06-30")], [einsatz(" ma-1", "0.50", "2026-06-30..2026-12-31")]);
    let traeger = Some(Uuid::from_u128(1));
    let befunde = pruefe_personal(
        &[
            Traegereinsatz { traeger, massnahme: "M01", eigen: true, einsatz: &b },
            Traegereinsatz { traeger, massnahme: "M02", eigen: true, einsatz: &a },
        ],
        &fakten,
    );
    let texte: Vec<_> = befunde.iter().map(|b| b.text(crate::regel::Sprache::De)).collect();
    assert_eq!(texte, ["MA-1 ist ab 30.06.2026 mit 1,10 VZÄ eingeplant; zulässig sind 1,00."]);
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
