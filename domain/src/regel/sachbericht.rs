//! Rules about Sachberichte.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// More people left than came.
    SACHBERICHT_AUSTRITTE = "AQB-SB-001" "SACHBERICHT_AUSTRITTE" Fachregel Fehler
        norm("Sachbericht", "Kennzahlen", Annahme) parameter[] ausnahme(false)
        titel("Mehr Austritte als Eintritte", "More exits than entries")
        text("Merkmal {gruppe}: {austritte} Austritte, {eintritte} Eintritte.", "Group {gruppe}: {austritte} exits, {eintritte} entries.")
        abhilfe("Berichtigen Sie Eintritte oder Austritte.", "Correct entries or exits.");
    /// A part is more than the whole.
    KENNZAHL_TEIL_UEBER_GANZES = "AQB-SB-002" "KENNZAHL_TEIL_UEBER_GANZES" Fachregel Fehler
        norm("Sachbericht", "Kennzahlen", Annahme) parameter[] ausnahme(false)
        titel("Ein Teil ist größer als das Ganze", "A part is more than the whole")
        text("{merkmal}: {gruppe} sind {teil}, insgesamt {gesamt}.", "{merkmal}: {gruppe} are {teil}, in all {gesamt}.")
        abhilfe("Berichtigen Sie die Teilmenge oder die Gesamtzahl.", "Correct the part or the total.");
    /// An indicator or a target is given twice.
    SACHBERICHT_DOPPELT = "AQB-SB-003" "SACHBERICHT_DOPPELT" Fachregel Fehler
        norm("Sachbericht", "Kennzahlen und Zielerreichung", Annahme) parameter[] ausnahme(false)
        titel("Angabe ist doppelt", "Given twice")
        text("{posten} ist mehr als einmal angegeben.", "{posten} is given more than once.")
        abhilfe("Geben Sie jedes Merkmal und jedes Ziel einmal an.", "Give each indicator and each target once.");
    /// The Zielvereinbarung has no such target for this kind of measure.
    ZIEL_UNBEKANNT = "AQB-SB-004" "ZIEL_UNBEKANNT" Fachregel Fehler
        norm("Zielvereinbarung", "Ziele", Annahme) parameter[] ausnahme(false)
        titel("Ziel gibt es nicht", "No such target")
        text("Die Zielvereinbarung hat für die Maßnahmeart {massnahmeart} kein Ziel Nr. {ziel_nr}.", "The Zielvereinbarung has no target no. {ziel_nr} for the kind of measure {massnahmeart}.")
        abhilfe("Nennen Sie ein Ziel aus der Liste des Sachberichts.", "Name a target of the Sachbericht's list.");
    /// A post of staff ends before it begins.
    PERSONALZEIT_UNGEORDNET = "AQB-SB-005" "PERSONALZEIT_UNGEORDNET" Fachregel Fehler
        norm("Sachbericht", "Nachweis des geförderten Personals", Belegt) parameter[] ausnahme(false)
        titel("Personaleinsatz endet vor seinem Beginn", "A post ends before it begins")
        text("{funktion}: von {von} bis {bis}.", "{funktion}: from {von} to {bis}.")
        abhilfe("Berichtigen Sie einen der beiden Tage.", "Correct one of the days.");
}
