//! Zielvereinbarungen: drafted by either side, agreed, signed by both, replaced by a Nachtrag.

use crate::app::{eindeutig, pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::budget::Budgetposition;
use aqb_domain::konto::Stand;
use aqb_domain::zielvereinbarung::{
    ABSTIMMUNG, Abstimmung, Abstimmungsfakten, NACHTRAG, UNTERZEICHNUNG, Unterzeichnung, Unterzeichnungsergebnis,
    Zielvereinbarung, Zielvereinbarungsinhalt,
};
use aqb_persistence::konto::Auswahl;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{
    DbConn, Tx, gebietskoerperschaft, jahrgang, katalog, konto, regelwerk, strategie, typen::Kennung, zielvereinbarung,
};
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
    if jahrgang::laden(tx.c, i64::from(a.jahrgang))?.is_none() {
        return Err(verweis("Jahrgang", a.jahrgang, "/jahrgang").into());
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
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let z = &alt.wert;
    let (heute, akteur) = (tx.heute(), tx.akteur.clone());
    let jahrgang =
        jahrgang::laden(tx.c, i64::from(z.jahrgang))?.ok_or_else(|| verweis("Jahrgang", z.jahrgang, "/jahrgang"))?;
    let regelwerk = regelwerk::laden(tx.c, jahrgang.wert.regelwerk.clone())?
        .ok_or_else(|| verweis("Regelwerk", &jahrgang.wert.regelwerk, "/jahrgang"))?;
    let katalog = katalog::stand(tx.c, heute)?;
    let strategie = strategie::laden(tx.c, Kennung(z.inhalt.strategie_id))?;
    let zugeteilt = zugeteilt(tx.c, z.jahrgang, &z.kreisschluessel)?;
    let fakten = Abstimmungsfakten {
        jahrgang: &jahrgang.wert,
        regelwerk: &regelwerk.wert,
        katalog: &katalog,
        strategie: strategie.as_ref().map(|s| &s.wert),
        zugeteilt: &zugeteilt,
    };
    let e = z.abstimmen(eingabe, &fakten, heute, &akteur)?;
    Ok(vollziehe(tx, ABSTIMMUNG, Some(&alt), e)?)
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
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let vorgaenger = match alt.wert.vorgaenger_id {
        Some(v) => zielvereinbarung::laden(tx.c, Kennung(v))?,
        None => None,
    };
    let Entscheidung { zustand, buchungen, fristen, ereignisse, befunde } =
        alt.wert.unterzeichnen(eingabe, vorgaenger.as_ref().map(|v| &v.wert), tx.heute(), &tx.akteur)?;
    let Unterzeichnungsergebnis { vereinbarung, ersetzt } = zustand;
    if let Some(e) = ersetzt {
        vollziehe(tx, "ersetzung", vorgaenger.as_ref(), Entscheidung::neu(e))?;
    }
    let e = Entscheidung { zustand: vereinbarung, buchungen, fristen, ereignisse, befunde };
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
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let offener = zielvereinbarung::nachtrag_zu(tx.c, id)?;
    let e = alt.wert.nachtrag(tx.neue_id(), offener, &tx.akteur)?;
    vollziehe(tx, NACHTRAG, None, e)
        .map_err(|e| eindeutig(e, "zielvereinbarung_vorgaenger", "Zielvereinbarung", format!("Nachtrag zu {id}")))
}

/// Its acts.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    Ok(lesen(c, sicht, id)?.wert.aktionen(akteur))
}
