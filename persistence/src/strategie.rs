//! Strategies.

use crate::ablage::{Roh, aggregat, alle_lesen, loeschbar};
use crate::schema::strategie;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend, Tx};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::strategie::{Strategie, StrategieStatus};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = strategie)]
struct Zeile {
    id: Kennung,
    kreisschluessel: String,
    status: String,
    gueltig_von: NaiveDate,
    gueltig_bis: NaiveDate,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(s: &Strategie) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(s.id),
            kreisschluessel: s.kreisschluessel.clone(),
            status: s.status.code().to_owned(),
            gueltig_von: s.inhalt.gueltig_von,
            gueltig_bis: s.inhalt.gueltig_bis,
            inhalt: Dokument::aus(s)?,
        })
    }
}

aggregat!(
    Strategie, "STRATEGIE", strategie, version, id: Kennung = |s| Kennung(s.id),
    schluessel |s| s.id.to_string(), gk |s| Some(&s.kreisschluessel)
);
loeschbar!(Strategie, strategie);

/// All strategies of one Gebietskoerperschaft, locked in a fixed order, so that two submissions queue and the second
/// sees the first.
///
/// # Errors
/// [`crate::DbFehler::Ausgelastet`] when the lock is not granted in time.
pub fn gesperrt(tx: &mut Tx<'_>, kreisschluessel: &str) -> DbResult<Vec<Versioniert<Strategie>>> {
    use crate::ausdruck::Sperrbar;
    use strategie as t;
    let roh: Vec<Roh> = t::table
        .filter(t::kreisschluessel.eq(kreisschluessel))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .zeile_sperren()
        .load(tx.c)?;
    alle_lesen(roh)
}

/// Strategies the caller sees, in order of creation, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    kreisschluessel: Option<&str>,
    status: Option<StrategieStatus>,
    nach: Option<uuid::Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Strategie>>> {
    use strategie as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    match sicht {
        Sicht::Alles => {}
        Sicht::Gebietskoerperschaft(k) => q = q.filter(t::kreisschluessel.eq(k.clone())),
        Sicht::Traeger(_) => return Ok(Vec::new()),
    }
    if let Some(k) = kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.to_owned()));
    }
    if let Some(s) = status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}
