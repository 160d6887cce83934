//! What the server knows and fills in: the grant, the payments, the plan, what earlier proofs show.

use super::{NachweisStatus, Nachweisart, Verwendungsnachweis};
use crate::aenderungsantrag::{Bewilligungsstand, Zahlungsbewegung};
use crate::antrag::Antrag;
use crate::befund::{Befund, Einheit};
use crate::bescheid::{Bescheid, Bescheidart, Nebenbestimmungen, geltend};
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::Finanzierungsart;
use crate::regel::{NACHWEIS_OHNE_BESCHEID, NACHWEISJAHR, RECHENBEREICH};
use crate::weiterleitung::{Weiterleitung, WeiterleitungStatus};
use crate::zeit::{Zeitraum, tag};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A Bescheid that grants, in the chain of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisbescheid {
    /// The Bescheid.
    pub bescheid_id: Uuid,
    /// Its kind.
    pub art: Bescheidart,
    /// Day of issue.
    pub erlassen_am: NaiveDate,
    /// What it grants in all, in euro.
    pub bewilligt: Euro,
}

/// A planned cost position and what earlier Zwischennachweise show of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Planausgabe {
    /// Cost position.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Granted plan for the period of the proof, in euro.
    pub plan: Euro,
    /// Spent according to earlier Zwischennachweise.
    pub bisher: Euro,
    /// What of that is eligible.
    pub bisher_zuwendungsfaehig: Euro,
}

/// A planned source and what earlier Zwischennachweise show of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Planmittel {
    /// Source.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("LAND_AQB")))]
    pub quelle: String,
    /// Granted plan for the period of the proof, in euro.
    pub plan: Euro,
    /// Received according to earlier Zwischennachweise.
    pub bisher: Euro,
}

/// What the server knows of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Massnahmengrundlage {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the application.
    #[cfg_attr(feature = "schema", schema(max_length = 20, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("M01")))]
    pub massnahme_nr: String,
    /// State funds granted for the period of the proof, in euro.
    pub bewilligt: Euro,
    /// Paid out for the measure in the period of the proof, returns taken off.
    pub ausgezahlt: Euro,
    /// Planned costs in the order of the codes.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub ausgaben: Vec<Planausgabe>,
    /// Planned financing in the order of the codes.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub finanzierung: Vec<Planmittel>,
}

/// A Zwischennachweis whose figures the closing proof takes over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zwischenverweis {
    /// The Zwischennachweis.
    pub verwendungsnachweis_id: Uuid,
    /// Its Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// SHA-256 of what was filed.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub inhalt_sha256: String,
}

/// A Weiterleitung whose Traeger must prove the use of the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsverweis {
    /// The Weiterleitung.
    pub weiterleitung_id: Uuid,
    /// Its measure.
    pub massnahme_id: Uuid,
    /// Its Traeger.
    pub traeger_id: Uuid,
    /// Paid to the Traeger and not given back, in euro.
    pub ausgezahlt: Euro,
}

/// Everything the server fills in. It is renewed with every change of the draft and compared at the filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisgrundlage {
    /// File reference of the case.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub aktenzeichen: Option<String>,
    /// Bescheide that grant, in their order; the last one says what is granted.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub bescheide: Vec<Nachweisbescheid>,
    /// How the grant covers costs.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub finanzierungsart: Option<Finanzierungsart>,
    /// General clauses that bind the recipient.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub nebenbestimmungen: Option<Nebenbestimmungen>,
    /// State funds granted for the period of the proof, in euro.
    pub bewilligt: Euro,
    /// Paid out in the period of the proof, returns taken off, in euro.
    pub ausgezahlt: Euro,
    /// Measures in the order of their numbers.
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub massnahmen: Vec<Massnahmengrundlage>,
    /// Zwischennachweise whose figures are taken over, by year.
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub zwischennachweise: Vec<Zwischenverweis>,
    /// Weiterleitungen whose Traeger must prove the use.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub weiterleitungen: Vec<Weiterleitungsverweis>,
}

/// What a proof is about: its kind, and of a Zwischennachweis the Haushaltsjahr.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nachweisgegenstand {
    /// Kind.
    pub art: Nachweisart,
    /// Haushaltsjahr of a Zwischennachweis.
    pub haushaltsjahr: Option<i32>,
}

impl Nachweisgegenstand {
    /// Of all proofs about the same thing only one is current: all closing kinds are one, each year is one.
    pub fn schluessel(&self) -> String {
        match self.haushaltsjahr {
            Some(jahr) => format!("{}-{jahr}", Nachweisart::Zwischennachweis),
            None => "ABSCHLUSS".to_owned(),
        }
    }

    /// The year counts.
    fn umfasst(&self, haushaltsjahr: i32) -> bool {
        self.haushaltsjahr.is_none_or(|j| j == haushaltsjahr)
    }
}

/// The records from which the server fills in, read in one transaction.
#[derive(Debug, Clone)]
pub struct Nachweisquellen {
    /// The application in the granted state.
    pub antrag: Antrag,
    /// All Bescheide of the case.
    pub bescheide: Vec<Bescheid>,
    /// Payments of its measures and what came back.
    pub zahlungen: Vec<Zahlungsbewegung>,
    /// Weiterleitungen of the case.
    pub weiterleitungen: Vec<Weiterleitung>,
    /// Current proofs of the case.
    pub nachweise: Vec<Verwendungsnachweis>,
    /// Legal day.
    pub heute: NaiveDate,
}

fn bereich(_: GeldFehler) -> Befund {
    Befund::neu(&RECHENBEREICH)
}

impl Nachweisquellen {
    /// The Bescheid that says what is granted.
    ///
    /// # Errors
    /// `NACHWEIS_OHNE_BESCHEID` while none is effective.
    pub fn bescheid(&self) -> Result<&Bescheid, Befund> {
        let wirksam = self.bescheide.iter().any(|b| b.inhalt.art.bewilligt() && b.wirksam(self.heute));
        geltend(&self.bescheide)
            .filter(|_| wirksam)
            .ok_or_else(|| Befund::neu(&NACHWEIS_OHNE_BESCHEID).gemessen("heute", self.heute, Einheit::Datum))
    }

    /// The period of a proof: the Bewilligungszeitraum, or of a Zwischennachweis the part of it in its year.
    ///
    /// # Errors
    /// `NACHWEIS_OHNE_BESCHEID`; `NACHWEISJAHR` for a year that is missing, superfluous, or not one that ends before
    /// the Bewilligungszeitraum does.
    pub fn zeitraum(&self, g: Nachweisgegenstand) -> Result<Zeitraum, Befund> {
        let b = self.bescheid()?;
        let Some(ganz) = b.inhalt.bewilligungszeitraum else {
            return Err(Befund::neu(&NACHWEIS_OHNE_BESCHEID).gemessen("heute", self.heute, Einheit::Datum));
        };
        let falsch = |angegeben: String| {
            Befund::neu(&NACHWEISJAHR)
                .ort("/haushaltsjahr")
                .gemessen("angegeben", angegeben, Einheit::Text)
                .gemessen("art", g.art, Einheit::Code)
                .erlaubt("von", ganz.von.year(), Einheit::Anzahl)
                .erlaubt("bis", ganz.bis.year().saturating_sub(1), Einheit::Anzahl)
        };
        match (g.art, g.haushaltsjahr) {
            (Nachweisart::Zwischennachweis, Some(j)) if (ganz.von.year()..ganz.bis.year()).contains(&j) => {
                Ok(Zeitraum { von: ganz.von.max(tag(j, 1, 1)), bis: ganz.bis.min(tag(j, 12, 31)) })
            }
            (Nachweisart::Zwischennachweis, j) => Err(falsch(j.map_or_else(|| "–".to_owned(), |j| j.to_string()))),
            (_, Some(j)) => Err(falsch(j.to_string())),
            (_, None) => Ok(ganz),
        }
    }

    /// Proofs of years whose figures a closing proof takes over: filed and not withdrawn.
    fn zwischennachweise(&self, g: Nachweisgegenstand) -> Vec<&Verwendungsnachweis> {
        let uebernommen = |n: &&Verwendungsnachweis| {
            n.aktuell
                && n.art == Nachweisart::Zwischennachweis
                && !matches!(n.status, NachweisStatus::Entwurf | NachweisStatus::Zurueckgezogen)
                && !n.einreichungen.is_empty()
        };
        let mut alle: Vec<_> = self.nachweise.iter().filter(uebernommen).collect();
        alle.retain(|_| g.haushaltsjahr.is_none());
        alle.sort_by_key(|n| n.haushaltsjahr);
        alle
    }

    /// Everything the server fills in.
    ///
    /// # Errors
    /// `NACHWEIS_OHNE_BESCHEID`, `RECHENBEREICH`.
    pub fn grundlage(&self, g: Nachweisgegenstand) -> Result<Nachweisgrundlage, Befund> {
        let b = self.bescheid()?;
        let stand = Bewilligungsstand::aus(&self.antrag, b)?;
        let zwischen = self.zwischennachweise(g);
        let massnahmen: Vec<Massnahmengrundlage> = stand
            .massnahmen
            .iter()
            .map(|m| self.massnahme(&m.massnahme, g, &zwischen))
            .collect::<Result<_, _>>()
            .map_err(bereich)?;
        let kette = self.bescheide.iter().filter(|b| b.erlassen() && b.inhalt.art.bewilligt());
        let mut kette: Vec<&Bescheid> = kette.collect();
        kette.sort_by_key(|b| b.inhalt.kettenglied);
        Ok(Nachweisgrundlage {
            aktenzeichen: self.antrag.aktenzeichen.clone(),
            bescheide: kette
                .into_iter()
                .filter_map(|b| {
                    let (bescheid_id, art, erlassen_am) = (b.id, b.inhalt.art, b.erlassen_am?);
                    Some(b.inhalt.bewilligt().map(|bewilligt| Nachweisbescheid {
                        bescheid_id,
                        art,
                        erlassen_am,
                        bewilligt,
                    }))
                })
                .collect::<Result<_, _>>()
                .map_err(bereich)?,
            finanzierungsart: b.inhalt.finanzierungsart,
            nebenbestimmungen: b.inhalt.nebenbestimmungen,
            bewilligt: Euro::summe(massnahmen.iter().map(|m| m.bewilligt)).map_err(bereich)?,
            ausgezahlt: Euro::summe(massnahmen.iter().map(|m| m.ausgezahlt)).map_err(bereich)?,
            massnahmen,
            zwischennachweise: zwischen.iter().filter_map(|n| n.als_verweis()).collect(),
            weiterleitungen: self.weiterleitungen().map_err(bereich)?,
        })
    }

    fn massnahme(
        &self,
        m: &crate::massnahme::Massnahme,
        g: Nachweisgegenstand,
        zwischen: &[&Verwendungsnachweis],
    ) -> Result<Massnahmengrundlage, GeldFehler> {
        let plan = &m.inhalt.finanzierungsplan;
        // plan, spent before, eligible before
        let mut ausgaben = BTreeMap::<String, [Euro; 3]>::new();
        for a in plan.einzelansaetze.iter().filter(|a| g.umfasst(a.haushaltsjahr)) {
            erhoehe(&mut ausgaben, &a.position, 0, a.betrag)?;
        }
        let mut mittel = BTreeMap::<String, [Euro; 3]>::new();
        for f in plan.finanzierung.iter().filter(|f| g.umfasst(f.haushaltsjahr)) {
            erhoehe(&mut mittel, &f.quelle, 0, f.betrag)?;
        }
        let frueher = zwischen.iter().filter_map(|n| n.einreichungen.last());
        for e in frueher.flat_map(|e| &e.inhalt.inhalt.massnahmen).filter(|n| n.massnahme_id == m.id) {
            for a in &e.ausgaben {
                erhoehe(&mut ausgaben, &a.position, 1, a.ist)?;
                erhoehe(&mut ausgaben, &a.position, 2, a.zuwendungsfaehig)?;
            }
            for f in &e.finanzierung {
                erhoehe(&mut mittel, &f.quelle, 1, f.ist)?;
            }
        }
        let je_jahr = plan.land_je_jahr()?.into_iter().filter(|(j, _)| g.umfasst(*j));
        let gezahlt = self.zahlungen.iter().filter(|z| z.stelle.0 == m.id && g.umfasst(z.stelle.2));
        Ok(Massnahmengrundlage {
            massnahme_id: m.id,
            massnahme_nr: m.massnahme_nr.clone(),
            bewilligt: Euro::summe(je_jahr.map(|(_, b)| b))?,
            ausgezahlt: Euro::summe(gezahlt.map(|z| z.betrag))?,
            ausgaben: ausgaben
                .into_iter()
                .map(|(position, [plan, bisher, bisher_zuwendungsfaehig])| Planausgabe {
                    position,
                    plan,
                    bisher,
                    bisher_zuwendungsfaehig,
                })
                .collect(),
            finanzierung: mittel
                .into_iter()
                .map(|(quelle, [plan, bisher, _])| Planmittel { quelle, plan, bisher })
                .collect(),
        })
    }

    /// Concluded ones; of ended and cancelled ones those that were paid.
    fn weiterleitungen(&self) -> Result<Vec<Weiterleitungsverweis>, GeldFehler> {
        let mut alle = Vec::new();
        for w in self.weiterleitungen.iter().filter(|w| w.status != WeiterleitungStatus::Entwurf) {
            let s = w.stand()?;
            let ausgezahlt = s.ausgezahlt.minus(s.zurueckgezahlt)?;
            if w.status == WeiterleitungStatus::Abgeschlossen || ausgezahlt.ist_positiv() {
                alle.push(Weiterleitungsverweis {
                    weiterleitung_id: w.id,
                    massnahme_id: w.inhalt.massnahme_id,
                    traeger_id: w.inhalt.traeger_id,
                    ausgezahlt,
                });
            }
        }
        Ok(alle)
    }
}

fn erhoehe(
    summen: &mut BTreeMap<String, [Euro; 3]>,
    code: &str,
    stelle: usize,
    betrag: Euro,
) -> Result<(), GeldFehler> {
    let zeile = summen.entry(code.to_owned()).or_default();
    if let Some(s) = zeile.get_mut(stelle) {
        *s = s.plus(betrag)?;
    }
    Ok(())
}

/// Adds what earlier proofs show to what this one shows.
pub(super) fn plus(a: Euro, b: Euro) -> Result<Euro, Befund> {
    a.plus(b).map_err(bereich)
}

/// Adds up.
pub(super) fn summe(betraege: impl IntoIterator<Item = Euro>) -> Result<Euro, Befund> {
    Euro::summe(betraege).map_err(bereich)
}
