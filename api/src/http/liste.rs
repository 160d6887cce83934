//! Pages of lists: limit, opaque cursor bound to its list, `Link: rel="next"`.

use crate::fehler::{ANFRAGE_UNGUELTIG, Ergebnis, Fehler, Forderung, Gefunden, Verstoss};
use aqb_domain::regel::Text;
use aqb_persistence::protokoll::hash;
use aqb_persistence::seite;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::{IntoParams, ToSchema};

/// Paging parameters every list has.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Blaettern {
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    pub limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    pub cursor: Option<String>,
}

impl Blaettern {
    /// Rows per page.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(50).clamp(1, 200)
    }

    /// Position after which to read, for the list called `liste`.
    ///
    /// # Errors
    /// 400 for a cursor of another list or one this server did not make.
    pub fn position<T: DeserializeOwned>(&self, liste: &str) -> Ergebnis<Option<T>> {
        let Some(c) = &self.cursor else { return Ok(None) };
        URL_SAFE_NO_PAD
            .decode(c)
            .ok()
            // no position of ours holds a NUL, and PostgreSQL takes none
            .filter(|b| !b.windows(6).any(|w| w == br"\u0000"))
            .and_then(|b| serde_json::from_slice::<(String, T)>(&b).ok())
            .filter(|(l, _)| *l == kennung(liste))
            .map(|(_, p)| Some(p))
            .ok_or_else(|| {
                let verlangt = Forderung::Satz(Text {
                    de: "der Wert „weiter“ der vorigen Seite derselben Liste mit denselben Filtern",
                    en: "the value “weiter” of the page before, of the same list with the same filters",
                });
                let v = Verstoss::neu("query/cursor", verlangt, Gefunden::wert(c));
                Fehler::Problem(&ANFRAGE_UNGUELTIG, vec![v])
            })
    }
}

/// Orders of a list; a leading minus turns one around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum Sortierung {
    /// Oldest first.
    #[serde(rename = "erstellt_am")]
    Angelegt,
    /// Newest first.
    #[serde(rename = "-erstellt_am")]
    AngelegtZuletzt,
    /// Longest unchanged first.
    #[serde(rename = "geaendert_am")]
    Geaendert,
    /// Last changed first.
    #[serde(rename = "-geaendert_am")]
    GeaendertZuletzt,
}

/// The order asked for; without one, oldest first.
pub fn sortierung(s: Option<Sortierung>) -> seite::Sortierung {
    match s {
        None | Some(Sortierung::Angelegt) => seite::Sortierung::Angelegt,
        Some(Sortierung::AngelegtZuletzt) => seite::Sortierung::AngelegtZuletzt,
        Some(Sortierung::Geaendert) => seite::Sortierung::Geaendert,
        Some(Sortierung::GeaendertZuletzt) => seite::Sortierung::GeaendertZuletzt,
    }
}

/// A page that may have a next one.
pub trait Blaetterbar: serde::Serialize {
    /// Cursor of the next page.
    fn weiter(&self) -> Option<&str>;
}

/// Short hash of a list and its filters: a cursor names neither.
fn kennung(liste: &str) -> String {
    hash(&[liste.as_bytes()]).chars().take(16).collect()
}

/// Makes the cursor of the next page.
pub fn cursor(liste: &str, position: impl serde::Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(kennung(liste), position)).unwrap_or_default())
}

/// Cursor of the next page of rows, if there is one.
pub fn weiter<T, P: serde::Serialize>(
    liste: &str,
    daten: &[T],
    mehr: bool,
    position: impl Fn(&T) -> P,
) -> Option<String> {
    daten.last().filter(|_| mehr).map(|l| cursor(liste, position(l)))
}
