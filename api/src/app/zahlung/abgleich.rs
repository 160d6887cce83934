//! Reconciliation: every payment that was handed over with its results, and every result without payment.

use crate::fehler::Ergebnis;
use aqb_domain::geld::Euro;
use aqb_domain::zahlung::{Abgleichzustand, Meldungsausgang, Meldungsergebnis, Zahlung};
use aqb_persistence::DbConn;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::zahlung::{self as db, rueckmeldung};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A row: a payment, or a result without one.
pub enum Abgleichzeile {
    /// A payment that was handed over.
    Zahlung(Box<Versioniert<Zahlung>>),
    /// A result that names no payment, and the file it came in.
    Meldung(Uuid, Box<Meldungsergebnis>),
}

/// Place of a row: payments first, then results by file and line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Abgleichort {
    /// After this payment.
    Zahlung(Uuid),
    /// After this line of this file.
    Meldung(Uuid, i32),
}

impl Abgleichzeile {
    /// Its place.
    pub fn ort(&self) -> Abgleichort {
        match self {
            Abgleichzeile::Zahlung(z) => Abgleichort::Zahlung(z.wert.id),
            Abgleichzeile::Meldung(id, m) => Abgleichort::Meldung(*id, m.nr),
        }
    }
}

/// Number and sum of rows.
pub type Anzahl = (i64, Euro);

/// Sums over everything the filter names, whatever the page.
pub struct Abgleichsummen {
    /// Payments by state.
    pub zahlungen: BTreeMap<Abgleichzustand, Anzahl>,
    /// Results without payment.
    pub ohne_zahlung: Anzahl,
}

/// Results without payment belong to no county, run or Mittelabruf, and are missing by definition.
fn mit_meldungen(f: &db::Filter) -> bool {
    let anderer = f.abgleich.is_some_and(|a| a != Abgleichzustand::Fehlend);
    let eng = f.status.is_some() || f.kreisschluessel.is_some() || f.zahlungslauf_id.is_some();
    !(anderer || eng || f.mittelabruf_id.is_some() || f.von.is_some() || f.bis.is_some())
}

/// A page of the reconciliation after `nach`.
///
/// # Errors
/// The database's.
pub fn abgleich(
    c: &mut DbConn,
    f: &db::Filter,
    nach: Option<Abgleichort>,
    limit: i64,
) -> Ergebnis<Seite<Abgleichzeile>> {
    let mut zeilen = Vec::new();
    let gewollt = usize::try_from(zu_lesen(limit)).unwrap_or(0);
    if !matches!(nach, Some(Abgleichort::Meldung(..))) {
        let ab = nach.map(|n| match n {
            Abgleichort::Zahlung(id) | Abgleichort::Meldung(id, _) => id,
        });
        let gelesen = db::liste(c, f, ab, zu_lesen(limit))?;
        zeilen.extend(gelesen.into_iter().map(|z| Abgleichzeile::Zahlung(Box::new(z))));
    }
    let mut stelle = match nach {
        Some(Abgleichort::Meldung(id, nr)) => Some((id, nr)),
        _ => None,
    };
    while zeilen.len() < gewollt && mit_meldungen(f) {
        // the file of the last row once more, and the next one
        let dateien = rueckmeldung::mit_unbekannten(c, stelle.map(|(id, _)| id), 2)?;
        let vorher = stelle;
        for d in dateien {
            let ab = stelle.filter(|(id, _)| *id == d.wert.id).map_or(0, |(_, nr)| nr);
            let offen = d.wert.meldungen.into_iter().filter(|m| m.ausgang == Meldungsausgang::Unbekannt);
            zeilen.extend(offen.filter(|m| m.nr > ab).map(|m| Abgleichzeile::Meldung(d.wert.id, Box::new(m))));
            stelle = Some((d.wert.id, i32::MAX));
        }
        if stelle == vorher {
            break;
        }
    }
    Ok(Seite::aus(zeilen, limit))
}

/// Sums of the reconciliation.
///
/// # Errors
/// The database's.
pub fn abgleichsummen(c: &mut DbConn, f: &db::Filter) -> Ergebnis<Abgleichsummen> {
    let ohne_zahlung = if mit_meldungen(f) { rueckmeldung::unbekannte(c)? } else { (0, Euro::NULL) };
    let mut zahlungen = db::abgleichsummen(c, f)?;
    if let Some(nur) = f.abgleich {
        zahlungen.iter_mut().filter(|(a, _)| **a != nur).for_each(|(_, s)| *s = (0, Euro::NULL));
    }
    Ok(Abgleichsummen { zahlungen, ohne_zahlung })
}
