//! What is counted about participants: the Kennzahlen of the Sachbericht and of the reports.

use super::{Altersgruppe, Geschlecht, Teilnahme, TeilnahmeStatus, Teilnahmeinhalt, Verbleib};
use crate::zeit::{Zeitraum, tag};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::status! {
    /// What is counted.
    Kennzahl {
        /// Entries.
        Eintritte = "EINTRITTE",
        /// Exits before the planned end.
        AustritteVorzeitig = "AUSTRITTE_VORZEITIG",
        /// Exits at the planned end.
        AustritteRegulaer = "AUSTRITTE_REGULAER",
        /// Exits into training.
        UebergangAusbildung = "UEBERGANG_AUSBILDUNG",
        /// Exits into employment subject to social insurance.
        UebergangSvBeschaeftigung = "UEBERGANG_SV_BESCHAEFTIGUNG",
        /// Exits into school.
        UebergangSchule = "UEBERGANG_SCHULE",
        /// Exits with the aim of the measure reached.
        AbschlussErreicht = "ABSCHLUSS_ERREICHT",
        /// Exits after which nothing is known.
        VerbleibUnbekannt = "VERBLEIB_UNBEKANNT",
    }
}

impl Kennzahl {
    /// Counted by the day of entry; the others by the day of exit.
    const fn bei_eintritt(self) -> bool {
        matches!(self, Kennzahl::Eintritte)
    }

    fn trifft(self, i: &Teilnahmeinhalt) -> bool {
        let Some(a) = &i.austritt else { return self.bei_eintritt() };
        match self {
            Kennzahl::Eintritte => true,
            Kennzahl::AustritteVorzeitig => !a.austrittsgrund.regulaer(),
            Kennzahl::AustritteRegulaer => a.austrittsgrund.regulaer(),
            Kennzahl::UebergangAusbildung => a.verbleib == Verbleib::Ausbildung,
            Kennzahl::UebergangSvBeschaeftigung => a.verbleib == Verbleib::SvBeschaeftigung,
            Kennzahl::UebergangSchule => a.verbleib == Verbleib::Schule,
            Kennzahl::AbschlussErreicht => a.abschluss_erreicht,
            Kennzahl::VerbleibUnbekannt => a.verbleib == Verbleib::Unbekannt,
        }
    }
}

/// One Kennzahl, in all and by group. Sex, age and migration background each add up to `gesamt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kennzahlzeile {
    /// What is counted.
    pub merkmal: Kennzahl,
    /// Everybody.
    pub gesamt: i64,
    /// Women.
    pub weiblich: i64,
    /// Men.
    pub maennlich: i64,
    /// Diverse.
    pub divers: i64,
    /// No entry of the sex.
    pub geschlecht_ohne_angabe: i64,
    /// Below 25 at entry.
    pub unter_25: i64,
    /// 25 and above at entry.
    pub ab_25: i64,
    /// With a migration background.
    pub migrationshintergrund: i64,
    /// Without one.
    pub ohne_migrationshintergrund: i64,
    /// Not said.
    pub migrationshintergrund_ohne_angabe: i64,
}

impl Kennzahlzeile {
    /// Nobody.
    pub const fn leer(merkmal: Kennzahl) -> Self {
        Kennzahlzeile {
            merkmal,
            gesamt: 0,
            weiblich: 0,
            maennlich: 0,
            divers: 0,
            geschlecht_ohne_angabe: 0,
            unter_25: 0,
            ab_25: 0,
            migrationshintergrund: 0,
            ohne_migrationshintergrund: 0,
            migrationshintergrund_ohne_angabe: 0,
        }
    }

    /// Sex: female, male, diverse, no entry.
    pub const fn nach_geschlecht(&self) -> [i64; 4] {
        [self.weiblich, self.maennlich, self.divers, self.geschlecht_ohne_angabe]
    }

    /// Age: below 25, others.
    pub const fn nach_alter(&self) -> [i64; 2] {
        [self.unter_25, self.ab_25]
    }

    /// Migration background: with, without, not said.
    pub const fn nach_migration(&self) -> [i64; 3] {
        [self.migrationshintergrund, self.ohne_migrationshintergrund, self.migrationshintergrund_ohne_angabe]
    }

    fn zaehle(&mut self, geschlecht: Geschlecht, alter: Altersgruppe, migration: Option<bool>) {
        let plus = |z: &mut i64| *z = z.saturating_add(1);
        plus(&mut self.gesamt);
        plus(match geschlecht {
            Geschlecht::Weiblich => &mut self.weiblich,
            Geschlecht::Maennlich => &mut self.maennlich,
            Geschlecht::Divers => &mut self.divers,
            Geschlecht::OhneAngabe => &mut self.geschlecht_ohne_angabe,
        });
        plus(if alter.unter_25() { &mut self.unter_25 } else { &mut self.ab_25 });
        plus(match migration {
            Some(true) => &mut self.migrationshintergrund,
            Some(false) => &mut self.ohne_migrationshintergrund,
            None => &mut self.migrationshintergrund_ohne_angabe,
        });
    }

    fn plus(&mut self, a: &Kennzahlzeile) {
        let paare = [
            (&mut self.gesamt, a.gesamt),
            (&mut self.weiblich, a.weiblich),
            (&mut self.maennlich, a.maennlich),
            (&mut self.divers, a.divers),
            (&mut self.geschlecht_ohne_angabe, a.geschlecht_ohne_angabe),
            (&mut self.unter_25, a.unter_25),
            (&mut self.ab_25, a.ab_25),
            (&mut self.migrationshintergrund, a.migrationshintergrund),
            (&mut self.ohne_migrationshintergrund, a.ohne_migrationshintergrund),
            (&mut self.migrationshintergrund_ohne_angabe, a.migrationshintergrund_ohne_angabe),
        ];
        for (z, n) in paare {
            *z = z.saturating_add(n);
        }
    }
}

/// Counts about the participants of a measure; counts of different people can be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zaehlung {
    /// Every Kennzahl once, in their order.
    pub kennzahlen: Vec<Kennzahlzeile>,
    /// Entries by target group.
    pub zielgruppen: BTreeMap<String, i64>,
}

impl Default for Zaehlung {
    fn default() -> Self {
        Zaehlung {
            kennzahlen: Kennzahl::ALLE.iter().map(|k| Kennzahlzeile::leer(*k)).collect(),
            zielgruppen: BTreeMap::new(),
        }
    }
}

impl Zaehlung {
    /// Counts one person; `zeitraum` narrows to what happened on its days.
    fn zaehle(&mut self, i: &Teilnahmeinhalt, zeitraum: Option<&Zeitraum>) {
        let am =
            |k: Kennzahl| if k.bei_eintritt() { Some(i.eintritt) } else { i.austritt.as_ref().map(|a| a.austritt) };
        let drin = |k: Kennzahl| am(k).is_some_and(|t| zeitraum.is_none_or(|z| z.enthaelt(t)));
        for z in &mut self.kennzahlen {
            if drin(z.merkmal) && z.merkmal.trifft(i) {
                z.zaehle(i.geschlecht, i.altersgruppe, i.migrationshintergrund);
            }
        }
        if drin(Kennzahl::Eintritte) {
            let n = self.zielgruppen.entry(i.zielgruppe.clone()).or_default();
            *n = n.saturating_add(1);
        }
    }

    /// Counts everybody who counts: neither cancelled nor erased.
    pub fn aus<'t>(alle: impl IntoIterator<Item = &'t Teilnahme>, zeitraum: Option<&Zeitraum>) -> Self {
        let mut z = Zaehlung::default();
        for t in alle {
            if let (Some(i), TeilnahmeStatus::Laufend | TeilnahmeStatus::Beendet) = (&t.inhalt, t.kopf.status) {
                z.zaehle(i, zeitraum);
            }
        }
        z
    }

    /// Adds the counts of other people.
    pub fn plus(&mut self, andere: &Zaehlung) {
        for z in &mut self.kennzahlen {
            if let Some(a) = andere.kennzahlen.iter().find(|a| a.merkmal == z.merkmal) {
                z.plus(a);
            }
        }
        for (k, n) in &andere.zielgruppen {
            let z = self.zielgruppen.entry(k.clone()).or_default();
            *z = z.saturating_add(*n);
        }
    }

    /// The row of one Kennzahl.
    pub fn zeile(&self, k: Kennzahl) -> Kennzahlzeile {
        self.kennzahlen.iter().find(|z| z.merkmal == k).copied().unwrap_or(Kennzahlzeile::leer(k))
    }
}

/// Counts by calendar year, as they are kept when what was told about the people is erased.
pub type Jahreszaehlung = BTreeMap<i32, Zaehlung>;

/// Counts of people by the years in which they entered or left.
pub fn nach_jahren(alle: &[&Teilnahme]) -> Jahreszaehlung {
    let inhalte = alle.iter().filter_map(|t| t.inhalt.as_ref());
    let jahre = inhalte.flat_map(|i| [Some(i.eintritt), i.austritt.as_ref().map(|a| a.austritt)]).flatten();
    let jahre: std::collections::BTreeSet<i32> = jahre.map(|t| t.year()).collect();
    jahre.into_iter().map(|j| (j, Zaehlung::aus(alle.iter().copied(), Some(&jahr(j))))).collect()
}

fn jahr(j: i32) -> Zeitraum {
    Zeitraum { von: tag(j, 1, 1), bis: tag(j, 12, 31) }
}

/// Kennzahlen of one measure for a period: people whose data are there, and what was kept of those erased. Kept counts
/// are whole years: a year counts when the period covers all days of the measure in it.
pub fn kennzahlen(
    alle: &[Teilnahme],
    gezaehlt: &[Jahreszaehlung],
    massnahme: &Zeitraum,
    zeitraum: &Zeitraum,
) -> Zaehlung {
    let mut z = Zaehlung::aus(alle, Some(zeitraum));
    for (j, kept) in gezaehlt.iter().flatten() {
        let y = jahr(*j);
        let tage = Zeitraum { von: y.von.max(massnahme.von), bis: y.bis.min(massnahme.bis) };
        if zeitraum.umfasst(&tage) {
            z.plus(kept);
        }
    }
    z
}
