//! Deadlines that come with a grant.

use super::*;
use crate::akt::{Entscheidung, Fristende};
use crate::frist::{FristStatus, Fristart};
use crate::zins::faelle::{alle, gleich};

/// A grant with one dated and one undated condition, for this period, as it becomes effective.
fn wirksam(zeitraum: Zeitraum, art: Bescheidart) -> Urteil<Bescheid> {
    let auflage = |code: &str, faellig_am| Auflage { code: code.into(), text: "Bericht vorlegen".into(), faellig_am };
    let mut b = erlassen();
    b.inhalt.art = art;
    b.inhalt.bewilligungszeitraum = Some(zeitraum);
    b.inhalt.auflagen = vec![auflage("SACHBERICHT", Some(tag(2027, 3, 31))), auflage("LOGO", None)];
    let tag = Some(tag(2026, 5, 20));
    let e = bekannt(&b, &weg(Bekanntgabeweg::Persoenlich, None, tag), crate::zeit::tag(2026, 5, 20))?;
    b.mit_nachweisfristen(e, &he_alt())
}

/// What becomes effective sets its deadlines and replaces those of the grant before.
#[test]
fn s22_bekanntgabe_setzt_und_loest_ab() {
    let e = wirksam(Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) }, Bescheidart::Zuwendung).unwrap();
    let gesetzt: Vec<_> = e.fristen.iter().map(|f| (f.art, f.bezug.as_deref(), f.faellig_am)).collect();
    assert_eq!(
        gesetzt,
        [
            (Fristart::Rechtsbehelf, None, tag(2026, 6, 20)),
            (Fristart::Auflage, Some("SACHBERICHT"), tag(2027, 3, 31)),
            (Fristart::Verwendungsnachweis, None, tag(2027, 12, 31)),
        ]
    );
    let antrag_id = Some(Uuid::from_u128(100));
    let soll: Vec<Fristende> = Fristart::AUS_BEWILLIGUNG
        .iter()
        .map(|art| Fristende { art: *art, status: FristStatus::Abgeloest, antrag_id, bezug: None, fall: None })
        .collect();
    assert_eq!(e.fristenden, soll);
}

/// The final proof, and one for each year that ends before the period.
#[test]
fn jede_nachweisfrist() {
    alle(include_str!("../../../../tests/faelle/nachweisfristen.csv"), |f| {
        let zeitraum = Zeitraum { von: f["von"].parse().unwrap(), bis: f["bis"].parse().unwrap() };
        let e = wirksam(zeitraum, Bescheidart::Aenderung).unwrap();
        let von = |art: Fristart| e.fristen.iter().filter(move |f| f.art == art);
        let schluss: Vec<_> = von(Fristart::Verwendungsnachweis).map(|f| f.faellig_am.to_string()).collect();
        gleich("schluss", f["schluss"], schluss.join(" "))?;
        let zwischen: Vec<_> = von(Fristart::Zwischennachweis)
            .map(|f| format!("{} {}", f.bezug.as_deref().unwrap_or("–"), f.faellig_am))
            .collect();
        gleich("zwischen", f["zwischen"], zwischen.join(", "))
    });
}

/// A revocation obliges to no new proof and leaves the old ones as they are.
#[test]
fn andere_bescheide_setzen_keine_nachweise() {
    let ein_jahr = Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) };
    for art in [Bescheidart::Ablehnung, Bescheidart::Widerruf, Bescheidart::Ruecknahme] {
        let e = wirksam(ein_jahr, art).unwrap();
        assert!(e.fristenden.is_empty() && e.fristen.iter().all(|f| f.art == Fristart::Rechtsbehelf), "{art}");
    }
    let e = wirksam(ein_jahr, Bescheidart::Schluss).unwrap();
    let beendet: Vec<Fristart> = e.fristenden.iter().map(|f| f.art).collect();
    assert_eq!(beendet, Fristart::AUS_BEWILLIGUNG, "a final decision ends proofs and conditions");
    assert!(e.fristen.iter().all(|f| f.art == Fristart::Rechtsbehelf));
}

/// Without the parameter nobody guesses a day.
#[test]
fn ohne_parameter_keine_bekanntgabe() {
    let mut r = he_alt();
    r.parameter.retain(|p| p.schluessel != "vn_frist_gk");
    let b = erlassen();
    let fehlt = b.mit_nachweisfristen(Entscheidung::neu(b.clone()), &r).unwrap_err();
    assert_eq!(kurz(&fehlt), ["PARAMETER_FEHLT"]);
}

/// The appeal period is met by the waiver, and a correction of the notification does not start it again.
#[test]
fn verzicht_erledigt_die_rechtsbehelfsfrist() {
    let zugang = Some(tag(2026, 5, 20));
    let b = bekannt(&erlassen(), &weg(Bekanntgabeweg::Persoenlich, None, zugang), tag(2026, 5, 20)).unwrap().zustand;
    let e = b.verzichten(&Rechtsbehelfsverzicht { am: tag(2026, 5, 21) }, tag(2026, 5, 22), &gk("06440")).unwrap();
    assert_eq!(
        e.fristenden,
        [Fristende {
            art: Fristart::Rechtsbehelf,
            status: FristStatus::Erledigt,
            antrag_id: None,
            bezug: None,
            fall: None
        }]
    );
    let anders = Bekanntgabeberichtigung {
        weg: Bekanntgabeweg::Persoenlich,
        aufgabe_am: None,
        zugang_am: Some(tag(2026, 5, 19)),
        grund: "laut Urkunde".into(),
    };
    let e = e.zustand.bekanntgabe_berichtigen(&anders, tag(2026, 5, 22), &rp(2), fiktion, rechtsbehelf).unwrap();
    assert!(e.fristen.is_empty());
}
