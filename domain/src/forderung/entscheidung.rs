//! Deferral and write-off: proposed by one person, released by another (§ 59 Abs. 1 LHO).

use super::{FREIGABE, Forderung, NIEDERSCHLAGUNG, STUNDUNG, VERWERFUNG, WIEDERAUFNAHME};
use crate::akt::{Entscheidung, Handlungsgrund, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::geld::Euro;
use crate::regel::{FRIST_VERGANGEN, RATEN_REIHENFOLGE, RATEN_SUMME, RECHENBEREICH};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::status! {
    /// Kind of a decision about a claim.
    Forderungsentscheidungsart {
        /// Deferral, with or without instalments.
        Stundung = "STUNDUNG",
        /// The claim is not pursued, until a day or for good; it does not end.
        Niederschlagung = "NIEDERSCHLAGUNG",
    }
}

/// An instalment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Due day.
    pub faellig_am: NaiveDate,
    /// Amount.
    pub betrag: Euro,
}

/// Input of the act `stundung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "raten": [{ "faellig_am": "2026-12-31", "betrag": "7500.00" }, { "faellig_am": "2027-03-31", "betrag": "7500.00" }], "grund": "Die Rückzahlung in einer Summe wäre eine erhebliche Härte." }))))]
#[serde(deny_unknown_fields)]
pub struct Stundung {
    /// Instalments by their days; together what is open of the claim. One alone is a deferral to a day.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 120))]
    pub raten: Vec<Rate>,
    /// Why (§ 59 Abs. 1 Nr. 1 LHO: considerable hardship, and the claim is not at risk).
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Rückzahlung in einer Summe wäre eine erhebliche Härte.")
        )
    )]
    pub grund: String,
}

/// Input of the act `niederschlagung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bis": "2027-12-31", "grund": "Die Kosten der Einziehung stehen außer Verhältnis zum Betrag." }))))]
#[serde(deny_unknown_fields)]
pub struct Niederschlagung {
    /// Last day on which it is not pursued; without it for good.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bis: Option<NaiveDate>,
    /// Why (§ 59 Abs. 1 Nr. 2 LHO).
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Kosten der Einziehung stehen außer Verhältnis zum Betrag.")
        )
    )]
    pub grund: String,
}

/// A decision about a claim: proposed, released or discarded, in effect until it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Forderungsentscheidung {
    /// Kind.
    pub art: Forderungsentscheidungsart,
    /// Instalments of a deferral.
    #[cfg_attr(feature = "schema", schema(max_items = 120))]
    pub raten: Vec<Rate>,
    /// Last day; absent for a write-off for good.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bis: Option<NaiveDate>,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 2000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$"))]
    pub grund: String,
    /// Who proposed it.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub vorgeschlagen_von: String,
    /// Legal day of the proposal.
    pub vorgeschlagen_am: NaiveDate,
    /// Who released it; another person.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub freigegeben_von: Option<String>,
    /// Legal day of the release.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub freigegeben_am: Option<NaiveDate>,
    /// Legal day on which it was discarded, ended or replaced by another one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub beendet_am: Option<NaiveDate>,
    /// Why it was discarded or ended.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$")
    )]
    pub beendet_grund: Option<String>,
}

impl Forderung {
    /// The proposal that waits for a second person.
    pub fn vorschlag(&self) -> Option<&Forderungsentscheidung> {
        self.entscheidungen.iter().find(|e| e.freigegeben_am.is_none() && e.beendet_am.is_none())
    }

    /// The decision that has effect.
    pub fn wirksame(&self) -> Option<&Forderungsentscheidung> {
        self.entscheidungen.iter().find(|e| e.freigegeben_am.is_some() && e.beendet_am.is_none())
    }

    /// Day on which the next part of it is due: under a deferral that of the first instalment that is not covered by what
    /// was paid since, otherwise none but its own due day.
    pub fn naechste_faelligkeit(&self) -> Option<NaiveDate> {
        let stundung = self.wirksame().filter(|e| e.art == Forderungsentscheidungsart::Stundung)?;
        let cent = |b: Euro| b.cent();
        let offen = self.offen().map_or(0, cent);
        // what comes in settles the earliest instalments: the open ones are the last
        let mut danach = stundung.raten.iter().map(|r| cent(r.betrag)).sum::<i64>();
        let naechste = stundung.raten.iter().find(|r| {
            danach -= cent(r.betrag);
            danach < offen
        });
        naechste.or(stundung.raten.last()).map(|r| r.faellig_am)
    }

    /// What is wrong with a decision as the claim stands now: instalments that are not what is open.
    pub(super) fn pruefe_entscheidung(&self, e: &Forderungsentscheidung) -> Vec<Befund> {
        if e.art == Forderungsentscheidungsart::Niederschlagung {
            return Vec::new();
        }
        let summe = Euro::summe(e.raten.iter().map(|r| r.betrag));
        let (Ok(summe), Ok(offen)) = (summe, self.offen()) else { return vec![Befund::neu(&RECHENBEREICH)] };
        let mut befunde = Vec::new();
        if summe != offen || e.raten.iter().any(|r| !r.betrag.ist_positiv()) {
            befunde.push(Befund::neu(&RATEN_SUMME).ort("/raten").betrag("summe", summe, "offen", offen));
        }
        let tage = e.raten.iter().map(|r| r.faellig_am);
        let verkehrt = tage.clone().zip(tage.skip(1)).position(|(a, b)| b <= a);
        befunde.extend(verkehrt.map(|i| {
            Befund::neu(&RATEN_REIHENFOLGE).ort(format!("/raten/{}/faellig_am", i.saturating_add(1))).gemessen(
                "nr",
                i.saturating_add(2),
                Einheit::Anzahl,
            )
        }));
        befunde
    }

    fn vorschlagen(&self, akt: &'static str, neu: Forderungsentscheidung, heute: NaiveDate) -> Urteil<Forderung> {
        let mut befunde = self.pruefe_entscheidung(&neu);
        let erster = neu.raten.first().map(|r| (r.faellig_am, "/raten/0/faellig_am"));
        let letzter = neu.bis.map(|b| (b, "/bis"));
        befunde.extend(erster.or(letzter).filter(|(t, _)| *t < heute).map(|(t, ort)| {
            Befund::neu(&FRIST_VERGANGEN).ort(ort).gemessen("frist", t, Einheit::Datum).erlaubt(
                "fruehestens",
                heute,
                Einheit::Datum,
            )
        }));
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let mut f = self.clone();
        f.entscheidungen.push(neu);
        let typ = if akt == STUNDUNG {
            "forderung.stundung_vorgeschlagen"
        } else {
            "forderung.niederschlagung_vorgeschlagen"
        };
        Ok(Entscheidung::neu(f).ereignis(typ, self.ereignisdaten()))
    }

    /// Proposes a deferral.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `ENTSCHEIDUNG_OFFEN`, `RATEN_SUMME`, `RATEN_REIHENFOLGE`, `FRIST_VERGANGEN`.
    pub fn stunden(&self, e: &Stundung, heute: NaiveDate, akteur: &Akteur) -> Urteil<Forderung> {
        self.frei_fuer(STUNDUNG, akteur)?;
        let neu = Forderungsentscheidung {
            art: Forderungsentscheidungsart::Stundung,
            raten: e.raten.clone(),
            bis: e.raten.last().map(|r| r.faellig_am),
            ..Forderungsentscheidung::vorschlag_von(akteur, heute, &e.grund)
        };
        self.vorschlagen(STUNDUNG, neu, heute)
    }

    /// Proposes not to pursue the claim.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `ENTSCHEIDUNG_OFFEN`, `FRIST_VERGANGEN`.
    pub fn niederschlagen(&self, e: &Niederschlagung, heute: NaiveDate, akteur: &Akteur) -> Urteil<Forderung> {
        self.frei_fuer(NIEDERSCHLAGUNG, akteur)?;
        let neu =
            Forderungsentscheidung { bis: e.bis, ..Forderungsentscheidung::vorschlag_von(akteur, heute, &e.grund) };
        self.vorschlagen(NIEDERSCHLAGUNG, neu, heute)
    }

    /// Releases the proposal; a decision before it ends.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN`, `KEINE_ENTSCHEIDUNG_OFFEN`, `RATEN_SUMME` where something was paid
    /// since, `PARAMETER_FEHLT`.
    pub fn freigeben(&self, regelwerk: &Regelwerk, heute: NaiveDate, akteur: &Akteur) -> Urteil<Forderung> {
        self.frei_fuer(FREIGABE, akteur)?;
        let mut neu = self.clone();
        for e in &mut neu.entscheidungen {
            if e.freigegeben_am.is_some() && e.beendet_am.is_none() {
                e.beendet_am = Some(heute);
                e.beendet_grund = Some("Durch eine neue Entscheidung ersetzt.".to_owned());
            } else if e.beendet_am.is_none() {
                e.freigegeben_am = Some(heute);
                e.freigegeben_von = Some(akteur.person.clone());
            }
        }
        neu.neu_verjaehrt(regelwerk, "forderung.entschieden")
    }

    /// Discards the proposal.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `KEINE_ENTSCHEIDUNG_OFFEN`.
    pub fn verwerfen(&self, e: &Handlungsgrund, heute: NaiveDate, akteur: &Akteur) -> Urteil<Forderung> {
        self.frei_fuer(VERWERFUNG, akteur)?;
        let mut neu = self.clone();
        for v in neu.entscheidungen.iter_mut().filter(|v| v.freigegeben_am.is_none() && v.beendet_am.is_none()) {
            v.beendet_am = Some(heute);
            v.beendet_grund = Some(e.grund.clone());
        }
        Ok(Entscheidung::neu(neu).ereignis("forderung.vorschlag_verworfen", self.ereignisdaten()))
    }

    /// Ends a deferral, because an instalment was missed, or a write-off, because there is something to get.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `PARAMETER_FEHLT`.
    pub fn wieder_aufnehmen(
        &self,
        e: &Handlungsgrund,
        regelwerk: &Regelwerk,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Forderung> {
        self.frei_fuer(WIEDERAUFNAHME, akteur)?;
        let mut neu = self.clone();
        for v in neu.entscheidungen.iter_mut().filter(|v| v.freigegeben_am.is_some() && v.beendet_am.is_none()) {
            v.beendet_am = Some(heute);
            v.beendet_grund = Some(e.grund.clone());
        }
        neu.neu_verjaehrt(regelwerk, "forderung.wiederaufgenommen")
    }

    /// With the day of limitation that follows from its deferrals.
    fn neu_verjaehrt(mut self, regelwerk: &Regelwerk, typ: &'static str) -> Urteil<Forderung> {
        self.verjaehrung_am = self.verjaehrung(regelwerk).map_err(|b| vec![b])?;
        let (frist, daten) = (self.verjaehrungsfrist(), self.ereignisdaten());
        Ok(Entscheidung::neu(self).frist(frist).ereignis(typ, daten))
    }
}

impl Forderungsentscheidung {
    fn vorschlag_von(akteur: &Akteur, heute: NaiveDate, grund: &str) -> Self {
        Forderungsentscheidung {
            art: Forderungsentscheidungsart::Niederschlagung,
            raten: Vec::new(),
            bis: None,
            grund: grund.to_owned(),
            vorgeschlagen_von: akteur.person.clone(),
            vorgeschlagen_am: heute,
            freigegeben_von: None,
            freigegeben_am: None,
            beendet_am: None,
            beendet_grund: None,
        }
    }
}
