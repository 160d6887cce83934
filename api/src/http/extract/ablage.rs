//! Bodies that are a large file: streamed to a file without a name, counted and hashed on the way, never in memory.

use crate::fehler::{Fehler, INHALT_GESTOERT, INHALT_ZU_LANGSAM, INTERN, MEDIENTYP, ZU_GROSS};
use crate::http::Zustand;
use crate::http::problem::Ablehnung;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

/// Bytes for which the usual deadline of a body is meant.
const UEBLICH: u64 = 25 * 1024 * 1024;
/// Media types of Beleglisten.
const TYPEN: [&str; 3] =
    ["application/octet-stream", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

/// A file that lies on the disk until this value is dropped.
pub struct Abgelegt {
    /// The file, at its beginning.
    pub datei: File,
    /// Size in bytes.
    pub groesse: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

impl FromRequest for Abgelegt {
    type Error = Ablehnung;
    type Future = LocalBoxFuture<'static, Result<Self, Ablehnung>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let kontext = super::kontext(&req);
            ablegen(&req, payload).await.map_err(|fehler| Ablehnung { fehler, kontext })
        })
    }
}

fn problem(art: &'static crate::fehler::Problemart) -> Fehler {
    Fehler::Problem(art, Vec::new())
}

fn platte(e: &std::io::Error) -> Fehler {
    tracing::error!("upload cannot be spooled: {e}");
    problem(&INTERN)
}

async fn ablegen(req: &HttpRequest, payload: Payload) -> Result<Abgelegt, Fehler> {
    let zustand = req.app_data::<Data<Zustand>>().ok_or_else(Fehler::nicht_gefunden)?;
    let kopf = |name| req.headers().get(name).and_then(|w| w.to_str().ok()).unwrap_or("");
    let typ = kopf(CONTENT_TYPE).split(';').next().unwrap_or("").trim().to_lowercase();
    if !TYPEN.contains(&typ.as_str()) {
        return Err(problem(&MEDIENTYP));
    }
    let hoechstens = zustand.import_hoechstens;
    // who says beforehand that it is too much sends none of it
    if kopf(CONTENT_LENGTH).parse::<u64>().is_ok_and(|l| l > hoechstens) {
        return Err(problem(&ZU_GROSS));
    }
    let mal = u32::try_from(hoechstens.div_ceil(UEBLICH)).unwrap_or(1).max(1);
    let frist = zustand.inhaltsfrist.saturating_mul(mal);
    let alles = strom(payload, hoechstens);
    tokio::time::timeout(frist, alles).await.unwrap_or_else(|_| Err(problem(&INHALT_ZU_LANGSAM)))
}

async fn strom(mut payload: Payload, hoechstens: u64) -> Result<Abgelegt, Fehler> {
    let mut datei = tempfile::tempfile().map_err(|e| platte(&e))?;
    let mut hasher = Sha256::new();
    let mut groesse = 0u64;
    while let Some(stueck) = payload.next().await {
        let stueck = stueck.map_err(|_| problem(&INHALT_GESTOERT))?;
        groesse = groesse.saturating_add(u64::try_from(stueck.len()).unwrap_or(u64::MAX));
        if groesse > hoechstens {
            return Err(problem(&ZU_GROSS));
        }
        hasher.update(&stueck);
        datei.write_all(&stueck).map_err(|e| platte(&e))?;
    }
    datei.seek(SeekFrom::Start(0)).map_err(|e| platte(&e))?;
    let sha256 = hasher.finalize().iter().fold(String::with_capacity(64), |mut s, b| {
        // writing to a String cannot fail
        let _ = write!(s, "{b:02x}");
        s
    });
    Ok(Abgelegt { datei, groesse, sha256 })
}
