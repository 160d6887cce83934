use super::*;
use crate::akt::pruefe_tabelle;
use crate::antrag::muster;
use crate::berechtigung::Rolle;
use crate::zeit::tag;

fn gk(nr: u8, kreis: &str) -> Akteur {
    let kreisschluessel = Some(kreis.to_owned());
    Akteur { person: format!("gk-{nr}"), rolle: Rolle::Gebietskoerperschaft, kreisschluessel, traeger_id: None }
}

fn rp() -> Akteur {
    Akteur { person: "rp".into(), rolle: Rolle::Bewilligungsbehoerde, kreisschluessel: None, traeger_id: None }
}

fn kurz(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

fn antrag() -> Antrag {
    Antrag { status: AntragStatus::Bewilligt, ..muster::antrag() }
}

fn eingabe(iban: &str) -> KontoaenderungAnlage {
    let alt = muster::inhalt().bankverbindung.unwrap();
    KontoaenderungAnlage {
        antrag_id: antrag().id,
        bankverbindung: Bankverbindung { iban: iban.into(), ..alt },
        grund: "Bankwechsel".into(),
    }
}

const NEU: &str = "DE89370400440532013000";

fn beantrage(e: KontoaenderungAnlage, a: &Antrag, wer: &Akteur) -> Urteil<Kontoaenderung> {
    let bisher = zahlkonto(a, &[]).unwrap();
    Kontoaenderung::beantragen(Uuid::from_u128(1), e, a, &bisher, tag(2026, 9, 15), wer)
}

fn grund() -> Handlungsgrund {
    Handlungsgrund { grund: "falsch".into() }
}

#[test]
fn tabelle_erreicht_jeden_stand() {
    use KontoaenderungStatus::*;
    pruefe_tabelle(UEBERGAENGE, KontoaenderungStatus::ALLE, &[Gesperrt, Zurueckgezogen], Beantragt);
}

/// Dossier S23: two persons of the county and 14 days; until then nothing is paid, neither to the old nor the new.
#[test]
fn s23_zwei_personen_und_wartezeit() {
    let k = beantrage(eingabe(NEU), &antrag(), &gk(1, "06440")).unwrap().zustand;
    let z = zahlkonto(&antrag(), std::slice::from_ref(&k)).unwrap();
    assert_eq!((z.bankverbindung == k.bisher, z.aenderung_beantragt), (true, Some(tag(2026, 9, 15))));
    let r = muster::regelwerk();
    let bestaetige =
        |wer: &Akteur| k.bestaetigen(&Kontobestaetigung::default(), (&r, "Wetteraukreis"), tag(2026, 9, 16), wer);
    assert_eq!(kurz(&bestaetige(&gk(1, "06440")).unwrap_err()), ["VIER_AUGEN"]);
    assert_eq!(kurz(&bestaetige(&gk(2, "06435")).unwrap_err()), ["FREMDER_VORGANG"]);
    assert_eq!(kurz(&bestaetige(&rp()).unwrap_err()), ["RECHT_FEHLT"]);
    let b = bestaetige(&gk(2, "06440")).unwrap().zustand;
    assert_eq!((b.bestaetigt_am, b.wirksam_ab), (Some(tag(2026, 9, 16)), Some(tag(2026, 10, 1))));
    let z = zahlkonto(&antrag(), std::slice::from_ref(&b)).unwrap();
    assert_eq!((z.bankverbindung.iban.as_str(), z.seit, z.aenderung_beantragt), (NEU, Some(tag(2026, 10, 1)), None));
    for (heute, erwartet) in [(tag(2026, 9, 30), &[][..]), (tag(2026, 10, 1), &["BANKVERBINDUNG_WIRKSAM"])] {
        let e = b.beenden(SPERRUNG, &grund(), heute, &rp());
        assert_eq!(e.as_ref().map_or_else(|f| kurz(f), |_| vec![]), erwartet, "{heute}");
        if let Ok(e) = e {
            let alt = zahlkonto(&antrag(), &[e.zustand]).unwrap();
            assert_eq!(alt, zahlkonto(&antrag(), &[]).unwrap(), "a stopped change leaves the former account");
        }
    }
    let ohne = {
        let mut r = muster::regelwerk();
        r.parameter.retain(|p| p.schluessel != "bankverbindung_wartezeit");
        k.bestaetigen(&Kontobestaetigung::default(), (&r, "Wetteraukreis"), tag(2026, 9, 16), &gk(2, "06440"))
    };
    assert_eq!(kurz(&ohne.unwrap_err()), ["PARAMETER_FEHLT"]);
}

#[test]
fn was_den_antrag_auf_ein_konto_sperrt() {
    let alt = muster::inhalt().bankverbindung.unwrap();
    for (iban, status, wer, erwartet) in [
        (NEU, AntragStatus::Bewilligt, gk(1, "06440"), &[][..]),
        (NEU, AntragStatus::Teilbewilligt, gk(1, "06440"), &[]),
        (NEU, AntragStatus::Eingereicht, gk(1, "06440"), &["BANKVERBINDUNG_IM_ANTRAG"]),
        ("DE89370400440532013001", AntragStatus::Bewilligt, gk(1, "06440"), &["IBAN_UNGUELTIG"]),
        (alt.iban.as_str(), AntragStatus::Bewilligt, gk(1, "06440"), &["BANKVERBINDUNG_GLEICH"]),
        (NEU, AntragStatus::Bewilligt, gk(1, "06435"), &["FREMDER_VORGANG"]),
        (NEU, AntragStatus::Bewilligt, rp(), &["FREMDER_VORGANG"]),
    ] {
        let a = Antrag { status, ..antrag() };
        let e = beantrage(eingabe(iban), &a, &wer);
        assert_eq!(e.map_or_else(|b| kurz(&b), |_| vec![]), erwartet, "{iban} {status}");
    }
}

#[test]
fn zurueckgenommen_bleibt_alles_beim_alten() {
    let k = beantrage(eingabe(NEU), &antrag(), &gk(1, "06440")).unwrap().zustand;
    let z = k.beenden(RUECKNAHME, &grund(), tag(2026, 9, 15), &gk(2, "06440")).unwrap().zustand;
    assert_eq!((z.status, z.beendet_von.as_deref()), (KontoaenderungStatus::Zurueckgezogen, Some("gk-2")));
    assert_eq!(zahlkonto(&antrag(), &[z]), zahlkonto(&antrag(), &[]));
}

/// Another holder than the county: the second person says why, in the trail (S23).
#[test]
fn fremder_inhaber_wird_bestaetigt() {
    let mut e = eingabe(NEU);
    e.bankverbindung.kontoinhaber = "Dubios GmbH".into();
    let k = beantrage(e, &antrag(), &gk(1, "06440")).unwrap().zustand;
    let foretold = k.aktionen(tag(2026, 9, 16), "Wetteraukreis", &gk(2, "06440"));
    let b = foretold.iter().find(|a| a.akt == BESTAETIGUNG).unwrap();
    assert_eq!((b.erlaubt(), kurz(&b.befunde)), (true, vec!["KONTOINHABER_FREMD"]));
    let r = muster::regelwerk();
    let bestaetige = |warnungen: Vec<Warnungsbestaetigung>| {
        let e = Kontobestaetigung { bestaetigte_warnungen: warnungen };
        k.bestaetigen(&e, (&r, "Wetteraukreis"), tag(2026, 9, 16), &gk(2, "06440"))
    };
    let offen = bestaetige(vec![]).unwrap_err();
    assert!(kurz(&offen).contains(&"WARNUNG_NICHT_BESTAETIGT"), "{offen:?}");
    let e = bestaetige(vec![Warnungsbestaetigung::neu("AQB-AN-008", "Das Konto führt der Eigenbetrieb.")]).unwrap();
    assert_eq!(e.befunde[0].begruendung.as_deref(), Some("Das Konto führt der Eigenbetrieb."));
}
