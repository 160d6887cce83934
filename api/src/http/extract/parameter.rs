//! Path and query parameters. Their form was checked against the contract by [`super::Aufruf`], which comes first.

use crate::fehler::{ANFRAGE_UNGUELTIG, Fehler, Forderung, Gefunden, Verstoss};
use crate::http::problem::Ablehnung;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use aqb_domain::regel::Text;
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

/// Path parameters.
pub struct Pfad<T>(pub T);

/// Query parameters.
pub struct Query<T>(pub T);

/// Percent-decoded text; what is not UTF-8 keeps its replacement character and fails the contract's patterns.
pub(super) fn dekodiert(s: &str) -> String {
    let mut bytes = Vec::with_capacity(s.len());
    let mut rest = s.as_bytes();
    while let [erstes, danach @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (erstes, danach) {
            (b'%', [a, b, weiter @ ..]) if hex(a).is_some() && hex(b).is_some() => {
                bytes.push(hex(a).unwrap_or(0).wrapping_mul(16).wrapping_add(hex(b).unwrap_or(0)));
                rest = weiter;
            }
            _ => {
                bytes.push(*erstes);
                rest = danach;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Query string as pairs.
pub(super) fn paare(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|t| !t.is_empty())
        .map(|t| {
            let (n, w) = t.split_once('=').unwrap_or((t, ""));
            (dekodiert(&n.replace('+', " ")), dekodiert(&w.replace('+', " ")))
        })
        .collect()
}

/// The value of one query parameter.
pub fn queryparameter(query: &str, name: &str) -> Option<String> {
    paare(query).into_iter().find(|(n, _)| n == name).map(|(_, w)| w)
}

fn ablehnung(req: &HttpRequest, ort: &str, fehler: &dyn std::fmt::Display) -> Ablehnung {
    tracing::debug!(%fehler, ort, "parameters");
    let verlangt = Forderung::Satz(Text {
        de: "eine lesbare Angabe in der Form, die /openapi.json beschreibt",
        en: "a readable value of the form that /openapi.json describes",
    });
    let verstoss = Verstoss::neu(ort, verlangt, Gefunden::Nichts);
    Ablehnung { fehler: Fehler::Problem(&ANFRAGE_UNGUELTIG, vec![verstoss]), kontext: super::kontext(req) }
}

impl<T: DeserializeOwned> FromRequest for Pfad<T> {
    type Error = Ablehnung;
    type Future = Ready<Result<Self, Ablehnung>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            actix_web::web::Path::<T>::extract(req)
                .into_inner()
                .map(|p| Pfad(p.into_inner()))
                .map_err(|e| ablehnung(req, "pfad", &e)),
        )
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Ablehnung;
    type Future = Ready<Result<Self, Ablehnung>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(serde_html_form::from_str(req.query_string()).map(Query).map_err(|e| ablehnung(req, "query", &e)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dekodieren() {
        for (roh, soll) in
            [("06440", "06440"), ("a%20b", "a b"), ("%zz", "%zz"), ("%00", "\0"), ("%ff", "\u{fffd}"), ("%", "%")]
        {
            assert_eq!(dekodiert(roh), soll);
        }
        assert_eq!(
            paare("a=1&b=x+y&c"),
            [("a".into(), "1".into()), ("b".into(), "x y".into()), ("c".into(), String::new())]
        );
    }
}
