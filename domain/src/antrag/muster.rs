//! A valid Antrag and the facts under which it has no finding, for tests of this and other crates.
//!
//! Wetteraukreis (06440), Jahrgang 2026, HE-ALT: M01 of kind 1 by a Traeger, M02 of kind 4 as an order.

use super::{
    AndereMittel, Ansprechperson, Antrag, AntragStatus, Antragsfakten, Antragsinhalt, Antragsteller, Bankverbindung,
    Erklaerungscode, MassnahmeMitPlan, Unterzeichner, Vorsteuerabzug, VorzeitigerMassnahmebeginn,
};
use crate::berechtigung::{Akteur, Rolle};
use crate::detailplanung::{Detailplanung, Periode, Personaleinsatz, Raster, Vzae};
use crate::finanzierungsplan::{Einzelansatz, Finanzierungsbeitrag, Finanzierungsplan};
use crate::geld::Euro;
use crate::katalog::{Katalogstand, Massnahmeart};
use crate::massnahme::{
    Ausbildungsberuf, DetailsAusbildungUndCoaching, DetailsAusbildungsvorbereitung, DetailsQualifizierungsprojekt,
    DetailsWeiterbildungUndWissenschaft, Durchfuehrungsform, Durchfuehrungsort, Massnahme, Massnahmedetails,
    Massnahmeninhalt, Stelle, Traegerstand, UnterartWeiterbildung, Verfahrensart, Vergabe, Zielgruppencode,
};
use crate::regelwerk::{Regelwerk, RegelwerkStatus, he_alt};
use crate::traeger::Anschrift;
use crate::zeit::{Zeitraum, tag};
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Jahrgang of the sample.
pub const JAHRGANG: i32 = 2026;
/// Applicant of the sample.
pub const KREIS: &str = "06440";
/// Traeger of the sample.
pub const TRAEGER: Uuid = Uuid::from_u128(0x0198_5f3a_6d1e_7c44_9b21_0e3f_5a7c_9d10);

/// An amount from cents; 0.00 for one that cannot be represented.
pub fn eur(cent: i64) -> Euro {
    Euro::aus_cent(cent).unwrap_or_default()
}

/// HE-ALT, published.
pub fn regelwerk() -> Regelwerk {
    Regelwerk {
        status: RegelwerkStatus::Veroeffentlicht,
        veroeffentlicht_von: Some("demo-ministerium-2".to_owned()),
        ..he_alt()
    }
}

/// A caller of the applicant.
pub fn gk() -> Akteur {
    Akteur {
        person: "demo-gk-06440-1".to_owned(),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some(KREIS.to_owned()),
        traeger_id: None,
    }
}

/// A caller of the granting authority.
pub fn rp() -> Akteur {
    Akteur {
        person: "demo-bewilligung-1".to_owned(),
        rolle: Rolle::Bewilligungsbehoerde,
        kreisschluessel: None,
        traeger_id: None,
    }
}

/// A balanced plan: `(position, year, cents)` and `(source, year, cents)`.
pub fn plan(kosten: &[(&str, i32, i64)], mittel: &[(&str, i32, i64)]) -> Finanzierungsplan {
    Finanzierungsplan {
        einzelansaetze: kosten
            .iter()
            .map(|(p, j, c)| Einzelansatz { position: (*p).to_owned(), haushaltsjahr: *j, betrag: eur(*c) })
            .collect(),
        finanzierung: mittel
            .iter()
            .map(|(q, j, c)| Finanzierungsbeitrag { quelle: (*q).to_owned(), haushaltsjahr: *j, betrag: eur(*c) })
            .collect(),
    }
}

fn zielgruppen(code: &str) -> Vec<Zielgruppencode> {
    vec![Zielgruppencode(code.to_owned())]
}

/// Valid details of any kind.
pub fn details(art: Massnahmeart) -> Massnahmedetails {
    match art {
        Massnahmeart::Ausbildungsvorbereitung => {
            Massnahmedetails::Ausbildungsvorbereitung(DetailsAusbildungsvorbereitung {
                massnahmeart: Default::default(),
                zielgruppen: zielgruppen("NICHT_AUSBILDUNGSREIF"),
                plaetze: 12,
                teilnehmende_geplant: 30,
                davon_weiblich_geplant: 14,
                stundenumfang_woche: 25,
                dauer_monate: 5,
                gesundheitsfoerderung: false,
            })
        }
        Massnahmeart::AusbildungUndCoaching => Massnahmedetails::AusbildungUndCoaching(DetailsAusbildungUndCoaching {
            massnahmeart: Default::default(),
            zielgruppen: zielgruppen("AUSZUBILDENDE_MIT_COACHINGBEDARF"),
            plaetze: 10,
            teilnehmende_geplant: 10,
            davon_weiblich_geplant: 6,
            stundenumfang_woche: 38,
            dauer_monate: 10,
            ausbildungsberuf: Ausbildungsberuf {
                kldb2010: "71402".to_owned(),
                bezeichnung: "Kauffrau für Büromanagement".to_owned(),
            },
            teilzeit: true,
            coaching: true,
        }),
        Massnahmeart::Qualifizierungsprojekt => {
            Massnahmedetails::Qualifizierungsprojekt(DetailsQualifizierungsprojekt {
                massnahmeart: Default::default(),
                zielgruppen: zielgruppen("LANGZEITARBEITSLOS"),
                plaetze: 20,
                teilnehmende_geplant: 45,
                davon_weiblich_geplant: 20,
                stundenumfang_woche: 30,
                dauer_monate: 6,
                abschlussziel: Some("Teilqualifikation Lagerlogistik".to_owned()),
            })
        }
        Massnahmeart::WeiterbildungUndWissenschaft => {
            Massnahmedetails::WeiterbildungUndWissenschaft(DetailsWeiterbildungUndWissenschaft {
                massnahmeart: Default::default(),
                unterart: UnterartWeiterbildung::Wissenschaft,
                thema: "Fortschreibung der Ausbildungs- und Arbeitsmarktstrategie".to_owned(),
                fachkraefte_geplant: None,
            })
        }
    }
}

/// A valid measure of any kind, carried out by the Traeger of the sample; 120,000.00 EUR, of which 100,000.00 EUR
/// state money, in 2026.
pub fn massnahme(nr: &str, art: Massnahmeart) -> Massnahme {
    Massnahme {
        id: Uuid::from_u128(nr.bytes().fold(0x0198_5f3a, |s, b| (s << 8) | u128::from(b))),
        massnahme_nr: nr.to_owned(),
        inhalt: Massnahmeninhalt {
            titel: format!("Maßnahme {nr}"),
            kurzbeschreibung: "Musterhafte Maßnahme.\nSie hat keine Auffälligkeiten.".to_owned(),
            teilbudget: "ALLGEMEIN".to_owned(),
            traeger_id: Some(TRAEGER),
            durchfuehrungsform: Durchfuehrungsform::Weiterleitung,
            beginn: tag(2026, 2, 1),
            ende: tag(2026, 12, 31),
            erster_vertragsabschluss_am: Some(tag(2026, 1, 15)),
            durchfuehrungsorte: vec![Durchfuehrungsort {
                plz: "61169".to_owned(),
                ort: "Friedberg".to_owned(),
                kreisschluessel: KREIS.to_owned(),
            }],
            personal: vec![Stelle {
                funktion: "Sozialpädagogik".to_owned(),
                stellenanteil_vzae: Vzae::aus_hundertsteln(100).unwrap_or_default(),
                entgeltgruppe: "TVöD SuE S 11b".to_owned(),
                jahreskosten: eur(9_000_000),
            }],
            finanzierungsplan: plan(
                &[("PERSONAL", 2026, 9_000_000), ("SACH_MIETE", 2026, 3_000_000)],
                &[("LAND_AQB", 2026, 10_000_000), ("EIGENMITTEL_GK", 2026, 2_000_000)],
            ),
            vergabe: None,
            details: details(art),
        },
    }
}

/// Scientific support of the strategy as an order over 18,000.00 EUR (dossier S24), by negotiated award.
pub fn strategieauftrag(nr: &str) -> Massnahme {
    let m = massnahme(nr, Massnahmeart::WeiterbildungUndWissenschaft);
    Massnahme {
        inhalt: Massnahmeninhalt {
            titel: "Fortschreibung der Strategie".to_owned(),
            durchfuehrungsform: Durchfuehrungsform::Auftrag,
            durchfuehrungsorte: Vec::new(),
            personal: Vec::new(),
            finanzierungsplan: plan(
                &[("WISSENSCHAFTLICHE_BEGLEITUNG", 2026, 1_800_000)],
                &[("LAND_AQB", 2026, 1_800_000)],
            ),
            vergabe: Some(Vergabe {
                verfahrensart: Verfahrensart::Verhandlungsvergabe,
                auftragswert_netto: eur(1_800_000),
                dokumentiert: true,
            }),
            ..m.inhalt
        },
        ..m
    }
}

/// A Detailplanung by quarters that fits the measure; each year's amounts are spread evenly over its quarters.
pub fn detailplanung(m: &Massnahme) -> Detailplanung {
    let inhalt = &m.inhalt;
    let mut quartale: Vec<Zeitraum> = Vec::new();
    let mut von = inhalt.beginn;
    while von <= inhalt.ende {
        let erster_monat = NaiveDate::from_ymd_opt(von.year(), von.month0() / 3 * 3 + 1, 1).unwrap_or(von);
        let naechstes = erster_monat.checked_add_months(Months::new(3)).unwrap_or(NaiveDate::MAX);
        quartale.push(Zeitraum { von, bis: inhalt.ende.min(naechstes.pred_opt().unwrap_or(NaiveDate::MAX)) });
        von = naechstes;
    }
    let plan = &inhalt.finanzierungsplan;
    let je_jahr =
        [plan.ausgaben_je_jahr(), plan.land_je_jahr(), plan.kofinanzierung_je_jahr()].map(Result::unwrap_or_default);
    let anteil = |summen: &BTreeMap<i32, Euro>, q: &Zeitraum| {
        let im_jahr: Vec<&Zeitraum> = quartale.iter().filter(|x| x.von.year() == q.von.year()).collect();
        let summe = summen.get(&q.von.year()).copied().unwrap_or_default();
        let teile = summe.aufteilen(&vec![1; im_jahr.len()]).unwrap_or_default();
        im_jahr.iter().zip(teile).find(|(x, _)| x.von == q.von).map_or(Euro::NULL, |(_, t)| t)
    };
    let [ausgaben, land, kofinanzierung] = &je_jahr;
    let plaetze = inhalt.details.teilnahmeplan().map_or(0, |t| t.plaetze);
    Detailplanung {
        perioden: quartale
            .iter()
            .map(|q| Periode {
                von: q.von,
                bis: q.bis,
                raster: Raster::Quartal,
                ausgaben: anteil(ausgaben, q),
                land_aqb: anteil(land, q),
                kofinanzierung: anteil(kofinanzierung, q),
                plaetze,
                eintritte: 0,
                austritte: 0,
            })
            .collect(),
        personaleinsatz: inhalt
            .personal
            .iter()
            .map(|s| Personaleinsatz {
                person_kuerzel: format!("MA-{}", m.massnahme_nr),
                funktion: s.funktion.clone(),
                vzae: s.stellenanteil_vzae,
                von: inhalt.beginn,
                bis: inhalt.ende,
            })
            .collect(),
        zahlungsplan: Vec::new(),
    }
}

/// The measure with a Detailplanung that fits it.
pub fn mit_plan(massnahme: Massnahme) -> MassnahmeMitPlan {
    let detailplanung = Some(detailplanung(&massnahme));
    MassnahmeMitPlan { massnahme, detailplanung }
}

/// Complete content of a form.
pub fn inhalt() -> Antragsinhalt {
    let erklaerungen = [
        "angaben_richtig",
        "datenschutz",
        "gesamtfinanzierung_gesichert",
        "massnahme_nicht_vor_1_1_begonnen",
        "traegerauswahl_dokumentiert",
    ];
    Antragsinhalt {
        antragsteller: Some(Antragsteller {
            organisationseinheit: "Fachdienst Arbeit und Ausbildung".to_owned(),
            anschrift: Anschrift {
                strasse: "Europaplatz 1".to_owned(),
                plz: "61169".to_owned(),
                ort: "Friedberg".to_owned(),
            },
            ansprechperson: Ansprechperson {
                name: "Alex Beispiel".to_owned(),
                email: "alex.beispiel@example.org".to_owned(),
                telefon: "+49 6031 83-0".to_owned(),
            },
        }),
        bankverbindung: Some(Bankverbindung {
            iban: "DE02500105170137075030".to_owned(),
            bic: None,
            kontoinhaber: "Wetteraukreis".to_owned(),
            kassenzeichen: "5.0440.000123.4".to_owned(),
        }),
        zielvereinbarung_id: Some(Uuid::from_u128(0x0198_5f3a_6d1e_7c44_9b21_0e3f_5a7c_9d11)),
        bewilligungszeitraum: Some(Zeitraum { von: tag(2026, 1, 1), bis: tag(2027, 12, 31) }),
        vorzeitiger_massnahmebeginn: Some(VorzeitigerMassnahmebeginn {
            beantragt: true,
            ab: Some(tag(2026, 1, 15)),
            begruendung: Some("Die Plätze müssen zum Schulhalbjahr bereitstehen.".to_owned()),
        }),
        vorsteuerabzug: Some(Vorsteuerabzug::Nein),
        andere_oeffentliche_mittel: Some(Vec::<AndereMittel>::new()),
        erklaerungen: Some(erklaerungen.map(|e| Erklaerungscode(e.to_owned())).to_vec()),
        unterzeichner: Some(Unterzeichner {
            name: "Kim Muster".to_owned(),
            funktion: "Erste Kreisbeigeordnete".to_owned(),
            vertretungsbefugt: true,
        }),
    }
}

/// A complete draft over 118,000.00 EUR of state money.
pub fn antrag() -> Antrag {
    Antrag {
        id: Uuid::from_u128(0x0198_5f3a_6d1e_7c44_9b21_0e3f_5a7c_9d12),
        aktenzeichen: None,
        jahrgang: JAHRGANG,
        kreisschluessel: KREIS.to_owned(),
        status: AntragStatus::Entwurf,
        inhalt: inhalt(),
        massnahmen: vec![
            mit_plan(massnahme("M01", Massnahmeart::Ausbildungsvorbereitung)),
            mit_plan(strategieauftrag("M02")),
        ],
        regelwerk: None,
        eingereicht_am: None,
        eingangsdatum: None,
        antragsfrist: None,
        erstellt_von: gk().person,
        in_pruefung_durch: None,
        nachforderung: None,
        ruecknahmegrund: None,
        version: 1,
    }
}

/// Facts of 12 March 2026 under which [`antrag`] has no finding.
pub fn fakten() -> Antragsfakten {
    Antragsfakten {
        andere_massnahmen: Vec::new(),
        regelwerk: regelwerk(),
        jahrgang_status: "OFFEN".to_owned(),
        jahrgang_offen: true,
        gk_berechtigt: true,
        gk_name: "Wetteraukreis".to_owned(),
        antragsfrist: tag(2026, 3, 31),
        heute: tag(2026, 3, 12),
        katalog: Katalogstand::anfang(),
        traeger: BTreeMap::from([(TRAEGER, Traegerstand { aktiv: true, name: "Bildungswerk Wetterau".to_owned() })]),
        verfuegbar: BTreeMap::from([
            (("ALLGEMEIN".to_owned(), 2026), eur(40_000_000)),
            (("ALLGEMEIN".to_owned(), 2027), eur(30_000_000)),
        ]),
        zuteilung_gesamt: eur(114_030_000),
        gebunden_je_art: BTreeMap::new(),
        strategie_vorhanden: true,
        zielvereinbarung_status: Some("GESCHLOSSEN".to_owned()),
        zielvereinbarung_geschlossen: true,
        zielvereinbarung_bekannt: true,
        ausnahmen: Vec::new(),
    }
}
