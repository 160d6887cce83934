//! `/verwendungsnachweise/{id}/belege` and their imports: lines one by one, files as a whole.

use crate::aktionen::{GK, GK2, RP, neu};
use aqb_tests::client::Antwort;
use aqb_tests::datenbank::befehl;
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

auf_beiden!(
    einzeln,
    s6_geteilte_rechnung,
    s6_gleichzeitig,
    s9_duplikate,
    entscheidung_je_beleg,
    nummern_ohne_luecke,
    datei_pruefen_und_uebernehmen,
    hin_und_zurueck,
    gutschriften_bis_zum_beleg,
    unvollstaendige_zeilen,
    schlechte_dateien,
    dieselbe_datei_gleichzeitig,
    zehntausend_zeilen_fuenfhundert_fehler,
    hunderttausend_zeilen,
    ein_kreis_nimmt_nicht_alle_plaetze,
    erst_die_liste_dann_die_datei,
);

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
    let pruefung = aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ());
    // the test itself changed the proof beside the trail; the Belege agree with theirs
    let text = format!("{pruefung:?}");
    assert!(!text.contains("BELEG "), "{text}");
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

fn datei_pruefen_und_uebernehmen(b: Backend) {
    let d = Dienst::starten(b);
    let schlecht = zeile(3).replace("03.03.2026", "2026-02-30");
    let roh = liste([zeile(1), zeile(2), schlecht.clone(), ";;;;\r\n".into(), zeile(1)]);
    let probe = lade(&d, GK, roh.clone(), "?simulation=true").ist(200).json();
    assert_eq!(zahlen(&probe), [2, 0, 0, 2, 1]);
    assert_eq!(probe["fehlerzeilen"].as_array().map(Vec::len), Some(2));
    assert_eq!(anzahl(&d), 1, "a dry run stores nothing");
    assert_eq!(d.als(GK).get(IMPORTE).senden().ist(200).json()["daten"].as_array().map(Vec::len), Some(1));
    lade(&d, RP, roh.clone(), "").ist_problem(403, "RECHT_FEHLT");
    lade(&d, "demo-gk-06411-1", roh.clone(), "").ist_problem(404, "NICHT_GEFUNDEN");
    let i = pruefe(&d, roh.clone(), "?dateiname=liste.csv");
    assert_eq!((&i["status"], zahlen(&i)), (&json!("GEPRUEFT"), [2, 0, 0, 2, 1]));
    assert_eq!((&i["dialekt"]["trennzeichen"], &i["dialekt"]["zeichensatz"]), (&json!(";"), &json!("UTF_8_BOM")));
    let id = i["id"].as_str().expect("id");
    let zeilen = d.als(GK).get(&format!("/belegimporte/{id}/zeilen?urteil=FEHLERHAFT")).senden().ist(200).json();
    let orte: Vec<_> = zeilen["daten"].as_array().expect("lines").iter().map(|z| &z["befunde"][0]).collect();
    assert_eq!((&orte[0]["adresse"], &orte[0]["kurzname"]), (&json!("G4"), &json!("IMPORT_DATUM_FORM")));
    assert_eq!((&orte[0]["gefunden"], &orte[1]["kurzname"]), (&json!("2026-02-30"), &json!("IMPORT_DOPPELT_IN_DATEI")));
    assert_eq!(anzahl(&d), 1, "staged apart from the list");
    // another county knows nothing of it, a Traeger only of what it uploaded
    for wer in ["demo-gk-06411-1", TRAEGER] {
        d.als(wer).get(&format!("/belegimporte/{id}")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    }
    uebernimm(&d, &i, true).ist_problem(409, "IMPORT_NICHT_ALLE_GUT");
    let probe = format!("/belegimporte/{id}/uebernahme");
    let v = i["version"].as_i64().expect("version");
    d.als(GK).post(&probe, &json!({ "nur_vollstaendig": false })).if_match(v).simulation().senden().ist(200);
    assert_eq!(anzahl(&d), 1);
    let nach = uebernimm(&d, &i, false).ist(200).json();
    assert_eq!((&nach["status"], &nach["fortschritt"]["uebernommen"]), (&json!("UEBERNOMMEN"), &json!(2)));
    assert_eq!(anzahl(&d), 3);
    uebernimm(&d, &i, false).ist_problem(412, "VERSION_VERALTET");
    let noch_einmal = uebernimm(&d, &nach, false).ist(200).json();
    assert_eq!(
        (anzahl(&d), &noch_einmal["fortschritt"]["uebernommen"]),
        (3, &json!(2)),
        "repeating it makes nothing double"
    );
    // the same file is the same import; the corrected one changes and adds
    assert_eq!(lade(&d, GK, roh, "").ist(201).json()["id"], i["id"]);
    let besser = liste([zeile(1), zeile(2).replace("Leistung 2", "Leistung zwei"), zeile(3)]);
    let i = pruefe(&d, besser, "");
    assert_eq!(zahlen(&i), [1, 1, 1, 0, 0]);
    uebernimm(&d, &i, true).ist(200);
    assert_eq!(anzahl(&d), 4);
    // the list of errors is in the dialect of the file and can be read again
    let fehler = d.als(GK).get(&format!("/belegimporte/{id}/fehler/csv")).senden().ist(200).text();
    assert!(fehler.starts_with('\u{feff}') && fehler.contains("AQB-IM-008"), "{fehler}");
    let berichtigt = fehler.replace("2026-02-30", "03.03.2026");
    let i = pruefe(&d, berichtigt.into_bytes(), "");
    assert_eq!(zahlen(&i), [0, 0, 2, 0, 0], "{}", i["befunde"]);
}

/// What is exported comes back unchanged, as CSV and as workbook.
fn hin_und_zurueck(b: Backend) {
    let d = Dienst::starten(b);
    let heikel = [
        ("belegnummer", json!("=1+1")),
        ("gegenstand", json!("\"Zitat\"; Strich – Ende")),
        ("rechnungsaussteller", json!("+49 Söhne & Töchter")),
        ("nicht_foerderfaehig_ust", json!("0.99")),
        ("beantragt", json!("4999.00")),
        ("original_sha256", json!("cd".repeat(32))),
    ];
    neu(&d, GK, LISTE, &beleg(&heikel));
    neu(&d, GK, LISTE, &teil("T-1", "2999.99"));
    let gutschrift = [
        ("belegnummer", json!("G-1")),
        ("art", json!("GUTSCHRIFT")),
        ("storno_von", json!("=1+1")),
        ("rechnungsbetrag_brutto", json!("-10.00")),
        ("gezahlter_betrag", json!("-10.00")),
        ("beantragt", json!("-10.00")),
    ];
    neu(&d, GK, LISTE, &beleg(&gutschrift));
    for form in ["csv", "xlsx"] {
        let datei = d.als(GK).get(&format!("{LISTE}/{form}")).senden().ist(200).koerper;
        let i = pruefe(&d, datei, "");
        assert_eq!(zahlen(&i), [0, 0, 4, 0, 0], "{form}: {i}");
        assert_eq!((&i["dialekt"]["unbekannt"], &i["dialekt"]["fehlend"]), (&json!([]), &json!([])));
    }
    for form in ["vorlage/csv", "vorlage/xlsx"] {
        let datei = d.als(GK).get(&format!("/belegliste/{form}")).senden().ist(200).koerper;
        let i = pruefe(&d, datei, "");
        assert_eq!((&i["status"], zahlen(&i)), (&json!("GEPRUEFT"), [0; 5]), "{form}: {i}");
    }
}

/// Credit notes together take back no more of a Beleg than was paid, by hand and in a file.
fn gutschriften_bis_zum_beleg(b: Backend) {
    let d = Dienst::starten(b);
    neu(&d, GK, LISTE, &beleg(&[("belegnummer", json!("DU-1"))]));
    let gutschrift = |nummer: &str, betrag: &str| {
        beleg(&[
            ("belegnummer", json!(nummer)),
            ("art", json!("GUTSCHRIFT")),
            ("storno_von", json!("DU-1")),
            ("rechnungsbetrag_brutto", json!(betrag)),
            ("gezahlter_betrag", json!(betrag)),
            ("beantragt", json!(betrag)),
        ])
    };
    neu(&d, GK, LISTE, &gutschrift("G-1", "-100.00"));
    let trage_ein = |k: &Value| d.als(GK).post(LISTE, k).neuer_schluessel().senden();
    let r = trage_ein(&gutschrift("G-2", "-5000.00")).ist_problem(422, "GUTSCHRIFT_UEBER_BELEG");
    assert_eq!(r.json()["befunde"][0]["differenz"]["wert"], "100.01");
    // the same as a line of a file, against what the register holds
    let datei = d.als(GK).get(&format!("{LISTE}/csv")).senden().ist(200).text();
    let datei = datei.replace("G-1", "G-2").replace("-100,00", "-5000,00");
    let i = pruefe(&d, datei.into_bytes(), "");
    let fehler = d.als(GK).get(&format!("/belegimporte/{}/fehler/csv", als_text(&i["id"]))).senden().ist(200).text();
    assert!(fehler.contains("AQB-BL-028"), "{i} {fehler}");
    trage_ein(&gutschrift("G-2", "-4899.99")).ist(201);
    trage_ein(&gutschrift("G-3", "-0.01")).ist_problem(422, "GUTSCHRIFT_UEBER_BELEG");
}

/// Dossier 7.4: bookings of DATEV name no day of payment, and the numbers of a list are the server's.
fn unvollstaendige_zeilen(b: Backend) {
    let d = Dienst::starten(b);
    let buchungen = "\"EXTF\";700;21;\"Buchungsstapel\";13;20260401120000000;;\"RE\";\"\";\"\";1001;1;20260101;4;\
20260101;20261231;\"Stapel\";\"\";1;0;0;\"EUR\";;;;;;;;;\r\n\
Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;\
Belegfeld 1;Belegfeld 2;Skonto;Buchungstext;KOST1 - Kostenstelle;KOST2 - Kostenstelle\r\n\
119,00;\"S\";\"EUR\";6310;70001;503;\"RE-1\";\"\";;\"Raummiete\";\"M01\";\"\"\r\n";
    let gelesen = pruefe(&d, buchungen.as_bytes().to_vec(), "");
    assert_eq!(gelesen["dialekt"]["format"], json!("DATEV"), "{gelesen}");
    let mit_nummer = format!("Lfd. Nr.;{KOPF}\r\n1;{}7;{}", zeile(1), zeile(2));
    let nummern = pruefe(&d, mit_nummer.into_bytes(), "");
    assert_eq!(zahlen(&nummern), [2, 0, 0, 0, 0], "a wrong number is said, not refused: {nummern}");
    for (i, kurzname, erwartet) in [(&gelesen, "IMPORT_ZAHLUNGSDATUM_ERGAENZEN", 1), (&nummern, "IMPORT_LFD_NR", 1)] {
        let ort = format!("/belegimporte/{}/zeilen", i["id"].as_str().expect("id"));
        let zeilen = d.als(GK).get(&ort).senden().ist(200).json();
        let befunde = zeilen["daten"].as_array().expect("lines").iter().flat_map(|z| z["befunde"].as_array());
        let n = befunde.flatten().filter(|b| b["kurzname"] == json!(kurzname)).count();
        assert_eq!(n, erwartet, "{kurzname}: {zeilen}");
    }
}

fn schlechte_dateien(b: Backend) {
    let d = Dienst::mit(aqb_tests::datenbank::Datenbank::neu(b), &["--import-hoechstens", "1"]);
    let falsch = |roh: Vec<u8>, code: &str| {
        let i = pruefe(&d, roh.clone(), "");
        assert_eq!((&i["status"], &i["befunde"][0]["kurzname"]), (&json!("ABGEWIESEN"), &json!(code)), "{i}");
        let probe = lade(&d, GK, roh, "?simulation=true").ist(200).json();
        assert_eq!(probe["befunde"][0]["kurzname"], json!(code), "the dry run says the same");
    };
    falsch(b"%PDF-1.7".to_vec(), "IMPORT_DATEI_ART");
    falsch(vec![0; 3000], "IMPORT_ZEICHENSATZ");
    falsch(b"a;b\n1;2\n".to_vec(), "IMPORT_KOPFZEILE_FEHLT");
    falsch([b"Haushaltsjahr;2019\n".as_slice(), &liste([zeile(1)])].concat(), "IMPORT_FALSCHES_JAHR");
    falsch([b"Aktenzeichen;Z-1\n".as_slice(), &liste([zeile(1)])].concat(), "IMPORT_FALSCHER_BESCHEID");
    let i = pruefe(&d, b"PK\x03\x04kaputt".to_vec(), "");
    uebernimm(&d, &i, false).ist_problem(409, "IMPORT_NICHT_UEBERNEHMBAR");
    lade(&d, GK, vec![b'x'; 1024 * 1024 + 1], "").ist_problem(413, "ZU_GROSS");
    let a = d.als(GK).anfrage("POST", IMPORTE).kopf("content-type", "application/pdf").bytes(b"x".to_vec()).senden();
    a.ist_problem(415, "MEDIENTYP");
    setze_status(&d, "EINGEREICHT");
    lade(&d, GK, liste([zeile(1)]), "").ist_problem(409, "BELEG_NICHT_BEARBEITBAR");
}

fn dieselbe_datei_gleichzeitig(b: Backend) {
    let d = Dienst::starten(b);
    let roh = liste((1..=40).map(zeile));
    let ids: Vec<String> = std::thread::scope(|s| {
        let laeufe: Vec<_> = (0..4)
            .map(|_| {
                let (d, roh) = (&d, roh.clone());
                s.spawn(move || {
                    loop {
                        let a = lade(d, GK, roh.clone(), "");
                        // one file of a county is read at a time; the others wait and try again
                        if a.status != 429 {
                            return a.ist(201).json()["id"].as_str().expect("id").to_owned();
                        }
                    }
                })
            })
            .collect();
        laeufe.into_iter().map(|l| l.join().expect("thread")).collect()
    });
    assert!(ids.windows(2).all(|w| w[0] == w[1]), "{ids:?}");
    let i = warte(&d, &ids[0], &["GEPRUEFT"]);
    assert_eq!(zahlen(&i), [40, 0, 0, 0, 0]);
    let status: Vec<u16> = std::thread::scope(|s| {
        let laeufe: Vec<_> = (0..3).map(|_| s.spawn(|| uebernimm(&d, &i, true).status)).collect();
        laeufe.into_iter().map(|l| l.join().expect("thread")).collect()
    });
    assert_eq!(status.iter().filter(|s| **s == 200).count(), 1, "{status:?}");
    assert_eq!(anzahl(&d), 41);
}

/// The k-th way to spoil a line, and what must be found in it.
fn verderbe(zeile: &str, k: usize) -> (String, &'static str) {
    let z = zeile.trim_end();
    let (neu, code) = match k % 8 {
        0 => (z.replacen("03.03.2026", "31.02.2026", 1), "IMPORT_DATUM_FORM"),
        1 => (z.replacen(";AUSGABE;", ";KREDIT;", 1), "IMPORT_WERT_UNBEKANNT"),
        2 => (z.replacen("M01", "M77", 1), "BELEG_MASSNAHME_UNBEKANNT"),
        3 => (z.replacen("PERSONAL", "LUFTSCHLOSS", 1), "BELEG_POSITION_NICHT_IM_PLAN"),
        4 => (format!("{z}1"), "IMPORT_BETRAG_FORM"),
        5 => (z.replacen("10.03.2026", "", 1), "IMPORT_PFLICHT_LEER"),
        6 => (z.replacen("Leistung", "Leis\u{0}tung", 1), "IMPORT_STEUERZEICHEN"),
        _ => (z.rsplit_once(';').map_or(String::new(), |(vorn, _)| format!("{vorn};1,00")), "BEANTRAGT_FALSCH"),
    };
    (format!("{neu}\r\n"), code)
}

/// 10,000 lines with 500 planted errors: all are found at their lines, none is invented.
fn zehntausend_zeilen_fuenfhundert_fehler(b: Backend) {
    let d = Dienst::starten(b);
    let mut soll = std::collections::BTreeMap::new();
    let zeilen: Vec<String> = (1..=10_000usize)
        .map(|nr| {
            let gut = zeile(nr);
            if nr % 20 != 7 {
                return gut;
            }
            let (schlecht, code) = verderbe(&gut, nr / 20);
            soll.insert(nr as i64 + 1, code.to_owned());
            schlecht
        })
        .collect();
    assert_eq!(soll.len(), 500);
    let i = pruefe(&d, liste(zeilen), "");
    assert_eq!(zahlen(&i), [9_500, 0, 0, 500, 0]);
    let mut ist = std::collections::BTreeMap::new();
    let mut weiter = String::new();
    loop {
        let ort = format!("/belegimporte/{}/zeilen?urteil=FEHLERHAFT&limit=200{weiter}", i["id"].as_str().expect("id"));
        let seite = d.als(GK).get(&ort).senden().ist(200).json();
        for z in seite["daten"].as_array().expect("lines") {
            let befunde = z["befunde"].as_array().expect("findings");
            assert_eq!(befunde.len(), 1, "{z}");
            ist.insert(z["nr"].as_i64().expect("line"), befunde[0]["kurzname"].as_str().expect("name").to_owned());
        }
        match seite["weiter"].as_str() {
            Some(w) => weiter = format!("&cursor={w}"),
            None => break,
        }
    }
    assert_eq!(ist, soll);
    let verlauf =
        d.als(RP).get(&format!("/belegimporte/{}/historie?limit=200", i["id"].as_str().expect("id"))).senden();
    let akte = verlauf.ist(200).json()["daten"].as_array().map_or(0, Vec::len);
    assert!(akte >= 20, "progress is told as it goes: {akte} entries");
}

/// Resident memory of this process in MiB.
fn speicher() -> i64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let zeile = text.lines().find_map(|z| z.strip_prefix("VmRSS:")).unwrap_or("0");
    zeile.split_whitespace().next().and_then(|z| z.parse::<i64>().ok()).unwrap_or(0) / 1024
}

/// 100,000 lines are read and judged in bounded memory. Takes minutes without optimisation, so it runs where
/// `AQB_TEST_GROSS=1` asks for it; otherwise it goes the same way with 2,000 lines.
fn hunderttausend_zeilen(b: Backend) {
    let gross = std::env::var("AQB_TEST_GROSS").is_ok_and(|w| w == "1");
    let anzahl_zeilen = if gross { 100_000 } else { 2_000 };
    let d = Dienst::starten(b);
    let mut text = format!("{KOPF}\r\n");
    for nr in 1..=anzahl_zeilen {
        let _ = write!(text, "{}", zeile(nr));
    }
    let roh = text.into_bytes();
    let vorher = speicher();
    let i = lade(&d, GK, roh, "").ist(201).json();
    let id = i["id"].as_str().expect("id").to_owned();
    let (mut hoechstens, mut stufen) = (vorher, std::collections::BTreeSet::new());
    let i = loop {
        hoechstens = hoechstens.max(speicher());
        let i = d.als(RP).get(&format!("/belegimporte/{id}")).senden().ist(200).json();
        stufen.insert(i["fortschritt"]["zeilen"].as_i64().expect("lines"));
        if i["status"] == json!("GEPRUEFT") {
            break i;
        }
        assert_eq!(i["status"], json!("LAEUFT"), "{i}");
        std::thread::sleep(Duration::from_millis(if gross { 500 } else { 10 }));
    };
    assert_eq!(zahlen(&i), [anzahl_zeilen as i64, 0, 0, 0, 0]);
    assert!(stufen.len() >= 2, "progress is seen from outside: {stufen:?}");
    if gross {
        assert!(hoechstens - vorher < 200, "{vorher} MiB before, {hoechstens} MiB at most");
    }
}

/// Head of an upload whose body comes later, over a connection of its own.
fn angekuendigt(d: &Dienst, wer: &str, ziel: &str, bytes: usize) -> std::net::TcpStream {
    use std::io::Write as _;
    let token = d.anonym().token(wer, "demo").json()["access_token"].as_str().expect("token").to_owned();
    let mut s = std::net::TcpStream::connect(d.adresse).expect("connect");
    s.set_read_timeout(Some(Duration::from_secs(20))).expect("timeout");
    let kopf = format!(
        "POST /v1{ziel}?simulation=true HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: text/csv\r\ncontent-length: {bytes}\r\n\r\n"
    );
    s.write_all(kopf.as_bytes()).expect("head");
    s
}

/// Status and head of what comes back.
fn antwort(mut s: &std::net::TcpStream) -> (u16, String) {
    use std::io::Read as _;
    let (mut aus, mut stueck) = (Vec::new(), [0u8; 8192]);
    while !aus.windows(4).any(|w| w == b"\r\n\r\n") {
        let n = s.read(&mut stueck).expect("an answer");
        assert!(n > 0, "closed without an answer");
        aus.extend_from_slice(&stueck[..n]);
    }
    let (status, kopf, _) = aqb_tests::rohr::zerlege(&aus).expect("head");
    (status, kopf)
}

/// Security review, finding C: a county that holds uploads open takes its own place only. Each further one of it is 429
/// with a time, whoever of its people sends it; others are served meanwhile, its Traeger too.
fn ein_kreis_nimmt_nicht_alle_plaetze(b: Backend) {
    use std::io::Write as _;
    let d = Dienst::starten(b);
    let roh = liste((1..=3).map(zeile));
    let offen = angekuendigt(&d, GK, IMPORTE, roh.len());
    // its place is taken as soon as the head is read
    std::thread::sleep(Duration::from_millis(700));
    let beginn = Instant::now();
    let weitere: Vec<Antwort> = std::thread::scope(|s| {
        let laeufe: Vec<_> = [GK, GK2, GK, GK2]
            .map(|wer| (wer, roh.clone()))
            .into_iter()
            .map(|(wer, roh)| s.spawn(|| lade(&d, wer, roh, "?simulation=true")))
            .collect();
        let traeger = lade(&d, TRAEGER, roh.clone(), "?simulation=true").ist(200).json();
        assert_eq!(zahlen(&traeger).iter().sum::<i64>(), 3, "another caller is served: {traeger}");
        laeufe.into_iter().map(|l| l.join().expect("thread")).collect()
    });
    for r in weitere {
        let r = r.ist_problem(429, "ZU_VIELE_ANFRAGEN");
        assert_eq!(r.kopfzeile("retry-after"), Some("5"));
    }
    assert!(beginn.elapsed() < Duration::from_secs(10), "{:?}", beginn.elapsed());
    // the open one goes on where it was, and then the place is free
    (&offen).write_all(&roh).expect("body");
    assert_eq!(antwort(&offen).0, 200);
    lade(&d, GK, roh, "?simulation=true").ist(200);
}

/// A list that is not the caller's, or closed, is refused before a byte of the file is there; so is a right that is missing.
fn erst_die_liste_dann_die_datei(b: Backend) {
    let d = Dienst::starten(b);
    let fehlt = IMPORTE.replace("000000000050", "0000000000ff");
    let soll = |wer: &str, ziel: &str, status: u16| {
        let (ist, kopf) = antwort(&angekuendigt(&d, wer, ziel, 1 << 20));
        assert_eq!(ist, status, "{wer} {ziel}: {kopf}");
    };
    soll("demo-gk-06411-1", IMPORTE, 404);
    soll("demo-traeger-2", IMPORTE, 404);
    soll(GK, &fehlt, 404);
    soll(RP, IMPORTE, 403);
    setze_status(&d, "EINGEREICHT");
    soll(GK, IMPORTE, 409);
}
