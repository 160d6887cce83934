//! `/traeger`.

use crate::app::traeger as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::{seite, teil};
use actix_web::{get, patch, post};
use aqb_domain::berechtigung::recht::{TraegerAendern, TraegerLesen, TraegerPflegen};
use aqb_domain::traeger::{Stilllegung, Traeger, TraegerStatus, Traegerangaben};
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::traeger as db;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(aendern)
        .service(stilllegung)
        .service(aktionen)
        .service(historie);
}

/// An education provider.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Traeger)]
pub struct TraegerView {
    /// Id.
    pub id: Uuid,
    /// State.
    pub status: TraegerStatus,
    /// Name, legal form, address.
    pub inhalt: Traegerangaben,
    /// Why it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stilllegungsgrund: Option<String>,
    /// When it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stillgelegt_am: Option<NaiveDate>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl TraegerView {
    fn aus(v: &Versioniert<Traeger>) -> Self {
        let t = v.wert.clone();
        TraegerView {
            id: t.id,
            status: t.status,
            inhalt: t.angaben,
            stilllegungsgrund: t.stilllegungsgrund,
            stillgelegt_am: t.stillgelegt_am,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Traeger>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&TraegerView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of Traeger.
    TraegerSeite, TraegerView
);

/// A new Traeger.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "name": "Bildungswerk Beispiel gGmbH", "rechtsform": "GGMBH", "anschrift": { "strasse": "Europaplatz 1", "plz": "61169", "ort": "Friedberg" } } })))]
pub struct TraegerAnlage {
    /// Name, legal form, address.
    inhalt: Traegerangaben,
}

teil!(
    /// Parts of `Traegerangaben` (RFC 7396).
    TraegerangabenTeil, Traegerangaben
);

/// Changes to a Traeger: the parts that are sent; others stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "name": "Bildungswerk Beispiel gGmbH", "rechtsform": "GGMBH", "anschrift": { "strasse": "Europaplatz 2", "plz": "61169", "ort": "Friedberg" } } })))]
pub struct TraegerAenderung {
    /// Name, legal form, address.
    inhalt: TraegerangabenTeil,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<TraegerStatus>,
    /// Only those whose name contains this, in upper or lower case.
    #[param(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u007F]*$", example = "bildungswerk")]
    name: Option<String>,
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

/// List Traeger
///
/// A Traeger sees only itself.
#[utoipa::path(operation_id = "traeger_auflisten", tag = "Stammdaten", params(Filter),
    responses((status = 200, description = "A page.", body = TraegerSeite)),
    extensions(("x-recht" = json!("traeger:lesen"))))]
#[get("/traeger")]
pub async fn auflisten(a: Aufruf<TraegerLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter { name: f.name.clone(), status: f.status, sortierung: sortierung(f.sortierung) };
        let liste = format!("traeger:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&TraegerSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |t| (t.geaendert_am, t.wert.id)),
            daten: s.daten.iter().map(TraegerView::aus).collect(),
        })
    })
    .await
}

/// Read a Traeger
///
/// One by its id.
#[utoipa::path(operation_id = "traeger_lesen", tag = "Stammdaten",
    params(("traeger_id" = Uuid, Path, description = "Id of the Traeger.", example = "019a0000-0000-7000-8000-0000000000a1")),
    responses((status = 200, description = "The Traeger.", body = TraegerView)),
    extensions(("x-recht" = json!("traeger:lesen"))))]
#[get("/traeger/{traeger_id}")]
pub async fn lesen(a: Aufruf<TraegerLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| TraegerView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Register a Traeger
///
/// Measures name a Traeger by its id.
#[utoipa::path(operation_id = "traeger_anlegen", tag = "Stammdaten", request_body = TraegerAnlage,
    responses((status = 201, description = "Registered.", body = TraegerView)),
    extensions(("x-recht" = json!("traeger:pflegen"))))]
#[post("/traeger")]
pub async fn anlegen(a: Aufruf<TraegerPflegen>, Json { wert: e, roh }: Json<TraegerAnlage>) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let t = app::anlegen(tx, e.inhalt.clone())?;
        let pfad = format!("/traeger/{}", t.wert.id);
        Ok(TraegerView::antwort(&t)?.angelegt(pfad))
    })
    .await
}

/// Change a Traeger
///
/// While it is active.
#[utoipa::path(operation_id = "traeger_aendern", tag = "Stammdaten",
    params(("traeger_id" = Uuid, Path, description = "Id of the Traeger.", example = "019a0000-0000-7000-8000-0000000000a1")),
    request_body(content((TraegerAenderung = "application/merge-patch+json"), (TraegerAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = TraegerView)),
    extensions(("x-recht" = json!("traeger:aendern"))))]
#[patch("/traeger/{traeger_id}")]
pub async fn aendern(
    a: Aufruf<TraegerAendern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<TraegerAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        TraegerView::antwort(&app::aendern(tx, sicht, id, version, |alt| e.inhalt.anwenden(&zustand.vertrag, alt))?)
    })
    .await
}

/// Retire a Traeger
///
/// A draft that names it cannot be filed; an application filed before keeps it, with a warning.
#[utoipa::path(operation_id = "traeger_stilllegen", tag = "Stammdaten",
    params(("traeger_id" = Uuid, Path, description = "Id of the Traeger.", example = "019a0000-0000-7000-8000-0000000000a1")),
    request_body = Stilllegung,
    responses((status = 200, description = "Retired.", body = TraegerView)),
    extensions(("x-recht" = json!("traeger:aendern")), ("x-akt" = json!(true))))]
#[post("/traeger/{traeger_id}/stilllegung")]
pub async fn stilllegung(
    a: Aufruf<TraegerAendern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Stilllegung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        TraegerView::antwort(&app::stilllegen(tx, sicht, id, version, &e)?)
    })
    .await
}

/// Acts of a Traeger
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "traeger_aktionen", tag = "Stammdaten",
    params(("traeger_id" = Uuid, Path, description = "Id of the Traeger.", example = "019a0000-0000-7000-8000-0000000000a1")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("traeger:lesen"))))]
#[get("/traeger/{traeger_id}/aktionen")]
pub async fn aktionen(a: Aufruf<TraegerLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        Antwort::gut(&Aktionen::aus(&app::aktionen(c, &sicht, &akteur, id)?, &format!("/traeger/{id}"), sprache))
    })
    .await
}

/// History of a Traeger
///
/// Who changed which field when.
#[utoipa::path(operation_id = "traeger_historie", tag = "Stammdaten",
    params(("traeger_id" = Uuid, Path, description = "Id of the Traeger.", example = "019a0000-0000-7000-8000-0000000000a1"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("traeger:lesen"))))]
#[get("/traeger/{traeger_id}/historie")]
pub async fn historie(
    a: Aufruf<TraegerLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "TRAEGER", &id.to_string(), &v)
    })
    .await
}
