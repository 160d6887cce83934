//! `/berechnungen`: calculators that store nothing.

mod rechtsnachfolge;
mod schritt;
pub use schritt::Berechnungsschritt;
pub mod zwischenzinsen;

use crate::app::berechnung as app;
use crate::fehler::{Ergebnis, Fehler};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Json};
use crate::http::problem::Fundstelle;
use actix_web::post;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::berechtigung::recht::Rechnen;
use aqb_domain::frist::{Fristergebnis, monatsfrist};
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::regel::{Einstufung, RECHENEINGABE, Sprache};
use aqb_domain::regelwerk::gesetzt;
use aqb_domain::zins::{Zinsabschnitt, Zinsmethode, Zinsrundung, Zinssatz};
use aqb_domain::zuwendung::{self as ermaessigung, Finanzierungsart, Zuwendungsfrage, Zuwendungsist, Zuwendungsplan};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::{Validate, ValidationError};

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(zinsen).service(zuwendung).service(frist);
    cfg.service(zwischenzinsen::zwischenzinsen).service(rechtsnachfolge::rechtsnachfolge);
}

// ---- interest -----------------------------------------------------------------------------------------------------

/// A question about interest from `von` to `bis`; whether these two days count is a parameter of the Regelwerk (the
/// first does, the last does not). At most one of
/// `aufschlag_prozentpunkte` and `festzins_prozent`; without both the Regelwerk's surcharge applies (5.00).
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "kapital": "10000.00", "von": "2023-12-01", "bis": "2024-08-01", "methode": "ACT_ACT", "rundung": "AM_ENDE", "aufschlag_prozentpunkte": "5.00" })))]
#[validate(schema(function = "nur_ein_satz"))]
pub struct Zinsanfrage {
    /// Interest-bearing amount, not negative.
    #[schema(examples("10000.00"))]
    kapital: Euro,
    /// Day on which interest begins to run, such as the payout.
    von: NaiveDate,
    /// Day on which it ends, such as the value date of the repayment.
    bis: NaiveDate,
    /// The day `von` bears interest; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, examples(true))]
    starttag_inklusiv: Option<bool>,
    /// The day `bis` bears interest; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, examples(false))]
    endtag_inklusiv: Option<bool>,
    /// Capital is rounded down to a multiple of this amount; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, examples("0.01"))]
    kapital_abrunden_auf: Option<Euro>,
    /// Day count; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    methode: Option<Zinsmethode>,
    /// Rounding; as the Regelwerk says when absent.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    rundung: Option<Zinsrundung>,
    /// Percentage points above the base rate.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    aufschlag_prozentpunkte: Option<Prozent>,
    /// A fixed rate instead.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false)]
    festzins_prozent: Option<Prozent>,
}

fn nur_ein_satz(z: &Zinsanfrage) -> Result<(), ValidationError> {
    if z.aufschlag_prozentpunkte.is_none() || z.festzins_prozent.is_none() {
        return Ok(());
    }
    let mut e = ValidationError::new("/festzins_prozent")
        .with_message("1 × (aufschlag_prozentpunkte | festzins_prozent)".into());
    e.add_param("gefunden".into(), &"aufschlag_prozentpunkte + festzins_prozent");
    Err(e)
}

/// Contradictions between fields, each a finding of the calculator; the code of a violation is its JSON pointer.
fn pruefe(e: &impl Validate) -> Ergebnis<()> {
    let Err(fehler) = e.validate() else { return Ok(()) };
    let befunde = fehler.field_errors().into_values().flatten().map(|f| {
        Befund::neu(&RECHENEINGABE)
            .ort(f.code.to_string())
            .gemessen("feld", &f.code, Einheit::Text)
            .gemessen("gefunden", f.params.get("gefunden").and_then(|g| g.as_str()).unwrap_or("–"), Einheit::Text)
            .erlaubt("verlangt", f.message.clone().unwrap_or_default(), Einheit::Text)
    });
    Err(Fehler::Befunde(befunde.collect()))
}

impl Zinsanfrage {
    fn eingabe(&self) -> app::Zinseingabe {
        let aufschlag = self.aufschlag_prozentpunkte.map(Zinssatz::AufschlagProzentpunkte);
        app::Zinseingabe {
            kapital: self.kapital,
            von: self.von,
            bis: self.bis,
            starttag_inklusiv: self.starttag_inklusiv,
            endtag_inklusiv: self.endtag_inklusiv,
            kapital_abrunden_auf: self.kapital_abrunden_auf,
            methode: self.methode,
            rundung: self.rundung,
            satz: self.festzins_prozent.map(Zinssatz::FestzinsProzent).or(aufschlag),
        }
    }

    fn fundstelle(&self) -> Fundstelle {
        let (norm, stelle, einstufung) = match self.festzins_prozent {
            None => ("HVwVfG; BGB", "§ 49a Abs. 3 und 4; § 247", Einstufung::Belegt),
            Some(_) => ("Angabe der Anfrage", "festzins_prozent", Einstufung::Annahme),
        };
        Fundstelle { norm: norm.to_owned(), stelle: stelle.to_owned(), einstufung }
    }
}

/// Interest with every piece that has its own rate or its own length of year.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zinsantwort {
    /// Capital that bears interest, rounded down as the Regelwerk or the question says.
    #[schema(examples("10000.00"))]
    pub kapital: Euro,
    /// Interest to the cent.
    #[schema(examples("568.50"))]
    pub zinsen: Euro,
    /// Days of interest as the method counts them.
    #[schema(minimum = 0, maximum = 40_000, examples(244))]
    pub tage: i64,
    /// The pieces in order, cut at every 1 January and 1 July; none for an empty period.
    pub abschnitte: Vec<Zinsabschnitt>,
    /// Where the rate comes from.
    pub fundstelle: Fundstelle,
    /// Regelwerk that filled in what the question left open.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
}

/// Compute interest
///
/// § 49a HVwVfG: simple interest above the base rate of § 247 BGB, in exact fractions, rounded once or per piece. A day
/// beyond the known base rates is refused with BASISZINS_UNBEKANNT.
#[utoipa::path(operation_id = "berechnung_zinsen", tag = "Berechnungen", request_body = Zinsanfrage,
    responses((status = 200, description = "The interest and its pieces.", body = Zinsantwort)),
    extensions(("x-recht" = json!("berechnung:rechnen"))))]
#[post("/berechnungen/zinsen")]
pub async fn zinsen(a: Aufruf<Rechnen>, Json { wert: e, .. }: Json<Zinsanfrage>) -> HandlerErgebnis {
    a.lese(move |c| {
        pruefe(&e)?;
        let (z, regelwerk) = app::zinsen(c, &e.eingabe())?;
        Antwort::gut(&Zinsantwort {
            kapital: z.kapital,
            zinsen: z.zinsen,
            tage: z.tage,
            abschnitte: z.abschnitte,
            fundstelle: e.fundstelle(),
            regelwerk,
        })
    })
    .await
}

// ---- reduction ----------------------------------------------------------------------------------------------------

/// The Finanzierungsplan as it was granted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZuwendungsanfragePlan {
    /// Eligible expenditure planned.
    #[schema(examples("250000.00"))]
    ausgaben: Euro,
    /// Grant, at most the expenditure.
    #[schema(examples("200000.00"))]
    zuwendung: Euro,
    /// Own funds planned.
    #[schema(examples("30000.00"))]
    eigenmittel: Euro,
    /// Other cover planned: grants of others and income.
    #[schema(examples("20000.00"))]
    deckungsmittel: Euro,
}

/// What was recognised in the end.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZuwendungsanfrageIst {
    /// Eligible expenditure recognised.
    #[schema(examples("231400.00"))]
    ausgaben: Euro,
    /// Own funds used for recognised expenditure.
    #[schema(examples("30000.00"))]
    eigenmittel: Euro,
    /// Other cover received.
    #[schema(examples("20000.00"))]
    deckungsmittel: Euro,
}

/// A question about the grant that remains. No amount is negative.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "finanzierungsart": "ANTEIL", "plan": { "ausgaben": "250000.00", "zuwendung": "200000.00", "eigenmittel": "30000.00", "deckungsmittel": "20000.00" }, "ist": { "ausgaben": "231400.00", "eigenmittel": "30000.00", "deckungsmittel": "20000.00" }, "bagatellgrenze": "500.00", "ausgezahlt": "200000.00" })))]
pub struct Zuwendungsanfrage {
    /// Kind of financing.
    finanzierungsart: Finanzierungsart,
    /// As granted.
    plan: ZuwendungsanfragePlan,
    /// As recognised.
    ist: ZuwendungsanfrageIst,
    /// Deviations up to this amount reduce nothing; absent: none, as for repeated funding.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, examples("500.00"))]
    bagatellgrenze: Option<Euro>,
    /// Paid out so far; absent: no repayment is computed.
    #[serde(default, deserialize_with = "gesetzt")]
    #[schema(nullable = false, examples("200000.00"))]
    ausgezahlt: Option<Euro>,
}

impl Zuwendungsanfrage {
    fn frage(&self) -> Zuwendungsfrage {
        Zuwendungsfrage {
            finanzierungsart: self.finanzierungsart,
            plan: Zuwendungsplan {
                ausgaben: self.plan.ausgaben,
                zuwendung: self.plan.zuwendung,
                eigenmittel: self.plan.eigenmittel,
                deckungsmittel: self.plan.deckungsmittel,
            },
            ist: Zuwendungsist {
                ausgaben: self.ist.ausgaben,
                eigenmittel: self.ist.eigenmittel,
                deckungsmittel: self.ist.deckungsmittel,
            },
            bagatellgrenze: self.bagatellgrenze,
            ausgezahlt: self.ausgezahlt,
        }
    }
}

/// One step of the reduction.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zuwendungsschritt {
    /// Stable code: `KOSTENSEITE`, `DECKUNGSMITTEL_MEHR`, `DECKUNGSMITTEL_SALDIERT`, `DECKUNGSSEITE`, `EIGENMITTEL`,
    /// `FEHLBEDARF`, `HOECHSTBETRAG`, `BAGATELLE`, `ZUWENDUNG`, `MINDERUNG`, `ERSTATTUNG`.
    #[schema(examples("KOSTENSEITE"))]
    pub schritt: String,
    /// Norm the step applies.
    #[schema(examples("Nr. 2 ANBest-P / ANBest-GK"))]
    pub norm: String,
    /// What is done and why, in the wanted language.
    pub text: String,
    /// The formula with the figures of this case, in EUR; empty where there is nothing to compute.
    pub formel: String,
    /// Result; intermediate results are shown rounded and carried on exactly.
    pub ergebnis: Euro,
}

/// The grant that remains and what is to be paid back.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zuwendungsantwort {
    /// Grant after reduction, never above the plan.
    #[schema(examples("185120.00"))]
    pub zuwendung: Euro,
    /// Paid out beyond it; absent when the question does not say what was paid out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("14880.00"))]
    pub erstattung: Option<Euro>,
    /// The steps in order.
    pub schritte: Vec<Zuwendungsschritt>,
}

/// Compute the grant after reduction
///
/// Nr. 2 ANBest: less expenditure or more cover reduces the grant by its kind of financing. It informs; a grant is
/// only reduced by a Bescheid.
#[utoipa::path(operation_id = "berechnung_zuwendung", tag = "Berechnungen", request_body = Zuwendungsanfrage,
    responses((status = 200, description = "The grant, the repayment and every step.", body = Zuwendungsantwort)),
    extensions(("x-recht" = json!("berechnung:rechnen"))))]
#[post("/berechnungen/zuwendung")]
pub async fn zuwendung(a: Aufruf<Rechnen>, Json { wert: e, .. }: Json<Zuwendungsanfrage>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |_| {
        let z = ermaessigung::berechne(&e.frage())?;
        let schritte = z.schritte.into_iter().map(|s| Zuwendungsschritt {
            schritt: s.schritt,
            norm: s.norm,
            text: in_sprache(s.text_de, s.text_en, sprache),
            formel: s.formel,
            ergebnis: s.ergebnis,
        });
        Antwort::gut(&Zuwendungsantwort {
            zuwendung: z.zuwendung,
            erstattung: z.erstattung,
            schritte: schritte.collect(),
        })
    })
    .await
}

fn in_sprache(de: String, en: String, s: Sprache) -> String {
    match s {
        Sprache::De => de,
        Sprache::En => en,
    }
}

// ---- deadlines ----------------------------------------------------------------------------------------------------

/// Kind of the deadline: the last day for the application of a Jahrgang.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub enum MarkeAntragsfrist {
    /// The only value.
    #[serde(rename = "ANTRAGSFRIST")]
    Wert,
}

/// Kind of the deadline: a period of months after an event.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub enum MarkeMonatsfrist {
    /// The only value.
    #[serde(rename = "MONATSFRIST")]
    Wert,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Fristart {
    Antragsfrist,
    Monatsfrist,
}

/// The last day for the application of a Jahrgang, under the Regelwerk of that Jahrgang (HE-ALT where it does not exist
/// yet).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FristanfrageAntragsfrist {
    #[schema(inline)]
    art: MarkeAntragsfrist,
    /// Jahrgang, 2011 to 2099; another year is refused with RECHENEINGABE.
    #[schema(minimum = 0, maximum = 9999, examples(2024))]
    jahrgang: i32,
}

/// A period of calendar months after an event (§§ 187, 188 BGB).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FristanfrageMonatsfrist {
    #[schema(inline)]
    art: MarkeMonatsfrist,
    /// Day of the event; it does not count.
    #[schema(examples("2026-04-10"))]
    beginn: NaiveDate,
    /// Length, 1 to 1200 months; another number is refused with RECHENEINGABE.
    #[schema(minimum = 0, maximum = 100_000, examples(2))]
    monate: u32,
    /// An end on a Saturday, Sunday or Hessian holiday moves to the next working day (§ 31 Abs. 3 HVwVfG).
    werktag_verschiebung: bool,
}

/// A question about a deadline; `art` says which of the two variants it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(
    examples(json!({ "art": "MONATSFRIST", "beginn": "2026-04-10", "monate": 2, "werktag_verschiebung": false })),
    discriminator(
        property_name = "art",
        mapping(
            ("ANTRAGSFRIST" = "#/components/schemas/FristanfrageAntragsfrist"),
            ("MONATSFRIST" = "#/components/schemas/FristanfrageMonatsfrist")
        )
    )
)]
pub enum Fristanfrage {
    /// Application.
    Antragsfrist(FristanfrageAntragsfrist),
    /// Months.
    Monatsfrist(FristanfrageMonatsfrist),
}

impl<'de> Deserialize<'de> for Fristanfrage {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let wert = serde_json::Value::deserialize(d)?;
        let marke = wert.get("art").ok_or_else(|| D::Error::missing_field("art"))?;
        match Fristart::deserialize(marke).map_err(D::Error::custom)? {
            Fristart::Antragsfrist => serde_json::from_value(wert).map(Fristanfrage::Antragsfrist),
            Fristart::Monatsfrist => serde_json::from_value(wert).map(Fristanfrage::Monatsfrist),
        }
        .map_err(D::Error::custom)
    }
}

/// One step on the way to the end of a deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fristschritt {
    /// What was done and why, in the wanted language.
    pub text: String,
    /// The day the step speaks of or arrives at.
    pub datum: NaiveDate,
}

/// A deadline and how it was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fristantwort {
    /// Last day in time; it ends at 24:00 in Europe/Berlin.
    #[schema(examples("2024-04-02"))]
    pub ende: NaiveDate,
    /// The steps in order.
    pub schritte: Vec<Fristschritt>,
}

impl Fristantwort {
    fn aus(f: Fristergebnis, s: Sprache) -> Self {
        let schritte =
            f.schritte.into_iter().map(|x| Fristschritt { text: in_sprache(x.text_de, x.text_en, s), datum: x.datum });
        Fristantwort { ende: f.ende, schritte: schritte.collect() }
    }
}

/// Compute a deadline
///
/// With the holidays of Hessen. Every step names the norm it follows.
#[utoipa::path(operation_id = "berechnung_frist", tag = "Berechnungen", request_body = Fristanfrage,
    responses((status = 200, description = "The last day and every step.", body = Fristantwort)),
    extensions(("x-recht" = json!("berechnung:rechnen"))))]
#[post("/berechnungen/frist")]
pub async fn frist(a: Aufruf<Rechnen>, Json { wert: e, .. }: Json<Fristanfrage>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let f = match &e {
            Fristanfrage::Antragsfrist(f) => app::antragsfrist(c, f.jahrgang)?,
            Fristanfrage::Monatsfrist(f) => monatsfrist(f.beginn, f.monate, f.werktag_verschiebung)?,
        };
        Antwort::gut(&Fristantwort::aus(f, sprache))
    })
    .await
}
