//! `/berichte/zielerreichung`: what the Zielvereinbarungen want and what was reached.

use super::teilnehmende::{Teilnahmefilter, zahl};
use super::{Datei, csv_datei, xlsx_datei};
use crate::app::bericht::{self as app, Teilnehmende, Zielzeile};
use crate::ausgabe::{Tabelle, Zelle};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use actix_web::get;
use aqb_domain::berechtigung::Recht;
use aqb_domain::berechtigung::recht::BerichtLesen;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::uhr;
use serde::Serialize;
use utoipa::ToSchema;

const NAME: &str = "zielerreichung";

/// A target beside what was reached. Counts that are absent are withheld, as in the report about participants.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Zielstand {
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Name.
    #[schema(examples("Wetteraukreis"))]
    pub name: String,
    /// Kind of measure.
    pub massnahmeart: Massnahmeart,
    /// Target group.
    #[schema(examples("NICHT_AUSBILDUNGSREIF"))]
    pub zielgruppe: String,
    /// What is measured, in the words of the agreement.
    #[schema(examples("Übergänge in Ausbildung"))]
    pub indikator: String,
    /// Value to be reached, in `einheit`.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub zielwert: i64,
    /// Value that the filed Sachberichte state, summed over the measures. Absent while none does; with `sachberichte` it is
    /// withheld from a caller who does not read Sachberichte, because it is small or a count beside it is withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(41))]
    pub istwert: Option<i64>,
    /// `istwert` less `zielwert`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = -1_000_000_000, maximum = 9_007_199_254_740_991_i64, examples(-4))]
    pub differenz: Option<i64>,
    /// Sachberichte that state a value.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub sachberichte: i64,
    /// Unit of `zielwert`.
    #[schema(examples("Personen"))]
    pub einheit: String,
    /// Planned places.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub plaetze_geplant: i32,
    /// Places of granted measures of this kind that name the target group.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub plaetze_bewilligt: i64,
    /// Planned participants.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub teilnehmende_geplant: i32,
    /// Entries of this kind and target group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub teilnehmende: Option<i64>,
    /// All entries of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub eintritte: Option<i64>,
    /// Transitions into training, of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub uebergang_ausbildung: Option<i64>,
    /// Transitions into employment, of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub uebergang_sv_beschaeftigung: Option<i64>,
    /// Transitions into school, of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub uebergang_schule: Option<i64>,
}

/// Targets of a Jahrgang and what was reached.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zielerreichung)]
pub struct ZielerreichungView {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Smallest count that is shown; absent for a county, which reads its own people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(3))]
    pub schwelle: Option<i64>,
    /// Target by target, by Gebietskoerperschaft.
    pub ziele: Vec<Zielstand>,
}

fn stand(t: &Teilnehmende, z: &Zielzeile) -> Zielstand {
    let [ausbildung, beschaeftigung, schule] = z.uebergaenge;
    let istwert = (z.offen && z.gemeldet.sachberichte > 0).then_some(z.gemeldet.istwert);
    Zielstand {
        kreisschluessel: z.kreisschluessel.clone(),
        name: t.namen.get(&z.kreisschluessel).cloned().unwrap_or_default(),
        massnahmeart: z.ziel.massnahmeart,
        zielgruppe: z.ziel.zielgruppe.clone(),
        indikator: z.ziel.indikator.clone(),
        zielwert: z.ziel.zielwert,
        istwert,
        differenz: istwert.map(|i| i.saturating_sub(z.ziel.zielwert)),
        sachberichte: z.gemeldet.sachberichte,
        einheit: z.ziel.einheit.clone(),
        plaetze_geplant: z.ziel.plaetze_geplant,
        plaetze_bewilligt: z.plaetze_bewilligt,
        teilnehmende_geplant: z.ziel.teilnehmende_geplant,
        teilnehmende: z.teilnehmende,
        eintritte: z.eintritte,
        uebergang_ausbildung: ausbildung,
        uebergang_sv_beschaeftigung: beschaeftigung,
        uebergang_schule: schule,
    }
}

const SPALTEN: &[(&str, &str, u16)] = &[
    ("Kreisschlüssel", "County key", 14),
    ("Gebietskörperschaft", "Authority", 28),
    ("Maßnahmeart", "Kind of measure", 28),
    ("Zielgruppe", "Target group", 28),
    ("Indikator", "Indicator", 32),
    ("Zielwert", "Target", 10),
    ("Istwert der Sachberichte", "Reported", 12),
    ("Differenz", "Difference", 10),
    ("Sachberichte", "Reports", 10),
    ("Einheit", "Unit", 14),
    ("Plätze geplant", "Places planned", 12),
    ("Plätze bewilligt", "Places granted", 12),
    ("Teilnehmende geplant", "Participants planned", 12),
    ("Teilnehmende", "Participants", 12),
    ("Eintritte der Maßnahmeart", "Entries of the kind", 12),
    ("Übergang in Ausbildung", "Into training", 12),
    ("Übergang in Beschäftigung", "Into employment", 12),
    ("Übergang in Schule", "Into school", 12),
];

fn tabelle(jahrgang: i32, ziele: &[Zielstand], s: Sprache) -> Tabelle {
    let titel = match s {
        Sprache::De => format!("Zielerreichung Jahrgang {jahrgang}"),
        Sprache::En => format!("Targets and results, Jahrgang {jahrgang}"),
    };
    let mut t = Tabelle::neu(titel, SPALTEN, s);
    for z in ziele {
        let gemeldet = |n: Option<i64>| if z.sachberichte == 0 { Zelle::Leer } else { zahl(n, s) };
        t.zeilen.push(vec![
            Zelle::text(&z.kreisschluessel),
            Zelle::text(&z.name),
            Zelle::text(z.massnahmeart.code()),
            Zelle::text(&z.zielgruppe),
            Zelle::text(&z.indikator),
            zahl(Some(z.zielwert), s),
            gemeldet(z.istwert),
            gemeldet(z.differenz),
            zahl(Some(z.sachberichte), s),
            Zelle::text(&z.einheit),
            Zelle::Zahl(z.plaetze_geplant),
            zahl(Some(z.plaetze_bewilligt), s),
            Zelle::Zahl(z.teilnehmende_geplant),
            zahl(z.teilnehmende, s),
            zahl(z.eintritte, s),
            zahl(z.uebergang_ausbildung, s),
            zahl(z.uebergang_sv_beschaeftigung, s),
            zahl(z.uebergang_schule, s),
        ]);
    }
    t
}

async fn antworte(
    a: Aufruf<BerichtLesen>,
    f: Teilnahmefilter,
    form: impl Fn(&Teilnahmefilter, ZielerreichungView, Sprache) -> Ergebnis<Antwort> + Send + 'static,
) -> HandlerErgebnis {
    let (sicht, s, tresor) = (a.sicht.clone(), a.sprache(), a.zustand.tresor.clone());
    let liest_sachberichte = a.akteur.darf(Recht::VerwendungsnachweisLesen);
    a.lese(move |c| {
        let (t, zeilen) = app::zielerreichung(c, &tresor, (&sicht, liest_sachberichte), &f.auswahl())?;
        let ziele = zeilen.iter().map(|z| stand(&t, z)).collect();
        form(&f, ZielerreichungView { jahrgang: f.jahrgang, schwelle: t.schwelle, ziele }, s)
    })
    .await
}

/// Report targets and results
///
/// Targets of the concluded Zielvereinbarungen beside places that were granted and people who came; counts are withheld as
/// in the report about participants. What an indicator means is the agreement's own words, so its value is the one that the
/// filed Sachberichte state, not a computed one.
#[utoipa::path(operation_id = "zielerreichung_lesen", tag = "Berichte", params(Teilnahmefilter),
    responses((status = 200, description = "The report.", body = ZielerreichungView)),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-zustand" = json!(true))))]
#[get("/berichte/zielerreichung")]
pub async fn lesen(a: Aufruf<BerichtLesen>, Query(f): Query<Teilnahmefilter>) -> HandlerErgebnis {
    antworte(a, f, |_, v, _| Antwort::gut(&v)).await
}

/// Download targets and results as CSV
///
/// One line per target; `unterdrückt` where a count is withheld.
#[utoipa::path(operation_id = "zielerreichung_csv", tag = "Berichte", params(Teilnahmefilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-zustand" = json!(true))))]
#[get("/berichte/zielerreichung/csv")]
pub async fn csv(a: Aufruf<BerichtLesen>, Query(f): Query<Teilnahmefilter>) -> HandlerErgebnis {
    antworte(a, f, |f, v, s| csv_datei(NAME, f.jahrgang, &tabelle(f.jahrgang, &v.ziele, s))).await
}

/// Download targets and results as XLSX
///
/// The lines of the CSV.
#[utoipa::path(operation_id = "zielerreichung_xlsx", tag = "Berichte", params(Teilnahmefilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-zustand" = json!(true))))]
#[get("/berichte/zielerreichung/xlsx")]
pub async fn xlsx(a: Aufruf<BerichtLesen>, Query(f): Query<Teilnahmefilter>) -> HandlerErgebnis {
    antworte(a, f, |f, v, s| xlsx_datei(NAME, f.jahrgang, &tabelle(f.jahrgang, &v.ziele, s), rechtstag(uhr::jetzt())))
        .await
}
