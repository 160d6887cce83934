//! `/strategien`.

use crate::app::strategie as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::sicht::{Aktionen, Loeschung, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::{seite, teil};
use actix_web::{delete, get, patch, post};
use aqb_domain::akt::{Handlungsgrund, Rueckgabe};
use aqb_domain::berechtigung::recht::{StrategieAnerkennen, StrategieLesen, StrategieSchreiben};
use aqb_domain::strategie::{RUECKNAHME, Strategie, StrategieStatus, Strategieinhalt, ZURUECKWEISUNG};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::strategie as db;
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
        .service(aendern)
        .service(einreichung)
        .service(loeschen)
        .service(anerkennung)
        .service(zurueckweisung)
        .service(ruecknahme)
        .service(aktionen)
        .service(historie);
}

/// A strategy of one Gebietskoerperschaft.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Strategie)]
pub struct StrategieView {
    /// Id.
    pub id: Uuid,
    /// Owner.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: StrategieStatus,
    /// Content.
    pub inhalt: Strategieinhalt,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Legal day of the submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<NaiveDate>,
    /// Who submitted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_von: Option<String>,
    /// Legal day of the recognition.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anerkannt_am: Option<NaiveDate>,
    /// Who recognised it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anerkannt_von: Option<String>,
    /// Why it is a draft again, until it is handed over anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rueckgabe: Option<Rueckgabe>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl StrategieView {
    fn aus(v: &Versioniert<Strategie>) -> Self {
        let s = v.wert.clone();
        StrategieView {
            id: s.id,
            kreisschluessel: s.kreisschluessel,
            status: s.status,
            inhalt: s.inhalt,
            erstellt_von: s.erstellt_von,
            eingereicht_am: s.eingereicht_am,
            eingereicht_von: s.eingereicht_von,
            anerkannt_am: s.anerkannt_am,
            anerkannt_von: s.anerkannt_von,
            rueckgabe: s.rueckgabe,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Strategie>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&StrategieView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of strategies.
    StrategieSeite, StrategieView
);

/// A new strategy.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "kreisschluessel": "06440", "inhalt": { "titel": "Ausbildungs- und Arbeitsmarktstrategie 2031–2035", "beschlussdatum": "2025-11-12", "gueltig_von": "2031-01-01", "gueltig_bis": "2035-12-31", "zusammenfassung": "Schwerpunkte: Übergang Schule–Beruf, Teilzeitausbildung." } })))]
pub struct StrategieAnlage {
    /// Owner; the caller's own Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    kreisschluessel: String,
    /// Content.
    inhalt: Strategieinhalt,
}

teil!(
    /// Parts of `Strategieinhalt` (RFC 7396).
    StrategieinhaltTeil, Strategieinhalt
);

/// Changes to a strategy: the parts that are sent; others stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "titel": "Ausbildungs- und Arbeitsmarktstrategie 2031–2035", "beschlussdatum": "2025-11-12", "gueltig_von": "2031-01-01", "gueltig_bis": "2035-12-31", "zusammenfassung": "Schwerpunkte: Übergang Schule–Beruf, Teilzeitausbildung, Sprache." } })))]
pub struct StrategieAenderung {
    /// Content.
    inhalt: StrategieinhaltTeil,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<StrategieStatus>,
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

/// List strategies
///
/// A Gebietskoerperschaft sees its own.
#[utoipa::path(operation_id = "strategien_auflisten", tag = "Vereinbarungen", params(Filter),
    responses((status = 200, description = "A page.", body = StrategieSeite)),
    extensions(("x-recht" = json!("strategie:lesen"))))]
#[get("/strategien")]
pub async fn auflisten(a: Aufruf<StrategieLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            status: f.status,
            sortierung: sortierung(f.sortierung),
        };
        let liste = format!("strategien:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&StrategieSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |s| (s.geaendert_am, s.wert.id)),
            daten: s.daten.iter().map(StrategieView::aus).collect(),
        })
    })
    .await
}

/// Read a strategy
///
/// One by its id.
#[utoipa::path(operation_id = "strategie_lesen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    responses((status = 200, description = "The strategy.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:lesen"))))]
#[get("/strategien/{strategie_id}")]
pub async fn lesen(a: Aufruf<StrategieLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| StrategieView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Draft a strategy
///
/// For the caller's own Gebietskoerperschaft.
#[utoipa::path(operation_id = "strategie_anlegen", tag = "Vereinbarungen", request_body = StrategieAnlage,
    responses((status = 201, description = "Drafted.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:schreiben"))))]
#[post("/strategien")]
pub async fn anlegen(a: Aufruf<StrategieSchreiben>, Json { wert: e, roh }: Json<StrategieAnlage>) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let s = app::anlegen(tx, id, &e.kreisschluessel, e.inhalt.clone())?;
        let pfad = format!("/strategien/{}", s.wert.id);
        Ok(StrategieView::antwort(&s)?.angelegt(pfad))
    })
    .await
}

/// Change a strategy
///
/// While it is a draft.
#[utoipa::path(operation_id = "strategie_aendern", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    request_body(content((StrategieAenderung = "application/merge-patch+json"), (StrategieAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:schreiben"))))]
#[patch("/strategien/{strategie_id}")]
pub async fn aendern(
    a: Aufruf<StrategieSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<StrategieAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        StrategieView::antwort(&app::aendern(tx, sicht, id, version, |alt| e.inhalt.anwenden(&zustand.vertrag, alt))?)
    })
    .await
}

/// Delete a draft of a strategy
///
/// One that was never submitted. The audit trail keeps what it was.
#[utoipa::path(operation_id = "strategie_loeschen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("strategie:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/strategien/{strategie_id}")]
pub async fn loeschen(a: Aufruf<StrategieSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, id, version)?;
        Loeschung::antwort(tx, [("STRATEGIE", alt.wert.inhalt.titel)])
    })
    .await
}

/// Submit a strategy
///
/// To the ministry; from then on its text is fixed and it is the precondition of funding for the Jahrgaenge it covers.
#[utoipa::path(operation_id = "strategie_einreichen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 200, description = "Submitted.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:schreiben")), ("x-akt" = json!(true))))]
#[post("/strategien/{strategie_id}/einreichung")]
pub async fn einreichung(
    a: Aufruf<StrategieSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        StrategieView::antwort(&app::einreichen(tx, sicht, id, version)?)
    })
    .await
}

/// Recognise a strategy
///
/// By the ministry.
#[utoipa::path(operation_id = "strategie_anerkennen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 200, description = "Recognised.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:anerkennen")), ("x-akt" = json!(true))))]
#[post("/strategien/{strategie_id}/anerkennung")]
pub async fn anerkennung(
    a: Aufruf<StrategieAnerkennen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        StrategieView::antwort(&app::anerkennen(tx, sicht, id, version)?)
    })
    .await
}

/// Return a strategy
///
/// By the ministry, with a reason the Gebietskoerperschaft reads in the draft. Not while an agreement rests on it.
#[utoipa::path(operation_id = "strategie_zurueckweisen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "A draft again.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:anerkennen")), ("x-akt" = json!(true))))]
#[post("/strategien/{strategie_id}/zurueckweisung")]
pub async fn zurueckweisung(
    a: Aufruf<StrategieAnerkennen>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        StrategieView::antwort(&app::zurueckgeben(tx, sicht, (id, version), ZURUECKWEISUNG, &e)?)
    })
    .await
}

/// Take a submitted strategy back
///
/// By its Gebietskoerperschaft before it is recognised, with a reason. Not while an agreement rests on it.
#[utoipa::path(operation_id = "strategie_zuruecknehmen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "A draft again.", body = StrategieView)),
    extensions(("x-recht" = json!("strategie:schreiben")), ("x-akt" = json!(true))))]
#[post("/strategien/{strategie_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<StrategieSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        StrategieView::antwort(&app::zurueckgeben(tx, sicht, (id, version), RUECKNAHME, &e)?)
    })
    .await
}

/// Acts of a strategy
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "strategie_aktionen", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("strategie:lesen"))))]
#[get("/strategien/{strategie_id}/aktionen")]
pub async fn aktionen(a: Aufruf<StrategieLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/strategien/{id}"), sprache))
    })
    .await
}

/// History of a strategy
///
/// Who changed which field when.
#[utoipa::path(operation_id = "strategie_historie", tag = "Vereinbarungen",
    params(("strategie_id" = Uuid, Path, description = "Id of the strategy.", example = "019a0000-0000-7000-8000-0000000000c1"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("strategie:lesen"))))]
#[get("/strategien/{strategie_id}/historie")]
pub async fn historie(
    a: Aufruf<StrategieLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "STRATEGIE", &id.to_string(), &v)
    })
    .await
}
