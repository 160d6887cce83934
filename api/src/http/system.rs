//! Operations outside the contract's base path: health, login, discovery, document, Swagger UI.

use crate::auth::Geheimnis;
use crate::fehler::{
    Fehler, GRANT_TYPE_UNBEKANNT, INHALT_ZU_LANGSAM, Problemart, TOKENANFRAGE_UNGUELTIG, ZU_VIELE_FEHLANMELDUNGEN,
    ZUGANG_UNBEKANNT,
};
use crate::http::Zustand;
use crate::http::extract::koerper::{self, Abbruch};
use crate::http::extract::{Aufrufer, kontext};
use crate::http::middleware::sonst;
use crate::http::problem::{Ablehnung, Problem};
use crate::vertrag;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::web::{Data, Payload, ServiceConfig};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use aqb_domain::berechtigung::Akteur;
use aqb_persistence::{DbConn, kennzeichen, migration, typen};
use base64::Engine;
use serde_json::{Value, json};
use std::sync::OnceLock;
use utoipa_swagger_ui::{Config, SwaggerUi, Url};

/// Words below a list of ids are no ids, whatever the method: 405 where they do not know it. To be called after their
/// operations and before those of an id.
pub fn keine_ids(cfg: &mut utoipa_actix_web::service_config::ServiceConfig<'_>, liste: &str, worte: &[&str]) {
    for wort in worte {
        cfg.route(&format!("{liste}/{wort}"), web::route().to(sonst));
    }
}

/// Registers the operations.
pub fn konfiguriere(cfg: &mut ServiceConfig) {
    cfg.route("/health/live", web::get().to(live))
        .route("/health/ready", web::get().to(ready))
        .route("/openapi.json", web::get().to(dokument))
        .route("/openapi/{thema}.json", web::get().to(ausschnitt))
        .route("/oauth/token", web::post().to(token))
        .route("/.well-known/jwks.json", web::get().to(jwks))
        .route("/.well-known/openid-configuration", web::get().to(entdeckung))
        .route("/", web::get().to(start))
        .route("/docs", web::get().to(start));
}

/// Name and address of the whole document and of each of its parts.
fn teile(dokument: &Value) -> &'static [(String, String)] {
    static TEILE: OnceLock<Vec<(String, String)>> = OnceLock::new();
    TEILE.get_or_init(|| {
        let ganz = std::iter::once(("Gesamter Vertrag".to_owned(), "/openapi.json".to_owned()));
        ganz.chain(vertrag::themen(dokument).map(|t| (t.to_owned(), format!("/openapi/{t}.json")))).collect()
    })
}

/// Swagger UI from files that are part of the program; the bar at its top chooses a part of the document.
pub fn docs(dokument: &Value) -> SwaggerUi {
    let config = Config::new(teile(dokument).iter().map(|(name, adresse)| Url::new(name, adresse)))
        .try_it_out_enabled(true)
        .persist_authorization(true)
        .display_request_duration(true)
        .display_operation_id(true)
        .filter(true)
        .doc_expansion("list");
    SwaggerUi::new("/docs/{_:.*}").config(config)
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

async fn ausschnitt(req: HttpRequest, z: Data<Zustand>, thema: web::Path<String>) -> HttpResponse {
    match z.vertrag.ausschnitt(&thema) {
        Some(teil) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(teil),
        None => sonst(req, z).await,
    }
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

/// Largest token request.
const FORMULAR: usize = 16 * 1024;

/// A refused token request: with the members of RFC 6749 beside ours.
struct Absage<'r> {
    req: &'r HttpRequest,
    mit_basic: bool,
}

impl Absage<'_> {
    fn mit(&self, art: &'static Problemart, fehler: &str) -> HttpResponse {
        let k = kontext(self.req);
        let mut r = Problem::aus_art(art, &[], &k).tokenantwort(fehler, k.sprache);
        if art.status == 401 && self.mit_basic {
            r.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"aqb\""));
        }
        r
    }

    fn zu_oft(&self, sekunden: u64) -> HttpResponse {
        let mut r = self.mit(&ZU_VIELE_FEHLANMELDUNGEN, "temporarily_unavailable");
        r.headers_mut().insert(RETRY_AFTER, HeaderValue::from(sekunden));
        r
    }
}

/// What a log may show of a name somebody sent: printable ASCII, and not more than a name has.
fn lesbar(name: &str) -> String {
    name.chars().take(80).flat_map(char::escape_default).collect()
}

/// The fields of the form; none where it is no form.
async fn formular(req: &HttpRequest, payload: Payload, z: &Zustand) -> Result<Vec<(String, String)>, Abbruch> {
    let roh = koerper::lesen(&mut payload.into_inner(), FORMULAR, z.inhaltsfrist).await?;
    let typ = req.headers().get(CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or("");
    let form = typ.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/x-www-form-urlencoded");
    Ok(if form { serde_html_form::from_bytes(&roh).unwrap_or_default() } else { Vec::new() })
}

async fn token(req: HttpRequest, z: Data<Zustand>, payload: Payload) -> Result<HttpResponse, Ablehnung> {
    let mit_basic = req.headers().get(AUTHORIZATION).is_some_and(|h| h.as_bytes().starts_with(b"Basic "));
    let absage = Absage { req: &req, mit_basic };
    let form = match formular(&req, payload, &z).await {
        Ok(f) => f,
        Err(Abbruch::ZuLangsam) => return Ok(absage.mit(&INHALT_ZU_LANGSAM, "invalid_request")),
        Err(_) => return Ok(absage.mit(&TOKENANFRAGE_UNGUELTIG, "invalid_request")),
    };
    match feld(&form, "grant_type").as_deref() {
        None | Some("") => return Ok(absage.mit(&TOKENANFRAGE_UNGUELTIG, "invalid_request")),
        Some("client_credentials") => {}
        Some(_) => return Ok(absage.mit(&GRANT_TYPE_UNBEKANNT, "unsupported_grant_type")),
    }
    let zugang = if mit_basic { basic(&req) } else { feld(&form, "client_id").zip(feld(&form, "client_secret")) };
    let Some((id, geheimnis)) = zugang else {
        return Ok(match mit_basic {
            true => absage.mit(&ZUGANG_UNBEKANNT, "invalid_client"),
            false => absage.mit(&TOKENANFRAGE_UNGUELTIG, "invalid_request"),
        });
    };
    let abgewiesen = |grund: &str| {
        let (anfrage, von) = (kontext(&req).anfrage, req.peer_addr().map(tracing::field::display));
        tracing::warn!(%anfrage, client_id = lesbar(&id), von, grund, "login refused");
    };
    let versuch = match z.fehlanmeldungen.beginne(&id, std::time::Instant::now()) {
        Ok(v) => v,
        Err(sekunden) => {
            abgewiesen("too many failures");
            return Ok(absage.zu_oft(sekunden));
        }
    };
    match anmelden(&z, &id, &geheimnis).await {
        Ok(Some(akteur)) => {
            versuch.zurueck();
            ausstellen(&req, &z, &akteur).map_err(|fehler| Ablehnung { fehler, kontext: kontext(&req) })
        }
        Ok(None) => {
            abgewiesen("unknown client_id or wrong client_secret");
            Ok(absage.mit(&ZUGANG_UNBEKANNT, "invalid_client"))
        }
        Err(fehler) => {
            versuch.zurueck();
            Err(Ablehnung { fehler, kontext: kontext(&req) })
        }
    }
}

/// The caller whose credentials these are. An account that is not there costs as much as one that is.
async fn anmelden(z: &Zustand, id: &str, geheimnis: &str) -> Result<Option<Akteur>, Fehler> {
    // PostgreSQL takes no NUL in a text, and no account has one
    let gesucht = (!id.contains('\0')).then(|| id.to_owned());
    let suche = move |c: &mut DbConn| match &gesucht {
        Some(id) => Ok::<_, Fehler>(kennzeichen::dienstkonto(c, id)?),
        None => Ok(None),
    };
    let konto = z.db.lesen(suche).await?;
    let hash = konto.as_ref().map_or(Geheimnis::VON_NIEMANDEM, |d| d.geheimnis_hash.as_str());
    let stimmt = Geheimnis::stimmt(hash, geheimnis);
    let Some(konto) = konto.filter(|d| stimmt && !(d.demo && z.produktion)) else { return Ok(None) };
    Ok(Some(Akteur {
        person: konto.client_id,
        rolle: typen::code(&konto.rolle)?,
        kreisschluessel: konto.kreisschluessel,
        traeger_id: konto.traeger_id.map(|t| t.0),
    }))
}

fn ausstellen(req: &HttpRequest, z: &Zustand, akteur: &Akteur) -> Result<HttpResponse, Fehler> {
    let token = z.aussteller.token(akteur, aqb_persistence::uhr::jetzt())?;
    req.extensions_mut().insert(Aufrufer { person: akteur.person.clone(), rolle: akteur.rolle });
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({
        "access_token": token, "token_type": "Bearer", "expires_in": crate::auth::LEBENSDAUER, "scope": "aqb",
    })))
}

#[cfg(test)]
mod tests {
    use super::lesbar;

    #[test]
    fn namen_im_log_sind_harmlos() {
        assert_eq!(lesbar("demo-gk-06440-1"), "demo-gk-06440-1");
        assert_eq!(lesbar("a\r\nlogin ok\u{1b}[0m\u{202e}"), "a\\r\\nlogin ok\\u{1b}[0m\\u{202e}");
        assert_eq!(lesbar(&"x".repeat(1_000)).len(), 80);
    }
}
