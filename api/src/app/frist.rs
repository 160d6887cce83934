//! Deadlines: read, extended, recorded as met; what calendar programs read; reminders.

use crate::app::{anhoerung, antrag, pruefe_version, verwendungsnachweis, vorhanden, weiterleitung};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Aktion;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::frist::{
    ERLEDIGUNG, Frist, Fristart, Fristerledigung, Fristverlaengerung, Kalenderzugang, Kalenderzugangsangaben,
    VERLAENGERUNG,
};
use aqb_domain::verwendungsnachweis::Verwendungsnachweis;
use aqb_persistence::frist::{self as db, Filter, erinnerung};
use aqb_persistence::vollzug::{Aggregat, Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, kalenderzugang, regelwerk};
use chrono::{DateTime, Days, NaiveDate, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Frist>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// Its acts, each with what it would find.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur))
}

fn zum_handeln(tx: &mut Tx<'_>, sicht: &Sicht, (id, version): (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Frist>> {
    let alt = vorhanden(db::gesperrt(tx, sicht, id)?)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// Gives more time. The due day of a Nachforderung or a hearing stands in the record that set it too and moves with it.
///
/// # Errors
/// 404, 412, state, a day that is not later.
pub fn verlaengern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Fristverlaengerung,
) -> Ergebnis<Versioniert<Frist>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    let e = alt.wert.verlaengern(eingabe, tx.heute(), &tx.akteur)?;
    let fall = || alt.wert.fall_id.parse().unwrap_or_default();
    match alt.wert.art {
        Fristart::Nachforderung if alt.wert.fall_art == Verwendungsnachweis::ART => {
            let n = verwendungsnachweis::lesen(tx.c, &Sicht::Alles, fall())?;
            let folge = n.wert.nachforderung_verlaengert(eingabe.bis)?;
            vollziehe(tx, VERLAENGERUNG, Some(&n), folge)?;
        }
        Fristart::Nachforderung => {
            let a = antrag::lesen(tx.c, &Sicht::Alles, alt.wert.antrag_id)?;
            let folge = a.wert.nachforderung_verlaengert(eingabe.bis)?;
            vollziehe(tx, VERLAENGERUNG, Some(&a), folge)?;
        }
        Fristart::Anhoerung => {
            let a = anhoerung::lesen(tx.c, &Sicht::Alles, fall())?;
            let folge = a.wert.verlaengert(eingabe.bis)?;
            vollziehe(tx, VERLAENGERUNG, Some(&a), folge)?;
        }
        Fristart::VerwendungsnachweisTraeger => weiterleitung::pruefe_nachweis(tx.c, &alt.wert, eingabe.bis)?,
        _ => {}
    }
    Ok(vollziehe(tx, VERLAENGERUNG, Some(&alt), e)?)
}

/// Records that it was met otherwise.
///
/// # Errors
/// 404, 412, state, a day in the future.
pub fn erledigen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Fristerledigung,
) -> Ergebnis<Versioniert<Frist>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    let e = alt.wert.erledigen(eingabe, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, ERLEDIGUNG, Some(&alt), e)?)
}

/// Days before the last one on which people are reminded; a stage that the Regelwerk does not know has none.
pub type Vorlauf = (Option<i64>, Option<i64>);

/// Looks up the days of reminder by Regelwerk, each once.
#[derive(Default)]
pub struct Vorlaeufe(BTreeMap<String, Vorlauf>);

impl Vorlaeufe {
    /// Those that apply to a deadline.
    ///
    /// # Errors
    /// The database's.
    pub fn von(&mut self, c: &mut DbConn, f: &Frist, heute: NaiveDate) -> Ergebnis<Vorlauf> {
        if let Some(v) = self.0.get(&f.regelwerk) {
            return Ok(*v);
        }
        let r = regelwerk::laden(c, f.regelwerk.clone())?.map(|r| r.wert);
        let tage = |s: &str| r.as_ref().and_then(|r| r.ganzzahl(s, heute).ok());
        let v = (tage("erinnerung_frueh_tage"), tage("erinnerung_spaet_tage"));
        self.0.insert(f.regelwerk.clone(), v);
        Ok(v)
    }
}

/// Deadlines as a calendar shows them: what is open, and what was due within a year, each with its days of reminder.
///
/// # Errors
/// The database's.
pub fn kalender(c: &mut DbConn, sicht: &Sicht, heute: NaiveDate) -> Ergebnis<Vec<(Versioniert<Frist>, Vorlauf)>> {
    use aqb_domain::frist::Fristzustand;
    const HOECHSTENS: i64 = 5_000;
    let seit = heute.checked_sub_days(Days::new(366)).unwrap_or(heute);
    let alte = Filter { zustand: Some((Fristzustand::Ueberfaellig, heute)), bis: seit.pred_opt(), ..Filter::default() };
    let neue = Filter { von: Some(seit), ..Filter::default() };
    let mut fristen = db::liste(c, sicht, &alte, None, HOECHSTENS)?;
    fristen.extend(db::liste(c, sicht, &neue, None, HOECHSTENS)?);
    let mut vorlaeufe = Vorlaeufe::default();
    fristen.into_iter().map(|f| vorlaeufe.von(c, &f.wert, heute).map(|v| (f, v))).collect()
}

/// Makes an access for the caller's calendar program.
///
/// # Errors
/// The database's.
pub fn zugang_anlegen(
    tx: &mut Tx<'_>,
    id: Uuid,
    angaben: Kalenderzugangsangaben,
    geheimnis_sha256: String,
    gueltig_bis: DateTime<Utc>,
) -> Ergebnis<Versioniert<Kalenderzugang>> {
    let e = Kalenderzugang::neu(id, angaben, geheimnis_sha256, gueltig_bis, &tx.akteur)?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

/// Revokes one of the caller's own.
///
/// # Errors
/// 404, 412.
pub fn zugang_widerrufen(tx: &mut Tx<'_>, id: Uuid, version: Option<i64>) -> Ergebnis<()> {
    let alt = vorhanden(kalenderzugang::eigener(tx.c, &tx.akteur.person, id)?)?;
    pruefe_version(&alt, version)?;
    vollziehe(tx, "widerruf", Some(&alt), alt.wert.widerrufen(tx.jetzt))?;
    Ok(())
}

/// Deadlines that one round of reminders looks at.
const JE_RUNDE: i64 = 500;
/// Longest time before a deadline in which the program looks for stages.
const WEITSICHT: Days = Days::new(366);

/// Raises the reminders that are due for the deadlines after `nach`; gives the last one looked at while more may
/// follow, and how many events arose.
///
/// # Errors
/// The database's.
pub fn erinnern(tx: &mut Tx<'_>, nach: Option<Uuid>) -> Ergebnis<(Option<Uuid>, usize)> {
    let heute = tx.heute();
    let bis = heute.checked_add_days(WEITSICHT).unwrap_or(NaiveDate::MAX);
    let fristen = erinnerung::anstehende(tx.c, bis, nach, JE_RUNDE)?;
    let mut vorlaeufe = Vorlaeufe::default();
    let mut ereignisse = 0usize;
    for f in &fristen {
        let (frueh, spaet) = vorlaeufe.von(tx.c, &f.wert, heute)?;
        if let Some(stufe) = f.wert.erinnerung(heute, frueh, spaet)
            && erinnerung::erinnere(tx, &f.wert, stufe)?
        {
            ereignisse = ereignisse.saturating_add(1);
        }
    }
    let voll = i64::try_from(fristen.len()).is_ok_and(|n| n >= JE_RUNDE);
    Ok((fristen.last().filter(|_| voll).map(|f| f.wert.id), ereignisse))
}
