//! How long what is told about people is kept, and the record that proves its erasure.

use super::{Jahreszaehlung, Teilnahme, TeilnahmeStatus, nach_jahren};
use crate::befund::{Befund, Einheit};
use crate::gebietskoerperschaft::stichtag;
use crate::regel::AUFBEWAHRUNG_LAEUFT;
use crate::regelwerk::Regelwerk;
use crate::zeit::tag;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// Why data about people were erased.
    Loeschgrund {
        /// The period of retention is over.
        FristAbgelaufen = "FRIST_ABGELAUFEN",
        /// Entered by mistake and cancelled before.
        FehlerhaftErfasst = "FEHLERHAFT_ERFASST",
    }
}

/// Last day on which what is told about the participants of a measure is kept: whole calendar years after the one in
/// which the grant ended.
///
/// # Errors
/// `PARAMETER_FEHLT`: what is not known is kept.
pub fn aufbewahren_bis(bewilligt_bis: NaiveDate, jahrgang: i32, r: &Regelwerk) -> Result<NaiveDate, Befund> {
    let jahre = r.ganzzahl("aufbewahrung_teilnahmen_jahre", stichtag(jahrgang))?;
    let jahr = i32::try_from(jahre).ok().and_then(|j| bewilligt_bis.year().checked_add(j));
    // no calendar year can be named: the end of time, so nothing is erased
    Ok(jahr.map_or(NaiveDate::MAX, |j| tag(j, 12, 31)))
}

/// Erased in one record: which, and what was destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Loeschposten {
    /// The Teilnahme.
    pub teilnahme_id: Uuid,
    /// SHA-256 of the encrypted content that was removed; the same text stands in the history.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub chiffrat_sha256: String,
    /// SHA-256 of the record's wrapped key that was destroyed.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub schluessel_sha256: String,
}

/// Proof of an erasure. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loeschnachweis {
    /// Id.
    pub id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Why.
    pub grund: Loeschgrund,
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    pub person: String,
    /// Last day of the period of retention.
    pub aufbewahrt_bis: NaiveDate,
    /// What was erased.
    pub posten: Vec<Loeschposten>,
    /// Counts that stay, encrypted: they may be small.
    pub zaehlung: String,
}

/// Records erased by one act at most.
pub const LOESCHUNGEN_JE_AKT: usize = 500;

/// Which of a measure's records are erased now: cancelled ones at any time, all others when the period is over.
///
/// # Errors
/// `AUFBEWAHRUNG_LAEUFT` when there are only others and their period is running.
pub fn zu_loeschen<'t>(
    alle: &'t [Teilnahme],
    massnahme_nr: &str,
    bis: NaiveDate,
    heute: NaiveDate,
) -> Result<(Loeschgrund, Vec<&'t Teilnahme>), Befund> {
    let mit_angaben = || alle.iter().filter(|t| t.inhalt.is_some());
    if heute > bis {
        return Ok((Loeschgrund::FristAbgelaufen, mit_angaben().take(LOESCHUNGEN_JE_AKT).collect()));
    }
    let stornierte: Vec<&Teilnahme> =
        mit_angaben().filter(|t| t.kopf.status == TeilnahmeStatus::Storniert).take(LOESCHUNGEN_JE_AKT).collect();
    if stornierte.is_empty() && mit_angaben().next().is_some() {
        return Err(Befund::neu(&AUFBEWAHRUNG_LAEUFT)
            .gemessen("massnahme", massnahme_nr, Einheit::Code)
            .gemessen("heute", heute, Einheit::Datum)
            .erlaubt("bis", bis, Einheit::Datum));
    }
    Ok((Loeschgrund::FehlerhaftErfasst, stornierte))
}

/// Counts that stay of these records.
pub fn verbleibende_zaehlung(alle: &[&Teilnahme]) -> Jahreszaehlung {
    nach_jahren(alle)
}
