//! `aqb schluessel`: a new version of the counties' keys for data about people.

use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::teilnahme::rotiere;
use aqb_persistence::tresor::{ENTWICKLUNG, Schluessel, fuer};
use aqb_persistence::{Db, DbFehler, Optionen, gebietskoerperschaft, kennzeichen, migration, schloss};

/// Rotates the key of one county or of all, each in a transaction of its own.
///
/// # Errors
/// A sentence; counties that were done stay done.
pub fn wechsle(url: &str, haupt: Option<Schluessel>, kreisschluessel: Option<&str>) -> Result<String, String> {
    let text = |e: DbFehler| e.to_string();
    let mut c = schloss::allein(url).map_err(text)?;
    migration::anwenden(&mut c).map_err(text)?;
    // a database for trying out has its key in itself; any other demands one
    let probe = kennzeichen::lesen(&mut c, ENTWICKLUNG).map_err(text)?.is_some();
    let tresor = fuer(&mut c, haupt, probe).map_err(text)?;
    let alle = gebietskoerperschaft::liste(&mut c, None, None, i64::MAX).map_err(text)?;
    let kreise: Vec<String> =
        alle.into_iter().map(|g| g.wert.kreisschluessel).filter(|k| kreisschluessel.is_none_or(|w| w == k)).collect();
    drop(c);
    if kreise.is_empty() {
        return Err(format!("Die Gebietskörperschaft {} gibt es nicht.", kreisschluessel.unwrap_or("–")));
    }
    let db = Db::oeffnen(&Optionen::neu(url)).map_err(text)?;
    let akteur = Akteur { person: "system".to_owned(), rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
    let wer = Auftraggeber { akteur, anfrage: "schluessel".to_owned(), simulation: false };
    let arbeit = async move {
        let mut zeilen = Vec::with_capacity(kreise.len());
        for k in kreise {
            let t = tresor.clone();
            let w = db.schreiben(wer.clone(), move |tx| rotiere(tx, &t, &k)).await?;
            zeilen.push(format!("{}: Version {}, {} Datensätze", w.kreisschluessel, w.version, w.datensaetze));
        }
        Ok::<_, DbFehler>(zeilen.join("\n"))
    };
    actix_web::rt::System::new().block_on(arbeit).map_err(text)
}
