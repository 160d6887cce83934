//! Hearings.

use crate::ablage::{aggregat, fallakten};
use crate::schema::anhoerung;
use crate::typen::{Dokument, Kennung};
use crate::{DbConn, DbResult};
use aqb_domain::anhoerung::Anhoerung;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = anhoerung, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(x: &Anhoerung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(x.id),
            antrag_id: Kennung(x.antrag_id),
            kreisschluessel: x.kreisschluessel.clone(),
            jahrgang: i64::from(x.jahrgang),
            status: x.status.code().to_owned(),
            inhalt: Dokument::aus(x)?,
        })
    }
}

aggregat!(
    Anhoerung, "ANHOERUNG", anhoerung, version, id: Kennung = |x| Kennung(x.id),
    schluessel |x| x.id.to_string(), gk |x| Some(&x.kreisschluessel)
);
fallakten!(Anhoerung, anhoerung, status status);

/// All hearings of a case in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_falls(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<crate::vollzug::Versioniert<Anhoerung>>> {
    let roh: Vec<crate::ablage::Roh> = anhoerung::table
        .filter(anhoerung::antrag_id.eq(Kennung(antrag_id)))
        .order(anhoerung::id.asc())
        .select((anhoerung::inhalt, anhoerung::erstellt_am, anhoerung::geaendert_am, anhoerung::version))
        .load(c)?;
    crate::ablage::alle_lesen(roh)
}
