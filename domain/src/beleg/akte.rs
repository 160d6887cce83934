//! Acts of a Beleg: writing by the applicant, decision by the authority.

use super::{
    Beleg, Belegentscheidung, Belegfakten, Beleginhalt, Belegkette, Belegumfeld, Duplikat, Pruefgrund, haushaltsjahr,
};
use crate::akt::{Aktion, Entscheidung, Urteil};
use crate::befund::{Befund, Einheit, Schwere};
use crate::berechtigung::{Akteur, Recht, Rolle};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::geld::Euro;
use crate::regel::{
    ANERKANNT_AUSSERHALB, BELEG_ENTSCHIEDEN, BELEG_MASSNAHME_FREMD, BELEG_NICHT_BEARBEITBAR, BELEG_NICHT_IN_PRUEFUNG,
    PRUEFBEMERKUNG_FEHLT, PRUEFGRUND_UNPASSEND,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// Act: decide about a Beleg.
pub const ENTSCHEIDUNG: &str = "entscheidung";
/// Characters a remark to `SONSTIGES` has at least. A form rule.
const BEMERKUNG_MINDESTENS: usize = 3;

/// Input of the act `entscheidung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "anerkannt": "0.00", "pruefgrund": "AUSSERHALB_ZEITRAUM", "bemerkung": "Leistung nach Ende des Bewilligungszeitraums." }))))]
#[serde(deny_unknown_fields)]
pub struct Belegpruefung {
    /// Recognised, between 0.00 and what is claimed.
    pub anerkannt: Euro,
    /// `ANERKANNT` exactly where all of it is recognised, otherwise why not.
    pub pruefgrund: Pruefgrund,
    /// In words; needed for `SONSTIGES`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 1000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")
    )]
    pub bemerkung: Option<String>,
    /// Warnings that are confirmed: a possible duplicate is recognised only with a reason.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

fn ohne(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
    if befunde.is_empty() { Ok(()) } else { Err(befunde) }
}

/// The caller may write in this list: its Gebietskoerperschaft, or a Traeger whose measures it holds.
fn zustaendig(kette: &Belegkette, akteur: &Akteur) -> Option<Befund> {
    if !akteur.darf(Recht::BelegSchreiben) {
        return Some(Befund::recht_fehlt(akteur.rolle, Recht::BelegSchreiben));
    }
    if akteur.rolle == Rolle::Traeger {
        return None;
    }
    pruefe_zugehoerigkeit(&kette.kreisschluessel, akteur, Recht::BelegSchreiben)
}

/// What forbids writing in the list.
///
/// # Errors
/// `FREMDER_VORGANG`, `BELEG_NICHT_BEARBEITBAR`.
pub fn beschreibbar(kette: &Belegkette, akteur: &Akteur) -> Result<(), Vec<Befund>> {
    let fest = (!kette.bearbeitbar)
        .then(|| Befund::neu(&BELEG_NICHT_BEARBEITBAR).gemessen("status", kette.status, Einheit::Code));
    ohne(zustaendig(kette, akteur).or(fest).into_iter().collect())
}

/// A Traeger writes about its own measures only.
fn eigene_massnahme(traeger_id: Option<Uuid>, nr: &str, akteur: &Akteur) -> Option<Befund> {
    let fremd = akteur.rolle == Rolle::Traeger && traeger_id != akteur.traeger_id;
    fremd.then(|| Befund::neu(&BELEG_MASSNAHME_FREMD).ort("/massnahme_nr").gemessen("massnahme_nr", nr, Einheit::Code))
}

impl Beleg {
    /// A line of a list before it is compared with others; findings that do not block are given back beside it.
    ///
    /// # Errors
    /// All findings, when one of them blocks.
    pub fn entwerfen(
        id: Uuid,
        lfd_nr: i32,
        inhalt: Beleginhalt,
        f: &Belegfakten,
        akteur: &Akteur,
    ) -> Result<(Beleg, Vec<Befund>), Vec<Befund>> {
        let mut befunde = inhalt.pruefe(f);
        let massnahme = f.massnahmen.get(&inhalt.massnahme_nr);
        let traeger_id = massnahme.and_then(|m| m.traeger_id);
        befunde.extend(massnahme.and_then(|_| eigene_massnahme(traeger_id, &inhalt.massnahme_nr, akteur)));
        if befunde.iter().any(Befund::blockiert) {
            return Err(befunde);
        }
        let beleg = Beleg {
            id,
            kette_id: f.kette.kette_id,
            antrag_id: f.kette.antrag_id,
            jahrgang: f.kette.jahrgang,
            kreisschluessel: f.kette.kreisschluessel.clone(),
            massnahme_id: massnahme.map_or(Uuid::nil(), |m| m.id),
            traeger_id,
            haushaltsjahr: haushaltsjahr(inhalt.zahlungsdatum, f.bewilligungszeitraum.bis),
            lfd_nr,
            inhalt,
            erfasst_von: akteur.person.clone(),
            entscheidung: None,
        };
        Ok((beleg, befunde))
    }

    /// Enters it.
    ///
    /// # Errors
    /// `BELEGNUMMER_DOPPELT`, `SPLIT_UEBER_RECHNUNG`, `STORNO_UNBEKANNT`.
    pub fn anlegen(self, u: &Belegumfeld, f: &Belegfakten, akteur: &Akteur) -> Urteil<Beleg> {
        beschreibbar(&f.kette, akteur)?;
        ohne(self.inhalt.pruefe_umfeld(u))?;
        Ok(Entscheidung::neu(self))
    }

    /// Takes over what another line says. A decision about what it said before does not count any more.
    ///
    /// # Errors
    /// As [`Beleg::anlegen`].
    pub fn aendern(&self, neu: Beleg, u: &Belegumfeld, f: &Belegfakten, akteur: &Akteur) -> Urteil<Beleg> {
        beschreibbar(&f.kette, akteur)?;
        ohne(neu.inhalt.pruefe_umfeld(u))?;
        let gleich = neu.inhalt == self.inhalt;
        let entscheidung = self.entscheidung.clone().filter(|_| gleich);
        Ok(Entscheidung::neu(Beleg { id: self.id, lfd_nr: self.lfd_nr, entscheidung, ..neu }))
    }

    /// What forbids deleting it: a decision stands beside it, or the list is not open.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `BELEG_NICHT_BEARBEITBAR`, `BELEG_ENTSCHIEDEN`.
    pub fn loeschbar(&self, kette: &Belegkette, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        beschreibbar(kette, akteur)?;
        let entschieden = self
            .entscheidung
            .as_ref()
            .map(|e| Befund::neu(&BELEG_ENTSCHIEDEN).gemessen("am", e.entschieden_am, Einheit::Datum));
        let fremd = eigene_massnahme(self.traeger_id, &self.inhalt.massnahme_nr, akteur);
        ohne(fremd.or(entschieden).into_iter().collect())
    }

    /// Gives it another number in its list.
    pub fn nummeriert(&self, lfd_nr: i32) -> Entscheidung<Beleg> {
        Entscheidung::neu(Beleg { lfd_nr, ..self.clone() })
    }

    /// Its acts, before their input is known.
    pub fn aktionen(&self, kette: &Belegkette, duplikate: &[Duplikat], akteur: &Akteur) -> Vec<Aktion> {
        let mut befunde = vor_entscheidung(kette, akteur);
        if befunde.is_empty() {
            befunde.extend(duplikate.iter().map(Duplikat::befund));
        }
        vec![Aktion { akt: ENTSCHEIDUNG, befunde }]
    }

    /// Records what the authority recognises. The applicant's values stay what they are.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `BELEG_NICHT_IN_PRUEFUNG`, `ANERKANNT_AUSSERHALB`, `PRUEFGRUND_UNPASSEND`, `PRUEFBEMERKUNG_FEHLT`,
    /// `MOEGLICHES_DUPLIKAT` unless confirmed.
    pub fn entscheiden(
        &self,
        e: &Belegpruefung,
        kette: &Belegkette,
        duplikate: &[Duplikat],
        akteur: &Akteur,
        heute: chrono::NaiveDate,
    ) -> Urteil<Beleg> {
        ohne(vor_entscheidung(kette, akteur))?;
        let mut befunde = self.pruefe_entscheidung(e);
        if !e.anerkannt.ist_null() {
            befunde.extend(duplikate.iter().map(Duplikat::befund));
        }
        let befunde = bestaetige(befunde, &e.bestaetigte_warnungen)?;
        let begruendung = befunde.iter().filter(|b| b.schwere == Schwere::Warnung).find_map(|b| b.begruendung.clone());
        let entscheidung = Belegentscheidung {
            anerkannt: e.anerkannt,
            pruefgrund: e.pruefgrund,
            bemerkung: e.bemerkung.clone(),
            entschieden_von: akteur.person.clone(),
            entschieden_am: heute,
            duplikat_begruendung: begruendung,
        };
        let daten = json!({ "beleg_id": self.id, "kette_id": self.kette_id, "antrag_id": self.antrag_id });
        let neu = Beleg { entscheidung: Some(entscheidung), ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("beleg.entschieden", daten).befunde(befunde))
    }

    fn pruefe_entscheidung(&self, e: &Belegpruefung) -> Vec<Befund> {
        let beantragt = self.inhalt.beantragt;
        let (von, bis) = (beantragt.min(Euro::NULL), beantragt.max(Euro::NULL));
        if e.anerkannt < von || e.anerkannt > bis {
            let b = Befund::neu(&ANERKANNT_AUSSERHALB).ort("/anerkannt");
            return vec![b.betrag("anerkannt", e.anerkannt, "beantragt", beantragt)];
        }
        let mut befunde = Vec::new();
        let ganz = e.anerkannt == beantragt;
        if ganz != (e.pruefgrund == Pruefgrund::Anerkannt) {
            befunde.push(
                Befund::neu(&PRUEFGRUND_UNPASSEND)
                    .ort("/pruefgrund")
                    .gemessen("pruefgrund", e.pruefgrund, Einheit::Code)
                    .gemessen("anerkannt", e.anerkannt, Einheit::Eur)
                    .erlaubt("beantragt", beantragt, Einheit::Eur),
            );
        }
        let worte = e.bemerkung.as_deref().map_or(0, |b| b.trim().chars().count());
        if e.pruefgrund == Pruefgrund::Sonstiges && worte < BEMERKUNG_MINDESTENS {
            befunde.push(Befund::neu(&PRUEFBEMERKUNG_FEHLT).ort("/bemerkung"));
        }
        befunde
    }
}

fn vor_entscheidung(kette: &Belegkette, akteur: &Akteur) -> Vec<Befund> {
    if !akteur.darf(Recht::BelegEntscheiden) {
        return vec![Befund::recht_fehlt(akteur.rolle, Recht::BelegEntscheiden)];
    }
    let fest = (!kette.in_pruefung)
        .then(|| Befund::neu(&BELEG_NICHT_IN_PRUEFUNG).gemessen("status", kette.status, Einheit::Code));
    fest.into_iter().collect()
}
