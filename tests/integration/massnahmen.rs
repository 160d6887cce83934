//! Measures: found across applications, limited in number, and plans that belong to their Traeger.

use aqb_tests::datenbank::befehl;
use aqb_tests::vertrag::{als_text, operation};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    ueber_alle_antraege,
    hoechstens_zweihundert,
    ein_plan_gehoert_seinem_traeger,
    fremdes_und_unbekanntes_sind_gleich
);

const GK: &str = "demo-gk-06440-1";
const D2: &str = "/antraege/019a0000-0000-7000-8000-0000000000d2";
const T2: &str = "019a0000-0000-7000-8000-0000000000a2";

fn liste(d: &Dienst, wer: &str, frage: &[(&str, &str)]) -> Vec<Value> {
    let a = frage.iter().fold(d.als(wer).get("/massnahmen"), |a, (n, w)| a.query(n, w)).query("limit", "200");
    a.senden().ist(200).json()["daten"].as_array().expect("daten").clone()
}

fn ueber_alle_antraege(b: Backend) {
    let d = Dienst::starten(b);
    let alle = liste(&d, "demo-pruefung", &[]);
    assert_eq!(alle.len(), 10, "five applications with two measures each");
    assert_eq!(liste(&d, GK, &[]), alle, "all of them are this county's");
    assert_eq!(liste(&d, "demo-gk-06411-1", &[]), Vec::<Value>::new());
    assert_eq!(liste(&d, "demo-traeger-1", &[]), alle, "all name this Traeger");
    assert_eq!(liste(&d, "demo-traeger-2", &[]), Vec::<Value>::new());
    d.als("demo-admin").get("/massnahmen").senden().ist_problem(403, "RECHT_FEHLT");
    for z in &alle {
        let m = d.als("demo-traeger-1").get(&format!(
            "/antraege/{}/massnahmen/{}",
            als_text(&z["antrag_id"]),
            als_text(&z["id"])
        ));
        let m = m.senden().ist(200).json();
        for feld in ["massnahme_nr", "massnahmeart", "beantragte_zuwendung", "version"] {
            assert_eq!(m[feld], z[feld]);
        }
    }
    let n = |name: &str, wert: &str| liste(&d, "demo-pruefung", &[(name, wert)]).len();
    assert_eq!((n("jahrgang", "2026"), n("jahrgang", "2027")), (10, 0));
    assert_eq!((n("kreisschluessel", "06440"), n("kreisschluessel", "06411")), (10, 0));
    assert_eq!((n("status", "BEWILLIGT"), n("status", "ENTWURF"), n("status", "ABGELEHNT")), (2, 2, 0));
    assert_eq!((n("massnahmeart", "AUSBILDUNGSVORBEREITUNG"), n("massnahmeart", "QUALIFIZIERUNGSPROJEKT")), (5, 0));
    assert_eq!(n("traeger_id", T2), 0);
}

fn hoechstens_zweihundert(b: Backend) {
    let d = Dienst::starten(b);
    let antrag = match b {
        Backend::Sqlite => "x'019a00000000700080000000000000d2'",
        Backend::Postgres => "'019a0000-0000-7000-8000-0000000000d2'",
    };
    let (id, n) = match b {
        Backend::Sqlite => (
            "randomblob(16)",
            "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 197) SELECT n FROM g",
        ),
        Backend::Postgres => ("gen_random_uuid()", "SELECT n FROM generate_series(1, 197) n"),
    };
    befehl(
        &mut d.datenbank.verbinde(),
        &format!(
            "INSERT INTO massnahme (id, antrag_id, massnahme_nr, massnahmeart, traeger_id, beginn, ende, inhalt) SELECT {id}, antrag_id, 'Z' || g.n, massnahmeart, traeger_id, beginn, ende, inhalt FROM massnahme, ({n}) g WHERE antrag_id = {antrag} AND massnahme_nr = 'M01'"
        ),
    );
    let o = operation("massnahme_anlegen");
    let mut k = o.koerper().expect("example");
    let pfad = format!("{D2}/massnahmen");
    k["massnahme_nr"] = json!("N200");
    d.als(GK).post(&pfad, &k).senden().ist(201);
    k["massnahme_nr"] = json!("N201");
    let r = d.als(GK).post(&pfad, &k).senden().ist_problem(422, "MASSNAHMEN_ZU_VIELE");
    let befund = &r.json()["befunde"][0];
    assert_eq!((&befund["gemessen"][0]["wert"], &befund["erlaubt"][0]["wert"]), (&json!("201"), &json!("200")));
}

/// A Traeger reads what was planned for it, not what was planned for the one before.
fn ein_plan_gehoert_seinem_traeger(b: Backend) {
    let d = Dienst::starten(b);
    let m = format!("{D2}/massnahmen/019a0000-0000-7000-8000-0000000000e3");
    let (plan, fassungen) = (format!("{m}/detailplanung"), format!("{m}/detailplanung/fassungen"));
    let (t1, t2, gk) = (d.als("demo-traeger-1"), d.als("demo-traeger-2"), d.als("demo-gk-06440-2"));
    let alt = t1.get(&plan).senden().ist(200).json();
    assert_eq!((&alt["nr"], &alt["erstellt_von"]), (&json!(1), &json!(GK)));
    t2.get(&m).senden().ist_problem(404, "NICHT_GEFUNDEN");

    let lesen = || gk.get(&m).senden().ist(200);
    let mut inhalt = lesen().json()["inhalt"].clone();
    inhalt["traeger_id"] = json!(T2);
    gk.patch(&m, &json!({ "inhalt": inhalt })).if_match(lesen().version()).senden().ist(200);
    t1.get(&m).senden().ist_problem(404, "NICHT_GEFUNDEN");
    assert_eq!(t2.get(&m).senden().ist(200).json()["mit_detailplanung"], false);
    t2.get(&plan).senden().ist_problem(404, "NICHT_GEFUNDEN");
    assert_eq!(t2.get(&fassungen).senden().ist(200).json()["fassungen"], json!([]));
    assert_eq!(lesen().json()["mit_detailplanung"], true, "the county sees it all the time");

    // set once more, unchanged: now it is made for the new one, by the person who set it
    let r = gk.anfrage("PUT", &plan).json(&alt["inhalt"]).if_match(lesen().version()).senden().ist(200).json();
    assert_eq!((&r["nr"], &r["erstellt_von"]), (&json!(2), &json!("demo-gk-06440-2")));
    let neu = t2.get(&plan).senden().ist(200).json();
    assert_eq!((&neu["nr"], &neu["inhalt"]), (&json!(2), &alt["inhalt"]));
    let anzahl =
        |c: &aqb_tests::Client<'_>| c.get(&fassungen).senden().ist(200).json()["fassungen"].as_array().map(Vec::len);
    assert_eq!((anzahl(&t2), anzahl(&gk)), (Some(1), Some(2)));
    // other changes make no versions
    gk.patch(D2, &json!({ "inhalt": { "vorsteuerabzug": "NEIN" } })).if_match(lesen().version()).senden().ist(200);
    assert_eq!(anzahl(&gk), Some(2));
}

/// Neither answer nor effort tells a foreign record from one that does not exist.
fn fremdes_und_unbekanntes_sind_gleich(b: Backend) {
    let d = Dienst::starten(b);
    let unbekannt = "019a0000-0000-7000-8000-00000000ffff";
    for pfad in ["/antraege/{}", "/bescheide/{}", "/strategien/{}", "/zielvereinbarungen/{}"] {
        let kurz = match pfad {
            "/antraege/{}" => "d1",
            "/bescheide/{}" => "f1",
            "/strategien/{}" => "c1",
            _ => "c2",
        };
        let frage = |id: &str| {
            let p = pfad.replace("{}", id);
            let r = d.als("demo-gk-06411-1").get(&p).senden().ist_problem(404, "NICHT_GEFUNDEN").json();
            (r["title"].clone(), r["detail"].clone(), r["befunde"].clone())
        };
        assert_eq!(frage(&format!("019a0000-0000-7000-8000-0000000000{kurz}")), frage(unbekannt), "{pfad}");
    }
}
