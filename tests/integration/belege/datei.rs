//! Files: judged, taken over, read back; those that are no Belegliste.

use super::{
    IMPORTE, KOPF, LISTE, TRAEGER, anzahl, beleg, lade, liste, pruefe, setze_status, teil, uebernimm, warte, zahlen,
    zeile,
};
use crate::aktionen::{GK, RP, neu};
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    datei_pruefen_und_uebernehmen,
    hin_und_zurueck,
    gutschriften_bis_zum_beleg,
    unvollstaendige_zeilen,
    schlechte_dateien,
    dieselbe_datei_gleichzeitig,
);

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
