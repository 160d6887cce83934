//! History of a case: the audit trail of one record, as its readers see it.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{ProtokollSeite, Protokolleintrag};
use aqb_domain::zeit::tagesende;
use aqb_persistence::DbConn;
use aqb_persistence::protokoll::{self, Filter};
use aqb_persistence::seite::{Seite, zu_lesen};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which part of a history.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Verlaufsfrage {
    /// Only what had happened by the end of this legal day.
    #[param(example = "2099-12-31")]
    stichtag: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A page of the history of one record.
///
/// # Errors
/// 400 for a foreign cursor.
pub fn seite(c: &mut DbConn, fall_art: &str, fall_id: &str, v: &Verlaufsfrage) -> Ergebnis<Antwort> {
    let f = Filter { fall_art: Some(fall_art.to_owned()), fall_id: Some(fall_id.to_owned()), ..Filter::default() };
    auszug(c, f, v)
}

/// A page of the entries a filter names.
///
/// # Errors
/// 400 for a foreign cursor.
pub fn auszug(c: &mut DbConn, f: Filter, v: &Verlaufsfrage) -> Ergebnis<Antwort> {
    let f = Filter { vor: v.stichtag.map(tagesende), ..f };
    let liste = format!("historie:{f:?}");
    let b = Blaettern { limit: v.limit, cursor: v.cursor.clone() };
    let s = Seite::aus(protokoll::liste(c, &f, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
    Antwort::seite(&ProtokollSeite {
        weiter: weiter(&liste, &s.daten, s.mehr, |e| e.id.0),
        daten: s.daten.iter().map(|e| Protokolleintrag::aus(e, true)).collect(),
    })
}
