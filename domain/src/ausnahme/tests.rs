use super::*;
use crate::akt::pruefe_tabelle;
use crate::regel::{ANGABE_FEHLT, KASSENSCHLUSS};
use crate::zeit::tag;

fn wer(person: &str, rolle: Rolle) -> Akteur {
    let kreisschluessel = (rolle == Rolle::Gebietskoerperschaft).then(|| "06440".to_owned());
    Akteur { person: person.into(), rolle, kreisschluessel, traeger_id: None }
}

fn rp(person: &str) -> Akteur {
    wer(person, Rolle::Bewilligungsbehoerde)
}

fn beantrage(regel: &str, grund: &str, bis: NaiveDate, akteur: &Akteur) -> Urteil<Ausnahme> {
    let fall = Ausnahmefall { antrag_id: Uuid::from_u128(1), jahrgang: 2026, kreisschluessel: "06440".into() };
    let inhalt = Ausnahmeinhalt { regel: Befundcode(regel.into()), begruendung: grund.into(), gueltig_bis: bis };
    Ausnahme::beantragen(Uuid::from_u128(2), fall, inhalt, tag(2026, 12, 1), akteur)
}

fn kurz<T>(u: Urteil<T>) -> Vec<&'static str> {
    u.err().unwrap_or_default().iter().map(|b| b.regel.kurzname).collect()
}

const GRUND: &str = "Das Land hat den Kassenschluss für diesen Fall verschoben.";

#[test]
fn zustandstabelle() {
    use AusnahmeStatus as S;
    pruefe_tabelle(UEBERGAENGE, S::ALLE, &[S::Abgelehnt, S::Widerrufen], S::Beantragt);
}

#[test]
fn nur_regeln_die_es_zulassen() {
    let bis = tag(2026, 12, 31);
    for (regel, grund, bis, akteur, befunde) in [
        (KASSENSCHLUSS.code, GRUND, bis, rp("a"), &[][..]),
        (KASSENSCHLUSS.code, GRUND, bis, wer("k", Rolle::Gebietskoerperschaft), &[]),
        (ANGABE_FEHLT.code, GRUND, bis, rp("a"), &["AUSNAHME_UNMOEGLICH"]),
        ("AQB-XX-999", GRUND, bis, rp("a"), &["AUSNAHME_UNMOEGLICH"]),
        (KASSENSCHLUSS.code, "kurz", bis, rp("a"), &["BEGRUENDUNG_FEHLT"]),
        (KASSENSCHLUSS.code, GRUND, tag(2026, 11, 30), rp("a"), &["FRIST_VERGANGEN"]),
        (KASSENSCHLUSS.code, GRUND, bis, wer("m", Rolle::Ministerium), &["RECHT_FEHLT"]),
    ] {
        assert_eq!(kurz(beantrage(regel, grund, bis, &akteur)), befunde, "{regel} {grund} {bis}");
    }
}

/// A granted exception lowers exactly its rule's findings, until its day, and says which one it is.
#[test]
fn ausnahme_mildert_bis_zu_ihrem_tag() {
    let a = beantrage(KASSENSCHLUSS.code, GRUND, tag(2026, 12, 31), &rp("a")).unwrap().zustand;
    let grund = Handlungsgrund { grund: "Einzelfall geprüft".into() };
    assert_eq!(kurz(a.entscheiden(GENEHMIGUNG, &grund, tag(2026, 12, 2), &rp("a"))), ["VIER_AUGEN"]);
    let vorher = anwenden(vec![Befund::neu(&KASSENSCHLUSS)], std::slice::from_ref(&a), tag(2026, 12, 2));
    assert!(vorher[0].blockiert(), "what is only asked for changes nothing");
    assert_eq!(kurz(a.entscheiden(GENEHMIGUNG, &grund, tag(2027, 1, 1), &rp("b"))), ["FRIST_VERGANGEN"]);
    let a = a.entscheiden(GENEHMIGUNG, &grund, tag(2026, 12, 2), &rp("b")).unwrap().zustand;
    let befunde = || vec![Befund::neu(&KASSENSCHLUSS), Befund::neu(&ANGABE_FEHLT)];
    let am = |t| anwenden(befunde(), std::slice::from_ref(&a), t).iter().map(|b| b.schwere).collect::<Vec<_>>();
    assert_eq!(am(tag(2026, 12, 31)), [Schwere::Hinweis, Schwere::Fehler]);
    assert_eq!(am(tag(2027, 1, 1)), [Schwere::Fehler, Schwere::Fehler]);
    let gemildert = anwenden(befunde(), std::slice::from_ref(&a), tag(2026, 12, 31));
    assert!(gemildert[0].gemessen.iter().any(|m| m.name == "ausnahme" && m.wert == a.id.to_string()));
    let a = a.entscheiden(WIDERRUF, &grund, tag(2026, 12, 3), &rp("a")).unwrap().zustand;
    assert!(!a.gilt(tag(2026, 12, 3)));
}

/// It waits for every person of the authority but the one who asked; whose day is over can only be refused.
#[test]
fn wartet_auf_die_zweite_person() {
    let von_rp = beantrage(KASSENSCHLUSS.code, GRUND, tag(2026, 12, 31), &rp("a")).unwrap().zustand;
    let vom_kreis = beantrage(KASSENSCHLUSS.code, GRUND, tag(2026, 12, 31), &wer("k", Rolle::Gebietskoerperschaft));
    let vom_kreis = vom_kreis.unwrap().zustand;
    for (x, person, am, wartet, genehmigung) in [
        (&von_rp, "a", tag(2026, 12, 2), false, false),
        (&von_rp, "A", tag(2026, 12, 2), false, false),
        (&von_rp, "b", tag(2026, 12, 31), true, true),
        (&von_rp, "b", tag(2027, 1, 1), true, false),
        (&vom_kreis, "a", tag(2026, 12, 2), true, true),
    ] {
        let akteur = rp(person);
        assert_eq!(x.wartet_auf(&akteur), wartet, "{person} {am}");
        let frei = x.aktionen(&akteur, am).iter().any(|a| a.akt == GENEHMIGUNG && a.erlaubt());
        assert_eq!(frei, genehmigung, "{person} {am}");
    }
}
