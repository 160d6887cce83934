//! `/fristen`: what acts set and end, extension as an act, reminders once, the calendar that programs subscribe to.

use crate::aktionen::{FRIST, GK, RP, RP2, antrag, bescheid, handle, tue};
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::{Db, Optionen};
use aqb_tests::datenbank::{befehl, texte};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    bescheid_setzt_seine_fristen,
    nachforderung_bleibt_eine_wahrheit,
    anhoerung_bleibt_eine_wahrheit,
    verlaengerung_und_erledigung,
    gesetzliche_frist_bleibt,
    gefiltert_und_sortiert,
    kreis_sieht_seine_fristen,
    alter_bestand_wird_uebernommen,
    erinnerung_einmal_je_stufe_auch_zu_zweit,
    kalender_mit_geheimnis,
    kalender_zeigt_was_der_ersteller_sah,
);

fn fristen(d: &Dienst, wer: &str, frage: &str) -> Vec<Value> {
    let r = d.als(wer).get(&format!("/fristen?{frage}")).senden().ist(200).json();
    r["daten"].as_array().expect("daten").clone()
}

/// Path of the only deadline the audit finds with this query.
pub fn einzige(d: &Dienst, frage: &str) -> String {
    let alle = fristen(d, "demo-pruefung", frage);
    assert_eq!(alle.len(), 1, "{frage}: {alle:?}");
    format!("/fristen/{}", als_text(&alle[0]["id"]))
}

fn lies(d: &Dienst, pfad: &str) -> Value {
    d.als(RP).get(pfad).senden().ist(200).json()
}

/// The demo's Bewilligungszeitraum ends within 2027 or later; the days are those of HE-ALT.
fn bescheid_setzt_seine_fristen(b: Backend) {
    let d = Dienst::starten(b);
    let je = |f: &Value| (als_text(&f["art"]), als_text(&f["zustand"]));
    let vorher: Vec<_> = fristen(&d, RP, "fall_id=019a0000-0000-7000-8000-0000000000f1").iter().map(je).collect();
    for soll in [("AUFLAGE", "OFFEN"), ("VERWENDUNGSNACHWEIS", "OFFEN"), ("RECHTSBEHELF", "ERLEDIGT")] {
        assert!(vorher.contains(&(soll.0.to_owned(), soll.1.to_owned())), "{soll:?} in {vorher:?}");
    }
    let gewaehrt = d.als(RP).get(&bescheid("f1")).senden().ist(200).json();
    let ende: chrono::NaiveDate = als_text(&gewaehrt["inhalt"]["bewilligungszeitraum"]["bis"]).parse().expect("day");
    let vn = &fristen(&d, RP, "art=VERWENDUNGSNACHWEIS")[0];
    let faellig: chrono::NaiveDate = als_text(&vn["faellig_am"]).parse().expect("day");
    assert!((365..=371).contains(&(faellig - ende).num_days()), "{ende} {faellig}");
    // issued, but not notified: nothing runs yet
    handle(&d, RP2, &bescheid("f5"), "freigabe");
    assert!(fristen(&d, RP, "fall_id=019a0000-0000-7000-8000-0000000000f5").is_empty());
    let k = json!({ "weg": "PERSOENLICH", "zugang_am": "2026-09-15" });
    let simuliert = {
        let version = d.als(RP).get(&bescheid("f5")).senden().version();
        let s = d.als(RP).post(&format!("{}/bekanntgabe", bescheid("f5")), &k).if_match(version).simulation();
        s.senden().ist(200).json()["simulation"]["fristen"].as_array().expect("fristen").len()
    };
    tue(&d, RP, &bescheid("f5"), "bekanntgabe", &k).ist(200);
    let neu = fristen(&d, RP, "fall_id=019a0000-0000-7000-8000-0000000000f5");
    assert_eq!(neu.len(), simuliert);
    assert!(neu.iter().all(|f| f["zustand"] == "OFFEN" && f["antrag_id"] == "019a0000-0000-7000-8000-0000000000d5"));
    let rechtsbehelf = neu.iter().find(|f| f["art"] == "RECHTSBEHELF").expect("appeal");
    assert_eq!(
        (&rechtsbehelf["rechtsgrundlage"], &rechtsbehelf["folge"]),
        (&json!("§ 74 VwGO"), &json!("Der Bescheid wird bestandskräftig."))
    );
    // the same words in English
    let pfad = format!("/fristen/{}", als_text(&rechtsbehelf["id"]));
    let en = d.als(RP).get(&pfad).sprache("en").senden().ist(200).json();
    assert_eq!(en["folge"], json!("The Bescheid becomes final."));
    // a correction for the same day keeps the record
    let k = json!({ "weg": "PERSOENLICH", "zugang_am": "2026-09-15", "grund": "Weg bestätigt" });
    tue(&d, RP2, &bescheid("f5"), "bekanntgabeberichtigung", &k).ist(200);
    assert_eq!(fristen(&d, RP, "fall_id=019a0000-0000-7000-8000-0000000000f5"), neu);
}

fn fordere(d: &Dienst, frist: &str) {
    let posten = json!([{ "feld": "/bankverbindung", "grund": "UNKLAR", "text": "Bitte prüfen." }]);
    tue(d, RP, &antrag("d4"), "nachforderung", &json!({ "posten": posten, "frist": frist })).ist(200);
}

/// The due day of a Nachforderung stands in the Antrag and in its deadline: both ways of giving time move both.
fn nachforderung_bleibt_eine_wahrheit(b: Backend) {
    let d = Dienst::starten(b);
    fordere(&d, "2026-10-01");
    let erste = einzige(&d, "art=NACHFORDERUNG&zustand=OFFEN");
    tue(&d, RP, &erste, "verlaengerung", &json!({ "bis": "2026-10-15", "grund": "Urlaub" })).ist(200);
    let a = d.als(GK).get(&antrag("d4")).senden().ist(200).json();
    assert_eq!((&a["nachforderung"]["frist"], &a["status"]), (&json!("2026-10-15"), &json!("NACHFORDERUNG")));
    let akte = d.als(GK).get(&format!("{}/historie", antrag("d4"))).senden().ist(200).json();
    let letzter = akte["daten"].as_array().and_then(|e| e.last()).expect("entry").clone();
    assert_eq!(
        (&letzter["akt"], &letzter["aenderungen"][0]["feld"]),
        (&json!("verlaengerung"), &json!("/nachforderung/frist"))
    );
    // the other way: the authority amends its request
    tue(&d, RP, &antrag("d4"), "nachforderungsergaenzung", &json!({ "frist": "2026-10-31" })).ist(200);
    let (alt, neu) = (lies(&d, &erste), einzige(&d, "art=NACHFORDERUNG&zustand=OFFEN"));
    assert_eq!((&alt["status"], &alt["nachfolger_id"]), (&json!("ABGELOEST"), &lies(&d, &neu)["id"]));
    assert_eq!(lies(&d, &neu)["faellig_am"], json!("2026-10-31"));
    // what gave way is listed on request only
    let ids = |frage: &str| fristen(&d, RP, frage).iter().map(|f| f["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids("art=NACHFORDERUNG"), [lies(&d, &neu)["id"].clone()]);
    assert_eq!(ids("art=NACHFORDERUNG&zustand=ABGELOEST"), [alt["id"].clone()]);
    tue(&d, RP, &neu, "erledigung", &json!({ "am": "2026-09-15", "grund": "kam per Fax" }))
        .ist_problem(409, "FRIST_ENDET_IM_FALL");
    handle(&d, GK, &antrag("d4"), "einreichung");
    let beantwortet = lies(&d, &neu);
    assert_eq!((&beantwortet["status"], &beantwortet["abschluss"]["akt"]), (&json!("ERLEDIGT"), &json!("einreichung")));
}

/// More time for a hearing is time in the hearing itself: it runs until the new day, and no decision comes before.
fn anhoerung_bleibt_eine_wahrheit(b: Backend) {
    let d = Dienst::starten(b);
    let mut k = operation("anhoerung_eroeffnen").koerper().expect("example");
    k["inhalt"]["frist_bis"] = json!("2026-10-15");
    let r = d.als(RP).post("/anhoerungen", &k).senden().ist(201);
    let h = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    let f = fristen(&d, RP, "art=ANHOERUNG&zustand=OFFEN");
    let f = f.iter().find(|f| h.ends_with(&als_text(&f["fall_id"]))).expect("its deadline");
    let frist = format!("/fristen/{}", als_text(&f["id"]));
    tue(&d, RP, &frist, "verlaengerung", &json!({ "bis": "2026-10-30", "grund": "Kreistag tagt später" })).ist(200);
    assert_eq!(d.als(GK).get(&h).senden().ist(200).json()["inhalt"]["frist_bis"], json!("2026-10-30"));
    let laeuft =
        tue(&d, RP, &h, "abschluss", &json!({ "grund": "Keine Antwort." })).ist_problem(409, "ANHOERUNG_LAEUFT");
    let laeuft = laeuft.json();
    assert_eq!(laeuft["befunde"][0]["gemessen"][1]["wert"], json!("2026-10-30"), "{laeuft}");
    tue(&d, GK, &h, "stellungnahme", &json!({ "text": "Wir reichen nach." })).ist(200);
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

fn verlaengerung_und_erledigung(b: Backend) {
    let d = Dienst::starten(b);
    let v = |bis: &str| json!({ "bis": bis, "grund": "Jahresabschluss fehlt" });
    tue(&d, RP, FRIST, "verlaengerung", &v("2027-03-31")).ist_problem(422, "FRIST_NICHT_SPAETER");
    tue(&d, GK, FRIST, "verlaengerung", &v("2027-05-31")).ist_problem(403, "RECHT_FEHLT");
    d.als(RP).post(&format!("{FRIST}/verlaengerung"), &v("2027-05-31")).if_match(9).senden().ist(412);
    // 2027-05-01 is a holiday: a hint, no refusal
    let s = d.als(RP).post(&format!("{FRIST}/verlaengerung"), &v("2027-05-01")).if_match(1).simulation();
    let s = s.senden().ist(200).json();
    assert_eq!(
        (&s["simulation"]["befunde"][0]["kurzname"], &s["simulation"]["ereignisse"]),
        (&json!("FRIST_KEIN_WERKTAG"), &json!(["frist.verlaengert"]))
    );
    let f = tue(&d, RP, FRIST, "verlaengerung", &v("2027-05-31")).ist(200).json();
    assert_eq!((&f["faellig_am"], &f["urspruenglich_faellig_am"]), (&json!("2027-05-31"), &json!("2027-03-31")));
    assert_eq!(f["verlaengerungen"][0]["person"], json!(RP));
    tue(&d, RP, FRIST, "erledigung", &json!({ "am": "2099-01-01", "grund": "bald" }))
        .ist_problem(422, "DATUM_IN_ZUKUNFT");
    let f = tue(&d, RP, FRIST, "erledigung", &json!({ "am": "2026-09-14", "grund": "liegt vor" })).ist(200).json();
    assert_eq!((&f["zustand"], &f["abschluss"]["grund"]), (&json!("ERLEDIGT"), &json!("liegt vor")));
    tue(&d, RP, FRIST, "verlaengerung", &v("2027-06-30")).ist_problem(409, "STATUS_UNZULAESSIG");
    let h = d.als(GK).get(&format!("{FRIST}/historie")).senden().ist(200).json();
    let akte: Vec<_> = h["daten"].as_array().expect("daten").iter().map(|e| als_text(&e["akt"])).collect();
    assert_eq!(akte, ["bekanntgabe", "verlaengerung", "erledigung"]);
}

fn gesetzliche_frist_bleibt(b: Backend) {
    let d = Dienst::starten(b);
    handle(&d, RP2, &bescheid("f5"), "freigabe");
    handle(&d, RP, &bescheid("f5"), "bekanntgabe");
    let f = einzige(&d, "art=RECHTSBEHELF&zustand=OFFEN");
    tue(&d, RP, &f, "verlaengerung", &json!({ "bis": "2027-12-31", "grund": "aus Kulanz" }))
        .ist_problem(409, "FRIST_GESETZLICH");
}

/// Dossier S22 in the small: an open proof whose day is over is overdue, and it alone forbids new calls.
fn gefiltert_und_sortiert(b: Backend) {
    let d = Dienst::starten(b);
    let alle = fristen(&d, RP, "limit=200");
    assert!(alle.is_sorted_by_key(|f| als_text(&f["faellig_am"])));
    assert!(alle.len() > 3, "{alle:?}");
    let mut c = d.datenbank.verbinde();
    let tag = chrono::NaiveDate::from_ymd_opt(2099, 1, 1).expect("day");
    let id: uuid::Uuid = "019a0000-0000-7000-8000-0000000000d1".parse().expect("id");
    let faellig = aqb_persistence::frist::ueberfaellige(&mut c, id, tag).expect("overdue");
    assert!(!faellig.is_empty() && faellig.iter().all(|f| f.art.sperrt_zahlungen()));
    let letzter = faellig.last().expect("one").faellig_am;
    let am_tag = aqb_persistence::frist::ueberfaellige(&mut c, id, faellig[0].faellig_am).expect("overdue");
    assert!(am_tag.is_empty(), "the last day itself is in time");
    let danach = aqb_persistence::frist::ueberfaellige(&mut c, id, letzter.succ_opt().expect("day")).expect("overdue");
    assert_eq!(danach.len(), faellig.len());
    drop(c);
    let bis = fristen(&d, RP, "bis=2027-03-31");
    let von = fristen(&d, RP, "von=2027-04-01");
    assert_eq!(bis.len() + von.len(), alle.len());
    assert!(fristen(&d, RP, "zustand=UEBERFAELLIG").is_empty());
    assert!(fristen(&d, RP, "kreisschluessel=06411").is_empty());
    d.als(RP).get("/fristen?zustand=FAST").senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
}

fn kreis_sieht_seine_fristen(b: Backend) {
    let d = Dienst::starten(b);
    assert!(!fristen(&d, GK, "").is_empty());
    assert!(fristen(&d, "demo-gk-06411-1", "").is_empty());
    d.als("demo-gk-06411-1").get(FRIST).senden().ist_problem(404, "NICHT_GEFUNDEN");
    // a Traeger sees those of what was concluded with it, and extends none
    d.als("demo-traeger-1").get(FRIST).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let eigene = fristen(&d, "demo-traeger-1", "");
    let arten: Vec<_> = eigene.iter().map(|f| als_text(&f["art"])).collect();
    assert_eq!(arten, ["VERWENDUNGSNACHWEIS_TRAEGER"]);
    let pfad = format!("/fristen/{}", als_text(&eigene[0]["id"]));
    assert_eq!(d.als("demo-traeger-1").get(&pfad).senden().ist(200).json()["fall_art"], "WEITERLEITUNG");
    let laenger = json!({ "bis": "2028-07-31", "grund": "Wir brauchen mehr Zeit." });
    tue(&d, "demo-traeger-1", &pfad, "verlaengerung", &laenger).ist_problem(403, "RECHT_FEHLT");
    assert!(fristen(&d, "demo-traeger-2", "").is_empty());
    d.als("demo-traeger-2").get(&pfad).senden().ist_problem(404, "NICHT_GEFUNDEN");
}

/// What was noted before deadlines were records is one afterwards, with a trail; doing it again changes nothing.
fn alter_bestand_wird_uebernommen(b: Backend) {
    let d = Datenbank::neu(b);
    let mut c = d.verbinde();
    let id = |n: &str| match b {
        Backend::Sqlite => format!("x'019a000000007000800000000000ff{n}'"),
        Backend::Postgres => format!("'019a0000-0000-7000-8000-00000000ff{n}'"),
    };
    let jetzt = if b == Backend::Sqlite { "1" } else { "now()" };
    for (nr, fall, fall_id, art) in [("01", "ANTRAG", "d4", "NACHFORDERUNG"), ("02", "BESCHEID", "f1", "RECHTSBEHELF")]
    {
        befehl(
            &mut c,
            &format!(
                "INSERT INTO frist_bestand VALUES ({}, '{fall}', '019a0000-0000-7000-8000-0000000000{fall_id}', '06440', '{art}', '2026-10-01', 'Norm', 'Folge', {jetzt})",
                id(nr)
            ),
        );
    }
    for _ in 0..2 {
        aqb_persistence::katalog::anfangsbestand_laden(&mut c, aqb_persistence::uhr::jetzt()).expect("taken over");
        assert!(texte(&mut c, "SELECT art AS z FROM frist_bestand").is_empty());
    }
    let sql = "SELECT art || ' ' || status AS z FROM frist WHERE faellig_am = '2026-10-01' ORDER BY art";
    // the demo's application is under examination, the appeal against its Bescheid waived
    assert_eq!(texte(&mut c, sql), ["NACHFORDERUNG ERLEDIGT", "RECHTSBEHELF ERLEDIGT"]);
    drop(c);
    aqb_api::pruefe::pruefe(&d.url, None, |_, _| ()).expect("records and trail agree");
}

/// One round of reminders through a database handle of its own, as another instance would run it.
fn runde(url: &str) -> usize {
    let akteur = Akteur { person: "system".into(), rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
    let wer = Auftraggeber { akteur, anfrage: "erinnerung".into(), simulation: false };
    let db = Db::oeffnen(&Optionen::neu(url)).expect("database");
    let arbeit = async { db.schreiben(wer, |tx| aqb_api::app::frist::erinnern(tx, None)).await };
    actix_web::rt::System::new().block_on(arbeit).expect("round").1
}

/// Two instances look at the same moment, and again: one event per deadline, stage and due day. More time makes the
/// later stages possible again.
fn erinnerung_einmal_je_stufe_auch_zu_zweit(b: Backend) {
    let d = Dienst::starten(b);
    let url = d.datenbank.url.clone();
    let ereignisse = |typ: &str| {
        texte(&mut d.datenbank.verbinde(), &format!("SELECT typ AS z FROM ausgang WHERE typ = '{typ}'")).len()
    };
    fordere(&d, "2026-09-29");
    let zu_zweit = || {
        let tor = std::sync::Barrier::new(4);
        let zusammen: usize = std::thread::scope(|s| {
            let los = || {
                tor.wait();
                runde(&url)
            };
            let faeden: Vec<_> = (0..4).map(|_| s.spawn(los)).collect();
            faeden.into_iter().map(|f| f.join().expect("thread")).sum()
        });
        assert_eq!(runde(&url), 0, "nothing is said twice");
        zusammen
    };
    // 14 days before; the running server may have been first
    assert!(zu_zweit() <= 1);
    assert_eq!((ereignisse("frist.erinnerung"), ereignisse("frist.ueberfaellig")), (1, 0));
    let daten = texte(
        &mut d.datenbank.verbinde(),
        "SELECT CAST(daten AS TEXT) AS z FROM ausgang WHERE typ = 'frist.erinnerung'",
    );
    let daten: Value = serde_json::from_str(&daten[0]).expect("JSON");
    assert_eq!(
        (&daten["stufe"], &daten["faellig_am"], &daten["art"]),
        (&json!("FRUEH"), &json!("2026-09-29"), &json!("NACHFORDERUNG"))
    );
    // an extension into the last stage is another due day
    let f = einzige(&d, "art=NACHFORDERUNG&zustand=OFFEN");
    tue(&d, RP, &f, "verlaengerung", &json!({ "bis": "2026-09-30", "grund": "Urlaub" })).ist(200);
    assert_eq!(runde(&url), 0, "fifteen days are no stage");
    for (tag, typ, erinnert, ueberfaellig) in
        [("2026-09-28", "Frueh", 2, 0), ("2026-09-18", "Spaet", 3, 0), ("2026-09-14", "Ueberfaellig", 3, 1)]
    {
        // the clock stands still in this test, so the day moves instead
        let feld = match b {
            Backend::Sqlite => format!("inhalt = json_set(inhalt, '$.faellig_am', '{tag}')"),
            Backend::Postgres => format!("inhalt = jsonb_set(inhalt, '{{faellig_am}}', '\"{tag}\"')"),
        };
        let sql =
            format!("UPDATE frist SET faellig_am = '{tag}', {feld} WHERE art = 'NACHFORDERUNG' AND status = 'OFFEN'");
        befehl(&mut d.datenbank.verbinde(), &sql);
        zu_zweit();
        assert_eq!(
            (ereignisse("frist.erinnerung"), ereignisse("frist.ueberfaellig")),
            (erinnert, ueberfaellig),
            "{typ}"
        );
    }
}

/// Content lines of a calendar, unfolded.
fn zeilen(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'), "CRLF");
    assert!(text.split("\r\n").all(|z| z.len() <= 75), "folded at 75 octets");
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn kalender_mit_geheimnis(b: Backend) {
    let d = Dienst::starten(b);
    let z = d.als(RP).post("/kalenderzugaenge", &json!({ "bezeichnung": "Telefon" })).senden().ist(201).json();
    let adresse = als_text(&z["adresse"]);
    assert_eq!(adresse, format!("/v1/fristen.ics?token={}", als_text(&z["geheimnis"])));
    let r = d.anonym().roh("GET", &adresse).senden().ist(200);
    assert_eq!(r.kopfzeile("content-type"), Some("text/calendar; charset=utf-8"));
    let text = r.text();
    let inhalt = zeilen(&text);
    let hat = |z: &str| inhalt.iter().any(|i| i == z);
    for soll in [
        "UID:019a0000-0000-7000-8000-000000000050@frist.aqb",
        "DTSTART;VALUE=DATE:20270331",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "TRIGGER:-P14D",
        "TRIGGER:-P3D",
        "SUMMARY:Auflage SACHBERICHT · 06440 · 2026",
    ] {
        assert!(hat(soll), "{soll} in {text}");
    }
    assert!(
        inhalt.iter().any(|i| i.starts_with("DESCRIPTION:Rechtsgrundlage: § 36") && i.contains("\\nFolge: ")),
        "{text}"
    );
    // a change raises SEQUENCE and keeps UID
    tue(&d, RP, FRIST, "erledigung", &json!({ "am": "2026-09-14", "grund": "liegt vor" })).ist(200);
    let nachher = zeilen(&d.anonym().roh("GET", &adresse).senden().ist(200).text());
    let anfang = nachher.iter().position(|z| z == "UID:019a0000-0000-7000-8000-000000000050@frist.aqb").expect("UID");
    let von = nachher[..anfang].iter().rposition(|z| z == "BEGIN:VEVENT").expect("event");
    let bis = nachher[von..].iter().position(|z| z == "END:VEVENT").expect("end") + von;
    let ereignis = &nachher[von..bis];
    assert!(
        ereignis.contains(&"SEQUENCE:2".to_owned()) && ereignis.contains(&"STATUS:CANCELLED".to_owned()),
        "{ereignis:?}"
    );
    assert!(!ereignis.iter().any(|z| z.starts_with("BEGIN:VALARM")), "what is met needs no alarm");
    // the database holds no secret
    let geheimnis = als_text(&z["geheimnis"]);
    for (tabelle, zeilen) in d.datenbank.abbild() {
        assert!(!zeilen.iter().any(|z| z.contains(&geheimnis)), "{tabelle} holds the secret");
    }
    for falsch in ["x", "", &geheimnis.to_uppercase(), &"A".repeat(43)] {
        d.anonym().roh("GET", &format!("/v1/fristen.ics?token={falsch}")).senden().ist_problem(401, "NICHT_ANGEMELDET");
    }
    d.anonym().roh("GET", "/v1/fristen.ics").senden().ist_problem(401, "NICHT_ANGEMELDET");
    // the secret opens the calendar and nothing else
    d.anonym().roh("GET", &format!("/v1/fristen?token={geheimnis}")).senden().ist_problem(401, "NICHT_ANGEMELDET");
    let eigener = format!("/kalenderzugaenge/{}", als_text(&z["id"]));
    d.als(RP2).delete(&eigener).if_match(1).senden().ist_problem(404, "NICHT_GEFUNDEN");
    d.als(RP).delete(&eigener).if_match(7).senden().ist_problem(412, "VERSION_VERALTET");
    d.als(RP).delete(&eigener).if_match(1).senden().ist(204);
    d.anonym().roh("GET", &adresse).senden().ist_problem(401, "NICHT_ANGEMELDET");
    let liste = d.als(RP).get("/kalenderzugaenge").senden().ist(200).json();
    let einer = &liste["daten"][0];
    assert!(einer["widerrufen_am"].is_string() && einer.get("geheimnis").is_none() && liste["daten"][1].is_null());
}

/// Role and owner are those of the maker; an access that is over opens nothing.
fn kalender_zeigt_was_der_ersteller_sah(b: Backend) {
    let d = Dienst::starten(b);
    let abo = |wer: &str| {
        let z = d.als(wer).post("/kalenderzugaenge", &json!({ "bezeichnung": "Telefon" })).senden().ist(201);
        als_text(&z.json()["adresse"])
    };
    let lies = |adresse: &str| d.anonym().roh("GET", adresse).senden().ist(200).text();
    assert!(lies(&abo(GK)).contains("BEGIN:VEVENT"));
    let fremd = abo("demo-gk-06411-1");
    assert!(!lies(&fremd).contains("BEGIN:VEVENT"), "another county has no deadlines");
    assert_eq!(lies(&abo("demo-traeger-1")).matches("BEGIN:VEVENT").count(), 1, "its own proof");
    d.als("demo-admin")
        .post("/kalenderzugaenge", &json!({ "bezeichnung": "Telefon" }))
        .senden()
        .ist_problem(403, "RECHT_FEHLT");
    let feld = match b {
        Backend::Sqlite => "inhalt = json_set(inhalt, '$.gueltig_bis', '2026-09-01T00:00:00Z')",
        Backend::Postgres => "inhalt = jsonb_set(inhalt, '{gueltig_bis}', '\"2026-09-01T00:00:00Z\"')",
    };
    befehl(&mut d.datenbank.verbinde(), &format!("UPDATE kalenderzugang SET {feld}"));
    d.anonym().roh("GET", &fremd).senden().ist_problem(401, "NICHT_ANGEMELDET");
    // with a token of its own a program needs no secret
    assert!(d.als(GK).get("/fristen.ics").senden().ist(200).text().starts_with("BEGIN:VCALENDAR\r\n"));
}
