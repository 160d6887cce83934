//! `/zahlungen/abgleich`: payments and results side by side.

use super::sicht::{MeldungsergebnisView, ZahlungView};
use crate::app::zahlung::{self as app, Abgleichsummen, Abgleichzeile};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use crate::http::liste::{Blaetterbar, Blaettern, weiter};
use actix_web::get;
use aqb_domain::berechtigung::recht::ZahlungLesen;
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use aqb_domain::zahlung::{Abgleichgrund, Abgleichzustand};
use aqb_persistence::zahlung as db;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Narrows the reconciliation. Results without payment belong to no county, run or day: a filter for one leaves them
/// out.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only rows in this state.
    #[param(inline)]
    zustand: Option<Abgleichzustand>,
    /// Only payments to this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only payments of this run.
    #[param(example = "019a0000-0000-7000-8000-000000000020")]
    zahlungslauf_id: Option<Uuid>,
    /// Only payments of this Mittelabruf.
    #[param(example = "019a0000-0000-7000-8000-000000000014")]
    mittelabruf_id: Option<Uuid>,
    /// First day of execution.
    #[param(example = "2026-01-01")]
    von: Option<NaiveDate>,
    /// Last day of execution.
    #[param(example = "2026-12-31")]
    bis: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A row of the reconciliation: a payment that was handed over, or a result that names none.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zahlungsabgleichzeile)]
pub struct AbgleichzeileView {
    /// How payment and result fit together.
    pub zustand: Abgleichzustand,
    /// Why they do not, each reason once.
    pub gruende: Vec<Abgleichgrund>,
    /// The payment; absent for a result without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zahlung: Option<ZahlungView>,
    /// File of a result without payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rueckmeldung_id: Option<Uuid>,
    /// The result without payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub meldung: Option<MeldungsergebnisView>,
}

/// Number and sum of rows in one state.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zahlungsabgleichsumme {
    /// State.
    pub zustand: Abgleichzustand,
    /// Number.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub anzahl: i64,
    /// Sum of the ordered amounts; for results without payment of the reported ones in euro.
    pub betrag: Euro,
}

/// A page of the reconciliation, with the sums over everything the filter names.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zahlungsabgleich)]
pub struct AbgleichView {
    /// The rows of this page: payments in order of time, then results without payment.
    pub daten: Vec<AbgleichzeileView>,
    /// Cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub weiter: Option<String>,
    /// Payments, one sum per state.
    pub zahlungen: Vec<Zahlungsabgleichsumme>,
    /// Results without payment.
    pub ohne_zahlung: Zahlungsabgleichsumme,
}

impl Blaetterbar for AbgleichView {
    fn weiter(&self) -> Option<&str> {
        self.weiter.as_deref()
    }
}

fn zeile(z: &Abgleichzeile, sprache: Sprache) -> Ergebnis<AbgleichzeileView> {
    Ok(match z {
        Abgleichzeile::Zahlung(z) => AbgleichzeileView {
            zustand: z.wert.abgleich().unwrap_or(Abgleichzustand::Fehlend),
            gruende: z.wert.abgleichgruende(),
            zahlung: Some(ZahlungView::aus(z)?),
            rueckmeldung_id: None,
            meldung: None,
        },
        Abgleichzeile::Meldung(id, m) => AbgleichzeileView {
            zustand: Abgleichzustand::Fehlend,
            gruende: m.grund.into_iter().collect(),
            zahlung: None,
            rueckmeldung_id: Some(*id),
            meldung: Some(MeldungsergebnisView::aus(m, sprache)),
        },
    })
}

/// Reconcile payments and results
///
/// Every payment that was handed over (`ABGEGLICHEN`, `ZWEIFELHAFT`, `FEHLEND`) with its reasons, then every result
/// that names no payment, and the sums of both.
#[utoipa::path(operation_id = "zahlungen_abgleichen", tag = "Zahlungen", params(Filter),
    responses((status = 200, description = "A page.", body = AbgleichView)),
    extensions(("x-recht" = json!("zahlung:lesen"))))]
#[get("/zahlungen/abgleich")]
pub async fn abgleich(a: Aufruf<ZahlungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            abgleich: f.zustand,
            uebergeben: true,
            kreisschluessel: f.kreisschluessel.clone(),
            zahlungslauf_id: f.zahlungslauf_id,
            mittelabruf_id: f.mittelabruf_id,
            von: f.von,
            bis: f.bis,
            status: None,
        };
        let liste = format!("zahlungsabgleich:{filter:?}");
        let s = app::abgleich(c, &filter, b.position(&liste)?, b.limit())?;
        let Abgleichsummen { zahlungen, ohne_zahlung } = app::abgleichsummen(c, &filter)?;
        let summe = |zustand, (anzahl, betrag)| Zahlungsabgleichsumme { zustand, anzahl, betrag };
        Antwort::seite(&AbgleichView {
            weiter: weiter(&liste, &s.daten, s.mehr, Abgleichzeile::ort),
            daten: s.daten.iter().map(|z| zeile(z, sprache)).collect::<Ergebnis<_>>()?,
            zahlungen: zahlungen.into_iter().map(|(z, n)| summe(z, n)).collect(),
            ohne_zahlung: summe(Abgleichzustand::Fehlend, ohne_zahlung),
        })
    })
    .await
}
