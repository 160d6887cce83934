use super::*;
use crate::frist::{FristStatus, Fristart};

pub(super) fn unterschrift(n: &Verwendungsnachweis, warnungen: &[&str]) -> Nachweisunterzeichnung {
    Nachweisunterzeichnung {
        unterzeichner: Nachweisunterzeichner {
            name: None,
            funktion: "Erste Kreisbeigeordnete".into(),
            vertretungsbefugnis: true,
        },
        inhalt_sha256: n.inhalt_sha256().unwrap(),
        belegliste_sha256: None,
        bestaetigte_warnungen: warnungen
            .iter()
            .map(|c| Warnungsbestaetigung::neu(c, "Geprüft und in Kauf genommen."))
            .collect(),
    }
}

pub(super) fn eingereicht(f: &Fall, n: &Verwendungsnachweis) -> Verwendungsnachweis {
    n.einreichen(&unterschrift(n, &[]), &f.fakten(), &gk(2), jetzt(f.quellen.heute)).unwrap().zustand
}

fn voll(f: &Fall) -> Verwendungsnachweis {
    f.nachweis(SCHLUSS, ["150000.00", "60000.00", "40000.00"])
}

fn grund() -> Handlungsgrund {
    Handlungsgrund { grund: "Ein Betrag war falsch.".into() }
}

#[test]
fn zustandstabelle() {
    use NachweisStatus as S;
    let erreichbar = [S::Entwurf, S::Eingereicht, S::InPruefung, S::Nachforderung, S::Zurueckgezogen, S::Ersetzt];
    pruefe_tabelle(UEBERGAENGE, &erreichbar, &[S::Abgeschlossen, S::Ersetzt], S::Entwurf);
    for s in S::ALLE {
        assert_eq!(s.aenderbar(), matches!(s, S::Entwurf | S::Nachforderung), "{s}");
    }
}

/// The signature: another person, entitled, over what was shown; everything else is refused with its code.
#[test]
fn unterzeichnung() {
    let f = fall();
    let n = voll(&f);
    let gut = unterschrift(&n, &[]);
    let reiche = |e: &Nachweisunterzeichnung, wer: &Akteur| n.einreichen(e, &f.fakten(), wer, jetzt(f.quellen.heute));
    let code = |e: &Nachweisunterzeichnung, wer: &Akteur| codes(&reiche(e, wer).unwrap_err());
    assert_eq!(code(&gut, &gk(1)), ["VIER_AUGEN"], "who edited it last");
    assert_eq!(code(&gut, &rp()), ["RECHT_FEHLT"]);
    let ohne = Nachweisunterzeichner { vertretungsbefugnis: false, ..gut.unterzeichner.clone() };
    assert_eq!(
        code(&Nachweisunterzeichnung { unterzeichner: ohne, ..gut.clone() }, &gk(2)),
        ["VERTRETUNGSBEFUGNIS_FEHLT"]
    );
    let anderer = Nachweisunterzeichnung { inhalt_sha256: "0".repeat(64), ..gut.clone() };
    assert_eq!(code(&anderer, &gk(2)), ["NACHWEIS_GEAENDERT"]);
    let liste = Beleglistenstand { sha256: "a".repeat(64), ..Default::default() };
    let mit_liste = Nachweisfakten { belegliste: Some(&liste), ..f.fakten() };
    for (name, genannt, soll) in [
        ("not named", None, Some("ANGABE_FEHLT")),
        ("another", Some("b".repeat(64)), Some("BELEGLISTE_GEAENDERT")),
        ("this one", Some("a".repeat(64)), None),
    ] {
        let e = Nachweisunterzeichnung { belegliste_sha256: genannt, ..gut.clone() };
        let b = n.pruefe_listenunterschrift(&e, &mit_liste);
        assert_eq!(b.map(|b| b.regel.kurzname), soll, "{name}");
    }
    // who wrote in the list does not sign it either, however the name is written
    let schreiber = |person: &str| Beleglistenstand { schreiber: [person.to_owned()].into(), ..liste.clone() };
    for (person, soll) in [("gk-2", true), ("GK-2", true), ("gk-3", false)] {
        let liste = schreiber(person);
        let b = n.pruefe_listenschreiber(&Nachweisfakten { belegliste: Some(&liste), ..f.fakten() }, &gk(2));
        assert_eq!(b.map(|b| b.regel.kurzname), soll.then_some("VIER_AUGEN"), "{person}");
    }
    let e = reiche(&gut, &gk(2)).unwrap();
    let ende: Vec<_> = e.fristenden.iter().map(|x| (x.art, x.status, x.antrag_id.is_some(), x.bezug.clone())).collect();
    assert_eq!(
        ende,
        [
            (Fristart::Verwendungsnachweis, FristStatus::Erledigt, true, None),
            (Fristart::Nachforderung, FristStatus::Erledigt, false, None)
        ]
    );
    // six months after 2028-03-01 (parameter vn_prueffrist) is a Friday
    let pruef: Vec<_> = e.fristen.iter().map(|x| (x.art, x.faellig_am)).collect();
    assert_eq!(pruef, [(Fristart::VnPrueffrist, tag(2028, 9, 1))]);
    let filed = e.zustand;
    let erste = filed.einreichungen.first().unwrap();
    assert_eq!((erste.nr, erste.unterzeichnet_von.as_str(), erste.bearbeitet_von.as_str()), (1, "gk-2", "gk-1"));
    assert_eq!(sha256_kanonisch(&erste.inhalt).unwrap(), erste.inhalt_sha256);
    assert_eq!(codes(&filed.aendern(filed.inhalt.clone(), &f.quellen, &gk(1)).unwrap_err()), ["UNVERAENDERLICH"]);
    // where the Regelwerk demands no second person, one is enough
    let einer = Verwendungsnachweis { vier_augen: false, ..n.clone() };
    assert!(einer.einreichen(&gut, &f.fakten(), &gk(1), jetzt(f.quellen.heute)).is_ok());
}

/// A change of one character is another checksum, and so is another Sachbericht.
#[test]
fn pruefsumme_deckt_alles() {
    let f = fall();
    let n = voll(&f);
    let mut andere = vec![n.clone(); 4];
    andere[0].inhalt.zuwendungszweck = Some("Vorbereitung auf die Ausbildunг".into());
    andere[1].grundlage.ausgezahlt = euro("0.01");
    andere[2].sachberichte.first_mut().unwrap().fassung = 2;
    andere[3].traegernachweise = vec![Traegernachweis {
        weiterleitung_id: Uuid::from_u128(41),
        traeger_id: Uuid::from_u128(77),
        massnahme_id: f.massnahme(),
        ausgaben: Vec::new(),
        finanzierung: Vec::new(),
        bemerkung: None,
        eingegangen_am: tag(2028, 2, 1),
        eingereicht_von: "traeger-1".into(),
    }];
    for (i, a) in andere.iter().enumerate() {
        assert_ne!(a.inhalt_sha256(), n.inhalt_sha256(), "{i}");
    }
    let stand = Verwendungsnachweis { status: NachweisStatus::Geprueft, ..n.clone() };
    assert_eq!(stand.inhalt_sha256(), n.inhalt_sha256(), "the state is not signed");
}

/// Withdrawn before the examination: the deadline runs again. Under examination it is too late.
#[test]
fn ruecknahme() {
    let f = fall();
    let n = eingereicht(&f, &voll(&f));
    let e = n.zurueckziehen(&grund(), &gk(1), f.quellen.heute).unwrap();
    let wieder = e.fristenden.iter().find(|x| x.art == Fristart::Verwendungsnachweis).unwrap();
    assert_eq!((wieder.status, e.zustand.status), (FristStatus::Offen, NachweisStatus::Zurueckgezogen));
    let geprueft = n.in_pruefung_nehmen(&f.regelwerk, &rp(), f.quellen.heute).unwrap().zustand;
    assert_eq!(codes(&geprueft.zurueckziehen(&grund(), &gk(1), f.quellen.heute).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}

/// Exactly one version of the chain counts, and a deleted correction gives the place back.
#[test]
fn korrekturkette() {
    let f = fall();
    let n = eingereicht(&f, &voll(&f));
    let e = n.korrigieren(Uuid::from_u128(51), &grund(), &f.quellen, &gk(1)).unwrap();
    assert!(e.fristenden.iter().any(|x| x.art == Fristart::Verwendungsnachweis && x.status == FristStatus::Offen));
    let (alt, neu) = e.zustand;
    assert_eq!((alt.status, alt.aktuell, alt.einreichungen.len()), (NachweisStatus::Ersetzt, false, 1));
    assert_eq!((neu.status, neu.aktuell, neu.fassung), (NachweisStatus::Entwurf, true, 2));
    assert_eq!((neu.kette_id, neu.vorgaenger_id), (n.id, Some(n.id)));
    assert_eq!(neu.inhalt, n.inhalt, "it begins with what was filed");
    let zweite = alt.korrigieren(Uuid::from_u128(52), &grund(), &f.quellen, &gk(1)).unwrap_err();
    assert_eq!(codes(&zweite), ["STATUS_UNZULAESSIG"]);
    let zurueck = alt.wiederherstellen(&f.regelwerk, "", f.quellen.heute).unwrap();
    assert!(zurueck.fristenden.iter().any(|x| x.status == FristStatus::Erledigt && x.antrag_id.is_some()));
    assert_eq!(zurueck.zustand, n);
    // only with the list that was signed; what was withdrawn rests on no signature
    let liste = Beleglistenverweis { anzahl: 3, sha256: "a".repeat(64) };
    let mit_liste = |status| {
        let mut v = alt.clone();
        v.einreichungen.last_mut().unwrap().belegliste = Some(liste.clone());
        v.ersetzt.as_mut().unwrap().status_vorher = status;
        v
    };
    for (name, status, sha256, soll) in [
        ("signed", NachweisStatus::InPruefung, "a", None),
        ("another", NachweisStatus::InPruefung, "b", Some("BELEGLISTE_NICHT_UNTERZEICHNET")),
        ("another, filed", NachweisStatus::Eingereicht, "b", Some("BELEGLISTE_NICHT_UNTERZEICHNET")),
        ("another, withdrawn", NachweisStatus::Zurueckgezogen, "b", None),
    ] {
        let ist = mit_liste(status).wiederherstellen(&f.regelwerk, &sha256.repeat(64), f.quellen.heute);
        assert_eq!(ist.err().map(|b| codes(&b)), soll.map(|s| vec![s]), "{name}");
    }
    let geprueft = mit_liste(NachweisStatus::InPruefung);
    let deckung = |s: &str| geprueft.pruefe_deckung(&s.repeat(64)).map(|b| (b.regel.kurzname, b.schwere));
    assert_eq!((deckung("a"), deckung("b")), (None, Some(("BELEGLISTE_UNGEDECKT", Schwere::Warnung))));
    for (status, wer, erwartet) in [
        (NachweisStatus::Abgeschlossen, gk(1), "STATUS_UNZULAESSIG"),
        (NachweisStatus::Nachforderung, gk(1), "STATUS_UNZULAESSIG"),
        (NachweisStatus::Geprueft, gk(1), "NACHWEIS_IN_ENTSCHEIDUNG"),
        (NachweisStatus::Geprueft, rp(), "RECHT_FEHLT"),
    ] {
        let zu = Verwendungsnachweis { status, ..n.clone() };
        let befunde = zu.korrigieren(Uuid::from_u128(53), &grund(), &f.quellen, &wer).unwrap_err();
        assert_eq!(codes(&befunde), [erwartet], "{status}");
        assert_eq!(codes(&zu.sperren(KORREKTUR, &wer, f.quellen.heute)), [erwartet], "{status}");
    }
}

/// The authority asks; the answer is another filing; without one it goes on with what it has.
#[test]
fn nachforderung_und_antwort() {
    let f = fall();
    let n = eingereicht(&f, &voll(&f)).in_pruefung_nehmen(&f.regelwerk, &rp(), f.quellen.heute).unwrap().zustand;
    let bitte = |feld: &str, frist| Nachweisnachforderung {
        posten: vec![Nachforderungsposten {
            feld: feld.into(),
            grund: "UNKLAR".into(),
            text: "Bitte erläutern".into(),
        }],
        frist,
    };
    let fordere = |feld: &str, frist| n.nachfordern(&bitte(feld, frist), &rp(), jetzt(f.quellen.heute));
    assert_eq!(codes(&fordere("/bankverbindung", tag(2028, 4, 1)).unwrap_err()), ["NACHWEISFELD_UNBEKANNT"]);
    assert_eq!(codes(&fordere("/massnahmen/M02", tag(2028, 4, 1)).unwrap_err()), ["NACHWEISFELD_UNBEKANNT"]);
    assert_eq!(codes(&fordere("/massnahmen/M01", tag(2028, 3, 1)).unwrap_err()), ["FRIST_VERGANGEN"]);
    let offen = fordere("/massnahmen/M01", tag(2028, 4, 1)).unwrap().zustand;
    let geaendert = Nachweisinhalt { zuwendungszweck: Some("Anders".into()), ..offen.inhalt.clone() };
    let offen = offen.aendern(geaendert, &f.quellen, &gk(2)).unwrap().zustand;
    let antwort = offen.einreichen(&unterschrift(&offen, &[]), &f.fakten(), &gk(1), jetzt(f.quellen.heute)).unwrap();
    assert_eq!(antwort.zustand.einreichungen.len(), 2);
    assert!(antwort.zustand.nachforderung.unwrap().beantwortet_am.is_some());
    let am = |tag| offen.in_pruefung_nehmen(&f.regelwerk, &rp(), tag);
    assert_eq!(codes(&am(tag(2028, 4, 1)).unwrap_err()), ["NACHFORDERUNG_LAEUFT"]);
    let ohne = am(tag(2028, 4, 2)).unwrap().zustand;
    assert_eq!(ohne.inhalt, n.inhalt, "what was not filed does not count");
    assert_eq!((ohne.unterzeichnet_von.as_deref(), ohne.bearbeitet_von.as_str()), (Some("gk-2"), "gk-1"));
}

/// The Traeger hands in its own part and no other; a later one is to be checked anew.
#[test]
fn traeger_liefert_seinen_teil() {
    let mut f = fall();
    f.quellen.weiterleitungen = vec![weiterleitung(&f)];
    let n = voll(&f);
    let traeger = |id: u128| Akteur {
        person: format!("traeger-{id}"),
        rolle: Rolle::Traeger,
        kreisschluessel: None,
        traeger_id: Some(Uuid::from_u128(id)),
    };
    let e = Traegernachweiseingabe {
        weiterleitung_id: Uuid::from_u128(41),
        ausgaben: vec![Nachweisausgabe {
            position: "PERSONAL".into(),
            ist: euro("1000.00"),
            zuwendungsfaehig: euro("1000.00"),
            erlaeuterung: None,
        }],
        finanzierung: vec![Nachweismittel { quelle: "LAND_AQB".into(), ist: euro("1000.00") }],
        bemerkung: None,
    };
    let heute = f.quellen.heute;
    assert_eq!(codes(&n.traegernachweis(&e, &traeger(78), heute).unwrap_err()), ["TRAEGERNACHWEIS_UNBEKANNT"]);
    let mehr = Traegernachweiseingabe {
        ausgaben: e
            .ausgaben
            .iter()
            .map(|a| Nachweisausgabe { zuwendungsfaehig: euro("1000.01"), ..a.clone() })
            .collect(),
        ..e.clone()
    };
    assert_eq!(codes(&n.traegernachweis(&mehr, &traeger(77), heute).unwrap_err()), ["ZUWENDUNGSFAEHIG_UEBER_IST"]);
    // handing in the proof of the whole meets the Traeger's deadline, that of a year does not
    let ende = |status| crate::akt::Fristende {
        art: Fristart::VerwendungsnachweisTraeger,
        status,
        antrag_id: None,
        bezug: None,
        fall: Some(("WEITERLEITUNG", Uuid::from_u128(41))),
    };
    let da = n.traegernachweis(&e, &traeger(77), heute).unwrap();
    assert_eq!(da.fristenden, [ende(FristStatus::Erledigt)]);
    let jahr = Verwendungsnachweis { art: Nachweisart::Zwischennachweis, ..n.clone() };
    assert_eq!(jahr.traegernachweis(&e, &traeger(77), heute).unwrap().fristenden, []);
    let mut da = da.zustand;
    assert_eq!(da.bearbeitet_von, "gk-1", "a Traeger is no second person of the county");
    da.inhalt.letztempfaenger = vec![Letztempfaengernachweis {
        weiterleitung_id: Uuid::from_u128(41),
        eingegangen_am: tag(2028, 2, 1),
        geprueft_von: Some("Kim Muster".into()),
        geprueft_am: Some(tag(2028, 2, 20)),
        ergebnis: Some(Nachweispruefergebnis::OhneBeanstandung),
        bemerkung: None,
    }];
    assert_eq!(ernste(&f.befunde(&da)), ["TRAEGERNACHWEIS_UNGEPRUEFT"], "checked before it came");
    da.inhalt.letztempfaenger.first_mut().unwrap().geprueft_am = Some(heute);
    assert_eq!(ernste(&f.befunde(&da)), Vec::<&str>::new());
    let filed = eingereicht(&f, &da);
    // a proof on paper is met by the filing, and no longer by one that was withdrawn
    let weg = filed.zurueckziehen(&grund(), &gk(1), heute).unwrap();
    assert!(weg.fristenden.contains(&ende(FristStatus::Offen)), "{:?}", weg.fristenden);
    assert_eq!(codes(&filed.traegernachweis(&e, &traeger(77), heute).unwrap_err()), ["STATUS_UNZULAESSIG"]);
}
