//! Rules about deadlines and their extension.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    /// The law alone fixes the deadline.
    FRIST_GESETZLICH = "AQB-FT-001" "FRIST_GESETZLICH" Zustand Fehler
        norm("HVwVfG", "§ 31 Abs. 7", Fachwissen) parameter[] ausnahme(false)
        titel("Gesetzliche Frist", "Statutory deadline")
        text("Eine Frist der Art {fristart} setzt das Gesetz; niemand kann sie verlängern.", "A deadline of the kind {fristart} is set by law; nobody can extend it.")
        abhilfe("Wer sie ohne Verschulden versäumt hat, kann Wiedereinsetzung beantragen.", "Whoever missed it without fault may apply for reinstatement.");
    /// An extension must give more time.
    FRIST_NICHT_SPAETER = "AQB-FT-002" "FRIST_NICHT_SPAETER" Fachregel Fehler
        norm("HVwVfG", "§ 31 Abs. 7", Fachwissen) parameter[] ausnahme(false)
        titel("Neue Frist liegt nicht später", "New due date is not later")
        text("Der neue Tag {neu} liegt nicht nach dem bisherigen {bisher}.", "The new day {neu} is not after the present one {bisher}.")
        abhilfe("Nennen Sie einen Tag nach dem {bisher}.", "Name a day after {bisher}.");
    /// The new last day is no working day.
    FRIST_KEIN_WERKTAG = "AQB-FT-003" "FRIST_KEIN_WERKTAG" Fachregel Hinweis
        norm("HVwVfG", "§ 31 Abs. 3", Fachwissen) parameter[] ausnahme(true)
        titel("Neue Frist endet nicht an einem Werktag", "New due date is no working day")
        text("Der {neu} ist kein Werktag; der nächste ist der {werktag}.", "{neu} is no working day; the next one is {werktag}.")
        abhilfe("Prüfen Sie, ob der {werktag} gemeint ist.", "Check whether {werktag} is meant.");
    /// Only an act of its case ends the deadline.
    FRIST_ENDET_IM_FALL = "AQB-FT-004" "FRIST_ENDET_IM_FALL" Zustand Fehler
        norm("HVwVfG", "§ 26 Abs. 2, § 31", Fachwissen) parameter[] ausnahme(false)
        titel("Frist endet nur durch den Vorgang selbst", "Only the case itself ends the deadline")
        text("Eine Frist der Art {fristart} endet durch eine Handlung ihres Vorgangs.", "A deadline of the kind {fristart} ends by an act of its case.")
        abhilfe("Beantworten Sie die Nachforderung oder nehmen Sie sie zurück; auf den Rechtsbehelf kann verzichtet werden; eine Erstattung endet mit dem Zahlungseingang.", "Answer the request for completion or take it back; the appeal can be waived; a repayment ends with its payment.");
    /// Time to pay is given by deferring the claim.
    FRIST_DER_FORDERUNG = "AQB-FT-005" "FRIST_DER_FORDERUNG" Zustand Fehler
        norm("LHO; HVwVfG", "§ 59 Abs. 1 Nr. 1; § 49a Abs. 3", Belegt) parameter[] ausnahme(false)
        titel("Die Frist folgt der Forderung", "The deadline follows the claim")
        text("Eine Frist der Art {fristart} gilt so lange wie die Fälligkeit der Forderung; sie wird nicht für sich verlängert.", "A deadline of the kind {fristart} lasts as the claim is due; it is not extended by itself.")
        abhilfe("Stunden Sie die Forderung; die Frist folgt ihren Raten, und die Zinsen werden geregelt.", "Defer the claim; the deadline follows its instalments, and interest is settled.");
}
