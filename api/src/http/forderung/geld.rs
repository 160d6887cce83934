//! Payments on claims.

use super::ForderungView;
use crate::app::forderung as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::problem::BefundView;
use actix_web::post;
use aqb_domain::berechtigung::recht::ForderungBuchen;
use aqb_domain::forderung::{Zahlungseingang, Zahlungsstorno};
use uuid::Uuid;

/// Record a payment on a claim
///
/// It settles the repayment and its interest in the order of the Regelwerk (`tilgungsreihenfolge`) and posts
/// `RUECKGEFORDERT` → `ERSTATTET`, `ZINS_GEFORDERT` → `ZINS_BEZAHLT`, per place. More than is open is refused: nothing of
/// a payment is cut off unseen.
#[utoipa::path(operation_id = "forderung_zahlung_erfassen", tag = "Forderungen", request_body = Zahlungseingang,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Recorded.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:buchen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/forderungen/{forderung_id}/zahlungseingaenge")]
pub async fn zahlungseingaenge(
    a: Aufruf<ForderungBuchen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zahlungseingang>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| {
        ForderungView::antwort(&app::zahlung_erfassen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Reverse a payment on a claim
///
/// With a reason and the same legal day, at every claim it settled; the record of the payment stays.
#[utoipa::path(operation_id = "forderung_zahlung_stornieren", tag = "Forderungen", request_body = Zahlungsstorno,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "Reversed.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:buchen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/forderungen/{forderung_id}/zahlungsstorno")]
pub async fn zahlungsstorno(
    a: Aufruf<ForderungBuchen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zahlungsstorno>,
) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| {
        let neu = app::zahlung_stornieren(tx, sicht, (id, v), &e)?;
        let befunde = tx.befunde.iter().map(|b| BefundView::aus(b, sprache)).collect();
        let bild = ForderungView { befunde: Some(befunde), ..ForderungView::aus(&neu, sicht)? };
        Ok(Antwort::gut(&bild)?.version(neu.version))
    })
    .await
}
