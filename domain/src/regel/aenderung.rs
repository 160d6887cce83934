//! Rules about changes of a grant.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// A change refers to the Bescheid that says what is granted now.
    BEZUG_NICHT_GELTEND = "AQB-AE-001" "BEZUG_NICHT_GELTEND" Zustand Fehler
        norm("HVwVfG", "§ 43 Abs. 1, 2", Fachwissen) parameter[] ausnahme(false)
        titel("Der Bescheid gilt nicht", "The Bescheid is not the one that counts")
        text("Eine Änderung bezieht sich auf den zuletzt bekanntgegebenen Bescheid, der bewilligt; {bescheid} ist das nicht, maßgeblich ist {geltend}.", "A change refers to the last Bescheid that grants and was notified; {bescheid} is not that one, {geltend} counts.")
        abhilfe("Beziehen Sie den Änderungsantrag auf den geltenden Bescheid oder warten Sie dessen Bekanntgabe ab.", "Refer to the Bescheid that counts, or wait for its notification.");
    /// The bank account has an act of its own.
    BANKVERBINDUNG_EIGENE_HANDLUNG = "AQB-AE-002" "BANKVERBINDUNG_EIGENE_HANDLUNG" Fachregel Fehler
        norm("LHO Hessen", "§ 70 (Vier-Augen-Prinzip)", Fachwissen) parameter[] ausnahme(false)
        titel("Die Bankverbindung wird nicht hier geändert", "The bank account is not changed here")
        text("{aenderungsart} gehört nicht in einen Änderungsantrag: Die Bankverbindung ändert sich nur mit zwei Personen und Wartezeit.", "{aenderungsart} does not belong into an application for a change: the bank account takes two persons and a waiting time.")
        abhilfe("Ändern Sie die Bankverbindung unter /bankverbindungen.", "Change the bank account at /bankverbindungen.");
    /// The declared kinds are those the comparison finds.
    AENDERUNGSART_ABWEICHEND = "AQB-AE-003" "AENDERUNGSART_ABWEICHEND" Fachregel Fehler
        norm("Änderungsantrag AQB", "Art der Änderung", Annahme) parameter[] ausnahme(false)
        titel("Die Arten der Änderung stimmen nicht", "The kinds of change do not agree")
        text("Angegeben ist {erklaert}; der Vergleich ergibt {ermittelt}.", "Declared is {erklaert}; the comparison finds {ermittelt}.")
        abhilfe("Geben Sie genau die Arten an, die GET …/vergleich nennt, oder berichtigen Sie den neuen Stand.", "Declare exactly the kinds that GET …/vergleich names, or correct the new state.");
    /// Nothing differs.
    AENDERUNG_OHNE_INHALT = "AQB-AE-004" "AENDERUNG_OHNE_INHALT" Fachregel Fehler
        norm("Änderungsantrag AQB", "Neuer Stand", Annahme) parameter[] ausnahme(false)
        titel("Nichts geändert", "Nothing changed")
        text("Der neue Stand gleicht dem bewilligten.", "The new state is the granted one.")
        abhilfe("Ändern Sie den neuen Stand oder löschen Sie den Entwurf.", "Edit the new state, or delete the draft.");
    /// A change counts from its filing at the earliest unless the authority consents.
    WIRKSAM_VOR_EINREICHUNG = "AQB-AE-005" "WIRKSAM_VOR_EINREICHUNG" Fachregel Warnung
        norm("Änderungsantrag AQB", "Wirksamkeit", Annahme) parameter[] ausnahme(false)
        titel("Rückwirkende Änderung", "Change with effect for the past")
        text("Die Änderung soll ab {wirksam_ab} gelten, eingegangen ist sie am {eingang}.", "The change is to count from {wirksam_ab}; it was received on {eingang}.")
        abhilfe("Begründen Sie die Rückwirkung; die Bewilligungsbehörde muss ihr mit ihrer Bestätigung zustimmen.", "Give reasons; the authority must consent by confirming it, too.");
    /// The change counts within the period of the grant.
    WIRKSAM_AUSSERHALB = "AQB-AE-006" "WIRKSAM_AUSSERHALB" Fachregel Fehler
        norm("Änderungsantrag AQB", "Wirksamkeit", Annahme) parameter[] ausnahme(false)
        titel("Wirksamkeit außerhalb des Bewilligungszeitraums", "Counts from a day outside the period")
        text("Die Änderung soll ab {wirksam_ab} gelten; der Bewilligungszeitraum läuft vom {von} bis {bis}.", "The change is to count from {wirksam_ab}; the period runs from {von} to {bis}.")
        abhilfe("Wählen Sie einen Tag im Bewilligungszeitraum.", "Choose a day within the period.");
    /// Changes are applied for before the period ends.
    BEWILLIGUNGSZEITRAUM_ABGELAUFEN = "AQB-AE-007" "BEWILLIGUNGSZEITRAUM_ABGELAUFEN" Zustand Fehler
        norm("Änderungsantrag AQB", "Zeitraum", Annahme) parameter[] ausnahme(false)
        titel("Der Bewilligungszeitraum ist abgelaufen", "The period of the grant is over")
        text("Eine Änderung kann bis {bis} beantragt werden; eingegangen ist sie am {eingang}.", "A change can be applied for until {bis}; it was received on {eingang}.")
        abhilfe("Rechnen Sie im Verwendungsnachweis ab, was tatsächlich geschehen ist.", "Account for what really happened in the proof of use.");
    /// The base of a change moved.
    GRUNDLAGE_VERALTET = "AQB-AE-008" "GRUNDLAGE_VERALTET" Zustand Fehler
        norm("Änderungsantrag AQB", "Grundlage", Annahme) parameter[] ausnahme(false)
        titel("Die Grundlage hat sich geändert", "The base has moved")
        text("Der Entwurf beruht auf Bescheid {bescheid}; seither hat sich der bewilligte Stand geändert (Bescheid {geltend}).", "The draft rests on Bescheid {bescheid}; the granted state has changed since (Bescheid {geltend}).")
        abhilfe("Bringen Sie ihn mit POST …/aktualisierung auf den neuen Stand; ein entworfener Bescheid ist zu verwerfen.", "Bring it up to date with POST …/aktualisierung; a drafted Bescheid must be discarded.");
    /// Both sides changed a field.
    AENDERUNG_KONFLIKT = "AQB-AE-009" "AENDERUNG_KONFLIKT" Zustand Fehler
        norm("Änderungsantrag AQB", "Grundlage", Annahme) parameter[] ausnahme(false)
        titel("Feld auf beiden Seiten geändert", "Field changed on both sides")
        text("{feld}: ursprünglich {basis}, hier {eigener}, inzwischen bewilligt {jetziger}.", "{feld}: originally {basis}, here {eigener}, granted meanwhile {jetziger}.")
        abhilfe("Entscheiden Sie mit POST …/aktualisierung (behalten oder uebernehmen) oder ändern Sie das Feld.", "Decide with POST …/aktualisierung (behalten or uebernehmen), or edit the field.");
    /// Less would be granted than is called.
    UNTER_ABGERUFEN = "AQB-AE-010" "UNTER_ABGERUFEN" Zustand Fehler
        norm("Änderungsantrag AQB", "R2", Annahme) parameter[] ausnahme(false)
        titel("Mehr abgerufen als künftig bewilligt", "More is called than would be granted")
        text("{massnahme} {teilbudget} {haushaltsjahr}: bewilligt würden {bewilligt}, abgerufen und ausgezahlt sind {belegt}, {differenz} mehr; offen sind die Abrufe Nr. {abrufe}.", "{massnahme} {teilbudget} {haushaltsjahr}: {bewilligt} would be granted, {belegt} are called and paid, {differenz} more; the calls no. {abrufe} are open.")
        abhilfe("Nehmen Sie zuerst offene Mittelabrufe über {zurueckzunehmen} zurück.", "First withdraw open calls for {zurueckzunehmen}.");
    /// Less would be granted than is paid.
    UNTER_AUSGEZAHLT = "AQB-AE-011" "UNTER_AUSGEZAHLT" Fachregel Fehler
        norm("Änderungsantrag AQB", "R3", Annahme) parameter[] ausnahme(false)
        titel("Mehr ausgezahlt als künftig bewilligt", "More is paid out than would be granted")
        text("{massnahme} {teilbudget} {haushaltsjahr}: bewilligt würden {bewilligt}, ausgezahlt sind {ausgezahlt}, {differenz} mehr.", "{massnahme} {teilbudget} {haushaltsjahr}: {bewilligt} would be granted, {ausgezahlt} are paid out, {differenz} more.")
        abhilfe("Senken Sie höchstens bis zum ausgezahlten Betrag, oder beantragen Sie den Änderungsbescheid mit Erstattung (mit_erstattung).", "Lower to the paid amount at most, or apply for a change with repayment (mit_erstattung).");
    /// Money that is claimed back was passed on.
    ERSTATTUNG_WEITERGELEITETES = "AQB-AE-012" "ERSTATTUNG_WEITERGELEITETES" Zustand Fehler
        norm("VV zu § 44 LHO", "Nr. 12", Fachwissen) parameter[] ausnahme(false)
        titel("Das Geld ist weitergeleitet", "The money was passed on")
        text("{teilbudget} {haushaltsjahr}: zu erstatten wären {erstattung}, beim Kreis liegen {vorhanden}.", "{teilbudget} {haushaltsjahr}: {erstattung} would be paid back, the county holds {vorhanden}.")
        abhilfe("Holen Sie zuerst {rueckholen} vom Träger zurück.", "First get {rueckholen} back from the Träger.");
    /// Money of a year that is over does not follow into another one.
    JAEHRLICHKEIT = "AQB-AE-013" "JAEHRLICHKEIT" Zustand Fehler
        norm("LHO Hessen", "§§ 38, 45", Fachwissen) parameter["kassenschluss"] ausnahme(false)
        titel("Die Mittel sind in diesem Haushaltsjahr nicht da", "The money is not there in this year")
        text("{teilbudget} {haushaltsjahr}: benötigt werden {benoetigt}, verfügbar sind {verfuegbar}. Aus abgelaufenen Haushaltsjahren werden {verfallend} frei, die dort nicht mehr verwendet werden können.", "{teilbudget} {haushaltsjahr}: {benoetigt} are needed, {verfuegbar} are free. {verfallend} become free in years that are over and cannot be used there any more.")
        abhilfe("Das Ministerium muss Ausgabereste oder Verpflichtungsermächtigungen durch eine Umverteilung zwischen den Haushaltsjahren bereitstellen.", "The ministry must provide carried-over money by a Umverteilung between the years.");
    /// Nothing can be called from a year that is over.
    HAUSHALTSJAHR_GESCHLOSSEN = "AQB-AE-014" "HAUSHALTSJAHR_GESCHLOSSEN" Fachregel Fehler
        norm("LHO Hessen", "§ 45", Fachwissen) parameter["kassenschluss"] ausnahme(false)
        titel("Das Haushaltsjahr ist abgeschlossen", "The Haushaltsjahr is closed")
        text("Für {haushaltsjahr} sollen {erhoehung} mehr bewilligt werden; letzter Abruf war am {kassenschluss} möglich.", "{erhoehung} more are to be granted for {haushaltsjahr}; the last call was possible on {kassenschluss}.")
        abhilfe("Beantragen Sie die Mittel für ein laufendes oder künftiges Haushaltsjahr.", "Apply for the money in a present or future year.");
    /// A line rises beyond what a notice may do.
    ANSATZ_UEBER_GRENZE = "AQB-AE-015" "ANSATZ_UEBER_GRENZE" Zustand Hinweis
        norm("ANBest-GK / ANBest-P", "Nr. 1.2", Fachwissen) parameter["ansatz_ueberschreitung_prozent"] ausnahme(false)
        titel("Einzelansatz über der Grenze", "Line of the plan beyond the limit")
        text("{massnahme} {posten} {haushaltsjahr}: {neu} statt {ansatz}; ohne Entscheidung sind nach {nebenbestimmungen} höchstens {hoechstens} möglich ({prozent}).", "{massnahme} {posten} {haushaltsjahr}: {neu} instead of {ansatz}; without a decision {nebenbestimmungen} permit at most {hoechstens} ({prozent}).")
        abhilfe("Die Bewilligungsbehörde entscheidet über die Änderung.", "The authority decides about the change.");
    /// A change beyond a shift between lines.
    AENDERUNG_WESENTLICH = "AQB-AE-016" "AENDERUNG_WESENTLICH" Zustand Hinweis
        norm("ANBest-GK / ANBest-P", "Nr. 1.2", Fachwissen) parameter[] ausnahme(false)
        titel("Änderung verlangt eine Entscheidung", "Change needs a decision")
        text("{feld}: Das ist mehr als die Verschiebung zwischen Einzelansätzen, die {nebenbestimmungen} ohne Entscheidung zulassen.", "{feld}: this is more than the shift between lines of the plan that {nebenbestimmungen} permit without a decision.")
        abhilfe("Die Bewilligungsbehörde entscheidet über die Änderung.", "The authority decides about the change.");
    /// The change stays within a notice.
    AENDERUNG_ANZEIGE = "AQB-AE-017" "AENDERUNG_ANZEIGE" Zustand Hinweis
        norm("ANBest-GK / ANBest-P", "Nr. 1.2", Fachwissen) parameter["ansatz_ueberschreitung_prozent"] ausnahme(false)
        titel("Anzeige genügt", "A notice suffices")
        text("Verschoben wird nur zwischen Einzelansätzen einer Maßnahme im selben Haushaltsjahr, je Ansatz um höchstens {prozent} ({nebenbestimmungen}).", "Money only moves between lines of one measure in one year, each line by at most {prozent} ({nebenbestimmungen}).")
        abhilfe("Die Bewilligungsbehörde nimmt Kenntnis; sie kann eine Entscheidung verlangen.", "The authority takes note; it may demand a decision.");
    /// One Bescheid of a case is drafted at a time.
    ENTSCHEIDUNG_LAEUFT = "AQB-AE-018" "ENTSCHEIDUNG_LAEUFT" Zustand Fehler
        norm("Ablauf des Verfahrens", "Bescheidkette", Annahme) parameter[] ausnahme(false)
        titel("Ein Bescheid dieses Falls ist schon entworfen", "A Bescheid of this case is drafted already")
        text("Der Entwurf {bescheid} wartet auf seine Freigabe.", "The draft {bescheid} waits for its release.")
        abhilfe("Geben Sie den Entwurf frei oder verwerfen Sie ihn.", "Release or discard the draft.");
    /// A measure keeps its kind.
    MASSNAHMEART_FEST = "AQB-AE-019" "MASSNAHMEART_FEST" Fachregel Fehler
        norm("Änderungsantrag AQB", "Maßnahmen", Annahme) parameter[] ausnahme(false)
        titel("Die Maßnahmeart bleibt", "The kind of a measure stays")
        text("Bewilligt ist eine Maßnahme der Art {bewilligt}, angegeben ist {massnahmeart}.", "A measure of kind {bewilligt} was granted, given is {massnahmeart}.")
        abhilfe("Lassen Sie die Maßnahme entfallen und fügen Sie eine neue hinzu.", "Drop the measure and add a new one.");
    /// Only conflicts can be decided.
    FELD_OHNE_KONFLIKT = "AQB-AE-020" "FELD_OHNE_KONFLIKT" Fachregel Fehler
        norm("Änderungsantrag AQB", "Grundlage", Annahme) parameter[] ausnahme(false)
        titel("Kein Konflikt in diesem Feld", "No conflict in this field")
        text("{pfad} steht in keinem Konflikt.", "{pfad} is in no conflict.")
        abhilfe("Nennen Sie nur Felder, die GET …/vergleich unter konflikte aufführt.", "Name only fields that GET …/vergleich lists under konflikte.");
    /// Money of a year that is over shall be used in another one.
    JAEHRLICHKEIT_UEBERTRAGUNG = "AQB-AE-021" "JAEHRLICHKEIT_UEBERTRAGUNG" Fachregel Warnung
        norm("LHO Hessen", "§§ 38, 45", Fachwissen) parameter["kassenschluss"] ausnahme(true)
        titel("Mittel eines abgelaufenen Haushaltsjahres", "Money of a year that is over")
        text("{teilbudget} {haushaltsjahr}: {erhoehung} mehr, während aus abgelaufenen Haushaltsjahren ({jahre}) {verfallend} frei werden. Sie sind nur mit einem Ausgaberest (§ 45 LHO) oder einer Verpflichtungsermächtigung (§ 38 LHO) weiter verfügbar.", "{teilbudget} {haushaltsjahr}: {erhoehung} more, while {verfallend} become free in years that are over ({jahre}). They stay available only with an Ausgaberest (§ 45 LHO) or a Verpflichtungsermächtigung (§ 38 LHO).")
        abhilfe("Die Bewilligungsbehörde bestätigt mit Begründung, worauf die Mittel im neuen Haushaltsjahr beruhen.", "The authority confirms with its reason on what the money of the new year rests.");
}
