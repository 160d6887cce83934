//! Jahrgaenge.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::schema::jahrgang;
use crate::typen::Dokument;
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend, Tx};
use aqb_domain::jahrgang::{Jahrgang, JahrgangStatus};
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = jahrgang, primary_key(jahr))]
struct Zeile {
    jahr: i64,
    status: String,
    regelwerk: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(j: &Jahrgang) -> DbResult<Self> {
        Ok(Zeile {
            jahr: i64::from(j.jahrgang),
            status: j.status.code().to_owned(),
            regelwerk: j.regelwerk.clone(),
            inhalt: Dokument::aus(j)?,
        })
    }
}

aggregat!(
    Jahrgang, "JAHRGANG", jahrgang, version, jahr: i64 = |j| i64::from(j.jahrgang),
    schluessel |j| j.jahrgang.to_string(), gk |_| None
);

/// One by its year, locked: two changes of its Ansaetze queue.
///
/// # Errors
/// [`crate::DbFehler::Ausgelastet`] when the lock is not granted in time.
pub fn gesperrt(tx: &mut Tx<'_>, jahr: i32) -> DbResult<Option<Versioniert<Jahrgang>>> {
    use crate::ausdruck::Sperrbar;
    use jahrgang as t;
    let roh: Vec<Roh> = t::table
        .filter(t::jahr.eq(i64::from(jahr)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .zeile_sperren()
        .load(tx.c)?;
    Ok(alle_lesen(roh)?.pop())
}

/// Jahrgaenge in order of years, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    status: Option<JahrgangStatus>,
    nach: Option<i64>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Jahrgang>>> {
    use jahrgang as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    if let Some(s) = status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::jahr.gt(n));
    }
    alle_lesen(q.order(t::jahr.asc()).limit(anzahl).load::<Roh>(c)?)
}
