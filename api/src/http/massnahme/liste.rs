//! `/massnahmen`: measures of all applications.

use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::seite;
use actix_web::get;
use aqb_domain::antrag::AntragStatus;
use aqb_domain::berechtigung::recht::MassnahmeLesen;
use aqb_domain::geld::Euro;
use aqb_domain::katalog::Massnahmeart;
use aqb_persistence::antrag::{Massnahmenfilter, Massnahmenzeile, massnahmenliste};
use aqb_persistence::seite::{Seite, zu_lesen};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A measure in the list across applications.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MassnahmeKopf {
    /// Id.
    pub id: Uuid,
    /// Application it belongs to.
    pub antrag_id: Uuid,
    /// File reference of the application; set when it is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: Option<String>,
    /// State of the application.
    pub antrag_status: AntragStatus,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    pub jahrgang: i32,
    /// Applicant.
    #[schema(examples("06440"))]
    pub kreisschluessel: String,
    /// Number within the application.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Kind.
    pub massnahmeart: Massnahmeart,
    /// Title.
    pub titel: String,
    /// Teilbudget from which it is paid.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Traeger, where one carries it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub traeger_id: Option<Uuid>,
    /// State funds requested for it.
    pub beantragte_zuwendung: Euro,
    /// Version of the application.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
}

impl MassnahmeKopf {
    fn aus(z: &Massnahmenzeile) -> Ergebnis<Self> {
        let m = &z.massnahme;
        Ok(MassnahmeKopf {
            id: m.id,
            antrag_id: z.antrag_id,
            aktenzeichen: z.aktenzeichen.clone(),
            antrag_status: z.status,
            jahrgang: z.jahrgang,
            kreisschluessel: z.kreisschluessel.clone(),
            massnahme_nr: m.massnahme_nr.clone(),
            massnahmeart: m.massnahmeart(),
            titel: m.inhalt.titel.clone(),
            teilbudget: m.inhalt.teilbudget.clone(),
            traeger_id: m.inhalt.traeger_id,
            beantragte_zuwendung: m.inhalt.finanzierungsplan.land()?,
            version: z.version,
        })
    }
}

seite!(
    /// A page of measures.
    MassnahmeSeite, MassnahmeKopf
);

/// Narrows the list of measures.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Jahrgang of the application.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Applicant.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// State of the application.
    #[param(inline)]
    status: Option<AntragStatus>,
    /// Kind.
    #[param(inline)]
    massnahmeart: Option<Massnahmeart>,
    /// Only those of this Traeger.
    #[param(example = "019a0000-0000-7000-8000-0000000000a1")]
    traeger_id: Option<Uuid>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List measures across applications
///
/// In order of creation. A Traeger finds the measures that name it, a county its own.
#[utoipa::path(operation_id = "massnahmen_suchen", tag = "Antraege", params(Filter),
    responses((status = 200, description = "A page.", body = MassnahmeSeite)),
    extensions(("x-recht" = json!("massnahme:lesen"))))]
#[get("/massnahmen")]
pub async fn suchen(a: Aufruf<MassnahmeLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = Massnahmenfilter {
            jahrgang: f.jahrgang,
            kreisschluessel: f.kreisschluessel.clone(),
            status: f.status,
            massnahmeart: f.massnahmeart,
            traeger_id: f.traeger_id,
        };
        let liste = format!("massnahmen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(massnahmenliste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&MassnahmeSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.massnahme.id),
            daten: s.daten.iter().map(MassnahmeKopf::aus).collect::<Result<_, _>>()?,
        })
    })
    .await
}
