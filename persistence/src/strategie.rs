//! Strategies.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen, loeschbar};
use crate::schema::strategie;
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend, Tx};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::strategie::{Strategie, StrategieStatus};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
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

/// Loads one, if the caller sees it.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Strategie>>> {
    use strategie as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    des_kreises!(q, sicht, t::kreisschluessel).first::<Roh>(c).optional()?.map(lesen).transpose()
}

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

/// What narrows a list of strategies.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// State.
    pub status: Option<StrategieStatus>,
    /// Order.
    pub sortierung: Sortierung,
}

/// Strategies the caller sees, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Strategie>>> {
    use strategie as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    let q = geblaettert!(q, f.sortierung, nach, "strategie", "id", t::id, t::geaendert_am);
    alle_lesen(q.limit(anzahl).load::<Roh>(c)?)
}
