//! `/aenderungsantraege`.

mod akte;
mod massnahme;
pub(super) mod sicht;

use crate::app::aenderungsantrag as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Loeschung, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::teil;
use actix_web::{delete, get, patch, post};
use aqb_domain::aenderungsantrag::{AenderungsantragStatus, Aenderungsinhalt};
use aqb_domain::berechtigung::recht::{AenderungsantragLesen, AenderungsantragSchreiben};
use aqb_domain::regelwerk::gesetzt;
use aqb_domain::zeit::{Zeitraum, rechtstag};
use aqb_persistence::aenderungsantrag as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use serde::Deserialize;
pub use sicht::FolgenView;
use sicht::{AenderungPruefbericht, AenderungsantragSeite, AenderungsantragView, KopfView, VergleichView};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(aendern)
        .service(loeschen)
        .service(vergleich)
        .service(pruefbericht)
        .service(massnahme::anlegen)
        .service(massnahme::lesen)
        .service(massnahme::aendern)
        .service(massnahme::streichen)
        .service(massnahme::plan_setzen)
        .service(akte::einreichung)
        .service(akte::ruecknahme)
        .service(akte::aktualisierung)
        .service(akte::pruefung)
        .service(akte::kenntnisnahme)
        .service(akte::zurueckweisung)
        .service(akte::bewilligung)
        .service(akte::ablehnung)
        .service(aktionen)
        .service(historie);
}

/// A new draft over what a Bescheid grants.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "bescheid_id": "019a0000-0000-7000-8000-0000000000f1", "inhalt": { "aenderungsarten": ["MITTELREDUZIERUNG"], "begruendung": "Der Träger besetzt eine halbe Stelle erst im Herbst." } })))]
pub struct AenderungsantragAnlage {
    /// The last notified Bescheid of the case that grants.
    bescheid_id: Uuid,
    /// The form as far as it is known.
    #[serde(default)]
    inhalt: Aenderungsinhalt,
}

teil!(
    /// Parts of the form (RFC 7396).
    AenderungsinhaltTeil, Aenderungsinhalt
);

/// Changes to a draft: the parts that are sent; others stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "begruendung": "Der Träger besetzt eine halbe Stelle erst im Oktober." } })))]
pub struct AenderungsantragAenderung {
    /// The form.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    inhalt: Option<AenderungsinhaltTeil>,
    /// Period that is applied for.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    bewilligungszeitraum: Option<Zeitraum>,
}

/// Narrows and orders the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Applicant.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Application whose grant changes.
    #[param(example = "019a0000-0000-7000-8000-0000000000d1")]
    antrag_id: Option<Uuid>,
    /// State.
    #[param(inline)]
    status: Option<AenderungsantragStatus>,
    /// Order; a leading minus turns it around.
    #[param(inline)]
    sortierung: Option<Sortierung>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List changes
///
/// A county sees its own.
#[utoipa::path(operation_id = "aenderungsantraege_auflisten", tag = "Aenderungsantraege", params(Filter),
    responses((status = 200, description = "A page.", body = AenderungsantragSeite)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen"))))]
#[get("/aenderungsantraege")]
pub async fn auflisten(a: Aufruf<AenderungsantragLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            status: f.status,
            sortierung: sortierung(f.sortierung),
        };
        let liste = format!("aenderungsantraege:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&AenderungsantragSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |a| (a.geaendert_am, a.wert.id)),
            daten: s.daten.iter().map(KopfView::aus).collect(),
        })
    })
    .await
}

/// Begin a change
///
/// Takes a snapshot of what the Bescheid grants as the base, and a copy of it to edit.
#[utoipa::path(operation_id = "aenderungsantrag_anlegen", tag = "Aenderungsantraege",
    request_body = AenderungsantragAnlage,
    responses((status = 201, description = "Draft begun.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben"))))]
#[post("/aenderungsantraege")]
pub async fn anlegen(
    a: Aufruf<AenderungsantragSchreiben>,
    Json { wert: e, roh }: Json<AenderungsantragAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let v = app::anlegen(tx, &sicht, id, e.bescheid_id, e.inhalt.clone())?;
        Ok(AenderungsantragView::antwort(tx.c, &v)?.angelegt(format!("/aenderungsantraege/{id}")))
    })
    .await
}

/// Read a change
///
/// The form, the granted state it builds on, and the state applied for.
#[utoipa::path(operation_id = "aenderungsantrag_lesen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "The change.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen")), ("x-siegel" = json!(true))))]
#[get("/aenderungsantraege/{aenderungsantrag_id}")]
pub async fn lesen(a: Aufruf<AenderungsantragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let v = app::lesen(c, &sicht, id)?;
        AenderungsantragView::antwort(c, &v)
    })
    .await
}

/// Edit a draft
///
/// Parts of the form, and the period that is applied for.
#[utoipa::path(operation_id = "aenderungsantrag_aendern", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    request_body(content((AenderungsantragAenderung = "application/merge-patch+json"), (AenderungsantragAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = AenderungsantragView)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben"))))]
#[patch("/aenderungsantraege/{aenderungsantrag_id}")]
pub async fn aendern(
    a: Aufruf<AenderungsantragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<AenderungsantragAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let form = |alt: &Aenderungsinhalt| match &e.inhalt {
            Some(teil) => teil.anwenden(&zustand.vertrag, alt),
            None => Ok(alt.clone()),
        };
        let v = app::aendern(tx, sicht, (id, version), e.bewilligungszeitraum, form)?;
        AenderungsantragView::antwort(tx.c, &v)
    })
    .await
}

/// Delete a draft
///
/// One that was never filed. The audit trail keeps what it was.
#[utoipa::path(operation_id = "aenderungsantrag_loeschen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("aenderungsantrag:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/aenderungsantraege/{aenderungsantrag_id}")]
pub async fn loeschen(a: Aufruf<AenderungsantragSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, (id, version))?;
        Loeschung::antwort(tx, [("AENDERUNGSANTRAG", alt.wert.aktenzeichen.unwrap_or_default())])
    })
    .await
}

/// Compare both states
///
/// Per field and per line of the plans, with sums; the kinds of change, notice or decision and why, and what follows for
/// the money: what is called and paid, and what would have to be paid back.
#[utoipa::path(operation_id = "aenderungsantrag_vergleichen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "The comparison.", body = VergleichView)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen")), ("x-siegel" = json!(true))))]
#[get("/aenderungsantraege/{aenderungsantrag_id}/vergleich")]
pub async fn vergleich(a: Aufruf<AenderungsantragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache, heute) = (a.sicht.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let v = app::lesen(c, &sicht, id)?.wert;
        let f = app::fakten(c, &v, heute)?;
        let konflikte = app::konflikte(c, &v)?;
        Antwort::gut(&VergleichView::aus(&v, &f, konflikte, sprache)?)
    })
    .await
}

/// Check a change
///
/// All findings at any time, by the same function the acts ask, and what follows: money, repayment, deadlines.
#[utoipa::path(operation_id = "aenderungsantrag_pruefbericht", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "The findings.", body = AenderungPruefbericht)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen")), ("x-siegel" = json!(true))))]
#[get("/aenderungsantraege/{aenderungsantrag_id}/pruefbericht")]
pub async fn pruefbericht(a: Aufruf<AenderungsantragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache, heute) = (a.sicht.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let (befunde, folgen, regelwerk) = app::bericht(c, &sicht, id, heute)?;
        Antwort::gut(&AenderungPruefbericht {
            folgen: FolgenView::aus(&folgen, sprache),
            einreichbar: !befunde.iter().any(aqb_domain::befund::Befund::blockiert),
            regelwerk,
            stand: heute,
            befunde: befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
        })
    })
    .await
}

/// Acts of a change
///
/// Every act, permitted or not, with the findings it would answer with.
#[utoipa::path(operation_id = "aenderungsantrag_aktionen", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen")), ("x-siegel" = json!(true))))]
#[get("/aenderungsantraege/{aenderungsantrag_id}/aktionen")]
pub async fn aktionen(a: Aufruf<AenderungsantragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/aenderungsantraege/{id}"), sprache))
    })
    .await
}

/// History of a change
///
/// Who changed which field when.
#[utoipa::path(operation_id = "aenderungsantrag_historie", tag = "Aenderungsantraege",
    params(("aenderungsantrag_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000030"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("aenderungsantrag:lesen"))))]
#[get("/aenderungsantraege/{aenderungsantrag_id}/historie")]
pub async fn historie(
    a: Aufruf<AenderungsantragLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "AENDERUNGSANTRAG", &id.to_string(), &v)
    })
    .await
}
