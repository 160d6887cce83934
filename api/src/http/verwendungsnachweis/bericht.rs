//! What can be read about a proof of use: chain, filings, checks, plan and actual figures, calculation.

use super::sicht::VerwendungsnachweisView;
use crate::app::verwendungsnachweis as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::antrag::Pruefbericht;
use crate::http::berechnung::Berechnungsschritt;
use crate::http::extract::{Aufruf, Pfad};
use crate::http::problem::BefundView;
use actix_web::get;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::recht::{VerwendungsnachweisEinsehen, VerwendungsnachweisLesen};
use aqb_domain::bescheid::pruefe_siegel;
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use aqb_domain::verwendungsnachweis::{
    Massnahmenberechnung, Nachweiseinreichung, PlanIstVergleich, Verwendungsnachweis,
};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::uhr;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// All versions of a chain of corrections.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerwendungsnachweisKette {
    /// The versions in their order; exactly one is current.
    pub fassungen: Vec<VerwendungsnachweisView>,
}

/// The filings of a proof.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerwendungsnachweisEinreichungen {
    /// The filings in their order, each as it was signed.
    pub einreichungen: Vec<Nachweiseinreichung>,
}

/// Plan and actual expenditure of a proof.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerwendungsnachweisPlanIst {
    /// Measures in the order of their numbers.
    pub massnahmen: Vec<PlanIstVergleich>,
}

/// The grant of a measure as it would remain.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerwendungsnachweisMassnahmenberechnung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Granted.
    pub bewilligt: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// The grant that would remain.
    pub zuwendung: Euro,
    /// Paid out beyond it.
    pub erstattung: Euro,
    /// The steps in order.
    pub schritte: Vec<Berechnungsschritt>,
}

impl VerwendungsnachweisMassnahmenberechnung {
    fn aus(m: Massnahmenberechnung, s: Sprache) -> Self {
        VerwendungsnachweisMassnahmenberechnung {
            massnahme_id: m.massnahme_id,
            massnahme_nr: m.massnahme_nr,
            bewilligt: m.bewilligt,
            ausgezahlt: m.ausgezahlt,
            zuwendung: m.ergebnis.zuwendung,
            erstattung: m.ergebnis.erstattung.unwrap_or_default(),
            schritte: Berechnungsschritt::alle(m.ergebnis.schritte, s),
        }
    }
}

/// The grant as it would remain if the figures were recognised as they stand. Information: only a Bescheid reduces.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerwendungsnachweisBerechnung {
    /// Regelwerk whose parameters were used.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// The grant that would remain in all.
    pub errechnete_zuwendung: Euro,
    /// What would be paid back in all.
    pub erstattung: Euro,
    /// Per measure, in the order of their numbers.
    pub massnahmen: Vec<VerwendungsnachweisMassnahmenberechnung>,
}

/// Versions of a proof of use
///
/// The chain of corrections in its order; the filed versions stay as they were.
#[utoipa::path(operation_id = "verwendungsnachweis_kette", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The versions.", body = VerwendungsnachweisKette)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/kette")]
pub async fn kette(a: Aufruf<VerwendungsnachweisLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let alle = app::kette(c, &sicht, id)?;
        let fassungen = alle.iter().map(|n| VerwendungsnachweisView::aus(n, &sicht)).collect::<Ergebnis<Vec<_>>>()?;
        Antwort::gut(&VerwendungsnachweisKette { fassungen })
    })
    .await
}

/// Filings of a proof of use
///
/// Each with its signature and what was signed, byte for byte under its checksum.
#[utoipa::path(operation_id = "verwendungsnachweis_einreichungen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The filings.", body = VerwendungsnachweisEinreichungen)),
    extensions(("x-recht" = json!("verwendungsnachweis:einsehen")), ("x-siegel" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/einreichungen")]
pub async fn einreichungen(a: Aufruf<VerwendungsnachweisEinsehen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let einreichungen = gesiegelte(app::lesen(c, &sicht, id)?.wert)?;
        Antwort::gut(&VerwendungsnachweisEinreichungen { einreichungen })
    })
    .await
}

/// The filings of a proof, each checked against its hash.
///
/// # Errors
/// `INTEGRITAET_VERLETZT`.
pub(crate) fn gesiegelte(n: Verwendungsnachweis) -> Ergebnis<Vec<Nachweiseinreichung>> {
    let falsch: Vec<Befund> =
        n.einreichungen.iter().filter_map(|e| pruefe_siegel(&e.inhalt, &e.inhalt_sha256)).collect();
    if falsch.is_empty() { Ok(n.einreichungen) } else { Err(falsch.into()) }
}

/// Findings of a proof of use
///
/// Everything the filing would find now, by the same function.
#[utoipa::path(operation_id = "verwendungsnachweis_pruefbericht", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The findings.", body = Pruefbericht)),
    extensions(("x-recht" = json!("verwendungsnachweis:einsehen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/pruefbericht")]
pub async fn pruefbericht(a: Aufruf<VerwendungsnachweisEinsehen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache, heute) = (a.sicht.clone(), a.sprache(), rechtstag(uhr::jetzt()));
    a.lese(move |c| {
        let (befunde, regelwerk) = app::bericht(c, &sicht, id, heute)?;
        Antwort::gut(&Pruefbericht {
            einreichbar: !befunde.iter().any(Befund::blockiert),
            regelwerk,
            stand: heute,
            befunde: befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
        })
    })
    .await
}

/// Plan and actual figures of a proof of use
///
/// Line by line with the 20 % rule and the explanation. A Traeger sees the measures passed on to it.
#[utoipa::path(operation_id = "verwendungsnachweis_plan_ist", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The comparison.", body = VerwendungsnachweisPlanIst)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen")), ("x-befunde" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/plan-ist")]
pub async fn plan_ist(a: Aufruf<VerwendungsnachweisLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| Antwort::gut(&VerwendungsnachweisPlanIst { massnahmen: app::plan_ist(c, &sicht, id)? })).await
}

/// Calculation of a proof of use
///
/// The grant that would remain per measure (Nr. 2 ANBest), with every step.
#[utoipa::path(operation_id = "verwendungsnachweis_berechnung", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The calculation.", body = VerwendungsnachweisBerechnung)),
    extensions(("x-recht" = json!("verwendungsnachweis:einsehen")), ("x-befunde" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/berechnung")]
pub async fn berechnung(a: Aufruf<VerwendungsnachweisEinsehen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let (alle, regelwerk) = app::berechnung(c, &sicht, id)?;
        let massnahmen: Vec<_> =
            alle.into_iter().map(|m| VerwendungsnachweisMassnahmenberechnung::aus(m, sprache)).collect();
        Antwort::gut(&VerwendungsnachweisBerechnung {
            regelwerk,
            errechnete_zuwendung: Euro::summe(massnahmen.iter().map(|m| m.zuwendung))?,
            erstattung: Euro::summe(massnahmen.iter().map(|m| m.erstattung))?,
            massnahmen,
        })
    })
    .await
}
