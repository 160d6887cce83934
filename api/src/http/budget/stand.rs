//! `/budgets`: figures and postings, always derived from the ledger.

use crate::app::budget as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::Moment;
use crate::seite;
use actix_web::get;
use aqb_domain::berechtigung::recht::BudgetLesen;
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Kontoart, Stand};
use aqb_persistence::konto::Zeile;
use aqb_persistence::seite::{Seite, zu_lesen};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(lesen).service(buchungen);
}

/// Figures of a budget. They are cumulative: `zugeteilt` ≥ `gebunden` ≥ `abgerufen` ≥ `ausgezahlt` ≥ `anerkannt`, and
/// `verfuegbar` = `zugeteilt` − `gebunden`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Budgetstand)]
pub struct BudgetstandView {
    /// Everything allocated, Umverteilungen included.
    pub zugeteilt: Euro,
    /// Bound by Bescheide.
    pub gebunden: Euro,
    /// Free.
    pub verfuegbar: Euro,
    /// Called.
    pub abgerufen: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Paid back.
    pub erstattet: Euro,
}

impl From<Stand> for BudgetstandView {
    fn from(s: Stand) -> Self {
        BudgetstandView {
            zugeteilt: s.zugeteilt,
            gebunden: s.gebunden,
            verfuegbar: s.verfuegbar,
            abgerufen: s.abgerufen,
            ausgezahlt: s.ausgezahlt,
            anerkannt: s.anerkannt,
            erstattet: s.erstattet,
        }
    }
}

/// Figures of one Teilbudget in one Haushaltsjahr.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BudgetZeile {
    /// Code of the catalogue `teilbudgets`.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Everything allocated, Umverteilungen included.
    pub zugeteilt: Euro,
    /// Bound by Bescheide.
    pub gebunden: Euro,
    /// Free.
    pub verfuegbar: Euro,
    /// Called.
    pub abgerufen: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Paid back.
    pub erstattet: Euro,
}

impl BudgetZeile {
    fn aus((teilbudget, haushaltsjahr, s): (String, i32, Stand)) -> Self {
        BudgetZeile {
            teilbudget,
            haushaltsjahr,
            zugeteilt: s.zugeteilt,
            gebunden: s.gebunden,
            verfuegbar: s.verfuegbar,
            abgerufen: s.abgerufen,
            ausgezahlt: s.ausgezahlt,
            anerkannt: s.anerkannt,
            erstattet: s.erstattet,
        }
    }
}

/// Budget of one Gebietskoerperschaft in one Jahrgang.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Budget {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Legal day at whose end the figures hold; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stichtag: Option<NaiveDate>,
    /// Figures per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<BudgetZeile>,
    /// Sum of all positions.
    pub gesamt: BudgetstandView,
}

/// One line of a posting on an account of the Gebietskoerperschaft.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Buchungszeile)]
pub struct BuchungszeileView {
    /// Id of the posting; all its lines over all accounts add up to 0.00.
    pub buchung_id: Uuid,
    /// Number of the line within the posting.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub nr: i64,
    /// Teilbudget of the account.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Haushaltsjahr of the account.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Kind of the account.
    pub konto: Kontoart,
    /// Amount; positive into the account.
    pub betrag: Euro,
    /// Kind of business transaction.
    #[schema(examples("ZUTEILUNG"))]
    pub grund: String,
    /// Words for people.
    pub text: String,
    /// Kind of the case that caused it.
    #[schema(examples("ZUTEILUNG"))]
    pub vorgang_art: String,
    /// Id of that case.
    pub vorgang_id: String,
    /// Moment of posting.
    pub gebucht_am: Moment,
    /// Legal day.
    pub wirksam_am: NaiveDate,
    /// Who posted.
    pub gebucht_von: String,
}

impl BuchungszeileView {
    fn aus(z: &Zeile) -> Self {
        BuchungszeileView {
            buchung_id: z.buchung_id,
            nr: z.nr,
            teilbudget: z.konto.teilbudget.clone(),
            haushaltsjahr: z.konto.haushaltsjahr,
            konto: z.konto.art,
            betrag: z.betrag,
            grund: z.grund.clone(),
            text: z.text.clone(),
            vorgang_art: z.vorgang_art.clone(),
            vorgang_id: z.vorgang_id.clone(),
            gebucht_am: z.gebucht_am.into(),
            wirksam_am: z.wirksam_am,
            gebucht_von: z.gebucht_von.clone(),
        }
    }
}

seite!(
    /// A page of posting lines.
    BuchungszeileSeite, BuchungszeileView
);

/// The day to look at.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stichtag {
    /// Figures at the end of this legal day, summed from the postings; without it those of now.
    #[param(example = "2026-12-31")]
    stichtag: Option<NaiveDate>,
}

/// Read a budget
///
/// Figures per Teilbudget and Haushaltsjahr and their total. A Gebietskoerperschaft sees only its own.
#[utoipa::path(operation_id = "budget_lesen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440"), Stichtag),
    responses((status = 200, description = "The budget.", body = Budget)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/budgets/{jahrgang}/{kreisschluessel}")]
pub async fn lesen(
    a: Aufruf<BudgetLesen>,
    Pfad((jahr, kreis)): Pfad<(i32, String)>,
    Query(q): Query<Stichtag>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = app::budget(c, &sicht, jahr, &kreis, q.stichtag)?;
        Antwort::gut(&Budget {
            jahrgang: jahr,
            kreisschluessel: kreis.clone(),
            stichtag: q.stichtag,
            positionen: b.positionen.into_iter().map(BudgetZeile::aus).collect(),
            gesamt: b.gesamt.into(),
        })
    })
    .await
}

/// List the postings of a budget
///
/// Every line on an account of the Gebietskoerperschaft in order of time; the figures of the budget are their sums.
#[utoipa::path(operation_id = "budget_buchungen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440"), Blaettern),
    responses((status = 200, description = "A page of posting lines.", body = BuchungszeileSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/budgets/{jahrgang}/{kreisschluessel}/buchungen")]
pub async fn buchungen(
    a: Aufruf<BudgetLesen>,
    Pfad((jahr, kreis)): Pfad<(i32, String)>,
    Query(b): Query<Blaettern>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let liste = format!("buchungen:{jahr}:{kreis}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(app::buchungen(c, &sicht, jahr, &kreis, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::gut(&BuchungszeileSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| (z.buchung_id, z.nr)),
            daten: s.daten.iter().map(BuchungszeileView::aus).collect(),
        })
    })
    .await
}
