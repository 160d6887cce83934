//! Claims: they arise with a Bescheid, are paid, deferred, written off, and bear interest.

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::{anhoerung, pruefe_version, verweis, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::aenderungsantrag::Zahlungsbewegung;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund, Urteil};
use aqb_domain::anhoerung::Anhoerungsgegenstand;
use aqb_domain::antrag::Antrag;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{Bescheid, Kettenglied};
use aqb_domain::bestaetigung::bestaetige;
use aqb_domain::forderung::{
    ENTSTEHUNG, FREIGABE, Forderung, ForderungStatus, Forderungslage, Forderungszinsen, Forderungszinsfrage,
    NIEDERSCHLAGUNG, Niederschlagung, Rueckzahlung, STUNDUNG, Stundung, VERWERFUNG, WIEDERAUFNAHME, ZAHLUNGSEINGAENGE,
    ZAHLUNGSSTORNO, ZINSBESCHEID, ZWISCHENZINSBESCHEID, Zahlungseingang, Zahlungsstorno, Zinsbescheideingabe,
    Zinsbescheidfakten, Zinsregelung, Zinsumfeld, Zwischenzinsbescheideingabe, Zwischenzinsfakten,
    Zwischenzinsregelung, eingang_doppelt, pruefe_zwischenzins, rechne_an, teile_eingang, tilgungsreihenfolge,
};
use aqb_domain::frist::{FORTLAUF, FristStatus, Fristabschluss, Fristart, RUHEN};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{RECHENBEREICH, WEITERLEITUNG_OHNE_BESCHEID};
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::weiterleitung::Weiterleitung;
use aqb_domain::zins::Basiszinsreihe;
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::typen::Kennung;
use aqb_persistence::vollzug::{Versioniert, naechste_nummer, vollziehe};
use aqb_persistence::{DbConn, Tx, basiszinssatz, bescheid, forderung as db, frist, rueckzahlung, weiterleitung};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Record and expected version.
pub type Ziel = (Uuid, Option<i64>);

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Forderung>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

fn zum_handeln(c: &mut DbConn, sicht: &Sicht, (id, version): Ziel) -> Ergebnis<Versioniert<Forderung>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

fn regelwerk(c: &mut DbConn, f: &Forderung) -> Ergebnis<Regelwerk> {
    Ok(grundlage(c, f.jahrgang, Some(&f.regelwerk))?.1)
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let f = lesen(c, sicht, id)?.wert;
    let lage = lage(c, &f, heute)?;
    Ok(f.aktionen(akteur, &lage))
}

/// Whether the county was heard about interest since the last that was fixed and counts, and hearings that are still open.
fn zinsanhoerung(c: &mut DbConn, antrag_id: Uuid, heute: NaiveDate) -> Ergebnis<(bool, Vec<Befund>)> {
    let alle = bescheid::des_falls(c, antrag_id)?;
    let fest = alle.iter().map(|b| &b.wert).filter(|b| b.erlassen() && b.aufgehoben_durch.is_none());
    let seit = fest.filter(|b| b.inhalt.zins.is_some()).filter_map(|b| b.erlassen_am).max();
    anhoerung::stand(c, antrag_id, Anhoerungsgegenstand::Zinsen, (seit, heute))
}

/// What its acts need from outside.
fn lage(c: &mut DbConn, f: &Forderung, heute: NaiveDate) -> Ergebnis<Forderungslage> {
    let b = vorhanden(bescheid::laden(c, &Sicht::Alles, f.bescheid_id)?)?.wert;
    Ok(Forderungslage {
        entwurf: bescheid::entwurf(c, f.antrag_id)?.map(|b| b.wert.id),
        nicht_bekannt: b.bekannt_am.is_none(),
        anhoerungen: zinsanhoerung(c, f.antrag_id, heute)?.1,
        gefordert_von: b.freigegeben_von,
    })
}

/// One the caller wants to change by `akt`, in the version the caller read, where nothing blocks it.
fn zum_akt(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, akt: &str) -> Ergebnis<Versioniert<Forderung>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let heute = tx.heute();
    let lage = lage(tx.c, &alt.wert, heute)?;
    alt.wert.zugelassen(akt, &tx.akteur, &lage)?;
    Ok(alt)
}

/// The notification of a Bescheid was recorded or corrected: what it claims falls due anew.
///
/// # Errors
/// A parameter without a value.
pub(super) fn bekannt(tx: &mut Tx<'_>, akt: &str, b: &Bescheid, r: &Regelwerk) -> Ergebnis<()> {
    let (Some(am), Some(f)) = (b.bekannt_am, db::des_bescheids(tx.c, b.id)?) else { return Ok(()) };
    let neu = vollziehe(tx, akt, Some(&f), f.wert.bekannt(am, r)?)?;
    frist_nachfuehren(tx, akt, &neu.wert)
}

/// The claim that a Bescheid makes arises in the transaction of its release; what came back before settles it.
///
/// # Errors
/// A parameter without a value, repayments that the Bescheid names and the books do not hold.
pub(super) fn entstehen(tx: &mut Tx<'_>, b: &Bescheid) -> Ergebnis<()> {
    let i = &b.inhalt;
    if i.erstattung().is_none() && i.zins.is_none() {
        return Ok(());
    }
    let (_, r) = grundlage(tx.c, i.jahrgang, Some(&i.regelwerk))?;
    if let Some((z, haupt)) = i.zins.as_ref().and_then(|z| Some((z, z.forderung_id?))) {
        let haupt = vorhanden(db::laden(tx.c, Kennung(haupt))?)?;
        vollziehe(tx, "zinsfestsetzung", Some(&haupt), haupt.wert.zinsen_festgesetzt(b.id, z))?;
    }
    let Some(mut neu) = Forderung::aus_bescheid(tx.neue_id(), String::new(), b, &r, tx.heute())? else {
        return Ok(());
    };
    let nr = naechste_nummer(tx, &format!("forderung:{}", neu.jahrgang))?;
    neu.aktenzeichen = format!("RPKS-57-AQB-{}-F-{nr:04}", neu.jahrgang);
    let entworfen = vorhanden(bescheid::laden(tx.c, &Sicht::Alles, b.id)?)?.erstellt_am;
    let teile = anrechnen(tx, &neu, entworfen)?;
    let teile: Vec<(Uuid, &Rueckzahlung, Euro)> = teile.iter().map(|(id, r, b)| (*id, r, *b)).collect();
    let e = neu.entstehen(&teile)?;
    vollziehe(tx, ENTSTEHUNG, None, e)?;
    Ok(())
}

/// Takes what was paid back before from the repayments of the case, the oldest first: as the draft of `entworfen` knew
/// them, and none that the releasing person recorded.
fn anrechnen(tx: &mut Tx<'_>, f: &Forderung, entworfen: DateTime<Utc>) -> Ergebnis<Vec<(Uuid, Rueckzahlung, Euro)>> {
    let mut teile = Vec::new();
    if f.posten.iter().all(|p| p.bereits_zurueckgezahlt.is_none()) {
        return Ok(teile);
    }
    let alle = rueckzahlung::des_antrags(tx.c, f.antrag_id)?;
    let werte: Vec<Rueckzahlung> = alle.iter().map(|r| r.wert.clone()).collect();
    for p in &f.posten {
        let stelle = (p.massnahme_id, p.teilbudget.as_str(), p.haushaltsjahr);
        let bereits = p.bereits_zurueckgezahlt.unwrap_or_default();
        for (nr, betrag) in rechne_an(&werte, stelle, bereits).map_err(|_| Befund::neu(&RECHENBEREICH))? {
            let Some(alt) = alle.get(nr) else { continue };
            alt.wert.pruefe_anrechnung((alt.erstellt_am, entworfen), &tx.akteur)?;
            vollziehe(tx, "anrechnung", Some(alt), alt.wert.anrechnen(betrag)?)?;
            teile.push((tx.neue_id(), alt.wert.clone(), betrag));
        }
    }
    Ok(teile)
}

/// The repayment and its interest, locked against other payments on them.
fn gruppe(tx: &mut Tx<'_>, f: &Forderung) -> Ergebnis<Vec<Versioniert<Forderung>>> {
    konto::sperre(tx, &Auswahl { jahrgang: f.jahrgang, kreisschluessel: f.kreisschluessel.clone() })?;
    Ok(db::gruppe(tx.c, f.hauptforderung_id.unwrap_or(f.id))?)
}

/// The deadline of a claim that is not pursued gives way; it runs on when the claim is taken up again, and is met by a
/// payment all the same.
fn ruhen_nachfuehren(tx: &mut Tx<'_>, f: &Forderung) -> Ergebnis<()> {
    let bescheid = f.bescheid_id.to_string();
    let ende = |akt: &str, tx: &Tx<'_>| Fristabschluss {
        am: tx.heute(),
        akt: akt.to_owned(),
        person: tx.akteur.person.clone(),
        grund: None,
    };
    if f.status() == ForderungStatus::Niedergeschlagen {
        if let Some(alt) = frist::offene(tx.c, "BESCHEID", &bescheid, Fristart::Erstattung)? {
            let ruhend = alt.wert.ruhend(ende(RUHEN, tx));
            vollziehe(tx, RUHEN, Some(&alt), Entscheidung::neu(ruhend))?;
        }
    } else if let Some(alt) = frist::ruhende(tx.c, "BESCHEID", &bescheid, Fristart::Erstattung)? {
        let offen = vollziehe(tx, FORTLAUF, Some(&alt), Entscheidung::neu(alt.wert.wieder_offen()))?;
        if f.status() == ForderungStatus::Beglichen {
            let ende = offen.wert.beendet(FristStatus::Erledigt, ende(ZAHLUNGSEINGAENGE, tx), None);
            vollziehe(tx, ZAHLUNGSEINGAENGE, Some(&offen), Entscheidung::neu(ende))?;
        }
    }
    Ok(())
}

/// The deadline of the claim follows its next open instalment, and goes back when a deferral ends.
fn frist_nachfuehren(tx: &mut Tx<'_>, akt: &str, f: &Forderung) -> Ergebnis<()> {
    ruhen_nachfuehren(tx, f)?;
    let bescheid = f.bescheid_id.to_string();
    let Some(alt) = frist::offene(tx.c, "BESCHEID", &bescheid, Fristart::Erstattung)? else { return Ok(()) };
    if let Some(neu) = alt.wert.mit_stundung(f.naechste_faelligkeit()) {
        vollziehe(tx, akt, Some(&alt), Entscheidung::neu(neu))?;
    }
    Ok(())
}

/// The warning that such a payment is recorded in the case already.
///
/// # Errors
/// The database's, `RECHENBEREICH`.
pub(super) fn doppelter_eingang(
    c: &mut DbConn,
    antrag_id: Uuid,
    wie: (Euro, NaiveDate, &str),
) -> Ergebnis<Option<Befund>> {
    let f = db::Filter { antrag_id: Some(antrag_id), ..db::Filter::default() };
    let forderungen: Vec<Forderung> =
        db::liste(c, &Sicht::Alles, &f, None, i64::MAX)?.into_iter().map(|f| f.wert).collect();
    let rueckzahlungen: Vec<Rueckzahlung> =
        rueckzahlung::des_antrags(c, antrag_id)?.into_iter().map(|r| r.wert).collect();
    Ok(eingang_doppelt(wie, &forderungen, &rueckzahlungen)?)
}

/// Records a payment: it settles the claim and its interest in the order of the Regelwerk.
///
/// # Errors
/// 404, 412, state, dates, more than is open.
pub fn zahlung_erfassen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    e: &Zahlungseingang,
) -> Ergebnis<Versioniert<Forderung>> {
    let alt = zum_akt(tx, sicht, ziel, ZAHLUNGSEINGAENGE)?;
    let mut gruppe = gruppe(tx, &alt.wert)?;
    // what is not notified is not owed yet
    let mut lagen = Vec::with_capacity(gruppe.len());
    let heute = tx.heute();
    for f in &gruppe {
        lagen.push((f.wert.id, lage(tx.c, &f.wert, heute)?));
    }
    lagen.retain(|(_, l)| !l.nicht_bekannt);
    gruppe.retain(|f| lagen.iter().any(|(id, _)| *id == f.wert.id));
    alt.wert.pruefe_eingang(e, tx.heute(), &tx.akteur)?;
    let r = regelwerk(tx.c, &alt.wert)?;
    let werte: Vec<Forderung> = gruppe.iter().map(|f| f.wert.clone()).collect();
    let eingang = tx.neue_id();
    let teile = teile_eingang(e.betrag, &werte, tilgungsreihenfolge(&r, alt.wert.jahrgang)?)?;
    let wie = (e.betrag, e.wertstellung_am, e.referenz.as_str());
    let doppelt = doppelter_eingang(tx.c, alt.wert.antrag_id, wie)?;
    let warnungen = doppelt.into_iter().chain(alt.wert.eingang_vorher(e)).collect();
    let mut bestaetigt = bestaetige(warnungen, &e.bestaetigte_warnungen)?;
    for (id, betrag) in teile {
        let Some(f) = gruppe.iter().find(|f| f.wert.id == id) else { continue };
        // who released the Bescheid about the interest settles it no more than the repayment
        if let Some((_, l)) = lagen.iter().find(|(l, _)| *l == id) {
            f.wert.zugelassen(ZAHLUNGSEINGAENGE, &tx.akteur, l)?;
        }
        let urteil = f.wert.tilgen((tx.neue_id(), eingang), betrag, e, &tx.akteur)?;
        let urteil = urteil.befunde(std::mem::take(&mut bestaetigt));
        let neu = vollziehe(tx, ZAHLUNGSEINGAENGE, Some(f), urteil)?;
        frist_nachfuehren(tx, ZAHLUNGSEINGAENGE, &neu.wert)?;
    }
    lesen(tx.c, sicht, ziel.0)
}

/// Reverses a payment at every claim it settled.
///
/// # Errors
/// 404, 412, a payment that is unknown or reversed.
pub fn zahlung_stornieren(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    e: &Zahlungsstorno,
) -> Ergebnis<Versioniert<Forderung>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.eingang(e, &tx.akteur)?;
    for f in gruppe(tx, &alt.wert)? {
        if f.wert.gezahlt().any(|t| t.eingang_id == e.eingang_id) {
            let urteil = f.wert.stornieren(e, tx.heute(), &tx.akteur)?;
            let neu = vollziehe(tx, ZAHLUNGSSTORNO, Some(&f), urteil)?;
            frist_nachfuehren(tx, ZAHLUNGSSTORNO, &neu.wert)?;
        }
    }
    lesen(tx.c, sicht, ziel.0)
}

fn handle(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    akt: &str,
    f: impl FnOnce(&Forderung, &Regelwerk, NaiveDate, &Akteur) -> Urteil<Forderung>,
) -> Ergebnis<Versioniert<Forderung>> {
    let alt = zum_akt(tx, sicht, ziel, akt)?;
    let r = regelwerk(tx.c, &alt.wert)?;
    let e = f(&alt.wert, &r, tx.heute(), &tx.akteur)?;
    let neu = vollziehe(tx, akt, Some(&alt), e)?;
    frist_nachfuehren(tx, akt, &neu.wert)?;
    Ok(neu)
}

/// Proposes a deferral.
///
/// # Errors
/// 404, 412, state, findings.
pub fn stunden(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Stundung) -> Ergebnis<Versioniert<Forderung>> {
    handle(tx, sicht, ziel, STUNDUNG, |f, _, heute, wer| f.stunden(e, heute, wer))
}

/// Proposes not to pursue the claim.
///
/// # Errors
/// 404, 412, state, findings.
pub fn niederschlagen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    e: &Niederschlagung,
) -> Ergebnis<Versioniert<Forderung>> {
    handle(tx, sicht, ziel, NIEDERSCHLAGUNG, |f, _, heute, wer| f.niederschlagen(e, heute, wer))
}

/// Releases what another person proposed.
///
/// # Errors
/// 404, 412, `VIER_AUGEN`, state, findings.
pub fn freigeben(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel) -> Ergebnis<Versioniert<Forderung>> {
    handle(tx, sicht, ziel, FREIGABE, Forderung::freigeben)
}

/// Discards what was proposed.
///
/// # Errors
/// 404, 412, state.
pub fn verwerfen(tx: &mut Tx<'_>, sicht: &Sicht, ziel: Ziel, e: &Handlungsgrund) -> Ergebnis<Versioniert<Forderung>> {
    handle(tx, sicht, ziel, VERWERFUNG, |f, _, heute, wer| f.verwerfen(e, heute, wer))
}

/// Ends a deferral or a write-off.
///
/// # Errors
/// 404, 412, state.
pub fn wieder_aufnehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Forderung>> {
    handle(tx, sicht, ziel, WIEDERAUFNAHME, |f, r, heute, wer| f.wieder_aufnehmen(e, r, heute, wer))
}

/// What else bears interest on the payments of a case, as it stands now.
struct Umfeld {
    zwischenzinsen: Vec<Zwischenzinsregelung>,
    forderungen: Vec<Forderung>,
}

impl Umfeld {
    fn laden(c: &mut DbConn, antrag_id: Uuid) -> Ergebnis<Self> {
        let gilt = |b: &Bescheid| b.erlassen() && b.aufgehoben_durch.is_none();
        let erlassen = bescheid::des_falls(c, antrag_id)?.into_iter().map(|b| b.wert).filter(gilt);
        let zwischenzinsen = erlassen.filter_map(|b| b.inhalt.zins.and_then(|z| z.zwischenzins)).collect();
        let f = db::Filter { antrag_id: Some(antrag_id), ..db::Filter::default() };
        let forderungen = db::liste(c, &Sicht::Alles, &f, None, i64::MAX)?.into_iter().map(|f| f.wert).collect();
        Ok(Umfeld { zwischenzinsen, forderungen })
    }

    fn sicht(&self) -> Zinsumfeld<'_> {
        Zinsumfeld { zwischenzinsen: &self.zwischenzinsen, forderungen: &self.forderungen }
    }
}

/// Which interest is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Zinsfrage {
    /// First day without interest for what is open.
    pub bis: NaiveDate,
    /// Beyond the known base rates: what is certain, in place of a refusal.
    pub vorlaeufig: bool,
    /// Legal day.
    pub heute: NaiveDate,
}

/// Interest on a repayment up to a day.
///
/// # Errors
/// 404, `ZINS_AUF_ZINS`, `BASISZINS_UNBEKANNT`, a parameter without a value.
pub fn zinsen(c: &mut DbConn, sicht: &Sicht, id: Uuid, frage: Zinsfrage) -> Ergebnis<(Forderung, Forderungszinsen)> {
    let f = lesen(c, sicht, id)?.wert;
    if let Some(b) = f.zins_auf_zins() {
        return Err(b.into());
    }
    let r = regelwerk(c, &f)?;
    let umfeld = Umfeld::laden(c, f.antrag_id)?;
    let Zinsfrage { bis, vorlaeufig, heute } = frage;
    let frage = Forderungszinsfrage { bis, vorlaeufig, heute, umfeld: umfeld.sicht() };
    let z = f.zinsen(&frage, &r, &basiszinssatz::reihe(c)?)?;
    Ok((f, z))
}

/// Drafts the Bescheid about the interest on a repayment.
///
/// # Errors
/// 404, 412, findings; 409 while another Bescheid of the case is drafted.
pub fn zinsbescheid(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: Ziel,
    id: Uuid,
    e: &Zinsbescheideingabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = zum_akt(tx, sicht, ziel, ZINSBESCHEID)?;
    let f = &alt.wert;
    let geltend = bescheid::geltend(tx.c, f.antrag_id)?.ok_or_else(|| Befund::neu(&WEITERLEITUNG_OHNE_BESCHEID))?;
    let umfeld = Umfeld::laden(tx.c, f.antrag_id)?;
    let heute = tx.heute();
    let (angehoert, anhoerungen) = zinsanhoerung(tx.c, f.antrag_id, heute)?;
    let fakten = Zinsbescheidfakten {
        angehoert,
        anhoerungen,
        geltend: &geltend.wert,
        vorgaenger: bescheid::letztes_glied(tx.c, f.antrag_id)?,
        regelwerk: &regelwerk(tx.c, f)?,
        reihe: &basiszinssatz::reihe(tx.c)?,
        entwurf: bescheid::entwurf(tx.c, f.antrag_id)?.map(|b| b.wert.id),
        heute,
        umfeld: umfeld.sicht(),
    };
    let entwurf = f.zinsbescheid(id, e, &fakten, &tx.akteur)?;
    Ok(vollziehe(tx, ZINSBESCHEID, None, entwurf)?)
}

/// What Zwischenzinsen of a case rest on, read in this transaction.
struct Zwischenzinslage {
    antrag: Antrag,
    geltend: Bescheid,
    vorgaenger: Option<Kettenglied>,
    entwurf: Option<Uuid>,
    regelwerk: Regelwerk,
    reihe: Basiszinsreihe,
    bescheide: Vec<Bescheid>,
    zahlungen: Vec<Zahlungsbewegung>,
    rueckzahlungen: Vec<Rueckzahlung>,
    weiterleitung: Option<Weiterleitung>,
    angehoert: bool,
    anhoerungen: Vec<Befund>,
    heute: NaiveDate,
}

impl Zwischenzinslage {
    fn laden(
        c: &mut DbConn,
        antrag: Antrag,
        (massnahme, weiterleitung): (Uuid, Option<Uuid>),
        heute: NaiveDate,
    ) -> Ergebnis<Self> {
        let id = antrag.id;
        if !antrag.massnahmen.iter().any(|m| m.massnahme.id == massnahme) {
            return Err(verweis("Maßnahme", massnahme, "/massnahme_id").into());
        }
        let weiterleitung = match weiterleitung {
            Some(w) => {
                let gefunden = weiterleitung::gesehen(c, &Sicht::Alles, w)?.map(|w| w.wert);
                let hier = |w: &Weiterleitung| w.antrag_id == id && w.inhalt.massnahme_id == massnahme;
                Some(gefunden.filter(hier).ok_or_else(|| verweis("Weiterleitung", w, "/weiterleitung_id"))?)
            }
            None => None,
        };
        let geltend = bescheid::geltend(c, id)?.ok_or_else(|| Befund::neu(&WEITERLEITUNG_OHNE_BESCHEID))?.wert;
        let alle: Vec<Uuid> = antrag.massnahmen.iter().map(|m| m.massnahme.id).collect();
        let (angehoert, anhoerungen) = zinsanhoerung(c, id, heute)?;
        Ok(Zwischenzinslage {
            angehoert,
            anhoerungen,
            vorgaenger: bescheid::letztes_glied(c, id)?,
            entwurf: bescheid::entwurf(c, id)?.map(|b| b.wert.id),
            regelwerk: grundlage(c, antrag.jahrgang, Some(&geltend.inhalt.regelwerk))?.1,
            reihe: basiszinssatz::reihe(c)?,
            bescheide: bescheid::des_falls(c, id)?.into_iter().map(|b| b.wert).collect(),
            zahlungen: konto::zahlungen(c, &alle)?,
            rueckzahlungen: rueckzahlung::des_antrags(c, id)?.into_iter().map(|r| r.wert).collect(),
            antrag,
            geltend,
            weiterleitung,
            heute,
        })
    }

    fn fakten(&self) -> Zwischenzinsfakten<'_> {
        Zwischenzinsfakten {
            antrag: &self.antrag,
            kette: Zinsbescheidfakten {
                geltend: &self.geltend,
                vorgaenger: self.vorgaenger.clone(),
                regelwerk: &self.regelwerk,
                entwurf: self.entwurf,
                reihe: &self.reihe,
                angehoert: self.angehoert,
                anhoerungen: self.anhoerungen.clone(),
                heute: self.heute,
                umfeld: Zinsumfeld::default(),
            },
            bescheide: &self.bescheide,
            zahlungen: &self.zahlungen,
            rueckzahlungen: &self.rueckzahlungen,
            gemeldet: self.weiterleitung.as_ref().map(|w| w.verwendungen.as_slice()),
        }
    }
}

/// Drafts the Bescheid about interest on a payment that was not used in time.
///
/// # Errors
/// 404, findings; 409 while another Bescheid of the case is drafted.
pub fn zwischenzinsbescheid(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    antrag_id: Uuid,
    id: Uuid,
    e: &Zwischenzinsbescheideingabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let antrag = antrag_lesen(tx.c, sicht, antrag_id)?.wert;
    konto::sperre(tx, &Auswahl { jahrgang: antrag.jahrgang, kreisschluessel: antrag.kreisschluessel.clone() })?;
    let heute = tx.heute();
    let lage = Zwischenzinslage::laden(tx.c, antrag, (e.massnahme_id, e.weiterleitung_id), heute)?;
    let entwurf = e.entwerfen(id, &lage.fakten(), &tx.akteur)?;
    Ok(vollziehe(tx, ZWISCHENZINSBESCHEID, None, entwurf)?)
}

/// The release of a Bescheid about interest as it would be decided now: the draft itself, and that the claim or the
/// payment still is what the draft computed with.
///
/// # Errors
/// The database's.
pub(super) fn zinsfreigabe(
    c: &mut DbConn,
    b: &Bescheid,
    z: &Zinsregelung,
    heute: NaiveDate,
    akteur: &Akteur,
) -> Ergebnis<Urteil<Bescheid>> {
    let e = match b.freigeben(heute, akteur) {
        Ok(e) => e,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let laufend = zinsanhoerung(c, b.inhalt.antrag_id, heute)?.1;
    if !laufend.is_empty() {
        return Ok(Err(laufend));
    }
    if let Some(r) = &z.zwischenzins {
        let antrag = antrag_lesen(c, &Sicht::Alles, b.inhalt.antrag_id)?.wert;
        let lage = Zwischenzinslage::laden(c, antrag, (r.massnahme_id, r.weiterleitung_id), heute)?;
        let befunde = pruefe_zwischenzins(z, r, &lage.fakten());
        return Ok(befunde.and_then(|b| if b.is_empty() { Ok(e) } else { Err(b) }));
    }
    let Some(haupt) = z.forderung_id else { return Ok(Ok(e)) };
    let f = db::laden(c, Kennung(haupt))?.ok_or_else(Fehler::nicht_gefunden)?.wert;
    let r = regelwerk(c, &f)?;
    let umfeld = Umfeld::laden(c, f.antrag_id)?;
    Ok(f.pruefe_zinsen(z, &r, &basiszinssatz::reihe(c)?, (heute, umfeld.sicht()))
        .and_then(|b| if b.is_empty() { Ok(e) } else { Err(b) }))
}
