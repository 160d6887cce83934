//! Everything about one person, and who read what.

use super::{TeilnahmeView, zugriff};
use crate::app::teilnahme as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Json, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::Moment;
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::Rolle;
use aqb_domain::berechtigung::recht::{DatenzugriffLesen, TeilnahmeLesen};
use aqb_domain::teilnahme::{Datenzugriff, Zugriffszweck};
use aqb_persistence::datenzugriff as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Whose data are asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "pseudonym": "a7d2f0396b1c48e5d7309f2e6a84b1c5037e9d42f8a61b0c5d93e7284f10ab6c", "zweck": "AUSKUNFT" })))]
pub struct Teilnahmeauskunft {
    /// Pseudonym of the person.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$")]
    pseudonym: String,
    /// What the data are read for; noted with the reading.
    zweck: Zugriffszweck,
}

/// Everything that is stored about one person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeilnahmeAuskunftErgebnis {
    /// The records the caller sees, cancelled ones too.
    pub teilnahmen: Vec<TeilnahmeView>,
}

/// Find a participant by pseudonym
///
/// Every record of the person that the caller sees, complete (Art. 15, 20 DSGVO). The same person under the key of another
/// Gebietskoerperschaft has another pseudonym and cannot be found. The reading is noted, also one that finds nobody.
#[utoipa::path(operation_id = "teilnahme_auskunft", tag = "Teilnahmen", request_body = Teilnahmeauskunft,
    responses((status = 200, description = "The records.", body = TeilnahmeAuskunftErgebnis)),
    extensions(("x-recht" = json!("teilnahme:lesen")), 
        ("x-lesend" = json!("It stores nothing a repetition could double; the pseudonym stands in the body because addresses are logged."))))]
#[post("/teilnahmen/auskunft")]
pub async fn auskunft(a: Aufruf<TeilnahmeLesen>, Json { wert: e, .. }: Json<Teilnahmeauskunft>) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.lese_personen(("teilnahme_auskunft", Some(e.zweck)), move |c| {
        let alle = app::auskunft(c, &tresor, &sicht, &e.pseudonym)?;
        let teilnahmen = alle.iter().map(|t| TeilnahmeView::aus(t, None)).collect();
        Ok((Antwort::gut(&TeilnahmeAuskunftErgebnis { teilnahmen })?, zugriff(&alle)))
    })
    .await
}

/// One reading of data about people.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Datenzugriff)]
pub struct DatenzugriffView {
    /// Id.
    pub id: Uuid,
    /// Moment.
    pub zeit: Moment,
    /// Who.
    #[schema(examples("demo-gk-06440-1"))]
    pub person: String,
    /// In which role.
    pub rolle: Rolle,
    /// Whose data; absent where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("06440"))]
    pub kreisschluessel: Option<String>,
    /// `operationId`.
    #[schema(examples("teilnahme_lesen"))]
    pub vorgang: String,
    /// Records that were handed out.
    pub teilnahmen: Vec<Uuid>,
    /// What for, where the reader said so; `SACHBEARBEITUNG` where an act told it by the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zweck: Option<Zugriffszweck>,
    /// Id of the request, as in the log.
    pub request_id: String,
}

impl From<&Datenzugriff> for DatenzugriffView {
    fn from(z: &Datenzugriff) -> Self {
        DatenzugriffView {
            id: z.id,
            zeit: z.zeit.into(),
            person: z.person.clone(),
            rolle: z.rolle,
            kreisschluessel: z.kreisschluessel.clone(),
            vorgang: z.vorgang.clone(),
            teilnahmen: z.teilnahmen.clone(),
            zweck: z.zweck,
            request_id: z.anfrage.clone(),
        }
    }
}

seite!(
    /// A page of readings.
    DatenzugriffSeite, DatenzugriffView
);

/// Narrows the list of readings.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only readings by this person.
    #[param(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", example = "demo-gk-06440-1")]
    person: Option<String>,
    /// Only data of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List who read data about people
///
/// In order of time, without any of the data. Also what an act, its simulation, refusal or repetition told about records
/// other than the one it wrote.
#[utoipa::path(operation_id = "datenzugriffe_auflisten", tag = "Protokoll", params(Filter),
    responses((status = 200, description = "A page.", body = DatenzugriffSeite)),
    extensions(("x-recht" = json!("datenzugriff:lesen"))))]
#[get("/datenzugriffe")]
pub async fn zugriffe(a: Aufruf<DatenzugriffLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter { person: f.person.clone(), kreisschluessel: f.kreisschluessel.clone() };
        let liste = format!("datenzugriffe:{filter:?}");
        let s = Seite::aus(db::liste(c, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&DatenzugriffSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.id),
            daten: s.daten.iter().map(DatenzugriffView::from).collect(),
        })
    })
    .await
}
