//! `/forderungen`.

mod akte;
mod geld;
mod zinsen;

use crate::app::forderung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::get;
use aqb_domain::aenderungsantrag::Erstattungsposten;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::berechtigung::recht::{ForderungLesen, ForderungVerfolgen};
use aqb_domain::forderung::{
    Forderung, ForderungStatus, Forderungsart, Forderungsaufhebung, Forderungsentscheidung, Forderungsentscheidungsart,
    Tilgung,
};
use aqb_domain::geld::Euro;
use aqb_domain::regel::RECHENBEREICH;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::forderung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::{Aggregat, Versioniert};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(lesen)
        .service(geld::zahlungseingaenge)
        .service(geld::zahlungsstorno)
        .service(akte::stundung)
        .service(akte::niederschlagung)
        .service(akte::freigabe)
        .service(akte::verwerfung)
        .service(akte::wiederaufnahme)
        .service(zinsen::lesen)
        .service(zinsen::zinsbescheid)
        .service(zinsen::zwischenzinsbescheid)
        .service(aktionen)
        .service(historie);
}

/// What a Gebietskoerperschaft has to pay back, or the interest on it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Forderung)]
pub struct ForderungView {
    /// Id.
    pub id: Uuid,
    /// Number, gapless per Jahrgang.
    #[schema(examples("RPKS-57-AQB-2026-F-0001"))]
    pub aktenzeichen: String,
    /// Kind.
    pub art: Forderungsart,
    /// State. That a claim is not pursued is internal to the authority; a Gebietskoerperschaft sees it as open.
    pub status: ForderungStatus,
    /// Application.
    pub antrag_id: Uuid,
    /// Bescheid that claims it.
    pub bescheid_id: Uuid,
    /// The repayment on which this interest runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hauptforderung_id: Option<Uuid>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Debtor.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// Amount.
    pub betrag: Euro,
    /// Paid.
    pub getilgt: Euro,
    /// Open.
    pub offen: Euro,
    /// Per measure, Teilbudget and Haushaltsjahr.
    pub posten: Vec<Erstattungsposten>,
    /// Legal day on which the Bescheid was released.
    pub entstanden_am: NaiveDate,
    /// Due day: the period `erstattungsfrist` after the notification of the Bescheid; before it, the day the Bescheid names.
    pub faellig_am: NaiveDate,
    /// Last day before it is time-barred.
    pub verjaehrung_am: NaiveDate,
    /// First day for which interest is not fixed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zinsen_festgesetzt_bis: Option<NaiveDate>,
    /// Interest on it that Zinsbescheide fixed or waived.
    pub zinsen_festgesetzt: Euro,
    /// Payments in the order of their entries, reversed ones too.
    pub tilgungen: Vec<Tilgung>,
    /// Deferrals and write-offs in their order; a Gebietskoerperschaft sees released deferrals.
    pub entscheidungen: Vec<Forderungsentscheidung>,
    /// The Bescheid that took back the one that claimed it; absent while it is owed or was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aufgehoben: Option<Forderungsaufhebung>,
    /// What the act found; only in the answer to a reversal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 1000)]
    pub befunde: Option<Vec<BefundView>>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

/// A Gebietskoerperschaft does not read what is internal to the authority.
fn gezeigt(e: &Forderungsentscheidung, sicht: &Sicht) -> bool {
    *sicht == Sicht::Alles || (e.art == Forderungsentscheidungsart::Stundung && e.freigegeben_am.is_some())
}

impl ForderungView {
    pub(super) fn aus(v: &Versioniert<Forderung>, sicht: &Sicht) -> Ergebnis<Self> {
        let f = v.wert.clone();
        let bereich = |_| Befund::neu(&RECHENBEREICH);
        Ok(ForderungView {
            id: f.id,
            status: f.status_fuer(sicht),
            getilgt: f.getilgt().map_err(bereich)?,
            offen: f.offen().map_err(bereich)?,
            aktenzeichen: f.aktenzeichen,
            art: f.art,
            antrag_id: f.antrag_id,
            bescheid_id: f.bescheid_id,
            hauptforderung_id: f.hauptforderung_id,
            jahrgang: f.jahrgang,
            kreisschluessel: f.kreisschluessel,
            regelwerk: f.regelwerk,
            betrag: f.betrag,
            posten: f.posten,
            entstanden_am: f.entstanden_am,
            faellig_am: f.faellig_am,
            verjaehrung_am: f.verjaehrung_am,
            zinsen_festgesetzt_bis: f.zinsen_festgesetzt_bis,
            zinsen_festgesetzt: Euro::summe(f.zinsfestsetzungen.iter().map(|z| z.zinsen)).map_err(bereich)?,
            aufgehoben: f.aufgehoben,
            befunde: None,
            tilgungen: f.tilgungen,
            entscheidungen: f.entscheidungen.into_iter().filter(|e| gezeigt(e, sicht)).collect(),
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    fn antwort(v: &Versioniert<Forderung>, sicht: &Sicht) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&ForderungView::aus(v, sicht)?)?.version(v.version))
    }
}

seite!(
    /// A page of claims.
    ForderungSeite, ForderungView
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
    /// Only those of this kind.
    #[param(inline)]
    art: Option<Forderungsart>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<ForderungStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// States a row may have so that the caller sees it as `status`.
fn gesucht(status: ForderungStatus, sicht: &Sicht) -> Vec<ForderungStatus> {
    match status {
        s if *sicht == Sicht::Alles => vec![s],
        ForderungStatus::Offen => vec![ForderungStatus::Offen, ForderungStatus::Niedergeschlagen],
        ForderungStatus::Niedergeschlagen => Vec::new(),
        s => vec![s],
    }
}

fn pfad(id: Uuid) -> String {
    format!("/forderungen/{id}")
}

/// List claims
///
/// In order of time. They arise with the release of the Bescheid that claims them; a Gebietskoerperschaft sees them once it
/// was notified (§ 43 HVwVfG).
#[utoipa::path(operation_id = "forderungen_auflisten", tag = "Forderungen", params(Filter),
    responses((status = 200, description = "A page.", body = ForderungSeite)),
    extensions(("x-recht" = json!("forderung:lesen"))))]
#[get("/forderungen")]
pub async fn auflisten(a: Aufruf<ForderungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            art: f.art,
            status: f.status.map(|s| gesucht(s, &sicht)),
        };
        let liste = format!("forderungen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&ForderungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |f| f.wert.id),
            daten: s.daten.iter().map(|f| ForderungView::aus(f, &sicht)).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Read a claim
///
/// One by its id, with its payments and decisions.
#[utoipa::path(operation_id = "forderung_lesen", tag = "Forderungen",
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "The claim.", body = ForderungView)),
    extensions(("x-recht" = json!("forderung:lesen"))))]
#[get("/forderungen/{forderung_id}")]
pub async fn lesen(a: Aufruf<ForderungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| ForderungView::antwort(&app::lesen(c, &sicht, id)?, &sicht)).await
}

/// Acts of a claim
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "forderung_aktionen", tag = "Forderungen",
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("forderung:verfolgen"))))]
#[get("/forderungen/{forderung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<ForderungVerfolgen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id, rechtstag(uhr::jetzt()))?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a claim
///
/// Who changed which field when; internal to the authority and the audit, since it tells whether the claim is pursued.
#[utoipa::path(operation_id = "forderung_historie", tag = "Forderungen",
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("forderung:verfolgen"))))]
#[get("/forderungen/{forderung_id}/historie")]
pub async fn historie(
    a: Aufruf<ForderungVerfolgen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, Forderung::ART, &id.to_string(), &v)
    })
    .await
}
