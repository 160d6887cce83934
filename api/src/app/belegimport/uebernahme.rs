//! Taking judged lines over into the register.

use super::vergleich::{Kandidat, Stand};
use super::{STAPEL, als_zellbefund, lesen};
use crate::app::beleg::{fakten, hinweise};
use crate::app::pruefe_version;
use crate::fehler::Ergebnis;
use aqb_domain::befund::Befund;
use aqb_domain::beleg::{Beleg, Belegfakten};
use aqb_domain::belegimport::{Belegimport, Belegimportzeile, Belegzeilenurteil, UEBERNAHME};
use aqb_domain::berechtigung::Sicht;
use aqb_persistence::belegimport as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe, vollziehe_neue};
use aqb_persistence::{DbFehler, Tx, beleg};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Takes the next good lines over, those after `nach`, and says after which to go on; none when all are done. Each line is
/// judged again on what the register holds now: one that does not fit any more becomes faulty. Repeating it makes
/// nothing double.
///
/// # Errors
/// 404, 412, 409 unless list and import are ready.
pub fn uebernehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    nur_vollstaendig: bool,
    nach: Option<i64>,
) -> Ergebnis<(Versioniert<Belegimport>, Option<i64>)> {
    let vorab = lesen(tx.c, sicht, id)?;
    beleg::sperre_liste(tx, vorab.wert.kette_id)?;
    let alt = lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let f = fakten(tx.c, sicht, alt.wert.nachweis_id, tx.heute())?;
    alt.wert.pruefe_uebernahme(&f.kette, nur_vollstaendig, &tx.akteur)?;
    let anzahl = i64::try_from(STAPEL).unwrap_or(1);
    let zeilen = db::zeilen(tx.c, id, db::Zeilenwahl::Gute, nach, anzahl)?;
    let (mehr, schlechte) = uebernimm(tx, &f, &zeilen)?;
    if mehr > 0 {
        beleg::merke_schreiber(tx, f.kette.kette_id, Some(&alt.wert.hochgeladen_von))?;
    }
    let mut zahlen = alt.wert.zahlen;
    for (z, befunde) in schlechte {
        zahlen.verwirf(z.urteil);
        let mut neu = Belegimportzeile { urteil: Belegzeilenurteil::Fehlerhaft, ..z.clone() };
        neu.befunde.extend(befunde.iter().map(|b| als_zellbefund(b, &format!("Zeile {}", z.nr))));
        db::zeile_ersetzen(tx, id, &neu)?;
    }
    let weiter = zeilen.last().filter(|_| zeilen.len() >= STAPEL).map(|z| z.nr);
    let e = alt.wert.uebernehmen(mehr, zahlen, weiter);
    Ok((vollziehe(tx, UEBERNAHME, Some(&alt), e)?, weiter))
}

/// Lines that do not fit, with their findings.
type Schlechte<'z> = Vec<(&'z Belegimportzeile, Vec<Befund>)>;

/// Makes lines new Belege or other values of some, or nothing where they are so already. Says how many were written; the
/// list is locked. The register is read once for all of them, and new Belege are written at once.
fn uebernimm<'z>(tx: &mut Tx<'_>, f: &Belegfakten, zeilen: &'z [Belegimportzeile]) -> Ergebnis<(i64, Schlechte<'z>)> {
    let akteur = tx.akteur.clone();
    let (mut kandidaten, mut schlechte) = (Vec::with_capacity(zeilen.len()), Vec::new());
    for z in zeilen {
        let Some(inhalt) = z.inhalt.clone() else { continue };
        match Beleg::entwerfen(tx.neue_id(), 1, inhalt, f, &akteur) {
            Ok((b, befunde)) => kandidaten.push((z, Kandidat::neu(b), befunde)),
            Err(befunde) => schlechte.push((z, befunde)),
        }
    }
    let gruppen: BTreeSet<String> = kandidaten.iter().filter_map(|(_, k, _)| k.gruppe.clone()).collect();
    beleg::sperre_gruppen(tx, &gruppen)?;
    let mut stand = Stand::neu();
    let mut register = stand.lies(tx.c, f.kette.kette_id, kandidaten.iter().map(|(_, k, _)| k))?;
    let mut naechste = beleg::naechste_lfd_nr(tx.c, f.kette.kette_id)?;
    let (mut neue, mut geaendert) = (Vec::new(), 0i64);
    for (z, mut k, befunde) in kandidaten {
        let alt = register.eigener(&k).cloned();
        if alt.as_ref().is_some_and(|a| a.wert.inhalt == k.beleg.inhalt) {
            continue;
        }
        let umfeld = stand.umfeld(&k, &register)?;
        k.beleg.lfd_nr = naechste;
        let urteil = match &alt {
            Some(a) => a.wert.aendern(k.beleg.clone(), &umfeld, f, &akteur),
            None => k.beleg.clone().anlegen(&umfeld, f, &akteur),
        };
        match (urteil, alt) {
            (Err(befunde), _) => schlechte.push((z, befunde)),
            (Ok(e), Some(alt)) => {
                stand.nimm(&k, &register)?;
                vollziehe(tx, "aenderung", Some(&alt), e.befunde(hinweise(befunde)))?;
                geaendert = geaendert.saturating_add(1);
            }
            (Ok(e), None) => {
                stand.nimm(&k, &register)?;
                register.dazu(&k.beleg);
                naechste = naechste.saturating_add(1);
                neue.push(e.befunde(hinweise(befunde)));
            }
        }
    }
    let mehr = geaendert.saturating_add(i64::try_from(neue.len()).unwrap_or(i64::MAX));
    vollziehe_neue(tx, "anlage", neue).map_err(gleichzeitig)?;
    Ok((mehr, schlechte))
}

/// Somebody wrote one of the numbers in another list in this moment: trying again finds it.
fn gleichzeitig(e: DbFehler) -> DbFehler {
    if e.verletzt("beleg_zeile_eindeutig") { DbFehler::Konflikt(e.to_string()) } else { e }
}
