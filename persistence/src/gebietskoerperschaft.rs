//! Gebietskoerperschaften.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises};
use crate::schema::gebietskoerperschaft;
use crate::typen::Dokument;
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::gebietskoerperschaft::Gebietskoerperschaft;
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = gebietskoerperschaft, primary_key(kreisschluessel), treat_none_as_null = true)]
struct Zeile {
    kreisschluessel: String,
    art: String,
    gueltig_ab: NaiveDate,
    gueltig_bis: Option<NaiveDate>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(g: &Gebietskoerperschaft) -> DbResult<Self> {
        Ok(Zeile {
            kreisschluessel: g.kreisschluessel.clone(),
            art: g.art.code().to_owned(),
            gueltig_ab: g.gueltig_ab,
            gueltig_bis: g.gueltig_bis,
            inhalt: Dokument::aus(g)?,
        })
    }
}

aggregat!(
    Gebietskoerperschaft, "GEBIETSKOERPERSCHAFT", gebietskoerperschaft, version,
    kreisschluessel: String = |g| g.kreisschluessel.clone(),
    schluessel |g| g.kreisschluessel.clone(), gk |g| Some(&g.kreisschluessel)
);

/// Keys of those valid on a day whose budget the caller sees, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn kreise(
    c: &mut DbConn,
    sicht: &Sicht,
    tag: NaiveDate,
    nach: Option<String>,
    anzahl: i64,
) -> DbResult<Vec<String>> {
    use gebietskoerperschaft as t;
    let q = t::table
        .filter(t::gueltig_ab.le(tag))
        .filter(t::gueltig_bis.is_null().or(t::gueltig_bis.ge(tag)))
        .select(t::kreisschluessel)
        .into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(n) = nach {
        q = q.filter(t::kreisschluessel.gt(n));
    }
    Ok(q.order(t::kreisschluessel.asc()).limit(anzahl).load(c)?)
}

/// Those valid on a day (all without one), by key, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    stichtag: Option<NaiveDate>,
    nach: Option<String>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Gebietskoerperschaft>>> {
    use gebietskoerperschaft as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    if let Some(tag) = stichtag {
        q = q.filter(t::gueltig_ab.le(tag)).filter(t::gueltig_bis.is_null().or(t::gueltig_bis.ge(tag)));
    }
    if let Some(n) = nach {
        q = q.filter(t::kreisschluessel.gt(n));
    }
    alle_lesen(q.order(t::kreisschluessel.asc()).limit(anzahl).load::<Roh>(c)?)
}
