//! Catalogues and base rates: reference data the authority may extend.

use crate::ausdruck::Beide;
use crate::schema::{basiszinssatz, katalogeintrag};
use crate::typen::Zeitpunkt;
use crate::{DbConn, DbFehler, DbResult, MultiBackend};
use aqb_domain::geld::Prozent;
use aqb_domain::katalog::{Katalogstand, anfangsbestand};
use aqb_domain::zins::{BASISZINS_FUNDSTELLE, Basiszinsreihe};
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
/// [`DbFehler`].
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
    for (tag, satz) in Basiszinsreihe::anfang().zeilen() {
        Beide(
            diesel::insert_into(basiszinssatz::table)
                .values((
                    basiszinssatz::gueltig_ab.eq(tag),
                    basiszinssatz::hundertstel.eq(satz.hundertstel()),
                    basiszinssatz::fundstelle.eq(BASISZINS_FUNDSTELLE),
                    basiszinssatz::erstellt_am.eq(Zeitpunkt(jetzt)),
                ))
                .on_conflict_do_nothing(),
        )
        .execute(c)?;
    }
    Ok(())
}

/// All entries, by catalogue and position.
///
/// # Errors
/// [`DbFehler`].
pub fn alle(c: &mut DbConn) -> DbResult<Vec<Eintrag>> {
    Ok(katalogeintrag::table
        .order((katalogeintrag::katalog.asc(), katalogeintrag::nr.asc()))
        .select(Eintrag::as_select())
        .load(c)?)
}

/// Entries of one catalogue by position, with `stichtag` only those valid on that day.
///
/// # Errors
/// [`DbFehler`].
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
/// [`DbFehler`].
pub fn stand(c: &mut DbConn, tag: NaiveDate) -> DbResult<Katalogstand> {
    let gueltig = |e: &Eintrag| e.gueltig_ab <= tag && e.gueltig_bis.is_none_or(|b| tag <= b);
    Ok(Katalogstand::aus(alle(c)?.into_iter().filter(gueltig).map(|e| (e.katalog, e.code))))
}

/// A base rate with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basiszinssatz {
    /// First day.
    pub gueltig_ab: NaiveDate,
    /// Rate in percent.
    pub prozent: Prozent,
    /// Where it was read.
    pub fundstelle: String,
}

/// The document whose changes the audit trail keeps.
pub fn dokument(z: &Basiszinssatz) -> serde_json::Value {
    serde_json::json!({ "gueltig_ab": z.gueltig_ab, "prozent": z.prozent, "fundstelle": z.fundstelle })
}

/// All base rates in order of time.
///
/// # Errors
/// [`DbFehler`].
pub fn basiszinssaetze(c: &mut DbConn) -> DbResult<Vec<Basiszinssatz>> {
    let zeilen: Vec<(NaiveDate, i64, String)> = basiszinssatz::table
        .order(basiszinssatz::gueltig_ab.asc())
        .select((basiszinssatz::gueltig_ab, basiszinssatz::hundertstel, basiszinssatz::fundstelle))
        .load(c)?;
    Ok(zeilen
        .into_iter()
        .map(|(gueltig_ab, h, fundstelle)| Basiszinssatz {
            gueltig_ab,
            prozent: Prozent::aus_hundertsteln(h),
            fundstelle,
        })
        .collect())
}

/// The series the interest calculator uses.
///
/// # Errors
/// [`DbFehler::Inhalt`] when the stored rows have gaps.
pub fn basiszinsreihe(c: &mut DbConn) -> DbResult<Basiszinsreihe> {
    let zeilen = basiszinssaetze(c)?.into_iter().map(|z| (z.gueltig_ab, z.prozent)).collect();
    Basiszinsreihe::neu(zeilen).map_err(|_| DbFehler::Inhalt("Basiszinssätze lückenhaft".to_owned()))
}

/// Adds a base rate.
///
/// # Errors
/// [`DbFehler::Eindeutigkeit`] when that day has one already.
pub fn basiszinssatz_anlegen(c: &mut DbConn, z: &Basiszinssatz, jetzt: DateTime<Utc>) -> DbResult<()> {
    diesel::insert_into(basiszinssatz::table)
        .values((
            basiszinssatz::gueltig_ab.eq(z.gueltig_ab),
            basiszinssatz::hundertstel.eq(z.prozent.hundertstel()),
            basiszinssatz::fundstelle.eq(&z.fundstelle),
            basiszinssatz::erstellt_am.eq(Zeitpunkt(jetzt)),
        ))
        .execute(c)?;
    Ok(())
}
