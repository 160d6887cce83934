//! Rules about participants.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// What stands in place of the pseudonym is none.
    PSEUDONYM_UNGUELTIG = "AQB-TN-001" "PSEUDONYM_UNGUELTIG" Fachregel Fehler
        norm("DSGVO", "Art. 4 Nr. 5, Art. 25", Belegt) parameter[] ausnahme(false)
        titel("Das ist kein Pseudonym", "This is no pseudonym")
        text("Verlangt sind {ziffern} Ziffern eines HMAC (0–9, a–f); der Wert hat {zeichen} Zeichen und passt nicht ({mangel}). Er wird hier nicht wiederholt und nicht gespeichert.", "Required are {ziffern} digits of an HMAC (0–9, a–f); the value has {zeichen} characters and does not fit ({mangel}). It is neither repeated here nor stored.")
        abhilfe("Bilden Sie in der Gebietskörperschaft HMAC-SHA-256 mit dem eigenen Schlüssel. Namen, Daten und Aktenzeichen gehören nicht hierher.", "Form HMAC-SHA-256 within the authority with its own key. Names, dates and file numbers do not belong here.");
    /// Kind 4 is for staff.
    MASSNAHME_OHNE_TEILNEHMENDE = "AQB-TN-002" "MASSNAHME_OHNE_TEILNEHMENDE" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Maßnahmeart 4", Belegt) parameter[] ausnahme(false)
        titel("Diese Maßnahmeart hat keine Teilnehmenden", "This kind of measure has no participants")
        text("Die Maßnahme {massnahme} ist {massnahmeart}; sie richtet sich an Fachpersonal.", "The measure {massnahme} is {massnahmeart}; it is for staff.")
        abhilfe("Erfassen Sie Teilnehmende bei einer Maßnahme der Arten 1 bis 3.", "Enter participants for a measure of kinds 1 to 3.");
    /// Nothing is granted for the measure.
    MASSNAHME_OHNE_BEWILLIGUNG = "AQB-TN-003" "MASSNAHME_OHNE_BEWILLIGUNG" Zustand Fehler
        norm("HVwVfG", "§ 43", Fachwissen) parameter[] ausnahme(false)
        titel("Die Maßnahme ist nicht bewilligt", "The measure is not granted")
        text("Für die Maßnahme {massnahme} gewährt am {heute} kein wirksamer Bescheid Mittel.", "On {heute} no effective Bescheid grants money for the measure {massnahme}.")
        abhilfe("Warten Sie die Bekanntgabe des Bescheids ab.", "Wait for the notification of the Bescheid.");
    /// Entry or exit lies outside.
    TEILNAHME_ZEITRAUM = "AQB-TN-004" "TEILNAHME_ZEITRAUM" Fachregel Fehler
        norm("Bescheid", "Bewilligungszeitraum; Zeitraum der Maßnahme", Annahme) parameter[] ausnahme(false)
        titel("Tag liegt nicht in Maßnahme und Bewilligungszeitraum", "Day is not within the measure and the grant period")
        text("Der {angegeben} liegt nicht zwischen {fruehestens} und {spaetestens}.", "{angegeben} does not lie between {fruehestens} and {spaetestens}.")
        abhilfe("Prüfen Sie den Tag; ein längerer Zeitraum wird mit einem Änderungsantrag beantragt.", "Check the day; a longer period is applied for with a change.");
    /// The main residence must be in Hessen.
    ERSTWOHNSITZ_FEHLT = "AQB-TN-005" "ERSTWOHNSITZ_FEHLT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Teilnahmevoraussetzung Erstwohnsitz in Hessen", Belegt) parameter[] ausnahme(true)
        titel("Kein Erstwohnsitz in Hessen", "No main residence in Hessen")
        text("Am Tag des Eintritts muss der Erstwohnsitz in Hessen liegen.", "On the day of entry the main residence must be in Hessen.")
        abhilfe("Ohne Erstwohnsitz in Hessen kann die Person nicht gefördert werden.", "Without a main residence in Hessen the person cannot be funded.");
    /// The key of the residence is not one of Hessen on that day.
    WOHNSITZ_UNBEKANNT = "AQB-TN-006" "WOHNSITZ_UNBEKANNT" Fachregel Fehler
        norm("Amtlicher Gemeindeschlüssel", "Gültigkeit am Tag des Eintritts", Belegt) parameter[] ausnahme(false)
        titel("Kreisschlüssel gilt an diesem Tag nicht", "County key is not valid on that day")
        text("Der Kreisschlüssel {kreisschluessel} bezeichnet am {tag} keine hessische Gebietskörperschaft.", "On {tag} the county key {kreisschluessel} names no authority in Hessen.")
        abhilfe("Hanau hat den Schlüssel 06415 erst ab dem 01.01.2026, davor 06435.", "Hanau has the key 06415 from 2026-01-01 only, before that 06435.");
    /// The person lives in another county.
    WOHNSITZ_ANDERSWO = "AQB-TN-007" "WOHNSITZ_ANDERSWO" Fachregel Hinweis
        norm("AQB-Fördergrundsätze", "Teilnahmevoraussetzung Erstwohnsitz in Hessen", Annahme) parameter[] ausnahme(false)
        titel("Wohnsitz in einer anderen Gebietskörperschaft", "Residence in another authority")
        text("Der Wohnsitz liegt in {kreisschluessel}, die Maßnahme gehört zu {eigener}.", "The residence is in {kreisschluessel}, the measure belongs to {eigener}.")
        abhilfe("Der Erstwohnsitz in Hessen genügt; prüfen Sie, ob die Angabe stimmt.", "A main residence in Hessen is enough; check that the entry is right.");
    /// No law, or one twice.
    RECHTSKREIS_FEHLT = "AQB-TN-008" "RECHTSKREIS_FEHLT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Teilnahmevoraussetzung Leistungsberechtigung", Belegt) parameter[] ausnahme(false)
        titel("Rechtskreis fehlt oder ist doppelt", "Legal basis is missing or given twice")
        text("Angegeben sind {anzahl} verschiedene Rechtskreise in {angaben} Angaben.", "There are {anzahl} different legal bases in {angaben} entries.")
        abhilfe("Nennen Sie mindestens einen von {zulaessig}, jeden einmal.", "Name at least one of {zulaessig}, each once.");
    /// A proof was seen after the entry only.
    NACHWEIS_NACH_EINTRITT = "AQB-TN-009" "NACHWEIS_NACH_EINTRITT" Fachregel Hinweis
        norm("AQB-Fördergrundsätze", "Voraussetzungen bei Eintritt", Annahme) parameter[] ausnahme(false)
        titel("Nachweis erst nach dem Eintritt", "Proof seen after the entry")
        text("Der Nachweis für {wofuer} ist vom {angegeben}, der Eintritt war am {eintritt}.", "The proof of {wofuer} is of {angegeben}, the entry was on {eintritt}.")
        abhilfe("Prüfen Sie, dass die Voraussetzung schon bei Eintritt vorlag.", "Check that the condition was met at entry.");
    /// Entitlement had ended before the entry, or it ended and the Regelwerk demands it throughout.
    ANSPRUCH_FEHLT = "AQB-TN-010" "ANSPRUCH_FEHLT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Teilnahmevoraussetzung Leistungsberechtigung", Annahme) parameter["teilnahme_anspruch_modus"] ausnahme(true)
        titel("Anspruch besteht nicht", "There is no entitlement")
        text("Der Anspruch endete am {anspruch_entfallen_am}; verlangt wird er {modus}.", "Entitlement ended on {anspruch_entfallen_am}; it is required {modus}.")
        abhilfe("Ohne Anspruch bei Eintritt ist keine Förderung möglich; verlangt das Regelwerk ihn dauernd, halten Sie den Austritt bis zum {spaetestens} fest.", "Without entitlement at entry there is no funding; where the Regelwerk demands it throughout, record the exit by {spaetestens}.");
    /// Entitlement ended during the measure.
    ANSPRUCH_SPAETER_ENTFALLEN = "AQB-TN-011" "ANSPRUCH_SPAETER_ENTFALLEN" Fachregel Hinweis
        norm("AQB-Fördergrundsätze", "Voraussetzungen bei Eintritt", Annahme) parameter["teilnahme_anspruch_modus"] ausnahme(false)
        titel("Anspruch ist später entfallen", "Entitlement ended later")
        text("Der Anspruch endete am {anspruch_entfallen_am}. Er wird bei Eintritt geprüft; die Teilnahme läuft weiter.", "Entitlement ended on {anspruch_entfallen_am}. It is checked at entry; the participation goes on.")
        abhilfe("Nichts zu tun.", "Nothing to do.");
    /// The target group is not one of the measure.
    ZIELGRUPPE_NICHT_GEPLANT = "AQB-TN-012" "ZIELGRUPPE_NICHT_GEPLANT" Fachregel Hinweis
        norm("Antrag", "Zielgruppen der Maßnahme", Annahme) parameter[] ausnahme(false)
        titel("Zielgruppe steht nicht im Antrag", "Zielgruppe is not in the application")
        text("{zielgruppe} gehört nicht zu den Zielgruppen der Maßnahme {massnahme}.", "{zielgruppe} is not among the Zielgruppen of the measure {massnahme}.")
        abhilfe("Geplant sind: {geplant}.", "Planned are: {geplant}.");
    /// More people than places on some days.
    PLAETZE_UEBERSCHRITTEN = "AQB-TN-013" "PLAETZE_UEBERSCHRITTEN" Fachregel Hinweis
        norm("Antrag", "Plätze der Maßnahme", Annahme) parameter[] ausnahme(false)
        titel("Mehr Teilnehmende als Plätze", "More participants than places")
        text("An {tage} Tagen, zuerst am {ab}, sind mehr als {plaetze} Plätze belegt, höchstens {belegt}.", "On {tage} days, first on {ab}, more than {plaetze} places are taken, at most {belegt}.")
        abhilfe("Prüfen Sie Austritte, die noch nicht erfasst sind.", "Check for exits that are not recorded yet.");
    /// The person takes part elsewhere on the same days.
    UEBERSCHNEIDUNG = "AQB-TN-014" "UEBERSCHNEIDUNG" Fachregel Hinweis
        norm("LHO Hessen", "§§ 23, 44; keine Doppelförderung", Annahme) parameter["teilnahme_ueberschneidung_modus"] ausnahme(true)
        titel("Teilnahme überschneidet sich mit einer anderen", "Participation overlaps with another")
        text("Vom {von} bis {bis} ({tage} Tage) nimmt dieselbe Person an der Maßnahme {andere} teil.", "From {von} to {bis} ({tage} days) the same person takes part in the measure {andere}.")
        abhilfe("Halten Sie den Austritt aus der früheren Maßnahme fest oder klären Sie die Doppelförderung. Personen unter dem Schlüssel einer anderen Gebietskörperschaft sind nicht erkennbar.", "Record the exit from the earlier measure, or settle the double funding. Persons under another authority's key cannot be recognised.");
    /// The same person entered the same measure on the same day before.
    TEILNAHME_DOPPELT = "AQB-TN-015" "TEILNAHME_DOPPELT" Zustand Fehler
        norm("Datenhaltung", "Person, Maßnahme und Eintritt", Annahme) parameter[] ausnahme(false)
        titel("Diese Teilnahme ist schon erfasst", "This participation is entered already")
        text("Person und Eintritt am {eintritt} sind bei dieser Maßnahme schon erfasst.", "Person and entry on {eintritt} are entered for this measure already.")
        abhilfe("Berichtigen oder stornieren Sie den vorhandenen Eintrag.", "Correct or cancel the entry that is there.");
    /// Training allowance of another programme for the same place.
    AKZ_DOPPELFOERDERUNG = "AQB-TN-016" "AKZ_DOPPELFOERDERUNG" Fachregel Hinweis
        norm("Ausbildungskostenzuschuss für Benachteiligte", "keine Doppelförderung desselben Ausbildungsplatzes", Annahme) parameter[] ausnahme(true)
        titel("Ausbildungskostenzuschuss für denselben Platz", "Ausbildungskostenzuschuss for the same place")
        text("Für denselben Ausbildungsplatz fließt der Ausbildungskostenzuschuss.", "The Ausbildungskostenzuschuss is paid for the same training place.")
        abhilfe("Rechnen Sie den Zuschuss als andere öffentliche Mittel an und klären Sie die Doppelförderung.", "Count the allowance as other public money and settle the double funding.");
    /// The flag is missing for kind 2, or given for another.
    AKZ_ANGABE = "AQB-TN-017" "AKZ_ANGABE" Fachregel Fehler
        norm("Ausbildungskostenzuschuss für Benachteiligte", "Abfrage bei Maßnahmeart 2", Annahme) parameter[] ausnahme(false)
        titel("Angabe zum Ausbildungskostenzuschuss", "Entry about the Ausbildungskostenzuschuss")
        text("Die Maßnahmeart ist {massnahmeart}; die Angabe zum Ausbildungskostenzuschuss gehört zur Maßnahmeart 2 und ist dort Pflicht.", "The kind of measure is {massnahmeart}; the entry about the Ausbildungskostenzuschuss belongs to kind 2 and is obligatory there.")
        abhilfe("Ergänzen oder entfernen Sie „ausbildungskostenzuschuss“.", "Add or remove “ausbildungskostenzuschuss”.");
    /// A correction that changes nothing.
    KORREKTUR_OHNE_AENDERUNG = "AQB-TN-018" "KORREKTUR_OHNE_AENDERUNG" Fachregel Fehler
        norm("Ablauf des Verfahrens", "Korrektur", Annahme) parameter[] ausnahme(false)
        titel("Nichts zu berichtigen", "Nothing to correct")
        text("Alle genannten Felder haben diesen Wert schon.", "All fields that are named have this value already.")
        abhilfe("Nennen Sie die Felder, die sich ändern.", "Name the fields that change.");
    /// A row of a bulk upload differs from what is stored.
    ZEILE_ABWEICHEND = "AQB-TN-019" "ZEILE_ABWEICHEND" Zustand Fehler
        norm("Datenhaltung", "Person, Maßnahme und Eintritt", Annahme) parameter[] ausnahme(false)
        titel("Zeile weicht vom erfassten Stand ab", "Row differs from what is stored")
        text("Diese Teilnahme ist erfasst (Stand {status}); die Zeile weicht ab in: {felder}.", "This participation is stored (state {status}); the row differs in: {felder}.")
        abhilfe("Ein Upload ergänzt Austritte, er überschreibt nichts. Verwenden Sie „korrektur“.", "An upload adds exits, it overwrites nothing. Use “korrektur”.");
    /// The same row twice in one upload.
    ZEILE_DOPPELT = "AQB-TN-020" "ZEILE_DOPPELT" Fachregel Fehler
        norm("Datenhaltung", "Person, Maßnahme und Eintritt", Annahme) parameter[] ausnahme(false)
        titel("Zeile steht doppelt", "Row is there twice")
        text("Person und Eintritt stehen schon in Zeile {zeile}.", "Person and entry are in row {zeile} already.")
        abhilfe("Entfernen Sie eine der beiden Zeilen.", "Remove one of the two rows.");
    /// The period of retention is not over.
    AUFBEWAHRUNG_LAEUFT = "AQB-TN-021" "AUFBEWAHRUNG_LAEUFT" Zustand Fehler
        norm("DSGVO", "Art. 17 Abs. 3 Buchst. b; Aufbewahrung", Annahme) parameter["aufbewahrung_teilnahmen_jahre"] ausnahme(false)
        titel("Aufbewahrungsfrist läuft noch", "Period of retention is running")
        text("Die Angaben zur Maßnahme {massnahme} sind bis {bis} aufzubewahren; heute ist der {heute}.", "What is told about participants of the measure {massnahme} is kept until {bis}; today is {heute}.")
        abhilfe("Löschen Sie nach dem {bis}. Falsch Erfasstes wird storniert und kann danach gelöscht werden.", "Erase after {bis}. What was entered by mistake is cancelled and can be erased then.");
    /// Nothing of the measure is left to erase.
    NICHTS_ZU_LOESCHEN = "AQB-TN-022" "NICHTS_ZU_LOESCHEN" Zustand Fehler
        norm("DSGVO", "Art. 17", Belegt) parameter[] ausnahme(false)
        titel("Nichts zu löschen", "Nothing to erase")
        text("Zur Maßnahme {massnahme} sind keine Angaben über Personen mehr gespeichert.", "Nothing about persons is stored for the measure {massnahme} any more.")
        abhilfe("Der Löschnachweis der Maßnahme nennt, was wann gelöscht wurde.", "The measure's proof of erasure names what was erased when.");
    /// The encrypted content cannot be opened: another key, or somebody changed it.
    PERSONENDATEN_UNLESBAR = "AQB-TN-023" "PERSONENDATEN_UNLESBAR" Zustand Fehler
        norm("Datenhaltung", "Verschlüsselung der Angaben über Personen", Annahme) parameter[] ausnahme(false)
        titel("Verschlüsselte Angaben sind nicht lesbar", "Encrypted data cannot be read")
        text("Die Angaben zu {teilnahme} lassen sich mit ihrem Schlüssel nicht öffnen.", "What is told about {teilnahme} cannot be opened with its key.")
        abhilfe("Verständigen Sie den Betrieb; der Datensatz wurde verändert oder sein Schlüssel fehlt.", "Inform the operator; the record was changed or its key is missing.");
}
