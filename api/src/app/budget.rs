//! Budget of a Jahrgang: Zuteilungen, Umverteilungen, Budgetkorrekturen, and what the ledger says about both.

use crate::app::{jahrgang, pruefe_version, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::{Aktion, Entscheidung};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::budget::{
    Budgetfakten, FREIGABE, Umverteilung, UmverteilungVerwerfung, Umverteilungsinhalt, VERWERFUNG, ZUTEILUNG,
    Zuteilung, Zuteilungsinhalt, pruefe_deckung, umverteilung_beantragen, zuteilen,
};
use aqb_domain::geld::Euro;
use aqb_domain::jahrgang::Jahrgang;
use aqb_domain::katalog::Katalogstand;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel, LAND, Programmstand, Stand};
use aqb_domain::regelwerk::Regelwerk;
use aqb_persistence::konto::{self, Auswahl, Zeile, Zeilenfilter};
use aqb_persistence::protokoll::Filter as Protokollfilter;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, budget as db, gebietskoerperschaft};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

mod korrektur;
pub use korrektur::*;

/// What the rules need to know, loaded.
struct Fakten(Jahrgang, Regelwerk, Katalogstand);

impl Fakten {
    fn laden(c: &mut DbConn, jahr: i32) -> Ergebnis<Self> {
        let j = jahrgang::lesen(c, jahr)?.wert;
        let rw = jahrgang::regelwerk_von(c, &j)?;
        Ok(Fakten(j, rw, jahrgang::katalogstand(c, jahr)?))
    }

    fn fuer_regeln(&self) -> Budgetfakten<'_> {
        Budgetfakten { jahrgang: &self.0, regelwerk: &self.1, katalog: &self.2 }
    }
}

/// Findings for every account that cannot cover what the postings take from it. The ledger refuses the first such
/// account by itself; this names them all.
pub(super) fn ungedeckt(c: &mut DbConn, buchungen: &[Buchung]) -> Ergebnis<Vec<Befund>> {
    let mut bewegt = BTreeMap::<&Kontoschluessel, Euro>::new();
    for z in buchungen.iter().flat_map(Buchung::zeilen) {
        let s = bewegt.entry(&z.konto).or_default();
        *s = s.plus(z.betrag)?;
    }
    let mut salden = BTreeMap::new();
    let mut befunde = Vec::new();
    for (k, betrag) in bewegt.into_iter().filter(|(_, b)| b.ist_negativ()) {
        let a = Auswahl { jahrgang: k.jahrgang, kreisschluessel: k.kreisschluessel.clone() };
        if !salden.contains_key(&a.kreisschluessel) {
            let stand: BTreeMap<Kontoschluessel, Euro> = konto::salden(c, &a)?.into_iter().collect();
            salden.insert(a.kreisschluessel.clone(), stand);
        }
        let saldo = salden.get(&a.kreisschluessel).and_then(|s| s.get(k)).copied().unwrap_or_default();
        befunde.extend(pruefe_deckung(k, betrag.negativ(), saldo));
    }
    befunde.extend(konto::ungedeckte_massnahmen(c, buchungen, false)?);
    Ok(befunde)
}

fn pruefe_gedeckt<Z>(c: &mut DbConn, e: &Entscheidung<Z>) -> Ergebnis<()> {
    let befunde = ungedeckt(c, &e.buchungen)?;
    if befunde.is_empty() { Ok(()) } else { Err(befunde.into()) }
}

/// Allocates money of the programme to one Gebietskoerperschaft.
///
/// # Errors
/// 404 without the Jahrgang, 422, 409 when the Jahrgang is not open or its state budget does not suffice.
pub fn zuteilung_buchen(
    tx: &mut Tx<'_>,
    jahr: i32,
    id: Uuid,
    inhalt: Zuteilungsinhalt,
) -> Ergebnis<Versioniert<Zuteilung>> {
    let fakten = Fakten::laden(tx.c, jahr)?;
    let gk = gebietskoerperschaft::laden(tx.c, inhalt.kreisschluessel.clone())?.map(|g| g.wert);
    let e = zuteilen(id, inhalt, gk.as_ref(), &fakten.fuer_regeln(), &tx.akteur)?;
    pruefe_gedeckt(tx.c, &e)?;
    Ok(vollziehe(tx, ZUTEILUNG, None, e)?)
}

/// What blocks a Zuteilung before its input is known; the act asks the same.
///
/// # Errors
/// 404 without the Jahrgang.
pub fn zuteilung_aktion(c: &mut DbConn, akteur: &Akteur, jahr: i32) -> Ergebnis<Aktion> {
    let fakten = Fakten::laden(c, jahr)?;
    Ok(Aktion { akt: ZUTEILUNG, befunde: fakten.fuer_regeln().sperren(akteur) })
}

/// All Zuteilungen of one Gebietskoerperschaft in order of time.
///
/// # Errors
/// 404 without Jahrgang or Gebietskoerperschaft, and for a foreign one.
pub fn zuteilungen(
    c: &mut DbConn,
    sicht: &Sicht,
    jahr: i32,
    kreisschluessel: &str,
) -> Ergebnis<Vec<Versioniert<Zuteilung>>> {
    sichtbar(c, sicht, jahr, kreisschluessel)?;
    Ok(db::zuteilung::liste(c, sicht, jahr, Some(kreisschluessel), None, i64::MAX)?)
}

/// The budget exists and the caller sees it.
fn sichtbar(c: &mut DbConn, sicht: &Sicht, jahr: i32, kreisschluessel: &str) -> Ergebnis<Auswahl> {
    if !sicht.sieht_gk(kreisschluessel) {
        return Err(Fehler::nicht_gefunden());
    }
    jahrgang::lesen(c, jahr)?;
    vorhanden(gebietskoerperschaft::laden(c, kreisschluessel.to_owned())?)?;
    Ok(Auswahl { jahrgang: jahr, kreisschluessel: kreisschluessel.to_owned() })
}

/// A Umverteilung the caller sees.
///
/// # Errors
/// 404.
pub fn umverteilung_lesen(c: &mut DbConn, sicht: &Sicht, jahr: i32, id: Uuid) -> Ergebnis<Versioniert<Umverteilung>> {
    vorhanden(db::umverteilung::gesehen(c, sicht, jahr, id)?)
}

/// Drafts a Umverteilung.
///
/// # Errors
/// 404 without the Jahrgang, 422, 409 when the Jahrgang is not open.
pub fn umverteilung_anlegen(
    tx: &mut Tx<'_>,
    jahr: i32,
    id: Uuid,
    inhalt: Umverteilungsinhalt,
) -> Ergebnis<Versioniert<Umverteilung>> {
    let fakten = Fakten::laden(tx.c, jahr)?;
    let mut gk = Vec::new();
    for k in [&inhalt.von.kreisschluessel, &inhalt.nach.kreisschluessel] {
        gk.extend(gebietskoerperschaft::laden(tx.c, k.clone())?.map(|g| g.wert));
    }
    let e = umverteilung_beantragen(id, inhalt, &gk, &fakten.fuer_regeln(), &tx.akteur)?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

/// Approves a Umverteilung and moves the money.
///
/// # Errors
/// 404, 412, 403 for the person who drafted it, 409 when it is not covered or the Jahrgang is not open.
pub fn umverteilung_freigeben(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    jahr: i32,
    id: Uuid,
    version: Option<i64>,
) -> Ergebnis<Versioniert<Umverteilung>> {
    let alt = umverteilung_lesen(tx.c, sicht, jahr, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.freigeben(&jahrgang::lesen(tx.c, jahr)?.wert, &tx.akteur)?;
    pruefe_gedeckt(tx.c, &e)?;
    Ok(vollziehe(tx, FREIGABE, Some(&alt), e)?)
}

/// Discards a drafted Umverteilung.
///
/// # Errors
/// 404, 412, 409.
pub fn umverteilung_verwerfen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    jahr: i32,
    id: Uuid,
    version: Option<i64>,
    eingabe: &UmverteilungVerwerfung,
) -> Ergebnis<Versioniert<Umverteilung>> {
    let alt = umverteilung_lesen(tx.c, sicht, jahr, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.verwerfen(eingabe, &tx.akteur)?;
    Ok(vollziehe(tx, VERWERFUNG, Some(&alt), e)?)
}

/// Acts of a Umverteilung, each with everything that blocks it now.
///
/// # Errors
/// 404.
pub fn umverteilung_aktionen(
    c: &mut DbConn,
    sicht: &Sicht,
    akteur: &Akteur,
    jahr: i32,
    id: Uuid,
) -> Ergebnis<Vec<Aktion>> {
    let u = umverteilung_lesen(c, sicht, jahr, id)?.wert;
    let j = jahrgang::lesen(c, jahr)?.wert;
    let mut aktionen = u.aktionen(akteur);
    for a in aktionen.iter_mut().filter(|a| a.akt == FREIGABE && a.erlaubt()) {
        a.befunde = match u.freigeben(&j, akteur) {
            Ok(e) => ungedeckt(c, &e.buchungen)?,
            Err(befunde) => befunde,
        };
    }
    Ok(aktionen)
}

/// Figures of one Gebietskoerperschaft in one Jahrgang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budgetstand {
    /// Per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<(String, i32, Stand)>,
    /// Everything.
    pub gesamt: Stand,
}

impl Budgetstand {
    fn aus(salden: &[(Kontoschluessel, Euro)]) -> Ergebnis<Self> {
        let positionen = je_stelle(salden)
            .into_iter()
            .map(|((t, h), s)| Ok((t, h, Stand::aus_salden(s)?)))
            .collect::<Ergebnis<Vec<_>>>()?;
        Ok(Budgetstand { positionen, gesamt: Stand::aus_salden(salden.iter().map(|(k, s)| (k.art, *s)))? })
    }
}

/// Balances per Teilbudget and Haushaltsjahr.
fn je_stelle(salden: &[(Kontoschluessel, Euro)]) -> BTreeMap<(String, i32), Vec<(Kontoart, Euro)>> {
    let mut je = BTreeMap::<_, Vec<_>>::new();
    for (k, saldo) in salden {
        je.entry((k.teilbudget.clone(), k.haushaltsjahr)).or_default().push((k.art, *saldo));
    }
    je
}

/// The figures now, or at the end of a legal day; always derived from the accounts.
///
/// # Errors
/// 404 without Jahrgang or Gebietskoerperschaft, and for a foreign one.
pub fn budget(
    c: &mut DbConn,
    sicht: &Sicht,
    jahr: i32,
    kreisschluessel: &str,
    stichtag: Option<NaiveDate>,
) -> Ergebnis<Budgetstand> {
    let a = sichtbar(c, sicht, jahr, kreisschluessel)?;
    Budgetstand::aus(&konto::salden_aller(c, jahr, &[a.kreisschluessel], stichtag)?)
}

/// The figures of every Gebietskoerperschaft of a Jahrgang that the caller sees, in order of their keys after `nach`.
///
/// # Errors
/// 404 without the Jahrgang.
pub fn budgets(
    c: &mut DbConn,
    sicht: &Sicht,
    jahr: i32,
    stichtag: Option<NaiveDate>,
    nach: Option<String>,
    anzahl: i64,
) -> Ergebnis<Vec<(String, Budgetstand)>> {
    jahrgang::lesen(c, jahr)?;
    let tag = aqb_domain::gebietskoerperschaft::stichtag(jahr);
    let kreise = gebietskoerperschaft::kreise(c, sicht, tag, nach, anzahl)?;
    let mut je = BTreeMap::<String, Vec<_>>::new();
    for (k, saldo) in konto::salden_aller(c, jahr, &kreise, stichtag)? {
        je.entry(k.kreisschluessel.clone()).or_default().push((k, saldo));
    }
    kreise
        .into_iter()
        .map(|k| {
            let stand = Budgetstand::aus(&je.remove(&k).unwrap_or_default())?;
            Ok((k, stand))
        })
        .collect()
}

/// The programme's money of one Jahrgang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programmbudget {
    /// Per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<(String, i32, Programmstand)>,
    /// Everything.
    pub gesamt: Programmstand,
}

/// What the Jahrgang has, what is allocated and what is free: now, or at the end of a legal day.
///
/// # Errors
/// 404 without the Jahrgang.
pub fn programm(c: &mut DbConn, jahr: i32, stichtag: Option<NaiveDate>) -> Ergebnis<Programmbudget> {
    jahrgang::lesen(c, jahr)?;
    let salden = konto::salden_aller(c, jahr, &[LAND.to_owned()], stichtag)?;
    let positionen = je_stelle(&salden)
        .into_iter()
        .map(|((t, h), s)| Ok((t, h, Programmstand::aus_salden(s)?)))
        .collect::<Ergebnis<Vec<_>>>()?;
    Ok(Programmbudget { positionen, gesamt: Programmstand::aus_salden(salden.iter().map(|(k, s)| (k.art, *s)))? })
}

/// What the history of a Gebietskoerperschaft's Zuteilungen consists of.
///
/// # Errors
/// 404 without Jahrgang or Gebietskoerperschaft, and for a foreign one.
pub fn zuteilung_verlauf(c: &mut DbConn, sicht: &Sicht, jahr: i32, kreisschluessel: &str) -> Ergebnis<Protokollfilter> {
    let ids = zuteilungen(c, sicht, jahr, kreisschluessel)?.iter().map(|z| z.wert.id.to_string()).collect();
    Ok(Protokollfilter { fall_art: Some("ZUTEILUNG".to_owned()), fall_ids: Some(ids), ..Protokollfilter::default() })
}

/// Posting lines of one Gebietskoerperschaft in order of time.
///
/// # Errors
/// 404 without Jahrgang or Gebietskoerperschaft, and for a foreign one.
pub fn buchungen(
    c: &mut DbConn,
    sicht: &Sicht,
    jahr: i32,
    kreisschluessel: &str,
    f: &Zeilenfilter,
    nach: Option<(Uuid, i64)>,
    anzahl: i64,
) -> Ergebnis<Vec<Zeile>> {
    let a = sichtbar(c, sicht, jahr, kreisschluessel)?;
    Ok(konto::zeilen(c, &a, f, nach, anzahl)?)
}
