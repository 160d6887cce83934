//! Calls for money.

use crate::ablage::{Roh, aggregat, alle_lesen, des_kreises, lesen, loeschbar};
use crate::schema::mittelabruf;
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::mittelabruf::{Mittelabruf, MittelabrufStatus};
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = mittelabruf, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    bescheid_id: Kennung,
    antrag_id: Kennung,
    jahrgang: i64,
    kreisschluessel: String,
    haushaltsjahr: i64,
    abruf_nr: Option<i64>,
    status: String,
    bedarf_von: Option<NaiveDate>,
    bedarf_bis: Option<NaiveDate>,
    erstellt_von: String,
    geprueft_von: Option<String>,
    angeordnet_von: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(m: &Mittelabruf) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(m.id),
            bescheid_id: Kennung(m.bescheid_id),
            antrag_id: Kennung(m.antrag_id),
            jahrgang: i64::from(m.jahrgang),
            kreisschluessel: m.kreisschluessel.clone(),
            haushaltsjahr: i64::from(m.inhalt.haushaltsjahr),
            abruf_nr: m.abruf_nr,
            status: m.status.code().to_owned(),
            bedarf_von: m.inhalt.bedarf.iter().map(|b| b.faellig_am).min(),
            bedarf_bis: m.inhalt.bedarf.iter().map(|b| b.faellig_am).max(),
            erstellt_von: m.erstellt_von.clone(),
            geprueft_von: m.feststellung.as_ref().map(|f| f.von.clone()),
            angeordnet_von: m.anordnung.as_ref().map(|a| a.von.clone()),
            inhalt: Dokument::aus(m)?,
        })
    }
}

aggregat!(
    Mittelabruf, "MITTELABRUF", mittelabruf, version, id: Kennung = |m| Kennung(m.id),
    schluessel |m| m.id.to_string(), gk |m| Some(&m.kreisschluessel)
);
loeschbar!(Mittelabruf, mittelabruf);

/// Loads one, if the caller sees it.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Mittelabruf>>> {
    use mittelabruf as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    des_kreises!(q, sicht, t::kreisschluessel).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// What narrows a list of calls.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Haushaltsjahr.
    pub haushaltsjahr: Option<i32>,
    /// Application.
    pub antrag_id: Option<uuid::Uuid>,
    /// Bescheid.
    pub bescheid_id: Option<uuid::Uuid>,
    /// State.
    pub status: Option<MittelabrufStatus>,
    /// Order.
    pub sortierung: Sortierung,
}

/// Calls the caller sees, after the position `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Mittelabruf>>> {
    use mittelabruf as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(t::jahrgang.eq(i64::from(j)));
    }
    if let Some(j) = f.haushaltsjahr {
        q = q.filter(t::haushaltsjahr.eq(i64::from(j)));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(t::antrag_id.eq(Kennung(a)));
    }
    if let Some(b) = f.bescheid_id {
        q = q.filter(t::bescheid_id.eq(Kennung(b)));
    }
    if let Some(s) = f.status {
        q = q.filter(t::status.eq(s.code()));
    }
    let q = geblaettert!(q, f.sortierung, nach, "mittelabruf", "id", t::id, t::geaendert_am);
    alle_lesen(q.limit(anzahl).load::<Roh>(c)?)
}

/// Filed calls of the same case that were neither refused nor cancelled and have needs in the same days as `m`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_bedarf_wie(c: &mut DbConn, m: &Mittelabruf) -> DbResult<Vec<Mittelabruf>> {
    use mittelabruf as t;
    let tage = || m.inhalt.bedarf.iter().map(|b| b.faellig_am);
    let (Some(von), Some(bis)) = (tage().min(), tage().max()) else { return Ok(Vec::new()) };
    let ohne = [MittelabrufStatus::Entwurf, MittelabrufStatus::Zurueckgewiesen, MittelabrufStatus::Storniert];
    let roh: Vec<Roh> = t::table
        .filter(t::antrag_id.eq(Kennung(m.antrag_id)))
        .filter(t::id.ne(Kennung(m.id)))
        .filter(t::bedarf_von.le(bis).and(t::bedarf_bis.ge(von)))
        .filter(t::status.ne_all(ohne.map(|s| s.code().to_owned()).to_vec()))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    Ok(alle_lesen(roh)?.into_iter().map(|v| v.wert).collect())
}

/// Calls of a case whose money is reserved and not yet paid.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn offene(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<Versioniert<Mittelabruf>>> {
    use mittelabruf as t;
    let offen = [
        MittelabrufStatus::Eingereicht,
        MittelabrufStatus::Geprueft,
        MittelabrufStatus::Gekuerzt,
        MittelabrufStatus::Angeordnet,
    ];
    let roh: Vec<Roh> = t::table
        .filter(t::antrag_id.eq(Kennung(antrag_id)))
        .filter(t::status.eq_any(offen.map(|s| s.code().to_owned()).to_vec()))
        .order(t::id.asc())
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load(c)?;
    alle_lesen(roh)
}
