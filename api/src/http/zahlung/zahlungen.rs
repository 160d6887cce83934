//! `/zahlungen`: the payments of all runs.

use super::sicht::{ZahlungSeite, ZahlungView};
use crate::app::zahlung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{ZahlungAusfuehren, ZahlungLesen};
use aqb_domain::zahlung::ZahlungStatus;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::zahlung as db;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<ZahlungStatus>,
    /// Only those to this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only those of this run.
    #[param(example = "019a0000-0000-7000-8000-000000000020")]
    zahlungslauf_id: Option<Uuid>,
    /// Only those of this Mittelabruf.
    #[param(example = "019a0000-0000-7000-8000-000000000014")]
    mittelabruf_id: Option<Uuid>,
    /// First day of execution.
    #[param(example = "2026-01-01")]
    von: Option<NaiveDate>,
    /// Last day of execution.
    #[param(example = "2026-12-31")]
    bis: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List payments
///
/// Of all runs, in order of time.
#[utoipa::path(operation_id = "zahlungen_auflisten", tag = "Zahlungen", params(Filter),
    responses((status = 200, description = "A page.", body = ZahlungSeite)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungen")]
pub async fn auflisten(a: Aufruf<ZahlungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            status: f.status,
            kreisschluessel: f.kreisschluessel.clone(),
            zahlungslauf_id: f.zahlungslauf_id,
            mittelabruf_id: f.mittelabruf_id,
            von: f.von,
            bis: f.bis,
            ..db::Filter::default()
        };
        let liste = format!("zahlungen:{filter:?}");
        let s = Seite::aus(db::liste(c, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&ZahlungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.wert.id),
            daten: s.daten.iter().map(ZahlungView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Read a payment
///
/// One by its id.
#[utoipa::path(operation_id = "zahlung_lesen", tag = "Zahlungen",
    params(("zahlung_id" = Uuid, Path, description = "Id of the payment.", example = "019a0000-0000-7000-8000-000000000021")),
    responses((status = 200, description = "The payment.", body = ZahlungView)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungen/{zahlung_id}")]
pub async fn lesen(a: Aufruf<ZahlungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.lese(move |c| ZahlungView::antwort(&app::zahlung_lesen(c, id)?)).await
}

/// Settle the doubts about a payment
///
/// A person looked at the results that did not fit and says why nothing is to be booked.
#[utoipa::path(operation_id = "zahlung_klaeren", tag = "Zahlungen", request_body = Handlungsgrund,
    params(("zahlung_id" = Uuid, Path, description = "Id of the payment.", example = "019a0000-0000-7000-8000-000000000021")),
    responses((status = 200, description = "Settled.", body = ZahlungView)),
    extensions(("x-recht" = json!("zahlung:ausfuehren")), ("x-akt" = json!(true))))]
#[post("/zahlungen/{zahlung_id}/klaerung")]
pub async fn klaerung(
    a: Aufruf<ZahlungAusfuehren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        ZahlungView::antwort(&app::klaeren(tx, (id, version), &e)?)
    })
    .await
}

/// Acts of a payment
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "zahlung_aktionen", tag = "Zahlungen",
    params(("zahlung_id" = Uuid, Path, description = "Id of the payment.", example = "019a0000-0000-7000-8000-000000000021")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungen/{zahlung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<ZahlungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (akteur, sprache) = (a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let z = app::zahlung_lesen(c, id)?.wert;
        Antwort::gut(&Aktionen::aus(&z.aktionen(&akteur), &format!("/zahlungen/{id}"), sprache))
    })
    .await
}

/// History of a payment
///
/// Who changed which field when.
#[utoipa::path(operation_id = "zahlung_historie", tag = "Zahlungen",
    params(("zahlung_id" = Uuid, Path, description = "Id of the payment.", example = "019a0000-0000-7000-8000-000000000021"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungen/{zahlung_id}/historie")]
pub async fn historie(
    a: Aufruf<ZahlungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| {
        app::zahlung_lesen(c, id)?;
        verlauf::seite(c, "ZAHLUNG", &id.to_string(), &v)
    })
    .await
}
