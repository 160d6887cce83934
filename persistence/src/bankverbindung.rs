//! Changes of the account a case is paid to.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen};
use crate::schema::kontoaenderung;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::bankverbindung::{Kontoaenderung, KontoaenderungStatus};
use aqb_domain::berechtigung::Sicht;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = kontoaenderung, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    kreisschluessel: String,
    status: String,
    erstellt_von: String,
    bestaetigt_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(k: &Kontoaenderung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(k.id),
            antrag_id: Kennung(k.antrag_id),
            kreisschluessel: k.kreisschluessel.clone(),
            status: k.status.code().to_owned(),
            erstellt_von: k.erstellt_von.clone(),
            bestaetigt_von: k.bestaetigt_von.clone(),
            inhalt: Dokument::aus(k)?,
        })
    }
}

aggregat!(
    Kontoaenderung, "KONTOAENDERUNG", kontoaenderung, version, id: Kennung = |k| Kennung(k.id),
    schluessel |k| k.id.to_string(), gk |k| Some(&k.kreisschluessel)
);

/// Loads one, if the caller sees it.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Kontoaenderung>>> {
    use kontoaenderung as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    des_kreises!(q, sicht, t::kreisschluessel).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// What narrows a list of changes.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Application.
    pub antrag_id: Option<uuid::Uuid>,
    /// State.
    pub status: Option<KontoaenderungStatus>,
}

/// Changes the caller sees in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<uuid::Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Kontoaenderung>>> {
    use kontoaenderung as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// All changes of a case in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_antrags(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<Kontoaenderung>> {
    use kontoaenderung as t;
    let roh: Vec<Roh> = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}
