//! `/antraege`.

use crate::app::antrag as app;
use crate::app::bescheid::vorbereiten;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::bescheid::BescheidView;
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::problem::BefundView;
use crate::http::sicht::{Aktionen, Moment, ProtokollSeite};
use crate::seite;
use actix_web::{get, patch, post};
use aqb_domain::antrag::{
    Anlass, Antrag, AntragStatus, Antragseinreichung, Antragsinhalt, Antragsruecknahme, Nachforderung,
    Nachforderungseingabe,
};
use aqb_domain::berechtigung::RechtTyp;
use aqb_domain::berechtigung::recht::{AntragEntscheiden, AntragLesen, AntragSchreiben};
use aqb_domain::bescheid::{AblehnungEingabe, BewilligungEingabe, Entscheidungseingabe, TeilbewilligungEingabe};
use aqb_domain::finanzierungsplan::Finanzierungsplan;
use aqb_domain::geld::Euro;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::antrag::{self as db, Sortierung};
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{Tx, uhr};
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
        .service(pruefbericht)
        .service(aktionen)
        .service(historie)
        .service(eingangsbestaetigung)
        .service(einreichung)
        .service(ruecknahme)
        .service(pruefung)
        .service(nachforderung)
        .service(bewilligung)
        .service(teilbewilligung)
        .service(ablehnung);
}

/// An application.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Antrag)]
pub struct AntragView {
    /// Id.
    pub id: Uuid,
    /// File reference people quote; set when it is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    pub jahrgang: i32,
    /// Applicant.
    #[schema(examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: AntragStatus,
    /// The form.
    pub inhalt: Antragsinhalt,
    /// Sum of the measures' plans, computed by the server.
    pub finanzierungsplan: Finanzierungsplan,
    /// State funds requested: sum of LAND_AQB over all measures.
    pub beantragte_zuwendung: Euro,
    /// Number of measures.
    #[schema(minimum = 0, maximum = 10000)]
    pub anzahl_massnahmen: i32,
    /// Regelwerk the case pinned when it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("HE-ALT"))]
    pub regelwerk: Option<String>,
    /// Moment of receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<Moment>,
    /// Legal day of receipt; decides deadlines.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingangsdatum: Option<NaiveDate>,
    /// Who examines it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub in_pruefung_durch: Option<String>,
    /// What the authority asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nachforderung: Option<NachforderungView>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruecknahmegrund: Option<String>,
    /// Version of the record; measures and plans count with it.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

/// A request for completion.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NachforderungStand)]
pub struct NachforderungView {
    /// What is asked for.
    pub posten: Vec<aqb_domain::antrag::Nachforderungsposten>,
    /// Last day for the answer.
    pub frist: NaiveDate,
    /// Who asked.
    pub gestellt_von: String,
    /// When it was asked.
    pub gestellt_am: Moment,
    /// When it was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub beantwortet_am: Option<Moment>,
}

impl NachforderungView {
    fn aus(n: Nachforderung) -> Self {
        NachforderungView {
            posten: n.posten,
            frist: n.frist,
            gestellt_von: n.gestellt_von,
            gestellt_am: n.gestellt_am.into(),
            beantwortet_am: n.beantwortet_am.map(Moment),
        }
    }
}

impl AntragView {
    fn aus(v: &Versioniert<Antrag>) -> crate::fehler::Ergebnis<Self> {
        let a = v.wert.clone();
        Ok(AntragView {
            id: a.id,
            finanzierungsplan: a.gesamtplan()?,
            beantragte_zuwendung: a.beantragt()?,
            anzahl_massnahmen: i32::try_from(a.massnahmen.len()).unwrap_or(i32::MAX),
            aktenzeichen: a.aktenzeichen,
            jahrgang: a.jahrgang,
            kreisschluessel: a.kreisschluessel,
            status: a.status,
            inhalt: a.inhalt,
            regelwerk: a.regelwerk,
            eingereicht_am: a.eingereicht_am.map(Moment),
            eingangsdatum: a.eingangsdatum,
            in_pruefung_durch: a.in_pruefung_durch,
            nachforderung: a.nachforderung.map(NachforderungView::aus),
            ruecknahmegrund: a.ruecknahmegrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    fn antwort(v: &Versioniert<Antrag>) -> crate::fehler::Ergebnis<Antwort> {
        Ok(Antwort::gut(&AntragView::aus(v)?)?.version(v.version))
    }
}

/// A line of the list of applications.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AntragKopf {
    /// Id.
    pub id: Uuid,
    /// File reference; set when it is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    pub jahrgang: i32,
    /// Applicant.
    pub kreisschluessel: String,
    /// State.
    pub status: AntragStatus,
    /// State funds requested.
    pub beantragte_zuwendung: Euro,
    /// Moment of receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<Moment>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

seite!(
    /// A page of applications.
    AntragSeite, AntragKopf
);

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

/// Parts of the form, merged into the draft (RFC 7396).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "inhalt": { "vorsteuerabzug": "NEIN", "andere_oeffentliche_mittel": [] } })))]
pub struct AntragAenderung {
    /// The parts that change; others stay.
    inhalt: Antragsinhalt,
}

/// The authority takes the case; nothing needs to be said.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({})))]
pub struct Antragspruefung {}

/// What the rules say.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Pruefbericht {
    /// No finding blocks; warnings may need confirmation.
    pub einreichbar: bool,
    /// Regelwerk whose parameters were used.
    pub regelwerk: String,
    /// Legal day of the check.
    pub stand: NaiveDate,
    /// All findings in a fixed order.
    pub befunde: Vec<BefundView>,
}

/// Occasion of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum Pruefanlass {
    /// As for filing.
    #[serde(rename = "EINREICHUNG")]
    Einreichung,
    /// As for granting: the target agreement must be concluded.
    #[serde(rename = "ENTSCHEIDUNG")]
    Entscheidung,
}

/// Receipt of a filed application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Eingangsbestaetigung {
    /// File reference.
    #[schema(examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: String,
    /// Number of the filing; 2 and more answer a Nachforderung.
    #[schema(minimum = 1, maximum = 10000)]
    pub nr: i64,
    /// Server time of receipt.
    pub eingegangen_am: Moment,
    /// Legal day of receipt.
    pub eingangsdatum: NaiveDate,
    /// Who filed it.
    pub eingereicht_von: String,
    /// SHA-256 of `dokument`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// The filed document as canonical JSON (keys sorted, no white space), byte for byte what was hashed.
    pub dokument: String,
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
    /// Order; a leading minus turns it around.
    #[param(inline)]
    sortierung: Option<AntragSortierung>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// Orders of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum AntragSortierung {
    /// Oldest first.
    #[serde(rename = "erstellt_am")]
    Angelegt,
    /// Newest first.
    #[serde(rename = "-erstellt_am")]
    AngelegtZuletzt,
    /// Last changed first.
    #[serde(rename = "-geaendert_am")]
    GeaendertZuletzt,
}

/// Occasion of the report.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Berichtsfrage {
    /// Occasion; EINREICHUNG if absent.
    #[param(inline)]
    anlass: Option<Pruefanlass>,
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
            sortierung: match f.sortierung {
                None | Some(AntragSortierung::Angelegt) => Sortierung::Angelegt,
                Some(AntragSortierung::AngelegtZuletzt) => Sortierung::AngelegtZuletzt,
                Some(AntragSortierung::GeaendertZuletzt) => Sortierung::GeaendertZuletzt,
            },
        };
        let liste = format!("antraege:{filter:?}");
        let s = Seite::aus(db::liste(c, &sicht, &filter, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        let kopf = |k: &db::Kopf| -> crate::fehler::Ergebnis<AntragKopf> {
            Ok(AntragKopf {
                id: k.antrag.id,
                aktenzeichen: k.antrag.aktenzeichen.clone(),
                jahrgang: k.antrag.jahrgang,
                kreisschluessel: k.antrag.kreisschluessel.clone(),
                status: k.antrag.status,
                beantragte_zuwendung: Euro::aus_cent(k.beantragt)?,
                eingereicht_am: k.antrag.eingereicht_am.map(Moment),
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
    let (sicht, version) = (a.sicht.clone(), a.erwartete_version);
    a.schreibe(Verlangt::VERSION, &roh, move |tx| {
        AntragView::antwort(&app::aendern(tx, &sicht, id, version, &e.inhalt)?)
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
    let anlass = match f.anlass {
        Some(Pruefanlass::Entscheidung) => Anlass::Entscheidung,
        _ => Anlass::Einreichung,
    };
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
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"), Blaettern),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}/historie")]
pub async fn historie(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>, Query(b): Query<Blaettern>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        super::verlauf::seite(c, "ANTRAG", &id.to_string(), &b)
    })
    .await
}

/// Receipt of a filed application
///
/// Server time, file reference, and the frozen document with its SHA-256.
#[utoipa::path(operation_id = "antrag_eingangsbestaetigung", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The receipt.", body = Eingangsbestaetigung)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}/eingangsbestaetigung")]
pub async fn eingangsbestaetigung(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let antrag = app::lesen(c, &sicht, id)?.wert;
        let e = crate::app::vorhanden(db::eingang(c, id)?)?;
        Antwort::gut(&Eingangsbestaetigung {
            aktenzeichen: antrag.aktenzeichen.unwrap_or_default(),
            nr: e.nr,
            eingegangen_am: e.eingegangen_am.into(),
            eingangsdatum: rechtstag(e.eingegangen_am),
            eingereicht_von: e.eingereicht_von,
            sha256: e.sha256,
            dokument: e.dokument,
        })
    })
    .await
}

/// An act that answers with the application.
async fn akt<R: RechtTyp>(
    a: Aufruf<R>,
    roh: Vec<u8>,
    f: impl Fn(&mut Tx<'_>, &aqb_domain::berechtigung::Sicht, Option<i64>) -> crate::fehler::Ergebnis<Versioniert<Antrag>>
    + Send
    + 'static,
) -> HandlerErgebnis {
    let (sicht, version) = (a.sicht.clone(), a.erwartete_version);
    a.schreibe(Verlangt::VERSION, &roh, move |tx| AntragView::antwort(&f(tx, &sicht, version)?)).await
}

/// File the application
///
/// Freezes the document with its SHA-256 and gives the file reference. Also answers a Nachforderung.
#[utoipa::path(operation_id = "antrag_einreichen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Antragseinreichung,
    responses((status = 200, description = "Filed.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/einreichung")]
pub async fn einreichung(
    a: Aufruf<AntragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Antragseinreichung>,
) -> HandlerErgebnis {
    akt(a, roh, move |tx, sicht, v| app::einreichen(tx, sicht, id, v, &e)).await
}

/// Withdraw the application
///
/// Before it is decided, with a reason.
#[utoipa::path(operation_id = "antrag_zuruecknehmen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Antragsruecknahme,
    responses((status = 200, description = "Withdrawn.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:schreiben")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/ruecknahme")]
pub async fn ruecknahme(
    a: Aufruf<AntragSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Antragsruecknahme>,
) -> HandlerErgebnis {
    akt(a, roh, move |tx, sicht, v| app::zuruecknehmen(tx, sicht, (id, v), &e)).await
}

/// Take the case into examination
///
/// The authority's clerk takes it.
#[utoipa::path(operation_id = "antrag_pruefen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Antragspruefung,
    responses((status = 200, description = "In examination.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/pruefung")]
pub async fn pruefung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: Antragspruefung {}, roh }: Json<Antragspruefung>,
) -> HandlerErgebnis {
    akt(a, roh, move |tx, sicht, v| app::in_pruefung_nehmen(tx, sicht, (id, v))).await
}

/// Ask for completion
///
/// Only the named fields become editable; the due date becomes a deadline.
#[utoipa::path(operation_id = "antrag_nachfordern", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = Nachforderungseingabe,
    responses((status = 200, description = "Asked.", body = AntragView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/nachforderung")]
pub async fn nachforderung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Nachforderungseingabe>,
) -> HandlerErgebnis {
    akt(a, roh, move |tx, sicht, v| app::nachfordern(tx, sicht, (id, v), &e)).await
}

/// A deciding act answers with the drafted Bescheid.
async fn entscheide(
    a: Aufruf<AntragEntscheiden>,
    id: Uuid,
    akt: &'static str,
    eingabe: Entscheidungseingabe,
    roh: Vec<u8>,
) -> HandlerErgebnis {
    let (sicht, version) = (a.sicht.clone(), a.erwartete_version);
    a.schreibe(Verlangt::VERSION, &roh, move |tx| {
        let heute = tx.heute();
        let neu = tx.neue_id();
        let b = vorbereiten(tx, &sicht, (id, version), akt, neu, &eingabe)?;
        let pfad = format!("/bescheide/{}", b.wert.id);
        Ok(Antwort::gut(&BescheidView::aus(&b, heute)?)?.version(b.version).angelegt(pfad))
    })
    .await
}

/// Draft a grant
///
/// Everything as applied for. The Bescheid takes effect when a second person releases it.
#[utoipa::path(operation_id = "antrag_bewilligen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = BewilligungEingabe,
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/bewilligung")]
pub async fn bewilligung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<BewilligungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, aqb_domain::antrag::BEWILLIGUNG, Entscheidungseingabe::Bewilligung(e), roh).await
}

/// Draft a partial grant
///
/// Amounts per measure and Haushaltsjahr; a position that is not named is granted 0.00.
#[utoipa::path(operation_id = "antrag_teilbewilligen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = TeilbewilligungEingabe,
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/teilbewilligung")]
pub async fn teilbewilligung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<TeilbewilligungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, aqb_domain::antrag::TEILBEWILLIGUNG, Entscheidungseingabe::Teilbewilligung(e), roh).await
}

/// Draft a refusal
///
/// With grounds (§ 39 HVwVfG).
#[utoipa::path(operation_id = "antrag_ablehnen", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    request_body = AblehnungEingabe,
    responses((status = 201, description = "Bescheid drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("antrag:entscheiden")), ("x-akt" = json!(true))))]
#[post("/antraege/{antrag_id}/ablehnung")]
pub async fn ablehnung(
    a: Aufruf<AntragEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<AblehnungEingabe>,
) -> HandlerErgebnis {
    entscheide(a, id, aqb_domain::antrag::ABLEHNUNG, Entscheidungseingabe::Ablehnung(e), roh).await
}
