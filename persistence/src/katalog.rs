//! Catalogues: reference data the authority may extend.

use crate::ausdruck::Beide;
use crate::schema::katalogeintrag;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::katalog::{Katalogstand, anfangsbestand};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// An entry of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = katalogeintrag)]
pub struct Eintrag {
    /// Catalogue.
    pub katalog: String,
    /// Stable code.
    pub code: String,
    /// Position in the catalogue.
    pub nr: i64,
    /// German label.
    pub de: String,
    /// English label.
    pub en: String,
    /// First day of validity.
    pub gueltig_ab: NaiveDate,
    /// Last day of validity.
    pub gueltig_bis: Option<NaiveDate>,
}

/// Adds what the programme starts with; entries that are there already stay as they are.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn anfangsbestand_laden(c: &mut DbConn, jetzt: DateTime<Utc>) -> DbResult<()> {
    for k in anfangsbestand() {
        for (e, nr) in k.eintraege.iter().zip(1i64..) {
            let zeile = Eintrag {
                katalog: k.name.to_owned(),
                code: e.code.to_owned(),
                nr,
                de: e.de.to_owned(),
                en: e.en.to_owned(),
                gueltig_ab: e.gueltig_ab,
                gueltig_bis: e.gueltig_bis,
            };
            Beide(diesel::insert_into(katalogeintrag::table).values(zeile).on_conflict_do_nothing()).execute(c)?;
        }
    }
    crate::basiszinssatz::anfangsbestand_laden(c, jetzt)?;
    crate::frist::uebernehmen(c, jetzt)?;
    Ok(())
}

/// All entries, by catalogue and position.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn alle(c: &mut DbConn) -> DbResult<Vec<Eintrag>> {
    Ok(katalogeintrag::table
        .order((katalogeintrag::katalog.asc(), katalogeintrag::nr.asc()))
        .select(Eintrag::as_select())
        .load(c)?)
}

/// Entries of one catalogue by position, with `stichtag` only those valid on that day.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn eintraege(c: &mut DbConn, katalog: &str, stichtag: Option<NaiveDate>) -> DbResult<Vec<Eintrag>> {
    use katalogeintrag as t;
    let mut q = t::table.filter(t::katalog.eq(katalog)).select(Eintrag::as_select()).into_boxed::<MultiBackend>();
    if let Some(tag) = stichtag {
        q = q.filter(t::gueltig_ab.le(tag)).filter(t::gueltig_bis.is_null().or(t::gueltig_bis.ge(tag)));
    }
    Ok(q.order(t::nr.asc()).load(c)?)
}

/// The codes valid on a day.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn stand(c: &mut DbConn, tag: NaiveDate) -> DbResult<Katalogstand> {
    let gueltig = |e: &Eintrag| e.gueltig_ab <= tag && e.gueltig_bis.is_none_or(|b| tag <= b);
    Ok(Katalogstand::aus(alle(c)?.into_iter().filter(gueltig).map(|e| (e.katalog, e.code))))
}
