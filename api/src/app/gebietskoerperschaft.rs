//! Gebietskoerperschaften: reference data with validity dates, maintained by the operator.

use crate::app::{eindeutig, pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Entscheidung;
use aqb_domain::gebietskoerperschaft::Gebietskoerperschaft;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, gebietskoerperschaft};

/// One by its key.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, kreisschluessel: &str) -> Ergebnis<Versioniert<Gebietskoerperschaft>> {
    vorhanden(gebietskoerperschaft::laden(c, kreisschluessel.to_owned())?)
}

/// Adds one.
///
/// # Errors
/// Findings about dates and keys; 409 when the key exists.
pub fn anlegen(tx: &mut Tx<'_>, g: Gebietskoerperschaft) -> Ergebnis<Versioniert<Gebietskoerperschaft>> {
    pruefe(&g)?;
    let schluessel = g.kreisschluessel.clone();
    vollziehe(tx, "anlage", None, Entscheidung::neu(g))
        .map_err(|e| eindeutig(e, "gebietskoerperschaft_pkey", "Gebietskörperschaft", schluessel))
}

/// Changes name, dates or predecessors.
///
/// # Errors
/// 404, 412, findings.
pub fn aendern(
    tx: &mut Tx<'_>,
    kreisschluessel: &str,
    version: Option<i64>,
    f: impl FnOnce(&Gebietskoerperschaft) -> Gebietskoerperschaft,
) -> Ergebnis<Versioniert<Gebietskoerperschaft>> {
    let alt = lesen(tx.c, kreisschluessel)?;
    pruefe_version(&alt, version)?;
    let neu = f(&alt.wert);
    pruefe(&neu)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), Entscheidung::neu(neu))?)
}

fn pruefe(g: &Gebietskoerperschaft) -> Ergebnis<()> {
    let befunde = g.pruefe();
    if befunde.is_empty() { Ok(()) } else { Err(befunde.into()) }
}
