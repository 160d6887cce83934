//! `/forderungen` and `/rueckzahlungen`: what is claimed back arises with its Bescheid, is paid to the cent, and bears
//! interest by day.

use crate::aenderungsantrag::{m01_mindern, m01_mindern_entwurf, s3, s3_forderung};
use crate::aktionen::{GK, RP, RP2, neu, tue};
use aqb_tests::vertrag::als_text;
use aqb_tests::{Antwort, Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    s3_entsteht_mit_der_freigabe,
    s3_zahlung_zinsen_zinsbescheid,
    rechte_mandant_version_schluessel,
    stundung_zwei_personen,
    niederschlagung_bleibt_intern,
    s7_freiwillige_rueckzahlung,
    rueckzahlung_steht_wie_im_entwurf,
    verzicht_nur_bei_rechtzeitiger_zahlung,
    veralteter_zinsbescheid,
    zwischenzinsen_einer_auszahlung,
    zinsen_einmal_je_betrag_und_tag,
    zinsen_nach_einem_storno,
    erst_mit_der_bekanntgabe,
    derselbe_eingang_nur_mit_grund,
    eingang_vor_der_forderung_nur_mit_grund,
    wer_fordert_bucht_nicht,
    frist_folgt_den_raten,
    verzoegerung_der_behoerde,
    storno_laesst_die_zahlungsfrist_wieder_laufen,
    zinsbescheid_zuruecknehmen,
    bezahlte_zinsen_zuruecknehmen,
    zwischenzinsbescheid_zuruecknehmen,
    zinsen_nach_anhoerung,
    niedergeschlagenes_wird_nicht_angemahnt,
    freier_rest_einer_rueckzahlung,
);

const PR: &str = "demo-pruefung";
const M01: &str = "019a0000-0000-7000-8000-0000000000e1";
const D1: &str = "019a0000-0000-7000-8000-0000000000d1";

fn lies(d: &Dienst, pfad: &str) -> Value {
    d.als(PR).get(pfad).senden().ist(200).json()
}

fn budget(d: &Dienst, felder: &[&str]) -> Vec<String> {
    let b = lies(d, "/budgets/2026/06440");
    felder.iter().map(|f| als_text(&b["gesamt"][*f])).collect()
}

fn zahlung(betrag: &str, am: &str) -> Value {
    json!({ "betrag": betrag, "wertstellung_am": am, "referenz": "Auszug 184" })
}

/// The same for money that came before anybody claimed it.
fn fruehe_zahlung(betrag: &str, am: &str) -> Value {
    let mut k = zahlung(betrag, am);
    k["bestaetigte_warnungen"] = json!([{ "code": "AQB-FO-026", "begruendung": "Der Auszug zeigt diesen Tag." }]);
    k
}

/// A payment; for a value date before the day of the tests with its reason.
fn zahle(d: &Dienst, f: &str, betrag: &str, am: &str) -> Antwort {
    let k = if am < "2026-09-15" { fruehe_zahlung(betrag, am) } else { zahlung(betrag, am) };
    tue(d, RP, f, "zahlungseingaenge", &k)
}

/// The reason to refrain from a hearing about interest (§ 28 Abs. 2 HVwVfG).
pub fn ohne_anhoerung() -> Value {
    json!([{ "code": "AQB-PR-003", "begruendung": "Zu den Zinsen wurde mit der Erstattung angehört." }])
}

fn gib_bekannt(d: &Dienst, be: &str) {
    tue(d, RP, be, "bekanntgabe", &json!({ "weg": "PERSOENLICH", "zugang_am": "2026-09-15" })).ist(200);
}

fn s3_entsteht_mit_der_freigabe(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let k = lies(&d, &f);
    assert_eq!(
        [
            &k["art"],
            &k["status"],
            &k["betrag"],
            &k["offen"],
            &k["aktenzeichen"],
            &k["faellig_am"],
            &k["verjaehrung_am"]
        ],
        [
            &json!("ERSTATTUNG"),
            &json!("OFFEN"),
            &json!("15000.00"),
            &json!("15000.00"),
            &json!("RPKS-57-AQB-2026-F-0001"),
            &json!("2026-10-15"),
            &json!("2029-12-31")
        ]
    );
    let z = json!([{ "ausgezahlt_am": "2026-08-17", "betrag": "15000.00", "zinsbeginn": "2026-08-17" }]);
    assert_eq!((&k["posten"][0]["massnahme_nr"], &k["posten"][0]["zahlungen"]), (&json!("M01"), &z));
    // the claim has its day of limitation in the calendar, and the county reads both
    let fristen = lies(&d, &format!("/fristen?fall_id={}", als_text(&k["id"])));
    assert_eq!(
        (&fristen["daten"][0]["art"], &fristen["daten"][0]["faellig_am"]),
        (&json!("VERJAEHRUNG"), &json!("2029-12-31"))
    );
    assert_eq!(d.als(GK).get(&f).senden().ist(200).json()["betrag"], "15000.00");
    // bound, called and paid are what is granted: what was claimed back no grant covers any more, paid back or not
    let vorher = budget(&d, &["gebunden", "abgerufen", "ausgezahlt", "rueckgefordert", "erstattet"]);
    assert_eq!(vorher, ["88000.00", "70000.00", "70000.00", "15000.00", "0.00"]);
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    let nachher = budget(&d, &["gebunden", "abgerufen", "ausgezahlt", "rueckgefordert", "erstattet"]);
    assert_eq!(nachher, ["88000.00", "70000.00", "70000.00", "0.00", "15000.00"]);
    let geltend = als_text(&k["bescheid_id"]);
    assert_eq!(lies(&d, &format!("/bescheide/{geltend}/abrufbar"))["abrufbar"], "18000.00");
    // the deadline of the claim is met, limitation has no reason any more
    let alle = lies(&d, &format!("/fristen?antrag_id={D1}&art=ERSTATTUNG"));
    assert_eq!(alle["daten"][0]["status"], "ERLEDIGT");
    let alle = lies(&d, &format!("/fristen?antrag_id={D1}&art=VERJAEHRUNG"));
    assert_eq!(alle["daten"][0]["status"], "ERLEDIGT");
}

/// S3 with its numbers: 198.28 to 30 October; part payments end interest on their part.
fn s3_zahlung_zinsen_zinsbescheid(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let zinsen = |frage: &str| lies(&d, &format!("{f}/zinsen?{frage}"));
    let z = zinsen("bis=2026-10-30");
    assert_eq!((&z["zinsen"], &z["vorlaeufig"]), (&json!("198.28"), &json!(false)));
    let a = &z["abschnitte"][0];
    assert_eq!(
        (&a["formel"], &a["staffel"]["kapital"], &a["staffel"]["abschnitt"]["basiszinssatz"]),
        (&json!("15000.00 × 6.52 % × 74 / 365"), &json!("15000.00"), &json!("1.52"))
    );
    assert_eq!(z["posten"][0]["zinsen"], "198.28");
    // beyond the last known base rate: refused, or what is certain
    d.als(PR).get(&format!("{f}/zinsen?bis=2027-01-02")).senden().ist_problem(422, "BASISZINS_UNBEKANNT");
    let v = zinsen("bis=2027-06-01&vorlaeufig=true");
    assert_eq!((&v["vorlaeufig"], &v["bis"]), (&json!(true), &json!("2027-01-01")));
    assert_eq!(v["zinsen"], zinsen("bis=2027-01-01")["zinsen"]);
    // before the first day there are no pieces
    let v = zinsen("bis=2026-08-17");
    assert_eq!((&v["zinsen"], &v["abschnitte"], &v["bis"]), (&json!("0.00"), &json!([]), &json!("2026-08-17")));
    // 5,000.00 came on 1 September: 15 days on 15,000.00, then 14 on 10,000.00
    zahle(&d, &f, "5000.00", "2026-09-01").ist(200);
    let z = zinsen("bis=2026-09-15");
    let kapital: Vec<String> =
        z["abschnitte"].as_array().expect("pieces").iter().map(|a| als_text(&a["staffel"]["kapital"])).collect();
    assert_eq!((kapital, &z["zinsen"]), (vec!["15000.00".to_owned(), "10000.00".to_owned()], &json!("65.20")));
    // grounds are obligatory, and no interest is fixed for days to come
    let eingabe = |bis: &str, grund: &str| json!({ "bis": bis, "ermessen_begruendung": grund, "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() });
    tue(&d, RP, &f, "zinsbescheid", &eingabe("2026-09-15", "kurz")).ist_problem(422, "BEGRUENDUNG_FEHLT");
    let grund = "Die Mittel waren nicht für den Zweck verwendet.";
    tue(&d, RP, &f, "zinsbescheid", &eingabe("2026-09-16", grund)).ist_problem(422, "DATUM_IN_ZUKUNFT");
    let entwurf = tue(&d, RP, &f, "zinsbescheid", &eingabe("2026-09-15", grund)).ist(201).json();
    let be = format!("/bescheide/{}", als_text(&entwurf["id"]));
    assert_eq!(
        (&entwurf["inhalt"]["art"], &entwurf["inhalt"]["kettenglied"], &entwurf["inhalt"]["zins"]["festgesetzt"]),
        (&json!("ZINS"), &json!(4), &json!("65.20"))
    );
    tue(&d, RP, &f, "zinsbescheid", &eingabe("2026-09-15", grund)).ist_problem(409, "ENTSCHEIDUNG_LAEUFT");
    d.als(GK).get(&be).senden().ist_problem(404, "NICHT_GEFUNDEN");
    tue(&d, RP, &be, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    let s = d.als(RP2).post(&format!("{be}/freigabe"), &json!({})).if_match(1).neuer_schluessel().simulation().senden();
    let s = s.ist(200).json();
    let konten: Vec<String> =
        s["simulation"]["buchungen"].as_array().expect("lines").iter().map(|z| als_text(&z["konto"])).collect();
    assert_eq!(konten, ["ZINS_FESTGESETZT", "ZINS_GEFORDERT"], "{s}");
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    gib_bekannt(&d, &be);
    let zf = lies(&d, &format!("/forderungen?antrag_id={D1}&art=ERSTATTUNGSZINS"))["daten"][0].clone();
    assert_eq!((&zf["betrag"], &zf["aktenzeichen"]), (&json!("65.20"), &json!("RPKS-57-AQB-2026-F-0002")));
    let zf = format!("/forderungen/{}", als_text(&zf["id"]));
    // interest disturbs no figure of the budget, and there is none on interest
    assert_eq!(budget(&d, &["gebunden", "ausgezahlt", "rueckgefordert"]), ["88000.00", "70000.00", "10000.00"]);
    d.als(RP).get(&format!("{zf}/zinsen")).senden().ist_problem(409, "ZINS_AUF_ZINS");
    // what is fixed is not computed again
    assert_eq!(zinsen("bis=2026-09-15")["zinsen"], "0.00");
    tue(&d, RP, &f, "zinsbescheid", &eingabe("2026-09-15", grund)).ist_problem(422, "ZINSEN_KEINE");
    // a payment beyond the repayment settles the interest, one cent more is refused and named
    let r = zahle(&d, &f, "10065.21", "2026-09-15").ist_problem(422, "UEBERZAHLUNG");
    assert_eq!(r.json()["befunde"][0]["differenz"]["wert"], "0.01");
    zahle(&d, &f, "10065.20", "2026-09-15").ist(200);
    assert_eq!((&lies(&d, &f)["status"], &lies(&d, &zf)["status"]), (&json!("BEGLICHEN"), &json!("BEGLICHEN")));
    // the reversal opens both again
    let eingang = als_text(&lies(&d, &zf)["tilgungen"][0]["eingang_id"]);
    let storno = json!({ "eingang_id": eingang, "grund": "Falsches Kassenzeichen" });
    tue(&d, RP, &zf, "zahlungsstorno", &storno).ist(200);
    assert_eq!((&lies(&d, &f)["offen"], &lies(&d, &zf)["offen"]), (&json!("10000.00"), &json!("65.20")));
    tue(&d, RP, &f, "zahlungsstorno", &storno).ist_problem(422, "EINGANG_UNBEKANNT");
    tue(&d, RP, &zf, "zahlungsstorno", &storno).ist_problem(409, "KEIN_EINGANG");
    assert_eq!(akt(&d, &zf, "zahlungsstorno"), (false, json!("KEIN_EINGANG")));
}

fn rechte_mandant_version_schluessel(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    for wer in ["demo-gk-06411-1", "demo-gk-06415-1"] {
        d.als(wer).get(&f).senden().ist_problem(404, "NICHT_GEFUNDEN");
        d.als(wer).get(&format!("{f}/zinsen")).senden().ist_problem(404, "NICHT_GEFUNDEN");
        assert_eq!(d.als(wer).get("/forderungen").senden().ist(200).json()["daten"], json!([]));
    }
    for wer in ["demo-ministerium-1", "demo-traeger-1", "demo-admin"] {
        d.als(wer).get(&f).senden().ist_problem(403, "RECHT_FEHLT");
    }
    tue(&d, GK, &f, "zahlungseingaenge", &zahlung("1.00", "2026-09-15")).ist_problem(403, "RECHT_FEHLT");
    d.als(GK).get(&format!("{f}/historie")).senden().ist_problem(403, "RECHT_FEHLT");
    let ziel = format!("{f}/zahlungseingaenge");
    let ruf = || d.als(RP).post(&ziel, &zahlung("1000.00", "2026-09-15"));
    ruf().if_match(2).senden().ist_problem(400, "IDEMPOTENZ_FEHLT");
    ruf().neuer_schluessel().senden().ist_problem(428, "VERSION_FEHLT");
    ruf().if_match(7).neuer_schluessel().senden().ist_problem(412, "VERSION_VERALTET");
    let eins = ruf().if_match(2).schluessel("zahlung-000001").senden().ist(200);
    let noch = ruf().if_match(2).schluessel("zahlung-000001").senden().ist(200);
    assert_eq!((eins.json(), noch.kopfzeile("idempotent-replayed")), (noch.json(), Some("true")));
    assert_eq!(lies(&d, &f)["offen"], "14000.00", "the repeated request booked once");
    for (betrag, am, status, code) in [
        ("0.00", "2026-09-15", 422, "BETRAG_ZU_KLEIN"),
        ("1.00", "2026-09-16", 422, "DATUM_IN_ZUKUNFT"),
        ("1.00", "2026-08-16", 422, "EINGANG_VOR_AUSZAHLUNG"),
        ("14000.01", "2026-09-15", 422, "UEBERZAHLUNG"),
    ] {
        zahle(&d, &f, betrag, am).ist_problem(status, code);
    }
}

fn stundung_zwei_personen(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let raten = json!([{ "faellig_am": "2026-12-31", "betrag": "7500.00" }, { "faellig_am": "2027-03-31", "betrag": "7500.00" }]);
    let s = json!({ "raten": raten, "grund": "Erhebliche Härte" });
    let zu_wenig = json!({ "raten": [{ "faellig_am": "2026-12-31", "betrag": "14999.99" }], "grund": "Härte" });
    tue(&d, RP, &f, "stundung", &zu_wenig).ist_problem(422, "RATEN_SUMME");
    tue(&d, RP, &f, "freigabe", &json!({})).ist_problem(409, "KEINE_ENTSCHEIDUNG_OFFEN");
    tue(&d, RP, &f, "stundung", &s).ist(200);
    tue(&d, RP, &f, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    assert_eq!(d.als(GK).get(&f).senden().ist(200).json()["entscheidungen"], json!([]));
    let k = tue(&d, RP2, &f, "freigabe", &json!({})).ist(200).json();
    // 197 days of deferral suspend the limitation
    assert_eq!((&k["status"], &k["verjaehrung_am"]), (&json!("GESTUNDET"), &json!("2030-07-16")));
    let frist = lies(&d, &format!("/fristen?antrag_id={D1}&art=VERJAEHRUNG"));
    let tage: Vec<String> =
        frist["daten"].as_array().expect("daten").iter().map(|f| als_text(&f["faellig_am"])).collect();
    assert_eq!(tage.last().map(String::as_str), Some("2030-07-16"), "{tage:?}");
    assert_eq!(d.als(GK).get(&f).senden().ist(200).json()["entscheidungen"][0]["raten"], raten);
    let k = tue(&d, RP, &f, "wiederaufnahme", &json!({ "grund": "Rate versäumt" })).ist(200).json();
    assert_eq!((&k["status"], &k["verjaehrung_am"]), (&json!("OFFEN"), &json!("2029-12-31")));
}

fn niederschlagung_bleibt_intern(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    tue(&d, RP, &f, "niederschlagung", &json!({ "grund": "Kosten außer Verhältnis" })).ist(200);
    tue(&d, RP2, &f, "verwerfung", &json!({ "grund": "anders entschieden" })).ist(200);
    tue(&d, RP, &f, "niederschlagung", &json!({ "bis": "2027-12-31", "grund": "Kosten" })).ist(200);
    assert_eq!(tue(&d, RP2, &f, "freigabe", &json!({})).ist(200).json()["status"], "NIEDERGESCHLAGEN");
    let gk = d.als(GK).get(&f).senden().ist(200).json();
    assert_eq!((&gk["status"], &gk["entscheidungen"]), (&json!("OFFEN"), &json!([])));
    let liste = |s: &str| {
        let r = d.als(GK).get(&format!("/forderungen?status={s}")).senden().ist(200).json();
        r["daten"].as_array().map(Vec::len)
    };
    assert_eq!((liste("OFFEN"), liste("NIEDERGESCHLAGEN")), (Some(1), Some(0)));
    // whoever pays all the same settles it
    assert_eq!(zahle(&d, &f, "15000.00", "2026-09-15").ist(200).json()["status"], "BEGLICHEN");
}

/// S7: what came back before the Bescheid ends interest with its value date and leaves less open.
fn s7_freiwillige_rueckzahlung(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let r = |betrag: &str, am: &str| {
        json!({ "antrag_id": D1, "inhalt": { "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026,
            "betrag": betrag, "wertstellung_am": am, "referenz": "Auszug 7" } })
    };
    let anlege = |k: &Value| d.als(RP).post("/rueckzahlungen", k).neuer_schluessel().senden();
    d.als(GK)
        .post("/rueckzahlungen", &r("1.00", "2026-09-01"))
        .neuer_schluessel()
        .senden()
        .ist_problem(403, "RECHT_FEHLT");
    d.als(RP).post("/rueckzahlungen", &r("1.00", "2026-09-01")).senden().ist_problem(400, "IDEMPOTENZ_FEHLT");
    anlege(&r("70000.01", "2026-09-01")).ist_problem(422, "RUECKZAHLUNG_UEBER_BESTAND");
    let probe = d.als(RP).post("/rueckzahlungen", &r("1.00", "2026-09-01")).neuer_schluessel().simulation().senden();
    assert_eq!(probe.ist(200).json()["simulation"]["buchungen"].as_array().map(Vec::len), Some(2));
    assert_eq!(budget(&d, &["ausgezahlt", "erstattet"]), ["70000.00", "0.00"], "nothing was written");
    // on that day only the first payout lay with the county
    anlege(&r("40000.01", "2026-05-10")).ist_problem(422, "RUECKZAHLUNG_UEBER_BESTAND");
    let mut fremd = r("1.00", "2026-09-01");
    fremd["inhalt"]["massnahme_id"] = json!("019a0000-0000-7000-8000-0000000000e7");
    anlege(&fremd).ist_problem(422, "VERWEIS_UNBEKANNT");
    let falsch = neu(&d, RP, "/rueckzahlungen", &r("6000.00", "2026-09-01"));
    assert_eq!(budget(&d, &["ausgezahlt", "erstattet"]), ["70000.00", "6000.00"]);
    tue(&d, RP, &falsch, "storno", &json!({ "grund": "falscher Betrag" })).ist(200);
    let gut = neu(&d, RP, "/rueckzahlungen", &r("5000.00", "2026-09-01"));
    assert_eq!(d.als(GK).get(&gut).senden().ist(200).json()["status"], "GEBUCHT");
    d.als("demo-gk-06411-1").get(&gut).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let be = m01_mindern(&d, 5_500_000);
    let posten = lies(&d, &be)["inhalt"]["aenderung"]["erstattung"]["posten"][0].clone();
    assert_eq!((&posten["betrag"], &posten["bereits_zurueckgezahlt"]), (&json!("15000.00"), &json!("5000.00")));
    let f = lies(&d, &format!("/forderungen?antrag_id={D1}&status=OFFEN"))["daten"][0].clone();
    assert_eq!(
        (&f["betrag"], &f["getilgt"], &f["offen"], &f["tilgungen"][0]["art"]),
        (&json!("15000.00"), &json!("5000.00"), &json!("10000.00"), &json!("RUECKZAHLUNG"))
    );
    // interest on the 5,000.00 ends on 1 September
    let pfad = format!("/forderungen/{}", als_text(&f["id"]));
    let z = lies(&d, &format!("{pfad}/zinsen?bis=2026-09-15"));
    assert_eq!(z["zinsen"], "65.20");
    assert_eq!(
        budget(&d, &["gebunden", "ausgezahlt", "rueckgefordert", "erstattet"]),
        ["88000.00", "70000.00", "10000.00", "5000.00"]
    );
    tue(&d, RP, &gut, "storno", &json!({ "grund": "zu spät" })).ist_problem(409, "RUECKZAHLUNG_ANGERECHNET");
    let eingang = als_text(&f["tilgungen"][0]["eingang_id"]);
    let storno = json!({ "eingang_id": eingang, "grund": "so nicht" });
    tue(&d, RP, &pfad, "zahlungsstorno", &storno).ist_problem(409, "KEIN_EINGANG");
    zahle(&d, &pfad, "1.00", "2026-09-15").ist(200);
    tue(&d, RP, &pfad, "zahlungsstorno", &storno).ist_problem(422, "EINGANG_UNBEKANNT");
}

/// A repayment settles the claim as the draft knew it: whoever releases the Bescheid did not record it.
fn rueckzahlung_steht_wie_im_entwurf(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let r = json!({ "antrag_id": D1, "inhalt": { "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026,
        "betrag": "5000.00", "wertstellung_am": "2026-09-01", "referenz": "Auszug 7" } });
    let zurueck = neu(&d, RP2, "/rueckzahlungen", &r);
    let be = m01_mindern_entwurf(&d, 5_500_000);
    tue(&d, RP2, &be, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    assert_eq!(lies(&d, &format!("/forderungen?antrag_id={D1}&status=OFFEN"))["daten"], json!([]));
    tue(&d, RP2, &zurueck, "storno", &json!({ "grund": "von jemand anderem zu buchen" })).ist(200);
    tue(&d, RP2, &be, "freigabe", &json!({})).ist_problem(409, "GRUNDLAGE_VERALTET");
}

/// § 49a Abs. 3 S. 2 HVwVfG: not responsible, and paid in time.
fn verzicht_nur_bei_rechtzeitiger_zahlung(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let eingabe = |schuldlos: bool| {
        json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Stelle war trotz Ausschreibung nicht zu besetzen.",
            "verzoegerung_behoerde_tage": 12, "verzoegerung_begruendung": "Die Akte lag zwölf Tage bei der Revision.", "verzicht": { "nicht_zu_vertreten": schuldlos, "grund": "kein Verschulden" } })
    };
    tue(&d, RP, &f, "zinsbescheid", &eingabe(true)).ist_problem(422, "VERZICHT_UNZULAESSIG");
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    tue(&d, RP, &f, "zinsbescheid", &eingabe(false)).ist_problem(422, "VERZICHT_UNZULAESSIG");
    let e = tue(&d, RP, &f, "zinsbescheid", &eingabe(true)).ist(201).json();
    let z = &e["inhalt"]["zins"];
    assert_eq!(
        (&z["zinsen"], &z["festgesetzt"], &z["verzoegerung_behoerde_tage"]),
        (&json!("77.70"), &json!("0.00"), &json!(12))
    );
    tue(&d, RP2, &format!("/bescheide/{}", als_text(&e["id"])), "freigabe", &json!({})).ist(200);
    let zinsen = lies(&d, &format!("/forderungen?antrag_id={D1}&art=ERSTATTUNGSZINS"));
    assert_eq!(zinsen["daten"], json!([]), "what is waived is not claimed");
    assert_eq!(lies(&d, &format!("{f}/zinsen?bis=2026-09-15"))["zinsen"], "0.00");
}

/// A payment between draft and release: the draft no longer says what is owed.
fn veralteter_zinsbescheid(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let e = json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht verwendet.", "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() });
    let be = format!("/bescheide/{}", als_text(&tue(&d, RP, &f, "zinsbescheid", &e).ist(201).json()["id"]));
    zahle(&d, &f, "5000.00", "2026-09-01").ist(200);
    tue(&d, RP2, &be, "freigabe", &json!({})).ist_problem(409, "ZINSBESCHEID_VERALTET");
    tue(&d, RP, &be, "verwerfung", &json!({ "grund": "Zahlung eingegangen" })).ist(200);
    let be = format!("/bescheide/{}", als_text(&tue(&d, RP, &f, "zinsbescheid", &e).ist(201).json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
}

/// § 49a Abs. 4 HVwVfG: 30,000.00 of the payout of 4 May were used on 31 August, as in S16.
fn zwischenzinsen_einer_auszahlung(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let ort = format!("/antraege/{D1}/zwischenzinsbescheid");
    let grund = "Die Mittel lagen vier Monate ungenutzt; Gründe, davon abzusehen, fehlen.";
    let mit = |ausgezahlt: &str, verwendungen: &[(&str, &str)]| {
        let v: Vec<Value> = verwendungen.iter().map(|(am, b)| json!({ "am": am, "betrag": b })).collect();
        json!({ "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "ausgezahlt_am": ausgezahlt,
            "verwendungen": v, "kenntnis_am": "2026-09-01", "ermessen_begruendung": grund,
            "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() })
    };
    let ruf = |wer: &str, k: &Value| d.als(wer).post(&ort, k).neuer_schluessel().senden();
    let s16 = mit("2026-05-04", &[("2026-06-01", "10000.00"), ("2026-08-31", "30000.00")]);
    d.als(RP).post(&ort, &s16).senden().ist_problem(400, "IDEMPOTENZ_FEHLT");
    ruf(GK, &s16).ist_problem(403, "RECHT_FEHLT");
    ruf("demo-ministerium-1", &s16).ist_problem(403, "RECHT_FEHLT");
    let fremd = "/antraege/019a0000-0000-7000-8000-00000000ffff/zwischenzinsbescheid";
    d.als(RP).post(fremd, &s16).neuer_schluessel().senden().ist_problem(404, "NICHT_GEFUNDEN");
    let mut kurz = s16.clone();
    kurz["ermessen_begruendung"] = json!("kurz");
    ruf(RP, &kurz).ist_problem(422, "BEGRUENDUNG_FEHLT");
    let mut andere = s16.clone();
    andere["massnahme_id"] = json!("019a0000-0000-7000-8000-0000000000e7");
    ruf(RP, &andere).ist_problem(422, "VERWEIS_UNBEKANNT");
    let mut weiter = s16.clone();
    weiter["weiterleitung_id"] = json!("019a0000-0000-7000-8000-00000000ffff");
    ruf(RP, &weiter).ist_problem(422, "VERWEIS_UNBEKANNT");
    for (k, code) in [
        (mit("2026-05-05", &[("2026-08-31", "1.00")]), "ZWISCHENZINS_ZAHLUNG_UNBEKANNT"),
        (mit("2026-05-04", &[("2026-07-04", "40000.00")]), "ZWISCHENZINS_FRISTGERECHT"),
        (mit("2026-05-04", &[("2026-08-31", "40000.01")]), "ZWISCHENZINS_UEBER_AUSZAHLUNG"),
        (mit("2026-05-04", &[("2026-09-16", "1.00")]), "DATUM_IN_ZUKUNFT"),
        (json!({ "kenntnis_am": "2026-05-03" }), "KENNTNIS_VOR_AUSZAHLUNG"),
    ] {
        let mut anders = s16.clone();
        anders.as_object_mut().expect("object").extend(k.as_object().expect("object").clone());
        let k = anders;
        ruf(RP, &k).ist_problem(422, code);
    }
    let probe = d.als(RP).post(&ort, &s16).neuer_schluessel().simulation().senden().ist(200).json();
    assert_eq!(probe["simulation"]["befunde"][0]["kurzname"], "ANHOERUNG_FEHLT", "{probe}");
    let entwurf = ruf(RP, &s16).ist(201).json();
    let zins = &entwurf["inhalt"]["zins"];
    assert_eq!(
        (&entwurf["inhalt"]["art"], &zins["art"], &zins["festgesetzt"]),
        (&json!("ZINS"), &json!("ZWISCHENZINS"), &json!("625.79"))
    );
    let z = &zins["zwischenzins"];
    assert_eq!(
        (&z["ausgezahlt"], &z["frist_ende"], &z["zinsbeginn"], &z["aufschlag_prozentpunkte"]),
        (&json!("40000.00"), &json!("2026-07-04"), &json!("AUSZAHLUNG"), &json!("5.00"))
    );
    let teil = json!({ "betrag": "30000.00", "verwendet_am": "2026-08-31", "von": "2026-05-04", "bis": "2026-08-31", "zinsen": "625.79" });
    assert_eq!(z["teile"], json!([teil]));
    ruf(RP, &s16).ist_problem(409, "ENTSCHEIDUNG_LAEUFT");
    let be = format!("/bescheide/{}", als_text(&entwurf["id"]));
    tue(&d, RP, &be, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    gib_bekannt(&d, &be);
    // the same again is refused, another part of the payment wants a reason
    ruf(RP, &s16).ist_problem(422, "ZWISCHENZINS_UEBERSCHNEIDUNG");
    let mut rest = mit("2026-05-04", &[("2026-08-01", "10000.00")]);
    ruf(RP, &rest).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    rest["bestaetigte_warnungen"] = json!([ohne_anhoerung()[0],
        { "code": "AQB-FO-019", "begruendung": "Das sind die übrigen 10.000 Euro." }]);
    let probe = d.als(RP).post(&ort, &rest).neuer_schluessel().simulation().senden().ist(200).json();
    assert_eq!(probe["simulation"]["befunde"][0]["kurzname"], "ZWISCHENZINS_TEILWEISE_FESTGESETZT");
    assert_eq!(probe["simulation"]["befunde"][1]["kurzname"], "ANHOERUNG_FEHLT");
    // the claim is like any other: in the closing report, deferred, paid; no figure of the budget moves
    let alle = lies(&d, &format!("/forderungen?antrag_id={D1}&art=ZWISCHENZINS"));
    let f = format!("/forderungen/{}", als_text(&alle["daten"][0]["id"]));
    let k = d.als(GK).get(&f).senden().ist(200).json();
    assert_eq!(
        (&k["betrag"], &k["offen"], &k["hauptforderung_id"]),
        (&json!("625.79"), &json!("625.79"), &Value::Null)
    );
    let offen = lies(&d, &format!("/antraege/{D1}/abschluss"))["forderungen"].clone();
    assert!(offen.as_array().is_some_and(|o| o.iter().any(|f| f["id"] == k["id"])), "{offen}");
    assert_eq!(budget(&d, &["ausgezahlt", "rueckgefordert", "erstattet"]), ["70000.00", "0.00", "0.00"]);
    d.als(RP).get(&format!("{f}/zinsen")).senden().ist_problem(409, "ZINS_AUF_ZINS");
    let raten = json!([{ "faellig_am": "2026-12-31", "betrag": "625.79" }]);
    tue(&d, RP, &f, "stundung", &json!({ "raten": raten, "grund": "Härte" })).ist(200);
    tue(&d, RP2, &f, "freigabe", &json!({})).ist(200);
    assert_eq!(zahle(&d, &f, "625.79", "2026-09-15").ist(200).json()["status"], "BEGLICHEN");
}

/// § 49a Abs. 3, 4 HVwVfG: 40,000.00 lay unused until today; 5,000.00 of them are claimed back afterwards. What came back
/// before counts by itself, and what Zwischenzinsen cover is not claimed again.
fn zinsen_einmal_je_betrag_und_tag(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let zwischen = |bis: &str| {
        json!({ "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "ausgezahlt_am": "2026-05-04",
            "bis": bis, "kenntnis_am": "2026-09-01", "verzoegerung_behoerde_tage": 0,
            "ermessen_begruendung": "Das Geld lag ungenutzt; Gründe, davon abzusehen, fehlen.",
            "bestaetigte_warnungen": ohne_anhoerung() })
    };
    let ort = format!("/antraege/{D1}/zwischenzinsbescheid");
    let ruf = |k: &Value| d.als(RP).post(&ort, k).neuer_schluessel().senden();
    let r = json!({ "antrag_id": D1, "inhalt": { "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026,
        "betrag": "10000.00", "wertstellung_am": "2026-07-10", "referenz": "Auszug 9" } });
    let zurueck = neu(&d, RP, "/rueckzahlungen", &r);
    let entwurf = ruf(&zwischen("2026-09-15")).ist(201).json();
    let z = &entwurf["inhalt"]["zins"]["zwischenzins"];
    let teile: Vec<[Value; 4]> = z["teile"]
        .as_array()
        .expect("teile")
        .iter()
        .map(|t| ["betrag", "von", "bis", "zurueckgezahlt"].map(|f| t[f].clone()))
        .collect();
    let zeile = |betrag: &str, bis: &str, zurueck: Value| [json!(betrag), json!("2026-05-04"), json!(bis), zurueck];
    assert_eq!(
        teile,
        [zeile("10000.00", "2026-07-10", json!("10000.00")), zeile("30000.00", "2026-09-15", Value::Null)]
    );
    // the repayment was none: the draft does not say any more what is owed
    tue(&d, RP, &zurueck, "storno", &json!({ "grund": "anderer Fall" })).ist(200);
    let be = format!("/bescheide/{}", als_text(&entwurf["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist_problem(409, "ZINSBESCHEID_VERALTET");
    tue(&d, RP, &be, "verwerfung", &json!({ "grund": "überholt" })).ist(200);
    let be = format!("/bescheide/{}", als_text(&ruf(&zwischen("2026-09-15")).ist(201).json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    gib_bekannt(&d, &be);

    m01_mindern(&d, 3_500_000);
    let f = lies(&d, &format!("/forderungen?antrag_id={D1}&art=ERSTATTUNG&status=OFFEN"))["daten"][0].clone();
    assert_eq!(f["betrag"], "35000.00");
    let pfad = format!("/forderungen/{}", als_text(&f["id"]));
    let z = lies(&d, &format!("{pfad}/zinsen?bis=2026-10-15"));
    // 30,000.00 from 17 August and 5,000.00 from today; the 5,000.00 were covered from 4 May until today: 58 days at
    // 6.27 %, 76 at 6.52 %
    assert_eq!(
        [&z["zinsen"], &z["durch_zwischenzinsen"], &z["befunde"][0]["kurzname"]],
        ["342.97", "117.70", "ZINSEN_DURCH_ZWISCHENZINSEN"],
        "{z}"
    );
}

/// A payment is reversed after interest was fixed on the assumption of it: the difference can still be claimed.
fn zinsen_nach_einem_storno(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let zinsen = || {
        let z = lies(&d, &format!("{f}/zinsen?bis=2026-09-15"));
        assert_eq!(z["befunde"], json!([]), "{z}");
        ["gesamt", "bereits_festgesetzt", "zinsen"].map(|n| als_text(&z[n])).join(" ")
    };
    let bescheid = || {
        let e = json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht verwendet.", "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() });
        let be = format!("/bescheide/{}", als_text(&tue(&d, RP, &f, "zinsbescheid", &e).ist(201).json()["id"]));
        tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
        lies(&d, &be)["inhalt"]["zins"].clone()
    };
    zahle(&d, &f, "5000.00", "2026-09-01").ist(200);
    assert_eq!(zinsen(), "65.20 0.00 65.20");
    assert_eq!(bescheid()["festgesetzt"], "65.20");
    let hinweise = |akt: &str| {
        let a = d.als(RP).get(&format!("{f}/aktionen")).senden().ist(200).json();
        let alle = a["aktionen"].as_array().expect("acts").clone();
        let akt = alle.into_iter().find(|a| a["akt"] == akt).expect("act");
        (akt["erlaubt"].clone(), akt["befunde"][0]["kurzname"].clone())
    };
    assert_eq!(hinweise("zahlungsstorno"), (json!(true), json!("ZINSEN_AUF_EINGANG")));
    let eingang = als_text(&lies(&d, &f)["tilgungen"][0]["eingang_id"]);
    let storno = json!({ "eingang_id": eingang, "grund": "Falsches Kassenzeichen" });
    let ruf =
        d.als(RP).post(&format!("{f}/zahlungsstorno"), &storno).if_match(lies(&d, &f)["version"].as_i64().expect("v"));
    let s = ruf.neuer_schluessel().simulation().senden().ist(200).json();
    assert_eq!(s["simulation"]["befunde"][0]["kurzname"], "ZINSEN_AUF_EINGANG", "{s}");
    let wirklich = tue(&d, RP, &f, "zahlungsstorno", &storno).ist(200).json();
    assert_eq!(wirklich["befunde"][0]["kurzname"], "ZINSEN_AUF_EINGANG", "the real answer says so, too");
    // 15,000.00 × 6.52 % × 29 / 365 = 77.70
    assert_eq!(zinsen(), "77.70 65.20 12.50");
    let zweiter = bescheid();
    assert_eq!((&zweiter["festgesetzt"], &zweiter["bereits_festgesetzt"]), (&json!("12.50"), &json!("65.20")));
    assert_eq!(zinsen(), "77.70 77.70 0.00");
    zahle(&d, &f, "5000.00", "2026-09-01").ist(200);
    let z = lies(&d, &format!("{f}/zinsen?bis=2026-09-15"));
    assert_eq!((&z["zinsen"], &z["befunde"][0]["kurzname"]), (&json!("0.00"), &json!("ZINSEN_UEBERFESTGESETZT")));
    assert_eq!(lies(&d, &f)["zinsen_festgesetzt"], "77.70");
}

/// § 43 HVwVfG: until the Bescheid is notified nobody owes, sees or pays its claim; from then on the period runs.
fn erst_mit_der_bekanntgabe(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let e = json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht verwendet.", "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() });
    let be = format!("/bescheide/{}", als_text(&tue(&d, RP, &f, "zinsbescheid", &e).ist(201).json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    let zf = lies(&d, &format!("/forderungen?antrag_id={D1}&art=ERSTATTUNGSZINS"))["daten"][0].clone();
    let zf = format!("/forderungen/{}", als_text(&zf["id"]));
    let fristen = |art: &str| {
        let alle = lies(&d, &format!("/fristen?antrag_id={D1}&art={art}&zustand=OFFEN"))["daten"].clone();
        let tage = alle.as_array().expect("daten").iter().map(|f| als_text(&f["faellig_am"]));
        tage.collect::<Vec<_>>().join(" ")
    };
    assert_eq!((fristen("ERSTATTUNG"), fristen("VERJAEHRUNG")), ("2026-10-15".into(), "2029-12-31".into()));
    d.als(GK).get(&zf).senden().ist_problem(404, "NICHT_GEFUNDEN");
    let sieht = || {
        let alle = d.als(GK).get(&format!("/forderungen?antrag_id={D1}&status=OFFEN")).senden().ist(200).json();
        alle["daten"].as_array().map(Vec::len)
    };
    assert_eq!(sieht(), Some(1));
    let raten = json!({ "raten": [{ "faellig_am": "2026-12-31", "betrag": "77.70" }], "grund": "Härte" });
    for (akt, k) in [
        ("zahlungseingaenge", zahlung("1.00", "2026-09-15")),
        ("stundung", raten),
        ("niederschlagung", json!({ "grund": "Kosten" })),
        ("zinsbescheid", e),
    ] {
        let r = tue(&d, RP, &zf, akt, &k).ist_problem(409, "FORDERUNG_NICHT_BEKANNT");
        assert!(be.ends_with(&als_text(&r.json()["befunde"][0]["gemessen"][0]["wert"])), "{akt}");
        let a = d.als(RP).get(&format!("{zf}/aktionen")).senden().ist(200).json();
        let alle = a["aktionen"].as_array().expect("acts").clone();
        let a = alle.iter().find(|a| a["akt"] == akt).expect("act");
        assert_eq!((&a["erlaubt"], &a["befunde"][0]["kurzname"]), (&json!(false), &json!("FORDERUNG_NICHT_BEKANNT")));
    }
    // a payment on the repayment does not reach interest that is not owed yet
    zahle(&d, &f, "15000.01", "2026-09-15").ist_problem(422, "UEBERZAHLUNG");
    // by letter of 15 September it counts as notified on the 18th; the month ends on a Sunday
    tue(&d, RP, &be, "bekanntgabe", &json!({ "weg": "POST", "aufgabe_am": "2026-09-15" })).ist(200);
    assert_eq!(als_text(&lies(&d, &be)["bekannt_am"]), "2026-09-18");
    assert_eq!(lies(&d, &zf)["faellig_am"], "2026-10-19");
    assert_eq!(fristen("ERSTATTUNG"), "2026-10-15 2026-10-19");
    assert_eq!(fristen("VERJAEHRUNG"), "2029-12-31 2029-12-31");
    assert_eq!(sieht(), Some(2));
    let k = json!({ "weg": "ZUSTELLUNG", "zugang_am": "2026-09-15", "grund": "Zustellungsurkunde" });
    tue(&d, RP2, &be, "bekanntgabeberichtigung", &k).ist(200);
    assert_eq!(d.als(GK).get(&zf).senden().ist(200).json()["faellig_am"], "2026-10-15");
    assert_eq!(fristen("ERSTATTUNG"), "2026-10-15 2026-10-15");
    let akte: Vec<String> = lies(&d, &format!("{zf}/historie"))["daten"]
        .as_array()
        .expect("history")
        .iter()
        .map(|z| als_text(&z["akt"]))
        .collect();
    assert!(
        akte.contains(&"bekanntgabe".to_owned()) && akte.contains(&"bekanntgabeberichtigung".to_owned()),
        "{akte:?}"
    );
    zahle(&d, &f, "15077.70", "2026-09-15").ist(200);
    assert_eq!(lies(&d, &zf)["status"], "BEGLICHEN");
    assert_eq!((fristen("ERSTATTUNG"), fristen("VERJAEHRUNG")), (String::new(), String::new()));
}

/// Another key, the same statement line: recorded once, unless somebody says why it is a second payment.
fn derselbe_eingang_nur_mit_grund(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let mut r = json!({ "antrag_id": D1, "inhalt": { "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026,
        "betrag": "500.00", "wertstellung_am": "2026-09-01", "referenz": "Auszug 7" } });
    let anlege = |k: &Value| d.als(RP).post("/rueckzahlungen", k).neuer_schluessel().senden();
    anlege(&r).ist(201);
    let a = anlege(&r).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    assert_eq!(a.json()["befunde"][0]["kurzname"], "EINGANG_DOPPELT");
    let grund = json!([{ "code": "AQB-FO-024", "begruendung": "Zwei Umsätze auf demselben Auszug." }]);
    r["bestaetigte_warnungen"] = grund.clone();
    anlege(&r).ist(201);
    r["inhalt"]["referenz"] = json!("Auszug 8");
    anlege(&r).ist_problem(422, "WARNUNG_UNBEKANNT");
    m01_mindern(&d, 5_500_000);
    let f = lies(&d, &format!("/forderungen?antrag_id={D1}&status=OFFEN"))["daten"][0].clone();
    let f = format!("/forderungen/{}", als_text(&f["id"]));
    zahle(&d, &f, "100.00", "2026-09-15").ist(200);
    zahle(&d, &f, "100.00", "2026-09-15").ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    // money that came back before the claim is not booked on it once more
    let mut k = json!({ "betrag": "500.00", "wertstellung_am": "2026-09-01", "referenz": "Auszug 7" });
    tue(&d, RP, &f, "zahlungseingaenge", &k).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    k = zahlung("100.00", "2026-09-15");
    k["bestaetigte_warnungen"] = grund;
    tue(&d, RP, &f, "zahlungseingaenge", &k).ist(200);
    assert_eq!(lies(&d, &f)["offen"], "13800.00");
}

/// A value date before the claim arose ends interest that nobody had asked for yet: it wants a reason.
fn eingang_vor_der_forderung_nur_mit_grund(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let ohne = tue(&d, RP, &f, "zahlungseingaenge", &zahlung("5000.00", "2026-09-14"));
    let ohne = ohne.ist_problem(422, "WARNUNG_NICHT_BESTAETIGT").json();
    assert_eq!(ohne["befunde"][0]["kurzname"], "EINGANG_VOR_FORDERUNG", "{ohne}");
    let mit = tue(&d, RP, &f, "zahlungseingaenge", &fruehe_zahlung("5000.00", "2026-09-14"));
    assert_eq!(mit.ist(200).json()["offen"], "10000.00");
}

/// Who released the Bescheid that claims money does not record payments on the claim.
fn wer_fordert_bucht_nicht(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let k = zahlung("1.00", "2026-09-15");
    let be = format!("/bescheide/{}", als_text(&lies(&d, &f)["bescheid_id"]));
    let freigeber = als_text(&lies(&d, &be)["freigegeben_von"]);
    assert_eq!(freigeber, RP2);
    tue(&d, RP2, &f, "zahlungseingaenge", &k).ist_problem(403, "VIER_AUGEN");
    let a = d.als(RP2).get(&format!("{f}/aktionen")).senden().ist(200).json();
    let akt =
        a["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == "zahlungseingaenge").expect("act").clone();
    assert_eq!((&akt["erlaubt"], &akt["befunde"][0]["kurzname"]), (&json!(false), &json!("VIER_AUGEN")));
    tue(&d, RP, &f, "zahlungseingaenge", &k).ist(200);
}

/// A deferral moves the deadline of the claim to its next open instalment; without it the deadline is back.
fn frist_folgt_den_raten(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let frist = || {
        let alle = lies(&d, &format!("/fristen?antrag_id={D1}&art=ERSTATTUNG"))["daten"].clone();
        assert_eq!(alle.as_array().map(Vec::len), Some(1), "{alle}");
        format!("{} {}", als_text(&alle[0]["status"]), als_text(&alle[0]["faellig_am"]))
    };
    assert_eq!(frist(), "OFFEN 2026-10-15");
    let raten = json!([{ "faellig_am": "2026-12-31", "betrag": "7500.00" }, { "faellig_am": "2027-03-31", "betrag": "7500.00" }]);
    tue(&d, RP, &f, "stundung", &json!({ "raten": raten, "grund": "Härte" })).ist(200);
    assert_eq!(frist(), "OFFEN 2026-10-15", "a proposal moves nothing");
    tue(&d, RP2, &f, "freigabe", &json!({})).ist(200);
    assert_eq!(frist(), "OFFEN 2026-12-31");
    zahle(&d, &f, "7500.00", "2026-09-15").ist(200);
    assert_eq!(frist(), "OFFEN 2027-03-31");
    let eingang = als_text(&lies(&d, &f)["tilgungen"][0]["eingang_id"]);
    tue(&d, RP, &f, "zahlungsstorno", &json!({ "eingang_id": eingang, "grund": "Falsches Kassenzeichen" })).ist(200);
    assert_eq!(frist(), "OFFEN 2026-12-31");
    tue(&d, RP, &f, "wiederaufnahme", &json!({ "grund": "Rate versäumt" })).ist(200);
    assert_eq!(frist(), "OFFEN 2026-10-15");
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    assert_eq!(frist(), "ERLEDIGT 2026-10-15");
}

/// BVerwG 3 C 7.09: the authority's own delay is dealt with in the grounds, with the interest of its days as a figure.
fn verzoegerung_der_behoerde(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let mut e = json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht verwendet.", "verzoegerung_behoerde_tage": 10, "bestaetigte_warnungen": ohne_anhoerung() });
    for text in [None, Some("kurz")] {
        if let Some(t) = text {
            e["verzoegerung_begruendung"] = json!(t);
        }
        let r = tue(&d, RP, &f, "zinsbescheid", &e).ist_problem(422, "BEGRUENDUNG_FEHLT");
        assert_eq!(r.json()["befunde"][0]["ort"], "/verzoegerung_begruendung");
    }
    e["verzoegerung_begruendung"] = json!("Die Prüfung ruhte zehn Tage; das Geld stand zur Verfügung.");
    let z = tue(&d, RP, &f, "zinsbescheid", &e).ist(201).json()["inhalt"]["zins"].clone();
    // 15,000.00 × 6.52 % × 10 / 365 = 26.79 of 77.70
    assert_eq!((&z["zinsen"], &z["verzoegerung_zinsen"]), (&json!("77.70"), &json!("26.79")));
    assert_eq!(z["verzoegerung_begruendung"], e["verzoegerung_begruendung"]);
}

/// A settled claim whose payment was wrong is due as before: the same deadline, with both acts in its history.
fn storno_laesst_die_zahlungsfrist_wieder_laufen(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let frist = || lies(&d, &format!("/fristen?antrag_id={D1}&art=ERSTATTUNG"))["daten"].clone();
    let vorher = frist();
    // what the test itself posted stands in no trail
    let abweichungen = || aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).map_err(|e| e.to_string()).err();
    let gestellt = abweichungen();
    let eingang = |d: &Dienst| {
        let t = lies(d, &f)["tilgungen"].as_array().expect("payments").last().cloned().expect("payment");
        json!({ "eingang_id": t["eingang_id"], "grund": "falsches Kassenzeichen" })
    };
    zahle(&d, &f, "5000.00", "2026-09-15").ist(200);
    tue(&d, RP, &f, "zahlungsstorno", &eingang(&d)).ist(200);
    assert_eq!(frist(), vorher, "a part ended nothing, so nothing begins again");
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    assert_eq!(frist()[0]["status"], "ERLEDIGT");
    let storno = eingang(&d);
    for wer in [GK, PR] {
        tue(&d, wer, &f, "zahlungsstorno", &storno).ist_problem(403, "RECHT_FEHLT");
    }
    tue(&d, RP, &f, "zahlungsstorno", &storno).ist(200);
    let nachher = frist();
    assert_eq!(nachher.as_array().map(Vec::len), Some(1), "the same one");
    for feld in ["id", "status", "zustand", "faellig_am", "fall_id"] {
        assert_eq!(nachher[0][feld], vorher[0][feld], "{feld}");
    }
    assert_eq!(nachher[0].get("abschluss"), None);
    let id = als_text(&nachher[0]["id"]);
    let h = lies(&d, &format!("/fristen/{id}/historie"));
    let akte: Vec<String> = h["daten"].as_array().expect("entries").iter().map(|e| als_text(&e["akt"])).collect();
    for akt in ["zahlungseingaenge", "zahlungsstorno"] {
        assert!(akte.contains(&akt.to_owned()), "{akte:?}");
    }
    assert_eq!(
        lies(&d, &format!("/fristen?antrag_id={D1}&art=VERJAEHRUNG&zustand=OFFEN"))["daten"][0]["status"],
        "OFFEN"
    );
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    assert_eq!(frist()[0]["status"], "ERLEDIGT", "and ends again");
    assert_eq!(abweichungen(), gestellt, "records and trail agree");
}

const ZURUECK: &str = "Der Zinssatz war falsch eingetragen.";

fn ruecknahme() -> Value {
    json!({ "grund": "RECHTSWIDRIG", "wirkung": "VERGANGENHEIT", "kenntnis_am": "2026-09-15", "rest": [],
        "begruendung": ZURUECK })
}

/// A released and notified Bescheid about the interest of S3, 77.70, and the paths of Bescheid and claim.
fn zinsen_s3(d: &Dienst, f: &str) -> (String, String) {
    let e = json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht verwendet.", "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() });
    let be = format!("/bescheide/{}", als_text(&tue(d, RP, f, "zinsbescheid", &e).ist(201).json()["id"]));
    tue(d, RP2, &be, "freigabe", &json!({})).ist(200);
    gib_bekannt(d, &be);
    let alle = lies(d, &format!("/forderungen?antrag_id={D1}&art=ERSTATTUNGSZINS&status=OFFEN"))["daten"].clone();
    (be, format!("/forderungen/{}", als_text(&alle[0]["id"])))
}

/// A claim for interest whose Bescheid was taken back.
pub fn aufgehobene_zinsen(d: &Dienst) -> String {
    let (be, zf) = zinsen_s3(d, &s3_forderung(d));
    let zr = format!("/bescheide/{}", als_text(&tue(d, RP, &be, "ruecknahme", &ruecknahme()).ist(201).json()["id"]));
    tue(d, RP2, &zr, "freigabe", &json!({})).ist(200);
    zf
}

fn akt(d: &Dienst, pfad: &str, akt: &str) -> (bool, Value) {
    let a = d.als(RP).get(&format!("{pfad}/aktionen")).senden().ist(200).json();
    let a = a["aktionen"].as_array().expect("acts").iter().find(|a| a["akt"] == akt).expect("act").clone();
    (a["erlaubt"] == true, a["befunde"][0]["kurzname"].clone())
}

fn offene(d: &Dienst, art: &str) -> usize {
    let alle = lies(d, &format!("/fristen?antrag_id={D1}&art={art}&zustand=OFFEN"))["daten"].clone();
    alle.as_array().map_or(0, Vec::len)
}

/// § 48 HVwVfG: a wrong Zinsbescheid is taken back by two persons, its claim ends, the right one is fixed anew.
fn zinsbescheid_zuruecknehmen(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let abweichungen = || aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).map_err(|e| e.to_string()).err();
    let gestellt = abweichungen();
    let geltend = als_text(&lies(&d, &f)["bescheid_id"]);
    let vorher = budget(&d, &["gebunden", "abgerufen", "ausgezahlt", "rueckgefordert", "erstattet"]);
    let (be, zf) = zinsen_s3(&d, &f);
    assert_eq!((offene(&d, "ERSTATTUNG"), offene(&d, "VERJAEHRUNG")), (2, 2));
    let rechtsbehelfe = offene(&d, "RECHTSBEHELF");
    // revocation is refused and foretold so
    assert_eq!(akt(&d, &be, "widerruf"), (false, json!("ZINS_WIDERRUF")));
    assert_eq!(akt(&d, &be, "ruecknahme"), (true, Value::Null));
    let mut widerruf = ruecknahme();
    widerruf["grund"] = json!("ZWECKVERFEHLUNG");
    tue(&d, RP, &be, "widerruf", &widerruf).ist_problem(409, "ZINS_WIDERRUF");
    for wer in [GK, PR, "demo-ministerium-1"] {
        tue(&d, wer, &be, "ruecknahme", &ruecknahme()).ist_problem(403, "RECHT_FEHLT");
    }
    let mut teilweise = ruecknahme();
    teilweise["wirkung"] = json!("ZUKUNFT");
    tue(&d, RP, &be, "ruecknahme", &teilweise).ist_problem(422, "ZINSBESCHEID_NUR_GANZ");
    let mut kurz = ruecknahme();
    kurz["begruendung"] = json!("kurz");
    tue(&d, RP, &be, "ruecknahme", &kurz).ist_problem(422, "BEGRUENDUNG_FEHLT");
    let entwurf = tue(&d, RP, &be, "ruecknahme", &ruecknahme()).ist(201).json();
    let zr = format!("/bescheide/{}", als_text(&entwurf["id"]));
    let z = &entwurf["inhalt"]["zinsruecknahme"];
    assert_eq!(
        (&entwurf["inhalt"]["art"], &z["betrag"], &entwurf["inhalt"]["positionen"]),
        (&json!("ZINSRUECKNAHME"), &json!("77.70"), &json!([]))
    );
    // a draft changes nothing, a discarded one neither
    assert_eq!(lies(&d, &zf)["status"], "OFFEN");
    tue(&d, RP, &zr, "verwerfung", &json!({ "grund": "noch einmal prüfen" })).ist(200);
    let entwurf = tue(&d, RP, &be, "ruecknahme", &ruecknahme()).ist(201).json();
    let zr = format!("/bescheide/{}", als_text(&entwurf["id"]));
    tue(&d, RP, &zr, "freigabe", &json!({})).ist_problem(403, "VIER_AUGEN");
    tue(&d, RP2, &zr, "freigabe", &json!({})).ist(200);
    assert_eq!(lies(&d, &be)["aufgehoben_durch"], entwurf["id"]);
    let k = lies(&d, &zf);
    assert_eq!(
        [&k["status"], &k["betrag"], &k["offen"], &k["getilgt"], &k["aufgehoben"]["bescheid_id"]],
        [&json!("AUFGEHOBEN"), &json!("77.70"), &json!("0.00"), &json!("0.00"), &entwurf["id"]]
    );
    assert_eq!(lies(&d, &f)["zinsen_festgesetzt"], "0.00");
    assert_eq!(lies(&d, &f).get("zinsen_festgesetzt_bis"), None);
    assert_eq!((offene(&d, "ERSTATTUNG"), offene(&d, "VERJAEHRUNG")), (1, 1), "those of the repayment");
    assert_eq!(offene(&d, "RECHTSBEHELF"), rechtsbehelfe - 1);
    // the grant, its money and the books are as before; nothing open stands against the end of the case
    let geltend_danach = lies(&d, &format!("/bescheide/{geltend}/abrufbar"));
    assert_eq!(geltend_danach["abrufbar"], "18000.00");
    assert_eq!(budget(&d, &["gebunden", "abgerufen", "ausgezahlt", "rueckgefordert", "erstattet"]), vorher);
    let offen = lies(&d, &format!("/antraege/{D1}/abschluss"))["forderungen"].clone();
    assert_eq!(offen.as_array().map(Vec::len), Some(1), "{offen}");
    for act in ["widerruf", "ruecknahme"] {
        assert_eq!(akt(&d, &be, act), (false, json!("BESCHEID_AUFGEHOBEN")), "{act}");
    }
    tue(&d, RP, &be, "ruecknahme", &ruecknahme()).ist_problem(409, "BESCHEID_AUFGEHOBEN");
    tue(&d, RP, &zf, "niederschlagung", &json!({ "grund": "Kosten" })).ist_problem(409, "STATUS_UNZULAESSIG");
    zahle(&d, &f, "15000.01", "2026-09-15").ist_problem(422, "UEBERZAHLUNG");
    gib_bekannt(&d, &zr);
    assert_eq!(akt(&d, &zr, "ruecknahme"), (false, json!("BEZUG_NICHT_GELTEND")));
    // the right interest is fixed anew
    let z = lies(&d, &format!("{f}/zinsen?bis=2026-09-15"));
    assert_eq!((&z["zinsen"], &z["bereits_festgesetzt"]), (&json!("77.70"), &json!("0.00")));
    let (neu, nf) = zinsen_s3(&d, &f);
    assert_ne!((&neu, &nf), (&be, &zf));
    assert_eq!((&lies(&d, &nf)["offen"], &lies(&d, &f)["zinsen_festgesetzt"]), (&json!("77.70"), &json!("77.70")));
    zahle(&d, &f, "15077.70", "2026-09-15").ist(200);
    assert_eq!(lies(&d, &zf)["status"], "AUFGEHOBEN");
    assert_eq!(d.als(GK).get(&zf).senden().ist(200).json()["status"], "AUFGEHOBEN");
    assert_eq!(abweichungen(), gestellt, "records, trail and ledger agree");
}

/// No money is left without a claim: payments on the interest are reversed first, before the draft and before its release.
fn bezahlte_zinsen_zuruecknehmen(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let (be, zf) = zinsen_s3(&d, &f);
    let storniere = || {
        let t = lies(&d, &zf)["tilgungen"].as_array().expect("payments").last().cloned().expect("payment");
        let k = json!({ "eingang_id": t["eingang_id"], "grund": "Der Zinsbescheid wird zurückgenommen." });
        tue(&d, RP, &zf, "zahlungsstorno", &k).ist(200);
    };
    zahle(&d, &f, "15000.01", "2026-09-15").ist(200);
    assert_eq!(akt(&d, &be, "ruecknahme"), (false, json!("ZINSFORDERUNG_BEZAHLT")));
    let r = tue(&d, RP, &be, "ruecknahme", &ruecknahme()).ist_problem(409, "ZINSFORDERUNG_BEZAHLT");
    let befund = r.json()["befunde"][0].clone();
    assert!(befund["gemessen"].to_string().contains("0.01"), "{befund}");
    storniere();
    let entwurf = tue(&d, RP, &be, "ruecknahme", &ruecknahme()).ist(201).json();
    let zr = format!("/bescheide/{}", als_text(&entwurf["id"]));
    zahle(&d, &f, "15000.01", "2026-09-15").ist(200);
    assert_eq!(d.als(RP2).get(&format!("{zr}/aktionen")).senden().ist(200).json()["aktionen"][0]["erlaubt"], false);
    tue(&d, RP2, &zr, "freigabe", &json!({})).ist_problem(409, "ZINSFORDERUNG_BEZAHLT");
    storniere();
    tue(&d, RP2, &zr, "freigabe", &json!({})).ist(200);
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    assert_eq!((&lies(&d, &f)["status"], &lies(&d, &zf)["status"]), (&json!("BEGLICHEN"), &json!("AUFGEHOBEN")));
}

/// Zwischenzinsen that are taken back no longer stand in the way of the right ones.
fn zwischenzinsbescheid_zuruecknehmen(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let setze_fest = |am: &str| {
        let k = json!({ "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "ausgezahlt_am": "2026-05-04",
            "verwendungen": [{ "am": am, "betrag": "30000.00" }], "kenntnis_am": "2026-09-01",
            "ermessen_begruendung": "Die Mittel lagen vier Monate ungenutzt.", "verzoegerung_behoerde_tage": 0, "bestaetigte_warnungen": ohne_anhoerung() });
        d.als(RP).post(&format!("/antraege/{D1}/zwischenzinsbescheid"), &k).neuer_schluessel().senden()
    };
    let be = format!("/bescheide/{}", als_text(&setze_fest("2026-09-14").ist(201).json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    gib_bekannt(&d, &be);
    setze_fest("2026-08-31").ist_problem(422, "ZWISCHENZINS_UEBERSCHNEIDUNG");
    let zr = format!("/bescheide/{}", als_text(&tue(&d, RP, &be, "ruecknahme", &ruecknahme()).ist(201).json()["id"]));
    tue(&d, RP2, &zr, "freigabe", &json!({})).ist(200);
    let alle = |status: &str| {
        lies(&d, &format!("/forderungen?antrag_id={D1}&art=ZWISCHENZINS&status={status}"))["daten"].clone()
    };
    assert_eq!(alle("AUFGEHOBEN")[0]["offen"], "0.00");
    let be = format!("/bescheide/{}", als_text(&setze_fest("2026-08-31").ist(201).json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
    assert_eq!(alle("OFFEN")[0]["betrag"], "625.79");
}

/// § 28 HVwVfG: interest burdens, so the county is heard or the authority says why not; a hearing that runs blocks.
fn zinsen_nach_anhoerung(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let e = json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht verwendet.", "verzoegerung_behoerde_tage": 0 });
    let r = tue(&d, RP, &f, "zinsbescheid", &e).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    assert!(r.befunde().contains(&"ANHOERUNG_FEHLT".to_owned()), "{}", r.text());
    let hoere = |gegenstand: &str| {
        let k = json!({ "antrag_id": D1, "inhalt": { "gegenstand": gegenstand, "frist_bis": "2026-10-15",
            "text": "Es ist beabsichtigt, Zinsen auf die Erstattung festzusetzen." } });
        neu(&d, RP, "/anhoerungen", &k)
    };
    // a hearing about something else is none about interest
    let andere = hoere("WIDERRUF");
    tue(&d, RP, &f, "zinsbescheid", &e).ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
    tue(&d, RP, &andere, "ruecknahme", &json!({ "grund": "nicht mehr beabsichtigt" })).ist(200);
    let mut bestaetigt = e.clone();
    bestaetigt["bestaetigte_warnungen"] = ohne_anhoerung();
    let be = format!("/bescheide/{}", als_text(&tue(&d, RP, &f, "zinsbescheid", &bestaetigt).ist(201).json()["id"]));
    let h = hoere("ZINSEN");
    tue(&d, RP2, &be, "freigabe", &json!({})).ist_problem(409, "ANHOERUNG_LAEUFT");
    tue(&d, RP, &be, "verwerfung", &json!({ "grund": "erst anhören" })).ist(200);
    tue(&d, RP, &f, "zinsbescheid", &bestaetigt).ist_problem(409, "ANHOERUNG_LAEUFT");
    assert_eq!(akt(&d, &f, "zinsbescheid"), (false, json!("ANHOERUNG_LAEUFT")));
    let zz = json!({ "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "ausgezahlt_am": "2026-05-04",
        "verwendungen": [{ "am": "2026-08-31", "betrag": "30000.00" }], "kenntnis_am": "2026-09-01",
        "ermessen_begruendung": "Die Mittel lagen vier Monate ungenutzt.", "verzoegerung_behoerde_tage": 0 });
    let entwirf = || d.als(RP).post(&format!("/antraege/{D1}/zwischenzinsbescheid"), &zz).neuer_schluessel().senden();
    entwirf().ist_problem(409, "ANHOERUNG_LAEUFT");
    tue(&d, GK, &h, "stellungnahme", &json!({ "text": "Das Geld war gebunden." })).ist(200);
    // heard, there is nothing to confirm
    tue(&d, RP, &f, "zinsbescheid", &bestaetigt).ist_problem(422, "WARNUNG_UNBEKANNT");
    let be = format!("/bescheide/{}", als_text(&entwirf().ist(201).json()["id"]));
    tue(&d, RP, &be, "verwerfung", &json!({ "grund": "nur eine Probe" })).ist(200);
    let be = format!("/bescheide/{}", als_text(&tue(&d, RP, &f, "zinsbescheid", &e).ist(201).json()["id"]));
    tue(&d, RP2, &be, "freigabe", &json!({})).ist(200);
}

/// § 59 LHO: the deadline of a claim that is not pursued gives way, and runs on with the claim; the debtor sees neither.
fn niedergeschlagenes_wird_nicht_angemahnt(b: Backend) {
    let d = Dienst::starten(b);
    let f = s3_forderung(&d);
    let abweichungen = || aqb_api::pruefe::pruefe(&d.datenbank.url, None, |_, _| ()).map_err(|e| e.to_string()).err();
    let gestellt = abweichungen();
    let frist = |wer: &str, frage: &str| {
        let alle = d.als(wer).get(&format!("/fristen?antrag_id={D1}&art=ERSTATTUNG{frage}")).senden().ist(200).json();
        let eine = |f: &Value| format!("{} {}", als_text(&f["zustand"]), als_text(&f["faellig_am"]));
        alle["daten"].as_array().expect("daten").iter().map(eine).collect::<Vec<_>>().join(", ")
    };
    let schlage_nieder = || {
        tue(&d, RP, &f, "niederschlagung", &json!({ "grund": "Kosten außer Verhältnis" })).ist(200);
        assert_eq!(frist(PR, ""), "OFFEN 2026-10-15", "a proposal moves nothing");
        tue(&d, RP2, &f, "freigabe", &json!({})).ist(200);
    };
    schlage_nieder();
    let (ruht, abgeloest) = ("ABGELOEST 2026-10-15", "&zustand=ABGELOEST");
    assert_eq!((frist(PR, ""), frist(PR, abgeloest)), (String::new(), ruht.into()));
    for frage in ["", "&zustand=OFFEN"] {
        assert_eq!(frist(GK, frage), "OFFEN 2026-10-15", "{frage}");
    }
    assert_eq!(frist(GK, abgeloest), "");
    let id = als_text(&lies(&d, &format!("/fristen?antrag_id={D1}&art=ERSTATTUNG{abgeloest}"))["daten"][0]["id"]);
    let akte = |wer: &str| {
        let h = d.als(wer).get(&format!("/fristen/{id}/historie")).senden().ist(200).json();
        h["daten"].as_array().expect("entries").iter().map(|e| als_text(&e["akt"])).collect::<Vec<_>>()
    };
    assert!(akte(PR).contains(&"ruhen".to_owned()) && !akte(GK).contains(&"ruhen".to_owned()));
    assert_eq!(d.als(GK).get(&format!("/fristen/{id}")).senden().ist(200).json()["zustand"], "OFFEN");
    let mahnt = lies(&d, &format!("/antraege/{D1}/abschluss"))["fristen"].clone();
    assert!(mahnt.as_array().expect("fristen").iter().all(|f| f["art"] != "ERSTATTUNG"), "{mahnt}");
    tue(&d, RP, &f, "wiederaufnahme", &json!({ "grund": "Der Kreis kann zahlen." })).ist(200);
    assert_eq!((frist(PR, ""), frist(GK, "")), ("OFFEN 2026-10-15".into(), "OFFEN 2026-10-15".into()));
    // who pays all the same has met it
    schlage_nieder();
    zahle(&d, &f, "15000.00", "2026-09-15").ist(200);
    assert_eq!((frist(PR, ""), frist(GK, "")), ("ERLEDIGT 2026-10-15".into(), "ERLEDIGT 2026-10-15".into()));
    let eingang = als_text(&lies(&d, &f)["tilgungen"][0]["eingang_id"]);
    tue(&d, RP, &f, "zahlungsstorno", &json!({ "eingang_id": eingang, "grund": "Falsches Kassenzeichen" })).ist(200);
    assert_eq!((frist(PR, abgeloest), frist(GK, "")), (ruht.into(), "OFFEN 2026-10-15".into()));
    assert_eq!(abweichungen(), gestellt, "records and trail agree");
}

/// What came back too much goes back: of a repayment that a claim used in part the rest is reversed.
fn freier_rest_einer_rueckzahlung(b: Backend) {
    let d = Dienst::starten(b);
    s3(&d);
    let r = json!({ "antrag_id": D1, "inhalt": { "massnahme_id": M01, "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026,
        "betrag": "20000.01", "wertstellung_am": "2026-09-01", "referenz": "Auszug 7" } });
    let weg = d.als(RP).post("/rueckzahlungen", &r).neuer_schluessel().senden().ist(201).json();
    m01_mindern(&d, 5_500_000);
    let pfad = format!("/rueckzahlungen/{}", als_text(&weg["id"]));
    let grund = json!({ "grund": "5.000,01 an den Kreis erstattet" });
    let k = tue(&d, RP, &pfad, "storno", &grund).ist(200).json();
    assert_eq!(
        (&k["status"], &k["angerechnet"], &k["teilstorno"]["betrag"]),
        (&json!("GEBUCHT"), &json!("15000.00"), &json!("5000.01"))
    );
    tue(&d, RP, &pfad, "storno", &grund).ist_problem(409, "RUECKZAHLUNG_ANGERECHNET");
    assert_eq!(budget(&d, &["ausgezahlt", "rueckgefordert", "erstattet"]), ["70000.00", "0.00", "15000.00"]);
}
