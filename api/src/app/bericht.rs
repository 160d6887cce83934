//! Reports: load what the caller sees, let the domain arrange it.

mod nachweise;
mod teilnehmende;

pub use nachweise::{Nachweismitwort, nachweisabgleich};
pub use teilnehmende::{Teilnehmende, Zielzeile, teilnehmende, zielerreichung};

use crate::app::jahrgang;
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::bericht::{
    self, Abgleichstelle, Abgleichzeile, Berichtskreis, Budgetauslastung, Mittelabfluss, Planbedarf,
};
use aqb_domain::bescheid::Bescheid;
use aqb_domain::gebietskoerperschaft::stichtag;
use aqb_domain::konto::{Kontoschluessel, LAND};
use aqb_domain::mittelabruf::Mittelabruf;
use aqb_persistence::antrag::{Massnahmenfilter, aktuelle_plaene, massnahmenliste};
use aqb_persistence::bericht::{self as db, Auswahl, Beleg};
use aqb_persistence::{DbConn, bescheid, gebietskoerperschaft, konto, mittelabruf, zahlung};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What narrows a report about participants.
#[derive(Debug, Clone)]
pub struct Berichtsauswahl {
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Kind of measure.
    pub massnahmeart: Option<aqb_domain::katalog::Massnahmeart>,
}

/// What narrows a report.
#[derive(Debug, Clone)]
pub struct Berichtswunsch {
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: Option<String>,
    /// Teilbudget.
    pub teilbudget: Option<String>,
    /// Year in which the money flows.
    pub haushaltsjahr: Option<i32>,
    /// Figures at the end of this legal day.
    pub stichtag: Option<NaiveDate>,
}

impl Berichtswunsch {
    /// What the caller sees of it; a foreign Gebietskoerperschaft leaves nothing.
    pub(super) fn auswahl(&self, c: &mut DbConn, sicht: &Sicht) -> Ergebnis<Auswahl> {
        jahrgang::lesen(c, self.jahrgang)?;
        let mut kreise = gebietskoerperschaft::kreise(c, sicht, stichtag(self.jahrgang), None, i64::MAX)?;
        kreise.retain(|k| self.kreisschluessel.as_ref().is_none_or(|w| w == k));
        Ok(Auswahl {
            jahrgang: self.jahrgang,
            kreise,
            teilbudget: self.teilbudget.clone(),
            haushaltsjahr: self.haushaltsjahr,
            stichtag: self.stichtag,
        })
    }

    fn meint(&self, teilbudget: &str, haushaltsjahr: i32) -> bool {
        self.teilbudget.as_ref().is_none_or(|t| t == teilbudget)
            && self.haushaltsjahr.is_none_or(|h| h == haushaltsjahr)
    }
}

/// How far the budgets are used.
///
/// # Errors
/// 404 without the Jahrgang.
pub fn budgetauslastung(c: &mut DbConn, sicht: &Sicht, w: &Berichtswunsch) -> Ergebnis<Budgetauslastung> {
    let a = w.auswahl(c, sicht)?;
    let mut salden = konto::salden_aller(c, w.jahrgang, &a.kreise, w.stichtag)?;
    salden.retain(|(k, _): &(Kontoschluessel, _)| k.kreisschluessel != LAND && w.meint(&k.teilbudget, k.haushaltsjahr));
    let alle = gebietskoerperschaft::liste(c, Some(stichtag(w.jahrgang)), None, i64::MAX)?;
    let mut namen: HashMap<String, String> = alle.into_iter().map(|g| (g.wert.kreisschluessel, g.wert.name)).collect();
    let kreis = |k: String| Berichtskreis { name: namen.remove(&k).unwrap_or_default(), kreisschluessel: k };
    Ok(bericht::budgetauslastung(a.kreise.into_iter().map(kreis).collect(), &salden)?)
}

/// The Bescheide in force of the selection.
fn geltende(c: &mut DbConn, sicht: &Sicht, a: &Auswahl) -> Ergebnis<Vec<Bescheid>> {
    let f = bescheid::Filter { jahrgang: Some(a.jahrgang), ..bescheid::Filter::default() };
    let alle = bescheid::liste(c, sicht, &f, None, i64::MAX)?.into_iter().map(|b| b.wert);
    Ok(bericht::geltende(alle.filter(|b| a.kreise.contains(&b.inhalt.kreisschluessel)), a.stichtag))
}

/// Money that flowed and money that is needed, by month. Movements end with the `stichtag`; the need is that of the
/// Bescheide in force then, spread over the newest plans.
///
/// # Errors
/// 404 without the Jahrgang.
pub fn mittelabfluss(c: &mut DbConn, sicht: &Sicht, w: &Berichtswunsch) -> Ergebnis<Mittelabfluss> {
    let a = w.auswahl(c, sicht)?;
    let mut bewilligt = BTreeMap::<(Uuid, i32), Vec<_>>::new();
    for b in geltende(c, sicht, &a)? {
        for p in b.inhalt.positionen.iter().filter(|p| w.meint(&p.teilbudget, p.haushaltsjahr)) {
            bewilligt.entry((p.massnahme_id, p.haushaltsjahr)).or_default().push(p.bewilligt);
        }
    }
    let plaene = aktuelle_plaene(c, &bewilligt.keys().map(|(m, _)| *m).collect::<Vec<_>>())?;
    let mut bedarf = Planbedarf::default();
    for ((massnahme, haushaltsjahr), betraege) in bewilligt {
        for betrag in betraege {
            bedarf.verteile(betrag, haushaltsjahr, plaene.get(&massnahme))?;
        }
    }
    Ok(bericht::mittelabfluss(db::bewegungen(c, &a)?, bedarf)?)
}

/// A line of the reconciliation with the title of its measure.
#[derive(Debug, Clone)]
pub struct Abgleichmitwort {
    /// The figures.
    pub zeile: Abgleichzeile,
    /// Title of the measure, where there still is one.
    pub titel: Option<String>,
}

/// All lines of the reconciliation in order of their place.
///
/// # Errors
/// 404 without the Jahrgang, 409 when a Bescheid no longer has its hash.
pub fn abgleich(c: &mut DbConn, sicht: &Sicht, w: &Berichtswunsch) -> Ergebnis<Vec<Abgleichmitwort>> {
    let a = w.auswahl(c, sicht)?;
    let bescheide = geltende(c, sicht, &a)?;
    let f = mittelabruf::Filter { jahrgang: Some(w.jahrgang), ..mittelabruf::Filter::default() };
    let abrufe: Vec<Mittelabruf> = mittelabruf::liste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|m| m.wert)
        .filter(|m| a.kreise.contains(&m.kreisschluessel))
        .collect();
    let zahlungen = zahlung::der_abrufe(c, &abrufe.iter().map(|m| m.id).collect::<Vec<_>>())?;
    let mut zeilen = bericht::abgleich(&bescheide, &abrufe, &zahlungen, db::buchsalden(c, &a)?, w.stichtag)?;
    zeilen.retain(|z| w.meint(&z.stelle.teilbudget, z.stelle.haushaltsjahr));
    let f = Massnahmenfilter { jahrgang: Some(w.jahrgang), ..Massnahmenfilter::default() };
    let titel: HashMap<Uuid, String> = massnahmenliste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .map(|m| (m.massnahme.id, m.massnahme.inhalt.titel))
        .collect();
    Ok(zeilen
        .into_iter()
        .map(|zeile| Abgleichmitwort { titel: zeile.stelle.massnahme_id.and_then(|m| titel.get(&m).cloned()), zeile })
        .collect())
}

/// The postings behind lines of the reconciliation, by their place.
///
/// # Errors
/// As [`abgleich`].
pub fn belege(
    c: &mut DbConn,
    sicht: &Sicht,
    w: &Berichtswunsch,
    stellen: &[Abgleichstelle],
) -> Ergebnis<BTreeMap<Abgleichstelle, Vec<Beleg>>> {
    let a = w.auswahl(c, sicht)?;
    let massnahmen: Vec<Option<Uuid>> = stellen.iter().map(|s| s.massnahme_id).collect();
    let mut je = BTreeMap::<Abgleichstelle, Vec<Beleg>>::new();
    for b in db::belege(c, &a, &massnahmen)? {
        je.entry(b.stelle.clone()).or_default().push(b);
    }
    Ok(je)
}
