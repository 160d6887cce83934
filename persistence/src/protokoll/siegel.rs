//! Seals: the heads of all chains folded into one hash, and what proves that they still fit.

use super::{ANFANG, JE_PRUEFSEITE, hash};
use crate::ausdruck::summe;
use crate::db::Tx;
use crate::fehler::DbResult;
use crate::schema::{protokoll, siegel};
use crate::typen::{Kennung, Zeitpunkt};
use crate::verbindung::{DbConn, MultiBackend};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// A seal over all chains.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = siegel)]
pub struct Siegel {
    /// Running number.
    pub nr: i64,
    /// Moment.
    pub zeit: Zeitpunkt,
    /// Last entry that is sealed.
    pub bis_id: Kennung,
    /// Entries folded into this seal.
    pub anzahl: i64,
    /// Hash of the seal before.
    pub vorgaenger_hash: String,
    /// Hash of this seal.
    pub hash: String,
}

/// Number and hash of a seal as somebody noted them outside the system: `nr:hash`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Siegelkopf {
    /// Running number.
    pub nr: i64,
    /// Its hash.
    pub hash: String,
}

impl std::str::FromStr for Siegelkopf {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        s.split_once(':')
            .and_then(|(nr, hash)| Some(Siegelkopf { nr: nr.parse().ok()?, hash: hash.to_ascii_lowercase() }))
            .filter(|k| k.nr > 0 && k.hash.len() == 64 && k.hash.bytes().all(|b| b.is_ascii_hexdigit()))
            .ok_or_else(|| "erwartet wird NUMMER:PRÜFSUMME, die Prüfsumme mit 64 hexadezimalen Ziffern".to_owned())
    }
}

/// The seal with this number.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn siegel_nr(c: &mut DbConn, nr: i64) -> DbResult<Option<Siegel>> {
    Ok(siegel::table.find(nr).select(Siegel::as_select()).first(c).optional()?)
}

/// The newest seal.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn letztes_siegel(c: &mut DbConn) -> DbResult<Option<Siegel>> {
    Ok(siegel::table.select(Siegel::as_select()).order(siegel::nr.desc()).first(c).optional()?)
}

/// Entries per seal at most, so that a seal never holds its transaction for long.
const JE_SIEGEL: i64 = 5_000;
/// Entries younger than this may still be overtaken by one with a smaller id from another instance.
const RUHE: chrono::TimeDelta = chrono::TimeDelta::milliseconds(3_000);

/// Folds all settled entries since the last seal into a new one; none when there is nothing to seal.
///
/// # Errors
/// [`crate::DbFehler`]; two instances that seal at once collide on the number, one of them wins.
pub fn versiegle(tx: &mut Tx<'_>) -> DbResult<Option<Siegel>> {
    let letztes = letztes_siegel(tx.c)?;
    let mut q = protokoll::table
        .filter(protokoll::zeit.lt(Zeitpunkt(tx.jetzt - RUHE)))
        .select((protokoll::id, protokoll::hash))
        .into_boxed::<MultiBackend>();
    if let Some(s) = &letztes {
        q = q.filter(protokoll::id.gt(s.bis_id));
    }
    let neu: Vec<(Kennung, String)> = q.order(protokoll::id.asc()).limit(JE_SIEGEL).load(tx.c)?;
    let Some((bis_id, _)) = neu.last().cloned() else { return Ok(None) };
    let (nr, vorgaenger_hash) = letztes.map_or((1, ANFANG.to_owned()), |s| (s.nr.saturating_add(1), s.hash));
    let s = Siegel {
        nr,
        zeit: Zeitpunkt(tx.jetzt),
        bis_id,
        anzahl: i64::try_from(neu.len()).unwrap_or(i64::MAX),
        hash: siegel_hash(&vorgaenger_hash, nr, tx.jetzt, &neu),
        vorgaenger_hash,
    };
    diesel::insert_into(siegel::table).values(&s).execute(tx.c)?;
    Ok(Some(s))
}

fn siegel_hash(vorgaenger: &str, nr: i64, zeit: DateTime<Utc>, eintraege: &[(Kennung, String)]) -> String {
    let mut h = Sha256::new();
    for (id, hash) in eintraege {
        h.update(id.0.as_bytes());
        h.update(hash.as_bytes());
    }
    hash(&[vorgaenger.as_bytes(), &nr.to_be_bytes(), &zeit.timestamp_micros().to_be_bytes(), &h.finalize()])
}

/// What the newest seal proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nachweis {
    /// The newest seal, if there is one yet, and whether it still fits its entries and its predecessor.
    pub siegel: Option<(Siegel, bool)>,
    /// Entries under all seals.
    pub versiegelt: i64,
    /// Entries after the newest seal.
    pub unversiegelt: i64,
}

/// The newest seal, recomputed from the entries it covers. All chains and seals are checked by [`pruefe`] and
/// [`pruefe_siegel`].
///
/// # Errors
/// [`crate::DbFehler`].
pub fn nachweis(c: &mut DbConn) -> DbResult<Nachweis> {
    let letzte: Vec<Siegel> = siegel::table.select(Siegel::as_select()).order(siegel::nr.desc()).limit(2).load(c)?;
    let mut letzte = letzte.into_iter();
    let (Some(s), vorher) = (letzte.next(), letzte.next()) else {
        return Ok(Nachweis { siegel: None, versiegelt: 0, unversiegelt: protokoll::table.count().get_result(c)? });
    };
    let stimmt = stimmt(c, vorher.as_ref(), &s)?;
    let versiegelt: Option<i64> = siegel::table.select(summe(siegel::anzahl)).first(c)?;
    let unversiegelt = protokoll::table.filter(protokoll::id.gt(s.bis_id)).count().get_result(c)?;
    Ok(Nachweis { siegel: Some((s, stimmt)), versiegelt: versiegelt.unwrap_or(0), unversiegelt })
}

/// Recomputes all seals; returns the numbers of those that do not fit. Numbers run without a gap from 1.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn pruefe_siegel(c: &mut DbConn, fortschritt: &mut dyn FnMut(u64)) -> DbResult<Vec<i64>> {
    let mut vorher: Option<Siegel> = None;
    let mut falsch = Vec::new();
    let mut anzahl = 0u64;
    loop {
        let seite: Vec<Siegel> = siegel::table
            .filter(siegel::nr.gt(vorher.as_ref().map_or(i64::MIN, |v| v.nr)))
            .select(Siegel::as_select())
            .order(siegel::nr.asc())
            .limit(JE_PRUEFSEITE)
            .load(c)?;
        if seite.is_empty() {
            return Ok(falsch);
        }
        for s in seite {
            if !stimmt(c, vorher.as_ref(), &s)? {
                falsch.push(s.nr);
            }
            anzahl = anzahl.saturating_add(1);
            vorher = Some(s);
        }
        fortschritt(anzahl);
    }
}

/// The seal fits the entries it covers and the seal before it.
fn stimmt(c: &mut DbConn, vorher: Option<&Siegel>, s: &Siegel) -> DbResult<bool> {
    let mut q = protokoll::table
        .filter(protokoll::id.le(s.bis_id))
        .select((protokoll::id, protokoll::hash))
        .into_boxed::<MultiBackend>();
    if let Some(v) = vorher {
        q = q.filter(protokoll::id.gt(v.bis_id));
    }
    let eintraege: Vec<(Kennung, String)> = q.order(protokoll::id.asc()).load(c)?;
    let (nr, vorgaenger) = vorher.map_or((1, ANFANG), |v| (v.nr.saturating_add(1), v.hash.as_str()));
    Ok(s.nr == nr
        && s.vorgaenger_hash == vorgaenger
        && i64::try_from(eintraege.len()) == Ok(s.anzahl)
        && s.hash == siegel_hash(vorgaenger, s.nr, s.zeit.0, &eintraege))
}
