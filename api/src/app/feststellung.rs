//! Findings of an examination.

use crate::app::{pruefe_version, schluss, verweis, verwendungsnachweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Handlungsgrund, Urteil};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::feststellung::{
    AUFHEBUNG, Feststellung, FeststellungStatus, Feststellungsantwort, Feststellungsfall, Feststellungsinhalt,
    Feststellungsverteilung, STELLUNGNAHME, VERTEILUNG, VERZICHTSFREIGABE,
};
use aqb_domain::geld::Euro;
use aqb_domain::massnahme::Durchfuehrungsform;
use aqb_domain::regel::{RECHENBEREICH, STATUS_UNZULAESSIG};
use aqb_domain::verwendungsnachweis::{NachweisStatus, Verwendungsnachweis};
use aqb_persistence::feststellung as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx};
use uuid::Uuid;

type Stand = Versioniert<Feststellung>;
type Ziel = (Uuid, Option<i64>);

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Stand> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// Nothing about a proof is found or changed once it is decided.
fn in_pruefung(status: NachweisStatus, akt: &str) -> Result<(), Befund> {
    if status == NachweisStatus::InPruefung {
        return Ok(());
    }
    Err(Befund::neu(&STATUS_UNZULAESSIG)
        .gemessen("status", status, Einheit::Code)
        .gemessen("akt", akt, Einheit::Code)
        .erlaubt("zulaessig", NachweisStatus::InPruefung, Einheit::Code))
}

/// Records one about a proof that is being examined.
///
/// # Errors
/// 404 without the proof, a measure the proof does not know, a proof that is not being examined.
pub fn treffen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    nachweis_id: Uuid,
    inhalt: Feststellungsinhalt,
) -> Ergebnis<Stand> {
    let n = verwendungsnachweis::lesen(tx.c, sicht, nachweis_id)?.wert;
    in_pruefung(n.status, "feststellung")?;
    let massnahme = n.abrechnung().into_iter().find(|m| m.massnahme_id == inhalt.massnahme_id);
    let stelle = massnahme.and_then(|m| {
        let ausgabe = m.ausgaben.iter().find(|a| a.position == inhalt.position)?.gesamt_zuwendungsfaehig();
        Some((m.massnahme_nr.clone(), ausgabe))
    });
    let Some((massnahme_nr, nachgewiesen)) = stelle else {
        return Err(verweis("Kostenposition des Nachweises", inhalt.massnahme_id, "/massnahme_id").into());
    };
    let beanstandet = beanstandetes(tx.c, &n, &inhalt)?;
    let fall = Feststellungsfall {
        kette_id: n.kette_id,
        antrag_id: n.antrag_id,
        jahrgang: n.jahrgang,
        kreisschluessel: n.kreisschluessel,
        massnahme_nr,
        privater_traeger: privater_traeger(tx.c, n.antrag_id, inhalt.massnahme_id)?,
        nachgewiesen: nachgewiesen?,
        beanstandet,
    };
    let e = Feststellung::treffen(id, fall, inhalt, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, "feststellung", None, e)?)
}

/// Whether the measure is carried out by a private Traeger with money that is passed on.
fn privater_traeger(c: &mut DbConn, antrag_id: Uuid, massnahme_id: Uuid) -> Ergebnis<bool> {
    let antrag = vorhanden(aqb_persistence::antrag::laden(c, &Sicht::Alles, antrag_id)?)?.wert;
    let massnahme = antrag.massnahmen.into_iter().map(|m| m.massnahme).find(|m| m.id == massnahme_id);
    let durch = massnahme.map(|m| (m.inhalt.durchfuehrungsform, m.inhalt.traeger_id));
    let Some((Durchfuehrungsform::Weiterleitung, Some(traeger))) = durch else { return Ok(false) };
    let traeger = aqb_persistence::traeger::mit_ids(c, &[traeger])?;
    Ok(traeger.first().is_some_and(|t| t.wert.angaben.rechtsform.ist_privat()))
}

/// Not recognised already at the position of a new finding: receipts cut, findings that stand.
fn beanstandetes(c: &mut DbConn, n: &Verwendungsnachweis, neu: &Feststellungsinhalt) -> Ergebnis<Euro> {
    let belege = schluss::gekuerzte_belege(c, n)?;
    let belege =
        belege.iter().filter(|b| (b.massnahme_id, &b.position) == (neu.massnahme_id, &neu.position)).map(|b| b.betrag);
    let befunde = db::der_kette(c, n.kette_id)?.into_iter().map(|f| f.wert);
    let hier = |f: &Feststellung| {
        f.status != FeststellungStatus::Aufgehoben
            && (f.inhalt.massnahme_id, &f.inhalt.position) == (neu.massnahme_id, &neu.position)
    };
    let befunde = befunde.filter(hier).map(|f| f.inhalt.beanstandet);
    Ok(Euro::summe(belege.chain(befunde)).map_err(|_| Befund::neu(&RECHENBEREICH))?)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    let f = lesen(c, sicht, id)?.wert;
    let n = vorhanden(aqb_persistence::verwendungsnachweis::der_kette(c, f.kette_id)?)?.wert.status;
    let mut aktionen = f.aktionen(akteur);
    for a in aktionen.iter_mut().filter(|a| a.akt != STELLUNGNAHME && a.befunde.is_empty()) {
        a.befunde.extend(in_pruefung(n, a.akt).err());
    }
    Ok(aktionen)
}

fn handle(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): Ziel,
    akt: &str,
    f: impl FnOnce(&Feststellung, &Akteur) -> Urteil<Feststellung>,
) -> Ergebnis<Stand> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let e = f(&alt.wert, &tx.akteur)?;
    let n = vorhanden(aqb_persistence::verwendungsnachweis::der_kette(tx.c, alt.wert.kette_id)?)?;
    // the county may answer while it completes its proof
    if akt != STELLUNGNAHME {
        in_pruefung(n.wert.status, akt)?;
    }
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// Says what becomes of its money.
///
/// # Errors
/// State, version, sums.
pub fn verteilen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Feststellungsverteilung) -> Ergebnis<Stand> {
    handle(tx, sicht, ziel, VERTEILUNG, |f, a| f.verteilen(e, a))
}

/// Releases a proposed waiver.
///
/// # Errors
/// `VIER_AUGEN`, state, version.
pub fn verzicht_freigeben(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel) -> Ergebnis<Stand> {
    handle(tx, sicht, ziel, VERZICHTSFREIGABE, Feststellung::verzicht_freigeben)
}

/// The county answers.
///
/// # Errors
/// State, version.
pub fn beantworten(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Feststellungsantwort) -> Ergebnis<Stand> {
    handle(tx, sicht, ziel, STELLUNGNAHME, |f, a| f.beantworten(e, a))
}

/// Takes it back.
///
/// # Errors
/// State, version.
pub fn aufheben(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Handlungsgrund) -> Ergebnis<Stand> {
    handle(tx, sicht, ziel, AUFHEBUNG, |f, a| f.aufheben(e, a))
}
