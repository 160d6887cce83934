//! Deadlines that come with a grant.

use super::*;
use crate::akt::{Entscheidung, Fristende};
use crate::frist::{FristStatus, Fristart};

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

fn fristen(e: &Entscheidung<Bescheid>) -> Vec<(Fristart, Option<&str>, NaiveDate)> {
    e.fristen.iter().map(|f| (f.art, f.bezug.as_deref(), f.faellig_am)).collect()
}

/// Dossier S22: the final proof is due 12 months after 2026-12-31, on 2027-12-31, a Friday.
#[test]
fn s22_schlussnachweis_zwoelf_monate_nach_dem_ende() {
    let e = wirksam(Zeitraum { von: tag(2026, 1, 1), bis: tag(2026, 12, 31) }, Bescheidart::Zuwendung).unwrap();
    assert_eq!(
        fristen(&e),
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

/// computed: a proof for each year that ends before the period, by 30 April; 2028-04-30 is a Sunday before a holiday,
/// the final day 2029-06-30 a Saturday.
#[test]
fn zwischennachweis_je_haushaltsjahr() {
    let e = wirksam(Zeitraum { von: tag(2026, 7, 1), bis: tag(2028, 6, 30) }, Bescheidart::Aenderung).unwrap();
    assert_eq!(
        fristen(&e).get(2..),
        Some(
            &[
                (Fristart::Verwendungsnachweis, None, tag(2029, 7, 2)),
                (Fristart::Zwischennachweis, Some("2026"), tag(2027, 4, 30)),
                (Fristart::Zwischennachweis, Some("2027"), tag(2028, 5, 2)),
            ][..]
        )
    );
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
