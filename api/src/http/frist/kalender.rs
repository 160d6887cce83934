//! `/fristen.ics` and `/kalenderzugaenge`: calendar programs send no headers, so a secret stands in the address.

use super::ics;
use crate::app::frist as app;
use crate::auth::Geheimnis;
use crate::fehler::{Ergebnis, Fehler, NICHT_ANGEMELDET};
use crate::http::Zustand;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Kalenderakteur, Pfad, Query, kontext, queryparameter};
use crate::http::liste::{Blaettern, weiter};
use crate::http::problem::Ablehnung;
use crate::http::sicht::Moment;
use crate::seite;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpMessage, ResponseError, delete, get, post, web};
use aqb_domain::berechtigung::recht::FristLesen;
use aqb_domain::frist::{Kalenderzugang, Kalenderzugangsangaben};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{DbFehler, kalenderzugang as db, uhr};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Access of a calendar program.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Kalenderzugang)]
pub struct KalenderzugangView {
    /// Id.
    pub id: Uuid,
    /// What it is for.
    #[schema(examples("Kalender auf dem Diensttelefon"))]
    pub bezeichnung: String,
    /// Moment from which it opens nothing any more.
    pub gueltig_bis: Moment,
    /// Moment in which it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub widerrufen_am: Option<Moment>,
    /// The secret: only in the first answer to the request that made the access, never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 43, max_length = 43, pattern = "^[A-Za-z0-9_-]+$")]
    pub geheimnis: Option<String>,
    /// Address for the calendar program, below the server's; with the secret, so shown together with it only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("/v1/fristen.ics?token=…"))]
    pub adresse: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
}

impl KalenderzugangView {
    fn aus(v: &Versioniert<Kalenderzugang>) -> Self {
        KalenderzugangView {
            id: v.wert.id,
            bezeichnung: v.wert.bezeichnung.clone(),
            gueltig_bis: v.wert.gueltig_bis.into(),
            widerrufen_am: v.wert.widerrufen_am.map(Moment),
            geheimnis: None,
            adresse: None,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
        }
    }
}

seite!(
    /// A page of accesses.
    KalenderzugangSeite, KalenderzugangView
);

/// The secret of a calendar program.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Kalenderfrage {
    /// Secret of an access (`POST /kalenderzugaenge`); it takes the place of the header `Authorization`.
    #[param(max_length = 43, pattern = "^[A-Za-z0-9_-]+$", example = "JmkqI2bq3S8s3t0p2rD0sUuY7Qv6lGmQ1wz8d1n5h0A")]
    #[allow(dead_code, reason = "read before the call is let in; declared so that the contract knows it")]
    token: Option<String>,
}

/// Lets the bearer of a secret in as the person who made it, with the rights of then. Whoever logs in needs none.
async fn zugang(req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let token = queryparameter(req.query_string(), "token").filter(|_| !req.headers().contains_key(AUTHORIZATION));
    let (Some(token), Some(zustand)) = (token, req.app_data::<web::Data<Zustand>>().cloned()) else {
        return next.call(req).await;
    };
    let hash = Geheimnis::sha256(&token);
    let gefunden = zustand.db.lesen(move |c| db::mit_geheimnis(c, &hash)).await;
    let fehler = match gefunden {
        Ok(Some(z)) if z.gilt(uhr::jetzt()) && z.sicht().is_some() => {
            req.extensions_mut().insert(Kalenderakteur(z.akteur));
            return next.call(req).await;
        }
        Ok(_) => Fehler::Problem(&NICHT_ANGEMELDET, Vec::new()),
        Err(e) => Fehler::Db(e),
    };
    let ablehnung = Ablehnung { fehler, kontext: kontext(req.request()) };
    Ok(req.into_response(ablehnung.error_response()))
}

/// A calendar (RFC 5545).
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "names the body in the document; the bytes are written by `ics::kalender`")]
pub struct Kalender(Vec<u8>);

/// Deadlines as a calendar
///
/// iCalendar (RFC 5545) for programs that subscribe: open deadlines and those due within the last year, as whole days
/// with alarms. With `token` it shows what the maker of the access could read when he made it.
#[utoipa::path(operation_id = "fristen_abonnieren", tag = "Fristen", params(Kalenderfrage),
    responses((status = 200, description = "The calendar.", content_type = "text/calendar", body = Kalender)),
    extensions(("x-recht" = json!("frist:lesen")), ("x-kalendertoken" = json!(true))))]
#[get("/fristen.ics", wrap = "from_fn(zugang)")]
pub async fn abonnement(a: Aufruf<FristLesen>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let heute = rechtstag(uhr::jetzt());
        let text = ics::kalender(&app::kalender(c, &sicht, heute)?, heute, sprache);
        Ok(Antwort::datei("text/calendar; charset=utf-8", "fristen.ics".to_owned(), text.into_bytes()))
    })
    .await
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the caller's calendar accesses
///
/// In order of time, without their secrets; revoked and expired ones too.
#[utoipa::path(operation_id = "kalenderzugaenge_auflisten", tag = "Fristen", params(Filter),
    responses((status = 200, description = "A page.", body = KalenderzugangSeite)),
    extensions(("x-recht" = json!("frist:lesen"))))]
#[get("/kalenderzugaenge")]
pub async fn auflisten(a: Aufruf<FristLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let person = a.akteur.person.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("kalenderzugaenge:{person}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &person, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&KalenderzugangSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |k| k.wert.id),
            daten: s.daten.iter().map(KalenderzugangView::aus).collect(),
        })
    })
    .await
}

/// Make a calendar access
///
/// The answer shows the secret once; a repetition under the same `Idempotency-Key` answers without it. Only its SHA-256
/// is kept. It opens `GET /fristen.ics` and nothing else.
#[utoipa::path(operation_id = "kalenderzugang_anlegen", tag = "Fristen", request_body = Kalenderzugangsangaben,
    responses((status = 201, description = "Made.", body = KalenderzugangView)),
    extensions(("x-recht" = json!("frist:lesen")), ("x-einmal" = json!(true))))]
#[post("/kalenderzugaenge")]
pub async fn anlegen(a: Aufruf<FristLesen>, Json { wert: e, roh }: Json<Kalenderzugangsangaben>) -> HandlerErgebnis {
    let tage = a.zustand.kalenderzugang_tage;
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let geheimnis = Geheimnis::neu()?;
        let bis = tx.jetzt.checked_add_signed(TimeDelta::days(tage));
        let bis = bis.ok_or_else(|| DbFehler::Konfiguration("AQB_KALENDERZUGANG_TAGE".to_owned()))?;
        let z = app::zugang_anlegen(tx, id, e.clone(), Geheimnis::sha256(&geheimnis), bis)?;
        let gemerkt = KalenderzugangView::aus(&z);
        let adresse = Some(format!("/v1/fristen.ics?token={geheimnis}"));
        let gezeigt = KalenderzugangView { geheimnis: Some(geheimnis), adresse, ..gemerkt.clone() };
        let ort = format!("/kalenderzugaenge/{id}");
        Ergebnis::Ok(Antwort::gut(&gezeigt)?.einmalig(&gemerkt)?.version(z.version).angelegt(ort))
    })
    .await
}

/// Revoke a calendar access
///
/// One of the caller's own; from then on its secret opens nothing. The record stays.
#[utoipa::path(operation_id = "kalenderzugang_widerrufen", tag = "Fristen",
    params(("kalenderzugang_id" = Uuid, Path, description = "Id of the access.", example = "019a0000-0000-7000-8000-000000000051")),
    responses((status = 204, description = "Revoked.")),
    extensions(("x-recht" = json!("frist:lesen"))))]
#[delete("/kalenderzugaenge/{kalenderzugang_id}")]
pub async fn widerrufen(a: Aufruf<FristLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, _, version| {
        app::zugang_widerrufen(tx, id, version)?;
        Ok(Antwort::leer())
    })
    .await
}
