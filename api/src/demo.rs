//! Tools of the command line: migrate, demo data, tokens.

mod abruf;
mod aenderung;
mod beleg;
mod fall;
mod forderung;
mod frist;
mod programm;

use crate::auth::{Aussteller, Geheimnis};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Entscheidung;
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_domain::traeger::{Anschrift, Rechtsform, Traeger, Traegerangaben};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::kennzeichen::{self, Dienstkonto};
use aqb_persistence::tresor::{self, Tresor};
use aqb_persistence::typen::{Kennung, Zeitpunkt};
use aqb_persistence::vollzug::vollziehe;
use aqb_persistence::{Db, DbFehler, Optionen, Tx, katalog, migration, schloss, uhr};
use uuid::Uuid;

mod pruefung;
mod teilnahme;
mod vereinbarung;
mod verwendungsnachweis;
mod weiterleitung;
mod zahlung;

fn text(e: DbFehler) -> String {
    e.to_string()
}

/// Brings the database to this program's version.
///
/// # Errors
/// A sentence.
pub fn migriere(url: &str) -> Result<String, String> {
    let mut c = schloss::allein(url).map_err(text)?;
    let n = migration::anwenden(&mut c).map_err(text)?;
    katalog::anfangsbestand_laden(&mut c, uhr::jetzt()).map_err(text)?;
    Ok(format!("Datenbank ist aktuell ({n} Migrationen angewendet)."))
}

/// Issues a token for a machine account.
///
/// # Errors
/// A sentence.
pub fn token(url: &str, client_id: &str, iss: &str, aud: &str) -> Result<String, String> {
    let mut c = schloss::allein(url).map_err(text)?;
    let d = kennzeichen::dienstkonto(&mut c, client_id)
        .map_err(text)?
        .ok_or_else(|| format!("Das Dienstkonto {client_id} gibt es nicht."))?;
    let a = Akteur {
        person: d.client_id,
        rolle: aqb_persistence::typen::code(&d.rolle).map_err(text)?,
        kreisschluessel: d.kreisschluessel,
        traeger_id: d.traeger_id.map(|t| t.0),
    };
    let jetzt = uhr::jetzt();
    Aussteller::laden(&mut c, iss, aud, jetzt).and_then(|s| s.token(&a, jetzt)).map_err(text)
}

/// Id of a demo record, so that the examples of the document work at once.
pub fn demo_id(nr: u16) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 | u128::from(nr))
}

/// Loads the demonstration data once.
///
/// # Errors
/// A sentence.
pub fn lade(url: &str) -> Result<String, String> {
    lade_mit(url, None)
}

/// Loads the demonstration data once; what is told about people under this master key, or one made for trying out.
///
/// # Errors
/// A sentence.
pub fn lade_mit(url: &str, haupt: Option<tresor::Schluessel>) -> Result<String, String> {
    // to the end: whoever starts meanwhile finds all of it or waits
    let mut c = schloss::allein(url).map_err(text)?;
    migration::anwenden(&mut c).map_err(text)?;
    katalog::anfangsbestand_laden(&mut c, uhr::jetzt()).map_err(text)?;
    if kennzeichen::lesen(&mut c, kennzeichen::DEMO).map_err(text)?.is_some() {
        return Ok("Demodaten sind schon geladen.".to_owned());
    }
    if !aqb_persistence::gebietskoerperschaft::liste(&mut c, None, None, 1).map_err(text)?.is_empty() {
        return Err("Die Datenbank ist nicht leer; Demodaten kommen nur in eine leere.".to_owned());
    }
    let db = Db::oeffnen(&Optionen::neu(url)).map_err(text)?;
    let wer = Auftraggeber {
        akteur: akteur("demo-admin", Rolle::Admin, None),
        anfrage: "demo".to_owned(),
        simulation: false,
    };
    let tresor = tresor::fuer(&mut c, haupt, true).map_err(text)?;
    let arbeit = async move { db.schreiben(wer, move |tx| alles(tx, &tresor)).await };
    actix_web::rt::System::new().block_on(arbeit).map_err(|e| format!("Demodaten: {e:?}"))?;
    Ok("Demodaten geladen. Zugänge: client_secret=demo, client_id z. B. demo-gk-06440-1, demo-bewilligung-1."
        .to_owned())
}

fn akteur(person: &str, rolle: Rolle, kreis: Option<&str>) -> Akteur {
    Akteur { person: person.to_owned(), rolle, kreisschluessel: kreis.map(str::to_owned), traeger_id: None }
}

fn als<T, E>(tx: &mut Tx<'_>, a: Akteur, f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
    let vorher = std::mem::replace(&mut tx.akteur, a);
    let r = f(tx);
    tx.akteur = vorher;
    r
}

fn alles(tx: &mut Tx<'_>, tresor: &Tresor) -> Ergebnis<()> {
    for g in aqb_domain::gebietskoerperschaft::anfangsbestand() {
        vollziehe(tx, "anlage", None, Entscheidung::neu(g))?;
    }
    traeger(tx)?;
    programm::laden(tx)?;
    vereinbarung::laden(tx)?;
    fall::laden(tx)?;
    abruf::laden(tx)?;
    frist::kalenderzugang(tx)?;
    zahlung::laden(tx)?;
    aenderung::laden(tx)?;
    weiterleitung::laden(tx)?;
    verwendungsnachweis::laden(tx, tresor)?;
    pruefung::laden(tx)?;
    teilnahme::laden(tx, tresor)?;
    beleg::laden(tx)?;
    forderung::laden(tx)?;
    zugaenge(tx)?;
    Ok(kennzeichen::setzen(tx.c, kennzeichen::DEMO, "1")?)
}

fn traeger(tx: &mut Tx<'_>) -> Result<(), DbFehler> {
    let zeilen = [
        (0xa1, "Bildungswerk Beispiel gGmbH", Rechtsform::Ggmbh, "Friedberg", "61169"),
        (0xa2, "Verein Startklar Beispiel e. V.", Rechtsform::Ev, "Hofheim am Taunus", "65719"),
    ];
    for (nr, name, rechtsform, ort, plz) in zeilen {
        let angaben = Traegerangaben {
            name: name.to_owned(),
            rechtsform,
            anschrift: Anschrift { strasse: "Beispielweg 1".to_owned(), plz: plz.to_owned(), ort: ort.to_owned() },
            register: None,
        };
        let rp = akteur("demo-bewilligung-1", Rolle::Bewilligungsbehoerde, None);
        als(tx, rp, |tx| {
            let t = Traeger::neu(demo_id(nr), angaben, &tx.akteur);
            vollziehe(tx, "anlage", None, Entscheidung::neu(t)).map(drop)
        })?;
    }
    Ok(())
}

fn zugaenge(tx: &mut Tx<'_>) -> Result<(), DbFehler> {
    let mut konten: Vec<(String, Rolle, Option<String>, Option<Uuid>)> = Vec::new();
    for n in 1..=2 {
        konten.push((format!("demo-ministerium-{n}"), Rolle::Ministerium, None, None));
        konten.push((format!("demo-bewilligung-{n}"), Rolle::Bewilligungsbehoerde, None, None));
        konten.push((format!("demo-traeger-{n}"), Rolle::Traeger, None, Some(demo_id(0xa0 + n))));
        for g in aqb_domain::gebietskoerperschaft::ANFANGSBESTAND {
            let kreis = g.kreisschluessel;
            konten.push((format!("demo-gk-{kreis}-{n}"), Rolle::Gebietskoerperschaft, Some(kreis.to_owned()), None));
        }
    }
    konten.push(("demo-pruefung".to_owned(), Rolle::Pruefung, None, None));
    konten.push(("demo-admin".to_owned(), Rolle::Admin, None, None));
    for (client_id, rolle, kreisschluessel, traeger_id) in konten {
        let k = Dienstkonto {
            client_id,
            geheimnis_hash: Geheimnis::hash("demo")?,
            rolle: rolle.code().to_owned(),
            kreisschluessel,
            traeger_id: traeger_id.map(Kennung),
            demo: true,
            erstellt_am: Zeitpunkt(tx.jetzt),
        };
        kennzeichen::dienstkonto_anlegen(tx.c, &k)?;
    }
    Ok(())
}
