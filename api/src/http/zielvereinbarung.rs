//! `/zielvereinbarungen`.

use crate::app::zielvereinbarung as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, Sortierung, sortierung, weiter};
use crate::http::sicht::{Aktionen, Loeschung, Moment, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::{seite, teil};
use actix_web::{delete, get, patch, post};
use aqb_domain::akt::{Handlungsgrund, Rueckgabe};
use aqb_domain::berechtigung::recht::{ZielvereinbarungLesen, ZielvereinbarungSchreiben};
use aqb_domain::zeit::rechtstag;
use aqb_domain::zielvereinbarung::{
    Abstimmung, Unterschriften, Unterzeichnung, Zielvereinbarung, ZielvereinbarungStatus, Zielvereinbarungsinhalt,
};
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::zielvereinbarung as db;
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
        .service(aendern)
        .service(loeschen)
        .service(abstimmung)
        .service(ruecknahme)
        .service(unterzeichnung)
        .service(nachtrag)
        .service(aktionen)
        .service(historie);
}

/// A Zielvereinbarung, or one of its later versions.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zielvereinbarung)]
pub struct ZielvereinbarungView {
    /// Id.
    pub id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// The Gebietskoerperschaft's side.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// 1 for the agreement itself, then one more per Nachtrag.
    #[schema(minimum = 1, maximum = 100_000, examples(1))]
    pub fassung: i32,
    /// The version that this Nachtrag replaces once both sides have signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub vorgaenger_id: Option<Uuid>,
    /// State.
    pub status: ZielvereinbarungStatus,
    /// Content.
    pub inhalt: Zielvereinbarungsinhalt,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Legal day on which the text was fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abgestimmt_am: Option<NaiveDate>,
    /// SHA-256 of the fixed text; whoever signs repeats it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9a-f]{64}$")]
    pub dokument_sha256: Option<String>,
    /// Signatures.
    pub unterschriften: Unterschriften,
    /// Why it is a draft again, until it is handed over anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rueckgabe: Option<Rueckgabe>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl ZielvereinbarungView {
    pub(super) fn aus(v: &Versioniert<Zielvereinbarung>) -> Self {
        let z = v.wert.clone();
        ZielvereinbarungView {
            id: z.id,
            jahrgang: z.jahrgang,
            kreisschluessel: z.kreisschluessel,
            fassung: z.fassung,
            vorgaenger_id: z.vorgaenger_id,
            status: z.status,
            inhalt: z.inhalt,
            erstellt_von: z.erstellt_von,
            abgestimmt_am: z.abgestimmt_am,
            dokument_sha256: z.dokument_sha256,
            unterschriften: z.unterschriften,
            rueckgabe: z.rueckgabe,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    fn antwort(v: &Versioniert<Zielvereinbarung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&ZielvereinbarungView::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of Zielvereinbarungen.
    ZielvereinbarungSeite, ZielvereinbarungView
);

/// A new Zielvereinbarung.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "jahrgang": 2026, "kreisschluessel": "06435", "inhalt": { "strategie_id": "019a0000-0000-7000-8000-0000000000c1", "budget_positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "betrag": "120000.00" }], "ziele": [{ "massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppe": "NICHT_AUSBILDUNGSREIF", "plaetze_geplant": 12, "teilnehmende_geplant": 30, "indikator": "Übergänge in Ausbildung", "zielwert": 12, "einheit": "Personen" }], "querschnittsziele": { "gleichstellung": "Die Hälfte der Plätze geht an Frauen.", "inklusion": "Alle Maßnahmen sind barrierefrei zugänglich." }, "gespraech_am": "2026-03-12" } })))]
pub struct ZielvereinbarungAnlage {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    jahrgang: i32,
    /// The Gebietskoerperschaft's side; for its caller the own one.
    #[schema(pattern = "^06[0-9]{3}$", examples("06435"))]
    kreisschluessel: String,
    /// Content; checked against Zuteilung, strategy and Regelwerk when it is agreed.
    inhalt: Zielvereinbarungsinhalt,
}

teil!(
    /// Parts of `Zielvereinbarungsinhalt` (RFC 7396).
    ZielvereinbarungsinhaltTeil, Zielvereinbarungsinhalt
);

/// Changes to a Zielvereinbarung: the parts that are sent; others stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "strategie_id": "019a0000-0000-7000-8000-0000000000c1", "budget_positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "betrag": "110000.00" }], "ziele": [{ "massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppe": "NICHT_AUSBILDUNGSREIF", "plaetze_geplant": 12, "teilnehmende_geplant": 30, "indikator": "Übergänge in Ausbildung", "zielwert": 12, "einheit": "Personen" }], "querschnittsziele": { "gleichstellung": "Die Hälfte der Plätze geht an Frauen.", "inklusion": "Alle Maßnahmen sind barrierefrei zugänglich." } } })))]
pub struct ZielvereinbarungAenderung {
    /// Content.
    inhalt: ZielvereinbarungsinhaltTeil,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: Option<i32>,
    /// Only those of this Gebietskoerperschaft.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only those in this state.
    #[param(inline)]
    status: Option<ZielvereinbarungStatus>,
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

/// List Zielvereinbarungen
///
/// A Gebietskoerperschaft sees its own.
#[utoipa::path(operation_id = "zielvereinbarungen_auflisten", tag = "Vereinbarungen", params(Filter),
    responses((status = 200, description = "A page.", body = ZielvereinbarungSeite)),
    extensions(("x-recht" = json!("zielvereinbarung:lesen"))))]
#[get("/zielvereinbarungen")]
pub async fn auflisten(a: Aufruf<ZielvereinbarungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = db::Filter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            status: f.status,
            sortierung: sortierung(f.sortierung),
        };
        let liste = format!("zielvereinbarungen:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&ZielvereinbarungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| (z.geaendert_am, z.wert.id)),
            daten: s.daten.iter().map(ZielvereinbarungView::aus).collect(),
        })
    })
    .await
}

/// Read a Zielvereinbarung
///
/// One by its id.
#[utoipa::path(operation_id = "zielvereinbarung_lesen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    responses((status = 200, description = "The Zielvereinbarung.", body = ZielvereinbarungView)),
    extensions(("x-recht" = json!("zielvereinbarung:lesen"))))]
#[get("/zielvereinbarungen/{zielvereinbarung_id}")]
pub async fn lesen(a: Aufruf<ZielvereinbarungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| ZielvereinbarungView::antwort(&app::lesen(c, &sicht, id)?)).await
}

/// Draft a Zielvereinbarung
///
/// By either side, one per Gebietskoerperschaft and Jahrgang; later versions are Nachtraege.
#[utoipa::path(operation_id = "zielvereinbarung_anlegen", tag = "Vereinbarungen", request_body = ZielvereinbarungAnlage,
    responses((status = 201, description = "Drafted.", body = ZielvereinbarungView)),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben"))))]
#[post("/zielvereinbarungen")]
pub async fn anlegen(
    a: Aufruf<ZielvereinbarungSchreiben>,
    Json { wert: e, roh }: Json<ZielvereinbarungAnlage>,
) -> HandlerErgebnis {
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let neu = app::Anlage {
            id: tx.neue_id(),
            jahrgang: e.jahrgang,
            kreisschluessel: e.kreisschluessel.clone(),
            inhalt: e.inhalt.clone(),
        };
        let z = app::anlegen(tx, neu)?;
        let pfad = format!("/zielvereinbarungen/{}", z.wert.id);
        Ok(ZielvereinbarungView::antwort(&z)?.angelegt(pfad))
    })
    .await
}

/// Change a Zielvereinbarung
///
/// By either side, while it is a draft.
#[utoipa::path(operation_id = "zielvereinbarung_aendern", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    request_body(content((ZielvereinbarungAenderung = "application/merge-patch+json"), (ZielvereinbarungAenderung = "application/json"))),
    responses((status = 200, description = "Changed.", body = ZielvereinbarungView)),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben"))))]
#[patch("/zielvereinbarungen/{zielvereinbarung_id}")]
pub async fn aendern(
    a: Aufruf<ZielvereinbarungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<ZielvereinbarungAenderung>,
) -> HandlerErgebnis {
    let zustand = a.zustand.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        ZielvereinbarungView::antwort(&app::aendern(tx, sicht, id, version, |alt| {
            e.inhalt.anwenden(&zustand.vertrag, alt)
        })?)
    })
    .await
}

/// Delete a draft of a Zielvereinbarung
///
/// By either side, one whose text was never fixed; also a drafted Nachtrag. The audit trail keeps what it was.
#[utoipa::path(operation_id = "zielvereinbarung_loeschen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    responses((status = 204, description = "Deleted."),
        (status = 200, description = "Simulated: what would go.", body = Loeschung)),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben")), ("x-simulierbar" = json!(true))))]
#[delete("/zielvereinbarungen/{zielvereinbarung_id}")]
pub async fn loeschen(a: Aufruf<ZielvereinbarungSchreiben>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &[], move |tx, sicht, version| {
        let z = app::loeschen(tx, sicht, id, version)?.wert;
        Loeschung::antwort(tx, [("ZIELVEREINBARUNG", format!("{} {} ({})", z.kreisschluessel, z.jahrgang, z.fassung))])
    })
    .await
}

/// Agree on the text
///
/// Checks budget, goals and strategy, fixes the text and computes its `dokument_sha256`. From now on both sides can
/// sign; until the first signature it can be opened again.
#[utoipa::path(operation_id = "zielvereinbarung_abstimmen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    request_body = Abstimmung,
    responses((status = 200, description = "Agreed.", body = ZielvereinbarungView)),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben")), ("x-akt" = json!(true))))]
#[post("/zielvereinbarungen/{zielvereinbarung_id}/abstimmung")]
pub async fn abstimmung(
    a: Aufruf<ZielvereinbarungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Abstimmung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        ZielvereinbarungView::antwort(&app::abstimmen(tx, sicht, id, version, &e)?)
    })
    .await
}

/// Open the text again
///
/// By either side with a reason, until somebody has signed. Then only a Nachtrag changes the text.
#[utoipa::path(operation_id = "zielvereinbarung_zuruecknehmen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    request_body = Handlungsgrund,
    responses((status = 200, description = "A draft again.", body = ZielvereinbarungView)),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben")), ("x-akt" = json!(true))))]
#[post("/zielvereinbarungen/{zielvereinbarung_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<ZielvereinbarungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Handlungsgrund>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        ZielvereinbarungView::antwort(&app::zuruecknehmen(tx, sicht, id, version, &e)?)
    })
    .await
}

/// Sign a Zielvereinbarung
///
/// For the caller's side, each side once. The second signature concludes it; under a Nachtrag it also replaces the
/// version before.
#[utoipa::path(operation_id = "zielvereinbarung_unterzeichnen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    request_body = Unterzeichnung,
    responses((status = 200, description = "Signed.", body = ZielvereinbarungView)),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben")), ("x-akt" = json!(true))))]
#[post("/zielvereinbarungen/{zielvereinbarung_id}/unterzeichnung")]
pub async fn unterzeichnung(
    a: Aufruf<ZielvereinbarungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Unterzeichnung>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        ZielvereinbarungView::antwort(&app::unterzeichnen(tx, sicht, id, version, &e)?)
    })
    .await
}

/// Draft a Nachtrag
///
/// A new version with the same content. The present one stays in force until both sides have signed the Nachtrag.
#[utoipa::path(operation_id = "zielvereinbarung_nachtragen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    request_body = crate::http::sicht::OhneAngaben,
    responses((status = 201, description = "The drafted Nachtrag.", body = ZielvereinbarungView,
        links(("lesen" = (operation_id = "zielvereinbarung_lesen", parameters(("zielvereinbarung_id" = "$response.body#/id"))))))),
    extensions(("x-recht" = json!("zielvereinbarung:schreiben")), ("x-akt" = json!(true))))]
#[post("/zielvereinbarungen/{zielvereinbarung_id}/nachtrag")]
pub async fn nachtrag(
    a: Aufruf<ZielvereinbarungSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: crate::http::sicht::OhneAngaben {}, roh }: Json<crate::http::sicht::OhneAngaben>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let z = app::nachtrag(tx, sicht, id, version)?;
        let pfad = format!("/zielvereinbarungen/{}", z.wert.id);
        Ok(ZielvereinbarungView::antwort(&z)?.angelegt(pfad))
    })
    .await
}

/// Acts of a Zielvereinbarung
///
/// Every act, permitted or not, with the reasons that block it.
#[utoipa::path(operation_id = "zielvereinbarung_aktionen", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("zielvereinbarung:lesen"))))]
#[get("/zielvereinbarungen/{zielvereinbarung_id}/aktionen")]
pub async fn aktionen(a: Aufruf<ZielvereinbarungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache, heute) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let akte = app::aktionen(c, &sicht, &akteur, id, heute)?;
        Antwort::gut(&Aktionen::aus(&akte, &format!("/zielvereinbarungen/{id}"), sprache))
    })
    .await
}

/// History of a Zielvereinbarung
///
/// Who changed which field when.
#[utoipa::path(operation_id = "zielvereinbarung_historie", tag = "Vereinbarungen",
    params(("zielvereinbarung_id" = Uuid, Path, description = "Id of the Zielvereinbarung.", example = "019a0000-0000-7000-8000-0000000000c2"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("zielvereinbarung:lesen"))))]
#[get("/zielvereinbarungen/{zielvereinbarung_id}/historie")]
pub async fn historie(
    a: Aufruf<ZielvereinbarungLesen>,
    Pfad(id): Pfad<Uuid>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        verlauf::seite(c, "ZIELVEREINBARUNG", &id.to_string(), &v)
    })
    .await
}
