//! `/gebietskoerperschaften`.

use crate::app::gebietskoerperschaft as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, patch, post};
use aqb_domain::berechtigung::recht::{GebietskoerperschaftLesen, GebietskoerperschaftPflegen};
use aqb_domain::gebietskoerperschaft::{Gebietsart, Gebietskoerperschaft, Regierungsbezirk};
use aqb_domain::regelwerk::gesetzt;
use aqb_persistence::gebietskoerperschaft as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(anlegen).service(lesen).service(aendern).service(historie);
}

/// A Landkreis or a kreisfreie Stadt.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Gebietskoerperschaft)]
pub struct GebietskoerperschaftView {
    /// Official district key.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Name; not unique ("Kassel" and "Offenbach" exist twice).
    #[schema(examples("Wetteraukreis"))]
    pub name: String,
    /// Kind.
    pub art: Gebietsart,
    /// Administrative region.
    pub regierungsbezirk: Regierungsbezirk,
    /// First day of existence within the programme.
    pub gueltig_ab: NaiveDate,
    /// Last day; absent while it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub gueltig_bis: Option<NaiveDate>,
    /// Authorities whose territory it took over.
    #[schema(max_items = 20)]
    pub vorgaenger: Vec<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl GebietskoerperschaftView {
    fn aus(v: &Versioniert<Gebietskoerperschaft>) -> Self {
        let g = v.wert.clone();
        GebietskoerperschaftView {
            kreisschluessel: g.kreisschluessel,
            name: g.name,
            art: g.art,
            regierungsbezirk: g.regierungsbezirk,
            gueltig_ab: g.gueltig_ab,
            gueltig_bis: g.gueltig_bis,
            vorgaenger: g.vorgaenger,
            version: v.version,
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Gebietskoerperschaft>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&GebietskoerperschaftView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of Gebietskoerperschaften.
    GebietskoerperschaftSeite, GebietskoerperschaftView
);

/// A new Gebietskoerperschaft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "kreisschluessel": "06499", "name": "Musterkreis", "art": "LANDKREIS", "regierungsbezirk": "DARMSTADT", "gueltig_ab": "2027-01-01", "vorgaenger": ["06440"] })))]
pub struct GebietskoerperschaftAnlage {
    /// Official district key; the third digit is that of the region.
    #[schema(pattern = "^06[0-9]{3}$")]
    kreisschluessel: String,
    /// Name.
    #[schema(min_length = 2, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F]*$")]
    name: String,
    /// Kind.
    art: Gebietsart,
    /// Administrative region.
    regierungsbezirk: Regierungsbezirk,
    /// First day.
    gueltig_ab: NaiveDate,
    /// Last day.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    gueltig_bis: Option<NaiveDate>,
    /// Authorities whose territory it takes over.
    #[serde(default)]
    #[schema(max_items = 20)]
    vorgaenger: Vec<Kreisschluessel>,
}

/// Official district key.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^06[0-9]{3}$", examples("06440"))]
pub struct Kreisschluessel(pub String);

/// Changes to a Gebietskoerperschaft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "Wetteraukreis" })))]
pub struct GebietskoerperschaftAenderung {
    /// Name.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, min_length = 2, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F]*$")]
    name: Option<String>,
    /// Last day of existence.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    gueltig_bis: Option<NaiveDate>,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those that exist on this day (26 on 2025-12-31, 27 on 2026-01-01).
    #[param(example = "2026-01-01")]
    stichtag: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List Gebietskoerperschaften
///
/// With `stichtag` only those that exist on that day; the number is derived from validity dates, never fixed.
#[utoipa::path(operation_id = "gebietskoerperschaften_auflisten", tag = "Stammdaten", params(Filter),
    responses((status = 200, description = "A page.", body = GebietskoerperschaftSeite)),
    extensions(("x-recht" = json!("gebietskoerperschaft:lesen"))))]
#[get("/gebietskoerperschaften")]
pub async fn auflisten(a: Aufruf<GebietskoerperschaftLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("gk:{:?}", f.stichtag);
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, f.stichtag, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&GebietskoerperschaftSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |g| g.wert.kreisschluessel.clone()),
            daten: s.daten.iter().map(GebietskoerperschaftView::aus).collect(),
        })
    })
    .await
}

/// Read a Gebietskoerperschaft
///
/// One by its official key.
#[utoipa::path(operation_id = "gebietskoerperschaft_lesen", tag = "Stammdaten",
    params(("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440")),
    responses((status = 200, description = "The Gebietskoerperschaft.", body = GebietskoerperschaftView)),
    extensions(("x-recht" = json!("gebietskoerperschaft:lesen"))))]
#[get("/gebietskoerperschaften/{kreisschluessel}")]
pub async fn lesen(a: Aufruf<GebietskoerperschaftLesen>, Pfad(k): Pfad<String>) -> HandlerErgebnis {
    a.lese(move |c| GebietskoerperschaftView::antwort(&app::lesen(c, &k)?)).await
}

/// Add a Gebietskoerperschaft
///
/// For a change of territory such as Hanau's on 2026-01-01.
#[utoipa::path(operation_id = "gebietskoerperschaft_anlegen", tag = "Stammdaten", request_body = GebietskoerperschaftAnlage,
    responses((status = 201, description = "Added.", body = GebietskoerperschaftView)),
    extensions(("x-recht" = json!("gebietskoerperschaft:pflegen"))))]
#[post("/gebietskoerperschaften")]
pub async fn anlegen(
    a: Aufruf<GebietskoerperschaftPflegen>,
    Json { wert: e, roh }: Json<GebietskoerperschaftAnlage>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let g = app::anlegen(
            tx,
            Gebietskoerperschaft {
                kreisschluessel: e.kreisschluessel.clone(),
                name: e.name.clone(),
                art: e.art,
                regierungsbezirk: e.regierungsbezirk,
                gueltig_ab: e.gueltig_ab,
                gueltig_bis: e.gueltig_bis,
                vorgaenger: e.vorgaenger.iter().map(|k| k.0.clone()).collect(),
            },
        )?;
        let pfad = format!("/gebietskoerperschaften/{}", g.wert.kreisschluessel);
        Ok(GebietskoerperschaftView::antwort(&g)?.angelegt(pfad))
    })
    .await
}

/// Change a Gebietskoerperschaft
///
/// Name and last day of existence; the key never changes.
#[utoipa::path(operation_id = "gebietskoerperschaft_aendern", tag = "Stammdaten",
    params(("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440")),
    request_body(content((GebietskoerperschaftAenderung = "application/merge-patch+json"), (GebietskoerperschaftAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = GebietskoerperschaftView)),
    extensions(("x-recht" = json!("gebietskoerperschaft:pflegen"))))]
#[patch("/gebietskoerperschaften/{kreisschluessel}")]
pub async fn aendern(
    a: Aufruf<GebietskoerperschaftPflegen>,
    Pfad(k): Pfad<String>,
    Json { wert: e, roh }: Json<GebietskoerperschaftAenderung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        GebietskoerperschaftView::antwort(&app::aendern(tx, &k, version, |alt| Gebietskoerperschaft {
            name: e.name.clone().unwrap_or_else(|| alt.name.clone()),
            gueltig_bis: e.gueltig_bis.or(alt.gueltig_bis),
            ..alt.clone()
        })?)
    })
    .await
}

/// History of a Gebietskoerperschaft
///
/// Who changed which field when.
#[utoipa::path(operation_id = "gebietskoerperschaft_historie", tag = "Stammdaten",
    params(("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("gebietskoerperschaft:pflegen"))))]
#[get("/gebietskoerperschaften/{kreisschluessel}/historie")]
pub async fn historie(
    a: Aufruf<GebietskoerperschaftPflegen>,
    Pfad(k): Pfad<String>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| {
        app::lesen(c, &k)?;
        verlauf::seite(c, "GEBIETSKOERPERSCHAFT", &k, &v)
    })
    .await
}
