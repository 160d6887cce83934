//! Interest on money that was not used in time (§ 49a Abs. 4 HVwVfG): which part of which payout was used when.
//!
//! Payouts are used up in order of their value dates (FIFO, assumption). A part that was used within the period that
//! began with its payout bears nothing; every other part bears interest until its use.

use super::{
    Basiszinsreihe, Zinsergebnis, Zinsfrage, Zinsmethode, Zinsrundung, Zinssatz, Zinszaehlung, ausserhalb, berechne,
    eingabe,
};
use crate::befund::{Befund, Einheit, betrag_in_worten, tag_in_worten};
use crate::forderung::parameter;
use crate::frist::dauerfrist;
use crate::geld::Euro;
use crate::regel::Sprache;
use crate::regelwerk::{Dauer, Regelwerk};
use crate::zuwendung::Rechenschritt;
use chrono::NaiveDate;
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

crate::status! {
    /// From when money that was not used in time bears interest (parameter `zinsbeginn_zwischenzins`; the statute leaves
    /// it open).
    Zinsbeginn {
        /// From its payout.
        Auszahlung = "AUSZAHLUNG",
        /// From the first day after the period in which it had to be used.
        Fristablauf = "FRISTABLAUF",
    }
}

/// Norm of this interest.
const NORM: &str = "§ 49a Abs. 4 HVwVfG";
/// Norm of the period in which money is to be used.
const NORM_FRIST: &str = "Nr. 1.4 ANBest; §§ 187, 188 BGB";

/// Money that came or went on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mittelbewegung {
    /// Value date of a payout, day of a use.
    pub am: NaiveDate,
    /// Amount, above 0.00; of a use the share of the Land alone.
    pub betrag: Euro,
}

/// The rules of the Regelwerk that decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zwischenzinsregeln {
    /// Period in which paid money is to be used (`mittelabruf_frist`).
    pub frist: Dauer,
    /// The end of that period moves to a working day (`mittelabruf_frist_verschiebung`).
    pub verschiebung: bool,
    /// From when late money bears interest.
    pub beginn: Zinsbeginn,
    /// Day count.
    pub methode: Zinsmethode,
    /// Rounding of each part.
    pub rundung: Zinsrundung,
    /// Rate.
    pub satz: Zinssatz,
    /// How the ends of a period and odd amounts count.
    pub zaehlung: Zinszaehlung,
}

impl Zwischenzinsregeln {
    /// The rules of a Regelwerk on the day of a payout.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`.
    pub fn aus(r: &Regelwerk, tag: NaiveDate) -> Result<Self, Befund> {
        Ok(Zwischenzinsregeln {
            frist: r.dauer("mittelabruf_frist", tag)?,
            verschiebung: r.wahrheit("mittelabruf_frist_verschiebung", tag)?,
            beginn: parameter(r, "zinsbeginn_zwischenzins", tag)?,
            methode: parameter(r, "zinsmethode", tag)?,
            rundung: parameter(r, "zins_rundung", tag)?,
            satz: Zinssatz::AufschlagProzentpunkte(r.prozent("zinsaufschlag_prozentpunkte", tag)?),
            zaehlung: Zinszaehlung {
                starttag_inklusiv: r.wahrheit("zins_starttag_inklusiv", tag)?,
                endtag_inklusiv: r.wahrheit("zins_endtag_inklusiv", tag)?,
                kapital_abrunden_auf: r.betrag("kapital_abrunden_auf", tag)?,
            },
        })
    }
}

/// What interest is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zwischenzinsfrage<'f> {
    /// Payouts in any order.
    pub auszahlungen: &'f [Mittelbewegung],
    /// Uses in any order.
    pub verwendungen: &'f [Mittelbewegung],
    /// Day on which the account is closed: what is unused by then bears interest until this day. Without it what was
    /// not used is named and bears nothing.
    pub bis: Option<NaiveDate>,
    /// The rules.
    pub regeln: Zwischenzinsregeln,
}

/// A part of a payout with one use, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zwischenzinsposten {
    /// Amount of the part.
    pub betrag: Euro,
    /// Value date of its payout.
    pub ausgezahlt_am: NaiveDate,
    /// Last day on which its use is in time.
    pub frist_ende: NaiveDate,
    /// Day of its use; none when it was not used.
    pub verwendet_am: Option<NaiveDate>,
    /// Interest; none for a part that bears nothing.
    pub zinslauf: Option<Zinslauf>,
}

/// A period for which a part bears interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zinslauf {
    /// First day with interest.
    pub von: NaiveDate,
    /// First day without.
    pub bis: NaiveDate,
    /// Interest and its pieces.
    pub ergebnis: Zinsergebnis,
}

/// Interest on all parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zwischenzinsergebnis {
    /// Sum of the interest of all parts, each rounded by itself.
    pub zinsen: Euro,
    /// Paid out and not used.
    pub nicht_verwendet: Euro,
    /// Used beyond everything that was paid out.
    pub vorleistung: Euro,
    /// The parts in order of payout and use.
    pub posten: Vec<Zwischenzinsposten>,
    /// The steps in order.
    pub schritte: Vec<Rechenschritt>,
}

/// Computes the interest.
///
/// # Errors
/// `RECHENEINGABE` for amounts that are not above 0.00, no payout or a day after `bis`; what [`berechne`] refuses.
pub fn zwischenzins(
    frage: &Zwischenzinsfrage<'_>,
    reihe: &Basiszinsreihe,
) -> Result<Zwischenzinsergebnis, Vec<Befund>> {
    let befunde = pruefe(frage);
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let (teile, vorleistung) = ordne_zu(frage).map_err(|b| vec![b])?;
    let mut e = Zwischenzinsergebnis {
        zinsen: Euro::NULL,
        nicht_verwendet: Euro::NULL,
        vorleistung,
        posten: Vec::with_capacity(teile.len()),
        schritte: Vec::new(),
    };
    for (nr, teil) in teile {
        let ort = format!("/auszahlungen/{nr}");
        let posten =
            verzinse(teil, frage, reihe).map_err(|b| b.into_iter().map(|b| b.ort(&ort)).collect::<Vec<_>>())?;
        let zinsen = posten.zinslauf.as_ref().map_or(Euro::NULL, |z| z.ergebnis.zinsen);
        let summe = |a: Euro, b: Euro| a.plus(b).map_err(|_| vec![ausserhalb()]);
        e.zinsen = summe(e.zinsen, zinsen)?;
        if posten.verwendet_am.is_none() {
            e.nicht_verwendet = summe(e.nicht_verwendet, posten.betrag)?;
        }
        e.schritte.extend(schritte(&posten, frage.regeln.beginn));
        e.posten.push(posten);
    }
    let einzeln: Vec<String> =
        e.posten.iter().filter_map(|p| p.zinslauf.as_ref()).map(|z| z.ergebnis.zinsen.to_string()).collect();
    e.schritte.push(Rechenschritt {
        schritt: "SUMME".to_owned(),
        norm: NORM.to_owned(),
        text_de: "Summe der Zinsen aller Teilbeträge; jeder Teilbetrag ist für sich gerundet.".to_owned(),
        text_en: "Sum of the interest of all parts; each part is rounded by itself.".to_owned(),
        formel: einzeln.join(" + "),
        ergebnis: e.zinsen,
    });
    Ok(e)
}

fn pruefe(frage: &Zwischenzinsfrage<'_>) -> Vec<Befund> {
    let mut befunde = Vec::new();
    for (liste, bewegungen) in [("auszahlungen", frage.auszahlungen), ("verwendungen", frage.verwendungen)] {
        for (nr, b) in bewegungen.iter().enumerate() {
            if !b.betrag.ist_positiv() {
                befunde.push(eingabe(&format!("/{liste}/{nr}/betrag"), b.betrag, Einheit::Eur, "≥ 0.01 EUR"));
            }
            if let Some(bis) = frage.bis.filter(|bis| *bis < b.am) {
                befunde.push(eingabe(&format!("/{liste}/{nr}/am"), b.am, Einheit::Datum, &format!("≤ {bis}")));
            }
        }
    }
    befunde
}

/// A part before its interest is known.
struct Teil {
    betrag: Euro,
    ausgezahlt_am: NaiveDate,
    verwendet_am: Option<NaiveDate>,
}

/// Parts with the place of their payout in the question.
type Teile = Vec<(usize, Teil)>;

/// Uses up the payouts in order; returns the parts, and what was used beyond all payouts.
fn ordne_zu(frage: &Zwischenzinsfrage<'_>) -> Result<(Teile, Euro), Befund> {
    let minus = |a: Euro, b: Euro| a.minus(b).map_err(|_| ausserhalb());
    let mut auszahlungen: Vec<(usize, &Mittelbewegung)> = frage.auszahlungen.iter().enumerate().collect();
    auszahlungen.sort_by_key(|(_, a)| a.am);
    // what is used on one day is one part, however many entries tell of it
    let mut tage = BTreeMap::<NaiveDate, Euro>::new();
    for v in frage.verwendungen {
        let tag = tage.entry(v.am).or_insert(Euro::NULL);
        *tag = tag.plus(v.betrag).map_err(|_| ausserhalb())?;
    }
    let mut offen = tage.into_iter().map(|(am, betrag)| Mittelbewegung { am, betrag });
    let mut naechste = offen.next();
    let mut teile = Vec::new();
    for (nr, a) in auszahlungen {
        let mut rest = a.betrag;
        while rest.ist_positiv() {
            let Some(v) = naechste.as_mut() else { break };
            let betrag = rest.min(v.betrag);
            // money that was laid out before its payout is used the day it comes
            teile.push((nr, Teil { betrag, ausgezahlt_am: a.am, verwendet_am: Some(v.am.max(a.am)) }));
            rest = minus(rest, betrag)?;
            v.betrag = minus(v.betrag, betrag)?;
            if v.betrag.ist_null() {
                naechste = offen.next();
            }
        }
        if rest.ist_positiv() {
            teile.push((nr, Teil { betrag: rest, ausgezahlt_am: a.am, verwendet_am: None }));
        }
    }
    let zuviel = Euro::summe(naechste.into_iter().chain(offen).map(|v| v.betrag)).map_err(|_| ausserhalb())?;
    Ok((teile, zuviel))
}

fn verzinse(t: Teil, frage: &Zwischenzinsfrage<'_>, reihe: &Basiszinsreihe) -> Result<Zwischenzinsposten, Vec<Befund>> {
    let r = &frage.regeln;
    let frist = dauerfrist(t.ausgezahlt_am, r.frist, r.verschiebung).map_err(|b| vec![b])?;
    let ende = t.verwendet_am.or(frage.bis).filter(|e| frist.ende < *e);
    let zinslauf = |bis| -> Result<Zinslauf, Vec<Befund>> {
        let von = match r.beginn {
            Zinsbeginn::Auszahlung => t.ausgezahlt_am,
            Zinsbeginn::Fristablauf => frist.erster_verspaeteter_tag(),
        };
        let frage = Zinsfrage { kapital: t.betrag, von, bis, methode: r.methode, rundung: r.rundung, satz: r.satz };
        let frage = r.zaehlung.anwenden(frage).map_err(|b| vec![b])?;
        Ok(Zinslauf { von: frage.von, bis: frage.bis, ergebnis: berechne(&frage, reihe)? })
    };
    Ok(Zwischenzinsposten {
        betrag: t.betrag,
        ausgezahlt_am: t.ausgezahlt_am,
        frist_ende: frist.ende,
        verwendet_am: t.verwendet_am,
        zinslauf: ende.map(zinslauf).transpose()?,
    })
}

/// The words of one part: its period, its use, its interest.
fn schritte(p: &Zwischenzinsposten, beginn: Zinsbeginn) -> Vec<Rechenschritt> {
    use Sprache::{De, En};
    let schritt = |schritt: &str, norm: &str, text_de: String, text_en: String, formel: String, ergebnis: Euro| {
        Rechenschritt { schritt: schritt.to_owned(), norm: norm.to_owned(), text_de, text_en, formel, ergebnis }
    };
    let (betrag, tag) = (betrag_in_worten, tag_in_worten);
    let mut aus = vec![schritt(
        "FRIST",
        NORM_FRIST,
        format!(
            "{} der Auszahlung vom {} waren bis zum {} zu verwenden.",
            betrag(p.betrag, De),
            tag(p.ausgezahlt_am, De),
            tag(p.frist_ende, De)
        ),
        format!(
            "{} of the payout of {} had to be used by {}.",
            betrag(p.betrag, En),
            tag(p.ausgezahlt_am, En),
            tag(p.frist_ende, En)
        ),
        String::new(),
        p.betrag,
    )];
    let (de, en) = match (p.verwendet_am, &p.zinslauf) {
        (Some(am), None) => (
            format!("Verwendet am {}: rechtzeitig, keine Zinsen.", tag(am, De)),
            format!("Used on {}: in time, no interest.", tag(am, En)),
        ),
        (Some(am), Some(_)) => {
            (format!("Verwendet am {}: verspätet.", tag(am, De)), format!("Used on {}: late.", tag(am, En)))
        }
        (None, Some(z)) => {
            (format!("Bis zum {} nicht verwendet.", tag(z.bis, De)), format!("Not used by {}.", tag(z.bis, En)))
        }
        (None, None) => (
            "Nicht verwendet; ohne abgelaufene Frist oder ohne Endtag keine Zinsen.".to_owned(),
            "Not used; no interest before the period has passed, or without a last day.".to_owned(),
        ),
    };
    aus.push(schritt("VERWENDUNG", NORM, de, en, String::new(), p.betrag));
    if let Some(z) = &p.zinslauf {
        let (ab_de, ab_en) = match beginn {
            Zinsbeginn::Auszahlung => ("ab der Auszahlung", "from the payout"),
            Zinsbeginn::Fristablauf => ("ab dem Ablauf der Frist", "from the end of the period"),
        };
        let stuecke: Vec<String> = z
            .ergebnis
            .abschnitte
            .iter()
            .map(|a| format!("{} × {} % × {} / {}", z.ergebnis.kapital, a.zinssatz, a.tage, a.nenner))
            .collect();
        aus.push(schritt(
            "ZINSEN",
            NORM,
            format!("Zinsen {ab_de}, vom {} bis vor dem {}.", tag(z.von, De), tag(z.bis, De)),
            format!("Interest {ab_en}, from {} until before {}.", tag(z.von, En), tag(z.bis, En)),
            stuecke.join(" + "),
            z.ergebnis.zinsen,
        ));
    }
    aus
}
