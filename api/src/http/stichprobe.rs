//! `/stichproben`.

use crate::app::stichprobe as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::Moment;
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{NachweisAbschliessen, StichprobeLesen};
use aqb_domain::stichprobe::{Grundgesamtheit, Stichprobe, Stichprobenfrage, Stichprobentreffer};
use aqb_persistence::Fallfilter;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::stichprobe as db;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(ziehen).service(nachziehung).service(lesen);
}

/// A sample of receipts that can be drawn again.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Stichprobe)]
pub struct StichprobeView {
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
    /// What was drawn from.
    pub grundgesamtheit: Grundgesamtheit,
    /// How many there were.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub anzahl: i64,
    /// SHA-256 of what was drawn from.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub grundgesamtheit_sha256: String,
    /// Name of the algorithm; `MUS-1` is described in ARCHITECTURE.
    #[schema(examples("MUS-1"))]
    pub algorithmus: String,
    /// How was drawn.
    pub frage: Stichprobenfrage,
    /// What was drawn, in the order of the keys.
    pub treffer: Vec<Stichprobentreffer>,
    /// Why this size.
    pub begruendung: String,
    /// Who drew.
    pub gezogen_von: String,
    /// Legal day.
    pub gezogen_am: NaiveDate,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl StichprobeView {
    pub(super) fn aus(v: &Versioniert<Stichprobe>) -> Ergebnis<Self> {
        let x = v.wert.clone();
        Ok(StichprobeView {
            id: x.id,
            antrag_id: x.antrag_id,
            kette_id: x.kette_id,
            jahrgang: x.jahrgang,
            kreisschluessel: x.kreisschluessel,
            grundgesamtheit: x.grundgesamtheit,
            anzahl: x.anzahl,
            grundgesamtheit_sha256: x.grundgesamtheit_sha256,
            algorithmus: x.algorithmus,
            frage: x.frage,
            treffer: x.treffer,
            begruendung: x.begruendung,
            gezogen_von: x.gezogen_von,
            gezogen_am: x.gezogen_am,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    pub(super) fn antwort(v: &Versioniert<Stichprobe>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&StichprobeView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page.
    StichprobeSeite, StichprobeView
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
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/stichproben/{id}")
}

/// List samples
///
/// In order of time.
#[utoipa::path(operation_id = "stichproben_auflisten", tag = "Pruefung", params(Filter),
    responses((status = 200, description = "A page.", body = StichprobeSeite)),
    extensions(("x-recht" = json!("stichprobe:lesen"))))]
#[get("/stichproben")]
pub async fn auflisten(a: Aufruf<StichprobeLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let filter = Fallfilter {
            kreisschluessel: f.kreisschluessel.clone(),
            jahrgang: f.jahrgang,
            antrag_id: f.antrag_id,
            kette_id: f.kette_id,
            status: None,
        };
        let liste = format!("stichproben:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&StichprobeSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |x| x.wert.id),
            daten: s.daten.iter().map(StichprobeView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// A draw.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "grundgesamtheit": "LAUFENDE_NUMMERN", "anzahl": 214, "frage": { "startwert": "RPKS-2027-000417", "umfang": 10 }, "begruendung": "Vertiefte Prüfung von etwa fünf vom Hundert der Belege." })))]
pub struct StichprobeAnlage {
    /// Receipts of the list, or running numbers of the county's books where no list was submitted.
    grundgesamtheit: Grundgesamtheit,
    /// Number of receipts in the books; only with running numbers.
    #[serde(default, deserialize_with = "aqb_domain::regelwerk::gesetzt")]
    #[schema(nullable = false, minimum = 1, maximum = 1_000_000, examples(214))]
    anzahl: Option<u32>,
    /// How is drawn.
    frage: Stichprobenfrage,
    /// Why this size.
    #[schema(min_length = 10, max_length = 2000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")]
    begruendung: String,
}

/// Draw a sample
///
/// While the proof is being examined. The draw depends on seed, algorithm and population alone and is kept with them, so
/// anyone can repeat it; it is never changed, a further one stands beside it.
#[utoipa::path(operation_id = "stichprobe_ziehen", tag = "Pruefung", request_body = StichprobeAnlage,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 201, description = "Drawn.", body = StichprobeView)),
    extensions(("x-recht" = json!("verwendungsnachweis:abschliessen")), ("x-simulierbar" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/stichproben")]
pub async fn ziehen(
    a: Aufruf<NachweisAbschliessen>,
    Pfad(nachweis): Pfad<Uuid>,
    Json { wert: e, roh }: Json<StichprobeAnlage>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let z = app::Ziehung {
            grundgesamtheit: e.grundgesamtheit,
            anzahl: e.anzahl,
            frage: e.frage.clone(),
            begruendung: e.begruendung.clone(),
        };
        Ok(StichprobeView::antwort(&app::ziehen(tx, &sicht, id, nachweis, &z)?)?.angelegt(pfad(id)))
    })
    .await
}

/// A draw that is repeated.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StichprobeNachziehung {
    /// SHA-256 of what there is to draw from now.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub grundgesamtheit_sha256: String,
    /// It is what was drawn from.
    pub gleiche_grundgesamtheit: bool,
    /// The same receipts are drawn.
    pub gleiche_treffer: bool,
    /// What is drawn now.
    pub treffer: Vec<Stichprobentreffer>,
}

/// Repeat a draw
///
/// From what there is now, by the seed and the algorithm that are kept. Nothing is stored.
#[utoipa::path(operation_id = "stichprobe_nachziehen", tag = "Pruefung",
    params(("stichprobe_id" = Uuid, Path, description = "Id of the sample.", example = "019a0000-0000-7000-8000-000000000176")),
    responses((status = 200, description = "The draw, and whether it is the same.", body = StichprobeNachziehung)),
    extensions(("x-recht" = json!("stichprobe:lesen"))))]
#[get("/stichproben/{stichprobe_id}/nachziehung")]
pub async fn nachziehung(a: Aufruf<StichprobeLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let n = app::nachziehen(c, &sicht, id)?;
        Antwort::gut(&StichprobeNachziehung {
            grundgesamtheit_sha256: n.grundgesamtheit_sha256,
            gleiche_grundgesamtheit: n.gleiche_grundgesamtheit,
            gleiche_treffer: n.gleiche_treffer,
            treffer: n.treffer,
        })
    })
    .await
}

/// Read a sample
///
/// One by its id.
#[utoipa::path(operation_id = "stichprobe_lesen", tag = "Pruefung", params(("stichprobe_id" = Uuid, Path, description = "Id of the sample.", example = "019a0000-0000-7000-8000-000000000176")),
    responses((status = 200, description = "The sample.", body = StichprobeView)),
    extensions(("x-recht" = json!("stichprobe:lesen"))))]
#[get("/stichproben/{stichprobe_id}")]
pub async fn lesen(a: Aufruf<StichprobeLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| StichprobeView::antwort(&app::lesen(c, &sicht, id)?)).await
}
