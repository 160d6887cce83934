//! Keyset pages: a position is the sort key of the last row, never an offset.

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
