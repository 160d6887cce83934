//! The list of applications.

use super::{Roh, Zeile, mit_massnahme_von, sichtbare};
use crate::schema::antrag;
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::Kennung;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::antrag::{Antrag, AntragStatus};
use aqb_domain::berechtigung::Sicht;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

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
    /// File reference.
    pub aktenzeichen: Option<String>,
    /// Traeger of at least one measure.
    pub traeger_id: Option<uuid::Uuid>,
    /// Who examines it.
    pub in_pruefung_durch: Option<String>,
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

/// Applications the caller sees, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(c: &mut DbConn, sicht: &Sicht, f: &Filter, nach: Option<Position>, anzahl: i64) -> DbResult<Vec<Kopf>> {
    let q = antrag::table
        .select((Zeile::as_select(), (antrag::erstellt_am, antrag::geaendert_am, antrag::version)))
        .into_boxed::<MultiBackend>();
    let mut q = sichtbare!(q, sicht);
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
    if let Some(a) = &f.aktenzeichen {
        q = q.filter(antrag::aktenzeichen.eq(a.clone()));
    }
    if let Some(t) = f.traeger_id {
        q = q.filter(mit_massnahme_von!(t));
    }
    if let Some(p) = &f.in_pruefung_durch {
        q = q.filter(antrag::in_pruefung_durch.eq(p.clone()));
    }
    let roh: Vec<Roh> =
        geblaettert!(q, f.sortierung, nach, "antrag", "id", antrag::id, antrag::geaendert_am).limit(anzahl).load(c)?;
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
