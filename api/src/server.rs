//! Puts the parts together: database, keys, contract, HTTP.

use crate::auth::{Anspruchsnamen, Aussteller, Pruefer, Vertrauen};
use crate::config::{Serve, Umgebung};
use crate::http::{Zustand, middleware, openapi, router, system};
use crate::vertrag::Vertrag;
use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::{Db, DbFehler, Optionen, kennzeichen, migration, protokoll, verbindung};
use std::net::SocketAddr;
use std::sync::Arc;
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

/// Opens the database, brings it to this program's version and checks that it may be served.
///
/// # Errors
/// [`Startfehler`].
pub fn oeffne(s: &Serve) -> Result<(Db, Aussteller), Startfehler> {
    let jetzt = aqb_persistence::uhr::jetzt();
    let mut c = verbindung::einzeln(&s.daten.database_url)?;
    migration::anwenden(&mut c)?;
    aqb_persistence::katalog::anfangsbestand_laden(&mut c, jetzt)?;
    if s.umgebung() == Umgebung::Produktion && kennzeichen::lesen(&mut c, kennzeichen::DEMO)?.is_some() {
        return Err(Startfehler::Konfiguration(
            "Diese Datenbank enthält Demo-Zugänge und wird in der Umgebung „produktion“ nicht bedient.".to_owned(),
        ));
    }
    let iss = s.issuer.first().cloned().unwrap_or_default();
    let aussteller = Aussteller::laden(&mut c, &iss, &s.audience, jetzt)?;
    drop(c);
    let o = Optionen { leser: s.leser, schreiber: s.schreiber, ..Optionen::neu(&s.daten.database_url) };
    Ok((Db::oeffnen(&o)?, aussteller))
}

/// Starts serving; returns the server and the address it listens on.
///
/// # Errors
/// [`Startfehler`].
pub fn starte(s: &Serve) -> Result<(Server, SocketAddr), Startfehler> {
    let (db, aussteller) = oeffne(s)?;
    let (eigener, fremde) = s.issuer.split_at(1.min(s.issuer.len()));
    let mut vertrauen =
        vec![Vertrauen { schluessel: aussteller.jwks(), iss: eigener.to_vec(), namen: Anspruchsnamen::default() }];
    if let Some(datei) = &s.jwks_datei {
        let text = std::fs::read_to_string(datei)
            .map_err(|e| Startfehler::Konfiguration(format!("AQB_JWKS_DATEI {}: {e}", datei.display())))?;
        if fremde.is_empty() {
            return Err(Startfehler::Konfiguration(
                "AQB_JWKS_DATEI braucht einen zweiten Namen in AQB_ISSUER: den des Ausstellers, dem die Schlüssel gehören."
                    .to_owned(),
            ));
        }
        let schluessel = serde_json::from_str(&text)
            .map_err(|e| Startfehler::Konfiguration(format!("AQB_JWKS_DATEI {}: {e}", datei.display())))?;
        let namen = Anspruchsnamen {
            rolle: s.anspruch_rolle.clone(),
            kreis: s.anspruch_kreis.clone(),
            traeger: s.anspruch_traeger.clone(),
        };
        vertrauen.push(Vertrauen { schluessel, iss: fremde.to_vec(), namen });
    }
    let pruefer = Pruefer::neu(vertrauen, &s.audience).map_err(Startfehler::Konfiguration)?;
    let dokument = openapi::dokument();
    let zustand = web::Data::new(Zustand {
        db: db.clone(),
        vertrag: Arc::new(Vertrag::neu(dokument.clone())),
        pruefer: Arc::new(pruefer),
        aussteller: Arc::new(aussteller),
        laufende: crate::http::ablauf::Laufende::default(),
        produktion: s.umgebung() == Umgebung::Produktion,
        drossel: crate::http::drossel::Drossel::neu(s.anfragen_je_minute),
    });
    actix_web::rt::spawn(versiegele(db));
    let cors = herkuenfte(&s.cors)?;
    let server = HttpServer::new(move || {
        let dokument = dokument.clone();
        let (app, _) = App::new()
            .into_utoipa_app()
            .service(utoipa_actix_web::scope("/v1").configure(router::konfiguriere))
            .split_for_parts();
        app.app_data(zustand.clone())
            .configure(system::konfiguriere)
            .service(system::docs(dokument))
            .default_service(web::to(middleware::sonst))
            .wrap(Compress::default())
            .wrap(herkunft(&cors))
            .wrap(from_fn(middleware::rahmen))
    })
    .workers(usize::from(s.arbeiter))
    .shutdown_timeout(5)
    .client_request_timeout(std::time::Duration::from_secs(10))
    .bind(s.bind)
    .map_err(|e| Startfehler::Adresse(s.bind, e))?;
    let adresse = server.addrs().first().copied().unwrap_or(s.bind);
    Ok((server.run(), adresse))
}

/// Origins of the allow-list in the form browsers send them.
fn herkuenfte(roh: &[String]) -> Result<Vec<String>, Startfehler> {
    let gut = |o: &str| {
        let rest = o.strip_prefix("https://").or_else(|| o.strip_prefix("http://"));
        rest.is_some_and(|r| {
            !r.is_empty()
                && r.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
        })
    };
    let alle: Vec<String> = roh.iter().map(|o| o.trim().to_owned()).filter(|o| !o.is_empty()).collect();
    match alle.iter().find(|o| !gut(o)) {
        Some(o) => Err(Startfehler::Konfiguration(format!(
            "AQB_CORS: „{o}“ ist keine Herkunft der Form https://name oder https://name:port."
        ))),
        None => Ok(alle),
    }
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

/// Seals the audit chains once a second and forgets old idempotency keys once an hour.
async fn versiegele(db: Db) {
    let system = Akteur { person: "system".to_owned(), rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
    let wer = Auftraggeber { akteur: system, anfrage: "siegel".to_owned(), simulation: false };
    let mut takt = actix_web::rt::time::interval(std::time::Duration::from_secs(1));
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
