//! `/weiterleitungen`.

mod akte;
mod geld;

use crate::app::weiterleitung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Loeschung, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::{seite, teil};
use actix_web::{delete, get, patch, post};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::berechtigung::recht::{WeiterleitungLesen, WeiterleitungSchreiben};
use aqb_domain::regel::RECHENBEREICH;
use aqb_domain::weiterleitung::{
    Verwendungsmeldung, Weiterleitung, WeiterleitungStatus, Weiterleitungsende, Weiterleitungsinhalt,
    Weiterleitungsrueckzahlung, Weiterleitungsstand, Weiterleitungszahlung,
};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::weiterleitung as db;
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
        .service(loeschen)
        .service(akte::abschluss)
        .service(akte::beendigung)
        .service(akte::aufhebung)
        .service(geld::auszahlungen)
        .service(geld::auszahlungsstorno)
        .service(geld::rueckzahlungen)
        .service(geld::verwendungen)
        .service(geld::zwischenzinsen)
        .service(geld::stand)
        .service(aktionen)
        .service(historie);
}

/// Money of a grant that a Gebietskoerperschaft passes on to a Traeger.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Weiterleitung)]
pub struct WeiterleitungView {
    /// Id.
    pub id: Uuid,
    /// Application whose grant is passed on.
    pub antrag_id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft that passes on.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// State.
    pub status: WeiterleitungStatus,
    /// What is agreed.
    pub inhalt: Weiterleitungsinhalt,
    /// Day of the contract or Bescheid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abgeschlossen_am: Option<NaiveDate>,
    /// Who wrote the draft last; not shown to the Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entworfen_von: Option<String>,
    /// Who concluded it; another person than the one who wrote the draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abgeschlossen_von: Option<String>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ende: Option<Weiterleitungsende>,
    /// Payments in their order, reversed ones too.
    pub auszahlungen: Vec<Weiterleitungszahlung>,
    /// Reported use in the order of the reports.
    pub verwendungen: Vec<Verwendungsmeldung>,
    /// Money the Traeger gave back, in its order.
    pub rueckzahlungen: Vec<Weiterleitungsrueckzahlung>,
    /// The Traeger's account.
    pub stand: Weiterleitungsstand,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

fn stand(w: &Weiterleitung) -> Ergebnis<Weiterleitungsstand> {
    Ok(w.stand().map_err(|_| Befund::neu(&RECHENBEREICH))?)
}

impl WeiterleitungView {
    pub(super) fn aus(v: &Versioniert<Weiterleitung>, sicht: &Sicht) -> Ergebnis<Self> {
        let w = v.wert.clone();
        let stand = stand(&w)?;
        let intern = !matches!(sicht, Sicht::Traeger(_));
        Ok(WeiterleitungView {
            id: w.id,
            antrag_id: w.antrag_id,
            jahrgang: w.jahrgang,
            kreisschluessel: w.kreisschluessel,
            regelwerk: w.regelwerk,
            status: w.status,
            inhalt: w.inhalt,
            abgeschlossen_am: w.abgeschlossen_am,
            entworfen_von: intern.then_some(w.entworfen_von),
            abgeschlossen_von: w.abgeschlossen_von,
            ende: w.ende,
            auszahlungen: w.auszahlungen,
            verwendungen: w.verwendungen,
            rueckzahlungen: w.rueckzahlungen,
            stand,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    fn antwort(v: &Versioniert<Weiterleitung>, sicht: &Sicht) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&WeiterleitungView::aus(v, sicht)?)?.version(v.version))
    }
}

seite!(
    /// A page of Weiterleitungen.
    WeiterleitungSeite, WeiterleitungView
);

/// A new Weiterleitung.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "antrag_id": "019a0000-0000-7000-8000-0000000000d1", "inhalt": { "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "traeger_id": "019a0000-0000-7000-8000-0000000000a1", "form": "VERTRAG", "betrag": "1000.00", "bewilligungszeitraum": { "von": "2026-02-01", "bis": "2026-12-31" }, "nebenbestimmungen": "ANBEST_P", "vn_frist": "2028-06-30" } })))]
pub struct WeiterleitungAnlage {
    /// Application of the caller's own Gebietskoerperschaft.
    antrag_id: Uuid,
    /// What is agreed.
    inhalt: Weiterleitungsinhalt,
}

teil!(
    /// Parts of `Weiterleitungsinhalt` (RFC 7396).
    WeiterleitungsinhaltTeil, Weiterleitungsinhalt
);

/// Changes to a draft: the parts that are sent; others stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "betrag": "900.00" } })))]
pub struct WeiterleitungAenderung {
    /// What is agreed.
    inhalt: WeiterleitungsinhaltTeil,
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
    /// Only those of this measure.
    #[param(example = "019a0000-0000-7000-8000-0000000000e1")]
    massnahme_id: Option<Uuid>,
    /// Only those to this Traeger.
    #[param(example = "019a0000-0000-7000-8000-0000000000a1")]
    traeger_id: Option<Uuid>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<WeiterleitungStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/weiterleitungen/{id}")
}

/// List Weiterleitungen
///
/// In order of time. A Traeger sees what was concluded with it, in every county.
#[utoipa::path(operation_id = "weiterleitungen_auflisten", tag = "Weiterleitungen", params(Filter),
    responses((status = 200, description = "A page.", body = WeiterleitungSeite)),
    extensions(("x-recht" = json!("weiterleitung:lesen"))))]
#[get("/weiterleitungen")]
pub async fn auflisten(a: Aufruf<WeiterleitungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            massnahme_id: f.massnahme_id,
            traeger_id: f.traeger_id,
            status: f.status,
        };
        let liste = format!("weiterleitungen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&WeiterleitungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |w| w.wert.id),
            daten: s.daten.iter().map(|w| WeiterleitungView::aus(w, &sicht)).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Draft a Weiterleitung
///
/// For a measure of the caller's own application that is carried out as `WEITERLEITUNG`, under an effective grant.
#[utoipa::path(operation_id = "weiterleitung_anlegen", tag = "Weiterleitungen", request_body = WeiterleitungAnlage,
    responses((status = 201, description = "Drafted.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben"))))]
#[post("/weiterleitungen")]
pub async fn anlegen(
    a: Aufruf<WeiterleitungSchreiben>,
    Json { wert: e, roh }: Json<WeiterleitungAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let w = app::anlegen(tx, &sicht, id, e.antrag_id, e.inhalt.clone())?;
        Ok(WeiterleitungView::antwort(&w, &sicht)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a Weiterleitung
///
/// One by its id, with payments, reported use and the Traeger's account.
#[utoipa::path(operation_id = "weiterleitung_lesen", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "The Weiterleitung.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:lesen"))))]
#[get("/weiterleitungen/{weiterleitung_id}")]
pub async fn lesen(a: Aufruf<WeiterleitungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| WeiterleitungView::antwort(&app::lesen(c, &sicht, id)?, &sicht)).await
}

/// Change a Weiterleitung
///
/// While it is a draft.
#[utoipa::path(operation_id = "weiterleitung_aendern", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000040")),
    request_body(content((WeiterleitungAenderung = "application/merge-patch+json"), (WeiterleitungAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = WeiterleitungView)),
    extensions(("x-recht" = json!("weiterleitung:schreiben"))))]
#[patch("/weiterleitungen/{weiterleitung_id}")]
pub async fn aendern(
    a: Aufruf<WeiterleitungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<WeiterleitungAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        let w = app::aendern(tx, sicht, (id, v), |alt| e.inhalt.anwenden(&zustand.vertrag, alt))?;
        WeiterleitungView::antwort(&w, sicht)
    })
    .await
}

/// Delete a draft of a Weiterleitung
///
/// The audit trail keeps what it was.
#[utoipa::path(operation_id = "weiterleitung_loeschen", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000040")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("weiterleitung:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/weiterleitungen/{weiterleitung_id}")]
pub async fn loeschen(a: Aufruf<WeiterleitungSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, (id, version))?;
        Loeschung::antwort(tx, [("WEITERLEITUNG", alt.wert.id.to_string())])
    })
    .await
}

/// Acts of a Weiterleitung
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "weiterleitung_aktionen", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("weiterleitung:lesen"))))]
#[get("/weiterleitungen/{weiterleitung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<WeiterleitungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id, rechtstag(uhr::jetzt()))?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a Weiterleitung
///
/// Who changed which field when. A Traeger reads it from the conclusion on: drafts are the county's own.
#[utoipa::path(operation_id = "weiterleitung_historie", tag = "Weiterleitungen",
    params(("weiterleitung_id" = Uuid, Path, description = "Id of the Weiterleitung.", example = "019a0000-0000-7000-8000-000000000041"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("weiterleitung:lesen"))))]
#[get("/weiterleitungen/{weiterleitung_id}/historie")]
pub async fn historie(
    a: Aufruf<WeiterleitungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let f = app::historie(c, &sicht, id)?;
        verlauf::auszug(c, f, &v)
    })
    .await
}
