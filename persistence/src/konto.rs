//! Ledger: postings and balances.
//!
//! A balance is kept beside the postings, written in the same transaction; [`vergleiche`] proves both equal. A ceiling
//! is a guarded UPDATE: it needs no isolation level and cannot be raced.

mod deckung;
mod pruefung;
pub use deckung::{ueberzogene_massnahmen, ungedeckte_massnahmen};
pub use pruefung::{belege, unausgeglichen, vergleiche};

use crate::ausdruck::{Beide, summe};
use crate::db::Tx;
use crate::fehler::{DbFehler, DbResult};
use crate::je_backend;
use crate::schema::{buchung, buchungszeile, konto};
use crate::typen::{Kennung, Zeitpunkt, code, euro, jahr};
use crate::verbindung::{DbConn, MultiBackend};
use aqb_domain::aenderungsantrag::Zahlungsbewegung;
use aqb_domain::bescheid::Bewilligungsstelle;
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// A stored posting line with its account.
#[derive(Debug, Clone)]
pub struct Zeile {
    /// Id of the posting.
    pub buchung_id: uuid::Uuid,
    /// Line number within the posting.
    pub nr: i64,
    /// Account.
    pub konto: Kontoschluessel,
    /// Measure the money is meant for.
    pub massnahme_id: Option<uuid::Uuid>,
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
    massnahme_id: Option<Kennung>,
    betrag: i64,
}

/// What a line is about: the account, and the measure where there is one.
type Posten<'z> = (&'z Kontoschluessel, Option<uuid::Uuid>);

/// The head of a posting.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = buchung)]
struct Kopf {
    id: Kennung,
    vorgang_art: String,
    vorgang_id: String,
    grund: String,
    text: String,
    gebucht_am: Zeitpunkt,
    wirksam_am: NaiveDate,
    gebucht_von: String,
}

impl Kopf {
    /// Id and SHA-256 over everything a posting says, its accounts by their keys: what the audit trail keeps of it.
    fn beleg<'z>(&self, zeilen: impl IntoIterator<Item = (Posten<'z>, i64)>) -> String {
        let mut teile: Vec<Vec<u8>> = vec![
            self.id.0.as_bytes().to_vec(),
            self.vorgang_art.clone().into_bytes(),
            self.vorgang_id.clone().into_bytes(),
            self.grund.clone().into_bytes(),
            self.text.clone().into_bytes(),
            self.gebucht_am.0.timestamp_micros().to_be_bytes().to_vec(),
            self.wirksam_am.to_string().into_bytes(),
            self.gebucht_von.clone().into_bytes(),
        ];
        for ((k, massnahme), betrag) in zeilen {
            teile.extend([
                k.kreisschluessel.clone().into_bytes(),
                k.jahrgang.to_be_bytes().to_vec(),
                k.teilbudget.clone().into_bytes(),
                k.haushaltsjahr.to_be_bytes().to_vec(),
                k.art.code().as_bytes().to_vec(),
                betrag.to_be_bytes().to_vec(),
            ]);
            teile.extend(massnahme.map(|m| m.as_bytes().to_vec()));
        }
        let teile: Vec<&[u8]> = teile.iter().map(Vec::as_slice).collect();
        format!("{} {}", self.id.0, crate::protokoll::hash(&teile))
    }
}

/// Posts: guarded balances, posting, lines. Accounts are taken in a fixed order, so two postings never deadlock.
/// Returns what the audit trail keeps of the posting; none for one without lines.
///
/// # Errors
/// [`DbFehler::NichtGedeckt`] with the finding when an account would fall below zero.
pub fn buche(tx: &mut Tx<'_>, vorgang_art: &str, vorgang_id: &str, b: &Buchung) -> DbResult<Option<String>> {
    if b.zeilen().is_empty() {
        return Ok(None);
    }
    let id = Kennung(tx.neue_id());
    let kopf = Kopf {
        id,
        vorgang_art: vorgang_art.to_owned(),
        vorgang_id: vorgang_id.to_owned(),
        grund: b.grund.to_owned(),
        text: b.text.clone(),
        gebucht_am: Zeitpunkt(tx.jetzt),
        wirksam_am: b.wirksam_am.unwrap_or_else(|| tx.heute()),
        gebucht_von: tx.akteur.person.clone(),
    };
    diesel::insert_into(buchung::table).values(&kopf).execute(tx.c)?;
    let mut posten = BTreeMap::<Posten<'_>, i64>::new();
    let mut je_konto = BTreeMap::<&Kontoschluessel, i64>::new();
    for z in b.zeilen() {
        for summe in [posten.entry((&z.konto, z.massnahme_id)).or_default(), je_konto.entry(&z.konto).or_default()] {
            *summe = summe.checked_add(z.betrag.cent()).ok_or_else(|| DbFehler::Inhalt("Summe zu groß".to_owned()))?;
        }
    }
    posten.retain(|_, betrag| *betrag != 0);
    let beleg = kopf.beleg(posten.iter().map(|(p, b)| (*p, *b)));
    let mut konten = BTreeMap::new();
    for (schluessel, betrag) in je_konto {
        konten.insert(schluessel, bewege(tx, schluessel, betrag)?);
    }
    let mut neu = Vec::with_capacity(posten.len());
    for (((schluessel, massnahme), betrag), nr) in posten.into_iter().zip(1i64..) {
        let konto_id = *konten.get(schluessel).ok_or_else(|| DbFehler::Inhalt("Konto fehlt".to_owned()))?;
        neu.push(NeueZeile { buchung_id: id, nr, konto_id, massnahme_id: massnahme.map(Kennung), betrag });
    }
    je_backend!(tx.c, c => diesel::insert_into(buchungszeile::table).values(&neu).execute(c))?;
    if let Some(befund) = ungedeckte_massnahmen(tx.c, std::slice::from_ref(b), true)?.pop() {
        return Err(DbFehler::NichtGedeckt(Box::new(befund)));
    }
    tx.buchungen.push(b.clone());
    Ok(Some(beleg))
}

fn bewege(tx: &mut Tx<'_>, k: &Kontoschluessel, betrag: i64) -> DbResult<Kennung> {
    let treffer = konto::table
        .filter(konto::jahrgang.eq(i64::from(k.jahrgang)))
        .filter(konto::kreisschluessel.eq(&k.kreisschluessel))
        .filter(konto::teilbudget.eq(&k.teilbudget))
        .filter(konto::haushaltsjahr.eq(i64::from(k.haushaltsjahr)))
        .filter(konto::art.eq(k.art.code()));
    let quellen: Vec<&str> = Kontoart::ALLE.iter().filter(|a| !a.nie_negativ()).map(|a| a.code()).collect();
    let geaendert: Option<Kennung> =
        diesel::update(treffer.filter(konto::art.eq_any(quellen).or((konto::saldo + betrag).ge(0))))
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
    salden_aller(c, a.jahrgang, std::slice::from_ref(&a.kreisschluessel), None)
}

/// Balances of one owner at the end of a legal day, summed from the postings.
///
/// # Errors
/// [`DbFehler`].
pub fn salden_am(c: &mut DbConn, a: &Auswahl, stichtag: NaiveDate) -> DbResult<Vec<(Kontoschluessel, Euro)>> {
    salden_aller(c, a.jahrgang, std::slice::from_ref(&a.kreisschluessel), Some(stichtag))
}

/// Owner, Teilbudget, Haushaltsjahr, kind, balance.
type Saldozeile = (String, String, i64, String, Option<i64>);

/// Balances of several owners in one Jahrgang, ordered by owner: now, or summed from the postings up to the end of a
/// legal day.
///
/// # Errors
/// [`DbFehler`].
pub fn salden_aller(
    c: &mut DbConn,
    jahrgang: i32,
    kreise: &[String],
    stichtag: Option<NaiveDate>,
) -> DbResult<Vec<(Kontoschluessel, Euro)>> {
    let schluessel = (konto::kreisschluessel, konto::teilbudget, konto::haushaltsjahr, konto::art);
    let ordnung = (konto::kreisschluessel.asc(), konto::teilbudget.asc(), konto::haushaltsjahr.asc(), konto::art.asc());
    let zeilen: Vec<Saldozeile> = match stichtag {
        None => konto::table
            .filter(konto::jahrgang.eq(i64::from(jahrgang)))
            .filter(konto::kreisschluessel.eq_any(kreise.to_vec()))
            .order(ordnung)
            .select((
                konto::kreisschluessel,
                konto::teilbudget,
                konto::haushaltsjahr,
                konto::art,
                konto::saldo.nullable(),
            ))
            .load(c)?,
        Some(tag) => buchungszeile::table
            .inner_join(konto::table)
            .inner_join(buchung::table)
            .filter(konto::jahrgang.eq(i64::from(jahrgang)))
            .filter(konto::kreisschluessel.eq_any(kreise.to_vec()))
            .filter(buchung::wirksam_am.le(tag))
            .group_by(schluessel)
            .order(ordnung)
            .select((
                konto::kreisschluessel,
                konto::teilbudget,
                konto::haushaltsjahr,
                konto::art,
                summe(buchungszeile::betrag),
            ))
            .load(c)?,
    };
    zeilen
        .into_iter()
        .map(|(kreisschluessel, teilbudget, hj, art, saldo)| {
            let k =
                Kontoschluessel { jahrgang, kreisschluessel, teilbudget, haushaltsjahr: jahr(hj)?, art: code(&art)? };
            Ok((k, euro(saldo.unwrap_or(0))?))
        })
        .collect()
}

/// What lies on the accounts for one measure, per Haushaltsjahr and kind of account.
pub type Massnahmesalden = BTreeMap<(i32, Kontoart), Euro>;

/// Balances per measure, summed from the postings: now, or up to the end of a legal day.
///
/// # Errors
/// [`DbFehler`].
pub fn salden_der_massnahmen(
    c: &mut DbConn,
    massnahmen: &[uuid::Uuid],
    stichtag: Option<NaiveDate>,
) -> DbResult<BTreeMap<uuid::Uuid, Massnahmesalden>> {
    let mut je = BTreeMap::<uuid::Uuid, Massnahmesalden>::new();
    for (((massnahme, _, hj), art), saldo) in salden_der_stellen(c, massnahmen, stichtag)? {
        let summe = je.entry(massnahme).or_default().entry((hj, art)).or_default();
        *summe = summe.plus(saldo).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
    }
    Ok(je)
}

/// Measure, Teilbudget, Haushaltsjahr, kind, balance.
type Stellensaldo = (Option<Kennung>, String, i64, String, Option<i64>);

/// The same, divided by Teilbudget.
///
/// # Errors
/// [`DbFehler`].
pub fn salden_der_stellen(
    c: &mut DbConn,
    massnahmen: &[uuid::Uuid],
    stichtag: Option<NaiveDate>,
) -> DbResult<BTreeMap<(Bewilligungsstelle, Kontoart), Euro>> {
    let ids: Vec<Kennung> = massnahmen.iter().copied().map(Kennung).collect();
    let mut q = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(buchungszeile::massnahme_id.eq_any(ids))
        .group_by((buchungszeile::massnahme_id, konto::teilbudget, konto::haushaltsjahr, konto::art))
        .select((
            buchungszeile::massnahme_id,
            konto::teilbudget,
            konto::haushaltsjahr,
            konto::art,
            summe(buchungszeile::betrag),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(tag) = stichtag {
        q = q.filter(buchung::wirksam_am.le(tag));
    }
    let zeilen: Vec<Stellensaldo> = q.load(c)?;
    let mut je = BTreeMap::new();
    for (massnahme, teilbudget, hj, art, saldo) in zeilen {
        let Some(m) = massnahme else { continue };
        je.insert(((m.0, teilbudget, jahr(hj)?), code(&art)?), euro(saldo.unwrap_or(0))?);
    }
    Ok(je)
}

/// Payments of measures and what came back of them, in order of their legal days: movements between what is called and
/// what is paid out.
///
/// # Errors
/// [`DbFehler`].
pub fn zahlungen(c: &mut DbConn, massnahmen: &[uuid::Uuid]) -> DbResult<Vec<Zahlungsbewegung>> {
    type Roh = (Option<Kennung>, String, i64, i64, String, String, NaiveDate);
    let ids: Vec<Kennung> = massnahmen.iter().copied().map(Kennung).collect();
    let aus_abruf = diesel::dsl::sql::<diesel::sql_types::Bool>(
        "EXISTS (SELECT 1 FROM buchungszeile g JOIN konto k ON k.id = g.konto_id \
         WHERE g.buchung_id = buchungszeile.buchung_id AND k.art = 'ABGERUFEN')",
    );
    let zeilen: Vec<Roh> = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(buchungszeile::massnahme_id.eq_any(ids))
        .filter(konto::art.eq(Kontoart::Ausgezahlt.code()))
        .filter(aus_abruf)
        .order((buchung::wirksam_am.asc(), buchung::id.asc(), buchungszeile::nr.asc()))
        .select((
            buchungszeile::massnahme_id,
            konto::teilbudget,
            konto::haushaltsjahr,
            buchungszeile::betrag,
            buchung::vorgang_art,
            buchung::vorgang_id,
            buchung::wirksam_am,
        ))
        .load(c)?;
    let mut bewegungen = Vec::with_capacity(zeilen.len());
    for (massnahme, teilbudget, hj, betrag, art, id, am) in zeilen {
        let Some(m) = massnahme else { continue };
        let stelle = (m.0, teilbudget, jahr(hj)?);
        bewegungen.push(Zahlungsbewegung { stelle, vorgang: format!("{art}/{id}"), am, betrag: euro(betrag)? });
    }
    Ok(bewegungen)
}

/// What is free on the accounts of a Jahrgang, of one owner or of all Gebietskoerperschaften.
///
/// # Errors
/// [`DbFehler`].
pub fn freies(c: &mut DbConn, jahrgang: i32, kreis: Option<&str>) -> DbResult<Vec<(Kontoschluessel, Euro)>> {
    let mut q = konto::table
        .filter(konto::jahrgang.eq(i64::from(jahrgang)))
        .filter(konto::art.eq(Kontoart::Verfuegbar.code()))
        .filter(konto::saldo.gt(0))
        .select((konto::kreisschluessel, konto::teilbudget, konto::haushaltsjahr, konto::saldo))
        .into_boxed::<MultiBackend>();
    if let Some(k) = kreis {
        q = q.filter(konto::kreisschluessel.eq(k.to_owned()));
    }
    let zeilen: Vec<(String, String, i64, i64)> = q.order(konto::id.asc()).load(c)?;
    let zeile = |(kreisschluessel, teilbudget, hj, saldo): (String, String, i64, i64)| {
        let art = Kontoart::Verfuegbar;
        Ok((Kontoschluessel { jahrgang, kreisschluessel, teilbudget, haushaltsjahr: jahr(hj)?, art }, euro(saldo)?))
    };
    zeilen.into_iter().map(zeile).collect()
}

/// Locks all accounts of a Jahrgang in the order in which owners lock theirs.
///
/// # Errors
/// [`DbFehler::Ausgelastet`] when the lock is not granted in time.
pub fn sperre_jahrgang(tx: &mut Tx<'_>, jahrgang: i32) -> DbResult<()> {
    use crate::ausdruck::Sperrbar;
    let _: Vec<Kennung> = konto::table
        .filter(konto::jahrgang.eq(i64::from(jahrgang)))
        .order(konto::id.asc())
        .select(konto::id)
        .zeile_sperren()
        .load(tx.c)?;
    Ok(())
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
    (Kennung, i64, i64, Option<Kennung>),
    (i64, String, String, i64, String),
    (String, String, String, String, Zeitpunkt, NaiveDate, String),
);

/// What narrows a list of posting lines.
#[derive(Debug, Clone, Default)]
pub struct Zeilenfilter {
    /// Teilbudget of the account.
    pub teilbudget: Option<String>,
    /// Haushaltsjahr of the account.
    pub haushaltsjahr: Option<i32>,
    /// Kind of the account.
    pub konto: Option<Kontoart>,
    /// First legal day.
    pub von: Option<NaiveDate>,
    /// Last legal day.
    pub bis: Option<NaiveDate>,
    /// Measure the money is meant for.
    pub massnahme_id: Option<uuid::Uuid>,
    /// One of these postings.
    pub buchungen: Option<Vec<uuid::Uuid>>,
}

/// Postings with a line for one of these measures in order of time, after `nach`.
///
/// # Errors
/// [`DbFehler`].
pub fn buchungen_der_massnahmen(
    c: &mut DbConn,
    massnahmen: &[uuid::Uuid],
    nach: Option<uuid::Uuid>,
    anzahl: i64,
) -> DbResult<Vec<uuid::Uuid>> {
    let massnahmen: Vec<Kennung> = massnahmen.iter().copied().map(Kennung).collect();
    let mut q = buchungszeile::table
        .filter(buchungszeile::massnahme_id.eq_any(massnahmen))
        .select(buchungszeile::buchung_id)
        .distinct()
        .into_boxed::<MultiBackend>();
    if let Some(n) = nach {
        q = q.filter(buchungszeile::buchung_id.gt(Kennung(n)));
    }
    let ids: Vec<Kennung> = q.order(buchungszeile::buchung_id.asc()).limit(anzahl).load(c)?;
    Ok(ids.into_iter().map(|k| k.0).collect())
}

/// Posting lines of one owner in order of time, after `(buchung_id, nr)`.
///
/// # Errors
/// [`DbFehler`].
pub fn zeilen(
    c: &mut DbConn,
    a: &Auswahl,
    f: &Zeilenfilter,
    nach: Option<(uuid::Uuid, i64)>,
    anzahl: i64,
) -> DbResult<Vec<Zeile>> {
    let mut q = buchungszeile::table
        .inner_join(konto::table)
        .inner_join(buchung::table)
        .filter(konto::jahrgang.eq(i64::from(a.jahrgang)))
        .filter(konto::kreisschluessel.eq(&a.kreisschluessel))
        .select((
            (buchungszeile::buchung_id, buchungszeile::nr, buchungszeile::betrag, buchungszeile::massnahme_id),
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
    if let Some(t) = &f.teilbudget {
        q = q.filter(konto::teilbudget.eq(t.clone()));
    }
    if let Some(h) = f.haushaltsjahr {
        q = q.filter(konto::haushaltsjahr.eq(i64::from(h)));
    }
    if let Some(k) = f.konto {
        q = q.filter(konto::art.eq(k.code()));
    }
    if let Some(t) = f.von {
        q = q.filter(buchung::wirksam_am.ge(t));
    }
    if let Some(t) = f.bis {
        q = q.filter(buchung::wirksam_am.le(t));
    }
    if let Some(m) = f.massnahme_id {
        q = q.filter(buchungszeile::massnahme_id.eq(Kennung(m)));
    }
    if let Some(b) = &f.buchungen {
        let b: Vec<Kennung> = b.iter().copied().map(Kennung).collect();
        q = q.filter(buchungszeile::buchung_id.eq_any(b));
    }
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
            |(
                (id, nr, betrag, massnahme),
                (jg, kreisschluessel, teilbudget, hj, art),
                (grund, text, vart, vid, am, tag, von),
            )| {
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
                    massnahme_id: massnahme.map(|m| m.0),
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
