//! Target agreements.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen, loeschbar};
use crate::schema::zielvereinbarung;
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::zielvereinbarung::{Zielvereinbarung, ZielvereinbarungStatus};
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = zielvereinbarung, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    jahrgang: i64,
    kreisschluessel: String,
    status: String,
    vorgaenger_id: Option<Kennung>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(z: &Zielvereinbarung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(z.id),
            jahrgang: i64::from(z.jahrgang),
            kreisschluessel: z.kreisschluessel.clone(),
            status: z.status.code().to_owned(),
            vorgaenger_id: z.vorgaenger_id.map(Kennung),
            inhalt: Dokument::aus(z)?,
        })
    }
}

aggregat!(
    Zielvereinbarung, "ZIELVEREINBARUNG", zielvereinbarung, version, id: Kennung = |z| Kennung(z.id),
    schluessel |z| z.id.to_string(), gk |z| Some(&z.kreisschluessel)
);
loeschbar!(Zielvereinbarung, zielvereinbarung);

/// Loads one, if the caller sees it.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Zielvereinbarung>>> {
    use zielvereinbarung as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    des_kreises!(q, sicht, t::kreisschluessel).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// Id of the agreement itself, not of a Nachtrag.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn erste_fassung(c: &mut DbConn, jahrgang: i32, kreisschluessel: &str) -> DbResult<Option<uuid::Uuid>> {
    use zielvereinbarung as t;
    let id: Option<Kennung> = t::table
        .filter(t::jahrgang.eq(i64::from(jahrgang)))
        .filter(t::kreisschluessel.eq(kreisschluessel))
        .filter(t::vorgaenger_id.is_null())
        .select(t::id)
        .first(c)
        .optional()?;
    Ok(id.map(|k| k.0))
}

/// Id of the Nachtrag to this version, concluded or not.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn nachtrag_zu(c: &mut DbConn, id: uuid::Uuid) -> DbResult<Option<uuid::Uuid>> {
    use zielvereinbarung as t;
    let id: Option<Kennung> = t::table.filter(t::vorgaenger_id.eq(Kennung(id))).select(t::id).first(c).optional()?;
    Ok(id.map(|k| k.0))
}

/// What narrows a list of agreements.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// State.
    pub status: Option<ZielvereinbarungStatus>,
    /// Order.
    pub sortierung: Sortierung,
}

/// Agreements the caller sees, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Zielvereinbarung>>> {
    use zielvereinbarung as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    let q = geblaettert!(q, f.sortierung, nach, "zielvereinbarung", "id", t::id, t::geaendert_am);
    alle_lesen(q.limit(anzahl).load::<Roh>(c)?)
}
