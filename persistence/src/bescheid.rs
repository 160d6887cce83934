//! Bescheide: content that never changes, and beside it the state that does.

mod pruefung;

use crate::schema::{bescheid, bescheid_position, bescheid_stand};
use crate::seite::{Position, Sortierung, geblaettert};
use crate::typen::{Dokument, Kennung, Zeitpunkt, code};
use crate::vollzug::{Aggregat, Versioniert};
use crate::{DbConn, DbFehler, DbResult, MultiBackend, Tx};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::bescheid::{
    Bekanntgabe, Bescheid, BescheidStatus, Bescheidart, Bescheidinhalt, Bescheidposition, Kettenglied, kanonisch,
    pruefe_text,
};
use aqb_domain::geld::Euro;
use aqb_domain::katalog::Massnahmeart;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The part of a Bescheid that changes.
#[derive(Serialize, Deserialize)]
struct Stand {
    erlassen_am: Option<NaiveDate>,
    verworfen_von: Option<String>,
    verwerfungsgrund: Option<String>,
    bekanntgabe: Option<Bekanntgabe>,
    bekannt_am: Option<NaiveDate>,
    rechtsbehelf_bis: Option<NaiveDate>,
    rechtsbehelfsverzicht_am: Option<NaiveDate>,
    verzichtet_von: Option<String>,
    bestandskraft_am: Option<NaiveDate>,
    bekanntgabe_von: Option<String>,
    berichtigungsgrund: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aufgehoben_durch: Option<uuid::Uuid>,
}

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = bescheid_stand, primary_key(bescheid_id), treat_none_as_null = true)]
struct StandZeile {
    bescheid_id: Kennung,
    antrag_id: Kennung,
    status: String,
    erstellt_von: String,
    freigegeben_von: Option<String>,
    stand: Dokument,
}

impl StandZeile {
    fn aus(b: &Bescheid) -> DbResult<Self> {
        Ok(StandZeile {
            bescheid_id: Kennung(b.id),
            antrag_id: Kennung(b.inhalt.antrag_id),
            status: b.status.code().to_owned(),
            erstellt_von: b.erstellt_von.clone(),
            freigegeben_von: b.freigegeben_von.clone(),
            stand: Dokument::aus(&Stand {
                erlassen_am: b.erlassen_am,
                verworfen_von: b.verworfen_von.clone(),
                verwerfungsgrund: b.verwerfungsgrund.clone(),
                bekanntgabe: b.bekanntgabe.clone(),
                bekannt_am: b.bekannt_am,
                rechtsbehelf_bis: b.rechtsbehelf_bis,
                rechtsbehelfsverzicht_am: b.rechtsbehelfsverzicht_am,
                verzichtet_von: b.verzichtet_von.clone(),
                bestandskraft_am: b.bestandskraft_am,
                bekanntgabe_von: b.bekanntgabe_von.clone(),
                berichtigungsgrund: b.berichtigungsgrund.clone(),
                aufgehoben_durch: b.aufgehoben_durch,
            })?,
        })
    }
}

#[derive(Insertable, Queryable, Selectable, PartialEq)]
#[diesel(table_name = bescheid_position)]
struct PositionZeile {
    bescheid_id: Kennung,
    nr: i64,
    massnahme_id: Kennung,
    massnahmeart: String,
    teilbudget: String,
    haushaltsjahr: i64,
    bewilligt: i64,
}

type Roh = ((Kennung, String, String, String, Zeitpunkt), (String, Option<String>, Dokument, Zeitpunkt, i64));

/// A row whose content still has its hash; a changed one is nobody's to read.
fn lesen(roh: Roh) -> DbResult<Versioniert<Bescheid>> {
    let ((_, inhalt, hash, ..), _) = &roh;
    match pruefe_text(inhalt, hash) {
        Some(b) => Err(DbFehler::Siegel(Box::new(b))),
        None => entpacken(roh),
    }
}

fn entpacken(
    ((id, inhalt, hash, von, erstellt), (status, frei, stand, geaendert, version)): Roh,
) -> DbResult<Versioniert<Bescheid>> {
    let inhalt: Bescheidinhalt = serde_json::from_str(&inhalt).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
    let s: Stand = stand.lesen()?;
    let wert = Bescheid {
        id: id.0,
        inhalt,
        inhalt_hash: hash,
        status: code(&status)?,
        erstellt_von: von,
        freigegeben_von: frei,
        erlassen_am: s.erlassen_am,
        verworfen_von: s.verworfen_von,
        verwerfungsgrund: s.verwerfungsgrund,
        bekanntgabe: s.bekanntgabe,
        bekannt_am: s.bekannt_am,
        rechtsbehelf_bis: s.rechtsbehelf_bis,
        rechtsbehelfsverzicht_am: s.rechtsbehelfsverzicht_am,
        verzichtet_von: s.verzichtet_von,
        bestandskraft_am: s.bestandskraft_am,
        bekanntgabe_von: s.bekanntgabe_von,
        berichtigungsgrund: s.berichtigungsgrund,
        aufgehoben_durch: s.aufgehoben_durch,
    };
    Ok(Versioniert { wert, version, erstellt_am: erstellt.0, geaendert_am: geaendert.0 })
}

fn positionen(b: &Bescheid) -> Vec<PositionZeile> {
    let zeile = |(p, nr): (&Bescheidposition, i64)| PositionZeile {
        bescheid_id: Kennung(b.id),
        nr,
        massnahme_id: Kennung(p.massnahme_id),
        massnahmeart: p.massnahmeart.code().to_owned(),
        teilbudget: p.teilbudget.clone(),
        haushaltsjahr: i64::from(p.haushaltsjahr),
        bewilligt: p.bewilligt.cent(),
    };
    b.inhalt.positionen.iter().zip(1i64..).map(zeile).collect()
}

impl Aggregat for Bescheid {
    const ART: &'static str = "BESCHEID";
    fn schluessel(&self) -> String {
        self.id.to_string()
    }
    fn gebietskoerperschaft(&self) -> Option<&str> {
        Some(&self.inhalt.kreisschluessel)
    }
    fn dokument(&self) -> DbResult<serde_json::Value> {
        serde_json::to_value(self).map_err(|e| DbFehler::Inhalt(e.to_string()))
    }
    fn einfuegen(&self, tx: &mut Tx<'_>) -> DbResult<()> {
        let text = kanonisch(&self.inhalt).map_err(|_| DbFehler::Inhalt("Bescheid".to_owned()))?;
        diesel::insert_into(bescheid::table)
            .values((
                (bescheid::id.eq(Kennung(self.id)), bescheid::antrag_id.eq(Kennung(self.inhalt.antrag_id))),
                bescheid::jahrgang.eq(i64::from(self.inhalt.jahrgang)),
                bescheid::kreisschluessel.eq(&self.inhalt.kreisschluessel),
                bescheid::art.eq(self.inhalt.art.code()),
                bescheid::regelwerk.eq(&self.inhalt.regelwerk),
                bescheid::vorgaenger_id.eq(self.inhalt.vorgaenger_id.map(Kennung)),
                bescheid::inhalt.eq(text),
                bescheid::inhalt_hash.eq(&self.inhalt_hash),
                bescheid::erstellt_von.eq(&self.erstellt_von),
                bescheid::erstellt_am.eq(Zeitpunkt(tx.jetzt)),
                bescheid::kettenglied.eq(i64::from(self.inhalt.kettenglied)),
            ))
            .execute(tx.c)?;
        diesel::insert_into(bescheid_stand::table)
            .values((
                StandZeile::aus(self)?,
                bescheid_stand::geaendert_am.eq(Zeitpunkt(tx.jetzt)),
                bescheid_stand::version.eq(1i64),
            ))
            .execute(tx.c)?;
        let zeilen = positionen(self);
        crate::je_backend!(tx.c, c => diesel::insert_into(bescheid_position::table).values(&zeilen).execute(c))?;
        Ok(())
    }
    fn ersetzen(&self, tx: &mut Tx<'_>, version: i64) -> DbResult<usize> {
        let zeile = bescheid_stand::table
            .filter(bescheid_stand::bescheid_id.eq(Kennung(self.id)))
            .filter(bescheid_stand::version.eq(version));
        Ok(diesel::update(zeile)
            .set((
                StandZeile::aus(self)?,
                bescheid_stand::geaendert_am.eq(Zeitpunkt(tx.jetzt)),
                bescheid_stand::version.eq(bescheid_stand::version + 1i64),
            ))
            .execute(tx.c)?)
    }
    fn aktuelle_version(&self, c: &mut DbConn) -> DbResult<i64> {
        let v = bescheid_stand::table.find(Kennung(self.id)).select(bescheid_stand::version).first(c).optional()?;
        Ok(v.unwrap_or(0))
    }
}

macro_rules! auswahl {
    () => {
        (
            (bescheid::id, bescheid::inhalt, bescheid::inhalt_hash, bescheid::erstellt_von, bescheid::erstellt_am),
            (
                bescheid_stand::status,
                bescheid_stand::freigegeben_von,
                bescheid_stand::stand,
                bescheid_stand::geaendert_am,
                bescheid_stand::version,
            ),
        )
    };
}

use auswahl;

/// What a caller sees of Bescheide: a county sees its own once they were issued, never a draft.
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {{
        let verborgen = [BescheidStatus::Entwurf.code(), BescheidStatus::Verworfen.code()];
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q
                .filter(bescheid::kreisschluessel.eq(k.clone()))
                .filter(bescheid_stand::status.ne_all(verborgen.to_vec())),
            Sicht::Traeger(_) => $q.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("1 = 0")),
        }
    }};
}

/// Loads a Bescheid, if the caller sees it.
///
/// # Errors
/// [`DbFehler::Siegel`] when its content no longer has its hash.
pub fn laden(c: &mut DbConn, sicht: &Sicht, id: uuid::Uuid) -> DbResult<Option<Versioniert<Bescheid>>> {
    let q = bescheid::table
        .inner_join(bescheid_stand::table)
        .filter(bescheid::id.eq(Kennung(id)))
        .select(auswahl!())
        .into_boxed::<MultiBackend>();
    sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// What narrows a list of Bescheide.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application.
    pub antrag_id: Option<uuid::Uuid>,
    /// State.
    pub status: Option<BescheidStatus>,
    /// Order.
    pub sortierung: Sortierung,
}

/// Bescheide the caller sees, after the position `nach`.
///
/// # Errors
/// [`DbFehler::Siegel`] when the content of one no longer has its hash.
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    f: &Filter,
    nach: Option<Position>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Bescheid>>> {
    let q = bescheid::table.inner_join(bescheid_stand::table).select(auswahl!()).into_boxed::<MultiBackend>();
    let mut q = sichtbare!(q, sicht);
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(bescheid::kreisschluessel.eq(k.clone()));
    }
    if let Some(j) = f.jahrgang {
        q = q.filter(bescheid::jahrgang.eq(i64::from(j)));
    }
    if let Some(a) = f.antrag_id {
        q = q.filter(bescheid::antrag_id.eq(Kennung(a)));
    }
    if let Some(s) = f.status {
        q = q.filter(bescheid_stand::status.eq(s.code()));
    }
    let q = geblaettert!(
        q,
        f.sortierung,
        nach,
        "bescheid_stand",
        "bescheid_id",
        bescheid_stand::bescheid_id,
        bescheid_stand::geaendert_am
    );
    q.limit(anzahl).load::<Roh>(c)?.into_iter().map(lesen).collect()
}

/// All Bescheide of a case, in order of their drafting.
///
/// # Errors
/// [`DbFehler`].
pub fn des_falls(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Vec<Versioniert<Bescheid>>> {
    let f = Filter { antrag_id: Some(antrag_id), ..Filter::default() };
    liste(c, &Sicht::Alles, &f, None, i64::MAX)
}

/// The last issued link of an application's chain.
///
/// # Errors
/// [`DbFehler`].
pub fn letztes_glied(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Option<Kettenglied>> {
    let alle = des_falls(c, antrag_id)?;
    Ok(alle.iter().filter(|b| b.wert.erlassen()).map(|b| b.wert.kettenglied()).max_by_key(|k| k.nr))
}

/// The Bescheid that says what is granted in a case now ([`aqb_domain::bescheid::geltend`]).
///
/// # Errors
/// [`DbFehler`].
pub fn geltend(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Option<Versioniert<Bescheid>>> {
    let alle = des_falls(c, antrag_id)?;
    let id = aqb_domain::bescheid::geltend(alle.iter().map(|b| &b.wert)).map(|b| b.id);
    Ok(alle.into_iter().find(|b| Some(b.wert.id) == id))
}

/// The draft of an application's Bescheid, if there is one; the database permits one at a time.
///
/// # Errors
/// [`DbFehler`].
pub fn entwurf(c: &mut DbConn, antrag_id: uuid::Uuid) -> DbResult<Option<Versioniert<Bescheid>>> {
    let f = Filter { antrag_id: Some(antrag_id), status: Some(BescheidStatus::Entwurf), ..Filter::default() };
    Ok(liste(c, &Sicht::Alles, &f, None, 1)?.pop())
}

/// No later issued link of the same chain says what is granted: the words of [`aqb_domain::bescheid::geltend`] in SQL.
const ZULETZT_BEWILLIGT: &str = "NOT EXISTS (SELECT 1 FROM bescheid n JOIN bescheid_stand ns ON ns.bescheid_id = n.id \
    WHERE n.antrag_id = bescheid.antrag_id AND n.kettenglied > bescheid.kettenglied \
    AND ns.status IN ('ERLASSEN','BEKANNTGEGEBEN') AND n.art IN ('ZUWENDUNG','AENDERUNG','SCHLUSS','WIDERRUF','RUECKNAHME'))";

/// State funds granted now to one owner, per kind of measure, the case `ohne` left out. Of each chain only the Bescheid
/// that counts is added: a replaced one grants nothing any more.
///
/// # Errors
/// [`DbFehler`].
pub fn gebunden_je_art(
    c: &mut DbConn,
    jahrgang: i32,
    kreisschluessel: &str,
    ohne: Option<uuid::Uuid>,
) -> DbResult<BTreeMap<Massnahmeart, Euro>> {
    let wirksam = [BescheidStatus::Erlassen.code(), BescheidStatus::Bekanntgegeben.code()];
    let bewilligend: Vec<&str> = Bescheidart::ALLE.iter().filter(|a| a.bewilligt()).map(|a| a.code()).collect();
    let zeilen: Vec<(String, Option<i64>)> = bescheid_position::table
        .inner_join(bescheid::table.inner_join(bescheid_stand::table))
        .filter(bescheid::jahrgang.eq(i64::from(jahrgang)))
        .filter(bescheid::kreisschluessel.eq(kreisschluessel))
        .filter(bescheid::art.eq_any(bewilligend))
        .filter(bescheid::antrag_id.ne(Kennung(ohne.unwrap_or_default())))
        .filter(bescheid_stand::status.eq_any(wirksam.to_vec()))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(ZULETZT_BEWILLIGT))
        .group_by(bescheid_position::massnahmeart)
        .select((bescheid_position::massnahmeart, crate::ausdruck::summe(bescheid_position::bewilligt)))
        .load(c)?;
    zeilen.into_iter().map(|(art, s)| Ok((code(&art)?, crate::typen::euro(s.unwrap_or(0))?))).collect()
}
