//! Rules of a Detailplanung: coverage, sums and staff.

use super::{Detailplanung, Periode, Personaleinsatz, Raster, Vzae};
use crate::befund::{Befund, Einheit};
use crate::finanzierungsplan::{Finanzierungsplan, Planfakten, addiere, betrag_zu_klein, innerhalb};
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::Haushaltsfenster;
use crate::massnahme::vergleichsform;
use crate::regel::{
    ANGABE_FEHLT, AUSTRITTE_UEBER_EINTRITTE, DATUM_REIHENFOLGE, DETAILPLANUNG_ENDE, DETAILPLANUNG_LUECKE,
    DETAILPLANUNG_RASTER, DETAILPLANUNG_SUMME, EINSATZ_AUSSERHALB, PERSONAL_UEBER_1_0, PERSONALEINSATZ_FEHLT,
    RECHENBEREICH, STELLENANTEIL, ZAHLUNG_AUSSERHALB, ZAHLUNGSPLAN_SUMME,
};
use crate::zeit::{Zeitraum, tag};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a Detailplanung must agree with: its measure and the measure's plan.
#[derive(Debug, Clone, Copy)]
pub struct Planbezug<'a> {
    /// First and last day of the measure.
    pub laufzeit: Zeitraum,
    /// Financing plan of the measure.
    pub plan: &'a Finanzierungsplan,
    /// Catalogue, Regelwerk, Jahrgang.
    pub fakten: Planfakten<'a>,
}

/// The part of a Detailplanung that the staff rule compares across measures.
#[derive(Debug, Clone, Copy)]
pub struct Traegereinsatz<'a> {
    /// Traeger of the measure; none where the Gebietskoerperschaft carries it out itself.
    pub traeger: Option<Uuid>,
    /// Number of the measure; a name for people where it belongs to another application.
    pub massnahme: &'a str,
    /// The measure belongs to the application that is checked.
    pub eigen: bool,
    /// Staff of the measure.
    pub einsatz: &'a [Personaleinsatz],
}

impl Detailplanung {
    /// All rules of one Detailplanung; `ort` is the pointer to it.
    pub fn pruefe(&self, ort: &str, bezug: &Planbezug<'_>) -> Vec<Befund> {
        let mut befunde = self.pruefe_perioden(ort);
        befunde.extend(self.pruefe_abdeckung(ort, bezug.laufzeit));
        befunde.extend(self.pruefe_summen(ort, bezug).unwrap_or_else(|b| vec![b]));
        befunde.extend(self.pruefe_belegung(ort));
        befunde.extend(self.pruefe_einsatz(ort, bezug).unwrap_or_else(|b| vec![b]));
        befunde.extend(self.pruefe_zahlungen(ort, bezug).unwrap_or_else(|b| vec![b]));
        befunde
    }

    /// Each period is ordered, lies in one month or quarter (so in one Haushaltsjahr) and has no negative amount.
    fn pruefe_perioden(&self, ort: &str) -> Vec<Befund> {
        let mut befunde = Vec::new();
        for (i, p) in self.perioden.iter().enumerate() {
            let ort = format!("{ort}/perioden/{i}");
            if p.bis < p.von {
                befunde.push(reihenfolge(&ort, p.von, p.bis));
            } else if !p.im_raster() {
                befunde.push(
                    Befund::neu(&DETAILPLANUNG_RASTER)
                        .ort(&ort)
                        .gemessen("von", p.von, Einheit::Datum)
                        .gemessen("bis", p.bis, Einheit::Datum)
                        .erlaubt("raster", p.raster, Einheit::Code),
                );
            }
            for (feld, betrag) in
                [("ausgaben", p.ausgaben), ("land_aqb", p.land_aqb), ("kofinanzierung", p.kofinanzierung)]
            {
                befunde.extend(betrag_zu_klein(format!("{ort}/{feld}"), betrag, true));
            }
        }
        befunde
    }

    /// The periods cover the measure from its first to its last day without gap or overlap.
    ///
    /// Silent while a period or the measure is out of order: that is a finding of its own.
    fn pruefe_abdeckung(&self, ort: &str, laufzeit: Zeitraum) -> Vec<Befund> {
        let ort = format!("{ort}/perioden");
        if !laufzeit.ist_geordnet() || self.perioden.iter().any(|p| p.bis < p.von) {
            return Vec::new();
        }
        let mut sortiert: Vec<(usize, &Periode)> = self.perioden.iter().enumerate().collect();
        sortiert.sort_by_key(|(i, p)| (p.von, p.bis, *i));
        let Some(letzte) = sortiert.iter().map(|(_, p)| p.bis).max() else {
            return vec![Befund::neu(&ANGABE_FEHLT).ort(&ort).gemessen("feld", "perioden", Einheit::Text)];
        };
        let mut befunde = Vec::new();
        let mut erwartet = laufzeit.von;
        for (i, p) in sortiert {
            if p.von != erwartet {
                befunde.push(
                    Befund::neu(&DETAILPLANUNG_LUECKE)
                        .ort(format!("{ort}/{i}/von"))
                        .gemessen("von", p.von, Einheit::Datum)
                        .erlaubt("erwartet", erwartet, Einheit::Datum),
                );
            }
            erwartet = erwartet.max(p.bis.succ_opt().unwrap_or(NaiveDate::MAX));
        }
        if letzte != laufzeit.bis {
            befunde.push(Befund::neu(&DETAILPLANUNG_ENDE).ort(&ort).gemessen("bis", letzte, Einheit::Datum).erlaubt(
                "ende",
                laufzeit.bis,
                Einheit::Datum,
            ));
        }
        befunde
    }

    /// Costs, state money and co-financing per Haushaltsjahr equal the financing plan.
    fn pruefe_summen(&self, ort: &str, bezug: &Planbezug<'_>) -> Result<Vec<Befund>, Befund> {
        let bereich = |_| Befund::neu(&RECHENBEREICH).ort(ort);
        let regelwerk = bezug.fakten.regelwerk;
        let toleranz = regelwerk.betrag("summen_toleranz", bezug.fakten.stichtag())?;
        let plan = bezug.plan;
        let groessen = [
            ("ausgaben", self.je_jahr(|p| p.ausgaben).map_err(bereich)?, plan.ausgaben_je_jahr().map_err(bereich)?),
            ("land_aqb", self.je_jahr(|p| p.land_aqb).map_err(bereich)?, plan.land_je_jahr().map_err(bereich)?),
            (
                "kofinanzierung",
                self.je_jahr(|p| p.kofinanzierung).map_err(bereich)?,
                plan.kofinanzierung_je_jahr().map_err(bereich)?,
            ),
        ];
        let mut befunde = Vec::new();
        for (groesse, ist, soll) in groessen {
            let jahre: BTreeSet<i32> = ist.keys().chain(soll.keys()).copied().collect();
            for jahr in jahre {
                let i = ist.get(&jahr).copied().unwrap_or_default();
                let s = soll.get(&jahr).copied().unwrap_or_default();
                if !innerhalb(i, s, toleranz).map_err(bereich)? {
                    befunde.push(
                        Befund::neu(&DETAILPLANUNG_SUMME)
                            .ort(format!("{ort}/perioden"))
                            .gemessen("groesse", groesse, Einheit::Text)
                            .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
                            .betrag("detailplanung", i, "plan", s)
                            .regelwerk(&regelwerk.version),
                    );
                }
            }
        }
        Ok(befunde)
    }

    /// Sum of one amount of the periods per Haushaltsjahr (of the first day of the period).
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn je_jahr(&self, groesse: impl Fn(&Periode) -> Euro) -> Result<BTreeMap<i32, Euro>, GeldFehler> {
        let mut summen = BTreeMap::new();
        for p in &self.perioden {
            addiere(&mut summen, p.von.year(), groesse(p))?;
        }
        Ok(summen)
    }

    /// Nobody leaves who did not enter: in order of the periods, exits never exceed entries.
    fn pruefe_belegung(&self, ort: &str) -> Option<Befund> {
        let mut sortiert: Vec<(usize, &Periode)> = self.perioden.iter().enumerate().collect();
        sortiert.sort_by_key(|(i, p)| (p.von, *i));
        let (mut eintritte, mut austritte) = (0_i64, 0_i64);
        sortiert.into_iter().find_map(|(i, p)| {
            eintritte += i64::from(p.eintritte);
            austritte += i64::from(p.austritte);
            (austritte > eintritte).then(|| {
                Befund::neu(&AUSTRITTE_UEBER_EINTRITTE)
                    .ort(format!("{ort}/perioden/{i}/austritte"))
                    .gemessen("bis", p.bis, Einheit::Datum)
                    .gemessen("austritte", austritte, Einheit::Anzahl)
                    .erlaubt("eintritte", eintritte, Einheit::Anzahl)
            })
        })
    }

    /// Staff is named where the plan pays for it, and works for the measure only while it runs.
    fn pruefe_einsatz(&self, ort: &str, bezug: &Planbezug<'_>) -> Result<Vec<Befund>, Befund> {
        let mut befunde = Vec::new();
        for (i, e) in self.personaleinsatz.iter().enumerate() {
            let ort = format!("{ort}/personaleinsatz/{i}");
            if e.bis < e.von {
                befunde.push(reihenfolge(&ort, e.von, e.bis));
            } else if bezug.laufzeit.ist_geordnet() && !bezug.laufzeit.umfasst(&Zeitraum { von: e.von, bis: e.bis }) {
                befunde.push(
                    Befund::neu(&EINSATZ_AUSSERHALB)
                        .ort(&ort)
                        .gemessen("person", &e.person_kuerzel, Einheit::Text)
                        .gemessen("von", e.von, Einheit::Datum)
                        .gemessen("bis", e.bis, Einheit::Datum)
                        .erlaubt("beginn", bezug.laufzeit.von, Einheit::Datum)
                        .erlaubt("ende", bezug.laufzeit.bis, Einheit::Datum),
                );
            }
            befunde.extend(stellenanteil(&format!("{ort}/vzae"), &e.person_kuerzel, e.vzae, &bezug.fakten)?);
        }
        if let Ok(personal) = bezug.plan.personal()
            && personal.ist_positiv()
            && self.personaleinsatz.is_empty()
        {
            befunde.push(Befund::neu(&PERSONALEINSATZ_FEHLT).ort(format!("{ort}/personaleinsatz")).gemessen(
                "personal",
                personal,
                Einheit::Eur,
            ));
        }
        Ok(befunde)
    }

    /// Planned payments are positive, fall due while money of the Jahrgang can flow, and together stay within the costs.
    fn pruefe_zahlungen(&self, ort: &str, bezug: &Planbezug<'_>) -> Result<Vec<Befund>, Befund> {
        let ort = format!("{ort}/zahlungsplan");
        let bereich = |_| Befund::neu(&RECHENBEREICH).ort(&ort);
        let letzter = tag(Haushaltsfenster::neu(bezug.fakten.jahrgang, bezug.fakten.regelwerk)?.letztes, 12, 31);
        let erlaubt = Zeitraum { von: bezug.laufzeit.von, bis: letzter };
        let mut befunde = Vec::new();
        for (i, z) in self.zahlungsplan.iter().enumerate() {
            befunde.extend(betrag_zu_klein(format!("{ort}/{i}/betrag"), z.betrag, false));
            if !erlaubt.enthaelt(z.faellig_am) {
                befunde.push(
                    Befund::neu(&ZAHLUNG_AUSSERHALB)
                        .ort(format!("{ort}/{i}/faellig_am"))
                        .gemessen("faellig_am", z.faellig_am, Einheit::Datum)
                        .erlaubt("von", erlaubt.von, Einheit::Datum)
                        .erlaubt("bis", erlaubt.bis, Einheit::Datum)
                        .regelwerk(&bezug.fakten.regelwerk.version),
                );
            }
        }
        let zahlungen = Euro::summe(self.zahlungsplan.iter().map(|z| z.betrag)).map_err(bereich)?;
        let ausgaben = bezug.plan.ausgaben().map_err(bereich)?;
        if zahlungen > ausgaben {
            befunde.push(Befund::neu(&ZAHLUNGSPLAN_SUMME).ort(&ort).betrag(
                "zahlungen",
                zahlungen,
                "ausgaben",
                ausgaben,
            ));
        }
        Ok(befunde)
    }
}

impl Periode {
    fn im_raster(&self) -> bool {
        let kennung = |t: NaiveDate| match self.raster {
            Raster::Monat => (t.year(), t.month0()),
            Raster::Quartal => (t.year(), t.month0() / 3),
        };
        kennung(self.von) == kennung(self.bis)
    }
}

fn reihenfolge(ort: &str, von: NaiveDate, bis: NaiveDate) -> Befund {
    Befund::neu(&DATUM_REIHENFOLGE).ort(ort).gemessen("von", von, Einheit::Datum).gemessen("bis", bis, Einheit::Datum)
}

/// A part of a post is more than nothing and at most `personal_vzae_hoechstens`.
pub(crate) fn stellenanteil(ort: &str, wer: &str, anteil: Vzae, f: &Planfakten<'_>) -> Result<Option<Befund>, Befund> {
    let hoechstens = f.regelwerk.vzae("personal_vzae_hoechstens", f.stichtag())?;
    let moeglich = (1..=hoechstens.hundertstel()).contains(&anteil.hundertstel());
    Ok((!moeglich).then(|| {
        Befund::neu(&STELLENANTEIL)
            .ort(ort)
            .gemessen("wer", wer, Einheit::Text)
            .gemessen("vzae", anteil, Einheit::Vzae)
            .erlaubt("hoechstens", hoechstens, Einheit::Vzae)
            .regelwerk(&f.regelwerk.version)
    }))
}

/// No person is planned above `personal_vzae_hoechstens` on any day over all measures of the same Traeger (S6).
///
/// Assignments of other applications count too, and a day matters only if the checked application has a part in it. One
/// finding per person, with the first day on which the limit is exceeded, the sum of that day and its measures.
pub fn pruefe_personal(einsaetze: &[Traegereinsatz<'_>], fakten: &Planfakten<'_>) -> Vec<Befund> {
    let mut je_person = BTreeMap::<(Option<Uuid>, String), Vec<Tageseinsatz<'_>>>::new();
    for t in einsaetze {
        for e in t.einsatz.iter().filter(|e| e.von <= e.bis) {
            je_person.entry((t.traeger, vergleichsform(&e.person_kuerzel))).or_default().push((t, e));
        }
    }
    if je_person.is_empty() {
        return Vec::new();
    }
    let hoechstens = match fakten.regelwerk.vzae("personal_vzae_hoechstens", fakten.stichtag()) {
        Ok(h) => h,
        Err(b) => return vec![b],
    };
    je_person
        .into_values()
        .filter_map(|einsatz| {
            let (ab, summe, am_tag) = erster_tag_ueber(&einsatz, hoechstens.hundertstel())?;
            let (eigene, person) = am_tag.iter().rev().find(|(t, _)| t.eigen).map(|(t, e)| (t, &e.person_kuerzel))?;
            let ort = Some(format!("/massnahmen/{}/detailplanung/personaleinsatz", eigene.massnahme));
            let massnahmen: BTreeSet<&str> = am_tag.iter().map(|(t, _)| t.massnahme).collect();
            let massnahmen: Vec<&str> = massnahmen.into_iter().collect();
            let vzae = format!("{}.{:02}", summe / 100, summe % 100);
            let befund = Befund::neu(&PERSONAL_UEBER_1_0)
                .gemessen("person", person, Einheit::Text)
                .gemessen("ab", ab, Einheit::Datum)
                .gemessen("vzae", vzae, Einheit::Vzae)
                .gemessen("massnahmen", massnahmen.join(", "), Einheit::Text)
                .erlaubt("hoechstens", hoechstens, Einheit::Vzae)
                .regelwerk(&fakten.regelwerk.version);
            Some(Befund { ort, ..befund })
        })
        .collect()
}

/// An assignment and where it stands.
type Tageseinsatz<'a> = (&'a Traegereinsatz<'a>, &'a Personaleinsatz);

/// The first day on which the assignments exceed `hoechstens`, their sum, and the assignments of that day.
///
/// The sum rises only on a first day of an assignment, so only those days are looked at.
fn erster_tag_ueber<'a>(
    einsatz: &[Tageseinsatz<'a>],
    hoechstens: i64,
) -> Option<(NaiveDate, i64, Vec<Tageseinsatz<'a>>)> {
    let tage: BTreeSet<NaiveDate> = einsatz.iter().map(|(_, e)| e.von).collect();
    tage.into_iter().find_map(|tag| {
        let am_tag: Vec<_> = einsatz.iter().filter(|(_, e)| e.von <= tag && tag <= e.bis).copied().collect();
        let summe: i64 = am_tag.iter().map(|(_, e)| e.vzae.hundertstel()).sum();
        (summe > hoechstens && am_tag.iter().any(|(t, _)| t.eigen)).then_some((tag, summe, am_tag))
    })
}
