//! Answers that are a large file: it lies on the disk and goes out piece by piece.

use crate::fehler::{Ergebnis, Fehler, INTERN};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::Aufruf;
use crate::http::extract::koerper::mit_platz;
use crate::http::plaetze::anteil;
use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::ContentEncoding;
use actix_web::web::Bytes;
use aqb_domain::berechtigung::RechtTyp;
use aqb_persistence::DbConn;
use futures_util::stream::try_unfold;
use std::fs::File;
use std::io::{Error, Read};
use std::time::Duration;

/// Longest wait for a place.
const WARTEN: Duration = Duration::from_secs(2);
/// Bytes that are read at once.
const STUECK: usize = 64 * 1024;

/// A file to send.
pub struct Ausgang {
    /// Media type.
    pub typ: &'static str,
    /// Name for the caller: ASCII without quotes.
    pub name: String,
    /// The file at its beginning.
    pub datei: File,
    /// Its size in bytes.
    pub laenge: u64,
}

/// An error of the disk on which a file is put together.
pub fn platte(e: &Error) -> Fehler {
    tracing::error!("file cannot be put together: {e}");
    Fehler::Problem(&INTERN, Vec::new())
}

impl<R: RechtTyp> Aufruf<R> {
    /// Runs a unit of work that reads and puts a file together. Few run at once, so that short reads find a connection;
    /// how long the caller takes to fetch the file keeps nobody waiting.
    ///
    /// # Errors
    /// The refusal of the unit; `ZU_VIELE_ANFRAGEN` when the caller's own place is taken, `AUSGELASTET` when none is free
    /// in time.
    pub async fn lese_datei(
        &self,
        f: impl FnMut(&mut DbConn) -> Ergebnis<Ausgang> + Send + 'static,
    ) -> HandlerErgebnis {
        let wer = anteil(&self.akteur);
        let _platz = self.zustand.dateiplaetze.nimm(&wer, WARTEN).await.map_err(|e| self.ablehnung(e))?;
        let a = self.zustand.db.lesen(f).await.map_err(|e| self.ablehnung(e))?;
        let kopf = self.gelesen(&Antwort::datei(a.typ, a.name, Vec::new()));
        Ok(gesendet(kopf, a.datei, a.laenge))
    }
}

/// The answer with the file as its body. What is packed already is not packed again on the way.
fn gesendet(mut kopf: HttpResponse, datei: File, laenge: u64) -> HttpResponse {
    kopf.headers_mut().insert(actix_web::http::header::CONTENT_ENCODING, ContentEncoding::Identity.to_header_value());
    let stuecke = try_unfold(datei, |datei| async move {
        let gelesen = mit_platz(move || naechstes(datei)).await;
        gelesen.map_err(|_| Error::other("the thread that reads is gone"))?
    });
    kopf.set_body(SizedStream::new(laenge, Box::pin(stuecke))).map_into_boxed_body()
}

fn naechstes(mut datei: File) -> Result<Option<(Bytes, File)>, Error> {
    let mut puffer = vec![0u8; STUECK];
    let n = datei.read(&mut puffer)?;
    puffer.truncate(n);
    Ok((n > 0).then(|| (Bytes::from(puffer), datei)))
}
