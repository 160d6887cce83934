//! `/basiszinssaetze`.

use crate::app::basiszinssatz as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, OhneAngaben, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{BasiszinsFreigeben, BasiszinsPflegen, KatalogLesen};
use aqb_domain::geld::Prozent;
use aqb_domain::zeit::rechtstag;
use aqb_domain::zins::{Basiszinsangaben, Basiszinssatz, BasiszinssatzStatus};
use aqb_persistence::seite::Seite;
use aqb_persistence::uhr;
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
        .service(freigabe)
        .service(verwerfung)
        .service(aktionen)
        .service(historie);
}

/// A base rate of § 247 BGB. Calculations use those in force (`FREIGEGEBEN`) and no others.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Basiszinssatz)]
pub struct BasiszinssatzView {
    /// Id.
    pub id: Uuid,
    /// First day; the rate applies for half a year.
    #[schema(examples("2026-07-01"))]
    pub gueltig_ab: NaiveDate,
    /// Rate in percent per year; it was negative for years.
    #[schema(examples("1.52"))]
    pub prozent: Prozent,
    /// Where it was read.
    pub fundstelle: String,
    /// Why it corrects the rate before; absent where it corrects none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grund: Option<String>,
    /// State.
    pub status: BasiszinssatzStatus,
    /// Who entered it; absent for the rates the program was delivered with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub erstellt_von: Option<String>,
    /// Who released it; another person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub freigegeben_von: Option<String>,
    /// Who discarded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verworfen_von: Option<String>,
    /// Why it was discarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verwerfungsgrund: Option<String>,
    /// The correction that superseded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ersetzt_durch: Option<Uuid>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Entered.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl BasiszinssatzView {
    fn aus(v: &Versioniert<Basiszinssatz>) -> Self {
        let z = v.wert.clone();
        BasiszinssatzView {
            id: z.id,
            gueltig_ab: z.angaben.gueltig_ab,
            prozent: z.angaben.prozent,
            fundstelle: z.angaben.fundstelle,
            grund: z.angaben.grund,
            status: z.status,
            erstellt_von: z.erstellt_von,
            freigegeben_von: z.freigegeben_von,
            verworfen_von: z.verworfen_von,
            verwerfungsgrund: z.verwerfungsgrund,
            ersetzt_durch: z.ersetzt_durch,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Basiszinssatz>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&BasiszinssatzView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of base rates.
    BasiszinssatzSeite, BasiszinssatzView
);

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only the rate in force on this day; none where it is not known.
    #[param(example = "2026-03-31")]
    stichtag: Option<NaiveDate>,
    /// Only those in this state; without it those in force.
    #[param(inline)]
    status: Option<BasiszinssatzStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List base rates
///
/// In order of time: those in force, one for every half-year since 2002, or with `status` drafts and what was discarded
/// or superseded.
#[utoipa::path(operation_id = "basiszinssaetze_auflisten", tag = "Stammdaten", params(Filter),
    responses((status = 200, description = "A page.", body = BasiszinssatzSeite)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze")]
pub async fn auflisten(a: Aufruf<KatalogLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("basiszinssaetze:{:?}:{:?}", f.stichtag, f.status);
        let nach = b.position(&liste)?;
        let filter = app::Filter { stichtag: f.stichtag, status: f.status };
        let s = Seite::aus(app::liste(c, &filter, nach)?, b.limit());
        Antwort::seite(&BasiszinssatzSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| (z.wert.angaben.gueltig_ab, z.wert.id)),
            daten: s.daten.iter().map(BasiszinssatzView::aus).collect(),
        })
    })
    .await
}

/// Enter a base rate
///
/// That of the half-year after the last known one, at the earliest thirty days before it begins; or, with `grund`, the
/// correction of one in force. No calculation uses it before another person has released it.
#[utoipa::path(operation_id = "basiszinssatz_anlegen", tag = "Stammdaten", request_body = Basiszinsangaben,
    responses((status = 201, description = "Entered.", body = BasiszinssatzView)),
    extensions(("x-recht" = json!("basiszins:pflegen")), ("x-akt" = json!(true)), ("x-neu" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/basiszinssaetze")]
pub async fn anlegen(a: Aufruf<BasiszinsPflegen>, Json { wert: e, roh }: Json<Basiszinsangaben>) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let z = app::erfassen(tx, id, e.clone())?;
        Ok(BasiszinssatzView::antwort(&z)?.angelegt(format!("/basiszinssaetze/{id}")))
    })
    .await
}

/// Read a base rate
///
/// One by its id.
#[utoipa::path(operation_id = "basiszinssatz_lesen", tag = "Stammdaten",
    params(("basiszinssatz_id" = Uuid, Path, description = "Id of the base rate.", example = "019a0000-0000-7000-8000-0000000000b3")),
    responses((status = 200, description = "The base rate.", body = BasiszinssatzView)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze/{basiszinssatz_id}")]
pub async fn lesen(a: Aufruf<KatalogLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.lese(move |c| BasiszinssatzView::antwort(&app::lesen(c, id)?)).await
}

/// Release a base rate
///
/// By another person than the one who entered it. From now on calculations use it; a correction supersedes the rate
/// before, which stays readable.
#[utoipa::path(operation_id = "basiszinssatz_freigeben", tag = "Stammdaten",
    params(("basiszinssatz_id" = Uuid, Path, description = "Id of the base rate.", example = "019a0000-0000-7000-8000-0000000000b3")),
    request_body = OhneAngaben,
    responses((status = 200, description = "Released.", body = BasiszinssatzView)),
    extensions(("x-recht" = json!("basiszins:freigeben")), ("x-akt" = json!(true))))]
#[post("/basiszinssaetze/{basiszinssatz_id}/freigabe")]
pub async fn freigabe(
    a: Aufruf<BasiszinsFreigeben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        BasiszinssatzView::antwort(&app::freigeben(tx, id, version)?)
    })
    .await
}

/// Discard a drafted base rate
///
/// While it waits for its release; the person who entered it may do so too.
#[utoipa::path(operation_id = "basiszinssatz_verwerfen", tag = "Stammdaten",
    params(("basiszinssatz_id" = Uuid, Path, description = "Id of the base rate.", example = "019a0000-0000-7000-8000-0000000000b3")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "Discarded.", body = BasiszinssatzView)),
    extensions(("x-recht" = json!("basiszins:pflegen")), ("x-akt" = json!(true))))]
#[post("/basiszinssaetze/{basiszinssatz_id}/verwerfung")]
pub async fn verwerfung(
    a: Aufruf<BasiszinsPflegen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        BasiszinssatzView::antwort(&app::verwerfen(tx, id, version, &e)?)
    })
    .await
}

/// Acts of a base rate
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "basiszinssatz_aktionen", tag = "Stammdaten",
    params(("basiszinssatz_id" = Uuid, Path, description = "Id of the base rate.", example = "019a0000-0000-7000-8000-0000000000b3")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze/{basiszinssatz_id}/aktionen")]
pub async fn aktionen(a: Aufruf<KatalogLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (akteur, sprache, heute) = (a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/basiszinssaetze/{id}"), sprache))
    })
    .await
}

/// History of a base rate
///
/// Who changed which field when.
#[utoipa::path(operation_id = "basiszinssatz_historie", tag = "Stammdaten",
    params(("basiszinssatz_id" = Uuid, Path, description = "Id of the base rate.", example = "019a0000-0000-7000-8000-0000000000b3"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/basiszinssaetze/{basiszinssatz_id}/historie")]
pub async fn historie(
    a: Aufruf<KatalogLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(b): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| {
        app::lesen(c, id)?;
        verlauf::seite(c, "BASISZINSSATZ", &id.to_string(), &b)
    })
    .await
}
