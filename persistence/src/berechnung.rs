//! Kept calculations.

use crate::DbResult;
use crate::ablage::{aggregat, fallakten};
use crate::schema::berechnung;
use crate::typen::{Dokument, Kennung};
use aqb_domain::schlussrechnung::Berechnung;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = berechnung)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    kette_id: Kennung,
    nachweis_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(x: &Berechnung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(x.id),
            antrag_id: Kennung(x.antrag_id),
            kette_id: Kennung(x.kette_id),
            nachweis_id: Kennung(x.nachweis_id),
            kreisschluessel: x.kreisschluessel.clone(),
            jahrgang: i64::from(x.jahrgang),
            inhalt: Dokument::aus(x)?,
        })
    }
}

aggregat!(
    Berechnung, "BERECHNUNG", berechnung, version, id: Kennung = |x| Kennung(x.id),
    schluessel |x| x.id.to_string(), gk |x| Some(&x.kreisschluessel)
);
fallakten!(Berechnung, berechnung, kette kette_id);
