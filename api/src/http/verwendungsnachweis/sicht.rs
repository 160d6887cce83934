//! Views of proofs of use.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::antrag::Nachforderung;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::verwendungsnachweis::{
    Massnahmenabrechnung, NachweisStatus, Nachweisart, Nachweisersetzung, Nachweisgrundlage, Nachweisinhalt,
    Verwendungsnachweis,
};
use aqb_domain::zeit::Zeitraum;
use aqb_persistence::vollzug::Versioniert;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;
use uuid::Uuid;

/// A proof of use: one version of a chain of corrections.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Verwendungsnachweis)]
pub struct VerwendungsnachweisView {
    /// Id.
    pub id: Uuid,
    /// Id of the first version of its chain.
    pub kette_id: Uuid,
    /// Place in the chain.
    #[schema(minimum = 1, maximum = 10_000)]
    pub fassung: i32,
    /// Version it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub vorgaenger_id: Option<Uuid>,
    /// It is the version that counts.
    pub aktuell: bool,
    /// Application whose grant it proves.
    pub antrag_id: Uuid,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Regelwerk of the Bescheid.
    #[schema(examples("HE-ALT"))]
    pub regelwerk: String,
    /// Kind.
    pub art: Nachweisart,
    /// Haushaltsjahr of a Zwischennachweis.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2011, maximum = 2110, examples(2026))]
    pub haushaltsjahr: Option<i32>,
    /// Period, fixed by the server.
    pub berichtszeitraum: Zeitraum,
    /// State.
    pub status: NachweisStatus,
    /// The form; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub inhalt: Option<Nachweisinhalt>,
    /// What the server fills in, as of the last change; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grundlage: Option<Nachweisgrundlage>,
    /// Plan and actual figures per measure; a Traeger sees the measures that money was passed on for to it.
    pub massnahmen: Vec<Massnahmenabrechnung>,
    /// Who began it; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub erstellt_von: Option<String>,
    /// Who edited it last; another person signs. Not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bearbeitet_von: Option<String>,
    /// Who signed the content as it stands; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unterzeichnet_von: Option<String>,
    /// Who examines it; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub in_pruefung_durch: Option<String>,
    /// The latest request for completion; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nachforderung: Option<Nachforderung>,
    /// Why it was withdrawn; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ruecknahmegrund: Option<String>,
    /// Why it corrects the version before; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub korrekturgrund: Option<String>,
    /// The correction that took its place; not shown to a Traeger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ersetzt: Option<Nachweisersetzung>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

/// The measures that are a Traeger's own: money was passed on to it for them.
pub(super) fn eigene(n: &Verwendungsnachweis, sicht: &Sicht) -> Option<BTreeSet<Uuid>> {
    let Sicht::Traeger(t) = sicht else { return None };
    let eigene = n.grundlage.weiterleitungen.iter().filter(|w| w.traeger_id == *t);
    Some(eigene.map(|w| w.massnahme_id).collect())
}

impl VerwendungsnachweisView {
    /// As the caller sees it.
    pub fn aus(v: &Versioniert<Verwendungsnachweis>, sicht: &Sicht) -> Self {
        let eigene = eigene(&v.wert, sicht);
        let (mut massnahmen, n) = (v.wert.abrechnung(), v.wert.clone());
        massnahmen.retain(|m| eigene.as_ref().is_none_or(|e| e.contains(&m.massnahme_id)));
        let ganz = eigene.is_none();
        VerwendungsnachweisView {
            id: n.id,
            kette_id: n.kette_id,
            fassung: n.fassung,
            vorgaenger_id: n.vorgaenger_id,
            aktuell: n.aktuell,
            antrag_id: n.antrag_id,
            jahrgang: n.jahrgang,
            kreisschluessel: n.kreisschluessel,
            regelwerk: n.regelwerk,
            art: n.art,
            haushaltsjahr: n.haushaltsjahr,
            berichtszeitraum: n.berichtszeitraum,
            status: n.status,
            inhalt: ganz.then_some(n.inhalt),
            grundlage: ganz.then_some(n.grundlage),
            massnahmen,
            erstellt_von: ganz.then_some(n.erstellt_von),
            bearbeitet_von: ganz.then_some(n.bearbeitet_von),
            unterzeichnet_von: n.unterzeichnet_von.filter(|_| ganz),
            in_pruefung_durch: n.in_pruefung_durch.filter(|_| ganz),
            nachforderung: n.nachforderung.filter(|_| ganz),
            ruecknahmegrund: n.ruecknahmegrund.filter(|_| ganz),
            korrekturgrund: n.korrekturgrund.filter(|_| ganz),
            ersetzt: n.ersetzt.filter(|_| ganz),
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    /// The answer of a single read or an act.
    ///
    /// # Errors
    /// A value that cannot be represented.
    pub fn antwort(v: &Versioniert<Verwendungsnachweis>, sicht: &Sicht) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&VerwendungsnachweisView::aus(v, sicht))?.version(v.version))
    }
}

seite!(
    /// A page of proofs of use.
    VerwendungsnachweisSeite, VerwendungsnachweisView
);
