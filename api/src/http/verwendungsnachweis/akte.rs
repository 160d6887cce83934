//! Acts of a proof of use.

use super::sicht::VerwendungsnachweisView;
use crate::app::verwendungsnachweis as app;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::sicht::OhneAngaben;
use actix_web::post;
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{
    VerwendungsnachweisPruefen, VerwendungsnachweisSchreiben, VerwendungsnachweisZuliefern,
};
use aqb_domain::verwendungsnachweis::{Nachweisnachforderung, Nachweisunterzeichnung, Traegernachweiseingabe};
use uuid::Uuid;

/// Sign and file a proof of use
///
/// By an authorised person who wrote neither in it nor in its Belegliste since it was signed last, over the checksum that
/// was shown. Meets the deadline of the Bescheid; the authority's own begins.
#[utoipa::path(operation_id = "verwendungsnachweis_einreichen", tag = "Verwendungsnachweise", request_body = Nachweisunterzeichnung,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Filed.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:schreiben")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/einreichung")]
pub async fn einreichung(
    a: Aufruf<VerwendungsnachweisSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Nachweisunterzeichnung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        VerwendungsnachweisView::antwort(&app::einreichen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Withdraw a proof of use
///
/// Before its examination. The deadline of the Bescheid runs again; a correction begins the next version.
#[utoipa::path(operation_id = "verwendungsnachweis_zurueckziehen", tag = "Verwendungsnachweise", request_body = Handlungsgrund,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Withdrawn.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:schreiben")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<VerwendungsnachweisSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        VerwendungsnachweisView::antwort(&app::zurueckziehen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Correct a proof of use
///
/// What was filed stays readable; a draft with the same content takes its place, and the deadline of the Bescheid runs
/// again until it is filed. Deleting the draft undoes that.
#[utoipa::path(operation_id = "verwendungsnachweis_korrigieren", tag = "Verwendungsnachweise", request_body = Handlungsgrund,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 201, description = "The draft of the correction.", body = VerwendungsnachweisView,
        links(("lesen" = (operation_id = "verwendungsnachweis_lesen", parameters(("verwendungsnachweis_id" = "$response.body#/id"))))))),
    extensions(("x-recht" = json!("verwendungsnachweis:schreiben")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/korrektur")]
pub async fn korrektur(
    a: Aufruf<VerwendungsnachweisSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        let n = app::korrigieren(tx, sicht, (id, v), &e)?;
        Ok(VerwendungsnachweisView::antwort(&n, sicht)?.angelegt(super::pfad(n.wert.id)))
    })
    .await
}

/// Hand in a Traeger's proof
///
/// By the Traeger about its own Weiterleitung, or by the Gebietskoerperschaft for one that came on paper. A later one
/// takes the place of an earlier one and is to be checked anew.
#[utoipa::path(operation_id = "verwendungsnachweis_zuliefern", tag = "Verwendungsnachweise", request_body = Traegernachweiseingabe,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Handed in.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:zuliefern")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/traegernachweise")]
pub async fn traegernachweise(
    a: Aufruf<VerwendungsnachweisZuliefern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Traegernachweiseingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        VerwendungsnachweisView::antwort(&app::traegernachweis(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Take a proof of use into examination
///
/// By the authority. From an unanswered request for completion the examination goes on with what was filed last.
#[utoipa::path(operation_id = "verwendungsnachweis_pruefen", tag = "Verwendungsnachweise", request_body = OhneAngaben,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Under examination.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:pruefen")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/pruefung")]
pub async fn pruefung(
    a: Aufruf<VerwendungsnachweisPruefen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        VerwendungsnachweisView::antwort(&app::in_pruefung_nehmen(tx, sicht, (id, v))?, sicht)
    })
    .await
}

/// Request completion of a proof of use
///
/// Until a day; answered by filing again. The authority's own deadline rests meanwhile.
#[utoipa::path(operation_id = "verwendungsnachweis_nachfordern", tag = "Verwendungsnachweise", request_body = Nachweisnachforderung,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Requested.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:pruefen")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/nachforderung")]
pub async fn nachforderung(
    a: Aufruf<VerwendungsnachweisPruefen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Nachweisnachforderung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        VerwendungsnachweisView::antwort(&app::nachfordern(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}
