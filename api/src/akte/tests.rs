use super::{
    Aktendatei, Akteneintrag, Aktenersteller, Aktensiegel, FORMAT, Kettenluecke, MANIFEST, Manifest, PROTOKOLL,
    PRUEFSUMMEN, Paket, pruefe, pruefe_datei,
};
use aqb_persistence::protokoll::{ANFANG, Eintrag, hex};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read, Write};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const ANTRAG: Uuid = Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_00d1);

fn moment() -> DateTime<Utc> {
    "2026-03-12T09:30:00.250Z".parse().expect("moment")
}

/// The chain of a record with so many entries.
fn kette(fall_art: &str, laenge: i64) -> Vec<Akteneintrag> {
    let mut vorgaenger_hash = ANFANG.to_owned();
    let mut alle = Vec::new();
    for nr in 1..=laenge {
        let mut e = Eintrag::from(Akteneintrag {
            fall_art: fall_art.to_owned(),
            fall_id: ANTRAG.to_string(),
            nr,
            id: Uuid::from_u128(nr.unsigned_abs().into()),
            kreisschluessel: Some("06440".to_owned()),
            zeit: moment(),
            person: "demo-gk-06440-1".to_owned(),
            rolle: "GEBIETSKOERPERSCHAFT".to_owned(),
            akt: "aenderung".to_owned(),
            anfrage: "anfrage-1".to_owned(),
            aenderungen: r#"[{"feld":"/status","nachher":"\"ENTWURF\""}]"#.to_owned(),
            vorgaenger_hash,
            hash: String::new(),
        });
        e.hash = e.berechne_hash();
        vorgaenger_hash = e.hash.clone();
        alle.push(Akteneintrag::from(e));
    }
    alle
}

fn manifest(dateien: Vec<Aktendatei>) -> Manifest {
    Manifest {
        format: FORMAT.to_owned(),
        antrag_id: ANTRAG,
        aktenzeichen: Some("RPKS-57-AQB-2026-06440-001".to_owned()),
        kreisschluessel: "06440".to_owned(),
        jahrgang: 2026,
        regelwerk: Some("HE-ALT".to_owned()),
        status: "BEWILLIGT".to_owned(),
        erstellt_am: "2026-03-12T09:30:00.250Z".to_owned(),
        erstellt_von: Aktenersteller { person: "demo-pruefung".to_owned(), rolle: "PRUEFUNG".to_owned() },
        programmversion: "0.1.0".to_owned(),
        dateien,
        auslassungen: Vec::new(),
        ketten_mit_luecken: Vec::new(),
        siegel: Some(Aktensiegel { nr: 3, hash: ANFANG.to_owned(), stimmt: true }),
    }
}

/// A case file as the server writes it.
fn akte() -> Vec<u8> {
    let mut p = Paket::neu(moment()).expect("archive");
    p.beginne("antrag.json").expect("file");
    p.nimm(&json!({ "id": ANTRAG, "titel": "Ausbildung für alle" })).expect("element");
    p.beginne("belege.json").expect("file");
    p.beginne(PROTOKOLL).expect("file");
    for e in kette("ANTRAG", 3).into_iter().chain(kette("BESCHEID", 2)) {
        p.nimm(&e).expect("element");
    }
    let (mut datei, laenge) = p.schliesse(manifest).expect("archive");
    let mut bytes = Vec::new();
    datei.read_to_end(&mut bytes).expect("archive");
    assert_eq!(u64::try_from(bytes.len()).expect("size"), laenge);
    bytes
}

type Teile = Vec<(String, Vec<u8>)>;

fn zerlegt(bytes: &[u8]) -> Teile {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("ZIP");
    let mut teile = Vec::new();
    for i in 0..zip.len() {
        let mut e = zip.by_index(i).expect("entry");
        let mut inhalt = Vec::new();
        e.read_to_end(&mut inhalt).expect("content");
        teile.push((e.name().expect("name").into_owned(), inhalt));
    }
    teile
}

fn gebaut(teile: &Teile) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, inhalt) in teile {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("entry");
        zip.write_all(inhalt).expect("content");
    }
    zip.finish().expect("ZIP").into_inner()
}

fn teil<'t>(teile: &'t mut Teile, name: &str) -> &'t mut Vec<u8> {
    &mut teile.iter_mut().find(|(n, _)| n == name).unwrap_or_else(|| panic!("{name}")).1
}

/// As a forger would: manifest and checksums say again what the files are.
fn neu_beurkundet(teile: &mut Teile, aendern: impl FnOnce(&mut Manifest)) {
    let mut m: Manifest = serde_json::from_slice(teil(teile, MANIFEST)).expect("manifest");
    for d in &mut m.dateien {
        let inhalt = teil(teile, &d.name);
        let liste: Vec<Value> = serde_json::from_slice(inhalt).expect("list");
        let zahl = |n: usize| u64::try_from(n).expect("number");
        (d.bytes, d.eintraege) = (zahl(inhalt.len()), zahl(liste.len()));
        d.sha256 = hex(&Sha256::digest(&*inhalt));
    }
    aendern(&mut m);
    *teil(teile, MANIFEST) = serde_json::to_vec(&m).expect("manifest");
    let mut summen = String::new();
    for (name, inhalt) in teile.iter().filter(|(n, _)| n != PRUEFSUMMEN) {
        summen.push_str(&format!("{}  {name}\n", hex(&Sha256::digest(inhalt))));
    }
    *teil(teile, PRUEFSUMMEN) = summen.into_bytes();
}

#[track_caller]
fn maengel(bytes: &[u8]) -> Vec<String> {
    pruefe(Cursor::new(bytes)).expect_err("something is wrong")
}

#[track_caller]
fn nennt(bytes: &[u8], was: &str) {
    let m = maengel(bytes);
    assert!(m.iter().any(|m| m.contains(was)), "{was}: {m:?}");
}

#[test]
fn in_ordnung() {
    let p = pruefe(Cursor::new(akte())).expect("right");
    assert_eq!((p.eintraege, p.protokolleintraege, p.ketten), (6, 5, 2));
    let namen: Vec<&str> = p.manifest.dateien.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(namen, ["antrag.json", "belege.json", PROTOKOLL]);
    // the same moment and content give the same bytes
    assert_eq!(akte(), akte());
    // what is taken apart and put together again is still right
    pruefe(Cursor::new(gebaut(&zerlegt(&akte())))).expect("right");
}

#[test]
fn befehl_sagt_in_einer_zeile_was_es_ist() {
    let mut datei = tempfile::NamedTempFile::new().expect("file");
    datei.write_all(&akte()).expect("file");
    let t = pruefe_datei(datei.path()).expect("right");
    assert!(t.starts_with("In Ordnung: Akte RPKS-57-AQB-2026-06440-001 (06440, 2026)"), "{t}");
    assert!(t.contains("3 Dateien mit 6 Einträgen, 5 Protokolleinträge in 2 Ketten") && t.lines().count() == 1, "{t}");
    datei.write_all(b"x").expect("file");
    let t = pruefe_datei(datei.path()).expect_err("not right");
    assert!(t.starts_with("1 Mangel:\n  kein ZIP"), "{t}");
    assert!(pruefe_datei(std::path::Path::new("/gibt/es/nicht.zip")).is_err());
}

#[test]
fn jedes_geaenderte_byte_faellt_auf() {
    let gut = akte();
    let inhalt = zerlegt(&gut);
    // moment and attributes of an entry are not attested; names and contents are
    for i in (0..gut.len()).step_by(5) {
        let mut b = gut.clone();
        b[i] ^= 0x20;
        assert!(pruefe(Cursor::new(&b)).is_err() || zerlegt(&b) == inhalt, "byte {i}");
    }
    for name in ["antrag.json", PROTOKOLL, MANIFEST, PRUEFSUMMEN] {
        for i in (0..teil(&mut inhalt.clone(), name).len()).step_by(17) {
            let mut teile = inhalt.clone();
            teil(&mut teile, name)[i] ^= 1;
            let b = gebaut(&teile);
            assert!(pruefe(Cursor::new(b)).is_err(), "{name}, byte {i}");
        }
    }
}

#[test]
fn fehlende_und_ueberzaehlige_dateien() {
    for name in ["antrag.json", "belege.json", PROTOKOLL, PRUEFSUMMEN] {
        let mut teile = zerlegt(&akte());
        teile.retain(|(n, _)| n != name);
        nennt(&gebaut(&teile), &format!("{name}: fehlt im Archiv"));
    }
    let mut teile = zerlegt(&akte());
    teile.retain(|(n, _)| n != MANIFEST);
    nennt(&gebaut(&teile), MANIFEST);
    for name in ["fremd.json", "../fremd.json", "ordner/"] {
        let mut teile = zerlegt(&akte());
        teile.push((name.to_owned(), Vec::new()));
        nennt(&gebaut(&teile), "steht nicht im Manifest");
    }
    let mut viele = zerlegt(&akte());
    viele.extend((0..64).map(|i| (format!("d{i}.json"), b"[]".to_vec())));
    nennt(&gebaut(&viele), "höchstens 64");
}

#[test]
fn dieselbe_datei_zweimal() {
    let mut teile = zerlegt(&akte());
    teile.push(("belegX.json".to_owned(), b"[]\n".to_vec()));
    let mut b = gebaut(&teile);
    // the writer takes no name twice, so the name is changed in the bytes
    for i in 0..b.len() - 11 {
        if &b[i..i + 11] == b"belegX.json" {
            b[i..i + 11].copy_from_slice(b"belege.json");
        }
    }
    nennt(&b, "mehrfach");
    let mut teile = zerlegt(&akte());
    neu_beurkundet(&mut teile, |m| m.dateien.push(m.dateien[0].clone()));
    nennt(&gebaut(&teile), "antrag.json: steht mehrfach im Manifest");
}

#[test]
fn groesser_als_das_manifest_sagt() {
    let mut teile = zerlegt(&akte());
    // 64 MiB of blanks, packed to almost nothing
    teil(&mut teile, "antrag.json").extend(std::iter::repeat_n(b' ', 64 << 20));
    nennt(&gebaut(&teile), "antrag.json: entpackt zu mehr, als das Manifest sagt");
    let mut teile = zerlegt(&akte());
    neu_beurkundet(&mut teile, |m| m.dateien[0].bytes = u64::MAX);
    nennt(&gebaut(&teile), "das ist zu viel");
    let mut teile = zerlegt(&akte());
    teil(&mut teile, MANIFEST).extend(std::iter::repeat_n(b' ', 5 << 20));
    nennt(&gebaut(&teile), "manifest.json: mehr als");
    // an element no reader should have to hold, although the manifest admits it
    let mut teile = zerlegt(&akte());
    *teil(&mut teile, "antrag.json") = [b"[\"".as_slice(), &vec![b'a'; 65 << 20], b"\"]"].concat();
    neu_beurkundet(&mut teile, |_| {});
    nennt(&gebaut(&teile), "ein Eintrag ist zu groß");
}

#[test]
fn gefaelschtes_protokoll_mit_neuem_manifest() {
    let gefaelscht = |aendern: &dyn Fn(&mut Vec<Akteneintrag>)| {
        let mut teile = zerlegt(&akte());
        let mut liste: Vec<Akteneintrag> = serde_json::from_slice(teil(&mut teile, PROTOKOLL)).expect("entries");
        aendern(&mut liste);
        *teil(&mut teile, PROTOKOLL) = serde_json::to_vec(&liste).expect("entries");
        neu_beurkundet(&mut teile, |_| {});
        gebaut(&teile)
    };
    pruefe(Cursor::new(gefaelscht(&|_| {}))).expect("unchanged it is right");
    let felder: [&dyn Fn(&mut Akteneintrag); 9] = [
        &|e| e.person.push('x'),
        &|e| e.rolle.push('x'),
        &|e| e.akt.push('x'),
        &|e| e.anfrage.push('x'),
        &|e| e.aenderungen = "[]".to_owned(),
        &|e| e.kreisschluessel = None,
        &|e| e.zeit += chrono::TimeDelta::microseconds(1),
        &|e| e.id = Uuid::nil(),
        &|e| e.hash = ANFANG.to_owned(),
    ];
    for (nr, f) in felder.iter().enumerate() {
        let m = maengel(&gefaelscht(&|l| f(&mut l[1])));
        assert!(m[0].contains("/2: die Prüfsumme stimmt nicht"), "{nr}: {m:?}");
    }
    // an entry that is made anew as a whole does not fit the one behind it
    let neu = gefaelscht(&|l| {
        let mut e = Eintrag::from(l[1].clone());
        e.person.push('x');
        e.hash = e.berechne_hash();
        l[1] = Akteneintrag::from(e);
    });
    assert_eq!(maengel(&neu).len(), 1);
    nennt(&neu, "/3: der Vorgänger stimmt nicht");
    nennt(&gefaelscht(&|l| drop(l.remove(1))), "/3: die Nummer schließt nicht an");
    nennt(&gefaelscht(&|l| drop(l.remove(0))), "/2: die Nummer schließt nicht an");
    nennt(&gefaelscht(&|l| l.swap(0, 3)), "steht nicht an seiner Stelle");
    nennt(&gefaelscht(&|l| l.push(l[4].clone())), "steht nicht an seiner Stelle");
}

/// Where the caller does not read every entry only what stands next to each other is linked.
#[test]
fn ketten_mit_luecken() {
    let gelueckt = |arten: &[&str], aendern: &dyn Fn(&mut Vec<Akteneintrag>)| {
        let mut teile = zerlegt(&akte());
        let mut liste = kette("BELEG", 4);
        liste.remove(1);
        aendern(&mut liste);
        *teil(&mut teile, PROTOKOLL) = serde_json::to_vec(&liste).expect("entries");
        let luecke = |a: &&str| Kettenluecke { fall_art: (*a).to_owned(), grund: "verdeckt".to_owned() };
        neu_beurkundet(&mut teile, |m| m.ketten_mit_luecken = arten.iter().map(luecke).collect());
        gebaut(&teile)
    };
    pruefe(Cursor::new(gelueckt(&["BELEG"], &|_| {}))).expect("right");
    nennt(&gelueckt(&["BESCHEID"], &|_| {}), "/3: die Nummer schließt nicht an");
    nennt(&gelueckt(&["BELEG"], &|l| l[2].vorgaenger_hash = ANFANG.to_owned()), "/4: der Vorgänger");
}

#[test]
fn kein_zip() {
    let gut = akte();
    for n in [0, 1, 21, 22, 100, gut.len() / 2, gut.len() - 1] {
        nennt(&gut[..n], "ein ZIP");
    }
    nennt(b"Das ist kein Archiv, sondern ein Satz.", "ein ZIP");
    nennt(&[gut.as_slice(), b"angehaengt"].concat(), "kein ZIP");
    nennt(&[b"davor", gut.as_slice()].concat(), "");
}

#[test]
fn fremde_fassung_und_falsches_siegel() {
    let mut teile = zerlegt(&akte());
    neu_beurkundet(&mut teile, |m| m.format = "aqb-akte/2".to_owned());
    nennt(&gebaut(&teile), "erwartet wird \"aqb-akte/1\"");
    let mut teile = zerlegt(&akte());
    let falsch = Aktensiegel { nr: 3, hash: ANFANG.to_owned(), stimmt: false };
    neu_beurkundet(&mut teile, |m| m.siegel = Some(falsch));
    nennt(&gebaut(&teile), "das Siegel stimmte nicht");
    let mut teile = zerlegt(&akte());
    *teil(&mut teile, "belege.json") = b"{}".to_vec();
    nennt(&gebaut(&teile), "belege.json");
    let mut teile = zerlegt(&akte());
    let summen = String::from_utf8(teil(&mut teile, PRUEFSUMMEN).clone()).expect("text");
    *teil(&mut teile, PRUEFSUMMEN) = summen.replace("antrag.json", "andere.json").into_bytes();
    nennt(&gebaut(&teile), "\"andere.json\" ist keine Datei der Akte");
}
