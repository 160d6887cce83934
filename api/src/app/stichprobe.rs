//! Samples of receipts.

use crate::app::{verwendungsnachweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Entscheidung;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::regel::STATUS_UNZULAESSIG;
use aqb_domain::stichprobe::{
    ALGORITHMUS, Grundgesamtheit, Stichprobe, Stichprobeneinheit, Stichprobenfrage, Stichprobentreffer,
    grundgesamtheit_sha256, laufende_nummern, ziehe,
};
use aqb_domain::verwendungsnachweis::NachweisStatus;
use aqb_persistence::stichprobe as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, beleg};
use chrono::NaiveDate;
use uuid::Uuid;

/// What is drawn, and why so.
#[derive(Debug, Clone)]
pub struct Ziehung {
    /// Receipts of the list, or running numbers.
    pub grundgesamtheit: Grundgesamtheit,
    /// Number of receipts in the county's books, where only running numbers are known.
    pub anzahl: Option<u32>,
    /// How is drawn.
    pub frage: Stichprobenfrage,
    /// Why this size.
    pub begruendung: String,
}

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Stichprobe>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// What there is to draw from now.
fn einheiten(
    c: &mut DbConn,
    kette_id: Uuid,
    art: Grundgesamtheit,
    anzahl: Option<u32>,
) -> Ergebnis<Vec<Stichprobeneinheit>> {
    if art == Grundgesamtheit::LaufendeNummern {
        return Ok(laufende_nummern(anzahl.unwrap_or(0)));
    }
    let bis = ende_des_zeitraums(c, kette_id)?;
    let mut einheiten = Vec::new();
    beleg::je_beleg(c, &Sicht::Alles, kette_id, |b| {
        let b = b.wert;
        let betrag = b.inhalt.beantragt;
        einheiten.push(Stichprobeneinheit {
            schluessel: b.id.to_string(),
            betrag: betrag.max(betrag.negativ()),
            risiko: b.risiko(bis),
        });
        Ok(())
    })?;
    Ok(einheiten)
}

/// Last day of the period of a chain's proof.
fn ende_des_zeitraums(c: &mut DbConn, kette_id: Uuid) -> Ergebnis<NaiveDate> {
    Ok(vorhanden(aqb_persistence::verwendungsnachweis::der_kette(c, kette_id)?)?.wert.berichtszeitraum.bis)
}

/// Draws a sample from a proof that is being examined.
///
/// # Errors
/// 404; a proof that is not being examined; nothing to draw from.
pub fn ziehen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    nachweis_id: Uuid,
    z: &Ziehung,
) -> Ergebnis<Versioniert<Stichprobe>> {
    let n = verwendungsnachweis::lesen(tx.c, sicht, nachweis_id)?.wert;
    if n.status != NachweisStatus::InPruefung {
        return Err(Befund::neu(&STATUS_UNZULAESSIG)
            .gemessen("status", n.status, Einheit::Code)
            .gemessen("akt", "stichprobe", Einheit::Code)
            .erlaubt("zulaessig", NachweisStatus::InPruefung, Einheit::Code)
            .into());
    }
    let g = einheiten(tx.c, n.kette_id, z.grundgesamtheit, z.anzahl)?;
    let treffer = ziehe(&g, &z.frage)?;
    let s = Stichprobe {
        id,
        kette_id: n.kette_id,
        antrag_id: n.antrag_id,
        jahrgang: n.jahrgang,
        kreisschluessel: n.kreisschluessel,
        grundgesamtheit: z.grundgesamtheit,
        anzahl: i64::try_from(g.len()).unwrap_or(i64::MAX),
        grundgesamtheit_sha256: grundgesamtheit_sha256(&g),
        algorithmus: ALGORITHMUS.to_owned(),
        frage: z.frage.clone(),
        treffer,
        begruendung: z.begruendung.clone(),
        gezogen_von: tx.akteur.person.clone(),
        gezogen_am: tx.heute(),
    };
    let daten = serde_json::json!({ "stichprobe_id": id, "kette_id": s.kette_id, "antrag_id": s.antrag_id });
    Ok(vollziehe(tx, "stichprobe", None, Entscheidung::neu(s).ereignis("stichprobe.gezogen", daten))?)
}

/// A draw that is repeated.
#[derive(Debug, Clone)]
pub struct Nachziehung {
    /// SHA-256 of what there is to draw from now.
    pub grundgesamtheit_sha256: String,
    /// It is what was drawn from.
    pub gleiche_grundgesamtheit: bool,
    /// The same receipts are drawn.
    pub gleiche_treffer: bool,
    /// What is drawn now.
    pub treffer: Vec<Stichprobentreffer>,
}

/// Draws once more by what is kept, from what there is now.
///
/// # Errors
/// 404; nothing to draw from any more.
pub fn nachziehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Nachziehung> {
    let s = lesen(c, sicht, id)?.wert;
    let g = einheiten(c, s.kette_id, s.grundgesamtheit, u32::try_from(s.anzahl).ok())?;
    let treffer = ziehe(&g, &s.frage)?;
    let sha256 = grundgesamtheit_sha256(&g);
    Ok(Nachziehung {
        gleiche_grundgesamtheit: sha256 == s.grundgesamtheit_sha256,
        gleiche_treffer: treffer == s.treffer,
        grundgesamtheit_sha256: sha256,
        treffer,
    })
}
