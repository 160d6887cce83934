use super::*;
use crate::akt::pruefe_tabelle;
use crate::berechtigung::Rolle;
use crate::zeit::tag;

fn wer(person: &str, rolle: Rolle, kreis: &str) -> Akteur {
    let kreisschluessel = (rolle == Rolle::Gebietskoerperschaft).then(|| kreis.to_owned());
    Akteur { person: person.into(), rolle, kreisschluessel, traeger_id: None }
}

fn rp() -> Akteur {
    wer("rp", Rolle::Bewilligungsbehoerde, "")
}

fn eroeffne(bis: NaiveDate) -> Urteil<Anhoerung> {
    let fall = Anhoerungsfall {
        antrag_id: Uuid::from_u128(1),
        jahrgang: 2026,
        kreisschluessel: "06440".into(),
        regelwerk: "HE-ALT".into(),
        mindestens_tage: 14,
    };
    let inhalt = Anhoerunginhalt {
        gegenstand: Anhoerungsgegenstand::Widerruf,
        text: "Der Verwendungsnachweis ist überfällig.".into(),
        frist_bis: bis,
    };
    Anhoerung::eroeffnen(Uuid::from_u128(2), fall, inhalt, tag(2028, 2, 1), &rp())
}

fn kurz<T>(u: Urteil<T>) -> Vec<&'static str> {
    u.err().unwrap_or_default().iter().map(|b| b.regel.kurzname).collect()
}

#[test]
fn zustandstabelle() {
    use AnhoerungStatus as S;
    pruefe_tabelle(UEBERGAENGE, S::ALLE, &[S::Abgeschlossen, S::Zurueckgenommen], S::Offen);
}

/// § 28 HVwVfG with the parameter of 14 days, from 1 February 2028.
#[test]
fn frist_zur_stellungnahme() {
    for (bis, befunde) in [
        (tag(2028, 2, 15), &[][..]),
        (tag(2028, 2, 14), &["ANHOERUNG_ZU_KURZ"]),
        (tag(2028, 1, 31), &["FRIST_VERGANGEN"]),
    ] {
        let u = eroeffne(bis);
        assert_eq!(u.as_ref().map(|e| e.fristen.len()).unwrap_or(0), usize::from(befunde.is_empty()));
        assert_eq!(kurz(u), befunde, "{bis}");
    }
}

/// More time moves the day up to which the county is waited for; who answered needs none.
#[test]
fn verlaengert_gilt_der_neue_tag() {
    let a = eroeffne(tag(2028, 2, 15)).unwrap().zustand;
    let neu = a.verlaengert(tag(2028, 2, 29)).unwrap().zustand;
    assert!(neu.laeuft(tag(2028, 2, 29)) && !neu.angehoert(tag(2028, 2, 29)) && neu.angehoert(tag(2028, 3, 1)));
    let text = Stellungnahmeeingabe { text: "Der Nachweis folgt.".into() };
    let da = neu.stellung_nehmen(&text, tag(2028, 2, 20), &wer("k", Rolle::Gebietskoerperschaft, "06440")).unwrap();
    assert_eq!(kurz(da.zustand.verlaengert(tag(2028, 3, 31))), ["STATUS_UNZULAESSIG"]);
}

/// When a decision may follow: after an answer, or when the day is over.
#[test]
fn angehoert_ist_wer_antworten_konnte() {
    let a = eroeffne(tag(2028, 2, 15)).unwrap().zustand;
    assert!(a.laeuft(tag(2028, 2, 15)) && !a.angehoert(tag(2028, 2, 15)));
    assert!(!a.laeuft(tag(2028, 2, 16)) && a.angehoert(tag(2028, 2, 16)));
    let grund = Handlungsgrund { grund: "Keine Antwort".into() };
    assert_eq!(kurz(a.abschliessen(&grund, tag(2028, 2, 15), &rp())), ["ANHOERUNG_LAEUFT"]);
    let zu = a.abschliessen(&grund, tag(2028, 2, 16), &rp()).unwrap();
    assert_eq!((zu.zustand.status, zu.fristenden.len()), (AnhoerungStatus::Abgeschlossen, 1));

    let text = Stellungnahmeeingabe { text: "Der Nachweis folgt.".into() };
    let fremd = wer("x", Rolle::Gebietskoerperschaft, "06431");
    assert_eq!(kurz(a.stellung_nehmen(&text, tag(2028, 2, 2), &fremd)), ["FREMDER_VORGANG"]);
    assert_eq!(kurz(a.stellung_nehmen(&text, tag(2028, 2, 2), &rp())), ["RECHT_FEHLT"]);
    let kreis = wer("k", Rolle::Gebietskoerperschaft, "06440");
    let b = a.stellung_nehmen(&text, tag(2028, 2, 2), &kreis).unwrap().zustand;
    assert!(b.angehoert(tag(2028, 2, 2)) && !b.laeuft(tag(2028, 2, 2)));
    let b = b.stellung_nehmen(&text, tag(2028, 2, 20), &kreis).unwrap().zustand;
    assert_eq!(b.stellungnahmen.len(), 2, "a later statement stands beside the first");

    let weg = b.zuruecknehmen(&grund, tag(2028, 2, 20), &rp()).unwrap().zustand;
    assert!(!weg.angehoert(tag(2029, 1, 1)) && !weg.laeuft(tag(2028, 2, 2)));
}

/// For the county while its time runs and it is silent; for the authority once it answered or its time is over.
#[test]
fn wer_am_zug_ist() {
    let a = eroeffne(tag(2028, 2, 15)).unwrap().zustand;
    let kreis = wer("k", Rolle::Gebietskoerperschaft, "06440");
    let text = Stellungnahmeeingabe { text: "Der Nachweis folgt.".into() };
    let b = a.stellung_nehmen(&text, tag(2028, 2, 2), &kreis).unwrap().zustand;
    for (fall, x, am, kreis_am_zug, behoerde_am_zug) in [
        ("runs", &a, tag(2028, 2, 15), true, false),
        ("over", &a, tag(2028, 2, 16), false, true),
        ("answered", &b, tag(2028, 2, 3), false, true),
    ] {
        let frei = |akt: &str, wer: &Akteur| {
            x.aktionen(wer, am).iter().any(|y| y.akt == akt && y.erlaubt()) && x.wartet_auf(akt, am)
        };
        assert_eq!(frei(STELLUNGNAHME, &kreis), kreis_am_zug, "{fall}");
        assert_eq!(frei(ABSCHLUSS, &rp()), behoerde_am_zug, "{fall}");
    }
}
