//! The rule catalogue: every rule and guard with its code, norm, severity, parameters and remedy.

use crate::befund::Schwere;

/// Language of titles and texts. Codes and field names never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sprache {
    /// German, the default.
    #[default]
    De,
    /// English.
    En,
}

/// One text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text {
    /// German.
    pub de: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The text in the wanted language.
    pub const fn in_sprache(self, sprache: Sprache) -> &'static str {
        match sprache {
            Sprache::De => self.de,
            Sprache::En => self.en,
        }
    }
}

/// What kind of refusal a rule causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regelart {
    /// The content does not fit the funding rules.
    Fachregel,
    /// The state of the case or of the budget does not allow the act now.
    Zustand,
    /// The caller's role or person may not do this.
    Recht,
    /// The request does not have the form the contract describes.
    Vertrag,
}

crate::status! {
    /// How well a norm is known. Assumptions are parameters and are never shown as law.
    Einstufung {
        /// Read in a public source.
        Belegt = "BELEGT",
        /// Common knowledge of public funding law; wording and number are to be checked before use in a Bescheid.
        Fachwissen = "FACHWISSEN",
        /// An assumption of this system until the authority confirms it.
        Annahme = "ANNAHME",
    }
}

/// A rule or guard.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Regel {
    /// Stable code, `AQB-<group>-<number>`.
    pub code: &'static str,
    /// Stable short name, the `code` of the problem a refusal answers with.
    pub kurzname: &'static str,
    /// Kind of refusal.
    pub art: Regelart,
    /// Weight unless the Regelwerk says otherwise.
    pub schwere: Schwere,
    /// Law, directive or form.
    pub norm: &'static str,
    /// Paragraph, number or place within it.
    pub stelle: &'static str,
    /// How well the norm is known.
    pub einstufung: Einstufung,
    /// Keys of the Regelwerk parameters the rule reads.
    pub parameter: &'static [&'static str],
    /// Title.
    pub titel: Text,
    /// Explanation; `{name}` stands for a measured or permitted value.
    pub text: Text,
    /// Remedy; `{name}` likewise.
    pub abhilfe: Text,
    /// An exception for the single case is conceivable.
    pub ausnahme_moeglich: bool,
}

/// Declares rules and the catalogue that lists them all.
macro_rules! regeln {
    ($($(#[$doc:meta])* $name:ident = $code:literal $kurz:literal $art:ident $schwere:ident
        norm($norm:literal, $stelle:literal, $einst:ident) parameter[$($p:literal),*] ausnahme($aus:literal)
        titel($td:literal, $te:literal) text($xd:literal, $xe:literal) abhilfe($ad:literal, $ae:literal);)*) => {
        $( $(#[$doc])* pub static $name: Regel = Regel {
            code: $code, kurzname: $kurz, art: Regelart::$art, schwere: Schwere::$schwere,
            norm: $norm, stelle: $stelle, einstufung: Einstufung::$einst, parameter: &[$($p),*],
            titel: Text { de: $td, en: $te }, text: Text { de: $xd, en: $xe }, abhilfe: Text { de: $ad, en: $ae },
            ausnahme_moeglich: $aus,
        }; )*
        /// The rules of this part in the order of their declaration.
        pub(super) static TEIL: &[&Regel] = &[$(&$name),*];
    };
}

/// Declares the parts of the catalogue, each a module of rules.
macro_rules! verzeichnis {
    ($($teil:ident),+ $(,)?) => {
        $(mod $teil; pub use $teil::*;)+
        /// The parts.
        static TEILE: &[&[&Regel]] = &[$($teil::TEIL),+];
    };
}

/// All rules of the catalogue, part by part, in the order of their declaration.
pub fn alle_regeln() -> impl Iterator<Item = &'static Regel> {
    TEILE.iter().flat_map(|teil| teil.iter().copied())
}

verzeichnis!(
    verfahren,
    bankverbindung,
    mittelabruf,
    zahlung,
    aenderung,
    weiterleitung,
    frist,
    bericht,
    verwendungsnachweis,
    pruefung,
    teilnahme,
    forderung,
    sachbericht,
    beleg,
    belegimport,
);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_sind_eindeutig_und_wohlgeformt() {
        let codes: BTreeSet<_> = alle_regeln().map(|r| r.code).collect();
        assert_eq!(codes.len(), alle_regeln().count());
        for r in alle_regeln() {
            let teile: Vec<_> = r.code.split('-').collect();
            assert!(teile.len() == 3 && teile.first() == Some(&"AQB"), "{}", r.code);
            assert!(
                r.kurzname.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'),
                "{}",
                r.kurzname
            );
        }
    }

    #[test]
    fn jede_regel_nennt_norm_und_abhilfe() {
        for r in alle_regeln() {
            for t in [r.titel, r.text, r.abhilfe] {
                assert!(!t.de.is_empty() && !t.en.is_empty(), "{}", r.code);
            }
            assert!(!r.norm.is_empty() && !r.stelle.is_empty(), "{}", r.code);
        }
    }

    #[test]
    fn parameter_der_regeln_gibt_es() {
        for r in alle_regeln() {
            for p in r.parameter {
                assert!(crate::regelwerk::kennt(p), "{} liest unbekannten Parameter {p}", r.code);
            }
        }
    }
}
