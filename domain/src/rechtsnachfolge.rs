//! What becomes of a grant when a part of a Gebietskoerperschaft becomes one of its own (Main-Kinzig-Kreis and Hanau).
//!
//! How running grants are treated is not published; both ways are computed, the Regelwerk says which one applies.

use crate::befund::{Befund, Einheit, Schwere, betrag_in_worten};
use crate::gebietskoerperschaft::{Gebietskoerperschaft, pruefe_berechtigung};
use crate::geld::Euro;
use crate::regel::{
    NACHFOLGE_VOR_BESTEHEN, NACHFOLGER_SELBST_BERECHTIGT, RECHENBEREICH, RECHENEINGABE, RECHTSNACHFOLGE_FEHLT, Sprache,
};
use crate::zuwendung::Rechenschritt;
use chrono::NaiveDate;

crate::status! {
    /// How a running grant is treated (parameter `rechtsnachfolge_modus`).
    Nachfolgemodus {
        /// The predecessor stays recipient of everything; people of the successor's territory stay entitled.
        VorgaengerBleibt = "VORGAENGER_BLEIBT",
        /// The successor becomes recipient of the share of its places, by two linked Bescheide.
        NachPlaetzen = "NACH_PLAETZEN",
    }
}

/// Places of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nachfolgeplaetze {
    /// All of them.
    pub gesamt: u32,
    /// Those of people who live in the successor's territory.
    pub nachfolger: u32,
}

/// A grant whose recipient was split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nachfolgefrage<'f> {
    /// Jahrgang of the grant.
    pub jahrgang: i32,
    /// Recipient so far.
    pub vorgaenger: &'f Gebietskoerperschaft,
    /// Gebietskoerperschaft formed from a part of its territory.
    pub nachfolger: &'f Gebietskoerperschaft,
    /// First day of the time the amount is meant for.
    pub ab: NaiveDate,
    /// State funds for the time from that day on, not negative.
    pub betrag: Euro,
    /// Places of the measure.
    pub plaetze: Nachfolgeplaetze,
    /// How the grant is treated.
    pub modus: Nachfolgemodus,
}

/// What one of both receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nachfolgeanteil {
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// It is recipient of the grant from the day on.
    pub empfaenger: bool,
    /// Places it answers for.
    pub plaetze: u32,
    /// Its share.
    pub betrag: Euro,
}

/// The shares of both; they add up to the amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nachfolgeergebnis {
    /// Share of the recipient so far.
    pub vorgaenger: Nachfolgeanteil,
    /// Share of the successor.
    pub nachfolger: Nachfolgeanteil,
    /// What a person should know: none of it hinders the calculation.
    pub befunde: Vec<Befund>,
    /// The steps in order.
    pub schritte: Vec<Rechenschritt>,
}

/// Splits the amount. The successor's share is cut down to the cent: what is left over stays with the predecessor.
///
/// # Errors
/// `RECHTSNACHFOLGE_FEHLT` when the one was not formed from the other, `NACHFOLGE_VOR_BESTEHEN` for a day before the
/// successor exists, `RECHENEINGABE` for a negative amount, no places, or more of the successor than there are.
pub fn teile(f: &Nachfolgefrage<'_>) -> Result<Nachfolgeergebnis, Vec<Befund>> {
    let befunde = pruefe(f);
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let (plaetze, betrag) = match f.modus {
        Nachfolgemodus::VorgaengerBleibt => (0, Euro::NULL),
        Nachfolgemodus::NachPlaetzen => (f.plaetze.nachfolger, nach_plaetzen(f).map_err(|b| vec![b])?),
    };
    let anteil = |gk: &Gebietskoerperschaft, empfaenger, plaetze, betrag| Nachfolgeanteil {
        kreisschluessel: gk.kreisschluessel.clone(),
        empfaenger,
        plaetze,
        betrag,
    };
    let rest = f.betrag.minus(betrag).map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?;
    let uebrig = f.plaetze.gesamt.saturating_sub(plaetze);
    let geteilt = f.modus == Nachfolgemodus::NachPlaetzen;
    Ok(Nachfolgeergebnis {
        vorgaenger: anteil(f.vorgaenger, !geteilt || uebrig > 0, uebrig, rest),
        nachfolger: anteil(f.nachfolger, geteilt && plaetze > 0, plaetze, betrag),
        befunde: hinweise(f),
        schritte: schritte(f, betrag, rest),
    })
}

/// `betrag × plaetze / gesamt`, cut down.
fn nach_plaetzen(f: &Nachfolgefrage<'_>) -> Result<Euro, Befund> {
    let voll = i128::from(f.betrag.cent()).checked_mul(i128::from(f.plaetze.nachfolger));
    let cent = voll.and_then(|v| v.checked_div_euclid(i128::from(f.plaetze.gesamt)));
    cent.and_then(|c| i64::try_from(c).ok())
        .and_then(|c| Euro::aus_cent(c).ok())
        .ok_or_else(|| Befund::neu(&RECHENBEREICH))
}

fn pruefe(f: &Nachfolgefrage<'_>) -> Vec<Befund> {
    let mut befunde = Vec::new();
    if !f.nachfolger.vorgaenger.contains(&f.vorgaenger.kreisschluessel) {
        befunde.push(
            Befund::neu(&RECHTSNACHFOLGE_FEHLT)
                .ort("/nachfolger")
                .gemessen("nachfolger", &f.nachfolger.kreisschluessel, Einheit::Code)
                .gemessen("vorgaenger", &f.vorgaenger.kreisschluessel, Einheit::Code),
        );
    } else if f.ab < f.nachfolger.gueltig_ab {
        befunde.push(
            Befund::neu(&NACHFOLGE_VOR_BESTEHEN)
                .ort("/ab")
                .gemessen("nachfolger", &f.nachfolger.kreisschluessel, Einheit::Code)
                .gemessen("ab", f.ab, Einheit::Datum)
                .erlaubt("fruehestens", f.nachfolger.gueltig_ab, Einheit::Datum),
        );
    }
    let eingabe = |ort: &str, gefunden: String, einheit, verlangt: String| {
        Befund::neu(&RECHENEINGABE)
            .ort(ort)
            .gemessen("feld", ort, Einheit::Text)
            .gemessen("gefunden", gefunden, einheit)
            .erlaubt("verlangt", verlangt, Einheit::Text)
    };
    if f.betrag.ist_negativ() {
        befunde.push(eingabe("/betrag", f.betrag.to_string(), Einheit::Eur, "≥ 0.00 EUR".to_owned()));
    }
    let Nachfolgeplaetze { gesamt, nachfolger } = f.plaetze;
    if gesamt == 0 {
        befunde.push(eingabe("/plaetze/gesamt", gesamt.to_string(), Einheit::Anzahl, "≥ 1".to_owned()));
    } else if nachfolger > gesamt {
        befunde.push(eingabe("/plaetze/nachfolger", nachfolger.to_string(), Einheit::Anzahl, format!("≤ {gesamt}")));
    }
    befunde
}

/// Whether the successor may apply for the Jahrgang itself: if not, only the split reaches it; if so, none is needed.
fn hinweise(f: &Nachfolgefrage<'_>) -> Vec<Befund> {
    let schluessel = &f.nachfolger.kreisschluessel;
    let hinweis = match pruefe_berechtigung(schluessel, Some(f.nachfolger), f.jahrgang) {
        Some(b) => b.ort("/nachfolger").mit_schwere(Schwere::Hinweis),
        None => Befund::neu(&NACHFOLGER_SELBST_BERECHTIGT)
            .ort("/jahrgang")
            .gemessen("nachfolger", schluessel, Einheit::Code)
            .gemessen("jahrgang", f.jahrgang, Einheit::Anzahl),
    };
    vec![hinweis]
}

fn schritte(f: &Nachfolgefrage<'_>, betrag: Euro, rest: Euro) -> Vec<Rechenschritt> {
    let (alt, neu) = (&f.vorgaenger.name, &f.nachfolger.name);
    let schritt = |schritt: &str, text_de: String, text_en: String, formel: String, ergebnis| Rechenschritt {
        schritt: schritt.to_owned(),
        norm: "Regelwerk, rechtsnachfolge_modus".to_owned(),
        text_de,
        text_en,
        formel,
        ergebnis,
    };
    let Nachfolgeplaetze { gesamt, nachfolger } = f.plaetze;
    match f.modus {
        Nachfolgemodus::VorgaengerBleibt => vec![schritt(
            "VORGAENGER",
            format!(
                "{alt} bleibt Empfänger von {}; Teilnehmende aus {neu} bleiben förderfähig.",
                betrag_in_worten(f.betrag, Sprache::De)
            ),
            format!(
                "{alt} stays recipient of {}; participants from {neu} stay eligible.",
                betrag_in_worten(f.betrag, Sprache::En)
            ),
            String::new(),
            rest,
        )],
        Nachfolgemodus::NachPlaetzen => vec![
            schritt(
                "NACHFOLGER",
                format!(
                    "Anteil {neu} nach Plätzen, auf den Cent abgerundet; ein Änderungsbescheid und ein mit ihm verbundener Zuwendungsbescheid setzen ihn fest."
                ),
                format!(
                    "Share of {neu} by places, cut down to the cent; a change of the grant and a grant linked to it fix it."
                ),
                format!("{} × {nachfolger} / {gesamt}", f.betrag),
                betrag,
            ),
            schritt(
                "VORGAENGER",
                format!("Rest bei {alt}; ein überzähliger Cent bleibt dort."),
                format!("What is left stays with {alt}, an odd cent included."),
                format!("{} − {betrag}", f.betrag),
                rest,
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gebietskoerperschaft::anfangsbestand;
    use crate::zeit::tag;
    use proptest::prelude::*;

    fn gk(schluessel: &str) -> Gebietskoerperschaft {
        anfangsbestand().into_iter().find(|g| g.kreisschluessel == schluessel).unwrap()
    }

    fn mit<T>(f: impl FnOnce(Nachfolgefrage<'_>) -> T) -> T {
        f(Nachfolgefrage {
            jahrgang: 2025,
            vorgaenger: &gk("06435"),
            nachfolger: &gk("06415"),
            ab: tag(2026, 1, 1),
            betrag: "90000.00".parse().unwrap(),
            plaetze: Nachfolgeplaetze { gesamt: 90, nachfolger: 32 },
            modus: Nachfolgemodus::NachPlaetzen,
        })
    }

    /// Dossier S5: 32 of 90 places with residents of Hanau; the odd cent goes to the Main-Kinzig-Kreis.
    #[test]
    fn s5_hanau_nach_plaetzen_und_beim_vorgaenger() {
        use Nachfolgemodus::{NachPlaetzen, VorgaengerBleibt};
        type Soll = (&'static str, u32, bool);
        let faelle: &[(&str, u32, Nachfolgemodus, Soll, Soll)] = &[
            ("90000.00", 32, NachPlaetzen, ("58000.00", 58, true), ("32000.00", 32, true)),
            ("90000.01", 32, NachPlaetzen, ("58000.01", 58, true), ("32000.00", 32, true)),
            ("0.01", 89, NachPlaetzen, ("0.01", 1, true), ("0.00", 89, true)),
            ("90000.00", 0, NachPlaetzen, ("90000.00", 90, true), ("0.00", 0, false)),
            ("90000.00", 90, NachPlaetzen, ("0.00", 0, false), ("90000.00", 90, true)),
            ("90000.01", 32, VorgaengerBleibt, ("90000.01", 90, true), ("0.00", 0, false)),
        ];
        for (betrag, plaetze, modus, alt, neu) in faelle {
            let plaetze = Nachfolgeplaetze { gesamt: 90, nachfolger: *plaetze };
            let e = mit(|f| teile(&Nachfolgefrage { betrag: betrag.parse().unwrap(), plaetze, modus: *modus, ..f }))
                .unwrap();
            for (ist, soll) in [(&e.vorgaenger, alt), (&e.nachfolger, neu)] {
                assert_eq!((ist.betrag.to_string().as_str(), ist.plaetze, ist.empfaenger), *soll, "{betrag} {modus}");
            }
        }
    }

    /// Dossier S5: Hanau is not entitled for Jahrgang 2025; from 2026 on it applies itself.
    #[test]
    fn s5_hinweis_zur_berechtigung() {
        for (jahrgang, kurzname) in [(2025, "NICHT_ANTRAGSBERECHTIGT"), (2026, "NACHFOLGER_SELBST_BERECHTIGT")] {
            let e = mit(|f| teile(&Nachfolgefrage { jahrgang, ..f })).unwrap();
            let kurz: Vec<_> = e.befunde.iter().map(|b| (b.regel.kurzname, b.schwere)).collect();
            assert_eq!(kurz, [(kurzname, Schwere::Hinweis)]);
        }
    }

    #[test]
    fn was_keine_nachfolge_ist() {
        let (wetterau, mkk) = (gk("06440"), gk("06435"));
        let kurz = |r: Result<Nachfolgeergebnis, Vec<Befund>>| {
            r.unwrap_err()
                .iter()
                .map(|b| format!("{} {}", b.regel.kurzname, b.ort.clone().unwrap()))
                .collect::<Vec<_>>()
        };
        let plaetze = |gesamt, nachfolger| Nachfolgeplaetze { gesamt, nachfolger };
        assert_eq!(
            kurz(mit(|f| teile(&Nachfolgefrage { vorgaenger: &wetterau, ..f }))),
            ["RECHTSNACHFOLGE_FEHLT /nachfolger"]
        );
        assert_eq!(
            kurz(mit(|f| teile(&Nachfolgefrage { nachfolger: &mkk, ..f }))),
            ["RECHTSNACHFOLGE_FEHLT /nachfolger"]
        );
        assert_eq!(
            kurz(mit(|f| teile(&Nachfolgefrage { ab: tag(2025, 12, 31), ..f }))),
            ["NACHFOLGE_VOR_BESTEHEN /ab"]
        );
        assert_eq!(
            kurz(mit(|f| teile(&Nachfolgefrage { plaetze: plaetze(0, 0), ..f }))),
            ["RECHENEINGABE /plaetze/gesamt"]
        );
        assert_eq!(
            kurz(mit(|f| teile(&Nachfolgefrage { plaetze: plaetze(90, 91), ..f }))),
            ["RECHENEINGABE /plaetze/nachfolger"]
        );
        let betrag = Euro::aus_cent(-1).unwrap();
        assert_eq!(kurz(mit(|f| teile(&Nachfolgefrage { betrag, ..f }))), ["RECHENEINGABE /betrag"]);
    }

    proptest! {
        #[test]
        fn kein_cent_geht_verloren(cent in 0i64..99_999_999_999_999, gesamt in 1u32..100_000, teil in 0u32..100_000) {
            prop_assume!(teil <= gesamt);
            let betrag = Euro::aus_cent(cent).unwrap();
            let e = mit(|f| teile(&Nachfolgefrage { betrag, plaetze: Nachfolgeplaetze { gesamt, nachfolger: teil }, ..f })).unwrap();
            prop_assert_eq!(e.vorgaenger.betrag.plus(e.nachfolger.betrag), Ok(betrag));
            prop_assert!(!e.vorgaenger.betrag.ist_negativ() && !e.nachfolger.betrag.ist_negativ());
        }
    }
}
