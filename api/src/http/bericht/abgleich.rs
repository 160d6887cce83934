//! `/berichte/abgleich`: Bescheide, calls, payments and ledger side by side, measure by measure.

use super::{Berichtsfilter, Datei, csv_datei, xlsx_datei};
use crate::app::bericht::{self as app, Abgleichmitwort, Berichtswunsch};
use crate::ausgabe::{Tabelle, Zelle};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use crate::http::liste::{Blaetterbar, Blaettern, weiter};
use actix_web::get;
use aqb_domain::berechtigung::recht::BerichtLesen;
use aqb_domain::bericht::{Abgleichdifferenz, Abgleichstelle, Abgleichsumme};
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Kontoart, Stand};
use aqb_domain::regel::Sprache;
use aqb_persistence::bericht::Beleg;
use aqb_persistence::seite::{Seite, zu_lesen};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

const NAME: &str = "abgleich";

/// A posting line behind a line of the reconciliation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Berichtsabgleichbuchung {
    /// Id of the posting.
    pub buchung_id: Uuid,
    /// Legal day.
    pub wirksam_am: NaiveDate,
    /// Kind of account.
    pub konto: Kontoart,
    /// Amount; positive into the account.
    pub betrag: Euro,
    /// Kind of business transaction; code of the catalogue `buchungsgruende`.
    #[schema(examples("BEWILLIGUNG"))]
    pub grund: String,
    /// Kind of the case that caused it; code of the catalogue `fallarten`.
    #[schema(examples("BESCHEID"))]
    pub vorgang_art: String,
    /// Id of that case.
    pub vorgang_id: String,
}

impl From<Beleg> for Berichtsabgleichbuchung {
    fn from(b: Beleg) -> Self {
        Berichtsabgleichbuchung {
            buchung_id: b.buchung_id,
            wirksam_am: b.wirksam_am,
            konto: b.konto,
            betrag: b.betrag,
            grund: b.grund,
            vorgang_art: b.vorgang_art,
            vorgang_id: b.vorgang_id,
        }
    }
}

/// What the calls for money say.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Berichtsabgleichabrufe {
    /// Reserved by calls that were filed and did not end without a payment.
    pub abgerufen: Euro,
    /// Paid, by the value dates reported to the calls.
    pub ausgezahlt: Euro,
}

/// What the payments say.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Berichtsabgleichzahlungen {
    /// Value dates reported to the payments, less returns.
    pub ausgezahlt: Euro,
}

/// Distances between the sources; 0.00 where they agree.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Berichtsabgleichdifferenz)]
pub struct AbgleichdifferenzView {
    /// Granted by the Bescheid less bound in the ledger; what is claimed back or was paid back is left out there.
    #[schema(examples("0.00"))]
    pub bewilligt: Euro,
    /// Called by the calls less called in the ledger.
    #[schema(examples("0.00"))]
    pub abgerufen: Euro,
    /// Paid by the calls less paid out in the ledger.
    #[schema(examples("0.00"))]
    pub ausgezahlt: Euro,
    /// Paid by the payments less paid out in the ledger.
    #[schema(examples("0.00"))]
    pub zahlungen: Euro,
    /// Passed on beyond what the county received for the measure; never below 0.00.
    #[schema(examples("0.00"))]
    pub weitergeleitet: Euro,
}

impl From<Abgleichdifferenz> for AbgleichdifferenzView {
    fn from(d: Abgleichdifferenz) -> Self {
        AbgleichdifferenzView {
            bewilligt: d.bewilligt,
            abgerufen: d.abgerufen,
            ausgezahlt: d.ausgezahlt,
            zahlungen: d.zahlungen,
            weitergeleitet: d.weitergeleitet,
        }
    }
}

/// What the ledger says, cumulative: `gebunden` ≥ `abgerufen` ≥ `ausgezahlt` ≥ `weitergeleitet`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Berichtsabgleichbuch {
    /// Bound by Bescheide; what was claimed back stays bound.
    pub gebunden: Euro,
    /// Called.
    pub abgerufen: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// Passed on to Traeger and not yet proved.
    pub weitergeleitet: Euro,
    /// Of what was paid out: claimed back and not yet paid back; no Bescheid grants it any more.
    pub rueckgefordert: Euro,
    /// Of what was paid out: paid back.
    pub erstattet: Euro,
}

impl From<Stand> for Berichtsabgleichbuch {
    fn from(s: Stand) -> Self {
        Berichtsabgleichbuch {
            gebunden: s.gebunden,
            abgerufen: s.abgerufen,
            ausgezahlt: s.ausgezahlt,
            weitergeleitet: s.weitergeleitet,
            rueckgefordert: s.rueckgefordert,
            erstattet: s.erstattet,
        }
    }
}

/// Money of one measure in one Teilbudget and Haushaltsjahr; each figure comes from its own source.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Berichtsabgleichzeile)]
pub struct AbgleichzeileView {
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Measure; absent for money on an account of measures that names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub massnahme_id: Option<Uuid>,
    /// Its number in the Bescheid; absent where no Bescheid knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("M01"))]
    pub massnahme_nr: Option<String>,
    /// Its title now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub titel: Option<String>,
    /// Teilbudget.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Bescheid in force; absent where no Bescheid knows the money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bescheid_id: Option<Uuid>,
    /// Application it decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub antrag_id: Option<Uuid>,
    /// Granted by the Bescheid in force.
    pub bewilligt: Euro,
    /// What the calls for money say.
    pub abrufe: Berichtsabgleichabrufe,
    /// What the payments say.
    pub zahlungen: Berichtsabgleichzahlungen,
    /// What the ledger says.
    pub buch: Berichtsabgleichbuch,
    /// Distances between the sources.
    pub differenz: AbgleichdifferenzView,
    /// The sources disagree, more was passed on than received, or the money names no measure.
    pub abweichend: bool,
    /// The calls behind the figures, in order of their drafting; also those that ended without a payment.
    pub mittelabruf_ids: Vec<Uuid>,
    /// The payments of these calls, in order of their making; also those that were returned or refused.
    pub zahlung_ids: Vec<Uuid>,
    /// The posting lines the figures of the ledger are the sum of, in order of time.
    pub buchungen: Vec<Berichtsabgleichbuchung>,
}

impl AbgleichzeileView {
    fn aus(a: Abgleichmitwort, buchungen: Vec<Beleg>) -> Self {
        let (abweichend, z) = (a.zeile.weicht_ab(), a.zeile);
        let bewilligt = z.betrag();
        let b = z.bewilligt;
        AbgleichzeileView {
            kreisschluessel: z.stelle.kreisschluessel,
            massnahme_id: z.stelle.massnahme_id,
            massnahme_nr: b.as_ref().map(|b| b.massnahme_nr.clone()),
            titel: a.titel,
            teilbudget: z.stelle.teilbudget,
            haushaltsjahr: z.stelle.haushaltsjahr,
            bescheid_id: b.as_ref().map(|b| b.bescheid_id),
            antrag_id: b.as_ref().map(|b| b.antrag_id),
            bewilligt,
            abrufe: Berichtsabgleichabrufe { abgerufen: z.abrufe.abgerufen, ausgezahlt: z.abrufe.ausgezahlt },
            zahlungen: Berichtsabgleichzahlungen { ausgezahlt: z.zahlungen.ausgezahlt },
            buch: z.buch.into(),
            differenz: z.differenz.into(),
            abweichend,
            mittelabruf_ids: z.abrufe.abrufe,
            zahlung_ids: z.zahlungen.zahlungen,
            buchungen: buchungen.into_iter().map(Into::into).collect(),
        }
    }
}

/// Sums of all lines, those of other pages included.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Berichtsabgleichsumme)]
pub struct AbgleichsummeView {
    /// Granted.
    pub bewilligt: Euro,
    /// What the calls for money say.
    pub abrufe: Berichtsabgleichabrufe,
    /// What the payments say.
    pub zahlungen: Berichtsabgleichzahlungen,
    /// What the ledger says.
    pub buch: Berichtsabgleichbuch,
    /// Distances between the sources.
    pub differenz: AbgleichdifferenzView,
    /// Lines whose sources disagree; their differences may cancel each other out in the sum.
    #[schema(minimum = 0, maximum = 4_294_967_295_i64, examples(0))]
    pub abweichungen: u32,
}

impl From<Abgleichsumme> for AbgleichsummeView {
    fn from(s: Abgleichsumme) -> Self {
        AbgleichsummeView {
            bewilligt: s.bewilligt,
            abrufe: Berichtsabgleichabrufe { abgerufen: s.abgerufen, ausgezahlt: s.ausgezahlt },
            zahlungen: Berichtsabgleichzahlungen { ausgezahlt: s.gezahlt },
            buch: s.buch.into(),
            differenz: s.differenz.into(),
            abweichungen: s.abweichungen,
        }
    }
}

/// A page of the reconciliation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BerichtsabgleichSeite {
    /// The lines of this page.
    pub daten: Vec<AbgleichzeileView>,
    /// Cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub weiter: Option<String>,
    /// All lines.
    pub gesamt: AbgleichsummeView,
}

impl Blaetterbar for BerichtsabgleichSeite {
    fn weiter(&self) -> Option<&str> {
        self.weiter.as_deref()
    }
}

/// Narrows the reconciliation.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Abgleichfilter {
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
    /// Only lines whose sources disagree.
    #[param(default = false, example = false)]
    nur_abweichungen: Option<bool>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// Compare Bescheide, calls, payments and ledger
///
/// Per measure, Teilbudget and Haushaltsjahr what the Bescheid in force grants, what the calls, the payments and the
/// ledger say, each read from its own source, with every difference and the records and postings behind it. A Gebietskoerperschaft sees only its own. Belege and proofs
/// of use are compared measure by measure in `nachweisabgleich_auflisten`.
#[utoipa::path(operation_id = "abgleich_auflisten", tag = "Berichte", params(Abgleichfilter),
    responses((status = 200, description = "A page.", body = BerichtsabgleichSeite)),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/abgleich")]
pub async fn auflisten(a: Aufruf<BerichtLesen>, Query(f): Query<Abgleichfilter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let wunsch = Berichtswunsch {
            jahrgang: f.jahrgang,
            kreisschluessel: f.kreisschluessel.clone(),
            teilbudget: f.teilbudget.clone(),
            haushaltsjahr: f.haushaltsjahr,
            stichtag: f.stichtag,
        };
        let liste = format!("abgleich:{wunsch:?}:{:?}", f.nur_abweichungen);
        let nach = b.position::<Abgleichstelle>(&liste)?;
        let alle = app::abgleich(c, &sicht, &wunsch)?;
        let gesamt = summe(&alle)?;
        let gesucht = |z: &Abgleichmitwort| {
            nach.as_ref().is_none_or(|n| *n < z.zeile.stelle)
                && (!f.nur_abweichungen.unwrap_or(false) || z.zeile.weicht_ab())
        };
        let anzahl = usize::try_from(zu_lesen(b.limit())).unwrap_or(0);
        let s = Seite::aus(alle.into_iter().filter(gesucht).take(anzahl).collect(), b.limit());
        let stellen: Vec<Abgleichstelle> = s.daten.iter().map(|z| z.zeile.stelle.clone()).collect();
        let mut belege = app::belege(c, &sicht, &wunsch, &stellen)?;
        Antwort::seite(&BerichtsabgleichSeite {
            weiter: weiter(&liste, &stellen, s.mehr, Clone::clone),
            daten: s
                .daten
                .into_iter()
                .map(|z| {
                    let buchungen = belege.remove(&z.zeile.stelle).unwrap_or_default();
                    AbgleichzeileView::aus(z, buchungen)
                })
                .collect(),
            gesamt: gesamt.into(),
        })
    })
    .await
}

fn summe(zeilen: &[Abgleichmitwort]) -> Ergebnis<Abgleichsumme> {
    Ok(Abgleichsumme::aus(zeilen.iter().map(|z| &z.zeile))?)
}

const SPALTEN: &[(&str, &str, u16)] = &[
    ("Kreisschlüssel", "County key", 14),
    ("Maßnahme", "Measure", 11),
    ("Titel", "Title", 36),
    ("Teilbudget", "Teilbudget", 24),
    ("Haushaltsjahr", "Haushaltsjahr", 13),
    ("Bewilligt in EUR", "Granted in EUR", 18),
    ("Gebunden laut Buch in EUR", "Bound in the ledger in EUR", 18),
    ("Zurückgefordert laut Buch in EUR", "Claimed back in the ledger in EUR", 18),
    ("Erstattet laut Buch in EUR", "Paid back in the ledger in EUR", 18),
    ("Differenz Bewilligung in EUR", "Difference of the grant in EUR", 18),
    ("Abgerufen laut Abrufen in EUR", "Called by the calls in EUR", 18),
    ("Abgerufen laut Buch in EUR", "Called in the ledger in EUR", 18),
    ("Differenz Abruf in EUR", "Difference of the calls in EUR", 18),
    ("Ausgezahlt laut Abrufen in EUR", "Paid by the calls in EUR", 18),
    ("Ausgezahlt laut Buch in EUR", "Paid out in the ledger in EUR", 18),
    ("Differenz Auszahlung in EUR", "Difference of what was paid in EUR", 18),
    ("Ausgezahlt laut Zahlungen in EUR", "Paid by the payments in EUR", 18),
    ("Differenz Zahlungen in EUR", "Difference of the payments in EUR", 18),
    ("Weitergeleitet laut Buch in EUR", "Passed on in the ledger in EUR", 18),
    ("Mehr weitergeleitet als erhalten in EUR", "Passed on beyond what was received in EUR", 18),
    ("Abweichend", "Disagrees", 12),
    ("Id der Maßnahme", "Id of the measure", 38),
    ("Id des Bescheids", "Id of the Bescheid", 38),
];

fn zahlen(s: &Abgleichsumme) -> [Zelle; 15] {
    let (b, d) = (&s.buch, &s.differenz);
    let bescheid = [s.bewilligt, b.gebunden, b.rueckgefordert, b.erstattet, d.bewilligt];
    let abrufe = [s.abgerufen, b.abgerufen, d.abgerufen, s.ausgezahlt, b.ausgezahlt, d.ausgezahlt];
    let rest = [s.gezahlt, d.zahlungen, b.weitergeleitet, d.weitergeleitet];
    let mut alle = bescheid.into_iter().chain(abrufe).chain(rest);
    std::array::from_fn(|_| alle.next().map_or(Zelle::Leer, Zelle::Betrag))
}

fn tabelle(jahrgang: i32, zeilen: &[Abgleichmitwort], s: Sprache) -> Ergebnis<Tabelle> {
    let titel = match s {
        Sprache::De => format!("Abgleich Jahrgang {jahrgang}"),
        Sprache::En => format!("Reconciliation Jahrgang {jahrgang}"),
    };
    let (ja, nein, summenwort) = if s == Sprache::De { ("ja", "nein", "Summe") } else { ("yes", "no", "Sum") };
    let text = |t: Option<String>| t.map_or(Zelle::Leer, Zelle::Text);
    let mut t = Tabelle::neu(titel, SPALTEN, s);
    for a in zeilen {
        let (z, b) = (&a.zeile, a.zeile.bewilligt.as_ref());
        let kopf = [
            Zelle::text(&z.stelle.kreisschluessel),
            text(b.map(|b| b.massnahme_nr.clone())),
            text(a.titel.clone()),
            Zelle::text(&z.stelle.teilbudget),
            Zelle::Zahl(z.stelle.haushaltsjahr),
        ];
        let fuss = [
            Zelle::text(if z.weicht_ab() { ja } else { nein }),
            text(z.stelle.massnahme_id.map(|m| m.to_string())),
            text(b.map(|b| b.bescheid_id.to_string())),
        ];
        t.zeilen.push(kopf.into_iter().chain(zahlen(&Abgleichsumme::aus([z])?)).chain(fuss).collect());
    }
    let g = summe(zeilen)?;
    let kopf = [Zelle::text(summenwort), Zelle::Leer, Zelle::Leer, Zelle::Leer, Zelle::Leer];
    let abweichungen = Zelle::Zahl(i32::try_from(g.abweichungen).unwrap_or(i32::MAX));
    let fuss = [abweichungen, Zelle::Leer, Zelle::Leer];
    t.summe = kopf.into_iter().chain(zahlen(&g)).chain(fuss).collect();
    Ok(t)
}

/// Download the reconciliation as CSV
///
/// All lines without their postings, in the form of the other CSV files.
#[utoipa::path(operation_id = "abgleich_csv", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/abgleich/csv")]
pub async fn csv(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    let (sicht, s) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| csv_datei(NAME, f.jahrgang, &tabelle(f.jahrgang, &app::abgleich(c, &sicht, &f.wunsch())?, s)?))
        .await
}

/// Download the reconciliation as XLSX
///
/// The lines of the CSV and a line of sums, as numbers with German formats.
#[utoipa::path(operation_id = "abgleich_xlsx", tag = "Berichte", params(Berichtsfilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/abgleich/xlsx")]
pub async fn xlsx(a: Aufruf<BerichtLesen>, Query(f): Query<Berichtsfilter>) -> HandlerErgebnis {
    let (sicht, s) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let t = tabelle(f.jahrgang, &app::abgleich(c, &sicht, &f.wunsch())?, s)?;
        xlsx_datei(NAME, f.jahrgang, &t, f.stand())
    })
    .await
}
