//! Puts the parts together: database, keys, contract, HTTP.

use crate::auth::{Anspruchsnamen, Aussteller, Pruefer, Vertrauen};
use crate::config::{Serve, Umgebung};
use crate::http::drossel::{Drossel, Fehlanmeldungen};
use crate::http::plaetze::Plaetze;
use crate::http::{Zustand, middleware, openapi, router, system};
use crate::vertrag::Vertrag;
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::tresor::{self, Tresor};
use aqb_persistence::{Db, DbFehler, Optionen, kennzeichen, migration, protokoll, schloss};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use utoipa_actix_web::AppExt;

/// Why the server does not start: one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum Startfehler {
    /// The database.
    #[error("{0}")]
    Db(#[from] DbFehler),
    /// The configuration.
    #[error("{0}")]
    Konfiguration(String),
    /// The address.
    #[error("Adresse {0}: {1}")]
    Adresse(SocketAddr, std::io::Error),
}

/// A database that may be served.
pub struct Bereit {
    /// The database.
    pub db: Db,
    /// Signs with its key.
    pub aussteller: Aussteller,
    /// It holds demo accounts.
    pub demo: bool,
    /// Keys for what is told about people.
    pub tresor: Tresor,
}

/// Opens the database, brings it to this program's version and checks that it may be served.
///
/// # Errors
/// [`Startfehler`].
pub fn oeffne(s: &Serve) -> Result<Bereit, Startfehler> {
    s.pruefe().map_err(Startfehler::Konfiguration)?;
    let jetzt = aqb_persistence::uhr::jetzt();
    let mut c = schloss::allein(&s.daten.database_url)?;
    migration::anwenden(&mut c)?;
    aqb_persistence::katalog::anfangsbestand_laden(&mut c, jetzt)?;
    let demo = kennzeichen::lesen(&mut c, kennzeichen::DEMO)?.is_some();
    if s.umgebung == Umgebung::Produktion && demo {
        return Err(Startfehler::Konfiguration(
            "Diese Datenbank enthält Demo-Zugänge und wird in der Umgebung „produktion“ nicht bedient. Zum Ausprobieren: AQB_UMGEBUNG=entwicklung."
                .to_owned(),
        ));
    }
    let aussteller = Aussteller::laden(&mut c, &s.ausstellung.issuer, &s.ausstellung.audience, jetzt)?;
    let tresor = tresor::fuer(
        &mut c,
        s.datenschluessel.lesen().map_err(Startfehler::Konfiguration)?,
        s.umgebung == Umgebung::Entwicklung,
    )?;
    drop(c);
    let o = Optionen { leser: s.leser, schreiber: s.schreiber, ..Optionen::neu(&s.daten.database_url) };
    Ok(Bereit { db: Db::oeffnen(&o)?, aussteller, demo, tresor })
}

/// Whose tokens are accepted: this server's own, and those of the external issuers.
fn pruefer(s: &Serve, aussteller: &Aussteller) -> Result<Pruefer, Startfehler> {
    let eigene = Vertrauen {
        schluessel: aussteller.jwks(),
        iss: s.ausstellung.issuer.clone(),
        fremd: false,
        namen: Anspruchsnamen::default(),
    };
    let mut vertrauen = vec![eigene];
    for f in &s.issuer_fremd {
        let fehler = |e: &dyn std::fmt::Display| {
            Startfehler::Konfiguration(format!("AQB_ISSUER_FREMD {}={}: {e}", f.iss, f.jwks.display()))
        };
        let text = std::fs::read_to_string(&f.jwks).map_err(|e| fehler(&e))?;
        let namen = Anspruchsnamen {
            rolle: s.anspruch_rolle.clone(),
            kreis: s.anspruch_kreis.clone(),
            traeger: s.anspruch_traeger.clone(),
        };
        let schluessel = serde_json::from_str(&text).map_err(|e| fehler(&e))?;
        vertrauen.push(Vertrauen { schluessel, iss: f.iss.clone(), fremd: true, namen });
    }
    Pruefer::neu(vertrauen, &s.ausstellung.audience).map_err(Startfehler::Konfiguration)
}

/// A running server.
pub struct Gestartet {
    /// To be awaited.
    pub server: Server,
    /// Where it listens.
    pub adresse: SocketAddr,
    /// It serves demo accounts.
    pub demo: bool,
}

/// What a start prints. Demo accounts are named only where there are some.
pub fn begruessung(adresse: SocketAddr, demo: bool) -> String {
    let mut text = format!(
        "AQB läuft.\n  API        http://{adresse}/v1\n  Swagger UI http://{adresse}/docs/\n  Vertrag    http://{adresse}/openapi.json"
    );
    if demo {
        text.push_str(&format!(
            "\n  Demo       POST http://{adresse}/oauth/token  client_id=demo-gk-06440-1  client_secret=demo\n             weitere: demo-ministerium-1, demo-bewilligung-1, demo-gk-<kreisschluessel>-1, demo-traeger-1 (je auch -2), demo-pruefung, demo-admin"
        ));
    }
    text
}

/// The contract is the program's, not a server's: read once, whatever starts in this process.
static VERTRAG: LazyLock<Arc<Vertrag>> = LazyLock::new(|| Arc::new(Vertrag::neu(openapi::dokument())));

/// Starts serving.
///
/// # Errors
/// [`Startfehler`].
pub fn starte(s: &Serve) -> Result<Gestartet, Startfehler> {
    let Bereit { db, aussteller, demo, tresor } = oeffne(s)?;
    let pruefer = pruefer(s, &aussteller)?;
    let zustand = web::Data::new(Zustand {
        db: db.clone(),
        vertrag: VERTRAG.clone(),
        pruefer: Arc::new(pruefer),
        aussteller: Arc::new(aussteller),
        laufende: crate::http::ablauf::Laufende::default(),
        produktion: s.umgebung == Umgebung::Produktion,
        drossel: Drossel::neu(s.anfragen_je_minute),
        fehlanmeldungen: Fehlanmeldungen::neu(s.fehlanmeldungen_je_konto, s.fehlanmeldungen_gesamt),
        kalenderzugang_tage: s.kalenderzugang_tage,
        inhaltsfrist: Duration::from_secs(u64::from(s.inhaltsfrist)),
        zahlungskonto: s.zahlungskonto.konto(),
        tresor: Arc::new(tresor),
        import_hoechstens: u64::from(s.import_hoechstens).saturating_mul(1024 * 1024),
        importplaetze: Plaetze::neu(2, 1),
        ablageplaetze: Plaetze::neu(8, 2),
        // half of what reads stays free for short reads
        dateiplaetze: Plaetze::neu(usize::try_from(s.leser / 2).unwrap_or(1).max(1), 1),
        pruefplaetze: Arc::new(tokio::sync::Semaphore::new(usize::from(s.arbeiter))),
    });
    actix_web::rt::spawn(versiegele(db.clone()));
    actix_web::rt::spawn(erinnere(db));
    let cors = s.cors.clone();
    let server = HttpServer::new(move || {
        let (app, _) = App::new()
            .into_utoipa_app()
            .service(utoipa_actix_web::scope("/v1").configure(router::konfiguriere))
            .split_for_parts();
        app.app_data(zustand.clone())
            .configure(system::konfiguriere)
            .service(system::docs(zustand.vertrag.dokument()))
            .default_service(web::to(middleware::sonst))
            .wrap(Compress::default())
            .wrap(herkunft(&cors))
            .wrap(from_fn(middleware::rahmen))
    })
    .workers(usize::from(s.arbeiter))
    .shutdown_timeout(5)
    .client_request_timeout(Duration::from_secs(10))
    .bind(s.bind)
    .map_err(|e| Startfehler::Adresse(s.bind, e))?;
    let adresse = server.addrs().first().copied().unwrap_or(s.bind);
    Ok(Gestartet { server: server.run(), adresse, demo })
}

/// CORS by allow-list; none by default.
fn herkunft(erlaubt: &[String]) -> actix_cors::Cors {
    let cors = actix_cors::Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "accept-language",
            "x-request-id",
            "traceparent",
        ])
        .expose_headers([
            "etag",
            "location",
            "link",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
            "x-request-id",
            "idempotent-replayed",
            "content-language",
        ])
        .block_on_origin_mismatch(false)
        .max_age(600);
    erlaubt.iter().fold(cors, |c, o| c.allowed_origin(o))
}

/// The program itself, where nobody asked.
fn system(anfrage: &str) -> Auftraggeber {
    let akteur = Akteur { person: "system".to_owned(), rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
    Auftraggeber { akteur, anfrage: anfrage.to_owned(), simulation: false }
}

/// Looks once a minute for deadlines people are to be reminded of. Several instances may do so at once.
async fn erinnere(db: Db) {
    let wer = system("erinnerung");
    let mut takt = actix_web::rt::time::interval(Duration::from_secs(60));
    let mut nach = None;
    loop {
        // a full round has more to look at, and goes on at once
        if nach.is_none() {
            takt.tick().await;
        }
        let weiter = nach.take();
        match db.schreiben(wer.clone(), move |tx| crate::app::frist::erinnern(tx, weiter)).await {
            Ok((ende, ereignisse)) => {
                nach = ende;
                if ereignisse > 0 {
                    tracing::info!(ereignisse, "reminders");
                }
            }
            Err(e) => tracing::warn!(fehler = ?e, "reminders"),
        }
    }
}

/// Seals the audit chains once a second and forgets old idempotency keys once an hour.
async fn versiegele(db: Db) {
    let wer = system("siegel");
    let mut takt = actix_web::rt::time::interval(Duration::from_secs(1));
    let mut runde = 0u64;
    loop {
        takt.tick().await;
        runde = runde.wrapping_add(1);
        let aufraeumen = runde.is_multiple_of(3_600);
        let r: Result<(), DbFehler> = db
            .schreiben(wer.clone(), move |tx| {
                protokoll::versiegle(tx)?;
                if aufraeumen {
                    aqb_persistence::idempotenz::raeume_auf(tx)?;
                }
                Ok(())
            })
            .await;
        match r {
            Ok(()) => {}
            // another instance sealed at the same moment
            Err(e) if e.verletzt("siegel_pkey") => {}
            Err(e) => tracing::warn!(fehler = %e, "seal"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::begruessung;

    #[test]
    fn demozugaenge_nur_wo_es_sie_gibt() {
        let adresse = ([127, 0, 0, 1], 8080).into();
        assert!(begruessung(adresse, true).contains("demo-gk-06440-1"));
        assert!(!begruessung(adresse, false).to_lowercase().contains("demo"));
    }
}
