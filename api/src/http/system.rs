//! Operations outside the contract's base path: health, login, discovery, document, Swagger UI.

use crate::auth::Geheimnis;
use crate::fehler::{Fehler, JSON_UNLESBAR, ZUGANG_UNBEKANNT};
use crate::http::Zustand;
use crate::http::extract::kontext;
use crate::http::problem::{Ablehnung, Problem};
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL};
use actix_web::web::{Data, Form, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, web};
use aqb_domain::berechtigung::Akteur;
use aqb_persistence::{kennzeichen, migration, typen};
use base64::Engine;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Registers the operations.
pub fn konfiguriere(cfg: &mut ServiceConfig) {
    cfg.route("/health/live", web::get().to(live))
        .route("/health/ready", web::get().to(ready))
        .route("/openapi.json", web::get().to(dokument))
        .route("/oauth/token", web::post().to(token))
        .route("/.well-known/jwks.json", web::get().to(jwks))
        .route("/.well-known/openid-configuration", web::get().to(entdeckung))
        .route("/", web::get().to(start))
        .route("/docs", web::get().to(start));
}

/// Swagger UI from files that are part of the program.
pub fn docs(dokument: Value) -> SwaggerUi {
    let config = Config::new(["/openapi.json"])
        .try_it_out_enabled(true)
        .persist_authorization(true)
        .display_request_duration(true)
        .display_operation_id(true)
        .filter(true)
        .doc_expansion("list");
    SwaggerUi::new("/docs/{_:.*}").external_url_unchecked("/docs/openapi.json", dokument).config(config)
}

async fn live() -> HttpResponse {
    std::future::ready(HttpResponse::Ok().json(json!({ "status": "ok" }))).await
}

async fn ready(req: HttpRequest, z: Data<Zustand>) -> Result<HttpResponse, Ablehnung> {
    let k = kontext(&req);
    let aktuell = z.db.lesen(|c| Ok::<_, Fehler>(migration::ist_aktuell(c)?)).await;
    match aktuell {
        Ok(true) => Ok(HttpResponse::Ok().json(json!({ "status": "ok" }))),
        Ok(false) => {
            let e = aqb_persistence::DbFehler::Ausgelastet("Migration steht aus".to_owned());
            Err(Ablehnung { fehler: Fehler::Db(e), kontext: k })
        }
        Err(fehler) => Err(Ablehnung { fehler, kontext: k }),
    }
}

async fn start() -> HttpResponse {
    std::future::ready(HttpResponse::SeeOther().insert_header(("location", "/docs/")).finish()).await
}

async fn dokument(z: Data<Zustand>) -> HttpResponse {
    std::future::ready(
        HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(z.vertrag.dokument()),
    )
    .await
}

async fn jwks(z: Data<Zustand>) -> HttpResponse {
    std::future::ready(
        HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(z.aussteller.jwks()),
    )
    .await
}

async fn entdeckung(req: HttpRequest, z: Data<Zustand>) -> HttpResponse {
    // the bound address, never a header of the caller: a poisoned answer would send secrets elsewhere
    let basis = format!("http://{}", req.app_config().local_addr());
    std::future::ready(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "issuer": z.aussteller.iss(),
        "token_endpoint": format!("{basis}/oauth/token"),
        "jwks_uri": format!("{basis}/.well-known/jwks.json"),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "id_token_signing_alg_values_supported": ["ES256"],
    })))
    .await
}

#[derive(Deserialize)]
struct Tokenanfrage {
    grant_type: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
}

/// Client id and secret from `Authorization: Basic …`.
fn basic(req: &HttpRequest) -> Option<(String, String)> {
    let kopf = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let roh = base64::engine::general_purpose::STANDARD.decode(kopf.strip_prefix("Basic ")?.trim()).ok()?;
    let text = String::from_utf8(roh).ok()?;
    text.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned()))
}

async fn token(
    req: HttpRequest,
    z: Data<Zustand>,
    form: Option<Form<Tokenanfrage>>,
) -> Result<HttpResponse, Ablehnung> {
    let k = kontext(&req);
    let ablehnen = |art| Ablehnung { fehler: Fehler::Problem(art, Vec::new()), kontext: k.clone() };
    let form = form.ok_or_else(|| ablehnen(&JSON_UNLESBAR))?.into_inner();
    if form.grant_type != "client_credentials" {
        return Ok(Problem::aus_art(&JSON_UNLESBAR, &[], &k).antwort(k.sprache));
    }
    let (id, geheimnis) = basic(&req).unwrap_or((form.client_id, form.client_secret));
    // PostgreSQL takes no NUL in a text, and no account has one
    if id.contains('\0') {
        return Err(ablehnen(&ZUGANG_UNBEKANNT));
    }
    let konto =
        z.db.lesen(move |c| Ok::<_, Fehler>(kennzeichen::dienstkonto(c, &id)?))
            .await
            .map_err(|fehler| Ablehnung { fehler, kontext: k.clone() })?
            .filter(|d| !(d.demo && z.produktion) && Geheimnis::stimmt(&d.geheimnis_hash, &geheimnis))
            .ok_or_else(|| ablehnen(&ZUGANG_UNBEKANNT))?;
    let akteur = Akteur {
        person: konto.client_id,
        rolle: typen::code(&konto.rolle).map_err(|e| Ablehnung { fehler: e.into(), kontext: k.clone() })?,
        kreisschluessel: konto.kreisschluessel,
        traeger_id: konto.traeger_id.map(|t| t.0),
    };
    let token = z
        .aussteller
        .token(&akteur, aqb_persistence::uhr::jetzt())
        .map_err(|e| Ablehnung { fehler: e.into(), kontext: k.clone() })?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "access_token": token, "token_type": "Bearer", "expires_in": crate::auth::LEBENSDAUER, "scope": "aqb",
    })))
}
