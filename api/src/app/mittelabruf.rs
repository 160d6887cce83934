//! Calls for money: drafted and filed by the county, checked and ordered by two persons of the authority.

use crate::app::antrag::grundlage;
use crate::app::{pruefe_version, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Handlungsgrund};
use aqb_domain::bankverbindung::zahlkonto;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{Abrufgrundlage, Bescheid};
use aqb_domain::geld::Euro;
use aqb_domain::mittelabruf::{
    ANORDNUNG, ANORDNUNGSRUECKNAHME, Abruffakten, AndererAbruf, Bedarfsrechnung, Bewilligt, EINREICHUNG,
    Massnahmenstand, Mittelabruf, MittelabrufEinreichung, MittelabrufStatus, Mittelabrufinhalt, Mittelabrufpruefung,
    PRUEFUNG, Pruefschritt, Ueberfaelliges, Vorlaeufiges,
};
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::vollzug::{Versioniert, entferne, naechste_nummer, vollziehe};
use aqb_persistence::{DbConn, Tx, antrag, bankverbindung, bescheid, frist, mittelabruf, zahlung};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is granted, called and paid per measure and Haushaltsjahr.
pub type Staende = BTreeMap<(Uuid, i32), Massnahmenstand>;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Mittelabruf>> {
    vorhanden(mittelabruf::gesehen(c, sicht, id)?)
}

/// What is granted, called and paid per measure and Haushaltsjahr of a Bescheid, and how much its chain lets call.
///
/// # Errors
/// The database's.
pub fn stand(c: &mut DbConn, b: &Bescheid, grund: &Abrufgrundlage<'_>) -> Ergebnis<Staende> {
    let massnahmen: Vec<Uuid> = b.inhalt.positionen.iter().map(|p| p.massnahme_id).collect();
    let salden = konto::salden_der_massnahmen(c, &massnahmen, None)?;
    let mut stand = BTreeMap::new();
    // a change may leave a place of the grant without money; another Teilbudget of the same measure then pays
    for p in b.inhalt.positionen.iter().filter(|p| p.bewilligt.ist_positiv()) {
        let im_jahr = salden.get(&p.massnahme_id).into_iter().flatten().filter(|((hj, _), _)| *hj == p.haushaltsjahr);
        let je_konto = im_jahr.map(|((_, art), saldo)| (*art, *saldo));
        let grenze = grund.hoechstens(&(p.massnahme_id, p.teilbudget.clone(), p.haushaltsjahr));
        let je = Massnahmenstand::aus_salden(Bewilligt(p.bewilligt), je_konto)?.hoechstens(Bewilligt(grenze));
        stand.insert((p.massnahme_id, p.haushaltsjahr), je);
    }
    Ok(stand)
}

/// A Bescheid the caller sees and what can be called under it.
///
/// # Errors
/// 404.
pub fn abrufbar(c: &mut DbConn, sicht: &Sicht, id: Uuid, heute: NaiveDate) -> Ergebnis<(Bescheid, Staende)> {
    let b = crate::app::bescheid::lesen(c, sicht, id)?.wert;
    let kette: Vec<Bescheid> = werte(bescheid::des_falls(c, b.inhalt.antrag_id)?);
    let stand = stand(c, &b, &Abrufgrundlage::aus(&kette, heute)?)?;
    Ok((b, stand))
}

fn werte(kette: Vec<Versioniert<Bescheid>>) -> Vec<Bescheid> {
    kette.into_iter().map(|b| b.wert).collect()
}

/// Everything the rules need to judge a call, read in this transaction.
///
/// # Errors
/// A finding when Bescheid, Regelwerk or account are missing.
pub fn fakten(c: &mut DbConn, m: &Mittelabruf, heute: NaiveDate) -> Ergebnis<Abruffakten> {
    let anderer = |m: Mittelabruf| AndererAbruf { bezeichnung: m.bezeichnung(), bedarf: m.inhalt.bedarf };
    let andere_abrufe = mittelabruf::mit_bedarf_wie(c, m)?.into_iter().map(anderer).collect();
    let mut unterwegs = Euro::NULL;
    for anderer in mittelabruf::offene(c, m.antrag_id)?.iter().filter(|a| a.wert.id != m.id) {
        unterwegs = unterwegs.plus(anderer.wert.reserviert()?)?;
    }
    let folgt = m.status == MittelabrufStatus::Entwurf;
    Ok(Abruffakten { andere_abrufe, unterwegs, ..fakten_des_bescheids(c, m.bescheid_id, folgt, heute)? })
}

/// What the rules need of the case alone. What `folgt` the chain is judged by the Bescheid in force, whichever it names.
fn fakten_des_bescheids(c: &mut DbConn, bescheid_id: Uuid, folgt: bool, heute: NaiveDate) -> Ergebnis<Abruffakten> {
    let fehlt = || verweis("Bescheid", bescheid_id, "/bescheid_id");
    let genannt = bescheid::laden(c, &Sicht::Alles, bescheid_id)?.ok_or_else(fehlt)?.wert;
    let kette = werte(bescheid::des_falls(c, genannt.inhalt.antrag_id)?);
    let grund = Abrufgrundlage::aus(&kette, heute)?;
    let b = grund.wirksam.filter(|_| folgt).cloned().unwrap_or(genannt);
    let a = vorhanden(antrag::laden(c, &Sicht::Alles, b.inhalt.antrag_id)?)?.wert;
    let (_, regelwerk) = grundlage(c, b.inhalt.jahrgang, Some(&b.inhalt.regelwerk))?;
    Ok(Abruffakten {
        endgueltig: grund.endgueltig(&b),
        vorlaeufig: grund.vorlaeufig.map(|v| Vorlaeufiges { bescheid: v.id, bestandskraft_am: v.bestandskraft_am }),
        stand: stand(c, &b, &grund)?,
        konto: zahlkonto(&a, &bankverbindung::des_antrags(c, a.id)?)?,
        ueberfaellig: frist::ueberfaellige(c, a.id, heute)?
            .into_iter()
            .map(|f| Ueberfaelliges { art: f.art, faellig_am: f.faellig_am })
            .collect(),
        andere_abrufe: Vec::new(),
        unterwegs: Euro::NULL,
        ausnahmen: crate::app::ausnahme::des_falls(c, a.id)?,
        bescheid: b,
        antrag: a,
        regelwerk,
        heute,
    })
}

/// Begins a call from a Bescheid the caller sees.
///
/// # Errors
/// A finding when there is no such Bescheid, or it is another county's.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    bescheid_id: Uuid,
    inhalt: Mittelabrufinhalt,
) -> Ergebnis<Versioniert<Mittelabruf>> {
    if bescheid::laden(tx.c, sicht, bescheid_id)?.is_none() {
        return Err(verweis("Bescheid", bescheid_id, "/bescheid_id").into());
    }
    let f = fakten_des_bescheids(tx.c, bescheid_id, false, tx.heute())?;
    let e = Mittelabruf::anlegen(id, inhalt, &f, &tx.akteur)?;
    Ok(vollziehe(tx, "anlage", None, e)?)
}

fn zum_handeln(
    c: &mut DbConn,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Mittelabruf>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// Replaces the content of a draft.
///
/// # Errors
/// 404, 412, 409 once it is filed.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    aendern: impl FnOnce(&Mittelabrufinhalt) -> Ergebnis<Mittelabrufinhalt>,
) -> Ergebnis<Versioniert<Mittelabruf>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.im_entwurf(&tx.akteur)?;
    let neu = alt.wert.aendern(aendern(&alt.wert.inhalt)?, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), aqb_domain::akt::Entscheidung::neu(neu))?)
}

/// Deletes a draft.
///
/// # Errors
/// 404, 412, 409 once it is filed.
pub fn loeschen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Mittelabruf>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.im_entwurf(&tx.akteur)?;
    entferne(tx, &alt)?;
    Ok(alt)
}

/// What the rules find about a call now, and the need check as far as it can be made.
///
/// # Errors
/// 404.
pub fn bericht(
    c: &mut DbConn,
    sicht: &Sicht,
    id: Uuid,
    schritt: Pruefschritt,
    heute: NaiveDate,
) -> Ergebnis<(Vec<Befund>, Option<Bedarfsrechnung>)> {
    let m = lesen(c, sicht, id)?.wert;
    let f = fakten(c, &m, heute)?;
    Ok((m.pruefe(&f, schritt), f.bedarfsrechnung(&m.inhalt).ok()))
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let m = lesen(c, sicht, id)?.wert;
    let f = fakten(c, &m, heute)?;
    Ok(m.aktionen(&f, in_zahlung(c, &m)?, akteur))
}

/// The result of a payment of the call is awaited.
fn in_zahlung(c: &mut DbConn, m: &Mittelabruf) -> Ergebnis<bool> {
    Ok(!zahlung::erwartete(c, &[m.id])?.is_empty())
}

/// A call with the facts of its case. All acts about one budget queue here: limits are judged on settled facts.
fn mit_fakten(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
) -> Ergebnis<(Versioniert<Mittelabruf>, Abruffakten)> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let m = &alt.wert;
    konto::sperre(tx, &Auswahl { jahrgang: m.jahrgang, kreisschluessel: m.kreisschluessel.clone() })?;
    let f = fakten(tx.c, m, tx.heute())?;
    Ok((alt, f))
}

/// Files a call: it gets its number and its money is reserved.
///
/// # Errors
/// Findings of the rules, an unconfirmed warning, an account that does not cover it.
pub fn einreichen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &MittelabrufEinreichung,
) -> Ergebnis<Versioniert<Mittelabruf>> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    // the number is taken last: a refusal takes it back with everything else
    let nr = naechste_nummer(tx, &format!("mittelabruf:{}", alt.wert.antrag_id))?;
    let e = alt.wert.einreichen(eingabe, nr, &f, &tx.akteur)?;
    Ok(vollziehe(tx, EINREICHUNG, Some(&alt), e)?)
}

/// Certifies a call, in full or cut.
///
/// # Errors
/// State, findings, an unconfirmed warning.
pub fn feststellen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    eingabe: &Mittelabrufpruefung,
) -> Ergebnis<Versioniert<Mittelabruf>> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.feststellen(eingabe, &f, &tx.akteur)?;
    Ok(vollziehe(tx, PRUEFUNG, Some(&alt), e)?)
}

/// Orders the payment.
///
/// # Errors
/// `VIER_AUGEN`, state, findings.
pub fn anordnen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: (Uuid, Option<i64>)) -> Ergebnis<Versioniert<Mittelabruf>> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.anordnen(&f, &tx.akteur)?;
    Ok(vollziehe(tx, ANORDNUNG, Some(&alt), e)?)
}

/// Takes the order back.
///
/// # Errors
/// State, a payment under way.
pub fn anordnung_zuruecknehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Mittelabruf>> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.anordnung_zuruecknehmen(&f, in_zahlung(tx.c, &alt.wert)?, &tx.akteur)?;
    Ok(vollziehe(tx, ANORDNUNGSRUECKNAHME, Some(&alt), e)?)
}

/// Refuses or cancels a call; what it reserved is free.
///
/// # Errors
/// State.
pub fn beenden(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    akt: &'static str,
    eingabe: &Handlungsgrund,
) -> Ergebnis<Versioniert<Mittelabruf>> {
    let (alt, f) = mit_fakten(tx, sicht, ziel)?;
    let e = alt.wert.beenden(akt, eingabe, &f, &tx.akteur)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}
