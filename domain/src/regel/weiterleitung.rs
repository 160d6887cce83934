//! Rules about money passed on to a Traeger.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// The measure is not carried out by passing money on.
    WEITERLEITUNG_NICHT_VORGESEHEN = "AQB-WL-001" "WEITERLEITUNG_NICHT_VORGESEHEN" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Maßnahme sieht keine Weiterleitung vor", "The measure passes no money on")
        text("Die Maßnahme {massnahme_id} hat die Durchführungsform {durchfuehrungsform}.", "The measure {massnahme_id} is carried out as {durchfuehrungsform}.")
        abhilfe("Nennen Sie eine Maßnahme des Antrags mit der Durchführungsform WEITERLEITUNG.", "Name a measure of the application carried out as WEITERLEITUNG.");
    /// Nothing is granted that could be passed on.
    WEITERLEITUNG_OHNE_BESCHEID = "AQB-WL-002" "WEITERLEITUNG_OHNE_BESCHEID" Zustand Fehler
        norm("HVwVfG", "§ 43", Fachwissen) parameter[] ausnahme(false)
        titel("Kein wirksamer Bescheid", "No effective Bescheid")
        text("Am {heute} ist kein Zuwendungsbescheid zu diesem Antrag wirksam.", "On {heute} no grant for this application is effective.")
        abhilfe("Warten Sie die Bekanntgabe des Bescheids ab.", "Wait for the notification of the Bescheid.");
    /// The Traeger has no part in the application.
    TRAEGER_NICHT_IM_FALL = "AQB-WL-003" "TRAEGER_NICHT_IM_FALL" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Träger gehört nicht zum Antrag", "The provider is no part of the application")
        text("Keine Maßnahme des Antrags nennt den Träger {traeger_id}.", "No measure of the application names the provider {traeger_id}.")
        abhilfe("Nennen Sie einen Träger des Antrags oder ändern Sie zuerst den Antrag.", "Name a provider of the application, or change the application first.");
    /// More than is granted for the measure and not passed on elsewhere.
    WEITERLEITUNG_UEBER_BEWILLIGT = "AQB-WL-004" "WEITERLEITUNG_UEBER_BEWILLIGT" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr weitergeleitet als bewilligt", "More is passed on than granted")
        text("Vereinbart sind {betrag}; von der Bewilligung der Maßnahme sind noch {frei} frei, es fehlen {differenz}.", "Agreed are {betrag}; {frei} of the measure's grant are left, {differenz} are missing.")
        abhilfe("Verringern Sie den Betrag auf höchstens {frei}.", "Lower the amount to at most {frei}.");
    /// The Traeger's period is not within that of the grant.
    WEITERLEITUNG_ZEITRAUM = "AQB-WL-005" "WEITERLEITUNG_ZEITRAUM" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Zeitraum liegt nicht im Bewilligungszeitraum", "Period is not within that of the grant")
        text("Der Zeitraum {von} bis {bis} liegt nicht zwischen {fruehestens} und {spaetestens}.", "The period {von} to {bis} does not lie between {fruehestens} and {spaetestens}.")
        abhilfe("Wählen Sie einen Zeitraum innerhalb der Bewilligung.", "Choose a period within that of the grant.");
    /// A private Traeger is bound by the clauses for private recipients.
    NEBENBESTIMMUNGEN_PRIVAT = "AQB-WL-006" "NEBENBESTIMMUNGEN_PRIVAT" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12; ANBest-P, ANBest-GK", Fachwissen) parameter[] ausnahme(false)
        titel("Falsche Nebenbestimmungen für einen privaten Träger", "Wrong clauses for a private provider")
        text("Ein Träger der Rechtsform {rechtsform} ist privat; für ihn gelten die {nebenbestimmungen}.", "A provider of the form {rechtsform} is private; {nebenbestimmungen} apply to it.")
        abhilfe("Vereinbaren Sie {nebenbestimmungen}.", "Agree on {nebenbestimmungen}.");
    /// The Traeger's proof comes too late for the Gebietskoerperschaft's own.
    NACHWEISFRIST_ZU_SPAET = "AQB-WL-007" "NACHWEISFRIST_ZU_SPAET" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5.6: Nachweise Dritter sind beizufügen", Belegt) parameter["weiterleitung_vn_vorlauf"] ausnahme(false)
        titel("Nachweis des Trägers käme zu spät", "The provider's proof would be too late")
        text("Der {angegeben} liegt nach dem {spaetestens}; der eigene Nachweis ist am {eigener} fällig.", "{angegeben} is after {spaetestens}; the own proof is due on {eigener}.")
        abhilfe("Vereinbaren Sie einen Tag bis zum {spaetestens}.", "Agree on a day up to {spaetestens}.");
    /// A payment beyond what is agreed.
    AUSZAHLUNG_UEBER_VERTRAG = "AQB-WL-008" "AUSZAHLUNG_UEBER_VERTRAG" Fachregel Fehler
        norm("Weiterleitung", "vereinbarter Betrag", Annahme) parameter[] ausnahme(false)
        titel("Mehr ausgezahlt als vereinbart", "More is paid than agreed")
        text("Die Auszahlung von {betrag} übersteigt den offenen Betrag von {offen} um {differenz}.", "The payment of {betrag} exceeds what is open, {offen}, by {differenz}.")
        abhilfe("Zahlen Sie höchstens {offen}.", "Pay at most {offen}.");
    /// A payment of money the Gebietskoerperschaft has not received for the measure.
    AUSZAHLUNG_UEBER_EMPFANGENES = "AQB-WL-009" "AUSZAHLUNG_UEBER_EMPFANGENES" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr weitergeleitet als empfangen", "More is passed on than received")
        text("Die Auszahlung von {betrag} übersteigt die für die Maßnahme im Haushaltsjahr {haushaltsjahr} empfangenen, nicht weitergeleiteten Mittel von {empfangen} um {differenz}.", "The payment of {betrag} exceeds what was received for the measure in the Haushaltsjahr {haushaltsjahr} and not passed on, {empfangen}, by {differenz}.")
        abhilfe("Rufen Sie zuerst Landesmittel ab oder zahlen Sie höchstens {empfangen}.", "Call state funds first, or pay at most {empfangen}.");
    /// A reversal of what was reported as used.
    STORNO_UEBER_BESTAND = "AQB-WL-010" "STORNO_UEBER_BESTAND" Fachregel Fehler
        norm("Weiterleitung", "gemeldete Verwendung", Annahme) parameter[] ausnahme(false)
        titel("Auszahlung ist schon verwendet", "The payment is used already")
        text("Storniert würden {betrag}; nicht als verwendet gemeldet sind nur {bestand}.", "{betrag} would be reversed; only {bestand} are not reported as used.")
        abhilfe("Klären Sie die gemeldete Verwendung.", "Clear up the reported use.");
    /// The payment is unknown or was reversed before.
    AUSZAHLUNG_UNBEKANNT = "AQB-WL-011" "AUSZAHLUNG_UNBEKANNT" Fachregel Fehler
        norm("Weiterleitung", "Auszahlungen", Annahme) parameter[] ausnahme(false)
        titel("Keine Auszahlung, die storniert werden kann", "No payment that can be reversed")
        text("{auszahlung_id} ist keine Auszahlung dieser Weiterleitung oder schon storniert.", "{auszahlung_id} is no payment of this Weiterleitung, or reversed already.")
        abhilfe("Nennen Sie eine Auszahlung aus der Weiterleitung.", "Name a payment of the Weiterleitung.");
    /// More is reported as used than was paid.
    VERWENDUNG_UEBER_AUSZAHLUNG = "AQB-WL-012" "VERWENDUNG_UEBER_AUSZAHLUNG" Fachregel Fehler
        norm("Weiterleitung", "gemeldete Verwendung", Annahme) parameter[] ausnahme(false)
        titel("Mehr verwendet als ausgezahlt", "More is used than paid")
        text("Gemeldet sind {betrag}; ausgezahlt und noch nicht verwendet sind {bestand}.", "Reported are {betrag}; paid and not yet used are {bestand}.")
        abhilfe("Berichtigen Sie den Betrag auf höchstens {bestand}.", "Correct the amount to at most {bestand}.");
}
