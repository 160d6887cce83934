//! Payment runs: ordered Mittelabrufe are collected, released by a second person and handed over; results come by hand
//! or in files.

mod abgleich;
mod rueckmeldung;
pub use abgleich::*;
pub use rueckmeldung::*;

use super::{pruefe_version, verweis, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use crate::zahlungsdatei::pain001;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund};
use aqb_domain::bankverbindung::zahlkonto;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{Abrufgrundlage, Bescheid};
use aqb_domain::mittelabruf::{Mittelabruf, Ueberfaelliges, Zahlkonto, zahlsperren};
use aqb_domain::regel::ABRUF_SCHON_IN_ZAHLUNG;
use aqb_domain::zahlung::{
    Abruflage, Auftraggeberkonto, FREIGABE, Freigabefakten, KLAERUNG, Laufergebnis, UEBERGABE, VERWERFUNG, Zahlung,
    Zahlungslauf, Zahlungslaufeingabe, Zahlungslauffreigabe, Zahlungslaufuebergabe, Zahlungsplatz, end_to_end_id,
    laufkennung, waehle, zahlungslauf_anlegen,
};
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::typen::Kennung;
use aqb_persistence::vollzug::{Versioniert, naechste_nummer, vollziehe};
use aqb_persistence::zahlung::{self as db, ERWARTET_EINDEUTIG, lauf};
use aqb_persistence::{DbConn, Tx, antrag, bankverbindung, bescheid, frist, mittelabruf};
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// SHA-256 of a file.
pub fn sha256(datei: &[u8]) -> String {
    Sha256::digest(datei).iter().map(|b| format!("{b:02x}")).collect()
}

/// A run.
///
/// # Errors
/// 404.
pub fn lauf_lesen(c: &mut DbConn, id: Uuid) -> Ergebnis<Versioniert<Zahlungslauf>> {
    vorhanden(lauf::laden(c, Kennung(id))?)
}

/// A payment.
///
/// # Errors
/// 404.
pub fn zahlung_lesen(c: &mut DbConn, id: Uuid) -> Ergebnis<Versioniert<Zahlung>> {
    vorhanden(db::laden(c, Kennung(id))?)
}

/// All payments of a run, in the order of their ids.
fn des_laufs(c: &mut DbConn, id: Uuid) -> Ergebnis<Vec<Versioniert<Zahlung>>> {
    let f = db::Filter { zahlungslauf_id: Some(id), ..db::Filter::default() };
    Ok(db::liste(c, &f, None, i64::MAX)?)
}

/// Everything about one budget queues at its accounts: orders, changes of the account, payments and results. Locked in
/// a fixed order, so that two runs never wait for each other.
fn sperre(tx: &mut Tx<'_>, budgets: BTreeSet<(i32, String)>) -> Ergebnis<()> {
    for (jahrgang, kreisschluessel) in budgets {
        konto::sperre(tx, &Auswahl { jahrgang, kreisschluessel })?;
    }
    Ok(())
}

/// What payments need to know of a case.
struct Falllage {
    konto: Zahlkonto,
    kette: Vec<Bescheid>,
    ueberfaellig: Vec<Ueberfaelliges>,
}

impl Falllage {
    fn lesen(c: &mut DbConn, antrag_id: Uuid, heute: NaiveDate) -> Ergebnis<Self> {
        let a = vorhanden(antrag::laden(c, &Sicht::Alles, antrag_id)?)?.wert;
        let ueberfaellig = frist::ueberfaellige(c, a.id, heute)?.into_iter();
        Ok(Falllage {
            konto: zahlkonto(&a, &bankverbindung::des_antrags(c, a.id)?)?,
            kette: bescheid::des_falls(c, a.id)?.into_iter().map(|b| b.wert).collect(),
            ueberfaellig: ueberfaellig.map(|f| Ueberfaelliges { art: f.art, faellig_am: f.faellig_am }).collect(),
        })
    }
}

/// Calls as payments see them on the legal day `heute`. `zahlungen` names the payment that stands for a call.
fn lagen(
    c: &mut DbConn,
    abrufe: Vec<Mittelabruf>,
    zahlungen: &BTreeMap<Uuid, String>,
    heute: NaiveDate,
) -> Ergebnis<Vec<Abruflage>> {
    let mut faelle = BTreeMap::<Uuid, Falllage>::new();
    let mut gescheitert = BTreeMap::<Uuid, Vec<Zahlung>>::new();
    for z in db::der_abrufe(c, &abrufe.iter().map(|m| m.id).collect::<Vec<_>>())? {
        if z.rueckgabe.is_some() {
            gescheitert.entry(z.auftrag.mittelabruf_id).or_default().push(z);
        }
    }
    let mut aus = Vec::with_capacity(abrufe.len());
    for abruf in abrufe {
        let fall = match faelle.entry(abruf.antrag_id) {
            Entry::Occupied(e) => e.into_mut(),
            Entry::Vacant(e) => e.insert(Falllage::lesen(c, abruf.antrag_id, heute)?),
        };
        let bescheid = vorhanden(fall.kette.iter().find(|b| b.id == abruf.bescheid_id))?;
        let endgueltig = Abrufgrundlage::aus(&fall.kette, heute)?.endgueltig(bescheid);
        aus.push(Abruflage {
            zahlung: zahlungen.get(&abruf.id).cloned(),
            konto: fall.konto.clone(),
            sperren: zahlsperren(bescheid, endgueltig, &fall.ueberfaellig, heute),
            gescheitert: gescheitert.remove(&abruf.id).unwrap_or_default(),
            abruf,
        });
    }
    Ok(aus)
}

/// The named calls, each once; without a list those that wait for their payment.
fn abrufe(c: &mut DbConn, eingabe: &Zahlungslaufeingabe) -> Ergebnis<Vec<Mittelabruf>> {
    let Some(ids) = &eingabe.mittelabrufe else {
        return Ok(db::wartende(c, eingabe.ausfuehrung_am.year())?.into_iter().map(|m| m.wert).collect());
    };
    let mut gesehen = BTreeSet::new();
    let (mut aus, mut befunde) = (Vec::new(), Vec::new());
    for (i, id) in ids.iter().enumerate().filter(|(_, id)| gesehen.insert(**id)) {
        match mittelabruf::gesehen(c, &Sicht::Alles, *id)? {
            Some(m) => aus.push(m.wert),
            None => befunde.push(verweis("Mittelabruf", id, &format!("/mittelabrufe/{i}"))),
        }
    }
    if befunde.is_empty() { Ok(aus) } else { Err(befunde.into()) }
}

/// Collects ordered calls in a new run. `ids` gives the ids of the payments.
///
/// # Errors
/// Findings: nothing to pay, a day that cannot be, calls that cannot be paid.
pub fn anlegen(
    tx: &mut Tx<'_>,
    id: Uuid,
    eingabe: &Zahlungslaufeingabe,
    mut ids: impl FnMut(&Tx<'_>) -> Uuid,
) -> Ergebnis<Versioniert<Zahlungslauf>> {
    let (am, heute) = (eingabe.ausfuehrung_am, tx.heute());
    let vorab = abrufe(tx.c, eingabe)?;
    sperre(tx, vorab.iter().map(|m| (m.jahrgang, m.kreisschluessel.clone())).collect())?;
    let gewollt = abrufe(tx.c, eingabe)?;
    let zahlungen = db::erwartete(tx.c, &gewollt.iter().map(|m| m.id).collect::<Vec<_>>())?;
    let lagen = lagen(tx.c, gewollt, &zahlungen, heute)?;
    let (lagen, hinweise) = if eingabe.mittelabrufe.is_some() { (lagen, Vec::new()) } else { waehle(lagen, am, heute) };
    let nr = naechste_nummer(tx, &format!("zahlungslauf:{}", am.year()))?;
    let mut plaetze = Vec::with_capacity(lagen.len());
    for lage in lagen {
        let (jahrgang, kreis) = (lage.abruf.jahrgang, lage.abruf.kreisschluessel.clone());
        let nr = naechste_nummer(tx, &format!("zahlung:{jahrgang}:{kreis}"))?;
        plaetze.push(Zahlungsplatz { id: ids(tx), end_to_end_id: end_to_end_id(jahrgang, &kreis, nr), lage });
    }
    let kennung = (id, laufkennung(am.year(), nr));
    let e = zahlungslauf_anlegen(kennung, am, (&plaetze, hinweise), &tx.akteur, heute)?;
    let lauf = speichere(tx, "anlage", None, &[], e);
    lauf.map_err(|f| match f {
        Fehler::Db(d) if d.verletzt(ERWARTET_EINDEUTIG) => {
            let b = Befund::neu(&ABRUF_SCHON_IN_ZAHLUNG).gemessen("abruf", "–", Einheit::Text);
            b.gemessen("zahlung", "–", Einheit::Code).into()
        }
        f => f,
    })
}

/// Commits a run and its payments together.
fn speichere(
    tx: &mut Tx<'_>,
    akt: &str,
    alt: Option<&Versioniert<Zahlungslauf>>,
    bisher: &[Versioniert<Zahlung>],
    e: Entscheidung<Laufergebnis>,
) -> Ergebnis<Versioniert<Zahlungslauf>> {
    let (e, zahlungen) = e.teile(|Laufergebnis { lauf, zahlungen }| (lauf, zahlungen));
    let lauf = vollziehe(tx, akt, alt, e)?;
    for z in zahlungen {
        let alt = bisher.iter().find(|a| a.wert.id == z.id);
        vollziehe(tx, akt, alt, Entscheidung::neu(z))?;
    }
    Ok(lauf)
}

/// A run in the version the caller read, with its payments.
fn zum_handeln(
    c: &mut DbConn,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<(Versioniert<Zahlungslauf>, Vec<Versioniert<Zahlung>>)> {
    let alt = lauf_lesen(c, id)?;
    pruefe_version(&alt, version)?;
    let zahlungen = des_laufs(c, id)?;
    Ok((alt, zahlungen))
}

fn werte(zahlungen: &[Versioniert<Zahlung>]) -> Vec<Zahlung> {
    zahlungen.iter().map(|z| z.wert.clone()).collect()
}

/// The payments of a run with their calls as they are on the legal day `heute`.
fn mit_lagen(
    c: &mut DbConn,
    zahlungen: &[Versioniert<Zahlung>],
    heute: NaiveDate,
) -> Ergebnis<Vec<(Zahlung, Abruflage)>> {
    let mut abrufe = Vec::with_capacity(zahlungen.len());
    for z in zahlungen {
        abrufe.push(vorhanden(mittelabruf::laden(c, Kennung(z.wert.auftrag.mittelabruf_id))?)?.wert);
    }
    Ok(werte(zahlungen).into_iter().zip(lagen(c, abrufe, &BTreeMap::new(), heute)?).collect())
}

/// Releases a run by another person than the one who collected it.
///
/// # Errors
/// 404, 412, `VIER_AUGEN`, state, what is no longer as ordered, an unconfirmed warning.
pub fn freigeben(
    tx: &mut Tx<'_>,
    ziel: (Uuid, Option<i64>),
    eingabe: &Zahlungslauffreigabe,
    konto: Option<&Auftraggeberkonto>,
) -> Ergebnis<Versioniert<Zahlungslauf>> {
    let (alt, zahlungen) = zum_handeln(tx.c, ziel)?;
    sperre(tx, budgets(zahlungen.iter().map(|z| &z.wert)))?;
    let mit = mit_lagen(tx.c, &zahlungen, tx.heute())?;
    let fakten = Freigabefakten { zahlungen: &mit, auftraggeber: konto };
    let e = alt.wert.freigeben(fakten, eingabe, &tx.akteur, tx.jetzt)?;
    Ok(vollziehe(tx, FREIGABE, Some(&alt), e)?)
}

fn budgets<'z>(zahlungen: impl Iterator<Item = &'z Zahlung>) -> BTreeSet<(i32, String)> {
    zahlungen.map(|z| (z.auftrag.jahrgang, z.auftrag.kreisschluessel.clone())).collect()
}

/// The SEPA file of a released run, and its name.
///
/// # Errors
/// 404, 409 before the release, after a withdrawal, and while the run cannot be handed over.
pub fn datei(c: &mut DbConn, id: Uuid, heute: NaiveDate) -> Ergebnis<(String, Vec<u8>)> {
    let lauf = lauf_lesen(c, id)?.wert;
    let zahlungen = des_laufs(c, id)?;
    let mit = mit_lagen(c, &zahlungen, heute)?;
    let bytes = pain001(&lauf, lauf.pruefe_datei(&mit, heute)?, &werte(&zahlungen))?;
    Ok((format!("{}.xml", lauf.kennung), bytes))
}

/// Hands a run over.
///
/// # Errors
/// 404, 412, state, what is no longer as released.
pub fn uebergeben(
    tx: &mut Tx<'_>,
    ziel: (Uuid, Option<i64>),
    eingabe: &Zahlungslaufuebergabe,
) -> Ergebnis<Versioniert<Zahlungslauf>> {
    let (alt, zahlungen) = zum_handeln(tx.c, ziel)?;
    sperre(tx, budgets(zahlungen.iter().map(|z| &z.wert)))?;
    let mit = mit_lagen(tx.c, &zahlungen, tx.heute())?;
    // before the release there is no file, and the act refuses by its state
    let hash = match &alt.wert.auftraggeber {
        Some(konto) => sha256(&pain001(&alt.wert, konto, &werte(&zahlungen))?),
        None => String::new(),
    };
    let e = alt.wert.uebergeben(&mit, hash, eingabe, &tx.akteur, tx.heute())?;
    speichere(tx, UEBERGABE, Some(&alt), &zahlungen, e)
}

/// Discards a run, or withdraws a released one, before it is handed over.
///
/// # Errors
/// 404, 412, state.
pub fn verwerfen(
    tx: &mut Tx<'_>,
    ziel: (Uuid, Option<i64>),
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Zahlungslauf>> {
    let (alt, zahlungen) = zum_handeln(tx.c, ziel)?;
    let e = alt.wert.verwerfen(&werte(&zahlungen), eingabe, &tx.akteur)?;
    speichere(tx, VERWERFUNG, Some(&alt), &zahlungen, e)
}

/// Settles the doubts about a payment.
///
/// # Errors
/// 404, 412, nothing to settle.
pub fn klaeren(
    tx: &mut Tx<'_>,
    (id, version): (Uuid, Option<i64>),
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Zahlung>> {
    let alt = zahlung_lesen(tx.c, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.klaeren(eingabe, &tx.akteur)?;
    Ok(vollziehe(tx, KLAERUNG, Some(&alt), e)?)
}

/// Acts of a run, each with what it would find now.
///
/// # Errors
/// 404.
pub fn lauf_aktionen(
    c: &mut DbConn,
    akteur: &Akteur,
    id: Uuid,
    konto: Option<&Auftraggeberkonto>,
    heute: NaiveDate,
) -> Ergebnis<Vec<Aktion>> {
    let lauf = lauf_lesen(c, id)?.wert;
    let zahlungen = des_laufs(c, id)?;
    let mit = mit_lagen(c, &zahlungen, heute)?;
    Ok(lauf.aktionen(Freigabefakten { zahlungen: &mit, auftraggeber: konto }, akteur, heute))
}
