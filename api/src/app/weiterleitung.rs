//! Weiterleitungen: drafted, concluded, paid, reported, ended.

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::berechnung::{self, Zwischenzinseingabe};
use crate::app::{pruefe_version, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::{Aktion, Handlungsgrund, Urteil};
use aqb_domain::antrag::Antrag;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::Bescheid;
use aqb_domain::frist::Fristart;
use aqb_domain::geld::Euro;
use aqb_domain::konto::Kontoart;
use aqb_domain::regel::RECHENBEREICH;
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::traeger::Traeger;
use aqb_domain::weiterleitung::{
    ABSCHLUSS, AUFHEBUNG, AUSZAHLUNGEN, AUSZAHLUNGSSTORNO, Auszahlungsstorno, BEENDIGUNG, Empfangen, RUECKZAHLUNGEN,
    VERWENDUNGEN, Verwendungsmeldung, Weiterleitung, Weiterleitungsabschluss, Weiterleitungsauszahlung,
    Weiterleitungsfakten, Weiterleitungsfall, Weiterleitungsinhalt, Weiterleitungsrueckgabe,
};
use aqb_domain::zins::{Zinsbeginn, Zwischenzinsergebnis};
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::vollzug::{Aggregat, Versioniert, entferne, vollziehe};
use aqb_persistence::weiterleitung as db;
use aqb_persistence::{DbConn, Tx, bescheid, frist, protokoll, traeger};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Weiterleitung>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// What the rules need, read in this transaction.
struct Fakten {
    antrag: Antrag,
    traeger: Option<Traeger>,
    bescheid: Option<Bescheid>,
    nachweis_bis: Option<NaiveDate>,
    vergeben: Euro,
    bestand: Empfangen,
    regelwerk: Regelwerk,
    heute: NaiveDate,
}

impl Fakten {
    fn laden(
        c: &mut DbConn,
        antrag: Antrag,
        inhalt: &Weiterleitungsinhalt,
        id: Option<Uuid>,
        heute: NaiveDate,
    ) -> Ergebnis<Self> {
        let (_, regelwerk) = grundlage(c, antrag.jahrgang, antrag.regelwerk.as_deref())?;
        let im_fall = antrag.massnahmen.iter().any(|m| m.massnahme.inhalt.traeger_id == Some(inhalt.traeger_id));
        let traeger = if im_fall { traeger::mit_ids(c, &[inhalt.traeger_id])?.pop().map(|t| t.wert) } else { None };
        let andere: Vec<Euro> = db::der_massnahme(c, inhalt.massnahme_id)?
            .iter()
            .filter(|w| Some(w.id) != id)
            .map(Weiterleitung::belegt)
            .collect::<Result<_, _>>()
            .map_err(|_| Befund::neu(&RECHENBEREICH))?;
        Ok(Fakten {
            traeger,
            bescheid: wirksamer(c, antrag.id, heute)?,
            nachweis_bis: frist::offene_des_antrags(c, antrag.id, Fristart::Verwendungsnachweis)?.map(|f| f.faellig_am),
            vergeben: Euro::summe(andere).map_err(|_| Befund::neu(&RECHENBEREICH))?,
            bestand: empfangen(c, inhalt.massnahme_id, None)?,
            regelwerk,
            antrag,
            heute,
        })
    }

    fn fuer_regeln(&self, inhalt: &Weiterleitungsinhalt) -> Weiterleitungsfakten<'_> {
        let massnahme = self.antrag.massnahmen.iter().map(|m| &m.massnahme).find(|m| m.id == inhalt.massnahme_id);
        Weiterleitungsfakten {
            massnahme,
            traeger: self.traeger.as_ref(),
            bescheid: self.bescheid.as_ref(),
            nachweis_bis: self.nachweis_bis,
            vergeben: self.vergeben,
            bestand: self.bestand.clone(),
            regelwerk: &self.regelwerk,
            jahrgang: self.antrag.jahrgang,
            heute: self.heute,
        }
    }
}

/// The newest grant of an application that is effective.
pub(super) fn wirksamer(c: &mut DbConn, antrag_id: Uuid, heute: NaiveDate) -> Ergebnis<Option<Bescheid>> {
    let f = bescheid::Filter { antrag_id: Some(antrag_id), ..bescheid::Filter::default() };
    let alle = bescheid::liste(c, &Sicht::Alles, &f, None, 1_000)?.into_iter().map(|b| b.wert);
    Ok(alle.filter(|b| b.wirksam(heute) && b.inhalt.art.bewilligt()).max_by_key(|b| b.inhalt.kettenglied))
}

/// What lies with the Gebietskoerperschaft for a measure now, or at the end of a day.
fn empfangen(c: &mut DbConn, massnahme_id: Uuid, am: Option<NaiveDate>) -> Ergebnis<Empfangen> {
    let salden = konto::salden_der_stellen(c, &[massnahme_id], am)?.into_iter();
    let empfangen = salden.filter(|((_, art), _)| *art == Kontoart::Ausgezahlt);
    Ok(empfangen.map(|(((_, teilbudget, hj), _), saldo)| ((hj, teilbudget), saldo)).collect())
}

/// The accounts of the owner are locked, so that two acts about the same money queue.
fn sperre(tx: &mut Tx<'_>, a: &Antrag) -> Ergebnis<()> {
    let auswahl = Auswahl { jahrgang: a.jahrgang, kreisschluessel: a.kreisschluessel.clone() };
    Ok(konto::sperre(tx, &auswahl)?)
}

/// Drafts one for an application the caller sees.
///
/// # Errors
/// 404 without the application, findings.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    antrag_id: Uuid,
    inhalt: Weiterleitungsinhalt,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    let a = antrag_lesen(tx.c, sicht, antrag_id)?.wert;
    let fakten = Fakten::laden(tx.c, a, &inhalt, None, tx.heute())?;
    let fall = Weiterleitungsfall {
        antrag_id,
        jahrgang: fakten.antrag.jahrgang,
        kreisschluessel: fakten.antrag.kreisschluessel.clone(),
        regelwerk: fakten.regelwerk.version.clone(),
    };
    let e = Weiterleitung::entwerfen(id, fall, inhalt.clone(), &fakten.fuer_regeln(&inhalt), &tx.akteur)?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

fn zum_handeln(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Weiterleitung>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

fn fall(c: &mut DbConn, w: &Weiterleitung, inhalt: &Weiterleitungsinhalt, heute: NaiveDate) -> Ergebnis<Fakten> {
    let a = antrag_lesen(c, &Sicht::Alles, w.antrag_id)?.wert;
    Fakten::laden(c, a, inhalt, Some(w.id), heute)
}

/// Changes the draft.
///
/// # Errors
/// 404, 412, 409 once it is concluded, findings, those of `aendern`.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    aendern: impl FnOnce(&Weiterleitungsinhalt) -> Ergebnis<Weiterleitungsinhalt>,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    alt.wert.aenderbar(&tx.akteur)?;
    let inhalt = aendern(&alt.wert.inhalt)?;
    let fakten = fall(tx.c, &alt.wert, &inhalt, tx.heute())?;
    let e = alt.wert.aendern(inhalt.clone(), &fakten.fuer_regeln(&inhalt), &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), e)?)
}

/// Deletes the draft.
///
/// # Errors
/// 404, 412, 409 once it is concluded.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Weiterleitung>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    alt.wert.aenderbar(&tx.akteur)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

/// An act, decided on settled facts.
fn handle(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    akt: &str,
    f: impl FnOnce(&Weiterleitung, &Weiterleitungsfakten<'_>, &mut Tx<'_>) -> Ergebnis<Urteil<Weiterleitung>>,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    let a = antrag_lesen(tx.c, &Sicht::Alles, alt.wert.antrag_id)?.wert;
    sperre(tx, &a)?;
    let fakten = Fakten::laden(tx.c, a, &alt.wert.inhalt, Some(alt.wert.id), tx.heute())?;
    let e = f(&alt.wert, &fakten.fuer_regeln(&alt.wert.inhalt), tx)??;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// Concludes it.
///
/// # Errors
/// 404, 412, `VIER_AUGEN`, state, findings.
pub fn abschliessen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Weiterleitungsabschluss,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, ABSCHLUSS, |w, f, tx| Ok(w.abschliessen(e, f, &tx.akteur)))
}

/// Ends it as agreed.
///
/// # Errors
/// 404, 412, state.
pub fn beenden(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, BEENDIGUNG, |w, f, tx| Ok(w.beenden(e, f, &tx.akteur)))
}

/// Cancels it.
///
/// # Errors
/// 404, 412, state.
pub fn aufheben(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, AUFHEBUNG, |w, f, tx| Ok(w.aufheben(e, f, &tx.akteur)))
}

/// Records a payment to the Traeger.
///
/// # Errors
/// 404, 412, state, an amount beyond contract or receipts.
pub fn auszahlen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Weiterleitungsauszahlung,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, AUSZAHLUNGEN, |w, f, tx| {
        let am_tag = empfangen(tx.c, w.inhalt.massnahme_id, Some(e.wertstellung_am))?;
        Ok(w.auszahlen(tx.neue_id(), e, &am_tag, f, &tx.akteur))
    })
}

/// Records money the Traeger gave back.
///
/// # Errors
/// 404, 412, state, more than lies with the Traeger.
pub fn zurueckzahlen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Weiterleitungsrueckgabe,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, RUECKZAHLUNGEN, |w, f, tx| Ok(w.zurueckzahlen(tx.neue_id(), e, f, &tx.akteur)))
}

/// Interest on what the Traeger did not use in time, by its payments, reported use and what it gave back.
///
/// # Errors
/// 404, findings of the calculator.
pub fn zwischenzinsen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<(Zwischenzinsergebnis, Zinsbeginn, String)> {
    let w = lesen(c, sicht, id)?.wert;
    let (auszahlungen, verwendungen) = w.bewegungen();
    let frage = Zwischenzinseingabe {
        auszahlungen,
        verwendungen,
        bis: None,
        beginn: None,
        methode: None,
        rundung: None,
        satz: None,
    };
    berechnung::zwischenzinsen(c, &frage, &w.regelwerk)
}

/// Reverses a payment.
///
/// # Errors
/// 404, 412, state, a payment that is unknown, reversed or used.
pub fn stornieren(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Auszahlungsstorno,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, AUSZAHLUNGSSTORNO, |w, f, tx| Ok(w.stornieren(e, f, &tx.akteur)))
}

/// Reports what was used.
///
/// # Errors
/// 404, 412, state, more than was paid.
pub fn verwendung_melden(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Verwendungsmeldung,
) -> Ergebnis<Versioniert<Weiterleitung>> {
    handle(tx, sicht, ziel, VERWENDUNGEN, |w, f, tx| Ok(w.verwendung_melden(e, f, &tx.akteur)))
}

/// The entries of its history the caller reads: a Traeger those from the conclusion on, since drafts are the county's.
///
/// # Errors
/// 404.
pub fn historie(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<protokoll::Filter> {
    lesen(c, sicht, id)?;
    let alle = protokoll::Filter {
        fall_art: Some(Weiterleitung::ART.to_owned()),
        fall_id: Some(id.to_string()),
        ..protokoll::Filter::default()
    };
    if !matches!(sicht, Sicht::Traeger(_)) {
        return Ok(alle);
    }
    let abschluss = protokoll::Filter { akt: Some(ABSCHLUSS.to_owned()), ..alle.clone() };
    let eintrag = vorhanden(protokoll::liste(c, &abschluss, None, 1)?.pop())?;
    Ok(protokoll::Filter { ab: Some(eintrag.id.0), ..alle })
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let w = lesen(c, sicht, id)?.wert;
    let fakten = fall(c, &w, &w.inhalt, heute)?;
    Ok(w.aktionen(akteur, &fakten.fuer_regeln(&w.inhalt)))
}

/// The finding for a longer deadline of a Traeger's proof that would leave the county no time for its own.
///
/// # Errors
/// The finding, `PARAMETER_FEHLT`.
pub(super) fn pruefe_nachweis(c: &mut DbConn, f: &aqb_domain::frist::Frist, bis: NaiveDate) -> Ergebnis<()> {
    let Some(eigene) = frist::offene_des_antrags(c, f.antrag_id, Fristart::Verwendungsnachweis)? else { return Ok(()) };
    let (_, r) = grundlage(c, f.jahrgang, Some(&f.regelwerk))?;
    let b = aqb_domain::weiterleitung::nachweis_zu_spaet(bis, eigene.faellig_am, (f.jahrgang, &r), "/bis")?;
    b.map_or(Ok(()), |b| Err(Fehler::from(b)))
}
