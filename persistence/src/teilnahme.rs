//! Teilnahmen: opened with the vault when they are read, closed when they are written.

pub mod loeschnachweis;
mod schluessel;
mod verschlossen;

pub use schluessel::{Schluesselwechsel, rotiere, widersprueche};
pub use verschlossen::Verschlossen;

use crate::schema::{massnahme, teilnahme, teilnahme_schluessel};
use crate::tresor::{Schluessel, Tresor, aufgefuellt};
use crate::typen::{Dokument, Kennung, Zeitpunkt};
use crate::vollzug::{self, Versioniert};
use crate::{DbConn, DbFehler, DbResult, MultiBackend, Tx};
use aqb_domain::akt::Entscheidung;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::regel::PERSONENDATEN_UNLESBAR;
use aqb_domain::teilnahme::{
    Loeschposten, Teilnahme, TeilnahmeStatus, Teilnahmeinhalt, Teilnahmekopf, Zaehlung, kennzahlen as zaehle,
};
use aqb_domain::zeit::Zeitraum;
use chrono::NaiveDate;
use diesel::prelude::*;
use schluessel::Schluesselzeile;
use uuid::Uuid;

/// To what a ciphertext is bound: no other record can carry it.
fn bindung(k: &Teilnahmekopf) -> String {
    format!("TEILNAHME/{}/{}", k.id, k.kreisschluessel)
}

fn unlesbar(k: &Teilnahmekopf) -> DbFehler {
    let b = Befund::neu(&PERSONENDATEN_UNLESBAR).gemessen("teilnahme", k.id, Einheit::Code);
    DbFehler::Siegel(Box::new(b))
}

fn verschliesse(schluessel: &Schluessel, t: &Teilnahme) -> DbResult<Option<String>> {
    let Some(inhalt) = &t.inhalt else { return Ok(None) };
    let json = serde_json::to_vec(inhalt).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
    schluessel.verschliesse(&bindung(&t.kopf), &aufgefuellt(json)).map(Some)
}

fn oeffne(schluessel: &Schluessel, v: Verschlossen) -> DbResult<Teilnahme> {
    let inhalt = match &v.chiffrat {
        None => None,
        Some(c) => {
            let klar = schluessel.oeffne(&bindung(&v.kopf), c).ok_or_else(|| unlesbar(&v.kopf))?;
            Some(serde_json::from_slice::<Teilnahmeinhalt>(&klar).map_err(|_| unlesbar(&v.kopf))?)
        }
    };
    Ok(Teilnahme { kopf: v.kopf, inhalt })
}

/// Row and key of a record.
type Roh = (Dokument, Zeitpunkt, Zeitpunkt, i64, Option<Schluesselzeile>);

fn lesen(tresor: &Tresor, (d, erstellt, geaendert, version, schluessel): Roh) -> DbResult<Versioniert<Teilnahme>> {
    let v: Verschlossen = d.lesen()?;
    let wert = match schluessel {
        Some(z) => oeffne(&z.auspacken(tresor).ok_or_else(|| unlesbar(&v.kopf))?, v)?,
        None if v.chiffrat.is_none() => Teilnahme { kopf: v.kopf, inhalt: None },
        None => return Err(unlesbar(&v.kopf)),
    };
    Ok(Versioniert { wert, version, erstellt_am: erstellt.0, geaendert_am: geaendert.0 })
}

/// A boxed query over records and their keys.
macro_rules! mit_schluessel {
    () => {
        teilnahme::table
            .left_join(teilnahme_schluessel::table)
            .select((
                teilnahme::inhalt,
                teilnahme::erstellt_am,
                teilnahme::geaendert_am,
                teilnahme::version,
                Option::<Schluesselzeile>::as_select(),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// A county sees its own, a Traeger what was entered for it.
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q.filter(teilnahme::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(t) => $q.filter(teilnahme::traeger_id.eq(Kennung(*t))),
        }
    };
}

fn alle(
    c: &mut DbConn,
    tresor: &Tresor,
    q: impl FnOnce(&mut DbConn) -> QueryResult<Vec<Roh>>,
) -> DbResult<Vec<Versioniert<Teilnahme>>> {
    q(c)?.into_iter().map(|r| lesen(tresor, r)).collect()
}

/// One of a measure the caller sees.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn gesehen(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    massnahme_id: Uuid,
    id: Uuid,
) -> DbResult<Option<Versioniert<Teilnahme>>> {
    let q = mit_schluessel!()
        .filter(teilnahme::id.eq(Kennung(id)))
        .filter(teilnahme::massnahme_id.eq(Kennung(massnahme_id)));
    sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(|r| lesen(tresor, r)).transpose()
}

/// Those of a measure the caller sees, in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn liste(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    (massnahme_id, status): (Uuid, Option<TeilnahmeStatus>),
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Teilnahme>>> {
    let q = mit_schluessel!().filter(teilnahme::massnahme_id.eq(Kennung(massnahme_id)));
    let mut q = sichtbare!(q, sicht);
    if let Some(s) = status {
        q = q.filter(teilnahme::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(teilnahme::id.gt(Kennung(n)));
    }
    alle(c, tresor, |c| q.order(teilnahme::id.asc()).limit(anzahl).load(c))
}

/// All of one measure.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn der_massnahme(c: &mut DbConn, tresor: &Tresor, massnahme_id: Uuid) -> DbResult<Vec<Versioniert<Teilnahme>>> {
    liste(c, tresor, &Sicht::Alles, (massnahme_id, None), None, i64::MAX)
}

/// All of one person in one county that the caller sees.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn der_person(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    kreisschluessel: &str,
    pseudonym: &str,
) -> DbResult<Vec<Versioniert<Teilnahme>>> {
    let index = schluessel::person_index(tresor, kreisschluessel, pseudonym)?;
    let q = mit_schluessel!().filter(teilnahme_schluessel::person_index.eq(index));
    let q = sichtbare!(q, sicht);
    alle(c, tresor, |c| q.order(teilnahme::id.asc()).load(c))
}

/// The one of this person, measure and entry that counts.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn der_zeile(
    c: &mut DbConn,
    tresor: &Tresor,
    kopf: (&str, Uuid),
    inhalt: &Teilnahmeinhalt,
) -> DbResult<Option<Versioniert<Teilnahme>>> {
    let index = schluessel::zeilen_index(tresor, kopf, inhalt)?;
    let q = mit_schluessel!().filter(teilnahme_schluessel::zeilen_index.eq(index));
    q.first::<Roh>(c).optional()?.map(|r| lesen(tresor, r)).transpose()
}

/// As [`der_zeile`], for many rows at once; of those that are there.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn der_zeilen(
    c: &mut DbConn,
    tresor: &Tresor,
    kopf: (&str, Uuid),
    inhalte: &[&Teilnahmeinhalt],
) -> DbResult<Vec<Versioniert<Teilnahme>>> {
    let indexe =
        inhalte.iter().map(|i| schluessel::zeilen_index(tresor, kopf, i)).collect::<DbResult<Vec<String>>>()?;
    let q = mit_schluessel!().filter(teilnahme_schluessel::zeilen_index.eq_any(indexe));
    alle(c, tresor, |c| q.load(c))
}

/// As [`der_person`], for many people at once, whoever sees the records.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn der_personen(
    c: &mut DbConn,
    tresor: &Tresor,
    kreisschluessel: &str,
    pseudonyme: &[&str],
) -> DbResult<Vec<Versioniert<Teilnahme>>> {
    let index = |p: &&str| schluessel::person_index(tresor, kreisschluessel, p);
    let indexe = pseudonyme.iter().map(index).collect::<DbResult<Vec<String>>>()?;
    let q = mit_schluessel!().filter(teilnahme_schluessel::person_index.eq_any(indexe));
    alle(c, tresor, |c| q.order(teilnahme::id.asc()).load(c))
}

/// All of a Jahrgang whose people count, with their measures.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn des_jahrgangs(c: &mut DbConn, tresor: &Tresor, sicht: &Sicht, jahrgang: i32) -> DbResult<Vec<Teilnahme>> {
    let q = mit_schluessel!()
        .filter(teilnahme::jahrgang.eq(i64::from(jahrgang)))
        .filter(teilnahme::status.eq_any([TeilnahmeStatus::Laufend.code(), TeilnahmeStatus::Beendet.code()]));
    let q = sichtbare!(q, sicht);
    Ok(alle(c, tresor, |c| q.order(teilnahme::id.asc()).load(c))?.into_iter().map(|v| v.wert).collect())
}

/// Measures with data about people that the caller sees: id, application, county, Jahrgang and number of records.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn bestand(c: &mut DbConn, sicht: &Sicht) -> DbResult<Vec<(Uuid, Uuid, i64)>> {
    use diesel::dsl::count_star;
    let q = teilnahme::table
        .filter(teilnahme::status.ne(TeilnahmeStatus::Geloescht.code()))
        .group_by((teilnahme::massnahme_id, teilnahme::antrag_id))
        .select((teilnahme::massnahme_id, teilnahme::antrag_id, count_star()))
        .into_boxed::<MultiBackend>();
    let q = crate::ablage::des_kreises!(q, sicht, teilnahme::kreisschluessel);
    let roh: Vec<(Kennung, Kennung, i64)> = q.order(teilnahme::massnahme_id.asc()).load(c)?;
    Ok(roh.into_iter().map(|(m, a, n)| (m.0, a.0, n)).collect())
}

/// Kennzahlen of one measure for a period, people whose data were erased included; none for an unknown measure.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR`.
pub fn kennzahlen(
    c: &mut DbConn,
    tresor: &Tresor,
    massnahme_id: Uuid,
    zeitraum: &Zeitraum,
) -> DbResult<Option<Zaehlung>> {
    let tage: Option<(NaiveDate, NaiveDate)> = massnahme::table
        .find(Kennung(massnahme_id))
        .select((massnahme::beginn, massnahme::ende))
        .first(c)
        .optional()?;
    let Some((von, bis)) = tage else { return Ok(None) };
    let alle: Vec<Teilnahme> = der_massnahme(c, tresor, massnahme_id)?.into_iter().map(|v| v.wert).collect();
    let gezaehlt: Vec<_> = loeschnachweis::gezaehlt(c, tresor, &[massnahme_id])?.into_iter().map(|(_, z)| z).collect();
    Ok(Some(zaehle(&alle, &gezaehlt, &Zeitraum { von, bis }, zeitraum)))
}

/// Commits a decision about a Teilnahme: the row, the audit row and the event carry ciphertext and ids only.
///
/// # Errors
/// As [`vollzug::vollziehe`]; `teilnahme_zeile_eindeutig` for person, measure and entry that are there already.
pub fn vollziehe(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    akt: &str,
    alt: Option<&Versioniert<Teilnahme>>,
    e: Entscheidung<Teilnahme>,
) -> DbResult<Versioniert<Teilnahme>> {
    let (e, neu) = e.teile(|t| ((), t));
    let vorher = match alt {
        None => None,
        Some(a) => Some(geschlossen(tx.c, a)?),
    };
    let (zeile, dek) = match &vorher {
        None => {
            let version = schluessel::aktuelle_version(tx.c, &neu.kopf.kreisschluessel)?;
            Schluesselzeile::neu(tresor, &neu, version)?
        }
        Some(v) => {
            let zeile = schluessel::laden(tx.c, v.wert.kopf.id)?.ok_or_else(|| unlesbar(&v.wert.kopf))?;
            let dek = zeile.auspacken(tresor).ok_or_else(|| unlesbar(&neu.kopf))?;
            (zeile, dek)
        }
    };
    let unveraendert = alt.is_some_and(|a| a.wert.inhalt == neu.inhalt);
    let chiffrat = match &vorher {
        Some(v) if unveraendert => v.wert.chiffrat.clone(),
        _ => verschliesse(&dek, &neu)?,
    };
    let (e, ()) = e.teile(|()| (Verschlossen { kopf: neu.kopf.clone(), chiffrat }, ()));
    let fertig = vollzug::vollziehe(tx, akt, vorher.as_ref(), e)?;
    match (&neu.inhalt, alt) {
        (None, _) => schluessel::vernichte(tx, neu.kopf.id)?,
        (Some(i), None) => Schluesselzeile::alle_einfuegen(&[zeile.mit_indexen(tresor, &neu.kopf, i)?], tx)?,
        (Some(i), Some(_)) => zeile.mit_indexen(tresor, &neu.kopf, i)?.indexe_ersetzen(tx)?,
    }
    Ok(Versioniert {
        wert: neu,
        version: fertig.version,
        erstellt_am: fertig.erstellt_am,
        geaendert_am: fertig.geaendert_am,
    })
}

/// As [`vollziehe`], for records that are all new and of one county, in few statements.
///
/// # Errors
/// As [`vollziehe`].
pub fn vollziehe_neue(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    akt: &str,
    entscheidungen: Vec<Entscheidung<Teilnahme>>,
) -> DbResult<()> {
    let Some(kreis) = entscheidungen.first().map(|e| e.zustand.kopf.kreisschluessel.clone()) else { return Ok(()) };
    let version = schluessel::aktuelle_version(tx.c, &kreis)?;
    let (mut neue, mut zeilen) = (Vec::new(), Vec::new());
    for e in entscheidungen {
        let (zeile, dek) = Schluesselzeile::neu(tresor, &e.zustand, version)?;
        let chiffrat = verschliesse(&dek, &e.zustand)?;
        let (e, t) = e.teile(|t| (Verschlossen { kopf: t.kopf.clone(), chiffrat }, t));
        if let Some(i) = &t.inhalt {
            zeilen.push(zeile.mit_indexen(tresor, &t.kopf, i)?);
        }
        neue.push(e);
    }
    vollzug::vollziehe_neue(tx, akt, neue)?;
    Schluesselzeile::alle_einfuegen(&zeilen, tx)
}

/// The closed form of a record that was read in this transaction, in that version.
fn geschlossen(c: &mut DbConn, a: &Versioniert<Teilnahme>) -> DbResult<Versioniert<Verschlossen>> {
    let v = verschlossen::laden(c, Kennung(a.wert.kopf.id))?.ok_or_else(|| unlesbar(&a.wert.kopf))?;
    if v.version == a.version { Ok(v) } else { Err(DbFehler::VersionVeraltet { aktuell: v.version }) }
}

/// What the erasure of a record destroys, by its hashes.
///
/// # Errors
/// [`crate::DbFehler`]; `PERSONENDATEN_UNLESBAR` when its key is gone already.
pub fn loeschposten(c: &mut DbConn, t: &Versioniert<Teilnahme>) -> DbResult<Loeschposten> {
    let v = geschlossen(c, t)?;
    let zeile = schluessel::laden(c, t.wert.kopf.id)?.ok_or_else(|| unlesbar(&t.wert.kopf))?;
    let hash = |s: &str| crate::protokoll::hash(&[s.as_bytes()]);
    Ok(Loeschposten {
        teilnahme_id: t.wert.kopf.id,
        chiffrat_sha256: hash(v.wert.chiffrat.as_deref().unwrap_or_default()),
        schluessel_sha256: hash(zeile.verpackt()),
    })
}
