//! Dossier S20 over HTTP: a Jahrgang under new law, from the ministry's decision about it to the final decision of a case.

use crate::abbruch::Prozess;
use crate::aktionen::{GK, GK2, MIN, RP, RP2, neu, tue};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(s20_neues_recht_bis_zum_schlussbescheid, s20_altes_recht_bleibt_beim_vollen_nachweis);

const MIN2: &str = "demo-ministerium-2";
const REGELWERK: &str = "HE-NEU-2029";
const IBAN: &str = "DE02500105170137075030";
const NEUJAHR: &str = "2029-02-01T08:00:00Z";
const JAHR_DANACH: &str = "2030-02-01T08:00:00Z";

/// A client of a server on this database whose clock runs from `uhr` on.
fn am(d: &Dienst, uhr: &str) -> (Prozess, Dienst) {
    let p = Prozess::starten_am(&d.datenbank.url, uhr);
    let mut dort = d.zweiter();
    dort.adresse = p.adresse;
    (p, dort)
}

fn lies(d: &Dienst, wer: &str, pfad: &str) -> Value {
    d.als(wer).get(pfad).senden().ist(200).json()
}

fn parameter(schluessel: &str, art: &str, wert: &str) -> Value {
    json!({ "schluessel": schluessel, "art": art, "wert": wert, "gueltig_ab": "2025-01-01",
        "fundstelle": "Erlass (Beispiel)", "einstufung": "ANNAHME" })
}

/// HE-NEU as shipped leaves open what nobody has published; a ministry decides it in a version of its own, two persons
/// publish that, and the Jahrgang can be opened.
fn jahrgang_nach_neuem_recht(d: &Dienst) {
    let j = neu(
        d,
        MIN,
        "/jahrgaenge",
        &json!({ "jahrgang": 2029, "regelwerk": "HE-NEU",
            "ansaetze": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2029, "betrag": "100000.00" }] }),
    );
    let r = tue(d, MIN, &j, "oeffnung", &json!({})).ist_problem(409, "PARAMETER_FEHLT").json();
    assert!(als_text(&r["befunde"][0]["text"]).contains("finanzierungsart"), "{r}");
    let entschieden = json!({ "version": REGELWERK, "bezeichnung": "Neues Recht mit Anteilfinanzierung",
        "gueltig_ab": "2026-01-01", "vorlage": "HE-NEU", "parameter": [
            parameter("finanzierungsart", "CODE", "ANTEIL"), parameter("mittelabruf_frist", "DAUER", "2 MONATE"),
            parameter("vn_frist_gk", "DAUER", "12 MONATE"), parameter("zwischennachweis_pflicht", "WAHRHEIT", "NEIN"),
            parameter("bagatellgrenze", "BETRAG", "50.00"),
        ] });
    let w = neu(d, MIN, "/regelwerke", &entschieden);
    tue(d, MIN, &w, "veroeffentlichung", &json!({})).ist_problem(403, "VIER_AUGEN");
    tue(d, MIN2, &w, "veroeffentlichung", &json!({})).ist(200);
    let version = d.als(MIN).get(&j).senden().ist(200).version();
    d.als(MIN).patch(&j, &json!({ "regelwerk": REGELWERK })).if_match(version).senden().ist(200);
    tue(d, MIN, &j, "oeffnung", &json!({})).ist(200);
    let zuteilung = json!({ "kreisschluessel": "06440", "grundlage": "Erlass (Beispiel)",
        "positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2029, "betrag": "60000.00" }] });
    d.als(MIN).post(&format!("{j}/zuteilungen"), &zuteilung).neuer_schluessel().senden().ist(201);
}

fn vereinbarung(d: &Dienst) -> String {
    let k = json!({ "jahrgang": 2029, "kreisschluessel": "06440", "inhalt": {
        "strategie_id": "019a0000-0000-7000-8000-0000000000c1",
        "budget_positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2029, "betrag": "60000.00" }],
        "ziele": [{ "massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppe": "NICHT_AUSBILDUNGSREIF", "plaetze_geplant": 12,
            "teilnehmende_geplant": 20, "indikator": "Übergänge in Ausbildung", "zielwert": 12, "einheit": "Personen" }],
        "querschnittsziele": { "gleichstellung": "Die Hälfte der Plätze für Frauen.", "inklusion": "Barrierefrei." } } });
    let z = neu(d, GK, "/zielvereinbarungen", &k);
    let hash = tue(d, GK, &z, "abstimmung", &json!({})).ist(200).json()["dokument_sha256"].clone();
    for (wer, name) in [(GK, "Erste Kreisbeigeordnete"), (MIN, "Referatsleitung")] {
        tue(d, wer, &z, "unterzeichnung", &json!({ "durch": name, "dokument_sha256": hash })).ist(200);
    }
    z.rsplit('/').next().expect("id").to_owned()
}

/// One measure of 75,000.00, of which the state pays 80 %.
fn massnahme() -> Value {
    json!({ "titel": "Startklar", "kurzbeschreibung": "Vorbereitung auf eine Ausbildung.", "teilbudget": "ALLGEMEIN",
        "traeger_id": "019a0000-0000-7000-8000-0000000000a1", "durchfuehrungsform": "WEITERLEITUNG",
        "beginn": "2029-02-01", "ende": "2029-12-31", "personal": [],
        "durchfuehrungsorte": [{ "plz": "61169", "ort": "Friedberg", "kreisschluessel": "06440" }],
        "finanzierungsplan": {
            "einzelansaetze": [{ "position": "HONORARE", "haushaltsjahr": 2029, "betrag": "75000.00" }],
            "finanzierung": [{ "quelle": "LAND_AQB", "haushaltsjahr": 2029, "betrag": "60000.00" },
                { "quelle": "EIGENMITTEL_GK", "haushaltsjahr": 2029, "betrag": "15000.00" }] },
        "details": { "massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppen": ["NICHT_AUSBILDUNGSREIF"], "plaetze": 12,
            "gesundheitsfoerderung": true, "teilnehmende_geplant": 20, "davon_weiblich_geplant": 10,
            "stundenumfang_woche": 30, "dauer_monate": 10 } })
}

fn detailplanung() -> Value {
    let perioden = [("02-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")].map(|(von, bis)| {
        json!({ "von": format!("2029-{von}"), "bis": format!("2029-{bis}"), "raster": "QUARTAL", "plaetze": 12, "eintritte": 0,
            "austritte": 0, "ausgaben": "18750.00", "land_aqb": "15000.00", "kofinanzierung": "3750.00" })
    });
    json!({ "perioden": perioden })
}

/// A filed application; ids of application and measure.
fn antrag(d: &Dienst) -> (String, String) {
    let k = json!({ "jahrgang": 2029, "kreisschluessel": "06440", "inhalt": {
        "antragsteller": { "organisationseinheit": "Amt für Arbeit",
            "anschrift": { "strasse": "Europaplatz 1", "plz": "61169", "ort": "Friedberg" },
            "ansprechperson": { "name": "Alex Beispiel", "email": "alex@example.org", "telefon": "+49 6031 83-0" } },
        "bankverbindung": { "iban": IBAN, "kontoinhaber": "Wetteraukreis", "kassenzeichen": "AQB-29" },
        "zielvereinbarung_id": vereinbarung(d), "bewilligungszeitraum": { "von": "2029-01-01", "bis": "2029-12-31" },
        "vorzeitiger_massnahmebeginn": { "beantragt": false }, "vorsteuerabzug": "NEIN", "andere_oeffentliche_mittel": [],
        "erklaerungen": ["angaben_richtig", "datenschutz", "gesamtfinanzierung_gesichert", "massnahme_nicht_vor_1_1_begonnen",
            "traegerauswahl_dokumentiert"],
        "unterzeichner": { "name": "Kim Muster", "funktion": "Erste Kreisbeigeordnete", "vertretungsbefugt": true } } });
    let a = neu(d, GK, "/antraege", &k);
    let m = d.als(GK).post(&format!("{a}/massnahmen"), &json!({ "massnahme_nr": "M01", "inhalt": massnahme() }));
    let m = m.neuer_schluessel().senden().ist(201).json();
    let id = als_text(&m["id"]);
    let plan = d.als(GK).put(&format!("{a}/massnahmen/{id}/detailplanung"), &detailplanung());
    plan.if_match(m["version"].as_i64().expect("version")).senden().ist(200);
    let r = tue(d, GK, &a, "einreichung", &json!({})).ist(200).json();
    assert_eq!(r["regelwerk"], json!(REGELWERK), "the case pins what the ministry decided");
    (a, id)
}

/// Granted, final, called and paid: 60,000.00.
fn bewilligt_und_bezahlt(d: &Dienst, antrag: &str, massnahme: &str) {
    tue(d, RP, antrag, "pruefung", &json!({})).ist(200);
    let b = tue(d, RP, antrag, "bewilligung", &json!({ "auflagen": [] })).ist(201).json();
    let b = format!("/bescheide/{}", als_text(&b["id"]));
    tue(d, RP2, &b, "freigabe", &json!({})).ist(200);
    tue(d, RP, &b, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": "2029-02-01" })).ist(200);
    tue(d, GK, &b, "rechtsbehelfsverzicht", &json!({ "am": "2029-02-01" })).ist(200);
    let abruf = json!({ "bescheid_id": b.rsplit('/').next(), "inhalt": { "haushaltsjahr": 2029, "auszahlung_am": "2029-02-15",
        "positionen": [{ "massnahme_id": massnahme, "betrag": "60000.00" }],
        "bedarf": [{ "faellig_am": "2029-03-15", "betrag": "75000.00", "zweck": "Honorare" }],
        "bisher_verausgabt": "0.00", "eigenmittel_eingesetzt": "15000.00", "iban": IBAN } });
    let m = neu(d, GK, "/mittelabrufe", &abruf);
    tue(d, GK, &m, "einreichung", &json!({})).ist(200);
    tue(d, RP, &m, "pruefung", &json!({ "sachlich_richtig": true, "rechnerisch_richtig": true })).ist(200);
    tue(d, RP2, &m, "anordnung", &json!({})).ist(200);
    let auftrag = lies(d, RP, &m);
    let lauf = json!({ "ausfuehrung_am": "2029-02-02", "mittelabrufe": [auftrag["id"]] });
    let lauf = neu(d, RP, "/zahlungslaeufe", &lauf);
    tue(d, RP2, &lauf, "freigabe", &json!({})).ist(200);
    tue(d, RP, &lauf, "uebergabe", &json!({})).ist(200);
    let id = als_text(&lies(d, RP, &lauf)["id"]);
    let z = lies(d, RP, &format!("/zahlungen?zahlungslauf_id={id}"))["daten"][0].clone();
    assert_eq!(z["betrag"], json!("60000.00"));
    let ergebnis = json!({ "end_to_end_id": z["end_to_end_id"], "ergebnis": "AUSGEFUEHRT", "betrag": "60000.00", "am": "2029-02-01" });
    tue(d, RP, &lauf, "rueckmeldung", &json!({ "ergebnisse": [ergebnis] })).ist(200);
}

fn unterzeichne(d: &Dienst, pfad: &str) -> Antwort {
    let hash = lies(d, GK, pfad)["inhalt_sha256"].clone();
    let u = json!({ "unterzeichner": { "name": "Kim Muster", "funktion": "Erste Kreisbeigeordnete", "vertretungsbefugnis": true },
        "inhalt_sha256": hash });
    tue(d, GK2, pfad, "einreichung", &u)
}

/// A signed Verwendungsbestaetigung: form, figures and Sachbericht, and no Belegliste.
fn bestaetigung(d: &Dienst, antrag: &str, massnahme: &str) -> String {
    let anlage = |art: &str| json!({ "antrag_id": antrag.rsplit('/').next(), "art": art });
    let voll = d.als(GK).post("/verwendungsnachweise", &anlage("SCHLUSSNACHWEIS")).neuer_schluessel().senden();
    voll.ist_problem(422, "NACHWEISART_UNZULAESSIG");
    let n = neu(d, GK, "/verwendungsnachweise", &anlage("VERWENDUNGSBESTAETIGUNG"));
    let kopf = lies(d, GK, &n);
    assert_eq!(
        (&kopf["mit_belegliste"], &kopf["regelwerk"], &kopf["grundlage"]["ausgezahlt"]),
        (&json!(false), &json!(REGELWERK), &json!("60000.00"))
    );
    let bericht = json!({ "verlauf": "Die Maßnahme lief von Februar bis Dezember." });
    let version = d.als(GK).get(&n).senden().version();
    d.als(GK).put(&format!("{n}/sachberichte/{massnahme}"), &bericht).if_match(version).senden().ist(200);
    let inhalt = json!({ "zuwendungszweck": "Vorbereitung auf die Ausbildung", "begonnen_am": "2029-02-01",
        "beendet_am": "2029-12-31", "gesamt_ausgezahlt": "60000.00", "massnahmen": [{ "massnahme_id": massnahme,
            "ausgaben": [{ "position": "HONORARE", "ist": "75000.00", "zuwendungsfaehig": "75000.00" }],
            "finanzierung": [{ "quelle": "LAND_AQB", "ist": "60000.00" }, { "quelle": "EIGENMITTEL_GK", "ist": "15000.00" }] }],
        "rpa_vermerk": { "geprueft": "KEIN_RPA" }, "bestaetigungen": ["ANBEST_BEACHTET", "NOTWENDIG_WIRTSCHAFTLICH_SPARSAM",
            "UEBEREINSTIMMUNG_MIT_BUECHERN", "ZWECK_ERREICHT", "KEINE_DOPPELFOERDERUNG"] });
    let version = d.als(GK).get(&n).senden().version();
    d.als(GK).patch(&n, &json!({ "inhalt": inhalt })).if_match(version).senden().ist(200);
    unterzeichne(d, &n).ist(200);
    assert_eq!(lies(d, GK, &format!("{n}/belege"))["daten"], json!([]), "signed without a single Beleg");
    n
}

/// A drawn voucher as the county submits it: its running number, an invoice and its scan.
fn beleg(nummer: &str) -> Value {
    json!({ "inhalt": { "belegnummer": nummer, "massnahme_nr": "M01", "position": "HONORARE", "teilbudget": "ALLGEMEIN",
        "art": "AUSGABE", "rechnungsdatum": "2029-03-03", "leistung_von": "2029-03-01", "leistung_bis": "2029-03-31",
        "zahlungsdatum": "2029-03-10", "rechnungsaussteller": format!("Coaching Beispiel {nummer}"), "gegenstand": "Coaching",
        "rechnungsbetrag_brutto": "350.00", "gezahlter_betrag": "350.00", "beantragt": "350.00",
        "original_sha256": format!("{nummer:0>64}") } })
}

/// Ten of 214: drawn, requested, submitted, decided. One is cut by 100.00.
fn stichprobe(d: &Dienst, n: &str) {
    tue(d, RP, n, "pruefung", &json!({})).ist(200);
    let k = json!({ "grundgesamtheit": "LAUFENDE_NUMMERN", "anzahl": 214,
        "frage": { "startwert": "RPKS-2027-000417", "umfang": 10 }, "begruendung": "Etwa fünf vom Hundert der Belege." });
    let s = d.als(RP).post(&format!("{n}/stichproben"), &k).neuer_schluessel().senden().ist(201).json();
    let nummern: Vec<String> =
        s["treffer"].as_array().expect("draw").iter().map(|t| als_text(&t["schluessel"])).collect();
    assert_eq!(nummern, ["2", "8", "18", "26", "63", "89", "105", "126", "146", "166"]);
    let ende = || tue(d, RP, n, "abschluss", &json!({ "begruendung": "Stichprobe ohne Beanstandung." }));
    assert!(ende().befunde().contains(&"STICHPROBE_NICHT_VORGELEGT".to_owned()), "{}", ende().text());
    let lege_vor = |nr: &str| d.als(GK).post(&format!("{n}/belege"), &beleg(nr)).neuer_schluessel().senden();
    lege_vor("2").ist_problem(409, "BELEG_NICHT_BEARBEITBAR");
    let bitte = json!({ "posten": [{ "feld": "/belegliste", "grund": "FEHLT",
        "text": format!("Bitte legen Sie die gezogenen Belege {} vor.", nummern.join(", ")) }], "frist": "2030-02-28" });
    tue(d, RP, n, "nachforderung", &bitte).ist(200);
    for nr in &nummern {
        lege_vor(nr).ist(201);
    }
    unterzeichne(d, n).ist(200);
    tue(d, RP, n, "pruefung", &json!({})).ist(200);
    let belege = lies(d, RP, &format!("{n}/belege?limit=200"))["daten"].as_array().expect("Belege").clone();
    assert_eq!(belege.len(), 10);
    for b in &belege {
        let cut = b["inhalt"]["belegnummer"] == "63";
        let e = if cut {
            json!({ "anerkannt": "250.00", "pruefgrund": "NICHT_ZUWENDUNGSFAEHIG", "bemerkung": "Bewirtung" })
        } else {
            json!({ "anerkannt": "350.00", "pruefgrund": "ANERKANNT" })
        };
        let pfad = format!("{n}/belege/{}", als_text(&b["id"]));
        tue(d, RP, &pfad, "entscheidung", &e).ist(200);
    }
}

/// What the sample found counts once: 100.00 less of 75,000.00 leave 59,920.00 of 60,000.00, nothing is extrapolated.
fn s20_neues_recht_bis_zum_schlussbescheid(b: Backend) {
    let hier = Dienst::starten(b);
    let (neujahr, d) = am(&hier, NEUJAHR);
    jahrgang_nach_neuem_recht(&d);
    let (antrag, massnahme) = antrag(&d);
    bewilligt_und_bezahlt(&d, &antrag, &massnahme);
    drop((neujahr, d));
    let (_spaeter, d) = am(&hier, JAHR_DANACH);
    let n = bestaetigung(&d, &antrag, &massnahme);
    stichprobe(&d, &n);
    let r = d.als(RP).post(&format!("{n}/schlussrechnungen"), &json!({})).neuer_schluessel().senden().ist(201).json();
    assert_eq!(r["ergebnis"]["endgueltig"], json!("59920.00"), "{r}");
    // the percentage is not published, and no rule that binds needs it
    assert_eq!(r["grundlage"].get("ueberschreitung"), None);
    let mut schluss = json!({ "begruendung": "Von zehn gezogenen Belegen war einer um 100,00 EUR zu kürzen." });
    let ohne = tue(&d, RP, &n, "abschluss", &schluss);
    assert_eq!(ohne.befunde(), ["ANHOERUNG_FEHLT", "WARNUNG_NICHT_BESTAETIGT"], "{}", ohne.text());
    let code = ohne.json()["befunde"][0]["code"].clone();
    schluss["bestaetigte_warnungen"] =
        json!([{ "code": code, "begruendung": "Der Kreis hat der Kürzung am Telefon zugestimmt." }]);
    let x = tue(&d, RP, &n, "abschluss", &schluss).ist(201).json();
    let x = format!("/bescheide/{}", als_text(&x["id"]));
    tue(&d, RP, &x, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    let x = tue(&d, RP2, &x, "freigabe", &json!({})).ist(200).json();
    let erstattung = &x["inhalt"]["schluss"]["erstattung"]["betrag"];
    assert_eq!((&x["bewilligt"], erstattung), (&json!("59920.00"), &json!("80.00")));
    assert_eq!(lies(&d, GK, &n)["status"], json!("ABGESCHLOSSEN"));
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// The case of 2026 was granted under HE-ALT: that new law exists and is in use changes nothing for it.
fn s20_altes_recht_bleibt_beim_vollen_nachweis(b: Backend) {
    let d = Dienst::starten(b);
    jahrgang_nach_neuem_recht(&d);
    let mut k = operation("verwendungsnachweis_anlegen").koerper().expect("example");
    k.as_object_mut().expect("object").remove("haushaltsjahr");
    let lege_an = |art: &str| {
        let mut k = k.clone();
        k["art"] = json!(art);
        d.als(GK).post("/verwendungsnachweise", &k).neuer_schluessel().senden()
    };
    for art in ["VERWENDUNGSBESTAETIGUNG", "EINFACHER_NACHWEIS"] {
        let r = lege_an(art).ist_problem(422, "NACHWEISART_UNZULAESSIG").json();
        assert!(als_text(&r["befunde"][0]["text"]).contains("SCHLUSSNACHWEIS"), "{r}");
    }
    let n = lege_an("SCHLUSSNACHWEIS").ist(201).json();
    assert_eq!((&n["regelwerk"], &n["mit_belegliste"]), (&json!("HE-ALT"), &json!(true)));
}
