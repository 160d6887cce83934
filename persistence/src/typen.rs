//! Column types that neither backend shares by itself: uuid, moment, JSON.
//!
//! Stored as `uuid | BLOB(16)`, `timestamptz | INTEGER` (microseconds since 1970, UTC) and `jsonb | TEXT`.

use crate::verbindung::MultiBackend;
use chrono::{DateTime, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, HasSqlType, SqlType, Text};
use diesel::sqlite::Sqlite;
use std::io::Write;

/// SQL types of the schema.
pub mod sql {
    use super::{QueryId, SqlType};
    /// uuid | BLOB(16).
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951))]
    #[diesel(sqlite_type(name = "Binary"))]
    pub struct Kennung;
    /// timestamptz | INTEGER microseconds.
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(postgres_type(oid = 1184, array_oid = 1185))]
    #[diesel(sqlite_type(name = "Long"))]
    pub struct Zeitpunkt;
    /// jsonb | TEXT.
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(postgres_type(oid = 3802, array_oid = 3807))]
    #[diesel(sqlite_type(name = "Text"))]
    pub struct Dokument;
}
impl diesel::sql_types::SqlOrd for sql::Zeitpunkt {}
impl diesel::sql_types::SqlOrd for sql::Kennung {}

macro_rules! fuer_multi {
    ($sql:path, $rust:ty) => {
        impl HasSqlType<$sql> for MultiBackend {
            fn metadata(l: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                MultiBackend::lookup_sql_type::<$sql>(l)
            }
        }
        impl ToSql<$sql, MultiBackend> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value(($sql, self));
                Ok(IsNull::No)
            }
        }
        impl FromSql<$sql, MultiBackend> for $rust {
            fn from_sql(b: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                b.from_sql::<Self, $sql>()
            }
        }
    };
}

/// A UUIDv7 as a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Kennung)]
pub struct Kennung(pub uuid::Uuid);
impl ToSql<sql::Kennung, Pg> for Kennung {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Kennung, Pg> for Kennung {
    fn from_sql(b: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Kennung(uuid::Uuid::from_slice(b.as_bytes())?))
    }
}
impl ToSql<sql::Kennung, Sqlite> for Kennung {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Kennung, Sqlite> for Kennung {
    fn from_sql(b: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Kennung(uuid::Uuid::from_slice(&<Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(b)?)?))
    }
}
fuer_multi!(sql::Kennung, Kennung);

/// A moment as a column, exact to the microsecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Zeitpunkt)]
pub struct Zeitpunkt(pub DateTime<Utc>);

/// PostgreSQL counts microseconds from 2000-01-01.
const EPOCHE_2000: i64 = 946_684_800_000_000;

fn aus_mikros(m: Option<i64>) -> deserialize::Result<Zeitpunkt> {
    m.and_then(DateTime::from_timestamp_micros).map(Zeitpunkt).ok_or_else(|| "Zeitpunkt außerhalb".into())
}
impl ToSql<sql::Zeitpunkt, Pg> for Zeitpunkt {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0.timestamp_micros().saturating_sub(EPOCHE_2000).to_be_bytes())?;
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Zeitpunkt, Pg> for Zeitpunkt {
    fn from_sql(b: PgValue<'_>) -> deserialize::Result<Self> {
        aus_mikros(i64::from_be_bytes(b.as_bytes().try_into()?).checked_add(EPOCHE_2000))
    }
}
impl ToSql<sql::Zeitpunkt, Sqlite> for Zeitpunkt {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.timestamp_micros());
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Zeitpunkt, Sqlite> for Zeitpunkt {
    fn from_sql(b: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        aus_mikros(Some(<i64 as FromSql<BigInt, Sqlite>>::from_sql(b)?))
    }
}
fuer_multi!(sql::Zeitpunkt, Zeitpunkt);

/// A JSON document as a column.
#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql::Dokument)]
pub struct Dokument(pub serde_json::Value);

impl Dokument {
    /// Serialises a value into a document.
    ///
    /// # Errors
    /// [`crate::DbFehler::Inhalt`] when the value cannot be represented in JSON.
    pub fn aus(wert: &impl serde::Serialize) -> crate::DbResult<Self> {
        serde_json::to_value(wert).map(Dokument).map_err(|e| crate::DbFehler::Inhalt(e.to_string()))
    }

    /// Reads a value out of a document.
    ///
    /// # Errors
    /// [`crate::DbFehler::Inhalt`] when the stored document does not fit the type.
    pub fn lesen<T: serde::de::DeserializeOwned>(self) -> crate::DbResult<T> {
        serde_json::from_value(self.0).map_err(|e| crate::DbFehler::Inhalt(e.to_string()))
    }
}
impl ToSql<sql::Dokument, Pg> for Dokument {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&[1])?; // version of the jsonb wire format
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Dokument, Pg> for Dokument {
    fn from_sql(b: PgValue<'_>) -> deserialize::Result<Self> {
        match b.as_bytes() {
            [1, rest @ ..] => Ok(Dokument(serde_json::from_slice(rest)?)),
            _ => Err("unbekanntes jsonb-Format".into()),
        }
    }
}
impl ToSql<sql::Dokument, Sqlite> for Dokument {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}
impl FromSql<sql::Dokument, Sqlite> for Dokument {
    fn from_sql(b: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Dokument(serde_json::from_str(&<String as FromSql<Text, Sqlite>>::from_sql(b)?)?))
    }
}
fuer_multi!(sql::Dokument, Dokument);

/// Reads a code of a closed list from a column.
///
/// # Errors
/// [`crate::DbFehler::Inhalt`] for a code nobody knows.
pub fn code<T: std::str::FromStr<Err = String>>(s: &str) -> crate::DbResult<T> {
    s.parse().map_err(crate::DbFehler::Inhalt)
}

/// Reads whole cents from a column.
///
/// # Errors
/// [`crate::DbFehler::Inhalt`] for an amount out of range.
pub fn euro(cent: i64) -> crate::DbResult<aqb_domain::geld::Euro> {
    aqb_domain::geld::Euro::aus_cent(cent).map_err(|e| crate::DbFehler::Inhalt(e.to_string()))
}

/// Reads a year from a column.
///
/// # Errors
/// [`crate::DbFehler::Inhalt`] for a number that is no year.
pub fn jahr(wert: i64) -> crate::DbResult<i32> {
    i32::try_from(wert).map_err(|e| crate::DbFehler::Inhalt(e.to_string()))
}
