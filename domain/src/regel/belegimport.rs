//! Findings about files from which a Belegliste is read.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// The file is of another kind.
    IMPORT_DATEI_ART = "AQB-IM-001" "IMPORT_DATEI_ART" Vertrag Fehler
        norm("Dateiformat", "CSV, XLSX, DATEV EXTF", Annahme) parameter[] ausnahme(false)
        titel("Keine lesbare Belegliste", "No Belegliste that can be read")
        text("Die Datei ist {gefunden}; gelesen werden {erwartet}.", "The file is {gefunden}; {erwartet} can be read.")
        abhilfe("Speichern Sie die Liste als CSV oder XLSX, am besten in der Vorlage.", "Save the list as CSV or XLSX, best in the template.");
    /// No header was recognised.
    IMPORT_KOPFZEILE_FEHLT = "AQB-IM-002" "IMPORT_KOPFZEILE_FEHLT" Vertrag Fehler
        norm("Dateiformat", "Kopfzeile", Annahme) parameter[] ausnahme(false)
        titel("Kopfzeile nicht gefunden", "No header line found")
        text("In den ersten {zeilen} Zeilen steht keine Kopfzeile mit bekannten Spalten.", "The first {zeilen} lines hold no header with known columns.")
        abhilfe("Nutzen Sie die Spaltennamen der Vorlage.", "Use the column names of the template.");
    /// An obligatory column is missing.
    IMPORT_SPALTE_FEHLT = "AQB-IM-003" "IMPORT_SPALTE_FEHLT" Vertrag Fehler
        norm("Dateiformat", "Pflichtspalten", Annahme) parameter[] ausnahme(false)
        titel("Pflichtspalte fehlt", "Obligatory column is missing")
        text("Es fehlen die Spalten: {spalten}.", "Missing columns: {spalten}.")
        abhilfe("Ergänzen Sie die Spalten wie in der Vorlage.", "Add the columns as in the template.");
    /// Neither UTF-8 nor Windows-1252.
    IMPORT_ZEICHENSATZ = "AQB-IM-004" "IMPORT_ZEICHENSATZ" Vertrag Fehler
        norm("Dateiformat", "Zeichensatz", Annahme) parameter[] ausnahme(false)
        titel("Zeichensatz nicht lesbar", "Encoding cannot be read")
        text("An Stelle {stelle} steht {gefunden}; gelesen werden {erwartet}.", "At {stelle} stands {gefunden}; {erwartet} can be read.")
        abhilfe("Speichern Sie die Datei als UTF-8 oder Windows-1252.", "Save the file as UTF-8 or Windows-1252.");
    /// A cell holds a control character.
    IMPORT_STEUERZEICHEN = "AQB-IM-005" "IMPORT_STEUERZEICHEN" Vertrag Fehler
        norm("Dateiformat", "Zeichen einer Zelle", Annahme) parameter[] ausnahme(false)
        titel("Steuerzeichen in einer Zelle", "Control character in a cell")
        text("In {stelle} steht {gefunden}.", "{stelle} holds {gefunden}.")
        abhilfe("Entfernen Sie das Zeichen.", "Remove the character.");
    /// An amount with a point where a comma belongs.
    IMPORT_BETRAG_MEHRDEUTIG = "AQB-IM-006" "IMPORT_BETRAG_MEHRDEUTIG" Vertrag Fehler
        norm("Dateiformat", "Betrag: Punkt gliedert, Komma trennt Cent", Annahme) parameter[] ausnahme(false)
        titel("Betrag ist mehrdeutig", "Amount is ambiguous")
        text("In {stelle} steht „{gefunden}“; erwartet wird {erwartet}.", "{stelle} holds “{gefunden}”; expected is {erwartet}.")
        abhilfe("Schreiben Sie Beträge wie 1.234,56 oder 1234,56.", "Write amounts as 1.234,56 or 1234,56.");
    /// A cell that is no amount.
    IMPORT_BETRAG_FORM = "AQB-IM-007" "IMPORT_BETRAG_FORM" Vertrag Fehler
        norm("Dateiformat", "Betrag in Euro mit höchstens zwei Nachkommastellen", Annahme) parameter[] ausnahme(false)
        titel("Kein Betrag", "Not an amount")
        text("In {stelle} steht „{gefunden}“; erwartet wird {erwartet}.", "{stelle} holds “{gefunden}”; expected is {erwartet}.")
        abhilfe("Schreiben Sie Beträge wie 1.234,56 oder 1234,56.", "Write amounts as 1.234,56 or 1234,56.");
    /// A cell that is no date.
    IMPORT_DATUM_FORM = "AQB-IM-008" "IMPORT_DATUM_FORM" Vertrag Fehler
        norm("Dateiformat", "Datum", Annahme) parameter[] ausnahme(false)
        titel("Kein Datum", "Not a date")
        text("In {stelle} steht „{gefunden}“; erwartet wird {erwartet}.", "{stelle} holds “{gefunden}”; expected is {erwartet}.")
        abhilfe("Schreiben Sie Tage wie 31.03.2026.", "Write days as 31.03.2026.");
    /// A value outside its list.
    IMPORT_WERT_UNBEKANNT = "AQB-IM-009" "IMPORT_WERT_UNBEKANNT" Vertrag Fehler
        norm("Dateiformat", "Werteliste", Annahme) parameter[] ausnahme(false)
        titel("Wert ist nicht vorgesehen", "Value is not provided for")
        text("In {stelle} steht „{gefunden}“; erwartet wird {erwartet}.", "{stelle} holds “{gefunden}”; expected is {erwartet}.")
        abhilfe("Nutzen Sie einen der erwarteten Werte.", "Use one of the expected values.");
    /// An obligatory cell is empty.
    IMPORT_PFLICHT_LEER = "AQB-IM-010" "IMPORT_PFLICHT_LEER" Vertrag Fehler
        norm("Dateiformat", "Pflichtangabe", Annahme) parameter[] ausnahme(false)
        titel("Pflichtangabe fehlt", "Obligatory value is missing")
        text("{stelle} ist leer; erwartet wird {erwartet}.", "{stelle} is empty; expected is {erwartet}.")
        abhilfe("Füllen Sie die Zelle aus.", "Fill in the cell.");
    /// A text is too long.
    IMPORT_ZU_LANG = "AQB-IM-011" "IMPORT_ZU_LANG" Vertrag Fehler
        norm("Dateiformat", "Länge einer Angabe", Annahme) parameter[] ausnahme(false)
        titel("Angabe ist zu lang", "Value is too long")
        text("{stelle} hat {gefunden} Zeichen; erlaubt sind {erwartet}.", "{stelle} has {gefunden} characters; {erwartet} are allowed.")
        abhilfe("Kürzen Sie die Angabe.", "Shorten the value.");
    /// More rows, columns or bytes than one file may have.
    IMPORT_UMFANG = "AQB-IM-012" "IMPORT_UMFANG" Vertrag Fehler
        norm("Dateiformat", "Umfang", Annahme) parameter[] ausnahme(false)
        titel("Datei ist zu umfangreich", "File is too large")
        text("{was}: gefunden {gefunden}, höchstens {erwartet}.", "{was}: found {gefunden}, at most {erwartet}.")
        abhilfe("Teilen Sie die Liste auf.", "Split the list.");
    /// The file is not what its format demands.
    IMPORT_FEHLGEFORMT = "AQB-IM-013" "IMPORT_FEHLGEFORMT" Vertrag Fehler
        norm("Dateiformat", "Aufbau", Annahme) parameter[] ausnahme(false)
        titel("Datei ist fehlerhaft aufgebaut", "File is malformed")
        text("{stelle}: {gefunden}.", "{stelle}: {gefunden}.")
        abhilfe("Öffnen und speichern Sie die Datei neu und laden Sie sie noch einmal hoch.", "Open and save the file anew and upload it again.");
    /// A packed file that unpacks beyond its limits.
    IMPORT_ARCHIV_GESPERRT = "AQB-IM-014" "IMPORT_ARCHIV_GESPERRT" Vertrag Fehler
        norm("Dateiformat", "Grenzen einer XLSX-Datei", Annahme) parameter[] ausnahme(false)
        titel("XLSX überschreitet die Grenzen", "XLSX exceeds the limits")
        text("{was}: gefunden {gefunden}, höchstens {erwartet}.", "{was}: found {gefunden}, at most {erwartet}.")
        abhilfe("Speichern Sie nur das Tabellenblatt mit der Belegliste.", "Save the sheet with the Belegliste only.");
    /// XML of a workbook with a document type.
    IMPORT_ENTITAETEN = "AQB-IM-015" "IMPORT_ENTITAETEN" Vertrag Fehler
        norm("Dateiformat", "XML ohne Dokumenttyp und Entitäten", Annahme) parameter[] ausnahme(false)
        titel("XML mit Dokumenttyp oder Entitäten", "XML with document type or entities")
        text("{stelle} enthält „{gefunden}“.", "{stelle} contains “{gefunden}”.")
        abhilfe("Speichern Sie die Datei mit einem Tabellenprogramm neu.", "Save the file anew with a spreadsheet program.");
    /// The cached value of a formula is used.
    IMPORT_FORMEL = "AQB-IM-016" "IMPORT_FORMEL" Vertrag Hinweis
        norm("Dateiformat", "Formeln", Annahme) parameter[] ausnahme(false)
        titel("Formel in einer Zelle", "Formula in a cell")
        text("In {stelle} steht eine Formel; verwendet wird ihr gespeichertes Ergebnis „{gefunden}“.", "{stelle} holds a formula; its stored result “{gefunden}” is used.")
        abhilfe("Prüfen Sie den übernommenen Wert.", "Check the value.");
    /// A formula without a result, or an error value.
    IMPORT_FORMEL_OHNE_WERT = "AQB-IM-017" "IMPORT_FORMEL_OHNE_WERT" Vertrag Fehler
        norm("Dateiformat", "Formeln", Annahme) parameter[] ausnahme(false)
        titel("Formel ohne brauchbares Ergebnis", "Formula without a usable result")
        text("In {stelle} steht „{gefunden}“.", "{stelle} holds “{gefunden}”.")
        abhilfe("Öffnen Sie die Datei im Tabellenprogramm, lassen Sie rechnen und speichern Sie Werte.", "Open the file in a spreadsheet program, calculate and save values.");
    /// A stray cell.
    IMPORT_ZELLE_AUSSERHALB = "AQB-IM-018" "IMPORT_ZELLE_AUSSERHALB" Vertrag Hinweis
        norm("Dateiformat", "Tabelle", Annahme) parameter[] ausnahme(false)
        titel("Zelle außerhalb der Tabelle", "Cell outside the table")
        text("{stelle} enthält „{gefunden}“ und wird nicht gelesen.", "{stelle} holds “{gefunden}” and is not read.")
        abhilfe("Gehört der Wert zur Liste, setzen Sie ihn in eine Spalte der Vorlage.", "If it belongs to the list, put it into a column of the template.");
    /// The file names another year.
    IMPORT_FALSCHES_JAHR = "AQB-IM-019" "IMPORT_FALSCHES_JAHR" Fachregel Fehler
        norm("Belegliste", "Haushaltsjahr", Annahme) parameter[] ausnahme(false)
        titel("Liste eines anderen Haushaltsjahres", "List of another Haushaltsjahr")
        text("In {stelle} steht das Haushaltsjahr {gefunden}; erwartet wird {erwartet}.", "{stelle} names the Haushaltsjahr {gefunden}; expected is {erwartet}.")
        abhilfe("Laden Sie die Liste zum richtigen Nachweis hoch.", "Upload the list to the right proof.");
    /// The file names another case.
    IMPORT_FALSCHER_BESCHEID = "AQB-IM-020" "IMPORT_FALSCHER_BESCHEID" Fachregel Fehler
        norm("Belegliste", "Aktenzeichen", Annahme) parameter[] ausnahme(false)
        titel("Liste eines anderen Vorgangs", "List of another case")
        text("In {stelle} steht das Aktenzeichen {gefunden}; erwartet wird {erwartet}.", "{stelle} names the file number {gefunden}; expected is {erwartet}.")
        abhilfe("Laden Sie die Liste zum richtigen Nachweis hoch.", "Upload the list to the right proof.");
    /// The same key twice in one file.
    IMPORT_DOPPELT_IN_DATEI = "AQB-IM-021" "IMPORT_DOPPELT_IN_DATEI" Fachregel Fehler
        norm("Belegliste", "Belegnummer", Annahme) parameter[] ausnahme(false)
        titel("Beleg steht zweimal in der Datei", "Beleg stands twice in the file")
        text("{stelle}: Die Belegnummer {gefunden} steht schon in Zeile {zeile}.", "{stelle}: the number {gefunden} stands in line {zeile} already.")
        abhilfe("Entfernen Sie eine Zeile; teilen sich mehrere Zahlungen oder Kostenpositionen eine Rechnung, geben Sie allen dieselbe Splitgruppe.", "Remove a line; where several payments or cost positions share one invoice, give all of them the same group.");
    /// A booking batch has no payment date.
    IMPORT_ZAHLUNGSDATUM_ERGAENZEN = "AQB-IM-022" "IMPORT_ZAHLUNGSDATUM_ERGAENZEN" Fachregel Fehler
        norm("DATEV-Format", "Buchungsstapel kennt kein Zahlungsdatum", Belegt) parameter[] ausnahme(false)
        titel("Zahlungsdatum ist zu ergänzen", "The payment date must be added")
        text("Der Buchungsstapel nennt in Zeile {zeile} kein Zahlungsdatum.", "The booking batch names no payment date in line {zeile}.")
        abhilfe("Laden Sie die Fehlerliste herunter, ergänzen Sie das Zahlungsdatum und laden Sie sie wieder hoch.", "Download the list of errors, add the payment date and upload it again.");
    /// No position or measure is assigned.
    IMPORT_KONTO_OHNE_ZUORDNUNG = "AQB-IM-023" "IMPORT_KONTO_OHNE_ZUORDNUNG" Fachregel Fehler
        norm("DATEV-Format", "Konto, KOST1, KOST2", Annahme) parameter[] ausnahme(false)
        titel("Konto ohne Zuordnung", "Account without an assignment")
        text("In {stelle} steht {gefunden}; dafür ist {erwartet} nicht zugeordnet.", "{stelle} holds {gefunden}; no {erwartet} is assigned to it.")
        abhilfe("Geben Sie die Zuordnung beim Hochladen an (konten, kostenstellen).", "Give the assignment with the upload (konten, kostenstellen).");
    /// Only a checked import is taken over.
    IMPORT_NICHT_UEBERNEHMBAR = "AQB-IM-024" "IMPORT_NICHT_UEBERNEHMBAR" Zustand Fehler
        norm("Ablauf des Verfahrens", "Übernahme geprüfter Zeilen", Annahme) parameter[] ausnahme(false)
        titel("Import ist nicht geprüft", "The import is not checked")
        text("Der Import steht auf {status}.", "The import is in state {status}.")
        abhilfe("Warten Sie die Prüfung ab, oder laden Sie die Datei neu hoch.", "Wait for the check, or upload the file again.");
    /// All or nothing was asked for.
    IMPORT_NICHT_ALLE_GUT = "AQB-IM-025" "IMPORT_NICHT_ALLE_GUT" Zustand Fehler
        norm("Ablauf des Verfahrens", "Übernahme nur im Ganzen", Annahme) parameter[] ausnahme(false)
        titel("Nicht alle Zeilen sind gut", "Not all lines are good")
        text("{fehlerhaft} Zeilen sind fehlerhaft.", "{fehlerhaft} lines have errors.")
        abhilfe("Berichtigen Sie die Zeilen, oder übernehmen Sie die guten (nur_vollstaendig=false).", "Correct the lines, or take over the good ones (nur_vollstaendig=false).");
    /// The numbers of the file are not gapless.
    IMPORT_LFD_NR = "AQB-IM-027" "IMPORT_LFD_NR" Fachregel Hinweis
        norm("Belegliste", "laufende Nummer", Annahme) parameter[] ausnahme(false)
        titel("Laufende Nummer weicht ab", "Running number differs")
        text("In {stelle} steht {gefunden}; erwartet wird {erwartet}.", "{stelle} holds {gefunden}; expected is {erwartet}.")
        abhilfe("Der Server nummeriert die Belege in der Reihenfolge der Datei.", "The server numbers the Belege in the order of the file.");
    /// A booking in another currency.
    IMPORT_WAEHRUNG = "AQB-IM-028" "IMPORT_WAEHRUNG" Fachregel Fehler
        norm("DATEV-Format", "WKZ Umsatz", Belegt) parameter[] ausnahme(false)
        titel("Buchung in fremder Währung", "Booking in another currency")
        text("In {stelle} steht die Währung {gefunden}; erwartet wird {erwartet}.", "{stelle} names the currency {gefunden}; expected is {erwartet}.")
        abhilfe("Buchen Sie den Betrag in Euro, oder erfassen Sie den Beleg mit dem gezahlten Eurobetrag.", "Book the amount in euro, or enter the Beleg with the euro amount that was paid.");
    /// Nothing stands below the header.
    IMPORT_OHNE_ZEILEN = "AQB-IM-029" "IMPORT_OHNE_ZEILEN" Fachregel Warnung
        norm("Dateiformat", "Zeilen unter der Kopfzeile", Annahme) parameter[] ausnahme(false)
        titel("Datei ohne Zeilen", "File without lines")
        text("Unter der Kopfzeile in Zeile {zeile} steht kein Beleg.", "Below the header in line {zeile} stands no Beleg.")
        abhilfe("Prüfen Sie, ob die richtige Datei und das richtige Tabellenblatt gespeichert sind.", "Check that the right file and the right sheet were saved.");
    /// Most lines lie outside the period of the proof.
    IMPORT_ANDERER_ZEITRAUM = "AQB-IM-030" "IMPORT_ANDERER_ZEITRAUM" Fachregel Warnung
        norm("Belegliste", "Berichtszeitraum des Nachweises", Annahme) parameter[] ausnahme(false)
        titel("Liste eines anderen Zeitraums", "List of another period")
        text("{anzahl} von {zeilen} lesbaren Zeilen liegen mit Leistung oder Zahlung außerhalb des Berichtszeitraums, {fruehestens} bis {spaetestens}. Ein Beleg zählt im Haushaltsjahr seiner Zahlung, auch wenn die Bewilligung da noch nicht begonnen hat.", "{anzahl} of {zeilen} readable lines lie with service or payment outside the period of the proof, {fruehestens} to {spaetestens}. A Beleg counts in the Haushaltsjahr of its payment, even if the grant had not begun.")
        abhilfe("Prüfen Sie, ob die Liste zu diesem Nachweis gehört.", "Check that the list belongs to this proof.");
    /// A quotation mark is never closed.
    IMPORT_ZITAT_OFFEN = "AQB-IM-031" "IMPORT_ZITAT_OFFEN" Vertrag Fehler
        norm("Dateiformat", "Anführungszeichen", Annahme) parameter[] ausnahme(false)
        titel("Anführungszeichen nicht geschlossen", "Quotation mark not closed")
        text("In Zeile {zeile} beginnt eine Zelle mit einem Anführungszeichen, das nicht geschlossen wird; alles danach gehört zu dieser Zelle.", "In line {zeile} a cell begins with a quotation mark that is not closed; all that follows belongs to this cell.")
        abhilfe("Schließen oder entfernen Sie das Anführungszeichen in Zeile {zeile}.", "Close or remove the quotation mark in line {zeile}.");
    /// The list holds another part of the same group, number, measure and position.
    IMPORT_WEITERER_TEIL = "AQB-IM-032" "IMPORT_WEITERER_TEIL" Fachregel Hinweis
        norm("Belegliste", "Aufteilung einer Rechnung", Annahme) parameter[] ausnahme(false)
        titel("Weiterer Teil einer Splitgruppe", "Another part of a group")
        text("{stelle}: Beleg {gefunden} steht in dieser Splitgruppe mit anderem Zahlungsdatum oder Betrag schon in der Liste (lfd. Nr. {lfd_nr}); die Zeile wird als weiterer Teil übernommen.", "{stelle}: Beleg {gefunden} stands in the list of this group already with another day or amount of payment (line {lfd_nr}); the line is taken over as another part.")
        abhilfe("Soll die Zeile den vorhandenen Beleg berichtigen, ändern oder löschen Sie ihn in der Liste.", "If the line is to correct the Beleg that is there, change or delete that one in the list.");
}
