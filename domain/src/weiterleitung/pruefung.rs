//! What a Weiterleitung must keep: the measure, its grant, its Traeger, the days of the Gebietskoerperschaft.

use super::Weiterleitungsinhalt;
use crate::befund::{Befund, Einheit};
use crate::bescheid::{Bescheid, Nebenbestimmungen};
use crate::budget::pruefe_betrag;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::massnahme::{Durchfuehrungsform, Massnahme};
use crate::regel::{
    NACHWEIS_VOR_ENDE, NACHWEISFRIST_ZU_SPAET, NEBENBESTIMMUNGEN_PRIVAT, RECHENBEREICH, TRAEGER_NICHT_IM_FALL,
    WEITERLEITUNG_NICHT_VORGESEHEN, WEITERLEITUNG_OHNE_BESCHEID, WEITERLEITUNG_UEBER_BEWILLIGT, WEITERLEITUNG_ZEITRAUM,
};
use crate::regelwerk::{Dauer, Regelwerk};
use crate::traeger::Traeger;
use chrono::{Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// What lies with the Gebietskoerperschaft for a measure, per Haushaltsjahr and Teilbudget.
pub type Empfangen = BTreeMap<(i32, String), Euro>;

/// What the acts of a Weiterleitung need to know beside it.
#[derive(Debug, Clone)]
pub struct Weiterleitungsfakten<'a> {
    /// The measure, if the application has it.
    pub massnahme: Option<&'a Massnahme>,
    /// The Traeger, if it exists and a measure of the application names it.
    pub traeger: Option<&'a Traeger>,
    /// The newest grant that is effective.
    pub bescheid: Option<&'a Bescheid>,
    /// Last day of the Gebietskoerperschaft's own proof, where one runs.
    pub nachweis_bis: Option<NaiveDate>,
    /// What other Weiterleitungen take of the measure's grant.
    pub vergeben: Euro,
    /// What lies with the Gebietskoerperschaft for the measure.
    pub bestand: Empfangen,
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// Jahrgang of the case.
    pub jahrgang: i32,
    /// Legal day.
    pub heute: NaiveDate,
}

/// The last day a Traeger's proof may have so that the Gebietskoerperschaft's own is in time: parameter
/// `weiterleitung_vn_vorlauf` before `eigener`.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn spaetester_nachweis(eigener: NaiveDate, jahrgang: i32, regelwerk: &Regelwerk) -> Result<NaiveDate, Befund> {
    let tag = match regelwerk.dauer("weiterleitung_vn_vorlauf", stichtag(jahrgang))? {
        Dauer::Monate(n) => eigener.checked_sub_months(Months::new(n)),
        Dauer::Wochen(n) => eigener.checked_sub_days(Days::new(u64::from(n).saturating_mul(7))),
        Dauer::Tage(n) => eigener.checked_sub_days(Days::new(u64::from(n))),
    };
    Ok(tag.unwrap_or(NaiveDate::MIN))
}

/// The finding `NACHWEISFRIST_ZU_SPAET` for a proof after the last day that leaves the Gebietskoerperschaft its time.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn nachweis_zu_spaet(
    angegeben: NaiveDate,
    eigener: NaiveDate,
    (jahrgang, regelwerk): (i32, &Regelwerk),
    ort: &str,
) -> Result<Option<Befund>, Befund> {
    let spaetestens = spaetester_nachweis(eigener, jahrgang, regelwerk)?;
    Ok((angegeben > spaetestens).then(|| {
        Befund::neu(&NACHWEISFRIST_ZU_SPAET)
            .ort(ort)
            .gemessen("angegeben", angegeben, Einheit::Datum)
            .gemessen("eigener", eigener, Einheit::Datum)
            .erlaubt("spaetestens", spaetestens, Einheit::Datum)
    }))
}

impl Weiterleitungsinhalt {
    /// Everything that speaks against it.
    pub fn pruefe(&self, f: &Weiterleitungsfakten<'_>) -> Vec<Befund> {
        let mut befunde: Vec<Befund> = self.pruefe_beteiligte(f);
        befunde.extend(pruefe_betrag(self.betrag, "/inhalt/betrag"));
        let Some(b) = f.bescheid else {
            befunde.push(Befund::neu(&WEITERLEITUNG_OHNE_BESCHEID).gemessen("heute", f.heute, Einheit::Datum));
            return befunde;
        };
        match self.frei(f, b) {
            Ok(frei) if self.betrag > frei => {
                befunde.push(Befund::neu(&WEITERLEITUNG_UEBER_BEWILLIGT).ort("/inhalt/betrag").betrag(
                    "betrag",
                    self.betrag,
                    "frei",
                    frei,
                ))
            }
            Ok(_) => {}
            Err(e) => befunde.push(e),
        }
        if let Some(eltern) = b.inhalt.bewilligungszeitraum
            && !(self.bewilligungszeitraum.ist_geordnet() && eltern.umfasst(&self.bewilligungszeitraum))
        {
            befunde.push(
                Befund::neu(&WEITERLEITUNG_ZEITRAUM)
                    .ort("/inhalt/bewilligungszeitraum")
                    .gemessen("von", self.bewilligungszeitraum.von, Einheit::Datum)
                    .gemessen("bis", self.bewilligungszeitraum.bis, Einheit::Datum)
                    .erlaubt("fruehestens", eltern.von, Einheit::Datum)
                    .erlaubt("spaetestens", eltern.bis, Einheit::Datum),
            );
        }
        if self.vn_frist < self.bewilligungszeitraum.bis {
            befunde.push(
                Befund::neu(&NACHWEIS_VOR_ENDE)
                    .ort("/inhalt/vn_frist")
                    .gemessen("angegeben", self.vn_frist, Einheit::Datum)
                    .erlaubt("ende", self.bewilligungszeitraum.bis, Einheit::Datum),
            );
        }
        // an extension counts; without a running deadline the day the grant itself would set
        let eigener = f.nachweis_bis.map_or_else(|| b.schlussnachweis_bis(f.regelwerk), |tag| Ok(Some(tag)));
        let zu_spaet = eigener.and_then(|tag| match tag {
            Some(t) => nachweis_zu_spaet(self.vn_frist, t, (f.jahrgang, f.regelwerk), "/inhalt/vn_frist"),
            None => Ok(None),
        });
        befunde.extend(zu_spaet.unwrap_or_else(Some));
        befunde
    }

    fn pruefe_beteiligte(&self, f: &Weiterleitungsfakten<'_>) -> Vec<Befund> {
        let mut befunde = Vec::new();
        match f.massnahme {
            Some(m) if m.inhalt.durchfuehrungsform == Durchfuehrungsform::Weiterleitung => {}
            m => {
                let form = m.map_or("–", |m| m.inhalt.durchfuehrungsform.code());
                befunde.push(
                    Befund::neu(&WEITERLEITUNG_NICHT_VORGESEHEN)
                        .ort("/inhalt/massnahme_id")
                        .gemessen("massnahme_id", self.massnahme_id, Einheit::Code)
                        .gemessen("durchfuehrungsform", form, Einheit::Code),
                );
            }
        }
        match f.traeger {
            None => befunde.push(Befund::neu(&TRAEGER_NICHT_IM_FALL).ort("/inhalt/traeger_id").gemessen(
                "traeger_id",
                self.traeger_id,
                Einheit::Code,
            )),
            Some(t) if t.angaben.rechtsform.ist_privat() && self.nebenbestimmungen != Nebenbestimmungen::AnbestP => {
                befunde.push(
                    Befund::neu(&NEBENBESTIMMUNGEN_PRIVAT)
                        .ort("/inhalt/nebenbestimmungen")
                        .gemessen("rechtsform", t.angaben.rechtsform, Einheit::Code)
                        .erlaubt("nebenbestimmungen", Nebenbestimmungen::AnbestP, Einheit::Code),
                );
            }
            Some(_) => {}
        }
        befunde
    }

    /// What of the measure's grant is not passed on yet.
    fn frei(&self, f: &Weiterleitungsfakten<'_>, b: &Bescheid) -> Result<Euro, Befund> {
        let der_massnahme = b.inhalt.positionen.iter().filter(|p| p.massnahme_id == self.massnahme_id);
        Euro::summe(der_massnahme.map(|p| p.bewilligt))
            .and_then(|bewilligt| bewilligt.minus(f.vergeben))
            .map_err(|_| Befund::neu(&RECHENBEREICH))
    }
}
