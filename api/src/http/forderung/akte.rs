//! Deferral and write-off of claims.

use super::ForderungView;
use crate::app::forderung as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{ForderungEntscheiden, ForderungFreigeben};
use aqb_domain::forderung::{Niederschlagung, Stundung};
use uuid::Uuid;

/// Propose a deferral
///
/// In instalments that are exactly what is open; it has effect once another person released it. Whether it suspends the
/// limitation is a parameter (`verjaehrung_hemmung_stundung`).
#[utoipa::path(operation_id = "forderung_stunden", tag = "Forderungen", request_body = Stundung,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Proposed.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:entscheiden")), ("x-akt" = json!(true))))]
#[post("/forderungen/{forderung_id}/stundung")]
pub async fn stundung(
    a: Aufruf<ForderungEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Stundung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        ForderungView::antwort(&app::stunden(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Propose not to pursue a claim
///
/// Until a day or for good; the claim goes on and bears interest. It has effect once another person released it.
#[utoipa::path(operation_id = "forderung_niederschlagen", tag = "Forderungen", request_body = Niederschlagung,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Proposed.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:entscheiden")), ("x-akt" = json!(true))))]
#[post("/forderungen/{forderung_id}/niederschlagung")]
pub async fn niederschlagung(
    a: Aufruf<ForderungEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Niederschlagung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        ForderungView::antwort(&app::niederschlagen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Release a deferral or a write-off
///
/// By another person than the one who proposed it. A decision before it ends.
#[utoipa::path(operation_id = "forderung_freigeben", tag = "Forderungen",
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Released.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:freigeben")), ("x-akt" = json!(true))))]
#[post("/forderungen/{forderung_id}/freigabe")]
pub async fn freigabe(a: Aufruf<ForderungFreigeben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, v| {
        ForderungView::antwort(&app::freigeben(tx, sicht, (id, v))?, sicht)
    })
    .await
}

/// Discard a proposal
///
/// The proposed deferral or write-off has no effect; its record stays.
#[utoipa::path(operation_id = "forderung_vorschlag_verwerfen", tag = "Forderungen", request_body = Handlungsgrund,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Discarded.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:entscheiden")), ("x-akt" = json!(true))))]
#[post("/forderungen/{forderung_id}/verwerfung")]
pub async fn verwerfung(
    a: Aufruf<ForderungEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        ForderungView::antwort(&app::verwerfen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Take a claim up again
///
/// Ends a deferral, because an instalment was missed, or a write-off, because there is something to get.
#[utoipa::path(operation_id = "forderung_wieder_aufnehmen", tag = "Forderungen", request_body = Handlungsgrund,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Taken up.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:entscheiden")), ("x-akt" = json!(true))))]
#[post("/forderungen/{forderung_id}/wiederaufnahme")]
pub async fn wiederaufnahme(
    a: Aufruf<ForderungEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        ForderungView::antwort(&app::wieder_aufnehmen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}
