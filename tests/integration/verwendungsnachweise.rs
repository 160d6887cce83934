//! `/verwendungsnachweise`: proofs of use from the draft to the examination.

use crate::aktionen::{GK, GK2, RP, RP2, neu, tue, zahlungslauf};
use aqb_domain::akt::Entscheidung;
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_domain::geld::Euro;
use aqb_domain::verwendungsnachweis::NachweisStatus;
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::typen::Kennung;
use aqb_persistence::vollzug::vollziehe;
use aqb_persistence::{Db, DbFehler, Optionen};
use aqb_tests::datenbank::befehl;
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    entwurf,
    unterzeichnet_und_geprueft,
    zurueckgezogen_und_berichtigt,
    nachgefordert,
    plan_ist_und_berechnung,
    sachbericht_in_fassungen,
    traeger_liefert_zu,
    schluss_uebernimmt_das_jahr,
    s22_eingereicht_sperrt_nicht_mehr,
    gefaelschter_sachbericht,
    unterzeichnete_liste_bleibt,
    wer_schreibt_unterzeichnet_nicht,
    wer_belege_schreibt_unterzeichnet_nicht,
    wer_belege_einliest_unterzeichnet_nicht,
    korrektur_waehrend_der_entscheidung,
    ueberfaellige_auflage_vor_dem_schluss,
    frist_des_traegers,
    zuviel_zurueckgezahltes_vor_dem_schluss,
);

/// The draft of the demonstration data: the proof of 2026, for a granted case with two measures.
pub const DEMO: &str = "/verwendungsnachweise/019a0000-0000-7000-8000-000000000050";
const TR: &str = "demo-traeger-1";
const TR2: &str = "demo-traeger-2";
pub const M01: &str = "019a0000-0000-7000-8000-0000000000e1";
const M02: &str = "019a0000-0000-7000-8000-0000000000e2";
/// The period of the proof is not over on the day of the tests.
const LAEUFT: &str = "AQB-VN-013";

fn kopf(d: &Dienst, pfad: &str) -> Value {
    d.als(GK).get(pfad).senden().ist(200).json()
}

fn aendere(d: &Dienst, wer: &str, pfad: &str, inhalt: &Value) -> Antwort {
    let version = d.als(GK).get(pfad).senden().version();
    d.als(wer).patch(pfad, &json!({ "inhalt": inhalt })).if_match(version).senden()
}

/// Everything as planned, as far as earlier proofs do not show it.
fn wie_geplant(n: &Value) -> Value {
    let massnahmen = n["massnahmen"].as_array().expect("massnahmen").iter().map(|m| {
        let rest = |z: &Value| if z["bisher"] == "0.00" { z["plan"].clone() } else { json!("0.00") };
        let zeilen = |feld: &str| m[feld].as_array().expect("Zeilen").clone();
        let ausgaben: Vec<Value> = zeilen("ausgaben")
            .iter()
            .map(|z| json!({ "position": z["position"], "ist": rest(z), "zuwendungsfaehig": rest(z) }))
            .collect();
        let mittel: Vec<Value> =
            zeilen("finanzierung").iter().map(|z| json!({ "quelle": z["quelle"], "ist": rest(z) })).collect();
        json!({ "massnahme_id": m["massnahme_id"], "ausgaben": ausgaben, "finanzierung": mittel })
    });
    json!({
        "zuwendungszweck": "Vorbereitung auf die Ausbildung", "begonnen_am": "2026-02-01",
        "gesamt_ausgezahlt": n["grundlage"]["ausgezahlt"], "massnahmen": massnahmen.collect::<Vec<_>>(),
        "rpa_vermerk": { "geprueft": "KEIN_RPA" },
        "bestaetigungen": ["ANBEST_BEACHTET", "NOTWENDIG_WIRTSCHAFTLICH_SPARSAM", "UEBEREINSTIMMUNG_MIT_BUECHERN", "ZWECK_ERREICHT", "KEINE_DOPPELFOERDERUNG"]
    })
}

pub fn bericht() -> Value {
    operation("sachbericht_speichern").koerper().expect("example")
}

pub fn speichere(d: &Dienst, wer: &str, pfad: &str, massnahme: &str, inhalt: &Value) -> Antwort {
    let version = d.als(GK).get(pfad).senden().version();
    d.als(wer).put(&format!("{pfad}/sachberichte/{massnahme}"), inhalt).if_match(version).senden()
}

/// The proof filled in by the first person of the county, with a Sachbericht for each measure.
pub fn ausgefuellt(d: &Dienst, pfad: &str) -> Value {
    for m in [M01, M02] {
        speichere(d, GK, pfad, m, &bericht()).ist(200);
    }
    aendere(d, GK, pfad, &wie_geplant(&kopf(d, pfad))).ist(200);
    belegt(d, pfad);
    kopf(d, pfad)
}

/// Belege for every eligible euro that none shows yet, numbered without a gap.
pub fn belegt(d: &Dienst, pfad: &str) {
    let n = kopf(d, pfad);
    let summen = d.als(GK).get(&format!("{pfad}/belegsummen")).senden().ist(200).json();
    let beispiel = operation("beleg_anlegen").koerper().expect("example");
    for m in n["massnahmen"].as_array().expect("massnahmen") {
        for a in m["ausgaben"].as_array().expect("ausgaben") {
            let hier = |s: &&Value| s["massnahme_id"] == m["massnahme_id"] && s["position"] == a["position"];
            let da = summen["summen"].as_array().expect("summen").iter().filter(hier).map(|s| cent(&s["beantragt"]));
            let fehlt = cent(&a["zuwendungsfaehig"]) - da.sum::<i64>();
            if fehlt <= 0 {
                continue;
            }
            let betrag = json!(format!("{}.{:02}", fehlt / 100, fehlt % 100));
            let mut k = beispiel.clone();
            for feld in ["rechnungsbetrag_brutto", "gezahlter_betrag", "beantragt"] {
                k["inhalt"][feld] = betrag.clone();
            }
            k["inhalt"]["massnahme_nr"] = m["massnahme_nr"].clone();
            k["inhalt"]["position"] = a["position"].clone();
            k["inhalt"]["belegnummer"] =
                json!(format!("N-{}-{}", als_text(&m["massnahme_nr"]), als_text(&a["position"])));
            k["inhalt"]["gegenstand"] = json!(format!("Sammelbeleg {}", als_text(&a["position"])));
            d.als(GK).post(&format!("{pfad}/belege"), &k).senden().ist(201);
        }
    }
    d.als(GK).post(&format!("{pfad}/belege/nummerierung"), &json!({})).senden().ist(200);
}

fn cent(betrag: &Value) -> i64 {
    als_text(betrag).parse::<Euro>().expect("amount").cent()
}

pub fn unterschrift(d: &Dienst, n: &Value) -> Value {
    let pfad = format!("/verwendungsnachweise/{}", als_text(&n["id"]));
    let summen = d.als(GK).get(&format!("{pfad}/belegsummen")).senden().ist(200).json();
    json!({
        "belegliste_sha256": summen["liste_sha256"],
        "unterzeichner": { "name": "Kim Muster", "funktion": "Erste Kreisbeigeordnete", "vertretungsbefugnis": true },
        "inhalt_sha256": n["inhalt_sha256"],
        "bestaetigte_warnungen": [{ "code": LAEUFT, "begruendung": "Der Zweck ist vorher erfüllt." }]
    })
}

/// The draft of the demonstration data, filled in and filed.
pub fn eingereicht(d: &Dienst) -> String {
    let n = ausgefuellt(d, DEMO);
    tue(d, GK2, DEMO, "einreichung", &unterschrift(d, &n)).ist(200);
    DEMO.to_owned()
}

/// The same in a state that only later acts of the authority bring about.
pub fn im_stand(d: &Dienst, status: NachweisStatus) -> String {
    let pfad = eingereicht(d);
    stelle(d, &pfad, status);
    pfad
}

/// Puts a proof into this state, as acts would that need more than a test has.
fn stelle(d: &Dienst, pfad: &str, status: NachweisStatus) {
    let akteur =
        Akteur { person: "rp".into(), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None };
    let wer = Auftraggeber { akteur, anfrage: "stand".into(), simulation: false };
    let id: uuid::Uuid = pfad.rsplit('/').next().and_then(|i| i.parse().ok()).expect("id");
    let db = Db::oeffnen(&Optionen::neu(&d.datenbank.url)).expect("database");
    let arbeit = db.schreiben(wer, move |tx| {
        let alt = aqb_persistence::verwendungsnachweis::laden(tx.c, Kennung(id))?.expect("proof");
        let mut n = alt.wert.clone();
        n.status = status;
        vollziehe(tx, "pruefung", Some(&alt), Entscheidung::neu(n)).map(drop)
    });
    actix_web::rt::System::new().block_on(arbeit).map_err(|e: DbFehler| format!("{e:?}")).expect("state");
}

fn schluss() -> Value {
    let mut k = operation("verwendungsnachweis_anlegen").koerper().expect("example");
    k["art"] = json!("SCHLUSSNACHWEIS");
    k.as_object_mut().expect("object").remove("haushaltsjahr");
    k
}

/// Kind, state and reference of the application's deadlines of these kinds.
fn fristen(d: &Dienst, art: &str) -> Vec<(String, String)> {
    let antrag = "019a0000-0000-7000-8000-0000000000d1";
    let r = d.als(RP).get(&format!("/fristen?art={art}&antrag_id={antrag}")).senden().ist(200).json();
    let zeilen = r["daten"].as_array().expect("daten").iter();
    zeilen.map(|f| (als_text(&f["zustand"]), f.get("bezug").map(als_text).unwrap_or_default())).collect()
}

fn paar(zustand: &str, bezug: &str) -> (String, String) {
    (zustand.to_owned(), bezug.to_owned())
}

fn entwurf(b: Backend) {
    let d = Dienst::starten(b);
    let lege_an = |wer: &str, k: &Value| d.als(wer).post("/verwendungsnachweise", k).senden();
    lege_an(RP, &schluss()).ist_problem(403, "RECHT_FEHLT");
    lege_an("demo-gk-06411-1", &schluss()).ist_problem(404, "NICHT_GEFUNDEN");
    let zweiter = operation("verwendungsnachweis_anlegen").koerper().expect("example");
    lege_an(GK, &zweiter).ist_problem(409, "SCHON_VORHANDEN");
    for (feld, wert, code) in [
        ("art", json!("VERWENDUNGSBESTAETIGUNG"), "NACHWEISART_UNZULAESSIG"),
        ("art", json!("EINFACHER_NACHWEIS"), "NACHWEISART_UNZULAESSIG"),
        ("haushaltsjahr", json!(2026), "NACHWEISJAHR"),
    ] {
        let mut k = schluss();
        k[feld] = wert;
        lege_an(GK, &k).ist_problem(422, code);
    }
    let n = neu(&d, GK, "/verwendungsnachweise", &schluss());
    let k = kopf(&d, &n);
    assert_eq!(k["berichtszeitraum"], json!({ "von": "2026-01-01", "bis": "2027-12-31" }));
    assert_eq!((&k["kette_id"], &k["aktuell"], &k["mit_belegliste"]), (&k["id"], &json!(true), &json!(true)));
    assert_eq!(k["grundlage"]["bescheide"].as_array().map(Vec::len), Some(1));
    let beginn = json!({ "begonnen_am": "2026-02-01" });
    aendere(&d, RP, &n, &beginn).ist_problem(403, "RECHT_FEHLT");
    aendere(&d, "demo-gk-06411-1", &n, &beginn).ist_problem(404, "NICHT_GEFUNDEN");
    d.als(GK).patch(&n, &json!({ "inhalt": beginn })).if_match(7).senden().ist_problem(412, "VERSION_VERALTET");
    assert_eq!(aendere(&d, GK, &n, &beginn).ist(200).json()["inhalt"]["begonnen_am"], json!("2026-02-01"));
    d.als(GK).delete(&n).if_match(2).senden().ist(204);
    d.als(GK).get(&n).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let traeger = d.als(TR).get(DEMO).senden().ist(200).json();
    assert_eq!((traeger.get("inhalt"), traeger["massnahmen"].as_array().map(Vec::len)), (None, Some(1)));
    d.als(TR2).get(DEMO).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let je =
        |wer: &str| d.als(wer).get("/verwendungsnachweise").senden().ist(200).json()["daten"].as_array().map(Vec::len);
    assert_eq!((je(GK), je(TR), je(TR2), je("demo-gk-06411-1")), (Some(1), Some(1), Some(0), Some(0)));
    for nur_ganz in ["historie", "pruefbericht", "berechnung", "einreichungen"] {
        d.als(TR).get(&format!("{DEMO}/{nur_ganz}")).senden().ist_problem(403, "RECHT_FEHLT");
    }
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// Signed by a second, entitled person over what was shown; then examined. The deadlines follow.
fn unterzeichnet_und_geprueft(b: Backend) {
    let d = Dienst::starten(b);
    assert_eq!(fristen(&d, "ZWISCHENNACHWEIS"), [paar("OFFEN", "2026")]);
    // what the report says is what the act refuses
    let report = d.als(GK).get(&format!("{DEMO}/pruefbericht")).senden().ist(200).json();
    assert_eq!(report["einreichbar"], json!(false));
    let leer = tue(&d, GK2, DEMO, "einreichung", &unterschrift(&d, &kopf(&d, DEMO)));
    let mut soll: Vec<String> =
        report["befunde"].as_array().expect("befunde").iter().map(|b| als_text(&b["kurzname"])).collect();
    soll.sort();
    let mut ist = leer.befunde();
    ist.sort();
    assert_eq!((leer.status, ist), (422, soll));
    let n = ausgefuellt(&d, DEMO);
    let gut = unterschrift(&d, &n);
    tue(&d, GK, DEMO, "einreichung", &gut).ist_problem(403, "VIER_AUGEN");
    tue(&d, RP, DEMO, "einreichung", &gut).ist_problem(403, "RECHT_FEHLT");
    let mut anders = gut.clone();
    anders["inhalt_sha256"] = json!("0".repeat(64));
    tue(&d, GK2, DEMO, "einreichung", &anders).ist_problem(409, "NACHWEIS_GEAENDERT");
    let mut unbefugt = gut.clone();
    unbefugt["unterzeichner"]["vertretungsbefugnis"] = json!(false);
    tue(&d, GK2, DEMO, "einreichung", &unbefugt).ist_problem(422, "VERTRETUNGSBEFUGNIS_FEHLT");
    let mut stumm = gut.clone();
    stumm["bestaetigte_warnungen"] = json!([]);
    let r = tue(&d, GK2, DEMO, "einreichung", &stumm).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    assert!(r.befunde().contains(&"NACHWEISZEITRAUM_LAEUFT".to_owned()));
    let version = d.als(GK).get(DEMO).senden().version();
    let reiche = |v: i64| d.als(GK2).post(&format!("{DEMO}/einreichung"), &gut).if_match(v).schluessel("vn-filing-1");
    reiche(version).simulation().senden().ist(200);
    assert_eq!(kopf(&d, DEMO)["status"], json!("ENTWURF"), "a simulation writes nothing");
    reiche(version - 1).simulation().senden().ist_problem(412, "VERSION_VERALTET");
    let eins = reiche(version).senden().ist(200).json();
    assert_eq!(reiche(version).senden().ist(200).json(), eins, "the same key, the same answer");
    assert_eq!((&eins["status"], &eins["unterzeichnet_von"]), (&json!("EINGEREICHT"), &json!(GK2)));
    assert_eq!(fristen(&d, "ZWISCHENNACHWEIS"), [paar("ERLEDIGT", "2026")]);
    let f = d.als(RP).get("/fristen?art=VN_PRUEFFRIST").senden().ist(200).json()["daten"][0].clone();
    // six months after 2026-09-15 is a Monday
    assert_eq!((&f["faellig_am"], &f["pflichtig"]), (&json!("2027-03-15"), &json!("BEWILLIGUNGSBEHOERDE")));
    let aufgaben = d.als(RP).get("/aufgaben?fall_art=VERWENDUNGSNACHWEIS").senden().ist(200).json();
    assert_eq!(aufgaben["daten"][0]["faellig_am"], json!("2027-03-15"));
    let abzug = d.als(RP).get(&format!("{DEMO}/einreichungen")).senden().ist(200).json()["einreichungen"][0].clone();
    assert_eq!((&abzug["inhalt_sha256"], &abzug["unterzeichnet_von"]), (&n["inhalt_sha256"], &json!(GK2)));
    aendere(&d, GK, DEMO, &json!({ "begonnen_am": "2026-02-02" })).ist_problem(409, "UNVERAENDERLICH");
    speichere(&d, GK, DEMO, M01, &bericht()).ist_problem(409, "UNVERAENDERLICH");
    tue(&d, GK, DEMO, "pruefung", &json!({})).ist_problem(403, "RECHT_FEHLT");
    let p = tue(&d, RP, DEMO, "pruefung", &json!({})).ist(200).json();
    assert_eq!((&p["status"], &p["in_pruefung_durch"]), (&json!("IN_PRUEFUNG"), &json!(RP)));
    tue(&d, GK, DEMO, "ruecknahme", &json!({ "grund": "zu spät" })).ist_problem(409, "STATUS_UNZULAESSIG");
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// Withdrawn, the deadline runs again; corrected, exactly one version counts; a deleted correction undoes that.
fn zurueckgezogen_und_berichtigt(b: Backend) {
    let d = Dienst::starten(b);
    let grund = json!({ "grund": "Ein Betrag war falsch." });
    eingereicht(&d);
    tue(&d, GK, DEMO, "ruecknahme", &grund).ist(200);
    assert_eq!(fristen(&d, "ZWISCHENNACHWEIS"), [paar("OFFEN", "2026")]);
    assert_eq!(fristen(&d, "VN_PRUEFFRIST"), [], "nothing is to be examined");
    let zweiter = operation("verwendungsnachweis_anlegen").koerper().expect("example");
    d.als(GK).post("/verwendungsnachweise", &zweiter).senden().ist_problem(409, "SCHON_VORHANDEN");
    let r = tue(&d, GK, DEMO, "korrektur", &grund).ist(201);
    let neu = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    let n = r.json();
    assert_eq!((&n["fassung"], &n["status"], &n["aktuell"]), (&json!(2), &json!("ENTWURF"), &json!(true)));
    tue(&d, GK, DEMO, "korrektur", &grund).ist_problem(409, "STATUS_UNZULAESSIG");
    let kette = || {
        d.als(RP).get(&format!("{DEMO}/kette")).senden().ist(200).json()["fassungen"].as_array().expect("kette").clone()
    };
    let stand = |k: &[Value]| k.iter().map(|f| (als_text(&f["status"]), f["aktuell"] == true)).collect::<Vec<_>>();
    assert_eq!(stand(&kette()), [("ERSETZT".to_owned(), false), ("ENTWURF".to_owned(), true)]);
    d.als(GK).delete(&neu).if_match(1).senden().ist(204);
    assert_eq!(stand(&kette()), [("ZURUECKGEZOGEN".to_owned(), true)]);
    let r = tue(&d, GK, DEMO, "korrektur", &grund).ist(201);
    let neu = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    tue(&d, GK2, &neu, "einreichung", &unterschrift(&d, &r.json())).ist(200);
    assert_eq!(fristen(&d, "ZWISCHENNACHWEIS"), [paar("ERLEDIGT", "2026")]);
    assert_eq!(stand(&kette()), [("ERSETZT".to_owned(), false), ("EINGEREICHT".to_owned(), true)]);
    let alt = d.als(RP).get(&format!("{DEMO}/einreichungen")).senden().ist(200).json();
    assert_eq!(alt["einreichungen"].as_array().map(Vec::len), Some(1), "what was filed first stays readable");
    // a filed one that is corrected no longer counts as proved until the correction is filed
    let r = tue(&d, GK, &neu, "korrektur", &grund).ist(201);
    assert_eq!(fristen(&d, "ZWISCHENNACHWEIS"), [paar("OFFEN", "2026")]);
    let dritte = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    d.als(GK).delete(&dritte).if_match(1).senden().ist(204);
    assert_eq!(fristen(&d, "ZWISCHENNACHWEIS"), [paar("ERLEDIGT", "2026")]);
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// The authority asks, the county answers by filing again; more time moves both days.
fn nachgefordert(b: Backend) {
    let d = Dienst::starten(b);
    eingereicht(&d);
    let bitte = |feld: &str, frist: &str| json!({ "posten": [{ "feld": feld, "grund": "UNKLAR", "text": "Bitte erläutern Sie das." }], "frist": frist });
    tue(&d, RP, DEMO, "nachforderung", &bitte("/massnahmen/M01", "2026-10-01")).ist_problem(409, "STATUS_UNZULAESSIG");
    tue(&d, RP, DEMO, "pruefung", &json!({})).ist(200);
    tue(&d, RP, DEMO, "nachforderung", &bitte("/massnahmen/M09", "2026-10-01"))
        .ist_problem(422, "NACHWEISFELD_UNBEKANNT");
    tue(&d, RP, DEMO, "nachforderung", &bitte("/massnahmen/M01", "2026-09-15")).ist_problem(422, "FRIST_VERGANGEN");
    tue(&d, RP, DEMO, "nachforderung", &bitte("/massnahmen/M01", "2026-10-01")).ist(200);
    assert_eq!(fristen(&d, "VN_PRUEFFRIST"), [], "the own deadline rests");
    tue(&d, RP, DEMO, "pruefung", &json!({})).ist_problem(409, "NACHFORDERUNG_LAEUFT");
    let antrag = "019a0000-0000-7000-8000-0000000000d1";
    let f = d.als(RP).get(&format!("/fristen?art=NACHFORDERUNG&antrag_id={antrag}")).senden().ist(200).json();
    let frist = format!("/fristen/{}", als_text(&f["daten"][0]["id"]));
    tue(&d, RP, &frist, "verlaengerung", &json!({ "bis": "2026-11-02", "grund": "Ferien" })).ist(200);
    assert_eq!(kopf(&d, DEMO)["nachforderung"]["frist"], json!("2026-11-02"));
    let n = aendere(&d, GK, DEMO, &json!({ "zuwendungszweck": "Genauer gefasst" })).ist(200).json();
    let n = tue(&d, GK2, DEMO, "einreichung", &unterschrift(&d, &n)).ist(200).json();
    assert!(n["nachforderung"].get("beantwortet_am").is_some());
    assert_eq!(fristen(&d, "NACHFORDERUNG"), [paar("ERLEDIGT", "")]);
    let alle = d.als(RP).get(&format!("{DEMO}/einreichungen")).senden().ist(200).json()["einreichungen"].clone();
    assert_eq!(
        (&alle[0]["inhalt"]["inhalt"]["zuwendungszweck"], &alle[1]["nr"]),
        (&json!("Vorbereitung auf die Ausbildung"), &json!(2))
    );
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// Feature 68: each line with rule and explanation; the calculation beside it is information.
fn plan_ist_und_berechnung(b: Backend) {
    let d = Dienst::starten(b);
    let n = ausgefuellt(&d, DEMO);
    let mut inhalt = wie_geplant(&n);
    // staff is planned with 90 000.00: 20.00 % more is permitted, a cent beyond is not
    for (ist, anerkannt, nicht, code) in
        [("108000.00", "108000.00", "0.00", None), ("108000.01", "108000.00", "0.01", Some("ERLAEUTERUNG_FEHLT"))]
    {
        let personal = inhalt["massnahmen"][0]["ausgaben"].as_array_mut().expect("ausgaben");
        let personal = personal.iter_mut().find(|a| a["position"] == "PERSONAL").expect("staff");
        (personal["ist"], personal["zuwendungsfaehig"]) = (json!(ist), json!(ist));
        aendere(&d, GK, DEMO, &inhalt).ist(200);
        let v = d.als(TR).get(&format!("{DEMO}/plan-ist")).senden().ist(200).json()["massnahmen"].clone();
        assert_eq!(v.as_array().map(Vec::len), Some(1), "a Traeger sees its own measure");
        let zeile = v[0]["zeilen"]
            .as_array()
            .expect("zeilen")
            .iter()
            .find(|z| z["position"] == "PERSONAL")
            .expect("staff")
            .clone();
        assert_eq!((&zeile["anerkannt"], &zeile["nicht_anerkannt"]), (&json!(anerkannt), &json!(nicht)));
        let befunde = d.als(RP).get(&format!("{DEMO}/pruefbericht")).senden().ist(200).json()["befunde"].clone();
        let fehlt = befunde
            .as_array()
            .expect("befunde")
            .iter()
            .any(|b| Some(als_text(&b["kurzname"])) == code.map(str::to_owned));
        assert_eq!(fehlt, code.is_some(), "{ist}");
    }
    let r = d.als(RP).get(&format!("{DEMO}/berechnung")).senden().ist(200).json();
    assert_eq!(r["massnahmen"].as_array().map(Vec::len), Some(2));
    assert!(r["massnahmen"][0]["schritte"].as_array().is_some_and(|s| !s.is_empty()));
}

/// Each save is a version; the proof names the newest; a Traeger writes about its own measure.
fn sachbericht_in_fassungen(b: Backend) {
    let d = Dienst::starten(b);
    let ziel = |m: &str| format!("{DEMO}/sachberichte/{m}");
    let mut k = bericht();
    k["verlauf"] = json!("Vom Träger geschrieben.");
    speichere(&d, RP, DEMO, M01, &k).ist_problem(403, "RECHT_FEHLT");
    speichere(&d, TR2, DEMO, M01, &k).ist_problem(404, "NICHT_GEFUNDEN");
    speichere(&d, TR, DEMO, M02, &k).ist_problem(404, "NICHT_GEFUNDEN");
    d.als(TR).put(&ziel(M01), &k).if_match(1).senden().ist_problem(412, "VERSION_VERALTET");
    let s = speichere(&d, TR, DEMO, M01, &k).ist(200).json();
    assert_eq!((&s["fassung"], &s["erfasst_von"]), (&json!(2), &json!(TR)));
    assert!(s["ziele"].as_array().is_some_and(|z| !z.is_empty()), "targets come from the Zielvereinbarung: {s}");
    assert_eq!(kopf(&d, DEMO)["bearbeitet_von"], json!(GK), "the county edited last");
    let alle = d.als(GK).get(&format!("{}/fassungen", ziel(M01))).senden().ist(200).json()["fassungen"].clone();
    assert_eq!((&alle[0]["fassung"], &alle[1]["erfasst_von"]), (&json!(2), &json!(GK)));
    for (feld, wert, code) in [
        (
            "kennzahlen",
            json!([{ "merkmal": "AUSTRITTE_REGULAER", "gesamt": 1, "weiblich": 0, "maennlich": 0, "divers": 0, "unter_25": 0, "migrationshintergrund": 0 }]),
            "SACHBERICHT_AUSTRITTE",
        ),
        ("zielerreichung", json!([{ "ziel_nr": 99, "istwert": 1 }]), "ZIEL_UNBEKANNT"),
    ] {
        let mut falsch = bericht();
        falsch[feld] = wert;
        speichere(&d, GK, DEMO, M01, &falsch).ist_problem(422, code);
    }
    let mut lang = bericht();
    lang["verlauf"] = json!("x".repeat(10_001));
    speichere(&d, GK, DEMO, M01, &lang).ist_problem(400, "ANFRAGE_UNGUELTIG");
    let je = |wer: &str| {
        d.als(wer).get(&format!("{DEMO}/sachberichte")).senden().ist(200).json()["sachberichte"]
            .as_array()
            .map(Vec::len)
    };
    speichere(&d, GK, DEMO, M02, &bericht()).ist(200);
    assert_eq!((je(GK), je(TR)), (Some(2), Some(1)));
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// The Traeger hands in its part, the county checks it; neither sees more than its own.
fn traeger_liefert_zu(b: Backend) {
    let d = Dienst::starten(b);
    let k = operation("verwendungsnachweis_zuliefern").koerper().expect("example");
    tue(&d, RP, DEMO, "traegernachweise", &k).ist_problem(403, "RECHT_FEHLT");
    let mut fremd = k.clone();
    fremd["weiterleitung_id"] = json!("019a0000-0000-7000-8000-000000000040");
    tue(&d, TR, DEMO, "traegernachweise", &fremd).ist_problem(422, "TRAEGERNACHWEIS_UNBEKANNT");
    let n = tue(&d, TR, DEMO, "traegernachweise", &k).ist(200).json();
    assert_eq!((n["traegernachweise"].as_array().map(Vec::len), n.get("grundlage")), (Some(1), None));
    assert_eq!(n["traegernachweise"][0]["eingegangen_am"], json!("2026-09-15"));
    tue(&d, TR, DEMO, "traegernachweise", &k).ist(200);
    assert_eq!(kopf(&d, DEMO)["traegernachweise"].as_array().map(Vec::len), Some(1), "a later one takes its place");
}

/// What came back beyond what is to be repaid is put right before the final decision: reversed, and recorded as it should be.
fn zuviel_zurueckgezahltes_vor_dem_schluss(b: Backend) {
    let d = Dienst::starten(b);
    crate::aenderungsantrag::s3(&d);
    let n = neu(&d, GK, "/verwendungsnachweise", &schluss());
    ausgefuellt(&d, &n);
    stelle(&d, &n, NachweisStatus::InPruefung);
    let zuviel = || {
        let r = d.als(RP).get(&format!("{n}/aktionen")).senden().ist(200).json();
        let a = r["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == "abschluss").cloned().expect("act");
        let befunde = a["befunde"].as_array().expect("befunde").clone();
        let b = befunde.into_iter().find(|b| b["kurzname"] == "RUECKZAHLUNG_ZU_HOCH")?;
        let wert = b["gemessen"].as_array().expect("values").iter().find(|m| m["name"] == "zuviel").cloned();
        Some((als_text(&wert.expect("amount")["wert"]), als_text(&b["schwere"])))
    };
    assert_eq!(zuviel(), None);
    let k = json!({ "antrag_id": "019a0000-0000-7000-8000-0000000000d1", "inhalt": { "massnahme_id": M01,
        "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "betrag": "150.01", "wertstellung_am": "2026-09-01",
        "referenz": "Auszug 7" } });
    let r = d.als(RP).post("/rueckzahlungen", &k).neuer_schluessel().senden().ist(201).json();
    assert_eq!(zuviel(), Some(("150.01".into(), "FEHLER".into())));
    let ende = json!({ "begruendung": "Die Ausgaben blieben zurück." });
    let refused = tue(&d, RP, &n, "abschluss", &ende);
    assert!(refused.befunde().contains(&"RUECKZAHLUNG_ZU_HOCH".to_owned()), "{}", refused.text());
    let pfad = format!("/rueckzahlungen/{}", als_text(&r["id"]));
    tue(&d, RP, &pfad, "storno", &json!({ "grund": "Der Mehrbetrag ist erstattet." })).ist(200);
    assert_eq!(zuviel(), None);
}

/// A Traeger's deadline is met by its proof of the whole, and open again once the draft that held it is deleted.
fn frist_des_traegers(b: Backend) {
    let d = Dienst::starten(b);
    let k = operation("verwendungsnachweis_zuliefern").koerper().expect("example");
    let w = als_text(&k["weiterleitung_id"]);
    let zustand = || {
        let frage = format!("/fristen?art=VERWENDUNGSNACHWEIS_TRAEGER&fall_id={w}");
        let alle = d.als(RP).get(&frage).senden().ist(200).json()["daten"].clone();
        alle.as_array().expect("daten").iter().map(|f| als_text(&f["status"])).collect::<Vec<_>>()
    };
    assert_eq!(zustand(), ["OFFEN"]);
    tue(&d, TR, DEMO, "traegernachweise", &k).ist(200);
    assert_eq!(zustand(), ["OFFEN"], "the proof of a year");
    let n = neu(&d, GK, "/verwendungsnachweise", &schluss());
    tue(&d, TR, &n, "traegernachweise", &k).ist(200);
    assert_eq!(zustand(), ["ERLEDIGT"]);
    let version = d.als(GK).get(&n).senden().version();
    d.als(GK).delete(&n).if_match(version).senden().ist(204);
    assert_eq!(zustand(), ["OFFEN"]);
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// The closing proof takes over what the proof of the year shows, and wants the Traeger's proofs.
fn schluss_uebernimmt_das_jahr(b: Backend) {
    let d = Dienst::starten(b);
    eingereicht(&d);
    let n = neu(&d, GK, "/verwendungsnachweise", &schluss());
    let k = kopf(&d, &n);
    assert_eq!(k["grundlage"]["zwischennachweise"][0]["haushaltsjahr"], json!(2026));
    let zeile = &k["massnahmen"][0]["ausgaben"][0];
    assert_eq!((&zeile["bisher"], &zeile["ist"]), (&zeile["plan"], &json!("0.00")), "all of it was planned for 2026");
    let befunde = |d: &Dienst| {
        let r = d.als(GK).get(&format!("{n}/pruefbericht")).senden().ist(200).json()["befunde"].clone();
        r.as_array().expect("befunde").iter().map(|b| als_text(&b["kurzname"])).collect::<Vec<_>>()
    };
    assert!(befunde(&d).contains(&"TRAEGERNACHWEIS_FEHLT".to_owned()));
    assert!(befunde(&d).contains(&"ZWISCHENNACHWEIS_UNGEPRUEFT".to_owned()));
    // withdrawn, its figures no longer count, and the draft says so
    tue(&d, GK, DEMO, "ruecknahme", &json!({ "grund": "Ein Betrag war falsch." })).ist(200);
    assert!(befunde(&d).contains(&"NACHWEISGRUNDLAGE_VERALTET".to_owned()));
    let k = aendere(&d, GK, &n, &json!({})).ist(200).json();
    assert_eq!(k["grundlage"]["zwischennachweise"], json!([]));
    assert!(!befunde(&d).contains(&"NACHWEISGRUNDLAGE_VERALTET".to_owned()));
}

/// Dossier S22: an overdue proof stops payments, one that was filed does not.
fn s22_eingereicht_sperrt_nicht_mehr(b: Backend) {
    let d = Dienst::starten(b);
    let lauf = zahlungslauf(&d, &[]);
    let sql = "UPDATE frist SET faellig_am = '2026-09-14' WHERE art = 'ZWISCHENNACHWEIS' AND status = 'OFFEN'";
    befehl(&mut d.datenbank.verbinde(), sql);
    tue(&d, RP2, &lauf, "freigabe", &json!({})).ist_problem(409, "NACHWEIS_UEBERFAELLIG");
    eingereicht(&d);
    tue(&d, RP2, &lauf, "freigabe", &json!({})).ist(200);
}

/// A version whose bytes no longer have their checksum is not served, and the check finds it.
fn gefaelschter_sachbericht(b: Backend) {
    let d = Dienst::starten(b);
    let mut c = d.datenbank.verbinde();
    let ausser_kraft = match b {
        Backend::Sqlite => "DROP TRIGGER sachbericht_unveraenderlich",
        Backend::Postgres => "DROP TRIGGER sachbericht_unveraenderlich ON sachbericht",
    };
    befehl(&mut c, ausser_kraft);
    befehl(&mut c, "UPDATE sachbericht SET dokument = replace(dokument, 'Februar', 'Mai')");
    d.als(GK).get(&format!("{DEMO}/sachberichte/{M01}")).senden().ist_problem(409, "INTEGRITAET_VERLETZT");
    let gefunden = aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect_err("the check finds it");
    assert!(gefunden.to_string().contains("Sachbericht/"), "{gefunden}");
}

/// A correction opens the Belegliste; given up, what was signed counts again only with the list that was signed.
fn unterzeichnete_liste_bleibt(b: Backend) {
    let d = Dienst::starten(b);
    eingereicht(&d);
    tue(&d, RP, DEMO, "pruefung", &json!({})).ist(200);
    let r = tue(&d, GK, DEMO, "korrektur", &json!({ "grund": "Ein Beleg war falsch." })).ist(201);
    let neu = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    let belege = d.als(GK).get(&format!("{neu}/belege")).senden().ist(200).json()["daten"].clone();
    let beleg = format!("{neu}/belege/{}", als_text(&belege[0]["id"]));
    let schreibe = |text: &Value| {
        let version = d.als(GK).get(&beleg).senden().version();
        d.als(GK).patch(&beleg, &json!({ "inhalt": { "gegenstand": text } })).if_match(version).senden().ist(200);
    };
    schreibe(&json!("Etwas ganz anderes"));
    d.als(GK).delete(&neu).if_match(1).senden().ist_problem(409, "BELEGLISTE_NICHT_UNTERZEICHNET");
    d.als(GK).get(&neu).senden().ist(200);
    schreibe(&belege[0]["inhalt"]["gegenstand"]);
    d.als(GK).delete(&neu).if_match(1).senden().ist(204);
    assert_eq!(kopf(&d, DEMO)["status"], json!("IN_PRUEFUNG"));
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// Everybody who wrote in a proof since it was signed last is no second person; who changes nothing has not written.
fn wer_schreibt_unterzeichnet_nicht(b: Backend) {
    let d = Dienst::starten(b);
    let n = ausgefuellt(&d, DEMO);
    aendere(&d, GK2, DEMO, &json!({})).ist(200);
    tue(&d, GK, DEMO, "einreichung", &unterschrift(&d, &n)).ist_problem(403, "VIER_AUGEN");
    let n = kopf(&d, DEMO);
    let simuliert = d.als(GK2).post(&format!("{DEMO}/einreichung"), &unterschrift(&d, &n));
    simuliert.if_match(n["version"].as_i64().expect("version")).simulation().senden().ist(200);
    let n = aendere(&d, GK2, DEMO, &json!({ "zuwendungszweck": "Genauer gefasst" })).ist(200).json();
    for wer in [GK, GK2] {
        tue(&d, wer, DEMO, "einreichung", &unterschrift(&d, &n)).ist_problem(403, "VIER_AUGEN");
    }
}

/// Who entered, changed or deleted a single Beleg does not sign the list; who signs clears that for the next time.
fn wer_belege_schreibt_unterzeichnet_nicht(b: Backend) {
    let d = Dienst::starten(b);
    let n = ausgefuellt(&d, DEMO);
    let belege = format!("{DEMO}/belege");
    let liste = d.als(GK2).get(&belege).senden().ist(200).json();
    let beleg = format!("{belege}/{}", als_text(&liste["daten"][0]["id"]));
    let aendere = |text: &str| {
        let v = d.als(GK2).get(&beleg).senden().ist(200).version();
        d.als(GK2).patch(&beleg, &json!({ "inhalt": { "gegenstand": text } })).if_match(v).senden().ist(200);
    };
    let probe = |wer: &str, n: &Value| {
        let v = n["version"].as_i64().expect("version");
        d.als(wer).post(&format!("{DEMO}/einreichung"), &unterschrift(&d, n)).if_match(v).simulation().senden()
    };
    let vorher = als_text(&liste["daten"][0]["inhalt"]["gegenstand"]);
    aendere(&vorher);
    probe(GK2, &n).ist(200);
    aendere("Genauer gefasst");
    probe(GK2, &n).ist_problem(403, "VIER_AUGEN");
    let akte = d.als(GK2).get(&format!("{DEMO}/aktionen")).senden().ist(200).text();
    assert!(akte.contains("VIER_AUGEN"), "foretold: {akte}");
    // a third person signs, under whatever spelling of the own name
    let grund = json!({ "grund": "Ein Betrag war falsch." });
    befehl(
        &mut d.datenbank.verbinde(),
        &format!("UPDATE belegliste_schreiber SET person = UPPER('{GK2}') WHERE person = '{GK2}'"),
    );
    probe(GK2, &n).ist_problem(403, "VIER_AUGEN");
    befehl(&mut d.datenbank.verbinde(), &format!("DELETE FROM belegliste_schreiber WHERE person = UPPER('{GK2}')"));
    tue(&d, GK2, DEMO, "einreichung", &unterschrift(&d, &n)).ist(200);
    // the correction begins anew: who wrote before it was signed counts no more
    tue(&d, GK2, DEMO, "ruecknahme", &grund).ist(200);
    let r = tue(&d, GK2, DEMO, "korrektur", &grund).ist(201).json();
    let neu = format!("/verwendungsnachweise/{}", als_text(&r["id"]));
    tue(&d, GK, &neu, "einreichung", &unterschrift(&d, &r)).ist(200);
}

/// Lines of a file count as written by who uploaded it and by who took it over.
fn wer_belege_einliest_unterzeichnet_nicht(b: Backend) {
    use crate::belege::{lade, liste, uebernimm, warte, zeile};
    let d = Dienst::starten(b);
    let n = kopf(&d, DEMO);
    let i = lade(&d, GK2, liste([zeile(1)]), "").ist(201).json();
    let i = warte(&d, als_text(&i["id"]).as_str(), &["GEPRUEFT"]);
    let vier_augen = |wer: &str| {
        let r = tue(&d, wer, DEMO, "einreichung", &unterschrift(&d, &n));
        r.befunde().iter().any(|k| k == "VIER_AUGEN")
    };
    assert!(!vier_augen(GK2), "staged apart from the list");
    uebernimm(&d, &i, true).ist(200);
    assert!(vier_augen(GK2) && vier_augen(GK));
}

/// While the decision is drafted a correction is refused, and the refusal says what to do instead.
fn korrektur_waehrend_der_entscheidung(b: Backend) {
    let d = Dienst::starten(b);
    let n = im_stand(&d, NachweisStatus::Geprueft);
    let grund = json!({ "grund": "Ein Betrag war falsch." });
    let r = tue(&d, GK, &n, "korrektur", &grund).ist_problem(409, "NACHWEIS_IN_ENTSCHEIDUNG");
    let abhilfe = als_text(&r.json()["befunde"][0]["abhilfe"]);
    assert!(abhilfe.contains("verwerfen") && abhilfe.contains("IN_PRUEFUNG"), "{abhilfe}");
    let akte = d.als(GK).get(&format!("{n}/aktionen")).senden().ist(200).json();
    let akt = akte["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == "korrektur").expect("act");
    assert_eq!(akt["befunde"][0]["kurzname"], json!("NACHWEIS_IN_ENTSCHEIDUNG"));
    tue(&d, RP, &n, "korrektur", &grund).ist_problem(403, "RECHT_FEHLT");
    tue(&d, "demo-gk-06411-1", &n, "korrektur", &grund).ist_problem(404, "NICHT_GEFUNDEN");
    stelle(&d, &n, NachweisStatus::InPruefung);
    tue(&d, GK, &n, "korrektur", &grund).ist(201);
}

/// § 36 HVwVfG: the final decision would end the deadline of a condition that nobody met; it has to be seen and confirmed.
fn ueberfaellige_auflage_vor_dem_schluss(b: Backend) {
    let d = Dienst::starten(b);
    let n = neu(&d, GK, "/verwendungsnachweise", &schluss());
    ausgefuellt(&d, &n);
    stelle(&d, &n, NachweisStatus::InPruefung);
    let gefunden = |akt: &str| {
        let r = d.als(RP).get(&format!("{n}/aktionen")).senden().ist(200).json();
        let a = r["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == akt).cloned().expect("act");
        let befunde = a["befunde"].as_array().expect("befunde").clone();
        befunde.into_iter().find(|b| b["kurzname"] == "AUFLAGE_UEBERFAELLIG")
    };
    assert_eq!(gefunden("abschluss"), None, "the condition is not due");
    let am = |tag: &str| {
        let feld = match b {
            Backend::Sqlite => format!("json_set(inhalt, '$.faellig_am', '{tag}')"),
            Backend::Postgres => format!("jsonb_set(inhalt, '{{faellig_am}}', '\"{tag}\"')"),
        };
        let sql = format!(
            "UPDATE frist SET faellig_am = '{tag}', inhalt = {feld} WHERE art = 'AUFLAGE' AND status = 'OFFEN'"
        );
        befehl(&mut d.datenbank.verbinde(), &sql);
    };
    am("2026-09-15");
    assert_eq!(gefunden("abschluss"), None, "its last day");
    am("2026-09-14");
    let befund = gefunden("abschluss").expect("foretold");
    assert_eq!((&befund["schwere"], &befund["code"]), (&json!("WARNUNG"), &json!("AQB-PR-021")));
    let text = als_text(&befund["abhilfe"]);
    assert!(text.contains(crate::aktionen::FRIST), "{text}");
    let k =
        |warnungen: Value| json!({ "begruendung": "Die Ausgaben blieben zurück.", "bestaetigte_warnungen": warnungen });
    let r = tue(&d, RP, &n, "abschluss", &k(json!([])));
    let offen = r.befunde();
    for code in ["AUFLAGE_UEBERFAELLIG", "WARNUNG_NICHT_BESTAETIGT"] {
        assert!(offen.contains(&code.to_owned()), "{offen:?}");
    }
    let bestaetigt = json!([{ "code": "AQB-PR-021", "begruendung": "Der Sachbericht ist entbehrlich." }]);
    let r = tue(&d, RP, &n, "abschluss", &k(bestaetigt));
    assert!(!r.befunde().contains(&"WARNUNG_UNBEKANNT".to_owned()), "{}", r.text());
    tue(&d, GK, &n, "abschluss", &k(json!([]))).ist_problem(403, "RECHT_FEHLT");
    // met, it is no longer in the way
    let met = json!({ "am": "2026-09-14", "grund": "Der Sachbericht liegt vor." });
    tue(&d, RP, crate::aktionen::FRIST, "erledigung", &met).ist(200);
    assert_eq!(gefunden("abschluss"), None);
}
