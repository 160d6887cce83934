//! The account a case is paid to, and its change by two persons.

use crate::app::antrag::grundlage;
use crate::app::{eindeutig, pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Handlungsgrund};
use aqb_domain::antrag::Antrag;
use aqb_domain::bankverbindung::{BESTAETIGUNG, Kontoaenderung, KontoaenderungAnlage, Kontobestaetigung, zahlkonto};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::mittelabruf::Zahlkonto;
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, antrag, bankverbindung as db, gebietskoerperschaft};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Kontoaenderung>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// The account of a case as it stands.
///
/// # Errors
/// 404, `ANGABE_FEHLT` where the application names none.
pub fn konto_des_antrags(c: &mut DbConn, sicht: &Sicht, antrag_id: Uuid) -> Ergebnis<Zahlkonto> {
    let a = vorhanden(antrag::laden(c, sicht, antrag_id)?)?.wert;
    konto(c, &a)
}

fn konto(c: &mut DbConn, a: &Antrag) -> Ergebnis<Zahlkonto> {
    Ok(zahlkonto(a, &db::des_antrags(c, a.id)?)?)
}

/// Payments of the case and changes of its account queue.
fn sperre(tx: &mut Tx<'_>, jahrgang: i32, kreisschluessel: &str) -> Ergebnis<()> {
    Ok(konto::sperre(tx, &Auswahl { jahrgang, kreisschluessel: kreisschluessel.to_owned() })?)
}

/// Asks for another account.
///
/// # Errors
/// Findings; 409 while another change is open.
pub fn beantragen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    eingabe: KontoaenderungAnlage,
) -> Ergebnis<Versioniert<Kontoaenderung>> {
    let antrag_id = eingabe.antrag_id;
    let a = antrag::laden(tx.c, sicht, antrag_id)?.ok_or_else(|| verweis("Antrag", antrag_id, "/antrag_id"))?.wert;
    sperre(tx, a.jahrgang, &a.kreisschluessel)?;
    let bisher = konto(tx.c, &a)?;
    let e = Kontoaenderung::beantragen(id, eingabe, &a, &bisher, tx.heute(), &tx.akteur)?;
    vollziehe(tx, "anlage", None, e)
        .map_err(|e| eindeutig(e, "kontoaenderung_eine_offen", "Eine offene Kontoänderung zum Antrag", antrag_id))
}

fn zum_handeln(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Kontoaenderung>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    sperre(tx, alt.wert.jahrgang, &alt.wert.kreisschluessel)?;
    Ok(alt)
}

/// Name of the county whose account it should be.
fn gk_name(c: &mut DbConn, k: &Kontoaenderung) -> Ergebnis<String> {
    Ok(vorhanden(gebietskoerperschaft::laden(c, k.kreisschluessel.clone())?)?.wert.name)
}

/// Confirms a change.
///
/// # Errors
/// `VIER_AUGEN`, state, an unconfirmed warning, a parameter without a value.
pub fn bestaetigen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Kontobestaetigung,
) -> Ergebnis<Versioniert<Kontoaenderung>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    let a = vorhanden(antrag::laden(tx.c, &Sicht::Alles, alt.wert.antrag_id)?)?.wert;
    let (_, r) = grundlage(tx.c, a.jahrgang, a.regelwerk.as_deref())?;
    let name = gk_name(tx.c, &alt.wert)?;
    let e = alt.wert.bestaetigen(eingabe, (&r, &name), tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, BESTAETIGUNG, Some(&alt), e)?)
}

/// Withdraws or stops a change.
///
/// # Errors
/// State.
pub fn beenden(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    akt: &'static str,
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Kontoaenderung>> {
    let alt = zum_handeln(tx, sicht, ziel)?;
    let e = alt.wert.beenden(akt, eingabe, tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// Its acts, each with what blocks it.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let k = lesen(c, sicht, id)?.wert;
    let name = gk_name(c, &k)?;
    Ok(k.aktionen(heute, &name, akteur))
}
