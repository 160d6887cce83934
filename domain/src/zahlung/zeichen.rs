//! What may stand in a SEPA file: characters, lengths, names of runs and payments.

use super::Zahlungsauftrag;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name of a party.
pub const NAME: usize = 70;
/// Longest remittance text.
pub const VERWENDUNGSZWECK: usize = 140;
/// Longest identification (`MsgId`, `EndToEndId`).
pub const IDENTIFIKATION: usize = 35;

/// The character is in the SEPA character set (EPC 217-08).
fn erlaubt(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '?' | ':' | '(' | ')' | '.' | ',' | '\'' | '+' | ' ')
}

/// Letters and signs that Unicode does not take apart, or takes apart otherwise than Germans write them.
fn eigens(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'Ä' => "Ae",
        'Ö' => "Oe",
        'Ü' => "Ue",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ħ' => "h",
        'Ħ' => "H",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ı' => "i",
        '&' => "+",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        '‘' | '’' | '‚' | '“' | '”' | '„' | '"' | '´' | '`' => "'",
        '€' => "EUR",
        _ => return None,
    })
}

/// `text` in the SEPA character set, at most `hoechstens` characters: umlauts in two letters, other Latin letters
/// without their marks, blanks and line ends as one blank, everything else as a dot.
pub fn sepa(text: &str, hoechstens: usize) -> String {
    let mut aus = String::new();
    for c in text.nfc() {
        if c.is_whitespace() || c.is_control() {
            // never two blanks, never one in front
            if !aus.is_empty() && !aus.ends_with(' ') {
                aus.push(' ');
            }
        } else if let Some(e) = eigens(c) {
            aus.push_str(e);
        } else {
            let zerlegt = std::iter::once(c).nfkd().filter(|z| !is_combining_mark(*z));
            for z in zerlegt {
                match eigens(z) {
                    Some(e) => aus.push_str(e),
                    None => aus.push(if erlaubt(z) { z } else { '.' }),
                }
            }
        }
    }
    // all of it is ASCII now: a byte is a character
    aus.truncate(hoechstens);
    aus.truncate(aus.trim_end().len());
    aus
}

/// Name of the `nr`-th payment to one Gebietskoerperschaft in one Jahrgang: `AQB26-06440-A0003`.
pub fn end_to_end_id(jahrgang: i32, kreisschluessel: &str, nr: i64) -> String {
    format!("AQB{:02}-{kreisschluessel}-A{nr:04}", jahrgang.rem_euclid(100))
}

/// Name of the `nr`-th run of one Haushaltsjahr: `AQB2026-L0007`.
pub fn laufkennung(haushaltsjahr: i32, nr: i64) -> String {
    format!("AQB{haushaltsjahr}-L{nr:04}")
}

/// What the recipient's treasury reads: its own reference first, then what is paid.
pub fn verwendungszweck(a: &Zahlungsauftrag) -> String {
    let text = format!(
        "{}, AQB {}, Mittelabruf {}, Az. {}",
        a.bankverbindung.kassenzeichen, a.jahrgang, a.abruf_nr, a.aktenzeichen
    );
    sepa(&text, VERWENDUNGSZWECK)
}
