//! `/aenderungsantraege`: from the snapshot over the comparison to the Bescheid that posts the difference.

use crate::aktionen::{GK, MIN, RP, RP2, aenderung, antrag, bescheid, handle, nach, neu, tue};
use crate::datenbank::versiegle;
use aqb_domain::antrag::muster;
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel};
use aqb_domain::massnahme::{Massnahme, Massnahmeninhalt};
use aqb_domain::zeit::tag;
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::{Db, DbFehler, Optionen, bescheid as bescheide, konto};
use aqb_tests::vertrag::als_text;
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::sync::Barrier;
use uuid::Uuid;

auf_beiden!(
    weg_einer_minderung,
    abrufe_waehrend_einer_aenderung,
    folgen_vor_der_einreichung,
    simulation_nennt_geschriebene_fristen,
    anzeige_ohne_bescheid,
    s3_mit_erstattung,
    zwei_entwuerfe_einer_gewinnt,
    abgelehnt_bleibt_bewilligt,
    massnahme_entfaellt_und_kommt_hinzu,
    freigabe_prueft_von_neuem,
    gleichzeitig_gilt_eine,
    minderung_gegen_abruf,
    schlechte_eingaben,
    ketten_gehen_auf,
);

const M01: Uuid = Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_00e1);
const HEUTE: &str = "2026-09-15";

fn lies(d: &Dienst, pfad: &str) -> Value {
    d.als("demo-pruefung").get(pfad).senden().ist(200).json()
}

fn version(d: &Dienst, pfad: &str) -> i64 {
    d.als("demo-pruefung").get(pfad).senden().ist(200).version()
}

/// The Bescheid that says what is granted in the demo case.
fn geltend(d: &Dienst) -> Value {
    let a = als_text(&lies(d, &antrag("d1"))["id"]);
    let alle = lies(d, &format!("/bescheide?antrag_id={a}"))["daten"].as_array().expect("daten").clone();
    let bewilligt = |b: &Value| b["inhalt"]["art"] != "ABLEHNUNG" && b["inhalt"]["art"] != "ZINS";
    let gilt = |b: &&Value| b["status"] != "VERWORFEN" && b["status"] != "ENTWURF" && bewilligt(b);
    alle.iter().filter(gilt).max_by_key(|b| b["inhalt"]["kettenglied"].as_i64()).expect("a grant").clone()
}

/// A new draft of the county over what is granted now.
fn entwurf(d: &Dienst, arten: &[&str]) -> String {
    let inhalt = json!({ "aenderungsarten": arten, "begruendung": "Der Träger besetzt eine Stelle anders.", "wirksam_ab": HEUTE });
    neu(d, GK, "/aenderungsantraege", &json!({ "bescheid_id": geltend(d)["id"], "inhalt": inhalt }))
}

/// Sets lines of M01 in the new state, its title and its Detailplanung.
fn setze_m01(d: &Dienst, pfad: &str, titel: Option<&str>, kosten: &[(&str, &str)], land: Option<&str>) {
    let m = lies(d, &format!("{pfad}/massnahmen/{M01}"));
    let mut plan = m["inhalt"]["finanzierungsplan"].clone();
    for (posten, betrag) in kosten {
        let zeilen = plan["einzelansaetze"].as_array_mut().expect("lines");
        zeilen.retain(|z| z["position"] != *posten);
        if *betrag != "0.00" {
            zeilen.push(json!({ "position": posten, "haushaltsjahr": 2026, "betrag": betrag }));
        }
    }
    if let Some(betrag) = land {
        for z in plan["finanzierung"].as_array_mut().expect("lines").iter_mut().filter(|z| z["quelle"] == "LAND_AQB") {
            z["betrag"] = json!(betrag);
        }
    }
    let mut inhalt = json!({ "finanzierungsplan": plan });
    if let Some(t) = titel {
        inhalt["titel"] = json!(t);
    }
    let ort = format!("{pfad}/massnahmen/{M01}");
    let r = d.als(GK).patch(&ort, &json!({ "inhalt": inhalt })).if_match(version(d, pfad)).senden().ist(200);
    let inhalt: Massnahmeninhalt =
        serde_json::from_value(r.json()["neuer_stand"]["massnahmen"][0]["inhalt"].clone()).expect("content");
    let mut plan =
        serde_json::to_value(muster::detailplanung(&Massnahme { id: M01, massnahme_nr: "M01".to_owned(), inhalt }))
            .expect("plan");
    plan["personaleinsatz"] = m["detailplanung"]["personaleinsatz"].clone();
    let r = d.als(GK).anfrage("PUT", &format!("{ort}/detailplanung")).json(&plan).if_match(r.version()).senden();
    r.ist(200);
}

/// Less or more of the state's money for M01, all of it for staff.
fn setze_land(d: &Dienst, pfad: &str, cent: i64) {
    let betrag = |cent: i64| Euro::aus_cent(cent).expect("amount").to_string();
    setze_m01(d, pfad, None, &[("PERSONAL", &betrag(cent - 1_000_000))], Some(&betrag(cent)));
}

fn patche(d: &Dienst, pfad: &str, inhalt: &Value) -> Antwort {
    d.als(GK).patch(pfad, &json!({ "inhalt": inhalt })).if_match(version(d, pfad)).senden()
}

/// Confirms the warning that the change counts from a day in the past.
fn rueckwirkend() -> Value {
    json!({ "bestaetigte_warnungen": [{ "code": "AQB-AE-005", "begruendung": "Die Zahlung beruht auf einem Irrtum." }] })
}

/// Files, examines and grants a change; returns the path of the Bescheid that is drafted.
fn bewillige_entwurf(d: &Dienst, pfad: &str, bestaetigung: &Value) -> String {
    tue(d, GK, pfad, "einreichung", bestaetigung).ist(200);
    handle(d, RP, pfad, "pruefung");
    format!("/bescheide/{}", als_text(&tue(d, RP, pfad, "bewilligung", bestaetigung).ist(201).json()["id"]))
}

/// The same, released and notified.
fn bewillige(d: &Dienst, pfad: &str, bestaetigung: &Value) -> String {
    let b = bewillige_entwurf(d, pfad, bestaetigung);
    tue(d, RP2, &b, "freigabe", &json!({})).ist(200);
    tue(d, RP, &b, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": HEUTE })).ist(200);
    b
}

fn summen(d: &Dienst) -> Vec<String> {
    let b = lies(d, "/budgets/2026/06440");
    ["gebunden", "abgerufen", "ausgezahlt", "rueckgefordert"].map(|f| als_text(&b["gesamt"][f])).to_vec()
}

fn alles_stimmt(d: &Dienst) {
    versiegle(&d.datenbank);
    let bericht = aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).unwrap_or_else(|e| panic!("{e}"));
    assert!(bericht.starts_with("In Ordnung"), "{bericht}");
}

/// The demo's draft: 100,000.00 become 95,000.00; 45,000.00 are called.
fn weg_einer_minderung(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = aenderung("30");
    let v = lies(&d, &format!("{pfad}/vergleich"));
    assert_eq!((&v["aenderungsarten"], &v["weg"]), (&json!(["MITTELREDUZIERUNG"]), &json!("ENTSCHEIDUNG")));
    let zeilen = v["zeilen"].as_array().expect("zeilen");
    let personal = zeilen.iter().find(|z| z["posten"] == "PERSONAL").expect("line");
    let zahlen = ["alt", "neu", "delta", "delta_prozent"].map(|f| als_text(&personal[f]));
    assert_eq!(zahlen, ["90000.00", "85000.00", "-5000.00", "-5.56"]);
    let posten = v["folgen"]["posten"].as_array().expect("posten").iter().find(|p| p["massnahme_nr"] == "M01");
    let posten = posten.expect("M01");
    let zahlen = ["bisher", "neu", "delta", "offen_abgerufen", "ausgezahlt", "abrufbar"].map(|f| als_text(&posten[f]));
    assert_eq!(zahlen, ["100000.00", "95000.00", "-5000.00", "45000.00", "0.00", "50000.00"]);
    assert_eq!(posten["folge"], "MINDERUNG");

    let aelter = entwurf(&d, &["MITTELREDUZIERUNG"]);
    setze_land(&d, &aelter, 9_000_000);
    let vorher = lies(&d, &antrag("d1"));
    let eingang = lies(&d, &format!("{}/eingangsbestaetigung", antrag("d1")));
    assert_eq!(summen(&d), ["118000.00", "45000.00", "0.00", "0.00"]);
    let r = nach(&d, pfad.clone(), &[(GK, "einreichung"), (RP, "pruefung")]);
    assert_eq!(lies(&d, &r)["weg"], "ENTSCHEIDUNG");
    let entwurf = handle(&d, RP, &pfad, "bewilligung").json();
    let be = format!("/bescheide/{}", als_text(&entwurf["id"]));
    d.als(GK).get(&be).senden().ist_problem(404, "NICHT_GEFUNDEN");
    assert!(lies(&d, &pfad).get("bescheid_id").is_none(), "a prepared decision does not leak");
    tue(&d, RP, &be, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    let s = d.als(RP2).post(&format!("{be}/freigabe"), &json!({})).if_match(1).simulation().senden().ist(200).json();
    let konten: Vec<_> = s["simulation"]["buchungen"]
        .as_array()
        .expect("postings")
        .iter()
        .map(|z| (als_text(&z["konto"]), als_text(&z["betrag"]), als_text(&z["grund"])))
        .collect();
    let erwartet = [("GEBUNDEN", "-5000.00"), ("VERFUEGBAR", "5000.00")];
    assert_eq!(konten, erwartet.map(|(k, b)| (k.to_owned(), b.to_owned(), "AENDERUNG".to_owned())));
    let erlassen = tue(&d, RP2, &be, "freigabe", &json!({})).ist(200).json();
    let i = &erlassen["inhalt"];
    assert_eq!(
        (&i["art"], &i["kettenglied"], &i["vorgaenger_id"]),
        (&json!("AENDERUNG"), &json!(2), &json!(bescheid("f1").rsplit('/').next()))
    );
    let p = &i["positionen"][0];
    assert_eq!(
        (&p["bewilligt"], &p["bisher"], &p["differenz"]),
        (&json!("95000.00"), &json!("100000.00"), &json!("-5000.00"))
    );
    assert_eq!(summen(&d), ["113000.00", "45000.00", "0.00", "0.00"]);

    // the application is the granted state now; its filing and its receipt are what they were
    let nachher = lies(&d, &antrag("d1"));
    assert_eq!((&nachher["status"], &nachher["beantragte_zuwendung"]), (&json!("BEWILLIGT"), &json!("113000.00")));
    assert!(nachher["version"].as_i64() > vorher["version"].as_i64());
    assert_eq!(lies(&d, &format!("{}/eingangsbestaetigung", antrag("d1"))), eingang);
    let h = lies(&d, &format!("{}/historie", antrag("d1")));
    assert_eq!(
        h["daten"].as_array().and_then(|h| h.last()).map(|e| als_text(&e["akt"])),
        Some("aenderungsbescheid".to_owned())
    );
    assert_eq!(lies(&d, &pfad)["status"], "BEWILLIGT");
    assert_eq!(lies(&d, &pfad)["bescheid_id"], erlassen["id"]);
    // a draft from before is measured against what is granted now
    let v = lies(&d, &format!("{aelter}/vergleich"));
    assert_eq!(v["konflikte"], lies(&d, &aelter)["konflikte"]);
    assert_eq!(v["folgen"]["posten"][0]["bisher"], "95000.00");
    let andere = lies(&d, &aenderung("31"));
    assert_eq!((&andere["status"], &andere["ueberholt_durch"]), (&json!("UEBERHOLT"), &json!(pfad.rsplit('/').next())));
    // calls refer to the Bescheid that counts, and see its amounts
    tue(&d, RP, &be, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": HEUTE })).ist(200);
    assert_eq!(lies(&d, &format!("{be}/abrufbar"))["abrufbar"], "68000.00");
    let p = d.als(RP).get("/mittelabrufe/019a0000-0000-7000-8000-000000000011/aktionen").senden().ist(200);
    assert!(!p.text().contains("BESCHEID_NICHT_GELTEND"), "what is filed is still covered: {}", p.text());
    alles_stimmt(&d);
}

/// A call of the county for M01 under the Bescheid `unter`.
fn abruf_ueber(d: &Dienst, unter: &str, betrag: &str) -> String {
    let mut k = aqb_tests::vertrag::operation("mittelabruf_anlegen").koerper().expect("example");
    k["bescheid_id"] = json!(unter);
    k["inhalt"]["positionen"][0]["betrag"] = json!(betrag);
    k["inhalt"]["bedarf"] =
        json!([{ "faellig_am": "2026-10-15", "betrag": "90000.00", "zweck": format!("Honorare {betrag}") }]);
    neu(d, GK, "/mittelabrufe", &k)
}

/// 100,000.00 become 95,000.00. Until the change is notified the grant before is in force, afterwards the change, and
/// until that is final the lower amount counts (§ 43 HVwVfG).
fn abrufe_waehrend_einer_aenderung(b: Backend) {
    let d = Dienst::starten(b);
    let f1 = als_text(&lies(&d, &bescheid("f1"))["id"]);
    let pfad = nach(&d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung")]);
    let neuer = als_text(&handle(&d, RP, &pfad, "bewilligung").json()["id"]);
    let be = format!("/bescheide/{neuer}");
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    assert_eq!(lies(&d, &format!("{}/abrufbar", bescheid("f1")))["abrufbar"], "68000.00", "the lower amount");
    let zuviel = abruf_ueber(&d, &f1, "50000.01");
    let r = tue(&d, GK, &zuviel, "einreichung", &json!({})).ist_problem(409, "ABRUFBAR_UEBERSCHRITTEN");
    assert_eq!(r.befunde(), ["ABRUFBAR_UEBERSCHRITTEN", "ABRUF_VORLAEUFIG_BEGRENZT"]);
    // one that names the change is filed under the grant that is in force, and so is one over the old grant
    let r = tue(&d, GK, &abruf_ueber(&d, &neuer, "1000.00"), "einreichung", &json!({})).ist(200).json();
    assert_eq!(r["bescheid_id"], json!(f1));
    let alt = crate::aktionen::abruf("12");
    let r = tue(&d, GK, &alt, "einreichung", &json!({})).ist(200).json();
    assert_eq!(r["bescheid_id"], json!(f1));
    handle(&d, RP, &alt, "pruefung");
    handle(&d, RP2, &alt, "anordnung");
    // notified and not final: a draft over the old Bescheid is filed under the new one
    let entwurf = abruf_ueber(&d, &f1, "46500.00");
    tue(&d, RP, &be, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": HEUTE })).ist(200);
    let a = d.als(GK).get(&format!("{entwurf}/pruefbericht")).senden().ist(200);
    assert!(a.text().contains("BESCHEID_NICHT_GELTEND"), "said, not refused: {}", a.text());
    let r = tue(&d, GK, &entwurf, "einreichung", &json!({})).ist(200).json();
    assert_eq!(r["bescheid_id"], json!(neuer));
    tue(&d, RP, &entwurf, "pruefung", &json!({ "sachlich_richtig": true, "rechnerisch_richtig": true })).ist(200);
    handle(&d, RP2, &entwurf, "anordnung");
    assert_eq!(lies(&d, &format!("{be}/abrufbar"))["abrufbar"], "18000.00", "nothing is left of M01");
    alles_stimmt(&d);
}

/// The deadlines a longer period moves are foretold by comparison, report and simulations, and then written.
fn folgen_vor_der_einreichung(b: Backend) {
    let d = Dienst::starten(b);
    let (pfad, anderer) = (entwurf(&d, &["ZEITRAUM"]), entwurf(&d, &["MITTELREDUZIERUNG"]));
    setze_land(&d, &anderer, 9_000_000);
    let von = lies(&d, &pfad)["neuer_stand"]["bewilligungszeitraum"]["von"].clone();
    let k = json!({ "bewilligungszeitraum": { "von": von, "bis": "2028-06-30" } });
    d.als(GK).patch(&pfad, &k).if_match(version(&d, &pfad)).senden().ist(200);
    let gesagt = lies(&d, &format!("{pfad}/vergleich"))["folgen"].clone();
    // 30 June 2029 is a Saturday
    let schluss = json!({ "art": "VERWENDUNGSNACHWEIS", "bisher": "2029-01-02", "neu": "2029-07-02" });
    let neu = json!({ "art": "ZWISCHENNACHWEIS", "bezug": "2027", "neu": "2028-05-02" });
    assert_eq!(gesagt["fristen"], json!([schluss, neu]));
    assert_eq!(lies(&d, &format!("{pfad}/pruefbericht"))["folgen"], gesagt);
    let simuliere = |wer: &str, akt: &str| {
        let r = d.als(wer).post(&format!("{pfad}/{akt}"), &json!({})).if_match(version(&d, &pfad)).simulation();
        r.senden().ist(200).json()["simulation"]["folgen"].clone()
    };
    assert_eq!(simuliere(GK, "einreichung"), gesagt);
    nach(&d, pfad.clone(), &[(GK, "einreichung"), (RP, "pruefung")]);
    assert_eq!(simuliere(RP, "bewilligung"), gesagt);
    let be = format!("/bescheide/{}", als_text(&handle(&d, RP, &pfad, "bewilligung").json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    tue(&d, RP, &be, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": HEUTE })).ist(200);
    let offen = tage(&lies(&d, &format!("/fristen?fall_id={}&zustand=OFFEN", &be["/bescheide/".len()..]))["daten"]);
    for f in [&schluss, &neu] {
        let soll =
            &tage(&json!([{ "art": f["art"], "bezug": f.get("bezug").unwrap_or(&json!("")), "faellig_am": f["neu"] }]))
                [0];
        assert!(offen.contains(soll), "{soll:?} in {offen:?}");
    }
    // what is over has no consequences any more; the other draft is measured against what is granted now
    assert_eq!(lies(&d, &format!("{pfad}/vergleich"))["folgen"]["fristen"], json!([]));
    let fristen = lies(&d, &format!("{anderer}/vergleich"))["folgen"]["fristen"].clone();
    assert_eq!(fristen, json!([]), "the longer period is taken over");
}

/// Kind, reference and last day of deadlines, ordered.
fn tage(fristen: &Value) -> Vec<(String, String, String)> {
    let feld = |f: &Value, name: &str| f.get(name).map(als_text).unwrap_or_default();
    let mut tage: Vec<_> = fristen
        .as_array()
        .expect("fristen")
        .iter()
        .map(|f| (feld(f, "art"), feld(f, "bezug"), feld(f, "faellig_am")))
        .collect();
    tage.sort();
    tage
}

/// Time that was given stays given, what was met is not demanded again: the simulation of the notification says so, too.
fn simulation_nennt_geschriebene_fristen(b: Backend) {
    let d = Dienst::starten(b);
    let frage = "/fristen?antrag_id=019a0000-0000-7000-8000-0000000000d1&zustand=OFFEN";
    let offen = lies(&d, frage)["daten"].clone();
    let eine = |art: &str| offen.as_array().into_iter().flatten().find(|f| f["art"] == art).expect("deadline").clone();
    let pfad = |f: &Value| format!("/fristen/{}", als_text(&f["id"]));
    let (zwischen, auflage) = (eine("ZWISCHENNACHWEIS"), eine("AUFLAGE"));
    tue(&d, RP, &pfad(&zwischen), "verlaengerung", &json!({ "bis": "2027-06-30", "grund": "Jahresabschluss fehlt" }))
        .ist(200);
    tue(&d, RP, &pfad(&auflage), "erledigung", &json!({ "am": HEUTE, "grund": "liegt vor" })).ist(200);
    let aenderung = nach(&d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung")]);
    let be = format!("/bescheide/{}", als_text(&handle(&d, RP, &aenderung, "bewilligung").json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    let k = json!({ "weg": "PERSOENLICH", "zugang_am": HEUTE });
    let s = d.als(RP).post(&format!("{be}/bekanntgabe"), &k).if_match(version(&d, &be)).simulation().senden().ist(200);
    let gesagt = tage(&s.json()["simulation"]["fristen"]);
    tue(&d, RP, &be, "bekanntgabe", &k).ist(200);
    let geschrieben = tage(&lies(&d, &format!("/fristen?fall_id={}", &be["/bescheide/".len()..]))["daten"]);
    assert_eq!(gesagt, geschrieben);
    let (jahr, tag) = (als_text(&zwischen["bezug"]), "2027-06-30".to_owned());
    assert!(gesagt.contains(&("ZWISCHENNACHWEIS".to_owned(), jahr, tag)), "{gesagt:?}");
    assert!(gesagt.iter().all(|f| f.0 != "AUFLAGE"), "{gesagt:?}");
}

/// A small shift: taken note of, or a decision is demanded; no Bescheid and no posting.
fn anzeige_ohne_bescheid(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = aenderung("31");
    assert_eq!(lies(&d, &pfad)["status"], "ANGEZEIGT");
    let g = lies(&d, &format!("{pfad}/vergleich"));
    assert_eq!((&g["weg"], &g["weg_gruende"][0]["kurzname"]), (&json!("ANZEIGE"), &json!("AENDERUNG_ANZEIGE")));
    let bescheid_vorher = geltend(&d)["id"].clone();
    let s = tue(&d, RP, &pfad, "kenntnisnahme", &json!({})).ist(200).json();
    assert_eq!(s["status"], "ZUR_KENNTNIS_GENOMMEN");
    assert_eq!((geltend(&d)["id"].clone(), summen(&d)[0].clone()), (bescheid_vorher, "118000.00".to_owned()));
    let m = lies(&d, &format!("{}/massnahmen/{M01}", antrag("d1")));
    let miete = m["inhalt"]["finanzierungsplan"]["einzelansaetze"].as_array().expect("lines");
    assert!(miete.iter().any(|z| z["position"] == "SACH_MIETE" && z["betrag"] == "32000.00"), "{miete:?}");
    assert_eq!(lies(&d, &aenderung("30"))["status"], "UEBERHOLT");
    // measured against the Bescheid, not against the notice: 30,000.00 may become 36,000.00, not a cent more
    let weiter = entwurf(&d, &["UMSCHICHTUNG_ANSATZ"]);
    setze_m01(&d, &weiter, None, &[("SACH_MIETE", "36000.01"), ("PERSONAL", "83999.99")], None);
    assert_eq!(lies(&d, &format!("{weiter}/vergleich"))["weg"], "ENTSCHEIDUNG");
    setze_m01(&d, &weiter, None, &[("SACH_MIETE", "36000.00"), ("PERSONAL", "84000.00")], None);
    tue(&d, GK, &weiter, "einreichung", &json!({})).ist(200);
    assert_eq!(lies(&d, &weiter)["status"], "ANGEZEIGT");
    handle(&d, RP, &weiter, "pruefung");
    assert_eq!(
        (lies(&d, &weiter)["status"].clone(), lies(&d, &weiter)["weg"].clone()),
        (json!("IN_PRUEFUNG"), json!("ENTSCHEIDUNG"))
    );
    tue(&d, RP, &weiter, "zurueckweisung", &json!({ "grund": "Bitte erläutern." })).ist(200);
    assert_eq!(lies(&d, &weiter)["rueckgabe"]["grund"], "Bitte erläutern.");
    alles_stimmt(&d);
}

fn wer() -> Auftraggeber {
    let akteur = Akteur {
        person: "test".to_owned(),
        rolle: Rolle::Bewilligungsbehoerde,
        kreisschluessel: None,
        traeger_id: None,
    };
    Auftraggeber { akteur, anfrage: "test".to_owned(), simulation: false }
}

/// Moves money of M01 as calls and payments do.
fn bewege(d: &Dienst, von: Kontoart, nach: Kontoart, cent: i64, am: NaiveDate) {
    let db = Db::oeffnen(&Optionen::neu(&d.datenbank.url)).expect("database");
    let konto = |art| Kontoschluessel {
        jahrgang: 2026,
        kreisschluessel: "06440".to_owned(),
        teilbudget: "ALLGEMEIN".to_owned(),
        haushaltsjahr: 2026,
        art,
    };
    let betrag = Euro::aus_cent(cent).expect("amount");
    let buchung = Buchung::umbuchung("AUSZAHLUNG", "test").am(am).fuer_massnahme(M01, konto(von), konto(nach), betrag);
    let arbeit = db.schreiben(wer(), move |tx| konto::buche(tx, "TEST", &am.to_string(), &buchung).map(drop));
    let r: Result<(), DbFehler> =
        tokio::runtime::Builder::new_current_thread().enable_time().build().expect("runtime").block_on(arbeit);
    r.expect("posting");
}

/// S3: granted 120,000.00, paid 40,000.00 (2026-05-04) and 30,000.00 (2026-08-17).
pub fn s3(d: &Dienst) {
    let mehr = entwurf(d, &["MITTELERHOEHUNG"]);
    setze_land(d, &mehr, 12_000_000);
    bewillige(d, &mehr, &json!({}));
    // the demo's calls hold 45,000.00
    bewege(d, Kontoart::Gebunden, Kontoart::Abgerufen, 2_500_000, tag(2026, 5, 1));
    bewege(d, Kontoart::Abgerufen, Kontoart::Ausgezahlt, 4_000_000, tag(2026, 5, 4));
    bewege(d, Kontoart::Abgerufen, Kontoart::Ausgezahlt, 3_000_000, tag(2026, 8, 17));
    assert_eq!(summen(d), ["138000.00", "70000.00", "70000.00", "0.00"]);
}

/// S3 decided: 15,000.00 of the payout of 17 August are claimed back; path of the claim.
pub fn s3_forderung(d: &Dienst) -> String {
    s3(d);
    m01_mindern(d, 5_500_000);
    let f = lies(d, "/forderungen?antrag_id=019a0000-0000-7000-8000-0000000000d1&art=ERSTATTUNG&status=OFFEN");
    format!("/forderungen/{}", als_text(&f["daten"][0]["id"]))
}

/// Grants M01 so much less that something is to be paid back.
pub fn m01_mindern(d: &Dienst, cent: i64) -> String {
    bewillige(d, &minderung(d, cent), &rueckwirkend())
}

/// The same as a Bescheid that is only drafted.
pub fn m01_mindern_entwurf(d: &Dienst, cent: i64) -> String {
    bewillige_entwurf(d, &minderung(d, cent), &rueckwirkend())
}

fn minderung(d: &Dienst, cent: i64) -> String {
    let pfad = entwurf(d, &["MITTELREDUZIERUNG"]);
    setze_land(d, &pfad, cent);
    patche(d, &pfad, &json!({ "mit_erstattung": true, "wirksam_ab": "2026-08-17" })).ist(200);
    pfad
}

fn s3_mit_erstattung(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let pfad = entwurf(&d, &["MITTELREDUZIERUNG"]);
    setze_land(&d, &pfad, 7_500_000);
    let v = lies(&d, &format!("{pfad}/vergleich"));
    assert_eq!(
        (&v["folgen"]["posten"][0]["abrufbar"], &v["folgen"]["posten"][0]["folge"]),
        (&json!("5000.00"), &json!("MINDERUNG"))
    );
    setze_land(&d, &pfad, 5_500_000);
    let r = tue(&d, GK, &pfad, "einreichung", &json!({})).ist_problem(422, "UNTER_AUSGEZAHLT");
    assert_eq!(r.json()["befunde"][0]["differenz"]["wert"], "15000.00");
    patche(&d, &pfad, &json!({ "mit_erstattung": true, "wirksam_ab": "2026-08-17" })).ist(200);
    let v = lies(&d, &format!("{pfad}/vergleich"));
    let e = &v["folgen"]["erstattung"];
    assert_eq!(
        (&e["betrag"], &e["zuordnung"], &e["faellig_am"]),
        (&json!("15000.00"), &json!("LIFO"), &json!("2026-10-15"))
    );
    // the same before anything is filed, and by the simulation of the filing
    assert_eq!(lies(&d, &format!("{pfad}/pruefbericht"))["folgen"]["erstattung"], *e);
    let simuliere = |wer: &str, akt: &str| {
        let r = d.als(wer).post(&format!("{pfad}/{akt}"), &rueckwirkend()).if_match(version(&d, &pfad)).simulation();
        r.senden().ist(200).json()["simulation"]["folgen"].clone()
    };
    assert_eq!(simuliere(GK, "einreichung"), v["folgen"]);
    let z = &e["posten"][0]["zahlungen"];
    assert_eq!(*z, json!([{ "ausgezahlt_am": "2026-08-17", "betrag": "15000.00", "zinsbeginn": "2026-08-17" }]));
    for (methode, zinsen) in [("ACT_ACT", "198.28"), ("E30_360", "198.32")] {
        let k = json!({ "kapital": "15000.00", "von": z[0]["zinsbeginn"], "bis": "2026-10-30", "methode": methode, "rundung": "AM_ENDE" });
        let r = d.als(GK).post("/berechnungen/zinsen", &k).senden().ist(200).json();
        assert_eq!(r["zinsen"], zinsen, "{methode}");
    }
    tue(&d, GK, &pfad, "einreichung", &json!({})).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    let be = bewillige(&d, &pfad, &rueckwirkend());
    let i = lies(&d, &be)["inhalt"].clone();
    assert_eq!((&i["kettenglied"], &i["aenderung"]["erstattung"]["betrag"]), (&json!(3), &json!("15000.00")));
    let fristen = lies(&d, "/fristen?art=ERSTATTUNG")["daten"].clone();
    assert_eq!(
        (&fristen[0]["faellig_am"], &fristen[0]["rechtsgrundlage"], &fristen[1]),
        (&json!("2026-10-15"), &json!("§ 49a Abs. 1 HVwVfG"), &Value::Null),
        "the claim is a deadline too"
    );
    // granted are 55,000.00 + 18,000.00; what was paid stays paid, 15,000.00 of it are claimed back
    assert_eq!(summen(&d), ["88000.00", "70000.00", "70000.00", "15000.00"]);
    assert_eq!(lies(&d, &format!("{be}/abrufbar"))["abrufbar"], "18000.00");
    // reports name what is claimed back, so that bound and granted explain each other
    let m01 = lies(&d, "/berichte/abgleich?jahrgang=2026")["daten"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|z| z["massnahme_nr"] == "M01")
        .expect("M01")
        .clone();
    let zahlen = json!([
        m01["bewilligt"],
        m01["buch"]["gebunden"],
        m01["buch"]["rueckgefordert"],
        m01["differenz"]["bewilligt"]
    ]);
    assert_eq!(zahlen, json!(["55000.00", "70000.00", "15000.00", "0.00"]));
    for (bericht, titel) in
        [("abgleich", "Zurückgefordert laut Buch in EUR"), ("budgetauslastung", "Zurückgefordert in EUR")]
    {
        let csv = d.als(RP).get(&format!("/berichte/{bericht}/csv?jahrgang=2026")).senden().ist(200).text();
        assert_eq!(crate::berichte::spalte(&csv, titel), 1_500_000, "{bericht}");
    }
    // a second claim takes what the first left of the last payout
    let noch = entwurf(&d, &["MITTELREDUZIERUNG"]);
    setze_land(&d, &noch, 3_500_000);
    patche(&d, &noch, &json!({ "mit_erstattung": true })).ist(200);
    let v = lies(&d, &format!("{noch}/vergleich"));
    let teile: Vec<_> = v["folgen"]["erstattung"]["posten"][0]["zahlungen"]
        .as_array()
        .expect("zahlungen")
        .iter()
        .map(|z| (als_text(&z["ausgezahlt_am"]), als_text(&z["betrag"])))
        .collect();
    let erwartet = [("2026-08-17", "15000.00"), ("2026-05-04", "5000.00")];
    assert_eq!(teile, erwartet.map(|(t, b)| (t.to_owned(), b.to_owned())));
}

/// Two drafts change the same title: the one that is granted first wins, the other one gets 409 with the field.
fn zwei_entwuerfe_einer_gewinnt(b: Backend) {
    let d = Dienst::starten(b);
    let (erster, zweiter) = (entwurf(&d, &["INHALT"]), entwurf(&d, &["INHALT", "MITTELREDUZIERUNG"]));
    setze_m01(&d, &erster, Some("Erster"), &[], None);
    setze_m01(&d, &zweiter, Some("Zweiter"), &[("PERSONAL", "80000.00")], Some("90000.00"));
    bewillige(&d, &erster, &json!({}));
    assert_eq!(lies(&d, &zweiter)["status"], "UEBERHOLT");
    let r = tue(&d, GK, &zweiter, "einreichung", &json!({})).ist_problem(409, "GRUNDLAGE_VERALTET");
    let orte: Vec<_> = r.json()["befunde"].as_array().expect("befunde").iter().map(|b| als_text(&b["ort"])).collect();
    assert_eq!(orte, ["/grundlage", "/massnahmen/M01/titel"]);
    let v = lies(&d, &format!("{zweiter}/vergleich"));
    assert_eq!(v["grundlage_veraltet"], true);
    assert_eq!(lies(&d, &zweiter)["konflikte"], v["konflikte"], "one truth");
    let k = &v["konflikte"][0];
    assert_eq!((&k["eigener"], &k["jetziger"]), (&json!("Zweiter"), &json!("Erster")));
    let r = tue(&d, GK, &zweiter, "aktualisierung", &json!({})).ist(200).json();
    assert_eq!((&r["status"], &r["grundlage"]["bescheid_id"]), (&json!("ENTWURF"), &geltend(&d)["id"]));
    assert_eq!(r["neuer_stand"]["massnahmen"][0]["inhalt"]["titel"], "Zweiter");
    tue(&d, GK, &zweiter, "einreichung", &json!({})).ist_problem(409, "AENDERUNG_KONFLIKT");
    let fremd = json!({ "behalten": ["/massnahmen/M01/beginn"] });
    tue(&d, GK, &zweiter, "aktualisierung", &fremd).ist_problem(422, "FELD_OHNE_KONFLIKT");
    let r =
        tue(&d, GK, &zweiter, "aktualisierung", &json!({ "uebernehmen": ["/massnahmen/M01/titel"] })).ist(200).json();
    assert_eq!(r["neuer_stand"]["massnahmen"][0]["inhalt"]["titel"], "Erster");
    patche(&d, &zweiter, &json!({ "aenderungsarten": ["MITTELREDUZIERUNG"] })).ist(200);
    bewillige(&d, &zweiter, &json!({}));
    assert_eq!(geltend(&d)["inhalt"]["kettenglied"], 3);
    alles_stimmt(&d);
}

/// A refused change leaves the grant as it is; the next one is chained behind the refusal.
fn abgelehnt_bleibt_bewilligt(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = nach(&d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung")]);
    tue(&d, RP, &pfad, "ablehnung", &json!({ "begruendung": "zu kurz" })).ist_problem(422, "BEGRUENDUNG_FEHLT");
    let entworfen = als_text(&handle(&d, RP, &pfad, "ablehnung").json()["id"]);
    let be = format!("/bescheide/{entworfen}");
    // one Bescheid of a case is drafted at a time
    let zweiter = entwurf(&d, &["MITTELREDUZIERUNG"]);
    setze_land(&d, &zweiter, 9_000_000);
    let zweiter = nach(&d, zweiter, &[(GK, "einreichung"), (RP, "pruefung")]);
    let r = tue(&d, RP, &zweiter, "bewilligung", &json!({})).ist_problem(409, "ENTSCHEIDUNG_LAEUFT");
    assert_eq!(r.json()["befunde"][0]["gemessen"][0]["wert"], json!(entworfen));
    tue(&d, RP, &be, "verwerfung", &json!({ "grund": "Falscher Text." })).ist(200);
    assert_eq!(lies(&d, &pfad)["status"], "IN_PRUEFUNG");
    let be = format!("/bescheide/{}", als_text(&handle(&d, RP, &pfad, "ablehnung").json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    assert_eq!(
        (lies(&d, &pfad)["status"].clone(), lies(&d, &be)["inhalt"]["art"].clone()),
        (json!("ABGELEHNT"), json!("ABLEHNUNG"))
    );
    assert_eq!((summen(&d)[0].as_str(), lies(&d, &zweiter)["status"].as_str()), ("118000.00", Some("IN_PRUEFUNG")));
    let r = handle(&d, RP, &zweiter, "bewilligung").json();
    assert_eq!(
        (&r["inhalt"]["kettenglied"], &r["inhalt"]["vorgaenger_id"]),
        (&json!(3), &json!(be.rsplit('/').next()))
    );
    // withdrawing discards the drafted Bescheid
    tue(&d, GK, &zweiter, "ruecknahme", &json!({ "grund": "Doch nicht." })).ist(200);
    let b = lies(&d, &format!("/bescheide/{}", als_text(&r["id"])));
    assert_eq!(
        (&b["status"], &b["verwerfungsgrund"]),
        (&json!("VERWORFEN"), &json!("Der Änderungsantrag wurde zurückgezogen."))
    );
    alles_stimmt(&d);
}

fn massnahme_entfaellt_und_kommt_hinzu(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = entwurf(&d, &["MASSNAHME_ENTFAELLT", "MITTELREDUZIERUNG"]);
    let m02 = "019a0000-0000-7000-8000-0000000000e2";
    let r = d.als(GK).delete(&format!("{pfad}/massnahmen/{m02}")).if_match(version(&d, &pfad)).senden();
    assert_eq!(r.status, 204, "{}", r.text());
    bewillige(&d, &pfad, &json!({}));
    assert_eq!(summen(&d)[0], "100000.00");
    assert_eq!(lies(&d, &antrag("d1"))["anzahl_massnahmen"], 1);
    d.als(GK).get(&format!("{}/massnahmen/{m02}", antrag("d1"))).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let liste = d.als(GK).get("/massnahmen?jahrgang=2026").senden().ist(200).text();
    assert!(!liste.contains(m02), "a dropped measure is nobody's to see");
    // its number is not given again
    let pfad = entwurf(&d, &["MASSNAHME_NEU", "MITTELERHOEHUNG"]);
    let mut k = aqb_tests::vertrag::operation("aenderungsantrag_massnahme_anlegen").koerper().expect("example");
    k["massnahme_nr"] = json!("M02");
    let ort = format!("{pfad}/massnahmen");
    d.als(GK).post(&ort, &k).senden().ist_problem(409, "MASSNAHME_NR_DOPPELT");
    k["massnahme_nr"] = json!("M03");
    let r = d.als(GK).post(&ort, &k).senden().ist(201);
    let neue = r.json()["neuer_stand"]["massnahmen"][1].clone();
    assert_eq!((&neue["massnahme_nr"], &neue["landesmittel"]), (&json!("M03"), &json!("10000.00")));
    let r = tue(&d, GK, &pfad, "einreichung", &json!({}));
    assert!(r.status == 200 || r.befunde().contains(&"DETAILPLANUNG_FEHLT".to_owned()), "{}", r.text());
    alles_stimmt(&d);
}

/// Between draft and release money was paid: the release asks again, and the list foretells it.
fn freigabe_prueft_von_neuem(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = entwurf(&d, &["MITTELREDUZIERUNG"]);
    setze_land(&d, &pfad, 6_000_000);
    let pfad = nach(&d, pfad, &[(GK, "einreichung"), (RP, "pruefung")]);
    let be = format!("/bescheide/{}", als_text(&handle(&d, RP, &pfad, "bewilligung").json()["id"]));
    bewege(&d, Kontoart::Gebunden, Kontoart::Abgerufen, 2_000_000, tag(2026, 9, 15));
    let r = d.als(RP2).get(&format!("{be}/aktionen")).senden().ist(200);
    assert!(r.text().contains("UNTER_ABGERUFEN"), "foretold: {}", r.text());
    let r = tue(&d, RP2, &be, "freigabe", &json!({})).ist_problem(409, "UNTER_ABGERUFEN");
    let b = r.json()["befunde"][0].clone();
    let wert = |name: &str| {
        b["gemessen"].as_array().into_iter().flatten().find(|m| m["name"] == name).map(|m| als_text(&m["wert"]))
    };
    assert_eq!(wert("zurueckzunehmen").as_deref(), Some("5000.00"));
    assert_eq!(wert("abrufe").as_deref(), Some("1, 2, 3"), "the open calls of the demo");
    assert_eq!(summen(&d)[0], "118000.00", "nothing half done");
}

/// Both acts at once, through two servers on one database: the one that was accepted and the refusal of the other one.
fn zugleich(d: &Dienst, akte: [(&str, &str, &str); 2]) -> (usize, Antwort) {
    let zweiter = d.zweiter();
    let tor = Barrier::new(akte.len());
    let antworten: Vec<Antwort> = std::thread::scope(|s| {
        let rufe: Vec<_> = akte
            .iter()
            .zip([d, &zweiter])
            .map(|((wer, pfad, akt), server)| {
                let a = server.als(wer).post(&format!("{pfad}/{akt}"), &json!({})).if_match(version(d, pfad));
                let tor = &tor;
                s.spawn(move || {
                    tor.wait();
                    a.neuer_schluessel().senden()
                })
            })
            .collect();
        rufe.into_iter().map(|r| r.join().expect("thread")).collect()
    });
    let texte: Vec<_> = antworten.iter().map(|a| (a.status, a.text())).collect();
    let gut = antworten.iter().position(|a| a.status == 200).unwrap_or_else(|| panic!("nobody won: {texte:?}"));
    let andere = antworten.into_iter().nth(1 - gut).expect("two answers");
    assert!([409, 412].contains(&andere.status), "both won, or the refusal is none: {texte:?}");
    (gut, andere)
}

/// Two notices over the same base, noted by two clerks in the same moment: one counts, the other one is overtaken.
fn gleichzeitig_gilt_eine(b: Backend) {
    let d = Dienst::starten(b);
    let (erste, zweite) = (aenderung("31"), entwurf(&d, &["UMSCHICHTUNG_ANSATZ"]));
    setze_m01(&d, &zweite, None, &[("SACH_MIETE", "33000.00"), ("PERSONAL", "87000.00")], None);
    assert_eq!(tue(&d, GK, &zweite, "einreichung", &json!({})).ist(200).json()["status"], "ANGEZEIGT");
    let beide = [(RP, erste.as_str(), "kenntnisnahme"), (RP2, zweite.as_str(), "kenntnisnahme")];
    let (gut, andere) = zugleich(&d, beide);
    assert!(["GRUNDLAGE_VERALTET", "VERSION_VERALTET"].contains(&andere.code().as_str()), "{}", andere.text());
    let zustand = |i: usize| als_text(&lies(&d, beide[i].1)["status"]);
    assert_eq!((zustand(gut).as_str(), zustand(1 - gut).as_str()), ("ZUR_KENNTNIS_GENOMMEN", "UEBERHOLT"));
    alles_stimmt(&d);
}

/// 46,000.00 shall stay, 45,000.00 are called: a call of 2,500.00 and the release of the cut exclude each other.
fn minderung_gegen_abruf(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = entwurf(&d, &["MITTELREDUZIERUNG"]);
    setze_land(&d, &pfad, 4_600_000);
    let pfad = nach(&d, pfad, &[(GK, "einreichung"), (RP, "pruefung")]);
    let be = format!("/bescheide/{}", als_text(&handle(&d, RP, &pfad, "bewilligung").json()["id"]));
    let m = crate::aktionen::abruf("12");
    let (gut, andere) = zugleich(&d, [(RP2, &be, "freigabe"), (GK, &m, "einreichung")]);
    let (code, soll) = match gut {
        0 => ("ABRUFBAR_UEBERSCHRITTEN", ["64000.00", "45000.00"]),
        _ => ("UNTER_ABGERUFEN", ["118000.00", "47500.00"]),
    };
    assert_eq!((andere.code().as_str(), &summen(&d)[..2]), (code, &soll.map(str::to_owned)[..]), "{}", andere.text());
    alles_stimmt(&d);
}

fn schlechte_eingaben(b: Backend) {
    let d = Dienst::starten(b);
    let anlage = |b: &str, inhalt: Value| json!({ "bescheid_id": format!("019a0000-0000-7000-8000-0000000000{b}"), "inhalt": inhalt });
    let lege_an = |wer: &str, k: &Value| d.als(wer).post("/aenderungsantraege", k).senden();
    let r = lege_an(GK, &anlage("f1", json!({ "aenderungsarten": ["BANKVERBINDUNG"] })));
    let r = r.ist_problem(422, "BANKVERBINDUNG_EIGENE_HANDLUNG");
    assert!(r.text().contains("/bankverbindungen"), "the remedy names the way: {}", r.text());
    lege_an(GK, &anlage("f5", json!({}))).ist_problem(422, "VERWEIS_UNBEKANNT");
    lege_an("demo-gk-06411-1", &anlage("f1", json!({}))).ist_problem(422, "VERWEIS_UNBEKANNT");
    lege_an(RP, &anlage("f1", json!({}))).ist_problem(403, "RECHT_FEHLT");
    lege_an(MIN, &anlage("f1", json!({}))).ist_problem(403, "RECHT_FEHLT");
    d.als("demo-gk-06411-1").get(&aenderung("30")).senden().ist_problem(404, "NICHT_GEFUNDEN");
    d.als("demo-traeger-1").get(&aenderung("30")).senden().ist_problem(403, "RECHT_FEHLT");
    let pfad = aenderung("30");
    patche(&d, &pfad, &json!({ "aenderungsarten": ["BANKVERBINDUNG"] }))
        .ist_problem(422, "BANKVERBINDUNG_EIGENE_HANDLUNG");
    patche(&d, &pfad, &json!({ "aenderungsarten": ["INHALT"] })).ist(200);
    let r = tue(&d, GK, &pfad, "einreichung", &json!({})).ist_problem(422, "AENDERUNGSART_ABWEICHEND");
    assert_eq!(r.json()["befunde"][0]["erlaubt"][0]["wert"], "MITTELREDUZIERUNG");
    tue(&d, GK, &aenderung("31"), "einreichung", &json!({})).ist_problem(409, "STATUS_UNZULAESSIG");
    let r = d.als(GK).delete(&aenderung("31")).if_match(version(&d, &aenderung("31"))).senden();
    r.ist_problem(409, "UNVERAENDERLICH");
    let r = d.als(GK).delete(&pfad).if_match(version(&d, &pfad)).senden();
    assert_eq!(r.status, 204, "{}", r.text());
    d.als(GK).get(&pfad).senden().ist_problem(404, "NICHT_GEFUNDEN");
    // an open change keeps its Jahrgang open
    let r =
        d.als(MIN).post("/jahrgaenge/2026/abschluss", &json!({})).if_match(version(&d, "/jahrgaenge/2026")).senden();
    assert!(r.text().contains("\"aenderungen\""), "{}", r.text());
}

/// Chains of changes, calls and payments: what lies in the ledger for M01 is what is granted now, after every step.
fn ketten_gehen_auf(b: Backend) {
    let d = Dienst::starten(b);
    let id: Uuid = als_text(&lies(&d, &antrag("d1"))["id"]).parse().expect("id");
    for (schritt, cent) in [9_000_000, 11_000_000, 6_500_000, 6_600_000, 4_600_000].into_iter().enumerate() {
        let jetzt: i64 = lies(&d, &format!("{}/massnahmen/{M01}", antrag("d1")))["beantragte_zuwendung"]
            .as_str()
            .and_then(|b| b.parse::<Euro>().ok())
            .expect("amount")
            .cent();
        let pfad = entwurf(&d, &[if cent > jetzt { "MITTELERHOEHUNG" } else { "MITTELREDUZIERUNG" }]);
        setze_land(&d, &pfad, cent);
        bewillige(&d, &pfad, &json!({}));
        if schritt == 1 {
            bewege(&d, Kontoart::Abgerufen, Kontoart::Ausgezahlt, 1_234_567, tag(2026, 9, 1));
        }
        let mut c = d.datenbank.verbinde();
        let g = bescheide::geltend(&mut c, id).expect("chain").expect("a grant").wert;
        let salden = konto::salden_der_stellen(&mut c, &[M01], None).expect("balances");
        let summe: i64 = salden.values().map(|b| b.cent()).sum();
        let je = g.bewilligt_je().expect("amounts");
        assert_eq!(
            (summe, je.get(&(M01, "ALLGEMEIN".to_owned(), 2026)).map(|b| b.cent())),
            (cent, Some(cent)),
            "{schritt}"
        );
        assert!(salden.values().all(|b| !b.ist_negativ()), "{schritt}");
        let je_art = bescheide::gebunden_je_art(&mut c, 2026, "06440", None).expect("sums");
        let gebunden: i64 = je_art.values().map(|b| b.cent()).sum();
        assert_eq!(gebunden, cent + 1_800_000, "a replaced Bescheid does not count, step {schritt}");
    }
    assert_eq!(geltend(&d)["inhalt"]["kettenglied"], 6);
}
