//! Every posting against the audit entry of the act that made it.

use super::faelle::Belege;
use super::{Bericht, Fortschritt};
use crate::{DbConn, DbResult, konto};

/// Compares all postings with what the trail knows of them.
pub(super) fn pruefe(
    c: &mut DbConn,
    b: &mut Bericht,
    mut belege: Belege,
    fortschritt: &mut Fortschritt<'_>,
) -> DbResult<()> {
    konto::belege(c, &mut |beleg| {
        b.buchungen = b.buchungen.saturating_add(1);
        if b.buchungen.is_multiple_of(1_000) {
            fortschritt("Buchungen", b.buchungen);
        }
        let (id, hash) = beleg.split_once(' ').unwrap_or((beleg, ""));
        match belege.remove(id) {
            None => b.finde(format!("Buchung/{id}"), "steht in keinem Eintrag des Protokolls"),
            Some(h) if h != hash => b.finde(format!("Buchung/{id}"), "weicht von dem ab, was das Protokoll festhält"),
            Some(_) => {}
        }
    })?;
    let mut fehlend: Vec<String> = belege.into_keys().collect();
    fehlend.sort();
    for id in fehlend {
        b.finde(format!("Buchung/{id}"), "steht im Protokoll, aber nicht in den Büchern");
    }
    Ok(())
}
