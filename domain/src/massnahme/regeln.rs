//! Rules of one measure, each a small pure function, and the comparison of measures with each other.

use super::{Durchfuehrungsform, Massnahme, Verfahrensart};
use crate::befund::{Befund, Einheit, Schwere};
use crate::detailplanung::stellenanteil;
use crate::finanzierungsplan::{Planfakten, betrag_zu_klein};
use crate::geld::{Euro, GeldFehler};
use crate::katalog::name;
use crate::regel::{
    ANGABE_FEHLT, BEGINN_GEKAPPT, DATUM_REIHENFOLGE, DAVON_UEBER_GESAMT, DIREKTAUFTRAG_UEBER_GRENZE,
    MASSNAHME_AUSSERHALB, ORT_AUSSERHALB, PERSONAL_FEHLT, PLAETZE_DOPPELT, TEILNEHMENDE_FEHLEN, TRAEGER_UNBEKANNT,
    VERGABE_FEHLT, VERGABE_UNDOKUMENTIERT, VORZEITIGER_BEGINN, ZIELGRUPPE_FEHLT, ZIELGRUPPE_UNZULAESSIG,
};
use crate::zeit::Zeitraum;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What rules know of a Traeger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traegerstand {
    /// It is not retired.
    pub aktiv: bool,
    /// Name.
    pub name: String,
}

/// What the rules of a measure need from outside.
#[derive(Debug, Clone, Copy)]
pub struct Massnahmefakten<'a> {
    /// Catalogue, Regelwerk, Jahrgang.
    pub plan: Planfakten<'a>,
    /// Applicant.
    pub kreisschluessel: &'a str,
    /// Every Traeger that a measure names and that exists.
    pub traeger: &'a BTreeMap<Uuid, Traegerstand>,
    /// Period for which the grant is requested, if it is stated.
    pub bewilligungszeitraum: Option<Zeitraum>,
    /// Day on which an order without a contract date counts as awarded: the day of receipt, today for a draft.
    pub tag: NaiveDate,
    /// The application was filed: a Traeger retired since then is the authority's matter, no longer the applicant's.
    pub eingereicht: bool,
}

type Regel = fn(&Massnahme, &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund>;

/// The rules in the order in which their findings appear.
const REGELN: &[Regel] = &[
    katalogwerte,
    zielgruppen,
    teilnehmende,
    traeger,
    reihenfolge,
    beginn,
    zeitraum,
    orte,
    vergabe,
    personal,
    stellen,
];

impl Massnahme {
    /// All rules of this measure and its financing plan.
    pub fn pruefe(&self, fakten: &Massnahmefakten<'_>) -> Vec<Befund> {
        let mut befunde: Vec<Befund> =
            REGELN.iter().flat_map(|regel| regel(self, fakten).unwrap_or_else(|b| vec![b])).collect();
        let ort = format!("{}/finanzierungsplan", self.ort());
        befunde.extend(self.inhalt.finanzierungsplan.pruefe(&ort, &fakten.plan));
        befunde.into_iter().map(|b| b.in_massnahme(&self.massnahme_nr)).collect()
    }

    fn befund(&self, regel: &'static crate::regel::Regel, feld: &str) -> Befund {
        Befund::neu(regel).ort(format!("{}{feld}", self.ort())).gemessen("massnahme", &self.massnahme_nr, Einheit::Code)
    }
}

fn katalogwerte(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let ort = |feld: &str| format!("{}{feld}", m.ort());
    let teilbudget = f.plan.katalog.pruefe(name::TEILBUDGETS, &m.inhalt.teilbudget, &ort("/teilbudget"));
    let zielgruppen = m.inhalt.details.teilnahmeplan().map(|t| t.zielgruppen).unwrap_or_default();
    let unbekannt = zielgruppen.iter().enumerate().filter_map(|(i, z)| {
        f.plan.katalog.pruefe(name::ZIELGRUPPEN, &z.0, &ort(&format!("/details/zielgruppen/{i}")))
    });
    Ok(teilbudget.into_iter().chain(unbekannt).collect())
}

/// Kinds 1 to 3 name at least one Zielgruppe, and only those that the Regelwerk admits for the kind.
fn zielgruppen(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let Some(plan) = m.inhalt.details.teilnahmeplan() else { return Ok(Vec::new()) };
    let art = m.massnahmeart();
    let regelwerk = f.plan.regelwerk;
    let zulaessig = regelwerk.codes(art.zielgruppen_parameter(), f.plan.stichtag())?;
    let liste = zulaessig.join(", ");
    if plan.zielgruppen.is_empty() {
        return Ok(vec![
            m.befund(&ZIELGRUPPE_FEHLT, "/details/zielgruppen")
                .erlaubt("zulaessig", liste, Einheit::Code)
                .regelwerk(&regelwerk.version),
        ]);
    }
    let unzulaessig = plan.zielgruppen.iter().enumerate().filter(|(_, z)| !zulaessig.contains(&z.0));
    Ok(unzulaessig
        .map(|(i, z)| {
            m.befund(&ZIELGRUPPE_UNZULAESSIG, &format!("/details/zielgruppen/{i}"))
                .gemessen("zielgruppe", &z.0, Einheit::Code)
                .gemessen("massnahmeart", art, Einheit::Code)
                .erlaubt("zulaessig", &liste, Einheit::Code)
                .regelwerk(&regelwerk.version)
        })
        .collect())
}

/// Kinds 1 to 3 plan at least one place and one participant, and no subset exceeds its total.
fn teilnehmende(m: &Massnahme, _: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let Some(plan) = m.inhalt.details.teilnahmeplan() else { return Ok(Vec::new()) };
    let mut befunde = Vec::new();
    if plan.plaetze < 1 || plan.teilnehmende < 1 {
        befunde.push(
            m.befund(&TEILNEHMENDE_FEHLEN, "/details")
                .gemessen("plaetze", plan.plaetze, Einheit::Anzahl)
                .gemessen("teilnehmende", plan.teilnehmende, Einheit::Anzahl)
                .erlaubt("mindestens", 1, Einheit::Anzahl),
        );
    }
    if plan.davon_weiblich > plan.teilnehmende {
        befunde.push(
            m.befund(&DAVON_UEBER_GESAMT, "/details/davon_weiblich_geplant")
                .gemessen("davon", plan.davon_weiblich, Einheit::Anzahl)
                .erlaubt("gesamt", plan.teilnehmende, Einheit::Anzahl),
        );
    }
    Ok(befunde)
}

/// A Traeger is named unless the Gebietskoerperschaft carries the measure out itself; it exists and is active. One
/// that was retired after the filing is a warning.
fn traeger(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let Some(id) = m.inhalt.traeger_id else {
        let noetig = m.inhalt.durchfuehrungsform != Durchfuehrungsform::Eigen;
        let befund = noetig.then(|| fehlt(m, "traeger_id"));
        return Ok(befund.into_iter().collect());
    };
    let (stand, schwere) = match f.traeger.get(&id) {
        Some(t) if t.aktiv => return Ok(Vec::new()),
        Some(_) if f.eingereicht => ("stillgelegt", Schwere::Warnung),
        Some(_) => ("stillgelegt", Schwere::Fehler),
        None => ("unbekannt", Schwere::Fehler),
    };
    let anzeige = f.traeger.get(&id).map_or_else(|| id.to_string(), |t| t.name.clone());
    Ok(vec![
        m.befund(&TRAEGER_UNBEKANNT, "/traeger_id")
            .mit_schwere(schwere)
            .gemessen("traeger", anzeige, Einheit::Text)
            .gemessen("stand", stand, Einheit::Text),
    ])
}

fn reihenfolge(m: &Massnahme, _: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let befund = (m.inhalt.ende < m.inhalt.beginn).then(|| {
        m.befund(&DATUM_REIHENFOLGE, "/ende").gemessen("von", m.inhalt.beginn, Einheit::Datum).gemessen(
            "bis",
            m.inhalt.ende,
            Einheit::Datum,
        )
    });
    Ok(befund.into_iter().collect())
}

/// First day on which a measure of the Jahrgang can begin.
pub(crate) fn fruehestens(f: &Planfakten<'_>) -> Result<NaiveDate, Befund> {
    f.regelwerk.tag_im_jahr("vorzeitiger_beginn_ab", f.jahrgang, f.stichtag())
}

/// Early start (S12): what follows depends on `massnahmebeginn_modus`.
fn beginn(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let (regelwerk, stichtag) = (f.plan.regelwerk, f.plan.stichtag());
    let fruehestens = fruehestens(&f.plan)?;
    let massgeblich = m.massgeblicher_beginn();
    if massgeblich >= fruehestens {
        return Ok(Vec::new());
    }
    let modus = regelwerk.code("massnahmebeginn_modus", stichtag)?;
    let (regel, schwere) = match modus {
        "KAPPEN" => (&BEGINN_GEKAPPT, Schwere::Warnung),
        "MANUELL" => (&VORZEITIGER_BEGINN, Schwere::Warnung),
        _ => (&VORZEITIGER_BEGINN, Schwere::Fehler),
    };
    let tage = fruehestens.signed_duration_since(m.inhalt.beginn).num_days().max(0);
    Ok(vec![
        m.befund(regel, if massgeblich < m.inhalt.beginn { "/erster_vertragsabschluss_am" } else { "/beginn" })
            .mit_schwere(schwere)
            .gemessen("beginn", m.inhalt.beginn, Einheit::Datum)
            .gemessen("massgeblich", massgeblich, Einheit::Datum)
            .gemessen("tage", tage, Einheit::Anzahl)
            .gemessen("modus", modus, Einheit::Code)
            .erlaubt("fruehestens", fruehestens, Einheit::Datum)
            .regelwerk(&regelwerk.version),
    ])
}

/// The measure lies in the requested period. Days before the first permitted one are judged by [`beginn`] alone.
fn zeitraum(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let Some(z) = f.bewilligungszeitraum.filter(Zeitraum::ist_geordnet) else { return Ok(Vec::new()) };
    let ab = m.inhalt.beginn.max(fruehestens(&f.plan)?);
    if m.inhalt.ende < m.inhalt.beginn || (z.von <= ab && m.inhalt.ende <= z.bis) {
        return Ok(Vec::new());
    }
    Ok(vec![
        m.befund(&MASSNAHME_AUSSERHALB, "/beginn")
            .gemessen("beginn", m.inhalt.beginn, Einheit::Datum)
            .gemessen("ende", m.inhalt.ende, Einheit::Datum)
            .erlaubt("von", z.von, Einheit::Datum)
            .erlaubt("bis", z.bis, Einheit::Datum),
    ])
}

/// Kinds 1 to 3 name a place; a place outside the applicant's territory is a warning.
fn orte(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    if m.inhalt.durchfuehrungsorte.is_empty() && m.inhalt.details.teilnahmeplan().is_some() {
        return Ok(vec![fehlt(m, "durchfuehrungsorte")]);
    }
    let ausserhalb =
        m.inhalt.durchfuehrungsorte.iter().enumerate().filter(|(_, o)| o.kreisschluessel != f.kreisschluessel);
    Ok(ausserhalb
        .map(|(i, o)| {
            m.befund(&ORT_AUSSERHALB, &format!("/durchfuehrungsorte/{i}/kreisschluessel"))
                .gemessen("ort", &o.ort, Einheit::Text)
                .gemessen("kreis", &o.kreisschluessel, Einheit::Code)
                .erlaubt("antragsteller", f.kreisschluessel, Einheit::Code)
        })
        .collect())
}

/// An order names its procurement; a direct order stays below the threshold of the day it is awarded (S24).
fn vergabe(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    if m.inhalt.durchfuehrungsform != Durchfuehrungsform::Auftrag {
        return Ok(Vec::new());
    }
    let Some(v) = &m.inhalt.vergabe else { return Ok(vec![m.befund(&VERGABE_FEHLT, "/vergabe")]) };
    let ort = format!("{}/vergabe/auftragswert_netto", m.ort());
    let mut befunde: Vec<Befund> = betrag_zu_klein(ort, v.auftragswert_netto, false).into_iter().collect();
    if !v.dokumentiert {
        befunde.push(m.befund(&VERGABE_UNDOKUMENTIERT, "/vergabe/dokumentiert"));
    }
    if v.verfahrensart != Verfahrensart::Direktauftrag {
        return Ok(befunde);
    }
    let tag = m.inhalt.erster_vertragsabschluss_am.unwrap_or(f.tag);
    let grenze = f.plan.regelwerk.betrag("direktauftrag_grenze", tag)?;
    befunde.extend((v.auftragswert_netto > grenze).then(|| {
        m.befund(&DIREKTAUFTRAG_UEBER_GRENZE, "/vergabe/auftragswert_netto")
            .betrag("auftragswert", v.auftragswert_netto, "grenze", grenze)
            .gemessen("stichtag", tag, Einheit::Datum)
            .regelwerk(&f.plan.regelwerk.version)
    }));
    Ok(befunde)
}

/// Staff costs need posts.
fn personal(m: &Massnahme, _: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let Ok(personal) = m.inhalt.finanzierungsplan.personal() else { return Ok(Vec::new()) };
    let befund = (personal.ist_positiv() && m.inhalt.personal.is_empty())
        .then(|| m.befund(&PERSONAL_FEHLT, "/personal").gemessen("personal", personal, Einheit::Eur));
    Ok(befund.into_iter().collect())
}

/// A post is a part of one full-time post and costs something.
fn stellen(m: &Massnahme, f: &Massnahmefakten<'_>) -> Result<Vec<Befund>, Befund> {
    let mut befunde = Vec::new();
    for (i, s) in m.inhalt.personal.iter().enumerate() {
        let ort = format!("{}/personal/{i}", m.ort());
        befunde.extend(betrag_zu_klein(format!("{ort}/jahreskosten"), s.jahreskosten, false));
        befunde.extend(stellenanteil(
            &format!("{ort}/stellenanteil_vzae"),
            &s.funktion,
            s.stellenanteil_vzae,
            &f.plan,
        )?);
    }
    Ok(befunde)
}

fn fehlt(m: &Massnahme, feld: &str) -> Befund {
    m.befund(&ANGABE_FEHLT, &format!("/{feld}")).gemessen("feld", feld, Einheit::Text)
}

/// Two measures with the same Traeger, kind and title that overlap in time: their places might be counted twice.
///
/// `andere` are named measures of other applications of the same county. Kind 4 has no places and is left out.
pub fn plaetze_doppelt<'a>(
    massnahmen: impl IntoIterator<Item = &'a Massnahme>,
    andere: &[(&str, &Massnahme)],
) -> Vec<Befund> {
    let mit_plaetzen: Vec<&Massnahme> =
        massnahmen.into_iter().filter(|m| m.inhalt.details.teilnahmeplan().is_some()).collect();
    let gleich = |a: &Massnahme, b: &Massnahme| {
        a.massnahmeart() == b.massnahmeart()
            && a.inhalt.traeger_id == b.inhalt.traeger_id
            && vergleichsform(&a.inhalt.titel) == vergleichsform(&b.inhalt.titel)
            && a.inhalt.beginn <= b.inhalt.ende
            && b.inhalt.beginn <= a.inhalt.ende
    };
    let mut befunde = Vec::new();
    for (i, m) in mit_plaetzen.iter().enumerate() {
        let hier = mit_plaetzen.iter().take(i).find(|a| gleich(a, m)).map(|a| a.massnahme_nr.as_str());
        let dort = || andere.iter().find(|(_, a)| gleich(a, m)).map(|(name, _)| *name);
        if let Some(name) = hier.or_else(dort) {
            befunde.push(m.befund(&PLAETZE_DOPPELT, "").gemessen("andere", name, Einheit::Code));
        }
    }
    befunde
}

/// Titles and names are the same when they differ only in case and blanks (upper case, so that `ß` and `SS` agree).
pub(crate) fn vergleichsform(titel: &str) -> String {
    titel.split_whitespace().map(str::to_uppercase).collect::<Vec<_>>().join(" ")
}

/// The part of a month's costs that `KAPPEN` does not recognise: the days of the measure before `fruehestens`, as
/// a share of all days of that calendar month. No cent is lost: what remains is `monatsbetrag` minus the result.
///
/// `im_monat` is the part of one calendar month in which the measure runs. S12: 31,000.00 EUR for December, measure
/// from 15 December, first permitted day 1 January: 17 of 31 days, 17,000.00 EUR.
///
/// # Errors
/// [`GeldFehler::Bereich`] when the amount cannot be represented.
pub fn nicht_anerkannt_bei_kappen(
    monatsbetrag: Euro,
    im_monat: Zeitraum,
    fruehestens: NaiveDate,
) -> Result<Euro, GeldFehler> {
    let erster = im_monat.von.with_day(1).unwrap_or(im_monat.von);
    let naechster = erster.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX);
    let ende = fruehestens.min(naechster).min(im_monat.bis.succ_opt().unwrap_or(NaiveDate::MAX));
    let tage =
        |von: NaiveDate, bis: NaiveDate| u64::try_from(bis.signed_duration_since(von).num_days()).unwrap_or_default();
    let monatstage = tage(erster, naechster);
    let ausserhalb = tage(im_monat.von, ende).min(monatstage);
    let teile = monatsbetrag.aufteilen(&[ausserhalb, monatstage - ausserhalb])?;
    teile.first().copied().ok_or(GeldFehler::Bereich)
}
