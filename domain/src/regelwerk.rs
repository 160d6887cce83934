//! The Regelwerk: the programme's numbers as versioned data. A rule asks it; a value that is missing is a refusal.

use crate::akt::{Entscheidung, Uebergang, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::detailplanung::Vzae;
use crate::geld::{Euro, Prozent};
use crate::regel::{Einstufung, PARAMETER_FEHLT, PARAMETER_FORM, PARAMETER_UNBEKANNT, PARAMETER_UNVOLLSTAENDIG};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

mod entwurf;
mod vergleich;
mod vorgaben;
mod vorschrift;
pub use vergleich::{Parameterunterschied, vergleiche};
pub use vorgaben::{he_alt, he_neu};
use vorschrift::vorschrift;
pub use vorschrift::{alle_schluessel, kennt};

crate::status! {
    /// Kind of a parameter's value; decides how `wert` is to be read.
    Parameterart {
        /// Whole number.
        Ganzzahl = "GANZZAHL",
        /// Amount in euro, two decimals.
        Betrag = "BETRAG",
        /// Percent or percentage points, two decimals.
        Prozent = "PROZENT",
        /// Full-time equivalents, two decimals.
        Vzae = "VZAE",
        /// `JA` or `NEIN`.
        Wahrheit = "WAHRHEIT",
        /// A day in every year, `TT.MM.`.
        TagImJahr = "TAG_IM_JAHR",
        /// A period: `2 MONATE`, `6 WOCHEN`, `14 TAGE`.
        Dauer = "DAUER",
        /// One code of a closed list.
        Code = "CODE",
        /// Several codes, separated by a blank.
        Codes = "CODES",
        /// A limit that is stated not to exist.
        Keine = "KEINE",
        /// A value nobody knows yet: every rule that needs it refuses.
        Unbekannt = "UNBEKANNT",
    }
}

crate::status! {
    /// State of a Regelwerk.
    RegelwerkStatus {
        /// Can be edited.
        Entwurf = "ENTWURF",
        /// Immutable; cases can pin it.
        Veroeffentlicht = "VEROEFFENTLICHT",
    }
}

/// One dated value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Key, as the rules name it.
    #[cfg_attr(feature = "schema", schema(pattern = "^[a-z][a-z0-9_.]{2,79}$", examples("antragsfrist")))]
    pub schluessel: String,
    /// Kind of value.
    pub art: Parameterart,
    /// The value in the notation of its kind; absent for `KEINE` and `UNBEKANNT`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 400, pattern = r"^[^\u0000-\u001F]*$", examples("31.03."))
    )]
    pub wert: Option<String>,
    /// First day on which the value applies.
    pub gueltig_ab: NaiveDate,
    /// Where the value was read.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 400,
            pattern = r"^[^\u0000-\u001F]*$",
            examples("AQB-Fördergrundsätze (Förderdatenbank)")
        )
    )]
    pub fundstelle: String,
    /// How well it is known.
    pub einstufung: Einstufung,
}

/// Reads a field that may be absent but never `null`.
///
/// # Errors
/// The inner type's own.
pub fn gesetzt<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

/// A version of the rules' numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regelwerk {
    /// Stable version name, `HE-ALT`.
    pub version: String,
    /// Words for people.
    pub bezeichnung: String,
    /// First day on which cases may pin it.
    pub gueltig_ab: NaiveDate,
    /// State.
    pub status: RegelwerkStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Further persons who changed the draft.
    #[serde(default)]
    pub bearbeitet_von: Vec<String>,
    /// Who published it; none of those who wrote it.
    pub veroeffentlicht_von: Option<String>,
    /// All parameters, several rows per key where values change by day.
    pub parameter: Vec<Parameter>,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dauer {
    /// Calendar months (§ 188 BGB).
    Monate(u32),
    /// Weeks.
    Wochen(u32),
    /// Days.
    Tage(u32),
}

impl Dauer {
    fn lesen(s: &str) -> Option<Dauer> {
        let (n, einheit) = s.split_once(' ')?;
        let n: u32 = n.parse().ok().filter(|n| (1..=1200).contains(n))?;
        match einheit {
            "MONATE" => Some(Dauer::Monate(n)),
            "WOCHEN" => Some(Dauer::Wochen(n)),
            "TAGE" => Some(Dauer::Tage(n)),
            _ => None,
        }
    }
}

fn tag_im_jahr(s: &str) -> Option<(u32, u32)> {
    let (t, rest) = s.split_once('.')?;
    let m = rest.strip_suffix('.')?;
    let (t, m) = (t.parse().ok()?, m.parse().ok()?);
    NaiveDate::from_ymd_opt(2023, m, t).map(|_| (m, t))
}

impl Parameter {
    /// The value has the form its key demands.
    ///
    /// # Errors
    /// The finding that says what is expected.
    pub fn pruefe(&self) -> Result<(), Befund> {
        let Some(v) = vorschrift(&self.schluessel) else {
            return Err(Befund::neu(&PARAMETER_UNBEKANNT).gemessen("parameter", &self.schluessel, Einheit::Code));
        };
        let wert = self.wert.as_deref();
        let gut = match self.art {
            Parameterart::Unbekannt => wert.is_none(),
            Parameterart::Keine => v.je_massnahmeart && wert.is_none(),
            art if art != v.art => false,
            Parameterart::Ganzzahl => wert.is_some_and(|w| w.parse::<i64>().is_ok_and(|n| n >= 0)),
            Parameterart::Betrag => wert.is_some_and(|w| w.parse::<Euro>().is_ok_and(|e| !e.ist_negativ())),
            Parameterart::Prozent => wert.and_then(|w| w.parse::<Prozent>().ok()).is_some_and(|p| v.anteil_moeglich(p)),
            Parameterart::Vzae => wert.is_some_and(|w| w.parse::<Vzae>().is_ok()),
            Parameterart::Wahrheit => matches!(wert, Some("JA" | "NEIN")),
            Parameterart::TagImJahr => wert.and_then(tag_im_jahr).is_some(),
            Parameterart::Dauer => wert.and_then(Dauer::lesen).is_some(),
            Parameterart::Code => wert.is_some_and(|w| v.codes.contains(&w)),
            Parameterart::Codes => wert.is_some_and(|w| v.kennt_alle(w)),
        };
        if gut {
            return Ok(());
        }
        let erwartet = v.erwartet();
        Err(Befund::neu(&PARAMETER_FORM)
            .gemessen("parameter", &self.schluessel, Einheit::Code)
            .gemessen("wert", wert.unwrap_or("–"), Einheit::Text)
            .erlaubt("erwartet", erwartet, Einheit::Text))
    }
}

impl Regelwerk {
    /// The row that applies on `stichtag`: the latest that is valid by then.
    pub fn zeile(&self, schluessel: &str, stichtag: NaiveDate) -> Option<&Parameter> {
        self.parameter
            .iter()
            .filter(|p| p.schluessel == schluessel && p.gueltig_ab <= stichtag)
            .max_by_key(|p| p.gueltig_ab)
    }

    fn fehlt(&self, schluessel: &str, stichtag: NaiveDate) -> Befund {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", schluessel, Einheit::Code)
            .gemessen("stichtag", stichtag, Einheit::Datum)
            .regelwerk(&self.version)
    }

    fn wert(&self, schluessel: &str, stichtag: NaiveDate) -> Result<&str, Befund> {
        self.zeile(schluessel, stichtag).and_then(|p| p.wert.as_deref()).ok_or_else(|| self.fehlt(schluessel, stichtag))
    }

    fn lies<T>(&self, schluessel: &str, stichtag: NaiveDate, f: impl Fn(&str) -> Option<T>) -> Result<T, Befund> {
        f(self.wert(schluessel, stichtag)?).ok_or_else(|| self.fehlt(schluessel, stichtag))
    }

    /// A whole number.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn ganzzahl(&self, schluessel: &str, stichtag: NaiveDate) -> Result<i64, Befund> {
        self.lies(schluessel, stichtag, |w| w.parse().ok())
    }

    /// An amount.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn betrag(&self, schluessel: &str, stichtag: NaiveDate) -> Result<Euro, Befund> {
        self.lies(schluessel, stichtag, |w| w.parse().ok())
    }

    /// A percentage.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn prozent(&self, schluessel: &str, stichtag: NaiveDate) -> Result<Prozent, Befund> {
        self.lies(schluessel, stichtag, |w| w.parse().ok())
    }

    /// Full-time equivalents.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn vzae(&self, schluessel: &str, stichtag: NaiveDate) -> Result<Vzae, Befund> {
        self.lies(schluessel, stichtag, |w| w.parse().ok())
    }

    /// Yes or no.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn wahrheit(&self, schluessel: &str, stichtag: NaiveDate) -> Result<bool, Befund> {
        self.lies(schluessel, stichtag, |w| match w {
            "JA" => Some(true),
            "NEIN" => Some(false),
            _ => None,
        })
    }

    /// The day `TT.MM.` in the given year.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn tag_im_jahr(&self, schluessel: &str, jahr: i32, stichtag: NaiveDate) -> Result<NaiveDate, Befund> {
        self.lies(schluessel, stichtag, |w| tag_im_jahr(w).and_then(|(m, t)| NaiveDate::from_ymd_opt(jahr, m, t)))
    }

    /// A period.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn dauer(&self, schluessel: &str, stichtag: NaiveDate) -> Result<Dauer, Befund> {
        self.lies(schluessel, stichtag, Dauer::lesen)
    }

    /// One code.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn code(&self, schluessel: &str, stichtag: NaiveDate) -> Result<&str, Befund> {
        self.wert(schluessel, stichtag)
    }

    /// Several codes.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when there is no usable value on that day.
    pub fn codes(&self, schluessel: &str, stichtag: NaiveDate) -> Result<Vec<String>, Befund> {
        self.wert(schluessel, stichtag).map(|w| w.split_whitespace().map(str::to_owned).collect())
    }

    /// A ceiling: its row, or `None` where the Regelwerk states that there is no such ceiling.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` when it states nothing or an unknown value: a limit that is not known is not "none".
    pub fn obergrenze(&self, schluessel: &str, stichtag: NaiveDate) -> Result<Option<&Parameter>, Befund> {
        match self.zeile(schluessel, stichtag) {
            Some(p) if p.art == Parameterart::Keine => Ok(None),
            Some(p) if p.wert.is_some() => Ok(Some(p)),
            _ => Err(self.fehlt(schluessel, stichtag)),
        }
    }

    /// All parameters are known, well-formed, unambiguous and complete.
    pub fn pruefe(&self) -> Vec<Befund> {
        let mut befunde: Vec<Befund> = self
            .parameter
            .iter()
            .enumerate()
            .filter_map(|(i, p)| p.pruefe().err().map(|b| b.ort(format!("/parameter/{i}"))))
            .collect();
        befunde.extend(entwurf::doppelte(&self.parameter));
        let da: BTreeSet<&str> = self.parameter.iter().map(|p| p.schluessel.as_str()).collect();
        for s in alle_schluessel() {
            if !da.contains(s.as_str()) {
                befunde.push(
                    Befund::neu(&PARAMETER_UNVOLLSTAENDIG).gemessen("parameter", &s, Einheit::Code).ort("/parameter"),
                );
            }
        }
        befunde
    }

    /// Publishes the draft; from then on it is immutable.
    ///
    /// # Errors
    /// `VIER_AUGEN` for a person who drafted or changed it, `STATUS_UNZULAESSIG`, or what [`Regelwerk::pruefe`] finds.
    pub fn veroeffentlichen(&self, akteur: &Akteur) -> Urteil<Regelwerk> {
        let befunde = self.sperren(VEROEFFENTLICHUNG, akteur);
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Regelwerk {
            status: RegelwerkStatus::Veroeffentlicht,
            veroeffentlicht_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("regelwerk.veroeffentlicht", serde_json::json!({ "version": self.version })))
    }

    /// What blocks an act.
    pub fn sperren(&self, akt: &str, akteur: &Akteur) -> Vec<Befund> {
        self.aktionen(akteur).into_iter().filter(|a| a.akt == akt).flat_map(|a| a.befunde).collect()
    }
}

/// Act: publish.
pub const VEROEFFENTLICHUNG: &str = "veroeffentlichung";

/// State table.
pub const UEBERGAENGE: &[Uebergang<RegelwerkStatus>] = &[Uebergang {
    akt: VEROEFFENTLICHUNG,
    recht: Recht::RegelwerkVeroeffentlichen,
    von: &[RegelwerkStatus::Entwurf],
    nach: Some(RegelwerkStatus::Veroeffentlicht),
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zeit::tag;

    #[test]
    fn mitgelieferte_regelwerke_sind_vollstaendig() {
        for r in [he_alt(), he_neu()] {
            assert!(
                r.pruefe().is_empty(),
                "{}: {:?}",
                r.version,
                r.pruefe().iter().map(|b| &b.gemessen).collect::<Vec<_>>()
            );
        }
    }

    /// Dossier S24: the threshold for direct orders changes by day inside one version.
    #[test]
    fn s24_direktauftrag_nach_tag() {
        let r = he_neu();
        assert_eq!(r.betrag("direktauftrag_grenze", tag(2025, 12, 31)).map(|e| e.to_string()), Ok("10000.00".into()));
        assert_eq!(r.betrag("direktauftrag_grenze", tag(2026, 7, 1)).map(|e| e.to_string()), Ok("100000.00".into()));
    }

    #[test]
    fn unbekannter_wert_ist_eine_ablehnung() {
        let e = he_neu().dauer("mittelabruf_frist", tag(2026, 7, 1)).unwrap_err();
        assert_eq!(e.regel.kurzname, "PARAMETER_FEHLT");
    }

    #[test]
    fn keine_obergrenze_ist_eine_aussage() {
        let mut r = he_alt();
        let s = "obergrenze_absolut.ausbildungsvorbereitung";
        assert_eq!(r.obergrenze(s, tag(2026, 1, 1)), Ok(None));
        r.parameter.retain(|p| p.schluessel != s);
        assert!(r.obergrenze(s, tag(2026, 1, 1)).is_err(), "a missing limit is not \"none\"");
    }

    /// A misspelt key would change nothing, and nobody would notice.
    #[test]
    fn kein_parameter_den_keine_regel_liest() {
        let mut r = he_alt();
        let mut p = r.parameter.first().unwrap().clone();
        p.schluessel.push('x');
        r.parameter.push(p);
        let befunde = r.pruefe();
        let kurz: Vec<_> = befunde.iter().map(|b| (b.regel.kurzname, b.gemessen[0].wert.as_str())).collect();
        assert_eq!(kurz, [("PARAMETER_UNBEKANNT", r.parameter.last().unwrap().schluessel.as_str())]);
    }

    /// A published Regelwerk is final: a value that no rule could use must not get that far.
    #[test]
    fn unbrauchbare_werte_kommen_nicht_durch() {
        for (schluessel, wert) in [
            ("zielgruppen_art1", "FOO BAR"),
            ("zielgruppen_art4", ""),
            ("pflichterklaerungen", "foo"),
            ("personal_vzae_hoechstens", "1"),
            ("kapital_abrunden_auf", "-0.01"),
            ("zins_endtag_inklusiv", "true"),
        ] {
            let mut r = he_alt();
            let zeile = r.parameter.iter_mut().find(|p| p.schluessel == schluessel).unwrap();
            zeile.wert = Some(wert.to_owned());
            assert_eq!(r.pruefe().iter().map(|b| b.regel.kurzname).collect::<Vec<_>>(), ["PARAMETER_FORM"], "{wert}");
        }
        for (wert, gut) in [("100.00", true), ("100.01", false), ("0.00", true), ("-0.01", false)] {
            let mut r = he_alt();
            let stamm = "obergrenze_anteil.ausbildungsvorbereitung";
            let zeile = r.parameter.iter_mut().find(|p| p.schluessel == stamm).unwrap();
            (zeile.art, zeile.wert) = (Parameterart::Prozent, Some(wert.to_owned()));
            assert_eq!(r.pruefe().is_empty(), gut, "{wert}");
        }
    }

    #[test]
    fn vergleich_findet_die_reform() {
        let u = vergleiche(&he_alt(), &he_neu());
        assert!(u.iter().any(|u| u.schluessel == "abschlussdokument_gk"));
        assert!(!u.iter().any(|u| u.schluessel == "antragsfrist"));
        assert!(vergleiche(&he_alt(), &he_alt()).is_empty());
    }
}
