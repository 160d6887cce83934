//! Regelwerke.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::schema::regelwerk;
use crate::typen::Dokument;
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::regelwerk::{Regelwerk, RegelwerkStatus};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = regelwerk, primary_key(version), treat_none_as_null = true)]
struct Zeile {
    version: String,
    status: String,
    gueltig_ab: NaiveDate,
    erstellt_von: String,
    veroeffentlicht_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(r: &Regelwerk) -> DbResult<Self> {
        Ok(Zeile {
            version: r.version.clone(),
            status: r.status.code().to_owned(),
            gueltig_ab: r.gueltig_ab,
            erstellt_von: r.erstellt_von.clone(),
            veroeffentlicht_von: r.veroeffentlicht_von.clone(),
            inhalt: Dokument::aus(r)?,
        })
    }
}

aggregat!(
    Regelwerk, "REGELWERK", regelwerk, fassung, version: String = |r| r.version.clone(),
    schluessel |r| r.version.clone(), gk |_| None
);

/// Regelwerke by name, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    status: Option<RegelwerkStatus>,
    nach: Option<String>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Regelwerk>>> {
    use regelwerk as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::fassung)).into_boxed::<MultiBackend>();
    if let Some(s) = status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::version.gt(n));
    }
    alle_lesen(q.order(t::version.asc()).limit(anzahl).load::<Roh>(c)?)
}
