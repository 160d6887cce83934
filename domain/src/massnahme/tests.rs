use super::*;
use crate::antrag::muster::{self, eur, plan};
use crate::befund::{Befund, Schwere};
use crate::finanzierungsplan::Planfakten;
use crate::katalog::Katalogstand;
use crate::regelwerk::{Parameterart, Regelwerk, he_alt, he_neu};
use crate::zeit::{Zeitraum, tag};
use std::collections::BTreeMap;

const ART1: Massnahmeart = Massnahmeart::Ausbildungsvorbereitung;

fn setze(r: &mut Regelwerk, schluessel: &str, art: Parameterart, wert: Option<&str>) {
    let zeilen = r.parameter.iter_mut().filter(|p| p.schluessel == schluessel);
    for p in zeilen {
        p.art = art;
        p.wert = wert.map(str::to_owned);
    }
}

fn pruefe(m: &Massnahme, regelwerk: &Regelwerk) -> Vec<Befund> {
    pruefe_am(m, regelwerk, tag(2026, 3, 12))
}

fn pruefe_am(m: &Massnahme, regelwerk: &Regelwerk, tag_des_eingangs: NaiveDate) -> Vec<Befund> {
    let katalog = Katalogstand::anfang();
    let traeger = BTreeMap::from([
        (muster::TRAEGER, Traegerstand { aktiv: true, name: "Bildungswerk".into() }),
        (Uuid::from_u128(7), Traegerstand { aktiv: false, name: "Alt gGmbH".into() }),
    ]);
    m.pruefe(&Massnahmefakten {
        plan: Planfakten { katalog: &katalog, regelwerk, jahrgang: 2026 },
        kreisschluessel: muster::KREIS,
        traeger: &traeger,
        bewilligungszeitraum: Some(Zeitraum { von: tag(2026, 1, 1), bis: tag(2027, 12, 31) }),
        tag: tag_des_eingangs,
        eingereicht: false,
    })
}

fn kurz(befunde: &[Befund]) -> Vec<(&'static str, Schwere)> {
    befunde.iter().map(|b| (b.regel.kurzname, b.schwere)).collect()
}

fn plan1(m: &mut Massnahme) -> &mut DetailsAusbildungsvorbereitung {
    match &mut m.inhalt.details {
        Massnahmedetails::Ausbildungsvorbereitung(d) => d,
        andere => panic!("{andere:?}"),
    }
}

/// Dossier 3.6: each case changes a valid measure of kind 1 in one place.
#[test]
fn dossier_3_6_regeln() {
    use Schwere::{Fehler, Warnung};
    type Aenderung = fn(&mut Massnahme);
    type Befunde = &'static [(&'static str, Schwere)];
    let faelle: &[(&str, Aenderung, Befunde)] = &[
        ("valid", |_| {}, &[]),
        ("Teilbudget", |m| m.inhalt.teilbudget = "REISEN".into(), &[("KATALOGWERT_UNBEKANNT", Fehler)]),
        (
            "Zielgruppe unknown",
            |m| plan1(m).zielgruppen[0].0 = "ALLE".into(),
            &[("KATALOGWERT_UNBEKANNT", Fehler), ("ZIELGRUPPE_UNZULAESSIG", Fehler)],
        ),
        (
            "Zielgruppe of kind 4",
            |m| plan1(m).zielgruppen[0].0 = "FACHPERSONAL_GK".into(),
            &[("ZIELGRUPPE_UNZULAESSIG", Fehler)],
        ),
        ("no Zielgruppe", |m| plan1(m).zielgruppen.clear(), &[("ZIELGRUPPE_FEHLT", Fehler)]),
        ("no places", |m| plan1(m).plaetze = 0, &[("TEILNEHMENDE_FEHLEN", Fehler)]),
        (
            "no participants",
            |m| {
                plan1(m).teilnehmende_geplant = 0;
                plan1(m).davon_weiblich_geplant = 0;
            },
            &[("TEILNEHMENDE_FEHLEN", Fehler)],
        ),
        ("more women than people", |m| plan1(m).davon_weiblich_geplant = 31, &[("DAVON_UEBER_GESAMT", Fehler)]),
        ("all women", |m| plan1(m).davon_weiblich_geplant = 30, &[]),
        ("Traeger unknown", |m| m.inhalt.traeger_id = Some(Uuid::from_u128(9)), &[("TRAEGER_UNBEKANNT", Fehler)]),
        ("Traeger retired", |m| m.inhalt.traeger_id = Some(Uuid::from_u128(7)), &[("TRAEGER_UNBEKANNT", Fehler)]),
        ("no Traeger", |m| m.inhalt.traeger_id = None, &[("ANGABE_FEHLT", Fehler)]),
        (
            "own measure without Traeger",
            |m| {
                m.inhalt.traeger_id = None;
                m.inhalt.durchfuehrungsform = Durchfuehrungsform::Eigen;
            },
            &[],
        ),
        ("ends before it begins", |m| m.inhalt.ende = tag(2026, 1, 31), &[("DATUM_REIHENFOLGE", Fehler)]),
        ("one day", |m| m.inhalt.ende = tag(2026, 2, 1), &[]),
        ("ends after the period", |m| m.inhalt.ende = tag(2028, 1, 1), &[("MASSNAHME_AUSSERHALB", Fehler)]),
        ("ends with the period", |m| m.inhalt.ende = tag(2027, 12, 31), &[]),
        (
            "place in the next county",
            |m| m.inhalt.durchfuehrungsorte[0].kreisschluessel = "06434".into(),
            &[("ORT_AUSSERHALB", Warnung)],
        ),
        ("no place", |m| m.inhalt.durchfuehrungsorte.clear(), &[("ANGABE_FEHLT", Fehler)]),
        (
            "order without procurement",
            |m| m.inhalt.durchfuehrungsform = Durchfuehrungsform::Auftrag,
            &[("VERGABE_FEHLT", Fehler)],
        ),
        ("a post for nothing", |m| m.inhalt.personal[0].jahreskosten = Euro::NULL, &[("BETRAG_ZU_KLEIN", Fehler)]),
        (
            "nine posts in one line",
            |m| m.inhalt.personal[0].stellenanteil_vzae = "9.00".parse().unwrap(),
            &[("STELLENANTEIL", Fehler)],
        ),
        ("staff costs without posts", |m| m.inhalt.personal.clear(), &[("PERSONAL_FEHLT", Fehler)]),
        (
            "no staff costs, no posts",
            |m| {
                m.inhalt.personal.clear();
                m.inhalt.finanzierungsplan.einzelansaetze[0].position = "HONORARE".into();
            },
            &[],
        ),
    ];
    for (name, aendern, erwartet) in faelle {
        let mut m = muster::massnahme("M01", ART1);
        aendern(&mut m);
        assert_eq!(kurz(&pruefe(&m, &he_alt())), *erwartet, "{name}");
    }
}

#[test]
fn alle_vier_arten_ohne_befund() {
    for art in Massnahmeart::ALLE {
        assert!(pruefe(&muster::massnahme("M01", *art), &he_alt()).is_empty(), "{art}");
    }
    let fortschreibung = muster::strategieauftrag("M02");
    assert!(pruefe(&fortschreibung, &he_alt()).is_empty(), "S24: kind 4 needs no participants and no place");
}

/// Dossier S12: measure from 2025-12-15, contract of 2025-11-20; what follows is a parameter.
#[test]
fn s12_beginn_vor_dem_ersten_januar() {
    use Schwere::{Fehler, Warnung};
    for (modus, erwartet) in [
        ("ABLEHNEN", ("VORZEITIGER_BEGINN", Fehler)),
        ("KAPPEN", ("BEGINN_GEKAPPT", Warnung)),
        ("MANUELL", ("VORZEITIGER_BEGINN", Warnung)),
    ] {
        let mut r = he_alt();
        setze(&mut r, "massnahmebeginn_modus", Parameterart::Code, Some(modus));
        let mut m = muster::massnahme("M01", ART1);
        m.inhalt.beginn = tag(2025, 12, 15);
        m.inhalt.ende = tag(2026, 12, 14);
        m.inhalt.erster_vertragsabschluss_am = Some(tag(2025, 11, 20));
        let befunde = pruefe(&m, &r);
        assert_eq!(kurz(&befunde), [erwartet], "{modus}");
        let wert = |n: &str| befunde[0].gemessen.iter().find(|w| w.name == n).map(|w| w.wert.clone());
        assert_eq!(wert("massgeblich").as_deref(), Some("2025-11-20"));
        assert_eq!(wert("tage").as_deref(), Some("17"));
        m.inhalt.beginn = tag(2026, 1, 1);
        assert_eq!(kurz(&pruefe(&m, &r)), [erwartet], "{modus}: the contract decides");
        m.inhalt.erster_vertragsabschluss_am = Some(tag(2026, 1, 1));
        assert!(pruefe(&m, &r).is_empty(), "{modus}: from 1 January on");
        setze(&mut r, "massnahmebeginn_modus", Parameterart::Unbekannt, None);
        m.inhalt.beginn = tag(2025, 12, 31);
        assert_eq!(kurz(&pruefe(&m, &r)), [("PARAMETER_FEHLT", Fehler)]);
    }
}

/// Dossier S12: of 31,000.00 EUR rent for December, 17,000.00 EUR are out.
#[test]
fn s12_kappen_rechnet_nach_tagen() {
    let z = |von, bis| Zeitraum { von, bis };
    let neujahr = tag(2026, 1, 1);
    for (monat, fruehestens, erwartet) in [
        (z(tag(2025, 12, 15), tag(2025, 12, 31)), neujahr, "17000.00"),
        (z(tag(2025, 12, 1), tag(2025, 12, 31)), neujahr, "31000.00"),
        (z(tag(2026, 1, 1), tag(2026, 1, 31)), neujahr, "0.00"),
        (z(tag(2025, 12, 15), tag(2025, 12, 16)), neujahr, "2000.00"),
        (z(tag(2025, 12, 15), tag(2026, 1, 31)), tag(2026, 1, 10), "17000.00"),
        (z(tag(2025, 12, 1), tag(2025, 12, 31)), tag(2025, 12, 11), "10000.00"),
    ] {
        let gekappt = nicht_anerkannt_bei_kappen(eur(3_100_000), monat, fruehestens);
        assert_eq!(gekappt.map(|e| e.to_string()).as_deref(), Ok(erwartet), "{monat:?}");
    }
}

/// Dossier S24: a direct order over 18,000.00 EUR is above the threshold until 2026-06-30 and below it from 2026-07-01.
#[test]
fn s24_direktauftrag_nach_tag() {
    let mut m = muster::strategieauftrag("M02");
    m.inhalt.vergabe = m.inhalt.vergabe.map(|v| Vergabe { verfahrensart: Verfahrensart::Direktauftrag, ..v });
    let neu = he_neu();
    for (regelwerk, tag, erwartet) in [
        (&neu, Some(tag(2026, 6, 30)), vec![("DIREKTAUFTRAG_UEBER_GRENZE", Schwere::Warnung)]),
        (&neu, Some(tag(2026, 7, 1)), vec![]),
        (&neu, None, vec![("DIREKTAUFTRAG_UEBER_GRENZE", Schwere::Warnung)]),
        (&he_alt(), Some(tag(2026, 7, 1)), vec![("DIREKTAUFTRAG_UEBER_GRENZE", Schwere::Warnung)]),
    ] {
        m.inhalt.erster_vertragsabschluss_am = tag;
        assert_eq!(kurz(&pruefe(&m, regelwerk)), erwartet, "{} {tag:?}", regelwerk.version);
    }
    let v = m.inhalt.vergabe.as_mut().unwrap();
    (v.auftragswert_netto, v.dokumentiert) = (Euro::NULL, false);
    let unstimmig = [("BETRAG_ZU_KLEIN", Schwere::Fehler), ("VERGABE_UNDOKUMENTIERT", Schwere::Hinweis)];
    assert_eq!(kurz(&pruefe(&m, &neu)), unstimmig);
    m.inhalt.vergabe = muster::strategieauftrag("M02").inhalt.vergabe;
    m.inhalt.erster_vertragsabschluss_am = None;
    m.inhalt.vergabe = m.inhalt.vergabe.map(|v| Vergabe { verfahrensart: Verfahrensart::Direktauftrag, ..v });
    assert!(pruefe_am(&m, &neu, tag(2026, 7, 1)).is_empty(), "without a contract the day of receipt counts");
    m.inhalt.vergabe = None;
    assert_eq!(kurz(&pruefe(&m, &neu)), [("VERGABE_FEHLT", Schwere::Fehler)]);
}

#[test]
fn plaetze_doppelt_nur_bei_gleichheit() {
    type Aenderung = fn(&mut Massnahme);
    let faelle: &[(&str, Aenderung, bool)] = &[
        ("same", |_| {}, true),
        ("case and blanks", |m| m.inhalt.titel = " MASSNAHME   m01 ".into(), true),
        ("title", |m| m.inhalt.titel = "Andere".into(), false),
        ("Traeger", |m| m.inhalt.traeger_id = Some(Uuid::from_u128(3)), false),
        ("kind", |m| m.inhalt.details = muster::details(Massnahmeart::Qualifizierungsprojekt), false),
        ("later", |m| m.inhalt.beginn = tag(2027, 1, 1), false),
    ];
    for (name, aendern, doppelt) in faelle {
        let a = muster::massnahme("M01", ART1);
        let mut b = muster::massnahme("M02", ART1);
        b.inhalt.titel.clone_from(&a.inhalt.titel);
        b.inhalt.ende = tag(2027, 6, 30);
        aendern(&mut b);
        let befunde = plaetze_doppelt([&a, &b], &[]);
        assert_eq!(befunde.len(), usize::from(*doppelt), "{name}");
    }
}

/// Every ceiling: exactly reached is permitted, one cent above is refused, and only that ceiling speaks.
#[test]
fn obergrenzen_auf_den_cent() {
    // M01: 100,000.00 EUR state money, 12 places, 30 participants × 5 months; bound before: 20,000.00 EUR
    let m = muster::massnahme("M01", ART1);
    let gebunden = BTreeMap::from([(ART1, eur(2_000_000)), (Massnahmeart::Qualifizierungsprojekt, eur(99_999_999))]);
    let katalog = Katalogstand::anfang();
    for (stamm, art, gerade_noch, zu_wenig) in [
        ("obergrenze_absolut", Parameterart::Betrag, "120000.00", "119999.99"),
        ("obergrenze_anteil", Parameterart::Prozent, "10.00", "9.99"),
        ("obergrenze_je_platz", Parameterart::Betrag, "8333.34", "8333.33"),
        ("obergrenze_je_teilnahmemonat", Parameterart::Betrag, "666.67", "666.66"),
        ("obergrenze_je_massnahme", Parameterart::Betrag, "100000.00", "99999.99"),
    ] {
        let schluessel = format!("{stamm}.ausbildungsvorbereitung");
        let pruefe = |art, wert: Option<&str>| {
            let mut r = he_alt();
            setze(&mut r, &schluessel, art, wert);
            let bedarf = Artbedarf { zuteilung_gesamt: eur(120_000_000), gebunden: Some(&gebunden) };
            pruefe_obergrenzen([&m], &bedarf, &Planfakten { katalog: &katalog, regelwerk: &r, jahrgang: 2026 })
        };
        assert!(pruefe(Parameterart::Keine, None).is_empty(), "{stamm}: stated not to exist");
        assert!(pruefe(art, Some(gerade_noch)).is_empty(), "{stamm}: exactly reached");
        let befunde = pruefe(art, Some(zu_wenig));
        assert_eq!(kurz(&befunde), [("OBERGRENZE_UEBERSCHRITTEN", Schwere::Fehler)], "{stamm}");
        assert!(befunde[0].gemessen.iter().any(|w| w.wert == stamm), "{stamm} is named");
        for fehlt in [pruefe(Parameterart::Unbekannt, None), pruefe(art, Some("viel"))] {
            assert!(!fehlt.is_empty() && fehlt.iter().all(|b| b.regel.kurzname == "PARAMETER_FEHLT"), "{stamm}");
        }
    }
}

#[test]
fn obergrenze_gilt_der_summe_der_art() {
    let mut r = he_alt();
    setze(&mut r, "obergrenze_absolut.ausbildungsvorbereitung", Parameterart::Betrag, Some("150000.00"));
    let (a, b) = (muster::massnahme("M01", ART1), muster::massnahme("M02", ART1));
    let c = muster::massnahme("M03", Massnahmeart::Qualifizierungsprojekt);
    let katalog = Katalogstand::anfang();
    let fakten = Planfakten { katalog: &katalog, regelwerk: &r, jahrgang: 2026 };
    assert!(pruefe_obergrenzen([&a, &c], &Artbedarf::default(), &fakten).is_empty());
    let befunde = pruefe_obergrenzen([&a, &b, &c], &Artbedarf::default(), &fakten);
    assert_eq!(kurz(&befunde), [("OBERGRENZE_UEBERSCHRITTEN", Schwere::Fehler)]);
    assert_eq!(befunde[0].differenz.as_ref().map(|d| d.wert.as_str()), Some("50000.00"));
}

#[test]
fn details_werden_an_der_art_erkannt() {
    for art in Massnahmeart::ALLE {
        let d = muster::details(*art);
        let json = serde_json::to_value(&d).unwrap();
        assert_eq!(json["massnahmeart"], art.code());
        assert_eq!(serde_json::from_value::<Massnahmedetails>(json).unwrap(), d);
        assert_eq!(d.massnahmeart(), *art);
    }
    let gut = serde_json::to_value(muster::details(ART1)).unwrap();
    for (name, feld, wert) in [
        ("other kind", "massnahmeart", serde_json::json!("QUALIFIZIERUNGSPROJEKT")),
        ("unknown kind", "massnahmeart", serde_json::json!("X")),
        ("unknown field", "farbe", serde_json::json!("rot")),
        ("null", "plaetze", serde_json::json!(null)),
        ("fraction", "plaetze", serde_json::json!(1.5)),
    ] {
        let mut schlecht = gut.clone();
        schlecht[feld] = wert;
        assert!(serde_json::from_value::<Massnahmedetails>(schlecht).is_err(), "{name}");
    }
    let mut ohne = gut;
    ohne.as_object_mut().unwrap().remove("massnahmeart");
    assert!(serde_json::from_value::<Massnahmedetails>(ohne).is_err());
}

#[test]
fn plan_der_massnahme_wird_mitgeprueft() {
    let mut m = muster::massnahme("M01", ART1);
    m.inhalt.finanzierungsplan = plan(&[("HONORARE", 2026, 2)], &[("LAND_AQB", 2026, 1)]);
    let befunde = pruefe(&m, &he_alt());
    assert_eq!(kurz(&befunde), [("PLAN_UNAUSGEGLICHEN", Schwere::Fehler)]);
    assert_eq!(befunde[0].ort.as_deref(), Some("/massnahmen/M01/finanzierungsplan"));
}

/// Clients tell the variants apart by a one-value field, the form every generator understands.
#[cfg(feature = "schema")]
#[test]
fn schema_der_varianten() {
    use utoipa::PartialSchema;
    let json = |s: utoipa::openapi::RefOr<utoipa::openapi::Schema>| serde_json::to_value(s).unwrap();
    let alle = json(Massnahmedetails::schema());
    let varianten = [
        json(DetailsAusbildungsvorbereitung::schema()),
        json(DetailsAusbildungUndCoaching::schema()),
        json(DetailsQualifizierungsprojekt::schema()),
        json(DetailsWeiterbildungUndWissenschaft::schema()),
    ];
    assert_eq!(alle["discriminator"]["propertyName"], "massnahmeart");
    for (i, (art, variante)) in Massnahmeart::ALLE.iter().zip(varianten).enumerate() {
        assert_eq!(alle["discriminator"]["mapping"][art.code()], alle["oneOf"][i]["$ref"], "{art}");
        let marke = &variante["properties"]["massnahmeart"];
        assert_eq!((&marke["type"], &marke["enum"]), (&"string".into(), &serde_json::json!([art.code()])));
        assert_eq!(variante["additionalProperties"], false);
        assert!(variante["required"].as_array().unwrap().contains(&"massnahmeart".into()));
    }
}
