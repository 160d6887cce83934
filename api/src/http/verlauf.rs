//! History of a case: the audit trail of one record, as its readers see it.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{ProtokollSeite, Protokolleintrag};
use aqb_persistence::DbConn;
use aqb_persistence::protokoll::{self, Filter};
use aqb_persistence::seite::{Seite, zu_lesen};

/// A page of the history of one record.
///
/// # Errors
/// 400 for a foreign cursor.
pub fn seite(c: &mut DbConn, fall_art: &str, fall_id: &str, b: &Blaettern) -> Ergebnis<Antwort> {
    let liste = format!("historie:{fall_art}:{fall_id}");
    let nach = b.position(&liste)?;
    let f = Filter { fall_art: Some(fall_art.to_owned()), fall_id: Some(fall_id.to_owned()), person: None };
    let s = Seite::aus(protokoll::liste(c, &f, nach, zu_lesen(b.limit()))?, b.limit());
    Antwort::seite(&ProtokollSeite {
        weiter: weiter(&liste, &s.daten, s.mehr, |e| e.id.0),
        daten: s.daten.iter().map(|e| Protokolleintrag::aus(e, true)).collect(),
    })
}
