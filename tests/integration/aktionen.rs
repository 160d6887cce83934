//! `GET …/aktionen` tells the truth: for every state, every role and every act it foretells the answer of the route.
//!
//! A resource joins with one entry in [`RESSOURCEN`]: its path and one line per state.

use crate::verwendungsnachweise as nachweise;
use aqb_domain::verwendungsnachweis::NachweisStatus;
use aqb_tests::client::{Antwort, kurznamen};
use aqb_tests::konten;
use aqb_tests::vertrag::{als_text, aufloesen, operation};
use aqb_tests::{Anfrage, Backend, Client, Dienst, Operation, auf_beiden, operationen};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const ANHOERUNG: &str = "/anhoerungen/019a0000-0000-7000-8000-000000000170";
const AUSNAHME: &str = "/ausnahmen/019a0000-0000-7000-8000-000000000172";

auf_beiden!(beispiele_der_demodaten, jeder_zustand_fuer_jede_rolle);

/// Brings a record into a state and returns its path below `/v1`.
pub type Erbauer = fn(&Dienst) -> String;

/// A resource with acts: template of its path, and how to reach each of its states.
struct Ressource {
    pfad: &'static str,
    zustaende: &'static [(&'static str, Erbauer)],
}

pub const GK: &str = "demo-gk-06440-1";
pub const GK2: &str = "demo-gk-06440-2";
pub const RP2: &str = "demo-bewilligung-2";
pub const MIN: &str = "demo-ministerium-1";
pub const MIN2: &str = "demo-ministerium-2";
pub const RP: &str = "demo-bewilligung-1";

const RESSOURCEN: &[Ressource] = &[
    Ressource {
        pfad: "/traeger/{traeger_id}",
        zustaende: &[
            ("AKTIV", |d| weg(d, (RP, "traeger_anlegen"), &[])),
            ("STILLGELEGT", |d| weg(d, (RP, "traeger_anlegen"), &[(RP, "stilllegung")])),
        ],
    },
    Ressource {
        pfad: "/regelwerke/{version}",
        zustaende: &[
            ("ENTWURF", |d| weg(d, (MIN, "regelwerk_anlegen"), &[])),
            ("VEROEFFENTLICHT", |d| weg(d, (MIN, "regelwerk_anlegen"), &[(MIN2, "veroeffentlichung")])),
        ],
    },
    Ressource {
        pfad: "/jahrgaenge/{jahrgang}",
        zustaende: &[
            ("ANGELEGT", |d| weg(d, (MIN, "jahrgang_anlegen"), &[])),
            ("OFFEN", |d| weg(d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung")])),
            ("ABGESCHLOSSEN", |d| weg(d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung"), (MIN, "abschluss")])),
        ],
    },
    Ressource {
        pfad: "/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}",
        zustaende: &[
            ("BEANTRAGT", |d| weg(d, (MIN, "umverteilung_anlegen"), &[])),
            ("FREIGEGEBEN", |d| weg(d, (MIN, "umverteilung_anlegen"), &[(MIN2, "freigabe")])),
            ("VERWORFEN", |d| weg(d, (MIN, "umverteilung_anlegen"), &[(MIN, "verwerfung")])),
        ],
    },
    Ressource {
        pfad: "/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}",
        zustaende: &[
            ("BEANTRAGT", |d| weg(d, (MIN, "korrektur_anlegen"), &[])),
            ("FREIGEGEBEN", |d| weg(d, (MIN, "korrektur_anlegen"), &[(MIN2, "freigabe")])),
            ("VERWORFEN", |d| weg(d, (MIN, "korrektur_anlegen"), &[(MIN, "verwerfung")])),
        ],
    },
    Ressource {
        pfad: "/basiszinssaetze/{basiszinssatz_id}",
        zustaende: &[
            ("ENTWURF", |d| weg(d, (MIN, "basiszinssatz_anlegen"), &[])),
            ("FREIGEGEBEN", |d| weg(d, (MIN, "basiszinssatz_anlegen"), &[(MIN2, "freigabe")])),
            ("VERWORFEN", |d| weg(d, (MIN, "basiszinssatz_anlegen"), &[(MIN, "verwerfung")])),
            ("ERSETZT", |d| {
                weg(d, (MIN, "basiszinssatz_anlegen"), &[(MIN2, "freigabe")]);
                "/basiszinssaetze/019a0000-0000-7000-8000-000020260101".to_owned()
            }),
        ],
    },
    Ressource {
        pfad: "/strategien/{strategie_id}",
        zustaende: &[
            ("ENTWURF", |d| weg(d, (GK, "strategie_anlegen"), &[])),
            ("EINGEREICHT", |d| weg(d, (GK, "strategie_anlegen"), &[(GK, "einreichung")])),
            ("ANERKANNT", |d| weg(d, (GK, "strategie_anlegen"), &[(GK, "einreichung"), (MIN, "anerkennung")])),
        ],
    },
    Ressource {
        pfad: "/zielvereinbarungen/{zielvereinbarung_id}",
        zustaende: &[
            ("ENTWURF", |d| nachtrag(d, &[])),
            ("ABGESTIMMT", |d| nachtrag(d, &[(GK, "abstimmung")])),
            ("UNTERZEICHNET_GK", |d| nachtrag(d, &[(GK, "abstimmung"), (GK, "unterzeichnung")])),
            ("UNTERZEICHNET_MINISTERIUM", |d| nachtrag(d, &[(GK, "abstimmung"), (MIN, "unterzeichnung")])),
            ("GESCHLOSSEN", |_| VEREINBARUNG.to_owned()),
            ("ERSETZT", |d| {
                nachtrag(d, &[(GK, "abstimmung"), (GK, "unterzeichnung"), (MIN, "unterzeichnung")]);
                VEREINBARUNG.to_owned()
            }),
            ("AUSGELAUFEN", |d| {
                let jahrgang = weg(d, (MIN, "jahrgang_anlegen"), &[(MIN, "oeffnung")]);
                let pfad = vereinbarung(d, 2029, |_| ());
                handle(d, MIN, &jahrgang, "abschluss");
                pfad
            }),
        ],
    },
    Ressource {
        pfad: "/antraege/{antrag_id}",
        zustaende: &[
            ("ENTWURF", |_| antrag("d2")),
            ("EINGEREICHT", |_| antrag("d3")),
            ("IN_PRUEFUNG", |_| antrag("d4")),
            ("NACHFORDERUNG", |d| nach(d, antrag("d4"), &[(RP, "nachforderung")])),
            ("ENTSCHEIDUNG_VORBEREITET", |_| antrag("d5")),
            ("BEWILLIGT", |_| antrag("d1")),
            ("TEILBEWILLIGT", |d| entschieden(d, "teilbewilligung")),
            ("ABGELEHNT", |d| entschieden(d, "ablehnung")),
            ("ZURUECKGEZOGEN", |d| nach(d, antrag("d3"), &[(GK, "ruecknahme")])),
        ],
    },
    Ressource {
        pfad: "/anhoerungen/{anhoerung_id}",
        zustaende: &[
            ("OFFEN", |_| ANHOERUNG.to_owned()),
            ("BEANTWORTET", |d| nach(d, ANHOERUNG.to_owned(), &[(GK, "stellungnahme")])),
            ("ABGESCHLOSSEN", |d| nach(d, ANHOERUNG.to_owned(), &[(GK, "stellungnahme"), (RP, "abschluss")])),
            ("ZURUECKGENOMMEN", |d| nach(d, ANHOERUNG.to_owned(), &[(RP, "ruecknahme")])),
        ],
    },
    Ressource {
        pfad: "/ausnahmen/{ausnahme_id}",
        zustaende: &[
            ("BEANTRAGT", |_| AUSNAHME.to_owned()),
            ("GENEHMIGT", |d| nach(d, AUSNAHME.to_owned(), &[(RP, "genehmigung")])),
            ("ABGELEHNT", |d| nach(d, AUSNAHME.to_owned(), &[(RP, "ablehnung")])),
            ("WIDERRUFEN", |d| nach(d, AUSNAHME.to_owned(), &[(RP, "genehmigung"), (RP, "widerruf")])),
        ],
    },
    Ressource {
        pfad: "/feststellungen/{feststellung_id}",
        zustaende: &[
            ("OFFEN", crate::pruefung::feststellung),
            ("VERZICHT_VORGESCHLAGEN", |d| crate::pruefung::verteilt(d, "451.92")),
            ("ERLEDIGT", |d| crate::pruefung::verteilt(d, "0.00")),
            ("AUFGEHOBEN", |_| "/feststellungen/019a0000-0000-7000-8000-000000000174".to_owned()),
        ],
    },
    Ressource {
        pfad: "/weiterleitungen/{weiterleitung_id}",
        zustaende: &[
            ("ENTWURF", |_| weiterleitung("40")),
            ("ABGESCHLOSSEN", |_| weiterleitung("41")),
            ("BEENDET", |d| nach(d, weiterleitung("41"), &[(GK, "beendigung")])),
            ("AUFGEHOBEN", |d| nach(d, weiterleitung("41"), &[(GK, "aufhebung")])),
        ],
    },
    Ressource {
        pfad: "/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}",
        zustaende: &[
            ("LAUFEND", |_| teilnahme("71")),
            ("BEENDET", |_| teilnahme("73")),
            ("STORNIERT", |_| teilnahme("74")),
            ("GELOESCHT", |_| teilnahme("75")),
        ],
    },
    Ressource {
        pfad: "/verwendungsnachweise/{verwendungsnachweis_id}",
        zustaende: &[
            ("ENTWURF", |_| nachweise::DEMO.to_owned()),
            ("EINGEREICHT", nachweise::eingereicht),
            ("IN_PRUEFUNG", |d| nach(d, nachweise::eingereicht(d), &[(RP, "pruefung")])),
            ("NACHFORDERUNG", |d| nach(d, nachweise::eingereicht(d), &[(RP, "pruefung"), (RP, "nachforderung")])),
            ("GEPRUEFT", |d| nachweise::im_stand(d, NachweisStatus::Geprueft)),
            ("ABGESCHLOSSEN", |d| nachweise::im_stand(d, NachweisStatus::Abgeschlossen)),
            ("ZURUECKGEZOGEN", |d| nach(d, nachweise::eingereicht(d), &[(GK, "ruecknahme")])),
            ("ERSETZT", |d| nach(d, nachweise::eingereicht(d), &[(GK, "korrektur")])),
        ],
    },
    Ressource {
        pfad: "/fristen/{frist_id}",
        zustaende: &[
            ("OFFEN", |_| FRIST.to_owned()),
            ("ERLEDIGT", |d| nach(d, FRIST.to_owned(), &[(RP, "erledigung")])),
            ("ABGELOEST", |d| {
                nach(d, antrag("d4"), &[(RP, "nachforderung"), (RP, "nachforderungsruecknahme")]);
                crate::fristen::einzige(d, "art=NACHFORDERUNG&zustand=ABGELOEST")
            }),
        ],
    },
    Ressource {
        pfad: "/aenderungsantraege/{aenderungsantrag_id}",
        zustaende: &[
            ("ENTWURF", |_| aenderung("30")),
            ("EINGEREICHT", |d| nach(d, aenderung("30"), &[(GK, "einreichung")])),
            ("ANGEZEIGT", |_| aenderung("31")),
            ("IN_PRUEFUNG", |d| nach(d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung")])),
            ("ENTSCHEIDUNG_VORBEREITET", |d| {
                nach(d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung"), (RP, "bewilligung")])
            }),
            ("BEWILLIGT", |d| geaendert(d, "bewilligung")),
            ("ABGELEHNT", |d| geaendert(d, "ablehnung")),
            ("ZUR_KENNTNIS_GENOMMEN", |d| nach(d, aenderung("31"), &[(RP, "kenntnisnahme")])),
            ("ZURUECKGEZOGEN", |d| nach(d, aenderung("31"), &[(GK, "ruecknahme")])),
            ("UEBERHOLT", |d| {
                nach(d, aenderung("31"), &[(RP, "kenntnisnahme")]);
                aenderung("30")
            }),
        ],
    },
    Ressource {
        pfad: "/bescheide/{bescheid_id}",
        zustaende: &[
            ("ENTWURF", |_| bescheid("f5")),
            ("VERWORFEN", |d| nach(d, bescheid("f5"), &[(RP, "verwerfung")])),
            ("ERLASSEN", |d| nach(d, bescheid("f5"), &[(RP2, "freigabe")])),
            ("BEKANNTGEGEBEN", |_| bescheid("f1")),
        ],
    },
    Ressource {
        pfad: "/zahlungslaeufe/{zahlungslauf_id}",
        zustaende: &[
            ("ENTWURF", |d| zahlungslauf(d, &[])),
            ("FREIGEGEBEN", |d| zahlungslauf(d, &[(RP2, "freigabe")])),
            ("UEBERGEBEN", |_| ZAHLUNGSLAUF.to_owned()),
            ("ABGESCHLOSSEN", |d| nach(d, ZAHLUNGSLAUF.to_owned(), &[(RP, "rueckmeldung")])),
            ("VERWORFEN", |d| zahlungslauf(d, &[(RP, "verwerfung")])),
        ],
    },
    Ressource {
        pfad: "/zahlungen/{zahlung_id}",
        zustaende: &[
            ("AUSSTEHEND", |_| ZAHLUNG.to_owned()),
            ("AUSGEFUEHRT", |d| gemeldet(d, "AUSGEFUEHRT", "30000.00")),
            ("TEILWEISE", |d| gemeldet(d, "TEILWEISE", "0.01")),
            ("ZURUECKGEGEBEN", |d| gemeldet(d, "ZURUECKGEGEBEN", "30000.00")),
            ("ABGELEHNT", |d| gemeldet(d, "ABGELEHNT", "30000.00")),
            ("ENTFALLEN", |d| {
                let lauf = zahlungslauf(d, &[(RP, "verwerfung")]);
                let id = letztes(&lauf);
                let z = d.als(RP).get("/zahlungen").query("zahlungslauf_id", id).senden().ist(200).json();
                format!("/zahlungen/{}", als_text(&z["daten"][0]["id"]))
            }),
        ],
    },
    Ressource {
        pfad: "/bankverbindungen/{kontoaenderung_id}",
        zustaende: &[
            ("BEANTRAGT", |d| weg(d, (GK, "bankverbindung_beantragen"), &[])),
            ("BESTAETIGT", |d| weg(d, (GK, "bankverbindung_beantragen"), &[(GK2, "bestaetigung")])),
            ("GESPERRT", |d| weg(d, (GK, "bankverbindung_beantragen"), &[(GK2, "bestaetigung"), (RP, "sperrung")])),
            ("ZURUECKGEZOGEN", |d| weg(d, (GK, "bankverbindung_beantragen"), &[(GK2, "ruecknahme")])),
        ],
    },
    Ressource {
        pfad: "/forderungen/{forderung_id}",
        zustaende: &[
            ("OFFEN", crate::aenderungsantrag::s3_forderung),
            ("GESTUNDET", |d| forderung(d, "stundung", "freigabe")),
            ("NIEDERGESCHLAGEN", |d| forderung(d, "niederschlagung", "freigabe")),
            ("BEGLICHEN", |d| {
                let pfad = crate::aenderungsantrag::s3_forderung(d);
                let k = json!({ "betrag": "15000.00", "wertstellung_am": "2026-09-15", "referenz": "Auszug 184" });
                tue(d, RP, &pfad, "zahlungseingaenge", &k).ist(200);
                pfad
            }),
            ("AUFGEHOBEN", crate::forderungen::aufgehobene_zinsen),
        ],
    },
    Ressource {
        pfad: "/rueckzahlungen/{rueckzahlung_id}",
        zustaende: &[("GEBUCHT", |d| rueckzahlung(d, &[])), ("STORNIERT", |d| rueckzahlung(d, &[(RP, "storno")]))],
    },
    Ressource {
        pfad: "/mittelabrufe/{mittelabruf_id}",
        zustaende: &[
            ("ENTWURF", |d| weg(d, (GK, "mittelabruf_anlegen"), &[])),
            ("EINGEREICHT", |d| weg(d, (GK, "mittelabruf_anlegen"), &[(GK2, "einreichung")])),
            ("GEPRUEFT", |d| weg(d, (GK, "mittelabruf_anlegen"), &[(GK, "einreichung"), (RP, "pruefung")])),
            ("GEKUERZT", |d| {
                let pfad = weg(d, (GK, "mittelabruf_anlegen"), &[(GK, "einreichung")]);
                let massnahme = d.als(GK).get(&pfad).senden().json()["stellen"][0]["massnahme_id"].clone();
                let k = json!({ "sachlich_richtig": true, "rechnerisch_richtig": true, "begruendung": "weniger",
                    "positionen": [{ "massnahme_id": massnahme, "betrag": "1.00" }] });
                tue(d, RP, &pfad, "pruefung", &k).ist(200);
                pfad
            }),
            ("ANGEORDNET", |_| abruf("14")),
            ("AUSGEZAHLT", |d| {
                handle(d, RP, ZAHLUNGSLAUF, "rueckmeldung");
                abruf("14")
            }),
            ("ZURUECKGEWIESEN", |d| nach(d, abruf("11"), &[(RP, "zurueckweisung")])),
            ("STORNIERT", |d| nach(d, abruf("13"), &[(GK2, "stornierung")])),
        ],
    },
];

/// A claim after a decision that one person proposed and another released.
fn forderung(d: &Dienst, vorschlag: &str, akt: &str) -> String {
    let pfad = crate::aenderungsantrag::s3_forderung(d);
    handle(d, RP, &pfad, vorschlag);
    handle(d, RP2, &pfad, akt);
    pfad
}

/// A repayment of the county's money for M01.
fn rueckzahlung(d: &Dienst, akte: &[(&str, &str)]) -> String {
    crate::aenderungsantrag::s3(d);
    weg(d, (RP, "rueckzahlung_anlegen"), akte)
}

/// A Weiterleitung of the demonstration data.
pub fn weiterleitung(kurz: &str) -> String {
    format!("/weiterleitungen/019a0000-0000-7000-8000-0000000000{kurz}")
}

/// The dated condition of the demonstration data.
pub const FRIST: &str = "/fristen/019a0000-0000-7000-8000-000000000050";

/// An application of the demonstration data.
pub fn antrag(kurz: &str) -> String {
    format!("/antraege/019a0000-0000-7000-8000-0000000000{kurz}")
}

/// A decision of the demonstration data.
pub fn bescheid(kurz: &str) -> String {
    format!("/bescheide/019a0000-0000-7000-8000-0000000000{kurz}")
}

/// The payment run of the demonstration data: handed over, its result is awaited.
pub const ZAHLUNGSLAUF: &str = "/zahlungslaeufe/019a0000-0000-7000-8000-000000000020";
/// Its only payment, 30,000.00.
pub const ZAHLUNG: &str = "/zahlungen/019a0000-0000-7000-8000-000000000021";

/// A run of its own, with the certified call of the demonstration data, which is ordered for it.
pub fn zahlungslauf(d: &Dienst, akte: &[(&str, &str)]) -> String {
    handle(d, RP2, &abruf("13"), "anordnung");
    weg(d, (RP, "zahlungslauf_anlegen"), akte)
}

/// The payment of the demonstration data after a result.
pub fn gemeldet(d: &Dienst, ergebnis: &str, betrag: &str) -> String {
    let e = json!({ "end_to_end_id": "AQB26-06440-A0001", "ergebnis": ergebnis, "betrag": betrag, "am": "2026-09-15", "grund": "AC04" });
    tue(d, RP, ZAHLUNGSLAUF, "rueckmeldung", &json!({ "ergebnisse": [e] })).ist(200);
    ZAHLUNG.to_owned()
}

/// A call of the demonstration data.
pub fn abruf(kurz: &str) -> String {
    format!("/mittelabrufe/019a0000-0000-7000-8000-0000000000{kurz}")
}

/// A change of the demonstration data.
pub fn aenderung(kurz: &str) -> String {
    format!("/aenderungsantraege/019a0000-0000-7000-8000-0000000000{kurz}")
}

/// The demo's draft of a change, decided by one person and released by another.
fn geaendert(d: &Dienst, akt: &str) -> String {
    let pfad = nach(d, aenderung("30"), &[(GK, "einreichung"), (RP, "pruefung")]);
    let entwurf = als_text(&handle(d, RP, &pfad, akt).json()["id"]);
    handle(d, RP2, &format!("/bescheide/{entwurf}"), "freigabe");
    pfad
}

/// The record after these acts.
pub fn nach(d: &Dienst, pfad: String, akte: &[(&str, &str)]) -> String {
    for (wer, akt) in akte {
        handle(d, wer, &pfad, akt);
    }
    pfad
}

/// The application under examination, decided by one person and released by another.
fn entschieden(d: &Dienst, akt: &str) -> String {
    let pfad = antrag("d4");
    let entwurf = als_text(&handle(d, RP, &pfad, akt).json()["id"]);
    handle(d, RP2, &format!("/bescheide/{entwurf}"), "freigabe");
    pfad
}

/// The agreement of the demonstration data, signed by both sides.
pub const VEREINBARUNG: &str = "/zielvereinbarungen/019a0000-0000-7000-8000-0000000000c2";

/// A supplement to it, as far as the acts take it.
pub fn nachtrag(d: &Dienst, akte: &[(&str, &str)]) -> String {
    let version = d.als(GK).get(VEREINBARUNG).senden().ist(200).version();
    let r = d.als(GK).post(&format!("{VEREINBARUNG}/nachtrag"), &json!({})).if_match(version).senden().ist(201);
    let pfad = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    for (wer, akt) in akte {
        handle(d, wer, &pfad, akt);
    }
    pfad
}

/// Resources whose states nobody builds yet; only their examples are checked.
const OHNE_ZUSTAENDE: &[&str] = &[
    // a Beleg has no state beside that of its proof; the first state of an import lasts as long as its file is read
    "/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}",
    "/belegimporte/{belegimport_id}",
];

/// A draft of Wetterau's agreement for a Jahrgang: the example of the document, changed by `f`.
pub fn vereinbarung(d: &Dienst, jahrgang: i32, f: impl Fn(&mut Value)) -> String {
    let mut k = operation("zielvereinbarung_anlegen").koerper().expect("example");
    (k["jahrgang"], k["kreisschluessel"]) = (json!(jahrgang), json!("06440"));
    f(&mut k["inhalt"]);
    neu(d, GK, "/zielvereinbarungen", &k)
}

/// Creates a record and returns its path below `/v1`.
#[track_caller]
pub fn neu(d: &Dienst, wer: &str, ziel: &str, koerper: &Value) -> String {
    let r = d.als(wer).post(ziel, koerper).neuer_schluessel().senden().ist(201);
    r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned()
}

/// Creates a record along the example of the document and does acts on it, each along its example.
pub fn weg(d: &Dienst, (wer, anlage): (&str, &str), akte: &[(&str, &str)]) -> String {
    let o = operation(anlage);
    let r = d.als(wer).post(&o.beispielpfad(), &o.koerper().unwrap_or(json!({}))).neuer_schluessel().senden().ist(201);
    let pfad = r.kopfzeile("location").and_then(|l| l.strip_prefix("/v1")).expect("Location").to_owned();
    for (wer, akt) in akte {
        handle(d, wer, &pfad, akt);
    }
    pfad
}

/// Does one act on the record at `pfad`, along the example of the document, and expects success.
#[track_caller]
pub fn handle(d: &Dienst, wer: &str, pfad: &str, akt: &str) -> Antwort {
    let ziel = format!("{pfad}/{akt}");
    let o = aqb_tests::vertrag::treffer("POST", &format!("/v1{ziel}"))
        .unwrap_or_else(|| panic!("no operation POST {ziel}"));
    let r = d.auf(wer, o, &ziel, pfad).neuer_schluessel().senden();
    assert!([200, 201].contains(&r.status), "{wer} {ziel}: {}", r.text());
    r
}

/// Does one act with this body on the record at `pfad`, in its present version.
pub fn tue(d: &Dienst, wer: &str, pfad: &str, akt: &str, koerper: &Value) -> Antwort {
    let version = d.als("demo-pruefung").get(pfad).senden().ist(200).version();
    d.als(wer).post(&format!("{pfad}/{akt}"), koerper).if_match(version).neuer_schluessel().senden()
}

/// Path of a participant of the demonstration data.
pub fn teilnahme(nr: &str) -> String {
    format!(
        "/antraege/019a0000-0000-7000-8000-0000000000d1/massnahmen/019a0000-0000-7000-8000-0000000000e1/teilnahmen/019a0000-0000-7000-8000-0000000000{nr}"
    )
}

/// Templates of all resources that list their acts.
fn mit_aktionen() -> BTreeSet<&'static str> {
    operationen().iter().filter_map(|o| o.pfad.strip_suffix("/aktionen")).collect()
}

fn ressourcen() -> impl Iterator<Item = &'static Ressource> {
    RESSOURCEN.iter().filter(|r| mit_aktionen().contains(r.pfad))
}

#[test]
fn jede_ressource_mit_akten_ist_dabei() {
    let dabei: BTreeSet<_> = RESSOURCEN.iter().map(|r| r.pfad).chain(OHNE_ZUSTAENDE.iter().copied()).collect();
    let fehlend: Vec<_> = mit_aktionen().difference(&dabei).copied().collect();
    assert!(fehlend.is_empty(), "add to RESSOURCEN, with one line per state: {fehlend:?}");
}

/// Every act of the document stands below a resource that lists it.
#[test]
fn jeder_akt_wird_aufgelistet() {
    let mit = mit_aktionen();
    for o in operationen().iter().filter(|o| o.ist_akt()) {
        let oben = o.pfad.rsplit_once('/').map_or("", |(oben, _)| oben);
        // above a collection at the root there is no record that could list the act
        assert!(oben.is_empty() || mit.contains(oben), "{}: {oben}/aktionen is missing", o.id);
    }
}

/// Asks for the acts of one record as one caller, and tries each of them.
pub fn pruefe(d: &Dienst, wer: &str, muster: &str, pfad: &str) {
    let c: Client<'_> = d.als(wer);
    let akte: Vec<_> = operationen()
        .iter()
        .filter(|o| o.ist_akt() && o.pfad.rsplit_once('/').is_some_and(|(oben, _)| oben == muster))
        .collect();
    let r = c.get(&format!("{pfad}/aktionen")).senden();
    if r.status != 200 {
        // who cannot read the record cannot act on it either
        assert!([403, 404].contains(&r.status), "{wer} {pfad}: {}", r.text());
        for o in akte {
            let a = c
                .post(&format!("{pfad}/{}", letztes(&o.pfad)), &o.koerper().unwrap_or_default())
                .if_match(1)
                .simulation()
                .senden();
            assert!([403, 404].contains(&a.status), "{wer} cannot read {pfad}, yet {} answers {}", o.id, a.status);
        }
        return;
    }
    let liste = r.json()["aktionen"].as_array().expect("aktionen").clone();
    let genannt: BTreeSet<String> =
        liste.iter().map(|a| letztes(a["pfad"].as_str().unwrap_or("")).to_owned()).collect();
    let vorhanden: BTreeSet<String> = akte.iter().map(|o| letztes(&o.pfad).to_owned()).collect();
    assert_eq!(genannt, vorhanden, "{muster}: the list and the document name different acts");
    for a in liste {
        let (name, weg) = (als_text(&a["akt"]), als_text(&a["pfad"]));
        let o = akte.iter().find(|o| letztes(&o.pfad) == letztes(&weg)).expect("act of the document");
        // an act that makes a record of its own is posted to the collection
        let ort = if o.wert["x-neu"] == true { letztes(&o.pfad) } else { name.as_str() };
        assert_eq!((&a["methode"], &weg), (&Value::from("POST"), &format!("{pfad}/{ort}")));
        let befunde = a["befunde"].as_array().expect("befunde");
        let (anfrage, ohne_bestaetigung) = makellos(d, wer, o, &a, pfad);
        let antwort = anfrage.simulation().senden();
        let wo = format!("{wer} {pfad} {name}: foretold {a}, answered {} {}", antwort.status, antwort.text());
        let erlaubt = a["erlaubt"] == true;
        assert_eq!(erlaubt, befunde.iter().all(|b| b["schwere"] != "FEHLER"), "{wo}");
        if erlaubt {
            // input may still break a rule (422); where there is none to give, nothing can
            let leer = o.schema().is_none_or(|s| aufloesen(s)["properties"].as_object().is_none_or(Map::is_empty));
            let eingabe = antwort.status == 422 || antwort.code() == "PROGRAMM_ERSCHOEPFT";
            assert!(antwort.status < 300 || eingabe && !leer, "{wo}");
            if let Some(anfrage) = ohne_bestaetigung.filter(|_| antwort.status < 300) {
                // the list says what must be confirmed: without it the act answers exactly that
                let offen = anfrage.simulation().senden().ist_problem(422, "WARNUNG_NICHT_BESTAETIGT");
                let mut soll = kurznamen(&a["befunde"]);
                soll.push("WARNUNG_NICHT_BESTAETIGT".to_owned());
                soll.sort();
                assert_eq!(offen.befunde(), soll, "{wo}");
            }
        } else {
            assert!([403, 409, 422].contains(&antwort.status), "{wo}");
            assert_eq!(kurznamen(&a["befunde"]), antwort.befunde(), "{wo}");
        }
    }
}

/// The act with a flawless body: the example of the document, with the foretold warnings confirmed. Beside it, where
/// there are such warnings, the same without the confirmation.
fn makellos<'d>(
    d: &'d Dienst,
    wer: &str,
    o: &Operation,
    aktion: &Value,
    pfad: &str,
) -> (Anfrage<'d>, Option<Anfrage<'d>>) {
    let anfrage = d.auf(wer, o, &als_text(&aktion["pfad"]), pfad);
    let bestaetigt = o.schema().is_some_and(|s| aufloesen(s)["properties"].get("bestaetigte_warnungen").is_some());
    if !bestaetigt {
        return (anfrage, None);
    }
    let warnungen = aktion["befunde"].as_array().into_iter().flatten().filter(|b| b["schwere"] == "WARNUNG");
    let codes: BTreeSet<String> = warnungen.map(|b| als_text(&b["code"])).collect();
    let datensatz = d.als("demo-pruefung").get(pfad).senden();
    let mut k = if datensatz.status == 200 { o.eingabe(&datensatz.json()) } else { o.koerper().unwrap_or(json!({})) };
    k["bestaetigte_warnungen"] =
        codes.iter().map(|c| json!({ "code": c, "begruendung": "Geprüft und in Kauf genommen." })).collect();
    let mit = anfrage.clone().json(&k);
    k["bestaetigte_warnungen"] = json!([]);
    (mit, (!codes.is_empty()).then(|| anfrage.json(&k)))
}

pub fn letztes(pfad: &str) -> &str {
    pfad.rsplit('/').next().unwrap_or("")
}

fn beispiele_der_demodaten(b: Backend) {
    let d = Dienst::starten(b);
    for o in operationen().iter().filter(|o| o.pfad.ends_with("/aktionen")) {
        let muster = o.pfad.trim_end_matches("/aktionen");
        for wer in konten::alle() {
            pruefe(&d, wer, muster, o.beispielpfad().trim_end_matches("/aktionen"));
        }
    }
}

fn jeder_zustand_fuer_jede_rolle(b: Backend) {
    for r in ressourcen() {
        for (zustand, baue) in r.zustaende {
            // a server of its own: the records of one state must not stand in the way of the next
            let d = Dienst::starten(b);
            let pfad = baue(&d);
            // what is told about people the audit does not read
            let mut antworten = ["demo-pruefung", GK].into_iter().map(|wer| d.als(wer).get(&pfad).senden());
            let gelesen = antworten.find(|r| r.status == 200).unwrap_or_else(|| panic!("nobody reads {pfad}"));
            assert_eq!(gelesen.json()["status"], *zustand, "{pfad}");
            for wer in konten::alle() {
                pruefe(&d, wer, r.pfad, &pfad);
            }
        }
    }
}

/// The builders reach every state the contract knows.
#[test]
fn alle_zustaende_werden_erreicht() {
    for r in ressourcen() {
        let lesen = operationen().iter().find(|o| o.methode == "GET" && o.pfad == r.pfad).expect("read operation");
        let sicht = aufloesen(&operation(&lesen.id).wert["responses"]["200"]["content"]["application/json"]["schema"]);
        let status = aufloesen(&sicht["properties"]["status"]);
        let soll: BTreeSet<String> =
            status["enum"].as_array().expect("closed list of states").iter().map(als_text).collect();
        let ist: BTreeSet<String> = r.zustaende.iter().map(|(z, _)| (*z).to_owned()).collect();
        assert_eq!(ist, soll, "{}", r.pfad);
    }
}
