//! Jahrgaenge: prepared, opened with their state budget, closed when no case is open.

use crate::app::{eindeutig, pruefe_version, regelwerk, vorhanden, zielvereinbarung};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung, Urteil};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::Akteur;
use aqb_domain::gebietskoerperschaft::stichtag;
use aqb_domain::jahrgang::{ABSCHLUSS, Haushaltsansatz, Jahrgang, JahrgangStatus, OEFFNUNG, OffeneFaelle};
use aqb_domain::katalog::Katalogstand;
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{
    DbConn, DbFehler, DbResult, Tx, aenderungsantrag, antrag, budget, jahrgang, katalog, konto, uhr,
};

/// One by its year.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, jahr: i32) -> Ergebnis<Versioniert<Jahrgang>> {
    vorhanden(jahrgang::laden(c, i64::from(jahr))?)
}

/// The codes that count for a Jahrgang: those valid on its 1 January.
///
/// # Errors
/// The database's.
pub fn katalogstand(c: &mut DbConn, jahr: i32) -> DbResult<Katalogstand> {
    katalog::stand(c, stichtag(jahr))
}

/// The Regelwerk of a Jahrgang.
///
/// # Errors
/// The database's; the reference cannot be broken.
pub fn regelwerk_von(c: &mut DbConn, j: &Jahrgang) -> Ergebnis<Regelwerk> {
    let r = aqb_persistence::regelwerk::laden(c, j.regelwerk.clone())?;
    Ok(r.ok_or_else(|| DbFehler::Inhalt(format!("Regelwerk {} fehlt", j.regelwerk)))?.wert)
}

/// Prepares one.
///
/// # Errors
/// 422 for an unknown Regelwerk or positions that do not fit, 409 when the year exists.
pub fn anlegen(
    tx: &mut Tx<'_>,
    jahr: i32,
    regelwerk: &str,
    ansaetze: Vec<Haushaltsansatz>,
) -> Ergebnis<Versioniert<Jahrgang>> {
    let rw = regelwerk::genannt(tx.c, regelwerk, "/regelwerk")?;
    let neu = Jahrgang::anlegen(jahr, &rw, ansaetze, &katalogstand(tx.c, jahr)?, &tx.akteur)?;
    vollziehe(tx, "anlage", None, Entscheidung::neu(neu)).map_err(|e| eindeutig(e, "jahrgang_pkey", "Jahrgang", jahr))
}

/// Changes Regelwerk and state budget of one in preparation.
///
/// # Errors
/// 404, 412, 409 after the opening, 422.
pub fn aendern(
    tx: &mut Tx<'_>,
    jahr: i32,
    version: Option<i64>,
    regelwerk: Option<String>,
    ansaetze: Option<Vec<Haushaltsansatz>>,
) -> Ergebnis<Versioniert<Jahrgang>> {
    let alt = lesen(tx.c, jahr)?;
    pruefe_version(&alt, version)?;
    let rw = match regelwerk {
        Some(r) => regelwerk::genannt(tx.c, &r, "/regelwerk")?,
        None => regelwerk_von(tx.c, &alt.wert)?,
    };
    let ansaetze = ansaetze.unwrap_or_else(|| alt.wert.ansaetze.clone());
    let neu = alt.wert.aendern(&rw, ansaetze, &katalogstand(tx.c, jahr)?, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), Entscheidung::neu(neu))?)
}

fn oeffnung(c: &mut DbConn, j: &Jahrgang, akteur: &Akteur) -> Ergebnis<Urteil<Jahrgang>> {
    let (rw, katalog) = (regelwerk_von(c, j)?, katalogstand(c, j.jahrgang)?);
    Ok(j.oeffnen(&rw, &katalog, rechtstag(uhr::jetzt()), akteur))
}

fn abschluss(c: &mut DbConn, j: &Jahrgang, akteur: &Akteur) -> Ergebnis<Urteil<Jahrgang>> {
    let (antraege, entwuerfe) = antrag::offene(c, j.jahrgang)?;
    let offen = OffeneFaelle {
        antraege,
        entwuerfe,
        aenderungen: aenderungsantrag::offene(c, j.jahrgang)?,
        umverteilungen: budget::umverteilung::wartende(c, j.jahrgang)?,
        korrekturen: budget::korrektur::wartende(c, j.jahrgang)?,
    };
    let freies = konto::freies(c, j.jahrgang, None)?;
    Ok(j.abschliessen(offen, &freies, rechtstag(uhr::jetzt()), akteur))
}

/// Opens it: the state budget becomes available for Zuteilungen.
///
/// # Errors
/// 404, 412, 409, 422.
pub fn oeffnen(tx: &mut Tx<'_>, jahr: i32, version: Option<i64>) -> Ergebnis<Versioniert<Jahrgang>> {
    let alt = lesen(tx.c, jahr)?;
    pruefe_version(&alt, version)?;
    let e = oeffnung(tx.c, &alt.wert, &tx.akteur)??;
    Ok(vollziehe(tx, OEFFNUNG, Some(&alt), e)?)
}

/// What became free in a closed Jahrgang goes back to the programme at once: nobody can bind it any more.
///
/// # Errors
/// The database's.
pub(super) fn rueckfall(tx: &mut Tx<'_>, jahr: i32, kreis: &str) -> Ergebnis<()> {
    let j = lesen(tx.c, jahr)?;
    if j.wert.status != JahrgangStatus::Abgeschlossen {
        return Ok(());
    }
    if let Some(b) = j.wert.rueckfall(&konto::freies(tx.c, jahr, Some(kreis))?) {
        vollziehe(tx, "rueckfall", Some(&j), Entscheidung::neu(j.wert.clone()).buchung(b))?;
    }
    Ok(())
}

/// Closes it; its agreements expire in the same transaction, and what is free goes back to the programme.
///
/// # Errors
/// 404, 412, 409 with open cases.
pub fn abschliessen(tx: &mut Tx<'_>, jahr: i32, version: Option<i64>) -> Ergebnis<Versioniert<Jahrgang>> {
    let alt = lesen(tx.c, jahr)?;
    pruefe_version(&alt, version)?;
    konto::sperre_jahrgang(tx, jahr)?;
    let e = abschluss(tx.c, &alt.wert, &tx.akteur)??;
    let neu = vollziehe(tx, ABSCHLUSS, Some(&alt), e)?;
    zielvereinbarung::auslaufen(tx, &neu.wert)?;
    Ok(neu)
}

/// Its acts, each with everything that blocks it now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, akteur: &Akteur, jahr: i32) -> Ergebnis<Vec<Aktion>> {
    let j = lesen(c, jahr)?.wert;
    let mut aktionen = j.aktionen(akteur);
    for a in aktionen.iter_mut().filter(|a| a.erlaubt()) {
        a.befunde = match a.akt {
            OEFFNUNG => gruende(oeffnung(c, &j, akteur)?),
            ABSCHLUSS => gruende(abschluss(c, &j, akteur)?),
            _ => Vec::new(),
        };
    }
    Ok(aktionen)
}

/// Why a decision was refused; empty for one that was made.
pub(super) fn gruende<Z>(urteil: Urteil<Z>) -> Vec<Befund> {
    urteil.err().unwrap_or_default()
}
