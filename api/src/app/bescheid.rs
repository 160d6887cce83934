//! Bescheide: drafted by a deciding act, released by a second person, notified, final.

use crate::app::antrag::{fakten, grundlage, zum_aendern};
use crate::app::jahrgang::gruende;
use crate::app::{aenderungsantrag, aufhebung, forderung, jahrgang, pruefe_version, schluss, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::{Aktion, Urteil};
use aqb_domain::antrag::{Anlass, Antrag, Antragsfakten, pruefbericht};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{
    BEKANNTGABE, BEKANNTGABEBERICHTIGUNG, Bekanntgabe, Bekanntgabeberichtigung, Bescheid, BescheidVerwerfung,
    Bescheidinhalt, Entscheidungseingabe, Entscheidungsfakten, FREIGABE, RECHTSBEHELFSVERZICHT, Rechtsbehelfsverzicht,
    VERWERFUNG, entwerfen,
};
use aqb_domain::bestaetigung::bestaetige;
use aqb_domain::finanzierungsplan::LAND_AQB;
use aqb_domain::frist::{bekanntgabefiktion, dauerfrist};
use aqb_domain::jahrgang::finanzierungsart;
use aqb_domain::regel::{ANGABE_FEHLT, BUDGET_UEBERSCHRITTEN, OBERGRENZE, ZUTEILUNG_FEHLT};
use aqb_domain::regelwerk::Regelwerk;
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, antrag, bescheid};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Bescheid>> {
    vorhanden(bescheid::laden(c, sicht, id)?)
}

fn zum_handeln(c: &mut DbConn, sicht: &Sicht, (id, version): (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let b = lesen(c, sicht, id)?.wert;
    let mut aktionen = b.aktionen(akteur, heute);
    aufhebung::ergaenze(c, &b, &mut aktionen)?;
    for a in aktionen.iter_mut().filter(|a| a.akt == FREIGABE && a.erlaubt()) {
        let urteil = match (b.aenderungsantrag_id(), &b.inhalt.zins, &b.inhalt.zinsruecknahme) {
            (Some(id), ..) => aenderungsantrag::freigabe(c, &b, id, heute, akteur)?,
            (None, Some(z), _) => forderung::zinsfreigabe(c, &b, z, heute, akteur)?,
            (None, None, Some(z)) => aufhebung::zinsfreigabe(c, &b, z, heute, akteur)?,
            (None, None, None) if b.inhalt.schluss.is_some() => schluss::freigabe(c, &b, heute, akteur)?,
            (None, None, None) if b.inhalt.aufhebung.is_some() => aufhebung::freigabe(c, &b, heute, akteur)?,
            (None, None, None) => {
                let antrag = vorhanden(antrag::laden(c, &Sicht::Alles, b.inhalt.antrag_id)?)?;
                freigabe(c, &b, &antrag.wert, heute, akteur)?
            }
        };
        a.befunde.extend(gruende(urteil));
    }
    Ok(aktionen)
}

/// Drafts the Bescheid that grants, partly grants or refuses an application.
///
/// # Errors
/// State, right, all findings of the rules, unconfirmed warnings.
pub fn vorbereiten(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (antrag_id, version): (Uuid, Option<i64>),
    akt: &str,
    id: Uuid,
    eingabe: &Entscheidungseingabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_aendern(tx.c, sicht, antrag_id, version)?;
    let sperren = alt.wert.sperren(akt, &tx.akteur, tx.heute());
    if !sperren.is_empty() {
        return Err(sperren.into());
    }
    let f = fakten(tx.c, &alt.wert, tx.heute())?;
    // unconfirmed warnings are named here, with the code that asks for confirmation
    let befunde = bestaetige(alt.wert.pruefe_entscheidung(&f, &tx.akteur, akt), eingabe.bestaetigte_warnungen())?;
    let eingang = antrag::eingang(tx.c, antrag_id)?
        .ok_or_else(|| Fehler::Db(aqb_persistence::DbFehler::Inhalt("Antrag ohne Schnappschuss".to_owned())))?;
    let zeitraum = alt.wert.inhalt.bewilligungszeitraum.ok_or_else(|| {
        Befund::neu(&ANGABE_FEHLT).ort("/bewilligungszeitraum").gemessen("feld", "bewilligungszeitraum", Einheit::Code)
    })?;
    let ef = Entscheidungsfakten {
        antrag_id,
        jahrgang: alt.wert.jahrgang,
        kreisschluessel: alt.wert.kreisschluessel.clone(),
        positionen: alt.wert.beantragte_positionen()?,
        bewilligungszeitraum: zeitraum,
        finanzierungsart: finanzierungsart(alt.wert.jahrgang, &f.regelwerk)?,
        regelwerk: &f.regelwerk,
        antrag_schnappschuss_sha256: eingang.sha256,
        vorgaenger: bescheid::letztes_glied(tx.c, antrag_id)?,
        aenderung: None,
        fortgeltend: Vec::new(),
        befunde,
        heute: tx.heute(),
    };
    let e = entwerfen(id, eingabe, &ef, &tx.akteur)?;
    let befunde = pruefe_bewilligtes(&alt.wert, &f, &e.zustand.inhalt);
    if !befunde.is_empty() {
        return Err(befunde.into());
    }
    // the county reads this trail: which decision is drafted shows only once it is released
    vollziehe(tx, "entscheidung_vorbereitung", Some(&alt), alt.wert.entscheidung_vorbereitet())?;
    Ok(vollziehe(tx, akt, None, e)?)
}

/// Budget and ceilings, judged by what is granted: the rules run over the application as if it had asked for that.
fn pruefe_bewilligtes(a: &Antrag, f: &Antragsfakten, b: &Bescheidinhalt) -> Vec<Befund> {
    // a refusal grants nothing and needs no budget
    if !b.positionen.iter().any(|p| p.bewilligt.ist_positiv()) {
        return Vec::new();
    }
    let mut bewilligt = a.clone();
    for m in &mut bewilligt.massnahmen {
        let id = m.massnahme.id;
        for z in m.massnahme.inhalt.finanzierungsplan.finanzierung.iter_mut().filter(|z| z.quelle == LAND_AQB) {
            let position = b.positionen.iter().find(|p| p.massnahme_id == id && p.haushaltsjahr == z.haushaltsjahr);
            z.betrag = position.map(|p| p.bewilligt).unwrap_or_default();
        }
    }
    let grenzen = [BUDGET_UEBERSCHRITTEN.code, ZUTEILUNG_FEHLT.code, OBERGRENZE.code];
    pruefbericht(&bewilligt, f, Anlass::Entscheidung)
        .into_iter()
        .filter(|b| b.blockiert() && grenzen.contains(&b.regel.code))
        .collect()
}

/// The release as it would be decided now: the draft itself, and budget and ceilings for what it grants.
fn freigabe(c: &mut DbConn, b: &Bescheid, a: &Antrag, heute: NaiveDate, akteur: &Akteur) -> Ergebnis<Urteil<Bescheid>> {
    let e = match b.freigeben(heute, akteur) {
        Ok(e) => e,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let befunde = pruefe_bewilligtes(a, &fakten(c, a, heute)?, &b.inhalt);
    Ok(if befunde.is_empty() { Ok(e) } else { Err(befunde) })
}

/// Releases the draft: the budget is bound in the same transaction, the application or its change is decided, and what
/// the Bescheid claims becomes a Forderung.
///
/// # Errors
/// `VIER_AUGEN`, state, a budget or ceiling that no longer suffices.
pub fn freigeben(tx: &mut Tx<'_>, sicht: &Sicht, ziel: (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let i = &alt.wert.inhalt;
    // two releases about the same budget queue here, so the ceilings below are judged on settled facts
    konto::sperre(tx, &Auswahl { jahrgang: i.jahrgang, kreisschluessel: i.kreisschluessel.clone() })?;
    let neu = erlassen(tx, &alt)?;
    forderung::entstehen(tx, &neu.wert)?;
    jahrgang::rueckfall(tx, neu.wert.inhalt.jahrgang, &neu.wert.inhalt.kreisschluessel)?;
    Ok(neu)
}

fn erlassen(tx: &mut Tx<'_>, alt: &Versioniert<Bescheid>) -> Ergebnis<Versioniert<Bescheid>> {
    let i = &alt.wert.inhalt;
    if let Some(id) = alt.wert.aenderungsantrag_id() {
        return aenderungsantrag::freigeben(tx, alt, id);
    }
    if let Some(z) = &i.zins {
        let heute = tx.heute();
        let e = forderung::zinsfreigabe(tx.c, &alt.wert, z, heute, &tx.akteur)??;
        return Ok(vollziehe(tx, FREIGABE, Some(alt), e)?);
    }
    if let Some(z) = &i.zinsruecknahme {
        let heute = tx.heute();
        let e = aufhebung::zinsfreigabe(tx.c, &alt.wert, z, heute, &tx.akteur)??;
        let neu = vollziehe(tx, FREIGABE, Some(alt), e)?;
        aufhebung::zinsen_aufheben(tx, &alt.wert, z)?;
        return Ok(neu);
    }
    if i.regelungsposten().is_some() {
        return regelung_freigeben(tx, alt);
    }
    let a = vorhanden(antrag::laden(tx.c, &Sicht::Alles, i.antrag_id)?)?;
    let heute = tx.heute();
    let e = freigabe(tx.c, &alt.wert, &a.wert, heute, &tx.akteur)??;
    vollziehe(tx, FREIGABE, Some(&a), a.wert.entschieden(i.entscheidung)?)?;
    Ok(vollziehe(tx, FREIGABE, Some(alt), e)?)
}

/// Releases a final decision, a revocation or a withdrawal. The caller holds the lock of the budget.
fn regelung_freigeben(tx: &mut Tx<'_>, alt: &Versioniert<Bescheid>) -> Ergebnis<Versioniert<Bescheid>> {
    let heute = tx.heute();
    let b = &alt.wert;
    if b.inhalt.schluss.is_some() {
        let e = schluss::freigabe(tx.c, b, heute, &tx.akteur)??;
        schluss::freigegeben(tx, b)?;
        return Ok(vollziehe(tx, FREIGABE, Some(alt), e)?);
    }
    let e = aufhebung::freigabe(tx.c, b, heute, &tx.akteur)??;
    Ok(vollziehe(tx, FREIGABE, Some(alt), e)?)
}

/// Discards a draft; the application, its change or the proof goes back into examination.
///
/// # Errors
/// State.
pub fn verwerfen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &BescheidVerwerfung,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let e = alt.wert.verwerfen(eingabe, tx.heute(), &tx.akteur)?;
    if let Some(id) = alt.wert.aenderungsantrag_id() {
        aenderungsantrag::bescheid_verworfen(tx, id)?;
    } else if alt.wert.inhalt.schluss.is_some() {
        schluss::verworfen(tx, &alt.wert)?;
    } else if !alt.wert.inhalt.neben_dem_antrag() {
        let a = vorhanden(antrag::laden(tx.c, &Sicht::Alles, alt.wert.inhalt.antrag_id)?)?;
        vollziehe(tx, VERWERFUNG, Some(&a), a.wert.entwurf_verworfen()?)?;
    }
    Ok(vollziehe(tx, VERWERFUNG, Some(&alt), e)?)
}

/// Discards the draft of an application that its applicant withdraws, if there is one.
///
/// # Errors
/// The database's.
pub(super) fn mit_dem_antrag_verwerfen(tx: &mut Tx<'_>, antrag_id: Uuid) -> Ergebnis<()> {
    if let Some(entwurf) = bescheid::entwurf(tx.c, antrag_id)? {
        let e = entwurf.wert.mit_dem_antrag_verworfen(&tx.akteur)?;
        vollziehe(tx, VERWERFUNG, Some(&entwurf), e)?;
    }
    Ok(())
}

/// Records the notification: fiction rule, appeal period, day of finality, all by the Bescheid's own Regelwerk.
///
/// # Errors
/// State, dates, a parameter without a value.
pub fn bekanntgeben(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Bekanntgabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let (_, r) = grundlage(tx.c, alt.wert.inhalt.jahrgang, Some(&alt.wert.inhalt.regelwerk))?;
    let e = alt.wert.bekanntgeben(
        eingabe,
        tx.heute(),
        &tx.akteur,
        |aufgabe| fiktion(&r, aufgabe),
        |bekannt| rechtsbehelf(&r, bekannt),
    )?;
    let e = alt.wert.mit_nachweisfristen(e, &r)?;
    let neu = vollziehe(tx, BEKANNTGABE, Some(&alt), e)?;
    forderung::bekannt(tx, BEKANNTGABE, &neu.wert, &r)?;
    Ok(neu)
}

/// Corrects the recorded notification; the days that follow from it are computed anew.
///
/// # Errors
/// `VIER_AUGEN` for whoever made the entry, state, dates, a parameter without a value.
pub fn bekanntgabe_berichtigen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Bekanntgabeberichtigung,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let (_, r) = grundlage(tx.c, alt.wert.inhalt.jahrgang, Some(&alt.wert.inhalt.regelwerk))?;
    let e = alt.wert.bekanntgabe_berichtigen(
        eingabe,
        tx.heute(),
        &tx.akteur,
        |aufgabe| fiktion(&r, aufgabe),
        |bekannt| rechtsbehelf(&r, bekannt),
    )?;
    let e = alt.wert.mit_nachweisfristen(e, &r)?;
    let neu = vollziehe(tx, BEKANNTGABEBERICHTIGUNG, Some(&alt), e)?;
    forderung::bekannt(tx, BEKANNTGABEBERICHTIGUNG, &neu.wert, &r)?;
    Ok(neu)
}

fn rechtsbehelf(r: &Regelwerk, bekannt: NaiveDate) -> Result<NaiveDate, Befund> {
    let verschiebung = r.wahrheit("frist_werktag_verschiebung", bekannt)?;
    Ok(dauerfrist(bekannt, r.dauer("rechtsbehelfsfrist", bekannt)?, verschiebung)?.ende)
}

fn fiktion(r: &Regelwerk, aufgabe: NaiveDate) -> Result<NaiveDate, Befund> {
    let tage = u32::try_from(r.ganzzahl("bekanntgabefiktion_tage", aufgabe)?).unwrap_or(u32::MAX);
    Ok(bekanntgabefiktion(aufgabe, tage, r.wahrheit("bekanntgabefiktion_verschiebung", aufgabe)?)?.ende)
}

/// The county waives its right of appeal: the Bescheid is final.
///
/// # Errors
/// State, dates.
pub fn verzichten(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Rechtsbehelfsverzicht,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let e = alt.wert.verzichten(eingabe, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, RECHTSBEHELFSVERZICHT, Some(&alt), e)?)
}
