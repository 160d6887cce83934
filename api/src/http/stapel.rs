//! `/stapel/…`: the same act on many records in one call; each entry is a unit of work of its own.

use crate::app::{frist, mittelabruf};
use crate::fehler::{Ergebnis, Fehler, IDEMPOTENZ_FEHLT};
use crate::http::ablauf::{Antwort, HandlerErgebnis, inhalt};
use crate::http::extract::{Aufruf, Json};
use crate::http::problem::{Ablehnung, Problem};
use crate::http::sicht::Simulation;
use actix_web::post;
use aqb_domain::berechtigung::recht::{FristVerlaengern, MittelabrufAnordnen, MittelabrufPruefen};
use aqb_domain::berechtigung::{RechtTyp, Sicht};
use aqb_domain::frist::Fristverlaengerung;
use aqb_domain::mittelabruf::Mittelabrufpruefung;
use aqb_persistence::Tx;
use aqb_persistence::protokoll::hash;
use aqb_persistence::vollzug::Versioniert;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Instant;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(mittelabrufpruefung).service(mittelabrufanordnung).service(fristverlaengerung);
}

/// Which record an entry is about, in which version, and under which key.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "id": "019a0000-0000-7000-8000-000000000012", "version": 3 })))]
pub struct Stapelposten {
    /// Id of the record.
    id: Uuid,
    /// Version that was read; the `If-Match` of this entry.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    version: i64,
    /// Key of this entry. Without one it is made of the header's key and the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[A-Za-z0-9_-]{8,64}$")]
    schluessel: Option<String>,
}

/// Calls to be ordered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "eintraege": [{ "id": "019a0000-0000-7000-8000-000000000012", "version": 3 }] })))]
pub struct Anordnungsstapel {
    /// One entry per call.
    #[schema(min_items = 1, max_items = 100)]
    eintraege: Vec<Stapelposten>,
}

/// Calls to be checked, all in the same way.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "eintraege": [{ "id": "019a0000-0000-7000-8000-000000000011", "version": 2 }],
    "eingabe": { "sachlich_richtig": true, "rechnerisch_richtig": true } })))]
pub struct Pruefungsstapel {
    /// One entry per call.
    #[schema(min_items = 1, max_items = 100)]
    eintraege: Vec<Stapelposten>,
    /// What is certified for each of them. A call that needs amounts of its own is checked alone.
    eingabe: Mittelabrufpruefung,
}

/// Deadlines to be extended, all to the same day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "eintraege": [{ "id": "019a0000-0000-7000-8000-000000000050", "version": 1 }],
    "eingabe": { "bis": "2098-12-31", "grund": "Das Formular steht erst im Mai bereit." } })))]
pub struct Verlaengerungsstapel {
    /// One entry per deadline.
    #[schema(min_items = 1, max_items = 100)]
    eintraege: Vec<Stapelposten>,
    /// The new day and the reason.
    eingabe: Fristverlaengerung,
}

/// What became of every entry, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stapelergebnis {
    /// Entries that were done, repeated ones included.
    #[schema(minimum = 0, maximum = 100)]
    gelungen: usize,
    /// Entries that were refused; nothing of them was done.
    #[schema(minimum = 0, maximum = 100)]
    abgelehnt: usize,
    /// Entry by entry.
    eintraege: Vec<Stapelzeile>,
}

/// What became of one entry: `erfolg` or `problem`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stapelzeile {
    /// Id of the record.
    id: Uuid,
    /// Status the act alone would have answered.
    #[schema(minimum = 200, maximum = 599, examples(200))]
    http_status: u16,
    /// The entry was done before under the same key.
    wiederholt: bool,
    /// What was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<Stapelerfolg>)]
    erfolg: Option<Value>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem: Option<Problem>,
}

/// State of a record after the act.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stapelerfolg {
    /// State.
    #[schema(examples("ANGEORDNET"))]
    status: String,
    /// Version.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    version: i64,
    /// What the act would bring about; only with `?simulation=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    simulation: Option<Simulation>,
}

impl Stapelerfolg {
    fn antwort<T>(v: &Versioniert<T>, status: &str) -> Ergebnis<Antwort> {
        Antwort::gut(&Stapelerfolg { status: status.to_owned(), version: v.version, simulation: None })
    }
}

impl<R: RechtTyp> Aufruf<R> {
    /// Runs `f` for each entry as a unit of work of its own: what one is refused for does not touch the others.
    async fn stapel<E: Serialize + Clone + Send + 'static>(
        &self,
        posten: Vec<Stapelposten>,
        eingabe: E,
        f: impl Fn(&mut Tx<'_>, &Sicht, (Uuid, Option<i64>), &E) -> Ergebnis<Antwort> + Clone + Send + 'static,
    ) -> HandlerErgebnis {
        // a batch without a key could not be sent again
        if self.schluessel.is_none() {
            return Err(self.ablehnung(Fehler::Problem(&IDEMPOTENZ_FEHLT, Vec::new())));
        }
        let mut eintraege = Vec::with_capacity(posten.len());
        for p in posten {
            eintraege.push(self.eintrag(&p, eingabe.clone(), f.clone()).await?);
        }
        let gelungen = eintraege.iter().filter(|z| z.erfolg.is_some()).count();
        let abgelehnt = eintraege.len().saturating_sub(gelungen);
        self.gesamt(&Stapelergebnis { gelungen, abgelehnt, eintraege })
    }

    async fn eintrag<E: Serialize + Clone + Send + 'static>(
        &self,
        p: &Stapelposten,
        eingabe: E,
        f: impl Fn(&mut Tx<'_>, &Sicht, (Uuid, Option<i64>), &E) -> Ergebnis<Antwort> + Send + 'static,
    ) -> Result<Stapelzeile, Ablehnung> {
        // each entry counts like a call of its own
        let ergebnis = match self.zustand.drossel.nimm(&self.akteur.person, Instant::now()) {
            Err(sekunden) => Err(self.ablehnung(Fehler::ZuVieleAnfragen(sekunden))),
            Ok(_) => {
                let (sicht, ziel) = (self.sicht.clone(), (p.id, Some(p.version)));
                let roh = serde_json::to_vec(&(ziel, &eingabe)).map_err(|e| self.ablehnung(inhalt(e)))?;
                let auftrag = (Some(self.schluessel_von(p)), format!("{} {}", self.route, p.id));
                self.fuehre_aus(auftrag, &roh, move |tx| f(tx, &sicht, ziel, &eingabe)).await
            }
        };
        Ok(match ergebnis {
            Ok((a, wiederholt)) => Stapelzeile {
                id: p.id,
                http_status: u16::try_from(a.status).unwrap_or(200),
                wiederholt,
                erfolg: Some(serde_json::from_slice(&a.koerper).map_err(|e| self.ablehnung(inhalt(e)))?),
                problem: None,
            },
            Err(a) => {
                a.melde();
                let problem = Problem::aus(&a.fehler, &a.kontext);
                let http_status = a.fehler.status();
                Stapelzeile { id: p.id, http_status, wiederholt: false, erfolg: None, problem: Some(problem) }
            }
        })
    }

    /// The entry's own key, or one that follows from the header's and the record.
    fn schluessel_von(&self, p: &Stapelposten) -> String {
        let kopf = self.schluessel.as_deref().unwrap_or_default();
        p.schluessel.clone().unwrap_or_else(|| hash(&[kopf.as_bytes(), p.id.as_bytes()]).chars().take(40).collect())
    }
}

/// Check many calls
///
/// Each as `mittelabruf_pruefen` would, in the order of the entries: what the need check covers is certified.
#[utoipa::path(operation_id = "stapel_mittelabrufe_pruefen", tag = "Mittelabrufe", request_body = Pruefungsstapel,
    responses((status = 200, description = "Every entry with its own result.", body = Stapelergebnis)),
    extensions(("x-recht" = json!("mittelabruf:pruefen")), ("x-simulierbar" = json!(true)), ("x-geld" = json!(true)),
        ("x-stapel" = json!(true))))]
#[post("/stapel/mittelabrufpruefung")]
pub async fn mittelabrufpruefung(
    a: Aufruf<MittelabrufPruefen>,
    Json { wert: s, .. }: Json<Pruefungsstapel>,
) -> HandlerErgebnis {
    a.stapel(s.eintraege, s.eingabe, |tx, sicht, ziel, e| {
        let m = mittelabruf::feststellen(tx, sicht, ziel, e)?;
        Stapelerfolg::antwort(&m, m.wert.status.code())
    })
    .await
}

/// Order many payments
///
/// Each as `mittelabruf_anordnen` would, in the order of the entries; four eyes hold for every one of them.
#[utoipa::path(operation_id = "stapel_mittelabrufe_anordnen", tag = "Mittelabrufe", request_body = Anordnungsstapel,
    responses((status = 200, description = "Every entry with its own result.", body = Stapelergebnis)),
    extensions(("x-recht" = json!("mittelabruf:anordnen")), ("x-simulierbar" = json!(true)), ("x-geld" = json!(true)),
        ("x-stapel" = json!(true))))]
#[post("/stapel/mittelabrufanordnung")]
pub async fn mittelabrufanordnung(
    a: Aufruf<MittelabrufAnordnen>,
    Json { wert: s, .. }: Json<Anordnungsstapel>,
) -> HandlerErgebnis {
    a.stapel(s.eintraege, (), |tx, sicht, ziel, ()| {
        let m = mittelabruf::anordnen(tx, sicht, ziel)?;
        Stapelerfolg::antwort(&m, m.wert.status.code())
    })
    .await
}

/// Extend many deadlines
///
/// Each as `frist_verlaengern` would, all to the same day.
#[utoipa::path(operation_id = "stapel_fristen_verlaengern", tag = "Fristen", request_body = Verlaengerungsstapel,
    responses((status = 200, description = "Every entry with its own result.", body = Stapelergebnis)),
    extensions(("x-recht" = json!("frist:verlaengern")), ("x-simulierbar" = json!(true)), ("x-geld" = json!(true)),
        ("x-stapel" = json!(true))))]
#[post("/stapel/fristverlaengerung")]
pub async fn fristverlaengerung(
    a: Aufruf<FristVerlaengern>,
    Json { wert: s, .. }: Json<Verlaengerungsstapel>,
) -> HandlerErgebnis {
    a.stapel(s.eintraege, s.eingabe, |tx, sicht, ziel, e| {
        let f = frist::verlaengern(tx, sicht, ziel, e)?;
        Stapelerfolg::antwort(&f, f.wert.status.code())
    })
    .await
}
