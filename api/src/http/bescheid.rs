//! `/bescheide`.

mod aufhebung;

use crate::app::bescheid as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{BescheidBearbeiten, BescheidFreigeben, BescheidLesen, RechtsbehelfVerzichten};
use aqb_domain::bescheid::{
    Bekanntgabe, Bekanntgabeberichtigung, Bescheid, BescheidStatus, BescheidVerwerfung, Bescheidinhalt,
    Rechtsbehelfsverzicht,
};
use aqb_domain::geld::Euro;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::bescheid as db;
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
        .service(lesen)
        .service(aktionen)
        .service(historie)
        .service(freigabe)
        .service(verwerfung)
        .service(bekanntgabe)
        .service(bekanntgabeberichtigung)
        .service(rechtsbehelfsverzicht)
        .service(aufhebung::widerruf)
        .service(aufhebung::ruecknahme);
}

/// A Bescheid: immutable content and where it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Bescheid)]
pub struct BescheidView {
    /// Id.
    pub id: Uuid,
    /// State.
    pub status: BescheidStatus,
    /// What it says; never changes.
    pub inhalt: Bescheidinhalt,
    /// SHA-256 of the canonical content, the link of the next Bescheid's chain.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub inhalt_hash: String,
    /// Sum granted.
    pub bewilligt: Euro,
    /// Sum applied for.
    pub beantragt: Euro,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Who released it; a different person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub freigegeben_von: Option<String>,
    /// Day of issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub erlassen_am: Option<NaiveDate>,
    /// Who discarded the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verworfen_von: Option<String>,
    /// Why the draft was discarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verwerfungsgrund: Option<String>,
    /// Way and dates of the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bekanntgabe: Option<Bekanntgabe>,
    /// Who recorded the notification, or corrected it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bekanntgabe_von: Option<String>,
    /// Why the notification was corrected; the entry before stands in the history.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub berichtigungsgrund: Option<String>,
    /// Day on which it counts as notified (fiction rule).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bekannt_am: Option<NaiveDate>,
    /// Last day of the appeal period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rechtsbehelf_bis: Option<NaiveDate>,
    /// Day of the waiver of appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rechtsbehelfsverzicht_am: Option<NaiveDate>,
    /// The released Bescheid that took this one about interest back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aufgehoben_durch: Option<Uuid>,
    /// First day on which it is final.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bestandskraft_am: Option<NaiveDate>,
    /// It is final today.
    pub bestandskraeftig: bool,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Drafted.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl BescheidView {
    /// Renders a Bescheid as it stands on a legal day.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn aus(v: &Versioniert<Bescheid>, heute: NaiveDate) -> Ergebnis<Self> {
        let b = v.wert.clone();
        Ok(BescheidView {
            id: b.id,
            status: b.status,
            bewilligt: b.inhalt.bewilligt()?,
            beantragt: b.inhalt.beantragt()?,
            bestandskraeftig: b.bestandskraeftig(heute),
            inhalt: b.inhalt,
            inhalt_hash: b.inhalt_hash,
            erstellt_von: b.erstellt_von,
            freigegeben_von: b.freigegeben_von,
            erlassen_am: b.erlassen_am,
            verworfen_von: b.verworfen_von,
            verwerfungsgrund: b.verwerfungsgrund,
            bekanntgabe: b.bekanntgabe,
            bekanntgabe_von: b.bekanntgabe_von,
            berichtigungsgrund: b.berichtigungsgrund,
            aufgehoben_durch: b.aufgehoben_durch,
            bekannt_am: b.bekannt_am,
            rechtsbehelf_bis: b.rechtsbehelf_bis,
            rechtsbehelfsverzicht_am: b.rechtsbehelfsverzicht_am,
            bestandskraft_am: b.bestandskraft_am,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    /// The answer of an operation on one Bescheid, as of today.
    ///
    /// # Errors
    /// A sum outside the range of amounts.
    pub fn antwort(v: &Versioniert<Bescheid>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&BescheidView::aus(v, rechtstag(uhr::jetzt()))?)?.version(v.version))
    }
}

seite!(
    /// A page of Bescheide.
    BescheidSeite, BescheidView
);

/// Release of a draft; nothing needs to be said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({})))]
pub struct BescheidFreigabe {}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Addressee.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Application it decides.
    antrag_id: Option<Uuid>,
    /// State.
    #[param(inline)]
    status: Option<BescheidStatus>,
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

/// List Bescheide
///
/// A county sees its own once they are issued, never drafts.
#[utoipa::path(operation_id = "bescheide_auflisten", tag = "Bescheide", params(Filter),
    responses((status = 200, description = "A page.", body = BescheidSeite)),
    extensions(("x-recht" = json!("bescheid:lesen")), ("x-siegel" = json!(true))))]
#[get("/bescheide")]
pub async fn auflisten(a: Aufruf<BescheidLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let (sicht, heute) = (a.sicht.clone(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            status: f.status,
            sortierung: sortierung(f.sortierung),
        };
        let liste = format!("bescheide:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&BescheidSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |b| (b.geaendert_am, b.wert.id)),
            daten: s.daten.iter().map(|b| BescheidView::aus(b, heute)).collect::<Result<_, _>>()?,
        })
    })
    .await
}

/// Read a Bescheid
///
/// Content, hash chain, notification, finality.
#[utoipa::path(operation_id = "bescheid_lesen", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    responses((status = 200, description = "The Bescheid.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:lesen")), ("x-siegel" = json!(true))))]
#[get("/bescheide/{bescheid_id}")]
pub async fn lesen(a: Aufruf<BescheidLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| BescheidView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Acts of a Bescheid
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "bescheid_aktionen", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("bescheid:lesen")), ("x-siegel" = json!(true))))]
#[get("/bescheide/{bescheid_id}/aktionen")]
pub async fn aktionen(a: Aufruf<BescheidLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/bescheide/{id}"), sprache))
    })
    .await
}

/// History of a Bescheid
///
/// Who did what when.
#[utoipa::path(operation_id = "bescheid_historie", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("bescheid:lesen")), ("x-siegel" = json!(true))))]
#[get("/bescheide/{bescheid_id}/historie")]
pub async fn historie(
    a: Aufruf<BescheidLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "BESCHEID", &id.to_string(), &v)
    })
    .await
}

/// Release a draft
///
/// By a second person. The budget is bound in the same transaction.
#[utoipa::path(operation_id = "bescheid_freigeben", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    request_body = BescheidFreigabe,
    responses((status = 200, description = "Issued.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:freigeben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/bescheide/{bescheid_id}/freigabe")]
pub async fn freigabe(
    a: Aufruf<BescheidFreigeben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: BescheidFreigabe {}, roh }: Json<BescheidFreigabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| BescheidView::antwort(&app::freigeben(tx, sicht, (id, v))?))
        .await
}

/// Discard a draft
///
/// The application goes back into examination.
#[utoipa::path(operation_id = "bescheid_verwerfen", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    request_body = BescheidVerwerfung,
    responses((status = 200, description = "Discarded.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:bearbeiten")), ("x-akt" = json!(true))))]
#[post("/bescheide/{bescheid_id}/verwerfung")]
pub async fn verwerfung(
    a: Aufruf<BescheidBearbeiten>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<BescheidVerwerfung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        BescheidView::antwort(&app::verwerfen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Record the notification
///
/// Fiction rule, appeal period and day of finality follow from way and date.
#[utoipa::path(operation_id = "bescheid_bekanntgeben", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    request_body = Bekanntgabe,
    responses((status = 200, description = "Notified.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:bearbeiten")), ("x-akt" = json!(true))))]
#[post("/bescheide/{bescheid_id}/bekanntgabe")]
pub async fn bekanntgabe(
    a: Aufruf<BescheidBearbeiten>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Bekanntgabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        BescheidView::antwort(&app::bekanntgeben(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Correct the notification
///
/// By another person than the one who made the entry, with a reason. The days of appeal and finality are computed anew;
/// both entries stand in the history.
#[utoipa::path(operation_id = "bescheid_bekanntgabe_berichtigen", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    request_body = Bekanntgabeberichtigung,
    responses((status = 200, description = "Corrected.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:bearbeiten")), ("x-akt" = json!(true))))]
#[post("/bescheide/{bescheid_id}/bekanntgabeberichtigung")]
pub async fn bekanntgabeberichtigung(
    a: Aufruf<BescheidBearbeiten>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Bekanntgabeberichtigung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        BescheidView::antwort(&app::bekanntgabe_berichtigen(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Waive the right of appeal
///
/// By the county; the Bescheid is final from that day.
#[utoipa::path(operation_id = "bescheid_rechtsbehelfsverzicht", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    request_body = Rechtsbehelfsverzicht,
    responses((status = 200, description = "Final.", body = BescheidView)),
    extensions(("x-recht" = json!("bescheid:rechtsbehelfsverzicht")), ("x-akt" = json!(true))))]
#[post("/bescheide/{bescheid_id}/rechtsbehelfsverzicht")]
pub async fn rechtsbehelfsverzicht(
    a: Aufruf<RechtsbehelfVerzichten>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Rechtsbehelfsverzicht>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        BescheidView::antwort(&app::verzichten(tx, sicht, (id, v), &e)?)
    })
    .await
}
