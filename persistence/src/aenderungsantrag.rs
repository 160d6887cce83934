//! Applications for a change of a grant.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen, loeschbar};
use crate::schema::aenderungsantrag;
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::aenderungsantrag::{Aenderungsantrag, AenderungsantragStatus};
use aqb_domain::berechtigung::Sicht;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = aenderungsantrag)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    jahrgang: i64,
    kreisschluessel: String,
    status: String,
    erstellt_von: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(a: &Aenderungsantrag) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(a.id),
            antrag_id: Kennung(a.antrag_id),
            jahrgang: i64::from(a.jahrgang),
            kreisschluessel: a.kreisschluessel.clone(),
            status: a.status.code().to_owned(),
            erstellt_von: a.erstellt_von.clone(),
            inhalt: Dokument::aus(a)?,
        })
    }
}

aggregat!(
    Aenderungsantrag, "AENDERUNGSANTRAG", aenderungsantrag, version, id: Kennung = |a| Kennung(a.id),
    schluessel |a| a.id.to_string(), gk |a| Some(&a.kreisschluessel)
);
loeschbar!(Aenderungsantrag, aenderungsantrag);

/// Loads one, if the caller sees it.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Aenderungsantrag>>> {
    use aenderungsantrag as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    des_kreises!(q, sicht, t::kreisschluessel).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// What narrows a list of changes.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application whose grant changes.
    pub antrag_id: Option<uuid::Uuid>,
    /// State.
    pub status: Option<AenderungsantragStatus>,
    /// Order.
    pub sortierung: Sortierung,
}

/// Changes the caller sees, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Aenderungsantrag>>> {
    use aenderungsantrag as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    let q = geblaettert!(q, f.sortierung, nach, "aenderungsantrag", "id", t::id, t::geaendert_am);
    alle_lesen(q.limit(anzahl).load::<Roh>(c)?)
}

/// All changes of a case, in order of their beginning.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn des_antrags(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<Versioniert<Aenderungsantrag>>> {
    use aenderungsantrag as t;
    let roh: Vec<Roh> = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    alle_lesen(roh)
}

/// Changes of a Jahrgang that are neither decided nor withdrawn.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn offene(c: &mut DbConn, jahrgang: i32) -> DbResult<u64> {
    use AenderungsantragStatus as S;
    let offen = [S::Entwurf, S::Eingereicht, S::Angezeigt, S::InPruefung, S::EntscheidungVorbereitet, S::Ueberholt];
    let n: i64 = aenderungsantrag::table
        .filter(aenderungsantrag::jahrgang.eq(i64::from(jahrgang)))
        .filter(aenderungsantrag::status.eq_any(offen.map(S::code).to_vec()))
        .count()
        .get_result(c)?;
    Ok(u64::try_from(n).unwrap_or(0))
}
