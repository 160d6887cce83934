//! Money that came back before it was claimed.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen};
use crate::schema::rueckzahlung;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::forderung::Rueckzahlung;
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = rueckzahlung)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    massnahme_id: Kennung,
    jahrgang: i64,
    kreisschluessel: String,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(r: &Rueckzahlung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(r.id),
            antrag_id: Kennung(r.antrag_id),
            massnahme_id: Kennung(r.massnahme_id),
            jahrgang: i64::from(r.jahrgang),
            kreisschluessel: r.kreisschluessel.clone(),
            status: r.status().code().to_owned(),
            inhalt: Dokument::aus(r)?,
        })
    }
}

aggregat!(
    Rueckzahlung, "RUECKZAHLUNG", rueckzahlung, version, id: Kennung = |r| Kennung(r.id),
    schluessel |r| r.id.to_string(), gk |r| Some(&r.kreisschluessel)
);

/// Loads one the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Rueckzahlung>>> {
    use rueckzahlung as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    des_kreises!(q, sicht, t::kreisschluessel).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// All of one application, in order of time.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_antrags(c: &mut DbConn, antrag_id: Uuid) -> DbResult<Vec<Versioniert<Rueckzahlung>>> {
    let f = Filter { antrag_id: Some(antrag_id), ..Filter::default() };
    liste(c, &Sicht::Alles, &f, None, i64::MAX)
}

/// What narrows a list of repayments.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application.
    pub antrag_id: Option<Uuid>,
}

/// Repayments the caller sees in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Rueckzahlung>>> {
    use rueckzahlung as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}
