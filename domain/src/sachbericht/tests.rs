use super::*;
use crate::zeit::tag;

fn k(merkmal: Kennzahl, gesamt: i32, weiblich: i32, maennlich: i32) -> Sachberichtkennzahl {
    Sachberichtkennzahl { merkmal, gesamt, weiblich, maennlich, divers: 0, unter_25: gesamt, migrationshintergrund: 0 }
}

fn bericht(kennzahlen: Vec<Sachberichtkennzahl>) -> Sachberichtinhalt {
    Sachberichtinhalt {
        verlauf: "Wie geplant.".into(),
        abweichungen: None,
        kennzahlen,
        zielerreichung: Vec::new(),
        personal_ist: Vec::new(),
        ausblick: None,
    }
}

fn ziel(art: Massnahmeart, zielwert: i64) -> Ziel {
    Ziel {
        massnahmeart: art,
        zielgruppe: "NICHT_AUSBILDUNGSREIF".into(),
        plaetze_geplant: 12,
        teilnehmende_geplant: 16,
        indikator: "Übergänge in Ausbildung".into(),
        zielwert,
        einheit: "Personen".into(),
    }
}

const ART: Massnahmeart = Massnahmeart::Ausbildungsvorbereitung;

fn codes(b: &[Befund]) -> Vec<&'static str> {
    b.iter().map(|b| b.regel.kurzname).collect()
}

/// Dossier 3.12: Σ of exits ≤ Σ entries, parts at most the whole.
#[test]
fn kennzahlen_auf_und_neben_der_grenze() {
    use Kennzahl as M;
    let ein = k(M::Eintritte, 14, 6, 8);
    let faelle = [
        ("all left", vec![ein.clone(), k(M::AustritteVorzeitig, 4, 2, 2), k(M::AustritteRegulaer, 10, 4, 6)], vec![]),
        (
            "one more in one group",
            vec![ein.clone(), k(M::AustritteVorzeitig, 4, 3, 1), k(M::AustritteRegulaer, 10, 4, 6)],
            vec!["SACHBERICHT_AUSTRITTE"],
        ),
        ("exits without entries", vec![k(M::AustritteRegulaer, 1, 0, 0)], vec!["SACHBERICHT_AUSTRITTE"; 2]),
        ("the parts are the whole", vec![k(M::Eintritte, 14, 6, 8)], vec![]),
        ("the parts are more", vec![k(M::Eintritte, 13, 6, 8)], vec!["KENNZAHL_TEIL_UEBER_GANZES"]),
        ("fewer parts: not everybody said", vec![k(M::Eintritte, 15, 6, 8)], vec![]),
        ("twice", vec![ein.clone(), ein], vec!["SACHBERICHT_DOPPELT"]),
    ];
    for (name, kennzahlen, soll) in faelle {
        assert_eq!(codes(&bericht(kennzahlen).pruefe(&[], ART)), soll, "{name}");
    }
}

/// Targets are the Zielvereinbarung's, of the measure's kind, by their place in it.
#[test]
fn ziele_der_vereinbarung() {
    let ziele = [ziel(Massnahmeart::WeiterbildungUndWissenschaft, 1), ziel(ART, 45)];
    let mut b = bericht(Vec::new());
    let angabe = |nr: i32| Zielangabe { ziel_nr: nr, istwert: 41, bemerkung: None };
    for (name, angaben, soll) in [
        ("its own", vec![angabe(2)], vec![]),
        ("of another kind", vec![angabe(1)], vec!["ZIEL_UNBEKANNT"]),
        ("none", vec![angabe(3)], vec!["ZIEL_UNBEKANNT"]),
        ("twice", vec![angabe(2), angabe(2)], vec!["SACHBERICHT_DOPPELT"]),
    ] {
        b.zielerreichung = angaben;
        assert_eq!(codes(&b.pruefe(&ziele, ART)), soll, "{name}");
    }
    b.zielerreichung = vec![angabe(2)];
    let z = b.zielerreichung(&ziele, ART);
    let z: Vec<_> = z.iter().map(|z| (z.ziel_nr, z.zielwert, z.istwert, z.differenz)).collect();
    assert_eq!(z, [(2, 45, Some(41), Some(-4))], "45 agreed, 41 reached");
}

#[test]
fn personal_und_pruefsumme() {
    let mut b = bericht(Vec::new());
    let ohne = b.sha256().unwrap();
    b.personal_ist = vec![Personalist {
        funktion: "Sozialpädagogik".into(),
        stellenanteil_vzae: Vzae::aus_hundertsteln(50).unwrap(),
        zeitraum: Zeitraum { von: tag(2026, 2, 2), bis: tag(2026, 2, 1) },
    }];
    assert_eq!(codes(&b.pruefe(&[], ART)), ["PERSONALZEIT_UNGEORDNET"]);
    assert_ne!(b.sha256().unwrap(), ohne);
}

/// The server's figures stand beside the stated ones, and only where there are any.
#[test]
fn angegeben_neben_ermittelt() {
    use Kennzahl as M;
    let angegeben = [k(M::Eintritte, 14, 6, 8), k(M::AustritteRegulaer, 3, 1, 2)];
    let v = vergleiche(&angegeben, &[k(M::Eintritte, 13, 6, 7)]);
    let v: Vec<_> =
        v.iter().map(|v| (v.angegeben.gesamt, v.ermittelt.as_ref().map(|e| e.gesamt), v.stimmt_ueberein)).collect();
    assert_eq!(v, [(14, Some(13), Some(false)), (3, None, None)]);
}
