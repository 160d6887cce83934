//! Acts: numbering a list anew, deciding about one Beleg or many.

use super::sicht::BelegView;
use crate::app::beleg as app;
use crate::fehler::{Fehler, IDEMPOTENZ_FEHLT};
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt, inhalt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::problem::Problem;
use actix_web::post;
use aqb_domain::beleg::Belegpruefung;
use aqb_domain::berechtigung::recht::{BelegEntscheiden, BelegSchreiben};
use aqb_persistence::protokoll::hash;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What numbering did.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegnummerierung {
    /// Number of Belege, and the last of their numbers.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub anzahl: i32,
}

/// Number a Belegliste anew
///
/// From 1 without gaps, in the order the Belege have; what is numbered so already stays. While the proof is a draft or
/// sent back. Long lists are numbered bite by bite; sending it again goes on.
#[utoipa::path(operation_id = "belege_nummerieren", tag = "Belege", request_body = crate::http::sicht::OhneAngaben,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Numbered.", body = Belegnummerierung)),
    extensions(("x-recht" = json!("beleg:schreiben")), ("x-simulierbar" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/belege/nummerierung")]
pub async fn nummerierung(
    a: Aufruf<BelegSchreiben>,
    Pfad(n): Pfad<Uuid>,
    Json { roh, .. }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let mut stand = (None, 0);
        while let Some((nach, letzte)) = app::nummerieren(tx, &sicht, n, stand)? {
            stand = (Some(nach), letzte);
        }
        Antwort::gut(&Belegnummerierung { anzahl: stand.1 })
    })
    .await
}

/// Decide about a Beleg
///
/// While the proof is under examination. `ANERKANNT` stands for full recognition, any other reason for a cut. A possible
/// duplicate is recognised only with the warning confirmed and a reason. What the applicant says stays as it is.
#[utoipa::path(operation_id = "beleg_entscheiden", tag = "Belege", request_body = Belegpruefung,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("beleg_id" = Uuid, Path, description = "Id of the Beleg.", example = "019a0000-0000-7000-8000-000000000160")),
    responses((status = 200, description = "Decided.", body = BelegView)),
    extensions(("x-recht" = json!("beleg:entscheiden")), ("x-akt" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}/entscheidung")]
pub async fn entscheidung(
    a: Aufruf<BelegEntscheiden>,
    Pfad((n, id)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Belegpruefung>,
) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        BelegView::antwort(&app::entscheiden(tx, sicht, (n, id, v), &e)?, sprache)
    })
    .await
}

/// One decision of many.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Belegentscheid {
    /// Beleg.
    id: Uuid,
    /// Version that was read.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    version: i64,
    /// The decision.
    entscheidung: Belegpruefung,
}

/// Decisions about Belege of one list.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "entscheidungen": [{ "id": "019a0000-0000-7000-8000-000000000160", "version": 1, "entscheidung": { "anerkannt": "0.00", "pruefgrund": "ZAHLUNGSNACHWEIS_FEHLT" } }] })))]
pub struct Belegentscheide {
    /// One per Beleg.
    #[schema(min_items = 1, max_items = 1000)]
    entscheidungen: Vec<Belegentscheid>,
}

/// What became of one decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct Belegentscheidverdikt {
    /// Beleg.
    id: Uuid,
    /// Status the act alone would have answered.
    #[schema(minimum = 200, maximum = 599, examples(200))]
    http_status: u16,
    /// It was decided before under the same key.
    wiederholt: bool,
    /// Why it was refused; absent where it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem: Option<Problem>,
}

/// What became of every decision, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Belegentscheidverdikte {
    /// Decisions that were recorded, repeated ones included.
    #[schema(minimum = 0, maximum = 1000)]
    gelungen: usize,
    /// Decisions that were refused.
    #[schema(minimum = 0, maximum = 1000)]
    abgelehnt: usize,
    /// One by one.
    entscheidungen: Vec<Belegentscheidverdikt>,
}

/// Decide about many Belege
///
/// Up to 1,000 of one list, each as `beleg_entscheiden` would and with a result of its own: what one is refused for does
/// not touch the others. With its key, sending it again tries only what was refused.
#[utoipa::path(operation_id = "belege_entscheiden", tag = "Belege", request_body = Belegentscheide,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Every decision with its own result.", body = Belegentscheidverdikte)),
    extensions(("x-recht" = json!("beleg:entscheiden")), ("x-simulierbar" = json!(true)), ("x-geld" = json!(true)),
        ("x-stapel" = json!(true))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/belege/entscheidungen")]
pub async fn entscheidungen(
    a: Aufruf<BelegEntscheiden>,
    Pfad(n): Pfad<Uuid>,
    Json { wert: e, .. }: Json<Belegentscheide>,
) -> HandlerErgebnis {
    let Some(kopf) = a.schluessel.clone() else {
        return Err(a.ablehnung(Fehler::Problem(&IDEMPOTENZ_FEHLT, Vec::new())));
    };
    let mut verdikte = Vec::with_capacity(e.entscheidungen.len());
    for b in e.entscheidungen {
        verdikte.push(eine(&a, n, &kopf, b).await?);
    }
    let gelungen = verdikte.iter().filter(|v| v.problem.is_none()).count();
    let abgelehnt = verdikte.len().saturating_sub(gelungen);
    a.gesamt(&Belegentscheidverdikte { gelungen, abgelehnt, entscheidungen: verdikte })
}

async fn eine(
    a: &Aufruf<BelegEntscheiden>,
    n: Uuid,
    kopf: &str,
    b: Belegentscheid,
) -> Result<Belegentscheidverdikt, crate::http::problem::Ablehnung> {
    let (sicht, sprache, id) = (a.sicht.clone(), a.sprache(), b.id);
    let roh = serde_json::to_vec(&b).map_err(|e| a.ablehnung(inhalt(e)))?;
    let schluessel: String = hash(&[kopf.as_bytes(), id.as_bytes()]).chars().take(40).collect();
    let auftrag = (Some(schluessel), format!("{} {id}", a.route));
    let ergebnis = a
        .fuehre_aus(auftrag, &roh, move |tx| {
            BelegView::antwort(&app::entscheiden(tx, &sicht, (n, id, Some(b.version)), &b.entscheidung)?, sprache)
        })
        .await;
    Ok(match ergebnis {
        Ok((g, wiederholt)) => {
            let http_status = u16::try_from(g.status).unwrap_or(200);
            Belegentscheidverdikt { id, http_status, wiederholt, problem: None }
        }
        Err(e) => {
            e.melde();
            let problem = Some(Problem::aus(&e.fehler, &e.kontext));
            Belegentscheidverdikt { id, http_status: e.fehler.status(), wiederholt: false, problem }
        }
    })
}
