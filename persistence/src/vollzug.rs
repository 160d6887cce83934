//! Committing a decision: state, postings, deadlines, audit row and outbox event, all or nothing.
//!
//! There is no second way to change legal state. The caller's transaction ([`crate::Db::schreiben`]) decides whether
//! it stays (an act) or is rolled back (a simulation): the code is the same.

use crate::db::Tx;
use crate::fehler::{DbFehler, DbResult};
use crate::konto;
use crate::protokoll::{self, Fall};
use crate::schema::zaehler;
use crate::verbindung::DbConn;
use aqb_domain::akt::Entscheidung;
use aqb_domain::befund::{Befund, Einheit, Schwere};
use aqb_domain::regel::{NOCH_VERWENDET, Sprache};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Value, json};

/// An aggregate with its version and times as the database keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioniert<T> {
    /// The aggregate.
    pub wert: T,
    /// Version, counting from 1; the ETag.
    pub version: i64,
    /// Created.
    pub erstellt_am: DateTime<Utc>,
    /// Last changed.
    pub geaendert_am: DateTime<Utc>,
}

/// Something with legal state that acts change.
pub trait Aggregat: Clone {
    /// Kind, UPPER_SNAKE, as in audit, deadlines and events.
    const ART: &'static str;
    /// Id or natural key.
    fn schluessel(&self) -> String;
    /// Gebietskoerperschaft it belongs to.
    fn gebietskoerperschaft(&self) -> Option<&str>;
    /// The document whose changes the audit trail keeps.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    fn dokument(&self) -> DbResult<Value>;
    /// Inserts it at version 1.
    ///
    /// # Errors
    /// [`DbFehler`], by constraint.
    fn einfuegen(&self, tx: &mut Tx<'_>) -> DbResult<()>;
    /// Replaces the row that still has `version`; returns the number of rows.
    ///
    /// # Errors
    /// [`DbFehler`], by constraint.
    fn ersetzen(&self, tx: &mut Tx<'_>, version: i64) -> DbResult<usize>;
    /// The version the row has now.
    ///
    /// # Errors
    /// [`DbFehler`].
    fn aktuelle_version(&self, c: &mut DbConn) -> DbResult<i64>;
}

/// Field of an audit entry: the warnings that were confirmed with the act.
pub(crate) const BESTAETIGTE_WARNUNGEN: &str = "bestaetigte_warnungen";
/// Field of an audit entry: id and SHA-256 of every posting the act made, so that the trail covers the ledger.
pub(crate) const BUCHUNGEN: &str = "buchungen";
/// Act of an audit entry: the draft was deleted; the entry keeps what it was.
pub const LOESCHUNG: &str = "loeschung";

/// Something of which many are entered at once.
pub trait Stapelbar: Aggregat {
    /// Inserts them at version 1, in one statement.
    ///
    /// # Errors
    /// [`DbFehler`], by constraint.
    fn alle_einfuegen(alle: &[Self], tx: &mut Tx<'_>) -> DbResult<()>;
}

/// Something whose drafts can be deleted.
pub trait Loeschbar: Aggregat {
    /// Deletes the row that still has `version`, with everything in it; returns the number of rows.
    ///
    /// # Errors
    /// [`DbFehler`].
    fn loeschen(&self, c: &mut DbConn, version: i64) -> DbResult<usize>;
}

/// Deletes a record that was read in this transaction. What it was stays in the audit trail.
///
/// # Errors
/// [`DbFehler::VersionVeraltet`] when somebody else was faster, [`DbFehler::Verwendet`] when other records refer to it.
pub fn entferne<A: Loeschbar>(tx: &mut Tx<'_>, alt: &Versioniert<A>) -> DbResult<()> {
    let geloescht = alt.wert.loeschen(tx.c, alt.version).map_err(|e| match e {
        DbFehler::Verweis { .. } => {
            DbFehler::Verwendet(Box::new(Befund::neu(&NOCH_VERWENDET).gemessen("was", A::ART, Einheit::Code).gemessen(
                "schluessel",
                alt.wert.schluessel(),
                Einheit::Text,
            )))
        }
        e => e,
    })?;
    if geloescht == 0 {
        return Err(DbFehler::VersionVeraltet { aktuell: alt.wert.aktuelle_version(tx.c)? });
    }
    let schluessel = alt.wert.schluessel();
    let fall = Fall { art: A::ART, id: &schluessel, kreisschluessel: alt.wert.gebietskoerperschaft() };
    protokoll::anhaengen(tx, &fall, LOESCHUNG, &alt.wert.dokument()?, &Value::Null)
}

/// Commits a decision about an aggregate that is new (`alt` is none) or was read in this transaction.
///
/// # Errors
/// [`DbFehler::VersionVeraltet`] when somebody else was faster, [`DbFehler::NichtGedeckt`] when an
/// account cannot cover a posting, otherwise by constraint.
pub fn vollziehe<A: Aggregat>(
    tx: &mut Tx<'_>,
    akt: &str,
    alt: Option<&Versioniert<A>>,
    entscheidung: Entscheidung<A>,
) -> DbResult<Versioniert<A>> {
    let (zustand, e) = teile(entscheidung);
    let gespeichert = speichere(tx, alt, zustand)?;
    let vorher = alt.map_or(Ok(Value::Null), |a| a.wert.dokument())?;
    let nachher = bewirke(tx, akt, &gespeichert.wert, e)?;
    let schluessel = gespeichert.wert.schluessel();
    let fall = Fall { art: A::ART, id: &schluessel, kreisschluessel: gespeichert.wert.gebietskoerperschaft() };
    protokoll::anhaengen(tx, &fall, akt, &vorher, &nachher)?;
    Ok(gespeichert)
}

/// Commits decisions about aggregates that are all new, with ids nobody used before: as [`vollziehe`] for each of them, in
/// few statements.
///
/// # Errors
/// As [`vollziehe`].
pub fn vollziehe_neue<A: Stapelbar>(tx: &mut Tx<'_>, akt: &str, entscheidungen: Vec<Entscheidung<A>>) -> DbResult<()> {
    let (neue, uebrige): (Vec<A>, Vec<_>) = entscheidungen.into_iter().map(teile).unzip();
    A::alle_einfuegen(&neue, tx)?;
    let mut eintraege = Vec::with_capacity(neue.len());
    for (neu, e) in neue.iter().zip(uebrige) {
        let nachher = bewirke(tx, akt, neu, e)?;
        let schluessel = neu.schluessel();
        let fall = Fall { art: A::ART, id: &schluessel, kreisschluessel: neu.gebietskoerperschaft() };
        eintraege.push(protokoll::Eintrag::erster(tx, &fall, akt, &nachher));
    }
    protokoll::alle_anhaengen(tx, &eintraege)
}

/// The state of a decision, and what else it brings about.
fn teile<A>(e: Entscheidung<A>) -> (A, Entscheidung<()>) {
    let Entscheidung { zustand, buchungen, fristen, fristenden, ereignisse, befunde } = e;
    (zustand, Entscheidung { zustand: (), buchungen, fristen, fristenden, ereignisse, befunde })
}

/// Writes what a decision brings about beside the state; returns the document that the trail compares.
fn bewirke<A: Aggregat>(tx: &mut Tx<'_>, akt: &str, neu: &A, e: Entscheidung<()>) -> DbResult<Value> {
    let schluessel = neu.schluessel();
    let mut belege = Vec::with_capacity(e.buchungen.len());
    for b in &e.buchungen {
        belege.extend(konto::buche(tx, A::ART, &schluessel, b)?.map(Value::String));
    }
    let fall = Fall { art: A::ART, id: &schluessel, kreisschluessel: neu.gebietskoerperschaft() };
    crate::frist::fuehre(tx, akt, &fall, &e.fristen, &e.fristenden)?;
    for ereignis in &e.ereignisse {
        crate::ausgang::lege_ab(tx, &fall, ereignis)?;
    }
    let mut nachher = neu.dokument()?;
    if let Some(o) = nachher.as_object_mut() {
        // what was confirmed belongs to the act: the trail must show who waved what through, and why
        let bestaetigt: Vec<Value> = e
            .befunde
            .iter()
            .filter(|b| b.schwere == Schwere::Warnung)
            .map(|b| json!({ "code": b.regel.code, "text": b.text(Sprache::De), "begruendung": b.begruendung }))
            .collect();
        for (name, werte) in [(BESTAETIGTE_WARNUNGEN, bestaetigt), (BUCHUNGEN, belege)] {
            if !werte.is_empty() {
                o.insert(name.to_owned(), Value::Array(werte));
            }
        }
    }
    tx.ereignisse.extend(e.ereignisse);
    tx.befunde.extend(e.befunde);
    Ok(nachher)
}

fn speichere<A: Aggregat>(tx: &mut Tx<'_>, alt: Option<&Versioniert<A>>, neu: A) -> DbResult<Versioniert<A>> {
    let Some(alt) = alt else {
        neu.einfuegen(tx)?;
        return Ok(Versioniert { wert: neu, version: 1, erstellt_am: tx.jetzt, geaendert_am: tx.jetzt });
    };
    if neu.ersetzen(tx, alt.version)? == 0 {
        return Err(DbFehler::VersionVeraltet { aktuell: neu.aktuelle_version(tx.c)? });
    }
    Ok(Versioniert {
        wert: neu,
        version: alt.version.saturating_add(1),
        erstellt_am: alt.erstellt_am,
        geaendert_am: tx.jetzt,
    })
}

/// Next number of a counter, without gaps: a rollback takes the number back.
///
/// # Errors
/// [`DbFehler`].
pub fn naechste_nummer(tx: &mut Tx<'_>, name: &str) -> DbResult<i64> {
    let erhoehe = |c: &mut DbConn| {
        diesel::update(zaehler::table.filter(zaehler::name.eq(name)))
            .set(zaehler::wert.eq(zaehler::wert + 1))
            .returning(zaehler::wert)
            .get_result::<i64>(c)
            .optional()
    };
    if let Some(n) = erhoehe(tx.c)? {
        return Ok(n);
    }
    let angelegt = crate::ausdruck::Beide(
        diesel::insert_into(zaehler::table)
            .values((zaehler::name.eq(name), zaehler::wert.eq(1i64)))
            .on_conflict_do_nothing(),
    )
    .execute(tx.c)?;
    if angelegt == 1 {
        return Ok(1);
    }
    erhoehe(tx.c)?.ok_or_else(|| DbFehler::Inhalt(format!("Zähler {name} fehlt")))
}
