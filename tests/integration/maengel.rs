//! What blocks an act whatever its input is foretold by `GET …/aktionen`: one faulty record per fact that can block.

use crate::aktionen::{
    Erbauer, GK, MIN, MIN2, RP, VEREINBARUNG, aenderung, antrag, bescheid, handle, letztes, nach, nachtrag, neu,
    pruefe, vereinbarung, weg,
};
use aqb_tests::client::kurznamen;
use aqb_tests::konten;
use aqb_tests::vertrag::operation;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(jeder_mangel_wird_vorhergesagt);

/// A record with something wrong that no input of the act can mend: template of its path, the act, the code that is
/// foretold to somebody, and how it comes about.
type Mangel = (&'static str, &'static str, &'static str, Erbauer);

const MAENGEL: &[Mangel] = &[
    ("/regelwerke/{version}", "veroeffentlichung", "PARAMETER_UNVOLLSTAENDIG", |d| {
        let k = json!({ "version": "HE-LEER", "bezeichnung": "leer", "gueltig_ab": "2027-01-01", "parameter": [] });
        neu(d, MIN, "/regelwerke", &k)
    }),
    ("/jahrgaenge/{jahrgang}", "oeffnung", "ANGABE_FEHLT", |d| jahrgang(d, 2031, "HE-ALT", &json!([]))),
    ("/jahrgaenge/{jahrgang}", "oeffnung", "REGELWERK_NICHT_VEROEFFENTLICHT", |d| {
        jahrgang(d, 2031, "HE-ENTWURF", &ansatz(2031, "1.00"))
    }),
    ("/jahrgaenge/{jahrgang}", "abschluss", "JAHRGANG_OFFENE_FAELLE", |_| "/jahrgaenge/2026".to_owned()),
    ("/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}", "freigabe", "BUDGET_UEBERSCHRITTEN", |d| {
        let mut k = operation("umverteilung_anlegen").koerper().expect("example");
        k["betrag"] = json!("99000000.00");
        neu(d, MIN, "/jahrgaenge/2026/umverteilungen", &k)
    }),
    ("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}", "freigabe", "BUDGET_UEBERSCHRITTEN", |d| {
        let mut k = operation("korrektur_anlegen").koerper().expect("example");
        k["positionen"][0]["betrag"] = json!("99000000.00");
        neu(d, MIN, "/jahrgaenge/2026/korrekturen", &k)
    }),
    ("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}", "freigabe", "PROGRAMM_ERSCHOEPFT", |d| {
        let k = json!({ "art": "ANSATZ_SENKUNG", "positionen": ansatz(2026, "0.01"), "grund": "weniger" });
        neu(d, MIN, "/jahrgaenge/2026/korrekturen", &k)
    }),
    ("/strategien/{strategie_id}", "einreichung", "DATUM_IN_ZUKUNFT", |d| {
        strategie(d, |i| i["beschlussdatum"] = json!("2099-01-01"))
    }),
    ("/strategien/{strategie_id}", "einreichung", "STRATEGIE_UEBERSCHNEIDUNG", |d| {
        strategie(d, |i| i["gueltig_von"] = json!("2030-12-31"))
    }),
    ("/strategien/{strategie_id}", "zurueckweisung", "STRATEGIE_WIRD_GEBRAUCHT", |d| gebrauchte_strategie(d)),
    ("/strategien/{strategie_id}", "ruecknahme", "STRATEGIE_WIRD_GEBRAUCHT", |d| gebrauchte_strategie(d)),
    ("/zielvereinbarungen/{zielvereinbarung_id}", "abstimmung", "ZIELVEREINBARUNG_BUDGET", |d| {
        vereinbarung(d, 2027, |i| i["budget_positionen"] = ansatz(2027, "1.00"))
    }),
    ("/zielvereinbarungen/{zielvereinbarung_id}", "abstimmung", "ANGABE_FEHLT", |d| {
        vereinbarung(d, 2027, |i| i["ziele"] = json!([]))
    }),
    ("/zielvereinbarungen/{zielvereinbarung_id}", "abstimmung", "STRATEGIE_FEHLT", |d| {
        let entwurf = strategie(d, |_| ());
        vereinbarung(d, 2027, |i| i["strategie_id"] = json!(letztes(&entwurf)))
    }),
    ("/zielvereinbarungen/{zielvereinbarung_id}", "abstimmung", "JAHRGANG_NICHT_OFFEN", |d| {
        vereinbarung(d, 2028, |_| ())
    }),
    ("/zielvereinbarungen/{zielvereinbarung_id}", "nachtrag", "SCHON_VORHANDEN", |d| {
        nachtrag(d, &[]);
        VEREINBARUNG.to_owned()
    }),
    ("/antraege/{antrag_id}", "einreichung", "MASSNAHME_FEHLT", |d| {
        neu(d, GK, "/antraege", &json!({ "jahrgang": 2026, "kreisschluessel": "06440", "inhalt": {} }))
    }),
    ("/antraege/{antrag_id}", "einreichung", "IBAN_UNGUELTIG", |d| {
        let bank = json!({ "iban": "DE02500105170137075031", "kontoinhaber": "Wetteraukreis", "kassenzeichen": "1" });
        let pfad = antrag("d2");
        let v = d.als(GK).get(&pfad).senden().ist(200).version();
        let k = json!({ "inhalt": { "bankverbindung": bank } });
        d.als(GK).patch(&pfad, &k).if_match(v).senden().ist(200);
        pfad
    }),
    ("/antraege/{antrag_id}", "einreichung", "JAHRGANG_NICHT_OFFEN", |d| {
        neu(d, GK, "/antraege", &json!({ "jahrgang": 2028, "kreisschluessel": "06440", "inhalt": {} }))
    }),
    ("/antraege/{antrag_id}", "bewilligung", "BUDGET_UEBERSCHRITTEN", |d| {
        budget_leeren(d);
        antrag("d4")
    }),
    ("/antraege/{antrag_id}", "pruefung", "NACHFORDERUNG_LAEUFT", |d| nach(d, antrag("d4"), &[(RP, "nachforderung")])),
    ("/bescheide/{bescheid_id}", "freigabe", "BUDGET_UEBERSCHRITTEN", |d| {
        budget_leeren(d);
        bescheid("f5")
    }),
    ("/aenderungsantraege/{aenderungsantrag_id}", "einreichung", "GRUNDLAGE_VERALTET", |d| {
        nach(d, aenderung("31"), &[(RP, "kenntnisnahme")]);
        aenderung("30")
    }),
    ("/aenderungsantraege/{aenderungsantrag_id}", "kenntnisnahme", "ENTSCHEIDUNG_LAEUFT", |d| {
        nach(d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung"), (RP, "bewilligung")]);
        aenderung("31")
    }),
    ("/bescheide/{bescheid_id}", "rechtsbehelfsverzicht", "BESTANDSKRAFT_EINGETRETEN", |_| bescheid("f1")),
    (
        "/bescheide/{bescheid_id}",
        "rechtsbehelfsverzicht",
        "VERZICHT_VOR_BEKANNTGABE",
        crate::bescheide::zur_post_gegeben,
    ),
    ("/verwendungsnachweise/{verwendungsnachweis_id}", "korrektur", "NACHWEIS_IN_ENTSCHEIDUNG", |d| {
        crate::verwendungsnachweise::im_stand(d, aqb_domain::verwendungsnachweis::NachweisStatus::Geprueft)
    }),
];

/// A line of a budget: Teilbudget ALLGEMEIN in one year.
fn ansatz(jahr: i32, betrag: &str) -> Value {
    json!([{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": jahr, "betrag": betrag }])
}

fn jahrgang(d: &Dienst, jahr: i32, regelwerk: &str, ansaetze: &Value) -> String {
    let k = json!({ "jahrgang": jahr, "regelwerk": regelwerk, "ansaetze": ansaetze });
    neu(d, MIN, "/jahrgaenge", &k)
}

fn strategie(d: &Dienst, f: impl Fn(&mut Value)) -> String {
    let mut k = operation("strategie_anlegen").koerper().expect("example");
    f(&mut k["inhalt"]);
    neu(d, GK, "/strategien", &k)
}

/// A submitted strategy on which an agreement with a fixed text rests.
fn gebrauchte_strategie(d: &Dienst) -> String {
    let s = weg(d, (GK, "strategie_anlegen"), &[(GK, "einreichung")]);
    handle(d, MIN, &jahrgang(d, 2031, "HE-ALT", &ansatz(2031, "10.00")), "oeffnung");
    let k = json!({ "kreisschluessel": "06440", "positionen": ansatz(2031, "10.00"), "grundlage": "Test" });
    neu(d, MIN, "/jahrgaenge/2031/zuteilungen", &k);
    let z = vereinbarung(d, 2031, |i| {
        i["strategie_id"] = json!(letztes(&s));
        i["budget_positionen"] = ansatz(2031, "10.00");
        i.as_object_mut().expect("object").remove("gespraech_am");
    });
    handle(d, GK, &z, "abstimmung");
    s
}

/// Moves everything that is free away from Wetterau.
fn budget_leeren(d: &Dienst) {
    let budget = d.als(MIN).get("/budgets/2026/06440").senden().ist(200).json();
    for p in budget["positionen"].as_array().expect("positionen").iter().filter(|p| p["verfuegbar"] != "0.00") {
        let stelle = |kreis: &str| json!({ "kreisschluessel": kreis, "teilbudget": p["teilbudget"], "haushaltsjahr": p["haushaltsjahr"] });
        let (von, nach) = (stelle("06440"), stelle("06531"));
        let k = json!({ "von": von, "nach": nach, "betrag": p["verfuegbar"], "grund": "alles" });
        let u = neu(d, MIN, "/jahrgaenge/2026/umverteilungen", &k);
        handle(d, MIN2, &u, "freigabe");
    }
}

/// What blocks an act whatever its input is foretold, to everybody and with the codes the route answers.
fn jeder_mangel_wird_vorhergesagt(b: Backend) {
    for (muster, akt, code, baue) in MAENGEL {
        let d = Dienst::starten(b);
        let pfad = baue(&d);
        let mut gesehen = false;
        for wer in konten::alle() {
            pruefe(&d, wer, muster, &pfad);
            let r = d.als(wer).get(&format!("{pfad}/aktionen")).senden();
            if r.status == 200 {
                let liste = r.json();
                let a = liste["aktionen"].as_array().into_iter().flatten().find(|a| a["akt"] == *akt);
                gesehen |= a.is_some_and(|a| kurznamen(&a["befunde"]).iter().any(|k| k == code));
            }
        }
        assert!(gesehen, "{pfad}/{akt}: nobody is told {code}");
    }
}
