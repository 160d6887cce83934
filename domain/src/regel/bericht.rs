//! Rules about reports and about what they are computed from.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// A grant goes over only to what was formed from the recipient's territory.
    RECHTSNACHFOLGE_FEHLT = "AQB-BR-001" "RECHTSNACHFOLGE_FEHLT" Fachregel Fehler
        norm("Hanau-Auskreisungsgesetz", "3. März 2025", Belegt) parameter[] ausnahme(false)
        titel("Keine Rechtsnachfolge", "No succession")
        text("{nachfolger} ist nicht aus dem Gebiet von {vorgaenger} hervorgegangen.", "{nachfolger} was not formed from the territory of {vorgaenger}.")
        abhilfe("Nennen Sie die Gebietskörperschaft, die aus der bisherigen hervorgegangen ist.", "Name the authority that was formed from the one so far.");
    /// Nothing goes over before the successor exists.
    NACHFOLGE_VOR_BESTEHEN = "AQB-BR-002" "NACHFOLGE_VOR_BESTEHEN" Fachregel Fehler
        norm("Hanau-Auskreisungsgesetz", "3. März 2025", Belegt) parameter[] ausnahme(false)
        titel("Nachfolger besteht noch nicht", "Successor does not exist yet")
        text("{nachfolger} besteht seit {fruehestens}; die Teilung soll ab {ab} gelten.", "{nachfolger} exists since {fruehestens}; the split is to apply from {ab}.")
        abhilfe("Teilen Sie nur den Betrag für die Zeit ab diesem Tag.", "Split only the amount for the time from that day on.");
    /// From its first Jahrgang on the successor applies itself.
    NACHFOLGER_SELBST_BERECHTIGT = "AQB-BR-003" "NACHFOLGER_SELBST_BERECHTIGT" Fachregel Hinweis
        norm("Förderdatenbank, AQB", "Antragsberechtigte", Belegt) parameter[] ausnahme(false)
        titel("Nachfolger ist selbst antragsberechtigt", "Successor may apply itself")
        text("{nachfolger} kann für den Jahrgang {jahrgang} selbst einen Antrag stellen; eine Teilung bewilligter Mittel ist nicht nötig.", "{nachfolger} may apply for Jahrgang {jahrgang} itself; a split of granted money is not needed.")
        abhilfe("Prüfen Sie, ob ein eigener Antrag gemeint ist.", "Check whether an application of its own is meant.");
}
