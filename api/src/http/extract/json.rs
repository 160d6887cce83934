//! JSON bodies: read, bounded, checked against the contract, then turned into a type.

use super::einmalig::{self, Unlesbar};
use super::koerper::{self, Abbruch};
use crate::fehler::{
    ANFRAGE_UNGUELTIG, Fehler, Forderung, Gefunden, INHALT_ZU_LANGSAM, JSON_UNLESBAR, MEDIENTYP, Verstoss, ZU_GROSS,
    ZU_VIELE_WERTE,
};
use crate::http::Zustand;
use crate::http::problem::Ablehnung;
use crate::vertrag::Vertrag;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use aqb_domain::regel::Text;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

/// Largest JSON body.
const HOECHSTENS: usize = 1024 * 1024;
/// Deepest nesting of a JSON body.
pub(super) const TIEFE: u32 = 32;
/// Up to this size a body is checked on the thread that serves the connections.
const KLEIN: usize = 16 * 1024;

/// A body of the schema `T`. An empty body counts as `{}`, so acts without obligatory input need none.
pub struct Json<T> {
    /// The value.
    pub wert: T,
    /// The raw bytes, for the idempotency record.
    pub roh: Vec<u8>,
}

impl<T: DeserializeOwned + ToSchema + Send + 'static> FromRequest for Json<T> {
    type Error = Ablehnung;
    type Future = LocalBoxFuture<'static, Result<Self, Ablehnung>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let kontext = super::kontext(&req);
            lesen(&req, &mut payload).await.map_err(|fehler| Ablehnung { fehler, kontext })
        })
    }
}

pub(super) fn problem(art: &'static crate::fehler::Problemart) -> Fehler {
    Fehler::Problem(art, Vec::new())
}

async fn lesen<T: DeserializeOwned + ToSchema + Send + 'static>(
    req: &HttpRequest,
    payload: &mut Payload,
) -> Result<Json<T>, Fehler> {
    let zustand = req.app_data::<Data<Zustand>>().ok_or_else(Fehler::nicht_gefunden)?;
    let typ = req.headers().get(CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or("");
    let typ = typ.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let roh = koerper::lesen(payload, HOECHSTENS, zustand.inhaltsfrist).await.map_err(|a| {
        problem(match a {
            Abbruch::ZuLangsam => &INHALT_ZU_LANGSAM,
            Abbruch::ZuGross => &ZU_GROSS,
            Abbruch::Gestoert => &JSON_UNLESBAR,
        })
    })?;
    let json = typ == "application/json" || typ == "application/merge-patch+json";
    let ohne_inhalt = roh.is_empty() && typ.is_empty();
    if !json && !ohne_inhalt {
        return Err(problem(&MEDIENTYP));
    }
    let vertrag = zustand.vertrag.clone();
    if roh.len() <= KLEIN {
        return pruefe(&vertrag, roh);
    }
    koerper::abseits(zustand, move || pruefe(&vertrag, roh)).await?
}

/// From the bytes to the type; every refusal on the way is one of the contract.
fn pruefe<T: DeserializeOwned + ToSchema>(vertrag: &Vertrag, roh: Vec<u8>) -> Result<Json<T>, Fehler> {
    let inhalt: &[u8] = if roh.is_empty() { b"{}" } else { &roh };
    let abgelehnt =
        |art, verlangt, gefunden| Err(Fehler::Problem(art, vec![Verstoss::neu(String::new(), verlangt, gefunden)]));
    if zu_tief(inhalt) {
        return abgelehnt(&JSON_UNLESBAR, Forderung::Tiefe(TIEFE), Gefunden::Nichts);
    }
    let (wert, doppelte) = match einmalig::lesen(inhalt) {
        Ok(w) => w,
        Err(Unlesbar::Stelle(zeile, spalte)) => {
            return abgelehnt(&JSON_UNLESBAR, Forderung::Json, Gefunden::Stelle(zeile, spalte));
        }
        Err(Unlesbar::ZuVieleWerte) => {
            return abgelehnt(&ZU_VIELE_WERTE, Forderung::Werteanzahl(einmalig::WERTE), Gefunden::Nichts);
        }
    };
    let wert = ganzzahlen(wert);
    let mut verstoesse: Vec<Verstoss> =
        doppelte.into_iter().map(|ort| Verstoss::neu(ort, Forderung::Einmal, Gefunden::Nichts)).collect();
    verstoesse.extend(vertrag.pruefe_inhalt(&T::name(), &wert).map_err(Fehler::Luecke)?);
    if !verstoesse.is_empty() {
        return Err(Fehler::Problem(&ANFRAGE_UNGUELTIG, verstoesse));
    }
    let wert: T = serde_json::from_value(wert).map_err(|fehler| {
        tracing::warn!(%fehler, schema = %T::name(), "the contract permits what the type refuses");
        let verlangt = Forderung::Satz(Text {
            de: "ein Inhalt mit Werten, die der Server darstellen kann",
            en: "a body with values that the server can represent",
        });
        Fehler::Problem(&ANFRAGE_UNGUELTIG, vec![Verstoss::neu(String::new(), verlangt, Gefunden::Nichts)])
    })?;
    Ok(Json { wert, roh })
}

/// JSON Schema counts `2026.0` as an integer, so it becomes one before it is read into a type.
pub(super) fn ganzzahlen(wert: Value) -> Value {
    match wert {
        Value::Number(n) if n.is_f64() => {
            let text = n.to_string();
            text.strip_suffix(".0").and_then(|g| g.parse::<i64>().ok()).map_or(Value::Number(n), Value::from)
        }
        Value::Array(a) => Value::Array(a.into_iter().map(ganzzahlen).collect()),
        Value::Object(o) => Value::Object(o.into_iter().map(|(k, v)| (k, ganzzahlen(v))).collect()),
        w => w,
    }
}

/// Brackets outside strings are nested deeper than the limit.
pub(super) fn zu_tief(json: &[u8]) -> bool {
    let (mut tiefe, mut text, mut maskiert) = (0u32, false, false);
    for b in json {
        match (text, maskiert, b) {
            (true, true, _) => maskiert = false,
            (true, false, b'\\') => maskiert = true,
            (true, false, b'"') => text = false,
            (true, ..) => {}
            (false, _, b'"') => text = true,
            (false, _, b'{' | b'[') => {
                tiefe = tiefe.saturating_add(1);
                if tiefe > TIEFE {
                    return true;
                }
            }
            (false, _, b'}' | b']') => tiefe = tiefe.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{ganzzahlen, zu_tief};
    use serde_json::json;

    #[test]
    fn ganze_gleitkommazahlen_sind_ganzzahlen() {
        assert_eq!(ganzzahlen(json!({ "a": [2014.0, 0.5, -3.0] })), json!({ "a": [2014, 0.5, -3] }));
    }

    #[test]
    fn tiefe_zaehlt_nur_ausserhalb_von_texten() {
        let tief = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(!zu_tief(tief(32).as_bytes()));
        assert!(zu_tief(tief(33).as_bytes()));
        assert!(!zu_tief(format!("\"{}\\\"{}\"", "[".repeat(40), "[".repeat(40)).as_bytes()));
    }
}
