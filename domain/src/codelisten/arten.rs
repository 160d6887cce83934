//! Kinds and choices of forms, decisions, money and findings.

use super::codelisten;
use crate::aenderungsantrag::{Aenderungsart, Folge, Planseite, Ueberzahlungszuordnung, Weg};
use crate::antrag::{Anlass, Kopiergrund, Vorsteuerabzug};
use crate::aufgabe::Aufgabenanlass;
use crate::befund::{Einheit, Schwere};
use crate::beleg::{Belegart, Duplikatmerkmal, Pruefgrund};
use crate::belegimport::{Belegformat, Belegzeilenurteil, Zeichensatz};
use crate::berechtigung::Rolle;
use crate::bescheid::{Bekanntgabeweg, Bescheidart, Entscheidungsart, Nebenbestimmungen};
use crate::budget::Korrekturart;
use crate::detailplanung::Raster;
use crate::forderung::{Forderungsart, Forderungsentscheidungsart, Tilgungsart, Tilgungsreihenfolge};
use crate::frist::{Erinnerungsstufe, Fristart};
use crate::gebietskoerperschaft::{Gebietsart, Regierungsbezirk};
use crate::jahrgang::Finanzierungsart;
use crate::konto::Kontoart;
use crate::massnahme::{Durchfuehrungsform, UnterartWeiterbildung, Verfahrensart};
use crate::mittelabruf::Abzugsgrund;
use crate::rechtsnachfolge::Nachfolgemodus;
use crate::regel::Einstufung;
use crate::regelwerk::Parameterart;
use crate::teilnahme::{
    Altersgruppe, Austrittsgrund, Geschlecht, Kennzahl, Korrekturgrund, Loeschgrund, Rechtskreisnachweis, Verbleib,
    Wohnsitznachweis, Zugriffszweck,
};
use crate::traeger::Rechtsform;
use crate::verwendungsnachweis::{Nachweisart, Nachweisbestaetigung, Nachweispruefergebnis, Rpapruefung};
use crate::weiterleitung::Weiterleitungsform;
use crate::zahlung::{Abgleichgrund, Rueckmeldeformat, Zahlungsergebnisart};
use crate::zielvereinbarung::Vertragspartei;
use crate::zins::{Zinsbeginn, Zinsmethode, Zinsrundung};

codelisten! {
    Altersgruppe "altersgruppen" ("Altersgruppen", "Age groups") {
        Unter18: "Unter 18", "Below 18";
        Von18Bis24: "18 bis 24", "18 to 24";
        Von25Bis34: "25 bis 34", "25 to 34";
        Von35Bis49: "35 bis 49", "35 to 49";
        Ab50: "50 und älter", "50 and above";
    }
    Austrittsgrund "austrittsgruende" ("Gründe des Austritts", "Reasons of the exit") {
        PlanmaessigesEnde: "Planmäßiges Ende", "Planned end";
        VorzeitigErfolg: "Vorzeitig in Ausbildung, Arbeit oder Schule", "Early into training, work or school";
        Abbruch: "Abbruch", "Broken off";
        Ausschluss: "Ausschluss", "Excluded";
        Wegzug: "Wegzug", "Moved away";
        AnspruchEntfallen: "Anspruch entfallen", "Entitlement ended";
        PersoenlicheUmstaende: "Persönliche Umstände", "Personal circumstances";
    }
    Geschlecht "geschlechter" ("Geschlecht", "Sex") {
        Weiblich: "Weiblich", "Female";
        Maennlich: "Männlich", "Male";
        Divers: "Divers", "Diverse";
        OhneAngabe: "Ohne Angabe", "No entry";
    }
    Kennzahl "kennzahlen" ("Kennzahlen der Teilnahme", "Figures about participants") {
        Eintritte: "Eintritte", "Entries";
        AustritteVorzeitig: "Vorzeitige Austritte", "Early exits";
        AustritteRegulaer: "Reguläre Austritte", "Planned exits";
        UebergangAusbildung: "Übergang in Ausbildung", "Into training";
        UebergangSvBeschaeftigung: "Übergang in sozialversicherungspflichtige Beschäftigung", "Into employment";
        UebergangSchule: "Übergang in Schule", "Into school";
        AbschlussErreicht: "Abschluss erreicht", "Aim reached";
        VerbleibUnbekannt: "Verbleib unbekannt", "Nothing known";
    }
    Korrekturgrund "korrekturgruende" ("Gründe einer Korrektur", "Reasons of a correction") {
        Eingabefehler: "Eingabefehler", "Typing error";
        NachweisNachgereicht: "Nachweis nachgereicht", "Document came later";
        NeuerKenntnisstand: "Neuer Kenntnisstand", "What is known has changed";
        PersonVerwechselt: "Person verwechselt", "Another person was meant";
        DoppeltErfasst: "Doppelt erfasst", "Entered twice";
        NichtAngetreten: "Nicht angetreten", "Never came";
        Betroffenenrecht: "Recht der betroffenen Person", "Right of the person";
    }
    Loeschgrund "loeschgruende" ("Gründe einer Löschung", "Reasons of an erasure") {
        FristAbgelaufen: "Aufbewahrungsfrist abgelaufen", "Period of retention is over";
        FehlerhaftErfasst: "Fehlerhaft erfasst und storniert", "Entered by mistake and cancelled";
    }
    Rechtskreisnachweis "rechtskreisnachweise" ("Nachweise des Rechtskreises", "Proofs of the legal basis") {
        BescheidGesehen: "Bescheid gesehen", "Decision seen";
        JobcenterBestaetigung: "Bestätigung des Jobcenters", "Confirmed by the Jobcenter";
        AgenturBestaetigung: "Bestätigung der Agentur für Arbeit", "Confirmed by the Agentur für Arbeit";
        JugendamtBestaetigung: "Bestätigung des Jugendamts", "Confirmed by the youth welfare office";
        SozialamtBestaetigung: "Bestätigung des Sozialamts", "Confirmed by the social welfare office";
    }
    Verbleib "verbleibe" ("Verbleib", "Outcome") {
        Ausbildung: "Ausbildung", "Training";
        SvBeschaeftigung: "Sozialversicherungspflichtige Beschäftigung", "Employment";
        Schule: "Schule", "School";
        AndereMassnahme: "Andere Maßnahme", "Another measure";
        Arbeitslos: "Arbeitslos", "Without work";
        Sonstiges: "Sonstiges", "Something else";
        Unbekannt: "Unbekannt", "Not known";
    }
    Wohnsitznachweis "wohnsitznachweise" ("Nachweise des Wohnsitzes", "Proofs of residence") {
        Meldebescheinigung: "Meldebescheinigung", "Certificate of registration";
        Ausweisdokument: "Ausweisdokument", "Identity document";
        Melderegister: "Melderegister", "Register of residents";
        Leistungstraeger: "Bestätigung des Leistungsträgers", "Confirmed by the authority that pays";
    }
    Zugriffszweck "zugriffszwecke" ("Zwecke des Datenzugriffs", "Purposes of reading personal data") {
        Sachbearbeitung: "Sachbearbeitung", "Work on the case";
        Nachweis: "Nachweis und Bericht", "Proof and report";
        Pruefung: "Prüfung", "Check";
        Auskunft: "Auskunft an die betroffene Person", "Information for the person";
        Schnittstelle: "Schnittstelle", "Another system";
    }
    Abgleichgrund "abgleichgruende" ("Gründe im Zahlungsabgleich", "Reasons in the reconciliation") {
        KeinErgebnis: "Noch kein Ergebnis", "No result yet";
        Teilbetrag: "Erst ein Teil ist wertgestellt", "Only a part has its value date";
        ZahlungUnbekannt: "Keine Zahlung dieses Namens", "No payment of this name";
        BetragAbweichend: "Anderer Betrag als erwartet", "Another amount than expected";
        ErgebnisDoppelt: "Ergebnis liegt schon vor", "Result is there already";
        ErgebnisWiderspruechlich: "Ergebnis widerspricht dem Stand", "Result contradicts the state";
        ZuVieleTeile: "Zu viele Teilbeträge", "Too many parts";
        WaehrungFremd: "Andere Währung als Euro", "Another currency than euro";
        HaushaltsjahrFremd: "Tag in einem anderen Haushaltsjahr", "Day in another Haushaltsjahr";
        TagUnmoeglich: "Tag fehlt oder ist nicht möglich", "Day is missing or not possible";
        KontoFremd: "Auszug eines anderen Kontos", "Statement of another account";
        RueckgabeUnbelegt: "Gutschrift ohne Angabe einer Rückgabe", "Credit that does not say it is a return";
        NichtUebergeben: "Zahlung wurde nicht übergeben", "Payment was not handed over";
        NichtGedeckt: "Geld ist in den Büchern schon weitergeflossen", "Money has already moved on in the books";
        Zwischenstand: "Zwischenstand der Bank", "Interim state of the bank";
    }
    Rueckmeldeformat "rueckmeldeformate" ("Formate der Rückmeldung", "Formats of results") {
        Pain002: "Statusbericht der Bank (pain.002)", "Status report of the bank (pain.002)";
        Camt053: "Kontoauszug (camt.053)", "Statement of the account (camt.053)";
        Csv: "Tabelle der Kasse (CSV)", "Table of the treasury (CSV)";
    }
    Zahlungsergebnisart "zahlungsergebnisse" ("Ergebnisse einer Zahlung", "Results of a payment") {
        Ausgefuehrt: "Ausgeführt", "Carried out";
        Teilweise: "Teilweise ausgeführt", "Carried out in part";
        Zurueckgegeben: "Zurückgegeben", "Returned";
        Abgelehnt: "Abgelehnt", "Refused";
    }
    Aenderungsart "aenderungsarten" ("Arten der Änderung", "Kinds of change") {
        Mittelerhoehung: "Mittelerhöhung", "More money";
        Mittelreduzierung: "Mittelreduzierung", "Less money";
        UmschichtungAnsatz: "Umschichtung zwischen Ansätzen", "Shift between lines of a plan";
        UmschichtungHaushaltsjahr: "Umschichtung zwischen Haushaltsjahren", "Shift between years";
        UmschichtungTeilbudget: "Umschichtung zwischen Teilbudgets", "Shift between sub-budgets";
        MassnahmeNeu: "Neue Maßnahme", "New measure";
        MassnahmeEntfaellt: "Maßnahme entfällt", "Measure dropped";
        Zeitraum: "Zeitraum", "Period";
        Traegerwechsel: "Trägerwechsel", "Another provider";
        Inhalt: "Inhalt", "Content";
        Bankverbindung: "Bankverbindung", "Bank account";
    }
    Abzugsgrund "abzugsgruende" ("Gründe der Bedarfsrechnung", "Reasons of the need check") {
        AusserhalbDesFensters: "Nicht im Zeitfenster fällig", "Not due in the window";
        Eigenmittel: "Eigene und andere Mittel", "Own and other money";
        Bestand: "Bestand aus früheren Auszahlungen", "Cash in hand from earlier payments";
        Vorleistung: "Vorleistung", "Spent in advance";
    }
    Anlass "pruefanlaesse" ("Anlässe der Prüfung", "Occasions of the check") {
        Einreichung: "Einreichung", "Filing";
        Entscheidung: "Entscheidung", "Decision";
    }
    Bekanntgabeweg "bekanntgabewege" ("Wege der Bekanntgabe", "Ways of notification") {
        Post: "Einfacher Brief", "Ordinary letter";
        Elektronisch: "Elektronisch", "Electronic";
        Zustellung: "Förmliche Zustellung", "Formal service";
        Persoenlich: "Persönliche Übergabe", "Handed over in person";
    }
    Belegart "belegarten" ("Arten von Belegen", "Kinds of Belege") {
        Ausgabe: "Ausgabe", "Money spent";
        Einnahme: "Einnahme", "Money received";
        Gutschrift: "Gutschrift", "Credit note";
    }
    Belegformat "belegformate" ("Formate der Belegliste", "Formats of a Belegliste") {
        Csv: "Tabelle (CSV)", "Table (CSV)";
        Xlsx: "Arbeitsmappe (XLSX)", "Workbook (XLSX)";
        Datev: "Buchungsstapel (DATEV EXTF)", "Booking batch (DATEV EXTF)";
    }
    Duplikatmerkmal "duplikatmerkmale" ("Merkmale möglicher Duplikate", "What possible duplicates share") {
        Nummer: "Aussteller, Belegnummer und Bruttobetrag", "Issuer, number and gross amount";
        Rechnung: "Aussteller, Rechnungsdatum und Bruttobetrag", "Issuer, day of the invoice and gross amount";
        Scan: "Derselbe Scan", "The same scan";
    }
    Pruefgrund "belegpruefgruende" ("Gründe der Belegprüfung", "Reasons of the examination of Belege") {
        Anerkannt: "Anerkannt", "Recognised";
        AusserhalbZeitraum: "Außerhalb des Zeitraums", "Outside the period";
        NichtZuwendungsfaehig: "Nicht zuwendungsfähig", "Not eligible";
        SkontoNichtGenutzt: "Skonto nicht genutzt", "Skonto not taken";
        Besserstellung: "Besserstellung", "Better paid than permitted";
        Doppelfoerderung: "Doppelförderung", "Funded twice";
        Vergabeverstoss: "Vergabeverstoß", "Procurement law not kept";
        ZahlungsnachweisFehlt: "Zahlungsnachweis fehlt", "Payment not proved";
        NichtImPlan: "Nicht im Finanzierungsplan", "Not in the plan";
        AnsatzUeberschritten: "Ansatz überschritten", "Beyond the Einzelansatz";
        Sonstiges: "Sonstiges", "Other";
    }
    Zeichensatz "zeichensaetze" ("Zeichensätze von Dateien", "Encodings of files") {
        Utf8Bom: "UTF-8 mit Kennung", "UTF-8 with its mark";
        Utf8: "UTF-8", "UTF-8";
        Windows1252: "Windows-1252", "Windows-1252";
    }
    Belegzeilenurteil "belegzeilenurteile" ("Urteile über Zeilen eines Imports", "Verdicts about lines of an import") {
        Neu: "Neu", "New";
        Geaendert: "Geändert", "Changed";
        Unveraendert: "Unverändert", "Unchanged";
        Fehlerhaft: "Fehlerhaft", "With errors";
        Leer: "Leer", "Empty";
    }
    Bescheidart "bescheidarten" ("Arten von Bescheiden", "Kinds of Bescheide") {
        Zuwendung: "Zuwendungsbescheid", "Grant";
        Ablehnung: "Ablehnungsbescheid", "Refusal";
        Aenderung: "Änderungsbescheid", "Change of a grant";
        Schluss: "Schlussbescheid", "Final decision";
        Widerruf: "Widerrufsbescheid", "Revocation";
        Ruecknahme: "Rücknahmebescheid", "Withdrawal";
        Rueckforderung: "Rückforderungsbescheid", "Claim for repayment";
        Zins: "Zinsbescheid", "Claim for interest";
        Zinsruecknahme: "Rücknahme eines Zinsbescheids", "Withdrawal of a claim for interest";
    }
    Durchfuehrungsform "durchfuehrungsformen" ("Formen der Durchführung", "Ways of carrying out") {
        Eigen: "Eigene Durchführung", "By the authority itself";
        Weiterleitung: "Weiterleitung an einen Träger", "Passed on to a provider";
        Auftrag: "Auftrag an einen Träger", "Contract with a provider";
    }
    Einheit "einheiten" ("Einheiten von Messwerten", "Units of measured values") {
        Eur: "Euro", "Euro";
        Prozent: "Prozent", "Percent";
        Datum: "Datum", "Date";
        Zeitpunkt: "Zeitpunkt", "Moment";
        Anzahl: "Anzahl", "Count";
        Code: "Code", "Code";
        Vzae: "Vollzeitäquivalente", "Full-time equivalents";
        Text: "Text", "Text";
    }
    Einstufung "einstufungen" ("Einstufungen einer Quelle", "Standing of a source") {
        Belegt: "Belegt", "Read in a public source";
        Fachwissen: "Fachwissen", "Common knowledge of the field";
        Annahme: "Annahme", "Assumption";
    }
    Entscheidungsart "entscheidungsarten" ("Arten der Entscheidung", "Kinds of decisions") {
        Bewilligung: "Bewilligung", "Grant";
        Teilbewilligung: "Teilbewilligung", "Partial grant";
        Ablehnung: "Ablehnung", "Refusal";
        Festsetzung: "Festsetzung", "Fixing of a sum";
    }
    Erinnerungsstufe "erinnerungsstufen" ("Stufen der Erinnerung", "Stages of reminders") {
        Frueh: "Erste Erinnerung", "First reminder";
        Spaet: "Letzte Erinnerung", "Last reminder";
        Ueberfaellig: "Überfällig", "Overdue";
    }
    Fristart "fristarten" ("Arten von Fristen", "Kinds of deadlines") {
        Nachforderung: "Antwort auf eine Nachforderung", "Answer to a request for completion";
        Rechtsbehelf: "Rechtsbehelf", "Appeal";
        Verwendungsnachweis: "Verwendungsnachweis", "Proof of use";
        Zwischennachweis: "Zwischennachweis", "Interim proof";
        Auflage: "Auflage", "Condition";
        VerwendungsnachweisTraeger: "Verwendungsnachweis des Trägers", "Provider's proof of use";
        Erstattung: "Erstattung", "Repayment";
        Anhoerung: "Stellungnahme in einer Anhörung", "Statement in a hearing";
        Verjaehrung: "Verjährung", "Limitation";
        VnPrueffrist: "Prüfung eines Verwendungsnachweises", "Examination of a proof of use";
    }
    Forderungsart "forderungsarten" ("Arten von Forderungen", "Kinds of claims") {
        Erstattung: "Erstattung", "Repayment";
        Erstattungszins: "Zinsen auf eine Erstattung", "Interest on a repayment";
        Zwischenzins: "Zinsen auf verspätete Verwendung", "Interest on late use";
    }
    Forderungsentscheidungsart "forderungsentscheidungen" ("Entscheidungen über Forderungen", "Decisions about claims") {
        Stundung: "Stundung", "Deferral";
        Niederschlagung: "Niederschlagung", "Write-off";
    }
    Folge "aenderungsfolgen" ("Folgen einer Änderung für das Geld", "What a change means for the money") {
        Unveraendert: "Unverändert", "Unchanged";
        Erhoehung: "Erhöhung", "More is bound";
        Minderung: "Minderung", "Less is bound";
        UnterAbgerufen: "Unter dem Abgerufenen", "Below what is called";
        UnterAusgezahlt: "Unter dem Ausgezahlten", "Below what is paid out";
    }
    Finanzierungsart "finanzierungsarten" ("Finanzierungsarten", "Ways of financing") {
        Anteil: "Anteilfinanzierung", "Share of the costs";
        Fehlbedarf: "Fehlbedarfsfinanzierung", "What is missing";
        Festbetrag: "Festbetragsfinanzierung", "Fixed amount";
        Voll: "Vollfinanzierung", "Full costs";
    }
    Gebietsart "gebietsarten" ("Arten von Gebietskörperschaften", "Kinds of authorities") {
        KreisfreieStadt: "Kreisfreie Stadt", "City with county status";
        Landkreis: "Landkreis", "County";
    }
    Kontoart "kontoarten" ("Arten von Konten", "Kinds of accounts") {
        Landeshaushalt: "Landeshaushalt", "State budget";
        Programm: "Programm, noch nicht zugeteilt", "Programme, not yet allocated";
        Verfuegbar: "Verfügbar", "Free";
        Gebunden: "Gebunden", "Bound";
        Abgerufen: "Abgerufen", "Called";
        Ausgezahlt: "Ausgezahlt", "Paid out";
        Weitergeleitet: "Weitergeleitet", "Passed on";
        Anerkannt: "Anerkannt", "Recognised";
        Rueckgefordert: "Zurückgefordert", "Claimed back";
        Erstattet: "Erstattet", "Paid back";
        Zurueckgezahlt: "Vor einer Forderung zurückgezahlt", "Paid back before a claim";
        ZinsFestgesetzt: "Zinsen, festgesetzt", "Interest, fixed";
        ZinsGefordert: "Zinsen, gefordert", "Interest, claimed";
        ZinsBezahlt: "Zinsen, bezahlt", "Interest, paid";
    }
    Nachfolgemodus "nachfolgemodi" ("Behandlung laufender Bewilligungen bei Rechtsnachfolge", "Treatment of running grants on succession") {
        VorgaengerBleibt: "Vorgänger bleibt Empfänger", "Predecessor stays recipient";
        NachPlaetzen: "Aufteilung nach Plätzen", "Split by places";
    }
    Nachweisart "nachweisarten" ("Arten des Verwendungsnachweises", "Kinds of proofs of use") {
        Zwischennachweis: "Zwischennachweis", "Interim proof";
        Schlussnachweis: "Schlussnachweis mit Belegliste", "Final proof with a list of vouchers";
        EinfacherNachweis: "Einfacher Verwendungsnachweis", "Simple proof";
        Verwendungsbestaetigung: "Verwendungsbestätigung", "Confirmation of use";
    }
    Nachweisbestaetigung "nachweisbestaetigungen" ("Bestätigungen im Verwendungsnachweis", "Confirmations in a proof of use") {
        AnbestBeachtet: "Die Nebenbestimmungen wurden beachtet", "The collateral clauses were observed";
        NotwendigWirtschaftlichSparsam: "Die Ausgaben waren notwendig, wirtschaftlich und sparsam", "The expenditure was necessary, economical and sparing";
        UebereinstimmungMitBuechern: "Die Angaben stimmen mit Büchern und Belegen überein", "The figures agree with books and vouchers";
        ZweckErreicht: "Der Zuwendungszweck wurde erreicht", "The purpose was reached";
        KeineDoppelfoerderung: "Nichts wurde doppelt gefördert", "Nothing was funded twice";
    }
    Nachweispruefergebnis "nachweispruefergebnisse" ("Ergebnisse der Prüfung eines Trägernachweises", "Outcomes of the check of a provider's proof") {
        OhneBeanstandung: "Ohne Beanstandung", "Nothing to object to";
        MitBeanstandung: "Mit Beanstandung", "Something is objected to";
    }
    Rpapruefung "rpapruefungen" ("Prüfung durch das Rechnungsprüfungsamt", "Examination by the audit office") {
        Ja: "Geprüft", "Examined";
        Nein: "Nicht geprüft", "Not examined";
        KeinRpa: "Kein Rechnungsprüfungsamt vorhanden", "There is no audit office";
    }
    Nebenbestimmungen "nebenbestimmungen" ("Allgemeine Nebenbestimmungen", "General collateral clauses") {
        AnbestGk: "ANBest-GK: für Gemeinden und Kreise", "ANBest-GK: for municipal recipients";
        AnbestP: "ANBest-P: für private Empfänger", "ANBest-P: for private recipients";
    }
    Kopiergrund "kopiergruende" ("Gründe beim Kopieren eines Antrags", "Reasons when an application is copied") {
        DatumVerschoben: "Um die Jahre zwischen den Jahrgängen verschoben", "Moved by the years between both Jahrgaenge";
        TraegerStillgelegt: "Träger ist stillgelegt", "Provider is retired";
        CodeUngueltig: "Code gilt nicht mehr", "Code is no longer valid";
        NeuZuErklaeren: "Wird für jeden Antrag neu erklärt", "Declared anew for every application";
        BankverbindungUngewiss: "Bankverbindung ist nicht gewiss", "Bank account is not certain";
        AndererJahrgang: "Gehört zum anderen Jahrgang", "Belongs to the other Jahrgang";
        NeuZuPlanen: "Ist neu zu planen", "To be planned anew";
        FruehererJahrgang: "Entwurf für einen früheren Jahrgang als die Vorlage", "Draft for an earlier Jahrgang than its source";
        Schalttag: "Februar hat in einem der Jahre einen Tag mehr", "February has a day more in one of the years";
        DauerAnders: "Dauer ändert sich um einen Schalttag, Beträge bleiben", "Length changes by a leap day, amounts stay";
        RegelwerkAnders: "Das Regelwerk des anderen Jahrgangs bestimmt etwas anderes", "The rules of the other Jahrgang differ";
    }
    Korrekturart "korrekturarten" ("Arten der Budgetkorrektur", "Kinds of budget corrections") {
        ZuteilungKuerzung: "Kürzung einer Zuteilung", "Cut of an allocation";
        AnsatzErhoehung: "Erhöhung des Haushaltsansatzes", "State budget raised";
        AnsatzSenkung: "Senkung des Haushaltsansatzes", "State budget lowered";
    }
    Parameterart "parameterarten" ("Arten von Parametern", "Kinds of parameters") {
        Ganzzahl: "Ganze Zahl", "Whole number";
        Betrag: "Betrag", "Amount";
        Prozent: "Prozent", "Percent";
        Vzae: "Vollzeitäquivalente", "Full-time equivalents";
        Wahrheit: "Ja oder Nein", "Yes or no";
        TagImJahr: "Tag im Jahr", "Day in the year";
        Dauer: "Dauer", "Period";
        Code: "Code", "Code";
        Codes: "Mehrere Codes", "Several codes";
        Keine: "Keine Grenze", "No limit";
        Unbekannt: "Unbekannt", "Unknown";
    }
    Planseite "planseiten" ("Seiten eines Finanzierungsplans", "Sides of a financing plan") {
        Ausgaben: "Ausgaben", "Costs";
        Finanzierung: "Finanzierung", "Financing";
    }
    Raster "raster" ("Raster der Detailplanung", "Grid of the detailed plan") {
        Monat: "Monat", "Month";
        Quartal: "Quartal", "Quarter";
    }
    Rechtsform "rechtsformen" ("Rechtsformen", "Legal forms") {
        Ggmbh: "Gemeinnützige GmbH", "Non-profit limited company";
        Ev: "Eingetragener Verein", "Registered association";
        Gmbh: "GmbH", "Limited company";
        KoerperschaftOeffentlichenRechts: "Körperschaft des öffentlichen Rechts", "Body under public law";
        Eigenbetrieb: "Kommunaler Eigenbetrieb", "Municipal enterprise";
        Sonstige: "Sonstige", "Other";
    }
    Regierungsbezirk "regierungsbezirke" ("Regierungsbezirke", "Administrative regions") {
        Darmstadt: "Darmstadt", "Darmstadt";
        Giessen: "Gießen", "Gießen";
        Kassel: "Kassel", "Kassel";
    }
    Aufgabenanlass "aufgabenanlaesse" ("Anlässe einer Aufgabe", "Why a case waits") {
        ZahlungFaellig: "Zahlung fällig", "Payment due";
        Zahlungsverzug: "Zahlung überfällig", "Payment overdue";
        NiederschlagungAbgelaufen: "Niederschlagung abgelaufen", "Write-off over";
        LoeschungFaellig: "Löschung fällig", "Erasure due";
    }
    Rolle "rollen" ("Rollen", "Roles") {
        Gebietskoerperschaft: "Gebietskörperschaft", "Authority (county or city)";
        Bewilligungsbehoerde: "Bewilligungsbehörde", "Granting authority";
        Ministerium: "Ministerium", "Ministry";
        Traeger: "Träger", "Provider";
        Pruefung: "Prüfung", "Audit";
        Admin: "Betrieb", "Operator";
    }
    Schwere "schweregrade" ("Schwere eines Befunds", "Weight of a finding") {
        Fehler: "Fehler", "Error";
        Warnung: "Warnung", "Warning";
        Hinweis: "Hinweis", "Note";
    }
    Ueberzahlungszuordnung "ueberzahlungszuordnungen" ("Zuordnung von Überzahlungen", "Attribution of overpayments") {
        Lifo: "Zu den letzten Auszahlungen", "To the last payouts";
        Fifo: "Zu den ersten Auszahlungen", "To the first payouts";
    }
    UnterartWeiterbildung "weiterbildungsarten" ("Unterarten der Maßnahmeart 4", "Sub-kinds of measure kind 4") {
        Weiterbildung: "Weiterbildung von Fachpersonal", "Training of staff";
        Wissenschaft: "Wissenschaftliche Unterstützung", "Scientific support";
    }
    Verfahrensart "verfahrensarten" ("Vergabeverfahren", "Procurement procedures") {
        Direktauftrag: "Direktauftrag", "Direct award";
        Verhandlungsvergabe: "Verhandlungsvergabe", "Negotiated award";
        BeschraenkteAusschreibung: "Beschränkte Ausschreibung", "Restricted tender";
        OeffentlicheAusschreibung: "Öffentliche Ausschreibung", "Open tender";
        EuWeitesVerfahren: "EU-weites Verfahren", "EU-wide procedure";
        Inhouse: "Inhouse-Vergabe", "In-house award";
    }
    Vertragspartei "vertragsparteien" ("Vertragsparteien", "Parties of an agreement") {
        Gk: "Gebietskörperschaft", "Authority (county or city)";
        Ministerium: "Ministerium", "Ministry";
    }
    Weiterleitungsform "weiterleitungsformen" ("Formen der Weiterleitung", "Ways of passing money on") {
        Vertrag: "Vertrag", "Contract";
        Bescheid: "Bescheid", "Bescheid";
    }
    Vorsteuerabzug "vorsteuerabzug" ("Berechtigung zum Vorsteuerabzug", "Deduction of input tax") {
        Ja: "Ja", "Yes";
        Nein: "Nein", "No";
        Teilweise: "Teilweise", "In part";
    }
    Weg "aenderungswege" ("Wege einer Änderung", "How a change is dealt with") {
        Anzeige: "Anzeige", "Notice";
        Entscheidung: "Entscheidung", "Decision";
    }
    Tilgungsart "tilgungsarten" ("Arten der Tilgung", "Ways of settling a claim") {
        Zahlung: "Zahlung", "Payment";
        Rueckzahlung: "Rückzahlung vor der Forderung", "Repayment before the claim";
    }
    Tilgungsreihenfolge "tilgungsreihenfolgen" ("Reihenfolgen der Tilgung", "Orders of settlement") {
        HauptforderungZuerst: "Hauptforderung zuerst", "The repayment first";
        ZinsenZuerst: "Zinsen zuerst", "Interest first";
    }
    Zinsbeginn "zinsbeginne" ("Beginn der Zwischenzinsen", "Start of interim interest") {
        Auszahlung: "Ab der Auszahlung", "From the payout";
        Fristablauf: "Ab dem Ablauf der Verwendungsfrist", "From the end of the period of use";
    }
    Zinsmethode "zinsmethoden" ("Zinsmethoden", "Day counts of interest") {
        ActAct: "Taggenau, tatsächliches Jahr", "Actual days, actual year";
        Act365: "Taggenau, Jahr zu 365 Tagen", "Actual days, year of 365 days";
        E30_360: "Monat zu 30, Jahr zu 360 Tagen", "Month of 30, year of 360 days";
    }
    Zinsrundung "zinsrundungen" ("Rundung der Zinsen", "Rounding of interest") {
        AmEnde: "Einmal am Ende", "Once at the end";
        JeAbschnitt: "Je Abschnitt", "Per section";
    }
}
