//! Proofs of use: begun, edited, signed, examined, corrected.

use crate::app::antrag::{grundlage, lesen as antrag_lesen};
use crate::app::{eindeutig, pruefe_version, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::{Aktion, Entscheidung, Handlungsgrund, Urteil};
use aqb_domain::ausnahme::Ausnahme;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Recht, Sicht};
use aqb_domain::frist::Fristart;
use aqb_domain::katalog::Katalogstand;
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::verwendungsnachweis::{
    Beleglistenstand, EINREICHUNG, KORREKTUR, Massnahmenberechnung, NACHFORDERUNG, NachweisStatus, Nachweisfakten,
    Nachweisgegenstand, Nachweisinhalt, Nachweisnachforderung, Nachweisquellen, Nachweisunterzeichnung, PRUEFUNG,
    PlanIstVergleich, RUECKNAHME, TRAEGERNACHWEISE, Traegernachweiseingabe, Verwendungsnachweis, WIEDERHERSTELLUNG,
};
use aqb_persistence::verwendungsnachweis as db;
use aqb_persistence::vollzug::{Versioniert, entferne, vollziehe};
use aqb_persistence::{DbConn, Tx, beleg, bescheid, frist, katalog, konto, weiterleitung};
use chrono::NaiveDate;
use uuid::Uuid;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// The versions of its chain in their order.
///
/// # Errors
/// 404.
pub fn kette(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Vec<Versioniert<Verwendungsnachweis>>> {
    let n = lesen(c, sicht, id)?.wert;
    Ok(db::kette(c, n.kette_id)?)
}

/// The records from which the server fills in a proof.
///
/// # Errors
/// 404 without the application.
pub fn quellen(c: &mut DbConn, sicht: &Sicht, antrag_id: Uuid, heute: NaiveDate) -> Ergebnis<Nachweisquellen> {
    let antrag = antrag_lesen(c, sicht, antrag_id)?.wert;
    let massnahmen: Vec<Uuid> = antrag.massnahmen.iter().map(|m| m.massnahme.id).collect();
    Ok(Nachweisquellen {
        bescheide: bescheid::des_falls(c, antrag_id)?.into_iter().map(|b| b.wert).collect(),
        zahlungen: konto::zahlungen(c, &massnahmen)?,
        weiterleitungen: weiterleitung::des_antrags(c, antrag_id)?,
        nachweise: db::des_antrags(c, antrag_id)?,
        antrag,
        heute,
    })
}

/// What the rules need beside a proof, read in this transaction.
pub struct Fakten {
    quellen: Nachweisquellen,
    regelwerk: Regelwerk,
    katalog: Katalogstand,
    belegliste: Option<Beleglistenstand>,
    ausnahmen: Vec<Ausnahme>,
}

/// The sums of a chain's Belegliste. Its checksum reads every line, so only the signature asks for it.
///
/// # Errors
/// The database's.
pub fn belegliste(c: &mut DbConn, kette_id: Uuid) -> Ergebnis<Beleglistenstand> {
    let summen = beleg::summen(c, &Sicht::Alles, &[kette_id])?;
    let (nummern, schreiber) = (beleg::nummern(c, kette_id)?, beleg::schreiber(c, kette_id)?);
    Ok(Beleglistenstand { sha256: String::new(), summen, nummern, schreiber })
}

impl Fakten {
    /// Of a proof, by the Regelwerk it keeps.
    ///
    /// # Errors
    /// The database's.
    pub fn laden(c: &mut DbConn, n: &Verwendungsnachweis, heute: NaiveDate) -> Ergebnis<Self> {
        Ok(Fakten {
            quellen: quellen(c, &Sicht::Alles, n.antrag_id, heute)?,
            regelwerk: grundlage(c, n.jahrgang, Some(&n.regelwerk))?.1,
            katalog: katalog::stand(c, heute)?,
            belegliste: if n.mit_belegliste { Some(belegliste(c, n.kette_id)?) } else { None },
            ausnahmen: crate::app::ausnahme::des_falls(c, n.antrag_id)?,
        })
    }

    /// With the checksum of the Belegliste, for the signature.
    fn zur_unterschrift(c: &mut DbConn, n: &Verwendungsnachweis, heute: NaiveDate) -> Ergebnis<Self> {
        let mut f = Fakten::laden(c, n, heute)?;
        if let Some(liste) = &mut f.belegliste {
            liste.sha256 = beleg::liste_hash(c, n.kette_id)?;
        }
        Ok(f)
    }

    fn fuer_regeln(&self) -> Nachweisfakten<'_> {
        Nachweisfakten {
            quellen: &self.quellen,
            regelwerk: &self.regelwerk,
            katalog: &self.katalog,
            belegliste: self.belegliste.as_ref(),
            ausnahmen: &self.ausnahmen,
        }
    }
}

/// The Regelwerk of the Bescheid that counts.
fn regelwerk(c: &mut DbConn, q: &Nachweisquellen) -> Ergebnis<Regelwerk> {
    let b = q.bescheid()?;
    Ok(grundlage(c, b.inhalt.jahrgang, Some(&b.inhalt.regelwerk))?.1)
}

/// Begins one for an application the caller sees.
///
/// # Errors
/// 404 without the application, findings, `SCHON_VORHANDEN` when there is one about the same thing.
pub fn anlegen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    antrag_id: Uuid,
    (gegenstand, inhalt): (Nachweisgegenstand, Nachweisinhalt),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let q = quellen(tx.c, sicht, antrag_id, tx.heute())?;
    let r = regelwerk(tx.c, &q)?;
    let e = Verwendungsnachweis::anlegen(id, gegenstand, inhalt, (&q, &r), &tx.akteur)?;
    vollziehe(tx, "anlage", None, e).map_err(|e| {
        eindeutig(e, "verwendungsnachweis_einer_je_gegenstand", "Verwendungsnachweis", gegenstand.schluessel())
    })
}

/// The record an act is meant for, if it still has the version the caller read.
///
/// # Errors
/// 404, 412.
pub(super) fn zum_handeln(
    c: &mut DbConn,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = lesen(c, sicht, id)?;
    pruefe_version(&alt, version)?;
    Ok(alt)
}

/// Changes the form of a draft.
///
/// # Errors
/// 404, 412, 409 once it is filed, findings, those of `aendern`.
pub fn aendern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    aendern: impl FnOnce(&Nachweisinhalt) -> Ergebnis<Nachweisinhalt>,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.aenderbar_durch(&tx.akteur)?;
    let inhalt = aendern(&alt.wert.inhalt)?;
    let q = quellen(tx.c, &Sicht::Alles, alt.wert.antrag_id, tx.heute())?;
    let e = alt.wert.aendern(inhalt, &q, &tx.akteur)?;
    Ok(vollziehe(tx, "aenderung", Some(&alt), e)?)
}

/// Deletes a draft that was never filed. The version it was to correct counts again.
///
/// # Errors
/// 404, 412, 409 once it is filed.
pub fn loeschen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    alt.wert.loeschbar_durch(&tx.akteur)?;
    if alt.wert.id == alt.wert.kette_id {
        crate::app::beleg::mit_dem_nachweis_loeschen(tx, alt.wert.kette_id)?;
    }
    entferne(tx, &alt)?;
    traegerfristen_oeffnen(tx, sicht, &alt.wert)?;
    if let Some(vorgaenger) = alt.wert.vorgaenger_id {
        // nobody changes the list between its comparison with the signature and the return of what was signed
        beleg::sperre_liste(tx, alt.wert.kette_id)?;
        let liste = beleg::liste_hash(tx.c, alt.wert.kette_id)?;
        let v = lesen(tx.c, &Sicht::Alles, vorgaenger)?;
        let r = grundlage(tx.c, v.wert.jahrgang, Some(&v.wert.regelwerk))?.1;
        let e = v.wert.wiederherstellen(&r, &liste, tx.heute())?;
        vollziehe(tx, WIEDERHERSTELLUNG, Some(&v), e)?;
    }
    Ok(alt)
}

/// The Traeger's proofs that went with a deleted draft meet no deadline any more, unless the version before holds them.
fn traegerfristen_oeffnen(tx: &mut Tx<'_>, sicht: &Sicht, geloescht: &Verwendungsnachweis) -> Ergebnis<()> {
    let davor = geloescht.vorgaenger_id.map(|v| lesen(tx.c, &Sicht::Alles, v)).transpose()?;
    let bleibt = |w: Uuid| davor.iter().flat_map(|v| &v.wert.traegernachweise).any(|t| t.weiterleitung_id == w);
    for t in geloescht.traegernachweise.iter().filter(|t| !bleibt(t.weiterleitung_id)) {
        let f = frist::Filter {
            art: Some(Fristart::VerwendungsnachweisTraeger),
            fall_art: Some("WEITERLEITUNG".to_owned()),
            fall_id: Some(t.weiterleitung_id.to_string()),
            ..frist::Filter::default()
        };
        for alt in frist::liste(tx.c, sicht, &f, None, i64::MAX)? {
            if alt.wert.durch_traegernachweis_erledigt() {
                vollziehe(tx, "loeschung", Some(&alt), Entscheidung::neu(alt.wert.wieder_offen()))?;
            }
        }
    }
    Ok(())
}

/// An act, decided on what this transaction reads.
fn handle(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    akt: &str,
    f: impl FnOnce(&Verwendungsnachweis, &Nachweisfakten<'_>, &Tx<'_>) -> Urteil<Verwendungsnachweis>,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let fakten = Fakten::laden(tx.c, &alt.wert, tx.heute())?;
    let e = f(&alt.wert, &fakten.fuer_regeln(), tx)?;
    Ok(vollziehe(tx, akt, Some(&alt), e)?)
}

/// Signs and files it.
///
/// # Errors
/// 404, 412, state, `VIER_AUGEN`, findings.
pub fn einreichen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Nachweisunterzeichnung,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    // nobody writes in the list between its checksum and the state that closes it
    let kette = lesen(tx.c, sicht, ziel.0)?.wert.kette_id;
    beleg::sperre_liste(tx, kette)?;
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let fakten = Fakten::zur_unterschrift(tx.c, &alt.wert, tx.heute())?;
    let e = alt.wert.einreichen(e, &fakten.fuer_regeln(), &tx.akteur, tx.jetzt)?;
    beleg::vergiss_schreiber(tx, kette)?;
    Ok(vollziehe(tx, EINREICHUNG, Some(&alt), e)?)
}

/// Withdraws it.
///
/// # Errors
/// 404, 412, state.
pub fn zurueckziehen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    handle(tx, sicht, ziel, RUECKNAHME, |n, f, tx| n.zurueckziehen(e, &tx.akteur, f.quellen.heute))
}

/// Takes a Traeger's proof in.
///
/// # Errors
/// 404, 412, state, findings.
pub fn traegernachweis(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Traegernachweiseingabe,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    handle(tx, sicht, ziel, TRAEGERNACHWEISE, |n, f, tx| n.traegernachweis(e, &tx.akteur, f.quellen.heute))
}

/// Takes it into examination.
///
/// # Errors
/// 404, 412, state, a running request.
pub fn in_pruefung_nehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    handle(tx, sicht, ziel, PRUEFUNG, |n, f, tx| n.in_pruefung_nehmen(f.regelwerk, &tx.akteur, f.quellen.heute))
}

/// Requests completion.
///
/// # Errors
/// 404, 412, state, findings.
pub fn nachfordern(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Nachweisnachforderung,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    handle(tx, sicht, ziel, NACHFORDERUNG, |n, _, tx| n.nachfordern(e, &tx.akteur, tx.jetzt))
}

/// Begins a correction; answers with its draft.
///
/// # Errors
/// 404, 412, state.
pub fn korrigieren(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    e: &Handlungsgrund,
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = zum_handeln(tx.c, sicht, ziel)?;
    let q = quellen(tx.c, &Sicht::Alles, alt.wert.antrag_id, tx.heute())?;
    let entscheidung = alt.wert.korrigieren(tx.neue_id(), e, &q, &tx.akteur)?;
    let (ersetzung, nachfolger) = entscheidung.teile(|beide| beide);
    vollziehe(tx, KORREKTUR, Some(&alt), ersetzung)?;
    Ok(vollziehe(tx, KORREKTUR, None, aqb_domain::akt::Entscheidung::neu(nachfolger))?)
}

/// Everything the filing would find, and the Regelwerk that says so.
///
/// # Errors
/// 404.
pub fn bericht(c: &mut DbConn, sicht: &Sicht, id: Uuid, heute: NaiveDate) -> Ergebnis<(Vec<Befund>, String)> {
    let n = lesen(c, sicht, id)?.wert;
    let fakten = Fakten::laden(c, &n, heute)?;
    Ok((n.pruefbericht(&fakten.fuer_regeln()), n.regelwerk))
}

/// Plan and actual expenditure per measure.
///
/// # Errors
/// 404, findings.
pub fn plan_ist(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Vec<PlanIstVergleich>> {
    let n = lesen(c, sicht, id)?.wert;
    let r = grundlage(c, n.jahrgang, Some(&n.regelwerk))?.1;
    let mut alle = n.plan_ist(&r)?;
    if let Sicht::Traeger(t) = sicht {
        let eigene = n.massnahmen_von(*t);
        alle.retain(|m| eigene.contains(&m.massnahme_id));
    }
    Ok(alle)
}

/// The grant that would remain per measure, with every step.
///
/// # Errors
/// 404, findings.
pub fn berechnung(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<(Vec<Massnahmenberechnung>, String)> {
    let n = lesen(c, sicht, id)?.wert;
    let r = grundlage(c, n.jahrgang, Some(&n.regelwerk))?.1;
    Ok((n.berechnung(&r)?, r.version))
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Vec<Aktion>> {
    let n = lesen(c, sicht, id)?.wert;
    let fakten = Fakten::laden(c, &n, heute)?;
    let prueft = n.status == NachweisStatus::InPruefung && akteur.darf(Recht::NachweisAbschliessen);
    let ende = if prueft { super::schluss::endbefunde(c, &n, akteur, heute)? } else { Vec::new() };
    Ok(n.aktionen(akteur, &fakten.fuer_regeln(), &ende))
}
