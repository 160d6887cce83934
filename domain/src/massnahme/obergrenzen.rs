//! Ceilings per Massnahmeart. Each is a parameter: a value that nobody knows refuses, `KEINE` states there is none.

use super::Massnahme;
use crate::befund::{Befund, Einheit, Messwert};
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

/// A ceiling and how it comes about: a rate times a base.
struct Grenze {
    hoechstens: Result<Euro, GeldFehler>,
    satz: (String, Einheit),
    basis: (String, Einheit),
}

impl Grenze {
    fn je(satz: Euro, anzahl: i64) -> Self {
        Grenze {
            hoechstens: satz.mal(anzahl),
            satz: (satz.to_string(), Einheit::Eur),
            basis: (anzahl.to_string(), Einheit::Anzahl),
        }
    }

    fn anteil(satz: Prozent, zuteilung: Euro) -> Self {
        Grenze {
            hoechstens: zuteilung.anteil_abgerundet(satz),
            satz: (satz.to_string(), Einheit::Prozent),
            basis: (zuteilung.to_string(), Einheit::Eur),
        }
    }
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
        let absolut = self.wert("obergrenze_absolut").map(|w| w.map(|e| Grenze::je(e, 1)));
        let anteil = self.wert("obergrenze_anteil").map(|w| w.map(|p| Grenze::anteil(p, self.bedarf.zuteilung_gesamt)));
        [("obergrenze_absolut", absolut), ("obergrenze_anteil", anteil)]
            .into_iter()
            .filter_map(|(stamm, grenze)| self.vergleiche("/massnahmen", stamm, (beantragt, gebunden), grenze))
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
            let mal = |w: &Result<Option<Euro>, Befund>, n: i64| w.clone().map(|w| w.map(|e| Grenze::je(e, n)));
            let grenzen = [
                ("obergrenze_je_platz", mal(&je_platz, plaetze)),
                ("obergrenze_je_teilnahmemonat", mal(&je_monat, monate)),
                ("obergrenze_je_massnahme", mal(&je_massnahme, 1)),
            ];
            for (stamm, grenze) in grenzen {
                befunde.extend(self.vergleiche(&ort, stamm, (beantragt, Euro::NULL), grenze));
            }
        }
        befunde
    }

    fn vergleiche(
        &self,
        ort: &str,
        stamm: &str,
        (beantragt, gebunden): (Euro, Euro),
        grenze: Result<Option<Grenze>, Befund>,
    ) -> Option<Befund> {
        let grenze = match grenze {
            Err(befund) => return Some(befund),
            Ok(None) => return None,
            Ok(Some(g)) => g,
        };
        let Ok(hoechstens) = grenze.hoechstens else { return Some(Befund::neu(&RECHENBEREICH).ort(ort)) };
        let messwert =
            |name: &str, (wert, einheit): (String, Einheit)| Messwert { name: name.to_owned(), wert, einheit };
        (beantragt > hoechstens).then(|| {
            let mut befund = Befund::neu(&OBERGRENZE)
                .ort(ort)
                .gemessen("massnahmeart", self.art, Einheit::Code)
                .gemessen("grenze", stamm, Einheit::Code)
                .gemessen("gebunden", gebunden, Einheit::Eur)
                .betrag("beantragt", beantragt, "hoechstens", hoechstens)
                .regelwerk(&self.fakten.regelwerk.version);
            befund.erlaubt.extend([messwert("satz", grenze.satz), messwert("basis", grenze.basis)]);
            befund
        })
    }
}
