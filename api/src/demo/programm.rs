//! Demo data of the programme: Regelwerke, Jahrgaenge, the 27 Zuteilungen and what waits for a second person: a
//! Umverteilung, a Budgetkorrektur and a base rate.

use super::{akteur, als, demo_id};
use crate::app::{basiszinssatz, budget, jahrgang, regelwerk};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_domain::budget::{
    Budgetposition, Budgetstelle, Korrekturart, Korrekturinhalt, Umverteilungsinhalt, demo_haushaltsansatz_2026,
    demo_zuteilung_2026,
};
use aqb_domain::geld::{Euro, Prozent};
use aqb_domain::regelwerk::{Regelwerk, he_alt, he_neu};
use aqb_domain::zeit::tag;
use aqb_domain::zins::Basiszinsangaben;
use aqb_persistence::{DbFehler, DbResult, Tx};

/// A refusal of demo data is a defect of the program: it becomes an error that names the rules.
fn ohne_befund<T>(r: Ergebnis<T>) -> DbResult<T> {
    r.map_err(|f| match f {
        Fehler::Db(e) => e,
        Fehler::Befunde(b) => {
            let texte: Vec<String> = b.iter().map(|b| b.text(aqb_domain::regel::Sprache::De)).collect();
            DbFehler::Inhalt(format!("Demodaten abgelehnt: {}", texte.join(" ")))
        }
        f => DbFehler::Inhalt(format!("Demodaten abgelehnt: {f:?}")),
    })
}

fn ministerium(nr: u8) -> Akteur {
    akteur(&format!("demo-ministerium-{nr}"), Rolle::Ministerium, None)
}

/// Loads it.
pub(super) fn laden(tx: &mut Tx<'_>) -> DbResult<()> {
    for r in [he_alt(), he_neu()] {
        let version = r.version.clone();
        als(tx, ministerium(1), |tx| ohne_befund(entwerfen(tx, r, None)))?;
        als(tx, ministerium(2), |tx| ohne_befund(regelwerk::veroeffentlichen(tx, &version, Some(1))))?;
    }
    let leer = Regelwerk {
        version: "HE-ENTWURF".to_owned(),
        bezeichnung: "DEMO: Entwurf nach HE-NEU, wartet auf die Veröffentlichung".to_owned(),
        gueltig_ab: tag(2027, 1, 1),
        parameter: Vec::new(),
        ..he_neu()
    };
    als(tx, ministerium(1), |tx| {
        ohne_befund(entwerfen(tx, leer, Some("HE-NEU")))?;
        ohne_befund(jahrgaenge(tx))?;
        ohne_befund(zuteilungen(tx))?;
        ohne_befund(umverteilung(tx))?;
        ohne_befund(korrektur(tx))?;
        ohne_befund(basiszinssatz(tx))
    })
}

fn entwerfen(tx: &mut Tx<'_>, r: Regelwerk, vorlage: Option<&str>) -> Ergebnis<()> {
    let e = regelwerk::Entwurf {
        version: r.version,
        bezeichnung: r.bezeichnung,
        gueltig_ab: r.gueltig_ab,
        parameter: r.parameter,
        vorlage: vorlage.map(str::to_owned),
    };
    regelwerk::entwerfen(tx, e).map(drop)
}

/// 2026 with the demo budget; 2027 open and not yet allocated; 2028 in preparation.
fn jahrgaenge(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let ansatz = |jahr: i32| -> Ergebnis<Vec<Budgetposition>> {
        let betrag = Euro::aus_cent(500_000_000)?;
        let position = |t: &str, haushaltsjahr| Budgetposition { teilbudget: t.to_owned(), haushaltsjahr, betrag };
        Ok(vec![position("ALLGEMEIN", jahr), position("ALLGEMEIN", jahr.saturating_add(1))])
    };
    for (jahr, ansaetze, offen) in
        [(2026, demo_haushaltsansatz_2026(), true), (2027, ansatz(2027)?, true), (2028, ansatz(2028)?, false)]
    {
        jahrgang::anlegen(tx, jahr, "HE-ALT", ansaetze)?;
        if offen {
            jahrgang::oeffnen(tx, jahr, Some(1))?;
        }
    }
    Ok(())
}

fn zuteilungen(tx: &mut Tx<'_>) -> Ergebnis<()> {
    for (z, nr) in demo_zuteilung_2026().into_iter().zip(0x100u16..) {
        budget::zuteilung_buchen(tx, 2026, demo_id(nr), z)?;
    }
    Ok(())
}

fn umverteilung(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let stelle = |kreis: &str| Budgetstelle {
        kreisschluessel: kreis.to_owned(),
        teilbudget: "ALLGEMEIN".to_owned(),
        haushaltsjahr: 2026,
    };
    let inhalt = Umverteilungsinhalt {
        von: stelle("06440"),
        nach: stelle("06531"),
        betrag: Euro::aus_cent(100_000)?,
        grund: "DEMO: Minderbedarf laut Zielvereinbarungsgespräch".to_owned(),
    };
    budget::umverteilung_anlegen(tx, 2026, demo_id(0xb1), inhalt).map(drop)
}

/// A cut that waits for its approval.
fn korrektur(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let betrag = Euro::aus_cent(50_000)?;
    let inhalt = Korrekturinhalt {
        art: Korrekturart::ZuteilungKuerzung,
        kreisschluessel: Some("06440".to_owned()),
        positionen: vec![Budgetposition { teilbudget: "ALLGEMEIN".to_owned(), haushaltsjahr: 2026, betrag }],
        grund: "DEMO: Zuteilung zu hoch erfasst".to_owned(),
    };
    budget::korrektur_anlegen(tx, 2026, demo_id(0xb2), inhalt).map(drop)
}

/// A correction of a base rate that waits for its release; it changes the source, not the rate.
fn basiszinssatz(tx: &mut Tx<'_>) -> Ergebnis<()> {
    let angaben = Basiszinsangaben {
        gueltig_ab: tag(2026, 7, 1),
        prozent: Prozent::aus_hundertsteln(152),
        fundstelle: "DEMO: Bekanntmachung der Deutschen Bundesbank, Bundesanzeiger".to_owned(),
        grund: Some("DEMO: amtliche Fundstelle ergänzt".to_owned()),
    };
    basiszinssatz::erfassen(tx, demo_id(0xb3), angaben).map(drop)
}
