//! `/berichte/budgetauslastung`: how far the budgets are used.

use super::{Berichtsfilter, Datei, csv_datei, in_worten, quote_in_worten, svg_datei, xlsx_datei};
use crate::app::bericht as app;
use crate::ausgabe::{Balken, Balkendiagramm, Reihe, Tabelle, Zelle};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use actix_web::get;
use aqb_domain::befund::betrag_in_worten;
use aqb_domain::berechtigung::recht::BerichtLesen;
use aqb_domain::bericht::Budgetauslastung;
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::konto::Stand;
use aqb_domain::regel::Sprache;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

const NAME: &str = "budgetauslastung";

/// Figures and quotas. The figures are cumulative (`zugeteilt` ≥ `gebunden` ≥ `abgerufen` ≥ `ausgezahlt` ≥
/// `weitergeleitet`); quotas are shares of `zugeteilt`, cut down to two decimals and absent where nothing is allocated.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Auslastungszahlen {
    /// Everything allocated.
    #[schema(examples("90.00"))]
    pub zugeteilt: Euro,
    /// Bound by Bescheide.
    #[schema(examples("60.00"))]
    pub gebunden: Euro,
    /// Called.
    #[schema(examples("35.00"))]
    pub abgerufen: Euro,
    /// Paid out.
    #[schema(examples("20.00"))]
    pub ausgezahlt: Euro,
    /// Passed on to Traeger and not yet proved.
    #[schema(examples("15.00"))]
    pub weitergeleitet: Euro,
    /// Of what was paid out: claimed back and not yet paid back.
    #[schema(examples("0.00"))]
    pub rueckgefordert: Euro,
    /// Of what was paid out: paid back.
    #[schema(examples("0.00"))]
    pub erstattet: Euro,
    /// Free: allocated and not bound.
    #[schema(examples("30.00"))]
    pub verfuegbar: Euro,
    /// Share of what is bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("66.66"))]
    pub bindungsquote: Option<Prozent>,
    /// Share of what was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("38.88"))]
    pub abrufquote: Option<Prozent>,
    /// Share of what was paid out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("22.22"))]
    pub auszahlungsquote: Option<Prozent>,
    /// Share of what was passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("16.66"))]
    pub weiterleitungsquote: Option<Prozent>,
}

impl From<Stand> for Auslastungszahlen {
    fn from(s: Stand) -> Self {
        let q = s.quoten();
        Auslastungszahlen {
            zugeteilt: s.zugeteilt,
            gebunden: s.gebunden,
            abgerufen: s.abgerufen,
            ausgezahlt: s.ausgezahlt,
            weitergeleitet: s.weitergeleitet,
            rueckgefordert: s.rueckgefordert,
            erstattet: s.erstattet,
            verfuegbar: s.verfuegbar,
            bindungsquote: q.gebunden,
            abrufquote: q.abgerufen,
            auszahlungsquote: q.ausgezahlt,
            weiterleitungsquote: q.weitergeleitet,
        }
    }
}

/// One Teilbudget in one Haushaltsjahr.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Auslastungsposition {
    /// Code of the catalogue `teilbudgets`.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Its figures.
    pub zahlen: Auslastungszahlen,
}

/// One Gebietskoerperschaft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Auslastungskreis {
    /// Key.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Name.
    #[schema(examples("Wetteraukreis"))]
    pub name: String,
    /// Per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<Auslastungsposition>,
    /// All of them.
    pub summe: Auslastungszahlen,
}

/// How far the budgets of a Jahrgang are used.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Budgetauslastung)]
pub struct BudgetauslastungView {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Legal day at whose end the figures hold; absent for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub stichtag: Option<NaiveDate>,
    /// Gebietskoerperschaften the caller sees, also those without money.
    pub kreise: Vec<Auslastungskreis>,
    /// All of them.
    pub gesamt: Auslastungszahlen,
}

fn sicht(f: &Berichtsfilter, b: Budgetauslastung) -> BudgetauslastungView {
    let position = |(teilbudget, haushaltsjahr, s): (String, i32, Stand)| Auslastungsposition {
        teilbudget,
        haushaltsjahr,
        zahlen: s.into(),
    };
    let kreise = b.kreise.into_iter().map(|k| Auslastungskreis {
        kreisschluessel: k.kreis.kreisschluessel,
        name: k.kreis.name,
        positionen: k.positionen.into_iter().map(position).collect(),
        summe: k.summe.into(),
    });
    BudgetauslastungView {
        jahrgang: f.jahrgang,
        stichtag: f.stichtag,
        kreise: kreise.collect(),
        gesamt: b.gesamt.into(),
    }
}

fn titel(jahrgang: i32, s: Sprache) -> String {
    match s {
        Sprache::De => format!("Budgetauslastung Jahrgang {jahrgang}"),
        Sprache::En => format!("Use of the budget, Jahrgang {jahrgang}"),
    }
}

const SPALTEN: &[(&str, &str, u16)] = &[
    ("Kreisschlüssel", "County key", 14),
    ("Gebietskörperschaft", "Authority", 28),
    ("Teilbudget", "Teilbudget", 24),
    ("Haushaltsjahr", "Haushaltsjahr", 13),
    ("Zugeteilt in EUR", "Allocated in EUR", 18),
    ("Gebunden in EUR", "Bound in EUR", 18),
    ("Abgerufen in EUR", "Called in EUR", 18),
    ("Ausgezahlt in EUR", "Paid out in EUR", 18),
    ("Weitergeleitet in EUR", "Passed on in EUR", 18),
    ("Zurückgefordert in EUR", "Claimed back in EUR", 18),
    ("Erstattet in EUR", "Paid back in EUR", 18),
    ("Verfügbar in EUR", "Free in EUR", 18),
    ("Bindungsquote in %", "Bound in %", 13),
    ("Abrufquote in %", "Called in %", 13),
    ("Auszahlungsquote in %", "Paid out in %", 13),
    ("Weiterleitungsquote in %", "Passed on in %", 13),
];

fn zahlen(s: &Stand) -> [Zelle; 12] {
    let q = s.quoten();
    [
        Zelle::Betrag(s.zugeteilt),
        Zelle::Betrag(s.gebunden),
        Zelle::Betrag(s.abgerufen),
        Zelle::Betrag(s.ausgezahlt),
        Zelle::Betrag(s.weitergeleitet),
        Zelle::Betrag(s.rueckgefordert),
        Zelle::Betrag(s.erstattet),
        Zelle::Betrag(s.verfuegbar),
        Zelle::prozent(q.gebunden),
        Zelle::prozent(q.abgerufen),
        Zelle::prozent(q.ausgezahlt),
        Zelle::prozent(q.weitergeleitet),
    ]
}

fn tabelle(f: &Berichtsfilter, b: &Budgetauslastung, s: Sprache) -> Tabelle {
    let mut t = Tabelle::neu(titel(f.jahrgang, s), SPALTEN, s);
    for k in &b.kreise {
        for (teilbudget, haushaltsjahr, stand) in &k.positionen {
            let kopf = [
                Zelle::text(&k.kreis.kreisschluessel),
                Zelle::text(&k.kreis.name),
                Zelle::text(teilbudget),
                Zelle::Zahl(*haushaltsjahr),
            ];
            t.zeilen.push(kopf.into_iter().chain(zahlen(stand)).collect());
        }
    }
    let summe = if s == Sprache::De { "Summe" } else { "Sum" };
    t.summe =
        [Zelle::text(summe), Zelle::Leer, Zelle::Leer, Zelle::Leer].into_iter().chain(zahlen(&b.gesamt)).collect();
    t
}

/// Bars per county; of a single one its positions.
fn balken(b: &Budgetauslastung, s: Sprache) -> Vec<Balken> {
    let balken = |name: String, st: &Stand| {
        let rest = |a: Euro, b: Euro| a.minus(b).unwrap_or_default();
        Balken {
            name,
            teile: vec![
                st.weitergeleitet,
                rest(st.ausgezahlt, st.weitergeleitet),
                rest(st.abgerufen, st.ausgezahlt),
                rest(st.gebunden, st.abgerufen),
                st.verfuegbar,
            ],
            rand: quote_in_worten(st.quoten().gebunden, s),
        }
    };
    match b.kreise.as_slice() {
        [k] => k.positionen.iter().map(|(t, h, st)| balken(format!("{t} {h}"), st)).collect(),
        kreise => {
            kreise.iter().map(|k| balken(format!("{} {}", k.kreis.name, k.kreis.kreisschluessel), &k.summe)).collect()
        }
    }
}

fn bild(f: &Berichtsfilter, b: &Budgetauslastung, s: Sprache) -> Vec<u8> {
    let (g, q) = (&b.gesamt, b.gesamt.quoten());
    let (betrag, quote) = (|e| betrag_in_worten(e, s), |p| quote_in_worten(p, s));
    let (untertitel, beschreibung, reihen) = match s {
        Sprache::De => (
            in_worten(&f.wunsch(), f.stand(), s),
            format!(
                "Gestapelte Balken. Zugeteilt {}, davon gebunden {} ({}), abgerufen {} ({}), ausgezahlt {} ({}), weitergeleitet {} ({}), verfügbar {}.",
                betrag(g.zugeteilt),
                betrag(g.gebunden),
                quote(q.gebunden),
                betrag(g.abgerufen),
                quote(q.abgerufen),
                betrag(g.ausgezahlt),
                quote(q.ausgezahlt),
                betrag(g.weitergeleitet),
                quote(q.weitergeleitet),
                betrag(g.verfuegbar)
            ),
            [
                "weitergeleitet",
                "ausgezahlt, nicht weitergeleitet",
                "abgerufen, nicht ausgezahlt",
                "gebunden, nicht abgerufen",
                "verfügbar",
            ],
        ),
        Sprache::En => (
            in_worten(&f.wunsch(), f.stand(), s),
            format!(
                "Stacked bars. Allocated {}, of it bound {} ({}), called {} ({}), paid out {} ({}), passed on {} ({}), free {}.",
                betrag(g.zugeteilt),
                betrag(g.gebunden),
                quote(q.gebunden),
                betrag(g.abgerufen),
                quote(q.abgerufen),
                betrag(g.ausgezahlt),
                quote(q.ausgezahlt),
                betrag(g.weitergeleitet),
                quote(q.weitergeleitet),
                betrag(g.verfuegbar)
            ),
            ["passed on", "paid out, not passed on", "called, not paid out", "bound, not called", "free"],
        ),
    };
    let d = Balkendiagramm {
        titel: titel(f.jahrgang, s),
        untertitel,
        beschreibung,
        reihen: reihen.into_iter().map(|n| Reihe { name: n.to_owned() }).collect(),
        balken: balken(b, s),
        rand: if s == Sprache::De { "gebunden" } else { "bound" }.to_owned(),
    };
    d.svg(s)
}

async fn antworte(
    a: Aufruf<BerichtLesen>,
    f: Berichtsfilter,
    form: impl Fn(&Berichtsfilter, Budgetauslastung, Sprache) -> Ergebnis<Antwort> + Send + 'static,
) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| form(&f, app::budgetauslastung(c, &sicht, &f.wunsch())?, sprache)).await
}

/// Report the use of the budgets
///
/// Per Gebietskoerperschaft, Teilbudget and Haushaltsjahr what is allocated, bound, called, paid out, passed on and
/// free, with sums and quotas. A Gebietskoerperschaft sees only its own.
#[utoipa::path(operation_id = "budgetauslastung_lesen", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The report.", body = BudgetauslastungView)),
    extensions(("x-recht" = json!("bericht:lesen"))))]
#[get("/berichte/budgetauslastung")]
pub async fn lesen(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, b, _| Antwort::gut(&sicht(f, b))).await
}

/// Download the use of the budgets as CSV
///
/// One line per Gebietskoerperschaft, Teilbudget and Haushaltsjahr, without sums; opens in German office programs
/// (`;`, decimal comma, UTF-8 with BOM). Texts that look like a formula begin with an apostrophe.
#[utoipa::path(operation_id = "budgetauslastung_csv", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("bericht:lesen"))))]
#[get("/berichte/budgetauslastung/csv")]
pub async fn csv(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, b, s| csv_datei(NAME, f.jahrgang, &tabelle(f, &b, s))).await
}

/// Download the use of the budgets as XLSX
///
/// The lines of the CSV and a line of sums, as numbers with German formats.
#[utoipa::path(operation_id = "budgetauslastung_xlsx", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("bericht:lesen"))))]
#[get("/berichte/budgetauslastung/xlsx")]
pub async fn xlsx(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, b, s| xlsx_datei(NAME, f.jahrgang, &tabelle(f, &b, s), f.stand())).await
}

/// Download the use of the budgets as SVG
///
/// A bar per Gebietskoerperschaft, of a single one per Teilbudget and Haushaltsjahr. Parts differ in pattern and
/// colour; title and description are texts of the drawing.
#[utoipa::path(operation_id = "budgetauslastung_svg", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The drawing.", body = Datei, content_type = "image/svg+xml")),
    extensions(("x-recht" = json!("bericht:lesen"))))]
#[get("/berichte/budgetauslastung/svg")]
pub async fn svg(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    antworte(a, f, |f, b, s| Ok(svg_datei(NAME, f.jahrgang, bild(f, &b, s)))).await
}
