//! The audit trail, as far as the caller reads it.

use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::Akteur;
use aqb_persistence::DbConn;
use aqb_persistence::protokoll::{self, Eintrag, Filter};
use uuid::Uuid;

/// Entries after `nach`. Whoever reads only the own entries gets an empty list for another person.
///
/// # Errors
/// The database's.
pub fn liste(
    c: &mut DbConn,
    akteur: &Akteur,
    mut f: Filter,
    nach: Option<Uuid>,
    anzahl: i64,
) -> Ergebnis<Vec<Eintrag>> {
    if let Some(eigene) = akteur.liest_protokoll().person {
        if f.person.as_ref().is_some_and(|p| *p != eigene) {
            return Ok(Vec::new());
        }
        f.person = Some(eigene);
    }
    Ok(protokoll::liste(c, &f, nach, anzahl)?)
}
