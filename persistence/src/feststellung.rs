//! Findings of examinations.

use crate::ablage::{aggregat, fallakten};
use crate::schema::feststellung;
use crate::typen::{Dokument, Kennung};
use crate::{DbConn, DbResult};
use aqb_domain::feststellung::Feststellung;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = feststellung, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    kette_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    status: String,
    verteilt_von: Option<String>,
    verzicht_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(x: &Feststellung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(x.id),
            antrag_id: Kennung(x.antrag_id),
            kette_id: Kennung(x.kette_id),
            kreisschluessel: x.kreisschluessel.clone(),
            jahrgang: i64::from(x.jahrgang),
            status: x.status.code().to_owned(),
            verteilt_von: x.verteilt_von.clone(),
            verzicht_von: x.verzicht_freigegeben_von.clone(),
            inhalt: Dokument::aus(x)?,
        })
    }
}

aggregat!(
    Feststellung, "FESTSTELLUNG", feststellung, version, id: Kennung = |x| Kennung(x.id),
    schluessel |x| x.id.to_string(), gk |x| Some(&x.kreisschluessel)
);
fallakten!(Feststellung, feststellung, kette kette_id, status status);

/// All findings about a chain of proofs in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn der_kette(c: &mut DbConn, kette_id: uuid::Uuid) -> DbResult<Vec<crate::vollzug::Versioniert<Feststellung>>> {
    let roh: Vec<crate::ablage::Roh> = feststellung::table
        .filter(feststellung::kette_id.eq(Kennung(kette_id)))
        .order(feststellung::id.asc())
        .select((feststellung::inhalt, feststellung::erstellt_am, feststellung::geaendert_am, feststellung::version))
        .load(c)?;
    crate::ablage::alle_lesen(roh)
}
