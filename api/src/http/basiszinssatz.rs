//! `/basiszinssaetze`.

use crate::app::katalog as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::katalog::mit_etag;
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::ProtokollSeite;
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{BasiszinsPflegen, KatalogLesen};
use aqb_domain::geld::Prozent;
use aqb_persistence::katalog::Basiszinssatz;
use aqb_persistence::seite::Seite;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(basiszinssaetze)
        .service(basiszinssatz_anlegen)
        .service(basiszinssatz_lesen)
        .service(basiszinssatz_historie);
}

/// A base rate of § 247 BGB.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Basiszinssatz)]
pub struct BasiszinssatzView {
    /// First day; the rate applies for half a year.
    #[schema(examples("2026-07-01"))]
    pub gueltig_ab: NaiveDate,
    /// Rate in percent per year; it was negative for years.
    #[schema(examples("1.52"))]
    pub prozent: Prozent,
    /// Where it was read.
    pub fundstelle: String,
}

impl From<Basiszinssatz> for BasiszinssatzView {
    fn from(z: Basiszinssatz) -> Self {
        BasiszinssatzView { gueltig_ab: z.gueltig_ab, prozent: z.prozent, fundstelle: z.fundstelle }
    }
}

seite!(
    /// A page of base rates.
    BasiszinssatzSeite, BasiszinssatzView
);

/// The base rate of the next half-year.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "gueltig_ab": "2027-01-01", "prozent": "1.52", "fundstelle": "Bekanntmachung der Deutschen Bundesbank" })))]
pub struct BasiszinssatzAnlage {
    /// First day: the first of the half-year after the last known one.
    gueltig_ab: NaiveDate,
    /// Rate in percent per year.
    prozent: Prozent,
    /// Where it was read.
    #[schema(min_length = 3, max_length = 400, pattern = r"^[^\u0000-\u001F\u007F]*$")]
    fundstelle: String,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only the rate that applies on this day; none where it is not known.
    #[param(example = "2026-03-31")]
    stichtag: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List base rates
///
/// In order of time, one for every half-year since 2002.
#[utoipa::path(operation_id = "basiszinssaetze_auflisten", tag = "Stammdaten", params(Filter),
    responses((status = 200, description = "A page.", body = BasiszinssatzSeite)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze")]
pub async fn basiszinssaetze(a: Aufruf<KatalogLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("basiszinssaetze:{:?}", f.stichtag);
        let nach = b.position(&liste)?;
        let s = Seite::aus(app::basiszinssaetze(c, f.stichtag, nach)?, b.limit());
        Antwort::seite(&BasiszinssatzSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.gueltig_ab),
            daten: s.daten.into_iter().map(BasiszinssatzView::from).collect(),
        })
    })
    .await
}

/// Add a base rate
///
/// Only that of the half-year after the last known one; no rate is ever changed.
#[utoipa::path(operation_id = "basiszinssatz_anlegen", tag = "Stammdaten", request_body = BasiszinssatzAnlage,
    responses((status = 201, description = "Added.", body = BasiszinssatzView)),
    extensions(("x-recht" = json!("basiszins:pflegen"))))]
#[post("/basiszinssaetze")]
pub async fn basiszinssatz_anlegen(
    a: Aufruf<BasiszinsPflegen>,
    Json { wert: e, roh }: Json<BasiszinssatzAnlage>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let neu = Basiszinssatz { gueltig_ab: e.gueltig_ab, prozent: e.prozent, fundstelle: e.fundstelle.clone() };
        let z = BasiszinssatzView::from(app::basiszinssatz_anlegen(tx, neu)?);
        let pfad = format!("/basiszinssaetze/{}", z.gueltig_ab);
        Ok(mit_etag(&z)?.angelegt(pfad))
    })
    .await
}

/// Read a base rate
///
/// The one that begins on this day.
#[utoipa::path(operation_id = "basiszinssatz_lesen", tag = "Stammdaten",
    params(("gueltig_ab" = NaiveDate, Path, description = "First day of the half-year.", example = "2026-07-01")),
    responses((status = 200, description = "The base rate.", body = BasiszinssatzView)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze/{gueltig_ab}")]
pub async fn basiszinssatz_lesen(a: Aufruf<KatalogLesen>, Pfad(tag): Pfad<NaiveDate>) -> HandlerErgebnis {
    a.lese(move |c| mit_etag(&BasiszinssatzView::from(app::basiszinssatz(c, tag)?))).await
}

/// History of a base rate
///
/// Who entered it when; empty for a rate the programme brought with it.
#[utoipa::path(operation_id = "basiszinssatz_historie", tag = "Stammdaten",
    params(("gueltig_ab" = NaiveDate, Path, description = "First day of the half-year.", example = "2026-07-01"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze/{gueltig_ab}/historie")]
pub async fn basiszinssatz_historie(
    a: Aufruf<KatalogLesen>,
    Pfad(tag): Pfad<NaiveDate>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| {
        app::basiszinssatz(c, tag)?;
        verlauf::seite(c, "BASISZINSSATZ", &tag.to_string(), &v)
    })
    .await
}
