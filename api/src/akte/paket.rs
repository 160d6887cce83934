//! Writes a case file: element by element into a file on the disk, hashed on the way.

use super::{Aktendatei, MANIFEST, Manifest, PRUEFSUMMEN};
use aqb_persistence::protokoll::hex;
use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Error, Result, Seek, SeekFrom, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive that is being written. It lies in a file without a name, which is gone when it is dropped.
pub struct Paket {
    zip: ZipWriter<File>,
    optionen: SimpleFileOptions,
    dateien: Vec<Aktendatei>,
    offen: Option<Offen>,
}

/// The file to which elements are added.
struct Offen {
    name: &'static str,
    hash: Sha256,
    bytes: u64,
    eintraege: u64,
}

/// The moment as a ZIP writes it: UTC, even seconds. The same moment gives the same bytes.
fn zeit(t: DateTime<Utc>) -> Option<zip::DateTime> {
    let kurz = |n: u32| u8::try_from(n).ok();
    let jahr = u16::try_from(t.year()).ok()?;
    zip::DateTime::from_date_and_time(
        jahr,
        kurz(t.month())?,
        kurz(t.day())?,
        kurz(t.hour())?,
        kurz(t.minute())?,
        kurz(t.second())?,
    )
    .ok()
}

impl Paket {
    /// Begins an archive whose entries carry this moment.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn neu(moment: DateTime<Utc>) -> Result<Self> {
        let optionen = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(zeit(moment).unwrap_or_default())
            .unix_permissions(0o644)
            .large_file(true);
        Ok(Paket { zip: ZipWriter::new(tempfile::tempfile()?), optionen, dateien: Vec::new(), offen: None })
    }

    /// Begins a file: a JSON array of what [`Paket::nimm`] adds from now on. The one before is complete.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn beginne(&mut self, name: &'static str) -> Result<()> {
        self.beende()?;
        self.zip.start_file(name, self.optionen)?;
        self.offen = Some(Offen { name, hash: Sha256::new(), bytes: 0, eintraege: 0 });
        Ok(())
    }

    /// Adds an element, on a line of its own.
    ///
    /// # Errors
    /// Those of the disk, a value JSON cannot carry, no file to add to.
    pub fn nimm(&mut self, wert: &impl Serialize) -> Result<()> {
        let o = self.offen.as_mut().ok_or_else(|| Error::other("no file was begun"))?;
        let mut zeile = if o.eintraege == 0 { b"[\n".to_vec() } else { b",\n".to_vec() };
        serde_json::to_writer(&mut zeile, wert)?;
        o.eintraege = o.eintraege.saturating_add(1);
        o.zaehle(&zeile);
        self.zip.write_all(&zeile)
    }

    fn beende(&mut self) -> Result<()> {
        let Some(mut o) = self.offen.take() else { return Ok(()) };
        let ende: &[u8] = if o.eintraege == 0 { b"[]\n" } else { b"\n]\n" };
        o.zaehle(ende);
        self.zip.write_all(ende)?;
        let (name, sha256) = (o.name.to_owned(), hex(&o.hash.finalize()));
        self.dateien.push(Aktendatei { name, bytes: o.bytes, sha256, eintraege: o.eintraege });
        Ok(())
    }

    /// Adds manifest and checksums; answers the file at its beginning and its size.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn schliesse(mut self, manifest: impl FnOnce(Vec<Aktendatei>) -> Manifest) -> Result<(File, u64)> {
        self.beende()?;
        let m = manifest(std::mem::take(&mut self.dateien));
        let mut text = serde_json::to_vec_pretty(&m)?;
        text.push(b'\n');
        self.zip.start_file(MANIFEST, self.optionen)?;
        self.zip.write_all(&text)?;
        self.zip.start_file(PRUEFSUMMEN, self.optionen)?;
        for d in &m.dateien {
            writeln!(self.zip, "{}  {}", d.sha256, d.name)?;
        }
        writeln!(self.zip, "{}  {MANIFEST}", hex(&Sha256::digest(&text)))?;
        let mut datei = self.zip.finish()?;
        let laenge = datei.seek(SeekFrom::End(0))?;
        datei.rewind()?;
        Ok((datei, laenge))
    }
}

impl Offen {
    fn zaehle(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }
}
