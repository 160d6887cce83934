//! `/berechnungen/zwischenzinsen`: interest on money that was not used in time.

use super::{app, schritt::Berechnungsschritt};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Json};
use crate::http::problem::Fundstelle;
use actix_web::post;
use aqb_domain::berechtigung::recht::Rechnen;
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::regel::{Einstufung, Sprache};
use aqb_domain::regelwerk::gesetzt;
use aqb_domain::zins::{self, Mittelbewegung, Zinsabschnitt, Zinsbeginn, Zinsmethode, Zinsrundung, Zinssatz};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Money that came or went on a day.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZwischenzinsanfrageBewegung {
    /// Value date of a payout, day of a use.
    #[schema(examples("2026-04-10"))]
    am: NaiveDate,
    /// Amount, above 0.00; of a use the share of the Land alone.
    #[schema(examples("48000.00"))]
    betrag: Euro,
}

/// Payouts and the uses of their money, in any order. Payouts are used up in order of their value dates.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "auszahlungen": [{ "am": "2026-04-10", "betrag": "48000.00" }], "verwendungen": [{ "am": "2026-04-15", "betrag": "12000.00" }, { "am": "2026-05-15", "betrag": "12000.00" }, { "am": "2026-06-15", "betrag": "12000.00" }, { "am": "2026-07-15", "betrag": "12000.00" }], "beginn": "FRISTABLAUF" })))]
pub struct Zwischenzinsanfrage {
    /// Payouts, at least one.
    #[schema(min_items = 1, max_items = 500)]
    auszahlungen: Vec<ZwischenzinsanfrageBewegung>,
    /// Uses.
    #[schema(max_items = 5000)]
    verwendungen: Vec<ZwischenzinsanfrageBewegung>,
    /// Day on which the account is closed: what is unused by then bears interest until this day. Absent: what was not
    /// used is named and bears nothing.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, examples("2026-12-31"))]
    bis: Option<NaiveDate>,
    /// From when late money bears interest; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    beginn: Option<Zinsbeginn>,
    /// Day count; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    methode: Option<Zinsmethode>,
    /// Rounding of each part; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    rundung: Option<Zinsrundung>,
    /// Percentage points above the base rate; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    aufschlag_prozentpunkte: Option<Prozent>,
}

impl Zwischenzinsanfrage {
    fn eingabe(&self) -> app::Zwischenzinseingabe {
        let bewegungen = |l: &[ZwischenzinsanfrageBewegung]| {
            l.iter().map(|b| Mittelbewegung { am: b.am, betrag: b.betrag }).collect()
        };
        app::Zwischenzinseingabe {
            auszahlungen: bewegungen(&self.auszahlungen),
            verwendungen: bewegungen(&self.verwendungen),
            bis: self.bis,
            beginn: self.beginn,
            methode: self.methode,
            rundung: self.rundung,
            satz: self.aufschlag_prozentpunkte.map(Zinssatz::AufschlagProzentpunkte),
        }
    }
}

/// A part of a payout with one use, or none.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zwischenzinsposten {
    /// Amount of the part.
    #[schema(examples("12000.00"))]
    pub betrag: Euro,
    /// Value date of its payout.
    pub ausgezahlt_am: NaiveDate,
    /// Last day on which its use is in time.
    pub frist_ende: NaiveDate,
    /// Day of its use, that of the payout for money laid out before; absent when it was not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verwendet_am: Option<NaiveDate>,
    /// First day with interest; absent for a part that bears nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub von: Option<NaiveDate>,
    /// First day without interest; absent for a part that bears nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bis: Option<NaiveDate>,
    /// Days of interest as the method counts them.
    #[schema(minimum = 0, maximum = 40_000, examples(34))]
    pub tage: i64,
    /// Interest to the cent; 0.00 for a part that bears nothing.
    #[schema(examples("71.24"))]
    pub zinsen: Euro,
    /// The pieces in order, cut at every 1 January and 1 July.
    pub abschnitte: Vec<Zinsabschnitt>,
}

impl From<zins::Zwischenzinsposten> for Zwischenzinsposten {
    fn from(p: zins::Zwischenzinsposten) -> Self {
        let (von, bis) = p.zinslauf.as_ref().map(|z| (z.von, z.bis)).unzip();
        let (tage, zinsen, abschnitte) = p
            .zinslauf
            .map_or((0, Euro::NULL, Vec::new()), |z| (z.ergebnis.tage, z.ergebnis.zinsen, z.ergebnis.abschnitte));
        Zwischenzinsposten {
            betrag: p.betrag,
            ausgezahlt_am: p.ausgezahlt_am,
            frist_ende: p.frist_ende,
            verwendet_am: p.verwendet_am,
            von,
            bis,
            tage,
            zinsen,
            abschnitte,
        }
    }
}

/// Interest on money that was not used in time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zwischenzinsantwort {
    /// Sum of the interest of all parts, each rounded by itself.
    #[schema(examples("79.49"))]
    pub zinsen: Euro,
    /// Paid out and not used.
    #[schema(examples("0.00"))]
    pub nicht_verwendet: Euro,
    /// Used beyond everything that was paid out.
    #[schema(examples("0.00"))]
    pub vorleistung: Euro,
    /// From when late money bears interest.
    pub beginn: Zinsbeginn,
    /// The parts in order of payout and use.
    pub posten: Vec<Zwischenzinsposten>,
    /// The steps in order.
    pub schritte: Vec<Berechnungsschritt>,
    /// Where the claim comes from.
    pub fundstelle: Fundstelle,
    /// Regelwerk that filled in what the question left open.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
}

impl Zwischenzinsantwort {
    /// Renders the interest, from when it runs, and the version of the Regelwerk that decided.
    pub fn aus((z, beginn, regelwerk): (zins::Zwischenzinsergebnis, Zinsbeginn, String), sprache: Sprache) -> Self {
        Zwischenzinsantwort {
            zinsen: z.zinsen,
            nicht_verwendet: z.nicht_verwendet,
            vorleistung: z.vorleistung,
            beginn,
            posten: z.posten.into_iter().map(Into::into).collect(),
            schritte: Berechnungsschritt::alle(z.schritte, sprache),
            fundstelle: Fundstelle {
                norm: "HVwVfG; BGB".to_owned(),
                stelle: "§ 49a Abs. 4; § 247".to_owned(),
                einstufung: Einstufung::Fachwissen,
            },
            regelwerk,
        }
    }
}

/// Compute interest on money not used in time
///
/// § 49a Abs. 4 HVwVfG: each payout is used up in order; a part used after the end of its period bears interest until
/// its use, one used in time bears nothing. It informs: interest is charged at the authority's discretion.
#[utoipa::path(operation_id = "berechnung_zwischenzinsen", tag = "Berechnungen", request_body = Zwischenzinsanfrage,
    responses((status = 200, description = "The interest, its parts and every step.", body = Zwischenzinsantwort)),
    extensions(("x-recht" = json!("berechnung:rechnen"))))]
#[post("/berechnungen/zwischenzinsen")]
pub async fn zwischenzinsen(a: Aufruf<Rechnen>, Json { wert: e, .. }: Json<Zwischenzinsanfrage>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        Antwort::gut(&Zwischenzinsantwort::aus(app::zwischenzinsen(c, &e.eingabe(), app::VORGABE)?, sprache))
    })
    .await
}
