//! What is left of a case and of a Jahrgang: every ledger line with the acts that moved it, and what goes on.

use crate::app::antrag::lesen as antrag_lesen;
use crate::app::bericht::Berichtswunsch;
use crate::fehler::Ergebnis;
use aqb_domain::antrag::{Antrag, AntragStatus};
use aqb_domain::berechtigung::{Akteur, Recht, Sicht};
use aqb_domain::bericht::Abgleichstelle;
use aqb_domain::forderung::{Forderung, ForderungStatus};
use aqb_domain::frist::{Frist, Fristart, Fristzustand};
use aqb_domain::geld::Euro;
use aqb_domain::konto::Kontoart;
use aqb_persistence::antrag::{Massnahmenfilter, Massnahmenzeile, massnahmenliste};
use aqb_persistence::bericht::{self, Auswahl, Beleg};
use aqb_persistence::{DbConn, bescheid, forderung, frist, konto};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// An account of a measure with what moved it.
#[derive(Debug, Clone)]
pub struct Kontozeile {
    /// Place.
    pub stelle: Abgleichstelle,
    /// Account.
    pub konto: Kontoart,
    /// Balance.
    pub saldo: Euro,
    /// Postings in order of time; together the balance.
    pub bewegungen: Vec<Beleg>,
}

/// A case at its end.
#[derive(Debug, Clone)]
pub struct Fallabschluss {
    /// The application.
    pub antrag: Antrag,
    /// Granted and never called.
    pub abrufbar: Euro,
    /// Free on the county's accounts at the places of the case.
    pub verfuegbar: Euro,
    /// It has its end: refused, withdrawn, decided finally, or taken back as a whole.
    pub entschieden: bool,
    /// Every account of its measures.
    pub zeilen: Vec<Kontozeile>,
    /// Open deadlines that demand something.
    pub fristen: Vec<Frist>,
    /// Claims of which something is open.
    pub forderungen: Vec<Forderung>,
}

impl Fallabschluss {
    /// Nothing is left to do: it has its end, no money is unsettled, nothing is demanded, nothing is owed.
    pub fn abgeschlossen(&self) -> bool {
        let geklaert = |z: &Kontozeile| !z.konto.ist_ungeklaert() || z.saldo.ist_null();
        self.entschieden && self.zeilen.iter().all(geklaert) && self.fristen.is_empty() && self.forderungen.is_empty()
    }
}

/// The case has its end.
fn entschieden(c: &mut DbConn, antrag: &Antrag) -> Ergebnis<bool> {
    if matches!(antrag.status, AntragStatus::Abgelehnt | AntragStatus::Zurueckgezogen) {
        return Ok(true);
    }
    let Some(b) = bescheid::geltend(c, antrag.id)? else { return Ok(false) };
    Ok(b.wert.inhalt.schluss.is_some() || b.wert.inhalt.bewilligt()?.ist_null())
}

/// Open deadlines that demand something of somebody.
fn fordernde(c: &mut DbConn, sicht: &Sicht, f: frist::Filter, heute: NaiveDate) -> Ergebnis<Vec<Frist>> {
    let mut alle = Vec::new();
    for zustand in [Fristzustand::Offen, Fristzustand::Ueberfaellig] {
        let f = frist::Filter { zustand: Some((zustand, heute)), ..f.clone() };
        alle.extend(frist::liste(c, sicht, &f, None, i64::MAX)?.into_iter().map(|f| f.wert));
    }
    alle.retain(|f| !matches!(f.art, Fristart::Rechtsbehelf | Fristart::Verjaehrung));
    alle.sort_by_key(|f| (f.faellig_am, f.id));
    Ok(alle)
}

fn offene_forderungen(c: &mut DbConn, sicht: &Sicht, f: forderung::Filter) -> Ergebnis<Vec<Forderung>> {
    let status = ForderungStatus::ALLE.iter().copied().filter(|s| s.unerledigt()).collect();
    let f = forderung::Filter { status: Some(status), ..f };
    Ok(forderung::liste(c, sicht, &f, None, i64::MAX)?.into_iter().map(|f| f.wert).collect())
}

/// Every ledger line of a case the caller sees, and what stands in the way of its end.
///
/// # Errors
/// 404.
pub fn fall(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid, heute: NaiveDate) -> Ergebnis<Fallabschluss> {
    let antrag = antrag_lesen(c, sicht, id)?.wert;
    let a = Auswahl { jahrgang: antrag.jahrgang, kreise: vec![antrag.kreisschluessel.clone()], ..Auswahl::default() };
    let ids: Vec<Uuid> = antrag.massnahmen.iter().map(|m| m.massnahme.id).collect();
    let massnahmen: Vec<Option<Uuid>> = ids.iter().copied().map(Some).collect();
    let mut je = BTreeMap::<(Abgleichstelle, Kontoart), Vec<Beleg>>::new();
    for b in bericht::belege(c, &a, &massnahmen)? {
        je.entry((b.stelle.clone(), b.konto)).or_default().push(b);
    }
    let mut zeilen = Vec::with_capacity(je.len());
    for ((stelle, konto), bewegungen) in je {
        let saldo = Euro::summe(bewegungen.iter().map(|b| b.betrag))?;
        zeilen.push(Kontozeile { stelle, konto, saldo, bewegungen });
    }
    let gebunden = zeilen.iter().filter(|z| z.konto == Kontoart::Gebunden).map(|z| z.saldo);
    let abrufbar = Euro::summe(gebunden)?;
    let hier = |teilbudget: &str, hj: i32| {
        zeilen.iter().any(|z| z.stelle.teilbudget == teilbudget && z.stelle.haushaltsjahr == hj)
    };
    let frei = konto::freies(c, antrag.jahrgang, Some(&antrag.kreisschluessel))?;
    let frei = frei.iter().filter(|(k, _)| hier(&k.teilbudget, k.haushaltsjahr)).map(|(_, s)| *s);
    let verfuegbar = Euro::summe(frei)?;
    let fristen = frist::Filter { antrag_id: Some(id), ..frist::Filter::default() };
    let offen = forderung::Filter { antrag_id: Some(id), ..forderung::Filter::default() };
    Ok(Fallabschluss {
        entschieden: entschieden(c, &antrag)?,
        abrufbar,
        verfuegbar,
        fristen: fordernde(c, sicht, fristen, heute)?,
        forderungen: if akteur.darf(Recht::ForderungLesen) { offene_forderungen(c, sicht, offen)? } else { Vec::new() },
        zeilen,
        antrag,
    })
}

/// Money at one place that goes on into the next year.
#[derive(Debug, Clone)]
pub struct Uebertragsstelle {
    /// Place.
    pub stelle: Abgleichstelle,
    /// The measure; none where money names none.
    pub massnahme: Option<Massnahmenzeile>,
    /// Accounts whose money is not settled, with their balances.
    pub konten: Vec<(Kontoart, Euro)>,
}

/// What goes on of one Gebietskoerperschaft.
#[derive(Debug, Clone)]
pub struct Uebertragskreis {
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Free; goes back to the programme when the Jahrgang is closed.
    pub frei: Euro,
    /// Unsettled money.
    pub stellen: Vec<Uebertragsstelle>,
    /// Open deadlines.
    pub fristen: Vec<Frist>,
    /// Open claims.
    pub forderungen: Vec<Forderung>,
}

/// What a Jahrgang hands over to the next one, per Gebietskoerperschaft the caller sees.
///
/// # Errors
/// 404 without the Jahrgang.
pub fn uebertragsliste(
    c: &mut DbConn,
    sicht: &Sicht,
    akteur: &Akteur,
    w: &Berichtswunsch,
    heute: NaiveDate,
) -> Ergebnis<Vec<Uebertragskreis>> {
    let a = w.auswahl(c, sicht)?;
    let f = Massnahmenfilter { jahrgang: Some(w.jahrgang), ..Massnahmenfilter::default() };
    let massnahmen: BTreeMap<Uuid, Massnahmenzeile> =
        massnahmenliste(c, sicht, &f, None, i64::MAX)?.into_iter().map(|m| (m.massnahme.id, m)).collect();
    let mut stellen = BTreeMap::<Abgleichstelle, Vec<(Kontoart, Euro)>>::new();
    for (stelle, konto, saldo) in bericht::buchsalden(c, &a)? {
        if konto.ist_ungeklaert() && !saldo.ist_null() {
            stellen.entry(stelle).or_default().push((konto, saldo));
        }
    }
    let frei = konto::freies(c, w.jahrgang, None)?;
    let f = frist::Filter { jahrgang: Some(w.jahrgang), ..frist::Filter::default() };
    let fristen = fordernde(c, sicht, f, heute)?;
    let f = forderung::Filter { jahrgang: Some(w.jahrgang), ..forderung::Filter::default() };
    let forderungen = if akteur.darf(Recht::ForderungLesen) { offene_forderungen(c, sicht, f)? } else { Vec::new() };
    let mut kreise = Vec::with_capacity(a.kreise.len());
    for kreis in a.kreise {
        let eigene = |k: &str| k == kreis;
        let hier = stellen.iter().filter(|(s, _)| eigene(&s.kreisschluessel));
        let uebertrag = Uebertragskreis {
            frei: Euro::summe(frei.iter().filter(|(k, _)| eigene(&k.kreisschluessel)).map(|(_, s)| *s))?,
            stellen: hier
                .map(|(stelle, konten)| Uebertragsstelle {
                    massnahme: stelle.massnahme_id.and_then(|m| massnahmen.get(&m).cloned()),
                    stelle: stelle.clone(),
                    konten: konten.clone(),
                })
                .collect(),
            fristen: fristen.iter().filter(|f| eigene(&f.kreisschluessel)).cloned().collect(),
            forderungen: forderungen.iter().filter(|f| eigene(&f.kreisschluessel)).cloned().collect(),
            kreisschluessel: kreis,
        };
        kreise.push(uebertrag);
    }
    Ok(kreise)
}
