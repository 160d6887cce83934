//! Applications for a change of a grant: drafted over a snapshot by the county, filed, decided, put into effect.

use crate::app::antrag::{fakten as antragsfakten, grundlage};
use crate::app::massnahme::traeger_gibt_es;
use crate::app::{pruefe_version, verweis, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::aenderungsantrag::{
    AKTUALISIERUNG, Aenderungsantrag, AenderungsantragStatus, Aenderungseinreichung, Aenderungsfakten,
    Aenderungsinhalt, Aktualisierung, Bewilligungsstand, EINREICHUNG, Feldkonflikt, Folgen, Geldstand, KENNTNISNAHME,
    OffenerAbruf, PRUEFUNG, RUECKNAHME, UEBERHOLUNG, ZURUECKWEISUNG, alle_folgen, ansaetze, beginnen, pruefbericht,
};
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund, Urteil};
use aqb_domain::antrag::{AENDERUNGSANZEIGE, Antrag, Antragsruecknahme, schnappschuss};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::massnahme::{Massnahme, Massnahmeninhalt, Traegerstand};
use aqb_domain::zeit::Zeitraum;
use aqb_persistence::antrag::Schnappschussanlass;
use aqb_persistence::vollzug::{Versioniert, entferne, vollziehe};
use aqb_persistence::{
    DbConn, DbFehler, Tx, aenderungsantrag as db, antrag, bescheid, frist, konto, mittelabruf, traeger,
};
use chrono::NaiveDate;
use uuid::Uuid;

mod entscheidung;
pub use entscheidung::{bescheid_verworfen, freigabe, freigeben, vorbereiten};

type Stand = Versioniert<Aenderungsantrag>;
type Ziel = (Uuid, Option<i64>);

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Stand> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

fn zum_handeln(c: &mut DbConn, sicht: &Sicht, (id, version): Ziel) -> Ergebnis<Stand> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

fn fehlt(was: &str) -> Fehler {
    Fehler::Db(DbFehler::Inhalt(format!("Änderungsantrag ohne {was}")))
}

/// What lies in the ledger for the measures of both states.
fn geld(c: &mut DbConn, a: &Aenderungsantrag) -> Ergebnis<Geldstand> {
    let staende = [&a.stand, &a.neuer_stand];
    let massnahmen: Vec<Uuid> = staende.iter().flat_map(|s| &s.massnahmen).map(|m| m.massnahme.id).collect();
    geldstand(c, a.antrag_id, &massnahmen)
}

/// What lies in the ledger for the measures of an application.
///
/// # Errors
/// The database's.
pub fn geld_des_falls(c: &mut DbConn, a: &Antrag) -> Ergebnis<Geldstand> {
    let massnahmen: Vec<Uuid> = a.massnahmen.iter().map(|m| m.massnahme.id).collect();
    geldstand(c, a.id, &massnahmen)
}

fn geldstand(c: &mut DbConn, antrag_id: Uuid, massnahmen: &[Uuid]) -> Ergebnis<Geldstand> {
    let mut abrufe = Vec::new();
    for m in mittelabruf::offene(c, antrag_id)?.into_iter().map(|m| m.wert) {
        let (abruf_nr, jahr) = (m.abruf_nr.unwrap_or_default(), m.inhalt.haushaltsjahr);
        for s in &m.stellen {
            let betrag = s.festgestellt.map_or(s.angefordert.0, |f| f.0).minus(s.ausgezahlt.0)?;
            let stelle = (s.massnahme_id, s.teilbudget.clone(), jahr);
            abrufe.push(OffenerAbruf { mittelabruf_id: m.id, abruf_nr, stelle, betrag });
        }
    }
    Ok(Geldstand {
        salden: konto::salden_der_stellen(c, massnahmen, None)?,
        zahlungen: konto::zahlungen(c, massnahmen)?,
        abrufe,
    })
}

/// Everything the rules need from outside, read in this transaction.
///
/// # Errors
/// A finding when Jahrgang, Regelwerk or a parameter are missing.
pub fn fakten(c: &mut DbConn, a: &Aenderungsantrag, heute: NaiveDate) -> Ergebnis<Aenderungsfakten> {
    let jetzt = vorhanden(antrag::laden(c, &Sicht::Alles, a.antrag_id)?)?.wert;
    let geltend = bescheid::geltend(c, a.antrag_id)?.ok_or_else(|| fehlt("Bescheid"))?.wert;
    let mut regeln = antragsfakten(c, &a.antrag_danach(&jetzt), heute)?;
    // the granted state is judged beside the new one: it may name other Traeger
    let ids: Vec<Uuid> = a.stand.massnahmen.iter().filter_map(|m| m.massnahme.inhalt.traeger_id).collect();
    regeln.traeger.extend(
        traeger::mit_ids(c, &ids)?
            .into_iter()
            .map(|t| (t.wert.id, Traegerstand { aktiv: t.wert.ist_aktiv(), name: t.wert.angaben.name })),
    );
    let stand = Bewilligungsstand::aus(&jetzt, &geltend)?;
    let beschieden = antrag::schnappschuss(c, a.antrag_id, &geltend.inhalt.antrag_schnappschuss_sha256)?;
    let beschieden = beschieden.ok_or_else(|| fehlt("Schnappschuss"))?.lesen()?;
    let beschieden = Bewilligungsstand { massnahmen: beschieden.massnahmen, ..stand.clone() };
    Ok(Aenderungsfakten {
        beschieden: ansaetze(&beschieden)?,
        stand,
        geld: geld(c, a)?,
        vergebene_nummern: antrag::entfallene_nummern(c, a.antrag_id)?,
        entwurf: bescheid::entwurf(c, a.antrag_id)?.map(|b| b.wert.id),
        fristen: frist::der_bewilligung(c, a.antrag_id)?,
        regeln,
        antrag: jetzt,
        geltend,
    })
}

/// Begins a draft over what is granted now.
///
/// # Errors
/// `BEZUG_NICHT_GELTEND` unless it is the Bescheid that counts, a period that is over, a reference that leads nowhere.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    bescheid_id: Uuid,
    inhalt: Aenderungsinhalt,
) -> Ergebnis<Stand> {
    let Some(b) = bescheid::laden(tx.c, sicht, bescheid_id)? else {
        return Err(verweis("Bescheid", bescheid_id, "/bescheid_id").into());
    };
    let a = vorhanden(antrag::laden(tx.c, &Sicht::Alles, b.wert.inhalt.antrag_id)?)?.wert;
    let geltend = bescheid::geltend(tx.c, a.id)?.map(|b| b.wert);
    let e = beginnen(id, bescheid_id, inhalt, &a, geltend.as_ref(), &tx.akteur, tx.heute())?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

/// Changes the form of a draft and the period it applies for.
///
/// # Errors
/// 404, 412, 409 once it is filed.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    zeitraum: Option<Zeitraum>,
    aendern: impl FnOnce(&Aenderungsinhalt) -> Ergebnis<Aenderungsinhalt>,
) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.aenderbar(&tx.akteur)?;
    let mut e = alt.wert.mit_inhalt(aendern(&alt.wert.inhalt)?, &tx.akteur)?;
    if let Some(bewilligungszeitraum) = zeitraum {
        e.zustand.neuer_stand.bewilligungszeitraum = bewilligungszeitraum;
    }
    Ok(vollziehe(tx, "aenderung", Some(&alt), e)?)
}

/// Deletes a draft that was never filed.
///
/// # Errors
/// 404, 412, 409 once it was filed.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.loeschbar(&tx.akteur)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

fn stand_setzen(tx: &mut Tx<'_>, alt: &Stand, akt: &str, neu: Bewilligungsstand) -> Ergebnis<Stand> {
    let e = alt.wert.mit_stand(neu, &tx.akteur)?;
    Ok(vollziehe(tx, akt, Some(alt), e)?)
}

fn bekannt(a: &Aenderungsantrag, massnahme_id: Uuid) -> Ergebnis<&Massnahme> {
    vorhanden(a.neuer_stand.massnahme(massnahme_id).map(|m| &m.massnahme))
}

/// Adds a measure to the new state; returns its id.
///
/// # Errors
/// A number that is taken or was, a Traeger that does not exist, a state that forbids it.
pub fn massnahme_anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    nr: &str,
    inhalt: Massnahmeninhalt,
) -> Ergebnis<(Stand, Uuid)> {
    let alt = lesen(tx.c, sicht, id)?;
    alt.wert.aenderbar(&tx.akteur)?;
    traeger_gibt_es(tx, &inhalt)?;
    let vergeben = antrag::entfallene_nummern(tx.c, alt.wert.antrag_id)?;
    let massnahme = Massnahme { id: tx.neue_id(), massnahme_nr: nr.to_owned(), inhalt };
    let massnahme_id = massnahme.id;
    let neu = alt.wert.neuer_stand.mit_massnahme(massnahme, &vergeben)?;
    Ok((stand_setzen(tx, &alt, "massnahme_anlage", neu)?, massnahme_id))
}

/// Changes the content of a measure in the new state.
///
/// # Errors
/// 404, 412, a Traeger that does not exist, a state that forbids it.
pub fn massnahme_aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    massnahme_id: Uuid,
    aendern: impl FnOnce(&Massnahmeninhalt) -> Ergebnis<Massnahmeninhalt>,
) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let bisher = bekannt(&alt.wert, massnahme_id)?;
    alt.wert.aenderbar(&tx.akteur)?;
    let massnahme = Massnahme { inhalt: aendern(&bisher.inhalt)?, ..bisher.clone() };
    traeger_gibt_es(tx, &massnahme.inhalt)?;
    stand_setzen(tx, &alt, "massnahme_aenderung", alt.wert.neuer_stand.mit_inhalt(&massnahme))
}

/// Drops a measure from the new state.
///
/// # Errors
/// 404, 412, a state that forbids it.
pub fn massnahme_streichen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, massnahme_id: Uuid) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    bekannt(&alt.wert, massnahme_id)?;
    stand_setzen(tx, &alt, "massnahme_entfernung", alt.wert.neuer_stand.ohne_massnahme(massnahme_id))
}

/// Sets the Detailplanung of a measure in the new state.
///
/// # Errors
/// 404, 412, a state that forbids it.
pub fn plan_setzen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    massnahme_id: Uuid,
    plan: &Detailplanung,
) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    bekannt(&alt.wert, massnahme_id)?;
    stand_setzen(tx, &alt, "detailplanung", alt.wert.neuer_stand.mit_plan(massnahme_id, plan))
}

/// All findings at any time: the same function the acts ask.
///
/// # Errors
/// 404.
pub fn bericht(c: &mut DbConn, sicht: &Sicht, id: Uuid, heute: NaiveDate) -> Ergebnis<(Vec<Befund>, Folgen, String)> {
    let a = lesen(c, sicht, id)?.wert;
    let f = fakten(c, &a, heute)?;
    let folgen = alle_folgen(&a, &f, None);
    Ok((pruefbericht(&a, &f), folgen, f.regeln.regelwerk.version))
}

/// Fields that both the draft and another change touched, as things stand; what is filed has none.
///
/// # Errors
/// The database's.
pub fn konflikte(c: &mut DbConn, a: &Aenderungsantrag) -> Ergebnis<Vec<Feldkonflikt>> {
    if !matches!(a.status, AenderungsantragStatus::Entwurf | AenderungsantragStatus::Ueberholt) {
        return Ok(Vec::new());
    }
    let jetzt = vorhanden(antrag::laden(c, &Sicht::Alles, a.antrag_id)?)?.wert;
    let geltend = bescheid::geltend(c, a.antrag_id)?.ok_or_else(|| fehlt("Bescheid"))?.wert;
    Ok(a.offene_konflikte(geltend.id, &Bewilligungsstand::aus(&jetzt, &geltend)?)?)
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let a = lesen(c, sicht, id)?.wert;
    let f = fakten(c, &a, heute)?;
    Ok(a.aktionen(akteur, &f))
}

/// One with the facts of its case. Acts about one budget queue here: the money is judged on settled facts.
fn mit_fakten(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel) -> Ergebnis<(Stand, Aenderungsfakten)> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let a = &alt.wert;
    let auswahl = konto::Auswahl { jahrgang: a.jahrgang, kreisschluessel: a.kreisschluessel.clone() };
    konto::sperre(tx, &auswahl)?;
    let f = fakten(tx.c, &alt.wert, tx.heute())?;
    Ok((alt, f))
}

/// An act without further facts.
fn einfach(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    akt: &str,
    f: impl FnOnce(&Aenderungsantrag, &Tx<'_>) -> Urteil<Aenderungsantrag>,
) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let e = f(&alt.wert, tx)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// Files it.
///
/// # Errors
/// All findings of the rules; a base that moved; unconfirmed warnings.
pub fn einreichen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Aenderungseinreichung) -> Ergebnis<Stand> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.einreichen(&f, e, &tx.akteur, tx.jetzt)?;
    tx.folgen = Some(alle_folgen(&e.zustand, &f, None));
    Ok(vollziehe(tx, EINREICHUNG, Some(&alt), e)?)
}

/// Brings a draft up to date.
///
/// # Errors
/// State, version, a field that is in no conflict.
pub fn aktualisieren(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Aktualisierung) -> Ergebnis<Stand> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.aktualisieren(&f, e, &tx.akteur)?;
    Ok(vollziehe(tx, AKTUALISIERUNG, Some(&alt), e)?)
}

/// Withdraws it; a drafted Bescheid is discarded with it.
///
/// # Errors
/// State, version.
pub fn zuruecknehmen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Antragsruecknahme) -> Ergebnis<Stand> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let entwurf = alt.wert.bescheid_id;
    let e = alt.wert.zuruecknehmen(e, &tx.akteur)?;
    let neu = vollziehe(tx, RUECKNAHME, Some(&alt), e)?;
    if entwurf.is_some() {
        super::bescheid::mit_dem_antrag_verwerfen(tx, neu.wert.antrag_id)?;
    }
    Ok(neu)
}

/// The authority takes the case; of a notice it demands a decision.
///
/// # Errors
/// State, version.
pub fn in_pruefung_nehmen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel) -> Ergebnis<Stand> {
    einfach(tx, sicht, ziel, PRUEFUNG, |a, tx| a.in_pruefung_nehmen(&tx.akteur))
}

/// The authority returns it with a reason.
///
/// # Errors
/// State, version.
pub fn zurueckweisen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Handlungsgrund) -> Ergebnis<Stand> {
    einfach(tx, sicht, ziel, ZURUECKWEISUNG, |a, tx| a.zurueckweisen(e, &tx.akteur, tx.heute()))
}

/// The authority takes note: the new state counts.
///
/// # Errors
/// State, version, a base that moved, a drafted Bescheid.
pub fn zur_kenntnis_nehmen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel) -> Ergebnis<Stand> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.zur_kenntnis_nehmen(&f, &tx.akteur)?;
    in_kraft_setzen(tx, &alt.wert, AENDERUNGSANZEIGE)?;
    Ok(vollziehe(tx, KENNTNISNAHME, Some(&alt), e)?)
}

/// Puts the new state into the application, freezes it, and marks the other changes of the case as overtaken.
fn in_kraft_setzen(tx: &mut Tx<'_>, a: &Aenderungsantrag, akt: &str) -> Ergebnis<()> {
    let bisher = vorhanden(antrag::laden(tx.c, &Sicht::Alles, a.antrag_id)?)?;
    let e: Entscheidung<_> = bisher.wert.geaendert(&a.neuer_stand);
    let s = schnappschuss(&e.zustand)?;
    let neu = vollziehe(tx, akt, Some(&bisher), e)?;
    antrag::schnappschuss_anlegen(tx, a.antrag_id, &s, Schnappschussanlass::Aenderung)?;
    for m in neu.wert.massnahmen.iter().filter(|m| m.detailplanung.is_some()) {
        antrag::plan_fuer_traeger(tx, &m.massnahme)?;
    }
    for anderer in db::des_antrags(tx.c, a.antrag_id)?.iter().filter(|x| x.wert.id != a.id) {
        if let Some(e) = anderer.wert.ueberholt(a.id) {
            vollziehe(tx, UEBERHOLUNG, Some(anderer), e)?;
        }
    }
    Ok(())
}

/// Jahrgang and Regelwerk of the case.
fn regelwerk(c: &mut DbConn, a: &Aenderungsantrag) -> Ergebnis<aqb_domain::regelwerk::Regelwerk> {
    Ok(grundlage(c, a.jahrgang, Some(&a.regelwerk))?.1)
}
