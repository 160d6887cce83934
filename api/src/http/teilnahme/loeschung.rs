//! Retention: what is due, erasing it, and the proofs.

use crate::app::teilnahme as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::sicht::{Moment, OhneAngaben};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{LoeschnachweisLesen, TeilnahmeLoeschen};
use aqb_domain::teilnahme::{Loeschgrund, Loeschnachweis, Loeschposten};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A measure with data about people, and how long they are kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Loeschfaelligkeit)]
pub struct LoeschfaelligkeitView {
    /// Application.
    pub antrag_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Gebietskoerperschaft.
    #[schema(examples("06440"))]
    pub kreisschluessel: String,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Last day on which the data are kept.
    #[schema(examples("2031-12-31"))]
    pub aufbewahren_bis: NaiveDate,
    /// The period is over: the data are to be erased.
    pub faellig: bool,
    /// Records with data about people, cancelled ones included.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub teilnahmen: i64,
}

/// Measures with data about people, those due first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Loeschfaelligkeiten {
    /// The measures.
    pub massnahmen: Vec<LoeschfaelligkeitView>,
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Faelligkeitsfilter {
    /// Only those whose period is over, or only the others.
    #[param(example = false)]
    faellig: Option<bool>,
}

/// List how long data about participants are kept
///
/// Per measure the last day of the period of retention (parameter `aufbewahrung_teilnahmen_jahre`, whole years after the
/// end of the grant), those due first.
#[utoipa::path(operation_id = "loeschfaelligkeiten_auflisten", tag = "Teilnahmen", params(Faelligkeitsfilter),
    responses((status = 200, description = "The measures.", body = Loeschfaelligkeiten)),
    extensions(("x-recht" = json!("loeschnachweis:lesen")), ("x-zustand" = json!(true))))]
#[get("/loeschfaelligkeiten")]
pub async fn faelligkeiten(a: Aufruf<LoeschnachweisLesen>, Query(f): Query<Faelligkeitsfilter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let heute = rechtstag(uhr::jetzt());
        let zeile = |l: app::Loeschfaelligkeit| LoeschfaelligkeitView {
            antrag_id: l.antrag_id,
            massnahme_id: l.massnahme_id,
            massnahme_nr: l.massnahme_nr,
            kreisschluessel: l.kreisschluessel,
            jahrgang: l.jahrgang,
            aufbewahren_bis: l.aufbewahren_bis,
            faellig: heute > l.aufbewahren_bis,
            teilnahmen: l.teilnahmen,
        };
        let alle = app::faelligkeiten(c, &sicht)?.into_iter().map(zeile);
        let massnahmen = alle.filter(|l| f.faellig.is_none_or(|w| w == l.faellig)).collect();
        Antwort::gut(&Loeschfaelligkeiten { massnahmen })
    })
    .await
}

/// Proof that data about people were erased.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Loeschnachweis)]
pub struct LoeschnachweisView {
    /// Id.
    pub id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Gebietskoerperschaft.
    #[schema(examples("06440"))]
    pub kreisschluessel: String,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Why.
    pub grund: Loeschgrund,
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    #[schema(examples("demo-gk-06440-1"))]
    pub person: String,
    /// Last day of the period of retention.
    pub aufbewahrt_bis: NaiveDate,
    /// What was erased: the records, and the hashes of what was destroyed.
    pub posten: Vec<Loeschposten>,
    /// Version; always 1.
    #[schema(minimum = 1, maximum = 1)]
    pub version: i64,
    /// Moment.
    pub erstellt_am: Moment,
}

impl LoeschnachweisView {
    fn aus(n: &Versioniert<Loeschnachweis>) -> Self {
        let w = &n.wert;
        LoeschnachweisView {
            id: w.id,
            antrag_id: w.antrag_id,
            massnahme_id: w.massnahme_id,
            kreisschluessel: w.kreisschluessel.clone(),
            jahrgang: w.jahrgang,
            grund: w.grund,
            am: w.am,
            person: w.person.clone(),
            aufbewahrt_bis: w.aufbewahrt_bis,
            posten: w.posten.clone(),
            version: n.version,
            erstellt_am: n.erstellt_am.into(),
        }
    }

    fn antwort(n: &Versioniert<Loeschnachweis>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&Self::aus(n))?.version(n.version))
    }
}

seite!(
    /// A page of proofs.
    LoeschnachweisSeite, LoeschnachweisView
);

/// Erase what is told about the participants of a measure
///
/// All of it once the period of retention is over; before that only cancelled records. At most 500 records at a time: repeat
/// until nothing is left. Each record's key is destroyed, so its ciphertext in history and copies is unreadable too; the
/// counts that reports show stay.
#[utoipa::path(operation_id = "teilnahmen_loeschen", tag = "Teilnahmen", request_body = OhneAngaben,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 201, description = "Erased; the proof.", body = LoeschnachweisView)),
    extensions(("x-recht" = json!("teilnahme:loeschen"))))]
#[post("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/loeschung")]
pub async fn loesche(
    a: Aufruf<TeilnahmeLoeschen>,
    Pfad(ort): Pfad<app::Ort>,
    Json { roh, .. }: Json<OhneAngaben>,
) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.schreibe(Verlangt::NICHTS, &roh, move |tx| {
        let id = tx.neue_id();
        let n = app::loesche(tx, &tresor, &sicht, ort, id)?;
        Ok(LoeschnachweisView::antwort(&n)?.angelegt(format!("/loeschnachweise/{id}")))
    })
    .await
}

/// Narrows the list of proofs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of this measure.
    #[param(example = "019a0000-0000-7000-8000-0000000000e1")]
    massnahme_id: Option<Uuid>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List proofs of erasure
///
/// In order of time.
#[utoipa::path(operation_id = "loeschnachweise_auflisten", tag = "Teilnahmen", params(Filter),
    responses((status = 200, description = "A page.", body = LoeschnachweisSeite)),
    extensions(("x-recht" = json!("loeschnachweis:lesen"))))]
#[get("/loeschnachweise")]
pub async fn nachweise(a: Aufruf<LoeschnachweisLesen>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("loeschnachweise:{:?}", f.massnahme_id);
        let alle = app::nachweise(c, &sicht, f.massnahme_id, b.position(&liste)?, zu_lesen(b.limit()))?;
        let s = Seite::aus(alle, b.limit());
        Antwort::seite(&LoeschnachweisSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |n| n.wert.id),
            daten: s.daten.iter().map(LoeschnachweisView::aus).collect(),
        })
    })
    .await
}

/// Read a proof of erasure
///
/// The history holds the same ciphertexts whose hashes it names, unreadable since their keys are gone.
#[utoipa::path(operation_id = "loeschnachweis_lesen", tag = "Teilnahmen",
    params(("loeschnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000079")),
    responses((status = 200, description = "The proof.", body = LoeschnachweisView)),
    extensions(("x-recht" = json!("loeschnachweis:lesen"))))]
#[get("/loeschnachweise/{loeschnachweis_id}")]
pub async fn nachweis(a: Aufruf<LoeschnachweisLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| LoeschnachweisView::antwort(&app::nachweis(c, &sicht, id)?)).await
}
