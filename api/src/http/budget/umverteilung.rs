//! `/jahrgaenge/{jahrgang}/umverteilungen`.

use crate::app::{budget as app, jahrgang};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{BudgetLesen, BudgetZuteilen, UmverteilungFreigeben};
use aqb_domain::budget::{Budgetstelle, Umverteilung, UmverteilungStatus, UmverteilungVerwerfung, Umverteilungsinhalt};
use aqb_domain::geld::Euro;
use aqb_persistence::budget::umverteilung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
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

/// A Umverteilung: available money moves from one place of the budget to another, by two persons.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Umverteilung)]
pub struct UmverteilungView {
    /// Id.
    pub id: Uuid,
    /// Jahrgang; money never leaves it.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// State.
    pub status: UmverteilungStatus,
    /// Place that gives.
    pub von: Budgetstelle,
    /// Place that receives.
    pub nach: Budgetstelle,
    /// Amount.
    pub betrag: Euro,
    /// Why.
    pub grund: String,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Who approved it; another person.
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
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl UmverteilungView {
    fn aus(v: &Versioniert<Umverteilung>) -> Self {
        let u = v.wert.clone();
        UmverteilungView {
            id: u.id,
            jahrgang: u.jahrgang,
            status: u.status,
            von: u.inhalt.von,
            nach: u.inhalt.nach,
            betrag: u.inhalt.betrag,
            grund: u.inhalt.grund,
            erstellt_von: u.erstellt_von,
            freigegeben_von: u.freigegeben_von,
            verworfen_von: u.verworfen_von,
            verwerfungsgrund: u.verwerfungsgrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Umverteilung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&UmverteilungView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of Umverteilungen.
    UmverteilungSeite, UmverteilungView
);

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<UmverteilungStatus>,
    /// Only those that take from this Gebietskoerperschaft or give to it.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(jahr: i32, id: Uuid) -> String {
    format!("/jahrgaenge/{jahr}/umverteilungen/{id}")
}

/// List Umverteilungen
///
/// In order of time. A Gebietskoerperschaft sees what takes from it or gives to it.
#[utoipa::path(operation_id = "umverteilungen_auflisten", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026), Filter),
    responses((status = 200, description = "A page.", body = UmverteilungSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/umverteilungen")]
pub async fn auflisten(a: Aufruf<BudgetLesen>, Pfad(jahr): Pfad<i32>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        jahrgang::lesen(c, jahr)?;
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter { status: f.status, kreisschluessel: f.kreisschluessel.clone() };
        let liste = format!("umverteilungen:{jahr}:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, jahr, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&UmverteilungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |u| u.wert.id),
            daten: s.daten.iter().map(UmverteilungView::aus).collect(),
        })
    })
    .await
}

/// Draft a Umverteilung
///
/// Nothing moves yet: another person approves it.
#[utoipa::path(operation_id = "umverteilung_anlegen", tag = "Budget", request_body = Umverteilungsinhalt,
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026)),
    responses((status = 201, description = "Drafted.", body = UmverteilungView)),
    extensions(("x-recht" = json!("budget:zuteilen"))))]
#[post("/jahrgaenge/{jahrgang}/umverteilungen")]
pub async fn anlegen(
    a: Aufruf<BudgetZuteilen>,
    Pfad(jahr): Pfad<i32>,
    Json { wert: e, roh }: Json<Umverteilungsinhalt>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let u = app::umverteilung_anlegen(tx, jahr, id, e.clone())?;
        Ok(UmverteilungView::antwort(&u)?.angelegt(pfad(jahr, id)))
    })
    .await
}

/// Read a Umverteilung
///
/// One by its id.
#[utoipa::path(operation_id = "umverteilung_lesen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("umverteilung_id" = Uuid, Path, description = "Id of the Umverteilung.", example = "019a0000-0000-7000-8000-0000000000b1")),
    responses((status = 200, description = "The Umverteilung.", body = UmverteilungView)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}")]
pub async fn lesen(a: Aufruf<BudgetLesen>, Pfad((jahr, id)): Pfad<(i32, Uuid)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| UmverteilungView::antwort(&app::umverteilung_lesen(c, &sicht, jahr, id)?)).await
}

/// Approve a Umverteilung
///
/// By another person than the one who drafted it. The money moves; 409 when the giving place does not cover it.
#[utoipa::path(operation_id = "umverteilung_freigeben", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("umverteilung_id" = Uuid, Path, description = "Id of the Umverteilung.", example = "019a0000-0000-7000-8000-0000000000b1")),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 200, description = "Approved.", body = UmverteilungView)),
    extensions(("x-recht" = json!("umverteilung:freigeben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}/freigabe")]
pub async fn freigabe(
    a: Aufruf<UmverteilungFreigeben>,
    Pfad((jahr, id)): Pfad<(i32, Uuid)>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        UmverteilungView::antwort(&app::umverteilung_freigeben(tx, sicht, jahr, id, version)?)
    })
    .await
}

/// Discard a Umverteilung
///
/// While it waits for its approval; the person who drafted it may do so too.
#[utoipa::path(operation_id = "umverteilung_verwerfen", tag = "Budget", request_body = UmverteilungVerwerfung,
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("umverteilung_id" = Uuid, Path, description = "Id of the Umverteilung.", example = "019a0000-0000-7000-8000-0000000000b1")),
    responses((status = 200, description = "Discarded.", body = UmverteilungView)),
    extensions(("x-recht" = json!("budget:zuteilen")), ("x-akt" = json!(true))))]
#[post("/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}/verwerfung")]
pub async fn verwerfung(
    a: Aufruf<BudgetZuteilen>,
    Pfad((jahr, id)): Pfad<(i32, Uuid)>,
    Json { wert: e, roh }: Json<UmverteilungVerwerfung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        UmverteilungView::antwort(&app::umverteilung_verwerfen(tx, sicht, jahr, id, version, &e)?)
    })
    .await
}

/// Acts of a Umverteilung
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "umverteilung_aktionen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("umverteilung_id" = Uuid, Path, description = "Id of the Umverteilung.", example = "019a0000-0000-7000-8000-0000000000b1")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<BudgetLesen>, Pfad((jahr, id)): Pfad<(i32, Uuid)>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::umverteilung_aktionen(c, &sicht, &akteur, jahr, id)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(jahr, id), sprache))
    })
    .await
}

/// History of a Umverteilung
///
/// Who changed which field when.
#[utoipa::path(operation_id = "umverteilung_historie", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("umverteilung_id" = Uuid, Path, description = "Id of the Umverteilung.", example = "019a0000-0000-7000-8000-0000000000b1"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}/historie")]
pub async fn historie(
    a: Aufruf<BudgetLesen>,
    Pfad((jahr, id)): Pfad<(i32, Uuid)>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::umverteilung_lesen(c, &sicht, jahr, id)?;
        verlauf::seite(c, "UMVERTEILUNG", &id.to_string(), &v)
    })
    .await
}
