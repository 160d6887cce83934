//! `/schlussrechnungen`.

use crate::app::schluss as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::Moment;
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{BescheidLesen, NachweisAbschliessen, SchlussrechnungLesen};
use aqb_domain::schlussrechnung::{Berechnung, Berechnungsanlass, Rechnungsgrundlage, Schlussergebnis};
use aqb_persistence::Fallfilter;
use aqb_persistence::berechnung as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(anlegen).service(lesen).service(des_bescheids);
}

/// A kept calculation of what remains of a grant.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Schlussrechnung)]
pub struct SchlussrechnungView {
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
    /// The proof it is about.
    pub nachweis_id: Uuid,
    /// Why was computed.
    pub anlass: Berechnungsanlass,
    /// What it depends on.
    pub grundlage: Rechnungsgrundlage,
    /// SHA-256 of the canonical JSON of `grundlage`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub grundlage_sha256: String,
    /// Result with every row.
    pub ergebnis: Schlussergebnis,
    /// Who computed.
    pub berechnet_von: String,
    /// Legal day.
    pub berechnet_am: NaiveDate,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl SchlussrechnungView {
    pub(super) fn aus(v: &Versioniert<Berechnung>) -> Ergebnis<Self> {
        let x = v.wert.clone();
        Ok(SchlussrechnungView {
            id: x.id,
            antrag_id: x.antrag_id,
            kette_id: x.kette_id,
            jahrgang: x.jahrgang,
            kreisschluessel: x.kreisschluessel,
            nachweis_id: x.nachweis_id,
            anlass: x.anlass,
            grundlage: x.grundlage,
            grundlage_sha256: x.grundlage_sha256,
            ergebnis: x.ergebnis,
            berechnet_von: x.berechnet_von,
            berechnet_am: x.berechnet_am,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    pub(super) fn antwort(v: &Versioniert<Berechnung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&SchlussrechnungView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page.
    SchlussrechnungSeite, SchlussrechnungView
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
    format!("/schlussrechnungen/{id}")
}

/// The calculation of a Schlussbescheid
///
/// Every row of what the final decision rests on, for whoever reads the Bescheid.
#[utoipa::path(operation_id = "bescheid_schlussrechnung", tag = "Bescheide",
    params(("bescheid_id" = Uuid, Path, description = "Id of the Schlussbescheid.", example = "019a0000-0000-7000-8000-0000000000f1")),
    responses((status = 200, description = "The calculation.", body = SchlussrechnungView)),
    extensions(("x-recht" = json!("bescheid:lesen")), ("x-zustand" = json!(true))))]
#[get("/bescheide/{bescheid_id}/schlussrechnung")]
pub async fn des_bescheids(a: Aufruf<BescheidLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| SchlussrechnungView::antwort(&app::des_bescheids(c, &sicht, id)?)).await
}

/// List calculations
///
/// In order of time.
#[utoipa::path(operation_id = "schlussrechnungen_auflisten", tag = "Pruefung", params(Filter),
    responses((status = 200, description = "A page.", body = SchlussrechnungSeite)),
    extensions(("x-recht" = json!("schlussrechnung:lesen"))))]
#[get("/schlussrechnungen")]
pub async fn auflisten(a: Aufruf<SchlussrechnungLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
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
        let liste = format!("schlussrechnungen:{filter:?}");
        let nach = b.position(&liste)?;
        let s = Seite::aus(db::liste(c, &sicht, &filter, nach, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&SchlussrechnungSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |x| x.wert.id),
            daten: s.daten.iter().map(SchlussrechnungView::aus).collect::<Ergebnis<_>>()?,
        })
    })
    .await
}

/// Compute what would remain of the grant
///
/// While the proof is being examined: deductions, 20 % rule, reduction by Finanzierungsart, every step a row. The
/// calculation is kept with the SHA-256 of what it depends on; a later one is another record.
#[utoipa::path(operation_id = "schlussrechnung_anlegen", tag = "Pruefung",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 201, description = "Computed and kept.", body = SchlussrechnungView)),
    extensions(("x-recht" = json!("verwendungsnachweis:abschliessen")), ("x-simulierbar" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/schlussrechnungen")]
pub async fn anlegen(a: Aufruf<NachweisAbschliessen>, Pfad(nachweis): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::NICHTS, &[], move |tx| {
        let id = tx.neue_id();
        let b = app::berechnen(tx, &sicht, id, nachweis)?;
        Ok(SchlussrechnungView::antwort(&b)?.angelegt(pfad(id)))
    })
    .await
}

/// Read a calculation
///
/// One by its id.
#[utoipa::path(operation_id = "schlussrechnung_lesen", tag = "Pruefung", params(("schlussrechnung_id" = Uuid, Path, description = "Id of the calculation.", example = "019a0000-0000-7000-8000-000000000178")),
    responses((status = 200, description = "The calculation.", body = SchlussrechnungView)),
    extensions(("x-recht" = json!("schlussrechnung:lesen"))))]
#[get("/schlussrechnungen/{schlussrechnung_id}")]
pub async fn lesen(a: Aufruf<SchlussrechnungLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| SchlussrechnungView::antwort(&app::lesen(c, &sicht, id)?)).await
}
