//! Audit: one hash chain per case, never one for all. A sealer folds the heads of all chains into one hash.

use crate::ausdruck::summe;
use crate::db::Tx;
use crate::fehler::DbResult;
use crate::schema::{protokoll, siegel};
use crate::typen::{Kennung, Zeitpunkt};
use crate::verbindung::{DbConn, MultiBackend};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Hash before the first entry of a chain.
pub const ANFANG: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = protokoll)]
pub struct Eintrag {
    /// Aggregate.
    pub fall_art: String,
    /// Its id.
    pub fall_id: String,
    /// Position in the chain of this case, from 1.
    pub nr: i64,
    /// Id of the entry, in order of time.
    pub id: Kennung,
    /// Gebietskoerperschaft the case belongs to.
    pub kreisschluessel: Option<String>,
    /// Moment.
    pub zeit: Zeitpunkt,
    /// Who.
    pub person: String,
    /// In which role.
    pub rolle: String,
    /// Which act.
    pub akt: String,
    /// Id of the request.
    pub anfrage: String,
    /// Changed fields as a JSON array of `{feld, vorher, nachher}`; kept as text so that the hashed bytes stay.
    pub aenderungen: String,
    /// Hash of the entry before.
    pub vorgaenger_hash: String,
    /// Hash over everything above.
    pub hash: String,
}

/// Lower-case hex of a SHA-256.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut s, b| {
        use std::fmt::Write;
        // writing to a String cannot fail
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// SHA-256 over parts, each preceded by its length.
pub fn hash(teile: &[&[u8]]) -> String {
    let mut h = Sha256::new();
    for t in teile {
        h.update(t.len().to_be_bytes());
        h.update(t);
    }
    hex(&h.finalize())
}

impl Eintrag {
    fn berechne_hash(&self) -> String {
        hash(&[
            self.vorgaenger_hash.as_bytes(),
            self.fall_art.as_bytes(),
            self.fall_id.as_bytes(),
            &self.nr.to_be_bytes(),
            self.id.0.as_bytes(),
            self.kreisschluessel.as_deref().unwrap_or("").as_bytes(),
            &self.zeit.0.timestamp_micros().to_be_bytes(),
            self.person.as_bytes(),
            self.rolle.as_bytes(),
            self.akt.as_bytes(),
            self.anfrage.as_bytes(),
            self.aenderungen.as_bytes(),
        ])
    }
}

/// Fields that differ between two documents, as JSON pointers with the JSON text before and after.
pub fn unterschied(vorher: &Value, nachher: &Value) -> Vec<(String, Option<String>, Option<String>)> {
    let mut aus = Vec::new();
    vergleiche(String::new(), Some(vorher), Some(nachher), &mut aus);
    aus
}

fn vergleiche(
    ort: String,
    vorher: Option<&Value>,
    nachher: Option<&Value>,
    aus: &mut Vec<(String, Option<String>, Option<String>)>,
) {
    let kind = |schluessel: &str| format!("{ort}/{}", schluessel.replace('~', "~0").replace('/', "~1"));
    match (vorher, nachher) {
        (a, b) if a == b => {}
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for (k, v) in a {
                vergleiche(kind(k), Some(v), b.get(k), aus);
            }
            for (k, v) in b.iter().filter(|(k, _)| !a.contains_key(*k)) {
                vergleiche(kind(k), None, Some(v), aus);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for i in 0..a.len().max(b.len()) {
                vergleiche(kind(&i.to_string()), a.get(i), b.get(i), aus);
            }
        }
        (a, b) => aus.push((ort, a.map(Value::to_string), b.map(Value::to_string))),
    }
}

/// The case an entry belongs to.
#[derive(Debug, Clone)]
pub struct Fall<'a> {
    /// Aggregate, UPPER_SNAKE.
    pub art: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Gebietskoerperschaft it belongs to.
    pub kreisschluessel: Option<&'a str>,
}

/// Appends to the chain of the case. The caller holds the case's row, so entries of one case queue.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn anhaengen(tx: &mut Tx<'_>, fall: &Fall<'_>, akt: &str, vorher: &Value, nachher: &Value) -> DbResult<()> {
    let letzter: Option<(i64, String)> = protokoll::table
        .filter(protokoll::fall_art.eq(fall.art))
        .filter(protokoll::fall_id.eq(fall.id))
        .order(protokoll::nr.desc())
        .select((protokoll::nr, protokoll::hash))
        .first(tx.c)
        .optional()?;
    let (nr, vorgaenger_hash) = letzter.map_or((1, ANFANG.to_owned()), |(n, h)| (n.saturating_add(1), h));
    let felder: Vec<Value> = unterschied(vorher, nachher)
        .into_iter()
        .map(|(feld, v, n)| {
            let mut o = serde_json::Map::from_iter([("feld".to_owned(), Value::String(feld))]);
            o.extend(v.map(|v| ("vorher".to_owned(), Value::String(v))));
            o.extend(n.map(|n| ("nachher".to_owned(), Value::String(n))));
            Value::Object(o)
        })
        .collect();
    let mut e = Eintrag {
        fall_art: fall.art.to_owned(),
        fall_id: fall.id.to_owned(),
        nr,
        id: Kennung(tx.neue_id()),
        kreisschluessel: fall.kreisschluessel.map(str::to_owned),
        zeit: Zeitpunkt(tx.jetzt),
        person: tx.akteur.person.clone(),
        rolle: tx.akteur.rolle.code().to_owned(),
        akt: akt.to_owned(),
        anfrage: tx.anfrage.clone(),
        aenderungen: Value::Array(felder).to_string(),
        vorgaenger_hash,
        hash: String::new(),
    };
    e.hash = e.berechne_hash();
    diesel::insert_into(protokoll::table).values(&e).execute(tx.c)?;
    Ok(())
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only entries of this person.
    pub person: Option<String>,
    /// Only this kind of case.
    pub fall_art: Option<String>,
    /// Only cases with this id or natural key.
    pub fall_id: Option<String>,
    /// Only cases with one of these ids.
    pub fall_ids: Option<Vec<String>>,
    /// Only this act.
    pub akt: Option<String>,
    /// Only entries at or after this moment.
    pub von: Option<DateTime<Utc>>,
    /// Only entries before this moment.
    pub vor: Option<DateTime<Utc>>,
}

/// Entries in order of time, after the entry `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(c: &mut DbConn, f: &Filter, nach: Option<uuid::Uuid>, anzahl: i64) -> DbResult<Vec<Eintrag>> {
    let mut q = protokoll::table.select(Eintrag::as_select()).into_boxed::<MultiBackend>();
    if let Some(p) = &f.person {
        q = q.filter(protokoll::person.eq(p.clone()));
    }
    if let Some(a) = &f.fall_art {
        q = q.filter(protokoll::fall_art.eq(a.clone()));
    }
    if let Some(i) = &f.fall_id {
        q = q.filter(protokoll::fall_id.eq(i.clone()));
    }
    if let Some(i) = &f.fall_ids {
        q = q.filter(protokoll::fall_id.eq_any(i.clone()));
    }
    if let Some(a) = &f.akt {
        q = q.filter(protokoll::akt.eq(a.clone()));
    }
    if let Some(t) = f.von {
        q = q.filter(protokoll::zeit.ge(Zeitpunkt(t)));
    }
    if let Some(t) = f.vor {
        q = q.filter(protokoll::zeit.lt(Zeitpunkt(t)));
    }
    if let Some(n) = nach {
        q = q.filter(protokoll::id.gt(Kennung(n)));
    }
    Ok(q.order(protokoll::id.asc()).limit(anzahl).load(c)?)
}

/// Result of checking all chains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pruefung {
    /// Entries read.
    pub eintraege: u64,
    /// Cases read.
    pub faelle: u64,
    /// Entries whose hash, number or predecessor is wrong, as `fall_art/fall_id/nr`.
    pub fehler: Vec<String>,
}

/// Entries read at once by the checks.
const JE_PRUEFSEITE: i64 = 2_000;

/// Recomputes every chain; `fortschritt` learns how many entries are done.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn pruefe(c: &mut DbConn, fortschritt: &mut dyn FnMut(u64)) -> DbResult<Pruefung> {
    let mut p = Pruefung { eintraege: 0, faelle: 0, fehler: Vec::new() };
    let mut davor: Option<Eintrag> = None;
    loop {
        let mut q = protokoll::table.select(Eintrag::as_select()).into_boxed::<MultiBackend>();
        if let Some(d) = &davor {
            q = q.filter(
                diesel::dsl::sql::<diesel::sql_types::Bool>("(fall_art, fall_id, nr) > (")
                    .bind::<diesel::sql_types::Text, _>(d.fall_art.clone())
                    .sql(", ")
                    .bind::<diesel::sql_types::Text, _>(d.fall_id.clone())
                    .sql(", ")
                    .bind::<diesel::sql_types::BigInt, _>(d.nr)
                    .sql(")"),
            );
        }
        let seite: Vec<Eintrag> = q
            .order((protokoll::fall_art.asc(), protokoll::fall_id.asc(), protokoll::nr.asc()))
            .limit(JE_PRUEFSEITE)
            .load(c)?;
        if seite.is_empty() {
            return Ok(p);
        }
        for e in seite {
            let (nr, vorgaenger) = match &davor {
                Some(d) if d.fall_art == e.fall_art && d.fall_id == e.fall_id => {
                    (d.nr.saturating_add(1), d.hash.clone())
                }
                _ => {
                    p.faelle = p.faelle.saturating_add(1);
                    (1, ANFANG.to_owned())
                }
            };
            p.eintraege = p.eintraege.saturating_add(1);
            if e.nr != nr || e.vorgaenger_hash != vorgaenger || e.hash != e.berechne_hash() {
                p.fehler.push(format!("{}/{}/{}", e.fall_art, e.fall_id, e.nr));
            }
            davor = Some(e);
        }
        fortschritt(p.eintraege);
    }
}

/// The chains of these cases of one kind, entry by entry.
///
/// # Errors
/// [`crate::DbFehler`].
pub(crate) fn ketten(c: &mut DbConn, fall_art: &str, ids: &[String]) -> DbResult<Vec<Eintrag>> {
    Ok(protokoll::table
        .filter(protokoll::fall_art.eq(fall_art))
        .filter(protokoll::fall_id.eq_any(ids.to_vec()))
        .order((protokoll::fall_id.asc(), protokoll::nr.asc()))
        .select(Eintrag::as_select())
        .load(c)?)
}

/// Ids of all cases of one kind that have a chain.
///
/// # Errors
/// [`crate::DbFehler`].
pub(crate) fn faelle(c: &mut DbConn, fall_art: &str) -> DbResult<std::collections::BTreeSet<String>> {
    let ids: Vec<String> =
        protokoll::table.filter(protokoll::fall_art.eq(fall_art)).select(protokoll::fall_id).distinct().load(c)?;
    Ok(ids.into_iter().collect())
}

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
