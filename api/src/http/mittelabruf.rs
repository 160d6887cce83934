//! `/mittelabrufe`.

use crate::app::antrag::grundlage;
use crate::app::mittelabruf as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Loeschung, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::teil;
use actix_web::{delete, get, patch, post};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::recht::{MittelabrufLesen, MittelabrufSchreiben};
use aqb_domain::mittelabruf::{MittelabrufStatus, Mittelabrufinhalt, Pruefschritt};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::mittelabruf as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

mod akte;
pub(super) mod sicht;

use sicht::{AbrufbareMittel, Abrufbericht, MittelabrufSeite, MittelabrufView};

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(lesen)
        .service(aendern)
        .service(loeschen)
        .service(pruefbericht)
        .service(akte::einreichung)
        .service(akte::pruefung)
        .service(akte::anordnung)
        .service(akte::anordnungsruecknahme)
        .service(akte::zurueckweisung)
        .service(akte::stornierung)
        .service(aktionen)
        .service(historie)
        .service(abrufbar);
}

/// A new call.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "bescheid_id": "019a0000-0000-7000-8000-0000000000f1", "inhalt": {
    "haushaltsjahr": 2026, "auszahlung_am": "2026-10-01",
    "positionen": [{ "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "betrag": "10000.00" }],
    "bedarf": [{ "faellig_am": "2026-10-15", "betrag": "30000.00", "zweck": "Honorare Oktober" }],
    "bisher_verausgabt": "0.00", "eigenmittel_eingesetzt": "0.00", "iban": "DE02500105170137075030" } })))]
pub struct MittelabrufAnlage {
    /// Bescheid that grants the money.
    bescheid_id: Uuid,
    /// What is called, when and what for.
    inhalt: Mittelabrufinhalt,
}

teil!(
    /// Parts of `Mittelabrufinhalt` (RFC 7396).
    MittelabrufinhaltTeil, Mittelabrufinhalt
);

/// Changes to a draft: the parts that are sent; others stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "auszahlung_am": "2026-10-02" } })))]
pub struct MittelabrufAenderung {
    /// Content.
    inhalt: MittelabrufinhaltTeil,
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
    /// Only those of this Haushaltsjahr.
    #[param(minimum = 2011, maximum = 2110, example = 2026)]
    haushaltsjahr: Option<i32>,
    /// Only those of this application.
    #[param(example = "019a0000-0000-7000-8000-0000000000d1")]
    antrag_id: Option<Uuid>,
    /// Only those from this Bescheid.
    #[param(example = "019a0000-0000-7000-8000-0000000000f1")]
    bescheid_id: Option<Uuid>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<MittelabrufStatus>,
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

/// List calls
///
/// A county sees its own.
#[utoipa::path(operation_id = "mittelabrufe_auflisten", tag = "Mittelabrufe", params(Filter),
    responses((status = 200, description = "A page.", body = MittelabrufSeite)),
    extensions(("x-recht" = json!("mittelabruf:lesen"))))]
#[get("/mittelabrufe")]
pub async fn auflisten(a: Aufruf<MittelabrufLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            haushaltsjahr: f.haushaltsjahr,
            antrag_id: f.antrag_id,
            bescheid_id: f.bescheid_id,
            status: f.status,
            sortierung: sortierung(f.sortierung),
        };
        let liste = format!("mittelabrufe:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&MittelabrufSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |m| (m.geaendert_am, m.wert.id)),
            daten: s.daten.iter().map(MittelabrufView::aus).collect::<Result<_, _>>()?,
        })
    })
    .await
}

/// Begin a call
///
/// A draft from a Bescheid of the caller's own county. Nothing is reserved yet; `pruefbericht` tells what filing would
/// find.
#[utoipa::path(operation_id = "mittelabruf_anlegen", tag = "Mittelabrufe", request_body = MittelabrufAnlage,
    responses((status = 201, description = "Drafted.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:schreiben"))))]
#[post("/mittelabrufe")]
pub async fn anlegen(
    a: Aufruf<MittelabrufSchreiben>,
    Json { wert: e, roh }: Json<MittelabrufAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let m = app::anlegen(tx, &sicht, id, e.bescheid_id, e.inhalt.clone())?;
        Ok(MittelabrufView::antwort(&m)?.angelegt(format!("/mittelabrufe/{id}")))
    })
    .await
}

/// Read a call
///
/// One by its id.
#[utoipa::path(operation_id = "mittelabruf_lesen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    responses((status = 200, description = "The call.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:lesen"))))]
#[get("/mittelabrufe/{mittelabruf_id}")]
pub async fn lesen(a: Aufruf<MittelabrufLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| MittelabrufView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Change a call
///
/// While it is a draft.
#[utoipa::path(operation_id = "mittelabruf_aendern", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    request_body(content((MittelabrufAenderung = "application/merge-patch+json"), (MittelabrufAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = MittelabrufView)),
    extensions(("x-recht" = json!("mittelabruf:schreiben"))))]
#[patch("/mittelabrufe/{mittelabruf_id}")]
pub async fn aendern(
    a: Aufruf<MittelabrufSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<MittelabrufAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let aendern = |alt: &Mittelabrufinhalt| e.inhalt.anwenden(&zustand.vertrag, alt);
        MittelabrufView::antwort(&app::aendern(tx, sicht, (id, version), aendern)?)
    })
    .await
}

/// Delete a draft of a call
///
/// One that was never filed. The audit trail keeps what it was.
#[utoipa::path(operation_id = "mittelabruf_loeschen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("mittelabruf:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/mittelabrufe/{mittelabruf_id}")]
pub async fn loeschen(a: Aufruf<MittelabrufSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, (id, version))?;
        Loeschung::antwort(tx, [("MITTELABRUF", alt.wert.bezeichnung())])
    })
    .await
}

/// Check a call at any time
///
/// All findings of the filing and the need check by day, in every state, without changing anything.
#[utoipa::path(operation_id = "mittelabruf_pruefbericht", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    responses((status = 200, description = "The findings.", body = Abrufbericht)),
    extensions(("x-recht" = json!("mittelabruf:lesen"))))]
#[get("/mittelabrufe/{mittelabruf_id}/pruefbericht")]
pub async fn pruefbericht(a: Aufruf<MittelabrufLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache, heute) = (a.sicht.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let schritt = match app::lesen(c, &sicht, id)?.wert.status {
            MittelabrufStatus::Entwurf => Pruefschritt::Einreichung,
            _ => Pruefschritt::Pruefung,
        };
        let (befunde, bedarfsrechnung) = app::bericht(c, &sicht, id, schritt, heute)?;
        Antwort::gut(&Abrufbericht {
            moeglich: !befunde.iter().any(Befund::blockiert),
            befunde: befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
            bedarfsrechnung,
        })
    })
    .await
}

/// Acts of a call
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "mittelabruf_aktionen", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("mittelabruf:lesen"))))]
#[get("/mittelabrufe/{mittelabruf_id}/aktionen")]
pub async fn aktionen(a: Aufruf<MittelabrufLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/mittelabrufe/{id}"), sprache))
    })
    .await
}

/// History of a call
///
/// Who changed which field when.
#[utoipa::path(operation_id = "mittelabruf_historie", tag = "Mittelabrufe",
    params(("mittelabruf_id" = Uuid, Path, description = "Id of the call.", example = "019a0000-0000-7000-8000-000000000011"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("mittelabruf:lesen"))))]
#[get("/mittelabrufe/{mittelabruf_id}/historie")]
pub async fn historie(
    a: Aufruf<MittelabrufLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "MITTELABRUF", &id.to_string(), &v)
    })
    .await
}

/// What can be called from a Bescheid
///
/// Granted, called, paid and left per measure and Haushaltsjahr, and until when it can be called. While a change of the
/// grant can still be appealed, what is left counts from the lower of the last final grant and those released since.
#[utoipa::path(operation_id = "bescheid_abrufbar", tag = "Mittelabrufe",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Bescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    responses((status = 200, description = "What is left.", body = AbrufbareMittel)),
    extensions(("x-recht" = json!("mittelabruf:lesen")), ("x-siegel" = json!(true))))]
#[get("/bescheide/{bescheid_id}/abrufbar")]
pub async fn abrufbar(a: Aufruf<MittelabrufLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, heute) = (a.sicht.clone(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let (b, stand) = app::abrufbar(c, &sicht, id, heute)?;
        let (_, regelwerk) = grundlage(c, b.inhalt.jahrgang, Some(&b.inhalt.regelwerk))?;
        Antwort::gut(&AbrufbareMittel::aus(&b, &stand, &regelwerk, heute)?)
    })
    .await
}
