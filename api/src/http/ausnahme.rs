//! `/ausnahmen`.

use crate::app::ausnahme as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::ausnahme::{ABLEHNUNG, Ausnahme, AusnahmeStatus, Ausnahmeinhalt, GENEHMIGUNG, WIDERRUF};
use aqb_domain::berechtigung::Rolle;
use aqb_domain::berechtigung::recht::{AusnahmeBeantragen, AusnahmeEntscheiden, AusnahmeLesen};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::Fallfilter;
use aqb_persistence::ausnahme as db;
use aqb_persistence::seite::{Seite, zu_lesen};
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
        .service(beantragen)
        .service(lesen)
        .service(aktionen)
        .service(historie)
        .service(genehmigung)
        .service(ablehnung)
        .service(widerruf);
}

/// An exception from a rule for one case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Ausnahme)]
pub struct AusnahmeView {
    /// Id.
    pub id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: AusnahmeStatus,
    /// What is asked for.
    pub inhalt: Ausnahmeinhalt,
    /// It counts today.
    pub gilt: bool,
    /// Who asked.
    pub beantragt_von: String,
    /// In which role.
    pub beantragt_als: Rolle,
    /// Who granted it; another person than the one who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub genehmigt_von: Option<String>,
    /// Who decided last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entschieden_von: Option<String>,
    /// Legal day of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entschieden_am: Option<NaiveDate>,
    /// Why it was granted, refused or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entscheidungsgrund: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl AusnahmeView {
    pub(super) fn aus(v: &Versioniert<Ausnahme>) -> Ergebnis<Self> {
        let x = v.wert.clone();
        Ok(AusnahmeView {
            id: x.id,
            gilt: x.gilt(rechtstag(uhr::jetzt())),
            antrag_id: x.antrag_id,
            jahrgang: x.jahrgang,
            kreisschluessel: x.kreisschluessel,
            status: x.status,
            inhalt: x.inhalt,
            beantragt_von: x.beantragt_von,
            beantragt_als: x.beantragt_als,
            genehmigt_von: x.genehmigt_von,
            entschieden_von: x.entschieden_von,
            entschieden_am: x.entschieden_am,
            entscheidungsgrund: x.entscheidungsgrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    pub(super) fn antwort(v: &Versioniert<Ausnahme>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&AusnahmeView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page.
    AusnahmeSeite, AusnahmeView
);

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only those of this Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Only those of this application.
    #[param(example = "019a0000-0000-7000-8000-0000000000d1")]
    antrag_id: Option<Uuid>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<AusnahmeStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/ausnahmen/{id}")
}

/// List exceptions
///
/// In order of time.
#[utoipa::path(operation_id = "ausnahmen_auflisten", tag = "Pruefung", params(Filter),
    responses((status = 200, description = "A page.", body = AusnahmeSeite)),
    extensions(("x-recht" = json!("ausnahme:lesen"))))]
#[get("/ausnahmen")]
pub async fn auflisten(a: Aufruf<AusnahmeLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = Fallfilter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            kette_id: None,
            status: f.status.map(|s| vec![s.code()]),
        };
        let liste = format!("ausnahmen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&AusnahmeSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |x| x.wert.id),
            daten: s.daten.iter().map(AusnahmeView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// A new exception.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "antrag_id": "019a0000-0000-7000-8000-0000000000d1", "inhalt": { "regel": "AQB-AR-008", "begruendung": "Das Land hat den Kassenschluss für diesen Fall verschoben.", "gueltig_bis": "2029-12-31" } })))]
pub struct AusnahmeAnlage {
    /// Application of the case.
    antrag_id: Uuid,
    /// What is asked for.
    inhalt: Ausnahmeinhalt,
}

/// Ask for an exception from a rule
///
/// By the county or the granting authority, for one case and until a day; only rules with `ausnahme_moeglich` know one
/// (`GET /kataloge/regeln`). Nothing changes before another person grants it.
#[utoipa::path(operation_id = "ausnahme_beantragen", tag = "Pruefung", request_body = AusnahmeAnlage,
    responses((status = 201, description = "Asked for.", body = AusnahmeView)),
    extensions(("x-recht" = json!("ausnahme:beantragen"))))]
#[post("/ausnahmen")]
pub async fn beantragen(a: Aufruf<AusnahmeBeantragen>, Json { wert: e, roh }: Json<AusnahmeAnlage>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let x = app::beantragen(tx, &sicht, id, e.antrag_id, e.inhalt.clone())?;
        Ok(AusnahmeView::antwort(&x)?.angelegt(pfad(id)))
    })
    .await
}

/// Read an exception
///
/// One by its id.
#[utoipa::path(operation_id = "ausnahme_lesen", tag = "Pruefung", params(("ausnahme_id" = Uuid, Path, description = "Id of the exception.", example = "019a0000-0000-7000-8000-000000000172")),
    responses((status = 200, description = "The exception.", body = AusnahmeView)),
    extensions(("x-recht" = json!("ausnahme:lesen"))))]
#[get("/ausnahmen/{ausnahme_id}")]
pub async fn lesen(a: Aufruf<AusnahmeLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| AusnahmeView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Acts of an exception
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "ausnahme_aktionen", tag = "Pruefung", params(("ausnahme_id" = Uuid, Path, description = "Id of the exception.", example = "019a0000-0000-7000-8000-000000000172")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("ausnahme:lesen"))))]
#[get("/ausnahmen/{ausnahme_id}/aktionen")]
pub async fn aktionen(a: Aufruf<AusnahmeLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id, rechtstag(uhr::jetzt()))?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of an exception
///
/// Who changed which field when.
#[utoipa::path(operation_id = "ausnahme_historie", tag = "Pruefung", params(("ausnahme_id" = Uuid, Path, description = "Id of the exception.", example = "019a0000-0000-7000-8000-000000000172"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("ausnahme:lesen"))))]
#[get("/ausnahmen/{ausnahme_id}/historie")]
pub async fn historie(
    a: Aufruf<AusnahmeLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "AUSNAHME", &id.to_string(), &v)
    })
    .await
}

/// Grant an exception
///
/// By another person than the one who asked. From then on the rule is a hint in this case, until the day.
#[utoipa::path(operation_id = "ausnahme_genehmigen", tag = "Pruefung", request_body = Handlungsgrund, params(("ausnahme_id" = Uuid, Path, description = "Id of the exception.", example = "019a0000-0000-7000-8000-000000000172")),
    responses((status = 200, description = "Granted.", body = AusnahmeView)),
    extensions(("x-recht" = json!("ausnahme:entscheiden")), ("x-akt" = json!(true))))]
#[post("/ausnahmen/{ausnahme_id}/genehmigung")]
pub async fn genehmigung(
    a: Aufruf<AusnahmeEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AusnahmeView::antwort(&app::entscheiden(tx, sicht, (id, v), GENEHMIGUNG, &e)?)
    })
    .await
}

/// Refuse an exception
///
/// With a reason.
#[utoipa::path(operation_id = "ausnahme_ablehnen", tag = "Pruefung", request_body = Handlungsgrund, params(("ausnahme_id" = Uuid, Path, description = "Id of the exception.", example = "019a0000-0000-7000-8000-000000000172")),
    responses((status = 200, description = "Refused.", body = AusnahmeView)),
    extensions(("x-recht" = json!("ausnahme:entscheiden")), ("x-akt" = json!(true))))]
#[post("/ausnahmen/{ausnahme_id}/ablehnung")]
pub async fn ablehnung(
    a: Aufruf<AusnahmeEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AusnahmeView::antwort(&app::entscheiden(tx, sicht, (id, v), ABLEHNUNG, &e)?)
    })
    .await
}

/// End an exception
///
/// Before its day. What was done under it stays.
#[utoipa::path(operation_id = "ausnahme_widerrufen", tag = "Pruefung", request_body = Handlungsgrund, params(("ausnahme_id" = Uuid, Path, description = "Id of the exception.", example = "019a0000-0000-7000-8000-000000000172")),
    responses((status = 200, description = "Ended.", body = AusnahmeView)),
    extensions(("x-recht" = json!("ausnahme:entscheiden")), ("x-akt" = json!(true))))]
#[post("/ausnahmen/{ausnahme_id}/widerruf")]
pub async fn widerruf(
    a: Aufruf<AusnahmeEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AusnahmeView::antwort(&app::entscheiden(tx, sicht, (id, v), WIDERRUF, &e)?)
    })
    .await
}
