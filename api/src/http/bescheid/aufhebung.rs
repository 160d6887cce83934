//! Revocation and withdrawal of a Bescheid.

use super::BescheidView;
use crate::app::aufhebung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use actix_web::post;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::berechtigung::recht::BescheidAufheben;
use aqb_domain::bescheid::{Aufhebungseingabe, RUECKNAHME, WIDERRUF};
use aqb_persistence::Tx;
use uuid::Uuid;

fn entwurf(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    ziel: (Uuid, Option<i64>),
    akt: &str,
    e: &Aufhebungseingabe,
) -> Ergebnis<Antwort> {
    let id = tx.neue_id();
    let b = app::vorbereiten(tx, sicht, ziel, akt, id, e)?;
    Ok(BescheidView::antwort(&b)?.angelegt(format!("/bescheide/{id}")))
}

/// Draft the revocation of a grant
///
/// Of a lawful one (§ 49 HVwVfG), in whole or in part, for the past or the future, after a hearing. Another person releases
/// the draft; only then is money claimed back. A Bescheid about interest is not revoked.
#[utoipa::path(operation_id = "bescheid_widerrufen", tag = "Bescheide", request_body = Aufhebungseingabe,
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid that says what is granted now.", example = "019a0000-0000-7000-8000-0000000000f1")),
    responses((status = 201, description = "The drafted revocation.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:aufheben")), ("x-akt" = json!(true))))]
#[post("/bescheide/{bescheid_id}/widerruf")]
pub async fn widerruf(
    a: Aufruf<BescheidAufheben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Aufhebungseingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| entwurf(tx, sicht, (id, v), WIDERRUF, &e)).await
}

/// Draft the withdrawal of a Bescheid
///
/// Of an unlawful grant (§ 48 HVwVfG), in whole or in part, for the past or the future, after a hearing. Another person
/// releases the draft; only then is money claimed back.
///
/// A Bescheid about interest is taken back as a whole: with the release its claim ends (`AUFGEHOBEN`), and the right interest
/// can be fixed anew; the grant stays as it is. Payments on the claim are reversed first.
#[utoipa::path(operation_id = "bescheid_zuruecknehmen", tag = "Bescheide", request_body = Aufhebungseingabe,
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid that says what is granted now, or of one about interest.", example = "019a0000-0000-7000-8000-0000000000f1")),
    responses((status = 201, description = "The drafted withdrawal.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:aufheben")), ("x-akt" = json!(true))))]
#[post("/bescheide/{bescheid_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<BescheidAufheben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Aufhebungseingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| entwurf(tx, sicht, (id, v), RUECKNAHME, &e)).await
}
