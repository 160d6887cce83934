//! `/berichte/teilnehmende`: counts about participants in which nobody can be recognised.

use super::{Datei, csv_datei, xlsx_datei};
use crate::app::bericht::{self as app, Berichtsauswahl, Teilnehmende};
use crate::ausgabe::{Tabelle, Zelle};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use actix_web::get;
use aqb_domain::berechtigung::recht::BerichtLesen;
use aqb_domain::codelisten::Bezeichnet;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::regel::Sprache;
use aqb_domain::teilnahme::{Kennzahl, Schutzzeile, Zaehlmassnahme};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::uhr;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

const NAME: &str = "teilnehmende";

/// Narrows a report about participants.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Teilnahmefilter {
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    pub(super) jahrgang: i32,
    /// Gebietskoerperschaft; one the caller does not see leaves nothing.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Kind of measure.
    #[param(inline)]
    massnahmeart: Option<Massnahmeart>,
}

impl Teilnahmefilter {
    pub(super) fn auswahl(&self) -> Berichtsauswahl {
        Berichtsauswahl {
            jahrgang: self.jahrgang,
            kreisschluessel: self.kreisschluessel.clone(),
            massnahmeart: self.massnahmeart,
        }
    }
}

/// One Kennzahl. A count that is absent is withheld, because it or another could be traced to people; zero is shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(examples(json!({ "merkmal": "EINTRITTE", "gesamt": 16, "weiblich": 9, "maennlich": 7, "divers": 0, "geschlecht_ohne_angabe": 0, "unterdrueckt": true })))]
pub struct TeilnehmendeKennzahl {
    /// What is counted.
    pub merkmal: Kennzahl,
    /// Everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub gesamt: Option<i64>,
    /// Women.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub weiblich: Option<i64>,
    /// Men.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub maennlich: Option<i64>,
    /// Diverse.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub divers: Option<i64>,
    /// No entry of the sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub geschlecht_ohne_angabe: Option<i64>,
    /// Below 25 at entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub unter_25: Option<i64>,
    /// 25 and above at entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub ab_25: Option<i64>,
    /// With a migration background.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub migrationshintergrund: Option<i64>,
    /// Without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub ohne_migrationshintergrund: Option<i64>,
    /// Not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub migrationshintergrund_ohne_angabe: Option<i64>,
    /// A count of this row is withheld.
    pub unterdrueckt: bool,
}

impl From<Schutzzeile> for TeilnehmendeKennzahl {
    fn from(z: Schutzzeile) -> Self {
        let [weiblich, maennlich, divers, geschlecht_ohne_angabe] = je(z.geschlecht);
        let [unter_25, ab_25] = je(z.alter);
        let [mit, ohne, ohne_angabe] = je(z.migration);
        TeilnehmendeKennzahl {
            merkmal: z.merkmal,
            gesamt: z.gesamt,
            weiblich,
            maennlich,
            divers,
            geschlecht_ohne_angabe,
            unter_25,
            ab_25,
            migrationshintergrund: mit,
            ohne_migrationshintergrund: ohne,
            migrationshintergrund_ohne_angabe: ohne_angabe,
            unterdrueckt: z.gesamt.is_none() || z.geschlecht.is_none() || z.alter.is_none() || z.migration.is_none(),
        }
    }
}

/// All or none of a split.
fn je<const N: usize>(werte: Option<[i64; N]>) -> [Option<i64>; N] {
    werte.map_or([None; N], |w| w.map(Some))
}

/// Kinds of measures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeilnehmendeArt {
    /// Kind of measure.
    pub massnahmeart: Massnahmeart,
    /// Its figures.
    pub kennzahlen: Vec<TeilnehmendeKennzahl>,
}

/// A measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeilnehmendeMassnahme {
    /// Id.
    pub massnahme_id: Uuid,
    /// Number within the application; absent where a change of the grant dropped the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("M01"))]
    pub massnahme_nr: Option<String>,
    /// Title, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub titel: Option<String>,
    /// Kind of measure.
    pub massnahmeart: Massnahmeart,
    /// Its figures.
    pub kennzahlen: Vec<TeilnehmendeKennzahl>,
}

/// A Gebietskoerperschaft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeilnehmendeKreis {
    /// Key.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Name.
    #[schema(examples("Wetteraukreis"))]
    pub name: String,
    /// All its measures of the selection.
    pub kennzahlen: Vec<TeilnehmendeKennzahl>,
    /// Measure by measure.
    pub massnahmen: Vec<TeilnehmendeMassnahme>,
}

/// Participants of a Jahrgang.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Teilnehmendenbericht)]
pub struct TeilnehmendenberichtView {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Smallest count that is shown (parameter `kleinzahl_schwelle`); absent for a county, which reads its own people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(3))]
    pub schwelle: Option<i64>,
    /// All measures of the selection.
    pub gesamt: Vec<TeilnehmendeKennzahl>,
    /// By kind of measure.
    pub massnahmearten: Vec<TeilnehmendeArt>,
    /// By Gebietskoerperschaft.
    pub kreise: Vec<TeilnehmendeKreis>,
}

fn kennzahlen(t: &Teilnehmende, wahl: &dyn Fn(&Zaehlmassnahme) -> bool) -> Vec<TeilnehmendeKennzahl> {
    t.schutz.zeilen(wahl).into_iter().map(TeilnehmendeKennzahl::from).collect()
}

fn massnahme(t: &Teilnehmende, m: &Zaehlmassnahme) -> TeilnehmendeMassnahme {
    let zeile = t.massnahmen.get(&m.massnahme_id).map(|z| &z.massnahme);
    TeilnehmendeMassnahme {
        massnahme_id: m.massnahme_id,
        massnahme_nr: zeile.map(|z| z.massnahme_nr.clone()),
        titel: zeile.map(|z| z.inhalt.titel.clone()),
        massnahmeart: m.massnahmeart,
        kennzahlen: kennzahlen(t, &|x| x.massnahme_id == m.massnahme_id),
    }
}

fn sicht(f: &Teilnahmefilter, t: &Teilnehmende) -> TeilnehmendenberichtView {
    let a = f.auswahl();
    let alle = t.auswahl(&a);
    let arten: BTreeSet<Massnahmeart> = alle.iter().map(|m| m.massnahmeart).collect();
    let kreise: BTreeSet<&String> = alle.iter().map(|m| &m.kreisschluessel).collect();
    TeilnehmendenberichtView {
        jahrgang: f.jahrgang,
        schwelle: t.schwelle,
        gesamt: kennzahlen(t, &|m| a.meint(m)),
        massnahmearten: arten
            .into_iter()
            .map(|art| TeilnehmendeArt {
                massnahmeart: art,
                kennzahlen: kennzahlen(t, &|m| a.meint(m) && m.massnahmeart == art),
            })
            .collect(),
        kreise: kreise
            .into_iter()
            .map(|k| TeilnehmendeKreis {
                kreisschluessel: k.clone(),
                name: t.namen.get(k).cloned().unwrap_or_default(),
                kennzahlen: kennzahlen(t, &|m| a.meint(m) && m.kreisschluessel == *k),
                massnahmen: alle.iter().filter(|m| m.kreisschluessel == *k).map(|m| massnahme(t, m)).collect(),
            })
            .collect(),
    }
}

const SPALTEN: &[(&str, &str, u16)] = &[
    ("Kreisschlüssel", "County key", 14),
    ("Gebietskörperschaft", "Authority", 28),
    ("Maßnahme", "Measure", 10),
    ("Titel", "Title", 40),
    ("Maßnahmeart", "Kind of measure", 28),
    ("Kennzahl", "Figure", 28),
    ("Gesamt", "All", 12),
    ("Weiblich", "Female", 12),
    ("Männlich", "Male", 12),
    ("Divers", "Diverse", 12),
    ("Geschlecht ohne Angabe", "No entry of the sex", 12),
    ("Unter 25", "Below 25", 12),
    ("Ab 25", "25 and above", 12),
    ("Migrationshintergrund", "Migration background", 12),
    ("Ohne Migrationshintergrund", "No migration background", 12),
    ("Migrationshintergrund ohne Angabe", "Migration background not said", 12),
];

/// A count, or the word that it is withheld.
pub(super) fn zahl(n: Option<i64>, s: Sprache) -> Zelle {
    match n.map(i32::try_from) {
        Some(Ok(n)) => Zelle::Zahl(n),
        Some(Err(_)) => Zelle::text(n.unwrap_or_default().to_string()),
        None => Zelle::text(if s == Sprache::De { "unterdrückt" } else { "withheld" }),
    }
}

fn tabelle(f: &Teilnahmefilter, t: &Teilnehmende, s: Sprache) -> Tabelle {
    let titel = match s {
        Sprache::De => format!("Teilnehmende Jahrgang {}", f.jahrgang),
        Sprache::En => format!("Participants, Jahrgang {}", f.jahrgang),
    };
    let mut tab = Tabelle::neu(titel, SPALTEN, s);
    for k in sicht(f, t).kreise {
        for m in &k.massnahmen {
            for z in &m.kennzahlen {
                let kopf = [
                    Zelle::text(&k.kreisschluessel),
                    Zelle::text(&k.name),
                    Zelle::text(m.massnahme_nr.clone().unwrap_or_default()),
                    Zelle::text(m.titel.clone().unwrap_or_default()),
                    Zelle::text(m.massnahmeart.code()),
                    Zelle::text(z.merkmal.bezeichnung().in_sprache(s)),
                ];
                let zahlen = [
                    z.gesamt,
                    z.weiblich,
                    z.maennlich,
                    z.divers,
                    z.geschlecht_ohne_angabe,
                    z.unter_25,
                    z.ab_25,
                    z.migrationshintergrund,
                    z.ohne_migrationshintergrund,
                    z.migrationshintergrund_ohne_angabe,
                ];
                tab.zeilen.push(kopf.into_iter().chain(zahlen.map(|n| zahl(n, s))).collect());
            }
        }
    }
    tab
}

async fn antworte(
    a: Aufruf<BerichtLesen>,
    f: Teilnahmefilter,
    form: impl Fn(&Teilnahmefilter, &Teilnehmende, Sprache) -> Ergebnis<Antwort> + Send + 'static,
) -> HandlerErgebnis {
    let (sicht, s, tresor) = (a.sicht.clone(), a.sprache(), a.zustand.tresor.clone());
    a.lese(move |c| form(&f, &app::teilnehmende(c, &tresor, &sicht, f.jahrgang)?, s)).await
}

/// Report participants
///
/// Entries, exits and transitions per measure, kind and Gebietskoerperschaft, by sex, age and migration background. Counts
/// below the threshold are withheld, and with them as many others as it takes that no figure of any report or filter
/// gives them away. A Gebietskoerperschaft reads its own figures in full.
#[utoipa::path(operation_id = "teilnehmende_lesen", tag = "Berichte", params(Teilnahmefilter),
    responses((status = 200, description = "The report.", body = TeilnehmendenberichtView)),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-zustand" = json!(true))))]
#[get("/berichte/teilnehmende")]
pub async fn lesen(a: Aufruf<BerichtLesen>, Query(f): Query<Teilnahmefilter>) -> HandlerErgebnis {
    antworte(a, f, |f, t, _| Antwort::gut(&sicht(f, t))).await
}

/// Download the report about participants as CSV
///
/// One line per measure and figure; `unterdrückt` where a count is withheld.
#[utoipa::path(operation_id = "teilnehmende_csv", tag = "Berichte", params(Teilnahmefilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-zustand" = json!(true))))]
#[get("/berichte/teilnehmende/csv")]
pub async fn csv(a: Aufruf<BerichtLesen>, Query(f): Query<Teilnahmefilter>) -> HandlerErgebnis {
    antworte(a, f, |f, t, s| csv_datei(NAME, f.jahrgang, &tabelle(f, t, s))).await
}

/// Download the report about participants as XLSX
///
/// The lines of the CSV.
#[utoipa::path(operation_id = "teilnehmende_xlsx", tag = "Berichte", params(Teilnahmefilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-zustand" = json!(true))))]
#[get("/berichte/teilnehmende/xlsx")]
pub async fn xlsx(a: Aufruf<BerichtLesen>, Query(f): Query<Teilnahmefilter>) -> HandlerErgebnis {
    antworte(a, f, |f, t, s| xlsx_datei(NAME, f.jahrgang, &tabelle(f, t, s), rechtstag(uhr::jetzt()))).await
}
