//! Places for work that is shared out among callers: so many at once, and so many for one of them.

use crate::fehler::{AUSGELASTET, Fehler};
use aqb_domain::berechtigung::Akteur;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Seconds after which a caller whose own places are taken is to try again.
const SPAETER: u64 = 5;
/// From this number of callers on those without a place are forgotten.
const GEMERKT: usize = 1_000;

/// To whom places are given: a Traeger, a Gebietskoerperschaft, or the person where there is neither.
pub fn anteil(a: &Akteur) -> String {
    match (a.traeger_id, &a.kreisschluessel) {
        (Some(t), _) => t.to_string(),
        (None, Some(k)) => k.clone(),
        (None, None) => a.person.clone(),
    }
}

/// The places.
pub struct Plaetze {
    alle: Arc<Semaphore>,
    je_anteil: usize,
    eigene: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// A place; it is free again when this value is dropped.
pub struct Platz(#[allow(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

async fn frei(s: Arc<Semaphore>, warten: Duration) -> Option<Platz> {
    tokio::time::timeout(warten, s.acquire_owned()).await.ok().and_then(Result::ok).map(Platz)
}

impl Plaetze {
    /// `alle` places, of which one caller holds at most `je_anteil`.
    pub fn neu(alle: usize, je_anteil: usize) -> Self {
        Plaetze { alle: Arc::new(Semaphore::new(alle)), je_anteil, eigene: Mutex::default() }
    }

    fn eigene(&self, wer: &str) -> Arc<Semaphore> {
        let mut eigene = self.eigene.lock().unwrap_or_else(PoisonError::into_inner);
        if eigene.len() >= GEMERKT {
            eigene.retain(|_, s| Arc::strong_count(s) > 1);
        }
        eigene.entry(wer.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(self.je_anteil))).clone()
    }

    /// One of the caller's own places: with it a place among all can be taken.
    ///
    /// # Errors
    /// `ZU_VIELE_ANFRAGEN` when the caller holds as many as it may.
    pub async fn eigener(&self, wer: &str, warten: Duration) -> Result<Platz, Fehler> {
        frei(self.eigene(wer), warten).await.ok_or(Fehler::ZuVieleAnfragen(SPAETER))
    }

    /// A place among all.
    ///
    /// # Errors
    /// `AUSGELASTET` when none is free in time.
    pub async fn gemeinsamer(&self, warten: Duration) -> Result<Platz, Fehler> {
        let voll = || Fehler::Problem(&AUSGELASTET, Vec::new());
        frei(self.alle.clone(), warten).await.ok_or_else(voll)
    }

    /// Both at once.
    ///
    /// # Errors
    /// As [`Plaetze::eigener`] and [`Plaetze::gemeinsamer`].
    pub async fn nimm(&self, wer: &str, warten: Duration) -> Result<(Platz, Platz), Fehler> {
        let eigener = self.eigener(wer, warten).await?;
        Ok((eigener, self.gemeinsamer(warten).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn keiner_nimmt_alle() {
        let p = Plaetze::neu(3, 2);
        let kurz = Duration::from_millis(20);
        let erster = p.nimm("06440", kurz).await.unwrap();
        let _zweiter = p.nimm("06440", kurz).await.unwrap();
        assert!(matches!(p.nimm("06440", kurz).await.err(), Some(Fehler::ZuVieleAnfragen(SPAETER))));
        let _anderer = p.nimm("06531", kurz).await.unwrap();
        let voll = p.nimm("06531", kurz).await.err();
        assert!(matches!(voll, Some(Fehler::Problem(art, _)) if art == &AUSGELASTET), "three of three are taken");
        drop(erster);
        p.nimm("06531", kurz).await.unwrap();
    }
}
