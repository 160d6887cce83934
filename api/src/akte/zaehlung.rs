//! Reads a JSON array element by element, hashed and counted on the way; memory stays bounded whatever it holds.

use aqb_persistence::protokoll::hex;
use serde::Deserializer as _;
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::fmt;
use std::io::{BufReader, Error, ErrorKind, Read, Result, copy, sink};
use std::marker::PhantomData;

/// Bytes that one element may have.
const ELEMENT: u64 = 64 << 20;

/// A reader that hashes, and ends where the file or one element is too large.
struct Waage<'w, R> {
    innen: R,
    hash: Sha256,
    bytes: u64,
    hoechstens: u64,
    rest: &'w Cell<u64>,
}

impl<R: Read> Read for Waage<'_, R> {
    fn read(&mut self, puffer: &mut [u8]) -> Result<usize> {
        let n = self.innen.read(puffer)?;
        let zahl = u64::try_from(n).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(zahl);
        if self.bytes > self.hoechstens {
            return Err(Error::new(ErrorKind::FileTooLarge, "entpackt zu mehr, als das Manifest sagt"));
        }
        if zahl > self.rest.get() {
            return Err(Error::new(ErrorKind::FileTooLarge, "ein Eintrag ist zu groß"));
        }
        self.rest.set(self.rest.get().saturating_sub(zahl));
        self.hash.update(puffer.get(..n).unwrap_or_default());
        Ok(n)
    }
}

/// Takes the elements of an array one after the other.
struct Reihe<'r, T, F> {
    je: F,
    rest: &'r Cell<u64>,
    typ: PhantomData<T>,
}

impl<'de, T: DeserializeOwned, F: FnMut(T)> Visitor<'de> for Reihe<'_, T, F> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut reihe: A) -> std::result::Result<u64, A::Error> {
        let mut anzahl = 0u64;
        while let Some(wert) = reihe.next_element::<T>()? {
            anzahl = anzahl.saturating_add(1);
            self.rest.set(ELEMENT);
            (self.je)(wert);
        }
        Ok(anzahl)
    }
}

/// What was read.
pub(super) struct Gelesen {
    /// Size in bytes.
    pub(super) bytes: u64,
    /// SHA-256 of the bytes.
    pub(super) sha256: String,
    /// Elements, where it is an array of what was expected.
    pub(super) eintraege: std::result::Result<u64, String>,
}

/// Reads a file to its end and gives each element to `je`.
///
/// # Errors
/// More bytes than `hoechstens`, an element that is too large, a file that cannot be unpacked.
pub(super) fn lies<T: DeserializeOwned>(quelle: impl Read, hoechstens: u64, je: impl FnMut(T)) -> Result<Gelesen> {
    let rest = Cell::new(ELEMENT);
    let waage = Waage { innen: quelle, hash: Sha256::new(), bytes: 0, hoechstens, rest: &rest };
    let mut leser = BufReader::with_capacity(64 << 10, waage);
    let eintraege = {
        let mut json = serde_json::Deserializer::from_reader(&mut leser);
        let reihe = Reihe { je, rest: &rest, typ: PhantomData };
        json.deserialize_seq(reihe).and_then(|n| json.end().map(|()| n))
    };
    let eintraege = match eintraege {
        Err(e) if e.is_io() => return Err(e.into()),
        andere => andere.map_err(|e| e.to_string()),
    };
    // what is no array of these still has a size and a checksum
    rest.set(u64::MAX);
    copy(&mut leser, &mut sink())?;
    let waage = leser.into_inner();
    Ok(Gelesen { bytes: waage.bytes, sha256: hex(&waage.hash.finalize()), eintraege })
}
