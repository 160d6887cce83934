//! Acts of a participant's record: exit, correction, cancellation.

use super::{TeilnahmeView, wiederholung};
use crate::app::teilnahme as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::teil;
use crate::vertrag::Vertrag;
use actix_web::post;
use aqb_domain::berechtigung::recht::TeilnahmeSchreiben;
use aqb_domain::regelwerk::gesetzt;
use aqb_domain::teilnahme::{Austritt, Korrekturgrund, Teilnahmeinhalt, Teilnahmestorno};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

teil!(
    /// Parts of what is told about a person (RFC 7396).
    TeilnahmeinhaltTeil, Teilnahmeinhalt
);

/// Body of the act `korrektur`: the fields that change; others stay, `null` removes an optional one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "grund": "EINGABEFEHLER", "inhalt": { "altersgruppe": "VON_25_BIS_34" } })))]
pub struct Teilnahmekorrektur {
    /// Why.
    grund: Korrekturgrund,
    /// The fields.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    inhalt: Option<TeilnahmeinhaltTeil>,
    /// The person has not left: the exit is taken back.
    #[serde(default)]
    austritt_zuruecknehmen: bool,
}

impl Teilnahmekorrektur {
    fn anwenden(&self, vertrag: &Vertrag, alt: &Teilnahmeinhalt) -> Ergebnis<Teilnahmeinhalt> {
        let mut neu = match &self.inhalt {
            Some(teil) => teil.anwenden(vertrag, alt)?,
            None => alt.clone(),
        };
        if self.austritt_zuruecknehmen {
            neu.austritt = None;
        }
        Ok(neu)
    }
}

/// Record the exit of a participant
///
/// With reason and outcome. A later change of them is a correction.
#[utoipa::path(operation_id = "teilnahme_austreten", tag = "Teilnahmen", request_body = Austritt,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"),
        ("teilnahme_id" = Uuid, Path, description = "Id of the record.", example = "019a0000-0000-7000-8000-000000000071")),
    responses((status = 200, description = "Recorded.", body = TeilnahmeView)),
    extensions(("x-recht" = json!("teilnahme:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}/austritt")]
pub async fn austritt(
    a: Aufruf<TeilnahmeSchreiben>,
    Pfad((antrag, massnahme, id)): Pfad<(Uuid, Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Austritt>,
) -> HandlerErgebnis {
    let (tresor, s) = (a.zustand.tresor.clone(), a.sprache());
    let erneut = wiederholung(&a, "teilnahme_austreten", (antrag, massnahme), "");
    a.aendere_personen(Verlangt::VERSION, &roh, erneut, move |tx, sicht, v| {
        let t = app::austreten(tx, &tresor, sicht, ((antrag, massnahme), id, v), &e)?;
        TeilnahmeView::antwort(&t, &tx.befunde, s)
    })
    .await
}

/// Correct a participant's record
///
/// Also the exit, which can be taken back. Which fields and why stays visible; the values before
/// and after lie encrypted in the history.
#[utoipa::path(operation_id = "teilnahme_korrigieren", tag = "Teilnahmen", request_body = Teilnahmekorrektur,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"),
        ("teilnahme_id" = Uuid, Path, description = "Id of the record.", example = "019a0000-0000-7000-8000-000000000071")),
    responses((status = 200, description = "Corrected.", body = TeilnahmeView)),
    extensions(("x-recht" = json!("teilnahme:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}/korrektur")]
pub async fn korrektur(
    a: Aufruf<TeilnahmeSchreiben>,
    Pfad((antrag, massnahme, id)): Pfad<(Uuid, Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Teilnahmekorrektur>,
) -> HandlerErgebnis {
    let (zustand, s) = (a.zustand.clone(), a.sprache());
    let erneut = wiederholung(&a, "teilnahme_korrigieren", (antrag, massnahme), "/inhalt");
    a.aendere_personen(Verlangt::VERSION, &roh, erneut, move |tx, sicht, v| {
        let ziel = ((antrag, massnahme), id, v);
        let aendern = |alt: &Teilnahmeinhalt| e.anwenden(&zustand.vertrag, alt);
        let t = app::korrigieren(tx, &zustand.tresor, sicht, ziel, (e.grund, aendern))?;
        TeilnahmeView::antwort(&t, &tx.befunde, s)
    })
    .await
}

/// Cancel a participant's record
///
/// One that should not be there: it counts nowhere, gives its place free, and can be erased at any time.
#[utoipa::path(operation_id = "teilnahme_stornieren", tag = "Teilnahmen", request_body = Teilnahmestorno,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"),
        ("teilnahme_id" = Uuid, Path, description = "Id of the record.", example = "019a0000-0000-7000-8000-000000000071")),
    responses((status = 200, description = "Cancelled.", body = TeilnahmeView)),
    extensions(("x-recht" = json!("teilnahme:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}/stornierung")]
pub async fn stornierung(
    a: Aufruf<TeilnahmeSchreiben>,
    Pfad((antrag, massnahme, id)): Pfad<(Uuid, Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Teilnahmestorno>,
) -> HandlerErgebnis {
    let (tresor, s) = (a.zustand.tresor.clone(), a.sprache());
    let erneut = wiederholung(&a, "teilnahme_stornieren", (antrag, massnahme), "/inhalt");
    a.aendere_personen(Verlangt::VERSION, &roh, erneut, move |tx, sicht, v| {
        let t = app::stornieren(tx, &tresor, sicht, ((antrag, massnahme), id, v), &e)?;
        TeilnahmeView::antwort(&t, &tx.befunde, s)
    })
    .await
}
