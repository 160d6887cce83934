//! Code lists with German and English labels. Closed lists are enums; lists the authority may extend are data.

use crate::zeit::tag;
use chrono::NaiveDate;

crate::status! {
    /// The four kinds of measures of the AQB.
    Massnahmeart {
        /// Kind 1: preparation for training and qualification.
        Ausbildungsvorbereitung = "AUSBILDUNGSVORBEREITUNG",
        /// Kind 2: training and coaching in recognised occupations.
        AusbildungUndCoaching = "AUSBILDUNG_UND_COACHING",
        /// Kind 3: qualification projects.
        Qualifizierungsprojekt = "QUALIFIZIERUNGSPROJEKT",
        /// Kind 4: training of the authorities' staff, scientific support.
        WeiterbildungUndWissenschaft = "WEITERBILDUNG_UND_WISSENSCHAFT",
    }
}

impl Massnahmeart {
    /// Number 1 to 4 as in the programme's texts.
    pub const fn nummer(self) -> u8 {
        match self {
            Massnahmeart::Ausbildungsvorbereitung => 1,
            Massnahmeart::AusbildungUndCoaching => 2,
            Massnahmeart::Qualifizierungsprojekt => 3,
            Massnahmeart::WeiterbildungUndWissenschaft => 4,
        }
    }

    /// The kind as part of a parameter key.
    pub fn schluesselteil(self) -> String {
        self.code().to_ascii_lowercase()
    }

    /// Key of the parameter that lists the Zielgruppen of this kind.
    pub const fn zielgruppen_parameter(self) -> &'static str {
        match self {
            Massnahmeart::Ausbildungsvorbereitung => "zielgruppen_art1",
            Massnahmeart::AusbildungUndCoaching => "zielgruppen_art2",
            Massnahmeart::Qualifizierungsprojekt => "zielgruppen_art3",
            Massnahmeart::WeiterbildungUndWissenschaft => "zielgruppen_art4",
        }
    }
}

/// One entry of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eintrag {
    /// Stable code.
    pub code: &'static str,
    /// German label.
    pub de: &'static str,
    /// English label.
    pub en: &'static str,
    /// First day of validity.
    pub gueltig_ab: NaiveDate,
    /// Last day of validity, if it ended.
    pub gueltig_bis: Option<NaiveDate>,
}

/// A catalogue as the programme starts with it; the database holds the copy the authority may extend.
#[derive(Debug, Clone)]
pub struct Katalog {
    /// Name, as in `GET /kataloge/{name}`.
    pub name: &'static str,
    /// German title.
    pub de: &'static str,
    /// English title.
    pub en: &'static str,
    /// Entries.
    pub eintraege: Vec<Eintrag>,
}

type Zeile = (&'static str, &'static str, &'static str);

fn katalog(name: &'static str, de: &'static str, en: &'static str, zeilen: &[Zeile]) -> Katalog {
    let ab = tag(2011, 1, 1);
    let eintraege =
        zeilen.iter().map(|(code, de, en)| Eintrag { code, de, en, gueltig_ab: ab, gueltig_bis: None }).collect();
    Katalog { name, de, en, eintraege }
}

/// Catalogue names that rules look up.
pub mod name {
    /// Kinds of measures.
    pub const MASSNAHMEARTEN: &str = "massnahmearten";
    /// Target groups.
    pub const ZIELGRUPPEN: &str = "zielgruppen";
    /// Cost positions.
    pub const KOSTENPOSITIONEN: &str = "kostenpositionen";
    /// Sources of finance.
    pub const FINANZIERUNGSQUELLEN: &str = "finanzierungsquellen";
    /// Earmarked sub-budgets.
    pub const TEILBUDGETS: &str = "teilbudgets";
    /// Declarations an applicant makes.
    pub const ERKLAERUNGEN: &str = "erklaerungen";
}

/// A catalogue as the programme starts with it: name, German title, English title, entries.
type Anfang = (&'static str, &'static str, &'static str, &'static [Zeile]);

const ANFANGSBESTAND: &[Anfang] = &[
    (
        name::MASSNAHMEARTEN,
        "Maßnahmearten",
        "Kinds of measures",
        &[
            (
                "AUSBILDUNGSVORBEREITUNG",
                "Ausbildungs- und Qualifizierungsvorbereitung (einschließlich gesundheitsfördernder Maßnahmen)",
                "Preparation for training and qualification (measures that promote health included)",
            ),
            (
                "AUSBILDUNG_UND_COACHING",
                "Ausbildung und Ausbildungscoaching in anerkannten Ausbildungsberufen",
                "Training and coaching in recognised occupations",
            ),
            (
                "QUALIFIZIERUNGSPROJEKT",
                "Qualifizierungsprojekte zur Arbeitsmarktintegration und Fachkräftesicherung",
                "Qualification projects for labour-market integration",
            ),
            (
                "WEITERBILDUNG_UND_WISSENSCHAFT",
                "Weiterbildungsmaßnahmen für Fachpersonal der Landkreise und kreisfreien Städte sowie wissenschaftliche Unterstützung der kommunalen Ausbildungs- und Arbeitsmarktstrategie",
                "Training of the authorities' professional staff and scientific support of their training and labour-market strategy",
            ),
        ],
    ),
    (
        name::ZIELGRUPPEN,
        "Zielgruppen",
        "Target groups",
        &[
            (
                "SCHULPFLICHTIGE_10_PFLICHTSCHULJAHR",
                "Schulmüde oder schulverweigernde Schulpflichtige im 10. Pflichtschuljahr",
                "Pupils in the tenth compulsory year who refuse school",
            ),
            (
                "NICHT_AUSBILDUNGSREIF",
                "Benachteiligte, noch nicht ausbildungsreife Menschen",
                "Disadvantaged people not yet ready for training",
            ),
            (
                "AUSBILDUNGSPLATZ_BENACHTEILIGT",
                "Auf dem Ausbildungsmarkt benachteiligte Menschen",
                "People disadvantaged on the training market",
            ),
            ("AUSZUBILDENDE_MIT_COACHINGBEDARF", "Auszubildende mit Coachingbedarf", "Trainees in need of coaching"),
            (
                "ALLEINERZIEHENDE_FAMILIENSORGE",
                "Alleinerziehende und Familiensorgende",
                "Single parents and family carers",
            ),
            ("LANGZEITARBEITSLOS", "Langzeitarbeitslose", "Long-term unemployed"),
            ("GERINGQUALIFIZIERT", "Geringqualifizierte", "Low-qualified people"),
            (
                "MIGRATION_FLUCHT",
                "Menschen mit Migrations- oder Fluchthintergrund",
                "People with a migration or refugee background",
            ),
            ("AUFSTOCKEND", "Aufstockend Leistungsbeziehende", "Working recipients of benefits"),
            (
                "FACHPERSONAL_GK",
                "Fachpersonal der Landkreise und kreisfreien Städte",
                "Professional staff of the authorities",
            ),
            (
                "SONSTIGE_NACH_FOERDERGRUNDSAETZEN",
                "Sonstige nach den Fördergrundsätzen",
                "Others under the funding principles",
            ),
        ],
    ),
    (
        name::KOSTENPOSITIONEN,
        "Kostenpositionen",
        "Cost positions",
        &[
            ("PERSONAL", "Personalausgaben", "Staff costs"),
            ("HONORARE", "Honorare", "Fees"),
            ("TEILNEHMENDE_FAHRT", "Fahrtkosten Teilnehmende", "Travel of participants"),
            ("TEILNEHMENDE_VERGUETUNG", "Vergütung Teilnehmende", "Pay of participants"),
            ("TEILNEHMENDE_SONSTIGE", "Sonstige Ausgaben für Teilnehmende", "Other costs of participants"),
            ("SACH_LEHRMITTEL", "Lehr- und Lernmittel", "Teaching material"),
            ("SACH_MIETE", "Miete und Raumkosten", "Rent"),
            ("SACH_SONSTIGE", "Sonstige Sachausgaben", "Other material costs"),
            ("GEGENSTAENDE", "Beschaffung von Gegenständen", "Equipment"),
            ("VERWALTUNGSPAUSCHALE", "Verwaltungspauschale", "Administrative lump sum"),
            ("WEITERBILDUNG_FACHPERSONAL", "Weiterbildung von Fachpersonal", "Training of staff"),
            ("WISSENSCHAFTLICHE_BEGLEITUNG", "Wissenschaftliche Begleitung", "Scientific support"),
        ],
    ),
    (
        name::FINANZIERUNGSQUELLEN,
        "Finanzierungsquellen",
        "Sources of finance",
        &[
            ("LAND_AQB", "Landesmittel AQB", "State funds AQB"),
            ("EIGENMITTEL_GK", "Eigenmittel der Gebietskörperschaft", "Own funds of the authority"),
            ("EIGENMITTEL_TRAEGER", "Eigenmittel des Trägers", "Own funds of the provider"),
            ("SGB2_EINGLIEDERUNG", "Eingliederungsmittel SGB II", "Integration funds SGB II"),
            ("SGB3", "Mittel nach SGB III", "Funds under SGB III"),
            ("SGB8", "Mittel nach SGB VIII", "Funds under SGB VIII"),
            ("ESF", "Europäischer Sozialfonds", "European Social Fund"),
            ("BUND", "Bundesmittel", "Federal funds"),
            ("SONSTIGE_OEFFENTLICH", "Sonstige öffentliche Mittel", "Other public funds"),
            ("PRIVAT", "Private Mittel", "Private funds"),
            ("EINNAHMEN", "Einnahmen", "Income"),
        ],
    ),
    (
        name::TEILBUDGETS,
        "Teilbudgets",
        "Sub-budgets",
        &[
            (
                "ALLGEMEIN",
                "Ausbildung und Qualifizierung für Benachteiligte",
                "Training and qualification for disadvantaged people",
            ),
            (
                "MIGRATION_ARBEITSMARKT",
                "Arbeitsmarktintegration von Menschen mit Migrationshintergrund",
                "Labour-market integration of migrants",
            ),
            ("SPRACHFOERDERUNG", "Berufsbezogene Sprachförderung", "Job-related language training"),
            ("DIGITALISIERUNG", "Digitalisierung, digitales Lernen", "Digitalisation, digital learning"),
            ("TEILZEITAUSBILDUNG", "Teilzeitausbildung", "Part-time training"),
        ],
    ),
    (
        "rechtskreise",
        "Rechtskreise",
        "Legal spheres",
        &[
            ("SGB_II", "SGB II", "SGB II"),
            ("SGB_III", "SGB III", "SGB III"),
            ("SGB_VIII", "SGB VIII", "SGB VIII"),
            ("SGB_XII", "SGB XII", "SGB XII"),
            ("ASYLBLG", "Asylbewerberleistungsgesetz", "Asylum Seekers' Benefits Act"),
        ],
    ),
    (
        name::ERKLAERUNGEN,
        "Erklärungen des Antrags",
        "Declarations of an application",
        &[
            (
                "angaben_richtig",
                "Die Angaben sind richtig und vollständig.",
                "The statements are correct and complete.",
            ),
            (
                "datenschutz",
                "Die Hinweise zum Datenschutz sind bekannt; der Verarbeitung wird zugestimmt.",
                "The notes on data protection are known; the processing is agreed to.",
            ),
            (
                "gesamtfinanzierung_gesichert",
                "Die Gesamtfinanzierung der Maßnahmen ist gesichert.",
                "The financing of the measures as a whole is secured.",
            ),
            (
                "massnahme_nicht_vor_1_1_begonnen",
                "Mit den Maßnahmen wurde nicht vor dem 1. Januar des Jahrgangs begonnen.",
                "The measures were not begun before 1 January of the Jahrgang.",
            ),
            (
                "traegerauswahl_dokumentiert",
                "Die Auswahl der Träger ist dokumentiert.",
                "The choice of the providers is documented.",
            ),
        ],
    ),
    (
        "nachforderungsgruende",
        "Gründe einer Nachforderung",
        "Reasons of a request for completion",
        &[
            ("UNVOLLSTAENDIG", "Angabe ist unvollständig", "Statement is incomplete"),
            ("UNKLAR", "Angabe ist unklar", "Statement is unclear"),
            ("WIDERSPRUECHLICH", "Angaben widersprechen sich", "Statements contradict each other"),
            ("NACHWEIS_FEHLT", "Nachweis fehlt", "Proof is missing"),
            ("RECHENFEHLER", "Rechenfehler", "Error of calculation"),
            ("SONSTIGES", "Sonstiges", "Other"),
        ],
    ),
    (
        "pruefgruende",
        "Prüfgründe für Belege",
        "Reasons in the check of receipts",
        &[
            ("ANERKANNT", "Anerkannt", "Recognised"),
            ("AUSSERHALB_ZEITRAUM", "Außerhalb des Bewilligungszeitraums", "Outside the grant period"),
            ("NICHT_ZUWENDUNGSFAEHIG", "Nicht zuwendungsfähig", "Not eligible"),
            ("SKONTO_NICHT_GENUTZT", "Skonto nicht genutzt", "Cash discount not taken"),
            ("BESSERSTELLUNG", "Verstoß gegen das Besserstellungsverbot", "Pay above the public service"),
            ("DOPPELFOERDERUNG", "Doppelförderung", "Double funding"),
            ("VERGABEVERSTOSS", "Vergabeverstoß", "Breach of procurement law"),
            ("ZAHLUNGSNACHWEIS_FEHLT", "Zahlungsnachweis fehlt", "Proof of payment is missing"),
            ("NICHT_IM_PLAN", "Nicht im Finanzierungsplan", "Not in the plan"),
            ("ANSATZ_UEBERSCHRITTEN", "Einzelansatz überschritten", "Plan line exceeded"),
            ("SONSTIGES", "Sonstiges", "Other"),
        ],
    ),
];

/// All catalogues the programme starts with.
pub fn anfangsbestand() -> Vec<Katalog> {
    ANFANGSBESTAND.iter().map(|(name, de, en, zeilen)| katalog(name, de, en, zeilen)).collect()
}

/// The codes of one catalogue that are valid on a day; what rules need to know of the database's copy.
#[derive(Debug, Clone, Default)]
pub struct Katalogstand {
    codes: std::collections::BTreeMap<String, std::collections::BTreeSet<String>>,
}

impl Katalogstand {
    /// Builds the state from (catalogue, code) pairs.
    pub fn aus(paare: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut codes = std::collections::BTreeMap::<_, std::collections::BTreeSet<_>>::new();
        for (katalog, code) in paare {
            codes.entry(katalog).or_default().insert(code);
        }
        Katalogstand { codes }
    }

    /// The catalogues as the programme starts with them.
    pub fn anfang() -> Self {
        Self::aus(
            anfangsbestand()
                .into_iter()
                .flat_map(|k| k.eintraege.into_iter().map(move |e| (k.name.to_owned(), e.code.to_owned()))),
        )
    }

    /// The catalogue lists the code.
    pub fn kennt(&self, katalog: &str, code: &str) -> bool {
        self.codes.get(katalog).is_some_and(|k| k.contains(code))
    }

    /// A finding for a code that the catalogue does not list.
    pub fn pruefe(&self, katalog: &str, code: &str, ort: &str) -> Option<crate::befund::Befund> {
        use crate::befund::{Befund, Einheit};
        (!self.kennt(katalog, code)).then(|| {
            Befund::neu(&crate::regel::KATALOGWERT_UNBEKANNT)
                .ort(ort)
                .gemessen("katalog", katalog, Einheit::Code)
                .gemessen("wert", code, Einheit::Code)
        })
    }
}
