//! Revocation and withdrawal of a grant: drafted by one person, released by another.

use crate::app::antrag::grundlage;
use crate::app::{aenderungsantrag, anhoerung, bescheid as app, verweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::aenderungsantrag::Geldstand;
use aqb_domain::akt::{Urteil, frei};
use aqb_domain::anhoerung::Anhoerungsgegenstand;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{Aufhebungseingabe, Aufhebungsfakten, Bescheid, Bescheidart, RUECKNAHME};
use aqb_domain::regelwerk::Regelwerk;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, antrag, bescheid};
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
        let (_, befunde) = anhoerung::stand(c, a.id, gegenstand, (None, heute))?;
        let angehoert = match anhoerung_id {
            None => false,
            Some(id) => {
                let genannt = aqb_persistence::anhoerung::gesehen(c, &Sicht::Alles, id)?.map(|h| h.wert);
                let passt = genannt.filter(|h| h.antrag_id == a.id && h.inhalt.gegenstand == gegenstand);
                passt.ok_or_else(|| verweis("Anhörung des Falls", id, "/anhoerung_id"))?.angehoert(heute)
            }
        };
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
