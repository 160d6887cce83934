//! Money of a Weiterleitung: payments, reversals, reported use, the Traeger's account.

use super::WeiterleitungView;
use crate::app::weiterleitung as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::berechnung::zwischenzinsen::Zwischenzinsantwort;
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{VerwendungMelden, WeiterleitungLesen, WeiterleitungSchreiben};
use aqb_domain::weiterleitung::{
    Auszahlungsstorno, Verwendungsmeldung, Weiterleitungsauszahlung, Weiterleitungsrueckgabe, Weiterleitungsstand,
};
use uuid::Uuid;

/// Record a payment to the Traeger
///
/// Posts `AUSGEZAHLT` → `WEITERGELEITET` for the measure with the value date as legal day; never more than is agreed, nor
/// than was received for the measure and Haushaltsjahr, now and on that day.
#[utoipa::path(operation_id = "weiterleitung_auszahlen", tag = "Weiterleitungen", request_body = Weiterleitungsauszahlung,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "Recorded.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/auszahlungen")]
pub async fn auszahlungen(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Weiterleitungsauszahlung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::auszahlen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Reverse a payment to the Traeger
///
/// With a reason and the same legal day; the record of the payment stays. Not what was reported as used.
#[utoipa::path(operation_id = "weiterleitung_auszahlung_stornieren", tag = "Weiterleitungen", request_body = Auszahlungsstorno,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "Reversed.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/auszahlungsstorno")]
pub async fn auszahlungsstorno(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Auszahlungsstorno>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::stornieren(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Record money the Traeger gave back
///
/// Posts `WEITERGELEITET` → `AUSGEZAHLT`: it lies with the county again. At most what lies with the Traeger unused; also
/// after the end.
#[utoipa::path(operation_id = "weiterleitung_zurueckzahlen", tag = "Weiterleitungen", request_body = Weiterleitungsrueckgabe,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "Recorded.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/rueckzahlungen")]
pub async fn rueckzahlungen(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Weiterleitungsrueckgabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::zurueckzahlen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Interest on what the Traeger did not use in time
///
/// Of the recorded payments, uses and repayments, as `berechnung_zwischenzinsen` computes it; `posten` tell the last day
/// on which each part is used in time. What is not used yet bears nothing.
#[utoipa::path(operation_id = "weiterleitung_zwischenzinsen", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "The interest, its parts and every step.", body = Zwischenzinsantwort)),
    extensions(("x-recht" = json!("weiterleitung:lesen"))))]
#[get("/weiterleitungen/{weiterleitung_id}/zwischenzinsen")]
pub async fn zwischenzinsen(a: Aufruf<WeiterleitungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| Antwort::gut(&Zwischenzinsantwort::aus(app::zwischenzinsen(c, &sicht, id)?, sprache))).await
}

/// Report what was used
///
/// By the Gebietskoerperschaft or the Traeger: how much on which day, so that the period of use can be watched.
#[utoipa::path(operation_id = "weiterleitung_verwendung_melden", tag = "Weiterleitungen", request_body = Verwendungsmeldung,
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "Reported.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("verwendung:melden")), ("x-akt" = json!(true))))]
#[post("/weiterleitungen/{weiterleitung_id}/verwendungen")]
pub async fn verwendungen(
    a: Aufruf<VerwendungMelden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Verwendungsmeldung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        WeiterleitungView::antwort(&app::verwendung_melden(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Account of the Traeger
///
/// Agreed, paid, open, reported as used, and what is left. The county's budget shows the sum as `weitergeleitet`.
#[utoipa::path(operation_id = "weiterleitung_stand", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "The account.", body = Weiterleitungsstand)),
    extensions(("x-recht" = json!("weiterleitung:lesen"))))]
#[get("/weiterleitungen/{weiterleitung_id}/stand")]
pub async fn stand(a: Aufruf<WeiterleitungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| Antwort::gut(&super::stand(&app::lesen(c, &sicht, id)?.wert)?)).await
}
