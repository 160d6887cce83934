//! Measures of the state that is applied for.

use super::sicht::{AenderungsantragView, StandmassnahmeView};
use crate::app::aenderungsantrag as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::massnahme::{MassnahmeAnlage, MassnahmeninhaltTeil};
use actix_web::{delete, get, patch, post, put};
use aqb_domain::berechtigung::recht::{AenderungsantragLesen, AenderungsantragSchreiben};
use aqb_domain::detailplanung::Detailplanung;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Changes to a measure of the new state: the parts that are sent; others stay. Its number and its kind are fixed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "titel": "Startklar: Vorbereitung auf die Ausbildung" } })))]
pub struct AenderungMassnahmeAenderung {
    /// Content.
    inhalt: MassnahmeninhaltTeil,
}

/// Add a measure to the new state
///
/// To a draft; its number must never have been used in this case.
#[utoipa::path(operation_id = "aenderungsantrag_massnahme_anlegen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    request_body = MassnahmeAnlage,
    responses((status = 201, description = "Added.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben"))))]
#[post("/aenderungsantraege/{aenderungsantrag_id}/massnahmen")]
pub async fn anlegen(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<MassnahmeAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let (v, neu) = app::massnahme_anlegen(tx, &sicht, id, &e.massnahme_nr, e.inhalt.clone())?;
        Ok(AenderungsantragView::antwort(tx.c, &v)?.angelegt(format!("/aenderungsantraege/{id}/massnahmen/{neu}")))
    })
    .await
}

/// Read a measure of the new state
///
/// As it is applied for.
#[utoipa::path(operation_id = "aenderungsantrag_massnahme_lesen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "The measure.", body = StandmassnahmeView)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen"))))]
#[get("/aenderungsantraege/{aenderungsantrag_id}/massnahmen/{massnahme_id}")]
pub async fn lesen(a: Aufruf<AenderungsantragLesen>, Pfad((id, massnahme_id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let v = app::lesen(c, &sicht, id)?;
        let m = crate::app::vorhanden(v.wert.neuer_stand.massnahme(massnahme_id))?;
        Ok(Antwort::gut(&StandmassnahmeView::aus(m)?)?.version(v.version))
    })
    .await
}

/// Change a measure of the new state
///
/// If-Match is the version of the change.
#[utoipa::path(operation_id = "aenderungsantrag_massnahme_aendern", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    request_body(content((AenderungMassnahmeAenderung = "application/merge-patch+json"), (AenderungMassnahmeAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben"))))]
#[patch("/aenderungsantraege/{aenderungsantrag_id}/massnahmen/{massnahme_id}")]
pub async fn aendern(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad((id, massnahme_id)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<AenderungMassnahmeAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let neu = |alt: &_| e.inhalt.anwenden(&zustand.vertrag, alt);
        let v = app::massnahme_aendern(tx, sicht, (id, version), massnahme_id, neu)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Drop a measure from the new state
///
/// If-Match is the version of the change.
#[utoipa::path(operation_id = "aenderungsantrag_massnahme_streichen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 204, description = "Dropped.")),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben"))))]
#[delete("/aenderungsantraege/{aenderungsantrag_id}/massnahmen/{massnahme_id}")]
pub async fn streichen(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad((id, massnahme_id)): Pfad<(Uuid, Uuid)>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        app::massnahme_streichen(tx, sicht, (id, version), massnahme_id)?;
        Ok(Antwort::leer())
    })
    .await
}

/// Set the Detailplanung in the new state
///
/// If-Match is the version of the change.
#[utoipa::path(operation_id = "aenderungsantrag_detailplanung_setzen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    request_body = Detailplanung,
    responses((status = 200, description = "Set.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben"))))]
#[put("/aenderungsantraege/{aenderungsantrag_id}/massnahmen/{massnahme_id}/detailplanung")]
pub async fn plan_setzen(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad((id, massnahme_id)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Detailplanung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let v = app::plan_setzen(tx, sicht, (id, version), massnahme_id, &e)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}
