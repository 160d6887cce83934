//! Rules about a change of the bank account.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// The account is not the one of the case.
    BANKVERBINDUNG_ABWEICHEND = "AQB-BV-001" "BANKVERBINDUNG_ABWEICHEND" Fachregel Fehler
        norm("Zuwendungsbescheid", "Bankverbindung des Antrags", Annahme) parameter[] ausnahme(false)
        titel("Anderes Konto als das des Vorgangs", "Another account than the one of the case")
        text("Angegeben ist {iban}; der Vorgang wird auf {konto} gezahlt.", "Given is {iban}; the case is paid to {konto}.")
        abhilfe("Verwenden Sie das Konto des Vorgangs; ein anderes wird nur mit POST /bankverbindungen und zwei Personen wirksam.", "Use the account of the case; another one takes effect only by POST /bankverbindungen and two persons.");
    /// A change is asked for that nobody has confirmed.
    BANKVERBINDUNG_OFFEN = "AQB-BV-002" "BANKVERBINDUNG_OFFEN" Zustand Fehler
        norm("Sicherheit des Zahlungsverkehrs", "Änderung der Bankverbindung", Annahme) parameter[] ausnahme(false)
        titel("Eine Kontoänderung ist offen", "A change of the account is open")
        text("Seit dem {am} ist eine andere Bankverbindung beantragt und nicht bestätigt; solange ruhen Abruf und Auszahlung.", "Since {am} another account is asked for and not confirmed; until then calls and payments rest.")
        abhilfe("Bestätigen Sie die Änderung durch eine zweite Person oder nehmen Sie sie zurück.", "Have a second person confirm the change or withdraw it.");
    /// A new account is in its waiting time.
    BANKVERBINDUNG_WARTEZEIT = "AQB-BV-003" "BANKVERBINDUNG_WARTEZEIT" Zustand Fehler
        norm("Sicherheit des Zahlungsverkehrs", "Wartezeit nach Kontoänderung", Annahme) parameter["bankverbindung_wartezeit"] ausnahme(false)
        titel("Neues Konto ist in der Wartezeit", "New account is in its waiting time")
        text("Das neue Konto kann ab dem {ab} bedient werden; heute ist der {heute}.", "The new account can be paid from {ab}; today is {heute}.")
        abhilfe("Warten Sie den {ab} ab. War die Änderung nicht gewollt, muss die Bewilligungsbehörde sie sperren.", "Wait for {ab}. If the change was not wanted, the granting authority must stop it.");
    /// The new account is the present one.
    BANKVERBINDUNG_GLEICH = "AQB-BV-004" "BANKVERBINDUNG_GLEICH" Fachregel Fehler
        norm("Formular", "Änderung der Bankverbindung", Annahme) parameter[] ausnahme(false)
        titel("Das ist schon das Konto des Vorgangs", "That is the account of the case already")
        text("{iban} ist schon das Konto des Vorgangs.", "{iban} is the account of the case already.")
        abhilfe("Geben Sie ein anderes Konto an.", "Give another account.");
    /// There is no grant whose account could change.
    BANKVERBINDUNG_IM_ANTRAG = "AQB-BV-005" "BANKVERBINDUNG_IM_ANTRAG" Zustand Fehler
        norm("Ablauf des Verfahrens", "Bankverbindung vor der Bewilligung", Annahme) parameter[] ausnahme(false)
        titel("Noch nichts bewilligt", "Nothing is granted yet")
        text("Der Antrag steht auf {status}; vor einer Bewilligung steht das Konto im Antrag selbst.", "The application is in state {status}; before a grant the account stands in the application itself.")
        abhilfe("Ändern Sie die Bankverbindung im Antrag, solange er änderbar ist.", "Change the account in the application while it can be changed.");
    /// The change is in effect already.
    BANKVERBINDUNG_WIRKSAM = "AQB-BV-006" "BANKVERBINDUNG_WIRKSAM" Zustand Fehler
        norm("Sicherheit des Zahlungsverkehrs", "Wartezeit nach Kontoänderung", Annahme) parameter["bankverbindung_wartezeit"] ausnahme(false)
        titel("Die Kontoänderung ist schon wirksam", "The change is in effect already")
        text("Seit dem {ab} wird auf das neue Konto gezahlt.", "Since {ab} the new account is paid.")
        abhilfe("Lassen Sie eine neue Kontoänderung beantragen.", "Have a new change asked for.");
}
