//! Ledger: postings and balances.
//!
//! A balance is kept beside the postings, written in the same transaction; [`vergleiche`] proves both equal. A ceiling
//! is a guarded UPDATE: it needs no isolation level and cannot be raced.

use crate::ausdruck::{Beide, summe};
use crate::db::Tx;
use crate::fehler::{DbFehler, DbResult};
use crate::je_backend;
use crate::schema::{buchung, buchungszeile, konto};
use crate::typen::{Kennung, Zeitpunkt, code, euro, jahr};
use crate::verbindung::{DbConn, MultiBackend};
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A stored posting line with its account.
#[derive(Debug, Clone)]
pub struct Zeile {
    /// Id of the posting.
    pub buchung_id: uuid::Uuid,
    /// Line number within the posting.
    pub nr: i64,
    /// Account.
    pub konto: Kontoschluessel,
    /// Amount.
    pub betrag: Euro,
    /// Kind of business transaction.
    pub grund: String,
    /// Words for people.
    pub text: String,
    /// Aggregate that caused it.
    pub vorgang_art: String,
    /// Id of the aggregate.
    pub vorgang_id: String,
    /// Moment of posting.
    pub gebucht_am: chrono::DateTime<chrono::Utc>,
    /// Legal day.
    pub wirksam_am: NaiveDate,
    /// Who.
    pub gebucht_von: String,
}

#[derive(Insertable)]
#[diesel(table_name = buchungszeile)]
struct NeueZeile {
    buchung_id: Kennung,
    nr: i64,
    konto_id: Kennung,
    betrag: i64,
}

/// Posts: guarded balances, posting, lines. Accounts are taken in a fixed order, so two postings never deadlock.
///
/// # Errors
/// [`DbFehler::NichtGedeckt`] with the finding when an account would fall below zero.
pub fn buche(tx: &mut Tx<'_>, vorgang_art: &str, vorgang_id: &str, b: &Buchung) -> DbResult<()> {
    if b.zeilen().is_empty() {
        return Ok(());
    }
    let id = Kennung(tx.neue_id());
    diesel::insert_into(buchung::table)
        .values((
            buchung::id.eq(id),
            buchung::vorgang_art.eq(vorgang_art),
            buchung::vorgang_id.eq(vorgang_id),
            buchung::grund.eq(b.grund),
            buchung::text.eq(&b.text),
            buchung::gebucht_am.eq(Zeitpunkt(tx.jetzt)),
            buchung::wirksam_am.eq(tx.heute()),
            buchung::gebucht_von.eq(&tx.akteur.person),
        ))
        .execute(tx.c)?;
    let mut je_konto = std::collections::BTreeMap::<&Kontoschluessel, i64>::new();
    for z in b.zeilen() {
        let summe = je_konto.entry(&z.konto).or_default();
        *summe = summe.checked_add(z.betrag.cent()).ok_or_else(|| DbFehler::Inhalt("Summe zu groß".to_owned()))?;
    }
    let mut zeilen = Vec::with_capacity(je_konto.len());
    for (schluessel, betrag) in je_konto {
        if betrag != 0 {
            let konto_id = bewege(tx, schluessel, betrag)?;
            zeilen.push((konto_id, betrag));
        }
    }
    let neu: Vec<NeueZeile> = zeilen
        .into_iter()
        .zip(1i64..)
        .map(|((konto_id, betrag), nr)| NeueZeile { buchung_id: id, nr, konto_id, betrag })
        .collect();
    je_backend!(tx.c, c => diesel::insert_into(buchungszeile::table).values(&neu).execute(c))?;
    tx.buchungen.push(b.clone());
    Ok(())
}

fn bewege(tx: &mut Tx<'_>, k: &Kontoschluessel, betrag: i64) -> DbResult<Kennung> {
    let treffer = konto::table
        .filter(konto::jahrgang.eq(i64::from(k.jahrgang)))
        .filter(konto::kreisschluessel.eq(&k.kreisschluessel))
        .filter(konto::teilbudget.eq(&k.teilbudget))
        .filter(konto::haushaltsjahr.eq(i64::from(k.haushaltsjahr)))
        .filter(konto::art.eq(k.art.code()));
    let geaendert: Option<Kennung> = diesel::update(
        treffer.filter(konto::art.eq(Kontoart::Landeshaushalt.code()).or((konto::saldo + betrag).ge(0))),
    )
    .set(konto::saldo.eq(konto::saldo + betrag))
    .returning(konto::id)
    .get_result(tx.c)
    .optional()?;
    if let Some(id) = geaendert {
        return Ok(id);
    }
    let da: Option<i64> = treffer.select(konto::saldo).first(tx.c).optional()?;
    match da {
        None if betrag >= 0 || !k.art.nie_negativ() => {
            let neu = Kennung(tx.neue_id());
            let angelegt = Beide(
                diesel::insert_into(konto::table)
                    .values((
                        konto::id.eq(neu),
                        konto::jahrgang.eq(i64::from(k.jahrgang)),
                        konto::kreisschluessel.eq(&k.kreisschluessel),
                        konto::teilbudget.eq(&k.teilbudget),
                        konto::haushaltsjahr.eq(i64::from(k.haushaltsjahr)),
                        konto::art.eq(k.art.code()),
                        konto::saldo.eq(betrag),
                    ))
                    .on_conflict_do_nothing(),
            )
            .execute(tx.c)?;
            // somebody else created it meanwhile: the guarded update now finds it
            if angelegt == 1 { Ok(neu) } else { bewege(tx, k, betrag) }
        }
        saldo => {
            let benoetigt = euro(betrag.saturating_neg())?;
            Err(DbFehler::NichtGedeckt(Box::new(k.nicht_gedeckt(benoetigt, euro(saldo.unwrap_or(0))?))))
        }
    }
}

/// Owner of a budget and what narrows it.
#[derive(Debug, Clone, Default)]
pub struct Auswahl {
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
}

/// Balances of all accounts of one owner now.
///
/// # Errors
/// [`DbFehler`].
pub fn salden(c: &mut DbConn, a: &Auswahl) -> DbResult<Vec<(Kontoschluessel, Euro)>> {
    let zeilen: Vec<(String, i64, String, i64)> = konto::table
        .filter(konto::jahrgang.eq(i64::from(a.jahrgang)))
        .filter(konto::kreisschluessel.eq(&a.kreisschluessel))
        .order((konto::teilbudget.asc(), konto::haushaltsjahr.asc(), konto::art.asc()))
        .select((konto::teilbudget, konto::haushaltsjahr, konto::art, konto::saldo))
        .load(c)?;
    zeilen.into_iter().map(|z| schluessel(a, z)).collect()
}

/// Balances of one owner at the end of a legal day, summed from the postings.
///
/// # Errors
/// [`DbFehler`].
pub fn salden_am(c: &mut DbConn, a: &Auswahl, stichtag: NaiveDate) -> DbResult<Vec<(Kontoschluessel, Euro)>> {
    let zeilen: Vec<(String, i64, String, Option<i64>)> = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(konto::jahrgang.eq(i64::from(a.jahrgang)))
        .filter(konto::kreisschluessel.eq(&a.kreisschluessel))
        .filter(buchung::wirksam_am.le(stichtag))
        .group_by((konto::teilbudget, konto::haushaltsjahr, konto::art))
        .order((konto::teilbudget.asc(), konto::haushaltsjahr.asc(), konto::art.asc()))
        .select((konto::teilbudget, konto::haushaltsjahr, konto::art, summe(buchungszeile::betrag)))
        .load(c)?;
    zeilen.into_iter().map(|(t, h, art, s)| schluessel(a, (t, h, art, s.unwrap_or(0)))).collect()
}

fn schluessel(
    a: &Auswahl,
    (teilbudget, hj, art, saldo): (String, i64, String, i64),
) -> DbResult<(Kontoschluessel, Euro)> {
    let k = Kontoschluessel {
        jahrgang: a.jahrgang,
        kreisschluessel: a.kreisschluessel.clone(),
        teilbudget,
        haushaltsjahr: jahr(hj)?,
        art: code(&art)?,
    };
    Ok((k, euro(saldo)?))
}

/// Locks the free accounts of one owner in a fixed order, so that two decisions about the same budget queue.
///
/// # Errors
/// [`DbFehler::Ausgelastet`] when the lock is not granted in time.
pub fn sperre(tx: &mut Tx<'_>, a: &Auswahl) -> DbResult<()> {
    use crate::ausdruck::Sperrbar;
    let _: Vec<Kennung> = konto::table
        .filter(konto::jahrgang.eq(i64::from(a.jahrgang)))
        .filter(konto::kreisschluessel.eq(&a.kreisschluessel))
        .order(konto::id.asc())
        .select(konto::id)
        .zeile_sperren()
        .load(tx.c)?;
    Ok(())
}

/// A row of the posting list.
type RohZeile = (
    (Kennung, i64, i64),
    (i64, String, String, i64, String),
    (String, String, String, String, Zeitpunkt, NaiveDate, String),
);

/// Posting lines of one owner in order of time, after `(buchung_id, nr)`.
///
/// # Errors
/// [`DbFehler`].
pub fn zeilen(c: &mut DbConn, a: &Auswahl, nach: Option<(uuid::Uuid, i64)>, anzahl: i64) -> DbResult<Vec<Zeile>> {
    let mut q = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(konto::jahrgang.eq(i64::from(a.jahrgang)))
        .filter(konto::kreisschluessel.eq(&a.kreisschluessel))
        .select((
            (buchungszeile::buchung_id, buchungszeile::nr, buchungszeile::betrag),
            (konto::jahrgang, konto::kreisschluessel, konto::teilbudget, konto::haushaltsjahr, konto::art),
            (
                buchung::grund,
                buchung::text,
                buchung::vorgang_art,
                buchung::vorgang_id,
                buchung::gebucht_am,
                buchung::wirksam_am,
                buchung::gebucht_von,
            ),
        ))
        .into_boxed::<MultiBackend>();
    if let Some((id, nr)) = nach {
        q = q.filter(
            diesel::dsl::sql::<diesel::sql_types::Bool>("(buchungszeile.buchung_id, buchungszeile.nr) > (")
                .bind::<crate::typen::sql::Kennung, _>(Kennung(id))
                .sql(", ")
                .bind::<diesel::sql_types::BigInt, _>(nr)
                .sql(")"),
        );
    }
    let roh: Vec<RohZeile> =
        q.order((buchungszeile::buchung_id.asc(), buchungszeile::nr.asc())).limit(anzahl).load(c)?;
    roh.into_iter()
        .map(
            |((id, nr, betrag), (jg, kreisschluessel, teilbudget, hj, art), (grund, text, vart, vid, am, tag, von))| {
                Ok(Zeile {
                    buchung_id: id.0,
                    nr,
                    konto: Kontoschluessel {
                        jahrgang: jahr(jg)?,
                        kreisschluessel,
                        teilbudget,
                        haushaltsjahr: jahr(hj)?,
                        art: code(&art)?,
                    },
                    betrag: euro(betrag)?,
                    grund,
                    text,
                    vorgang_art: vart,
                    vorgang_id: vid,
                    gebucht_am: am.0,
                    wirksam_am: tag,
                    gebucht_von: von,
                })
            },
        )
        .collect()
}

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
