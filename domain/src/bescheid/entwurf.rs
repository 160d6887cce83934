//! Drafting a Bescheid: grant in full, grant in part, refusal.

use super::{
    Aenderungsregelung, Auflage, Bescheid, BescheidStatus, Bescheidart, Bescheidinhalt, Bescheidposition,
    Entscheidungsart, Kettenglied, Nebenbestimmungen, sha256_kanonisch,
};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::budget::{pruefe_betrag, pruefe_recht};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::jahrgang::Finanzierungsart;
use crate::katalog::Massnahmeart;
use crate::regel::{
    AUFLAGE_DOPPELT, BEGRUENDUNG_FEHLT, BETRAG_ZU_KLEIN, FRIST_VERGANGEN, MASSNAHME_FEHLT, POSITION_DOPPELT,
    RECHENBEREICH, TEILBEWILLIGUNG_OHNE_TEIL, UEBER_BEANTRAGT, VERWEIS_UNBEKANNT, VORZEITIGER_BEGINN,
};
use crate::regelwerk::Regelwerk;
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Input of the act `bewilligung`: everything is granted as requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "auflagen": [], "bestaetigte_warnungen": [{ "code": "AQB-FR-001", "begruendung": "Die verspätete Abgabe beruht auf einem Versehen des Trägers." }] }))))]
#[serde(deny_unknown_fields)]
pub struct BewilligungEingabe {
    /// Conditions of the single case.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub auflagen: Vec<Auflage>,
    /// Grounds; may be absent, since the application is met (§ 39 Abs. 2 Nr. 1 HVwVfG).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 20000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")
    )]
    pub begruendung: Option<String>,
    /// The warnings the caller has read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// What is granted of one measure in one Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Teilbetrag {
    /// Measure of the application.
    pub massnahme_id: Uuid,
    /// Haushaltsjahr for which the measure requests money.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Granted amount in euro, from 0.00 to the requested amount.
    pub bewilligt: Euro,
}

/// Input of the act `teilbewilligung`: a part is granted. What is not listed is not granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "positionen": [{ "massnahme_id": "019a0000-0000-7000-8000-0000000000e7", "haushaltsjahr": 2026, "bewilligt": "80000.00" }], "begruendung": "Die zweite Maßnahme ist nach den Fördergrundsätzen nicht zuwendungsfähig.", "bestaetigte_warnungen": [{ "code": "AQB-FR-001", "begruendung": "Die verspätete Abgabe beruht auf einem Versehen des Trägers." }] }))))]
#[serde(deny_unknown_fields)]
pub struct TeilbewilligungEingabe {
    /// Granted amounts; each pair of measure and Haushaltsjahr once.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 5000))]
    pub positionen: Vec<Teilbetrag>,
    /// Conditions of the single case.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub auflagen: Vec<Auflage>,
    /// Grounds (§ 39 HVwVfG).
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Maßnahme M03 ist nach den Fördergrundsätzen nicht zuwendungsfähig.")
        )
    )]
    pub begruendung: String,
    /// The warnings the caller has read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Input of the act `ablehnung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "begruendung": "Die Voraussetzungen der Förderung liegen nicht vor, weil die Strategie fehlt." }))))]
#[serde(deny_unknown_fields)]
pub struct AblehnungEingabe {
    /// Grounds (§ 39 HVwVfG).
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Voraussetzungen der Förderung liegen nicht vor, weil die Strategie fehlt.")
        )
    )]
    pub begruendung: String,
    /// The warnings the caller has read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// The input of one of the three acts that draft a Bescheid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entscheidungseingabe {
    /// Grant in full.
    Bewilligung(BewilligungEingabe),
    /// Grant in part.
    Teilbewilligung(TeilbewilligungEingabe),
    /// Refusal.
    Ablehnung(AblehnungEingabe),
}

/// State funds that one measure requests in one Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeantragtePosition {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the application.
    pub massnahme_nr: String,
    /// Its kind.
    pub massnahmeart: Massnahmeart,
    /// Its Teilbudget.
    pub teilbudget: String,
    /// Haushaltsjahr.
    pub haushaltsjahr: i32,
    /// Requested amount in euro.
    pub beantragt: Euro,
    /// Granted so far, where the Bescheid changes a grant.
    pub bisher: Option<Euro>,
}

/// What drafting needs to know of the application.
#[derive(Debug, Clone)]
pub struct Entscheidungsfakten<'a> {
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Applicant.
    pub kreisschluessel: String,
    /// Requested state funds, each pair of measure and Haushaltsjahr once.
    pub positionen: Vec<BeantragtePosition>,
    /// Requested period.
    pub bewilligungszeitraum: Zeitraum,
    /// How the grant covers costs; fixed by the Jahrgang.
    pub finanzierungsart: Finanzierungsart,
    /// Regelwerk the application pinned.
    pub regelwerk: &'a Regelwerk,
    /// SHA-256 of the application as it is decided.
    pub antrag_schnappschuss_sha256: String,
    /// Last Bescheid of this application that was not discarded.
    pub vorgaenger: Option<Kettenglied>,
    /// The change it decides about, where it is no decision on the application itself.
    pub aenderung: Option<Aenderungsregelung>,
    /// Conditions of the Bescheid in force; they go on unless this one names their code anew.
    pub fortgeltend: Vec<Auflage>,
    /// Findings about the application that apply to this decision, such as warnings to confirm.
    pub befunde: Vec<Befund>,
    /// Legal day.
    pub heute: NaiveDate,
}

impl Entscheidungseingabe {
    /// What is decided.
    pub const fn art(&self) -> Entscheidungsart {
        match self {
            Entscheidungseingabe::Bewilligung(_) => Entscheidungsart::Bewilligung,
            Entscheidungseingabe::Teilbewilligung(_) => Entscheidungsart::Teilbewilligung,
            Entscheidungseingabe::Ablehnung(_) => Entscheidungsart::Ablehnung,
        }
    }

    /// Conditions of the single case; none in a refusal.
    pub fn auflagen(&self) -> &[Auflage] {
        match self {
            Entscheidungseingabe::Bewilligung(e) => &e.auflagen,
            Entscheidungseingabe::Teilbewilligung(e) => &e.auflagen,
            Entscheidungseingabe::Ablehnung(_) => &[],
        }
    }

    /// Grounds without surrounding white space; none where they are blank.
    pub fn begruendung(&self) -> Option<&str> {
        let text = match self {
            Entscheidungseingabe::Bewilligung(e) => e.begruendung.as_deref(),
            Entscheidungseingabe::Teilbewilligung(e) => Some(e.begruendung.as_str()),
            Entscheidungseingabe::Ablehnung(e) => Some(e.begruendung.as_str()),
        };
        text.map(str::trim).filter(|t| !t.is_empty())
    }

    /// Confirmed warnings.
    pub fn bestaetigte_warnungen(&self) -> &[Warnungsbestaetigung] {
        match self {
            Entscheidungseingabe::Bewilligung(e) => &e.bestaetigte_warnungen,
            Entscheidungseingabe::Teilbewilligung(e) => &e.bestaetigte_warnungen,
            Entscheidungseingabe::Ablehnung(e) => &e.bestaetigte_warnungen,
        }
    }
}

/// Drafts a Bescheid. Nothing is bound yet.
///
/// # Errors
/// `RECHT_FEHLT`, `MASSNAHME_FEHLT`, `BEGRUENDUNG_FEHLT`, `PARAMETER_FEHLT`, `FRIST_VERGANGEN`, for a grant in part
/// `UEBER_BEANTRAGT`, `TEILBEWILLIGUNG_OHNE_TEIL`, `POSITION_DOPPELT`, `VERWEIS_UNBEKANNT`, `BETRAG_ZU_KLEIN`; all of
/// `fakten.befunde` when one of them blocks, with `WARNUNG_NICHT_BESTAETIGT` when one is not confirmed.
pub fn entwerfen(
    id: Uuid,
    eingabe: &Entscheidungseingabe,
    fakten: &Entscheidungsfakten<'_>,
    akteur: &Akteur,
) -> Urteil<Bescheid> {
    let recht = if fakten.aenderung.is_some() { Recht::AenderungsantragEntscheiden } else { Recht::AntragEntscheiden };
    if let Some(b) = pruefe_recht(akteur, recht) {
        return Err(vec![b]);
    }
    let mut befunde = fakten.befunde.clone();
    if fakten.positionen.is_empty() {
        befunde.push(Befund::neu(&MASSNAHME_FEHLT).gemessen("anzahl", 0, Einheit::Anzahl));
    }
    befunde.extend(pruefe_begruendung(eingabe, fakten));
    befunde.extend(pruefe_auflagen(eingabe.auflagen(), fakten.heute));
    let (positionen, zu_positionen) = positionen(eingabe, fakten);
    befunde.extend(zu_positionen);
    let befunde = bestaetige(befunde, eingabe.bestaetigte_warnungen())?;

    let ablehnung = eingabe.art() == Entscheidungsart::Ablehnung;
    let inhalt = Bescheidinhalt {
        art: match &fakten.aenderung {
            _ if ablehnung => Bescheidart::Ablehnung,
            Some(_) => Bescheidart::Aenderung,
            None => Bescheidart::Zuwendung,
        },
        antrag_id: fakten.antrag_id,
        jahrgang: fakten.jahrgang,
        kreisschluessel: fakten.kreisschluessel.clone(),
        entscheidung: eingabe.art(),
        positionen,
        bewilligungszeitraum: (!ablehnung).then_some(fakten.bewilligungszeitraum),
        finanzierungsart: (!ablehnung).then_some(fakten.finanzierungsart),
        auflagen: if ablehnung { Vec::new() } else { auflagen(eingabe, fakten) },
        nebenbestimmungen: (!ablehnung).then_some(Nebenbestimmungen::AnbestGk),
        begruendung: eingabe.begruendung().map(str::to_owned),
        regelwerk: fakten.regelwerk.version.clone(),
        antrag_schnappschuss_sha256: fakten.antrag_schnappschuss_sha256.clone(),
        kettenglied: fakten.vorgaenger.as_ref().map_or(1, |v| v.nr.saturating_add(1)),
        vorgaenger_id: fakten.vorgaenger.as_ref().map(|v| v.id),
        vorgaenger_hash: fakten.vorgaenger.as_ref().map(|v| v.inhalt_hash.clone()),
        // a refusal claims nothing back
        aenderung: fakten
            .aenderung
            .clone()
            .map(|a| Aenderungsregelung { erstattung: a.erstattung.filter(|_| !ablehnung), ..a }),
        schluss: None,
        aufhebung: None,
        zins: None,
        zinsruecknahme: None,
    };
    entwurf(id, inhalt, befunde, akteur)
}

/// A new draft with its hash and event.
pub(crate) fn entwurf(id: Uuid, inhalt: Bescheidinhalt, befunde: Vec<Befund>, akteur: &Akteur) -> Urteil<Bescheid> {
    let inhalt_hash = sha256_kanonisch(&inhalt).map_err(|b| vec![b])?;
    let daten = serde_json::json!({ "bescheid_id": id, "antrag_id": inhalt.antrag_id, "art": inhalt.art.code() });
    let bescheid = Bescheid {
        id,
        inhalt,
        inhalt_hash,
        status: BescheidStatus::Entwurf,
        erstellt_von: akteur.person.clone(),
        freigegeben_von: None,
        erlassen_am: None,
        verworfen_von: None,
        verwerfungsgrund: None,
        bekanntgabe: None,
        bekannt_am: None,
        rechtsbehelf_bis: None,
        rechtsbehelfsverzicht_am: None,
        verzichtet_von: None,
        bestandskraft_am: None,
        bekanntgabe_von: None,
        berichtigungsgrund: None,
        aufgehoben_durch: None,
    };
    Ok(Entscheidung::neu(bescheid).befunde(befunde).ereignis("bescheid.entworfen", daten))
}

/// Characters that grounds have at least.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn begruendung_mindestens(regelwerk: &Regelwerk, jahrgang: i32) -> Result<i64, Befund> {
    Ok(regelwerk.ganzzahl("begruendung_mindestens_zeichen", stichtag(jahrgang))?.max(1))
}

/// Grounds are mandatory unless everything is granted (§ 39 HVwVfG).
fn pruefe_begruendung(eingabe: &Entscheidungseingabe, fakten: &Entscheidungsfakten<'_>) -> Option<Befund> {
    // an early start that the Regelwerk leaves to the authority is granted with grounds or not at all
    let frueh = fakten.befunde.iter().any(|b| b.regel.code == VORZEITIGER_BEGINN.code);
    if eingabe.art() == Entscheidungsart::Bewilligung && !frueh {
        return None;
    }
    let mindestens = match begruendung_mindestens(fakten.regelwerk, fakten.jahrgang) {
        Ok(n) => n,
        Err(b) => return Some(b),
    };
    let zeichen = eingabe.begruendung().map_or(0, |t| t.chars().count());
    let zu_kurz = i64::try_from(zeichen).is_ok_and(|z| z < mindestens);
    zu_kurz.then(|| {
        Befund::neu(&BEGRUENDUNG_FEHLT)
            .ort("/begruendung")
            .gemessen("zeichen", zeichen, Einheit::Anzahl)
            .erlaubt("mindestens", mindestens, Einheit::Anzahl)
            .regelwerk(&fakten.regelwerk.version)
    })
}

/// The conditions that apply from now on: those of this decision, and those before it with other codes.
fn auflagen(eingabe: &Entscheidungseingabe, fakten: &Entscheidungsfakten<'_>) -> Vec<Auflage> {
    let neu = eingabe.auflagen();
    let bleibt = |a: &&Auflage| !neu.iter().any(|n| n.code == a.code);
    fakten.fortgeltend.iter().filter(bleibt).chain(neu).cloned().collect()
}

/// A condition cannot be due before the day of the draft, and its code names it alone.
fn pruefe_auflagen(auflagen: &[Auflage], heute: NaiveDate) -> Vec<Befund> {
    let doppelt = auflagen.iter().enumerate().filter(|(i, a)| auflagen.iter().take(*i).any(|v| v.code == a.code));
    let doppelt = doppelt.map(|(i, a)| {
        Befund::neu(&AUFLAGE_DOPPELT).ort(format!("/auflagen/{i}/code")).gemessen("code", &a.code, Einheit::Code)
    });
    let faellig = auflagen.iter().enumerate().filter_map(|(i, a)| a.faellig_am.map(|f| (i, f)));
    faellig
        .filter(|(_, f)| *f < heute)
        .map(|(i, f)| {
            Befund::neu(&FRIST_VERGANGEN)
                .ort(format!("/auflagen/{i}/faellig_am"))
                .gemessen("frist", f, Einheit::Datum)
                .erlaubt("fruehestens", heute, Einheit::Datum)
        })
        .chain(doppelt)
        .collect()
}

fn position(p: &BeantragtePosition, bewilligt: Euro) -> Bescheidposition {
    Bescheidposition {
        massnahme_id: p.massnahme_id,
        massnahme_nr: p.massnahme_nr.clone(),
        massnahmeart: p.massnahmeart,
        teilbudget: p.teilbudget.clone(),
        haushaltsjahr: p.haushaltsjahr,
        beantragt: p.beantragt,
        bewilligt,
        bisher: p.bisher,
        differenz: p.bisher.and_then(|b| bewilligt.minus(b).ok()),
    }
}

/// The positions of the Bescheid in the order of the application, and what is wrong with the granted amounts.
fn positionen(
    eingabe: &Entscheidungseingabe,
    fakten: &Entscheidungsfakten<'_>,
) -> (Vec<Bescheidposition>, Vec<Befund>) {
    let mut befunde = Vec::new();
    let positionen: Vec<Bescheidposition> = match eingabe {
        Entscheidungseingabe::Bewilligung(_) => fakten.positionen.iter().map(|p| position(p, p.beantragt)).collect(),
        Entscheidungseingabe::Ablehnung(_) => fakten.positionen.iter().map(|p| position(p, Euro::NULL)).collect(),
        Entscheidungseingabe::Teilbewilligung(e) => {
            let bewilligt = teilbetraege(e, fakten, &mut befunde);
            let betrag = |p: &BeantragtePosition| bewilligt.get(&(p.massnahme_id, p.haushaltsjahr)).copied();
            fakten.positionen.iter().map(|p| position(p, betrag(p).unwrap_or_default())).collect()
        }
    };
    let summen = Euro::summe(positionen.iter().map(|p| p.bewilligt))
        .and_then(|b| Euro::summe(positionen.iter().map(|p| p.beantragt)).map(|a| (b, a)));
    befunde.extend(match summen {
        Err(_) => Some(Befund::neu(&RECHENBEREICH).ort("/positionen")),
        Ok((bewilligt, beantragt)) => pruefe_summen(eingabe.art(), bewilligt, beantragt, befunde.is_empty()),
    });
    (positionen, befunde)
}

/// A grant in full needs a positive sum, a grant in part lies strictly between nothing and everything.
fn pruefe_summen(art: Entscheidungsart, bewilligt: Euro, beantragt: Euro, sonst_gut: bool) -> Option<Befund> {
    match art {
        Entscheidungsart::Bewilligung => pruefe_betrag(bewilligt, "/positionen"),
        Entscheidungsart::Teilbewilligung if sonst_gut && (bewilligt.ist_null() || bewilligt == beantragt) => Some(
            Befund::neu(&TEILBEWILLIGUNG_OHNE_TEIL)
                .ort("/positionen")
                .gemessen("bewilligt", bewilligt, Einheit::Eur)
                .erlaubt("beantragt", beantragt, Einheit::Eur),
        ),
        _ => None,
    }
}

/// Reads the granted amounts and checks each against what was requested.
fn teilbetraege(
    eingabe: &TeilbewilligungEingabe,
    fakten: &Entscheidungsfakten<'_>,
    befunde: &mut Vec<Befund>,
) -> BTreeMap<(Uuid, i32), Euro> {
    let beantragt: BTreeMap<_, _> = fakten.positionen.iter().map(|p| ((p.massnahme_id, p.haushaltsjahr), p)).collect();
    let mut bewilligt = BTreeMap::new();
    for (i, t) in eingabe.positionen.iter().enumerate() {
        let ort = format!("/positionen/{i}");
        let Some(p) = beantragt.get(&(t.massnahme_id, t.haushaltsjahr)) else {
            let schluessel = format!("{} {}", t.massnahme_id, t.haushaltsjahr);
            befunde.push(
                Befund::neu(&VERWEIS_UNBEKANNT)
                    .ort(ort)
                    .gemessen("was", "Beantragte Position", Einheit::Text)
                    .gemessen("schluessel", schluessel, Einheit::Code),
            );
            continue;
        };
        if t.bewilligt.ist_negativ() {
            befunde.push(Befund::neu(&BETRAG_ZU_KLEIN).ort(format!("{ort}/bewilligt")).betrag(
                "betrag",
                t.bewilligt,
                "mindestens",
                Euro::NULL,
            ));
        }
        if t.bewilligt > p.beantragt {
            befunde.push(
                Befund::neu(&UEBER_BEANTRAGT)
                    .ort(format!("{ort}/bewilligt"))
                    .gemessen("massnahme", &p.massnahme_nr, Einheit::Code)
                    .gemessen("haushaltsjahr", p.haushaltsjahr, Einheit::Anzahl)
                    .betrag("bewilligt", t.bewilligt, "beantragt", p.beantragt),
            );
        }
        if bewilligt.insert((t.massnahme_id, t.haushaltsjahr), t.bewilligt).is_some() {
            befunde.push(
                Befund::neu(&POSITION_DOPPELT).ort(ort).gemessen("posten", &p.massnahme_nr, Einheit::Code).gemessen(
                    "haushaltsjahr",
                    p.haushaltsjahr,
                    Einheit::Anzahl,
                ),
            );
        }
    }
    bewilligt
}
