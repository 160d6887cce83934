//! Cases that wait for somebody, of all kinds in one order.

use crate::ablage::des_kreises;
use crate::integritaet::Schluessel;
use crate::schema::{
    aenderungsantrag, anhoerung, antrag, ausnahme, basiszinssatz, bescheid, bescheid_stand, budgetkorrektur,
    feststellung, forderung, frist, kontoaenderung, mittelabruf, regelwerk, strategie, umverteilung,
    verwendungsnachweis, weiterleitung, zahlung, zahlungslauf, zielvereinbarung,
};
use crate::typen::sql::Kennung as KennungSql;
use crate::typen::{Kennung, Zeitpunkt};
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::aufgabe::{Erwartung, TEILNAHMEN};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::frist::FristStatus;
use aqb_domain::zahlung::Abgleichzustand;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A case in a state in which it waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wartend {
    /// Kind of the case.
    pub fall_art: &'static str,
    /// Id of the case: a UUID, of a Regelwerk its version.
    pub fall_id: String,
    /// State.
    pub status: String,
    /// Since when it has not changed.
    pub seit: DateTime<Utc>,
    /// Version of the record.
    pub version: i64,
    /// Gebietskoerperschaft it belongs to.
    pub kreisschluessel: Option<String>,
    /// Jahrgang it belongs to.
    pub jahrgang: Option<i32>,
    /// Application it belongs to.
    pub antrag_id: Option<Uuid>,
}

/// Sort key of a row: since when, kind, id.
pub type Position = (DateTime<Utc>, String, String);

impl Wartend {
    /// Its sort key.
    pub fn position(&self) -> Position {
        (self.seit, self.fall_art.to_owned(), self.fall_id.clone())
    }
}

/// What narrows the list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft. Cases that belong to none are left out.
    pub kreisschluessel: Option<String>,
    /// Jahrgang. Cases that belong to none are left out.
    pub jahrgang: Option<i32>,
}

/// Id, state, moment, version, Gebietskoerperschaft, Jahrgang, application.
type Zeile<K> = (K, String, Zeitpunkt, i64, Option<String>, Option<i64>, Option<Kennung>);

/// A column that a kind does not have.
macro_rules! keine {
    ($typ:ty) => {
        sql::<Nullable<$typ>>("NULL")
    };
}

/// Reads the cases of one kind: its source, then the columns for id, state, moment and version and for Gebietskoerperschaft,
/// Jahrgang and application. `$nach` becomes an id of the kind.
macro_rules! lies {
    ($c:ident, $e:ident, $f:ident, $nach:ident, $anzahl:ident; $quelle:expr, $k:ty, $aus:expr;
     $id:expr, $status:expr, $seit:expr, $version:expr; $($kreis:path)?; $($jahr:path)?; $($antrag:path)?) => {{
        let q = $quelle.filter($status.eq_any($e.status())).into_boxed::<MultiBackend>();
        // whoever sees a part of the data sees nothing of what belongs to no part
        let mut q = lies!(@sicht q, &$e.sicht, $($kreis)?);
        if let Some(k) = &$f.kreisschluessel {
            q = lies!(@gleich q, k.clone(), $($kreis)?);
        }
        if let Some(j) = $f.jahrgang {
            q = lies!(@gleich q, i64::from(j), $($jahr)?);
        }
        if let Some((seit, art, id)) = $nach {
            let zeit = Zeitpunkt(*seit);
            let aus: fn(&str) -> Option<$k> = $aus;
            q = match art.as_str().cmp($e.fall_art) {
                std::cmp::Ordering::Less => q.filter($seit.ge(zeit)),
                std::cmp::Ordering::Greater => q.filter($seit.gt(zeit)),
                std::cmp::Ordering::Equal => match aus(id) {
                    Some(id) => q.filter($seit.gt(zeit).or($seit.eq(zeit).and($id.gt(id)))),
                    None => return Ok(Vec::new()),
                },
            };
        }
        q.order(($seit.asc(), $id.asc()))
            .limit($anzahl)
            .select((
                $id,
                $status,
                $seit,
                $version,
                lies!(@spalte Text, $($kreis)?),
                lies!(@spalte BigInt, $($jahr)?),
                lies!(@spalte KennungSql, $($antrag)?),
            ))
            .load::<Zeile<$k>>($c)?
            .into_iter()
            .map(|z| wartend($e.fall_art, z))
            .collect()
    }};
    (@spalte $typ:ty, $spalte:path) => { $spalte.nullable() };
    (@spalte $typ:ty,) => { keine!($typ) };
    (@gleich $q:ident, $wert:expr, $spalte:path) => { $q.filter($spalte.eq($wert)) };
    (@gleich $q:ident, $wert:expr,) => {{
        let _ = $wert;
        $q.filter(sql::<Bool>("1 = 0"))
    }};
    (@sicht $q:ident, $sicht:expr, $spalte:path) => { des_kreises!($q, $sicht, $spalte) };
    (@sicht $q:ident, $sicht:expr,) => {
        match $sicht {
            Sicht::Alles => $q,
            _ => $q.filter(sql::<Bool>("1 = 0")),
        }
    };
}

fn wartend<K: Schluessel>(
    fall_art: &'static str,
    (id, status, seit, version, kreisschluessel, jahrgang, antrag_id): Zeile<K>,
) -> Wartend {
    Wartend {
        fall_art,
        fall_id: id.text(),
        status,
        seit: seit.0,
        version,
        kreisschluessel,
        jahrgang: jahrgang.and_then(|j| i32::try_from(j).ok()),
        antrag_id: antrag_id.map(|a| a.0),
    }
}

fn kennung(s: &str) -> Option<Kennung> {
    s.parse().ok().map(Kennung)
}

fn von_einer_art(
    c: &mut DbConn,
    e: &Erwartung,
    f: &Filter,
    nach: Option<&Position>,
    anzahl: i64,
) -> DbResult<Vec<Wartend>> {
    macro_rules! fall {
        ($t:ident; $($kreis:path)?; $($jahr:path)?; $($antrag:path)?) => {
            lies!(c, e, f, nach, anzahl; $t::table, Kennung, kennung;
                $t::id, $t::status, $t::geaendert_am, $t::version; $($kreis)?; $($jahr)?; $($antrag)?)
        };
    }
    Ok(match e.fall_art {
        "REGELWERK" => lies!(c, e, f, nach, anzahl; regelwerk::table, String, |s| Some(s.to_owned());
            regelwerk::version, regelwerk::status, regelwerk::geaendert_am, regelwerk::fassung;;;),
        "BASISZINSSATZ" => fall!(basiszinssatz;;;),
        "UMVERTEILUNG" => fall!(umverteilung;; umverteilung::jahrgang;),
        "BUDGETKORREKTUR" => fall!(budgetkorrektur; budgetkorrektur::kreisschluessel; budgetkorrektur::jahrgang;),
        "STRATEGIE" => fall!(strategie; strategie::kreisschluessel;;),
        "ZIELVEREINBARUNG" => fall!(zielvereinbarung; zielvereinbarung::kreisschluessel; zielvereinbarung::jahrgang;),
        "ANTRAG" => fall!(antrag; antrag::kreisschluessel; antrag::jahrgang; antrag::id),
        "BESCHEID" => lies!(c, e, f, nach, anzahl; bescheid_stand::table.inner_join(bescheid::table), Kennung, kennung;
            bescheid::id, bescheid_stand::status, bescheid_stand::geaendert_am, bescheid_stand::version;
            bescheid::kreisschluessel; bescheid::jahrgang; bescheid::antrag_id),
        "KONTOAENDERUNG" => lies!(c, e, f, nach, anzahl;
            kontoaenderung::table.inner_join(antrag::table.on(antrag::id.eq(kontoaenderung::antrag_id))), Kennung, kennung;
            kontoaenderung::id, kontoaenderung::status, kontoaenderung::geaendert_am, kontoaenderung::version;
            kontoaenderung::kreisschluessel; antrag::jahrgang; antrag::id),
        "AENDERUNGSANTRAG" => {
            fall!(aenderungsantrag; aenderungsantrag::kreisschluessel; aenderungsantrag::jahrgang;
                aenderungsantrag::antrag_id)
        }
        "MITTELABRUF" => {
            fall!(mittelabruf; mittelabruf::kreisschluessel; mittelabruf::jahrgang; mittelabruf::antrag_id)
        }
        "ZAHLUNGSLAUF" => fall!(zahlungslauf;;;),
        "ZAHLUNG" => lies!(c, e, f, nach, anzahl;
            zahlung::table
                .inner_join(mittelabruf::table.on(mittelabruf::id.eq(zahlung::mittelabruf_id)))
                .filter(zahlung::abgleich.eq(Abgleichzustand::Zweifelhaft.code())), Kennung, kennung;
            zahlung::id, zahlung::status, zahlung::geaendert_am, zahlung::version;
            zahlung::kreisschluessel; mittelabruf::jahrgang; mittelabruf::antrag_id),
        "WEITERLEITUNG" => {
            fall!(weiterleitung; weiterleitung::kreisschluessel; weiterleitung::jahrgang; weiterleitung::antrag_id)
        }
        "VERWENDUNGSNACHWEIS" => {
            fall!(verwendungsnachweis; verwendungsnachweis::kreisschluessel; verwendungsnachweis::jahrgang;
                verwendungsnachweis::antrag_id)
        }
        "FESTSTELLUNG" => {
            fall!(feststellung; feststellung::kreisschluessel; feststellung::jahrgang; feststellung::antrag_id)
        }
        "ANHOERUNG" => fall!(anhoerung; anhoerung::kreisschluessel; anhoerung::jahrgang; anhoerung::antrag_id),
        "AUSNAHME" => fall!(ausnahme; ausnahme::kreisschluessel; ausnahme::jahrgang; ausnahme::antrag_id),
        "FORDERUNG" => fall!(forderung; forderung::kreisschluessel; forderung::jahrgang; forderung::antrag_id),
        // no rows: whether they wait is computed, not stored
        TEILNAHMEN => Vec::new(),
        unbekannt => return Err(crate::DbFehler::Inhalt(format!("unbekannte Fallart {unbekannt}"))),
    })
}

/// Cases that wait for what is expected, the longest waiting first, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn wartende(
    c: &mut DbConn,
    erwartungen: &[Erwartung],
    f: &Filter,
    nach: Option<&Position>,
    anzahl: i64,
) -> DbResult<Vec<Wartend>> {
    let mut alle = Vec::new();
    for e in erwartungen {
        alle.extend(von_einer_art(c, e, f, nach, anzahl)?);
    }
    Ok(die_aeltesten(alle, anzahl))
}

/// The longest waiting of these cases, in their order.
pub fn die_aeltesten(mut alle: Vec<Wartend>, anzahl: i64) -> Vec<Wartend> {
    alle.sort_by(|a, b| (a.seit, a.fall_art, &a.fall_id).cmp(&(b.seit, b.fall_art, &b.fall_id)));
    alle.truncate(usize::try_from(anzahl).unwrap_or(0));
    alle
}

/// Of each of these cases the last day of the open deadline that ends first.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn naechste_fristen(c: &mut DbConn, faelle: &[&Wartend]) -> DbResult<HashMap<(String, String), NaiveDate>> {
    let roh: Vec<(String, String, Option<NaiveDate>)> = frist::table
        .filter(frist::fall_art.eq_any(faelle.iter().map(|w| w.fall_art).collect::<BTreeSet<_>>()))
        .filter(frist::fall_id.eq_any(faelle.iter().map(|w| w.fall_id.clone()).collect::<Vec<_>>()))
        .filter(frist::status.eq(FristStatus::Offen.code()))
        .group_by((frist::fall_art, frist::fall_id))
        .select((frist::fall_art, frist::fall_id, diesel::dsl::min(frist::faellig_am)))
        .load(c)?;
    Ok(roh.into_iter().filter_map(|(art, id, tag)| Some(((art, id), tag?))).collect())
}

/// File references of these applications.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn aktenzeichen(c: &mut DbConn, antraege: &[Uuid]) -> DbResult<HashMap<Uuid, String>> {
    let ids: Vec<Kennung> = antraege.iter().copied().map(Kennung).collect();
    let roh: Vec<(Kennung, Option<String>)> =
        antrag::table.filter(antrag::id.eq_any(ids)).select((antrag::id, antrag::aktenzeichen)).load(c)?;
    Ok(roh.into_iter().filter_map(|(id, a)| Some((id.0, a?))).collect())
}
