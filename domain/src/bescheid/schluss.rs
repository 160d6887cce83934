//! Drafting the Schlussbescheid: what the examined proof leaves of the grant, per place (VV Nr. 11 zu § 44 LHO).

use super::{
    Bescheid, Bescheidart, Bescheidinhalt, Bescheidposition, Entscheidungsart, Kettenglied, Schlussregelung, entwurf,
};
use crate::aenderungsantrag::{Folgenbezug, Geldstand, Ueberzahlungszuordnung, erstattung_fuer};
use crate::akt::Urteil;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::BeantragtePosition;
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::budget::pruefe_recht;
use crate::frist::{Frist, Fristart, Fristzustand};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::regel::{
    ABRUF_VOR_SCHLUSS, ANHOERUNG_FEHLT, AUFLAGE_UEBERFAELLIG, BEGRUENDUNG_FEHLT, ENTSCHEIDUNG_VERALTET,
    PARAMETER_FEHLT, RECHENBEREICH, RESTANSPRUCH, RUECKZAHLUNG_ZU_HOCH,
};
use crate::regelwerk::Regelwerk;
use crate::schlussrechnung::{Abschlussstelle, Regelungsposten, Schlussergebnis, Stellenstand, verteile};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use uuid::Uuid;

/// Input of the act `abschluss` of a final proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "begruendung": "Die Ausgaben blieben um 18.600,00 EUR hinter dem Finanzierungsplan zurück; die Zuwendung ermäßigt sich entsprechend." }))))]
#[serde(deny_unknown_fields)]
pub struct Schlusseingabe {
    /// Grounds (§ 39 HVwVfG).
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Ausgaben blieben um 18.600,00 EUR hinter dem Finanzierungsplan zurück.")
        )
    )]
    pub begruendung: String,
    /// The warnings the caller has read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// What the final decision needs to know.
#[derive(Debug, Clone)]
pub struct Schlussfakten<'a> {
    /// The Bescheid that says what is granted now.
    pub geltend: &'a Bescheid,
    /// The examined proof.
    pub nachweis_id: Uuid,
    /// SHA-256 of its filed content.
    pub nachweis_sha256: String,
    /// The kept calculation.
    pub berechnung_id: Uuid,
    /// SHA-256 of what it depends on.
    pub berechnung_sha256: String,
    /// Its result.
    pub ergebnis: &'a Schlussergebnis,
    /// The ledger of the case.
    pub geld: &'a Geldstand,
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// Last issued link of the chain.
    pub vorgaenger: Option<Kettenglied>,
    /// A hearing was held, or its time is over.
    pub angehoert: bool,
    /// Findings of the examination that apply, such as what is still open.
    pub befunde: Vec<Befund>,
    /// Open deadlines of the conditions of the case.
    pub auflagen: &'a [Frist],
    /// Legal day.
    pub heute: NaiveDate,
}

impl Schlussfakten<'_> {
    /// A warning for each condition that is overdue: its deadline ends with the final decision, met or not.
    fn ueberfaellige_auflagen(&self) -> impl Iterator<Item = Befund> {
        let ueberfaellig =
            |f: &&Frist| f.art == Fristart::Auflage && f.zustand(self.heute) == Fristzustand::Ueberfaellig;
        self.auflagen.iter().filter(ueberfaellig).map(|f| {
            let tage = self.heute.signed_duration_since(f.faellig_am).num_days();
            Befund::neu(&AUFLAGE_UEBERFAELLIG)
                .gemessen("auflage", f.bezug.as_deref().unwrap_or_default(), Einheit::Code)
                .gemessen("frist_id", f.id, Einheit::Code)
                .gemessen("tage", tage, Einheit::Anzahl)
                .erlaubt("frist", f.faellig_am, Einheit::Datum)
        })
    }
}

pub(super) fn code<T: FromStr>(r: &Regelwerk, schluessel: &str, tag: NaiveDate) -> Result<T, Befund> {
    r.code(schluessel, tag)?.parse().map_err(|_| {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", schluessel, Einheit::Code)
            .gemessen("stichtag", tag, Einheit::Datum)
            .regelwerk(&r.version)
    })
}

/// The places of a grant with their money.
pub fn abschlussstellen(geltend: &Bescheid, geld: &Geldstand) -> Vec<Abschlussstelle> {
    let stelle = |p: &Bescheidposition| Abschlussstelle {
        massnahme_id: p.massnahme_id,
        massnahme_nr: p.massnahme_nr.clone(),
        teilbudget: p.teilbudget.clone(),
        haushaltsjahr: p.haushaltsjahr,
        stand: Stellenstand::aus(&geld.salden, &(p.massnahme_id, p.teilbudget.clone(), p.haushaltsjahr)),
    };
    geltend.inhalt.positionen.iter().map(stelle).collect()
}

/// The positions of the Bescheid that takes the place of `geltend`, with `bewilligt` per place.
pub(super) fn positionen(geltend: &Bescheid, posten: &[Regelungsposten]) -> Vec<Bescheidposition> {
    let neu = |p: &Bescheidposition| {
        let passt = |r: &&Regelungsposten| {
            r.massnahme_id == p.massnahme_id && r.teilbudget == p.teilbudget && r.haushaltsjahr == p.haushaltsjahr
        };
        let bewilligt = posten.iter().find(passt).map(|r| r.bewilligt).unwrap_or_default();
        Bescheidposition {
            bewilligt,
            bisher: Some(p.bewilligt),
            differenz: bewilligt.minus(p.bewilligt).ok(),
            ..p.clone()
        }
    };
    geltend.inhalt.positionen.iter().map(neu).collect()
}

/// The claims of `posten` with their payouts and days.
pub(super) fn erstattung(
    geltend: &Bescheid,
    posten: &[Regelungsposten],
    bezug: &Folgenbezug<'_>,
) -> Result<Option<crate::aenderungsantrag::Erstattung>, Befund> {
    let mut je = Vec::new();
    for (r, p) in posten.iter().filter_map(|r| {
        let passt = |p: &&Bescheidposition| {
            r.massnahme_id == p.massnahme_id && r.teilbudget == p.teilbudget && r.haushaltsjahr == p.haushaltsjahr
        };
        geltend.inhalt.positionen.iter().find(passt).map(|p| (r, p))
    }) {
        let position = BeantragtePosition {
            massnahme_id: p.massnahme_id,
            massnahme_nr: p.massnahme_nr.clone(),
            massnahmeart: p.massnahmeart,
            teilbudget: p.teilbudget.clone(),
            haushaltsjahr: p.haushaltsjahr,
            beantragt: r.bewilligt,
            bisher: Some(p.bewilligt),
        };
        je.push((position, r.erstattung().map_err(|_| Befund::neu(&RECHENBEREICH))?, r.erstattung_zurueckgezahlt));
    }
    erstattung_fuer(&je, bezug)
}

/// The grounds without surrounding white space.
pub(super) fn gruende(text: &str, regelwerk: &Regelwerk, jahrgang: i32) -> Result<String, Befund> {
    let mindestens = super::begruendung_mindestens(regelwerk, jahrgang)?;
    let zeichen = text.trim().chars().count();
    if i64::try_from(zeichen).is_ok_and(|z| z < mindestens) {
        return Err(Befund::neu(&BEGRUENDUNG_FEHLT)
            .ort("/begruendung")
            .gemessen("zeichen", zeichen, Einheit::Anzahl)
            .erlaubt("mindestens", mindestens, Einheit::Anzahl)
            .regelwerk(&regelwerk.version));
    }
    Ok(text.trim().to_owned())
}

/// What the final decision moves and claims, and what stands in its way, before any grounds are given.
///
/// # Errors
/// `ABRUF_VOR_SCHLUSS` while calls are open, `RUECKZAHLUNG_ZU_HOCH`, `PARAMETER_FEHLT`, `RECHENBEREICH`; what `fakten.befunde` says.
/// `RESTANSPRUCH`, `ANHOERUNG_FEHLT` and `AUFLAGE_UEBERFAELLIG` are warnings.
pub fn schlussregelung(f: &Schlussfakten<'_>) -> Result<(Schlussregelung, Vec<Befund>), Vec<Befund>> {
    let einzeln = |b: Befund| vec![b];
    let bereich = |_| vec![Befund::neu(&RECHENBEREICH)];
    let jahrgang = f.geltend.inhalt.jahrgang;
    let zuordnung: Ueberzahlungszuordnung =
        code(f.regelwerk, "ueberzahlung_zuordnung", stichtag(jahrgang)).map_err(einzeln)?;
    let mut befunde = f.befunde.clone();
    befunde.extend(f.ueberfaellige_auflagen());
    let stellen = abschlussstellen(f.geltend, f.geld);
    for s in stellen.iter().filter(|s| s.stand.abgerufen.ist_positiv()) {
        befunde.push(
            Befund::neu(&ABRUF_VOR_SCHLUSS)
                .gemessen("massnahme", &s.massnahme_nr, Einheit::Code)
                .gemessen("haushaltsjahr", s.haushaltsjahr, Einheit::Anzahl)
                .gemessen("abgerufen", s.stand.abgerufen, Einheit::Eur),
        );
    }
    let mut posten = Vec::with_capacity(stellen.len());
    for m in &f.ergebnis.massnahmen {
        let eigene: Vec<Abschlussstelle> =
            stellen.iter().filter(|s| s.massnahme_id == m.massnahme_id).cloned().collect();
        let (je, rest) = verteile(m.endgueltig, &eigene, zuordnung).map_err(bereich)?;
        let zurueck = Euro::summe(eigene.iter().map(|s| s.stand.zurueckgezahlt)).map_err(bereich)?;
        // what remains was paid, and came back beyond what is to be repaid: it is not lost, the repayment is too high
        let zuviel = rest.min(zurueck);
        if zuviel.ist_positiv() {
            befunde.push(
                Befund::neu(&RUECKZAHLUNG_ZU_HOCH)
                    .gemessen("massnahme", &m.massnahme_nr, Einheit::Code)
                    .gemessen("zurueckgezahlt", zurueck, Einheit::Eur)
                    .gemessen("zuviel", zuviel, Einheit::Eur)
                    .gemessen("endgueltig", m.endgueltig, Einheit::Eur),
            );
        }
        let rest = rest.minus(zuviel).map_err(bereich)?;
        if rest.ist_positiv() {
            befunde.push(
                Befund::neu(&RESTANSPRUCH)
                    .gemessen("massnahme", &m.massnahme_nr, Einheit::Code)
                    .gemessen("rest", rest, Einheit::Eur)
                    .gemessen("endgueltig", m.endgueltig, Einheit::Eur),
            );
        }
        posten.extend(je);
    }
    let bezug = Folgenbezug {
        geld: f.geld,
        regelwerk: f.regelwerk,
        jahrgang,
        mit_erstattung: true,
        wirksam_ab: None,
        heute: f.heute,
    };
    let erstattung = erstattung(f.geltend, &posten, &bezug).map_err(einzeln)?;
    if let Some(e) = erstattung.as_ref().filter(|_| !f.angehoert) {
        befunde.push(Befund::neu(&ANHOERUNG_FEHLT).gemessen("erstattung", e.betrag, Einheit::Eur));
    }
    let regelung = Schlussregelung {
        nachweis_id: f.nachweis_id,
        nachweis_sha256: f.nachweis_sha256.clone(),
        berechnung_id: f.berechnung_id,
        berechnung_sha256: f.berechnung_sha256.clone(),
        posten,
        erstattung,
    };
    Ok((regelung, befunde))
}

/// Drafts the Schlussbescheid. Nothing moves yet.
///
/// # Errors
/// `RECHT_FEHLT`, `BEGRUENDUNG_FEHLT`, and all of [`schlussregelung`] when one blocks or a warning is not confirmed.
pub fn schluss_entwerfen(
    id: Uuid,
    eingabe: &Schlusseingabe,
    f: &Schlussfakten<'_>,
    akteur: &Akteur,
) -> Urteil<Bescheid> {
    if let Some(b) = pruefe_recht(akteur, Recht::NachweisAbschliessen) {
        return Err(vec![b]);
    }
    let vorher = &f.geltend.inhalt;
    let (regelung, mut befunde) = schlussregelung(f)?;
    let begruendung = gruende(&eingabe.begruendung, f.regelwerk, vorher.jahrgang);
    befunde.extend(begruendung.as_ref().err().cloned());
    let befunde = bestaetige(befunde, &eingabe.bestaetigte_warnungen)?;
    let positionen = positionen(f.geltend, &regelung.posten);
    let voll = positionen.iter().all(|p| p.differenz.is_some_and(Euro::ist_null));
    let inhalt = Bescheidinhalt {
        art: Bescheidart::Schluss,
        entscheidung: if voll { Entscheidungsart::Bewilligung } else { Entscheidungsart::Teilbewilligung },
        positionen,
        begruendung: begruendung.ok(),
        kettenglied: f.vorgaenger.as_ref().map_or(1, |v| v.nr.saturating_add(1)),
        vorgaenger_id: f.vorgaenger.as_ref().map(|v| v.id),
        vorgaenger_hash: f.vorgaenger.as_ref().map(|v| v.inhalt_hash.clone()),
        aenderung: None,
        zins: None,
        zinsruecknahme: None,
        schluss: Some(regelung),
        aufhebung: None,
        ..vorher.clone()
    };
    entwurf(id, inhalt, befunde, akteur)
}

impl Bescheid {
    /// What keeps a drafted final decision from being released: a rule refuses by now, or what it moves is no longer
    /// what the ledger and the examination say.
    pub fn pruefe_schluss(&self, f: &Schlussfakten<'_>) -> Vec<Befund> {
        let (jetzt, befunde) = match schlussregelung(f) {
            Ok(r) => r,
            Err(befunde) => return befunde,
        };
        let blockiert: Vec<Befund> = befunde.into_iter().filter(Befund::blockiert).collect();
        if !blockiert.is_empty() {
            return blockiert;
        }
        let Some(gesagt) = &self.inhalt.schluss else { return Vec::new() };
        // the day on which it is due moves with the day of the release; amounts and payouts must not
        let posten = |s: &Schlussregelung| s.erstattung.as_ref().map(|e| e.posten.clone());
        let gleich = gesagt.posten == jetzt.posten
            && posten(gesagt) == posten(&jetzt)
            && gesagt.nachweis_sha256 == jetzt.nachweis_sha256
            && gesagt.berechnung_sha256 == jetzt.berechnung_sha256;
        if gleich && self.inhalt.vorgaenger_id == f.vorgaenger.as_ref().map(|v| v.id) {
            return Vec::new();
        }
        vec![
            Befund::neu(&ENTSCHEIDUNG_VERALTET)
                .ort("/inhalt/schluss")
                .gemessen("bescheid", self.id, Einheit::Code)
                .erlaubt("geltend", f.geltend.id, Einheit::Code),
        ]
    }
}
