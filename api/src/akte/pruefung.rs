//! Checks a case file by itself: everything the manifest names is there, once, as it says; nothing else is; and every
//! entry of the audit trail has the hash that belongs to it and stands in its chain.

use super::zaehlung::{Gelesen, lies};
use super::{Aktendatei, Akteneintrag, FORMAT, MANIFEST, Manifest, PROTOKOLL, PRUEFSUMMEN};
use aqb_persistence::protokoll::{ANFANG, Eintrag, hex};
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Result, Seek, SeekFrom};
use zip::ZipArchive;

/// Files an archive may have.
const DATEIEN: usize = 64;
/// Bytes of the manifest, and of the checksums.
const VERZEICHNIS: u64 = 4 << 20;
/// Bytes to which all files together may unpack.
const ENTPACKT: u64 = 16 << 30;
/// Findings about the audit trail that are listed.
const PROTOKOLLMAENGEL: usize = 1_000;
/// Bytes of the record with which a ZIP without a comment ends.
const SCHLUSS: usize = 22;

/// A case file in which everything is right.
#[derive(Debug, Clone)]
pub struct Aktenpruefung {
    /// What it says about itself.
    pub manifest: Manifest,
    /// Elements of all files.
    pub eintraege: u64,
    /// Entries of the audit trail whose hash was recomputed.
    pub protokolleintraege: u64,
    /// Chains they stand in.
    pub ketten: u64,
}

/// Checks a case file.
///
/// # Errors
/// What is wrong, for people; at least one finding.
pub fn pruefe(mut datei: impl Read + Seek) -> std::result::Result<Aktenpruefung, Vec<String>> {
    let einer = |m: String| vec![m];
    schluss(&mut datei).map_err(einer)?;
    let mut zip = ZipArchive::new(datei).map_err(|e| einer(format!("kein lesbares ZIP: {e}")))?;
    if zip.len() > DATEIEN {
        return Err(einer(format!("{} Dateien, höchstens {DATEIEN} sind erlaubt", zip.len())));
    }
    let mut maengel = Vec::new();
    lueckenlos(&mut zip, &mut maengel);
    let (manifest, sha256) = manifest(&mut zip).map_err(|m| [maengel.clone(), vec![m]].concat())?;
    namen(&zip, &manifest, &mut maengel);
    pruefsummen(&mut zip, &manifest, &sha256, &mut maengel);
    if manifest.siegel.as_ref().is_some_and(|s| !s.stimmt) {
        maengel.push(format!("{MANIFEST}: das Siegel stimmte nicht, als die Akte erstellt wurde"));
    }
    let mut kette = Kettenpruefung::neu(&manifest);
    for d in &manifest.dateien {
        inhalt(&mut zip, d, &mut kette, &mut maengel);
    }
    maengel.append(&mut kette.maengel);
    if !maengel.is_empty() {
        return Err(maengel);
    }
    let eintraege = manifest.dateien.iter().map(|d| d.eintraege).fold(0, u64::saturating_add);
    Ok(Aktenpruefung { manifest, eintraege, protokolleintraege: kette.eintraege, ketten: kette.ketten })
}

/// The end of the file: a ZIP without a comment and with few entries. Nothing is unpacked before that is known.
fn schluss(datei: &mut (impl Read + Seek)) -> std::result::Result<(), String> {
    let mut ende = [0u8; SCHLUSS];
    let weit = -i64::try_from(SCHLUSS).unwrap_or(0);
    let gelesen =
        datei.seek(SeekFrom::End(weit)).and_then(|_| datei.read_exact(&mut ende)).and_then(|()| datei.rewind());
    gelesen.map_err(|_| "kein ZIP: zu kurz oder nicht lesbar".to_owned())?;
    let [b'P', b'K', 5, 6, _, _, _, _, _, _, n1, n2, .., 0, 0] = ende else {
        return Err("kein ZIP, oder am Ende abgeschnitten oder ergänzt".to_owned());
    };
    let anzahl = usize::from(u16::from_le_bytes([n1, n2]));
    if anzahl > DATEIEN {
        return Err(format!("{anzahl} Dateien, höchstens {DATEIEN} sind erlaubt"));
    }
    Ok(())
}

/// The entries stand one behind the other from the first byte to the directory, so nothing is hidden between them.
fn lueckenlos(zip: &mut ZipArchive<impl Read + Seek>, maengel: &mut Vec<String>) {
    if zip.has_duplicate_names() {
        maengel.push("eine Datei steht mehrfach im Archiv".to_owned());
    }
    let mut orte = Vec::new();
    for i in 0..zip.len() {
        match zip.by_index_raw(i) {
            Ok(e) => orte.push((e.header_start(), e.data_start(), e.compressed_size())),
            Err(e) => maengel.push(format!("Datei {i} ist nicht lesbar: {e}")),
        }
    }
    orte.sort_unstable();
    let mut ende = 0u64;
    for (kopf, daten, groesse) in orte {
        if kopf != ende {
            maengel.push(format!("bei Byte {ende} steht etwas, das keine Datei des Archivs ist"));
        }
        ende = daten.unwrap_or(kopf).saturating_add(groesse);
    }
    if ende != zip.central_directory_start() {
        maengel.push("vor dem Verzeichnis des Archivs steht etwas, das keine Datei ist".to_owned());
    }
}

/// A small file as a whole.
fn klein(zip: &mut ZipArchive<impl Read + Seek>, name: &str) -> std::result::Result<Vec<u8>, String> {
    let e = zip.by_name(name).map_err(|e| format!("{name}: {e}"))?;
    let mut bytes = Vec::new();
    e.take(VERZEICHNIS.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| format!("{name}: {e}"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > VERZEICHNIS {
        return Err(format!("{name}: mehr als {VERZEICHNIS} Bytes"));
    }
    Ok(bytes)
}

/// The manifest and its checksum.
fn manifest(zip: &mut ZipArchive<impl Read + Seek>) -> std::result::Result<(Manifest, String), String> {
    let bytes = klein(zip, MANIFEST)?;
    let m: Manifest = serde_json::from_slice(&bytes).map_err(|e| format!("{MANIFEST}: {e}"))?;
    if m.format != FORMAT {
        return Err(format!("{MANIFEST}: Format {:?}, erwartet wird {FORMAT:?}", m.format));
    }
    let summe = m.dateien.iter().map(|d| d.bytes).fold(0, u64::saturating_add);
    if m.dateien.len() > DATEIEN || summe > ENTPACKT {
        return Err(format!("{MANIFEST}: nennt {} Dateien mit {summe} Bytes, das ist zu viel", m.dateien.len()));
    }
    Ok((m, hex(&Sha256::digest(&bytes))))
}

/// Every file the manifest names is there, each once, and no other.
fn namen(zip: &ZipArchive<impl Read + Seek>, m: &Manifest, maengel: &mut Vec<String>) {
    let mut erwartet = BTreeSet::from([MANIFEST, PRUEFSUMMEN]);
    for d in &m.dateien {
        if !erwartet.insert(&d.name) {
            maengel.push(format!("{}: steht mehrfach im Manifest", d.name));
        }
    }
    let da: BTreeSet<&[u8]> = zip.file_names_raw().collect();
    for name in erwartet.iter().filter(|n| !da.contains(n.as_bytes())) {
        maengel.push(format!("{name}: fehlt im Archiv"));
    }
    for name in da.iter().filter(|n| !erwartet.iter().any(|e| e.as_bytes() == **n)) {
        maengel.push(format!("{}: steht nicht im Manifest", String::from_utf8_lossy(name).escape_debug()));
    }
}

/// `SHA256SUMS` names every file, the manifest too, with the checksum of the manifest.
fn pruefsummen(zip: &mut ZipArchive<impl Read + Seek>, m: &Manifest, manifest: &str, maengel: &mut Vec<String>) {
    let bytes = match klein(zip, PRUEFSUMMEN) {
        Ok(b) => b,
        // that it is missing was said
        Err(_) if zip.index_for_name(PRUEFSUMMEN).is_none() => return,
        Err(e) => return maengel.push(e),
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut genannt = BTreeMap::new();
    for zeile in text.lines() {
        match zeile.split_once("  ") {
            Some((summe, name)) if genannt.insert(name, summe).is_none() => {}
            _ => maengel.push(format!("{PRUEFSUMMEN}: unlesbare oder doppelte Zeile {:?}", kurz(zeile))),
        }
    }
    let dateien = m.dateien.iter().map(|d| (d.name.as_str(), d.sha256.as_str()));
    for (name, summe) in dateien.chain([(MANIFEST, manifest)]) {
        match genannt.remove(name) {
            Some(s) if s == summe => {}
            Some(_) => maengel.push(format!("{PRUEFSUMMEN}: {name} hat eine andere Prüfsumme")),
            None => maengel.push(format!("{PRUEFSUMMEN}: {name} fehlt")),
        }
    }
    maengel.extend(genannt.keys().map(|n| format!("{PRUEFSUMMEN}: {:?} ist keine Datei der Akte", kurz(n))));
}

fn kurz(text: &str) -> String {
    text.chars().take(100).collect()
}

/// A file has the size, the checksum and the number of elements that the manifest says.
fn inhalt(
    zip: &mut ZipArchive<impl Read + Seek>,
    d: &Aktendatei,
    kette: &mut Kettenpruefung,
    maengel: &mut Vec<String>,
) {
    let Some(nr) = zip.index_for_name(&d.name) else { return };
    let gelesen = zip.by_index(nr).map_err(std::io::Error::from).and_then(|e| gelesen(e, d, kette));
    let g = match gelesen {
        Ok(g) => g,
        Err(e) => return maengel.push(format!("{}: {e}", d.name)),
    };
    if g.bytes != d.bytes {
        maengel.push(format!("{}: {} Bytes, das Manifest sagt {}", d.name, g.bytes, d.bytes));
    }
    if g.sha256 != d.sha256 {
        maengel.push(format!("{}: die Prüfsumme stimmt nicht", d.name));
    }
    match g.eintraege {
        Ok(n) if n == d.eintraege => {}
        Ok(n) => maengel.push(format!("{}: {n} Einträge, das Manifest sagt {}", d.name, d.eintraege)),
        Err(e) => maengel.push(format!("{}: keine Liste, wie sie hier steht: {e}", d.name)),
    }
}

fn gelesen(quelle: impl Read, d: &Aktendatei, kette: &mut Kettenpruefung) -> Result<Gelesen> {
    if d.name == PROTOKOLL {
        lies(quelle, d.bytes, |e: Akteneintrag| kette.pruefe(e))
    } else {
        lies(quelle, d.bytes, |_: IgnoredAny| {})
    }
}

/// Recomputes chains entry by entry. They stand in the order of kind, id and number.
struct Kettenpruefung {
    mit_luecken: BTreeSet<String>,
    davor: Option<Eintrag>,
    eintraege: u64,
    ketten: u64,
    maengel: Vec<String>,
}

impl Kettenpruefung {
    fn neu(m: &Manifest) -> Self {
        let mit_luecken = m.ketten_mit_luecken.iter().map(|l| l.fall_art.clone()).collect();
        Kettenpruefung { mit_luecken, davor: None, eintraege: 0, ketten: 0, maengel: Vec::new() }
    }

    fn pruefe(&mut self, e: Akteneintrag) {
        let e = Eintrag::from(e);
        self.eintraege = self.eintraege.saturating_add(1);
        let dieselbe = |d: &&Eintrag| d.fall_art == e.fall_art && d.fall_id == e.fall_id;
        let davor = self.davor.as_ref().filter(dieselbe);
        if davor.is_none() {
            self.ketten = self.ketten.saturating_add(1);
        }
        let nr = davor.map_or(0, |d| d.nr);
        let anschluss = nr.checked_add(1) == Some(e.nr);
        let vorgaenger = davor.map_or(ANFANG, |d| &d.hash);
        let mut was = Vec::new();
        let schluessel = |e: &Eintrag| (e.fall_art.clone(), e.fall_id.clone(), e.nr);
        if self.davor.as_ref().is_some_and(|d| schluessel(d) >= schluessel(&e)) {
            was.push("steht nicht an seiner Stelle");
        }
        if e.nr < 1 || (!anschluss && !self.mit_luecken.contains(&e.fall_art)) {
            was.push("die Nummer schließt nicht an");
        }
        if anschluss && e.vorgaenger_hash != vorgaenger {
            was.push("der Vorgänger stimmt nicht");
        }
        if e.hash != e.berechne_hash() {
            was.push("die Prüfsumme stimmt nicht");
        }
        if !was.is_empty() && self.maengel.len() < PROTOKOLLMAENGEL {
            let ort = format!("{}/{}/{}", e.fall_art, e.fall_id, e.nr);
            self.maengel.push(format!("{PROTOKOLL}: {}: {}", kurz(&ort), was.join(", ")));
        }
        self.davor = Some(e);
    }
}
