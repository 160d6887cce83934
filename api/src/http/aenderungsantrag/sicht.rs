//! An application for a change as callers see it, and the comparison of its two states.

use crate::app::aenderungsantrag as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::problem::BefundView;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::aenderungsantrag::{
    Aenderungsantrag, AenderungsantragStatus, Aenderungsart, Aenderungsfakten, Aenderungsinhalt, Bewilligungsstand,
    Erstattung, Feldkonflikt, Feldunterschied, Folgen, Folgeposten, Grundlage, Summenvergleich, Weg, Zeilenvergleich,
    alle_folgen, vergleiche,
};
use aqb_domain::akt::Rueckgabe;
use aqb_domain::antrag::MassnahmeMitPlan;
use aqb_domain::bescheid::Fristfolge;
use aqb_domain::detailplanung::Detailplanung;
use aqb_domain::geld::Euro;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::massnahme::Massnahmeninhalt;
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::Zeitraum;
use aqb_persistence::DbConn;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A measure of a granted state.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Standmassnahme)]
pub struct StandmassnahmeView {
    /// Id.
    pub id: Uuid,
    /// Number within the case.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Kind.
    pub massnahmeart: Massnahmeart,
    /// State funds of its plan.
    pub landesmittel: Euro,
    /// Content.
    pub inhalt: Massnahmeninhalt,
    /// Detailplanung, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detailplanung: Option<Detailplanung>,
}

impl StandmassnahmeView {
    /// Renders a measure.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn aus(m: &MassnahmeMitPlan) -> Ergebnis<Self> {
        Ok(StandmassnahmeView {
            id: m.massnahme.id,
            massnahme_nr: m.massnahme.massnahme_nr.clone(),
            massnahmeart: m.massnahme.massnahmeart(),
            landesmittel: m.massnahme.inhalt.finanzierungsplan.land()?,
            inhalt: m.massnahme.inhalt.clone(),
            detailplanung: m.detailplanung.clone(),
        })
    }
}

/// Everything that is granted in a case, or would be.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Bewilligungsstand)]
pub struct StandView {
    /// Period in which costs count.
    pub bewilligungszeitraum: Zeitraum,
    /// State funds in all.
    pub landesmittel: Euro,
    /// Measures in order of their numbers.
    pub massnahmen: Vec<StandmassnahmeView>,
}

impl StandView {
    fn aus(s: &Bewilligungsstand) -> Ergebnis<Self> {
        let massnahmen: Vec<StandmassnahmeView> =
            s.massnahmen.iter().map(StandmassnahmeView::aus).collect::<Ergebnis<_>>()?;
        Ok(StandView {
            bewilligungszeitraum: s.bewilligungszeitraum,
            landesmittel: Euro::summe(massnahmen.iter().map(|m| m.landesmittel))?,
            massnahmen,
        })
    }
}

/// An application for a change of a grant.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Aenderungsantrag)]
pub struct AenderungsantragView {
    /// Id.
    pub id: Uuid,
    /// Application whose grant changes.
    pub antrag_id: Uuid,
    /// File reference of that application.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Applicant.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// State.
    pub status: AenderungsantragStatus,
    /// The form.
    pub inhalt: Aenderungsinhalt,
    /// What it builds on.
    pub grundlage: Grundlage,
    /// The granted state when it was begun or brought up to date.
    pub stand: StandView,
    /// The state that is applied for.
    pub neuer_stand: StandView,
    /// Fields that both this draft and another change touched and about which nothing was decided; as in the comparison.
    pub konflikte: Vec<Feldkonflikt>,
    /// Notice or decision; set by the filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub weg: Option<Weg>,
    /// Moment of the last filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<Moment>,
    /// Legal day of the last filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingangsdatum: Option<NaiveDate>,
    /// SHA-256 of what was filed: form, base and new state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9a-f]{64}$")]
    pub sha256: Option<String>,
    /// Who began it.
    pub erstellt_von: String,
    /// Who examines it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub in_pruefung_durch: Option<String>,
    /// Why it is a draft again, until it is filed anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rueckgabe: Option<Rueckgabe>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruecknahmegrund: Option<String>,
    /// The change that came into effect first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ueberholt_durch: Option<Uuid>,
    /// Bescheid that decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bescheid_id: Option<Uuid>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Begun.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl AenderungsantragView {
    pub(crate) fn aus(v: &Versioniert<Aenderungsantrag>, konflikte: Vec<Feldkonflikt>) -> Ergebnis<Self> {
        let a = v.wert.clone();
        // which Bescheid is drafted shows only once it is issued
        let entschieden = matches!(a.status, AenderungsantragStatus::Bewilligt | AenderungsantragStatus::Abgelehnt);
        Ok(AenderungsantragView {
            id: a.id,
            antrag_id: a.antrag_id,
            aktenzeichen: a.aktenzeichen,
            jahrgang: a.jahrgang,
            kreisschluessel: a.kreisschluessel,
            regelwerk: a.regelwerk,
            status: a.status,
            inhalt: a.inhalt,
            grundlage: a.grundlage,
            stand: StandView::aus(&a.stand)?,
            neuer_stand: StandView::aus(&a.neuer_stand)?,
            konflikte,
            weg: a.weg,
            eingereicht_am: a.eingereicht_am.map(Moment),
            eingangsdatum: a.eingangsdatum,
            sha256: a.sha256,
            erstellt_von: a.erstellt_von,
            in_pruefung_durch: a.in_pruefung_durch,
            rueckgabe: a.rueckgabe,
            ruecknahmegrund: a.ruecknahmegrund,
            ueberholt_durch: a.ueberholt_durch,
            bescheid_id: a.bescheid_id.filter(|_| entschieden),
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    /// The answer of an operation on one.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn antwort(c: &mut DbConn, v: &Versioniert<Aenderungsantrag>) -> Ergebnis<Antwort> {
        let konflikte = app::konflikte(c, &v.wert)?;
        Ok(Antwort::gut(&AenderungsantragView::aus(v, konflikte)?)?.version(v.version))
    }
}

/// A change in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AenderungsantragKopf)]
pub struct KopfView {
    /// Id.
    pub id: Uuid,
    /// Application whose grant changes.
    pub antrag_id: Uuid,
    /// File reference of that application.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Applicant.
    #[schema(examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: AenderungsantragStatus,
    /// What it is about.
    pub aenderungsarten: Vec<Aenderungsart>,
    /// Notice or decision; set by the filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub weg: Option<Weg>,
    /// Moment of the last filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<Moment>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Begun.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl KopfView {
    /// Renders one.
    pub fn aus(v: &Versioniert<Aenderungsantrag>) -> Self {
        let a = v.wert.clone();
        KopfView {
            id: a.id,
            antrag_id: a.antrag_id,
            aktenzeichen: a.aktenzeichen,
            jahrgang: a.jahrgang,
            kreisschluessel: a.kreisschluessel,
            status: a.status,
            aenderungsarten: a.inhalt.aenderungsarten,
            weg: a.weg,
            eingereicht_am: a.eingereicht_am.map(Moment),
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }
}

seite!(
    /// A page of changes.
    AenderungsantragSeite, KopfView
);

/// What follows from a change: the money, compared with what is granted now, and the deadlines.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AenderungFolgen)]
pub struct FolgenView {
    /// Every place with money before or after.
    pub posten: Vec<Folgeposten>,
    /// The claim for repayment, where the change asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub erstattung: Option<Erstattung>,
    /// Deadlines that the Bescheid about the change would set, move or take away when it is notified; those that stay
    /// are left out.
    pub fristen: Vec<Fristfolge>,
    /// What stands in the way.
    pub befunde: Vec<BefundView>,
}

impl FolgenView {
    /// Renders what follows from a change.
    pub fn aus(f: &Folgen, sprache: Sprache) -> Self {
        FolgenView {
            posten: f.posten.clone(),
            erstattung: f.erstattung.clone(),
            fristen: f.fristen.clone(),
            befunde: f.befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
        }
    }
}

/// What the rules say about a change, and what follows from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AenderungPruefbericht {
    /// No finding blocks; warnings may need confirmation.
    pub einreichbar: bool,
    /// Regelwerk whose parameters were used.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// Legal day of the check.
    pub stand: NaiveDate,
    /// All findings in a fixed order.
    pub befunde: Vec<BefundView>,
    /// What follows from it.
    pub folgen: FolgenView,
}

/// The granted state and the one applied for, compared; what follows from the change.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AenderungVergleich)]
pub struct VergleichView {
    /// Kinds of change the comparison finds; the form must declare exactly these.
    pub aenderungsarten: Vec<Aenderungsart>,
    /// Notice or decision.
    pub weg: Weg,
    /// Why: what makes it a decision, or that it stays within the limit of a notice.
    pub weg_gruende: Vec<BefundView>,
    /// Fields that differ, lines of plans left out.
    pub felder: Vec<Feldunterschied>,
    /// Every line of every plan before and after.
    pub zeilen: Vec<Zeilenvergleich>,
    /// Sums: everything, per Haushaltsjahr, per Teilbudget and Haushaltsjahr.
    pub summen: Vec<Summenvergleich>,
    /// What follows from it.
    pub folgen: FolgenView,
    /// The base moved: the draft must be brought up to date before it can be filed.
    pub grundlage_veraltet: bool,
    /// Fields that both this draft and another change touched.
    pub konflikte: Vec<Feldkonflikt>,
}

impl VergleichView {
    /// Compares the states of a change under the facts of now.
    ///
    /// # Errors
    /// A parameter or a sum that is missing.
    pub fn aus(
        a: &Aenderungsantrag,
        f: &Aenderungsfakten,
        konflikte: Vec<Feldkonflikt>,
        sprache: Sprache,
    ) -> Ergebnis<Self> {
        let worte = |b: &[aqb_domain::befund::Befund]| b.iter().map(|b| BefundView::aus(b, sprache)).collect();
        let v = vergleiche(&a.stand, &a.neuer_stand)?;
        let (weg, gruende) = a.weg_jetzt(f)?;
        let traeger = |id: &Option<String>| {
            let id: Uuid = id.as_ref()?.parse().ok()?;
            f.regeln.traeger.get(&id).map(|t| t.name.clone())
        };
        let benannt = |u: Feldunterschied| match u.feld.ends_with("/traeger_id") {
            true => Feldunterschied { alt_name: traeger(&u.alt), neu_name: traeger(&u.neu), ..u },
            false => u,
        };
        Ok(VergleichView {
            aenderungsarten: v.arten.into_iter().collect(),
            weg,
            weg_gruende: worte(&gruende),
            felder: v.felder.into_iter().map(benannt).collect(),
            zeilen: v.zeilen,
            summen: v.summen,
            folgen: FolgenView::aus(&alle_folgen(a, f, None), sprache),
            grundlage_veraltet: a.grundlage_bewegt(f),
            konflikte,
        })
    }
}
