//! `/berichte/mittelabfluss`: when money flows, and when the plans need it.

use super::{Berichtsfilter, Datei, csv_datei, in_worten, svg_datei, xlsx_datei};
use crate::app::bericht as app;
use crate::ausgabe::{Linie, Liniendiagramm, Tabelle, Zelle};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use actix_web::get;
use aqb_domain::befund::betrag_in_worten;
use aqb_domain::berechtigung::recht::BerichtLesen;
use aqb_domain::bericht::{Mittelabfluss, Monatsfluss};
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

const NAME: &str = "mittelabfluss";

/// Amounts of a month, or up to its end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Abflusszahlen {
    /// Called, less what was refused or cancelled; of a month it can be negative.
    pub abgerufen: Euro,
    /// Paid out, less what came back; by value date.
    pub ausgezahlt: Euro,
    /// Passed on to Traeger.
    pub weitergeleitet: Euro,
    /// Granted money the plans need in that time.
    pub geplant: Euro,
}

impl From<Monatsfluss> for Abflusszahlen {
    fn from(m: Monatsfluss) -> Self {
        Abflusszahlen {
            abgerufen: m.abgerufen,
            ausgezahlt: m.ausgezahlt,
            weitergeleitet: m.weitergeleitet,
            geplant: m.geplant,
        }
    }
}

/// A month.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Abflussmonat {
    /// Year and month.
    #[schema(pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", examples("2026-03"))]
    pub monat: String,
    /// In this month.
    pub im_monat: Abflusszahlen,
    /// From the first month to the end of this one.
    pub kumuliert: Abflusszahlen,
}

/// Flow of a Jahrgang's money by month, and what the plans need.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Mittelabfluss)]
pub struct MittelabflussView {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Legal day up to whose end postings and Bescheide count; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stichtag: Option<NaiveDate>,
    /// Every month from the first to the last with any movement or need.
    pub monate: Vec<Abflussmonat>,
    /// All months.
    pub gesamt: Abflusszahlen,
    /// Granted money that no plan places in a month.
    #[schema(examples("0.00"))]
    pub ohne_monat: Euro,
}

fn sicht(f: &Berichtsfilter, m: &Mittelabfluss) -> MittelabflussView {
    let monate = m.zeilen.iter().map(|z| Abflussmonat {
        monat: z.monat.to_string(),
        im_monat: z.im_monat.into(),
        kumuliert: z.kumuliert.into(),
    });
    MittelabflussView {
        jahrgang: f.jahrgang,
        stichtag: f.stichtag,
        monate: monate.collect(),
        gesamt: m.gesamt.into(),
        ohne_monat: m.ohne_monat,
    }
}

fn titel(jahrgang: i32, s: Sprache) -> String {
    match s {
        Sprache::De => format!("Mittelabfluss Jahrgang {jahrgang}"),
        Sprache::En => format!("Flow of money, Jahrgang {jahrgang}"),
    }
}

const SPALTEN: &[(&str, &str, u16)] = &[
    ("Monat", "Month", 12),
    ("Abgerufen in EUR", "Called in EUR", 18),
    ("Ausgezahlt in EUR", "Paid out in EUR", 18),
    ("Weitergeleitet in EUR", "Passed on in EUR", 18),
    ("Geplanter Bedarf in EUR", "Planned need in EUR", 18),
    ("Abgerufen kumuliert in EUR", "Called, cumulative, in EUR", 18),
    ("Ausgezahlt kumuliert in EUR", "Paid out, cumulative, in EUR", 18),
    ("Weitergeleitet kumuliert in EUR", "Passed on, cumulative, in EUR", 18),
    ("Geplanter Bedarf kumuliert in EUR", "Planned need, cumulative, in EUR", 18),
];

fn zahlen(m: &Monatsfluss) -> [Zelle; 4] {
    [m.abgerufen, m.ausgezahlt, m.weitergeleitet, m.geplant].map(Zelle::Betrag)
}

fn tabelle(f: &Berichtsfilter, m: &Mittelabfluss, s: Sprache) -> Tabelle {
    let mut t = Tabelle::neu(titel(f.jahrgang, s), SPALTEN, s);
    for z in &m.zeilen {
        let monat = [Zelle::Monat(z.monat.erster())];
        t.zeilen.push(monat.into_iter().chain(zahlen(&z.im_monat)).chain(zahlen(&z.kumuliert)).collect());
    }
    let summe = if s == Sprache::De { "Summe" } else { "Sum" };
    let leer = [Zelle::Leer, Zelle::Leer, Zelle::Leer, Zelle::Leer];
    t.summe = [Zelle::text(summe)].into_iter().chain(zahlen(&m.gesamt)).chain(leer).collect();
    t
}

fn bild(f: &Berichtsfilter, m: &Mittelabfluss, s: Sprache) -> Vec<u8> {
    let betrag = |e| betrag_in_worten(e, s);
    let (g, wunsch) = (&m.gesamt, in_worten(&f.wunsch(), f.stand(), s));
    let (untertitel, beschreibung, namen) = match s {
        Sprache::De => (
            format!("{wunsch}; kumuliert bis zum Ende des Monats"),
            format!(
                "Linien je Monat, kumuliert. Geplanter Bedarf {}, abgerufen {}, ausgezahlt {}, weitergeleitet {}.",
                betrag(g.geplant),
                betrag(g.abgerufen),
                betrag(g.ausgezahlt),
                betrag(g.weitergeleitet)
            ),
            ["geplanter Bedarf", "abgerufen", "ausgezahlt", "weitergeleitet"],
        ),
        Sprache::En => (
            format!("{wunsch}; cumulative to the end of the month"),
            format!(
                "Lines by month, cumulative. Planned need {}, called {}, paid out {}, passed on {}.",
                betrag(g.geplant),
                betrag(g.abgerufen),
                betrag(g.ausgezahlt),
                betrag(g.weitergeleitet)
            ),
            ["planned need", "called", "paid out", "passed on"],
        ),
    };
    // what happened ends with the day the figures hold; the plan goes on
    let geschehen = m.zeilen.iter().filter(|z| z.monat.erster() <= f.stand()).count();
    let linie = |name: &str, monate: usize, wert: fn(&Monatsfluss) -> Euro| Linie {
        name: name.to_owned(),
        werte: m.zeilen.iter().take(monate).map(|z| wert(&z.kumuliert)).collect(),
    };
    let [geplant, abgerufen, ausgezahlt, weitergeleitet] = namen;
    let d = Liniendiagramm {
        titel: titel(f.jahrgang, s),
        untertitel,
        beschreibung,
        monate: m.zeilen.iter().map(|z| z.monat.erster().format("%m.%Y").to_string()).collect(),
        linien: vec![
            linie(geplant, usize::MAX, |m| m.geplant),
            linie(abgerufen, geschehen, |m| m.abgerufen),
            linie(ausgezahlt, geschehen, |m| m.ausgezahlt),
            linie(weitergeleitet, geschehen, |m| m.weitergeleitet),
        ],
    };
    d.svg(s)
}

async fn antworte(
    a: Aufruf<BerichtLesen>,
    f: Berichtsfilter,
    form: impl Fn(&Berichtsfilter, &Mittelabfluss, Sprache) -> Ergebnis<Antwort> + Send + 'static,
) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| form(&f, &app::mittelabfluss(c, &sicht, &f.wunsch())?, sprache)).await
}

/// Report the flow of money by month
///
/// What was called, paid out and passed on, by legal day of the postings, and as a forecast what the plans need:
/// granted money by the payments of the payment plan, otherwise by the periods of the Detailplanung. A
/// Gebietskoerperschaft sees only its own.
#[utoipa::path(operation_id = "mittelabfluss_lesen", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The report.", body = MittelabflussView)),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/mittelabfluss")]
pub async fn lesen(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, m, _| Antwort::gut(&sicht(f, m))).await
}

/// Download the flow of money as CSV
///
/// One line per month, in the form of the other CSV files; a month is written as its first day.
#[utoipa::path(operation_id = "mittelabfluss_csv", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/mittelabfluss/csv")]
pub async fn csv(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, m, s| csv_datei(NAME, f.jahrgang, &tabelle(f, m, s))).await
}

/// Download the flow of money as XLSX
///
/// The lines of the CSV and a line of sums, as numbers with German formats.
#[utoipa::path(operation_id = "mittelabfluss_xlsx", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/mittelabfluss/xlsx")]
pub async fn xlsx(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, m, s| xlsx_datei(NAME, f.jahrgang, &tabelle(f, m, s), f.stand())).await
}

/// Download the flow of money as SVG
///
/// Cumulative lines over the months; each has a dash and a mark of its own.
#[utoipa::path(operation_id = "mittelabfluss_svg", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The drawing.", body = Datei, content_type = "image/svg+xml")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/mittelabfluss/svg")]
pub async fn svg(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, m, s| Ok(svg_datei(NAME, f.jahrgang, bild(f, m, s)))).await
}
