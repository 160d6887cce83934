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
    /// A payment before the contract.
    AUSZAHLUNG_VOR_VERTRAG = "AQB-WL-013" "AUSZAHLUNG_VOR_VERTRAG" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Geld vor dem Vertrag", "Money before the contract")
        text("Der {angegeben} liegt vor dem Abschluss am {vertrag}.", "{angegeben} is before the conclusion on {vertrag}.")
        abhilfe("Nennen Sie einen Tag ab dem {vertrag}.", "Name a day from {vertrag} on.");
    /// More would come back than lies with the Traeger.
    RUECKGABE_UEBER_BESTAND = "AQB-WL-014" "RUECKGABE_UEBER_BESTAND" Fachregel Fehler
        norm("Weiterleitung", "Auszahlungen und gemeldete Verwendung", Annahme) parameter[] ausnahme(false)
        titel("Mehr zurückgezahlt als vorhanden", "More is paid back than there is")
        text("Zurückgezahlt wären {betrag}; vom Haushaltsjahr {haushaltsjahr} liegen beim Träger unverwendet {bestand}.", "{betrag} would be paid back; of the Haushaltsjahr {haushaltsjahr} the provider holds {bestand} unused.")
        abhilfe("Prüfen Sie Betrag, Haushaltsjahr und gemeldete Verwendung.", "Check amount, Haushaltsjahr and reported use.");
    /// A use before the Traeger's period.
    VERWENDUNG_VOR_ZEITRAUM = "AQB-WL-015" "VERWENDUNG_VOR_ZEITRAUM" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 1.3 und 12: kein vorzeitiger Maßnahmebeginn", Fachwissen) parameter[] ausnahme(false)
        titel("Verwendung vor Beginn des Zeitraums", "Use before the period begins")
        text("Der {angegeben} liegt vor dem Beginn des Zeitraums am {beginn}.", "{angegeben} is before the period begins on {beginn}.")
        abhilfe("Nennen Sie einen Tag ab dem {beginn}.", "Name a day from {beginn} on.");
    /// A use after the Traeger's period.
    VERWENDUNG_NACH_ZEITRAUM = "AQB-WL-016" "VERWENDUNG_NACH_ZEITRAUM" Fachregel Hinweis
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Verwendung nach Ende des Zeitraums", "Use after the period has ended")
        text("Der {angegeben} liegt nach dem Ende des Zeitraums am {ende}.", "{angegeben} is after the period ended on {ende}.")
        abhilfe("Anerkannt wird nur, was im Zeitraum verursacht wurde.", "Only what was caused within the period is recognised.");
    /// The Traeger's proof would be due before its period ends.
    NACHWEIS_VOR_ENDE = "AQB-WL-017" "NACHWEIS_VOR_ENDE" Fachregel Fehler
        norm("ANBest-P", "Nr. 6.1: nach Ablauf des Bewilligungszeitraums", Fachwissen) parameter[] ausnahme(false)
        titel("Nachweis vor Ende des Zeitraums fällig", "Proof due before the period ends")
        text("Der Nachweis wäre am {angegeben} fällig, der Zeitraum endet am {ende}.", "The proof would be due on {angegeben}, the period ends on {ende}.")
        abhilfe("Vereinbaren Sie einen Tag ab dem {ende}.", "Agree on a day from {ende} on.");
    /// A Weiterleitung cannot end as agreed while unused money lies with the Traeger.
    BESTAND_UNGEKLAERT = "AQB-WL-018" "BESTAND_UNGEKLAERT" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Beim Träger liegt unverwendetes Geld", "Unused money lies with the provider")
        text("Von den Auszahlungen sind {bestand} weder als verwendet gemeldet noch zurückgezahlt.", "Of the payments {bestand} were neither reported as used nor paid back.")
        abhilfe("Erfassen Sie die Verwendung oder die Rückzahlung, oder heben Sie die Weiterleitung auf.", "Record the use or the repayment, or cancel the Weiterleitung.");
    /// What a cancelled Weiterleitung leaves with the Traeger.
    BESTAND_ZURUECKZUFORDERN = "AQB-WL-019" "BESTAND_ZURUECKZUFORDERN" Zustand Hinweis
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Beim Träger bleibt Geld zurückzufordern", "Money is to be claimed back from the provider")
        text("Von den Auszahlungen sind {bestand} weder als verwendet gemeldet noch zurückgezahlt.", "Of the payments {bestand} were neither reported as used nor paid back.")
        abhilfe("Fordern Sie den Betrag zurück und erfassen Sie die Rückzahlung.", "Claim the amount back and record the repayment.");
}
