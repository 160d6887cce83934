//! Rules about the examination of a proof of use, the final decision, revocation, hearings and exceptions.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// A call is not settled yet.
    ABRUF_VOR_SCHLUSS = "AQB-PR-001" "ABRUF_VOR_SCHLUSS" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 7, 11", Fachwissen) parameter[] ausnahme(false)
        titel("Ein Abruf ist noch offen", "A call is still open")
        text("Für die Maßnahme {massnahme} sind im Haushaltsjahr {haushaltsjahr} noch {abgerufen} abgerufen und nicht ausgezahlt.", "For the measure {massnahme} {abgerufen} are called and not paid in the Haushaltsjahr {haushaltsjahr}.")
        abhilfe("Zahlen Sie den Abruf aus, weisen Sie ihn zurück oder lassen Sie ihn stornieren.", "Pay the call, refuse it, or have it cancelled.");
    /// More would remain than was paid.
    RESTANSPRUCH = "AQB-PR-002" "RESTANSPRUCH" Fachregel Warnung
        norm("VV zu § 44 LHO", "Nr. 7", Fachwissen) parameter[] ausnahme(false)
        titel("Nicht alles wurde abgerufen", "Not everything was called")
        text("Für die Maßnahme {massnahme} blieben {endgueltig} bewilligt; {rest} davon wurden nie abgerufen und verfallen.", "For the measure {massnahme} {endgueltig} would remain; {rest} of it were never called and lapse.")
        abhilfe("Lassen Sie die Gebietskörperschaft zuerst abrufen, oder bestätigen Sie die Warnung mit dem Grund.", "Let the county call it first, or confirm the warning with the reason.");
    /// Nobody was heard before a decision that burdens.
    ANHOERUNG_FEHLT = "AQB-PR-003" "ANHOERUNG_FEHLT" Fachregel Warnung
        norm("HVwVfG", "§ 28", Fachwissen) parameter[] ausnahme(false)
        titel("Die Gebietskörperschaft wurde nicht angehört", "The county was not heard")
        text("Der Bescheid belastet (gefordert {erstattung}), und keine abgeschlossene Anhörung zu dieser Entscheidung liegt vor.", "The Bescheid burdens (claimed {erstattung}), and there is no hearing about this decision that is over.")
        abhilfe("Hören Sie zuerst an, oder bestätigen Sie die Warnung mit dem Grund, aus dem davon abgesehen wird (§ 28 Abs. 2 HVwVfG).", "Hold a hearing first, or confirm the warning with the reason to refrain from it (§ 28 Abs. 2 HVwVfG).");
    /// The county can still answer.
    ANHOERUNG_LAEUFT = "AQB-PR-004" "ANHOERUNG_LAEUFT" Zustand Fehler
        norm("HVwVfG", "§ 28 Abs. 1", Fachwissen) parameter[] ausnahme(false)
        titel("Die Anhörung läuft noch", "The hearing is still running")
        text("Die Gebietskörperschaft kann bis {frist} Stellung nehmen und hat es noch nicht getan.", "The county can answer until {frist} and has not done so.")
        abhilfe("Warten Sie die Frist ab oder nehmen Sie die Anhörung zurück.", "Wait for the deadline, or give the hearing up.");
    /// Too little time to answer.
    ANHOERUNG_ZU_KURZ = "AQB-PR-005" "ANHOERUNG_ZU_KURZ" Fachregel Fehler
        norm("HVwVfG", "§ 28 Abs. 1 (angemessene Gelegenheit)", Annahme) parameter["anhoerung_mindestens_tage"] ausnahme(false)
        titel("Zu wenig Zeit zur Stellungnahme", "Too little time to answer")
        text("Es bleiben {tage} Tage, verlangt sind mindestens {mindestens}.", "There are {tage} days, required are at least {mindestens}.")
        abhilfe("Wählen Sie einen späteren Tag.", "Choose a later day.");
    /// The ground does not fit the kind of decision.
    AUFHEBUNG_GRUND = "AQB-PR-006" "AUFHEBUNG_GRUND" Fachregel Fehler
        norm("HVwVfG", "§§ 48, 49", Fachwissen) parameter[] ausnahme(false)
        titel("Der Grund passt nicht zur Entscheidung", "The ground does not fit the decision")
        text("{grund} trägt keine Entscheidung der Art {akt}: ein rechtswidriger Bescheid wird zurückgenommen (§ 48), ein rechtmäßiger widerrufen (§ 49).", "{grund} does not support {akt}: an unlawful Bescheid is withdrawn (§ 48), a lawful one revoked (§ 49).")
        abhilfe("Wählen Sie den passenden Grund oder die andere Handlung.", "Choose the fitting ground, or the other act.");
    /// The year from knowledge is over.
    AUFHEBUNG_FRIST = "AQB-PR-007" "AUFHEBUNG_FRIST" Fachregel Fehler
        norm("HVwVfG", "§ 48 Abs. 4, § 49 Abs. 3 S. 2", Fachwissen) parameter["aufhebungsfrist"] ausnahme(false)
        titel("Die Jahresfrist ist abgelaufen", "The year is over")
        text("Die Tatsachen sind seit {kenntnis} bekannt; aufgehoben werden konnte bis {spaetestens}, heute ist der {heute}.", "The facts are known since {kenntnis}; it could be taken back until {spaetestens}, today is {heute}.")
        abhilfe("Prüfen Sie den Tag der Kenntnis; nur bei arglistiger Täuschung, Drohung oder Bestechung gilt keine Jahresfrist.", "Check the day of knowledge; only deceit, threat or bribery know no such year.");
    /// Nothing would change.
    AUFHEBUNG_OHNE_WIRKUNG = "AQB-PR-008" "AUFHEBUNG_OHNE_WIRKUNG" Fachregel Fehler
        norm("HVwVfG", "§§ 48, 49", Fachwissen) parameter[] ausnahme(false)
        titel("Es würde nichts aufgehoben", "Nothing would be taken back")
        text("An jeder Stelle bliebe bewilligt, was bewilligt ist.", "Every place would keep what is granted.")
        abhilfe("Nennen Sie in rest weniger, als bewilligt ist.", "Name less in rest than is granted.");
    /// More would stay than is granted.
    UEBER_BEWILLIGT = "AQB-PR-009" "UEBER_BEWILLIGT" Fachregel Fehler
        norm("HVwVfG", "§§ 48, 49", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr als bewilligt", "More than is granted")
        text("{massnahme} {haushaltsjahr}: {rest} sollen bleiben, bewilligt sind {bewilligt}; {differenz} zu viel.", "{massnahme} {haushaltsjahr}: {rest} shall stay, {bewilligt} are granted; {differenz} too much.")
        abhilfe("Nennen Sie höchstens {bewilligt}.", "Name at most {bewilligt}.");
    /// What a drafted decision rests on has moved.
    ENTSCHEIDUNG_VERALTET = "AQB-PR-010" "ENTSCHEIDUNG_VERALTET" Zustand Fehler
        norm("HVwVfG", "§ 24 (Untersuchungsgrundsatz)", Fachwissen) parameter[] ausnahme(false)
        titel("Der Entwurf ist überholt", "The draft is out of date")
        text("Seit dem Entwurf {bescheid} haben sich Geldfluss, Prüfung oder der geltende Bescheid {geltend} geändert.", "Since the draft {bescheid} money, examination or the Bescheid that counts, {geltend}, have changed.")
        abhilfe("Verwerfen Sie den Entwurf und entscheiden Sie neu.", "Discard the draft and decide anew.");
    /// Findings are not settled.
    FESTSTELLUNG_OFFEN = "AQB-PR-011" "FESTSTELLUNG_OFFEN" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 11", Fachwissen) parameter[] ausnahme(false)
        titel("Feststellungen sind offen", "Findings are open")
        text("{anzahl} Feststellungen über {offen} sind nicht geklärt.", "{anzahl} findings about {offen} are not settled.")
        abhilfe("Verteilen Sie die beanstandeten Beträge oder heben Sie die Feststellungen auf.", "Say what becomes of the questioned amounts, or take the findings back.");
    /// Receipts without a decision.
    BELEG_UNENTSCHIEDEN = "AQB-PR-012" "BELEG_UNENTSCHIEDEN" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 11", Fachwissen) parameter[] ausnahme(false)
        titel("Belege sind nicht entschieden", "Receipts are not decided")
        text("Über {anzahl} Belege mit {betrag} ist nicht entschieden.", "{anzahl} receipts of {betrag} are not decided.")
        abhilfe("Entscheiden Sie über jeden Beleg.", "Decide about every receipt.");
    /// Parts of a finding are more than the whole.
    FESTSTELLUNG_UEBERVERTEILT = "AQB-PR-013" "FESTSTELLUNG_UEBERVERTEILT" Fachregel Fehler
        norm("Prüfvermerk", "Summe der Feststellung", Annahme) parameter[] ausnahme(false)
        titel("Mehr verteilt als beanstandet", "More is divided than questioned")
        text("Verteilt sind {verteilt}, beanstandet {beanstandet}; {differenz} zu viel.", "Divided are {verteilt}, questioned {beanstandet}; {differenz} too much.")
        abhilfe("Verteilen Sie höchstens {beanstandet}.", "Divide at most {beanstandet}.");
    /// Nothing to draw from.
    STICHPROBE_LEER = "AQB-PR-015" "STICHPROBE_LEER" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 11 (vertiefte Prüfung)", Fachwissen) parameter["belege_vorlage"] ausnahme(false)
        titel("Es gibt keine Belege", "There are no receipts")
        text("Aus einer leeren Liste kann keine Stichprobe gezogen werden.", "No sample can be drawn from an empty list.")
        abhilfe("Nennen Sie die Zahl der Belege, oder lassen Sie die Belegliste vorlegen.", "Name the number of receipts, or have the list submitted.");
    /// The size of the sample is impossible.
    STICHPROBE_UMFANG = "AQB-PR-016" "STICHPROBE_UMFANG" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 11 (vertiefte Prüfung)", Fachwissen) parameter[] ausnahme(false)
        titel("Umfang der Stichprobe unmöglich", "Impossible size of the sample")
        text("Gezogen werden sollen {umfang} Belege, möglich sind 1 bis {hoechstens}.", "{umfang} receipts shall be drawn, possible are 1 to {hoechstens}.")
        abhilfe("Wählen Sie 1 bis {hoechstens}.", "Choose 1 to {hoechstens}.");
    /// The rule permits no exception.
    AUSNAHME_UNMOEGLICH = "AQB-PR-017" "AUSNAHME_UNMOEGLICH" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 15 (besondere Regelungen)", Fachwissen) parameter[] ausnahme(false)
        titel("Von dieser Regel gibt es keine Ausnahme", "This rule permits no exception")
        text("Die Regel {regel} gibt es nicht, oder sie lässt keine Ausnahme zu.", "The rule {regel} does not exist, or permits no exception.")
        abhilfe("GET /v1/kataloge/regeln nennt die Regeln mit ausnahme_moeglich.", "GET /v1/kataloge/regeln names the rules with ausnahme_moeglich.");
    /// The case is closed by a final decision.
    FALL_ABGESCHLOSSEN = "AQB-PR-018" "FALL_ABGESCHLOSSEN" Zustand Fehler
        norm("HVwVfG", "§ 43 Abs. 2", Fachwissen) parameter[] ausnahme(false)
        titel("Der Fall ist abgeschlossen", "The case is closed")
        text("Der Schlussbescheid {bescheid} hat die Zuwendung endgültig festgesetzt.", "The final decision {bescheid} has fixed the grant.")
        abhilfe("Gegen den Schlussbescheid hilft nur der Rechtsbehelf; die Behörde kann ihn aufheben.", "Only an appeal helps against the final decision; the authority can take it back.");
    /// The act does not end a proof of this kind.
    NACHWEISENDE = "AQB-PR-020" "NACHWEISENDE" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 11", Fachwissen) parameter[] ausnahme(false)
        titel("Ein Nachweis dieser Art endet anders", "A proof of this kind ends otherwise")
        text("{art} endet nicht mit {akt}, sondern mit {vorgesehen}.", "{art} does not end with {akt}, but with {vorgesehen}.")
        abhilfe("Nutzen Sie {vorgesehen}.", "Use {vorgesehen}.");
    /// A condition with a day is overdue and nobody recorded that it is met; the final decision ends it.
    AUFLAGE_UEBERFAELLIG = "AQB-PR-021" "AUFLAGE_UEBERFAELLIG" Fachregel Warnung
        norm("HVwVfG", "§ 36 Abs. 2 Nr. 4, § 49 Abs. 3 S. 1 Nr. 2", Fachwissen) parameter[] ausnahme(false)
        titel("Eine Auflage ist überfällig", "A condition is overdue")
        text("Die Auflage {auflage} war bis {frist} zu erfüllen und ist seit {tage} Tagen offen; mit dem Schlussbescheid endet ihre Frist.", "The condition {auflage} was to be met by {frist} and has been open for {tage} days; the final decision ends its deadline.")
        abhilfe("Halten Sie die Erfüllung fest (POST /v1/fristen/{frist_id}/erledigung), verlängern Sie die Frist oder prüfen Sie einen Widerruf; sonst bestätigen Sie mit Begründung, warum die Auflage offen bleibt.", "Record that it is met (POST /v1/fristen/{frist_id}/erledigung), extend the deadline, or consider a revocation; otherwise confirm with a reason why the condition stays open.");
    /// Figures of the proof differ from the receipts.
    BELEGSUMME_WEICHT_AB = "AQB-PR-019" "BELEGSUMME_WEICHT_AB" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 10, 11 (zahlenmäßiger Nachweis)", Fachwissen) parameter["summen_toleranz", "belege_vorlage"] ausnahme(false)
        titel("Belege und Nachweis stimmen nicht überein", "Receipts and proof do not agree")
        text("{massnahme} {position}: nachgewiesen sind {nachgewiesen}, die Belege ergeben {belege}; Abweichung {differenz}.", "{massnahme} {position}: claimed are {nachgewiesen}, the receipts give {belege}; difference {differenz}.")
        abhilfe("Berichtigen Sie den Nachweis oder die Belegliste.", "Correct the proof or the list.");
    /// What was drawn by running numbers was not submitted.
    STICHPROBE_NICHT_VORGELEGT = "AQB-PR-031" "STICHPROBE_NICHT_VORGELEGT" Fachregel Warnung
        norm("VV zu § 44 LHO", "Nr. 11 (Prüfung in Stichproben)", Fachwissen) parameter[] ausnahme(false)
        titel("Gezogene Belege fehlen", "Receipts that were drawn are missing")
        text("Gezogen sind {gezogen} Belege, vorgelegt und entschieden {entschieden}.", "{gezogen} receipts were drawn, {entschieden} are submitted and decided.")
        abhilfe("Fordern Sie die gezogenen Belege über /belegliste nach und entscheiden Sie über sie, oder bestätigen Sie die Warnung mit dem Grund.", "Request the receipts that were drawn through /belegliste and decide about them, or confirm the warning with the reason.");
    /// More is questioned than was claimed.
    ABZUG_UEBER_NACHWEIS = "AQB-PR-030" "ABZUG_UEBER_NACHWEIS" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 11 (Prüfung des Nachweises)", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr beanstandet als nachgewiesen", "More questioned than claimed")
        text("{massnahme} {position}: Gekürzte Belege und Feststellungen ergäben {abzuege}, nachgewiesen sind {nachgewiesen}; {differenz} zu viel.", "{massnahme} {position}: receipts cut and findings would come to {abzuege}, {nachgewiesen} are claimed; {differenz} too much.")
        abhilfe("Beanstanden Sie höchstens, was von der Position übrig ist; heben Sie sonst eine Feststellung auf, oder entscheiden Sie über Belege neu.", "Question at most what is left of the position; otherwise take a finding back, or decide about receipts anew.");
    /// A Bescheid about interest is not revoked.
    ZINS_WIDERRUF = "AQB-PR-032" "ZINS_WIDERRUF" Zustand Fehler
        norm("HVwVfG", "§ 48 Abs. 1, § 49 Abs. 1", Annahme) parameter[] ausnahme(false)
        titel("Ein Zinsbescheid wird nicht widerrufen", "A Bescheid about interest is not revoked")
        text("Der Bescheid {bescheid} setzt Zinsen fest oder erlässt sie; ein Widerruf (§ 49) ist dafür nicht vorgesehen.", "The Bescheid {bescheid} fixes or waives interest; a revocation (§ 49) is not meant for it.")
        abhilfe("Nehmen Sie ihn zurück (§ 48), wenn er rechtswidrig ist; setzen Sie weitere Zinsen mit einem weiteren Zinsbescheid fest.", "Withdraw it (§ 48) where it is unlawful; fix further interest by a further Zinsbescheid.");
    /// Payments stand on the interest that would be taken back.
    ZINSFORDERUNG_BEZAHLT = "AQB-PR-033" "ZINSFORDERUNG_BEZAHLT" Zustand Fehler
        norm("HVwVfG; LHO", "§ 48; § 34 Abs. 1: Einnahmen sind der Forderung zuzuordnen", Fachwissen) parameter[] ausnahme(false)
        titel("Auf die Zinsen ist schon gezahlt", "The interest is paid already, in full or in part")
        text("Auf die Zinsforderung {forderung} sind mit {anzahl} Zahlungen {bezahlt} gebucht; mit der Rücknahme gehörten sie zu keiner Forderung mehr.", "{bezahlt} are booked on the claim for interest {forderung} with {anzahl} payments; with the withdrawal they would belong to no claim any more.")
        abhilfe("Stornieren Sie die Zahlungen an der Zinsforderung (zahlungsstorno); nach der Rücknahme können sie auf die Hauptforderung gebucht werden, ein Rest ist zu erstatten.", "Reverse the payments at the claim for interest (zahlungsstorno); after the withdrawal they can be booked on the repayment, a rest is to be refunded.");
    /// The Bescheid was taken back.
    BESCHEID_AUFGEHOBEN = "AQB-PR-034" "BESCHEID_AUFGEHOBEN" Zustand Fehler
        norm("HVwVfG", "§ 43 Abs. 2, § 48", Belegt) parameter[] ausnahme(false)
        titel("Der Bescheid ist zurückgenommen", "The Bescheid was withdrawn")
        text("Der Bescheid {bescheid} ist durch den Bescheid {durch} zurückgenommen und wirkt nicht mehr.", "The Bescheid {bescheid} was withdrawn by the Bescheid {durch} and has no effect any more.")
        abhilfe("Sind Zinsen geschuldet, entwerfen Sie einen neuen Zinsbescheid.", "Where interest is owed, draft a new Zinsbescheid.");
    /// A Bescheid about interest is taken back as a whole.
    ZINSBESCHEID_NUR_GANZ = "AQB-PR-035" "ZINSBESCHEID_NUR_GANZ" Fachregel Fehler
        norm("HVwVfG", "§ 48 Abs. 1 Satz 1", Annahme) parameter[] ausnahme(false)
        titel("Ein Zinsbescheid wird nur als Ganzes zurückgenommen", "A Bescheid about interest is withdrawn as a whole only")
        text("Die Zinsen eines Bescheids hängen voneinander ab; er wird als Ganzes und für die Vergangenheit zurückgenommen.", "The interest of a Bescheid depends on itself; it is withdrawn as a whole and for the past.")
        abhilfe("Wählen Sie die Wirkung VERGANGENHEIT und lassen Sie rest leer; setzen Sie danach die richtigen Zinsen neu fest.", "Choose the effect VERGANGENHEIT and leave rest empty; then fix the right interest anew.");
    /// More came back than is to be repaid.
    RUECKZAHLUNG_ZU_HOCH = "AQB-PR-036" "RUECKZAHLUNG_ZU_HOCH" Fachregel Fehler
        norm("HVwVfG; VV zu § 44 LHO", "§ 49a Abs. 1; Nr. 11", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr zurückgezahlt als zu erstatten ist", "More was paid back than is to be repaid")
        text("Für die Maßnahme {massnahme} bleiben {endgueltig} bewilligt; von den {zurueckgezahlt}, die vor einer Forderung zurückkamen, sind {zuviel} zu viel und stehen der Gebietskörperschaft zu.", "For the measure {massnahme} {endgueltig} remain granted; of the {zurueckgezahlt} that came back before a claim {zuviel} are too much and belong to the county.")
        abhilfe("Erstatten Sie ihr den Mehrbetrag. Stornieren Sie die Rückzahlung (storno; ist ein Teil schon angerechnet, wird der freie Rest storniert) und erfassen Sie, was zu Recht zurückkam, mit derselben Wertstellung neu; dann entscheiden Sie.", "Refund it the excess. Reverse the repayment (storno; where a part settles a claim the free rest is reversed) and record anew, with the same value date, what came back rightly; then decide.");
    /// Nothing was paid that could be reversed.
    KEIN_EINGANG = "AQB-PR-037" "KEIN_EINGANG" Zustand Fehler
        norm("Datenhaltung", "Storno eines Zahlungseingangs", Annahme) parameter[] ausnahme(false)
        titel("Es gibt keinen Zahlungseingang", "There is no payment")
        text("Auf die Forderung {forderung} ist kein Zahlungseingang gebucht, der zählt.", "No payment that counts is booked on the claim {forderung}.")
        abhilfe("Was vor der Forderung zurückkam, wird an der Rückzahlung storniert.", "What came back before the claim is reversed at the repayment.");
    /// Nobody knows of late use before the money was paid.
    KENNTNIS_VOR_AUSZAHLUNG = "AQB-PR-038" "KENNTNIS_VOR_AUSZAHLUNG" Fachregel Fehler
        norm("HVwVfG", "§ 49a Abs. 4: verspätete Verwendung", Fachwissen) parameter[] ausnahme(false)
        titel("Kenntnis vor der Auszahlung", "Knowledge before the payout")
        text("Die Kenntnis vom {angegeben} liegt vor der Auszahlung vom {ausgezahlt}.", "The knowledge of {angegeben} lies before the payout of {ausgezahlt}.")
        abhilfe("Nennen Sie den Tag, an dem die Behörde von der verspäteten Verwendung erfuhr.", "Name the day on which the authority learned of the late use.");
    /// A measure that no private Traeger carries out under a grant.
    BESSERSTELLUNG_NUR_PRIVATE = "AQB-PR-040" "BESSERSTELLUNG_NUR_PRIVATE" Fachregel Fehler
        norm("ANBest-P", "Nr. 1.3 (Besserstellungsverbot)", Annahme) parameter[] ausnahme(false)
        titel("Besserstellungsverbot gilt hier nicht", "The rule about better pay does not apply")
        text("{massnahme} wird nicht von einem privaten Träger aus weitergeleiteten Mitteln durchgeführt.", "{massnahme} is not carried out by a private provider with money passed on.")
        abhilfe("Nennen Sie einen anderen Grund, wenn die Ausgabe nicht zuwendungsfähig ist.", "Name another reason if the expenditure is not eligible.");
    /// The amount differs from the comparison it rests on.
    BESSERSTELLUNG_BETRAG = "AQB-PR-041" "BESSERSTELLUNG_BETRAG" Fachregel Fehler
        norm("ANBest-P", "Nr. 1.3 (Besserstellungsverbot)", Fachwissen) parameter[] ausnahme(false)
        titel("Betrag passt nicht zum Entgeltvergleich", "Amount does not match the comparison of pay")
        text("{monate} Monate mit {entgelt} statt {vergleichsentgelt} ergeben {berechnet}, beanstandet sind {beanstandet}; Abweichung {differenz}.", "{monate} months at {entgelt} instead of {vergleichsentgelt} give {berechnet}, {beanstandet} are questioned; difference {differenz}.")
        abhilfe("Beanstanden Sie {berechnet}, oder berichtigen Sie den Vergleich.", "Question {berechnet}, or correct the comparison.");
    /// A comparison of pay with another reason.
    ENTGELTVERGLEICH_UNPASSEND = "AQB-PR-042" "ENTGELTVERGLEICH_UNPASSEND" Fachregel Fehler
        norm("ANBest-P", "Nr. 1.3 (Besserstellungsverbot)", Annahme) parameter[] ausnahme(false)
        titel("Entgeltvergleich gehört zur Besserstellung", "A comparison of pay belongs to better pay")
        text("Die Feststellung nennt den Grund {grund}; ein Entgeltvergleich gehört nur zu BESSERSTELLUNG.", "The finding names the reason {grund}; a comparison of pay belongs to BESSERSTELLUNG only.")
        abhilfe("Ändern Sie den Grund, oder lassen Sie den Vergleich weg.", "Change the reason, or leave the comparison out.");
}
