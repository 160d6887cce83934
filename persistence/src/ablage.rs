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
            fn einfuegen(&self, tx: &mut crate::Tx<'_>) -> crate::DbResult<()> {
                diesel::insert_into($tabelle::table)
                    .values((
                        Zeile::aus(self)?,
                        $tabelle::erstellt_am.eq(crate::typen::Zeitpunkt(tx.jetzt)),
                        $tabelle::geaendert_am.eq(crate::typen::Zeitpunkt(tx.jetzt)),
                        $tabelle::$version.eq(1i64),
                    ))
                    .execute(tx.c)?;
                Ok(())
            }
            fn ersetzen(&self, tx: &mut crate::Tx<'_>, version: i64) -> crate::DbResult<usize> {
                let f: fn(&$typ) -> $pk_typ = $pk_aus;
                let zeile = $tabelle::table.filter($tabelle::$pk.eq(f(self))).filter($tabelle::$version.eq(version));
                Ok(diesel::update(zeile)
                    .set((
                        Zeile::aus(self)?,
                        $tabelle::geaendert_am.eq(crate::typen::Zeitpunkt(tx.jetzt)),
                        $tabelle::$version.eq($tabelle::$version + 1i64),
                    ))
                    .execute(tx.c)?)
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

        impl crate::integritaet::Pruefbar for $typ {
            fn alle(c: &mut crate::DbConn, je: &mut crate::integritaet::JeStapel<'_>) -> crate::DbResult<()> {
                let schluessel: Vec<$pk_typ> =
                    $tabelle::table.select($tabelle::$pk).order($tabelle::$pk.asc()).load(c)?;
                for stapel in schluessel.chunks(crate::integritaet::STAPEL) {
                    let zeilen: Vec<($pk_typ, Zeile, i64)> = $tabelle::table
                        .filter($tabelle::$pk.eq_any(stapel.to_vec()))
                        .order($tabelle::$pk.asc())
                        .select(($tabelle::$pk, Zeile::as_select(), $tabelle::$version))
                        .load(c)?;
                    let mut prueflinge = Vec::with_capacity(zeilen.len());
                    for (pk, zeile, version) in zeilen {
                        let g: fn(&$typ) -> $pk_typ = $pk_aus;
                        let mut p =
                            crate::integritaet::Pruefling::neu(crate::integritaet::Schluessel::text(&pk), version);
                        match zeile.inhalt.clone().lesen::<$typ>() {
                            Ok(wert) => {
                                // the document may be older than this program: only the columns beside it are compared
                                let soll = Zeile { inhalt: zeile.inhalt.clone(), ..Zeile::aus(&wert)? };
                                p.verlange(g(&wert) == pk && soll == zeile, "die Spalten weichen vom Inhalt ab");
                                p.dokument = Some(crate::vollzug::Aggregat::dokument(&wert)?);
                            }
                            Err(e) => p.verlange(false, &format!("der Inhalt ist nicht lesbar ({e})")),
                        }
                        prueflinge.push(p);
                    }
                    je(c, prueflinge)?;
                }
                Ok(())
            }
            fn normiert(dokument: serde_json::Value) -> Option<serde_json::Value> {
                serde_json::from_value::<$typ>(dokument).ok().and_then(|w| crate::vollzug::Aggregat::dokument(&w).ok())
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

/// Narrows a boxed query to what the caller sees of rows that belong to one county. A Traeger sees none.
macro_rules! des_kreises {
    ($q:expr, $sicht:expr, $spalte:expr) => {
        match $sicht {
            aqb_domain::berechtigung::Sicht::Alles => $q,
            aqb_domain::berechtigung::Sicht::Gebietskoerperschaft(k) => $q.filter($spalte.eq(k.clone())),
            aqb_domain::berechtigung::Sicht::Traeger(_) => {
                $q.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("1 = 0"))
            }
        }
    };
}
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
/// What narrows a list of records that belong to a case.
#[derive(Debug, Clone, Default)]
pub struct Fallfilter {
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    pub jahrgang: Option<i32>,
    /// Application.
    pub antrag_id: Option<uuid::Uuid>,
    /// Chain of proofs; only where the records belong to one.
    pub kette_id: Option<uuid::Uuid>,
    /// States, one of which it has; only where the records have one.
    pub status: Option<Vec<&'static str>>,
}

/// Reads records of one table as a county sees them: one by its id, a list in order of time. `kette` and `status` are
/// the columns beside county, Jahrgang and application that can narrow the list.
macro_rules! fallakten {
    ($typ:ty, $tabelle:ident $(, kette $kette:ident)? $(, status $status:ident)?) => {
        /// Loads one, if the caller sees it.
        ///
        /// # Errors
        /// [`crate::DbFehler`].
        pub fn gesehen(
            c: &mut crate::DbConn,
            sicht: &aqb_domain::berechtigung::Sicht,
            id: uuid::Uuid,
        ) -> crate::DbResult<Option<crate::vollzug::Versioniert<$typ>>> {
            use $tabelle as t;
            let q = t::table
                .filter(t::id.eq(crate::typen::Kennung(id)))
                .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
                .into_boxed::<crate::MultiBackend>();
            let q = crate::ablage::des_kreises!(q, sicht, t::kreisschluessel);
            q.first::<crate::ablage::Roh>(c)
                .optional()?
                .map(crate::ablage::lesen)
                .transpose()
        }

        /// What the caller sees in order of time, after `nach`.
        ///
        /// # Errors
        /// [`crate::DbFehler`].
        pub fn liste(
            c: &mut crate::DbConn,
            sicht: &aqb_domain::berechtigung::Sicht,
            f: &crate::ablage::Fallfilter,
            nach: Option<uuid::Uuid>,
            anzahl: i64,
        ) -> crate::DbResult<Vec<crate::vollzug::Versioniert<$typ>>> {
            use $tabelle as t;
            use crate::typen::Kennung;
            let q = t::table
                .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
                .into_boxed::<crate::MultiBackend>();
            let mut q = crate::ablage::des_kreises!(q, sicht, t::kreisschluessel);
            if let Some(k) = &f.kreisschluessel {
                q = q.filter(t::kreisschluessel.eq(k.clone()));
            }
            if let Some(j) = f.jahrgang {
                q = q.filter(t::jahrgang.eq(i64::from(j)));
            }
            if let Some(a) = f.antrag_id {
                q = q.filter(t::antrag_id.eq(Kennung(a)));
            }
            $(if let Some(k) = f.kette_id {
                q = q.filter(t::$kette.eq(Kennung(k)));
            })?
            $(if let Some(s) = &f.status {
                q = q.filter(t::$status.eq_any(s.clone()));
            })?
            if let Some(n) = nach {
                q = q.filter(t::id.gt(Kennung(n)));
            }
            crate::ablage::alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<crate::ablage::Roh>(c)?)
        }
    };
}
pub(crate) use des_kreises;
pub(crate) use fallakten;
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
