//! `/regelwerke`.

use crate::app::regelwerk as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, patch, post};
use aqb_domain::berechtigung::recht::{RegelwerkEntwerfen, RegelwerkLesen, RegelwerkVeroeffentlichen};
use aqb_domain::regelwerk::{Parameter, Parameterunterschied, Regelwerk, RegelwerkStatus, gesetzt};
use aqb_persistence::regelwerk as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(entwerfen)
        .service(lesen)
        .service(aendern)
        .service(pruefbericht)
        .service(veroeffentlichung)
        .service(vergleich)
        .service(aktionen)
        .service(historie);
}

/// A Regelwerk: the programme's numbers as dated rows, each with its source.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Regelwerk)]
pub struct RegelwerkView {
    /// Name of this version of the rules.
    #[schema(pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", examples("HE-ALT"))]
    pub version: String,
    /// Words for people.
    #[schema(examples("Zuwendungsrecht Hessen vor der Vereinfachung"))]
    pub bezeichnung: String,
    /// First day on which cases may pin it.
    pub gueltig_ab: NaiveDate,
    /// State.
    pub status: RegelwerkStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Further persons who changed the draft.
    pub bearbeitet_von: Vec<String>,
    /// Who published it; none of those who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub veroeffentlicht_von: Option<String>,
    /// The rows, by key and day.
    pub parameter: Vec<Parameter>,
    /// Version of the record (`version` is the name of the rules).
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub fassung: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl RegelwerkView {
    fn aus(v: &Versioniert<Regelwerk>) -> Self {
        let r = v.wert.clone();
        RegelwerkView {
            version: r.version,
            bezeichnung: r.bezeichnung,
            gueltig_ab: r.gueltig_ab,
            status: r.status,
            erstellt_von: r.erstellt_von,
            bearbeitet_von: r.bearbeitet_von,
            veroeffentlicht_von: r.veroeffentlicht_von,
            parameter: r.parameter,
            fassung: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Regelwerk>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&RegelwerkView::aus(v))?.version(v.version))
    }
}

/// A Regelwerk in a list, without its rows.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RegelwerkKopf)]
pub struct RegelwerkKopfView {
    /// Name of this version of the rules.
    #[schema(pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", examples("HE-ALT"))]
    pub version: String,
    /// Words for people.
    pub bezeichnung: String,
    /// First day on which cases may pin it.
    pub gueltig_ab: NaiveDate,
    /// State.
    pub status: RegelwerkStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub veroeffentlicht_von: Option<String>,
    /// Number of rows.
    #[schema(minimum = 0, maximum = 2000)]
    pub anzahl_parameter: i64,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub fassung: i64,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl RegelwerkKopfView {
    fn aus(v: &Versioniert<Regelwerk>) -> Self {
        let r = &v.wert;
        RegelwerkKopfView {
            version: r.version.clone(),
            bezeichnung: r.bezeichnung.clone(),
            gueltig_ab: r.gueltig_ab,
            status: r.status,
            erstellt_von: r.erstellt_von.clone(),
            veroeffentlicht_von: r.veroeffentlicht_von.clone(),
            anzahl_parameter: i64::try_from(r.parameter.len()).unwrap_or(i64::MAX),
            fassung: v.version,
            geaendert_am: v.geaendert_am.into(),
        }
    }
}

seite!(
    /// A page of Regelwerke.
    RegelwerkSeite, RegelwerkKopfView
);

/// A new draft. With `vorlage` it takes all rows of that version; a row given here replaces the one with the same
/// `schluessel` and `gueltig_ab`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "version": "HE-2027", "bezeichnung": "Entwurf mit höherer Bagatellgrenze", "gueltig_ab": "2027-01-01", "vorlage": "HE-ALT", "parameter": [{ "schluessel": "bagatellgrenze", "art": "BETRAG", "wert": "1000.00", "gueltig_ab": "2027-01-01", "fundstelle": "Erlass (Entwurf)", "einstufung": "ANNAHME" }] })))]
pub struct RegelwerkAnlage {
    /// Name; never changes.
    #[schema(pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$")]
    version: String,
    /// Words for people.
    #[schema(min_length = 3, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$")]
    bezeichnung: String,
    /// First day on which cases may pin it.
    gueltig_ab: NaiveDate,
    /// Existing version to start from.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$")]
    vorlage: Option<String>,
    /// Rows; a draft may be incomplete.
    #[serde(default)]
    #[schema(max_items = 2000)]
    parameter: Vec<Parameter>,
}

/// Changes to a draft; `parameter` is the complete list.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "bezeichnung": "Entwurf für den Jahrgang 2027" })))]
pub struct RegelwerkAenderung {
    /// Words for people.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, min_length = 3, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$")]
    bezeichnung: Option<String>,
    /// First day on which cases may pin it.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    gueltig_ab: Option<NaiveDate>,
    /// All rows.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, max_items = 2000)]
    parameter: Option<Vec<Parameter>>,
}

/// What still prevents the publication of a Regelwerk.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegelwerkPruefbericht {
    /// Checked version.
    pub version: String,
    /// All parameters are there, well-formed and unambiguous.
    pub vollstaendig: bool,
    /// Findings; `ort` points into the Regelwerk.
    pub befunde: Vec<BefundView>,
}

/// Values that differ between two versions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegelwerkVergleich {
    /// First version.
    pub hier: String,
    /// Second version.
    pub dort: String,
    /// Differences, by key and day.
    pub unterschiede: Vec<Parameterunterschied>,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<RegelwerkStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// The day to look at.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stichtag {
    /// Only the rows that apply on this day: per key the latest that is valid by then.
    #[param(example = "2026-07-01")]
    stichtag: Option<NaiveDate>,
}

/// List Regelwerke
///
/// Published versions and drafts, by name, without their rows.
#[utoipa::path(operation_id = "regelwerke_auflisten", tag = "Programm", params(Filter),
    responses((status = 200, description = "A page.", body = RegelwerkSeite)),
    extensions(("x-recht" = json!("regelwerk:lesen"))))]
#[get("/regelwerke")]
pub async fn auflisten(a: Aufruf<RegelwerkLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("regelwerke:{:?}", f.status);
        let s = Seite::aus(db::liste(c, f.status, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&RegelwerkSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |r| r.wert.version.clone()),
            daten: s.daten.iter().map(RegelwerkKopfView::aus).collect(),
        })
    })
    .await
}

/// Draft a Regelwerk
///
/// From nothing, or from an existing version with the given rows put in place of its own. It may be incomplete; its
/// Pruefbericht says what is missing.
#[utoipa::path(operation_id = "regelwerk_anlegen", tag = "Programm", request_body = RegelwerkAnlage,
    responses((status = 201, description = "Drafted.", body = RegelwerkView)),
    extensions(("x-recht" = json!("regelwerk:entwerfen"))))]
#[post("/regelwerke")]
pub async fn entwerfen(a: Aufruf<RegelwerkEntwerfen>, Json { wert: e, roh }: Json<RegelwerkAnlage>) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let e = e.clone();
        let r = app::entwerfen(
            tx,
            app::Entwurf {
                version: e.version,
                bezeichnung: e.bezeichnung,
                gueltig_ab: e.gueltig_ab,
                parameter: e.parameter,
                vorlage: e.vorlage,
            },
        )?;
        let pfad = format!("/regelwerke/{}", r.wert.version);
        Ok(RegelwerkView::antwort(&r)?.angelegt(pfad))
    })
    .await
}

/// Read a Regelwerk
///
/// All rows, or with `stichtag` only those that apply on that day.
#[utoipa::path(operation_id = "regelwerk_lesen", tag = "Programm",
    params(("version" = String, Path, description = "Name of the version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ALT"), Stichtag),
    responses((status = 200, description = "The Regelwerk.", body = RegelwerkView)),
    extensions(("x-recht" = json!("regelwerk:lesen"))))]
#[get("/regelwerke/{version}")]
pub async fn lesen(a: Aufruf<RegelwerkLesen>, Pfad(v): Pfad<String>, Query(q): Query<Stichtag>) -> HandlerErgebnis {
    a.lese(move |c| {
        let mut r = app::lesen(c, &v)?;
        if let Some(tag) = q.stichtag {
            r.wert.parameter = r.wert.geltende(tag);
        }
        RegelwerkView::antwort(&r)
    })
    .await
}

/// Change a draft
///
/// A published Regelwerk is immutable. Whoever changes a draft cannot publish it.
#[utoipa::path(operation_id = "regelwerk_aendern", tag = "Programm",
    params(("version" = String, Path, description = "Name of the version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ENTWURF")),
    request_body(content((RegelwerkAenderung = "application/merge-patch+json"), (RegelwerkAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = RegelwerkView)),
    extensions(("x-recht" = json!("regelwerk:entwerfen"))))]
#[patch("/regelwerke/{version}")]
pub async fn aendern(
    a: Aufruf<RegelwerkEntwerfen>,
    Pfad(v): Pfad<String>,
    Json { wert: e, roh }: Json<RegelwerkAenderung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, fassung| {
        let e = e.clone();
        let aenderung = app::Aenderung { bezeichnung: e.bezeichnung, gueltig_ab: e.gueltig_ab, parameter: e.parameter };
        RegelwerkView::antwort(&app::aendern(tx, &v, fassung, aenderung)?)
    })
    .await
}

/// Check a Regelwerk
///
/// Everything that still prevents its publication: the same findings the act would answer with.
#[utoipa::path(operation_id = "regelwerk_pruefen", tag = "Programm",
    params(("version" = String, Path, description = "Name of the version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ENTWURF")),
    responses((status = 200, description = "The findings.", body = RegelwerkPruefbericht)),
    extensions(("x-recht" = json!("regelwerk:lesen"))))]
#[get("/regelwerke/{version}/pruefbericht")]
pub async fn pruefbericht(a: Aufruf<RegelwerkLesen>, Pfad(v): Pfad<String>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let befunde = app::lesen(c, &v)?.wert.pruefe();
        Antwort::gut(&RegelwerkPruefbericht {
            version: v.clone(),
            vollstaendig: befunde.is_empty(),
            befunde: befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
        })
    })
    .await
}

/// Publish a Regelwerk
///
/// By a person who wrote nothing of it. From then on it is immutable and a Jahrgang can be opened with it.
#[utoipa::path(operation_id = "regelwerk_veroeffentlichen", tag = "Programm",
    params(("version" = String, Path, description = "Name of the version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ENTWURF")),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 200, description = "Published.", body = RegelwerkView)),
    extensions(("x-recht" = json!("regelwerk:veroeffentlichen")), ("x-akt" = json!(true))))]
#[post("/regelwerke/{version}/veroeffentlichung")]
pub async fn veroeffentlichung(
    a: Aufruf<RegelwerkVeroeffentlichen>,
    Pfad(v): Pfad<String>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, _, fassung| {
        RegelwerkView::antwort(&app::veroeffentlichen(tx, &v, fassung)?)
    })
    .await
}

/// Compare two Regelwerke
///
/// What counts is the value that applies: compared are the rows in force on every day on which one of both changes.
#[utoipa::path(operation_id = "regelwerk_vergleichen", tag = "Programm",
    params(("version" = String, Path, description = "First version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ALT"),
        ("andere" = String, Path, description = "Second version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-NEU")),
    responses((status = 200, description = "The differences.", body = RegelwerkVergleich)),
    extensions(("x-recht" = json!("regelwerk:lesen"))))]
#[get("/regelwerke/{version}/vergleich/{andere}")]
pub async fn vergleich(a: Aufruf<RegelwerkLesen>, Pfad((version, andere)): Pfad<(String, String)>) -> HandlerErgebnis {
    a.lese(move |c| {
        let unterschiede = app::vergleichen(c, &version, &andere)?;
        Antwort::gut(&RegelwerkVergleich { hier: version.clone(), dort: andere.clone(), unterschiede })
    })
    .await
}

/// Acts of a Regelwerk
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "regelwerk_aktionen", tag = "Programm",
    params(("version" = String, Path, description = "Name of the version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ENTWURF")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("regelwerk:lesen"))))]
#[get("/regelwerke/{version}/aktionen")]
pub async fn aktionen(a: Aufruf<RegelwerkLesen>, Pfad(v): Pfad<String>) -> HandlerErgebnis {
    let (akteur, sprache) = (a.akteur.clone(), a.sprache());
    a.lese(move |c| Antwort::gut(&Aktionen::aus(&app::aktionen(c, &akteur, &v)?, &format!("/regelwerke/{v}"), sprache)))
        .await
}

/// History of a Regelwerk
///
/// Who changed which field when.
#[utoipa::path(operation_id = "regelwerk_historie", tag = "Programm",
    params(("version" = String, Path, description = "Name of the version.", pattern = "^[A-Z0-9][A-Z0-9.-]{1,31}$", example = "HE-ALT"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("regelwerk:lesen"))))]
#[get("/regelwerke/{version}/historie")]
pub async fn historie(
    a: Aufruf<RegelwerkLesen>,
    Pfad(version): Pfad<String>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    a.lese(move |c| {
        app::lesen(c, &version)?;
        verlauf::seite(c, "REGELWERK", &version, &v)
    })
    .await
}
