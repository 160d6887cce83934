//! What the check of the stored data looks at in an application: columns, measures, plans, and what was filed.

use super::massnahme::{self, MassnahmeZeile};
use super::{Roh, Zeile};
use crate::integritaet::{JeStapel, Kette, Pruefbar, Pruefling, STAPEL};
use crate::schema::{antrag, antrag_schnappschuss, detailplanung};
use crate::typen::{Dokument, Kennung, Zeitpunkt};
use crate::vollzug::Aggregat;
use crate::{DbConn, DbResult};
use aqb_domain::antrag::{AENDERUNGSANZEIGE, AENDERUNGSBESCHEID, Antrag, EINREICHUNG, schnappschuss};
use aqb_domain::bescheid::pruefe_text;
use diesel::prelude::*;
use serde_json::Value;
use std::collections::HashMap;

impl Pruefbar for Antrag {
    fn alle(c: &mut DbConn, je: &mut JeStapel<'_>) -> DbResult<()> {
        let ids: Vec<Kennung> = antrag::table.select(antrag::id).order(antrag::id.asc()).load(c)?;
        for stapel in ids.chunks(STAPEL) {
            let zeilen: Vec<Roh> = antrag::table
                .filter(antrag::id.eq_any(stapel.to_vec()))
                .order(antrag::id.asc())
                .select((Zeile::as_select(), (antrag::erstellt_am, antrag::geaendert_am, antrag::version)))
                .load(c)?;
            let mut prueflinge = Vec::with_capacity(zeilen.len());
            for (zeile, (.., version)) in zeilen {
                let mut p = Pruefling::neu(zeile.id.0.to_string(), version);
                let gelesen = massnahme::laden(c, &[zeile.id])
                    .and_then(|m| zeile.clone().lesen(m.into_iter().map(|(_, m)| m).collect(), version));
                match gelesen {
                    Err(e) => p.verlange(false, &format!("der Inhalt ist nicht lesbar ({e})")),
                    Ok(a) => {
                        let soll = Zeile {
                            inhalt: zeile.inhalt.clone(),
                            verfahren: zeile.verfahren.clone(),
                            ..Zeile::aus(&a)?
                        };
                        p.verlange(soll == zeile, "die Spalten weichen vom Inhalt ab");
                        for z in massnahme::zeilen(c, zeile.id)? {
                            let passt = |m: &aqb_domain::massnahme::Massnahme| {
                                MassnahmeZeile::aus(a.id, m)
                                    .is_ok_and(|soll| MassnahmeZeile { inhalt: z.inhalt.clone(), ..soll } == z)
                            };
                            let nr = z.massnahme_nr.clone();
                            p.verlange(
                                a.massnahmen.iter().any(|m| passt(&m.massnahme)),
                                &format!("die Spalten der Maßnahme {nr} weichen von ihrem Inhalt ab"),
                            );
                        }
                        p.dokument = Some(a.dokument()?);
                    }
                }
                prueflinge.push(p);
            }
            je(c, prueflinge)?;
        }
        Ok(())
    }

    fn normiert(dokument: Value) -> Option<Value> {
        serde_json::from_value::<Antrag>(dokument).ok().and_then(|a| a.dokument().ok())
    }

    /// Every filing and every version of a plan is one the trail tells of.
    fn zusatz(c: &mut DbConn, kette: &Kette) -> DbResult<Vec<String>> {
        let Some(id) = kette.eintraege.first().and_then(|e| e.fall_id.parse().ok()).map(Kennung) else {
            return Ok(Vec::new());
        };
        let mut maengel = Vec::new();
        let mut eingaenge: Vec<(String, String, Zeitpunkt)> = Vec::new();
        let mut plaene = HashMap::<String, Vec<Value>>::new();
        // a chain that contradicts itself is reported by the comparison of the document
        let _ = kette.erzaehle(Value::Null, |e, stand| {
            if [EINREICHUNG, AENDERUNGSBESCHEID, AENDERUNGSANZEIGE].contains(&e.akt.as_str())
                && let Some(s) = antrag_aus(stand).and_then(|a| schnappschuss(&a).ok())
            {
                eingaenge.push((s.sha256, e.person.clone(), e.zeit));
            }
            for m in stand.get("massnahmen").and_then(Value::as_array).into_iter().flatten() {
                if let (Some(id), Some(plan)) =
                    (m.pointer("/massnahme/id").and_then(Value::as_str), m.get("detailplanung"))
                {
                    let je = plaene.entry(id.to_owned()).or_default();
                    if je.last() != Some(plan) {
                        je.push(plan.clone());
                    }
                }
            }
        });
        use antrag_schnappschuss as t;
        let abgelegt: Vec<(i64, String, String, String, Zeitpunkt)> = t::table
            .filter(t::antrag_id.eq(id))
            .order(t::nr.asc())
            .select((t::nr, t::sha256, t::dokument, t::eingereicht_von, t::eingegangen_am))
            .load(c)?;
        if abgelegt.len() != eingaenge.len() {
            maengel.push(format!("{} Eingänge abgelegt, nach dem Protokoll {}", abgelegt.len(), eingaenge.len()));
        }
        for (nr, sha256, dokument, von, am) in &abgelegt {
            if pruefe_text(dokument, sha256).is_some() {
                maengel.push(format!("Eingang {nr}: die Prüfsumme des Dokuments stimmt nicht"));
            }
            let soll = usize::try_from(nr.saturating_sub(1)).ok().and_then(|i| eingaenge.get(i));
            if soll.is_none_or(|(h, p, z)| h != sha256 || p != von || z != am) {
                maengel.push(format!("Eingang {nr}: nicht das, was nach dem Protokoll eingereicht wurde"));
            }
        }
        let ids: Vec<Kennung> = plaene.keys().filter_map(|k| k.parse().ok()).map(Kennung).collect();
        let fassungen: Vec<(Kennung, i64, Dokument)> = detailplanung::table
            .filter(detailplanung::massnahme_id.eq_any(ids))
            .select((detailplanung::massnahme_id, detailplanung::nr, detailplanung::inhalt))
            .load(c)?;
        for (m, nr, plan) in fassungen {
            if !plaene.get(&m.0.to_string()).is_some_and(|p| p.contains(&plan.0)) {
                maengel.push(format!("Detailplanung {nr} der Maßnahme {}: das Protokoll kennt sie nicht", m.0));
            }
        }
        Ok(maengel)
    }
}

fn antrag_aus(stand: &Value) -> Option<Antrag> {
    let mut d = stand.clone();
    crate::integritaet::ohne_beigaben(&mut d);
    serde_json::from_value(d).ok()
}
