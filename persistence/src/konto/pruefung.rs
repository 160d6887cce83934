//! What the check of the books reads: kept balances, sums, and the fingerprint of every posting.

use super::Kopf;
use crate::ausdruck::summe;
use crate::schema::{buchung, buchungszeile, konto};
use crate::typen::{Kennung, code, jahr};
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::konto::Kontoschluessel;
use diesel::prelude::*;

/// Accounts whose kept balance differs from the sum of their postings; always empty.
///
/// # Errors
/// [`DbFehler`].
pub fn vergleiche(c: &mut DbConn) -> DbResult<Vec<(uuid::Uuid, i64, i64)>> {
    let summen: Vec<(Kennung, Option<i64>)> = buchungszeile::table
        .group_by(buchungszeile::konto_id)
        .select((buchungszeile::konto_id, summe(buchungszeile::betrag)))
        .load(c)?;
    let summen: std::collections::HashMap<_, _> = summen.into_iter().map(|(k, s)| (k, s.unwrap_or(0))).collect();
    let salden: Vec<(Kennung, i64)> = konto::table.select((konto::id, konto::saldo)).load(c)?;
    Ok(salden
        .into_iter()
        .map(|(k, s)| (k.0, s, summen.get(&k).copied().unwrap_or(0)))
        .filter(|(_, s, b)| s != b)
        .collect())
}

/// Postings whose lines do not add up to zero; always empty.
///
/// # Errors
/// [`DbFehler`].
pub fn unausgeglichen(c: &mut DbConn) -> DbResult<Vec<uuid::Uuid>> {
    let v: Vec<(Kennung, Option<i64>)> = buchungszeile::table
        .group_by(buchungszeile::buchung_id)
        .select((buchungszeile::buchung_id, summe(buchungszeile::betrag)))
        .load(c)?;
    Ok(v.into_iter().filter(|(_, s)| s.unwrap_or(0) != 0).map(|(k, _)| k.0).collect())
}

/// Calls `je` with id and SHA-256 of every posting, computed from what is stored.
///
/// # Errors
/// [`DbFehler`].
pub fn belege(c: &mut DbConn, je: &mut dyn FnMut(&str)) -> DbResult<()> {
    type Kontozeile = (Kennung, i64, Option<Kennung>, (String, i64, String, i64, String));
    let mut nach: Option<Kennung> = None;
    loop {
        let mut q = buchung::table.select(Kopf::as_select()).into_boxed::<MultiBackend>();
        if let Some(n) = nach {
            q = q.filter(buchung::id.gt(n));
        }
        let koepfe: Vec<Kopf> = q.order(buchung::id.asc()).limit(500).load(c)?;
        let Some(letzter) = koepfe.last() else { return Ok(()) };
        nach = Some(letzter.id);
        let ids: Vec<Kennung> = koepfe.iter().map(|k| k.id).collect();
        let zeilen: Vec<Kontozeile> = buchungszeile::table
            .inner_join(konto::table)
            .filter(buchungszeile::buchung_id.eq_any(ids))
            .order((buchungszeile::buchung_id.asc(), buchungszeile::nr.asc()))
            .select((
                buchungszeile::buchung_id,
                buchungszeile::betrag,
                buchungszeile::massnahme_id,
                (konto::kreisschluessel, konto::jahrgang, konto::teilbudget, konto::haushaltsjahr, konto::art),
            ))
            .load(c)?;
        let mut je_buchung = std::collections::HashMap::<Kennung, Vec<(Kontoschluessel, Option<Kennung>, i64)>>::new();
        for (id, betrag, massnahme, (kreisschluessel, jg, teilbudget, hj, art)) in zeilen {
            let k = Kontoschluessel {
                jahrgang: jahr(jg)?,
                kreisschluessel,
                teilbudget,
                haushaltsjahr: jahr(hj)?,
                art: code(&art)?,
            };
            je_buchung.entry(id).or_default().push((k, massnahme, betrag));
        }
        for k in &koepfe {
            let zeilen = je_buchung.remove(&k.id).unwrap_or_default();
            je(&k.beleg(zeilen.iter().map(|(k, m, b)| ((k, m.map(|m| m.0)), *b))));
        }
    }
}
