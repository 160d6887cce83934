use super::*;
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Rolle};
use crate::gebietskoerperschaft::{Gebietskoerperschaft, anfangsbestand};
use crate::jahrgang::{Jahrgang, JahrgangStatus};
use crate::regelwerk::{Regelwerk, he_alt};
use proptest::prelude::*;
use uuid::Uuid;

struct Welt {
    jahrgang: Jahrgang,
    regelwerk: Regelwerk,
    katalog: Katalogstand,
    gk: Vec<Gebietskoerperschaft>,
}

impl Welt {
    fn neu(jahrgang: i32) -> Self {
        let (regelwerk, katalog) = (he_alt(), Katalogstand::anfang());
        let j = Jahrgang::anlegen(jahrgang, &regelwerk, vec![], &katalog, &min(1)).unwrap();
        let jahrgang = Jahrgang { status: JahrgangStatus::Offen, ..j };
        Welt { jahrgang, regelwerk, katalog, gk: anfangsbestand() }
    }

    fn fakten(&self) -> Budgetfakten<'_> {
        Budgetfakten { jahrgang: &self.jahrgang, regelwerk: &self.regelwerk, katalog: &self.katalog }
    }

    fn zuteilen(&self, inhalt: Zuteilungsinhalt, akteur: &Akteur) -> crate::akt::Urteil<Zuteilung> {
        let gk = self.gk.iter().find(|g| g.kreisschluessel == inhalt.kreisschluessel);
        zuteilen(Uuid::nil(), inhalt, gk, &self.fakten(), akteur)
    }

    fn korrigieren(&self, inhalt: Korrekturinhalt) -> crate::akt::Urteil<Budgetkorrektur> {
        let gk = self.gk.iter().find(|g| Some(&g.kreisschluessel) == inhalt.kreisschluessel.as_ref());
        korrektur_beantragen(Uuid::nil(), inhalt, gk, &self.fakten(), &min(1))
    }

    fn beantragen(&self, inhalt: Umverteilungsinhalt) -> crate::akt::Urteil<Umverteilung> {
        umverteilung_beantragen(Uuid::nil(), inhalt, &self.gk, &self.fakten(), &min(1))
    }
}

fn min(nr: u8) -> Akteur {
    Akteur { person: format!("min-{nr}"), rolle: Rolle::Ministerium, kreisschluessel: None, traeger_id: None }
}

fn zuteilung(kreis: &str, positionen: Vec<Budgetposition>) -> Zuteilungsinhalt {
    Zuteilungsinhalt { kreisschluessel: kreis.into(), positionen, grundlage: "Test".into() }
}

fn position(teilbudget: &str, haushaltsjahr: i32, cent: i64) -> Budgetposition {
    Budgetposition { teilbudget: teilbudget.into(), haushaltsjahr, betrag: Euro::aus_cent(cent).unwrap() }
}

fn stelle(kreis: &str, teilbudget: &str, haushaltsjahr: i32) -> Budgetstelle {
    Budgetstelle { kreisschluessel: kreis.into(), teilbudget: teilbudget.into(), haushaltsjahr }
}

fn umverteilung(cent: i64) -> Umverteilungsinhalt {
    Umverteilungsinhalt {
        von: stelle("06440", "ALLGEMEIN", 2026),
        nach: stelle("06435", "ALLGEMEIN", 2026),
        betrag: Euro::aus_cent(cent).unwrap(),
        grund: "Minderbedarf".into(),
    }
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

#[test]
fn zustandstabelle_umverteilung() {
    use UmverteilungStatus::*;
    crate::akt::pruefe_tabelle(UEBERGAENGE, UmverteilungStatus::ALLE, &[Freigegeben, Verworfen], Beantragt);
}

/// Dossier 4.6: the whole demo allocation posts, and every posting moves programme money only.
#[test]
fn abschnitt46_demo_wird_gebucht() {
    let w = Welt::neu(2026);
    let mut bewegt = Vec::new();
    for z in demo_zuteilung_2026() {
        let kreis = z.kreisschluessel.clone();
        let e = w.zuteilen(z, &min(1)).unwrap();
        let b = &e.buchungen[0];
        assert_eq!((b.grund, b.summe()), ("ZUTEILUNG", Ok(Euro::NULL)));
        for zeile in b.zeilen() {
            match zeile.konto.art {
                Kontoart::Programm => assert!(zeile.konto.kreisschluessel == LAND && zeile.betrag.ist_negativ()),
                Kontoart::Verfuegbar => {
                    assert_eq!(zeile.konto.kreisschluessel, kreis);
                    bewegt.push(zeile.betrag);
                }
                art => panic!("{art}"),
            }
        }
    }
    assert_eq!(Euro::summe(bewegt).map(|e| e.to_string()), Ok("27700000.00".to_owned()));
}

#[test]
fn zuteilung_wird_abgelehnt() {
    let w = Welt::neu(2025);
    let gut = || vec![position("ALLGEMEIN", 2025, 1)];
    let faelle = [
        ("dossier S5: Hanau 2025", zuteilung("06415", gut()), vec!["NICHT_ANTRAGSBERECHTIGT"]),
        ("unknown key", zuteilung("06999", gut()), vec!["NICHT_ANTRAGSBERECHTIGT"]),
        ("no position", zuteilung("06440", vec![]), vec!["ANGABE_FEHLT"]),
        ("window", zuteilung("06440", vec![position("ALLGEMEIN", 2030, 1)]), vec!["HAUSHALTSJAHR_AUSSERHALB"]),
        ("code", zuteilung("06440", vec![position("KUNST", 2025, 1)]), vec!["KATALOGWERT_UNBEKANNT"]),
        ("zero", zuteilung("06440", vec![position("ALLGEMEIN", 2025, 0)]), vec!["BETRAG_ZU_KLEIN"]),
        ("twice", zuteilung("06440", [gut(), gut()].concat()), vec!["POSITION_DOPPELT"]),
    ];
    for (fall, z, erwartet) in faelle {
        assert_eq!(kurz(&w.zuteilen(z, &min(1)).unwrap_err()), erwartet, "{fall}");
    }
    let gk = Akteur { rolle: Rolle::Bewilligungsbehoerde, ..min(1) };
    assert_eq!(kurz(&w.zuteilen(zuteilung("06440", gut()), &gk).unwrap_err()), ["RECHT_FEHLT"]);
    for status in [JahrgangStatus::Angelegt, JahrgangStatus::Abgeschlossen] {
        let w = Welt { jahrgang: Jahrgang { status, ..w.jahrgang.clone() }, ..Welt::neu(2025) };
        assert_eq!(kurz(&w.zuteilen(zuteilung("06440", gut()), &min(1)).unwrap_err()), ["JAHRGANG_NICHT_OFFEN"]);
        assert_eq!(kurz(&w.beantragen(umverteilung(1)).unwrap_err()), ["JAHRGANG_NICHT_OFFEN"]);
    }
}

/// Contract section 2: drafted by one person of the ministry, approved by another.
#[test]
fn umverteilung_braucht_zwei_personen() {
    let w = Welt::neu(2026);
    let e = w.beantragen(umverteilung(500)).unwrap();
    assert!(e.buchungen.is_empty(), "a draft posts nothing");
    let u = e.zustand;
    assert_eq!(kurz(&u.freigeben(&w.jahrgang, &min(1)).unwrap_err()), ["VIER_AUGEN"]);
    let gesperrt = |a: &Akteur| u.aktionen(a).iter().map(|a| (a.akt, a.befunde.is_empty())).collect::<Vec<_>>();
    assert_eq!(gesperrt(&min(1)), [(FREIGABE, false), (VERWERFUNG, true)]);
    assert_eq!(gesperrt(&min(2)), [(FREIGABE, true), (VERWERFUNG, true)]);
    let e = u.freigeben(&w.jahrgang, &min(2)).unwrap();
    assert_eq!(e.zustand.freigegeben_von.as_deref(), Some("min-2"));
    let b = &e.buchungen[0];
    assert_eq!((b.grund, b.summe(), b.zeilen().len()), ("UMVERTEILUNG", Ok(Euro::NULL), 2));
    assert!(b.zeilen().iter().all(|z| z.konto.art == Kontoart::Verfuegbar));
    assert_eq!(kurz(&e.zustand.freigeben(&w.jahrgang, &min(2)).unwrap_err()), ["STATUS_UNZULAESSIG"]);
    let zu = Jahrgang { status: JahrgangStatus::Abgeschlossen, ..w.jahrgang.clone() };
    assert_eq!(kurz(&u.freigeben(&zu, &min(2)).unwrap_err()), ["JAHRGANG_NICHT_OFFEN"]);
    let falsch = Jahrgang { jahrgang: 2027, ..w.jahrgang.clone() };
    assert_eq!(kurz(&u.freigeben(&falsch, &min(2)).unwrap_err()), ["VERWEIS_UNBEKANNT"]);
}

fn korrektur(art: Korrekturart, kreis: Option<&str>) -> Korrekturinhalt {
    Korrekturinhalt {
        art,
        kreisschluessel: kreis.map(str::to_owned),
        positionen: vec![position("ALLGEMEIN", 2026, 500)],
        grund: "verschrieben".into(),
    }
}

/// Contract section 3: a correction is a posting of its own; by two persons, each kind between its own accounts.
#[test]
fn korrektur_braucht_zwei_personen_und_bucht() {
    use Korrekturart::{AnsatzErhoehung, AnsatzSenkung, ZuteilungKuerzung};
    let mut w = Welt::neu(2026);
    w.jahrgang.ansaetze = vec![position("ALLGEMEIN", 2026, 600)];
    for (art, kreis, von, nach, ansatz) in [
        (ZuteilungKuerzung, Some("06440"), Kontoart::Verfuegbar, Kontoart::Programm, None),
        (AnsatzErhoehung, None, Kontoart::Landeshaushalt, Kontoart::Programm, Some(1_100)),
        (AnsatzSenkung, None, Kontoart::Programm, Kontoart::Landeshaushalt, Some(100)),
    ] {
        let k = w.korrigieren(korrektur(art, kreis)).unwrap();
        assert!(k.buchungen.is_empty(), "a draft posts nothing");
        let k = k.zustand;
        assert_eq!(kurz(&k.freigeben(&w.jahrgang, &min(1)).unwrap_err()), ["VIER_AUGEN"]);
        let e = k.freigeben(&w.jahrgang, &min(2)).unwrap();
        let zeilen: Vec<_> = e.buchungen[0].zeilen().iter().map(|z| (z.konto.art, z.betrag.cent())).collect();
        assert_eq!(zeilen, [(von, -500), (nach, 500)], "{art}");
        let neu = e.zustand.jahrgang.map(|j| j.ansaetze[0].betrag.cent());
        assert_eq!(neu, ansatz, "{art}");
        let zu = Jahrgang { status: JahrgangStatus::Abgeschlossen, ..w.jahrgang.clone() };
        assert_eq!(kurz(&k.freigeben(&zu, &min(2)).unwrap_err()), ["JAHRGANG_NICHT_OFFEN"]);
        let weg = k.verwerfen(&crate::akt::Handlungsgrund { grund: "doch nicht".into() }, &min(1)).unwrap();
        assert_eq!((weg.zustand.status, weg.buchungen.len()), (KorrekturStatus::Verworfen, 0));
    }
}

#[test]
fn korrektur_wird_abgelehnt() {
    use Korrekturart::{AnsatzErhoehung, ZuteilungKuerzung};
    let w = Welt::neu(2026);
    let nein = |k| kurz(&w.korrigieren(k).unwrap_err());
    assert_eq!(nein(korrektur(ZuteilungKuerzung, None)), ["ANGABE_FEHLT"]);
    assert_eq!(nein(korrektur(AnsatzErhoehung, Some("06440"))), ["RECHENEINGABE"]);
    assert_eq!(nein(korrektur(ZuteilungKuerzung, Some("06999"))), ["NICHT_ANTRAGSBERECHTIGT"]);
    let null = Korrekturinhalt { positionen: vec![position("ALLGEMEIN", 2026, 0)], ..korrektur(AnsatzErhoehung, None) };
    assert_eq!(nein(null), ["BETRAG_ZU_KLEIN"]);
    use crate::akt::pruefe_tabelle;
    let ende = [KorrekturStatus::Freigegeben, KorrekturStatus::Verworfen];
    pruefe_tabelle(KORREKTUR_UEBERGAENGE, KorrekturStatus::ALLE, &ende, KorrekturStatus::Beantragt);
}

#[test]
fn umverteilung_verwerfen() {
    let u = Welt::neu(2026).beantragen(umverteilung(500)).unwrap().zustand;
    let e = u.verwerfen(&UmverteilungVerwerfung { grund: "doch nicht".into() }, &min(1)).unwrap();
    assert!(e.buchungen.is_empty());
    assert_eq!(e.zustand.status, UmverteilungStatus::Verworfen);
    assert_eq!(e.zustand.verwerfungsgrund.as_deref(), Some("doch nicht"));
}

#[test]
fn umverteilung_wird_abgelehnt() {
    let w = Welt::neu(2026);
    let mit = |f: fn(&mut Umverteilungsinhalt)| {
        let mut u = umverteilung(1);
        f(&mut u);
        kurz(&w.beantragen(u).unwrap_err())
    };
    assert_eq!(mit(|u| u.nach = u.von.clone()), ["UMVERTEILUNG_GLEICH"]);
    assert_eq!(mit(|u| u.betrag = Euro::NULL), ["BETRAG_ZU_KLEIN"]);
    assert_eq!(mit(|u| u.nach.haushaltsjahr = 2031), ["HAUSHALTSJAHR_AUSSERHALB"]);
    assert_eq!(mit(|u| u.von.teilbudget = "KUNST".into()), ["KATALOGWERT_UNBEKANNT"]);
    assert_eq!(mit(|u| u.nach.kreisschluessel = "06999".into()), ["NICHT_ANTRAGSBERECHTIGT"]);
}

proptest! {
    #[test]
    fn zuteilung_bewegt_genau_ihre_summe(cent in proptest::collection::vec(1i64..1_000_000_000, 1..5)) {
        let positionen: Vec<_> = cent.iter().zip(2026..).map(|(c, j)| position("ALLGEMEIN", j, *c)).collect();
        let soll = summe(&positionen);
        let e = Welt::neu(2026).zuteilen(zuteilung("06440", positionen), &min(1)).unwrap();
        prop_assert_eq!(e.buchungen[0].summe(), Ok(Euro::NULL));
        let erhalten = e.buchungen[0].zeilen().iter().filter(|z| z.konto.art == Kontoart::Verfuegbar);
        prop_assert_eq!(Euro::summe(erhalten.map(|z| z.betrag)), soll);
    }
}

fn konto(art: Kontoart) -> Kontoschluessel {
    Budgetstelle { kreisschluessel: "06440".into(), teilbudget: "ALLGEMEIN".into(), haushaltsjahr: 2026 }
        .konto(2026, art)
}

/// Dossier S2: 3 cents are left; 0.04 is refused with the exact figures, 0.03 is covered.
#[test]
fn s2_deckung_auf_den_cent() {
    let saldo = Euro::aus_cent(3).unwrap();
    let k = konto(Kontoart::Verfuegbar);
    assert!(pruefe_deckung(&k, Euro::aus_cent(3).unwrap(), saldo).is_none());
    let b = pruefe_deckung(&k, Euro::aus_cent(4).unwrap(), saldo).unwrap();
    assert_eq!(b.regel.kurzname, "BUDGET_UEBERSCHRITTEN");
    assert_eq!(b.erlaubt[0].wert, "0.03");
    assert_eq!(b.differenz.map(|d| d.wert), Some("0.01".to_owned()));
    let b = pruefe_deckung(&konto(Kontoart::Programm), Euro::aus_cent(4).unwrap(), saldo).unwrap();
    assert_eq!(b.regel.kurzname, "PROGRAMM_ERSCHOEPFT");
    assert!(pruefe_deckung(&konto(Kontoart::Landeshaushalt), Euro::aus_cent(4).unwrap(), Euro::NULL).is_none());
}

#[test]
fn positionen_werden_alle_geprueft() {
    let p =
        |t: &str, j, c| Budgetposition { teilbudget: t.into(), haushaltsjahr: j, betrag: Euro::aus_cent(c).unwrap() };
    let fenster = Haushaltsfenster { erstes: 2026, letztes: 2030 };
    let liste = [p("ALLGEMEIN", 2026, 1), p("ALLGEMEIN", 2026, 2), p("KUNST", 2027, 5), p("ALLGEMEIN", 2031, 0)];
    let codes: Vec<_> = pruefe_positionen(&liste, fenster, &Katalogstand::anfang(), "/positionen")
        .into_iter()
        .map(|b| (b.regel.kurzname, b.ort.unwrap_or_default()))
        .collect();
    assert_eq!(
        codes,
        [
            ("POSITION_DOPPELT", "/positionen/1".to_owned()),
            ("KATALOGWERT_UNBEKANNT", "/positionen/2/teilbudget".to_owned()),
            ("HAUSHALTSJAHR_AUSSERHALB", "/positionen/3/haushaltsjahr".to_owned()),
            ("BETRAG_ZU_KLEIN", "/positionen/3/betrag".to_owned()),
        ]
    );
    assert!(pruefe_positionen(&[p("ALLGEMEIN", 2030, 1)], fenster, &Katalogstand::anfang(), "").is_empty());
}
