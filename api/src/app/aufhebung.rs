//! Revocation and withdrawal of a grant: drafted by one person, released by another.

use crate::app::antrag::grundlage;
use crate::app::{aenderungsantrag, anhoerung, bescheid as app, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::aenderungsantrag::Geldstand;
use aqb_domain::akt::{Aktion, Urteil, frei};
use aqb_domain::anhoerung::Anhoerungsgegenstand;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{
    Aufhebungseingabe, Aufhebungsfakten, Bescheid, Bescheidart, Kettenglied, RUECKNAHME, WIDERRUF, Zinsruecknahme,
    Zinsruecknahmefakten,
};
use aqb_domain::forderung::Forderung;
use aqb_domain::regel::BEZUG_NICHT_GELTEND;
use aqb_domain::regelwerk::Regelwerk;
use aqb_persistence::typen::Kennung;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, antrag, bescheid, forderung};
use chrono::NaiveDate;
use uuid::Uuid;

/// What the decision needs, read in this transaction.
struct Stand {
    geltend: Bescheid,
    geld: Geldstand,
    regelwerk: Regelwerk,
    angehoert: bool,
    befunde: Vec<Befund>,
}

impl Stand {
    fn laden(
        c: &mut DbConn,
        b: &Bescheid,
        gegenstand: Anhoerungsgegenstand,
        anhoerung_id: Option<Uuid>,
        heute: NaiveDate,
    ) -> Ergebnis<Self> {
        let a = vorhanden(antrag::laden(c, &Sicht::Alles, b.inhalt.antrag_id)?)?.wert;
        let geltend = vorhanden(bescheid::geltend(c, a.id)?)?.wert;
        let (_, regelwerk) = grundlage(c, geltend.inhalt.jahrgang, Some(&geltend.inhalt.regelwerk))?;
        let (angehoert, befunde) = angehoert(c, a.id, (gegenstand, anhoerung_id), heute)?;
        Ok(Stand { geld: aenderungsantrag::geld_des_falls(c, &a)?, geltend, regelwerk, angehoert, befunde })
    }

    fn fakten(&self, c: &mut DbConn, heute: NaiveDate) -> Ergebnis<Aufhebungsfakten<'_>> {
        Ok(Aufhebungsfakten {
            geltend: &self.geltend,
            geld: &self.geld,
            regelwerk: &self.regelwerk,
            vorgaenger: bescheid::letztes_glied(c, self.geltend.inhalt.antrag_id)?,
            angehoert: self.angehoert,
            befunde: self.befunde.clone(),
            heute,
        })
    }
}

/// Whether the named hearing is over, and the hearings about such a decision in which the county can still answer.
fn angehoert(
    c: &mut DbConn,
    antrag_id: Uuid,
    (gegenstand, anhoerung_id): (Anhoerungsgegenstand, Option<Uuid>),
    heute: NaiveDate,
) -> Ergebnis<(bool, Vec<Befund>)> {
    let (_, befunde) = anhoerung::stand(c, antrag_id, gegenstand, (None, heute))?;
    let Some(id) = anhoerung_id else { return Ok((false, befunde)) };
    let genannt = aqb_persistence::anhoerung::gesehen(c, &Sicht::Alles, id)?.map(|h| h.wert);
    let passt = genannt.filter(|h| h.antrag_id == antrag_id && h.inhalt.gegenstand == gegenstand);
    let passt = passt.ok_or_else(|| verweis("Anhörung des Falls", id, "/anhoerung_id"))?;
    Ok((passt.angehoert(heute), befunde))
}

/// What the withdrawal of a Bescheid about interest needs, read in this transaction.
struct Zinsstand {
    forderung: Option<Versioniert<Forderung>>,
    regelwerk: Regelwerk,
    vorgaenger: Option<Kettenglied>,
    angehoert: bool,
    anhoerungen: Vec<Befund>,
    heute: NaiveDate,
}

impl Zinsstand {
    fn laden(c: &mut DbConn, zins: &Bescheid, anhoerung_id: Option<Uuid>, heute: NaiveDate) -> Ergebnis<Self> {
        let i = &zins.inhalt;
        let wovon = (Anhoerungsgegenstand::Ruecknahme, anhoerung_id);
        let (angehoert, anhoerungen) = angehoert(c, i.antrag_id, wovon, heute)?;
        Ok(Zinsstand {
            forderung: forderung::des_bescheids(c, zins.id)?,
            regelwerk: grundlage(c, i.jahrgang, Some(&i.regelwerk))?.1,
            vorgaenger: bescheid::letztes_glied(c, i.antrag_id)?,
            angehoert,
            anhoerungen,
            heute,
        })
    }

    fn fakten(&self) -> Zinsruecknahmefakten<'_> {
        Zinsruecknahmefakten {
            forderung: self.forderung.as_ref().map(|f| &f.wert),
            regelwerk: &self.regelwerk,
            vorgaenger: self.vorgaenger.clone(),
            angehoert: self.angehoert,
            anhoerungen: self.anhoerungen.clone(),
            heute: self.heute,
        }
    }
}

/// What the acts `widerruf` and `ruecknahme` of `b` find beyond its own state.
///
/// # Errors
/// The database's.
pub(super) fn ergaenze(c: &mut DbConn, b: &Bescheid, aktionen: &mut [Aktion]) -> Ergebnis<()> {
    for a in aktionen.iter_mut().filter(|a| [WIDERRUF, RUECKNAHME].contains(&a.akt) && a.erlaubt()) {
        if b.inhalt.zins.is_some() {
            a.befunde.extend(forderung::des_bescheids(c, b.id)?.and_then(|f| f.wert.bezahlte_zinsen()));
            continue;
        }
        let geltend = bescheid::geltend(c, b.inhalt.antrag_id)?.map(|g| g.wert.id);
        if geltend != Some(b.id) {
            let befund = Befund::neu(&BEZUG_NICHT_GELTEND).gemessen("bescheid", b.id, Einheit::Code);
            let geltend = geltend.map_or_else(|| "–".to_owned(), |g| g.to_string());
            a.befunde.push(befund.erlaubt("geltend", geltend, Einheit::Code));
        }
    }
    Ok(())
}

/// The release of the withdrawal of a Bescheid about interest as it would be decided now.
///
/// # Errors
/// The database's.
pub(super) fn zinsfreigabe(
    c: &mut DbConn,
    b: &Bescheid,
    z: &Zinsruecknahme,
    heute: NaiveDate,
    akteur: &Akteur,
) -> Ergebnis<Urteil<Bescheid>> {
    let e = match b.freigeben(heute, akteur) {
        Ok(e) => e,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let zins = vorhanden(bescheid::laden(c, &Sicht::Alles, z.bescheid_id)?)?.wert;
    let stand = Zinsstand::laden(c, &zins, z.anhoerung_id, heute)?;
    let befunde = b.pruefe_zinsruecknahme(&zins, &stand.fakten());
    Ok(if befunde.is_empty() { Ok(e) } else { Err(befunde) })
}

/// What the released withdrawal `b` does to the Bescheid it takes back, to its claim and to the repayment on which the
/// interest ran. The caller holds the lock of the budget.
///
/// # Errors
/// `ZINSFORDERUNG_BEZAHLT`, the database's.
pub(super) fn zinsen_aufheben(tx: &mut Tx<'_>, b: &Bescheid, z: &Zinsruecknahme) -> Ergebnis<()> {
    let zins = vorhanden(bescheid::laden(tx.c, &Sicht::Alles, z.bescheid_id)?)?;
    vollziehe(tx, "aufhebung", Some(&zins), zins.wert.wird_aufgehoben(b.id))?;
    if let Some(f) = forderung::des_bescheids(tx.c, z.bescheid_id)? {
        let e = f.wert.aufheben(b.id, tx.heute())?;
        vollziehe(tx, "aufhebung", Some(&f), e)?;
    }
    if let Some(haupt) = z.forderung_id {
        let haupt = vorhanden(forderung::laden(tx.c, Kennung(haupt))?)?;
        vollziehe(tx, "zinsaufhebung", Some(&haupt), haupt.wert.zinsfestsetzung_aufgehoben(z.bescheid_id))?;
    }
    Ok(())
}

/// Drafts the Bescheid that takes one back.
///
/// # Errors
/// 404, 412, state, all findings, unconfirmed warnings.
pub fn vorbereiten(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (bescheid_id, version): (Uuid, Option<i64>),
    akt: &str,
    id: Uuid,
    e: &Aufhebungseingabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let alt = app::lesen(tx.c, sicht, bescheid_id)?;
    crate::app::pruefe_version(&alt, version)?;
    let heute = tx.heute();
    frei(alt.wert.aktionen(&tx.akteur, heute), akt)?;
    if alt.wert.inhalt.zins.is_some() {
        let s = Zinsstand::laden(tx.c, &alt.wert, e.anhoerung_id, heute)?;
        let urteil = alt.wert.zinsen_zuruecknehmen(id, e, &s.fakten(), &tx.akteur)?;
        return Ok(vollziehe(tx, akt, None, urteil)?);
    }
    let gegenstand = if akt == RUECKNAHME { Anhoerungsgegenstand::Ruecknahme } else { Anhoerungsgegenstand::Widerruf };
    let s = Stand::laden(tx.c, &alt.wert, gegenstand, e.anhoerung_id, heute)?;
    let f = s.fakten(tx.c, heute)?;
    let urteil = alt.wert.aufheben(id, akt, e, &f, &tx.akteur)?;
    Ok(vollziehe(tx, akt, None, urteil)?)
}

/// The release as it would be decided now.
///
/// # Errors
/// The database's.
pub fn freigabe(c: &mut DbConn, b: &Bescheid, heute: NaiveDate, akteur: &Akteur) -> Ergebnis<Urteil<Bescheid>> {
    let e = match b.freigeben(heute, akteur) {
        Ok(e) => e,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let ruecknahme = b.inhalt.art == Bescheidart::Ruecknahme;
    let gegenstand = if ruecknahme { Anhoerungsgegenstand::Ruecknahme } else { Anhoerungsgegenstand::Widerruf };
    let s = Stand::laden(c, b, gegenstand, None, heute)?;
    let befunde = b.pruefe_aufhebung(&s.fakten(c, heute)?);
    Ok(if befunde.is_empty() { Ok(e) } else { Err(befunde) })
}
