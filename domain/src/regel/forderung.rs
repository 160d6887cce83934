//! Rules about claims for repayment, their interest, and money that comes back.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// More comes in than is open.
    UEBERZAHLUNG = "AQB-FO-001" "UEBERZAHLUNG" Fachregel Fehler
        norm("LHO", "§ 34 Abs. 1: Einnahmen sind rechtzeitig und vollständig zu erheben", Fachwissen) parameter["tilgungsreihenfolge"] ausnahme(false)
        titel("Mehr eingegangen als offen", "More came in than is open")
        text("Eingegangen sind {betrag}; von der Forderung und ihren Zinsen sind {offen} offen, {differenz} bleiben übrig.", "{betrag} came in; {offen} of the claim and its interest are open, {differenz} are left.")
        abhilfe("Erfassen Sie hier {offen} und den Rest bei einer anderen Forderung; was niemand schuldet, ist zurückzuzahlen.", "Record {offen} here and the rest at another claim; what nobody owes is to be paid back.");
    /// A payment that cannot be reversed here.
    EINGANG_UNBEKANNT = "AQB-FO-002" "EINGANG_UNBEKANNT" Fachregel Fehler
        norm("Datenhaltung", "Zahlungseingänge der Forderung", Annahme) parameter[] ausnahme(false)
        titel("Kein Zahlungseingang, der storniert werden kann", "No payment that can be reversed")
        text("{eingang_id} ist kein Zahlungseingang dieser Forderung oder schon storniert.", "{eingang_id} is no payment on this claim, or reversed already.")
        abhilfe("Nennen Sie einen Eingang aus den Tilgungen der Forderung; eine Rückzahlung vor der Forderung bleibt.", "Name a payment among those of the claim; a repayment before the claim stays.");
    /// A payment before the money was paid out.
    EINGANG_VOR_AUSZAHLUNG = "AQB-FO-003" "EINGANG_VOR_AUSZAHLUNG" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 1: erbrachte Leistungen", Fachwissen) parameter[] ausnahme(false)
        titel("Zahlung vor der Auszahlung", "Payment before the payout")
        text("Der {angegeben} liegt vor dem {fruehestens}, an dem die Forderung frühestens bezahlt werden konnte.", "{angegeben} is before {fruehestens}, the first day on which the claim could be paid.")
        abhilfe("Prüfen Sie die Wertstellung.", "Check the value date.");
    /// Instalments that are not what is open.
    RATEN_SUMME = "AQB-FO-004" "RATEN_SUMME" Fachregel Fehler
        norm("LHO", "§ 59 Abs. 1 Nr. 1", Fachwissen) parameter[] ausnahme(false)
        titel("Raten ergeben nicht den offenen Betrag", "Instalments are not what is open")
        text("Die Raten ergeben {summe}, offen sind {offen}; jede Rate ist größer als 0,00.", "The instalments are {summe}, {offen} are open; each instalment is above 0.00.")
        abhilfe("Teilen Sie genau {offen} auf.", "Divide exactly {offen}.");
    /// Instalments out of order.
    RATEN_REIHENFOLGE = "AQB-FO-005" "RATEN_REIHENFOLGE" Fachregel Fehler
        norm("LHO", "§ 59 Abs. 1 Nr. 1", Fachwissen) parameter[] ausnahme(false)
        titel("Raten nicht nach Tagen geordnet", "Instalments are not in order of their days")
        text("Rate {nr} ist nicht später fällig als die Rate davor.", "Instalment {nr} is not due later than the one before.")
        abhilfe("Ordnen Sie die Raten; jeder Tag kommt einmal vor.", "Put the instalments in order; each day once.");
    /// A proposal waits for a second person.
    ENTSCHEIDUNG_OFFEN = "AQB-FO-006" "ENTSCHEIDUNG_OFFEN" Zustand Fehler
        norm("VV zu § 59 LHO", "Zeichnung durch zwei Personen", Annahme) parameter[] ausnahme(false)
        titel("Ein Vorschlag wartet auf die Freigabe", "A proposal waits for its release")
        text("Zu dieser Forderung ist schon {art} vorgeschlagen.", "{art} is proposed for this claim already.")
        abhilfe("Geben Sie den Vorschlag frei oder verwerfen Sie ihn.", "Release the proposal or discard it.");
    /// Nothing waits for a second person.
    KEINE_ENTSCHEIDUNG_OFFEN = "AQB-FO-007" "KEINE_ENTSCHEIDUNG_OFFEN" Zustand Fehler
        norm("VV zu § 59 LHO", "Zeichnung durch zwei Personen", Annahme) parameter[] ausnahme(false)
        titel("Kein Vorschlag offen", "No proposal is open")
        text("Zu dieser Forderung ist weder Stundung noch Niederschlagung vorgeschlagen.", "Neither a deferral nor a write-off is proposed for this claim.")
        abhilfe("Schlagen Sie zuerst eine Entscheidung vor.", "Propose a decision first.");
    /// There is no interest on interest.
    ZINS_AUF_ZINS = "AQB-FO-008" "ZINS_AUF_ZINS" Zustand Fehler
        norm("HVwVfG; BGB", "§ 49a Abs. 3; § 289 Satz 1 BGB, entsprechend", Fachwissen) parameter[] ausnahme(false)
        titel("Keine Zinsen auf Zinsen", "No interest on interest")
        text("Die Forderung ist eine {art}; Zinsen laufen nur auf eine ERSTATTUNG.", "The claim is a {art}; interest runs on an ERSTATTUNG only.")
        abhilfe("Setzen Sie Zinsen bei der Erstattung fest.", "Fix interest at the repayment.");
    /// No interest for these days.
    ZINSEN_KEINE = "AQB-FO-009" "ZINSEN_KEINE" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 3 Satz 1", Belegt) parameter["zinsbeginn_erstattung", "verjaehrung_jahre"] ausnahme(false)
        titel("Keine Zinsen festzusetzen", "No interest to fix")
        text("Bis vor dem {bis} sind keine Zinsen entstanden, die weder festgesetzt noch verjährt sind.", "Until before {bis} no interest arose that is neither fixed nor time-barred.")
        abhilfe("Prüfen Sie den Tag und frühere Zinsbescheide.", "Check the day and earlier Bescheide about interest.");
    /// Too little interest to be claimed.
    ZINS_UNTER_BAGATELLE = "AQB-FO-010" "ZINS_UNTER_BAGATELLE" Fachregel Fehler
        norm("VV zu § 44 LHO", "Bagatelle bei Zinsen", Annahme) parameter["zins_bagatelle"] ausnahme(false)
        titel("Zinsen unter der Bagatellgrenze", "Interest below the limit")
        text("Die Zinsen von {zinsen} liegen unter {bagatelle}.", "The interest of {zinsen} is below {bagatelle}.")
        abhilfe("Zinsen unter der Grenze werden nicht gefordert.", "Interest below the limit is not claimed.");
    /// Conditions of a waiver.
    VERZICHT_UNZULAESSIG = "AQB-FO-011" "VERZICHT_UNZULAESSIG" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 3 Satz 2", Fachwissen) parameter["erstattungsfrist"] ausnahme(true)
        titel("Voraussetzungen des Verzichts fehlen", "Conditions of a waiver are missing")
        text("Nicht zu vertreten: {nicht_zu_vertreten}; ganz bezahlt bis zum {faellig_am}: {rechtzeitig}.", "Not responsible: {nicht_zu_vertreten}; paid in full by {faellig_am}: {rechtzeitig}.")
        abhilfe("Auf Zinsen wird verzichtet, wenn beides zutrifft.", "Interest is waived where both are so.");
    /// Interest that can no longer be claimed.
    ZINSEN_VERJAEHRT = "AQB-FO-012" "ZINSEN_VERJAEHRT" Fachregel Hinweis
        norm("BGB", "§§ 195, 199, entsprechend; BVerwG 8 C 2.12", Belegt) parameter["verjaehrung_jahre"] ausnahme(false)
        titel("Ein Teil der Zinsen ist verjährt", "A part of the interest is time-barred")
        text("Zinsen von {verjaehrt} für die Zeit vor dem {ab} sind verjährt und nicht festgesetzt.", "Interest of {verjaehrt} for the time before {ab} is time-barred and not fixed.")
        abhilfe("Setzen Sie Zinsen bald nach der Forderung fest.", "Fix interest soon after the claim.");
    /// The claim has changed since the draft.
    ZINSBESCHEID_VERALTET = "AQB-FO-013" "ZINSBESCHEID_VERALTET" Zustand Fehler
        norm("HVwVfG", "§ 49a Abs. 3 Satz 1", Belegt) parameter[] ausnahme(false)
        titel("Forderung hat sich seit dem Entwurf geändert", "The claim has changed since the draft")
        text("Der Entwurf nennt Zinsen von {entwurf}; nach den Zahlungen von heute sind es {jetzt}, oder sie gelten anderen Tagen.", "The draft says interest of {entwurf}; by today's payments it is {jetzt}, or for other days.")
        abhilfe("Verwerfen Sie den Entwurf und entwerfen Sie ihn neu.", "Discard the draft and draft it anew.");
    /// More is paid back than lies with the county.
    RUECKZAHLUNG_UEBER_BESTAND = "AQB-FO-014" "RUECKZAHLUNG_UEBER_BESTAND" Fachregel Fehler
        norm("ANBest-GK", "nicht benötigte Mittel sind zurückzuzahlen", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr zurückgezahlt als vorhanden", "More is paid back than there is")
        text("Zurückgezahlt wären {betrag}; aus {teilbudget} {haushaltsjahr} liegen für die Maßnahme {vorhanden} bei der Gebietskörperschaft, jetzt und am Tag der Wertstellung.", "{betrag} would be paid back; of {teilbudget} {haushaltsjahr} {vorhanden} lie with the authority for the measure, now and on the value date.")
        abhilfe("Prüfen Sie Maßnahme, Teilbudget, Haushaltsjahr und Tag; Weitergeleitetes ist zuerst zurückzuholen.", "Check measure, Teilbudget, Haushaltsjahr and day; what was passed on must come back first.");
    /// A claim has used the repayment.
    RUECKZAHLUNG_ANGERECHNET = "AQB-FO-015" "RUECKZAHLUNG_ANGERECHNET" Zustand Fehler
        norm("Datenhaltung", "Tilgung einer Forderung", Annahme) parameter[] ausnahme(false)
        titel("Rückzahlung tilgt schon eine Forderung", "The repayment settles a claim already")
        text("{angerechnet} sind auf eine Forderung angerechnet; nichts davon ist frei.", "{angerechnet} settle a claim; nothing of it is free.")
        abhilfe("Berichtigen Sie die Forderung durch einen weiteren Bescheid.", "Correct the claim by a further Bescheid.");
    /// No payment of the case on that day.
    ZWISCHENZINS_ZAHLUNG_UNBEKANNT = "AQB-FO-016" "ZWISCHENZINS_ZAHLUNG_UNBEKANNT" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 4: ausgezahlte Leistung", Belegt) parameter[] ausnahme(false)
        titel("Keine Auszahlung an diesem Tag", "No payout on that day")
        text("Für die Maßnahme wurde aus {teilbudget} {haushaltsjahr} am {angegeben} nichts ausgezahlt, das nicht zurückkam; Auszahlungen: {auszahlungen}.", "For the measure nothing of {teilbudget} {haushaltsjahr} was paid out on {angegeben} that did not come back; payouts: {auszahlungen}.")
        abhilfe("Nennen Sie die Wertstellung einer Auszahlung.", "Name the value date of a payout.");
    /// Everything was used within the period.
    ZWISCHENZINS_FRISTGERECHT = "AQB-FO-017" "ZWISCHENZINS_FRISTGERECHT" Fachregel Fehler
        norm("HVwVfG; ANBest", "§ 49a Abs. 4 Satz 1; Nr. 1.4", Belegt) parameter["mittelabruf_frist", "mittelabruf_frist_verschiebung"] ausnahme(false)
        titel("Kein Betrag verspätet verwendet", "No amount was used late")
        text("Die Auszahlung vom {ausgezahlt_am} war bis zum {frist_ende} zu verwenden; kein Teil wurde danach verwendet oder blieb bis zu einem genannten Tag danach liegen.", "The payout of {ausgezahlt_am} had to be used by {frist_ende}; no part was used later or lay unused until a named later day.")
        abhilfe("Prüfen Sie die Tage der Verwendung; für nicht Verwendetes nennen Sie den Tag, bis zu dem Zinsen laufen.", "Check the days of use; for what was not used name the day until which interest runs.");
    /// The same capital would bear interest twice.
    ZWISCHENZINS_UEBERSCHNEIDUNG = "AQB-FO-018" "ZWISCHENZINS_UEBERSCHNEIDUNG" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 3 und 4: Zinsen einmal je Betrag und Tag", Fachwissen) parameter[] ausnahme(false)
        titel("Zinsen für diese Zeit sind schon festgesetzt", "Interest for this time is fixed already")
        text("Vom {von} an verzinsten sich {verzinst} der Auszahlung von {auszahlung}; für {festgesetzt} davon sind Zinsen schon festgesetzt oder laufen Erstattungszinsen.", "From {von} on {verzinst} of the payout of {auszahlung} would bear interest; for {festgesetzt} of it interest is fixed already or runs on a repayment.")
        abhilfe("Nehmen Sie aus, was frühere Bescheide schon verzinsen.", "Leave out what earlier Bescheide make bear interest.");
    /// Other parts of the payment bear interest for the same days.
    ZWISCHENZINS_TEILWEISE_FESTGESETZT = "AQB-FO-019" "ZWISCHENZINS_TEILWEISE_FESTGESETZT" Fachregel Warnung
        norm("HVwVfG", "§ 49a Abs. 3 und 4: Zinsen einmal je Betrag und Tag", Fachwissen) parameter[] ausnahme(false)
        titel("Andere Teile der Auszahlung sind für diese Tage schon verzinst", "Other parts of the payout bear interest for these days already")
        text("Vom {von} an sind für {festgesetzt} der Auszahlung von {auszahlung} Zinsen schon festgesetzt oder laufen Erstattungszinsen; mit {verzinst} kommen weitere Teile hinzu.", "From {von} on interest is fixed or runs on a repayment for {festgesetzt} of the payout of {auszahlung}; {verzinst} come in addition.")
        abhilfe("Bestätigen Sie mit Begründung, dass es andere Teile der Auszahlung sind.", "Confirm with a reason that these are other parts of the payout.");
    /// More was used than this payment.
    ZWISCHENZINS_UEBER_AUSZAHLUNG = "AQB-FO-020" "ZWISCHENZINS_UEBER_AUSZAHLUNG" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 4: Verwendung der ausgezahlten Leistung", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr verwendet als ausgezahlt", "More was used than paid out")
        text("Mit dem, was zurückgezahlt ist, wären {verwendet} verwendet; ausgezahlt wurden {ausgezahlt}.", "With what was repaid {verwendet} would be used; {ausgezahlt} were paid out.")
        abhilfe("Nennen Sie nur, was aus dieser Auszahlung verwendet wurde; Rückzahlungen zählen von selbst.", "Name only what was used of this payout; repayments count by themselves.");
    /// Zinsbescheide fixed more than is owed.
    ZINSEN_UEBERFESTGESETZT = "AQB-FO-021" "ZINSEN_UEBERFESTGESETZT" Fachregel Hinweis
        norm("HVwVfG", "§ 49a Abs. 3 Satz 1; §§ 48, 51: Zinsbescheid über dem Geschuldeten", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr Zinsen festgesetzt als geschuldet", "More interest fixed than owed")
        text("Festgesetzt oder erlassen sind {festgesetzt}; nach den Zahlungen von heute sind {geschuldet} geschuldet, {differenz} weniger.", "{festgesetzt} are fixed or waived; by today's payments {geschuldet} are owed, {differenz} less.")
        abhilfe("Prüfen Sie, ob ein Zinsbescheid zurückzunehmen ist; neue Zinsen entstehen erst über das Festgesetzte hinaus.", "Check whether a Zinsbescheid is to be withdrawn; new interest arises only beyond what is fixed.");
    /// Zwischenzinsen are fixed for a part of the capital.
    ZINSEN_DURCH_ZWISCHENZINSEN = "AQB-FO-025" "ZINSEN_DURCH_ZWISCHENZINSEN" Fachregel Hinweis
        norm("HVwVfG", "§ 49a Abs. 3 und 4: Zinsen einmal je Betrag und Tag", Fachwissen) parameter[] ausnahme(false)
        titel("Für einen Teil sind Zwischenzinsen festgesetzt", "Zwischenzinsen are fixed for a part")
        text("{abgezogen} der Zinsen dieser Forderung sind durch Zwischenzinsen gedeckt, die für dieselben Beträge und Tage festgesetzt sind; sie werden nicht noch einmal gefordert.", "{abgezogen} of the interest on this claim are covered by Zwischenzinsen fixed for the same amounts and days; they are not claimed again.")
        abhilfe("Nichts zu tun; die Abschnitte zeigen das Kapital ohne den gedeckten Teil.", "Nothing is to be done; the pieces show the capital without the covered part.");
    /// Interest was fixed on the assumption of a payment.
    ZINSEN_AUF_EINGANG = "AQB-FO-022" "ZINSEN_AUF_EINGANG" Fachregel Hinweis
        norm("HVwVfG", "§ 49a Abs. 3 Satz 1", Belegt) parameter[] ausnahme(false)
        titel("Festgesetzte Zinsen rechnen mit diesem Eingang", "Interest that is fixed counts on this payment")
        text("Bis vor dem {bis} sind Zinsen festgesetzt; sie rechnen mit Eingängen ab dem {wertstellung}. Ohne einen solchen Eingang sind mehr Zinsen geschuldet.", "Interest is fixed until before {bis}; it counts on payments from {wertstellung} on. Without such a payment more interest is owed.")
        abhilfe("Fordern Sie nach dem Storno den Unterschied mit einem weiteren Zinsbescheid.", "After the reversal claim the difference by a further Zinsbescheid.");
    /// The Bescheid that claims it has no effect yet.
    FORDERUNG_NICHT_BEKANNT = "AQB-FO-023" "FORDERUNG_NICHT_BEKANNT" Zustand Fehler
        norm("HVwVfG", "§ 43 Abs. 1: Wirksamkeit mit der Bekanntgabe", Belegt) parameter[] ausnahme(false)
        titel("Der Bescheid ist noch nicht bekannt gegeben", "The Bescheid is not notified yet")
        text("Die Forderung beruht auf dem Bescheid {bescheid}; seine Bekanntgabe ist nicht erfasst, er wirkt noch nicht.", "The claim rests on the Bescheid {bescheid}; its notification is not recorded, it has no effect yet.")
        abhilfe("Erfassen Sie die Bekanntgabe des Bescheids; ab ihr läuft die Frist zur Zahlung.", "Record the notification of the Bescheid; the period for payment runs from it.");
    /// The same payment is recorded already.
    EINGANG_DOPPELT = "AQB-FO-024" "EINGANG_DOPPELT" Fachregel Warnung
        norm("LHO", "§ 34 Abs. 1: Einnahmen sind einmal zu buchen", Fachwissen) parameter[] ausnahme(false)
        titel("Dieser Eingang ist schon erfasst", "This payment is recorded already")
        text("Mit der Wertstellung {wertstellung}, dem Betrag {betrag} und der Referenz „{referenz}“ ist im Vorgang schon ein Eingang erfasst ({eingang}).", "A payment with the value date {wertstellung}, the amount {betrag} and the reference \"{referenz}\" is recorded in the case already ({eingang}).")
        abhilfe("Prüfen Sie den Kontoauszug; ist es ein zweiter Eingang, bestätigen Sie das mit Begründung.", "Check the statement; if it is a second payment, confirm that with a reason.");
    /// Money came before anybody claimed it.
    EINGANG_VOR_FORDERUNG = "AQB-FO-026" "EINGANG_VOR_FORDERUNG" Fachregel Warnung
        norm("HVwVfG", "§ 49a Abs. 3 Satz 1: Zinsen bis zum Eingang", Fachwissen) parameter[] ausnahme(false)
        titel("Wertstellung vor der Forderung", "Value date before the claim")
        text("Die Forderung entstand am {entstanden}; mit der Wertstellung {wertstellung} endeten die Zinsen vorher.", "The claim arose on {entstanden}; with the value date {wertstellung} interest would end before that.")
        abhilfe("Prüfen Sie den Kontoauszug; kam das Geld wirklich vorher, bestätigen Sie das mit Begründung.", "Check the statement; if the money did come before, confirm that with a reason.");
}
