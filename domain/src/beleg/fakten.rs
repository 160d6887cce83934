//! What the rules of a Belegliste must know.

use crate::antrag::Antrag;
use crate::befund::{Befund, Einheit};
use crate::bescheid::Bescheid;
use crate::massnahme::Durchfuehrungsform;
use crate::regel::BELEG_OHNE_BESCHEID;
use crate::regelwerk::Regelwerk;
use crate::zeit::Zeitraum;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The list a Beleg stands in: the correction chain of a proof, and what may happen to it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belegkette {
    /// Id of the chain.
    pub kette_id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// File number of the application, where it has one.
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// State of the chain's current version, as a code.
    pub status: &'static str,
    /// The applicant may write.
    pub bearbeitbar: bool,
    /// The authority examines.
    pub in_pruefung: bool,
    /// The authority's decisions are released: before that they are drafts that nobody else reads.
    pub entschieden: bool,
}

/// A measure as Belege see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belegmassnahme {
    /// Id.
    pub id: Uuid,
    /// Sub-budget.
    pub teilbudget: String,
    /// Traeger that received money for it; none where the Gebietskoerperschaft pays.
    pub traeger_id: Option<Uuid>,
    /// Cost positions of its plan.
    pub positionen: BTreeSet<String>,
}

/// Facts of a list, the same for all of its Belege.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belegfakten {
    /// The list.
    pub kette: Belegkette,
    /// Measures by number.
    pub massnahmen: BTreeMap<String, Belegmassnahme>,
    /// Period of the grant.
    pub bewilligungszeitraum: Zeitraum,
    /// Period of the proof: that of the grant, of a Zwischennachweis its year of it.
    pub berichtszeitraum: Zeitraum,
    /// Last day of payments that still count.
    pub zahlbar_bis: NaiveDate,
    /// First day on which an order may be given.
    pub auftrag_ab: NaiveDate,
    /// Today.
    pub heute: NaiveDate,
    /// Regelwerk.
    pub regelwerk: String,
}

impl Belegfakten {
    /// Collects them from the application, the Bescheid that says what is granted, and the rules; `haushaltsjahr` is the
    /// year a Zwischennachweis is about.
    ///
    /// # Errors
    /// `BELEG_OHNE_BESCHEID`, `PARAMETER_FEHLT`.
    pub fn neu(
        kette: Belegkette,
        antrag: &Antrag,
        bescheid: Option<&Bescheid>,
        regelwerk: &Regelwerk,
        (haushaltsjahr, heute): (Option<i32>, NaiveDate),
    ) -> Result<Self, Befund> {
        let zeitraum = bescheid
            .and_then(|b| b.inhalt.bewilligungszeitraum)
            .ok_or_else(|| Befund::neu(&BELEG_OHNE_BESCHEID).gemessen("antrag", antrag.id, Einheit::Code))?;
        let nachlauf = regelwerk.ganzzahl("nachlauf_tage", heute)?;
        let tage = Days::new(u64::try_from(nachlauf).unwrap_or(0));
        let massnahmen = antrag.massnahmen.iter().map(|m| {
            let i = &m.massnahme.inhalt;
            let empfangen = i.durchfuehrungsform == Durchfuehrungsform::Weiterleitung;
            let b = Belegmassnahme {
                id: m.massnahme.id,
                teilbudget: i.teilbudget.clone(),
                traeger_id: i.traeger_id.filter(|_| empfangen),
                positionen: i.finanzierungsplan.einzelansaetze.iter().map(|e| e.position.clone()).collect(),
            };
            (m.massnahme.massnahme_nr.clone(), b)
        });
        let bericht = haushaltsjahr.map_or(zeitraum, |j| im_jahr(zeitraum, j));
        Ok(Belegfakten {
            massnahmen: massnahmen.collect(),
            bewilligungszeitraum: zeitraum,
            berichtszeitraum: bericht,
            zahlbar_bis: bericht.bis.checked_add_days(tage).unwrap_or(bericht.bis),
            auftrag_ab: regelwerk.tag_im_jahr("vorzeitiger_beginn_ab", kette.jahrgang, heute)?.min(zeitraum.von),
            heute,
            regelwerk: regelwerk.version.clone(),
            kette,
        })
    }
}

/// What of a period lies in a year; all of it where nothing does.
fn im_jahr(z: Zeitraum, jahr: i32) -> Zeitraum {
    let tage = NaiveDate::from_ymd_opt(jahr, 1, 1).zip(NaiveDate::from_ymd_opt(jahr, 12, 31));
    let teil = tage.map(|(von, bis)| Zeitraum { von: z.von.max(von), bis: z.bis.min(bis) });
    teil.filter(Zeitraum::ist_geordnet).unwrap_or(z)
}

impl Belegfakten {
    /// Years in which what the list is about may have been paid, first and last.
    pub fn jahre(&self) -> (i32, i32) {
        let z = &self.berichtszeitraum;
        (z.von.year(), self.zahlbar_bis.year().min(self.bewilligungszeitraum.bis.year()).max(z.bis.year()))
    }
}

/// Other members of a group as a check sees them: never whose, only how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Splitstand {
    /// Smallest payable amount of the invoice that a member names; none without members.
    pub rechnung: Option<crate::geld::Euro>,
    /// Sum of what the members paid.
    pub belegt: crate::geld::Euro,
}

/// A Beleg that credit notes reverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gutschriftstand {
    /// What was paid of it, in all its parts.
    pub gezahlt: crate::geld::Euro,
    /// What other credit notes take back of it, below 0.00.
    pub andere: crate::geld::Euro,
}

/// What a single Beleg must be compared with, read in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Belegumfeld {
    /// Another Beleg with the number, in the same range of numbers and not in the same group: its id and number in its list.
    pub gleiche_nummer: Option<(Uuid, i32)>,
    /// The other members of its group.
    pub gruppe: Splitstand,
    /// The Beleg a credit note reverses is known.
    pub storno_bekannt: bool,
    /// What is reversed by a credit note, where it is one that names its Beleg.
    pub gutschrift: Option<Gutschriftstand>,
    /// Sum of the absolute amounts that the other Belege of the list say were paid.
    pub liste: crate::geld::Euro,
}
