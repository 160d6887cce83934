//! Traeger.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::schema::traeger;
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::traeger::{Traeger, TraegerStatus};
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = traeger)]
struct Zeile {
    id: Kennung,
    name: String,
    suchname: String,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(t: &Traeger) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(t.id),
            name: t.angaben.name.clone(),
            suchname: suchform(&t.angaben.name),
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

/// What narrows a list of Traeger.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of the name, in any case.
    pub name: Option<String>,
    /// State.
    pub status: Option<TraegerStatus>,
    /// Order.
    pub sortierung: Sortierung,
}

/// A text for the comparison of names: neither database folds the case of an umlaut in the same way.
fn suchform(text: &str) -> String {
    text.to_lowercase()
}

/// A pattern for LIKE that finds the text anywhere; `\` takes its own signs their meaning.
fn muster(text: &str) -> String {
    let mut aus = String::from("%");
    for z in suchform(text).chars() {
        if matches!(z, '%' | '_' | '\\') {
            aus.push('\\');
        }
        aus.push(z);
    }
    aus.push('%');
    aus
}

/// Traeger after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Traeger>>> {
    use traeger as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    if let Sicht::Traeger(id) = sicht {
        q = q.filter(t::id.eq(Kennung(*id)));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = &f.name {
        q = q.filter(t::suchname.like(muster(n)).escape('\\'));
    }
    let q = geblaettert!(q, f.sortierung, nach, "traeger", "id", t::id, t::geaendert_am);
    alle_lesen(q.limit(anzahl).load::<Roh>(c)?)
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
