//! The columns of a Belegliste: one table from which template, help, recognition of headers and messages are made.

use super::Belegart;
use crate::regel::Text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spaltenart {
    /// Text of at most so many characters.
    Text(usize),
    /// A whole number.
    Zahl,
    /// An amount in euro.
    Betrag,
    /// A day.
    Datum,
    /// A code in capitals.
    Code,
    /// One of [`Belegart`].
    Art,
    /// 64 hexadecimal digits.
    Sha256,
}

/// Who fills a column in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spaltenrolle {
    /// The applicant must.
    Pflicht,
    /// The applicant may.
    Moeglich,
    /// Says what the list is about; compared, not stored.
    Bezug,
    /// The authority; an import leaves it alone.
    Behoerde,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belegspalte {
    /// Field of `Beleginhalt`.
    pub feld: &'static str,
    /// Header.
    pub kopf: &'static str,
    /// Other headers under which it is known.
    pub synonyme: &'static [&'static str],
    /// What it holds.
    pub art: Spaltenart,
    /// Who fills it in.
    pub rolle: Spaltenrolle,
    /// Width in characters.
    pub breite: u16,
    /// What may stand in it, in words.
    pub regel: Text,
    /// Example.
    pub beispiel: &'static str,
}

const fn s(
    (feld, kopf): (&'static str, &'static str),
    art: Spaltenart,
    rolle: Spaltenrolle,
    breite: u16,
    synonyme: &'static [&'static str],
    (de, en): (&'static str, &'static str),
    beispiel: &'static str,
) -> Belegspalte {
    Belegspalte { feld, kopf, synonyme, art, rolle, breite, regel: Text { de, en }, beispiel }
}

/// All columns in the order of the template.
pub const SPALTEN: &[Belegspalte] = {
    use Spaltenart as A;
    use Spaltenrolle as R;
    &[
        s(
            ("lfd_nr", "Lfd. Nr."),
            A::Zahl,
            R::Moeglich,
            8,
            &["laufende Nummer", "Nr.", "Beleg (lfd. Nr.)"],
            (
                "ganze Zahl ab 1, lückenlos; der Server nummeriert",
                "whole number from 1 without gaps; the server numbers",
            ),
            "1",
        ),
        s(
            ("belegnummer", "Belegnummer"),
            A::Text(36),
            R::Pflicht,
            16,
            &["Beleg-Nummer", "Beleg-Nr.", "Belegnr.", "Rechnungsnummer"],
            (
                "höchstens 36 Zeichen, eindeutig je Zahler und Haushaltsjahr",
                "at most 36 characters, unique per payer and Haushaltsjahr",
            ),
            "2026-0417",
        ),
        s(
            ("split_gruppe", "Splitgruppe"),
            A::Text(36),
            R::Moeglich,
            14,
            &["Split-Gruppe", "Aufteilung"],
            (
                "gleicher Name bei allen Belegen einer geteilten Rechnung",
                "the same name on all Belege of a shared invoice",
            ),
            "MIETE-2026-03",
        ),
        s(
            ("massnahme_nr", "Maßnahme"),
            A::Code,
            R::Pflicht,
            10,
            &["Maßnahme Nr.", "Maßnahmenummer", "Teilvorhaben", "Teilvorhaben Nr."],
            ("Nummer einer Maßnahme des Antrags", "number of a measure of the application"),
            "M01",
        ),
        s(
            ("position", "Kostenposition"),
            A::Code,
            R::Pflicht,
            16,
            &["Position", "Kostenart", "Einzelansatz"],
            ("Code einer Kostenposition des Finanzierungsplans", "code of a cost position of the plan"),
            "MIETE",
        ),
        s(
            ("teilbudget", "Teilbudget"),
            A::Code,
            R::Pflicht,
            14,
            &[],
            ("Code des Teilbudgets der Maßnahme", "code of the measure's sub-budget"),
            "ALLGEMEIN",
        ),
        s(
            ("art", "Art"),
            A::Art,
            R::Pflicht,
            12,
            &["Belegart"],
            ("AUSGABE, EINNAHME oder GUTSCHRIFT", "AUSGABE, EINNAHME or GUTSCHRIFT"),
            "AUSGABE",
        ),
        s(
            ("auftragsdatum", "Auftragsdatum"),
            A::Datum,
            R::Moeglich,
            12,
            &["Datum des Auftrags", "Datum des Auftrags/Vertrags", "Vertragsdatum"],
            ("TT.MM.JJJJ", "DD.MM.YYYY"),
            "02.02.2026",
        ),
        s(
            ("rechnungsdatum", "Rechnungsdatum"),
            A::Datum,
            R::Pflicht,
            12,
            &["Datum der Rechnung", "Belegdatum"],
            ("TT.MM.JJJJ, nicht in der Zukunft", "DD.MM.YYYY, not in the future"),
            "03.03.2026",
        ),
        s(
            ("leistung_von", "Leistung von"),
            A::Datum,
            R::Moeglich,
            12,
            &["Leistungsbeginn", "Leistungszeitraum von"],
            ("TT.MM.JJJJ, im Berichtszeitraum", "DD.MM.YYYY, within the period of the proof"),
            "01.03.2026",
        ),
        s(
            ("leistung_bis", "Leistung bis"),
            A::Datum,
            R::Moeglich,
            12,
            &["Leistungsende", "Leistungszeitraum bis"],
            ("TT.MM.JJJJ, im Berichtszeitraum", "DD.MM.YYYY, within the period of the proof"),
            "31.03.2026",
        ),
        s(
            ("zahlungsdatum", "Zahlungsdatum"),
            A::Datum,
            R::Pflicht,
            12,
            &["Datum der Zahlung", "Wertstellung", "Zahldatum", "Datum der Zahlung (= Wertstellung lt. Kontoauszug)"],
            ("TT.MM.JJJJ, Wertstellung laut Kontoauszug", "DD.MM.YYYY, value date"),
            "10.03.2026",
        ),
        s(
            ("rechnungsaussteller", "Rechnungsaussteller/Zahlungsempfänger"),
            A::Text(200),
            R::Pflicht,
            30,
            &["Rechnungsaussteller", "Zahlungsempfänger", "Empfänger", "Empfänger/in bzw. Einzahler/in", "Lieferant"],
            ("bei natürlichen Personen nur Funktion oder Pseudonym", "of natural persons function or pseudonym only"),
            "Hausverwaltung Taunus GmbH",
        ),
        s(
            ("gegenstand", "Gegenstand"),
            A::Text(200),
            R::Pflicht,
            30,
            &[
                "Gegenstand der Rechnung",
                "Gegenstand der Rechnung (Kurzangabe)",
                "Grund der Zahlung",
                "Grund der Zahlung (Buchungstext)",
                "Verwendungszweck",
                "Buchungstext",
            ],
            ("höchstens 200 Zeichen", "at most 200 characters"),
            "Raummiete März 2026",
        ),
        s(
            ("rechnungsbetrag_brutto", "Rechnungsbetrag (brutto)"),
            A::Betrag,
            R::Pflicht,
            14,
            &["Rechnungsbetrag", "Rechnungsbetrag (inkl. MwSt.)", "Bruttobetrag", "Brutto"],
            ("Euro mit Komma, nicht 0", "euro with a comma, not 0"),
            "4999,99",
        ),
        s(
            ("skonto_rabatt", "Skonto/Rabatt"),
            A::Betrag,
            R::Moeglich,
            12,
            &["Skonto", "Rabatt"],
            ("Euro mit Komma, ab 0", "euro with a comma, from 0"),
            "0,00",
        ),
        s(
            ("gezahlter_betrag", "gezahlter Betrag"),
            A::Betrag,
            R::Pflicht,
            14,
            &["tatsächlich gezahlter Betrag", "Buchungsbetrag", "Zahlbetrag"],
            ("höchstens Rechnungsbetrag ohne Skonto und Rabatt", "at most the invoice less Skonto and rebates"),
            "2999,99",
        ),
        s(
            ("nicht_foerderfaehig_ust", "nicht förderfähige USt"),
            A::Betrag,
            R::Moeglich,
            14,
            &["nicht förderfähige MwSt.", "davon nicht förderfähige MwSt."],
            ("Euro mit Komma, ab 0", "euro with a comma, from 0"),
            "0,00",
        ),
        s(
            ("nicht_foerderfaehig_sonst", "sonstige nicht förderfähige Ausgaben"),
            A::Betrag,
            R::Moeglich,
            14,
            &["nicht förderfähig sonst", "sonstige nicht förderfähige"],
            ("Euro mit Komma, ab 0", "euro with a comma, from 0"),
            "0,00",
        ),
        s(
            ("beantragt", "beantragte zuwendungsfähige Ausgaben"),
            A::Betrag,
            R::Pflicht,
            14,
            &["beantragte förderfähige Ausgaben"],
            ("gezahlter Betrag ohne die nicht förderfähigen Teile", "paid less what is not eligible"),
            "2999,99",
        ),
        s(
            ("storno_von", "Storno von"),
            A::Text(36),
            R::Moeglich,
            16,
            &["Storno zu Beleg", "storniert Beleg"],
            (
                "bei negativen Gutschriften die Nummer des stornierten Belegs",
                "with negative credit notes the number of the reversed Beleg",
            ),
            "",
        ),
        s(
            ("original_sha256", "SHA-256 des Scans"),
            A::Sha256,
            R::Moeglich,
            20,
            &["Prüfsumme"],
            ("64 hexadezimale Ziffern", "64 hexadecimal digits"),
            "",
        ),
        s(
            ("haushaltsjahr", "Haushaltsjahr"),
            A::Zahl,
            R::Bezug,
            10,
            &["Jahr", "HHJ"],
            ("nur zur Prüfung: Jahr der Zahlung", "compared only: year of the payment"),
            "",
        ),
        s(
            ("aktenzeichen", "Aktenzeichen"),
            A::Text(60),
            R::Bezug,
            16,
            &["AZ", "Az.", "Geschäftszeichen", "Bescheid"],
            ("nur zur Prüfung: Aktenzeichen des Antrags", "compared only: file number of the application"),
            "",
        ),
        s(
            ("anerkannt", "durch Behörde anerkannt"),
            A::Betrag,
            R::Behoerde,
            14,
            &["durch Behörde anerkannte Ausgaben"],
            ("nur Behörde", "authority only"),
            "",
        ),
        s(("pruefgrund", "Prüfgrund"), A::Code, R::Behoerde, 16, &[], ("nur Behörde", "authority only"), ""),
        s(
            ("pruefbemerkung", "Prüfbemerkung"),
            A::Text(1000),
            R::Behoerde,
            20,
            &["Bemerkung der Behörde"],
            ("nur Behörde", "authority only"),
            "",
        ),
    ]
};

/// Headers differ in case, blanks and signs only.
fn vergleichsform(kopf: &str) -> String {
    let klein = kopf.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    klein.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Belegspalte {
    /// The column of this header.
    pub fn erkenne(kopf: &str) -> Option<usize> {
        let gesucht = vergleichsform(kopf);
        if gesucht.is_empty() {
            return None;
        }
        SPALTEN.iter().position(|s| [s.kopf, s.feld].iter().chain(s.synonyme).any(|k| vergleichsform(k) == gesucht))
    }

    /// The column of a field.
    pub fn feld(feld: &str) -> Option<usize> {
        SPALTEN.iter().position(|s| s.feld == feld)
    }

    /// What a cell of the column should hold, as findings say it.
    pub fn erwartet(&self) -> String {
        match self.art {
            Spaltenart::Text(n) => format!("Text, höchstens {n} Zeichen"),
            Spaltenart::Zahl => "ganze Zahl".to_owned(),
            Spaltenart::Betrag => "Betrag wie 1.234,56".to_owned(),
            Spaltenart::Datum => "Datum wie 31.03.2026".to_owned(),
            Spaltenart::Code => "Code in Großbuchstaben".to_owned(),
            Spaltenart::Art => Belegart::ALLE.iter().map(|a| a.code()).collect::<Vec<_>>().join(", "),
            Spaltenart::Sha256 => "64 hexadezimale Ziffern".to_owned(),
        }
    }

    /// Columns that the applicant must fill in.
    pub fn pflicht() -> impl Iterator<Item = (usize, &'static Belegspalte)> {
        SPALTEN.iter().enumerate().filter(|(_, s)| s.rolle == Spaltenrolle::Pflicht)
    }

    /// Columns of the template: what the applicant fills in.
    pub fn vorlage() -> impl Iterator<Item = (usize, &'static Belegspalte)> {
        let eigene = |r| matches!(r, Spaltenrolle::Pflicht | Spaltenrolle::Moeglich);
        SPALTEN.iter().enumerate().filter(move |(_, s)| eigene(s.rolle))
    }
}
