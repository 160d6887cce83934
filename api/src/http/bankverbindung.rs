//! `/bankverbindungen`: the account a case is paid to, and its change.

use crate::app::bankverbindung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::akt::Handlungsgrund;
use aqb_domain::antrag::Bankverbindung;
use aqb_domain::bankverbindung::{
    Kontoaenderung, KontoaenderungAnlage, KontoaenderungStatus, Kontobestaetigung, RUECKNAHME, SPERRUNG,
};
use aqb_domain::berechtigung::recht::{BankverbindungAendern, BankverbindungLesen, BankverbindungSperren};
use aqb_domain::mittelabruf::Zahlkonto;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::bankverbindung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(bestaetigung)
        .service(ruecknahme)
        .service(sperrung)
        .service(aktionen)
        .service(historie)
        .service(konto);
}

/// A change of the account of a case: asked for by one person of the county, confirmed by another, effective after a
/// waiting time in which the granting authority can stop it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Kontoaenderung)]
pub struct KontoaenderungView {
    /// Id.
    pub id: Uuid,
    /// Case.
    pub antrag_id: Uuid,
    /// Owner of the case.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: KontoaenderungStatus,
    /// The new account.
    pub bankverbindung: Bankverbindung,
    /// The account it is to replace.
    pub bisher: Bankverbindung,
    /// Why.
    pub grund: String,
    /// Who asked for it.
    pub erstellt_von: String,
    /// Legal day on which it was asked for.
    pub beantragt_am: NaiveDate,
    /// Who confirmed it; another person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bestaetigt_von: Option<String>,
    /// Legal day of the confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bestaetigt_am: Option<NaiveDate>,
    /// First legal day on which the new account may be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wirksam_ab: Option<NaiveDate>,
    /// Who stopped or withdrew it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub beendet_von: Option<String>,
    /// Why it was stopped or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub endegrund: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl KontoaenderungView {
    pub(super) fn aus(v: &Versioniert<Kontoaenderung>) -> Self {
        let k = v.wert.clone();
        KontoaenderungView {
            id: k.id,
            antrag_id: k.antrag_id,
            kreisschluessel: k.kreisschluessel,
            status: k.status,
            bankverbindung: k.bankverbindung,
            bisher: k.bisher,
            grund: k.grund,
            erstellt_von: k.erstellt_von,
            beantragt_am: k.beantragt_am,
            bestaetigt_von: k.bestaetigt_von,
            bestaetigt_am: k.bestaetigt_am,
            wirksam_ab: k.wirksam_ab,
            beendet_von: k.beendet_von,
            endegrund: k.endegrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Kontoaenderung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&KontoaenderungView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of changes of accounts.
    KontoaenderungSeite, KontoaenderungView
);

/// The account of a case as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zahlkonto)]
pub struct ZahlkontoView {
    /// The account.
    pub bankverbindung: Bankverbindung,
    /// First legal day on which it may be paid, where it took the place of another. Until then payments rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seit: Option<NaiveDate>,
    /// Legal day on which a change was asked for that no second person has confirmed. Until then payments rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aenderung_beantragt: Option<NaiveDate>,
}

impl From<Zahlkonto> for ZahlkontoView {
    fn from(z: Zahlkonto) -> Self {
        ZahlkontoView { bankverbindung: z.bankverbindung, seit: z.seit, aenderung_beantragt: z.aenderung_beantragt }
    }
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only those of this application.
    #[param(example = "019a0000-0000-7000-8000-0000000000d1")]
    antrag_id: Option<Uuid>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<KontoaenderungStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List changes of accounts
///
/// In order of time. A county sees its own.
#[utoipa::path(operation_id = "bankverbindungen_auflisten", tag = "Bankverbindungen", params(Filter),
    responses((status = 200, description = "A page.", body = KontoaenderungSeite)),
    extensions(("x-recht" = json!("bankverbindung:lesen"))))]
#[get("/bankverbindungen")]
pub async fn auflisten(a: Aufruf<BankverbindungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter =
            db::Filter { kreisschluessel: f.kreisschluessel.clone(), antrag_id: f.antrag_id, status: f.status };
        let liste = format!("bankverbindungen:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&KontoaenderungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |k| k.wert.id),
            daten: s.daten.iter().map(KontoaenderungView::aus).collect(),
        })
    })
    .await
}

/// Ask for another account
///
/// For a granted case of the caller's own county. From now on calls and payments of the case rest until another person
/// confirms and the waiting time is over.
#[utoipa::path(operation_id = "bankverbindung_beantragen", tag = "Bankverbindungen", request_body = KontoaenderungAnlage,
    responses((status = 201, description = "Asked for.", body = KontoaenderungView)),
    extensions(("x-recht" = json!("bankverbindung:aendern")), ("x-simulierbar" = json!(true))))]
#[post("/bankverbindungen")]
pub async fn anlegen(
    a: Aufruf<BankverbindungAendern>,
    Json { wert: e, roh }: Json<KontoaenderungAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let k = app::beantragen(tx, &sicht, id, e.clone())?;
        Ok(KontoaenderungView::antwort(&k)?.angelegt(format!("/bankverbindungen/{id}")))
    })
    .await
}

/// Read a change of an account
///
/// One by its id.
#[utoipa::path(operation_id = "bankverbindung_lesen", tag = "Bankverbindungen",
    params(("kontoaenderung_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000061")),
    responses((status = 200, description = "The change.", body = KontoaenderungView)),
    extensions(("x-recht" = json!("bankverbindung:lesen"))))]
#[get("/bankverbindungen/{kontoaenderung_id}")]
pub async fn lesen(a: Aufruf<BankverbindungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| KontoaenderungView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Confirm another account
///
/// By another person of the county than the one who asked. The waiting time of the Regelwerk begins.
#[utoipa::path(operation_id = "bankverbindung_bestaetigen", tag = "Bankverbindungen",
    params(("kontoaenderung_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000061")),
    request_body = Kontobestaetigung,
    responses((status = 200, description = "Confirmed.", body = KontoaenderungView)),
    extensions(("x-recht" = json!("bankverbindung:aendern")), ("x-akt" = json!(true)), ("x-geld" = json!(true))))]
#[post("/bankverbindungen/{kontoaenderung_id}/bestaetigung")]
pub async fn bestaetigung(
    a: Aufruf<BankverbindungAendern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Kontobestaetigung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::GELD, &roh, move |tx, sicht, version| {
        KontoaenderungView::antwort(&app::bestaetigen(tx, sicht, (id, version), &e)?)
    })
    .await
}

/// Withdraw a change of an account
///
/// Before it is confirmed, with a reason.
#[utoipa::path(operation_id = "bankverbindung_zuruecknehmen", tag = "Bankverbindungen",
    params(("kontoaenderung_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000061")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "Withdrawn.", body = KontoaenderungView)),
    extensions(("x-recht" = json!("bankverbindung:aendern")), ("x-akt" = json!(true))))]
#[post("/bankverbindungen/{kontoaenderung_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<BankverbindungAendern>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        KontoaenderungView::antwort(&app::beenden(tx, sicht, (id, version), RUECKNAHME, &e)?)
    })
    .await
}

/// Stop a change of an account
///
/// By the granting authority, before it takes effect; the former account stays.
#[utoipa::path(operation_id = "bankverbindung_sperren", tag = "Bankverbindungen",
    params(("kontoaenderung_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000061")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "Stopped.", body = KontoaenderungView)),
    extensions(("x-recht" = json!("bankverbindung:sperren")), ("x-akt" = json!(true))))]
#[post("/bankverbindungen/{kontoaenderung_id}/sperrung")]
pub async fn sperrung(
    a: Aufruf<BankverbindungSperren>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        KontoaenderungView::antwort(&app::beenden(tx, sicht, (id, version), SPERRUNG, &e)?)
    })
    .await
}

/// Acts of a change of an account
///
/// Every act, permitted or not, with what blocks it.
#[utoipa::path(operation_id = "bankverbindung_aktionen", tag = "Bankverbindungen",
    params(("kontoaenderung_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000061")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("bankverbindung:lesen"))))]
#[get("/bankverbindungen/{kontoaenderung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<BankverbindungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/bankverbindungen/{id}"), sprache))
    })
    .await
}

/// History of a change of an account
///
/// Who changed which field when.
#[utoipa::path(operation_id = "bankverbindung_historie", tag = "Bankverbindungen",
    params(("kontoaenderung_id" = Uuid, Path, description = "Id of the change.", example = "019a0000-0000-7000-8000-000000000061"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("bankverbindung:lesen"))))]
#[get("/bankverbindungen/{kontoaenderung_id}/historie")]
pub async fn historie(
    a: Aufruf<BankverbindungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "KONTOAENDERUNG", &id.to_string(), &v)
    })
    .await
}

/// The account of a case
///
/// The last confirmed one, or the one of the application; and what keeps it from being paid.
#[utoipa::path(operation_id = "antrag_bankverbindung", tag = "Bankverbindungen",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The account.", body = ZahlkontoView)),
    extensions(("x-recht" = json!("bankverbindung:lesen"))))]
#[get("/antraege/{antrag_id}/bankverbindung")]
pub async fn konto(a: Aufruf<BankverbindungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| Antwort::gut(&ZahlkontoView::from(app::konto_des_antrags(c, &sicht, id)?))).await
}
