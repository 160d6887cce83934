//! `/berichte`: budgetauslastung, mittelabfluss, abgleich with its part about proofs, teilnehmende and zielerreichung; each as JSON, and as files on
//! paths of their own because generated clients cannot choose `Accept`.

mod abfluss;
mod abgleich;
mod auslastung;
mod nachweise;
mod teilnehmende;
mod ziele;

use crate::app::bericht::Berichtswunsch;
use crate::ausgabe::{CSV, SVG, Tabelle, XLSX};
use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use aqb_domain::befund::tag_in_worten;
use aqb_domain::geld::Prozent;
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::uhr;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auslastung::lesen).service(auslastung::csv).service(auslastung::xlsx).service(auslastung::svg);
    cfg.service(abfluss::lesen).service(abfluss::csv).service(abfluss::xlsx).service(abfluss::svg);
    cfg.service(abgleich::auflisten).service(abgleich::csv).service(abgleich::xlsx);
    cfg.service(nachweise::auflisten).service(nachweise::csv).service(nachweise::xlsx);
    cfg.service(teilnehmende::lesen).service(teilnehmende::csv).service(teilnehmende::xlsx);
    cfg.service(ziele::lesen).service(ziele::csv).service(ziele::xlsx);
}

/// A file.
#[derive(Debug, Clone, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct Datei(#[allow(dead_code, reason = "describes bytes in the document")] Vec<u8>);

/// Narrows a report.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Berichtsfilter {
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: i32,
    /// Gebietskoerperschaft; one the caller does not see leaves nothing.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Teilbudget.
    #[param(pattern = "^[A-Z][A-Z0-9_]{1,59}$", example = "ALLGEMEIN")]
    teilbudget: Option<String>,
    /// Year in which the money flows.
    #[param(minimum = 2011, maximum = 2120, example = 2026)]
    haushaltsjahr: Option<i32>,
    /// Figures at the end of this legal day, summed from the postings; without it those of now.
    #[param(example = "2099-12-31")]
    stichtag: Option<NaiveDate>,
}

impl Berichtsfilter {
    fn wunsch(&self) -> Berichtswunsch {
        Berichtswunsch {
            jahrgang: self.jahrgang,
            kreisschluessel: self.kreisschluessel.clone(),
            teilbudget: self.teilbudget.clone(),
            haushaltsjahr: self.haushaltsjahr,
            stichtag: self.stichtag,
        }
    }

    /// The day whose end the figures show.
    fn stand(&self) -> NaiveDate {
        self.stichtag.unwrap_or_else(|| rechtstag(uhr::jetzt()))
    }
}

/// What was asked for, in words: the line below the title of a chart.
fn in_worten(w: &Berichtswunsch, stand: NaiveDate, s: Sprache) -> String {
    let mut teile = Vec::new();
    let mut teil = |de: &str, en: &str, wert: Option<String>| {
        teile.extend(wert.map(|w| if s == Sprache::De { format!("{de} {w}") } else { format!("{en} {w}") }));
    };
    teil("Stand", "As of", Some(tag_in_worten(stand, s)));
    teil("Kreis", "County", w.kreisschluessel.clone());
    teil("Teilbudget", "Teilbudget", w.teilbudget.clone());
    teil("Haushaltsjahr", "Haushaltsjahr", w.haushaltsjahr.map(|h| h.to_string()));
    teile.join(", ")
}

/// A quota as people read it; a dash where there is none.
fn quote_in_worten(p: Option<Prozent>, s: Sprache) -> String {
    p.map_or_else(
        || "–".to_owned(),
        |p| match s {
            Sprache::De => format!("{} %", p.to_string().replace('.', ",")),
            Sprache::En => format!("{p} %"),
        },
    )
}

fn csv_datei(name: &str, jahrgang: i32, t: &Tabelle) -> Ergebnis<Antwort> {
    Ok(Antwort::datei(CSV, format!("{name}-{jahrgang}.csv"), t.csv()?))
}

fn xlsx_datei(name: &str, jahrgang: i32, t: &Tabelle, stand: NaiveDate) -> Ergebnis<Antwort> {
    Ok(Antwort::datei(XLSX, format!("{name}-{jahrgang}.xlsx"), t.xlsx(stand)?))
}

fn svg_datei(name: &str, jahrgang: i32, bild: Vec<u8>) -> Antwort {
    Antwort::datei(SVG, format!("{name}-{jahrgang}.svg"), bild)
}
