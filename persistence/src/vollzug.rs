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
    let Entscheidung { zustand: neu, buchungen, fristen, fristenden, ereignisse, befunde } = entscheidung;
    let schluessel = neu.schluessel();
    let gespeichert = speichere(tx, alt, neu)?;
    let mut belege = Vec::with_capacity(buchungen.len());
    for b in &buchungen {
        belege.extend(konto::buche(tx, A::ART, &schluessel, b)?.map(Value::String));
    }
    let kreis = gespeichert.wert.gebietskoerperschaft().map(str::to_owned);
    let fall = Fall { art: A::ART, id: &schluessel, kreisschluessel: kreis.as_deref() };
    crate::frist::fuehre(tx, akt, &fall, &fristen, &fristenden)?;
    for e in &ereignisse {
        crate::ausgang::lege_ab(tx, &fall, e)?;
    }
    let vorher = alt.map_or(Ok(Value::Null), |a| a.wert.dokument())?;
    let mut nachher = gespeichert.wert.dokument()?;
    if let Some(o) = nachher.as_object_mut() {
        // what was confirmed belongs to the act: the trail must show who waved what through, and why
        let bestaetigt: Vec<Value> = befunde
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
    protokoll::anhaengen(tx, &fall, akt, &vorher, &nachher)?;
    tx.ereignisse.extend(ereignisse);
    tx.befunde.extend(befunde);
    Ok(gespeichert)
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
