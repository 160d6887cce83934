//! What a pseudonym looks like, and what only pretends to be one.

use crate::befund::{Befund, Einheit};
use crate::regel::PSEUDONYM_UNGUELTIG;

/// Digits of a pseudonym: 256 bits.
pub const PSEUDONYM_ZIFFERN: usize = 64;
/// Different digits a value must have. Of 64 random hex digits fewer than eight differ once in 10^15 times.
const VERSCHIEDENE: usize = 8;

/// Why a value is no pseudonym; the value itself is never repeated, since it may be a name.
fn mangel(wert: &str) -> Option<&'static str> {
    if wert.len() != PSEUDONYM_ZIFFERN {
        return Some("laenge");
    }
    if !wert.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Some("zeichen");
    }
    let verschiedene: std::collections::BTreeSet<u8> = wert.bytes().collect();
    if verschiedene.len() < VERSCHIEDENE {
        return Some("zu_gleichfoermig");
    }
    // repeated halves, quarters …: a short number written again and again
    let periodisch = (1..=PSEUDONYM_ZIFFERN / 2)
        .filter(|p| PSEUDONYM_ZIFFERN.is_multiple_of(*p))
        .any(|p| wert.bytes().zip(wert.bytes().skip(p)).all(|(a, b)| a == b));
    if periodisch || laufend(wert) {
        return Some("zu_gleichfoermig");
    }
    klartext(wert).then_some("klartext")
}

/// Most digits follow their neighbour by the same step: `0123…`.
fn laufend(wert: &str) -> bool {
    let wert_von = |b: u8| if b.is_ascii_digit() { b - b'0' } else { b.saturating_sub(b'a').saturating_add(10) };
    let schritte: Vec<u8> =
        wert.bytes().zip(wert.bytes().skip(1)).map(|(a, b)| wert_von(b).wrapping_sub(wert_von(a)) & 15).collect();
    (0..16).any(|s| schritte.iter().filter(|x| **x == s).count() > PSEUDONYM_ZIFFERN / 2)
}

/// The digits spell printable text, perhaps filled up with zeros: words in hex are no HMAC.
fn klartext(wert: &str) -> bool {
    let bytes: Vec<u8> = wert
        .as_bytes()
        .chunks(2)
        .filter_map(|z| std::str::from_utf8(z).ok().and_then(|z| u8::from_str_radix(z, 16).ok()))
        .collect();
    let kern: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
    // a random value has four bytes 00 once in ten million
    bytes.len().saturating_sub(kern.len()) >= 4 || kern.iter().all(|b| matches!(b, 0x20..=0x7e))
}

/// The finding `PSEUDONYM_UNGUELTIG` for anything that is no pseudonym.
pub fn pruefe_pseudonym(wert: &str, ort: &str) -> Option<Befund> {
    mangel(wert).map(|m| {
        Befund::neu(&PSEUDONYM_UNGUELTIG)
            .ort(ort)
            .gemessen("mangel", m, Einheit::Code)
            .gemessen("zeichen", wert.chars().count(), Einheit::Anzahl)
            .erlaubt("ziffern", PSEUDONYM_ZIFFERN, Einheit::Anzahl)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Computed: what people would write in place of an HMAC (issue: names, mails, dates, low entropy).
    #[test]
    fn was_kein_hmac_ist_faellt_auf() {
        let hex = |t: &str| format!("{:0<64}", t.bytes().map(|b| format!("{b:02x}")).collect::<String>());
        for (wert, mangel_) in [
            ("Erika Mustermann".to_owned(), "laenge"),
            ("erika@example.org".to_owned(), "laenge"),
            ("1999-12-31".to_owned(), "laenge"),
            (String::new(), "laenge"),
            ("a".repeat(64), "zu_gleichfoermig"),
            ("0".repeat(64), "zu_gleichfoermig"),
            ("0123456789abcdef".repeat(4), "zu_gleichfoermig"),
            ("19991231".repeat(8), "zu_gleichfoermig"),
            (hex("Erika Mustermann, 31.12.1999"), "klartext"),
            (hex("Mustermann, Erika Charlotte 1999"), "klartext"),
            ("5B6F0C1E9A3D47B28E54C07F1D92A6B83C4E7F5A0B1D2E9648F3A7C5D0E1B297".to_owned(), "zeichen"),
            ("Mustermann-Erika-Charlotte-geboren-1999-12-31-in-Friedberg-Hesse".to_owned(), "zeichen"),
            ("ü".repeat(32), "zeichen"),
        ] {
            assert_eq!(mangel(&wert), Some(mangel_), "{wert}");
        }
        assert_eq!(mangel("5b6f0c1e9a3d47b28e54c07f1d92a6b83c4e7f5a0b1d2e9648f3a7c5d0e1b297"), None);
    }

    /// A finding goes into logs and screens: it must not carry what was sent.
    #[test]
    fn der_befund_wiederholt_den_wert_nicht() {
        let b = pruefe_pseudonym("Erika Mustermann", "/inhalt/pseudonym").expect("finding");
        assert!(!format!("{b:?}").contains("Erika"));
    }

    proptest! {
        /// A real HMAC is never refused: 256 random bits.
        #[test]
        fn zufaelliges_wird_angenommen(bytes in proptest::array::uniform32(any::<u8>())) {
            // shrinking leads to zeros, which are no random value any more
            prop_assume!(bytes.iter().filter(|b| **b == 0).count() < 4);
            let verschiedene: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
            prop_assume!(verschiedene.len() > 20);
            let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            prop_assert_eq!(mangel(&hex), None);
        }
    }
}
