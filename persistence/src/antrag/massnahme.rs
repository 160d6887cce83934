//! Measures and the versions of their Detailplanung.

use crate::schema::{antrag, detailplanung, massnahme};
use crate::typen::{Dokument, Kennung, Zeitpunkt, code, jahr};
use crate::{DbConn, DbResult, MultiBackend, Tx};
use aqb_domain::antrag::{Antrag, AntragStatus, MassnahmeMitPlan};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::massnahme::Massnahme;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = massnahme, treat_none_as_null = true)]
pub(super) struct MassnahmeZeile {
    pub(super) id: Kennung,
    pub(super) antrag_id: Kennung,
    pub(super) massnahme_nr: String,
    pub(super) massnahmeart: String,
    pub(super) traeger_id: Option<Kennung>,
    pub(super) beginn: NaiveDate,
    pub(super) ende: NaiveDate,
    pub(super) inhalt: Dokument,
}

impl MassnahmeZeile {
    pub(super) fn aus(antrag_id: uuid::Uuid, m: &Massnahme) -> DbResult<Self> {
        Ok(MassnahmeZeile {
            id: Kennung(m.id),
            antrag_id: Kennung(antrag_id),
            massnahme_nr: m.massnahme_nr.clone(),
            massnahmeart: m.massnahmeart().code().to_owned(),
            traeger_id: m.inhalt.traeger_id.map(Kennung),
            beginn: m.inhalt.beginn,
            ende: m.inhalt.ende,
            inhalt: Dokument::aus(&m.inhalt)?,
        })
    }
}

/// A version of a plan: who set it, and for which Traeger it was made.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = detailplanung)]
pub(super) struct PlanZeile {
    pub(super) massnahme_id: Kennung,
    nr: i64,
    pub(super) inhalt: Dokument,
    traeger_id: Option<Kennung>,
    erstellt_von: String,
    erstellt_am: Zeitpunkt,
}

/// The newest version of each measure's plan.
pub(super) fn neueste_plaene(c: &mut DbConn, massnahmen: &[Kennung]) -> DbResult<Vec<PlanZeile>> {
    let neueste_fassung = diesel::dsl::sql::<diesel::sql_types::Bool>(
        "detailplanung.nr = (SELECT max(d.nr) FROM detailplanung d WHERE d.massnahme_id = detailplanung.massnahme_id)",
    );
    Ok(detailplanung::table
        .filter(detailplanung::massnahme_id.eq_any(massnahmen.to_vec()))
        .filter(neueste_fassung)
        .select(PlanZeile::as_select())
        .load(c)?)
}

/// Brings the rows of the measures in line with the application: removed ones go, changed ones are replaced, a new
/// Detailplanung becomes a further version. Once something was granted, a measure that a change drops stays as a row
/// that nobody sees: money and other records refer to it.
pub(super) fn speichern(tx: &mut Tx<'_>, a: &Antrag) -> DbResult<()> {
    let ids: Vec<Kennung> = a.massnahmen.iter().map(|m| Kennung(m.massnahme.id)).collect();
    let alt: HashMap<Kennung, MassnahmeZeile> = zeilen(tx.c, Kennung(a.id))?.into_iter().map(|z| (z.id, z)).collect();
    let entfernt: Vec<Kennung> = alt.keys().filter(|id| !ids.contains(id)).copied().collect();
    if !entfernt.is_empty() {
        let zeilen = massnahme::table.filter(massnahme::id.eq_any(entfernt));
        if matches!(a.status, AntragStatus::Bewilligt | AntragStatus::Teilbewilligt) {
            diesel::update(zeilen).set(massnahme::entfallen.eq(true)).execute(tx.c)?;
        } else {
            diesel::delete(zeilen).execute(tx.c)?;
        }
    }
    let mut neu = Vec::new();
    for m in &a.massnahmen {
        let zeile = MassnahmeZeile::aus(a.id, &m.massnahme)?;
        match alt.get(&zeile.id) {
            None => neu.push(zeile),
            Some(z) if *z != zeile => {
                diesel::update(massnahme::table.filter(massnahme::id.eq(zeile.id))).set(zeile).execute(tx.c)?;
            }
            Some(_) => {}
        }
    }
    if !neu.is_empty() {
        crate::je_backend!(tx.c, c => diesel::insert_into(massnahme::table).values(&neu).execute(c))?;
    }
    plaene_speichern(tx, &a.massnahmen)
}

fn plaene_speichern(tx: &mut Tx<'_>, massnahmen: &[MassnahmeMitPlan]) -> DbResult<()> {
    let mit_plan: Vec<(Kennung, &MassnahmeMitPlan, &Detailplanung)> =
        massnahmen.iter().filter_map(|m| m.detailplanung.as_ref().map(|p| (Kennung(m.massnahme.id), m, p))).collect();
    let ids: Vec<Kennung> = mit_plan.iter().map(|(id, ..)| *id).collect();
    let letzte: HashMap<Kennung, PlanZeile> =
        neueste_plaene(tx.c, &ids)?.into_iter().map(|p| (p.massnahme_id, p)).collect();
    let mut neu = Vec::new();
    for (id, m, plan) in mit_plan {
        let (inhalt, letzte) = (Dokument::aus(plan)?, letzte.get(&id));
        if letzte.is_none_or(|l| l.inhalt != inhalt) {
            neu.push(fassung(tx, id, letzte.map_or(0, |l| l.nr), inhalt, m.massnahme.inhalt.traeger_id));
        }
    }
    if !neu.is_empty() {
        crate::je_backend!(tx.c, c => diesel::insert_into(detailplanung::table).values(&neu).execute(c))?;
    }
    Ok(())
}

fn fassung(
    tx: &Tx<'_>,
    massnahme_id: Kennung,
    bisher: i64,
    inhalt: Dokument,
    traeger_id: Option<uuid::Uuid>,
) -> PlanZeile {
    PlanZeile {
        massnahme_id,
        nr: bisher.saturating_add(1),
        inhalt,
        traeger_id: traeger_id.map(Kennung),
        erstellt_von: tx.akteur.person.clone(),
        erstellt_am: Zeitpunkt(tx.jetzt),
    }
}

/// A plan that was set once more, unchanged, after the measure got another Traeger becomes a version made for that one.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn plan_fuer_traeger(tx: &mut Tx<'_>, m: &Massnahme) -> DbResult<()> {
    let id = Kennung(m.id);
    let letzte = neueste_plaene(tx.c, &[id])?.into_iter().next();
    if let Some(l) = letzte.filter(|l| l.traeger_id.map(|t| t.0) != m.inhalt.traeger_id) {
        let neu = fassung(tx, id, l.nr, l.inhalt, m.inhalt.traeger_id);
        diesel::insert_into(detailplanung::table).values(&neu).execute(tx.c)?;
    }
    Ok(())
}

/// The rows of one application's measures.
pub(super) fn zeilen(c: &mut DbConn, antrag_id: Kennung) -> DbResult<Vec<MassnahmeZeile>> {
    Ok(massnahme::table
        .filter(massnahme::antrag_id.eq(antrag_id))
        .filter(massnahme::entfallen.eq(false))
        .select(MassnahmeZeile::as_select())
        .load(c)?)
}

/// Numbers of measures that changes of a grant dropped; they are not given again.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn entfallene_nummern(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<String>> {
    Ok(massnahme::table
        .filter(massnahme::antrag_id.eq(Kennung(antrag_id)))
        .filter(massnahme::entfallen.eq(true))
        .order(massnahme::massnahme_nr.asc())
        .select(massnahme::massnahme_nr)
        .load(c)?)
}

/// Measures of applications, each with its newest Detailplanung, in order of their numbers.
pub(super) fn laden(c: &mut DbConn, antraege: &[Kennung]) -> DbResult<Vec<(Kennung, MassnahmeMitPlan)>> {
    let zeilen: Vec<(Kennung, Kennung, String, Dokument)> = massnahme::table
        .filter(massnahme::antrag_id.eq_any(antraege.to_vec()))
        .filter(massnahme::entfallen.eq(false))
        .order((massnahme::antrag_id.asc(), massnahme::massnahme_nr.asc()))
        .select((massnahme::id, massnahme::antrag_id, massnahme::massnahme_nr, massnahme::inhalt))
        .load(c)?;
    if zeilen.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Kennung> = zeilen.iter().map(|z| z.0).collect();
    let mut neueste: HashMap<Kennung, Dokument> =
        neueste_plaene(c, &ids)?.into_iter().map(|p| (p.massnahme_id, p.inhalt)).collect();
    zeilen
        .into_iter()
        .map(|(id, antrag_id, massnahme_nr, inhalt)| {
            let detailplanung = neueste.remove(&id).map(Dokument::lesen).transpose()?;
            let massnahme = Massnahme { id: id.0, massnahme_nr, inhalt: inhalt.lesen()? };
            Ok((antrag_id, MassnahmeMitPlan { massnahme, detailplanung }))
        })
        .collect()
}

/// Those of the measures whose newest plan was not made for this Traeger.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn neueste_plaene_anderer(
    c: &mut DbConn,
    massnahmen: &[uuid::Uuid],
    traeger_id: uuid::Uuid,
) -> DbResult<Vec<uuid::Uuid>> {
    let ids: Vec<Kennung> = massnahmen.iter().copied().map(Kennung).collect();
    let fremd = |p: &PlanZeile| p.traeger_id != Some(Kennung(traeger_id));
    Ok(neueste_plaene(c, &ids)?.into_iter().filter(fremd).map(|p| p.massnahme_id.0).collect())
}

/// The newest Detailplanung of each measure that has one.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn aktuelle_plaene(c: &mut DbConn, massnahmen: &[uuid::Uuid]) -> DbResult<HashMap<uuid::Uuid, Detailplanung>> {
    let mut aus = HashMap::new();
    for stapel in massnahmen.chunks(crate::integritaet::STAPEL) {
        let ids: Vec<Kennung> = stapel.iter().copied().map(Kennung).collect();
        for p in neueste_plaene(c, &ids)? {
            aus.insert(p.massnahme_id.0, p.inhalt.lesen()?);
        }
    }
    Ok(aus)
}

/// A version of a Detailplanung.
#[derive(Debug, Clone)]
pub struct Planfassung {
    /// Version number.
    pub nr: i64,
    /// The plan.
    pub plan: Detailplanung,
    /// Traeger the measure named when the version came.
    pub traeger_id: Option<uuid::Uuid>,
    /// Who set it.
    pub erstellt_von: String,
    /// When it came.
    pub erstellt_am: DateTime<Utc>,
}

/// All versions of a measure's Detailplanung, newest first.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn planfassungen(c: &mut DbConn, massnahme_id: uuid::Uuid) -> DbResult<Vec<Planfassung>> {
    let v: Vec<PlanZeile> = detailplanung::table
        .filter(detailplanung::massnahme_id.eq(Kennung(massnahme_id)))
        .order(detailplanung::nr.desc())
        .select(PlanZeile::as_select())
        .load(c)?;
    let fassung = |z: PlanZeile| {
        Ok(Planfassung {
            nr: z.nr,
            plan: z.inhalt.lesen()?,
            traeger_id: z.traeger_id.map(|t| t.0),
            erstellt_von: z.erstellt_von,
            erstellt_am: z.erstellt_am.0,
        })
    };
    v.into_iter().map(fassung).collect()
}

/// What others need to know of a measure, dropped or not.
#[derive(Debug, Clone)]
pub struct Massnahmenkopf {
    /// Application.
    pub antrag_id: uuid::Uuid,
    /// Number within the application.
    pub massnahme_nr: String,
    /// Last day.
    pub ende: chrono::NaiveDate,
}

/// Heads of these measures, those included that changes of a grant dropped.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn massnahmenkoepfe(c: &mut DbConn, massnahmen: &[uuid::Uuid]) -> DbResult<HashMap<uuid::Uuid, Massnahmenkopf>> {
    let mut aus = HashMap::new();
    for stapel in massnahmen.chunks(crate::integritaet::STAPEL) {
        let ids: Vec<Kennung> = stapel.iter().copied().map(Kennung).collect();
        let roh: Vec<(Kennung, Kennung, String, chrono::NaiveDate)> = massnahme::table
            .filter(massnahme::id.eq_any(ids))
            .select((massnahme::id, massnahme::antrag_id, massnahme::massnahme_nr, massnahme::ende))
            .load(c)?;
        let kopf =
            |antrag_id: Kennung, massnahme_nr, ende| Massnahmenkopf { antrag_id: antrag_id.0, massnahme_nr, ende };
        aus.extend(roh.into_iter().map(|(id, a, nr, ende)| (id.0, kopf(a, nr, ende))));
    }
    Ok(aus)
}

/// What narrows a list of measures across applications.
#[derive(Debug, Clone, Default)]
pub struct Massnahmenfilter {
    /// Jahrgang of the application.
    pub jahrgang: Option<i32>,
    /// Applicant.
    pub kreisschluessel: Option<String>,
    /// State of the application.
    pub status: Option<AntragStatus>,
    /// Kind.
    pub massnahmeart: Option<Massnahmeart>,
    /// Traeger.
    pub traeger_id: Option<uuid::Uuid>,
}

/// A line of the list of measures.
#[derive(Debug, Clone)]
pub struct Massnahmenzeile {
    /// The measure.
    pub massnahme: Massnahme,
    /// Application it belongs to.
    pub antrag_id: uuid::Uuid,
    /// File reference of the application.
    pub aktenzeichen: Option<String>,
    /// Jahrgang of the application.
    pub jahrgang: i32,
    /// Applicant.
    pub kreisschluessel: String,
    /// State of the application.
    pub status: AntragStatus,
    /// Version of the application.
    pub version: i64,
}

type Listenzeile = ((Kennung, String, Dokument), (Kennung, Option<String>, i64, String, String, i64));

/// Measures the caller sees, of all applications, in order of creation, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn massnahmenliste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Massnahmenfilter,
    nach: Option<uuid::Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Massnahmenzeile>> {
    let mut q = massnahme::table
        .inner_join(antrag::table)
        .filter(massnahme::entfallen.eq(false))
        .select((
            (massnahme::id, massnahme::massnahme_nr, massnahme::inhalt),
            (
                antrag::id,
                antrag::aktenzeichen,
                antrag::jahrgang,
                antrag::kreisschluessel,
                antrag::status,
                antrag::version,
            ),
        ))
        .into_boxed::<MultiBackend>();
    match sicht {
        Sicht::Alles => {}
        Sicht::Gebietskoerperschaft(k) => q = q.filter(antrag::kreisschluessel.eq(k.clone())),
        Sicht::Traeger(t) => q = q.filter(massnahme::traeger_id.eq(Kennung(*t))),
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(antrag::jahrgang.eq(i64::from(j)));
    }
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(antrag::kreisschluessel.eq(k.clone()));
    }
    if let Some(s) = f.status {
        q = q.filter(antrag::status.eq(s.code()));
    }
    if let Some(a) = f.massnahmeart {
        q = q.filter(massnahme::massnahmeart.eq(a.code()));
    }
    if let Some(t) = f.traeger_id {
        q = q.filter(massnahme::traeger_id.eq(Kennung(t)));
    }
    if let Some(n) = nach {
        q = q.filter(massnahme::id.gt(Kennung(n)));
    }
    let roh: Vec<Listenzeile> = q.order(massnahme::id.asc()).limit(anzahl).load(c)?;
    roh.into_iter()
        .map(|((id, massnahme_nr, inhalt), (antrag_id, aktenzeichen, jg, kreisschluessel, status, version))| {
            Ok(Massnahmenzeile {
                massnahme: Massnahme { id: id.0, massnahme_nr, inhalt: inhalt.lesen()? },
                antrag_id: antrag_id.0,
                aktenzeichen,
                jahrgang: jahr(jg)?,
                kreisschluessel,
                status: code(&status)?,
                version,
            })
        })
        .collect()
}
