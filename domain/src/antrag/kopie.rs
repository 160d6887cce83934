//! A draft made of an application of another Jahrgang, and the list of what was not carried over as it was, and why.

use super::{Antrag, AntragStatus, Antragsinhalt, MassnahmeMitPlan};
use crate::katalog::{Katalogstand, name};
use crate::massnahme::{Massnahme, Massnahmedetails, Traegerstand, Zielgruppencode};
use crate::zeit::Zeitraum;
use chrono::{Months, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

crate::status! {
    /// Why a value of an application was not carried over as it was.
    Kopiergrund {
        /// The day or Haushaltsjahr was moved by the years between both Jahrgaenge.
        DatumVerschoben = "DATUM_VERSCHOBEN",
        /// The Traeger is retired or unknown.
        TraegerStillgelegt = "TRAEGER_STILLGELEGT",
        /// The code is no longer in the catalogue.
        CodeUngueltig = "CODE_UNGUELTIG",
        /// It is declared anew for every application.
        NeuZuErklaeren = "NEU_ZU_ERKLAEREN",
        /// The account is not certain: a change of it is pending or was stopped.
        BankverbindungUngewiss = "BANKVERBINDUNG_UNGEWISS",
        /// It belongs to the other Jahrgang.
        AndererJahrgang = "ANDERER_JAHRGANG",
        /// The plan names days and persons of the other Jahrgang.
        NeuZuPlanen = "NEU_ZU_PLANEN",
    }
}

/// A value that was not carried over as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Kopierhinweis {
    /// Where, as a pointer; measures by their numbers, lines of a plan by code and Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(examples("/massnahmen/M01/traeger_id")))]
    pub feld: String,
    /// Why.
    pub grund: Kopiergrund,
    /// The value there.
    pub bisher: String,
    /// The value in the draft; absent where it was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub neu: Option<String>,
}

/// What copying needs to know.
#[derive(Debug, Clone)]
pub struct Kopierfakten {
    /// Jahrgang of the draft.
    pub jahrgang: i32,
    /// Valid codes of that Jahrgang.
    pub katalog: Katalogstand,
    /// The Traeger of the measures.
    pub traeger: BTreeMap<Uuid, Traegerstand>,
    /// No change of the bank account is pending, none was stopped.
    pub bankverbindung_gewiss: bool,
}

struct Kopierer<'a> {
    fakten: &'a Kopierfakten,
    monate: i32,
    hinweise: Vec<Kopierhinweis>,
}

impl Kopierer<'_> {
    fn hinweis(&mut self, feld: String, grund: Kopiergrund, bisher: impl ToString, neu: Option<String>) {
        self.hinweise.push(Kopierhinweis { feld, grund, bisher: bisher.to_string(), neu });
    }

    /// Left out.
    fn ohne(&mut self, feld: impl Into<String>, grund: Kopiergrund, bisher: impl ToString) {
        self.hinweis(feld.into(), grund, bisher, None);
    }

    fn tag(&mut self, feld: String, alt: NaiveDate) -> NaiveDate {
        let monate = Months::new(self.monate.unsigned_abs());
        let neu = if self.monate < 0 { alt.checked_sub_months(monate) } else { alt.checked_add_months(monate) };
        let neu = neu.unwrap_or(alt);
        self.hinweis(feld, Kopiergrund::DatumVerschoben, alt, Some(neu.to_string()));
        neu
    }

    fn inhalt(&mut self, i: &Antragsinhalt) -> Antragsinhalt {
        let zeitraum = i.bewilligungszeitraum.map(|z| Zeitraum {
            von: self.tag("/bewilligungszeitraum/von".into(), z.von),
            bis: self.tag("/bewilligungszeitraum/bis".into(), z.bis),
        });
        let bank = i.bankverbindung.clone().filter(|_| self.fakten.bankverbindung_gewiss);
        if let (Some(b), None) = (&i.bankverbindung, &bank) {
            let iban = super::iban_verkuerzt(&b.iban);
            self.ohne("/bankverbindung", Kopiergrund::BankverbindungUngewiss, iban);
        }
        if let Some(z) = i.zielvereinbarung_id {
            self.ohne("/zielvereinbarung_id", Kopiergrund::AndererJahrgang, z);
        }
        if let Some(v) = &i.vorzeitiger_massnahmebeginn {
            let gesagt = if v.beantragt { "beantragt" } else { "nicht beantragt" };
            self.ohne("/vorzeitiger_massnahmebeginn", Kopiergrund::NeuZuErklaeren, gesagt);
        }
        if let Some(m) = &i.andere_oeffentliche_mittel {
            self.ohne("/andere_oeffentliche_mittel", Kopiergrund::AndererJahrgang, m.len());
        }
        if let Some(e) = i.erklaerungen.as_ref().filter(|e| !e.is_empty()) {
            let codes: Vec<&str> = e.iter().map(|c| c.0.as_str()).collect();
            self.ohne("/erklaerungen", Kopiergrund::NeuZuErklaeren, codes.join(" "));
        }
        if let Some(u) = &i.unterzeichner {
            self.ohne("/unterzeichner", Kopiergrund::NeuZuErklaeren, &u.name);
        }
        Antragsinhalt {
            bewilligungszeitraum: zeitraum,
            bankverbindung: bank,
            zielvereinbarung_id: None,
            vorzeitiger_massnahmebeginn: None,
            andere_oeffentliche_mittel: None,
            erklaerungen: None,
            unterzeichner: None,
            ..i.clone()
        }
    }

    fn kennt(&mut self, katalog: &str, code: &str, feld: String) -> bool {
        let gueltig = self.fakten.katalog.kennt(katalog, code);
        if !gueltig {
            self.ohne(feld, Kopiergrund::CodeUngueltig, code);
        }
        gueltig
    }

    /// A measure; none where its Teilbudget is no longer known.
    fn massnahme(&mut self, id: Uuid, alt: &MassnahmeMitPlan) -> Option<MassnahmeMitPlan> {
        let (nr, mut i) = (&alt.massnahme.massnahme_nr, alt.massnahme.inhalt.clone());
        let ort = |feld: &str| format!("/massnahmen/{nr}/{feld}");
        if !self.kennt(name::TEILBUDGETS, &i.teilbudget, ort("teilbudget")) {
            return None;
        }
        i.beginn = self.tag(ort("beginn"), i.beginn);
        i.ende = self.tag(ort("ende"), i.ende);
        if let Some(t) = i.erster_vertragsabschluss_am.take() {
            self.ohne(ort("erster_vertragsabschluss_am"), Kopiergrund::AndererJahrgang, t);
        }
        if i.vergabe.take().is_some() {
            self.ohne(ort("vergabe"), Kopiergrund::AndererJahrgang, "vergabe");
        }
        if let Some(t) = i.traeger_id.filter(|t| !self.fakten.traeger.get(t).is_some_and(|s| s.aktiv)) {
            let name = self.fakten.traeger.get(&t).map_or_else(|| t.to_string(), |s| s.name.clone());
            self.ohne(ort("traeger_id"), Kopiergrund::TraegerStillgelegt, name);
            i.traeger_id = None;
        }
        if let Some(gruppen) = zielgruppen(&mut i.details) {
            gruppen.retain(|z| self.kennt(name::ZIELGRUPPEN, &z.0, format!("{}/{}", ort("details/zielgruppen"), z.0)));
        }
        let plan = &mut i.finanzierungsplan;
        plan.einzelansaetze.retain(|z| {
            let feld = format!("{}/{}/{}", ort("finanzierungsplan/einzelansaetze"), z.position, z.haushaltsjahr);
            self.kennt(name::KOSTENPOSITIONEN, &z.position, feld)
        });
        plan.finanzierung.retain(|z| {
            let feld = format!("{}/{}/{}", ort("finanzierungsplan/finanzierung"), z.quelle, z.haushaltsjahr);
            self.kennt(name::FINANZIERUNGSQUELLEN, &z.quelle, feld)
        });
        let jahre = self.monate / 12;
        for hj in plan.haushaltsjahre() {
            let neu = hj.saturating_add(jahre).to_string();
            self.hinweis(ort("finanzierungsplan/haushaltsjahr"), Kopiergrund::DatumVerschoben, hj, Some(neu));
        }
        for hj in plan.einzelansaetze.iter_mut().map(|z| &mut z.haushaltsjahr) {
            *hj = hj.saturating_add(jahre);
        }
        for hj in plan.finanzierung.iter_mut().map(|z| &mut z.haushaltsjahr) {
            *hj = hj.saturating_add(jahre);
        }
        if alt.detailplanung.is_some() {
            self.ohne(ort("detailplanung"), Kopiergrund::NeuZuPlanen, "detailplanung");
        }
        let massnahme = Massnahme { id, massnahme_nr: nr.clone(), inhalt: i };
        Some(MassnahmeMitPlan { massnahme, detailplanung: None })
    }
}

fn zielgruppen(d: &mut Massnahmedetails) -> Option<&mut Vec<Zielgruppencode>> {
    match d {
        Massnahmedetails::Ausbildungsvorbereitung(d) => Some(&mut d.zielgruppen),
        Massnahmedetails::AusbildungUndCoaching(d) => Some(&mut d.zielgruppen),
        Massnahmedetails::Qualifizierungsprojekt(d) => Some(&mut d.zielgruppen),
        Massnahmedetails::WeiterbildungUndWissenschaft(_) => None,
    }
}

impl Antrag {
    /// The empty draft `leer` filled with the values of this application that a Jahrgang can take over from another, and
    /// the list of the others. Days move by the years between both; amounts stay. `ids` are those of the new measures.
    pub fn kopiere(&self, leer: &Antrag, ids: &[Uuid], fakten: &Kopierfakten) -> (Antrag, Vec<Kopierhinweis>) {
        debug_assert_eq!(leer.status, AntragStatus::Entwurf);
        let monate = fakten.jahrgang.saturating_sub(self.jahrgang).saturating_mul(12);
        let mut k = Kopierer { fakten, monate, hinweise: Vec::new() };
        let inhalt = k.inhalt(&self.inhalt);
        let massnahmen = self.massnahmen.iter().zip(ids).filter_map(|(m, id)| k.massnahme(*id, m)).collect();
        (Antrag { inhalt, massnahmen, ..leer.clone() }, k.hinweise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::antrag::muster;
    use crate::katalog::Massnahmeart;
    use crate::zeit::tag;

    fn vorlage() -> Antrag {
        let m = muster::mit_plan(muster::massnahme("M01", Massnahmeart::Ausbildungsvorbereitung));
        let mut a = muster::antrag();
        a.massnahmen = vec![m];
        a
    }

    fn fakten(a: &Antrag, jahrgang: i32) -> Kopierfakten {
        let stand = Traegerstand { aktiv: true, name: "Bildungswerk".into() };
        let traeger = a.massnahmen.iter().filter_map(|m| m.massnahme.inhalt.traeger_id).map(|t| (t, stand.clone()));
        Kopierfakten {
            jahrgang,
            katalog: Katalogstand::anfang(),
            traeger: traeger.collect(),
            bankverbindung_gewiss: true,
        }
    }

    fn felder(h: &[Kopierhinweis], grund: Kopiergrund) -> Vec<&str> {
        h.iter().filter(|h| h.grund == grund).map(|h| h.feld.as_str()).collect()
    }

    fn kopie(a: &Antrag, f: &Kopierfakten) -> (Antrag, Vec<Kopierhinweis>) {
        let leer = Antrag {
            id: Uuid::from_u128(900),
            jahrgang: f.jahrgang,
            inhalt: Antragsinhalt::default(),
            massnahmen: Vec::new(),
            status: AntragStatus::Entwurf,
            ..a.clone()
        };
        a.kopiere(&leer, &[Uuid::from_u128(901), Uuid::from_u128(902)], f)
    }

    #[test]
    fn tage_wandern_mit_dem_jahrgang_und_betraege_bleiben() {
        let a = vorlage();
        let (neu, h) = kopie(&a, &fakten(&a, a.jahrgang + 2));
        let (alt, m) = (&a.massnahmen[0].massnahme, &neu.massnahmen[0].massnahme);
        assert_eq!((m.id, &m.massnahme_nr), (Uuid::from_u128(901), &alt.massnahme_nr));
        let zwei = |t: NaiveDate| t.checked_add_months(Months::new(24)).unwrap();
        assert_eq!((m.inhalt.beginn, m.inhalt.ende), (zwei(alt.inhalt.beginn), zwei(alt.inhalt.ende)));
        let plan = |m: &Massnahme| m.inhalt.finanzierungsplan.land_je_jahr().unwrap();
        let verschoben: BTreeMap<i32, _> = plan(alt).into_iter().map(|(j, b)| (j + 2, b)).collect();
        assert_eq!(plan(m), verschoben);
        for feld in ["/erklaerungen", "/unterzeichner"] {
            assert!(felder(&h, Kopiergrund::NeuZuErklaeren).contains(&feld), "{feld}: {h:?}");
        }
        assert_eq!((neu.inhalt.erklaerungen, neu.inhalt.unterzeichner), (None, None));
        assert_eq!(felder(&h, Kopiergrund::NeuZuPlanen), ["/massnahmen/M01/detailplanung"]);
        assert!(neu.massnahmen[0].detailplanung.is_none());
        assert_eq!(neu.inhalt.bankverbindung, a.inhalt.bankverbindung);
    }

    #[test]
    fn der_schalttag_wird_der_letzte_februar() {
        let mut a = vorlage();
        a.jahrgang = 2028;
        a.massnahmen[0].massnahme.inhalt.beginn = tag(2028, 2, 29);
        let (neu, _) = kopie(&a, &fakten(&a, 2029));
        assert_eq!(neu.massnahmen[0].massnahme.inhalt.beginn, tag(2029, 2, 28));
    }

    #[test]
    fn was_nicht_mehr_gilt_bleibt_weg_und_wird_genannt() {
        let mut a = vorlage();
        a.massnahmen[0].massnahme.inhalt.traeger_id = Some(Uuid::from_u128(77));
        let mut f = fakten(&a, a.jahrgang + 1);
        f.traeger.insert(Uuid::from_u128(77), Traegerstand { aktiv: false, name: "Verein".into() });
        f.bankverbindung_gewiss = false;
        let m = &mut a.massnahmen[0].massnahme.inhalt;
        m.finanzierungsplan.einzelansaetze[0].position = "POSITION_VON_FRUEHER".into();
        zielgruppen(&mut m.details).unwrap().push(Zielgruppencode("GRUPPE_VON_FRUEHER".into()));
        let anzahl = m.finanzierungsplan.einzelansaetze.len();
        let (neu, h) = kopie(&a, &f);
        let i = &neu.massnahmen[0].massnahme.inhalt;
        assert_eq!((i.traeger_id, i.finanzierungsplan.einzelansaetze.len()), (None, anzahl - 1));
        assert_eq!(felder(&h, Kopiergrund::TraegerStillgelegt), ["/massnahmen/M01/traeger_id"]);
        assert_eq!(felder(&h, Kopiergrund::CodeUngueltig).len(), 2, "{h:?}");
        assert_eq!(felder(&h, Kopiergrund::BankverbindungUngewiss), ["/bankverbindung"]);
        assert_eq!(neu.inhalt.bankverbindung, None);
        // a measure of a Teilbudget that is gone is not carried over at all
        a.massnahmen[0].massnahme.inhalt.teilbudget = "TOPF_VON_FRUEHER".into();
        let (neu, h) = kopie(&a, &f);
        assert!(neu.massnahmen.is_empty());
        assert_eq!(felder(&h, Kopiergrund::CodeUngueltig), ["/massnahmen/M01/teilbudget"]);
    }
}
