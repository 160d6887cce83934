//! All rules of an Aenderungsantrag in one report; filing, deciding and foretelling ask the same function.

use super::inhalt::{arten_stimmen, unzulaessige_arten};
use super::{Aenderungsantrag, Aenderungsfakten, Folgen, Folgenbezug, Weg, folgen, vergleiche};
use crate::antrag::aenderungsbericht;
use crate::befund::{Befund, Einheit};
use crate::bescheid::{Bescheid, begruendung_mindestens};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::konto::{Kontoart, Kontoschluessel};
use crate::regel::{
    AENDERUNG_OHNE_INHALT, ANGABE_FEHLT, BEGRUENDUNG_FEHLT, BEWILLIGUNGSZEITRAUM_ABGELAUFEN, HAUSHALTSJAHR_GESCHLOSSEN,
    JAEHRLICHKEIT, JAEHRLICHKEIT_UEBERTRAGUNG, MASSNAHME_NR_DOPPELT, MASSNAHMEART_FEST, RECHENBEREICH,
    WIRKSAM_AUSSERHALB, WIRKSAM_VOR_EINREICHUNG, ZUTEILUNG_FEHLT,
};
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What the change does to the money as things stand: from what is granted now to what would be granted. One that is
/// over keeps its own two states.
pub fn verfuegungsfolgen(a: &Aenderungsantrag, f: &Aenderungsfakten) -> Folgen {
    let bezug = Folgenbezug {
        geld: &f.geld,
        regelwerk: &f.regeln.regelwerk,
        jahrgang: a.jahrgang,
        mit_erstattung: a.inhalt.mit_erstattung,
        wirksam_ab: a.inhalt.wirksam_ab,
        heute: f.regeln.heute,
    };
    // while the base is not the one of now, the wanted state is what bringing the draft up to date would make of it
    match a.neuer_stand_jetzt(f) {
        _ if a.status.endgueltig() => folgen(&a.stand, &a.neuer_stand, &bezug),
        Ok(neu) => folgen(&f.stand, &neu, &bezug),
        Err(b) => Folgen { befunde: vec![b], ..Folgen::default() },
    }
}

/// Everything that follows from the change: the money, and the deadlines that its Bescheid (`entwurf` once it is
/// drafted) would set, move or take away. A notice sets none.
pub fn alle_folgen(a: &Aenderungsantrag, f: &Aenderungsfakten, entwurf: Option<&Bescheid>) -> Folgen {
    let mut folgen = verfuegungsfolgen(a, f);
    let bescheid = match entwurf {
        Some(b) => b.clone(),
        None if a.status.endgueltig() => return folgen,
        None if matches!(a.weg_jetzt(f), Ok((Weg::Anzeige, _))) => return folgen,
        None => {
            let mut b = f.geltend.clone();
            let neu = a.neuer_stand_jetzt(f).unwrap_or_else(|_| a.neuer_stand.clone());
            b.inhalt.bewilligungszeitraum = Some(neu.bewilligungszeitraum);
            b
        }
    };
    match bescheid.fristfolgen(&f.fristen, &f.regeln.regelwerk) {
        Ok(fristen) => folgen.fristen = fristen,
        Err(b) => folgen.befunde.push(b),
    }
    folgen
}

/// Every finding of every rule. While the base is not the one of now only that is said, with every field in conflict:
/// anything else would speak about a state that does not exist any more.
pub fn pruefbericht(a: &Aenderungsantrag, f: &Aenderungsfakten) -> Vec<Befund> {
    let grundlage = a.pruefe_grundlage(f);
    if !grundlage.is_empty() {
        return grundlage;
    }
    let p = Pruefung { a, f };
    let mut befunde = p.formular().unwrap_or_else(|b| vec![b]);
    befunde.extend(p.zeit());
    befunde.extend(p.massnahmen());
    befunde.extend(aenderungsbericht(&a.stand.im_antrag(&f.antrag), &a.antrag_danach(&f.antrag), &f.regeln));
    befunde.extend(verfuegungsfolgen(a, f).befunde);
    befunde.extend(p.budget().unwrap_or_else(|b| vec![b]));
    befunde
}

struct Pruefung<'a> {
    a: &'a Aenderungsantrag,
    f: &'a Aenderungsfakten,
}

impl Pruefung<'_> {
    /// The day that decides: the day of filing, today for a draft.
    fn eingang(&self) -> NaiveDate {
        self.a.eingangsdatum.unwrap_or(self.f.regeln.heute)
    }

    /// Kinds, grounds, and that anything changes at all.
    fn formular(&self) -> Result<Vec<Befund>, Befund> {
        let (a, regelwerk) = (self.a, &self.f.regeln.regelwerk);
        let mut befunde = Vec::new();
        let v = vergleiche(&a.stand, &a.neuer_stand)?;
        if v.arten.is_empty() {
            befunde.push(Befund::neu(&AENDERUNG_OHNE_INHALT).ort("/neuer_stand"));
        } else {
            let unzulaessig = unzulaessige_arten(&a.inhalt);
            befunde.extend(unzulaessig.or_else(|| arten_stimmen(&a.inhalt, &v.arten)));
        }
        let mindestens = begruendung_mindestens(regelwerk, a.jahrgang)?;
        let zeichen = a.inhalt.begruendung.as_deref().map_or(0, |t| t.trim().chars().count());
        if i64::try_from(zeichen).is_ok_and(|z| z < mindestens) {
            befunde.push(
                Befund::neu(&BEGRUENDUNG_FEHLT)
                    .ort("/inhalt/begruendung")
                    .gemessen("zeichen", zeichen, Einheit::Anzahl)
                    .erlaubt("mindestens", mindestens, Einheit::Anzahl)
                    .regelwerk(&regelwerk.version),
            );
        }
        Ok(befunde)
    }

    /// Filed before the end of the period (R5), and counting from a day within it, not before the filing.
    fn zeit(&self) -> Vec<Befund> {
        let (a, eingang) = (self.a, self.eingang());
        let mut befunde: Vec<Befund> = zeitraum_laeuft(&a.stand.bewilligungszeitraum, eingang).into_iter().collect();
        let ort = "/inhalt/wirksam_ab";
        let Some(ab) = a.inhalt.wirksam_ab else {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort(ort).gemessen("feld", "wirksam_ab", Einheit::Code));
            return befunde;
        };
        let zeitraum = a.neuer_stand.bewilligungszeitraum;
        if !zeitraum.enthaelt(ab) {
            befunde.push(
                Befund::neu(&WIRKSAM_AUSSERHALB)
                    .ort(ort)
                    .gemessen("wirksam_ab", ab, Einheit::Datum)
                    .erlaubt("von", zeitraum.von, Einheit::Datum)
                    .erlaubt("bis", zeitraum.bis, Einheit::Datum),
            );
        } else if ab < eingang {
            befunde.push(
                Befund::neu(&WIRKSAM_VOR_EINREICHUNG).ort(ort).gemessen("wirksam_ab", ab, Einheit::Datum).erlaubt(
                    "eingang",
                    eingang,
                    Einheit::Datum,
                ),
            );
        }
        befunde
    }

    /// A measure keeps its kind; a new one has a number that none of the case ever had.
    fn massnahmen(&self) -> Vec<Befund> {
        let mut befunde = Vec::new();
        for m in self.a.neuer_stand.massnahmen.iter().map(|m| &m.massnahme) {
            match self.a.stand.massnahme(m.id).map(|alt| alt.massnahme.massnahmeart()) {
                Some(art) if art != m.massnahmeart() => befunde.push(
                    Befund::neu(&MASSNAHMEART_FEST)
                        .ort(format!("{}/details/massnahmeart", m.ort()))
                        .gemessen("massnahme", &m.massnahme_nr, Einheit::Code)
                        .gemessen("massnahmeart", m.massnahmeart(), Einheit::Code)
                        .erlaubt("bewilligt", art, Einheit::Code),
                ),
                None if self.f.vergebene_nummern.contains(&m.massnahme_nr) => {
                    befunde.push(Befund::neu(&MASSNAHME_NR_DOPPELT).ort(m.ort()).gemessen(
                        "massnahme",
                        &m.massnahme_nr,
                        Einheit::Code,
                    ));
                }
                _ => {}
            }
        }
        befunde
    }

    /// What the change adds is free (R4), in a Haushaltsjahr that is still open; what it takes from a year that is
    /// over is of use in another one only if that year has money of its own, and then both sides say why (S15).
    fn budget(&self) -> Result<Vec<Befund>, Befund> {
        let (a, f) = (self.a, self.f);
        let regelwerk = &f.regeln.regelwerk;
        let bereich = |_| Befund::neu(&RECHENBEREICH).ort("/massnahmen");
        let mut delta = BTreeMap::<(String, i32), Euro>::new();
        let stellen = [(&a.neuer_stand, false), (&a.stand, true)];
        for (stand, abziehen) in stellen {
            for ((_, teilbudget, jahr), betrag) in stand.landesmittel().map_err(bereich)? {
                let betrag = if abziehen { betrag.negativ() } else { betrag };
                crate::finanzierungsplan::addiere(&mut delta, (teilbudget, jahr), betrag).map_err(bereich)?;
            }
        }
        let tag = stichtag(a.jahrgang);
        let schluss = |jahr: i32| regelwerk.tag_im_jahr("kassenschluss", jahr, tag);
        let mut verfallend = Euro::NULL;
        let mut vorbei = BTreeSet::new();
        for ((_, jahr), d) in delta.iter().filter(|(_, d)| d.ist_negativ()) {
            if f.regeln.heute > schluss(*jahr)? {
                verfallend = verfallend.plus(d.negativ()).map_err(bereich)?;
                vorbei.insert(jahr.to_string());
            }
        }
        let jahre = vorbei.into_iter().collect::<Vec<_>>().join(", ");
        let mut befunde = Vec::new();
        for ((teilbudget, jahr), mehr) in delta.iter().filter(|(_, d)| d.ist_positiv()) {
            let kassenschluss = schluss(*jahr)?;
            let frei = f.regeln.verfuegbar.get(&(teilbudget.clone(), *jahr)).copied();
            let befund = if f.regeln.heute > kassenschluss {
                Befund::neu(&HAUSHALTSJAHR_GESCHLOSSEN)
                    .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
                    .gemessen("erhoehung", mehr, Einheit::Eur)
                    .erlaubt("kassenschluss", kassenschluss, Einheit::Datum)
                    .regelwerk(&regelwerk.version)
            } else if frei.is_some_and(|frei| *mehr <= frei) {
                if !verfallend.ist_positiv() {
                    continue;
                }
                Befund::neu(&JAEHRLICHKEIT_UEBERTRAGUNG)
                    .gemessen("teilbudget", teilbudget, Einheit::Code)
                    .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
                    .gemessen("erhoehung", *mehr, Einheit::Eur)
                    .gemessen("jahre", &jahre, Einheit::Text)
                    .gemessen("verfallend", verfallend, Einheit::Eur)
                    .regelwerk(&regelwerk.version)
            } else if verfallend.ist_positiv() {
                Befund::neu(&JAEHRLICHKEIT)
                    .gemessen("teilbudget", teilbudget, Einheit::Code)
                    .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
                    .gemessen("verfallend", verfallend, Einheit::Eur)
                    .betrag("benoetigt", *mehr, "verfuegbar", frei.unwrap_or_default())
                    .regelwerk(&regelwerk.version)
            } else {
                self.ungedeckt(teilbudget, *jahr, *mehr, frei)
            };
            befunde.push(befund.ort("/massnahmen"));
        }
        Ok(befunde)
    }

    fn ungedeckt(&self, teilbudget: &str, haushaltsjahr: i32, mehr: Euro, frei: Option<Euro>) -> Befund {
        let konto = Kontoschluessel {
            jahrgang: self.a.jahrgang,
            kreisschluessel: self.a.kreisschluessel.clone(),
            teilbudget: teilbudget.to_owned(),
            haushaltsjahr,
            art: Kontoart::Verfuegbar,
        };
        match frei {
            Some(frei) => konto.nicht_gedeckt(mehr, frei),
            None => Befund::neu(&ZUTEILUNG_FEHLT)
                .gemessen("kreisschluessel", &konto.kreisschluessel, Einheit::Code)
                .gemessen("jahrgang", konto.jahrgang, Einheit::Anzahl)
                .gemessen("teilbudget", teilbudget, Einheit::Code)
                .gemessen("haushaltsjahr", haushaltsjahr, Einheit::Anzahl)
                .gemessen("benoetigt", mehr, Einheit::Eur),
        }
    }
}

/// A change is applied for while the period runs (R5).
pub(super) fn zeitraum_laeuft(zeitraum: &Zeitraum, tag: NaiveDate) -> Option<Befund> {
    (tag > zeitraum.bis).then(|| {
        Befund::neu(&BEWILLIGUNGSZEITRAUM_ABGELAUFEN)
            .ort("/stand/bewilligungszeitraum/bis")
            .gemessen("eingang", tag, Einheit::Datum)
            .erlaubt("bis", zeitraum.bis, Einheit::Datum)
    })
}
