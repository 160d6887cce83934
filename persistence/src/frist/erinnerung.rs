//! Reminders: one event per deadline, stage and due day, whoever asks how often.

use crate::ablage::{Roh, lesen};
use crate::ausdruck::Beide;
use crate::protokoll::Fall;
use crate::schema::{frist, frist_erinnerung};
use crate::typen::{Kennung, Zeitpunkt};
use crate::vollzug::{Aggregat, Versioniert};
use crate::{DbConn, DbResult, MultiBackend, Tx};
use aqb_domain::akt::Ereignis;
use aqb_domain::frist::{Erinnerungsstufe, Frist, FristStatus};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Open deadlines due by `bis` of which it was not said yet that they are overdue, after the one called `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn anstehende(
    c: &mut DbConn,
    bis: NaiveDate,
    nach: Option<uuid::Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Frist>>> {
    let gemeldet = frist_erinnerung::table
        .filter(frist_erinnerung::frist_id.eq(frist::id))
        .filter(frist_erinnerung::faellig_am.eq(frist::faellig_am))
        .filter(frist_erinnerung::stufe.eq(Erinnerungsstufe::Ueberfaellig.code()))
        .select(frist_erinnerung::frist_id);
    let mut q = frist::table
        .filter(frist::status.eq(FristStatus::Offen.code()))
        .filter(frist::faellig_am.le(bis))
        .filter(diesel::dsl::not(diesel::dsl::exists(gemeldet)))
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .into_boxed::<MultiBackend>();
    if let Some(n) = nach {
        q = q.filter(frist::id.gt(Kennung(n)));
    }
    q.order(frist::id.asc()).limit(anzahl).load::<Roh>(c)?.into_iter().map(lesen).collect()
}

/// Reminds of a stage, unless that was done; true when this call did it. Of two instances one is first: the row decides.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn erinnere(tx: &mut Tx<'_>, f: &Frist, stufe: Erinnerungsstufe) -> DbResult<bool> {
    let zeile = (
        frist_erinnerung::frist_id.eq(Kennung(f.id)),
        frist_erinnerung::stufe.eq(stufe.code()),
        frist_erinnerung::faellig_am.eq(f.faellig_am),
        frist_erinnerung::zeit.eq(Zeitpunkt(tx.jetzt)),
    );
    let neu =
        Beide(diesel::insert_into(frist_erinnerung::table).values(zeile).on_conflict_do_nothing()).execute(tx.c)?;
    if neu == 0 {
        return Ok(false);
    }
    let mut daten = f.ereignisdaten();
    if let Some(o) = daten.as_object_mut() {
        o.insert("stufe".to_owned(), stufe.code().into());
    }
    let id = f.id.to_string();
    let fall = Fall { art: Frist::ART, id: &id, kreisschluessel: Some(&f.kreisschluessel) };
    crate::ausgang::lege_ab(tx, &fall, &Ereignis { typ: stufe.ereignis(), daten })?;
    Ok(true)
}
