//! Beleglisten: lines entered, changed, numbered; decided one by one.

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::{pruefe_version, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::Aktion;
use aqb_domain::befund::{Befund, Einheit, Schwere};
use aqb_domain::beleg::{
    Beleg, Belegfakten, Beleginhalt, Belegkette, Belegpruefung, Belegstelle, Belegsumme, Belegumfeld, Duplikat,
    ENTSCHEIDUNG, Splitstand, beschreibbar, pruefe_haushaltsjahre, pruefe_nummern, verdeckt,
};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{BELEGNUMMER_DOPPELT, RECHENBEREICH};
use aqb_domain::verwendungsnachweis::{NachweisStatus, Verwendungsnachweis};
use aqb_persistence::beleg as db;
use aqb_persistence::vollzug::{Versioniert, entferne, vollziehe};
use aqb_persistence::{DbConn, DbFehler, Tx, belegimport, bescheid, verwendungsnachweis};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Lines that are numbered anew in one transaction.
const STAPEL: i64 = 500;

/// The current version of the chain of a proof the caller sees.
fn nachweis(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Verwendungsnachweis> {
    Ok(vorhanden(verwendungsnachweis::aktuelle_fassung(c, sicht, id)?)?.wert)
}

fn als_kette(n: &Verwendungsnachweis, aktenzeichen: Option<String>) -> Belegkette {
    Belegkette {
        kette_id: n.kette_id,
        antrag_id: n.antrag_id,
        aktenzeichen,
        jahrgang: n.jahrgang,
        kreisschluessel: n.kreisschluessel.clone(),
        status: n.status.code(),
        bearbeitbar: n.aenderbar(),
        in_pruefung: n.status == NachweisStatus::InPruefung,
        entschieden: n.status == NachweisStatus::Abgeschlossen,
    }
}

/// The list of a proof the caller sees, as it may be used now.
///
/// # Errors
/// 404.
pub fn kette(c: &mut DbConn, sicht: &Sicht, nachweis_id: Uuid) -> Ergebnis<Belegkette> {
    Ok(als_kette(&nachweis(c, sicht, nachweis_id)?, None))
}

/// The list with everything its rules need.
///
/// # Errors
/// 404, `BELEG_OHNE_BESCHEID`, `PARAMETER_FEHLT`.
pub fn fakten(c: &mut DbConn, sicht: &Sicht, nachweis_id: Uuid, heute: NaiveDate) -> Ergebnis<Belegfakten> {
    let n = nachweis(c, sicht, nachweis_id)?;
    let antrag = antrag_lesen(c, &Sicht::Alles, n.antrag_id)?.wert;
    let geltend = bescheid::geltend(c, n.antrag_id)?.map(|b| b.wert);
    let (_, r) = grundlage(c, n.jahrgang, Some(&n.regelwerk))?;
    let kette = als_kette(&n, antrag.aktenzeichen.clone());
    Ok(Belegfakten::neu(kette, &antrag, geltend.as_ref(), &r, (n.haushaltsjahr, heute))?)
}

/// The list, locked, with its facts. The state is read behind the lock, so that nobody files in between.
fn zum_schreiben(tx: &mut Tx<'_>, sicht: &Sicht, nachweis_id: Uuid) -> Ergebnis<Belegfakten> {
    let kette_id = nachweis(tx.c, sicht, nachweis_id)?.kette_id;
    db::sperre_liste(tx, kette_id)?;
    let f = fakten(tx.c, sicht, nachweis_id, tx.heute())?;
    beschreibbar(&f.kette, &tx.akteur)?;
    Ok(f)
}

/// A Beleg with what a reader wants to know beside it.
pub struct Belegstand {
    /// The Beleg.
    pub beleg: Versioniert<Beleg>,
    /// Findings that do not block.
    pub befunde: Vec<Befund>,
    /// Possible duplicates the caller may know of.
    pub duplikate: Vec<Duplikat>,
    /// What is left of the invoice of its group; none without a group.
    pub rest: Option<Euro>,
    /// The decision is still the authority's own and not released.
    pub verdeckt: bool,
}

/// What is left of the invoice of its group.
fn rest(b: &Beleg, gruppen: &BTreeMap<String, Splitstand>) -> Ergebnis<Option<Euro>> {
    let Some(g) = b.splitschluessel().and_then(|g| gruppen.get(&g)) else { return Ok(None) };
    let zu_gross = |_| Befund::neu(&RECHENBEREICH);
    let rechnung = g.rechnung.map_or_else(|| b.inhalt.zahlbar(), Ok).map_err(zu_gross)?;
    Ok(Some(rechnung.minus(g.belegt).map_err(zu_gross)?.max(Euro::NULL)))
}

fn staende(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Belegfakten,
    belege: Vec<Versioniert<Beleg>>,
) -> Ergebnis<Vec<Belegstand>> {
    let werte: Vec<&Beleg> = belege.iter().map(|b| &b.wert).collect();
    let mut duplikate = db::duplikate(c, sicht, &werte)?;
    let gruppen = db::splitstaende(c, &werte.iter().filter_map(|b| b.splitschluessel()).collect())?;
    let verdeckt = verdeckt(f.kette.entschieden, sicht);
    belege
        .into_iter()
        .map(|beleg| {
            let rest = rest(&beleg.wert, &gruppen)?;
            let befunde = beleg.wert.inhalt.pruefe(f);
            let duplikate = duplikate.remove(&beleg.wert.id).unwrap_or_default();
            Ok(Belegstand { befunde, duplikate, rest, verdeckt, beleg })
        })
        .collect()
}

fn stand(c: &mut DbConn, sicht: &Sicht, f: &Belegfakten, b: Versioniert<Beleg>) -> Ergebnis<Belegstand> {
    vorhanden(staende(c, sicht, f, vec![b])?.pop())
}

/// One of a list the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, (nachweis_id, id): (Uuid, Uuid), heute: NaiveDate) -> Ergebnis<Belegstand> {
    let f = fakten(c, sicht, nachweis_id, heute)?;
    let b = vorhanden(db::gesehen(c, sicht, f.kette.kette_id, id)?)?;
    stand(c, sicht, &f, b)
}

/// A page of a list.
///
/// # Errors
/// 404.
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    nachweis_id: Uuid,
    filter: &db::Filter,
    (nach, anzahl, heute): (Option<i64>, i64, NaiveDate),
) -> Ergebnis<Vec<Belegstand>> {
    let f = fakten(c, sicht, nachweis_id, heute)?;
    let mut filter = filter.clone();
    if verdeckt(f.kette.entschieden, sicht) {
        // what nobody may read cannot be asked for by a filter either
        if filter.entschieden == Some(true) || filter.pruefgrund.is_some() {
            return Ok(Vec::new());
        }
        filter.entschieden = None;
    }
    let belege = db::liste(c, sicht, f.kette.kette_id, &filter, nach, anzahl)?;
    staende(c, sicht, &f, belege)
}

/// A line that is entered or changed in the moment another has taken its number.
pub(super) fn doppelt(e: DbFehler, inhalt: &Beleginhalt) -> Fehler {
    if !e.verletzt("beleg_zeile_eindeutig") {
        return e.into();
    }
    let b = Befund::neu(&BELEGNUMMER_DOPPELT).ort("/belegnummer");
    b.gemessen("belegnummer", &inhalt.belegnummer, Einheit::Code).gemessen("lfd_nr", "?", Einheit::Text).into()
}

pub(super) fn hinweise(befunde: Vec<Befund>) -> Vec<Befund> {
    befunde.into_iter().filter(|b| b.schwere == Schwere::Hinweis).collect()
}

/// Enters a line under facts that are settled; the list is locked, `liste` is the sum of its other Belege.
pub(super) fn eintragen(
    tx: &mut Tx<'_>,
    f: &Belegfakten,
    (id, lfd_nr): (Uuid, i32),
    inhalt: Beleginhalt,
    liste: Euro,
) -> Ergebnis<Versioniert<Beleg>> {
    let (b, befunde) = Beleg::entwerfen(id, lfd_nr, inhalt, f, &tx.akteur)?;
    db::sperre_gruppen(tx, &b.splitschluessel().into_iter().collect())?;
    let u = Belegumfeld { liste, ..db::umfeld(tx.c, &b)? };
    let kopie = b.inhalt.clone();
    let e = b.anlegen(&u, f, &tx.akteur)?.befunde(hinweise(befunde));
    db::merke_schreiber(tx, f.kette.kette_id, None)?;
    vollziehe(tx, "anlage", None, e).map_err(|e| doppelt(e, &kopie))
}

/// Changes a line under facts that are settled; the list is locked, `liste` is the sum of its other Belege.
pub(super) fn umschreiben(
    tx: &mut Tx<'_>,
    f: &Belegfakten,
    alt: &Versioniert<Beleg>,
    inhalt: Beleginhalt,
    liste: Euro,
) -> Ergebnis<Versioniert<Beleg>> {
    let (neu, befunde) = Beleg::entwerfen(alt.wert.id, alt.wert.lfd_nr, inhalt, f, &tx.akteur)?;
    let gruppen: BTreeSet<String> = neu.splitschluessel().into_iter().collect();
    db::sperre_gruppen(tx, &gruppen)?;
    let u = Belegumfeld { liste, ..db::umfeld(tx.c, &neu)? };
    let kopie = neu.inhalt.clone();
    let e = alt.wert.aendern(neu, &u, f, &tx.akteur)?.befunde(hinweise(befunde));
    if e.zustand.inhalt != alt.wert.inhalt {
        db::merke_schreiber(tx, f.kette.kette_id, None)?;
    }
    vollziehe(tx, "aenderung", Some(alt), e).map_err(|e| doppelt(e, &kopie))
}

/// Enters a line.
///
/// # Errors
/// 404, 409 unless the list is open, findings.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    nachweis_id: Uuid,
    id: Uuid,
    inhalt: Beleginhalt,
) -> Ergebnis<Belegstand> {
    let f = zum_schreiben(tx, sicht, nachweis_id)?;
    let lfd_nr = db::naechste_lfd_nr(tx.c, f.kette.kette_id)?;
    let liste = db::listensumme(tx.c, f.kette.kette_id, Some(id))?;
    let b = eintragen(tx, &f, (id, lfd_nr), inhalt, liste)?;
    stand(tx.c, sicht, &f, b)
}

/// A line, by the proof and its id, in the version its reader saw.
pub type Belegziel = (Uuid, Uuid, Option<i64>);

/// Changes a line.
///
/// # Errors
/// 404, 412, 409 unless the list is open, findings, those of `aendern`.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (nachweis_id, id, version): Belegziel,
    aendern: impl FnOnce(&Beleginhalt) -> Ergebnis<Beleginhalt>,
) -> Ergebnis<Belegstand> {
    let kette = kette(tx.c, sicht, nachweis_id)?;
    let alt = vorhanden(db::gesehen(tx.c, sicht, kette.kette_id, id)?)?;
    pruefe_version(&alt, version)?;
    let f = zum_schreiben(tx, sicht, nachweis_id)?;
    let inhalt = aendern(&alt.wert.inhalt)?;
    let liste = db::listensumme(tx.c, f.kette.kette_id, Some(id))?;
    let b = umschreiben(tx, &f, &alt, inhalt, liste)?;
    stand(tx.c, sicht, &f, b)
}

/// Deletes a line.
///
/// # Errors
/// 404, 412, 409 unless the list is open, `BELEG_ENTSCHIEDEN`.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, (nachweis_id, id, version): Belegziel) -> Ergebnis<Versioniert<Beleg>> {
    let kette = kette(tx.c, sicht, nachweis_id)?;
    let alt = vorhanden(db::gesehen(tx.c, sicht, kette.kette_id, id)?)?;
    pruefe_version(&alt, version)?;
    let f = zum_schreiben(tx, sicht, nachweis_id)?;
    alt.wert.loeschbar(&f.kette, &tx.akteur)?;
    db::merke_schreiber(tx, f.kette.kette_id, None)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

/// Deletes the lines and imports of a chain whose only version is a draft that is deleted; the trail keeps each of them.
///
/// # Errors
/// The database.
pub fn mit_dem_nachweis_loeschen(tx: &mut Tx<'_>, kette_id: Uuid) -> Ergebnis<()> {
    db::sperre_liste(tx, kette_id)?;
    db::vergiss_schreiber(tx, kette_id)?;
    loop {
        let belege = db::liste(tx.c, &Sicht::Alles, kette_id, &db::Filter::default(), None, STAPEL)?;
        if belege.is_empty() {
            break;
        }
        belege.iter().try_for_each(|b| entferne(tx, b))?;
    }
    loop {
        let importe = belegimport::liste(tx.c, &Sicht::Alles, kette_id, None, None, STAPEL)?;
        if importe.is_empty() {
            return Ok(());
        }
        importe.iter().try_for_each(|i| entferne(tx, i))?;
    }
}

/// Numbers some lines anew, from 1 without gaps. Says after which number to go on; none when all is done.
///
/// # Errors
/// 404, 409 unless the list is open.
pub fn nummerieren(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    nachweis_id: Uuid,
    (nach, mut letzte): (Option<i64>, i32),
) -> Ergebnis<Option<(i64, i32)>> {
    let f = zum_schreiben(tx, sicht, nachweis_id)?;
    let belege = db::liste(tx.c, &Sicht::Alles, f.kette.kette_id, &db::Filter::default(), nach, STAPEL)?;
    let bis = belege.last().map(|b| i64::from(b.wert.lfd_nr));
    for b in &belege {
        letzte = letzte.saturating_add(1);
        if b.wert.lfd_nr != letzte {
            db::merke_schreiber(tx, f.kette.kette_id, None)?;
            vollziehe(tx, "nummerierung", Some(b), b.wert.nummeriert(letzte))?;
        }
    }
    Ok(bis.map(|b| (b, letzte)))
}

/// Decides about a Beleg.
///
/// # Errors
/// 404, 412, `BELEG_NICHT_IN_PRUEFUNG`, findings.
pub fn entscheiden(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (nachweis_id, id, version): Belegziel,
    e: &Belegpruefung,
) -> Ergebnis<Belegstand> {
    let alt = {
        let kette = kette(tx.c, sicht, nachweis_id)?;
        vorhanden(db::gesehen(tx.c, sicht, kette.kette_id, id)?)?
    };
    pruefe_version(&alt, version)?;
    db::sperre_liste(tx, alt.wert.kette_id)?;
    let f = fakten(tx.c, sicht, nachweis_id, tx.heute())?;
    let duplikate = db::duplikate(tx.c, &Sicht::Alles, &[&alt.wert])?.remove(&id).unwrap_or_default();
    let entscheidung = alt.wert.entscheiden(e, &f.kette, &duplikate, &tx.akteur, tx.heute())?;
    let b = vollziehe(tx, ENTSCHEIDUNG, Some(&alt), entscheidung)?;
    stand(tx.c, sicht, &f, b)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(
    c: &mut DbConn,
    sicht: &Sicht,
    akteur: &Akteur,
    (nachweis_id, id): (Uuid, Uuid),
) -> Ergebnis<Vec<Aktion>> {
    let kette = kette(c, sicht, nachweis_id)?;
    let b = vorhanden(db::gesehen(c, sicht, kette.kette_id, id)?)?.wert;
    let duplikate = db::duplikate(c, sicht, &[&b])?.remove(&id).unwrap_or_default();
    Ok(b.aktionen(&kette, &duplikate, akteur))
}

/// Sums of a list the caller sees, whether its numbers have gaps, and its hash.
pub struct Listenstand {
    /// Sums by measure, position, Haushaltsjahr and sub-budget.
    pub summen: BTreeMap<Belegstelle, Belegsumme>,
    /// Findings about its numbers, and about sums of years before the period of the proof.
    pub befunde: Vec<Befund>,
    /// Hash of the whole list; none for a Traeger, who sees a part.
    pub liste_sha256: Option<String>,
}

/// Sums of a list.
///
/// # Errors
/// 404.
pub fn summen(c: &mut DbConn, sicht: &Sicht, nachweis_id: Uuid) -> Ergebnis<Listenstand> {
    let n = nachweis(c, sicht, nachweis_id)?;
    let von = n.berichtszeitraum.von;
    let kette = als_kette(&n, None);
    let mut summen = db::summen(c, sicht, &[kette.kette_id])?;
    if verdeckt(kette.entschieden, sicht) {
        for s in summen.values_mut() {
            *s = Belegsumme { offen: s.beantragt, anerkannt: Euro::NULL, abgelehnt: BTreeMap::new(), ..s.clone() };
        }
    }
    let ganz = !matches!(sicht, Sicht::Traeger(_));
    let (anzahl, kleinste, groesste) = db::nummern(c, kette.kette_id)?;
    let mut befunde: Vec<Befund> = pruefe_nummern(anzahl, kleinste, groesste).filter(|_| ganz).into_iter().collect();
    befunde.extend(pruefe_haushaltsjahre(&summen, von));
    Ok(Listenstand {
        summen,
        befunde,
        liste_sha256: if ganz { Some(db::liste_hash(c, kette.kette_id)?) } else { None },
    })
}
