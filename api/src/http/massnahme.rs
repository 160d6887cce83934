//! Measures of an application and their Detailplanung.

mod liste;

use crate::app::massnahme as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::sicht::Moment;
use crate::teil;
use actix_web::{delete, get, patch, post, put};
use aqb_domain::antrag::MassnahmeMitPlan;
use aqb_domain::berechtigung::recht::{AntragSchreiben, MassnahmeLesen};
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::geld::Euro;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::massnahme::Massnahmeninhalt;
use aqb_domain::regelwerk::gesetzt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(liste::suchen)
        .service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(aendern)
        .service(loeschen)
        .service(plan_lesen)
        .service(plan_setzen)
        .service(plan_fassungen);
}

/// A measure of an application.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Massnahme)]
pub struct MassnahmeView {
    /// Id.
    pub id: Uuid,
    /// Application it belongs to.
    pub antrag_id: Uuid,
    /// Number within the application.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Kind, repeated from the details.
    pub massnahmeart: Massnahmeart,
    /// State funds requested for it.
    pub beantragte_zuwendung: Euro,
    /// Content.
    pub inhalt: Massnahmeninhalt,
    /// A Detailplanung lies there.
    pub mit_detailplanung: bool,
    /// Version of the application it belongs to.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
}

impl MassnahmeView {
    pub(super) fn aus(antrag_id: Uuid, m: &MassnahmeMitPlan, version: i64) -> crate::fehler::Ergebnis<Self> {
        let i = &m.massnahme;
        Ok(MassnahmeView {
            id: i.id,
            antrag_id,
            massnahme_nr: i.massnahme_nr.clone(),
            massnahmeart: i.massnahmeart(),
            beantragte_zuwendung: i.inhalt.finanzierungsplan.land()?,
            inhalt: i.inhalt.clone(),
            mit_detailplanung: m.detailplanung.is_some(),
            version,
        })
    }

    fn antwort(antrag_id: Uuid, (m, version): &app::MitVersion) -> crate::fehler::Ergebnis<Antwort> {
        Ok(Antwort::gut(&MassnahmeView::aus(antrag_id, m, *version)?)?.version(*version))
    }
}

/// All measures of an application the caller sees.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MassnahmeListe {
    /// The measures in order of their numbers.
    pub massnahmen: Vec<MassnahmeView>,
}

/// A new measure.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "massnahme_nr": "M09", "inhalt": {
    "titel": "Startklar: Vorbereitung auf die Ausbildung", "kurzbeschreibung": "Zwölf Plätze für junge Menschen, die noch nicht ausbildungsreif sind.",
    "teilbudget": "ALLGEMEIN", "traeger_id": "019a0000-0000-7000-8000-0000000000a1", "durchfuehrungsform": "WEITERLEITUNG",
    "beginn": "2026-03-01", "ende": "2026-12-31",
    "durchfuehrungsorte": [{ "plz": "61169", "ort": "Friedberg", "kreisschluessel": "06440" }], "personal": [],
    "finanzierungsplan": { "einzelansaetze": [{ "position": "HONORARE", "haushaltsjahr": 2026, "betrag": "12000.00" }],
        "finanzierung": [{ "quelle": "LAND_AQB", "haushaltsjahr": 2026, "betrag": "10000.00" }, { "quelle": "EIGENMITTEL_GK", "haushaltsjahr": 2026, "betrag": "2000.00" }] },
    "details": { "massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppen": ["NICHT_AUSBILDUNGSREIF"], "plaetze": 12, "teilnehmende_geplant": 16,
        "davon_weiblich_geplant": 8, "stundenumfang_woche": 30, "dauer_monate": 10, "gesundheitsfoerderung": false } } })))]
pub struct MassnahmeAnlage {
    /// Number within the application.
    #[schema(pattern = "^[A-Z0-9][A-Z0-9-]{0,15}$")]
    pub(super) massnahme_nr: String,
    /// Content.
    pub(super) inhalt: Massnahmeninhalt,
}

teil!(
    /// Parts of a measure (RFC 7396).
    MassnahmeninhaltTeil, Massnahmeninhalt
);

/// Changes to a measure: the parts that are sent; others stay. A new `massnahmeart` replaces `details` as a whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "massnahme_nr": "M02" })))]
pub struct MassnahmeAenderung {
    /// Number within the application.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, pattern = "^[A-Z0-9][A-Z0-9-]{0,15}$")]
    massnahme_nr: Option<String>,
    /// Content.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    inhalt: Option<MassnahmeninhaltTeil>,
}

/// A version of the Detailplanung.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DetailplanungFassung)]
pub struct FassungView {
    /// Version number of the plan.
    #[schema(minimum = 1, maximum = 100000)]
    pub nr: i64,
    /// Who set it.
    pub erstellt_von: String,
    /// When it came.
    pub erstellt_am: Moment,
    /// The plan.
    pub inhalt: Detailplanung,
    /// Version of the application.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
}

/// All versions of a Detailplanung.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DetailplanungFassungen {
    /// The versions, newest first.
    pub fassungen: Vec<FassungView>,
}

/// List the measures of an application
///
/// A Traeger sees its own.
#[utoipa::path(operation_id = "massnahmen_auflisten", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The measures.", body = MassnahmeListe)),
    extensions(("x-recht" = json!("massnahme:lesen"))))]
#[get("/antraege/{antrag_id}/massnahmen")]
pub async fn auflisten(a: Aufruf<MassnahmeLesen>, Pfad(antrag_id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let (alle, version) = app::alle(c, &sicht, antrag_id)?;
        let massnahmen = alle.iter().map(|m| MassnahmeView::aus(antrag_id, m, version)).collect::<Result<_, _>>()?;
        Antwort::gut(&MassnahmeListe { massnahmen })
    })
    .await
}

/// Read a measure
///
/// With its plan and kind-specific details.
#[utoipa::path(operation_id = "massnahme_lesen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "The measure.", body = MassnahmeView)),
    extensions(("x-recht" = json!("massnahme:lesen"))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}")]
pub async fn lesen(a: Aufruf<MassnahmeLesen>, Pfad((antrag_id, id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| MassnahmeView::antwort(antrag_id, &app::lesen(c, &sicht, antrag_id, id)?)).await
}

/// Add a measure
///
/// To a draft, or during a Nachforderung that names it.
#[utoipa::path(operation_id = "massnahme_anlegen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = MassnahmeAnlage,
    responses((status = 201, description = "Added.", body = MassnahmeView)),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[post("/antraege/{antrag_id}/massnahmen")]
pub async fn anlegen(
    a: Aufruf<AntragSchreiben>,
    Pfad(antrag_id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<MassnahmeAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let m = app::anlegen(tx, &sicht, antrag_id, &e.massnahme_nr, e.inhalt.clone())?;
        let pfad = format!("/antraege/{antrag_id}/massnahmen/{}", m.0.massnahme.id);
        Ok(MassnahmeView::antwort(antrag_id, &m)?.angelegt(pfad))
    })
    .await
}

/// Change a measure
///
/// If-Match is the version of the application.
#[utoipa::path(operation_id = "massnahme_aendern", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    request_body(content((MassnahmeAenderung = "application/merge-patch+json"), (MassnahmeAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = MassnahmeView)),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[patch("/antraege/{antrag_id}/massnahmen/{massnahme_id}")]
pub async fn aendern(
    a: Aufruf<AntragSchreiben>,
    Pfad((antrag_id, id)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<MassnahmeAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let ziel = (antrag_id, id, version);
        let aendern = |alt: &Massnahmeninhalt| match &e.inhalt {
            Some(teil) => teil.anwenden(&zustand.vertrag, alt),
            None => Ok(alt.clone()),
        };
        let m = app::aendern(tx, sicht, ziel, e.massnahme_nr.as_deref(), aendern)?;
        MassnahmeView::antwort(antrag_id, &m)
    })
    .await
}

/// Remove a measure
///
/// From a draft.
#[utoipa::path(operation_id = "massnahme_loeschen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 204, description = "Removed.")),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[delete("/antraege/{antrag_id}/massnahmen/{massnahme_id}")]
pub async fn loeschen(a: Aufruf<AntragSchreiben>, Pfad((antrag_id, id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        app::loeschen(tx, sicht, (antrag_id, id, version))?;
        Ok(Antwort::leer())
    })
    .await
}

pub(super) fn fassungen(
    c: &mut aqb_persistence::DbConn,
    sicht: &aqb_domain::berechtigung::Sicht,
    antrag_id: Uuid,
    id: Uuid,
) -> crate::fehler::Ergebnis<Vec<FassungView>> {
    let (_, version) = app::lesen(c, sicht, antrag_id, id)?;
    let alle = app::plaene(c, sicht, antrag_id, id)?;
    Ok(alle
        .into_iter()
        .map(|f| FassungView {
            nr: f.nr,
            erstellt_von: f.erstellt_von,
            erstellt_am: f.erstellt_am.into(),
            inhalt: f.plan,
            version,
        })
        .collect())
}

/// Read the Detailplanung
///
/// The newest version.
#[utoipa::path(operation_id = "detailplanung_lesen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "The plan.", body = FassungView)),
    extensions(("x-recht" = json!("massnahme:lesen"))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}/detailplanung")]
pub async fn plan_lesen(a: Aufruf<MassnahmeLesen>, Pfad((antrag_id, id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let f = crate::app::vorhanden(fassungen(c, &sicht, antrag_id, id)?.into_iter().next())?;
        Ok(Antwort::gut(&f)?.version(f.version))
    })
    .await
}

/// Set the Detailplanung
///
/// Adds a version; earlier ones stay readable. If-Match is the version of the application. During a Nachforderung it is
/// open when it is named itself, or the Finanzierungsplan, `beginn` or `ende` of its measure.
#[utoipa::path(operation_id = "detailplanung_setzen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    request_body = Detailplanung,
    responses((status = 200, description = "Set.", body = FassungView)),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[put("/antraege/{antrag_id}/massnahmen/{massnahme_id}/detailplanung")]
pub async fn plan_setzen(
    a: Aufruf<AntragSchreiben>,
    Pfad((antrag_id, id)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Detailplanung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        app::plan_setzen(tx, sicht, (antrag_id, id, version), &e)?;
        let f = crate::app::vorhanden(fassungen(tx.c, sicht, antrag_id, id)?.into_iter().next())?;
        Ok(Antwort::gut(&f)?.version(f.version))
    })
    .await
}

/// Versions of the Detailplanung
///
/// Newest first.
#[utoipa::path(operation_id = "detailplanung_fassungen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "The versions.", body = DetailplanungFassungen)),
    extensions(("x-recht" = json!("massnahme:lesen"))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}/detailplanung/fassungen")]
pub async fn plan_fassungen(a: Aufruf<MassnahmeLesen>, Pfad((antrag_id, id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| Antwort::gut(&DetailplanungFassungen { fassungen: fassungen(c, &sicht, antrag_id, id)? })).await
}
