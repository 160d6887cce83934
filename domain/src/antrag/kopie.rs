//! A draft made of an application of another Jahrgang, and the list of what was not carried over as it was, and why.

use super::{Antrag, AntragStatus, Antragsinhalt, MassnahmeMitPlan};
use crate::gebietskoerperschaft::stichtag;
use crate::katalog::{Katalogstand, name};
use crate::massnahme::{Massnahme, Massnahmedetails, Traegerstand, Zielgruppencode};
use crate::regelwerk::{Parameter, Regelwerk};
use crate::zeit::Zeitraum;
use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
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
        /// The draft is for an earlier Jahrgang than what it is made of.
        FruehererJahrgang = "FRUEHERER_JAHRGANG",
        /// February of one of the two years has a day more: the moved day may be meant as the last of the month.
        Schalttag = "SCHALTTAG",
        /// Because of a leap day the period has another number of days; amounts stay.
        DauerAnders = "DAUER_ANDERS",
        /// The rules of the other Jahrgang say something else.
        RegelwerkAnders = "REGELWERK_ANDERS",
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
    /// The rules the application was made under, and those of the draft's Jahrgang.
    pub regelwerke: (Regelwerk, Regelwerk),
}

/// Last day of a month.
fn monatsende(t: NaiveDate) -> bool {
    t.succ_opt().is_some_and(|m| m.month() != t.month())
}

fn tage(z: &Zeitraum) -> i64 {
    z.bis.signed_duration_since(z.von).num_days().saturating_add(1)
}

/// A value as it is named in a hint.
fn wert(p: Option<&Parameter>) -> String {
    p.map_or_else(|| "–".to_owned(), |p| p.wert.clone().unwrap_or_else(|| p.art.to_string()))
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
        if neu != alt {
            let februar = alt.month() == 2 && monatsende(alt);
            let schalttag = februar && (alt.day() != neu.day() || !monatsende(neu));
            let grund = if schalttag { Kopiergrund::Schalttag } else { Kopiergrund::DatumVerschoben };
            self.hinweis(feld, grund, alt, Some(neu.to_string()));
        }
        neu
    }

    /// A period, with a hint where a leap day makes it longer or shorter.
    fn zeitraum(&mut self, ort: &str, (von, bis): (&str, &str), alt: &Zeitraum) -> Zeitraum {
        let neu =
            Zeitraum { von: self.tag(format!("{ort}/{von}"), alt.von), bis: self.tag(format!("{ort}/{bis}"), alt.bis) };
        if tage(alt) != tage(&neu) {
            self.hinweis(format!("{ort}/dauer"), Kopiergrund::DauerAnders, tage(alt), Some(tage(&neu).to_string()));
        }
        neu
    }

    /// What differs between both Jahrgaenge whatever the application says: their order and their rules.
    fn jahrgaenge(&mut self, alt: i32) {
        let neu = self.fakten.jahrgang;
        if neu < alt {
            self.hinweis("/jahrgang".into(), Kopiergrund::FruehererJahrgang, alt, Some(neu.to_string()));
        }
        let (hier, dort) = &self.fakten.regelwerke;
        if hier.version != dort.version {
            let version = Some(dort.version.clone());
            self.hinweis("/regelwerk".into(), Kopiergrund::RegelwerkAnders, &hier.version, version);
        }
        let schluessel: BTreeSet<&String> =
            hier.parameter.iter().chain(&dort.parameter).map(|p| &p.schluessel).collect();
        for s in schluessel {
            let (bisher, neu) = (wert(hier.zeile(s, stichtag(alt))), wert(dort.zeile(s, stichtag(neu))));
            if bisher != neu {
                self.hinweis(format!("/regelwerk/parameter/{s}"), Kopiergrund::RegelwerkAnders, bisher, Some(neu));
            }
        }
    }

    fn inhalt(&mut self, i: &Antragsinhalt) -> Antragsinhalt {
        let zeitraum = i.bewilligungszeitraum.map(|z| self.zeitraum("/bewilligungszeitraum", ("von", "bis"), &z));
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
        let bisher = Zeitraum { von: i.beginn, bis: i.ende };
        let laufzeit = self.zeitraum(&format!("/massnahmen/{nr}"), ("beginn", "ende"), &bisher);
        (i.beginn, i.ende) = (laufzeit.von, laufzeit.bis);
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
        for hj in plan.haushaltsjahre().into_iter().filter(|_| jahre != 0) {
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
        k.jahrgaenge(self.jahrgang);
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
    use crate::regelwerk::{he_alt, he_neu};
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
            regelwerke: (he_alt(), he_alt()),
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

    /// Calendar: what a leap day does to a moved day and to the length of a measure is named, in both directions.
    #[test]
    fn schalttage_werden_genannt() {
        use Kopiergrund::{DatumVerschoben as V, Schalttag as S};
        for (von, nach, beginn, ende, soll, gruende, dauer) in [
            (2028, 2029, (2, 29), (12, 31), ("2029-02-28", "2029-12-31"), (S, V), None),
            (2028, 2029, (1, 1), (12, 31), ("2029-01-01", "2029-12-31"), (V, V), Some(("366", "365"))),
            (2028, 2029, (1, 1), (2, 29), ("2029-01-01", "2029-02-28"), (V, S), Some(("60", "59"))),
            (2027, 2028, (1, 1), (12, 31), ("2028-01-01", "2028-12-31"), (V, V), Some(("365", "366"))),
            (2027, 2028, (1, 1), (2, 28), ("2028-01-01", "2028-02-28"), (V, S), None),
            (2027, 2028, (3, 1), (12, 31), ("2028-03-01", "2028-12-31"), (V, V), None),
            (2028, 2032, (2, 29), (12, 31), ("2032-02-29", "2032-12-31"), (V, V), None),
            (2026, 2027, (1, 1), (12, 31), ("2027-01-01", "2027-12-31"), (V, V), None),
            (2029, 2028, (1, 1), (12, 31), ("2028-01-01", "2028-12-31"), (V, V), Some(("365", "366"))),
        ] {
            let mut a = vorlage();
            a.jahrgang = von;
            let m = &mut a.massnahmen[0].massnahme.inhalt;
            (m.beginn, m.ende) = (tag(von, beginn.0, beginn.1), tag(von, ende.0, ende.1));
            let (neu, h) = kopie(&a, &fakten(&a, nach));
            let m = &neu.massnahmen[0].massnahme.inhalt;
            let fall = format!("{von} → {nach}, {beginn:?}");
            assert_eq!((m.beginn.to_string().as_str(), m.ende.to_string().as_str()), soll, "{fall}");
            let bei = |feld: &str| h.iter().find(|h| h.feld == format!("/massnahmen/M01/{feld}"));
            assert_eq!((bei("beginn").unwrap().grund, bei("ende").unwrap().grund), gruende, "{fall}");
            let gefunden = bei("dauer").map(|h| (h.bisher.as_str(), h.neu.as_deref().unwrap()));
            assert_eq!(gefunden, dauer, "{fall}");
            assert!(bei("dauer").is_none_or(|h| h.grund == Kopiergrund::DauerAnders), "{fall}");
        }
    }

    /// A clerk who copies backwards, or from under other rules, reads that first.
    #[test]
    fn frueherer_jahrgang_und_andere_regeln_werden_genannt() {
        let a = vorlage();
        let erste = |h: &[Kopierhinweis]| h.first().map(|h| (h.feld.clone(), h.grund, h.bisher.clone(), h.neu.clone()));
        let (_, h) = kopie(&a, &fakten(&a, 2025));
        let soll = ("/jahrgang".to_owned(), Kopiergrund::FruehererJahrgang, "2026".to_owned(), Some("2025".to_owned()));
        assert_eq!(erste(&h), Some(soll));
        let (_, h) = kopie(&a, &fakten(&a, 2027));
        assert_eq!(
            (felder(&h, Kopiergrund::FruehererJahrgang), felder(&h, Kopiergrund::RegelwerkAnders)),
            (vec![], vec![])
        );
        // the same Regelwerk with another value from a day between both Jahrgaenge
        let mut f = fakten(&a, 2027);
        let mut p = he_alt().zeile("bagatellgrenze", tag(2026, 1, 1)).unwrap().clone();
        (p.gueltig_ab, p.wert) = (tag(2026, 7, 1), Some("750.00".into()));
        f.regelwerke.0.parameter.push(p.clone());
        f.regelwerke.1.parameter.push(p);
        let (_, h) = kopie(&a, &f);
        assert_eq!(felder(&h, Kopiergrund::RegelwerkAnders), ["/regelwerk/parameter/bagatellgrenze"]);
        assert_eq!(h[0].neu.as_deref(), Some("750.00"));
        let (_, h) = kopie(&a, &Kopierfakten { regelwerke: (he_alt(), he_neu()), ..fakten(&a, 2027) });
        let anders = felder(&h, Kopiergrund::RegelwerkAnders);
        assert_eq!(anders[0], "/regelwerk");
        assert!(anders.contains(&"/regelwerk/parameter/abschlussdokument_gk"), "{anders:?}");
        let unbekannt = h.iter().find(|h| h.feld == "/regelwerk/parameter/finanzierungsart").unwrap();
        assert_eq!(unbekannt.neu.as_deref(), Some("UNBEKANNT"));
    }

    /// Within one Jahrgang nothing moves, and nothing is said to.
    #[test]
    fn im_selben_jahrgang_verschiebt_sich_nichts() {
        let a = vorlage();
        let (neu, h) = kopie(&a, &fakten(&a, a.jahrgang));
        assert_eq!(neu.massnahmen[0].massnahme.inhalt.beginn, a.massnahmen[0].massnahme.inhalt.beginn);
        assert_eq!(felder(&h, Kopiergrund::DatumVerschoben), Vec::<&str>::new());
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
