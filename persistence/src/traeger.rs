//! Traeger.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::schema::traeger;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::traeger::{Traeger, TraegerStatus};
use diesel::prelude::*;

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = traeger)]
struct Zeile {
    id: Kennung,
    name: String,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(t: &Traeger) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(t.id),
            name: t.angaben.name.clone(),
            status: t.status.code().to_owned(),
            inhalt: Dokument::aus(t)?,
        })
    }
}

aggregat!(
    Traeger, "TRAEGER", traeger, version, id: Kennung = |t| Kennung(t.id),
    schluessel |t| t.id.to_string(), gk |_| None
);

/// What the caller sees: a Traeger sees itself, everyone else with the right sees all.
pub fn sichtbar(sicht: &Sicht, id: uuid::Uuid) -> bool {
    !matches!(sicht, Sicht::Traeger(t) if *t != id)
}

/// Traeger in order of creation, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    status: Option<TraegerStatus>,
    nach: Option<uuid::Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Traeger>>> {
    use traeger as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    if let Sicht::Traeger(id) = sicht {
        q = q.filter(t::id.eq(Kennung(*id)));
    }
    if let Some(s) = status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Those of the given ids that exist.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_ids(c: &mut DbConn, ids: &[uuid::Uuid]) -> DbResult<Vec<Versioniert<Traeger>>> {
    use traeger as t;
    let ids: Vec<Kennung> = ids.iter().copied().map(Kennung).collect();
    let roh = t::table
        .filter(t::id.eq_any(ids))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    alle_lesen(roh)
}
