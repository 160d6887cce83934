//! Views that several resources share: simulation report, deadlines, acts, history.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::aenderungsantrag::FolgenView;
use crate::http::problem::BefundView;
use aqb_domain::akt::Aktion;
use aqb_domain::frist::{Frist, Fristart};
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart};
use aqb_domain::regel::Sprache;
use aqb_persistence::Tx;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A moment on the wire: UTC with exactly three fraction digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, examples("2026-03-12T09:30:00.000Z"))]
pub struct Moment(pub DateTime<Utc>);
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}
impl From<DateTime<Utc>> for Moment {
    fn from(t: DateTime<Utc>) -> Self {
        Moment(t)
    }
}

/// What an act would bring about (`?simulation=true`); nothing of it was written.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Simulation {
    /// Confirmed warnings and hints.
    pub befunde: Vec<BefundView>,
    /// Postings that would arise, line by line.
    pub buchungen: Vec<BuchungVorschau>,
    /// Deadlines that would begin.
    pub fristen: Vec<FristVorschau>,
    /// Types of the events that would be sent.
    pub ereignisse: Vec<String>,
    /// What would follow later, when the Bescheid about the change is released and notified; given when a change is
    /// filed or its grant is drafted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub folgen: Option<FolgenView>,
}

/// A posting line that would arise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BuchungVorschau {
    /// Kind of business transaction.
    #[schema(examples("BEWILLIGUNG"))]
    pub grund: String,
    /// Gebietskoerperschaft that owns the account; absent for the accounts of the state (`LANDESHAUSHALT`, `PROGRAMM`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("06440"))]
    pub kreisschluessel: Option<String>,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099)]
    pub jahrgang: i32,
    /// Teilbudget.
    pub teilbudget: String,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120)]
    pub haushaltsjahr: i32,
    /// Kind of account.
    pub konto: Kontoart,
    /// Measure the money is meant for; absent before a Bescheid binds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub massnahme_id: Option<uuid::Uuid>,
    /// Amount; positive into the account.
    pub betrag: Euro,
}

impl BuchungVorschau {
    /// The lines of a posting.
    pub fn aus(b: &Buchung) -> Vec<Self> {
        b.zeilen()
            .iter()
            .map(|z| BuchungVorschau {
                grund: b.grund.to_owned(),
                kreisschluessel: z.konto.kreis().map(str::to_owned),
                jahrgang: z.konto.jahrgang,
                teilbudget: z.konto.teilbudget.clone(),
                haushaltsjahr: z.konto.haushaltsjahr,
                konto: z.konto.art,
                massnahme_id: z.massnahme_id,
                betrag: z.betrag,
            })
            .collect()
    }
}

/// A deadline that would begin.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FristVorschau {
    /// Kind.
    pub art: Fristart,
    /// Which one of several of its kind: code of an Auflage, Haushaltsjahr of a Zwischennachweis.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("2026"))]
    pub bezug: Option<String>,
    /// Last day.
    pub faellig_am: NaiveDate,
    /// Law and place.
    #[schema(examples("§ 74 VwGO"))]
    pub rechtsgrundlage: String,
    /// What happens when it is missed.
    #[schema(examples("Der Bescheid wird bestandskräftig."))]
    pub folge: String,
}

impl FristVorschau {
    /// Renders a deadline.
    pub fn aus(f: &Frist, sprache: Sprache) -> Self {
        FristVorschau {
            art: f.art,
            bezug: f.bezug.clone(),
            faellig_am: f.faellig_am,
            rechtsgrundlage: f.art.rechtsgrundlage().in_sprache(sprache).to_owned(),
            folge: f.art.folge().in_sprache(sprache).to_owned(),
        }
    }
}

/// Body of an act that needs no input: `{}`, or nothing at all.
#[derive(Debug, Clone, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({})))]
pub struct OhneAngaben {}

/// What a deletion takes with it. Only a simulated one answers with it: the real one has nothing left to show.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(examples(json!({ "geloescht": [{ "art": "ANTRAG", "bezeichnung": "019a0000-0000-7000-8000-0000000000d2" }, { "art": "MASSNAHME", "bezeichnung": "M01" }] })))]
pub struct Loeschung {
    /// The record first, then everything in it.
    pub geloescht: Vec<Geloeschtes>,
}

/// A part of a deletion.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Geloeschtes {
    /// Kind.
    #[schema(examples("MASSNAHME"))]
    pub art: String,
    /// How people know it.
    #[schema(examples("M01"))]
    pub bezeichnung: String,
}

impl Loeschung {
    /// The answer of a deletion: a list when it was simulated, otherwise nothing.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn antwort(tx: &Tx<'_>, teile: impl IntoIterator<Item = (&'static str, String)>) -> Ergebnis<Antwort> {
        if !tx.simulation {
            return Ok(Antwort::leer());
        }
        let teil = |(art, bezeichnung): (&str, String)| Geloeschtes { art: art.to_owned(), bezeichnung };
        Antwort::gut(&Loeschung { geloescht: teile.into_iter().map(teil).collect() })
    }
}

/// An act of a resource and whether the caller may do it now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Aktion)]
pub struct AktionView {
    /// The act, named as its sub-resource.
    #[schema(examples("einreichung"))]
    pub akt: String,
    /// Possible now; input may still be refused.
    pub erlaubt: bool,
    /// Method of the act.
    #[schema(examples("POST"))]
    pub methode: String,
    /// Path of the act below the server's base.
    #[schema(examples("/antraege/019a0000-0000-7000-8000-000000000001/einreichung"))]
    pub pfad: String,
    /// What the act would find now, before its input is known: what blocks it (`FEHLER`), what its body must confirm
    /// (`WARNUNG`), what informs (`HINWEIS`).
    pub befunde: Vec<BefundView>,
}

impl AktionView {
    fn aus(a: &Aktion, pfad: String, s: Sprache) -> Self {
        AktionView {
            akt: a.akt.to_owned(),
            erlaubt: a.erlaubt(),
            methode: "POST".to_owned(),
            pfad,
            befunde: a.befunde.iter().map(|b| BefundView::aus(b, s)).collect(),
        }
    }
}

/// All acts of a resource.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Aktionsliste)]
pub struct Aktionen {
    /// Every act of the resource, permitted or not.
    pub aktionen: Vec<AktionView>,
}

impl Aktionen {
    /// Renders the acts of the resource at `pfad`.
    pub fn aus(aktionen: &[Aktion], pfad: &str, s: Sprache) -> Self {
        let aktionen = aktionen.iter().map(|a| AktionView::aus(a, format!("{pfad}/{}", a.akt), s)).collect();
        Aktionen { aktionen }
    }

    /// With an act that is a POST to a collection below the resource.
    #[must_use]
    pub fn mit(mut self, a: &Aktion, pfad: String, s: Sprache) -> Self {
        self.aktionen.push(AktionView::aus(a, pfad, s));
        self
    }
}

/// A changed field of a history entry.
#[derive(Debug, Clone, Serialize, serde::Deserialize, ToSchema)]
pub struct Feldaenderung {
    /// JSON pointer to the field.
    #[schema(examples("/status"))]
    pub feld: String,
    /// JSON text before; absent when the field is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("\"ENTWURF\""))]
    pub vorher: Option<String>,
    /// JSON text after; absent when the field is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("\"EINGEREICHT\""))]
    pub nachher: Option<String>,
}

/// An entry of the history of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Protokolleintrag {
    /// Id, in order of time.
    pub id: uuid::Uuid,
    /// Kind of case.
    #[schema(examples("ANTRAG"))]
    pub fall_art: String,
    /// Id of the case.
    pub fall_id: String,
    /// Position in the chain of this case.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub nr: i64,
    /// Moment.
    pub zeit: Moment,
    /// Who.
    pub person: String,
    /// In which role.
    pub rolle: String,
    /// Which act.
    pub akt: String,
    /// Id of the request.
    pub anfrage: String,
    /// Changed fields; absent for the operator, who sees no case content.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aenderungen: Option<Vec<Feldaenderung>>,
    /// Hash of the entry before.
    pub vorgaenger_hash: String,
    /// Hash of this entry.
    pub hash: String,
}

impl Protokolleintrag {
    /// Renders an entry, with or without content.
    pub fn aus(e: &aqb_persistence::protokoll::Eintrag, mit_inhalt: bool) -> Self {
        Protokolleintrag {
            id: e.id.0,
            fall_art: e.fall_art.clone(),
            fall_id: e.fall_id.clone(),
            nr: e.nr,
            zeit: Moment(e.zeit.0),
            person: e.person.clone(),
            rolle: e.rolle.clone(),
            akt: e.akt.clone(),
            anfrage: e.anfrage.clone(),
            aenderungen: mit_inhalt.then(|| serde_json::from_str(&e.aenderungen).unwrap_or_default()),
            vorgaenger_hash: e.vorgaenger_hash.clone(),
            hash: e.hash.clone(),
        }
    }
}

/// Declares the page type of a list.
#[macro_export]
macro_rules! seite {
    ($(#[$doc:meta])* $name:ident, $element:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            /// The rows of this page.
            pub daten: Vec<$element>,
            /// Cursor of the next page; absent on the last one.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false)]
            pub weiter: Option<String>,
        }
        impl $crate::http::liste::Blaetterbar for $name {
            fn weiter(&self) -> Option<&str> {
                self.weiter.as_deref()
            }
        }
    };
}
seite!(
    /// A page of the history.
    ProtokollSeite, Protokolleintrag
);
