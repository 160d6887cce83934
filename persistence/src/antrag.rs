//! Applications: the head, their measures, the versions of the Detailplanung and what was filed.

mod doppelung;
mod eingang;
mod liste;
mod massnahme;
mod pruefung;
pub use doppelung::andere_massnahmen;
pub use eingang::{Eingang, Schnappschussanlass, eingang, schnappschuss, schnappschuss_anlegen};
pub use liste::{Filter, Kopf, liste};
pub use massnahme::{
    Massnahmenfilter, Massnahmenkopf, Massnahmenzeile, Planfassung, aktuelle_plaene, entfallene_nummern,
    massnahmenkoepfe, massnahmenliste, neueste_plaene_anderer, plan_fuer_traeger, planfassungen,
};

use crate::schema::{antrag, massnahme as massnahmen};
use crate::typen::{Dokument, Kennung, Zeitpunkt, code, jahr};
use crate::vollzug::{Aggregat, Loeschbar, Versioniert};
use crate::{DbConn, DbFehler, DbResult, MultiBackend, Tx};
use aqb_domain::antrag::{Antrag, AntragStatus, MassnahmeMitPlan, Nachforderung};
use aqb_domain::berechtigung::Sicht;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// The application has a measure that names this Traeger.
macro_rules! mit_massnahme_von {
    ($traeger_id:expr) => {
        diesel::dsl::exists(
            crate::schema::massnahme::table
                .filter(crate::schema::massnahme::antrag_id.eq(antrag::id))
                .filter(crate::schema::massnahme::entfallen.eq(false))
                .filter(crate::schema::massnahme::traeger_id.eq(Kennung($traeger_id))),
        )
    };
}

/// What a caller sees of the table: everything, one county's rows, or the rows with a measure of one Traeger.
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q.filter(antrag::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(t) => $q.filter(mit_massnahme_von!(*t)),
        }
    };
}
use {mit_massnahme_von, sichtbare};

#[derive(Clone, Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
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
    in_pruefung_durch: Option<String>,
    inhalt: Dokument,
    verfahren: Dokument,
}

/// What the procedure adds to the application.
#[derive(Serialize, Deserialize)]
struct Verfahren {
    eingangsdatum: Option<NaiveDate>,
    antragsfrist: Option<NaiveDate>,
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
            in_pruefung_durch: a.in_pruefung_durch.clone(),
            inhalt: Dokument::aus(&a.inhalt)?,
            verfahren: Dokument::aus(&Verfahren {
                eingangsdatum: a.eingangsdatum,
                antragsfrist: a.antragsfrist,
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
            in_pruefung_durch: self.in_pruefung_durch,
            nachforderung: v.nachforderung,
            ruecknahmegrund: v.ruecknahmegrund,
            version,
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
    fn einfuegen(&self, tx: &mut Tx<'_>) -> DbResult<()> {
        diesel::insert_into(antrag::table)
            .values((
                Zeile::aus(self)?,
                antrag::erstellt_am.eq(Zeitpunkt(tx.jetzt)),
                antrag::geaendert_am.eq(Zeitpunkt(tx.jetzt)),
                antrag::version.eq(1i64),
            ))
            .execute(tx.c)?;
        massnahme::speichern(tx, self)
    }
    fn ersetzen(&self, tx: &mut Tx<'_>, version: i64) -> DbResult<usize> {
        let zeile = antrag::table.filter(antrag::id.eq(Kennung(self.id))).filter(antrag::version.eq(version));
        let n = diesel::update(zeile)
            .set((
                Zeile::aus(self)?,
                antrag::geaendert_am.eq(Zeitpunkt(tx.jetzt)),
                antrag::version.eq(antrag::version + 1i64),
            ))
            .execute(tx.c)?;
        if n > 0 {
            massnahme::speichern(tx, self)?;
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
        diesel::delete(massnahmen::table.filter(massnahmen::antrag_id.eq(Kennung(self.id)))).execute(c)?;
        let zeile = antrag::table.filter(antrag::id.eq(Kennung(self.id))).filter(antrag::version.eq(version));
        Ok(diesel::delete(zeile).execute(c)?)
    }
}

/// Loads an application with everything in it, if the caller sees it.
///
/// # Errors
/// [`DbFehler`].
pub fn laden(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Antrag>>> {
    let q = antrag::table
        .filter(antrag::id.eq(Kennung(id)))
        .select((Zeile::as_select(), (antrag::erstellt_am, antrag::geaendert_am, antrag::version)))
        .into_boxed::<MultiBackend>();
    let roh: Option<Roh> = sichtbare!(q, sicht).first(c).optional()?;
    let Some((zeile, (erstellt, geaendert, version))) = roh else { return Ok(None) };
    let m: Vec<MassnahmeMitPlan> = massnahme::laden(c, &[zeile.id])?.into_iter().map(|(_, m)| m).collect();
    let wert = zeile.lesen(m, version)?;
    Ok(Some(Versioniert { wert, version, erstellt_am: erstellt.0, geaendert_am: geaendert.0 }))
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
