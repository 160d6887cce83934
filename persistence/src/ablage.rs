//! How an aggregate lies in its table: key and filter columns beside the whole document, version and times.

/// Implements [`crate::vollzug::Aggregat`] for a type whose row carries the whole document in the column `inhalt`,
/// and a function that loads one by key.
///
/// `Zeile` is the table's row without times and version; `Zeile::aus(&aggregat)` builds it.
macro_rules! aggregat {
    ($typ:ty, $art:literal, $tabelle:ident, $version:ident, $pk:ident: $pk_typ:ty = $pk_aus:expr,
     schluessel $schluessel:expr, gk $gk:expr) => {
        impl crate::vollzug::Aggregat for $typ {
            const ART: &'static str = $art;
            fn schluessel(&self) -> String {
                let f: fn(&$typ) -> String = $schluessel;
                f(self)
            }
            fn gebietskoerperschaft(&self) -> Option<&str> {
                let f: fn(&$typ) -> Option<&str> = $gk;
                f(self)
            }
            fn dokument(&self) -> crate::DbResult<serde_json::Value> {
                serde_json::to_value(self).map_err(|e| crate::DbFehler::Inhalt(e.to_string()))
            }
            fn einfuegen(&self, c: &mut crate::DbConn, jetzt: chrono::DateTime<chrono::Utc>) -> crate::DbResult<()> {
                diesel::insert_into($tabelle::table)
                    .values((
                        Zeile::aus(self)?,
                        $tabelle::erstellt_am.eq(crate::typen::Zeitpunkt(jetzt)),
                        $tabelle::geaendert_am.eq(crate::typen::Zeitpunkt(jetzt)),
                        $tabelle::$version.eq(1i64),
                    ))
                    .execute(c)?;
                Ok(())
            }
            fn ersetzen(
                &self,
                c: &mut crate::DbConn,
                version: i64,
                jetzt: chrono::DateTime<chrono::Utc>,
            ) -> crate::DbResult<usize> {
                let f: fn(&$typ) -> $pk_typ = $pk_aus;
                let zeile = $tabelle::table.filter($tabelle::$pk.eq(f(self))).filter($tabelle::$version.eq(version));
                Ok(diesel::update(zeile)
                    .set((
                        Zeile::aus(self)?,
                        $tabelle::geaendert_am.eq(crate::typen::Zeitpunkt(jetzt)),
                        $tabelle::$version.eq($tabelle::$version + 1i64),
                    ))
                    .execute(c)?)
            }
            fn aktuelle_version(&self, c: &mut crate::DbConn) -> crate::DbResult<i64> {
                let f: fn(&$typ) -> $pk_typ = $pk_aus;
                Ok($tabelle::table
                    .filter($tabelle::$pk.eq(f(self)))
                    .select($tabelle::$version)
                    .first(c)
                    .optional()?
                    .unwrap_or(0))
            }
        }

        /// Loads one by its key.
        ///
        /// # Errors
        /// [`crate::DbFehler`].
        pub fn laden(
            c: &mut crate::DbConn,
            schluessel: $pk_typ,
        ) -> crate::DbResult<Option<crate::vollzug::Versioniert<$typ>>> {
            $tabelle::table
                .filter($tabelle::$pk.eq(schluessel))
                .select(($tabelle::inhalt, $tabelle::erstellt_am, $tabelle::geaendert_am, $tabelle::$version))
                .first::<crate::ablage::Roh>(c)
                .optional()?
                .map(crate::ablage::lesen)
                .transpose()
        }
    };
}
pub(crate) use aggregat;

/// Implements [`crate::vollzug::Loeschbar`] for a type of [`aggregat`] that is one row and nothing else.
macro_rules! loeschbar {
    ($typ:ty, $tabelle:ident) => {
        impl crate::vollzug::Loeschbar for $typ {
            fn loeschen(&self, c: &mut crate::DbConn, version: i64) -> crate::DbResult<usize> {
                let zeile = $tabelle::table
                    .filter($tabelle::id.eq(crate::typen::Kennung(self.id)))
                    .filter($tabelle::version.eq(version));
                Ok(diesel::delete(zeile).execute(c)?)
            }
        }
    };
}
pub(crate) use loeschbar;

use crate::DbResult;
use crate::typen::{Dokument, Zeitpunkt};
use crate::vollzug::Versioniert;

/// Document, created, changed, version.
pub(crate) type Roh = (Dokument, Zeitpunkt, Zeitpunkt, i64);

/// Reads a row.
pub(crate) fn lesen<T: serde::de::DeserializeOwned>(
    (d, erstellt, geaendert, version): Roh,
) -> DbResult<Versioniert<T>> {
    Ok(Versioniert { wert: d.lesen()?, version, erstellt_am: erstellt.0, geaendert_am: geaendert.0 })
}

/// Reads rows.
pub(crate) fn alle_lesen<T: serde::de::DeserializeOwned>(roh: Vec<Roh>) -> DbResult<Vec<Versioniert<T>>> {
    roh.into_iter().map(lesen).collect()
}
