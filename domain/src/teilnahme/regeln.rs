//! What a Teilnahme must keep to, and what is worth a hint.

use super::Teilnahmeinhalt;
use super::pseudonym::pruefe_pseudonym;
use crate::befund::{Befund, Einheit, Schwere};
use crate::gebietskoerperschaft::{Gebietskoerperschaft, stichtag};
use crate::katalog::Massnahmeart;
use crate::massnahme::Massnahme;
use crate::regel::{
    AKZ_ANGABE, AKZ_DOPPELFOERDERUNG, ANSPRUCH_FEHLT, ANSPRUCH_SPAETER_ENTFALLEN, DATUM_IN_ZUKUNFT, DATUM_REIHENFOLGE,
    ERSTWOHNSITZ_FEHLT, MASSNAHME_OHNE_BEWILLIGUNG, MASSNAHME_OHNE_TEILNEHMENDE, NACHWEIS_NACH_EINTRITT,
    PLAETZE_UEBERSCHRITTEN, RECHTSKREIS_FEHLT, TEILNAHME_ZEITRAUM, UEBERSCHNEIDUNG, WOHNSITZ_ANDERSWO,
    WOHNSITZ_UNBEKANNT, ZIELGRUPPE_NICHT_GEPLANT, ZIELGRUPPE_UNZULAESSIG,
};
use crate::regelwerk::Regelwerk;
use crate::teilnahme::Rechtskreis;
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Another Teilnahme of the same person in the same Gebietskoerperschaft that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AndereTeilnahme {
    /// Its id.
    pub id: Uuid,
    /// Number of its measure; none where the caller does not see it.
    pub massnahme_nr: Option<String>,
    /// Its days.
    pub zeitraum: Zeitraum,
}

/// What the rules need from outside, read in the transaction of the act.
#[derive(Debug, Clone)]
pub struct Teilnahmefakten<'a> {
    /// The measure as it is granted.
    pub massnahme: &'a Massnahme,
    /// Bewilligungszeitraum of the effective Bescheid that grants money for the measure; none where there is none.
    pub bewilligt: Option<Zeitraum>,
    /// Gebietskoerperschaften of all times.
    pub kreise: &'a [Gebietskoerperschaft],
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// Jahrgang of the application.
    pub jahrgang: i32,
    /// Gebietskoerperschaft of the application.
    pub kreisschluessel: &'a str,
    /// Other Teilnahmen of the same person.
    pub andere: &'a [AndereTeilnahme],
    /// Days on which places of this measure are taken by others.
    pub belegung: &'a [Zeitraum],
    /// Legal day of the present.
    pub heute: NaiveDate,
}

impl Teilnahmefakten<'_> {
    /// Days within which entry and exit must lie: the measure within the grant.
    fn rahmen(&self) -> Option<Zeitraum> {
        let b = self.bewilligt?;
        let m = &self.massnahme.inhalt;
        Some(Zeitraum { von: m.beginn.max(b.von), bis: m.ende.min(b.bis) })
    }

    /// What forbids participants for this measure at all.
    pub(super) fn sperren(&self) -> Vec<Befund> {
        let nr = &self.massnahme.massnahme_nr;
        let art = self.massnahme.massnahmeart();
        if art == Massnahmeart::WeiterbildungUndWissenschaft {
            return vec![Befund::neu(&MASSNAHME_OHNE_TEILNEHMENDE).gemessen("massnahme", nr, Einheit::Code).gemessen(
                "massnahmeart",
                art,
                Einheit::Code,
            )];
        }
        let fehlt = self.bewilligt.is_none().then(|| {
            Befund::neu(&MASSNAHME_OHNE_BEWILLIGUNG).gemessen("massnahme", nr, Einheit::Code).gemessen(
                "heute",
                self.heute,
                Einheit::Datum,
            )
        });
        fehlt.into_iter().collect()
    }
}

fn in_zukunft(ort: &str, tag: NaiveDate, heute: NaiveDate) -> Option<Befund> {
    (tag > heute).then(|| {
        Befund::neu(&DATUM_IN_ZUKUNFT).ort(ort).gemessen("angegeben", tag, Einheit::Datum).erlaubt(
            "heute",
            heute,
            Einheit::Datum,
        )
    })
}

impl Teilnahmeinhalt {
    /// Everything that is wrong or worth a hint. `ort` is the pointer to the content.
    pub fn pruefe(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Vec<Befund> {
        let mut befunde: Vec<Befund> =
            pruefe_pseudonym(&self.pseudonym, &format!("{ort}/pseudonym")).into_iter().collect();
        befunde.extend(self.pruefe_tage(f, ort));
        befunde.extend(self.pruefe_rechtskreise(f, ort));
        befunde.extend(self.pruefe_anspruch(f, ort));
        befunde.extend(self.pruefe_wohnsitz(f, ort));
        befunde.extend(self.pruefe_zielgruppe(f, ort));
        befunde.extend(self.pruefe_akz(f, ort));
        befunde.extend(self.pruefe_ueberschneidung(f, ort));
        befunde.extend(self.pruefe_plaetze(f, ort));
        befunde
    }

    fn pruefe_tage(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Vec<Befund> {
        let austritt = self.austritt.as_ref().map(|a| a.austritt);
        let mut befunde = Vec::new();
        if let Some(r) = f.rahmen() {
            let tage = [("eintritt", Some(self.eintritt)), ("austritt/austritt", austritt)];
            befunde.extend(tage.into_iter().filter_map(|(feld, t)| Some((feld, t.filter(|t| !r.enthaelt(*t))?))).map(
                |(feld, t)| {
                    Befund::neu(&TEILNAHME_ZEITRAUM)
                        .ort(format!("{ort}/{feld}"))
                        .gemessen("angegeben", t, Einheit::Datum)
                        .erlaubt("fruehestens", r.von, Einheit::Datum)
                        .erlaubt("spaetestens", r.bis, Einheit::Datum)
                },
            ));
        }
        if let Some(bis) = austritt.filter(|a| *a < self.eintritt) {
            befunde.push(
                Befund::neu(&DATUM_REIHENFOLGE)
                    .ort(format!("{ort}/austritt/austritt"))
                    .gemessen("von", self.eintritt, Einheit::Datum)
                    .gemessen("bis", bis, Einheit::Datum),
            );
        }
        // what has not happened cannot be reported: an entry, an exit
        befunde.extend(in_zukunft(&format!("{ort}/eintritt"), self.eintritt, f.heute));
        befunde.extend(austritt.and_then(|a| in_zukunft(&format!("{ort}/austritt/austritt"), a, f.heute)));
        befunde
    }

    /// `wofuer`: several proofs may be late by the same days, and each finding says which one it is about.
    fn nachweis(&self, ort: &str, wofuer: &str, tag: NaiveDate, f: &Teilnahmefakten<'_>) -> Option<Befund> {
        in_zukunft(ort, tag, f.heute).or_else(|| {
            (tag > self.eintritt).then(|| {
                Befund::neu(&NACHWEIS_NACH_EINTRITT)
                    .ort(ort)
                    .gemessen("wofuer", wofuer, Einheit::Code)
                    .gemessen("angegeben", tag, Einheit::Datum)
                    .gemessen("eintritt", self.eintritt, Einheit::Datum)
            })
        })
    }

    fn pruefe_rechtskreise(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Vec<Befund> {
        let verschiedene: BTreeSet<Rechtskreis> = self.rechtskreise.iter().map(|r| r.rechtskreis).collect();
        let mut befunde = Vec::new();
        if verschiedene.is_empty() || verschiedene.len() < self.rechtskreise.len() {
            let alle: Vec<&str> = Rechtskreis::ALLE.iter().map(|r| r.code()).collect();
            befunde.push(
                Befund::neu(&RECHTSKREIS_FEHLT)
                    .ort(format!("{ort}/rechtskreise"))
                    .gemessen("anzahl", verschiedene.len(), Einheit::Anzahl)
                    .gemessen("angaben", self.rechtskreise.len(), Einheit::Anzahl)
                    .erlaubt("zulaessig", alle.join(", "), Einheit::Code),
            );
        }
        let gesehen = self.rechtskreise.iter().enumerate();
        befunde.extend(gesehen.filter_map(|(i, r)| {
            self.nachweis(&format!("{ort}/rechtskreise/{i}/gesehen_am"), r.rechtskreis.code(), r.gesehen_am, f)
        }));
        befunde
    }

    /// Entitlement counts at entry; whether it must last is a parameter.
    fn pruefe_anspruch(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Option<Befund> {
        let ende = self.anspruch_entfallen_am?;
        let ort = format!("{ort}/anspruch_entfallen_am");
        let modus = match f.regelwerk.code("teilnahme_anspruch_modus", stichtag(f.jahrgang)) {
            Ok(m) => m,
            Err(b) => return Some(b.ort(ort)),
        };
        let geblieben = self.austritt.as_ref().is_none_or(|a| a.austritt > ende);
        let befund = |regel| {
            Befund::neu(regel)
                .ort(ort.clone())
                .gemessen("anspruch_entfallen_am", ende, Einheit::Datum)
                .erlaubt("modus", modus, Einheit::Code)
                .erlaubt("spaetestens", ende, Einheit::Datum)
                .regelwerk(&f.regelwerk.version)
        };
        if ende <= self.eintritt || (modus != "BEI_EINTRITT" && geblieben) {
            return Some(befund(&ANSPRUCH_FEHLT));
        }
        Some(befund(&ANSPRUCH_SPAETER_ENTFALLEN))
    }

    fn pruefe_wohnsitz(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Vec<Befund> {
        let mut befunde = Vec::new();
        if !self.erstwohnsitz_hessen {
            befunde.push(Befund::neu(&ERSTWOHNSITZ_FEHLT).ort(format!("{ort}/erstwohnsitz_hessen")));
        }
        let geprueft = format!("{ort}/erstwohnsitz_geprueft_am");
        befunde.extend(self.nachweis(&geprueft, "ERSTWOHNSITZ", self.erstwohnsitz_geprueft_am, f));
        let k = &self.wohnsitz_kreisschluessel;
        let ort = format!("{ort}/wohnsitz_kreisschluessel");
        if !f.kreise.iter().any(|g| g.kreisschluessel == *k && g.gilt_am(self.eintritt)) {
            befunde.push(
                Befund::neu(&WOHNSITZ_UNBEKANNT).ort(ort).gemessen("kreisschluessel", k, Einheit::Code).gemessen(
                    "tag",
                    self.eintritt,
                    Einheit::Datum,
                ),
            );
        } else if k != f.kreisschluessel {
            befunde.push(
                Befund::neu(&WOHNSITZ_ANDERSWO).ort(ort).gemessen("kreisschluessel", k, Einheit::Code).erlaubt(
                    "eigener",
                    f.kreisschluessel,
                    Einheit::Code,
                ),
            );
        }
        befunde
    }

    fn pruefe_zielgruppe(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Option<Befund> {
        let art = f.massnahme.massnahmeart();
        let ort = format!("{ort}/zielgruppe");
        let zulaessig = match f.regelwerk.codes(art.zielgruppen_parameter(), stichtag(f.jahrgang)) {
            Ok(z) => z,
            Err(b) => return Some(b.ort(ort)),
        };
        if !zulaessig.contains(&self.zielgruppe) {
            return Some(
                Befund::neu(&ZIELGRUPPE_UNZULAESSIG)
                    .ort(ort)
                    .gemessen("zielgruppe", &self.zielgruppe, Einheit::Code)
                    .gemessen("massnahmeart", art, Einheit::Code)
                    .erlaubt("zulaessig", zulaessig.join(", "), Einheit::Code)
                    .regelwerk(&f.regelwerk.version),
            );
        }
        let plan = f.massnahme.inhalt.details.teilnahmeplan()?;
        if plan.zielgruppen.iter().any(|z| z.0 == self.zielgruppe) {
            return None;
        }
        let geplant: Vec<&str> = plan.zielgruppen.iter().map(|z| z.0.as_str()).collect();
        Some(
            Befund::neu(&ZIELGRUPPE_NICHT_GEPLANT)
                .ort(ort)
                .gemessen("zielgruppe", &self.zielgruppe, Einheit::Code)
                .gemessen("massnahme", &f.massnahme.massnahme_nr, Einheit::Code)
                .erlaubt("geplant", geplant.join(", "), Einheit::Code),
        )
    }

    fn pruefe_akz(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Option<Befund> {
        let art = f.massnahme.massnahmeart();
        let gefragt = art == Massnahmeart::AusbildungUndCoaching;
        let ort = format!("{ort}/ausbildungskostenzuschuss");
        match self.ausbildungskostenzuschuss {
            Some(true) if gefragt => Some(Befund::neu(&AKZ_DOPPELFOERDERUNG).ort(ort)),
            a if a.is_some() == gefragt => None,
            _ => Some(Befund::neu(&AKZ_ANGABE).ort(ort).gemessen("massnahmeart", art, Einheit::Code)),
        }
    }

    /// Other Teilnahmen of the same person with the days shared with them; a Teilnahme without an exit lasts as long as
    /// its measure.
    pub fn ueberschneidungen<'a>(&self, f: &Teilnahmefakten<'a>) -> Vec<(Zeitraum, &'a AndereTeilnahme)> {
        let Some(z) = self.zeitraum(f.massnahme.inhalt.ende) else { return Vec::new() };
        let gemeinsam = |a: &'a AndereTeilnahme| {
            let s = Zeitraum { von: z.von.max(a.zeitraum.von), bis: z.bis.min(a.zeitraum.bis) };
            s.ist_geordnet().then_some((s, a))
        };
        f.andere.iter().filter_map(gemeinsam).collect()
    }

    fn pruefe_ueberschneidung(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Vec<Befund> {
        let treffer = self.ueberschneidungen(f);
        if treffer.is_empty() {
            return Vec::new();
        }
        let schwere = match f.regelwerk.code("teilnahme_ueberschneidung_modus", stichtag(f.jahrgang)) {
            Ok("MELDEN") => Schwere::Hinweis,
            Ok(_) => Schwere::Fehler,
            Err(b) => return vec![b.ort(format!("{ort}/eintritt"))],
        };
        let befund = |(s, a): (Zeitraum, &AndereTeilnahme)| {
            Befund::neu(&UEBERSCHNEIDUNG)
                .ort(format!("{ort}/eintritt"))
                .mit_schwere(schwere)
                .gemessen("von", s.von, Einheit::Datum)
                .gemessen("bis", s.bis, Einheit::Datum)
                .gemessen("tage", s.bis.signed_duration_since(s.von).num_days().saturating_add(1), Einheit::Anzahl)
                .gemessen("andere", a.massnahme_nr.as_deref().unwrap_or("–"), Einheit::Code)
                .regelwerk(&f.regelwerk.version)
        };
        treffer.into_iter().map(befund).collect()
    }

    /// On which days more people take part than there are places.
    fn pruefe_plaetze(&self, f: &Teilnahmefakten<'_>, ort: &str) -> Option<Befund> {
        let plan = f.massnahme.inhalt.details.teilnahmeplan()?;
        let z = self.zeitraum(f.massnahme.inhalt.ende)?;
        ueberbelegung(plan.plaetze, z, f.belegung, 1).map(|b| b.ort(format!("{ort}/eintritt")))
    }
}

/// The finding `PLAETZE_UEBERSCHRITTEN` for the days of `z` on which `weitere` people and those of `belegung` take more
/// than `plaetze` places.
pub fn ueberbelegung(plaetze: i32, z: Zeitraum, belegung: &[Zeitraum], weitere: i64) -> Option<Befund> {
    let (mut tage, mut ab, mut hoechstens) = (0i64, None, 0i64);
    let beruehrt: Vec<&Zeitraum> = belegung.iter().filter(|b| b.von <= z.bis && z.von <= b.bis).collect();
    for tag in z.von.iter_days().take_while(|t| *t <= z.bis) {
        let andere = beruehrt.iter().filter(|b| b.enthaelt(tag)).count();
        let belegt = weitere.saturating_add(i64::try_from(andere).unwrap_or(i64::MAX));
        if belegt > i64::from(plaetze) {
            tage = tage.saturating_add(1);
            ab = ab.or(Some(tag));
            hoechstens = hoechstens.max(belegt);
        }
    }
    ab.map(|ab| {
        Befund::neu(&PLAETZE_UEBERSCHRITTEN)
            .gemessen("tage", tage, Einheit::Anzahl)
            .gemessen("ab", ab, Einheit::Datum)
            .gemessen("belegt", hoechstens, Einheit::Anzahl)
            .erlaubt("plaetze", plaetze, Einheit::Anzahl)
    })
}
