//! History of a case: the audit trail of one record, as its readers see it.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Feldaenderung, ProtokollSeite, Protokolleintrag};
use aqb_domain::zeit::tagesende;
use aqb_persistence::DbConn;
use aqb_persistence::protokoll::{self, Eintrag, Filter};
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

/// What of a history is not the reader's: whole acts, and one field in those that remain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdeckt {
    /// Acts that are left out.
    pub akte: &'static [&'static str],
    /// JSON pointer of a field; with everything below it.
    pub feld: Option<&'static str>,
}

impl Verdeckt {
    /// Nothing is left out.
    pub const NICHTS: Verdeckt = Verdeckt { akte: &[], feld: None };

    /// The entry is not the reader's, or not as a whole.
    pub fn verbirgt(self, e: &Eintrag) -> bool {
        let felder = || serde_json::from_str::<Vec<Feldaenderung>>(&e.aenderungen).unwrap_or_default();
        self.akte.contains(&e.akt.as_str())
            || self.feld.is_some_and(|feld| felder().iter().any(|a| darunter(&a.feld, feld)))
    }
}

/// The pointer names the field, or something below it.
fn darunter(pfad: &str, feld: &str) -> bool {
    pfad.strip_prefix(feld).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A page of the history of one record without what is not the reader's.
///
/// # Errors
/// 400 for a foreign cursor.
pub fn seite_ohne(
    c: &mut DbConn,
    (fall_art, fall_id): (&str, &str),
    ohne: Verdeckt,
    v: &Verlaufsfrage,
) -> Ergebnis<Antwort> {
    let f = Filter {
        fall_art: Some(fall_art.to_owned()),
        fall_id: Some(fall_id.to_owned()),
        ohne_akte: ohne.akte,
        ..Filter::default()
    };
    eintraege(c, f, ohne.feld, v)
}

/// A page of the entries a filter names.
///
/// # Errors
/// 400 for a foreign cursor.
pub fn auszug(c: &mut DbConn, f: Filter, v: &Verlaufsfrage) -> Ergebnis<Antwort> {
    eintraege(c, f, None, v)
}

fn eintraege(c: &mut DbConn, f: Filter, ohne_feld: Option<&str>, v: &Verlaufsfrage) -> Ergebnis<Antwort> {
    let f = Filter { vor: v.stichtag.map(tagesende), ..f };
    let liste = format!("historie:{f:?}");
    let b = Blaettern { limit: v.limit, cursor: v.cursor.clone() };
    let s = Seite::aus(protokoll::liste(c, &f, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
    Antwort::seite(&ProtokollSeite {
        weiter: weiter(&liste, &s.daten, s.mehr, |e| e.id.0),
        daten: s.daten.iter().map(|e| ohne(Protokolleintrag::aus(e, true), ohne_feld)).collect(),
    })
}

fn ohne(e: Protokolleintrag, feld: Option<&str>) -> Protokolleintrag {
    let Some(feld) = feld else { return e };
    let bleibt = |a: &Feldaenderung| !darunter(&a.feld, feld);
    Protokolleintrag { aenderungen: e.aenderungen.map(|a| a.into_iter().filter(bleibt).collect()), ..e }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The field and what lies below it go; a field whose name only begins alike stays.
    #[test]
    fn was_nicht_gezeigt_wird() {
        let feld = |f: &str| json!({ "feld": f, "vorher": "1" });
        let e = aqb_persistence::protokoll::Eintrag {
            fall_art: "BELEG".into(),
            fall_id: "x".into(),
            nr: 1,
            id: aqb_persistence::typen::Kennung(uuid::Uuid::nil()),
            kreisschluessel: None,
            zeit: aqb_persistence::typen::Zeitpunkt(aqb_persistence::uhr::jetzt()),
            person: "p".into(),
            rolle: "r".into(),
            akt: "aenderung".into(),
            anfrage: "a".into(),
            aenderungen: json!([
                feld("/inhalt"),
                feld("/entscheidung"),
                feld("/entscheidung/betrag"),
                feld("/entscheidungen")
            ])
            .to_string(),
            vorgaenger_hash: String::new(),
            hash: String::new(),
        };
        let felder = |feld| {
            let e = ohne(Protokolleintrag::aus(&e, true), feld);
            e.aenderungen.unwrap_or_default().into_iter().map(|a| a.feld).collect::<Vec<_>>()
        };
        assert_eq!(felder(Some("/entscheidung")), ["/inhalt", "/entscheidungen"]);
        assert_eq!(felder(None).len(), 4);
        assert!(Verdeckt { akte: &["aenderung"], feld: None }.verbirgt(&e));
        assert!(Verdeckt { akte: &[], feld: Some("/entscheidung") }.verbirgt(&e));
        assert!(!Verdeckt { akte: &["anlage"], feld: Some("/ent") }.verbirgt(&e) && !Verdeckt::NICHTS.verbirgt(&e));
    }
}
