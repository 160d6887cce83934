//! Acts of a payment run.

use super::sicht::ZahlungslaufView;
use crate::app::zahlung as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{ZahlungAusfuehren, ZahlungFreigeben};
use aqb_domain::zahlung::{Zahlungslauffreigabe, Zahlungslaufrueckmeldung, Zahlungslaufuebergabe};
use uuid::Uuid;

/// Release a payment run
///
/// By another person than the one who collected it. Every order is checked once more: state, amount, account and its
/// waiting time, finality, overdue proofs. That a call was paid before is a warning to be confirmed. From now on the
/// SEPA file can be fetched.
#[utoipa::path(operation_id = "zahlungslauf_freigeben", tag = "Zahlungen", request_body = Zahlungslauffreigabe,
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "Released.", body = ZahlungslaufView)),
    extensions(("x-recht" = json!("zahlung:freigeben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/zahlungslaeufe/{zahlungslauf_id}/freigabe")]
pub async fn freigabe(
    a: Aufruf<ZahlungFreigeben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zahlungslauffreigabe>,
) -> HandlerErgebnis {
    let konto = a.zustand.zahlungskonto.clone();
    a.aendere(Verlangt::GELD, &roh, move |tx, _, version| {
        ZahlungslaufView::antwort(&app::freigeben(tx, (id, version), &e, konto.as_ref())?)
    })
    .await
}

/// Hand a payment run over
///
/// The SEPA file went to the treasury or its bank; its hash is kept. What the release checked is checked once more, and
/// the day of execution must not be over. From now on results are awaited.
#[utoipa::path(operation_id = "zahlungslauf_uebergeben", tag = "Zahlungen", request_body = Zahlungslaufuebergabe,
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "Handed over.", body = ZahlungslaufView)),
    extensions(("x-recht" = json!("zahlung:ausfuehren")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/zahlungslaeufe/{zahlungslauf_id}/uebergabe")]
pub async fn uebergabe(
    a: Aufruf<ZahlungAusfuehren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zahlungslaufuebergabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, _, version| {
        ZahlungslaufView::antwort(&app::uebergeben(tx, (id, version), &e)?)
    })
    .await
}

/// Record results of a payment run
///
/// By hand, per payment: the value date of all or a part of it, its return, or the bank's refusal. All results are
/// booked or none. The value date is the legal day of the posting. A return makes the Mittelabruf payable again. The
/// same amount with the same value date once more is a warning to be confirmed.
#[utoipa::path(operation_id = "zahlungslauf_rueckmelden", tag = "Zahlungen", request_body = Zahlungslaufrueckmeldung,
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "Booked.", body = ZahlungslaufView)),
    extensions(("x-recht" = json!("zahlung:ausfuehren")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/zahlungslaeufe/{zahlungslauf_id}/rueckmeldung")]
pub async fn rueckmeldung(
    a: Aufruf<ZahlungAusfuehren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zahlungslaufrueckmeldung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, _, version| {
        ZahlungslaufView::antwort(&app::rueckmelden(tx, (id, version), &e)?)
    })
    .await
}

/// Discard a payment run
///
/// Before it is handed over, also after its release: stopping money needs no second person. Its Mittelabrufe are ordered
/// as before and can be collected anew; the names of its payments are not used again.
#[utoipa::path(operation_id = "zahlungslauf_verwerfen", tag = "Zahlungen", request_body = Handlungsgrund,
    params(("zahlungslauf_id" = Uuid, Path, description = "Id of the run.", example = "019a0000-0000-7000-8000-000000000020")),
    responses((status = 200, description = "Discarded.", body = ZahlungslaufView)),
    extensions(("x-recht" = json!("zahlung:ausfuehren")), ("x-akt" = json!(true))))]
#[post("/zahlungslaeufe/{zahlungslauf_id}/verwerfung")]
pub async fn verwerfung(
    a: Aufruf<ZahlungAusfuehren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        ZahlungslaufView::antwort(&app::verwerfen(tx, (id, version), &e)?)
    })
    .await
}
