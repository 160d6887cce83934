//! `/berichte`: every report in every form, for those who may read it; the figures are those of their sources.

use crate::aktionen::{gemeldet, tue};
use crate::integritaet::{entsichere, id};
use crate::verwendungsnachweise::{DEMO, eingereicht};
use aqb_tests::datenbank::befehl;
use aqb_tests::konten::{FREMDER_KREIS, KREIS};
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    jede_form,
    wer_was_sieht,
    auslastung_ist_der_stand_der_budgets,
    abfluss_ist_die_summe_seiner_quellen,
    abgleich_ohne_abweichung,
    abgleich_findet_jede_abweichung,
    abgleich_der_zahlungen,
    dateien_sagen_dasselbe,
    nachweise_ohne_abweichung,
    nachweise_in_pruefung_verdeckt,
    nachweise_nachgefordert,
    nachweise_finden_jede_abweichung,
    nachweise_wer_und_seiten,
);

const GK: &str = "demo-gk-06440-1";
const FREMD: &str = "demo-gk-06411-1";
const RP: &str = "demo-bewilligung-1";
const BERICHTE: [(&str, &[&str]); 4] = [
    ("budgetauslastung", &["csv", "xlsx", "svg"]),
    ("mittelabfluss", &["csv", "xlsx", "svg"]),
    ("abgleich", &["csv", "xlsx"]),
    ("abgleich/nachweise", &["csv", "xlsx"]),
];

/// Cents of an amount on the wire.
fn cent(v: &Value) -> i64 {
    v.as_str().and_then(|t| t.replace('.', "").parse().ok()).unwrap_or_else(|| panic!("no amount: {v}"))
}

fn bericht(d: &Dienst, wer: &str, name: &str, frage: &[(&str, &str)]) -> Value {
    let a = d.als(wer).get(&format!("/berichte/{name}")).query("jahrgang", "2026");
    frage.iter().fold(a, |a, (n, w)| a.query(n, w)).senden().ist(200).json()
}

fn liste<'v>(v: &'v Value, feld: &str) -> &'v Vec<Value> {
    v[feld].as_array().unwrap_or_else(|| panic!("no list {feld}: {v}"))
}

fn jede_form(b: Backend) {
    let d = Dienst::starten(b);
    for (name, formen) in BERICHTE {
        for form in formen {
            let pfad = format!("/berichte/{name}/{form}");
            for (sprache, wort) in [("de", "Jahrgang 2026"), ("en", "Jahrgang 2026")] {
                let r = d.als(RP).get(&pfad).query("jahrgang", "2026").sprache(sprache).senden().ist(200);
                let kopf = |n: &str| r.kopfzeile(n).unwrap_or_default().to_owned();
                let datei = if *name == *"abgleich/nachweise" { "nachweisabgleich" } else { name };
                assert_eq!(kopf("content-disposition"), format!("attachment; filename=\"{datei}-2026.{form}\""));
                assert_eq!((kopf("content-language").as_str(), kopf("cache-control").as_str()), (sprache, "no-store"));
                match *form {
                    "csv" => {
                        assert_eq!(kopf("content-type"), "text/csv; charset=utf-8; header=present");
                        let text = String::from_utf8(r.koerper.clone()).expect("UTF-8");
                        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{pfad}");
                        let spalten: Vec<usize> = text.lines().map(|z| z.split(';').count()).collect();
                        assert!(spalten.len() > 1 && spalten.iter().all(|s| *s == spalten[0]), "{pfad}: {spalten:?}");
                        assert!(text.contains("in EUR"), "{pfad}");
                    }
                    "xlsx" => assert!(r.koerper.starts_with(b"PK"), "{pfad}"),
                    _ => {
                        assert_eq!(kopf("content-type"), "image/svg+xml");
                        let text = r.text();
                        for teil in ["<title id=\"titel\">", "<desc id=\"beschreibung\">", "role=\"img\"", wort] {
                            assert!(text.contains(teil), "{pfad}: {teil}");
                        }
                        assert!(!text.contains("<script") && !text.contains("href"), "{pfad}");
                        assert!(text.contains(&format!("xml:lang=\"{sprache}\"")), "{pfad}");
                    }
                }
            }
            d.als(RP).get(&pfad).senden().ist_problem(400, "ANFRAGE_UNGUELTIG");
            d.als(RP).get(&pfad).query("jahrgang", "2050").senden().ist_problem(404, "NICHT_GEFUNDEN");
        }
    }
}

fn wer_was_sieht(b: Backend) {
    let d = Dienst::starten(b);
    for (name, formen) in BERICHTE {
        let pfade = std::iter::once(format!("/berichte/{name}"));
        for pfad in pfade.chain(formen.iter().map(|f| format!("/berichte/{name}/{f}"))) {
            for (wer, status) in [
                (GK, 200),
                (RP, 200),
                ("demo-ministerium-1", 200),
                ("demo-pruefung", 200),
                ("demo-traeger-1", 403),
                ("demo-admin", 403),
            ] {
                d.als(wer).get(&pfad).query("jahrgang", "2026").senden().ist(status);
            }
        }
    }
    let kreise = |wer: &str, frage: &[(&str, &str)]| -> Vec<String> {
        let r = bericht(&d, wer, "budgetauslastung", frage);
        liste(&r, "kreise").iter().map(|k| k["kreisschluessel"].as_str().expect("key").to_owned()).collect()
    };
    assert_eq!(kreise(RP, &[]).len(), 27);
    assert_eq!(kreise(RP, &[("kreisschluessel", KREIS)]), [KREIS]);
    assert_eq!(kreise(GK, &[]), [KREIS]);
    // a foreign county leaves nothing, as in every list
    assert_eq!(kreise(GK, &[("kreisschluessel", FREMDER_KREIS)]), Vec::<String>::new());
    let leer = bericht(&d, GK, "budgetauslastung", &[("kreisschluessel", FREMDER_KREIS)]);
    assert_eq!(leer["gesamt"]["zugeteilt"], "0.00");
    for frage in [vec![], vec![("kreisschluessel", KREIS)]] {
        assert_eq!(liste(&bericht(&d, FREMD, "abgleich", &frage), "daten").len(), 0);
        assert_eq!(liste(&bericht(&d, FREMD, "abgleich/nachweise", &frage), "daten").len(), 0);
        let m = bericht(&d, FREMD, "mittelabfluss", &frage);
        assert_eq!((liste(&m, "monate").len(), &m["gesamt"]["geplant"]), (0, &json!("0.00")));
    }
    for form in ["csv", "xlsx", "svg"] {
        let r = d.als(FREMD).get(&format!("/berichte/mittelabfluss/{form}")).query("jahrgang", "2026");
        r.query("kreisschluessel", KREIS).senden().ist(200);
    }
}

fn auslastung_ist_der_stand_der_budgets(b: Backend) {
    let d = Dienst::starten(b);
    let r = bericht(&d, RP, "budgetauslastung", &[]);
    let budgets = d.als(RP).get("/budgets/2026").senden().ist(200).json();
    for (kreis, budget) in liste(&r, "kreise").iter().zip(liste(&budgets, "daten")) {
        assert_eq!(kreis["kreisschluessel"], budget["kreisschluessel"]);
        for feld in
            ["zugeteilt", "gebunden", "abgerufen", "ausgezahlt", "weitergeleitet", "rueckgefordert", "verfuegbar"]
        {
            assert_eq!(kreis["summe"][feld], budget["gesamt"][feld], "{feld}");
            let je = |liste: &Vec<Value>, zahlen: fn(&Value) -> &Value| -> Vec<Value> {
                liste.iter().map(|p| json!([p["teilbudget"], p["haushaltsjahr"], zahlen(p)[feld]])).collect()
            };
            assert_eq!(je(liste(kreis, "positionen"), |p| &p["zahlen"]), je(liste(budget, "positionen"), |p| p));
        }
    }
    let gesamt = |r: &Value, feld: &str| cent(&r["gesamt"][feld]);
    for feld in ["zugeteilt", "gebunden", "abgerufen", "verfuegbar"] {
        let je_kreis: i64 = liste(&r, "kreise").iter().map(|k| cent(&k["summe"][feld])).sum();
        assert_eq!(gesamt(&r, feld), je_kreis, "{feld}");
    }
    assert!(gesamt(&r, "gebunden") > 0);
    // quotas are cut down: 100.00 is everything
    let quote = gesamt(&r, "gebunden") * 10_000 / gesamt(&r, "zugeteilt");
    assert_eq!(cent(&r["gesamt"]["bindungsquote"]), quote);
    let teile: i64 = ["2026", "2027", "2028", "2029", "2030"]
        .iter()
        .map(|h| gesamt(&bericht(&d, RP, "budgetauslastung", &[("haushaltsjahr", h)]), "zugeteilt"))
        .sum();
    assert_eq!(teile, gesamt(&r, "zugeteilt"));
    let ein_teil = bericht(&d, RP, "budgetauslastung", &[("teilbudget", "ALLGEMEIN"), ("haushaltsjahr", "2026")]);
    assert!(liste(&ein_teil, "kreise").iter().all(|k| liste(k, "positionen").len() == 1));
    let damals = bericht(&d, RP, "budgetauslastung", &[("stichtag", "2000-01-01")]);
    assert_eq!((&damals["stichtag"], &damals["gesamt"]["zugeteilt"]), (&json!("2000-01-01"), &json!("0.00")));
    assert_eq!(damals["gesamt"].get("bindungsquote"), None, "no share of nothing");
}

fn abfluss_ist_die_summe_seiner_quellen(b: Backend) {
    let d = Dienst::starten(b);
    let m = bericht(&d, GK, "mittelabfluss", &[]);
    let budget = &d.als(GK).get(&format!("/budgets/2026/{KREIS}")).senden().ist(200).json()["gesamt"];
    for feld in ["abgerufen", "ausgezahlt", "weitergeleitet"] {
        assert_eq!(m["gesamt"][feld], budget[feld], "{feld}");
    }
    assert!(cent(&m["gesamt"]["abgerufen"]) > 0, "the demo data call money");
    // what is granted is planned, to the cent
    assert_eq!(cent(&m["gesamt"]["geplant"]) + cent(&m["ohne_monat"]), cent(&budget["gebunden"]));
    assert_eq!(m["ohne_monat"], "0.00", "the demo plans name every month");
    let monate = liste(&m, "monate");
    let namen: Vec<&str> = monate.iter().map(|z| z["monat"].as_str().expect("month")).collect();
    assert!(namen.is_sorted() && namen.windows(2).all(|w| w[0] != w[1]), "{namen:?}");
    for feld in ["abgerufen", "ausgezahlt", "weitergeleitet", "geplant"] {
        let mut summe = 0;
        for z in monate {
            summe += cent(&z["im_monat"][feld]);
            assert_eq!(cent(&z["kumuliert"][feld]), summe, "{feld}");
        }
        assert_eq!(cent(&m["gesamt"][feld]), summe, "{feld}");
    }
    let damals = bericht(&d, GK, "mittelabfluss", &[("stichtag", "2000-01-01")]);
    assert_eq!(liste(&damals, "monate").len(), 0, "neither postings nor a Bescheid by then");
    let anderswo = bericht(&d, GK, "mittelabfluss", &[("haushaltsjahr", "2029")]);
    assert_eq!(
        anderswo["gesamt"],
        json!({ "abgerufen": "0.00", "ausgezahlt": "0.00", "weitergeleitet": "0.00", "geplant": "0.00" })
    );
}

fn abgleich_ohne_abweichung(b: Backend) {
    let d = Dienst::starten(b);
    let r = bericht(&d, RP, "abgleich", &[]);
    let zeilen = liste(&r, "daten");
    assert!(zeilen.len() >= 2);
    let bescheid = d.als(RP).get("/bescheide/019a0000-0000-7000-8000-0000000000f1").senden().ist(200).json();
    for p in liste(&bescheid["inhalt"], "positionen") {
        let z =
            zeilen.iter().find(|z| z["massnahme_id"] == p["massnahme_id"] && z["haushaltsjahr"] == p["haushaltsjahr"]);
        let z = z.unwrap_or_else(|| panic!("no line for {p}"));
        assert_eq!(
            (&z["bewilligt"], &z["bescheid_id"], &z["massnahme_nr"]),
            (&p["bewilligt"], &bescheid["id"], &p["massnahme_nr"])
        );
        assert_eq!((&z["abweichend"], &z["kreisschluessel"]), (&json!(false), &json!(KREIS)));
        // the postings shown are those of the budget, and their sum is the figure
        let pfad = format!("/budgets/2026/{KREIS}/buchungen");
        let q =
            d.als(RP).get(&pfad).query("massnahme_id", p["massnahme_id"].as_str().expect("id")).query("limit", "200");
        let alle = q.senden().ist(200).json();
        let ids =
            |l: &Vec<Value>| l.iter().map(|z| json!([z["buchung_id"], z["konto"], z["betrag"]])).collect::<Vec<_>>();
        assert_eq!(ids(liste(z, "buchungen")), ids(liste(&alle, "daten")));
        let summe: i64 = liste(z, "buchungen").iter().map(|l| cent(&l["betrag"])).sum();
        assert_eq!(summe, cent(&z["buch"]["gebunden"]));
    }
    let mit_abruf = zeilen.iter().find(|z| cent(&z["abrufe"]["abgerufen"]) > 0).expect("the demo data call money");
    assert_eq!(mit_abruf["abrufe"]["abgerufen"], mit_abruf["buch"]["abgerufen"]);
    for m in liste(mit_abruf, "mittelabruf_ids") {
        d.als(RP).get(&format!("/mittelabrufe/{}", m.as_str().expect("id"))).senden().ist(200);
    }
    assert_eq!(r["gesamt"]["abweichungen"], 0);
    assert_eq!(liste(&bericht(&d, RP, "abgleich", &[("nur_abweichungen", "true")]), "daten").len(), 0);
    let damals = bericht(&d, RP, "abgleich", &[("stichtag", "2000-01-01")]);
    assert_eq!(liste(&damals, "daten").len(), 0);
}

/// What somebody changed in one source shows against the others, each in its own column.
fn abgleich_findet_jede_abweichung(b: Backend) {
    let d = Dienst::starten(b);
    entsichere(b, &d.datenbank);
    let mut c = d.datenbank.verbinde();
    let e1 = id(b, "e1");
    let konto = |art: &str| format!("konto_id IN (SELECT id FROM konto WHERE art = '{art}')");
    let abweichend = |d: &Dienst| liste(&bericht(d, RP, "abgleich", &[("nur_abweichungen", "true")]), "daten").clone();
    assert_eq!(abweichend(&d), Vec::<Value>::new());
    // a cent leaves GEBUNDEN in the ledger
    befehl(
        &mut c,
        &format!(
            "UPDATE buchungszeile SET betrag = betrag - 1 WHERE massnahme_id = {e1} AND nr = (SELECT min(z.nr) FROM buchungszeile z WHERE z.buchung_id = buchungszeile.buchung_id AND z.massnahme_id = {e1}) AND {} AND buchung_id IN (SELECT id FROM buchung WHERE grund = 'BEWILLIGUNG')",
            konto("GEBUNDEN")
        ),
    );
    let z = abweichend(&d);
    assert_eq!(z.len(), 1);
    assert_eq!(
        z[0]["differenz"],
        json!({ "bewilligt": "0.01", "abgerufen": "0.00", "ausgezahlt": "0.00", "zahlungen": "0.00", "weitergeleitet": "0.00" })
    );
    assert_eq!(z[0]["massnahme_id"], "019a0000-0000-7000-8000-0000000000e1");
    let gesamt = bericht(&d, RP, "abgleich", &[])["gesamt"].clone();
    assert_eq!((&gesamt["abweichungen"], &gesamt["differenz"]["bewilligt"]), (&json!(1), &json!("0.01")));
    // what was called names no measure any more
    befehl(
        &mut c,
        &format!("UPDATE buchungszeile SET massnahme_id = NULL WHERE massnahme_id = {e1} AND {}", konto("ABGERUFEN")),
    );
    let z = abweichend(&d);
    assert_eq!(z.len(), 2);
    let (ohne, mit) = (&z[0], &z[1]);
    assert_eq!((ohne.get("massnahme_id"), ohne.get("bescheid_id")), (None, None));
    assert_eq!(cent(&ohne["differenz"]["abgerufen"]), -cent(&mit["differenz"]["abgerufen"]));
    assert!(cent(&mit["differenz"]["abgerufen"]) > 0);
    assert!(!liste(ohne, "buchungen").is_empty() && ohne["abweichend"] == true);
    let csv = d.als(RP).get("/berichte/abgleich/csv").query("jahrgang", "2026").senden().ist(200).text();
    assert_eq!(csv.lines().filter(|z| z.contains(";ja;")).count(), 2);
}

/// A part of the demo payment arrives, then all of it goes back; payments, calls and ledger follow, until somebody changes
/// a payment.
fn abgleich_der_zahlungen(b: Backend) {
    let d = Dienst::starten(b);
    let zeile = |frage: &[(&str, &str)]| {
        let r = bericht(&d, RP, "abgleich", frage);
        let z = liste(&r, "daten").iter().find(|z| z["massnahme_id"] == "019a0000-0000-7000-8000-0000000000e1");
        z.expect("the demo measure").clone()
    };
    let ausgezahlt = |z: &Value| ["abrufe", "zahlungen", "buch"].map(|q| z[q]["ausgezahlt"].clone());
    assert_eq!(ausgezahlt(&zeile(&[])), ["0.00", "0.00", "0.00"]);
    gemeldet(&d, "TEILWEISE", "10000.01");
    let z = zeile(&[]);
    assert_eq!(ausgezahlt(&z), ["10000.01", "10000.01", "10000.01"]);
    assert_eq!((&z["abweichend"], liste(&z, "zahlung_ids").len()), (&json!(false), 1));
    // by value date, on the day and before it
    assert_eq!(ausgezahlt(&zeile(&[("stichtag", "2026-09-15")])), ["10000.01", "10000.01", "10000.01"]);
    assert_eq!(liste(&bericht(&d, RP, "abgleich", &[("stichtag", "2026-09-14")]), "daten").len(), 0);
    let m = bericht(&d, GK, "mittelabfluss", &[]);
    let september = liste(&m, "monate").iter().find(|z| z["monat"] == "2026-09").expect("month").clone();
    assert_eq!(september["im_monat"]["ausgezahlt"], "10000.01");
    entsichere(b, &d.datenbank);
    let mut c = d.datenbank.verbinde();
    let setzen = match b {
        Backend::Sqlite => "json_set(inhalt, '$.wertstellungen[0].betrag', '10000.03')",
        Backend::Postgres => "jsonb_set(inhalt, '{wertstellungen,0,betrag}', '\"10000.03\"')",
    };
    befehl(&mut c, &format!("UPDATE zahlung SET inhalt = {setzen} WHERE id = {}", id(b, "21")));
    let z = zeile(&[("nur_abweichungen", "true")]);
    assert_eq!(
        z["differenz"],
        json!({ "bewilligt": "0.00", "abgerufen": "0.00", "ausgezahlt": "0.00", "zahlungen": "0.02", "weitergeleitet": "0.00" })
    );
}

/// Amounts of a column of a CSV, in cents.
pub fn spalte(csv: &str, titel: &str) -> i64 {
    let mut zeilen = csv.trim_start_matches('\u{feff}').lines();
    let nr =
        zeilen.next().expect("header").split(';').position(|t| t == titel).unwrap_or_else(|| panic!("{titel}: {csv}"));
    zeilen.map(|z| z.split(';').nth(nr).expect("cell").replace(',', "").parse::<i64>().expect("amount")).sum()
}

fn dateien_sagen_dasselbe(b: Backend) {
    let d = Dienst::starten(b);
    let csv =
        |name: &str| d.als(RP).get(&format!("/berichte/{name}/csv")).query("jahrgang", "2026").senden().ist(200).text();
    let auslastung = (csv("budgetauslastung"), bericht(&d, RP, "budgetauslastung", &[]));
    for (titel, feld) in
        [("Zugeteilt in EUR", "zugeteilt"), ("Gebunden in EUR", "gebunden"), ("Verfügbar in EUR", "verfuegbar")]
    {
        assert_eq!(spalte(&auslastung.0, titel), cent(&auslastung.1["gesamt"][feld]), "{titel}");
    }
    let abfluss = (csv("mittelabfluss"), bericht(&d, RP, "mittelabfluss", &[]));
    for (titel, feld) in [("Abgerufen in EUR", "abgerufen"), ("Geplanter Bedarf in EUR", "geplant")] {
        assert_eq!(spalte(&abfluss.0, titel), cent(&abfluss.1["gesamt"][feld]), "{titel}");
    }
    let abgleich = (csv("abgleich"), bericht(&d, RP, "abgleich", &[]));
    assert_eq!(spalte(&abgleich.0, "Bewilligt in EUR"), cent(&abgleich.1["gesamt"]["bewilligt"]));
    assert_eq!(spalte(&abgleich.0, "Gebunden laut Buch in EUR"), cent(&abgleich.1["gesamt"]["buch"]["gebunden"]));
    // what is claimed back explains why less is granted than bound
    assert_eq!(spalte(&abgleich.0, "Zurückgefordert laut Buch in EUR"), 0);
    assert_eq!(spalte(&auslastung.0, "Zurückgefordert in EUR"), 0);
    let monat = abfluss.0.lines().nth(1).and_then(|z| z.split(';').next()).expect("month").to_owned();
    assert_eq!(monat.len(), "02.2026".len(), "{monat}");
}

const NACHWEISE: &str = "abgleich/nachweise";
const M01: &str = "019a0000-0000-7000-8000-0000000000e1";

/// The line of the first measure of the demonstration data.
fn m01(d: &Dienst, wer: &str) -> Value {
    let r = bericht(d, wer, NACHWEISE, &[]);
    liste(&r, "daten").iter().find(|z| z["massnahme_id"] == M01).expect("the demo measure").clone()
}

/// A claim of the demonstration data is older than their ledger, which the report says of it.
const ALTE_FORDERUNG: [&str; 2] = ["FORDERUNG", "ERSTATTUNG"];

/// The other pairs of a line that are compared, each with its difference.
fn paare(z: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().expect("text").to_owned();
    let alle = liste(z, "vergleiche").iter().map(|p| (text(&p["vergleich"]), text(&p["differenz"])));
    alle.filter(|(v, _)| !ALTE_FORDERUNG.contains(&v.as_str())).collect()
}

fn paar(vergleich: &str, differenz: &str) -> (String, String) {
    (vergleich.to_owned(), differenz.to_owned())
}

/// A draft states nothing; a filed proof agrees with its Belege, the ledger and the Bescheid.
fn nachweise_ohne_abweichung(b: Backend) {
    let d = Dienst::starten(b);
    let z = m01(&d, GK);
    assert_eq!((&z["lage"], z.get("nachweis")), (&json!("ENTWURF"), None));
    assert_eq!(paare(&z), [], "nothing is stated, so there is nothing to compare");
    assert_eq!((&z["abweichungen"], &z["forderungen"]["gefordert"]), (&json!(ALTE_FORDERUNG), &json!("1200.00")));
    let gezahlt = z["buch"]["ausgezahlt"].clone();
    eingereicht(&d);
    let z = m01(&d, GK);
    assert_eq!(z["lage"], "ZWISCHENNACHWEIS");
    assert_eq!(z["verwendungsnachweis_ids"], json!([DEMO.rsplit('/').next()]));
    assert_eq!(z["nachweis"]["zuwendungsfaehig"], z["belege"]["beantragt"]);
    let bescheid = d.als(RP).get("/bescheide/019a0000-0000-7000-8000-0000000000f1").senden().ist(200).json();
    let bewilligt: i64 = liste(&bescheid["inhalt"], "positionen")
        .iter()
        .filter(|p| p["massnahme_id"] == M01)
        .map(|p| cent(&p["bewilligt"]))
        .sum();
    assert_eq!((cent(&z["bewilligt"]), &z["bescheid_id"]), (bewilligt, &bescheid["id"]));
    // the sums of the list are the figures of the line
    let summen = d.als(GK).get(&format!("{DEMO}/belegsummen")).senden().ist(200).json();
    let hier = || liste(&summen, "summen").iter().filter(|s| s["massnahme_id"] == M01);
    assert_eq!(cent(&z["belege"]["beantragt"]), hier().map(|s| cent(&s["beantragt"])).sum::<i64>());
    assert_eq!(z["belege"]["anzahl"].as_i64(), hier().map(|s| s["anzahl"].as_i64()).sum());
    assert_eq!((z["belege"].get("offen"), z["belege"].get("anerkannt")), (None, None), "not decided, or not released");
    let belege = &m01(&d, RP)["belege"];
    assert_eq!((&belege["offen"], &belege["anerkannt"]), (&belege["beantragt"], &json!("0.00")));
    // the demo proof states the plan as received, the ledger has paid nothing yet: shown, not explained away
    let land = cent(&z["nachweis"]["landesmittel"]) - cent(&gezahlt);
    let land = format!("{}.{:02}", land / 100, land % 100);
    assert_eq!(paare(&z), [paar("BELEGE_NACHWEIS", "0.00"), paar("LANDESMITTEL", &land)]);
    let csv = d.als(GK).get("/berichte/abgleich/nachweise/csv").query("jahrgang", "2026").senden().ist(200).text();
    let gesamt = bericht(&d, GK, NACHWEISE, &[])["gesamt"].clone();
    for (titel, wert) in [
        ("Bewilligt in EUR", &gesamt["bewilligt"]),
        ("Beantragt laut Belegen in EUR", &gesamt["belege"]["beantragt"]),
        ("Landesmittel laut Nachweis in EUR", &gesamt["nachweis"]["landesmittel"]),
    ] {
        assert_eq!(spalte(&csv, titel), cent(wert), "{titel}");
    }
}

/// While the authority examines, nobody else reads what it decided; not in the line, the sums or the file.
fn nachweise_in_pruefung_verdeckt(b: Backend) {
    let d = Dienst::starten(b);
    let n = eingereicht(&d);
    tue(&d, RP, &n, "pruefung", &json!({})).ist(200);
    let belege = d.als(RP).get(&format!("{n}/belege?limit=200")).senden().ist(200).json();
    let eigener = |b: &&Value| b["massnahme_id"] == M01 && b["inhalt"]["art"] == "AUSGABE";
    let beleg = liste(&belege, "daten").iter().find(eigener).expect("a Beleg of the measure");
    let ort = format!("{n}/belege/{}", beleg["id"].as_str().expect("id"));
    let k = json!({ "anerkannt": "0.00", "pruefgrund": "NICHT_ZUWENDUNGSFAEHIG", "bemerkung": "Nicht im Zweck." });
    tue(&d, RP, &ort, "entscheidung", &k).ist(200);
    let beantragt = &beleg["inhalt"]["beantragt"];
    let felder = ["anerkannt", "abgelehnt", "offen", "gekuerzt", "unentschieden"];
    for wer in [RP, "demo-ministerium-1"] {
        let z = m01(&d, wer);
        assert_eq!((&z["belege"]["abgelehnt"], &z["belege"]["gekuerzt"]), (beantragt, &json!(1)), "{wer}");
        assert!(felder.iter().all(|f| z["belege"].get(f).is_some()), "{z}");
    }
    let z = m01(&d, GK);
    let gesamt = &bericht(&d, GK, NACHWEISE, &[])["gesamt"]["belege"];
    for f in felder {
        assert_eq!((z["belege"].get(f), gesamt.get(f)), (None, None), "{f}");
    }
    assert_eq!(z["belege"]["beantragt"], m01(&d, RP)["belege"]["beantragt"]);
    let csv = |wer: &str| {
        let r = d.als(wer).get("/berichte/abgleich/nachweise/csv").query("jahrgang", "2026").senden().ist(200).text();
        let zeilen: Vec<Vec<String>> = r.lines().map(|z| z.split(';').map(str::to_owned).collect()).collect();
        let nr = zeilen[0].iter().position(|t| t == "Abgelehnte Belege in EUR").expect("column");
        zeilen.iter().find(|z| z.iter().any(|t| t == M01)).expect("line")[nr].clone()
    };
    assert_eq!((csv(GK), csv(RP)), (String::new(), beantragt.as_str().expect("amount").replace('.', ",")));
    // once all is decided and the authority took note, the county reads it, and nothing was lost
    let offen = liste(&belege, "daten").iter().filter(|z| z["id"] != beleg["id"]);
    for z in offen {
        tue(&d, RP, &format!("{n}/belege/{}", z["id"].as_str().expect("id")), "entscheidung", &k).ist(200);
    }
    tue(&d, RP, &n, "kenntnisnahme", &json!({})).ist(200);
    let z = m01(&d, GK);
    assert_eq!((&z["belege"]["abgelehnt"], &z["belege"]["unentschieden"]), (&z["belege"]["beantragt"], &json!(0)));
    assert_eq!(paare(&z)[0], paar("BELEGE_NACHWEIS", "0.00"));
}

/// Sent back, the decisions stay the authority's own, in the list as here; the list is open, so it is not compared.
fn nachweise_nachgefordert(b: Backend) {
    let d = Dienst::starten(b);
    let n = eingereicht(&d);
    tue(&d, RP, &n, "pruefung", &json!({})).ist(200);
    assert_eq!(m01(&d, GK)["belege"].get("offen"), None);
    let k = json!({ "posten": [{ "feld": "/belegliste", "grund": "UNKLAR", "text": "Bitte prüfen." }], "frist": "2026-12-31" });
    tue(&d, RP, &n, "nachforderung", &k).ist(200);
    assert_eq!(m01(&d, GK)["belege"].get("offen"), None);
    let z = m01(&d, RP);
    assert_eq!(z["belege"]["offen"], z["belege"]["beantragt"]);
    assert_eq!(paare(&z).iter().map(|p| p.0.as_str()).collect::<Vec<_>>(), ["LANDESMITTEL"]);
}

/// What somebody changed in one source shows against the others.
fn nachweise_finden_jede_abweichung(b: Backend) {
    let d = Dienst::starten(b);
    eingereicht(&d);
    entsichere(b, &d.datenbank);
    let mut c = d.datenbank.verbinde();
    let e1 = id(b, "e1");
    assert_eq!(paare(&m01(&d, RP))[0], paar("BELEGE_NACHWEIS", "0.00"));
    befehl(
        &mut c,
        &format!(
            "UPDATE beleg SET beantragt = beantragt + 1 WHERE massnahme_id = {e1} AND art = 'AUSGABE' AND lfd_nr = (SELECT min(b.lfd_nr) FROM beleg b WHERE b.massnahme_id = {e1} AND b.art = 'AUSGABE')"
        ),
    );
    let z = m01(&d, RP);
    assert_eq!(paare(&z)[0], paar("BELEGE_NACHWEIS", "0.01"));
    assert_eq!(z["abweichungen"][0], "BELEGE_NACHWEIS");
    let abweichend = bericht(&d, RP, NACHWEISE, &[("nur_abweichungen", "true")]);
    assert!(liste(&abweichend, "daten").iter().any(|z| z["massnahme_id"] == M01));
    let csv = d.als(RP).get("/berichte/abgleich/nachweise/csv").query("jahrgang", "2026").senden().ist(200).text();
    assert!(csv.contains("Beantragt laut Belegen / zuwendungsfähig laut Nachweis"), "{csv}");
}

/// One right for all forms, pages by county and measure, a cursor of its own.
fn nachweise_wer_und_seiten(b: Backend) {
    let d = Dienst::starten(b);
    let alle: Vec<Value> = liste(&bericht(&d, RP, NACHWEISE, &[]), "daten").clone();
    assert!(alle.len() >= 2, "{alle:?}");
    let (mut gesehen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut frage = vec![("limit", "1")];
        frage.extend(cursor.as_deref().map(|c| ("cursor", c)));
        let r = bericht(&d, RP, NACHWEISE, &frage);
        gesehen.extend(liste(&r, "daten").iter().map(|z| z["massnahme_id"].clone()));
        assert_eq!(r["gesamt"]["bewilligt"], bericht(&d, RP, NACHWEISE, &[])["gesamt"]["bewilligt"]);
        let Some(weiter) = r.get("weiter") else { break };
        cursor = weiter.as_str().map(str::to_owned);
    }
    assert_eq!(gesehen, alle.iter().map(|z| z["massnahme_id"].clone()).collect::<Vec<_>>());
    // a cursor belongs to its list
    let anderer = bericht(&d, RP, "abgleich", &[("limit", "1")])["weiter"].clone();
    let a = d.als(RP).get("/berichte/abgleich/nachweise").query("jahrgang", "2026");
    a.query("cursor", anderer.as_str().expect("more than one line")).senden().ist(400);
    let kreis = bericht(&d, RP, NACHWEISE, &[("kreisschluessel", KREIS)]);
    assert_eq!(liste(&kreis, "daten").len(), alle.iter().filter(|z| z["kreisschluessel"] == KREIS).count());
    assert_eq!(liste(&bericht(&d, RP, NACHWEISE, &[("kreisschluessel", FREMDER_KREIS)]), "daten").len(), 0);
    let fremd = d.als(FREMD).get("/berichte/abgleich/nachweise/csv").query("jahrgang", "2026").senden().ist(200).text();
    assert_eq!(fremd.lines().count(), 1, "the header alone");
}
