//! The account of a case: what a bank can pay to, and whose it is.

use super::Bankverbindung;
use crate::befund::{Befund, Einheit};
use crate::regel::{IBAN_NICHT_SEPA, IBAN_UNGUELTIG, KONTOINHABER_FREMD, KONTOINHABER_UNLESBAR};
use crate::zahlung::{NAME, sepa};

/// Countries whose accounts SEPA credit transfers reach, by the code their IBAN begins with (EPC409-09).
const SEPA_LAENDER: &[&str] = &[
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE",
    "SI", "SK", "SM", "VA",
];

impl Bankverbindung {
    /// What keeps a bank from paying to it; places below `ort`.
    pub fn pruefe(&self, ort: &str) -> Vec<Befund> {
        let mut befunde = Vec::new();
        let iban = |regel| {
            let befund = Befund::neu(regel).ort(format!("{ort}/iban"));
            befund.gemessen("iban", iban_verkuerzt(&self.iban), Einheit::Text)
        };
        if !iban_gueltig(&self.iban) {
            befunde.push(iban(&IBAN_UNGUELTIG));
        } else if !SEPA_LAENDER.iter().any(|land| self.iban.starts_with(land)) {
            befunde.push(iban(&IBAN_NICHT_SEPA));
        }
        let name = sepa(&self.kontoinhaber, NAME);
        if name.chars().filter(char::is_ascii_alphabetic).count() < 2 || name.starts_with('/') || name.contains("//") {
            befunde.push(Befund::neu(&KONTOINHABER_UNLESBAR).ort(format!("{ort}/kontoinhaber")).gemessen(
                "sepa",
                name,
                Einheit::Text,
            ));
        }
        befunde
    }

    /// The account belongs to the Gebietskoerperschaft `gk_name`: its holder bears the name, or somebody confirms.
    pub fn inhaber_fremd(&self, gk_name: &str, ort: &str) -> Option<Befund> {
        (!nennt(&self.kontoinhaber, gk_name)).then(|| {
            Befund::neu(&KONTOINHABER_FREMD)
                .ort(format!("{ort}/kontoinhaber"))
                .gemessen("kontoinhaber", &self.kontoinhaber, Einheit::Text)
                .erlaubt("antragsteller", gk_name, Einheit::Text)
        })
    }
}

/// The IBAN has the length and structure of its country (ISO 13616) and right check digits; written without blanks.
pub fn iban_gueltig(iban: &str) -> bool {
    !iban.contains(char::is_whitespace) && iban.parse::<iban::Iban>().is_ok()
}

/// Words that many names of Gebietskoerperschaften share; they tell nobody apart.
const GATTUNGEN: &[&str] = &["KREIS", "LANDKREIS", "STADT", "KREISSTADT", "DOCUMENTA-STADT", "WISSENSCHAFTSSTADT"];

/// The holder's name contains a word that tells the Gebietskoerperschaft apart: `Kreisausschuss des Wetteraukreises`
/// names `Wetteraukreis`.
fn nennt(inhaber: &str, gk: &str) -> bool {
    let inhaber = inhaber.to_uppercase();
    let mut worte = gk
        .split(|z: char| !z.is_alphanumeric() && z != '-')
        .map(str::to_uppercase)
        .filter(|w| w.chars().count() > 3 && !GATTUNGEN.contains(&w.as_str()))
        .peekable();
    worte.peek().is_none() || worte.any(|w| inhaber.contains(&w))
}

/// The IBAN with all but the first and last four characters hidden, as findings show it.
pub fn iban_verkuerzt(iban: &str) -> String {
    let zeichen: Vec<char> = iban.chars().collect();
    if zeichen.len() < 12 {
        return "…".to_owned();
    }
    let vorn: String = zeichen.iter().take(4).collect();
    let hinten: String = zeichen.iter().skip(zeichen.len() - 4).collect();
    format!("{vorn}…{hinten}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::antrag::muster;

    /// EPC217-08, EPC409-09: what a bank could not pay to is no account, in the application as in its change.
    #[test]
    fn was_keine_bank_bezahlen_kann() {
        for (iban, inhaber, soll) in [
            ("DE02500105170137075030", "Wetteraukreis", &[][..]),
            ("NO9386011117947", "Wetteraukreis, Kreiskasse", &[]),
            ("DE02500105170137075030", "Łódź – Ünïted", &[]),
            ("BR1800360305000010009795493C1", "Wetteraukreis", &["IBAN_NICHT_SEPA"]),
            ("DE03500105170137075030", "Wetteraukreis", &["IBAN_UNGUELTIG"]),
            ("DE02500105170137075030", "\u{301}\u{301}\u{301}", &["KONTOINHABER_UNLESBAR"]),
            ("DE02500105170137075030", "\u{200b}\u{202e} ", &["KONTOINHABER_UNLESBAR"]),
            ("DE02500105170137075030", "//abc", &["KONTOINHABER_UNLESBAR"]),
            ("DE02500105170137075030", "/Wetteraukreis", &["KONTOINHABER_UNLESBAR"]),
            ("DE02500105170137075030", "Kreis//kasse", &["KONTOINHABER_UNLESBAR"]),
            ("BR1800360305000010009795493C1", "1", &["IBAN_NICHT_SEPA", "KONTOINHABER_UNLESBAR"]),
        ] {
            let alt = muster::inhalt().bankverbindung.unwrap();
            let b = Bankverbindung { iban: iban.into(), kontoinhaber: inhaber.into(), ..alt };
            let ist: Vec<_> = b.pruefe("").iter().map(|b| b.regel.kurzname).collect();
            assert_eq!(ist, soll, "{iban} {inhaber}");
        }
    }
}
