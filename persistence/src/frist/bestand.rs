//! Deadlines that were noted before they became records: taken over once, under the act `uebernahme`.

use crate::db::Auftraggeber;
use crate::schema::{antrag, bescheid, frist, frist_bestand};
use crate::typen::{Kennung, Zeitpunkt, code, jahr};
use crate::vollzug::vollziehe;
use crate::{DbConn, DbResult, Tx};
use aqb_domain::akt::{Entscheidung, Fristsetzung};
use aqb_domain::antrag::AntragStatus;
use aqb_domain::berechtigung::{Akteur, Rolle, Sicht};
use aqb_domain::frist::{Frist, FristStatus, Fristabschluss, Fristart, Fristfall, Zweisprachig};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

type Alt = (Kennung, String, String, Option<String>, String, NaiveDate, String, String, Zeitpunkt);

/// What the case of an old deadline says today.
struct Herkunft {
    antrag_id: Kennung,
    jahrgang: i64,
    regelwerk: String,
    /// Its reason is gone: the request is answered, the appeal waived.
    beendet: bool,
}

/// Turns every deadline that is no record yet into one. May be repeated at any point.
///
/// # Errors
/// [`crate::DbFehler`].
pub(crate) fn uebernehmen(c: &mut DbConn, jetzt: DateTime<Utc>) -> DbResult<()> {
    let alte: Vec<Alt> = frist_bestand::table.order(frist_bestand::id.asc()).load(c)?;
    for (id, fall_art, fall_id, kreis, art, faellig_am, grundlage, folge, _) in alte {
        let da: i64 = frist::table.filter(frist::id.eq(id)).count().get_result(c)?;
        if let (0, Some(h), Some(kreisschluessel)) = (da, herkunft(c, &fall_art, &fall_id)?, kreis) {
            let fall = Fristfall { art: fall_art, id: fall_id, kreisschluessel };
            let s = Fristsetzung {
                art: code::<Fristart>(&art)?,
                bezug: None,
                faellig_am,
                antrag_id: h.antrag_id.0,
                jahrgang: jahr(h.jahrgang)?,
                regelwerk: h.regelwerk,
            };
            let neu = Frist::neu(id.0, &fall, &s, None);
            let rechtsgrundlage = Zweisprachig { de: grundlage, ..neu.rechtsgrundlage.clone() };
            let mut neu = Frist { rechtsgrundlage, folge: Zweisprachig { de: folge, ..neu.folge.clone() }, ..neu };
            let person = "system".to_owned();
            if h.beendet {
                let am = aqb_domain::zeit::rechtstag(jetzt);
                let abschluss =
                    Fristabschluss { am, akt: "uebernahme".to_owned(), person: person.clone(), grund: None };
                neu = neu.beendet(FristStatus::Erledigt, abschluss, None);
            }
            let akteur = Akteur { person, rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
            let wer = Auftraggeber { akteur, anfrage: "uebernahme".to_owned(), simulation: false };
            vollziehe(&mut Tx::neu(c, jetzt, wer), "uebernahme", None, Entscheidung::neu(neu))?;
        }
        diesel::delete(frist_bestand::table.filter(frist_bestand::id.eq(id))).execute(c)?;
    }
    Ok(())
}

fn herkunft(c: &mut DbConn, fall_art: &str, fall_id: &str) -> DbResult<Option<Herkunft>> {
    let Ok(id) = fall_id.parse::<uuid::Uuid>() else { return Ok(None) };
    if fall_art == "ANTRAG" {
        let zeile: Option<(i64, Option<String>, String)> = antrag::table
            .find(Kennung(id))
            .select((antrag::jahrgang, antrag::regelwerk, antrag::status))
            .first(c)
            .optional()?;
        return Ok(zeile.map(|(jahrgang, regelwerk, status)| Herkunft {
            antrag_id: Kennung(id),
            jahrgang,
            regelwerk: regelwerk.unwrap_or_default(),
            beendet: status != AntragStatus::Nachforderung.code(),
        }));
    }
    let zeile: Option<(Kennung, i64, String)> = bescheid::table
        .find(Kennung(id))
        .select((bescheid::antrag_id, bescheid::jahrgang, bescheid::regelwerk))
        .first(c)
        .optional()?;
    let verzichtet =
        crate::bescheid::laden(c, &Sicht::Alles, id)?.is_some_and(|b| b.wert.rechtsbehelfsverzicht_am.is_some());
    Ok(zeile.map(|(antrag_id, jahrgang, regelwerk)| Herkunft { antrag_id, jahrgang, regelwerk, beendet: verzichtet }))
}
