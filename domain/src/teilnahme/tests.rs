use super::*;
use crate::akt::pruefe_tabelle;
use crate::antrag::muster;
use crate::berechtigung::{Akteur, Rolle};
use crate::gebietskoerperschaft::anfangsbestand;
use crate::massnahme::Massnahme;
use crate::regelwerk::{Regelwerk, he_alt, he_neu};
use crate::zeit::tag;
use crate::zins::faelle::{alle, gleich};
use chrono::Datelike;

const PSEUDONYM: &str = "5b6f0c1e9a3d47b28e54c07f1d92a6b83c4e7f5a0b1d2e9648f3a7c5d0e1b297";

fn inhalt() -> Teilnahmeinhalt {
    Teilnahmeinhalt {
        pseudonym: PSEUDONYM.to_owned(),
        rechtskreise: vec![Rechtskreisangabe {
            rechtskreis: Rechtskreis::SgbIi,
            nachweis_art: Rechtskreisnachweis::BescheidGesehen,
            gesehen_am: tag(2026, 2, 20),
        }],
        ueber_bedarfsgemeinschaft: false,
        erstwohnsitz_hessen: true,
        erstwohnsitz_nachweis: Wohnsitznachweis::Meldebescheinigung,
        erstwohnsitz_geprueft_am: tag(2026, 2, 20),
        wohnsitz_kreisschluessel: muster::KREIS.to_owned(),
        zielgruppe: "NICHT_AUSBILDUNGSREIF".to_owned(),
        altersgruppe: Altersgruppe::Von18Bis24,
        geschlecht: Geschlecht::Weiblich,
        migrationshintergrund: None,
        ausbildungskostenzuschuss: None,
        eintritt: tag(2026, 3, 1),
        anspruch_entfallen_am: None,
        austritt: None,
    }
}

fn austritt(j: i32, m: u32, t: u32) -> Austritt {
    Austritt {
        austritt: tag(j, m, t),
        austrittsgrund: Austrittsgrund::VorzeitigErfolg,
        verbleib: Verbleib::Ausbildung,
        abschluss_erreicht: false,
    }
}

fn gk() -> Akteur {
    Akteur {
        person: "gk-1".into(),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some(muster::KREIS.into()),
        traeger_id: None,
    }
}

fn traeger(id: Uuid) -> Akteur {
    Akteur { person: "tr-1".into(), rolle: Rolle::Traeger, kreisschluessel: None, traeger_id: Some(id) }
}

/// The facts of a case, owned.
struct Fall {
    massnahme: Massnahme,
    bewilligt: Option<Zeitraum>,
    regelwerk: Regelwerk,
    andere: Vec<AndereTeilnahme>,
    belegung: Vec<Zeitraum>,
    heute: NaiveDate,
}

fn fall() -> Fall {
    Fall {
        massnahme: muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung),
        bewilligt: Some(Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) }),
        regelwerk: he_alt(),
        andere: Vec::new(),
        belegung: Vec::new(),
        heute: tag(2026, 11, 23),
    }
}

impl Fall {
    fn pruefe<T>(&self, f: impl FnOnce(&Teilnahmefakten<'_>) -> T) -> T {
        f(&Teilnahmefakten {
            massnahme: &self.massnahme,
            bewilligt: self.bewilligt,
            kreise: &anfangsbestand(),
            regelwerk: &self.regelwerk,
            jahrgang: 2026,
            kreisschluessel: muster::KREIS,
            andere: &self.andere,
            belegung: &self.belegung,
            heute: self.heute,
        })
    }

    fn erfasse(&self, i: Teilnahmeinhalt, wer: &Akteur) -> crate::akt::Urteil<Teilnahme> {
        let fall = Teilnahmefall { antrag_id: Uuid::from_u128(1), regelwerk: "HE-ALT".into() };
        self.pruefe(|f| Teilnahme::erfassen(Uuid::from_u128(2), fall, i, f, wer))
    }

    /// Short names of what blocks, and of what informs.
    fn namen(&self, i: Teilnahmeinhalt) -> (Vec<&'static str>, Vec<&'static str>) {
        let (fehler, hinweise): (Vec<_>, Vec<_>) = match self.erfasse(i, &gk()) {
            Ok(e) => (Vec::new(), e.befunde),
            Err(b) => b.into_iter().partition(crate::befund::Befund::blockiert),
        };
        let namen = |b: Vec<crate::befund::Befund>| b.iter().map(|b| b.regel.kurzname).collect();
        (namen(fehler), namen(hinweise))
    }
}

#[test]
fn zustandstabelle_ist_stimmig() {
    use TeilnahmeStatus as S;
    // erasure is done for a measure, not by an act of the record
    pruefe_tabelle(UEBERGAENGE, &[S::Laufend, S::Beendet, S::Storniert], &[S::Storniert, S::Geloescht], S::Laufend);
}

type Fallaenderung = fn(&mut Fall, &mut Teilnahmeinhalt);

/// Dossier 4.3: each condition on and next to its limit.
#[test]
fn abschnitt_4_3_voraussetzungen() {
    let faelle: &[(&str, Fallaenderung, &[&str], &[&str])] = &[
        ("in Ordnung", |_, _| (), &[], &[]),
        ("kein Erstwohnsitz", |_, i| i.erstwohnsitz_hessen = false, &["ERSTWOHNSITZ_FEHLT"], &[]),
        ("anderer Kreis", |_, i| i.wohnsitz_kreisschluessel = "06531".into(), &[], &["WOHNSITZ_ANDERSWO"]),
        ("außerhalb Hessens", |_, i| i.wohnsitz_kreisschluessel = "07111".into(), &["WOHNSITZ_UNBEKANNT"], &[]),
        ("kein Rechtskreis", |_, i| i.rechtskreise.clear(), &["RECHTSKREIS_FEHLT"], &[]),
        ("Rechtskreis doppelt", |_, i| i.rechtskreise.extend(i.rechtskreise.clone()), &["RECHTSKREIS_FEHLT"], &[]),
        ("Nachweis am Eintritt", |_, i| i.rechtskreise[0].gesehen_am = tag(2026, 3, 1), &[], &[]),
        ("Nachweis danach", |_, i| i.rechtskreise[0].gesehen_am = tag(2026, 3, 2), &[], &["NACHWEIS_NACH_EINTRITT"]),
        (
            "Wohnsitz danach geprüft",
            |_, i| i.erstwohnsitz_geprueft_am = tag(2026, 3, 2),
            &[],
            &["NACHWEIS_NACH_EINTRITT"],
        ),
        ("Nachweis in der Zukunft", |_, i| i.erstwohnsitz_geprueft_am = tag(2026, 11, 24), &["DATUM_IN_ZUKUNFT"], &[]),
        ("erster Tag der Maßnahme", |_, i| i.eintritt = tag(2026, 2, 1), &[], &["NACHWEIS_NACH_EINTRITT"; 2]),
        ("Tag davor", |_, i| i.eintritt = tag(2026, 1, 31), &["TEILNAHME_ZEITRAUM"], &["NACHWEIS_NACH_EINTRITT"; 2]),
        ("Eintritt in der Zukunft", |_, i| i.eintritt = tag(2026, 11, 24), &["DATUM_IN_ZUKUNFT"], &[]),
        ("Austritt am Tag des Eintritts", |_, i| i.austritt = Some(austritt(2026, 3, 1)), &[], &[]),
        ("Austritt vor dem Eintritt", |_, i| i.austritt = Some(austritt(2026, 2, 28)), &["DATUM_REIHENFOLGE"], &[]),
        (
            "Bewilligung endet früher",
            |f, i| {
                f.bewilligt = Some(Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 6, 30) });
                i.austritt = Some(austritt(2026, 7, 1));
            },
            &["TEILNAHME_ZEITRAUM"],
            &[],
        ),
        ("nicht bewilligt", |f, _| f.bewilligt = None, &["MASSNAHME_OHNE_BEWILLIGUNG"], &[]),
        ("fremde Zielgruppe", |_, i| i.zielgruppe = "FACHPERSONAL_GK".into(), &["ZIELGRUPPE_UNZULAESSIG"], &[]),
        (
            "ungeplante Zielgruppe",
            |_, i| i.zielgruppe = "GERINGQUALIFIZIERT".into(),
            &[],
            &["ZIELGRUPPE_NICHT_GEPLANT"],
        ),
        ("kein Pseudonym", |_, i| i.pseudonym = "Erika Mustermann".into(), &["PSEUDONYM_UNGUELTIG"], &[]),
        ("AKZ nur bei Art 2", |_, i| i.ausbildungskostenzuschuss = Some(false), &["AKZ_ANGABE"], &[]),
    ];
    for (name, aendere, fehler, hinweise) in faelle {
        let (mut f, mut i) = (fall(), inhalt());
        aendere(&mut f, &mut i);
        assert_eq!(f.namen(i), (fehler.to_vec(), hinweise.to_vec()), "{name}");
    }
}

/// Two proofs that are late by the same days are two findings that tell themselves apart, in a list without places too.
#[test]
fn jeder_spaete_nachweis_sagt_welcher() {
    use crate::regel::Sprache;
    let mut i = Teilnahmeinhalt { eintritt: tag(2026, 2, 19), ..inhalt() };
    let zweiter = Rechtskreisangabe { rechtskreis: Rechtskreis::SgbIii, ..i.rechtskreise[0].clone() };
    i.rechtskreise.push(zweiter);
    let befunde = fall().pruefe(|f| i.pruefe(f, ""));
    let texte: Vec<_> = befunde.iter().map(|b| b.text(Sprache::De)).collect();
    let soll = |wofuer: &str| format!("Der Nachweis für {wofuer} ist vom 20.02.2026, der Eintritt war am 19.02.2026.");
    assert_eq!(texte, ["SGB_II", "SGB_III", "ERSTWOHNSITZ"].map(soll));
}

/// Dossier 4.1: kind 4 has no participants. 4.3: the training allowance is asked for in kind 2 only.
#[test]
fn abschnitt_4_1_je_massnahmeart() {
    let mit = |art, akz| {
        let mut f = fall();
        f.massnahme = muster::massnahme("M01", art);
        let zielgruppe = if art == Massnahmeart::AusbildungUndCoaching {
            "AUSBILDUNGSPLATZ_BENACHTEILIGT"
        } else {
            "MIGRATION_FLUCHT"
        };
        let i = Teilnahmeinhalt { ausbildungskostenzuschuss: akz, zielgruppe: zielgruppe.into(), ..inhalt() };
        let (fehler, mut hinweise) = f.namen(i);
        hinweise.retain(|h| *h != "ZIELGRUPPE_NICHT_GEPLANT");
        (fehler, hinweise)
    };
    use Massnahmeart as A;
    assert_eq!(mit(A::WeiterbildungUndWissenschaft, None).0, ["MASSNAHME_OHNE_TEILNEHMENDE"]);
    assert_eq!(mit(A::AusbildungUndCoaching, None).0, ["AKZ_ANGABE"]);
    assert_eq!(mit(A::AusbildungUndCoaching, Some(false)), (vec![], vec![]));
    assert_eq!(mit(A::AusbildungUndCoaching, Some(true)), (vec![], vec!["AKZ_DOPPELFOERDERUNG"]));
    assert_eq!(mit(A::Qualifizierungsprojekt, None), (vec![], vec![]));
}

/// Dossier S5 and section 2: Hanau is 06415 from 2026-01-01 on, 06435 before.
#[test]
fn s5_hanau_gilt_ab_2026() {
    for (schluessel, eintritt, gut) in [
        ("06415", tag(2026, 1, 1), true),
        ("06415", tag(2025, 12, 31), false),
        ("06435", tag(2025, 12, 31), true),
        ("06435", tag(2026, 1, 1), true),
    ] {
        let mut f = fall();
        f.massnahme.inhalt.beginn = tag(2025, 9, 1);
        f.bewilligt = Some(Zeitraum { von: tag(2025, 9, 1), bis: tag(2027, 8, 31) });
        let i = Teilnahmeinhalt {
            wohnsitz_kreisschluessel: schluessel.into(),
            eintritt,
            erstwohnsitz_geprueft_am: eintritt,
            ..inhalt()
        };
        assert_eq!(f.namen(i).0.contains(&"WOHNSITZ_UNBEKANNT"), !gut, "{schluessel} {eintritt}");
    }
}

/// Dossier 4.3: entitlement is checked at entry, later loss does not end participation (parameter).
#[test]
fn abschnitt_4_3_spaeterer_wegfall_ist_parameter() {
    type Zeile<'a> = (&'a str, NaiveDate, Option<Austritt>, (&'a [&'a str], &'a [&'a str]));
    let faelle: &[Zeile<'_>] = &[
        ("BEI_EINTRITT", tag(2026, 3, 2), None, (&[], &["ANSPRUCH_SPAETER_ENTFALLEN"])),
        ("BEI_EINTRITT", tag(2026, 3, 1), None, (&["ANSPRUCH_FEHLT"], &[])),
        ("DAUERND", tag(2026, 6, 30), None, (&["ANSPRUCH_FEHLT"], &[])),
        ("DAUERND", tag(2026, 6, 30), Some(austritt(2026, 7, 1)), (&["ANSPRUCH_FEHLT"], &[])),
        ("DAUERND", tag(2026, 6, 30), Some(austritt(2026, 6, 30)), (&[], &["ANSPRUCH_SPAETER_ENTFALLEN"])),
    ];
    for (modus, ende, austritt, (fehler, hinweise)) in faelle {
        let mut f = fall();
        setze(&mut f.regelwerk, "teilnahme_anspruch_modus", Some(modus));
        let i = Teilnahmeinhalt { anspruch_entfallen_am: Some(*ende), austritt: austritt.clone(), ..inhalt() };
        assert_eq!(f.namen(i), (fehler.to_vec(), hinweise.to_vec()), "{modus} {ende}");
    }
}

fn setze(r: &mut Regelwerk, schluessel: &str, wert: Option<&str>) {
    let p = r.parameter.iter_mut().find(|p| p.schluessel == schluessel).expect("parameter");
    p.wert = wert.map(str::to_owned);
}

/// Two participations of one person; of other people and other counties' records nothing is found, so nothing is compared
/// (`aqb_persistence::tresor` reads the same table for that).
#[test]
fn jede_ueberschneidung() {
    alle(include_str!("../../../tests/faelle/ueberschneidung.csv"), |zeile| {
        let tage = |spalte: &str| {
            let (von, bis) = zeile[spalte].split_once("..").unwrap();
            (von.parse::<NaiveDate>().unwrap(), bis.parse::<NaiveDate>().ok())
        };
        let ((von, bis), (eintritt, ende)) = (tage("erste"), tage("zweite"));
        let erkannt = zeile["person"] == "GLEICH" && zeile["kreis"] == "GLEICH";
        let mut f = fall();
        f.massnahme.inhalt.beginn = eintritt.with_ordinal(1).unwrap();
        f.massnahme.inhalt.ende = NaiveDate::from_ymd_opt(eintritt.year(), 12, 31).unwrap();
        f.andere = erkannt
            .then(|| AndereTeilnahme {
                id: Uuid::from_u128(9),
                massnahme_nr: Some("M01".into()),
                zeitraum: Zeitraum { von, bis: bis.unwrap() },
            })
            .into_iter()
            .collect();
        setze(&mut f.regelwerk, "teilnahme_ueberschneidung_modus", Some(zeile["modus"]));
        let i = Teilnahmeinhalt {
            eintritt,
            austritt: ende.map(|austritt| Austritt { austritt, ..self::austritt(2026, 12, 31) }),
            ..inhalt()
        };
        let befunde = f.pruefe(|f| i.pruefe(f, ""));
        let b = befunde.into_iter().find(|b| b.regel.kurzname == "UEBERSCHNEIDUNG");
        let ist = b.as_ref().map_or(String::new(), |b| format!("{} {}", b.schwere, b.regel.kurzname));
        gleich("befund", zeile["befund"], ist)?;
        let wert = b.and_then(|b| b.gemessen.into_iter().find(|m| m.name == "tage"));
        gleich("tage", zeile["tage"], wert.map_or(String::new(), |m| m.wert))
    });
}

/// Computed: twelve places; the thirteenth person is too many on the days both are there.
#[test]
fn plaetze_werden_je_tag_gezaehlt() {
    let frueh = Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 3, 10) };
    let plaetze = fall().massnahme.inhalt.details.teilnahmeplan().expect("plan").plaetze;
    let voll = vec![frueh; usize::try_from(plaetze).expect("places")];
    let mut f = fall();
    f.belegung = voll.clone();
    let befund = f.pruefe(|f| inhalt().pruefe(f, "")).pop().expect("finding");
    assert_eq!(befund.regel.kurzname, "PLAETZE_UEBERSCHRITTEN");
    let wert = |n: &str| befund.gemessen.iter().find(|m| m.name == n).map(|m| m.wert.clone());
    assert_eq!((wert("tage"), wert("ab")), (Some("10".into()), Some("2026-03-01".into())));
    f.belegung = voll[1..].to_vec();
    assert_eq!(f.pruefe(|f| inhalt().pruefe(f, "")), []);
}

/// An unknown parameter is a refusal, never a default.
#[test]
fn unbekannter_parameter_lehnt_ab() {
    let faelle: &[(&str, Fallaenderung)] = &[
        ("teilnahme_anspruch_modus", |_, i| i.anspruch_entfallen_am = Some(tag(2026, 5, 1))),
        ("zielgruppen_art1", |_, _| ()),
        ("teilnahme_ueberschneidung_modus", |f, _| {
            f.andere = vec![AndereTeilnahme {
                id: Uuid::from_u128(9),
                massnahme_nr: None,
                zeitraum: Zeitraum { von: tag(2026, 3, 1), bis: tag(2026, 3, 1) },
            }];
        }),
    ];
    for (schluessel, aendere) in faelle {
        let (mut f, mut i) = (fall(), inhalt());
        aendere(&mut f, &mut i);
        setze(&mut f.regelwerk, schluessel, None);
        assert_eq!(f.namen(i).0, ["PARAMETER_FEHLT"], "{schluessel}");
    }
}

#[test]
fn akte_und_zustaende() {
    let f = fall();
    let t = f.erfasse(inhalt(), &gk()).expect("entered").zustand;
    assert_eq!(t.kopf.status, TeilnahmeStatus::Laufend);
    let beendet = f.pruefe(|f| t.austreten(&austritt(2026, 8, 31), f, &gk())).expect("left").zustand;
    assert_eq!(beendet.kopf.status, TeilnahmeStatus::Beendet);
    let namen = |e: Vec<crate::befund::Befund>| e.iter().map(|b| b.regel.kurzname).collect::<Vec<_>>();
    let nochmal = f.pruefe(|f| beendet.austreten(&austritt(2026, 8, 31), f, &gk()));
    assert_eq!(namen(nochmal.expect_err("twice")), ["STATUS_UNZULAESSIG"]);
    let gleich = f.pruefe(|f| {
        beendet.korrigieren(beendet.inhalt.clone().expect("content"), Korrekturgrund::Eingabefehler, f, &gk())
    });
    assert_eq!(namen(gleich.expect_err("nothing changes")), ["KORREKTUR_OHNE_AENDERUNG"]);
    // a correction may take the exit back: the person takes part again
    let i = Teilnahmeinhalt { austritt: None, geschlecht: Geschlecht::Divers, ..inhalt() };
    let k = f.pruefe(|f| beendet.korrigieren(i, Korrekturgrund::Eingabefehler, f, &gk())).expect("corrected").zustand;
    assert_eq!(k.kopf.status, TeilnahmeStatus::Laufend);
    assert_eq!(k.kopf.korrekturen.first().expect("note").felder, ["geschlecht", "austritt"]);
    let s = k.stornieren(&Teilnahmestorno { grund: Korrekturgrund::DoppeltErfasst }, &gk()).expect("cancelled").zustand;
    assert!(s.aktionen(&gk()).iter().all(|a| !a.erlaubt()));
    let weg = s.geloescht(tag(2032, 1, 1), Uuid::from_u128(7)).zustand;
    assert!(weg.inhalt.is_none() && weg.kopf.status == TeilnahmeStatus::Geloescht);
}

/// Contract section 2: the county and the Traeger of the measure write, nobody else.
#[test]
fn nur_wer_beteiligt_ist() {
    let f = fall();
    assert!(f.erfasse(inhalt(), &traeger(muster::TRAEGER)).is_ok());
    assert!(f.erfasse(inhalt(), &traeger(Uuid::from_u128(77))).is_err());
    let fremd = Akteur { kreisschluessel: Some("06531".into()), ..gk() };
    assert!(f.erfasse(inhalt(), &fremd).is_err());
    for rolle in [Rolle::Bewilligungsbehoerde, Rolle::Ministerium, Rolle::Pruefung, Rolle::Admin] {
        let a = Akteur { person: "x".into(), rolle, kreisschluessel: None, traeger_id: None };
        assert!(f.erfasse(inhalt(), &a).is_err(), "{rolle}");
    }
}

fn teilnahme(i: Teilnahmeinhalt) -> Teilnahme {
    fall().erfasse(i, &gk()).expect("entered").zustand
}

/// Dossier 3.12: what the Sachbericht counts, by day of entry and of exit.
#[test]
fn abschnitt_3_12_kennzahlen() {
    let planmaessig = Austritt {
        austrittsgrund: Austrittsgrund::PlanmaessigesEnde,
        abschluss_erreicht: true,
        ..austritt(2026, 10, 31)
    };
    let alle = [
        teilnahme(inhalt()),
        teilnahme(Teilnahmeinhalt {
            austritt: Some(austritt(2026, 8, 31)),
            migrationshintergrund: Some(true),
            ..inhalt()
        }),
        teilnahme(Teilnahmeinhalt {
            geschlecht: Geschlecht::Maennlich,
            altersgruppe: Altersgruppe::Von25Bis34,
            austritt: Some(Austritt { verbleib: Verbleib::Unbekannt, ..planmaessig }),
            ..inhalt()
        }),
    ];
    let m = Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 12, 31) };
    let zahlen = |von, bis| {
        let z = kennzahlen(&alle, &[], &m, &Zeitraum { von, bis });
        Kennzahl::ALLE.iter().map(|k| z.zeile(*k).gesamt).collect::<Vec<_>>()
    };
    assert_eq!(zahlen(tag(2026, 1, 1), tag(2026, 12, 31)), [3, 1, 1, 1, 0, 0, 1, 1]);
    assert_eq!(zahlen(tag(2026, 8, 31), tag(2026, 8, 31)), [0, 1, 0, 1, 0, 0, 0, 0]);
    assert_eq!(zahlen(tag(2026, 9, 1), tag(2026, 12, 31)), [0, 0, 1, 0, 0, 0, 1, 1]);
    let z = kennzahlen(&alle, &[], &m, &m).zeile(Kennzahl::Eintritte);
    assert_eq!((z.weiblich, z.maennlich, z.unter_25, z.migrationshintergrund), (2, 1, 2, 1));
    for summe in [z.nach_geschlecht().iter().sum::<i64>(), z.nach_alter().iter().sum(), z.nach_migration().iter().sum()]
    {
        assert_eq!(summe, z.gesamt);
    }
}

/// Erasure takes the people and leaves the counts.
#[test]
fn zahlen_bleiben_nach_der_loeschung() {
    let alle = [teilnahme(Teilnahmeinhalt { austritt: Some(austritt(2026, 8, 31)), ..inhalt() }), teilnahme(inhalt())];
    let m = Zeitraum { von: tag(2026, 2, 1), bis: tag(2026, 12, 31) };
    let vorher = kennzahlen(&alle, &[], &m, &m);
    let bleibt = verbleibende_zaehlung(&alle.iter().collect::<Vec<_>>());
    assert_eq!(kennzahlen(&[], &[bleibt], &m, &m), vorher);
}

/// The grant ends in 2026, five whole years follow: kept until 2031-12-31. Cancelled records need not wait.
#[test]
fn aufbewahrung_nach_parameter() {
    for r in [he_alt(), he_neu()] {
        assert_eq!(aufbewahren_bis(tag(2026, 12, 31), 2026, &r), Ok(tag(2031, 12, 31)));
    }
    let mut r = he_alt();
    setze(&mut r, "aufbewahrung_teilnahmen_jahre", None);
    assert!(aufbewahren_bis(tag(2026, 12, 31), 2026, &r).is_err(), "what is not known is kept");
    let bis = tag(2031, 12, 31);
    let storniert = |t: &Teilnahme| {
        t.stornieren(&Teilnahmestorno { grund: Korrekturgrund::DoppeltErfasst }, &gk()).expect("cancelled").zustand
    };
    let alle = [teilnahme(inhalt()), storniert(&teilnahme(inhalt()))];
    let wahl = |alle: &[Teilnahme], heute| zu_loeschen(alle, "M01", bis, heute).map(|(g, t)| (g, t.len()));
    assert_eq!(wahl(&alle, bis), Ok((Loeschgrund::FehlerhaftErfasst, 1)));
    assert_eq!(wahl(&alle, tag(2032, 1, 1)), Ok((Loeschgrund::FristAbgelaufen, 2)));
    assert_eq!(wahl(&alle[..1], bis).expect_err("running").regel.kurzname, "AUFBEWAHRUNG_LAEUFT");
    assert_eq!(wahl(&[], bis), Ok((Loeschgrund::FehlerhaftErfasst, 0)));
}

/// An upload adds, it never overwrites.
#[test]
fn zeilen_eines_uploads() {
    let t = teilnahme(inhalt());
    let mit_austritt = Teilnahmeinhalt { austritt: Some(austritt(2026, 8, 31)), ..inhalt() };
    assert_eq!(vergleiche_zeile(&t, &inhalt()), Ok(Zeilenfolge::Nichts));
    assert_eq!(vergleiche_zeile(&t, &mit_austritt), Ok(Zeilenfolge::Austritt(austritt(2026, 8, 31))));
    let beendet = teilnahme(mit_austritt.clone());
    let kurz = |r: Result<Zeilenfolge, crate::befund::Befund>| r.expect_err("differs").regel.kurzname;
    assert_eq!(kurz(vergleiche_zeile(&beendet, &inhalt())), "ZEILE_ABWEICHEND");
    let anders = Teilnahmeinhalt { geschlecht: Geschlecht::Divers, ..mit_austritt };
    assert_eq!(kurz(vergleiche_zeile(&t, &anders)), "ZEILE_ABWEICHEND");
    let zeilen = [inhalt(), anders, Teilnahmeinhalt { eintritt: tag(2026, 4, 1), ..inhalt() }];
    let doppelte = doppelte_zeilen(zeilen.iter().enumerate());
    assert_eq!(doppelte.keys().collect::<Vec<_>>(), [&1]);
}
