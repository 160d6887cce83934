use super::*;
use crate::antrag::muster::{eur, plan, regelwerk};
use crate::regelwerk::{Parameterart, he_alt};
use proptest::prelude::*;

fn pruefe(p: &Finanzierungsplan, regelwerk: &Regelwerk) -> Vec<Befund> {
    let katalog = Katalogstand::anfang();
    p.pruefe("/plan", &Planfakten { katalog: &katalog, regelwerk, jahrgang: 2026 })
}

fn kurz(befunde: &[Befund]) -> Vec<(&'static str, String)> {
    befunde.iter().map(|b| (b.regel.kurzname, b.ort.clone().unwrap_or_default())).collect()
}

const LAND: (&str, i32, i64) = (LAND_AQB, 2026, 100);

/// Dossier 3.7: each case is one fault, and only that fault is found.
#[test]
fn dossier_3_7_zeilen() {
    type Zeilen = &'static [(&'static str, i32, i64)];
    type Fall = (&'static str, Zeilen, Zeilen, &'static [(&'static str, &'static str)]);
    let faelle: &[Fall] = &[
        ("balanced", &[("PERSONAL", 2026, 100)], &[LAND], &[]),
        ("two years", &[("PERSONAL", 2026, 100), ("PERSONAL", 2030, 5)], &[LAND, (LAND_AQB, 2030, 5)], &[]),
        (
            "unknown position",
            &[("TORTE", 2026, 100)],
            &[LAND],
            &[("KATALOGWERT_UNBEKANNT", "/plan/einzelansaetze/0/position")],
        ),
        (
            "unknown source",
            &[("PERSONAL", 2026, 110)],
            &[LAND, ("LOTTO", 2026, 10)],
            &[("KATALOGWERT_UNBEKANNT", "/plan/finanzierung/1/quelle")],
        ),
        (
            "position twice",
            &[("PERSONAL", 2026, 60), ("PERSONAL", 2026, 40)],
            &[LAND],
            &[("PLAN_DOPPELT", "/plan/einzelansaetze/1")],
        ),
        (
            "zero",
            &[("PERSONAL", 2026, 100), ("HONORARE", 2026, 0)],
            &[LAND],
            &[("BETRAG_ZU_KLEIN", "/plan/einzelansaetze/1/betrag")],
        ),
        (
            "negative",
            &[("PERSONAL", 2026, 100)],
            &[(LAND_AQB, 2026, 110), ("PRIVAT", 2026, -10)],
            &[("BETRAG_ZU_KLEIN", "/plan/finanzierung/1/betrag")],
        ),
        (
            "before the window",
            &[("PERSONAL", 2025, 100)],
            &[(LAND_AQB, 2025, 100)],
            &[
                ("HAUSHALTSJAHR_AUSSERHALB", "/plan/einzelansaetze/0/haushaltsjahr"),
                ("HAUSHALTSJAHR_AUSSERHALB", "/plan/finanzierung/0/haushaltsjahr"),
            ],
        ),
        (
            "after the window",
            &[("PERSONAL", 2031, 100)],
            &[(LAND_AQB, 2031, 100)],
            &[
                ("HAUSHALTSJAHR_AUSSERHALB", "/plan/einzelansaetze/0/haushaltsjahr"),
                ("HAUSHALTSJAHR_AUSSERHALB", "/plan/finanzierung/0/haushaltsjahr"),
            ],
        ),
        (
            "no state money",
            &[("PERSONAL", 2026, 100)],
            &[("PRIVAT", 2026, 100)],
            &[("PLAN_OHNE_LANDESMITTEL", "/plan/finanzierung")],
        ),
        ("empty", &[], &[], &[("PLAN_OHNE_LANDESMITTEL", "/plan/finanzierung")]),
        (
            "balanced in total, not per year",
            &[("PERSONAL", 2026, 60), ("PERSONAL", 2027, 40)],
            &[LAND],
            &[("PLAN_UNAUSGEGLICHEN", "/plan"), ("PLAN_UNAUSGEGLICHEN", "/plan")],
        ),
    ];
    for (name, kosten, mittel, erwartet) in faelle {
        let gefunden = kurz(&pruefe(&plan(kosten, mittel), &regelwerk()));
        let gefunden: Vec<(&str, &str)> = gefunden.iter().map(|(k, o)| (*k, o.as_str())).collect();
        assert_eq!(gefunden, *erwartet, "{name}");
    }
}

/// Dossier S2 (Poppenhausen): five cents of difference are an error with tolerance 0.00 and a hint with 0.05.
#[test]
fn s2_toleranz_auf_den_cent() {
    for (toleranz, differenz, erwartet) in [
        ("0.00", 0, None),
        ("0.00", 1, Some(Schwere::Fehler)),
        ("0.00", -5, Some(Schwere::Fehler)),
        ("0.05", 5, Some(Schwere::Hinweis)),
        ("0.05", -5, Some(Schwere::Hinweis)),
        ("0.05", 6, Some(Schwere::Fehler)),
    ] {
        let mut r = he_alt();
        let zeile = r.parameter.iter_mut().find(|p| p.schluessel == "summen_toleranz").unwrap();
        zeile.wert = Some(toleranz.to_owned());
        let p = plan(&[("PERSONAL", 2026, 1000 + differenz)], &[(LAND_AQB, 2026, 1000)]);
        let befunde = pruefe(&p, &r);
        assert_eq!(befunde.first().map(|b| b.schwere), erwartet, "{toleranz} {differenz}");
        if let Some(b) = befunde.first() {
            assert_eq!(b.differenz.as_ref().map(|d| d.wert.clone()), Some(eur(differenz).to_string()));
        }
    }
}

#[test]
fn unbekannter_parameter_lehnt_ab() {
    let mut r = he_alt();
    for p in r.parameter.iter_mut().filter(|p| p.schluessel == "summen_toleranz") {
        p.art = Parameterart::Unbekannt;
        p.wert = None;
    }
    r.parameter.retain(|p| p.schluessel != "ausgabefenster_jahre");
    let befunde = pruefe(&plan(&[("PERSONAL", 2026, 100)], &[LAND]), &r);
    assert_eq!(befunde.iter().map(|b| b.regel.kurzname).collect::<Vec<_>>(), ["PARAMETER_FEHLT", "PARAMETER_FEHLT"]);
}

#[test]
fn summen_je_jahr_quelle_position() {
    let p = plan(
        &[("PERSONAL", 2026, 90), ("SACH_MIETE", 2026, 30), ("PERSONAL", 2027, 7)],
        &[(LAND_AQB, 2026, 100), ("EIGENMITTEL_GK", 2026, 20), (LAND_AQB, 2027, 7)],
    );
    let j = |paare: &[(i32, i64)]| paare.iter().map(|(j, c)| (*j, eur(*c))).collect::<BTreeMap<_, _>>();
    assert_eq!(p.ausgaben_je_jahr(), Ok(j(&[(2026, 120), (2027, 7)])));
    assert_eq!(p.land_je_jahr(), Ok(j(&[(2026, 100), (2027, 7)])));
    assert_eq!(p.kofinanzierung_je_jahr(), Ok(j(&[(2026, 20)])));
    assert_eq!((p.land(), p.personal(), p.ausgaben()), (Ok(eur(107)), Ok(eur(97)), Ok(eur(127))));
    assert_eq!(p.je_quelle().map(|q| q.get("LAND_AQB").copied()), Ok(Some(eur(107))));
    assert_eq!(p.je_position().map(|q| q.get("SACH_MIETE").copied()), Ok(Some(eur(30))));
}

fn zeilen(codes: &'static [&'static str]) -> impl Strategy<Value = Vec<(&'static str, i32, i64)>> {
    let cent = prop_oneof![-1_000i64..1_000_000, Just(99_999_999_999_999), Just(-99_999_999_999_999)];
    proptest::collection::vec((proptest::sample::select(codes), 2020i32..2035, cent), 0..12)
}

proptest! {
    /// Whatever the amounts, the rules answer; a sum beyond the range is a finding and not a panic.
    #[test]
    fn pruefe_haelt_jeden_plan_aus(
        k in zeilen(&["PERSONAL", "HONORARE", "X"]),
        m in zeilen(&[LAND_AQB, "PRIVAT", "Y"]),
    ) {
        let p = plan(&k, &m);
        let befunde = pruefe(&p, &he_alt());
        let beanstandet = befunde.iter().any(|b| ["PLAN_UNAUSGEGLICHEN", "RECHENBEREICH"].contains(&b.regel.kurzname));
        let summe = |s: Result<BTreeMap<i32, Euro>, GeldFehler>, jahr| s.map(|s| s.get(&jahr).copied().unwrap_or_default());
        let jahre = p.haushaltsjahre();
        let schief = |jahr: &i32| match (summe(p.ausgaben_je_jahr(), *jahr), summe(p.finanzierung_je_jahr(), *jahr)) {
            (Ok(a), Ok(f)) => a != f,
            _ => true,
        };
        // an unbalanced or unsummable plan never passes; a balanced one is never called unbalanced
        if jahre.iter().any(schief) {
            prop_assert!(beanstandet);
        } else {
            prop_assert!(!befunde.iter().any(|b| b.regel.kurzname == "PLAN_UNAUSGEGLICHEN"));
        }
    }

    /// A balanced plan stays balanced when both sides grow by the same amount.
    #[test]
    fn ausgleich_bleibt(cent in 1i64..1_000_000_000, mehr in 1i64..1_000_000_000, jahr in 2026i32..=2030) {
        let alt = plan(&[("PERSONAL", jahr, cent)], &[(LAND_AQB, jahr, cent)]);
        let mehr_kosten = [("PERSONAL", jahr, cent), ("HONORARE", jahr, mehr)];
        let neu = plan(&mehr_kosten, &[(LAND_AQB, jahr, cent), ("PRIVAT", jahr, mehr)]);
        prop_assert!(pruefe(&alt, &he_alt()).is_empty());
        prop_assert!(pruefe(&neu, &he_alt()).is_empty());
        let schief = plan(&mehr_kosten, &[(LAND_AQB, jahr, cent)]);
        prop_assert!(pruefe(&schief, &he_alt()).iter().any(Befund::blockiert));
    }

    /// The total plan keeps every sum of its parts and lists no line twice.
    #[test]
    fn gesamt_erhaelt_summen(a in 1i64..1_000_000_000, b in 1i64..1_000_000_000, jahr in 2026i32..2029) {
        let x = plan(&[("PERSONAL", 2026, a)], &[(LAND_AQB, 2026, a)]);
        let y = plan(&[("PERSONAL", jahr, b)], &[(LAND_AQB, jahr, b)]);
        let g = Finanzierungsplan::gesamt([&x, &y]).unwrap();
        prop_assert_eq!(g.ausgaben(), Ok(eur(a + b)));
        prop_assert_eq!(g.land(), Ok(eur(a + b)));
        prop_assert!(pruefe(&g, &he_alt()).is_empty());
    }
}
