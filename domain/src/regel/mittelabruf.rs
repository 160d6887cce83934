//! Rules about calls for money.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// Another Bescheid of the case is in force; the call is filed under that one.
    BESCHEID_NICHT_GELTEND = "AQB-AR-001" "BESCHEID_NICHT_GELTEND" Zustand Hinweis
        norm("HVwVfG", "§ 43 Abs. 1, 2", Fachwissen) parameter[] ausnahme(false)
        titel("Ein anderer Bescheid gilt", "Another Bescheid is in force")
        text("Der Entwurf nennt den Bescheid {bescheid}; es gilt {geltend}. Eingereicht wird er unter dem geltenden.", "The draft names the Bescheid {bescheid}; {geltend} is in force. It is filed under the one in force.")
        abhilfe("Prüfen Sie die Beträge: GET /bescheide/{id}/abrufbar nennt, was abgerufen werden kann.", "Check the amounts: GET /bescheide/{id}/abrufbar lists what can be called.");
    /// The Bescheid was not notified, or it grants nothing.
    BESCHEID_NICHT_WIRKSAM = "AQB-AR-002" "BESCHEID_NICHT_WIRKSAM" Zustand Fehler
        norm("HVwVfG", "§ 43 Abs. 1", Fachwissen) parameter[] ausnahme(false)
        titel("Bescheid ist nicht wirksam", "Bescheid is not effective")
        text("Aus dem Bescheid (Stand {status}) kann nicht abgerufen werden.", "Nothing can be called from the Bescheid (state {status}).")
        abhilfe("Warten Sie die Bekanntgabe eines Zuwendungsbescheids ab.", "Wait for the notification of a grant.");
    /// The Bescheid can still be appealed.
    BESCHEID_NICHT_BESTANDSKRAEFTIG = "AQB-AR-003" "BESCHEID_NICHT_BESTANDSKRAEFTIG" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 7.1: Auszahlung erst nach Bestandskraft", Fachwissen) parameter[] ausnahme(false)
        titel("Bescheid ist nicht bestandskräftig", "Bescheid is not final")
        text("Der Bescheid wird am {ab} bestandskräftig; heute ist der {heute}.", "The Bescheid becomes final on {ab}; today is {heute}.")
        abhilfe("Warten Sie die Bestandskraft ab oder verzichten Sie auf Rechtsbehelfe.", "Wait until it is final or waive the right of appeal.");
    /// A proof of use is overdue.
    NACHWEIS_UEBERFAELLIG = "AQB-AR-004" "NACHWEIS_UEBERFAELLIG" Zustand Fehler
        norm("VV zu § 44 LHO; ANBest", "Zurückhaltung von Zahlungen bei fehlendem Nachweis", Fachwissen) parameter[] ausnahme(false)
        titel("Ein Nachweis ist überfällig", "A proof is overdue")
        text("{frist} war am {faellig_am} fällig und fehlt; solange ruhen Abruf und Auszahlung.", "{frist} was due on {faellig_am} and is missing; until then calls and payments rest.")
        abhilfe("Reichen Sie den Nachweis ein oder bitten Sie um Verlängerung der Frist.", "Submit the proof or ask for an extension.");
    /// The measure gets nothing in that Haushaltsjahr.
    POSITION_NICHT_BEWILLIGT = "AQB-AR-005" "POSITION_NICHT_BEWILLIGT" Fachregel Fehler
        norm("Zuwendungsbescheid", "bewilligte Positionen", Fachwissen) parameter[] ausnahme(false)
        titel("Dafür ist nichts bewilligt", "Nothing is granted for this")
        text("Für die Maßnahme {posten} ist im Haushaltsjahr {haushaltsjahr} nichts bewilligt.", "Nothing is granted for the measure {posten} in the Haushaltsjahr {haushaltsjahr}.")
        abhilfe("GET /bescheide/{id}/abrufbar nennt, was abgerufen werden kann.", "GET /bescheide/{id}/abrufbar lists what can be called.");
    /// More is called than is granted and not yet called.
    ABRUFBAR_UEBERSCHRITTEN = "AQB-AR-006" "ABRUFBAR_UEBERSCHRITTEN" Zustand Fehler
        norm("Zuwendungsbescheid; LHO Hessen", "bewilligter Betrag; § 34 Abs. 2", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr als abrufbar", "More than can be called")
        text("Maßnahme {massnahme}, Haushaltsjahr {haushaltsjahr}: bewilligt {bewilligt}, abgerufen {abgerufen}, abrufbar {abrufbar}; angefordert sind {angefordert}, das sind {differenz} zu viel.", "Measure {massnahme}, Haushaltsjahr {haushaltsjahr}: granted {bewilligt}, called {abgerufen}, left {abrufbar}; asked for {angefordert}, which is {differenz} too much.")
        abhilfe("Rufen Sie höchstens {abrufbar} ab oder beantragen Sie eine Änderung.", "Call {abrufbar} at most or apply for a change.");
    /// The Haushaltsjahr is not the year of the payment.
    HAUSHALTSJAHR_FALSCH = "AQB-AR-007" "HAUSHALTSJAHR_FALSCH" Fachregel Fehler
        norm("LHO Hessen", "§ 45 Abs. 1 (Jährlichkeit)", Fachwissen) parameter[] ausnahme(false)
        titel("Falsches Haushaltsjahr", "Wrong Haushaltsjahr")
        text("Eine Zahlung am {auszahlung_am} gehört in das Haushaltsjahr {richtig}, angegeben ist {haushaltsjahr}.", "A payment on {auszahlung_am} belongs to the Haushaltsjahr {richtig}, given is {haushaltsjahr}.")
        abhilfe("Rufen Sie aus dem Haushaltsjahr {richtig} ab oder schichten Sie Mittel um.", "Call from the Haushaltsjahr {richtig} or shift money.");
    /// The books of the Haushaltsjahr take no more calls.
    KASSENSCHLUSS = "AQB-AR-008" "KASSENSCHLUSS" Zustand Fehler
        norm("Haushaltsvollzug des Landes", "Kassenschluss", Annahme) parameter["kassenschluss"] ausnahme(true)
        titel("Nach dem Kassenschluss", "After the closing of accounts")
        text("Abrufe aus dem Haushaltsjahr {haushaltsjahr} mussten bis zum {kassenschluss} eingehen; heute ist der {heute}.", "Calls from the Haushaltsjahr {haushaltsjahr} had to arrive by {kassenschluss}; today is {heute}.")
        abhilfe("Wählen Sie einen Auszahlungstag im nächsten Haushaltsjahr; bewilligte Mittel des alten Jahres lassen sich nur umschichten.", "Choose a payment day in the next Haushaltsjahr; granted money of the old one can only be shifted.");
    /// A day lies before today.
    VERGANGEN = "AQB-AR-009" "DATUM_VERGANGEN" Fachregel Fehler
        norm("Formular", "Datumsangabe", Annahme) parameter[] ausnahme(false)
        titel("Datum liegt in der Vergangenheit", "Date is in the past")
        text("{angegeben} liegt vor dem heutigen {fruehestens}.", "{angegeben} is before today, {fruehestens}.")
        abhilfe("Berichtigen Sie das Datum.", "Correct the date.");
    /// More is asked than is needed in time.
    BEDARF_NICHT_GEDECKT = "AQB-AR-010" "BEDARF_NICHT_GEDECKT" Fachregel Warnung
        norm("ANBest-GK / ANBest-P; HVwVfG", "Nr. 1.4; § 49a Abs. 4", Fachwissen) parameter["mittelabruf_frist", "mittelabruf_modus", "eigenmittel_einsatz"] ausnahme(true)
        titel("Mehr als rechtzeitig benötigt", "More than is needed in time")
        text("Vom {fenster_von} bis zum {fenster_bis} werden {gedeckt} benötigt; angefordert sind {angefordert}, das sind {differenz} zu viel.", "From {fenster_von} to {fenster_bis} {gedeckt} is needed; asked for is {angefordert}, which is {differenz} too much.")
        abhilfe("Rufen Sie {gedeckt} ab und den Rest später; sonst wird gekürzt, und zu früh ausgezahltes Geld ist zu verzinsen.", "Call {gedeckt} now and the rest later; otherwise the call is cut, and money paid too early bears interest.");
    /// What the authority finds payable is more than what was asked.
    UEBER_ANGEFORDERT = "AQB-AR-011" "UEBER_ANGEFORDERT" Fachregel Fehler
        norm("LHO Hessen", "§ 70 (sachlich und rechnerisch richtig)", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr als angefordert", "More than was asked for")
        text("Für die Maßnahme {posten} sind {angefordert} angefordert, festgestellt {festgestellt}.", "For the measure {posten} {angefordert} is asked for, found {festgestellt}.")
        abhilfe("Stellen Sie höchstens den angeforderten Betrag fest.", "Find the amount asked for at most.");
    /// What the authority finds payable is more than the need check covers.
    FESTSTELLUNG_UEBER_BEDARF = "AQB-AR-012" "FESTSTELLUNG_UEBER_BEDARF" Fachregel Warnung
        norm("ANBest-GK / ANBest-P", "Nr. 1.4", Fachwissen) parameter["mittelabruf_frist", "eigenmittel_einsatz"] ausnahme(true)
        titel("Feststellung über dem Bedarf", "More than the need check covers")
        text("Nach der Bedarfsrechnung sind {zahlbar} zahlbar, festgestellt werden {festgestellt}.", "By the need check {zahlbar} is payable, found is {festgestellt}.")
        abhilfe("Kürzen Sie auf {zahlbar} oder bestätigen Sie die Warnung mit einer Begründung.", "Cut to {zahlbar} or confirm the warning with a reason.");
    /// Nothing of the call is payable.
    NICHTS_ZAHLBAR = "AQB-AR-013" "NICHTS_ZAHLBAR" Fachregel Fehler
        norm("ANBest-GK / ANBest-P", "Nr. 1.4", Fachwissen) parameter["mittelabruf_frist", "eigenmittel_einsatz"] ausnahme(false)
        titel("Nichts ist zahlbar", "Nothing is payable")
        text("Von {angefordert} ist nach der Feststellung nichts zahlbar.", "Of {angefordert} nothing is found payable.")
        abhilfe("Weisen Sie den Abruf zurück.", "Refuse the call.");
    /// The call is not certified as right in substance and figures.
    NICHT_RICHTIG = "AQB-AR-014" "NICHT_RICHTIG" Fachregel Fehler
        norm("LHO Hessen", "§ 70 (sachlich und rechnerisch richtig)", Fachwissen) parameter[] ausnahme(false)
        titel("Nicht sachlich und rechnerisch richtig", "Not right in substance and figures")
        text("Ein Abruf wird nur festgestellt, wenn er sachlich und rechnerisch richtig ist.", "A call is certified only when it is right in substance and figures.")
        abhilfe("Weisen Sie den Abruf mit Grund zurück, wenn er nicht richtig ist.", "Refuse the call with a reason when it is not right.");
    /// The order would be paid although money moves already.
    ZAHLUNG_LAEUFT = "AQB-AR-015" "ZAHLUNG_LAEUFT" Zustand Fehler
        norm("LHO Hessen", "§ 70", Fachwissen) parameter[] ausnahme(false)
        titel("Eine Zahlung läuft", "A payment is under way")
        text("Zum Abruf {abruf} gibt es eine Zahlung, deren Ergebnis noch aussteht.", "For the call {abruf} there is a payment whose result is awaited.")
        abhilfe("Nehmen Sie zuerst die Zahlung aus ihrem Lauf oder warten Sie ihre Rückmeldung ab.", "First take the payment out of its run or wait for its result.");
    /// The bank reports more than is left to pay, or more came back than was paid.
    UEBER_OFFEN = "AQB-AR-016" "UEBER_OFFEN" Zustand Fehler
        norm("LHO Hessen", "§ 70 (Anordnung)", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr als offen", "More than is open")
        text("Gemeldet sind {gemeldet}, offen sind {offen}.", "Reported is {gemeldet}, open is {offen}.")
        abhilfe("Klären Sie die Meldung mit der Kasse.", "Clarify the report with the treasury.");
    /// The same payment was the reason of another call.
    BEDARF_DOPPELT = "AQB-AR-017" "BEDARF_DOPPELT" Fachregel Warnung
        norm("ANBest-GK / ANBest-P", "Nr. 1.4", Fachwissen) parameter[] ausnahme(true)
        titel("Derselbe Bedarf steht in einem anderen Abruf", "The same need stands in another call")
        text("„{zweck}“, fällig am {faellig_am} mit {betrag}, begründet schon den Abruf {abruf}.", "“{zweck}”, due on {faellig_am} with {betrag}, is the reason of the call {abruf} already.")
        abhilfe("Entfernen Sie die Zeile, oder bestätigen Sie, dass es eine zweite Zahlung ist.", "Remove the line, or confirm that it is a second payment.");
    /// More was spent of the state's money than is granted.
    VERAUSGABT_UEBER_BEWILLIGT = "AQB-AR-031" "VERAUSGABT_UEBER_BEWILLIGT" Fachregel Fehler
        norm("ANBest-GK / ANBest-P", "Nr. 1.4", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr verausgabt als bewilligt", "More was spent than is granted")
        text("Als Landesanteil verausgabt sind {verausgabt} angegeben; bewilligt sind {bewilligt}.", "As the state's share {verausgabt} is stated as spent; granted is {bewilligt}.")
        abhilfe("Geben Sie nur den Landesanteil der Ausgaben an, höchstens {bewilligt}.", "State only the state's share of what was spent, at most {bewilligt}.");
    /// A part of the need is money that was spent in advance.
    VORLEISTUNG = "AQB-AR-032" "VORLEISTUNG" Fachregel Hinweis
        norm("ANBest-GK / ANBest-P", "Nr. 1.4", Fachwissen) parameter[] ausnahme(false)
        titel("Der Bedarf enthält Vorleistungen", "The need contains money spent in advance")
        text("Nach eigener Angabe sind {verausgabt} verausgabt; davon sind {vorleistung} noch nicht gezahlt und durch keinen anderen Abruf ({unterwegs} unterwegs) gedeckt.", "By the county's own statement {verausgabt} was spent; {vorleistung} of it is not paid yet and covered by no other call ({unterwegs} under way).")
        abhilfe("Lassen Sie sich die Ausgaben belegen, wenn Zweifel bestehen.", "Ask for proof of the spending where in doubt.");
    /// The day on which the payment was wanted is over.
    ZAHLTAG_VORBEI = "AQB-AR-033" "ZAHLTAG_VORBEI" Zustand Hinweis
        norm("HVwVfG", "§ 49a Abs. 4", Fachwissen) parameter["mittelabruf_frist"] ausnahme(false)
        titel("Der gewünschte Zahltag ist vorbei", "The wished day of payment is over")
        text("Gewünscht war der {auszahlung_am}; eine Zahlung am {heute} ist bis zum {fenster_bis} zu verwenden.", "Wished was {auszahlung_am}; a payment on {heute} is to be used by {fenster_bis}.")
        abhilfe("Fragen Sie nach, wenn der Bedarf sich verschoben haben kann.", "Ask back where the need may have moved.");
    /// A change of the grant can still be appealed, so the lower amount counts.
    ABRUF_VORLAEUFIG_BEGRENZT = "AQB-AR-021" "ABRUF_VORLAEUFIG_BEGRENZT" Zustand Hinweis
        norm("HVwVfG; VV zu § 44 LHO", "§ 43 HVwVfG; Nr. 7.1: Auszahlung erst nach Bestandskraft", Fachwissen) parameter[] ausnahme(false)
        titel("Bis zur Bestandskraft zählt der niedrigere Betrag", "Until it is final the lower amount counts")
        text("Der Änderungsbescheid {bescheid} ist noch nicht bestandskräftig (ab {ab}); bis dahin ist je Maßnahme und Haushaltsjahr höchstens der niedrigere Betrag des alten und des neuen Stands abrufbar.", "The change {bescheid} is not final yet (from {ab}); until then at most the lower amount of the old and the new grant can be called per measure and Haushaltsjahr.")
        abhilfe("Warten Sie die Bestandskraft ab oder verzichten Sie auf Rechtsbehelfe.", "Wait until it is final or waive the right of appeal.");
}
