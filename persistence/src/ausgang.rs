//! The outbox: events that leave the system in the order in which their transactions ended.

use crate::DbResult;
use crate::db::Tx;
use crate::protokoll::Fall;
use crate::schema::ausgang;
use crate::typen::{Dokument, Kennung, Zeitpunkt};
use aqb_domain::akt::Ereignis;
use diesel::prelude::*;

/// Puts an event of a case into the outbox.
pub(crate) fn lege_ab(tx: &mut Tx<'_>, fall: &Fall<'_>, e: &Ereignis) -> DbResult<()> {
    diesel::insert_into(ausgang::table)
        .values((
            ausgang::id.eq(Kennung(tx.neue_id())),
            ausgang::zeit.eq(Zeitpunkt(tx.jetzt)),
            ausgang::typ.eq(e.typ),
            ausgang::kreisschluessel.eq(fall.kreisschluessel),
            ausgang::fall_art.eq(fall.art),
            ausgang::fall_id.eq(fall.id),
            ausgang::daten.eq(Dokument(e.daten.clone())),
        ))
        .execute(tx.c)?;
    Ok(())
}
