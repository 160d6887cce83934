//! The end of a case and of a Jahrgang: every ledger line explained, what goes on, and the copy for the next Jahrgang.

use crate::aenderungsantrag::s3_forderung;
use crate::aktionen::{GK, MIN, RP, handle, neu, tue, weg};
use aqb_tests::vertrag::{als_text, operation, treffer};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    freies_faellt_zurueck,
    jede_zeile_eines_falls_ist_erklaert,
    uebertragsliste_je_kreis,
    offene_fristen_nennen_was_sie_beendet,
    kopie_fuer_einen_anderen_jahrgang,
    kopie_zurueck_und_unter_andere_regeln,
    kopie_nur_der_eigenen_und_nur_wo_berechtigt,
);

const D1: &str = "/antraege/019a0000-0000-7000-8000-0000000000d1";

/// Section 8: after the closing nothing is free, account by account, and the programme has it again.
fn freies_faellt_zurueck(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = weg(&d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung")]);
    let ansatz = operation("jahrgang_anlegen").koerper().expect("example")["ansaetze"][0].clone();
    let k = json!({ "kreisschluessel": "06440", "grundlage": "Erlass vom 2. Januar", "positionen": [{
        "teilbudget": ansatz["teilbudget"], "haushaltsjahr": ansatz["haushaltsjahr"], "betrag": "1234.56" }] });
    d.als(MIN).post(&format!("{pfad}/zuteilungen"), &k).neuer_schluessel().senden().ist(201);
    let budget = pfad.replace("/jahrgaenge/", "/budgets/");
    let frei = || d.als(MIN).get(&format!("{budget}/06440")).senden().ist(200).json()["gesamt"]["verfuegbar"].clone();
    assert_eq!(frei(), json!("1234.56"));
    let liste = |wer: &str| {
        let r = d.als(wer).get(&format!("{pfad}/uebertragsliste?kreisschluessel=06440")).senden().ist(200).json();
        r["gebietskoerperschaften"][0]["frei"].clone()
    };
    assert_eq!((liste(MIN), liste(GK)), (json!("1234.56"), json!("1234.56")));
    let version = d.als(MIN).get(&pfad).senden().ist(200).version();
    let s = d.als(MIN).post(&format!("{pfad}/abschluss"), &json!({})).if_match(version).simulation().senden().ist(200);
    let buchungen: Vec<(String, String, String)> = s.json()["simulation"]["buchungen"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|z| (als_text(&z["grund"]), als_text(&z["konto"]), als_text(&z["betrag"])))
        .collect();
    let zeile = |konto: &str, betrag: &str| ("RUECKFALL".to_owned(), konto.to_owned(), betrag.to_owned());
    assert!(buchungen.contains(&zeile("VERFUEGBAR", "-1234.56")), "{buchungen:?}");
    assert!(buchungen.contains(&zeile("PROGRAMM", "1234.56")), "{buchungen:?}");
    handle(&d, MIN, &pfad, "abschluss");
    assert_eq!((frei(), liste(MIN)), (json!("0.00"), json!("0.00")));
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

fn fall(d: &Dienst, wer: &str) -> Value {
    d.als(wer).get(&format!("{D1}/abschluss")).senden().ist(200).json()
}

fn jede_zeile_eines_falls_ist_erklaert(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let k = fall(&d, RP);
    assert_eq!((&k["abgeschlossen"], &k["forderungen"][0]["offen"]), (&json!(false), &json!("15000.00")));
    let zeilen = k["zeilen"].as_array().expect("lines");
    let cent = |v: &Value| als_text(v).replace('.', "").parse::<i64>().expect("amount");
    for z in zeilen {
        let bewegt: i64 = z["bewegungen"].as_array().expect("movements").iter().map(|b| cent(&b["betrag"])).sum();
        assert_eq!(bewegt, cent(&z["saldo"]), "the movements are the balance: {z}");
        assert!(z["massnahme_nr"].is_string(), "{z}");
    }
    let zeile = |k: &Value, konto: &str| {
        k["zeilen"]
            .as_array()
            .expect("lines")
            .iter()
            .find(|z| z["konto"] == konto && z["massnahme_nr"] == "M01")
            .cloned()
    };
    let z = zeile(&k, "RUECKGEFORDERT").expect("claimed back");
    assert_eq!(
        (&z["saldo"], &z["geklaert"], &z["bewegungen"][0]["vorgang_art"]),
        (&json!("15000.00"), &json!(false), &json!("BESCHEID"))
    );
    let zahlung = json!({ "betrag": "15000.00", "wertstellung_am": "2026-09-15", "referenz": "Auszug 184" });
    tue(&d, RP, &f, "zahlungseingaenge", &zahlung).ist(200);
    let k = fall(&d, GK);
    let z = zeile(&k, "ERSTATTET").expect("paid back");
    assert_eq!((&z["geklaert"], &z["bewegungen"][0]["vorgang_art"]), (&json!(true), &json!("FORDERUNG")));
    assert_eq!(
        (&zeile(&k, "RUECKGEFORDERT").expect("claimed")["saldo"], &k["forderungen"]),
        (&json!("0.00"), &json!([]))
    );
    assert_eq!(k["abgeschlossen"], json!(false), "the proof of use is still due");
    // nothing was ever moved for a draft or a filed application, and neither has its end
    for offen in ["d2", "d3", "d4"] {
        let pfad = format!("/antraege/019a0000-0000-7000-8000-0000000000{offen}/abschluss");
        let k = d.als(GK).get(&pfad).senden().ist(200).json();
        assert_eq!((&k["abgeschlossen"], &k["entschieden"]), (&json!(false), &json!(false)), "{offen}");
    }
    d.als("demo-gk-06411-1").get(&format!("{D1}/abschluss")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    d.als("demo-traeger-1").get(&format!("{D1}/abschluss")).senden().ist_problem(403, "RECHT_FEHLT");
}

/// Every open deadline names operations that exist, with the path of the case wherever that is known.
fn offene_fristen_nennen_was_sie_beendet(b: Backend) {
    let d = Dienst::starten(b);
    handle(&d, RP, "/antraege/019a0000-0000-7000-8000-0000000000d4", "nachforderung");
    let f = s3_forderung(&d);
    let pruefe = |fristen: &Value| {
        let mut je = std::collections::BTreeMap::new();
        for z in fristen.as_array().expect("deadlines") {
            let akte = z["erfuellt_durch"].as_array().expect("acts");
            assert!(!akte.is_empty(), "{z}");
            for a in akte {
                let pfad = als_text(&a["pfad"]);
                let o = treffer(&als_text(&a["methode"]), &format!("/v1{pfad}")).unwrap_or_else(|| panic!("{pfad}"));
                assert_eq!(json!(o.id), a["operation"], "{pfad}");
                assert!(!pfad.starts_with("/fristen/") || pfad.contains(&als_text(&z["id"])), "{pfad}");
                je.insert(als_text(&z["art"]), pfad);
            }
        }
        je
    };
    let je = pruefe(&fall(&d, GK)["fristen"]);
    assert!(je["AUFLAGE"].starts_with("/fristen/"), "{je:?}");
    assert_eq!(je["ERSTATTUNG"], format!("{f}/zahlungseingaenge"));
    assert_eq!(je["VERWENDUNGSNACHWEIS"], "/verwendungsnachweise/{verwendungsnachweis_id}/einreichung");
    assert_eq!(je["ANHOERUNG"], "/anhoerungen/019a0000-0000-7000-8000-000000000170/stellungnahme");
    let d4 = d.als(RP).get("/antraege/019a0000-0000-7000-8000-0000000000d4/abschluss").senden().ist(200).json();
    let je = pruefe(&d4["fristen"]);
    assert_eq!(je["NACHFORDERUNG"], "/antraege/019a0000-0000-7000-8000-0000000000d4/einreichung");
    let liste = d.als(RP).get("/jahrgaenge/2026/uebertragsliste?kreisschluessel=06440").senden().ist(200).json();
    let je = pruefe(&liste["gebietskoerperschaften"][0]["fristen"]);
    assert_eq!(je["ERSTATTUNG"], format!("{f}/zahlungseingaenge"));
    // who reads no claims is told the operation, not the claim
    let liste = d.als(MIN).get("/jahrgaenge/2026/uebertragsliste?kreisschluessel=06440").senden().ist(200).json();
    let je = pruefe(&liste["gebietskoerperschaften"][0]["fristen"]);
    assert_eq!(je["ERSTATTUNG"], "/forderungen/{forderung_id}/zahlungseingaenge");
    let d = Dienst::starten(b);
    let n = crate::verwendungsnachweise::eingereicht(&d);
    let je = pruefe(&fall(&d, RP)["fristen"]);
    assert_eq!(je["VN_PRUEFFRIST"], format!("{n}/kenntnisnahme"));
}

fn uebertragsliste_je_kreis(b: Backend) {
    let d = Dienst::starten(b);
    s3_forderung(&d);
    let liste = |wer: &str| d.als(wer).get("/jahrgaenge/2026/uebertragsliste").senden().ist(200).json();
    let rp = liste(RP);
    assert_eq!(rp["gebietskoerperschaften"].as_array().map(Vec::len), Some(27));
    let gk = liste(GK);
    let kreise = gk["gebietskoerperschaften"].as_array().expect("counties");
    assert_eq!((kreise.len(), &kreise[0]["kreisschluessel"]), (1, &json!("06440")));
    let m01 = kreise[0]["stellen"].as_array().expect("places").iter().find(|s| s["massnahme_nr"] == "M01");
    let konten = m01.expect("M01")["konten"].clone();
    assert!(
        konten.as_array().is_some_and(|k| k.contains(&json!({ "konto": "AUSGEZAHLT", "saldo": "55000.00" }))),
        "{konten}"
    );
    let arten: Vec<String> =
        kreise[0]["fristen"].as_array().expect("deadlines").iter().map(|f| als_text(&f["art"])).collect();
    assert!(arten.contains(&"VERWENDUNGSNACHWEIS".to_owned()) && arten.contains(&"ERSTATTUNG".to_owned()), "{arten:?}");
    assert_eq!(kreise[0]["forderungen"][0]["offen"], "15000.00");
    // the ministry reads no claims of single cases
    let min = liste(MIN);
    let alle = min["gebietskoerperschaften"].as_array().expect("counties");
    assert!(alle.iter().all(|k| k["forderungen"] == json!([])));
    d.als(RP).get("/jahrgaenge/2098/uebertragsliste").senden().ist_problem(404, "NICHT_GEFUNDEN");
}

/// Feature 18: what a Jahrgang can take over from another, and the list of the rest.
fn kopie_fuer_einen_anderen_jahrgang(b: Backend) {
    let d = Dienst::starten(b);
    let alt = d.als(GK).get(D1).senden().ist(200).json();
    let r = d.als(GK).post(&format!("{D1}/kopie"), &json!({ "jahrgang": 2028 })).neuer_schluessel().senden().ist(201);
    let (neu, k) = (r.json()["antrag"].clone(), r.json());
    assert_eq!(
        (&neu["status"], &neu["jahrgang"], &neu["anzahl_massnahmen"]),
        (&json!("ENTWURF"), &json!(2028), &json!(2))
    );
    assert_eq!(neu["beantragte_zuwendung"], alt["beantragte_zuwendung"], "amounts stay");
    assert_eq!(neu["inhalt"]["bewilligungszeitraum"]["von"], json!("2028-01-01"));
    assert_eq!(neu["inhalt"]["bankverbindung"], alt["inhalt"]["bankverbindung"]);
    let grund = |feld: &str| {
        let h = k["hinweise"].as_array().expect("hints").iter().find(|h| h["feld"] == feld);
        h.unwrap_or_else(|| panic!("{feld}: {k}"))["grund"].clone()
    };
    for (feld, soll) in [
        ("/erklaerungen", "NEU_ZU_ERKLAEREN"),
        ("/unterzeichner", "NEU_ZU_ERKLAEREN"),
        ("/zielvereinbarung_id", "ANDERER_JAHRGANG"),
        ("/massnahmen/M01/detailplanung", "NEU_ZU_PLANEN"),
        ("/massnahmen/M01/beginn", "DATUM_VERSCHOBEN"),
    ] {
        assert_eq!(grund(feld), json!(soll), "{feld}");
        let teil = feld.trim_start_matches('/');
        assert!(neu["inhalt"].get(teil).is_none(), "{feld} is left out");
    }
    // 2026 has no leap day, 2028 has one
    for (feld, soll) in [("/bewilligungszeitraum/dauer", "DAUER_ANDERS"), ("/massnahmen/M01/dauer", "DAUER_ANDERS")] {
        assert_eq!(grund(feld), json!(soll), "{feld}");
    }
    // the copy is a draft of its own: it can be edited and deleted, and the case it was made of is untouched
    let pfad = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    d.als("demo-gk-06440-2").delete(&pfad).if_match(r.version()).senden().ist(204);
    assert_eq!(d.als(GK).get(D1).senden().ist(200).json(), alt);
    // a Traeger that was retired meanwhile is not carried over
    handle(&d, RP, "/traeger/019a0000-0000-7000-8000-0000000000a1", "stilllegung");
    let r = d.als(GK).post(&format!("{D1}/kopie"), &json!({ "jahrgang": 2028 })).neuer_schluessel().senden().ist(201);
    let h = r.json()["hinweise"].as_array().expect("hints").clone();
    assert!(
        h.iter().any(|h| h["grund"] == "TRAEGER_STILLGELEGT" && h["bisher"] == "Bildungswerk Beispiel gGmbH"),
        "{h:?}"
    );
}

/// Copied back from a later Jahrgang with rules of its own: both is said first, and nothing is refused.
fn kopie_zurueck_und_unter_andere_regeln(b: Backend) {
    let d = Dienst::starten(b);
    let grenze = json!({ "schluessel": "bagatellgrenze", "art": "BETRAG", "wert": "750.00", "gueltig_ab": "2027-01-01",
        "fundstelle": "Beispiel", "einstufung": "ANNAHME" });
    let r = json!({ "version": "HE-2029", "bezeichnung": "2029", "gueltig_ab": "2027-01-01", "vorlage": "HE-ALT", "parameter": [grenze] });
    let r = neu(&d, MIN, "/regelwerke", &r);
    tue(&d, "demo-ministerium-2", &r, "veroeffentlichung", &json!({})).ist(200);
    let ansatz = json!({ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2029, "betrag": "1.00" });
    let j = neu(&d, MIN, "/jahrgaenge", &json!({ "jahrgang": 2029, "regelwerk": "HE-2029", "ansaetze": [ansatz] }));
    tue(&d, MIN, &j, "oeffnung", &json!({})).ist(200);
    let kopie = |von: &str, jahrgang: i32| {
        let k = json!({ "jahrgang": jahrgang });
        d.als(GK).post(&format!("{von}/kopie"), &k).neuer_schluessel().senden().ist(201).json()
    };
    let hinweise = |k: &Value| -> Vec<(String, String, String)> {
        let alle = k["hinweise"].as_array().expect("hints").iter();
        alle.map(|h| (als_text(&h["feld"]), als_text(&h["grund"]), h["neu"].as_str().unwrap_or("").to_owned()))
            .collect()
    };
    let zeile = |feld: &str, grund: &str, neu: &str| (feld.to_owned(), grund.to_owned(), neu.to_owned());
    let vor = kopie(D1, 2029);
    let andere = zeile("/regelwerk/parameter/bagatellgrenze", "REGELWERK_ANDERS", "750.00");
    assert_eq!(hinweise(&vor)[..2], [zeile("/regelwerk", "REGELWERK_ANDERS", "HE-2029"), andere]);
    let pfad = format!("/antraege/{}", als_text(&vor["antrag"]["id"]));
    let zurueck = kopie(&pfad, 2028);
    let h = hinweise(&zurueck);
    assert_eq!(h[0], zeile("/jahrgang", "FRUEHERER_JAHRGANG", "2028"));
    assert_eq!(h[1].1, "REGELWERK_ANDERS");
    assert!(h.contains(&zeile("/massnahmen/M01/dauer", "DAUER_ANDERS", "335")), "{h:?}");
    assert_eq!(zurueck["antrag"]["status"], json!("ENTWURF"));
}

fn kopie_nur_der_eigenen_und_nur_wo_berechtigt(b: Backend) {
    let d = Dienst::starten(b);
    let kopie = |wer: &str, k: Value| d.als(wer).post(&format!("{D1}/kopie"), &k).neuer_schluessel().senden();
    kopie("demo-gk-06411-1", json!({ "jahrgang": 2028 })).ist_problem(404, "NICHT_GEFUNDEN");
    kopie(RP, json!({ "jahrgang": 2028 })).ist_problem(403, "RECHT_FEHLT");
    kopie(GK, json!({ "jahrgang": 2098 })).ist_problem(422, "VERWEIS_UNBEKANNT");
    kopie(GK, json!({ "jahrgang": 1999 })).ist_problem(400, "ANFRAGE_UNGUELTIG");
    let pfad = weg(&d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung"), (MIN, "abschluss")]);
    let jahr: i32 = pfad.rsplit('/').next().and_then(|j| j.parse().ok()).expect("year");
    kopie(GK, json!({ "jahrgang": jahr })).ist_problem(409, "JAHRGANG_NICHT_OFFEN");
}
