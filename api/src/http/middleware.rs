//! What happens around every request: id, HEAD, problems instead of the framework's own errors, headers, access log.

use crate::fehler::{
    Fehler, INTERN, JSON_UNLESBAR, METHODE_UNZULAESSIG, NICHT_GEFUNDEN, Problemart, ZU_GROSS, sprache,
};
use crate::http::extract::{Aufrufer, kontext};
use crate::http::problem::{Kontext, PROBLEM_JSON, Problem};
use crate::http::{Zustand, ungelesen};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use std::time::Instant;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Request id from the caller if it is harmless, otherwise a new one.
fn anfrage_id(req: &ServiceRequest) -> String {
    req.headers()
        .get(&REQUEST_ID)
        .and_then(|h| h.to_str().ok())
        .filter(|s| {
            (8..=64).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
        .map_or_else(|| uuid::Uuid::now_v7().to_string(), str::to_owned)
}

/// The outermost layer.
///
/// # Errors
/// Those of inner layers that are no answers; actix renders them.
pub async fn rahmen(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let beginn = Instant::now();
    let id = anfrage_id(&req);
    req.extensions_mut().insert(super::extract::AnfrageId(id.clone()));
    let methode = req.method().clone();
    if methode == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    let aufwertung = req.head().upgrade();
    let k = Kontext {
        sprache: sprache(req.headers().get("accept-language").and_then(|h| h.to_str().ok())),
        anfrage: id.clone(),
        pfad: req.path().to_owned(),
    };
    let inhalt = ungelesen::halte(&mut req);
    // the request must not be cloned before this: actix needs it alone to match the route
    let mut res = next.call(req).await?.map_into_boxed_body();
    if (res.status().is_client_error() || res.status().is_server_error()) && !ist_problem(&res) {
        res = als_problem(res, &k);
    }
    let (rest, aufrufer) = {
        let merkmale = res.request().extensions();
        (merkmale.get::<crate::http::drossel::Rest>().copied(), merkmale.get::<Aufrufer>().cloned())
    };
    let kopf = res.headers_mut();
    if let Some(r) = rest {
        let felder = [
            ("ratelimit-policy", format!("\"aufrufer\";q={};w=60", r.erlaubt)),
            ("ratelimit", format!("\"aufrufer\";r={}", r.uebrig)),
        ];
        for (name, wert) in felder {
            if let Ok(v) = HeaderValue::from_str(&wert) {
                kopf.insert(HeaderName::from_static(name), v);
            }
        }
    }
    if let Ok(v) = HeaderValue::from_str(&id) {
        kopf.insert(REQUEST_ID, v);
    }
    kopf.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    kopf.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY"));
    kopf.insert(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer"));
    let csp = if k.pfad.starts_with("/docs") {
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    } else {
        "default-src 'none'; frame-ancestors 'none'"
    };
    kopf.insert(HeaderName::from_static("content-security-policy"), HeaderValue::from_static(csp));
    if aufwertung && res.status() != StatusCode::SWITCHING_PROTOCOLS {
        // an offered upgrade that is echoed but not made confuses clients that offer h2c
        res.response_mut().head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    }
    tracing::info!(
        anfrage = %id, methode = %methode, pfad = %k.pfad, status = res.status().as_u16(),
        person = aufrufer.as_ref().map(|a| a.person.as_str()), rolle = aufrufer.as_ref().map(|a| a.rolle.code()),
        von = res.request().peer_addr().map(tracing::field::display),
        dauer_us = u64::try_from(beginn.elapsed().as_micros()).unwrap_or(u64::MAX), "request"
    );
    Ok(ungelesen::bis_zur_antwort(res, inhalt))
}

fn ist_problem(res: &ServiceResponse<BoxBody>) -> bool {
    res.headers().get(CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(PROBLEM_JSON.as_bytes()))
}

/// Replaces an error of the framework by a problem of the same status.
fn als_problem(res: ServiceResponse<BoxBody>, k: &Kontext) -> ServiceResponse<BoxBody> {
    let art: &Problemart = match res.status().as_u16() {
        404 => &NICHT_GEFUNDEN,
        405 => &METHODE_UNZULAESSIG,
        413 => &ZU_GROSS,
        400..=499 => &JSON_UNLESBAR,
        _ => &INTERN,
    };
    let mut p = Problem::aus_art(art, &[], k);
    p.status = i32::from(res.status().as_u16());
    let antwort = p.antwort(k.sprache);
    let (req, alt) = res.into_parts();
    let mut neu = ServiceResponse::new(req, antwort);
    for name in [ALLOW, HeaderName::from_static("access-control-allow-origin")] {
        if let Some(v) = alt.headers().get(&name) {
            neu.headers_mut().insert(name, v.clone());
        }
    }
    neu
}

/// Nothing matched: an unknown path, or a known one with another method.
pub async fn sonst(req: HttpRequest, zustand: web::Data<Zustand>) -> HttpResponse {
    std::future::ready(()).await;
    let k = kontext(&req);
    let methoden = req.path().strip_prefix("/v1").and_then(|p| methoden(&zustand, p));
    let Some(methoden) = methoden else {
        return Problem::aus(&Fehler::nicht_gefunden(), &k).antwort(k.sprache);
    };
    let mut r = Problem::aus_art(&METHODE_UNZULAESSIG, &[], &k).antwort(k.sprache);
    if let Ok(v) = HeaderValue::from_str(&methoden.join(", ")) {
        r.headers_mut().insert(ALLOW, v);
    }
    r
}

fn methoden(zustand: &Zustand, pfad: &str) -> Option<Vec<String>> {
    let pfade = zustand.vertrag.dokument().get("paths")?.as_object()?;
    let passt = |muster: &str| {
        let (a, b): (Vec<_>, Vec<_>) = (muster.split('/').collect(), pfad.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(m, p)| m == p || (m.starts_with('{') && !p.is_empty()))
    };
    // a literal segment wins over a parameter
    let muster = pfade.keys().filter(|m| passt(m)).min_by_key(|m| m.matches('{').count())?;
    Some(zustand.vertrag.methoden(muster))
}
