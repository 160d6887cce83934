//! `/feststellungen`.

use crate::app::feststellung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verdeckt, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::berechtigung::recht::{FeststellungBeantworten, FeststellungLesen, FeststellungSchreiben};
use aqb_domain::feststellung::{
    AUFHEBUNG, Feststellung, FeststellungStatus, Feststellungsantwort, Feststellungsinhalt, Feststellungsverteilung,
    VERTEILUNG,
};
use aqb_domain::geld::Euro;
use aqb_domain::regel::RECHENBEREICH;
use aqb_persistence::Fallfilter;
use aqb_persistence::feststellung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::{Aggregat, Versioniert};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(treffen)
        .service(lesen)
        .service(aktionen)
        .service(historie)
        .service(verteilung)
        .service(verzichtsfreigabe)
        .service(stellungnahme)
        .service(aufhebung);
}

/// A finding of an examination, and what becomes of its money.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Nachweisfeststellung)]
pub struct FeststellungView {
    /// Id.
    pub id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Chain of the proof: the id of its first version.
    pub kette_id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// State. That a waiver is only proposed is internal to the authority; a Gebietskoerperschaft sees it as open.
    pub status: FeststellungStatus,
    /// Money that has no place yet.
    pub offen: Euro,
    /// What is questioned.
    pub inhalt: Feststellungsinhalt,
    /// Who found it.
    pub festgestellt_von: String,
    /// Legal day.
    pub festgestellt_am: NaiveDate,
    /// What becomes of the money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verteilung: Option<Feststellungsverteilung>,
    /// Who said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verteilt_von: Option<String>,
    /// Who released the waiver; another person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verzicht_freigegeben_von: Option<String>,
    /// The county's answers in their order.
    pub antworten: Vec<String>,
    /// Why it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aufhebungsgrund: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl FeststellungView {
    pub(super) fn aus(v: &Versioniert<Feststellung>, sicht: &Sicht) -> Ergebnis<Self> {
        let x = if *sicht == Sicht::Alles { v.wert.clone() } else { v.wert.clone().ohne_vorschlag() };
        Ok(FeststellungView {
            id: x.id,
            offen: x.offen().map_err(|_| Befund::neu(&RECHENBEREICH))?,
            antrag_id: x.antrag_id,
            kette_id: x.kette_id,
            jahrgang: x.jahrgang,
            kreisschluessel: x.kreisschluessel,
            status: x.status,
            inhalt: x.inhalt,
            festgestellt_von: x.festgestellt_von,
            festgestellt_am: x.festgestellt_am,
            verteilung: x.verteilung,
            verteilt_von: x.verteilt_von,
            verzicht_freigegeben_von: x.verzicht_freigegeben_von,
            antworten: x.antworten,
            aufhebungsgrund: x.aufhebungsgrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    fn antwort(v: &Versioniert<Feststellung>, sicht: &Sicht) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&FeststellungView::aus(v, sicht)?)?.version(v.version))
    }
}

seite!(
    /// A page.
    NachweisfeststellungSeite, FeststellungView
);

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only those of this Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Only those of this application.
    #[param(example = "019a0000-0000-7000-8000-0000000000d1")]
    antrag_id: Option<Uuid>,
    /// Only those about this chain of proofs: the id of its first version.
    #[param(example = "019a0000-0000-7000-8000-000000000050")]
    kette_id: Option<Uuid>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<FeststellungStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// States a row may have so that the caller sees it as `status`.
fn gesucht(status: FeststellungStatus, sicht: &Sicht) -> Vec<&'static str> {
    use FeststellungStatus as S;
    match status {
        s if *sicht == Sicht::Alles => vec![s.code()],
        S::Offen => vec![S::Offen.code(), S::VerzichtVorgeschlagen.code()],
        S::VerzichtVorgeschlagen => Vec::new(),
        s => vec![s.code()],
    }
}

/// What of the history of a finding is the authority's own: a proposal that nobody released, also when the finding was
/// taken back with it.
pub(super) fn verdecktes(f: &Feststellung, sicht: &Sicht) -> Verdeckt {
    let akte: &[&str] = match f.status {
        _ if *sicht == Sicht::Alles => &[],
        FeststellungStatus::VerzichtVorgeschlagen => &[VERTEILUNG],
        FeststellungStatus::Aufgehoben if f.vorschlag_verworfen => &[VERTEILUNG, AUFHEBUNG],
        _ => &[],
    };
    Verdeckt { akte, feld: None }
}

fn pfad(id: Uuid) -> String {
    format!("/feststellungen/{id}")
}

/// List findings
///
/// In order of time.
#[utoipa::path(operation_id = "feststellungen_auflisten", tag = "Pruefung", params(Filter),
    responses((status = 200, description = "A page.", body = NachweisfeststellungSeite)),
    extensions(("x-recht" = json!("feststellung:lesen"))))]
#[get("/feststellungen")]
pub async fn auflisten(a: Aufruf<FeststellungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = Fallfilter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            kette_id: f.kette_id,
            status: f.status.map(|s| gesucht(s, &sicht)),
        };
        let liste = format!("feststellungen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&NachweisfeststellungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |x| x.wert.id),
            daten: s.daten.iter().map(|x| FeststellungView::aus(x, &sicht)).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Record a finding about a proof
///
/// While the proof is being examined. Its parts always add up: `beanstandet` = `anerkannt` + `berichtigt` +
/// `zurueckgefordert` + `verzichtet` + `offen`.
#[utoipa::path(operation_id = "feststellung_treffen", tag = "Pruefung", request_body = Feststellungsinhalt,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 201, description = "Recorded.", body = FeststellungView)),
    extensions(("x-recht" = json!("feststellung:schreiben"))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/feststellungen")]
pub async fn treffen(
    a: Aufruf<FeststellungSchreiben>,
    Pfad(nachweis): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Feststellungsinhalt>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let x = app::treffen(tx, &sicht, id, nachweis, e.clone())?;
        Ok(FeststellungView::antwort(&x, &sicht)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a finding
///
/// One by its id.
#[utoipa::path(operation_id = "feststellung_lesen", tag = "Pruefung", params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174")),
    responses((status = 200, description = "The finding.", body = FeststellungView)),
    extensions(("x-recht" = json!("feststellung:lesen"))))]
#[get("/feststellungen/{feststellung_id}")]
pub async fn lesen(a: Aufruf<FeststellungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| FeststellungView::antwort(&app::lesen(c, &sicht, id)?, &sicht)).await
}

/// Acts of a finding
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "feststellung_aktionen", tag = "Pruefung", params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("feststellung:lesen"))))]
#[get("/feststellungen/{feststellung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<FeststellungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a finding
///
/// Who changed which field when. A waiver that is only proposed shows once it is released.
#[utoipa::path(operation_id = "feststellung_historie", tag = "Pruefung", params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("feststellung:lesen"))))]
#[get("/feststellungen/{feststellung_id}/historie")]
pub async fn historie(
    a: Aufruf<FeststellungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let f = app::lesen(c, &sicht, id)?.wert;
        verlauf::seite_ohne(c, (Feststellung::ART, &id.to_string()), verdecktes(&f, &sicht), &v)
    })
    .await
}

/// Say what becomes of the money of a finding
///
/// A waiver waits for a second person; what is left stays open.
#[utoipa::path(operation_id = "feststellung_verteilen", tag = "Pruefung", request_body = Feststellungsverteilung, params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174")),
    responses((status = 200, description = "Said.", body = FeststellungView)),
    extensions(("x-recht" = json!("feststellung:schreiben")), ("x-akt" = json!(true))))]
#[post("/feststellungen/{feststellung_id}/verteilung")]
pub async fn verteilung(
    a: Aufruf<FeststellungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Feststellungsverteilung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        FeststellungView::antwort(&app::verteilen(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Release a waiver
///
/// By another person than the one who proposed it.
#[utoipa::path(operation_id = "feststellung_verzicht_freigeben", tag = "Pruefung", params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174")),
    responses((status = 200, description = "Released.", body = FeststellungView)),
    extensions(("x-recht" = json!("feststellung:schreiben")), ("x-akt" = json!(true))))]
#[post("/feststellungen/{feststellung_id}/verzichtsfreigabe")]
pub async fn verzichtsfreigabe(a: Aufruf<FeststellungSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, v| {
        FeststellungView::antwort(&app::verzicht_freigeben(tx, sicht, (id, v))?, sicht)
    })
    .await
}

/// Answer a finding
///
/// By the county, while it is open.
#[utoipa::path(operation_id = "feststellung_beantworten", tag = "Pruefung", request_body = Feststellungsantwort, params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174")),
    responses((status = 200, description = "Answered.", body = FeststellungView)),
    extensions(("x-recht" = json!("feststellung:beantworten")), ("x-akt" = json!(true))))]
#[post("/feststellungen/{feststellung_id}/stellungnahme")]
pub async fn stellungnahme(
    a: Aufruf<FeststellungBeantworten>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Feststellungsantwort>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        FeststellungView::antwort(&app::beantworten(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}

/// Take a finding back
///
/// Because it was a mistake; it stays readable.
#[utoipa::path(operation_id = "feststellung_aufheben", tag = "Pruefung", request_body = Handlungsgrund, params(("feststellung_id" = Uuid, Path, description = "Id of the finding.", example = "019a0000-0000-7000-8000-000000000174")),
    responses((status = 200, description = "Taken back.", body = FeststellungView)),
    extensions(("x-recht" = json!("feststellung:schreiben")), ("x-akt" = json!(true))))]
#[post("/feststellungen/{feststellung_id}/aufhebung")]
pub async fn aufhebung(
    a: Aufruf<FeststellungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        FeststellungView::antwort(&app::aufheben(tx, sicht, (id, v), &e)?, sicht)
    })
    .await
}
