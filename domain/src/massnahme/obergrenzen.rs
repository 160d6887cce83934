//! Ceilings per Massnahmeart. Each is a parameter: a value that nobody knows refuses, `KEINE` states there is none.

use super::Massnahme;
use crate::befund::{Befund, Einheit};
use crate::finanzierungsplan::Planfakten;
use crate::geld::{Euro, GeldFehler, Prozent};
use crate::katalog::Massnahmeart;
use crate::regel::{OBERGRENZE, PARAMETER_FEHLT, RECHENBEREICH};
use std::collections::BTreeMap;
use std::str::FromStr;

/// What the ceilings of a Massnahmeart are compared with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Artbedarf<'a> {
    /// Everything allocated to the applicant in the Jahrgang.
    pub zuteilung_gesamt: Euro,
    /// Already bound per kind by other Bescheide of the applicant in the Jahrgang.
    pub gebunden: Option<&'a BTreeMap<Massnahmeart, Euro>>,
}

/// Checks every ceiling of the kinds that occur in `massnahmen`.
///
/// `obergrenze_absolut` and `obergrenze_anteil` (of the Zuteilung of the Jahrgang) limit the kind as a whole, other
/// Bescheide included; `obergrenze_je_platz`, `obergrenze_je_teilnahmemonat` and `obergrenze_je_massnahme` limit each
/// measure. A ceiling per place leaves nothing to kind 4, which has no places.
pub fn pruefe_obergrenzen<'a>(
    massnahmen: impl IntoIterator<Item = &'a Massnahme>,
    bedarf: &Artbedarf<'_>,
    fakten: &Planfakten<'_>,
) -> Vec<Befund> {
    let mut je_art = BTreeMap::<Massnahmeart, Vec<&Massnahme>>::new();
    for m in massnahmen {
        je_art.entry(m.massnahmeart()).or_default().push(m);
    }
    let mut befunde = Vec::new();
    for (art, massnahmen) in je_art {
        let pruefung = Pruefung { art, bedarf, fakten };
        for ergebnis in [pruefung.der_art(&massnahmen), pruefung.der_massnahmen(&massnahmen)] {
            befunde.extend(ergebnis);
        }
    }
    befunde
}

struct Pruefung<'a> {
    art: Massnahmeart,
    bedarf: &'a Artbedarf<'a>,
    fakten: &'a Planfakten<'a>,
}

impl Pruefung<'_> {
    /// The ceiling's value, if the Regelwerk states that there is one.
    fn wert<T: FromStr>(&self, stamm: &str) -> Result<Option<T>, Befund> {
        let schluessel = format!("{stamm}.{}", self.art.schluesselteil());
        let stichtag = self.fakten.stichtag();
        let Some(zeile) = self.fakten.regelwerk.obergrenze(&schluessel, stichtag)? else { return Ok(None) };
        zeile.wert.as_deref().and_then(|w| w.parse().ok()).map(Some).ok_or_else(|| {
            Befund::neu(&PARAMETER_FEHLT)
                .gemessen("parameter", &schluessel, Einheit::Code)
                .gemessen("stichtag", stichtag, Einheit::Datum)
                .regelwerk(&self.fakten.regelwerk.version)
        })
    }

    fn der_art(&self, massnahmen: &[&Massnahme]) -> Vec<Befund> {
        let gebunden = self.bedarf.gebunden.and_then(|g| g.get(&self.art)).copied().unwrap_or_default();
        let summe = massnahmen.iter().try_fold(gebunden, |s, m| s.plus(m.inhalt.finanzierungsplan.land()?));
        let Ok(beantragt) = summe else { return vec![Befund::neu(&RECHENBEREICH).ort("/massnahmen")] };
        let absolut = self.wert::<Euro>("obergrenze_absolut").map(|w| w.map(Ok));
        let anteil = self
            .wert::<Prozent>("obergrenze_anteil")
            .map(|w| w.map(|p| self.bedarf.zuteilung_gesamt.anteil_abgerundet(p)));
        [("obergrenze_absolut", absolut), ("obergrenze_anteil", anteil)]
            .into_iter()
            .filter_map(|(stamm, grenze)| self.vergleiche("/massnahmen", stamm, beantragt, grenze))
            .collect()
    }

    fn der_massnahmen(&self, massnahmen: &[&Massnahme]) -> Vec<Befund> {
        let je_platz = self.wert::<Euro>("obergrenze_je_platz");
        let je_monat = self.wert::<Euro>("obergrenze_je_teilnahmemonat");
        let je_massnahme = self.wert::<Euro>("obergrenze_je_massnahme");
        let mut befunde = Vec::new();
        for m in massnahmen {
            let ort = format!("{}/finanzierungsplan/finanzierung", m.ort());
            let Ok(beantragt) = m.inhalt.finanzierungsplan.land() else {
                befunde.push(Befund::neu(&RECHENBEREICH).ort(ort));
                continue;
            };
            let (plaetze, monate) = m.inhalt.details.teilnahmeplan().map_or((0, 0), |t| {
                (i64::from(t.plaetze), i64::from(t.teilnehmende).saturating_mul(i64::from(t.dauer_monate)))
            });
            let mal = |w: &Result<Option<Euro>, Befund>, n: i64| w.clone().map(|w| w.map(|e| e.mal(n)));
            let grenzen = [
                ("obergrenze_je_platz", mal(&je_platz, plaetze)),
                ("obergrenze_je_teilnahmemonat", mal(&je_monat, monate)),
                ("obergrenze_je_massnahme", mal(&je_massnahme, 1)),
            ];
            for (stamm, grenze) in grenzen {
                befunde.extend(self.vergleiche(&ort, stamm, beantragt, grenze));
            }
        }
        befunde
    }

    fn vergleiche(
        &self,
        ort: &str,
        stamm: &str,
        beantragt: Euro,
        grenze: Result<Option<Result<Euro, GeldFehler>>, Befund>,
    ) -> Option<Befund> {
        let hoechstens = match grenze {
            Err(befund) => return Some(befund),
            Ok(None) => return None,
            Ok(Some(Err(_))) => return Some(Befund::neu(&RECHENBEREICH).ort(ort)),
            Ok(Some(Ok(h))) => h,
        };
        (beantragt > hoechstens).then(|| {
            Befund::neu(&OBERGRENZE)
                .ort(ort)
                .gemessen("massnahmeart", self.art, Einheit::Code)
                .gemessen("grenze", stamm, Einheit::Code)
                .betrag("beantragt", beantragt, "hoechstens", hoechstens)
                .regelwerk(&self.fakten.regelwerk.version)
        })
    }
}
