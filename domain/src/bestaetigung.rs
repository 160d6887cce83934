//! Confirming warnings: a WARNUNG blocks an act until its body names the rule and says why the act is done all the same.

use crate::befund::{Befund, Befundcode, Einheit, Schwere};
use crate::regel::{BEGRUENDUNG_FEHLT, WARNUNG_NICHT_BESTAETIGT, WARNUNG_UNBEKANNT};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Characters a reason has at least, surrounding white space aside: enough that it says something. A form rule, not a
/// funding rule, so it is no parameter of the Regelwerk.
pub const BEGRUENDUNG_MINDESTENS: usize = 10;

const ORT: &str = "/bestaetigte_warnungen";

/// A confirmed warning: which rule, and why the act is done all the same. Both stand in the audit trail of the act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Warnungsbestaetigung {
    /// Code of the warning; each one once, and only warnings of this act.
    pub code: Befundcode,
    /// Why the act is done all the same.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 10,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Kreisausschuss hat erst nach der Frist beschlossen.")
        )
    )]
    pub begruendung: String,
}

impl Warnungsbestaetigung {
    /// Confirms the warning of the rule `code`.
    pub fn neu(code: &str, begruendung: &str) -> Self {
        Warnungsbestaetigung { code: Befundcode(code.to_owned()), begruendung: begruendung.to_owned() }
    }
}

/// Lets an act pass whose warnings are all confirmed; the findings it returns carry their reasons.
///
/// # Errors
/// All findings, when one of them blocks or the confirmations do not fit: `WARNUNG_NICHT_BESTAETIGT`,
/// `WARNUNG_UNBEKANNT` for a code that is not needed or named twice, `BEGRUENDUNG_FEHLT`.
pub fn bestaetige(mut befunde: Vec<Befund>, bestaetigt: &[Warnungsbestaetigung]) -> Result<Vec<Befund>, Vec<Befund>> {
    let mut offen = BTreeSet::new();
    for b in befunde.iter_mut().filter(|b| b.schwere == Schwere::Warnung) {
        match bestaetigt.iter().find(|w| w.code.0 == b.regel.code) {
            Some(w) => b.begruendung = Some(w.begruendung.clone()),
            None => {
                offen.insert(b.regel.code);
            }
        }
    }
    let mut unpassend = Vec::new();
    if !offen.is_empty() {
        let codes = offen.into_iter().collect::<Vec<_>>().join(", ");
        unpassend.push(Befund::neu(&WARNUNG_NICHT_BESTAETIGT).ort(ORT).gemessen("codes", codes, Einheit::Code));
    }
    for (i, w) in bestaetigt.iter().enumerate() {
        let gewarnt = befunde.iter().any(|b| b.schwere == Schwere::Warnung && b.regel.code == w.code.0);
        if !gewarnt || bestaetigt.iter().take(i).any(|v| v.code == w.code) {
            unpassend.push(Befund::neu(&WARNUNG_UNBEKANNT).ort(format!("{ORT}/{i}/code")).gemessen(
                "code",
                &w.code.0,
                Einheit::Code,
            ));
        }
        let zeichen = w.begruendung.trim().chars().count();
        if zeichen < BEGRUENDUNG_MINDESTENS {
            unpassend.push(
                Befund::neu(&BEGRUENDUNG_FEHLT)
                    .ort(format!("{ORT}/{i}/begruendung"))
                    .gemessen("zeichen", zeichen, Einheit::Anzahl)
                    .erlaubt("mindestens", BEGRUENDUNG_MINDESTENS, Einheit::Anzahl),
            );
        }
    }
    if unpassend.is_empty() && !befunde.iter().any(Befund::blockiert) {
        return Ok(befunde);
    }
    befunde.extend(unpassend);
    Err(befunde)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regel::{ANGABE_FEHLT, ANTRAGSFRIST, PLAETZE_DOPPELT, ZIELGESPRAECH_SPAET};

    const GRUND: &str = "Der Beschluss kam zu spät.";

    /// computed: every relation between what is warned of and what is confirmed.
    #[test]
    fn bestaetigt_wird_genau_was_warnt() {
        let (frist, plaetze) = (ANTRAGSFRIST.code, PLAETZE_DOPPELT.code);
        let warnungen =
            || vec![Befund::neu(&ANTRAGSFRIST), Befund::neu(&PLAETZE_DOPPELT), Befund::neu(&PLAETZE_DOPPELT)];
        type Fall = (&'static str, Vec<Befund>, Vec<(&'static str, &'static str)>, &'static [&'static str]);
        let faelle: [Fall; 8] = [
            ("all", warnungen(), vec![(frist, GRUND), (plaetze, GRUND)], &[]),
            ("none needed", vec![Befund::neu(&ZIELGESPRAECH_SPAET)], vec![], &[]),
            ("one open", warnungen(), vec![(frist, GRUND)], &["WARNUNG_NICHT_BESTAETIGT"]),
            ("not needed", vec![], vec![(frist, GRUND)], &["WARNUNG_UNBEKANNT"]),
            (
                "a hint is no warning",
                vec![Befund::neu(&ZIELGESPRAECH_SPAET)],
                vec![(ZIELGESPRAECH_SPAET.code, GRUND)],
                &["WARNUNG_UNBEKANNT"],
            ),
            ("twice", vec![Befund::neu(&ANTRAGSFRIST)], vec![(frist, GRUND), (frist, GRUND)], &["WARNUNG_UNBEKANNT"]),
            ("white space", vec![Befund::neu(&ANTRAGSFRIST)], vec![(frist, "            x")], &["BEGRUENDUNG_FEHLT"]),
            ("a refusal stays one", vec![Befund::neu(&ANGABE_FEHLT)], vec![], &[]),
        ];
        for (fall, befunde, codes, erwartet) in faelle {
            let eingabe: Vec<_> = codes.iter().map(|(c, b)| Warnungsbestaetigung::neu(c, b)).collect();
            let blockiert = befunde.iter().any(Befund::blockiert);
            match bestaetige(befunde.clone(), &eingabe) {
                Ok(b) => {
                    assert!(erwartet.is_empty() && !blockiert, "{fall}");
                    assert!(
                        b.iter().all(|b| (b.schwere == Schwere::Warnung) == (b.begruendung.as_deref() == Some(GRUND)))
                    );
                }
                Err(b) => {
                    let neu: Vec<_> = b.iter().skip(befunde.len()).map(|b| b.regel.kurzname).collect();
                    assert!(blockiert || !erwartet.is_empty(), "{fall}");
                    assert_eq!(neu, erwartet, "{fall}");
                }
            }
        }
    }
}
