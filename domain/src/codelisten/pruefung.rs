//! States, kinds and reasons of examination, final decision, hearings and exceptions.

use super::codelisten;
use crate::anhoerung::{AnhoerungStatus, Anhoerungsgegenstand};
use crate::ausnahme::AusnahmeStatus;
use crate::bericht::{Nachweislage, Nachweisvergleich};
use crate::bescheid::{Aufhebungsgrund, Aufhebungswirkung};
use crate::feststellung::{FeststellungStatus, Feststellungsgrund};
use crate::schlussrechnung::{Berechnungsanlass, Minderungsbezug, Rechnungsabzugsgrund};
use crate::stichprobe::Grundgesamtheit;

codelisten! {
    AnhoerungStatus "anhoerungsstatus" ("Stand einer Anhörung", "State of a hearing") {
        Offen: "Offen", "Open";
        Beantwortet: "Beantwortet", "Answered";
        Abgeschlossen: "Abgeschlossen", "Closed";
        Zurueckgenommen: "Zurückgenommen", "Given up";
    }
    Anhoerungsgegenstand "anhoerungsgegenstaende" ("Gegenstände einer Anhörung", "Subjects of a hearing") {
        Schlussbescheid: "Schlussbescheid", "Final decision";
        Widerruf: "Widerruf", "Revocation";
        Ruecknahme: "Rücknahme", "Withdrawal";
        Zinsen: "Zinsen", "Interest";
    }
    AusnahmeStatus "ausnahmestatus" ("Stand einer Ausnahme", "State of an exception") {
        Beantragt: "Beantragt", "Asked for";
        Genehmigt: "Genehmigt", "Granted";
        Abgelehnt: "Abgelehnt", "Refused";
        Widerrufen: "Widerrufen", "Ended";
    }
    Aufhebungsgrund "aufhebungsgruende" ("Gründe einer Aufhebung", "Grounds for taking a Bescheid back") {
        Zweckverfehlung: "Zweck verfehlt (§ 49 Abs. 3 S. 1 Nr. 1 HVwVfG)", "Purpose missed (§ 49 Abs. 3 S. 1 Nr. 1 HVwVfG)";
        AuflageNichtErfuellt: "Auflage nicht erfüllt (§ 49 Abs. 3 S. 1 Nr. 2 HVwVfG)", "Condition not met (§ 49 Abs. 3 S. 1 Nr. 2 HVwVfG)";
        Rechtswidrig: "Von Anfang an rechtswidrig (§ 48 HVwVfG)", "Unlawful from the beginning (§ 48 HVwVfG)";
        FalscheAngaben: "Falsche Angaben oder Täuschung (§ 48 Abs. 2 S. 3 HVwVfG)", "Wrong statements or deceit (§ 48 Abs. 2 S. 3 HVwVfG)";
    }
    Aufhebungswirkung "aufhebungswirkungen" ("Wirkung einer Aufhebung", "Effect of taking a Bescheid back") {
        Vergangenheit: "Für die Vergangenheit", "For the past";
        Zukunft: "Für die Zukunft", "For the future";
    }
    Berechnungsanlass "berechnungsanlaesse" ("Anlässe einer Berechnung", "Occasions of a calculation") {
        Pruefung: "Prüfung", "Examination";
        Schlussbescheid: "Schlussbescheid", "Final decision";
    }
    FeststellungStatus "feststellungsstatus" ("Stand einer Feststellung", "State of a finding") {
        Offen: "Offen", "Open";
        VerzichtVorgeschlagen: "Verzicht vorgeschlagen", "Waiver proposed";
        Erledigt: "Erledigt", "Settled";
        Aufgehoben: "Aufgehoben", "Taken back";
    }
    Feststellungsgrund "feststellungsgruende" ("Gründe einer Feststellung", "Reasons of a finding") {
        AusserhalbZeitraum: "Außerhalb des Bewilligungszeitraums", "Outside the period";
        NichtZuwendungsfaehig: "Nicht zuwendungsfähig", "Not eligible";
        SkontoNichtGenutzt: "Skonto nicht genutzt", "Discount not taken";
        Besserstellung: "Besserstellung", "Paid better than comparable staff";
        Doppelfoerderung: "Doppelförderung", "Paid by another grant";
        Vergabeverstoss: "Vergabeverstoß", "Procurement rules broken";
        ZahlungsnachweisFehlt: "Zahlungsnachweis fehlt", "No proof of payment";
        NichtImPlan: "Nicht im Plan", "Not in the plan";
        AnsatzUeberschritten: "Ansatz überschritten", "Beyond the line of the plan";
        Sonstiges: "Sonstiges", "Other";
    }
    Grundgesamtheit "grundgesamtheiten" ("Grundgesamtheiten einer Stichprobe", "Populations of a sample") {
        Belege: "Belege der Liste", "Receipts of the list";
        LaufendeNummern: "Laufende Nummern", "Running numbers";
    }
    Minderungsbezug "minderungsbezuege" ("Bezug der Minderung", "What a reduction is about") {
        Massnahme: "Je Maßnahme", "Every measure";
        Antrag: "Alle Maßnahmen zusammen", "All measures together";
    }
    Nachweislage "nachweislagen" ("Lage des Nachweises im Abgleich", "How far the proof is in the reconciliation") {
        Keiner: "Kein Nachweis", "No proof";
        Entwurf: "In Arbeit, nichts eingereicht", "Being written, nothing filed";
        Zwischennachweis: "Zwischennachweis eingereicht", "Proof of a year filed";
        Eingereicht: "Eingereicht", "Filed";
        Nachforderung: "Zur Ergänzung zurückgegeben", "Sent back for completion";
        InPruefung: "In Prüfung", "Being examined";
        Geprueft: "Geprüft", "Examined";
        Abgeschlossen: "Abgeschlossen", "Closed";
    }
    Nachweisvergleich "nachweisvergleiche" ("Vergleiche im Abgleich mit den Nachweisen", "Pairs of the reconciliation with the proofs") {
        BelegeNachweis: "Beantragt laut Belegen / zuwendungsfähig laut Nachweis", "Claimed by the receipts / eligible in the proof";
        Uebernahme: "Übernommen im Schlussnachweis / laut Zwischennachweisen", "Taken over by the final proof / in the proofs of years";
        Landesmittel: "Landesmittel laut Nachweis / ausgezahlt laut Buch", "State funds in the proof / paid out in the ledger";
        NachweisSchlussrechnung: "Zuwendungsfähig laut Nachweis / laut Schlussrechnung", "Eligible in the proof / in the final calculation";
        BelegeSchlussrechnung: "Anerkannt laut Belegen / laut Schlussrechnung", "Recognised of the receipts / in the final calculation";
        SchlussrechnungBescheid: "Zuwendung laut Schlussrechnung / laut Schlussbescheid", "Grant in the final calculation / in the final decision";
        Verbleib: "Beim Empfänger verblieben laut Buch / endgültig bewilligt", "Left with the recipient in the ledger / granted in the end";
        Anerkennung: "Anerkannt laut Buch / endgültig bewilligt", "Recognised in the ledger / granted in the end";
        Weiterleitung: "Weitergeleitet laut Weiterleitungen / laut Buch", "Passed on by the contracts / in the ledger";
        Forderung: "Gefordert laut Forderungen / laut Buch", "Claimed back by the claims / in the ledger";
        Erstattung: "Gezahlt auf Forderungen / erstattet laut Buch", "Paid on the claims / paid back in the ledger";
    }
    Rechnungsabzugsgrund "rechnungsabzugsgruende" ("Abzüge der Schlussrechnung", "Deductions of the final calculation") {
        Beleg: "Nicht anerkannte Belege", "Receipts not recognised";
        Feststellung: "Feststellungen", "Findings";
    }
}
