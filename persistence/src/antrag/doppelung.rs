//! Measures of other applications in which places or staff could be counted a second time.

use super::massnahme::neueste_plaene;
use crate::schema::{antrag, massnahme};
use crate::typen::{Dokument, Kennung};
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::antrag::{AndereMassnahme, Antrag, AntragStatus};
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::massnahme::Massnahme;
use diesel::prelude::*;
use std::collections::HashMap;

/// States in which an application claims its places and staff: filed, and neither refused nor withdrawn.
const BEANSPRUCHT: [AntragStatus; 6] = [
    AntragStatus::Eingereicht,
    AntragStatus::InPruefung,
    AntragStatus::Nachforderung,
    AntragStatus::EntscheidungVorbereitet,
    AntragStatus::Bewilligt,
    AntragStatus::Teilbewilligt,
];

type Zeile = (Kennung, String, Dokument, Option<String>, String);

/// Measures of other applications that share the applicant or a Traeger with this one and overlap with it in time. Only
/// those of the same Gebietskoerperschaft bear a name.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn andere_massnahmen(c: &mut DbConn, a: &Antrag) -> DbResult<Vec<AndereMassnahme>> {
    let inhalte = || a.massnahmen.iter().map(|m| &m.massnahme.inhalt);
    let (Some(von), Some(bis)) = (inhalte().map(|i| i.beginn).min(), inhalte().map(|i| i.ende).max()) else {
        return Ok(Vec::new());
    };
    let traeger: Vec<Kennung> = inhalte().filter_map(|i| i.traeger_id).map(Kennung).collect();
    let zeilen: Vec<Zeile> = massnahme::table
        .inner_join(antrag::table)
        .filter(antrag::id.ne(Kennung(a.id)))
        .filter(antrag::status.eq_any(BEANSPRUCHT.map(AntragStatus::code).to_vec()))
        .filter(massnahme::entfallen.eq(false))
        .filter(massnahme::beginn.le(bis))
        .filter(massnahme::ende.ge(von))
        .filter(
            antrag::kreisschluessel
                .eq(a.kreisschluessel.clone())
                .or(massnahme::traeger_id.is_not_null().and(massnahme::traeger_id.assume_not_null().eq_any(traeger))),
        )
        .order((antrag::id.asc(), massnahme::massnahme_nr.asc()))
        .select((
            massnahme::id,
            massnahme::massnahme_nr,
            massnahme::inhalt,
            antrag::aktenzeichen,
            antrag::kreisschluessel,
        ))
        .into_boxed::<MultiBackend>()
        .load(c)?;
    let ids: Vec<Kennung> = zeilen.iter().map(|z| z.0).collect();
    let mut plaene: HashMap<Kennung, Dokument> =
        neueste_plaene(c, &ids)?.into_iter().map(|p| (p.massnahme_id, p.inhalt)).collect();
    zeilen
        .into_iter()
        .map(|(id, massnahme_nr, inhalt, aktenzeichen, kreis)| {
            let eigene = kreis == a.kreisschluessel;
            let plan: Option<Detailplanung> = plaene.remove(&id).map(Dokument::lesen).transpose()?;
            Ok(AndereMassnahme {
                bezeichnung: eigene.then(|| format!("{}/{massnahme_nr}", aktenzeichen.unwrap_or_default())),
                massnahme: Massnahme { id: id.0, massnahme_nr, inhalt: inhalt.lesen()? },
                personaleinsatz: plan.map(|p| p.personaleinsatz).unwrap_or_default(),
            })
        })
        .collect()
}
