//! `/verwendungsnachweise/{id}/belege`, and the template of a Belegliste.

mod akte;
mod datei;
pub(super) mod sicht;

use crate::app::beleg as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Aktionen, Loeschung, ProtokollSeite};
use crate::http::system::keine_ids;
use crate::http::verlauf::{self, Verdeckt, Verlaufsfrage};
use crate::teil;
use actix_web::{delete, get, patch, post};
use aqb_domain::beleg::{Beleg, Belegart, Beleginhalt, ENTSCHEIDUNG, Pruefgrund};
use aqb_domain::berechtigung::recht::{BelegLesen, BelegSchreiben};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::beleg as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::Aggregat;
use serde::Deserialize;
use sicht::{BelegSeite, BelegView, BelegsummenView};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(anlegen)
        .service(datei::csv)
        .service(datei::xlsx)
        .service(akte::nummerierung)
        .service(akte::entscheidungen);
    let liste = "/verwendungsnachweise/{verwendungsnachweis_id}/belege";
    keine_ids(cfg, liste, &["csv", "xlsx", "nummerierung", "entscheidungen"]);
    cfg.service(lesen)
        .service(aendern)
        .service(loeschen)
        .service(akte::entscheidung)
        .service(aktionen)
        .service(historie)
        .service(summen)
        .service(datei::vorlage_csv)
        .service(datei::vorlage_xlsx);
}

/// A new Beleg; the server numbers it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "belegnummer": "2026-0417", "massnahme_nr": "M01", "position": "PERSONAL", "teilbudget": "ALLGEMEIN", "art": "AUSGABE", "rechnungsdatum": "2026-03-03", "leistung_von": "2026-03-01", "leistung_bis": "2026-03-31", "zahlungsdatum": "2026-03-10", "rechnungsaussteller": "DEMO Lohnbuchhaltung", "gegenstand": "Sozialpädagogik März 2026", "rechnungsbetrag_brutto": "4999.99", "gezahlter_betrag": "4999.99", "beantragt": "4999.99" } })))]
pub struct BelegAnlage {
    /// What it says.
    inhalt: Beleginhalt,
}

teil!(
    /// Parts of `Beleginhalt` (RFC 7396).
    BeleginhaltTeil, Beleginhalt
);

/// Changes to a Beleg: the parts that are sent; others stay. A decision about the old values does not count any more.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "gegenstand": "Sozialpädagogik, März 2026" } })))]
pub struct BelegAenderung {
    /// What it says.
    inhalt: BeleginhaltTeil,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this measure.
    #[param(example = "019a0000-0000-7000-8000-0000000000e1")]
    massnahme_id: Option<Uuid>,
    /// Only those of this cost position.
    #[param(pattern = "^[A-Z][A-Z0-9_]{1,79}$", example = "PERSONAL")]
    position: Option<String>,
    /// Only those of this Haushaltsjahr.
    #[param(minimum = 2011, maximum = 2110, example = 2026)]
    haushaltsjahr: Option<i32>,
    /// Only those of this kind.
    #[param(inline)]
    art: Option<Belegart>,
    /// Only those that are decided, or only those that are not.
    entschieden: Option<bool>,
    /// Only those decided for this reason.
    #[param(inline)]
    pruefgrund: Option<Pruefgrund>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(nachweis: Uuid, id: Uuid) -> String {
    format!("/verwendungsnachweise/{nachweis}/belege/{id}")
}

/// List the Belege of a proof
///
/// In the order of their numbers. They belong to the proof through all of its corrections. A Traeger reads what it paid
/// itself; what the authority decides is its own until the examination ends.
#[utoipa::path(operation_id = "belege_auflisten", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"), Filter),
    responses((status = 200, description = "A page.", body = BelegSeite)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belege")]
pub async fn auflisten(a: Aufruf<BelegLesen>, Pfad(n): Pfad<Uuid>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            massnahme_id: f.massnahme_id,
            position: f.position.clone(),
            haushaltsjahr: f.haushaltsjahr,
            art: f.art,
            entschieden: f.entschieden,
            pruefgrund: f.pruefgrund,
        };
        let liste = format!("belege:{n}:{filter:?}");
        let wo = (b.position(&liste)?, zu_lesen(b.limit()), rechtstag(uhr::jetzt()));
        let s = Seite::aus(app::liste(c, &sicht, n, &filter, wo)?, b.limit());
        Antwort::seite(&BelegSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |b| i64::from(b.beleg.wert.lfd_nr)),
            daten: s.daten.iter().map(|b| BelegView::aus(b, sprache)).collect(),
        })
    })
    .await
}

/// Enter a Beleg
///
/// While the proof is a draft or sent back. Its number stands once per payer, Haushaltsjahr and application; Belege that
/// share one invoice name the same group, and together never more than the invoice.
#[utoipa::path(operation_id = "beleg_anlegen", tag = "Belege", request_body = BelegAnlage,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 201, description = "Entered.", body = BelegView)),
    extensions(("x-recht" = json!("beleg:schreiben"))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/belege")]
pub async fn anlegen(
    a: Aufruf<BelegSchreiben>,
    Pfad(n): Pfad<Uuid>,
    Json { wert: e, roh }: Json<BelegAnlage>,
) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let b = app::anlegen(tx, &sicht, n, id, e.inhalt.clone())?;
        Ok(BelegView::antwort(&b, sprache)?.angelegt(pfad(n, id)))
    })
    .await
}

/// Read a Beleg
///
/// One by its id, with findings, possible duplicates the caller may know of, and what is left of a shared invoice.
#[utoipa::path(operation_id = "beleg_lesen", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("beleg_id" = Uuid, Path, description = "Id of the Beleg.", example = "019a0000-0000-7000-8000-000000000160")),
    responses((status = 200, description = "The Beleg.", body = BelegView)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}")]
pub async fn lesen(a: Aufruf<BelegLesen>, Pfad(ziel): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| BelegView::antwort(&app::lesen(c, &sicht, ziel, rechtstag(uhr::jetzt()))?, sprache)).await
}

/// Change a Beleg
///
/// While the proof is a draft or sent back.
#[utoipa::path(operation_id = "beleg_aendern", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("beleg_id" = Uuid, Path, description = "Id of the Beleg.", example = "019a0000-0000-7000-8000-000000000160")),
    request_body(content((BelegAenderung = "application/merge-patch+json"), (BelegAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = BelegView)),
    extensions(("x-recht" = json!("beleg:schreiben"))))]
#[patch("/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}")]
pub async fn aendern(
    a: Aufruf<BelegSchreiben>,
    Pfad((n, id)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<BelegAenderung>,
) -> HandlerErgebnis {
    let (zustand, sprache) = (a.zustand.clone(), a.sprache());
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        let b = app::aendern(tx, sicht, (n, id, v), |alt| e.inhalt.anwenden(&zustand.vertrag, alt))?;
        BelegView::antwort(&b, sprache)
    })
    .await
}

/// Delete a Beleg
///
/// While the proof is a draft or sent back, and nothing is decided about the Beleg. The audit trail keeps what it was.
#[utoipa::path(operation_id = "beleg_loeschen", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("beleg_id" = Uuid, Path, description = "Id of the Beleg.", example = "019a0000-0000-7000-8000-000000000160")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("beleg:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}")]
pub async fn loeschen(a: Aufruf<BelegSchreiben>, Pfad((n, id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let alt = app::loeschen(tx, sicht, (n, id, version))?;
        Loeschung::antwort(tx, [("BELEG", alt.wert.inhalt.belegnummer)])
    })
    .await
}

/// Acts of a Beleg
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "beleg_aktionen", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("beleg_id" = Uuid, Path, description = "Id of the Beleg.", example = "019a0000-0000-7000-8000-000000000160")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}/aktionen")]
pub async fn aktionen(a: Aufruf<BelegLesen>, Pfad((n, id)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| {
        let aktionen = app::aktionen(c, &sicht, &akteur, (n, id))?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(n, id), sprache))
    })
    .await
}

/// History of a Beleg
///
/// Who changed which field when. What the authority decides shows once it is released.
#[utoipa::path(operation_id = "beleg_historie", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("beleg_id" = Uuid, Path, description = "Id of the Beleg.", example = "019a0000-0000-7000-8000-000000000160"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belege/{beleg_id}/historie")]
pub async fn historie(
    a: Aufruf<BelegLesen>,
    Pfad((n, id)): Pfad<(Uuid, Uuid)>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let verdeckt = app::lesen(c, &sicht, (n, id), rechtstag(uhr::jetzt()))?.verdeckt;
        verlauf::seite_ohne(c, (Beleg::ART, &id.to_string()), verdecktes(verdeckt), &v)
    })
    .await
}

/// What of the history of a Beleg is the authority's own while its decisions are drafts.
pub(super) fn verdecktes(verdeckt: bool) -> Verdeckt {
    if verdeckt { Verdeckt { akte: &[ENTSCHEIDUNG], feld: Some("/entscheidung") } } else { Verdeckt::NICHTS }
}

/// Sums of a Belegliste
///
/// By measure, position, Haushaltsjahr and sub-budget, with what is recognised, refused by reason and open; whether the
/// running numbers have gaps; years before the period of the proof; and the hash that filing freezes and a sample is drawn from.
#[utoipa::path(operation_id = "belegsummen_lesen", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The sums.", body = BelegsummenView)),
    extensions(("x-recht" = json!("beleg:lesen")), ("x-befunde" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belegsummen")]
pub async fn summen(a: Aufruf<BelegLesen>, Pfad(n): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| Antwort::gut(&BelegsummenView::aus(&app::summen(c, &sicht, n)?, sprache))).await
}
