//! Calculators of interest on late money and of the split on succession.

use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(zwischenzinsen, zwischenzinsen_abgelehnt, rechtsnachfolge, rechtsnachfolge_abgelehnt);

const RP: &str = "demo-bewilligung-1";

fn b(am: &str, betrag: &str) -> Value {
    json!({ "am": am, "betrag": betrag })
}

/// Dossier S4, S16, C5 to C7 and the case of the OVG Sachsen-Anhalt (2 L 151/15); the Regelwerk says `AUSZAHLUNG`.
fn zwischenzinsen(backend: Backend) {
    let d = Dienst::starten(backend);
    let s4 = (
        json!([b("2026-04-10", "48000.00")]),
        json!([
            b("2026-04-15", "12000.00"),
            b("2026-05-15", "12000.00"),
            b("2026-06-15", "12000.00"),
            b("2026-07-15", "12000.00")
        ]),
    );
    let s16 = (json!([b("2026-05-04", "30000.00")]), json!([b("2026-08-31", "30000.00")]));
    let c5 = (json!([b("2026-04-15", "40000.00")]), json!([b("2026-08-05", "40000.00")]));
    let c7 = (json!([b("2026-04-15", "40000.00")]), json!([b("2026-06-01", "25000.00"), b("2026-08-05", "15000.00")]));
    let b2 = (json!([b("2009-12-23", "600000.00")]), json!([]));
    let faelle = [
        ("S4", &s4, json!({ "beginn": "FRISTABLAUF" }), "79.49"),
        ("S4 from payout", &s4, json!({}), "335.09"),
        ("S16", &s16, json!({ "beginn": "FRISTABLAUF" }), "305.46"),
        ("S16 30E/360", &s16, json!({ "beginn": "FRISTABLAUF", "methode": "E30_360" }), "298.83"),
        ("S16 from payout", &s16, json!({}), "625.79"),
        ("C5", &c5, json!({ "beginn": "FRISTABLAUF" }), "353.15"),
        ("C6", &c5, json!({ "beginn": "AUSZAHLUNG" }), "779.17"),
        ("C6 per piece", &c5, json!({ "rundung": "JE_ABSCHNITT" }), "779.16"),
        ("C7", &c7, json!({ "beginn": "FRISTABLAUF" }), "132.43"),
        ("B2", &b2, json!({ "bis": "2011-01-01" }), "31477.48"),
        ("B2 from the end of the period", &b2, json!({ "bis": "2011-01-01", "beginn": "FRISTABLAUF" }), "26175.12"),
    ];
    for (was, (auszahlungen, verwendungen), mehr, zinsen) in faelle {
        let mut k = json!({ "auszahlungen": auszahlungen, "verwendungen": verwendungen });
        for (name, wert) in mehr.as_object().expect("fields") {
            k[name] = wert.clone();
        }
        let r = d.als(RP).post("/berechnungen/zwischenzinsen", &k).senden().ist(200).json();
        assert_eq!(r["zinsen"], zinsen, "{was}: {r}");
        assert_eq!(r["beginn"], k.get("beginn").cloned().unwrap_or(json!("AUSZAHLUNG")), "{was}");
        assert_eq!(r["regelwerk"], "HE-ALT");
    }
    let (auszahlungen, verwendungen) = &s4;
    let k = json!({ "auszahlungen": auszahlungen, "verwendungen": verwendungen, "beginn": "FRISTABLAUF" });
    let r = d.als(RP).post("/berechnungen/zwischenzinsen", &k).sprache("en").senden().ist(200).json();
    let posten = r["posten"].as_array().expect("parts");
    assert_eq!(posten.len(), 4);
    assert_eq!((&posten[0]["zinsen"], posten[0].get("von")), (&json!("0.00"), None), "in time");
    let letzter = &posten[3];
    assert_eq!(
        (&letzter["von"], &letzter["bis"], &letzter["tage"]),
        (&json!("2026-06-11"), &json!("2026-07-15"), &json!(34))
    );
    assert_eq!(letzter["abschnitte"].as_array().map(Vec::len), Some(2));
    assert!(r["schritte"].to_string().contains("Used on 2026-07-15: late."), "{r}");
}

fn zwischenzinsen_abgelehnt(backend: Backend) {
    let d = Dienst::starten(backend);
    let rechne = |k: Value| d.als(RP).post("/berechnungen/zwischenzinsen", &k).senden();
    rechne(json!({ "auszahlungen": [], "verwendungen": [] })).ist_problem(400, "ANFRAGE_UNGUELTIG");
    let k = json!({ "auszahlungen": [b("2026-04-15", "1.00")], "verwendungen": [b("2026-04-16", "-1.00")] });
    let r = rechne(k).ist_problem(422, "RECHENEINGABE").json();
    assert_eq!(r["befunde"][0]["ort"], "/verwendungen/0/betrag");
    let k = json!({ "auszahlungen": [b("2026-09-15", "1.00")], "verwendungen": [b("2027-02-01", "1.00")] });
    let r = rechne(k).ist_problem(422, "BASISZINS_UNBEKANNT").json();
    assert_eq!(r["befunde"][0]["ort"], "/auszahlungen/0");
    let k = json!({ "auszahlungen": [b("2026-04-15", "1.00")], "verwendungen": [], "beginn": "IRGENDWANN" });
    rechne(k).ist_problem(400, "ANFRAGE_UNGUELTIG");
}

/// Dossier S5: 32 of 90 places; the odd cent stays with the Main-Kinzig-Kreis.
fn rechtsnachfolge(backend: Backend) {
    let d = Dienst::starten(backend);
    let frage = |betrag: &str, modus: Option<&str>| {
        let mut k = json!({ "jahrgang": 2025, "vorgaenger": "06435", "nachfolger": "06415", "ab": "2026-01-01",
            "betrag": betrag, "plaetze": { "gesamt": 90, "nachfolger": 32 } });
        if let Some(m) = modus {
            k["modus"] = json!(m);
        }
        d.als(RP).post("/berechnungen/rechtsnachfolge", &k).senden().ist(200).json()
    };
    for (betrag, alt, neu) in [("90000.00", "58000.00", "32000.00"), ("90000.01", "58000.01", "32000.00")] {
        let r = frage(betrag, Some("NACH_PLAETZEN"));
        let anteil =
            |wer: &str| (r[wer]["betrag"].clone(), r[wer]["empfaenger"].clone(), r[wer]["kreisschluessel"].clone());
        assert_eq!(anteil("vorgaenger"), (json!(alt), json!(true), json!("06435")));
        assert_eq!(anteil("nachfolger"), (json!(neu), json!(true), json!("06415")));
        assert_eq!(r["fundstelle"]["norm"], "Angabe der Anfrage");
    }
    let r = frage("90000.01", None);
    assert_eq!((&r["modus"], &r["vorgaenger"]["betrag"]), (&json!("VORGAENGER_BLEIBT"), &json!("90000.01")));
    assert_eq!(r["nachfolger"]["empfaenger"], false);
    assert_eq!(
        (&r["fundstelle"]["norm"], &r["fundstelle"]["einstufung"]),
        (&json!("Regelwerk HE-ALT, rechtsnachfolge_modus"), &json!("ANNAHME"))
    );
    let befund = &r["befunde"][0];
    assert_eq!((&befund["kurzname"], &befund["schwere"]), (&json!("NICHT_ANTRAGSBERECHTIGT"), &json!("HINWEIS")));
}

fn rechtsnachfolge_abgelehnt(backend: Backend) {
    let d = Dienst::starten(backend);
    let grund = json!({ "jahrgang": 2025, "vorgaenger": "06435", "nachfolger": "06415", "ab": "2026-01-01",
        "betrag": "90000.00", "plaetze": { "gesamt": 90, "nachfolger": 32 } });
    for (feld, wert, code) in [
        ("vorgaenger", json!("06440"), "RECHTSNACHFOLGE_FEHLT"),
        ("nachfolger", json!("06999"), "VERWEIS_UNBEKANNT"),
        ("ab", json!("2025-12-31"), "NACHFOLGE_VOR_BESTEHEN"),
        ("betrag", json!("-0.01"), "RECHENEINGABE"),
        ("plaetze", json!({ "gesamt": 0, "nachfolger": 0 }), "RECHENEINGABE"),
        ("plaetze", json!({ "gesamt": 90, "nachfolger": 91 }), "RECHENEINGABE"),
    ] {
        let mut k = grund.clone();
        k[feld] = wert;
        d.als(RP).post("/berechnungen/rechtsnachfolge", &k).senden().ist_problem(422, code);
    }
}
