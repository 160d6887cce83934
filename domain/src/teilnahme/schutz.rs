//! Small counts: what a report may show so that nobody can compute what it does not show.
//!
//! Measures are put into blocks, once for the whole Jahrgang and whatever is asked for. A block is a single measure whose
//! every count is zero or at least the threshold, or several measures whose sums are. Every figure that is published is
//! a sum over whole blocks; a sum that would cut a block is not published. So whatever figures somebody puts together,
//! from however many reports and filters, say no more than the sums of the blocks. And these leave every small count
//! open: where a cell of a block is below the threshold, its column and its row each hold somebody else, so one person
//! could be exchanged without any sum changing.

use super::{Kennzahl, Kennzahlzeile, Zaehlung};
use crate::katalog::Massnahmeart;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A measure and what is counted about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zaehlmassnahme {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Kind.
    pub massnahmeart: Massnahmeart,
    /// Counts.
    pub zaehlung: Zaehlung,
}

/// Measures whose counts are published together only.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    blaetter: Vec<usize>,
    /// The sums of the block may be published.
    offen: bool,
}

/// A table of counts: one row per measure, one column per value of a feature.
#[derive(Debug, Clone)]
struct Zaehltafel {
    zeilen: Vec<Vec<i64>>,
    bloecke: Vec<Block>,
}

fn spaltensummen(zeilen: &[Vec<i64>], blaetter: &[usize]) -> Vec<i64> {
    let breite = zeilen.first().map_or(0, Vec::len);
    let mut summen = vec![0i64; breite];
    for z in blaetter.iter().filter_map(|b| zeilen.get(*b)) {
        for (s, n) in summen.iter_mut().zip(z) {
            *s = s.saturating_add(*n);
        }
    }
    summen
}

impl Zaehltafel {
    /// Puts atoms (measures, or measures that are together already) into blocks: within a county where that is enough.
    fn neu(zeilen: Vec<Vec<i64>>, gruppen: &[usize], atome: Vec<Vec<usize>>, schwelle: i64) -> Self {
        let mut t = Zaehltafel { zeilen, bloecke: Vec::new() };
        let gruppe = |a: &[usize]| {
            let alle: BTreeSet<usize> = a.iter().filter_map(|b| gruppen.get(*b).copied()).collect();
            if alle.len() == 1 { alle.first().copied() } else { None }
        };
        let (sichere, unsichere): (Vec<_>, Vec<_>) = atome.into_iter().partition(|a| t.sicher(a, schwelle));
        let mut sichere = sichere;
        let mut rest = Vec::new();
        let mut je_gruppe = BTreeMap::<usize, Vec<Vec<usize>>>::new();
        for a in unsichere {
            match gruppe(&a) {
                Some(g) => je_gruppe.entry(g).or_default().push(a),
                None => rest.push(a),
            }
        }
        for (g, offene) in je_gruppe {
            rest.extend(t.vereinige(offene, &mut sichere, |a| gruppe(a) == Some(g), schwelle));
        }
        let uebrig = t.vereinige(rest, &mut sichere, |_| true, schwelle);
        t.bloecke = sichere.into_iter().map(|blaetter| Block { blaetter, offen: true }).collect();
        t.bloecke.extend(uebrig.map(|blaetter| Block { blaetter, offen: false }));
        t
    }

    fn sicher(&self, blaetter: &[usize], schwelle: i64) -> bool {
        spaltensummen(&self.zeilen, blaetter).iter().all(|n| *n == 0 || *n >= schwelle)
    }

    /// Joins unsafe atoms until they are safe; what is left takes safe partners. What no partner helps comes back.
    fn vereinige(
        &self,
        offene: Vec<Vec<usize>>,
        sichere: &mut Vec<Vec<usize>>,
        passt: impl Fn(&[usize]) -> bool,
        schwelle: i64,
    ) -> Option<Vec<usize>> {
        let mut block = Vec::new();
        for a in offene {
            block.extend(a);
            if self.sicher(&block, schwelle) {
                sichere.push(std::mem::take(&mut block));
            }
        }
        if block.is_empty() {
            return None;
        }
        // small partners first, so that little is hidden along
        let mut partner: Vec<usize> =
            (0..sichere.len()).filter(|i| sichere.get(*i).is_some_and(|a| passt(a))).collect();
        let groesse = |i: &usize| sichere.get(*i).map_or(0, |a| spaltensummen(&self.zeilen, a).iter().sum::<i64>());
        partner.sort_by_key(groesse);
        let mit = |wahl: &[usize]| {
            let dazu = wahl.iter().filter_map(|i| sichere.get(*i)).flatten();
            block.iter().chain(dazu).copied().collect::<Vec<usize>>()
        };
        let einzeln = partner.iter().map(std::slice::from_ref);
        let gemeinsam = (2..=partner.len()).filter_map(|n| partner.get(..n));
        let wahl = einzeln.chain(gemeinsam).find(|w| self.sicher(&mit(w), schwelle)).map(<[usize]>::to_vec);
        let Some(wahl) = wahl else { return Some(block) };
        let neu = mit(&wahl);
        let mut nr = 0usize;
        sichere.retain(|_| {
            nr = nr.saturating_add(1);
            !wahl.contains(&nr.saturating_sub(1))
        });
        sichere.push(neu);
        None
    }

    /// The sums over the chosen measures; none where a block would be cut or must not be published.
    fn summe(&self, gewaehlt: &[bool]) -> Option<Vec<i64>> {
        let drin = |b: &usize| gewaehlt.get(*b).copied().unwrap_or(false);
        for block in &self.bloecke {
            let n = block.blaetter.iter().filter(|b| drin(b)).count();
            if n > 0 && (n < block.blaetter.len() || !block.offen) {
                return None;
            }
        }
        let alle: Vec<usize> = (0..self.zeilen.len()).filter(drin).collect();
        Some(spaltensummen(&self.zeilen, &alle))
    }
}

/// One Kennzahl as it may be published; none where a count is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schutzzeile {
    /// What is counted.
    pub merkmal: Kennzahl,
    /// Everybody.
    pub gesamt: Option<i64>,
    /// Sex: female, male, diverse, no entry; all or none.
    pub geschlecht: Option<[i64; 4]>,
    /// Age: below 25, others; all or none.
    pub alter: Option<[i64; 2]>,
    /// Migration background: with, without, not said; all or none.
    pub migration: Option<[i64; 3]>,
}

impl From<Kennzahlzeile> for Schutzzeile {
    fn from(z: Kennzahlzeile) -> Self {
        Schutzzeile {
            merkmal: z.merkmal,
            gesamt: Some(z.gesamt),
            geschlecht: Some(z.nach_geschlecht()),
            alter: Some(z.nach_alter()),
            migration: Some(z.nach_migration()),
        }
    }
}

/// Tables of one Kennzahl: everybody, sex, age, migration background.
#[derive(Debug, Clone)]
struct Kennzahltafeln {
    gesamt: Zaehltafel,
    geschlecht: Zaehltafel,
    alter: Zaehltafel,
    migration: Zaehltafel,
}

/// A value that somebody else reports may stand beside counts of the same people: it is zero or not small, and none of the
/// counts is withheld that it could bring to light.
pub fn meldung_offen(gemeldet: i64, daneben: &[Option<i64>], schwelle: i64) -> bool {
    (gemeldet == 0 || gemeldet >= schwelle) && daneben.iter().all(Option::is_some)
}

/// The counts of a Jahrgang with everything withheld that must be.
#[derive(Debug, Clone)]
pub struct Kleinzahlschutz {
    massnahmen: Vec<Zaehlmassnahme>,
    /// None: nothing is withheld.
    tafeln: Option<(BTreeMap<Kennzahl, Kennzahltafeln>, Vec<String>, Zaehltafel)>,
}

impl Kleinzahlschutz {
    /// Of all measures of a Jahrgang, whoever asks; `schwelle` is the smallest count that is shown.
    pub fn neu(mut massnahmen: Vec<Zaehlmassnahme>, schwelle: i64) -> Self {
        massnahmen.sort_by(|a, b| {
            let schluessel = |m: &Zaehlmassnahme| (m.kreisschluessel.clone(), m.massnahmeart, m.massnahme_id);
            schluessel(a).cmp(&schluessel(b))
        });
        let kreise: BTreeSet<&str> = massnahmen.iter().map(|m| m.kreisschluessel.as_str()).collect();
        let nr = |k: &str| kreise.iter().position(|x| *x == k).unwrap_or_default();
        let gruppen: Vec<usize> = massnahmen.iter().map(|m| nr(&m.kreisschluessel)).collect();
        let einzeln = || (0..massnahmen.len()).map(|i| vec![i]).collect::<Vec<_>>();
        let bloecke = |t: &Zaehltafel| t.bloecke.iter().map(|b| b.blaetter.clone()).collect::<Vec<_>>();
        let mut tafeln = BTreeMap::new();
        for k in Kennzahl::ALLE {
            let zeilen = |f: &dyn Fn(&Kennzahlzeile) -> Vec<i64>| {
                massnahmen.iter().map(|m| f(&m.zaehlung.zeile(*k))).collect::<Vec<_>>()
            };
            // the totals first: a feature is split within what is known of them
            let gesamt = Zaehltafel::neu(zeilen(&|z| vec![z.gesamt]), &gruppen, einzeln(), schwelle);
            let teil = |zeilen| Zaehltafel::neu(zeilen, &gruppen, bloecke(&gesamt), schwelle);
            let geschlecht = teil(zeilen(&|z| z.nach_geschlecht().to_vec()));
            let alter = teil(zeilen(&|z| z.nach_alter().to_vec()));
            let migration = teil(zeilen(&|z| z.nach_migration().to_vec()));
            tafeln.insert(*k, Kennzahltafeln { gesamt, geschlecht, alter, migration });
        }
        let codes: BTreeSet<&String> = massnahmen.iter().flat_map(|m| m.zaehlung.zielgruppen.keys()).collect();
        let codes: Vec<String> = codes.into_iter().cloned().collect();
        let je_code = |m: &Zaehlmassnahme| {
            codes.iter().map(|c| m.zaehlung.zielgruppen.get(c).copied().unwrap_or_default()).collect::<Vec<i64>>()
        };
        let atome = tafeln.get(&Kennzahl::Eintritte).map_or_else(einzeln, |t| bloecke(&t.gesamt));
        let zielgruppen = Zaehltafel::neu(massnahmen.iter().map(je_code).collect(), &gruppen, atome, schwelle);
        Kleinzahlschutz { massnahmen, tafeln: Some((tafeln, codes, zielgruppen)) }
    }

    /// Of measures whose people the caller reads anyway: nothing is withheld.
    pub fn ohne(massnahmen: Vec<Zaehlmassnahme>) -> Self {
        Kleinzahlschutz { massnahmen, tafeln: None }
    }

    /// The measures.
    pub fn massnahmen(&self) -> &[Zaehlmassnahme] {
        &self.massnahmen
    }

    fn summe(&self, wahl: &dyn Fn(&Zaehlmassnahme) -> bool) -> Zaehlung {
        let mut z = Zaehlung::default();
        for m in self.massnahmen.iter().filter(|m| wahl(m)) {
            z.plus(&m.zaehlung);
        }
        z
    }

    /// Every Kennzahl over the chosen measures.
    pub fn zeilen(&self, wahl: &dyn Fn(&Zaehlmassnahme) -> bool) -> Vec<Schutzzeile> {
        let Some((tafeln, ..)) = &self.tafeln else {
            return self.summe(wahl).kennzahlen.into_iter().map(Schutzzeile::from).collect();
        };
        let gewaehlt: Vec<bool> = self.massnahmen.iter().map(wahl).collect();
        let zeile = |(k, t): (&Kennzahl, &Kennzahltafeln)| Schutzzeile {
            merkmal: *k,
            gesamt: t.gesamt.summe(&gewaehlt).and_then(|s| s.first().copied()),
            geschlecht: t.geschlecht.summe(&gewaehlt).and_then(|s| s.try_into().ok()),
            alter: t.alter.summe(&gewaehlt).and_then(|s| s.try_into().ok()),
            migration: t.migration.summe(&gewaehlt).and_then(|s| s.try_into().ok()),
        };
        tafeln.iter().map(zeile).collect()
    }

    /// Entries of one target group over the chosen measures; none where the count is withheld.
    pub fn zielgruppe(&self, code: &str, wahl: &dyn Fn(&Zaehlmassnahme) -> bool) -> Option<i64> {
        let Some((_, codes, tafel)) = &self.tafeln else {
            return Some(self.summe(wahl).zielgruppen.get(code).copied().unwrap_or_default());
        };
        let gewaehlt: Vec<bool> = self.massnahmen.iter().map(wahl).collect();
        let summen = tafel.summe(&gewaehlt)?;
        match codes.iter().position(|c| c == code) {
            Some(nr) => summen.get(nr).copied(),
            None => Some(0),
        }
    }
}

#[cfg(test)]
mod tests;
