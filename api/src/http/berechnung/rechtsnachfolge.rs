//! `/berechnungen/rechtsnachfolge`: the split of a grant when a Gebietskoerperschaft was divided.

use super::{app, schritt::Berechnungsschritt};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Json};
use crate::http::problem::{BefundView, Fundstelle};
use actix_web::post;
use aqb_domain::berechtigung::recht::Rechnen;
use aqb_domain::geld::Euro;
use aqb_domain::rechtsnachfolge::{self as domain, Nachfolgemodus, Nachfolgeplaetze};
use aqb_domain::regel::Einstufung;
use aqb_domain::regelwerk::gesetzt;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Places of the measure.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NachfolgeanfragePlaetze {
    /// All of them, at least 1.
    #[schema(minimum = 0, maximum = 1_000_000, examples(90))]
    gesamt: u32,
    /// Those of people who live in the successor's territory.
    #[schema(minimum = 0, maximum = 1_000_000, examples(32))]
    nachfolger: u32,
}

/// A grant whose recipient was divided.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "jahrgang": 2025, "vorgaenger": "06435", "nachfolger": "06415", "ab": "2026-01-01", "betrag": "90000.00", "plaetze": { "gesamt": 90, "nachfolger": 32 }, "modus": "NACH_PLAETZEN" })))]
pub struct Nachfolgeanfrage {
    /// Jahrgang of the grant.
    #[schema(minimum = 2011, maximum = 2099, examples(2025))]
    jahrgang: i32,
    /// Recipient so far.
    #[schema(pattern = "^06[0-9]{3}$", examples("06435"))]
    vorgaenger: String,
    /// Gebietskoerperschaft formed from a part of its territory.
    #[schema(pattern = "^06[0-9]{3}$", examples("06415"))]
    nachfolger: String,
    /// First day of the time the amount is meant for.
    #[schema(examples("2026-01-01"))]
    ab: NaiveDate,
    /// State funds for the time from that day on, not negative.
    #[schema(examples("90000.00"))]
    betrag: Euro,
    /// Places of the measure.
    plaetze: NachfolgeanfragePlaetze,
    /// How the grant is treated; as the Regelwerk of the Jahrgang says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    modus: Option<Nachfolgemodus>,
}

/// What one of both receives.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachfolgeanteil {
    /// Gebietskoerperschaft.
    #[schema(examples("06415"))]
    pub kreisschluessel: String,
    /// It is recipient of the grant from the day on.
    pub empfaenger: bool,
    /// Places it answers for.
    #[schema(minimum = 0, maximum = 1_000_000, examples(32))]
    pub plaetze: u32,
    /// Its share; both add up to the amount.
    #[schema(examples("32000.00"))]
    pub betrag: Euro,
}

impl From<domain::Nachfolgeanteil> for Nachfolgeanteil {
    fn from(a: domain::Nachfolgeanteil) -> Self {
        Nachfolgeanteil {
            kreisschluessel: a.kreisschluessel,
            empfaenger: a.empfaenger,
            plaetze: a.plaetze,
            betrag: a.betrag,
        }
    }
}

/// The shares of both.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachfolgeantwort {
    /// How the grant is treated.
    pub modus: Nachfolgemodus,
    /// Share of the recipient so far.
    pub vorgaenger: Nachfolgeanteil,
    /// Share of the successor.
    pub nachfolger: Nachfolgeanteil,
    /// What a person should know, such as whether the successor may apply for the Jahrgang itself.
    pub befunde: Vec<BefundView>,
    /// The steps in order.
    pub schritte: Vec<Berechnungsschritt>,
    /// What decides how the grant is treated.
    pub fundstelle: Fundstelle,
    /// Regelwerk of the Jahrgang.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
}

/// Split a grant on succession
///
/// When a Gebietskoerperschaft was divided (Main-Kinzig-Kreis and Hanau), the predecessor stays recipient, or the
/// successor receives the share of its places and an odd cent stays with the predecessor. It informs: a grant is only
/// changed by a Bescheid.
#[utoipa::path(operation_id = "berechnung_rechtsnachfolge", tag = "Berechnungen", request_body = Nachfolgeanfrage,
    responses((status = 200, description = "Both shares and every step.", body = Nachfolgeantwort)),
    extensions(("x-recht" = json!("berechnung:rechnen"))))]
#[post("/berechnungen/rechtsnachfolge")]
pub async fn rechtsnachfolge(a: Aufruf<Rechnen>, Json { wert: e, .. }: Json<Nachfolgeanfrage>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let n = app::rechtsnachfolge(c, &e.eingabe())?;
        let fundstelle = match n.parameter {
            Some(p) => Fundstelle {
                norm: format!("Regelwerk {}, {}", n.regelwerk, p.schluessel),
                stelle: p.fundstelle,
                einstufung: p.einstufung,
            },
            None => Fundstelle {
                norm: "Angabe der Anfrage".to_owned(),
                stelle: "modus".to_owned(),
                einstufung: Einstufung::Annahme,
            },
        };
        Antwort::gut(&Nachfolgeantwort {
            modus: n.modus,
            vorgaenger: n.ergebnis.vorgaenger.into(),
            nachfolger: n.ergebnis.nachfolger.into(),
            befunde: n.ergebnis.befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
            schritte: Berechnungsschritt::alle(n.ergebnis.schritte, sprache),
            fundstelle,
            regelwerk: n.regelwerk,
        })
    })
    .await
}

impl Nachfolgeanfrage {
    fn eingabe(&self) -> app::Nachfolgeeingabe {
        app::Nachfolgeeingabe {
            jahrgang: self.jahrgang,
            vorgaenger: self.vorgaenger.clone(),
            nachfolger: self.nachfolger.clone(),
            ab: self.ab,
            betrag: self.betrag,
            plaetze: Nachfolgeplaetze { gesamt: self.plaetze.gesamt, nachfolger: self.plaetze.nachfolger },
            modus: self.modus,
        }
    }
}
