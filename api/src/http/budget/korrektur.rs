//! `/jahrgaenge/{jahrgang}/korrekturen`.

use crate::app::{budget as app, jahrgang};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, OhneAngaben, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::berechtigung::recht::{BudgetLesen, BudgetZuteilen, KorrekturFreigeben};
use aqb_domain::budget::{Budgetkorrektur, Budgetposition, KorrekturStatus, Korrekturart, Korrekturinhalt, summe};
use aqb_domain::geld::Euro;
use aqb_persistence::budget::korrektur as db;
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

/// A Budgetkorrektur: an allocation is cut, or the state budget of an open Jahrgang raised or lowered, by two persons.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Budgetkorrektur)]
pub struct BudgetkorrekturView {
    /// Id.
    pub id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// State.
    pub status: KorrekturStatus,
    /// What is corrected.
    pub art: Korrekturart,
    /// Gebietskoerperschaft whose allocation is cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: Option<String>,
    /// Amounts of the change per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<Budgetposition>,
    /// Sum of the amounts.
    pub summe: Euro,
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

impl BudgetkorrekturView {
    fn aus(v: &Versioniert<Budgetkorrektur>) -> Ergebnis<Self> {
        let k = v.wert.clone();
        Ok(BudgetkorrekturView {
            id: k.id,
            jahrgang: k.jahrgang,
            status: k.status,
            art: k.inhalt.art,
            kreisschluessel: k.inhalt.kreisschluessel,
            summe: summe(&k.inhalt.positionen)?,
            positionen: k.inhalt.positionen,
            grund: k.inhalt.grund,
            erstellt_von: k.erstellt_von,
            freigegeben_von: k.freigegeben_von,
            verworfen_von: k.verworfen_von,
            verwerfungsgrund: k.verwerfungsgrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    fn antwort(v: &Versioniert<Budgetkorrektur>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&BudgetkorrekturView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page of Budgetkorrekturen.
    BudgetkorrekturSeite, BudgetkorrekturView
);

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<KorrekturStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(jahr: i32, id: Uuid) -> String {
    format!("/jahrgaenge/{jahr}/korrekturen/{id}")
}

/// List Budgetkorrekturen
///
/// In order of time. A Gebietskoerperschaft sees approved cuts of its own allocation.
#[utoipa::path(operation_id = "korrekturen_auflisten", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026), Filter),
    responses((status = 200, description = "A page.", body = BudgetkorrekturSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/korrekturen")]
pub async fn auflisten(a: Aufruf<BudgetLesen>, Pfad(jahr): Pfad<i32>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        jahrgang::lesen(c, jahr)?;
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("korrekturen:{jahr}:{:?}", f.status);
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, jahr, f.status, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&BudgetkorrekturSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |k| k.wert.id),
            daten: s.daten.iter().map(BudgetkorrekturView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Draft a Budgetkorrektur
///
/// `ZUTEILUNG_KUERZUNG` takes free money of a Gebietskoerperschaft back into the programme; `ANSATZ_ERHOEHUNG` and
/// `ANSATZ_SENKUNG` change the state budget of the open Jahrgang. Nothing moves yet: another person approves it.
#[utoipa::path(operation_id = "korrektur_anlegen", tag = "Budget", request_body = Korrekturinhalt,
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026)),
    responses((status = 201, description = "Drafted.", body = BudgetkorrekturView)),
    extensions(("x-recht" = json!("budget:zuteilen"))))]
#[post("/jahrgaenge/{jahrgang}/korrekturen")]
pub async fn anlegen(
    a: Aufruf<BudgetZuteilen>,
    Pfad(jahr): Pfad<i32>,
    Json { wert: e, roh }: Json<Korrekturinhalt>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let k = app::korrektur_anlegen(tx, jahr, id, e.clone())?;
        Ok(BudgetkorrekturView::antwort(&k)?.angelegt(pfad(jahr, id)))
    })
    .await
}

/// Read a Budgetkorrektur
///
/// One by its id.
#[utoipa::path(operation_id = "korrektur_lesen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("korrektur_id" = Uuid, Path, description = "Id of the Budgetkorrektur.", example = "019a0000-0000-7000-8000-0000000000b2")),
    responses((status = 200, description = "The Budgetkorrektur.", body = BudgetkorrekturView)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}")]
pub async fn lesen(a: Aufruf<BudgetLesen>, Pfad((jahr, id)): Pfad<(i32, Uuid)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| BudgetkorrekturView::antwort(&app::korrektur_lesen(c, &sicht, jahr, id)?)).await
}

/// Approve a Budgetkorrektur
///
/// By another person than the one who drafted it. 409 with the numbers when it would cut what is bound or has moved on,
/// or lower an Ansatz below what is allocated.
#[utoipa::path(operation_id = "korrektur_freigeben", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("korrektur_id" = Uuid, Path, description = "Id of the Budgetkorrektur.", example = "019a0000-0000-7000-8000-0000000000b2")),
    request_body = OhneAngaben,
    responses((status = 200, description = "Approved.", body = BudgetkorrekturView)),
    extensions(("x-recht" = json!("korrektur:freigeben")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}/freigabe")]
pub async fn freigabe(
    a: Aufruf<KorrekturFreigeben>,
    Pfad((jahr, id)): Pfad<(i32, Uuid)>,
    Json { wert: OhneAngaben {}, roh }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        BudgetkorrekturView::antwort(&app::korrektur_freigeben(tx, sicht, jahr, id, version)?)
    })
    .await
}

/// Discard a Budgetkorrektur
///
/// While it waits for its approval; the person who drafted it may do so too.
#[utoipa::path(operation_id = "korrektur_verwerfen", tag = "Budget", request_body = Handlungsgrund,
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("korrektur_id" = Uuid, Path, description = "Id of the Budgetkorrektur.", example = "019a0000-0000-7000-8000-0000000000b2")),
    responses((status = 200, description = "Discarded.", body = BudgetkorrekturView)),
    extensions(("x-recht" = json!("budget:zuteilen")), ("x-akt" = json!(true))))]
#[post("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}/verwerfung")]
pub async fn verwerfung(
    a: Aufruf<BudgetZuteilen>,
    Pfad((jahr, id)): Pfad<(i32, Uuid)>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        BudgetkorrekturView::antwort(&app::korrektur_verwerfen(tx, sicht, jahr, (id, version), &e)?)
    })
    .await
}

/// Acts of a Budgetkorrektur
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "korrektur_aktionen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("korrektur_id" = Uuid, Path, description = "Id of the Budgetkorrektur.", example = "019a0000-0000-7000-8000-0000000000b2")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}/aktionen")]
pub async fn aktionen(a: Aufruf<BudgetLesen>, Pfad((jahr, id)): Pfad<(i32, Uuid)>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::korrektur_aktionen(c, &sicht, &akteur, jahr, id)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(jahr, id), sprache))
    })
    .await
}

/// History of a Budgetkorrektur
///
/// Who changed which field when.
#[utoipa::path(operation_id = "korrektur_historie", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("korrektur_id" = Uuid, Path, description = "Id of the Budgetkorrektur.", example = "019a0000-0000-7000-8000-0000000000b2"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/korrekturen/{korrektur_id}/historie")]
pub async fn historie(
    a: Aufruf<BudgetLesen>,
    Pfad((jahr, id)): Pfad<(i32, Uuid)>,
    Query(b): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::korrektur_lesen(c, &sicht, jahr, id)?;
        verlauf::seite(c, "BUDGETKORREKTUR", &id.to_string(), &b)
    })
    .await
}
