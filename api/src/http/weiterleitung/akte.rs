//! Conclusion and end of a Weiterleitung.

use super::WeiterleitungView;
use crate::app::weiterleitung as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::WeiterleitungSchreiben;
use aqb_domain::weiterleitung::Weiterleitungsabschluss;
use uuid::Uuid;

/// Conclude a Weiterleitung
///
/// By another person of the Gebietskoerperschaft than the one who wrote the draft. The Traeger's proof is due from then on.
#[utoipa::path(operation_id = "weiterleitung_abschliessen", tag = "Weiterleitungen", request_body = Weiterleitungsabschluss,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000040")),
    responses((status = 200, description = "Concluded.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-akt" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/abschluss")]
pub async fn abschluss(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Weiterleitungsabschluss>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::abschliessen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// End a Weiterleitung
///
/// As agreed; the Traeger's proof counts as given, what was not paid is free for others.
#[utoipa::path(operation_id = "weiterleitung_beenden", tag = "Weiterleitungen", request_body = Handlungsgrund,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "Ended.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-akt" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/beendigung")]
pub async fn beendigung(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::beenden(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Cancel a Weiterleitung
///
/// Before its end, with a reason. What was paid stays passed on until it is reversed or paid back.
#[utoipa::path(operation_id = "weiterleitung_aufheben", tag = "Weiterleitungen", request_body = Handlungsgrund,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "Cancelled.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-akt" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/aufhebung")]
pub async fn aufhebung(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::aufheben(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}
