//! Views of calls for money.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::problem::BefundView;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::antrag::Bankverbindung;
use aqb_domain::bescheid::Bescheid;
use aqb_domain::geld::Euro;
use aqb_domain::mittelabruf::{
    Abrufende, Anordnung, Bedarfsrechnung, Feststellung, Geldbewegung, Massnahmenstand, Mittelabruf, MittelabrufStatus,
    Mittelabrufinhalt, kassenschluss_am,
};
use aqb_domain::regelwerk::Regelwerk;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A position of a filed call.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Abrufstelle)]
pub struct AbrufstelleView {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the application.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Teilbudget that pays.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Asked for, in euro.
    pub angefordert: Euro,
    /// Found payable, in euro; absent before the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub festgestellt: Option<Euro>,
    /// Paid so far, in euro.
    pub ausgezahlt: Euro,
}

/// What the authority certified as right in substance and figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Feststellung)]
pub struct FeststellungView {
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    pub von: String,
    /// The need check on that day.
    pub bedarfsrechnung: Bedarfsrechnung,
    /// Why amounts differ from what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub begruendung: Option<String>,
}

/// The order of the payment.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Anordnung)]
pub struct AnordnungView {
    /// Legal day.
    pub am: NaiveDate,
    /// Who; not the person who checked.
    pub von: String,
    /// Account that is paid.
    pub bankverbindung: Bankverbindung,
    /// First legal day of this account, where it took the place of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bankverbindung_seit: Option<NaiveDate>,
}

/// A call for granted money.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Mittelabruf)]
pub struct MittelabrufView {
    /// Id.
    pub id: Uuid,
    /// Bescheid that grants the money.
    pub bescheid_id: Uuid,
    /// Application it decided.
    pub antrag_id: Uuid,
    /// File reference of the case.
    pub aktenzeichen: String,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Who calls.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Consecutive number in the case; absent in a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub abruf_nr: Option<i64>,
    /// State.
    pub status: MittelabrufStatus,
    /// What was filled in.
    pub inhalt: Mittelabrufinhalt,
    /// Asked for, in euro.
    pub angefordert: Euro,
    /// Found payable, in euro; absent before the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub festgestellt: Option<Euro>,
    /// Paid, returns taken off, in euro.
    pub ausgezahlt: Euro,
    /// Positions since the filing.
    pub stellen: Vec<AbrufstelleView>,
    /// Who began the draft.
    pub erstellt_von: String,
    /// Legal day of the filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<NaiveDate>,
    /// Who filed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_von: Option<String>,
    /// The check.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub feststellung: Option<FeststellungView>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anordnung: Option<AnordnungView>,
    /// Movements of money in the order of their reports.
    pub geldbewegungen: Vec<Geldbewegung>,
    /// How it, or what was left of it, ended without a payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ende: Option<Abrufende>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

fn feststellung(f: &Feststellung) -> FeststellungView {
    FeststellungView {
        am: f.am,
        von: f.von.clone(),
        bedarfsrechnung: f.bedarfsrechnung.clone(),
        begruendung: f.begruendung.clone(),
    }
}

fn anordnung(a: &Anordnung) -> AnordnungView {
    AnordnungView {
        am: a.am,
        von: a.von.clone(),
        bankverbindung: a.bankverbindung.clone(),
        bankverbindung_seit: a.bankverbindung_seit,
    }
}

impl MittelabrufView {
    /// Renders a call.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn aus(v: &Versioniert<Mittelabruf>) -> Ergebnis<Self> {
        let m = &v.wert;
        let stellen = m.stellen.iter().map(|s| AbrufstelleView {
            massnahme_id: s.massnahme_id,
            massnahme_nr: s.massnahme_nr.clone(),
            teilbudget: s.teilbudget.clone(),
            angefordert: s.angefordert.0,
            festgestellt: s.festgestellt.map(|f| f.0),
            ausgezahlt: s.ausgezahlt.0,
        });
        Ok(MittelabrufView {
            id: m.id,
            bescheid_id: m.bescheid_id,
            antrag_id: m.antrag_id,
            aktenzeichen: m.aktenzeichen.clone(),
            jahrgang: m.jahrgang,
            kreisschluessel: m.kreisschluessel.clone(),
            abruf_nr: m.abruf_nr,
            status: m.status,
            // a draft may hold sums that no rule has judged yet
            angefordert: m.inhalt.angefordert().unwrap_or_default().0,
            festgestellt: m.festgestellt()?.map(|f| f.0),
            ausgezahlt: m.ausgezahlt()?.0,
            inhalt: m.inhalt.clone(),
            stellen: stellen.collect(),
            erstellt_von: m.erstellt_von.clone(),
            eingereicht_am: m.eingereicht_am,
            eingereicht_von: m.eingereicht_von.clone(),
            feststellung: m.feststellung.as_ref().map(feststellung),
            anordnung: m.anordnung.as_ref().map(anordnung),
            geldbewegungen: m.geldbewegungen.clone(),
            ende: m.ende.clone(),
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    /// Answers with a call and its ETag.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn antwort(v: &Versioniert<Mittelabruf>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&MittelabrufView::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page of calls.
    MittelabrufSeite, MittelabrufView
);

/// What the rules find about a call now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Abrufbericht {
    /// Nothing blocks it; warnings must still be confirmed.
    pub moeglich: bool,
    /// All findings.
    pub befunde: Vec<BefundView>,
    /// The need check; absent where it cannot be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bedarfsrechnung: Option<Bedarfsrechnung>,
}

/// What is left of a grant for one measure in one Haushaltsjahr.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbrufbarZeile {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the application.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Teilbudget that pays.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2110, examples(2026))]
    pub haushaltsjahr: i32,
    /// Granted, in euro.
    pub bewilligt: Euro,
    /// Called, paid included, in euro; what was claimed back is not.
    pub abgerufen: Euro,
    /// Paid out, in euro; what was claimed back is not.
    pub ausgezahlt: Euro,
    /// Granted and not called, in euro.
    pub offen: Euro,
    /// Last day on which calls from this Haushaltsjahr are taken (Kassenschluss).
    pub abrufbar_bis: NaiveDate,
    /// What of it can be called today, in euro: nothing once that day is over.
    pub abrufbar: Euro,
}

/// What is left of a grant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbrufbareMittel {
    /// Bescheid.
    pub bescheid_id: Uuid,
    /// Per measure and Haushaltsjahr, where something is granted.
    pub positionen: Vec<AbrufbarZeile>,
    /// Sum of what can be called today, in euro.
    pub abrufbar: Euro,
}

impl AbrufbareMittel {
    /// Renders what is left of a Bescheid.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn aus(
        b: &Bescheid,
        stand: &BTreeMap<(Uuid, i32), Massnahmenstand>,
        regelwerk: &Regelwerk,
        heute: NaiveDate,
    ) -> Ergebnis<Self> {
        let mut positionen = Vec::new();
        // a change may leave a place of the grant without money: nothing pays there
        for p in b.inhalt.positionen.iter().filter(|p| p.bewilligt.ist_positiv()) {
            let s = stand.get(&(p.massnahme_id, p.haushaltsjahr)).copied().unwrap_or_default();
            let (offen, abrufbar_bis) = (s.abrufbar()?.0, kassenschluss_am(regelwerk, p.haushaltsjahr, heute)?);
            positionen.push(AbrufbarZeile {
                massnahme_id: p.massnahme_id,
                massnahme_nr: p.massnahme_nr.clone(),
                teilbudget: p.teilbudget.clone(),
                haushaltsjahr: p.haushaltsjahr,
                bewilligt: s.bewilligt.0,
                abgerufen: s.abgerufen.0,
                ausgezahlt: s.ausgezahlt.0,
                offen,
                abrufbar_bis,
                abrufbar: if heute <= abrufbar_bis { offen } else { Euro::NULL },
            });
        }
        let abrufbar = Euro::summe(positionen.iter().map(|p| p.abrufbar))?;
        Ok(AbrufbareMittel { bescheid_id: b.id, positionen, abrufbar })
    }
}
