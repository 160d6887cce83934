//! `/verwendungsnachweise/{id}/belege` and their imports: lines one by one, files as a whole.

mod datei;
mod gross;
mod plaetze;

use crate::aktionen::{GK, GK2, RP, neu};
use aqb_tests::client::Antwort;
use aqb_tests::datenbank::befehl;
use aqb_tests::vertrag::operation;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

auf_beiden!(einzeln, s6_geteilte_rechnung, s6_gleichzeitig, s9_duplikate, entscheidung_je_beleg, nummern_ohne_luecke,);

pub(crate) const LISTE: &str = "/verwendungsnachweise/019a0000-0000-7000-8000-000000000050/belege";
pub(crate) const IMPORTE: &str = "/verwendungsnachweise/019a0000-0000-7000-8000-000000000050/belegimporte";
const TRAEGER: &str = "demo-traeger-1";
pub(crate) const KOPF: &str = "Belegnummer;Splitgruppe;Maßnahme;Kostenposition;Teilbudget;Art;Rechnungsdatum;Zahlungsdatum;Rechnungsaussteller;Gegenstand;Rechnungsbetrag;gezahlter Betrag;beantragt";

pub(crate) fn beleg(felder: &[(&str, Value)]) -> Value {
    let mut k = operation("beleg_anlegen").koerper().expect("example");
    for (f, w) in felder {
        k["inhalt"][*f] = w.clone();
    }
    k
}

pub(crate) fn betraege(brutto: &str, gezahlt: &str) -> Vec<(&'static str, Value)> {
    vec![("rechnungsbetrag_brutto", json!(brutto)), ("gezahlter_betrag", json!(gezahlt)), ("beantragt", json!(gezahlt))]
}

pub(crate) fn lege_an(d: &Dienst, wer: &str, k: &Value) -> Antwort {
    d.als(wer).post(LISTE, k).senden()
}

/// The proof of the demo is being examined: no act leads there without a signature of its own.
pub(crate) fn setze_status(d: &Dienst, status: &str) {
    let mut c = d.datenbank.verbinde();
    let json = match d.backend() {
        Backend::Sqlite => format!("json_set(inhalt, '$.status', '{status}')"),
        Backend::Postgres => format!("jsonb_set(inhalt, '{{status}}', '\"{status}\"')"),
    };
    befehl(&mut c, &format!("UPDATE verwendungsnachweis SET status = '{status}', inhalt = {json}"));
}

fn einzeln(b: Backend) {
    let d = Dienst::starten(b);
    lege_an(&d, RP, &beleg(&[])).ist_problem(403, "RECHT_FEHLT");
    lege_an(&d, "demo-gk-06411-1", &beleg(&[])).ist_problem(404, "NICHT_GEFUNDEN");
    lege_an(&d, "demo-traeger-2", &beleg(&[])).ist_problem(404, "NICHT_GEFUNDEN");
    for (feld, wert, code) in [
        ("massnahme_nr", json!("M99"), "BELEG_MASSNAHME_UNBEKANNT"),
        ("position", json!("LUFTSCHLOSS"), "BELEG_POSITION_NICHT_IM_PLAN"),
        ("teilbudget", json!("FLUCHT"), "BELEG_TEILBUDGET_FREMD"),
        ("beantragt", json!("4999.98"), "BEANTRAGT_FALSCH"),
        ("skonto_rabatt", json!("0.01"), "GEZAHLT_UEBER_RECHNUNG"),
        ("zahlungsdatum", json!("2099-01-01"), "DATUM_IN_ZUKUNFT"),
        ("leistung_bis", json!("2026-02-01"), "LEISTUNG_UNGEORDNET"),
        ("storno_von", json!("2026-9999"), "STORNO_UNBEKANNT"),
    ] {
        let a = lege_an(&d, GK, &beleg(&[(feld, wert)])).ist(422);
        assert!(a.befunde().iter().any(|k| k == code), "{feld}: {:?}", a.befunde());
    }
    let ort = neu(&d, GK, LISTE, &beleg(&[("auftragsdatum", json!("2025-01-01"))]));
    let v = d.als(GK).get(&ort).senden().ist(200).json();
    assert_eq!((&v["lfd_nr"], &v["haushaltsjahr"]), (&json!(2), &json!(2026)));
    assert_eq!(v["befunde"][0]["kurzname"], json!("AUFTRAG_VOR_BEGINN"), "a warning is shown and does not hinder");
    lege_an(&d, GK, &beleg(&[])).ist_problem(422, "BELEGNUMMER_DOPPELT");
    let aendere = |wer: &str, v: i64| {
        d.als(wer)
            .patch(&ort, &json!({ "inhalt": { "gegenstand": "Anderes", "auftragsdatum": null } }))
            .if_match(v)
            .senden()
    };
    aendere(RP, 1).ist_problem(403, "RECHT_FEHLT");
    aendere("demo-gk-06411-1", 1).ist_problem(404, "NICHT_GEFUNDEN");
    aendere(GK, 7).ist_problem(412, "VERSION_VERALTET");
    let neu = aendere(GK, 1).ist(200).json();
    assert_eq!((&neu["inhalt"]["gegenstand"], &neu["befunde"]), (&json!("Anderes"), &json!([])));
    // who pays reads its own; another Traeger does not even know the list
    let seite = |wer: &str, q: &str| d.als(wer).get(&format!("{LISTE}{q}")).senden();
    assert_eq!(seite(TRAEGER, "").ist(200).json()["daten"].as_array().map(Vec::len), Some(2));
    assert_eq!(seite(RP, "?position=MIETE").ist(200).json()["daten"], json!([]));
    assert_eq!(seite(RP, "?haushaltsjahr=2026&limit=1").ist(200).json()["daten"].as_array().map(Vec::len), Some(1));
    seite("demo-traeger-2", "").ist_problem(404, "NICHT_GEFUNDEN");
    let schluessel =
        || d.als(GK).post(LISTE, &beleg(&[("belegnummer", json!("K-1"))])).schluessel("beleg-einmal-1").senden();
    let (erste, zweite) = (schluessel().ist(201).json(), schluessel().ist(201).json());
    assert_eq!(erste["id"], zweite["id"]);
    d.als(GK).delete(&ort).if_match(2).senden().ist(204);
    d.als(GK).get(&ort).senden().ist_problem(404, "NICHT_GEFUNDEN");
    // the test itself changes the proof beside the trail; the Belege agree with theirs
    let abweichend = || format!("{:?}", aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ())).contains("BELEG/");
    assert!(!abweichend());
    befehl(&mut d.datenbank.verbinde(), "UPDATE beleg SET gezahlt = gezahlt + 1");
    assert!(abweichend(), "the check would find it");
    befehl(&mut d.datenbank.verbinde(), "UPDATE beleg SET gezahlt = gezahlt - 1");
    setze_status(&d, "EINGEREICHT");
    lege_an(&d, GK, &beleg(&[])).ist_problem(409, "BELEG_NICHT_BEARBEITBAR");
    setze_status(&d, "NACHFORDERUNG");
    lege_an(&d, GK, &beleg(&[])).ist(201);
    setze_status(&d, "ENTWURF");
    // a draft that goes takes its list with it
    let nachweis = LISTE.trim_end_matches("/belege");
    let v = d.als(GK).get(nachweis).senden().ist(200).version();
    d.als(GK).delete(nachweis).if_match(v).senden().ist(204);
    d.als(GK).get(LISTE).senden().ist_problem(404, "NICHT_GEFUNDEN");
    assert!(!abweichend(), "the Belege that went agree with their trail");
}

pub(crate) fn teil(nummer: &str, betrag: &str) -> Value {
    let mut f = betraege("4999.99", betrag);
    f.push(("belegnummer", json!(nummer)));
    f.push(("split_gruppe", json!("MIETE-03")));
    beleg(&f)
}

/// Dossier S6 with the numbers of the dossier, within one list.
fn s6_geteilte_rechnung(b: Backend) {
    let d = Dienst::starten(b);
    let erster = lege_an(&d, GK, &teil("T-1", "2999.99")).ist(201).json();
    assert_eq!(erster["split_rest"], json!("2000.00"));
    let zu_viel = lege_an(&d, GK, &teil("T-2", "2000.01"));
    assert_eq!(zu_viel.befunde(), ["SPLIT_UEBER_RECHNUNG"]);
    let zu_viel = zu_viel.ist(422).json();
    assert_eq!(zu_viel["befunde"][0]["erlaubt"][0]["wert"], json!("2000.00"));
    assert_eq!(lege_an(&d, GK, &teil("T-2", "2000.00")).ist(201).json()["split_rest"], json!("0.00"));
    lege_an(&d, GK, &teil("T-3", "0.01")).ist_problem(422, "SPLIT_UEBER_RECHNUNG");
}

/// Two persons add the last part at the same time: one of them is too late.
fn s6_gleichzeitig(b: Backend) {
    let d = Dienst::starten(b);
    lege_an(&d, GK, &teil("T-1", "2999.99")).ist(201);
    let status: Vec<u16> = std::thread::scope(|s| {
        let laeufe: Vec<_> = [GK, GK2, TRAEGER, GK]
            .into_iter()
            .enumerate()
            .map(|(i, wer)| {
                let d = &d;
                s.spawn(move || lege_an(d, wer, &teil(&format!("P-{i}"), "2000.00")).status)
            })
            .collect();
        laeufe.into_iter().map(|l| l.join().expect("thread")).collect()
    });
    assert_eq!(status.iter().filter(|s| **s == 201).count(), 1, "{status:?}");
    assert_eq!(status.iter().filter(|s| **s == 422).count(), 3, "{status:?}");
}

/// Dossier S9: the same number twice is an error; another number with issuer, day and gross, or the scan, a warning.
fn s9_duplikate(b: Backend) {
    let d = Dienst::starten(b);
    let scan = json!("ab".repeat(32));
    lege_an(&d, GK, &beleg(&[("original_sha256", scan.clone())])).ist(201);
    lege_an(&d, GK, &beleg(&[])).ist_problem(422, "BELEGNUMMER_DOPPELT");
    let zweiter = lege_an(&d, GK, &beleg(&[("belegnummer", json!("X-1"))])).ist(201).json();
    assert_eq!(zweiter["moegliche_duplikate"][0]["merkmal"], json!("RECHNUNG"));
    let andere = [("belegnummer", json!("X-2")), ("rechnungsdatum", json!("2026-03-05")), ("original_sha256", scan)];
    let dritter = lege_an(&d, GK, &beleg(&andere)).ist(201).json();
    assert_eq!(dritter["moegliche_duplikate"][0]["merkmal"], json!("SCAN"));
    // the next Haushaltsjahr has numbers of its own; its payment lies in the future here, so it is refused for that alone
    let spaeter = lege_an(&d, GK, &beleg(&[("zahlungsdatum", json!("2027-01-05"))]));
    assert_eq!(spaeter.befunde(), ["DATUM_IN_ZUKUNFT"]);
}

fn entscheidung_je_beleg(b: Backend) {
    let d = Dienst::starten(b);
    let ort = neu(&d, GK, LISTE, &beleg(&[]));
    let zwilling = neu(&d, GK, LISTE, &beleg(&[("belegnummer", json!("X-1"))]));
    let entscheide = |wer: &str, ort: &str, v: i64, k: &Value| {
        d.als(wer).post(&format!("{ort}/entscheidung"), k).if_match(v).senden()
    };
    let ganz = json!({ "anerkannt": "4999.99", "pruefgrund": "ANERKANNT" });
    entscheide(RP, &ort, 1, &ganz).ist_problem(409, "BELEG_NICHT_IN_PRUEFUNG");
    setze_status(&d, "IN_PRUEFUNG");
    entscheide(GK, &ort, 1, &ganz).ist_problem(403, "RECHT_FEHLT");
    entscheide(RP, &ort, 7, &ganz).ist_problem(412, "VERSION_VERALTET");
    for (betrag, grund, code) in [
        ("5000.00", "ANERKANNT", "ANERKANNT_AUSSERHALB"),
        ("-0.01", "SONSTIGES", "ANERKANNT_AUSSERHALB"),
        ("4000.00", "ANERKANNT", "PRUEFGRUND_UNPASSEND"),
        ("4999.99", "NICHT_IM_PLAN", "PRUEFGRUND_UNPASSEND"),
        ("0.00", "SONSTIGES", "PRUEFBEMERKUNG_FEHLT"),
    ] {
        let a = entscheide(RP, &ort, 1, &json!({ "anerkannt": betrag, "pruefgrund": grund })).ist(422);
        assert!(a.befunde().iter().any(|k| k == code), "{betrag} {grund}: {:?}", a.befunde());
    }
    // the twin may be the same invoice: recognised only with a reason
    let a = entscheide(RP, &ort, 1, &ganz).ist(422);
    assert!(a.befunde().iter().any(|k| k == "MOEGLICHES_DUPLIKAT"), "{:?}", a.befunde());
    let mut bestaetigt = ganz.clone();
    bestaetigt["bestaetigte_warnungen"] =
        json!([{ "code": "AQB-BL-016", "begruendung": "Zwei Stellen, zwei Rechnungen." }]);
    let nach = entscheide(RP, &ort, 1, &bestaetigt).ist(200).json();
    assert_eq!(nach["entscheidung"]["anerkannt"], json!("4999.99"));
    assert_eq!(nach["inhalt"]["beantragt"], json!("4999.99"));
    // while it is examined the applicant reads no decision, and none by a filter or in a file
    let gk = d.als(GK).get(&ort).senden().ist(200).json();
    assert_eq!(gk.get("entscheidung"), None);
    assert_eq!(d.als(GK).get(&format!("{LISTE}?entschieden=true")).senden().ist(200).json()["daten"], json!([]));
    assert!(!d.als(GK).get(&format!("{LISTE}/csv")).senden().ist(200).text().contains("ANERKANNT"));
    assert!(d.als(RP).get(&format!("{LISTE}/csv")).senden().ist(200).text().contains("ANERKANNT"));
    let id = zwilling.rsplit('/').next().unwrap_or_default();
    let stapel = json!({ "entscheidungen": [
        { "id": id, "version": 1, "entscheidung": { "anerkannt": "0.00", "pruefgrund": "DOPPELFOERDERUNG" } },
        { "id": "019a0000-0000-7000-8000-000000000160", "version": 9, "entscheidung": ganz },
    ] });
    let viele =
        || d.als(RP).post(&format!("{LISTE}/entscheidungen"), &stapel).schluessel("entscheide-viele-1").senden();
    let v = viele().ist(200).json();
    assert_eq!((&v["gelungen"], &v["abgelehnt"]), (&json!(1), &json!(1)));
    assert_eq!(v["entscheidungen"][1]["http_status"], json!(412));
    assert_eq!(viele().ist(200).json()["entscheidungen"][0]["wiederholt"], json!(true));
    let s = d.als(RP).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist(200).json();
    let z = &s["summen"][0];
    assert_eq!(
        (&z["beantragt"], &z["anerkannt"], &z["offen"]),
        (&json!("14217.31"), &json!("4999.99"), &json!("4217.33"))
    );
    assert_eq!(z["abgelehnt"], json!([{ "pruefgrund": "DOPPELFOERDERUNG", "betrag": "4999.99" }]));
    let gk = d.als(GK).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist(200).json();
    assert_eq!((&gk["summen"][0]["anerkannt"], &gk["summen"][0]["offen"]), (&json!("0.00"), &json!("14217.31")));
    assert_eq!(gk["liste_sha256"], s["liste_sha256"], "decisions are no part of the hash");
    // what is decided stays a draft until the proof is closed, in whatever state it waits
    for status in ["NACHFORDERUNG", "EINGEREICHT", "GEPRUEFT", "ENTWURF"] {
        setze_status(&d, status);
        assert_eq!(d.als(GK).get(&ort).senden().ist(200).json().get("entscheidung"), None, "{status}");
        assert!(!d.als(GK).get(&format!("{LISTE}/csv")).senden().ist(200).text().contains("ANERKANNT"), "{status}");
        let s = d.als(GK).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist(200).json();
        assert_eq!(s["summen"][0]["anerkannt"], json!("0.00"), "{status}");
    }
    // a change takes the decision away, and a decided Beleg stays
    setze_status(&d, "NACHFORDERUNG");
    d.als(GK).delete(&ort).if_match(2).senden().ist_problem(409, "BELEG_ENTSCHIEDEN");
    let k = json!({ "inhalt": { "gegenstand": "Berichtigt" } });
    assert_eq!(d.als(GK).patch(&ort, &k).if_match(2).senden().ist(200).json().get("entscheidung"), None);
    let verlauf = |wer: &str| d.als(wer).get(&format!("{ort}/historie?limit=200")).senden().ist(200).text();
    assert!(verlauf(RP).contains("/entscheidung") && verlauf(RP).contains("\"akt\":\"entscheidung\""));
    assert!(!verlauf(GK).contains("entscheidung") && verlauf(GK).contains("Berichtigt"), "{}", verlauf(GK));
    setze_status(&d, "ABGESCHLOSSEN");
    assert_eq!(
        d.als(GK).get(&zwilling).senden().ist(200).json()["entscheidung"]["pruefgrund"],
        json!("DOPPELFOERDERUNG")
    );
    assert!(verlauf(GK).contains("/entscheidung"));
}

fn nummern_ohne_luecke(b: Backend) {
    let d = Dienst::starten(b);
    let orte: Vec<String> =
        (0..4).map(|i| neu(&d, GK, LISTE, &beleg(&[("belegnummer", json!(format!("N-{i}")))]))).collect();
    let summen = LISTE.replace("/belege", "/belegsummen");
    let befunde = || d.als(GK).get(&summen).senden().ist(200).json()["befunde"].as_array().map_or(0, Vec::len);
    assert_eq!(befunde(), 0);
    d.als(GK).delete(&orte[1]).if_match(1).senden().ist(204);
    assert_eq!(befunde(), 1);
    let nummeriere = || d.als(GK).post(&format!("{LISTE}/nummerierung"), &json!({})).senden().ist(200).json();
    assert_eq!(nummeriere()["anzahl"], json!(4));
    assert_eq!(befunde(), 0);
    assert_eq!(d.als(GK).get(&orte[3]).senden().ist(200).json()["lfd_nr"], json!(4));
    assert_eq!(nummeriere()["anzahl"], json!(4), "doing it twice changes nothing");
    assert_eq!(d.als(GK).get(&orte[3]).senden().ist(200).version(), 2);
}

pub(crate) fn zeile(nr: usize) -> String {
    format!(
        "R-{nr:06};;M01;PERSONAL;ALLGEMEIN;AUSGABE;03.03.2026;10.03.2026;DEMO Stelle {nr};Leistung {nr};{euro},{cent:02};{euro},{cent:02};{euro},{cent:02}\r\n",
        euro = 10 + nr % 900,
        cent = nr % 100
    )
}

pub(crate) fn liste(zeilen: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut text = format!("\u{feff}{KOPF}\r\n");
    text.extend(zeilen);
    text.into_bytes()
}

pub(crate) fn lade(d: &Dienst, wer: &str, roh: Vec<u8>, frage: &str) -> Antwort {
    d.als(wer).anfrage("POST", &format!("{IMPORTE}{frage}")).kopf("content-type", "text/csv").bytes(roh).senden()
}

/// The import when its lines are judged, or its file is refused.
pub(crate) fn warte(d: &Dienst, id: &str, fertig: &[&str]) -> Value {
    let beginn = Instant::now();
    loop {
        let i = d.als(RP).get(&format!("/belegimporte/{id}")).senden().ist(200).json();
        if fertig.contains(&i["status"].as_str().unwrap_or_default()) {
            return i;
        }
        assert!(beginn.elapsed() < Duration::from_secs(300), "the import does not end: {i}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub(crate) fn pruefe(d: &Dienst, roh: Vec<u8>, frage: &str) -> Value {
    let i = lade(d, GK, roh, frage).ist(201).json();
    warte(d, i["id"].as_str().expect("id"), &["GEPRUEFT", "ABGEWIESEN", "UEBERNOMMEN"])
}

pub(crate) fn uebernimm(d: &Dienst, i: &Value, ganz: bool) -> Antwort {
    let ort = format!("/belegimporte/{}/uebernahme", i["id"].as_str().expect("id"));
    let k = json!({ "nur_vollstaendig": ganz });
    d.als(GK).post(&ort, &k).if_match(i["version"].as_i64().expect("version")).senden()
}

pub(crate) fn anzahl(d: &Dienst) -> i64 {
    let s = d.als(RP).get(&LISTE.replace("/belege", "/belegsummen")).senden().ist(200).json();
    s["summen"].as_array().expect("sums").iter().map(|z| z["anzahl"].as_i64().expect("count")).sum()
}

pub(crate) fn zahlen(i: &Value) -> [i64; 5] {
    ["neu", "geaendert", "unveraendert", "fehlerhaft", "leer"].map(|f| i["zahlen"][f].as_i64().expect("count"))
}
