//! What the county fills in beside the state it applies for.

use super::Aenderungsart;
use crate::befund::{Befund, Einheit};
use crate::regel::{AENDERUNGSART_ABWEICHEND, ANGABE_FEHLT, BANKVERBINDUNG_EIGENE_HANDLUNG};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Form of an Aenderungsantrag. Parts may be absent in a draft; `GET …/pruefbericht` names them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Aenderungsinhalt {
    /// What the change is about; must agree with the comparison of both states.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20, examples(json!(["MITTELREDUZIERUNG"]))))]
    pub aenderungsarten: Vec<Aenderungsart>,
    /// Grounds; may have several lines.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Träger besetzt eine halbe Stelle erst im Herbst.")
        )
    )]
    pub begruendung: Option<String>,
    /// Day from which the change is to count; before the filing only with a reason and the authority's consent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-10-01")))]
    pub wirksam_ab: Option<NaiveDate>,
    /// A grant below what was paid out is wanted although the difference must be paid back.
    #[serde(default)]
    pub mit_erstattung: bool,
}

/// The kinds that do not belong into this form.
pub(super) fn unzulaessige_arten(inhalt: &Aenderungsinhalt) -> Option<Befund> {
    let stelle = inhalt.aenderungsarten.iter().position(|a| *a == Aenderungsart::Bankverbindung)?;
    Some(Befund::neu(&BANKVERBINDUNG_EIGENE_HANDLUNG).ort(format!("/inhalt/aenderungsarten/{stelle}")).gemessen(
        "aenderungsart",
        Aenderungsart::Bankverbindung,
        Einheit::Code,
    ))
}

fn liste(arten: &BTreeSet<Aenderungsart>) -> String {
    let codes: Vec<&str> = arten.iter().map(|a| a.code()).collect();
    if codes.is_empty() { "–".to_owned() } else { codes.join(", ") }
}

/// What is declared is what the comparison finds, neither more nor less.
pub(super) fn arten_stimmen(inhalt: &Aenderungsinhalt, ermittelt: &BTreeSet<Aenderungsart>) -> Option<Befund> {
    let ort = "/inhalt/aenderungsarten";
    let erklaert: BTreeSet<Aenderungsart> = inhalt.aenderungsarten.iter().copied().collect();
    if erklaert.is_empty() {
        return Some(Befund::neu(&ANGABE_FEHLT).ort(ort).gemessen("feld", "aenderungsarten", Einheit::Code));
    }
    (erklaert != *ermittelt).then(|| {
        Befund::neu(&AENDERUNGSART_ABWEICHEND).ort(ort).gemessen("erklaert", liste(&erklaert), Einheit::Code).erlaubt(
            "ermittelt",
            liste(ermittelt),
            Einheit::Code,
        )
    })
}
