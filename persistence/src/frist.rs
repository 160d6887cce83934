//! Deadlines of cases: set and ended by the acts of their cases, extended and recorded as met by acts of their own.

mod bestand;
pub mod erinnerung;
mod folge;

pub(crate) use bestand::uebernehmen;
pub(crate) use folge::fuehre;

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen};
use crate::ausdruck::Sperrbar;
use crate::schema::frist;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend, Tx, weiterleitung};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::frist::{Frist, FristStatus, Fristart, Fristzustand};
use chrono::NaiveDate;
use diesel::dsl::{not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = frist)]
struct Zeile {
    id: Kennung,
    art: String,
    fall_art: String,
    fall_id: String,
    bezug: String,
    kreisschluessel: String,
    jahrgang: i64,
    antrag_id: Kennung,
    faellig_am: NaiveDate,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(f: &Frist) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(f.id),
            art: f.art.code().to_owned(),
            fall_art: f.fall_art.clone(),
            fall_id: f.fall_id.clone(),
            bezug: f.bezug.clone().unwrap_or_default(),
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: i64::from(f.jahrgang),
            antrag_id: Kennung(f.antrag_id),
            faellig_am: f.faellig_am,
            status: f.status.code().to_owned(),
            inhalt: Dokument::aus(f)?,
        })
    }
}

aggregat!(
    Frist, "FRIST", frist, version, id: Kennung = |f| Kennung(f.id),
    schluessel |f| f.id.to_string(), gk |f| Some(&f.kreisschluessel)
);

/// Codes of the kinds for which `f` holds.
fn arten(f: impl Fn(Fristart) -> bool) -> Vec<&'static str> {
    Fristart::ALLE.iter().filter(|a| f(**a)).map(|a| a.code()).collect()
}

/// Deadlines of an application that are overdue on `heute` and forbid calling new money under its Bescheide, the
/// longest overdue first.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn ueberfaellige(c: &mut DbConn, antrag_id: Uuid, heute: NaiveDate) -> DbResult<Vec<Frist>> {
    let roh = frist::table
        .filter(frist::antrag_id.eq(Kennung(antrag_id)))
        .filter(frist::status.eq(FristStatus::Offen.code()))
        .filter(frist::art.eq_any(arten(Fristart::sperrt_zahlungen)))
        .filter(frist::faellig_am.lt(heute))
        .order((frist::faellig_am.asc(), frist::id.asc()))
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .load::<Roh>(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}

/// The open deadline of this kind of a case that needs no further reference, or the first of several.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn offene(c: &mut DbConn, fall_art: &str, fall_id: &str, art: Fristart) -> DbResult<Option<Versioniert<Frist>>> {
    frist::table
        .filter(frist::fall_art.eq(fall_art))
        .filter(frist::fall_id.eq(fall_id))
        .filter(frist::art.eq(art.code()))
        .filter(frist::status.eq(FristStatus::Offen.code()))
        .order((frist::faellig_am.asc(), frist::id.asc()))
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .first::<Roh>(c)
        .optional()?
        .map(lesen)
        .transpose()
}

/// The open deadline of this kind that an application's Bescheide set, if there is one.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn offene_des_antrags(c: &mut DbConn, antrag_id: Uuid, art: Fristart) -> DbResult<Option<Frist>> {
    let roh = frist::table
        .filter(frist::antrag_id.eq(Kennung(antrag_id)))
        .filter(frist::art.eq(art.code()))
        .filter(frist::status.eq(FristStatus::Offen.code()))
        .order((frist::faellig_am.asc(), frist::id.asc()))
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .first::<Roh>(c)
        .optional()?;
    Ok(roh.map(lesen).transpose()?.map(|v: Versioniert<Frist>| v.wert))
}

/// Narrows a boxed query to the deadlines the caller sees: a Traeger those of what was concluded with it.
macro_rules! gesehene {
    ($c:expr, $q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Traeger(t) => {
                let faelle = weiterleitung::abgeschlossene_mit($c, *t)?;
                $q.filter(frist::fall_art.eq("WEITERLEITUNG")).filter(frist::fall_id.eq_any(faelle))
            }
            sicht => des_kreises!($q, sicht, frist::kreisschluessel),
        }
    };
}

/// Deadlines of the kinds a grant sets that Bescheide of an application set and that are open or met.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn der_bewilligung(c: &mut DbConn, antrag_id: Uuid) -> DbResult<Vec<Frist>> {
    let roh = frist::table
        .filter(frist::antrag_id.eq(Kennung(antrag_id)))
        .filter(frist::art.eq_any(arten(|a| Fristart::AUS_BEWILLIGUNG.contains(&a))))
        .filter(frist::status.ne(FristStatus::Abgeloest.code()))
        .order(frist::id.asc())
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .load::<Roh>(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}

/// It gave way because its claim is not pursued: the same on both backends, whatever spaces JSONB puts.
const RUHT: &str = "CAST(frist.inhalt AS TEXT) LIKE '%\"ruht\":%'";

/// What the caller may know: that a claim is not pursued is internal to the authority (§ 59 LHO).
fn fuer(sicht: &Sicht, mut v: Versioniert<Frist>) -> Versioniert<Frist> {
    if *sicht != Sicht::Alles && v.wert.ruht {
        v.wert = v.wert.wieder_offen();
    }
    v
}

/// The deadline of this kind of a case that gave way because its claim is not pursued.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn ruhende(c: &mut DbConn, fall_art: &str, fall_id: &str, art: Fristart) -> DbResult<Option<Versioniert<Frist>>> {
    let roh = frist::table
        .filter(frist::fall_art.eq(fall_art))
        .filter(frist::fall_id.eq(fall_id))
        .filter(frist::art.eq(art.code()))
        .filter(frist::status.eq(FristStatus::Abgeloest.code()))
        .order(frist::id.desc())
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .load::<Roh>(c)?;
    Ok(alle_lesen(roh)?.into_iter().find(|v: &Versioniert<Frist>| v.wert.ruht))
}

/// Loads one the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Frist>>> {
    let q = frist::table
        .filter(frist::id.eq(Kennung(id)))
        .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
        .into_boxed::<MultiBackend>();
    let gefunden = gesehene!(c, q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()?;
    Ok(gefunden.map(|v| fuer(sicht, v)))
}

/// Loads one the caller sees and keeps it from others until the transaction ends.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesperrt(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Frist>>> {
    frist::table.filter(frist::id.eq(Kennung(id))).select(frist::id).zeile_sperren().load::<Kennung>(tx.c)?;
    gesehen(tx.c, sicht, id)
}

/// What narrows a list of deadlines.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Kind.
    pub art: Option<Fristart>,
    /// What it is on a legal day.
    pub zustand: Option<(Fristzustand, NaiveDate)>,
    /// First due day.
    pub von: Option<NaiveDate>,
    /// Last due day.
    pub bis: Option<NaiveDate>,
    /// Kind of the case.
    pub fall_art: Option<String>,
    /// Case.
    pub fall_id: Option<String>,
    /// Application.
    pub antrag_id: Option<Uuid>,
    /// Leaves out those another deadline took the place of.
    pub ohne_abgeloeste: bool,
}

/// Due day and id of a row.
pub type Position = (NaiveDate, Uuid);

/// Deadlines the caller sees by due day, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Frist>>> {
    use frist as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = gesehene!(c, q, sicht);
    let ruht = || sql::<Bool>(if *sicht == Sicht::Alles { "1 = 0" } else { RUHT });
    if f.ohne_abgeloeste {
        q = q.filter(t::status.ne(FristStatus::Abgeloest.code()).or(ruht()));
    }
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(a) = f.art {
        q = q.filter(t::art.eq(a.code()));
    }
    if let Some(tag) = f.von {
        q = q.filter(t::faellig_am.ge(tag));
    }
    if let Some(tag) = f.bis {
        q = q.filter(t::faellig_am.le(tag));
    }
    if let Some(a) = &f.fall_art {
        q = q.filter(t::fall_art.eq(a.clone()));
    }
    if let Some(i) = &f.fall_id {
        q = q.filter(t::fall_id.eq(i.clone()));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some((zustand, heute)) = f.zustand {
        let offen = || t::status.eq(FristStatus::Offen.code()).or(ruht());
        // what Frist::zustand says of one, for all
        let gesetzlich = arten(Fristart::gesetzlich);
        q = match zustand {
            Fristzustand::Offen => q.filter(offen()).filter(t::faellig_am.ge(heute)),
            Fristzustand::Ueberfaellig => {
                q.filter(offen()).filter(t::faellig_am.lt(heute)).filter(t::art.ne_all(gesetzlich))
            }
            Fristzustand::Erledigt => q.filter(
                t::status
                    .eq(FristStatus::Erledigt.code())
                    .or(offen().and(t::faellig_am.lt(heute)).and(t::art.eq_any(gesetzlich))),
            ),
            Fristzustand::Abgeloest => q.filter(t::status.eq(FristStatus::Abgeloest.code())).filter(not(ruht())),
        };
    }
    if let Some((tag, id)) = nach {
        q = q.filter(t::faellig_am.gt(tag).or(t::faellig_am.eq(tag).and(t::id.gt(Kennung(id)))));
    }
    let zeilen = alle_lesen(q.order((t::faellig_am.asc(), t::id.asc())).limit(anzahl).load::<Roh>(c)?)?;
    Ok(zeilen.into_iter().map(|v| fuer(sicht, v)).collect())
}
