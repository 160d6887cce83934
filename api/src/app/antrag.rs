//! Applications: drafted by the county, filed, examined, decided.

mod kopie;
pub use kopie::kopieren;

use crate::app::{pruefe_version, verweis, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund, Urteil};
use aqb_domain::antrag::{
    Anlass, Antrag, AntragStatus, Antragseinreichung, Antragsfakten, Antragsinhalt, Antragsruecknahme, EINREICHUNG,
    Eingereichtes, NACHFORDERUNG, NACHFORDERUNGSERGAENZUNG, NACHFORDERUNGSRUECKNAHME, Nachforderungseingabe,
    Nachforderungsergaenzung, PRUEFUNG, RUECKNAHME, geaenderte_felder, pruefbericht, schnappschuss,
};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Recht, Sicht};
use aqb_domain::gebietskoerperschaft::{pruefe_berechtigung, pruefe_zugehoerigkeit};
use aqb_domain::geld::Euro;
use aqb_domain::jahrgang::{Jahrgang, JahrgangStatus};
use aqb_domain::konto::Kontoart;
use aqb_domain::massnahme::Traegerstand;
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::traeger::Traeger;
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::vollzug::{Versioniert, entferne, naechste_nummer, vollziehe};
use aqb_persistence::{
    DbConn, DbFehler, Tx, antrag, bescheid, gebietskoerperschaft, jahrgang, katalog, regelwerk, strategie, traeger,
    zielvereinbarung,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Antrag>> {
    vorhanden(antrag::laden(c, sicht, id)?)
}

/// One the caller wants to change, in the version the caller read.
///
/// # Errors
/// 404, 412.
pub fn zum_aendern(c: &mut DbConn, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Antrag>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// The Jahrgang of a case and the Regelwerk it pins (or will pin when it is filed).
///
/// # Errors
/// A finding when either is missing.
pub fn grundlage(c: &mut DbConn, jahr: i32, gepinnt: Option<&str>) -> Ergebnis<(Jahrgang, Regelwerk)> {
    let j = jahrgang::laden(c, i64::from(jahr))?.ok_or_else(|| verweis("Jahrgang", jahr, "/jahrgang"))?.wert;
    let version = gepinnt.unwrap_or(&j.regelwerk).to_owned();
    let r = regelwerk::laden(c, version.clone())?.ok_or_else(|| verweis("Regelwerk", version, "/regelwerk"))?.wert;
    Ok((j, r))
}

/// Everything the rules need from outside, read in this transaction.
///
/// # Errors
/// A finding when Jahrgang, Regelwerk or the deadline's parameters are missing.
pub fn fakten(c: &mut DbConn, a: &Antrag, heute: NaiveDate) -> Ergebnis<Antragsfakten> {
    let (j, regelwerk) = grundlage(c, a.jahrgang, a.regelwerk.as_deref())?;
    let gk = gebietskoerperschaft::laden(c, a.kreisschluessel.clone())?.map(|g| g.wert);
    let auswahl = Auswahl { jahrgang: a.jahrgang, kreisschluessel: a.kreisschluessel.clone() };
    let salden = konto::salden(c, &auswahl)?;
    let verfuegbar = salden
        .iter()
        .filter(|(k, _)| k.art == Kontoart::Verfuegbar)
        .map(|(k, s)| ((k.teilbudget.clone(), k.haushaltsjahr), *s))
        .collect();
    let ids: Vec<Uuid> = a.massnahmen.iter().filter_map(|m| m.massnahme.inhalt.traeger_id).collect();
    let traeger = traegerstaende(c, &ids)?;
    let sicht = Sicht::Gebietskoerperschaft(a.kreisschluessel.clone());
    let strategien = strategie::liste(c, &sicht, &strategie::Filter::default(), None, 1_000)?;
    let filter = zielvereinbarung::Filter { jahrgang: Some(a.jahrgang), ..zielvereinbarung::Filter::default() };
    let vereinbarungen = zielvereinbarung::liste(c, &sicht, &filter, None, 1_000)?;
    let geschlossen = vereinbarungen.iter().any(|z| z.wert.ist_geschlossen());
    let genannt = a.inhalt.zielvereinbarung_id;
    let zielvereinbarung_status = vereinbarungen
        .iter()
        .find(|z| z.wert.ist_geschlossen())
        .or(vereinbarungen.last())
        .map(|z| z.wert.status.code().to_owned());
    Ok(Antragsfakten {
        andere_massnahmen: antrag::andere_massnahmen(c, a)?,
        antragsfrist: aqb_domain::frist::antragsfrist(a.jahrgang, &regelwerk)?.ende,
        regelwerk,
        jahrgang_status: j.status.code().to_owned(),
        jahrgang_offen: j.status == JahrgangStatus::Offen,
        gk_berechtigt: pruefe_berechtigung(&a.kreisschluessel, gk.as_ref(), a.jahrgang).is_none(),
        gk_name: gk.map(|g| g.name).unwrap_or_default(),
        heute,
        katalog: katalog::stand(c, heute)?,
        traeger,
        verfuegbar,
        zuteilung_gesamt: Euro::summe(salden.iter().map(|(_, s)| *s))?,
        // what this case binds itself is no use by others
        gebunden_je_art: bescheid::gebunden_je_art(c, a.jahrgang, &a.kreisschluessel, Some(a.id))?,
        strategie_vorhanden: strategien.iter().any(|s| s.wert.traegt(&a.kreisschluessel, a.jahrgang)),
        zielvereinbarung_status,
        zielvereinbarung_geschlossen: geschlossen,
        ausnahmen: crate::app::ausnahme::des_falls(c, a.id)?,
        zielvereinbarung_bekannt: genannt.is_none_or(|id| vereinbarungen.iter().any(|z| z.wert.id == id)),
    })
}

/// Starts a draft. Entitlement at the Jahrgang date is checked at once: a draft nobody may file helps nobody.
///
/// # Errors
/// `NICHT_ANTRAGSBERECHTIGT`, an unknown Jahrgang, a foreign county.
pub fn anlegen(
    tx: &mut Tx<'_>,
    id: Uuid,
    jahr: i32,
    kreis: &str,
    inhalt: Antragsinhalt,
) -> Ergebnis<Versioniert<Antrag>> {
    if let Some(b) = pruefe_zugehoerigkeit(kreis, &tx.akteur, Recht::AntragSchreiben) {
        return Err(b.into());
    }
    let gk = gebietskoerperschaft::laden(tx.c, kreis.to_owned())?.map(|g| g.wert);
    if let Some(b) = pruefe_berechtigung(kreis, gk.as_ref(), jahr) {
        return Err(b.into());
    }
    let (j, _) = grundlage(tx.c, jahr, None)?;
    // nothing can be filed for a closed Jahrgang any more
    if let Some(b) = j.pruefe_offen().filter(|_| j.status == JahrgangStatus::Abgeschlossen) {
        return Err(b.into());
    }
    let neu = Antrag {
        id,
        aktenzeichen: None,
        jahrgang: jahr,
        kreisschluessel: kreis.to_owned(),
        status: AntragStatus::Entwurf,
        inhalt,
        massnahmen: Vec::new(),
        regelwerk: None,
        eingereicht_am: None,
        eingangsdatum: None,
        antragsfrist: None,
        erstellt_von: tx.akteur.person.clone(),
        in_pruefung_durch: None,
        nachforderung: None,
        ruecknahmegrund: None,
        version: 1,
    };
    Ok(vollziehe(tx, "anlage", None, Entscheidung::neu(neu))?)
}

fn traegerstaende(c: &mut DbConn, ids: &[Uuid]) -> Ergebnis<BTreeMap<Uuid, Traegerstand>> {
    let stand =
        |t: Versioniert<Traeger>| (t.wert.id, Traegerstand { aktiv: t.wert.ist_aktiv(), name: t.wert.angaben.name });
    Ok(traeger::mit_ids(c, ids)?.into_iter().map(stand).collect())
}

/// Saves a changed draft (or the requested fields during a Nachforderung).
///
/// # Errors
/// `UNVERAENDERLICH`, `NUR_NACHGEFORDERTES`, 412.
pub fn speichern(
    tx: &mut Tx<'_>,
    alt: &Versioniert<Antrag>,
    akt: &str,
    neu: Antrag,
    basis: &[String],
) -> Ergebnis<Versioniert<Antrag>> {
    neu.gesamtplan()?;
    let befunde = alt.wert.darf_aendern(&tx.akteur, basis);
    if !befunde.is_empty() {
        return Err(befunde.into());
    }
    Ok(vollziehe(tx, akt, Some(alt), Entscheidung::neu(neu))?)
}

/// Changes the form of the draft.
///
/// # Errors
/// As [`speichern`], and those of `aendern`.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    aendern: impl FnOnce(&Antragsinhalt) -> Ergebnis<Antragsinhalt>,
) -> Ergebnis<Versioniert<Antrag>> {
    let alt = zum_aendern(tx.c, sicht, id, version)?;
    let neu = Antrag { inhalt: aendern(&alt.wert.inhalt)?, ..alt.wert.clone() };
    let json = |a: &Antrag| serde_json::to_value(&a.inhalt).map_err(inhalt_fehler);
    let felder = geaenderte_felder(&json(&alt.wert)?, &json(&neu)?, "");
    speichern(tx, &alt, "aenderung", neu, &felder)
}

/// Deletes a draft that was never filed, with its measures and their plans.
///
/// # Errors
/// 404, 412, 409 once it was filed.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, version: Option<i64>) -> Ergebnis<Versioniert<Antrag>> {
    let alt = zum_aendern(tx.c, sicht, id, version)?;
    alt.wert.loeschbar(&tx.akteur)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

pub(crate) fn inhalt_fehler(e: serde_json::Error) -> Fehler {
    Fehler::Db(aqb_persistence::DbFehler::Inhalt(e.to_string()))
}

/// All findings at any time: the same function the acts ask.
///
/// # Errors
/// 404.
pub fn bericht(
    c: &mut DbConn,
    sicht: &Sicht,
    id: Uuid,
    anlass: Anlass,
    heute: NaiveDate,
) -> Ergebnis<(Vec<Befund>, String)> {
    let a = lesen(c, sicht, id)?;
    let f = fakten(c, &a.wert, heute)?;
    Ok((pruefbericht(&a.wert, &f, anlass), f.regelwerk.version))
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let a = lesen(c, sicht, id)?;
    let f = fakten(c, &a.wert, heute)?;
    Ok(a.wert.aktionen(akteur, &f))
}

/// Files the application: file reference, frozen snapshot, receipt.
///
/// # Errors
/// All findings of the rules; unconfirmed warnings.
pub fn einreichen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    eingabe: &Antragseinreichung,
) -> Ergebnis<Versioniert<Antrag>> {
    let alt = zum_aendern(tx.c, sicht, id, version)?;
    let f = fakten(tx.c, &alt.wert, tx.heute())?;
    let mut e = alt.wert.einreichen(&f, eingabe, &tx.akteur, tx.jetzt)?;
    if e.zustand.aktenzeichen.is_none() {
        let (jahr, kreis) = (e.zustand.jahrgang, e.zustand.kreisschluessel.clone());
        let nr = naechste_nummer(tx, &format!("aktenzeichen:{jahr}"))?;
        e.zustand.aktenzeichen = Some(format!("RPKS-57-AQB-{jahr}-{kreis}-{nr:03}"));
    }
    let s = schnappschuss(&e.zustand)?;
    let neu = vollziehe(tx, EINREICHUNG, Some(&alt), e)?;
    antrag::schnappschuss_anlegen(tx, id, &s, antrag::Schnappschussanlass::Einreichung)?;
    Ok(neu)
}

/// An act without further facts.
fn einfach(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    akt: &str,
    f: impl FnOnce(&Antrag, &Tx<'_>) -> Urteil<Antrag>,
) -> Ergebnis<Versioniert<Antrag>> {
    let alt = zum_aendern(tx.c, sicht, id, version)?;
    let e = f(&alt.wert, tx)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// What was filed last.
fn eingereicht(c: &mut DbConn, id: Uuid) -> Ergebnis<Eingereichtes> {
    let eingang = antrag::eingang(c, id)?;
    Ok(eingang.ok_or_else(|| DbFehler::Inhalt("Antrag ohne Schnappschuss".to_owned()))?.lesen()?)
}

/// Withdraws the application; a drafted Bescheid is discarded with it.
///
/// # Errors
/// State, version.
pub fn zuruecknehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Antragsruecknahme,
) -> Ergebnis<Versioniert<Antrag>> {
    let neu = einfach(tx, sicht, ziel, RUECKNAHME, |a, tx| a.zuruecknehmen(e, &tx.akteur, tx.jetzt))?;
    super::bescheid::mit_dem_antrag_verwerfen(tx, ziel.0)?;
    Ok(neu)
}

/// The authority takes the case.
///
/// # Errors
/// State, version.
pub fn in_pruefung_nehmen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Antrag>> {
    let alt = zum_aendern(tx.c, sicht, ziel.0, ziel.1)?;
    alt.wert.frei_fuer(PRUEFUNG, &tx.akteur, tx.heute())?;
    let e = alt.wert.in_pruefung_nehmen(&eingereicht(tx.c, ziel.0)?, &tx.akteur, tx.jetzt)?;
    Ok(vollziehe(tx, PRUEFUNG, Some(&alt), e)?)
}

/// The authority asks for completion: only the named fields become editable.
///
/// # Errors
/// State, version, unknown fields, a due date that is over.
pub fn nachfordern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Nachforderungseingabe,
) -> Ergebnis<Versioniert<Antrag>> {
    einfach(tx, sicht, ziel, NACHFORDERUNG, |a, tx| a.nachfordern(e, &tx.akteur, tx.jetzt))
}

/// The authority adds to what it asked for, or gives more time.
///
/// # Errors
/// State, version, unknown fields, a due date before the present one.
pub fn nachforderung_ergaenzen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Nachforderungsergaenzung,
) -> Ergebnis<Versioniert<Antrag>> {
    einfach(tx, sicht, ziel, NACHFORDERUNGSERGAENZUNG, |a, tx| a.nachforderung_ergaenzen(e, &tx.akteur, tx.jetzt))
}

/// The authority takes its request back: the examination goes on with what was filed.
///
/// # Errors
/// State, version.
pub fn nachforderung_zuruecknehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Antrag>> {
    let alt = zum_aendern(tx.c, sicht, id, version)?;
    alt.wert.frei_fuer(NACHFORDERUNGSRUECKNAHME, &tx.akteur, tx.heute())?;
    let e = alt.wert.nachforderung_zuruecknehmen(e, &eingereicht(tx.c, id)?, &tx.akteur, tx.jetzt)?;
    Ok(vollziehe(tx, NACHFORDERUNGSRUECKNAHME, Some(&alt), e)?)
}
