//! `/antraege`.

mod akte;
mod kopie;
pub(super) mod sicht;

use crate::app::antrag as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Loeschung, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::teil;
use actix_web::{delete, get, patch, post};
use aqb_domain::antrag::{Anlass, Antrag, AntragStatus, Antragsinhalt};
use aqb_domain::berechtigung::recht::{AntragLesen, AntragSchreiben};
use aqb_domain::geld::Euro;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::DbConn;
use aqb_persistence::antrag as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use serde::Deserialize;
pub use sicht::Pruefbericht;
use sicht::{AntragKopf, AntragSeite, AntragView, Eingangsbestaetigung};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(kopie::kopie)
        .service(lesen)
        .service(aendern)
        .service(loeschen)
        .service(pruefbericht)
        .service(aktionen)
        .service(historie)
        .service(eingangsbestaetigung)
        .service(akte::einreichung)
        .service(akte::ruecknahme)
        .service(akte::pruefung)
        .service(akte::nachforderung)
        .service(akte::nachforderungsergaenzung)
        .service(akte::nachforderungsruecknahme)
        .service(akte::bewilligung)
        .service(akte::teilbewilligung)
        .service(akte::ablehnung);
}

/// A new draft. Everything in `inhalt` may come later.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "jahrgang": 2026, "kreisschluessel": "06440", "inhalt": { "bewilligungszeitraum": { "von": "2026-01-01", "bis": "2027-12-31" }, "bankverbindung": { "iban": "DE02500105170137075030", "kontoinhaber": "Wetteraukreis", "kassenzeichen": "5.0440.000123.4" } } })))]
pub struct AntragAnlage {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    jahrgang: i32,
    /// Applicant: the caller's own county.
    #[schema(pattern = "^06[0-9]{3}$")]
    kreisschluessel: String,
    /// The form as far as it is known.
    #[serde(default)]
    inhalt: Antragsinhalt,
}

teil!(
    /// Parts of the form (RFC 7396).
    AntragsinhaltTeil, Antragsinhalt
);

/// Parts of the form, merged into the draft (RFC 7396).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "vorsteuerabzug": "NEIN", "andere_oeffentliche_mittel": [] } })))]
pub struct AntragAenderung {
    /// The parts that change; others stay, `null` removes a value or list that is optional.
    inhalt: AntragsinhaltTeil,
}

/// Narrows and orders the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Applicant.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// State.
    #[param(inline)]
    status: Option<AntragStatus>,
    /// File reference.
    #[param(max_length = 40, pattern = "^[A-Z0-9-]+$", example = "RPKS-57-AQB-2026-06440-001")]
    aktenzeichen: Option<String>,
    /// Only those with a measure of this Traeger.
    #[param(example = "019a0000-0000-7000-8000-0000000000a1")]
    traeger_id: Option<Uuid>,
    /// Only those this person examines (`sub` of the token).
    #[param(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", example = "demo-bewilligung-1")]
    in_pruefung_durch: Option<String>,
    /// Only those that were filed after the application period, or only the others.
    #[param(example = true)]
    frist_versaeumt: Option<bool>,
    /// Order; a leading minus turns it around.
    #[param(inline)]
    sortierung: Option<Sortierung>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// Occasion of the report.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Berichtsfrage {
    /// Occasion; EINREICHUNG if absent.
    #[param(inline)]
    anlass: Option<Anlass>,
}

/// List applications
///
/// A county sees its own.
#[utoipa::path(operation_id = "antraege_auflisten", tag = "Antraege", params(Filter),
    responses((status = 200, description = "A page.", body = AntragSeite)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege")]
pub async fn auflisten(a: Aufruf<AntragLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            status: f.status,
            frist_versaeumt: f.frist_versaeumt,
            aktenzeichen: f.aktenzeichen.clone(),
            traeger_id: f.traeger_id,
            in_pruefung_durch: f.in_pruefung_durch.clone(),
            sortierung: sortierung(f.sortierung),
        };
        let liste = format!("antraege:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        let kopf = |k: &db::Kopf| -> Ergebnis<AntragKopf> {
            Ok(AntragKopf {
                id: k.antrag.id,
                aktenzeichen: k.antrag.aktenzeichen.clone(),
                jahrgang: k.antrag.jahrgang,
                kreisschluessel: k.antrag.kreisschluessel.clone(),
                status: k.antrag.status,
                beantragte_zuwendung: Euro::aus_cent(k.beantragt)?,
                eingereicht_am: k.antrag.eingereicht_am.map(Moment),
                frist_versaeumt: k.antrag.tage_versaeumt().is_some(),
                version: k.antrag.version,
                erstellt_am: k.erstellt_am.into(),
                geaendert_am: k.geaendert_am.into(),
            })
        };
        Antwort::seite(&AntragSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |k| (k.geaendert_am, k.antrag.id)),
            daten: s.daten.iter().map(kopf).collect::<Result<_, _>>()?,
        })
    })
    .await
}

/// Read an application
///
/// The form, the sum of its plans, and where the procedure stands.
#[utoipa::path(operation_id = "antrag_lesen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The application.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}")]
pub async fn lesen(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| AntragView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Start a draft
///
/// Entitlement at the Jahrgang date is checked at once.
#[utoipa::path(operation_id = "antrag_anlegen", tag = "Antraege", request_body = AntragAnlage,
    responses((status = 201, description = "Draft started.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[post("/antraege")]
pub async fn anlegen(a: Aufruf<AntragSchreiben>, Json { wert: e, roh }: Json<AntragAnlage>) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let v = app::anlegen(tx, id, e.jahrgang, &e.kreisschluessel, e.inhalt.clone())?;
        Ok(AntragView::antwort(&v)?.angelegt(format!("/antraege/{id}")))
    })
    .await
}

/// Edit a draft
///
/// Merges parts of the form; during a Nachforderung only the named fields.
#[utoipa::path(operation_id = "antrag_aendern", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body(content((AntragAenderung = "application/merge-patch+json"), (AntragAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:schreiben"))))]
#[patch("/antraege/{antrag_id}")]
pub async fn aendern(
    a: Aufruf<AntragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<AntragAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let aendern = |alt: &Antragsinhalt| e.inhalt.anwenden(&zustand.vertrag, alt);
        AntragView::antwort(&app::aendern(tx, sicht, id, version, aendern)?)
    })
    .await
}

/// Delete a draft
///
/// One that was never filed, with its measures and plans; the simulation lists them. The audit trail keeps what it was.
#[utoipa::path(operation_id = "antrag_loeschen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d2")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("antrag:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/antraege/{antrag_id}")]
pub async fn loeschen(a: Aufruf<AntragSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, id, version)?.wert;
        let massnahmen = alt.massnahmen.into_iter().flat_map(|m| {
            let nr = m.massnahme.massnahme_nr;
            let plan = m.detailplanung.map(|_| ("DETAILPLANUNG", nr.clone()));
            std::iter::once(("MASSNAHME", nr)).chain(plan)
        });
        Loeschung::antwort(tx, std::iter::once(("ANTRAG", id.to_string())).chain(massnahmen))
    })
    .await
}

/// All findings at any time
///
/// The same function filing and granting ask, so the report never differs from the act.
#[utoipa::path(operation_id = "antrag_pruefbericht", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"), Berichtsfrage),
    responses((status = 200, description = "The findings.", body = Pruefbericht)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}/pruefbericht")]
pub async fn pruefbericht(
    a: Aufruf<AntragLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(f): Query<Berichtsfrage>,
) -> HandlerErgebnis {
    let (sicht, sprache, heute) = (a.sicht.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    let anlass = f.anlass.unwrap_or(Anlass::Einreichung);
    a.lese(move |c| {
        let (befunde, regelwerk) = app::bericht(c, &sicht, id, anlass, heute)?;
        Antwort::gut(&Pruefbericht {
            einreichbar: !befunde.iter().any(aqb_domain::befund::Befund::blockiert),
            regelwerk,
            stand: heute,
            befunde: befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
        })
    })
    .await
}

/// Acts of an application
///
/// Every act, permitted or not, with the findings it would answer with.
#[utoipa::path(operation_id = "antrag_aktionen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}/aktionen")]
pub async fn aktionen(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/antraege/{id}"), sprache))
    })
    .await
}

/// History of an application
///
/// Who changed which field when.
#[utoipa::path(operation_id = "antrag_historie", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}/historie")]
pub async fn historie(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>, Query(v): Query<Verlaufsfrage>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "ANTRAG", &id.to_string(), &v)
    })
    .await
}

/// Receipt of a filed application
///
/// Server time, file reference, and the frozen document with its SHA-256.
#[utoipa::path(operation_id = "antrag_eingangsbestaetigung", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The receipt.", body = Eingangsbestaetigung)),
    extensions(("x-recht" = json!("antrag:lesen")), ("x-siegel" = json!(true))))]
#[get("/antraege/{antrag_id}/eingangsbestaetigung")]
pub async fn eingangsbestaetigung(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let antrag = app::lesen(c, &sicht, id)?.wert;
        Antwort::gut(&crate::app::vorhanden(bestaetigung(c, &antrag)?)?)
    })
    .await
}

/// The receipt of an application the caller sees; none before it is filed.
///
/// # Errors
/// `INTEGRITAET_VERLETZT`.
pub(super) fn bestaetigung(c: &mut DbConn, antrag: &Antrag) -> Ergebnis<Option<Eingangsbestaetigung>> {
    Ok(db::eingang(c, antrag.id)?.map(|e| Eingangsbestaetigung {
        aktenzeichen: antrag.aktenzeichen.clone().unwrap_or_default(),
        nr: e.nr,
        eingegangen_am: e.eingegangen_am.into(),
        eingangsdatum: rechtstag(e.eingegangen_am),
        eingereicht_von: e.eingereicht_von,
        sha256: e.sha256,
        dokument: e.dokument,
    }))
}
