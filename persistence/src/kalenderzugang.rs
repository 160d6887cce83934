//! Access of calendar programs to deadlines.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen};
use crate::schema::kalenderzugang;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::frist::Kalenderzugang;
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = kalenderzugang)]
struct Zeile {
    id: Kennung,
    person: String,
    geheimnis_hash: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(k: &Kalenderzugang) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(k.id),
            person: k.akteur.person.clone(),
            geheimnis_hash: k.geheimnis_sha256.clone(),
            inhalt: Dokument::aus(k)?,
        })
    }
}

aggregat!(
    Kalenderzugang, "KALENDERZUGANG", kalenderzugang, version, id: Kennung = |k| Kennung(k.id),
    schluessel |k| k.id.to_string(), gk |k| k.akteur.kreisschluessel.as_deref()
);

/// One that this person made.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn eigener(c: &mut DbConn, person: &str, id: Uuid) -> DbResult<Option<Versioniert<Kalenderzugang>>> {
    Ok(laden(c, Kennung(id))?.filter(|k| k.wert.akteur.person == person))
}

/// The access that this secret opens, valid or not.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_geheimnis(c: &mut DbConn, sha256: &str) -> DbResult<Option<Kalenderzugang>> {
    use kalenderzugang as t;
    let roh = t::table
        .filter(t::geheimnis_hash.eq(sha256))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .first::<Roh>(c)
        .optional()?;
    Ok(roh.map(lesen).transpose()?.map(|v: Versioniert<Kalenderzugang>| v.wert))
}

/// Those this person made, in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    person: &str,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Kalenderzugang>>> {
    use kalenderzugang as t;
    let mut q = t::table
        .filter(t::person.eq(person.to_owned()))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}
