//! The end of an examination: final decision, or note of a Zwischennachweis.

use super::VerwendungsnachweisView;
use crate::app::schluss as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::bescheid::BescheidView;
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::berechtigung::recht::NachweisAbschliessen;
use aqb_domain::bescheid::Schlusseingabe;
use uuid::Uuid;

/// Draft the final decision
///
/// On a calculation that is made and kept with it: what remains of the grant per place, what becomes free, what is claimed
/// back. Another person releases the draft; then the proof is closed and nothing more can be called.
#[utoipa::path(operation_id = "verwendungsnachweis_abschliessen", tag = "Verwendungsnachweise", request_body = Schlusseingabe,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 201, description = "The drafted Schlussbescheid.", body = BescheidView)),
    extensions(("x-recht" = json!("verwendungsnachweis:abschliessen")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/abschluss")]
pub async fn abschluss(
    a: Aufruf<NachweisAbschliessen>,
    Pfad(nachweis): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Schlusseingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        let id = tx.neue_id();
        let b = app::vorbereiten(tx, sicht, (nachweis, v), id, &e)?;
        Ok(BescheidView::antwort(&b)?.angelegt(format!("/bescheide/{id}")))
    })
    .await
}

/// Take note of a Zwischennachweis
///
/// It needs no Bescheid; its findings must be settled.
#[utoipa::path(operation_id = "verwendungsnachweis_zur_kenntnis_nehmen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Taken note of.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:abschliessen")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/kenntnisnahme")]
pub async fn kenntnisnahme(a: Aufruf<NachweisAbschliessen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, v| {
        VerwendungsnachweisView::antwort(&app::zur_kenntnis_nehmen(tx, sicht, (id, v))?, sicht)
    })
    .await
}
