//! Rate limits: buckets that refill continuously, one per caller and one per account that fails to log in.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// From this number of buckets on the full ones are forgotten.
const GEMERKT: usize = 10_000;
/// What a full bucket holds: milliseconds of a minute.
const VOLL: u64 = 60_000;

/// A limit per minute and name; 0 switches it off.
pub struct Drossel {
    je_minute: u32,
    eimer: Mutex<Eimer>,
}

/// Content and moment of each bucket, and the number from which on full ones are looked for.
struct Eimer {
    je_name: HashMap<String, (u64, Instant)>,
    schwelle: usize,
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
    /// A limit of `je_minute`.
    pub fn neu(je_minute: u32) -> Self {
        Drossel { je_minute, eimer: Mutex::new(Eimer { je_name: HashMap::new(), schwelle: GEMERKT }) }
    }

    /// Milliseconds one request costs.
    fn preis(&self) -> u64 {
        VOLL / u64::from(self.je_minute).clamp(1, VOLL)
    }

    fn alle(&self) -> std::sync::MutexGuard<'_, Eimer> {
        self.eimer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one from the bucket of this name.
    ///
    /// # Errors
    /// Seconds until the next one is possible.
    pub fn nimm(&self, name: &str, jetzt: Instant) -> Result<Option<Rest>, u64> {
        if self.je_minute == 0 {
            return Ok(None);
        }
        let preis = self.preis();
        let mut alle = self.alle();
        if alle.je_name.len() >= alle.schwelle {
            alle.je_name.retain(|_, (stand, seit)| nachgefuellt(*stand, *seit, jetzt) < VOLL);
            alle.schwelle = GEMERKT.max(alle.je_name.len().saturating_mul(2));
        }
        let (stand, seit) = alle.je_name.entry(name.to_owned()).or_insert((VOLL, jetzt));
        *stand = nachgefuellt(*stand, *seit, jetzt);
        *seit = jetzt;
        let Some(rest) = stand.checked_sub(preis) else {
            return Err((preis - *stand).div_ceil(1_000).max(1));
        };
        *stand = rest;
        Ok(Some(Rest { erlaubt: self.je_minute, uebrig: u32::try_from(rest / preis).unwrap_or(u32::MAX) }))
    }

    /// Puts one back that was not used.
    fn zurueck(&self, name: &str) {
        if let Some((stand, _)) = self.alle().je_name.get_mut(name) {
            *stand = stand.saturating_add(self.preis()).min(VOLL);
        }
    }
}

fn nachgefuellt(stand: u64, seit: Instant, jetzt: Instant) -> u64 {
    let gewachsen = u64::try_from(jetzt.duration_since(seit).as_millis()).unwrap_or(VOLL);
    stand.saturating_add(gewachsen).min(VOLL)
}

/// Limits failed logins: per account, whether it exists or not, and altogether. Attempts are taken beforehand, so many
/// at once get no more than one after the other; one that succeeds, or was never judged, is given back.
///
/// The memory is bounded: no account gets a bucket unless the common one grants the attempt.
pub struct Fehlanmeldungen {
    je_konto: Drossel,
    gesamt: Drossel,
}

/// One attempt; it counts as failed unless it is [withdrawn](Versuch::zurueck).
pub struct Versuch<'d> {
    drossel: &'d Fehlanmeldungen,
    konto: String,
}

/// Name of the bucket of all together.
const ALLE: &str = "";
/// Longest name of an account's bucket; no account is called longer.
const NAME: usize = 200;

impl Fehlanmeldungen {
    /// Failures per minute.
    pub fn neu(je_konto: u32, gesamt: u32) -> Self {
        Fehlanmeldungen { je_konto: Drossel::neu(je_konto), gesamt: Drossel::neu(gesamt) }
    }

    /// Begins an attempt.
    ///
    /// # Errors
    /// Seconds until the next one is possible.
    pub fn beginne(&self, client_id: &str, jetzt: Instant) -> Result<Versuch<'_>, u64> {
        let konto: String = client_id.chars().take(NAME).collect();
        self.gesamt.nimm(ALLE, jetzt)?;
        self.je_konto.nimm(&konto, jetzt).inspect_err(|_| self.gesamt.zurueck(ALLE))?;
        Ok(Versuch { drossel: self, konto })
    }
}

impl Versuch<'_> {
    /// The attempt succeeded, or nobody judged it.
    pub fn zurueck(self) {
        self.drossel.je_konto.zurueck(&self.konto);
        self.drossel.gesamt.zurueck(ALLE);
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

    #[test]
    fn nur_fehlversuche_zaehlen() {
        let d = Fehlanmeldungen::neu(3, 5);
        let t = Instant::now();
        for _ in 0..100 {
            d.beginne("a", t).expect("free").zurueck();
        }
        for _ in 0..3 {
            assert!(d.beginne("a", t).is_ok());
        }
        assert_eq!(d.beginne("a", t).err(), Some(20), "a third of a minute until the next");
        assert!(d.beginne("b", t).is_ok() && d.beginne("c", t).is_ok());
        assert_eq!(d.beginne("d", t).err(), Some(12), "the common bucket is empty, for new names too");
        assert!(d.beginne("a", t + Duration::from_secs(20)).is_ok());
    }

    /// Names cost memory only as far as the common bucket pays for them.
    #[test]
    fn speicher_ist_begrenzt() {
        let d = Fehlanmeldungen::neu(3, 60_000);
        let t = Instant::now();
        for minute in 0..3u64 {
            let jetzt = t + Duration::from_secs(60 * minute);
            for i in 0..70_000 {
                drop(d.beginne(&format!("{minute}-{i}"), jetzt));
            }
            let gemerkt = d.je_konto.alle().je_name.len();
            assert!(gemerkt <= 120_000, "{gemerkt}");
        }
    }
}
