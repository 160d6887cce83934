//! Base rates: drafts, the rates in force, and what they superseded.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::ausdruck::Beide;
use crate::schema::basiszinssatz;
use crate::typen::{Dokument, Kennung, Zeitpunkt};
use crate::vollzug::{Aggregat, Versioniert};
use crate::{DbConn, DbFehler, DbResult};
use aqb_domain::zins::{BASISZINS_FUNDSTELLE, Basiszinsreihe, Basiszinssatz};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = basiszinssatz, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    gueltig_ab: NaiveDate,
    status: String,
    inhalt: Dokument,
    erstellt_von: Option<String>,
    freigegeben_von: Option<String>,
}

impl Zeile {
    fn aus(z: &Basiszinssatz) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(z.id),
            gueltig_ab: z.angaben.gueltig_ab,
            status: z.status.code().to_owned(),
            inhalt: Dokument::aus(z)?,
            erstellt_von: z.erstellt_von.clone(),
            freigegeben_von: z.freigegeben_von.clone(),
        })
    }
}

aggregat!(
    Basiszinssatz, "BASISZINSSATZ", basiszinssatz, version, id: Kennung = |z| Kennung(z.id),
    schluessel |z| z.id.to_string(), gk |_| None
);

/// Id of a rate the program was delivered with: the same in every database, its day readable in the last digits.
pub fn kennung_ab_werk(gueltig_ab: NaiveDate) -> uuid::Uuid {
    let ziffern = format!("{:04}{:02}{:02}", gueltig_ab.year(), gueltig_ab.month(), gueltig_ab.day());
    let tag = u128::from_str_radix(&ziffern, 16).unwrap_or_default();
    uuid::Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 | tag)
}

/// The rates the program is delivered with.
fn ausgeliefert() -> impl Iterator<Item = Basiszinssatz> {
    let reihe = Basiszinsreihe::anfang();
    let zeilen: Vec<_> = reihe.zeilen().collect();
    zeilen
        .into_iter()
        .map(|(tag, satz)| Basiszinssatz::ausgeliefert(kennung_ab_werk(tag), tag, satz, BASISZINS_FUNDSTELLE))
}

/// The documents of the rates the program is delivered with, by id: their trail begins with what happened later.
///
/// # Errors
/// [`DbFehler`].
pub(crate) fn ab_werk() -> DbResult<HashMap<String, serde_json::Value>> {
    ausgeliefert().map(|z| Ok((z.schluessel(), z.dokument()?))).collect()
}

/// Adds the rates the program is delivered with; a half-year that has one in force keeps it.
///
/// # Errors
/// [`DbFehler`].
pub fn anfangsbestand_laden(c: &mut DbConn, jetzt: DateTime<Utc>) -> DbResult<()> {
    for neu in ausgeliefert() {
        let zeile = diesel::insert_into(basiszinssatz::table)
            .values((
                Zeile::aus(&neu)?,
                basiszinssatz::erstellt_am.eq(Zeitpunkt(jetzt)),
                basiszinssatz::geaendert_am.eq(Zeitpunkt(jetzt)),
                basiszinssatz::version.eq(1i64),
            ))
            .on_conflict_do_nothing();
        Beide(zeile).execute(c)?;
    }
    Ok(())
}

/// All base rates in order of time, whatever their state.
///
/// # Errors
/// [`DbFehler`].
pub fn alle(c: &mut DbConn) -> DbResult<Vec<Versioniert<Basiszinssatz>>> {
    use basiszinssatz as t;
    let zeilen = t::table
        .order((t::gueltig_ab.asc(), t::id.asc()))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    alle_lesen(zeilen)
}

/// The series the interest calculator uses: the rates in force.
///
/// # Errors
/// [`DbFehler::Inhalt`] when the stored rows have gaps.
pub fn reihe(c: &mut DbConn) -> DbResult<Basiszinsreihe> {
    let alle: Vec<Basiszinssatz> = alle(c)?.into_iter().map(|z| z.wert).collect();
    Basiszinsreihe::geltend(&alle).map_err(|_| DbFehler::Inhalt("Basiszinssätze lückenhaft".to_owned()))
}
