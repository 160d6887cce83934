//! Bodies that are a large file: streamed to a file without a name, counted and hashed on the way, never in memory.

use super::aufruf::Aufruf;
use super::koerper::mit_platz;
use crate::fehler::{Fehler, INHALT_GESTOERT, INHALT_ZU_LANGSAM, INTERN, MEDIENTYP, ZU_GROSS};
use crate::http::Zustand;
use crate::http::plaetze::anteil;
use crate::http::problem::Ablehnung;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use aqb_domain::berechtigung::RechtTyp;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::future::{Ready, ready};
use std::io::{Seek, SeekFrom, Write};
use std::time::Duration;

/// Bytes for which the usual deadline of a body is meant.
const UEBLICH: u64 = 25 * 1024 * 1024;
/// Bytes that are hashed and written at once.
const STUECK: usize = 256 * 1024;
/// Longest wait for a place among the bodies that are taken in at the same time.
pub const WARTEN: Duration = Duration::from_secs(2);
/// Media types of Beleglisten.
const TYPEN: [&str; 3] =
    ["application/octet-stream", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

/// A body that was announced and not read yet: what its head says is checked.
pub struct Angekuendigt(Payload);

/// A file that lies on the disk until this value is dropped.
pub struct Abgelegt {
    /// The file, at its beginning.
    pub datei: File,
    /// Size in bytes.
    pub groesse: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

impl FromRequest for Angekuendigt {
    type Error = Ablehnung;
    type Future = Ready<Result<Self, Ablehnung>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let ergebnis = pruefe_kopf(req).map(|()| Angekuendigt(payload.take()));
        ready(ergebnis.map_err(|fehler| Ablehnung { fehler, kontext: super::kontext(req) }))
    }
}

fn problem(art: &'static crate::fehler::Problemart) -> Fehler {
    Fehler::Problem(art, Vec::new())
}

fn platte(e: &std::io::Error) -> Fehler {
    tracing::error!("upload cannot be spooled: {e}");
    problem(&INTERN)
}

fn pruefe_kopf(req: &HttpRequest) -> Result<(), Fehler> {
    let zustand = req.app_data::<Data<Zustand>>().ok_or_else(Fehler::nicht_gefunden)?;
    let kopf = |name| req.headers().get(name).and_then(|w| w.to_str().ok()).unwrap_or("");
    let typ = kopf(CONTENT_TYPE).split(';').next().unwrap_or("").trim().to_lowercase();
    if !TYPEN.contains(&typ.as_str()) {
        return Err(problem(&MEDIENTYP));
    }
    // who says beforehand that it is too much sends none of it
    if kopf(CONTENT_LENGTH).parse::<u64>().is_ok_and(|l| l > zustand.import_hoechstens) {
        return Err(problem(&ZU_GROSS));
    }
    Ok(())
}

impl Angekuendigt {
    /// Takes the body in. So many are at the same time, and so many of one caller.
    ///
    /// # Errors
    /// Too slow, too large, broken off; no place.
    pub async fn ablegen<R: RechtTyp>(self, a: &Aufruf<R>) -> Result<Abgelegt, Fehler> {
        let z = &a.zustand;
        let _platz = z.ablageplaetze.nimm(&anteil(&a.akteur), WARTEN).await?;
        let mal = u32::try_from(z.import_hoechstens.div_ceil(UEBLICH)).unwrap_or(1).max(1);
        let alles = strom(self.0, z.import_hoechstens);
        let fertig = tokio::time::timeout(z.inhaltsfrist.saturating_mul(mal), alles).await;
        fertig.unwrap_or_else(|_| Err(problem(&INHALT_ZU_LANGSAM)))
    }
}

/// What was written so far.
struct Ablage {
    datei: File,
    hasher: Sha256,
}

impl Ablage {
    /// Writes beside the threads that serve connections.
    async fn schreibe(mut self, stueck: BytesMut) -> Result<Self, Fehler> {
        let arbeit = move || {
            self.hasher.update(&stueck);
            self.datei.write_all(&stueck).map(|()| self)
        };
        mit_platz(arbeit).await?.map_err(|e| platte(&e))
    }
}

async fn strom(mut payload: Payload, hoechstens: u64) -> Result<Abgelegt, Fehler> {
    let datei = mit_platz(tempfile::tempfile).await?.map_err(|e| platte(&e))?;
    let mut ablage = Ablage { datei, hasher: Sha256::new() };
    let mut groesse = 0u64;
    let mut puffer = BytesMut::with_capacity(STUECK);
    while let Some(stueck) = payload.next().await {
        let stueck = stueck.map_err(|_| problem(&INHALT_GESTOERT))?;
        groesse = groesse.saturating_add(u64::try_from(stueck.len()).unwrap_or(u64::MAX));
        if groesse > hoechstens {
            return Err(problem(&ZU_GROSS));
        }
        puffer.extend_from_slice(&stueck);
        if puffer.len() >= STUECK {
            ablage = ablage.schreibe(std::mem::replace(&mut puffer, BytesMut::with_capacity(STUECK))).await?;
        }
    }
    let Ablage { mut datei, hasher } = ablage.schreibe(puffer).await?;
    datei.seek(SeekFrom::Start(0)).map_err(|e| platte(&e))?;
    let sha256 = hasher.finalize().iter().fold(String::with_capacity(64), |mut s, b| {
        // writing to a String cannot fail
        let _ = write!(s, "{b:02x}");
        s
    });
    Ok(Abgelegt { datei, groesse, sha256 })
}
