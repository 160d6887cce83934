//! What lies on an account for one measure covers that measure alone.

use crate::ausdruck::summe;
use crate::fehler::{DbFehler, DbResult};
use crate::schema::{buchungszeile, konto};
use crate::typen::{Kennung, euro};
use crate::verbindung::DbConn;
use aqb_domain::befund::Befund;
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Findings for every measure whose money on an account does not cover what the postings take from it, whatever lies
/// there for others. `gebucht`: the postings are in the balances already.
///
/// # Errors
/// [`DbFehler`].
pub fn ungedeckte_massnahmen(c: &mut DbConn, buchungen: &[Buchung], gebucht: bool) -> DbResult<Vec<Befund>> {
    let mut bewegt = BTreeMap::<(&Kontoschluessel, uuid::Uuid), Euro>::new();
    for z in buchungen.iter().flat_map(Buchung::zeilen).filter(|z| z.konto.art.deckt_nur_die_massnahme()) {
        if let Some(m) = z.massnahme_id {
            let summe = bewegt.entry((&z.konto, m)).or_default();
            *summe = summe.plus(z.betrag).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
        }
    }
    bewegt.retain(|_, betrag| betrag.ist_negativ());
    let mut befunde = Vec::new();
    for ((k, massnahme), betrag) in bewegt {
        let saldo: Option<i64> = buchungszeile::table
            .inner_join(konto::table)
            .filter(buchungszeile::massnahme_id.eq(Kennung(massnahme)))
            .filter(konto::jahrgang.eq(i64::from(k.jahrgang)))
            .filter(konto::kreisschluessel.eq(&k.kreisschluessel))
            .filter(konto::teilbudget.eq(&k.teilbudget))
            .filter(konto::haushaltsjahr.eq(i64::from(k.haushaltsjahr)))
            .filter(konto::art.eq(k.art.code()))
            .select(summe(buchungszeile::betrag))
            .first(c)?;
        let inhalt = |e: aqb_domain::geld::GeldFehler| DbFehler::Inhalt(e.to_string());
        let saldo = euro(saldo.unwrap_or(0))?;
        let vorher = if gebucht { saldo.minus(betrag).map_err(inhalt)? } else { saldo };
        if betrag.negativ() > vorher {
            befunde.push(k.nicht_gedeckt_fuer(massnahme, betrag.negativ(), vorher));
        }
    }
    Ok(befunde)
}

/// Accounts on which more was taken for a measure than lay there for it: key, measure, balance in cents.
///
/// # Errors
/// [`DbFehler`].
pub fn ueberzogene_massnahmen(c: &mut DbConn) -> DbResult<Vec<(String, uuid::Uuid, i64)>> {
    let arten: Vec<&str> = Kontoart::ALLE.iter().filter(|a| a.deckt_nur_die_massnahme()).map(|a| a.code()).collect();
    let roh: Vec<(Kennung, Option<Kennung>, Option<i64>)> = buchungszeile::table
        .inner_join(konto::table)
        .filter(konto::art.eq_any(arten))
        .filter(buchungszeile::massnahme_id.is_not_null())
        .group_by((buchungszeile::konto_id, buchungszeile::massnahme_id))
        .having(summe(buchungszeile::betrag).lt(0))
        .select((buchungszeile::konto_id, buchungszeile::massnahme_id, summe(buchungszeile::betrag)))
        .load(c)?;
    Ok(roh.into_iter().filter_map(|(k, m, s)| Some((k.0.to_string(), m?.0, s?))).collect())
}
