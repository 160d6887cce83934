//! `/zahlungslaeufe`: collect and read.

use super::sicht::{ZahlungslaufSeite, ZahlungslaufView};
use crate::app::zahlung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{ZahlungAusfuehren, ZahlungLesen};
use aqb_domain::zahlung::{ZahlungslaufStatus, Zahlungslaufeingabe};
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::zahlung::lauf as db;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Path of a run below `/v1`.
pub fn pfad(id: Uuid) -> String {
    format!("/zahlungslaeufe/{id}")
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<ZahlungslaufStatus>,
    /// Only those of this Haushaltsjahr.
    #[param(minimum = 2011, maximum = 2120, example = 2026)]
    haushaltsjahr: Option<i32>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List payment runs
///
/// In order of time.
#[utoipa::path(operation_id = "zahlungslaeufe_auflisten", tag = "Zahlungen", params(Filter),
    responses((status = 200, description = "A page.", body = ZahlungslaufSeite)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungslaeufe")]
pub async fn auflisten(a: Aufruf<ZahlungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter { status: f.status, haushaltsjahr: f.haushaltsjahr };
        let liste = format!("zahlungslaeufe:{filter:?}");
        let s = Seite::aus(db::liste(c, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&ZahlungslaufSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |l| l.wert.id),
            daten: s.daten.iter().map(ZahlungslaufView::aus).collect(),
        })
    })
    .await
}

/// Collect a payment run
///
/// Ordered Mittelabrufe of one Haushaltsjahr, each paid by one payment with a name that is never used again. Nothing is
/// paid yet: another person releases the run. A Mittelabruf is in one open payment at most.
#[utoipa::path(operation_id = "zahlungslauf_anlegen", tag = "Zahlungen", request_body = Zahlungslaufeingabe,
    responses((status = 201, description = "Collected.", body = ZahlungslaufView)),
    extensions(("x-recht" = json!("zahlung:ausfuehren")), ("x-akt" = json!(true)), ("x-neu" = json!(true)), ("x-geld" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/zahlungslaeufe")]
pub async fn anlegen(
    a: Aufruf<ZahlungAusfuehren>,
    Json { wert: e, roh }: Json<Zahlungslaufeingabe>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::GELD_NEU, &roh, move |tx| {
        let id = tx.neue_id();
        let l = app::anlegen(tx, id, &e, |tx| tx.neue_id())?;
        Ok(ZahlungslaufView::antwort(&l)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a payment run
///
/// One by its id.
#[utoipa::path(operation_id = "zahlungslauf_lesen", tag = "Zahlungen",
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "The run.", body = ZahlungslaufView)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungslaeufe/{zahlungslauf_id}")]
pub async fn lesen(a: Aufruf<ZahlungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.lese(move |c| ZahlungslaufView::antwort(&app::lauf_lesen(c, id)?)).await
}

/// SEPA file of a payment run
///
/// `pain.001.001.09`, from the release on, and until the run is handed over only as long as it may be; the same run gives
/// the same bytes. Names and remittance are in the SEPA character set: umlauts in two letters, other letters without
/// their marks.
#[utoipa::path(operation_id = "zahlungslauf_pain001", tag = "Zahlungen",
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "The file.", content_type = "application/xml", body = Zahlungsdatei)),
    extensions(("x-recht" = json!("zahlung:lesen")), ("x-zustand" = json!(true))))]
#[get("/zahlungslaeufe/{zahlungslauf_id}/pain001")]
pub async fn pain001(a: Aufruf<ZahlungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let heute = aqb_domain::zeit::rechtstag(aqb_persistence::uhr::jetzt());
    a.lese(move |c| {
        let (name, bytes) = app::datei(c, id, heute)?;
        Ok(Antwort::datei("application/xml", name, bytes))
    })
    .await
}

/// A SEPA credit transfer order, `pain.001.001.09`.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "names the body in the document; the bytes are written by `zahlungsdatei`")]
pub struct Zahlungsdatei(Vec<u8>);

/// Acts of a payment run
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "zahlungslauf_aktionen", tag = "Zahlungen",
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungslaeufe/{zahlungslauf_id}/aktionen")]
pub async fn aktionen(a: Aufruf<ZahlungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (akteur, sprache, konto) = (a.akteur.clone(), a.sprache(), a.zustand.zahlungskonto.clone());
    a.lese(move |c| {
        let heute = aqb_domain::zeit::rechtstag(aqb_persistence::uhr::jetzt());
        let aktionen = app::lauf_aktionen(c, &akteur, id, konto.as_ref(), heute)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a payment run
///
/// Who changed which field when.
#[utoipa::path(operation_id = "zahlungslauf_historie", tag = "Zahlungen",
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungslaeufe/{zahlungslauf_id}/historie")]
pub async fn historie(
    a: Aufruf<ZahlungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| -> Ergebnis<Antwort> {
        app::lauf_lesen(c, id)?;
        verlauf::seite(c, "ZAHLUNGSLAUF", &id.to_string(), &v)
    })
    .await
}
