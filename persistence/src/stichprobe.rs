//! Samples of receipts.

use crate::DbResult;
use crate::ablage::{aggregat, fallakten};
use crate::schema::stichprobe;
use crate::typen::{Dokument, Kennung};
use aqb_domain::stichprobe::Stichprobe;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = stichprobe)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    kette_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(x: &Stichprobe) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(x.id),
            antrag_id: Kennung(x.antrag_id),
            kette_id: Kennung(x.kette_id),
            kreisschluessel: x.kreisschluessel.clone(),
            jahrgang: i64::from(x.jahrgang),
            inhalt: Dokument::aus(x)?,
        })
    }
}

aggregat!(
    Stichprobe, "STICHPROBE", stichprobe, version, id: Kennung = |x| Kennung(x.id),
    schluessel |x| x.id.to_string(), gk |x| Some(&x.kreisschluessel)
);
fallakten!(Stichprobe, stichprobe, kette kette_id);
