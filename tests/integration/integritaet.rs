//! What somebody with the rights of the database's owner changes is found: by `aqb pruefe`, and by the server before it
//! serves a decision or a receipt.

use crate::datenbank::versiegle;
use aqb_api::pruefe::pruefe;
use aqb_persistence::protokoll::{self, Siegelkopf};
use aqb_tests::datenbank::{befehl, texte};
use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden};
use serde_json::json;

auf_beiden!(
    jede_faelschung_faellt_auf,
    leeres_protokoll_faellt_auf,
    notiertes_siegel,
    gefaelschtes_wird_nicht_ausgeliefert,
    nach_der_arbeit_stimmt_alles,
);

/// Ids of the demonstration data as SQL literals.
pub(crate) fn id(b: Backend, kurz: &str) -> String {
    match b {
        Backend::Sqlite => format!("x'019a00000000700080000000000000{kurz}'"),
        Backend::Postgres => format!("'019a0000-0000-7000-8000-0000000000{kurz}'"),
    }
}

/// Lifts every guard of the tables, as their owner can.
pub(crate) fn entsichere(b: Backend, d: &Datenbank) {
    let mut c = d.verbinde();
    match b {
        Backend::Sqlite => {
            for name in texte(&mut c, "SELECT name AS z FROM sqlite_master WHERE type = 'trigger'") {
                befehl(&mut c, &format!("DROP TRIGGER {name}"));
            }
        }
        Backend::Postgres => {
            for t in d.tabellen(&mut c) {
                befehl(&mut c, &format!("ALTER TABLE {t} DISABLE TRIGGER USER"));
            }
        }
    }
}

/// One field of a JSON document in SQL.
fn json_setzen(b: Backend, spalte: &str, feld: &str, wert: &str) -> String {
    match b {
        Backend::Sqlite => format!("{spalte} = json_set({spalte}, '$.{feld}', '{wert}')"),
        Backend::Postgres => {
            format!("{spalte} = jsonb_set({spalte}, '{{{}}}', '\"{wert}\"')", feld.replace('.', ","))
        }
    }
}

/// The hash a forger would put beside a changed document.
fn sha256(kanonisch: &str) -> String {
    let wert: serde_json::Value = serde_json::from_str(kanonisch).expect("JSON");
    aqb_domain::bescheid::sha256_kanonisch(&wert).expect("hash")
}

fn jede_faelschung_faellt_auf(b: Backend) {
    let d = Datenbank::neu(b);
    entsichere(b, &d);
    let mut c = d.verbinde();
    let (bescheid, entwurf) = (id(b, "f1"), id(b, "f5"));
    let antrag = id(b, "d1");
    let inhalt = texte(&mut c, &format!("SELECT inhalt AS z FROM bescheid WHERE id = {bescheid}")).remove(0);
    let mehr = inhalt.replacen("\"bewilligt\":\"", "\"bewilligt\":\"9", 1);
    assert_ne!(inhalt, mehr);
    let eingang =
        texte(&mut c, &format!("SELECT dokument AS z FROM antrag_schnappschuss WHERE antrag_id = {antrag}")).remove(0);
    let anders = eingang.replacen("2026", "2027", 1);
    let stand = json_setzen(b, "stand", "bestandskraft_am", "2020-01-01");
    let titel = json_setzen(b, "inhalt", "titel", "Untergeschoben");
    let name = json_setzen(b, "inhalt", "name", "Anderswo");
    let grund = json_setzen(b, "inhalt", "inhalt.grundlage", "Zuruf");
    let satz = json_setzen(b, "inhalt", "angaben.prozent", "9.99");
    let b1 = "BESCHEID/019a0000-0000-7000-8000-0000000000f1";
    let a1 = "ANTRAG/019a0000-0000-7000-8000-0000000000d1";
    // (what is done, where it is found, what is said about it)
    let faelle: Vec<(String, &str, &str)> = vec![
        (format!("UPDATE bescheid SET inhalt = '{mehr}' WHERE id = {bescheid}"), b1, "Prüfsumme des Inhalts"),
        (
            // the hash is adapted, too: only the trail knows better
            format!("UPDATE bescheid SET inhalt = '{mehr}', inhalt_hash = '{}' WHERE id = {bescheid}", sha256(&mehr)),
            b1,
            "nach dem Protokoll",
        ),
        (format!("UPDATE bescheid SET kreisschluessel = '06411' WHERE id = {bescheid}"), b1, "Spalten"),
        (format!("UPDATE bescheid SET vorgaenger_id = id WHERE id = {bescheid}"), b1, "Spalten"),
        (format!("UPDATE bescheid_position SET bewilligt = bewilligt + 1 WHERE bescheid_id = {bescheid}"), b1, "Positionen"),
        (format!("DELETE FROM bescheid_position WHERE bescheid_id = {bescheid}"), b1, "Positionen"),
        (format!("UPDATE bescheid_stand SET status = 'ERLASSEN' WHERE bescheid_id = {bescheid}"), b1, "/status"),
        (format!("UPDATE bescheid_stand SET {stand} WHERE bescheid_id = {bescheid}"), b1, "/bestandskraft_am"),
        (format!("UPDATE bescheid_stand SET freigegeben_von = 'x' WHERE bescheid_id = {bescheid}"), b1, "/freigegeben_von"),
        (format!("UPDATE bescheid_stand SET version = 9 WHERE bescheid_id = {bescheid}"), b1, "Version 9"),
        (format!("UPDATE antrag SET status = 'ABGELEHNT' WHERE id = {antrag}"), a1, "/status"),
        (format!("UPDATE antrag SET in_pruefung_durch = 'x' WHERE id = {antrag}"), a1, "/in_pruefung_durch"),
        (format!("UPDATE antrag SET beantragt = 1 WHERE id = {antrag}"), a1, "Spalten"),
        (format!("UPDATE massnahme SET {titel} WHERE antrag_id = {antrag}"), a1, "/massnahmen/0/massnahme/inhalt/titel"),
        (format!("UPDATE massnahme SET traeger_id = NULL WHERE antrag_id = {antrag}"), a1, "Spalten der Maßnahme M01"),
        ("UPDATE detailplanung SET inhalt = '{}'".to_owned(), a1, ""),
        (
            format!("UPDATE antrag_schnappschuss SET dokument = '{anders}' WHERE antrag_id = {antrag}"),
            a1,
            "Eingang 1: die Prüfsumme",
        ),
        (
            format!(
                "UPDATE antrag_schnappschuss SET dokument = '{anders}', sha256 = '{}' WHERE antrag_id = {antrag}",
                sha256(&anders)
            ),
            a1,
            "Eingang 1: nicht das",
        ),
        (format!("DELETE FROM antrag_schnappschuss WHERE antrag_id = {antrag}"), a1, "0 Eingänge"),
        (
            format!("UPDATE antrag_schnappschuss SET eingereicht_von = 'x' WHERE antrag_id = {antrag}"),
            a1,
            "Eingang 1: nicht das",
        ),
        (
            format!("UPDATE strategie SET status = 'ENTWURF' WHERE id = {}", id(b, "c1")),
            "STRATEGIE/019a0000-0000-7000-8000-0000000000c1",
            "Spalten",
        ),
        (
            format!("UPDATE zielvereinbarung SET version = 99 WHERE id = {}", id(b, "c2")),
            "ZIELVEREINBARUNG/019a0000-0000-7000-8000-0000000000c2",
            "Version 99",
        ),
        (format!("UPDATE zuteilung SET {grund}"), "ZUTEILUNG/", "/inhalt/grundlage"),
        ("UPDATE umverteilung SET status = 'VERWORFEN'".to_owned(), "UMVERTEILUNG/", "Spalten"),
        ("UPDATE jahrgang SET status = 'ABGESCHLOSSEN' WHERE jahrgang = 2026".to_owned(), "JAHRGANG/2026", "Spalten"),
        ("UPDATE regelwerk SET gueltig_ab = '2012-02-02' WHERE version = 'HE-ALT'".to_owned(), "REGELWERK/HE-ALT", "Spalten"),
        (
            format!("UPDATE gebietskoerperschaft SET {name} WHERE kreisschluessel = '06440'"),
            "GEBIETSKOERPERSCHAFT/06440",
            "/name",
        ),
        (format!("UPDATE traeger SET name = 'x' WHERE id = {}", id(b, "a1")), "TRAEGER/", "Spalten"),
        (format!("UPDATE basiszinssatz SET {satz} WHERE gueltig_ab = '2026-01-01'"), "BASISZINSSATZ/", "mitgelieferten"),
        ("DELETE FROM basiszinssatz WHERE gueltig_ab = '2026-01-01'".to_owned(), "BASISZINSSATZ/", "fehlt"),
        (
            format!("UPDATE weiterleitung SET status = 'BEENDET' WHERE id = {}", id(b, "41")),
            "WEITERLEITUNG/019a0000-0000-7000-8000-000000000041",
            "Spalten",
        ),
        (
            format!("UPDATE frist SET faellig_am = '2099-01-01' WHERE id = {}", id(b, "50")),
            "FRIST/019a0000-0000-7000-8000-000000000050",
            "Spalten",
        ),
        (
            format!("DELETE FROM frist WHERE id = {}", id(b, "50")),
            "FRIST/019a0000-0000-7000-8000-000000000050",
            "nicht in der Datenbank",
        ),
        (
            format!("UPDATE kalenderzugang SET person = 'x' WHERE id = {}", id(b, "51")),
            "KALENDERZUGANG/019a0000-0000-7000-8000-000000000051",
            "Spalten",
        ),
        ("UPDATE buchung SET gebucht_von = 'x' WHERE grund = 'BEWILLIGUNG'".to_owned(), "Buchung/", "Protokoll festhält"),
        ("UPDATE buchung SET text = 'x' WHERE grund = 'BEWILLIGUNG'".to_owned(), "Buchung/", "Protokoll festhält"),
        ("UPDATE konto SET kreisschluessel = '06999' WHERE kreisschluessel = '06440'".to_owned(), "Buchung/", "Protokoll festhält"),
        ("UPDATE konto SET saldo = saldo + 1 WHERE art = 'GEBUNDEN'".to_owned(), "Konto/", "Summe der Buchungen"),
        (
            "DELETE FROM buchungszeile WHERE buchung_id IN (SELECT id FROM buchung WHERE grund = 'BEWILLIGUNG'); DELETE FROM buchung WHERE grund = 'BEWILLIGUNG'".to_owned(),
            "Buchung/",
            "nicht in den Büchern",
        ),
        (format!("DELETE FROM protokoll WHERE fall_art = 'BESCHEID' AND fall_id = '{}'", &b1[9..]), b1, "steht nicht im Protokoll"),
        (
            format!("UPDATE protokoll SET aenderungen = '[]' WHERE fall_id = '{}' AND nr = 2", &b1[9..]),
            "BESCHEID/019a0000-0000-7000-8000-0000000000f1/2",
            "Prüfsumme",
        ),
        (
            format!(
                "DELETE FROM bescheid_position WHERE bescheid_id = {entwurf}; DELETE FROM bescheid_stand WHERE bescheid_id = {entwurf}; DELETE FROM bescheid WHERE id = {entwurf}"
            ),
            // nothing refers to a draft
            "BESCHEID/019a0000-0000-7000-8000-0000000000f5",
            "nicht in der Datenbank",
        ),
    ];
    assert!(pruefe(&d.url, None, |_, _| ()).is_ok());
    drop(c);
    for (sql, ort, was) in faelle {
        // the check looks at the file from outside, so every case gets a copy of its own
        let kopie = Datenbank::neu(b);
        entsichere(b, &kopie);
        let mut c = kopie.verbinde();
        let schluessel = match b {
            Backend::Sqlite => "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;",
            Backend::Postgres => "",
        };
        befehl(&mut c, &format!("{schluessel}{sql}"));
        drop(c);
        let bericht = pruefe(&kopie.url, None, |_, _| ()).expect_err(&sql);
        let gefunden = bericht.lines().skip(1).any(|z| z.trim_start().starts_with(ort) && z.contains(was));
        assert!(gefunden, "{sql}\nwanted {ort} … {was}\n{bericht}");
    }
}

fn leeres_protokoll_faellt_auf(b: Backend) {
    let d = Datenbank::neu(b);
    entsichere(b, &d);
    befehl(&mut d.verbinde(), "DELETE FROM protokoll; DELETE FROM siegel;");
    let bericht = pruefe(&d.url, None, |_, _| ()).expect_err("an emptied trail");
    assert!(bericht.contains("Protokoll: leer, obwohl es Fälle gibt"), "{bericht}");
    assert!(bericht.contains("REGELWERK/HE-ALT: steht nicht im Protokoll"), "{bericht}");
}

/// Whoever rewrites trail and seals together leaves no trace inside: the head noted outside shows it.
fn notiertes_siegel(b: Backend) {
    let d = Datenbank::neu(b);
    versiegle(&d);
    let s = protokoll::letztes_siegel(&mut d.verbinde()).expect("seals").expect("sealed");
    let notiert = Siegelkopf { nr: s.nr, hash: s.hash.clone() };
    let bericht = pruefe(&d.url, Some(&notiert), |_, _| ()).expect("in order");
    assert!(bericht.contains(&format!("Siegel {} ist das außerhalb notierte.", s.nr)), "{bericht}");
    for (falsch, was) in [
        (Siegelkopf { hash: "0".repeat(64), ..notiert.clone() }, "außerhalb notiert ist 0000"),
        (Siegelkopf { nr: s.nr + 1, ..notiert.clone() }, "fehlt, ist aber außerhalb notiert"),
    ] {
        let e = pruefe(&d.url, Some(&falsch), |_, _| ()).expect_err("another head");
        assert!(e.starts_with("1 Abweichung:") && e.contains(was), "{e}");
    }
    assert_eq!(format!("{}:{}", s.nr, s.hash).parse(), Ok(notiert));
    for falsch in ["", "1", "1:abc", "x:y", &format!("0:{}", s.hash), &format!("1:{}z", &s.hash[1..])] {
        assert!(falsch.parse::<Siegelkopf>().is_err(), "{falsch}");
    }
}

/// A forged decision or receipt is refused, whoever asks and however it is asked for.
fn gefaelschtes_wird_nicht_ausgeliefert(b: Backend) {
    let s = Dienst::starten(b);
    entsichere(b, &s.datenbank);
    let (bescheid, antrag) = (id(b, "f1"), id(b, "d1"));
    let mut c = s.datenbank.verbinde();
    befehl(&mut c, &format!("UPDATE bescheid SET inhalt = replace(inhalt, '06440', '06411') WHERE id = {bescheid}"));
    let eingang = format!(
        "UPDATE antrag_schnappschuss SET dokument = replace(dokument, '2026', '2027') WHERE antrag_id = {antrag}"
    );
    befehl(&mut c, &eingang);
    let f1 = "/bescheide/019a0000-0000-7000-8000-0000000000f1";
    let d1 = "/antraege/019a0000-0000-7000-8000-0000000000d1";
    for wer in ["demo-gk-06440-1", "demo-bewilligung-1", "demo-pruefung"] {
        let c = s.als(wer);
        for pfad in [
            f1.to_owned(),
            format!("{f1}/aktionen"),
            format!("{f1}/historie"),
            "/bescheide".to_owned(),
            format!("{d1}/eingangsbestaetigung"),
        ] {
            let r = c.get(&pfad).senden().ist_problem(409, "INTEGRITAET_VERLETZT");
            assert_eq!(r.befunde(), ["INTEGRITAET_VERLETZT"], "{pfad}");
        }
    }
    // and nothing is done with it
    let k = json!({ "am": "2026-01-01" });
    s.als("demo-gk-06440-1")
        .post(&format!("{f1}/rechtsbehelfsverzicht"), &k)
        .if_match(4)
        .senden()
        .ist_problem(409, "INTEGRITAET_VERLETZT");
}

/// After real work through the API the check finds nothing: it has no false alarms.
fn nach_der_arbeit_stimmt_alles(b: Backend) {
    use crate::aktionen::{handle, weg};
    let s = Dienst::starten(b);
    let (rp, rp2, min, min2) = ("demo-bewilligung-1", "demo-bewilligung-2", "demo-ministerium-1", "demo-ministerium-2");
    weg(&s, (min, "umverteilung_anlegen"), &[(min2, "freigabe")]);
    weg(&s, (rp, "traeger_anlegen"), &[(rp, "stilllegung")]);
    // the example corrects a rate the program brought: that one's trail begins with being superseded
    weg(&s, (min, "basiszinssatz_anlegen"), &[(min2, "freigabe")]);
    weg(&s, (min, "korrektur_anlegen"), &[(min2, "freigabe")]);
    weg(&s, (min, "regelwerk_anlegen"), &[(min2, "veroeffentlichung")]);
    let d4 = "/antraege/019a0000-0000-7000-8000-0000000000d4";
    handle(&s, rp, d4, "nachforderung");
    handle(&s, rp2, "/bescheide/019a0000-0000-7000-8000-0000000000f5", "freigabe");
    let d2 = "/antraege/019a0000-0000-7000-8000-0000000000d2";
    let gk = s.als("demo-gk-06440-1");
    let version = gk.get(d2).senden().ist(200).version();
    let m = format!("{d2}/massnahmen/019a0000-0000-7000-8000-0000000000e3");
    let plan = gk.get(&format!("{m}/detailplanung")).senden().ist(200).json()["inhalt"].clone();
    gk.anfrage("PUT", &format!("{m}/detailplanung")).json(&plan).if_match(version).senden().ist(200);
    let r = gk.anfrage("DELETE", &m).if_match(version + 1).senden();
    assert_eq!(r.status, 204, "{}", r.text());
    // what is deleted stays in the trail and is no gap
    let r = gk.anfrage("DELETE", d2).if_match(version + 2).senden();
    assert_eq!(r.status, 204, "{}", r.text());
    versiegle(&s.datenbank);
    let bericht = pruefe(&s.datenbank.url, None, |_, _| ()).unwrap_or_else(|e| panic!("{e}"));
    assert!(bericht.starts_with("In Ordnung"), "{bericht}");
}
