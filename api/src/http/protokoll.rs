//! `/protokoll`: the audit trail and what proves it.

use crate::app::protokoll as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Moment, ProtokollSeite, Protokolleintrag};
use actix_web::get;
use aqb_domain::berechtigung::recht::ProtokollLesen;
use aqb_domain::zeit::{tagesbeginn, tagesende};
use aqb_persistence::protokoll as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(nachweis);
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only this kind of case.
    #[param(pattern = "^[A-Z][A-Z_]{1,39}$", example = "STRATEGIE")]
    fall_art: Option<String>,
    /// Only cases with this id or natural key; with `fall_art` exactly one case.
    #[param(pattern = "^[A-Za-z0-9-]{1,64}$", example = "06440")]
    fall_id: Option<String>,
    /// Only entries of this person (`sub` of the token, `<issuer>|<sub>` of an external issuer).
    #[param(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", example = "demo-gk-06440-1")]
    person: Option<String>,
    /// Only this act; code of the catalogue `akte`.
    #[param(pattern = "^[a-z][a-z_]{1,59}$", example = "einreichung")]
    akt: Option<String>,
    /// Only entries of this legal day and later.
    #[param(example = "2026-01-01")]
    von: Option<NaiveDate>,
    /// Only entries of this legal day and earlier.
    #[param(example = "2099-12-31")]
    bis: Option<NaiveDate>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the audit trail
///
/// In order of time. The audit reads all of it, the granting authority the entries of the caller, the operator all
/// entries without the changed fields. `fall_art` and `fall_id` together name one case.
#[utoipa::path(operation_id = "protokoll_auflisten", tag = "Protokoll", params(Filter),
    responses((status = 200, description = "A page.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("protokoll:lesen"))))]
#[get("/protokoll")]
pub async fn auflisten(a: Aufruf<ProtokollLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let akteur = a.akteur.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            fall_art: f.fall_art.clone(),
            fall_id: f.fall_id.clone(),
            person: f.person.clone(),
            fall_ids: None,
            akt: f.akt.clone(),
            ohne_akte: &[],
            von: f.von.map(tagesbeginn),
            vor: f.bis.map(tagesende),
            ab: None,
        };
        let liste = format!("protokoll:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(app::liste(c, &akteur, filter, nach, zu_lesen(b.limit()))?, b.limit());
        let mit_inhalt = akteur.liest_protokoll().mit_inhalt;
        Antwort::seite(&ProtokollSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |e| e.id.0),
            daten: s.daten.iter().map(|e| Protokolleintrag::aus(e, mit_inhalt)).collect(),
        })
    })
    .await
}

/// A seal over the heads of all chains.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Protokollsiegel {
    /// Running number.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub nr: i64,
    /// Moment.
    pub zeit: Moment,
    /// Entries folded into this seal.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub anzahl: i64,
    /// Last entry under this seal.
    pub bis_id: uuid::Uuid,
    /// Hash of the seal before; zeros for the first.
    #[schema(pattern = "^[0-9a-f]{64}$", examples("0000000000000000000000000000000000000000000000000000000000000000"))]
    pub vorgaenger_hash: String,
    /// Hash of this seal.
    #[schema(pattern = "^[0-9a-f]{64}$", examples("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"))]
    pub hash: String,
    /// The seal was recomputed for this answer and fits its entries and the seal before.
    pub stimmt: bool,
}

/// What proves that the audit trail is unchanged up to a moment.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(examples(json!({ "siegel": { "nr": 1, "zeit": "2026-03-12T09:30:00.000Z", "anzahl": 31, "bis_id": "019a0000-0000-7000-8000-000000000001", "vorgaenger_hash": "0000000000000000000000000000000000000000000000000000000000000000", "hash": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "stimmt": true }, "versiegelt": 31, "unversiegelt": 0 })))]
pub struct Protokollnachweis {
    /// The newest seal; absent until the first one is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub siegel: Option<Protokollsiegel>,
    /// Entries under all seals.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub versiegelt: i64,
    /// Entries that the next seal will cover.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub unversiegelt: i64,
}

/// Read the proof of the audit trail
///
/// The newest seal, recomputed. Keep its hash outside the system: whoever changes an older entry must change it. All
/// chains and seals are checked by the command `aqb pruefe`.
#[utoipa::path(operation_id = "protokoll_nachweis", tag = "Protokoll",
    responses((status = 200, description = "The newest seal.", body = Protokollnachweis)),
    extensions(("x-recht" = json!("protokoll:lesen"))))]
#[get("/protokoll/nachweis")]
pub async fn nachweis(a: Aufruf<ProtokollLesen>) -> HandlerErgebnis {
    a.lese(move |c| {
        let n = db::nachweis(c)?;
        let siegel = n.siegel.map(|(s, stimmt)| Protokollsiegel {
            nr: s.nr,
            zeit: Moment(s.zeit.0),
            anzahl: s.anzahl,
            bis_id: s.bis_id.0,
            vorgaenger_hash: s.vorgaenger_hash,
            hash: s.hash,
            stimmt,
        });
        Antwort::gut(&Protokollnachweis { siegel, versiegelt: n.versiegelt, unversiegelt: n.unversiegelt })
    })
    .await
}
