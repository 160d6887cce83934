//! Runs of payments.

use crate::ablage::{Roh, aggregat, alle_lesen};
use crate::schema::zahlungslauf;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::zahlung::{Zahlungslauf, ZahlungslaufStatus};
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = zahlungslauf, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    kennung: String,
    haushaltsjahr: i64,
    ausfuehrung_am: NaiveDate,
    status: String,
    erstellt_von: String,
    freigegeben_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(l: &Zahlungslauf) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(l.id),
            kennung: l.kennung.clone(),
            haushaltsjahr: i64::from(l.haushaltsjahr),
            ausfuehrung_am: l.ausfuehrung_am,
            status: l.status.code().to_owned(),
            erstellt_von: l.erstellt_von.clone(),
            freigegeben_von: l.freigegeben_von.clone(),
            inhalt: Dokument::aus(l)?,
        })
    }
}

aggregat!(
    Zahlungslauf, "ZAHLUNGSLAUF", zahlungslauf, version, id: Kennung = |l| Kennung(l.id),
    schluessel |l| l.id.to_string(), gk |_| None
);

/// What narrows a list of runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// State.
    pub status: Option<ZahlungslaufStatus>,
    /// Haushaltsjahr.
    pub haushaltsjahr: Option<i32>,
}

/// Runs in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(c: &mut DbConn, f: &Filter, nach: Option<Uuid>, anzahl: i64) -> DbResult<Vec<Versioniert<Zahlungslauf>>> {
    use zahlungslauf as t;
    let mut q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(j) = f.haushaltsjahr {
        q = q.filter(t::haushaltsjahr.eq(i64::from(j)));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// The run the bank knows under this name.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_kennung(c: &mut DbConn, kennung: &str) -> DbResult<Option<Versioniert<Zahlungslauf>>> {
    use zahlungslauf as t;
    let roh: Vec<Roh> = t::table
        .filter(t::kennung.eq(kennung))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    Ok(alle_lesen(roh)?.pop())
}
