//! `/jahrgaenge/{jahrgang}/zuteilungen`.

use crate::app::{budget as app, jahrgang};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{BudgetLesen, BudgetZuteilen};
use aqb_domain::budget::{Budgetposition, Zuteilung, Zuteilungsinhalt, summe, summen};
use aqb_domain::geld::Euro;
use aqb_persistence::budget::zuteilung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(anlegen).service(lesen).service(historie);
}

/// A Zuteilung: money of the programme given to one Gebietskoerperschaft. It is never changed; a further one adds.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zuteilung)]
pub struct ZuteilungView {
    /// Id.
    pub id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Amounts per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<Budgetposition>,
    /// Sum of the amounts.
    pub summe: Euro,
    /// Decision on which it rests.
    pub grundlage: String,
    /// Who allocated.
    pub erstellt_von: String,
    /// When.
    pub erstellt_am: Moment,
}

impl ZuteilungView {
    fn aus(v: &Versioniert<Zuteilung>) -> Ergebnis<Self> {
        let z = v.wert.clone();
        Ok(ZuteilungView {
            id: z.id,
            jahrgang: z.jahrgang,
            kreisschluessel: z.inhalt.kreisschluessel,
            summe: summe(&z.inhalt.positionen)?,
            positionen: z.inhalt.positionen,
            grundlage: z.inhalt.grundlage,
            erstellt_von: z.erstellt_von,
            erstellt_am: v.erstellt_am.into(),
        })
    }
}

seite!(
    /// A page of Zuteilungen.
    ZuteilungSeite, ZuteilungView
);

/// All Zuteilungen of one Gebietskoerperschaft in one Jahrgang. Umverteilungen are not in here; the Budget has both.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ZuteilungUebersicht {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Sum of everything allocated.
    pub summe: Euro,
    /// Sums per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<Budgetposition>,
    /// The single Zuteilungen in order of time.
    pub zuteilungen: Vec<ZuteilungView>,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List Zuteilungen
///
/// In order of time. A Gebietskoerperschaft sees only its own.
#[utoipa::path(operation_id = "zuteilungen_auflisten", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026), Filter),
    responses((status = 200, description = "A page.", body = ZuteilungSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/zuteilungen")]
pub async fn auflisten(a: Aufruf<BudgetLesen>, Pfad(jahr): Pfad<i32>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        jahrgang::lesen(c, jahr)?;
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let kreis = f.kreisschluessel.as_deref();
        let liste = format!("zuteilungen:{jahr}:{kreis:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, jahr, kreis, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&ZuteilungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.wert.id),
            daten: s.daten.iter().map(ZuteilungView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Allocate money to a Gebietskoerperschaft
///
/// Moves money of the open Jahrgang to the account of the Gebietskoerperschaft. 409 when the state budget of one
/// Teilbudget and Haushaltsjahr does not suffice, with every missing amount. Can be simulated.
#[utoipa::path(operation_id = "zuteilung_anlegen", tag = "Budget", request_body = Zuteilungsinhalt,
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2027)),
    responses((status = 201, description = "Allocated.", body = ZuteilungView)),
    extensions(("x-recht" = json!("budget:zuteilen")), ("x-akt" = json!(true)), ("x-neu" = json!(true)), ("x-geld" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/jahrgaenge/{jahrgang}/zuteilungen")]
pub async fn anlegen(
    a: Aufruf<BudgetZuteilen>,
    Pfad(jahr): Pfad<i32>,
    Json { wert: e, roh }: Json<Zuteilungsinhalt>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::GELD_NEU, &roh, move |tx| {
        let id = tx.neue_id();
        let z = app::zuteilung_buchen(tx, jahr, id, e.clone())?;
        let pfad = format!("/jahrgaenge/{jahr}/zuteilungen/{}", z.wert.inhalt.kreisschluessel);
        Ok(Antwort::gut(&ZuteilungView::aus(&z)?)?.angelegt(pfad))
    })
    .await
}

/// Read the Zuteilungen of a Gebietskoerperschaft
///
/// Every Zuteilung, their sums per Teilbudget and Haushaltsjahr, and the total.
#[utoipa::path(operation_id = "zuteilung_lesen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440")),
    responses((status = 200, description = "The Zuteilungen.", body = ZuteilungUebersicht)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/zuteilungen/{kreisschluessel}")]
pub async fn lesen(a: Aufruf<BudgetLesen>, Pfad((jahr, kreis)): Pfad<(i32, String)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let alle = app::zuteilungen(c, &sicht, jahr, &kreis)?;
        let positionen = summen(alle.iter().map(|z| &z.wert))?;
        let uebersicht = ZuteilungUebersicht {
            jahrgang: jahr,
            kreisschluessel: kreis.clone(),
            summe: summe(&positionen)?,
            positionen,
            zuteilungen: alle.iter().map(ZuteilungView::aus).collect::<Ergebnis<_>>()?,
        };
        // insert-only: the number of Zuteilungen is the version of this overview
        Ok(Antwort::gut(&uebersicht)?.version(i64::try_from(alle.len()).unwrap_or(i64::MAX)))
    })
    .await
}

/// History of the Zuteilungen of a Gebietskoerperschaft
///
/// Who allocated what when; a Gebietskoerperschaft reads its own.
#[utoipa::path(operation_id = "zuteilung_historie", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/zuteilungen/{kreisschluessel}/historie")]
pub async fn historie(
    a: Aufruf<BudgetLesen>,
    Pfad((jahr, kreis)): Pfad<(i32, String)>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let filter = app::zuteilung_verlauf(c, &sicht, jahr, &kreis)?;
        verlauf::auszug(c, filter, &v)
    })
    .await
}
