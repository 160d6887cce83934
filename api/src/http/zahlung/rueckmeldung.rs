//! `/zahlungsrueckmeldungen`: files with results.

use super::sicht::{ZahlungsrueckmeldungSeite, ZahlungsrueckmeldungView};
use crate::app::zahlung::{self as app, Einlesung};
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Datei, Pfad, Query, koerper};
use crate::http::liste::{Blaettern, weiter};
use crate::zahlungsdatei;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{ZahlungAusfuehren, ZahlungLesen};
use aqb_domain::zahlung::Rueckmeldeformat;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::zahlung::rueckmeldung as db;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only files of this format.
    #[param(inline)]
    format: Option<Rueckmeldeformat>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List files with results
///
/// In order of time, each with what became of its lines.
#[utoipa::path(operation_id = "zahlungsrueckmeldungen_auflisten", tag = "Zahlungen", params(Filter),
    responses((status = 200, description = "A page.", body = ZahlungsrueckmeldungSeite)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungsrueckmeldungen")]
pub async fn auflisten(a: Aufruf<ZahlungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("zahlungsrueckmeldungen:{:?}", f.format);
        let s = Seite::aus(db::liste(c, f.format, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&ZahlungsrueckmeldungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |r| r.wert.id),
            daten: s.daten.iter().map(|r| ZahlungsrueckmeldungView::aus(r, sprache)).collect(),
        })
    })
    .await
}

/// What the body is.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Einlesefrage {
    /// Format of the file.
    #[param(inline, example = "CSV")]
    format: Rueckmeldeformat,
}

/// A file with results as its bytes are, at most 25 MiB: `pain.002` or `camt.053` in UTF-8 without document type, or a
/// table with `;` and the columns `EndToEndId`, `Ergebnis`, `Betrag`, `Datum`, where needed `Waehrung` and `Grund`.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary,
    examples("EndToEndId;Ergebnis;Betrag;Datum;Grund\r\nAQB26-06440-A0001;AUSGEFUEHRT;30.000,00;15.09.2026;\r\n"))]
#[allow(dead_code, reason = "names the body in the document; the bytes come from the extractor")]
pub struct Rueckmeldedatei(Vec<u8>);

/// Read in a file with results
///
/// Every line that fits a payment by name, amount, currency, account and day is booked; every other line says with a
/// finding why it was not (`ZWEIFELHAFT`, `UNBEKANNT`) and stays visible in the reconciliation. A file that is not what its format
/// demands books nothing (422), and the same file a second time books nothing (409). `?simulation=true` is the dry run.
#[utoipa::path(operation_id = "zahlungsrueckmeldung_einlesen", tag = "Zahlungen", params(Einlesefrage),
    request_body(content = Rueckmeldedatei, content_type = "application/octet-stream"),
    responses((status = 201, description = "Read in.", body = ZahlungsrueckmeldungView)),
    extensions(("x-recht" = json!("zahlung:ausfuehren")), ("x-akt" = json!(true)), ("x-neu" = json!(true)), ("x-geld" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/zahlungsrueckmeldungen")]
pub async fn einlesen(
    a: Aufruf<ZahlungAusfuehren>,
    Query(f): Query<Einlesefrage>,
    Datei(roh): Datei,
) -> HandlerErgebnis {
    let datei: Arc<[u8]> = roh.into();
    let gelesen = {
        let datei = datei.clone();
        koerper::abseits(&a.zustand, move || {
            zahlungsdatei::lies(f.format, &datei).map(|m| Einlesung::neu(f.format, &datei, m))
        })
        .await
    };
    let einlesung = gelesen.and_then(|r| r.map_err(Into::into)).map_err(|e| a.ablehnung(e))?;
    let sprache = a.sprache();
    a.schreibe(Verlangt::GELD_NEU, &datei, move |tx| {
        let id = tx.neue_id();
        let r = app::einlesen(tx, id, &einlesung)?;
        Ok(ZahlungsrueckmeldungView::antwort(&r, sprache)?.angelegt(format!("/zahlungsrueckmeldungen/{id}")))
    })
    .await
}

/// Read what became of a file
///
/// One by its id.
#[utoipa::path(operation_id = "zahlungsrueckmeldung_lesen", tag = "Zahlungen",
    params(("rueckmeldung_id" = Uuid, Path, description = "Id of the file.", example = "019a0000-0000-7000-8000-000000000023")),
    responses((status = 200, description = "The file.", body = ZahlungsrueckmeldungView)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungsrueckmeldungen/{rueckmeldung_id}")]
pub async fn lesen(a: Aufruf<ZahlungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| ZahlungsrueckmeldungView::antwort(&app::rueckmeldung_lesen(c, id)?, sprache)).await
}
