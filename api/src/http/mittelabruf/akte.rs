//! Acts of a call for money.

use super::sicht::MittelabrufView;
use crate::app::mittelabruf as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::sicht::OhneAngaben;
use actix_web::post;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{MittelabrufAnordnen, MittelabrufPruefen, MittelabrufSchreiben};
use aqb_domain::mittelabruf::{MittelabrufEinreichung, Mittelabrufpruefung, STORNIERUNG, ZURUECKWEISUNG};
use uuid::Uuid;

/// File a call
///
/// The money is reserved and the call gets its number. What is asked beyond the need in time is a warning to confirm, or
/// a refusal where the Regelwerk is strict.
#[utoipa::path(operation_id = "mittelabruf_einreichen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body = MittelabrufEinreichung,
    responses((status = 200, description = "Filed.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:schreiben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/mittelabrufe/{mittelabruf_id}/einreichung")]
pub async fn einreichung(
    a: Aufruf<MittelabrufSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<MittelabrufEinreichung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        MittelabrufView::antwort(&app::einreichen(tx, sicht, (id, version), &e)?)
    })
    .await
}

/// Check a call
///
/// The authority certifies it as right in substance and figures (§ 70 LHO). Without amounts of its own the need check
/// decides what is payable; the rest is free again.
#[utoipa::path(operation_id = "mittelabruf_pruefen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body = Mittelabrufpruefung,
    responses((status = 200, description = "Certified, in full or cut.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:pruefen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/mittelabrufe/{mittelabruf_id}/pruefung")]
pub async fn pruefung(
    a: Aufruf<MittelabrufPruefen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Mittelabrufpruefung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        MittelabrufView::antwort(&app::feststellen(tx, sicht, (id, version), &e)?)
    })
    .await
}

/// Order the payment
///
/// By another person than the one who checked. The account is frozen into the order.
#[utoipa::path(operation_id = "mittelabruf_anordnen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body = OhneAngaben,
    responses((status = 200, description = "Ordered.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:anordnen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/mittelabrufe/{mittelabruf_id}/anordnung")]
pub async fn anordnung(
    a: Aufruf<MittelabrufAnordnen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        MittelabrufView::antwort(&app::anordnen(tx, sicht, (id, version))?)
    })
    .await
}

/// Take an order back
///
/// As long as no payment is under way; also for the rest of a call that is paid in part.
#[utoipa::path(operation_id = "mittelabruf_anordnung_zuruecknehmen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body = OhneAngaben,
    responses((status = 200, description = "Checked, no longer ordered.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:pruefen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/mittelabrufe/{mittelabruf_id}/anordnungsruecknahme")]
pub async fn anordnungsruecknahme(
    a: Aufruf<MittelabrufPruefen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        MittelabrufView::antwort(&app::anordnung_zuruecknehmen(tx, sicht, (id, version))?)
    })
    .await
}

/// Refuse a call
///
/// Before it is ordered, with a reason the county reads. What was reserved is free again; a call that is paid in part
/// stays paid as far as it is.
#[utoipa::path(operation_id = "mittelabruf_zurueckweisen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "Refused.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:pruefen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/mittelabrufe/{mittelabruf_id}/zurueckweisung")]
pub async fn zurueckweisung(
    a: Aufruf<MittelabrufPruefen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        MittelabrufView::antwort(&app::beenden(tx, sicht, (id, version), ZURUECKWEISUNG, &e)?)
    })
    .await
}

/// Cancel a call
///
/// By its county before it is ordered. What was reserved is free again; a call that is paid in part stays paid as far as
/// it is.
#[utoipa::path(operation_id = "mittelabruf_stornieren", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "Cancelled.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:schreiben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/mittelabrufe/{mittelabruf_id}/stornierung")]
pub async fn stornierung(
    a: Aufruf<MittelabrufSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        MittelabrufView::antwort(&app::beenden(tx, sicht, (id, version), STORNIERUNG, &e)?)
    })
    .await
}
