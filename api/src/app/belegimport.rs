//! Imports of Beleglisten: begun, judged bite by bite, taken over bite by bite.

mod pruefer;
mod uebernahme;
mod vergleich;

pub use pruefer::{Pruefer, Urteile};
pub use uebernahme::uebernehmen;

use crate::app::beleg::{fakten, kette};
use crate::app::vorhanden;
use crate::belegdatei::Optionen;
use crate::fehler::Ergebnis;
use aqb_domain::akt::Aktion;
use aqb_domain::befund::{Befund, Befundablage};
use aqb_domain::beleg::{Belegfakten, Zellbefund, beschreibbar};
use aqb_domain::belegimport::{Belegdialekt, Belegimport, BelegimportStatus, Belegimportzahlen};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_persistence::belegimport as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, beleg};
use chrono::{Duration, NaiveDate};
use uuid::Uuid;

/// Lines that are judged or taken over in one transaction.
pub const STAPEL: usize = 500;
/// Seconds without progress after which an import counts as given up.
const AUFGEGEBEN: i64 = 60;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Belegimport>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// What is known of an upload before its lines are read.
#[derive(Debug, Clone)]
pub struct Hochladung {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Options that change what the bytes mean, as text.
    pub optionen: String,
    /// Name of the file.
    pub dateiname: Option<String>,
    /// Size in bytes.
    pub groesse: i64,
    /// Judge the same file anew.
    pub neu_pruefen: bool,
}

/// What the readers of files must know about a list.
///
/// # Errors
/// 404, findings.
pub fn optionen(
    c: &mut DbConn,
    sicht: &Sicht,
    nachweis_id: Uuid,
    heute: NaiveDate,
) -> Ergebnis<(Belegfakten, Optionen)> {
    let f = fakten(c, sicht, nachweis_id, heute)?;
    let teilbudgets = f.massnahmen.iter().map(|(nr, m)| (nr.clone(), m.teilbudget.clone())).collect();
    let o =
        Optionen { teilbudgets, aktenzeichen: f.kette.aktenzeichen.clone(), jahre: f.jahre(), ..Optionen::default() };
    Ok((f, o))
}

/// The record of an upload that was not stored.
pub fn entwurf(id: Uuid, nachweis_id: Uuid, f: &Belegfakten, h: &Hochladung, akteur: &Akteur) -> Belegimport {
    let wer = akteur.traeger_id.map_or_else(|| f.kette.kreisschluessel.clone(), |t| t.to_string());
    Belegimport {
        id,
        kette_id: f.kette.kette_id,
        nachweis_id,
        kreisschluessel: f.kette.kreisschluessel.clone(),
        traeger_id: akteur.traeger_id,
        status: BelegimportStatus::Laeuft,
        sha256: h.sha256.clone(),
        schluessel: format!("{}/{wer}/{}/{}", f.kette.kette_id, h.sha256, h.optionen),
        dateiname: h.dateiname.clone(),
        groesse: h.groesse,
        dialekt: None,
        zahlen: Belegimportzahlen::default(),
        gelesen: 0,
        befunde: Vec::new(),
        uebernommen: 0,
        uebernahme_bis: None,
        hochgeladen_von: akteur.person.clone(),
    }
}

/// Begins an import, or finds the one of the same file. The second value says whether lines are to be read.
///
/// # Errors
/// 404, 409 unless the list is open.
pub fn beginnen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    nachweis_id: Uuid,
    h: &Hochladung,
) -> Ergebnis<(Versioniert<Belegimport>, bool)> {
    let kette_id = kette(tx.c, sicht, nachweis_id)?.kette_id;
    beleg::sperre_liste(tx, kette_id)?;
    let f = fakten(tx.c, sicht, nachweis_id, tx.heute())?;
    beschreibbar(&f.kette, &tx.akteur)?;
    let neu = entwurf(id, nachweis_id, &f, h, &tx.akteur);
    let Some(alt) = db::mit_schluessel(tx.c, &neu.schluessel)? else {
        let e = neu.beginnen(&f.kette, &tx.akteur)?;
        return Ok((vollziehe(tx, "anlage", None, e)?, true));
    };
    let laeuft = alt.wert.status == BelegimportStatus::Laeuft;
    let haengt = laeuft && tx.jetzt - alt.geaendert_am > Duration::seconds(AUFGEGEBEN);
    if !haengt && (laeuft || !h.neu_pruefen) {
        return Ok((alt, false));
    }
    db::zeilen_verwerfen(tx, alt.wert.id)?;
    let e = Belegimport { id: alt.wert.id, ..neu }.beginnen(&f.kette, &tx.akteur)?;
    Ok((vollziehe(tx, "aenderung", Some(&alt), e)?, true))
}

fn als_zellbefund(b: &Befund, adresse: &str) -> Zellbefund {
    let feld = b.ort.as_deref().map(|o| o.trim_start_matches('/').to_owned());
    Zellbefund { adresse: adresse.to_owned(), feld, befund: Befundablage::from(b) }
}

/// Where the reading of a file stands.
#[derive(Debug, Clone)]
pub struct Lesestand {
    /// How it is read.
    pub dialekt: Belegdialekt,
    /// Bytes read.
    pub gelesen: i64,
    /// Nothing more comes.
    pub fertig: bool,
}

/// Stages lines that are judged.
///
/// # Errors
/// The database.
pub fn ablegen(tx: &mut Tx<'_>, id: Uuid, u: &Urteile) -> Ergebnis<()> {
    let alt = lesen(tx.c, &Sicht::Alles, id)?;
    db::zeilen_ablegen(tx, id, &u.zeilen)?;
    let e = alt.wert.fortschreiten(&u.stand.dialekt, u.zahlen, u.stand.gelesen, u.zur_datei.as_deref());
    vollziehe(tx, "fortschritt", Some(&alt), e)?;
    Ok(())
}

/// Refuses the file of an import as a whole.
///
/// # Errors
/// The database.
pub fn abweisen(tx: &mut Tx<'_>, id: Uuid, befund: &Befund, dialekt: &Belegdialekt) -> Ergebnis<()> {
    let alt = lesen(tx.c, &Sicht::Alles, id)?;
    db::zeilen_verwerfen(tx, id)?;
    let e = alt.wert.abweisen(std::slice::from_ref(befund), Some(dialekt.clone()));
    vollziehe(tx, "zurueckweisung", Some(&alt), e)?;
    Ok(())
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    let i = lesen(c, sicht, id)?.wert;
    let kette = kette(c, sicht, i.nachweis_id)?;
    Ok(i.aktionen(&kette, akteur))
}
