//! The comparison of two states: per field, per line of a plan, in sums, and what kinds of change it contains.

use super::{Aenderungsart, Bewilligungsstand, Feldunterschied, baum};
use crate::befund::Befund;
use crate::bescheid::Bewilligungsstelle;
use crate::geld::{Euro, GeldFehler, Prozent};
use crate::regel::RECHENBEREICH;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

crate::status! {
    /// Side of a plan to which a line belongs.
    Planseite {
        /// Costs.
        Ausgaben = "AUSGABEN",
        /// Financing.
        Finanzierung = "FINANZIERUNG",
    }
}

/// A line of a plan before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AenderungZeile))]
pub struct Zeilenvergleich {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, examples("M01")))]
    pub massnahme_nr: String,
    /// Side of the plan.
    pub seite: Planseite,
    /// Cost position or source of finance, a code of its catalogue.
    #[cfg_attr(feature = "schema", schema(examples("PERSONAL")))]
    pub posten: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Before; 0.00 where there was no such line.
    pub alt: Euro,
    /// After; 0.00 where the line is gone.
    pub neu: Euro,
    /// Difference.
    pub delta: Euro,
    /// Difference in percent of the amount before, rounded; absent where nothing was there before or the figure has no
    /// four digits before the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub delta_prozent: Option<Prozent>,
}

/// Sums before and after: of a Haushaltsjahr, of a Teilbudget in it, or of everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AenderungSumme))]
pub struct Summenvergleich {
    /// Haushaltsjahr; absent in the sum of everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: Option<i32>,
    /// Teilbudget; absent in sums over all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("ALLGEMEIN")))]
    pub teilbudget: Option<String>,
    /// Costs before; absent per Teilbudget.
    pub ausgaben_alt: Euro,
    /// Costs after.
    pub ausgaben_neu: Euro,
    /// State funds before.
    pub land_alt: Euro,
    /// State funds after.
    pub land_neu: Euro,
    /// Difference of the state funds.
    pub land_delta: Euro,
}

/// Everything that differs between two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vergleich {
    /// Kinds of change it contains.
    pub arten: BTreeSet<Aenderungsart>,
    /// Fields that differ, lines of plans left out. A measure that is added or dropped is one field.
    pub felder: Vec<Feldunterschied>,
    /// Every line of every plan.
    pub zeilen: Vec<Zeilenvergleich>,
    /// Sums: everything, per Haushaltsjahr, per Teilbudget and Haushaltsjahr.
    pub summen: Vec<Summenvergleich>,
}

type Zeilenschluessel = (String, Planseite, String, i32, Uuid);

fn zeilen(stand: &Bewilligungsstand) -> Result<BTreeMap<Zeilenschluessel, Euro>, GeldFehler> {
    let mut je = BTreeMap::new();
    for m in stand.massnahmen.iter().map(|m| &m.massnahme) {
        let plan = &m.inhalt.finanzierungsplan;
        let kosten = plan.einzelansaetze.iter().map(|z| (Planseite::Ausgaben, &z.position, z.haushaltsjahr, z.betrag));
        let mittel = plan.finanzierung.iter().map(|z| (Planseite::Finanzierung, &z.quelle, z.haushaltsjahr, z.betrag));
        for (seite, posten, jahr, betrag) in kosten.chain(mittel) {
            let schluessel = (m.massnahme_nr.clone(), seite, posten.clone(), jahr, m.id);
            crate::finanzierungsplan::addiere(&mut je, schluessel, betrag)?;
        }
    }
    Ok(je)
}

/// `delta` in percent of `alt`, rounded half away from zero; none without an amount before or beyond 9,999.99 %.
pub fn prozentual(alt: Euro, delta: Euro) -> Option<Prozent> {
    let (basis, delta) = (i128::from(alt.cent()), i128::from(delta.cent()));
    if basis == 0 {
        return None;
    }
    let (zaehler, nenner) = ((delta * 10_000).abs(), basis.abs());
    let gerundet = (zaehler * 2 + nenner) / (nenner * 2);
    let hundertstel = if (delta < 0) == (basis < 0) { gerundet } else { -gerundet };
    i64::try_from(hundertstel).ok().filter(|h| h.abs() <= 999_999).map(Prozent::aus_hundertsteln)
}

fn vergleiche_zeilen(alt: &Bewilligungsstand, neu: &Bewilligungsstand) -> Result<Vec<Zeilenvergleich>, GeldFehler> {
    let (vorher, nachher) = (zeilen(alt)?, zeilen(neu)?);
    let alle: BTreeSet<&Zeilenschluessel> = vorher.keys().chain(nachher.keys()).collect();
    alle.into_iter()
        .map(|s| {
            let (alt, neu) = (vorher.get(s).copied().unwrap_or_default(), nachher.get(s).copied().unwrap_or_default());
            let delta = neu.minus(alt)?;
            Ok(Zeilenvergleich {
                massnahme_id: s.4,
                massnahme_nr: s.0.clone(),
                seite: s.1,
                posten: s.2.clone(),
                haushaltsjahr: s.3,
                alt,
                neu,
                delta,
                delta_prozent: prozentual(alt, delta),
            })
        })
        .collect()
}

/// Costs and state funds of both states.
#[derive(Default, Clone, Copy)]
struct Summe {
    ausgaben: [Euro; 2],
    land: [Euro; 2],
}

fn summen(alt: &Bewilligungsstand, neu: &Bewilligungsstand) -> Result<Vec<Summenvergleich>, GeldFehler> {
    let mut je = BTreeMap::<(Option<i32>, Option<String>), Summe>::new();
    for (stand, spalte) in [(alt, 0usize), (neu, 1)] {
        for m in stand.massnahmen.iter().map(|m| &m.massnahme.inhalt) {
            let plan = &m.finanzierungsplan;
            for (land, betraege) in [(false, plan.ausgaben_je_jahr()?), (true, plan.land_je_jahr()?)] {
                for (jahr, betrag) in betraege {
                    let orte = [(None, None), (Some(jahr), None), (Some(jahr), Some(m.teilbudget.clone()))];
                    for ort in orte {
                        let s = je.entry(ort).or_default();
                        let ziel = if land { &mut s.land } else { &mut s.ausgaben };
                        if let Some(z) = ziel.get_mut(spalte) {
                            *z = z.plus(betrag)?;
                        }
                    }
                }
            }
        }
    }
    je.into_iter()
        .map(|((haushaltsjahr, teilbudget), Summe { ausgaben: [aa, an], land: [la, ln] })| {
            Ok(Summenvergleich {
                haushaltsjahr,
                teilbudget,
                ausgaben_alt: aa,
                ausgaben_neu: an,
                land_alt: la,
                land_neu: ln,
                land_delta: ln.minus(la)?,
            })
        })
        .collect()
}

/// Amounts of both states per key, as differences: some rise, and some fall.
fn verschoben<K: Ord>(
    vorher: &BTreeMap<Bewilligungsstelle, Euro>,
    nachher: &BTreeMap<Bewilligungsstelle, Euro>,
    schluessel: impl Fn(&Bewilligungsstelle) -> K,
) -> Result<bool, GeldFehler> {
    let mut delta = BTreeMap::<K, Euro>::new();
    for (s, betrag) in nachher {
        crate::finanzierungsplan::addiere(&mut delta, schluessel(s), *betrag)?;
    }
    for (s, betrag) in vorher {
        crate::finanzierungsplan::addiere(&mut delta, schluessel(s), betrag.negativ())?;
    }
    Ok(delta.values().any(|d| d.ist_positiv()) && delta.values().any(|d| d.ist_negativ()))
}

const DETAILPLANUNG: &str = "detailplanung";

/// A field of a Detailplanung, or all of one.
pub(super) fn ist_detailplanung(feld: &str) -> bool {
    feld.split('/').nth(3) == Some(DETAILPLANUNG)
}

/// Which kind a field of a measure belongs to; lines of plans are judged by their sums.
fn art_des_feldes(feld: &str) -> Option<Aenderungsart> {
    let mut teile = feld.split('/').skip(1);
    match (teile.next(), teile.next(), teile.next()) {
        (Some("bewilligungszeitraum"), ..) | (_, _, Some("beginn" | "ende")) => Some(Aenderungsart::Zeitraum),
        (_, _, Some("traeger_id")) => Some(Aenderungsart::Traegerwechsel),
        (_, _, Some("teilbudget")) => Some(Aenderungsart::UmschichtungTeilbudget),
        // a Detailplanung follows its plan; alone it is judged at the end
        (_, _, Some("finanzierungsplan" | DETAILPLANUNG) | None) => None,
        _ => Some(Aenderungsart::Inhalt),
    }
}

fn arten(
    alt: &Bewilligungsstand,
    neu: &Bewilligungsstand,
    felder: &[Feldunterschied],
    zeilen: &[Zeilenvergleich],
) -> Result<BTreeSet<Aenderungsart>, GeldFehler> {
    let (vorher, nachher) = (alt.landesmittel()?, neu.landesmittel()?);
    let (summe_alt, summe_neu) = (Euro::summe(vorher.values().copied())?, Euro::summe(nachher.values().copied())?);
    let mut arten: BTreeSet<Aenderungsart> = felder.iter().filter_map(|u| art_des_feldes(&u.feld)).collect();
    let mut wenn = |ja: bool, art: Aenderungsart| {
        if ja {
            arten.insert(art);
        }
    };
    wenn(summe_neu > summe_alt, Aenderungsart::Mittelerhoehung);
    wenn(summe_neu < summe_alt, Aenderungsart::Mittelreduzierung);
    wenn(verschoben(&vorher, &nachher, |s| s.2)?, Aenderungsart::UmschichtungHaushaltsjahr);
    wenn(verschoben(&vorher, &nachher, |s| s.1.clone())?, Aenderungsart::UmschichtungTeilbudget);
    let hat = |stand: &Bewilligungsstand, id: Uuid| stand.massnahme(id).is_some();
    wenn(neu.massnahmen.iter().any(|m| !hat(alt, m.massnahme.id)), Aenderungsart::MassnahmeNeu);
    wenn(alt.massnahmen.iter().any(|m| !hat(neu, m.massnahme.id)), Aenderungsart::MassnahmeEntfaellt);
    let mut ansatz = false;
    // between measures of one Teilbudget; what moves between Teilbudgets is of that kind alone
    for teilbudget in vorher.keys().chain(nachher.keys()).map(|s| &s.1).collect::<BTreeSet<_>>() {
        let darin = |je: &BTreeMap<Bewilligungsstelle, Euro>| {
            je.iter().filter(|(s, _)| s.1 == *teilbudget).map(|(s, b)| (s.clone(), *b)).collect::<BTreeMap<_, _>>()
        };
        let (vorher, nachher) = (darin(&vorher), darin(&nachher));
        let bleiben = |s: &&Bewilligungsstelle| hat(alt, s.0) && hat(neu, s.0);
        ansatz |= verschoben(&vorher, &nachher, |s| s.0)?
            && vorher.keys().chain(nachher.keys()).filter(bleiben).any(|s| vorher.get(s) != nachher.get(s));
    }
    // within a measure that stays: lines rise and fall, or lines change although its state funds do not
    for m in neu.massnahmen.iter().filter(|m| hat(alt, m.massnahme.id)) {
        let id = m.massnahme.id;
        let von = |seite| zeilen.iter().filter(move |z| z.massnahme_id == id && z.seite == seite);
        let hin_und_her =
            |seite| von(seite).any(|z| z.delta.ist_positiv()) && von(seite).any(|z| z.delta.ist_negativ());
        let land: Euro = Euro::summe(
            von(Planseite::Finanzierung).filter(|z| z.posten == crate::finanzierungsplan::LAND_AQB).map(|z| z.delta),
        )?;
        let bewegt = zeilen.iter().any(|z| z.massnahme_id == id && !z.delta.ist_null());
        ansatz |= hin_und_her(Planseite::Ausgaben) || (bewegt && land.ist_null());
    }
    if ansatz && !(arten.contains(&Aenderungsart::UmschichtungHaushaltsjahr) && nur_jahre(zeilen)) {
        arten.insert(Aenderungsart::UmschichtungAnsatz);
    }
    if arten.is_empty() && felder.iter().any(|u| ist_detailplanung(&u.feld)) {
        arten.insert(Aenderungsart::Inhalt);
    }
    Ok(arten)
}

/// Per measure and post the years add up to what they were: money moved between years and nowhere else.
fn nur_jahre(zeilen: &[Zeilenvergleich]) -> bool {
    let mut je = BTreeMap::<(Uuid, Planseite, &str), i128>::new();
    for z in zeilen {
        *je.entry((z.massnahme_id, z.seite, z.posten.as_str())).or_default() += i128::from(z.delta.cent());
    }
    je.values().all(|d| *d == 0)
}

/// Compares two states.
///
/// # Errors
/// `RECHENBEREICH` when a sum cannot be represented.
pub fn vergleiche(alt: &Bewilligungsstand, neu: &Bewilligungsstand) -> Result<Vergleich, Befund> {
    let bereich = |_| Befund::neu(&RECHENBEREICH).ort("/massnahmen");
    let (vorher, nachher) = (baum::baum(alt)?, baum::baum(neu)?);
    let mut felder = baum::unterschiede(Some(&vorher), Some(&nachher), "");
    felder.retain(|u| !u.feld.contains("/finanzierungsplan/"));
    for u in &mut felder {
        benenne_massnahme(u, alt, neu);
    }
    let zeilen = vergleiche_zeilen(alt, neu).map_err(bereich)?;
    Ok(Vergleich {
        arten: arten(alt, neu, &felder, &zeilen).map_err(bereich)?,
        summen: summen(alt, neu).map_err(bereich)?,
        felder,
        zeilen,
    })
}

/// A measure that is added or dropped shows its title, not all of its content.
fn benenne_massnahme(u: &mut Feldunterschied, alt: &Bewilligungsstand, neu: &Bewilligungsstand) {
    let mut teile = u.feld.split('/').skip(1);
    let (Some("massnahmen"), Some(nr), None) = (teile.next(), teile.next(), teile.next()) else { return };
    let titel = |stand: &Bewilligungsstand| {
        let m = stand.massnahmen.iter().find(|m| m.massnahme.massnahme_nr == nr)?;
        Some(m.massnahme.inhalt.titel.clone())
    };
    (u.alt, u.neu) = (titel(alt), titel(neu));
}
