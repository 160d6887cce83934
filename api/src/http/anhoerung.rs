//! `/anhoerungen`.

use crate::app::anhoerung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::anhoerung::{Anhoerung, AnhoerungStatus, Anhoerunginhalt, Stellungnahme, Stellungnahmeeingabe};
use aqb_domain::berechtigung::recht::{AnhoerungFuehren, AnhoerungLesen, AnhoerungStellungnahme};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::Fallfilter;
use aqb_persistence::anhoerung as db;
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
        .service(eroeffnen)
        .service(lesen)
        .service(aktionen)
        .service(historie)
        .service(stellungnahme)
        .service(abschluss)
        .service(ruecknahme);
}

/// A hearing before a decision that burdens.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Anhoerung)]
pub struct AnhoerungView {
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
    /// Regelwerk of the case.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// State.
    pub status: AnhoerungStatus,
    /// What is put to the county.
    pub inhalt: Anhoerunginhalt,
    /// Who opened it.
    pub eroeffnet_von: String,
    /// Legal day on which it was opened.
    pub eroeffnet_am: NaiveDate,
    /// Statements in their order.
    pub stellungnahmen: Vec<Stellungnahme>,
    /// Why it was ended or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub endegrund: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl AnhoerungView {
    pub(super) fn aus(v: &Versioniert<Anhoerung>) -> Ergebnis<Self> {
        let x = v.wert.clone();
        Ok(AnhoerungView {
            id: x.id,
            antrag_id: x.antrag_id,
            jahrgang: x.jahrgang,
            kreisschluessel: x.kreisschluessel,
            regelwerk: x.regelwerk,
            status: x.status,
            inhalt: x.inhalt,
            eroeffnet_von: x.eroeffnet_von,
            eroeffnet_am: x.eroeffnet_am,
            stellungnahmen: x.stellungnahmen,
            endegrund: x.endegrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    pub(super) fn antwort(v: &Versioniert<Anhoerung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&AnhoerungView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page.
    AnhoerungSeite, AnhoerungView
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
    status: Option<AnhoerungStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/anhoerungen/{id}")
}

/// List hearings
///
/// In order of time.
#[utoipa::path(operation_id = "anhoerungen_auflisten", tag = "Pruefung", params(Filter),
    responses((status = 200, description = "A page.", body = AnhoerungSeite)),
    extensions(("x-recht" = json!("anhoerung:lesen"))))]
#[get("/anhoerungen")]
pub async fn auflisten(a: Aufruf<AnhoerungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
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
        let liste = format!("anhoerungen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&AnhoerungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |x| x.wert.id),
            daten: s.daten.iter().map(AnhoerungView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// A new hearing.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "antrag_id": "019a0000-0000-7000-8000-0000000000d1", "inhalt": { "gegenstand": "WIDERRUF", "text": "Die Auflage SACHBERICHT_JAEHRLICH wurde nicht erfüllt. Es ist beabsichtigt, den Bescheid zu widerrufen.", "frist_bis": "2029-12-31" } })))]
pub struct AnhoerungAnlage {
    /// Application of the case.
    antrag_id: Uuid,
    /// What is put to the county.
    inhalt: Anhoerunginhalt,
}

/// Open a hearing
///
/// Before a decision that burdens (§ 28 HVwVfG). Its day becomes a deadline of the county; while it can still answer, the
/// decision cannot be drafted.
#[utoipa::path(operation_id = "anhoerung_eroeffnen", tag = "Pruefung", request_body = AnhoerungAnlage,
    responses((status = 201, description = "Opened.", body = AnhoerungView)),
    extensions(("x-recht" = json!("anhoerung:fuehren"))))]
#[post("/anhoerungen")]
pub async fn eroeffnen(a: Aufruf<AnhoerungFuehren>, Json { wert: e, roh }: Json<AnhoerungAnlage>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let h = app::eroeffnen(tx, &sicht, id, e.antrag_id, e.inhalt.clone())?;
        Ok(AnhoerungView::antwort(&h)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a hearing
///
/// One by its id.
#[utoipa::path(operation_id = "anhoerung_lesen", tag = "Pruefung", params(("anhoerung_id" = Uuid, Path, description = "Id of the hearing.", example = "019a0000-0000-7000-8000-000000000170")),
    responses((status = 200, description = "The hearing.", body = AnhoerungView)),
    extensions(("x-recht" = json!("anhoerung:lesen"))))]
#[get("/anhoerungen/{anhoerung_id}")]
pub async fn lesen(a: Aufruf<AnhoerungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| AnhoerungView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Acts of a hearing
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "anhoerung_aktionen", tag = "Pruefung", params(("anhoerung_id" = Uuid, Path, description = "Id of the hearing.", example = "019a0000-0000-7000-8000-000000000170")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("anhoerung:lesen"))))]
#[get("/anhoerungen/{anhoerung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<AnhoerungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id, rechtstag(uhr::jetzt()))?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a hearing
///
/// Who changed which field when.
#[utoipa::path(operation_id = "anhoerung_historie", tag = "Pruefung", params(("anhoerung_id" = Uuid, Path, description = "Id of the hearing.", example = "019a0000-0000-7000-8000-000000000170"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("anhoerung:lesen"))))]
#[get("/anhoerungen/{anhoerung_id}/historie")]
pub async fn historie(
    a: Aufruf<AnhoerungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "ANHOERUNG", &id.to_string(), &v)
    })
    .await
}

/// State one's view
///
/// By the county; a later statement stands beside the first. It counts also after the day, as long as the hearing is open.
#[utoipa::path(operation_id = "anhoerung_stellung_nehmen", tag = "Pruefung", request_body = Stellungnahmeeingabe, params(("anhoerung_id" = Uuid, Path, description = "Id of the hearing.", example = "019a0000-0000-7000-8000-000000000170")),
    responses((status = 200, description = "Stated.", body = AnhoerungView)),
    extensions(("x-recht" = json!("anhoerung:stellungnahme")), ("x-akt" = json!(true))))]
#[post("/anhoerungen/{anhoerung_id}/stellungnahme")]
pub async fn stellungnahme(
    a: Aufruf<AnhoerungStellungnahme>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Stellungnahmeeingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AnhoerungView::antwort(&app::stellung_nehmen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// End a hearing
///
/// When the county answered or its day is over.
#[utoipa::path(operation_id = "anhoerung_abschliessen", tag = "Pruefung", request_body = Handlungsgrund, params(("anhoerung_id" = Uuid, Path, description = "Id of the hearing.", example = "019a0000-0000-7000-8000-000000000170")),
    responses((status = 200, description = "Ended.", body = AnhoerungView)),
    extensions(("x-recht" = json!("anhoerung:fuehren")), ("x-akt" = json!(true))))]
#[post("/anhoerungen/{anhoerung_id}/abschluss")]
pub async fn abschluss(
    a: Aufruf<AnhoerungFuehren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AnhoerungView::antwort(&app::abschliessen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Give a hearing up
///
/// Because the decision is not wanted any more.
#[utoipa::path(operation_id = "anhoerung_zuruecknehmen", tag = "Pruefung", request_body = Handlungsgrund, params(("anhoerung_id" = Uuid, Path, description = "Id of the hearing.", example = "019a0000-0000-7000-8000-000000000170")),
    responses((status = 200, description = "Given up.", body = AnhoerungView)),
    extensions(("x-recht" = json!("anhoerung:fuehren")), ("x-akt" = json!(true))))]
#[post("/anhoerungen/{anhoerung_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<AnhoerungFuehren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        AnhoerungView::antwort(&app::zuruecknehmen(tx, sicht, (id, v), &e)?)
    })
    .await
}
