use super::*;
use crate::befund::{Befund, Schwere};
use crate::berechtigung::{Akteur, Rolle};
use crate::bestaetigung::Warnungsbestaetigung;
use crate::regel::MOEGLICHES_DUPLIKAT;
use crate::zeit::{Zeitraum, tag};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

mod faelle;
mod pruefung;
mod regeln;
mod zellen;

fn euro(s: &str) -> Euro {
    s.parse().unwrap()
}

fn fakten(kreis: &str, traeger: Option<Uuid>) -> Belegfakten {
    let massnahme = Belegmassnahme {
        id: Uuid::from_u128(0xe1),
        teilbudget: "ALLGEMEIN".into(),
        traeger_id: traeger,
        positionen: BTreeSet::from(["MIETE".into(), "PERSONAL".into()]),
    };
    Belegfakten {
        kette: Belegkette {
            kette_id: Uuid::from_u128(1),
            antrag_id: Uuid::from_u128(2),
            aktenzeichen: Some("AQB-2026-06440-1".into()),
            jahrgang: 2026,
            kreisschluessel: kreis.into(),
            status: "ENTWURF",
            bearbeitbar: true,
            in_pruefung: false,
            entschieden: false,
        },
        massnahmen: BTreeMap::from([("M01".into(), massnahme)]),
        bewilligungszeitraum: Zeitraum { von: tag(2026, 2, 1), bis: tag(2027, 12, 31) },
        berichtszeitraum: Zeitraum { von: tag(2026, 2, 1), bis: tag(2027, 12, 31) },
        zahlbar_bis: tag(2028, 2, 29),
        auftrag_ab: tag(2026, 1, 1),
        heute: tag(2028, 6, 1),
        regelwerk: "HE-ALT".into(),
    }
}

fn miete() -> Beleginhalt {
    Beleginhalt {
        belegnummer: "2026-0417".into(),
        split_gruppe: None,
        massnahme_nr: "M01".into(),
        position: "MIETE".into(),
        teilbudget: "ALLGEMEIN".into(),
        art: Belegart::Ausgabe,
        auftragsdatum: Some(tag(2026, 1, 15)),
        rechnungsdatum: tag(2026, 3, 3),
        leistung_von: Some(tag(2026, 3, 1)),
        leistung_bis: Some(tag(2026, 3, 31)),
        zahlungsdatum: tag(2026, 3, 10),
        rechnungsaussteller: "Hausverwaltung Taunus GmbH".into(),
        gegenstand: "Raummiete".into(),
        rechnungsbetrag_brutto: euro("4999.99"),
        skonto_rabatt: Euro::NULL,
        gezahlter_betrag: euro("4999.99"),
        nicht_foerderfaehig_ust: Euro::NULL,
        nicht_foerderfaehig_sonst: Euro::NULL,
        beantragt: euro("4999.99"),
        storno_von: None,
        original_sha256: None,
    }
}

fn wer(rolle: Rolle, kreis: Option<&str>, traeger_id: Option<Uuid>) -> Akteur {
    Akteur { person: "p1".into(), rolle, kreisschluessel: kreis.map(str::to_owned), traeger_id }
}

fn gk() -> Akteur {
    wer(Rolle::Gebietskoerperschaft, Some("06440"), None)
}

fn beleg(id: u128, i: Beleginhalt, f: &Belegfakten) -> Beleg {
    let a = wer(Rolle::Gebietskoerperschaft, Some(&f.kette.kreisschluessel), None);
    Beleg::entwerfen(Uuid::from_u128(id), 1, i, f, &a).unwrap().0
}

fn namen(befunde: &[Befund]) -> Vec<&'static str> {
    befunde.iter().map(|b| b.regel.kurzname).collect()
}
