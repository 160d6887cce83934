//! Versions of Sachberichte: only ever added. The proof they belong to names each by its SHA-256, under its trail.

use crate::schema::sachbericht as t;
use crate::typen::{Kennung, Zeitpunkt};
use crate::{DbConn, DbFehler, DbResult, Tx};
use aqb_domain::bescheid::{kanonisch, pruefe_text};
use aqb_domain::sachbericht::Sachberichtinhalt;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

/// A version as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sachberichtfassung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Number of the version.
    pub fassung: i64,
    /// SHA-256 of the content.
    pub sha256: String,
    /// Content.
    pub inhalt: Sachberichtinhalt,
    /// Who saved it.
    pub erfasst_von: String,
    /// When.
    pub erfasst_am: DateTime<Utc>,
}

type Roh = (Kennung, i64, String, String, String, Zeitpunkt);
type Ort = (Kennung, Kennung, i64);

/// A version that still has its hash.
fn lesen((massnahme_id, fassung, sha256, dokument, erfasst_von, am): Roh) -> DbResult<Sachberichtfassung> {
    if let Some(b) = pruefe_text(&dokument, &sha256) {
        return Err(DbFehler::Siegel(Box::new(b)));
    }
    let inhalt = serde_json::from_str(&dokument).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
    Ok(Sachberichtfassung { massnahme_id: massnahme_id.0, fassung, sha256, inhalt, erfasst_von, erfasst_am: am.0 })
}

/// The number of a measure's next version in a chain.
///
/// # Errors
/// [`DbFehler`].
pub fn naechste(c: &mut DbConn, kette_id: Uuid, massnahme_id: Uuid) -> DbResult<i64> {
    let letzte: Option<i64> = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .filter(t::massnahme_id.eq(Kennung(massnahme_id)))
        .order(t::fassung.desc())
        .select(t::fassung)
        .first(c)
        .optional()?;
    Ok(letzte.unwrap_or_default().saturating_add(1))
}

/// Adds a version.
///
/// # Errors
/// [`DbFehler`].
pub fn anfuegen(
    tx: &mut Tx<'_>,
    (kette_id, massnahme_id, fassung): (Uuid, Uuid, i64),
    inhalt: &Sachberichtinhalt,
) -> DbResult<()> {
    let unlesbar = |_| DbFehler::Inhalt("Sachbericht".to_owned());
    diesel::insert_into(t::table)
        .values((
            t::kette_id.eq(Kennung(kette_id)),
            t::massnahme_id.eq(Kennung(massnahme_id)),
            t::fassung.eq(fassung),
            t::sha256.eq(inhalt.sha256().map_err(unlesbar)?),
            t::dokument.eq(kanonisch(inhalt).map_err(unlesbar)?),
            t::erfasst_von.eq(&tx.akteur.person),
            t::erfasst_am.eq(Zeitpunkt(tx.jetzt)),
        ))
        .execute(tx.c)?;
    Ok(())
}

/// All versions of a measure in a chain, newest first.
///
/// # Errors
/// [`DbFehler::Siegel`] when one no longer has its hash.
pub fn fassungen(c: &mut DbConn, kette_id: Uuid, massnahme_id: Uuid) -> DbResult<Vec<Sachberichtfassung>> {
    let roh: Vec<Roh> = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .filter(t::massnahme_id.eq(Kennung(massnahme_id)))
        .order(t::fassung.desc())
        .select((t::massnahme_id, t::fassung, t::sha256, t::dokument, t::erfasst_von, t::erfasst_am))
        .load(c)?;
    roh.into_iter().map(lesen).collect()
}

/// One version.
///
/// # Errors
/// [`DbFehler::Siegel`] when it no longer has its hash.
pub fn fassung(c: &mut DbConn, kette_id: Uuid, massnahme_id: Uuid, nr: i64) -> DbResult<Option<Sachberichtfassung>> {
    let roh: Option<Roh> = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .filter(t::massnahme_id.eq(Kennung(massnahme_id)))
        .filter(t::fassung.eq(nr))
        .select((t::massnahme_id, t::fassung, t::sha256, t::dokument, t::erfasst_von, t::erfasst_am))
        .first(c)
        .optional()?;
    roh.map(lesen).transpose()
}

/// Versions whose content no longer has its hash, each with what is wrong.
///
/// # Errors
/// [`DbFehler`].
pub(crate) fn beschaedigte(c: &mut DbConn) -> DbResult<Vec<(String, String)>> {
    let orte: Vec<Ort> = t::table
        .order((t::kette_id.asc(), t::massnahme_id.asc(), t::fassung.asc()))
        .select((t::kette_id, t::massnahme_id, t::fassung))
        .load(c)?;
    let mut alle = Vec::new();
    for (kette, massnahme, nr) in orte {
        if let Err(DbFehler::Siegel(_) | DbFehler::Inhalt(_)) = fassung(c, kette.0, massnahme.0, nr) {
            let ort = format!("Sachbericht/{}/{}/{nr}", kette.0, massnahme.0);
            alle.push((ort, "der Inhalt hat nicht seine Prüfsumme".to_owned()));
        }
    }
    Ok(alle)
}
