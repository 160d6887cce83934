//! `/budgets`: figures and postings, always derived from the ledger.

use crate::app::budget as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::Moment;
use crate::seite;
use actix_web::get;
use aqb_domain::berechtigung::recht::{BudgetLesen, ProgrammLesen};
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Kontoart, Programmstand, Stand};
use aqb_persistence::konto::{Zeile, Zeilenfilter};
use aqb_persistence::seite::{Seite, zu_lesen};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(programm).service(auflisten).service(lesen).service(buchungen);
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
    /// Of what was paid out: passed on to Traeger and not yet proved.
    pub weitergeleitet: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Of what was paid out: claimed back and not yet paid back.
    pub rueckgefordert: Euro,
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
            weitergeleitet: s.weitergeleitet,
            anerkannt: s.anerkannt,
            rueckgefordert: s.rueckgefordert,
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
    /// Of what was paid out: passed on to Traeger and not yet proved.
    pub weitergeleitet: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Of what was paid out: claimed back and not yet paid back.
    pub rueckgefordert: Euro,
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
            weitergeleitet: s.weitergeleitet,
            anerkannt: s.anerkannt,
            rueckgefordert: s.rueckgefordert,
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

impl Budget {
    fn aus(jahrgang: i32, kreisschluessel: String, stichtag: Option<NaiveDate>, b: app::Budgetstand) -> Self {
        Budget {
            jahrgang,
            kreisschluessel,
            stichtag,
            positionen: b.positionen.into_iter().map(BudgetZeile::aus).collect(),
            gesamt: b.gesamt.into(),
        }
    }
}

seite!(
    /// A page of budgets.
    BudgetSeite, Budget
);

/// The programme's money in one Teilbudget and Haushaltsjahr.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgrammbudgetZeile {
    /// Code of the catalogue `teilbudgets`.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Budget of the Jahrgang, posted at its opening.
    pub ansatz: Euro,
    /// Allocated to Gebietskoerperschaften.
    pub zugeteilt: Euro,
    /// Not yet allocated.
    pub frei: Euro,
}

/// The programme's money of one Jahrgang: `ansatz` = `zugeteilt` + `frei`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Programmbudget)]
pub struct ProgrammbudgetView {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Legal day at whose end the figures hold; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stichtag: Option<NaiveDate>,
    /// Figures per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<ProgrammbudgetZeile>,
    /// Sum of all positions.
    pub gesamt: Programmsumme,
}

/// The programme's money over all positions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Programmsumme {
    /// Budget of the Jahrgang.
    pub ansatz: Euro,
    /// Allocated to Gebietskoerperschaften.
    pub zugeteilt: Euro,
    /// Not yet allocated.
    pub frei: Euro,
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
    /// Measure the money is meant for; absent before a Bescheid binds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub massnahme_id: Option<Uuid>,
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
    /// Renders a line.
    pub fn aus(z: &Zeile) -> Self {
        BuchungszeileView {
            buchung_id: z.buchung_id,
            nr: z.nr,
            teilbudget: z.konto.teilbudget.clone(),
            haushaltsjahr: z.konto.haushaltsjahr,
            konto: z.konto.art,
            massnahme_id: z.massnahme_id,
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

/// Read the programme's money
///
/// What the Jahrgang has, what is allocated and what is free, per Teilbudget and Haushaltsjahr.
#[utoipa::path(operation_id = "programmbudget_lesen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026), Stichtag),
    responses((status = 200, description = "The programme's money.", body = ProgrammbudgetView)),
    extensions(("x-recht" = json!("programm:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/budget")]
pub async fn programm(a: Aufruf<ProgrammLesen>, Pfad(jahr): Pfad<i32>, Query(q): Query<Stichtag>) -> HandlerErgebnis {
    a.lese(move |c| {
        let p = app::programm(c, jahr, q.stichtag)?;
        let zeile = |(teilbudget, haushaltsjahr, s): (String, i32, Programmstand)| ProgrammbudgetZeile {
            teilbudget,
            haushaltsjahr,
            ansatz: s.ansatz,
            zugeteilt: s.zugeteilt,
            frei: s.frei,
        };
        Antwort::gut(&ProgrammbudgetView {
            jahrgang: jahr,
            stichtag: q.stichtag,
            positionen: p.positionen.into_iter().map(zeile).collect(),
            gesamt: Programmsumme { ansatz: p.gesamt.ansatz, zugeteilt: p.gesamt.zugeteilt, frei: p.gesamt.frei },
        })
    })
    .await
}

/// Narrows the list of budgets.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Budgetfilter {
    /// Figures at the end of this legal day, summed from the postings; without it those of now.
    #[param(example = "2099-12-31")]
    stichtag: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the budgets of a Jahrgang
///
/// One row per Gebietskoerperschaft that exists on 1 January of the Jahrgang, in order of their keys, also without any
/// money. A Gebietskoerperschaft sees only its own row.
#[utoipa::path(operation_id = "budgets_auflisten", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026), Budgetfilter),
    responses((status = 200, description = "A page.", body = BudgetSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/budgets/{jahrgang}")]
pub async fn auflisten(
    a: Aufruf<BudgetLesen>,
    Pfad(jahr): Pfad<i32>,
    Query(f): Query<Budgetfilter>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("budgets:{jahr}:{:?}", f.stichtag);
        let zeilen = app::budgets(c, &sicht, jahr, f.stichtag, b.position(&liste)?, zu_lesen(b.limit()))?;
        let s = Seite::aus(zeilen, b.limit());
        Antwort::seite(&BudgetSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |(k, _)| k.clone()),
            daten: s.daten.into_iter().map(|(k, stand)| Budget::aus(jahr, k, f.stichtag, stand)).collect(),
        })
    })
    .await
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
        Antwort::gut(&Budget::aus(jahr, kreis.clone(), q.stichtag, b))
    })
    .await
}

/// Narrows the list of postings.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Buchungsfilter {
    /// Teilbudget of the account.
    #[param(pattern = "^[A-Z][A-Z0-9_]{1,59}$", example = "ALLGEMEIN")]
    teilbudget: Option<String>,
    /// Haushaltsjahr of the account.
    #[param(minimum = 2011, maximum = 2120, example = 2026)]
    haushaltsjahr: Option<i32>,
    /// Kind of the account.
    #[param(inline)]
    konto: Option<Kontoart>,
    /// Measure the money is meant for.
    #[param(example = "019a0000-0000-7000-8000-0000000000e1")]
    massnahme_id: Option<Uuid>,
    /// First legal day.
    #[param(example = "2026-01-01")]
    von: Option<NaiveDate>,
    /// Last legal day.
    #[param(example = "2099-12-31")]
    bis: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the postings of a budget
///
/// Every line on an account of the Gebietskoerperschaft in order of time; the figures of the budget are their sums.
#[utoipa::path(operation_id = "budget_buchungen", tag = "Budget",
    params(("jahrgang" = i32, Path, description = "Year.", minimum = 2011, maximum = 2099, example = 2026),
        ("kreisschluessel" = String, Path, description = "Official district key.", pattern = "^06[0-9]{3}$", example = "06440"), Buchungsfilter),
    responses((status = 200, description = "A page of posting lines.", body = BuchungszeileSeite)),
    extensions(("x-recht" = json!("budget:lesen"))))]
#[get("/budgets/{jahrgang}/{kreisschluessel}/buchungen")]
pub async fn buchungen(
    a: Aufruf<BudgetLesen>,
    Pfad((jahr, kreis)): Pfad<(i32, String)>,
    Query(f): Query<Buchungsfilter>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = Zeilenfilter {
            teilbudget: f.teilbudget.clone(),
            haushaltsjahr: f.haushaltsjahr,
            konto: f.konto,
            von: f.von,
            bis: f.bis,
            massnahme_id: f.massnahme_id,
            buchungen: None,
        };
        let liste = format!("buchungen:{jahr}:{kreis}:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(app::buchungen(c, &sicht, jahr, &kreis, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&BuchungszeileSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| (z.buchung_id, z.nr)),
            daten: s.daten.iter().map(BuchungszeileView::aus).collect(),
        })
    })
    .await
}
