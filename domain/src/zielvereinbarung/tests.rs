use super::*;
use crate::akt::Handlungsgrund;
use crate::gebietskoerperschaft::anfangsbestand;
use crate::geld::Euro;
use crate::jahrgang::{Jahrgang, JahrgangStatus};
use crate::katalog::Katalogstand;
use crate::regelwerk::{Parameter, Regelwerk, he_alt};
use crate::strategie::{Strategie, StrategieStatus, Strategieinhalt};
use crate::zeit::tag;
use ZielvereinbarungStatus::*;
use proptest::prelude::*;

struct Welt {
    jahrgang: Jahrgang,
    regelwerk: Regelwerk,
    katalog: Katalogstand,
    strategie: Strategie,
    zugeteilt: Vec<Budgetposition>,
}

impl Welt {
    fn neu() -> Self {
        let (regelwerk, katalog) = (he_alt(), Katalogstand::anfang());
        let j = Jahrgang::anlegen(2026, &regelwerk, vec![], &katalog, &min()).unwrap();
        let inhalt = Strategieinhalt {
            titel: "S".into(),
            beschlussdatum: tag(2025, 1, 1),
            gueltig_von: tag(2026, 1, 1),
            gueltig_bis: tag(2030, 12, 31),
            zusammenfassung: "x".into(),
        };
        let s = Strategie::anlegen(Uuid::from_u128(9), "06440", inhalt, &gk()).unwrap();
        Welt {
            jahrgang: Jahrgang { status: JahrgangStatus::Offen, ..j },
            regelwerk,
            katalog,
            strategie: Strategie { status: StrategieStatus::Eingereicht, ..s },
            zugeteilt: vec![position("ALLGEMEIN", 2026, 100), position("SPRACHFOERDERUNG", 2027, 50)],
        }
    }

    fn mit_parameter(mut self, schluessel: &str, wert: &str) -> Self {
        for p in self.regelwerk.parameter.iter_mut().filter(|p| p.schluessel == schluessel) {
            *p = Parameter { wert: Some(wert.into()), ..p.clone() };
        }
        self
    }

    fn fakten(&self) -> Abstimmungsfakten<'_> {
        Abstimmungsfakten {
            jahrgang: &self.jahrgang,
            regelwerk: &self.regelwerk,
            katalog: &self.katalog,
            strategie: Some(&self.strategie),
            zugeteilt: &self.zugeteilt,
        }
    }

    fn alles(&self) -> Vereinbarungsfakten<'_> {
        Vereinbarungsfakten { abstimmung: self.fakten(), vorgaenger: None, nachtrag: None }
    }

    fn abgestimmt(&self, z: &Zielvereinbarung) -> Zielvereinbarung {
        z.abstimmen(&Abstimmung::default(), &self.alles(), heute(), &gk()).unwrap().zustand
    }
}

fn heute() -> NaiveDate {
    tag(2026, 3, 20)
}

fn gk() -> Akteur {
    Akteur {
        person: "gk-1".into(),
        rolle: Rolle::Gebietskoerperschaft,
        kreisschluessel: Some("06440".into()),
        traeger_id: None,
    }
}

fn min() -> Akteur {
    Akteur { person: "min-1".into(), rolle: Rolle::Ministerium, kreisschluessel: None, traeger_id: None }
}

fn position(teilbudget: &str, haushaltsjahr: i32, cent: i64) -> Budgetposition {
    Budgetposition { teilbudget: teilbudget.into(), haushaltsjahr, betrag: Euro::aus_cent(cent).unwrap() }
}

fn ziel(art: Massnahmeart, gruppe: &str) -> Ziel {
    Ziel {
        massnahmeart: art,
        zielgruppe: gruppe.into(),
        plaetze_geplant: 10,
        teilnehmende_geplant: 12,
        indikator: "Übergänge".into(),
        zielwert: 5,
        einheit: "Personen".into(),
    }
}

fn inhalt() -> Zielvereinbarungsinhalt {
    Zielvereinbarungsinhalt {
        strategie_id: Uuid::from_u128(9),
        budget_positionen: vec![position("ALLGEMEIN", 2026, 100), position("SPRACHFOERDERUNG", 2027, 50)],
        ziele: vec![ziel(Massnahmeart::Ausbildungsvorbereitung, "NICHT_AUSBILDUNGSREIF")],
        querschnittsziele: Querschnittsziele { gleichstellung: "a".into(), inklusion: "b".into() },
        gespraech_am: Some(tag(2026, 3, 12)),
    }
}

fn entwurf(inhalt: Zielvereinbarungsinhalt) -> Zielvereinbarung {
    let satz = anfangsbestand().into_iter().find(|g| g.kreisschluessel == "06440");
    Zielvereinbarung::anlegen(Uuid::from_u128(1), 2026, satz.as_ref(), "06440", inhalt, None, &gk()).unwrap()
}

fn unterschrift(z: &Zielvereinbarung) -> Unterzeichnung {
    Unterzeichnung { durch: "E. B.".into(), dokument_sha256: z.dokument_sha256.clone().unwrap_or_default() }
}

fn unterzeichnet(z: &Zielvereinbarung, akteur: &Akteur) -> Zielvereinbarung {
    z.unterzeichnen(&unterschrift(z), &Welt::neu().alles(), heute(), akteur).unwrap().zustand.vereinbarung
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

#[test]
fn zustandstabelle() {
    crate::akt::pruefe_tabelle(SCHRITTE, ZielvereinbarungStatus::ALLE, &[Ersetzt, Ausgelaufen], Entwurf);
    crate::akt::pruefe_tabelle(UEBERGAENGE, &[Entwurf, Abgestimmt], &[Ersetzt, Ausgelaufen], Entwurf);
    for u in UEBERGAENGE {
        for von in u.von {
            let schritt = SCHRITTE.iter().any(|s| s.akt == u.akt && s.von.contains(von));
            assert!(schritt || u.akt == NACHTRAG, "{} aus {von}", u.akt);
        }
    }
}

/// Dossier 3.4: one per Gebietskoerperschaft and Jahrgang, drafted by either side.
#[test]
fn abschnitt34_anlegen() {
    let alle = anfangsbestand();
    let satz = |k: &str| alle.iter().find(|g| g.kreisschluessel == k);
    let neu = |j, k: &str, vorhandene, a: &Akteur| {
        Zielvereinbarung::anlegen(Uuid::nil(), j, satz(k), k, inhalt(), vorhandene, a).map_err(|b| kurz(&b))
    };
    assert!(neu(2026, "06440", None, &gk()).is_ok() && neu(2026, "06440", None, &min()).is_ok());
    assert_eq!(neu(2026, "06435", None, &gk()).unwrap_err(), ["FREMDER_VORGANG"]);
    assert_eq!(neu(2025, "06415", None, &min()).unwrap_err(), ["NICHT_ANTRAGSBERECHTIGT"]);
    assert_eq!(neu(2026, "06440", Some(Uuid::nil()), &gk()).unwrap_err(), ["SCHON_VORHANDEN"]);
}

/// Dossier 3.4: both signatures, in either order, conclude the agreement.
#[test]
fn abschnitt34_beide_reihenfolgen_schliessen() {
    let w = Welt::neu();
    let z = w.abgestimmt(&entwurf(inhalt()));
    for (erst, dann, mitte) in [(gk(), min(), UnterzeichnetGk), (min(), gk(), UnterzeichnetMinisterium)] {
        let halb = unterzeichnet(&z, &erst);
        assert_eq!(halb.status, mitte);
        assert!(SCHRITTE.iter().any(|s| s.von.contains(&z.status) && s.nach == Some(mitte)));
        let b = halb.unterzeichnen(&unterschrift(&halb), &Welt::neu().alles(), heute(), &erst).unwrap_err();
        assert_eq!(kurz(&b), ["SCHON_UNTERZEICHNET"]);
        let e = halb.unterzeichnen(&unterschrift(&halb), &Welt::neu().alles(), heute(), &dann).unwrap();
        assert_eq!(e.ereignisse[0].typ, "zielvereinbarung.geschlossen");
        let ganz = e.zustand.vereinbarung;
        assert!(ganz.ist_geschlossen() && e.zustand.ersetzt.is_none());
        assert_eq!(ganz.unterschriften.gk.as_ref().map(|u| u.person.as_str()), Some("gk-1"));
        assert_eq!(ganz.unterschriften.ministerium.as_ref().map(|u| u.person.as_str()), Some("min-1"));
        assert_eq!(ganz.unterschriften.gk.as_ref().map(|u| &u.dokument_sha256), z.dokument_sha256.as_ref());
    }
}

/// The other side's signature is another person's, whatever role a token gives; the list of acts says so beforehand.
#[test]
fn eine_person_unterzeichnet_nicht_fuer_beide() {
    let z = Welt::neu().abgestimmt(&entwurf(inhalt()));
    for (erst, rolle) in [(gk(), min()), (min(), gk())] {
        let halb = unterzeichnet(&z, &erst);
        for person in [erst.person.clone(), erst.person.to_uppercase()] {
            let dieselbe = Akteur { person, ..rolle.clone() };
            let b = halb.unterzeichnen(&unterschrift(&halb), &Welt::neu().alles(), heute(), &dieselbe).unwrap_err();
            assert_eq!(kurz(&b), ["VIER_AUGEN"]);
            let alle = halb.aktionen(&dieselbe, &Welt::neu().alles());
            let vorher = alle.iter().find(|a| a.akt == UNTERZEICHNUNG).unwrap();
            assert_eq!(kurz(&vorher.befunde), ["VIER_AUGEN"]);
        }
        assert!(halb.unterzeichnen(&unterschrift(&halb), &Welt::neu().alles(), heute(), &rolle).is_ok());
    }
}

#[test]
fn unterzeichnung_wird_abgelehnt() {
    let z = Welt::neu().abgestimmt(&entwurf(inhalt()));
    let mut veraendert = z.clone();
    veraendert.inhalt.ziele[0].zielwert = 6;
    let b = veraendert.unterzeichnen(&unterschrift(&z), &Welt::neu().alles(), heute(), &gk()).unwrap_err();
    assert_eq!(kurz(&b), ["INTEGRITAET_VERLETZT"]);
    let anderes = Unterzeichnung { dokument_sha256: "0".repeat(64), ..unterschrift(&z) };
    assert_eq!(
        kurz(&z.unterzeichnen(&anderes, &Welt::neu().alles(), heute(), &gk()).unwrap_err()),
        ["DOKUMENT_NICHT_GELESEN"]
    );
    let fremd = Akteur { kreisschluessel: Some("06435".into()), ..gk() };
    assert_eq!(
        kurz(&z.unterzeichnen(&unterschrift(&z), &Welt::neu().alles(), heute(), &fremd).unwrap_err()),
        ["FREMDER_VORGANG"]
    );
    let rp = Akteur { rolle: Rolle::Bewilligungsbehoerde, ..min() };
    assert_eq!(
        kurz(&z.unterzeichnen(&unterschrift(&z), &Welt::neu().alles(), heute(), &rp).unwrap_err()),
        ["RECHT_FEHLT"]
    );
    let e = entwurf(inhalt());
    assert_eq!(
        kurz(&e.unterzeichnen(&unterschrift(&e), &Welt::neu().alles(), heute(), &gk()).unwrap_err()),
        ["STATUS_UNZULAESSIG"]
    );
}

#[test]
fn nach_der_abstimmung_unveraenderlich() {
    let e = entwurf(inhalt());
    assert!(e.aendern(inhalt(), &min()).is_ok(), "both sides edit the draft");
    let z = Welt::neu().abgestimmt(&e);
    assert_eq!(kurz(&z.aendern(inhalt(), &gk()).unwrap_err()), ["UNVERAENDERLICH"]);
}

/// Dossier 3.4 and section 11, `zielvereinbarung_summe_modus`: agreed against allocated, place by place.
#[test]
fn abschnitt34_budget_gleich_oder_hoechstens() {
    let a = |c| position("ALLGEMEIN", 2026, c);
    let s = |c| position("SPRACHFOERDERUNG", 2027, c);
    let faelle = [
        ("equal", vec![a(100), s(50)], 0, 0),
        ("one cent less", vec![a(99), s(50)], 1, 0),
        ("one cent more", vec![a(101), s(50)], 1, 1),
        ("a place left out", vec![a(100)], 1, 0),
        ("a place not allocated", vec![a(100), s(50), position("ALLGEMEIN", 2028, 1)], 1, 1),
        ("same sum, other place", vec![a(150)], 2, 1),
    ];
    for (fall, budget_positionen, gleich, hoechstens) in faelle {
        for (modus, erwartet) in [("GLEICH", gleich), ("HOECHSTENS", hoechstens)] {
            let w = Welt::neu().mit_parameter("zielvereinbarung_summe_modus", modus);
            let z = entwurf(Zielvereinbarungsinhalt { budget_positionen: budget_positionen.clone(), ..inhalt() });
            let b = z.pruefe(&w.fakten());
            assert_eq!(kurz(&b), vec!["ZIELVEREINBARUNG_BUDGET"; erwartet], "{fall} {modus}");
        }
    }
}

#[test]
fn abstimmung_wird_abgelehnt() {
    let w = Welt::neu();
    let pruefe = |f: fn(&mut Zielvereinbarungsinhalt)| {
        let mut i = inhalt();
        f(&mut i);
        kurz(&entwurf(i).pruefe(&w.fakten()))
    };
    assert_eq!(pruefe(|_| ()), Vec::<&str>::new());
    assert_eq!(pruefe(|i| i.strategie_id = Uuid::nil()), ["STRATEGIE_FEHLT"]);
    assert_eq!(pruefe(|i| i.ziele.clear()), ["ANGABE_FEHLT"]);
    assert_eq!(pruefe(|i| i.ziele[0].zielgruppe = "KINDER".into()), ["KATALOGWERT_UNBEKANNT"]);
    assert_eq!(pruefe(|i| i.ziele[0].zielgruppe = "FACHPERSONAL_GK".into()), ["ZIELGRUPPE_UNZULAESSIG"]);
    assert_eq!(pruefe(|i| i.gespraech_am = Some(tag(2026, 4, 1))), ["ZIELGESPRAECH_SPAET"]);
    let mut ohne = Welt::neu();
    ohne.strategie.status = StrategieStatus::Entwurf;
    assert_eq!(kurz(&entwurf(inhalt()).pruefe(&ohne.fakten())), ["STRATEGIE_FEHLT"]);
    let mut zu = Welt::neu();
    zu.jahrgang.status = JahrgangStatus::Abgeschlossen;
    assert_eq!(kurz(&entwurf(inhalt()).pruefe(&zu.fakten())), ["JAHRGANG_NICHT_OFFEN"]);
    let mut unbekannt = Welt::neu();
    unbekannt.regelwerk.parameter.retain(|p| p.schluessel != "zielvereinbarung_summe_modus");
    assert_eq!(kurz(&entwurf(inhalt()).pruefe(&unbekannt.fakten())), ["PARAMETER_FEHLT"]);
}

/// Dossier 3.1 row 3: talks until the end of March; later is a hint, not a refusal.
#[test]
fn zeile3_spaetes_gespraech_ist_ein_hinweis() {
    let z = entwurf(Zielvereinbarungsinhalt { gespraech_am: Some(tag(2026, 4, 1)), ..inhalt() });
    let e = z.abstimmen(&Abstimmung::default(), &Welt::neu().alles(), heute(), &min()).unwrap();
    assert_eq!(kurz(&e.befunde), ["ZIELGESPRAECH_SPAET"]);
}

#[test]
fn nachtrag_ersetzt_erst_mit_dem_abschluss() {
    let w = Welt::neu();
    let z = w.abgestimmt(&entwurf(inhalt()));
    assert_eq!(kurz(&z.nachtrag(Uuid::from_u128(2), &w.alles(), &gk()).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    let alt = unterzeichnet(&unterzeichnet(&z, &gk()), &min());
    let offener = Vereinbarungsfakten { nachtrag: Some(Uuid::from_u128(3)), ..w.alles() };
    assert_eq!(kurz(&alt.nachtrag(Uuid::from_u128(2), &offener, &gk()).unwrap_err()), ["SCHON_VORHANDEN"]);
    let n = alt.nachtrag(Uuid::from_u128(2), &w.alles(), &gk()).unwrap().zustand;
    assert_eq!((n.status, n.fassung, n.vorgaenger_id), (Entwurf, 2, Some(alt.id)));
    assert_eq!((n.unterschriften.clone(), n.dokument_sha256.clone()), (Unterschriften::default(), None));
    let n = w.abgestimmt(&n);
    assert_ne!(n.dokument_sha256, alt.dokument_sha256, "the same content in another version is another document");
    let halb = unterzeichnet(&n, &min());
    let sign = |v: Option<&Zielvereinbarung>| {
        let fakten = Vereinbarungsfakten { vorgaenger: v, ..w.alles() };
        halb.unterzeichnen(&unterschrift(&halb), &fakten, heute(), &gk())
    };
    assert_eq!(kurz(&sign(None).unwrap_err()), ["VERWEIS_UNBEKANNT"]);
    assert_eq!(kurz(&sign(Some(&n)).unwrap_err()), ["VERWEIS_UNBEKANNT"]);
    let e = sign(Some(&alt)).unwrap().zustand;
    assert_eq!((e.vereinbarung.status, e.ersetzt.clone().map(|v| v.status)), (Geschlossen, Some(Ersetzt)));
    assert_eq!(kurz(&sign(e.ersetzt.as_ref()).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

#[test]
fn ablauf_nur_mit_abgeschlossenem_jahrgang() {
    let w = Welt::neu();
    let z = w.abgestimmt(&entwurf(inhalt()));
    let zu = Jahrgang { status: JahrgangStatus::Abgeschlossen, ..w.jahrgang.clone() };
    assert_eq!(z.auslaufen(&zu).unwrap().zustand.status, Ausgelaufen, "it can never be concluded any more");
    let z = unterzeichnet(&unterzeichnet(&z, &gk()), &min());
    assert_eq!(kurz(&z.auslaufen(&w.jahrgang).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    let ende = z.auslaufen(&zu).unwrap().zustand;
    assert_eq!(ende.status, Ausgelaufen);
    assert_eq!(kurz(&ende.auslaufen(&zu).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// A mistake found before anybody signed opens the text again; after the first signature only a Nachtrag helps.
#[test]
fn ruecknahme_bis_zur_ersten_unterschrift() {
    let w = Welt::neu();
    let e = entwurf(inhalt());
    assert!(e.loeschbar(&gk()).is_ok() && e.loeschbar(&min()).is_ok());
    let z = w.abgestimmt(&e);
    let grund = Handlungsgrund { grund: "Betrag falsch".into() };
    for wer in [gk(), min()] {
        let auf = z.zuruecknehmen(&grund, &w.alles(), heute(), &wer).unwrap().zustand;
        assert_eq!((auf.status, auf.dokument_sha256.clone(), auf.abgestimmt_am), (Entwurf, None, None));
        assert_eq!(auf.rueckgabe.as_ref().map(|r| r.grund.as_str()), Some("Betrag falsch"));
        assert_eq!(kurz(&auf.loeschbar(&gk()).unwrap_err()), ["UNVERAENDERLICH"]);
        assert!(w.abgestimmt(&auf).rueckgabe.is_none());
    }
    let b = unterzeichnet(&z, &gk()).zuruecknehmen(&grund, &w.alles(), heute(), &gk()).unwrap_err();
    assert_eq!(kurz(&b), ["STATUS_UNZULAESSIG"]);
    let fremd = Akteur { kreisschluessel: Some("06435".into()), ..gk() };
    assert_eq!(kurz(&z.zuruecknehmen(&grund, &w.alles(), heute(), &fremd).unwrap_err()), ["FREMDER_VORGANG"]);
}

#[test]
fn aktionen_sagen_dasselbe_wie_die_akte() {
    let w = Welt::neu();
    let e = entwurf(inhalt());
    let z = w.abgestimmt(&e);
    let halb = unterzeichnet(&z, &gk());
    let ganz = unterzeichnet(&halb, &min());
    for v in [e, z, halb, ganz] {
        for a in [gk(), min(), Akteur { rolle: Rolle::Pruefung, ..min() }] {
            let frei = |akt: &str| v.aktionen(&a, &w.alles()).iter().any(|x| x.akt == akt && x.befunde.is_empty());
            let abstimmen = v.abstimmen(&Abstimmung::default(), &w.alles(), heute(), &a);
            assert_eq!(frei(ABSTIMMUNG), abstimmen.is_ok());
            assert_eq!(
                frei(UNTERZEICHNUNG),
                v.unterzeichnen(&unterschrift(&v), &Welt::neu().alles(), heute(), &a).is_ok()
            );
            assert_eq!(frei(NACHTRAG), v.nachtrag(Uuid::from_u128(2), &w.alles(), &a).is_ok());
        }
    }
}

proptest! {
    /// Whatever the parties try in whatever order: exactly two signatures are accepted and then it is concluded.
    #[test]
    fn jede_reihenfolge_endet_geschlossen(versuche in proptest::collection::vec(any::<bool>(), 0..12)) {
        let mut z = Welt::neu().abgestimmt(&entwurf(inhalt()));
        let mut angenommen = 0;
        for gk_seite in versuche.iter().copied().chain([true, false]) {
            let akteur = if gk_seite { gk() } else { min() };
            if let Ok(e) = z.unterzeichnen(&unterschrift(&z), &Welt::neu().alles(), heute(), &akteur) {
                z = e.zustand.vereinbarung;
                angenommen += 1;
            }
        }
        prop_assert_eq!((z.status, angenommen), (Geschlossen, 2));
    }
}
