//! Sachberichte: saved in versions, read with the targets of the Zielvereinbarung.

use crate::app::verwendungsnachweis::{lesen as nachweis_lesen, zum_handeln};
use crate::app::{antrag, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::sachbericht::{Sachberichtinhalt, Sachberichtkennzahl};
use aqb_domain::teilnahme::Kennzahlzeile;
use aqb_domain::verwendungsnachweis::{SACHBERICHT, Verwendungsnachweis};
use aqb_domain::zielvereinbarung::{Ziel, ZielvereinbarungStatus};
use aqb_persistence::sachbericht::{self as db, Sachberichtfassung};
use aqb_persistence::tresor::Tresor;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, teilnahme, zielvereinbarung};
use uuid::Uuid;

/// What a caller sees, and the keys to what is kept about participants.
pub type Leser<'a> = (&'a Sicht, &'a Tresor);

/// A version of a Sachbericht with what stands beside it.
#[derive(Debug, Clone)]
pub struct Sachbericht {
    /// The version.
    pub fassung: Sachberichtfassung,
    /// Kind of the measure.
    pub art: Massnahmeart,
    /// Number of the measure.
    pub massnahme_nr: String,
    /// Targets of the Zielvereinbarung.
    pub ziele: Vec<Ziel>,
    /// Indicators of the measure as the records of participants say.
    pub ermittelt: Vec<Sachberichtkennzahl>,
    /// Version of the proof.
    pub version: i64,
}

/// The targets of the newest concluded Zielvereinbarung of the application; none where it names none.
fn ziele(c: &mut DbConn, erste: Option<Uuid>) -> Ergebnis<Vec<Ziel>> {
    let (mut naechste, mut ziele) = (erste, Vec::new());
    while let Some(id) = naechste {
        let Some(z) = zielvereinbarung::gesehen(c, &Sicht::Alles, id)? else { break };
        let gilt = matches!(
            z.wert.status,
            ZielvereinbarungStatus::Geschlossen | ZielvereinbarungStatus::Ersetzt | ZielvereinbarungStatus::Ausgelaufen
        );
        if gilt {
            ziele = z.wert.inhalt.ziele;
        }
        naechste = zielvereinbarung::nachtrag_zu(c, id)?;
    }
    Ok(ziele)
}

/// Kind and number of a measure of the proof, and the targets.
fn umfeld(c: &mut DbConn, n: &Verwendungsnachweis, massnahme_id: Uuid) -> Ergebnis<(Massnahmeart, String, Vec<Ziel>)> {
    let a = antrag::lesen(c, &Sicht::Alles, n.antrag_id)?.wert;
    let m = vorhanden(a.massnahmen.iter().map(|m| &m.massnahme).find(|m| m.id == massnahme_id))?;
    let (art, nr) = (m.massnahmeart(), m.massnahme_nr.clone());
    Ok((art, nr, ziele(c, a.inhalt.zielvereinbarung_id)?))
}

fn als_kennzahl(z: &Kennzahlzeile) -> Sachberichtkennzahl {
    let zahl = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
    Sachberichtkennzahl {
        merkmal: z.merkmal,
        gesamt: zahl(z.gesamt),
        weiblich: zahl(z.weiblich),
        maennlich: zahl(z.maennlich),
        divers: zahl(z.divers),
        unter_25: zahl(z.unter_25),
        migrationshintergrund: zahl(z.migrationshintergrund),
    }
}

/// The measure's indicators by the records of participants, for those who may read them; others learn what the
/// Sachbericht states, and counts from reports only.
fn ermittelt(
    c: &mut DbConn,
    (sicht, tresor): Leser<'_>,
    n: &Verwendungsnachweis,
    massnahme_id: Uuid,
) -> Ergebnis<Vec<Sachberichtkennzahl>> {
    if *sicht == Sicht::Alles {
        return Ok(Vec::new());
    }
    let zaehlung = teilnahme::kennzahlen(c, tresor, massnahme_id, &n.berichtszeitraum)?;
    Ok(zaehlung.map(|z| z.kennzahlen.iter().map(als_kennzahl).collect()).unwrap_or_default())
}

/// A foreign measure does not exist for a Traeger.
fn sichtbar(n: &Verwendungsnachweis, sicht: &Sicht, massnahme_id: Uuid) -> Ergebnis<()> {
    let eigene = match sicht {
        Sicht::Traeger(t) => n.massnahmen_von(*t).contains(&massnahme_id),
        _ => n.grundlage.massnahmen.iter().any(|m| m.massnahme_id == massnahme_id),
    };
    vorhanden(eigene.then_some(()))
}

fn mit_umfeld(
    c: &mut DbConn,
    leser: Leser<'_>,
    n: &Versioniert<Verwendungsnachweis>,
    fassung: Sachberichtfassung,
) -> Ergebnis<Sachbericht> {
    let (art, massnahme_nr, ziele) = umfeld(c, &n.wert, fassung.massnahme_id)?;
    let ermittelt = ermittelt(c, leser, &n.wert, fassung.massnahme_id)?;
    Ok(Sachbericht { fassung, art, massnahme_nr, ziele, ermittelt, version: n.version })
}

/// Saves a version.
///
/// # Errors
/// 404, 412, 409 once the proof is filed, findings.
pub fn speichern(
    tx: &mut Tx<'_>,
    leser: Leser<'_>,
    (id, massnahme_id, version): (Uuid, Uuid, Option<i64>),
    inhalt: &Sachberichtinhalt,
) -> Ergebnis<Sachbericht> {
    let alt = zum_handeln(tx.c, leser.0, (id, version))?;
    sichtbar(&alt.wert, leser.0, massnahme_id)?;
    alt.wert.sachbericht_schreibbar(massnahme_id, &tx.akteur)?;
    let (art, _, ziele) = umfeld(tx.c, &alt.wert, massnahme_id)?;
    let nr = db::naechste(tx.c, alt.wert.kette_id, massnahme_id)?;
    let e = alt.wert.sachbericht((massnahme_id, art), inhalt, nr, &ziele, &tx.akteur)?;
    let neu = vollziehe(tx, SACHBERICHT, Some(&alt), e)?;
    db::anfuegen(tx, (alt.wert.kette_id, massnahme_id, nr), inhalt)?;
    let fassung = vorhanden(db::fassung(tx.c, alt.wert.kette_id, massnahme_id, nr)?)?;
    mit_umfeld(tx.c, leser, &neu, fassung)
}

/// The Sachberichte of a proof, each in the version the proof names, that the caller sees.
///
/// # Errors
/// 404.
pub fn liste(c: &mut DbConn, leser: Leser<'_>, id: Uuid) -> Ergebnis<Vec<Sachbericht>> {
    let sicht = leser.0;
    let n = nachweis_lesen(c, sicht, id)?;
    let mut alle = Vec::new();
    for s in &n.wert.sachberichte {
        if sichtbar(&n.wert, sicht, s.massnahme_id).is_ok() {
            let f = vorhanden(db::fassung(c, n.wert.kette_id, s.massnahme_id, s.fassung)?)?;
            alle.push(mit_umfeld(c, leser, &n, f)?);
        }
    }
    alle.sort_by(|a, b| a.massnahme_nr.cmp(&b.massnahme_nr));
    Ok(alle)
}

/// The Sachbericht of one measure in the version the proof names.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, leser: Leser<'_>, id: Uuid, massnahme_id: Uuid) -> Ergebnis<Sachbericht> {
    vorhanden(liste(c, leser, id)?.into_iter().find(|s| s.fassung.massnahme_id == massnahme_id))
}

/// All versions of a measure's Sachbericht in the chain of the proof, newest first.
///
/// # Errors
/// 404.
pub fn fassungen(c: &mut DbConn, leser: Leser<'_>, id: Uuid, massnahme_id: Uuid) -> Ergebnis<Vec<Sachbericht>> {
    let n = nachweis_lesen(c, leser.0, id)?;
    sichtbar(&n.wert, leser.0, massnahme_id)?;
    let alle = db::fassungen(c, n.wert.kette_id, massnahme_id)?;
    alle.into_iter().map(|f| mit_umfeld(c, leser, &n, f)).collect()
}
