//! Acts of an application.

use super::sicht::AntragView;
use crate::app::antrag as app;
use crate::app::bescheid::vorbereiten;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::bescheid::BescheidView;
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::antrag::{
    ABLEHNUNG, Antragseinreichung, Antragsruecknahme, BEWILLIGUNG, Nachforderungseingabe, Nachforderungsergaenzung,
    TEILBEWILLIGUNG,
};
use aqb_domain::berechtigung::recht::{AntragEntscheiden, AntragSchreiben};
use aqb_domain::bescheid::{AblehnungEingabe, BewilligungEingabe, Entscheidungseingabe, TeilbewilligungEingabe};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The authority takes the case; nothing needs to be said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({})))]
pub struct Antragspruefung {}

/// File the application
///
/// Freezes the document with its SHA-256 and gives the file reference. Also answers a Nachforderung.
#[utoipa::path(operation_id = "antrag_einreichen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Antragseinreichung,
    responses((status = 200, description = "Filed.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/einreichung")]
pub async fn einreichung(
    a: Aufruf<AntragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Antragseinreichung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| AntragView::antwort(&app::einreichen(tx, sicht, id, v, &e)?))
        .await
}

/// Withdraw the application
///
/// Before it is decided, with a reason; also while a decision is being prepared.
#[utoipa::path(operation_id = "antrag_zuruecknehmen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Antragsruecknahme,
    responses((status = 200, description = "Withdrawn.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<AntragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Antragsruecknahme>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AntragView::antwort(&app::zuruecknehmen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Take the case into examination
///
/// The authority's clerk takes it.
#[utoipa::path(operation_id = "antrag_pruefen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Antragspruefung,
    responses((status = 200, description = "In examination.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/pruefung")]
pub async fn pruefung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: Antragspruefung {}, roh }: Json<Antragspruefung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AntragView::antwort(&app::in_pruefung_nehmen(tx, sicht, (id, v))?)
    })
    .await
}

/// Ask for completion
///
/// Only the named fields become editable, and the Detailplanung of a measure whose Finanzierungsplan, `beginn` or `ende`
/// is named; the due date becomes a deadline.
#[utoipa::path(operation_id = "antrag_nachfordern", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Nachforderungseingabe,
    responses((status = 200, description = "Asked.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/nachforderung")]
pub async fn nachforderung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Nachforderungseingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AntragView::antwort(&app::nachfordern(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Add to a request for completion
///
/// While it runs: further fields, a later due date, or both. What was asked for stays.
#[utoipa::path(operation_id = "antrag_nachforderung_ergaenzen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Nachforderungsergaenzung,
    responses((status = 200, description = "Added.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/nachforderungsergaenzung")]
pub async fn nachforderungsergaenzung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Nachforderungsergaenzung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AntragView::antwort(&app::nachforderung_ergaenzen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Withdraw a request for completion
///
/// With a reason; the examination goes on with what was filed last. Unfiled changes of the county stay in the history.
#[utoipa::path(operation_id = "antrag_nachforderung_zuruecknehmen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "In examination again.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/nachforderungsruecknahme")]
pub async fn nachforderungsruecknahme(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AntragView::antwort(&app::nachforderung_zuruecknehmen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// A deciding act answers with the drafted Bescheid.
async fn entscheide(
    a: Aufruf<AntragEntscheiden>,
    id: Uuid,
    akt: &'static str,
    eingabe: Entscheidungseingabe,
    roh: Vec<u8>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let neu = tx.neue_id();
        let b = vorbereiten(tx, sicht, (id, version), akt, neu, &eingabe)?;
        Ok(BescheidView::antwort(&b)?.angelegt(format!("/bescheide/{}", b.wert.id)))
    })
    .await
}

/// Draft a grant
///
/// Everything as applied for. The Bescheid takes effect when a second person releases it.
#[utoipa::path(operation_id = "antrag_bewilligen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = BewilligungEingabe,
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/bewilligung")]
pub async fn bewilligung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<BewilligungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, BEWILLIGUNG, Entscheidungseingabe::Bewilligung(e), roh).await
}

/// Draft a partial grant
///
/// Amounts per measure and Haushaltsjahr; a position that is not named is granted 0.00.
#[utoipa::path(operation_id = "antrag_teilbewilligen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = TeilbewilligungEingabe,
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/teilbewilligung")]
pub async fn teilbewilligung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<TeilbewilligungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, TEILBEWILLIGUNG, Entscheidungseingabe::Teilbewilligung(e), roh).await
}

/// Draft a refusal
///
/// With grounds (§ 39 HVwVfG).
#[utoipa::path(operation_id = "antrag_ablehnen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = AblehnungEingabe,
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/ablehnung")]
pub async fn ablehnung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<AblehnungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, ABLEHNUNG, Entscheidungseingabe::Ablehnung(e), roh).await
}
