//! What waits for whom: read off the state tables and the rights. Nothing of it is stored, so nothing can be forgotten.

use crate::akt::{Status, Uebergang, uebergang};
use crate::berechtigung::{Akteur, Recht, Sicht};
use crate::{
    aenderungsantrag, anhoerung, antrag, ausnahme, bankverbindung, bescheid, budget, feststellung, forderung,
    mittelabruf, regelwerk, strategie, teilnahme, verwendungsnachweis, weiterleitung, zahlung, zielvereinbarung, zins,
};

/// What the debtor of a claim has to do: pay. No operation of the interface does it.
pub const BEGLEICHUNG: &str = "begleichung";

crate::status! {
    /// Why a case waits where its state alone does not say it.
    Aufgabenanlass {
        /// A claim, or an instalment of it, is due and not paid.
        ZahlungFaellig = "ZAHLUNG_FAELLIG",
        /// A claim, or an instalment of it, was due before today and is not paid.
        Zahlungsverzug = "ZAHLUNGSVERZUG",
        /// The day until which a claim was not pursued is over.
        NiederschlagungAbgelaufen = "NIEDERSCHLAGUNG_ABGELAUFEN",
        /// The period of retention of data about people is over.
        LoeschungFaellig = "LOESCHUNG_FAELLIG",
    }
}

/// A step that a case waits for somebody to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schritt {
    /// Kind of the case, as in the audit trail.
    pub fall_art: &'static str,
    /// The act, named as its sub-resource.
    pub akt: &'static str,
    /// Right of the act.
    pub recht: Recht,
    /// States in which the case waits for it.
    pub status: Vec<&'static str>,
    /// Nobody does it by this interface; it waits for the case's own Gebietskoerperschaft alone.
    pub ausserhalb: bool,
}

/// The acts of a kind of case that lead on. Ways back (withdraw, return, discard) wait for nobody.
fn schritte_von<S: Status>(fall_art: &'static str, tabelle: &[Uebergang<S>], akte: &[&str]) -> Vec<Schritt> {
    let schritt = |u: &Uebergang<S>| Schritt {
        fall_art,
        akt: u.akt,
        recht: u.recht,
        status: u.von.iter().map(|s| s.code()).collect(),
        ausserhalb: false,
    };
    akte.iter().filter_map(|a| uebergang(tabelle, a)).map(schritt).collect()
}

/// An act for which the case waits in these states only, though it is possible in others too.
fn nur_in<S: Status>(fall_art: &'static str, akt: &'static str, recht: Recht, status: &[S]) -> Schritt {
    Schritt { fall_art, akt, recht, status: status.iter().map(|s| s.code()).collect(), ausserhalb: false }
}

/// Every step that leads a case on, in the order of the programme.
pub fn schritte() -> Vec<Schritt> {
    let mut alle = schritte_von("REGELWERK", regelwerk::UEBERGAENGE, &[regelwerk::VEROEFFENTLICHUNG]);
    alle.extend(schritte_von("BASISZINSSATZ", zins::UEBERGAENGE, &[zins::FREIGABE]));
    alle.extend(schritte_von("UMVERTEILUNG", budget::UEBERGAENGE, &[budget::FREIGABE]));
    alle.extend(schritte_von("BUDGETKORREKTUR", budget::KORREKTUR_UEBERGAENGE, &[budget::FREIGABE]));
    alle.extend(schritte_von("STRATEGIE", strategie::UEBERGAENGE, &[strategie::EINREICHUNG, strategie::ANERKENNUNG]));
    let akte = [zielvereinbarung::ABSTIMMUNG, zielvereinbarung::UNTERZEICHNUNG];
    alle.extend(schritte_von("ZIELVEREINBARUNG", zielvereinbarung::UEBERGAENGE, &akte));
    let akte = [antrag::EINREICHUNG, antrag::PRUEFUNG, antrag::BEWILLIGUNG, antrag::TEILBEWILLIGUNG, antrag::ABLEHNUNG];
    alle.extend(schritte_von("ANTRAG", antrag::UEBERGAENGE, &akte));
    alle.extend(schritte_von("BESCHEID", bescheid::UEBERGAENGE, &[bescheid::FREIGABE, bescheid::BEKANNTGABE]));
    let akte = [bankverbindung::BESTAETIGUNG];
    alle.extend(schritte_von("KONTOAENDERUNG", bankverbindung::UEBERGAENGE, &akte));
    let akte = [
        aenderungsantrag::EINREICHUNG,
        aenderungsantrag::PRUEFUNG,
        aenderungsantrag::KENNTNISNAHME,
        aenderungsantrag::BEWILLIGUNG,
        aenderungsantrag::ABLEHNUNG,
    ];
    alle.extend(schritte_von("AENDERUNGSANTRAG", aenderungsantrag::UEBERGAENGE, &akte));
    let akte = [mittelabruf::EINREICHUNG, mittelabruf::PRUEFUNG, mittelabruf::ANORDNUNG];
    alle.extend(schritte_von("MITTELABRUF", mittelabruf::UEBERGAENGE, &akte));
    let akte = [zahlung::FREIGABE, zahlung::UEBERGABE];
    alle.extend(schritte_von("ZAHLUNGSLAUF", zahlung::LAUF_UEBERGAENGE, &akte));
    // a closed run waits for nothing, though a return may still come
    let uebergeben = &[zahlung::ZahlungslaufStatus::Uebergeben];
    alle.push(nur_in("ZAHLUNGSLAUF", zahlung::RUECKMELDUNG, Recht::ZahlungAusfuehren, uebergeben));
    // of all payments only the doubtful ones; the doubt is not a state
    alle.extend(schritte_von("ZAHLUNG", zahlung::ZAHLUNG_UEBERGAENGE, &[zahlung::KLAERUNG]));
    alle.extend(schritte_von("WEITERLEITUNG", weiterleitung::UEBERGAENGE, &[weiterleitung::ABSCHLUSS]));
    let akte = [verwendungsnachweis::EINREICHUNG, verwendungsnachweis::PRUEFUNG];
    alle.extend(schritte_von("VERWENDUNGSNACHWEIS", verwendungsnachweis::UEBERGAENGE, &akte));
    alle.extend(aus_pruefung());
    alle.extend(aus_forderungen());
    // not a state but the day of the measure's data decides
    alle.push(Schritt {
        fall_art: TEILNAHMEN,
        akt: teilnahme::LOESCHUNG,
        recht: Recht::TeilnahmeLoeschen,
        status: Vec::new(),
        ausserhalb: false,
    });
    alle
}

/// Kind under which the data of a measure that are due for erasure wait; no state leads to them.
pub const TEILNAHMEN: &str = "TEILNAHME";

/// What an examination asks for: findings, hearings, exceptions.
fn aus_pruefung() -> Vec<Schritt> {
    let offen = &[feststellung::FeststellungStatus::Offen];
    let mut alle = vec![nur_in("FESTSTELLUNG", feststellung::VERTEILUNG, Recht::FeststellungSchreiben, offen)];
    let akte = [feststellung::VERZICHTSFREIGABE, feststellung::STELLUNGNAHME];
    alle.extend(schritte_von("FESTSTELLUNG", feststellung::UEBERGAENGE, &akte));
    let offen = &[anhoerung::AnhoerungStatus::Offen];
    alle.push(nur_in("ANHOERUNG", anhoerung::STELLUNGNAHME, Recht::AnhoerungStellungnahme, offen));
    alle.extend(schritte_von("ANHOERUNG", anhoerung::UEBERGAENGE, &[anhoerung::ABSCHLUSS]));
    alle.extend(schritte_von("AUSNAHME", ausnahme::UEBERGAENGE, &[ausnahme::GENEHMIGUNG, ausnahme::ABLEHNUNG]));
    alle
}

/// What claims ask for. The debtor owes a claim that is written off too and must not learn that it is.
fn aus_forderungen() -> Vec<Schritt> {
    use forderung::ForderungStatus::{Gestundet, Niedergeschlagen, Offen};
    let mut alle = schritte_von("FORDERUNG", forderung::UEBERGAENGE, &[forderung::FREIGABE, forderung::WIEDERAUFNAHME]);
    let verfolgt = &[Offen, Gestundet];
    alle.push(nur_in("FORDERUNG", forderung::ZAHLUNGSEINGAENGE, Recht::ForderungBuchen, verfolgt));
    let geschuldet = nur_in("FORDERUNG", BEGLEICHUNG, Recht::ForderungLesen, &[Offen, Gestundet, Niedergeschlagen]);
    alle.push(Schritt { ausserhalb: true, ..geschuldet });
    alle
}

/// What waits for a caller in one kind of case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erwartung {
    /// Kind of the case.
    pub fall_art: &'static str,
    /// Steps the caller's role may take.
    pub schritte: Vec<Schritt>,
    /// Cases the caller may take them in.
    pub sicht: Sicht,
}

impl Erwartung {
    /// States in which a case of this kind waits for the caller.
    pub fn status(&self) -> Vec<&'static str> {
        let mut alle: Vec<_> = self.schritte.iter().flat_map(|s| s.status.iter().copied()).collect();
        alle.sort_unstable();
        alle.dedup();
        alle
    }

    /// Acts of the interface a case in this state waits for.
    pub fn akte(&self, status: &str) -> Vec<&'static str> {
        self.schritte.iter().filter(|s| !s.ausserhalb && s.status.contains(&status)).map(|s| s.akt).collect()
    }

    /// A case of this kind waits for something the interface does not do.
    pub fn ausserhalb(&self) -> bool {
        self.schritte.iter().any(|s| s.ausserhalb)
    }
}

/// What waits for `akteur`, kind by kind.
pub fn erwartungen(akteur: &Akteur) -> Vec<Erwartung> {
    let mut alle: Vec<Erwartung> = Vec::new();
    for s in schritte() {
        let Some(sicht) = akteur.sicht(s.recht) else { continue };
        // whoever sees the claims of all owes none
        if s.ausserhalb && !matches!(sicht, Sicht::Gebietskoerperschaft(_)) {
            continue;
        }
        match alle.iter_mut().find(|e| e.fall_art == s.fall_art) {
            Some(e) => e.schritte.push(s),
            None => alle.push(Erwartung { fall_art: s.fall_art, schritte: vec![s], sicht }),
        }
    }
    alle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::berechtigung::Rolle;
    use std::collections::BTreeSet;

    fn als(rolle: Rolle) -> Vec<Erwartung> {
        erwartungen(&Akteur {
            person: "p".to_owned(),
            rolle,
            kreisschluessel: Some("06440".to_owned()),
            traeger_id: Some(uuid::Uuid::nil()),
        })
    }

    #[test]
    fn jeder_genannte_akt_steht_in_seiner_tabelle() {
        let je_art = |art: &str| schritte().iter().filter(|s| s.fall_art == art).map(|s| s.akt).collect::<Vec<_>>();
        for (art, akte) in [
            ("REGELWERK", vec!["veroeffentlichung"]),
            ("BASISZINSSATZ", vec!["freigabe"]),
            ("UMVERTEILUNG", vec!["freigabe"]),
            ("BUDGETKORREKTUR", vec!["freigabe"]),
            ("STRATEGIE", vec!["einreichung", "anerkennung"]),
            ("ZIELVEREINBARUNG", vec!["abstimmung", "unterzeichnung"]),
            ("ANTRAG", vec!["einreichung", "pruefung", "bewilligung", "teilbewilligung", "ablehnung"]),
            ("BESCHEID", vec!["freigabe", "bekanntgabe"]),
            ("KONTOAENDERUNG", vec!["bestaetigung"]),
            ("AENDERUNGSANTRAG", vec!["einreichung", "pruefung", "kenntnisnahme", "bewilligung", "ablehnung"]),
            ("MITTELABRUF", vec!["einreichung", "pruefung", "anordnung"]),
            ("ZAHLUNGSLAUF", vec!["freigabe", "uebergabe", "rueckmeldung"]),
            ("ZAHLUNG", vec!["klaerung"]),
            ("WEITERLEITUNG", vec!["abschluss"]),
            ("VERWENDUNGSNACHWEIS", vec!["einreichung", "pruefung"]),
            ("FESTSTELLUNG", vec!["verteilung", "verzichtsfreigabe", "stellungnahme"]),
            ("ANHOERUNG", vec!["stellungnahme", "abschluss"]),
            ("AUSNAHME", vec!["genehmigung", "ablehnung"]),
            ("FORDERUNG", vec!["freigabe", "wiederaufnahme", "zahlungseingaenge", "begleichung"]),
            ("TEILNAHME", vec!["loeschung"]),
        ] {
            assert_eq!(je_art(art), akte, "{art}");
        }
    }

    #[test]
    fn erwartet_wird_was_die_rolle_darf() {
        let arten = |rolle| als(rolle).into_iter().map(|e| e.fall_art).collect::<BTreeSet<_>>();
        let menge = |a: &[&'static str]| a.iter().copied().collect::<BTreeSet<_>>();
        let gk = ["AENDERUNGSANTRAG", "ANTRAG", "KONTOAENDERUNG", "MITTELABRUF", "STRATEGIE", "WEITERLEITUNG"];
        let weitere = ["VERWENDUNGSNACHWEIS", "ZIELVEREINBARUNG", "TEILNAHME"];
        let pruefung = ["ANHOERUNG", "FESTSTELLUNG", "FORDERUNG"];
        assert_eq!(arten(Rolle::Gebietskoerperschaft), menge(&[&gk[..], &weitere, &pruefung].concat()));
        let rp = ["AENDERUNGSANTRAG", "ANTRAG", "BESCHEID", "MITTELABRUF", "ZAHLUNG", "ZAHLUNGSLAUF"];
        let weitere = ["VERWENDUNGSNACHWEIS", "AUSNAHME"];
        assert_eq!(arten(Rolle::Bewilligungsbehoerde), menge(&[&rp[..], &weitere, &pruefung].concat()));
        let min = ["BASISZINSSATZ", "BUDGETKORREKTUR", "REGELWERK", "STRATEGIE", "UMVERTEILUNG", "ZIELVEREINBARUNG"];
        assert_eq!(arten(Rolle::Ministerium), menge(&min));
        for niemand in [Rolle::Traeger, Rolle::Pruefung, Rolle::Admin] {
            assert_eq!(als(niemand), vec![], "{niemand}: whoever only reads has nothing to do");
        }
    }

    #[test]
    fn eigene_sehen_eigenes() {
        for e in als(Rolle::Gebietskoerperschaft) {
            assert_eq!(e.sicht, Sicht::Gebietskoerperschaft("06440".to_owned()), "{}", e.fall_art);
        }
    }

    #[test]
    fn wer_schuldet_zahlt_und_erfaehrt_nichts_von_der_niederschlagung() {
        let von = |rolle| als(rolle).into_iter().find(|e| e.fall_art == "FORDERUNG").expect("claims");
        let (gk, rp) = (von(Rolle::Gebietskoerperschaft), von(Rolle::Bewilligungsbehoerde));
        assert_eq!((gk.ausserhalb(), rp.ausserhalb()), (true, false));
        for status in ["OFFEN", "GESTUNDET", "NIEDERGESCHLAGEN"] {
            assert!(gk.status().contains(&status) && gk.akte(status).is_empty(), "{status}");
        }
        assert_eq!(rp.akte("OFFEN"), ["freigabe", "zahlungseingaenge"]);
        assert_eq!(rp.akte("NIEDERGESCHLAGEN"), ["freigabe", "wiederaufnahme"]);
        assert_eq!(rp.akte("BEGLICHEN"), Vec::<&str>::new());
    }

    #[test]
    fn akte_folgen_dem_zustand() {
        let rp = als(Rolle::Bewilligungsbehoerde);
        let m = rp.iter().find(|e| e.fall_art == "MITTELABRUF").expect("calls");
        assert_eq!(m.status(), vec!["EINGEREICHT", "GEKUERZT", "GEPRUEFT"]);
        assert_eq!(m.akte("EINGEREICHT"), vec!["pruefung"]);
        assert_eq!(m.akte("GEKUERZT"), vec!["anordnung"]);
        assert_eq!(m.akte("ENTWURF"), Vec::<&str>::new());
    }
}
