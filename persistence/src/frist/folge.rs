//! What an act of a case does to deadlines: which end, which give way, which begin.

use crate::ablage::{Roh, alle_lesen};
use crate::ausdruck::Sperrbar;
use crate::protokoll::Fall;
use crate::schema::frist;
use crate::typen::Kennung;
use crate::vollzug::{Versioniert, vollziehe};
use crate::{DbFehler, DbResult, Tx};
use aqb_domain::akt::{Entscheidung, Fristende, Fristsetzung};
use aqb_domain::frist::{Frist, FristStatus, Fristabschluss, Fristfall};
use diesel::prelude::*;
use uuid::Uuid;

/// A deadline that gives way and has no successor yet.
type Weichend = Versioniert<Frist>;

/// Ends and sets deadlines, each under its own trail.
pub(crate) fn fuehre(
    tx: &mut Tx<'_>,
    akt: &str,
    fall: &Fall<'_>,
    setzungen: &[Fristsetzung],
    enden: &[Fristende],
) -> DbResult<()> {
    let mut weichend: Vec<Weichend> = Vec::new();
    for e in enden {
        match (e.antrag_id, e.status) {
            (Some(antrag), FristStatus::Abgeloest) => {
                weichend.extend(des_antrags(tx, antrag, e, FristStatus::Offen)?);
            }
            (Some(antrag), FristStatus::Erledigt) => {
                for alt in des_antrags(tx, antrag, e, FristStatus::Offen)? {
                    if alt.wert.bezug == e.bezug {
                        beende(tx, akt, &alt, e.status, None)?;
                    }
                }
            }
            (Some(antrag), FristStatus::Offen) => {
                for alt in des_antrags(tx, antrag, e, FristStatus::Erledigt)? {
                    if alt.wert.bezug == e.bezug && alt.wert.durch_einreichung_erledigt() {
                        vollziehe(tx, akt, Some(&alt), Entscheidung::neu(alt.wert.wieder_offen()))?;
                    }
                }
            }
            (None, status) => {
                let anderer = e.fall.map(|(art, id)| (art, id.to_string()));
                let anderer = anderer.as_ref().map(|(art, id)| Fall { art, id, ..*fall });
                let fall = anderer.as_ref().unwrap_or(fall);
                if status == FristStatus::Offen {
                    for alt in des_falls(tx, fall, e.art.code(), FristStatus::Erledigt)? {
                        if alt.wert.lebt_auf() {
                            vollziehe(tx, akt, Some(&alt), Entscheidung::neu(alt.wert.wieder_offen()))?;
                        }
                    }
                    continue;
                }
                for alt in des_falls(tx, fall, e.art.code(), FristStatus::Offen)? {
                    beende(tx, akt, &alt, status, None)?;
                }
            }
        }
    }
    for s in setzungen {
        setze(tx, akt, fall, s, enden, &mut weichend)?;
    }
    for alt in weichend {
        beende(tx, akt, &alt, FristStatus::Abgeloest, None)?;
    }
    Ok(())
}

fn setze(
    tx: &mut Tx<'_>,
    akt: &str,
    fall: &Fall<'_>,
    s: &Fristsetzung,
    enden: &[Fristende],
    weichend: &mut Vec<Weichend>,
) -> DbResult<()> {
    let abgeloest = |e: &&Fristende| e.antrag_id.is_some() && e.status == FristStatus::Abgeloest;
    let kette = enden.iter().filter(abgeloest).find(|e| e.art == s.art);
    let vorgaenger = match kette {
        Some(e) => {
            let erledigt = des_antrags(tx, s.antrag_id, e, FristStatus::Erledigt)?;
            if erledigt.iter().any(|f| f.wert.entspricht(s)) {
                // met already; the later Bescheid does not demand it again
                return Ok(());
            }
            weichend.iter().position(|f| f.wert.ist(s)).map(|i| weichend.swap_remove(i))
        }
        None => des_falls(tx, fall, s.art.code(), FristStatus::Offen)?.into_iter().find(|f| f.wert.ist(s)),
    };
    if vorgaenger.as_ref().is_some_and(|v| v.wert.entspricht(s) && v.wert.fall_id == fall.id) {
        return Ok(());
    }
    let kreisschluessel = fall.kreisschluessel.ok_or_else(|| {
        DbFehler::Inhalt(format!("{} {} ohne Gebietskörperschaft setzt eine Frist", fall.art, fall.id))
    })?;
    let eigner =
        Fristfall { art: fall.art.to_owned(), id: fall.id.to_owned(), kreisschluessel: kreisschluessel.to_owned() };
    let neu = Frist::neu(tx.neue_id(), &eigner, s, vorgaenger.as_ref().map(|v| &v.wert));
    if let Some(alt) = vorgaenger {
        beende(tx, akt, &alt, FristStatus::Abgeloest, Some(neu.id))?;
    }
    let neu = vollziehe(tx, akt, None, Entscheidung::neu(neu))?;
    tx.fristen.push(neu.wert);
    Ok(())
}

fn beende(
    tx: &mut Tx<'_>,
    akt: &str,
    alt: &Versioniert<Frist>,
    status: FristStatus,
    nachfolger: Option<Uuid>,
) -> DbResult<()> {
    let abschluss =
        Fristabschluss { am: tx.heute(), akt: akt.to_owned(), person: tx.akteur.person.clone(), grund: None };
    vollziehe(tx, akt, Some(alt), Entscheidung::neu(alt.wert.beendet(status, abschluss, nachfolger))).map(drop)
}

/// Those of the case in this state, kept from others: an extension may run at the same moment.
fn des_falls(tx: &mut Tx<'_>, fall: &Fall<'_>, art: &str, status: FristStatus) -> DbResult<Vec<Versioniert<Frist>>> {
    alle_lesen(
        frist::table
            .filter(frist::fall_art.eq(fall.art))
            .filter(frist::fall_id.eq(fall.id))
            .filter(frist::art.eq(art))
            .filter(frist::status.eq(status.code()))
            .order(frist::id.asc())
            .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
            .zeile_sperren()
            .load::<Roh>(tx.c)?,
    )
}

fn des_antrags(
    tx: &mut Tx<'_>,
    antrag_id: Uuid,
    e: &Fristende,
    status: FristStatus,
) -> DbResult<Vec<Versioniert<Frist>>> {
    alle_lesen(
        frist::table
            .filter(frist::antrag_id.eq(Kennung(antrag_id)))
            .filter(frist::art.eq(e.art.code()))
            .filter(frist::status.eq(status.code()))
            .order(frist::id.asc())
            .select((frist::inhalt, frist::erstellt_am, frist::geaendert_am, frist::version))
            .zeile_sperren()
            .load::<Roh>(tx.c)?,
    )
}
