//! `/jahrgaenge`.

use crate::app::{budget, jahrgang as app};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, patch, post};
use aqb_domain::berechtigung::recht::{JahrgangLesen, JahrgangPflegen};
use aqb_domain::budget::{Budgetposition, summe};
use aqb_domain::geld::Euro;
use aqb_domain::jahrgang::{Finanzierungsart, Jahrgang, JahrgangStatus};
use aqb_domain::regelwerk::gesetzt;
use aqb_persistence::jahrgang as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(aendern)
        .service(oeffnung)
        .service(abschluss)
        .service(aktionen)
        .service(historie);
}

/// A Jahrgang: a programme year with its Regelwerk and its state budget.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Jahrgang)]
pub struct JahrgangView {
    /// Year; the key.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Version of the Regelwerk that new cases pin.
    #[schema(pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", examples("HE-ALT"))]
    pub regelwerk: String,
    /// State.
    pub status: JahrgangStatus,
    /// How grants cover costs; read from the Regelwerk at opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub finanzierungsart: Option<Finanzierungsart>,
    /// State budget per Teilbudget and Haushaltsjahr.
    pub ansaetze: Vec<Budgetposition>,
    /// Sum of the state budget.
    pub summe: Euro,
    /// Who created it.
    pub erstellt_von: String,
    /// Day of the opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub geoeffnet_am: Option<NaiveDate>,
    /// Day of the closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abgeschlossen_am: Option<NaiveDate>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl JahrgangView {
    fn aus(v: &Versioniert<Jahrgang>) -> Ergebnis<Self> {
        let j = v.wert.clone();
        Ok(JahrgangView {
            jahrgang: j.jahrgang,
            regelwerk: j.regelwerk,
            status: j.status,
            finanzierungsart: j.finanzierungsart,
            summe: summe(&j.ansaetze)?,
            ansaetze: j.ansaetze,
            erstellt_von: j.erstellt_von,
            geoeffnet_am: j.geoeffnet_am,
            abgeschlossen_am: j.abgeschlossen_am,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    fn antwort(v: &Versioniert<Jahrgang>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&JahrgangView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page of Jahrgaenge.
    JahrgangSeite, JahrgangView
);

/// A new Jahrgang.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "jahrgang": 2029, "regelwerk": "HE-ALT", "ansaetze": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2029, "betrag": "20000000.00" }, { "teilbudget": "DIGITALISIERUNG", "haushaltsjahr": 2030, "betrag": "1000000.00" }] })))]
pub struct JahrgangAnlage {
    /// Year.
    #[schema(minimum = 2011, maximum = 2099)]
    jahrgang: i32,
    /// Version of the Regelwerk, in force on 1 January of the Jahrgang; may be a draft until the opening. Ansaetze need
    /// its `ausgabefenster_jahre`.
    #[schema(pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$")]
    regelwerk: String,
    /// State budget, each Teilbudget and Haushaltsjahr once; may be completed until the opening.
    #[serde(default)]
    #[schema(max_items = 500)]
    ansaetze: Vec<Budgetposition>,
}

/// Changes to a Jahrgang in preparation; `ansaetze` is the complete list.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "ansaetze": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2028, "betrag": "21000000.00" }] })))]
pub struct JahrgangAenderung {
    /// Version of the Regelwerk.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$")]
    regelwerk: Option<String>,
    /// State budget.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, max_items = 500)]
    ansaetze: Option<Vec<Budgetposition>>,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<JahrgangStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List Jahrgaenge
///
/// In order of years.
#[utoipa::path(operation_id = "jahrgaenge_auflisten", tag = "Programm", params(Filter),
    responses((status = 200, description = "A page.", body = JahrgangSeite)),
    extensions(("x-recht" = json!("jahrgang:lesen"))))]
#[get("/jahrgaenge")]
pub async fn auflisten(a: Aufruf<JahrgangLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("jahrgaenge:{:?}", f.status);
        let s = Seite::aus(db::liste(c, f.status, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&JahrgangSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |j| j.wert.jahrgang),
            daten: s.daten.iter().map(JahrgangView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Prepare a Jahrgang
///
/// Regelwerk and state budget can be changed until the Jahrgang is opened.
#[utoipa::path(operation_id = "jahrgang_anlegen", tag = "Programm", request_body = JahrgangAnlage,
    responses((status = 201, description = "Prepared.", body = JahrgangView)),
    extensions(("x-recht" = json!("jahrgang:pflegen"))))]
#[post("/jahrgaenge")]
pub async fn anlegen(a: Aufruf<JahrgangPflegen>, Json { wert: e, roh }: Json<JahrgangAnlage>) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let j = app::anlegen(tx, e.jahrgang, &e.regelwerk, e.ansaetze.clone())?;
        let pfad = format!("/jahrgaenge/{}", j.wert.jahrgang);
        Ok(JahrgangView::antwort(&j)?.angelegt(pfad))
    })
    .await
}

/// Read a Jahrgang
///
/// With its Regelwerk and state budget.
#[utoipa::path(operation_id = "jahrgang_lesen", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026)),
    responses((status = 200, description = "The Jahrgang.", body = JahrgangView)),
    extensions(("x-recht" = json!("jahrgang:lesen"))))]
#[get("/jahrgaenge/{jahrgang}")]
pub async fn lesen(a: Aufruf<JahrgangLesen>, Pfad(jahr): Pfad<i32>) -> HandlerErgebnis {
    a.lese(move |c| JahrgangView::antwort(&app::lesen(c, jahr)?)).await
}

/// Change a Jahrgang
///
/// Before its opening: Regelwerk and state budget.
#[utoipa::path(operation_id = "jahrgang_aendern", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2028)),
    request_body(content((JahrgangAenderung = "application/merge-patch+json"), (JahrgangAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = JahrgangView)),
    extensions(("x-recht" = json!("jahrgang:pflegen"))))]
#[patch("/jahrgaenge/{jahrgang}")]
pub async fn aendern(
    a: Aufruf<JahrgangPflegen>,
    Pfad(jahr): Pfad<i32>,
    Json { wert: e, roh }: Json<JahrgangAenderung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        JahrgangView::antwort(&app::aendern(tx, jahr, version, e.regelwerk.clone(), e.ansaetze.clone())?)
    })
    .await
}

/// Open a Jahrgang
///
/// Fixes Regelwerk, Finanzierungsart and state budget, and posts the budget: from now on it can be allocated.
#[utoipa::path(operation_id = "jahrgang_oeffnen", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2028)),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 200, description = "Opened.", body = JahrgangView)),
    extensions(("x-recht" = json!("jahrgang:pflegen")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/jahrgaenge/{jahrgang}/oeffnung")]
pub async fn oeffnung(
    a: Aufruf<JahrgangPflegen>,
    Pfad(jahr): Pfad<i32>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, _, version| JahrgangView::antwort(&app::oeffnen(tx, jahr, version)?))
        .await
}

/// Close a Jahrgang
///
/// When no application, Umverteilung or Budgetkorrektur of it is open, drafts included. Its Zielvereinbarungen expire;
/// nothing can be allocated, reallocated or corrected any more.
#[utoipa::path(operation_id = "jahrgang_abschliessen", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2027)),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 200, description = "Closed.", body = JahrgangView)),
    extensions(("x-recht" = json!("jahrgang:pflegen")), ("x-akt" = json!(true))))]
#[post("/jahrgaenge/{jahrgang}/abschluss")]
pub async fn abschluss(
    a: Aufruf<JahrgangPflegen>,
    Pfad(jahr): Pfad<i32>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, version| {
        JahrgangView::antwort(&app::abschliessen(tx, jahr, version)?)
    })
    .await
}

/// Acts of a Jahrgang
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "jahrgang_aktionen", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026)),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("jahrgang:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/aktionen")]
pub async fn aktionen(a: Aufruf<JahrgangLesen>, Pfad(jahr): Pfad<i32>) -> HandlerErgebnis {
    let (akteur, sprache) = (a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let akte = Aktionen::aus(&app::aktionen(c, &akteur, jahr)?, &format!("/jahrgaenge/{jahr}"), sprache);
        let zuteilung = budget::zuteilung_aktion(c, &akteur, jahr)?;
        Antwort::gut(&akte.mit(&zuteilung, format!("/jahrgaenge/{jahr}/zuteilungen"), sprache))
    })
    .await
}

/// History of a Jahrgang
///
/// Who changed which field when.
#[utoipa::path(operation_id = "jahrgang_historie", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("jahrgang:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/historie")]
pub async fn historie(
    a: Aufruf<JahrgangLesen>,
    Pfad(jahr): Pfad<i32>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| {
        app::lesen(c, jahr)?;
        verlauf::seite(c, "JAHRGANG", &jahr.to_string(), &v)
    })
    .await
}
