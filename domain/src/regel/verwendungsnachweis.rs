//! Rules about proofs of use.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// The Regelwerk of the Bescheid knows no proof of this kind.
    NACHWEISART_UNZULAESSIG = "AQB-VN-001" "NACHWEISART_UNZULAESSIG" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5 in der Fassung des Bescheids", Fachwissen) parameter["abschlussdokument_gk", "zwischennachweis_pflicht", "einfacher_nachweis_zulaessig"] ausnahme(false)
        titel("Nachweisart passt nicht zum Bescheid", "The kind of proof does not fit the Bescheid")
        text("Ein Nachweis der Art {art} ist für den Bescheid {bescheid} nicht vorgesehen; abzuschließen ist mit {abschluss}.", "A proof of the kind {art} is not provided for under the Bescheid {bescheid}; the closing document is {abschluss}.")
        abhilfe("Wählen Sie als Abschluss {abschluss}; für den Bescheid gilt sein Regelwerk auch nach einer Rechtsänderung.", "Choose {abschluss} as the closing document; the Bescheid keeps its Regelwerk when the law changes.");
    /// Nothing effective is granted whose use could be proved.
    NACHWEIS_OHNE_BESCHEID = "AQB-VN-002" "NACHWEIS_OHNE_BESCHEID" Zustand Fehler
        norm("HVwVfG", "§ 43", Fachwissen) parameter[] ausnahme(false)
        titel("Kein wirksamer Bescheid", "No effective Bescheid")
        text("Am {heute} ist kein Zuwendungsbescheid zu diesem Antrag wirksam.", "On {heute} no grant for this application is effective.")
        abhilfe("Warten Sie die Bekanntgabe des Bescheids ab.", "Wait for the notification of the Bescheid.");
    /// The year is missing, superfluous or none a Zwischennachweis is made of.
    NACHWEISJAHR = "AQB-VN-003" "NACHWEISJAHR" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5.4: Nachweis je Haushaltsjahr", Belegt) parameter[] ausnahme(false)
        titel("Haushaltsjahr passt nicht zum Nachweis", "The Haushaltsjahr does not fit the proof")
        text("Für die Art {art} ist das Haushaltsjahr „{angegeben}“ angegeben; ein Zwischennachweis nennt ein Jahr von {von} bis {bis}, jeder andere keines.", "For the kind {art} the Haushaltsjahr \"{angegeben}\" is given; a Zwischennachweis names a year from {von} to {bis}, every other kind names none.")
        abhilfe("Nennen Sie bei einem Zwischennachweis ein Jahr, das vor dem Bewilligungszeitraum endet; das letzte gehört zum abschließenden Nachweis.", "For a Zwischennachweis name a year that ends before the grant's period does; the last one belongs to the closing proof.");
}
