//! The key of each record, wrapped by its county's key, with the blind indexes; and new versions of a county's key.

use crate::schema::{datenschluessel, teilnahme, teilnahme_schluessel};
use crate::tresor::{Schluessel, Tresor};
use crate::typen::{Kennung, Zeitpunkt};
use crate::{DbConn, DbFehler, DbResult, Tx, je_backend};
use aqb_domain::teilnahme::{Teilnahme, TeilnahmeStatus, Teilnahmeinhalt, Teilnahmekopf};
use diesel::prelude::*;
use uuid::Uuid;

/// Key row of a record.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = teilnahme_schluessel, treat_none_as_default_value = false)]
pub(super) struct Schluesselzeile {
    teilnahme_id: Kennung,
    kreisschluessel: String,
    schluessel_version: i64,
    verpackt: String,
    person_index: String,
    zeilen_index: Option<String>,
}

fn bindung(id: Uuid, kreisschluessel: &str, version: i64) -> String {
    format!("SCHLUESSEL/{id}/{kreisschluessel}/{version}")
}

/// Version in which a county's key wraps now.
pub(super) fn aktuelle_version(c: &mut DbConn, kreisschluessel: &str) -> DbResult<i64> {
    let v: Option<i64> = datenschluessel::table
        .filter(datenschluessel::kreisschluessel.eq(kreisschluessel))
        .order(datenschluessel::version.desc())
        .select(datenschluessel::version)
        .first(c)
        .optional()?;
    Ok(v.unwrap_or(1))
}

/// Blind index of a person in a county.
pub(super) fn person_index(tresor: &Tresor, kreisschluessel: &str, pseudonym: &str) -> DbResult<String> {
    tresor.blindindex(kreisschluessel, "person", pseudonym)
}

/// Blind index of person, measure and entry.
pub(super) fn zeilen_index(
    tresor: &Tresor,
    (kreisschluessel, massnahme_id): (&str, Uuid),
    i: &Teilnahmeinhalt,
) -> DbResult<String> {
    tresor.blindindex(kreisschluessel, "zeile", &format!("{massnahme_id}/{}/{}", i.eintritt, i.pseudonym))
}

impl Schluesselzeile {
    /// With a new random key, which is given back, too; wrapped by this version of the county's key.
    pub(super) fn neu(tresor: &Tresor, t: &Teilnahme, version: i64) -> DbResult<(Self, Schluessel)> {
        let (id, kreis) = (t.kopf.id, t.kopf.kreisschluessel.clone());
        let dek = Schluessel::zufall()?;
        let verpackt = verpacke(tresor, (id, &kreis, version), &dek)?;
        let zeile = Schluesselzeile {
            teilnahme_id: Kennung(id),
            kreisschluessel: kreis,
            schluessel_version: version,
            verpackt,
            person_index: String::new(),
            zeilen_index: None,
        };
        Ok((zeile, dek))
    }

    pub(super) fn verpackt(&self) -> &str {
        &self.verpackt
    }

    /// The key of the record; none when the county's key does not open it.
    pub(super) fn auspacken(&self, tresor: &Tresor) -> Option<Schluessel> {
        let b = bindung(self.teilnahme_id.0, &self.kreisschluessel, self.schluessel_version);
        let kek = tresor.kreis(&self.kreisschluessel, self.schluessel_version).ok()?;
        let hex = kek.oeffne(&b, &self.verpackt)?;
        Schluessel::aus_hex(std::str::from_utf8(&hex).ok()?).ok()
    }

    /// With the indexes of this content. A cancelled record leaves its place to another.
    pub(super) fn mit_indexen(self, tresor: &Tresor, k: &Teilnahmekopf, i: &Teilnahmeinhalt) -> DbResult<Self> {
        let zaehlt = k.status != TeilnahmeStatus::Storniert;
        let zeile = zeilen_index(tresor, (&k.kreisschluessel, k.massnahme_id), i)?;
        let person_index = person_index(tresor, &k.kreisschluessel, &i.pseudonym)?;
        Ok(Schluesselzeile { person_index, zeilen_index: zaehlt.then_some(zeile), ..self })
    }

    pub(super) fn alle_einfuegen(alle: &[Self], tx: &mut Tx<'_>) -> DbResult<()> {
        for stapel in alle.chunks(500) {
            let t = teilnahme_schluessel::table;
            je_backend!(&mut *tx.c, c => diesel::insert_into(t).values(stapel).execute(c))?;
        }
        Ok(())
    }

    /// Writes the indexes alone: the key may have been wrapped anew meanwhile.
    pub(super) fn indexe_ersetzen(&self, tx: &mut Tx<'_>) -> DbResult<()> {
        use teilnahme_schluessel as t;
        let zeile = t::table.filter(t::teilnahme_id.eq(self.teilnahme_id));
        let indexe = (t::person_index.eq(&self.person_index), t::zeilen_index.eq(&self.zeilen_index));
        diesel::update(zeile).set(indexe).execute(tx.c)?;
        Ok(())
    }
}

fn verpacke(tresor: &Tresor, (id, kreis, version): (Uuid, &str, i64), dek: &Schluessel) -> DbResult<String> {
    tresor.kreis(kreis, version)?.verschliesse(&bindung(id, kreis, version), dek.hex().as_bytes())
}

/// The key row of a record.
pub(super) fn laden(c: &mut DbConn, id: Uuid) -> DbResult<Option<Schluesselzeile>> {
    Ok(teilnahme_schluessel::table.find(Kennung(id)).select(Schluesselzeile::as_select()).first(c).optional()?)
}

/// Destroys the key of a record: its ciphertext is unreadable from now on, wherever it lies.
pub(super) fn vernichte(tx: &mut Tx<'_>, id: Uuid) -> DbResult<()> {
    diesel::delete(teilnahme_schluessel::table.find(Kennung(id))).execute(tx.c)?;
    tx.vernichtet = true;
    Ok(())
}

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schluesselwechsel {
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Version that wraps now.
    pub version: i64,
    /// Records whose keys were wrapped anew.
    pub datensaetze: usize,
}

/// Gives a county's key a new version and wraps the keys of its records with it. Whoever reads meanwhile finds either
/// version, since each row names its own.
///
/// # Errors
/// [`DbFehler`]; a record whose key does not open stops it, and nothing is changed.
pub fn rotiere(tx: &mut Tx<'_>, tresor: &Tresor, kreisschluessel: &str) -> DbResult<Schluesselwechsel> {
    let version = aktuelle_version(tx.c, kreisschluessel)?.saturating_add(1);
    diesel::insert_into(datenschluessel::table)
        .values((
            datenschluessel::kreisschluessel.eq(kreisschluessel),
            datenschluessel::version.eq(version),
            datenschluessel::erstellt_am.eq(Zeitpunkt(tx.jetzt)),
        ))
        .execute(tx.c)?;
    let alle: Vec<Schluesselzeile> = teilnahme_schluessel::table
        .filter(teilnahme_schluessel::kreisschluessel.eq(kreisschluessel))
        .select(Schluesselzeile::as_select())
        .load(tx.c)?;
    for z in &alle {
        let id = z.teilnahme_id.0;
        let dek =
            z.auspacken(tresor).ok_or_else(|| DbFehler::Inhalt(format!("Schlüssel von {id} ist nicht lesbar")))?;
        let verpackt = verpacke(tresor, (id, kreisschluessel, version), &dek)?;
        use teilnahme_schluessel as t;
        // the wrapped key alone: an act may have moved the record's indexes meanwhile
        diesel::update(t::table.filter(t::teilnahme_id.eq(z.teilnahme_id)))
            .set((t::schluessel_version.eq(version), t::verpackt.eq(verpackt)))
            .execute(tx.c)?;
    }
    Ok(Schluesselwechsel { kreisschluessel: kreisschluessel.to_owned(), version, datensaetze: alle.len() })
}

/// Records and keys that do not fit together: every record has one until it is erased, and none afterwards.
///
/// # Errors
/// [`DbFehler`].
pub fn widersprueche(c: &mut DbConn) -> DbResult<Vec<(String, String)>> {
    let zeilen: Vec<(Kennung, String, Option<Kennung>)> = teilnahme::table
        .left_join(teilnahme_schluessel::table)
        .select((teilnahme::id, teilnahme::status, teilnahme_schluessel::teilnahme_id.nullable()))
        .order(teilnahme::id.asc())
        .load(c)?;
    let was = |status: &str, da: bool| match (status == TeilnahmeStatus::Geloescht.code(), da) {
        (true, true) => Some("ist gelöscht, aber ihr Schlüssel ist noch da"),
        (false, false) => Some("hat keinen Schlüssel mehr und keinen Löschvermerk"),
        _ => None,
    };
    Ok(zeilen
        .into_iter()
        .filter_map(|(id, status, da)| Some((format!("TEILNAHME/{}", id.0), was(&status, da.is_some())?.to_owned())))
        .collect())
}
