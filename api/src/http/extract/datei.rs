//! Bodies that are a file: raw bytes, bounded, with the media type of no particular format.

use super::ablage::WARTEN;
use super::aufruf::Aufrufer;
use super::koerper::{self, Abbruch};
use crate::fehler::{Fehler, INHALT_GESTOERT, INHALT_ZU_LANGSAM, MEDIENTYP, ZU_GROSS};
use crate::http::Zustand;
use crate::http::problem::Ablehnung;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;

/// Largest file.
pub const HOECHSTENS: usize = 25 * 1024 * 1024;

/// A file of `application/octet-stream`.
pub struct Datei(pub Vec<u8>);

impl FromRequest for Datei {
    type Error = Ablehnung;
    type Future = LocalBoxFuture<'static, Result<Self, Ablehnung>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let kontext = super::kontext(&req);
            lesen(&req, &mut payload).await.map_err(|fehler| Ablehnung { fehler, kontext })
        })
    }
}

async fn lesen(req: &HttpRequest, payload: &mut Payload) -> Result<Datei, Fehler> {
    let problem = |art| Fehler::Problem(art, Vec::new());
    let zustand = req.app_data::<Data<Zustand>>().ok_or_else(Fehler::nicht_gefunden)?;
    let typ = req.headers().get(CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or("");
    if !typ.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/octet-stream") {
        return Err(problem(&MEDIENTYP));
    }
    let wer = req.extensions().get::<Aufrufer>().map(|a| a.person.clone()).unwrap_or_default();
    let _platz = zustand.ablageplaetze.nimm(&wer, WARTEN).await?;
    let roh = koerper::lesen(payload, HOECHSTENS, zustand.inhaltsfrist).await.map_err(|a| {
        problem(match a {
            Abbruch::ZuLangsam => &INHALT_ZU_LANGSAM,
            Abbruch::ZuGross => &ZU_GROSS,
            Abbruch::Gestoert => &INHALT_GESTOERT,
        })
    })?;
    Ok(Datei(roh))
}
