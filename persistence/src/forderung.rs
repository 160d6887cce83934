//! Claims for repayment and interest.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen};
use crate::schema::{bescheid_stand, forderung};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::bescheid::BescheidStatus;
use aqb_domain::forderung::{Forderung, ForderungStatus, Forderungsart};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = forderung, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    aktenzeichen: String,
    art: String,
    antrag_id: Kennung,
    bescheid_id: Kennung,
    hauptforderung_id: Option<Kennung>,
    jahrgang: i64,
    kreisschluessel: String,
    status: String,
    vorgeschlagen_von: Option<String>,
    freigegeben_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(f: &Forderung) -> DbResult<Self> {
        let letzte = f.entscheidungen.last();
        Ok(Zeile {
            id: Kennung(f.id),
            aktenzeichen: f.aktenzeichen.clone(),
            art: f.art.code().to_owned(),
            antrag_id: Kennung(f.antrag_id),
            bescheid_id: Kennung(f.bescheid_id),
            hauptforderung_id: f.hauptforderung_id.map(Kennung),
            jahrgang: i64::from(f.jahrgang),
            kreisschluessel: f.kreisschluessel.clone(),
            status: f.status().code().to_owned(),
            vorgeschlagen_von: letzte.map(|e| e.vorgeschlagen_von.clone()),
            freigegeben_von: letzte.and_then(|e| e.freigegeben_von.clone()),
            inhalt: Dokument::aus(f)?,
        })
    }
}

aggregat!(
    Forderung, "FORDERUNG", forderung, version, id: Kennung = |f| Kennung(f.id),
    schluessel |f| f.id.to_string(), gk |f| Some(&f.kreisschluessel)
);

/// What a caller sees: a county its own claims once the Bescheid that makes them was notified (§ 43 HVwVfG).
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {{
        let q = des_kreises!($q, $sicht, forderung::kreisschluessel);
        if *$sicht == Sicht::Alles {
            q
        } else {
            q.filter(diesel::dsl::exists(
                bescheid_stand::table
                    .filter(bescheid_stand::bescheid_id.eq(forderung::bescheid_id))
                    .filter(bescheid_stand::status.eq(BescheidStatus::Bekanntgegeben.code())),
            ))
        }
    }};
}

/// Loads one the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Forderung>>> {
    use forderung as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// A repayment and the interest on it, in the order of their numbers.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gruppe(c: &mut DbConn, haupt: Uuid) -> DbResult<Vec<Versioniert<Forderung>>> {
    use forderung as t;
    let haupt = Kennung(haupt);
    let roh = t::table
        .filter(t::id.eq(haupt).or(t::hauptforderung_id.eq(haupt)))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    alle_lesen(roh)
}

/// The claim that a Bescheid made.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_bescheids(c: &mut DbConn, bescheid_id: Uuid) -> DbResult<Option<Versioniert<Forderung>>> {
    use forderung as t;
    t::table
        .filter(t::bescheid_id.eq(Kennung(bescheid_id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .first::<Roh>(c)
        .optional()?
        .map(lesen)
        .transpose()
}

/// What narrows a list of claims.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application.
    pub antrag_id: Option<Uuid>,
    /// Kind.
    pub art: Option<Forderungsart>,
    /// One of these states.
    pub status: Option<Vec<ForderungStatus>>,
}

/// Claims the caller sees in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Forderung>>> {
    use forderung as t;
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
    if let Some(a) = f.art {
        q = q.filter(t::art.eq(a.code()));
    }
    if let Some(s) = &f.status {
        let codes: Vec<&str> = s.iter().map(|s| s.code()).collect();
        q = q.filter(t::status.eq_any(codes));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}
