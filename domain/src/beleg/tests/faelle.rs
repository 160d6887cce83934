use super::pruefung::{entscheidung, in_pruefung};
use super::*;
use crate::zins::faelle::{Fall, alle, gleich};

/// Parts of one invoice, entered one after the other in the lists of two counties.
#[test]
fn jede_geteilte_rechnung() {
    alle(include_str!("../../../../tests/faelle/splitrechnung.csv"), |f| {
        let (brutto, skonto) = (euro(f["brutto"]), euro(f["skonto"]));
        let zahlbar = brutto.minus(skonto).unwrap();
        if !f["anteile"].is_empty() {
            let gewichte: Vec<u64> = f["anteile"].split(' ').map(|g| g.parse().unwrap()).collect();
            let teile = zahlbar.aufteilen(&gewichte).unwrap();
            let text: Vec<String> = teile.iter().map(Euro::to_string).collect();
            gleich("aufteilung", f["aufteilung"], text.join(" "))?;
        }
        let mut gruppe = Splitstand::default();
        let mut letzte = Vec::new();
        for (nr, betrag) in (1u128..).zip(f["teile"].split(' ').map(euro)) {
            gleich("befund vor dem letzten Teil", "", namen(&letzte).join(" "))?;
            let i = Beleginhalt {
                split_gruppe: Some(if nr == 1 { "miete-03 " } else { "MIETE-03" }.into()),
                rechnungsbetrag_brutto: brutto,
                skonto_rabatt: skonto,
                gezahlter_betrag: betrag,
                beantragt: betrag,
                ..miete()
            };
            letzte = i.pruefe_umfeld(&Belegumfeld { gruppe, ..Belegumfeld::default() });
            gruppe.rechnung = Some(i.zahlbar().unwrap());
            gruppe.belegt = gruppe.belegt.plus(betrag).unwrap();
        }
        gleich("befund", f["befund"], namen(&letzte).join(" "))?;
        let werte: Vec<_> =
            letzte.iter().flat_map(|b| &b.erlaubt).map(|w| (w.name.as_str(), w.wert.as_str())).collect();
        let rest = letzte.first().map(|_| ("rest", f["rest"]));
        if werte == rest.into_iter().collect::<Vec<_>>() {
            Ok(())
        } else {
            Err(format!("nur der Rest wird genannt: {werte:?}"))
        }
    });
}

/// Dossier S6: members of one group are no duplicates, whatever county lists them.
#[test]
fn s6_gruppe_ueber_landkreise() {
    let t = Some(Uuid::from_u128(0xa1));
    let teil = |id, kreis: &str, gruppe: &str| {
        beleg(id, Beleginhalt { split_gruppe: Some(gruppe.into()), ..miete() }, &fakten(kreis, t))
    };
    let (erster, zweiter) = (teil(1, "06436", "miete-03 "), teil(2, "06434", "MIETE-03"));
    assert_eq!(erster.splitschluessel(), zweiter.splitschluessel());
    assert_eq!(erster.abdruck().gleicht(&zweiter.abdruck()), None);
}

/// The second Beleg of a row of `doppelung.csv`; what a cell does not say is as in the first one.
fn zweiter(f: &Fall) -> Beleg {
    let oder = |spalte: &str, sonst: &str| if f[spalte].is_empty() { sonst.to_owned() } else { f[spalte].to_owned() };
    let traeger = match f["traeger"] {
        "" => Some(Uuid::from_u128(0xa1)),
        "–" => None,
        _ => Some(Uuid::from_u128(0xa2)),
    };
    let erster = miete();
    let brutto = euro(&oder("brutto", "4999.99"));
    let i = Beleginhalt {
        belegnummer: oder("nummer", &erster.belegnummer),
        split_gruppe: (!f["gruppe"].is_empty()).then(|| f["gruppe"].to_owned()),
        rechnungsaussteller: oder("aussteller", &erster.rechnungsaussteller),
        rechnungsdatum: oder("rechnungsdatum", "2026-03-03").parse().unwrap(),
        zahlungsdatum: oder("gezahlt_am", "2026-03-10").parse().unwrap(),
        rechnungsbetrag_brutto: brutto,
        gezahlter_betrag: brutto,
        beantragt: brutto,
        original_sha256: (f["scan"] != "–").then(|| f["scan"].to_lowercase().repeat(64)),
        ..erster
    };
    let mut fk = fakten(&oder("kreis", "06440"), traeger);
    if f["nachweis"] == "ZWISCHENNACHWEIS" {
        fk.kette.kette_id = Uuid::from_u128(11);
    }
    if fk.kette.kreisschluessel != "06440" {
        fk.kette.antrag_id = Uuid::from_u128(22);
    }
    beleg(2, i, &fk)
}

#[test]
fn jeder_zweite_beleg() {
    let rp = wer(Rolle::Bewilligungsbehoerde, None, None);
    alle(include_str!("../../../../tests/faelle/doppelung.csv"), |f| {
        let zwei = zweiter(f);
        let gruppe = zwei.inhalt.split_gruppe.clone();
        let i = Beleginhalt { split_gruppe: gruppe, original_sha256: Some("a".repeat(64)), ..miete() };
        let eins = beleg(1, i, &fakten("06440", Some(Uuid::from_u128(0xa1))));
        // as the register looks it up: the number in its range, but other parts of one group may share it
        let gruppen = zwei.splitschluessel().is_some() && eins.splitschluessel() == zwei.splitschluessel();
        let teil = gruppen && eins.zeilenschluessel() != zwei.zeilenschluessel();
        let gleiche = eins.nummernschluessel() == zwei.nummernschluessel() && !teil;
        let u = Belegumfeld { gleiche_nummer: gleiche.then_some((eins.id, 1)), ..Belegumfeld::default() };
        gleich("nummernbefund", f["nummernbefund"], namen(&zwei.inhalt.pruefe_umfeld(&u)).join(" "))?;
        let merkmal = eins.abdruck().gleicht(&zwei.abdruck());
        gleich("merkmal", f["merkmal"], merkmal.map_or(String::new(), |m| m.to_string()))?;
        let duplikate: Vec<_> = merkmal.map(|m| eins.als_duplikat(m)).into_iter().collect();
        let e = entscheidung(&zwei.inhalt.beantragt.to_string(), Pruefgrund::Anerkannt);
        let sperrt = zwei.entscheiden(&e, &in_pruefung(), &duplikate, &rp, tag(2028, 7, 1));
        let sperrt = sperrt.err().is_some_and(|b| namen(&b).contains(&"MOEGLICHES_DUPLIKAT"));
        gleich("gesperrt", if merkmal.is_some() { "true" } else { "false" }, sperrt)
    });
}

/// Blanks make no other number; a payment in the days after the period counts for its last year; no Beleg is its own double.
#[test]
fn nummer_und_jahr_eines_belegs() {
    let f = fakten("06440", Some(Uuid::from_u128(0xa1)));
    let eins = beleg(1, miete(), &f);
    let gleich = beleg(4, Beleginhalt { belegnummer: " 2026-0417".into(), ..miete() }, &f);
    assert_eq!(eins.zeilenschluessel(), gleich.zeilenschluessel());
    assert_eq!(eins.nummernschluessel(), gleich.nummernschluessel());
    let nachlauf = beleg(5, Beleginhalt { zahlungsdatum: tag(2028, 1, 10), ..miete() }, &f);
    assert_eq!(nachlauf.haushaltsjahr, 2027);
    assert_eq!(eins.abdruck().gleicht(&eins.abdruck()), None);
}
