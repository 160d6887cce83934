//! Jahrgang: the programme year with its Regelwerk and its state budget.

use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::budget::pruefe_positionen;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::katalog::Katalogstand;
use crate::konto::{Buchung, Kontoart, Kontoschluessel, LAND};
use crate::regel::{
    ANGABE_FEHLT, HAUSHALTSJAHR_AUSSERHALB, JAHRGANG_NICHT_OFFEN, JAHRGANG_OFFENE_FAELLE, PARAMETER_FEHLT,
    RECHENBEREICH, REGELWERK_NICHT_VEROEFFENTLICHT, REGELWERK_NOCH_NICHT_GUELTIG, UNVERAENDERLICH, VERWEIS_UNBEKANNT,
};
use crate::regelwerk::{Regelwerk, RegelwerkStatus};
use chrono::NaiveDate;

/// A line of the state budget: amount per Teilbudget and Haushaltsjahr.
pub use crate::budget::Budgetposition as Haushaltsansatz;

/// How grants cover costs; declared with the reduction rules.
pub use crate::zuwendung::Finanzierungsart;

crate::status! {
    /// State of a Jahrgang.
    JahrgangStatus {
        /// Being prepared; Regelwerk and state budget can change.
        Angelegt = "ANGELEGT",
        /// Money can be allocated, cases can run.
        Offen = "OFFEN",
        /// All cases are concluded.
        Abgeschlossen = "ABGESCHLOSSEN",
    }
}

/// A Jahrgang.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Jahrgang {
    /// Year, 2011 to 2099; the key.
    pub jahrgang: i32,
    /// Version of the Regelwerk that new cases pin.
    pub regelwerk: String,
    /// State.
    pub status: JahrgangStatus,
    /// How grants cover costs; read from the Regelwerk and fixed at opening.
    pub finanzierungsart: Option<Finanzierungsart>,
    /// State budget.
    pub ansaetze: Vec<Haushaltsansatz>,
    /// Who created it.
    pub erstellt_von: String,
    /// Legal day of the opening.
    pub geoeffnet_am: Option<NaiveDate>,
    /// Legal day of the closing.
    pub abgeschlossen_am: Option<NaiveDate>,
}

/// The Haushaltsjahre in which money of a Jahrgang can flow, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Haushaltsfenster {
    /// First Haushaltsjahr: the Jahrgang itself.
    pub erstes: i32,
    /// Last Haushaltsjahr.
    pub letztes: i32,
}

impl Haushaltsfenster {
    /// The window of `jahrgang`: as many years as `ausgabefenster_jahre` says on 1 January of the Jahrgang.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, also for a window without a year or beyond a century.
    pub fn neu(jahrgang: i32, regelwerk: &Regelwerk) -> Result<Self, Befund> {
        const SCHLUESSEL: &str = "ausgabefenster_jahre";
        let tag = stichtag(jahrgang);
        let jahre = regelwerk.ganzzahl(SCHLUESSEL, tag)?;
        match i32::try_from(jahre) {
            Ok(n) if (1..=100).contains(&n) => {
                Ok(Haushaltsfenster { erstes: jahrgang, letztes: jahrgang.saturating_add(n - 1) })
            }
            _ => Err(Befund::neu(&PARAMETER_FEHLT)
                .gemessen("parameter", SCHLUESSEL, Einheit::Code)
                .gemessen("stichtag", tag, Einheit::Datum)
                .regelwerk(&regelwerk.version)),
        }
    }

    /// The Haushaltsjahr lies in the window.
    pub fn enthaelt(self, haushaltsjahr: i32) -> bool {
        self.erstes <= haushaltsjahr && haushaltsjahr <= self.letztes
    }

    /// The finding for a Haushaltsjahr outside the window.
    pub fn pruefe(self, haushaltsjahr: i32, ort: &str) -> Option<Befund> {
        (!self.enthaelt(haushaltsjahr)).then(|| {
            Befund::neu(&HAUSHALTSJAHR_AUSSERHALB)
                .ort(ort)
                .gemessen("haushaltsjahr", haushaltsjahr, Einheit::Anzahl)
                .erlaubt("erstes", self.erstes, Einheit::Anzahl)
                .erlaubt("letztes", self.letztes, Einheit::Anzahl)
        })
    }
}

/// Cases of a Jahrgang that are not concluded, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OffeneFaelle {
    /// Applications that are neither decided nor withdrawn, drafts included.
    pub antraege: u64,
    /// Drafts among them.
    pub entwuerfe: u64,
    /// Applications for a change that are neither decided nor withdrawn.
    pub aenderungen: u64,
    /// Umverteilungen that wait for their approval.
    pub umverteilungen: u64,
    /// Budgetkorrekturen that wait for their approval.
    pub korrekturen: u64,
}

impl OffeneFaelle {
    fn anzahl(self) -> u64 {
        [self.aenderungen, self.umverteilungen, self.korrekturen].into_iter().fold(self.antraege, u64::saturating_add)
    }
}

/// The finding `REGELWERK_NOCH_NICHT_GUELTIG`, unless the Regelwerk is in force on 1 January of the Jahrgang.
fn pruefe_geltung(jahrgang: i32, regelwerk: &Regelwerk) -> Option<Befund> {
    let tag = stichtag(jahrgang);
    (regelwerk.gueltig_ab > tag).then(|| {
        Befund::neu(&REGELWERK_NOCH_NICHT_GUELTIG)
            .ort("/regelwerk")
            .gemessen("version", &regelwerk.version, Einheit::Code)
            .gemessen("gueltig_ab", regelwerk.gueltig_ab, Einheit::Datum)
            .erlaubt("stichtag", tag, Einheit::Datum)
    })
}

/// How grants of a Jahrgang cover costs, as the Regelwerk says on 1 January of the Jahrgang.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn finanzierungsart(jahrgang: i32, regelwerk: &Regelwerk) -> Result<Finanzierungsart, Befund> {
    let tag = stichtag(jahrgang);
    regelwerk.code("finanzierungsart", tag)?.parse().map_err(|_| {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", "finanzierungsart", Einheit::Code)
            .gemessen("stichtag", tag, Einheit::Datum)
            .regelwerk(&regelwerk.version)
    })
}

/// Act: open.
pub const OEFFNUNG: &str = "oeffnung";
/// Act: close.
pub const ABSCHLUSS: &str = "abschluss";

/// State table.
pub const UEBERGAENGE: &[Uebergang<JahrgangStatus>] = &[
    Uebergang {
        akt: OEFFNUNG,
        recht: Recht::JahrgangPflegen,
        von: &[JahrgangStatus::Angelegt],
        nach: Some(JahrgangStatus::Offen),
    },
    Uebergang {
        akt: ABSCHLUSS,
        recht: Recht::JahrgangPflegen,
        von: &[JahrgangStatus::Offen],
        nach: Some(JahrgangStatus::Abgeschlossen),
    },
];

impl Jahrgang {
    /// A new Jahrgang in preparation. `regelwerk` may still be a draft; the window of Haushaltsjahre is needed once
    /// there are Ansaetze to lie in it.
    ///
    /// # Errors
    /// `REGELWERK_NOCH_NICHT_GUELTIG`, `PARAMETER_FEHLT`, or the findings of [`pruefe_positionen`] about `/ansaetze`.
    pub fn anlegen(
        jahrgang: i32,
        regelwerk: &Regelwerk,
        ansaetze: Vec<Haushaltsansatz>,
        katalog: &Katalogstand,
        akteur: &Akteur,
    ) -> Result<Jahrgang, Vec<Befund>> {
        let mut befunde: Vec<Befund> = pruefe_geltung(jahrgang, regelwerk).into_iter().collect();
        if !ansaetze.is_empty() {
            match Haushaltsfenster::neu(jahrgang, regelwerk) {
                Ok(f) => befunde.extend(pruefe_positionen(&ansaetze, f, katalog, "/ansaetze")),
                Err(b) => befunde.push(b),
            }
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        Ok(Jahrgang {
            jahrgang,
            regelwerk: regelwerk.version.clone(),
            status: JahrgangStatus::Angelegt,
            finanzierungsart: None,
            ansaetze,
            erstellt_von: akteur.person.clone(),
            geoeffnet_am: None,
            abgeschlossen_am: None,
        })
    }

    /// Replaces Regelwerk and state budget while the Jahrgang is in preparation.
    ///
    /// # Errors
    /// `UNVERAENDERLICH` after the opening, otherwise as [`Jahrgang::anlegen`].
    pub fn aendern(
        &self,
        regelwerk: &Regelwerk,
        ansaetze: Vec<Haushaltsansatz>,
        katalog: &Katalogstand,
        akteur: &Akteur,
    ) -> Result<Jahrgang, Vec<Befund>> {
        if self.status != JahrgangStatus::Angelegt {
            return Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)]);
        }
        let neu = Jahrgang::anlegen(self.jahrgang, regelwerk, ansaetze, katalog, akteur)?;
        Ok(Jahrgang { erstellt_von: self.erstellt_von.clone(), ..neu })
    }

    /// The Haushaltsjahre of this Jahrgang.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, or `VERWEIS_UNBEKANNT` when `regelwerk` is not the one of this Jahrgang.
    pub fn fenster(&self, regelwerk: &Regelwerk) -> Result<Haushaltsfenster, Befund> {
        if regelwerk.version != self.regelwerk {
            return Err(self.fremdes_regelwerk(regelwerk));
        }
        Haushaltsfenster::neu(self.jahrgang, regelwerk)
    }

    fn fremdes_regelwerk(&self, regelwerk: &Regelwerk) -> Befund {
        Befund::neu(&VERWEIS_UNBEKANNT)
            .ort("/regelwerk")
            .gemessen("was", "Regelwerk", Einheit::Text)
            .gemessen("schluessel", &regelwerk.version, Einheit::Code)
            .erlaubt("regelwerk", &self.regelwerk, Einheit::Code)
    }

    /// The finding `JAHRGANG_NICHT_OFFEN`, unless the Jahrgang is open.
    pub fn pruefe_offen(&self) -> Option<Befund> {
        (self.status != JahrgangStatus::Offen).then(|| {
            Befund::neu(&JAHRGANG_NICHT_OFFEN)
                .gemessen("jahrgang", self.jahrgang, Einheit::Anzahl)
                .gemessen("status", self.status, Einheit::Code)
                .erlaubt("verlangt", JahrgangStatus::Offen, Einheit::Code)
        })
    }

    /// The Jahrgang with its Ansaetze raised or lowered by these amounts. A place that falls to 0.00 goes.
    ///
    /// # Errors
    /// `PROGRAMM_ERSCHOEPFT` for a place that would fall below zero, `RECHENBEREICH`.
    pub fn mit_ansatz(&self, aenderung: &[Haushaltsansatz], erhoehen: bool) -> Result<Jahrgang, Vec<Befund>> {
        let bereich = |_| vec![Befund::neu(&RECHENBEREICH).ort("/positionen")];
        let mut ansaetze = self.ansaetze.clone();
        for p in aenderung {
            let gleich =
                |a: &&mut Haushaltsansatz| (&a.teilbudget, a.haushaltsjahr) == (&p.teilbudget, p.haushaltsjahr);
            match ansaetze.iter_mut().find(gleich) {
                Some(a) if erhoehen => a.betrag = a.betrag.plus(p.betrag).map_err(bereich)?,
                Some(a) if a.betrag >= p.betrag => a.betrag = a.betrag.minus(p.betrag).map_err(bereich)?,
                None if erhoehen => ansaetze.push(p.clone()),
                a => {
                    let da = a.map_or(Euro::NULL, |a| a.betrag);
                    return Err(vec![p.landeskonto(self.jahrgang, Kontoart::Programm).nicht_gedeckt(p.betrag, da)]);
                }
            }
        }
        ansaetze.retain(|a| a.betrag.ist_positiv());
        Ok(Jahrgang { ansaetze, ..self.clone() })
    }

    /// All acts with the reasons that block them, before Regelwerk and cases are asked.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, |_| Vec::new())
    }

    /// Opens the Jahrgang: fixes the Finanzierungsart and posts the state budget LANDESHAUSHALT → PROGRAMM.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `REGELWERK_NICHT_VEROEFFENTLICHT`,
    /// `REGELWERK_NOCH_NICHT_GUELTIG`, `PARAMETER_FEHLT`, `ANGABE_FEHLT` without any state budget, or the findings of [`pruefe_positionen`].
    pub fn oeffnen(
        &self,
        regelwerk: &Regelwerk,
        katalog: &Katalogstand,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Jahrgang> {
        let mut befunde = frei(self.aktionen(akteur), OEFFNUNG)?;
        if regelwerk.version != self.regelwerk {
            befunde.push(self.fremdes_regelwerk(regelwerk));
        } else if regelwerk.status != RegelwerkStatus::Veroeffentlicht {
            befunde.push(Befund::neu(&REGELWERK_NICHT_VEROEFFENTLICHT).ort("/regelwerk").gemessen(
                "version",
                &regelwerk.version,
                Einheit::Code,
            ));
        }
        befunde.extend(pruefe_geltung(self.jahrgang, regelwerk));
        let art = finanzierungsart(self.jahrgang, regelwerk).map_err(|b| befunde.push(b)).ok();
        match Haushaltsfenster::neu(self.jahrgang, regelwerk) {
            Ok(f) => befunde.extend(pruefe_positionen(&self.ansaetze, f, katalog, "/ansaetze")),
            Err(b) => befunde.push(b),
        }
        if self.ansaetze.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/ansaetze").gemessen("feld", "ansaetze", Einheit::Code));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let buchung = self.ansaetze.iter().fold(
            Buchung::umbuchung("HAUSHALTSANSATZ", format!("Haushaltsansatz Jahrgang {}", self.jahrgang)),
            |b, p| {
                b.bewegung(
                    p.landeskonto(self.jahrgang, Kontoart::Landeshaushalt),
                    p.landeskonto(self.jahrgang, Kontoart::Programm),
                    p.betrag,
                )
            },
        );
        let neu = Jahrgang {
            status: JahrgangStatus::Offen,
            finanzierungsart: art,
            geoeffnet_am: Some(heute),
            ..self.clone()
        };
        let daten = serde_json::json!({ "jahrgang": self.jahrgang });
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis("jahrgang.geoeffnet", daten))
    }

    /// What is free on the accounts of Gebietskoerperschaften goes back: VERFUEGBAR → PROGRAMM, per account. None where
    /// nothing is free.
    pub fn rueckfall(&self, frei: &[(Kontoschluessel, Euro)]) -> Option<Buchung> {
        let text = format!("Rückfall freier Mittel, Jahrgang {}", self.jahrgang);
        let b = frei.iter().filter(|(k, _)| k.art == Kontoart::Verfuegbar).fold(
            Buchung::umbuchung("RUECKFALL", text),
            |b, (k, saldo)| {
                let land = Kontoschluessel { kreisschluessel: LAND.to_owned(), ..k.mit_art(Kontoart::Programm) };
                b.bewegung(k.clone(), land, *saldo)
            },
        );
        (!b.zeilen().is_empty()).then_some(b)
    }

    /// Closes the Jahrgang when none of its cases is open; its agreements expire with it, and what is free, `freies`,
    /// goes back to the programme.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG` or `JAHRGANG_OFFENE_FAELLE`.
    pub fn abschliessen(
        &self,
        offen: OffeneFaelle,
        freies: &[(Kontoschluessel, Euro)],
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Jahrgang> {
        frei(self.aktionen(akteur), ABSCHLUSS)?;
        if offen.anzahl() > 0 {
            return Err(vec![
                Befund::neu(&JAHRGANG_OFFENE_FAELLE)
                    .gemessen("jahrgang", self.jahrgang, Einheit::Anzahl)
                    .gemessen("offen", offen.anzahl(), Einheit::Anzahl)
                    .gemessen("antraege", offen.antraege, Einheit::Anzahl)
                    .gemessen("entwuerfe", offen.entwuerfe, Einheit::Anzahl)
                    .gemessen("aenderungen", offen.aenderungen, Einheit::Anzahl)
                    .gemessen("umverteilungen", offen.umverteilungen, Einheit::Anzahl)
                    .gemessen("korrekturen", offen.korrekturen, Einheit::Anzahl)
                    .erlaubt("hoechstens", 0, Einheit::Anzahl),
            ]);
        }
        let neu = Jahrgang { status: JahrgangStatus::Abgeschlossen, abgeschlossen_am: Some(heute), ..self.clone() };
        let daten = serde_json::json!({ "jahrgang": self.jahrgang });
        let e = Entscheidung::neu(neu).ereignis("jahrgang.abgeschlossen", daten);
        Ok(match self.rueckfall(freies) {
            Some(b) => e.buchung(b),
            None => e,
        })
    }
}

#[cfg(test)]
mod tests;
