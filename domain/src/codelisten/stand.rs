//! States of the aggregates.

use super::codelisten;
use crate::aenderungsantrag::AenderungsantragStatus;
use crate::antrag::{AntragStatus, Mittelstatus};
use crate::bankverbindung::KontoaenderungStatus;
use crate::belegimport::BelegimportStatus;
use crate::bescheid::BescheidStatus;
use crate::budget::{KorrekturStatus, UmverteilungStatus};
use crate::forderung::{ForderungStatus, RueckzahlungStatus};
use crate::frist::{FristStatus, Fristzustand};
use crate::jahrgang::JahrgangStatus;
use crate::mittelabruf::MittelabrufStatus;
use crate::regelwerk::RegelwerkStatus;
use crate::strategie::StrategieStatus;
use crate::teilnahme::{TeilnahmeStatus, Zeilenurteil};
use crate::traeger::TraegerStatus;
use crate::verwendungsnachweis::NachweisStatus;
use crate::weiterleitung::WeiterleitungStatus;
use crate::zahlung::{Abgleichzustand, Meldungsausgang, ZahlungStatus, ZahlungslaufStatus};
use crate::zielvereinbarung::ZielvereinbarungStatus;
use crate::zins::BasiszinssatzStatus;

codelisten! {
    TeilnahmeStatus "teilnahmestatus" ("Stand der Teilnahme", "State of a participation") {
        Laufend: "Laufend", "Takes part";
        Beendet: "Beendet", "Left";
        Storniert: "Storniert", "Cancelled";
        Geloescht: "Gelöscht", "Erased";
    }
    Zeilenurteil "zeilenurteile" ("Ergebnis einer Zeile", "Result of a row") {
        Angelegt: "Angelegt", "Entered";
        Aktualisiert: "Austritt ergänzt", "Exit added";
        Unveraendert: "Unverändert", "Unchanged";
        Fehler: "Fehler", "Refused";
    }
    Abgleichzustand "abgleichzustaende" ("Zustände des Zahlungsabgleichs", "States of the reconciliation") {
        Abgeglichen: "Abgeglichen", "Reconciled";
        Zweifelhaft: "Zweifelhaft", "Doubtful";
        Fehlend: "Fehlend", "Missing";
    }
    Meldungsausgang "meldungsausgaenge" ("Ausgang einer Rückmeldung der Bank", "Outcome of a result of the bank") {
        Gebucht: "Gebucht", "Booked";
        Zweifelhaft: "Zweifelhaft, nicht gebucht", "Doubtful, not booked";
        Unbekannt: "Ohne Zahlung, nicht gebucht", "No such payment, not booked";
        Vermerkt: "Zwischenstand vermerkt", "Interim state noted";
    }
    ZahlungStatus "zahlungsstatus" ("Stand der Zahlung", "State of a payment") {
        Ausstehend: "Ausstehend", "Result awaited";
        Ausgefuehrt: "Ausgeführt", "Carried out";
        Teilweise: "Teilweise ausgeführt", "Carried out in part";
        Zurueckgegeben: "Zurückgegeben", "Returned";
        Abgelehnt: "Von der Bank abgelehnt", "Refused by the bank";
        Entfallen: "Entfallen", "Dropped";
    }
    ZahlungslaufStatus "zahlungslaufstatus" ("Stand des Zahlungslaufs", "State of a payment run") {
        Entwurf: "Entwurf", "Draft";
        Freigegeben: "Freigegeben", "Released";
        Uebergeben: "Der Kasse übergeben", "Handed over to the treasury";
        Abgeschlossen: "Abgeschlossen", "Complete";
        Verworfen: "Verworfen", "Discarded";
    }
    AenderungsantragStatus "aenderungsantragsstatus" ("Stand des Änderungsantrags", "State of a change") {
        Entwurf: "Entwurf", "Draft";
        Eingereicht: "Eingereicht", "Filed";
        Angezeigt: "Angezeigt", "Filed as a notice";
        InPruefung: "In Prüfung", "Under examination";
        EntscheidungVorbereitet: "Entscheidung vorbereitet", "Decision prepared";
        Bewilligt: "Bewilligt", "Granted";
        Abgelehnt: "Abgelehnt", "Refused";
        ZurKenntnisGenommen: "Zur Kenntnis genommen", "Taken note of";
        Zurueckgezogen: "Zurückgezogen", "Withdrawn";
        Ueberholt: "Überholt", "Overtaken";
    }
    AntragStatus "antragsstatus" ("Stand des Antrags", "State of an application") {
        Entwurf: "Entwurf", "Draft";
        Eingereicht: "Eingereicht", "Filed";
        InPruefung: "In Prüfung", "Under examination";
        Nachforderung: "Nachforderung", "Completion requested";
        EntscheidungVorbereitet: "Entscheidung vorbereitet", "Decision prepared";
        Bewilligt: "Bewilligt", "Granted";
        Teilbewilligt: "Teilweise bewilligt", "Granted in part";
        Abgelehnt: "Abgelehnt", "Refused";
        Zurueckgezogen: "Zurückgezogen", "Withdrawn";
    }
    BasiszinssatzStatus "basiszinsstatus" ("Stand des Basiszinssatzes", "State of a base rate") {
        Entwurf: "Entwurf", "Draft";
        Freigegeben: "Freigegeben", "In force";
        Verworfen: "Verworfen", "Discarded";
        Ersetzt: "Durch Berichtigung ersetzt", "Replaced by a correction";
    }
    BescheidStatus "bescheidstatus" ("Stand des Bescheids", "State of a Bescheid") {
        Entwurf: "Entwurf", "Draft";
        Erlassen: "Erlassen", "Issued";
        Bekanntgegeben: "Bekanntgegeben", "Notified";
        Verworfen: "Verworfen", "Discarded";
    }
    FristStatus "friststatus" ("Stand der Frist", "State of a deadline") {
        Offen: "Offen", "Open";
        Erledigt: "Erledigt", "Met";
        Abgeloest: "Abgelöst", "Replaced";
    }
    Fristzustand "fristzustaende" ("Zustand der Frist am Tag", "State of a deadline on a day") {
        Offen: "Offen", "Open";
        Ueberfaellig: "Überfällig", "Overdue";
        Erledigt: "Erledigt", "Met";
        Abgeloest: "Abgelöst", "Replaced";
    }
    JahrgangStatus "jahrgangsstatus" ("Stand des Jahrgangs", "State of a Jahrgang") {
        Angelegt: "Angelegt", "In preparation";
        Offen: "Offen", "Open";
        Abgeschlossen: "Abgeschlossen", "Closed";
    }
    KontoaenderungStatus "kontoaenderungsstatus" ("Stand der Kontoänderung", "State of a change of the account") {
        Beantragt: "Beantragt", "Asked for";
        Bestaetigt: "Bestätigt", "Confirmed";
        Gesperrt: "Gesperrt", "Stopped";
        Zurueckgezogen: "Zurückgezogen", "Withdrawn";
    }
    MittelabrufStatus "mittelabrufstatus" ("Stand des Mittelabrufs", "State of a call for money") {
        Entwurf: "Entwurf", "Draft";
        Eingereicht: "Eingereicht", "Filed";
        Geprueft: "Geprüft", "Checked";
        Gekuerzt: "Gekürzt", "Cut";
        Angeordnet: "Angeordnet", "Ordered";
        Ausgezahlt: "Ausgezahlt", "Paid";
        Zurueckgewiesen: "Zurückgewiesen", "Refused";
        Storniert: "Storniert", "Cancelled";
    }
    BelegimportStatus "belegimportstatus" ("Stand eines Imports der Belegliste", "State of an import of a Belegliste") {
        Laeuft: "Wird geprüft", "Being checked";
        Geprueft: "Geprüft", "Checked";
        Abgewiesen: "Abgewiesen", "Refused";
        Uebernommen: "Übernommen", "Taken over";
    }
    KorrekturStatus "korrekturstatus" ("Stand der Budgetkorrektur", "State of a budget correction") {
        Beantragt: "Beantragt", "Requested";
        Freigegeben: "Freigegeben", "Approved";
        Verworfen: "Verworfen", "Discarded";
    }
    NachweisStatus "nachweisstatus" ("Stand des Verwendungsnachweises", "State of a proof of use") {
        Entwurf: "Entwurf", "Draft";
        Eingereicht: "Eingereicht", "Filed";
        InPruefung: "In Prüfung", "Under examination";
        Nachforderung: "Nachforderung", "Completion requested";
        Geprueft: "Geprüft", "Examined";
        Abgeschlossen: "Abgeschlossen", "Closed";
        Zurueckgezogen: "Zurückgezogen", "Withdrawn";
        Ersetzt: "Durch Berichtigung ersetzt", "Replaced by a correction";
    }
    RegelwerkStatus "regelwerkstatus" ("Stand des Regelwerks", "State of a Regelwerk") {
        Entwurf: "Entwurf", "Draft";
        Veroeffentlicht: "Veröffentlicht", "Published";
    }
    StrategieStatus "strategiestatus" ("Stand der Strategie", "State of a strategy") {
        Entwurf: "Entwurf", "Draft";
        Eingereicht: "Eingereicht", "Submitted";
        Anerkannt: "Anerkannt", "Recognised";
    }
    TraegerStatus "traegerstatus" ("Stand des Trägers", "State of a provider") {
        Aktiv: "Aktiv", "Active";
        Stillgelegt: "Stillgelegt", "Retired";
    }
    UmverteilungStatus "umverteilungsstatus" ("Stand der Umverteilung", "State of a reallocation") {
        Beantragt: "Beantragt", "Requested";
        Freigegeben: "Freigegeben", "Approved";
        Verworfen: "Verworfen", "Discarded";
    }
    ForderungStatus "forderungsstatus" ("Stand der Forderung", "State of a claim") {
        Offen: "Offen", "Open";
        Gestundet: "Gestundet", "Deferred";
        Beglichen: "Beglichen", "Settled";
        Niedergeschlagen: "Niedergeschlagen", "Not pursued";
        Aufgehoben: "Aufgehoben", "Withdrawn";
    }
    RueckzahlungStatus "rueckzahlungsstatus" ("Stand der Rückzahlung", "State of a repayment") {
        Gebucht: "Gebucht", "Recorded";
        Storniert: "Storniert", "Reversed";
    }
    WeiterleitungStatus "weiterleitungsstatus" ("Stand der Weiterleitung", "State of a Weiterleitung") {
        Entwurf: "Entwurf", "Draft";
        Abgeschlossen: "Abgeschlossen", "Concluded";
        Beendet: "Beendet", "Ended";
        Aufgehoben: "Aufgehoben", "Cancelled";
    }
    ZielvereinbarungStatus "zielvereinbarungsstatus" ("Stand der Zielvereinbarung", "State of a target agreement") {
        Entwurf: "Entwurf", "Draft";
        Abgestimmt: "Abgestimmt", "Agreed";
        UnterzeichnetGk: "Von der Gebietskörperschaft unterzeichnet", "Signed by the authority";
        UnterzeichnetMinisterium: "Vom Ministerium unterzeichnet", "Signed by the ministry";
        Geschlossen: "Geschlossen", "Concluded";
        Ersetzt: "Durch Nachtrag ersetzt", "Replaced by a supplement";
        Ausgelaufen: "Ausgelaufen", "Expired";
    }
    Mittelstatus "mittelstatus" ("Stand anderer öffentlicher Mittel", "State of other public money") {
        Beantragt: "Beantragt", "Applied for";
        Bewilligt: "Bewilligt", "Granted";
        Abgelehnt: "Abgelehnt", "Refused";
    }
}
