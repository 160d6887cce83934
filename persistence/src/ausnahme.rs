//! Exceptions from rules.

use crate::ablage::{aggregat, fallakten};
use crate::schema::ausnahme;
use crate::typen::{Dokument, Kennung};
use crate::{DbConn, DbResult};
use aqb_domain::ausnahme::Ausnahme;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = ausnahme, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    status: String,
    beantragt_von: String,
    genehmigt_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(x: &Ausnahme) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(x.id),
            antrag_id: Kennung(x.antrag_id),
            kreisschluessel: x.kreisschluessel.clone(),
            jahrgang: i64::from(x.jahrgang),
            status: x.status.code().to_owned(),
            beantragt_von: x.beantragt_von.clone(),
            genehmigt_von: x.genehmigt_von.clone(),
            inhalt: Dokument::aus(x)?,
        })
    }
}

aggregat!(
    Ausnahme, "AUSNAHME", ausnahme, version, id: Kennung = |x| Kennung(x.id),
    schluessel |x| x.id.to_string(), gk |x| Some(&x.kreisschluessel)
);
fallakten!(Ausnahme, ausnahme, status status);

/// All exceptions of a case in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_falls(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<crate::vollzug::Versioniert<Ausnahme>>> {
    let roh: Vec<crate::ablage::Roh> = ausnahme::table
        .filter(ausnahme::antrag_id.eq(Kennung(antrag_id)))
        .order(ausnahme::id.asc())
        .select((ausnahme::inhalt, ausnahme::erstellt_am, ausnahme::geaendert_am, ausnahme::version))
        .load(c)?;
    crate::ablage::alle_lesen(roh)
}
