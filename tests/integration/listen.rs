//! What narrows and orders the lists.

use crate::aktionen::weg;
use aqb_tests::vertrag::{als_text, parameterbeispiel};
use aqb_tests::{Backend, Dienst, auf_beiden, konten, operationen};
use serde_json::{Value, json};

auf_beiden!(
    jeder_filter_engt_ein,
    sortierung_ist_umkehrbar,
    antraege,
    traeger_nach_namen,
    historie_am_stichtag,
    protokoll_nach_tag_und_akt,
    buchungen,
    umverteilungen_eines_kreises,
);

const PRUEFUNG: &str = "demo-pruefung";

fn zeilen(d: &Dienst, wer: &str, pfad: &str, frage: &[(&str, &str)]) -> Vec<Value> {
    let a = frage.iter().fold(d.als(wer).get(pfad), |a, (n, w)| a.query(n, w)).query("limit", "200");
    a.senden().ist(200).json()["daten"].as_array().expect("daten").clone()
}

/// Every declared filter of every list is understood, and leaves a part of the list.
fn jeder_filter_engt_ein(b: Backend) {
    let d = Dienst::starten(b);
    let mut gefragt = 0;
    for o in operationen().iter().filter(|o| o.ist_liste()) {
        let wer = konten::berechtigte(o.recht);
        let wer = wer.iter().find(|k| **k == PRUEFUNG).unwrap_or(&wer[0]);
        let alle = zeilen(&d, wer, &o.beispielpfad(), &[]);
        for p in o.parameter_in("query") {
            let name = p["name"].as_str().expect("name");
            // what must be there is part of the list's address
            if ["limit", "cursor"].contains(&name) || p["required"] == true {
                continue;
            }
            gefragt += 1;
            let wert = als_text(&parameterbeispiel(p)).replace(' ', "%20");
            let teil = zeilen(&d, wer, &o.beispielpfad(), &[(name, &wert)]);
            assert!(teil.len() <= alle.len(), "{}?{name}={wert}", o.id);
            // a balance as of a day says so in its row; base rates without a state are those in force
            if name != "stichtag" && (o.id.as_str(), name) != ("basiszinssaetze_auflisten", "status") {
                assert!(teil.iter().all(|z| alle.contains(z)), "{}?{name}={wert} shows what the list does not", o.id);
            }
        }
    }
    assert!(gefragt > 40, "{gefragt}");
}

fn sortierung_ist_umkehrbar(b: Backend) {
    let d = Dienst::starten(b);
    weg(&d, ("demo-bewilligung-1", "traeger_anlegen"), &[]);
    let patch = json!({ "inhalt": { "name": "Neu", "rechtsform": "EV", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } });
    let a1 = "/traeger/019a0000-0000-7000-8000-0000000000a1";
    d.als("demo-bewilligung-1").patch(a1, &patch).if_match(1).senden().ist(200);
    for pfad in ["/traeger", "/antraege", "/bescheide", "/strategien", "/zielvereinbarungen"] {
        for feld in ["erstellt_am", "geaendert_am"] {
            let vor = zeilen(&d, PRUEFUNG, pfad, &[("sortierung", feld)]);
            let mut zurueck = zeilen(&d, PRUEFUNG, pfad, &[("sortierung", &format!("-{feld}"))]);
            zurueck.reverse();
            assert_eq!(vor, zurueck, "{pfad} {feld}");
            let marken: Vec<_> = vor.iter().map(|z| als_text(&z[feld])).collect();
            assert!(feld == "erstellt_am" || marken.is_sorted(), "{pfad} {feld}: {marken:?}");
            // page by page the order is the same
            let (mut gesehen, mut zeiger) = (Vec::new(), None::<String>);
            loop {
                let a = d.als(PRUEFUNG).get(pfad).query("limit", "1").query("sortierung", feld);
                let s = (if let Some(z) = &zeiger { a.query("cursor", z) } else { a }).senden().ist(200).json();
                gesehen.extend(s["daten"].as_array().expect("daten").clone());
                match s.get("weiter") {
                    Some(w) => zeiger = Some(als_text(w)),
                    None => break,
                }
            }
            assert_eq!(gesehen, vor, "{pfad} {feld} in pages of one");
        }
    }
    let letzter = zeilen(&d, PRUEFUNG, "/traeger", &[("sortierung", "-geaendert_am")]);
    assert_eq!(letzter[0]["inhalt"]["name"], "Neu", "the last changed comes first");
    d.als(PRUEFUNG).get("/traeger").query("sortierung", "name").senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
}

fn antraege(b: Backend) {
    let d = Dienst::starten(b);
    let d1 = "/antraege/019a0000-0000-7000-8000-0000000000d1";
    let az = als_text(&d.als(PRUEFUNG).get(d1).senden().ist(200).json()["aktenzeichen"]);
    let kurz = |frage: &[(&str, &str)]| {
        let ids = zeilen(&d, PRUEFUNG, "/antraege", frage);
        ids.iter().map(|z| als_text(&z["id"])[34..].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kurz(&[("aktenzeichen", &az)]), ["d1"]);
    assert_eq!(kurz(&[("aktenzeichen", "RPKS-57-AQB-2026-06440-999")]), Vec::<String>::new());
    assert_eq!(kurz(&[("in_pruefung_durch", "demo-bewilligung-1"), ("status", "IN_PRUEFUNG")]), ["d4"]);
    assert_eq!(kurz(&[("in_pruefung_durch", "demo-bewilligung-2")]), Vec::<String>::new());
    assert_eq!(kurz(&[("traeger_id", "019a0000-0000-7000-8000-0000000000a1")]).len(), 5);
    assert_eq!(kurz(&[("traeger_id", "019a0000-0000-7000-8000-0000000000a2")]).len(), 0);
}

/// Any case, umlauts included, and the signs of the pattern mean themselves.
fn traeger_nach_namen(b: Backend) {
    let d = Dienst::starten(b);
    for name in ["Übergang Örtlich", "100% Chance", "a_b", "a\\b", "axb"] {
        let k = json!({ "inhalt": { "name": name, "rechtsform": "EV", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } });
        d.als("demo-bewilligung-1").post("/traeger", &k).senden().ist(201);
    }
    let namen = |teil: &str| {
        let z = zeilen(&d, PRUEFUNG, "/traeger", &[("name", teil)]);
        z.iter().map(|t| als_text(&t["inhalt"]["name"])).collect::<Vec<_>>()
    };
    assert_eq!(namen("%C3%BCBERGANG"), ["Übergang Örtlich"]);
    assert_eq!(namen("%C3%96RT"), ["Übergang Örtlich"]);
    assert_eq!(namen("0%25"), ["100% Chance"]);
    assert_eq!(namen("a_b"), ["a_b"]);
    assert_eq!(namen("a%5Cb"), ["a\\b"]);
    assert_eq!(namen("BEISPIEL").len(), 2);
    assert_eq!(namen("gibt%20es%20nicht"), Vec::<String>::new());
}

fn historie_am_stichtag(b: Backend) {
    let d = Dienst::starten(b);
    let mut geprueft = 0;
    for o in operationen().iter().filter(|o| o.pfad.ends_with("/historie")) {
        let wer = konten::berechtigte(o.recht);
        let wer = wer.iter().find(|k| **k == PRUEFUNG).unwrap_or(&wer[0]);
        let alle = zeilen(&d, wer, &o.beispielpfad(), &[]);
        assert_eq!(zeilen(&d, wer, &o.beispielpfad(), &[("stichtag", "2000-01-01")]), Vec::<Value>::new(), "{}", o.id);
        assert_eq!(zeilen(&d, wer, &o.beispielpfad(), &[("stichtag", "2999-12-31")]), alle, "{}", o.id);
        geprueft += 1;
    }
    assert!(geprueft >= 11, "{geprueft}");
    let min = "demo-ministerium-1";
    let pfad = weg(&d, (min, "basiszinssatz_anlegen"), &[]);
    let h = zeilen(&d, min, &format!("{pfad}/historie"), &[]);
    assert_eq!((h.len(), &h[0]["akt"], &h[0]["person"]), (1, &json!("anlage"), &json!(min)));
}

fn protokoll_nach_tag_und_akt(b: Backend) {
    let d = Dienst::starten(b);
    let n = |frage: &[(&str, &str)]| zeilen(&d, PRUEFUNG, "/protokoll", frage);
    let heute = aqb_domain::zeit::rechtstag(aqb_persistence::uhr::jetzt());
    let tag = |t: chrono::NaiveDate| t.to_string();
    let (gestern, morgen) = (tag(heute.pred_opt().expect("day")), tag(heute.succ_opt().expect("day")));
    assert!(n(&[("akt", "einreichung")]).iter().all(|e| e["akt"] == "einreichung"));
    assert!(n(&[("akt", "einreichung"), ("fall_art", "ANTRAG")]).len() == 4);
    assert_eq!(n(&[("von", &morgen)]), Vec::<Value>::new());
    assert_eq!(n(&[("bis", "2000-01-01")]), Vec::<Value>::new());
    assert_eq!(n(&[("von", &gestern), ("bis", &morgen)]), n(&[]));
}

fn buchungen(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = "/budgets/2026/06440/buchungen";
    let n = |frage: &[(&str, &str)]| zeilen(&d, PRUEFUNG, pfad, frage);
    let alle = n(&[]);
    for (name, feld) in [("teilbudget", "teilbudget"), ("haushaltsjahr", "haushaltsjahr"), ("konto", "konto")] {
        let werte: std::collections::BTreeSet<String> = alle.iter().map(|z| als_text(&z[feld])).collect();
        let teile: usize = werte.iter().map(|w| n(&[(name, w)]).len()).sum();
        assert_eq!(teile, alle.len(), "{name}: {werte:?}");
        assert!(werte.iter().all(|w| n(&[(name, w)]).iter().all(|z| als_text(&z[feld]) == *w)));
    }
    assert_eq!(n(&[("bis", "2000-01-01")]), Vec::<Value>::new());
    assert_eq!(n(&[("von", "2000-01-01"), ("bis", "2999-01-01")]), alle);
}

fn umverteilungen_eines_kreises(b: Backend) {
    let d = Dienst::starten(b);
    let n = |k: &str| zeilen(&d, PRUEFUNG, "/jahrgaenge/2026/umverteilungen", &[("kreisschluessel", k)]).len();
    assert_eq!((n("06440"), n("06531"), n("06411")), (1, 1, 0), "who gives and who receives, nobody else");
}
