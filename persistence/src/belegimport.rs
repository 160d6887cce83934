//! Imports of Beleglisten: the record, and the staged lines beside it.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen};
use crate::db::Tx;
use crate::schema::{belegimport, belegimport_zeile};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend, je_backend};
use aqb_domain::belegimport::{Belegimport, BelegimportStatus, Belegimportzeile, Belegzeilenurteil};
use aqb_domain::berechtigung::Sicht;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = belegimport, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    kette_id: Kennung,
    kreisschluessel: String,
    traeger_id: Option<Kennung>,
    status: String,
    schluessel: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(i: &Belegimport) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(i.id),
            kette_id: Kennung(i.kette_id),
            kreisschluessel: i.kreisschluessel.clone(),
            traeger_id: i.traeger_id.map(Kennung),
            status: i.status.code().to_owned(),
            schluessel: i.schluessel.clone(),
            inhalt: Dokument::aus(i)?,
        })
    }
}

aggregat!(
    Belegimport, "BELEGIMPORT", belegimport, version, id: Kennung = |i| Kennung(i.id),
    schluessel |i| i.id.to_string(), gk |i| Some(&i.kreisschluessel)
);

impl crate::vollzug::Loeschbar for Belegimport {
    fn loeschen(&self, c: &mut DbConn, version: i64) -> DbResult<usize> {
        diesel::delete(belegimport_zeile::table.filter(belegimport_zeile::belegimport_id.eq(Kennung(self.id))))
            .execute(c)?;
        let zeile =
            belegimport::table.filter(belegimport::id.eq(Kennung(self.id))).filter(belegimport::version.eq(version));
        Ok(diesel::delete(zeile).execute(c)?)
    }
}

/// A county sees those of its lists; a Traeger what it uploaded itself.
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q.filter(belegimport::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(t) => $q.filter(belegimport::traeger_id.eq(Kennung(*t))),
        }
    };
}

/// Loads one the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Belegimport>>> {
    use belegimport as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// The import of the same upload.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn mit_schluessel(c: &mut DbConn, schluessel: &str) -> DbResult<Option<Versioniert<Belegimport>>> {
    use belegimport as t;
    let roh = t::table
        .filter(t::schluessel.eq(schluessel))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .first::<Roh>(c)
        .optional()?;
    roh.map(lesen).transpose()
}

/// Imports of a list that the caller sees in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    kette_id: Uuid,
    status: Option<BelegimportStatus>,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Belegimport>>> {
    use belegimport as t;
    let q = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    let mut q = sichtbare!(q, sicht);
    if let Some(s) = status {
        q = q.filter(t::status.eq(s.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Stages lines.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn zeilen_ablegen(tx: &mut Tx<'_>, id: Uuid, zeilen: &[Belegimportzeile]) -> DbResult<()> {
    use belegimport_zeile as t;
    // SQLite takes at most 32,766 parameters in a statement
    for stapel in zeilen.chunks(500) {
        let werte = stapel
            .iter()
            .map(|z| {
                Ok((
                    t::belegimport_id.eq(Kennung(id)),
                    t::nr.eq(z.nr),
                    t::urteil.eq(z.urteil.code()),
                    t::inhalt.eq(Dokument::aus(z)?),
                ))
            })
            .collect::<DbResult<Vec<_>>>()?;
        je_backend!(&mut *tx.c, c => diesel::insert_into(t::table).values(&werte).execute(c))?;
    }
    Ok(())
}

/// Writes a new verdict about a staged line.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn zeile_ersetzen(tx: &mut Tx<'_>, id: Uuid, z: &Belegimportzeile) -> DbResult<()> {
    use belegimport_zeile as t;
    let zeile = t::table.filter(t::belegimport_id.eq(Kennung(id))).filter(t::nr.eq(z.nr));
    diesel::update(zeile).set((t::urteil.eq(z.urteil.code()), t::inhalt.eq(Dokument::aus(z)?))).execute(tx.c)?;
    Ok(())
}

/// Forgets the staged lines, before the file is read anew.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn zeilen_verwerfen(tx: &mut Tx<'_>, id: Uuid) -> DbResult<()> {
    let zeilen = belegimport_zeile::table.filter(belegimport_zeile::belegimport_id.eq(Kennung(id)));
    diesel::delete(zeilen).execute(tx.c)?;
    Ok(())
}

/// What narrows staged lines.
#[derive(Debug, Clone, Copy)]
pub enum Zeilenwahl {
    /// Nothing.
    Alle,
    /// Those with this verdict.
    Mit(Belegzeilenurteil),
    /// Those that can be taken over.
    Gute,
    /// Good ones with warnings or hints, of this verdict or any.
    MitHinweisen(Option<Belegzeilenurteil>),
}

/// Staged lines after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn zeilen(
    c: &mut DbConn,
    id: Uuid,
    wahl: Zeilenwahl,
    nach: Option<i64>,
    anzahl: i64,
) -> DbResult<Vec<Belegimportzeile>> {
    use belegimport_zeile as t;
    let hat_befunde = match c {
        DbConn::Sqlite(_) => "json_array_length(inhalt, '$.befunde') > 0",
        DbConn::Postgres(_) => "jsonb_array_length(inhalt -> 'befunde') > 0",
    };
    let mut q = t::table
        .filter(t::belegimport_id.eq(Kennung(id)))
        .select(t::inhalt)
        .order(t::nr.asc())
        .limit(anzahl)
        .into_boxed::<MultiBackend>();
    match wahl {
        Zeilenwahl::Alle => {}
        Zeilenwahl::Mit(u) => q = q.filter(t::urteil.eq(u.code())),
        // by what they are not: asked for three verdicts, SQLite takes their index and sorts the rest of the file
        Zeilenwahl::Gute => {
            let andere = [Belegzeilenurteil::Fehlerhaft, Belegzeilenurteil::Leer];
            q = q.filter(t::urteil.ne_all(andere.map(Belegzeilenurteil::code)));
        }
        Zeilenwahl::MitHinweisen(u) => {
            q = q.filter(t::urteil.ne(Belegzeilenurteil::Fehlerhaft.code())).filter(sql::<Bool>(hat_befunde));
            if let Some(u) = u {
                q = q.filter(t::urteil.eq(u.code()));
            }
        }
    }
    if let Some(n) = nach {
        q = q.filter(t::nr.gt(n));
    }
    q.load::<Dokument>(c)?.into_iter().map(Dokument::lesen).collect()
}
