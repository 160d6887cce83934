//! `/rueckzahlungen`.

use crate::app::rueckzahlung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{ForderungBuchen, ForderungLesen};
use aqb_domain::bestaetigung::Warnungsbestaetigung;
use aqb_domain::forderung::{Rueckzahlung, RueckzahlungStatus, Rueckzahlungsangaben, Teilstorno};
use aqb_domain::geld::Euro;
use aqb_persistence::rueckzahlung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::{Aggregat, Versioniert};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(anlegen).service(lesen).service(storno).service(aktionen).service(historie);
}

/// Money that came back before it was claimed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Rueckzahlung)]
pub struct RueckzahlungView {
    /// Id.
    pub id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Who paid.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: RueckzahlungStatus,
    /// What was recorded.
    pub inhalt: Rueckzahlungsangaben,
    /// What of it settles claims that came later.
    pub angerechnet: Euro,
    /// Who recorded it.
    pub erfasst_von: String,
    /// Why it was reversed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stornogrund: Option<String>,
    /// What of it was reversed after a claim had used the other part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub teilstorno: Option<Teilstorno>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl RueckzahlungView {
    pub(super) fn aus(v: &Versioniert<Rueckzahlung>) -> Self {
        let r = v.wert.clone();
        RueckzahlungView {
            id: r.id,
            status: r.status(),
            antrag_id: r.antrag_id,
            jahrgang: r.jahrgang,
            kreisschluessel: r.kreisschluessel,
            inhalt: Rueckzahlungsangaben {
                massnahme_id: r.massnahme_id,
                teilbudget: r.teilbudget,
                haushaltsjahr: r.haushaltsjahr,
                betrag: r.betrag,
                wertstellung_am: r.wertstellung_am,
                referenz: r.referenz,
            },
            angerechnet: r.angerechnet,
            erfasst_von: r.erfasst_von,
            stornogrund: r.stornogrund,
            teilstorno: r.teilstorno,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Rueckzahlung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&RueckzahlungView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of repayments.
    RueckzahlungSeite, RueckzahlungView
);

/// A new repayment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "antrag_id": "019a0000-0000-7000-8000-0000000000d1", "inhalt": { "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "betrag": "100.00", "wertstellung_am": "2026-09-15", "referenz": "Kontoauszug 184, Umsatz 12" } })))]
pub struct RueckzahlungAnlage {
    /// Application.
    antrag_id: Uuid,
    /// What is recorded.
    inhalt: Rueckzahlungsangaben,
    /// The warnings that were read, each with the reason to record it all the same.
    #[serde(default)]
    #[schema(max_items = 100)]
    bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

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
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/rueckzahlungen/{id}")
}

/// List repayments
///
/// In order of time: what came back before it was claimed.
#[utoipa::path(operation_id = "rueckzahlungen_auflisten", tag = "Forderungen", params(Filter),
    responses((status = 200, description = "A page.", body = RueckzahlungSeite)),
    extensions(("x-recht" = json!("forderung:lesen"))))]
#[get("/rueckzahlungen")]
pub async fn auflisten(a: Aufruf<ForderungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter =
            db::Filter { kreisschluessel: f.kreisschluessel.clone(), jahrgang: f.jahrgang, antrag_id: f.antrag_id };
        let liste = format!("rueckzahlungen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&RueckzahlungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |r| r.wert.id),
            daten: s.daten.iter().map(RueckzahlungView::aus).collect(),
        })
    })
    .await
}

/// Record a repayment before a claim
///
/// Posts `AUSGEZAHLT` → `ZURUECKGEZAHLT` with the value date. A Bescheid that grants less later claims the amount as paid
/// back: it bears interest up to the value date and nothing of it is open.
#[utoipa::path(operation_id = "rueckzahlung_anlegen", tag = "Forderungen", request_body = RueckzahlungAnlage,
    responses((status = 201, description = "Recorded.", body = RueckzahlungView)),
    extensions(("x-recht" = json!("forderung:buchen")), ("x-geld" = json!(true)), ("x-simulierbar" = json!(true))))]
#[post("/rueckzahlungen")]
pub async fn anlegen(a: Aufruf<ForderungBuchen>, Json { wert: e, roh }: Json<RueckzahlungAnlage>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::GELD_NEU, &roh, move |tx| {
        let id = tx.neue_id();
        let r = app::erfassen(tx, &sicht, id, e.antrag_id, (&e.inhalt, &e.bestaetigte_warnungen))?;
        Ok(RueckzahlungView::antwort(&r)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a repayment
///
/// One by its id.
#[utoipa::path(operation_id = "rueckzahlung_lesen", tag = "Forderungen",
    params(("rueckzahlung_id" = Uuid, Path, description = "Id of the repayment.", example = "019a0000-0000-7000-8000-000000000072")),
    responses((status = 200, description = "The repayment.", body = RueckzahlungView)),
    extensions(("x-recht" = json!("forderung:lesen"))))]
#[get("/rueckzahlungen/{rueckzahlung_id}")]
pub async fn lesen(a: Aufruf<ForderungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| RueckzahlungView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Reverse a repayment
///
/// With a reason and the same legal day; the record stays. Where a part of it settles a claim, the rest is reversed and that
/// part goes on counting.
#[utoipa::path(operation_id = "rueckzahlung_stornieren", tag = "Forderungen", request_body = Handlungsgrund,
    params(("rueckzahlung_id" = Uuid, Path, description = "Id of the repayment.", example = "019a0000-0000-7000-8000-000000000072")),
    responses((status = 200, description = "Reversed.", body = RueckzahlungView)),
    extensions(("x-recht" = json!("forderung:buchen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/rueckzahlungen/{rueckzahlung_id}/storno")]
pub async fn storno(
    a: Aufruf<ForderungBuchen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, v| {
        RueckzahlungView::antwort(&app::stornieren(tx, sicht, (id, v), &e)?)
    })
    .await
}

/// Acts of a repayment
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "rueckzahlung_aktionen", tag = "Forderungen",
    params(("rueckzahlung_id" = Uuid, Path, description = "Id of the repayment.", example = "019a0000-0000-7000-8000-000000000072")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("forderung:lesen"))))]
#[get("/rueckzahlungen/{rueckzahlung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<ForderungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a repayment
///
/// Who changed which field when.
#[utoipa::path(operation_id = "rueckzahlung_historie", tag = "Forderungen",
    params(("rueckzahlung_id" = Uuid, Path, description = "Id of the repayment.", example = "019a0000-0000-7000-8000-000000000072"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("forderung:lesen"))))]
#[get("/rueckzahlungen/{rueckzahlung_id}/historie")]
pub async fn historie(
    a: Aufruf<ForderungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, Rueckzahlung::ART, &id.to_string(), &v)
    })
    .await
}
