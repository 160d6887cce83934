//! Audit: one hash chain per case, never one for all. A sealer folds the heads of all chains into one hash.

mod siegel;
pub use siegel::{Nachweis, Siegel, Siegelkopf, letztes_siegel, nachweis, pruefe_siegel, siegel_nr, versiegle};

use crate::db::Tx;
use crate::fehler::DbResult;
use crate::je_backend;
use crate::schema::protokoll;
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
#[diesel(table_name = protokoll, treat_none_as_default_value = false)]
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
    /// The hash that belongs to these fields; `hash` itself is not one of them.
    pub fn berechne_hash(&self) -> String {
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
    let e = Eintrag::neu(tx, fall, akt, (vorher, nachher), (nr, vorgaenger_hash));
    diesel::insert_into(protokoll::table).values(&e).execute(tx.c)?;
    Ok(())
}

impl Eintrag {
    fn neu(
        tx: &Tx<'_>,
        fall: &Fall<'_>,
        akt: &str,
        (vorher, nachher): (&Value, &Value),
        (nr, vorgaenger_hash): (i64, String),
    ) -> Self {
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
        e
    }

    /// The first entry of a case that nobody knew before.
    pub(crate) fn erster(tx: &Tx<'_>, fall: &Fall<'_>, akt: &str, nachher: &Value) -> Self {
        Eintrag::neu(tx, fall, akt, (&Value::Null, nachher), (1, ANFANG.to_owned()))
    }
}

/// Writes entries; each is the first of its case.
pub(crate) fn alle_anhaengen(tx: &mut Tx<'_>, eintraege: &[Eintrag]) -> DbResult<()> {
    // SQLite takes at most 32,766 parameters in a statement
    for stapel in eintraege.chunks(500) {
        je_backend!(&mut *tx.c, c => diesel::insert_into(protokoll::table).values(stapel).execute(c))?;
    }
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
    /// None of these acts.
    pub ohne_akte: &'static [&'static str],
    /// Only entries at or after this moment.
    pub von: Option<DateTime<Utc>>,
    /// Only entries before this moment.
    pub vor: Option<DateTime<Utc>>,
    /// Only this entry and those after it.
    pub ab: Option<uuid::Uuid>,
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
    if !f.ohne_akte.is_empty() {
        q = q.filter(protokoll::akt.ne_all(f.ohne_akte.iter().copied()));
    }
    if let Some(t) = f.von {
        q = q.filter(protokoll::zeit.ge(Zeitpunkt(t)));
    }
    if let Some(t) = f.vor {
        q = q.filter(protokoll::zeit.lt(Zeitpunkt(t)));
    }
    if let Some(e) = f.ab {
        q = q.filter(protokoll::id.ge(Kennung(e)));
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

/// The chains of these cases of one kind, entry by entry, after the entry `nach` (case and number).
///
/// # Errors
/// [`crate::DbFehler`].
pub fn ketten_nach(
    c: &mut DbConn,
    (fall_art, ids): (&str, &[String]),
    nach: Option<&(String, i64)>,
    anzahl: i64,
) -> DbResult<Vec<Eintrag>> {
    let mut q = protokoll::table
        .filter(protokoll::fall_art.eq(fall_art.to_owned()))
        .filter(protokoll::fall_id.eq_any(ids.to_vec()))
        .select(Eintrag::as_select())
        .into_boxed::<MultiBackend>();
    if let Some((id, nr)) = nach {
        q = q.filter(
            diesel::dsl::sql::<diesel::sql_types::Bool>("(fall_id, nr) > (")
                .bind::<diesel::sql_types::Text, _>(id.clone())
                .sql(", ")
                .bind::<diesel::sql_types::BigInt, _>(*nr)
                .sql(")"),
        );
    }
    Ok(q.order((protokoll::fall_id.asc(), protokoll::nr.asc())).limit(anzahl).load(c)?)
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
