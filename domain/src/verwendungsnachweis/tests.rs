use super::*;
use crate::aenderungsantrag::Zahlungsbewegung;
use crate::akt::{Handlungsgrund, pruefe_tabelle};
use crate::antrag::{Nachforderungsposten, muster};
use crate::befund::{Befund, Schwere};
use crate::berechtigung::{Akteur, Rolle};
use crate::bescheid::{
    BeantragtePosition, BescheidStatus, BewilligungEingabe, Entscheidungseingabe, Entscheidungsfakten,
    Nebenbestimmungen, entwerfen,
};
use crate::bestaetigung::Warnungsbestaetigung;
use crate::geld::Euro;
use crate::katalog::{Katalogstand, Massnahmeart};
use crate::regelwerk::{Regelwerk, he_alt, he_neu};
use crate::weiterleitung::{Weiterleitung, WeiterleitungStatus, Weiterleitungsform, Weiterleitungsinhalt};
use crate::zeit::{Zeitraum, tag};
use crate::zins::faelle::{alle, gleich};

mod akte;

pub(super) fn gk(nr: u8) -> Akteur {
    Akteur {
        person: format!("gk-{nr}"),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some("06440".into()),
        traeger_id: None,
    }
}

pub(super) fn rp() -> Akteur {
    Akteur { person: "rp-1".into(), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None }
}

pub(super) fn euro(s: &str) -> Euro {
    s.parse().unwrap()
}

pub(super) fn codes(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

/// Findings that block or must be confirmed.
pub(super) fn ernste(b: &[Befund]) -> Vec<&'static str> {
    b.iter().filter(|b| b.schwere != Schwere::Hinweis).map(|b| b.regel.kurzname).collect()
}

pub(super) fn jetzt(n: chrono::NaiveDate) -> chrono::DateTime<chrono::Utc> {
    crate::zeit::tagesbeginn(n)
}

/// The plan of dossier 5.2 and S14: 250 000.00 planned, 200 000.00 granted and paid in 2026, for 2026 and 2027.
pub(super) struct Fall {
    pub(super) quellen: Nachweisquellen,
    pub(super) regelwerk: Regelwerk,
    pub(super) katalog: Katalogstand,
}

pub(super) fn fall() -> Fall {
    fall_mit(he_alt())
}

pub(super) fn fall_mit(regelwerk: Regelwerk) -> Fall {
    let mut antrag = muster::antrag();
    let mut m = muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung);
    m.inhalt.finanzierungsplan = muster::plan(
        &[
            ("PERSONAL", 2026, 15_000_000),
            ("SACH_SONSTIGE", 2026, 4_000_000),
            ("SACH_SONSTIGE", 2027, 2_000_000),
            ("TEILNEHMENDE_SONSTIGE", 2026, 4_000_000),
        ],
        &[
            ("LAND_AQB", 2026, 18_000_000),
            ("LAND_AQB", 2027, 2_000_000),
            ("EIGENMITTEL_GK", 2026, 3_000_000),
            ("SGB3", 2026, 2_000_000),
        ],
    );
    let stellen = [(2026, "180000.00"), (2027, "20000.00")];
    let fakten = Entscheidungsfakten {
        aenderung: None,
        fortgeltend: Vec::new(),
        antrag_id: antrag.id,
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        positionen: stellen
            .iter()
            .map(|(haushaltsjahr, betrag)| BeantragtePosition {
                bisher: None,
                massnahme_id: m.id,
                massnahme_nr: "M01".into(),
                massnahmeart: Massnahmeart::Ausbildungsvorbereitung,
                teilbudget: "ALLGEMEIN".into(),
                haushaltsjahr: *haushaltsjahr,
                beantragt: euro(betrag),
            })
            .collect(),
        bewilligungszeitraum: Zeitraum { von: tag(2026, 1, 1), bis: tag(2027, 12, 31) },
        finanzierungsart: crate::jahrgang::Finanzierungsart::Anteil,
        regelwerk: &regelwerk,
        antrag_schnappschuss_sha256: "a".repeat(64),
        vorgaenger: None,
        befunde: Vec::new(),
        heute: tag(2026, 5, 18),
    };
    let eingabe = Entscheidungseingabe::Bewilligung(BewilligungEingabe {
        auflagen: Vec::new(),
        begruendung: None,
        bestaetigte_warnungen: Vec::new(),
    });
    let mut bescheid = entwerfen(Uuid::from_u128(7), &eingabe, &fakten, &rp()).unwrap().zustand;
    bescheid.status = BescheidStatus::Bekanntgegeben;
    bescheid.erlassen_am = Some(tag(2026, 5, 18));
    bescheid.bekannt_am = Some(tag(2026, 5, 20));
    let zahlungen = stellen.iter().map(|(jahr, betrag)| Zahlungsbewegung {
        stelle: (m.id, "ALLGEMEIN".into(), *jahr),
        vorgang: format!("ZAHLUNG/{jahr}"),
        am: tag(*jahr, 6, 1),
        betrag: euro(betrag),
    });
    let zahlungen = zahlungen.collect();
    antrag.massnahmen = vec![muster::mit_plan(m)];
    let quellen = Nachweisquellen {
        antrag,
        bescheide: vec![bescheid],
        zahlungen,
        weiterleitungen: Vec::new(),
        nachweise: Vec::new(),
        heute: tag(2028, 3, 1),
    };
    Fall { quellen, regelwerk, katalog: Katalogstand::anfang() }
}

pub(super) const SCHLUSS: Nachweisgegenstand =
    Nachweisgegenstand { art: Nachweisart::Schlussnachweis, haushaltsjahr: None };
pub(super) const ZWISCHEN: Nachweisgegenstand =
    Nachweisgegenstand { art: Nachweisart::Zwischennachweis, haushaltsjahr: Some(2026) };

impl Fall {
    pub(super) fn fakten(&self) -> Nachweisfakten<'_> {
        Nachweisfakten {
            quellen: &self.quellen,
            regelwerk: &self.regelwerk,
            katalog: &self.katalog,
            belegliste: None,
            ausnahmen: &[],
        }
    }

    pub(super) fn massnahme(&self) -> Uuid {
        self.quellen.antrag.massnahmen.first().unwrap().massnahme.id
    }

    pub(super) fn begonnen(&self, g: Nachweisgegenstand) -> Result<Verwendungsnachweis, Vec<Befund>> {
        let id = Uuid::from_u128(50);
        Verwendungsnachweis::anlegen(id, g, Nachweisinhalt::default(), (&self.quellen, &self.regelwerk), &gk(1))
            .map(|e| e.zustand)
    }

    /// A proof with these amounts spent on staff, material and participants, and everything else in order.
    pub(super) fn nachweis(&self, g: Nachweisgegenstand, ist: [&str; 3]) -> Verwendungsnachweis {
        let mut n = self.begonnen(g).unwrap();
        let positionen = ["PERSONAL", "SACH_SONSTIGE", "TEILNEHMENDE_SONSTIGE"];
        n.inhalt = Nachweisinhalt {
            zuwendungszweck: Some("Vorbereitung auf die Ausbildung".into()),
            begonnen_am: Some(tag(2026, 2, 1)),
            beendet_am: Some(tag(2027, 12, 31)),
            beginnzustimmung: None,
            gesamt_ausgezahlt: Some(n.grundlage.ausgezahlt),
            massnahmen: vec![Nachweismassnahme {
                massnahme_id: self.massnahme(),
                ausgaben: positionen
                    .iter()
                    .zip(ist)
                    .map(|(p, ist)| Nachweisausgabe {
                        position: (*p).to_owned(),
                        ist: euro(ist),
                        zuwendungsfaehig: euro(ist),
                        erlaeuterung: None,
                    })
                    .collect(),
                finanzierung: [
                    ("LAND_AQB", n.grundlage.ausgezahlt),
                    ("EIGENMITTEL_GK", euro("30000.00")),
                    ("SGB3", euro("20000.00")),
                ]
                .into_iter()
                .map(|(quelle, ist)| Nachweismittel { quelle: quelle.to_owned(), ist })
                .collect(),
                erlaeuterung: Some("Abrechnung nach Abschluss".into()),
            }],
            letztempfaenger: Vec::new(),
            rpa_vermerk: Some(RpaVermerk {
                geprueft: Rpapruefung::Ja,
                am: Some(tag(2028, 2, 1)),
                name: Some("Robin Probe".into()),
            }),
            bestaetigungen: Nachweisbestaetigung::ALLE.to_vec(),
        };
        n.sachberichte =
            vec![Sachberichtverweis { massnahme_id: self.massnahme(), fassung: 1, sha256: "b".repeat(64) }];
        n
    }

    pub(super) fn befunde(&self, n: &Verwendungsnachweis) -> Vec<Befund> {
        n.pruefbericht(&self.fakten())
    }
}

/// A concluded Weiterleitung of the case.
pub(super) fn weiterleitung(f: &Fall) -> Weiterleitung {
    Weiterleitung {
        id: Uuid::from_u128(41),
        antrag_id: f.quellen.antrag.id,
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        regelwerk: "HE-ALT".into(),
        inhalt: Weiterleitungsinhalt {
            massnahme_id: f.massnahme(),
            traeger_id: Uuid::from_u128(77),
            form: Weiterleitungsform::Vertrag,
            betrag: euro("1000.00"),
            bewilligungszeitraum: Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 12, 31) },
            nebenbestimmungen: Nebenbestimmungen::AnbestP,
            vn_frist: tag(2027, 6, 30),
        },
        status: WeiterleitungStatus::Abgeschlossen,
        entworfen_von: "gk-1".into(),
        abgeschlossen_am: Some(tag(2026, 3, 1)),
        abgeschlossen_von: Some("gk-2".into()),
        ende: None,
        auszahlungen: Vec::new(),
        verwendungen: Vec::new(),
        rueckzahlungen: Vec::new(),
    }
}

/// The Regelwerk of the Bescheid says which kinds there are, whatever the law became since.
#[test]
fn jede_nachweisart() {
    alle(include_str!("../../../tests/faelle/nachweisarten.csv"), |zeile| {
        let mut regelwerk = match zeile["regelwerk"] {
            "HE-ALT" => he_alt(),
            _ => Regelwerk { parameter: he_neu_mit_finanzierung(), ..he_neu() },
        };
        for (schluessel, wert) in zeile["parameter"].split_whitespace().map(|p| p.split_once('=').unwrap()) {
            let p = regelwerk.parameter.iter_mut().find(|p| p.schluessel == schluessel).unwrap();
            p.wert = (!wert.is_empty()).then(|| wert.to_owned());
        }
        let f = fall_mit(regelwerk);
        let haushaltsjahr = zeile["haushaltsjahr"].parse().ok();
        let r = f.begonnen(Nachweisgegenstand { art: zeile["art"].parse().unwrap(), haushaltsjahr });
        gleich("befund", zeile["befund"], r.as_ref().err().map_or(String::new(), |b| codes(b).join(" ")))?;
        let Ok(n) = r else { return gleich("belegliste", zeile["belegliste"], "") };
        gleich("belegliste", zeile["belegliste"], if n.mit_belegliste { "JA" } else { "NEIN" })?;
        gleich("regelwerk", zeile["regelwerk"], n.regelwerk)
    });
}

/// HE-NEU with the Finanzierungsart a grant needs.
fn he_neu_mit_finanzierung() -> Vec<crate::regelwerk::Parameter> {
    let art = he_alt().parameter.into_iter().find(|p| p.schluessel == "finanzierungsart").unwrap();
    he_neu().parameter.into_iter().map(|p| if p.schluessel == "finanzierungsart" { art.clone() } else { p }).collect()
}

/// Dossier 3.11: the server fixes the period.
#[test]
fn zeitraum_und_jahr() {
    let f = fall();
    let ganz = Zeitraum { von: tag(2026, 1, 1), bis: tag(2027, 12, 31) };
    assert_eq!(f.quellen.zeitraum(SCHLUSS), Ok(ganz));
    assert_eq!(f.quellen.zeitraum(ZWISCHEN), Ok(Zeitraum { bis: tag(2026, 12, 31), ..ganz }));
    let mut ohne = fall();
    ohne.quellen.heute = tag(2026, 5, 19);
    assert_eq!(codes(&ohne.begonnen(SCHLUSS).unwrap_err()), ["NACHWEIS_OHNE_BESCHEID"], "a day before notification");
}

/// The server's figures: plan of the period, payments of the ledger, the Bescheid with day and amount.
#[test]
fn grundlage_aus_bescheid_und_buch() {
    let f = fall();
    let g = f.quellen.grundlage(SCHLUSS).unwrap();
    assert_eq!((g.bewilligt, g.ausgezahlt), (euro("200000.00"), euro("200000.00")));
    let b = g.bescheide.first().unwrap();
    assert_eq!((b.erlassen_am, b.bewilligt), (tag(2026, 5, 18), euro("200000.00")));
    let z = f.quellen.grundlage(ZWISCHEN).unwrap();
    assert_eq!((z.bewilligt, z.ausgezahlt), (euro("180000.00"), euro("180000.00")), "2026 alone");
    let sach = |g: &Nachweisgrundlage| {
        let m = g.massnahmen.first().unwrap();
        m.ausgaben.iter().find(|a| a.position == "SACH_SONSTIGE").unwrap().plan
    };
    assert_eq!((sach(&g), sach(&z)), (euro("60000.00"), euro("40000.00")));
}

/// What a filed proof comes to: findings about its lines, what is recognised, and the grant that would remain.
#[test]
fn jede_nachweisrechnung() {
    let f = fall();
    alle(include_str!("../../../tests/faelle/nachweisrechnung.csv"), |zeile| {
        let mut n = f.nachweis(SCHLUSS, [zeile["personal"], zeile["sach"], zeile["teilnehmende"]]);
        erste(&mut n).finanzierung.last_mut().unwrap().ist = euro(zeile["dritte"]);
        let befunde = f.befunde(&n);
        let ansaetze: Vec<_> = codes(&befunde)
            .into_iter()
            .filter(|c| !c.starts_with("NACHWEIS_UE") && !c.starts_with("NACHWEIS_UN"))
            .collect();
        gleich("befunde", zeile["befunde"], ansaetze.join(" "))?;
        gleich("anerkannt", zeile["anerkannt"], n.plan_ist(&f.regelwerk).unwrap().first().unwrap().anerkannt)?;
        let b = n.berechnung(&f.regelwerk).unwrap();
        let ergebnis = &b.first().unwrap().ergebnis;
        gleich("zuwendung", zeile["zuwendung"], ergebnis.zuwendung)?;
        gleich("erstattung", zeile["erstattung"], ergebnis.erstattung.unwrap())?;
        gleich("Rechenweg", "true", !ergebnis.schritte.is_empty())
    });
}

/// Dossier S14: the excess is told with its numbers, and explained it can be filed.
#[test]
fn s14_ueberschreitung_in_worten() {
    let f = fall();
    let mut n = f.nachweis(SCHLUSS, ["181000.00", "46000.00", "23000.00"]);
    let befunde = f.befunde(&n);
    let zu_weit = befunde.iter().find(|b| b.regel.kurzname == "ANSATZ_UEBERSCHRITTEN").unwrap();
    let text = zu_weit.text(crate::regel::Sprache::De);
    for zahl in ["150.000,00", "181.000,00", "180.000,00", "1.000,00"] {
        assert!(text.contains(zahl), "{text}");
    }
    for a in n.inhalt.massnahmen.iter_mut().flat_map(|m| &mut m.ausgaben).filter(|a| a.position == "PERSONAL") {
        a.erlaeuterung = Some("Tarifabschluss".into());
    }
    assert_eq!(ernste(&f.befunde(&n)), Vec::<&str>::new());
}

/// A position the plan does not know recognises nothing; as not eligible it may be shown.
#[test]
fn nicht_geplanter_ansatz() {
    let f = fall();
    let mut n = f.nachweis(SCHLUSS, ["150000.00", "60000.00", "40000.00"]);
    let neu = |zuwendungsfaehig: &str| Nachweisausgabe {
        position: "HONORARE".into(),
        ist: euro("100.00"),
        zuwendungsfaehig: euro(zuwendungsfaehig),
        erlaeuterung: None,
    };
    n.inhalt.massnahmen.first_mut().unwrap().ausgaben.push(neu("0.01"));
    assert!(ernste(&f.befunde(&n)).contains(&"ANSATZ_NICHT_IM_PLAN"));
    n.inhalt.massnahmen.first_mut().unwrap().ausgaben.pop();
    n.inhalt.massnahmen.first_mut().unwrap().ausgaben.push(neu("0.00"));
    assert_eq!(ernste(&f.befunde(&n)), ["NACHWEIS_UNTERDECKUNG"], "100.00 more than was received");
}

type Aenderung = fn(&mut Fall, &mut Verwendungsnachweis);

fn erste(n: &mut Verwendungsnachweis) -> &mut Nachweismassnahme {
    n.inhalt.massnahmen.first_mut().unwrap()
}

/// Dossier 3.11, field by field: what blocks the filing or must be confirmed, on and next to each limit.
#[test]
fn pruefbericht_feld_fuer_feld() {
    let faelle: &[(&str, Aenderung, &[&str])] = &[
        ("all in order", |_, _| (), &[]),
        ("no purpose", |_, n| n.inhalt.zuwendungszweck = None, &["ANGABE_FEHLT"]),
        ("nothing confirmed", |_, n| n.inhalt.gesamt_ausgezahlt = None, &["ANGABE_FEHLT"]),
        (
            "a cent too little confirmed",
            |_, n| n.inhalt.gesamt_ausgezahlt = Some(euro("199999.99")),
            &["AUSZAHLUNG_NICHT_BESTAETIGT"],
        ),
        ("no beginning", |_, n| n.inhalt.begonnen_am = None, &["ANGABE_FEHLT"]),
        ("1 January", |_, n| n.inhalt.begonnen_am = Some(tag(2026, 1, 1)), &[]),
        ("31 December before", |_, n| n.inhalt.begonnen_am = Some(tag(2025, 12, 31)), &["NACHWEIS_BEGINN_ZU_FRUEH"]),
        (
            "31 December before, with consent",
            |_, n| {
                n.inhalt.begonnen_am = Some(tag(2025, 12, 31));
                n.inhalt.beginnzustimmung =
                    Some(Beginnzustimmung { am: tag(2025, 12, 1), durch: "RP".into(), aktenzeichen: "1".into() });
            },
            &[],
        ),
        ("no end", |_, n| n.inhalt.beendet_am = None, &["ANGABE_FEHLT"]),
        ("ends tomorrow", |_, n| n.inhalt.beendet_am = Some(tag(2028, 3, 2)), &["DATUM_IN_ZUKUNFT"]),
        ("ends before it began", |_, n| n.inhalt.beendet_am = Some(tag(2026, 1, 31)), &["NACHWEIS_ENDE_VOR_BEGINN"]),
        (
            "the last day of the period",
            |f, n| {
                f.quellen.heute = tag(2027, 12, 31);
                n.inhalt.rpa_vermerk.as_mut().unwrap().am = Some(tag(2027, 12, 31));
            },
            &["NACHWEISZEITRAUM_LAEUFT"],
        ),
        ("no figures", |_, n| n.inhalt.massnahmen.clear(), &["MASSNAHME_OHNE_ZAHLEN"]),
        (
            "a foreign measure",
            |_, n| {
                let fremd = Nachweismassnahme { massnahme_id: Uuid::from_u128(9), ..erste(n).clone() };
                n.inhalt.massnahmen.push(fremd);
            },
            &["MASSNAHME_NICHT_BEWILLIGT"],
        ),
        (
            "more eligible than spent",
            |_, n| erste(n).ausgaben.first_mut().unwrap().ist = euro("149999.99"),
            &["ZUWENDUNGSFAEHIG_UEBER_IST"],
        ),
        (
            "twice the same source",
            |_, n| erste(n).finanzierung.push(Nachweismittel { quelle: "SGB3".into(), ist: Euro::NULL }),
            &["NACHWEISZEILE_DOPPELT"],
        ),
        (
            "negative",
            |_, n| erste(n).finanzierung.last_mut().unwrap().ist = euro("-0.01"),
            &["NACHWEISBETRAG_NEGATIV", "NACHWEIS_UNTERDECKUNG"],
        ),
        (
            "a cent not covered",
            |_, n| erste(n).finanzierung.last_mut().unwrap().ist = euro("19999.99"),
            &["NACHWEIS_UNTERDECKUNG"],
        ),
        (
            "a cent too much is shown, not refused",
            |_, n| erste(n).finanzierung.last_mut().unwrap().ist = euro("20000.01"),
            &[],
        ),
        (
            "savings without an explanation",
            |_, n| {
                erste(n).erlaeuterung = None;
                let p = erste(n).ausgaben.first_mut().unwrap();
                (p.ist, p.zuwendungsfaehig) = (euro("149000.00"), euro("149000.00"));
            },
            &["ERLAEUTERUNG_FEHLT"],
        ),
        (
            "a confirmation is missing",
            |_, n| n.inhalt.bestaetigungen.retain(|b| *b != Nachweisbestaetigung::KeineDoppelfoerderung),
            &["NACHWEISBESTAETIGUNG_FEHLT"],
        ),
        ("no note", |_, n| n.inhalt.rpa_vermerk = None, &["RPA_VERMERK_FEHLT"]),
        ("a note without a day", |_, n| n.inhalt.rpa_vermerk.as_mut().unwrap().am = None, &["RPA_VERMERK_FEHLT"]),
        (
            "no such office",
            |_, n| n.inhalt.rpa_vermerk = Some(RpaVermerk { geprueft: Rpapruefung::KeinRpa, am: None, name: None }),
            &[],
        ),
        ("no Sachbericht", |_, n| n.sachberichte.clear(), &["SACHBERICHT_FEHLT"]),
        ("money was paid since", |f, _| f.quellen.zahlungen.pop().map_or((), drop), &["NACHWEISGRUNDLAGE_VERALTET"]),
        (
            "a Weiterleitung was concluded since",
            |f, _| f.quellen.weiterleitungen = vec![weiterleitung(f)],
            &["NACHWEISGRUNDLAGE_VERALTET"],
        ),
    ];
    for (name, aendere, soll) in faelle {
        let mut f = fall();
        let mut n = f.nachweis(SCHLUSS, ["150000.00", "60000.00", "40000.00"]);
        aendere(&mut f, &mut n);
        assert_eq!(ernste(&f.befunde(&n)), *soll, "{name}");
    }
}

/// ANBest-GK Nr. 5.6: each concluded Weiterleitung is proved and checked before the own filing.
#[test]
fn nachweise_der_letztempfaenger() {
    let mut f = fall();
    f.quellen.weiterleitungen = vec![weiterleitung(&f)];
    let n = f.nachweis(SCHLUSS, ["150000.00", "60000.00", "40000.00"]);
    assert_eq!(ernste(&f.befunde(&n)), ["TRAEGERNACHWEIS_FEHLT"]);
    let eintrag = Letztempfaengernachweis {
        weiterleitung_id: Uuid::from_u128(41),
        eingegangen_am: tag(2028, 2, 10),
        geprueft_von: Some("Kim Muster".into()),
        geprueft_am: Some(tag(2028, 2, 10)),
        ergebnis: Some(Nachweispruefergebnis::OhneBeanstandung),
        bemerkung: None,
    };
    type Fallzeile = (&'static str, fn(&mut Letztempfaengernachweis), &'static [&'static str]);
    let faelle: &[Fallzeile] = &[
        ("checked on the day it came", |_| (), &[]),
        ("the day before", |l| l.geprueft_am = Some(tag(2028, 2, 9)), &["TRAEGERNACHWEIS_UNGEPRUEFT"]),
        ("not checked", |l| l.ergebnis = None, &["TRAEGERNACHWEIS_UNGEPRUEFT"]),
        ("by nobody", |l| l.geprueft_von = None, &["TRAEGERNACHWEIS_UNGEPRUEFT"]),
        (
            "objected to without words",
            |l| l.ergebnis = Some(Nachweispruefergebnis::MitBeanstandung),
            &["TRAEGERNACHWEIS_UNGEPRUEFT"],
        ),
        (
            "another Weiterleitung",
            |l| l.weiterleitung_id = Uuid::from_u128(42),
            &["TRAEGERNACHWEIS_UNBEKANNT", "TRAEGERNACHWEIS_FEHLT"],
        ),
        (
            "came tomorrow",
            |l| {
                l.eingegangen_am = tag(2028, 3, 2);
            },
            &["DATUM_IN_ZUKUNFT", "TRAEGERNACHWEIS_UNGEPRUEFT"],
        ),
    ];
    for (name, aendere, soll) in faelle {
        let mut l = eintrag.clone();
        aendere(&mut l);
        let mut mit = n.clone();
        mit.inhalt.letztempfaenger = vec![l];
        assert_eq!(ernste(&f.befunde(&mit)), *soll, "{name}");
    }
    // a check of what was not handed in here is a hint to keep the paper
    let hinweis =
        |n: &Verwendungsnachweis| f.befunde(n).iter().any(|b| b.regel.kurzname == "TRAEGERNACHWEIS_AUF_PAPIER");
    let mut papier = n.clone();
    papier.inhalt.letztempfaenger = vec![eintrag.clone()];
    assert!(hinweis(&papier) && !hinweis(&n));
    let ungeprueft = Letztempfaengernachweis { geprueft_von: None, ..eintrag };
    let mut offen = n.clone();
    offen.inhalt.letztempfaenger = vec![ungeprueft];
    assert!(!hinweis(&offen));
    papier.traegernachweise = vec![Traegernachweis {
        weiterleitung_id: Uuid::from_u128(41),
        traeger_id: Uuid::from_u128(77),
        massnahme_id: Uuid::from_u128(1),
        ausgaben: Vec::new(),
        finanzierung: Vec::new(),
        bemerkung: None,
        eingegangen_am: tag(2028, 2, 10),
        eingereicht_von: "traeger-77".into(),
    }];
    assert!(!hinweis(&papier), "it is here");
}

/// What a Zwischennachweis shows is referred to, not stated again; both together are measured against the plan.
#[test]
fn zwischennachweis_wird_uebernommen() {
    let mut f = fall();
    f.quellen.heute = tag(2027, 3, 1);
    let mut z = f.nachweis(ZWISCHEN, ["150000.00", "40000.00", "40000.00"]);
    z.inhalt.beendet_am = None;
    erste(&mut z).finanzierung.first_mut().unwrap().ist = euro("180000.00");
    z.inhalt.rpa_vermerk = Some(RpaVermerk { geprueft: Rpapruefung::KeinRpa, am: None, name: None });
    let z = akte::eingereicht(&f, &z);
    f.quellen.nachweise = vec![z.clone()];
    f.quellen.heute = tag(2028, 3, 1);
    let mut n = f.nachweis(SCHLUSS, ["0.00", "20000.00", "0.00"]);
    for (q, ist) in erste(&mut n).finanzierung.iter_mut().zip(["20000.00", "0.00", "0.00"]) {
        q.ist = euro(ist);
    }
    assert_eq!(n.grundlage.zwischennachweise.first().unwrap().verwendungsnachweis_id, z.id);
    let befunde = f.befunde(&n);
    assert_eq!(codes(&befunde), ["ZWISCHENNACHWEIS_UNGEPRUEFT"], "the sums of both agree with the plan");
    let v = n.plan_ist(&f.regelwerk).unwrap();
    assert_eq!(v.first().unwrap().anerkannt, euro("250000.00"));
    f.quellen.nachweise.first_mut().unwrap().status = NachweisStatus::Geprueft;
    assert_eq!(codes(&f.befunde(&n)), Vec::<&str>::new());
    f.quellen.nachweise.first_mut().unwrap().status = NachweisStatus::Zurueckgezogen;
    assert!(codes(&f.befunde(&n)).contains(&"NACHWEISGRUNDLAGE_VERALTET"), "it was withdrawn since");
}

proptest::proptest! {
    /// What is recognised is never more than is eligible, permitted or planned in total.
    #[test]
    fn anerkannt_nie_mehr(p in 0i64..30_000_000, s in 0i64..12_000_000, t in 0i64..8_000_000) {
        let f = fall();
        let ist = [p, s, t].map(|c| Euro::aus_cent(c).unwrap().to_string());
        let n = f.nachweis(SCHLUSS, [&ist[0], &ist[1], &ist[2]]);
        let v = n.plan_ist(&f.regelwerk).unwrap();
        let v = v.first().unwrap();
        proptest::prop_assert!(v.anerkannt <= v.plan);
        for z in &v.zeilen {
            proptest::prop_assert!(z.anerkannt <= z.zuwendungsfaehig && Some(z.anerkannt) <= z.zulaessig);
            proptest::prop_assert_eq!(z.anerkannt.plus(z.nicht_anerkannt).unwrap(), z.zuwendungsfaehig);
        }
        proptest::prop_assert!(v.unterdeckung.ist_null() || v.ueberzahlung.ist_null());
        let b = n.berechnung(&f.regelwerk).unwrap();
        let b = b.first().unwrap();
        proptest::prop_assert!(b.ergebnis.zuwendung <= b.bewilligt, "never above the grant");
    }
}

/// Dossier 3.11: income and expenditure agree, and the state's money is what was paid out.
#[test]
fn abschnitt_3_11_einnahmen_und_ausgaben() {
    let f = fall();
    let ausgaben = ["180000.00", "46000.00", "24000.00"];
    for (name, quelle, ist, soll) in [
        ("agrees", "SGB3", "20000.00", vec![]),
        ("a cent too much", "SGB3", "20000.01", vec!["NACHWEIS_UEBERZAHLUNG"]),
        ("more money than was spent", "SGB3", "20500.00", vec!["NACHWEIS_UEBERZAHLUNG"]),
        ("less money than was spent", "SGB3", "19500.00", vec!["NACHWEIS_UNTERDECKUNG"]),
        (
            "other state money than was paid out",
            "LAND_AQB",
            "199000.00",
            vec!["NACHWEIS_UNTERDECKUNG", "LANDESMITTEL_ABWEICHEND"],
        ),
    ] {
        let mut n = f.nachweis(SCHLUSS, ausgaben);
        for m in n.inhalt.massnahmen.iter_mut().flat_map(|m| &mut m.finanzierung).filter(|m| m.quelle == quelle) {
            m.ist = euro(ist);
        }
        let befunde = f.befunde(&n);
        let mittel = ["NACHWEIS_UEBERZAHLUNG", "NACHWEIS_UNTERDECKUNG", "LANDESMITTEL_ABWEICHEND"];
        let ist: Vec<_> = codes(&befunde).into_iter().filter(|c| mittel.contains(c)).collect();
        assert_eq!(ist, soll, "{name}");
    }
}

/// Dossier 3.13: every line of the proof is what its Belege add up to.
#[test]
fn abschnitt_3_13_summen_der_belege() {
    let f = fall();
    let n = f.nachweis(SCHLUSS, ["180000.00", "46000.00", "24000.00"]);
    let liste = |staff: &str| Beleglistenstand {
        sha256: "c".repeat(64),
        summen: [("PERSONAL", staff), ("SACH_SONSTIGE", "46000.00"), ("TEILNEHMENDE_SONSTIGE", "24000.00")]
            .into_iter()
            .map(|(position, betrag)| {
                let stelle = crate::beleg::Belegstelle {
                    massnahme_id: f.massnahme(),
                    position: position.to_owned(),
                    teilbudget: "ALLGEMEIN".to_owned(),
                    haushaltsjahr: 2026,
                };
                let summe = crate::beleg::Belegsumme { anzahl: 1, beantragt: euro(betrag), ..Default::default() };
                (stelle, summe)
            })
            .collect(),
        nummern: (3, Some(1), Some(3)),
        ..Beleglistenstand::default()
    };
    for (name, personal, soll) in [
        ("agrees", "180000.00", vec![]),
        ("a Beleg is missing", "179000.00", vec!["BELEGSUMME_WEICHT_AB"]),
        ("more Belege than proved", "180001.00", vec!["BELEGSUMME_WEICHT_AB"]),
    ] {
        assert_eq!(codes(&n.pruefe_belegliste(Some(&liste(personal)), &f.regelwerk)), soll, "{name}");
    }
}
