//! `/akten`: the case file is what the API shows its caller, nothing more and nothing less, and it proves itself.

use crate::aenderungsantrag::s3_forderung;
use crate::aktionen::{GK, RP, tue};
use crate::datenbank::versiegle;
use crate::integritaet::{entsichere, id};
use crate::verwendungsnachweise::im_stand;
use aqb_api::akte::{Manifest, pruefe, pruefe_datei};
use aqb_domain::verwendungsnachweis::NachweisStatus;
use aqb_tests::datenbank::befehl;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

auf_beiden!(
    wer_sie_bekommt,
    antwort_ist_eine_datei,
    sie_sagt_was_sie_ist,
    inhalt_ist_was_die_api_zeigt,
    entwuerfe_fehlen_dem_kreis,
    niederschlagung_bleibt_intern,
    entscheidungen_waehrend_der_pruefung,
    gefaelschtes_wird_nicht_ausgeliefert,
);

const PR: &str = "demo-pruefung";
const D1: &str = "019a0000-0000-7000-8000-0000000000d1";
const D5: &str = "019a0000-0000-7000-8000-0000000000d5";

/// A case file that was downloaded and checked.
struct Akte {
    manifest: Manifest,
    dateien: BTreeMap<String, Value>,
}

impl Akte {
    fn liste(&self, name: &str) -> &Vec<Value> {
        self.dateien.get(name).and_then(Value::as_array).unwrap_or_else(|| panic!("no list {name}"))
    }

    /// Rights that are named as missing, by what is left out.
    fn ohne(&self) -> BTreeMap<&str, Option<&str>> {
        self.manifest.auslassungen.iter().map(|a| (a.was.as_str(), a.recht.as_deref())).collect()
    }
}

#[track_caller]
fn roh(d: &Dienst, wer: &str, antrag: &str) -> Vec<u8> {
    d.als(wer).get(&format!("/akten/{antrag}")).senden().ist(200).koerper
}

#[track_caller]
fn hole(d: &Dienst, wer: &str, antrag: &str) -> Akte {
    let bytes = roh(d, wer, antrag);
    let p = pruefe(Cursor::new(&bytes)).unwrap_or_else(|m| panic!("{wer}: {m:?}"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("ZIP");
    let mut dateien = BTreeMap::new();
    for d in &p.manifest.dateien {
        let mut text = String::new();
        zip.by_name(&d.name).expect("entry").read_to_string(&mut text).expect("UTF-8");
        dateien.insert(d.name.clone(), serde_json::from_str(&text).expect("JSON"));
    }
    Akte { manifest: p.manifest, dateien }
}

fn lies(d: &Dienst, wer: &str, pfad: &str) -> Value {
    d.als(wer).get(pfad).senden().ist(200).json()
}

fn wer_sie_bekommt(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = format!("/akten/{D1}");
    for wer in [GK, RP, PR] {
        hole(&d, wer, D1);
    }
    for wer in ["demo-ministerium-1", "demo-traeger-1", "demo-admin"] {
        d.als(wer).get(&pfad).senden().ist_problem(403, "RECHT_FEHLT");
    }
    d.als("demo-gk-06411-1").get(&pfad).senden().ist_problem(404, "NICHT_GEFUNDEN");
    d.anonym().get(&pfad).senden().ist_problem(401, "NICHT_ANGEMELDET");
    for wer in [GK, RP, PR] {
        let c = d.als(wer);
        c.get("/akten/019a0000-0000-7000-8000-0000000000ff").senden().ist_problem(404, "NICHT_GEFUNDEN");
        c.get("/akten/1").senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
    }
}

fn antwort_ist_eine_datei(b: Backend) {
    let d = Dienst::starten(b);
    // a program that could unpack gets the archive as it is, not packed twice
    let r = d.als(RP).get(&format!("/akten/{D1}")).kopf("accept-encoding", "gzip, zstd").senden().ist(200);
    let kopf = |n: &str| r.kopfzeile(n).unwrap_or_default().to_owned();
    assert_eq!(kopf("content-type"), "application/zip");
    assert_eq!(kopf("cache-control"), "no-store");
    assert_eq!(kopf("content-disposition"), format!("attachment; filename=\"akte-{D1}.zip\""));
    assert_eq!(kopf("content-length"), r.koerper.len().to_string());
    assert!(["", "identity"].contains(&kopf("content-encoding").as_str()), "{}", kopf("content-encoding"));
    assert!(r.koerper.starts_with(b"PK"));
    let mut datei = tempfile::NamedTempFile::new().expect("file");
    datei.write_all(&r.koerper).expect("file");
    let t = pruefe_datei(datei.path()).expect("right");
    assert!(t.starts_with("In Ordnung: Akte RPKS-57-AQB-2026-06440-001 (06440, 2026)"), "{t}");
    // one byte of it is another
    let mitte = r.koerper.len() / 2;
    let mut anders = r.koerper.clone();
    anders[mitte] ^= 1;
    pruefe(Cursor::new(anders)).expect_err("a changed byte");
}

fn sie_sagt_was_sie_ist(b: Backend) {
    let d = Dienst::starten(b);
    versiegle(&d.datenbank);
    let antrag = lies(&d, RP, &format!("/antraege/{D1}"));
    for (wer, rolle) in [(GK, "GEBIETSKOERPERSCHAFT"), (RP, "BEWILLIGUNGSBEHOERDE"), (PR, "PRUEFUNG")] {
        let a = hole(&d, wer, D1);
        let m = serde_json::to_value(&a.manifest).expect("manifest");
        assert_eq!(m["format"], "aqb-akte/1");
        assert_eq!(m["antrag_id"], antrag["id"]);
        for feld in ["aktenzeichen", "kreisschluessel", "jahrgang", "regelwerk", "status"] {
            assert_eq!(m[feld], antrag[feld], "{feld}");
        }
        assert_eq!(m["erstellt_von"]["rolle"], rolle);
        assert_eq!(m["programmversion"], env!("CARGO_PKG_VERSION"));
        for (was, recht) in [
            ("teilnahmen.json", None),
            ("zahlungen.json", Some("zahlung:lesen")),
            ("stichproben.json", Some("stichprobe:lesen")),
            ("schlussrechnungen.json", Some("schlussrechnung:lesen")),
            ("manifest.json: siegel", Some("protokoll:lesen")),
        ] {
            let fehlt = a.ohne().get(was).copied();
            let soll = (wer == GK || recht.is_none()).then_some(recht);
            assert_eq!(fehlt, soll, "{wer}: {was}");
            // what is left out is no file, what is not is one
            assert!(!was.ends_with(".json") || a.dateien.contains_key(was) != soll.is_some(), "{wer}: {was}");
        }
        assert_eq!(a.manifest.ketten_mit_luecken, []);
        if wer != GK {
            let s = &lies(&d, wer, "/protokoll/nachweis")["siegel"];
            assert_eq!(
                [&m["siegel"]["nr"], &m["siegel"]["hash"], &m["siegel"]["stimmt"]],
                [&s["nr"], &s["hash"], &json!(true)]
            );
        }
        let text = serde_json::to_string(&a.dateien).expect("JSON");
        assert!(!text.contains("pseudonym"), "{wer}: participants are not contained");
    }
    let en = d.als(GK).get(&format!("/akten/{D1}")).sprache("en").senden().ist(200);
    let m = pruefe(Cursor::new(en.koerper)).expect("right").manifest;
    assert!(m.auslassungen.iter().any(|a| a.grund.starts_with("The role")), "{:?}", m.auslassungen);
}

/// Every file beside what the operations answer the same caller.
#[track_caller]
fn vergleiche(d: &Dienst, wer: &str, antrag: &str) -> Akte {
    let a = hole(d, wer, antrag);
    let l = |pfad: &str| lies(d, wer, pfad);
    assert_eq!(a.liste("antrag.json"), &vec![l(&format!("/antraege/{antrag}"))], "{wer}");
    let eingang = d.als(wer).get(&format!("/antraege/{antrag}/eingangsbestaetigung")).senden();
    let eingang: Vec<Value> = (eingang.status == 200).then(|| eingang.json()).into_iter().collect();
    assert_eq!(a.liste("eingangsbestaetigung.json"), &eingang, "{wer}");
    let massnahmen = l(&format!("/antraege/{antrag}/massnahmen"))["massnahmen"].clone();
    assert_eq!(a.dateien["massnahmen.json"], massnahmen, "{wer}");
    for p in a.liste("detailplanungen.json") {
        let pfad = format!("/antraege/{antrag}/massnahmen/{}/detailplanung/fassungen", als_text(&p["massnahme_id"]));
        assert_eq!(p["fassungen"], l(&pfad)["fassungen"], "{wer}");
    }
    for name in [
        "bescheide",
        "bankverbindungen",
        "mittelabrufe",
        "weiterleitungen",
        "verwendungsnachweise",
        "feststellungen",
        "anhoerungen",
        "ausnahmen",
        "stichproben",
        "schlussrechnungen",
        "forderungen",
        "rueckzahlungen",
    ] {
        let r = d.als(wer).get(&format!("/{name}?antrag_id={antrag}&limit=200")).senden();
        let datei = a.dateien.get(&format!("{name}.json"));
        if r.status == 403 {
            assert_eq!(datei, None, "{wer}: {name}");
        } else {
            assert_eq!(datei, Some(&r.ist(200).json()["daten"]), "{wer}: {name}");
        }
    }
    for x in a.liste("aenderungsantraege.json") {
        assert_eq!(*x, l(&format!("/aenderungsantraege/{}", als_text(&x["id"]))), "{wer}");
    }
    for x in a.liste("fristen.json") {
        assert_eq!(*x, l(&format!("/fristen/{}", als_text(&x["id"]))), "{wer}");
    }
    for x in a.liste("einreichungen.json") {
        let pfad = format!("/verwendungsnachweise/{}/einreichungen", als_text(&x["verwendungsnachweis_id"]));
        assert_eq!(x["einreichungen"], l(&pfad)["einreichungen"], "{wer}");
    }
    for x in a.liste("sachberichte.json") {
        let pfad = format!("/verwendungsnachweise/{}/sachberichte", als_text(&x["verwendungsnachweis_id"]));
        assert_eq!(x["sachberichte"], l(&pfad)["sachberichte"], "{wer}");
    }
    let mut belege = Vec::new();
    for n in a.liste("verwendungsnachweise.json").iter().filter(|n| n["aktuell"] == true) {
        let alle = l(&format!("/verwendungsnachweise/{}/belege?limit=200", als_text(&n["id"])));
        belege.extend(alle["daten"].as_array().expect("Belege").clone());
    }
    assert_eq!(a.liste("belege.json"), &belege, "{wer}");
    let mut zeilen = BTreeSet::new();
    for m in massnahmen.as_array().expect("measures") {
        let pfad = format!("/budgets/2026/06440/buchungen?limit=200&massnahme_id={}", als_text(&m["id"]));
        zeilen.extend(l(&pfad)["daten"].as_array().expect("lines").iter().map(Value::to_string));
    }
    let buchungen: BTreeSet<String> = a.liste("buchungen.json").iter().map(Value::to_string).collect();
    assert!(zeilen.is_subset(&buchungen), "{wer}");
    // the other lines of these postings are the county's, too
    let alle = l("/budgets/2026/06440/buchungen?limit=200");
    let alle: BTreeSet<String> = alle["daten"].as_array().expect("lines").iter().map(Value::to_string).collect();
    assert!(alle.len() == 200 || buchungen.is_subset(&alle), "{wer}");
    verlaeufe(d, wer, &a);
    a
}

/// The trail in the file beside the histories of the API: the same entries with the same changes.
fn verlaeufe(d: &Dienst, wer: &str, a: &Akte) {
    let mut ketten: BTreeMap<(String, String), Vec<Value>> = BTreeMap::new();
    for e in a.liste("protokoll.json") {
        ketten.entry((als_text(&e["fall_art"]), als_text(&e["fall_id"]))).or_default().push(e.clone());
    }
    for (art, name) in [
        ("ANTRAG", "antrag"),
        ("BESCHEID", "bescheide"),
        ("MITTELABRUF", "mittelabrufe"),
        ("WEITERLEITUNG", "weiterleitungen"),
        ("VERWENDUNGSNACHWEIS", "verwendungsnachweise"),
        ("FORDERUNG", "forderungen"),
        ("FRIST", "fristen"),
    ] {
        for x in a.liste(&format!("{name}.json")) {
            let fall = als_text(&x["id"]);
            let pfad = if name == "antrag" { "antraege" } else { name };
            let r = d.als(wer).get(&format!("/{pfad}/{fall}/historie?limit=200")).senden();
            let da = ketten.remove(&(art.to_owned(), fall)).unwrap_or_default();
            if r.status == 403 {
                assert_eq!(da.len(), 0, "{wer}: {art}");
                assert!(a.ohne().contains_key(format!("protokoll.json: {art}").as_str()), "{wer}: {art}");
                continue;
            }
            let soll = r.ist(200).json()["daten"].as_array().expect("history").clone();
            assert_eq!(da.len(), soll.len(), "{wer}: {art}");
            for (e, s) in da.iter().zip(&soll) {
                for feld in ["id", "nr", "person", "rolle", "akt", "anfrage", "vorgaenger_hash", "hash"] {
                    assert_eq!(e[feld], s[feld], "{wer}: {art}");
                }
                let text = e["aenderungen"].as_str().expect("stored text");
                assert_eq!(serde_json::from_str::<Value>(text).expect("JSON"), s["aenderungen"], "{wer}: {art}");
            }
        }
    }
}

fn inhalt_ist_was_die_api_zeigt(b: Backend) {
    let d = Dienst::starten(b);
    for wer in [GK, RP, PR] {
        let a = vergleiche(&d, wer, D1);
        for name in ["bescheide", "belege", "weiterleitungen", "verwendungsnachweise", "buchungen", "protokoll"] {
            assert!(!a.liste(&format!("{name}.json")).is_empty(), "{wer}: {name}");
        }
    }
    // records without a history of their own: the audit alone reads their trail
    let ohne = |wer: &str| hole(&d, wer, D1).ohne().keys().any(|w| w.starts_with("protokoll.json: "));
    assert!(!ohne(PR));
}

fn entwuerfe_fehlen_dem_kreis(b: Backend) {
    let d = Dienst::starten(b);
    let stand = |wer: &str| -> Vec<String> {
        let a = vergleiche(&d, wer, D5);
        let entwurf = id(Backend::Postgres, "f5").replace('\'', "");
        let trail = a.liste("protokoll.json").iter().filter(|e| e["fall_id"] == entwurf).count();
        let bescheide = a.liste("bescheide.json").iter().map(|x| als_text(&x["status"]));
        bescheide.chain([trail.to_string()]).collect()
    };
    assert_eq!(stand(RP), ["ENTWURF", "1"]);
    assert_eq!(stand(PR), ["ENTWURF", "1"]);
    assert_eq!(stand(GK), ["0"]);
}

fn niederschlagung_bleibt_intern(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    tue(&d, RP, &f, "niederschlagung", &json!({ "bis": "2027-12-31", "grund": "Kosten außer Verhältnis" })).ist(200);
    for wer in [GK, RP, PR] {
        let a = vergleiche(&d, wer, D1);
        let diese = a.liste("forderungen.json").iter().find(|x| f.ends_with(&als_text(&x["id"]))).expect("claim");
        assert_eq!(diese["entscheidungen"].as_array().map(Vec::len), Some(usize::from(wer != GK)), "{wer}");
        let recht = a.ohne().get("protokoll.json: FORDERUNG").copied();
        assert_eq!(recht, (wer == GK).then_some(Some("forderung:verfolgen")), "{wer}");
        let text = serde_json::to_string(&a.dateien).expect("JSON");
        assert_eq!(text.contains("Kosten außer Verhältnis"), wer != GK, "{wer}");
    }
}

fn entscheidungen_waehrend_der_pruefung(b: Backend) {
    let d = Dienst::starten(b);
    let pfad = im_stand(&d, NachweisStatus::InPruefung);
    let beleg = lies(&d, RP, &format!("{pfad}/belege"))["daten"][0].clone();
    let ort = format!("{pfad}/belege/{}", als_text(&beleg["id"]));
    tue(
        &d,
        RP,
        &ort,
        "entscheidung",
        &json!({ "anerkannt": "0.00", "pruefgrund": "SONSTIGES", "bemerkung": "Vermerk der Prüferin" }),
    )
    .ist(200);
    for wer in [GK, RP, PR] {
        let a = vergleiche(&d, wer, D1);
        assert!(!a.liste("einreichungen.json")[0]["einreichungen"].as_array().expect("list").is_empty(), "{wer}");
        let entschieden = a.liste("belege.json").iter().any(|x| x.get("entscheidung").is_some());
        assert_eq!(entschieden, wer != GK, "{wer}");
        let text = serde_json::to_string(&a.dateien).expect("JSON");
        assert_eq!(text.contains("Vermerk der Prüferin"), wer != GK, "{wer}");
        let luecken: Vec<&str> = a.manifest.ketten_mit_luecken.iter().map(|l| l.fall_art.as_str()).collect();
        assert_eq!(luecken, if wer == GK { vec!["BELEG"] } else { vec![] }, "{wer}");
    }
}

fn gefaelschtes_wird_nicht_ausgeliefert(b: Backend) {
    let d = Dienst::starten(b);
    entsichere(b, &d.datenbank);
    let mut c = d.datenbank.verbinde();
    let person = "UPDATE protokoll SET person = 'jemand-anderes' WHERE fall_art = 'BESCHEID' AND nr = 2";
    befehl(&mut c, person);
    // an entry of the trail that was changed goes out as it is, and the check finds it
    let m = pruefe(Cursor::new(roh(&d, PR, D1))).expect_err("a forged entry");
    assert!(m.iter().all(|m| m.contains("/2: die Prüfsumme stimmt nicht")), "{m:?}");
    let bescheid = id(b, "f1");
    befehl(&mut c, &format!("UPDATE bescheid SET inhalt = replace(inhalt, '06440', '06411') WHERE id = {bescheid}"));
    for wer in [GK, RP, PR] {
        let r = d.als(wer).get(&format!("/akten/{D1}")).senden().ist_problem(409, "INTEGRITAET_VERLETZT");
        assert_eq!(r.befunde(), ["INTEGRITAET_VERLETZT"]);
    }
}
