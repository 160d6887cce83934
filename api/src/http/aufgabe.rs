//! `/aufgaben`.

use crate::app::aufgabe::{self as app, Aufgabe, Frage};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use crate::http::liste::{Blaettern, cursor};
use crate::http::sicht::{AktionView, Aktionen, Moment};
use crate::seite;
use actix_web::get;
use aqb_domain::aufgabe::Aufgabenanlass;
use aqb_domain::berechtigung::recht::AufgabeLesen;
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::aufgabe as db;
use aqb_persistence::uhr;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten);
}

/// A case that waits for the caller.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Aufgabe)]
pub struct AufgabeView {
    /// Kind of the case; code of `GET /kataloge/fallarten`.
    #[schema(examples("MITTELABRUF"))]
    pub fall_art: String,
    /// Id of the case; of a Regelwerk its version, of data about people (`TEILNAHME`) their measure's.
    #[schema(examples("019a0000-0000-7000-8000-000000000011"))]
    pub fall_id: String,
    /// Path of the case below the server's base.
    #[schema(examples("/mittelabrufe/019a0000-0000-7000-8000-000000000011"))]
    pub pfad: String,
    /// State of the case; of data about people that of their application.
    #[schema(examples("EINGEREICHT"))]
    pub status: String,
    /// Since when it has waited: the moment of its last change.
    pub seit: Moment,
    /// Version of the record, for `If-Match` or for a batch.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Gebietskoerperschaft, where it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: Option<String>,
    /// Jahrgang, where it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: Option<i32>,
    /// Application, where it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub antrag_id: Option<Uuid>,
    /// File reference of the application, once it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: Option<String>,
    /// Last day of the open deadline of the case that ends first; of a claim the day on which it is due, of data about
    /// people the first day on which they are to be erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub faellig_am: Option<NaiveDate>,
    /// Why it waits, where its state does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anlass: Option<Aufgabenanlass>,
    /// The acts it waits for; empty where no act of this interface does it: a county pays its claims.
    pub akte: Vec<AktionView>,
}

impl AufgabeView {
    fn aus(a: Aufgabe, sprache: Sprache) -> Self {
        AufgabeView {
            akte: Aktionen::aus(&a.akte, &a.pfad, sprache).aktionen,
            fall_art: a.fall.fall_art.to_owned(),
            fall_id: a.fall.fall_id,
            pfad: a.pfad,
            status: a.fall.status,
            seit: a.fall.seit.into(),
            version: a.fall.version,
            kreisschluessel: a.fall.kreisschluessel,
            jahrgang: a.fall.jahrgang,
            antrag_id: a.fall.antrag_id,
            aktenzeichen: a.aktenzeichen,
            faellig_am: a.faellig_am,
            anlass: a.anlass,
        }
    }
}

seite!(
    /// A page of tasks.
    AufgabenSeite, AufgabeView
);

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only cases of this Gebietskoerperschaft; those that belong to none are left out.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only cases of this Jahrgang; those that belong to none are left out.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Only this kind of case.
    #[param(max_length = 40, pattern = "^[A-Z_]+$", example = "MITTELABRUF")]
    fall_art: Option<String>,
    /// With cases whose acts are all blocked, for instance because the second person must not be the first.
    #[param(default = false, example = false)]
    gesperrte: Option<bool>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List what waits for the caller
///
/// Cases in a state from which a right of the caller leads on, the longest waiting first; claims that are due, and data
/// about people whose period of retention is over (`anlass`). Nobody assigns or ticks off a task: it is gone when the case
/// has moved. Where many cases are blocked a page may be short, even empty, and still
/// have a next one.
#[utoipa::path(operation_id = "aufgaben_auflisten", tag = "Aufgaben", params(Filter),
    responses((status = 200, description = "A page.", body = AufgabenSeite)),
    extensions(("x-recht" = json!("aufgabe:lesen"))))]
#[get("/aufgaben")]
pub async fn auflisten(a: Aufruf<AufgabeLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let (akteur, sprache, konto) = (a.akteur.clone(), a.sprache(), a.zustand.zahlungskonto.clone());
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter { kreisschluessel: f.kreisschluessel.clone(), jahrgang: f.jahrgang };
        let gesperrte = f.gesperrte.unwrap_or(false);
        let liste = format!("aufgaben:{filter:?}:{:?}:{gesperrte}", f.fall_art);
        let frage = Frage { akteur: &akteur, konto: konto.as_ref(), heute: rechtstag(uhr::jetzt()), gesperrte };
        let nach = b.position(&liste)?;
        let (aufgaben, weiter) = app::liste(c, frage, &filter, f.fall_art.as_deref(), nach.as_ref(), b.limit())?;
        Antwort::seite(&AufgabenSeite {
            weiter: weiter.map(|p| cursor(&liste, p)),
            daten: aufgaben.into_iter().map(|x| AufgabeView::aus(x, sprache)).collect(),
        })
    })
    .await
}
