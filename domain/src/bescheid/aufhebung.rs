//! Drafting a revocation (§ 49 HVwVfG) or a withdrawal (§ 48 HVwVfG) of a grant, in whole or in part: a decision with
//! reasons, never a consequence that follows by itself.

use super::schluss::{abschlussstellen, erstattung, gruende, positionen};
use super::{
    Aufhebungsgrund, Aufhebungsregelung, Aufhebungswirkung, Bescheid, Bescheidart, Bescheidinhalt, Entscheidungsart,
    Kettenglied, RUECKNAHME, entwurf,
};
use crate::aenderungsantrag::{Folgenbezug, Geldstand};
use crate::akt::Urteil;
use crate::befund::{Befund, Einheit, Schwere};
use crate::berechtigung::{Akteur, Recht};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::budget::pruefe_recht;
use crate::frist::dauerfrist;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler};
use crate::regel::{
    ABRUF_VOR_SCHLUSS, ANHOERUNG_FEHLT, AUFHEBUNG_FRIST, AUFHEBUNG_GRUND, AUFHEBUNG_OHNE_WIRKUNG, BETRAG_ZU_KLEIN,
    BEZUG_NICHT_GELTEND, DATUM_IN_ZUKUNFT, ENTSCHEIDUNG_VERALTET, POSITION_DOPPELT, RECHENBEREICH, UEBER_BEWILLIGT,
    VERWEIS_UNBEKANNT,
};
use crate::regelwerk::Regelwerk;
use crate::schlussrechnung::{Abschlussstelle, Regelungsposten, posten};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What stays granted at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Restbewilligung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Teilbudget.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// What stays granted, from 0.00 to what is granted now.
    pub bewilligt: Euro,
}

/// Input of the acts `widerruf` and `ruecknahme`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "AUFLAGE_NICHT_ERFUELLT", "wirkung": "VERGANGENHEIT", "kenntnis_am": "2026-09-01", "rest": [], "begruendung": "Der Verwendungsnachweis fehlt trotz Erinnerung; das öffentliche Interesse an sparsamer Verwendung überwiegt." }))))]
#[serde(deny_unknown_fields)]
pub struct Aufhebungseingabe {
    /// Ground.
    pub grund: Aufhebungsgrund,
    /// From when the grant has no effect.
    pub wirkung: Aufhebungswirkung,
    /// Day on which the authority knew the facts; not in the future.
    #[cfg_attr(feature = "schema", schema(examples("2026-09-01")))]
    pub kenntnis_am: NaiveDate,
    /// What stays granted; places that are not named lose everything. With effect for the future a place keeps at least
    /// what was paid there. Empty for a Bescheid about interest, which is taken back as a whole and for the past.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub rest: Vec<Restbewilligung>,
    /// The hearing before it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub anhoerung_id: Option<Uuid>,
    /// Grounds with the weighing of interests (§§ 39, 40 HVwVfG).
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Verwendungsnachweis fehlt trotz Erinnerung.")
        )
    )]
    pub begruendung: String,
    /// The warnings the caller has read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// What the decision needs to know.
#[derive(Debug, Clone)]
pub struct Aufhebungsfakten<'a> {
    /// The Bescheid that says what is granted now.
    pub geltend: &'a Bescheid,
    /// The ledger of the case.
    pub geld: &'a Geldstand,
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// Last issued link of the chain.
    pub vorgaenger: Option<Kettenglied>,
    /// The named hearing was held, or its time is over.
    pub angehoert: bool,
    /// Findings that apply, such as a hearing that is still open.
    pub befunde: Vec<Befund>,
    /// Legal day.
    pub heute: NaiveDate,
}

fn bereich(_: GeldFehler) -> Befund {
    Befund::neu(&RECHENBEREICH)
}

/// The year from knowledge (§ 48 Abs. 4, § 49 Abs. 3 S. 2 HVwVfG). Deceit knows no such year; to say so is a decision.
pub(super) fn frist_nach_kenntnis(
    e: &Aufhebungseingabe,
    regelwerk: &Regelwerk,
    jahrgang: i32,
    heute: NaiveDate,
) -> Result<Option<Befund>, Befund> {
    let dauer = regelwerk.dauer("aufhebungsfrist", stichtag(jahrgang))?;
    let ende = dauerfrist(e.kenntnis_am, dauer, false)?.ende;
    let schwere = if e.grund == Aufhebungsgrund::FalscheAngaben { Schwere::Warnung } else { Schwere::Fehler };
    Ok((heute > ende).then(|| {
        Befund::neu(&AUFHEBUNG_FRIST)
            .mit_schwere(schwere)
            .ort("/kenntnis_am")
            .gemessen("kenntnis", e.kenntnis_am, Einheit::Datum)
            .gemessen("heute", heute, Einheit::Datum)
            .erlaubt("spaetestens", ende, Einheit::Datum)
    }))
}

/// What stays at each place as the input wants it, and what is wrong with it.
fn rest(e: &Aufhebungseingabe, geltend: &Bescheid, befunde: &mut Vec<Befund>) -> Vec<Euro> {
    let gleich = |r: &Restbewilligung, m: Uuid, t: &str, j: i32| {
        r.massnahme_id == m && r.teilbudget == t && r.haushaltsjahr == j
    };
    for (i, r) in e.rest.iter().enumerate() {
        let ort = format!("/rest/{i}");
        let doppelt = e.rest.iter().take(i).any(|v| gleich(v, r.massnahme_id, &r.teilbudget, r.haushaltsjahr));
        let p = geltend.inhalt.positionen.iter().find(|p| gleich(r, p.massnahme_id, &p.teilbudget, p.haushaltsjahr));
        befunde.extend(match p {
            None => Some(
                Befund::neu(&VERWEIS_UNBEKANNT)
                    .ort(ort)
                    .gemessen("was", "Bewilligte Position", Einheit::Text)
                    .gemessen("schluessel", format!("{} {}", r.massnahme_id, r.haushaltsjahr), Einheit::Code),
            ),
            Some(p) if doppelt => Some(
                Befund::neu(&POSITION_DOPPELT).ort(ort).gemessen("posten", &p.massnahme_nr, Einheit::Code).gemessen(
                    "haushaltsjahr",
                    p.haushaltsjahr,
                    Einheit::Anzahl,
                ),
            ),
            Some(_) if r.bewilligt.ist_negativ() => {
                Some(Befund::neu(&BETRAG_ZU_KLEIN).ort(format!("{ort}/bewilligt")).betrag(
                    "betrag",
                    r.bewilligt,
                    "mindestens",
                    Euro::NULL,
                ))
            }
            Some(p) if r.bewilligt > p.bewilligt => Some(
                Befund::neu(&UEBER_BEWILLIGT)
                    .ort(format!("{ort}/bewilligt"))
                    .gemessen("massnahme", &p.massnahme_nr, Einheit::Code)
                    .gemessen("haushaltsjahr", p.haushaltsjahr, Einheit::Anzahl)
                    .betrag("rest", r.bewilligt, "bewilligt", p.bewilligt),
            ),
            Some(_) => None,
        });
    }
    let bleibt = |m: Uuid, t: &str, j: i32| e.rest.iter().find(|r| gleich(r, m, t, j)).map(|r| r.bewilligt);
    let je = geltend.inhalt.positionen.iter();
    let je = je.map(|p| bleibt(p.massnahme_id, &p.teilbudget, p.haushaltsjahr).unwrap_or_default());
    je.map(|r| r.max(Euro::NULL)).collect()
}

/// What moves at one place: bound money beyond what stays becomes free, paid money beyond it is claimed back.
fn bewege(
    s: &Abschlussstelle,
    bisher: Euro,
    rest: Euro,
    wirkung: Aufhebungswirkung,
) -> Result<Regelungsposten, GeldFehler> {
    let gezahlt = s.stand.gezahlt()?;
    let rest = match wirkung {
        Aufhebungswirkung::Vergangenheit => rest,
        Aufhebungswirkung::Zukunft => rest.max(gezahlt).min(bisher),
    };
    // what was paid and stays, and what was called, needs no bound money
    let bleibt_gebunden = rest.minus(gezahlt.plus(s.stand.abgerufen)?)?.max(Euro::NULL).min(s.stand.gebunden);
    let p = posten(s, rest, s.stand.gebunden.minus(bleibt_gebunden)?, false)?;
    Ok(p)
}

/// Findings for a ground that does not fit the act, and for a day of knowledge in the future.
pub(super) fn pruefe_grund(akt: &str, e: &Aufhebungseingabe, heute: NaiveDate) -> Vec<Befund> {
    let zur_ruecknahme = matches!(e.grund, Aufhebungsgrund::Rechtswidrig | Aufhebungsgrund::FalscheAngaben);
    let grund = (zur_ruecknahme != (akt == RUECKNAHME)).then(|| {
        Befund::neu(&AUFHEBUNG_GRUND).ort("/grund").gemessen("grund", e.grund, Einheit::Code).gemessen(
            "akt",
            akt,
            Einheit::Code,
        )
    });
    let kenntnis = (e.kenntnis_am > heute).then(|| {
        Befund::neu(&DATUM_IN_ZUKUNFT).ort("/kenntnis_am").gemessen("angegeben", e.kenntnis_am, Einheit::Datum).erlaubt(
            "heute",
            heute,
            Einheit::Datum,
        )
    });
    grund.into_iter().chain(kenntnis).collect()
}

/// What the decision moves and claims, and what stands in its way.
///
/// # Errors
/// `PARAMETER_FEHLT`, `RECHENBEREICH`.
pub fn aufhebungsregelung(
    akt: &str,
    e: &Aufhebungseingabe,
    f: &Aufhebungsfakten<'_>,
) -> Result<(Aufhebungsregelung, Vec<Befund>), Vec<Befund>> {
    let einzeln = |b: Befund| vec![b];
    let mut befunde = f.befunde.clone();
    befunde.extend(pruefe_grund(akt, e, f.heute));
    let jahrgang = f.geltend.inhalt.jahrgang;
    befunde.extend(frist_nach_kenntnis(e, f.regelwerk, jahrgang, f.heute).map_err(einzeln)?);
    let reste = rest(e, f.geltend, &mut befunde);
    let stellen = abschlussstellen(f.geltend, f.geld);
    let mut alle = Vec::with_capacity(stellen.len());
    for ((s, p), r) in stellen.iter().zip(&f.geltend.inhalt.positionen).zip(reste) {
        let neu = bewege(s, p.bewilligt, r, e.wirkung).map_err(bereich).map_err(einzeln)?;
        let belegt = s.stand.abgerufen.plus(s.stand.gezahlt().map_err(bereich).map_err(einzeln)?);
        if s.stand.abgerufen.ist_positiv() && belegt.map_err(bereich).map_err(einzeln)? > neu.bewilligt {
            befunde.push(
                Befund::neu(&ABRUF_VOR_SCHLUSS)
                    .gemessen("massnahme", &s.massnahme_nr, Einheit::Code)
                    .gemessen("haushaltsjahr", s.haushaltsjahr, Einheit::Anzahl)
                    .gemessen("abgerufen", s.stand.abgerufen, Einheit::Eur),
            );
        }
        alle.push(neu);
    }
    if alle.iter().zip(&f.geltend.inhalt.positionen).all(|(n, p)| n.bewilligt == p.bewilligt) {
        befunde.push(Befund::neu(&AUFHEBUNG_OHNE_WIRKUNG).ort("/rest"));
    }
    let wirksam_ab = match e.wirkung {
        Aufhebungswirkung::Vergangenheit => f.geltend.inhalt.bewilligungszeitraum.map_or(f.heute, |z| z.von),
        Aufhebungswirkung::Zukunft => f.heute,
    };
    let bezug = Folgenbezug {
        geld: f.geld,
        regelwerk: f.regelwerk,
        jahrgang: f.geltend.inhalt.jahrgang,
        mit_erstattung: true,
        wirksam_ab: Some(wirksam_ab),
        heute: f.heute,
    };
    let erstattung = erstattung(f.geltend, &alle, &bezug).map_err(einzeln)?;
    if !f.angehoert {
        let betrag = erstattung.as_ref().map(|e| e.betrag).unwrap_or_default();
        befunde.push(Befund::neu(&ANHOERUNG_FEHLT).gemessen("erstattung", betrag, Einheit::Eur));
    }
    let regelung = Aufhebungsregelung {
        bescheid_id: f.geltend.id,
        grund: e.grund,
        wirkung: e.wirkung,
        wirksam_ab,
        kenntnis_am: e.kenntnis_am,
        anhoerung_id: e.anhoerung_id,
        posten: alle,
        erstattung,
    };
    Ok((regelung, befunde))
}

impl Bescheid {
    /// Drafts the Bescheid that takes this one back. Nothing moves yet.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `BEZUG_NICHT_GELTEND` unless this is the Bescheid that says what is granted now,
    /// `BEGRUENDUNG_FEHLT`, and all of [`aufhebungsregelung`] when one blocks or a warning is not confirmed.
    pub fn aufheben(
        &self,
        id: Uuid,
        akt: &str,
        e: &Aufhebungseingabe,
        f: &Aufhebungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Bescheid> {
        let mut befunde: Vec<Befund> = pruefe_recht(akteur, Recht::BescheidAufheben).into_iter().collect();
        if f.geltend.id != self.id {
            befunde.push(Befund::neu(&BEZUG_NICHT_GELTEND).gemessen("bescheid", self.id, Einheit::Code).erlaubt(
                "geltend",
                f.geltend.id,
                Einheit::Code,
            ));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let (regelung, mut befunde) = aufhebungsregelung(akt, e, f)?;
        let begruendung = gruende(&e.begruendung, f.regelwerk, self.inhalt.jahrgang);
        befunde.extend(begruendung.as_ref().err().cloned());
        let befunde = bestaetige(befunde, &e.bestaetigte_warnungen)?;
        let positionen = positionen(self, &regelung.posten);
        let nichts = positionen.iter().all(|p| p.bewilligt.ist_null());
        let inhalt = Bescheidinhalt {
            art: if akt == RUECKNAHME { Bescheidart::Ruecknahme } else { Bescheidart::Widerruf },
            entscheidung: if nichts { Entscheidungsart::Ablehnung } else { Entscheidungsart::Teilbewilligung },
            positionen,
            begruendung: begruendung.ok(),
            kettenglied: f.vorgaenger.as_ref().map_or(1, |v| v.nr.saturating_add(1)),
            vorgaenger_id: f.vorgaenger.as_ref().map(|v| v.id),
            vorgaenger_hash: f.vorgaenger.as_ref().map(|v| v.inhalt_hash.clone()),
            aenderung: None,
            zins: None,
            zinsruecknahme: None,
            schluss: None,
            aufhebung: Some(regelung),
            ..self.inhalt.clone()
        };
        entwurf(id, inhalt, befunde, akteur)
    }

    /// What keeps a drafted revocation from being released: what it moves is no longer what the ledger says.
    pub fn pruefe_aufhebung(&self, f: &Aufhebungsfakten<'_>) -> Vec<Befund> {
        let Some(gesagt) = &self.inhalt.aufhebung else { return Vec::new() };
        let stellen = abschlussstellen(f.geltend, f.geld);
        let gleich = f.geltend.id == gesagt.bescheid_id
            && self.inhalt.vorgaenger_id == f.vorgaenger.as_ref().map(|v| v.id)
            && stellen.len() == gesagt.posten.len()
            && stellen
                .iter()
                .zip(&gesagt.posten)
                .zip(&f.geltend.inhalt.positionen)
                .all(|((s, g), p)| bewege(s, p.bewilligt, g.bewilligt, gesagt.wirkung).is_ok_and(|neu| neu == *g));
        let blockiert: Vec<Befund> = f.befunde.iter().filter(|b| b.blockiert()).cloned().collect();
        if !blockiert.is_empty() {
            return blockiert;
        }
        if gleich {
            return Vec::new();
        }
        vec![
            Befund::neu(&ENTSCHEIDUNG_VERALTET)
                .ort("/inhalt/aufhebung")
                .gemessen("bescheid", self.id, Einheit::Code)
                .erlaubt("geltend", f.geltend.id, Einheit::Code),
        ]
    }
}
