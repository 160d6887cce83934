//! Examination over HTTP: findings, sample, calculation, final decision, revocation, hearing, exception.

use crate::aktionen::{GK, RP, RP2, tue};
use crate::verwendungsnachweise::{DEMO, eingereicht};
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    feststellungen_und_ihr_geld,
    verworfener_verzicht_bleibt_intern,
    stichprobe_zweimal_gleich,
    widerruf_nach_anhoerung,
    ausnahme_vom_kassenschluss
);

const BESCHEID: &str = "/bescheide/019a0000-0000-7000-8000-0000000000f1";
const ANTRAG: &str = "019a0000-0000-7000-8000-0000000000d1";
const FREMD: &str = "demo-gk-06411-1";

/// The proof of the demonstration data, filed and being examined.
fn in_pruefung(d: &Dienst) -> String {
    let n = eingereicht(d);
    tue(d, RP, &n, "pruefung", &json!({})).ist(200);
    n
}

fn anlage() -> Value {
    operation("feststellung_treffen").koerper().expect("example")
}

/// An open finding of 3,451.92 about the proof of the demonstration data.
pub fn feststellung(d: &Dienst) -> String {
    let n = in_pruefung(d);
    let r = d.als(RP).post(&format!("{n}/feststellungen"), &anlage()).senden().ist(201);
    r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned()
}

/// The same with its money divided; `verzichtet` is waived, the rest claimed back.
pub fn verteilt(d: &Dienst, verzichtet: &str) -> String {
    let f = feststellung(d);
    let zurueck = if verzichtet == "0.00" { "3451.92" } else { "3000.00" };
    tue(d, RP, &f, "verteilung", &teile(zurueck, verzichtet)).ist(200);
    f
}

fn teile(zurueckgefordert: &str, verzichtet: &str) -> Value {
    json!({ "anerkannt": "0.00", "berichtigt": "0.00", "zurueckgefordert": zurueckgefordert, "verzichtet": verzichtet,
        "begruendung": "Vergleich mit TV-H" })
}

/// Dossier S17: 3,451.92 above TV-H; what is questioned adds up, a waiver takes two persons, open ones hold up the end.
fn feststellungen_und_ihr_geld(b: Backend) {
    let d = Dienst::starten(b);
    let neu = |wer: &str| d.als(wer).post(&format!("{DEMO}/feststellungen"), &anlage()).senden();
    neu(GK).ist_problem(403, "RECHT_FEHLT");
    neu(RP).ist_problem(409, "STATUS_UNZULAESSIG");
    let f = feststellung(&d);
    d.als(FREMD).get(&f).senden().ist_problem(404, "NICHT_GEFUNDEN");
    tue(&d, GK, &f, "stellungnahme", &json!({ "text": "Haustarif des Trägers" })).ist(200);
    tue(&d, RP, &f, "verteilung", &teile("3451.93", "0.00")).ist_problem(422, "FESTSTELLUNG_UEBERVERTEILT");
    tue(&d, RP, DEMO, "kenntnisnahme", &json!({})).ist(409);
    let ende = tue(&d, RP, DEMO, "kenntnisnahme", &json!({}));
    assert!(ende.befunde().contains(&"FESTSTELLUNG_OFFEN".to_owned()), "{}", ende.text());
    assert!(ende.befunde().contains(&"BELEG_UNENTSCHIEDEN".to_owned()), "{}", ende.text());
    tue(&d, RP, DEMO, "abschluss", &json!({ "begruendung": "Ein Zwischennachweis endet anders." }))
        .ist_problem(409, "NACHWEISENDE");
    let r = tue(&d, RP, &f, "verteilung", &teile("3000.00", "451.92")).ist(200).json();
    assert_eq!((&r["status"], &r["offen"]), (&json!("VERZICHT_VORGESCHLAGEN"), &json!("0.00")));
    tue(&d, RP, &f, "verzichtsfreigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    // a waiver one person proposed is internal: for the county the finding is open
    let gesehen = |wer: &str| d.als(wer).get(&f).senden().ist(200).json();
    assert_eq!((&gesehen(GK)["status"], &gesehen(GK)["offen"]), (&json!("OFFEN"), &json!("3451.92")));
    assert_eq!((gesehen(GK).get("verteilung"), gesehen(GK).get("verteilt_von")), (None, None));
    let verlauf = |wer: &str| d.als(wer).get(&format!("{f}/historie")).senden().ist(200).text();
    assert!(verlauf(RP).contains("verzichtet") && !verlauf(GK).contains("verzichtet"));
    let gefiltert = |wer: &str, status: &str| {
        let r = d.als(wer).get(&format!("/feststellungen?status={status}")).senden().ist(200).json();
        r["daten"].as_array().map_or(0, Vec::len)
    };
    assert_eq!((gefiltert(GK, "OFFEN"), gefiltert(GK, "VERZICHT_VORGESCHLAGEN")), (1, 0));
    assert_eq!((gefiltert(RP, "OFFEN"), gefiltert(RP, "VERZICHT_VORGESCHLAGEN")), (0, 1));
    tue(&d, GK, &f, "stellungnahme", &json!({ "text": "Noch ein Beleg dazu" })).ist(200);
    let r = tue(&d, RP2, &f, "verzichtsfreigabe", &json!({})).ist(200).json();
    assert_eq!(r["status"], json!("ERLEDIGT"));
    assert_eq!(gesehen(GK)["verteilung"]["verzichtet"], json!("451.92"), "released, it is no draft any more");
    // the amount is computed from the comparison, and the comparison is about better pay only
    let mut falsch = anlage();
    falsch["beanstandet"] = json!("3451.93");
    let versuch = |k: &Value| d.als(RP).post(&format!("{DEMO}/feststellungen"), k).senden();
    let r = versuch(&falsch).ist_problem(422, "BESSERSTELLUNG_BETRAG").json();
    assert_eq!(r["befunde"][0]["differenz"]["wert"], json!("0.01"));
    falsch["grund"] = json!("SONSTIGES");
    versuch(&falsch).ist_problem(422, "ENTGELTVERGLEICH_UNPASSEND");
    // the second measure is carried out by a contractor
    let n = d.als(RP).get(DEMO).senden().ist(200).json();
    let zwei = n["massnahmen"].as_array().and_then(|m| m.iter().find(|m| m["massnahme_nr"] == "M02")).expect("M02");
    let mut auftrag = anlage();
    auftrag["massnahme_id"] = zwei["massnahme_id"].clone();
    auftrag["position"] = zwei["ausgaben"][0]["position"].clone();
    versuch(&auftrag).ist_problem(422, "BESSERSTELLUNG_NUR_PRIVATE");
    // no more is questioned than was claimed and not questioned already
    let mut viel = anlage();
    viel.as_object_mut().expect("object").remove("entgeltvergleich");
    viel["beanstandet"] = json!("999999.00");
    let r = d.als(RP).post(&format!("{DEMO}/feststellungen"), &viel).senden().ist_problem(422, "ABZUG_UEBER_NACHWEIS");
    assert!(r.text().contains("1003450.92"), "{}", r.text());
    d.als(RP)
        .post(&format!("{f}/verteilung"), &teile("0.00", "0.00"))
        .if_match(1)
        .senden()
        .ist_problem(412, "VERSION_VERALTET");
    let rechnung =
        d.als(RP).post(&format!("{DEMO}/schlussrechnungen"), &json!({})).neuer_schluessel().senden().ist(201);
    let zeilen = rechnung.json()["ergebnis"]["zeilen"].as_array().expect("rows").clone();
    assert!(zeilen.iter().any(|z| z["schritt"] == "ABZUG" && z["ergebnis"] == "3000.00"), "{zeilen:?}");
    assert_eq!(rechnung.json()["grundlage_sha256"].as_str().map(str::len), Some(64));
    d.als(GK).get(&format!("{BESCHEID}/schlussrechnung")).senden().ist_problem(409, "STATUS_UNZULAESSIG");
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// A waiver that was proposed and dropped with its finding stays the authority's own, in record, history and all.
fn verworfener_verzicht_bleibt_intern(b: Backend) {
    let d = Dienst::starten(b);
    let f = verteilt(&d, "451.92");
    tue(&d, RP, &f, "aufhebung", &json!({ "grund": "Die Einstufung stimmt doch." })).ist(200);
    for wer in [GK, RP] {
        let r = d.als(wer).get(&f).senden().ist(200).json();
        assert_eq!((&r["status"], r.get("verteilung")), (&json!("AUFGEHOBEN"), None), "{wer}");
    }
    let verlauf = |wer: &str| d.als(wer).get(&format!("{f}/historie")).senden().ist(200).text();
    for wort in ["verzichtet", "VERZICHT_VORGESCHLAGEN", "verteilt_von"] {
        assert!(verlauf(RP).contains(wort) && !verlauf(GK).contains(wort), "{wort}");
    }
}

/// Dossier S20: ten of 214, drawn again the same; of the list only what is there.
fn stichprobe_zweimal_gleich(b: Backend) {
    let d = Dienst::starten(b);
    let n = in_pruefung(&d);
    let k = operation("stichprobe_ziehen").koerper().expect("example");
    let ziehe = |wer: &str, k: &Value| d.als(wer).post(&format!("{n}/stichproben"), k).senden();
    ziehe(GK, &k).ist_problem(403, "RECHT_FEHLT");
    let s = ziehe(RP, &k).ist(201);
    let treffer = s.json()["treffer"].clone();
    assert_eq!(treffer.as_array().map(Vec::len), Some(10));
    let pfad = format!("/stichproben/{}", als_text(&s.json()["id"]));
    let n2 = d.als("demo-pruefung").get(&format!("{pfad}/nachziehung")).senden().ist(200).json();
    assert_eq!((&n2["gleiche_treffer"], &n2["treffer"]), (&json!(true), &treffer));
    d.als(GK).get(&pfad).senden().ist_problem(403, "RECHT_FEHLT");
    let belege = json!({ "grundgesamtheit": "BELEGE", "frage": { "startwert": "RPKS-2027", "umfang": 2 }, "begruendung": "Zwei zur Probe." });
    assert_eq!(ziehe(RP, &belege).ist(201).json()["treffer"].as_array().map(Vec::len), Some(2));
    let mut viele = belege.clone();
    viele["frage"]["umfang"] = json!(5000);
    ziehe(RP, &viele).ist_problem(422, "STICHPROBE_UMFANG");
}

fn anhoerung(d: &Dienst) -> String {
    let mut k = operation("anhoerung_eroeffnen").koerper().expect("example");
    k["inhalt"]["frist_bis"] = json!("2026-10-15");
    let r = d.als(RP).post("/anhoerungen", &k).senden().ist(201);
    r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned()
}

/// §§ 28, 49 HVwVfG: a hearing that runs holds the draft up, an answered one frees it; what stays is granted anew.
fn widerruf_nach_anhoerung(b: Backend) {
    let d = Dienst::starten(b);
    let mut k = operation("bescheid_widerrufen").koerper().expect("example");
    tue(&d, GK, BESCHEID, "widerruf", &k).ist_problem(403, "RECHT_FEHLT");
    let ohne = tue(&d, RP, BESCHEID, "widerruf", &k);
    assert!(ohne.befunde().contains(&"ANHOERUNG_FEHLT".to_owned()), "{}", ohne.text());
    let h = anhoerung(&d);
    d.als(FREMD).get(&h).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let laeuft = tue(&d, RP, BESCHEID, "widerruf", &k);
    assert!(laeuft.befunde().contains(&"ANHOERUNG_LAEUFT".to_owned()), "{}", laeuft.text());
    tue(&d, GK, &h, "stellungnahme", &json!({ "text": "Der Bericht wird nachgereicht." })).ist(200);
    k["anhoerung_id"] = json!(h.rsplit('/').next());
    k["wirkung"] = json!("ZUKUNFT");
    // calls of the demonstration data are open
    let offen = tue(&d, RP, BESCHEID, "widerruf", &k);
    assert!(offen.befunde().contains(&"ABRUF_VOR_SCHLUSS".to_owned()), "{}", offen.text());
    let positionen = d.als(RP).get(BESCHEID).senden().ist(200).json()["inhalt"]["positionen"].clone();
    let rest: Vec<Value> = positionen
        .as_array()
        .expect("positionen")
        .iter()
        .filter(|p| p["massnahme_nr"] == "M01")
        .map(|p| json!({ "massnahme_id": p["massnahme_id"], "teilbudget": p["teilbudget"], "haushaltsjahr": p["haushaltsjahr"], "bewilligt": p["bewilligt"] }))
        .collect();
    k["rest"] = json!(rest);
    let entwurf = tue(&d, RP, BESCHEID, "widerruf", &k).ist(201);
    assert_eq!(entwurf.json()["inhalt"]["art"], json!("WIDERRUF"));
    let neu = format!("/bescheide/{}", als_text(&entwurf.json()["id"]));
    d.als(GK).get(&neu).senden().ist_problem(404, "NICHT_GEFUNDEN");
    tue(&d, RP, &neu, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    let frei = tue(&d, RP2, &neu, "freigabe", &json!({})).ist(200).json();
    assert_eq!(frei["status"], json!("ERLASSEN"));
    aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).expect("records and trail agree");
}

/// An exception lowers its rule until its day, once another person granted it; a rule without exceptions has none.
fn ausnahme_vom_kassenschluss(b: Backend) {
    let d = Dienst::starten(b);
    let mut k = operation("ausnahme_beantragen").koerper().expect("example");
    let beantrage = |wer: &str, k: &Value| d.als(wer).post("/ausnahmen", k).senden();
    beantrage(FREMD, &k).ist_problem(404, "NICHT_GEFUNDEN");
    let a = beantrage(RP, &k).ist(201);
    let pfad = format!("/ausnahmen/{}", als_text(&a.json()["id"]));
    assert_eq!((&a.json()["gilt"], &a.json()["antrag_id"]), (&json!(false), &json!(ANTRAG)));
    let grund = json!({ "grund": "Einzelfall geprüft" });
    tue(&d, RP, &pfad, "genehmigung", &grund).ist_problem(403, "VIER_AUGEN");
    tue(&d, GK, &pfad, "genehmigung", &grund).ist_problem(403, "RECHT_FEHLT");
    let g = tue(&d, RP2, &pfad, "genehmigung", &grund).ist(200).json();
    assert_eq!((&g["status"], &g["gilt"]), (&json!("GENEHMIGT"), &json!(true)));
    k["inhalt"]["regel"] = json!("AQB-PR-001");
    beantrage(RP, &k).ist_problem(422, "AUSNAHME_UNMOEGLICH");
}
