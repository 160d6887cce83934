//! Acts of a change.

use super::sicht::AenderungsantragView;
use crate::app::aenderungsantrag as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::bescheid::BescheidView;
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::sicht::OhneAngaben;
use actix_web::post;
use aqb_domain::aenderungsantrag::{
    ABLEHNUNG, Aenderungsbewilligung, Aenderungseinreichung, Aktualisierung, BEWILLIGUNG,
};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::antrag::Antragsruecknahme;
use aqb_domain::berechtigung::recht::{AenderungsantragEntscheiden, AenderungsantragSchreiben};
use aqb_domain::bescheid::{AblehnungEingabe, Entscheidungseingabe};
use uuid::Uuid;

/// File a change
///
/// As a notice where it only moves money within the limit between lines of a plan, otherwise for a decision. 409 with
/// every field in conflict when the base moved.
#[utoipa::path(operation_id = "aenderungsantrag_einreichen", tag = "Aenderungsantraege", request_body = Aenderungseinreichung,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "Filed.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/einreichung")]
pub async fn einreichung(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Aenderungseinreichung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::einreichen(tx, sicht, (id, version), &e)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Withdraw a change
///
/// Before it is decided, with a reason; also while a decision is being prepared.
#[utoipa::path(operation_id = "aenderungsantrag_zuruecknehmen", tag = "Aenderungsantraege", request_body = Antragsruecknahme,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "Withdrawn.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Antragsruecknahme>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::zuruecknehmen(tx, sicht, (id, version), &e)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Bring a draft up to date
///
/// Takes over from the present state what does not conflict. In a field that both sides changed the own value stays and
/// the conflict stays listed until it is decided: name it in `behalten` or `uebernehmen`, or edit the field.
#[utoipa::path(operation_id = "aenderungsantrag_aktualisieren", tag = "Aenderungsantraege", request_body = Aktualisierung,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "Up to date, a draft.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/aktualisierung")]
pub async fn aktualisierung(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Aktualisierung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::aktualisieren(tx, sicht, (id, version), &e)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Take a change into examination
///
/// Of a notice this demands a decision.
#[utoipa::path(operation_id = "aenderungsantrag_pruefen", tag = "Aenderungsantraege", request_body = OhneAngaben,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "In examination.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/pruefung")]
pub async fn pruefung(
    a: Aufruf<AenderungsantragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::in_pruefung_nehmen(tx, sicht, (id, version))?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Take note of a notice
///
/// The new state counts from now on; no Bescheid is needed.
#[utoipa::path(operation_id = "aenderungsantrag_zur_kenntnis_nehmen", tag = "Aenderungsantraege", request_body = OhneAngaben,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "Taken note of.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/kenntnisnahme")]
pub async fn kenntnisnahme(
    a: Aufruf<AenderungsantragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::zur_kenntnis_nehmen(tx, sicht, (id, version))?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Return a change
///
/// To the county as a draft, with a reason.
#[utoipa::path(operation_id = "aenderungsantrag_zurueckweisen", tag = "Aenderungsantraege", request_body = Handlungsgrund,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "A draft again.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/zurueckweisung")]
pub async fn zurueckweisung(
    a: Aufruf<AenderungsantragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::zurueckweisen(tx, sicht, (id, version), &e)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// A deciding act answers with the drafted Bescheid.
async fn entscheide(
    a: Aufruf<AenderungsantragEntscheiden>,
    id: Uuid,
    akt: &'static str,
    eingabe: Entscheidungseingabe,
    roh: Vec<u8>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let neu = tx.neue_id();
        let b = app::vorbereiten(tx, sicht, (id, version), akt, neu, &eingabe)?;
        Ok(BescheidView::antwort(&b)?.angelegt(format!("/bescheide/{}", b.wert.id)))
    })
    .await
}

/// Draft the grant of a change
///
/// The Bescheid states the resulting amounts and the differences; released by a second person it posts the differences
/// and claims back what was paid beyond the new grant.
#[utoipa::path(operation_id = "aenderungsantrag_bewilligen", tag = "Aenderungsantraege", request_body = Aenderungsbewilligung,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("aenderungsantrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/bewilligung")]
pub async fn bewilligung(
    a: Aufruf<AenderungsantragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Aenderungsbewilligung>,
) -> HandlerErgebnis {
    entscheide(a, id, BEWILLIGUNG, Entscheidungseingabe::Bewilligung(e.into()), roh).await
}

/// Draft the refusal of a change
///
/// With grounds (§ 39 HVwVfG); the grant stays as it is.
#[utoipa::path(operation_id = "aenderungsantrag_ablehnen", tag = "Aenderungsantraege", request_body = AblehnungEingabe,
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("aenderungsantrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/ablehnung")]
pub async fn ablehnung(
    a: Aufruf<AenderungsantragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<AblehnungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, ABLEHNUNG, Entscheidungseingabe::Ablehnung(e), roh).await
}
