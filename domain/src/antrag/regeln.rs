//! All rules of an Antrag in one report. `GET …/pruefbericht` and the acts ask the same function.

use super::{Antrag, Antragsfakten, Antragsinhalt};
use crate::befund::{Befund, Einheit, Schwere};
use crate::detailplanung::{Planbezug, Traegereinsatz, pruefe_personal};
use crate::finanzierungsplan::{Planfakten, betrag_zu_klein};
use crate::gebietskoerperschaft::stichtag;
use crate::jahrgang::Haushaltsfenster;
use crate::katalog::name;
use crate::konto::{Kontoart, Kontoschluessel};
use crate::massnahme::{Artbedarf, Massnahmefakten, fruehestens, plaetze_doppelt, pruefe_obergrenzen};
use crate::regel::{
    ANGABE_FEHLT, ANTRAGSFRIST, DATUM_REIHENFOLGE, DETAILPLANUNG_FEHLT, DOPPELFOERDERUNG_MOEGLICH, ERKLAERUNG_FEHLT,
    JAHRGANG_NICHT_OFFEN, MASSNAHME_FEHLT, MASSNAHME_NR_DOPPELT, NICHT_ANTRAGSBERECHTIGT, PARAMETER_FEHLT,
    RECHENBEREICH, REGELWERK_NICHT_VEROEFFENTLICHT, STRATEGIE_FEHLT, UNTERZEICHNER_OHNE_VERTRETUNG, VERWEIS_UNBEKANNT,
    VORZEITIG_AB_ZU_FRUEH, ZEITRAUM_AUSSERHALB, ZIELVEREINBARUNG_FEHLT, ZUTEILUNG_FEHLT,
};
use crate::regelwerk::RegelwerkStatus;
use crate::zeit::{Zeitraum, tag};
use chrono::NaiveDate;
use std::collections::BTreeSet;

crate::status! {
    /// What the report is for: some rules are hints when filing and refusals when deciding.
    Anlass {
        /// The applicant files, or wants to know what is missing.
        Einreichung = "EINREICHUNG",
        /// The authority decides.
        Entscheidung = "ENTSCHEIDUNG",
    }
}

/// Every finding of every rule, always in the same order: programme, deadline, form, period, measures, budget,
/// preconditions. What an exception of the case lets pass is a hint.
pub fn pruefbericht(antrag: &Antrag, fakten: &Antragsfakten, anlass: Anlass) -> Vec<Befund> {
    let p = Pruefung { antrag, fakten };
    let mut befunde = p.programm();
    befunde.extend(p.frist().unwrap_or_else(|b| vec![b]));
    befunde.extend(vollstaendig(&antrag.inhalt));
    befunde.extend(p.formular());
    befunde.extend(p.erklaerungen().unwrap_or_else(|b| vec![b]));
    befunde.extend(p.zeitraum().unwrap_or_else(|b| vec![b]));
    befunde.extend(p.massnahmen());
    befunde.extend(p.budget());
    befunde.extend(p.voraussetzungen(anlass).unwrap_or_else(|b| vec![b]));
    crate::ausnahme::anwenden(ohne_wiederholte_parameter(befunde), &fakten.ausnahmen, fakten.heute)
}

/// What the rules say about the granted state `neu` of a case that is to take the place of `alt`.
///
/// Programme, period and measures are judged as in an application; what `alt` says in the same words was judged when it
/// was granted and is no more than a hint. Deadline, form and preconditions belong to the application alone, and money
/// is judged by what a change adds ([`crate::aenderungsantrag`]).
pub(crate) fn aenderungsbericht(alt: &Antrag, neu: &Antrag, fakten: &Antragsfakten) -> Vec<Befund> {
    // a Traeger retired since the filing is no excuse for naming it anew
    let wie_entwurf = |a: &Antrag| Antrag { eingereicht_am: None, eingangsdatum: Some(fakten.heute), ..a.clone() };
    let inhaltlich = |a: &Antrag| {
        let p = Pruefung { antrag: a, fakten };
        let mut befunde = p.zeitraum().unwrap_or_else(|b| vec![b]);
        befunde.extend(p.massnahmen());
        befunde
    };
    let (alt, neu) = (wie_entwurf(alt), wie_entwurf(neu));
    let bekannt = inhaltlich(&alt);
    let mut befunde = Pruefung { antrag: &neu, fakten }.programm();
    befunde.extend(inhaltlich(&neu).into_iter().filter_map(|b| {
        let schon = b.regel.code != PARAMETER_FEHLT.code && bekannt.contains(&b);
        match b.schwere {
            Schwere::Hinweis if schon => None,
            _ if schon => Some(b.mit_schwere(Schwere::Hinweis)),
            _ => Some(b),
        }
    }));
    crate::ausnahme::anwenden(ohne_wiederholte_parameter(befunde), &fakten.ausnahmen, fakten.heute)
}

/// A missing parameter is one finding, however many rules need it.
fn ohne_wiederholte_parameter(befunde: Vec<Befund>) -> Vec<Befund> {
    let mut gesehen = BTreeSet::new();
    befunde
        .into_iter()
        .filter(|b| {
            let parameter = b.gemessen.iter().find(|m| m.name == "parameter").map(|m| m.wert.clone());
            b.regel.code != PARAMETER_FEHLT.code || gesehen.insert(parameter)
        })
        .collect()
}

struct Pruefung<'a> {
    antrag: &'a Antrag,
    fakten: &'a Antragsfakten,
}

impl<'a> Pruefung<'a> {
    fn plan(&self) -> Planfakten<'a> {
        Planfakten { katalog: &self.fakten.katalog, regelwerk: &self.fakten.regelwerk, jahrgang: self.antrag.jahrgang }
    }

    /// The day that decides: the day of receipt, today for a draft.
    fn eingang(&self) -> NaiveDate {
        self.antrag.eingangsdatum.unwrap_or(self.fakten.heute)
    }

    /// Jahrgang open, Regelwerk published and the pinned one, applicant entitled on 1 January of the Jahrgang (S5).
    fn programm(&self) -> Vec<Befund> {
        let (antrag, fakten) = (self.antrag, self.fakten);
        let mut befunde = Vec::new();
        if !fakten.jahrgang_offen {
            befunde.push(
                Befund::neu(&JAHRGANG_NICHT_OFFEN)
                    .ort("/jahrgang")
                    .gemessen("jahrgang", antrag.jahrgang, Einheit::Anzahl)
                    .gemessen("status", &fakten.jahrgang_status, Einheit::Code),
            );
        }
        if fakten.regelwerk.status != RegelwerkStatus::Veroeffentlicht {
            befunde.push(Befund::neu(&REGELWERK_NICHT_VEROEFFENTLICHT).ort("/regelwerk").gemessen(
                "version",
                &fakten.regelwerk.version,
                Einheit::Code,
            ));
        }
        if let Some(fest) = antrag.regelwerk.as_ref().filter(|v| **v != fakten.regelwerk.version) {
            befunde.push(
                Befund::neu(&VERWEIS_UNBEKANNT)
                    .ort("/regelwerk")
                    .gemessen("was", "Regelwerk", Einheit::Text)
                    .gemessen("schluessel", &fakten.regelwerk.version, Einheit::Code)
                    .erlaubt("regelwerk", fest, Einheit::Code),
            );
        }
        if !fakten.gk_berechtigt {
            befunde.push(
                Befund::neu(&NICHT_ANTRAGSBERECHTIGT)
                    .ort("/kreisschluessel")
                    .gemessen("kreisschluessel", &antrag.kreisschluessel, Einheit::Code)
                    .gemessen("jahrgang", antrag.jahrgang, Einheit::Anzahl)
                    .erlaubt("stichtag", stichtag(antrag.jahrgang), Einheit::Datum),
            );
        }
        befunde
    }

    /// Application deadline (S11): a warning as Ordnungsfrist, a refusal as Ausschlussfrist.
    fn frist(&self) -> Result<Vec<Befund>, Befund> {
        let (eingang, ende) = (self.eingang(), self.fakten.antragsfrist);
        if eingang <= ende {
            return Ok(Vec::new());
        }
        let regelwerk = &self.fakten.regelwerk;
        let modus = regelwerk.code("antragsfrist_modus", self.plan().stichtag())?;
        let schwere = if modus == "ORDNUNGSFRIST" { Schwere::Warnung } else { Schwere::Fehler };
        Ok(vec![
            Befund::neu(&ANTRAGSFRIST)
                .mit_schwere(schwere)
                .gemessen("eingang", eingang, Einheit::Datum)
                .gemessen("modus", modus, Einheit::Code)
                .erlaubt("fristende", ende, Einheit::Datum)
                .regelwerk(&regelwerk.version),
        ])
    }

    /// Check digits, signatory, other public money.
    fn formular(&self) -> Vec<Befund> {
        let inhalt = &self.antrag.inhalt;
        let mut befunde = Vec::new();
        if let Some(b) = &inhalt.bankverbindung {
            befunde.extend(b.pruefe("/bankverbindung"));
            befunde.extend(b.inhaber_fremd(&self.fakten.gk_name, "/bankverbindung"));
        }
        if let Some(u) = inhalt.unterzeichner.as_ref().filter(|u| !u.vertretungsbefugt) {
            befunde.push(Befund::neu(&UNTERZEICHNER_OHNE_VERTRETUNG).ort("/unterzeichner/vertretungsbefugt").gemessen(
                "name",
                &u.name,
                Einheit::Text,
            ));
        }
        for (i, m) in inhalt.andere_oeffentliche_mittel.iter().flatten().enumerate() {
            let ort = format!("/andere_oeffentliche_mittel/{i}");
            befunde.extend(betrag_zu_klein(format!("{ort}/betrag"), m.betrag, false));
            befunde.push(
                Befund::neu(&DOPPELFOERDERUNG_MOEGLICH)
                    .ort(ort)
                    .gemessen("geber", &m.geber, Einheit::Text)
                    .gemessen("programm", &m.programm, Einheit::Text)
                    .gemessen("betrag", m.betrag, Einheit::Eur),
            );
        }
        befunde
    }

    /// Every declaration is known, and every mandatory one is made.
    fn erklaerungen(&self) -> Result<Vec<Befund>, Befund> {
        let regelwerk = &self.fakten.regelwerk;
        let pflicht = regelwerk.codes("pflichterklaerungen", self.plan().stichtag())?;
        let gegeben: BTreeSet<&str> = self.antrag.inhalt.erklaerungen.iter().flatten().map(|e| e.0.as_str()).collect();
        let genannt = self.antrag.inhalt.erklaerungen.iter().flatten().enumerate();
        let unbekannt = genannt
            .filter_map(|(i, e)| self.fakten.katalog.pruefe(name::ERKLAERUNGEN, &e.0, &format!("/erklaerungen/{i}")));
        let fehlend = pflicht.iter().filter(|p| !gegeben.contains(p.as_str()));
        let fehlend = fehlend.map(|p| {
            Befund::neu(&ERKLAERUNG_FEHLT)
                .ort("/erklaerungen")
                .gemessen("erklaerung", p, Einheit::Code)
                .regelwerk(&regelwerk.version)
        });
        Ok(unbekannt.chain(fehlend).collect())
    }

    /// The requested period and the early start lie in the window of the Jahrgang.
    fn zeitraum(&self) -> Result<Vec<Befund>, Befund> {
        let inhalt = &self.antrag.inhalt;
        let plan = self.plan();
        let fruehestens = fruehestens(&plan)?;
        let fenster = Zeitraum {
            von: fruehestens,
            bis: tag(Haushaltsfenster::neu(plan.jahrgang, plan.regelwerk)?.letztes, 12, 31),
        };
        let mut befunde = Vec::new();
        if let Some(z) = inhalt.bewilligungszeitraum {
            let regel = if !z.ist_geordnet() {
                Some(&DATUM_REIHENFOLGE)
            } else if fenster.umfasst(&z) {
                None
            } else {
                Some(&ZEITRAUM_AUSSERHALB)
            };
            befunde.extend(regel.map(|r| {
                Befund::neu(r)
                    .ort("/bewilligungszeitraum")
                    .gemessen("von", z.von, Einheit::Datum)
                    .gemessen("bis", z.bis, Einheit::Datum)
                    .erlaubt("fenster_von", fenster.von, Einheit::Datum)
                    .erlaubt("fenster_bis", fenster.bis, Einheit::Datum)
                    .regelwerk(&plan.regelwerk.version)
            }));
        }
        if let Some(v) = inhalt.vorzeitiger_massnahmebeginn.as_ref().filter(|v| v.beantragt) {
            let ort = "/vorzeitiger_massnahmebeginn";
            match v.ab {
                None => befunde.push(angabe_fehlt(&format!("{ort}/ab"), "ab")),
                Some(ab) if ab < fruehestens => befunde.push(
                    Befund::neu(&VORZEITIG_AB_ZU_FRUEH)
                        .ort(format!("{ort}/ab"))
                        .gemessen("ab", ab, Einheit::Datum)
                        .erlaubt("fruehestens", fruehestens, Einheit::Datum)
                        .regelwerk(&plan.regelwerk.version),
                ),
                Some(_) => {}
            }
            if v.begruendung.is_none() {
                befunde.push(angabe_fehlt(&format!("{ort}/begruendung"), "begruendung"));
            }
        }
        Ok(befunde)
    }

    /// The measures one by one, their plans, and what they have to do with each other.
    fn massnahmen(&self) -> Vec<Befund> {
        let massnahmen = || self.antrag.massnahmen.iter().map(|m| &m.massnahme);
        let plan = self.plan();
        let fakten = Massnahmefakten {
            plan,
            kreisschluessel: &self.antrag.kreisschluessel,
            traeger: &self.fakten.traeger,
            bewilligungszeitraum: self.antrag.inhalt.bewilligungszeitraum,
            tag: self.eingang(),
            eingereicht: self.antrag.eingereicht_am.is_some(),
        };
        let mut befunde = Vec::new();
        if self.antrag.massnahmen.is_empty() {
            befunde.push(Befund::neu(&MASSNAHME_FEHLT).ort("/massnahmen").gemessen("anzahl", 0, Einheit::Anzahl));
        }
        let mut nummern = BTreeSet::new();
        for m in massnahmen().filter(|m| !nummern.insert(&m.massnahme_nr)) {
            befunde.push(Befund::neu(&MASSNAHME_NR_DOPPELT).ort(m.ort()).gemessen(
                "massnahme",
                &m.massnahme_nr,
                Einheit::Code,
            ));
        }
        for m in &self.antrag.massnahmen {
            befunde.extend(m.massnahme.pruefe(&fakten));
            let ort = format!("{}/detailplanung", m.massnahme.ort());
            let Some(d) = &m.detailplanung else {
                befunde.push(Befund::neu(&DETAILPLANUNG_FEHLT).ort(ort).gemessen(
                    "massnahme",
                    &m.massnahme.massnahme_nr,
                    Einheit::Code,
                ));
                continue;
            };
            let inhalt = &m.massnahme.inhalt;
            let laufzeit = Zeitraum { von: inhalt.beginn, bis: inhalt.ende };
            let bezug = Planbezug { laufzeit, plan: &inhalt.finanzierungsplan, fakten: plan };
            befunde.extend(d.pruefe(&ort, &bezug).into_iter().map(|b| b.in_massnahme(&m.massnahme.massnahme_nr)));
        }
        let andere = self.fakten.andere_massnahmen.iter();
        let eigene: Vec<_> = andere.filter_map(|a| a.bezeichnung.as_deref().map(|name| (name, &a.massnahme))).collect();
        befunde.extend(plaetze_doppelt(massnahmen(), &eigene));
        befunde.extend(pruefe_personal(&self.einsaetze(), &plan));
        let bedarf =
            Artbedarf { zuteilung_gesamt: self.fakten.zuteilung_gesamt, gebunden: Some(&self.fakten.gebunden_je_art) };
        befunde.extend(pruefe_obergrenzen(massnahmen(), &bedarf, &plan));
        befunde
    }

    fn einsaetze(&self) -> Vec<Traegereinsatz<'a>> {
        let mit_plan = self.antrag.massnahmen.iter().filter_map(|m| m.detailplanung.as_ref().map(|d| (m, d)));
        let hier = mit_plan.map(|(m, d)| Traegereinsatz {
            traeger: m.massnahme.inhalt.traeger_id,
            massnahme: &m.massnahme.massnahme_nr,
            eigen: true,
            einsatz: &d.personaleinsatz,
        });
        // without a Traeger the pseudonym is one of the county's own
        let dort = self.fakten.andere_massnahmen.iter();
        let dort = dort.filter(|a| a.bezeichnung.is_some() || a.massnahme.inhalt.traeger_id.is_some());
        let dort = dort.map(|a| Traegereinsatz {
            traeger: a.massnahme.inhalt.traeger_id,
            massnahme: a.bezeichnung.as_deref().unwrap_or("…"),
            eigen: false,
            einsatz: &a.personaleinsatz,
        });
        dort.chain(hier).collect()
    }

    /// What is applied for is available, per Teilbudget and Haushaltsjahr (S2).
    fn budget(&self) -> Vec<Befund> {
        let Ok(beantragt) = self.antrag.beantragt_je() else {
            return vec![Befund::neu(&RECHENBEREICH).ort("/massnahmen")];
        };
        let konto = |teilbudget: &str, haushaltsjahr: i32| Kontoschluessel {
            jahrgang: self.antrag.jahrgang,
            kreisschluessel: self.antrag.kreisschluessel.clone(),
            teilbudget: teilbudget.to_owned(),
            haushaltsjahr,
            art: Kontoart::Verfuegbar,
        };
        beantragt
            .iter()
            .filter_map(|(posten, betrag)| {
                let (teilbudget, jahr) = posten;
                match self.fakten.verfuegbar.get(posten) {
                    Some(frei) if betrag <= frei => None,
                    Some(frei) => Some(konto(teilbudget, *jahr).nicht_gedeckt(*betrag, *frei)),
                    None => Some(
                        Befund::neu(&ZUTEILUNG_FEHLT)
                            .gemessen("kreisschluessel", &self.antrag.kreisschluessel, Einheit::Code)
                            .gemessen("jahrgang", self.antrag.jahrgang, Einheit::Anzahl)
                            .gemessen("teilbudget", teilbudget, Einheit::Code)
                            .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
                            .gemessen("benoetigt", betrag, Einheit::Eur),
                    ),
                }
            })
            .map(|b| b.ort("/massnahmen"))
            .collect()
    }

    /// Strategy and Zielvereinbarung: the agreement is a hint when filing and needed for a grant.
    fn voraussetzungen(&self, anlass: Anlass) -> Result<Vec<Befund>, Befund> {
        let (antrag, fakten) = (self.antrag, self.fakten);
        let mut befunde = Vec::new();
        if !fakten.strategie_vorhanden {
            befunde.push(
                Befund::neu(&STRATEGIE_FEHLT)
                    .gemessen("kreisschluessel", &antrag.kreisschluessel, Einheit::Code)
                    .erlaubt("stichtag", stichtag(antrag.jahrgang), Einheit::Datum),
            );
        }
        if let Some(id) = self.antrag.inhalt.zielvereinbarung_id.filter(|_| !fakten.zielvereinbarung_bekannt) {
            befunde.push(
                Befund::neu(&VERWEIS_UNBEKANNT)
                    .ort("/zielvereinbarung_id")
                    .gemessen("was", "Zielvereinbarung", Einheit::Text)
                    .gemessen("schluessel", id, Einheit::Code),
            );
        }
        if !fakten.zielvereinbarung_geschlossen {
            let noetig = anlass == Anlass::Entscheidung
                && fakten.regelwerk.wahrheit("bewilligung_nur_mit_zielvereinbarung", self.plan().stichtag())?;
            befunde.push(
                Befund::neu(&ZIELVEREINBARUNG_FEHLT)
                    .mit_schwere(if noetig { Schwere::Fehler } else { Schwere::Hinweis })
                    .ort("/zielvereinbarung_id")
                    .gemessen("kreisschluessel", &antrag.kreisschluessel, Einheit::Code)
                    .gemessen("jahrgang", antrag.jahrgang, Einheit::Anzahl)
                    .gemessen("status", fakten.zielvereinbarung_status.as_deref().unwrap_or("FEHLT"), Einheit::Code)
                    .erlaubt("verlangt", "GESCHLOSSEN", Einheit::Code)
                    .regelwerk(&fakten.regelwerk.version),
            );
        }
        Ok(befunde)
    }
}

fn angabe_fehlt(ort: &str, feld: &str) -> Befund {
    Befund::neu(&ANGABE_FEHLT).ort(ort).gemessen("feld", feld, Einheit::Text)
}

/// Every part of the form that a filed Antrag needs. Declarations have their own rule.
fn vollstaendig(inhalt: &Antragsinhalt) -> Vec<Befund> {
    let teile = [
        ("antragsteller", inhalt.antragsteller.is_some()),
        ("bankverbindung", inhalt.bankverbindung.is_some()),
        ("bewilligungszeitraum", inhalt.bewilligungszeitraum.is_some()),
        ("vorzeitiger_massnahmebeginn", inhalt.vorzeitiger_massnahmebeginn.is_some()),
        ("vorsteuerabzug", inhalt.vorsteuerabzug.is_some()),
        ("andere_oeffentliche_mittel", inhalt.andere_oeffentliche_mittel.is_some()),
        ("unterzeichner", inhalt.unterzeichner.is_some()),
    ];
    teile.into_iter().filter(|(_, da)| !da).map(|(feld, _)| angabe_fehlt(&format!("/{feld}"), feld)).collect()
}
