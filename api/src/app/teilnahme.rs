//! Participants: entered, left, corrected, cancelled; read with the vault, erased when their time is over.

mod einlesen;
mod loeschung;

pub use einlesen::{Zeile, Zeilenantwort, nach_dem_einlesen, zeilen, zeilen_wiederholt};
pub use loeschung::{Loeschfaelligkeit, faellige, faelligkeiten, loesche, nachweis, nachweise};

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::weiterleitung::wirksamer;
use crate::app::{massnahme, pruefe_version, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::{Aktion, Urteil};
use aqb_domain::antrag::Antrag;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::gebietskoerperschaft::Gebietskoerperschaft;
use aqb_domain::massnahme::Massnahme;
use aqb_domain::regel::{TEILNAHME_DOPPELT, UEBERSCHNEIDUNG};
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::teilnahme::{
    AUSTRITT, AndereTeilnahme, Austritt, KORREKTUR, Korrekturgrund, STORNIERUNG, Teilnahme, TeilnahmeStatus,
    Teilnahmefakten, Teilnahmefall, Teilnahmeinhalt, Teilnahmestorno,
};
use aqb_domain::zeit::Zeitraum;
use aqb_persistence::teilnahme as db;
use aqb_persistence::tresor::Tresor;
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{DbConn, DbFehler, Tx, antrag as antraege, gebietskoerperschaft};
use chrono::NaiveDate;
use uuid::Uuid;

/// Application and measure of a path.
pub type Ort = (Uuid, Uuid);

/// What the rules need of a measure, read in this transaction.
pub(super) struct Fall {
    antrag: Antrag,
    massnahme: Massnahme,
    bewilligt: Option<Zeitraum>,
    kreise: Vec<Gebietskoerperschaft>,
    regelwerk: Regelwerk,
    heute: NaiveDate,
}

/// Other participations: of the same person, and of the same measure.
#[derive(Default)]
pub(super) struct Andere {
    person: Vec<AndereTeilnahme>,
    belegung: Vec<Zeitraum>,
}

impl Fall {
    /// Of a measure the caller sees.
    pub(super) fn laden(c: &mut DbConn, sicht: &Sicht, (antrag_id, id): Ort, heute: NaiveDate) -> Ergebnis<Self> {
        let (m, _) = massnahme::lesen(c, sicht, antrag_id, id)?;
        let antrag = antrag_lesen(c, &Sicht::Alles, antrag_id)?.wert;
        let (_, regelwerk) = grundlage(c, antrag.jahrgang, antrag.regelwerk.as_deref())?;
        let bescheid = wirksamer(c, antrag_id, heute)?.map(|b| b.inhalt);
        let gewaehrt =
            bescheid.filter(|b| b.positionen.iter().any(|p| p.massnahme_id == id && p.bewilligt.ist_positiv()));
        let kreise = gebietskoerperschaft::liste(c, None, None, i64::MAX)?.into_iter().map(|g| g.wert).collect();
        let bewilligt = gewaehrt.and_then(|b| b.bewilligungszeitraum);
        Ok(Fall { antrag, massnahme: m.massnahme, bewilligt, kreise, regelwerk, heute })
    }

    fn fakten<'a>(&'a self, a: &'a Andere) -> Teilnahmefakten<'a> {
        Teilnahmefakten {
            massnahme: &self.massnahme,
            bewilligt: self.bewilligt,
            kreise: &self.kreise,
            regelwerk: &self.regelwerk,
            jahrgang: self.antrag.jahrgang,
            kreisschluessel: &self.antrag.kreisschluessel,
            andere: &a.person,
            belegung: &a.belegung,
            heute: self.heute,
        }
    }

    fn fuer(&self) -> Teilnahmefall {
        Teilnahmefall { antrag_id: self.antrag.id, regelwerk: self.regelwerk.version.clone() }
    }
}

fn zaehlt(t: &Teilnahme) -> bool {
    matches!(t.kopf.status, TeilnahmeStatus::Laufend | TeilnahmeStatus::Beendet)
}

impl Andere {
    /// Who else takes places of the measure.
    fn belegung(c: &mut DbConn, tresor: &Tresor, f: &Fall, ohne: Option<Uuid>) -> Ergebnis<Vec<Zeitraum>> {
        let alle = db::der_massnahme(c, tresor, f.massnahme.id)?.into_iter().map(|v| v.wert);
        let andere = alle.filter(|t| zaehlt(t) && Some(t.kopf.id) != ohne);
        Ok(andere.filter_map(|t| t.inhalt.and_then(|i| i.zeitraum(f.massnahme.inhalt.ende))).collect())
    }

    /// Where else the person takes part; a measure the caller does not see stays without its number.
    fn der_person(
        c: &mut DbConn,
        tresor: &Tresor,
        (sicht, kreis): (&Sicht, &str),
        pseudonym: &str,
        ohne: Option<Uuid>,
    ) -> Ergebnis<Vec<AndereTeilnahme>> {
        let alle: Vec<Teilnahme> =
            db::der_person(c, tresor, &Sicht::Alles, kreis, pseudonym)?.into_iter().map(|v| v.wert).collect();
        Andere::aus(c, sicht, &alle, ohne)
    }

    /// Where else somebody takes part, of all records about the person.
    fn aus(c: &mut DbConn, sicht: &Sicht, alle: &[Teilnahme], ohne: Option<Uuid>) -> Ergebnis<Vec<AndereTeilnahme>> {
        let andere: Vec<&Teilnahme> = alle.iter().filter(|t| zaehlt(t) && Some(t.kopf.id) != ohne).collect();
        if andere.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = andere.iter().map(|t| t.kopf.massnahme_id).collect();
        let massnahmen = antraege::massnahmenkoepfe(c, &ids)?;
        let eintrag = |t: &Teilnahme| {
            let m = massnahmen.get(&t.kopf.massnahme_id)?;
            let sieht = !matches!(sicht, Sicht::Traeger(tr) if t.kopf.traeger_id != Some(*tr));
            let zeitraum = t.inhalt.as_ref().and_then(|i| i.zeitraum(m.ende))?;
            Some(AndereTeilnahme { id: t.kopf.id, massnahme_nr: sieht.then(|| m.massnahme_nr.clone()), zeitraum })
        };
        Ok(andere.into_iter().filter_map(eintrag).collect())
    }

    fn laden(
        c: &mut DbConn,
        tresor: &Tresor,
        (sicht, f): (&Sicht, &Fall),
        pseudonym: &str,
        ohne: Option<Uuid>,
    ) -> Ergebnis<Self> {
        Ok(Andere {
            person: Andere::der_person(c, tresor, (sicht, &f.antrag.kreisschluessel), pseudonym, ohne)?,
            belegung: Andere::belegung(c, tresor, f, ohne)?,
        })
    }
}

/// Notes whose other participations the findings tell about.
fn merke_andere(tx: &mut Tx<'_>, (f, a): (&Fall, &Andere), i: &Teilnahmeinhalt, befunde: &[Befund]) {
    if befunde.iter().any(|b| b.regel == &UEBERSCHNEIDUNG) {
        let ids = i.ueberschneidungen(&f.fakten(a)).into_iter().map(|(_, a)| a.id);
        tx.personen.auch(&f.antrag.kreisschluessel, ids);
    }
}

/// What a decision or refusal finds.
fn gefunden<Z>(u: &Urteil<Z>) -> &[Befund] {
    match u {
        Ok(e) => &e.befunde,
        Err(b) => b,
    }
}

/// Turns the violation of the unique rule into the finding that says so.
fn eindeutig(e: DbFehler, i: &Teilnahmeinhalt) -> Fehler {
    if e.verletzt("teilnahme_zeile_eindeutig") { doppelt(i).into() } else { e.into() }
}

/// Refuses what is there already, and notes that the refusal tells so.
fn nicht_doppelt(tx: &mut Tx<'_>, tresor: &Tresor, f: &Fall, i: &Teilnahmeinhalt, ohne: Option<Uuid>) -> Ergebnis<()> {
    let kreis = &f.antrag.kreisschluessel;
    match db::der_zeile(tx.c, tresor, (kreis, f.massnahme.id), i)?.filter(|t| Some(t.wert.kopf.id) != ohne) {
        None => Ok(()),
        Some(t) => {
            tx.personen.auch(kreis, [t.wert.kopf.id]);
            Err(doppelt(i).into())
        }
    }
}

fn doppelt(i: &Teilnahmeinhalt) -> Befund {
    Befund::neu(&TEILNAHME_DOPPELT).ort("/inhalt").gemessen("eintritt", i.eintritt, Einheit::Datum)
}

/// Enters one for a measure the caller sees.
///
/// # Errors
/// 404, findings, `TEILNAHME_DOPPELT`.
pub fn anlegen(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ort: Ort,
    id: Uuid,
    inhalt: Teilnahmeinhalt,
) -> Ergebnis<Versioniert<Teilnahme>> {
    let f = Fall::laden(tx.c, sicht, ort, tx.heute())?;
    let a = Andere::laden(tx.c, tresor, (sicht, &f), &inhalt.pseudonym, None)?;
    let urteil = Teilnahme::erfassen(id, f.fuer(), inhalt.clone(), &f.fakten(&a), &tx.akteur);
    merke_andere(tx, (&f, &a), &inhalt, gefunden(&urteil));
    let e = urteil?;
    nicht_doppelt(tx, tresor, &f, &inhalt, None)?;
    db::vollziehe(tx, tresor, "anlage", None, e).map_err(|e| eindeutig(e, &inhalt))
}

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, tresor: &Tresor, sicht: &Sicht, ort: Ort, id: Uuid) -> Ergebnis<Versioniert<Teilnahme>> {
    let t = vorhanden(db::gesehen(c, tresor, sicht, ort.1, id)?)?;
    if t.wert.kopf.antrag_id == ort.0 { Ok(t) } else { Err(Fehler::nicht_gefunden()) }
}

/// What would be found about it now: overlap, places, and what no longer holds; and the other records this tells about.
/// `stelle` is where the findings point to.
///
/// # Errors
/// Those of reading.
pub fn befunde(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    (t, stelle): (&Teilnahme, &str),
    heute: NaiveDate,
) -> Ergebnis<(Vec<Befund>, Vec<Uuid>)> {
    let nichts = || Ok((Vec::new(), Vec::new()));
    let Some(i) = t.inhalt.as_ref().filter(|_| zaehlt(t)) else { return nichts() };
    let ort = (t.kopf.antrag_id, t.kopf.massnahme_id);
    let f = match Fall::laden(c, sicht, ort, heute) {
        Ok(f) => f,
        // a change of the grant dropped the measure: nothing is left to compare with
        Err(e) if e.status() == 404 => return nichts(),
        Err(e) => return Err(e),
    };
    let a = Andere::laden(c, tresor, (sicht, &f), &i.pseudonym, Some(t.kopf.id))?;
    let andere = i.ueberschneidungen(&f.fakten(&a)).into_iter().map(|(_, a)| a.id).collect();
    Ok((i.pruefe(&f.fakten(&a), stelle), andere))
}

/// The record of a call that is repeated, as it is now, with what would be found about it; one that was erased
/// meanwhile is gone. The access is noted.
///
/// # Errors
/// 404.
pub fn wiederholt(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    (ort, id): (Ort, Uuid),
    stelle: &str,
) -> Ergebnis<(Versioniert<Teilnahme>, Vec<Befund>)> {
    let t = lesen(tx.c, tresor, sicht, ort, id)?;
    if t.wert.inhalt.is_none() {
        return Err(Fehler::nicht_gefunden());
    }
    let (befunde, andere) = befunde(tx.c, tresor, sicht, (&t.wert, stelle), tx.heute())?;
    tx.personen.auch(&t.wert.kopf.kreisschluessel, std::iter::once(id).chain(andere));
    Ok((t, befunde))
}

/// Those of a measure the caller sees, after `nach`.
///
/// # Errors
/// 404 for a measure of no application the caller sees.
pub fn liste(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    (ort, status): (Ort, Option<TeilnahmeStatus>),
    nach: Option<Uuid>,
    anzahl: i64,
) -> Ergebnis<Vec<Versioniert<Teilnahme>>> {
    sichtbar(c, sicht, ort)?;
    Ok(db::liste(c, tresor, sicht, (ort.1, status), nach, anzahl)?)
}

/// The measure belongs to an application the caller sees; a county also sees those a change of the grant dropped.
fn sichtbar(c: &mut DbConn, sicht: &Sicht, (antrag_id, id): Ort) -> Ergebnis<()> {
    if let Sicht::Traeger(_) = sicht {
        return massnahme::lesen(c, sicht, antrag_id, id).map(drop);
    }
    antrag_lesen(c, sicht, antrag_id)?;
    let koepfe = antraege::massnahmenkoepfe(c, &[id])?;
    vorhanden(koepfe.get(&id).filter(|m| m.antrag_id == antrag_id)).map(drop)
}

/// Everything about one person that the caller sees.
///
/// # Errors
/// Those of reading.
pub fn auskunft(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    pseudonym: &str,
) -> Ergebnis<Vec<Versioniert<Teilnahme>>> {
    if let Some(b) = aqb_domain::teilnahme::pruefe_pseudonym(pseudonym, "/pseudonym") {
        return Err(b.into());
    }
    let kreise: Vec<String> = match sicht {
        Sicht::Gebietskoerperschaft(k) => vec![k.clone()],
        // the same person has another index in each county
        _ => {
            gebietskoerperschaft::liste(c, None, None, i64::MAX)?.into_iter().map(|g| g.wert.kreisschluessel).collect()
        }
    };
    let mut aus = Vec::new();
    for k in kreise {
        aus.extend(db::der_person(c, tresor, sicht, &k, pseudonym)?);
    }
    Ok(aus)
}

type Ziel = (Ort, Uuid, Option<i64>);

/// An act, decided on facts of this transaction. `pseudonym` is the one the record will have.
fn handle(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    (ort, id, version): Ziel,
    akt: &str,
    f: impl FnOnce(
        &Teilnahme,
        &dyn Fn(&mut Tx<'_>, &str) -> Ergebnis<(Fall, Andere)>,
        &mut Tx<'_>,
    ) -> Ergebnis<(Urteil<Teilnahme>, Option<Teilnahmeinhalt>)>,
) -> Ergebnis<Versioniert<Teilnahme>> {
    let alt = lesen(tx.c, tresor, sicht, ort, id)?;
    pruefe_version(&alt, version)?;
    let lade = |tx: &mut Tx<'_>, pseudonym: &str| {
        let fall = Fall::laden(tx.c, sicht, ort, tx.heute())?;
        let a = Andere::laden(tx.c, tresor, (sicht, &fall), pseudonym, Some(id))?;
        Ok((fall, a))
    };
    let (urteil, neu) = f(&alt.wert, &lade, tx)?;
    let e = urteil?;
    db::vollziehe(tx, tresor, akt, Some(&alt), e).map_err(|e| match &neu {
        Some(i) => eindeutig(e, i),
        None => e.into(),
    })
}

fn pseudonym(t: &Teilnahme) -> String {
    t.inhalt.as_ref().map(|i| i.pseudonym.clone()).unwrap_or_default()
}

/// Records the exit.
///
/// # Errors
/// 404, 412, state, findings.
pub fn austreten(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ziel: Ziel,
    e: &Austritt,
) -> Ergebnis<Versioniert<Teilnahme>> {
    handle(tx, tresor, sicht, ziel, AUSTRITT, |t, lade, tx| {
        let (fall, a) = lade(tx, &pseudonym(t))?;
        let urteil = t.austreten(e, &fall.fakten(&a), &tx.akteur);
        if let Some(i) = &t.inhalt {
            let i = Teilnahmeinhalt { austritt: Some(e.clone()), ..i.clone() };
            merke_andere(tx, (&fall, &a), &i, gefunden(&urteil));
        }
        Ok((urteil, None))
    })
}

/// Corrects fields.
///
/// # Errors
/// 404, 412, state, findings, those of `aendern`.
pub fn korrigieren(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ziel: Ziel,
    (grund, aendern): (Korrekturgrund, impl FnOnce(&Teilnahmeinhalt) -> Ergebnis<Teilnahmeinhalt>),
) -> Ergebnis<Versioniert<Teilnahme>> {
    handle(tx, tresor, sicht, ziel, KORREKTUR, |t, lade, tx| {
        aqb_domain::akt::frei(t.aktionen(&tx.akteur), KORREKTUR)?;
        let inhalt = aendern(vorhanden(t.inhalt.as_ref())?)?;
        let (fall, a) = lade(tx, &inhalt.pseudonym)?;
        let urteil = t.korrigieren(inhalt.clone(), grund, &fall.fakten(&a), &tx.akteur);
        merke_andere(tx, (&fall, &a), &inhalt, gefunden(&urteil));
        if urteil.is_ok() {
            nicht_doppelt(tx, tresor, &fall, &inhalt, Some(t.kopf.id))?;
        }
        Ok((urteil, Some(inhalt)))
    })
}

/// Cancels a record that should not be there.
///
/// # Errors
/// 404, 412, state.
pub fn stornieren(
    tx: &mut Tx<'_>,
    tresor: &Tresor,
    sicht: &Sicht,
    ziel: Ziel,
    e: &Teilnahmestorno,
) -> Ergebnis<Versioniert<Teilnahme>> {
    handle(tx, tresor, sicht, ziel, STORNIERUNG, |t, _, tx| Ok((t.stornieren(e, &tx.akteur), None)))
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(
    c: &mut DbConn,
    tresor: &Tresor,
    (sicht, akteur): (&Sicht, &Akteur),
    ort: Ort,
    id: Uuid,
) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, tresor, sicht, ort, id)?.wert.aktionen(akteur))
}
