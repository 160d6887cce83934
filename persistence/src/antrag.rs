//! Applications: the head, their measures, the versions of the Detailplanung and what was filed.

use crate::schema::{antrag, detailplanung, massnahme};
use crate::typen::{Dokument, Kennung, Zeitpunkt, code, jahr};
use crate::vollzug::{Aggregat, Loeschbar, Versioniert};
use crate::{DbConn, DbFehler, DbResult, MultiBackend};
use aqb_domain::antrag::{Antrag, AntragStatus, MassnahmeMitPlan, Nachforderung};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::massnahme::Massnahme;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

mod eingang;
pub use eingang::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = antrag, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    aktenzeichen: Option<String>,
    jahrgang: i64,
    kreisschluessel: String,
    status: String,
    beantragt: i64,
    regelwerk: Option<String>,
    eingereicht_am: Option<Zeitpunkt>,
    frist_versaeumt: bool,
    erstellt_von: String,
    inhalt: Dokument,
    verfahren: Dokument,
}

/// What the procedure adds to the application.
#[derive(Serialize, Deserialize)]
struct Verfahren {
    eingangsdatum: Option<NaiveDate>,
    antragsfrist: Option<NaiveDate>,
    in_pruefung_durch: Option<String>,
    nachforderung: Option<Nachforderung>,
    ruecknahmegrund: Option<String>,
}

type Roh = (Zeile, (Zeitpunkt, Zeitpunkt, i64));

impl Zeile {
    fn aus(a: &Antrag) -> DbResult<Self> {
        let beantragt = a.beantragt().map_err(|e| DbFehler::Inhalt(e.to_string()))?;
        Ok(Zeile {
            id: Kennung(a.id),
            aktenzeichen: a.aktenzeichen.clone(),
            jahrgang: i64::from(a.jahrgang),
            kreisschluessel: a.kreisschluessel.clone(),
            status: a.status.code().to_owned(),
            beantragt: beantragt.cent(),
            regelwerk: a.regelwerk.clone(),
            eingereicht_am: a.eingereicht_am.map(Zeitpunkt),
            frist_versaeumt: a.tage_versaeumt().is_some(),
            erstellt_von: a.erstellt_von.clone(),
            inhalt: Dokument::aus(&a.inhalt)?,
            verfahren: Dokument::aus(&Verfahren {
                eingangsdatum: a.eingangsdatum,
                antragsfrist: a.antragsfrist,
                in_pruefung_durch: a.in_pruefung_durch.clone(),
                nachforderung: a.nachforderung.clone(),
                ruecknahmegrund: a.ruecknahmegrund.clone(),
            })?,
        })
    }

    fn lesen(self, massnahmen: Vec<MassnahmeMitPlan>, version: i64) -> DbResult<Antrag> {
        let v: Verfahren = self.verfahren.lesen()?;
        Ok(Antrag {
            id: self.id.0,
            aktenzeichen: self.aktenzeichen,
            jahrgang: jahr(self.jahrgang)?,
            kreisschluessel: self.kreisschluessel,
            status: code(&self.status)?,
            inhalt: self.inhalt.lesen()?,
            massnahmen,
            regelwerk: self.regelwerk,
            eingereicht_am: self.eingereicht_am.map(|z| z.0),
            eingangsdatum: v.eingangsdatum,
            antragsfrist: v.antragsfrist,
            erstellt_von: self.erstellt_von,
            in_pruefung_durch: v.in_pruefung_durch,
            nachforderung: v.nachforderung,
            ruecknahmegrund: v.ruecknahmegrund,
            version,
        })
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = massnahme, treat_none_as_null = true)]
struct MassnahmeZeile {
    id: Kennung,
    antrag_id: Kennung,
    massnahme_nr: String,
    massnahmeart: String,
    traeger_id: Option<Kennung>,
    inhalt: Dokument,
}

impl MassnahmeZeile {
    fn aus(antrag_id: uuid::Uuid, m: &Massnahme) -> DbResult<Self> {
        Ok(MassnahmeZeile {
            id: Kennung(m.id),
            antrag_id: Kennung(antrag_id),
            massnahme_nr: m.massnahme_nr.clone(),
            massnahmeart: m.massnahmeart().code().to_owned(),
            traeger_id: m.inhalt.traeger_id.map(Kennung),
            inhalt: Dokument::aus(&m.inhalt)?,
        })
    }
}

impl Aggregat for Antrag {
    const ART: &'static str = "ANTRAG";
    fn schluessel(&self) -> String {
        self.id.to_string()
    }
    fn gebietskoerperschaft(&self) -> Option<&str> {
        Some(&self.kreisschluessel)
    }
    fn dokument(&self) -> DbResult<serde_json::Value> {
        serde_json::to_value(self).map_err(|e| DbFehler::Inhalt(e.to_string()))
    }
    fn einfuegen(&self, c: &mut DbConn, jetzt: DateTime<Utc>) -> DbResult<()> {
        diesel::insert_into(antrag::table)
            .values((
                Zeile::aus(self)?,
                antrag::erstellt_am.eq(Zeitpunkt(jetzt)),
                antrag::geaendert_am.eq(Zeitpunkt(jetzt)),
                antrag::version.eq(1i64),
            ))
            .execute(c)?;
        massnahmen_speichern(c, self, jetzt)
    }
    fn ersetzen(&self, c: &mut DbConn, version: i64, jetzt: DateTime<Utc>) -> DbResult<usize> {
        let zeile = antrag::table.filter(antrag::id.eq(Kennung(self.id))).filter(antrag::version.eq(version));
        let n = diesel::update(zeile)
            .set((
                Zeile::aus(self)?,
                antrag::geaendert_am.eq(Zeitpunkt(jetzt)),
                antrag::version.eq(antrag::version + 1i64),
            ))
            .execute(c)?;
        if n > 0 {
            massnahmen_speichern(c, self, jetzt)?;
        }
        Ok(n)
    }
    fn aktuelle_version(&self, c: &mut DbConn) -> DbResult<i64> {
        Ok(antrag::table.find(Kennung(self.id)).select(antrag::version).first(c).optional()?.unwrap_or(0))
    }
}

impl Loeschbar for Antrag {
    fn loeschen(&self, c: &mut DbConn, version: i64) -> DbResult<usize> {
        // the plans go with their measures
        diesel::delete(massnahme::table.filter(massnahme::antrag_id.eq(Kennung(self.id)))).execute(c)?;
        let zeile = antrag::table.filter(antrag::id.eq(Kennung(self.id))).filter(antrag::version.eq(version));
        Ok(diesel::delete(zeile).execute(c)?)
    }
}

/// Brings the rows of the measures in line with the application: removed ones go, changed ones are replaced, a new
/// Detailplanung becomes a further version.
fn massnahmen_speichern(c: &mut DbConn, a: &Antrag, jetzt: DateTime<Utc>) -> DbResult<()> {
    let ids: Vec<Kennung> = a.massnahmen.iter().map(|m| Kennung(m.massnahme.id)).collect();
    let alt: Vec<(Kennung, Dokument, String)> = massnahme::table
        .filter(massnahme::antrag_id.eq(Kennung(a.id)))
        .select((massnahme::id, massnahme::inhalt, massnahme::massnahme_nr))
        .load(c)?;
    for (id, ..) in alt.iter().filter(|(id, ..)| !ids.contains(id)) {
        diesel::delete(massnahme::table.filter(massnahme::id.eq(*id))).execute(c)?;
    }
    for m in &a.massnahmen {
        let zeile = MassnahmeZeile::aus(a.id, &m.massnahme)?;
        match alt.iter().find(|(id, ..)| *id == zeile.id) {
            None => {
                diesel::insert_into(massnahme::table).values(zeile).execute(c)?;
            }
            Some((_, inhalt, nr)) if *inhalt != zeile.inhalt || *nr != zeile.massnahme_nr => {
                diesel::update(massnahme::table.filter(massnahme::id.eq(zeile.id))).set(zeile).execute(c)?;
            }
            Some(_) => {}
        }
        if let Some(plan) = &m.detailplanung {
            plan_speichern(c, m.massnahme.id, plan, &a.erstellt_von, jetzt)?;
        }
    }
    Ok(())
}

fn plan_speichern(
    c: &mut DbConn,
    massnahme_id: uuid::Uuid,
    plan: &Detailplanung,
    von: &str,
    jetzt: DateTime<Utc>,
) -> DbResult<()> {
    let letzter: Option<(i64, Dokument)> = detailplanung::table
        .filter(detailplanung::massnahme_id.eq(Kennung(massnahme_id)))
        .order(detailplanung::nr.desc())
        .select((detailplanung::nr, detailplanung::inhalt))
        .first(c)
        .optional()?;
    let neu = Dokument::aus(plan)?;
    let nr = match letzter {
        Some((_, d)) if d == neu => return Ok(()),
        Some((nr, _)) => nr.saturating_add(1),
        None => 1,
    };
    diesel::insert_into(detailplanung::table)
        .values((
            detailplanung::massnahme_id.eq(Kennung(massnahme_id)),
            detailplanung::nr.eq(nr),
            detailplanung::inhalt.eq(neu),
            detailplanung::erstellt_von.eq(von),
            detailplanung::erstellt_am.eq(Zeitpunkt(jetzt)),
        ))
        .execute(c)?;
    Ok(())
}

/// Measures of applications, each with its newest Detailplanung, in order of their numbers.
fn massnahmen(c: &mut DbConn, antraege: &[Kennung]) -> DbResult<Vec<(Kennung, MassnahmeMitPlan)>> {
    let zeilen: Vec<(Kennung, Kennung, String, Dokument)> = massnahme::table
        .filter(massnahme::antrag_id.eq_any(antraege.to_vec()))
        .order((massnahme::antrag_id.asc(), massnahme::massnahme_nr.asc()))
        .select((massnahme::id, massnahme::antrag_id, massnahme::massnahme_nr, massnahme::inhalt))
        .load(c)?;
    if zeilen.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Kennung> = zeilen.iter().map(|z| z.0).collect();
    let neueste_fassung = diesel::dsl::sql::<diesel::sql_types::Bool>(
        "detailplanung.nr = (SELECT max(d.nr) FROM detailplanung d WHERE d.massnahme_id = detailplanung.massnahme_id)",
    );
    let plaene: Vec<(Kennung, i64, Dokument)> = detailplanung::table
        .filter(detailplanung::massnahme_id.eq_any(ids))
        .filter(neueste_fassung)
        .order((detailplanung::massnahme_id.asc(), detailplanung::nr.asc()))
        .select((detailplanung::massnahme_id, detailplanung::nr, detailplanung::inhalt))
        .load(c)?;
    let mut neueste: std::collections::HashMap<Kennung, Dokument> =
        plaene.into_iter().map(|(m, _, d)| (m, d)).collect();
    zeilen
        .into_iter()
        .map(|(id, antrag_id, massnahme_nr, inhalt)| {
            let detailplanung = neueste.remove(&id).map(Dokument::lesen).transpose()?;
            let massnahme = Massnahme { id: id.0, massnahme_nr, inhalt: inhalt.lesen()? };
            Ok((antrag_id, MassnahmeMitPlan { massnahme, detailplanung }))
        })
        .collect()
}

/// Loads an application with everything in it, if the caller sees it.
///
/// # Errors
/// [`DbFehler`].
pub fn laden(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Antrag>>> {
    let roh: Option<Roh> = antrag::table
        .filter(antrag::id.eq(Kennung(id)))
        .select((Zeile::as_select(), (antrag::erstellt_am, antrag::geaendert_am, antrag::version)))
        .first(c)
        .optional()?;
    let Some((zeile, (erstellt, geaendert, version))) = roh else { return Ok(None) };
    let m: Vec<MassnahmeMitPlan> = massnahmen(c, &[zeile.id])?.into_iter().map(|(_, m)| m).collect();
    let a = zeile.lesen(m, version)?;
    let sichtbar = match sicht {
        Sicht::Traeger(t) => a.massnahmen.iter().any(|m| m.massnahme.inhalt.traeger_id == Some(*t)),
        s => s.sieht_gk(&a.kreisschluessel),
    };
    Ok(sichtbar.then_some(Versioniert { wert: a, version, erstellt_am: erstellt.0, geaendert_am: geaendert.0 }))
}

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sortierung {
    /// Oldest first.
    #[default]
    Angelegt,
    /// Newest first.
    AngelegtZuletzt,
    /// Last changed first.
    GeaendertZuletzt,
}

/// What narrows a list of applications.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// State.
    pub status: Option<AntragStatus>,
    /// Filed after the application period, or not.
    pub frist_versaeumt: Option<bool>,
    /// Order.
    pub sortierung: Sortierung,
}

/// A line of the list of applications.
#[derive(Debug, Clone)]
pub struct Kopf {
    /// The application without its measures.
    pub antrag: Antrag,
    /// State funds requested, kept in the row.
    pub beantragt: i64,
    /// Created.
    pub erstellt_am: DateTime<Utc>,
    /// Last changed.
    pub geaendert_am: DateTime<Utc>,
}

/// Applications the caller sees, after the position `(geaendert_am, id)`.
///
/// # Errors
/// [`DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<(DateTime<Utc>, uuid::Uuid)>,
    anzahl: i64,
) -> DbResult<Vec<Kopf>> {
    use diesel::sql_types::Bool;
    let mut q = antrag::table
        .select((Zeile::as_select(), (antrag::erstellt_am, antrag::geaendert_am, antrag::version)))
        .into_boxed::<MultiBackend>();
    match sicht {
        Sicht::Alles => {}
        Sicht::Gebietskoerperschaft(k) => q = q.filter(antrag::kreisschluessel.eq(k.clone())),
        Sicht::Traeger(_) => return Ok(Vec::new()),
    }
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(antrag::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(antrag::jahrgang.eq(i64::from(j)));
    }
    if let Some(s) = f.status {
        q = q.filter(antrag::status.eq(s.code()));
    }
    if let Some(v) = f.frist_versaeumt {
        q = q.filter(antrag::frist_versaeumt.eq(v));
    }
    if let Some((t, id)) = nach {
        q = match f.sortierung {
            Sortierung::Angelegt => q.filter(antrag::id.gt(Kennung(id))),
            Sortierung::AngelegtZuletzt => q.filter(antrag::id.lt(Kennung(id))),
            Sortierung::GeaendertZuletzt => q.filter(
                diesel::dsl::sql::<Bool>("(antrag.geaendert_am, antrag.id) < (")
                    .bind::<crate::typen::sql::Zeitpunkt, _>(Zeitpunkt(t))
                    .sql(", ")
                    .bind::<crate::typen::sql::Kennung, _>(Kennung(id))
                    .sql(")"),
            ),
        };
    }
    q = match f.sortierung {
        Sortierung::Angelegt => q.order(antrag::id.asc()),
        Sortierung::AngelegtZuletzt => q.order(antrag::id.desc()),
        Sortierung::GeaendertZuletzt => q.order((antrag::geaendert_am.desc(), antrag::id.desc())),
    };
    let roh: Vec<Roh> = q.limit(anzahl).load(c)?;
    roh.into_iter()
        .map(|(z, (erstellt, geaendert, version))| {
            let beantragt = z.beantragt;
            Ok(Kopf {
                antrag: z.lesen(Vec::new(), version)?,
                beantragt,
                erstellt_am: erstellt.0,
                geaendert_am: geaendert.0,
            })
        })
        .collect()
}

/// Applications of a Jahrgang that are neither decided nor withdrawn, and the drafts among them.
///
/// # Errors
/// [`DbFehler`].
pub fn offene(c: &mut DbConn, jahrgang: i32) -> DbResult<(u64, u64)> {
    let offen = [
        AntragStatus::Entwurf,
        AntragStatus::Eingereicht,
        AntragStatus::InPruefung,
        AntragStatus::Nachforderung,
        AntragStatus::EntscheidungVorbereitet,
    ];
    let je_stand: Vec<(String, i64)> = antrag::table
        .filter(antrag::jahrgang.eq(i64::from(jahrgang)))
        .filter(antrag::status.eq_any(offen.map(AntragStatus::code).to_vec()))
        .group_by(antrag::status)
        .select((antrag::status, diesel::dsl::count_star()))
        .load(c)?;
    let anzahl = |nur: Option<AntragStatus>| -> u64 {
        let passt = je_stand.iter().filter(|(s, _)| nur.is_none_or(|n| n.code() == s));
        passt.map(|(_, n)| u64::try_from(*n).unwrap_or(0)).sum()
    };
    Ok((anzahl(None), anzahl(Some(AntragStatus::Entwurf))))
}

/// A version of a Detailplanung.
#[derive(Debug, Clone)]
pub struct Planfassung {
    /// Version number.
    pub nr: i64,
    /// The plan.
    pub plan: Detailplanung,
    /// When it came.
    pub erstellt_am: DateTime<Utc>,
}

/// All versions of a measure's Detailplanung, newest first.
///
/// # Errors
/// [`DbFehler`].
pub fn planfassungen(c: &mut DbConn, massnahme_id: uuid::Uuid) -> DbResult<Vec<Planfassung>> {
    let v: Vec<(i64, Dokument, Zeitpunkt)> = detailplanung::table
        .filter(detailplanung::massnahme_id.eq(Kennung(massnahme_id)))
        .order(detailplanung::nr.desc())
        .select((detailplanung::nr, detailplanung::inhalt, detailplanung::erstellt_am))
        .load(c)?;
    v.into_iter().map(|(nr, d, z)| Ok(Planfassung { nr, plan: d.lesen()?, erstellt_am: z.0 })).collect()
}
