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
    /// Eligible expenditure on a position the plan does not know.
    ANSATZ_NICHT_IM_PLAN = "AQB-VN-004" "ANSATZ_NICHT_IM_PLAN" Fachregel Fehler
        norm("ANBest-GK / ANBest-P", "Nr. 1.2: Finanzierungsplan ist verbindlich", Fachwissen) parameter[] ausnahme(false)
        titel("Ansatz ist nicht geplant", "The position is not planned")
        text("Für {position} der Maßnahme {massnahme} sind {ist} als zuwendungsfähig angegeben; geplant sind {plan}.", "For {position} of the measure {massnahme} {ist} are given as eligible; {plan} are planned.")
        abhilfe("Geben Sie die Ausgabe als nicht zuwendungsfähig an oder beantragen Sie zuerst eine Änderung.", "State the expenditure as not eligible, or apply for a change first.");
    /// An Einzelansatz beyond the permitted excess.
    ANSATZ_UEBERSCHRITTEN = "AQB-VN-005" "ANSATZ_UEBERSCHRITTEN" Fachregel Hinweis
        norm("ANBest-GK / ANBest-P", "Nr. 1.2", Belegt) parameter["ansatz_ueberschreitung_prozent"] ausnahme(false)
        titel("Einzelansatz zu weit überschritten", "Plan line exceeded too far")
        text("{position} der Maßnahme {massnahme}: geplant {plan}, zuwendungsfähig ausgegeben {ist}, zulässig {zulaessig}; {nicht_anerkannt} werden voraussichtlich nicht anerkannt.", "{position} of the measure {massnahme}: planned {plan}, eligible spent {ist}, permitted {zulaessig}; {nicht_anerkannt} will probably not be recognised.")
        abhilfe("Erläutern Sie die Überschreitung bei dem Ansatz.", "Explain the excess at the line.");
    /// A difference that must be explained is not.
    ERLAEUTERUNG_FEHLT = "AQB-VN-006" "ERLAEUTERUNG_FEHLT" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5: Abweichungen vom Finanzierungsplan", Belegt) parameter["ansatz_ueberschreitung_prozent"] ausnahme(false)
        titel("Erläuterung fehlt", "Explanation is missing")
        text("Maßnahme {massnahme}: {posten} weicht mit {ist} von {plan} ab, eine Erläuterung fehlt.", "Measure {massnahme}: {posten} differs with {ist} from {plan}, an explanation is missing.")
        abhilfe("Erläutern Sie die Abweichung bei {posten}; zur Summe genügt eine Erläuterung bei der Maßnahme.", "Explain the difference at {posten}; for the sum an explanation at the measure is enough.");
    /// More is eligible than the plan binds in total.
    GESAMTPLAN_UEBERSCHRITTEN = "AQB-VN-007" "GESAMTPLAN_UEBERSCHRITTEN" Fachregel Hinweis
        norm("ANBest-GK / ANBest-P", "Nr. 1.2: im Gesamtergebnis verbindlich", Belegt) parameter[] ausnahme(false)
        titel("Gesamtplan überschritten", "The plan is exceeded in total")
        text("Maßnahme {massnahme}: anzuerkennen wären {summe}, der Plan deckt {plan}; {gekappt} bleiben außer Betracht.", "Measure {massnahme}: {summe} would be recognised, the plan covers {plan}; {gekappt} are left out.")
        abhilfe("Das Gesamtergebnis des Finanzierungsplans ist bindend; nichts zu tun.", "The plan binds in its total; nothing is to be done.");
    /// More is eligible than was spent.
    ZUWENDUNGSFAEHIG_UEBER_IST = "AQB-VN-008" "ZUWENDUNGSFAEHIG_UEBER_IST" Fachregel Fehler
        norm("Verwendungsnachweis", "zahlenmäßiger Nachweis", Annahme) parameter[] ausnahme(false)
        titel("Mehr zuwendungsfähig als ausgegeben", "More is eligible than was spent")
        text("{position} der Maßnahme {massnahme}: zuwendungsfähig {zuwendungsfaehig}, ausgegeben {ist}.", "{position} of the measure {massnahme}: eligible {zuwendungsfaehig}, spent {ist}.")
        abhilfe("Berichtigen Sie einen der beiden Beträge.", "Correct one of the amounts.");
    /// Expenditure nobody financed.
    NACHWEIS_UNTERDECKUNG = "AQB-VN-009" "NACHWEIS_UNTERDECKUNG" Fachregel Warnung
        norm("Verwendungsnachweis", "zahlenmäßiger Nachweis", Annahme) parameter["summen_toleranz"] ausnahme(false)
        titel("Unterdeckung", "Expenditure is not covered")
        text("Maßnahme {massnahme}: Ausgaben {ausgaben}, Einnahmen {finanzierung}; es fehlen {unterdeckung}.", "Measure {massnahme}: expenditure {ausgaben}, income {finanzierung}; {unterdeckung} are missing.")
        abhilfe("Ergänzen Sie die Einnahmen oder begründen Sie die Unterdeckung.", "Complete the income, or give the reason for the gap.");
    /// More income than expenditure.
    NACHWEIS_UEBERZAHLUNG = "AQB-VN-010" "NACHWEIS_UEBERZAHLUNG" Fachregel Hinweis
        norm("ANBest-GK", "Nr. 2 und 5", Fachwissen) parameter["summen_toleranz"] ausnahme(false)
        titel("Überzahlung", "More income than expenditure")
        text("Maßnahme {massnahme}: Einnahmen {finanzierung}, Ausgaben {ausgaben}; {ueberzahlung} wurden nicht verbraucht.", "Measure {massnahme}: income {finanzierung}, expenditure {ausgaben}; {ueberzahlung} were not used.")
        abhilfe("Rechnen Sie mit einer Ermäßigung und einer Erstattung.", "Expect a reduction and a repayment.");
    /// The confirmed total is not what was paid out.
    AUSZAHLUNG_NICHT_BESTAETIGT = "AQB-VN-011" "AUSZAHLUNG_NICHT_BESTAETIGT" Fachregel Fehler
        norm("Verwendungsnachweis", "insgesamt ausgezahlter Betrag", Belegt) parameter[] ausnahme(false)
        titel("Ausgezahlter Betrag ist nicht bestätigt", "The amount paid out is not confirmed")
        text("Bestätigt sind {bestaetigt}; ausgezahlt wurden nach den Büchern {ausgezahlt}.", "{bestaetigt} are confirmed; according to the books {ausgezahlt} were paid out.")
        abhilfe("Gleichen Sie die Auszahlungen ab und bestätigen Sie {ausgezahlt}.", "Reconcile the payments and confirm {ausgezahlt}.");
    /// The measure began before the programme permits, without consent.
    NACHWEIS_BEGINN_ZU_FRUEH = "AQB-VN-012" "NACHWEIS_BEGINN_ZU_FRUEH" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 1.3", Fachwissen) parameter["vorzeitiger_beginn_ab"] ausnahme(true)
        titel("Beginn ohne Zustimmung zu früh", "Begun too early without consent")
        text("Begonnen wurde am {begonnen}, zulässig ist ein Beginn ab {fruehestens}; eine Zustimmung ist nicht angegeben.", "It began on {begonnen}, a beginning is permitted from {fruehestens} on; no consent is stated.")
        abhilfe("Nennen Sie die Zustimmung mit Tag und Aktenzeichen.", "Name the consent with its day and file reference.");
    /// The period of the proof is not over.
    NACHWEISZEITRAUM_LAEUFT = "AQB-VN-013" "NACHWEISZEITRAUM_LAEUFT" Fachregel Warnung
        norm("ANBest-GK", "Nr. 5.4", Belegt) parameter[] ausnahme(false)
        titel("Der Zeitraum des Nachweises läuft noch", "The period of the proof is not over")
        text("Der Zeitraum endet am {ende}, heute ist der {heute}.", "The period ends on {ende}, today is {heute}.")
        abhilfe("Warten Sie das Ende ab oder begründen Sie, warum der Zweck vorher erfüllt ist.", "Wait for its end, or say why the purpose is fulfilled before.");
    /// A mandatory confirmation is missing.
    NACHWEISBESTAETIGUNG_FEHLT = "AQB-VN-014" "NACHWEISBESTAETIGUNG_FEHLT" Fachregel Fehler
        norm("Verwendungsnachweis", "Bestätigungen", Belegt) parameter["vn_bestaetigungen"] ausnahme(false)
        titel("Bestätigung fehlt", "A confirmation is missing")
        text("Die Bestätigung {bestaetigung} fehlt.", "The confirmation {bestaetigung} is missing.")
        abhilfe("Bestätigen Sie {bestaetigung} oder klären Sie, was dem entgegensteht.", "Confirm {bestaetigung}, or clear up what stands against it.");
    /// The note of the Rechnungspruefungsamt is missing.
    RPA_VERMERK_FEHLT = "AQB-VN-015" "RPA_VERMERK_FEHLT" Fachregel Fehler
        norm("Verwendungsnachweis", "Vermerk der eigenen Prüfungseinrichtung", Belegt) parameter["rpa_vermerk_pflicht"] ausnahme(true)
        titel("Vermerk des Rechnungsprüfungsamts fehlt", "The audit office's note is missing")
        text("Angegeben ist „{vermerk}“; verlangt ist ein Vermerk mit Tag und Namen oder die Angabe, dass es kein Rechnungsprüfungsamt gibt.", "Given is \"{vermerk}\"; a note with day and name is demanded, or the statement that there is no audit office.")
        abhilfe("Lassen Sie den Nachweis prüfen und ergänzen Sie den Vermerk.", "Have the proof examined and complete the note.");
    /// A measure has no Sachbericht.
    SACHBERICHT_FEHLT = "AQB-VN-016" "SACHBERICHT_FEHLT" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5.1: Sachbericht und zahlenmäßiger Nachweis", Fachwissen) parameter["sachbericht_pflicht"] ausnahme(false)
        titel("Sachbericht fehlt", "The Sachbericht is missing")
        text("Zur Maßnahme {massnahme} fehlt der Sachbericht.", "The measure {massnahme} has no Sachbericht.")
        abhilfe("Speichern Sie den Sachbericht der Maßnahme.", "Save the Sachbericht of the measure.");
    /// A Traeger's proof has not come.
    TRAEGERNACHWEIS_FEHLT = "AQB-VN-017" "TRAEGERNACHWEIS_FEHLT" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5.6: Nachweise Dritter sind beizufügen", Belegt) parameter[] ausnahme(true)
        titel("Nachweis eines Letztempfängers fehlt", "A final recipient's proof is missing")
        text("Zur Weiterleitung {weiterleitung} liegt kein Nachweis vor.", "There is no proof for the Weiterleitung {weiterleitung}.")
        abhilfe("Fordern Sie den Nachweis beim Träger an, prüfen Sie ihn und halten Sie die Prüfung fest.", "Ask the provider for the proof, check it and record the check.");
    /// A Traeger's proof was not checked, or before it came.
    TRAEGERNACHWEIS_UNGEPRUEFT = "AQB-VN-018" "TRAEGERNACHWEIS_UNGEPRUEFT" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12: der Erstempfänger prüft", Fachwissen) parameter[] ausnahme(false)
        titel("Nachweis eines Letztempfängers ist nicht geprüft", "A final recipient's proof is not checked")
        text("Der Nachweis zur Weiterleitung {weiterleitung} ging am {eingegangen} ein; geprüft: {geprueft}.", "The proof for the Weiterleitung {weiterleitung} came on {eingegangen}; checked: {geprueft}.")
        abhilfe("Prüfen Sie den Nachweis und tragen Sie Person, Tag und Ergebnis ein, bei Beanstandungen mit Bemerkung.", "Check the proof and enter person, day and outcome, with a remark where something is objected to.");
    /// The entry names no concluded Weiterleitung of the case.
    TRAEGERNACHWEIS_UNBEKANNT = "AQB-VN-019" "TRAEGERNACHWEIS_UNBEKANNT" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Keine Weiterleitung dieses Falls", "No Weiterleitung of this case")
        text("{weiterleitung} ist keine abgeschlossene Weiterleitung dieses Falls, doppelt genannt oder nicht die eigene.", "{weiterleitung} is no concluded Weiterleitung of this case, named twice, or not one's own.")
        abhilfe("Nennen Sie jede Weiterleitung aus der Grundlage des Nachweises einmal.", "Name each Weiterleitung of the proof's basis once.");
    /// What would be signed is not what the signer was shown.
    NACHWEIS_GEAENDERT = "AQB-VN-020" "NACHWEIS_GEAENDERT" Zustand Fehler
        norm("Unterzeichnung", "Prüfsumme des unterzeichneten Inhalts", Annahme) parameter[] ausnahme(false)
        titel("Der Nachweis ist ein anderer als der gezeigte", "The proof is not the one that was shown")
        text("Unterzeichnet würde {gefunden}, der Nachweis hat {festgeschrieben}.", "{gefunden} would be signed, the proof has {festgeschrieben}.")
        abhilfe("Lesen Sie den Nachweis neu und unterzeichnen Sie, was er jetzt enthält.", "Read the proof again and sign what it contains now.");
    /// The server's figures moved since the last change of the draft.
    NACHWEISGRUNDLAGE_VERALTET = "AQB-VN-021" "NACHWEISGRUNDLAGE_VERALTET" Zustand Fehler
        norm("Verwendungsnachweis", "Bescheide, Plan und Auszahlungen", Annahme) parameter[] ausnahme(false)
        titel("Bescheide, Plan oder Auszahlungen haben sich geändert", "Bescheide, plan or payments have changed")
        text("Der Entwurf beruht auf {alt} ausgezahlten Mitteln und einer Bewilligung von {bewilligt_alt}; jetzt sind es {neu} und {bewilligt_neu}, oder ein Zwischennachweis, eine Weiterleitung oder der Plan ist ein anderer.", "The draft rests on {alt} paid out and a grant of {bewilligt_alt}; now it is {neu} and {bewilligt_neu}, or a Zwischennachweis, a Weiterleitung or the plan is another one.")
        abhilfe("Ändern Sie den Entwurf, auch mit leerem Inhalt: damit wird die Grundlage erneuert. Prüfen Sie dann Ihre Angaben.", "Change the draft, an empty change will do: it renews the basis. Then check your entries.");
    /// Only an authorised person signs.
    VERTRETUNGSBEFUGNIS_FEHLT = "AQB-VN-022" "VERTRETUNGSBEFUGNIS_FEHLT" Fachregel Fehler
        norm("Verwendungsnachweis", "rechtsverbindliche Unterschrift", Belegt) parameter[] ausnahme(false)
        titel("Vertretungsbefugnis fehlt", "No power of representation")
        text("{funktion} ist nicht als vertretungsbefugt angegeben.", "{funktion} is not stated to be entitled to represent.")
        abhilfe("Lassen Sie eine vertretungsbefugte Person unterzeichnen.", "Have an authorised person sign.");
    /// Figures for a measure that is not granted, or twice.
    MASSNAHME_NICHT_BEWILLIGT = "AQB-VN-023" "MASSNAHME_NICHT_BEWILLIGT" Fachregel Fehler
        norm("Verwendungsnachweis", "zahlenmäßiger Nachweis", Annahme) parameter[] ausnahme(false)
        titel("Maßnahme gehört nicht zum Nachweis", "The measure is no part of the proof")
        text("{massnahme_id} ist keine bewilligte Maßnahme dieses Falls oder doppelt genannt.", "{massnahme_id} is no granted measure of this case, or named twice.")
        abhilfe("Nennen Sie jede Maßnahme der Grundlage einmal.", "Name each measure of the basis once.");
    /// A position or a source is named twice.
    NACHWEISZEILE_DOPPELT = "AQB-VN-024" "NACHWEISZEILE_DOPPELT" Fachregel Fehler
        norm("Verwendungsnachweis", "zahlenmäßiger Nachweis", Annahme) parameter[] ausnahme(false)
        titel("Zeile ist doppelt", "A line is there twice")
        text("{posten} steht bei der Maßnahme {massnahme} mehr als einmal.", "{posten} stands more than once at the measure {massnahme}.")
        abhilfe("Fassen Sie die Beträge in einer Zeile zusammen.", "Put the amounts into one line.");
    /// A granted measure has no figures.
    MASSNAHME_OHNE_ZAHLEN = "AQB-VN-025" "MASSNAHME_OHNE_ZAHLEN" Fachregel Fehler
        norm("ANBest-GK", "Nr. 5.1: zahlenmäßiger Nachweis", Fachwissen) parameter[] ausnahme(false)
        titel("Zahlen einer Maßnahme fehlen", "A measure's figures are missing")
        text("Zur Maßnahme {massnahme} sind keine Ausgaben und Einnahmen angegeben.", "No expenditure and income are given for the measure {massnahme}.")
        abhilfe("Geben Sie die Beträge an, 0.00 wo nichts anfiel.", "State the amounts, 0.00 where nothing arose.");
    /// Less than nothing was spent or received.
    NACHWEISBETRAG_NEGATIV = "AQB-VN-026" "NACHWEISBETRAG_NEGATIV" Fachregel Fehler
        norm("Verwendungsnachweis", "zahlenmäßiger Nachweis", Annahme) parameter[] ausnahme(false)
        titel("Betrag ist negativ", "The amount is negative")
        text("{posten} der Maßnahme {massnahme} hat den Betrag {betrag}.", "{posten} of the measure {massnahme} has the amount {betrag}.")
        abhilfe("Ziehen Sie Gutschriften von den Ausgaben ab.", "Take credits off the expenditure.");
    /// The state funds stated are not those that were paid out.
    LANDESMITTEL_ABWEICHEND = "AQB-VN-027" "LANDESMITTEL_ABWEICHEND" Fachregel Hinweis
        norm("Verwendungsnachweis", "Einnahmen: Zuwendung des Landes", Annahme) parameter[] ausnahme(false)
        titel("Landesmittel weichen von der Auszahlung ab", "State funds differ from what was paid out")
        text("Maßnahme {massnahme}: angegeben {angegeben}, ausgezahlt {ausgezahlt}.", "Measure {massnahme}: stated {angegeben}, paid out {ausgezahlt}.")
        abhilfe("Prüfen Sie die Einnahme aus Landesmitteln.", "Check the income from state funds.");
    /// Figures are taken over from a Zwischennachweis that is not examined yet.
    ZWISCHENNACHWEIS_UNGEPRUEFT = "AQB-VN-028" "ZWISCHENNACHWEIS_UNGEPRUEFT" Zustand Hinweis
        norm("ANBest-GK", "Nr. 5.4", Belegt) parameter[] ausnahme(false)
        titel("Übernommener Zwischennachweis ist noch nicht geprüft", "A Zwischennachweis taken over is not examined yet")
        text("Der Zwischennachweis für {haushaltsjahr} hat den Stand {status}; seine Zahlen sind übernommen und nicht noch einmal anzugeben.", "The Zwischennachweis for {haushaltsjahr} has the state {status}; its figures are taken over and are not to be stated again.")
        abhilfe("Geben Sie nur an, was der Zwischennachweis nicht zeigt.", "State only what the Zwischennachweis does not show.");
    /// The end lies before the beginning.
    NACHWEIS_ENDE_VOR_BEGINN = "AQB-VN-029" "NACHWEIS_ENDE_VOR_BEGINN" Fachregel Fehler
        norm("Verwendungsnachweis", "Beginn und Ende der Maßnahme", Belegt) parameter[] ausnahme(false)
        titel("Ende liegt vor dem Beginn", "The end is before the beginning")
        text("Beendet wurde am {beendet}, begonnen am {begonnen}.", "It ended on {beendet} and began on {begonnen}.")
        abhilfe("Berichtigen Sie einen der beiden Tage.", "Correct one of the days.");
    /// A field the request for completion cannot name.
    NACHWEISFELD_UNBEKANNT = "AQB-VN-030" "NACHWEISFELD_UNBEKANNT" Fachregel Fehler
        norm("HVwVfG", "§ 26 Abs. 2", Fachwissen) parameter[] ausnahme(false)
        titel("Feld gibt es im Nachweis nicht", "The proof has no such field")
        text("„{feld}“ ist kein Feld dieses Nachweises.", "\"{feld}\" is no field of this proof.")
        abhilfe("Nennen Sie ein Feld des Formulars, eine Maßnahme mit ihrer Nummer, /sachberichte oder /belegliste.", "Name a field of the form, a measure by its number, /sachberichte or /belegliste.");
    /// The signature is over another Belegliste than the proof has now.
    BELEGLISTE_GEAENDERT = "AQB-VN-031" "BELEGLISTE_GEAENDERT" Zustand Fehler
        norm("Unterzeichnung", "Prüfsumme der unterzeichneten Belegliste", Annahme) parameter[] ausnahme(false)
        titel("Die Belegliste ist eine andere als die gezeigte", "The Belegliste is not the one that was shown")
        text("Unterzeichnet würde die Liste {gefunden}, der Nachweis hat {festgeschrieben}.", "The list {gefunden} would be signed, the proof has {festgeschrieben}.")
        abhilfe("Lesen Sie die Summen der Belegliste neu und unterzeichnen Sie die Liste, wie sie jetzt ist.", "Read the sums of the Belegliste again and sign the list as it is now.");
    /// The version that would count again was signed with another Belegliste.
    BELEGLISTE_NICHT_UNTERZEICHNET = "AQB-VN-032" "BELEGLISTE_NICHT_UNTERZEICHNET" Zustand Fehler
        norm("Unterzeichnung", "Prüfsumme der unterzeichneten Belegliste", Annahme) parameter[] ausnahme(false)
        titel("Für die Belegliste fehlt eine Unterschrift", "The Belegliste lacks a signature")
        text("Unterzeichnet ist die Liste {unterzeichnet}, die Belegliste ist jetzt {gefunden}.", "The list {unterzeichnet} was signed, the Belegliste now is {gefunden}.")
        abhilfe("Unterzeichnen Sie die Berichtigung und reichen Sie sie ein, oder stellen Sie die Belege wieder her, wie sie unterzeichnet wurden.", "Sign and file the correction, or restore the Belege as they were signed.");
    /// The list was changed during a request for completion that was never answered.
    BELEGLISTE_UNGEDECKT = "AQB-VN-033" "BELEGLISTE_UNGEDECKT" Fachregel Warnung
        norm("Unterzeichnung", "Prüfsumme der unterzeichneten Belegliste", Annahme) parameter[] ausnahme(false)
        titel("Die geprüfte Belegliste ist nicht die unterzeichnete", "The examined Belegliste is not the one that was signed")
        text("Unterzeichnet ist die Liste {unterzeichnet}, geprüft wird {gefunden}: Sie wurde während einer Nachforderung geändert, die niemand beantwortet hat.", "The list {unterzeichnet} was signed, {gefunden} is examined: it was changed during a request for completion that nobody answered.")
        abhilfe("Fordern Sie die Unterschrift nach, oder begründen Sie, warum trotzdem entschieden wird; die Historie der Belege zeigt jede Änderung.", "Request the signature, or say why the decision is made all the same; the history of the Belege shows every change.");
    /// A decision about the proof is drafted, so it cannot be corrected.
    NACHWEIS_IN_ENTSCHEIDUNG = "AQB-VN-034" "NACHWEIS_IN_ENTSCHEIDUNG" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 11", Annahme) parameter[] ausnahme(false)
        titel("Über den Nachweis wird gerade entschieden", "The proof is being decided")
        text("Der Nachweis steht auf {status}: geprüft, die Entscheidung ist vorbereitet; „{akt}“ ist nur in {zulaessig} möglich.", "The proof is in state {status}: examined, the decision is prepared; “{akt}” is possible only in {zulaessig}.")
        abhilfe("Bitten Sie die Bewilligungsbehörde, den vorbereiteten Bescheid zu verwerfen; dann steht der Nachweis wieder auf IN_PRUEFUNG und kann berichtigt werden. Nach dem Erlass bleibt der Rechtsbehelf.", "Ask the granting authority to discard the prepared Bescheid; then the proof is in state IN_PRUEFUNG again and can be corrected. Once it is issued, the appeal remains.");
    /// A Traeger's proof was checked that is not kept here.
    TRAEGERNACHWEIS_AUF_PAPIER = "AQB-VN-035" "TRAEGERNACHWEIS_AUF_PAPIER" Fachregel Hinweis
        norm("ANBest-GK", "Nr. 6 (Nachweise der Letztempfänger)", Fachwissen) parameter[] ausnahme(false)
        titel("Nachweis des Trägers liegt nicht im System", "The Traeger's proof is not in the system")
        text("Zur Weiterleitung {weiterleitung} ist eine Prüfung angegeben, der Nachweis des Trägers ist hier nicht eingegangen.", "For the Weiterleitung {weiterleitung} a check is stated, the Traeger's proof was not handed in here.")
        abhilfe("Bewahren Sie den Nachweis in Papierform zur Prüfung auf, oder lassen Sie ihn über traegernachweise einreichen.", "Keep the proof on paper for examination, or have it handed in through traegernachweise.");
}
