//! Weiterleitungen.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen, loeschbar};
use crate::schema::weiterleitung;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::weiterleitung::{Weiterleitung, WeiterleitungStatus};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = weiterleitung)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    massnahme_id: Kennung,
    traeger_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(w: &Weiterleitung) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(w.id),
            antrag_id: Kennung(w.antrag_id),
            massnahme_id: Kennung(w.inhalt.massnahme_id),
            traeger_id: Kennung(w.inhalt.traeger_id),
            kreisschluessel: w.kreisschluessel.clone(),
            jahrgang: i64::from(w.jahrgang),
            status: w.status.code().to_owned(),
            inhalt: Dokument::aus(w)?,
        })
    }
}

aggregat!(
    Weiterleitung, "WEITERLEITUNG", weiterleitung, version, id: Kennung = |w| Kennung(w.id),
    schluessel |w| w.id.to_string(), gk |w| Some(&w.kreisschluessel)
);
loeschbar!(Weiterleitung, weiterleitung);

/// A county sees its own; a Traeger what was concluded with it, in whatever county, never a draft.
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q.filter(weiterleitung::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(t) => $q
                .filter(weiterleitung::traeger_id.eq(Kennung(*t)))
                .filter(weiterleitung::status.ne(WeiterleitungStatus::Entwurf.code())),
        }
    };
}

/// Loads one the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Weiterleitung>>> {
    use weiterleitung as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// All of one measure, drafts included.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn der_massnahme(c: &mut DbConn, massnahme_id: Uuid) -> DbResult<Vec<Weiterleitung>> {
    use weiterleitung as t;
    let roh = t::table
        .filter(t::massnahme_id.eq(Kennung(massnahme_id)))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}

/// What narrows a list of Weiterleitungen.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application.
    pub antrag_id: Option<Uuid>,
    /// Measure.
    pub massnahme_id: Option<Uuid>,
    /// Traeger.
    pub traeger_id: Option<Uuid>,
    /// State.
    pub status: Option<WeiterleitungStatus>,
}

/// Weiterleitungen the caller sees in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Weiterleitung>>> {
    use weiterleitung as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = sichtbare!(q, sicht);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some(m) = f.massnahme_id {
        q = q.filter(t::massnahme_id.eq(Kennung(m)));
    }
    if let Some(tr) = f.traeger_id {
        q = q.filter(t::traeger_id.eq(Kennung(tr)));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Ids of what was concluded with a Traeger, as deadlines and events name them.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn abgeschlossene_mit(c: &mut DbConn, traeger_id: Uuid) -> DbResult<Vec<String>> {
    let ids: Vec<Kennung> = weiterleitung::table
        .filter(weiterleitung::traeger_id.eq(Kennung(traeger_id)))
        .filter(weiterleitung::status.ne(WeiterleitungStatus::Entwurf.code()))
        .order(weiterleitung::id.asc())
        .select(weiterleitung::id)
        .load(c)?;
    Ok(ids.into_iter().map(|id| id.0.to_string()).collect())
}

/// Applications in which something was concluded with a Traeger.
///
/// # Errors
/// [`crate::DbFehler`].
pub(crate) fn antraege_mit(c: &mut DbConn, traeger_id: Uuid) -> DbResult<Vec<Kennung>> {
    Ok(weiterleitung::table
        .filter(weiterleitung::traeger_id.eq(Kennung(traeger_id)))
        .filter(weiterleitung::status.ne(WeiterleitungStatus::Entwurf.code()))
        .select(weiterleitung::antrag_id)
        .distinct()
        .load(c)?)
}

/// All of an application, drafts included.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_antrags(c: &mut DbConn, antrag_id: Uuid) -> DbResult<Vec<Weiterleitung>> {
    use weiterleitung as t;
    let roh = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}
