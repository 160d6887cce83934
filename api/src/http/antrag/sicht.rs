//! An application as callers see it.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::problem::BefundView;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::antrag::{Antrag, AntragStatus, Antragsinhalt, Nachforderung, Nachforderungsposten};
use aqb_domain::finanzierungsplan::Finanzierungsplan;
use aqb_domain::geld::Euro;
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An application.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Antrag)]
pub struct AntragView {
    /// Id.
    pub id: Uuid,
    /// File reference people quote; set when it is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    pub jahrgang: i32,
    /// Applicant.
    #[schema(examples("06440"))]
    pub kreisschluessel: String,
    /// State.
    pub status: AntragStatus,
    /// The form.
    pub inhalt: Antragsinhalt,
    /// Sum of the measures' plans, computed by the server.
    pub finanzierungsplan: Finanzierungsplan,
    /// State funds requested: sum of LAND_AQB over all measures.
    pub beantragte_zuwendung: Euro,
    /// Number of measures.
    #[schema(minimum = 0, maximum = 10000)]
    pub anzahl_massnahmen: i32,
    /// Regelwerk the case pinned when it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("HE-ALT"))]
    pub regelwerk: Option<String>,
    /// Moment of receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<Moment>,
    /// Legal day of receipt; decides deadlines.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingangsdatum: Option<NaiveDate>,
    /// Last day of the application period as it stood at the filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("2026-03-31"))]
    pub antragsfrist: Option<NaiveDate>,
    /// It was filed after the application period; the authority decides what follows.
    pub frist_versaeumt: bool,
    /// Days by which it was late; absent when it was in time or is not filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 100_000, examples(1))]
    pub tage_versaeumt: Option<i64>,
    /// Who examines it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub in_pruefung_durch: Option<String>,
    /// What the authority asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nachforderung: Option<NachforderungView>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruecknahmegrund: Option<String>,
    /// Version of the record; measures and plans count with it.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

/// A request for completion.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NachforderungStand)]
pub struct NachforderungView {
    /// What is asked for.
    pub posten: Vec<Nachforderungsposten>,
    /// Last day for the answer.
    pub frist: NaiveDate,
    /// Who asked.
    pub gestellt_von: String,
    /// When it was asked.
    pub gestellt_am: Moment,
    /// When it was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub beantwortet_am: Option<Moment>,
    /// When the authority withdrew it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zurueckgenommen_am: Option<Moment>,
    /// Why the authority withdrew it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruecknahmegrund: Option<String>,
}

impl NachforderungView {
    fn aus(n: Nachforderung) -> Self {
        NachforderungView {
            posten: n.posten,
            frist: n.frist,
            gestellt_von: n.gestellt_von,
            gestellt_am: n.gestellt_am.into(),
            beantwortet_am: n.beantwortet_am.map(Moment),
            zurueckgenommen_am: n.zurueckgenommen_am.map(Moment),
            ruecknahmegrund: n.ruecknahmegrund,
        }
    }
}

impl AntragView {
    pub(crate) fn aus(v: &Versioniert<Antrag>) -> Ergebnis<Self> {
        let a = v.wert.clone();
        Ok(AntragView {
            id: a.id,
            finanzierungsplan: a.gesamtplan()?,
            beantragte_zuwendung: a.beantragt()?,
            frist_versaeumt: a.tage_versaeumt().is_some(),
            tage_versaeumt: a.tage_versaeumt(),
            anzahl_massnahmen: i32::try_from(a.massnahmen.len()).unwrap_or(i32::MAX),
            aktenzeichen: a.aktenzeichen,
            jahrgang: a.jahrgang,
            kreisschluessel: a.kreisschluessel,
            status: a.status,
            inhalt: a.inhalt,
            regelwerk: a.regelwerk,
            eingereicht_am: a.eingereicht_am.map(Moment),
            eingangsdatum: a.eingangsdatum,
            antragsfrist: a.antragsfrist,
            in_pruefung_durch: a.in_pruefung_durch,
            nachforderung: a.nachforderung.map(NachforderungView::aus),
            ruecknahmegrund: a.ruecknahmegrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    /// The answer of an operation on one application.
    ///
    /// # Errors
    /// A sum outside the range of amounts.
    pub fn antwort(v: &Versioniert<Antrag>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&AntragView::aus(v)?)?.version(v.version))
    }
}

/// A line of the list of applications.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AntragKopf {
    /// Id.
    pub id: Uuid,
    /// File reference; set when it is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aktenzeichen: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    pub jahrgang: i32,
    /// Applicant.
    pub kreisschluessel: String,
    /// State.
    pub status: AntragStatus,
    /// State funds requested.
    pub beantragte_zuwendung: Euro,
    /// Moment of receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub eingereicht_am: Option<Moment>,
    /// It was filed after the application period.
    pub frist_versaeumt: bool,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

seite!(
    /// A page of applications.
    AntragSeite, AntragKopf
);

/// What the rules say.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Pruefbericht {
    /// No finding blocks; warnings may need confirmation.
    pub einreichbar: bool,
    /// Regelwerk whose parameters were used.
    pub regelwerk: String,
    /// Legal day of the check.
    pub stand: NaiveDate,
    /// All findings in a fixed order.
    pub befunde: Vec<BefundView>,
}

/// Receipt of a filed application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Eingangsbestaetigung {
    /// File reference.
    #[schema(examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: String,
    /// Number of the filing; 2 and more answer a Nachforderung.
    #[schema(minimum = 1, maximum = 10000)]
    pub nr: i64,
    /// Server time of receipt.
    pub eingegangen_am: Moment,
    /// Legal day of receipt.
    pub eingangsdatum: NaiveDate,
    /// Who filed it.
    pub eingereicht_von: String,
    /// SHA-256 of `dokument`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// The filed document as canonical JSON (keys sorted, no white space), byte for byte what was hashed.
    pub dokument: String,
}
