//! `/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen` and what belongs to them.

mod akte;
mod einlesen;
mod loeschung;
mod zugriff;

use crate::app::teilnahme as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Personenvorgang, Verlangt, inhalt};
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::http::system::keine_ids;
use crate::http::verlauf::{self, Verlaufsfrage};
use crate::seite;
use actix_web::{get, post};
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::recht::{TeilnahmeLesen, TeilnahmeSchreiben};
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::regel::Sprache;
use aqb_domain::teilnahme::{
    Korrekturgrund, Korrekturvermerk, Loeschvermerk, Teilnahme, TeilnahmeStatus, Teilnahmeinhalt, Zugriffszweck,
};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::datenzugriff::Personenzugriff;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use aqb_persistence::vollzug::Versioniert;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations. What is no id stands before what is one.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(anlegen).service(einlesen::einlesen).service(loeschung::loesche);
    keine_ids(cfg, "/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen", &["import", "loeschung"]);
    cfg.service(lesen)
        .service(akte::austritt)
        .service(akte::korrektur)
        .service(akte::stornierung)
        .service(aktionen)
        .service(historie)
        .service(zugriff::auskunft)
        .service(zugriff::zugriffe)
        .service(loeschung::faelligkeiten)
        .service(loeschung::nachweise)
        .service(loeschung::nachweis);
}

/// Somebody who takes part in a measure, by pseudonym.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Teilnahme)]
pub struct TeilnahmeView {
    /// Id.
    pub id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Kind of the measure.
    pub massnahmeart: Massnahmeart,
    /// Traeger the measure named when the record was made; a later one does not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub traeger_id: Option<Uuid>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: TeilnahmeStatus,
    /// What is told about the person; absent once it is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub inhalt: Option<Teilnahmeinhalt>,
    /// Corrections in their order: which fields, why.
    pub korrekturen: Vec<Korrekturvermerk>,
    /// Why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stornogrund: Option<Korrekturgrund>,
    /// That it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub loeschung: Option<Loeschvermerk>,
    /// Hints: overlap with other participations, places, proofs that came late. Absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub befunde: Option<Vec<BefundView>>,
    /// Version; the ETag.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Entered.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl TeilnahmeView {
    fn aus(t: &Versioniert<Teilnahme>, befunde: Option<(&[Befund], Sprache)>) -> Self {
        let k = &t.wert.kopf;
        TeilnahmeView {
            id: k.id,
            antrag_id: k.antrag_id,
            massnahme_id: k.massnahme_id,
            massnahmeart: k.massnahmeart,
            traeger_id: k.traeger_id,
            jahrgang: k.jahrgang,
            kreisschluessel: k.kreisschluessel.clone(),
            status: k.status,
            inhalt: t.wert.inhalt.clone(),
            korrekturen: k.korrekturen.clone(),
            stornogrund: k.stornogrund,
            loeschung: k.loeschung.clone(),
            befunde: befunde.map(|(b, s)| b.iter().map(|b| BefundView::aus(b, s)).collect()),
            version: t.version,
            erstellt_am: t.erstellt_am.into(),
            geaendert_am: t.geaendert_am.into(),
        }
    }

    fn antwort(t: &Versioniert<Teilnahme>, befunde: &[Befund], s: Sprache) -> Ergebnis<Antwort> {
        let verweis = Verweis { teilnahme_id: t.wert.kopf.id };
        Antwort::gut(&Self::aus(t, Some((befunde, s))))?.version(t.version).verweis(&verweis)
    }
}

/// What is kept of the answer to a call about one record.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Verweis {
    teilnahme_id: Uuid,
}

/// How a repetition of `vorgang` is answered: with the record as it is now, for who may see it now. `stelle` is where its
/// findings point to.
fn wiederholung(
    a: &Aufruf<TeilnahmeSchreiben>,
    vorgang: &'static str,
    ort: app::Ort,
    stelle: &'static str,
) -> Personenvorgang {
    let (sicht, tresor, s) = (a.sicht.clone(), a.zustand.tresor.clone(), a.sprache());
    let antworten = move |tx: &mut aqb_persistence::Tx<'_>, gemerkt: &[u8]| {
        let Verweis { teilnahme_id: id } = serde_json::from_slice(gemerkt).map_err(inhalt)?;
        let (t, befunde) = app::wiederholt(tx, &tresor, &sicht, (ort, id), stelle)?;
        TeilnahmeView::antwort(&t, &befunde, s)
    };
    (vorgang, Box::new(antworten))
}

/// Whose data these are.
fn zugriff(alle: &[Versioniert<Teilnahme>]) -> Personenzugriff {
    Personenzugriff {
        kreisschluessel: alle.first().map(|t| t.wert.kopf.kreisschluessel.clone()),
        teilnahmen: alle.iter().map(|t| t.wert.kopf.id).collect(),
    }
}

seite!(
    /// A page of participants.
    TeilnahmeSeite, TeilnahmeView
);

/// A new Teilnahme.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "pseudonym": "5b6f0c1e9a3d47b28e54c07f1d92a6b83c4e7f5a0b1d2e9648f3a7c5d0e1b297",
    "rechtskreise": [{ "rechtskreis": "SGB_II", "nachweis_art": "BESCHEID_GESEHEN", "gesehen_am": "2026-02-20" }],
    "ueber_bedarfsgemeinschaft": false, "erstwohnsitz_hessen": true, "erstwohnsitz_nachweis": "MELDEBESCHEINIGUNG",
    "erstwohnsitz_geprueft_am": "2026-02-20", "wohnsitz_kreisschluessel": "06440", "zielgruppe": "NICHT_AUSBILDUNGSREIF",
    "altersgruppe": "VON_18_BIS_24", "geschlecht": "WEIBLICH", "eintritt": "2026-03-01" } })))]
pub struct TeilnahmeAnlage {
    /// What is told about the person.
    inhalt: Teilnahmeinhalt,
}

/// Which page of the participants of a measure.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// State.
    #[param(inline)]
    status: Option<TeilnahmeStatus>,
    /// What the data are read for; noted with the reading.
    #[param(inline)]
    zweck: Option<Zugriffszweck>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// What personal data are read for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Zweckangabe {
    /// What the data are read for; noted with the reading.
    #[param(inline)]
    zweck: Option<Zugriffszweck>,
}

fn pfad((antrag, massnahme): app::Ort, id: Uuid) -> String {
    format!("/antraege/{antrag}/massnahmen/{massnahme}/teilnahmen/{id}")
}

/// List the participants of a measure
///
/// In the order in which they were entered. A Traeger sees those entered while the measure named it. The reading is noted.
/// To find somebody by pseudonym use `teilnahme_auskunft`: a pseudonym does not belong into an address.
#[utoipa::path(operation_id = "teilnahmen_auflisten", tag = "Teilnahmen",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"), Filter),
    responses((status = 200, description = "A page.", body = TeilnahmeSeite)),
    extensions(("x-recht" = json!("teilnahme:lesen"))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen")]
pub async fn auflisten(
    a: Aufruf<TeilnahmeLesen>,
    Pfad(ort): Pfad<app::Ort>,
    Query(f): Query<Filter>,
) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.lese_personen(("teilnahmen_auflisten", f.zweck), move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let liste = format!("teilnahmen:{ort:?}:{:?}", f.status);
        let nach = b.position(&liste)?;
        let alle = app::liste(c, &tresor, &sicht, (ort, f.status), nach, zu_lesen(b.limit()))?;
        let s = Seite::aus(alle, b.limit());
        let seite = TeilnahmeSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |t| t.wert.kopf.id),
            daten: s.daten.iter().map(|t| TeilnahmeView::aus(t, None)).collect(),
        };
        Ok((Antwort::seite(&seite)?, zugriff(&s.daten)))
    })
    .await
}

/// Enter a participant
///
/// For a granted measure of the kinds 1 to 3, when the person has come. What is told about the person is stored encrypted;
/// a pseudonym that is none, and days outside the measure, are refused. Hints stand in `befunde`; where they tell about
/// another participation, also beside a refusal, the access is noted. A repetition under the same key shows the
/// record as it is then, and is 404 once it is erased.
#[utoipa::path(operation_id = "teilnahme_anlegen", tag = "Teilnahmen", request_body = TeilnahmeAnlage,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 201, description = "Entered.", body = TeilnahmeView)),
    extensions(("x-recht" = json!("teilnahme:schreiben"))))]
#[post("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen")]
pub async fn anlegen(
    a: Aufruf<TeilnahmeSchreiben>,
    Pfad(ort): Pfad<app::Ort>,
    Json { wert: e, roh }: Json<TeilnahmeAnlage>,
) -> HandlerErgebnis {
    let (sicht, tresor, s) = (a.sicht.clone(), a.zustand.tresor.clone(), a.sprache());
    let (vorgang, mut erneut) = wiederholung(&a, "teilnahme_anlegen", ort, "/inhalt");
    let erneut = move |tx: &mut aqb_persistence::Tx<'_>, gemerkt: &[u8]| {
        let Verweis { teilnahme_id: id } = serde_json::from_slice(gemerkt).map_err(inhalt)?;
        Ok(erneut(tx, gemerkt)?.angelegt(pfad(ort, id)))
    };
    a.schreibe_personen(Verlangt::NICHTS, &roh, (vorgang, Box::new(erneut)), move |tx| {
        let id = tx.neue_id();
        let t = app::anlegen(tx, &tresor, &sicht, ort, id, e.inhalt.clone())?;
        Ok(TeilnahmeView::antwort(&t, &tx.befunde, s)?.angelegt(pfad(ort, id)))
    })
    .await
}

/// Read a participant
///
/// With what would be found about the record now. The reading is noted.
#[utoipa::path(operation_id = "teilnahme_lesen", tag = "Teilnahmen",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"),
        ("teilnahme_id" = Uuid, Path, description = "Id of the record.", example = "019a0000-0000-7000-8000-000000000071"), Zweckangabe),
    responses((status = 200, description = "The record.", body = TeilnahmeView)),
    extensions(("x-recht" = json!("teilnahme:lesen")), ("x-zustand" = json!(true))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}")]
pub async fn lesen(
    a: Aufruf<TeilnahmeLesen>,
    Pfad((antrag, massnahme, id)): Pfad<(Uuid, Uuid, Uuid)>,
    Query(z): Query<Zweckangabe>,
) -> HandlerErgebnis {
    let (sicht, tresor, s) = (a.sicht.clone(), a.zustand.tresor.clone(), a.sprache());
    a.lese_personen(("teilnahme_lesen", z.zweck), move |c| {
        let t = app::lesen(c, &tresor, &sicht, (antrag, massnahme), id)?;
        let heute = rechtstag(uhr::jetzt());
        let (befunde, andere) = app::befunde(c, &tresor, &sicht, (&t.wert, "/inhalt"), heute)?;
        let mut z = zugriff(std::slice::from_ref(&t));
        z.auch(&t.wert.kopf.kreisschluessel, andere);
        Ok((TeilnahmeView::antwort(&t, &befunde, s)?, z))
    })
    .await
}

/// Acts of a participant's record
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "teilnahme_aktionen", tag = "Teilnahmen",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"),
        ("teilnahme_id" = Uuid, Path, description = "Id of the record.", example = "019a0000-0000-7000-8000-000000000071")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("teilnahme:lesen")), ("x-zustand" = json!(true))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}/aktionen")]
pub async fn aktionen(
    a: Aufruf<TeilnahmeLesen>,
    Pfad((antrag, massnahme, id)): Pfad<(Uuid, Uuid, Uuid)>,
) -> HandlerErgebnis {
    let (sicht, akteur, s, tresor) = (a.sicht.clone(), a.akteur.clone(), a.sprache(), a.zustand.tresor.clone());
    a.lese(move |c| {
        let ort = (antrag, massnahme);
        let aktionen = app::aktionen(c, &tresor, (&sicht, &akteur), ort, id)?;
        Antwort::gut(&Aktionen::aus(&aktionen, &pfad(ort, id), s))
    })
    .await
}

/// History of a participant's record
///
/// Who did what when. What is told about the person appears as ciphertext before and after.
#[utoipa::path(operation_id = "teilnahme_historie", tag = "Teilnahmen",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1"),
        ("teilnahme_id" = Uuid, Path, description = "Id of the record.", example = "019a0000-0000-7000-8000-000000000071"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("teilnahme:lesen")), ("x-zustand" = json!(true))))]
#[get("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/{teilnahme_id}/historie")]
pub async fn historie(
    a: Aufruf<TeilnahmeLesen>,
    Pfad((antrag, massnahme, id)): Pfad<(Uuid, Uuid, Uuid)>,
    Query(v): Query<Verlaufsfrage>,
) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.lese(move |c| {
        app::lesen(c, &tresor, &sicht, (antrag, massnahme), id)?;
        verlauf::seite(c, "TEILNAHME", &id.to_string(), &v)
    })
    .await
}
