//! Interest on a repayment: computed at any time, fixed by a Bescheid.

use crate::app::forderung as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::bescheid::BescheidView;
use crate::http::extract::{Aufruf, Json, Pfad, Query};
use crate::http::problem::BefundView;
use actix_web::{get, post};
use aqb_domain::berechtigung::recht::{ForderungEntscheiden, ForderungLesen};
use aqb_domain::forderung::{
    Forderung, Forderungszinsen, Zinsbescheideingabe, Zinsstaffelabschnitt, Zwischenzinsbescheideingabe,
};
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::uhr;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Interest on a claim, with every piece.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Forderungszinsantwort {
    /// The repayment.
    pub forderung_id: Uuid,
    /// First day that bears this interest, where the limitation cut the beginning off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ab: Option<NaiveDate>,
    /// First day without interest: the day that was asked for or, where later, that of the last Zinsbescheid; the value
    /// date of the last payment; or, in a provisional answer, the day after the last known base rate.
    pub bis: NaiveDate,
    /// What can still be claimed: `gesamt` less `bereits_festgesetzt`, never below 0.00.
    pub zinsen: Euro,
    /// Interest for the whole time by today's payments, without what is time-barred.
    pub gesamt: Euro,
    /// What of it Zinsbescheide fixed or waived.
    pub bereits_festgesetzt: Euro,
    /// Interest on this claim that Zwischenzinsen cover; it is no part of `gesamt` and not claimed again.
    pub durch_zwischenzinsen: Euro,
    /// `gesamt` in euro before rounding, as a reduced fraction `numerator/denominator`.
    #[schema(pattern = "^[0-9]+/[0-9]+$", examples("25172/365"))]
    pub zinsen_exakt: String,
    /// The base rates end before the day that was asked for: interest goes on after `bis`, and nothing of it is guessed.
    pub vorlaeufig: bool,
    /// Interest that is time-barred and left out.
    pub verjaehrt: Euro,
    /// It is below the amount from which interest is claimed (`zins_bagatelle`).
    pub unter_bagatelle: bool,
    /// Findings: that more was fixed than is owed by today's payments, that Zwischenzinsen cover a part.
    #[schema(max_items = 10)]
    pub befunde: Vec<BefundView>,
    /// The pieces of the whole time in order.
    pub abschnitte: Vec<Zinsformel>,
    /// Per place of the claim what can still be claimed.
    pub posten: Vec<ForderungszinsPosten>,
    /// Regelwerk whose parameters decide.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// Norm.
    #[schema(examples("§ 49a Abs. 3 HVwVfG"))]
    pub norm: String,
}

/// A piece of the interest and how it is computed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ForderungszinsAbschnitt)]
pub struct Zinsformel {
    /// The piece.
    pub staffel: Zinsstaffelabschnitt,
    /// Capital × rate × days / days of the year.
    #[schema(examples("15000.00 × 6.52 % × 74 / 365"))]
    pub formel: String,
}

/// Interest of one place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ForderungszinsPosten {
    /// Number of the measure.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Teilbudget.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[schema(minimum = 2011, maximum = 2110, examples(2026))]
    pub haushaltsjahr: i32,
    /// Interest.
    pub zinsen: Euro,
}

impl Forderungszinsantwort {
    fn aus(f: Forderung, z: Forderungszinsen, sprache: Sprache) -> Self {
        let befunde = Forderung::zuviel_festgesetzt(&z).into_iter().chain(Forderung::gedeckt_hinweis(&z));
        let formel = |s: Zinsstaffelabschnitt| {
            let a = &s.abschnitt;
            let formel = format!("{} × {} % × {} / {}", s.kapital, a.zinssatz, a.tage, a.nenner);
            Zinsformel { staffel: s, formel }
        };
        let posten = f.posten.iter().zip(&z.je_posten).map(|(p, zinsen)| ForderungszinsPosten {
            massnahme_nr: p.massnahme_nr.clone(),
            teilbudget: p.teilbudget.clone(),
            haushaltsjahr: p.haushaltsjahr,
            zinsen: *zinsen,
        });
        Forderungszinsantwort {
            forderung_id: f.id,
            ab: z.ab,
            bis: z.bis,
            zinsen: z.zinsen,
            gesamt: z.staffel.zinsen,
            bereits_festgesetzt: z.bereits_festgesetzt,
            durch_zwischenzinsen: z.durch_zwischenzinsen,
            befunde: befunde.map(|b| BefundView::aus(&b, sprache)).collect(),
            zinsen_exakt: z.staffel.zinsen_exakt,
            vorlaeufig: z.vorlaeufig,
            verjaehrt: z.verjaehrt,
            unter_bagatelle: z.unter_bagatelle,
            posten: posten.collect(),
            abschnitte: z.staffel.abschnitte.into_iter().map(formel).collect(),
            regelwerk: f.regelwerk,
            norm: "§ 49a Abs. 3 HVwVfG".to_owned(),
        }
    }
}

/// Which interest.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Frage {
    /// First day without interest for what is open; without it the legal day.
    #[param(example = "2026-10-30")]
    bis: Option<NaiveDate>,
    /// Beyond the known base rates: what is certain, in place of `BASISZINS_UNBEKANNT`.
    #[param(default = false, example = false)]
    vorlaeufig: Option<bool>,
}

/// Interest on a claim
///
/// By day, on what was open, with the dated base rates and the parameters of the Regelwerk of the case; what is
/// time-barred is left out. Claimable is the interest for the whole time by today's payments less what Zinsbescheide
/// fixed. Interest on what was paid ends with the value date.
#[utoipa::path(operation_id = "forderung_zinsen", tag = "Forderungen",
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070"), Frage),
    responses((status = 200, description = "The interest with every piece.", body = Forderungszinsantwort)),
    extensions(("x-recht" = json!("forderung:lesen")), ("x-befunde" = json!(true)), ("x-zustand" = json!(true))))]
#[get("/forderungen/{forderung_id}/zinsen")]
pub async fn lesen(a: Aufruf<ForderungLesen>, Pfad(id): Pfad<Uuid>, Query(f): Query<Frage>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let heute = rechtstag(uhr::jetzt());
        let frage = app::Zinsfrage { bis: f.bis.unwrap_or(heute), vorlaeufig: f.vorlaeufig.unwrap_or_default(), heute };
        let (forderung, zinsen) = app::zinsen(c, &sicht, id, frage)?;
        Antwort::gut(&Forderungszinsantwort::aus(forderung, zinsen, sprache))
    })
    .await
}

/// Draft a Bescheid about interest
///
/// With grounds of the discretion, the authority's own delay, and the pieces of the interest; or it waives the interest
/// (§ 49a Abs. 3 S. 2 HVwVfG). Another person releases it; the release makes the claim for the interest.
#[utoipa::path(operation_id = "forderung_zinsbescheid", tag = "Forderungen", request_body = Zinsbescheideingabe,
    params(("forderung_id" = Uuid, Path, description = "Id of the claim.", example = "019a0000-0000-7000-8000-000000000070")),
    responses((status = 201, description = "Drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("forderung:entscheiden")), ("x-akt" = json!(true))))]
#[post("/forderungen/{forderung_id}/zinsbescheid")]
pub async fn zinsbescheid(
    a: Aufruf<ForderungEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zinsbescheideingabe>,
) -> HandlerErgebnis {
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
        let neu = tx.neue_id();
        let b = app::zinsbescheid(tx, sicht, (id, v), neu, &e)?;
        Ok(BescheidView::antwort(&b)?.angelegt(format!("/bescheide/{neu}")))
    })
    .await
}

/// Draft a Bescheid about Zwischenzinsen
///
/// Fixes interest on a payment of the case that was not used in time (§ 49a Abs. 4 HVwVfG). The amount comes from the
/// ledger, the uses are stated or those of a Weiterleitung; discretion needs grounds. Another person releases the draft;
/// the release posts the interest and makes a claim of the kind `ZWISCHENZINS`.
#[utoipa::path(operation_id = "antrag_zwischenzinsbescheid", tag = "Forderungen", request_body = Zwischenzinsbescheideingabe,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 201, description = "Drafted.", body = BescheidView)),
    extensions(("x-recht" = json!("forderung:entscheiden")), ("x-geld" = json!(true)), ("x-simulierbar" = json!(true)),
        ("x-kein-akt" = json!("drafts from payments, not from a version of the application; a second draft is refused"))))]
#[post("/antraege/{antrag_id}/zwischenzinsbescheid")]
pub async fn zwischenzinsbescheid(
    a: Aufruf<ForderungEntscheiden>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Zwischenzinsbescheideingabe>,
) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.schreibe(Verlangt::GELD_NEU, &roh, move |tx| {
        let neu = tx.neue_id();
        let b = app::zwischenzinsbescheid(tx, &sicht, id, neu, &e)?;
        Ok(BescheidView::antwort(&b)?.angelegt(format!("/bescheide/{neu}")))
    })
    .await
}
