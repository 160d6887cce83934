//! Findings: the one type in which rules, guards, limits and calculators explain themselves.

use crate::berechtigung::{Recht, Rolle, Umfang};
use crate::geld::Euro;
use crate::regel::{RECHT_FEHLT, Regel, Regelart, Sprache, Text};
use serde::{Deserialize, Serialize};

/// Names of values that are fields or quantities: people read their words, programs their codes.
const FELDNAMEN: [&str; 3] = ["feld", "groesse", "grenze"];
/// Name under which a finding carries the number of its measure.
const MASSNAHME: &str = "massnahme";
/// What a finding is about when a value of this name is measured, and how people call it in German and English.
const GEGENSTAENDE: [(&str, &str, &str); 2] =
    [(MASSNAHME, "Maßnahme", "Measure"), ("abruf", "Mittelabruf", "Mittelabruf")];

crate::status! {
    /// Weight of a finding.
    Schwere {
        /// Blocks the act.
        Fehler = "FEHLER",
        /// Must be confirmed in the act's body (`bestaetigte_warnungen`).
        Warnung = "WARNUNG",
        /// Informs.
        Hinweis = "HINWEIS",
    }
}

crate::status! {
    /// Unit of a measured or permitted value.
    Einheit {
        /// Amount in euro with two decimals.
        Eur = "EUR",
        /// Percent with two decimals.
        Prozent = "PROZENT",
        /// Legal day, `YYYY-MM-DD`.
        Datum = "DATUM",
        /// Moment, RFC 3339.
        Zeitpunkt = "ZEITPUNKT",
        /// A count.
        Anzahl = "ANZAHL",
        /// A code of a list or a state.
        Code = "CODE",
        /// Full-time equivalents with two decimals.
        Vzae = "VZAE",
        /// Plain text.
        Text = "TEXT",
    }
}

/// Code of a rule as requests repeat it, to confirm a warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(value_type = String, pattern = "^AQB-[A-Z]{2}-[0-9]{3}$", examples("AQB-FR-001"))
)]
#[serde(transparent)]
pub struct Befundcode(pub String);

/// One number (or code) of a finding: what was measured or what is permitted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Messwert {
    /// What the value is: `beantragt`, `hoechstens`, `verfuegbar`.
    pub name: String,
    /// The value in the notation of its unit.
    pub wert: String,
    /// Unit of the value.
    pub einheit: Einheit,
}

/// A finding: a rule spoke about a place in a document or about the state of a case.
///
/// Texts are not stored here: they are rendered from the rule's templates when a language is known
/// ([`Befund::text`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Befund {
    /// The rule that speaks.
    pub regel: &'static Regel,
    /// Weight; usually the rule's own, a parameter of the Regelwerk may lower or raise it.
    pub schwere: Schwere,
    /// JSON pointer into the checked document.
    pub ort: Option<String>,
    /// What was found.
    pub gemessen: Vec<Messwert>,
    /// What would be permitted.
    pub erlaubt: Vec<Messwert>,
    /// Distance between both.
    pub differenz: Option<Messwert>,
    /// Version of the Regelwerk whose parameters were used.
    pub regelwerk: Option<String>,
    /// Why a person went on all the same; only on a confirmed warning.
    pub begruendung: Option<String>,
}

/// A finding as it is kept: its rule by code, and its numbers. Words are rendered when it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Befundablage {
    /// Code of the rule.
    pub code: Befundcode,
    /// Weight.
    pub schwere: Schwere,
    /// What was found.
    pub gemessen: Vec<Messwert>,
    /// What would be permitted.
    pub erlaubt: Vec<Messwert>,
    /// Distance between both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differenz: Option<Messwert>,
}

impl From<&Befund> for Befundablage {
    fn from(b: &Befund) -> Self {
        Befundablage {
            code: Befundcode(b.regel.code.to_owned()),
            schwere: b.schwere,
            gemessen: b.gemessen.clone(),
            erlaubt: b.erlaubt.clone(),
            differenz: b.differenz.clone(),
        }
    }
}

impl Befundablage {
    /// The finding it was; none where the catalogue does not know its rule.
    pub fn befund(&self) -> Option<Befund> {
        let regel = crate::regel::alle_regeln().find(|r| r.code == self.code.0)?;
        Some(Befund {
            schwere: self.schwere,
            gemessen: self.gemessen.clone(),
            erlaubt: self.erlaubt.clone(),
            differenz: self.differenz.clone(),
            ..Befund::neu(regel)
        })
    }
}

impl Befund {
    /// A finding of `regel` with the rule's own weight.
    pub fn neu(regel: &'static Regel) -> Self {
        Befund {
            regel,
            schwere: regel.schwere,
            ort: None,
            gemessen: Vec::new(),
            erlaubt: Vec::new(),
            differenz: None,
            regelwerk: None,
            begruendung: None,
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn ort(mut self, ort: impl Into<String>) -> Self {
        self.ort = Some(ort.into());
        self
    }

    /// Overrides the weight.
    #[must_use]
    pub fn mit_schwere(mut self, schwere: Schwere) -> Self {
        self.schwere = schwere;
        self
    }

    /// Adds a measured value.
    #[must_use]
    pub fn gemessen(mut self, name: &str, wert: impl ToString, einheit: Einheit) -> Self {
        self.gemessen.push(Messwert { name: name.to_owned(), wert: wert.to_string(), einheit });
        self
    }

    /// Adds a permitted value.
    #[must_use]
    pub fn erlaubt(mut self, name: &str, wert: impl ToString, einheit: Einheit) -> Self {
        self.erlaubt.push(Messwert { name: name.to_owned(), wert: wert.to_string(), einheit });
        self
    }

    /// Says which measure it is about, unless it says so already.
    #[must_use]
    pub fn in_massnahme(self, nr: &str) -> Self {
        if self.gemessen.iter().any(|m| m.name == MASSNAHME) {
            self
        } else {
            self.gemessen(MASSNAHME, nr, Einheit::Code)
        }
    }

    /// The caller's role lacks the right; names the roles that have it.
    pub fn recht_fehlt(rolle: Rolle, recht: Recht) -> Self {
        let rollen: Vec<&str> =
            Rolle::ALLE.iter().filter(|r| recht.umfang(**r) != Umfang::Nein).map(|r| r.code()).collect();
        Befund::neu(&RECHT_FEHLT)
            .gemessen("rolle", rolle.code(), Einheit::Code)
            .erlaubt("recht", recht.code(), Einheit::Code)
            .erlaubt("rollen", rollen.join(", "), Einheit::Code)
    }

    /// Compares two amounts: `gemessen` against `erlaubt`, with the difference.
    #[must_use]
    pub fn betrag(self, name: &str, gemessen: Euro, grenze: &str, erlaubt: Euro) -> Self {
        let differenz = gemessen.minus(erlaubt).unwrap_or(Euro::NULL);
        let mut b = self.gemessen(name, gemessen, Einheit::Eur).erlaubt(grenze, erlaubt, Einheit::Eur);
        b.differenz =
            Some(Messwert { name: "differenz".to_owned(), wert: differenz.to_string(), einheit: Einheit::Eur });
        b
    }

    /// Names the Regelwerk whose parameters were used.
    #[must_use]
    pub fn regelwerk(mut self, version: &str) -> Self {
        self.regelwerk = Some(version.to_owned());
        self
    }

    /// Short title in the wanted language.
    pub fn titel(&self, sprache: Sprache) -> &'static str {
        self.regel.titel.in_sprache(sprache)
    }

    /// Explanation with the numbers of this case filled in. A finding about a measure or a call names it.
    pub fn text(&self, sprache: Sprache) -> String {
        let text = self.fuelle(self.regel.text, sprache);
        let vorlage = self.regel.text.in_sprache(sprache);
        let ungenannt = |(name, _, _): &&(&str, &str, &str)| !vorlage.contains(&format!("{{{name}}}"));
        let vorn = GEGENSTAENDE.iter().filter(ungenannt).find_map(|(name, de, en)| {
            let wert = &self.gemessen.iter().find(|m| m.name == *name)?.wert;
            Some(format!("{} {wert}: ", if sprache == Sprache::De { de } else { en }))
        });
        vorn.map_or_else(|| text.clone(), |v| v + &text)
    }

    /// What the caller can do about it.
    pub fn abhilfe(&self, sprache: Sprache) -> String {
        self.fuelle(self.regel.abhilfe, sprache)
    }

    /// Blocks the act.
    pub fn blockiert(&self) -> bool {
        self.schwere == Schwere::Fehler
    }

    /// The refusal is about the state of the case, not about the content of the request.
    pub fn ist_zustand(&self) -> bool {
        self.regel.art == Regelart::Zustand
    }

    fn fuelle(&self, vorlage: Text, sprache: Sprache) -> String {
        let werte = self.gemessen.iter().chain(&self.erlaubt).chain(&self.differenz);
        werte.fold(vorlage.in_sprache(sprache).to_owned(), |t, w| {
            t.replace(&format!("{{{}}}", w.name), &w.anzeige(sprache))
        })
    }
}

impl Messwert {
    /// The value as people read it: `1.140.300,00 EUR` in German, `2026-03-31` as `31.03.2026`.
    pub fn anzeige(&self, sprache: Sprache) -> String {
        if FELDNAMEN.contains(&self.name.as_str())
            && let Some(wort) = crate::codelisten::feldname(&self.wert)
        {
            return wort.in_sprache(sprache).to_owned();
        }
        match (self.einheit, sprache) {
            (Einheit::Eur, _) => eur(&self.wert, sprache),
            (Einheit::Prozent, Sprache::De) => format!("{} %", deutsche_zahl(&self.wert)),
            (Einheit::Prozent, Sprache::En) => format!("{} %", self.wert),
            (Einheit::Vzae, Sprache::De) => deutsche_zahl(&self.wert),
            (Einheit::Datum, Sprache::De) => chrono::NaiveDate::parse_from_str(&self.wert, "%Y-%m-%d")
                .map_or_else(|_| self.wert.clone(), |d| tag_in_worten(d, sprache)),
            _ => self.wert.clone(),
        }
    }
}

fn eur(wert: &str, sprache: Sprache) -> String {
    match sprache {
        Sprache::De => format!("{} EUR", deutsche_zahl(wert)),
        Sprache::En => format!("EUR {wert}"),
    }
}

/// An amount as people read it: `1.140.300,00 EUR`.
pub fn betrag_in_worten(betrag: Euro, sprache: Sprache) -> String {
    eur(&betrag.to_string(), sprache)
}

/// A day as people read it: `31.03.2026` in German.
pub fn tag_in_worten(tag: chrono::NaiveDate, sprache: Sprache) -> String {
    match sprache {
        Sprache::De => tag.format("%d.%m.%Y").to_string(),
        Sprache::En => tag.to_string(),
    }
}

/// `-1140300.00` → `-1.140.300,00`.
pub fn deutsche_zahl(s: &str) -> String {
    let (ganz, bruch) = s.split_once('.').unwrap_or((s, ""));
    let (vorzeichen, ziffern) = ganz.strip_prefix('-').map_or(("", ganz), |z| ("-", z));
    let mut aus = String::from(vorzeichen);
    for (i, z) in ziffern.chars().enumerate() {
        if i > 0 && (ziffern.len() - i).is_multiple_of(3) {
            aus.push('.');
        }
        aus.push(z);
    }
    if !bruch.is_empty() {
        aus.push(',');
        aus.push_str(bruch);
    }
    aus
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People read words, programs read codes.
    #[test]
    fn felder_haben_worte() {
        let b = Befund::neu(&crate::regel::ANGABE_FEHLT).gemessen("feld", "traeger_id", Einheit::Text);
        assert_eq!(b.text(Sprache::De), "Nicht ausgefüllt: Träger.");
        assert_eq!(b.in_massnahme("M01").text(Sprache::En), "Measure M01: Not filled in: Provider.");
        let b = Befund::neu(&crate::regel::ANGABE_FEHLT).gemessen("feld", "unbekannt", Einheit::Text);
        assert_eq!(b.text(Sprache::De), "Nicht ausgefüllt: unbekannt.");
    }

    #[test]
    fn zahlen_wie_im_bescheid() {
        for (s, d) in [("1140300.00", "1.140.300,00"), ("0.03", "0,03"), ("-1000.00", "-1.000,00"), ("999", "999")] {
            assert_eq!(deutsche_zahl(s), d);
        }
    }
}
