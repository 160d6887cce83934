//! Keyset pages: a position is the sort key of the last row, never an offset.

use chrono::{DateTime, Utc};

/// Order of a list of records with an id and a moment of the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sortierung {
    /// Oldest first.
    #[default]
    Angelegt,
    /// Newest first.
    AngelegtZuletzt,
    /// Longest unchanged first.
    Geaendert,
    /// Last changed first.
    GeaendertZuletzt,
}

/// Sort key of a row: moment of the last change and id; an order by creation uses the id alone.
pub type Position = (DateTime<Utc>, uuid::Uuid);

/// Narrows a boxed query to the rows after a [`Position`] and orders it. The row comparison is served by an index
/// over exactly these two columns.
macro_rules! geblaettert {
    ($q:expr, $sortierung:expr, $nach:expr, $tabelle:literal, $id_name:literal, $id:expr, $geaendert:expr) => {{
        use $crate::seite::Sortierung;
        let mut q = $q;
        if let Some((zeit, id)) = $nach {
            let (zeit, id) = ($crate::typen::Zeitpunkt(zeit), $crate::typen::Kennung(id));
            let vergleich = |zeichen: &str| {
                diesel::dsl::sql::<diesel::sql_types::Bool>(concat!(
                    "(",
                    $tabelle,
                    ".geaendert_am, ",
                    $tabelle,
                    ".",
                    $id_name,
                    ") "
                ))
                .sql(zeichen)
                .sql(" (")
                .bind::<$crate::typen::sql::Zeitpunkt, _>(zeit)
                .sql(", ")
                .bind::<$crate::typen::sql::Kennung, _>(id)
                .sql(")")
            };
            q = match $sortierung {
                Sortierung::Angelegt => q.filter($id.gt(id)),
                Sortierung::AngelegtZuletzt => q.filter($id.lt(id)),
                Sortierung::Geaendert => q.filter(vergleich(">")),
                Sortierung::GeaendertZuletzt => q.filter(vergleich("<")),
            };
        }
        match $sortierung {
            Sortierung::Angelegt => q.order($id.asc()),
            Sortierung::AngelegtZuletzt => q.order($id.desc()),
            Sortierung::Geaendert => q.order(($geaendert.asc(), $id.asc())),
            Sortierung::GeaendertZuletzt => q.order(($geaendert.desc(), $id.desc())),
        }
    }};
}
pub(crate) use geblaettert;

/// A page of rows and whether more follow.
#[derive(Debug, Clone)]
pub struct Seite<T> {
    /// The rows.
    pub daten: Vec<T>,
    /// More rows follow the last one.
    pub mehr: bool,
}

/// How many rows to read for a page of `limit`: one more tells whether another page follows.
pub const fn zu_lesen(limit: i64) -> i64 {
    limit.saturating_add(1)
}

impl<T> Seite<T> {
    /// Cuts what was read with [`zu_lesen`] down to the page.
    pub fn aus(mut gelesen: Vec<T>, limit: i64) -> Self {
        let grenze = usize::try_from(limit).unwrap_or(0);
        let mehr = gelesen.len() > grenze;
        gelesen.truncate(grenze);
        Seite { daten: gelesen, mehr }
    }
}
