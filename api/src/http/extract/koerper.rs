//! Bodies: at most so many bytes, and all of them within one deadline.

use crate::fehler::{AUSGELASTET, Fehler, INTERN};
use crate::http::Zustand;
use actix_web::dev::Payload;
use actix_web::web::BytesMut;
use futures_util::StreamExt;
use std::time::Duration;

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbruch {
    /// It did not arrive in time. One deadline for all of it: a byte now and then buys no more.
    ZuLangsam,
    /// More bytes than permitted.
    ZuGross,
    /// The connection broke, or the encoding of the transfer.
    Gestoert,
}

/// Reads a body.
///
/// # Errors
/// [`Abbruch`].
pub async fn lesen(payload: &mut Payload, hoechstens: usize, frist: Duration) -> Result<Vec<u8>, Abbruch> {
    let alles = async {
        let mut roh = BytesMut::new();
        while let Some(stueck) = payload.next().await {
            let stueck = stueck.map_err(|_| Abbruch::Gestoert)?;
            if roh.len().saturating_add(stueck.len()) > hoechstens {
                return Err(Abbruch::ZuGross);
            }
            roh.extend_from_slice(&stueck);
        }
        Ok(roh.to_vec())
    };
    tokio::time::timeout(frist, alles).await.unwrap_or(Err(Abbruch::ZuLangsam))
}

/// Longest wait until a large body is checked.
const WARTEN: Duration = Duration::from_secs(2);

/// Works on a large body beside the threads that serve connections.
///
/// # Errors
/// `AUSGELASTET` when no place is free in time.
pub async fn abseits<T: Send + 'static>(
    zustand: &Zustand,
    arbeit: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fehler> {
    let platz = tokio::time::timeout(WARTEN, zustand.pruefplaetze.clone().acquire_owned()).await;
    let platz = platz.ok().and_then(Result::ok).ok_or_else(|| Fehler::Problem(&AUSGELASTET, Vec::new()))?;
    mit_platz(move || {
        // the place is free when the work is done, not when its caller is gone
        let _platz = platz;
        arbeit()
    })
    .await
}

/// Works beside the threads that serve connections, for a caller that holds a place.
///
/// # Errors
/// `INTERN` when the work panics.
pub async fn mit_platz<T: Send + 'static>(arbeit: impl FnOnce() -> T + Send + 'static) -> Result<T, Fehler> {
    #[allow(clippy::disallowed_methods, reason = "work of the processor, not of the database; the places bound it")]
    let fertig = actix_web::web::block(arbeit);
    fertig.await.map_err(|_| Fehler::Problem(&INTERN, Vec::new()))
}
