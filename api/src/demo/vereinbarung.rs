//! Demo: Wetterau's strategy 2026 to 2030, recognised, and its Zielvereinbarung 2026, signed by both sides. Invented;
//! the amounts are those of the demo Zuteilung.

use super::{akteur, als, demo_id};
use crate::app::{strategie, zielvereinbarung};
use crate::fehler::Fehler;
use aqb_domain::berechtigung::{Akteur, Rolle, Sicht};
use aqb_domain::budget::demo_zuteilung_2026;
use aqb_domain::katalog::Massnahmeart::{self, AusbildungUndCoaching, Ausbildungsvorbereitung, Qualifizierungsprojekt};
use aqb_domain::strategie::Strategieinhalt;
use aqb_domain::zeit::tag;
use aqb_domain::zielvereinbarung::{Abstimmung, Querschnittsziele, Unterzeichnung, Ziel, Zielvereinbarungsinhalt};
use aqb_persistence::{DbFehler, Tx};

const KREIS: &str = "06440";
const STRATEGIE: u16 = 0xc1;
const VEREINBARUNG: u16 = 0xc2;

fn gk() -> Akteur {
    akteur("demo-gk-06440-1", Rolle::Gebietskoerperschaft, Some(KREIS))
}

fn ministerium() -> Akteur {
    akteur("demo-ministerium-1", Rolle::Ministerium, None)
}

/// Loads both. The Jahrgang 2026 must be open and Wetterau's Zuteilung posted.
pub(super) fn laden(tx: &mut Tx<'_>) -> Result<(), DbFehler> {
    strategie_laden(tx).and_then(|()| vereinbarung_laden(tx)).map_err(|f| match f {
        Fehler::Db(e) => e,
        f => DbFehler::Inhalt(format!("Demodaten: {f:?}")),
    })
}

fn strategie_laden(tx: &mut Tx<'_>) -> Result<(), Fehler> {
    let id = demo_id(STRATEGIE);
    let inhalt = Strategieinhalt {
        titel: "Ausbildungs- und Arbeitsmarktstrategie 2026–2030".to_owned(),
        beschlussdatum: tag(2025, 11, 12),
        gueltig_von: tag(2026, 1, 1),
        gueltig_bis: tag(2030, 12, 31),
        zusammenfassung: "DEMO. Schwerpunkte: Übergang Schule–Beruf, Teilzeitausbildung, Qualifizierung von Menschen mit Migrationshintergrund.".to_owned(),
    };
    als(tx, gk(), |tx| strategie::anlegen(tx, id, KREIS, inhalt))?;
    als(tx, gk(), |tx| strategie::einreichen(tx, &Sicht::Alles, id, None))?;
    als(tx, ministerium(), |tx| strategie::anerkennen(tx, &Sicht::Alles, id, None)).map(drop)
}

fn vereinbarung_laden(tx: &mut Tx<'_>) -> Result<(), Fehler> {
    let id = demo_id(VEREINBARUNG);
    let zuteilung = demo_zuteilung_2026().into_iter().find(|z| z.kreisschluessel == KREIS);
    let inhalt = Zielvereinbarungsinhalt {
        strategie_id: demo_id(STRATEGIE),
        budget_positionen: zuteilung.map(|z| z.positionen).unwrap_or_default(),
        ziele: vec![
            ziel(Ausbildungsvorbereitung, "NICHT_AUSBILDUNGSREIF", 105, 140, "Übergänge in Ausbildung", 45),
            ziel(
                AusbildungUndCoaching,
                "AUSZUBILDENDE_MIT_COACHINGBEDARF",
                24,
                24,
                "Bestandene Abschlussprüfungen",
                18,
            ),
            ziel(Qualifizierungsprojekt, "LANGZEITARBEITSLOS", 40, 90, "Übergänge in Beschäftigung", 30),
        ],
        querschnittsziele: Querschnittsziele {
            gleichstellung: "Mindestens die Hälfte der Plätze geht an Frauen; Teilzeit ist in jeder Maßnahme möglich."
                .to_owned(),
            inklusion: "Alle Maßnahmen sind barrierefrei zugänglich.".to_owned(),
        },
        gespraech_am: Some(tag(2026, 3, 12)),
    };
    let anlage = zielvereinbarung::Anlage { id, jahrgang: 2026, kreisschluessel: KREIS.to_owned(), inhalt };
    als(tx, gk(), |tx| zielvereinbarung::anlegen(tx, anlage))?;
    let z = als(tx, gk(), |tx| zielvereinbarung::abstimmen(tx, &Sicht::Alles, id, None, &Abstimmung::default()))?;
    let dokument_sha256 = z.wert.dokument_sha256.unwrap_or_default();
    for (wer, durch) in
        [(gk(), "Erika Beispiel, Erste Kreisbeigeordnete"), (ministerium(), "Max Muster, Abteilungsleiter Arbeit")]
    {
        let e = Unterzeichnung { durch: durch.to_owned(), dokument_sha256: dokument_sha256.clone() };
        als(tx, wer, |tx| zielvereinbarung::unterzeichnen(tx, &Sicht::Alles, id, None, &e))?;
    }
    Ok(())
}

fn ziel(massnahmeart: Massnahmeart, gruppe: &str, plaetze: i32, teilnehmende: i32, was: &str, zielwert: i64) -> Ziel {
    Ziel {
        massnahmeart,
        zielgruppe: gruppe.to_owned(),
        plaetze_geplant: plaetze,
        teilnehmende_geplant: teilnehmende,
        indikator: was.to_owned(),
        zielwert,
        einheit: "Personen".to_owned(),
    }
}
