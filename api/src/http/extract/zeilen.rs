//! Bodies that are many rows: `{"zeilen": […]}`. Each row is checked against its schema by itself, so that one wrong row
//! does not refuse the others.

use super::einmalig::{self, Unlesbar};
use super::json::{TIEFE, ganzzahlen, problem, zu_tief};
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
use aqb_domain::teilnahme::ZEILEN_HOECHSTENS;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

/// Largest body.
const HOECHSTENS: usize = 8 * 1024 * 1024;
/// Most JSON values.
const WERTE: usize = 300_000;
/// The only member of the body.
const FELD: &str = "zeilen";

/// Rows of the schema `T`, each read or with what is wrong about it.
pub struct Zeilen<T>(pub Vec<Result<T, Vec<Verstoss>>>);

impl<T: DeserializeOwned + ToSchema + Send + 'static> FromRequest for Zeilen<T> {
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

async fn lesen<T: DeserializeOwned + ToSchema + Send + 'static>(
    req: &HttpRequest,
    payload: &mut Payload,
) -> Result<Zeilen<T>, Fehler> {
    let zustand = req.app_data::<Data<Zustand>>().ok_or_else(Fehler::nicht_gefunden)?;
    let roh = koerper::lesen(payload, HOECHSTENS, zustand.inhaltsfrist).await.map_err(|a| {
        problem(match a {
            Abbruch::ZuLangsam => &INHALT_ZU_LANGSAM,
            Abbruch::ZuGross => &ZU_GROSS,
            Abbruch::Gestoert => &JSON_UNLESBAR,
        })
    })?;
    let typ = req.headers().get(CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or("");
    if !typ.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json") {
        return Err(problem(&MEDIENTYP));
    }
    let vertrag = zustand.vertrag.clone();
    koerper::abseits(zustand, move || pruefe(&vertrag, &roh)).await?
}

fn verletzt(ort: &str, verlangt: Forderung, gefunden: Gefunden) -> Fehler {
    Fehler::Problem(&ANFRAGE_UNGUELTIG, vec![Verstoss::neu(ort, verlangt, gefunden)])
}

fn pruefe<T: DeserializeOwned + ToSchema>(vertrag: &Vertrag, roh: &[u8]) -> Result<Zeilen<T>, Fehler> {
    let abgelehnt =
        |art, verlangt, gefunden| Err(Fehler::Problem(art, vec![Verstoss::neu(String::new(), verlangt, gefunden)]));
    if zu_tief(roh) {
        return abgelehnt(&JSON_UNLESBAR, Forderung::Tiefe(TIEFE), Gefunden::Nichts);
    }
    let (wert, doppelte) = match einmalig::lesen_bis(roh, WERTE) {
        Ok(w) => w,
        Err(Unlesbar::Stelle(z, s)) => return abgelehnt(&JSON_UNLESBAR, Forderung::Json, Gefunden::Stelle(z, s)),
        Err(Unlesbar::ZuVieleWerte) => {
            return abgelehnt(&ZU_VIELE_WERTE, Forderung::Werteanzahl(WERTE), Gefunden::Nichts);
        }
    };
    let Value::Object(mut o) = ganzzahlen(wert) else {
        return Err(verletzt("", Forderung::Json, Gefunden::Nichts));
    };
    let Some(Value::Array(zeilen)) = o.remove(FELD) else {
        return Err(verletzt("/zeilen", Forderung::Pflicht, Gefunden::Nichts));
    };
    if let Some(fremd) = o.keys().next() {
        let text = Text { de: "nur das Feld „zeilen“", en: "the field “zeilen” only" };
        return Err(verletzt("", Forderung::Satz(text), Gefunden::wert(fremd)));
    }
    if zeilen.is_empty() || zeilen.len() > ZEILEN_HOECHSTENS {
        let text = Text { de: "1 bis 10.000 Zeilen", en: "1 to 10,000 rows" };
        return Err(verletzt("/zeilen", Forderung::Satz(text), Gefunden::Anzahl(zeilen.len())));
    }
    let zeilen = zeilen.into_iter().enumerate().map(|(nr, z)| zeile(vertrag, &doppelte, nr, z));
    Ok(Zeilen(zeilen.collect::<Result<_, _>>()?))
}

/// One row: what it says, or every violation with its pointer.
fn zeile<T: DeserializeOwned + ToSchema>(
    vertrag: &Vertrag,
    doppelte: &[String],
    nr: usize,
    wert: Value,
) -> Result<Result<T, Vec<Verstoss>>, Fehler> {
    let ort = format!("/{FELD}/{nr}");
    let hier = doppelte.iter().filter(|d| d.strip_prefix(&ort).is_some_and(|r| r.starts_with('/')));
    let mut verstoesse: Vec<Verstoss> =
        hier.map(|d| Verstoss::neu(d.clone(), Forderung::Einmal, Gefunden::Nichts)).collect();
    let innen = vertrag.pruefe_inhalt(&T::name(), &wert).map_err(Fehler::Luecke)?;
    verstoesse.extend(innen.into_iter().map(|v| Verstoss { ort: format!("{ort}{}", v.ort), ..v }));
    if !verstoesse.is_empty() {
        return Ok(Err(verstoesse));
    }
    Ok(serde_json::from_value(wert).map_err(|_| {
        let text = Text { de: "Werte, die der Server darstellen kann", en: "values that the server can represent" };
        vec![Verstoss::neu(ort, Forderung::Satz(text), Gefunden::Nichts)]
    }))
}
