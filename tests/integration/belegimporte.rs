//! Beleglisten as a whole: sums and hash of long lists, what a dry run says, files that are not what they seem.

use crate::aktionen::{GK, RP, neu};
use crate::belege::{
    IMPORTE, KOPF, LISTE, anzahl, beleg, betraege, lade, lege_an, liste, pruefe, teil, uebernimm, zahlen, zeile,
};
use aqb_persistence::migration;
use aqb_tests::datenbank::{befehl, texte};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    pruefsumme_je_zeile,
    summen_im_rechenbereich,
    fremde_waehrung_und_fehlerliste,
    liste_eines_anderen_jahres,
    teile_einer_gruppe,
    trockenlauf_zeigt_hinweise,
    trockenlauf_sagt_dass_er_kuerzt,
    zellen_beim_namen,
    uebernahme_ist_zu_sehen,
);

fn summen(d: &Dienst) -> Value {
    d.als(GK).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist(200).json()
}

fn probe(d: &Dienst, roh: Vec<u8>) -> Value {
    lade(d, GK, roh, "?simulation=true").ist(200).json()
}

/// Codes of the findings of lines, with their addresses.
fn befunde(zeilen: &Value) -> Vec<(String, String)> {
    let text = |b: &Value, f: &str| b[f].as_str().expect("text").to_owned();
    let alle = zeilen.as_array().expect("lines").iter().flat_map(|z| z["befunde"].as_array().expect("findings"));
    alle.map(|b| (text(b, "adresse"), text(b, "kurzname"))).collect()
}

fn kurznamen(v: &Value) -> Vec<&str> {
    v["befunde"].as_array().expect("findings").iter().filter_map(|b| b["kurzname"].as_str()).collect()
}

/// The hash of a list is put together from hashes beside the lines: changing a line changes it, changing it back does
/// so, too; `aqb pruefe` finds one that is wrong, and the migration computes those that are missing.
fn pruefsumme_je_zeile(b: Backend) {
    let d = Dienst::starten(b);
    let ort = neu(&d, GK, LISTE, &beleg(&[]));
    let hash = || summen(&d)["liste_sha256"].as_str().expect("hash").to_owned();
    let vorher = hash();
    let aendere = |v: i64, text: &str| {
        d.als(GK).patch(&ort, &json!({ "inhalt": { "gegenstand": text } })).if_match(v).senden().ist(200).json()
    };
    let alt = aendere(1, "Anderes")["inhalt"]["gegenstand"].clone();
    assert_ne!((hash(), alt), (vorher.clone(), Value::Null));
    aendere(2, "Sozialpädagogik März 2026");
    assert_eq!(hash(), vorher);
    let pruefung = || format!("{:?}", aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()));
    assert!(pruefung().starts_with("Ok"), "{}", pruefung());
    let mut c = d.datenbank.verbinde();
    befehl(&mut c, &format!("UPDATE beleg SET zeile_sha256 = '{}' WHERE lfd_nr = 2", "0".repeat(64)));
    assert!(pruefung().contains("BELEG/"), "{}", pruefung());
    befehl(&mut c, "UPDATE beleg SET zeile_sha256 = ''");
    d.als(GK).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist(500);
    drop(c);
    migration::anwenden(&mut d.datenbank.allein()).expect("up");
    assert_eq!(hash(), vorher);
    assert!(pruefung().starts_with("Ok"), "{}", pruefung());
}

/// The sums of a list stay within a hundredth of the range of amounts. Computed.
fn summen_im_rechenbereich(b: Backend) {
    let d = Dienst::starten(b);
    let viel = |nr: &str, betrag: &str| {
        let mut f = betraege(betrag, betrag);
        f.push(("belegnummer", json!(nr)));
        beleg(&f)
    };
    let a = lege_an(&d, GK, &viel("V-1", "90000000000.00"));
    assert_eq!(a.befunde(), ["BELEGLISTE_SUMME"]);
    let k = a.ist(422).json()["befunde"][0].clone();
    assert_eq!(
        (&k["erlaubt"][0]["wert"], &k["gemessen"][0]["wert"]),
        (&json!("9999999999.99"), &json!("90000004217.33"))
    );
    let ort = neu(&d, GK, LISTE, &viel("V-1", "9000000000.00"));
    lege_an(&d, GK, &viel("V-2", "999999999.99")).ist_problem(422, "BELEGLISTE_SUMME");
    let groesser = json!({ "inhalt": { "rechnungsbetrag_brutto": "9999999999.99", "gezahlter_betrag": "9999999999.99",
        "beantragt": "9999999999.99" } });
    d.als(GK).patch(&ort, &groesser).if_match(1).senden().ist_problem(422, "BELEGLISTE_SUMME");
    // a line that is changed does not count twice
    let kleiner = json!({ "inhalt": { "rechnungsbetrag_brutto": "8000000000.00", "gezahlter_betrag": "8000000000.00",
        "beantragt": "8000000000.00" } });
    d.als(GK).patch(&ort, &kleiner).if_match(1).senden().ist(200);
    // in a file the lines before count, too
    let gross = |nr: usize| zeile(nr).replace(&format!("{},{:02}", 10 + nr, nr), "900.000.000,00");
    let i = pruefe(&d, liste((1..=3).map(gross)), "");
    assert_eq!(zahlen(&i), [2, 0, 0, 1, 0], "{i}");
    uebernimm(&d, &i, false).ist(200);
    assert_eq!(summen(&d)["summen"][0]["beantragt"], json!("9800004217.33"));
    let nachweis = LISTE.trim_end_matches("/belege");
    for wo in ["pruefbericht", "aktionen"] {
        d.als(GK).get(&format!("{nachweis}/{wo}")).senden().ist(200);
    }
    d.als(GK).get("/aufgaben").senden().ist(200);
    // what was entered before there was a bound is a finding, no failure
    befehl(&mut d.datenbank.verbinde(), "UPDATE beleg SET beantragt = 99999999999999");
    d.als(GK).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist_problem(422, "RECHENBEREICH");
}

const STAPELKOPF: &str = "\"EXTF\";700;21;\"Buchungsstapel\";13;20260401120000000;;\"RE\";\"\";\"\";1001;1;20260101;4;\
20260101;20261231;\"Stapel\";\"\";1;0;0;\"EUR\";;;;;;;;;\r\n\
Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;\
Belegfeld 1;Belegfeld 2;Skonto;Buchungstext;KOST1 - Kostenstelle;KOST2 - Kostenstelle\r\n";

/// Another currency is no euro; the list of errors is UTF-8 whatever the upload was.
fn fremde_waehrung_und_fehlerliste(b: Backend) {
    let d = Dienst::starten(b);
    let buchung = |nr: &str, wkz: &str| {
        format!("119,00;\"S\";\"{wkz}\";6020;70001;503;\"{nr}\";\"\";;\"Pädagogik\";\"M01\";\"\"\r\n")
    };
    let text = format!("{STAPELKOPF}{}{}", buchung("RE-1", "USD"), buchung("RE-2", "EUR"));
    let roh = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Windows-1252")).collect();
    let i = pruefe(&d, roh, "?konten=6020:PERSONAL");
    assert_eq!(i["dialekt"]["zeichensatz"], json!("WINDOWS_1252"));
    let id = i["id"].as_str().expect("id");
    let zeilen = d.als(GK).get(&format!("/belegimporte/{id}/zeilen")).senden().ist(200).json();
    let waehrung: Vec<_> = zeilen["daten"][0]["befunde"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|b| b["code"] == "AQB-IM-028")
        .collect();
    assert_eq!(waehrung.len(), 1, "{zeilen}");
    assert_eq!(
        [&waehrung[0]["adresse"], &waehrung[0]["gefunden"], &waehrung[0]["erwartet"]],
        [&json!("C3"), &json!("USD"), &json!("EUR")]
    );
    assert!(!zeilen["daten"][1].to_string().contains("AQB-IM-028"), "{zeilen}");
    let a = d.als(GK).get(&format!("/belegimporte/{id}/fehler/csv")).senden().ist(200);
    let text = String::from_utf8(a.koerper).expect("UTF-8");
    assert!(text.starts_with('\u{feff}') && text.contains("Pädagogik"), "{text}");
}

/// A list of another year: each line is warned, and the file as a whole; sums of that year are explained.
fn liste_eines_anderen_jahres(b: Backend) {
    let d = Dienst::starten(b);
    let alt = |nr: usize| zeile(nr).replace(".2026", ".2019");
    let roh = liste([alt(1), alt(2), zeile(3)]);
    let p = probe(&d, roh.clone());
    assert_eq!((zahlen(&p), kurznamen(&p)), ([3, 0, 0, 0, 0], vec!["IMPORT_ANDERER_ZEITRAUM"]));
    assert_eq!(befunde(&p["hinweiszeilen"]).iter().filter(|(_, k)| k == "ZAHLUNG_AUSSERHALB_ZEITRAUM").count(), 2);
    assert_eq!(kurznamen(&probe(&d, liste([alt(1), zeile(2), zeile(3)]))), Vec::<&str>::new());
    let i = pruefe(&d, roh, "");
    assert_eq!(kurznamen(&i), ["IMPORT_ANDERER_ZEITRAUM"], "the result says it, too");
    uebernimm(&d, &i, true).ist(200);
    let s = summen(&d);
    assert_eq!(kurznamen(&s), ["HAUSHALTSJAHR_VOR_ZEITRAUM"]);
    assert_eq!(s["befunde"][0]["gemessen"][0]["wert"], json!("2019"));
    let ohne = probe(&d, format!("{KOPF}\r\n;;;\r\n").into_bytes());
    assert_eq!((&ohne["status"], kurznamen(&ohne)), (&json!("GEPRUEFT"), vec!["IMPORT_OHNE_ZEILEN"]));
}

/// One invoice, one number, one measure and position, two payments: allowed in one group, and uploaded again no double.
fn teile_einer_gruppe(b: Backend) {
    let d = Dienst::starten(b);
    lege_an(&d, GK, &teil("T-1", "2999.99")).ist(201);
    assert_eq!(lege_an(&d, GK, &teil("T-1", "2000.00")).ist(201).json()["split_rest"], json!("0.00"));
    let mut gleich = teil("T-1", "2999.99");
    gleich["inhalt"]["rechnungsbetrag_brutto"] = json!("9999.99");
    lege_an(&d, GK, &gleich).ist_problem(422, "BELEGNUMMER_DOPPELT");
    let rate = |tag: &str, betrag: &str| {
        format!(
            "R-9;RATEN;M01;PERSONAL;ALLGEMEIN;AUSGABE;03.03.2026;{tag}.03.2026;DEMO Haus;Miete;100,00;{betrag};{betrag}\r\n"
        )
    };
    let roh = liste([rate("10", "60,00"), rate("20", "30,00"), rate("20", "30,00")]);
    let i = pruefe(&d, roh.clone(), "");
    assert_eq!(zahlen(&i), [2, 0, 0, 1, 0], "what is the same in all of it is the same line");
    uebernimm(&d, &i, false).ist(200);
    assert_eq!(anzahl(&d), 5);
    let i = pruefe(&d, roh, "?neu_pruefen=true");
    assert_eq!(zahlen(&i), [0, 0, 2, 1, 0]);
    uebernimm(&d, &i, false).ist(200);
    assert_eq!(anzahl(&d), 5, "uploaded again it makes no doubles");
    // a part more is named, so that a correction does not become one unseen
    let p = probe(&d, liste([rate("21", "10,00")]));
    assert_eq!(zahlen(&p), [1, 0, 0, 0, 0]);
    assert_eq!(befunde(&p["hinweiszeilen"]), [("A2".to_owned(), "IMPORT_WEITERER_TEIL".to_owned())]);
    let p = probe(&d, liste([rate("21", "10,01")]));
    assert_eq!(befunde(&p["fehlerzeilen"]), [("L2".to_owned(), "SPLIT_UEBER_RECHNUNG".to_owned())]);
}

/// Warnings and possible duplicates are seen before anything is taken over.
fn trockenlauf_zeigt_hinweise(b: Backend) {
    let d = Dienst::starten(b);
    let person = zeile(1).replace("DEMO Stelle 1", "Herr Muster");
    let andere = |nr: usize| zeile(nr).replace(&format!("R-{nr:06}"), &format!("X-{nr}"));
    let i = pruefe(&d, liste([zeile(5)]), "");
    uebernimm(&d, &i, true).ist(200);
    let roh = liste([person, zeile(2), andere(2), andere(5), zeile(5), zeile(3).replace("M01", "M77")]);
    let p = probe(&d, roh.clone());
    assert_eq!(zahlen(&p), [4, 0, 1, 1, 0]);
    let soll = [("I2", "BELEG_NATUERLICHE_PERSON"), ("A4", "MOEGLICHES_DUPLIKAT"), ("A5", "MOEGLICHES_DUPLIKAT")];
    let ist = befunde(&p["hinweiszeilen"]);
    let ist: Vec<(&str, &str)> = ist.iter().map(|(a, k)| (a.as_str(), k.as_str())).collect();
    let (ohne_letzte, letzte) = ist.split_at(3);
    assert_eq!(ohne_letzte, soll);
    assert_eq!(letzte, [("A6", "MOEGLICHES_DUPLIKAT")], "the line before it is the same invoice under another number");
    assert!(p["hinweiszeilen"][1]["befunde"][0]["text"].as_str().expect("text").contains("Zeile 3"), "{p}");
    let auszug = json!({ "fehlerzeilen_gesamt": 1, "fehlerzeilen_gekuerzt": false,
        "hinweiszeilen_gesamt": 4, "hinweiszeilen_gekuerzt": false });
    assert_eq!(p["auszug"], auszug);
    // what was stored is paged
    let i = pruefe(&d, roh, "");
    let ort = format!("/belegimporte/{}/zeilen?mit_hinweisen=true", i["id"].as_str().expect("id"));
    let seite = d.als(GK).get(&ort).senden().ist(200).json();
    assert_eq!(befunde(&seite["daten"]).len(), 4, "{seite}");
    let ids: Vec<String> = texte(&mut d.datenbank.verbinde(), "SELECT 'x' AS z FROM beleg");
    assert_eq!(ids.len(), 2);
}

fn trockenlauf_sagt_dass_er_kuerzt(b: Backend) {
    let d = Dienst::starten(b);
    let schlecht = |nr: usize| zeile(nr).replace("M01", "M77");
    let p = probe(&d, liste((1..=250).map(schlecht).chain((251..=260).map(zeile))));
    assert_eq!(p["fehlerzeilen"].as_array().map(Vec::len), Some(200));
    let auszug = json!({ "fehlerzeilen_gesamt": 250, "fehlerzeilen_gekuerzt": true,
        "hinweiszeilen_gesamt": 0, "hinweiszeilen_gekuerzt": false });
    assert_eq!(p["auszug"], auszug);
}

/// Findings name the cell, the value, and what a person can look for.
fn zellen_beim_namen(b: Backend) {
    let d = Dienst::starten(b);
    let ort_und_wert = |zeilen: Vec<String>| {
        let p = probe(&d, liste(zeilen));
        let z = p["fehlerzeilen"].as_array().expect("lines").last().expect("a faulty line").clone();
        let b = &z["befunde"][0];
        let text = |f: &str| b[f].as_str().unwrap_or_default().to_owned();
        (text("kurzname"), text("adresse"), text("gefunden"))
    };
    let soll = |k: &str, a: &str, g: &str| (k.to_owned(), a.to_owned(), g.to_owned());
    assert_eq!(ort_und_wert(vec![zeile(1), zeile(1)]), soll("IMPORT_DOPPELT_IN_DATEI", "A3", "R-000001"));
    assert_eq!(ort_und_wert(vec![zeile(1).replace("10.03.2026", "")]), soll("IMPORT_PFLICHT_LEER", "H2", ""));
    let umbruch = zeile(1).replace("DEMO Stelle 1", "\"DEMO\nStelle\"");
    assert_eq!(ort_und_wert(vec![umbruch]), soll("IMPORT_STEUERZEICHEN", "I2", "Zeilenumbruch (U+000A)"));
    let minus = zeile(1).replace("11,01", "-11,01");
    assert_eq!(ort_und_wert(vec![minus]), soll("BELEG_VORZEICHEN", "K2", "-11,01 EUR"));
    let offen = zeile(2).replace("DEMO Stelle 2", "\"DEMO Stelle 2");
    let p = probe(&d, liste([zeile(1), offen, zeile(3)]));
    assert_eq!(kurznamen(&p), ["IMPORT_ZITAT_OFFEN"]);
    assert!(p["befunde"][0]["text"].as_str().expect("text").contains("Zeile 3"), "{p}");
}

/// While lines follow behind the answer the import says so.
fn uebernahme_ist_zu_sehen(b: Backend) {
    let d = Dienst::starten(b);
    let i = pruefe(&d, liste((1..=520).map(zeile)), "");
    assert_eq!(i["fortschritt"]["uebernahme_laeuft"], json!(false));
    let nach = uebernimm(&d, &i, true).ist(200).json();
    assert_eq!((&nach["status"], &nach["fortschritt"]["uebernahme_laeuft"]), (&json!("GEPRUEFT"), &json!(true)));
    assert_eq!(nach["fortschritt"]["uebernommen_bis_zeile"], json!(501));
    let fertig = crate::belege::warte(&d, i["id"].as_str().expect("id"), &["UEBERNOMMEN"]);
    assert_eq!(fertig["fortschritt"]["uebernahme_laeuft"], json!(false));
    assert_eq!((fertig["fortschritt"].get("uebernommen_bis_zeile"), anzahl(&d)), (None, 521));
    d.als(RP).get(IMPORTE).senden().ist(200);
}
