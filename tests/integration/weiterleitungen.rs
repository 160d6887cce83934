//! `/weiterleitungen`: money goes on to a Traeger, to the cent, and each side sees its own.

use crate::aktionen::{GK, RP, bescheid, neu, tue, weiterleitung};
use aqb_domain::akt::Entscheidung;
use aqb_domain::berechtigung::{Akteur, Rolle, Sicht};
use aqb_domain::bescheid::Bescheid;
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::vollzug::vollziehe;
use aqb_persistence::{Db, DbFehler, Optionen};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    entwurf_bis_abschluss,
    jede_bedingung_mit_ihrem_code,
    s16_weitergeleitet_und_verwendet,
    s16_zinsen,
    nur_das_geld_der_massnahme,
    zwei_auszahlungen_zugleich,
    traeger_sieht_seinen_teil,
    frist_des_traegers,
);

const GK2: &str = "demo-gk-06440-2";
const TR: &str = "demo-traeger-1";
const TR2: &str = "demo-traeger-2";

fn beispiel() -> Value {
    operation("weiterleitung_anlegen").koerper().expect("example")
}

/// The example with another value in its content.
fn mit(feld: &str, wert: Value) -> Value {
    let mut k = beispiel();
    k["inhalt"][feld] = wert;
    k
}

fn lege_an(d: &Dienst, k: &Value) -> Antwort {
    d.als(GK).post("/weiterleitungen", k).senden()
}

fn stand(d: &Dienst, wer: &str, pfad: &str) -> [String; 5] {
    let s = d.als(wer).get(&format!("{pfad}/stand")).senden().ist(200).json();
    ["vereinbart", "ausgezahlt", "offen", "verwendet", "bestand"].map(|f| als_text(&s[f]))
}

fn zahlung(betrag: &str, am: &str) -> Value {
    json!({ "betrag": betrag, "wertstellung_am": am, "verwendungszweck": "Rate", "haushaltsjahr": 2026 })
}

const M01: &str = "019a0000-0000-7000-8000-0000000000e1";

/// Moves money of a measure between accounts of the demo's first case, with this value date.
fn bewege(
    d: &Dienst,
    massnahme: &str,
    (von, nach): (Kontoart, Kontoart),
    betrag: &str,
    am: &str,
) -> Result<(), String> {
    let akteur =
        Akteur { person: "kasse".into(), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None };
    let wer = Auftraggeber { akteur, anfrage: "zahlung".into(), simulation: false };
    let (betrag, am): (Euro, chrono::NaiveDate) = (betrag.parse().expect("amount"), am.parse().expect("day"));
    let db = Db::oeffnen(&Optionen::neu(&d.datenbank.url)).expect("database");
    let id = "019a0000-0000-7000-8000-0000000000f1".parse().expect("id");
    let massnahme_id: uuid::Uuid = massnahme.parse().expect("id");
    let arbeit = db.schreiben(wer, move |tx| {
        let b = aqb_persistence::bescheid::laden(tx.c, &Sicht::Alles, id)?.expect("the demo's grant");
        let mut positionen = b.wert.inhalt.positionen.iter();
        let p = positionen.find(|p| p.massnahme_id == massnahme_id && p.haushaltsjahr == 2026).expect("position");
        let konto = |art| Kontoschluessel {
            jahrgang: 2026,
            kreisschluessel: "06440".into(),
            teilbudget: p.teilbudget.clone(),
            haushaltsjahr: 2026,
            art,
        };
        let buchung = Buchung::umbuchung("BEWILLIGUNG", "Zahlung").am(am);
        let buchung = buchung.fuer_massnahme(massnahme_id, konto(von), konto(nach), betrag);
        let e: Entscheidung<Bescheid> = Entscheidung::neu(b.wert.clone()).buchung(buchung);
        vollziehe(tx, "aenderung", Some(&b), e)?;
        Ok::<(), DbFehler>(())
    });
    actix_web::rt::System::new().block_on(arbeit).map_err(|e| format!("{e:?}"))
}

/// The state has paid the county for a measure.
fn land_zahlt_fuer(d: &Dienst, massnahme: &str, betrag: &str, am: &str) {
    bewege(d, massnahme, (Kontoart::Gebunden, Kontoart::Abgerufen), betrag, am).expect("call");
    bewege(d, massnahme, (Kontoart::Abgerufen, Kontoart::Ausgezahlt), betrag, am).expect("payment");
}

fn land_zahlt(d: &Dienst, betrag: &str, am: &str) {
    land_zahlt_fuer(d, M01, betrag, am);
}

/// A concluded Weiterleitung of the first measure.
fn vertrag(d: &Dienst, betrag: &str, am: &str) -> String {
    let w = neu(d, GK, "/weiterleitungen", &mit("betrag", json!(betrag)));
    tue(d, GK2, &w, "abschluss", &json!({ "am": am })).ist(200);
    w
}

fn entwurf_bis_abschluss(b: Backend) {
    let d = Dienst::starten(b);
    let w = neu(&d, GK, "/weiterleitungen", &beispiel());
    let kopf = d.als(GK).get(&w).senden().ist(200).json();
    assert_eq!((&kopf["status"], &kopf["entworfen_von"]), (&json!("ENTWURF"), &json!(GK)));
    let aendere =
        |wer: &str, v: i64| d.als(wer).patch(&w, &json!({ "inhalt": { "betrag": "900.00" } })).if_match(v).senden();
    aendere(RP, 1).ist_problem(403, "RECHT_FEHLT");
    aendere("demo-gk-06411-1", 1).ist_problem(404, "NICHT_GEFUNDEN");
    aendere(GK, 7).ist_problem(412, "VERSION_VERALTET");
    assert_eq!(aendere(GK, 1).ist(200).json()["inhalt"]["betrag"], json!("900.00"));
    let am = json!({ "am": "2026-09-15" });
    tue(&d, GK, &w, "abschluss", &am).ist_problem(403, "VIER_AUGEN");
    tue(&d, GK2, &w, "abschluss", &json!({ "am": "2026-09-16" })).ist_problem(422, "DATUM_IN_ZUKUNFT");
    let fertig = tue(&d, GK2, &w, "abschluss", &am).ist(200).json();
    assert_eq!((&fertig["status"], &fertig["abgeschlossen_von"]), (&json!("ABGESCHLOSSEN"), &json!(GK2)));
    aendere(GK, 3).ist_problem(409, "UNVERAENDERLICH");
    d.als(GK).delete(&w).if_match(3).senden().ist_problem(409, "UNVERAENDERLICH");
    d.als(GK).delete(&weiterleitung("40")).if_match(1).senden().ist(204);
    d.als(GK).get(&weiterleitung("40")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// Dossier 5.4: each condition refused with its code, by HTTP as in the domain.
fn jede_bedingung_mit_ihrem_code(b: Backend) {
    let d = Dienst::starten(b);
    let fremder = json!("019a0000-0000-7000-8000-0000000000a2");
    let auftrag = json!("019a0000-0000-7000-8000-0000000000e2");
    for (feld, wert, status, code) in [
        ("betrag", json!("99999999.00"), 422, "WEITERLEITUNG_UEBER_BEWILLIGT"),
        ("betrag", json!("0.00"), 422, "BETRAG_ZU_KLEIN"),
        ("traeger_id", fremder, 422, "TRAEGER_NICHT_IM_FALL"),
        ("massnahme_id", auftrag, 422, "WEITERLEITUNG_NICHT_VORGESEHEN"),
        ("bewilligungszeitraum", json!({ "von": "2025-12-31", "bis": "2026-12-31" }), 422, "WEITERLEITUNG_ZEITRAUM"),
        ("nebenbestimmungen", json!("ANBEST_GK"), 422, "NEBENBESTIMMUNGEN_PRIVAT"),
        ("vn_frist", json!("2028-12-31"), 422, "NACHWEISFRIST_ZU_SPAET"),
    ] {
        let r = lege_an(&d, &mit(feld, wert));
        assert!(r.befunde().contains(&code.to_owned()) && r.status == status, "{feld}: {}", r.text());
    }
    // under examination: nothing is granted yet
    let mut k = mit("massnahme_id", json!("019a0000-0000-7000-8000-0000000000e7"));
    k["antrag_id"] = json!("019a0000-0000-7000-8000-0000000000d4");
    lege_an(&d, &k).ist_problem(409, "WEITERLEITUNG_OHNE_BESCHEID");
    // the rest of the grant, after 2 000.00 of the demonstration data, to the cent and from two sides
    let bewilligt = d.als(RP).get(&bescheid("f1")).senden().ist(200).json();
    let positionen = bewilligt["inhalt"]["positionen"].as_array().expect("positionen").clone();
    let summe = positionen.iter().filter(|p| p["massnahme_id"] == "019a0000-0000-7000-8000-0000000000e1");
    let summe = Euro::summe(summe.map(|p| als_text(&p["bewilligt"]).parse().expect("amount"))).expect("sum");
    let frei = summe.minus("2000.00".parse().expect("amount")).expect("rest");
    let zuviel = frei.plus("0.01".parse().expect("amount")).expect("sum");
    let r = lege_an(&d, &mit("betrag", json!(zuviel))).ist_problem(422, "WEITERLEITUNG_UEBER_BEWILLIGT").json();
    assert_eq!(r["befunde"][0]["differenz"]["wert"], json!("0.01"));
    let (eins, zwei) = (
        neu(&d, GK, "/weiterleitungen", &mit("betrag", json!(frei))),
        neu(&d, GK, "/weiterleitungen", &mit("betrag", json!(frei))),
    );
    let am = json!({ "am": "2026-09-15" });
    tue(&d, GK2, &eins, "abschluss", &am).ist(200);
    tue(&d, GK2, &zwei, "abschluss", &am).ist_problem(422, "WEITERLEITUNG_UEBER_BEWILLIGT");
}

/// Dossier S16: received 2026-05-04, passed on 05-06, used 08-31.
fn s16_weitergeleitet_und_verwendet(b: Backend) {
    let d = Dienst::starten(b);
    let w = vertrag(&d, "2000.00", "2026-05-01");
    tue(&d, GK, &w, "auszahlungen", &zahlung("1.00", "2026-04-30")).ist_problem(422, "AUSZAHLUNG_VOR_VERTRAG");
    tue(&d, GK, &w, "auszahlungen", &zahlung("0.01", "2026-09-01")).ist_problem(422, "AUSZAHLUNG_UEBER_EMPFANGENES");
    land_zahlt(&d, "1500.00", "2026-05-04");
    // before the money came it could not go on
    tue(&d, GK, &w, "auszahlungen", &zahlung("1500.00", "2026-05-03")).ist_problem(422, "AUSZAHLUNG_UEBER_EMPFANGENES");
    let ohne = d.als(GK).post(&format!("{w}/auszahlungen"), &zahlung("1500.00", "2026-05-06")).if_match(2).senden();
    ohne.ist_problem(400, "IDEMPOTENZ_FEHLT");
    let version = d.als(GK).get(&w).senden().version();
    let s = d.als(GK).post(&format!("{w}/auszahlungen"), &zahlung("1500.00", "2026-05-06")).if_match(version);
    let s = s.simulation().senden().ist(200).json();
    let konten: Vec<_> = s["simulation"]["buchungen"]
        .as_array()
        .expect("postings")
        .iter()
        .map(|b| (&b["konto"], &b["betrag"]))
        .collect();
    assert_eq!(konten, [(&json!("AUSGEZAHLT"), &json!("-1500.00")), (&json!("WEITERGELEITET"), &json!("1500.00"))]);
    tue(&d, TR, &w, "auszahlungen", &zahlung("1.00", "2026-05-06")).ist_problem(403, "RECHT_FEHLT");
    tue(&d, GK, &w, "auszahlungen", &zahlung("1500.00", "2026-05-06")).ist(200);
    assert_eq!(stand(&d, TR, &w), ["2000.00", "1500.00", "500.00", "0.00", "1500.00"]);
    let budget = d.als(GK).get("/budgets/2026/06440").senden().ist(200).json();
    let weiter: Vec<_> =
        budget["positionen"].as_array().expect("positionen").iter().map(|p| als_text(&p["weitergeleitet"])).collect();
    assert!(weiter.contains(&"1500.00".to_owned()), "the county's budget shows it: {weiter:?}");
    let melde =
        |wer: &str, betrag: &str| tue(&d, wer, &w, "verwendungen", &json!({ "am": "2026-08-31", "betrag": betrag }));
    melde(TR, "1000.00").ist(200);
    melde(GK, "500.01").ist_problem(422, "VERWENDUNG_UEBER_AUSZAHLUNG");
    melde(RP, "1.00").ist_problem(403, "RECHT_FEHLT");
    assert_eq!(stand(&d, GK, &w), ["2000.00", "1500.00", "500.00", "1000.00", "500.00"]);
    // what is used stays; what is not can be reversed, once, and lies with the county again
    let zahlungen = d.als(GK).get(&w).senden().ist(200).json()["auszahlungen"].clone();
    let storno = json!({ "auszahlung_id": zahlungen[0]["id"], "grund": "falsches Konto" });
    tue(&d, GK, &w, "auszahlungsstorno", &storno).ist_problem(422, "STORNO_UEBER_BESTAND");
    land_zahlt(&d, "300.00", "2026-09-01");
    let r = tue(&d, GK, &w, "auszahlungen", &zahlung("300.00", "2026-09-02")).ist(200).json();
    let storno = json!({ "auszahlung_id": r["auszahlungen"][1]["id"], "grund": "falsches Konto" });
    let r = tue(&d, GK, &w, "auszahlungsstorno", &storno).ist(200).json();
    assert_eq!(
        (&r["auszahlungen"][1]["stornogrund"], &r["stand"]["ausgezahlt"]),
        (&json!("falsches Konto"), &json!("1500.00"))
    );
    tue(&d, GK, &w, "auszahlungsstorno", &storno).ist_problem(422, "AUSZAHLUNG_UNBEKANNT");
    tue(&d, GK, &w, "auszahlungen", &zahlung("300.00", "2026-09-02")).ist(200);
    tue(&d, GK, &w, "auszahlungen", &zahlung("200.01", "2026-09-02")).ist(422);
    // 800.00 lie with the Traeger: given back in part, used for the rest; only then the end is the agreed one
    let grund = json!({ "grund": "Die Maßnahme ist abgerechnet." });
    tue(&d, GK, &w, "beendigung", &grund).ist_problem(409, "BESTAND_UNGEKLAERT");
    let gibt = |betrag: &str| json!({ "betrag": betrag, "wertstellung_am": "2026-09-10", "haushaltsjahr": 2026 });
    tue(&d, GK, &w, "rueckzahlungen", &gibt("800.01")).ist_problem(422, "RUECKGABE_UEBER_BESTAND");
    tue(&d, TR, &w, "rueckzahlungen", &gibt("1.00")).ist_problem(403, "RECHT_FEHLT");
    let r = tue(&d, GK, &w, "rueckzahlungen", &gibt("250.00")).ist(200).json();
    assert_eq!((&r["stand"]["zurueckgezahlt"], &r["stand"]["bestand"]), (&json!("250.00"), &json!("550.00")));
    melde(TR, "550.00").ist(200);
    assert_eq!(tue(&d, GK, &w, "beendigung", &grund).ist(200).json()["status"], "BEENDET");
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("books and trail agree");
}

/// Dossier S16 with its numbers: paid on 2026-05-04, used on 08-31, later than the two months allow: interest from the payout, as HE-ALT has it.
fn s16_zinsen(b: Backend) {
    let d = Dienst::starten(b);
    let w = vertrag(&d, "30000.00", "2026-05-01");
    let zinsen = || d.als(TR).get(&format!("{w}/zwischenzinsen")).senden().ist(200).json();
    assert_eq!((zinsen()["zinsen"].clone(), zinsen()["posten"].clone()), (json!("0.00"), json!([])));
    land_zahlt(&d, "30000.00", "2026-05-04");
    tue(&d, GK, &w, "auszahlungen", &zahlung("30000.00", "2026-05-04")).ist(200);
    let z = zinsen();
    let kurz = |z: &Value| json!([z["zinsen"], z["nicht_verwendet"], z["posten"][0]["frist_ende"]]);
    assert_eq!(kurz(&z), json!(["0.00", "30000.00", "2026-07-04"]), "known before it is too late");
    tue(&d, TR, &w, "verwendungen", &json!({ "am": "2026-08-31", "betrag": "30000.00" })).ist(200);
    let z = zinsen();
    assert_eq!(kurz(&z), json!(["625.79", "0.00", "2026-07-04"]));
    assert_eq!((&z["posten"][0]["tage"], &z["regelwerk"]), (&json!(119), &json!("HE-ALT")));
    // the county owes the state the same for the payment it passed on
    let k = json!({ "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "ausgezahlt_am": "2026-05-04",
        "weiterleitung_id": w.rsplit('/').next(), "kenntnis_am": "2026-09-01", "verzoegerung_behoerde_tage": 0,
        "bestaetigte_warnungen": crate::forderungen::ohne_anhoerung(),
        "ermessen_begruendung": "Das Geld lag beim Träger; Gründe, davon abzusehen, fehlen." });
    let ort = "/antraege/019a0000-0000-7000-8000-0000000000d1/zwischenzinsbescheid";
    let e = d.als(RP).post(ort, &k).neuer_schluessel().senden().ist(201).json();
    assert_eq!(e["inhalt"]["zins"]["festgesetzt"], "625.79", "{e}");
    d.als("demo-traeger-2").get(&format!("{w}/zwischenzinsen")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    d.als("demo-gk-06411-1").get(&format!("{w}/zwischenzinsen")).senden().ist_problem(404, "NICHT_GEFUNDEN");
}

/// What lies with the county for another measure pays nothing, though it lies on the same account.
fn nur_das_geld_der_massnahme(b: Backend) {
    let d = Dienst::starten(b);
    let w = vertrag(&d, "2000.00", "2026-05-01");
    land_zahlt_fuer(&d, "019a0000-0000-7000-8000-0000000000e2", "1000.00", "2026-05-04");
    tue(&d, GK, &w, "auszahlungen", &zahlung("1.00", "2026-09-15")).ist_problem(422, "AUSZAHLUNG_UEBER_EMPFANGENES");
    land_zahlt(&d, "1000.00", "2026-05-04");
    tue(&d, GK, &w, "auszahlungen", &zahlung("400.00", "2026-09-15")).ist(200);
    // a return to the state takes what lies there for this measure and not a cent of the other one
    let zurueck = |betrag: &str| bewege(&d, M01, (Kontoart::Ausgezahlt, Kontoart::Gebunden), betrag, "2026-09-15");
    let e = zurueck("600.01").expect_err("not covered");
    assert!(e.contains("BUDGET_UEBERSCHRITTEN") && e.contains("massnahme_id"), "{e}");
    zurueck("600.00").expect("covered");
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("books and trail agree");
}

/// Eight payments of the same received euro at once, from two contracts: one goes through.
fn zwei_auszahlungen_zugleich(b: Backend) {
    let d = Dienst::starten(b);
    let zweite = neu(&d, GK, "/weiterleitungen", &mit("betrag", json!("2000.00")));
    tue(&d, GK2, &zweite, "abschluss", &json!({ "am": "2026-09-15" })).ist(200);
    land_zahlt(&d, "1000.00", "2026-09-01");
    let tor = std::sync::Barrier::new(8);
    let ziele = [weiterleitung("41"), zweite];
    let antworten: Vec<u16> = std::thread::scope(|s| {
        let faeden: Vec<_> = (0..8)
            .map(|i| {
                let (d, tor, ziel) = (&d, &tor, &ziele[i % 2]);
                s.spawn(move || {
                    let version = d.als(GK).get(ziel).senden().version();
                    let a = d.als(GK).post(&format!("{ziel}/auszahlungen"), &zahlung("1000.00", "2026-09-15"));
                    tor.wait();
                    a.if_match(version).neuer_schluessel().senden().status
                })
            })
            .collect();
        faeden.into_iter().map(|f| f.join().expect("thread")).collect()
    });
    assert_eq!(antworten.iter().filter(|s| **s == 200).count(), 1, "{antworten:?}");
    assert!(antworten.iter().all(|s| [200, 412, 422].contains(s)), "{antworten:?}");
}

/// Dossier S6: the Traeger reads its own concluded ones and nothing of drafts; another Traeger reads nothing of them.
fn traeger_sieht_seinen_teil(b: Backend) {
    let d = Dienst::starten(b);
    let liste = |wer: &str| {
        d.als(wer).get("/weiterleitungen").senden().ist(200).json()["daten"].as_array().expect("daten").clone()
    };
    let ids = |wer: &str| liste(wer).iter().map(|w| als_text(&w["id"])).collect::<Vec<_>>();
    assert_eq!(ids(TR), ["019a0000-0000-7000-8000-000000000041"]);
    assert_eq!((ids(GK).len(), ids(TR2).len(), ids("demo-gk-06411-1").len()), (2, 0, 0));
    d.als(TR).get(&weiterleitung("40")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    for pfad in ["", "/stand", "/historie", "/aktionen"] {
        let ziel = format!("{}{pfad}", weiterleitung("41"));
        d.als(TR).get(&ziel).senden().ist(200);
        d.als(TR2).get(&ziel).senden().ist_problem(404, "NICHT_GEFUNDEN");
    }
    let eigene = &liste(TR)[0];
    assert!(eigene.get("entworfen_von").is_none(), "who drafted it is the county's affair: {eigene}");
    let akte = |wer: &str| {
        let h = d.als(wer).get(&format!("{}/historie", weiterleitung("41"))).senden().ist(200).json();
        h["daten"].as_array().expect("daten").iter().map(|e| als_text(&e["akt"])).collect::<Vec<_>>()
    };
    assert_eq!(akte(GK), ["anlage", "abschluss"]);
    assert_eq!(akte(TR), ["abschluss"], "what the county drafted before is its own");
    let h = d.als(TR).get(&format!("{}/historie", weiterleitung("41"))).senden().ist(200).text();
    assert!(!h.contains("entworfen_von") && !h.contains("demo-gk-06440-1"), "{h}");
}

/// The Traeger's proof is a deadline of the case; more time must leave the county its own.
fn frist_des_traegers(b: Backend) {
    let d = Dienst::starten(b);
    let f = crate::fristen::einzige(&d, "art=VERWENDUNGSNACHWEIS_TRAEGER");
    let kopf = d.als(GK).get(&f).senden().ist(200).json();
    assert_eq!((&kopf["faellig_am"], &kopf["fall_art"]), (&json!("2028-06-30"), &json!("WEITERLEITUNG")));
    let laenger = |bis: &str| tue(&d, RP, &f, "verlaengerung", &json!({ "bis": bis, "grund": "Prüfer fehlt" }));
    laenger("2028-12-31").ist_problem(422, "NACHWEISFRIST_ZU_SPAET");
    laenger("2028-09-29").ist(200);
    tue(&d, GK, &weiterleitung("41"), "beendigung", &json!({ "grund": "Nachweis liegt vor" })).ist(200);
    assert_eq!(d.als(GK).get(&f).senden().ist(200).json()["status"], json!("ERLEDIGT"));
}
