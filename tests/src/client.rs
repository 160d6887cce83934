//! A client whose every answer is checked against the contract before a test sees it.

use crate::dienst::Dienst;
use crate::vertrag::{self, Operation};
use serde_json::Value;
use ureq::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

/// A caller of one server.
#[derive(Clone)]
pub struct Client<'d> {
    pub(crate) dienst: &'d Dienst,
    pub(crate) token: Option<String>,
}

/// A request under construction.
#[must_use = "nothing is sent before `senden`"]
#[derive(Clone)]
pub struct Anfrage<'d> {
    client: Client<'d>,
    methode: Method,
    /// Path and query as sent.
    ziel: String,
    kopf: HeaderMap,
    koerper: Option<Vec<u8>>,
}

/// An answer that keeps the contract.
#[derive(Debug, Clone)]
pub struct Antwort {
    /// Status.
    pub status: u16,
    /// Headers.
    pub kopf: HeaderMap,
    /// Body as received.
    pub koerper: Vec<u8>,
}

impl<'d> Client<'d> {
    /// A request to any address of the server; `pfad` is sent as it is.
    pub fn roh(&self, methode: &str, pfad: &str) -> Anfrage<'d> {
        let methode = Method::from_bytes(methode.as_bytes()).expect("method");
        Anfrage { client: self.clone(), methode, ziel: pfad.to_owned(), kopf: HeaderMap::new(), koerper: None }
    }

    /// A request below `/v1`.
    pub fn anfrage(&self, methode: &str, pfad: &str) -> Anfrage<'d> {
        self.roh(methode, &format!("/v1{pfad}"))
    }

    /// GET below `/v1`.
    pub fn get(&self, pfad: &str) -> Anfrage<'d> {
        self.anfrage("GET", pfad)
    }

    /// POST below `/v1`.
    pub fn post(&self, pfad: &str, koerper: &Value) -> Anfrage<'d> {
        self.anfrage("POST", pfad).json(koerper)
    }

    /// PATCH below `/v1`.
    pub fn patch(&self, pfad: &str, koerper: &Value) -> Anfrage<'d> {
        self.anfrage("PATCH", pfad).json(koerper)
    }

    /// PUT below `/v1`.
    pub fn put(&self, pfad: &str, koerper: &Value) -> Anfrage<'d> {
        self.anfrage("PUT", pfad).json(koerper)
    }

    /// DELETE below `/v1`.
    pub fn delete(&self, pfad: &str) -> Anfrage<'d> {
        self.anfrage("DELETE", pfad)
    }

    /// Asks the built-in issuer for a token.
    #[track_caller]
    pub fn token(&self, client_id: &str, client_secret: &str) -> Antwort {
        let form = format!("grant_type=client_credentials&client_id={client_id}&client_secret={client_secret}");
        self.roh("POST", "/oauth/token")
            .kopf("content-type", "application/x-www-form-urlencoded")
            .bytes(form.into_bytes())
            .senden()
    }
}

impl Anfrage<'_> {
    /// A header.
    pub fn kopf(self, name: &str, wert: &str) -> Self {
        self.kopf_bytes(name, wert.as_bytes())
    }

    /// A header of any bytes.
    pub fn kopf_bytes(mut self, name: &str, wert: &[u8]) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("header name");
        self.kopf.insert(name, HeaderValue::from_bytes(wert).expect("header value"));
        self
    }

    /// A JSON body.
    pub fn json(self, koerper: &Value) -> Self {
        let bytes = serde_json::to_vec(koerper).expect("JSON");
        self.kopf("content-type", "application/json").bytes(bytes)
    }

    /// A body as the operation takes it: JSON, or a file whose bytes the example shows as a text.
    pub fn koerper_von(self, o: &Operation, koerper: &Value) -> Self {
        match koerper.as_str().filter(|_| !o.nimmt_json()) {
            Some(datei) => self.kopf("content-type", "application/octet-stream").bytes(datei.as_bytes().to_vec()),
            None => self.json(koerper),
        }
    }

    /// A body of any bytes.
    pub fn bytes(mut self, koerper: Vec<u8>) -> Self {
        self.koerper = Some(koerper);
        self
    }

    /// `If-Match` with this version.
    pub fn if_match(self, version: i64) -> Self {
        self.kopf("if-match", &format!("\"{version}\""))
    }

    /// `Idempotency-Key`.
    pub fn schluessel(self, schluessel: &str) -> Self {
        self.kopf("idempotency-key", schluessel)
    }

    /// A fresh `Idempotency-Key`.
    pub fn neuer_schluessel(self) -> Self {
        let s = uuid::Uuid::now_v7().to_string();
        self.schluessel(&s)
    }

    /// A query parameter; the value is sent as it is.
    pub fn query(mut self, name: &str, wert: &str) -> Self {
        let zeichen = if self.ziel.contains('?') { '&' } else { '?' };
        self.ziel = format!("{}{zeichen}{name}={wert}", self.ziel);
        self
    }

    /// `?simulation=true`; an act of money wants its key also then.
    pub fn simulation(self) -> Self {
        let a = if self.kopf.contains_key("idempotency-key") { self } else { self.neuer_schluessel() };
        a.query("simulation", "true")
    }

    /// `Accept-Language`.
    pub fn sprache(self, sprache: &str) -> Self {
        self.kopf("accept-language", sprache)
    }

    /// Sends the request; panics when the answer violates the contract.
    #[track_caller]
    pub fn senden(mut self) -> Antwort {
        if let Some(t) = &self.client.token {
            let wert = HeaderValue::from_str(&format!("Bearer {t}")).expect("token");
            self.kopf.entry("authorization").or_insert(wert);
        }
        let d = self.client.dienst;
        let uri: Uri =
            format!("http://{}{}", d.adresse, self.ziel).parse().unwrap_or_else(|e| panic!("{}: {e}", self.ziel));
        let mut r = Request::builder().method(self.methode.clone()).uri(uri);
        *r.headers_mut().expect("request") = self.kopf.clone();
        let ergebnis = match self.koerper.clone() {
            Some(b) => d.agent.run(r.body(b).expect("request")),
            None => d.agent.run(r.body(()).expect("request")),
        };
        let was = format!("{} {}", self.methode, self.ziel);
        let mut r = ergebnis.unwrap_or_else(|e| panic!("{was}: {e}"));
        let koerper = r.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap_or_else(|e| panic!("{was}: {e}"));
        let antwort = Antwort { status: r.status().as_u16(), kopf: r.headers().clone(), koerper };
        let sprache = self.kopf.get("accept-language").and_then(|h| h.to_str().ok());
        let pfad = self.ziel.split('?').next().unwrap_or("");
        if let Err(e) = vertrag::pruefe_antwort(self.methode.as_str(), pfad, sprache, &antwort) {
            panic!("{was} violates the contract: {e}\n{} {}", antwort.status, antwort.text());
        }
        antwort
    }
}

impl Antwort {
    /// Body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.koerper).into_owned()
    }

    /// Body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.koerper)
            .unwrap_or_else(|e| panic!("no JSON ({e}): {} {}", self.status, self.text()))
    }

    /// Expects this status.
    #[track_caller]
    pub fn ist(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Expects this status and this code of the problem.
    #[track_caller]
    pub fn ist_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{}", self.text());
        self
    }

    /// Code of the problem; empty when it is none.
    pub fn code(&self) -> String {
        let v: Value = serde_json::from_slice(&self.koerper).unwrap_or_default();
        v["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Short names of the findings of a problem, sorted.
    pub fn befunde(&self) -> Vec<String> {
        let v: Value = serde_json::from_slice(&self.koerper).unwrap_or_default();
        kurznamen(&v["befunde"])
    }

    /// A header as text.
    pub fn kopfzeile(&self, name: &str) -> Option<&str> {
        self.kopf.get(name)?.to_str().ok()
    }

    /// Version in the ETag.
    #[track_caller]
    pub fn version(&self) -> i64 {
        let e = self.kopfzeile("etag").unwrap_or_else(|| panic!("no ETag: {} {}", self.status, self.text()));
        e.trim_matches('"').parse().expect("version in the ETag")
    }
}

/// Short names of a list of findings, sorted.
pub fn kurznamen(befunde: &Value) -> Vec<String> {
    let name = |b: &Value| b["kurzname"].as_str().unwrap_or_default().to_owned();
    let mut aus: Vec<String> = befunde.as_array().into_iter().flatten().map(name).collect();
    aus.sort();
    aus
}
