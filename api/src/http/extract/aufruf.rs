//! The call itself: who, with which right, in which language, under which version and key.

use crate::fehler::{Fehler, Forderung, Gefunden, NICHT_ANGEMELDET, Verstoss, sprache};
use crate::http::Zustand;
use crate::http::problem::{Ablehnung, Kontext};
use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::{Akteur, RechtTyp, Rolle, Sicht};
use aqb_domain::regel::{Sprache, Text};
use std::future::{Ready, ready};
use std::marker::PhantomData;

/// Id of the request, set by the middleware.
#[derive(Debug, Clone)]
pub struct AnfrageId(pub String);

/// Who a request is from, once that is known: for the access log.
#[derive(Debug, Clone)]
pub struct Aufrufer {
    /// Person.
    pub person: String,
    /// Role.
    pub rolle: Rolle,
}

/// Who a calendar program stands for, once its secret was found.
#[derive(Debug, Clone)]
pub struct Kalenderakteur(pub Akteur);

/// Language, id and path of a request.
pub fn kontext(req: &HttpRequest) -> Kontext {
    Kontext {
        sprache: sprache(text(req.headers(), ACCEPT_LANGUAGE.as_str())),
        anfrage: req.extensions().get::<AnfrageId>().map(|a| a.0.clone()).unwrap_or_default(),
        pfad: req.path().to_owned(),
    }
}

fn text<'h>(kopf: &'h HeaderMap, name: &str) -> Option<&'h str> {
    kopf.get(name)?.to_str().ok()
}

/// An authenticated call of an operation that demands the right `R`. It is the first argument of every handler, so an
/// anonymous or unauthorised call is refused before its body is read.
pub struct Aufruf<R: RechtTyp> {
    /// The server.
    pub zustand: web::Data<Zustand>,
    /// The caller.
    pub akteur: Akteur,
    /// What the caller can see under `R`.
    pub sicht: Sicht,
    /// Language, request id and path.
    pub kontext: Kontext,
    /// `?simulation=true`.
    pub simulation: bool,
    /// Version of `If-Match`.
    pub erwartete_version: Option<i64>,
    /// Versions of `If-None-Match`.
    pub bekannte_version: Option<i64>,
    /// `Idempotency-Key`.
    pub schluessel: Option<String>,
    /// Method and path with query, without `simulation`.
    pub route: String,
    recht: PhantomData<R>,
}

impl<R: RechtTyp> Aufruf<R> {
    /// Language of the answer.
    pub fn sprache(&self) -> Sprache {
        self.kontext.sprache
    }

    /// A refusal of this call.
    pub fn ablehnung(&self, fehler: Fehler) -> Ablehnung {
        Ablehnung { fehler, kontext: self.kontext.clone() }
    }
}

impl<R: RechtTyp> FromRequest for Aufruf<R> {
    type Error = Ablehnung;
    type Future = Ready<Result<Self, Ablehnung>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let kontext = kontext(req);
        ready(lesen(req, &kontext).map_err(|fehler| Ablehnung { fehler, kontext }))
    }
}

fn lesen<R: RechtTyp>(req: &HttpRequest, kontext: &Kontext) -> Result<Aufruf<R>, Fehler> {
    let zustand = req.app_data::<web::Data<Zustand>>().cloned().ok_or_else(Fehler::nicht_gefunden)?;
    let akteur = akteur(req, &zustand)?;
    req.extensions_mut().insert(Aufrufer { person: akteur.person.clone(), rolle: akteur.rolle });
    let rest = zustand.drossel.nimm(&akteur.person, std::time::Instant::now()).map_err(Fehler::ZuVieleAnfragen)?;
    if let Some(r) = rest {
        req.extensions_mut().insert(r);
    }
    let sicht = akteur.sicht(R::RECHT).ok_or_else(|| Befund::recht_fehlt(akteur.rolle, R::RECHT))?;
    let muster = req.match_pattern().unwrap_or_default();
    let pfadmuster = muster.strip_prefix("/v1").unwrap_or(&muster);
    let query = super::parameter::paare(req.query_string());
    let pfad: Vec<(String, String)> =
        req.match_info().iter().map(|(n, w)| (n.to_owned(), super::parameter::dekodiert(w))).collect();
    let kopf = |name: &str| req.headers().get(name).map(|w| String::from_utf8_lossy(w.as_bytes()).into_owned());
    let verstoesse = zustand
        .vertrag
        .pruefe_parameter(req.method().as_str(), pfadmuster, &pfad, &query, kopf)
        .map_err(Fehler::Luecke)?;
    if !verstoesse.is_empty() {
        return Err(Fehler::Problem(&crate::fehler::ANFRAGE_UNGUELTIG, verstoesse));
    }
    let simulation = query.iter().any(|(n, w)| n == "simulation" && w == "true");
    Ok(Aufruf {
        akteur,
        sicht,
        kontext: kontext.clone(),
        simulation,
        erwartete_version: version(req, "if-match")?,
        bekannte_version: version(req, "if-none-match").unwrap_or(None),
        schluessel: text(req.headers(), "idempotency-key").map(str::to_owned),
        route: format!("{} {}", req.method(), req.uri().path_and_query().map_or("", |p| p.as_str())),
        recht: PhantomData,
        zustand,
    })
}

/// The person behind the bearer token, or behind the secret of a calendar program.
fn akteur(req: &HttpRequest, zustand: &Zustand) -> Result<Akteur, Fehler> {
    if let Some(k) = req.extensions().get::<Kalenderakteur>() {
        return Ok(k.0.clone());
    }
    let token = text(req.headers(), AUTHORIZATION.as_str())
        .and_then(|h| h.split_once(' '))
        .filter(|(art, _)| art.eq_ignore_ascii_case("bearer"))
        .map(|(_, t)| t.trim())
        .ok_or(Fehler::Problem(&NICHT_ANGEMELDET, Vec::new()))?;
    zustand.pruefer.pruefe(token).map_err(|art| Fehler::Problem(art, Vec::new()))
}

/// The number in `"7"` or `W/"7"` (a proxy that compresses weakens the tag).
fn version(req: &HttpRequest, name: &'static str) -> Result<Option<i64>, Fehler> {
    let Some(roh) = req.headers().get(name) else { return Ok(None) };
    let zahl = roh
        .to_str()
        .ok()
        .map(|t| t.trim().trim_start_matches("W/"))
        .and_then(|t| t.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
    zahl.map(Some).ok_or_else(|| {
        Fehler::Problem(
            &crate::fehler::ANFRAGE_UNGUELTIG,
            vec![Verstoss::neu(
                format!("kopf/{name}"),
                Forderung::Satz(Text { de: "ein ETag wie \"7\"", en: "an ETag such as \"7\"" }),
                Gefunden::wert(&String::from_utf8_lossy(roh.as_bytes())),
            )],
        )
    })
}
