//! What a change does to the money: compared with what is called and paid, per measure, Teilbudget and Haushaltsjahr.

use super::{Bewilligungsstand, Geldstand, Zahlungsbewegung};
use crate::befund::{Befund, Einheit};
use crate::bescheid::{BeantragtePosition, Bewilligungsstelle, Fristfolge};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler};
use crate::konto::Kontoart;
use crate::regel::{ERSTATTUNG_WEITERGELEITETES, PARAMETER_FEHLT, RECHENBEREICH, UNTER_ABGERUFEN, UNTER_AUSGEZAHLT};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::str::FromStr;
use uuid::Uuid;

crate::status! {
    /// To which payouts an overpayment belongs (assumption: parameter `ueberzahlung_zuordnung`).
    Ueberzahlungszuordnung {
        /// To the last ones.
        Lifo = "LIFO",
        /// To the first ones.
        Fifo = "FIFO",
    }
}

crate::status! {
    /// From when a claim bears interest (assumption: parameter `zinsbeginn_erstattung`).
    ZinsbeginnErstattung {
        /// From the day of the payout.
        Auszahlung = "AUSZAHLUNG",
        /// From the day on which the change counts, not before the payout.
        Wirksamkeit = "WIRKSAMKEIT",
    }
}

crate::status! {
    /// What a change means for the money of a place.
    Folge {
        /// The amount stays.
        Unveraendert = "UNVERAENDERT",
        /// More is bound.
        Erhoehung = "ERHOEHUNG",
        /// Less is bound; what is called and paid stays covered.
        Minderung = "MINDERUNG",
        /// Calls must be withdrawn first.
        UnterAbgerufen = "UNTER_ABGERUFEN",
        /// More was paid out than would be granted.
        UnterAusgezahlt = "UNTER_AUSGEZAHLT",
    }
}

/// A call that is open at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AenderungFolgeAbruf))]
pub struct Folgeabruf {
    /// Id of the call.
    pub mittelabruf_id: Uuid,
    /// Its number in the case.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, examples(3)))]
    pub abruf_nr: i64,
    /// What it still reserves at this place.
    pub betrag: Euro,
}

/// The money of one place before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AenderungFolge))]
pub struct Folgeposten {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, examples("M01")))]
    pub massnahme_nr: String,
    /// Teilbudget.
    #[cfg_attr(feature = "schema", schema(examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Granted now.
    pub bisher: Euro,
    /// Granted after the change.
    pub neu: Euro,
    /// Difference.
    pub delta: Euro,
    /// Called and not yet paid.
    pub offen_abgerufen: Euro,
    /// What of that must be taken back first, because it would not be granted any more.
    pub zurueckzunehmen: Euro,
    /// The open calls; given where some of them must be taken back.
    #[cfg_attr(feature = "schema", schema(max_items = 10000))]
    pub abrufe: Vec<Folgeabruf>,
    /// Paid out and not claimed back.
    pub ausgezahlt: Euro,
    /// What could still be called after the change.
    pub abrufbar: Euro,
    /// What would have to be paid back.
    pub erstattung: Euro,
    /// What it means.
    pub folge: Folge,
}

/// A payout to which a part of a claim belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Erstattungszahlung {
    /// Value date of the payout.
    pub ausgezahlt_am: NaiveDate,
    /// Part of the claim.
    pub betrag: Euro,
    /// First day that bears interest (§ 49a Abs. 3 HVwVfG).
    pub zinsbeginn: NaiveDate,
}

/// What is claimed back at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Erstattungsposten {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[cfg_attr(feature = "schema", schema(max_length = 20, examples("M01")))]
    pub massnahme_nr: String,
    /// Teilbudget.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Amount.
    pub betrag: Euro,
    /// What of it was paid back before it was claimed; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bereits_zurueckgezahlt: Option<Euro>,
    /// The payouts it belongs to; together they are the amount.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub zahlungen: Vec<Erstattungszahlung>,
}

/// A claim for repayment that a change causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Erstattung {
    /// Amount.
    pub betrag: Euro,
    /// Order in which it is attributed to payouts.
    pub zuordnung: Ueberzahlungszuordnung,
    /// Day on which it is due.
    pub faellig_am: NaiveDate,
    /// Per measure, Teilbudget and Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub posten: Vec<Erstattungsposten>,
}

/// What a change does to the money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folgen {
    /// Every place with money before or after.
    pub posten: Vec<Folgeposten>,
    /// The claim, where there is one.
    pub erstattung: Option<Erstattung>,
    /// Deadlines that the Bescheid about the change would set, move or take away.
    pub fristen: Vec<Fristfolge>,
    /// What stands in the way.
    pub befunde: Vec<Befund>,
}

/// What the consequences depend on beside both states.
#[derive(Debug, Clone, Copy)]
pub struct Folgenbezug<'a> {
    /// The ledger.
    pub geld: &'a Geldstand,
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// Jahrgang of the case.
    pub jahrgang: i32,
    /// A claim for repayment is wanted.
    pub mit_erstattung: bool,
    /// Day from which the change counts, where it is known.
    pub wirksam_ab: Option<NaiveDate>,
    /// Legal day.
    pub heute: NaiveDate,
}

fn parameter<T: FromStr>(r: &Regelwerk, schluessel: &str, tag: NaiveDate) -> Result<T, Befund> {
    r.code(schluessel, tag)?.parse().map_err(|_| {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", schluessel, Einheit::Code)
            .gemessen("stichtag", tag, Einheit::Datum)
            .regelwerk(&r.version)
    })
}

/// Payouts of a place with what came back taken off, in order of their days: a return takes off the payment it
/// belongs to, one without a payment of its own takes off the last ones before it.
pub(crate) fn auszahlungen(bewegungen: &[Zahlungsbewegung], stelle: &Bewilligungsstelle) -> Vec<(NaiveDate, i64)> {
    let mut aus: Vec<(NaiveDate, String, i64)> = Vec::new();
    for z in bewegungen.iter().filter(|z| z.stelle == *stelle) {
        if z.betrag.ist_positiv() {
            aus.push((z.am, z.vorgang.clone(), z.betrag.cent()));
            continue;
        }
        let mut rest = z.betrag.negativ().cent();
        let (eigene, andere): (Vec<usize>, Vec<usize>) =
            (0..aus.len()).rev().partition(|i| aus.get(*i).is_some_and(|a| a.1 == z.vorgang));
        for i in eigene.into_iter().chain(andere) {
            if let Some(a) = aus.get_mut(i) {
                let teil = rest.min(a.2);
                a.2 -= teil;
                rest -= teil;
            }
        }
    }
    aus.sort_by_key(|a| a.0);
    aus.into_iter().filter(|a| a.2 > 0).map(|(am, _, cent)| (am, cent)).collect()
}

/// Attributes `betrag` to payouts; `frueher` was attributed by claims before, in the same order.
fn zuordnen(
    mut auszahlungen: Vec<(NaiveDate, i64)>,
    zuordnung: Ueberzahlungszuordnung,
    frueher: Euro,
    betrag: Euro,
) -> Result<Vec<(NaiveDate, Euro)>, GeldFehler> {
    if zuordnung == Ueberzahlungszuordnung::Lifo {
        auszahlungen.sort_by_key(|(am, _)| Reverse(*am));
    }
    let (mut vorher, mut rest) = (frueher.cent(), betrag.cent());
    let mut teile = Vec::new();
    for (am, cent) in auszahlungen {
        let schon = vorher.min(cent);
        vorher -= schon;
        let teil = rest.min(cent - schon);
        rest -= teil;
        if teil > 0 {
            teile.push((am, Euro::aus_cent(teil)?));
        }
    }
    // the ledger holds at least what was paid out; anything else cannot be attributed
    if rest == 0 { Ok(teile) } else { Err(GeldFehler::Bereich) }
}

struct Stelle<'a> {
    position: &'a BeantragtePosition,
    schluessel: Bewilligungsstelle,
}

impl Stelle<'_> {
    fn befund(&self, regel: &'static crate::regel::Regel) -> Befund {
        let p = self.position;
        Befund::neu(regel)
            .ort(format!("/massnahmen/{}/finanzierungsplan/finanzierung/LAND_AQB/{}", p.massnahme_nr, p.haushaltsjahr))
            .gemessen("massnahme", &p.massnahme_nr, Einheit::Code)
            .gemessen("teilbudget", &p.teilbudget, Einheit::Code)
            .gemessen("haushaltsjahr", p.haushaltsjahr, Einheit::Anzahl)
    }

    fn rechne(&self, bezug: &Folgenbezug<'_>, folgen: &mut Folgen) -> Result<Option<Erstattungsposten>, Befund> {
        let bereich = |_| self.befund(&RECHENBEREICH);
        let (p, geld) = (self.position, bezug.geld);
        let (bisher, neu) = (p.bisher.unwrap_or_default(), p.beantragt);
        let saldo = |art| geld.saldo(&self.schluessel, art);
        let abgerufen = saldo(Kontoart::Abgerufen);
        let beim_kreis = saldo(Kontoart::Ausgezahlt);
        let zurueck = saldo(Kontoart::Zurueckgezahlt);
        let ausgezahlt =
            Euro::summe([beim_kreis, saldo(Kontoart::Weitergeleitet), saldo(Kontoart::Anerkannt), zurueck])
                .map_err(bereich)?;
        let belegt = abgerufen.plus(ausgezahlt).map_err(bereich)?;
        let zuviel = ausgezahlt.minus(neu).map_err(bereich)?.max(Euro::NULL);
        let erstattung = if bezug.mit_erstattung { zuviel } else { Euro::NULL };
        let folge = if neu < ausgezahlt {
            Folge::UnterAusgezahlt
        } else if neu < belegt {
            Folge::UnterAbgerufen
        } else if neu == bisher {
            Folge::Unveraendert
        } else if neu > bisher {
            Folge::Erhoehung
        } else {
            Folge::Minderung
        };
        if zuviel.ist_positiv() && !bezug.mit_erstattung {
            folgen.befunde.push(self.befund(&UNTER_AUSGEZAHLT).betrag("ausgezahlt", ausgezahlt, "bewilligt", neu));
        }
        // what was paid back already is claimed too, because it bears interest up to its return
        let bereits = zurueck.min(erstattung);
        let noch = erstattung.minus(bereits).map_err(bereich)?;
        if noch > beim_kreis {
            let weitergegeben = noch.minus(beim_kreis).map_err(bereich)?;
            folgen.befunde.push(
                self.befund(&ERSTATTUNG_WEITERGELEITETES).gemessen("rueckholen", weitergegeben, Einheit::Eur).betrag(
                    "erstattung",
                    noch,
                    "vorhanden",
                    beim_kreis,
                ),
            );
        }
        let zurueckzunehmen = belegt.minus(neu.max(ausgezahlt)).map_err(bereich)?.max(Euro::NULL);
        if zurueckzunehmen.ist_positiv() {
            folgen.befunde.push(
                self.befund(&UNTER_ABGERUFEN)
                    .gemessen("zurueckzunehmen", zurueckzunehmen, Einheit::Eur)
                    .gemessen("abgerufen", abgerufen, Einheit::Eur)
                    .gemessen("abrufe", geld.abrufnummern(&self.schluessel), Einheit::Text)
                    .betrag("belegt", belegt, "bewilligt", neu),
            );
        }
        folgen.posten.push(Folgeposten {
            massnahme_id: p.massnahme_id,
            massnahme_nr: p.massnahme_nr.clone(),
            teilbudget: p.teilbudget.clone(),
            haushaltsjahr: p.haushaltsjahr,
            bisher,
            neu,
            delta: neu.minus(bisher).map_err(bereich)?,
            offen_abgerufen: abgerufen,
            zurueckzunehmen,
            abrufe: if zurueckzunehmen.ist_positiv() { geld.abrufe_an(&self.schluessel) } else { Vec::new() },
            ausgezahlt,
            abrufbar: neu.minus(belegt).map_err(bereich)?.max(Euro::NULL),
            erstattung,
            folge,
        });
        if !erstattung.ist_positiv() {
            return Ok(None);
        }
        self.erstattungsposten(bezug, erstattung, bereits).map(Some)
    }

    fn erstattungsposten(
        &self,
        bezug: &Folgenbezug<'_>,
        betrag: Euro,
        bereits: Euro,
    ) -> Result<Erstattungsposten, Befund> {
        let bereich = |_| self.befund(&RECHENBEREICH);
        let tag = stichtag(bezug.jahrgang);
        let frueher = [Kontoart::Rueckgefordert, Kontoart::Erstattet].map(|a| bezug.geld.saldo(&self.schluessel, a));
        let frueher = Euro::summe(frueher).map_err(bereich)?;
        let zuordnung = parameter(bezug.regelwerk, "ueberzahlung_zuordnung", tag)?;
        let beginn: ZinsbeginnErstattung = parameter(bezug.regelwerk, "zinsbeginn_erstattung", tag)?;
        let teile = zuordnen(auszahlungen(&bezug.geld.zahlungen, &self.schluessel), zuordnung, frueher, betrag);
        let wirksam = bezug.wirksam_ab.unwrap_or(bezug.heute);
        let p = self.position;
        Ok(Erstattungsposten {
            massnahme_id: p.massnahme_id,
            massnahme_nr: p.massnahme_nr.clone(),
            teilbudget: p.teilbudget.clone(),
            haushaltsjahr: p.haushaltsjahr,
            betrag,
            bereits_zurueckgezahlt: Some(bereits).filter(|b| b.ist_positiv()),
            zahlungen: teile
                .map_err(bereich)?
                .into_iter()
                .map(|(ausgezahlt_am, betrag)| Erstattungszahlung {
                    ausgezahlt_am,
                    betrag,
                    zinsbeginn: match beginn {
                        ZinsbeginnErstattung::Auszahlung => ausgezahlt_am,
                        ZinsbeginnErstattung::Wirksamkeit => ausgezahlt_am.max(wirksam),
                    },
                })
                .collect(),
        })
    }
}

/// What the change from `alt` to `neu` does to the money: R1 to R3 of dossier 3.9, per place.
pub fn folgen(alt: &Bewilligungsstand, neu: &Bewilligungsstand, bezug: &Folgenbezug<'_>) -> Folgen {
    let mut folgen = Folgen::default();
    let Ok(positionen) = super::positionen(alt, neu) else {
        folgen.befunde.push(Befund::neu(&RECHENBEREICH).ort("/massnahmen"));
        return folgen;
    };
    let mut posten = Vec::new();
    for position in &positionen {
        let schluessel = (position.massnahme_id, position.teilbudget.clone(), position.haushaltsjahr);
        match (Stelle { position, schluessel }).rechne(bezug, &mut folgen) {
            Ok(p) => posten.extend(p),
            Err(b) => folgen.befunde.push(b),
        }
    }
    if !posten.is_empty() {
        match erstattung(posten, bezug) {
            Ok(e) => folgen.erstattung = Some(e),
            Err(b) => folgen.befunde.push(b),
        }
    }
    folgen
}

/// The claim for `je`: per place the amount and what of it was paid back before; none where nothing is claimed. Places
/// without an amount are left out.
///
/// # Errors
/// `PARAMETER_FEHLT`, `RECHENBEREICH` when more is claimed than was paid out at a place.
pub fn erstattung_fuer(
    je: &[(BeantragtePosition, Euro, Euro)],
    bezug: &Folgenbezug<'_>,
) -> Result<Option<Erstattung>, Befund> {
    let mut posten = Vec::new();
    for (position, betrag, bereits) in je.iter().filter(|(_, b, _)| b.ist_positiv()) {
        let schluessel = (position.massnahme_id, position.teilbudget.clone(), position.haushaltsjahr);
        posten.push(Stelle { position, schluessel }.erstattungsposten(bezug, *betrag, *bereits)?);
    }
    if posten.is_empty() { Ok(None) } else { erstattung(posten, bezug).map(Some) }
}

fn erstattung(posten: Vec<Erstattungsposten>, bezug: &Folgenbezug<'_>) -> Result<Erstattung, Befund> {
    let tag = stichtag(bezug.jahrgang);
    let betrag = Euro::summe(posten.iter().map(|p| p.betrag)).map_err(|_| Befund::neu(&RECHENBEREICH))?;
    let verschiebung = bezug.regelwerk.wahrheit("frist_werktag_verschiebung", tag)?;
    let dauer = bezug.regelwerk.dauer("erstattungsfrist", tag)?;
    Ok(Erstattung {
        betrag,
        zuordnung: parameter(bezug.regelwerk, "ueberzahlung_zuordnung", tag)?,
        faellig_am: crate::frist::dauerfrist(bezug.heute, dauer, verschiebung)?.ende,
        posten,
    })
}
