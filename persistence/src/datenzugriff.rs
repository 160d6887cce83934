//! Who read what about people. Rows are only ever added.

use crate::db::Tx;
use crate::schema::datenzugriff;
use crate::typen::{Dokument, Kennung, Zeitpunkt, code};
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::teilnahme::{Datenzugriff, Zugriffszweck};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = datenzugriff)]
struct Zeile {
    id: Kennung,
    zeit: Zeitpunkt,
    person: String,
    rolle: String,
    kreisschluessel: Option<String>,
    vorgang: String,
    teilnahmen: Dokument,
    zweck: Option<String>,
    anfrage: String,
}

impl Zeile {
    fn lesen(self) -> DbResult<Datenzugriff> {
        Ok(Datenzugriff {
            id: self.id.0,
            zeit: self.zeit.0,
            person: self.person,
            rolle: code(&self.rolle)?,
            kreisschluessel: self.kreisschluessel,
            vorgang: self.vorgang,
            teilnahmen: self.teilnahmen.lesen()?,
            zweck: self.zweck.as_deref().map(code).transpose()?,
            anfrage: self.anfrage,
        })
    }
}

/// Whose data an answer hands out.
#[derive(Debug, Clone, Default)]
pub struct Personenzugriff {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Records.
    pub teilnahmen: Vec<Uuid>,
}

impl Personenzugriff {
    /// These records too, each once.
    pub fn auch(&mut self, kreisschluessel: &str, teilnahmen: impl IntoIterator<Item = Uuid>) {
        for id in teilnahmen {
            if !self.teilnahmen.contains(&id) {
                self.teilnahmen.push(id);
                self.kreisschluessel.get_or_insert_with(|| kreisschluessel.to_owned());
            }
        }
    }
}

/// Notes that the caller is handed out these records.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn merke(tx: &mut Tx<'_>, vorgang: &str, z: &Personenzugriff, zweck: Option<Zugriffszweck>) -> DbResult<()> {
    let zeile = Zeile {
        id: Kennung(tx.neue_id()),
        zeit: Zeitpunkt(tx.jetzt),
        person: tx.akteur.person.clone(),
        rolle: tx.akteur.rolle.code().to_owned(),
        kreisschluessel: z.kreisschluessel.clone(),
        vorgang: vorgang.to_owned(),
        teilnahmen: Dokument::aus(&z.teilnahmen)?,
        zweck: zweck.map(|z| z.code().to_owned()),
        anfrage: tx.anfrage.clone(),
    };
    diesel::insert_into(datenzugriff::table).values(&zeile).execute(tx.c)?;
    Ok(())
}

/// What narrows the list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only readings by this person.
    pub person: Option<String>,
    /// Only data of this Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
}

/// Readings in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(c: &mut DbConn, f: &Filter, nach: Option<Uuid>, anzahl: i64) -> DbResult<Vec<Datenzugriff>> {
    use datenzugriff as t;
    let mut q = t::table.select(Zeile::as_select()).into_boxed::<MultiBackend>();
    if let Some(p) = &f.person {
        q = q.filter(t::person.eq(p.clone()));
    }
    if let Some(k) = &f.kreisschluessel {
        q = q.filter(t::kreisschluessel.eq(k.clone()));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    q.order(t::id.asc()).limit(anzahl).load::<Zeile>(c)?.into_iter().map(Zeile::lesen).collect()
}
