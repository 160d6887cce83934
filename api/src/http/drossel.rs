//! Rate limit per caller: a bucket that refills continuously.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Callers that are remembered; beyond it idle ones are forgotten.
const GEMERKT: usize = 10_000;

/// A limit of requests per minute and caller; 0 switches it off.
pub struct Drossel {
    je_minute: u32,
    eimer: Mutex<HashMap<String, (u64, Instant)>>,
}

/// What is left for a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Requests per minute.
    pub erlaubt: u32,
    /// Requests left now.
    pub uebrig: u32,
}

impl Drossel {
    /// A limit of `je_minute` requests.
    pub fn neu(je_minute: u32) -> Self {
        Drossel { je_minute, eimer: Mutex::new(HashMap::new()) }
    }

    /// Takes one request from the caller's bucket.
    ///
    /// # Errors
    /// Seconds until the next request is possible.
    pub fn nimm(&self, person: &str, jetzt: Instant) -> Result<Option<Rest>, u64> {
        if self.je_minute == 0 {
            return Ok(None);
        }
        // the bucket counts milliseconds: one request costs 60,000 / je_minute of them, a full bucket holds a minute
        let (voll, preis) = (60_000u64, 60_000 / u64::from(self.je_minute).min(60_000));
        let mut alle = self.eimer.lock().unwrap_or_else(PoisonError::into_inner);
        if alle.len() >= GEMERKT {
            alle.retain(|_, (_, seit)| jetzt.duration_since(*seit).as_secs() < 60);
        }
        let (stand, seit) = alle.entry(person.to_owned()).or_insert((voll, jetzt));
        let gewachsen = u64::try_from(jetzt.duration_since(*seit).as_millis()).unwrap_or(voll);
        *stand = stand.saturating_add(gewachsen).min(voll);
        *seit = jetzt;
        let Some(rest) = stand.checked_sub(preis) else {
            return Err((preis - *stand).div_ceil(1_000).max(1));
        };
        *stand = rest;
        Ok(Some(Rest { erlaubt: self.je_minute, uebrig: u32::try_from(rest / preis.max(1)).unwrap_or(u32::MAX) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn eimer_leert_und_fuellt_sich() {
        let d = Drossel::neu(60);
        let t = Instant::now();
        for n in (0..60).rev() {
            assert_eq!(d.nimm("a", t), Ok(Some(Rest { erlaubt: 60, uebrig: n })));
        }
        assert_eq!(d.nimm("a", t), Err(1));
        assert!(d.nimm("b", t).is_ok(), "another caller has a bucket of its own");
        assert!(d.nimm("a", t + Duration::from_secs(1)).is_ok());
    }

    #[test]
    fn null_schaltet_ab() {
        assert_eq!(Drossel::neu(0).nimm("a", Instant::now()), Ok(None));
    }
}
