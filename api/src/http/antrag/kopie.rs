//! Copy of an application for another Jahrgang.

use super::sicht::AntragView;
use crate::app::antrag as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::antrag::Kopierhinweis;
use aqb_domain::berechtigung::recht::AntragSchreiben;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// For which Jahrgang.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "jahrgang": 2027 })))]
pub struct AntragKopieAnlage {
    /// Jahrgang of the new draft.
    #[schema(minimum = 2011, maximum = 2099, examples(2027))]
    jahrgang: i32,
}

/// The new draft, and what it does not have from the application it was made of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AntragKopie {
    /// The draft.
    pub antrag: AntragView,
    /// Values that were not carried over as they were, each with its reason.
    #[schema(max_items = 100_000)]
    pub hinweise: Vec<Kopierhinweis>,
}

/// Copy an application for another Jahrgang
///
/// Starts a draft with form, measures and plans; days and Haushaltsjahre move by the years between both, amounts stay.
/// What cannot be carried over is named with its reason: declarations, signature, Detailplanung, retired Traeger, codes
/// that are no longer valid, an account that is not certain. A county that is not entitled in that Jahrgang is refused.
#[utoipa::path(operation_id = "antrag_kopieren", tag = "Antraege", request_body = AntragKopieAnlage,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 201, description = "Draft started.", body = AntragKopie)),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[post("/antraege/{antrag_id}/kopie")]
pub async fn kopie(
    a: Aufruf<AntragSchreiben>,
    Pfad(vorlage): Pfad<Uuid>,
    Json { wert: e, roh }: Json<AntragKopieAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let (neu, hinweise) = app::kopieren(tx, &sicht, (vorlage, id), e.jahrgang)?;
        let kopie = AntragKopie { antrag: AntragView::aus(&neu)?, hinweise };
        Ok(Antwort::gut(&kopie)?.version(neu.version).angelegt(format!("/antraege/{id}")))
    })
    .await
}
