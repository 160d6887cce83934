//! What was filed and what a change of the grant made of it: documents, frozen with their SHA-256.

use crate::schema::antrag_schnappschuss;
use crate::typen::{Kennung, Zeitpunkt};
use crate::{DbConn, DbFehler, DbResult, Tx};
use aqb_domain::antrag::{Eingereichtes, Schnappschuss};
use aqb_domain::bescheid::{kanonisch, pruefe_text};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// What was filed, as it lies in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eingang {
    /// Number of the filing.
    pub nr: i64,
    /// SHA-256 of the document.
    pub sha256: String,
    /// The document, byte for byte.
    pub dokument: String,
    /// Server time of receipt.
    pub eingegangen_am: DateTime<Utc>,
    /// Who filed it.
    pub eingereicht_von: String,
}

impl Eingang {
    /// The applicant's part of the document.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`] when the document cannot be read.
    pub fn lesen(&self) -> DbResult<Eingereichtes> {
        serde_json::from_str(&self.dokument).map_err(|e| DbFehler::Inhalt(e.to_string()))
    }
}

/// What made a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schnappschussanlass {
    /// A filing.
    Einreichung,
    /// A change of the grant came into effect.
    Aenderung,
}

impl Schnappschussanlass {
    const fn code(self) -> &'static str {
        match self {
            Schnappschussanlass::Einreichung => "EINREICHUNG",
            Schnappschussanlass::Aenderung => "AENDERUNG",
        }
    }
}

/// Freezes a document.
///
/// # Errors
/// [`DbFehler`].
pub fn schnappschuss_anlegen(
    tx: &mut Tx<'_>,
    antrag_id: uuid::Uuid,
    s: &Schnappschuss,
    anlass: Schnappschussanlass,
) -> DbResult<()> {
    let dokument = kanonisch(&s.inhalt).map_err(|_| DbFehler::Inhalt("Schnappschuss".to_owned()))?;
    let bisher: i64 = antrag_schnappschuss::table
        .filter(antrag_schnappschuss::antrag_id.eq(Kennung(antrag_id)))
        .count()
        .get_result(tx.c)?;
    diesel::insert_into(antrag_schnappschuss::table)
        .values((
            antrag_schnappschuss::antrag_id.eq(Kennung(antrag_id)),
            antrag_schnappschuss::nr.eq(bisher.saturating_add(1)),
            antrag_schnappschuss::sha256.eq(&s.sha256),
            antrag_schnappschuss::dokument.eq(dokument),
            antrag_schnappschuss::eingegangen_am.eq(Zeitpunkt(tx.jetzt)),
            antrag_schnappschuss::eingereicht_von.eq(&tx.akteur.person),
            antrag_schnappschuss::anlass.eq(anlass.code()),
        ))
        .execute(tx.c)?;
    Ok(())
}

type Roh = (i64, String, String, Zeitpunkt, String);

/// A document that still has its hash.
fn lesen(roh: Roh) -> DbResult<Eingang> {
    let (nr, sha256, dokument, am, eingereicht_von) = roh;
    match pruefe_text(&dokument, &sha256) {
        Some(b) => Err(DbFehler::Siegel(Box::new(b))),
        None => Ok(Eingang { nr, sha256, dokument, eingegangen_am: am.0, eingereicht_von }),
    }
}

/// The newest filing of an application.
///
/// # Errors
/// [`DbFehler::Siegel`] when the document no longer has its hash.
pub fn eingang(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Option<Eingang>> {
    use antrag_schnappschuss as t;
    let z: Option<Roh> = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .filter(t::anlass.eq(Schnappschussanlass::Einreichung.code()))
        .order(t::nr.desc())
        .select((t::nr, t::sha256, t::dokument, t::eingegangen_am, t::eingereicht_von))
        .first(c)
        .optional()?;
    z.map(lesen).transpose()
}

/// The frozen document with this hash: what a Bescheid decided.
///
/// # Errors
/// [`DbFehler::Siegel`] when the document no longer has its hash.
pub fn schnappschuss(c: &mut DbConn, antrag_id: uuid::Uuid, sha256: &str) -> DbResult<Option<Eingang>> {
    use antrag_schnappschuss as t;
    let z: Option<Roh> = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .filter(t::sha256.eq(sha256))
        .order(t::nr.desc())
        .select((t::nr, t::sha256, t::dokument, t::eingegangen_am, t::eingereicht_von))
        .first(c)
        .optional()?;
    z.map(lesen).transpose()
}
