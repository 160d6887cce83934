//! Notice or decision: small shifts between lines of a plan need no Bescheid (Nr. 1.2 ANBest).

use super::Bewilligungsstand;
use super::baum::{self, feldname};
use super::vergleich::ist_detailplanung;
use crate::befund::{Befund, Einheit};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, Prozent};
use crate::regel::{AENDERUNG_ANZEIGE, AENDERUNG_WESENTLICH, ANSATZ_UEBER_GRENZE, RECHENBEREICH};
use crate::regelwerk::Regelwerk;
use std::collections::BTreeMap;
use uuid::Uuid;

crate::status! {
    /// How a change is dealt with.
    Weg {
        /// The authority takes note.
        Anzeige = "ANZEIGE",
        /// The authority decides by Bescheid.
        Entscheidung = "ENTSCHEIDUNG",
    }
}

/// Lines of the plans: measure, cost position, Haushaltsjahr.
pub type Ansaetze = BTreeMap<(Uuid, String, i32), Euro>;

/// The lines of a state's plans.
///
/// # Errors
/// `RECHENBEREICH` when equal lines cannot be added.
pub fn ansaetze(stand: &Bewilligungsstand) -> Result<Ansaetze, Befund> {
    let mut je = Ansaetze::new();
    for m in stand.massnahmen.iter().map(|m| &m.massnahme) {
        for z in &m.inhalt.finanzierungsplan.einzelansaetze {
            let zeile = (m.id, z.position.clone(), z.haushaltsjahr);
            crate::finanzierungsplan::addiere(&mut je, zeile, z.betrag)
                .map_err(|_| Befund::neu(&RECHENBEREICH).ort(m.ort()))?;
        }
    }
    Ok(je)
}

/// A line of a plan of costs.
fn ist_ansatz(feld: &str) -> bool {
    feld.contains("/finanzierungsplan/einzelansaetze/")
}

fn wesentlich(feld: &str) -> Befund {
    Befund::neu(&AENDERUNG_WESENTLICH).ort(feld).gemessen("pfad", feld, Einheit::Text).gemessen(
        "feld",
        feldname(feld),
        Einheit::Text,
    )
}

/// How a change is dealt with, and why: what makes it a decision, or that it stays within the limit of a notice.
///
/// A notice moves costs between lines of one measure in one Haushaltsjahr, each line at most
/// `ansatz_ueberschreitung_prozent` above what the Bescheid decided; financing, state funds per year and everything
/// else stay as they are. A line that was not decided is not opened by a notice.
///
/// # Errors
/// `PARAMETER_FEHLT`, `RECHENBEREICH`.
pub fn weg(
    alt: &Bewilligungsstand,
    neu: &Bewilligungsstand,
    beschieden: &Ansaetze,
    regelwerk: &Regelwerk,
    jahrgang: i32,
) -> Result<(Weg, Vec<Befund>), Befund> {
    let prozent = regelwerk.prozent("ansatz_ueberschreitung_prozent", stichtag(jahrgang))?;
    let (vorher, nachher) = (baum::baum(alt)?, baum::baum(neu)?);
    let unterschiede = baum::unterschiede(Some(&vorher), Some(&nachher), "");
    // a Detailplanung follows its plan: a new version alone changes no grant (dossier 3.8)
    let anders = unterschiede.iter().map(|u| u.feld.as_str()).filter(|f| !ist_ansatz(f) && !ist_detailplanung(f));
    let mut gruende: Vec<Befund> = anders.map(wesentlich).collect();
    for m in &neu.massnahmen {
        let Some(davor) = alt.massnahme(m.massnahme.id) else { continue };
        let summen = |p: &crate::antrag::MassnahmeMitPlan| p.massnahme.inhalt.finanzierungsplan.ausgaben_je_jahr();
        let ort = format!("{}/finanzierungsplan", m.massnahme.ort());
        let bereich = |_| Befund::neu(&RECHENBEREICH).ort(&ort);
        if summen(davor).map_err(bereich)? != summen(m).map_err(bereich)? {
            gruende.push(wesentlich(&format!("{ort}/einzelansaetze")));
        }
    }
    let vor = ansaetze(alt)?;
    for (zeile, betrag) in ansaetze(neu)?.iter().filter(|(z, b)| vor.get(z) != Some(b)) {
        gruende.extend(ueber_grenze(neu, zeile, *betrag, beschieden, prozent, regelwerk));
    }
    if gruende.is_empty() {
        let hinweis =
            Befund::neu(&AENDERUNG_ANZEIGE).erlaubt("prozent", prozent, Einheit::Prozent).regelwerk(&regelwerk.version);
        return Ok((Weg::Anzeige, vec![hinweis]));
    }
    Ok((Weg::Entscheidung, gruende))
}

fn ueber_grenze(
    neu: &Bewilligungsstand,
    (id, position, jahr): &(Uuid, String, i32),
    betrag: Euro,
    beschieden: &Ansaetze,
    prozent: Prozent,
    regelwerk: &Regelwerk,
) -> Option<Befund> {
    let m = &neu.massnahme(*id)?.massnahme;
    let ansatz = beschieden.get(&(*id, position.clone(), *jahr)).copied().unwrap_or_default();
    let ort = format!("{}/finanzierungsplan/einzelansaetze/{position}/{jahr}", m.ort());
    let Ok(hoechstens) = ansatz.anteil_abgerundet(prozent).and_then(|mehr| ansatz.plus(mehr)) else {
        return Some(Befund::neu(&RECHENBEREICH).ort(ort));
    };
    (betrag > hoechstens).then(|| {
        Befund::neu(&ANSATZ_UEBER_GRENZE)
            .ort(ort)
            .gemessen("massnahme", &m.massnahme_nr, Einheit::Code)
            .gemessen("posten", position, Einheit::Code)
            .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
            .gemessen("ansatz", ansatz, Einheit::Eur)
            .betrag("neu", betrag, "hoechstens", hoechstens)
            .erlaubt("prozent", prozent, Einheit::Prozent)
            .regelwerk(&regelwerk.version)
    })
}
