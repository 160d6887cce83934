//! Operations outside the contract's base path: health, login, discovery, document, Swagger UI.

use crate::auth::Geheimnis;
use crate::fehler::{Fehler, GRANT_TYPE_UNBEKANNT, Problemart, TOKENANFRAGE_UNGUELTIG, ZUGANG_UNBEKANNT};
use crate::http::Zustand;
use crate::http::extract::kontext;
use crate::http::problem::{Ablehnung, Problem};
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderValue, WWW_AUTHENTICATE};
use actix_web::web::{Data, Form, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, web};
use aqb_domain::berechtigung::Akteur;
use aqb_persistence::{kennzeichen, migration, typen};
use base64::Engine;
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

/// Client id and secret from `Authorization: Basic …`.
fn basic(req: &HttpRequest) -> Option<(String, String)> {
    let kopf = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let roh = base64::engine::general_purpose::STANDARD.decode(kopf.strip_prefix("Basic ")?.trim()).ok()?;
    let text = String::from_utf8(roh).ok()?;
    text.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned()))
}

/// A field of the form; `None` where it is missing or given more than once.
fn feld(form: &[(String, String)], name: &str) -> Option<String> {
    let mut werte = form.iter().filter(|(n, _)| n == name).map(|(_, w)| w.clone());
    werte.next().filter(|_| werte.next().is_none())
}

async fn token(
    req: HttpRequest,
    z: Data<Zustand>,
    form: Option<Form<Vec<(String, String)>>>,
) -> Result<HttpResponse, Ablehnung> {
    let k = kontext(&req);
    let mit_basic = req.headers().get(AUTHORIZATION).is_some_and(|h| h.as_bytes().starts_with(b"Basic "));
    // the members of RFC 6749 beside ours
    let ablehnen = |art: &'static Problemart, fehler: &str| {
        let mut r = Problem::aus_art(art, &[], &k).tokenantwort(fehler, k.sprache);
        if art.status == 401 && mit_basic {
            r.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"aqb\""));
        }
        Ok(r)
    };
    let form = form.map(Form::into_inner).unwrap_or_default();
    match feld(&form, "grant_type").as_deref() {
        None | Some("") => return ablehnen(&TOKENANFRAGE_UNGUELTIG, "invalid_request"),
        Some("client_credentials") => {}
        Some(_) => return ablehnen(&GRANT_TYPE_UNBEKANNT, "unsupported_grant_type"),
    }
    let zugang = if mit_basic { basic(&req) } else { feld(&form, "client_id").zip(feld(&form, "client_secret")) };
    let Some((id, geheimnis)) = zugang else {
        return match mit_basic {
            true => ablehnen(&ZUGANG_UNBEKANNT, "invalid_client"),
            false => ablehnen(&TOKENANFRAGE_UNGUELTIG, "invalid_request"),
        };
    };
    // PostgreSQL takes no NUL in a text, and no account has one
    if id.contains('\0') || geheimnis.contains('\0') {
        return ablehnen(&ZUGANG_UNBEKANNT, "invalid_client");
    }
    let konto =
        z.db.lesen(move |c| Ok::<_, Fehler>(kennzeichen::dienstkonto(c, &id)?))
            .await
            .map_err(|fehler| Ablehnung { fehler, kontext: k.clone() })?
            .filter(|d| !(d.demo && z.produktion) && Geheimnis::stimmt(&d.geheimnis_hash, &geheimnis));
    let Some(konto) = konto else {
        return ablehnen(&ZUGANG_UNBEKANNT, "invalid_client");
    };
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
