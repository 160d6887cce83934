//! What the check of the stored data looks at in a Bescheid: hash, columns, positions, predecessor.

use super::{PositionZeile, Roh, StandZeile, entpacken, positionen};
use crate::integritaet::{JeStapel, Pruefbar, Pruefling, STAPEL};
use crate::schema::{bescheid, bescheid_position, bescheid_stand};
use crate::typen::Kennung;
use crate::vollzug::Aggregat;
use crate::{DbConn, DbResult};
use aqb_domain::bescheid::{Bescheid, Bescheidinhalt, pruefe_text};
use diesel::prelude::*;
use serde_json::Value;
use std::collections::HashMap;

/// Columns beside the content: application, Jahrgang, county, kind, Regelwerk, predecessor, place in the chain.
type Spalten = (Kennung, i64, String, String, String, Option<Kennung>, i64);

fn spalten(i: &Bescheidinhalt) -> Spalten {
    (
        Kennung(i.antrag_id),
        i64::from(i.jahrgang),
        i.kreisschluessel.clone(),
        i.art.code().to_owned(),
        i.regelwerk.clone(),
        i.vorgaenger_id.map(Kennung),
        i64::from(i.kettenglied),
    )
}

impl Pruefbar for Bescheid {
    fn alle(c: &mut DbConn, je: &mut JeStapel<'_>) -> DbResult<()> {
        let ids: Vec<Kennung> = bescheid::table.select(bescheid::id).order(bescheid::id.asc()).load(c)?;
        for stapel in ids.chunks(STAPEL) {
            let zeilen = stapel_lesen(c, stapel)?;
            let mut je_bescheid = positionen_lesen(c, stapel)?;
            let davor = vorgaenger(c, stapel)?;
            let mut prueflinge = Vec::with_capacity(zeilen.len());
            for id in stapel {
                let Some((roh, spalten_ist, stand)) = zeilen.get(id) else {
                    let mut p = Pruefling::neu(id.0.to_string(), 0);
                    p.verlange(false, "hat keinen Stand");
                    prueflinge.push(p);
                    continue;
                };
                let mut p = Pruefling::neu(id.0.to_string(), roh.1.4);
                p.verlange(pruefe_text(&roh.0.1, &roh.0.2).is_none(), "die Prüfsumme des Inhalts stimmt nicht");
                match entpacken(roh.clone()) {
                    Err(e) => p.verlange(false, &format!("der Inhalt ist nicht lesbar ({e})")),
                    Ok(v) => {
                        let b = v.wert;
                        p.verlange(spalten(&b.inhalt) == *spalten_ist, "die Spalten weichen vom Inhalt ab");
                        p.verlange(StandZeile::aus(&b)? == *stand, "der Stand weicht vom Bescheid ab");
                        let ist = je_bescheid.remove(id).unwrap_or_default();
                        p.verlange(ist == positionen(&b), "die Positionen weichen vom Inhalt ab");
                        p.verlange(kette_stimmt(&b.inhalt, &davor), "die Kette zum Vorgänger ist gebrochen");
                        p.dokument = Some(b.dokument()?);
                    }
                }
                prueflinge.push(p);
            }
            je(c, prueflinge)?;
        }
        Ok(())
    }

    fn normiert(dokument: Value) -> Option<Value> {
        serde_json::from_value::<Bescheid>(dokument).ok().and_then(|b| b.dokument().ok())
    }
}

type Zeilen = HashMap<Kennung, (Roh, Spalten, StandZeile)>;

fn stapel_lesen(c: &mut DbConn, ids: &[Kennung]) -> DbResult<Zeilen> {
    let zeilen: Vec<(Roh, Spalten, StandZeile)> = bescheid::table
        .inner_join(bescheid_stand::table)
        .filter(bescheid::id.eq_any(ids.to_vec()))
        .select((
            super::auswahl!(),
            (
                bescheid::antrag_id,
                bescheid::jahrgang,
                bescheid::kreisschluessel,
                bescheid::art,
                bescheid::regelwerk,
                bescheid::vorgaenger_id,
                bescheid::kettenglied,
            ),
            StandZeile::as_select(),
        ))
        .load(c)?;
    Ok(zeilen.into_iter().map(|z| (z.0.0.0, z)).collect())
}

fn positionen_lesen(c: &mut DbConn, ids: &[Kennung]) -> DbResult<HashMap<Kennung, Vec<PositionZeile>>> {
    let zeilen: Vec<PositionZeile> = bescheid_position::table
        .filter(bescheid_position::bescheid_id.eq_any(ids.to_vec()))
        .order((bescheid_position::bescheid_id.asc(), bescheid_position::nr.asc()))
        .select(PositionZeile::as_select())
        .load(c)?;
    let mut aus = HashMap::<Kennung, Vec<PositionZeile>>::new();
    for z in zeilen {
        aus.entry(z.bescheid_id).or_default().push(z);
    }
    Ok(aus)
}

/// What a predecessor says of itself: application, hash, place in the chain.
type Vorgaenger = HashMap<uuid::Uuid, (uuid::Uuid, String, i32)>;

fn vorgaenger(c: &mut DbConn, ids: &[Kennung]) -> DbResult<Vorgaenger> {
    let davor: Vec<Option<Kennung>> =
        bescheid::table.filter(bescheid::id.eq_any(ids.to_vec())).select(bescheid::vorgaenger_id).load(c)?;
    let davor: Vec<Kennung> = davor.into_iter().flatten().collect();
    let zeilen: Vec<(Kennung, Kennung, String, String)> = bescheid::table
        .filter(bescheid::id.eq_any(davor))
        .select((bescheid::id, bescheid::antrag_id, bescheid::inhalt_hash, bescheid::inhalt))
        .load(c)?;
    let glied = |inhalt: &str| serde_json::from_str::<Bescheidinhalt>(inhalt).map_or(0, |i| i.kettenglied);
    Ok(zeilen.into_iter().map(|(id, a, hash, inhalt)| (id.0, (a.0, hash, glied(&inhalt)))).collect())
}

/// The first link names nobody; every other one names the link before it in the same application, with its hash.
fn kette_stimmt(i: &Bescheidinhalt, davor: &Vorgaenger) -> bool {
    match (i.vorgaenger_id, &i.vorgaenger_hash) {
        (None, None) => i.kettenglied == 1,
        (Some(id), Some(hash)) => davor.get(&id).is_some_and(|(antrag, h, nr)| {
            *antrag == i.antrag_id && h == hash && nr.saturating_add(1) == i.kettenglied
        }),
        _ => false,
    }
}
