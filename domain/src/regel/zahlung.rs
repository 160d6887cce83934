//! Rules about payments, their files and results.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// A run without payments.
    LAUF_LEER = "AQB-ZL-001" "LAUF_LEER" Zustand Fehler
        norm("LHO Hessen", "§ 70 (Zahlung nur auf Anordnung)", Fachwissen) parameter[] ausnahme(false)
        titel("Nichts zu zahlen", "Nothing to pay")
        text("Im Haushaltsjahr {haushaltsjahr} ist kein angeordneter Mittelabruf zu zahlen. Was wartet und warum, sagen die Hinweise.", "No ordered Mittelabruf is to be paid in the Haushaltsjahr {haushaltsjahr}. What waits and why is told by the hints.")
        abhilfe("Ordnen Sie zuerst Mittelabrufe an, räumen Sie aus, was die Hinweise nennen, oder wählen Sie einen Tag im Haushaltsjahr der Abrufe.", "Order Mittelabrufe first, clear what the hints name, or choose a day in the Haushaltsjahr of the calls.");
    /// Only what is ordered can be paid.
    ABRUF_NICHT_ANGEORDNET = "AQB-ZL-002" "ABRUF_NICHT_ANGEORDNET" Zustand Fehler
        norm("LHO Hessen", "§ 70 (Zahlung nur auf Anordnung)", Fachwissen) parameter[] ausnahme(false)
        titel("Mittelabruf ist nicht angeordnet", "Mittelabruf is not ordered")
        text("Der Mittelabruf {abruf} steht auf {status}; gezahlt wird nur, was angeordnet und noch nicht gezahlt ist.", "The Mittelabruf {abruf} is in state {status}; only what is ordered and not yet paid can be paid.")
        abhilfe("Ordnen Sie den Mittelabruf an, oder lassen Sie ihn aus dem Zahlungslauf.", "Order the Mittelabruf, or leave it out of the run.");
    /// A payment stands for the Mittelabruf already.
    ABRUF_SCHON_IN_ZAHLUNG = "AQB-ZL-003" "ABRUF_SCHON_IN_ZAHLUNG" Zustand Fehler
        norm("LHO Hessen", "§ 70 (eine Anordnung, eine Zahlung)", Fachwissen) parameter[] ausnahme(false)
        titel("Mittelabruf ist schon in Zahlung", "Mittelabruf is being paid already")
        text("Für den Mittelabruf {abruf} steht schon die Zahlung {zahlung}.", "The payment {zahlung} stands for the Mittelabruf {abruf} already.")
        abhilfe("Warten Sie das Ergebnis dieser Zahlung ab; nach einer Rückgabe kann neu gezahlt werden.", "Wait for the result of that payment; after a return it can be paid anew.");
    /// The money flows in another Haushaltsjahr than it was called for.
    ZAHLUNG_HAUSHALTSJAHR = "AQB-ZL-004" "ZAHLUNG_HAUSHALTSJAHR" Fachregel Fehler
        norm("LHO Hessen", "§ 45 (Jährlichkeit)", Fachwissen) parameter[] ausnahme(false)
        titel("Zahlung in einem anderen Haushaltsjahr", "Payment in another Haushaltsjahr")
        text("{was}: Die Mittel gehören zum Haushaltsjahr {haushaltsjahr}, der Zahltag liegt in {jahr}.", "{was}: the money belongs to the Haushaltsjahr {haushaltsjahr}, the day of payment lies in {jahr}.")
        abhilfe("Prüfen Sie den Tag; soll das Geld in einem anderen Haushaltsjahr fließen, muss es dorthin umgeschichtet werden.", "Check the day; if the money shall flow in another Haushaltsjahr it must be shifted there.");
    /// A payment to an account that took the place of another one.
    ZAHLUNGSKONTO_GEAENDERT = "AQB-ZL-005" "ZAHLUNGSKONTO_GEAENDERT" Fachregel Hinweis
        norm("Sicherheit des Zahlungsverkehrs", "Änderung der Bankverbindung", Annahme) parameter[] ausnahme(false)
        titel("Zahlung auf ein geändertes Konto", "Payment to a changed account")
        text("Die Zahlung {zahlung} geht auf ein Konto, das seit dem {ab} an die Stelle eines anderen getreten ist.", "The payment {zahlung} goes to an account that took the place of another one on {ab}.")
        abhilfe("Vergewissern Sie sich, dass die Änderung gewollt war.", "Make sure that the change was intended.");
    /// The bank cannot carry it out on that day.
    AUSFUEHRUNGSTAG_UNZULAESSIG = "AQB-ZL-006" "AUSFUEHRUNGSTAG_UNZULAESSIG" Fachregel Fehler
        norm("Geschäftstage des Zahlungssystems TARGET", "EZB, langfristiger Kalender", Fachwissen) parameter[] ausnahme(false)
        titel("Kein möglicher Ausführungstag", "No possible day of execution")
        text("Am {am} kann die Bank nicht zahlen: möglich sind Geschäftstage (Montag bis Freitag außer 1. Januar, Karfreitag, Ostermontag, 1. Mai, 25. und 26. Dezember) ab dem {fruehestens}.", "The bank cannot pay on {am}: possible are business days (Monday to Friday except 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December) from {fruehestens}.")
        abhilfe("Wählen Sie einen Geschäftstag, der nicht vergangen ist; ein freigegebener Tag wird mit einem neuen Lauf ersetzt.", "Choose a business day that is not past; a day of a drafted run is replaced by a new run.");
    /// Nobody said from which account is paid.
    AUFTRAGGEBERKONTO_FEHLT = "AQB-ZL-007" "AUFTRAGGEBERKONTO_FEHLT" Zustand Fehler
        norm("Betrieb", "Konto der Landeskasse", Annahme) parameter[] ausnahme(false)
        titel("Konto der Landeskasse ist nicht eingerichtet", "Account of the state treasury is not configured")
        text("Der Server kennt kein Konto, von dem gezahlt wird.", "The server knows no account from which is paid.")
        abhilfe("Der Betrieb setzt AQB_ZAHLUNG_IBAN und AQB_ZAHLUNG_NAME, wo nötig AQB_ZAHLUNG_BIC.", "The operator sets AQB_ZAHLUNG_IBAN and AQB_ZAHLUNG_NAME, where needed AQB_ZAHLUNG_BIC.");
    /// What was ordered is no longer what the run would pay.
    ANORDNUNG_GEAENDERT = "AQB-ZL-008" "ANORDNUNG_GEAENDERT" Zustand Fehler
        norm("LHO Hessen", "§ 70 (Anordnung)", Fachwissen) parameter[] ausnahme(false)
        titel("Anordnung und Zahlung stimmen nicht mehr überein", "Order and payment no longer agree")
        text("Stand, Betrag oder Konto des Mittelabrufs {abruf} sind nicht mehr so, wie sie angeordnet wurden.", "State, amount or account of the Mittelabruf {abruf} are no longer as ordered.")
        abhilfe("Verwerfen Sie den Zahlungslauf, lassen Sie neu anordnen und stellen Sie einen neuen Lauf zusammen.", "Discard the run, have it ordered anew and collect a new run.");
    /// The amount of a result is not the expected one.
    ERGEBNIS_BETRAG = "AQB-ZL-009" "ERGEBNIS_BETRAG" Fachregel Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Betrag passt nicht zur Zahlung", "Amount does not fit the payment")
        text("Zahlung {zahlung}: gemeldet {gemeldet}, erwartet {erwartet}; Unterschied {differenz}.", "Payment {zahlung}: reported {gemeldet}, expected {erwartet}; difference {differenz}.")
        abhilfe("Ein Teilbetrag wird ausdrücklich als TEILWEISE gemeldet; eine Rückgabe umfasst alles, was gezahlt wurde.", "A part is reported explicitly as TEILWEISE; a return is about everything that was paid.");
    /// The payment has a result of this kind already.
    ERGEBNIS_DOPPELT = "AQB-ZL-010" "ERGEBNIS_DOPPELT" Fachregel Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Ergebnis passt nicht zum Stand der Zahlung", "Result does not fit the state of the payment")
        text("Die Zahlung {zahlung} steht schon auf {status}; {ergebnis} wird nicht mehr erwartet.", "The payment {zahlung} is in state {status} already; {ergebnis} is no longer expected.")
        abhilfe("Prüfen Sie, ob das Ergebnis doppelt gemeldet wurde oder eine andere Zahlung meint.", "Check whether the result was reported twice or means another payment.");
    /// Another currency than euro.
    ERGEBNIS_WAEHRUNG = "AQB-ZL-011" "ERGEBNIS_WAEHRUNG" Fachregel Fehler
        norm("SEPA-Überweisung", "nur Euro", Fachwissen) parameter[] ausnahme(false)
        titel("Andere Währung als Euro", "Another currency than euro")
        text("Zahlung {zahlung}: das Ergebnis nennt die Währung {waehrung}.", "Payment {zahlung}: the result names the currency {waehrung}.")
        abhilfe("Klären Sie die Buchung mit der Bank.", "Clarify the booking with the bank.");
    /// The day of a result cannot be.
    ERGEBNIS_TAG = "AQB-ZL-012" "ERGEBNIS_TAG" Fachregel Fehler
        norm("Zahlungsverkehr", "Wertstellung", Annahme) parameter[] ausnahme(false)
        titel("Tag des Ergebnisses ist nicht möglich", "Day of the result is not possible")
        text("Zahlung {zahlung}: gemeldeter Tag {am}; möglich ist ein Tag vom {von} bis {bis}.", "Payment {zahlung}: reported day {am}; possible is a day from {von} to {bis}.")
        abhilfe("Melden Sie den Tag der Wertstellung, der Rückgabe oder der Ablehnung.", "Report the value date or the day of the return or refusal.");
    /// The statement is about another account than the one that pays.
    ERGEBNIS_KONTO = "AQB-ZL-013" "ERGEBNIS_KONTO" Fachregel Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Auszug eines anderen Kontos", "Statement of another account")
        text("Die Zahlung {zahlung} geht vom Konto {zahlkonto} ab; der Auszug nennt {konto}.", "The payment {zahlung} leaves the account {zahlkonto}; the statement names {konto}.")
        abhilfe("Lesen Sie den Auszug des Kontos ein, von dem gezahlt wurde.", "Read in the statement of the account that paid.");
    /// No payment has this name.
    ZAHLUNG_UNBEKANNT = "AQB-ZL-014" "ZAHLUNG_UNBEKANNT" Fachregel Fehler
        norm("Zahlungsverkehr", "EndToEndId", Fachwissen) parameter[] ausnahme(false)
        titel("Keine Zahlung dieses Namens", "No payment of this name")
        text("Die Zahlung {zahlung} gibt es nicht, oder sie gehört nicht zu diesem Lauf.", "There is no payment {zahlung}, or it does not belong to this run.")
        abhilfe("Prüfen Sie die EndToEndId.", "Check the EndToEndId.");
    /// A result for a payment that was never handed over.
    ZAHLUNG_NICHT_UEBERGEBEN = "AQB-ZL-015" "ZAHLUNG_NICHT_UEBERGEBEN" Zustand Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Zahlung wurde noch nicht übergeben", "Payment was not handed over")
        text("Die Zahlung {zahlung} wurde der Kasse noch nicht übergeben.", "The payment {zahlung} was not handed over to the treasury.")
        abhilfe("Übergeben Sie den Zahlungslauf, oder klären Sie, woher das Ergebnis kommt.", "Hand the run over, or clarify where the result comes from.");
    /// A return or refusal without a reason.
    ERGEBNIS_GRUND_FEHLT = "AQB-ZL-016" "ERGEBNIS_GRUND_FEHLT" Fachregel Fehler
        norm("Zahlungsverkehr", "Rückgabe und Ablehnung", Annahme) parameter[] ausnahme(false)
        titel("Grund fehlt", "Reason is missing")
        text("Zahlung {zahlung}: eine Rückgabe oder Ablehnung nennt ihren Grund.", "Payment {zahlung}: a return or refusal names its reason.")
        abhilfe("Geben Sie den Grund der Bank an.", "Give the reason of the bank.");
    /// The money that came back has already moved on in the books.
    ERGEBNIS_NICHT_GEDECKT = "AQB-ZL-017" "ERGEBNIS_NICHT_GEDECKT" Zustand Fehler
        norm("Kontenführung", "Kein Konto fällt unter null", Annahme) parameter[] ausnahme(false)
        titel("Rückgabe ist nicht gedeckt", "Return is not covered")
        text("Zahlung {zahlung}: das Geld ist in den Büchern schon weitergeflossen und kann nicht als zurückgegeben gebucht werden.", "Payment {zahlung}: the money has already moved on in the books and cannot be booked as returned.")
        abhilfe("Nehmen Sie zuerst die Weiterleitung zurück, oder klären Sie die Meldung mit der Bank.", "Take the passing on back first, or clarify the report with the bank.");
    /// There is nothing to settle.
    ZAHLUNG_OHNE_ZWEIFEL = "AQB-ZL-018" "ZAHLUNG_OHNE_ZWEIFEL" Zustand Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Nichts zu klären", "Nothing to settle")
        text("Zur Zahlung {zahlung} gibt es kein zweifelhaftes Ergebnis.", "There is no doubtful result for the payment {zahlung}.")
        abhilfe("Es ist nichts zu tun.", "There is nothing to do.");
    /// The same file a second time.
    DATEI_SCHON_EINGELESEN = "AQB-ZL-019" "DATEI_SCHON_EINGELESEN" Zustand Fehler
        norm("Zahlungsverkehr", "jede Datei einmal", Annahme) parameter[] ausnahme(false)
        titel("Datei ist schon eingelesen", "File was read in already")
        text("Dieselbe Datei (SHA-256 {sha256}) wurde am {am} eingelesen; nichts wurde gebucht.", "The same file (SHA-256 {sha256}) was read in on {am}; nothing was booked.")
        abhilfe("GET /zahlungsrueckmeldungen/{rueckmeldung} zeigt, was aus ihren Zeilen wurde.", "GET /zahlungsrueckmeldungen/{rueckmeldung} shows what became of its lines.");
    /// The file is not what its format demands.
    DATEI_UNLESBAR = "AQB-ZL-020" "DATEI_UNLESBAR" Fachregel Fehler
        norm("Zahlungsverkehr", "ISO 20022; CSV", Fachwissen) parameter[] ausnahme(false)
        titel("Datei ist nicht lesbar", "File cannot be read")
        text("{stelle}: „{wert}“ ist hier nicht lesbar. Nichts wurde gebucht.", "{stelle}: “{wert}” cannot be read here. Nothing was booked.")
        abhilfe("Berichtigen Sie die Datei, oder lassen Sie sie neu erzeugen.", "Correct the file, or have it made anew.");
    /// A document type or an entity, which could expand without end.
    DATEI_MIT_ENTITAETEN = "AQB-ZL-021" "DATEI_MIT_ENTITAETEN" Fachregel Fehler
        norm("ISO 20022", "XML ohne Dokumenttyp und Entitäten", Fachwissen) parameter[] ausnahme(false)
        titel("Dokumenttyp oder Entität in der Datei", "Document type or entity in the file")
        text("Die Datei enthält „{wert}“. Bankdateien enthalten weder DOCTYPE noch eigene Entitäten.", "The file contains “{wert}”. Bank files contain neither DOCTYPE nor entities of their own.")
        abhilfe("Prüfen Sie die Herkunft der Datei.", "Check where the file comes from.");
    /// Another kind of file than announced.
    DATEI_ANDERER_ART = "AQB-ZL-022" "DATEI_ANDERER_ART" Fachregel Fehler
        norm("Zahlungsverkehr", "ISO 20022; CSV", Fachwissen) parameter[] ausnahme(false)
        titel("Datei anderer Art", "File of another kind")
        text("Angekündigt ist {erwartet}, gefunden wurde „{wert}“.", "Announced is {erwartet}, found was “{wert}”.")
        abhilfe("Geben Sie mit format an, was die Datei ist.", "Say with format what the file is.");
    /// An encoding that is not accepted.
    DATEI_ZEICHENSATZ = "AQB-ZL-023" "DATEI_ZEICHENSATZ" Fachregel Fehler
        norm("Zahlungsverkehr", "Zeichensatz: XML in UTF-8, CSV in UTF-8 oder Windows-1252", Fachwissen) parameter[] ausnahme(false)
        titel("Zeichensatz wird nicht angenommen", "Encoding is not accepted")
        text("Die Datei ist nicht in {erwartet} ({wert}).", "The file is not in {erwartet} ({wert}).")
        abhilfe("Lassen Sie die Datei in {erwartet} erzeugen.", "Have the file made in {erwartet}.");
    /// No line, or more than one file may have.
    DATEI_UMFANG = "AQB-ZL-024" "DATEI_UMFANG" Fachregel Fehler
        norm("Betrieb", "Umfang einer Datei", Annahme) parameter[] ausnahme(false)
        titel("Umfang der Datei", "Size of the file")
        text("Die Datei enthält kein Ergebnis oder mehr als {hoechstens}; gezählt wurden {anzahl}.", "The file contains no result, or more than {hoechstens}; {anzahl} were counted.")
        abhilfe("Teilen Sie die Datei auf, oder prüfen Sie, ob sie die richtige ist.", "Split the file, or check whether it is the right one.");
    /// A released run is handed over after its day.
    AUSFUEHRUNGSTAG_VERSTRICHEN = "AQB-ZL-025" "AUSFUEHRUNGSTAG_VERSTRICHEN" Zustand Fehler
        norm("LHO Hessen", "§ 45 (Jährlichkeit); Geschäftstage des Zahlungssystems TARGET", Fachwissen) parameter[] ausnahme(false)
        titel("Ausführungstag ist vorbei", "Day of execution is over")
        text("Der Lauf {lauf} war für den {ausfuehrung_am} freigegeben und wurde bis dahin nicht übergeben; Tag der Übergabe wäre der {am}.", "The run {lauf} was released for {ausfuehrung_am} and was not handed over until then; the day of the handing over would be {am}.")
        abhilfe("Ging die Datei rechtzeitig an die Kasse, nennen Sie den Tag mit uebergeben_am; sonst nehmen Sie den Lauf mit der Handlung verwerfung zurück und stellen einen neuen zusammen.", "If the file reached the treasury in time, name the day with uebergeben_am; otherwise take the run back with the act verwerfung and collect a new one.");
    /// The stated day of the handing over cannot be.
    UEBERGABETAG_UNZULAESSIG = "AQB-ZL-026" "UEBERGABETAG_UNZULAESSIG" Fachregel Fehler
        norm("Zahlungsverkehr", "Übergabe an die Kasse", Annahme) parameter[] ausnahme(false)
        titel("Kein möglicher Tag der Übergabe", "No possible day of the handing over")
        text("Als Tag der Übergabe ist der {am} angegeben; möglich ist ein Tag von der Freigabe am {von} bis heute, {bis}.", "{am} is stated as the day of the handing over; possible is a day from the release on {von} to today, {bis}.")
        abhilfe("Nennen Sie den Tag, an dem die Datei an die Kasse ging, oder lassen Sie die Angabe weg.", "Name the day on which the file went to the treasury, or leave it out.");
    /// An earlier payment of the same call was refused or came back.
    ZAHLUNG_ZUVOR_GESCHEITERT = "AQB-ZL-027" "ZAHLUNG_ZUVOR_GESCHEITERT" Fachregel Warnung
        norm("LHO Hessen", "§ 70 (eine Anordnung, eine Zahlung)", Fachwissen) parameter[] ausnahme(true)
        titel("Der Abruf wurde schon einmal gezahlt oder sollte es werden", "The call was paid before, or was to be")
        text("Der Mittelabruf {abruf} wird noch einmal gezahlt: Die Zahlung {frueher} steht seit dem {am} auf {status} („{grund}“), gemeldet von {gemeldet_von} (Quelle: {herkunft}).", "The Mittelabruf {abruf} is paid once more: the payment {frueher} is in state {status} since {am} (“{grund}”), reported by {gemeldet_von} (source: {herkunft}).")
        abhilfe("Vergewissern Sie sich beim Kontoauszug, dass das Geld nicht beim Empfänger liegt, und bestätigen Sie es.", "Make sure by the statement of the account that the money does not lie with the recipient, and confirm it.");
    /// The account from which the money came back is paid again.
    RUECKGABE_SELBES_KONTO = "AQB-ZL-028" "RUECKGABE_SELBES_KONTO" Fachregel Hinweis
        norm("Zahlungsverkehr", "Rückgabe", Annahme) parameter[] ausnahme(false)
        titel("Noch einmal auf dasselbe Konto", "Once more to the same account")
        text("Der Mittelabruf {abruf} wird noch einmal auf das Konto {konto} gezahlt, von dem die Zahlung {frueher} am {am} zurückkam („{grund}“).", "The Mittelabruf {abruf} is paid once more to the account {konto}, from which the payment {frueher} came back on {am} (“{grund}”).")
        abhilfe("Klären Sie mit dem Empfänger, ob das Konto noch besteht; eine neue Bankverbindung wird vor der Zahlung angeordnet.", "Clarify with the recipient whether the account still exists; a new one is ordered before the payment.");
    /// The same day and amount once more.
    ERGEBNIS_WIEDERHOLT = "AQB-ZL-029" "ERGEBNIS_WIEDERHOLT" Fachregel Warnung
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(true)
        titel("Dasselbe Ergebnis noch einmal", "The same result once more")
        text("Zahlung {zahlung}: {betrag} mit Wertstellung am {am} sind schon gebucht.", "Payment {zahlung}: {betrag} with the value date {am} are booked already.")
        abhilfe("Meist ist es dieselbe Zahlung. War es eine zweite, melden Sie sie von Hand und bestätigen Sie die Warnung.", "Mostly it is the same payment. If it was a second one, report it by hand and confirm the warning.");
    /// A result that contradicts what is booked.
    ERGEBNIS_WIDERSPRUECHLICH = "AQB-ZL-030" "ERGEBNIS_WIDERSPRUECHLICH" Fachregel Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Ergebnis widerspricht dem Stand der Zahlung", "Result contradicts the state of the payment")
        text("Die Zahlung {zahlung} steht auf {status}, gemeldet wird {ergebnis}. Beides kann nicht richtig sein.", "The payment {zahlung} is in state {status}, reported is {ergebnis}. Both cannot be right.")
        abhilfe("Klären Sie mit der Bank, was geschah: Eine zurückgekommene Zahlung wird als ZURUECKGEGEBEN gemeldet; ist eine abgelehnte doch ausgeführt, darf der Abruf nicht noch einmal gezahlt werden.", "Clarify with the bank what happened: a payment that came back is reported as ZURUECKGEGEBEN; if a refused one was carried out after all, the call must not be paid once more.");
    /// A credit with the name of a payment that does not say it is a return.
    ERGEBNIS_OHNE_RUECKGABEANGABE = "AQB-ZL-031" "ERGEBNIS_OHNE_RUECKGABEANGABE" Fachregel Fehler
        norm("ISO 20022", "camt.053: RtrInf, BkTxCd", Fachwissen) parameter[] ausnahme(false)
        titel("Gutschrift ohne Angabe einer Rückgabe", "Credit that does not say it is a return")
        text("Die Gutschrift nennt die Zahlung {zahlung}, aber nicht, dass die Bank sie zurückgibt; es kann auch eine Erstattung sein.", "The credit names the payment {zahlung}, but not that the bank returns it; it may be a repayment, too.")
        abhilfe("Klären Sie, was die Gutschrift ist; eine Rückgabe melden Sie von Hand mit dem Grund der Bank.", "Clarify what the credit is; report a return by hand with the reason of the bank.");
    /// A word of a list that is not in it.
    DATEI_WERT_UNBEKANNT = "AQB-ZL-032" "DATEI_WERT_UNBEKANNT" Fachregel Fehler
        norm("Zahlungsverkehr", "ISO 20022; CSV", Fachwissen) parameter[] ausnahme(false)
        titel("Unbekannter Wert in der Datei", "Unknown value in the file")
        text("{stelle}: „{wert}“ gibt es nicht; möglich sind {werte}. Nichts wurde gebucht.", "{stelle}: there is no “{wert}”; possible are {werte}. Nothing was booked.")
        abhilfe("Berichtigen Sie den Wert.", "Correct the value.");
    /// Not well-formed, or beyond the bounds.
    DATEI_FEHLGEFORMT = "AQB-ZL-033" "DATEI_FEHLGEFORMT" Fachregel Fehler
        norm("ISO 20022", "wohlgeformtes XML", Fachwissen) parameter[] ausnahme(false)
        titel("Kein wohlgeformtes XML", "XML is not well-formed")
        text("In Zeile {zeile} ist die Datei kein wohlgeformtes XML, oder sie hat mehr als {tiefe} Ebenen oder {elemente} Elemente. Nichts wurde gebucht.", "In line {zeile} the file is no well-formed XML, or it has more than {tiefe} levels or {elemente} elements. Nothing was booked.")
        abhilfe("Lassen Sie die Datei neu erzeugen; oft ist sie unvollständig übertragen.", "Have the file made anew; often it was not transferred as a whole.");
    /// An interim state of the bank.
    ERGEBNIS_ZWISCHENSTAND = "AQB-ZL-034" "ERGEBNIS_ZWISCHENSTAND" Fachregel Hinweis
        norm("ISO 20022", "pain.002: Status des Auftrags", Fachwissen) parameter[] ausnahme(false)
        titel("Zwischenstand", "Interim state")
        text("Zahlung {zahlung}: Die Bank meldet einen Zwischenstand; das Ergebnis steht noch aus.", "Payment {zahlung}: the bank reports an interim state; the result is still awaited.")
        abhilfe("Warten Sie das Ergebnis ab.", "Wait for the result.");
    /// More partial results than one payment can have.
    ERGEBNIS_ZU_VIELE_TEILE = "AQB-ZL-035" "ERGEBNIS_ZU_VIELE_TEILE" Fachregel Fehler
        norm("Zahlungsverkehr", "Abgleich von Auftrag und Ergebnis", Annahme) parameter[] ausnahme(false)
        titel("Zu viele Teilbeträge", "Too many parts")
        text("Zahlung {zahlung}: {teile} Teilbeträge sind gebucht; mehr als {hoechstens} nimmt eine Zahlung nicht an.", "Payment {zahlung}: {teile} parts are booked; a payment takes no more than {hoechstens}.")
        abhilfe("Klären Sie mit der Bank, warum die Zahlung in so vielen Teilen kam; den Rest melden Sie in einem Betrag als AUSGEFUEHRT oder ABGELEHNT.", "Clarify with the bank why the payment came in so many parts; report the rest in one amount as AUSGEFUEHRT or ABGELEHNT.");
}
