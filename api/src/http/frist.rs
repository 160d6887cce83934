//! `/fristen`.

pub mod ics;
pub mod kalender;

use crate::app::frist as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verdeckt, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{FristLesen, FristVerlaengern};
use aqb_domain::berechtigung::{Rolle, Sicht};
use aqb_domain::frist::{
    FORTLAUF, Frist, FristStatus, Fristabschluss, Fristart, Fristerledigung, Fristverlaengerung, Fristzustand, RUHEN,
    Verlaengerung, Zweisprachig,
};
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::frist as db;
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
        .service(kalender::abonnement)
        .service(kalender::auflisten)
        .service(kalender::anlegen)
        .service(kalender::widerrufen)
        .service(lesen)
        .service(verlaengerung)
        .service(erledigung)
        .service(aktionen)
        .service(historie);
}

/// A deadline of a case. `status` is what is stored; `zustand` is what that means today (Europe/Berlin): an open one
/// whose last day is over is overdue, an appeal period that ran out is over as the law wants it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Frist)]
pub struct FristView {
    /// Id.
    pub id: Uuid,
    /// Kind.
    pub art: Fristart,
    /// State as stored.
    pub status: FristStatus,
    /// State on this day.
    pub zustand: Fristzustand,
    /// Last day; it ends at 24:00 in Europe/Berlin.
    pub faellig_am: NaiveDate,
    /// Who must keep it.
    pub pflichtig: Rolle,
    /// Last day before any extension.
    pub urspruenglich_faellig_am: NaiveDate,
    /// Law and place, in the language of the answer.
    #[schema(examples("Nr. 5.4 ANBest-GK, entsprechend"))]
    pub rechtsgrundlage: String,
    /// What happens when it is missed, in the language of the answer.
    #[schema(examples("Der Bescheid wird bestandskräftig."))]
    pub folge: String,
    /// Kind of the case; code of `GET /kataloge/fallarten`.
    #[schema(examples("BESCHEID"))]
    pub fall_art: String,
    /// Id of the case.
    #[schema(examples("019a0000-0000-7000-8000-0000000000f1"))]
    pub fall_id: String,
    /// Which one of several of its kind: code of an Auflage, Haushaltsjahr of a Zwischennachweis.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("SACHBERICHT"))]
    pub bezug: Option<String>,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Application to which the case belongs.
    pub antrag_id: Uuid,
    /// Regelwerk of the case.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// Extensions in their order.
    pub verlaengerungen: Vec<Verlaengerung>,
    /// How it ended; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abschluss: Option<Fristabschluss>,
    /// The deadline that took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nachfolger_id: Option<Uuid>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

fn text(t: &Zweisprachig, sprache: Sprache) -> &str {
    match sprache {
        Sprache::De => &t.de,
        Sprache::En => &t.en,
    }
}

impl FristView {
    pub(super) fn aus(v: &Versioniert<Frist>, sprache: Sprache, heute: NaiveDate) -> Self {
        let f = v.wert.clone();
        FristView {
            id: f.id,
            art: f.art,
            status: f.status,
            zustand: f.zustand(heute),
            faellig_am: f.faellig_am,
            pflichtig: f.art.pflichtig(),
            urspruenglich_faellig_am: f.urspruenglich_faellig_am,
            rechtsgrundlage: text(&f.rechtsgrundlage, sprache).to_owned(),
            folge: text(&f.folge, sprache).to_owned(),
            fall_art: f.fall_art,
            fall_id: f.fall_id,
            bezug: f.bezug,
            kreisschluessel: f.kreisschluessel,
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            regelwerk: f.regelwerk,
            verlaengerungen: f.verlaengerungen,
            abschluss: f.abschluss,
            nachfolger_id: f.nachfolger_id,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Frist>, sprache: Sprache, heute: NaiveDate) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&FristView::aus(v, sprache, heute))?.version(v.version))
    }
}

seite!(
    /// A page of deadlines.
    FristSeite, FristView
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
    /// Only this kind.
    #[param(inline)]
    art: Option<Fristart>,
    /// Only those that are this today. Without it those that gave way to another (`ABGELOEST`) are left out.
    #[param(inline)]
    zustand: Option<Fristzustand>,
    /// Only those due on this day or later.
    #[param(example = "2026-01-01")]
    von: Option<NaiveDate>,
    /// Only those due on this day or earlier.
    #[param(example = "2030-12-31")]
    bis: Option<NaiveDate>,
    /// Only those of this kind of case.
    #[param(max_length = 40, pattern = "^[A-Z_]+$", example = "BESCHEID")]
    fall_art: Option<String>,
    /// Only those of this case.
    #[param(max_length = 40, pattern = "^[0-9a-f-]+$", example = "019a0000-0000-7000-8000-0000000000f1")]
    fall_id: Option<String>,
    /// Only those of this application.
    #[param(example = "019a0000-0000-7000-8000-0000000000d1")]
    antrag_id: Option<Uuid>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/fristen/{id}")
}

/// List deadlines
///
/// By due day. Filters combine; `zustand=UEBERFAELLIG` are those whose last day is over and that were not met. Those that
/// gave way to another are listed under `zustand=ABGELOEST` only.
#[utoipa::path(operation_id = "fristen_auflisten", tag = "Fristen", params(Filter),
    responses((status = 200, description = "A page.", body = FristSeite)),
    extensions(("x-recht" = json!("frist:lesen"))))]
#[get("/fristen")]
pub async fn auflisten(a: Aufruf<FristLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let heute = rechtstag(uhr::jetzt());
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            art: f.art,
            zustand: f.zustand.map(|z| (z, heute)),
            von: f.von,
            bis: f.bis,
            fall_art: f.fall_art.clone(),
            fall_id: f.fall_id.clone(),
            antrag_id: f.antrag_id,
            ohne_abgeloeste: f.zustand.is_none(),
        };
        let liste = format!("fristen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&FristSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |f| (f.wert.faellig_am, f.wert.id)),
            daten: s.daten.iter().map(|f| FristView::aus(f, sprache, heute)).collect(),
        })
    })
    .await
}

/// Read a deadline
///
/// One by its id, with legal basis, effect if missed, extensions and how it ended.
#[utoipa::path(operation_id = "frist_lesen", tag = "Fristen",
    params(("frist_id" = Uuid, Path, description = "Id of the deadline.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The deadline.", body = FristView)),
    extensions(("x-recht" = json!("frist:lesen"))))]
#[get("/fristen/{frist_id}")]
pub async fn lesen(a: Aufruf<FristLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| FristView::antwort(&app::lesen(c, &sicht, id)?, sprache, rechtstag(uhr::jetzt()))).await
}

/// Extend a deadline
///
/// To a later day, also when the present one is over; never a statutory period. Extending the deadline of a
/// Nachforderung extends the Nachforderung.
#[utoipa::path(operation_id = "frist_verlaengern", tag = "Fristen", request_body = Fristverlaengerung,
    params(("frist_id" = Uuid, Path, description = "Id of the deadline.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Extended.", body = FristView)),
    extensions(("x-recht" = json!("frist:verlaengern")), ("x-akt" = json!(true))))]
#[post("/fristen/{frist_id}/verlaengerung")]
pub async fn verlaengerung(
    a: Aufruf<FristVerlaengern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Fristverlaengerung>,
) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        FristView::antwort(&app::verlaengern(tx, sicht, (id, version), &e)?, sprache, tx.heute())
    })
    .await
}

/// Record a deadline as met
///
/// Where it was met in a way the system did not see. Appeal and Nachforderung end only by acts of their cases.
#[utoipa::path(operation_id = "frist_erledigen", tag = "Fristen", request_body = Fristerledigung,
    params(("frist_id" = Uuid, Path, description = "Id of the deadline.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "Recorded.", body = FristView)),
    extensions(("x-recht" = json!("frist:verlaengern")), ("x-akt" = json!(true))))]
#[post("/fristen/{frist_id}/erledigung")]
pub async fn erledigung(
    a: Aufruf<FristVerlaengern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Fristerledigung>,
) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        FristView::antwort(&app::erledigen(tx, sicht, (id, version), &e)?, sprache, tx.heute())
    })
    .await
}

/// Acts of a deadline
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "frist_aktionen", tag = "Fristen",
    params(("frist_id" = Uuid, Path, description = "Id of the deadline.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("frist:lesen"))))]
#[get("/fristen/{frist_id}/aktionen")]
pub async fn aktionen(a: Aufruf<FristLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// That a claim is not pursued is internal to the authority (§ 59 LHO), and so is that its deadline rests.
pub(super) fn verdecktes(sicht: &Sicht) -> Verdeckt {
    if *sicht == Sicht::Alles { Verdeckt::NICHTS } else { Verdeckt { akte: &[RUHEN, FORTLAUF], feld: None } }
}

/// History of a deadline
///
/// Who set, extended or ended it when.
#[utoipa::path(operation_id = "frist_historie", tag = "Fristen",
    params(("frist_id" = Uuid, Path, description = "Id of the deadline.", example = "019a0000-0000-7000-8000-000000000050"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("frist:lesen"))))]
#[get("/fristen/{frist_id}/historie")]
pub async fn historie(a: Aufruf<FristLesen>, Pfad(id): Pfad<Uuid>, Query(v): Query<Verlaufsfrage>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite_ohne(c, ("FRIST", &id.to_string()), verdecktes(&sicht), &v)
    })
    .await
}
