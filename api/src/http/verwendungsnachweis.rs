//! `/verwendungsnachweise`.

mod abschluss;
mod akte;
pub(super) mod bericht;
pub(super) mod sachbericht;
pub(super) mod sicht;

use crate::app::verwendungsnachweis as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Loeschung, ProtokollSeite};
use crate::http::verlauf::{self, Verdeckt, Verlaufsfrage};
use crate::teil;
use actix_web::{delete, get, patch, post};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::berechtigung::recht::{
    VerwendungsnachweisEinsehen, VerwendungsnachweisLesen, VerwendungsnachweisSchreiben,
};
use aqb_domain::bescheid::VERWERFUNG;
use aqb_domain::regelwerk::gesetzt;
use aqb_domain::verwendungsnachweis::{
    NachweisStatus, Nachweisart, Nachweisgegenstand, Nachweisinhalt, Verwendungsnachweis,
};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::verwendungsnachweis as db;
use aqb_persistence::vollzug::Aggregat;
use serde::Deserialize;
use sicht::{VerwendungsnachweisSeite, VerwendungsnachweisView};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(aendern)
        .service(loeschen)
        .service(akte::einreichung)
        .service(akte::ruecknahme)
        .service(akte::korrektur)
        .service(akte::traegernachweise)
        .service(akte::pruefung)
        .service(akte::nachforderung)
        .service(bericht::kette)
        .service(bericht::einreichungen)
        .service(bericht::pruefbericht)
        .service(bericht::plan_ist)
        .service(bericht::berechnung)
        .service(sachbericht::auflisten)
        .service(sachbericht::lesen)
        .service(sachbericht::speichern)
        .service(sachbericht::fassungen)
        .service(aktionen)
        .service(historie)
        .service(abschluss::abschluss)
        .service(abschluss::kenntnisnahme);
}

/// A new proof of use. Everything in `inhalt` may come later.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "antrag_id": "019a0000-0000-7000-8000-0000000000d1", "art": "ZWISCHENNACHWEIS", "haushaltsjahr": 2026 })))]
pub struct VerwendungsnachweisAnlage {
    /// Application of the caller's own Gebietskoerperschaft.
    antrag_id: Uuid,
    /// Kind; the Regelwerk of the Bescheid says which are permitted.
    art: Nachweisart,
    /// Haushaltsjahr; of a Zwischennachweis only.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, minimum = 2011, maximum = 2110)]
    haushaltsjahr: Option<i32>,
    /// The form as far as it is known.
    #[serde(default)]
    inhalt: Nachweisinhalt,
}

teil!(
    /// Parts of `Nachweisinhalt` (RFC 7396).
    NachweisinhaltTeil, Nachweisinhalt
);

/// Changes to a draft: the parts that are sent; others stay. What the server fills in is renewed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "begonnen_am": "2026-02-01" } })))]
pub struct VerwendungsnachweisAenderung {
    /// The form.
    inhalt: NachweisinhaltTeil,
}

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
    /// Only versions of this chain of corrections.
    #[param(example = "019a0000-0000-7000-8000-000000000050")]
    kette_id: Option<Uuid>,
    /// Only those of this kind.
    #[param(inline)]
    art: Option<Nachweisart>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<NachweisStatus>,
    /// Only versions that count, or only those that do not.
    #[param(example = true)]
    aktuell: Option<bool>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/verwendungsnachweise/{id}")
}

/// List proofs of use
///
/// In order of time, replaced versions too. A Traeger sees its own part of those of cases with a Weiterleitung to it.
#[utoipa::path(operation_id = "verwendungsnachweise_auflisten", tag = "Verwendungsnachweise", params(Filter),
    responses((status = 200, description = "A page.", body = VerwendungsnachweisSeite)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen"))))]
#[get("/verwendungsnachweise")]
pub async fn auflisten(a: Aufruf<VerwendungsnachweisLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            kette_id: f.kette_id,
            art: f.art,
            status: f.status,
            aktuell: f.aktuell,
        };
        let liste = format!("verwendungsnachweise:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&VerwendungsnachweisSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |n| n.wert.id),
            daten: s.daten.iter().map(|n| VerwendungsnachweisView::aus(n, &sicht)).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Begin a proof of use
///
/// For the effective grant of the caller's own application. The server fixes the period and fills in plan, Bescheide and
/// payments; of each closing proof and each year one is current.
#[utoipa::path(operation_id = "verwendungsnachweis_anlegen", tag = "Verwendungsnachweise",
    request_body = VerwendungsnachweisAnlage,
    responses((status = 201, description = "Begun.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:schreiben"))))]
#[post("/verwendungsnachweise")]
pub async fn anlegen(
    a: Aufruf<VerwendungsnachweisSchreiben>,
    Json { wert: e, roh }: Json<VerwendungsnachweisAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let gegenstand = Nachweisgegenstand { art: e.art, haushaltsjahr: e.haushaltsjahr };
        let n = app::anlegen(tx, &sicht, id, e.antrag_id, (gegenstand, e.inhalt.clone()))?;
        Ok(VerwendungsnachweisView::antwort(&n, &sicht)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a proof of use
///
/// One version by its id. A Traeger sees the measures for which money was passed on to it.
#[utoipa::path(operation_id = "verwendungsnachweis_lesen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The proof.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}")]
pub async fn lesen(a: Aufruf<VerwendungsnachweisLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| VerwendungsnachweisView::antwort(&app::lesen(c, &sicht, id)?, &sicht)).await
}

/// Change a proof of use
///
/// While it is a draft or sent back for completion.
#[utoipa::path(operation_id = "verwendungsnachweis_aendern", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    request_body(content((VerwendungsnachweisAenderung = "application/merge-patch+json"), (VerwendungsnachweisAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = VerwendungsnachweisView)),
    extensions(("x-recht" = json!("verwendungsnachweis:schreiben"))))]
#[patch("/verwendungsnachweise/{verwendungsnachweis_id}")]
pub async fn aendern(
    a: Aufruf<VerwendungsnachweisSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<VerwendungsnachweisAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        let n = app::aendern(tx, sicht, (id, v), |alt| e.inhalt.anwenden(&zustand.vertrag, alt))?;
        VerwendungsnachweisView::antwort(&n, sicht)
    })
    .await
}

/// Delete a draft of a proof of use
///
/// The audit trail keeps what it was.
#[utoipa::path(operation_id = "verwendungsnachweis_loeschen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("verwendungsnachweis:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/verwendungsnachweise/{verwendungsnachweis_id}")]
pub async fn loeschen(a: Aufruf<VerwendungsnachweisSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, (id, version))?;
        Loeschung::antwort(tx, [("VERWENDUNGSNACHWEIS", alt.wert.id.to_string())])
    })
    .await
}

/// Acts of a proof of use
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "verwendungsnachweis_aktionen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/aktionen")]
pub async fn aktionen(a: Aufruf<VerwendungsnachweisLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, id, rechtstag(uhr::jetzt()))?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(id), sprache))
    })
    .await
}

/// History of a proof of use
///
/// Who changed which field when. Not for a Traeger: it would show the parts of others.
#[utoipa::path(operation_id = "verwendungsnachweis_historie", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("verwendungsnachweis:einsehen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/historie")]
pub async fn historie(
    a: Aufruf<VerwendungsnachweisEinsehen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite_ohne(c, (Verwendungsnachweis::ART, &id.to_string()), verdecktes(&sicht), &v)
    })
    .await
}

/// What of the history of a proof is the authority's own: which decision it drafts, and that it discards one.
pub(super) fn verdecktes(sicht: &Sicht) -> Verdeckt {
    let akte: &[&str] = if *sicht == Sicht::Alles { &[] } else { &["entscheidung_vorbereitung", VERWERFUNG] };
    Verdeckt { akte, feld: (*sicht != Sicht::Alles).then_some("/bescheid_id") }
}
