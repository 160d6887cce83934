//! What callers read of Belege.

use crate::app::beleg::{Belegstand, Listenstand};
use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::problem::BefundView;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::beleg::{Belegentscheidung, Beleginhalt, Duplikat, Pruefgrund};
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A line of a Belegliste.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Beleg)]
pub struct BelegView {
    /// Id.
    pub id: Uuid,
    /// Correction chain of the proof.
    pub kette_id: Uuid,
    /// Number within the list.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub lfd_nr: i32,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Traeger that paid; absent where the Gebietskoerperschaft did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub traeger_id: Option<Uuid>,
    /// Haushaltsjahr of the payment.
    #[schema(minimum = 2000, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// What the applicant says.
    pub inhalt: Beleginhalt,
    /// What the authority decided; while it examines, only the authority reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entscheidung: Option<Belegentscheidung>,
    /// What is left of the invoice of its group; absent without a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub split_rest: Option<Euro>,
    /// Belege that may be the same, as far as the caller may know of them.
    pub moegliche_duplikate: Vec<Duplikat>,
    /// Findings that do not hinder it: warnings and hints.
    pub befunde: Vec<BefundView>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl BelegView {
    /// Renders a Beleg.
    pub fn aus(s: &Belegstand, sprache: Sprache) -> Self {
        let b = &s.beleg.wert;
        BelegView {
            id: b.id,
            kette_id: b.kette_id,
            lfd_nr: b.lfd_nr,
            massnahme_id: b.massnahme_id,
            traeger_id: b.traeger_id,
            haushaltsjahr: b.haushaltsjahr,
            inhalt: b.inhalt.clone(),
            entscheidung: b.entscheidung.clone().filter(|_| !s.verdeckt),
            split_rest: s.rest,
            moegliche_duplikate: s.duplikate.clone(),
            befunde: s.befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
            version: s.beleg.version,
            erstellt_am: s.beleg.erstellt_am.into(),
            geaendert_am: s.beleg.geaendert_am.into(),
        }
    }

    /// As an answer with its version.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn antwort(s: &Belegstand, sprache: Sprache) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&BelegView::aus(s, sprache))?.version(s.beleg.version))
    }
}

seite!(
    /// A page of Belege.
    BelegSeite, BelegView
);

/// What was refused for one reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegabzug {
    /// The reason.
    pub pruefgrund: Pruefgrund,
    /// Claimed and not recognised.
    pub betrag: Euro,
}

/// Sums of one place: `beantragt = anerkannt + abgelehnt + offen`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegsummenzeile {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Cost position.
    #[schema(examples("PERSONAL"))]
    pub position: String,
    /// Haushaltsjahr.
    #[schema(minimum = 2000, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Sub-budget.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Number of Belege.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub anzahl: i64,
    /// Claimed.
    pub beantragt: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Not recognised, by reason.
    pub abgelehnt: Vec<Belegabzug>,
    /// Not yet decided.
    pub offen: Euro,
    /// Money received.
    pub einnahmen: Euro,
}

/// Sums of a Belegliste.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Belegsummen)]
pub struct BelegsummenView {
    /// By measure, position, Haushaltsjahr and sub-budget.
    pub summen: Vec<Belegsummenzeile>,
    /// Gaps in the running numbers, which hinder filing, and sums of years before the period of the proof, which do not.
    pub befunde: Vec<BefundView>,
    /// SHA-256 of the canonical list; absent for a Traeger, who sees a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9a-f]{64}$")]
    pub liste_sha256: Option<String>,
}

impl BelegsummenView {
    /// Renders the sums.
    pub fn aus(l: &Listenstand, sprache: Sprache) -> Self {
        let zeile = |(o, s): (&aqb_domain::beleg::Belegstelle, &aqb_domain::beleg::Belegsumme)| Belegsummenzeile {
            massnahme_id: o.massnahme_id,
            position: o.position.clone(),
            haushaltsjahr: o.haushaltsjahr,
            teilbudget: o.teilbudget.clone(),
            anzahl: s.anzahl,
            beantragt: s.beantragt,
            anerkannt: s.anerkannt,
            abgelehnt: s.abgelehnt.iter().map(|(g, b)| Belegabzug { pruefgrund: *g, betrag: *b }).collect(),
            offen: s.offen,
            einnahmen: s.einnahmen,
        };
        BelegsummenView {
            summen: l.summen.iter().map(zeile).collect(),
            befunde: l.befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
            liste_sha256: l.liste_sha256.clone(),
        }
    }
}
