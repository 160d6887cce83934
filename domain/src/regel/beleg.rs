//! Rules about the Belegliste and what the authority decides about each Beleg.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// The number stands for another Beleg of the same payer, Haushaltsjahr and application.
    BELEGNUMMER_DOPPELT = "AQB-BL-001" "BELEGNUMMER_DOPPELT" Fachregel Fehler
        norm("Belegliste", "Belegnummer; WIBank Hessen: Listen sind nicht kumulativ", Annahme) parameter[] ausnahme(false)
        titel("Belegnummer doppelt", "Number of the Beleg used twice")
        text("Die Belegnummer {belegnummer} gibt es für diesen Zahler und dieses Haushaltsjahr schon (lfd. Nr. {lfd_nr}).", "The number {belegnummer} exists for this payer and Haushaltsjahr already (line {lfd_nr}).")
        abhilfe("Verweisen Sie auf den vorhandenen Beleg; teilen sich mehrere Belege eine Rechnung, geben Sie allen dieselbe Splitgruppe. Darin unterscheiden sie sich in Maßnahme, Kostenposition, Zahlungsdatum oder gezahltem Betrag.", "Refer to the Beleg that is there; where several share one invoice, give all of them the same group. In it they differ in measure, cost position, day or amount of the payment.");
    /// The running numbers of a list are not gapless.
    LFD_NR_LUECKE = "AQB-BL-002" "LFD_NR_LUECKE" Fachregel Fehler
        norm("Belegliste", "laufende Nummer", Annahme) parameter[] ausnahme(false)
        titel("Laufende Nummern haben Lücken", "Running numbers have gaps")
        text("{anzahl} Belege tragen die Nummern {von} bis {bis}.", "{anzahl} Belege have the numbers {von} to {bis}.")
        abhilfe("Lassen Sie die Liste neu nummerieren (Akt nummerierung).", "Have the list numbered anew (act nummerierung).");
    /// The members of a group exceed their invoice.
    SPLIT_UEBER_RECHNUNG = "AQB-BL-003" "SPLIT_UEBER_RECHNUNG" Fachregel Fehler
        norm("Belegliste", "Aufteilung einer Rechnung", Annahme) parameter[] ausnahme(false)
        titel("Aufteilung übersteigt die Rechnung", "The parts exceed the invoice")
        text("Gezahlt sind {betrag}; von der Rechnung der Splitgruppe sind noch {rest} verfügbar, {differenz} sind zu viel.", "Paid are {betrag}; {rest} of the group's invoice are left, {differenz} are too much.")
        abhilfe("Setzen Sie höchstens {rest} an.", "Enter at most {rest}.");
    /// The measure is unknown.
    BELEG_MASSNAHME_UNBEKANNT = "AQB-BL-004" "BELEG_MASSNAHME_UNBEKANNT" Fachregel Fehler
        norm("Belegliste", "Maßnahme", Annahme) parameter[] ausnahme(false)
        titel("Maßnahme gehört nicht zum Antrag", "The measure is not part of the application")
        text("Der Antrag hat keine Maßnahme {massnahme_nr}.", "The application has no measure {massnahme_nr}.")
        abhilfe("Nennen Sie eine von: {massnahmen}.", "Name one of: {massnahmen}.");
    /// The plan has no such position.
    BELEG_POSITION_NICHT_IM_PLAN = "AQB-BL-005" "BELEG_POSITION_NICHT_IM_PLAN" Fachregel Fehler
        norm("ANBest-GK", "Nr. 1.2: Der Finanzierungsplan ist verbindlich", Fachwissen) parameter[] ausnahme(false)
        titel("Kostenposition steht nicht im Plan", "Cost position is not in the plan")
        text("Der Finanzierungsplan der Maßnahme hat keinen Einzelansatz {position}.", "The measure's plan has no line {position}.")
        abhilfe("Nennen Sie eine Position des Plans: {positionen}.", "Name a position of the plan: {positionen}.");
    /// Another sub-budget than the measure's.
    BELEG_TEILBUDGET_FREMD = "AQB-BL-006" "BELEG_TEILBUDGET_FREMD" Fachregel Fehler
        norm("Belegliste", "Teilbudget", Annahme) parameter[] ausnahme(false)
        titel("Teilbudget ist nicht das der Maßnahme", "Not the measure's sub-budget")
        text("Die Maßnahme wird aus {erwartet} gefördert, der Beleg nennt {teilbudget}.", "The measure is funded from {erwartet}, the Beleg names {teilbudget}.")
        abhilfe("Nennen Sie {erwartet}.", "Name {erwartet}.");
    /// The service lies outside the period.
    LEISTUNG_AUSSERHALB_ZEITRAUM = "AQB-BL-007" "LEISTUNG_AUSSERHALB_ZEITRAUM" Fachregel Warnung
        norm("ANBest-GK", "Nr. 1.3: Bewilligungszeitraum", Fachwissen) parameter[] ausnahme(false)
        titel("Leistung außerhalb des Berichtszeitraums", "Service outside the period of the proof")
        text("Die Leistung vom {von} bis {bis} liegt nicht im Berichtszeitraum des Nachweises, {fruehestens} bis {spaetestens}.", "The service from {von} to {bis} does not lie in the period of the proof, {fruehestens} to {spaetestens}.")
        abhilfe("Anerkannt wird nur, was im Bewilligungszeitraum verursacht ist; ein Zwischennachweis enthält davon nur sein Jahr.", "Only what was caused within the period of the grant is recognised; a Zwischennachweis holds its year of it only.");
    /// The payment lies outside the period and the days after it.
    ZAHLUNG_AUSSERHALB_ZEITRAUM = "AQB-BL-008" "ZAHLUNG_AUSSERHALB_ZEITRAUM" Fachregel Warnung
        norm("ANBest-GK", "Bewilligungszeitraum; Nachlauf von Zahlungen", Annahme) parameter["nachlauf_tage"] ausnahme(false)
        titel("Zahlung außerhalb des Zeitraums", "Payment outside the period")
        text("Die Zahlung am {angegeben} liegt nicht im Berichtszeitraum des Nachweises mit Nachlauf, {fruehestens} bis {spaetestens}.", "The payment on {angegeben} does not lie in the period of the proof and the days after it, {fruehestens} to {spaetestens}.")
        abhilfe("Prüfen Sie das Zahlungsdatum (Wertstellung laut Kontoauszug) und ob der Beleg zu einem anderen Nachweis gehört.", "Check the value date, and whether the Beleg belongs to another proof.");
    /// The order was given too early.
    AUFTRAG_VOR_BEGINN = "AQB-BL-009" "AUFTRAG_VOR_BEGINN" Fachregel Warnung
        norm("VV zu § 44 LHO", "Nr. 1.3: kein vorzeitiger Maßnahmebeginn", Fachwissen) parameter["vorzeitiger_beginn_ab"] ausnahme(false)
        titel("Auftrag vor dem zulässigen Beginn", "Order before the permitted start")
        text("Der Auftrag vom {angegeben} liegt vor dem {fruehestens}.", "The order of {angegeben} is before {fruehestens}.")
        abhilfe("Belegen Sie die Zustimmung zum vorzeitigen Beginn.", "Prove the consent to an early start.");
    /// More was paid than the invoice less Skonto.
    GEZAHLT_UEBER_RECHNUNG = "AQB-BL-010" "GEZAHLT_UEBER_RECHNUNG" Fachregel Fehler
        norm("Belegliste", "tatsächlich gezahlter Betrag nach Skonto, Boni, Rabatten", Belegt) parameter[] ausnahme(false)
        titel("Mehr gezahlt als zu zahlen war", "More paid than was due")
        text("Gezahlt sind {betrag}; nach Skonto und Rabatt waren {zahlbar} zu zahlen, {differenz} zu viel.", "Paid are {betrag}; after Skonto and rebates {zahlbar} were due, {differenz} too much.")
        abhilfe("Berichtigen Sie Betrag, Skonto oder Rabatt; ein nicht genutztes Skonto zählt zu den nicht förderfähigen Teilen.", "Correct amount, Skonto or rebate; Skonto that was not taken is part of what is not eligible.");
    /// Claimed is not paid less the two parts.
    BEANTRAGT_FALSCH = "AQB-BL-011" "BEANTRAGT_FALSCH" Fachregel Fehler
        norm("Belegliste", "beantragte zuwendungsfähige Ausgaben", Belegt) parameter[] ausnahme(false)
        titel("Beantragter Betrag passt nicht", "Claimed amount does not fit")
        text("Beantragt sind {betrag}; gezahlt ohne die nicht förderfähigen Teile sind {erwartet}, Unterschied {differenz}.", "Claimed are {betrag}; paid without what is not eligible are {erwartet}, difference {differenz}.")
        abhilfe("Beantragen Sie {erwartet}.", "Claim {erwartet}.");
    /// A negative amount outside a credit note, or a positive one within.
    BELEG_VORZEICHEN = "AQB-BL-012" "BELEG_VORZEICHEN" Fachregel Fehler
        norm("Belegliste", "Gutschriften", Annahme) parameter[] ausnahme(false)
        titel("Vorzeichen ist nicht möglich", "Sign is not possible")
        text("{feld} ist {betrag}; negativ sind nur Gutschriften, die in storno_von ihren Beleg nennen ({art}).", "{feld} is {betrag}; only credit notes that name their Beleg in storno_von are negative ({art}).")
        abhilfe("Berichtigen Sie Betrag oder Art, oder nennen Sie den stornierten Beleg.", "Correct amount or kind, or name the reversed Beleg.");
    /// The reversed Beleg is not there.
    STORNO_UNBEKANNT = "AQB-BL-013" "STORNO_UNBEKANNT" Fachregel Fehler
        norm("Belegliste", "Gutschriften", Annahme) parameter[] ausnahme(false)
        titel("Stornierter Beleg ist unbekannt", "The reversed Beleg is unknown")
        text("In dieser Liste gibt es keinen Beleg {belegnummer}.", "This list has no Beleg {belegnummer}.")
        abhilfe("Nennen Sie die Nummer eines Belegs derselben Maßnahme, der selbst keine Gutschrift ist.", "Name the number of a Beleg of the same measure that is no credit note itself.");
    /// Last day before the first.
    LEISTUNG_UNGEORDNET = "AQB-BL-014" "LEISTUNG_UNGEORDNET" Fachregel Fehler
        norm("Belegliste", "Leistungszeitraum", Annahme) parameter[] ausnahme(false)
        titel("Leistung endet vor ihrem Beginn", "Service ends before it begins")
        text("Die Leistung würde vom {von} bis {bis} dauern.", "The service would last from {von} to {bis}.")
        abhilfe("Berichtigen Sie die Tage.", "Correct the days.");
    /// The issuer looks like a natural person.
    BELEG_NATUERLICHE_PERSON = "AQB-BL-015" "BELEG_NATUERLICHE_PERSON" Fachregel Hinweis
        norm("DSGVO", "Art. 5 Abs. 1 Buchst. c: Datenminimierung", Fachwissen) parameter[] ausnahme(false)
        titel("Vermutlich eine natürliche Person", "Probably a natural person")
        text("Der Rechnungsaussteller sieht nach dem Namen einer Person aus.", "The issuer looks like the name of a person.")
        abhilfe("Nennen Sie bei natürlichen Personen nur Funktion oder Pseudonym.", "Of natural persons name the function or a pseudonym only.");
    /// Another Beleg may be the same.
    MOEGLICHES_DUPLIKAT = "AQB-BL-016" "MOEGLICHES_DUPLIKAT" Fachregel Warnung
        norm("VV zu § 44 LHO", "keine doppelte Förderung derselben Ausgabe", Fachwissen) parameter[] ausnahme(false)
        titel("Möglicherweise derselbe Beleg", "Possibly the same Beleg")
        text("Der Beleg {belegnummer} stimmt überein in: {merkmal}.", "The Beleg {belegnummer} agrees in: {merkmal}.")
        abhilfe("Vergleichen Sie beide; anerkannt wird nur mit bestätigter Warnung und Begründung.", "Compare both; it is recognised only with the warning confirmed and a reason.");
    /// The invoice is about nothing.
    BELEG_BETRAG_NULL = "AQB-BL-017" "BELEG_BETRAG_NULL" Fachregel Fehler
        norm("Belegliste", "Rechnungsbetrag", Annahme) parameter[] ausnahme(false)
        titel("Rechnung ohne Betrag", "Invoice without an amount")
        text("Der Rechnungsbetrag ist 0,00 EUR.", "The amount of the invoice is EUR 0.00.")
        abhilfe("Nennen Sie den Betrag der Rechnung.", "Name the amount of the invoice.");
    /// The list is filed.
    BELEG_NICHT_BEARBEITBAR = "AQB-BL-018" "BELEG_NICHT_BEARBEITBAR" Zustand Fehler
        norm("Ablauf des Verfahrens", "Belegliste ist mit dem Nachweis eingereicht", Annahme) parameter[] ausnahme(false)
        titel("Belegliste ist jetzt nicht änderbar", "The list cannot be changed now")
        text("Der Verwendungsnachweis steht auf {status}.", "The proof of use is in state {status}.")
        abhilfe("Ändern Sie die Belegliste im Entwurf oder während einer Nachforderung.", "Change the list in a draft or while a completion is requested.");
    /// Decisions are made during the examination only.
    BELEG_NICHT_IN_PRUEFUNG = "AQB-BL-019" "BELEG_NICHT_IN_PRUEFUNG" Zustand Fehler
        norm("Ablauf des Verfahrens", "Entscheidung je Beleg in der Prüfung", Annahme) parameter[] ausnahme(false)
        titel("Nachweis ist nicht in Prüfung", "The proof is not under examination")
        text("Der Verwendungsnachweis steht auf {status}.", "The proof of use is in state {status}.")
        abhilfe("Nehmen Sie den Nachweis zuerst in Prüfung.", "Take the proof into examination first.");
    /// Recognised beyond claimed, or of the other sign.
    ANERKANNT_AUSSERHALB = "AQB-BL-020" "ANERKANNT_AUSSERHALB" Fachregel Fehler
        norm("Belegliste", "durch Behörde anerkannte Ausgaben", Belegt) parameter[] ausnahme(false)
        titel("Anerkannter Betrag liegt nicht zwischen null und beantragt", "Recognised is not between nothing and claimed")
        text("Anerkannt wären {anerkannt}, beantragt sind {beantragt}.", "{anerkannt} would be recognised, {beantragt} are claimed.")
        abhilfe("Erkennen Sie höchstens {beantragt} an.", "Recognise at most {beantragt}.");
    /// Reason and amount contradict each other.
    PRUEFGRUND_UNPASSEND = "AQB-BL-021" "PRUEFGRUND_UNPASSEND" Fachregel Fehler
        norm("HVwVfG", "§ 39: Begründung", Fachwissen) parameter[] ausnahme(false)
        titel("Prüfgrund passt nicht zum Betrag", "Reason does not fit the amount")
        text("Von {beantragt} würden {anerkannt} anerkannt, der Grund ist {pruefgrund}.", "Of {beantragt} {anerkannt} would be recognised, the reason is {pruefgrund}.")
        abhilfe("ANERKANNT steht genau für die volle Anerkennung; sonst nennen Sie den Grund der Kürzung.", "ANERKANNT stands for full recognition; otherwise name the reason of the cut.");
    /// Another reason needs words.
    PRUEFBEMERKUNG_FEHLT = "AQB-BL-022" "PRUEFBEMERKUNG_FEHLT" Fachregel Fehler
        norm("HVwVfG", "§ 39: Begründung", Fachwissen) parameter[] ausnahme(false)
        titel("Bemerkung fehlt", "Remark is missing")
        text("Der Grund SONSTIGES braucht Worte.", "The reason SONSTIGES needs words.")
        abhilfe("Begründen Sie in der Bemerkung.", "Give the reason in the remark.");
    /// A decided Beleg is not deleted.
    BELEG_ENTSCHIEDEN = "AQB-BL-023" "BELEG_ENTSCHIEDEN" Zustand Fehler
        norm("Ablauf des Verfahrens", "Entscheidung je Beleg", Annahme) parameter[] ausnahme(false)
        titel("Über den Beleg ist entschieden", "The Beleg is decided")
        text("Die Behörde hat am {am} entschieden; der Beleg bleibt in der Liste.", "The authority decided on {am}; the Beleg stays in the list.")
        abhilfe("Ändern Sie den Beleg, statt ihn zu löschen.", "Change the Beleg instead of deleting it.");
    /// A Traeger writes about its own measures only.
    BELEG_MASSNAHME_FREMD = "AQB-BL-024" "BELEG_MASSNAHME_FREMD" Recht Fehler
        norm("Weiterleitung", "eigene Maßnahmen des Trägers", Annahme) parameter[] ausnahme(false)
        titel("Maßnahme eines anderen", "Somebody else's measure")
        text("Die Maßnahme {massnahme_nr} führen Sie nicht durch.", "You do not carry out the measure {massnahme_nr}.")
        abhilfe("Nennen Sie eine eigene Maßnahme.", "Name a measure of your own.");
    /// Without a grant there is no period to judge by.
    BELEG_OHNE_BESCHEID = "AQB-BL-025" "BELEG_OHNE_BESCHEID" Zustand Fehler
        norm("HVwVfG", "§ 43", Fachwissen) parameter[] ausnahme(false)
        titel("Keine Bewilligung", "Nothing is granted")
        text("Zu diesem Antrag gibt es keinen Bescheid mit Bewilligungszeitraum.", "No Bescheid with a period exists for this application.")
        abhilfe("Warten Sie den Bescheid ab.", "Wait for the Bescheid.");
    /// The amounts of the list would leave the range in which sums are exact.
    BELEGLISTE_SUMME = "AQB-BL-026" "BELEGLISTE_SUMME" Fachregel Fehler
        norm("Rechenregel", "Wertebereich", Annahme) parameter[] ausnahme(false)
        titel("Summe der Liste ist zu groß", "The sum of the list is too large")
        text("Gezahlt wären in der Liste zusammen {summe}, ohne Vorzeichen gerechnet; höchstens {hoechstens} sind möglich, {differenz} sind zu viel.", "Paid in the list would be {summe} altogether, without signs; at most {hoechstens} are possible, {differenz} are too much.")
        abhilfe("Prüfen Sie die Beträge, vor allem die Stellung des Kommas.", "Check the amounts, above all where the comma stands.");
    /// Sums show a Haushaltsjahr in which the period of the proof had not begun.
    HAUSHALTSJAHR_VOR_ZEITRAUM = "AQB-BL-027" "HAUSHALTSJAHR_VOR_ZEITRAUM" Fachregel Warnung
        norm("Belegliste", "Haushaltsjahr der Zahlung", Annahme) parameter[] ausnahme(false)
        titel("Haushaltsjahr vor dem Berichtszeitraum", "Haushaltsjahr before the period of the proof")
        text("{anzahl} Belege sind im Haushaltsjahr {haushaltsjahr} gezahlt; der Berichtszeitraum beginnt am {fruehestens}. Ein Beleg zählt im Jahr seiner Zahlung, auch wenn die Bewilligung da noch nicht begonnen hat.", "{anzahl} Belege were paid in the Haushaltsjahr {haushaltsjahr}; the period of the proof begins on {fruehestens}. A Beleg counts in the year of its payment, even if the grant had not begun.")
        abhilfe("Prüfen Sie die Zahlungsdaten; vermutlich gehören die Belege zu einem anderen Nachweis.", "Check the days of payment; the Belege probably belong to another proof.");
    /// Credit notes take back more than was paid.
    GUTSCHRIFT_UEBER_BELEG = "AQB-BL-028" "GUTSCHRIFT_UEBER_BELEG" Fachregel Fehler
        norm("Belegliste", "Gutschriften", Annahme) parameter[] ausnahme(false)
        titel("Gutschriften übersteigen den Beleg", "Credit notes exceed the Beleg")
        text("Mit dieser Gutschrift wären vom Beleg {belegnummer} {zurueck} zurückgenommen; gezahlt sind {gezahlt}, {differenz} zu viel.", "With this credit note {zurueck} of the Beleg {belegnummer} would be taken back; {gezahlt} were paid, {differenz} too much.")
        abhilfe("Prüfen Sie den Betrag und die Nummer in storno_von.", "Check the amount and the number in storno_von.");
}
