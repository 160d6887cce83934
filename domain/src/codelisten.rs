//! Labels for the closed code lists of the contract: what a front end shows beside a code it does not choose itself.
//!
//! A list whose codes are a type is declared with [`codelisten!`]: the compiler demands a label for every value. Words
//! that are no type (acts, events, parameter keys) are tables; tests compare them with what the program really says.

mod arten;
mod pruefung;
mod stand;
mod worte;

pub use worte::feldname;

use crate::regel::Text;

/// A code and its words.
pub type Eintrag = (String, Text);

/// A closed code list.
#[derive(Debug, Clone, Copy)]
pub struct Codeliste {
    /// Name, as in `GET /kataloge/{name}`.
    pub name: &'static str,
    /// Title.
    pub titel: Text,
    /// All codes in their order.
    pub eintraege: fn() -> Vec<Eintrag>,
}

/// A type whose values have labels.
pub trait Bezeichnet {
    /// The label of this value.
    fn bezeichnung(self) -> Text;
}

/// Declares lists of types made by [`crate::status!`].
macro_rules! codelisten {
    ($($typ:ident $name:literal ($td:literal, $te:literal) { $($wert:ident: $de:literal, $en:literal;)+ })+) => {
        $(impl $crate::codelisten::Bezeichnet for $typ {
            fn bezeichnung(self) -> $crate::regel::Text {
                match self { $(Self::$wert => $crate::regel::Text { de: $de, en: $en }),+ }
            }
        })+
        /// The lists of this part.
        pub(super) const LISTEN: &[$crate::codelisten::Codeliste] = &[$($crate::codelisten::Codeliste {
            name: $name,
            titel: $crate::regel::Text { de: $td, en: $te },
            eintraege: || {
                $typ::ALLE.iter().map(|w| (w.code().to_owned(), $crate::codelisten::Bezeichnet::bezeichnung(*w))).collect()
            },
        }),+];
    };
}
use codelisten;

/// All closed code lists.
pub fn alle() -> impl Iterator<Item = &'static Codeliste> {
    stand::LISTEN.iter().chain(arten::LISTEN).chain(pruefung::LISTEN).chain(worte::LISTEN)
}

/// The list of this name.
pub fn liste(name: &str) -> Option<&'static Codeliste> {
    alle().find(|l| l.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn namen_und_codes_sind_eindeutig() {
        let namen: BTreeSet<_> =
            alle().map(|l| l.name).chain(crate::katalog::anfangsbestand().iter().map(|k| k.name)).collect();
        assert_eq!(namen.len(), alle().count() + crate::katalog::anfangsbestand().len());
        for l in alle() {
            assert!(l.name.bytes().all(|b| b.is_ascii_lowercase()), "{}", l.name);
            let e = (l.eintraege)();
            let codes: BTreeSet<_> = e.iter().map(|(c, _)| c).collect();
            assert!(codes.len() == e.len() && !e.is_empty(), "{}", l.name);
            assert!(e.iter().all(|(_, t)| !t.de.is_empty() && !t.en.is_empty()), "{}", l.name);
        }
    }

    #[test]
    fn jeder_schluessel_des_regelwerks_hat_worte() {
        let codes: Vec<String> =
            liste("parameter").map(|l| (l.eintraege)()).unwrap().into_iter().map(|e| e.0).collect();
        assert_eq!(codes, crate::regelwerk::alle_schluessel());
    }
}
