//! Zielvereinbarungen: drafted by either side, agreed, signed by both, replaced by a Nachtrag.

use crate::app::{eindeutig, pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::budget::Budgetposition;
use aqb_domain::jahrgang::{Jahrgang, JahrgangStatus};
use aqb_domain::katalog::Katalogstand;
use aqb_domain::konto::Stand;
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::strategie::Strategie;
use aqb_domain::zielvereinbarung::{
    ABLAUF, ABSTIMMUNG, Abstimmung, Abstimmungsfakten, NACHTRAG, RUECKNAHME, UNTERZEICHNUNG, Unterzeichnung,
    Unterzeichnungsergebnis, Vereinbarungsfakten, Zielvereinbarung, Zielvereinbarungsinhalt,
};
use aqb_persistence::konto::Auswahl;
use aqb_persistence::vollzug::{Versioniert, entferne, vollziehe};
use aqb_persistence::{
    DbConn, Tx, gebietskoerperschaft, jahrgang, katalog, konto, regelwerk, strategie, typen::Kennung, zielvereinbarung,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    vorhanden(zielvereinbarung::gesehen(c, sicht, id)?)
}

/// Whose agreement for which Jahrgang is drafted.
#[derive(Debug, Clone)]
pub struct Anlage {
    /// Id of the new agreement.
    pub id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Content.
    pub inhalt: Zielvereinbarungsinhalt,
}

/// Drafts one.
///
/// # Errors
/// Findings about right, entitlement and Jahrgang; 409 when there is one already.
pub fn anlegen(tx: &mut Tx<'_>, a: Anlage) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let gk = gebietskoerperschaft::laden(tx.c, a.kreisschluessel.clone())?.map(|g| g.wert);
    let vorhandene = zielvereinbarung::erste_fassung(tx.c, a.jahrgang, &a.kreisschluessel)?;
    let (kreis, akteur) = (a.kreisschluessel.as_str(), tx.akteur.clone());
    let neu = Zielvereinbarung::anlegen(a.id, a.jahrgang, gk.as_ref(), kreis, a.inhalt, vorhandene, &akteur)?;
    let j = jahrgang::laden(tx.c, i64::from(a.jahrgang))?;
    let j = j.ok_or_else(|| verweis("Jahrgang", a.jahrgang, "/jahrgang"))?.wert;
    // nothing can be agreed for a closed Jahrgang any more
    if let Some(b) = j.pruefe_offen().filter(|_| j.status == JahrgangStatus::Abgeschlossen) {
        return Err(b.into());
    }
    vollziehe(tx, "anlage", None, Entscheidung::neu(neu)).map_err(|e| {
        eindeutig(e, "zielvereinbarung_eine_je_jahrgang", "Zielvereinbarung", format!("{kreis}/{}", a.jahrgang))
    })
}

/// Replaces the content of a draft.
///
/// # Errors
/// 404, 412, 409 once the text is fixed.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    aendern: impl FnOnce(&Zielvereinbarungsinhalt) -> Ergebnis<Zielvereinbarungsinhalt>,
) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let neu = alt.wert.aendern(aendern(&alt.wert.inhalt)?, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), Entscheidung::neu(neu))?)
}

/// Deletes a draft whose text was never fixed.
///
/// # Errors
/// 404, 412, 409 once the text was fixed.
pub fn loeschen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    alt.wert.loeschbar(&tx.akteur)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

/// What the acts need to know, loaded.
struct Fakten {
    jahrgang: Jahrgang,
    regelwerk: Regelwerk,
    katalog: Katalogstand,
    strategie: Option<Strategie>,
    zugeteilt: Vec<Budgetposition>,
    vorgaenger: Option<Versioniert<Zielvereinbarung>>,
    nachtrag: Option<Uuid>,
}

impl Fakten {
    fn laden(c: &mut DbConn, z: &Zielvereinbarung, heute: NaiveDate) -> Ergebnis<Self> {
        let jahrgang = jahrgang::laden(c, i64::from(z.jahrgang))?;
        let jahrgang = jahrgang.ok_or_else(|| verweis("Jahrgang", z.jahrgang, "/jahrgang"))?.wert;
        let regelwerk = regelwerk::laden(c, jahrgang.regelwerk.clone())?;
        let vorgaenger = match z.vorgaenger_id {
            Some(v) => zielvereinbarung::laden(c, Kennung(v))?,
            None => None,
        };
        Ok(Fakten {
            regelwerk: regelwerk.ok_or_else(|| verweis("Regelwerk", &jahrgang.regelwerk, "/jahrgang"))?.wert,
            jahrgang,
            katalog: katalog::stand(c, heute)?,
            strategie: strategie::laden(c, Kennung(z.inhalt.strategie_id))?.map(|s| s.wert),
            zugeteilt: zugeteilt(c, z.jahrgang, &z.kreisschluessel)?,
            vorgaenger,
            nachtrag: zielvereinbarung::nachtrag_zu(c, z.id)?,
        })
    }

    fn fuer_regeln(&self) -> Vereinbarungsfakten<'_> {
        Vereinbarungsfakten {
            abstimmung: Abstimmungsfakten {
                jahrgang: &self.jahrgang,
                regelwerk: &self.regelwerk,
                katalog: &self.katalog,
                strategie: self.strategie.as_ref(),
                zugeteilt: &self.zugeteilt,
            },
            vorgaenger: self.vorgaenger.as_ref().map(|v| &v.wert),
            nachtrag: self.nachtrag,
        }
    }
}

/// What is allocated to a Gebietskoerperschaft now, per Teilbudget and Haushaltsjahr.
fn zugeteilt(c: &mut DbConn, jahrgang: i32, kreisschluessel: &str) -> Ergebnis<Vec<Budgetposition>> {
    let auswahl = Auswahl { jahrgang, kreisschluessel: kreisschluessel.to_owned() };
    let mut je = BTreeMap::<(String, i32), Vec<_>>::new();
    for (k, saldo) in konto::salden(c, &auswahl)? {
        je.entry((k.teilbudget, k.haushaltsjahr)).or_default().push((k.art, saldo));
    }
    je.into_iter()
        .map(|((teilbudget, haushaltsjahr), salden)| {
            Ok(Budgetposition { teilbudget, haushaltsjahr, betrag: Stand::aus_salden(salden)?.zugeteilt })
        })
        .collect()
}

/// One the caller wants to act on, in the version the caller read, with the facts of its acts.
fn zum_handeln(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
) -> Ergebnis<(Versioniert<Zielvereinbarung>, Fakten)> {
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let heute = tx.heute();
    let fakten = Fakten::laden(tx.c, &alt.wert, heute)?;
    Ok((alt, fakten))
}

/// Fixes the text.
///
/// # Errors
/// 404, 412, 409, findings about budget, goals and strategy.
pub fn abstimmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    eingabe: &Abstimmung,
) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let (alt, fakten) = zum_handeln(tx, sicht, id, version)?;
    let e = alt.wert.abstimmen(eingabe, &fakten.fuer_regeln(), tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, ABSTIMMUNG, Some(&alt), e)?)
}

/// Opens the text again before anybody has signed it.
///
/// # Errors
/// 404, 412, 409.
pub fn zuruecknehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let (alt, fakten) = zum_handeln(tx, sicht, id, version)?;
    let e = alt.wert.zuruecknehmen(eingabe, &fakten.fuer_regeln(), tx.heute(), &tx.akteur)?;
    Ok(vollziehe(tx, RUECKNAHME, Some(&alt), e)?)
}

/// Signs for the caller's side; the second signature under a Nachtrag replaces the version before.
///
/// # Errors
/// 404, 412, 409.
pub fn unterzeichnen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
    eingabe: &Unterzeichnung,
) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let (alt, fakten) = zum_handeln(tx, sicht, id, version)?;
    let e = alt.wert.unterzeichnen(eingabe, &fakten.fuer_regeln(), tx.heute(), &tx.akteur)?;
    let (e, ersetzt) = e.teile(|Unterzeichnungsergebnis { vereinbarung, ersetzt }| (vereinbarung, ersetzt));
    if let Some(alte) = ersetzt {
        vollziehe(tx, "ersetzung", fakten.vorgaenger.as_ref(), Entscheidung::neu(alte))?;
    }
    Ok(vollziehe(tx, UNTERZEICHNUNG, Some(&alt), e)?)
}

/// Drafts a Nachtrag; the present version stays in force until the Nachtrag is signed by both sides.
///
/// # Errors
/// 404, 412, 409 when there is a Nachtrag already.
pub fn nachtrag(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    version: Option<i64>,
) -> Ergebnis<Versioniert<Zielvereinbarung>> {
    let (alt, fakten) = zum_handeln(tx, sicht, id, version)?;
    let e = alt.wert.nachtrag(tx.neue_id(), &fakten.fuer_regeln(), &tx.akteur)?;
    vollziehe(tx, NACHTRAG, None, e)
        .map_err(|e| eindeutig(e, "zielvereinbarung_vorgaenger", "Zielvereinbarung", format!("Nachtrag zu {id}")))
}

/// Lets all agreements of a closed Jahrgang expire.
///
/// # Errors
/// The database's.
pub fn auslaufen(tx: &mut Tx<'_>, j: &Jahrgang) -> Ergebnis<()> {
    let filter = zielvereinbarung::Filter { jahrgang: Some(j.jahrgang), ..zielvereinbarung::Filter::default() };
    for z in zielvereinbarung::liste(tx.c, &Sicht::Alles, &filter, None, i64::MAX)? {
        if z.wert.laeuft() {
            let e = z.wert.auslaufen(j)?;
            vollziehe(tx, ABLAUF, Some(&z), e)?;
        }
    }
    Ok(())
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let z = lesen(c, sicht, id)?.wert;
    Ok(z.aktionen(akteur, &Fakten::laden(c, &z, heute)?.fuer_regeln()))
}
